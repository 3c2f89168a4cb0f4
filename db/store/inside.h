/* inside.h — what the files of db/store share: the store's own parts, and statements by name.
** C can only name a statement (SqlId); there is no function that takes one as text. */
#ifndef DB_INSIDE_H
#define DB_INSIDE_H

#include "../engine/engine.h"
#include "gate.h"
#include "place.h"
#include "sql_texts.h"
#include "store/store.h"

/* --- statements -------------------------------------------------------------------------------------------
** A verb reads top to bottom: name it, bind, run or walk, end. Errors stick until stmt_end or stmt_run tells them. */
enum { PARAMS_MAX = 16 };
typedef struct Stmt {
    Store *store;
    EngStmt *raw;
    SqlId id;
    EngResult result; /* the first thing that went wrong, else ENG_DONE or ENG_ROW */
    bool used;        /* stepped since the last reset */
    int n_known;      /* parameters looked up before: the same literal needs no second look */
    struct {
        const char *name;
        int at;
    } known[PARAMS_MAX];
} Stmt;

enum { FIELDS_MAX = 24 };
typedef struct RowPlan { /* where the fields of a list stand in its statements */
    int param[FIELDS_MAX];
    int veiled; /* where a date stands that is enciphered; 0 */
    bool ready;
} RowPlan;

typedef struct SightCase { /* a restricted case */
    CaseKey key;
    bool seen; /* by who looks now */
    bool erased;
} SightCase;

typedef struct Sight { /* store_sight.c */
    char warrant[16];
    RoleSet roles;
    Time now;
    int all; /* the program itself looks, so many deep */
    bool plain; /* what is told to everybody is made */
    bool fresh;
    int64_t stamp; /* the highest entry it was read with */
    Time until;    /* it holds so long */
    SightCase *cases; /* by key */
    size_t n, cap, hidden;
    bool known;   /* `cases` are of this viewer, if perhaps not the newest */
    int64_t lost; /* how often a case was found hidden that was not so before */
} Sight;

typedef struct CipherCase { /* a case that lies enciphered, or case 0: the unit's key */
    CaseKey key;
    int64_t generation;
} CipherCase;

typedef struct Cipher { /* store_cipher.c */
    CipherHands hands;
    int raw;
    bool fresh;
    int64_t stamp; /* the highest row it was read with */
    CipherCase *cases; /* by key */
    size_t n, cap;
    Arena *texts; /* of the row that is being written */
    bool wrote;   /* something was enciphered since the last case was put in */
} Cipher;

struct Store {
    const Engine *engine;
    EngConn *conn;
    Gate *gate;
    Place place;
    StoreInfo info;
    int patience; /* milliseconds */
    Stmt stmts[SQL_COUNT];
    RowPlan plans[LIST_COUNT + 1]; /* the last is the head's */
    SqlId list_sql[LIST_COUNT][6]; /* ListVerb */
    int reading;                   /* depth of read snapshots      */
    bool writing;                  /* inside store_begin … _end    */
    Tx at_part;                    /* how the write stood when its part began */
    struct {                       /* the last entry that this process appended */
        int64_t seq;
        uint8_t hash[HASH_BYTES];
        bool leaving, lost; /* somebody signed out; a line of `heads` did not reach the disk */
        bool due;           /* a line was written, and is to be told elsewhere */
        void (*tell)(void *with, const char *line);
        void *with;
    } head;
    bool scrub_due; /* texts were rewritten, and what stood there is in the files still */
    bool walking;
    int grown_from;                /* the schema it had when it was opened */
    Sight sight;
    Cipher cipher;
    int64_t rows_changed; /* derived rows written so far, for whoever wants to know whether anything was */
    void *rows;           /* lent to whoever collects rows of unknown number */
    size_t rows_cap;
};

Stmt *stmt(Store *s, SqlId id);                           /* reset; every parameter is to be bound again */
void bind_int(Stmt *q, const char *name, int64_t v);      /* names are literals */
void bind_time(Stmt *q, const char *name, Time v);        /* TIME_NONE is NULL */
void bind_text(Stmt *q, const char *name, const char *v); /* borrowed until the end; NULL is NULL */
void bind_text_n(Stmt *q, const char *name, const char *v, size_t n);
void bind_blob(Stmt *q, const char *name, const void *v, size_t n);
void bind_null(Stmt *q, const char *name);
bool stmt_row(Stmt *q);           /* the next row; false at the end or when something went wrong */
bool stmt_broken(const Stmt *q); /* a step of it failed: stmt_end says how */
bool stmt_end(Stmt *q, Err *err); /* resets; false with a sentence when something went wrong    */
bool stmt_run(Stmt *q, Err *err); /* one that returns no rows                                   */
/* The one number that a statement gives. */
bool stmt_number(Stmt *q, int64_t *out, Err *err);

bool col_null(Stmt *q, int at);
int64_t col_int(Stmt *q, int at);
Time col_time(Stmt *q, int at);
const char *col_text(Stmt *q, int at, Arena *a);      /* NULL stays NULL */
void col_bytes(Stmt *q, int at, void *out, size_t n); /* a blob of exactly n bytes, else zeros */

void stmts_finish(Store *s);
bool engine_failed(Store *s, EngResult r, Err *err); /* the sentence for a failure; false */

/* --- a file that nobody else has open (store.c): a copy. `_any`: of any schema, and nothing is read but by the engine. --- */
Store *store_open_file(const char *path, Err *err);
Store *store_open_file_any(const char *path, Err *err);
void store_close_file(Store **s);

/* --- one consistent view for verbs of several statements; nothing inside a write, which is one already --- */
bool read_begin(Store *s, Err *err);
void read_end(Store *s);

/* --- who sees what (store_sight.c): ask sight_fresh once in a read, then by key --- */
#define TWIN_MARK '#' /* begins the inner number of a case that came in under a number taken by one unseen */
#define VEIL      "#" /* behind the owner of duties and alerts of a restricted case: walks of a queue do not come there */
bool sight_fresh(Store *s, Err *err);
bool sight_veils(const Store *s, CaseKey key); /* it is restricted */
bool sight_hides(const Store *s, CaseKey key); /* and not for who looks now */
CaseKey sight_seen(const Store *s, size_t *at); /* the next restricted case that is: *at from 0 on; 0 at the end */
int64_t sight_hidden(const Store *s);          /* how many are not */
bool sight_is_there(Store *s, CaseKey key, Err *err); /* false: ERR_MISSING, as if it never was */
bool sight_key(Store *s, const char *id, CaseKey *out, Err *err); /* 0: there is none for who looks now */
/* From the inner number to the case's own, and to the one that who looks now can tell it by. */
bool sight_own_id(Store *s, CaseKey key, const char **id, Arena *a, Err *err);
bool sight_shown_id(Store *s, CaseKey key, const char **id, Arena *a, Err *err);
/* Is there nothing but a tombstone of it? ERR_MISSING in words when so. */
bool sight_is_erased(Store *s, CaseKey key, bool *erased, Err *err);
void sight_forget(Store *s);
void sight_free(Store *s);
bool access_add(Store *s, const AccessEntry *e, int64_t act, int64_t *key, Err *err);
bool access_begin(Store *s, CaseKey key, const char *who, Time now, int64_t act, Err *err);
/* That of another case, as it stands now: what is born beside a restricted case is for the same people, and for nobody whom that names. */
bool access_begin_as(Store *s, CaseKey key, CaseKey like, const char *who, Time now, int64_t act, Err *err);

/* --- what was written, changed through the one door (store_rewrite.c); `also` goes through it as well --- */
typedef bool RewriteAlso(Store *s, CaseKey key, void *with, Arena *a, Err *err);
bool case_rewrite(Tx *tx, CaseKey key, RewriteFn *fn, RewriteAlso *also, void *with, Err *err);

/* --- text that lies enciphered (store_cipher.c, cipher_text.c): ask cipher_fresh once in a read or a write (sight_fresh does) --- */
typedef struct CipherAt { /* where a text stands: it opens nowhere else */
    CaseKey key;
    const char *table;
    int64_t owner, seq, version;
} CipherAt;
bool cipher_fresh(Store *s, Err *err);
void cipher_forget(Store *s);
void cipher_free(Store *s);
int64_t cipher_of(const Store *s, CaseKey key); /* the generation its texts lie under; 0 */
bool cipher_erase(Tx *tx, CaseKey key, Time now, Err *err); /* its keys go with it */
/* To the disk and back, under the key of the case. In `a`. Without the key nothing is written, and what is read stays as it lies; `_words`: it says
** that it is enciphered. Who looks at one case is told by the app (cipher_in_hand). */
bool cipher_out(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err);
bool cipher_in(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err);
bool cipher_in_words(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err);
/* The same of what is secret in every case: under the key of the case, else the unit's. */
bool cipher_secret_out(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err);
bool cipher_secret_in(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err);
/* Of the answers of a book in an ordinary case: those that are safe contact. */
bool cipher_answers_out(Store *s, const CipherAt *at, const char **json, Arena *a, Err *err);
bool cipher_answers_in(Store *s, const CipherAt *at, const char **json, Arena *a, Err *err);

/* --- duties and alerts of restricted cases that who looks now may see: they lie apart, and are merged in. Numbers are inner ones --- */
typedef struct VeiledDuty {
    QueueRow row;
    int rank;
    int64_t span;
} VeiledDuty;
Role veiled_owner(const char *text, bool *veiled);
const char *veiled_word(Role owner, bool veiled, char out[40]);
/* Live ones of these owners. */
/* Is a case of this officer (NULL: of nobody) asked for? */
bool queue_is_of(const QueueQuery *q, const char *investigator);
bool veiled_duties(Store *s, RoleSet owners, Arena *a, VeiledDuty **out, size_t *n, Err *err);
bool veiled_alerts(Store *s, RoleSet owners, Arena *a, AlertRow **out, size_t *n, Err *err);

/* --- a write (store_write.c) --- */
bool tx_touch(Tx *tx, Err *err); /* every verb that changes: is it open? then it is noted as changed */
/* A text that comes into force under a name and its hash: a policy, a form. */
bool tx_add_text(Tx *tx, SqlId add, const char *id, const char *hash, const char *text, size_t n, Time now, Err *err);
bool tx_open(Tx *tx, Err *err);  /* the same without noting (drafts need no log entry) */
bool store_fold(Store *s, long long above, Err *err); /* inside the gate: fold a log file longer than this in */

/* --- texts of facts (store_rewrite.c) --- */
bool rewriting_open(Store *s, CaseKey key, bool erases, Err *err);
bool rewriting_shut(Store *s, bool ok, Err *err); /* whatever `ok` says the door is shut; false when either went wrong */
bool rewriting_reasons(Store *s, CaseKey key, RewriteFn *fn, void *with, Arena *a, Err *err); /* those with a table of their own */
bool rewriting_due_in_log(Tx *tx, CaseKey key, Arena *a, Err *err);
bool rewriting_logged(Tx *tx, Err *err);             /* does the log say so? asked at the commit */
void rewriting_hear(Tx *tx, const AuditEntry *e);    /* an entry was appended */
void rewriting_scrub(Store *s, int patience);        /* inside the gate: what stood there leaves the files, when nobody reads */

/* --- the log (store_audit.c): an entry of a statement that stands on one; texts in `a` --- */
void audit_entry_read(Stmt *q, Arena *a, AuditEntry *out);

/* --- the file `heads` (heads.c) --- */
void heads_note(Store *s, int entries); /* after a commit of so many entries, inside the gate: a line when one is due */
void heads_tell(Store *s); /* outside the gate */
bool heads_writable(Store *s, const char **why);

/* --- rows of cases by the catalogue (case_rows.c) --- */
typedef enum ListVerb { LIST_ADD, LIST_OF_CASE, LIST_WALK, LIST_LAST, LIST_VERSION, LIST_THEN, LIST_VERBS } ListVerb;
Stmt *list_stmt(Store *s, CaseListId list, ListVerb verb);
void list_names_find(Store *s);
SqlId sql_named(const char *list, const char *tail); /* "people", "add"; SQL_COUNT when there is none */
/* What is to be written of one entry; `owner` is the number of the person a status belongs to. */
typedef struct Entry {
    CaseKey key;
    int64_t owner, seq, version, act;
} Entry;
bool entry_add(Store *s, CaseListId list, const Entry *e, const void *item, const Vocabs *v, Err *err);
bool head_add(Store *s, CaseKey key, int64_t version, int64_t act, const CaseDoc *doc, const Vocabs *v, Err *err);
bool case_rev_raise(Store *s, CaseKey key, Rev rev, Time now, const char *who, Err *err); /* ERR_STALE: somebody else was faster */
/* A case in the order of its numbers, not sorted: entry i of a list has seq i + 1. doc->id is not filled. */
bool case_rows_load(Store *s, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *out, int64_t *head_version, Err *err);
/* Only what was written up to that entry of the log. */
bool case_rows_then(Store *s, CaseKey key, int64_t until, const Vocabs *v, Arena *a, CaseDoc *out, Err *err);

/* The same of one list only. */
bool case_list_load(Store *s, CaseListId list, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *out, Err *err);

/* Rows of one list that belong to one case, taken from a statement that stands on a row (or at its end). */
typedef struct Cursor {
    Stmt *q;
    CaseListId list; /* LIST_COUNT for the head */
    bool on_row;
} Cursor;
void cursor_start(Cursor *c, Stmt *q, CaseListId list);
bool cursor_take(Cursor *c, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *doc, Err *err);

/* --- search keys (store_search.c): those of `before` that `after` has not are dropped, the new ones added --- */
typedef struct SearchKey {
    int class;
    const char *folded, *what, *shown;
    char *own; /* the memory of `folded` when the key was made from a text */
} SearchKey;
typedef bool SearchKeyVisitor(void *with, const SearchKey *key, Err *err);
bool search_keys_change(Store *s, CaseKey key, const CaseDoc *before, const CaseDoc *after, const Vocabs *v, Err *err);
bool search_keys_each(const CaseDoc *doc, const Vocabs *v, SearchKeyVisitor *each, void *with, Err *err);
bool search_key_same(const SearchKey *a, const SearchKey *b);
bool search_key_put(Store *s, CaseKey case_key, const SearchKey *key, Err *err); /* nothing when it is there */
bool search_key_drop(Store *s, CaseKey case_key, const SearchKey *key, Err *err);
/* How names and numbers are compared; NULL when nothing is left of it. The caller frees. */
char *search_fold(const char *text);
/* The first text that does not begin so: between the two lie all that do. */
const char *prefix_end(Arena *a, const char *begins);

/* --- the figures on the tabs (store_count.c) --- */
enum { COUNT_GRAINS = 2 };
int64_t count_slot(int grain, Time due);
bool count_change(Store *s, const char *owner, int64_t span, Time due, int by, Err *err);
bool figures_again(Store *s, Err *err); /* every owner's figures from the duties, in a write of its own */
bool count_correct(Store *s, const char *owner, int grain, int64_t span, int64_t slot, int64_t by, Err *err);

/* --- what became of alerts (store_stretch.c) --- */
bool stretches_equalize(Store *s, CaseKey key, const AlertStretch *new, size_t n, Err *err);
void stretch_mark(Hasher *h, const AlertStretch *x);
void stretches_mark_walked(Stmt *q, bool *on_row, CaseKey key, Hasher *h, Arena *a); /* takes the rows of the case */
/* Are the days of an alert those that its stretches make? With `mend`, inside a write, they become so. */
bool tally_right(Store *s, const char *alert, bool mend, bool *right, Err *err);
bool tally_next(Store *s, const char **alert, Arena *a, Err *err); /* the next that has any; NULL behind the last */

/* --- a recheck: rows of duties and badges beside the walk of cases (store_duty.c, store_walk.c) --- */
/* store_alert.c: takes the rows of the case, and sees whether they are what was noted when they were made. */
struct DerivedCursor;
bool alerts_same(struct DerivedCursor *d, const CaseRow *row, const Derivation *is, int64_t mark, Arena *a);
bool alerts_drop(Store *s, CaseKey key, Err *err);
/* store_roundup.c: takes the rows of the case and compares. */
bool outstanding_same(Stmt *q, bool *on_row, CaseKey key, const Derivation *is, Arena *a);
bool outstanding_drop(Store *s, CaseKey key, Err *err);
typedef struct DerivedCursor {
    Stmt *duties, *badges, *alerts, *stretches, *outstanding;
    bool on_duty, on_badge, on_alert, on_stretch, on_outstanding;
} DerivedCursor;
void derived_start(DerivedCursor *d, Store *s, CaseKey from);
bool derived_end(DerivedCursor *d, Err *err);
bool derived_orphan(const DerivedCursor *d, CaseKey key); /* is there a row of a case before this one? */
CaseKey derived_pass(DerivedCursor *d);                   /* passes it over, and says whose it was     */
/* Takes the rows of the case and compares. */
bool derived_same(DerivedCursor *d, const CaseRow *row, const Derivation *is, Arena *a, bool *same, Err *err);
bool derived_drop(Store *s, CaseKey key, Err *err); /* what there is of a case that is not */
/* The cases behind `from` in the order of keys, inside a read of the caller's, until the visitor wants no more. */
typedef bool WalkVisitor(void *with, DerivedCursor *d, const CaseRow *row, CaseDoc *doc, bool *more, Err *err);
bool walk_from(Store *s, CaseKey from, const Vocabs *v, Arena *a, WalkVisitor *each, void *with, DerivedCursor *d,
    bool *ended, Err *err);

/* --- grades as the queue orders them: 0 high, 1 none, 2 medium, 3 standard --- */
int rank_of_grade(Code grade);
Code grade_of_rank(int rank);

/* --- for tests: the engine that stores made and opened from now on use --- */
void store_use_engine(const Engine *e);

#endif
