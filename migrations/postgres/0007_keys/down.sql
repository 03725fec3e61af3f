DROP TABLE person_extras;
ALTER TABLE audit_entries DROP COLUMN key_id;
DROP TABLE api_keys;
