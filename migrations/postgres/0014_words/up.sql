-- Whom a change of an organisation or of a field left to be indexed anew. Nobody's rows: who is gone is left out.
CREATE TABLE people_to_index (
  person_id BIGINT PRIMARY KEY NOT NULL
);
-- What staff find people by stands behind a line break; it follows for everybody.
UPDATE people SET search_text = search_text || chr(10);
INSERT INTO people_to_index (person_id) SELECT id FROM people;
-- Pieces of one and two characters, and ranges of numbers, stand in the index by themselves.
CREATE TABLE people_pieces AS
  SELECT g.person_id, g.grams || array_to_tsvector(short.pieces)
    || array_to_tsvector(ARRAY['10 ' || (g.person_id >> 10), '13 ' || (g.person_id >> 13), '16 ' || (g.person_id >> 16), '19 ' || (g.person_id >> 19)]) AS grams
  FROM people_grams AS g, LATERAL (
    SELECT COALESCE(array_agg(DISTINCT left(piece, length)), ARRAY[]::TEXT[]) AS pieces
    FROM unnest(tsvector_to_array(g.grams)) AS piece, generate_series(1, 2) AS length
  ) AS short;
DROP TABLE people_grams;
ALTER TABLE people_pieces RENAME TO people_grams;
ALTER TABLE people_grams ALTER person_id SET NOT NULL, ALTER grams SET NOT NULL, ADD PRIMARY KEY (person_id),
  ADD FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE;
CREATE INDEX people_grams_by_gram ON people_grams USING gin (grams);
