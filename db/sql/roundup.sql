-- roundup.sql — suspects who are outstanding: derived.

-- @cols outstanding = rank, reported_at, since, case_id

-- @stmt outstanding_of_case
SELECT case_key, person, {outstanding} FROM outstanding WHERE case_key = :case_key ORDER BY person;

-- @stmt outstanding_walk
SELECT case_key, person, {outstanding} FROM outstanding WHERE case_key > :from ORDER BY case_key, person;

-- @stmt outstanding_insert
INSERT INTO outstanding (case_key, person, {outstanding}) VALUES (:case_key, :person, :{outstanding});

-- @stmt outstanding_update
UPDATE outstanding SET rank = :rank, reported_at = :reported_at, since = :since, case_id = :case_id
WHERE case_key = :case_key AND person = :person;

-- @stmt outstanding_delete
DELETE FROM outstanding WHERE case_key = :case_key AND person = :person;

-- ---- the list: walks along outstanding_order ----

-- @stmt outstanding_after
SELECT rank, reported_at, case_id, person, since, case_key FROM outstanding INDEXED BY outstanding_order
WHERE (rank, reported_at, case_id, person) > (:rank, :reported_at, :case_id, :person)
ORDER BY rank, reported_at, case_id, person LIMIT :limit;

-- @scan
-- @stmt outstanding_all
SELECT * FROM outstanding ORDER BY case_key, person;

-- ---- what came of it ----

-- A row for each attempt that ended in an arrest; one that was taken back is none.
-- @stmt arrests_since
SELECT a.case_key FROM "attempts" AS a INDEXED BY attempts_arrested
WHERE a."result" = 'arrested' AND a."at" > :after AND a."at" <= :to AND a.version = 1
  AND NOT EXISTS (SELECT 1 FROM "attempts" AS w WHERE w.case_key = a.case_key AND w.seq = a.seq AND w."withdrawn_at" IS NOT NULL)
ORDER BY a."at", a.case_key;
