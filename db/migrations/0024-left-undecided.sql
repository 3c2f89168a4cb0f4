-- 0024 — what a daily management meeting left undecided: it comes again at the next one, for the reason for which it stood there.
-- `since` is when the first meeting began that left it.

CREATE TABLE meeting_left (
    meeting  INTEGER NOT NULL REFERENCES meeting (key),
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    sections INTEGER NOT NULL CHECK (sections > 0),
    since    INTEGER NOT NULL,
    act      INTEGER NOT NULL,
    PRIMARY KEY (meeting, case_key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER meeting_left_stays BEFORE UPDATE ON "meeting_left" BEGIN SELECT raise(ABORT, 'meeting_left: facts are added, never changed'); END;
CREATE TRIGGER meeting_left_remains BEFORE DELETE ON "meeting_left" BEGIN SELECT raise(ABORT, 'meeting_left: facts are added, never removed'); END;

-- What was said of a case, meeting by meeting.
CREATE INDEX meeting_said_case ON meeting_said (case_key, meeting, seq, said, "at");
