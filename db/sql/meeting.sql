-- meeting.sql — daily management meetings: what was said, and the walks along which an agenda is made.

-- ---- facts ----

-- @stmt meeting_key
SELECT coalesce(max(key), 0) + 1 FROM meeting;

-- @stmt meeting_add
INSERT INTO meeting (key, since, began_by, began_at, act) VALUES (:key, :since, :began_by, :began_at, :act);

-- @stmt meeting_get
SELECT m.key, m.since, m.began_by, m.began_at, m.act, e.ended_by, e.ended_at, e.figures, e.act
FROM meeting AS m LEFT JOIN meeting_end AS e ON e.meeting = m.key
WHERE m.key = :key;

-- @stmt meeting_newest
SELECT m.key, m.since, m.began_by, m.began_at, m.act, e.ended_by, e.ended_at, e.figures, e.act
FROM meeting AS m LEFT JOIN meeting_end AS e ON e.meeting = m.key
WHERE m.key > 0 ORDER BY m.key DESC LIMIT :limit;

-- @stmt meeting_end_add
INSERT INTO meeting_end (meeting, ended_by, ended_at, figures, act) VALUES (:meeting, :ended_by, :ended_at, :figures, :act);

-- @stmt meeting_said_key
SELECT coalesce(max(seq), 0) + 1 FROM meeting_said WHERE meeting = :meeting;

-- @stmt meeting_said_add
INSERT INTO meeting_said (meeting, seq, case_key, sections, said, task, "by", "at", act)
VALUES (:meeting, :seq, :case_key, :sections, :said, :task, :by, :at, :act);

-- @stmt meeting_said_list
SELECT seq, case_key, sections, said, task, "by", "at" FROM meeting_said WHERE meeting = :meeting ORDER BY seq;

-- What was said of a case last, before that meeting.
-- @stmt meeting_said_before
SELECT said, "at" FROM meeting_said INDEXED BY meeting_said_case
WHERE case_key = :case_key AND meeting < :meeting ORDER BY meeting DESC, seq DESC LIMIT 1;

-- @stmt meeting_left_add
INSERT INTO meeting_left (meeting, case_key, sections, since, act) VALUES (:meeting, :case_key, :sections, :since, :act);

-- @stmt meeting_left_list
SELECT case_key, sections, since FROM meeting_left WHERE meeting = :meeting ORDER BY case_key;

-- ---- the agenda: walks along one index each ----

-- @stmt duty_named
SELECT case_key, duty, cycle, owner, opens, due FROM duty INDEXED BY duty_named
WHERE rank IS NOT NULL AND duty = :duty AND rank = :rank AND opens <= :opens AND due <= :due
ORDER BY opens, case_key, cycle LIMIT :limit;

-- With what the case is of: domestic violence by its flag, a sexual offence where the policy asks what it asks for one.
-- @stmt duty_told
SELECT owner, due, done, ended,
       EXISTS (SELECT 1 FROM "flags" AS f WHERE f.case_key = duty.case_key AND f."flag" = 'dv'
                 AND NOT EXISTS (SELECT 1 FROM "flags" AS n WHERE n.case_key = f.case_key AND n.seq = f.seq AND n.version > f.version)),
       EXISTS (SELECT 1 FROM duty AS o WHERE o.case_key = duty.case_key AND o.duty = 'scd2-offer')
FROM duty INDEXED BY duty_told
WHERE duty IN ('victim-update', 'victim-told') AND duty = :duty AND due BETWEEN :from AND :to
ORDER BY due;

-- @stmt high_since
SELECT case_key FROM "assessments" INDEXED BY assessments_high
WHERE "grade" = 'high' AND "at" > :after AND "at" <= :to ORDER BY "at", case_key;

-- @stmt merlins_since
SELECT case_key FROM "reviews" INDEXED BY reviews_merlin
WHERE "kind" = 'ppd-merlin' AND "outcome" <> 'satisfied' AND "at" > :after AND "at" <= :to ORDER BY "at", case_key;

-- Work that was given from there and not done: the newest version of a task counts.
-- @stmt tasks_given
SELECT t.case_key, t.due, t."key" FROM "tasks" AS t INDEXED BY tasks_given
WHERE t."from" = :from AND t.done_at IS NULL AND t.due <= :due
  AND NOT EXISTS (SELECT 1 FROM "tasks" AS n WHERE n.case_key = t.case_key AND n.seq = t.seq AND n.version > t.version)
ORDER BY t.due, t.case_key, t.seq;

-- CAD messages received then, as their case says now, and whether it has its CRIS number.
-- @stmt cads_received
SELECT h.case_key, h.cad_result, h.reported_at,
       EXISTS (SELECT 1 FROM "references" AS r WHERE r.case_key = h.case_key AND r."system" = 'cris' AND r.withdrawn_at IS NULL
                 AND NOT EXISTS (SELECT 1 FROM "references" AS n WHERE n.case_key = r.case_key AND n.seq = r.seq AND n.version > r.version))
FROM case_head AS h INDEXED BY case_head_received
WHERE h.cad_received_at > :after AND h.cad_received_at <= :to AND h.cad_received_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = h.case_key AND n.version > h.version);

-- What a line of the agenda says of its case, that was erased, too; the entry that it came into the store with.
-- @stmt meeting_case
SELECT f.id, b.rank, b.offence,
       (SELECT h.reported_at FROM case_head AS h WHERE h.case_key = f.key ORDER BY h.version DESC LIMIT 1),
       (SELECT h.act FROM case_head AS h WHERE h.case_key = f.key ORDER BY h.version LIMIT 1),
       (SELECT h.closed_at FROM case_head AS h WHERE h.case_key = f.key ORDER BY h.version DESC LIMIT 1),
       EXISTS (SELECT 1 FROM tombstone AS t WHERE t.case_key = f.key),
       b.investigator
FROM case_file AS f LEFT JOIN badge AS b ON b.case_key = f.key
WHERE f.key = :key;
