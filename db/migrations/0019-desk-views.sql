-- 0019 — saved views of the desk: a filter with a name, an officer's own or shared with a role. Settings, not facts: they are changed and removed.

CREATE TABLE desk_view (
    key     INTEGER PRIMARY KEY CHECK (key > 0),
    officer TEXT    CHECK (length(officer) > 0),
    role    TEXT    CHECK (length(role) > 0),
    name    TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    tab     INTEGER NOT NULL CHECK (tab >= 0),
    queue   TEXT    CHECK (length(queue) > 0),
    grade   TEXT    CHECK (length(grade) > 0),
    duty    TEXT    CHECK (length(duty) > 0),
    words   TEXT    CHECK (length(words) > 0),
    "by"    TEXT    NOT NULL CHECK (length("by") > 0),
    "at"    INTEGER NOT NULL,
    CHECK ((officer IS NULL) <> (role IS NULL))
) STRICT;
CREATE UNIQUE INDEX desk_view_own ON desk_view (officer, name) WHERE officer IS NOT NULL;
CREATE UNIQUE INDEX desk_view_shared ON desk_view (role, name) WHERE role IS NOT NULL;
