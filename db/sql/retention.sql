-- retention.sql — cases that are due for review, what was decided of them, and tombstones.

-- @cols retention = case_key, verb, until, reason, by, at
-- @cols tombstone = reported, closed, grp, due, proposed_by, erased_by, erased_at, reason, digest

-- @stmt retention_last
SELECT coalesce(max(key), 0) FROM retention;

-- @stmt retention_add
INSERT INTO retention (key, {retention}, act) VALUES (:key, :{retention}, :act);

-- @stmt retention_of_case
SELECT key, {retention} FROM retention WHERE case_key = :case_key ORDER BY key;

-- Cases closed by then, from a place on, that are not kept beyond today; those that are looked at later (by the words of their offences and
-- flags, blanks around each) only when they were closed long enough ago. An older version of a head says nothing.
-- @stmt retention_closed
SELECT h.case_key, h.closed_at FROM case_head AS h INDEXED BY case_head_closed
WHERE h.closed_at IS NOT NULL AND (h.closed_at, h.case_key) > (:at, :case_key) AND h.closed_at <= :soon
  AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = h.case_key AND n.version > h.version)
  AND NOT EXISTS (SELECT 1 FROM retention AS k WHERE k.case_key = h.case_key AND k.until > :today)
  AND (h.closed_at <= :late
       OR NOT (EXISTS (SELECT 1 FROM "offences" AS o WHERE o.case_key = h.case_key AND instr(:words, ' ' || o.class || ' ') > 0)
            OR EXISTS (SELECT 1 FROM "flags" AS f WHERE f.case_key = h.case_key AND instr(:words, ' ' || f.flag || ' ') > 0)))
ORDER BY h.closed_at, h.case_key;

-- @stmt tombstone_add
INSERT INTO tombstone (case_key, {tombstone}, act) VALUES (:case_key, :{tombstone}, :act);

-- @stmt tombstone_get
SELECT t.case_key, f.id, {tombstone}, t.act FROM tombstone AS t JOIN case_file AS f ON f.key = t.case_key WHERE t.case_key = :case_key;

-- The last first.
-- @scan
-- @stmt tombstone_walk
SELECT t.case_key, f.id, {tombstone}, t.act FROM tombstone AS t INDEXED BY tombstone_act
CROSS JOIN case_file AS f ON f.key = t.case_key ORDER BY t.act DESC;
