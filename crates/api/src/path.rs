//! Addresses of the API: for each resource the template that the router takes and the function that
//! clients call, side by side.

use std::fmt::Display;

use tandem_domain::id::{
    ApplicationId, ChangeId, CohortId, CommentId, InfoRequestId, ItemId, LateLinkId, MailId,
    PersonDateId, PersonId, ProgramId, ScenarioId,
};
use tandem_domain::role::Role;

/// Under this everything of the API lives.
pub const ROOT: &str = "/api";

/// Process up. GET.
pub const HEALTH: &str = "/api/health";
/// Ready to serve. GET.
pub const READY: &str = "/api/ready";
/// The OpenAPI document. GET.
pub const OPENAPI: &str = "/api/openapi.json";
/// Server-sent events; query `topics`, `after`. GET.
pub const STREAM: &str = "/api/stream";

/// Who is signed in. GET, DELETE.
pub const SESSION: &str = "/api/session";
/// Ask for a sign-in link. POST.
pub const AUTH_LINK: &str = "/api/auth/link";
/// Sign in with a link or a code. POST.
pub const AUTH_REDEEM: &str = "/api/auth/link/redeem";
/// The own account. PATCH.
pub const ME: &str = "/api/me";
/// The own applications. GET.
pub const MY_APPLICATIONS: &str = "/api/me/applications";

/// Everything that is kept about the own person. GET.
pub const MY_EXPORT: &str = "/api/me/export";
/// Erase what tells who the own person is. POST.
pub const ERASURE: &str = "/api/me/erasure";
/// The own calendar feed: whether there is one, GET; a new address, POST; no more, DELETE.
pub const CALENDAR_TOKEN: &str = "/api/me/calendar-token";

/// What time it is at the server. GET.
pub const TIME: &str = "/api/time";
/// The instant that a civil time in a zone means. POST.
pub const TIME_RESOLVE: &str = "/api/time/resolve";

/// A cohort's public dates as a calendar file; `{cohort}` is the slug and `.ics`. GET.
pub const COHORT_FEED: &str = "/c/{cohort}";
/// One public date as a calendar file; `{file}` is the item's id and `.ics`. GET.
pub const ITEM_FILE: &str = "/c/{cohort}/items/{file}";
/// Somebody's own dates as a calendar file; `{file}` is a secret and `.ics`. GET.
pub const OWN_FEED: &str = "/cal/{file}";

/// Programs. GET, POST.
pub const PROGRAMS: &str = "/api/programs";
/// People with an office. GET, POST.
pub const MEMBERS: &str = "/api/programs/{program}/members";
/// One person's offices. PUT, DELETE.
pub const MEMBER: &str = "/api/programs/{program}/members/{person}";
/// Cohorts of a program. GET, POST.
pub const PROGRAM_COHORTS: &str = "/api/programs/{program}/cohorts";
/// The days a program keeps free. GET, PUT.
pub const PROGRAM_DAYS: &str = "/api/programs/{program}/days";
/// Mails of a program. GET.
pub const OUTBOX: &str = "/api/programs/{program}/outbox";
/// One mail with its text. GET.
pub const MAIL: &str = "/api/programs/{program}/outbox/{mail}";
/// Try a failed mail again. POST.
pub const MAIL_RETRY: &str = "/api/programs/{program}/outbox/{mail}/retry";

/// Hold a mail back that waits. POST.
pub const MAIL_HOLD: &str = "/api/programs/{program}/outbox/{mail}/hold";
/// Let a mail go at once that waits or was held back. POST.
pub const MAIL_RELEASE: &str = "/api/programs/{program}/outbox/{mail}/release";

/// One cohort. GET. A slug is accepted in place of the id.
pub const COHORT: &str = "/api/cohorts/{cohort}";
/// Moves between states: those possible now, with the mails they cause. GET, POST.
pub const TRANSITIONS: &str = "/api/cohorts/{cohort}/transitions";
/// The timeline. GET.
pub const TIMELINE: &str = "/api/cohorts/{cohort}/timeline";
/// What a change of the timeline would do. POST.
pub const TIMELINE_PLAN: &str = "/api/cohorts/{cohort}/timeline/plan";
/// What changed on the timeline, GET; change it, POST.
pub const TIMELINE_CHANGES: &str = "/api/cohorts/{cohort}/timeline/changes";
/// Undo a change. POST.
pub const TIMELINE_UNDO: &str = "/api/cohorts/{cohort}/timeline/changes/{change}/undo";
/// What undoing a change would do. POST.
pub const TIMELINE_UNDO_PLAN: &str = "/api/cohorts/{cohort}/timeline/changes/{change}/undo/plan";
/// Dates that hold for one person. GET, POST.
pub const PERSON_DATES: &str = "/api/cohorts/{cohort}/timeline/person-dates";
/// One of them. DELETE.
pub const PERSON_DATE: &str = "/api/cohorts/{cohort}/timeline/person-dates/{date}";
/// The next cohort from this one: its dates, GET; set it up, POST.
pub const NEXT_COHORT: &str = "/api/cohorts/{cohort}/next";
/// The form of a role. GET.
pub const FORM: &str = "/api/cohorts/{cohort}/forms/{role}";
/// Applications of a cohort: the committee's list, GET; begin one, POST.
pub const COHORT_APPLICATIONS: &str = "/api/cohorts/{cohort}/applications";
/// The sealed list of people to keep apart. GET, PUT.
pub const APART: &str = "/api/cohorts/{cohort}/apart";
/// Links by which somebody may apply after the call has closed. GET, POST.
pub const LATE_LINKS: &str = "/api/cohorts/{cohort}/late-links";
/// One late link. DELETE.
pub const LATE_LINK: &str = "/api/late-links/{link}";
/// What a late link opens. POST.
pub const LATE_LINK_OPEN: &str = "/api/late-links/open";
/// What a new version of a form would do. POST.
pub const FORM_PLAN: &str = "/api/cohorts/{cohort}/forms/{role}/plan";
/// The versions of a form, GET; a new one, POST.
pub const FORM_VERSIONS: &str = "/api/cohorts/{cohort}/forms/{role}/versions";
/// One version of a form, as a file. GET.
pub const FORM_VERSION: &str = "/api/cohorts/{cohort}/forms/{role}/versions/{version}";
/// How the cohort scores its pairs. GET, PUT.
pub const SCORING: &str = "/api/cohorts/{cohort}/scoring";
/// Boards of a cohort, GET; a copy of one under a name of its own, POST.
pub const SCENARIOS: &str = "/api/cohorts/{cohort}/scenarios";
/// Boards of a cohort side by side; query `of`. GET.
pub const COMPARISON: &str = "/api/cohorts/{cohort}/comparison";
/// What members say about people, pairs and a board. GET, POST.
pub const COMMENTS: &str = "/api/scenarios/{scenario}/comments";
/// One comment. PUT, DELETE.
pub const COMMENT: &str = "/api/comments/{comment}";
/// Members of the committee who have a conflict with applicants. GET, POST.
pub const CONFLICTS: &str = "/api/cohorts/{cohort}/conflicts";
/// One of these. DELETE.
pub const CONFLICT: &str = "/api/cohorts/{cohort}/conflicts/{member}/{person}";

/// One application as its reader may see it. GET; a draft can be deleted, DELETE.
pub const APPLICATION: &str = "/api/applications/{application}";
/// The own draft. GET, PATCH.
pub const DRAFT: &str = "/api/applications/{application}/draft";
/// What would stop sending. POST.
pub const CHECK: &str = "/api/applications/{application}/check";
/// Send. POST.
pub const SUBMISSIONS: &str = "/api/applications/{application}/submissions";
/// Take back, POST; bring back, DELETE.
pub const WITHDRAWAL: &str = "/api/applications/{application}/withdrawal";
/// Files of an application; query `question`, `name`. POST.
pub const FILES: &str = "/api/applications/{application}/files";
/// One file. GET.
pub const FILE: &str = "/api/applications/{application}/files/{file}";
/// More time for this application. PUT, DELETE.
pub const EXTENSION: &str = "/api/applications/{application}/extension";
/// What new versions of the form changed for the owner: read it, POST.
pub const FORM_NEWS_READ: &str = "/api/applications/{application}/form-news/read";
/// Whether reminders about this draft are wanted. PUT.
pub const REMINDERS: &str = "/api/applications/{application}/reminders";
/// Decide eligibility. PUT.
pub const ELIGIBILITY: &str = "/api/applications/{application}/eligibility";
/// Ask the applicant. POST.
pub const INFO_REQUESTS: &str = "/api/applications/{application}/info-requests";
/// Answer the committee. POST.
pub const INFO_ANSWER: &str = "/api/applications/{application}/info-requests/{request}/answer";

/// One board among those of its cohort: rename it, PATCH; remove it, DELETE.
pub const SCENARIO: &str = "/api/scenarios/{scenario}";
/// A board. GET.
pub const BOARD: &str = "/api/scenarios/{scenario}/board";
/// Commands on a board: those after a revision, GET; new ones, POST.
pub const COMMANDS: &str = "/api/scenarios/{scenario}/commands";
/// Ask the solver about a board. POST; changes nothing.
pub const QUESTIONS: &str = "/api/scenarios/{scenario}/questions";
/// Adopt a plan, or a part of it. POST.
pub const PLANS: &str = "/api/scenarios/{scenario}/plans";
/// The plan of a board as comma-separated values. GET.
pub const PLAN: &str = "/api/scenarios/{scenario}/plan.csv";
/// Up to where the caller has seen what others did. PUT.
pub const LOOKED: &str = "/api/scenarios/{scenario}/looked";
/// Who else is here. PUT.
pub const PRESENCE: &str = "/api/scenarios/{scenario}/presence";

/// The demo: accounts, clock. GET.
pub const DEMO: &str = "/api/demo";
/// Sign in as a demo account. POST.
pub const DEMO_SIGN_IN: &str = "/api/demo/sign-in";
/// Move the rehearsal clock. POST.
pub const DEMO_CLOCK: &str = "/api/demo/clock";
/// Mails of the demo or of a server without SMTP. GET.
pub const DEMO_MAIL: &str = "/api/demo/mail";

fn fill(template: &str, values: &[&dyn Display]) -> String {
    let mut filled = String::with_capacity(template.len() + 32 * values.len());
    let mut values = values.iter();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        if let Some(value) = values.next() {
            filled.push_str(&value.to_string());
        }
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    filled.push_str(rest);
    filled
}

/// See [`MEMBERS`].
pub fn members(program: ProgramId) -> String {
    fill(MEMBERS, &[&program])
}
/// See [`MEMBER`].
pub fn member(program: ProgramId, person: PersonId) -> String {
    fill(MEMBER, &[&program, &person])
}
/// See [`PROGRAM_COHORTS`].
pub fn program_cohorts(program: ProgramId) -> String {
    fill(PROGRAM_COHORTS, &[&program])
}
/// See [`OUTBOX`].
pub fn outbox(program: ProgramId) -> String {
    fill(OUTBOX, &[&program])
}
/// See [`MAIL`].
pub fn mail(program: ProgramId, mail: MailId) -> String {
    fill(MAIL, &[&program, &mail])
}
/// See [`MAIL_RETRY`].
pub fn mail_retry(program: ProgramId, mail: MailId) -> String {
    fill(MAIL_RETRY, &[&program, &mail])
}
/// See [`MAIL_HOLD`].
pub fn mail_hold(program: ProgramId, mail: MailId) -> String {
    fill(MAIL_HOLD, &[&program, &mail])
}
/// See [`MAIL_RELEASE`].
pub fn mail_release(program: ProgramId, mail: MailId) -> String {
    fill(MAIL_RELEASE, &[&program, &mail])
}
/// See [`COHORT`]. Takes an id or a slug.
pub fn cohort(cohort: impl Display) -> String {
    fill(COHORT, &[&cohort])
}
/// See [`TRANSITIONS`].
pub fn transitions(cohort: CohortId) -> String {
    fill(TRANSITIONS, &[&cohort])
}
/// See [`TIMELINE`].
pub fn timeline(cohort: CohortId) -> String {
    fill(TIMELINE, &[&cohort])
}
/// See [`TIMELINE_PLAN`].
pub fn timeline_plan(cohort: CohortId) -> String {
    fill(TIMELINE_PLAN, &[&cohort])
}
/// See [`TIMELINE_CHANGES`].
pub fn timeline_changes(cohort: CohortId) -> String {
    fill(TIMELINE_CHANGES, &[&cohort])
}
/// See [`TIMELINE_UNDO`].
pub fn timeline_undo(cohort: CohortId, change: ChangeId) -> String {
    fill(TIMELINE_UNDO, &[&cohort, &change])
}
/// See [`TIMELINE_UNDO_PLAN`].
pub fn timeline_undo_plan(cohort: CohortId, change: ChangeId) -> String {
    fill(TIMELINE_UNDO_PLAN, &[&cohort, &change])
}
/// See [`PERSON_DATES`].
pub fn person_dates(cohort: CohortId) -> String {
    fill(PERSON_DATES, &[&cohort])
}
/// See [`PERSON_DATE`].
pub fn person_date(cohort: CohortId, date: PersonDateId) -> String {
    fill(PERSON_DATE, &[&cohort, &date])
}
/// See [`NEXT_COHORT`].
pub fn next_cohort(cohort: CohortId) -> String {
    fill(NEXT_COHORT, &[&cohort])
}
/// See [`PROGRAM_DAYS`].
pub fn program_days(program: ProgramId) -> String {
    fill(PROGRAM_DAYS, &[&program])
}
/// See [`COHORT_FEED`].
pub fn cohort_feed(slug: &str) -> String {
    format!("/c/{slug}.ics")
}
/// See [`ITEM_FILE`].
pub fn item_file(slug: &str, item: ItemId) -> String {
    format!("/c/{slug}/items/{item}.ics")
}
/// See [`OWN_FEED`].
pub fn own_feed(secret: &str) -> String {
    format!("/cal/{secret}.ics")
}
/// See [`FORM`].
pub fn form(cohort: CohortId, role: Role) -> String {
    fill(FORM, &[&cohort, &role.slug()])
}
/// See [`COHORT_APPLICATIONS`].
pub fn cohort_applications(cohort: CohortId) -> String {
    fill(COHORT_APPLICATIONS, &[&cohort])
}
/// See [`APART`].
pub fn apart(cohort: CohortId) -> String {
    fill(APART, &[&cohort])
}
/// See [`LATE_LINKS`].
pub fn late_links(cohort: CohortId) -> String {
    fill(LATE_LINKS, &[&cohort])
}
/// See [`LATE_LINK`].
pub fn late_link(link: LateLinkId) -> String {
    fill(LATE_LINK, &[&link])
}
/// See [`FORM_PLAN`].
pub fn form_plan(cohort: CohortId, role: Role) -> String {
    fill(FORM_PLAN, &[&cohort, &role.slug()])
}
/// See [`FORM_VERSIONS`].
pub fn form_versions(cohort: CohortId, role: Role) -> String {
    fill(FORM_VERSIONS, &[&cohort, &role.slug()])
}
/// See [`FORM_VERSION`].
pub fn form_version(cohort: CohortId, role: Role, version: u32) -> String {
    fill(FORM_VERSION, &[&cohort, &role.slug(), &version])
}
/// See [`SCORING`].
pub fn scoring(cohort: CohortId) -> String {
    fill(SCORING, &[&cohort])
}
/// See [`SCENARIOS`].
pub fn scenarios(cohort: CohortId) -> String {
    fill(SCENARIOS, &[&cohort])
}
/// See [`COMPARISON`].
pub fn comparison(cohort: CohortId, of: &[ScenarioId]) -> String {
    let of: Vec<String> = of.iter().map(ScenarioId::to_string).collect();
    format!("{}?of={}", fill(COMPARISON, &[&cohort]), of.join(","))
}
/// See [`COMMENTS`].
pub fn comments(scenario: ScenarioId) -> String {
    fill(COMMENTS, &[&scenario])
}
/// See [`COMMENT`].
pub fn comment(comment: CommentId) -> String {
    fill(COMMENT, &[&comment])
}
/// See [`CONFLICTS`].
pub fn conflicts(cohort: CohortId) -> String {
    fill(CONFLICTS, &[&cohort])
}
/// See [`CONFLICT`].
pub fn conflict(cohort: CohortId, member: PersonId, person: PersonId) -> String {
    fill(CONFLICT, &[&cohort, &member, &person])
}
/// See [`APPLICATION`].
pub fn application(application: ApplicationId) -> String {
    fill(APPLICATION, &[&application])
}
/// See [`DRAFT`].
pub fn draft(application: ApplicationId) -> String {
    fill(DRAFT, &[&application])
}
/// See [`CHECK`].
pub fn check(application: ApplicationId) -> String {
    fill(CHECK, &[&application])
}
/// See [`SUBMISSIONS`].
pub fn submissions(application: ApplicationId) -> String {
    fill(SUBMISSIONS, &[&application])
}
/// See [`WITHDRAWAL`].
pub fn withdrawal(application: ApplicationId) -> String {
    fill(WITHDRAWAL, &[&application])
}
/// See [`FILES`]. Takes the query ready made.
pub fn files(application: ApplicationId, query: &str) -> String {
    format!("{}?{query}", fill(FILES, &[&application]))
}
/// See [`FILE`].
pub fn file(application: ApplicationId, file: &str) -> String {
    fill(FILE, &[&application, &file])
}
/// See [`EXTENSION`].
pub fn extension(application: ApplicationId) -> String {
    fill(EXTENSION, &[&application])
}
/// See [`FORM_NEWS_READ`].
pub fn form_news_read(application: ApplicationId) -> String {
    fill(FORM_NEWS_READ, &[&application])
}
/// See [`REMINDERS`].
pub fn reminders(application: ApplicationId) -> String {
    fill(REMINDERS, &[&application])
}
/// See [`ELIGIBILITY`].
pub fn eligibility(application: ApplicationId) -> String {
    fill(ELIGIBILITY, &[&application])
}
/// See [`INFO_REQUESTS`].
pub fn info_requests(application: ApplicationId) -> String {
    fill(INFO_REQUESTS, &[&application])
}
/// See [`INFO_ANSWER`].
pub fn info_answer(application: ApplicationId, request: InfoRequestId) -> String {
    fill(INFO_ANSWER, &[&application, &request])
}
/// See [`SCENARIO`].
pub fn scenario(scenario: ScenarioId) -> String {
    fill(SCENARIO, &[&scenario])
}
/// See [`BOARD`].
pub fn board(scenario: ScenarioId) -> String {
    fill(BOARD, &[&scenario])
}
/// See [`COMMANDS`].
pub fn commands(scenario: ScenarioId) -> String {
    fill(COMMANDS, &[&scenario])
}
/// See [`QUESTIONS`].
pub fn questions(scenario: ScenarioId) -> String {
    fill(QUESTIONS, &[&scenario])
}
/// See [`PLANS`].
pub fn plans(scenario: ScenarioId) -> String {
    fill(PLANS, &[&scenario])
}
/// See [`PLAN`].
pub fn plan(scenario: ScenarioId) -> String {
    fill(PLAN, &[&scenario])
}
/// See [`LOOKED`].
pub fn looked(scenario: ScenarioId) -> String {
    fill(LOOKED, &[&scenario])
}
/// See [`PRESENCE`].
pub fn presence(scenario: ScenarioId) -> String {
    fill(PRESENCE, &[&scenario])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_path_has_no_braces_left() {
        let id = ApplicationId(uuid::Uuid::nil());
        assert_eq!(
            info_answer(id, InfoRequestId(uuid::Uuid::nil())),
            "/api/applications/00000000-0000-0000-0000-000000000000/info-requests/\
             00000000-0000-0000-0000-000000000000/answer"
        );
        assert_eq!(cohort("2018-2019"), "/api/cohorts/2018-2019");
    }
}
