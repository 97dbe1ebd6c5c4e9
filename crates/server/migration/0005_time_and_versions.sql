-- More time for one application: until when (a deadline as JSON) and how it came.
ALTER TABLE application ADD COLUMN granted_json TEXT;

-- Links by which somebody may apply after the call has closed.
CREATE TABLE late_link (
  id TEXT PRIMARY KEY NOT NULL,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  until_json TEXT NOT NULL,
  reason TEXT NOT NULL,
  granted_by TEXT NOT NULL REFERENCES person (id),
  at {INT} NOT NULL,
  used_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  used_at {INT},
  revoked_at {INT}
) {STRICT};
CREATE INDEX late_link_by_cohort ON late_link (cohort);

-- Where an answer came from that nobody typed; cleared once its owner saved the field.
ALTER TABLE answer ADD COLUMN source TEXT;

-- Answers that the present version of the form does not take; they come back if a later one does.
CREATE TABLE answer_aside (
  application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  value_json TEXT NOT NULL,
  PRIMARY KEY (application, question)
) {STRICT};

-- What a new version of the form changed for one applicant, until the applicant has read it.
CREATE TABLE form_news (
  application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  version {INT} NOT NULL,
  json TEXT NOT NULL,
  at {INT} NOT NULL,
  PRIMARY KEY (application, version)
) {STRICT};
