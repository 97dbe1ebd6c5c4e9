//! From text to values.

use super::Json;

/// How deep lists and objects may stand in one another.
const DEEPEST: u8 = 100;

/// The one value that a text holds.
pub(super) fn parse(text: &str) -> Option<Json> {
    let mut parser = Parser { rest: text };
    let value = parser.value(DEEPEST)?;
    parser.skip_space();
    parser.rest.is_empty().then_some(value)
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    /// Whether this comes next; takes it then.
    fn takes(&mut self, what: &str) -> bool {
        let rest = self.rest.strip_prefix(what);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        self.skip_space();
        match self.rest.bytes().next()? {
            b'"' => self.text().map(Json::Text),
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.list(depth.checked_sub(1)?),
            b'-' | b'0'..=b'9' => self.number(),
            _ if self.takes("null") => Some(Json::Null),
            _ if self.takes("true") => Some(Json::Bool(true)),
            _ if self.takes("false") => Some(Json::Bool(false)),
            _ => None,
        }
    }

    fn list(&mut self, depth: u8) -> Option<Json> {
        let mut items = Vec::new();
        self.takes("[");
        self.skip_space();
        if self.takes("]") {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            self.skip_space();
            if self.takes("]") {
                return Some(Json::List(items));
            }
            self.takes(",").then_some(())?;
        }
    }

    fn object(&mut self, depth: u8) -> Option<Json> {
        let mut entries = Vec::new();
        self.takes("{");
        self.skip_space();
        if self.takes("}") {
            return Some(Json::Object(entries));
        }
        loop {
            self.skip_space();
            let name = self.text()?;
            self.skip_space();
            self.takes(":").then_some(())?;
            entries.push((name, self.value(depth)?));
            self.skip_space();
            if self.takes("}") {
                return Some(Json::Object(entries));
            }
            self.takes(",").then_some(())?;
        }
    }

    fn number(&mut self) -> Option<Json> {
        let is_negative = self.takes("-");
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        if rest.starts_with(['.', 'e', 'E']) || (digits.starts_with('0') && len > 1) {
            return None;
        }
        if is_negative {
            // The least number has no positive counterpart.
            let number: i128 = digits.parse().ok()?;
            return i64::try_from(-number).ok().map(Json::Negative);
        }
        digits.parse().ok().map(Json::Natural)
    }

    fn text(&mut self) -> Option<String> {
        self.takes("\"").then_some(())?;
        let mut text = String::new();
        loop {
            let end = self
                .rest
                .find(|c| matches!(c, '"' | '\\' | '\0'..'\u{20}'))?;
            let (plain, rest) = self.rest.split_at_checked(end)?;
            text.push_str(plain);
            self.rest = rest;
            if self.takes("\"") {
                return Some(text);
            }
            self.takes("\\").then_some(())?;
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let sign = chars.next()?;
        self.rest = chars.as_str();
        Some(match sign {
            '"' | '\\' | '/' => sign,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.four_digits()?;
                let unit = match first {
                    0xd800..=0xdbff => {
                        self.takes("\\u").then_some(())?;
                        let second = self.four_digits()?.checked_sub(0xdc00)?;
                        (second < 0x400).then_some(())?;
                        0x10000 + ((first - 0xd800) << 10) + second
                    }
                    _ => first,
                };
                char::from_u32(unit)?
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        digits
            .bytes()
            .all(|digit| digit.is_ascii_hexdigit())
            .then_some(())?;
        self.rest = rest;
        u32::from_str_radix(digits, 16).ok()
    }
}
