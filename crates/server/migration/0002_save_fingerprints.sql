-- What a save said, so that its id is not taken for another save.
ALTER TABLE application_op ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
