//! The tables as SeaORM sees them. The SQL files under `migration/` are what makes them; a test
//! compares the two.

macro_rules! entity {
    ($(#[$doc:meta])* $name:ident, $table:literal, { $($(#[$meta:meta])* $field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        pub mod $name {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $($(#[$meta])* pub $field: $kind,)+
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

entity!(person, "person", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    email: String,
    email_norm: Option<String>,
    name: String,
    founder: i64,
    created_at: i64,
    rev: i64,
});

entity!(login_request, "login_request", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    email: String,
    email_norm: String,
    token_hash: String,
    code_hash: String,
    pre_hash: Option<String>,
    provisional: Option<String>,
    purpose: String,
    tries: i64,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
});

entity!(session, "session", {
    #[sea_orm(primary_key, auto_increment = false)]
    hash: String,
    person: String,
    kind: String,
    created_at: i64,
    seen_at: i64,
});

entity!(program, "program", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    slug: String,
    name: String,
    association: String,
    about: String,
    contact: String,
    created_at: i64,
    rev: i64,
    closures_json: String,
});

entity!(member, "member", {
    #[sea_orm(primary_key, auto_increment = false)]
    program: String,
    #[sea_orm(primary_key, auto_increment = false)]
    person: String,
    #[sea_orm(primary_key, auto_increment = false)]
    office: String,
    since: i64,
});

entity!(cohort, "cohort", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    program: String,
    slug: String,
    title: String,
    state: String,
    zone: String,
    calendar_json: String,
    settings_json: String,
    timeline_rev: i64,
    created_at: i64,
    rev: i64,
    constraints_json: String,
});

entity!(timeline_item, "timeline_item", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    position: i64,
    json: String,
});

entity!(timeline_change, "timeline_change", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    cohort: String,
    rev: i64,
    at: i64,
    by_person: Option<String>,
    note: String,
    policy: String,
    delta_json: String,
    undoes: Option<String>,
    undone_by: Option<String>,
});

entity!(person_date, "person_date", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    cohort: String,
    item: String,
    person: String,
    when_json: String,
    reason: String,
    by_person: String,
    at: i64,
});

entity!(calendar_token, "calendar_token", {
    #[sea_orm(primary_key, auto_increment = false)]
    person: String,
    hash: String,
    created_at: i64,
});

entity!(form_def, "form_def", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    role: String,
    #[sea_orm(primary_key, auto_increment = false)]
    version: i64,
    json: String,
});

entity!(application, "application", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    cohort: String,
    person: String,
    role: String,
    state: String,
    draft_rev: i64,
    rev: i64,
    form_version: i64,
    reference: Option<String>,
    submitted_at: Option<i64>,
    submitted_rev: Option<i64>,
    late: i64,
    return_page: Option<String>,
    decision_reason: Option<String>,
    created_at: i64,
    updated_at: i64,
    granted_json: Option<String>,
});

entity!(late_link, "late_link", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    cohort: String,
    token_hash: String,
    email: String,
    until_json: String,
    reason: String,
    granted_by: String,
    at: i64,
    used_by: Option<String>,
    used_at: Option<i64>,
    revoked_at: Option<i64>,
});

entity!(draft_reminder, "draft_reminder", {
    #[sea_orm(primary_key, auto_increment = false)]
    application: String,
    last: Option<String>,
    muted: i64,
    last_until: Option<i64>,
});

entity!(answer_aside, "answer_aside", {
    #[sea_orm(primary_key, auto_increment = false)]
    application: String,
    #[sea_orm(primary_key, auto_increment = false)]
    question: String,
    value_json: String,
});

entity!(form_news, "form_news", {
    #[sea_orm(primary_key, auto_increment = false)]
    application: String,
    #[sea_orm(primary_key, auto_increment = false)]
    version: i64,
    json: String,
    at: i64,
});

entity!(answer, "answer", {
    #[sea_orm(primary_key, auto_increment = false)]
    application: String,
    #[sea_orm(primary_key, auto_increment = false)]
    question: String,
    value_json: String,
    rev: i64,
    at: i64,
    other_json: Option<String>,
    other_at: Option<i64>,
    source: Option<String>,
});

entity!(application_op, "application_op", {
    #[sea_orm(primary_key, auto_increment = false)]
    application: String,
    #[sea_orm(primary_key, auto_increment = false)]
    op_id: String,
    result_json: String,
    at: i64,
    fingerprint: String,
});

entity!(submission, "submission", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    application: String,
    number: i64,
    form_version: i64,
    json: String,
    sha256: String,
    at: i64,
    late: i64,
});

entity!(info_request, "info_request", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    application: String,
    asked_by: String,
    text: String,
    questions_json: String,
    asked_at: i64,
    answer: Option<String>,
    answered_at: Option<i64>,
});

entity!(block, "block", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    cohort: String,
    a_person: String,
    b_person: String,
    reason: String,
    declared_by: Option<String>,
    at: i64,
});

entity!(sealed_verdict, "sealed_verdict", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    declared_by: String,
    #[sea_orm(primary_key, auto_increment = false)]
    entry: String,
    #[sea_orm(primary_key, auto_increment = false)]
    person: String,
    verdict: String,
    by_person: String,
    at: i64,
});

entity!(upload, "upload", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    person: String,
    cohort: String,
    question: String,
    name: String,
    format: String,
    bytes: i64,
    sha256: String,
    at: i64,
});

entity!(upload_content, "upload_content", {
    #[sea_orm(primary_key, auto_increment = false)]
    upload: String,
    content: Vec<u8>,
});

entity!(pair_history, "pair_history", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    mentor: String,
    #[sea_orm(primary_key, auto_increment = false)]
    mentee: String,
    published_at: i64,
});

entity!(scenario, "scenario", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    cohort: String,
    name: String,
    rev: i64,
    created_at: i64,
    in_force: i64,
    version: i64,
});

entity!(placement, "placement", {
    #[sea_orm(primary_key, auto_increment = false)]
    scenario: String,
    #[sea_orm(primary_key, auto_increment = false)]
    mentee_app: String,
    mentor_app: String,
    locked: i64,
    override_reason: Option<String>,
    rev: i64,
});

entity!(scenario_op, "scenario_op", {
    #[sea_orm(primary_key, auto_increment = false)]
    scenario: String,
    #[sea_orm(primary_key, auto_increment = false)]
    rev: i64,
    op_id: String,
    actor: String,
    at: i64,
    op_json: String,
    inverse_json: String,
    undoes: Option<String>,
    effects_json: String,
});

entity!(board_look, "board_look", {
    #[sea_orm(primary_key, auto_increment = false)]
    person: String,
    #[sea_orm(primary_key, auto_increment = false)]
    scenario: String,
    rev: i64,
});

entity!(place_limit, "place_limit", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    mentor_app: String,
    places: i64,
});

entity!(comment, "comment", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    cohort: String,
    scenario: Option<String>,
    first_app: Option<String>,
    second_app: Option<String>,
    author: String,
    at: i64,
    text: String,
    resolved_by: Option<String>,
    resolved_at: Option<i64>,
});

entity!(conflict, "conflict", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    member: String,
    #[sea_orm(primary_key, auto_increment = false)]
    person: String,
    declared_by: String,
    at: i64,
});

entity!(forbidden_pair, "forbidden_pair", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    mentee_app: String,
    #[sea_orm(primary_key, auto_increment = false)]
    mentor_app: String,
    reason: String,
    by_person: String,
    at: i64,
});

entity!(scoring, "scoring", {
    #[sea_orm(primary_key, auto_increment = false)]
    cohort: String,
    #[sea_orm(primary_key, auto_increment = false)]
    version: i64,
    json: String,
    by_person: String,
    at: i64,
});

entity!(event, "event", {
    #[sea_orm(primary_key, auto_increment = false)]
    seq: i64,
    at: i64,
    program_at: i64,
    actor: Option<String>,
    program: Option<String>,
    cohort: Option<String>,
    scenario: Option<String>,
    application: Option<String>,
    kind: String,
    rev: i64,
    body_json: String,
    reason: String,
});

entity!(outbox, "outbox", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    program: Option<String>,
    to_person: Option<String>,
    to_addr: String,
    template: String,
    subject: String,
    body: String,
    dedupe: String,
    state: String,
    urgent: i64,
    attempts: i64,
    due_at: i64,
    lease_until: Option<i64>,
    last_error: Option<String>,
    created_at: i64,
    sent_at: Option<i64>,
});

entity!(idem, "idem", {
    #[sea_orm(primary_key, auto_increment = false)]
    actor: String,
    #[sea_orm(primary_key, auto_increment = false)]
    key: String,
    fingerprint: String,
    status: i64,
    body: String,
    at: i64,
});

entity!(setting, "setting", {
    #[sea_orm(primary_key, auto_increment = false)]
    key: String,
    value: String,
});
