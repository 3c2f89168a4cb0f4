-- 0030 — an unusual number may stand: a supervisor says why it is right although it has not the shape of its system's numbers (BD 1.13).

ALTER TABLE "references" ADD COLUMN "unusual" TEXT CHECK (length("unusual") > 0);

-- Arrests of a day (BD 2.12): counted along an index, however many attempts there are.

CREATE INDEX attempts_arrested ON "attempts" ("at") WHERE "result" = 'arrested';
