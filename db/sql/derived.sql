-- derived.sql — what follows from the facts: duties, the figures on the tabs, search keys.

-- ---- the duties of a case ----

-- @cols duty = duty, cycle, owner, start, opens, due, done, ended, rank, span, case_id, offence, says, held, investigator

-- @stmt duty_of_case
SELECT case_key, {duty} FROM duty WHERE case_key = :case_key ORDER BY duty, cycle;

-- @stmt duty_walk
SELECT case_key, {duty} FROM duty WHERE case_key > :from ORDER BY case_key, duty, cycle;

-- @stmt duty_insert
INSERT INTO duty (case_key, {duty}) VALUES (:case_key, :{duty});

-- @stmt duty_update
UPDATE duty
SET owner = :owner, start = :start, opens = :opens, due = :due, done = :done, ended = :ended,
    rank = :rank, span = :span, case_id = :case_id, offence = :offence, says = :says, held = :held, investigator = :investigator
WHERE case_key = :case_key AND duty = :duty AND cycle = :cycle;

-- @stmt duty_delete
DELETE FROM duty WHERE case_key = :case_key AND duty = :duty AND cycle = :cycle;

-- @stmt badge_put
INSERT INTO badge (case_key, policy, rank, offence, idle, investigator, touched) VALUES (:case_key, :policy, :rank, :offence, :idle, :investigator, :touched)
ON CONFLICT (case_key) DO UPDATE SET policy = excluded.policy, rank = excluded.rank, offence = excluded.offence, idle = excluded.idle,
    investigator = excluded.investigator, touched = excluded.touched
WHERE policy IS NOT excluded.policy OR rank IS NOT excluded.rank OR offence IS NOT excluded.offence OR idle IS NOT excluded.idle
   OR investigator IS NOT excluded.investigator OR touched IS NOT excluded.touched;

-- @stmt badge_walk
SELECT case_key, policy, rank, offence, alert_mark, idle, investigator, touched FROM badge WHERE case_key > :from ORDER BY case_key;

-- @stmt badge_delete
DELETE FROM badge WHERE case_key = :case_key;

-- ---- the queue: walks along duty_queue; what is put aside until later than `aside` is passed over ----

-- The next kind of waiting an owner's duties of a grade have: 0, then each span that occurs.
-- @stmt queue_span
SELECT span FROM duty INDEXED BY duty_queue
WHERE rank IS NOT NULL AND owner = :owner AND rank = :rank AND span > :span
ORDER BY span LIMIT 1;

-- @stmt queue_after
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_queue
WHERE rank IS NOT NULL AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) > (:due, :case_id, :duty, :cycle) AND due <= :until AND coalesce(held, 0) <= :aside
ORDER BY due, case_id, duty, cycle LIMIT :limit;

-- @stmt queue_before
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_queue
WHERE rank IS NOT NULL AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) < (:due, :case_id, :duty, :cycle) AND due >= :since AND coalesce(held, 0) <= :aside
ORDER BY due DESC, case_id DESC, duty DESC, cycle DESC LIMIT :limit;

-- The same for one duty only (coalesce keeps the planner from sorting again for it).
-- @stmt queue_after_duty
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_queue
WHERE rank IS NOT NULL AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) > (:due, :case_id, :duty, :cycle) AND due <= :until AND coalesce(held, 0) <= :aside AND coalesce(duty, '') = :only
ORDER BY due, case_id, duty, cycle LIMIT :limit;

-- @stmt queue_before_duty
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_queue
WHERE rank IS NOT NULL AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) < (:due, :case_id, :duty, :cycle) AND due >= :since AND coalesce(held, 0) <= :aside AND coalesce(duty, '') = :only
ORDER BY due DESC, case_id DESC, duty DESC, cycle DESC LIMIT :limit;

-- What of an owner is put aside at a moment.
-- @stmt queue_held
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, rank, span, investigator FROM duty INDEXED BY duty_held
WHERE rank IS NOT NULL AND held IS NOT NULL AND owner = :owner AND held > :now
ORDER BY held, due, case_id, duty, cycle;

-- Past due, of one duty whose entries say whose it is: of every owner.
-- @stmt queue_given
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, owner, rank, investigator FROM duty INDEXED BY duty_given
WHERE rank IS NOT NULL AND says IS NOT NULL AND duty = :duty AND due < :now
ORDER BY due, case_id, cycle;

-- ---- the same of the cases of one investigating officer ('' is nobody), along duty_investigator ----

-- @stmt queue_of_span
SELECT span FROM duty INDEXED BY duty_investigator
WHERE rank IS NOT NULL AND investigator = :investigator AND owner = :owner AND rank = :rank AND span > :span
ORDER BY span LIMIT 1;

-- @stmt queue_of_after
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_investigator
WHERE rank IS NOT NULL AND investigator = :investigator AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) > (:due, :case_id, :duty, :cycle) AND due <= :until AND coalesce(held, 0) <= :aside
ORDER BY due, case_id, duty, cycle LIMIT :limit;

-- @stmt queue_of_before
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_investigator
WHERE rank IS NOT NULL AND investigator = :investigator AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) < (:due, :case_id, :duty, :cycle) AND due >= :since AND coalesce(held, 0) <= :aside
ORDER BY due DESC, case_id DESC, duty DESC, cycle DESC LIMIT :limit;

-- @stmt queue_of_after_duty
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_investigator
WHERE rank IS NOT NULL AND investigator = :investigator AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) > (:due, :case_id, :duty, :cycle) AND due <= :until AND coalesce(held, 0) <= :aside AND coalesce(duty, '') = :only
ORDER BY due, case_id, duty, cycle LIMIT :limit;

-- @stmt queue_of_before_duty
SELECT due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator FROM duty INDEXED BY duty_investigator
WHERE rank IS NOT NULL AND investigator = :investigator AND owner = :owner AND rank = :rank AND span = :span
  AND (due, case_id, duty, cycle) < (:due, :case_id, :duty, :cycle) AND due >= :since AND coalesce(held, 0) <= :aside AND coalesce(duty, '') = :only
ORDER BY due DESC, case_id DESC, duty DESC, cycle DESC LIMIT :limit;

-- Those of one owner, for the figures.
-- @stmt queue_of_owner
SELECT due, span, held FROM duty INDEXED BY duty_investigator
WHERE rank IS NOT NULL AND investigator = :investigator AND owner = :owner
ORDER BY rank, span, due;

-- The next officer of whose cases anything waits, and the next one who has a case.
-- @stmt queue_investigator
SELECT investigator FROM duty INDEXED BY duty_investigator WHERE rank IS NOT NULL AND investigator > :investigator ORDER BY investigator LIMIT 1;

-- @stmt caseload_investigator
SELECT investigator FROM badge INDEXED BY badge_investigator WHERE investigator IS NOT NULL AND investigator > :investigator ORDER BY investigator LIMIT 1;

-- The cases of an officer.
-- @stmt caseload
SELECT rank, touched, case_key, offence FROM badge INDEXED BY badge_investigator
WHERE investigator IS NOT NULL AND investigator = :investigator
ORDER BY rank, touched, case_key;

-- Live cases for which nothing is dated.
-- @stmt idle_after
SELECT rank, idle, case_key, offence FROM badge INDEXED BY badge_idle
WHERE idle IS NOT NULL AND (rank, idle, case_key) > (:rank, :idle, :case_key)
ORDER BY rank, idle, case_key;

-- ---- the figures on the tabs ----

-- @stmt count_add
INSERT INTO duty_count (owner, grain, span, slot, n) VALUES (:owner, :grain, :span, :slot, :n)
ON CONFLICT (owner, grain, span, slot) DO UPDATE SET n = n + excluded.n;

-- @stmt count_less
UPDATE duty_count SET n = n - :n WHERE owner = :owner AND grain = :grain AND span = :span AND slot = :slot;

-- @stmt count_drop
DELETE FROM duty_count WHERE owner = :owner AND grain = :grain AND span = :span AND slot = :slot AND n = 0;

-- @stmt count_days
SELECT span, slot, n FROM duty_count WHERE owner = :owner AND grain = 0 ORDER BY span, slot;

-- Whole slots of a day that a limit cuts.
-- @stmt count_slots
SELECT coalesce(sum(n), 0) FROM duty_count
WHERE owner = :owner AND grain = 1 AND span = :span AND slot BETWEEN :since AND :until;

-- Part of a slot, one by one.
-- @stmt count_between
SELECT count(*) FROM duty INDEXED BY duty_queue
WHERE rank IS NOT NULL AND owner = :owner AND rank IN (0, 1, 2, 3) AND span = :span
  AND due BETWEEN :since AND :until;

-- The same figures from the duties, and all that is kept of an owner; the next owner that has any.
-- @stmt duty_live_of_owner
SELECT span, due FROM duty INDEXED BY duty_queue WHERE rank IS NOT NULL AND owner = :owner ORDER BY rank, span, due;

-- @stmt count_of_owner
SELECT grain, span, slot, n FROM duty_count WHERE owner = :owner ORDER BY grain, span, slot;

-- @stmt count_owner
SELECT owner FROM duty_count WHERE owner > :owner ORDER BY owner LIMIT 1;

-- @stmt count_correct
INSERT INTO duty_count (owner, grain, span, slot, n) VALUES (:owner, :grain, :span, :slot, max(:by, 0))
ON CONFLICT (owner, grain, span, slot) DO UPDATE SET n = max(n + :by, 0);

-- ---- search ----

-- @stmt search_add
INSERT INTO search_key (class, folded, case_key, what, shown) VALUES (:class, :folded, :case_key, :what, :shown)
ON CONFLICT DO NOTHING;

-- @stmt search_drop
DELETE FROM search_key
WHERE class = :class AND folded = :folded AND case_key = :case_key AND what = :what AND shown = :shown;

-- @stmt search_exact
SELECT k.what, k.shown, f.key, f.rev, f.id, f.changed_at, f.changed_by
FROM search_key AS k JOIN case_file AS f ON f.key = k.case_key
WHERE k.class = :class AND k.folded = :folded
ORDER BY k.case_key;

-- What begins so, the exact ones left out: `until` is the first text that does not begin so.
-- @stmt search_prefix
SELECT k.what, k.shown, f.key, f.rev, f.id, f.changed_at, f.changed_by
FROM search_key AS k JOIN case_file AS f ON f.key = k.case_key
WHERE k.class = :class AND k.folded > :folded AND k.folded < :until
ORDER BY k.folded, k.case_key;

-- All of them in their order, from behind one on.
-- @stmt search_on
SELECT class, folded, case_key, what, shown FROM search_key
WHERE (class, folded, case_key, what, shown) > (:class, :folded, :case_key, :what, :shown)
ORDER BY class, folded, case_key, what, shown;

-- ---- all of it ----

-- @scan
-- @stmt duty_all
SELECT * FROM duty ORDER BY case_key, duty, cycle;

-- @scan
-- @stmt badge_all
SELECT * FROM badge ORDER BY case_key;

-- @scan
-- @stmt duty_count_all
SELECT * FROM duty_count ORDER BY owner, grain, span, slot;

-- @scan
-- @stmt search_key_all
SELECT * FROM search_key ORDER BY class, folded, case_key, what, shown;
