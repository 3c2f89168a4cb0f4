/* case_fields.c — the catalogue: every key of the case document, once.
** The reader, the writer, the comparison, the checks, the forms and the store's binding all walk these rows; adding a
** field is adding a row (and a column). Fields with one prefix ("index.number", "index.at") stand together: they make
** one nested object. What a row cannot say is in case_read.c and case_write.c: the status list inside a person, and
** consent, which a file keeps as {to: answer}. */
#include "core/case.h"

#include "base/str.h"

#include "case_parts.h"

#include <string.h>

/* clang-format off */

/* A field whose key, column and member have one name. */
#define FIELD(T, name, type, flags, label, help) { #name, #name, type, offsetof(T, name), flags, label, help }
/* A field inside a nested object: "cad.number" of the member cad_number. */
#define INNER(T, member, path, column, type, flags, label, help) { path, column, type, offsetof(T, member), flags, label, help }

#define TEXT    FIELD_TEXT, 0
#define LONG    FIELD_LONG, 0
#define TIME    FIELD_TIME, 0
#define DATE    FIELD_DATE, 0
#define YES     FIELD_YES, 0
#define OFFICER FIELD_OFFICER, 0
#define PERSON  FIELD_PERSON, 0
#define JSON    FIELD_JSON, 0
#define ANSWERS FIELD_ANSWERS, 0
#define CODE(v) FIELD_CODE, VOCAB_##v
#define CODES(v) FIELD_CODES, VOCAB_##v
#define MUST    FIELD_REQUIRED
#define WHEN    (FIELD_REQUIRED | FIELD_ORDER)
#define MADE    FIELD_MADE
#define KEY     (FIELD_REQUIRED | FIELD_MADE | FIELD_PLAIN)
#define AHEAD   FIELD_AHEAD
#define PLAIN   FIELD_PLAIN
#define BY_HELP "The warrant number of the officer who did it; filled in for you."

/* Of entries that can be taken back. */
#define WITHDRAWN                                                                                                                          \
    INNER(T, withdrawn.at, "withdrawn.at", "withdrawn_at", TIME, MADE, "Withdrawn", "When it was taken back: from then on it does not count."), \
    INNER(T, withdrawn.by, "withdrawn.by", "withdrawn_by", OFFICER, MADE, "Withdrawn by", "Who took it back."),                                \
    INNER(T, withdrawn.why, "withdrawn.why", "withdrawn_why", LONG, MADE, "Why withdrawn", "What was wrong with it.")

#define S(name, type, flags, label, help) { #name, #name, type, offsetof(CaseDoc, name), flags, label, help }
const CaseField case_scalars[] = {
    S(id,           TEXT, MUST | PLAIN, "Case", "The number that names this case for ever."),
    S(borough,      TEXT, PLAIN, "Borough", "The two letters of the borough, such as KG."),
    S(reported_at,  TIME, MUST, "Reported", "When police first heard of it. Most clocks start here."),
    S(reported_how, CODE(REPORTED_HOW), 0, "Reported how", "Which way it came to police. A report in person at a station needs no attendance."),
    S(attended_at,  TIME, 0, "Attended", "When the first officer was with the victim."),
    INNER(CaseDoc, incident_from,   "incident.from", "incident_from",   TIME, 0, "Incident from", "When it began, or the earliest time it can have begun."),
    INNER(CaseDoc, incident_to,     "incident.to", "incident_to",     TIME, 0, "Incident to", "When it ended; leave it empty when it was one moment."),
    INNER(CaseDoc, incident_place,  "incident.place", "incident_place",  TEXT, 0, "Place", "Where it happened, as one would tell a colleague to go there."),
    INNER(CaseDoc, incident_ward,   "incident.ward", "incident_ward",   TEXT, 0, "Ward", "The ward of the place, for the Safer Neighbourhood Team."),
    INNER(CaseDoc, cad_number,      "cad.number", "cad_number",      TEXT, 0, "CAD number", "Number and day of the CAD message, such as 8123/01FEB10."),
    INNER(CaseDoc, cad_received_at, "cad.received_at", "cad_received_at", TIME, 0, "CAD received", "When the message was made."),
    INNER(CaseDoc, cad_result,      "cad.result", "cad_result",      CODE(CAD_RESULT), 0, "CAD result", "How the message was resulted. A CAD resulted not domestic asks nothing more of anybody."),
    INNER(CaseDoc, cad_closed_at,   "cad.closed_at", "cad_closed_at",   TIME, 0, "CAD put away", "When the message was closed; its CRIS number must be on it by then."),
    INNER(CaseDoc, cad_ground,      "cad.ground", "cad_ground",      CODE(CAD_GROUND), 0, "Ground", "Of one that is not domestic: why it is none."),
    INNER(CaseDoc, cad_evidence,    "cad.evidence", "cad_evidence",  LONG, 0, "Evidence", "Of one that is not domestic: what supports it, and where it can be seen."),
    INNER(CaseDoc, cad_decided_by,  "cad.decided_by", "cad_decided_by", OFFICER, 0, "Decided by", "Who decided that it is not domestic."),
    INNER(CaseDoc, cad_decided_at,  "cad.decided_at", "cad_decided_at", TIME, 0, "Decided", "When it was decided that it is not domestic."),
    S(kind,         CODE(CASE_KIND), 0, "Kind", "What the report is on CRIS. The unit's clocks run for crimes."),
    INNER(CaseDoc, children,        "children.answer", "children_answer", CODE(CHILDREN), 0, "Children", "Whether there are children in the relationship, present or not: a Merlin is needed when there are."),
    INNER(CaseDoc, children_at,     "children.at", "children_at",     TIME, 0, "Children asked", "When the question about children was answered."),
    S(restricted_at, TIME, 0, "Restricted", "Since when only named officers see the report on CRIS."),
    S(closed_at,     TIME, 0, "Closed", "When the investigation ended."),
    S(outcome,       CODE(OUTCOME), 0, "Outcome", "How the investigation ended."),
};
#undef S
const size_t case_n_scalars = sizeof case_scalars / sizeof case_scalars[0];

#define T Offence
static const CaseField offences[] = {
    FIELD(T, class,   CODE(OFFENCE), MUST, "Offence", "The class as CRIS has it."),
    FIELD(T, attempt, YES, 0, "Attempt", "Yes when it was attempted only."),
    FIELD(T, at,      TIME, WHEN, "Classified", "When it was classified so."),
    FIELD(T, by,      OFFICER, 0, "By", BY_HELP),
    FIELD(T, replaces, CODE(OFFENCE), 0, "Instead of", "The class that it takes the place of; empty for one more offence. Both stay on record."),
    FIELD(T, reason,  LONG, 0, "Reason", "Why it is classified anew; needed then."),
};
#undef T
#define T Flag
static const CaseField flags[] = {
    FIELD(T, flag, CODE(FLAG), MUST, "Flag", "The flag on the CRIS report. HBV and FM make the case high risk."),
    FIELD(T, at,   TIME, WHEN, "Flagged", "When the flag was set."),
    FIELD(T, by,   OFFICER, 0, "By", BY_HELP),
};
#undef T
#define T Person
static const CaseField people[] = {
    FIELD(T, key,          TEXT, MUST | PLAIN, "Key", "A short name inside this case: v1 for the victim, s1 for the suspect."),
    FIELD(T, role,         CODE(PERSON_ROLE), MUST, "Role", "What this person is in this case."),
    FIELD(T, family,       TEXT, 0, "Family name", NULL),
    FIELD(T, given,        TEXT, 0, "Given names", NULL),
    FIELD(T, born,         DATE, FIELD_VEILED, "Born", "The date of birth, as YYYY-MM-DD."),
    FIELD(T, sex,          CODE(SEX), 0, "Sex", "As recorded on CRIS. Partners of the same sex are offered an LGBT liaison officer."),
    FIELD(T, ethnicity,    TEXT, 0, "Ethnicity", "The self-defined ethnicity code (16+1), such as W1."),
    FIELD(T, police_staff, YES, 0, "Police staff", "Yes for anybody employed by the police: the DI is told at once and the report restricted."),
    FIELD(T, recorded_at,  TIME, 0, "Recorded", "When this person was recorded."),
    FIELD(T, address,      TEXT, FIELD_HOME, "Address", "The last known address. A victim's stands in safe contact, not here."),
    FIELD(T, warnings,     TEXT, 0, "Warnings", "What an officer must know at the door: violent, weapons, ailments."),
    INNER(T, related_to,   "relationship.to",   "relationship_to",   PERSON, 0, "Related to", "The key of the person that this one is the spouse, parent or child of."),
    INNER(T, relationship, "relationship.kind", "relationship_kind", CODE(RELATIONSHIP), 0, "Relationship", "What this person is to the other, such as spouse or former partner."),
};
#undef T
#define T Reference
static const CaseField references[] = {
    FIELD(T, system, CODE(SYSTEM), MUST, "System", "The system that gave the number."),
    FIELD(T, number, TEXT, MUST, "Number", "The number exactly as that system writes it."),
    FIELD(T, at,     TIME, WHEN, "Recorded", "When the number was known."),
    FIELD(T, unusual, LONG, 0, "Right because", "Why a number that has not the usual shape is the right one. Of the supervisor who lets it stand."),
    WITHDRAWN,
};
#undef T
#define T CrossReference
static const CaseField cross_references[] = {
    FIELD(T, in, CODE(SYSTEM), MUST, "In", "The record in which the other number now stands."),
    FIELD(T, to, CODE(XREF_TARGET), MUST, "To", "What it points at: another system's record, the book 124D, or the risk answers."),
    FIELD(T, by, OFFICER, 0, "By", BY_HELP),
    FIELD(T, at, TIME, WHEN, "Made", "When the cross reference was made."),
    WITHDRAWN,
};
#undef T
#define T Book
static const CaseField books[] = {
    FIELD(T, serial,       TEXT, MUST | PLAIN, "Serial", "The serial number printed on the book 124D."),
    FIELD(T, by,           OFFICER, 0, "By", "The warrant number of the officer who filled the book in."),
    FIELD(T, begun_at,     TIME, MADE, "Begun", "When the officer opened the book to write in it."),
    FIELD(T, completed_at, TIME, WHEN, "Completed", "When the officer finished the book. A reworked book stands again with a later time."),
    INNER(T, index_number, "index.number", "index_number", TEXT, PLAIN, "Index number", "Where the unit filed the book, such as G/0123/10."),
    INNER(T, index_at,     "index.at",     "index_at",     TIME, 0, "Indexed", "When the unit indexed the book."),
    FIELD(T, answers,      JSON, 0, "Answers", "What the book says, question by question."),
    INNER(T, signed_key,   "signed.key",   "signed_key",   TEXT, MADE | PLAIN, "Signed with", "The public key of the signature, as 64 hex digits; the first 16 are its number."),
    INNER(T, signed_value, "signed.value", "signed_value", TEXT, MADE | PLAIN, "Signature", "The Ed25519 signature of the officer who made it, as 128 hex digits."),
};
#undef T
#define T Addendum
static const CaseField addenda[] = {
    FIELD(T, book,  TEXT, MUST | PLAIN, "Book", "The serial number of the book that is corrected."),
    FIELD(T, about, TEXT, 0, "About", "The question or page that it is about."),
    FIELD(T, by,    OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,    TIME, WHEN, "Written", "When the addendum was written. A signed book is never changed: what was wrong is said beside it."),
    FIELD(T, text,  LONG, MUST, "Text", "What is to be read instead, and why."),
};
#undef T
#define T BookMove
static const CaseField book_moves[] = {
    FIELD(T, book, TEXT, MUST | PLAIN, "Book", "The serial number of the book."),
    FIELD(T, to,   TEXT, MUST, "Now with", "Who has the book now: an officer's warrant number, or a place such as CSU tray."),
    FIELD(T, by,   OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,   TIME, WHEN, "Received", "When it was received there."),
};
#undef T
#define T Assessment
static const CaseField assessments[] = {
    FIELD(T, instrument, CODE(INSTRUMENT), MUST, "Instrument", "The risk assessment tool. A MARAC referral needs DASH."),
    INNER(T, version,    "instrument_version", "instrument_version", TEXT, MADE | PLAIN, "Version", "The hash of the instrument's text that it was made with: what was asked is known for ever."),
    FIELD(T, stage,      CODE(STAGE), MUST, "Stage", "Initial by the first officer, secondary by the investigating officer."),
    FIELD(T, by,         OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,         TIME, WHEN, "Assessed", "When the assessment was made."),
    FIELD(T, grade,      CODE(GRADE), 0, "Grade", "The officer's judgement, not a sum of answers."),
    FIELD(T, rationale,  LONG, 0, "Rationale", "Why this grade: what was said and seen."),
    FIELD(T, reason,     LONG, 0, "Reason for less", "Why the grade is lower than the one before; needed only then."),
    FIELD(T, observed,   LONG, 0, "Observed", "What the officer saw and heard, apart from what the victim answered."),
    FIELD(T, answers,    ANSWERS, 0, "Answers", "The answer to each factor, with its context."),
};
#undef T
#define T Review
static const CaseField reviews[] = {
    FIELD(T, kind,    CODE(REVIEW), MUST, "Review", "Which check or supervision this is."),
    FIELD(T, by,      OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,      TIME, WHEN, "Reviewed", "When the review was made."),
    FIELD(T, outcome, CODE(REVIEW_OUTCOME), MUST, "Outcome", "Satisfied, remedial action set, or returned to the officer to do again."),
    FIELD(T, book,    TEXT, MADE | PLAIN, "Book", "The serial number of the book that was read."),
    FIELD(T, opened_at, TIME, MADE, "On the screen since", "Since when what was signed had been on the reader's screen."),
    FIELD(T, signature, TEXT, MADE | PLAIN, "Signed text", "The digest of exactly the text that was read and signed."),
    FIELD(T, reasons, CODES(RETURN_REASON), MADE, "Reasons", "Why it went back, in the words that are counted."),
    FIELD(T, text,    LONG, 0, "Text", "What was looked at, what is right, what is to be done by whom."),
    FIELD(T, answers, JSON, MADE, "Checklist", "The checklist, item by item."),
    INNER(T, signed_key,   "signed.key",   "signed_key",   TEXT, MADE | PLAIN, "Signed with", "The public key of the signature, as 64 hex digits; the first 16 are its number."),
    INNER(T, signed_value, "signed.value", "signed_value", TEXT, MADE | PLAIN, "Signature", "The Ed25519 signature of the officer who made it, as 128 hex digits."),
    WITHDRAWN,
};
#undef T
#define T Referral
static const CaseField referrals[] = {
    FIELD(T, to,         CODE(REFERRAL), MUST, "To", "The agency or project the victim was referred to."),
    FIELD(T, restricted, YES, 0, "Restricted", "Yes for a restricted MARAC: only the partners that must know."),
    FIELD(T, basis,      CODE(BASIS), 0, "Basis", "On what it stands: the victim's consent, or what the law allows without it."),
    FIELD(T, grounds,    CODES(MARAC_GROUND), 0, "Grounds", "Of a MARAC: three counts and a judgement, each with its own name."),
    FIELD(T, by,         OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,         TIME, WHEN, "Referred", "When the referral was made."),
    FIELD(T, text,       LONG, 0, "Text", "What the agency is asked to do, and what it must know."),
};
#undef T
#define T Contact
static const CaseField contacts[] = {
    FIELD(T, with,   CODE(CONTACT_WITH), MUST, "With", "Whom police tried to reach."),
    FIELD(T, kind,   CODE(CONTACT_KIND), MUST, "About", "An update under the Victims' Code, safety, a statement, or news of an event."),
    FIELD(T, result, CODE(CONTACT_RESULT), MUST, "Result", "Only having spoken counts as an update."),
    FIELD(T, by,     OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,     TIME, WHEN, "Tried", "When the call or visit was made."),
    FIELD(T, override, LONG, MADE, "Override", "Why a way was used that must not be."),
    FIELD(T, text,   LONG, 0, "Text", "What was said."),
    WITHDRAWN,
};
#undef T
#define T Event
static const CaseField events[] = {
    FIELD(T, kind,   CODE(EVENT), MUST, "Event", "What happened. The victim is told of most within one working day."),
    FIELD(T, person, PERSON, 0, "Person", "The key of the person it happened to, such as s1."),
    FIELD(T, by,     OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,     TIME, WHEN, "Happened", "When it happened."),
    FIELD(T, text,   LONG, 0, "Text", "What else is known of it."),
    WITHDRAWN,
};
#undef T
#define T Notice
static const CaseField notices[] = {
    FIELD(T, to, CODE(NOTICE), MUST, "To", "Who was told."),
    FIELD(T, by, OFFICER, 0, "By", BY_HELP),
    FIELD(T, at, TIME, WHEN, "Told", "When they were told."),
    FIELD(T, text, LONG, 0, "Text", "Who took it, and what was said."),
    WITHDRAWN,
};
#undef T
#define T Owner
static const CaseField owners[] = {
    FIELD(T, unit,        CODE(UNIT), MUST, "Unit", "The unit that is to have the investigation."),
    FIELD(T, offered_at,  TIME, WHEN, "Offered", "When it was offered to the unit."),
    FIELD(T, by,          OFFICER, 0, "By", BY_HELP),
    FIELD(T, accepted_at, TIME, 0, "Accepted", "When the unit accepted. Until then nothing changes hands."),
    FIELD(T, refused_at,  TIME, MADE, "Refused", "When the unit said no."),
    FIELD(T, recalled_at, TIME, MADE, "Recalled", "When the offer was taken back."),
    FIELD(T, reason,      LONG, MADE, "Reason", "Why it was refused or recalled."),
};
#undef T
#define T Investigator
static const CaseField investigators[] = {
    FIELD(T, officer, OFFICER, MADE, "Officer", "The investigating officer from then on; absent: nobody is."),
    FIELD(T, by,      OFFICER, 0, "By", "The warrant number of the officer who gave the case; filled in for you."),
    FIELD(T, at,      TIME, WHEN, "From", "Since when the officer has the case."),
    FIELD(T, reason,  LONG, 0, "Reason", "Why it changed hands, such as leave."),
};
#undef T
#define T Consent
static const CaseField consent[] = {
    FIELD(T, to,     TEXT, MUST | PLAIN, "To", "The agency the victim's details may go to, such as victim-support."),
    FIELD(T, answer, CODE(CONSENT), MUST, "Answer", "What the victim said."),
};
#undef T
#define T Task
static const CaseField tasks[] = {
    FIELD(T, key,         TEXT, KEY, "Key", "A short name inside this case: t1, t2."),
    INNER(T, source,      "from", "from", CODE(TASK_SOURCE), MUST, "Set by", "The risk plan, a meeting or a review that asked for it."),
    FIELD(T, rule,        TEXT, MADE | PLAIN, "Rule", "The task of the policy that asks for it."),
    FIELD(T, approach,    CODE(APPROACH), 0, "Approach", "What it does with the risk: remove, avoid, reduce, accept (BD 1.6)."),
    FIELD(T, what,        TEXT, MUST, "What", "What is to be done, in one line: the queue shows it."),
    FIELD(T, owner,       CODE(ROLE), MUST, "Owner", "In whose queue it stands until it is done."),
    FIELD(T, who,         TEXT, 0, "Who", "The officer or the agency that is to do it, by name."),
    FIELD(T, due,         TIME, MUST | FIELD_AHEAD, "Due", "By when."),
    FIELD(T, by,          OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,          TIME, WHEN, "Set", "When it was set."),
    FIELD(T, rationale,   LONG, 0, "Rationale", "Why this risk is accepted; needed only then."),
    FIELD(T, review_at,   TIME, AHEAD, "Review", "When an accepted risk is looked at again."),
    FIELD(T, approved_by, OFFICER, MADE, "Approved by", "The detective inspector who accepted the risk."),
    FIELD(T, approved_at, TIME, MADE, "Approved", "When it was approved."),
    FIELD(T, done_at,     TIME, MADE, "Done", "When it was done."),
    FIELD(T, done_by,     OFFICER, MADE, "Done by", "Who said that it is done."),
    FIELD(T, result,      LONG, MADE, "Result", "What came of it."),
};
#undef T
#define T ReferralStep
static const CaseField referral_steps[] = {
    FIELD(T, to,    CODE(REFERRAL), MUST, "To", "The agency or project."),
    FIELD(T, step,  CODE(REFERRAL_STEP), MUST, "Step", "What became of it. A refusal, a no and an end say why."),
    FIELD(T, basis, CODE(BASIS), 0, "Basis", "On what it stands when the victim did not agree."),
    FIELD(T, by,    OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,    TIME, WHEN, "When", "When it happened."),
    FIELD(T, text,  LONG, 0, "Text", "The reason, or what was said."),
};
#undef T
#define T Hearing
static const CaseField hearings[] = {
    FIELD(T, key,        TEXT, KEY, "Key", "A short name inside this case: m1, m2."),
    FIELD(T, meeting,    TIME, MUST | FIELD_AHEAD, "Meeting", "When the MARAC meets."),
    FIELD(T, restricted, YES, 0, "Restricted", "Yes for a restricted meeting: only the agencies named here."),
    FIELD(T, agencies,   CODES(AGENCY), 0, "Agencies", "Who is given the papers and may be in the room."),
    FIELD(T, by,         OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,         TIME, WHEN, "Listed", "When the case was put on the list."),
    FIELD(T, heard_at,   TIME, MADE, "Heard", "When it was discussed."),
    FIELD(T, minutes,    LONG, MADE, "Minutes", "What was said and decided; the actions stand as tasks."),
};
#undef T
#define T CourtOrder
static const CaseField orders[] = {
    FIELD(T, key,           TEXT, KEY, "Key", "A short name inside this case: o1, o2."),
    FIELD(T, kind,          CODE(ORDER), MUST, "Order", "Which order it is."),
    FIELD(T, person,        PERSON, MUST, "Against", "The person who must obey it."),
    FIELD(T, protects,      PERSON, 0, "Protects", "The person it protects."),
    FIELD(T, court,         TEXT, 0, "Court", "The court that made it."),
    FIELD(T, number,        TEXT, 0, "Number", "The court's number."),
    FIELD(T, served_at,     TIME, 0, "Served", "When it was handed to the person; before that it binds nobody."),
    FIELD(T, expires,       TIME, AHEAD, "Expires", "Its last moment; empty when it holds until further order."),
    FIELD(T, terms,         LONG, 0, "Terms", "What is forbidden, and whether there is a power of arrest."),
    FIELD(T, by,            OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,            TIME, WHEN, "Made", "When the court made it."),
    FIELD(T, considered_at, TIME, MADE, "End considered", "When its end was considered: renewed, or the victim told."),
    FIELD(T, ended_at,      TIME, MADE, "Ended", "When it ended before its time, or was seen to have expired."),
    FIELD(T, ended,         CODE(ORDER_END), MADE, "How it ended", "Expired, discharged or replaced."),
};
#undef T
#define T Bail
static const CaseField bail[] = {
    FIELD(T, key,        TEXT, KEY, "Key", "A short name inside this case: b1, b2."),
    FIELD(T, person,     PERSON, MUST, "Who", "The person on bail."),
    FIELD(T, conditions, CODES(BAIL_CONDITION), 0, "Conditions", "What the person must and must not do."),
    FIELD(T, terms,      LONG, 0, "Terms", "Places, times, names: in the words of the bail sheet."),
    FIELD(T, until,      TIME, AHEAD, "Until", "When the person is to return."),
    FIELD(T, by,         OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,         TIME, WHEN, "Bailed", "When bail was given."),
    FIELD(T, ended_at,   TIME, MADE, "Ended", "When it ended; the victim is told within one working day."),
    FIELD(T, ended,      CODE(BAIL_END), MADE, "How it ended", "Charged, no further action, cancelled, bailed again."),
};
#undef T
#define T Breach
static const CaseField breaches[] = {
    FIELD(T, of,   TEXT, MUST | PLAIN, "Of", "The key of the order or the bail that was broken."),
    FIELD(T, by,   OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,   TIME, WHEN, "Happened", "When it was broken."),
    FIELD(T, text, LONG, 0, "Text", "What the person did, and how it is known."),
};
#undef T
#define T SafeContact
static const CaseField safe_contacts[] = {
    FIELD(T, person,    PERSON, MUST, "Whom", "The person to be reached."),
    FIELD(T, way,       CODE(CONTACT_WAY), MUST, "Way", "By what."),
    FIELD(T, value,     TEXT, FIELD_SECRET, "Number or address", "Hidden until somebody says what for."),
    FIELD(T, rule,      CODE(CONTACT_RULE), MUST, "Rule", "Whether it may be used at all."),
    FIELD(T, times,     TEXT, 0, "Times", "When it is safe, such as weekdays 0930 to 1430."),
    FIELD(T, voicemail, YES, 0, "Message", "Yes when a message may be left. A message is never a contact."),
    FIELD(T, note,      TEXT, 0, "Note", "A word to be recognised by; who else may answer."),
    FIELD(T, by,        OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,        TIME, WHEN, "Confirmed", "When the person last said that this is so."),
};
#undef T
#define T Attempt
static const CaseField attempts[] = {
    FIELD(T, person, PERSON, MUST, "Suspect", "Who was looked for."),
    FIELD(T, place,  TEXT, 0, "Place", "Where."),
    FIELD(T, result, CODE(ATTEMPT), MUST, "Result", "What came of it."),
    FIELD(T, by,     OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,     TIME, WHEN, "Tried", "When it was tried."),
    FIELD(T, text,   LONG, 0, "Text", "What was seen and heard there."),
    WITHDRAWN,
};
#undef T
#define T Hold
static const CaseField holds[] = {
    FIELD(T, key,      TEXT, KEY, "Key", "A short name inside this case: h1, h2."),
    FIELD(T, duty,     TEXT, MUST | PLAIN, "Duty", "The duty that is put aside. Its clock runs on."),
    FIELD(T, until,    TIME, MUST | FIELD_AHEAD, "Until", "When it comes back by itself."),
    FIELD(T, reason,   LONG, MUST, "Reason", "Why nothing can be done before then."),
    FIELD(T, by,       OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,       TIME, WHEN, "Held", "When it was put aside."),
    FIELD(T, ended_at, TIME, MADE, "Ended", "When it was taken back before its time."),
};
#undef T
#define T Link
static const CaseField links[] = {
    FIELD(T, to,   TEXT, MUST, "Case", "The number of the other case."),
    FIELD(T, why,  CODE(LINK), MUST, "Why", "What the two have to do with each other."),
    FIELD(T, by,   OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,   TIME, WHEN, "Linked", "When it was seen."),
    FIELD(T, text, LONG, 0, "Text", "How it is known."),
};
#undef T
#define T Disposal
static const CaseField disposals[] = {
    FIELD(T, person,      PERSON, MUST, "Suspect", "Whose disposal it is."),
    FIELD(T, kind,        CODE(DISPOSAL), MUST, "Disposal", "How it ended for this person."),
    FIELD(T, offence,     CODE(OFFENCE), 0, "Offence", "For which offence; empty for all of them."),
    FIELD(T, reason,      CODE(DISPOSAL_REASON), 0, "Reason", "Why nothing more is done; needed for no further action and no crime."),
    FIELD(T, counted,     CODE(DETECTION), 0, "Sanction detection", "Whether it counts as one: asked of every disposal that can, and never assumed."),
    FIELD(T, detection,   YES, MADE, "Detection", "Yes when it was said to count as a sanction detection."),
    FIELD(T, unsupported, YES, 0, "Unsupported", "Yes when it is done without the victim's support."),
    FIELD(T, by,          OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,          TIME, WHEN, "Decided", "When it was decided."),
    FIELD(T, admission,   LONG, 0, "Admission", "What the suspect admitted, in their words: a caution needs it."),
    FIELD(T, text,        LONG, 0, "Text", "Who decided, and on what."),
};
#undef T
#define T Reopening
static const CaseField reopenings[] = {
    FIELD(T, closed_at, TIME, MADE, "Had been closed", "When it had been closed."),
    FIELD(T, outcome,   CODE(OUTCOME), MADE, "With outcome", "How it was said to have ended."),
    FIELD(T, by,        OFFICER, 0, "By", BY_HELP),
    FIELD(T, at,        TIME, WHEN, "Reopened", "When it was opened again: from then on its clocks run."),
    FIELD(T, reason,    LONG, MUST, "Reason", "Why it is open again."),
};
#undef T
#define T Status
static const CaseField status[] = {
    FIELD(T, status, CODE(SUSPECT_STATUS), MUST, "Status", "Where the suspect stands now."),
    FIELD(T, at,     TIME, WHEN, "Since", "Since when."),
};
#undef T

#define LIST(name, T, label, one) { #name, label, one, sizeof(T), offsetof(CaseDoc, name), offsetof(CaseDoc, n_##name), name, sizeof name / sizeof name[0] }
const CaseList case_lists[LIST_COUNT] = {
    [LIST_OFFENCES]         = LIST(offences,         Offence,        "Offences",         "offence"),
    [LIST_FLAGS]            = LIST(flags,            Flag,           "Flags",            "flag"),
    [LIST_PEOPLE]           = LIST(people,           Person,         "People",           "person"),
    [LIST_REFERENCES]       = LIST(references,       Reference,      "References",       "reference"),
    [LIST_CROSS_REFERENCES] = LIST(cross_references, CrossReference, "Cross references", "cross reference"),
    [LIST_BOOKS]            = LIST(books,            Book,           "Books 124D",       "book 124D"),
    [LIST_ADDENDA]          = LIST(addenda,          Addendum,       "Addenda",          "addendum"),
    [LIST_BOOK_MOVES]       = LIST(book_moves,       BookMove,       "Book register",    "movement of a book"),
    [LIST_ASSESSMENTS]      = LIST(assessments,      Assessment,     "Risk assessments", "risk assessment"),
    [LIST_REVIEWS]          = LIST(reviews,          Review,         "Reviews",          "review"),
    [LIST_REFERRALS]        = LIST(referrals,        Referral,       "Referrals",        "referral"),
    [LIST_CONTACTS]         = LIST(contacts,         Contact,        "Contacts",         "contact"),
    [LIST_EVENTS]           = LIST(events,           Event,          "Events",           "event"),
    [LIST_NOTICES]          = LIST(notices,          Notice,         "Notices",          "notice"),
    [LIST_OWNERS]           = LIST(owners,           Owner,          "Owners",           "offer to a unit"),
    [LIST_INVESTIGATORS]    = LIST(investigators,    Investigator,   "Investigating officers", "investigating officer"),
    [LIST_CONSENT]          = LIST(consent,          Consent,        "Consent",          "consent"),
    [LIST_TASKS]            = LIST(tasks,            Task,           "Tasks",            "task"),
    [LIST_REFERRAL_STEPS]   = LIST(referral_steps,   ReferralStep,   "Referral steps",   "step of a referral"),
    [LIST_HEARINGS]         = LIST(hearings,         Hearing,        "MARAC",            "MARAC hearing"),
    [LIST_ORDERS]           = LIST(orders,           CourtOrder,     "Orders",           "court order"),
    [LIST_BAIL]             = LIST(bail,             Bail,           "Bail",             "bail"),
    [LIST_BREACHES]         = LIST(breaches,         Breach,         "Breaches",         "breach"),
    [LIST_SAFE_CONTACTS]    = LIST(safe_contacts,    SafeContact,    "Safe contact",     "safe contact"),
    [LIST_ATTEMPTS]         = LIST(attempts,         Attempt,        "Attempts",         "attempt to arrest"),
    [LIST_HOLDS]            = LIST(holds,            Hold,           "Holds",            "hold"),
    [LIST_LINKS]            = LIST(links,            Link,           "Linked cases",     "link to a case"),
    [LIST_DISPOSALS]        = LIST(disposals,        Disposal,       "Disposals",        "disposal"),
    [LIST_REOPENINGS]       = LIST(reopenings,       Reopening,      "Reopenings",       "reopening"),
    [LIST_STATUS] = { "status", "Status", "status", sizeof(Status), offsetof(Person, status), offsetof(Person, n_status),
                      status, sizeof status / sizeof status[0] },
};

/* The document as a file has it: scalars, and between them the lists. */
#define SCALARS(first, last) { PART_SCALARS, first, last }
#define LISTS(first, last)   { PART_LISTS, first, last }
const CasePart case_parts[] = {
    SCALARS(0, 18),                              /* id … kind       */
    LISTS(LIST_OFFENCES, LIST_PEOPLE),           /* offences, flags */
    SCALARS(18, 20),                             /* children        */
    LISTS(LIST_PEOPLE, LIST_STATUS),             /* people … disposals */
    SCALARS(20, 23),                             /* restricted_at, closed_at, outcome */
};
const size_t case_n_parts = sizeof case_parts / sizeof case_parts[0];
/* clang-format on */

const CaseField *case_list_field(CaseListId list, const char *column)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < l->n_fields; i++)
        if (str_eq(l->fields[i].column, column)) return &l->fields[i];
    return NULL;
}
