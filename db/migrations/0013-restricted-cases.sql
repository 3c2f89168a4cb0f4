-- 0013 — restricted cases: who may see one, and what is hidden from everybody else.

-- The list of a restricted case, as it came about: added to, never changed. What it says is read from the entries in their order
-- (core/access.h).
CREATE TABLE access (
    key      INTEGER PRIMARY KEY CHECK (key > 0),
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    verb     TEXT    NOT NULL CHECK (verb IN ('restrict', 'grant', 'revoke', 'subject', 'propose', 'withdraw', 'lift', 'glass', 'review')),
    officer  TEXT    CHECK (length(officer) BETWEEN 1 AND 15),
    role     TEXT    CHECK (length(role) > 0),
    "by"     TEXT    NOT NULL CHECK (length("by") > 0),
    second   TEXT    CHECK (second <> "by" AND (second IS NOT NULL) = (verb = 'glass')),
    "at"     INTEGER NOT NULL,
    until    INTEGER CHECK ((until IS NOT NULL) = (verb = 'glass') AND until BETWEEN "at" AND "at" + 3600),
    about    INTEGER CHECK (about < key),
    reason   TEXT    NOT NULL,
    act      INTEGER NOT NULL,
    CHECK ((officer IS NULL) + (role IS NULL) = CASE WHEN verb IN ('grant', 'revoke', 'subject') THEN 1 ELSE 2 END),
    CHECK (verb <> 'subject' OR officer IS NOT NULL)
) STRICT;
CREATE INDEX access_case ON access (case_key, key);
CREATE INDEX access_glass ON access (key) WHERE verb = 'glass';
CREATE INDEX access_about ON access (about) WHERE about IS NOT NULL;
CREATE TRIGGER access_follows BEFORE INSERT ON access
    WHEN new.key IS NOT (SELECT coalesce(max(key), 0) + 1 FROM access)
    BEGIN SELECT raise(ABORT, 'access: an entry must follow the last one'); END;
CREATE TRIGGER access_stays BEFORE UPDATE ON "access" BEGIN SELECT raise(ABORT, 'access: facts are added, never changed'); END;
CREATE TRIGGER access_remains BEFORE DELETE ON "access" BEGIN SELECT raise(ABORT, 'access: facts are added, never removed'); END;

-- A case that came in under the number of one that who brought it may not see. It is a case of its own, called "#17" inside, and this is
-- its number: had it been refused, the refusal would have told that the other one is there.
CREATE TABLE twin (
    case_key INTEGER PRIMARY KEY REFERENCES case_file (key),
    id       TEXT    NOT NULL CHECK (length(id) BETWEEN 1 AND 40),
    act      INTEGER NOT NULL
) STRICT;
CREATE INDEX twin_id ON twin (id, case_key);
CREATE TRIGGER twin_stays BEFORE UPDATE ON "twin" BEGIN SELECT raise(ABORT, 'twin: facts are added, never changed'); END;
CREATE TRIGGER twin_remains BEFORE DELETE ON "twin" BEGIN SELECT raise(ABORT, 'twin: facts are added, never removed'); END;

-- Cases that were restricted before this get the list that an import gives: the detective inspector and Professional Standards.
CREATE TEMP TABLE was_restricted AS
    SELECT h.case_key, h.act, h.restricted_at AS at FROM case_head AS h
    WHERE h.restricted_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = h.case_key AND n.version > h.version);
INSERT INTO access (key, case_key, verb, officer, role, "by", "at", reason, act)
    SELECT row_number() OVER (ORDER BY w.case_key, v.n), w.case_key, v.verb, NULL, v.role, '-', w.at, v.reason, w.act
    FROM was_restricted AS w
    CROSS JOIN (SELECT 1 AS n, 'restrict' AS verb, NULL AS role, 'Restricted before lists were kept.' AS reason
                UNION ALL SELECT 2, 'grant', 'csu-di', '' UNION ALL SELECT 3, 'grant', 'dps', '') AS v;

-- Their duties and alerts leave the shared queues ("#" behind the owner: no walk of an owner's queue comes there), and nothing of them is
-- found by what is typed. The figures on the tabs are counted again when the store is opened.
UPDATE duty SET owner = owner || '#' WHERE case_key IN (SELECT case_key FROM was_restricted);
UPDATE alert SET owner = owner || '#' WHERE case_key IN (SELECT case_key FROM was_restricted);
DELETE FROM search_key WHERE case_key IN (SELECT case_key FROM was_restricted);
DELETE FROM alert_stretch WHERE case_key IN (SELECT case_key FROM was_restricted);
UPDATE badge SET alert_mark = 0 WHERE case_key IN (SELECT case_key FROM was_restricted);
DROP TABLE was_restricted;
