-- What people resemble each other by, found by the clock; nothing here is a person's own, so nothing refers to people.

-- key is a hash of what two records would share, kind says of what.
CREATE TABLE likenesses (
  kind SMALLINT NOT NULL,
  key BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (kind, key, person_id)
);
CREATE INDEX likenesses_by_person ON likenesses (person_id);
-- first_id is the lower of the two; dismissed_at is 0 until somebody says that they are two.
CREATE TABLE duplicates (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  first_id BIGINT NOT NULL,
  second_id BIGINT NOT NULL,
  score SMALLINT NOT NULL,
  found_at BIGINT NOT NULL,
  dismissed_at BIGINT NOT NULL,
  UNIQUE (first_id, second_id)
);
CREATE INDEX duplicates_by_second ON duplicates (second_id);
CREATE INDEX duplicates_by_score ON duplicates (dismissed_at, score, id);
