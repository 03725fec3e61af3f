DROP TABLE absorptions;
DROP TABLE erasures;
DROP TABLE audit_seals;
ALTER TABLE audit_entries DROP COLUMN mac;
DROP TABLE person_keys;
