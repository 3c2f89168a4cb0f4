-- 0009 — outstanding suspects, for Operation Roundup (BD 1.7): high risk first, then the oldest report.

-- Derived: a row for each suspect who is to be arrested. `rank` as for duties; `since` is when the suspect became outstanding.
CREATE TABLE outstanding (
    case_key    INTEGER NOT NULL REFERENCES case_file (key),
    person      TEXT    NOT NULL CHECK (length(person) > 0),
    rank        INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 3),
    reported_at INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    case_id     TEXT    NOT NULL,
    PRIMARY KEY (case_key, person)
) STRICT, WITHOUT ROWID;
-- Every page of the list is a walk along this index.
CREATE INDEX outstanding_order ON outstanding (rank, reported_at, case_id, person, since, case_key);

-- Those that there are already: whoever is outstanding in a case whose duty to round up is live. A rebuild would say the same.
INSERT INTO outstanding (case_key, person, rank, reported_at, since, case_id)
SELECT d.case_key, p."key", d.rank,
       (SELECT h.reported_at FROM case_head AS h WHERE h.case_key = d.case_key ORDER BY h.version DESC LIMIT 1),
       s."at", d.case_id
FROM duty AS d
JOIN "people" AS p ON p.case_key = d.case_key AND p."role" = 'suspect'
    AND NOT EXISTS (SELECT 1 FROM "people" AS n WHERE n.case_key = p.case_key AND n.seq = p.seq AND n.version > p.version)
JOIN status AS s ON s.case_key = p.case_key AND s.person = p.seq AND s."status" = 'outstanding'
    AND s.seq = (SELECT l.seq FROM status AS l WHERE l.case_key = p.case_key AND l.person = p.seq
                 ORDER BY l."at" DESC, l.seq DESC LIMIT 1)
WHERE d.duty = 'roundup' AND d.rank IS NOT NULL AND s."at" IS NOT NULL
GROUP BY d.case_key, p."key";
