-- handover.sql — the change of shifts.

-- @stmt handover_key
SELECT coalesce(max(key), 0) + 1 FROM handover;

-- @stmt handover_add
INSERT INTO handover (key, role, until, "by", "at", act) VALUES (:key, :role, :until, :by, :at, :act);

-- @stmt handover_take
INSERT INTO handover_taken (handover, "by", "at", act) VALUES (:handover, :by, :at, :act);

-- The newest first.
-- @stmt handover_of_role
SELECT h.key, h.until, h."by", h."at", t."by", t."at"
FROM handover AS h INDEXED BY handover_role LEFT JOIN handover_taken AS t ON t.handover = h.key
WHERE h.role = :role ORDER BY h.key DESC LIMIT :limit;

-- @stmt handover_note_key
SELECT coalesce(max(key), 0) + 1 FROM handover_note;

-- @stmt handover_note_add
INSERT INTO handover_note (key, role, until, case_key, reason, "by", "at", act) VALUES (:key, :role, :until, :case_key, :reason, :by, :at, :act);

-- @stmt handover_note_read
INSERT INTO handover_read (note, "by", "at", act) VALUES (:note, :by, :at, :act);

-- Of the shift that runs, and whatever nobody has read yet; the newest first.
-- @stmt handover_notes
SELECT n.key, n.until, n.case_key, n.reason, n."by", n."at",
       (SELECT group_concat(r."by", ', ') FROM handover_read AS r WHERE r.note = n.key),
       EXISTS (SELECT 1 FROM handover_read AS r WHERE r.note = n.key AND r."by" = :by),
       (SELECT f.id FROM case_file AS f WHERE f.key = n.case_key)
FROM handover_note AS n INDEXED BY handover_note_role
WHERE n.role = :role AND n."at" <= :now AND (n.until > :now OR NOT EXISTS (SELECT 1 FROM handover_read AS r WHERE r.note = n.key))
ORDER BY n.key DESC LIMIT :limit;
