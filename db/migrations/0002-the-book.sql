-- 0002 — the book 124D in the store: versions, who read and signed them, corrections, where a book is, the forms it was filled in on.

ALTER TABLE "books" ADD COLUMN "begun_at" INTEGER;

-- What was read, since when it was on the screen, and the digest of what was signed; why it went back; the checklist.
ALTER TABLE "reviews" ADD COLUMN "book" TEXT CHECK (length("book") > 0);
ALTER TABLE "reviews" ADD COLUMN "opened_at" INTEGER;
ALTER TABLE "reviews" ADD COLUMN "signature" TEXT CHECK (length("signature") > 0);
ALTER TABLE "reviews" ADD COLUMN "reasons" TEXT CHECK (length("reasons") > 0);
ALTER TABLE "reviews" ADD COLUMN "answers" TEXT CHECK ("answers" LIKE '{%}');

-- Corrections beside a signed book.
CREATE TABLE "addenda" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "book"   TEXT NOT NULL CHECK (length("book") > 0),
    "about"  TEXT CHECK (length("about") > 0),
    "by"     TEXT CHECK (length("by") > 0),
    "at"     INTEGER,
    "text"   TEXT NOT NULL CHECK (length("text") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER addenda_stays BEFORE UPDATE ON "addenda" BEGIN SELECT raise(ABORT, 'addenda: facts are added, never changed'); END;
CREATE TRIGGER addenda_remains BEFORE DELETE ON "addenda" BEGIN SELECT raise(ABORT, 'addenda: facts are added, never removed'); END;

-- The register: who has had a book since when (BD 1.17).
CREATE TABLE "book_moves" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "book"   TEXT NOT NULL CHECK (length("book") > 0),
    "to"     TEXT NOT NULL CHECK (length("to") > 0),
    "by"     TEXT CHECK (length("by") > 0),
    "at"     INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER book_moves_stays BEFORE UPDATE ON "book_moves" BEGIN SELECT raise(ABORT, 'book_moves: facts are added, never changed'); END;
CREATE TRIGGER book_moves_remains BEFORE DELETE ON "book_moves" BEGIN SELECT raise(ABORT, 'book_moves: facts are added, never removed'); END;

-- The register is walked along these: newest first, by serial, by index number, by who has it, by when it came. They hold all that a
-- row shows, because a book itself is long.
CREATE INDEX books_completed ON "books" ("completed_at", case_key, seq, version, "serial");
CREATE INDEX books_serial ON "books" ("serial" COLLATE NOCASE, case_key, seq, version, "completed_at");
CREATE INDEX books_index_number ON "books" ("index_number" COLLATE NOCASE, case_key, seq, version, "serial", "completed_at")
    WHERE "index_number" IS NOT NULL;
CREATE INDEX book_moves_to ON "book_moves" ("to" COLLATE NOCASE, case_key, seq, version, "book", "at");
CREATE INDEX book_moves_at ON "book_moves" ("at", case_key, seq, version, "to", "book");

-- Earlier places are offered while one is typed.
CREATE INDEX case_head_place ON case_head ("incident_place" COLLATE NOCASE, case_key) WHERE "incident_place" IS NOT NULL;

-- Every form that was ever in force; the last one of an id counts. A book names the hash of the form it was filled in on.
CREATE TABLE form (
    key          INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL CHECK (length(id) > 0),
    hash         TEXT    NOT NULL CHECK (length(hash) = 64),
    text         TEXT    NOT NULL,
    activated_at INTEGER NOT NULL,
    act          INTEGER NOT NULL
) STRICT;
CREATE INDEX form_id ON form (id, key);
CREATE INDEX form_hash ON form (hash);
CREATE TRIGGER form_stays BEFORE UPDATE ON "form" BEGIN SELECT raise(ABORT, 'form: facts are added, never changed'); END;
CREATE TRIGGER form_remains BEFORE DELETE ON "form" BEGIN SELECT raise(ABORT, 'form: facts are added, never removed'); END;

-- Dip samples: drawn by a seed out of a pool that can be drawn again (BD 1.18, WF 1.1). `picked` lists the books as JSON.
CREATE TABLE qa_sample (
    key         INTEGER PRIMARY KEY,
    seed        INTEGER NOT NULL,
    period_from INTEGER NOT NULL,
    period_to   INTEGER NOT NULL CHECK (period_to >= period_from),
    team        TEXT    NOT NULL,
    wanted      INTEGER NOT NULL CHECK (wanted > 0),
    pool        INTEGER NOT NULL CHECK (pool >= 0),
    picked      TEXT    NOT NULL CHECK (picked LIKE '[%]'),
    drawn_by    TEXT    NOT NULL,
    drawn_at    INTEGER NOT NULL,
    act         INTEGER NOT NULL
) STRICT;
CREATE TRIGGER qa_sample_stays BEFORE UPDATE ON "qa_sample" BEGIN SELECT raise(ABORT, 'qa_sample: facts are added, never changed'); END;
CREATE TRIGGER qa_sample_remains BEFORE DELETE ON "qa_sample" BEGIN SELECT raise(ABORT, 'qa_sample: facts are added, never removed'); END;
CREATE INDEX reviews_qa ON "reviews" ("at", case_key, seq) WHERE "kind" = 'qa';

-- Which session of which terminal writes a draft now; another one of the same officer may take it over.
ALTER TABLE draft ADD COLUMN seat TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN terminal TEXT NOT NULL DEFAULT '';

-- What a case may be found by, once more: `class` 2 is how a book stands (`folded` the state, `shown` the serial) while it is on its way;
-- a book that is indexed has none, so that the register's filter costs what is under way and not what is filed.
CREATE TABLE search_key_2 (
    class    INTEGER NOT NULL CHECK (class IN (0, 1, 2)),
    folded   TEXT    NOT NULL CHECK (length(folded) > 0),
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    what     TEXT    NOT NULL,
    shown    TEXT    NOT NULL,
    PRIMARY KEY (class, folded, case_key, what, shown)
) STRICT, WITHOUT ROWID;
INSERT INTO search_key_2 SELECT class, folded, case_key, what, shown FROM search_key;
DROP TABLE search_key;
ALTER TABLE search_key_2 RENAME TO search_key;
