-- A key for Easemob's API is an app of an organisation; others have neither.
ALTER TABLE api_keys ADD COLUMN org TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN app TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN open_registration BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE api_keys ADD COLUMN batch_delete BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE api_keys ADD COLUMN rate_users INTEGER NOT NULL DEFAULT 100;
ALTER TABLE api_keys ADD COLUMN rate_tokens INTEGER NOT NULL DEFAULT 300;
ALTER TABLE api_keys ADD COLUMN rate_deletions INTEGER NOT NULL DEFAULT 30;
CREATE UNIQUE INDEX api_keys_by_app ON api_keys (org, app) WHERE org <> '';
