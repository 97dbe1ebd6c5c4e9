-- Members of the committee who have a conflict with single applicants.
CREATE TABLE conflict (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  member TEXT NOT NULL REFERENCES person (id),
  person TEXT NOT NULL REFERENCES person (id),
  declared_by TEXT NOT NULL REFERENCES person (id),
  at {INT} NOT NULL,
  PRIMARY KEY (cohort, member, person)
) {STRICT};

-- How many mentees a mentor takes where the committee set another number than was offered.
CREATE TABLE place_limit (
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  mentor_app TEXT NOT NULL REFERENCES application (id),
  places {INT} NOT NULL,
  PRIMARY KEY (cohort, mentor_app)
) {STRICT};

-- What each command did to each mentee, so that it can be told without those a reader must not see.
ALTER TABLE scenario_op ADD COLUMN effects_json TEXT NOT NULL DEFAULT '[]';
