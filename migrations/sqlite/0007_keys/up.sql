-- Keys with which programs come in, each as its owner. The secret is kept nowhere: prefix finds the key, hash proves it.
-- uses counts the requests of the last hours, as `hour:count` with blanks between; an expiry or last use of 0 is none.
CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  dialect TEXT NOT NULL,
  name TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  prefix TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  read_only BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  uses TEXT NOT NULL
);
CREATE INDEX api_keys_by_person ON api_keys (person_id);
-- With which key an entry was written, if with one.
ALTER TABLE audit_entries ADD COLUMN key_id BIGINT;
-- What programs know of a person and the house has no field for, such as a land line.
CREATE TABLE person_extras (
  person_id BIGINT NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (person_id, name)
);
