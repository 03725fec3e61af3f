DROP INDEX api_keys_by_app;
ALTER TABLE api_keys DROP COLUMN rate_deletions;
ALTER TABLE api_keys DROP COLUMN rate_tokens;
ALTER TABLE api_keys DROP COLUMN rate_users;
ALTER TABLE api_keys DROP COLUMN batch_delete;
ALTER TABLE api_keys DROP COLUMN open_registration;
ALTER TABLE api_keys DROP COLUMN app;
ALTER TABLE api_keys DROP COLUMN org;
