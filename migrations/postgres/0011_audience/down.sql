ALTER TABLE groups DROP COLUMN permissions;
ALTER TABLE groups DROP COLUMN wildcards;
ALTER TABLE passwords DROP COLUMN temporary_until;
ALTER TABLE passwords DROP COLUMN temporary;
