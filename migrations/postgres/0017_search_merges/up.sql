-- SQLite's search index alone is kept in parts.
SELECT 1;
