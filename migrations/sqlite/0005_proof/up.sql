-- The history can be proven, and what it says of a person can be made unreadable.

-- A key for each person whom the history names, sealed with the master key. Destroying it makes what the history
-- says of them unreadable for ever.
CREATE TABLE person_keys (
  person_id BIGINT PRIMARY KEY NOT NULL,
  sealed BLOB NOT NULL
);
-- mac proves that the house wrote the entry as it stands; person_label, actor_label and changes are locked.
ALTER TABLE audit_entries ADD COLUMN mac BLOB NOT NULL DEFAULT x'';
-- Each seal stands for all entries up to until_id: entries is how many they are, hash goes on from the seal before.
CREATE TABLE audit_seals (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  until_id BIGINT NOT NULL,
  entries BIGINT NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL,
  at BIGINT NOT NULL
);
-- What proves that somebody was erased; it names nobody.
CREATE TABLE erasures (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  receipt TEXT NOT NULL
);
-- Who became one with whom, as long as that stands: whoever erases the one erases the other.
CREATE TABLE absorptions (
  absorbed_id BIGINT PRIMARY KEY NOT NULL,
  survivor_id BIGINT NOT NULL
);
CREATE INDEX absorptions_by_survivor ON absorptions (survivor_id);
