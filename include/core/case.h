/* case.h — a case as it is in memory: the case document of interchange §1.
** Times are UTC seconds, TIME_NONE when absent; codes are of the Vocabs that the document was read with; texts are
** UTF-8 without NUL, NULL when absent; all of it lives in the arena of whoever read it.
** After case_sort() every list is in time order (people keep theirs; equal times keep theirs; no time goes first). */
#ifndef CORE_CASE_H
#define CORE_CASE_H

#include "base/arena.h"
#include "base/civil.h"
#include "core/vocab.h"
#include <stddef.h>

/* An entry that was made by mistake is taken back: it stays, and from then on counts as not made. Of the lists of `case_withdrawals`. */
typedef struct Withdrawal { Time at; const char *by, *why; } Withdrawal;

typedef struct Offence { /* each stays: a class that takes the place of another names it (core/offence.h) */
    Code class;
    bool attempt;
    Time at;
    const char *by;
    Code replaces;      /* the class that it is instead of, or CODE_NONE: one more offence */
    const char *reason; /* why it was classified anew */
} Offence;
typedef struct Flag { Code flag; Time at; const char *by; } Flag;
typedef struct Status { Code status; Time at; } Status;
typedef struct Person {
    const char *key; /* "v1", "s1": unique in the case */
    Code role;
    const char *family, *given;
    Date born;
    Code sex;
    const char *ethnicity;
    bool police_staff;
    Time recorded_at;
    const char *related_to; /* key of another person, with `relationship` */
    Code relationship;
    const char *address;  /* last known; a victim's stands in safe_contacts */
    const char *warnings; /* what an officer must know at the door */
    Status *status;
    size_t n_status;
} Person;
typedef struct Reference {
    Code system;
    const char *number;
    Time at;
    Withdrawal withdrawn;
    const char *unusual; /* why the number is right although it has not its system's shape, by whom may say so: or NULL */
} Reference;
typedef struct CrossReference { Code in, to; Time at; const char *by; Withdrawal withdrawn; } CrossReference;
typedef struct Book { /* one version: a book that was reworked stands again, with its serial and a later time */
    const char *serial, *by;
    Time begun_at, completed_at;
    const char *index_number;
    Time index_at;
    const char *answers; /* canonical JSON object, or NULL */
    const char *signed_key, *signed_value; /* its writer's signature: core/signed.h; NULL: not signed */
    const char *whole; /* book_digest of it before anything in it was hidden; NULL: nothing is. In no file and no store */
} Book;
typedef struct Addendum { const char *book, *about; const char *by; Time at; const char *text; } Addendum;
typedef struct BookMove { const char *book, *to; const char *by; Time at; } BookMove;
typedef struct Assessment {
    Code instrument, stage;
    const char *by;
    Time at;
    Code grade;
    const char *rationale;
    const char *answers;  /* canonical JSON object {factor: {answer, context}}, checked; or NULL */
    const char *version;  /* hash of the instrument's text that it was made with; NULL: not known */
    const char *reason;   /* why the grade is lower than the one before, or NULL */
    const char *observed; /* what the officer saw and heard, apart from what the victim answered, or NULL */
} Assessment;
typedef struct Review {
    Code kind;
    const char *by;
    Time at;
    Code outcome;
    const char *book, *signature; /* which book was read, and the digest of exactly what was on the screen */
    Time opened_at;               /* since when it was on the screen */
    const char *reasons;          /* "risk-not-reasoned,children-missing": words of VOCAB_RETURN_REASON, or NULL */
    const char *text;
    const char *answers; /* of a checklist: canonical JSON object, or NULL */
    const char *signed_key, *signed_value; /* the reviewer's signature: core/signed.h; NULL: not signed */
    Withdrawal withdrawn;                  /* not under the signature */
} Review;
typedef struct Referral {
    Code to;
    bool restricted;
    Time at;
    Code basis;
    const char *grounds; /* of a MARAC: words of VOCAB_MARAC_GROUND, or NULL */
    const char *by, *text;
} Referral;
typedef struct Contact {
    Code with, kind, result;
    const char *by;
    Time at;
    const char *override; /* why a way was used that must not be, by whom may: or NULL */
    const char *text;
    Withdrawal withdrawn;
} Contact;
typedef struct Event { Code kind; const char *person; Time at; const char *by, *text; Withdrawal withdrawn; } Event;
typedef struct Notice { Code to; Time at; const char *by, *text; Withdrawal withdrawn; } Notice;
typedef struct Owner {
    Code unit;
    Time offered_at, accepted_at, refused_at, recalled_at; /* of the last three at most one */
    const char *by, *reason;                               /* who offered it; why it was refused or recalled */
} Owner;
/* Who investigates, from then on: the newest entry counts. Nobody again: an entry without an officer. */
typedef struct Investigator { const char *officer; const char *by; Time at; const char *reason; } Investigator;
typedef struct Consent { const char *to; Code answer; } Consent;
/* Work that somebody was given: a line of the risk plan (BD 1.6), an action of a MARAC (WF 7.5) or a DMM, an instruction, or what a `task` of
** the policy asks for. Filled in when it is done. */
typedef struct Task {
    const char *key;  /* "t1" */
    Code source;      /* "from" in a file: who set it */
    const char *rule; /* of the policy, when it is the source; or NULL */
    Code approach;    /* of a line of the plan */
    const char *what; /* one line: what the queue shows */
    Code owner;       /* VOCAB_ROLE: in whose queue it stands */
    const char *who;  /* an officer or an agency by name, or NULL */
    Time due;
    const char *by;
    Time at;
    const char *rationale; /* why a risk is accepted */
    Time review_at;        /* when that is looked at again */
    const char *approved_by;
    Time approved_at;
    Time done_at;
    const char *done_by, *result;
} Task;
/* What became of a referral, before and after it was made; of the newest one to that agency at its time. */
typedef struct ReferralStep { Code to, step, basis; const char *by; Time at; const char *text; } ReferralStep;
typedef struct Hearing { /* the case on the list of a MARAC meeting; a meeting is its time, and whether it is restricted */
    const char *key;      /* "m1" */
    Time meeting;
    bool restricted;
    const char *agencies; /* who may be there: words of VOCAB_AGENCY, or NULL */
    const char *by;
    Time at;
    Time heard_at;
    const char *minutes;
} Hearing;
typedef struct CourtOrder {
    const char *key; /* "o1" */
    Code kind;
    const char *person, *protects; /* against whom, whom: keys of people */
    const char *court, *number;
    Time served_at, expires;
    const char *terms;
    const char *by;
    Time at;
    Time considered_at; /* when its end was considered: renewed, or the victim told */
    Time ended_at;
    Code ended;
} CourtOrder;
typedef struct Bail {
    const char *key; /* "b1" */
    const char *person;
    const char *conditions; /* words of VOCAB_BAIL_CONDITION, or NULL */
    const char *terms;
    Time until;
    const char *by;
    Time at;
    Time ended_at;
    Code ended;
} Bail;
typedef struct Breach { const char *of; /* key of an order or a bail */ const char *by; Time at; const char *text; } Breach;
/* How a person may be reached; of each way and value the newest counts (BD 3.2, 3.6). */
typedef struct SafeContact {
    const char *person;
    Code way, rule;
    const char *value; /* the number or the address: secret */
    const char *times, *note;
    bool voicemail;
    const char *by;
    Time at;
} SafeContact;
typedef struct Attempt { const char *person, *place; Code result; const char *by; Time at; const char *text; Withdrawal withdrawn; } Attempt;
typedef struct Hold { const char *key; const char *duty; Time until; const char *reason; const char *by; Time at; Time ended_at; } Hold;
typedef struct Link { const char *to; Code why; const char *by; Time at; const char *text; } Link;
typedef struct Disposal {
    const char *person;
    Code kind, offence, reason;
    bool detection, unsupported; /* a sanction detection: what `counted` said; without the victim's support */
    const char *by;
    Time at;
    const char *text;
    const char *admission; /* of a caution: what was admitted, in the suspect's words */
    Code counted;          /* what somebody said of the detection; CODE_NONE: nobody was asked */
} Disposal;
/* The case was closed and is open again: what it had been closed with stands here, and not in the case any more. */
typedef struct Reopening { Time closed_at; Code outcome; const char *by; Time at; const char *reason; } Reopening;

typedef struct CaseDoc {
    const char *id; /* "KG-7F3Q2" */
    const char *borough;
    Time reported_at;
    Code reported_how;
    Time attended_at;
    Time incident_from, incident_to;
    const char *incident_place, *incident_ward;
    const char *cad_number;
    Time cad_received_at;
    Code cad_result;
    Time cad_closed_at;
    Code cad_ground; /* of one that is not domestic: why, what supports it, who decided; CODE_NONE: no evidence is recorded */
    const char *cad_evidence, *cad_decided_by;
    Time cad_decided_at;
    Code kind;
    Code children;
    Time children_at;
    Time restricted_at, closed_at;
    Code outcome;

    Offence *offences;              size_t n_offences;
    Flag *flags;                    size_t n_flags;
    Person *people;                 size_t n_people;
    Reference *references;          size_t n_references;
    CrossReference *cross_references; size_t n_cross_references;
    Book *books;                    size_t n_books;
    Addendum *addenda;              size_t n_addenda;
    BookMove *book_moves;           size_t n_book_moves;
    Assessment *assessments;        size_t n_assessments;
    Review *reviews;                size_t n_reviews;
    Referral *referrals;            size_t n_referrals;
    Contact *contacts;              size_t n_contacts;
    Event *events;                  size_t n_events;
    Notice *notices;                size_t n_notices;
    Owner *owners;                  size_t n_owners;
    Investigator *investigators;    size_t n_investigators;
    Consent *consent;               size_t n_consent;
    Task *tasks;                    size_t n_tasks;
    ReferralStep *referral_steps;   size_t n_referral_steps;
    Hearing *hearings;              size_t n_hearings;
    CourtOrder *orders;             size_t n_orders;
    Bail *bail;                     size_t n_bail;
    Breach *breaches;               size_t n_breaches;
    SafeContact *safe_contacts;     size_t n_safe_contacts;
    Attempt *attempts;              size_t n_attempts;
    Hold *holds;                    size_t n_holds;
    Link *links;                    size_t n_links;
    Disposal *disposals;            size_t n_disposals;
    Reopening *reopenings;          size_t n_reopenings;
} CaseDoc;

/* --- the catalogue: every key of the case document, once --------------------------------
** The same rows serve the reader, the writer, the store's binding, the entry forms, the case page and the names
** that policy files may use. Adding a field is one row here, one column in a migration and its name in db/sql. */
typedef enum FieldKind {
    FIELD_TEXT,     /* const char *, one line            */
    FIELD_LONG,     /* const char *, lines               */
    FIELD_TIME,     /* Time                              */
    FIELD_DATE,     /* Date                              */
    FIELD_CODE,     /* Code, of `vocab`                  */
    FIELD_CODES,    /* const char *, "a,b": words of `vocab`, each once, in its order; a list in a file */
    FIELD_YES,      /* bool; absent is false             */
    FIELD_OFFICER,  /* const char *, a warrant number    */
    FIELD_PERSON,   /* const char *, key of a person of this case */
    FIELD_JSON,     /* const char *, a JSON object, kept canonical */
    FIELD_ANSWERS   /* const char *, {factor: {answer, context}}   */
} FieldKind;

enum {
    FIELD_REQUIRED = 1,
    FIELD_ORDER = 2, /* the list is in order of this time */
    FIELD_MADE = 4,  /* said by the program, never entered by hand */
    FIELD_AHEAD = 8, /* a time that may lie ahead */
    FIELD_SECRET = 16, /* a number or an address: hidden until it is asked for, left out of what others get */
    FIELD_PLAIN = 32,  /* a text by which the program itself goes: it is never enciphered */
    FIELD_VEILED = 64, /* a date that tells who somebody is: enciphered with the texts   */
    FIELD_HOME = 128   /* where somebody lives: secret unless it is a suspect             */
};

typedef struct CaseField {
    const char *path;   /* "cad.number": dots make nested objects; column name = path with '_' for '.' */
    const char *column; /* "cad_number"    */
    FieldKind kind;
    VocabId vocab;      /* FIELD_CODE only */
    size_t offset;      /* in the item     */
    unsigned flags;
    const char *label;  /* "CAD number"    */
    const char *help;   /* one sentence: what it is and why it is asked; may be NULL */
} CaseField;

typedef enum CaseListId {
    LIST_OFFENCES, LIST_FLAGS, LIST_PEOPLE, LIST_REFERENCES, LIST_CROSS_REFERENCES, LIST_BOOKS, LIST_ADDENDA,
    LIST_BOOK_MOVES, LIST_ASSESSMENTS,
    LIST_REVIEWS, LIST_REFERRALS, LIST_CONTACTS, LIST_EVENTS, LIST_NOTICES, LIST_OWNERS, LIST_INVESTIGATORS, LIST_CONSENT,
    LIST_TASKS, LIST_REFERRAL_STEPS, LIST_HEARINGS, LIST_ORDERS, LIST_BAIL, LIST_BREACHES, LIST_SAFE_CONTACTS, LIST_ATTEMPTS, LIST_HOLDS,
    LIST_LINKS, LIST_DISPOSALS, LIST_REOPENINGS,
    LIST_STATUS, /* lies inside people; items_offset and count_offset are in Person */
    LIST_COUNT
} CaseListId;

typedef struct CaseList {
    const char *name;     /* "references": the key in the document and the table in the store */
    const char *label;    /* "References" */
    const char *one;      /* "reference"  */
    size_t item_size, items_offset, count_offset;
    const CaseField *fields;
    size_t n_fields;
} CaseList;

extern const CaseList case_lists[LIST_COUNT];
/* The scalars of the document itself, in document order (format is not among them). */
extern const CaseField case_scalars[];
extern const size_t case_n_scalars;
Time case_item_time(CaseListId list, const void *item); /* the time by which the list is in order; TIME_NONE where it is in none */
const CaseField *case_list_field(CaseListId list, const char *column); /* NULL when there is none */
/* Items of a list, as bytes; for LIST_STATUS use the person. */
void *case_items(const CaseDoc *doc, CaseListId list, size_t *n);
/* The value of a field as text for people (labels, local times); "" when absent. Lives in `a`. */
const char *case_field_words(const CaseField *f, const void *item, const Vocabs *v, Arena *a);
/* The value of a field as a file says it (words, RFC 3339); NULL when absent. */
const char *case_field_text(const CaseField *f, const void *item, const Vocabs *v, Arena *a);
bool case_field_absent(const CaseField *f, const void *item); /* a yes or no never is */
bool case_field_is_text(const CaseField *f); /* what somebody wrote: in a restricted case it lies enciphered */
void case_field_copy(const CaseField *f, void *to, const void *from); /* texts stay where they are */
/* Set a field from such text (or from a form): checks kind and vocabulary; err->field = f->column. */
bool case_field_set(const CaseField *f, void *item, const char *text, const Vocabs *v, Arena *a, Err *err);

/* --- one document -------------------------------------------------------------------------- */
/* An item with every field absent (TIME_NONE, DATE_NONE, …). */
void case_item_init(CaseListId list, void *item);
void case_init(CaseDoc *doc);
void case_sort(CaseDoc *doc);
/* Add a copy of an item at the end of a list (a new list in the arena: whoever reads many makes room for all at once).
** A consent takes the place of an earlier one to the same agency. LIST_STATUS: case_append_status. */
void case_append(CaseDoc *doc, CaseListId list, const void *item, Arena *a);
void case_append_status(Person *person, const Status *status, Arena *a);
/* Make a list of n items, every field absent, to be filled in by the caller; the list is then they. */
void *case_items_make(CaseDoc *doc, CaseListId list, size_t n, Arena *a);
/* What a reader checks that one field cannot say: required fields, unique person keys, relationships and events that
** name a person of the case, nothing later than `now` (TIME_MAX for no limit), an end not before its beginning.
** err->field is the path: "people[1].relationship.to". */
bool case_check(const CaseDoc *doc, const Vocabs *v, Time now, Err *err);
/* One item against its case, the same rules; err->field is the column. */
bool case_check_item(const CaseDoc *doc, CaseListId list, const void *item, const Vocabs *v, Time now, Err *err);
/* True when a and b hold the same facts (entries in any order). */
bool case_same(const CaseDoc *a, const CaseDoc *b);
bool case_item_same(CaseListId list, const void *a, const void *b);
/* True when `longer` says all that `shorter` said, and perhaps fills in what was absent: an offer now accepted, a book now indexed.
** A person is known by key, a consent by agency: what they say may differ, but nothing said may become absent and statuses only grow. */
bool case_item_extends(CaseListId list, const void *longer, const void *shorter);
typedef struct CaseLack { /* what a document does not say any more */
    char where[64]; /* its path in `shorter`: "reviews[0]", "people[1].born", "outcome" */
    char what[200]; /* in words: "the review ds-supervision of 2010-02-03T10:00:00Z"      */
} CaseLack;
/* True when `longer` holds all entries of `shorter`, each as it was or extended, and every scalar that `shorter` has (the value may
** differ); else `lack` tells the first that is missing. */
bool case_extends(const CaseDoc *longer, const CaseDoc *shorter, const Vocabs *v, CaseLack *lack);

/* --- what was taken back (case_withdrawn.c) ---------------------------------------------------- */
bool case_can_withdraw(CaseListId list);                                /* entries of that list can be taken back */
const Withdrawal *case_withdrawal(CaseListId list, const void *item);   /* NULL: it counts. As the entry says, whatever the time */
bool case_not_domestic_evidence(const CaseDoc *doc); /* of a CAD resulted not domestic: is its ground and what supports it recorded? */
const void *case_last(const CaseDoc *doc, CaseListId list);             /* the last entry of a list that counts; NULL when there is none */
bool case_any_withdrawn(const CaseDoc *doc, Time now);
/* The document as it counts at `now`: lists that hold entries taken back by then are copied without them; all else is shared. `out` may not
** be `doc`. Whoever counts entries counts those of this one; whoever shows them shows them all. */
void case_counting(const CaseDoc *doc, Time now, Arena *a, CaseDoc *out);

/* --- what follows from the facts ------------------------------------------------------------- */
Code case_grade(const CaseDoc *doc);        /* of the latest assessment that has one */
int grade_urgency(Code grade);              /* 0 high, 1 not yet assessed, 2 medium, 3 standard: the order of every queue */
/* When it is closed, and how it ended, as it stood at `now`: what was opened again later was closed then. */
void case_closing_at(const CaseDoc *doc, Time now, Time *closed_at, Code *outcome);
const Owner *case_owner(const CaseDoc *doc); /* the latest accepted, or NULL */
/* The investigating officer as known at `now`: a warrant number; NULL: nobody. And the entry that says so; NULL: nobody was ever given it. */
const char *case_investigator(const CaseDoc *doc, Time now);
const Investigator *case_investigation(const CaseDoc *doc, Time now);
Time case_touched(const CaseDoc *doc); /* the latest that any entry says it was made, but for whose case it is and what is put aside; or the report */
/* The newest version of a book, of any book when serial is NULL; NULL when there is none. And its number among the versions, from 1. */
const Book *case_book(const CaseDoc *doc, const char *serial);
size_t case_book_version(const CaseDoc *doc, const Book *book);
/* The most serious offence to show in a list (vocabulary order), of those that hold (core/offence.h); CODE_NONE when there is none. */
Code case_main_offence(const CaseDoc *doc);

/* --- JSON (case_read.c, case_write.c) -------------------------------------------------------------- */
typedef struct CaseWarnings { /* with lenient reading: unknown keys */
    char text[8][160];
    size_t n; /* may be more than 8: how many there were */
} CaseWarnings;
enum { CASE_JSON_DEPTH = 64 }; /* deeper nesting is refused before it is parsed */
/* One object. err->field is the path; the sentence names it: "people[1].nmae: unknown key (did you mean \"name\"?)". `warnings` NULL =
** strict. Sorted, checked against `now`. */
bool case_read(const char *json, size_t n, const Vocabs *v, Time now, Arena *a, CaseDoc *out, CaseWarnings *warnings, Err *err);
/* Canonical, one line without the newline: keys in the order of interchange §1, absent ones left out, times in Z. */
void case_write(const CaseDoc *doc, const Vocabs *v, Str *out);

/* --- case numbers ---------------------------------------------------------------------------- */
/* "KG-7F3Q" + check character: five of 23456789ABCDEFGHJKLMNPQRSTUVWXYZ, the last checks the first four and the borough.
** `random` gives 32 bits. */
void case_number_make(const char *borough, uint32_t random, char out[16]);
bool case_number_ok(const char *number);
bool case_id_valid(const char *id); /* 1 to 40 of A–Z a–z 0–9 . _ / - , the first a letter or digit: what import keeps as given */

#endif
