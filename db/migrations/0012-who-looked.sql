-- 0012 — the log is asked: who looked at this case, what did this officer do, what happened in that week?
--
-- Each answer is read off an index: as much work as there are rows in it. The partial ones are of the entries that name
-- several cases at once (what was searched, listed, taken out), and of those that name an officer in their detail.

CREATE INDEX audit_case ON audit (case_id) WHERE case_id <> '';
CREATE INDEX audit_who ON audit (who);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_several ON audit (seq) WHERE case_id = '' AND kind IN ('consult', 'disclose', 'combine');
CREATE INDEX audit_account ON audit (seq) WHERE who = '-' OR act BETWEEN 'officer.' AND 'officer/';
