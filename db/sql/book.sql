-- book.sql — what came with the book 124D: forms, the register of books, looking up while somebody types, dip samples.

-- ---- forms ----

-- @stmt form_active
SELECT id, hash, text, activated_at FROM form WHERE id = :id ORDER BY key DESC LIMIT 1;

-- @stmt form_by_hash
SELECT id, hash, text, activated_at FROM form WHERE hash = :hash ORDER BY key DESC LIMIT 1;

-- @stmt form_add
INSERT INTO form (id, hash, text, activated_at, act) VALUES (:id, :hash, :text, :activated_at, :act);

-- ---- the register of books: up and down each of its indexes, from behind a place (first, key, seq, version) to `last` ----

-- An entry that grew stands several times, its versions beside each other: the reader keeps the last one, and stops when it has
-- enough. CROSS keeps the planner from walking the cases instead. The two orders of text choose by time among the rows they
-- pass, the two of time by text.

-- @stmt books_{list}_up of serial index_number
SELECT b.case_key, b.seq, b.version, f.id, b."serial", b."completed_at", b."{list}"
FROM "books" AS b INDEXED BY books_{list} CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."{list}", b.case_key, b.seq, b.version) > (:first COLLATE NOCASE, :key, :seq, :version)
  AND b."{list}" < :last COLLATE NOCASE
  AND coalesce(b."completed_at" BETWEEN :after AND :before, :untimed)
ORDER BY b."{list}" COLLATE NOCASE, b.case_key, b.seq, b.version;

-- @stmt books_{list}_down of serial index_number
SELECT b.case_key, b.seq, b.version, f.id, b."serial", b."completed_at", b."{list}"
FROM "books" AS b INDEXED BY books_{list} CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."{list}", b.case_key, b.seq, b.version) < (:first COLLATE NOCASE, :key, :seq, :version)
  AND b."{list}" >= :last COLLATE NOCASE
  AND coalesce(b."completed_at" BETWEEN :after AND :before, :untimed)
ORDER BY b."{list}" COLLATE NOCASE DESC, b.case_key DESC, b.seq DESC, b.version DESC;

-- @stmt books_completed_up
SELECT b.case_key, b.seq, b.version, f.id, b."serial", b."completed_at", b."serial"
FROM "books" AS b INDEXED BY books_completed CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."completed_at", b.case_key, b.seq, b.version) > (:first, :key, :seq, :version) AND b."completed_at" <= :last
  AND b."serial" >= :begins COLLATE NOCASE AND b."serial" < :until COLLATE NOCASE
ORDER BY b."completed_at", b.case_key, b.seq, b.version;

-- @stmt books_completed_down
SELECT b.case_key, b.seq, b.version, f.id, b."serial", b."completed_at", b."serial"
FROM "books" AS b INDEXED BY books_completed CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."completed_at", b.case_key, b.seq, b.version) < (:first, :key, :seq, :version) AND b."completed_at" >= :last
  AND b."serial" >= :begins COLLATE NOCASE AND b."serial" < :until COLLATE NOCASE
ORDER BY b."completed_at" DESC, b.case_key DESC, b.seq DESC, b.version DESC;

-- @stmt moves_to_up
SELECT b.case_key, b.seq, b.version, f.id, b."book", b."at", b."to"
FROM "book_moves" AS b INDEXED BY book_moves_to CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."to", b.case_key, b.seq, b.version) > (:first COLLATE NOCASE, :key, :seq, :version)
  AND b."to" < :last COLLATE NOCASE AND coalesce(b."at" BETWEEN :after AND :before, :untimed)
ORDER BY b."to" COLLATE NOCASE, b.case_key, b.seq, b.version;

-- @stmt moves_to_down
SELECT b.case_key, b.seq, b.version, f.id, b."book", b."at", b."to"
FROM "book_moves" AS b INDEXED BY book_moves_to CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."to", b.case_key, b.seq, b.version) < (:first COLLATE NOCASE, :key, :seq, :version)
  AND b."to" >= :last COLLATE NOCASE AND coalesce(b."at" BETWEEN :after AND :before, :untimed)
ORDER BY b."to" COLLATE NOCASE DESC, b.case_key DESC, b.seq DESC, b.version DESC;

-- @stmt moves_at_up
SELECT b.case_key, b.seq, b.version, f.id, b."book", b."at", b."to"
FROM "book_moves" AS b INDEXED BY book_moves_at CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."at", b.case_key, b.seq, b.version) > (:first, :key, :seq, :version) AND b."at" <= :last
  AND b."to" >= :begins COLLATE NOCASE AND b."to" < :until COLLATE NOCASE
ORDER BY b."at", b.case_key, b.seq, b.version;

-- @stmt moves_at_down
SELECT b.case_key, b.seq, b.version, f.id, b."book", b."at", b."to"
FROM "book_moves" AS b INDEXED BY book_moves_at CROSS JOIN case_file AS f ON f.key = b.case_key
WHERE (b."at", b.case_key, b.seq, b.version) < (:first, :key, :seq, :version) AND b."at" >= :last
  AND b."to" >= :begins COLLATE NOCASE AND b."to" < :until COLLATE NOCASE
ORDER BY b."at" DESC, b.case_key DESC, b.seq DESC, b.version DESC;

-- What a place stands for in each order: its text or its time. Facts stay, so a place is good for ever.
-- @stmt books_place
SELECT "completed_at", "serial", "index_number" FROM "books" WHERE case_key = :key AND seq = :seq AND version = :version;

-- @stmt moves_place
SELECT "at", "to" FROM "book_moves" WHERE case_key = :key AND seq = :seq AND version = :version;

-- ---- looking up while somebody types ----

-- Cases with somebody of a family name that begins so, and when each was reported.
-- @stmt people_begin
SELECT k.case_key, f.id,
       (SELECT h.reported_at FROM case_head AS h WHERE h.case_key = k.case_key ORDER BY h.version DESC LIMIT 1)
FROM search_key AS k JOIN case_file AS f ON f.key = k.case_key
WHERE k.class = 1 AND k.folded >= :folded AND k.folded < :until
ORDER BY k.folded, k.case_key LIMIT :limit;

-- The newest cases of a family name in which somebody of that name was born that day; with `bound`, those that have an order or bail.
-- @stmt same_person
SELECT f.key, f.rev, f.id, f.changed_at, f.changed_by
FROM search_key AS k JOIN case_file AS f ON f.key = k.case_key
WHERE k.class = 1 AND k.folded = :folded
  AND EXISTS (SELECT 1 FROM "people" AS p WHERE p.case_key = k.case_key AND p.born = :born)
  AND (:bound = 0 OR EXISTS (SELECT 1 FROM "orders" AS o WHERE o.case_key = k.case_key)
                  OR EXISTS (SELECT 1 FROM "bail" AS b WHERE b.case_key = k.case_key))
GROUP BY k.case_key ORDER BY k.case_key DESC LIMIT :limit;

-- The next place of incidents that begins so, restricted cases left out for everybody: asked again from behind each, so that a place of many cases costs one step.
-- @stmt place_first
SELECT p.incident_place FROM case_head AS p INDEXED BY case_head_place
WHERE p.incident_place >= :begins COLLATE NOCASE AND p.incident_place < :until COLLATE NOCASE AND p.restricted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = p.case_key AND n.version > p.version)
ORDER BY p.incident_place COLLATE NOCASE LIMIT 1;

-- @stmt place_next
SELECT p.incident_place FROM case_head AS p INDEXED BY case_head_place
WHERE p.incident_place > :after COLLATE NOCASE AND p.incident_place < :until COLLATE NOCASE AND p.restricted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = p.case_key AND n.version > p.version)
ORDER BY p.incident_place COLLATE NOCASE LIMIT 1;

-- ---- dip samples ----

-- @cols qa_sample = seed, period_from, period_to, team, wanted, pool, picked, drawn_by, drawn_at

-- @stmt qa_key
SELECT coalesce(max(key), 0) + 1 FROM qa_sample;

-- @stmt qa_add
INSERT INTO qa_sample (key, {qa_sample}, act) VALUES (:key, :{qa_sample}, :act);

-- @stmt qa_get
SELECT key, {qa_sample} FROM qa_sample WHERE key = :key;

-- @stmt qa_newest
SELECT key, {qa_sample} FROM qa_sample WHERE key > 0 ORDER BY key DESC LIMIT :limit;

-- @stmt qa_cases
SELECT case_key FROM "reviews" INDEXED BY reviews_qa
WHERE "kind" = 'qa' AND "at" BETWEEN :from AND :to ORDER BY "at", case_key;
