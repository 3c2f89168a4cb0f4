-- 0007 — what became of alerts, kept with them, so that how often each was acted on is read without walking the cases.

-- One row for each time in which an alert fired without a break until somebody answered it: derived from the facts of the case and the answers.
CREATE TABLE alert_stretch (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    alert    TEXT    NOT NULL CHECK (length(alert) BETWEEN 1 AND 64),
    since    INTEGER NOT NULL,
    "end"    TEXT    NOT NULL CHECK ("end" IN ('acted', 'changed', 'dismissed', 'waits')),
    PRIMARY KEY (case_key, alert, since)
) STRICT, WITHOUT ROWID;
-- The days that a period cuts, the one that has waited longest, and a recheck walk along this index.
CREATE INDEX alert_stretch_since ON alert_stretch (alert, "end", since);

-- How many of them began on a local day, and the sum of when: from it how long they have waited together.
CREATE TABLE alert_tally (
    alert     TEXT    NOT NULL,
    "end"     TEXT    NOT NULL,
    day       INTEGER NOT NULL,
    n         INTEGER NOT NULL CHECK (n >= 0),
    since_sum INTEGER NOT NULL,
    PRIMARY KEY (alert, "end", day)
) STRICT, WITHOUT ROWID;

-- The mark says of what the alerts of a case were made, and now covers these rows too: every case is derived anew by the next rebuild or change.
-- As long as there is one that was not, what became of alerts is asked of the cases themselves.
UPDATE badge SET alert_mark = 0;
CREATE INDEX badge_unmarked ON badge (case_key) WHERE alert_mark = 0;
