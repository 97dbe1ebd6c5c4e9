-- Which end the last reminder was about: a later one starts the reminders anew.
ALTER TABLE draft_reminder ADD COLUMN last_until {INT};
