-- Which reminder the owner of a draft was last sent, and whether none is wanted.
CREATE TABLE draft_reminder (
  application TEXT PRIMARY KEY NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  last TEXT,
  muted {INT} NOT NULL CHECK (muted IN (0, 1))
) {STRICT};
