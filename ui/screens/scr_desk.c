/* scr_desk.c — the desk: what waits for this officer, the latest first, and why.
**
** A look at a case is written to the log, so the case under the cursor is read only when the cursor has
** come to rest on it; rows that are passed over are no looks. Rows never move under the cursor: what is
** new is announced on the status line and taken in with ^L, or on coming back from a case. */
#include "access.h"
#include "alerts.h"
#include "case_more.h"
#include "caseload.h"
#include "desk_roles.h"
#include "marac.h"
#include "marks.h"
#include "window.h"

enum { REST_MS = 150, POLL_MS = 20000, GLASS_MS = 3000, PREVIEW_ROWS = 6, VIEW_DIGITS = 4, NAMES = 64 };

typedef struct Peek { /* the case under the cursor, once it was looked at */
    int64_t row;      /* id of its row; 0: none */
    bool ok;
    Arena *arena;
    CaseWords words;
    CaseRow seen; /* as it was read */
    Rev told;
    const char *why, *clock, *clears, *place, *last;
    Err err;
} Peek;

typedef struct Desk {
    DeskQuery query;
    int64_t counts[TAB_COUNT], seen[TAB_COUNT]; /* at the last load; at the last poll */
    char glass[160], glass_case[48];            /* the oldest broken glass that waits for a review; "" for none */
    int64_t glass_ms;                           /* when that was last asked */
    int64_t alerts;                             /* that wait */
    char handed[96];                            /* what was handed over to this officer and not taken yet; "" */
    size_t no_crimes;                           /* asked for, to be decided here */
    int64_t idle;                               /* live cases without a dated next step, for who may know */
    Window rows;                                /* of QueueRow */
    List list;
    ListColumn columns[LIST_COLUMNS];
    int cell[LIST_COLUMNS]; /* which cell each shown column holds */
    int id_width, when_width;
    Marks marks;
    Peek peek;
    int64_t polled_ms;
    DeskView *views; /* of the officer; in the arena */
    size_t n_views;
    char view[48], words[128]; /* the one that is shown, "" for none; the text of the filter */
    char of[24]; /* whose cases are shown: OF_ME, OF_NOBODY, a warrant number; "" for everybody's */
    int64_t nobodys; /* cases that no officer has, for who may take one */
    struct {
        char warrant[16], name[64];
    } names[NAMES]; /* of the officers of the rows */
    size_t n_names;
    Role as;   /* another role's queue is shown; ROLE_NONE: one's own */
    bool kept; /* rows are there already: a load keeps the place */
    bool away; /* another page lies over the desk: load when it is gone */
    char who_may_roles[320];
} Desk;

enum {
    DO_OPEN = 1,
    DO_DUTY,
    DO_HOLD,
    DO_WHY,
    DO_SEARCH,
    DO_FILTER,
    DO_UNFILTER,
    DO_ROLE,
    DO_REFRESH,
    DO_DRAFTS,
    DO_BOOK,
    DO_ADD,
    DO_REGISTER,
    DO_ALERTS,
    DO_ASSIGN,
    DO_WHOSE,
    DO_HANDOVER,
    DO_WATCH,
    DO_WORKLOAD,
    DO_ROUNDUP,
    DO_DMM,
    DO_MARAC,
    DO_PUT_AWAY,
    DO_GLASS,
    DO_GLASSES,
    DO_NEXT_TAB,
    DO_LAST_TAB,
    DO_VIEWS,
    DO_VIEW, /* + which; they have digits */
    DO_VIEW_LAST = DO_VIEW + VIEW_DIGITS - 1,
    DO_SIGN_OUT,
    DO_NO_CRIMES,
    DO_MARK,
    DO_BULK,
    DO_UNDO,
    DO_TAB /* + tab */
};

static const Action desk_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case of this duty.", "Enter o", 0 },
    { DO_DUTY, "do-duty", "review", "Write the review or entry that fulfils it.", "r", 0 },
    { DO_HOLD, "hold", "hold", "Put the duty aside for a while, or take it back.", "h", 7 },
    { DO_WHY, "why", "why", "Why is this asked, and what would clear it.", "w", 2 },
    { DO_PUT_AWAY, "put-away", "put away", "Put the CAD of this case away.", "z", 6 },
    { DO_SEARCH, "search", "search", "Find a case by reference, number or name.", "/ F7", 3 },
    { DO_BOOK, "new-book", "new book", "Write the book 124D of a new incident.", "n", 6 },
    { DO_MARK, "mark", NULL, "Mark the row, or take its mark away: marked rows get one review together.", "m Space", 8 },
    { DO_BULK, "review-marked", "review marked", "One review for all that are marked.", "B", 1 },
    { DO_UNDO, "take-back-saved", "take back", "Take back what was saved just now; why is asked.", "Ctrl-D", 1 },
    { DO_FILTER, "filter", "filter", "Show one grade, one duty or one officer's cases only.", "f F6", 4 },
    { DO_UNFILTER, "clear-filter", NULL, "Take all marks away; when there are none, show everything in this tab again.", "Esc F12", 9 },
    { DO_TAB + TAB_OVERDUE, "overdue", NULL, "What is overdue.", "1", 9 },
    { DO_TAB + TAB_TODAY, "today", NULL, "What is due by the end of today.", "2", 9 },
    { DO_TAB + TAB_WEEK, "this-week", NULL, "What is due in the seven days after today.", "3", 9 },
    { DO_TAB + TAB_WAITING, "waiting", NULL, "What can only be done later.", "4", 9 },
    { DO_TAB + TAB_ALL, "all", NULL, "Every duty that is not done.", "5", 9 },
    { DO_TAB + TAB_HELD, "held", NULL, "What is put aside for a while.", "6", 9 },
    { DO_VIEW, "view-1", NULL, "The first saved view.", "7", 9 },
    { DO_VIEW + 1, "view-2", NULL, "The second saved view.", "8", 9 },
    { DO_VIEW + 2, "view-3", NULL, "The third saved view.", "9", 9 },
    { DO_VIEW + 3, "view-4", NULL, "The fourth saved view.", "0", 9 },
    { DO_VIEWS, "views", NULL, "Saved views: a filter with a name, on a digit.", "v", 8 },
    { DO_NEXT_TAB, "next-tab", NULL, "The tab to the right.", "Tab Right", 9 },
    { DO_LAST_TAB, "last-tab", NULL, "The tab to the left.", "Shift-Tab Left", 9 },
    { DO_ADD, "add-entry", NULL, "Add a contact, a reference, an event …", "a", 8 },
    { DO_REGISTER, "register", "register", "The register of books: which, how each stands, who has it.", "b", 6 },
    { DO_ALERTS, "alerts", "alerts", "What does not fit, and waits for an answer.", "A", 7 },
    { DO_ASSIGN, "give-case", NULL, "Give the case to an investigating officer; take it, when it is nobody's.", "i", 8 },
    { DO_WHOSE, "whose-cases", NULL, "My own cases, then nobody's, then everybody's.", "I", 8 },
    { DO_NO_CRIMES, "no-crimes", "no crimes", "The no crimes that were asked for and wait for a decision here.", "N", 5 },
    { DO_HANDOVER, "handover", NULL, "The change of shifts: hand over, take over.", "H", 8 },
    { DO_WATCH, "watchdog", NULL, "Live cases without a dated next step.", "W", 8 },
    { DO_WORKLOAD, "workload", NULL, "How much each officer has, and how much waits for each role.", "U", 8 },
    { DO_ROUNDUP, "roundup", "roundup", "Suspects who are outstanding: Operation Roundup.", "O", 7 },
    { DO_DMM, "dmm", "DMM", "The daily management meeting.", "M", 7 },
    { DO_MARAC, "marac", "MARAC", "MARAC: the meetings, their cases, actions and minutes.", "C", 7 },
    { DO_GLASS, "break-glass", NULL, "See a restricted case with a second officer, for an hour, loudly.", "X", 9 },
    { DO_GLASSES, "review-glass", NULL, "The list of the case whose glass was broken, to review it; or officers who wait for keys.", "V", 8 },
    { DO_ROLE, "role", NULL, "Look at another role's queue.", "R", 8 },
    { DO_DRAFTS, "drafts", NULL, "Texts that were typed and not saved.", "D", 8 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 8 },
    { DO_SIGN_OUT, "sign-out", "sign out", "End this session.", "q F3", 5 },
    { 0 },
};

/* Names for a wide, a usual and a narrow screen: a count must never be cut. */
static const char *const tab_names[][TAB_COUNT] = {
    { "Overdue", "Today", "This week", "Waiting", "All", "Held" },
    { "Overdue", "Today", "Week", "Waiting", "All", "Held" },
    { "Over", "Today", "Week", "Wait", "All", "Held" },
};

/* --- rows of the list ------------------------------------------------------------------ */
enum { CELL_MARK, CELL_STATE, CELL_WHEN, CELL_CASE, CELL_GRADE, CELL_DUTY, CELL_OFFENCE, CELL_CITE, CELL_OWNER };

typedef struct DeskColumn {      /* shown from `from` columns of screen on */
    int cell, from, width, wide; /* `wide` from 132 columns on; 0 = takes what is left */
    const char *title;
    bool right;
} DeskColumn;
static const DeskColumn desk_columns[] = {
    { CELL_MARK, 0, 1, 1, "", false }, /* while something is marked */
    { CELL_STATE, 0, 9, 9, "  When", false },
    { CELL_WHEN, 0, 9, 9, "", true },
    { CELL_CASE, 0, 9, 9, "Case", false },
    { CELL_GRADE, 70, 8, 8, "Grade", false },
    { CELL_DUTY, 0, 0, 38, "What must be done", false },
    { CELL_OFFENCE, 100, 14, 0, "Offence", false },
    { CELL_CITE, 116, 14, 24, "Paragraph", false },
    { CELL_OWNER, 124, 8, 8, "Owner", false }, /* wider where it names officers */
};

static Desk *desk_of(const Screen *s)
{
    return s->state;
}

static size_t rows_count(void *of)
{
    return desk_of(of)->rows.n;
}

static int64_t rows_id(void *of, size_t i)
{
    return window_id(&desk_of(of)->rows, i);
}

/* The row carries the word of an offence, or of the kind of case when there is none. */
static const char *offence_label(const Vocabs *v, const char *word)
{
    Code offence = vocab_code(v, VOCAB_OFFENCE, word ? word : "");
    Code kind = vocab_code(v, VOCAB_CASE_KIND, word ? word : "");

    if (offence) return vocab_label(v, VOCAB_OFFENCE, offence);
    return kind ? vocab_label(v, VOCAB_CASE_KIND, kind) : word ? word : "";
}

/* An investigating officer's duty is that officer's. */
static const char *owner_words(const Desk *d, const QueueRow *q)
{
    for (size_t i = 0; q->investigator && q->owner == ROLE_CSU_IO && i < d->n_names; i++)
        if (str_eq(d->names[i].warrant, q->investigator)) return d->names[i].name;
    return role_short(q->owner);
}

/* What is put aside says until when, in place of when it is due. */
static void row_due_words(const QueueRow *q, Time now, DueWords *out)
{
    if (q->held > now)
        held_words(q->held, now, out);
    else
        due_words(q->opens, q->due, now, out);
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Desk *d = desk_of(self);
    const QueueRow *q = window_row(&d->rows, i);
    const Vocabs *v = vocabs_of(self);
    DueWords due;
    char grade[24];

    row_due_words(q, now_of(self), &due);
    for (size_t c = 0; c < d->list.n_columns; c++) {
        int column = (int)c;
        switch (d->cell[c]) {
        case CELL_MARK: list_cell(out, column, STYLE_MARK, marks_find(&d->marks, q->case_id, q->duty, q->cycle) ? "*" : ""); break;
        case CELL_STATE: list_cellf(out, column, due.style, "%s %s", due.sign, due.word); break;
        case CELL_WHEN: list_cellf(out, column, STYLE_NORMAL, "%s", due.when); break;
        case CELL_CASE: list_cell(out, column, STYLE_NORMAL, q->case_id); break;
        case CELL_GRADE:
            list_cellf(
                out, column, q->grade ? grade_style(q->grade) : STYLE_MUTED, "%s", grade_word(v, q->grade, grade));
            break;
        case CELL_DUTY:
            list_cellf(out, column, q->restricted ? STYLE_WARNING : STYLE_NORMAL, "%s%s", restricted_words(q->restricted),
                q->says ? q->says : duty_title(app_of(self), q->duty));
            break;
        case CELL_OFFENCE: list_cell(out, column, STYLE_NORMAL, offence_label(v, q->offence)); break;
        case CELL_CITE: list_cell(out, column, STYLE_MUTED, duty_cite(app_of(self), q->duty)); break;
        case CELL_OWNER: list_cell(out, column, STYLE_MUTED, owner_words(d, q)); break;
        default: break;
        }
        if (i == list_at(&d->list)) out->style[c] = STYLE_NORMAL; /* the row one stands on is one bar */
    }
}

static void set_columns(Desk *d, int cols)
{
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(desk_columns); i++) {
        const DeskColumn *c = &desk_columns[i];
        if (cols < c->from || (c->cell == CELL_MARK && !d->marks.n)) continue;
        d->cell[n] = c->cell;
        d->columns[n] = (ListColumn){ .title = c->title, .width = cols >= 132 ? c->wide : c->width, .right = c->right };
        if (c->cell == CELL_CASE) d->columns[n].width = d->id_width;
        if (c->cell == CELL_OWNER && d->n_names) d->columns[n].width = 16;
        if (c->cell == CELL_WHEN) d->columns[n].width = d->when_width;
        n++;
    }
    d->list.columns = d->columns;
    d->list.n_columns = n;
}

/* Asked once for each officer of a row, so that drawing asks nothing. */
static void learn_name(const Screen *self, const char *warrant)
{
    Desk *d = desk_of(self);
    Arena *a;

    for (size_t i = 0; i < d->n_names; i++)
        if (str_eq(d->names[i].warrant, warrant)) return;
    if (d->n_names == NAMES) return;
    a = arena_new();
    snprintf(d->names[d->n_names].warrant, sizeof d->names[0].warrant, "%s", warrant);
    snprintf(d->names[d->n_names].name, sizeof d->names[0].name, "%s", app_holder_name(app_of(self), warrant, a));
    d->n_names++;
    arena_free(&a);
}

/* Numbers and times get the room they need, the words of the duty the rest. */
static void measure(const Screen *self)
{
    Desk *d = desk_of(self);
    DueWords due;

    d->id_width = 8;
    d->when_width = 5;
    for (size_t i = 0; i < d->rows.n; i++) {
        const QueueRow *q = window_row(&d->rows, i);
        int id = utf8_width(q->case_id), when;
        if (q->investigator && q->owner == ROLE_CSU_IO) learn_name(self, q->investigator);
        row_due_words(q, now_of(self), &due);
        when = utf8_width(due.when);
        if (id > d->id_width) d->id_width = id > 18 ? 18 : id;
        if (when > d->when_width) d->when_width = when;
    }
}

static const QueueRow *current(const Desk *d)
{
    return list_any(&d->list) ? window_row(&d->rows, list_at(&d->list)) : NULL;
}

/* --- load ---------------------------------------------------------------------------------- */
static RoleSet roles_shown(const Screen *self)
{
    const Desk *d = desk_of(self);
    return d->as ? ROLE_BIT(d->as) : 0;
}

/* The first tab that needs the officer. */
static QueueTab first_tab(const int64_t counts[TAB_COUNT])
{
    for (int t = TAB_OVERDUE; t < TAB_ALL; t++)
        if (counts[t] > 0) return (QueueTab)t;
    return TAB_OVERDUE;
}

/* Of some cases only: the tab stays unless it has nothing of them; what is due later than a week is on the tab of everything alone. */
static QueueTab tab_of_some(const int64_t counts[TAB_COUNT], QueueTab was)
{
    QueueTab first = first_tab(counts);

    if (counts[was] > 0) return was;
    return counts[first] == 0 && counts[TAB_ALL] > 0 ? TAB_ALL : first;
}

static const char *whose(const Desk *d)
{
    return *d->of ? d->of : NULL;
}

static void show_of(Desk *d, const char *of)
{
    snprintf(d->of, sizeof d->of, "%s", of);
    d->query.only_of = whose(d);
}

/* Who investigates begins with what is his own, when there is any. */
static bool first_of(Screen *self, Err *err)
{
    Desk *d = desk_of(self);
    RoleSet roles = app_session(app_of(self))->roles;
    int64_t own[TAB_COUNT];

    if (!(roles & ROLE_BIT(ROLE_CSU_IO)) || role_may(roles, PERM_CASE_ASSIGN)) return true;
    if (!app_queue_counts_of(app_of(self), 0, OF_ME, own, err)) return false;
    if (own[TAB_ALL] == 0) return true;
    show_of(d, OF_ME);
    memcpy(d->counts, own, sizeof own);
    return true;
}

static bool desk_open(Screen *self, const void *arg, Err *err)
{
    Desk *d = desk_of(self);

    window_init(&d->rows, &window_queue, app_of(self), &d->query);
    list_init(&d->list, d->columns, 0, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    d->peek.arena = arena_new_secret();
    d->id_width = 9;
    snprintf(d->who_may_roles, sizeof d->who_may_roles, "Other roles' queues are shown to %s.",
        role_who_may(PERM_QUEUE_ALL));
    if (!app_queue_counts(app_of(self), 0, d->counts, err) || !first_of(self, err)) return false;
    d->query.tab = *d->of ? tab_of_some(d->counts, TAB_OVERDUE) : first_tab(d->counts);
    return true;
}

/* When the tab is empty: the moment the next duty falls due. Rows come in order of grade first, so all of them are read,
** up to a number that no officer's queue has. */
static Time next_due(Screen *self)
{
    DeskQuery q = desk_of(self)->query;
    Time first = TIME_NONE;
    QueueRow *rows;
    size_t n;

    q.limit = 500;
    for (q.tab = TAB_TODAY; q.tab <= TAB_WAITING; q.tab++) {
        if (!app_queue_page(app_of(self), &q, self->arena, &rows, &n, NULL)) continue;
        for (size_t i = 0; i < n; i++)
            if (first == TIME_NONE || rows[i].due < first) first = rows[i].due;
    }
    return first;
}

static void say_empty(Screen *self)
{
    Desk *d = desk_of(self);
    char when[CIVIL_TEXT];
    const char *what = "Nothing waits here.";
    Time next;

    if (d->query.only_grade || d->query.only_duty || d->query.only_words)
        what = "Nothing here fits the filter. Esc clears it.";
    else if (d->counts[TAB_ALL] == 0 && *d->of)
        what = "Nothing waits in these cases. I shows others.";
    else if (d->counts[TAB_ALL] == 0)
        what = d->as ? "Nothing waits there." : desk_empty_words(app_session(app_of(self))->roles);
    else if (d->query.tab == TAB_HELD)
        what = "Nothing is put aside.";
    else if (d->query.tab == TAB_OVERDUE)
        what = "Nothing is overdue.";
    else if (d->query.tab == TAB_TODAY)
        what = "Nothing more is due today.";
    else if (d->query.tab == TAB_WEEK)
        what = "Nothing is due in the next seven days.";
    next = d->rows.n == 0 ? next_due(self) : TIME_NONE;
    if (next != TIME_NONE) what = arena_printf(self->arena, "%s Next due: %s.", what, civil_words_short(next, when));
    d->list.empty = what;
}

/* True when it is another one than before. */
static bool glass_look(Screen *self)
{
    Desk *d = desk_of(self);
    Arena *a = arena_new();
    char before[sizeof d->glass];
    GlassWait *waits = NULL;
    HolderWait *keys;
    size_t n = 0, n_keys;
    const char *words;

    memcpy(before, d->glass, sizeof before);
    words = app_glass_waiting(app_of(self), a, &waits, &n, NULL) ? access_glass_words(waits, n, a) : NULL;
    if (!words && app_holders_waiting(app_of(self), a, &keys, &n_keys, NULL)) words = access_holder_words(keys, n_keys, a);
    snprintf(d->glass, sizeof d->glass, "%s", words ? words : "");
    snprintf(d->glass_case, sizeof d->glass_case, "%s", n ? waits[0].case_id : "");
    d->glass_ms = loop_clock_ms(self->loop);
    arena_free(&a);
    return strcmp(before, d->glass) != 0;
}

/* Somebody handed over, and nobody took it yet. */
static void handed_look(Screen *self)
{
    Desk *d = desk_of(self);
    Arena *a = arena_new();
    char when[CIVIL_TEXT];
    Handover h;

    d->handed[0] = '\0';
    if (app_handover_last(app_of(self), a, &h, NULL) && h.key && !h.taken_by && !str_eq(h.by, app_session(app_of(self))->warrant))
        snprintf(d->handed, sizeof d->handed, " handed over %s: H ", civil_words_short(h.at, when));
    arena_free(&a);
}

/* Of the cases that no officer has one could be taken. */
static bool nobodys_look(Screen *self, Err *err)
{
    Desk *d = desk_of(self);
    CaseloadRow *rows;
    size_t n = 0;

    d->nobodys = 0;
    if (!app_may_quietly(app_of(self), PERM_CASE_INVESTIGATE) || app_may_quietly(app_of(self), PERM_CASE_ASSIGN) || d->as) return true;
    if (!app_caseload(app_of(self), OF_NOBODY, self->arena, &rows, &n, err)) return false;
    d->nobodys = (int64_t)n;
    return true;
}

/* Asked for by another unit: they wait as tasks, and are named on the desk of who decides them. */
static const char no_crime_words[] = "No crime asked for";

static bool no_crimes_look(Screen *self, Err *err)
{
    enum { MOST = 20 };
    Desk *d = desk_of(self);
    DeskQuery q = { .tab = TAB_ALL, .only_words = no_crime_words, .limit = MOST };
    QueueRow *rows;

    d->no_crimes = 0;
    return d->as || !(app_session(app_of(self))->roles & ROLE_BIT(ROLE_CMU)) ||
           app_queue_page(app_of(self), &q, self->arena, &rows, &d->no_crimes, err);
}

static bool desk_load(Screen *self, Err *err)
{
    Desk *d = desk_of(self);
    App *app = app_of(self);

    d->query.roles = roles_shown(self);
    d->list.empty = NULL; /* it stood in the arena */
    d->n_names = 0;
    if (!app_queue_counts_of(app, d->query.roles, whose(d), d->counts, err) || !nobodys_look(self, err)) return false;
    if (!app_alert_count(app, d->query.roles, &d->alerts, err)) return false;
    d->idle = 0;
    if (app_may_quietly(app, PERM_WATCH_READ) && !d->as && !app_watch_count(app, &d->idle, err)) return false;
    if (!no_crimes_look(self, err)) return false;
    memcpy(d->seen, d->counts, sizeof d->seen);
    glass_look(self);
    handed_look(self);
    if (!app_view_list(app, self->arena, &d->views, &d->n_views, err)) return false;
    d->polled_ms = loop_clock_ms(self->loop);
    if (!(d->kept ? window_again : window_first)(&d->rows, err)) return false;
    list_refresh(&d->list);
    d->kept = true;
    d->peek.row = 0;
    if (*d->of && !str_eq(d->of, OF_ME) && !str_eq(d->of, OF_NOBODY)) learn_name(self, d->of); /* the chip says it */
    measure(self);
    say_empty(self);
    return true;
}

/* What was written last, in a line: on a tall screen it is read before the case is opened. */
static const char *last_review(const CaseView *view, const Vocabs *v, Arena *a)
{
    const Review *r = case_last(&view->doc, LIST_REVIEWS);
    char when[CIVIL_TEXT];

    if (!r) return "No review yet.";
    return arena_printf(a, "Last review: %s, %s, %s. %s", vocab_label(v, VOCAB_REVIEW, r->kind),
        civil_words_short(r->at, when), label_inside(vocab_label(v, VOCAB_REVIEW_OUTCOME, r->outcome), a),
        r->text ? r->text : "");
}

static void peek_at(Screen *self, const QueueRow *q)
{
    Desk *d = desk_of(self);
    Peek *p = &d->peek;
    App *app = app_of(self);
    CaseView view;
    Why why;

    arena_reset(p->arena);
    err_clear(&p->err);
    p->row = window_queue.id(q);
    app_shown_forget(app); /* alone on the desk: this one, and what the rows say (cover) */
    p->ok = app_case_look(app, q->case_id, "desk.preview", p->arena, &view, &p->err) &&
            app_case_why(app, &view, q->duty, q->cycle, p->arena, &why, &p->err);
    if (!p->ok) return;
    p->seen = view.row;
    p->told = view.row.rev;
    case_words(app, &view, p->arena, &p->words);
    p->why = arena_printf(p->arena, "Why: %s", why.short_why ? why.short_why : duty_title(app, q->duty));
    p->clock = why.short_clock ? why.short_clock : "";
    if (!app_queue_place(app, &d->query, q, p->arena, &p->place, NULL)) p->place = NULL;
    p->last = last_review(&view, vocabs_of(self), p->arena);
    p->clears = arena_printf(p->arena, "Clears: %s", why.short_clears ? why.short_clears : "");
}

/* --- moving ----------------------------------------------------------------------------------- */
static void fetch_around(Screen *self)
{
    Desk *d = desk_of(self);
    Err err = { 0 };

    if (!window_around(&d->rows, &d->list, &err)) loop_status_err(self->loop, &err);
    measure(self);
}

static React go_end(Screen *self, bool last)
{
    Desk *d = desk_of(self);
    Err err = { 0 };

    if (!window_go(&d->rows, &d->list, last, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    measure(self);
    return REACT_REDRAW;
}

static React desk_event(Screen *self, const Event *e)
{
    Desk *d = desk_of(self);
    bool last;

    if (window_goes_far(&d->rows, e, &last)) return go_end(self, last);
    switch (list_event(&d->list, e)) {
    case LIST_UNUSED: return REACT_UNUSED;
    case LIST_MOVED: fetch_around(self); break;
    case LIST_AT_START:
    case LIST_AT_END: break;
    }
    return REACT_REDRAW;
}

static void poll(Screen *self)
{
    Desk *d = desk_of(self);
    int64_t counts[TAB_COUNT], more;

    if (d->peek.row && d->peek.ok && current(d) && d->peek.row == window_queue.id(current(d)) && case_news_status(self, &d->peek.seen, &d->peek.told)) {
        if (app_queue_counts_of(app_of(self), d->query.roles, whose(d), counts, NULL)) memcpy(d->seen, counts, sizeof d->seen); /* said with it */
        return;
    }
    if (!app_queue_counts_of(app_of(self), d->query.roles, whose(d), counts, NULL)) return;
    if (memcmp(counts, d->seen, sizeof counts) == 0) return;
    memcpy(d->seen, counts, sizeof counts);
    more = counts[TAB_ALL] - d->counts[TAB_ALL];
    if (counts[TAB_OVERDUE] > d->counts[TAB_OVERDUE])
        loop_status(self->loop, STYLE_WARNING, "%lld more overdue than shown. ^L takes it in.",
            (long long)(counts[TAB_OVERDUE] - d->counts[TAB_OVERDUE]));
    else if (more > 0)
        loop_status(self->loop, STYLE_NORMAL, "%lld new. ^L takes %s in.", (long long)more, more == 1 ? "it" : "them");
    else
        loop_status(self->loop, STYLE_NORMAL, "The queue has changed. ^L takes it in.");
}

static React desk_idle(Screen *self, int64_t ms)
{
    Desk *d = desk_of(self);
    const QueueRow *q = current(d);
    int64_t clock = loop_clock_ms(self->loop);

    if (q && ms >= REST_MS && d->peek.row != window_queue.id(q)) {
        peek_at(self, q);
        return REACT_REDRAW | REACT_STATUS;
    }
    if (clock - d->glass_ms >= GLASS_MS && glass_look(self)) return REACT_REDRAW | REACT_STATUS;
    if (clock - d->polled_ms < POLL_MS) return REACT_NONE;
    poll(self);
    d->polled_ms = clock;
    return REACT_STATUS;
}

static void desk_resumed(Screen *self)
{
    Desk *d = desk_of(self);
    Err err = { 0 };

    if (!d->away || !app_session(app_of(self))) return;
    d->away = false;
    arena_reset(self->arena);
    if (!desk_load(self, &err)) loop_status_err(self->loop, &err);
}

void desk_leave(Screen *self)
{
    desk_of(self)->away = true;
}

/* Another page over this one; the queue is read again when it is gone. */
static React go(Screen *self, const ScreenClass *class, const void *arg)
{
    desk_of(self)->away = true;
    return loop_go(self->loop, class, arg);
}

/* --- act ----------------------------------------------------------------------------------------- */
void desk_tab(Screen *self, QueueTab tab)
{
    Desk *d = desk_of(self);
    d->query.tab = tab;
    d->kept = false;
}

/* Read at once, not before the next frame: a key that was typed ahead must not meet the rows of the old tab. */
static React reload(Screen *self)
{
    Err err = { 0 };

    arena_reset(self->arena);
    if (desk_load(self, &err)) return REACT_REDRAW;
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

/* Held has a place among the tabs while there is anything in it. */
static int tabs_shown(const Desk *d)
{
    return d->counts[TAB_HELD] || d->query.tab == TAB_HELD ? TAB_COUNT : TAB_HELD;
}

static React to_tab(Screen *self, QueueTab tab)
{
    React react;

    desk_tab(self, tab);
    react = reload(self);
    list_go(&desk_of(self)->list, 0);
    return react;
}

static DutyName name_of(const QueueRow *q)
{
    return (DutyName){ .case_id = q->case_id, .duty = q->duty, .cycle = q->cycle };
}

/* "No crime asked for s1: …" is answered by a disposal of s1, which ticks it off. */
static React decide_no_crime(Screen *self, const QueueRow *q)
{
    const char *person = q->says + sizeof no_crime_words - 1;
    const char *preset = arena_printf(self->arena, "person=%.*s", (int)strcspn(person + strspn(person, " "), ":"), person + strspn(person, " "));
    EntryAsk ask = { .case_id = q->case_id, .list = LIST_DISPOSALS, .preset = preset };

    return go(self, &scr_entry, &ask);
}

static React do_duty(Screen *self, const QueueRow *q)
{
    DutyName name = name_of(q);

    if (q->says && strncmp(q->says, no_crime_words, sizeof no_crime_words - 1) == 0 && app_may_add(app_of(self), LIST_DISPOSALS, NULL))
        return decide_no_crime(self, q);

    return duty_do(self->loop, &name, self);
}

static React filter_by_words(Screen *self)
{
    Desk *d = desk_of(self);
    Str text = { 0 };
    bool ok;

    str_add(&text, d->words);
    ok = ask_line(self->loop,
        &(AskLine){ .title = "Show only rows that say", .label = "Words of the duty, the offence or the number", .limit = 100, .may_be_empty = true }, &text);
    if (ok) snprintf(d->words, sizeof d->words, "%s", str_text(&text));
    str_finish(&text);
    if (!ok || loop_top(self->loop) != self) return REACT_NONE;
    d->query.only_words = *d->words ? d->words : NULL;
    return to_tab(self, d->query.tab);
}

/* --- saved views --------------------------------------------------------------------------------- */
static React show_view(Screen *self, const DeskView *v)
{
    Desk *d = desk_of(self);
    DeskQuery q = d->query;

    if (v->queue != ROLE_NONE && !app_may_quietly(app_of(self), PERM_QUEUE_ALL)) {
        loop_status(self->loop, STYLE_WARNING, "%s", d->who_may_roles);
        return REACT_STATUS;
    }
    app_view_query(app_of(self), v, &q);
    snprintf(d->view, sizeof d->view, "%s", v->name);
    snprintf(d->words, sizeof d->words, "%s", v->words ? v->words : "");
    d->as = v->queue;
    d->query.only_grade = q.only_grade;
    d->query.only_duty = v->duty && app_rule(app_of(self), v->duty) ? q.only_duty : NULL;
    d->query.only_words = *d->words ? d->words : NULL;
    show_of(d, v->investigator ? v->investigator : "");
    return to_tab(self, q.tab);
}

/* Which of them, for what; NULL: none was picked. */
static const DeskView *pick_view(Screen *self, const char *title)
{
    const Desk *d = desk_of(self);
    AskItem *items = arena_alloc(self->arena, (d->n_views + 1) * sizeof *items);
    int pick;

    for (size_t i = 0; i < d->n_views; i++)
        items[i] = (AskItem){ .text = d->views[i].name, .right = app_view_words(app_of(self), &d->views[i], self->arena) };
    pick = d->n_views ? ask_choice(self->loop, title, items, d->n_views, 0) : -1;
    return pick < 0 || loop_top(self->loop) != self ? NULL : &d->views[pick];
}

static bool ask_name(Screen *self, const char *title, Str *name)
{
    return ask_line(self->loop, &(AskLine){ .title = title, .label = "Name of the view", .limit = 24 }, name) && loop_top(self->loop) == self;
}

static React told(Screen *self, bool ok, const Err *err, const char *said)
{
    if (!ok) {
        loop_status_err(self->loop, err);
        return REACT_STATUS;
    }
    loop_status(self->loop, STYLE_GOOD, "%s", said);
    return reload(self) | REACT_STATUS;
}

/* The filter as it stands gets a name; `share`: with the role whose queue is shown. */
static React keep_view(Screen *self, bool share)
{
    Desk *d = desk_of(self);
    DeskView v = { .tab = d->query.tab,
        .queue = d->as,
        .grade = d->query.only_grade ? vocab_word(vocabs_of(self), VOCAB_GRADE, d->query.only_grade) : NULL,
        .duty = d->query.only_duty,
        .investigator = whose(d),
        .words = d->query.only_words };
    Str name = { 0 };
    Err err = { 0 };
    React react = REACT_NONE;

    if (share) v.role = d->as ? d->as : role_first(app_session(app_of(self))->roles);
    if (share) v.queue = ROLE_NONE; /* theirs is their own */
    if (ask_name(self, share ? "Share this view" : "Keep this view", &name)) {
        v.name = str_text(&name);
        react = told(self, app_view_save(app_of(self), &v, &err), &err, share ? "Shared: every officer of the role has it." : "Kept: v lists your views.");
    }
    str_finish(&name);
    return react;
}

static React rename_view(Screen *self)
{
    const DeskView *v = pick_view(self, "Rename which view");
    Str name = { 0 };
    Err err = { 0 };
    React react = REACT_NONE;

    if (!v) return REACT_NONE;
    str_add(&name, v->name);
    if (ask_name(self, "Rename the view", &name)) react = told(self, app_view_rename(app_of(self), v, str_text(&name), &err), &err, "Renamed.");
    str_finish(&name);
    return react;
}

static React remove_view(Screen *self)
{
    const DeskView *v = pick_view(self, "Remove which view");
    Err err = { 0 };

    if (!v || !ask_confirm(self->loop, "Remove the view", v->name, "Remove") || loop_top(self->loop) != self) return REACT_NONE;
    return told(self, app_view_remove(app_of(self), v, &err), &err, "Removed.");
}

static bool filtered(const Desk *d);

/* Those there are, and what can be done with them. */
static React choose_view(Screen *self)
{
    static const char *const digits[VIEW_DIGITS] = { "7", "8", "9", "0" };
    Desk *d = desk_of(self);
    AskItem *items = arena_alloc(self->arena, (d->n_views + 4) * sizeof *items);
    size_t n = 0;
    int pick;

    for (; n < d->n_views; n++)
        items[n] = (AskItem){ .text = arena_printf(self->arena, "%s  %s", n < VIEW_DIGITS ? digits[n] : " ", d->views[n].name),
            .right = arena_printf(self->arena, "%s%s", app_view_words(app_of(self), &d->views[n], self->arena), d->views[n].role ? ", shared" : "") };
    items[n] = (AskItem){ .text = "Keep this filter as a view …", .disabled = !filtered(d), .right = filtered(d) ? "" : "no filter is on: f" };
    items[n + 1] = (AskItem){ .text = "Share this filter with the role …",
        .disabled = !filtered(d) || !app_may_quietly(app_of(self), PERM_VIEW_SHARE),
        .right = app_may_quietly(app_of(self), PERM_VIEW_SHARE) ? "" : role_who_may(PERM_VIEW_SHARE) };
    items[n + 2] = (AskItem){ .text = "Rename a view …", .disabled = n == 0 };
    items[n + 3] = (AskItem){ .text = "Remove a view …", .disabled = n == 0 };
    pick = ask_choice(self->loop, "Views", items, n + 4, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    if ((size_t)pick < n) return show_view(self, &d->views[pick]);
    if ((size_t)pick == n || (size_t)pick == n + 1) return keep_view(self, (size_t)pick == n + 1);
    return (size_t)pick == n + 2 ? rename_view(self) : remove_view(self);
}

static React show_cases_of(Screen *self, const char *of)
{
    Desk *d = desk_of(self);
    int64_t counts[TAB_COUNT];
    QueueTab tab = d->query.tab;

    d->view[0] = '\0';
    show_of(d, of);
    if (app_queue_counts_of(app_of(self), d->query.roles, whose(d), counts, NULL)) tab = tab_of_some(counts, tab);
    return to_tab(self, tab);
}

/* Own, nobody's, everybody's: own only for who has cases. */
static React next_whose(Screen *self)
{
    Desk *d = desk_of(self);
    bool own = app_may_quietly(app_of(self), PERM_CASE_INVESTIGATE);
    const char *next = OF_NOBODY;

    if (str_eq(d->of, OF_NOBODY))
        next = "";
    else if (own && !str_eq(d->of, OF_ME))
        next = OF_ME;
    return show_cases_of(self, next);
}

/* Whose cases, in the list of filters; `pick` counts from the first of these. */
enum { WHOSE_OWN, WHOSE_NOBODY, WHOSE_OTHER, WHOSE_ITEMS };

static size_t whose_items(const Screen *self, AskItem *items)
{
    bool any = assign_is_offered(app_of(self)), assigns = app_may_quietly(app_of(self), PERM_CASE_ASSIGN);

    items[WHOSE_OWN] = (AskItem){ .text = "My own cases", .right = "officer", .disabled = !app_may_quietly(app_of(self), PERM_CASE_INVESTIGATE) };
    items[WHOSE_NOBODY] = (AskItem){ .text = "Nobody's cases", .right = "officer" };
    items[WHOSE_OTHER] = (AskItem){ .text = "Cases of another officer …", .right = assigns ? "officer" : role_who_may(PERM_CASE_ASSIGN), .disabled = !assigns };
    return any ? WHOSE_ITEMS : 0;
}

static React filter_by_whose(Screen *self, size_t pick)
{
    const char *of = pick == WHOSE_OWN ? OF_ME : OF_NOBODY;

    if (pick == WHOSE_OTHER && (!holder_ask(self->loop, "Whose cases", NULL, "", false, self->arena, &of) || loop_top(self->loop) != self)) return REACT_NONE;
    return show_cases_of(self, of);
}

/* Grades and the duties of the roles shown, in one list; typing narrows it. */
static React choose_filter(Screen *self)
{
    Desk *d = desk_of(self);
    const Policy *policy = app_policy(app_of(self));
    const Vocab *grades = &vocabs_of(self)->of[VOCAB_GRADE];
    RoleSet roles = d->as ? ROLE_BIT(d->as) : app_session(app_of(self))->roles;
    size_t n = 0, most = grades->n + policy_duty_count(policy) + WHOSE_ITEMS + 1, duties = 0, of;
    AskItem *items = mem_new((most + 1) * sizeof *items);
    const PolicyDuty **rules = mem_new((most + 1) * sizeof *rules);
    int pick;

    for (size_t g = grades->n; g > 0; g--)
        items[n++] = (AskItem){ .text = grades->words[g - 1].label, .right = "grade" };
    of = whose_items(self, items + n);
    n += of;
    for (size_t i = 0; i < policy_duty_count(policy); i++) {
        const PolicyDuty *rule = policy_duty(policy, i);
        if (rule->owner != ROLE_NONE && !(roles & ROLE_BIT(rule->owner))) continue;
        rules[duties++] = rule;
        items[n++] = (AskItem){ .text = rule->title, .right = rule->cite };
    }
    items[n++] = (AskItem){ .text = "Words that a row says …", .right = "words" };
    pick = ask_choice(self->loop, "Show only", items, n, 0);
    if (pick >= 0) d->view[0] = '\0';
    if (pick >= 0 && (size_t)pick == n - 1) {
        mem_free(items);
        mem_free(rules);
        return filter_by_words(self);
    }
    if (pick >= 0 && (size_t)pick < grades->n)
        d->query.only_grade = (Code)(grades->n - (size_t)pick);
    else if (pick >= 0 && (size_t)pick >= grades->n + of)
        d->query.only_duty = rules[(size_t)pick - grades->n - of]->id;
    mem_free(items);
    mem_free(rules);
    if (pick < 0) return REACT_NONE;
    if ((size_t)pick >= grades->n && (size_t)pick < grades->n + of) return filter_by_whose(self, (size_t)pick - grades->n);
    return to_tab(self, d->query.tab);
}

static React show_no_crimes(Screen *self)
{
    Desk *d = desk_of(self);

    snprintf(d->words, sizeof d->words, "%s", no_crime_words);
    d->view[0] = '\0';
    d->query.only_words = d->words;
    d->query.only_grade = CODE_NONE;
    d->query.only_duty = NULL;
    return to_tab(self, TAB_ALL);
}

/* --- marks --------------------------------------------------------------------------------------- */
void desk_marks(Screen *self, const Marks *marks)
{
    desk_of(self)->marks = *marks;
}

static void say_marks(Screen *self)
{
    size_t n = desk_of(self)->marks.n;

    if (n)
        loop_status(self->loop, STYLE_NORMAL, "%zu marked. B writes one review for %s, Esc takes the marks away.", n, n == 1 ? "it" : "them");
    else
        loop_status(self->loop, STYLE_NORMAL, "Nothing is marked.");
}

/* And on to the next row, as everywhere where one marks. */
static React mark(Screen *self, const QueueRow *q)
{
    Desk *d = desk_of(self);
    Err err = { 0 };

    if (!marks_toggle(&d->marks, app_of(self), q, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    list_event(&d->list, &(Event){ .kind = EVENT_KEY, .key = K_DOWN });
    fetch_around(self);
    say_marks(self);
    return REACT_STATUS | REACT_REDRAW;
}

static React review_marked(Screen *self)
{
    Desk *d = desk_of(self);
    BulkAsk ask = { .duty = d->marks.duty, .marks = &d->marks };

    return go(self, &scr_bulk, &ask);
}

static React clear_filter(Screen *self)
{
    Desk *d = desk_of(self);

    if (d->marks.n) {
        marks_clear(&d->marks);
        say_marks(self);
        return REACT_STATUS | REACT_REDRAW;
    }

    d->query.only_grade = CODE_NONE;
    d->query.only_duty = NULL;
    d->query.only_words = NULL;
    d->view[0] = d->words[0] = '\0';
    show_of(d, "");
    d->as = ROLE_NONE;
    d->kept = false;
    return reload(self); /* and stand on the same row, where it is on the first page */
}

static React choose_role(Screen *self)
{
    Desk *d = desk_of(self);
    AskItem items[ROLE_COUNT];
    Role roles[ROLE_COUNT];
    size_t n = 0, standing = 0;
    int pick;

    for (int r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        if (!role_is_case_role((Role)r)) continue;
        if (ROLE_BIT(r) & app_session(app_of(self))->roles) standing = n;
        roles[n] = (Role)r;
        items[n++] = (AskItem){ .text = role_label((Role)r), .right = role_word((Role)r) };
    }
    pick = ask_choice(self->loop, "Whose queue", items, n, standing);
    if (pick < 0) return REACT_NONE;
    d->as = roles[pick];
    return to_tab(self, d->query.tab);
}

static React show_why(Screen *self, const QueueRow *q)
{
    Arena *a = arena_new_secret();
    DutyName name = name_of(q);
    React react;

    if (!app_queue_place(app_of(self), &desk_of(self)->query, q, a, &name.place, NULL)) name.place = NULL;
    react = go(self, &scr_why, &name);
    arena_free(&a);
    return react;
}

static React sign_out(Screen *self)
{
    size_t n = ui_drafts(app_of(self));
    char text[160];

    snprintf(text, sizeof text, "%zu text%s typed and not saved. %s kept for you, and offered when you sign in again.",
        n, n == 1 ? " is" : "s are", n == 1 ? "It is" : "They are");
    if (n == 0 || ask_confirm(self->loop, "Sign out", text, "Sign out")) ui_sign_out(self->loop);
    return REACT_NONE;
}

static React desk_act(Screen *self, int action)
{
    Desk *d = desk_of(self);
    const QueueRow *q = current(d);
    DutyName name = q ? name_of(q) : (DutyName){ 0 };

    switch (action) {
    case DO_OPEN: return go(self, &scr_case, &name);
    case DO_DUTY: return do_duty(self, q);
    case DO_HOLD: return hold_ask(self->loop, &name, self);
    case DO_WHY: return show_why(self, q);
    case DO_PUT_AWAY: d->away = true; return put_away(self, q->case_id);
    case DO_ADD: d->away = true; return entry_menu(self, q->case_id);
    case DO_SEARCH: return go(self, &scr_search, NULL);
    case DO_REGISTER: return go(self, &scr_register, NULL);
    case DO_ALERTS: return go(self, &scr_alerts, &d->query.roles);
    case DO_HANDOVER: return go(self, &scr_handover, NULL);
    case DO_WATCH: return go(self, &scr_watch, NULL);
    case DO_WORKLOAD: return go(self, app_may_quietly(app_of(self), PERM_CASE_ASSIGN) ? &scr_officers : &scr_workload, NULL);
    case DO_ASSIGN: return assign_ask(self->loop, q->case_id);
    case DO_WHOSE: return next_whose(self);
    case DO_ROUNDUP: return go(self, &scr_roundup, NULL);
    case DO_DMM: return go(self, &scr_dmm, NULL);
    case DO_MARAC: return go(self, &scr_marac, NULL);
    case DO_GLASS: d->away = true; return access_glass(self->loop, NULL);
    case DO_GLASSES: return *d->glass_case ? go(self, &scr_access, d->glass_case) : access_holders(self->loop);
    case DO_NO_CRIMES: return show_no_crimes(self);
    case DO_MARK: return mark(self, q);
    case DO_BULK: return review_marked(self);
    case DO_UNDO: return undo_take_back(self);
    case DO_FILTER: return choose_filter(self);
    case DO_UNFILTER: return clear_filter(self);
    case DO_ROLE: return choose_role(self);
    case DO_DRAFTS: return go(self, &scr_drafts, NULL);
    case DO_BOOK: return book_begin(self->loop);
    case DO_REFRESH: return reload(self) | REACT_REPAINT;
    case DO_NEXT_TAB: return to_tab(self, (d->query.tab + 1) % tabs_shown(d));
    case DO_LAST_TAB: return to_tab(self, (d->query.tab + tabs_shown(d) - 1) % tabs_shown(d));
    case DO_VIEWS: return choose_view(self);
    case DO_SIGN_OUT: return sign_out(self);
    default:
        if (action >= DO_VIEW && action <= DO_VIEW_LAST) return show_view(self, &d->views[action - DO_VIEW]);
        return to_tab(self, (QueueTab)(action - DO_TAB));
    }
}

static bool filtered(const Desk *d)
{
    return d->query.only_grade || d->query.only_duty || d->query.only_words || d->query.only_of || d->as;
}

static Can desk_can(const Screen *self, int action, const char **why)
{
    const Desk *d = desk_of(self);

    switch (action) {
    case DO_OPEN:
    case DO_DUTY:
    case DO_WHY:
    case DO_ASSIGN:
    case DO_ADD:
        if (action == DO_ASSIGN && !assign_is_offered(app_of(self))) return CAN_HIDE;
        if (action == DO_ADD && !desk_adds_anything(app_of(self))) return CAN_HIDE;
        *why = "There is no row to do it with.";
        return current(d) ? CAN : CAN_NOT;
    case DO_HOLD:
        if (!app_may_quietly(app_of(self), PERM_ADD_HOLD)) return CAN_HIDE;
        *why = current(d) ? "This is put aside by who does it, or who supervises them." : "There is no row to do it with.";
        return current(d) && app_may_hold(app_of(self), current(d)->owner) ? CAN : CAN_NOT;
    case DO_ALERTS:
        if (!d->alerts && !d->as && !desk_has_alerts(app_of(self))) return CAN_HIDE;
        *why = d->as ? "No alert waits there." : "No alert waits for you.";
        return d->alerts ? CAN : CAN_NOT;
    case DO_WHOSE: return assign_is_offered(app_of(self)) ? CAN : CAN_HIDE;
    case DO_NO_CRIMES: return d->no_crimes ? CAN : CAN_HIDE;
    case DO_PUT_AWAY: return put_away_can(self, current(d) != NULL, why);
    case DO_HANDOVER: return app_may_quietly(app_of(self), PERM_HANDOVER) ? CAN : CAN_HIDE;
    case DO_WATCH: return app_may_quietly(app_of(self), PERM_WATCH_READ) ? CAN : CAN_HIDE;
    case DO_WORKLOAD: return app_may_quietly(app_of(self), PERM_QUEUE_ALL) ? CAN : CAN_HIDE;
    case DO_ROUNDUP: return app_may_quietly(app_of(self), PERM_ROUNDUP_READ) ? CAN : CAN_HIDE;
    case DO_MARAC: return app_may_quietly(app_of(self), PERM_MARAC_READ) ? CAN : CAN_HIDE;
    case DO_DMM: return app_may_quietly(app_of(self), PERM_DMM_READ) ? CAN : CAN_HIDE;
    case DO_UNFILTER: *why = "There is no filter. q signs out."; return filtered(d) || d->marks.n ? CAN : CAN_NOT;
    case DO_MARK: *why = "There is no row to do it with."; return current(d) ? CAN : CAN_NOT;
    case DO_BULK: return d->marks.n ? CAN : CAN_HIDE;
    case DO_UNDO: return undo_offered(self) ? CAN : CAN_HIDE;
    case DO_GLASS: return app_may_quietly(app_of(self), PERM_GLASS_BREAK) ? CAN : CAN_HIDE;
    case DO_GLASSES: return d->glass[0] ? CAN : CAN_HIDE;
    case DO_BOOK: return app_may_quietly(app_of(self), PERM_ADD_BOOK) ? CAN : CAN_HIDE;
    case DO_ROLE: *why = d->who_may_roles; return app_may_quietly(app_of(self), PERM_QUEUE_ALL) ? CAN : CAN_NOT;
    default:
        if (action >= DO_VIEW && action <= DO_VIEW_LAST) return (size_t)(action - DO_VIEW) < d->n_views ? CAN : CAN_HIDE;
        return CAN;
    }
}

/* --- thirty reviews in a row -------------------------------------------------------------------- */
/* Reviews follow on reviews of every kind; any other entry on one for the same duty. */
static bool follows(const EntryAsk *next, const EntryAsk *saved)
{
    if (saved->list == LIST_REVIEWS) return next->list == LIST_REVIEWS;
    return saved->duty && str_eq(next->duty, saved->duty);
}

/* Stands on the next row that fits. */
static bool next_row(
    Screen *self, bool skip_current, bool (*fits)(App *, const DutyName *, void *with), void *with, size_t *passed)
{
    Desk *d = desk_of(self);

    *passed = 0;
    for (size_t i = list_at(&d->list) + (skip_current ? 1 : 0); i < d->rows.n; i++) {
        DutyName name = name_of(window_row(&d->rows, i));
        if (fits(app_of(self), &name, with)) {
            list_go(&d->list, i);
            fetch_around(self);
            return true;
        }
        (*passed)++;
    }
    return false;
}

typedef struct NextEntry {
    const EntryAsk *saved;
    EntryAsk *out;
} NextEntry;

static bool entry_fits(App *app, const DutyName *name, void *with)
{
    const NextEntry *next = with;
    Err err = { 0 };

    return entry_for_duty(app, name, next->out, &err) && follows(next->out, next->saved);
}

bool desk_next(Screen *self, const EntryAsk *saved, bool skip_current, EntryAsk *out, size_t *passed)
{
    NextEntry next = { saved, out };

    if (!next_row(self, skip_current, entry_fits, &next, passed)) return false;
    out->walking = true;
    return true;
}

typedef struct NextBook {
    bool indexing;
    ReadAsk *out;
} NextBook;

static bool book_fits(App *app, const DutyName *name, void *with)
{
    const NextBook *next = with;

    return read_for_duty(app, name, next->out) && next->out->indexing == next->indexing;
}

bool desk_next_book(Screen *self, bool indexing, bool skip_current, ReadAsk *out, size_t *passed)
{
    NextBook next = { indexing, out };

    if (!next_row(self, skip_current, book_fits, &next, passed)) return false;
    out->walking = true;
    return true;
}

/* --- draw ------------------------------------------------------------------------------------------ */
static int tabs_width(const Desk *d, const char *const names[TAB_COUNT])
{
    int width = tabs_shown(d) - 1;

    for (int t = 0; t < tabs_shown(d); t++)
        width += snprintf(NULL, 0, " %d %s %lld ", t + 1, names[t], (long long)d->counts[t]);
    return width;
}

static void draw_tabs(const Desk *d, View v)
{
    int col = 0;
    size_t level = 0;

    while (level + 1 < ARRAY_LEN(tab_names) && tabs_width(d, tab_names[level]) > v.cols) level++;
    for (int t = 0; t < tabs_shown(d); t++) {
        bool on = t == (int)d->query.tab;
        unsigned style = on ? STYLE_SELECTED : t == TAB_OVERDUE && d->counts[t] ? STYLE_OVERDUE : STYLE_NORMAL;
        if (t) col += view_text(v, 0, col, STYLE_RULE, "│");
        col += view_textf(v, 0, col, style, "%s%d %s %lld%s", on ? "[" : " ", t + 1, tab_names[level][t],
            (long long)d->counts[t], on ? "]" : " ");
    }
}

/* Which views have which digit, where nothing else stands. */
static int draw_views(const Desk *d, View v)
{
    static const char *const digits[VIEW_DIGITS] = { "7", "8", "9", "0" };
    Str s = { 0 };
    int from = v.cols;

    for (size_t i = 0; i < d->n_views && i < VIEW_DIGITS; i++) str_addf(&s, " %s %s ", digits[i], d->views[i].name);
    if (s.n && utf8_width(str_text(&s)) + 30 <= v.cols) from = view_text_right(v, 0, STYLE_MUTED, str_text(&s));
    str_finish(&s);
    return from;
}

static const char *of_words(const Desk *d)
{
    if (str_eq(d->of, OF_ME)) return "my own cases";
    if (str_eq(d->of, OF_NOBODY)) return "nobody's cases";
    for (size_t i = 0; i < d->n_names; i++)
        if (str_eq(d->names[i].warrant, d->of)) return d->names[i].name;
    return d->of;
}

/* Returns the column where it begins: what stands on the left ends before. */
static int draw_chip(const Screen *self, View v)
{
    const Desk *d = desk_of(self);
    Str chip = { 0 };
    char grade[24];
    int from = v.cols;

    if (d->view[0]) {
        str_addf(&chip, " view %s " SIGN_DOT " Esc clears ", d->view);
        from = view_text_right(v, 0, STYLE_MARK, str_text(&chip));
        str_finish(&chip);
        return from;
    }
    if (d->as) str_addf(&chip, " queue of %s ", role_label(d->as));
    if (*d->of) str_addf(&chip, " %s ", of_words(d));
    if (d->query.only_grade) str_addf(&chip, " only %s ", grade_word(vocabs_of(self), d->query.only_grade, grade));
    if (d->query.only_duty) str_addf(&chip, " only %s ", duty_title(app_of(self), d->query.only_duty));
    if (d->query.only_words) str_addf(&chip, " only \"%s\" ", d->query.only_words);
    if (!chip.n) from = draw_views(d, v);
    if (chip.n) {
        str_add(&chip, SIGN_DOT " Esc clears ");
        from = view_text_right(v, 0, STYLE_MARK, str_text(&chip));
    }
    str_finish(&chip);
    return from;
}

/* Where a filter leaves no room for the words, the key and its number. */
static int draw_news(View v, int col, const char *words, const char *brief)
{
    if (col + utf8_width(words) + 1 > v.cols) words = brief;
    return col + utf8_width(words) + 1 > v.cols ? col : col + view_text(v, 0, col, STYLE_WARNING, words) + 1;
}

/* Under the tabs, when there are any. A broken glass is the louder of the two. */
static void draw_alerts(const Desk *d, View v)
{
    char words[48], news[80], brief[24];
    int col = 1;

    if (d->glass[0]) {
        view_cell(v, 0, 1, v.cols - 8, STYLE_OVERDUE, d->glass);
        view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, STYLE_WARNING, " V ");
        return;
    }
    if (d->no_crimes) {
        snprintf(news, sizeof news, " %zu no crime%s to decide: N ", d->no_crimes, d->no_crimes == 1 ? "" : "s");
        snprintf(brief, sizeof brief, " N %zu ", d->no_crimes);
        col = draw_news(v, col, news, brief);
    }
    if (d->handed[0]) col = draw_news(v, col, d->handed, " H ");
    if (d->alerts) {
        snprintf(news, sizeof news, " %s: A ", alert_count_words(d->alerts, words));
        snprintf(brief, sizeof brief, " A %lld ", (long long)d->alerts);
        col = draw_news(v, col, news, brief);
    }
    if (d->idle) {
        snprintf(news, sizeof news, " %lld%s without a next step: W ", (long long)d->idle, d->idle == WATCH_MOST ? " or more" : "");
        snprintf(brief, sizeof brief, " W %lld ", (long long)d->idle);
        col = draw_news(v, col, news, brief);
    }
    if (d->nobodys && !str_eq(d->of, OF_NOBODY)) {
        snprintf(news, sizeof news, " %lld nobody's: I ", (long long)d->nobodys);
        snprintf(brief, sizeof brief, " I %lld ", (long long)d->nobodys);
        draw_news(v, col, news, brief);
    }
}

/* Where one stands: "12 of 60"; not known when the window began at the end. */
static void draw_place(const Desk *d, View v)
{
    char words[48];

    if (d->marks.n) view_textf(v, 0, 1, STYLE_MARK, " * %zu marked: B ", d->marks.n);
    if (d->rows.n == 0 || d->rows.before || d->query.only_grade || d->query.only_duty || d->query.only_words) return;
    snprintf(words, sizeof words, " %zu of %lld ", list_at(&d->list) + 1, (long long)d->counts[d->query.tab]);
    view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, STYLE_MUTED, words);
}

static void draw_peek(const Screen *self, View v)
{
    const Desk *d = desk_of(self);
    const QueueRow *q = current(d);
    const Peek *p = &d->peek;
    Pen pen = pen_at(v, 0, 1);
    View text = view_part(v, 0, 1, -1, v.cols - 2);
    int row, left;

    if (!q) return;
    if (p->row != window_queue.id(q)) {
        pen_piece(&pen, STYLE_HEADING, q->case_id);
        pen_piece(&pen, STYLE_NORMAL, q->says ? q->says : duty_title(app_of(self), q->duty));
        pen_piece(&pen, STYLE_MUTED, duty_cite(app_of(self), q->duty));
        return;
    }
    if (!p->ok) {
        view_wrapped(text, 0, STYLE_ERROR, p->err.text);
        return;
    }
    pen.v = view_part(v, 0, 0, 2, -1);
    case_words_draw(&pen, &p->words);
    row = pen.row < 2 ? pen.row + 1 : 2;
    row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_NORMAL, p->why);
    row += view_wrapped(view_part(text, row, 5, 1, -1), 0, STYLE_NORMAL, p->clock);
    text = view_prose(text);
    left = v.rows - row;
    if (left == 1)
        view_cell(text, row, 5, text.cols - 5, STYLE_NORMAL, p->clears); /* … says that there is more */
    else
        row += view_wrapped(view_part(text, row, 5, left < 2 ? left : 2, -1), 0, STYLE_NORMAL, p->clears);
    if (v.rows > PREVIEW_ROWS && p->place) row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_NORMAL, p->place);
    if (v.rows > PREVIEW_ROWS) view_wrapped(view_part(text, row, 0, -1, -1), 0, STYLE_MUTED, p->last);
}

/* Rows for the preview: on a low screen it takes what a short list leaves. */
static int preview_rows(const Desk *d, int rows)
{
    int spare = rows - 3 - (int)d->rows.n;

    if (rows >= 30) return PREVIEW_ROWS + rows / 8;
    if (rows >= 20) return PREVIEW_ROWS;
    return spare > PREVIEW_ROWS ? PREVIEW_ROWS : spare > 4 ? spare : 4;
}

static void desk_draw(Screen *self, View v)
{
    Desk *d = desk_of(self);
    int peek = preview_rows(d, v.rows);
    int rows = v.rows - peek - 3, chip;

    set_columns(d, v.cols);
    d->list.titles = v.rows >= 30;
    draw_tabs(d, view_part(v, 0, 0, 1, -1));
    view_rule(v, 1);
    chip = draw_chip(self, view_part(v, 1, 0, 1, v.cols - 1));
    draw_alerts(d, view_part(v, 1, 0, 1, chip < 1 ? 1 : chip));
    list_draw(&d->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    draw_place(d, view_part(v, 2 + rows, 0, 1, -1));
    draw_peek(self, view_part(v, 3 + rows, 0, peek, -1));
}

static void desk_close(Screen *self)
{
    Desk *d = desk_of(self);
    window_finish(&d->rows);
    arena_free(&d->peek.arena);
}

const ScreenClass scr_desk = {
    .name = "desk",
    .actions = desk_actions,
    .state_size = sizeof(Desk),
    .open = desk_open,
    .load = desk_load,
    .event = desk_event,
    .can = desk_can,
    .act = desk_act,
    .draw = desk_draw,
    .idle = desk_idle,
    .rest_ms = REST_MS,
    .resumed = desk_resumed,
    .close = desk_close,
};
