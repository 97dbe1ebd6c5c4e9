//! What can be told of an address, a link or a zone by looking at it. Pragmatic: whether somebody
//! reads mail there, only a mail can tell.

use chrono::NaiveDate;

/// How long an e-mail address may be.
const MAX_EMAIL: usize = 254;
/// How long the part before the `@` may be.
const MAX_LOCAL: usize = 64;
/// How long a link may be.
const MAX_LINK: usize = 2_000;
/// How long the name of a zone may be.
const MAX_ZONE: usize = 64;

/// The day that a text names as `year-month-day`.
pub fn day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split('-');
    let mut part = || {
        let part = parts.next()?.trim();
        let is_number = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (year, month, day) = (part()?, part()?, part()?);
    let is_whole = parts.next().is_none();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).filter(|_| is_whole)
}

/// Whether a text can be an e-mail address.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
    text.len() <= MAX_EMAIL
        && (1..=MAX_LOCAL).contains(&local.len())
        && !local.contains(is_odd)
        && local.split('.').all(|part| !part.is_empty())
        && is_host(domain)
}

/// Whether a text is a web address that begins with `https` and names a host, and no account.
pub fn is_https_link(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    scheme.eq_ignore_ascii_case("https")
        && text.len() <= MAX_LINK
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\`".contains(c))
        && is_host(host)
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// The link as it counts: people write `example.org/me` and mean `https://example.org/me`.
pub fn complete_link(text: &str) -> String {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    if is_host(host) {
        format!("https://{text}")
    } else {
        text.to_owned()
    }
}

/// Whether a text can be the name of a time zone. Whether it is one, the server knows.
pub fn is_zone_name(text: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
    };
    text.len() <= MAX_ZONE
        && text.split('/').all(is_part)
        && (text.contains('/') || matches!(text, "UTC" | "GMT"))
}

/// Whether a text can be the name of a host on the internet.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || !c.is_ascii() && is_mark(c))
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.contains('.') && text.split('.').all(is_label) && last.chars().any(char::is_alphabetic)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_people_have_are_accepted() {
        for email in [
            "ada@mail.example",
            "o'brien+mentor@lib.example.edu",
            "josé@bücher.example",
            "x@a-b.c.example",
            "first.last@xn--bcher-kva.example",
        ] {
            assert!(is_email(email), "{email}");
        }
    }

    #[test]
    fn what_cannot_be_an_address_is_not_one() {
        for email in [
            "",
            "ada",
            "ada@",
            "@mail.example",
            "ada@mail",
            "ada@@mail.example",
            "a b@mail.example",
            "ada@mail.example, bob@mail.example",
            "ada@.example",
            "ada@mail..example",
            ".a@b.example",
            "Ada <ada@mail.example>",
            "ada@-mail.example",
            "a\n@mail.example",
            "ada@127.0.0.1",
        ] {
            assert!(!is_email(email), "{email}");
        }
    }

    #[test]
    fn links_are_https_and_name_a_host_and_no_account() {
        for link in [
            "https://example.org",
            "HTTPS://example.org/a?b#c",
            "https://example.org:8443/",
        ] {
            assert!(is_https_link(link), "{link}");
        }
        for link in [
            "http://example.org",
            "javascript:alert(1)",
            "https://",
            "https://localhost",
            "https://bank.example@evil.example/",
            "https://example.org/a b",
            "//example.org",
            "data://example.org",
            "https://example.org:80a/",
        ] {
            assert!(!is_https_link(link), "{link}");
        }
    }

    #[test]
    fn a_link_without_a_scheme_is_completed_and_nothing_else_is() {
        assert_eq!(
            complete_link("www.example.org/me"),
            "https://www.example.org/me"
        );
        assert_eq!(complete_link("https://example.org"), "https://example.org");
        assert_eq!(complete_link("http://example.org"), "http://example.org");
        assert_eq!(complete_link("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(complete_link("my profile"), "my profile");
    }

    #[test]
    fn a_day_is_a_day_of_the_calendar() {
        let may_second = NaiveDate::from_ymd_opt(2018, 3, 2);
        assert_eq!(day("2018-03-02"), may_second);
        assert_eq!(day(" 2018-3-2 "), may_second);
        for text in [
            "",
            "2018",
            "2018-02-30",
            "02-03-2018-1",
            "2018-3-",
            "-1-3-2",
            "+2018-3-2",
            "20180-1-1",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn zone_names_look_like_zone_names() {
        for zone in [
            "America/Indiana/Indianapolis",
            "Pacific/Guam",
            "Etc/GMT+12",
            "UTC",
        ] {
            assert!(is_zone_name(zone), "{zone}");
        }
        for zone in [
            "",
            "EST please",
            "America/",
            "/etc/passwd",
            "../../etc",
            "Europe/München",
            "Paris",
        ] {
            assert!(!is_zone_name(zone), "{zone}");
        }
    }
}
