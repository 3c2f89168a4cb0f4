-- 0011 — what a duty says: work that somebody was given is shown in its own words, without the case being read. The walk of the queue
-- carries it along; the second index is of those duties alone, to find the ones that came to somebody else.

ALTER TABLE duty ADD COLUMN says TEXT CHECK (length(says) > 0);
DROP INDEX duty_queue;
CREATE INDEX duty_queue ON duty (owner, rank, span, due, case_id, duty, cycle, opens, start, offence, case_key, says) WHERE rank IS NOT NULL;
CREATE INDEX duty_given ON duty (duty, due, case_id, cycle, owner, rank, opens, start, offence, case_key, says)
    WHERE rank IS NOT NULL AND says IS NOT NULL;
