-- What else was written in a field, before two drafts of one person became one; kept until its owner
-- decides.
ALTER TABLE answer ADD COLUMN other_json TEXT;
ALTER TABLE answer ADD COLUMN other_at {INT};
