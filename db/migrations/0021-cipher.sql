-- 0021 — the text of restricted cases lies enciphered, and so do the numbers and addresses of safe contact in every case.

-- Under which key the text of a case lies: the newest row of a case counts, generation 0 is "as it is". Case 0 stands for the unit: its key is
-- that of safe contact.
CREATE TABLE cipher (
    key        INTEGER PRIMARY KEY CHECK (key > 0),
    case_key   INTEGER NOT NULL CHECK (case_key >= 0),
    generation INTEGER NOT NULL CHECK (generation >= 0),
    "at"       INTEGER NOT NULL,
    act        INTEGER NOT NULL
) STRICT;
CREATE INDEX cipher_case ON cipher (case_key, key);
CREATE TRIGGER cipher_stays BEFORE UPDATE ON "cipher" BEGIN SELECT raise(ABORT, 'cipher: facts are added, never changed'); END;
CREATE TRIGGER cipher_remains BEFORE DELETE ON "cipher" BEGIN SELECT raise(ABORT, 'cipher: facts are added, never removed'); END;

-- The keys, each sealed to the public key of who may open it: whole, or as parts of which those of two officers make the whole.
-- No fact: who leaves loses his, and gets none of the next generation. Officer '' is the one of the custodians.
CREATE TABLE cipher_grant (
    case_key   INTEGER NOT NULL,
    generation INTEGER NOT NULL CHECK (generation > 0),
    officer    TEXT    NOT NULL,
    parts      INTEGER NOT NULL CHECK (parts BETWEEN 0 AND 1024),
    box_key    BLOB    NOT NULL CHECK (length(box_key) = 32),
    sealed     BLOB    NOT NULL CHECK (length(sealed) BETWEEN 80 AND 600),
    PRIMARY KEY (case_key, generation, officer)
) STRICT, WITHOUT ROWID;

-- Cases whose text does not lie yet as it should: by the next who signs in and can, it is made so.
CREATE TABLE cipher_wait (
    case_key INTEGER PRIMARY KEY REFERENCES case_file (key)
) STRICT;

-- Custodians, of whom any two can open what nobody else can any more: a key of theirs, and its secret half in parts, each sealed to one of them.
-- The newest generation counts.
CREATE TABLE custodians (
    generation INTEGER PRIMARY KEY CHECK (generation > 0),
    box_key    BLOB    NOT NULL CHECK (length(box_key) = 32),
    "at"       INTEGER NOT NULL,
    act        INTEGER NOT NULL
) STRICT;
CREATE TRIGGER custodians_stays BEFORE UPDATE ON "custodians" BEGIN SELECT raise(ABORT, 'custodians: facts are added, never changed'); END;
CREATE TRIGGER custodians_remains BEFORE DELETE ON "custodians" BEGIN SELECT raise(ABORT, 'custodians: facts are added, never removed'); END;
CREATE TABLE custodian (
    generation INTEGER NOT NULL REFERENCES custodians (generation),
    number     INTEGER NOT NULL CHECK (number BETWEEN 0 AND 1023),
    officer    TEXT    NOT NULL REFERENCES officer (warrant),
    sealed     BLOB    NOT NULL CHECK (length(sealed) BETWEEN 80 AND 600),
    act        INTEGER NOT NULL,
    PRIMARY KEY (generation, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER custodian_stays BEFORE UPDATE ON "custodian" BEGIN SELECT raise(ABORT, 'custodian: facts are added, never changed'); END;
CREATE TRIGGER custodian_remains BEFORE DELETE ON "custodian" BEGIN SELECT raise(ABORT, 'custodian: facts are added, never removed'); END;

-- A date of birth is a number in its column, and a text under a key.
ALTER TABLE "people" ADD COLUMN "born_sealed" TEXT CHECK (length("born_sealed") > 0);

DROP TRIGGER people_keeps;
CREATE TRIGGER people_keeps BEFORE UPDATE OF case_key, seq, version, act, "role", "sex", "police_staff", "recorded_at", "relationship_kind" ON "people"
    BEGIN SELECT raise(ABORT, 'people: only text is ever rewritten'); END;

INSERT INTO cipher_wait SELECT DISTINCT case_key FROM access;
INSERT OR IGNORE INTO cipher_wait SELECT DISTINCT case_key FROM "safe_contacts" WHERE "value" IS NOT NULL;
