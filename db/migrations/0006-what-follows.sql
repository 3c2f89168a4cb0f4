-- 0006 — what follows from a grade, and what a case needs until it is closed: tasks, the life of a referral, MARAC, orders, bail,
-- safe contact, attempts to arrest, holds, links, disposals; and who did what where that was not asked before.

ALTER TABLE "people" ADD COLUMN "address" TEXT CHECK (length("address") > 0);
ALTER TABLE "people" ADD COLUMN "warnings" TEXT CHECK (length("warnings") > 0);
ALTER TABLE "referrals" ADD COLUMN "basis" TEXT CHECK (length("basis") BETWEEN 1 AND 40);
ALTER TABLE "referrals" ADD COLUMN "grounds" TEXT CHECK (length("grounds") > 0);
ALTER TABLE "referrals" ADD COLUMN "by" TEXT CHECK (length("by") > 0);
ALTER TABLE "referrals" ADD COLUMN "text" TEXT CHECK (length("text") > 0);
ALTER TABLE "contacts" ADD COLUMN "override" TEXT CHECK (length("override") > 0);
ALTER TABLE "contacts" ADD COLUMN "text" TEXT CHECK (length("text") > 0);
ALTER TABLE "events" ADD COLUMN "by" TEXT CHECK (length("by") > 0);
ALTER TABLE "events" ADD COLUMN "text" TEXT CHECK (length("text") > 0);
ALTER TABLE "notices" ADD COLUMN "by" TEXT CHECK (length("by") > 0);
ALTER TABLE "notices" ADD COLUMN "text" TEXT CHECK (length("text") > 0);
ALTER TABLE "owners" ADD COLUMN "by" TEXT CHECK (length("by") > 0);
ALTER TABLE "owners" ADD COLUMN "refused_at" INTEGER;
ALTER TABLE "owners" ADD COLUMN "recalled_at" INTEGER;
ALTER TABLE "owners" ADD COLUMN "reason" TEXT CHECK (length("reason") > 0);

-- Work somebody was given: lines of the risk plan, actions of a MARAC or a DMM, instructions.
CREATE TABLE "tasks" (
    case_key      INTEGER NOT NULL REFERENCES case_file (key),
    seq           INTEGER NOT NULL CHECK (seq > 0),
    version       INTEGER NOT NULL CHECK (version > 0),
    act           INTEGER NOT NULL,
    "key"         TEXT NOT NULL CHECK (length("key") > 0),
    "from"        TEXT NOT NULL CHECK (length("from") BETWEEN 1 AND 40),
    "rule"        TEXT CHECK (length("rule") > 0),
    "approach"    TEXT CHECK (length("approach") BETWEEN 1 AND 40),
    "what"        TEXT NOT NULL CHECK (length("what") > 0),
    "owner"       TEXT NOT NULL CHECK (length("owner") BETWEEN 1 AND 40),
    "who"         TEXT CHECK (length("who") > 0),
    "due"         INTEGER NOT NULL,
    "by"          TEXT CHECK (length("by") > 0),
    "at"          INTEGER,
    "rationale"   TEXT CHECK (length("rationale") > 0),
    "review_at"   INTEGER,
    "approved_by" TEXT CHECK (length("approved_by") > 0),
    "approved_at" INTEGER,
    "done_at"     INTEGER,
    "done_by"     TEXT CHECK (length("done_by") > 0),
    "result"      TEXT CHECK (length("result") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tasks_stays BEFORE UPDATE ON "tasks" BEGIN SELECT raise(ABORT, 'tasks: facts are added, never changed'); END;
CREATE TRIGGER tasks_remains BEFORE DELETE ON "tasks" BEGIN SELECT raise(ABORT, 'tasks: facts are added, never removed'); END;

-- What became of a referral.
CREATE TABLE "referral_steps" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "to"     TEXT NOT NULL CHECK (length("to") BETWEEN 1 AND 40),
    "step"   TEXT NOT NULL CHECK (length("step") BETWEEN 1 AND 40),
    "basis"  TEXT CHECK (length("basis") BETWEEN 1 AND 40),
    "by"     TEXT CHECK (length("by") > 0),
    "at"     INTEGER,
    "text"   TEXT CHECK (length("text") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER referral_steps_stays BEFORE UPDATE ON "referral_steps" BEGIN SELECT raise(ABORT, 'referral_steps: facts are added, never changed'); END;
CREATE TRIGGER referral_steps_remains BEFORE DELETE ON "referral_steps" BEGIN SELECT raise(ABORT, 'referral_steps: facts are added, never removed'); END;

-- The case on the list of a MARAC meeting.
CREATE TABLE "hearings" (
    case_key     INTEGER NOT NULL REFERENCES case_file (key),
    seq          INTEGER NOT NULL CHECK (seq > 0),
    version      INTEGER NOT NULL CHECK (version > 0),
    act          INTEGER NOT NULL,
    "key"        TEXT NOT NULL CHECK (length("key") > 0),
    "meeting"    INTEGER NOT NULL,
    "restricted" INTEGER NOT NULL CHECK ("restricted" IN (0, 1)),
    "agencies"   TEXT CHECK (length("agencies") > 0),
    "by"         TEXT CHECK (length("by") > 0),
    "at"         INTEGER,
    "heard_at"   INTEGER,
    "minutes"    TEXT CHECK (length("minutes") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER hearings_stays BEFORE UPDATE ON "hearings" BEGIN SELECT raise(ABORT, 'hearings: facts are added, never changed'); END;
CREATE TRIGGER hearings_remains BEFORE DELETE ON "hearings" BEGIN SELECT raise(ABORT, 'hearings: facts are added, never removed'); END;

-- Orders of a court.
CREATE TABLE "orders" (
    case_key        INTEGER NOT NULL REFERENCES case_file (key),
    seq             INTEGER NOT NULL CHECK (seq > 0),
    version         INTEGER NOT NULL CHECK (version > 0),
    act             INTEGER NOT NULL,
    "key"           TEXT NOT NULL CHECK (length("key") > 0),
    "kind"          TEXT NOT NULL CHECK (length("kind") BETWEEN 1 AND 40),
    "person"        TEXT NOT NULL CHECK (length("person") > 0),
    "protects"      TEXT CHECK (length("protects") > 0),
    "court"         TEXT CHECK (length("court") > 0),
    "number"        TEXT CHECK (length("number") > 0),
    "served_at"     INTEGER,
    "expires"       INTEGER,
    "terms"         TEXT CHECK (length("terms") > 0),
    "by"            TEXT CHECK (length("by") > 0),
    "at"            INTEGER,
    "considered_at" INTEGER,
    "ended_at"      INTEGER,
    "ended"         TEXT CHECK (length("ended") BETWEEN 1 AND 40),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER orders_stays BEFORE UPDATE ON "orders" BEGIN SELECT raise(ABORT, 'orders: facts are added, never changed'); END;
CREATE TRIGGER orders_remains BEFORE DELETE ON "orders" BEGIN SELECT raise(ABORT, 'orders: facts are added, never removed'); END;

-- Bail and its conditions.
CREATE TABLE "bail" (
    case_key     INTEGER NOT NULL REFERENCES case_file (key),
    seq          INTEGER NOT NULL CHECK (seq > 0),
    version      INTEGER NOT NULL CHECK (version > 0),
    act          INTEGER NOT NULL,
    "key"        TEXT NOT NULL CHECK (length("key") > 0),
    "person"     TEXT NOT NULL CHECK (length("person") > 0),
    "conditions" TEXT CHECK (length("conditions") > 0),
    "terms"      TEXT CHECK (length("terms") > 0),
    "until"      INTEGER,
    "by"         TEXT CHECK (length("by") > 0),
    "at"         INTEGER,
    "ended_at"   INTEGER,
    "ended"      TEXT CHECK (length("ended") BETWEEN 1 AND 40),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER bail_stays BEFORE UPDATE ON "bail" BEGIN SELECT raise(ABORT, 'bail: facts are added, never changed'); END;
CREATE TRIGGER bail_remains BEFORE DELETE ON "bail" BEGIN SELECT raise(ABORT, 'bail: facts are added, never removed'); END;

-- When an order or bail was broken.
CREATE TABLE "breaches" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "of"     TEXT NOT NULL CHECK (length("of") > 0),
    "by"     TEXT CHECK (length("by") > 0),
    "at"     INTEGER,
    "text"   TEXT CHECK (length("text") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER breaches_stays BEFORE UPDATE ON "breaches" BEGIN SELECT raise(ABORT, 'breaches: facts are added, never changed'); END;
CREATE TRIGGER breaches_remains BEFORE DELETE ON "breaches" BEGIN SELECT raise(ABORT, 'breaches: facts are added, never removed'); END;

-- How a person may be reached.
CREATE TABLE "safe_contacts" (
    case_key    INTEGER NOT NULL REFERENCES case_file (key),
    seq         INTEGER NOT NULL CHECK (seq > 0),
    version     INTEGER NOT NULL CHECK (version > 0),
    act         INTEGER NOT NULL,
    "person"    TEXT NOT NULL CHECK (length("person") > 0),
    "way"       TEXT NOT NULL CHECK (length("way") BETWEEN 1 AND 40),
    "value"     TEXT CHECK (length("value") > 0),
    "rule"      TEXT NOT NULL CHECK (length("rule") BETWEEN 1 AND 40),
    "times"     TEXT CHECK (length("times") > 0),
    "voicemail" INTEGER NOT NULL CHECK ("voicemail" IN (0, 1)),
    "note"      TEXT CHECK (length("note") > 0),
    "by"        TEXT CHECK (length("by") > 0),
    "at"        INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER safe_contacts_stays BEFORE UPDATE ON "safe_contacts" BEGIN SELECT raise(ABORT, 'safe_contacts: facts are added, never changed'); END;
CREATE TRIGGER safe_contacts_remains BEFORE DELETE ON "safe_contacts" BEGIN SELECT raise(ABORT, 'safe_contacts: facts are added, never removed'); END;

-- Where a suspect was looked for.
CREATE TABLE "attempts" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "person" TEXT NOT NULL CHECK (length("person") > 0),
    "place"  TEXT CHECK (length("place") > 0),
    "result" TEXT NOT NULL CHECK (length("result") BETWEEN 1 AND 40),
    "by"     TEXT CHECK (length("by") > 0),
    "at"     INTEGER,
    "text"   TEXT CHECK (length("text") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER attempts_stays BEFORE UPDATE ON "attempts" BEGIN SELECT raise(ABORT, 'attempts: facts are added, never changed'); END;
CREATE TRIGGER attempts_remains BEFORE DELETE ON "attempts" BEGIN SELECT raise(ABORT, 'attempts: facts are added, never removed'); END;

-- Duties put aside for a time; their clocks run on.
CREATE TABLE "holds" (
    case_key   INTEGER NOT NULL REFERENCES case_file (key),
    seq        INTEGER NOT NULL CHECK (seq > 0),
    version    INTEGER NOT NULL CHECK (version > 0),
    act        INTEGER NOT NULL,
    "key"      TEXT NOT NULL CHECK (length("key") > 0),
    "duty"     TEXT NOT NULL CHECK (length("duty") > 0),
    "until"    INTEGER NOT NULL,
    "reason"   TEXT NOT NULL CHECK (length("reason") > 0),
    "by"       TEXT CHECK (length("by") > 0),
    "at"       INTEGER,
    "ended_at" INTEGER,
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER holds_stays BEFORE UPDATE ON "holds" BEGIN SELECT raise(ABORT, 'holds: facts are added, never changed'); END;
CREATE TRIGGER holds_remains BEFORE DELETE ON "holds" BEGIN SELECT raise(ABORT, 'holds: facts are added, never removed'); END;

-- Other cases this one has to do with.
CREATE TABLE "links" (
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    version  INTEGER NOT NULL CHECK (version > 0),
    act      INTEGER NOT NULL,
    "to"     TEXT NOT NULL CHECK (length("to") > 0),
    "why"    TEXT NOT NULL CHECK (length("why") BETWEEN 1 AND 40),
    "by"     TEXT CHECK (length("by") > 0),
    "at"     INTEGER,
    "text"   TEXT CHECK (length("text") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER links_stays BEFORE UPDATE ON "links" BEGIN SELECT raise(ABORT, 'links: facts are added, never changed'); END;
CREATE TRIGGER links_remains BEFORE DELETE ON "links" BEGIN SELECT raise(ABORT, 'links: facts are added, never removed'); END;

-- How it ended for whom.
CREATE TABLE "disposals" (
    case_key      INTEGER NOT NULL REFERENCES case_file (key),
    seq           INTEGER NOT NULL CHECK (seq > 0),
    version       INTEGER NOT NULL CHECK (version > 0),
    act           INTEGER NOT NULL,
    "person"      TEXT NOT NULL CHECK (length("person") > 0),
    "kind"        TEXT NOT NULL CHECK (length("kind") BETWEEN 1 AND 40),
    "offence"     TEXT CHECK (length("offence") BETWEEN 1 AND 40),
    "reason"      TEXT CHECK (length("reason") BETWEEN 1 AND 40),
    "detection"   INTEGER NOT NULL CHECK ("detection" IN (0, 1)),
    "unsupported" INTEGER NOT NULL CHECK ("unsupported" IN (0, 1)),
    "by"          TEXT CHECK (length("by") > 0),
    "at"          INTEGER,
    "text"        TEXT CHECK (length("text") > 0),
    PRIMARY KEY (case_key, seq, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER disposals_stays BEFORE UPDATE ON "disposals" BEGIN SELECT raise(ABORT, 'disposals: facts are added, never changed'); END;
CREATE TRIGGER disposals_remains BEFORE DELETE ON "disposals" BEGIN SELECT raise(ABORT, 'disposals: facts are added, never removed'); END;

-- A meeting is the cases that are listed for it.
CREATE INDEX hearings_meeting ON "hearings" ("meeting", case_key, seq, version);
