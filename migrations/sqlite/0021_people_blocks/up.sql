-- How many people there are of each 4,096 numbers, kept up to date by the database itself: what a page by its number
-- leaves out need not be counted one by one.
CREATE TABLE people_blocks (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  block BIGINT NOT NULL,
  number BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_blocks_by_block ON people_blocks (block);
INSERT INTO people_blocks (block, number) SELECT id >> 12, COUNT(*) FROM people GROUP BY 1;
CREATE TRIGGER people_block_in AFTER INSERT ON people BEGIN
  INSERT INTO people_blocks (block, number) VALUES (NEW.id >> 12, 1)
    ON CONFLICT (block) DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER people_block_out AFTER DELETE ON people BEGIN
  UPDATE people_blocks SET number = number - 1 WHERE block = OLD.id >> 12;
END;
