/* inside.h — what the verbs of the app share and nobody else sees: the running book, the log's pen, the derivation. */
#ifndef APP_INSIDE_H
#define APP_INSIDE_H

#include "app/alert.h"
#include "app/app.h"
#include "app/book.h"
#include "app/risk.h"
#include "app/sign.h"
#include "app/task.h"

enum { STAGES_MAX = 16, WATCHED_MAX = 64, LOST_UNKNOWN = -1 };

/* A key of an officer that was held against the log (vouch.c). */
typedef enum KeyStand {
    KEY_UNSIGNED, /* the log knows it, and it has not signed for itself yet: of a store of before */
    KEY_SOUND,
    KEY_FOREIGN /* put beside the name behind the program */
} KeyStand;
enum { KEYS_SEEN = 512 };
typedef struct KeySeen {
    uint8_t name[HASH_BYTES];
    KeyStand is;
    bool told; /* that it is foreign stands in the log */
    char whose[24], number[KEY_NUMBER];
} KeySeen;

struct App {
    Store *store;
    char *dir;
    char terminal[24];
    char seat[40]; /* whose drafts are whose, among the sessions of one officer: random hex, and the process */
    Policy *policy;     /* the one in force, parsed once */
    int64_t policy_key; /* its row                       */
    Time policy_since;
    int64_t policy_looked; /* when it was last asked whether another one is in force (app_ticks) */
    Policy **retired;      /* those that were in force while the book was open */
    size_t n_retired, retired_cap;
    Time fixed;         /* the clock of a training store, set by hand; TIME_NONE = the machine's */
    Time now;   /* for the log, passwords and what is written            */
    Time ahead; /* what is read is read as of then; TIME_NONE = as of now */
    Time last_fact; /* of the whole store, looked up once and only under a fixed clock; TIME_NONE = not yet */
    struct Watched { /* the cases that were given out since app_shown_forget; the last ones */
        CaseKey key;
        char id[48];
    } watched[WATCHED_MAX];
    size_t n_watched;
    int64_t lost; /* store_lost, as last heeded; or LOST_UNKNOWN */
    bool at_screens;
    char again[24]; /* the act for which the password was given once more (again.c) */
    bool in;
    Session session;
    uint8_t key[PW_KEY]; /* opens the officer's drafts; wiped at sign-out, kept at a lock: typing must be sealed */
    SecretKeys *secret;  /* guarded; the officer's while has_keys, wiped at lock and sign-out */
    PublicKeys keys;     /* beside them */
    bool has_keys;
    struct Holders *holders; /* whose keys are trusted, as last read (holders.c) */
    struct KeyRing *ring; /* guarded; keys of texts that were opened while has_keys, wiped with them */
    bool ring_misses;     /* some were looked for in vain */
    KeySeen keys_seen[KEYS_SEEN]; /* by their names */
    FormSpec **forms;   /* every form that was read so far, parsed; they stay as long as the app */
    size_t n_forms, cap_forms;
    Instrument **instruments; /* likewise */
    size_t n_instruments, cap_instruments;
    const char *offered[STAGES_MAX][VOCAB_WORDS_MAX]; /* app_instruments_for */
    const FormSpec *builtin; /* among them: the book's form that is compiled in */
    CaseKey override_key; /* a way that must not be used was opened in this case, and why: until that contact is recorded */
    char override[304];
    Arena *officer;      /* the row of the officer at the keyboard, read anew at every act */
};

/* --- the clock set ahead ------------------------------------------------------------------ */
/* Says no to what writes while the clock is set ahead. */
bool app_not_ahead(const App *app, Perm perm, Err *err);

/* --- the password once more (again.c) ------------------------------------------------------ */
bool again_given(App *app, const char *act, Err *err); /* asked and given for this act, or not asked: it is used up */
void again_forget(App *app);

/* --- may he? ---------------------------------------------------------------------------- */
/* app_may with the names that the log shall say: what was tried, on which case ("" for none). */
bool app_may_do(App *app, Perm perm, const char *act, const char *case_id, Err *err);
/* Writes the refusal to the log and returns false; `err` already says the sentence and is left alone. */
bool app_denied(App *app, const char *act, const char *case_id, const char *detail);
/* Somebody is signed in, not locked, not suspended meanwhile, not for more than twelve hours, and by a password of their own. */
bool app_somebody(App *app, Err *err);
/* The same, but whoever has yet to choose a password may do that. */
bool app_may_choose_password(App *app, Err *err);

/* --- the log ------------------------------------------------------------------------------ */
/* One entry in tx: who and where are the session's. `case_id` and `detail` may be NULL. */
bool app_log(App *app, Tx *tx, AuditKind kind, const char *act, const char *case_id, const char *detail, Err *err);
/* The same in a write of its own: on the disk when it returns true. */
bool app_log_now(App *app, AuditKind kind, const char *act, const char *case_id, const char *detail, Err *err);
/* The same for an act that changes a case: the detail ends in a digest of the case after it, so that `audit verify` sees what is
** changed behind the program. `added`: the document of a new case; NULL reads again what the store now holds. */
bool app_log_case(App *app, Tx *tx, AuditKind kind, const char *act, CaseKey key, const CaseDoc *added, const char *detail, Err *err);
/* Of the canonical document. */
#define ERASED_MARK "was:" /* before the digest that an erased case had, at the end of its last entry */
void app_case_digest(const App *app, const CaseDoc *doc, uint8_t out[HASH_BYTES]);
/* Chain, heads, and every case against its last digest: audit verify without asking who wants to know. */
bool app_prove_log(App *app, const Progress *p, AuditVerdict *out, Err *err);
/* Who acts: the officer, or "-" for the program itself. */
const char *app_who(const App *app);

/* --- derive ---------------------------------------------------------------------------------- */
/* The one road from facts to duties: policy, then the difference into the store. Of all facts, whatever the clock says
** (what is dated after app_now cannot get in, so the two differ only under a clock set back by hand). */
void app_derivation(App *app, const CaseDoc *doc, Arena *a, Derivation *out);
bool app_derive(App *app, Tx *tx, CaseKey key, const CaseDoc *doc, Arena *a, Err *err);
/* The suspects of a case who are outstanding, by its duties (roundup.c). In `a`. */
size_t roundup_outstanding(const App *app, const CaseDoc *doc, const Duty *duties, size_t n_duties, Arena *a, Outstanding **out);

/* Since when nothing is dated for the case, as known at `now` (watch.c); 0: something is, or it is not live. */
Time watch_idle(const App *app, const CaseDoc *doc, const Duty *duties, size_t n, Time now);

/* Does the case stand in the list of its investigating officer, or of nobody's, as known at `now` (caseload.c)? */
bool caseload_has(const App *app, const CaseDoc *doc, Time now);
/* May the officer be given cases at all? NULL: there is none of that number. */
bool caseload_may_hold(const Officer *o);
/* Is the case there for that officer? */
bool caseload_sees(App *app, const CaseRow *row, const Officer *o, Arena *a, bool *yes, Err *err);
/* Whom `only` names: "me", "nobody", a warrant number. Nobody's are those of officers who may not hold them any more, too. In `a`. */
bool caseload_is_named(App *app, const char *only, Arena *a, Err *err); /* it names somebody: a view may keep it */
bool caseload_named(App *app, const char *only, Arena *a, const char *const **out, size_t *n, Err *err);

const char *watch_unit(const Vocabs *v, const CaseDoc *doc, Time now); /* that accepted it last, as known at `now`; "" for none */
bool watch_is_ours(const Vocabs *v, const CaseDoc *doc, Time now);     /* it is one of the borough's */

/* --- policy ------------------------------------------------------------------------------------ */
/* Loads the policy in force; a store that has none yet gets the standard one. */
bool app_policy_load(App *app, Err *err);
/* Has another one come into force? Then it is loaded. Asks the store at most once a second. */
void app_policy_notice(App *app);
/* Inside a write: false (ERR_STALE) when the policy in hand is not the one in force any more. */
bool app_policy_same(App *app, Err *err);
/* All that is derived held against the facts, in slices, and mended. Asks nobody and logs only what it mends. */
bool app_recheck(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err);

/* What a row of holders.c is signed over. */
void holder_digest(const char *about, uint8_t out[HASH_BYTES]);
void holders_free(App *app);

/* --- officers ----------------------------------------------------------------------------------- */
bool app_no_officers(App *app, bool *none, Err *err);
/* A training store that has no officers yet gets its own. */
bool app_training_officers(App *app, Err *err);

/* --- passwords ------------------------------------------------------------------------------------ */
PwCost app_pw_cost(const App *app);
/* Length, the blocklist, and what anybody would guess of this officer. err->field is "password". */
bool password_rules(
    const char *password, RoleSet roles, const char *warrant, const char *name, bool training, Err *err);
/* At most four full derivations at once on one host: each takes 256 MiB. Waits at most `patience` milliseconds. Returns a
** descriptor to give back, or -1. */
enum { SLOT_PATIENCE = 20000 };
int slot_take(const App *app, int patience, Err *err);
void slot_give(int slot);

/* Is it this officer's password? Slows down, locks and counts as access.md says; fills `keys` when it is. One
** sentence for every no. */
bool app_prove(App *app, const char *warrant, const char *password, AuditKind kind, const char *act, PwKeys *keys,
    Officer *who, Arena *a, Err *err);
/* The password once more, of whoever is signed in: whoever walked up to an open session cannot sign. */
bool app_prove_again(App *app, const char *password, AuditKind kind, const char *act, Err *err);

/* --- keys of officers (keys.c): inside a write where there is a `tx` ------------------------------ */
/* The keys of this officer, opened with what the password gave; made when there are none. A write of its own when it must. */
bool keys_enter(App *app, const char *warrant, const PwKeys *pw, Err *err);
void keys_leave(App *app); /* wiped */
/* Those of another officer who has given the password as well: guarded, shut; the caller frees. NULL: there are none that it opens. */
SecretKeys *keys_of_other(App *app, const char *warrant, const PwKeys *pw);
bool keys_make(App *app, Tx *tx, const char *warrant, const PwKeys *pw, const char *why, Err *err); /* `why` goes into the log */
bool keys_reseal(App *app, Tx *tx, const char *warrant, const PwKeys *pw, Err *err); /* under another password; made when there are none */
bool keys_end(App *app, Tx *tx, const char *warrant, Err *err); /* nobody holds them any more */
char *key_number(const uint8_t key[SIGN_KEY], char out[KEY_NUMBER]);

/* --- is a key the officer's? (vouch.c) ----------------------------------------------------------------- */
bool key_stand(const App *app, const OfficerKey *k, KeyStand *out, Err *err);
bool key_vouched(App *app, const OfficerKey *k); /* sound; asked before anything is sealed to it */
bool keys_certify(App *app, Tx *tx, const char *warrant, Err *err); /* by the keys in hand: they are this officer's */
bool keys_refused_tell(App *app, Tx *tx, Err *err); /* into the log, each once; `tx` NULL: in a write of its own */
bool is_key_signature(const Signature *sig);
KeyStand custodians_stand(const App *app, const Custodians *c);
const char *custodians_said(const uint8_t box_key[SEAL_KEY], size_t n, Arena *a); /* what the log says when they are named */

/* --- keys of texts (cipher.c) ------------------------------------------------------------------------ */
void cipher_start(App *app);  /* the store asks here for keys from now on */
void cipher_leave(App *app);  /* wiped */
void cipher_look_again(App *app); /* what was not in these hands may be by now */
bool cipher_in_hand(App *app, CaseKey key); /* its text can be read: it lies plain, or its key is here */
bool cipher_opens(App *app, CaseKey key, Err *err); /* the same with a sentence */
/* Inside the write that breaks the glass: by the parts of whoever is signed in and of the second, both have the key. `secret` is guarded, and shut. */
bool cipher_break(App *app, Tx *tx, CaseKey key, const char *second, const SecretKeys *secret, Err *err);
/* What the log says of a restricted case, but for its digest, as it shall lie there. In `a`. */
bool cipher_detail(App *app, const AuditEntry *e, Arena *a, const char **out, Err *err);
/* At sign-in: what waits for somebody with these keys is done. */
void cipher_tend(App *app);
/* Inside a write that changed a case: its text lies as its list says, and whoever may see has the key. Before its digest is taken. */
bool cipher_settle(App *app, Tx *tx, CaseKey key, Err *err);

/* --- signatures in a case (sign.c) --------------------------------------------------------------------- */
/* By whoever is signed in; the item must be as it will be stored. */
bool sign_book(App *app, const char *case_id, Book *b, Arena *a, Err *err);
bool sign_review(App *app, const char *case_id, Review *r, Arena *a, Err *err);
void sign_count_case(App *app, const CaseDoc *doc, SignedCount *count);
bool sign_count_others(App *app, SignedCount *count, Err *err);
/* A record by other keys than those of the session, which are guarded and shut. */
bool sign_record_with(App *app, Tx *tx, const char *kind, const char *about, const uint8_t digest[HASH_BYTES], const char *by,
    SecretKeys *secret, Err *err);

/* --- what lists and tombstones say, signed (sign_facts.c) ------------------------------------------------- */
bool sign_access(App *app, Tx *tx, const AccessEntry *e, Err *err); /* by whoever is signed in */
bool sign_access_second(App *app, Tx *tx, const AccessEntry *e, SecretKeys *secret, Err *err); /* by e->second */
bool sign_tombstone(App *app, Tx *tx, const Tombstone *t, Err *err);
/* *out: of the thing as it is now; false: the kind is another one, or the thing is gone. */
bool sign_fact_now(App *app, const Signature *sig, const Tombstone *all, size_t n, uint8_t out[HASH_BYTES]);
bool sign_facts_unsigned(App *app, const Signature *sigs, size_t n_sigs, const Tombstone *all, size_t n, int64_t *out, Err *err);
bool warrant_fits(const char *warrant);

/* --- drafts ----------------------------------------------------------------------------------- */
/* What a draft's seal is bound to. */
char *draft_bound(Arena *a, const char *warrant, const char *about);
/* A draft that holds answers (draft_answers.c). */
typedef struct AnswersDraft {
    const char *mark, *what; /* "book124.draft/1", "a book": set before it is read */
    Time begun_at;
    char word[HASH_HEX]; /* what its kind needs to go on: one word */
    Answers *answers;    /* read: the caller's */
    Time at;             /* read: when it was put */
    const char *elsewhere; /* read: as in DraftView */
} AnswersDraft;
bool draft_answers_put(App *app, const char *about, const AnswersDraft *d, Err *err);
/* Of a draft that is shown; it is nobody else's from now on, unless `elsewhere` says where it is written. */
bool draft_answers_resume(App *app, const DraftView *view, AnswersDraft *d, Err *err);
/* Whoever had it: it is this session's. */
bool draft_answers_take(App *app, const char *about, AnswersDraft *d, Err *err);

/* --- cases ------------------------------------------------------------------------------------------ */
/* "There is no case "X" that you may look at.": one sentence for what is not there and what is not for this officer. */
bool app_no_such_case(ErrKind kind, const char *id, Err *err);
/* The case of that number for this officer, or the sentence above. */
bool app_case_find(App *app, const char *id, Arena *a, CaseRow *out, Err *err);

/* What a contact must be besides fitting the catalogue; fills in the override that this session gave for the case. ERR_DENIED. */
bool contact_item_fits(App *app, const CaseDoc *doc, CaseKey key, Contact *item, const char **warning, Err *err);
/* The look with what app_case_look hides: for acts that need it, never for a face. */
bool case_look_whole(App *app, const char *id, const char *purpose, Arena *a, CaseView *out, Err *err);
/* What says where somebody is, or how they can be reached, gives way to CASE_HIDDEN: in a document that is shown. Nothing that is written
** back goes through here. (contact_mask.c) */
void case_mask(App *app, CaseDoc *doc, Arena *a);
/* Links to cases that are not there for who looks (links.c): hidden in what is shown, kept in a document that is taken in. */
bool link_shown(App *app, const Link *l);
void links_hide(App *app, CaseDoc *doc, Arena *a);
void links_keep(App *app, const CaseDoc *before, CaseDoc *after, Arena *a);
void case_mask_ways(const App *app, CaseDoc *doc); /* all but what books say */
/* The same of the answers of a book; false: there was nothing to hide. */
bool answers_mask(const FormSpec *form, Answers *answers);

/* An act that says several things at once (change.c): may he, and the case as it is now; then what was made of `doc` is checked, written,
** derived, logged. The arena is the act's own. */
typedef struct Change {
    App *app;
    CaseRow *row; /* has the new revision at the end */
    const char *act;
    Arena *a;
    CaseDoc doc;
} Change;
bool change_begin(Change *c, Perm perm, Err *err);
bool change_end(Change *c, const char *detail, Err *err);
/* What an act leaves for another desk: a task of the case, of that role, due within a day (waits.c); and that it was answered. */
bool waits_add(App *app, Change *c, Role owner, const char *what, Err *err);
void waits_answered(const App *app, Change *c, const char *what, const char *result);
bool notice_add(App *app, CaseRow *row, const Notice *item, Err *err); /* Professional Standards are told: it stands on their desk */
/* The same for a document that was made in another way: `after` is put in order. On success the row has the new revision. */
bool case_change(App *app, CaseRow *row, CaseDoc *after, const char *act, const char *detail, Arena *a, Err *err);
/* The row after a write of ours that raised the revision `by` so much. */
void case_raised(const App *app, CaseRow *row, int by);
/* Adds to the case as it is now, and tries again when somebody else was faster: at most BOOK_TRIES times. `warning` may be NULL. */
bool case_add_anew(App *app, const char *case_id, CaseListId list, const void *item, Arena *a, const char **warning, Err *err);
/* A field by its column, from a text; NULL reads as none. */
bool item_set(const App *app, CaseListId list, void *item, const char *column, const char *text, Arena *a, Err *err);

/* Every value of an item once more through the door that a file's values come through. */
bool item_fields_fit(const Vocabs *v, CaseListId list, void *item, Arena *a, Err *err);
/* A code is of its vocabulary: what a caller made up has no word. */
bool case_code_fits(const Vocabs *v, const CaseField *f, const void *item, Err *err);
/* What every added entry goes through, for acts that add several in one write: who and when are filled in, every value goes through the door
** of a file's values (texts then live in `a`), and the entry is checked against its case. err->field is the column. */
bool app_item_fits(App *app, const CaseDoc *doc, CaseListId list, void *item, Arena *a, Err *err);
/* Puts the item in the place of the entry of `doc` that it says more about; false when there is none. */
bool case_grow(CaseDoc *doc, CaseListId list, const void *item, Arena *a);
/* The document, which is the caller's own, as it was known at `now`. */
void case_as_of(CaseDoc *doc, Time now);
/* True when a code of `shorter` is the same word in `longer`: where it is, a case needs no recoding. */
bool vocabs_continue(const Vocabs *longer, const Vocabs *shorter);
/* The document, which is the caller's own, in the codes of `to`; its lists become copies in the arena. */
void case_recode(CaseDoc *doc, const Vocabs *from, const Vocabs *to, Arena *a);
/* What rows and badges say a case is about: its main offence, else its kind; "" when neither is known. */
const char *app_offence_word(const Vocabs *v, const CaseDoc *doc);

/* A number nobody has yet, for a case that begins here. */
bool app_case_number(App *app, char out[16], Err *err);
/* What a book, an addendum and a reading must be besides fitting the catalogue: the same by every road. Sentence and field in err. */
bool book_item_fits(const App *app, const CaseDoc *doc, CaseListId list, const void *item, Err *err);

/* One more entry of a list. */
typedef struct CaseExtra {
    CaseListId list;
    void *item;
} CaseExtra;
/* app_case_add with further entries of the same write: all of them or none. `key`, `warning` are of the first. */
bool case_add_with(App *app, CaseRow *row, const CaseExtra *first, const CaseExtra *more, size_t n_more, Arena *a, const char **key, const char **warning, Err *err);
/* app_case_add, telling the key under which it stands (in `a`; NULL: not asked for, or the list has none). */
bool case_add_keyed(App *app, CaseRow *row, CaseListId list, const void *item, Arena *a, const char **key, const char **warning, Err *err);
/* A class that takes the place of another (offence.c), and a disposal with what it makes of the suspect (disposal.c): by every road but an import. */
bool offence_item_fits(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err);
bool disposal_add(App *app, CaseRow *row, const Disposal *item, Err *err);
/* An entry of a list whose entries have keys gets the first that is free. */
void case_fill_key(const CaseDoc *doc, CaseListId list, void *item, const Vocabs *v, Arena *a);
/* The ticks of a review as it keeps them (checks.c). */
struct ReviewChecks;
const char *checks_text(const struct ReviewChecks *c, Arena *a);
/* What an outcome asks besides: remedial action an instruction, satisfied that every check holds (app/review.h). */
bool review_follows(const App *app, const Review *r, size_t n_tasks, Arena *a, Err *err);
/* What a new task must be besides fitting the catalogue, by every road but an import. Pure. */
bool task_item_fits(const CaseDoc *before, const Task *item, Err *err);

/* What a hold must be besides fitting the catalogue: hold.h. */
bool hold_item_fits(App *app, const CaseDoc *doc, const Hold *h, Arena *a, Err *err);

/* --- forms ------------------------------------------------------------------------------------------ */
void app_forms_free(App *app);
/* "book-124d@3f2a…": what the answers say of the form they were given on. */
char *form_mark(const FormSpec *form, Arena *a);
#define ANSWER_FORM "form"

/* --- risk --------------------------------------------------------------------------------------------- */
void app_instruments_free(App *app);
/* Those that a form asks by. Writes nothing, so that it can be asked inside a write: what the store does not hold is the one compiled in. */
typedef struct Instruments {
    const Instrument *items[VOCAB_WORDS_MAX];
    size_t n;
} Instruments;
bool instruments_in_force(App *app, Instruments *out, Err *err);
/* Those that the form asks by are in the store from then on: what is filled in on it names their texts. */
bool instruments_put(App *app, const FormSpec *form, Err *err);
/* Why this officer may not give a case that is graded `was` the grade `is`; NULL when he may. In `a`. */
const char *risk_may_not(const App *app, Code was, Code is, Arena *a);
/* What an assessment must be besides fitting the catalogue, by every road: whose stage it is, who grades down, and why. ERR_DENIED or ERR_INVALID. */
bool risk_item_fits(const App *app, const CaseDoc *before, const Assessment *item, Arena *a, Err *err);
/* Fills in which text of the instrument it was made with, where that is not said. */
void risk_stamp(App *app, Assessment *item);
/* A text goes into the table of forms and is in force from then on. */
bool app_form_put(App *app, const char *act, const char *id, const char *hash, const char *text, size_t n, Err *err);
/* The form that those answers were given on, else the one compiled in; writes nothing, so that it may be asked inside a write. */
const FormSpec *form_of_answers(App *app, const Answers *answers);

/* Whose word it is which alerts fire: another version of the program is asked again. */
#define ALERT_MAKER BOOK124_VERSION

/* --- alerts ----------------------------------------------------------------------------------------- */
/* The accounts of the newest book completed by then. */
size_t alert_texts(App *app, const CaseDoc *doc, Time at, Arena *a, PolicyText **out);
/* What fires when all facts are told, and since when it does so on that basis. `fired` may be NULL. */
size_t alert_fires(App *app, const CaseDoc *doc, Time now, Arena *a, CaseAlert **out, AlertFired **fired);
/* All runs until `now`, in order of `from`. */
size_t alert_runs(App *app, const CaseDoc *doc, Time now, Arena *a, AlertRun **out);
/* Both, of all facts, as the store keeps them: alerts and runs of *out. */
void alert_derivation(App *app, const CaseDoc *doc, Arena *a, Derivation *out);
typedef struct AlertCheck {
    int64_t texts, differ; /* accounts read; cases whose alerts are not those that follow from the facts */
    struct {
        const char *words; /* the list whose pattern reached its limit */
        int64_t texts;
    } gave_up[16];
    size_t n_gave_up;
} AlertCheck;
bool alert_check(App *app, Arena *a, AlertCheck *out, Err *err);
/* The alerts that wait, when it is settled that one may. */
bool alert_page(App *app, const AlertQuery *q, Arena *a, AlertRow **rows, size_t *n, Err *err);
bool alert_count(App *app, RoleSet roles, int64_t *out, Err *err);
/* The queue of alerts at a moment the stored rows do not know. */
bool alert_live_rows(App *app, RoleSet roles, Arena *a, AlertRow **rows, size_t *n, Err *err);

/* --- the book 124D ---------------------------------------------------------------------------------- */
/* Answers that the program itself knows by name, in whatever form they stand; "" where they do not. */
#define ANSWER_SERIAL  "book.serial"
#define ANSWER_OFFICER "officer.warrant"
#define ANSWER_TEAM    "officer.team"
enum { SERIAL_MAX = 16 };

typedef struct BookTurn { /* what an officer may write now: a first version, or the one after the version that came back */
    const char *serial;
    const Book *last;       /* NULL for a first one */
    const Review *returned; /* beside it */
    size_t version;
    Time after;             /* completed later than this; TIME_NONE */
} BookTurn;
/* `serial` NULL: whichever book of the case waits for this officer. */
bool book_turn(const App *app, const CaseDoc *doc, const char *serial, Arena *a, BookTurn *out, Err *err);
/* The first free of 7F3Q2-1, 7F3Q2-2 …. */
bool book_case_of_cad(App *app, const char *cad, Arena *a, const char **number, const char **case_id, Err *err);
const char *book_serial_free(const App *app, const CaseDoc *doc, const char *case_id, Arena *a);
/* As the form writes it; books of other programs may have it otherwise. */
const char *book_serial_normal(const App *app, const char *serial, Arena *a);
bool book_serial_same(const char *a, const char *b); /* whatever the case of its letters */
/* The document as it is once the work is submitted: its facts, its version, completed at `at`. */
bool book_project(App *app, const BookWork *work, const CaseDoc *before, const char *serial, Time at, Arena *a, CaseDoc *out, Err *err);
/* What a new case says before anything is answered. */
void book_case_begin(const App *app, const BookWork *work, Arena *a, CaseDoc *out);
/* Answers of a stored version; an empty set when it has none, or some that cannot be read. The caller frees. */
Answers *book_answers(const char *json);
/* Gates of `act` that are shut. */
size_t book_gates_shut(App *app, const char *act, const CaseDoc *doc, const PolicyText *texts, size_t n, Arena *a, GateVerdict **out);
/* "PC Ama Example 900001", or the number alone. */
const char *book_officer(const App *app, const char *warrant, Arena *a);
/* Reads the case anew, and tries again when somebody else was faster: at most so often. Three was not enough beside one who writes without a break. */
enum { BOOK_TRIES = 20 };

/* --- the queue, when it is settled that one may ---------------------------------------------------------- */
bool app_page(App *app, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err);
bool app_counts(App *app, RoleSet roles, int64_t out[TAB_COUNT], Err *err);

/* Only rows that say these words (queue_view.c). */
bool queue_words_page(App *app, const QueueQuery *q, const char *words, Arena *a, QueueRow **rows, size_t *n, Err *err);

/* The figures of the cases of these investigating officers alone. */
bool queue_counts_of(App *app, RoleSet roles, const char *const *of, size_t n_of, int64_t out[TAB_COUNT], Err *err);

/* --- the queue at a moment the stored rows do not know ---------------------------------------------------- */
/* True when facts are dated after app_now: then the stored rows are of another moment. */
bool queue_needs_live(App *app, bool *live, Err *err);
/* By part, grade, due, case, duty, cycle; `of` is the moment (Time *). For qsort_r. */
int queue_compare(const void *p, const void *q, void *of);
/* Adds what came to these roles because its owner did not do it (queue_risen.c). */
bool queue_risen_page(App *app, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err);
bool queue_risen_counts(App *app, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err); /* q->roles, q->of, q->now */
bool queue_live_page(App *app, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err);
bool queue_live_counts(App *app, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err);
/* Is a row of a case of this officer (NULL: of nobody) asked for? */
bool queue_asks_of(const QueueQuery *q, const char *investigator);

/* --- time that passes, for long work ------------------------------------------------------------------------ */
int64_t app_ticks(void);          /* milliseconds of a clock that only goes forward */
enum { GATE_MILLISECONDS = 400 }; /* a long write lets others through after this */

#endif
