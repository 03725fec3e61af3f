-- How many people have each role and status, kept up to date by the database itself.
CREATE TABLE people_counts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  role SMALLINT NOT NULL,
  status SMALLINT NOT NULL,
  number BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_counts_by_role_and_status ON people_counts (role, status);
INSERT INTO people_counts (role, status, number) SELECT role, status, COUNT(*) FROM people GROUP BY role, status;
CREATE TRIGGER people_counted_in AFTER INSERT ON people BEGIN
  INSERT INTO people_counts (role, status, number) VALUES (NEW.role, NEW.status, 1)
    ON CONFLICT (role, status) DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER people_counted_out AFTER DELETE ON people BEGIN
  UPDATE people_counts SET number = number - 1 WHERE role = OLD.role AND status = OLD.status;
END;
CREATE TRIGGER people_counted_again AFTER UPDATE OF role, status ON people
WHEN OLD.role <> NEW.role OR OLD.status <> NEW.status BEGIN
  UPDATE people_counts SET number = number - 1 WHERE role = OLD.role AND status = OLD.status;
  INSERT INTO people_counts (role, status, number) VALUES (NEW.role, NEW.status, 1)
    ON CONFLICT (role, status) DO UPDATE SET number = number + 1;
END;
-- Found by one of the two rather than by being open.
DROP INDEX duplicates_by_score;
CREATE INDEX duplicates_open ON duplicates (score, id) WHERE dismissed_at = 0;
-- What one provider calls several people.
DROP INDEX identities_by_person;
CREATE INDEX identities_by_person ON identities (person_id, provider);
-- As one expression: to SQLite, no e-mail looks like one e-mail.
DROP INDEX people_without_contact;
CREATE INDEX people_without_contact ON people (id) WHERE COALESCE(email_key, phone_key) IS NULL;
-- Small, for counting off pages by number.
CREATE INDEX people_by_number ON people (id);
