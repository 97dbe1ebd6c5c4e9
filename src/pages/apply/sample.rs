//! A small form for the tests of this screen.

use tandem_api::application::{DraftView, MyApplication, NextStep, Step, Who};
use tandem_domain::application::ApplicationState;
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::definition::FormDef;
use tandem_domain::role::Role;

const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// Three pages in two sections: a name, an employer, a goal of at most five words.
pub fn form() -> FormDef {
    let words = r#"{"unit":"words","max":5,"hard":6}"#;
    let line = r#"{"unit":"characters","max":40,"hard":40}"#;
    let json = format!(
        r#"{{"role":"mentee","version":1,"title":"A form","intro":"","sections":[
            {{"id":"you","title":"You","pages":[
                {{"id":"name","heading":"Your name","questions":[
                    {{"id":"name","kind":{{"short_text":{{"limit":{line}}}}},"label":"Name","required":"always"}}]}},
                {{"id":"work","heading":"Work","questions":[
                    {{"id":"employer","kind":{{"short_text":{{"limit":{line}}}}},"label":"Employer"}}]}}]}},
            {{"id":"aims","title":"Aims","pages":[
                {{"id":"goal","heading":"Your goal","questions":[
                    {{"id":"goal","kind":{{"long_text":{{"limit":{words}}}}},"label":"Goal","required":"always"}}]}}]}}]}}"#
    );
    serde_json::from_str(&json).unwrap()
}

/// The closing date of the founding case.
pub fn deadline() -> Deadline {
    Deadline {
        civil: "2018-03-03T00:00:00".parse().unwrap(),
        zone: ZoneName::aoe(),
        instant: "2018-03-03T12:00:00Z".parse().unwrap(),
        grace_minutes: 0,
    }
}

/// A draft without an answer.
pub fn view() -> DraftView {
    DraftView {
        application: MyApplication {
            id: NIL.parse().unwrap(),
            rev: 1,
            draft_rev: 0,
            cohort: NIL.parse().unwrap(),
            cohort_slug: "2018-2019".to_owned(),
            cohort_title: "2018–2019".to_owned(),
            program_name: "Mentoring".to_owned(),
            role: Role::Mentee,
            state: ApplicationState::Draft,
            reference: None,
            submitted_at: None,
            content_hash: None,
            changed_since_submitted: false,
            percent: 0,
            closes: deadline(),
            granted: None,
            reminders: true,
            next: NextStep {
                who: Who::You,
                what: Step::FinishAndSubmit,
                by: None,
            },
            info_request: None,
            reason: None,
            partners: Vec::new(),
            may: Vec::new(),
        },
        answers: [].into(),
        undecided: [].into(),
        prefilled: [].into(),
        news: Vec::new(),
        saved_at: [].into(),
        rev: 0,
        form_version: 1,
        return_page: None,
        shared_with_other_role: false,
        returning: false,
        editable: true,
        server_now: "2018-02-05T14:02:00Z".parse().unwrap(),
    }
}
