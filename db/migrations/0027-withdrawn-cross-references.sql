-- 0027 — a cross reference that was made by mistake is taken back like other entries (0020): when, by whom and why; and who made it is kept, because
-- that officer may. With that the list has texts, and is among those that are rewritten (0014).

ALTER TABLE "cross_references" ADD COLUMN "by" TEXT CHECK (length("by") > 0);
ALTER TABLE "cross_references" ADD COLUMN "withdrawn_at" INTEGER;
ALTER TABLE "cross_references" ADD COLUMN "withdrawn_by" TEXT CHECK (length("withdrawn_by") > 0);
ALTER TABLE "cross_references" ADD COLUMN "withdrawn_why" TEXT CHECK (length("withdrawn_why") > 0);
DROP TRIGGER cross_references_stays;
CREATE TRIGGER cross_references_stays BEFORE UPDATE ON "cross_references" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'cross_references: facts are added, never changed'); END;
CREATE TRIGGER cross_references_keeps BEFORE UPDATE OF case_key, seq, version, act, "in", "to", "at", "withdrawn_at" ON "cross_references"
    BEGIN SELECT raise(ABORT, 'cross_references: only text is ever rewritten'); END;
