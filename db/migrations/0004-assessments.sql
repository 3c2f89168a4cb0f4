-- 0004 — an assessment keeps the text of the instrument it was made with, why a grade went down, and what the officer saw.

ALTER TABLE "assessments" ADD COLUMN "instrument_version" TEXT CHECK (length("instrument_version") > 0);
ALTER TABLE "assessments" ADD COLUMN "reason" TEXT CHECK (length("reason") > 0);
ALTER TABLE "assessments" ADD COLUMN "observed" TEXT CHECK (length("observed") > 0);
