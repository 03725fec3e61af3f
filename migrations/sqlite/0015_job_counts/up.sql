-- How far a job is, without counting its people; who works on it, and how often that failed. What about tells is the
-- batch that it does or undoes. A job with a word in once was asked for by a form that is answered only once.
ALTER TABLE jobs ADD COLUMN total BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN done BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN unchanged BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN refused BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN started_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN attempts SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN once TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN about BIGINT NOT NULL DEFAULT 0;
UPDATE jobs SET
  started_at = created_at,
  total = (SELECT COUNT(*) FROM job_items AS i WHERE i.job_id = jobs.id),
  done = (SELECT COUNT(*) FROM job_items AS i WHERE i.job_id = jobs.id AND i.outcome = 'done'),
  refused = (SELECT COUNT(*) FROM job_items AS i WHERE i.job_id = jobs.id AND i.outcome NOT IN ('', 'done'));
CREATE UNIQUE INDEX jobs_by_once ON jobs (once) WHERE once <> '';
CREATE INDEX jobs_by_actor ON jobs (actor_id, id);
-- Of those that wait, whoever was left alone longest is next.
DROP INDEX jobs_by_state;
CREATE INDEX jobs_waiting ON jobs (locked_until, id) WHERE state = 0;
