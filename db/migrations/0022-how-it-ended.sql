-- 0022 — how it ended: an offence that takes the place of another says so, a caution has its admission, and a closed case can be opened again.

ALTER TABLE "offences" ADD COLUMN "by" TEXT CHECK (length("by") > 0);
ALTER TABLE "offences" ADD COLUMN "replaces" TEXT CHECK (length("replaces") BETWEEN 1 AND 40);
ALTER TABLE "offences" ADD COLUMN "reason" TEXT CHECK (length("reason") > 0);
DROP TRIGGER offences_stays;
CREATE TRIGGER offences_stays BEFORE UPDATE ON "offences" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'offences: facts are added, never changed'); END;
CREATE TRIGGER offences_keeps BEFORE UPDATE OF case_key, seq, version, act, "class", "attempt", "at", "replaces" ON "offences"
    BEGIN SELECT raise(ABORT, 'offences: only text is ever rewritten'); END;

ALTER TABLE "disposals" ADD COLUMN "admission" TEXT CHECK (length("admission") > 0);
ALTER TABLE "disposals" ADD COLUMN "counted" TEXT CHECK (length("counted") BETWEEN 1 AND 40);
DROP TRIGGER disposals_keeps;
CREATE TRIGGER disposals_keeps BEFORE UPDATE OF case_key, seq, version, act, "kind", "offence", "reason", "counted", "detection", "unsupported", "at" ON "disposals"
    BEGIN SELECT raise(ABORT, 'disposals: only text is ever rewritten'); END;

-- What a case had been closed with before it was opened again.
CREATE TABLE "reopenings" (
    case_key    INTEGER NOT NULL REFERENCES case_file (key),
    seq         INTEGER NOT NULL CHECK (seq > 0),
    version     INTEGER NOT NULL CHECK (version > 0),
    act         INTEGER NOT NULL,
    "closed_at" INTEGER,
    "outcome"   TEXT CHECK (length("outcome") BETWEEN 1 AND 40),
    "by"        TEXT CHECK (length("by") > 0),
    "at"        INTEGER,
    "reason"    TEXT NOT NULL CHECK (length("reason") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reopenings_stays BEFORE UPDATE ON "reopenings" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'reopenings: facts are added, never changed'); END;
CREATE TRIGGER reopenings_keeps BEFORE UPDATE OF case_key, seq, version, act, "closed_at", "outcome", "at" ON "reopenings"
    BEGIN SELECT raise(ABORT, 'reopenings: only text is ever rewritten'); END;
CREATE TRIGGER reopenings_remains BEFORE DELETE ON "reopenings" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'reopenings: facts are added, never removed'); END;
