-- What the committee says must hold between dates, and the days a program keeps free.
ALTER TABLE cohort ADD COLUMN constraints_json TEXT NOT NULL DEFAULT '[]';
ALTER TABLE program ADD COLUMN closures_json TEXT NOT NULL DEFAULT '{"federal_holidays":true}';

-- What changed on a timeline: told beside moved dates, kept in calendar files, and undone.
CREATE TABLE timeline_change (
  id TEXT PRIMARY KEY NOT NULL,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  rev {INT} NOT NULL,
  at {INT} NOT NULL,
  by_person TEXT,
  note TEXT NOT NULL,
  policy TEXT NOT NULL,
  delta_json TEXT NOT NULL,
  undoes TEXT,
  undone_by TEXT,
  UNIQUE (cohort, rev)
) {STRICT};

-- Dates that hold for one person instead of everybody's.
CREATE TABLE person_date (
  id TEXT PRIMARY KEY NOT NULL,
  cohort TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  when_json TEXT NOT NULL,
  reason TEXT NOT NULL,
  by_person TEXT NOT NULL,
  at {INT} NOT NULL,
  UNIQUE (cohort, item, person)
) {STRICT};
CREATE INDEX person_date_by_person ON person_date (person);

-- The secret address of somebody's own calendar feed.
CREATE TABLE calendar_token (
  person TEXT PRIMARY KEY NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE,
  created_at {INT} NOT NULL
) {STRICT};
