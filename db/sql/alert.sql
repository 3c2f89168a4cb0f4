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
