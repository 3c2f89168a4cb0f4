-- 0003 — a policy is proposed by one officer and put in force by another; both stay.

-- Every text that was ever proposed.
CREATE TABLE policy_proposal (
    key         INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL CHECK (length(id) > 0),
    hash        TEXT    NOT NULL CHECK (length(hash) = 64),
    text        TEXT    NOT NULL,
    proposed_by TEXT    NOT NULL CHECK (length(proposed_by) > 0),
    proposed_at INTEGER NOT NULL,
    act         INTEGER NOT NULL
) STRICT;
CREATE TRIGGER policy_proposal_stays BEFORE UPDATE ON "policy_proposal" BEGIN SELECT raise(ABORT, 'policy_proposal: facts are added, never changed'); END;
CREATE TRIGGER policy_proposal_remains BEFORE DELETE ON "policy_proposal" BEGIN SELECT raise(ABORT, 'policy_proposal: facts are added, never removed'); END;

-- What became of it: once. `policy` is the row it became when it was put in force.
CREATE TABLE policy_decision (
    proposal   INTEGER PRIMARY KEY REFERENCES policy_proposal (key),
    decision   TEXT    NOT NULL CHECK (decision IN ('activated', 'withdrawn')),
    policy     INTEGER UNIQUE REFERENCES policy (key) CHECK ((policy IS NULL) = (decision = 'withdrawn')),
    decided_by TEXT    NOT NULL CHECK (length(decided_by) > 0),
    decided_at INTEGER NOT NULL,
    act        INTEGER NOT NULL
) STRICT;
CREATE TRIGGER policy_decision_stays BEFORE UPDATE ON "policy_decision" BEGIN SELECT raise(ABORT, 'policy_decision: facts are added, never changed'); END;
CREATE TRIGGER policy_decision_remains BEFORE DELETE ON "policy_decision" BEGIN SELECT raise(ABORT, 'policy_decision: facts are added, never removed'); END;
