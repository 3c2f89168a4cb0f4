-- marac.sql — who is on the list of which MARAC meeting.

-- A hearing that was filled in stands several times, its versions beside each other: the reader keeps the last one.
-- @stmt hearings_between
SELECT h.case_key, h.seq, h.version, f.id, h."key", h."meeting", h."restricted", h."heard_at"
FROM "hearings" AS h INDEXED BY hearings_meeting CROSS JOIN case_file AS f ON f.key = h.case_key
WHERE h."meeting" BETWEEN :from AND :to
ORDER BY h."meeting", h.case_key, h.seq, h.version;
