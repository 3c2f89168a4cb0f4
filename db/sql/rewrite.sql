-- rewrite.sql — the one change of what was written: the texts of one case (db/store/store_rewrite.c). What of a list is text stands here once;
-- that nothing of the catalogue is missing, and that nothing else of a row can be changed so, tests/store/test_rewrite.c sees.

-- @cols case_head_texts = borough, incident_place, incident_ward, cad_number, cad_evidence, cad_decided_by
-- @cols offences_texts = by, reason
-- @cols flags_texts = by
-- @cols people_texts = key, family, given, ethnicity, address, warnings, relationship_to
-- @cols references_texts = number, unusual, withdrawn_by, withdrawn_why
-- @cols cross_references_texts = by, withdrawn_by, withdrawn_why
-- @cols books_texts = serial, by, index_number, answers, signed_key, signed_value
-- @cols addenda_texts = book, about, by, text
-- @cols book_moves_texts = book, to, by
-- @cols assessments_texts = instrument_version, by, rationale, reason, observed, answers
-- @cols reviews_texts = by, book, signature, reasons, text, answers, signed_key, signed_value, withdrawn_by, withdrawn_why
-- @cols referrals_texts = grounds, by, text
-- @cols contacts_texts = by, override, text, withdrawn_by, withdrawn_why
-- @cols events_texts = person, by, text, withdrawn_by, withdrawn_why
-- @cols notices_texts = by, text, withdrawn_by, withdrawn_why
-- @cols owners_texts = by, reason
-- @cols investigators_texts = officer, by, reason
-- @cols consent_texts = to
-- @cols tasks_texts = key, rule, what, who, by, rationale, approved_by, done_by, result
-- @cols referral_steps_texts = by, text
-- @cols hearings_texts = key, agencies, by, minutes
-- @cols orders_texts = key, person, protects, court, number, terms, by
-- @cols bail_texts = key, person, conditions, terms, by
-- @cols breaches_texts = of, by, text
-- @cols safe_contacts_texts = person, value, times, note, by
-- @cols attempts_texts = person, place, by, text, withdrawn_by, withdrawn_why
-- @cols holds_texts = key, duty, reason, by
-- @cols links_texts = to, by, text
-- @cols disposals_texts = person, by, admission, text
-- @cols reopenings_texts = by, reason

-- The door. An ordinary connection may prepare none of those that change.
-- @stmt rewriting_open
INSERT INTO rewriting (only, case_key, erases) VALUES (1, :case_key, :erases);

-- @stmt rewriting_close
DELETE FROM rewriting WHERE only = 1;

-- @stmt case_head_texts
SELECT 0, version, {case_head_texts} FROM case_head WHERE case_key = :case_key ORDER BY version;

-- @stmt case_head_rewrite
UPDATE case_head SET {case_head_texts=} WHERE case_key = :case_key AND version = :version;

-- Every version of every entry.
-- @stmt {list}_texts of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
SELECT seq, version, {texts} FROM "{list}" WHERE case_key = :case_key ORDER BY seq, version;

-- @stmt {list}_rewrite of offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
UPDATE "{list}" SET {texts=} WHERE case_key = :case_key AND seq = :seq AND version = :version;

-- Outside the catalogue.
-- @stmt alert_answer_rewrite
UPDATE alert_answer SET reason = :reason WHERE case_key = :case_key AND alert = :alert AND basis = :basis;

-- @stmt {list}_reasons of access retention handover_note
SELECT key, reason FROM "{list}" WHERE case_key = :case_key ORDER BY key;

-- @stmt {list}_rewrite of access retention handover_note
UPDATE "{list}" SET reason = :reason WHERE key = :key AND case_key = :case_key;

-- Of an erased case: all rows. What is decided of it and who could see it stays, without its reasons.
-- @stmt {list}_erase of case_head status alert_answer offences flags people references cross_references books addenda book_moves assessments reviews referrals contacts events notices owners investigators consent tasks referral_steps hearings orders bail breaches safe_contacts attempts holds links disposals reopenings
DELETE FROM "{list}" WHERE case_key = :case_key;

-- What was typed about it and not saved: `about` begins with its number.
-- @scan
-- @stmt draft_erase
DELETE FROM draft WHERE substr(about, 1, length(:id) + 1) = :id || ' ';

-- Dates of birth: a number in one column, or a text in the other (db/store/store_cipher.c).
-- @stmt births_of_case
SELECT seq, version, "born", "born_sealed" FROM "people" WHERE case_key = :case_key ORDER BY seq, version;

-- @stmt birth_rewrite
UPDATE "people" SET "born" = :born, "born_sealed" = :born_sealed WHERE case_key = :case_key AND seq = :seq AND version = :version;

-- @stmt person_role
SELECT "role" FROM "people" WHERE case_key = :case_key AND seq = :seq AND version = :version;
