-- alert.sql — alerts that wait, and what was said to them.

-- ---- answers: facts ----

-- @stmt alert_answer_add
INSERT INTO alert_answer (case_key, alert, basis, answer, reason, "by", "at", act)
VALUES (:case_key, :alert, :basis, :answer, :reason, :by, :at, :act);

-- @stmt alert_answers_of_case
SELECT alert, basis, answer, reason, "by", "at" FROM alert_answer WHERE case_key = :case_key ORDER BY alert, basis;

-- ---- those that wait: derived ----

-- @cols alert = alert, basis, owner, since, case_id, rank

-- @stmt alert_of_case
SELECT case_key, {alert} FROM alert WHERE case_key = :case_key ORDER BY alert;

-- @stmt alert_walk
SELECT case_key, {alert} FROM alert WHERE case_key > :from ORDER BY case_key, alert;

-- @stmt alert_insert
INSERT INTO alert (case_key, {alert}) VALUES (:case_key, :{alert});

-- @stmt alert_update
UPDATE alert SET basis = :basis, owner = :owner, since = :since, case_id = :case_id, rank = :rank
WHERE case_key = :case_key AND alert = :alert;

-- @stmt alert_delete
DELETE FROM alert WHERE case_key = :case_key AND alert = :alert;

-- @stmt alert_mark_put
UPDATE badge SET alert_mark = :mark WHERE case_key = :case_key AND alert_mark <> :mark;

-- @stmt alert_unmarked
SELECT case_key FROM badge INDEXED BY badge_unmarked WHERE alert_mark = 0 LIMIT 1;

-- ---- their queue: walks along alert_queue ----

-- @stmt alert_queue_after
SELECT since, case_id, alert, basis, case_key FROM alert INDEXED BY alert_queue
WHERE owner = :owner AND rank = :rank AND (since, case_id, alert) > (:since, :case_id, :alert)
ORDER BY since, case_id, alert LIMIT :limit;

-- @stmt alert_queue_before
SELECT since, case_id, alert, basis, case_key FROM alert INDEXED BY alert_queue
WHERE owner = :owner AND rank = :rank AND (since, case_id, alert) < (:since, :case_id, :alert)
ORDER BY since DESC, case_id DESC, alert DESC LIMIT :limit;

-- @stmt alert_count
SELECT count(*) FROM alert INDEXED BY alert_queue WHERE owner = :owner;

-- @scan
-- @stmt alert_all
SELECT * FROM alert ORDER BY case_key, alert;

-- ---- what became of them: derived ----

-- @cols stretch = alert, since, end
-- @cols tally = alert, end, day, n, since_sum

-- @stmt stretch_of_case
SELECT case_key, {stretch} FROM alert_stretch WHERE case_key = :case_key ORDER BY alert, since;

-- @stmt stretch_walk
SELECT case_key, {stretch} FROM alert_stretch WHERE case_key > :from ORDER BY case_key, alert, since;

-- @stmt stretch_insert
INSERT INTO alert_stretch (case_key, {stretch}) VALUES (:case_key, :{stretch});

-- @stmt stretch_delete
DELETE FROM alert_stretch WHERE case_key = :case_key AND alert = :alert AND since = :since;

-- @stmt stretch_sum
SELECT count(*), coalesce(sum(since), 0) FROM alert_stretch INDEXED BY alert_stretch_since
WHERE alert = :alert AND "end" = :end AND since BETWEEN :since AND :until;

-- @stmt stretch_oldest
SELECT min(since) FROM alert_stretch INDEXED BY alert_stretch_since
WHERE alert = :alert AND "end" = :end AND since BETWEEN :since AND :until;

-- @stmt stretch_of_alert
SELECT "end", since FROM alert_stretch INDEXED BY alert_stretch_since WHERE alert = :alert ORDER BY "end", since;

-- The next alert that has any, of either table.
-- @stmt stretch_alert
SELECT alert FROM alert_stretch INDEXED BY alert_stretch_since WHERE alert > :alert ORDER BY alert LIMIT 1;

-- @stmt tally_alert
SELECT alert FROM alert_tally WHERE alert > :alert ORDER BY alert LIMIT 1;

-- @stmt tally_add
INSERT INTO alert_tally ({tally}) VALUES (:alert, :end, :day, 1, :since)
ON CONFLICT (alert, "end", day) DO UPDATE SET n = n + 1, since_sum = since_sum + excluded.since_sum;

-- @stmt tally_less
UPDATE alert_tally SET n = n - 1, since_sum = since_sum - :since WHERE alert = :alert AND "end" = :end AND day = :day;

-- @stmt tally_drop
DELETE FROM alert_tally WHERE alert = :alert AND "end" = :end AND day = :day AND n = 0;

-- @stmt tally_put
INSERT INTO alert_tally ({tally}) VALUES (:{tally})
ON CONFLICT (alert, "end", day) DO UPDATE SET n = excluded.n, since_sum = excluded.since_sum;

-- @stmt tally_sum
SELECT coalesce(sum(n), 0), coalesce(sum(since_sum), 0) FROM alert_tally
WHERE alert = :alert AND "end" = :end AND day BETWEEN :since AND :until;

-- @stmt tally_of_alert
SELECT "end", day, n, since_sum FROM alert_tally WHERE alert = :alert ORDER BY "end", day;

-- @scan
-- @stmt stretch_all
SELECT * FROM alert_stretch ORDER BY case_key, alert, since;

-- @scan
-- @stmt tally_all
SELECT * FROM alert_tally ORDER BY alert, "end", day;
