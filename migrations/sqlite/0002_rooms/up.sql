-- The rest of the panel's rooms: organisations' domains, groups, custom roles and fields, views, batches, avatars.

ALTER TABLE organisations ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE organisations ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE TABLE organisation_domains (
  domain TEXT PRIMARY KEY NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE
);
CREATE INDEX organisation_domains_by_organisation ON organisation_domains (organisation_id);

CREATE TABLE groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
-- Staff in a group are its team; end users in it are in its care.
CREATE TABLE people_groups (
  group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, person_id)
);
CREATE INDEX people_groups_by_person ON people_groups (person_id);

-- 0 for no colour, else one of eight.
ALTER TABLE tags ADD COLUMN hue SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- permissions are names with blanks between.
CREATE TABLE custom_roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  permissions TEXT NOT NULL,
  reach SMALLINT NOT NULL,
  tickets SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX agent_profiles_by_custom_role ON agent_profiles (custom_role_id);

-- choices are one a line.
CREATE TABLE custom_fields (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  audience TEXT NOT NULL,
  staff_only BOOLEAN NOT NULL,
  required BOOLEAN NOT NULL,
  label_en TEXT NOT NULL,
  label_zh TEXT NOT NULL,
  help_en TEXT NOT NULL,
  help_zh TEXT NOT NULL,
  initial TEXT NOT NULL,
  choices TEXT NOT NULL,
  pattern TEXT NOT NULL,
  place BIGINT NOT NULL,
  retired BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
-- value_key sorts as text as the value sorts as what it is; place counts the values of a multi-choice field from 0.
CREATE TABLE field_values (
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  field_id BIGINT NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE,
  place SMALLINT NOT NULL,
  value TEXT NOT NULL,
  value_key TEXT NOT NULL,
  PRIMARY KEY (person_id, field_id, place)
);
CREATE INDEX field_values_by_value ON field_values (field_id, value_key, person_id, place);

-- list_columns are names with blanks between, empty for the usual ones.
ALTER TABLE preferences ADD COLUMN list_columns TEXT NOT NULL DEFAULT '';
ALTER TABLE preferences ADD COLUMN shortcuts BOOLEAN NOT NULL DEFAULT TRUE;

CREATE TABLE saved_views (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  query TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (person_id, name_key)
);

-- A change of several people in one step, and what each of them was before.
CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  verb TEXT NOT NULL,
  value TEXT NOT NULL,
  at BIGINT NOT NULL,
  undone BOOLEAN NOT NULL
);
CREATE INDEX batches_by_person ON batches (person_id, id);
CREATE TABLE batch_changes (
  batch_id BIGINT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (batch_id, person_id)
);
CREATE INDEX batch_changes_by_person ON batch_changes (person_id);

-- Everybody signs in again: sessions of before have no handle.
DELETE FROM sessions;
-- Names a session in addresses; tells nothing of its key.
ALTER TABLE sessions ADD COLUMN handle TEXT NOT NULL DEFAULT '';
CREATE TABLE sign_in_failures (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  address TEXT NOT NULL,
  device TEXT NOT NULL
);
CREATE INDEX sign_in_failures_by_person ON sign_in_failures (person_id, id);

-- By the SHA-256 of the picture.
CREATE TABLE avatars (
  hash TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX people_by_avatar ON people (avatar) WHERE avatar IS NOT NULL;

-- What an entry is about when it is no person: organisation, group, tag, field, role or view.
ALTER TABLE audit_entries ADD COLUMN thing TEXT;
ALTER TABLE audit_entries ADD COLUMN thing_id BIGINT;
CREATE INDEX audit_by_thing ON audit_entries (thing, thing_id, id);

CREATE INDEX people_without_contact ON people (id) WHERE email_key IS NULL AND phone_key IS NULL;
-- For the figures of the overview.
CREATE INDEX people_by_role_and_status ON people (role, status);
CREATE INDEX people_by_status_and_creation ON people (status, created_at);
