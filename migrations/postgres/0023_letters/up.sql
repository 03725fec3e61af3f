-- Letters with strokes and ties are found by the plain ones. People who have some are indexed anew by and by.
INSERT INTO people_to_index (person_id) SELECT id FROM people WHERE search_text ~ '[łøđðħŧıßæœþ]' ON CONFLICT DO NOTHING;
UPDATE tickets SET subject_key =
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(subject_key, 'ł', 'l'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ħ', 'h'), 'ŧ', 't'), 'ı', 'i'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
  WHERE subject_key ~ '[łøđðħŧıßæœþ]';
