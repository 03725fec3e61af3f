DROP INDEX identities_by_person;
CREATE INDEX identities_by_person ON identities (person_id);
DROP INDEX duplicates_open;
CREATE INDEX duplicates_by_score ON duplicates (dismissed_at, score, id);
DROP TRIGGER people_counted_again;
DROP TRIGGER people_counted_out;
DROP TRIGGER people_counted_in;
DROP TABLE people_counts;
