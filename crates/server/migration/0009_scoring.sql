-- How a cohort scores its pairs: one row for each time the chair changed it.
CREATE TABLE scoring (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  version {INT} NOT NULL,
  json TEXT NOT NULL,
  by_person TEXT NOT NULL REFERENCES person (id),
  at {INT} NOT NULL,
  PRIMARY KEY (cohort, version)
) {STRICT};
