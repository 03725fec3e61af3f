-- On PostgreSQL alone people wait beside the search index.
SELECT 1;
