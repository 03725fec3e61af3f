-- Organisations that may have nobody: each from when it is made on, and again when somebody leaves it. Which of them have
-- nobody indeed is asked of people; about all others nothing need be asked. Who was joined is taken out now and then.
CREATE TABLE organisations_left (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  organisation_id BIGINT NOT NULL
);
CREATE INDEX organisations_left_by_organisation ON organisations_left (organisation_id);
INSERT INTO organisations_left (organisation_id) SELECT id FROM organisations;
CREATE TRIGGER organisation_made AFTER INSERT ON organisations BEGIN
  INSERT INTO organisations_left (organisation_id) VALUES (NEW.id);
END;
CREATE TRIGGER person_gone_from AFTER DELETE ON people WHEN OLD.organisation_id IS NOT NULL BEGIN
  INSERT INTO organisations_left (organisation_id) SELECT OLD.organisation_id
    WHERE NOT EXISTS (SELECT 1 FROM organisations_left AS l WHERE l.organisation_id = OLD.organisation_id);
END;
CREATE TRIGGER person_left AFTER UPDATE OF organisation_id ON people
WHEN OLD.organisation_id IS NOT NULL AND OLD.organisation_id IS NOT NEW.organisation_id BEGIN
  INSERT INTO organisations_left (organisation_id) SELECT OLD.organisation_id
    WHERE NOT EXISTS (SELECT 1 FROM organisations_left AS l WHERE l.organisation_id = OLD.organisation_id);
END;
