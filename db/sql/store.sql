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

-- @cols officer = warrant, name, roles, suspended, salt, ops, mem, verifier, failures, retry_at

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
    verifier = :verifier, failures = :failures, retry_at = :retry_at, rev = rev + 1
WHERE warrant = :warrant AND rev = :rev;

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
