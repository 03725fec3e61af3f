-- How many people of each status came on which day (UTC, since 1970), kept up to date by the database itself.
CREATE TABLE people_days (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  day BIGINT NOT NULL,
  status SMALLINT NOT NULL,
  number BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_days_by_day ON people_days (day, status);
INSERT INTO people_days (day, status, number)
  SELECT created_at / 86400000000, status, COUNT(*) FROM people GROUP BY 1, 2;
CREATE TRIGGER people_day_in AFTER INSERT ON people BEGIN
  INSERT INTO people_days (day, status, number) VALUES (NEW.created_at / 86400000000, NEW.status, 1)
    ON CONFLICT (day, status) DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER people_day_out AFTER DELETE ON people BEGIN
  UPDATE people_days SET number = number - 1 WHERE day = OLD.created_at / 86400000000 AND status = OLD.status;
END;
CREATE TRIGGER people_day_again AFTER UPDATE OF created_at, status ON people
WHEN OLD.status <> NEW.status OR OLD.created_at <> NEW.created_at BEGIN
  UPDATE people_days SET number = number - 1 WHERE day = OLD.created_at / 86400000000 AND status = OLD.status;
  INSERT INTO people_days (day, status, number) VALUES (NEW.created_at / 86400000000, NEW.status, 1)
    ON CONFLICT (day, status) DO UPDATE SET number = number + 1;
END;
