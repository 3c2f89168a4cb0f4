-- 0015 — duties that are put aside: until when, beside their rows. The walk of the queue passes those over that are put aside now, and the
-- second index finds them: as many rows as are put aside at the moment, whatever was before.

ALTER TABLE duty ADD COLUMN held INTEGER;
DROP INDEX duty_queue;
CREATE INDEX duty_queue ON duty (owner, rank, span, due, case_id, duty, cycle, opens, start, offence, case_key, says, held) WHERE rank IS NOT NULL;
CREATE INDEX duty_held ON duty (owner, held, due, case_id, duty, cycle, opens, start, offence, case_key, says, rank, span)
    WHERE rank IS NOT NULL AND held IS NOT NULL;
