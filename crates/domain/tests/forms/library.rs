//! The default forms: whole, sensible, short enough, and asking what they should when they should.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tandem_domain::form::answer::{
    Answer, Answers, DayPart, DayRange, HourBlock, NamedPerson, WeeklyHours,
};
use tandem_domain::form::check::{FieldProblem, ProblemCode, Progress, Reading};
use tandem_domain::form::definition::{Audience as A, FormDef, Kind, QuestionId, Required, Slug};
use tandem_domain::form::library::default_form;
use tandem_domain::form::lint::lint;
use tandem_domain::role::Role;

fn form(role: Role) -> FormDef {
    default_form(role).unwrap()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn words(count: usize) -> Answer {
    text(&vec!["word"; count].join(" "))
}

fn answers<const N: usize>(list: [(&str, Answer); N]) -> Answers {
    list.into_iter()
        .map(|(id, answer)| (QuestionId::from(id), answer))
        .collect()
}

fn with<const N: usize>(mut answers: Answers, list: [(&str, Answer); N]) -> Answers {
    answers.extend(
        list.into_iter()
            .map(|(id, answer)| (QuestionId::from(id), answer)),
    );
    answers
}

fn hours(n_blocks: u8) -> Answer {
    let blocks = (0..n_blocks)
        .map(|day| HourBlock {
            day,
            part: DayPart::Lunch,
        })
        .collect();
    Answer::Hours(WeeklyHours {
        blocks,
        varies: false,
    })
}

fn grid(rows: &[(&str, &str)]) -> Answer {
    Answer::Grid(
        rows.iter()
            .map(|(row, step)| (Slug::from(*row), Slug::from(*step)))
            .collect(),
    )
}

fn place(country: &str, region: Option<&str>) -> Answer {
    Answer::Place {
        country: country.to_owned(),
        region: region.map(str::to_owned),
    }
}

fn ranked(slugs: &[&str]) -> Answer {
    Answer::Ranked(slugs.iter().map(|slug| Slug::from(*slug)).collect())
}

/// Everything that must be answered, and nothing else.
fn complete(role: Role) -> Answers {
    let shared = answers([
        ("preferred_name", text("Ọlábísí Adé-Níyì")),
        ("email", text("olabisi@mail.example")),
        ("member_no", text("428759")),
        ("place", place("US", Some("GU"))),
        ("time_zone", text("Pacific/Guam")),
        ("situation", Answer::one("library")),
        ("inst_kind", Answer::one("public")),
        ("employer", text("Agat Village Library")),
        ("job_title", text("Librarian")),
        ("years_field", Answer::one("3-5")),
        ("committee", Answer::Yes(false)),
        ("availability", hours(2)),
        ("modes", Answer::some(&["video"])),
        ("rhythm", Answer::one("monthly")),
        ("hours", Answer::Yes(true)),
        ("orientation", Answer::one("live")),
        ("agree_member", Answer::Yes(true)),
        ("agree_term", Answer::Yes(true)),
        ("agree_conduct", Answer::Yes(true)),
        ("agree_assess", Answer::Yes(true)),
        ("agree_not_job", Answer::Yes(true)),
        ("agree_data", Answer::Yes(true)),
    ]);
    match role {
        Role::Mentee => with(
            shared,
            [
                ("e_areas", ranked(&["preservation", "acquisitions"])),
                ("e_goal", text("I can plan a budget.")),
                ("e_statement", words(50)),
                ("e_kind_pref", Answer::one("no_preference")),
                ("e_unmatched", Answer::some(&["none"])),
            ],
        ),
        Role::Mentor => with(
            shared,
            [
                (
                    "m_areas",
                    grid(&[("preservation", "strong"), ("acquisitions", "please_not")]),
                ),
                ("m_statement", words(40)),
                ("m_who", Answer::some(&["students", "new_managers"])),
                ("m_kind_ok", Answer::one("any")),
                ("m_capacity", Answer::one("1")),
                ("m_before", Answer::one("no")),
            ],
        ),
    }
}

fn asks(form: &FormDef, answers: &Answers, id: &str) -> bool {
    form.read(answers, false)
        .visible
        .contains(&QuestionId::from(id))
}

fn problem(form: &FormDef, answers: &Answers, id: &str) -> Option<ProblemCode> {
    let problems = form.check(answers, false);
    problems
        .into_iter()
        .find(|problem| problem.question.0 == id)
        .map(|problem| problem.code)
}

fn ids(problems: &[FieldProblem]) -> BTreeSet<&str> {
    problems
        .iter()
        .map(|problem| problem.question.0.as_str())
        .collect()
}

#[test]
fn both_forms_have_six_sections_on_at_most_sixteen_pages_and_nothing_to_mend() {
    for role in Role::ALL {
        let form = form(role);
        assert_eq!(form.role, role);
        assert_eq!(form.sections.len(), 6);
        assert!(form.pages().count() <= 16, "{}", form.pages().count());
        assert_eq!(lint(&form), []);
    }
}

#[test]
fn w_21_who_may_apply_stands_before_every_question_and_a_no_is_told_what_else_there_is() {
    for role in Role::ALL {
        let conditions = form(role).eligibility;
        assert!(!conditions.is_empty(), "{role:?}");
        for condition in conditions {
            assert!(!condition.statement.text().is_empty(), "{}", condition.id);
            assert!(!condition.otherwise.text().is_empty(), "{}", condition.id);
        }
    }
}

#[test]
fn long_texts_rankings_grids_and_weekly_hours_have_pages_of_their_own() {
    for role in Role::ALL {
        for (_, page) in form(role).pages() {
            let always = page
                .questions
                .iter()
                .filter(|question| question.visible.is_none());
            let is_long = page.questions.iter().any(|question| {
                question.visible.is_none()
                    && matches!(
                        question.kind,
                        Kind::LongText { .. }
                            | Kind::Rank { .. }
                            | Kind::Grid { .. }
                            | Kind::WeeklyHours { .. }
                    )
            });
            assert!(!is_long || always.count() == 1, "{}", page.id);
        }
    }
}

#[test]
fn a_question_of_both_forms_is_the_same_question_unless_each_role_answers_it() {
    let mentor = form(Role::Mentor);
    let mentee = form(Role::Mentee);
    let (shared, own): (Vec<_>, Vec<_>) = mentee
        .questions()
        .filter_map(|question| Some((question, mentor.question(&question.id)?)))
        .partition(|(question, _)| !question.per_role);
    assert!(shared.len() > 50);
    assert!(shared.into_iter().all(|(mentee, mentor)| mentee == mentor));
    let own: Vec<_> = own
        .iter()
        .map(|(mentee, mentor)| {
            (
                mentee.id.0.as_str(),
                mentee.label.text(),
                mentor.label.text(),
            )
        })
        .collect();
    let wish = (
        "wish_people",
        "A mentor I would like, if possible",
        "A mentee I would like, if possible",
    );
    assert_eq!(own, [wish]);
}

#[test]
fn both_sides_speak_of_the_same_eight_areas() {
    let areas = [
        "career_development",
        "leadership_management",
        "cataloging_metadata",
        "acquisitions",
        "electronic_resources",
        "collection_management",
        "preservation",
        "public_librarianship",
    ];
    for (role, id) in [(Role::Mentee, "e_areas"), (Role::Mentor, "m_areas")] {
        let form = form(role);
        let (Kind::Rank { choices, .. } | Kind::Grid { rows: choices, .. }) =
            &form.question(&QuestionId::from(id)).unwrap().kind
        else {
            panic!("{id} has no areas");
        };
        assert!(choices.iter().map(|choice| choice.id.0.as_str()).eq(areas));
    }
}

#[test]
fn a_form_is_the_same_after_a_way_over_the_wire() {
    for role in Role::ALL {
        let form = form(role);
        let wire = serde_json::to_string(&form).unwrap();
        assert_eq!(serde_json::from_str::<FormDef>(&wire).unwrap(), form);
    }
}

#[test]
fn an_application_with_everything_required_may_be_sent() {
    for role in Role::ALL {
        let form = form(role);
        assert_eq!(form.check(&complete(role), false), []);
    }
}

#[test]
fn an_empty_draft_lacks_exactly_what_is_always_required() {
    for role in Role::ALL {
        let form = form(role);
        let problems = form.check(&Answers::new(), false);
        let mut expected: BTreeSet<&str> = form
            .questions()
            .filter(|question| question.required == Required::Always && question.visible.is_none())
            .map(|question| question.id.0.as_str())
            .collect();
        // Required as long as nobody says that they are joining now.
        expected.insert("member_no");
        assert_eq!(ids(&problems), expected);
        for problem in problems {
            let kind = &form.question(&problem.question).unwrap().kind;
            let code = match kind {
                Kind::Confirm => ProblemCode::MustConfirm,
                _ => ProblemCode::Required,
            };
            assert_eq!(problem.code, code);
        }
    }
}

#[test]
fn leaving_out_any_required_answer_is_reported_there() {
    for role in Role::ALL {
        let form = form(role);
        for id in complete(role).keys() {
            let mut answers = complete(role);
            answers.remove(id);
            let problems = form.check(&answers, false);
            assert!(ids(&problems).contains(id.0.as_str()), "{id}");
        }
    }
}

#[test]
fn a_student_is_asked_for_the_school_and_only_a_working_one_for_the_employer() {
    let form = form(Role::Mentee);
    let student = with(
        complete(Role::Mentee),
        [("situation", Answer::one("student"))],
    );
    assert!(asks(&form, &student, "school") && asks(&form, &student, "grad_term"));
    assert!(!asks(&form, &student, "employer") && !asks(&form, &student, "inst_kind"));
    assert_eq!(
        problem(&form, &student, "school"),
        Some(ProblemCode::Required)
    );
    let reading = form.read(&student, false);
    assert!(!reading.answers.contains_key(&QuestionId::from("employer")));
    let working = with(student, [("also_works", Answer::Yes(true))]);
    assert!(asks(&form, &working, "employer") && asks(&form, &working, "school"));
}

#[test]
fn w_13_a_change_of_situation_takes_back_what_hangs_on_it() {
    let form = form(Role::Mentee);
    // The tick of a student counts only while somebody is a student.
    let once_student = with(
        complete(Role::Mentee),
        [
            ("situation", Answer::one("retired")),
            ("also_works", Answer::Yes(true)),
        ],
    );
    assert!(!asks(&form, &once_student, "job_title"));
    assert!(asks(&form, &once_student, "last_role"));
}

#[test]
fn the_last_employer_is_asked_and_may_stay_empty() {
    let form = form(Role::Mentor);
    for situation in ["between", "retired"] {
        let mut answers = with(
            complete(Role::Mentor),
            [("situation", Answer::one(situation))],
        );
        answers.remove(&QuestionId::from("employer"));
        assert!(asks(&form, &answers, "employer") && asks(&form, &answers, "last_role"));
        assert_eq!(form.check(&answers, false), []);
    }
}

#[test]
fn an_own_situation_counts_as_working() {
    let form = form(Role::Mentee);
    let own = Answer::One {
        choice: None,
        other: Some("On a fellowship".to_owned()),
    };
    assert!(asks(&form, &answers([("situation", own)]), "employer"));
    let blank = Answer::One {
        choice: None,
        other: Some("  ".to_owned()),
    };
    let answers = answers([("situation", blank)]);
    assert!(!asks(&form, &answers, "employer"));
    assert_eq!(
        problem(&form, &answers, "situation"),
        Some(ProblemCode::Required)
    );
}

#[test]
fn only_a_vendor_is_asked_about_customers() {
    let form = form(Role::Mentor);
    assert!(asks(
        &form,
        &answers([("situation", Answer::one("vendor"))]),
        "vendor_note"
    ));
    assert!(!asks(
        &form,
        &answers([("situation", Answer::one("library"))]),
        "vendor_note"
    ));
}

#[test]
fn who_is_joining_now_needs_no_number() {
    let form = form(Role::Mentee);
    let mut answers = complete(Role::Mentee);
    assert!(!asks(&form, &answers, "joining_now"));
    answers.remove(&QuestionId::from("member_no"));
    assert_eq!(
        problem(&form, &answers, "member_no"),
        Some(ProblemCode::Required)
    );
    answers.insert(QuestionId::from("joining_now"), Answer::Yes(true));
    assert_eq!(form.check(&answers, false), []);
}

#[test]
fn a_state_is_asked_in_the_united_states_and_nowhere_else() {
    let form = form(Role::Mentee);
    let at = |place| with(complete(Role::Mentee), [("place", place)]);
    let without = at(place("US", None));
    assert_eq!(
        problem(&form, &without, "place"),
        Some(ProblemCode::NotAPlace)
    );
    let canada = at(place("CA", Some("ON")));
    assert_eq!(form.check(&canada, false), []);
    assert!(asks(&form, &canada, "place_note"));
    let reading = form.read(&canada, false);
    assert_eq!(
        reading.answers[&QuestionId::from("place")],
        place("CA", None)
    );
    assert!(!asks(&form, &at(place("GU", None)), "place_note"));
}

#[test]
fn the_committee_is_told_about_recusal() {
    let form = form(Role::Mentee);
    assert!(asks(
        &form,
        &answers([("committee", Answer::Yes(true))]),
        "committee_note"
    ));
    assert!(!asks(
        &form,
        &answers([("committee", Answer::Yes(false))]),
        "committee_note"
    ));
}

#[test]
fn hours_that_vary_need_no_blocks_and_ask_for_a_first_meeting() {
    let form = form(Role::Mentee);
    let varies = Answer::Hours(WeeklyHours {
        varies: true,
        ..WeeklyHours::default()
    });
    let varies = with(complete(Role::Mentee), [("availability", varies)]);
    assert!(asks(&form, &varies, "first_slot"));
    assert_eq!(form.check(&varies, false), []);
    let one = with(complete(Role::Mentee), [("availability", hours(1))]);
    assert!(!asks(&form, &one, "first_slot"));
    let too_few = ProblemCode::TooFew { count: 1, min: 2 };
    assert_eq!(problem(&form, &one, "availability"), Some(too_few));
}

#[test]
fn first_time_mentors_hear_of_the_guide_and_returning_ones_may_rest() {
    let form = form(Role::Mentor);
    assert!(asks(&form, &complete(Role::Mentor), "m_guide_note"));
    let visible = |returning| form.read(&complete(Role::Mentor), returning).visible;
    for id in [
        "m_rest",
        "returning_about_note",
        "returning_work_note",
        "returning_practical_note",
    ] {
        assert!(visible(true).contains(&QuestionId::from(id)), "{id}");
        assert!(!visible(false).contains(&QuestionId::from(id)), "{id}");
    }
}

#[test]
fn topics_follow_the_areas_and_public_libraries_split_by_age() {
    let form = form(Role::Mentee);
    let topics = Answer::some(&["licensing", "youth_services", "budgets"]);
    let kept = |kind: &str, areas: &[&str]| {
        let answers = with(
            complete(Role::Mentee),
            [
                ("inst_kind", Answer::one(kind)),
                ("e_areas", ranked(areas)),
                ("e_topics", topics.clone()),
            ],
        );
        form.read(&answers, false)
            .answers
            .remove(&QuestionId::from("e_topics"))
    };
    let public = kept("public", &["public_librarianship", "electronic_resources"]);
    assert_eq!(public, Some(Answer::some(&["licensing", "youth_services"])));
    let academic = kept("academic", &["public_librarianship"]);
    assert_eq!(academic, None);
}

#[test]
fn a_mentor_is_asked_for_topics_of_the_areas_that_are_offered() {
    let form = form(Role::Mentor);
    let topics = Answer::some(&["conservation", "approval_plans"]);
    let answers = with(complete(Role::Mentor), [("m_topics", topics)]);
    let reading = form.read(&answers, false);
    let kept = &reading.answers[&QuestionId::from("m_topics")];
    assert_eq!(*kept, Answer::some(&["conservation"]));
    let declined = with(
        answers,
        [("m_areas", grid(&[("acquisitions", "please_not")]))],
    );
    assert!(!asks(&form, &declined, "m_topics"));
    let too_few = ProblemCode::TooFew { count: 0, min: 1 };
    assert_eq!(problem(&form, &declined, "m_areas"), Some(too_few));
}

#[test]
fn a_row_that_says_nothing_is_no_answer() {
    let form = form(Role::Mentor);
    let silent = with(
        complete(Role::Mentor),
        [("m_areas", grid(&[("preservation", "none")]))],
    );
    assert_eq!(
        problem(&form, &silent, "m_areas"),
        Some(ProblemCode::Required)
    );
}

#[test]
fn prose_may_be_a_tenth_too_long_and_not_more() {
    let form = form(Role::Mentee);
    let of = |n| {
        problem(
            &form,
            &with(complete(Role::Mentee), [("e_statement", words(n))]),
            "e_statement",
        )
    };
    assert_eq!(of(49), Some(ProblemCode::TooShort { count: 49, min: 50 }));
    assert_eq!((of(50), of(250), of(275)), (None, None, None));
    assert_eq!(
        of(276),
        Some(ProblemCode::TooLong {
            count: 276,
            max: 250
        })
    );
}

#[test]
fn none_of_these_stands_alone() {
    let form = form(Role::Mentee);
    let both = Answer::some(&["none", "peer"]);
    let answers = with(complete(Role::Mentee), [("e_unmatched", both)]);
    assert_eq!(
        problem(&form, &answers, "e_unmatched"),
        Some(ProblemCode::NotTogether)
    );
}

#[test]
fn nobody_keeps_themselves_apart() {
    let form = form(Role::Mentee);
    let person = |name: &str, contact: &str| NamedPerson {
        name: name.to_owned(),
        contact: contact.to_owned(),
        reason: Some(Slug::from("hiring")),
    };
    let of = |person| {
        let people = Answer::People(vec![person]);
        problem(
            &form,
            &with(complete(Role::Mentee), [("block_people", people)]),
            "block_people",
        )
    };
    assert_eq!(
        of(person("olabisi ade-niyi", "")),
        Some(ProblemCode::OwnName)
    );
    assert_eq!(
        of(person("Me", "OLABISI@mail.example")),
        Some(ProblemCode::OwnName)
    );
    // Somebody else of the same name.
    assert_eq!(of(person("Olabisi Ade-Niyi", "other@mail.example")), None);
    let nameless = ProblemCode::TooShort { count: 0, min: 1 };
    assert_eq!(of(person("", "boss@mail.example")), Some(nameless));
}

#[test]
fn absences_end_after_they_begin() {
    let form = form(Role::Mentee);
    let day = |day| NaiveDate::from_ymd_opt(2018, 7, day).unwrap();
    let of = |from, to| {
        let range = Answer::Ranges(vec![DayRange {
            from: day(from),
            to: day(to),
        }]);
        problem(
            &form,
            &with(complete(Role::Mentee), [("leave", range)]),
            "leave",
        )
    };
    assert_eq!(of(1, 1), None);
    assert_eq!(of(2, 1), Some(ProblemCode::EndsBeforeItBegins));
}

#[test]
fn graduation_lies_at_most_six_years_ahead_of_the_day() {
    let form = form(Role::Mentee);
    let today = NaiveDate::from_ymd_opt(2018, 2, 5).unwrap();
    let of = |year, month| {
        let student = with(
            complete(Role::Mentee),
            [
                ("situation", Answer::one("student")),
                ("school", text("Lakeview iSchool")),
                ("grad_term", Answer::YearMonth { year, month }),
            ],
        );
        form.check_on(&student, false, today)
    };
    assert_eq!(
        (of(2018, 5), of(2024, 2), of(2017, 2)),
        (vec![], vec![], vec![])
    );
    let out = FieldProblem {
        question: "grad_term".into(),
        code: ProblemCode::DateOutOfRange,
    };
    assert_eq!((of(2024, 3), of(2017, 1)), (vec![out.clone()], vec![out]));
}

#[test]
fn each_reader_sees_what_is_theirs_and_nothing_else() {
    let form = form(Role::Mentee);
    let answers = with(
        complete(Role::Mentee),
        [
            ("legal_name", text("Olabisi A.")),
            ("phone", text("+1 671 555 0100")),
            ("phone_share", Answer::Yes(true)),
            ("pronouns", Answer::one("they_them")),
            ("pronouns_share", Answer::some(&["pairing_team"])),
            ("access_needs", text("Captions")),
            (
                "block_inst",
                Answer::Lines(vec!["Lantern eBooks".to_owned()]),
            ),
            ("comfort", text("Somebody patient")),
            ("heard", Answer::one("colleague")),
        ],
    );
    let reading = form.read(&answers, false);
    let sees = |audience, id: &str| {
        let seen = form.visible_to(&reading, false, &[audience]);
        seen.contains_key(&QuestionId::from(id))
    };
    assert!(sees(A::Officer, "block_inst") && sees(A::Officer, "legal_name"));
    for audience in [A::Chair, A::Subcommittee, A::Liaison, A::Partner] {
        assert!(
            !sees(audience, "block_inst") && !sees(audience, "legal_name"),
            "{audience:?}"
        );
    }
    assert!(!sees(A::Subcommittee, "phone") && !sees(A::Subcommittee, "email"));
    assert!(sees(A::Partner, "phone") && sees(A::Partner, "email"));
    assert!(sees(A::Subcommittee, "pronouns") && !sees(A::Partner, "pronouns"));
    assert!(!sees(A::Officer, "pronouns") && !sees(A::Officer, "comfort"));
    assert!(sees(A::Liaison, "access_needs") && !sees(A::Partner, "access_needs"));
    assert!(!sees(A::Partner, "availability") && sees(A::Subcommittee, "availability"));
    assert!(sees(A::Statistics, "heard") && !sees(A::Officer, "heard"));
}

#[test]
fn progress_grows_page_by_page_to_the_whole() {
    let form = form(Role::Mentee);
    let state = |answers: &Answers| -> (Reading, Vec<FieldProblem>) {
        (form.read(answers, false), form.check(answers, false))
    };
    let (empty, missing) = state(&Answers::new());
    assert_eq!(form.progress(&empty, &missing), Progress::NotStarted);
    assert_eq!(form.percent(&empty, &missing, false), 0);
    assert_eq!(
        form.first_page_with_problems(&missing).unwrap().1.id,
        Slug::from("name")
    );
    let (begun, missing) = state(&answers([("preferred_name", text("Suharti"))]));
    let (_, name) = form.page(&Slug::from("name")).unwrap();
    assert_eq!(name.progress(&begun, &missing), Progress::Complete);
    assert_eq!(
        form.sections[0].progress(&begun, &missing),
        Progress::InProgress
    );
    assert_eq!(
        form.first_page_with_problems(&missing).unwrap().1.id,
        Slug::from("contact")
    );
    let (whole, none) = state(&complete(Role::Mentee));
    assert_eq!(form.progress(&whole, &none), Progress::Complete);
    assert_eq!(form.percent(&whole, &none, false), 100);
}

#[test]
fn the_way_forwards_and_back_is_the_same_way() {
    let form = form(Role::Mentor);
    let reading = form.read(&complete(Role::Mentor), false);
    let pages: Vec<&Slug> = form
        .visible_pages(&reading)
        .map(|(_, page)| &page.id)
        .collect();
    let mut way = vec![&form.sections[0].pages[0].id];
    while let Some((_, page)) = form.next_page(way.last().unwrap(), &reading) {
        way.push(&page.id);
    }
    assert_eq!(way, pages);
    for pair in pages.windows(2) {
        assert_eq!(
            form.previous_page(pair[1], &reading).unwrap().1.id,
            *pair[0]
        );
    }
    assert_eq!(form.previous_page(pages[0], &reading), None);
}

#[test]
fn a_page_is_checked_as_the_whole_checks_it() {
    for role in Role::ALL {
        let form = form(role);
        let reading = form.read(&Answers::new(), false);
        let by_page: Vec<FieldProblem> = form
            .pages()
            .flat_map(|(_, page)| form.check_page(&page.id, &reading, false))
            .collect();
        assert_eq!(by_page, form.check(&Answers::new(), false));
    }
}
