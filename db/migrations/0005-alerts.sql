-- 0005 — alerts: what does not fit waits until the facts change or an officer answers it with a reason.

-- What was said to an alert, once for each basis: when the facts behind it change, it may be answered again.
CREATE TABLE alert_answer (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    alert    TEXT    NOT NULL CHECK (length(alert) > 0),
    basis    TEXT    NOT NULL CHECK (length(basis) = 16),
    answer   TEXT    NOT NULL CHECK (answer IN ('acted', 'dismissed')),
    reason   TEXT    NOT NULL CHECK (answer = 'acted' OR length(reason) > 0),
    "by"     TEXT    NOT NULL CHECK (length("by") > 0),
    "at"     INTEGER NOT NULL,
    act      INTEGER NOT NULL,
    PRIMARY KEY (case_key, alert, basis)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER alert_answer_stays BEFORE UPDATE ON "alert_answer" BEGIN SELECT raise(ABORT, 'alert_answer: facts are added, never changed'); END;
CREATE TRIGGER alert_answer_remains BEFORE DELETE ON "alert_answer" BEGIN SELECT raise(ABORT, 'alert_answer: facts are added, never removed'); END;

-- Those that wait: derived from the facts of the case, the policy and the answers.
CREATE TABLE alert (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    alert    TEXT    NOT NULL CHECK (length(alert) BETWEEN 1 AND 64),
    basis    TEXT    NOT NULL CHECK (length(basis) = 16),
    owner    TEXT    NOT NULL,
    since    INTEGER NOT NULL,
    case_id  TEXT    NOT NULL,
    rank     INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 3),
    PRIMARY KEY (case_key, alert)
) STRICT, WITHOUT ROWID;
-- Every page of alerts and every count is a walk along this index.
CREATE INDEX alert_queue ON alert (owner, rank, since, case_id, alert, basis, case_key);

-- Of what the alerts of a case were made: its revision, the policy, the program, and the rows. As long as that is so, a rebuild need not
-- read every account again. 0 fits nothing: a case that was derived before there were alerts is derived anew by the next rebuild or change.
ALTER TABLE badge ADD COLUMN alert_mark INTEGER NOT NULL DEFAULT 0;
