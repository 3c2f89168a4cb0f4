-- audit.sql — the log asked: by case, by officer, by time. Each goes along an index, in order of seq but for the last.

-- Upwards from behind :after, and downwards from before it.

-- @stmt audit_of_case_up
SELECT {audit} FROM audit WHERE case_id = :case_id AND case_id <> '' AND seq > :after ORDER BY seq;

-- @stmt audit_of_case_down
SELECT {audit} FROM audit WHERE case_id = :case_id AND case_id <> '' AND seq < :after ORDER BY seq DESC;

-- What names several cases; whether this one is among them is read off the detail.
-- @stmt audit_of_several_up
SELECT {audit} FROM audit
WHERE case_id = '' AND kind IN ('consult', 'disclose', 'combine') AND seq > :after ORDER BY seq;

-- @stmt audit_of_several_down
SELECT {audit} FROM audit
WHERE case_id = '' AND kind IN ('consult', 'disclose', 'combine') AND seq < :after ORDER BY seq DESC;

-- @stmt audit_of_who_up
SELECT {audit} FROM audit WHERE who = :who AND seq > :after ORDER BY seq;

-- @stmt audit_of_who_down
SELECT {audit} FROM audit WHERE who = :who AND seq < :after ORDER BY seq DESC;

-- What may name an officer in its detail: accounts, and tries to sign in.
-- @stmt audit_of_account_up
SELECT {audit} FROM audit
WHERE (who = '-' OR act BETWEEN 'officer.' AND 'officer/') AND seq > :after ORDER BY seq;

-- @stmt audit_of_account_down
SELECT {audit} FROM audit
WHERE (who = '-' OR act BETWEEN 'officer.' AND 'officer/') AND seq < :after ORDER BY seq DESC;

-- @stmt audit_in_time_up
SELECT {audit} FROM audit
WHERE at >= :after_at AND (at, seq) > (:after_at, :after) AND at <= :end ORDER BY at, seq;

-- @stmt audit_in_time_down
SELECT {audit} FROM audit
WHERE at <= :after_at AND (at, seq) < (:after_at, :after) AND at >= :end ORDER BY at DESC, seq DESC;

-- @stmt audit_all_up
SELECT {audit} FROM audit WHERE seq > :after ORDER BY seq;

-- @stmt audit_all_down
SELECT {audit} FROM audit WHERE seq < :after ORDER BY seq DESC;

-- The first entry of that time or later, by its number; none: NULL.
-- @stmt audit_first_since
SELECT min(seq) FROM audit WHERE at >= :at;

-- @stmt audit_entry
SELECT {audit} FROM audit WHERE seq = :seq;

-- ---- restricted cases ----

-- @stmt case_restricted_at
SELECT h.restricted_at FROM case_file AS f JOIN case_head AS h ON h.case_key = f.key
WHERE f.id = :id ORDER BY h.version DESC LIMIT 1;
