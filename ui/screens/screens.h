/* screens.h — what the screens share: their context, their classes, and the small words all of them
** say. Private to this folder.
**
** A screen is four small verbs: load asks the app, act changes something and returns what became
** stale, draw fills a view from what load found and never asks, close forgets. */
#ifndef SCREENS_SCREENS_H
#define SCREENS_SCREENS_H

/* A case has events (an arrest, a release) and so has the kit (a key). In this folder the case's
** carries its full name. */
#define Event CaseEvent
#include "app/alert.h"
#include "app/app.h"
#include "app/book.h"
#include "app/facts.h"
#include "app/sign.h"
#include "core/disposal.h"
#include "app/roundup.h"
#include "app/task.h"
#include "app/marac.h"
#include "app/contact.h"
#include "app/order.h"
#include "app/handover.h"
#include "app/hold.h"
#include "app/moved.h"
#include "app/queue.h"
#include "app/workload.h"
#undef Event

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/ask.h"
#include "ui/editor.h"
#include "ui/form.h"
#include "ui/list.h"
#include "ui/loop.h"
#include "ui/pager.h"
#include "ui/script.h"
#include "ui/ui.h"
#include <stdio.h>
#include <string.h>

/* --- the context of the loop: one for a run of the program --------------------------------- */
typedef struct Ui {
    App *app;
    const UiOptions *options;
    Loop *loop;
    Script *script; /* NULL at a terminal */
    bool update;    /* the script asked to be rewritten */
    int64_t lock_after_ms;
    bool rows_lost;     /* a row of a list may not be there any more: lists are read again at the next tick */
    int64_t policy_key; /* of the policy that the screens were loaded under */
    bool left;          /* the program was left by somebody who was signed in */
    char farewell[240]; /* what the sign-in screen says of the session that ended */
    struct Undo *undo;  /* undo.c; NULL: nothing to take back */
} Ui;

Ui *ui_of(const Screen *s);
App *app_of(const Screen *s);
const Vocabs *vocabs_of(const Screen *s);
Time now_of(const Screen *s);

/* --- the screens ----------------------------------------------------------------------------- */
extern const ScreenClass scr_signin; /* no argument                     */
extern const ScreenClass scr_lock;   /* no argument                     */
extern const ScreenClass scr_password; /* no argument: one's own, before anything else */
extern const ScreenClass scr_desk;   /* no argument                     */
extern const ScreenClass scr_drafts; /* no argument                     */
extern const ScreenClass scr_search; /* const char *: text, or NULL     */
extern const ScreenClass scr_policy; /* no argument: the policies of the store */
extern const ScreenClass scr_policy_page; /* const PolicyEntry * */

typedef enum LogWhat { LOG_OWN, LOG_CASE, LOG_RESTRICTED, LOG_WHATS } LogWhat;
typedef struct LogAsk {
    LogWhat what;
    const char *case_id; /* of LOG_CASE */
} LogAsk;
extern const ScreenClass scr_log; /* const LogAsk * */

typedef struct DutyName { /* one duty of one case; the texts are copied by whoever keeps them */
    const char *case_id, *duty;
    int cycle;
    const char *place; /* why it stands where it stands in the queue one comes from; NULL */
} DutyName;
extern const ScreenClass scr_case; /* const DutyName *; duty may be NULL */
extern const ScreenClass scr_why;  /* const DutyName * */

typedef struct EntryAsk { /* an entry to be made */
    const char *case_id;
    CaseListId list;        /* LIST_COUNT with `facts`                           */
    const FactGroup *facts; /* what the case has once, instead of an entry; else NULL */
    const char *preset; /* "kind=ds-supervision", may be NULL                */
    const char *duty;   /* the duty it fulfils, or NULL                      */
    int cycle;
    bool walking; /* from the desk: when it is saved, the next review opens */
} EntryAsk;
extern const ScreenClass scr_entry; /* const EntryAsk * */

typedef struct BookAsk { /* a book to be written: the draft of that name, or of that case, or of a new incident */
    const char *about, *case_id, *cad;
} BookAsk;
extern const ScreenClass scr_book;     /* open it with book_write */
extern const ScreenClass scr_body;     /* const BodyAsk * (book_body.h): the map over the book */
extern const ScreenClass scr_sections; /* no argument: where to go in the book */
/* Opens the book, and asks first when it is open at another terminal of the same officer. */
React book_write(Loop *l, const BookAsk *ask);
/* Is the duty fulfilled by writing a book? */
bool book_is_asked(const App *app, const char *duty);
React book_begin(Loop *l); /* a new incident: asks for its CAD number */
typedef struct ReadAsk {   /* a book to be read, and signed or returned by whoever may */
    const char *case_id;
    const char *serial; /* NULL: the newest book of the case               */
    size_t version;     /* 0: the newest                                   */
    bool indexing;      /* to give it its index number, not to be signed   */
    bool walking;       /* from the desk: when it is done, the next opens  */
} ReadAsk;
typedef struct RiskAsk { /* a risk to be assessed: the draft of that name, or of that case at that stage */
    const char *about, *case_id;
    char stage[48], instrument[48]; /* words; instrument "": the usual one of the stage */
} RiskAsk;
extern const ScreenClass scr_risk;    /* open it with wizard_assess */
extern const ScreenClass scr_compare; /* const char *: case; its assessments side by side */
/* Opens the wizard, and asks first when it is open at another terminal of the same officer. */
React wizard_assess(Loop *l, const RiskAsk *ask);
React wizard_choose(Loop *l, const char *case_id); /* asks for the stage and the instrument */
/* Is the duty fulfilled by an assessment, and by which? */
bool wizard_for_duty(App *app, const DutyName *duty, RiskAsk *out);
const char *wizard_about_words(const App *app, const char *about, Arena *a); /* of a draft; NULL: of something else */
/* How the grade moved with it: "↑ up from MEDIUM", "confirmed"; NULL for the first. */
const char *regrade_words(const CaseDoc *doc, const Vocabs *v, const Assessment *x, Arena *a);
extern const ScreenClass scr_read;       /* const ReadAsk *              */
extern const ScreenClass scr_read_words; /* of read.h: what is typed beside a book */
extern const ScreenClass scr_read_flag;  /* of read.h: why the rules flag it       */
extern const ScreenClass scr_register;   /* const char *: a serial to begin with, or NULL */
extern const ScreenClass scr_qa;         /* no argument: the dip samples */
extern const ScreenClass scr_qa_draw;    /* no argument                  */
extern const ScreenClass scr_qa_sample;  /* const int64_t *: key of the sample */
extern const ScreenClass scr_qa_list;    /* of qa.h: the checklist of one book */
extern const ScreenClass scr_qa_results; /* no argument                  */
extern const ScreenClass scr_dmm;        /* no argument: the daily management meeting */
extern const ScreenClass scr_handover;   /* no argument: the change of shifts */
extern const ScreenClass scr_note;       /* const char *: case, or NULL: a note for the next shift */
const char *note_of_about(const char *about, char case_id[48]); /* of a draft: "" for no case; NULL: it is none */
extern const ScreenClass scr_workload;   /* no argument: how much waits for each role */
extern const ScreenClass scr_watch;      /* no argument: live cases without a dated next step */
extern const ScreenClass scr_retention;  /* no argument: closed cases due for review */
extern const ScreenClass scr_reconcile; /* no argument */
extern const ScreenClass scr_roundup;    /* no argument: suspects who are outstanding */

typedef struct Marks Marks;
typedef struct BulkAsk { /* one review for several cases */
    const char *duty;
    const Marks *marks; /* copied; NULL: those of the draft */
} BulkAsk;
extern const ScreenClass scr_bulk; /* const BulkAsk * (marks.h) */
/* A draft's about, "several bulk ds-supervision": its duty; NULL when it is none. */
const char *bulk_of_about(const char *about);

/* --- what screens ask of each other -------------------------------------------------------------- */
/* What is typed and not saved, of a screen that holds such text; keeping.c lists them and puts it into the store in time. */
typedef struct Keeping {
    bool dirty, stored; /* typed since the last put; a draft lies in the store */
    int64_t dirty_since, changed_ms;
    Time saved_at; /* of work that is open at one terminal at a time (work_keep.h): TIME_NONE: not yet */
    bool lost;     /* and another terminal took it over: nothing is put from here */
} Keeping;
void keeping_typed(Keeping *k, Loop *l);
/* Store what is typed in any open form. False: a sentence stands on the status line. */
bool entry_put_drafts(Loop *l, bool even_fresh);
Keeping *entry_keeping(const Screen *self);
bool entry_put(Screen *self);
Keeping *book_keeping(const Screen *self);
bool book_put(Screen *self);
Keeping *wizard_keeping(const Screen *self);
bool wizard_put(Screen *self);
Keeping *typed_keeping(const Screen *self); /* read_typed.c */
bool typed_put(Screen *self);
/* What one does for a duty. `desk`: from there, one after the other; NULL from elsewhere. */
React duty_do(Loop *l, const DutyName *name, Screen *desk);
/* The form that fulfils a duty, or a sentence why there is none here. */
bool entry_for_duty(App *app, const DutyName *duty, EntryAsk *out, Err *err);
/* Which unit is to have the case: offers it, or answers the offer that stands. And is a duty fulfilled so? */
React owner_ask(Loop *l, const char *case_id, const char *unit); /* `unit`: the word to stand on, or NULL */
bool owner_is_asked(const App *app, const char *duty, const char **unit);
React entry_menu(Screen *self, const char *case_id); /* "Add what?" and then its form */
/* After a save, when the desk has taken in what changed: *out is the next entry of the same sort in the tab, at or after
** where it stands. `passed` counts the rows between, which need another form. False: there is none. */
bool desk_next(Screen *desk, const EntryAsk *saved, bool skip_current, EntryAsk *out, size_t *passed);
/* The same for books: the next one of the tab that waits to be read, or to be indexed. */
bool desk_next_book(Screen *desk, bool indexing, bool skip_current, ReadAsk *out, size_t *passed);
/* Is it ticked off in words? Then tick_duty asks for them, with what was to be done above; tick_task the same of a task of a case. Loads
** what became stale. */
bool tick_is_asked(const App *app, const char *duty);
React tick_duty(Loop *l, const DutyName *name);
React tick_task(Loop *l, const char *case_id, const char *key);
React task_approve(Loop *l, const char *case_id, const char *key); /* asks first */
/* Puts the duty aside, or asks whether it is to be taken back. `desk` as above. And what the form of a hold begins with (in `a`). */
React hold_ask(Loop *l, const DutyName *name, Screen *desk);
const char *hold_preset(const char *duty, Time until, Arena *a);
/* Is it fulfilled by reading the book, and not by a form? */
bool read_for_duty(App *app, const DutyName *duty, ReadAsk *out);
bool read_is_reading(const char *review); /* a kind of review that is made by reading a book */
/* A draft's about, "KG-7F3Q2 reading returned 7F3Q2-1": opens the book and what was typed beside it. False: it is none of these. */
bool read_resume(Loop *l, const char *about);
const char *read_about_words(const char *about);          /* "Return of a book"; NULL when it is none of these */
void why_write(Pager *p, const WhyLine *lines, size_t n); /* an explanation under its headings */
void desk_leave(Screen *desk);                            /* another page opens over it: load when it is gone */
void desk_tab(Screen *desk, QueueTab tab);
void desk_marks(Screen *desk, const Marks *marks); /* from now on these are marked */

/* What was saved last, and can be taken back with one key while its announcement's page is there (undo.c). Offers it on the page that is on top. */
typedef struct MadeEntry { const char *case_id; CaseListId list; Time at; } MadeEntry;
void undo_offer(Loop *l, const MadeEntry *made, size_t n);
void undo_here(Loop *l); /* the page that the offer stands on is the one on top now */
bool undo_offered(const Screen *self);
React undo_take_back(Screen *self); /* asks why, and takes back exactly that */

extern const Action ui_globals[];   /* what can be done everywhere */
size_t ui_drafts(App *app);         /* texts typed and not saved, of the officer signed in */
/* Something that may be on a screen is not there any more for who looks: REACT_UNUSED when not. Pages go, lists are read again. */
React ui_withdrawn(Loop *l, bool at_key);
void ui_cover(Loop *l, bool idle); /* restricted cases, once nobody has touched a key for long enough */
void ui_lock(Loop *l);              /* drafts first, then the screen, then what the terminal keeps */
void ui_enter(Loop *l, bool greet); /* the desk, and over it the drafts that were left            */
bool ui_sign_out(Loop *l);          /* with the farewell                                           */
React ui_open_case(Loop *l, const char *id);

/* As PDF or as text, as is asked, and after the password once more: what `make` made goes into a file; `name` is offered, without its ending. */
typedef bool PaperMake(Screen *self, bool pdf, Str *out, Err *err);
React paper_sheet(Screen *self, const char *what, const char *act, const char *name, PaperMake *make);
/* A paper into a file whose name is asked for; `name` is offered. The sentence goes to the status line (paper_file.c). */
void paper_write_file(Screen *self, const char *title, const char *name, const Str *text);

/* What a list knows a row by that has no number of its own: the texts that name it, made into one. Never 0. */
int64_t row_named(const char *one, const char *two);

/* --- words ------------------------------------------------------------------------------------- */
void pager_dated(Pager *p, Time at, unsigned style, const char *words); /* a line that begins with its time */
void status_next(Loop *l, const char *said, const char *case_id, size_t passed); /* "Saved 04:50. Next: KG-7F3Q2." */
/* Of the word that a row carries (app_offence_word): of an offence, or of the kind of case when there is none; the word itself when it is neither. */
const char *offence_or_kind(const Vocabs *v, const char *word);
const char *grade_word(const Vocabs *v, Code grade, char out[24]); /* "HIGH", "no grade" */
Style grade_style(Code grade);
const char *duty_title(const App *app, const char *duty);
const char *duty_cite(const App *app, const char *duty);
const char *unit_of_roles(RoleSet roles); /* "Community Safety Unit" */
Role role_first(RoleSet roles);

typedef struct DueWords {  /* how a duty stands, as a list says it */
    const char *sign;      /* "!" or " "                   */
    char word[16];         /* "OVERDUE", "today", "Wed 3", "28 Feb", "opens" */
    char when[CIVIL_TEXT]; /* "3h 10m", "18:00", "Mon 01:02" */
    Style style;
} DueWords;
const char *span_words(int64_t seconds, char out[CIVIL_TEXT]); /* in a sentence: "1d 2h" */
void due_words(Time opens, Time due, Time now, DueWords *out);
void held_words(Time until, Time now, DueWords *out); /* of a duty that is put aside */

/* --- a case in few words (case_words.c): desk, case page and entry forms say it alike ----------------- */
typedef struct CaseWords { /* texts live in the arena given; NULL: nothing to say */
    const char *id, *grade, *what, *reported, *owner, *suspect, *children, *restricted, *closed, *overdue;
    const char *officer; /* whose case it is, once it was anybody's */
    const char *order, *reach, *counter; /* what presses most of orders and bail; a way that must not be used; the case of the other allegation */
    Style grade_style, suspect_style, children_style, order_style;
    size_t n_overdue;
} CaseWords;
#define RESTRICTED_WORD "RESTRICTED"
static inline const char *restricted_words(bool restricted) /* in front of what a row says */
{
    return restricted ? RESTRICTED_WORD "  " : "";
}
void case_words(const App *app, const CaseView *view, Arena *a, CaseWords *out);
/* With the orders of other cases: instead of those of the case alone. */
void case_words_orders(CaseWords *out, const OrderView *orders, size_t n, Arena *a);
const char *label_inside(const char *label, Arena *a); /* "outstanding" of "Outstanding"; "CRIS" stays */
const char *person_name(const Person *p, Arena *a);    /* "Anne Example"   */
const char *person_words(const CaseDoc *doc, const char *key, Arena *a); /* of a key         */
/* How a signature stands, sign and word first: as a line of its own, or within one. */
void signed_write(Pager *p, int indent, SignedStand stand);
void signed_put(Pager *p, SignedStand stand);
const char *officer_words(const char *warrant, Arena *a);                /* "officer 900007" */

/* Lines of prose that are longer than this are hard to read: pages and forms keep to it on a wide screen. */
enum { PROSE_COLS = 108 };
View view_prose(View v);

/* Pieces of a line with dots between; a piece that does not fit whole begins the next row. */
typedef struct Pen {
    View v;
    int row, col;
    bool first;
} Pen;
Pen pen_at(View v, int row, int col);
void pen_piece(Pen *p, unsigned style, const char *text); /* NULL and "" are skipped */
void case_words_draw(Pen *p, const CaseWords *w);
/* Says on the status line what others did to a case since its row was read, once for each change (`told`: the revision up to which it was said). */
React case_news_status(Screen *self, const CaseRow *seen, Rev *told);

/* --- the page of a case (case_page.c) ----------------------------------------------------------------- */
typedef struct CasePage {
    size_t n;
    const char *title[24];
    size_t count[24];
    CaseAlerts alerts;  /* given, as the gates */
    GateVerdict *gates; size_t n_gates;
    MaracGrounds marac;
    OrderView *orders; size_t n_orders; /* given, too */
    SafeWay *ways; size_t n_ways;
} CasePage;             /* its sections */
/* Items PAGE_DUTY + i are the i-th duty of the view, PAGE_ALERT + i the i-th alert, PAGE_GATE + i the i-th gate, PAGE_TASK + i the i-th task. */
enum { PAGE_DUTY = 1, PAGE_ALERT = 1 << 20, PAGE_GATE = 1 << 21, PAGE_TASK = 1 << 22 };
void case_page_write(Pager *p, const App *app, const CaseView *view, Arena *a, CasePage *out);
/* What a list holds already, newest first, to read above a form, behind what the pager holds. `kind`: reviews of that kind only, or "". Says
** how many. */
size_t case_page_entries(Pager *p, const App *app, const CaseView *view, CaseListId list, const char *kind, Arena *a);
/* One entry in a line, as the page tells it. */
const char *case_entry_words(const App *app, const CaseView *view, CaseListId list, const void *item, Arena *a);
/* What stands of a group of facts, what its gate says, and what closing would end. Says how many lines. */
size_t case_page_facts(Pager *p, App *app, const CaseView *view, const FactGroup *g, Arena *a);

/* --- the catalogue as a form (entry_fields.c) ------------------------------------------------------------ */
extern const CaseListId entry_lists[];
extern const size_t entry_n_lists;
bool entry_list_known(CaseListId list);
const char *entry_list_words(CaseListId list); /* "contact", "suspect's status" */
const char *entry_words(const EntryAsk *ask);  /* the same, or "CAD put away" */
/* `rows`: of a long text on the screen. Of a review of that kind (a word, "" when it is not known yet) `part` gets what it ticks and asks. */
struct ReviewPart;
Form *entry_form(const App *app, const CaseView *view, const EntryAsk *ask, const char *kind, int rows, struct ReviewPart *part, Arena *a);
void entry_form_focus(Form *f, const EntryAsk *ask);
/* After what is typed: of a disposal what its kind asks, and the time of the event that it is of. `offered`: what was offered before, "" at first. */
void entry_form_follow(Form *f, const App *app, const CaseView *view, const EntryAsk *ask, char offered[120], Arena *a);
/* Room for what entry_read fills: an item of the list, or a document with the facts. */
void *entry_item_new(const EntryAsk *ask, Arena *a);
/* Read the form into an item; false: the field has the sentence under it and the focus. */
bool entry_read(Form *f, const App *app, const EntryAsk *ask, void *item, Arena *a, Err *err);
/* The list and the item that app_case_add wants for it. */
CaseListId entry_target(Form *f, const App *app, const EntryAsk *ask, const CaseDoc *doc, void **item, Arena *a);
/* "KG-7F3Q2 reviews ds-supervision 0" and back (texts in `a`). */
const char *entry_about(const EntryAsk *ask, Arena *a);
bool entry_of_about(const App *app, const char *about, Arena *a, EntryAsk *out);

#endif
