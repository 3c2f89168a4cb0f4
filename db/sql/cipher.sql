-- cipher.sql — under which keys text lies, and who can open them.

-- @stmt cipher_last
SELECT coalesce(max(key), 0) FROM cipher;

-- @stmt cipher_add
INSERT INTO cipher (key, case_key, generation, "at", act)
VALUES ((SELECT coalesce(max(key), 0) + 1 FROM cipher), :case_key, :generation, :at, :act);

-- All of it: read when one came in. Later rows of a case come behind its earlier ones.
-- @scan
-- @stmt cipher_all
SELECT case_key, generation FROM cipher INDEXED BY cipher_case ORDER BY case_key, key;

-- The highest generation that there ever was of a case.
-- @stmt cipher_highest
SELECT coalesce(max(generation), 0) FROM cipher WHERE case_key = :case_key;

-- @cols cipher_grant = case_key, generation, officer, parts, box_key, sealed

-- @stmt grant_put
INSERT INTO cipher_grant ({cipher_grant}) VALUES (:{cipher_grant})
ON CONFLICT (case_key, generation, officer) DO UPDATE SET parts = excluded.parts, box_key = excluded.box_key, sealed = excluded.sealed;

-- @stmt grant_get
SELECT {cipher_grant} FROM cipher_grant WHERE case_key = :case_key AND generation = :generation AND officer = :officer;

-- @stmt grant_list
SELECT {cipher_grant} FROM cipher_grant WHERE case_key = :case_key AND generation = :generation ORDER BY officer;

-- @stmt grant_drop
DELETE FROM cipher_grant WHERE case_key = :case_key AND generation = :generation AND officer = :officer;

-- Those of a key that no text lies under any more. The key itself stays under that which came after it (officer '^'): the log tells under it.
-- @stmt grants_drop
DELETE FROM cipher_grant WHERE case_key = :case_key AND generation < :generation AND officer <> '^';

-- Of an erased case: nothing is left to be opened.
-- @stmt grants_gone
DELETE FROM cipher_grant WHERE case_key = :case_key;

-- @stmt cipher_wait_add
INSERT INTO cipher_wait (case_key) VALUES (:case_key) ON CONFLICT DO NOTHING;

-- @stmt cipher_wait_has
SELECT count(*) FROM cipher_wait WHERE case_key = :case_key;

-- @stmt cipher_wait_from
SELECT case_key FROM cipher_wait WHERE case_key > :from ORDER BY case_key LIMIT :limit;

-- @stmt cipher_wait_drop
DELETE FROM cipher_wait WHERE case_key = :case_key;

-- ---- custodians ----

-- @stmt custodians_now
SELECT generation, box_key, "at", act FROM custodians ORDER BY generation DESC LIMIT 1;

-- @stmt custodians_add
INSERT INTO custodians (generation, box_key, "at", act)
VALUES ((SELECT coalesce(max(generation), 0) + 1 FROM custodians), :box_key, :at, :act);

-- @stmt custodian_add
INSERT INTO custodian (generation, number, officer, sealed, act)
VALUES ((SELECT max(generation) FROM custodians), :number, :officer, :sealed, :act);

-- @stmt custodian_list
SELECT number, officer, sealed FROM custodian WHERE generation = :generation ORDER BY number;
