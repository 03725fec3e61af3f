-- Who is new waits beside the search index, and every step of a search reads all who wait: 256 KiB of them at most.
ALTER INDEX people_grams_by_gram SET (gin_pending_list_limit = 256);
