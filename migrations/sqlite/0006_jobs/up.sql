-- Work that goes on after its page was answered. Nothing here refers to people: they may be what is deleted.

-- state is 0 waiting, 1 done, 2 cancelled; whoever works on it holds it until locked_until. payload says what is done.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  actor_id BIGINT,
  payload TEXT NOT NULL,
  state SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  locked_until BIGINT NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state, id);
-- outcome is empty until it was this one's turn, then done or the key that says why not.
CREATE TABLE job_items (
  job_id BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  trash_id BIGINT,
  PRIMARY KEY (job_id, person_id)
);
CREATE INDEX job_items_by_outcome ON job_items (job_id, outcome, person_id);
