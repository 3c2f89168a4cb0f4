/* store.h — the promise of the store, in the book's own words. No engine shows through: db/ keeps it over SQLite today.
**
** A directory holds the store; many processes of one host share it. Facts are insert-only: a correction is a new row. Duties, the
** queue, its counts and the search keys are derived from facts and can be made again at any time to the same bytes.
** Reads are short: each verb reads what it needs and lets go; nothing is held across a key press. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/err.h"
#include "core/access.h"
#include "core/audit.h"
#include "core/case.h"
#include "core/duty.h"
#include "core/role.h"
#include "core/stretch.h"

typedef struct Store Store;
typedef int64_t CaseKey; /* a case inside this store; never shown to people */
typedef int64_t Rev;     /* counts the changes of one record from 1         */

/* --- the store itself ------------------------------------------------------------------------- */
typedef struct StoreInfo {
    bool training;
    char borough[8];
    Time created_at;
    int schema;             /* version of the schema           */
    char id[33];            /* random, hex: which store it is  */
} StoreInfo;

/* Make a store in `dir` (made with mode 0700 when missing; refused when it holds anything, is a link, or lies on a network file
** system). Afterwards it is a whole store or there is nothing: never a half. */
bool store_create(const char *dir, const StoreInfo *birth, Err *err);
/* Open, checking place, owner, modes, application id, schema (older ones are migrated after a copy is put aside; newer ones are refused
** with a sentence), and reading every hardening setting back. */
Store *store_open(const char *dir, Err *err);
void store_close(Store **s); /* content with NULL; checkpoints inside the gate when it is the last */
const StoreInfo *store_info(const Store *s);
/* A write waits at most this long for its turn (default 10 s), then ERR_BUSY. */
void store_set_patience(Store *s, int milliseconds);
/* For idle moments: folds the write-ahead log into the store when it has grown, so that no save ever waits for that. Does nothing
** when somebody is saving, or inside a write or a read. Call it when nobody has typed for a while. */
bool store_breathe(Store *s, Err *err);

/* --- a write ------------------------------------------------------------------------------------- */
typedef struct Tx { /* {0} is "no transaction"; store_end accepts it */
    Store *store;
    int64_t act;    /* the seq the log entry of this write has: rows of facts remember it */
    int entries;    /* log entries appended so far */
    bool changed, open;
    bool rewrote;      /* texts of facts: when this is on the disk, what stood there goes from the files */
    char rewritten[64]; /* the case whose texts were, until an entry of the log names it with its new digest; "" when none is due */
} Tx;
bool store_begin(Store *s, Tx *tx, Err *err); /* through the gate; ERR_BUSY when it does not come in time */
/* True only when everything is on the disk. Refuses (ERR_BUG) a transaction that changed rows and appended nothing to the log. */
bool store_commit(Tx *tx, Err *err);
void store_end(Tx *tx); /* rolls back what was not committed, lets the gate go; twice is harmless */
/* Inside one transaction, a part that can be given up alone: used by imports, so that one bad record does not take the rest along. */
bool store_part_begin(Tx *tx, Err *err);
bool store_part_keep(Tx *tx, Err *err);
void store_part_drop(Tx *tx);

/* --- the log ---------------------------------------------------------------------------------------- */
/* Fills seq, prev and hash of `e` and appends it. */
bool store_audit_append(Tx *tx, AuditEntry *e, Err *err);
/* The last entry (seq 0 and audit_genesis in hash when there is none). Texts live in `a`. */
bool store_audit_head(Store *s, Arena *a, AuditEntry *out, Err *err);
/* Entries from `from` on, in order, until `each` returns false or the log ends. Texts live until `each` returns. */
bool store_audit_each(Store *s, int64_t from, bool (*each)(void *with, const AuditEntry *e), void *with, Err *err);

/* What of the log is asked. Along an index: as much work as entries that the first of these chooses; the others sieve. */
typedef struct AuditQuery {
    const char *case_id;  /* NULL = any */
    const char *who;      /* warrant; NULL = anybody */
    bool named;           /* also what names the case, or the officer, in its detail: searches that showed it; acts on the account */
    unsigned kinds;       /* bits 1 << AuditKind; 0 = all */
    Time from, to;        /* both inclusive; TIME_NONE = open */
    int64_t from_seq, to_seq; /* both inclusive; 0 = open */
    int64_t limit;        /* 0 = all */
    bool newest;          /* the last first */
} AuditQuery;
typedef bool AuditVisitor(void *with, const AuditEntry *e);
/* In order of seq, or of time and then seq when only times choose; backwards with `newest`. Until `each` returns false. Texts live until it returns. */
bool store_audit_find(Store *s, const AuditQuery *q, AuditVisitor *each, void *with, Err *err);
bool store_audit_entry(Store *s, int64_t seq, Arena *a, AuditEntry *out, Err *err); /* ERR_MISSING */
/* The first entry of that time or later; 0 when there is none. Clocks are set: later entries may be of earlier times. */
bool store_audit_since(Store *s, Time at, int64_t *seq, Err *err);
/* Since when the case of that number is restricted; TIME_NONE when it is not, or not there. */
bool store_case_restricted(Store *s, const char *id, Time *out, Err *err);

/* The highest entry that a fact remembers being written with: a log that ends before it was cut. */
bool store_last_act(Store *s, int64_t *out, Err *err);
/* The file `heads` beside the store says now and then where the log stood: in order of seq. `unreadable`: lines that are none. */
typedef struct LogHead { int64_t seq; uint8_t hash[HASH_BYTES]; } LogHead;
bool store_heads(Store *s, Arena *a, LogHead **out, size_t *n, size_t *unreadable, Err *err);

/* Whenever a line is due there, `tell` is given it too, outside the file: "log head 48213 8f2c… of store 5f0c…". */
void store_on_head(Store *s, void (*tell)(void *with, const char *line), void *with);

/* --- officers ------------------------------------------------------------------------------------------ */
typedef struct Officer {
    const char *warrant; /* "190001" */
    const char *name;    /* "DS Example" */
    RoleSet roles;
    bool suspended;
    PwRecord password;
    int failures;        /* wrong passwords since the last right one */
    Time retry_at;       /* no attempt counts before this; TIME_NONE for at once */
    bool must_change;    /* somebody else chose the password: it serves to choose one's own */
    Rev rev;
} Officer;
bool store_officer_get(Store *s, const char *warrant, Arena *a, Officer *out, Err *err); /* ERR_MISSING */
bool store_officer_list(Store *s, Arena *a, Officer **out, size_t *n, Err *err);         /* by warrant */
bool store_officer_insert(Tx *tx, const Officer *o, Err *err);                           /* ERR_INVALID when there */
bool store_officer_update(Tx *tx, const Officer *o, Err *err);                           /* o->rev must be the stored one, else ERR_STALE */

/* Wrong passwords typed at one terminal, whoever's. */
typedef struct Tries {
    int failures; /* 0: none */
    Time since;   /* when the first of them was */
} Tries;
bool store_tries_get(Store *s, const char *terminal, Tries *out, Err *err);
bool store_tries_put(Tx *tx, const char *terminal, const Tries *tries, Err *err);

/* The public keys of officers: rows are added, the newest of a warrant counts. */
typedef struct OfficerKey {
    const char *warrant;
    bool none;       /* the keys before this row are not the officer's any more, and there are none yet */
    PublicKeys keys;
    Time made_at, ended_at; /* ended: when the next row came; TIME_NONE: it is the newest */
    int64_t act;     /* the entry of the log it came with; filled in */
} OfficerKey;
bool store_key_now(Store *s, const char *warrant, Arena *a, OfficerKey *out, Err *err); /* ERR_MISSING when there was never one */
bool store_key_of(Store *s, const uint8_t sign[SIGN_KEY], Arena *a, OfficerKey *out, Err *err); /* whose it is or was; ERR_MISSING */
bool store_key_list(Store *s, Arena *a, OfficerKey **out, size_t *n, Err *err); /* in the order they were made */
bool store_key_add(Tx *tx, const OfficerKey *k, Err *err);
/* The secret keys as the app seals them; changed in place, never a fact. */
enum { SECRET_SEALED_MAX = 400 };
typedef struct OfficerSecret { uint8_t sealed[SECRET_SEALED_MAX]; size_t n; } OfficerSecret;
bool store_secret_get(Store *s, const char *warrant, OfficerSecret *out, Err *err); /* ERR_MISSING */
bool store_secret_put(Tx *tx, const char *warrant, const OfficerSecret *secret, Err *err);
bool store_secret_drop(Tx *tx, const char *warrant, Err *err); /* content when there is none */

/* Signatures of what is no part of a case (those of books and reviews lie in them). Added, never changed. */
typedef struct Signature {
    const char *kind, *about; /* "policy.approve", a hash; "dmm.sheet", "2010-02-03" */
    uint8_t digest[HASH_BYTES];
    const char *by;
    Time at;
    uint8_t sign_key[SIGN_KEY], value[SIGN_VALUE];
} Signature;
bool store_signature_add(Tx *tx, const Signature *sig, Err *err);
bool store_signature_kind(Store *s, const char *kind, Arena *a, Signature **out, size_t *n, Err *err); /* by what they are about */
bool store_signature_list(Store *s, const char *kind, const char *about, Arena *a, Signature **out, size_t *n, Err *err); /* kind NULL: all; oldest first */

/* --- policies ------------------------------------------------------------------------------------------- */
typedef struct StoredPolicy { int64_t key; const char *id, *hash, *text; size_t n; Time activated_at; } StoredPolicy;
bool store_policy_active(Store *s, Arena *a, StoredPolicy *out, Err *err); /* ERR_MISSING when none is yet */
bool store_policy_activate(Tx *tx, const char *id, const char *hash, const char *text, size_t n, Time now, Err *err);

bool store_policy_newest(Store *s, int64_t *key, Err *err); /* 0 when none is yet: a cheap way to see that another one is in force */
typedef struct PolicyVersion { /* one that is or was in force; `by` and `approved_by` NULL: the program itself */
    int64_t key;
    const char *id, *hash, *by, *approved_by;
    Time proposed_at, activated_at;
} PolicyVersion;
bool store_policy_list(Store *s, Arena *a, PolicyVersion **out, size_t *n, Err *err); /* newest first */
bool store_policy_text(Store *s, int64_t key, Arena *a, const char **text, size_t *n, Err *err); /* ERR_MISSING */
/* A text is proposed, then decided on once. Both stay. */
typedef struct PolicyProposal {
    int64_t key;
    const char *id, *hash, *by;
    Time at;
    const char *decision, *decided_by; /* "activated", "withdrawn"; NULL while it is open */
    Time decided_at;
} PolicyProposal;
bool store_proposal_add(Tx *tx, const PolicyProposal *p, const char *text, size_t n, int64_t *key, Err *err);
bool store_proposal_list(Store *s, Arena *a, PolicyProposal **out, size_t *n, Err *err); /* newest first */
bool store_proposal_text(Store *s, int64_t key, Arena *a, const char **text, size_t *n, Err *err); /* ERR_MISSING */
/* `policy` 0: withdrawn; else it became that policy. ERR_STALE when it was decided before. */
bool store_proposal_decide(Tx *tx, int64_t key, int64_t policy, const char *who, Time now, Err *err);

/* --- forms: every text that was ever in force; the last one of an id counts ---------------------------------- */
typedef struct StoredForm { const char *id, *hash, *text; size_t n; Time activated_at; } StoredForm;
bool store_form_active(Store *s, const char *id, Arena *a, StoredForm *out, Err *err);    /* ERR_MISSING when none is yet */
bool store_form_by_hash(Store *s, const char *hash, Arena *a, StoredForm *out, Err *err); /* ERR_MISSING */
bool store_form_activate(Tx *tx, const char *id, const char *hash, const char *text, size_t n, Time now, Err *err);

/* --- who looks -------------------------------------------------------------------------------------------------
** Every verb below tells only of cases that are there for who looks now: a restricted one is there for those on its list, and for nobody
** else in any way (core/access.h). Until somebody is said, it is nobody. Looked at by the clock of `who`. */
void store_view(Store *s, const Viewer *who); /* NULL: nobody */
/* How often it was found that a case is not there any more for who looks, and was a moment ago: screens that show it must let it go. */
bool store_lost(Store *s, int64_t *times, Err *err);
bool store_is_restricted(Store *s, CaseKey key, bool *is, Err *err); /* of one that is there for who looks */
/* The program itself: deriving, proving, mending. Nothing that is read so may reach anybody. on and off in pairs. */
void store_view_all(Store *s, bool on);
/* While on, no restricted case is there, whoever looks: for what is kept and told to everybody. */
void store_view_plain(Store *s, bool on);
bool store_access_add(Tx *tx, const AccessEntry *e, int64_t *key, Err *err); /* e->key is given; key may be NULL */
bool store_access_of_case(Store *s, CaseKey key, Arena *a, AccessEntry **out, size_t *n, Err *err); /* in their order */
/* Broken glasses that nobody has reviewed yet, of restricted cases that are there for who looks, the oldest first. */
bool store_access_entry(Store *s, int64_t key, Arena *a, AccessEntry *out, Err *err); /* ERR_MISSING */
bool store_access_unsigned(Store *s, int64_t *n, Err *err); /* how many of all of them have no signature */
bool store_access_glasses(Store *s, Arena *a, AccessEntry **out, size_t *n, Err *err);
bool store_case_twins(Store *s, const char *id, Arena *a, CaseKey **out, size_t *n, Err *err); /* that came in under a taken number */
bool store_restricted(Store *s, Arena *a, CaseKey **out, size_t *n, Err *err); /* those that are there for who looks, by key */

/* --- text that lies enciphered (store_cipher.c, access.md) -----------------------------------------------------
** The text of a restricted case lies under a key of its own, what safe contact says in other cases under that of the unit. Verbs give and take
** it plain; the keys come from who is signed in. Without the key, a case that is enciphered is ERR_DENIED to read, and to write; safe contact
** is given as it lies. The program itself (store_view_all) is given all of it as it lies. */
enum { CIPHER_UNIT = 0 }; /* the case key that stands for the unit's */
/* *have: it is in these hands. False when that could not be looked up. */
typedef bool CipherKeyOf(void *with, CaseKey key, int64_t generation, uint8_t out[PW_KEY], bool *have, Err *err);
typedef struct CipherHands { /* of who is signed in */
    CipherKeyOf *key_of;
    /* The form that the answers of a book were given on, and whether a question of it is safe contact. NULL: there is none. */
    const void *(*form_of)(void *with, const char *answers);
    bool (*secret)(const void *form, const char *question);
    void *with;
} CipherHands;
void store_cipher(Store *s, const CipherHands *hands); /* NULL: nobody's */
void store_cipher_raw(Store *s, bool on); /* everything as it lies, whoever has keys: for digests. on and off in pairs */
/* False, with the sentence for who has not the key of a case. */
bool store_cipher_denied(Err *err);
/* Does the case that was put in last lie otherwise than it was given? */
bool store_cipher_wrote(const Store *s);
bool store_cipher_any(Store *s, bool *any, Err *err); /* does any case lie enciphered? */
/* Under which generation a case lies now; 0: plain. */
bool store_cipher_now(Store *s, CaseKey key, int64_t *generation, Err *err);
/* What is written from now on lies under the next generation, or plain. */
bool store_cipher_next(Tx *tx, CaseKey key, Time now, int64_t *generation, Err *err);
bool store_cipher_none(Tx *tx, CaseKey key, Time now, Err *err);
/* Everything that was written before, in all its versions, from generation `was` to the one that is now. Both keys must be in hand. */
bool store_cipher_again(Tx *tx, CaseKey key, int64_t was, Err *err);

typedef struct CipherGrant { /* the key, sealed to who may open it */
    CaseKey case_key;
    int64_t generation;
    const char *officer; /* "" is that of the custodians */
    int parts;           /* 0: the whole key; else one more than the officer's number, and it is parts: those of two officers make the key */
    uint8_t box_key[SEAL_KEY]; /* sealed to this one */
    const uint8_t *sealed;
    size_t n;
} CipherGrant;
/* Every case that lies enciphered, and the unit, with its generation now; of the other members none. */
bool store_cipher_list(Store *s, Arena *a, CipherGrant **out, size_t *n, Err *err);
bool store_grant_put(Tx *tx, const CipherGrant *g, Err *err);
bool store_grant_drop(Tx *tx, CaseKey key, int64_t generation, const char *officer, Err *err);
bool store_grants_drop(Tx *tx, CaseKey key, int64_t below, Err *err); /* all of earlier generations */
bool store_grant_get(Store *s, CaseKey key, int64_t generation, const char *officer, Arena *a, CipherGrant *out, Err *err); /* ERR_MISSING */
bool store_grant_list(Store *s, CaseKey key, int64_t generation, Arena *a, CipherGrant **out, size_t *n, Err *err);
/* Custodians: a key to which every other is sealed, its secret half in parts of which two make the whole. Those of now; a new set takes its place. */
typedef struct Custodian {
    int number;
    const char *officer;
    const uint8_t *sealed;
    size_t n;
} Custodian;
typedef struct Custodians {
    int64_t generation; /* 0: there are none */
    uint8_t box_key[SEAL_KEY];
    Time since;
    int64_t act; /* the entry of the log they came with; filled in */
    Custodian *items;
    size_t n;
} Custodians;
bool store_custodians(Store *s, Arena *a, Custodians *out, Err *err);
bool store_custodians_put(Tx *tx, const Custodians *c, Err *err);
/* Cases whose text does not lie yet as it should. */
bool store_cipher_wait(Tx *tx, CaseKey key, Err *err);
bool store_cipher_settled(Tx *tx, CaseKey key, Err *err);
bool store_cipher_waits(Store *s, CaseKey key, bool *waits, Err *err);
bool store_cipher_waiting(Store *s, CaseKey from, size_t limit, Arena *a, CaseKey **out, size_t *n, Err *err); /* behind `from`, by key */

/* --- cases: facts ------------------------------------------------------------------------------------------ */
typedef struct CaseRow { CaseKey key; Rev rev; const char *id; Time changed_at; const char *changed_by; bool restricted, enciphered; } CaseRow;
/* row.id is what who looks can tell the case by; doc.id is the number it has. They differ only where a case came in under the number of one
** that was not there for who brought it, and who looks sees both: "KG-7F3Q2#17". */
bool store_case_find(Store *s, const char *id, Arena *a, CaseRow *out, Err *err); /* ERR_MISSING */
bool store_case_by_cad(Store *s, const char *cad_number, Arena *a, CaseRow *out, Err *err); /* the normal form; ERR_MISSING */
bool store_case_load(Store *s, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *out, Err *err); /* sorted */
/* The same as it stood in the store at that time: what was written later is not there, whatever it is dated. Of a case that came into
** the store later, what it came with. */
bool store_case_load_then(Store *s, CaseKey key, Time then, const Vocabs *v, Arena *a, CaseDoc *out, Err *err);
bool store_case_insert(Tx *tx, const CaseDoc *doc, const Vocabs *v, Time now, const char *who, CaseRow *out, Err *err); /* out->id is doc->id */
/* The same beside another case: when that one is restricted `doc` must be so too, and is born with its list and its named subjects. */
bool store_case_insert_beside(Tx *tx, const CaseDoc *doc, CaseKey beside, const Vocabs *v, Time now, const char *who, CaseRow *out, Err *err);
/* For LIST_STATUS the item is a Person: its key says whose, its statuses are added. A consent takes the place of the agency's earlier one.
** Both raise the revision by one; ERR_STALE, naming who changed it and when, when `rev` is not the stored one. */
bool store_case_add(Tx *tx, CaseKey key, Rev rev, CaseListId list, const void *item, const Vocabs *v, Time now, const char *who, Err *err);
/* `after` must extend what is stored (case_extends): adds what is new, writes a new version of scalars and people that changed. A case that
** becomes restricted so, or comes in so, gets its list: `who`, the detective inspector, Professional Standards; it stops being so only after
** an ACCESS_LIFT in the same write. */
bool store_case_update(Tx *tx, CaseKey key, Rev rev, const CaseDoc *after, const Vocabs *v, Time now, const char *who, Err *err);

/* The one way to change what was written: every text of one case, in all versions, wherever it lies in the tables of facts, for a case that
** becomes restricted (its text is sealed). The function is asked for each and says what stands there from now on: the same pointer leaves
** it; NULL (of the catalogue: "" too) takes it away, and is refused where it is `needed`; the new text lives in `a`, which is wiped
** afterwards. Whoever calls has asked whether it may be: neither the list of a restricted case nor its revision is looked at. The log must
** name the case before the commit (collect, alter or erase, with the digest that it has then), and before the next one is rewritten.
** Once it is on the disk, what stood there goes from the files, too: store_scrubbed says whether it has.
** Derived rows (search_key, what a duty says) are not touched: derive again. Drafts are sealed with their officer's key. */
enum { REWRITE_HEAD = LIST_COUNT, REWRITE_OTHER };
typedef struct RewriteAt {
    const char *table, *column;
    int list;               /* CaseListId; REWRITE_HEAD: what a case has once; REWRITE_OTHER: outside the catalogue (alert_answer, access, retention) */
    const CaseField *field; /* NULL outside the catalogue */
    int64_t seq, version;   /* 0 where rows have none; of `access` and `retention` the key stands in seq */
    bool needed;            /* the column must hold something */
} RewriteAt;
typedef bool RewriteFn(void *with, const RewriteAt *at, const char *text, Arena *a, const char **out, Err *err);
bool store_case_rewrite(Tx *tx, CaseKey key, RewriteFn *fn, void *with, Err *err);
/* Has what was rewritten or erased gone from the files? Somebody who reads just then keeps it there a moment longer: store_breathe goes on. */
bool store_scrubbed(const Store *s);

/* --- retention: cases due for review, what was decided, what remains of erased ones ------------------------------------------- */
typedef enum RetentionVerb { RETENTION_KEEP, RETENTION_PROPOSE, RETENTION_WITHDRAW, RETENTION_VERBS } RetentionVerb;
extern const char *const retention_verb_words[RETENTION_VERBS];
typedef struct RetentionEntry {
    int64_t key;
    CaseKey case_key;
    RetentionVerb verb;
    Date until; /* keep: until that day; DATE_NONE else */
    const char *reason, *by;
    Time at;
} RetentionEntry;
bool store_retention_add(Tx *tx, const RetentionEntry *e, Err *err); /* e->key is given */
bool store_retention_of_case(Store *s, CaseKey key, Arena *a, RetentionEntry **out, size_t *n, Err *err); /* in their order */
typedef struct ClosedCase { CaseKey key; Time closed_at; } ClosedCase;
typedef struct ClosedQuery {
    const ClosedCase *from; /* NULL: from the start; else those behind it */
    Time soon, late;        /* closed by `late`, or by `soon` where none of the words is an offence or a flag of it */
    const char *words;      /* " murder hbv " */
    Date today;             /* what is kept beyond it is passed over */
} ClosedQuery;
/* The longest closed first, along an index, until `each` wants no more. */
bool store_closed_each(Store *s, const ClosedQuery *q, bool (*each)(void *with, const ClosedCase *c), void *with, Err *err);

typedef struct Tombstone {
    CaseKey key;
    const char *case_id;
    Date reported, closed, due;
    int group;
    const char *proposed_by, *erased_by, *reason;
    Time erased_at;
    uint8_t digest[HASH_BYTES]; /* of the case as it was last */
    int64_t act;                /* the log entry it came with; filled in */
} Tombstone;
/* All rows of the case go, and what was derived from them, its drafts, the reasons of its lists; the number and the tombstone stay. The log must name
** the case (erase) before the commit. ERR_STALE when `rev` is not the stored one. Nothing can be written of it afterwards. */
bool store_case_erase(Tx *tx, Rev rev, const Tombstone *t, const Vocabs *v, Err *err);
/* ERR_MISSING: it was not erased, is not there, or is not for who looks. */
bool store_tombstone(Store *s, const char *id, Arena *a, Tombstone *out, Err *err);
bool store_tombstones(Store *s, Arena *a, Tombstone **out, size_t *n, Err *err); /* the last first */

/* Walk all cases. In key order the tables are walked side by side (fast); in id order each is looked up. `doc` lives until `each`
** returns. `each` returning false stops the walk (still true, unless it filled err). Inside a write it sees that write. */
typedef enum WalkOrder { WALK_BY_KEY, WALK_BY_ID } WalkOrder;
typedef bool CaseVisitor(void *with, const CaseRow *row, const CaseDoc *doc, Err *err);
bool store_case_each(Store *s, WalkOrder order, const Vocabs *v, CaseVisitor *each, void *with, Err *err);
bool store_case_count(Store *s, int64_t *out, Err *err);

/* Search by anything that names a case: its id, a reference, a book's serial or index number, a CAD number; then by family name. Compared
** by utf8_fold without spaces, as a prefix; exact hits first. */
typedef struct CaseHit { CaseRow row; const char *what; /* "CRIS 4212345/10", "victim" */ const char *shown; } CaseHit;
bool store_case_search(Store *s, const char *text, size_t limit, const Vocabs *v, Arena *a, CaseHit **out, size_t *n, Err *err);

/* --- the register of books: where books lie along one order; what they say is read from their cases -------------------- */
typedef enum BookOrder {
    BOOKS_BY_COMPLETED, /* newest first */
    BOOKS_BY_SERIAL,
    BOOKS_BY_INDEX,    /* index numbers */
    BOOKS_BY_HOLDER,   /* who has it: an officer or a place */
    BOOKS_BY_RECEIVED, /* when it came there, newest first */
    BOOK_ORDERS
} BookOrder;
typedef struct BookPlace { /* one row of a fact: an older version of the book or an older movement may stand here too */
    CaseKey key;
    const char *case_id, *serial;
    Time at;          /* completed, or received */
    const char *text; /* serial, index number or holder: what an order of text goes by */
    unsigned char place[80]; /* where it stands in the order: give it back as `from` */
} BookPlace;
typedef struct BookQuery {
    BookOrder order;
    const char *begins;     /* of `text`, without regard to case (ASCII); NULL or "" for all */
    Time after, before;     /* of `at`, both inclusive; TIME_NONE = open */
    const BookPlace *from;  /* NULL = from the start */
    bool backwards;         /* rows before `from`, still in order */
    size_t limit;
} BookQuery;
/* Along an index: as much work as rows. What the order does not go by (times in an order of text, `begins` in an order of time) chooses
** among the rows that are passed. Rows without a time are in no order of time. ERR_INVALID when `from` is a place of the other table. */
bool store_books_page(Store *s, const BookQuery *q, Arena *a, BookPlace **out, size_t *n, Err *err);
/* The books that stand so (bits 1 << BookState), all but the indexed ones, whose bit is passed over: at most `limit`. */
typedef struct BookName { CaseKey key; const char *serial; } BookName;
bool store_books_in_state(Store *s, unsigned states, size_t limit, const Vocabs *v, Arena *a, BookName **out, size_t *n, Err *err);

/* --- looking up while somebody types -------------------------------------------------------------------------------- */
typedef struct PersonHit { /* one person as cases know them: equal family, given, born, sex are one */
    const char *family, *given, *ethnicity;
    Date born;
    Code sex;
    bool police_staff;
    const char *const *case_ids; /* newest first, at most 20 */
    const Code *roles;           /* beside them */
    size_t n_cases;
} PersonHit;
/* Family names that begin so (folded as search does). At most `limit` people, out of at most 200 rows looked at. */
bool store_people_find(Store *s, const char *begins, size_t limit, const Vocabs *v, Arena *a, PersonHit **out, size_t *n, Err *err);
/* The newest cases with a person of that family name (folded as search does) and birth date, in any version of what they say; with_orders:
** only those that hold an order or bail. */
bool store_cases_of_person(Store *s, const char *family, Date born, bool with_orders, size_t limit, Arena *a, CaseRow **out, size_t *n, Err *err);
/* Places of incidents that begin so (without regard to ASCII case), each once. Nothing typed finds nobody and no place. */
bool store_places_find(Store *s, const char *begins, size_t limit, Arena *a, const char ***out, size_t *n, Err *err);

/* --- the lists of MARAC meetings -------------------------------------------------------------------------------------- */
typedef struct HearingRow { CaseKey key; const char *case_id, *hearing /* its key in the case */; Time meeting; bool restricted; Time heard_at; } HearingRow;
bool store_hearings(Store *s, Time from, Time to, Arena *a, HearingRow **out, size_t *n, Err *err); /* in order of meeting, then case */

/* --- dip samples --------------------------------------------------------------------------------------------------------- */
typedef struct QaSample {
    int64_t key, seed;
    Time from, to;
    const char *team;  /* "" = all */
    int64_t wanted, pool;
    const char *picked; /* JSON: [{"case":…,"serial":…,"completed_at":…}] */
    const char *drawn_by;
    Time drawn_at;
} QaSample;
bool store_qa_insert(Tx *tx, const QaSample *q, int64_t *key, Err *err);
bool store_qa_list(Store *s, size_t limit, Arena *a, QaSample **out, size_t *n, Err *err); /* newest first */
bool store_qa_get(Store *s, int64_t key, Arena *a, QaSample *out, Err *err);                /* ERR_MISSING */
/* The cases that have a review of kind qa made in that time, each once. */
bool store_qa_cases(Store *s, Time from, Time to, Arena *a, CaseKey **out, size_t *n, Err *err);
bool store_case_row(Store *s, CaseKey key, Arena *a, CaseRow *out, Err *err); /* ERR_MISSING */

/* --- daily management meetings: facts ---------------------------------------------------------------------------------- */
typedef struct Meeting {
    int64_t key;
    Time since;              /* what is newer than this is new to it */
    const char *began_by;
    Time began_at;
    int64_t began_act;       /* the log entry it began with */
    const char *ended_by;    /* NULL: it has not ended */
    Time ended_at;
    const char *figures;     /* JSON */
    int64_t ended_act;
} Meeting;
bool store_meeting_begin(Tx *tx, const Meeting *m, int64_t *key, Err *err);
bool store_meeting_end(Tx *tx, int64_t meeting, const char *by, Time at, const char *figures, Err *err); /* once */
bool store_meeting_get(Store *s, int64_t key, Arena *a, Meeting *out, Err *err); /* ERR_MISSING */
bool store_meeting_list(Store *s, size_t limit, Arena *a, Meeting **out, size_t *n, Err *err); /* newest first */
typedef enum MeetingWord { MEETING_NOTHING, MEETING_SATISFIED, MEETING_ACTION, MEETING_DONE, MEETING_PASSED, MEETING_SAID_COUNT } MeetingWord;
extern const char *const meeting_said_words[MEETING_SAID_COUNT]; /* "", "satisfied", "action", "done", "passed" */
typedef struct MeetingSaid {
    int64_t seq;
    CaseKey key;
    unsigned sections; /* for which the case was on the list */
    MeetingWord said;
    const char *task;  /* key of the one that was set or done; NULL */
    const char *by;
    Time at;
} MeetingSaid;
bool store_meeting_say(Tx *tx, int64_t meeting, const MeetingSaid *said, Err *err); /* seq is given */
bool store_meeting_said(Store *s, int64_t meeting, Arena *a, MeetingSaid **out, size_t *n, Err *err); /* in order of seq */
/* What was said of the case last, at a meeting before that one; *said MEETING_NOTHING when nothing was. */
bool store_meeting_said_before(Store *s, int64_t meeting, CaseKey key, MeetingWord *said, Time *at, Err *err);
/* What it left undecided: a fact of its end. `since`: when the first meeting began that did. */
typedef struct MeetingLeft { CaseKey key; unsigned sections; Time since; } MeetingLeft;
bool store_meeting_leave(Tx *tx, int64_t meeting, const MeetingLeft *left, Err *err);
bool store_meeting_left(Store *s, int64_t meeting, Arena *a, MeetingLeft **out, size_t *n, Err *err); /* in order of key */
/* What an agenda is made of, each along an index. `what` is the duty, or the key of the task; `opens` is of duties. */
typedef struct MeetingRow { CaseKey key; const char *what; Role owner; Time due, opens; } MeetingRow;
/* Live duties of that name that open and fall due by then; high risk first, then the earliest opened. */
bool store_duties_named(Store *s, const char *duty, Time opens, Time due, size_t limit, Arena *a, MeetingRow **out, size_t *n, Err *err);
bool store_duties_count(Store *s, const char *duty, Time opens, Time due, int64_t *n, Err *err); /* how many those are */
bool store_high_since(Store *s, Time after, Time to, Arena *a, MeetingRow **out, size_t *n, Err *err);    /* graded high then, a row each time */
bool store_merlins_since(Store *s, Time after, Time to, Arena *a, MeetingRow **out, size_t *n, Err *err); /* reviewed then, and not satisfactory */
bool store_arrests_since(Store *s, Time after, Time to, Arena *a, MeetingRow **out, size_t *n, Err *err); /* an attempt ended so, a row each time */
bool store_tasks_given(Store *s, const char *from, Time due, Arena *a, MeetingRow **out, size_t *n, Err *err); /* not done, due by then */
/* Duties of the victims' code (victim-update, victim-told), done or not, that fell due then; restricted cases are left out for everybody. */
typedef struct ToldDuty { Role owner; Time due, done, ended; bool dv, sexual; } ToldDuty;
bool store_duties_told(Store *s, const char *duty, Time from, Time to, Arena *a, ToldDuty **out, size_t *n, Err *err);
/* CAD messages received after then, up to then: how many their cases have; of those without a CRIS number, which were resulted as not domestic, and
** which were reported after `young`. Restricted cases are left out for everybody. */
typedef struct CadRate { int64_t messages, with_cris, not_domestic, young, without; } CadRate;
bool store_cads_received(Store *s, Time after, Time to, Time young, CadRate *out, Err *err);
typedef struct MeetingCase {
    const char *id;
    Code grade;
    const char *offence;
    Time reported_at, closed_at; /* TIME_NONE */
    int64_t act;                 /* it came into the store with */
    bool restricted;
    bool erased;                 /* its number is all there is */
    const char *investigator;    /* in whose list it stands; "": nobody's; NULL: in none */
} MeetingCase;
bool store_meeting_case(Store *s, CaseKey key, Arena *a, MeetingCase *out, Err *err); /* ERR_MISSING */

/* --- hand-overs at the change of shifts: facts ------------------------------------------------------------------------ */
typedef struct Handover { int64_t key; Role role; Time until; const char *by; Time at; const char *taken_by; /* NULL: not yet */ Time taken_at; } Handover;
bool store_handover_give(Tx *tx, const Handover *h, int64_t *key, Err *err); /* key may be NULL */
bool store_handover_take(Tx *tx, int64_t key, const char *by, Time at, Err *err); /* once */
/* A note for the next shift: of a case (key and number), or of none (0, ""). One of a case that is not there for who looks is not there either; its words
** lie as the texts of its case do. */
typedef struct HandoverNote { int64_t key; Role role; Time until; CaseKey case_key; const char *case_id, *text, *by; Time at; const char *read_by; /* names of numbers: "900001, 900002"; NULL: nobody yet */ bool read; /* by who asks */ } HandoverNote;
bool store_handover_note(Tx *tx, const HandoverNote *note, int64_t *key, Err *err); /* ERR_MISSING: no such case for who looks; key may be NULL */
bool store_handover_note_read(Tx *tx, int64_t key, const char *by, Time at, Err *err); /* once by each */
/* Of the shift that runs, and what nobody has read; newest first. `by`: who asks. */
bool store_handover_notes(Store *s, Role role, const char *by, Time now, size_t limit, Arena *a, HandoverNote **out, size_t *n, Err *err);
bool store_handover_list(Store *s, Role role, size_t limit, Arena *a, Handover **out, size_t *n, Err *err); /* newest first */

/* --- duties: derived --------------------------------------------------------------------------------------- */
typedef struct CaseBadge { /* what a queue row says of its case: derived with its duties */
    const char *case_id;
    Code grade;          /* CODE_NONE when not yet assessed */
    const char *offence; /* vocabulary word of the main offence, or the kind; "" */
    Time idle;           /* since when nothing is dated for it, though it is live; 0: something is, or it is not */
    const char *investigator; /* whose case it is; NULL or "": nobody's */
    bool investigated;   /* it stands in the list of that officer's cases, or of nobody's */
    Time touched;        /* of one that does: when something was last recorded as done */
} CaseBadge;
/* Make the stored duties of a case equal `duties`, writing only the difference; counts follow. */
bool store_duty_apply(Tx *tx, CaseKey key, const CaseBadge *badge, const Duty *duties, size_t n, int64_t policy_key, const Vocabs *v, Err *err);
bool store_duty_of_case(Store *s, CaseKey key, Arena *a, Duty **out, size_t *n, Err *err); /* in order of id and cycle */
/* --- alerts: those that wait are derived, what was said to them are facts ------------------------------------- */
typedef struct CaseAlert { /* one that fires */
    const char *id, *basis; /* 16 hex digits */
    Role owner;
    Time since;             /* it has fired on this basis from then on */
} CaseAlert;
/* Make those that wait equal is->alerts (any order, each id once), but for the ones answered on the same basis, and what became of them that
** of is->runs; only the difference is written, and counts follow. After store_duty_apply. */
struct Derivation;
bool store_alert_apply(Tx *tx, CaseKey key, const struct Derivation *is, Err *err);
/* ERR_STALE when it was answered on this basis before. Apply again afterwards. */
bool store_alert_answer(Tx *tx, CaseKey key, const AlertAnswer *answer, Err *err);
bool store_alert_answers(Store *s, CaseKey key, Arena *a, AlertAnswer **out, size_t *n, Err *err); /* by alert and basis */
/* The queue: by grade as the duties, then since when, case, alert. */
typedef struct AlertRow {
    CaseKey key;
    const char *case_id, *alert, *basis;
    Role owner;
    Code grade;
    Time since;
    bool restricted;
} AlertRow;
typedef struct AlertQuery {
    RoleSet roles;
    const AlertRow *from; /* NULL = from the start; else the rows after it (or, with backwards, before it) */
    bool backwards;       /* rows still come in their order */
    size_t limit;
} AlertQuery;
bool store_alert_page(Store *s, const AlertQuery *q, Arena *a, AlertRow **rows, size_t *n, Err *err);
bool store_alert_of_case(Store *s, CaseKey key, Arena *a, AlertRow **rows, size_t *n, Err *err); /* by alert */
bool store_alert_count(Store *s, RoleSet roles, int64_t *out, Err *err);
/* What became of the stretches of one alert that began in a period. In time with the days that it cuts, not with the cases. */
typedef struct AlertBecame {
    int64_t n[ALERT_ENDS];
    int64_t since_sum; /* of those that wait */
    Time oldest;       /* of those; TIME_NONE when none does */
} AlertBecame;
/* False in *told: there are cases of which that is not kept yet, because an older program derived them. */
bool store_alert_told(Store *s, bool *told, Err *err);
bool store_alert_became(Store *s, const char *alert, Time from, Time to, AlertBecame *out, Err *err);

/* --- live cases for which nothing is dated: derived (CaseBadge.idle) ------------------------------------------------ */
typedef struct IdleRow { CaseKey key; const char *case_id, *offence; Code grade; Time since; bool restricted; } IdleRow;
/* Those behind `from` (NULL = from the start) by grade as the queue orders it, then since when: as much work as rows. And how many, counted to `most`. */
bool store_idle_page(Store *s, const IdleRow *from, size_t limit, Arena *a, IdleRow **out, size_t *n, Err *err);
bool store_idle_count(Store *s, int64_t most, int64_t *out, Err *err);

/* --- suspects who are outstanding: derived ---------------------------------------------------------------------- */
typedef struct Outstanding { /* one of a case; `person` is a key of the case, once */
    const char *person;
    Time reported_at; /* the case            */
    Time since;       /* the suspect is so   */
} Outstanding;
/* Make those of a case equal is->outstanding (any order); only the difference is written. After store_duty_apply. */
bool store_outstanding_apply(Tx *tx, CaseKey key, const struct Derivation *is, Err *err);
/* High risk first, not yet assessed after high, then medium, standard; then the oldest report, case, person. */
typedef struct OutstandingRow {
    CaseKey key;
    const char *case_id, *person;
    Code grade;
    Time reported_at, since;
} OutstandingRow;
/* Those behind `from` (NULL = from the start), along an index: as much work as rows. */
bool store_outstanding_page(Store *s, const OutstandingRow *from, size_t limit, Arena *a, OutstandingRow **out, size_t *n, Err *err);

/* A digest over every derived row in a fixed order: equal before and after a rebuild. */
bool store_derived_digest(Store *s, uint8_t out[HASH_BYTES], Err *err);

/* --- a recheck: all that is derived held against the facts, and mended where it differs; nothing is ever cleared ------------------ */
typedef struct Derivation {
    CaseBadge badge;
    const Duty *duties; size_t n;
    int64_t policy_key;
    const CaseAlert *alerts; size_t n_alerts;
    const AlertRun *runs; size_t n_runs; /* when each alert fired, in order of `from` */
    const Outstanding *outstanding; size_t n_outstanding;
    const char *maker;      /* which program says what fires: when another one does, it is asked again; may be NULL */
    bool without_alerts;    /* set by who asks: they need not be told */
} Derivation;
/* What should be derived from a case; texts and duties live in `a`. Called outside and inside writes. */
typedef bool Derive(void *with, const CaseDoc *doc, Arena *a, Derivation *out, Err *err); /* *out is zero before, but for without_alerts */
typedef struct Recheck Recheck;
typedef enum RecheckStep { RECHECK_READ, RECHECK_MEND, RECHECK_DONE } RecheckStep;
Recheck *store_recheck_new(Store *s, const Vocabs *v, Derive *derive, void *with);
void store_recheck_free(Recheck **r);
RecheckStep store_recheck_next(const Recheck *r); /* what is to be done next, until it is done */
/* Reads on for about so long, in a view of its own; writes nothing. */
bool store_recheck_read(Recheck *r, int milliseconds, Err *err);
/* Derives again what looked wrong, for about so long, and writes what differs; *changed: something was. */
bool store_recheck_mend(Recheck *r, Tx *tx, int milliseconds, bool *changed, Err *err);
int64_t store_recheck_seen(const Recheck *r); /* cases read so far */

/* --- the queue ------------------------------------------------------------------------------------------------ */
typedef enum QueueTab { TAB_OVERDUE, TAB_TODAY, TAB_WEEK, TAB_WAITING, TAB_ALL, TAB_HELD, TAB_COUNT } QueueTab;
/* What is put aside (Duty.held) is in Held and in All only, until it comes back; it is never overdue meanwhile.
** Overdue: due before now. Today: open and due by the end of the local day. Week: open and due in the seven days after today.
** Waiting: opens later. All: every live duty: the overdue, the other open ones, the waiting ones.
** Order inside each part: grade (high first, not yet assessed after high, then medium, standard), then due, then case, duty, cycle. */
typedef struct QueueRow {
    CaseKey key;
    const char *case_id, *duty, *offence;
    const char *says; /* what somebody was given to do; NULL: its rule's title says it */
    int cycle;
    Role owner;
    Code grade;
    Time start, opens, due;
    Time held; /* put aside until then; 0 or a moment that has passed: it is not */
    bool restricted;
    const char *investigator; /* whose case it is: a warrant number; NULL: nobody's */
    unsigned char place[48]; /* where it stands in the order: give it back as `from` */
} QueueRow;
typedef struct QueueQuery {
    RoleSet roles;
    QueueTab tab;
    Time now;
    const QueueRow *from; /* NULL = from the start; else the rows after it (or, with backwards, before it) */
    bool backwards;       /* rows still come in queue order */
    size_t limit;
    Code only_grade;      /* CODE_NONE = all */
    const char *only_duty; /* NULL = all */
    const char *const *of; size_t n_of; /* cases of these investigating officers, each named once; "": nobody's. 0 = all */
} QueueQuery;
bool store_queue_page(Store *s, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err);
/* Every live row of a duty that says what it is and was due before now, of every owner; in order of due. */
bool store_queue_given(Store *s, const char *duty, Time now, Arena *a, QueueRow **rows, size_t *n, Err *err);
bool store_queue_counts(Store *s, RoleSet roles, Time now, int64_t out[TAB_COUNT], Err *err);
/* The figures of q->of alone (q->roles, q->now; nothing else is asked): as much work as they have. */
bool store_queue_counts_of(Store *s, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err);

/* --- whose case it is: derived (CaseBadge.investigator) --------------------------------------------------------- */
/* Every officer who has a case or of whose cases anything waits: nothing that is told to anybody, because some may be hidden. By warrant. */
bool store_investigators(Store *s, Arena *a, const char ***out, size_t *n, Err *err);
typedef struct CaseloadRow { CaseKey key; const char *case_id, *offence; Code grade; Time touched; bool restricted; } CaseloadRow;
/* The live cases of one; "": those that are nobody's and should be somebody's. By grade as the queue orders it, then the longest untouched: as much work
** as cases. `named`: with their numbers. */
bool store_caseload(Store *s, const char *investigator, bool named, Arena *a, CaseloadRow **out, size_t *n, Err *err);

/* --- saved views of the desk: settings, not facts ------------------------------------------------------------------ */
typedef struct DeskView { /* a filter with a name */
    int64_t key;
    const char *officer; /* whose own it is; NULL: shared with `role` */
    Role role;
    const char *name;
    QueueTab tab;
    Role queue;          /* whose queue; ROLE_NONE: the looker's own */
    const char *grade, *duty, *words; /* words of vocabulary and policy, and a text; NULL */
    const char *investigator; /* a warrant number, "me", "nobody"; NULL: whoever has the case */
    const char *by;
    Time at;
} DeskView;
/* The officer's own by name, then those shared with each of the roles. */
bool store_desk_views(Store *s, const char *officer, RoleSet roles, Arena *a, DeskView **out, size_t *n, Err *err);
bool store_desk_view_add(Tx *tx, const DeskView *v, Err *err); /* the key is given */
bool store_desk_view_rename(Tx *tx, int64_t key, const char *name, Err *err);
bool store_desk_view_remove(Tx *tx, int64_t key, Err *err);

/* --- drafts: sealed by the officer's own key before they come here ------------------------------------------------ */
typedef struct Draft {
    const char *warrant, *about;
    const uint8_t *sealed;
    size_t n;
    Time at;
    const char *seat, *terminal; /* the session that writes it now, and where that sits; "" when nobody does */
} Draft;
/* Replaces the one of the same warrant and about; needs no log entry. ERR_STALE when another seat has it: the sentence says where. */
bool store_draft_put(Tx *tx, const Draft *d, Err *err);
/* The seat has it from now on, whoever had it; "" lets it go (only what `seat_was` has). ERR_MISSING. */
bool store_draft_seat(Tx *tx, const char *warrant, const char *about, const char *seat_was, const char *seat, const char *terminal, Err *err);
bool store_draft_leave(Tx *tx, const char *warrant, const char *seat, Err *err); /* lets go of all that this seat has */
bool store_draft_get(Store *s, const char *warrant, const char *about, Arena *a, Draft *out, Err *err); /* ERR_MISSING */
bool store_draft_list(Store *s, const char *warrant, Arena *a, Draft **out, size_t *n, Err *err);
bool store_draft_drop(Tx *tx, const char *warrant, const char *about, Err *err);

/* --- copies ---------------------------------------------------------------------------------------------------------- */
typedef struct StoreCopy { /* a file of its own in the store's directory, until it is dropped */
    char path[3400];
    int64_t seq, cases, bytes; /* where its log stood */
    uint8_t head[HASH_BYTES];
    int schema;
} StoreCopy;
/* The whole store at one moment, checked; writers go on meanwhile. ERR_CORRUPT when it is not sound. */
bool store_copy(Store *s, StoreCopy *out, Err *err);
void store_copy_drop(StoreCopy *c); /* content with {0}, twice is harmless */
/* The file `heads` as it is; "" when there is none. */
bool store_heads_text(Store *s, Arena *a, const char **out, size_t *n, Err *err);
/* A store out of a file that `fill` writes (synced), and its notes of heads beside it. Checked page by page; afterwards it is a whole store
** in a directory of its own, or there is nothing. ERR_INVALID when something is there already. */
typedef bool StoreFill(void *with, const char *path, const char *heads, Err *err);
bool store_adopt(const char *dir, StoreFill *fill, void *with, Err *err);

/* --- care ------------------------------------------------------------------------------------------------------------ */
/* One line per check: what, how it stands, what to do. For `doctor`. */
typedef struct StoreCheck { const char *what; bool ok; const char *says; } StoreCheck;
bool store_doctor(Store *s, bool thorough, Arena *a, StoreCheck **out, size_t *n, Err *err);

#endif
