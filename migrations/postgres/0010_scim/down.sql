ALTER TABLE groups DROP COLUMN updated_at;
ALTER TABLE groups DROP COLUMN external_id;
