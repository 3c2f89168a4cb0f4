-- 0014 — the one door through which what was written may be changed: the text of one case, when the case becomes restricted and its text is
-- sealed, and when it is erased.
--
-- The door is a row here. It is put in and taken out again inside one write (db/store/store_rewrite.c), so that nobody ever sees it: as long as it is
-- there, texts of that case may change, and with `erases` its rows may go. What is not text stays as it was even then (`_keeps`).
-- A connection of the program may put the row in only where it says so to its authorizer (db/engine/sqlite_seal.c).

CREATE TABLE rewriting (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    case_key INTEGER NOT NULL REFERENCES case_file (key),
    erases   INTEGER NOT NULL CHECK (erases IN (0, 1))
) STRICT;

DROP TRIGGER case_head_stays;
CREATE TRIGGER case_head_stays BEFORE UPDATE ON "case_head" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'case_head: facts are added, never changed'); END;
CREATE TRIGGER case_head_keeps BEFORE UPDATE OF case_key, version, act, "reported_at", "reported_how", "attended_at", "incident_from", "incident_to", "cad_received_at", "cad_result", "cad_closed_at", "kind", "children_answer", "children_at", "restricted_at", "closed_at", "outcome" ON "case_head"
    BEGIN SELECT raise(ABORT, 'case_head: only text is ever rewritten'); END;
DROP TRIGGER case_head_remains;
CREATE TRIGGER case_head_remains BEFORE DELETE ON "case_head" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'case_head: facts are added, never removed'); END;

DROP TRIGGER offences_remains;
CREATE TRIGGER offences_remains BEFORE DELETE ON "offences" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'offences: facts are added, never removed'); END;

DROP TRIGGER flags_stays;
CREATE TRIGGER flags_stays BEFORE UPDATE ON "flags" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'flags: facts are added, never changed'); END;
CREATE TRIGGER flags_keeps BEFORE UPDATE OF case_key, seq, version, act, "flag", "at" ON "flags"
    BEGIN SELECT raise(ABORT, 'flags: only text is ever rewritten'); END;
DROP TRIGGER flags_remains;
CREATE TRIGGER flags_remains BEFORE DELETE ON "flags" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'flags: facts are added, never removed'); END;

DROP TRIGGER people_stays;
CREATE TRIGGER people_stays BEFORE UPDATE ON "people" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'people: facts are added, never changed'); END;
CREATE TRIGGER people_keeps BEFORE UPDATE OF case_key, seq, version, act, "role", "born", "sex", "police_staff", "recorded_at", "relationship_kind" ON "people"
    BEGIN SELECT raise(ABORT, 'people: only text is ever rewritten'); END;
DROP TRIGGER people_remains;
CREATE TRIGGER people_remains BEFORE DELETE ON "people" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'people: facts are added, never removed'); END;

DROP TRIGGER references_stays;
CREATE TRIGGER references_stays BEFORE UPDATE ON "references" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'references: facts are added, never changed'); END;
CREATE TRIGGER references_keeps BEFORE UPDATE OF case_key, seq, version, act, "system", "at" ON "references"
    BEGIN SELECT raise(ABORT, 'references: only text is ever rewritten'); END;
DROP TRIGGER references_remains;
CREATE TRIGGER references_remains BEFORE DELETE ON "references" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'references: facts are added, never removed'); END;

DROP TRIGGER cross_references_remains;
CREATE TRIGGER cross_references_remains BEFORE DELETE ON "cross_references" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'cross_references: facts are added, never removed'); END;

DROP TRIGGER books_stays;
CREATE TRIGGER books_stays BEFORE UPDATE ON "books" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'books: facts are added, never changed'); END;
CREATE TRIGGER books_keeps BEFORE UPDATE OF case_key, seq, version, act, "begun_at", "completed_at", "index_at" ON "books"
    BEGIN SELECT raise(ABORT, 'books: only text is ever rewritten'); END;
DROP TRIGGER books_remains;
CREATE TRIGGER books_remains BEFORE DELETE ON "books" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'books: facts are added, never removed'); END;

DROP TRIGGER addenda_stays;
CREATE TRIGGER addenda_stays BEFORE UPDATE ON "addenda" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'addenda: facts are added, never changed'); END;
CREATE TRIGGER addenda_keeps BEFORE UPDATE OF case_key, seq, version, act, "at" ON "addenda"
    BEGIN SELECT raise(ABORT, 'addenda: only text is ever rewritten'); END;
DROP TRIGGER addenda_remains;
CREATE TRIGGER addenda_remains BEFORE DELETE ON "addenda" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'addenda: facts are added, never removed'); END;

DROP TRIGGER book_moves_stays;
CREATE TRIGGER book_moves_stays BEFORE UPDATE ON "book_moves" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'book_moves: facts are added, never changed'); END;
CREATE TRIGGER book_moves_keeps BEFORE UPDATE OF case_key, seq, version, act, "at" ON "book_moves"
    BEGIN SELECT raise(ABORT, 'book_moves: only text is ever rewritten'); END;
DROP TRIGGER book_moves_remains;
CREATE TRIGGER book_moves_remains BEFORE DELETE ON "book_moves" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'book_moves: facts are added, never removed'); END;

DROP TRIGGER assessments_stays;
CREATE TRIGGER assessments_stays BEFORE UPDATE ON "assessments" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'assessments: facts are added, never changed'); END;
CREATE TRIGGER assessments_keeps BEFORE UPDATE OF case_key, seq, version, act, "instrument", "stage", "at", "grade" ON "assessments"
    BEGIN SELECT raise(ABORT, 'assessments: only text is ever rewritten'); END;
DROP TRIGGER assessments_remains;
CREATE TRIGGER assessments_remains BEFORE DELETE ON "assessments" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'assessments: facts are added, never removed'); END;

DROP TRIGGER reviews_stays;
CREATE TRIGGER reviews_stays BEFORE UPDATE ON "reviews" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'reviews: facts are added, never changed'); END;
CREATE TRIGGER reviews_keeps BEFORE UPDATE OF case_key, seq, version, act, "kind", "at", "outcome", "opened_at" ON "reviews"
    BEGIN SELECT raise(ABORT, 'reviews: only text is ever rewritten'); END;
DROP TRIGGER reviews_remains;
CREATE TRIGGER reviews_remains BEFORE DELETE ON "reviews" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'reviews: facts are added, never removed'); END;

DROP TRIGGER referrals_stays;
CREATE TRIGGER referrals_stays BEFORE UPDATE ON "referrals" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'referrals: facts are added, never changed'); END;
CREATE TRIGGER referrals_keeps BEFORE UPDATE OF case_key, seq, version, act, "to", "restricted", "basis", "at" ON "referrals"
    BEGIN SELECT raise(ABORT, 'referrals: only text is ever rewritten'); END;
DROP TRIGGER referrals_remains;
CREATE TRIGGER referrals_remains BEFORE DELETE ON "referrals" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'referrals: facts are added, never removed'); END;

DROP TRIGGER contacts_stays;
CREATE TRIGGER contacts_stays BEFORE UPDATE ON "contacts" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'contacts: facts are added, never changed'); END;
CREATE TRIGGER contacts_keeps BEFORE UPDATE OF case_key, seq, version, act, "with", "kind", "result", "at" ON "contacts"
    BEGIN SELECT raise(ABORT, 'contacts: only text is ever rewritten'); END;
DROP TRIGGER contacts_remains;
CREATE TRIGGER contacts_remains BEFORE DELETE ON "contacts" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'contacts: facts are added, never removed'); END;

DROP TRIGGER events_stays;
CREATE TRIGGER events_stays BEFORE UPDATE ON "events" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'events: facts are added, never changed'); END;
CREATE TRIGGER events_keeps BEFORE UPDATE OF case_key, seq, version, act, "kind", "at" ON "events"
    BEGIN SELECT raise(ABORT, 'events: only text is ever rewritten'); END;
DROP TRIGGER events_remains;
CREATE TRIGGER events_remains BEFORE DELETE ON "events" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'events: facts are added, never removed'); END;

DROP TRIGGER notices_stays;
CREATE TRIGGER notices_stays BEFORE UPDATE ON "notices" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'notices: facts are added, never changed'); END;
CREATE TRIGGER notices_keeps BEFORE UPDATE OF case_key, seq, version, act, "to", "at" ON "notices"
    BEGIN SELECT raise(ABORT, 'notices: only text is ever rewritten'); END;
DROP TRIGGER notices_remains;
CREATE TRIGGER notices_remains BEFORE DELETE ON "notices" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'notices: facts are added, never removed'); END;

DROP TRIGGER owners_stays;
CREATE TRIGGER owners_stays BEFORE UPDATE ON "owners" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'owners: facts are added, never changed'); END;
CREATE TRIGGER owners_keeps BEFORE UPDATE OF case_key, seq, version, act, "unit", "offered_at", "accepted_at", "refused_at", "recalled_at" ON "owners"
    BEGIN SELECT raise(ABORT, 'owners: only text is ever rewritten'); END;
DROP TRIGGER owners_remains;
CREATE TRIGGER owners_remains BEFORE DELETE ON "owners" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'owners: facts are added, never removed'); END;

DROP TRIGGER consent_stays;
CREATE TRIGGER consent_stays BEFORE UPDATE ON "consent" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'consent: facts are added, never changed'); END;
CREATE TRIGGER consent_keeps BEFORE UPDATE OF case_key, seq, version, act, "answer" ON "consent"
    BEGIN SELECT raise(ABORT, 'consent: only text is ever rewritten'); END;
DROP TRIGGER consent_remains;
CREATE TRIGGER consent_remains BEFORE DELETE ON "consent" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'consent: facts are added, never removed'); END;

DROP TRIGGER tasks_stays;
CREATE TRIGGER tasks_stays BEFORE UPDATE ON "tasks" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'tasks: facts are added, never changed'); END;
CREATE TRIGGER tasks_keeps BEFORE UPDATE OF case_key, seq, version, act, "from", "approach", "owner", "due", "at", "review_at", "approved_at", "done_at" ON "tasks"
    BEGIN SELECT raise(ABORT, 'tasks: only text is ever rewritten'); END;
DROP TRIGGER tasks_remains;
CREATE TRIGGER tasks_remains BEFORE DELETE ON "tasks" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'tasks: facts are added, never removed'); END;

DROP TRIGGER referral_steps_stays;
CREATE TRIGGER referral_steps_stays BEFORE UPDATE ON "referral_steps" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'referral_steps: facts are added, never changed'); END;
CREATE TRIGGER referral_steps_keeps BEFORE UPDATE OF case_key, seq, version, act, "to", "step", "basis", "at" ON "referral_steps"
    BEGIN SELECT raise(ABORT, 'referral_steps: only text is ever rewritten'); END;
DROP TRIGGER referral_steps_remains;
CREATE TRIGGER referral_steps_remains BEFORE DELETE ON "referral_steps" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'referral_steps: facts are added, never removed'); END;

DROP TRIGGER hearings_stays;
CREATE TRIGGER hearings_stays BEFORE UPDATE ON "hearings" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'hearings: facts are added, never changed'); END;
CREATE TRIGGER hearings_keeps BEFORE UPDATE OF case_key, seq, version, act, "meeting", "restricted", "at", "heard_at" ON "hearings"
    BEGIN SELECT raise(ABORT, 'hearings: only text is ever rewritten'); END;
DROP TRIGGER hearings_remains;
CREATE TRIGGER hearings_remains BEFORE DELETE ON "hearings" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'hearings: facts are added, never removed'); END;

DROP TRIGGER orders_stays;
CREATE TRIGGER orders_stays BEFORE UPDATE ON "orders" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'orders: facts are added, never changed'); END;
CREATE TRIGGER orders_keeps BEFORE UPDATE OF case_key, seq, version, act, "kind", "served_at", "expires", "at", "considered_at", "ended_at", "ended" ON "orders"
    BEGIN SELECT raise(ABORT, 'orders: only text is ever rewritten'); END;
DROP TRIGGER orders_remains;
CREATE TRIGGER orders_remains BEFORE DELETE ON "orders" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'orders: facts are added, never removed'); END;

DROP TRIGGER bail_stays;
CREATE TRIGGER bail_stays BEFORE UPDATE ON "bail" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'bail: facts are added, never changed'); END;
CREATE TRIGGER bail_keeps BEFORE UPDATE OF case_key, seq, version, act, "until", "at", "ended_at", "ended" ON "bail"
    BEGIN SELECT raise(ABORT, 'bail: only text is ever rewritten'); END;
DROP TRIGGER bail_remains;
CREATE TRIGGER bail_remains BEFORE DELETE ON "bail" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'bail: facts are added, never removed'); END;

DROP TRIGGER breaches_stays;
CREATE TRIGGER breaches_stays BEFORE UPDATE ON "breaches" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'breaches: facts are added, never changed'); END;
CREATE TRIGGER breaches_keeps BEFORE UPDATE OF case_key, seq, version, act, "at" ON "breaches"
    BEGIN SELECT raise(ABORT, 'breaches: only text is ever rewritten'); END;
DROP TRIGGER breaches_remains;
CREATE TRIGGER breaches_remains BEFORE DELETE ON "breaches" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'breaches: facts are added, never removed'); END;

DROP TRIGGER safe_contacts_stays;
CREATE TRIGGER safe_contacts_stays BEFORE UPDATE ON "safe_contacts" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'safe_contacts: facts are added, never changed'); END;
CREATE TRIGGER safe_contacts_keeps BEFORE UPDATE OF case_key, seq, version, act, "way", "rule", "voicemail", "at" ON "safe_contacts"
    BEGIN SELECT raise(ABORT, 'safe_contacts: only text is ever rewritten'); END;
DROP TRIGGER safe_contacts_remains;
CREATE TRIGGER safe_contacts_remains BEFORE DELETE ON "safe_contacts" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'safe_contacts: facts are added, never removed'); END;

DROP TRIGGER attempts_stays;
CREATE TRIGGER attempts_stays BEFORE UPDATE ON "attempts" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'attempts: facts are added, never changed'); END;
CREATE TRIGGER attempts_keeps BEFORE UPDATE OF case_key, seq, version, act, "result", "at" ON "attempts"
    BEGIN SELECT raise(ABORT, 'attempts: only text is ever rewritten'); END;
DROP TRIGGER attempts_remains;
CREATE TRIGGER attempts_remains BEFORE DELETE ON "attempts" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'attempts: facts are added, never removed'); END;

DROP TRIGGER holds_stays;
CREATE TRIGGER holds_stays BEFORE UPDATE ON "holds" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'holds: facts are added, never changed'); END;
CREATE TRIGGER holds_keeps BEFORE UPDATE OF case_key, seq, version, act, "until", "at", "ended_at" ON "holds"
    BEGIN SELECT raise(ABORT, 'holds: only text is ever rewritten'); END;
DROP TRIGGER holds_remains;
CREATE TRIGGER holds_remains BEFORE DELETE ON "holds" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'holds: facts are added, never removed'); END;

DROP TRIGGER links_stays;
CREATE TRIGGER links_stays BEFORE UPDATE ON "links" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'links: facts are added, never changed'); END;
CREATE TRIGGER links_keeps BEFORE UPDATE OF case_key, seq, version, act, "why", "at" ON "links"
    BEGIN SELECT raise(ABORT, 'links: only text is ever rewritten'); END;
DROP TRIGGER links_remains;
CREATE TRIGGER links_remains BEFORE DELETE ON "links" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'links: facts are added, never removed'); END;

DROP TRIGGER disposals_stays;
CREATE TRIGGER disposals_stays BEFORE UPDATE ON "disposals" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'disposals: facts are added, never changed'); END;
CREATE TRIGGER disposals_keeps BEFORE UPDATE OF case_key, seq, version, act, "kind", "offence", "reason", "detection", "unsupported", "at" ON "disposals"
    BEGIN SELECT raise(ABORT, 'disposals: only text is ever rewritten'); END;
DROP TRIGGER disposals_remains;
CREATE TRIGGER disposals_remains BEFORE DELETE ON "disposals" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'disposals: facts are added, never removed'); END;

DROP TRIGGER status_remains;
CREATE TRIGGER status_remains BEFORE DELETE ON "status" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'status: facts are added, never removed'); END;

-- What was said to alerts, and to whom a case was opened and why: outside the catalogue.
DROP TRIGGER alert_answer_stays;
CREATE TRIGGER alert_answer_stays BEFORE UPDATE ON "alert_answer" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'alert_answer: facts are added, never changed'); END;
CREATE TRIGGER alert_answer_keeps BEFORE UPDATE OF case_key, act, "alert", "basis", "answer", "by", "at" ON "alert_answer"
    BEGIN SELECT raise(ABORT, 'alert_answer: only text is ever rewritten'); END;
DROP TRIGGER alert_answer_remains;
CREATE TRIGGER alert_answer_remains BEFORE DELETE ON "alert_answer" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key AND erases = 1)
    BEGIN SELECT raise(ABORT, 'alert_answer: facts are added, never removed'); END;

DROP TRIGGER access_stays;
CREATE TRIGGER access_stays BEFORE UPDATE ON "access" WHEN NOT EXISTS (SELECT 1 FROM rewriting WHERE case_key = old.case_key)
    BEGIN SELECT raise(ABORT, 'access: facts are added, never changed'); END;
CREATE TRIGGER access_keeps BEFORE UPDATE OF key, case_key, act, "verb", "officer", "role", "by", "second", "at", "until", "about" ON "access"
    BEGIN SELECT raise(ABORT, 'access: only text is ever rewritten'); END;
