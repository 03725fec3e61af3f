-- The house: people, how they sign in, and the history of every write.

CREATE TABLE organisations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- Columns that end in _key hold the folded value, written by the program: they are what is compared, sorted and unique.
CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  username TEXT,
  username_key TEXT UNIQUE,
  email TEXT,
  email_key TEXT UNIQUE,
  phone TEXT,
  phone_key TEXT UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  title TEXT NOT NULL,
  bio TEXT NOT NULL,
  details TEXT NOT NULL,
  notes TEXT NOT NULL,
  remark TEXT NOT NULL,
  language TEXT NOT NULL,
  timezone TEXT NOT NULL,
  avatar TEXT,
  role SMALLINT NOT NULL,
  status SMALLINT NOT NULL,
  tier SMALLINT NOT NULL,
  kind SMALLINT NOT NULL,
  organisation_id BIGINT REFERENCES organisations (id) ON DELETE SET NULL,
  organisation_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  -- 0 for never
  last_login_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX people_by_name ON people (name_key, id);
CREATE INDEX people_by_role ON people (role, id);
CREATE INDEX people_by_status ON people (status, id);
CREATE INDEX people_by_organisation ON people (organisation_key, id);
CREATE INDEX people_by_organisation_id ON people (organisation_id, id);
CREATE INDEX people_by_seen ON people (last_login_at, id);
CREATE INDEX people_by_created ON people (created_at, id);
CREATE INDEX people_by_changed ON people (updated_at, id);

CREATE TABLE agent_profiles (
  person_id BIGINT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  display_name TEXT NOT NULL,
  signature TEXT NOT NULL,
  moderator BOOLEAN NOT NULL,
  public_comments BOOLEAN NOT NULL,
  manage_people BOOLEAN NOT NULL,
  ticket_restriction SMALLINT NOT NULL,
  custom_role_id BIGINT
);

CREATE TABLE tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE
);
CREATE TABLE people_tags (
  tag_id BIGINT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, person_id)
);
CREATE INDEX people_tags_by_person ON people_tags (person_id);

CREATE TABLE passwords (
  person_id BIGINT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

-- key_hash is the SHA-256 of the key in the cookie; the key itself is kept nowhere.
CREATE TABLE sessions (
  key_hash TEXT PRIMARY KEY NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  address TEXT NOT NULL,
  device TEXT NOT NULL,
  signed_in_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_seen ON sessions (seen_at);

CREATE TABLE preferences (
  person_id BIGINT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  theme TEXT NOT NULL
);

CREATE TABLE settings (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);

-- No reference to people: an entry outlives everyone it names.
CREATE TABLE audit_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  actor_id BIGINT,
  actor_label TEXT NOT NULL,
  door TEXT NOT NULL,
  request TEXT NOT NULL,
  person_id BIGINT,
  person_label TEXT NOT NULL,
  changes TEXT NOT NULL
);
CREATE INDEX audit_by_person ON audit_entries (person_id, id);
CREATE INDEX audit_by_actor ON audit_entries (actor_id, id);
CREATE INDEX audit_by_kind ON audit_entries (kind, id);
CREATE INDEX audit_by_door ON audit_entries (door, id);
CREATE INDEX audit_by_time ON audit_entries (at, id);

-- Pieces of one to three characters of search_text; rowid is the person's id.
CREATE VIRTUAL TABLE people_grams USING fts5 (
  grams, content = '', contentless_delete = 1, detail = none, prefix = '1 2',
  tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'"
);
