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
