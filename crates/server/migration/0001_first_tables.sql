-- One text for both databases. {INT} is INTEGER or BIGINT, {STRICT} closes the table.
-- Ids are UUIDs as text, times microseconds since 1970 in UTC, civil dates and bodies JSON or ISO text,
-- yes and no 1 and 0. Every value is made by the server, never by the database.

CREATE TABLE person (
  id TEXT PRIMARY KEY NOT NULL,
  email TEXT NOT NULL,
  email_norm TEXT UNIQUE,
  name TEXT NOT NULL,
  founder {INT} NOT NULL CHECK (founder IN (0, 1)),
  created_at {INT} NOT NULL,
  rev {INT} NOT NULL
) {STRICT};

CREATE TABLE login_request (
  id TEXT PRIMARY KEY NOT NULL,
  email TEXT NOT NULL,
  email_norm TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  code_hash TEXT NOT NULL,
  pre_hash TEXT,
  provisional TEXT REFERENCES person (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL,
  tries {INT} NOT NULL,
  created_at {INT} NOT NULL,
  expires_at {INT} NOT NULL,
  used_at {INT}
) {STRICT};
CREATE INDEX login_request_by_browser ON login_request (pre_hash, created_at);

CREATE TABLE session (
  hash TEXT PRIMARY KEY NOT NULL,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  created_at {INT} NOT NULL,
  seen_at {INT} NOT NULL
) {STRICT};
CREATE INDEX session_by_person ON session (person);

CREATE TABLE program (
  id TEXT PRIMARY KEY NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  association TEXT NOT NULL,
  about TEXT NOT NULL,
  contact TEXT NOT NULL,
  created_at {INT} NOT NULL,
  rev {INT} NOT NULL
) {STRICT};

CREATE TABLE member (
  program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  office TEXT NOT NULL,
  since {INT} NOT NULL,
  PRIMARY KEY (program, person, office)
) {STRICT};
CREATE INDEX member_by_person ON member (person);

CREATE TABLE cohort (
  id TEXT PRIMARY KEY NOT NULL,
  program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  zone TEXT NOT NULL,
  calendar_json TEXT NOT NULL,
  settings_json TEXT NOT NULL,
  timeline_rev {INT} NOT NULL,
  created_at {INT} NOT NULL,
  rev {INT} NOT NULL
) {STRICT};
CREATE INDEX cohort_by_program ON cohort (program);

CREATE TABLE timeline_item (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  position {INT} NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (cohort, id)
) {STRICT};

CREATE TABLE form_def (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  version {INT} NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (cohort, role, version)
) {STRICT};

CREATE TABLE application (
  id TEXT PRIMARY KEY NOT NULL,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  draft_rev {INT} NOT NULL,
  rev {INT} NOT NULL,
  form_version {INT} NOT NULL,
  reference TEXT,
  submitted_at {INT},
  submitted_rev {INT},
  late {INT} NOT NULL CHECK (late IN (0, 1)),
  return_page TEXT,
  decision_reason TEXT,
  created_at {INT} NOT NULL,
  updated_at {INT} NOT NULL,
  UNIQUE (cohort, person, role),
  UNIQUE (cohort, reference)
) {STRICT};
CREATE INDEX application_by_person ON application (person);

CREATE TABLE answer (
  application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  value_json TEXT NOT NULL,
  rev {INT} NOT NULL,
  at {INT} NOT NULL,
  PRIMARY KEY (application, question)
) {STRICT};

CREATE TABLE application_op (
  application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  op_id TEXT NOT NULL,
  result_json TEXT NOT NULL,
  at {INT} NOT NULL,
  PRIMARY KEY (application, op_id)
) {STRICT};

CREATE TABLE submission (
  id TEXT PRIMARY KEY NOT NULL,
  application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  number {INT} NOT NULL,
  form_version {INT} NOT NULL,
  json TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at {INT} NOT NULL,
  late {INT} NOT NULL CHECK (late IN (0, 1)),
  UNIQUE (application, number)
) {STRICT};

CREATE TABLE info_request (
  id TEXT PRIMARY KEY NOT NULL,
  application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  asked_by TEXT NOT NULL REFERENCES person (id),
  text TEXT NOT NULL,
  questions_json TEXT NOT NULL,
  asked_at {INT} NOT NULL,
  answer TEXT,
  answered_at {INT}
) {STRICT};
CREATE INDEX info_request_by_application ON info_request (application);

-- People to keep apart, and why: sealed from everybody but the officer. a_person < b_person.
CREATE TABLE block (
  id TEXT PRIMARY KEY NOT NULL,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  a_person TEXT NOT NULL REFERENCES person (id),
  b_person TEXT NOT NULL REFERENCES person (id),
  reason TEXT NOT NULL,
  declared_by TEXT REFERENCES person (id),
  at {INT} NOT NULL,
  UNIQUE (cohort, a_person, b_person)
) {STRICT};

-- Pairs that were published, by person, so that nobody gets the same partner again.
CREATE TABLE pair_history (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  mentor TEXT NOT NULL REFERENCES person (id),
  mentee TEXT NOT NULL REFERENCES person (id),
  published_at {INT} NOT NULL,
  PRIMARY KEY (cohort, mentor, mentee)
) {STRICT};

CREATE TABLE scenario (
  id TEXT PRIMARY KEY NOT NULL,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  rev {INT} NOT NULL,
  created_at {INT} NOT NULL
) {STRICT};
CREATE INDEX scenario_by_cohort ON scenario (cohort);

CREATE TABLE placement (
  scenario TEXT NOT NULL REFERENCES scenario (id) ON DELETE CASCADE,
  mentee_app TEXT NOT NULL REFERENCES application (id),
  mentor_app TEXT NOT NULL REFERENCES application (id),
  locked {INT} NOT NULL CHECK (locked IN (0, 1)),
  override_reason TEXT,
  rev {INT} NOT NULL,
  PRIMARY KEY (scenario, mentee_app)
) {STRICT};

CREATE TABLE scenario_op (
  scenario TEXT NOT NULL REFERENCES scenario (id) ON DELETE CASCADE,
  rev {INT} NOT NULL,
  op_id TEXT NOT NULL UNIQUE,
  actor TEXT NOT NULL REFERENCES person (id),
  at {INT} NOT NULL,
  op_json TEXT NOT NULL,
  inverse_json TEXT NOT NULL,
  undoes TEXT,
  PRIMARY KEY (scenario, rev)
) {STRICT};

-- Pairs the committee keeps apart.
CREATE TABLE forbidden_pair (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  mentee_app TEXT NOT NULL REFERENCES application (id),
  mentor_app TEXT NOT NULL REFERENCES application (id),
  reason TEXT NOT NULL,
  by_person TEXT NOT NULL REFERENCES person (id),
  at {INT} NOT NULL,
  PRIMARY KEY (cohort, mentee_app, mentor_app)
) {STRICT};

-- What happened: the audit log, and what live updates are read from. Numbered without gaps.
CREATE TABLE event (
  seq {INT} PRIMARY KEY NOT NULL,
  at {INT} NOT NULL,
  program_at {INT} NOT NULL,
  actor TEXT,
  program TEXT,
  cohort TEXT,
  scenario TEXT,
  application TEXT,
  kind TEXT NOT NULL,
  rev {INT} NOT NULL,
  body_json TEXT NOT NULL,
  reason TEXT NOT NULL
) {STRICT};
CREATE INDEX event_by_application ON event (application, seq);
CREATE INDEX event_by_cohort ON event (cohort, seq);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY NOT NULL,
  program TEXT REFERENCES program (id) ON DELETE CASCADE,
  to_person TEXT,
  to_addr TEXT NOT NULL,
  template TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  dedupe TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  urgent {INT} NOT NULL CHECK (urgent IN (0, 1)),
  attempts {INT} NOT NULL,
  due_at {INT} NOT NULL,
  lease_until {INT},
  last_error TEXT,
  created_at {INT} NOT NULL,
  sent_at {INT}
) {STRICT};
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_program ON outbox (program, created_at);

CREATE TABLE idem (
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status {INT} NOT NULL,
  body TEXT NOT NULL,
  at {INT} NOT NULL,
  PRIMARY KEY (actor, key)
) {STRICT};

CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) {STRICT};
