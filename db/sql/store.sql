-- store.sql — the store itself, its log, its officers, policies and drafts.

-- ---- the store ----

-- @stmt info_get
SELECT id, training, borough, created_at FROM store_info WHERE only = 1;

-- @stmt info_put
INSERT INTO store_info (only, id, training, borough, created_at)
VALUES (1, :id, :training, :borough, :created_at);

-- ---- the log ----

-- @cols audit = seq, at, kind, who, terminal, act, case_id, detail, prev, hash

-- @stmt audit_head
SELECT {audit} FROM audit ORDER BY seq DESC LIMIT 1;

-- @stmt audit_last
SELECT coalesce(max(seq), 0) FROM audit;

-- @stmt audit_add
INSERT INTO audit ({audit}) VALUES (:{audit});

-- @stmt audit_from
SELECT {audit} FROM audit WHERE seq >= :from ORDER BY seq;

-- ---- officers ----

-- @cols officer = warrant, name, roles, suspended, salt, ops, mem, verifier, failures, retry_at, must_change

-- @stmt officer_get
SELECT {officer}, rev FROM officer WHERE warrant = :warrant;

-- @scan
-- @stmt officer_list
SELECT {officer}, rev FROM officer ORDER BY warrant;

-- @stmt officer_insert
INSERT INTO officer ({officer}, rev) VALUES (:{officer}, 1) ON CONFLICT DO NOTHING;

-- @stmt officer_update
UPDATE officer
SET name = :name, roles = :roles, suspended = :suspended, salt = :salt, ops = :ops, mem = :mem,
    verifier = :verifier, failures = :failures, retry_at = :retry_at, must_change = :must_change, rev = rev + 1
WHERE warrant = :warrant AND rev = :rev;

-- @stmt tries_get
SELECT failures, since FROM terminal_tries WHERE terminal = :terminal;

-- @stmt tries_put
INSERT INTO terminal_tries (terminal, failures, since) VALUES (:terminal, :failures, :since)
ON CONFLICT (terminal) DO UPDATE SET failures = excluded.failures, since = excluded.since;

-- ---- keys of officers ----

-- @cols officer_key = warrant, sign_key, box_key, made_at

-- The newest row: without keys when they were ended and none were made since.
-- @stmt officer_key_now
SELECT {officer_key}, NULL, act FROM officer_key WHERE warrant = :warrant ORDER BY key DESC LIMIT 1;

-- Whose key this is, and since when it is not theirs any more.
-- @stmt officer_key_of
SELECT k.warrant, k.sign_key, k.box_key, k.made_at,
       (SELECT n.made_at FROM officer_key AS n WHERE n.warrant = k.warrant AND n.key > k.key ORDER BY n.key LIMIT 1), k.act
FROM officer_key AS k WHERE k.sign_key = :sign_key;

-- @scan
-- @stmt officer_key_list
SELECT k.warrant, k.sign_key, k.box_key, k.made_at,
       (SELECT n.made_at FROM officer_key AS n WHERE n.warrant = k.warrant AND n.key > k.key ORDER BY n.key LIMIT 1), k.act
FROM officer_key AS k ORDER BY k.key;

-- @stmt officer_key_add
INSERT INTO officer_key ({officer_key}, act) VALUES (:{officer_key}, :act);

-- @stmt officer_secret_get
SELECT sealed FROM officer_secret WHERE warrant = :warrant;

-- @stmt officer_secret_put
INSERT INTO officer_secret (warrant, sealed) VALUES (:warrant, :sealed)
ON CONFLICT (warrant) DO UPDATE SET sealed = excluded.sealed;

-- @stmt officer_secret_drop
DELETE FROM officer_secret WHERE warrant = :warrant;

-- ---- what is signed and is no part of a case ----

-- @cols signature = kind, about, digest, by, at, sign_key, value

-- @stmt signature_add
INSERT INTO signature ({signature}, act) VALUES (:{signature}, :act);

-- @stmt signature_kind
SELECT {signature} FROM signature WHERE kind = :kind ORDER BY about, key;

-- @stmt signature_about
SELECT {signature} FROM signature WHERE kind = :kind AND about = :about ORDER BY key;

-- @scan
-- @stmt signature_list
SELECT {signature} FROM signature ORDER BY key;

-- ---- policies ----

-- @stmt policy_active
SELECT key, id, hash, text, activated_at FROM policy ORDER BY key DESC LIMIT 1;

-- @stmt policy_add
INSERT INTO policy (id, hash, text, activated_at, act) VALUES (:id, :hash, :text, :activated_at, :act);

-- ---- drafts ----

-- @stmt draft_put
INSERT INTO draft (warrant, about, sealed, at, seat, terminal)
VALUES (:warrant, :about, :sealed, :at, :seat, :terminal)
ON CONFLICT (warrant, about) DO UPDATE
SET sealed = excluded.sealed, at = excluded.at, seat = excluded.seat, terminal = excluded.terminal
WHERE draft.seat = '' OR draft.seat = excluded.seat;

-- Whoever had it; but what is let go must have been `was`.
-- @stmt draft_seat
UPDATE draft SET seat = :seat, terminal = :terminal
WHERE warrant = :warrant AND about = :about AND (:seat <> '' OR seat = :was);

-- @stmt draft_leave
UPDATE draft SET seat = '', terminal = '' WHERE warrant = :warrant AND seat = :seat;

-- @stmt draft_get
SELECT about, sealed, at, seat, terminal FROM draft WHERE warrant = :warrant AND about = :about;

-- @stmt draft_list
SELECT about, sealed, at, seat, terminal FROM draft WHERE warrant = :warrant ORDER BY about;

-- @stmt draft_drop
DELETE FROM draft WHERE warrant = :warrant AND about = :about;
