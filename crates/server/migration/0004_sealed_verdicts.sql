-- What the officer said to a guess whom a sealed wish to be kept apart means.
CREATE TABLE sealed_verdict (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  declared_by TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  entry TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  verdict TEXT NOT NULL,
  by_person TEXT NOT NULL REFERENCES person (id),
  at {INT} NOT NULL,
  PRIMARY KEY (cohort, declared_by, entry, person)
) {STRICT};
