-- What members of the committee say about people and pairs of a cohort, or about one of its boards.
CREATE TABLE comment (
  id TEXT PRIMARY KEY,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  scenario TEXT REFERENCES scenario (id) ON DELETE CASCADE,
  first_app TEXT REFERENCES application (id) ON DELETE CASCADE,
  second_app TEXT REFERENCES application (id) ON DELETE CASCADE,
  author TEXT NOT NULL REFERENCES person (id),
  at {INT} NOT NULL,
  text TEXT NOT NULL,
  resolved_by TEXT REFERENCES person (id),
  resolved_at {INT}
) {STRICT};

CREATE INDEX comment_cohort ON comment (cohort, at);
