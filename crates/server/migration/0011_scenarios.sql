-- Several boards a cohort: exactly one of them is in force, which is the one that is published. The
-- version counts changes of the name.
ALTER TABLE scenario ADD COLUMN in_force {INT} NOT NULL DEFAULT 0;
ALTER TABLE scenario ADD COLUMN version {INT} NOT NULL DEFAULT 1;
UPDATE scenario SET in_force = 1 WHERE NOT EXISTS (
  SELECT 1 FROM scenario AS earlier
  WHERE earlier.cohort = scenario.cohort
    AND (earlier.created_at < scenario.created_at
      OR (earlier.created_at = scenario.created_at AND earlier.id < scenario.id))
);
CREATE UNIQUE INDEX one_board_in_force ON scenario (cohort) WHERE in_force = 1;
