-- 0029 — a note for the next shift of a role: of a case, or of none; who wrote it, for the shift that ends when, and who has read it. It is ticked as
-- read and nothing else: work that must be done is a task. Its words stand in `reason`, as in the other tables whose rows are rewritten (0014).

CREATE TABLE handover_note (
    key      INTEGER PRIMARY KEY CHECK (key > 0),
    role     TEXT    NOT NULL CHECK (length(role) > 0),
    until    INTEGER NOT NULL,
    case_key INTEGER REFERENCES case_file (key),
    reason   TEXT    NOT NULL CHECK (length(reason) > 0),
    "by"     TEXT    NOT NULL CHECK (length("by") > 0),
    "at"     INTEGER NOT NULL CHECK ("at" < until),
    act      INTEGER NOT NULL
) STRICT;
CREATE INDEX handover_note_role ON handover_note (role, key);
CREATE INDEX handover_note_case ON handover_note (case_key, key) WHERE case_key IS NOT NULL;
CREATE TABLE handover_read (
    note INTEGER NOT NULL REFERENCES handover_note (key),
    "by" TEXT    NOT NULL CHECK (length("by") > 0),
    "at" INTEGER NOT NULL,
    act  INTEGER NOT NULL,
    PRIMARY KEY (note, "by")
) STRICT, WITHOUT ROWID;
CREATE TRIGGER handover_note_stays BEFORE UPDATE ON "handover_note" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'handover_note: facts are added, never changed'); END;
CREATE TRIGGER handover_note_keeps BEFORE UPDATE OF key, role, until, case_key, "by", "at", act ON "handover_note"
    BEGIN SELECT raise(ABORT, 'handover_note: only text is ever rewritten'); END;
CREATE TRIGGER handover_note_remains BEFORE DELETE ON "handover_note" BEGIN SELECT raise(ABORT, 'handover_note: facts are added, never removed'); END;
CREATE TRIGGER handover_read_stays BEFORE UPDATE ON "handover_read" BEGIN SELECT raise(ABORT, 'handover_read: facts are added, never changed'); END;
CREATE TRIGGER handover_read_remains BEFORE DELETE ON "handover_read" BEGIN SELECT raise(ABORT, 'handover_read: facts are added, never removed'); END;
