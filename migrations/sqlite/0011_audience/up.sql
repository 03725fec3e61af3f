-- A password that the house made for somebody: sealed, so that an administrator can pass it on; it opens the door once,
-- and until then only.
ALTER TABLE passwords ADD COLUMN temporary TEXT NOT NULL DEFAULT '';
ALTER TABLE passwords ADD COLUMN temporary_until BIGINT NOT NULL DEFAULT 0;
-- What Audience Manager's groups open there: lists in JSON, kept as they were told, and of no effect here.
ALTER TABLE groups ADD COLUMN wildcards TEXT NOT NULL DEFAULT '';
ALTER TABLE groups ADD COLUMN permissions TEXT NOT NULL DEFAULT '';
