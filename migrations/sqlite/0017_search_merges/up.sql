-- Whoever changes is taken out of the search index and put in again. Once a tenth of it was out, every change worked
-- large parts of the index into one another; that is left to the house itself, which does so when there are many parts.
INSERT INTO people_grams (people_grams, rank) VALUES ('deletemerge', 0);
