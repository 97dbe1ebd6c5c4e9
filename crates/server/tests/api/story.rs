//! A program with an open cohort, people who apply, and forms filled in.

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde_json::json;
use tandem_api::application::{DraftSaved, DraftView, FieldResult, MyApplication, Receipt};
use tandem_api::application::{SaveDraft, StartedApplications, Submit};
use tandem_api::path;
use tandem_domain::cohort::CohortState;
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::answer::{Answer, NamedPerson};
use tandem_domain::form::definition::QuestionId;
use tandem_domain::form::library::default_form;
use tandem_domain::id::{ApplicationId, CohortId, ItemId, OperationId, ProgramId, ScenarioId};
use tandem_domain::role::{Office, Role};
use tandem_domain::timeline::calendar::{Outline, calendar, default_items};
use tandem_domain::timeline::plan::Timeline;
use tandem_server::config::Config;
use tandem_server::store::pairings::scenarios;
use tandem_server::store::{StoreError, cohorts, programs};
use uuid::Uuid;

use crate::answers::complete;
use crate::support::{Browser, Reply, TestApp};

/// A program with one cohort, whose call is open at the moment at which tests begin.
pub struct Story {
    pub app: TestApp,
    pub program: ProgramId,
    pub cohort: CohortId,
    pub scenario: ScenarioId,
}

/// Somebody's browser, and the application begun in it.
pub struct Applicant {
    pub browser: Browser,
    pub id: ApplicationId,
    pub role: Role,
}

impl Story {
    pub async fn new() -> Self {
        Self::on(TestApp::new().await).await
    }

    /// The same on a server that would send its mails, if anybody let it.
    pub async fn with_smtp() -> Self {
        let mut config = Config::local("http://127.0.0.1:8080");
        config.smtp_url = Some("smtp://127.0.0.1:9".to_owned());
        Self::on(TestApp::with_config(config).await).await
    }

    async fn on(app: TestApp) -> Self {
        let now = app.clock.real();
        let made = app.app.store.write(move |tx| async move {
            let program = programs::NewProgram {
                slug: "mentoring",
                name: "Mentoring",
                association: "Example Association",
                about: "About.",
                contact: "mentoring@association.example",
            };
            let program = programs::create(&tx, program, now).await?;
            let timeline = new_timeline(now);
            let forms = Role::ALL.map(|role| default_form(role).unwrap());
            let cohort = cohorts::NewCohort {
                program: program.id,
                slug: "2018-2019",
                title: "2018–2019",
                zone: ZoneName("America/Chicago".into()),
                calendar: calendar(&timeline.items, start_of_day).unwrap(),
                timeline: &timeline,
                forms: &forms,
            };
            let cohort = cohorts::create(&tx, cohort, now).await?;
            cohorts::set_state(&tx, &cohort, CohortState::Announced).await?;
            let scenario = scenarios::in_force(&tx, cohort.id).await?.unwrap();
            Ok::<_, StoreError>((program.id, cohort.id, scenario.id))
        });
        let (program, cohort, scenario) = made.await.unwrap();
        Self {
            app,
            program,
            cohort,
            scenario,
        }
    }

    /// Moves the cohort to a state without asking anybody.
    pub async fn set_state(&self, state: CohortState) {
        let cohort = self.cohort;
        let write = self.app.app.store.write(move |tx| async move {
            let cohort = cohorts::find(&tx, cohort).await?.unwrap();
            cohorts::set_state(&tx, &cohort, state).await
        });
        write.await.unwrap();
    }

    pub async fn officer(&self) -> Browser {
        self.app
            .member("olga@association.example", self.program, &[Office::Officer])
            .await
    }

    pub async fn chair(&self) -> Browser {
        self.app
            .member("carl@association.example", self.program, &[Office::Chair])
            .await
    }

    pub async fn subcommittee(&self) -> Browser {
        self.app
            .member(
                "sam@association.example",
                self.program,
                &[Office::Subcommittee],
            )
            .await
    }

    /// Somebody with a confirmed address who has begun an application.
    pub async fn applicant(&self, email: &str, role: Role) -> Applicant {
        let browser = self.app.signed_in(email).await;
        let started = self.start(&browser, &[role]).await;
        Applicant {
            browser,
            id: started[0].id,
            role,
        }
    }

    pub async fn start(&self, browser: &Browser, roles: &[Role]) -> Vec<MyApplication> {
        let reply = browser
            .post(
                path::cohort_applications(self.cohort),
                &json!({ "roles": roles }),
            )
            .await;
        reply.read::<StartedApplications>().applications
    }

    /// Somebody who has sent a complete application.
    pub async fn sent(&self, email: &str, role: Role) -> Applicant {
        self.sent_with(email, role, &[]).await
    }

    /// The same, with some answers of one's own.
    pub async fn sent_with(&self, email: &str, role: Role, own: &[(&str, Answer)]) -> Applicant {
        let applicant = self.applicant(email, role).await;
        applicant.complete(own).await;
        applicant.submit().await.read::<Receipt>();
        applicant
    }

    /// Somebody who has been found eligible.
    pub async fn eligible(&self, email: &str, role: Role, own: &[(&str, Answer)]) -> Applicant {
        let applicant = self.sent_with(email, role, own).await;
        let reply = self
            .decide(&self.chair().await, applicant.id, true, "")
            .await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        applicant
    }

    /// Decides about an application as it is now.
    pub async fn decide(
        &self,
        by: &Browser,
        application: ApplicationId,
        eligible: bool,
        reason: &str,
    ) -> Reply {
        let tag = by
            .get(path::application(application))
            .await
            .header("etag")
            .to_owned();
        let body = json!({ "eligible": eligible, "reason": reason });
        let headers = [("if-match", tag.as_str())];
        by.send_json(Method::PUT, path::eligibility(application), &body, &headers)
            .await
    }
}

impl Applicant {
    pub async fn draft(&self) -> DraftView {
        self.browser.get(path::draft(self.id)).await.read()
    }

    /// Saves answers upon what is there now.
    pub async fn save(&self, answers: &[(&str, Option<Answer>)]) -> DraftSaved {
        let rev = self.draft().await.rev;
        self.save_at(rev, answers).await.read()
    }

    /// Saves answers upon a revision.
    pub async fn save_at(&self, base_rev: i64, answers: &[(&str, Option<Answer>)]) -> Reply {
        self.browser
            .patch(path::draft(self.id), &change(base_rev, answers))
            .await
    }

    /// Answers everything that must be answered, and then some.
    pub async fn complete(&self, own: &[(&str, Answer)]) {
        let mut answers = complete(&default_form(self.role).unwrap());
        let draft = self.draft().await;
        answers.extend(draft.answers);
        for (question, answer) in own {
            answers.insert(QuestionId::from(*question), answer.clone());
        }
        let sent = SaveDraft {
            op_id: OperationId(Uuid::now_v7()),
            base_rev: draft.rev,
            form_version: 1,
            changes: answers
                .into_iter()
                .map(|(id, answer)| (id, Some(answer)))
                .collect(),
            return_page: None,
        };
        let saved: DraftSaved = self.browser.patch(path::draft(self.id), &sent).await.read();
        let is_ok = |result: &FieldResult| *result == FieldResult::Ok;
        assert!(saved.results.values().all(is_ok), "{:?}", saved.results);
    }

    /// Takes the application back.
    pub async fn withdraw(&self) -> MyApplication {
        self.take_back("").await.read()
    }

    /// Takes the application back as it is now, for a reason.
    pub async fn take_back(&self, reason: &str) -> Reply {
        let rev = self.draft().await.application.rev;
        let body = json!({ "reason": reason });
        let seen = format!("\"{rev}\"");
        let headers = [("if-match", seen.as_str())];
        self.browser
            .send_json(Method::POST, path::withdrawal(self.id), &body, &headers)
            .await
    }

    /// Brings the application back as it is now.
    pub async fn bring_back(&self) -> Reply {
        let rev = self.draft().await.application.rev;
        self.browser.delete(path::withdrawal(self.id), rev).await
    }

    /// Deletes the draft as it was at a revision.
    pub async fn delete_at(&self, draft_rev: i64) -> Reply {
        self.browser
            .delete(path::application(self.id), draft_rev)
            .await
    }

    /// Answers everything that must be answered and is not, and leaves the rest as it stands.
    pub async fn complete_unanswered(&self) {
        let draft = self.draft().await;
        let mut answers = complete(&default_form(self.role).unwrap());
        answers.retain(|id, _| !draft.answers.contains_key(id));
        let answers: Vec<_> = answers
            .iter()
            .map(|(id, answer)| (id.0.as_str(), Some(answer.clone())))
            .collect();
        self.save(&answers).await;
    }

    /// Sends what is there now.
    pub async fn submit(&self) -> Reply {
        let rev = self.draft().await.rev;
        self.browser
            .post(path::submissions(self.id), &reviewed(rev))
            .await
    }
}

/// A sending of what was reviewed at a revision.
pub fn reviewed(rev: i64) -> Submit {
    Submit {
        rev,
        form_version: None,
    }
}

/// A save of some answers.
pub fn change(base_rev: i64, answers: &[(&str, Option<Answer>)]) -> SaveDraft {
    let changes = answers
        .iter()
        .map(|(id, answer)| (QuestionId::from(*id), answer.clone()));
    SaveDraft {
        op_id: OperationId(Uuid::now_v7()),
        base_rev,
        form_version: 1,
        changes: changes.collect(),
        return_page: None,
    }
}

pub fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

/// Somebody to keep apart from.
pub fn avoid(name: &str, contact: &str) -> Answer {
    let reason = Some("hiring".into());
    Answer::People(vec![NamedPerson {
        name: name.into(),
        contact: contact.into(),
        reason,
    }])
}

/// A timeline of its own for a cohort, with the usual dates.
pub fn new_timeline(now: DateTime<Utc>) -> Timeline {
    let timeline = Timeline {
        items: default_items(&outline(), || ItemId(Uuid::now_v7())).unwrap(),
        constraints: Vec::new(),
    };
    timeline.with_life_announced(now)
}

fn outline() -> Outline {
    Outline {
        call_opens: "2018-01-29".parse().unwrap(),
        closes: Deadline {
            civil: "2018-03-03T00:00:00".parse().unwrap(),
            zone: ZoneName::aoe(),
            instant: "2018-03-03T12:00:00Z".parse().unwrap(),
            grace_minutes: 15,
        },
        pairing_complete: "2018-05-14".parse().unwrap(),
        starts: "2018-06-01".parse().unwrap(),
        ends: "2019-04-30".parse().unwrap(),
    }
}

fn start_of_day(day: chrono::NaiveDate) -> DateTime<Utc> {
    tandem_server::zone::start_of_day(day, &ZoneName("America/Chicago".into())).unwrap()
}
