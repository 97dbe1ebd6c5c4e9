-- Up to which revision of a board a member has seen what others did.
CREATE TABLE board_look (
  person TEXT NOT NULL REFERENCES person (id),
  scenario TEXT NOT NULL REFERENCES scenario (id) ON DELETE CASCADE,
  rev {INT} NOT NULL,
  PRIMARY KEY (person, scenario)
) {STRICT};
