-- 0020 — an entry that was made by mistake is taken back: when, by whom and why. It stays, and counts as not made from then on.
-- What may be rewritten of it (0014) is its texts, and not when it was taken back.

ALTER TABLE "references" ADD COLUMN "withdrawn_at" INTEGER;
ALTER TABLE "references" ADD COLUMN "withdrawn_by" TEXT CHECK (length("withdrawn_by") > 0);
ALTER TABLE "references" ADD COLUMN "withdrawn_why" TEXT CHECK (length("withdrawn_why") > 0);
DROP TRIGGER references_keeps;
CREATE TRIGGER references_keeps BEFORE UPDATE OF case_key, seq, version, act, "system", "at", "withdrawn_at" ON "references"
    BEGIN SELECT raise(ABORT, 'references: only text is ever rewritten'); END;

ALTER TABLE "reviews" ADD COLUMN "withdrawn_at" INTEGER;
ALTER TABLE "reviews" ADD COLUMN "withdrawn_by" TEXT CHECK (length("withdrawn_by") > 0);
ALTER TABLE "reviews" ADD COLUMN "withdrawn_why" TEXT CHECK (length("withdrawn_why") > 0);
DROP TRIGGER reviews_keeps;
CREATE TRIGGER reviews_keeps BEFORE UPDATE OF case_key, seq, version, act, "kind", "at", "outcome", "opened_at", "withdrawn_at" ON "reviews"
    BEGIN SELECT raise(ABORT, 'reviews: only text is ever rewritten'); END;

ALTER TABLE "contacts" ADD COLUMN "withdrawn_at" INTEGER;
ALTER TABLE "contacts" ADD COLUMN "withdrawn_by" TEXT CHECK (length("withdrawn_by") > 0);
ALTER TABLE "contacts" ADD COLUMN "withdrawn_why" TEXT CHECK (length("withdrawn_why") > 0);
DROP TRIGGER contacts_keeps;
CREATE TRIGGER contacts_keeps BEFORE UPDATE OF case_key, seq, version, act, "with", "kind", "result", "at", "withdrawn_at" ON "contacts"
    BEGIN SELECT raise(ABORT, 'contacts: only text is ever rewritten'); END;

ALTER TABLE "events" ADD COLUMN "withdrawn_at" INTEGER;
ALTER TABLE "events" ADD COLUMN "withdrawn_by" TEXT CHECK (length("withdrawn_by") > 0);
ALTER TABLE "events" ADD COLUMN "withdrawn_why" TEXT CHECK (length("withdrawn_why") > 0);
DROP TRIGGER events_keeps;
CREATE TRIGGER events_keeps BEFORE UPDATE OF case_key, seq, version, act, "kind", "at", "withdrawn_at" ON "events"
    BEGIN SELECT raise(ABORT, 'events: only text is ever rewritten'); END;

ALTER TABLE "notices" ADD COLUMN "withdrawn_at" INTEGER;
ALTER TABLE "notices" ADD COLUMN "withdrawn_by" TEXT CHECK (length("withdrawn_by") > 0);
ALTER TABLE "notices" ADD COLUMN "withdrawn_why" TEXT CHECK (length("withdrawn_why") > 0);
DROP TRIGGER notices_keeps;
CREATE TRIGGER notices_keeps BEFORE UPDATE OF case_key, seq, version, act, "to", "at", "withdrawn_at" ON "notices"
    BEGIN SELECT raise(ABORT, 'notices: only text is ever rewritten'); END;

ALTER TABLE "attempts" ADD COLUMN "withdrawn_at" INTEGER;
ALTER TABLE "attempts" ADD COLUMN "withdrawn_by" TEXT CHECK (length("withdrawn_by") > 0);
ALTER TABLE "attempts" ADD COLUMN "withdrawn_why" TEXT CHECK (length("withdrawn_why") > 0);
DROP TRIGGER attempts_keeps;
CREATE TRIGGER attempts_keeps BEFORE UPDATE OF case_key, seq, version, act, "result", "at", "withdrawn_at" ON "attempts"
    BEGIN SELECT raise(ABORT, 'attempts: only text is ever rewritten'); END;

