-- Addresses with a long name have a piece of their own in the search index; it follows for everybody.
INSERT INTO people_to_index (person_id) SELECT id FROM people WHERE search_text LIKE '%________@%' ON CONFLICT DO NOTHING;
