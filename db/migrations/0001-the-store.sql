-- 0001 — the store as it began.
--
-- Facts are added, never changed: a correction is a new version beside the old one. Every row of a fact remembers, as
-- `act`, the entry of the log it was written with. Derived tables (from `duty` on) can be made again from the facts.
-- Times are UTC seconds, dates are days since 1970-01-01, yes is 1, codes are their words; NULL is "absent".

-- ---- the store and those who use it ----

-- One row: which store this is.
CREATE TABLE store_info (
    only       INTEGER PRIMARY KEY CHECK (only = 1),
    id         TEXT    NOT NULL CHECK (length(id) = 32),
    training   INTEGER NOT NULL CHECK (training IN (0, 1)),
    borough    TEXT    NOT NULL CHECK (length(borough) BETWEEN 1 AND 7),
    created_at INTEGER NOT NULL
) STRICT;

-- The log: numbered from 1 without a gap, each entry bound to the one before it.
CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY CHECK (seq > 0),
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    who      TEXT    NOT NULL,
    terminal TEXT    NOT NULL,
    act      TEXT    NOT NULL CHECK (length(act) > 0),
    case_id  TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    prev     BLOB    NOT NULL CHECK (length(prev) = 32),
    hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_follows BEFORE INSERT ON audit
    WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
    BEGIN SELECT raise(ABORT, 'audit: an entry must follow the last one'); END;

CREATE TRIGGER audit_stays BEFORE UPDATE ON "audit" BEGIN SELECT raise(ABORT, 'audit: facts are added, never changed'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON "audit" BEGIN SELECT raise(ABORT, 'audit: facts are added, never removed'); END;

-- Accounts. `roles` are role words with a blank between.
CREATE TABLE officer (
    warrant   TEXT    PRIMARY KEY CHECK (length(warrant) BETWEEN 1 AND 15),
    name      TEXT    NOT NULL,
    roles     TEXT    NOT NULL,
    suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    salt      BLOB    NOT NULL CHECK (length(salt) = 16),
    ops       INTEGER NOT NULL,
    mem       INTEGER NOT NULL,
    verifier  BLOB    NOT NULL CHECK (length(verifier) = 32),
    failures  INTEGER NOT NULL CHECK (failures >= 0),
    retry_at  INTEGER,
    rev       INTEGER NOT NULL CHECK (rev > 0)
) STRICT, WITHOUT ROWID;

-- Every policy that was ever activated; the last one counts.
CREATE TABLE policy (
    key          INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL,
    hash         TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    activated_at INTEGER NOT NULL,
    act          INTEGER NOT NULL
) STRICT;

CREATE TRIGGER policy_stays BEFORE UPDATE ON "policy" BEGIN SELECT raise(ABORT, 'policy: facts are added, never changed'); END;
CREATE TRIGGER policy_remains BEFORE DELETE ON "policy" BEGIN SELECT raise(ABORT, 'policy: facts are added, never removed'); END;

-- What officers typed and did not save yet, sealed with their own keys.
CREATE TABLE draft (
    warrant TEXT    NOT NULL,
    about   TEXT    NOT NULL,
    sealed  BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (warrant, about)
) STRICT, WITHOUT ROWID;

-- ---- facts ----

-- One row a case. Only its revision, and by whom and when it was raised, may change.
CREATE TABLE case_file (
    key        INTEGER PRIMARY KEY CHECK (key BETWEEN 1 AND 4294967295),
    id         TEXT    NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 40),
    rev        INTEGER NOT NULL CHECK (rev > 0),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT    NOT NULL
) STRICT;
CREATE TRIGGER case_file_stays BEFORE UPDATE ON case_file
    WHEN new.key IS NOT old.key OR new.id IS NOT old.id OR new.created_at IS NOT old.created_at OR new.rev IS NOT old.rev + 1
    BEGIN SELECT raise(ABORT, 'case_file: only the revision rises'); END;
CREATE TRIGGER case_file_remains BEFORE DELETE ON case_file BEGIN SELECT raise(ABORT, 'case_file: facts are added, never removed'); END;

-- What a case has once: the newest version counts.
CREATE TABLE case_head (
    case_key          INTEGER NOT NULL REFERENCES case_file (key),
    version           INTEGER NOT NULL CHECK (version > 0),
    act               INTEGER NOT NULL,
    "borough"         TEXT CHECK (length("borough") > 0),
    "reported_at"     INTEGER NOT NULL,
    "reported_how"    TEXT CHECK (length("reported_how") BETWEEN 1 AND 40),
    "attended_at"     INTEGER,
    "incident_from"   INTEGER,
    "incident_to"     INTEGER,
    "incident_place"  TEXT CHECK (length("incident_place") > 0),
    "incident_ward"   TEXT CHECK (length("incident_ward") > 0),
    "cad_number"      TEXT CHECK (length("cad_number") > 0),
    "cad_received_at" INTEGER,
    "cad_result"      TEXT CHECK (length("cad_result") BETWEEN 1 AND 40),
    "cad_closed_at"   INTEGER,
    "kind"            TEXT CHECK (length("kind") BETWEEN 1 AND 40),
    "children_answer" TEXT CHECK (length("children_answer") BETWEEN 1 AND 40),
    "children_at"     INTEGER,
    "restricted_at"   INTEGER,
    "closed_at"       INTEGER,
    "outcome"         TEXT CHECK (length("outcome") BETWEEN 1 AND 40),
    PRIMARY KEY (case_key, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_head_cad ON case_head (cad_number, case_key, version) WHERE cad_number IS NOT NULL;
CREATE TRIGGER case_head_stays BEFORE UPDATE ON "case_head" BEGIN SELECT raise(ABORT, 'case_head: facts are added, never changed'); END;
CREATE TRIGGER case_head_remains BEFORE DELETE ON "case_head" BEGIN SELECT raise(ABORT, 'case_head: facts are added, never removed'); END;

-- The lists of a case. `seq` numbers the entries of one case from 1; a later `version` of an entry takes the place of the
-- earlier one (an offer that was accepted, a book that was indexed, a name that was corrected).

-- What it is classified as.
CREATE TABLE "offences" (
    case_key  INTEGER NOT NULL REFERENCES case_file (key),
    seq       INTEGER NOT NULL CHECK (seq > 0),
    version   INTEGER NOT NULL CHECK (version > 0),
    act       INTEGER NOT NULL,
    "class"   TEXT NOT NULL CHECK (length("class") BETWEEN 1 AND 40),
    "attempt" INTEGER NOT NULL CHECK ("attempt" IN (0, 1)),
    "at"      INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER offences_stays BEFORE UPDATE ON "offences" BEGIN SELECT raise(ABORT, 'offences: facts are added, never changed'); END;
CREATE TRIGGER offences_remains BEFORE DELETE ON "offences" BEGIN SELECT raise(ABORT, 'offences: facts are added, never removed'); END;

-- DV, HBV, FM, PE, SSO.
CREATE TABLE "flags" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "flag"   TEXT NOT NULL CHECK (length("flag") BETWEEN 1 AND 40),
    "at"     INTEGER,
    "by"     TEXT CHECK (length("by") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER flags_stays BEFORE UPDATE ON "flags" BEGIN SELECT raise(ABORT, 'flags: facts are added, never changed'); END;
CREATE TRIGGER flags_remains BEFORE DELETE ON "flags" BEGIN SELECT raise(ABORT, 'flags: facts are added, never removed'); END;

-- Who is in it. A correction is a new version of the same number.
CREATE TABLE "people" (
    case_key            INTEGER NOT NULL REFERENCES case_file (key),
    seq                 INTEGER NOT NULL CHECK (seq > 0),
    version             INTEGER NOT NULL CHECK (version > 0),
    act                 INTEGER NOT NULL,
    "key"               TEXT NOT NULL CHECK (length("key") > 0),
    "role"              TEXT NOT NULL CHECK (length("role") BETWEEN 1 AND 40),
    "family"            TEXT CHECK (length("family") > 0),
    "given"             TEXT CHECK (length("given") > 0),
    "born"              INTEGER,
    "sex"               TEXT CHECK (length("sex") BETWEEN 1 AND 40),
    "ethnicity"         TEXT CHECK (length("ethnicity") > 0),
    "police_staff"      INTEGER NOT NULL CHECK ("police_staff" IN (0, 1)),
    "recorded_at"       INTEGER,
    "relationship_to"   TEXT CHECK (length("relationship_to") > 0),
    "relationship_kind" TEXT CHECK (length("relationship_kind") BETWEEN 1 AND 40),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER people_stays BEFORE UPDATE ON "people" BEGIN SELECT raise(ABORT, 'people: facts are added, never changed'); END;
CREATE TRIGGER people_remains BEFORE DELETE ON "people" BEGIN SELECT raise(ABORT, 'people: facts are added, never removed'); END;

-- Its numbers in other systems.
CREATE TABLE "references" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "system" TEXT NOT NULL CHECK (length("system") BETWEEN 1 AND 40),
    "number" TEXT NOT NULL CHECK (length("number") > 0),
    "at"     INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER references_stays BEFORE UPDATE ON "references" BEGIN SELECT raise(ABORT, 'references: facts are added, never changed'); END;
CREATE TRIGGER references_remains BEFORE DELETE ON "references" BEGIN SELECT raise(ABORT, 'references: facts are added, never removed'); END;

-- Which record tells of which other one.
CREATE TABLE "cross_references" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "in"     TEXT NOT NULL CHECK (length("in") BETWEEN 1 AND 40),
    "to"     TEXT NOT NULL CHECK (length("to") BETWEEN 1 AND 40),
    "at"     INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cross_references_stays BEFORE UPDATE ON "cross_references" BEGIN SELECT raise(ABORT, 'cross_references: facts are added, never changed'); END;
CREATE TRIGGER cross_references_remains BEFORE DELETE ON "cross_references" BEGIN SELECT raise(ABORT, 'cross_references: facts are added, never removed'); END;

-- The paper books 124D.
CREATE TABLE "books" (
    case_key       INTEGER NOT NULL REFERENCES case_file (key),
    seq            INTEGER NOT NULL CHECK (seq > 0),
    version        INTEGER NOT NULL CHECK (version > 0),
    act            INTEGER NOT NULL,
    "serial"       TEXT NOT NULL CHECK (length("serial") > 0),
    "by"           TEXT CHECK (length("by") > 0),
    "completed_at" INTEGER,
    "index_number" TEXT CHECK (length("index_number") > 0),
    "index_at"     INTEGER,
    "answers"      TEXT CHECK ("answers" LIKE '{%}'),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER books_stays BEFORE UPDATE ON "books" BEGIN SELECT raise(ABORT, 'books: facts are added, never changed'); END;
CREATE TRIGGER books_remains BEFORE DELETE ON "books" BEGIN SELECT raise(ABORT, 'books: facts are added, never removed'); END;

-- Risk assessments: what was answered, and the grade.
CREATE TABLE "assessments" (
    case_key     INTEGER NOT NULL REFERENCES case_file (key),
    seq          INTEGER NOT NULL CHECK (seq > 0),
    version      INTEGER NOT NULL CHECK (version > 0),
    act          INTEGER NOT NULL,
    "instrument" TEXT NOT NULL CHECK (length("instrument") BETWEEN 1 AND 40),
    "stage"      TEXT NOT NULL CHECK (length("stage") BETWEEN 1 AND 40),
    "by"         TEXT CHECK (length("by") > 0),
    "at"         INTEGER,
    "grade"      TEXT CHECK (length("grade") BETWEEN 1 AND 40),
    "rationale"  TEXT CHECK (length("rationale") > 0),
    "answers"    TEXT CHECK ("answers" LIKE '{%}'),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER assessments_stays BEFORE UPDATE ON "assessments" BEGIN SELECT raise(ABORT, 'assessments: facts are added, never changed'); END;
CREATE TRIGGER assessments_remains BEFORE DELETE ON "assessments" BEGIN SELECT raise(ABORT, 'assessments: facts are added, never removed'); END;

-- Checks and supervision.
CREATE TABLE "reviews" (
    case_key  INTEGER NOT NULL REFERENCES case_file (key),
    seq       INTEGER NOT NULL CHECK (seq > 0),
    version   INTEGER NOT NULL CHECK (version > 0),
    act       INTEGER NOT NULL,
    "kind"    TEXT NOT NULL CHECK (length("kind") BETWEEN 1 AND 40),
    "by"      TEXT CHECK (length("by") > 0),
    "at"      INTEGER,
    "outcome" TEXT NOT NULL CHECK (length("outcome") BETWEEN 1 AND 40),
    "text"    TEXT CHECK (length("text") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reviews_stays BEFORE UPDATE ON "reviews" BEGIN SELECT raise(ABORT, 'reviews: facts are added, never changed'); END;
CREATE TRIGGER reviews_remains BEFORE DELETE ON "reviews" BEGIN SELECT raise(ABORT, 'reviews: facts are added, never removed'); END;

-- Where the victim was referred to.
CREATE TABLE "referrals" (
    case_key     INTEGER NOT NULL REFERENCES case_file (key),
    seq          INTEGER NOT NULL CHECK (seq > 0),
    version      INTEGER NOT NULL CHECK (version > 0),
    act          INTEGER NOT NULL,
    "to"         TEXT NOT NULL CHECK (length("to") BETWEEN 1 AND 40),
    "restricted" INTEGER NOT NULL CHECK ("restricted" IN (0, 1)),
    "at"         INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER referrals_stays BEFORE UPDATE ON "referrals" BEGIN SELECT raise(ABORT, 'referrals: facts are added, never changed'); END;
CREATE TRIGGER referrals_remains BEFORE DELETE ON "referrals" BEGIN SELECT raise(ABORT, 'referrals: facts are added, never removed'); END;

-- Who was spoken to, or was not.
CREATE TABLE "contacts" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "with"   TEXT NOT NULL CHECK (length("with") BETWEEN 1 AND 40),
    "kind"   TEXT NOT NULL CHECK (length("kind") BETWEEN 1 AND 40),
    "result" TEXT NOT NULL CHECK (length("result") BETWEEN 1 AND 40),
    "by"     TEXT CHECK (length("by") > 0),
    "at"     INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER contacts_stays BEFORE UPDATE ON "contacts" BEGIN SELECT raise(ABORT, 'contacts: facts are added, never changed'); END;
CREATE TRIGGER contacts_remains BEFORE DELETE ON "contacts" BEGIN SELECT raise(ABORT, 'contacts: facts are added, never removed'); END;

-- Arrests, charges, releases.
CREATE TABLE "events" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "kind"   TEXT NOT NULL CHECK (length("kind") BETWEEN 1 AND 40),
    "person" TEXT CHECK (length("person") > 0),
    "at"     INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER events_stays BEFORE UPDATE ON "events" BEGIN SELECT raise(ABORT, 'events: facts are added, never changed'); END;
CREATE TRIGGER events_remains BEFORE DELETE ON "events" BEGIN SELECT raise(ABORT, 'events: facts are added, never removed'); END;

-- Who was told.
CREATE TABLE "notices" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "to"     TEXT NOT NULL CHECK (length("to") BETWEEN 1 AND 40),
    "at"     INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER notices_stays BEFORE UPDATE ON "notices" BEGIN SELECT raise(ABORT, 'notices: facts are added, never changed'); END;
CREATE TRIGGER notices_remains BEFORE DELETE ON "notices" BEGIN SELECT raise(ABORT, 'notices: facts are added, never removed'); END;

-- Which unit was offered the case, and accepted it.
CREATE TABLE "owners" (
    case_key      INTEGER NOT NULL REFERENCES case_file (key),
    seq           INTEGER NOT NULL CHECK (seq > 0),
    version       INTEGER NOT NULL CHECK (version > 0),
    act           INTEGER NOT NULL,
    "unit"        TEXT NOT NULL CHECK (length("unit") BETWEEN 1 AND 40),
    "offered_at"  INTEGER,
    "accepted_at" INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER owners_stays BEFORE UPDATE ON "owners" BEGIN SELECT raise(ABORT, 'owners: facts are added, never changed'); END;
CREATE TRIGGER owners_remains BEFORE DELETE ON "owners" BEGIN SELECT raise(ABORT, 'owners: facts are added, never removed'); END;

-- What the victim said to each agency.
CREATE TABLE "consent" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "to"     TEXT NOT NULL CHECK (length("to") > 0),
    "answer" TEXT NOT NULL CHECK (length("answer") BETWEEN 1 AND 40),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER consent_stays BEFORE UPDATE ON "consent" BEGIN SELECT raise(ABORT, 'consent: facts are added, never changed'); END;
CREATE TRIGGER consent_remains BEFORE DELETE ON "consent" BEGIN SELECT raise(ABORT, 'consent: facts are added, never removed'); END;

-- Where a suspect stood since when: entries of the person with that number.
CREATE TABLE status (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    person   INTEGER NOT NULL CHECK (person > 0),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    act      INTEGER NOT NULL,
    "status" TEXT    NOT NULL CHECK (length("status") BETWEEN 1 AND 40),
    "at"     INTEGER,
    PRIMARY KEY (case_key, person, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER status_stays BEFORE UPDATE ON "status" BEGIN SELECT raise(ABORT, 'status: facts are added, never changed'); END;
CREATE TRIGGER status_remains BEFORE DELETE ON "status" BEGIN SELECT raise(ABORT, 'status: facts are added, never removed'); END;

-- ---- derived ----

-- What somebody must do. The last four columns are filled while it is live (neither done nor ended): they make the queue.
-- `rank` orders grades: 0 high, 1 not yet assessed, 2 medium, 3 standard. `span` is 0 when the duty could be done at the
-- last change of its case, else the seconds from opens to due: so what waits is a range of due.
CREATE TABLE duty (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    duty     TEXT    NOT NULL CHECK (length(duty) BETWEEN 1 AND 32),
    cycle    INTEGER NOT NULL CHECK (cycle BETWEEN 0 AND 65535),
    owner    TEXT    NOT NULL,
    start    INTEGER NOT NULL,
    opens    INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    done     INTEGER,
    ended    INTEGER,
    rank     INTEGER CHECK (rank BETWEEN 0 AND 3),
    span     INTEGER CHECK (span >= 0),
    case_id  TEXT,
    offence  TEXT,
    PRIMARY KEY (case_key, duty, cycle),
    CHECK ((rank IS NOT NULL) = (done IS NULL AND ended IS NULL))
) STRICT, WITHOUT ROWID;
-- The queue: every page of every tab is a walk along this index.
CREATE INDEX duty_queue ON duty (owner, rank, span, due, case_id, duty, cycle, opens, start, offence, case_key) WHERE rank IS NOT NULL;

-- Under which policy the duties of a case were derived, and what their rows say of it.
CREATE TABLE badge (
    case_key INTEGER PRIMARY KEY REFERENCES case_file (key),
    policy   INTEGER NOT NULL,
    rank     INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 3),
    offence  TEXT    NOT NULL
) STRICT;

-- How many live duties of an owner fall due on a local day (grain 0) and in ten minutes (grain 1): the figures on the tabs.
CREATE TABLE duty_count (
    owner TEXT    NOT NULL,
    grain INTEGER NOT NULL CHECK (grain IN (0, 1)),
    span  INTEGER NOT NULL,
    slot  INTEGER NOT NULL,
    n     INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (owner, grain, span, slot)
) STRICT, WITHOUT ROWID;

-- What a case may be found by. `class` 0 is a number, 1 a name; `folded` is how texts are compared.
CREATE TABLE search_key (
    class    INTEGER NOT NULL CHECK (class IN (0, 1)),
    folded   TEXT    NOT NULL CHECK (length(folded) > 0),
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    what     TEXT    NOT NULL,
    shown    TEXT    NOT NULL,
    PRIMARY KEY (class, folded, case_key, what, shown)
) STRICT, WITHOUT ROWID;
