-- 0016 — live cases for which nothing is dated: no duty waits, no task is open. Derived with the duties; `idle` is since when.

ALTER TABLE badge ADD COLUMN idle INTEGER;
-- The list is a walk along this index.
CREATE INDEX badge_idle ON badge (rank, idle, case_key, offence) WHERE idle IS NOT NULL;

-- Those that there are already. A rebuild would say the same.
UPDATE badge SET idle = max(
        (SELECT h.reported_at FROM case_head AS h WHERE h.case_key = badge.case_key ORDER BY h.version DESC LIMIT 1),
        coalesce((SELECT max(d.done) FROM duty AS d WHERE d.case_key = badge.case_key), 0),
        coalesce((SELECT max(d.ended) FROM duty AS d WHERE d.case_key = badge.case_key), 0),
        coalesce((SELECT max(t.done_at) FROM "tasks" AS t WHERE t.case_key = badge.case_key), 0))
WHERE NOT EXISTS (SELECT 1 FROM duty AS d WHERE d.case_key = badge.case_key AND d.rank IS NOT NULL)
  AND EXISTS (SELECT 1 FROM case_head AS h WHERE h.case_key = badge.case_key AND h.closed_at IS NULL AND h.cad_result IS NOT 'not-domestic'
                AND h.reported_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = h.case_key AND n.version > h.version))
  AND NOT EXISTS (SELECT 1 FROM "tasks" AS t WHERE t.case_key = badge.case_key AND t.done_at IS NULL
                    AND NOT EXISTS (SELECT 1 FROM "tasks" AS n WHERE n.case_key = t.case_key AND n.seq = t.seq AND n.version > t.version))
  AND coalesce((SELECT o.unit FROM "owners" AS o WHERE o.case_key = badge.case_key AND o.accepted_at IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM "owners" AS n WHERE n.case_key = o.case_key AND n.seq = o.seq AND n.version > o.version)
                ORDER BY o.offered_at DESC, o.seq DESC LIMIT 1), 'csu') IN ('response', 'csu', 'buddy');
