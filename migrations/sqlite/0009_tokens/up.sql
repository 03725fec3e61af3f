-- What programs were given for a key and somebody's password, or for a key alone. Tokens are kept as hashes; the second
-- of a pair brings the next pair, once.
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  key_id BIGINT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  access_hash TEXT NOT NULL UNIQUE,
  refresh_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  access_until BIGINT NOT NULL,
  refresh_until BIGINT NOT NULL
);
CREATE INDEX tokens_by_key ON tokens (key_id);
CREATE INDEX tokens_by_person ON tokens (person_id);
CREATE INDEX tokens_by_end ON tokens (refresh_until);
