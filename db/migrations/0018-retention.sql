-- 0018 — retention: what was decided of a case that is due for review, and what remains of one that was erased.

-- Kept until a day, or to be erased: proposed by one officer, erased by another (`tombstone`) or withdrawn. The last entry of a case counts.
CREATE TABLE retention (
    key      INTEGER PRIMARY KEY CHECK (key > 0),
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    verb     TEXT    NOT NULL CHECK (verb IN ('keep', 'propose', 'withdraw')),
    until    INTEGER CHECK ((until IS NOT NULL) = (verb = 'keep')),
    reason   TEXT    NOT NULL,
    "by"     TEXT    NOT NULL CHECK (length("by") > 0),
    "at"     INTEGER NOT NULL,
    act      INTEGER NOT NULL
) STRICT;
CREATE INDEX retention_case ON retention (case_key, key);
CREATE TRIGGER retention_stays BEFORE UPDATE ON "retention" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'retention: facts are added, never changed'); END;
CREATE TRIGGER retention_keeps BEFORE UPDATE OF key, case_key, verb, until, "by", "at", act ON "retention"
    BEGIN SELECT raise(ABORT, 'retention: only text is ever rewritten'); END;
CREATE TRIGGER retention_remains BEFORE DELETE ON "retention" BEGIN SELECT raise(ABORT, 'retention: facts are added, never removed'); END;

-- What remains of an erased case, beside its row in `case_file` (the number): nothing of a person. `digest` is of the case as it was last;
-- the days are when it was reported, closed and due; `grp` is the group of review it was in.
CREATE TABLE tombstone (
    case_key    INTEGER PRIMARY KEY REFERENCES case_file (key),
    reported    INTEGER NOT NULL,
    closed      INTEGER NOT NULL,
    grp         INTEGER NOT NULL CHECK (grp > 0),
    due         INTEGER NOT NULL,
    proposed_by TEXT    NOT NULL CHECK (length(proposed_by) > 0),
    erased_by   TEXT    NOT NULL CHECK (length(erased_by) > 0 AND erased_by <> proposed_by),
    erased_at   INTEGER NOT NULL,
    reason      TEXT    NOT NULL CHECK (length(reason) > 0),
    digest      BLOB    NOT NULL CHECK (length(digest) = 32),
    act         INTEGER NOT NULL
) STRICT;
CREATE INDEX tombstone_act ON tombstone (act);
CREATE TRIGGER tombstone_stays BEFORE UPDATE ON "tombstone" BEGIN SELECT raise(ABORT, 'tombstone: facts are added, never changed'); END;
CREATE TRIGGER tombstone_remains BEFORE DELETE ON "tombstone" BEGIN SELECT raise(ABORT, 'tombstone: facts are added, never removed'); END;
CREATE TRIGGER case_file_erased BEFORE UPDATE ON case_file WHEN EXISTS (SELECT 1 FROM tombstone WHERE case_key = old.key)
    BEGIN SELECT raise(ABORT, 'case_file: what was erased stays so'); END;

-- Cases that were closed, the longest ago first.
CREATE INDEX case_head_closed ON case_head (closed_at, case_key, version) WHERE closed_at IS NOT NULL;
