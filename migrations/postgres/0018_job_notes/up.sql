-- How far a job is, in its own words; where it must be done, if not everywhere (the word of a data folder); as of which
-- version somebody was looked at, and what was found that somebody must decide. A form is one person's: nobody else can
-- use up its word.
ALTER TABLE jobs ADD COLUMN checkpoint TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE job_items ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job_items ADD COLUMN found TEXT NOT NULL DEFAULT '';
DROP INDEX jobs_by_once;
CREATE UNIQUE INDEX jobs_by_once ON jobs (actor_id, once) WHERE once <> '';
