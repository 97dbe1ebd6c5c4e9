//! Calendar files (RFC 5545): from items to the bytes that calendar programs read.
//!
//! Days are days, never instants: the end of a stretch of days is the day after it. Times of day are
//! in UTC. The same dates give the same bytes, so that a program that asks again gets "as it was".
//! Knows nothing of requests and of the database.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use tandem_domain::timeline::{Certainty, InCalendar, Item, Status, When};

/// How long a calendar program is told that something was cancelled, in days.
pub const TOMBSTONE_DAYS: i64 = 90;
/// The longest line, in octets, without its end.
const LINE: usize = 75;
/// The longest description, in octets, before commas and line ends are escaped.
const DESCRIPTION: usize = 4000;
/// The longest phase that is one entry unless somebody wishes it otherwise, in days.
const LONG_PHASE: i64 = 14;
/// How often programs should ask again.
const REFRESH: &str = "PT6H";

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its entries.
    pub events: Vec<Event>,
}

/// An entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name among all entries of the world; the same for good.
    pub uid: String,
    /// Counts what programs must take notice of.
    pub sequence: u32,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// When it takes place.
    pub time: Time,
    /// Its name.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Where to read more.
    pub url: String,
    /// What it belongs to.
    pub category: String,
    /// Whether it takes place.
    pub standing: Standing,
}

/// When an entry takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Time {
    /// Whole days, both included.
    Days(NaiveDate, NaiveDate),
    /// From one moment to another.
    Hours(DateTime<Utc>, DateTime<Utc>),
}

/// Whether an entry takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Confirmed,
    /// It may.
    Tentative,
    /// It does not.
    Cancelled,
}

/// What the entries of one timeline have in common.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The host that ids are made unique by.
    pub host: &'a str,
    /// Where the timeline can be read.
    pub url: &'a str,
    /// The cohort, as entries name it.
    pub title: &'a str,
    /// When something was last changed of which that is not known.
    pub since: DateTime<Utc>,
    /// Dates in words with their official zone.
    pub words: fn(&When) -> String,
}

impl Source<'_> {
    /// The entries of an item.
    pub fn events(&self, item: &Item) -> Vec<Event> {
        let name = item.title.text();
        let (first, last) = item.when.days();
        let length = (last - first).num_days() + 1;
        let by_ends = match item.in_calendar {
            InCalendar::Hidden => return Vec::new(),
            InCalendar::Whole => false,
            InCalendar::Ends => first != last,
            InCalendar::Auto => length > LONG_PHASE,
        };
        let one = |suffix: &str, time, summary: &str| self.event(item, suffix, time, summary);
        match &item.when {
            When::Phase { .. } if by_ends => vec![
                one(
                    "-start",
                    Time::Days(first, first),
                    &format!("{name} begins"),
                ),
                one("-end", Time::Days(last, last), &format!("{name} ends")),
            ],
            When::Phase { .. } | When::Milestone { .. } => {
                vec![one("", Time::Days(first, last), name)]
            }
            When::Due(deadline) => {
                let hour = Time::Hours(deadline.instant - Duration::hours(1), deadline.instant);
                vec![one("", hour, name)]
            }
            When::Meeting { start, minutes } => {
                let end = start.instant + Duration::minutes(i64::from(*minutes));
                vec![one("", Time::Hours(start.instant, end), name)]
            }
        }
    }

    fn event(&self, item: &Item, suffix: &str, time: Time, summary: &str) -> Event {
        let mut description = (self.words)(&item.when);
        if !item.body.is_empty() {
            description.push('\n');
            description.push_str(item.body.text());
        }
        description.push('\n');
        description.push_str(self.url);
        Event {
            uid: format!("item-{}{suffix}@{}", item.id, self.host),
            sequence: item.sequence,
            changed_at: item.changed_at.max(self.since),
            time,
            summary: format!("{summary} ({})", self.title),
            description,
            url: self.url.to_owned(),
            category: item.lane().to_owned(),
            standing: match (item.status, item.certainty) {
                (Status::Cancelled, _) => Standing::Cancelled,
                (_, Certainty::Firm) => Standing::Confirmed,
                (_, Certainty::Tentative | Certainty::Window { .. }) => Standing::Tentative,
            },
        }
    }
}

impl Calendar {
    /// The bytes of the file.
    pub fn write(&self) -> String {
        let mut events: Vec<&Event> = self.events.iter().collect();
        events.sort_by_key(|event| (day_of(event.time), &event.uid));
        let mut file = File::default();
        file.raw("BEGIN", "VCALENDAR");
        file.raw("VERSION", "2.0");
        file.raw("PRODID", "-//Tandem//Cohort timeline//EN");
        file.raw("CALSCALE", "GREGORIAN");
        file.raw("METHOD", "PUBLISH");
        file.text("NAME", &self.name);
        file.text("X-WR-CALNAME", &self.name);
        file.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        file.raw("X-PUBLISHED-TTL", REFRESH);
        for event in events {
            event.write(&mut file);
        }
        file.raw("END", "VCALENDAR");
        file.0
    }
}

impl Event {
    fn write(&self, file: &mut File) {
        file.raw("BEGIN", "VEVENT");
        file.raw("UID", &self.uid);
        file.raw("SEQUENCE", &self.sequence.to_string());
        // The moment of the last change, not of the writing: the bytes stay the same.
        file.raw("DTSTAMP", &moment(self.changed_at));
        file.raw("LAST-MODIFIED", &moment(self.changed_at));
        match self.time {
            Time::Days(first, last) => {
                // The end is the first day that is free again.
                file.raw("DTSTART;VALUE=DATE", &day(first));
                file.raw("DTEND;VALUE=DATE", &day(last + Duration::days(1)));
            }
            Time::Hours(start, end) => {
                file.raw("DTSTART", &moment(start));
                file.raw("DTEND", &moment(end));
            }
        }
        file.text("SUMMARY", &self.summary);
        file.text("DESCRIPTION", capped(&self.description));
        file.raw("URL", &self.url);
        file.text("CATEGORIES", &self.category);
        let status = match self.standing {
            Standing::Confirmed => "CONFIRMED",
            Standing::Tentative => "TENTATIVE",
            Standing::Cancelled => "CANCELLED",
        };
        file.raw("STATUS", status);
        file.raw("TRANSP", "TRANSPARENT");
        file.raw("END", "VEVENT");
    }
}

/// The file so far.
#[derive(Default)]
struct File(String);

impl File {
    /// A property whose value is text for people.
    fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escaped(value));
    }

    /// A property whose value is written as it is, folded where the line gets too long.
    fn raw(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn capped(text: &str) -> &str {
    let mut end = text.len().min(DESCRIPTION);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn day_of(time: Time) -> NaiveDate {
    match time {
        Time::Days(first, _) => first,
        Time::Hours(start, _) => start.date_naive(),
    }
}

#[cfg(test)]
mod tests {
    use tandem_domain::date::{Deadline, ZoneName};
    use tandem_domain::form::locale::L10n;
    use tandem_domain::id::ItemId;
    use tandem_domain::timeline::Mark;
    use uuid::Uuid;

    use super::*;

    fn source() -> Source<'static> {
        Source {
            host: "mentoring.example",
            url: "https://mentoring.example/cohorts/2018-2019",
            title: "2018–2019",
            since: DateTime::UNIX_EPOCH,
            words: |when| format!("{} to {}", when.days().0, when.days().1),
        }
    }

    fn item(when: When) -> Item {
        let id = ItemId(Uuid::from_u128(1));
        Item::planned(id, Mark::Other, when, L10n::english("Orientation")).announced()
    }

    fn phase(start: &str, end: &str) -> Item {
        item(When::Phase {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        })
    }

    fn file(items: &[Item], name: &str) -> String {
        let events = items.iter().flat_map(|item| source().events(item));
        let calendar = Calendar {
            name: name.to_owned(),
            events: events.collect(),
        };
        calendar.write()
    }

    /// The file with its folded lines joined.
    fn unfolded(file: &str) -> Vec<String> {
        let joined = file.replace("\r\n ", "");
        joined.split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn values<'a>(lines: &'a [String], name: &str) -> Vec<&'a str> {
        let named = lines.iter().filter_map(|line| line.split_once(':'));
        named
            .filter(|(own, _)| *own == name)
            .map(|(_, value)| value)
            .collect()
    }

    #[test]
    fn t_08_a_day_is_a_day_west_of_utc_and_ends_the_day_after() {
        let lines = unfolded(&file(&[phase("2018-05-21", "2018-05-25")], "A"));
        assert_eq!(values(&lines, "DTSTART;VALUE=DATE"), ["20180521"]);
        assert_eq!(values(&lines, "DTEND;VALUE=DATE"), ["20180526"]);
        let on = "2018-05-14".parse().unwrap();
        let lines = unfolded(&file(&[item(When::Milestone { on })], "A"));
        assert_eq!(values(&lines, "DTSTART;VALUE=DATE"), ["20180514"]);
        assert_eq!(values(&lines, "DTEND;VALUE=DATE"), ["20180515"]);
    }

    #[test]
    fn a_deadline_is_the_hour_before_it_in_utc() {
        let lines = unfolded(&file(
            &[item(When::Due(Deadline {
                civil: "2018-03-03T00:00:00".parse().unwrap(),
                zone: ZoneName::aoe(),
                instant: "2018-03-03T12:00:00Z".parse().unwrap(),
                grace_minutes: 15,
            }))],
            "A",
        ));
        assert_eq!(values(&lines, "DTSTART"), ["20180303T110000Z"]);
        assert_eq!(values(&lines, "DTEND"), ["20180303T120000Z"]);
        assert!(!lines.iter().any(|line| line.contains("TZID")));
    }

    #[test]
    fn a_long_phase_is_its_first_and_its_last_day() {
        let mut program = phase("2018-06-01", "2019-04-30");
        let lines = unfolded(&file(&[program.clone()], "A"));
        assert_eq!(
            values(&lines, "DTSTART;VALUE=DATE"),
            ["20180601", "20190430"]
        );
        assert_eq!(values(&lines, "DTEND;VALUE=DATE"), ["20180602", "20190501"]);
        let uids = values(&lines, "UID");
        assert_ne!(uids[0], uids[1]);
        program.in_calendar = InCalendar::Whole;
        let lines = unfolded(&file(&[program.clone()], "A"));
        assert_eq!(values(&lines, "DTEND;VALUE=DATE"), ["20190501"]);
        program.in_calendar = InCalendar::Hidden;
        assert!(!file(&[program], "A").contains("VEVENT"));
        let fortnight = phase("2018-06-01", "2018-06-14");
        assert_eq!(file(&[fortnight], "A").matches("BEGIN:VEVENT").count(), 1);
    }

    #[test]
    fn names_with_commas_backslashes_and_line_ends_are_escaped_everywhere() {
        let mut item = phase("2018-05-21", "2018-05-25");
        item.title = L10n::english("Welcome, all; \\o/");
        item.body = L10n::english("First line\nBEGIN:VEVENT\r\nthird\u{7}");
        let lines = unfolded(&file(&[item], "Mentoring, 2018; \\x"));
        for name in ["NAME", "X-WR-CALNAME"] {
            assert_eq!(values(&lines, name), ["Mentoring\\, 2018\\; \\\\x"]);
        }
        let summary = values(&lines, "SUMMARY")[0];
        assert!(summary.starts_with("Welcome\\, all\\; \\\\o/"), "{summary}");
        let description = values(&lines, "DESCRIPTION")[0];
        assert!(description.contains("First line\\nBEGIN:VEVENT\\nthird"));
        assert_eq!(
            lines.iter().filter(|line| *line == "BEGIN:VEVENT").count(),
            1
        );
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_letter_is_torn() {
        let mut item = phase("2018-05-21", "2018-05-25");
        item.title = L10n::english(&"Größe 東京 👩‍👩‍👧 ".repeat(12));
        item.body = L10n::english(&"ä".repeat(3000));
        let text = file(&[item], &"é".repeat(80));
        assert!(text.ends_with("\r\n"));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75, "{line}");
        }
        let lines = unfolded(&text);
        assert!(values(&lines, "SUMMARY")[0].contains("👩‍👩‍👧"));
        assert!(values(&lines, "DESCRIPTION")[0].len() <= 4096);
    }

    #[test]
    fn the_same_dates_give_the_same_bytes_in_any_order() {
        let mut other = phase("2018-05-20", "2018-05-22");
        other.id = ItemId(Uuid::from_u128(2));
        let one = phase("2018-05-21", "2018-05-25");
        let first = file(&[one.clone(), other.clone()], "A");
        assert_eq!(first, file(&[other, one], "A"));
        assert!(first.contains("PRODID:-//Tandem//"));
        assert!(first.contains("DTSTAMP:19700101T000000Z"));
    }
}
