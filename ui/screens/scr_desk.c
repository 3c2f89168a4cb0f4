/* scr_desk.c — the desk: what waits for this officer, the latest first, and why.
**
** A look at a case is written to the log, so the case under the cursor is read only when the cursor has
** come to rest on it; rows that are passed over are no looks. Rows never move under the cursor: what is
** new is announced on the status line and taken in with ^L, or on coming back from a case. */
#include "desk.h"

enum { REST_MS = 150, POLL_MS = 20000, GLASS_MS = 3000 };

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
const char *const desk_tab_names[3][TAB_COUNT] = {
    { "Overdue", "Today", "This week", "Waiting", "All", "Held" },
    { "Overdue", "Today", "Week", "Waiting", "All", "Held" },
    { "Over", "Today", "Week", "Wait", "All", "Held" },
};

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
QueueTab desk_tab_of_some(const int64_t counts[TAB_COUNT], QueueTab was)
{
    QueueTab first = first_tab(counts);

    if (counts[was] > 0) return was;
    return counts[first] == 0 && counts[TAB_ALL] > 0 ? TAB_ALL : first;
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
    desk_show_of(d, OF_ME);
    memcpy(d->counts, own, sizeof own);
    return true;
}

static bool desk_open(Screen *self, const void *arg, Err *err)
{
    Desk *d = desk_of(self);

    window_init(&d->rows, &window_queue, app_of(self), &d->query);
    list_init(&d->list, d->columns, 0, desk_rows(self));
    d->peek.arena = arena_new_secret();
    d->id_width = 9;
    snprintf(d->who_may_roles, sizeof d->who_may_roles, "Other roles' queues are shown to %s.",
        role_who_may(PERM_QUEUE_ALL));
    if (!app_queue_counts(app_of(self), 0, d->counts, err) || !first_of(self, err)) return false;
    d->query.tab = *d->of ? desk_tab_of_some(d->counts, TAB_OVERDUE) : first_tab(d->counts);
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
const char desk_no_crime_words[] = "No crime asked for";

static bool no_crimes_look(Screen *self, Err *err)
{
    enum { MOST = 20 };
    Desk *d = desk_of(self);
    DeskQuery q = { .tab = TAB_ALL, .only_words = desk_no_crime_words, .limit = MOST };
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
    if (!app_queue_counts_of(app, d->query.roles, desk_whose(d), d->counts, err) || !nobodys_look(self, err)) return false;
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
    if (*d->of && !str_eq(d->of, OF_ME) && !str_eq(d->of, OF_NOBODY)) desk_learn_name(self, d->of); /* the chip says it */
    desk_measure(self);
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
void desk_fetch_around(Screen *self)
{
    Desk *d = desk_of(self);
    Err err = { 0 };

    if (!window_around(&d->rows, &d->list, &err)) loop_status_err(self->loop, &err);
    desk_measure(self);
}

static React go_end(Screen *self, bool last)
{
    Desk *d = desk_of(self);
    Err err = { 0 };

    if (!window_go(&d->rows, &d->list, last, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    desk_measure(self);
    return REACT_REDRAW;
}

static React desk_event(Screen *self, const Event *e)
{
    Desk *d = desk_of(self);
    bool last;

    if (window_goes_far(&d->rows, e, &last)) return go_end(self, last);
    switch (list_event(&d->list, e)) {
    case LIST_UNUSED: return REACT_UNUSED;
    case LIST_MOVED: desk_fetch_around(self); break;
    case LIST_AT_START:
    case LIST_AT_END: break;
    }
    return REACT_REDRAW;
}

static void poll(Screen *self)
{
    Desk *d = desk_of(self);
    int64_t counts[TAB_COUNT], more;

    if (d->peek.row && d->peek.ok && desk_current(d) && d->peek.row == window_queue.id(desk_current(d)) && case_news_status(self, &d->peek.seen, &d->peek.told)) {
        if (app_queue_counts_of(app_of(self), d->query.roles, desk_whose(d), counts, NULL)) memcpy(d->seen, counts, sizeof d->seen); /* said with it */
        return;
    }
    if (!app_queue_counts_of(app_of(self), d->query.roles, desk_whose(d), counts, NULL)) return;
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
    const QueueRow *q = desk_current(d);
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
React desk_reload(Screen *self)
{
    Err err = { 0 };

    arena_reset(self->arena);
    if (desk_load(self, &err)) return REACT_REDRAW;
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

/* Held has a place among the tabs while there is anything in it. */
int desk_tabs_shown(const Desk *d)
{
    return d->counts[TAB_HELD] || d->query.tab == TAB_HELD ? TAB_COUNT : TAB_HELD;
}

React desk_to_tab(Screen *self, QueueTab tab)
{
    React react;

    desk_tab(self, tab);
    react = desk_reload(self);
    list_go(&desk_of(self)->list, 0);
    return react;
}

DutyName desk_name_of(const QueueRow *q)
{
    return (DutyName){ .case_id = q->case_id, .duty = q->duty, .cycle = q->cycle };
}

/* "No crime asked for s1: …" is answered by a disposal of s1, which ticks it off. */
static React decide_no_crime(Screen *self, const QueueRow *q)
{
    const char *person = q->says + sizeof desk_no_crime_words - 1;
    const char *preset = arena_printf(self->arena, "person=%.*s", (int)strcspn(person + strspn(person, " "), ":"), person + strspn(person, " "));
    EntryAsk ask = { .case_id = q->case_id, .list = LIST_DISPOSALS, .preset = preset };

    return go(self, &scr_entry, &ask);
}

static React do_duty(Screen *self, const QueueRow *q)
{
    DutyName name = desk_name_of(q);

    if (q->says && strncmp(q->says, desk_no_crime_words, sizeof desk_no_crime_words - 1) == 0 && app_may_add(app_of(self), LIST_DISPOSALS, NULL))
        return decide_no_crime(self, q);

    return duty_do(self->loop, &name, self);
}

/* --- marks --------------------------------------------------------------------------------------- */
void desk_marks(Screen *self, const Marks *marks)
{
    desk_of(self)->marks = *marks;
}

void desk_say_marks(Screen *self)
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
    desk_fetch_around(self);
    desk_say_marks(self);
    return REACT_STATUS | REACT_REDRAW;
}

static React review_marked(Screen *self)
{
    Desk *d = desk_of(self);
    BulkAsk ask = { .duty = d->marks.duty, .marks = &d->marks };

    return go(self, &scr_bulk, &ask);
}

static React show_why(Screen *self, const QueueRow *q)
{
    Arena *a = arena_new_secret();
    DutyName name = desk_name_of(q);
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
    const QueueRow *q = desk_current(d);
    DutyName name = q ? desk_name_of(q) : (DutyName){ 0 };

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
    case DO_WHOSE: return desk_next_whose(self);
    case DO_ROUNDUP: return go(self, &scr_roundup, NULL);
    case DO_DMM: return go(self, &scr_dmm, NULL);
    case DO_MARAC: return go(self, &scr_marac, NULL);
    case DO_GLASS: d->away = true; return access_glass(self->loop, NULL);
    case DO_GLASSES: return *d->glass_case ? go(self, &scr_access, d->glass_case) : access_holders(self->loop);
    case DO_NO_CRIMES: return desk_show_no_crimes(self);
    case DO_MARK: return mark(self, q);
    case DO_BULK: return review_marked(self);
    case DO_UNDO: return undo_take_back(self);
    case DO_FILTER: return desk_choose_filter(self);
    case DO_UNFILTER: return desk_clear_filter(self);
    case DO_ROLE: return desk_choose_role(self);
    case DO_DRAFTS: return go(self, &scr_drafts, NULL);
    case DO_BOOK: return book_begin(self->loop);
    case DO_REFRESH: return desk_reload(self) | REACT_REPAINT;
    case DO_NEXT_TAB: return desk_to_tab(self, (d->query.tab + 1) % desk_tabs_shown(d));
    case DO_LAST_TAB: return desk_to_tab(self, (d->query.tab + desk_tabs_shown(d) - 1) % desk_tabs_shown(d));
    case DO_VIEWS: return desk_choose_view(self);
    case DO_SIGN_OUT: return sign_out(self);
    default:
        if (action >= DO_VIEW && action <= DO_VIEW_LAST) return desk_show_view(self, &d->views[action - DO_VIEW]);
        return desk_to_tab(self, (QueueTab)(action - DO_TAB));
    }
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
        return desk_current(d) ? CAN : CAN_NOT;
    case DO_HOLD:
        if (!app_may_quietly(app_of(self), PERM_ADD_HOLD)) return CAN_HIDE;
        *why = desk_current(d) ? "This is put aside by who does it, or who supervises them." : "There is no row to do it with.";
        return desk_current(d) && app_may_hold(app_of(self), desk_current(d)->owner) ? CAN : CAN_NOT;
    case DO_ALERTS:
        if (!d->alerts && !d->as && !desk_has_alerts(app_of(self))) return CAN_HIDE;
        *why = d->as ? "No alert waits there." : "No alert waits for you.";
        return d->alerts ? CAN : CAN_NOT;
    case DO_WHOSE: return assign_is_offered(app_of(self)) ? CAN : CAN_HIDE;
    case DO_NO_CRIMES: return d->no_crimes ? CAN : CAN_HIDE;
    case DO_PUT_AWAY: return put_away_can(self, desk_current(d) != NULL, why);
    case DO_HANDOVER: return app_may_quietly(app_of(self), PERM_HANDOVER) ? CAN : CAN_HIDE;
    case DO_WATCH: return app_may_quietly(app_of(self), PERM_WATCH_READ) ? CAN : CAN_HIDE;
    case DO_WORKLOAD: return app_may_quietly(app_of(self), PERM_QUEUE_ALL) ? CAN : CAN_HIDE;
    case DO_ROUNDUP: return app_may_quietly(app_of(self), PERM_ROUNDUP_READ) ? CAN : CAN_HIDE;
    case DO_MARAC: return app_may_quietly(app_of(self), PERM_MARAC_READ) ? CAN : CAN_HIDE;
    case DO_DMM: return app_may_quietly(app_of(self), PERM_DMM_READ) ? CAN : CAN_HIDE;
    case DO_UNFILTER: *why = "There is no filter. q signs out."; return desk_filtered(d) || d->marks.n ? CAN : CAN_NOT;
    case DO_MARK: *why = "There is no row to do it with."; return desk_current(d) ? CAN : CAN_NOT;
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
