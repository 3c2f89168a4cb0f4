-- 0023 — who investigates a case: facts, and beside the duties and the badge of a case what queues and lists go by. `investigator` is a warrant
-- number, '' is nobody; of a badge it is NULL where the case stands in no officer's list and needs nobody. `touched`: when something was last
-- recorded as done.

CREATE TABLE "investigators" (
    case_key  INTEGER NOT NULL REFERENCES case_file (key),
    seq       INTEGER NOT NULL CHECK (seq > 0),
    version   INTEGER NOT NULL CHECK (version > 0),
    act       INTEGER NOT NULL,
    "officer" TEXT CHECK (length("officer") > 0),
    "by"      TEXT CHECK (length("by") > 0),
    "at"      INTEGER,
    "reason"  TEXT CHECK (length("reason") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER investigators_stays BEFORE UPDATE ON "investigators" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'investigators: facts are added, never changed'); END;
CREATE TRIGGER investigators_keeps BEFORE UPDATE OF case_key, seq, version, act, "at" ON "investigators"
    BEGIN SELECT raise(ABORT, 'investigators: only text is ever rewritten'); END;
CREATE TRIGGER investigators_remains BEFORE DELETE ON "investigators" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'investigators: facts are added, never removed'); END;

ALTER TABLE duty ADD COLUMN investigator TEXT;
UPDATE duty SET investigator = '' WHERE rank IS NOT NULL;
DROP INDEX duty_queue;
CREATE INDEX duty_queue ON duty (owner, rank, span, due, case_id, duty, cycle, opens, start, offence, case_key, says, held, investigator)
    WHERE rank IS NOT NULL;
CREATE INDEX duty_investigator ON duty (investigator, owner, rank, span, due, case_id, duty, cycle, held) WHERE rank IS NOT NULL;

ALTER TABLE badge ADD COLUMN investigator TEXT;
ALTER TABLE badge ADD COLUMN touched INTEGER;
CREATE INDEX badge_investigator ON badge (investigator, rank, touched, case_key, offence) WHERE investigator IS NOT NULL;

-- Nobody has a case yet. Those that need somebody: open crimes of the unit.
UPDATE badge SET investigator = '', touched = max(
    max(
        coalesce((SELECT h.reported_at FROM case_head AS h WHERE h.case_key = badge.case_key ORDER BY h.version DESC LIMIT 1), 0),
        coalesce((SELECT max(x."at") FROM "offences" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "flags" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "references" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "cross_references" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."completed_at") FROM "books" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "addenda" AS x WHERE x.case_key = badge.case_key), 0)),
    max(
        coalesce((SELECT max(x."at") FROM "book_moves" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "assessments" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "reviews" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "referrals" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "contacts" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "events" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "notices" AS x WHERE x.case_key = badge.case_key), 0)),
    max(
        coalesce((SELECT max(x."offered_at") FROM "owners" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "tasks" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "referral_steps" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "hearings" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "orders" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "bail" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "breaches" AS x WHERE x.case_key = badge.case_key), 0)),
    max(
        coalesce((SELECT max(x."at") FROM "safe_contacts" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "attempts" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "links" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "disposals" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "reopenings" AS x WHERE x.case_key = badge.case_key), 0),
        coalesce((SELECT max(x."at") FROM "status" AS x WHERE x.case_key = badge.case_key), 0)))
WHERE EXISTS (SELECT 1 FROM case_head AS h WHERE h.case_key = badge.case_key AND h.kind = 'crime' AND h.closed_at IS NULL
                AND h.cad_result IS NOT 'not-domestic'
                AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = h.case_key AND n.version > h.version))
  AND coalesce((SELECT o.unit FROM "owners" AS o WHERE o.case_key = badge.case_key AND o.accepted_at IS NOT NULL
                ORDER BY o.offered_at DESC, o.seq DESC, o.version DESC LIMIT 1), '') = 'csu';

-- A view of the desk may be of one officer's cases: a warrant number, "me", "nobody".
ALTER TABLE desk_view ADD COLUMN investigator TEXT CHECK (length(investigator) > 0);
