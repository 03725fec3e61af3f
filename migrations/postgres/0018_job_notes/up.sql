-- What a job keeps of its own, in its own words; where it must be done, if not everywhere (the word of a data folder);
-- and as of which version somebody was looked at.
ALTER TABLE jobs ADD COLUMN kept TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE job_items ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
