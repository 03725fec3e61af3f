-- A file of people that somebody brought in, as comma separated UTF-8 under this name in the data folder until it is
-- forgotten. header has its titles and meanings what each of them is; trial and report count rows by what becomes of
-- them. The next row to be worked on begins at at_byte. Nothing here refers to people: they may be what is deleted.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  actor_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  rows BIGINT NOT NULL,
  header TEXT NOT NULL,
  meanings TEXT NOT NULL,
  stage SMALLINT NOT NULL,
  job_id BIGINT,
  at_row BIGINT NOT NULL,
  at_byte BIGINT NOT NULL,
  trial TEXT NOT NULL,
  report TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX imports_by_actor ON imports (actor_id, id);
-- What became of each row, and whom it was about; a failed one with where it begins in the file and why.
CREATE TABLE import_rows (
  import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  outcome SMALLINT NOT NULL,
  person_id BIGINT,
  at_byte BIGINT NOT NULL,
  fault_column TEXT NOT NULL,
  fault TEXT NOT NULL,
  PRIMARY KEY (import_id, number)
);
CREATE INDEX import_rows_by_outcome ON import_rows (import_id, outcome, number);
CREATE INDEX import_rows_by_person ON import_rows (import_id, person_id) WHERE person_id IS NOT NULL;
