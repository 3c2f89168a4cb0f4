/* book.h — the book 124D as something one does: begin, write, submit, read, sign or return, correct, move, print, sample.
** Every verb has the six beats of app.h. What is typed lives in a draft until it is submitted; a submitted version never changes.
** An `about` of a draft names the book: "KG-7F3Q2 124d 7F3Q2-1". */
#ifndef APP_BOOK_H
#define APP_BOOK_H

#include "app/app.h"
#include "core/answers.h"
#include "core/book.h"
#include "policy/form_spec.h"

/* --- the forms in force ------------------------------------------------------------------------------ */
/* The form in force of that id (FORM_BOOK, FORM_QA): a store that has none yet gets the one compiled in. Lives as long as the app. */
const FormSpec *app_form(App *app, const char *id, Err *err);
/* The form that a book was filled in on (its answers name it under "form": "book-124d@" and the hash of its text); the one in force when they name none or one that is not kept. */
const FormSpec *app_form_of(App *app, const Answers *answers, Err *err);
/* Keeper: the text becomes the form in force; checked first, logged. */
bool app_form_activate(App *app, const char *name, const char *text, size_t n, PolicyProblems *problems, Err *err);

/* --- writing ----------------------------------------------------------------------------------------------- */
typedef struct BookWork { /* a book on the desk of its writer; strings and `answers` live in the arena given, `answers` is freed with it by app_book_leave */
    const FormSpec *form;
    char case_id[48];       /* of the case, or the number a new one will have */
    char serial[32];
    char about[120];        /* of its draft */
    bool new_case;          /* there is no such case yet: submitting makes it */
    Time begun_at;
    Answers *answers;       /* what is to be shown: the draft, else the version that came back, else what the case says already */
    const Answers *last;    /* the version before, to show what changed; NULL for a first one */
    size_t version;         /* the number this one will have */
    const Review *returned; /* why it came back, or NULL */
    const char *writer;     /* warrant */
    CaseView view;          /* of the case when there is one (looked at, logged) */
    bool resumed;           /* from a draft */
    Time draft_at;
    const char *elsewhere;  /* "pts/3": another terminal of the same officer has the draft; app_book_take takes it over. NULL */
} BookWork;
/* Opens the book of a case: its draft, a rework of what came back, or a first book (prefilled from the case). `case_id` NULL: a new
** incident; `cad` may then name its CAD message, and when that has a case already it is the case. ERR_DENIED when another officer's book is to be reworked,
** ERR_INVALID when the book waits for a reading or is signed: the sentence says what can be done. */
bool app_book_open(App *app, const char *case_id, const char *cad, Arena *a, BookWork *out, Err *err);
/* A draft by its about, on sign-in. */
bool app_book_resume(App *app, const char *about, Arena *a, BookWork *out, Err *err);
bool app_book_take(App *app, BookWork *work, Err *err); /* from another terminal of the same officer; what stands there is loaded anew */
/* Into the draft. ERR_STALE: taken over at another terminal; nothing more is put from here. */
bool app_book_save(App *app, const BookWork *work, Err *err);
bool app_book_discard(App *app, const BookWork *work, Err *err);
/* A new incident turns out to be the message of a case that is there: the book goes on as a book of that case, with all that was typed; what
** the case says is filled in where nothing was answered. ERR_DENIED or ERR_INVALID when no book can be begun there, and nothing is changed. */
bool app_book_join(App *app, BookWork *work, const char *case_id, Arena *a, Err *err);
void app_book_leave(App *app, BookWork *work); /* lets go of the draft's seat and frees the answers */

typedef struct BookCheck { /* what stands between the book and the sergeant; in the arena */
    FormGap *gaps; size_t n_gaps;             /* of the form */
    GateVerdict *gates; size_t n_gates;       /* shut gates of submit-book */
    AlertFired *alerts; size_t n_alerts;      /* flags: they stop nothing */
    const char **alert_paths;                 /* beside alerts: the question to show it at; NULL for none */
    const char **gate_paths;                  /* beside gates */
    const char *cad_case;                     /* a new incident: the case that has the CAD message typed here already; NULL. See app_book_join */
} BookCheck;
/* Pure; fast enough to ask at every pause. */
bool app_book_check(App *app, const BookWork *work, Arena *a, BookCheck *out, Err *err);
/* ERR_INVALID with err->field = the first path while a gap or a shut gate stands. Makes the version, the case when it is new, and every fact
** the answers hold; drops the draft; one transaction. *row: the case; work->serial and version are then the book's. ERR_STALE when another terminal
** took the draft over; ERR_INVALID too when the CAD number is another case's, or the version before is not older than this second. */
bool app_book_submit(App *app, BookWork *work, Arena *a, CaseRow *row, Err *err);

/* --- looking up while typing (each is a look, logged) -------------------------------------------------------------- */
bool app_find_people(App *app, const char *begins, size_t limit, Arena *a, PersonHit **out, size_t *n, Err *err);
bool app_find_places(App *app, const char *begins, size_t limit, Arena *a, const char ***out, size_t *n, Err *err);
typedef struct OfficerHit { const char *warrant, *name; RoleSet roles; } OfficerHit;
bool app_find_officers(App *app, const char *begins, size_t limit, Arena *a, OfficerHit **out, size_t *n, Err *err); /* by number or any part of the name */
/* Cases that hold this number already, other than `except`. */
bool app_find_reference(App *app, const char *number, const char *except, Arena *a, CaseHits *out, Err *err);

/* --- reading, signing, returning --------------------------------------------------------------------------------------- */
typedef struct BookView {
    CaseView view;
    BookStand stand;
    const Book *book;       /* the version asked for */
    size_t version;
    const FormSpec *form;
    Answers *answers, *before; /* before: of the version before, NULL for the first; freed by app_book_close */
    Answers *whole;         /* with what is hidden in answers, before and changes (CASE_HIDDEN): for app_book_reveal alone. NULL: nothing is hidden */
    AnswerChange *changes; size_t n_changes;
    FormGap *gaps; size_t n_gaps;
    AlertFired *alerts; size_t n_alerts;
    GateVerdict *gates; size_t n_gates; /* of sign-book, those that are shut: then nobody is satisfied */
    char digest[HASH_HEX];
    Time opened_at;
    const char *may_not;    /* why this officer may neither sign nor return it ("You wrote this book."), or NULL */
    const char *kind;       /* the reading this officer would make: "ps-check", "csu-ds-read"; NULL for none */
} BookView;
/* version 0: the newest. A look, logged before anything is returned. */
bool app_book_read(App *app, const char *case_id, const char *serial, size_t version, Arena *a, BookView *out, Err *err);
void app_book_close(BookView *view);
typedef struct BookReading {
    const char *kind;    /* "ps-check" or "csu-ds-read" */
    const char *outcome; /* "satisfied", "remedial", "returned" */
    const char *reasons; /* "a,b"; needed for returned */
    const char *text;    /* needed for remedial and returned. Of remedial action it becomes tasks: its lines as in app_instructions_read, else the
                            whole for who wrote the book, by this time tomorrow; "none: why" asks nothing */
    const char *password; /* of the reader, once more */
} BookReading;
/* Bound to view->digest: ERR_STALE when the newest version is another one by now. Nobody reads their own (WF 4.2), and who signed as sergeant does not read for the CSU. */
bool app_book_review(App *app, const BookView *view, const BookReading *reading, Arena *a, Err *err);
/* Is this reading by `warrant` of that book refused, and why (a sentence), NULL when it may be. For app_case_add too. */
const char *app_book_may_not_read(const App *app, const CaseDoc *doc, const Book *book, const char *kind, const char *warrant);
bool app_book_addendum(App *app, const BookView *view, const char *about, const char *text, Err *err); /* only beside a signed version */
bool app_book_index(App *app, const BookView *view, const char *number, Arena *a, const char **warning, Err *err);
bool app_book_move(App *app, const char *case_id, const char *serial, const char *to, Err *err); /* received there now */

/* --- the register ------------------------------------------------------------------------------------------------------- */
typedef struct RegisterRow {
    const char *case_id, *serial, *by, *team, *holder, *index_number;
    size_t versions;
    BookState state;
    Time completed_at, received_at, index_at;
    Code grade;
    BookPlace place; /* as BookQuery.from */
} RegisterRow;
/* Books that this officer may see, one row a book; `states`: bits 1 << BookState, 0 for all. A page of rows is a look at none of them: no case text. */
bool app_register_page(App *app, const BookQuery *q, unsigned states, Arena *a, RegisterRow **rows, size_t *n, Err *err);

/* --- on paper (logged as disclose) --------------------------------------------------------------------------------------------- */
typedef enum BookPaper { PAPER_BOOK, PAPER_SHEET /* the supervisor's */, PAPER_REDACTED /* without addresses and safe contact */ } BookPaper;
bool app_book_print(App *app, const char *case_id, const char *serial, size_t version, BookPaper what, bool pdf, Str *out, Err *err);

/* The book with its safe contact, for a purpose of app/contact.h. */
bool app_book_print_open(App *app, const char *case_id, const char *serial, size_t version, const char *purpose, bool pdf, Str *out, Err *err);

/* --- quality assurance: the checklist and the dip sample (BD 1.18, WF 1.1) ------------------------------------------------------- */
typedef struct QaAsk { int64_t seed; Time from, to; const char *team; int64_t wanted; } QaAsk; /* seed 0: a random one is drawn and recorded */
bool app_qa_draw(App *app, const QaAsk *ask, Arena *a, QaSample *out, Err *err);
typedef struct QaPick { const char *case_id, *serial; Time completed_at; const Review *done; int met, of; } QaPick; /* of: items that applied */
bool app_qa_samples(App *app, size_t limit, Arena *a, QaSample **out, size_t *n, Err *err);
bool app_qa_picks(App *app, int64_t key, Arena *a, QaSample *sample, QaPick **out, size_t *n, Err *err);
/* The same pool drawn again with its seed gives the same books. */
bool app_qa_verify(App *app, int64_t key, bool *same, Err *err);
/* The checklist as a review of kind qa; the answers are those of FORM_QA. */
bool app_qa_record(App *app, const char *case_id, const char *serial, const Answers *answers, const char *text, Arena *a, Err *err);
typedef struct QaResult { const char *team, *month /* "2010-02" */; int64_t books, met, of; } QaResult;
bool app_qa_results(App *app, Time from, Time to, Arena *a, QaResult **out, size_t *n, Err *err); /* by team, then month */

#endif
