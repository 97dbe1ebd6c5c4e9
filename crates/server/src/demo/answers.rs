//! Writes a fictional applicant's answers: every question of the default forms that applies, so
//! that what was sent passes the form's own check and agrees with itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use tandem_domain::form::answer::{
    Answer, Answers, DayPart, DayRange, HourBlock, NamedPerson, WeeklyHours,
};
use tandem_domain::form::definition::{QuestionId, Slug};

use super::draw::Draw;
use super::profile::{Profile, Side, Situation};
use super::statement;

/// The answers of an applicant.
pub fn of(profile: &Profile) -> Answers {
    let mut sheet = Sheet::default();
    about(profile, &mut sheet);
    work(profile, &mut sheet);
    match &profile.side {
        Side::Mentee { wants, kind } => learn(profile, wants, kind, &mut sheet),
        Side::Mentor { .. } => offer(profile, &mut sheet),
    }
    practical(profile, &mut sheet);
    apart(profile, &mut sheet);
    agreements(profile, &mut sheet);
    sheet.0
}

#[derive(Default)]
struct Sheet(Answers);

impl Sheet {
    fn put(&mut self, question: &str, answer: Answer) {
        if !answer.is_empty() {
            self.0.insert(QuestionId::from(question), answer);
        }
    }

    fn text(&mut self, question: &str, text: impl Into<String>) {
        self.put(question, Answer::Text(text.into()));
    }

    fn one(&mut self, question: &str, choice: &str) {
        self.put(question, Answer::one(choice));
    }

    fn some(&mut self, question: &str, choices: &[&str]) {
        self.put(question, Answer::some(choices));
    }

    fn yes(&mut self, question: &str, yes: bool) {
        self.put(question, Answer::Yes(yes));
    }
}

fn about(profile: &Profile, sheet: &mut Sheet) {
    // What both roles share depends on the person alone.
    let mut draw = Draw::named(&format!("about {}", profile.person));
    sheet.text("preferred_name", profile.name.clone());
    match profile.pronouns.as_deref() {
        Some("she/her") => sheet.one("pronouns", "she_her"),
        Some("he/him") => sheet.one("pronouns", "he_him"),
        Some("they/them") => sheet.one("pronouns", "they_them"),
        Some(own) => {
            sheet.put(
                "pronouns",
                Answer::One {
                    choice: None,
                    other: Some(own.to_owned()),
                },
            );
        }
        None => (),
    }
    if profile.pronouns.is_some() {
        sheet.some("pronouns_share", &["pairing_team", "my_match"]);
    }
    contact(profile, &mut draw, sheet);
    sheet.text("member_no", profile.member_no.clone());
    let (country, region) = profile.place.clone();
    sheet.put("place", Answer::Place { country, region });
    sheet.text("time_zone", profile.zone.clone());
    let second = draw.one(&[
        "spanish",
        "french",
        "asl",
        "mandarin",
        "tagalog",
        "vietnamese",
    ]);
    if draw.chance(35) {
        sheet.some("languages", &["english", second]);
    } else {
        sheet.some("languages", &["english"]);
    }
    if draw.chance(8) {
        sheet.text(
            "access_needs",
            "Captions on video calls, and a short break after half an hour.",
        );
        sheet.yes("access_share", true);
    }
    let years = match profile.years {
        "student" | "1-2" => draw.one(&["under_1", "1_3"]),
        "3-5" => "1_3",
        _ => draw.one(&["4_9", "10_up"]),
    };
    sheet.one("assoc_years", years);
}

/// How somebody is reached.
fn contact(profile: &Profile, draw: &mut Draw, sheet: &mut Sheet) {
    sheet.text("email", profile.email.clone());
    if draw.chance(30) {
        sheet.text(
            "email_alt",
            format!("{}.home@mail.example", profile.person.to_lowercase()),
        );
    }
    if draw.chance(40) {
        sheet.text("phone", format!("+1 555 01{:02}", draw.below(100)));
        if draw.chance(50) {
            sheet.yes("phone_share", true);
        }
    }
}

fn work(profile: &Profile, sheet: &mut Sheet) {
    let mut draw = Draw::named(&format!("work {}", profile.person));
    sheet.one(
        "situation",
        match profile.situation {
            Situation::Library => "library",
            Situation::Vendor => "vendor",
            Situation::Faculty => "faculty",
            Situation::Student => "student",
            Situation::Between => "between",
        },
    );
    let institution = profile.institution.clone().unwrap_or_default();
    match profile.situation {
        Situation::Student => student(profile, institution, &mut draw, sheet),
        Situation::Between => {
            sheet.text("last_role", "Metadata specialist, on a grant that ended");
        }
        _ => employed(profile, institution, &mut draw, sheet),
    }
    sheet.one("years_field", profile.years);
    sheet.yes("committee", false);
}

fn student(profile: &Profile, school: String, draw: &mut Draw, sheet: &mut Sheet) {
    sheet.yes("also_works", false);
    sheet.text("school", school);
    let (year, month) = if draw.chance(50) {
        (2018, 12)
    } else {
        (2019, 5)
    };
    sheet.put("grad_term", Answer::YearMonth { year, month });
    if let Some(university) = &profile.parent {
        sheet.put("other_affil", Answer::Lines(vec![university.clone()]));
    }
}

fn employed(profile: &Profile, employer: String, draw: &mut Draw, sheet: &mut Sheet) {
    if let Some(setting) = profile.setting {
        sheet.one("inst_kind", setting);
    }
    sheet.text("employer", employer);
    if let Some(parent) = &profile.parent {
        sheet.text("employer_parent", parent.clone());
    }
    let is_new = matches!(profile.years, "1-2" | "3-5");
    let title = match profile.situation {
        Situation::Vendor => draw.one(&["Library relations manager", "Training specialist"]),
        Situation::Faculty => draw.one(&["Associate professor", "Lecturer"]),
        _ if is_new => draw.one(&["Librarian", "Metadata librarian", "Serials librarian"]),
        _ => draw.one(&[
            "Head of technical services",
            "Collections librarian",
            "Department head",
        ]),
    };
    sheet.text("job_title", title);
    sheet.one(
        "years_current",
        if is_new {
            "1-2"
        } else {
            draw.one(&["3-5", "6+"])
        },
    );
    sheet.one("staff_size", draw.one(&["2-5", "6-20", "21-75", "76+"]));
    sheet.one(
        "supervises",
        if is_new {
            "no"
        } else {
            draw.one(&["students", "staff", "no"])
        },
    );
}

fn learn(profile: &Profile, wants: &[String], kind: &str, sheet: &mut Sheet) {
    let mut draw = Draw::named(&format!("learn {}", profile.reference));
    sheet.put(
        "e_areas",
        Answer::Ranked(wants.iter().map(|area| Slug::from(area.as_str())).collect()),
    );
    let topics: Vec<&str> = wants
        .iter()
        .filter_map(|area| topics(area).first().copied())
        .collect();
    sheet.some("e_topics", &topics);
    let ways = ["agenda", "follow_up", "try_things", "project"];
    sheet.some("e_contribute", &draw.some(&ways, 2));
    sheet.text("e_goal", statement::goal(profile));
    sheet.text("e_statement", statement::of_mentee(profile));
    // Nobody can want the own kind of institution without having one.
    let kind = if profile.setting.is_none() && kind == "same" {
        "no_preference"
    } else {
        kind
    };
    sheet.one("e_kind_pref", kind);
    if kind == "different" {
        let others = ["academic", "public", "government", "special"];
        let others: Vec<_> = others
            .into_iter()
            .filter(|other| Some(*other) != profile.setting)
            .collect();
        sheet.some("e_kinds", &others);
    }
    let mentors = [
        "few_years_ahead",
        "much_senior",
        "manages_people",
        "association_service",
    ];
    sheet.some("e_mentor_pref", &draw.some(&mentors, 2));
    sheet.one("e_near", draw.one(&["no", "nice", "conference"]));
    sheet.one("e_before", if draw.chance(15) { "elsewhere" } else { "no" });
    let otherwise = ["keep", "peer", "group", "one_off"];
    let count = 1 + draw.below(2);
    sheet.some("e_unmatched", &draw.some(&otherwise, count));
}

fn offer(profile: &Profile, sheet: &mut Sheet) {
    let Side::Mentor {
        teaches,
        declines,
        capacity,
        before,
    } = &profile.side
    else {
        return;
    };
    let mut draw = Draw::named(&format!("offer {}", profile.reference));
    let mut areas: BTreeMap<Slug, Slug> = BTreeMap::new();
    for (rank, area) in teaches.iter().enumerate() {
        let step = if rank < 2 { "strong" } else { "some" };
        areas.insert(Slug::from(area.as_str()), Slug::from(step));
    }
    for area in declines {
        areas.insert(Slug::from(area.as_str()), Slug::from("please_not"));
    }
    sheet.put("m_areas", Answer::Grid(areas));
    let topics: Vec<_> = teaches
        .iter()
        .flat_map(|area| topics(area).iter().copied().take(2))
        .collect();
    sheet.some("m_topics", &topics);
    let styles = [
        "listening",
        "advice",
        "reviewing",
        "introductions",
        "project_work",
        "accountability",
    ];
    sheet.some("m_style", &draw.some(&styles, 2));
    sheet.text("m_statement", statement::of_mentor(profile));
    let who = [
        "students",
        "first_position",
        "changing_field",
        "mid_career",
        "new_managers",
    ];
    if draw.chance(40) {
        sheet.some("m_who", &["no_preference"]);
    } else {
        sheet.some("m_who", &draw.some(&who, 2));
    }
    sheet.one("m_kind_ok", if draw.chance(80) { "any" } else { "same" });
    sheet.one("m_capacity", &capacity.clamp(&1, &3).to_string());
    if *capacity < 3 {
        sheet.yes("m_capacity_ask", draw.chance(60));
    }
    sheet.some("m_group", &[draw.one(&["group", "one_off", "neither"])]);
    sheet.one(
        "m_before",
        if *before {
            "in_a_program"
        } else {
            draw.one(&["no", "informally"])
        },
    );
}

fn practical(profile: &Profile, sheet: &mut Sheet) {
    let mut draw = Draw::named(&format!("practical {}", profile.person));
    if profile.hours.is_empty() {
        let varies = WeeklyHours {
            varies: true,
            ..WeeklyHours::default()
        };
        sheet.put("availability", Answer::Hours(varies));
        sheet.text(
            "first_slot",
            "A Thursday after four would be best for a first talk.",
        );
    } else {
        sheet.put("availability", Answer::Hours(hours(&profile.hours)));
    }
    let modes: Vec<&str> = profile.modes.iter().map(String::as_str).collect();
    sheet.some("modes", &modes);
    sheet.one("rhythm", &profile.rhythm);
    sheet.yes("hours", true);
    sheet.one(
        "orientation",
        draw.one(&["live", "live", "recording", "not_sure"]),
    );
    if draw.chance(15)
        && let (Some(from), Some(to)) = (
            NaiveDate::from_ymd_opt(2018, 7, 2),
            NaiveDate::from_ymd_opt(2018, 7, 27),
        )
    {
        sheet.put("leave", Answer::Ranges(vec![DayRange { from, to }]));
    }
    sheet.some(
        "confs",
        &[draw.one(&["annual", "midwinter", "none", "regional"])],
    );
}

/// The blocks of the form that words such as `wd_lunch` mean.
fn hours(words: &[String]) -> WeeklyHours {
    let blocks = words
        .iter()
        .filter_map(|word| word.split_once('_'))
        .flat_map(|(days, part)| {
            let days = if days == "we" { 5..7 } else { 0..5 };
            let part = match part {
                "early" => DayPart::Early,
                "morning" => DayPart::Morning,
                "lunch" => DayPart::Lunch,
                "afternoon" => DayPart::Afternoon,
                "evening" => DayPart::Evening,
                _ => DayPart::Late,
            };
            days.map(move |day| HourBlock { day, part })
        });
    WeeklyHours {
        blocks: blocks.collect(),
        varies: false,
    }
}

fn apart(profile: &Profile, sheet: &mut Sheet) {
    let people = profile
        .blocks
        .iter()
        .map(|(name, contact, reason)| NamedPerson {
            name: name.clone(),
            contact: contact.clone(),
            reason: Some(Slug::from(reason.as_str())),
        });
    sheet.put("block_people", Answer::People(people.collect()));
}

fn agreements(profile: &Profile, sheet: &mut Sheet) {
    let mut draw = Draw::named(&format!("agreements {}", profile.person));
    for agreement in [
        "agree_member",
        "agree_term",
        "agree_conduct",
        "agree_assess",
        "agree_not_job",
        "agree_data",
    ] {
        sheet.yes(agreement, true);
    }
    if draw.chance(70) {
        sheet.yes("opt_list", true);
    }
    if draw.chance(60) {
        sheet.yes("opt_news", true);
    }
    let heard = [
        "list_serv",
        "colleague",
        "conference",
        "social_media",
        "earlier_participant",
    ];
    sheet.one("heard", draw.one(&heard));
}

/// Topics of an area that the form offers.
fn topics(area: &str) -> &'static [&'static str] {
    match area {
        "career_development" => &["job_search", "promotion", "publishing"],
        "leadership_management" => &["supervising", "first_manager", "change"],
        "cataloging_metadata" => &["linked_data", "rda_marc", "non_marc"],
        "acquisitions" => &["vendor_relations", "approval_plans"],
        "electronic_resources" => &["licensing", "usage_statistics", "open_access"],
        "collection_management" => &["collection_analysis", "weeding"],
        _ => &[],
    }
}
