-- 0025 — tries at one terminal: whoever guesses there at many officers in turn is slowed down as one.

-- How often a password was wrong at this terminal since a moment; the count begins again a quarter of an hour later. No fact.
CREATE TABLE terminal_tries (
    terminal TEXT    PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures > 0),
    since    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
