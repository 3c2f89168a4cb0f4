-- 0010 — the daily management meeting (BD 1.4): when it met, and what was said of each case. What it looks at is derived.

CREATE TABLE meeting (
    key      INTEGER PRIMARY KEY,
    since    INTEGER NOT NULL,
    began_by TEXT    NOT NULL CHECK (length(began_by) > 0),
    began_at INTEGER NOT NULL,
    act      INTEGER NOT NULL
) STRICT;
CREATE TRIGGER meeting_stays BEFORE UPDATE ON "meeting" BEGIN SELECT raise(ABORT, 'meeting: facts are added, never changed'); END;
CREATE TRIGGER meeting_remains BEFORE DELETE ON "meeting" BEGIN SELECT raise(ABORT, 'meeting: facts are added, never removed'); END;

-- What was said, one row each time; the words stand in the review and the task of the case.
CREATE TABLE meeting_said (
    meeting  INTEGER NOT NULL REFERENCES meeting (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    sections INTEGER NOT NULL CHECK (sections >= 0),
    said     TEXT    NOT NULL CHECK (said IN ('satisfied', 'action', 'done', 'passed')),
    task     TEXT CHECK (length(task) > 0),
    "by"     TEXT    NOT NULL CHECK (length("by") > 0),
    "at"     INTEGER NOT NULL,
    act      INTEGER NOT NULL,
    PRIMARY KEY (meeting, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER meeting_said_stays BEFORE UPDATE ON "meeting_said" BEGIN SELECT raise(ABORT, 'meeting_said: facts are added, never changed'); END;
CREATE TRIGGER meeting_said_remains BEFORE DELETE ON "meeting_said" BEGIN SELECT raise(ABORT, 'meeting_said: facts are added, never removed'); END;

-- How it ended: `figures` is what the sheet says besides, as JSON; the entry `act` of the log is the head that the sheet carries.
CREATE TABLE meeting_end (
    meeting  INTEGER PRIMARY KEY REFERENCES meeting (key),
    ended_by TEXT    NOT NULL CHECK (length(ended_by) > 0),
    ended_at INTEGER NOT NULL,
    figures  TEXT    NOT NULL,
    act      INTEGER NOT NULL
) STRICT;
CREATE TRIGGER meeting_end_stays BEFORE UPDATE ON "meeting_end" BEGIN SELECT raise(ABORT, 'meeting_end: facts are added, never changed'); END;
CREATE TRIGGER meeting_end_remains BEFORE DELETE ON "meeting_end" BEGIN SELECT raise(ABORT, 'meeting_end: facts are added, never removed'); END;

-- What a meeting looks at, each a walk: the live duties of one name, those of the victims' code as they fell due, grades that became high, Merlins
-- that were not good enough, work that was given.
CREATE INDEX duty_named ON duty (duty, rank, opens, case_key, cycle, due, owner) WHERE rank IS NOT NULL;
CREATE INDEX duty_told ON duty (duty, due, owner, done, ended, case_key, cycle) WHERE duty IN ('victim-update', 'victim-told');
CREATE INDEX assessments_high ON "assessments" ("at", case_key) WHERE "grade" = 'high';
CREATE INDEX reviews_merlin ON "reviews" ("at", case_key) WHERE "kind" = 'ppd-merlin' AND "outcome" <> 'satisfied';
CREATE INDEX tasks_given ON "tasks" ("from", done_at, due, case_key, seq, version);
