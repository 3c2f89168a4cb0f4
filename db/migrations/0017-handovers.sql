-- 0017 — hand-overs at the change of shifts: who handed over to the next, until when that works, and who took it over. What is handed over is
-- not kept: it is what waits. Notes for the next shift are tasks of cases, and wait until somebody says what came of them.

CREATE TABLE handover (
    key   INTEGER PRIMARY KEY CHECK (key > 0),
    role  TEXT    NOT NULL CHECK (length(role) > 0),
    until INTEGER NOT NULL,
    "by"  TEXT    NOT NULL CHECK (length("by") > 0),
    "at"  INTEGER NOT NULL CHECK ("at" < until),
    act   INTEGER NOT NULL
) STRICT;
CREATE INDEX handover_role ON handover (role, key);
CREATE TABLE handover_taken (
    handover INTEGER PRIMARY KEY REFERENCES handover (key),
    "by"     TEXT    NOT NULL CHECK (length("by") > 0),
    "at"     INTEGER NOT NULL,
    act      INTEGER NOT NULL
) STRICT;
CREATE TRIGGER handover_stays BEFORE UPDATE ON "handover" BEGIN SELECT raise(ABORT, 'handover: facts are added, never changed'); END;
CREATE TRIGGER handover_remains BEFORE DELETE ON "handover" BEGIN SELECT raise(ABORT, 'handover: facts are added, never removed'); END;
CREATE TRIGGER handover_taken_stays BEFORE UPDATE ON "handover_taken" BEGIN SELECT raise(ABORT, 'handover_taken: facts are added, never changed'); END;
CREATE TRIGGER handover_taken_remains BEFORE DELETE ON "handover_taken" BEGIN SELECT raise(ABORT, 'handover_taken: facts are added, never removed'); END;
