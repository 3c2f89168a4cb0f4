-- 0008 — every officer has keys: what is signed can be verified, what is sealed is opened by one officer alone.

-- The public keys of officers, the newest row of a warrant counts. A row without keys ends what stood before it: the password was set by
-- somebody else, and nothing can be opened or signed until the officer chooses one. Old keys stay: they verify what was signed with them.
CREATE TABLE officer_key (
    key        INTEGER PRIMARY KEY,
    warrant    TEXT    NOT NULL REFERENCES officer (warrant),
    sign_key   BLOB    UNIQUE CHECK (length(sign_key) = 32),
    box_key    BLOB    CHECK (length(box_key) = 32 AND (box_key IS NULL) = (sign_key IS NULL)),
    made_at    INTEGER NOT NULL,
    act        INTEGER NOT NULL
) STRICT;
CREATE INDEX officer_key_warrant ON officer_key (warrant, key);
CREATE TRIGGER officer_key_stays BEFORE UPDATE ON "officer_key" BEGIN SELECT raise(ABORT, 'officer_key: facts are added, never changed'); END;
CREATE TRIGGER officer_key_remains BEFORE DELETE ON "officer_key" BEGIN SELECT raise(ABORT, 'officer_key: facts are added, never removed'); END;

-- The secret keys, sealed with what the officer's password gives: sealed anew when it changes, gone when somebody else sets it.
CREATE TABLE officer_secret (
    warrant TEXT PRIMARY KEY REFERENCES officer (warrant),
    sealed  BLOB NOT NULL CHECK (length(sealed) BETWEEN 1 AND 400)
) STRICT, WITHOUT ROWID;

-- A password that somebody else chose is good for choosing one's own, and for nothing else.
ALTER TABLE officer ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));

-- What is signed and is no part of a case: a policy proposed or approved, a sheet. `digest` is of what was signed; `about` names it.
CREATE TABLE signature (
    key      INTEGER PRIMARY KEY,
    kind     TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    about    TEXT    NOT NULL,
    digest   BLOB    NOT NULL CHECK (length(digest) = 32),
    "by"     TEXT    NOT NULL CHECK (length("by") > 0),
    "at"     INTEGER NOT NULL,
    sign_key BLOB    NOT NULL CHECK (length(sign_key) = 32),
    value    BLOB    NOT NULL CHECK (length(value) = 64),
    act      INTEGER NOT NULL
) STRICT;
CREATE INDEX signature_about ON signature (kind, about, key);
CREATE TRIGGER signature_stays BEFORE UPDATE ON "signature" BEGIN SELECT raise(ABORT, 'signature: facts are added, never changed'); END;
CREATE TRIGGER signature_remains BEFORE DELETE ON "signature" BEGIN SELECT raise(ABORT, 'signature: facts are added, never removed'); END;

-- Books and reviews hold their writer's signature, so that it goes with the case wherever the case goes.
ALTER TABLE "books" ADD COLUMN "signed_key" TEXT CHECK (length("signed_key") = 64);
ALTER TABLE "books" ADD COLUMN "signed_value" TEXT CHECK (length("signed_value") = 128);
ALTER TABLE "reviews" ADD COLUMN "signed_key" TEXT CHECK (length("signed_key") = 64);
ALTER TABLE "reviews" ADD COLUMN "signed_value" TEXT CHECK (length("signed_value") = 128);
