-- access.sql — who may see restricted cases.

-- @cols access = case_key, verb, officer, role, by, second, at, until, about, reason

-- @stmt access_last
SELECT coalesce(max(key), 0) FROM access;

-- @stmt access_add
INSERT INTO access (key, {access}, act) VALUES (:key, :{access}, :act);

-- @stmt access_of_case
SELECT key, {access} FROM access WHERE case_key = :case_key ORDER BY key;

-- @stmt access_entry
SELECT key, {access} FROM access WHERE key = :key;

-- Those that nobody signed, counted when the log is proved.
-- @scan
-- @stmt access_unsigned
SELECT count(*) FROM access AS e
WHERE NOT EXISTS (SELECT 1 FROM signature AS s WHERE s.kind = 'access' AND s.about = CAST(e.key AS TEXT));

-- All of it: read when an entry came in, not at each look.
-- @scan
-- @stmt access_all
SELECT key, {access}, EXISTS (SELECT 1 FROM tombstone AS t WHERE t.case_key = access.case_key) FROM access INDEXED BY access_case
ORDER BY case_key, key;

-- Broken glasses that nobody has reviewed yet: all there ever were are looked at, which are few.
-- @scan
-- @stmt access_glasses
SELECT key, {access} FROM access AS g INDEXED BY access_glass
WHERE verb = 'glass' AND NOT EXISTS (SELECT 1 FROM access AS r WHERE r.about = g.key AND r.verb = 'review')
ORDER BY key;

-- Cases that came in under a number that is taken by one unseen.
-- @stmt twin_add
INSERT INTO twin (case_key, id, act) VALUES (:case_key, :id, :act);

-- @stmt twin_id
SELECT id FROM twin WHERE case_key = :case_key;

-- @stmt twins_of_id
SELECT case_key FROM twin WHERE id = :id ORDER BY case_key;
