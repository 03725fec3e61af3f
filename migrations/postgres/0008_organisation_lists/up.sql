-- Organisations made on the way had no time of change; lists are ordered and narrowed by it.
UPDATE organisations SET updated_at = created_at WHERE updated_at = 0;
CREATE INDEX organisations_by_creation ON organisations (created_at, id);
CREATE INDEX organisations_by_change ON organisations (updated_at, id);
