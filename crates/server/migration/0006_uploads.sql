-- Files that applicants uploaded, kept in the database so that a copy of it is whole.
CREATE TABLE upload (
  id TEXT PRIMARY KEY NOT NULL,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  bytes {INT} NOT NULL,
  sha256 TEXT NOT NULL,
  at {INT} NOT NULL
) {STRICT};
CREATE INDEX upload_by_person ON upload (person, cohort);
CREATE TABLE upload_content (
  upload TEXT PRIMARY KEY NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
  content {BLOB} NOT NULL
) {STRICT};
