-- Whom a change of an organisation or of a field left to be indexed anew. Nobody's rows: who is gone is left out.
CREATE TABLE people_to_index (
  person_id INTEGER PRIMARY KEY NOT NULL
);
-- What staff find people by stands behind a line break; it follows for everybody.
UPDATE people SET search_text = search_text || char(10);
INSERT INTO people_to_index (person_id) SELECT id FROM people;
