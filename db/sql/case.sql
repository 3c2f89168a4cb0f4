-- case.sql — the facts of cases. One family of statements serves every list; the columns are those of the catalogue.

-- @cols case_head = borough, reported_at, reported_how, attended_at, incident_from, incident_to, incident_place, incident_ward, cad_number, cad_received_at, cad_result, cad_closed_at, cad_ground, cad_evidence, cad_decided_by, cad_decided_at, kind, children_answer, children_at, restricted_at, closed_at, outcome
-- @cols offences = class, attempt, at, by, replaces, reason
-- @cols flags = flag, at, by
-- @cols people = key, role, family, given, born, born_sealed, sex, ethnicity, police_staff, recorded_at, address, warnings, relationship_to, relationship_kind
-- @cols references = system, number, at, unusual, withdrawn_at, withdrawn_by, withdrawn_why
-- @cols cross_references = in, to, by, at, withdrawn_at, withdrawn_by, withdrawn_why
-- @cols books = serial, by, begun_at, completed_at, index_number, index_at, answers, signed_key, signed_value
-- @cols addenda = book, about, by, at, text
-- @cols book_moves = book, to, by, at
-- @cols assessments = instrument, instrument_version, stage, by, at, grade, rationale, reason, observed, answers
-- @cols reviews = kind, by, at, outcome, book, opened_at, signature, reasons, text, answers, signed_key, signed_value, withdrawn_at, withdrawn_by, withdrawn_why
-- @cols referrals = to, restricted, basis, grounds, by, at, text
-- @cols contacts = with, kind, result, by, at, override, text, withdrawn_at, withdrawn_by, withdrawn_why
-- @cols events = kind, person, by, at, text, withdrawn_at, withdrawn_by, withdrawn_why
-- @cols notices = to, by, at, text, withdrawn_at, withdrawn_by, withdrawn_why
-- @cols owners = unit, offered_at, by, accepted_at, refused_at, recalled_at, reason
-- @cols investigators = officer, by, at, reason
-- @cols consent = to, answer
-- @cols tasks = key, from, rule, approach, what, owner, who, due, by, at, rationale, review_at, approved_by, approved_at, done_at, done_by, result
-- @cols referral_steps = to, step, basis, by, at, text
-- @cols hearings = key, meeting, restricted, agencies, by, at, heard_at, minutes
-- @cols orders = key, kind, person, protects, court, number, served_at, expires, terms, by, at, considered_at, ended_at, ended
-- @cols bail = key, person, conditions, terms, until, by, at, ended_at, ended
-- @cols breaches = of, by, at, text
-- @cols safe_contacts = person, way, value, rule, times, voicemail, note, by, at
-- @cols attempts = person, place, result, by, at, text, withdrawn_at, withdrawn_by, withdrawn_why
-- @cols holds = key, duty, until, reason, by, at, ended_at
-- @cols links = to, why, by, at, text
-- @cols disposals = person, kind, offence, reason, counted, detection, unsupported, by, at, admission, text
-- @cols reopenings = closed_at, outcome, by, at, reason
-- @cols status = status, at

-- ---- the case itself ----

-- @stmt case_find
SELECT key, rev, id, changed_at, changed_by FROM case_file WHERE id = :id;

-- @stmt case_row
SELECT key, rev, id, changed_at, changed_by FROM case_file WHERE key = :key;

-- The cases whose newest head has this CAD number, the first one first.
-- @stmt case_by_cad
SELECT f.key, f.rev, f.id, f.changed_at, f.changed_by
FROM case_head AS h JOIN case_file AS f ON f.key = h.case_key
WHERE h.cad_number = :cad_number
  AND NOT EXISTS (SELECT 1 FROM case_head AS n WHERE n.case_key = h.case_key AND n.version > h.version)
ORDER BY h.case_key;

-- The number of one case as it lies.
-- @stmt case_cad
SELECT version, cad_number FROM case_head WHERE case_key = :case_key ORDER BY version DESC LIMIT 1;

-- The key is asked for first: with RETURNING, SQLite would prepare a search of every table that refers to cases.
-- @stmt case_next
SELECT coalesce(max(key), 0) + 1 FROM case_file;

-- @stmt case_insert
INSERT INTO case_file (key, id, rev, created_at, changed_at, changed_by)
VALUES (:key, :id, 1, :now, :now, :who);

-- @stmt case_raise
UPDATE case_file SET rev = rev + 1, changed_at = :now, changed_by = :who WHERE key = :key AND rev = :rev;

-- Those that were erased are not there.
-- @scan
-- @stmt case_count
SELECT (SELECT count(*) FROM case_file) - (SELECT count(*) FROM tombstone);

-- In key order from behind a case on, and in id order.
-- @stmt case_walk
SELECT key, rev, id, changed_at, changed_by FROM case_file WHERE key > :from
  AND NOT EXISTS (SELECT 1 FROM tombstone AS t WHERE t.case_key = key) ORDER BY key;

-- @scan
-- @stmt case_walk_by_id
SELECT key, rev, id, changed_at, changed_by FROM case_file
WHERE NOT EXISTS (SELECT 1 FROM tombstone AS t WHERE t.case_key = key) ORDER BY id;

-- ---- what it has once ----

-- @stmt case_head_add
INSERT INTO case_head (case_key, version, act, {case_head})
VALUES (:case_key, :version, :act, :{case_head});

-- @stmt case_head_of_case
SELECT case_key, version, {case_head} FROM case_head WHERE case_key = :case_key ORDER BY version;

-- @stmt case_head_walk
SELECT case_key, version, {case_head} FROM case_head WHERE case_key > :from ORDER BY case_key, version;

-- ---- its lists ----

-- @stmt {list}_add of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
INSERT INTO "{list}" (case_key, seq, version, act, {cols})
VALUES (:case_key, :seq, :version, :act, :{cols});

-- @stmt {list}_of_case of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
SELECT case_key, seq, version, {cols} FROM "{list}" WHERE case_key = :case_key ORDER BY seq, version;

-- @stmt {list}_walk of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
SELECT case_key, seq, version, {cols} FROM "{list}" WHERE case_key > :from ORDER BY case_key, seq, version;

-- The last number of a list, and the last version of one entry; 0 when there is none.
-- @stmt {list}_last of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
SELECT coalesce(max(seq), 0) FROM "{list}" WHERE case_key = :case_key;

-- @stmt {list}_version of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
SELECT coalesce(max(version), 0) FROM "{list}" WHERE case_key = :case_key AND seq = :seq;

-- @stmt status_add
INSERT INTO status (case_key, person, seq, act, {status})
VALUES (:case_key, :person, :seq, :act, :{status});

-- @stmt status_of_case
SELECT case_key, person, seq, {status} FROM status WHERE case_key = :case_key ORDER BY person, seq;

-- @stmt status_walk
SELECT case_key, person, seq, {status} FROM status WHERE case_key > :from ORDER BY case_key, person, seq;

-- ---- the case as it stood in the store once: what was written up to an entry of the log ----

-- @stmt case_head_then
SELECT case_key, version, {case_head} FROM case_head WHERE case_key = :case_key AND act <= :until ORDER BY version;

-- @stmt {list}_then of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
SELECT case_key, seq, version, {cols} FROM "{list}" WHERE case_key = :case_key AND act <= :until ORDER BY seq, version;

-- @stmt status_then
SELECT case_key, person, seq, {status} FROM status WHERE case_key = :case_key AND act <= :until ORDER BY person, seq;

-- The last entry of the log at that time, or the one that the case came with when that is later.
-- @stmt case_act_then
SELECT max(coalesce((SELECT seq FROM audit WHERE at <= :at ORDER BY at DESC, seq DESC LIMIT 1), 0),
           coalesce((SELECT min(act) FROM case_head WHERE case_key = :case_key), 0));

-- ---- the last entry of the log that facts were written with ----

-- Reads the whole table, though its plan does not call that a scan: for a proof of the log only.
-- @stmt {list}_act of policy access twin cipher custodians custodian retention tombstone policy_proposal policy_decision officer_key signature form qa_sample alert_answer meeting meeting_said meeting_left meeting_end handover handover_taken handover_note handover_read case_head offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings status
SELECT coalesce(max(act), 0) FROM "{list}";
