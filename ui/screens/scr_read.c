/* scr_read.c — reading a book 124D and answering for it. The lines at the top never scroll: which version, by whom, how it stands, how
** long it has been open. Below, the page that read_page.c writes. It can be signed or sent back only when its end has been on the
** screen; the digest says of which text that is true, so that a newer version has to be read again.
**
** From the desk this is the walk: a book that was signed or returned opens the next one of the tab by itself. */
#include "case_more.h"
#include "read.h"

enum { WIDE = 140, SIDE = 56 };

enum {
    DO_BACK = 1,
    DO_SIGN,
    DO_RETURN,
    DO_REMEDIAL,
    DO_CHANGES,
    DO_VERSIONS,
    DO_WHY,
    DO_PRINT,
    DO_CASE,
    DO_ADDENDUM,
    DO_INDEX,
    DO_MOVE,
    DO_SKIP,
    DO_READ_ON,
    DO_REWORK,
    DO_REVEAL,
    DO_REFRESH
};
static const Action read_actions[] = {
    { DO_SIGN, "sign", "sign", "Sign: you are satisfied with exactly this text.", "s", 0 },
    { DO_RETURN, "return", "return", "Send it back to its officer, with reasons.", "t", 0 },
    { DO_REMEDIAL, "remedial", NULL, "Sign, with a remedial action that is still to be done.", "m", 6 },
    { DO_READ_ON, "read-on", "read on",
        "Turn the page: every line must have been on the screen before you answer for it.", "Space", 0 },
    { DO_REWORK, "rework", "put right", "Go on with your book: what came back becomes its next version.", "e", 0 },
    { DO_CHANGES, "changes", "changes", "Only what changed since the version before; again: everything.", "c", 3 },
    { DO_WHY, "why", "why", "Why the rules flag this.", "w Enter", 4 },
    { DO_REVEAL, "reveal", "hidden", "Tell the safe contact that is hidden, for a purpose that the log keeps.", "h", 8 },
    { DO_PRINT, "print", "print", "On paper, or into a file.", "p", 5 },
    { DO_CASE, "look-at-case", "case", "Look at the whole case.", "o F4", 5 },
    { DO_VERSIONS, "versions", NULL, "Another version of this book.", "v", 8 },
    { DO_ADDENDUM, "addendum", NULL, "Say beside a signed book what is to be read instead.", "a", 8 },
    { DO_INDEX, "index", "index", "Where the unit files it: its index number.", "i", 7 },
    { DO_MOVE, "move", NULL, "Who has the book now.", "g", 8 },
    { DO_SKIP, "next-book", "next", "Leave this one as it is, open the next.", "Ctrl-N F9", 4 },
    { DO_REFRESH, "refresh", NULL, "Read it again.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 1 },
    { 0 },
};

Reading *reading_of(const Screen *s)
{
    return s->state;
}

/* --- which duties are fulfilled by reading ------------------------------------------------------------ */
bool read_is_reading(const char *review)
{
    static const char *const readings[] = { "ps-check", "csu-ds-read", "qa" };

    for (size_t i = 0; review && i < ARRAY_LEN(readings); i++)
        if (strcmp(review, readings[i]) == 0) return true;
    return false;
}

bool read_for_duty(App *app, const DutyName *duty, ReadAsk *out)
{
    const PolicyDuty *rule = app_rule(app, duty->duty);
    bool indexing = rule && strcmp(rule->id, "book-index") == 0;
    bool found = rule && (read_is_reading(rule->review) || indexing);

    if (found) *out = (ReadAsk){ .case_id = duty->case_id, .indexing = indexing };
    return found;
}

static void say_who_may(Reading *r);

/* --- load ------------------------------------------------------------------------------------------------- */
static bool read_open(Screen *self, const void *arg, Err *err)
{
    const ReadAsk *ask = arg;
    Reading *r = reading_of(self);

    snprintf(r->case_id, sizeof r->case_id, "%s", ask->case_id);
    snprintf(r->serial, sizeof r->serial, "%s", ask->serial ? ask->serial : "");
    r->version = ask->version;
    r->walking = ask->walking;
    r->indexing = ask->indexing;
    r->whole = pager_new();
    r->body = pager_new();
    r->side = pager_new();
    r->now = r->whole;
    say_who_may(r);
    return true;
}

static void write_pages(Screen *self)
{
    Reading *r = reading_of(self);
    App *app = app_of(self);

    read_page_write(r->whole, app, &r->view, READ_RULES | READ_BOOK, r->only_changes, self->arena);
    read_page_write(r->body, app, &r->view, READ_BOOK, r->only_changes, self->arena);
    read_page_write(r->side, app, &r->view, READ_RULES, r->only_changes, self->arena);
}

static void to_start(Reading *r)
{
    static const Event home = { .kind = EVENT_KEY, .key = K_HOME };

    pager_event(r->whole, &home);
    pager_event(r->body, &home);
}

/* The same text stays open since it was first shown; another one begins anew. */
static void keep_clock(Reading *r)
{
    if (strcmp(r->began, r->view.digest) == 0) {
        r->view.opened_at = r->opened_at;
        return;
    }
    if (*r->began) to_start(r);
    memcpy(r->began, r->view.digest, sizeof r->began);
    r->opened_at = r->view.opened_at;
}

static void count_gaps(Reading *r)
{
    r->missing = r->wrong = 0;
    for (size_t i = 0; !read_is_blank(&r->view) && i < r->view.n_gaps; i++) {
        r->wrong += r->view.gaps[i].wrong;
        r->missing += !r->view.gaps[i].wrong;
    }
}

static bool read_load(Screen *self, Err *err)
{
    Reading *r = reading_of(self);
    App *app = app_of(self);

    if (r->open) app_book_close(&r->view);
    r->open = app_book_read(app, r->case_id, *r->serial ? r->serial : NULL, r->version, self->arena, &r->view, err);
    if (!r->open) return false;
    snprintf(r->serial, sizeof r->serial, "%s", r->view.book->serial ? r->view.book->serial : "");
    case_words(app, &r->view.view, self->arena, &r->words);
    if (r->view.version < 2) r->only_changes = false;
    keep_clock(r);
    count_gaps(r);
    write_pages(self);
    return true;
}

/* The end of this text has been on the screen, all of it and not only what changed. */
static bool seen_all(Reading *r)
{
    if (r->open && !r->only_changes && pager_seen_all(r->now)) memcpy(r->seen, r->view.digest, sizeof r->seen);
    return r->open && strcmp(r->seen, r->view.digest) == 0;
}

/* --- after a reading ------------------------------------------------------------------------------------------ */
React reading_done(Screen *self, const char *said, bool skip)
{
    Loop *l = self->loop;
    Screen *desk = loop_find(l, &scr_desk);
    bool walking = reading_of(self)->walking;
    size_t passed = 0;
    ReadAsk next;

    if (loop_top(l) != self) return REACT_NONE; /* somebody else signed in over a question */
    if (!walking || !desk) {
        loop_status(l, STYLE_GOOD, "%s", said);
        return skip ? REACT_POP | REACT_STATUS : REACT_RELOAD | REACT_STATUS;
    }
    loop_pop(l); /* this screen's memory stays until the key is done with; the desk has loaded */
    if (!desk_next_book(desk, reading_of(self)->indexing, skip, &next, &passed)) {
        loop_status(l, STYLE_GOOD, "%s No more of these in this tab.", said);
        return REACT_STATUS;
    }
    desk_leave(desk);
    status_next(l, said, next.case_id, passed);
    loop_go(l, &scr_read, &next);
    return REACT_STATUS;
}

React reading_stale(Screen *self, const Err *err)
{
    Reading *r = reading_of(self);

    r->version = 0;
    loop_status(self->loop, STYLE_WARNING, "%s It is open now.", err->text);
    return REACT_RELOAD | REACT_STATUS;
}

/* Until the page is read again. */
static React reveal(Screen *self)
{
    Reading *r = reading_of(self);
    const char *purpose = purpose_ask(self, "Tell the safe contact, for what");
    Err err = { 0 };

    if (!purpose) return REACT_NONE;
    if (!app_book_reveal(app_of(self), &r->view, purpose, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    write_pages(self);
    loop_status(self->loop, STYLE_GOOD, "Told, and logged. It is hidden again when the page is read again.");
    return REACT_REDRAW | REACT_STATUS;
}

/* --- the verbs --------------------------------------------------------------------------------------------------- */
static React choose_version(Screen *self)
{
    Reading *r = reading_of(self);
    const CaseDoc *doc = &r->view.view.doc;
    size_t n = r->view.stand.versions;
    AskItem *items = arena_zero(self->arena, n + 1, sizeof *items);
    char when[CIVIL_TEXT];
    int pick;

    for (size_t i = 0; i < doc->n_books; i++) {
        const Book *b = &doc->books[i];
        size_t version = case_book_version(doc, b);
        if (!str_eq(b->serial, r->view.book->serial) || version == 0 || version > n) continue;
        items[n - version].text =
            arena_printf(self->arena, "Version %zu, completed %s", version, civil_words_full(b->completed_at, when));
        items[n - version].right = arena_printf(self->arena, "%s", officer_words(b->by, self->arena));
    }
    for (size_t i = 0; i < n; i++)
        if (!items[i].text) items[i].text = "";
    pick = ask_choice(self->loop, "Versions of this book, newest first", items, n, n - r->view.version);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    r->version = pick == 0 ? 0 : n - (size_t)pick;
    return REACT_RELOAD;
}

static React explain(Screen *self, int64_t item)
{
    Reading *r = reading_of(self);
    FlagAsk ask = { .case_id = r->case_id, .answers = r->view.answers, .form = r->view.form };

    if (item >= READ_ALERT && (size_t)(item - READ_ALERT) < r->view.n_alerts)
        ask.alert = &r->view.alerts[item - READ_ALERT];
    else if (item >= READ_GATE && item < READ_ALERT && (size_t)(item - READ_GATE) < r->view.n_gates)
        ask.gate = &r->view.gates[item - READ_GATE];
    else
        return REACT_NONE;
    return loop_go(self->loop, &scr_read_flag, &ask);
}

/* The flag one stands on; the only one; else which. */
static React do_why(Screen *self)
{
    Reading *r = reading_of(self);
    AskItem items[64] = { { 0 } };
    int64_t ids[64];
    size_t n = 0;
    int pick;

    if (pager_at(r->now)) return explain(self, pager_at(r->now));
    for (size_t i = 0; i < r->view.n_gates && n < ARRAY_LEN(ids); i++)
        if (r->view.gates[i].open != TRUTH_YES) {
            items[n] = (AskItem){ .text = r->view.gates[i].says, .right = r->view.gates[i].gate->cite };
            ids[n++] = READ_GATE + (int64_t)i;
        }
    for (size_t i = 0; i < r->view.n_alerts && n < ARRAY_LEN(ids); i++) {
        items[n] = (AskItem){ .text = r->view.alerts[i].alert->title, .right = r->view.alerts[i].alert->cite };
        ids[n++] = READ_ALERT + (int64_t)i;
    }
    pick = n == 1 ? 0 : ask_choice(self->loop, "Why which", items, n, 0);
    return pick >= 0 && loop_top(self->loop) == self ? explain(self, ids[pick]) : REACT_NONE;
}

static React toggle_changes(Screen *self)
{
    Reading *r = reading_of(self);

    seen_all(r); /* what was read stays read */
    to_start(r);
    r->only_changes = !r->only_changes;
    write_pages(self);
    return REACT_REDRAW;
}

/* The key itself is the page's; this is for the list of keys. */
static React read_on(Reading *r)
{
    Event space = { .kind = EVENT_KEY, .key = ' ' };

    pager_event(r->now, &space);
    return REACT_REDRAW;
}

static React read_act(Screen *self, int action)
{
    Reading *r = reading_of(self);

    switch (action) {
    case DO_SIGN: return read_sign(self);
    case DO_RETURN: return read_words(self, WORDS_RETURNED);
    case DO_REMEDIAL: return read_words(self, WORDS_REMEDIAL);
    case DO_ADDENDUM: return read_words(self, WORDS_ADDENDUM);
    case DO_CHANGES: return toggle_changes(self);
    case DO_VERSIONS: return choose_version(self);
    case DO_WHY: return do_why(self);
    case DO_PRINT: return read_print(self);
    case DO_REVEAL: return reveal(self);
    case DO_CASE: return ui_open_case(self->loop, r->case_id);
    case DO_INDEX: return read_index(self);
    case DO_MOVE: return read_move(self);
    case DO_SKIP: return reading_done(self, "Left as it was.", true);
    case DO_READ_ON: return read_on(r);
    case DO_REWORK: return book_write(self->loop, &(BookAsk){ .case_id = r->case_id });
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static bool is_newest(const Reading *r)
{
    return r->view.version == r->view.stand.versions;
}

static Can can_read_for(Reading *r, const char **why)
{
    *why = r->view.may_not;
    if (r->view.may_not || !r->view.kind) return CAN_NOT;
    *why = "This is not the newest version: v opens it.";
    if (!is_newest(r)) return CAN_NOT;
    *why = "Read all of it first: Space turns the page.";
    return seen_all(r) ? CAN : CAN_NOT;
}

/* Who may, for those who may not: said once, so that the list of keys can hold all of them. */
static const struct {
    Perm perm;
    const char *done;
} perms[READ_PERMS] = { { PERM_BOOK_PRINT, "printed" }, { PERM_BOOK_INDEX, "indexed" }, { PERM_ADD_BOOK_MOVE, "moved" },
    { PERM_ADD_ADDENDUM, "added to" } };

static void say_who_may(Reading *r)
{
    for (size_t i = 0; i < READ_PERMS; i++)
        snprintf(
            r->who_may[i], sizeof r->who_may[i], "A book is %s by %s.", perms[i].done, role_who_may(perms[i].perm));
}

static Can may(const Screen *self, Perm perm, const char **why)
{
    if (app_may_quietly(app_of(self), perm)) return CAN;
    for (size_t i = 0; i < READ_PERMS; i++)
        if (perms[i].perm == perm) *why = reading_of(self)->who_may[i];
    return CAN_NOT;
}

static Can can_add(const Screen *self, const char **why)
{
    const Reading *r = reading_of(self);

    *why = "Nobody has signed it: it is reworked, not added to.";
    if (!r->view.stand.check || r->view.stand.state == BOOK_RETURNED) return CAN_NOT;
    return may(self, PERM_ADD_ADDENDUM, why);
}

/* Whoever could answer for it, were it read. */
static bool can_read_on(Reading *r)
{
    return !r->view.may_not && r->view.kind && is_newest(r) && !seen_all(r);
}

static bool comes_back(const Screen *self)
{
    const Reading *r = reading_of(self);

    return is_newest(r) && r->view.stand.state == BOOK_RETURNED &&
           str_eq(r->view.book->by, app_session(app_of(self)) ? app_session(app_of(self))->warrant : "");
}

static Can read_can(const Screen *self, int action, const char **why)
{
    Reading *r = reading_of(self);

    *why = "The book could not be read.";
    if (action == DO_BACK || action == DO_REFRESH) return CAN;
    if (!r->open) return CAN_NOT;
    switch (action) {
    case DO_SIGN:
    case DO_RETURN:
    case DO_REMEDIAL: return can_read_for(r, why);
    case DO_CHANGES: *why = "This is the first version."; return r->view.version > 1 ? CAN : CAN_NOT;
    case DO_VERSIONS: *why = "There is only this version."; return r->view.stand.versions > 1 ? CAN : CAN_NOT;
    case DO_WHY:
        *why = "Nothing is flagged.";
        for (size_t i = 0; i < r->view.n_gates; i++)
            if (r->view.gates[i].open != TRUTH_YES) return CAN;
        return r->view.n_alerts ? CAN : CAN_NOT;
    case DO_PRINT: return may(self, PERM_BOOK_PRINT, why);
    case DO_REVEAL: return r->view.whole && app_may_quietly(app_of(self), PERM_CONTACT_OPEN) ? CAN : CAN_HIDE;
    case DO_ADDENDUM: return can_add(self, why);
    case DO_INDEX: return may(self, PERM_BOOK_INDEX, why);
    case DO_READ_ON: return can_read_on(r) ? CAN : CAN_HIDE;
    case DO_REWORK: return comes_back(self) ? CAN : CAN_HIDE;
    case DO_MOVE: return may(self, PERM_ADD_BOOK_MOVE, why);
    case DO_SKIP: return r->walking ? CAN : CAN_HIDE;
    default: return CAN;
    }
}

static React read_event(Screen *self, const Event *e)
{
    Reading *r = reading_of(self);
    bool mine =
        e->kind == EVENT_KEY && e->key == 'g' && !pager_typing(r->now); /* Home goes to the start; g says who has it */

    if (mine) return REACT_UNUSED;
    return pager_event(r->now, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static bool read_typing(const Screen *self)
{
    return pager_typing(reading_of(self)->now);
}

static React read_idle(Screen *self, int64_t ms)
{
    return REACT_REDRAW | REACT_STATUS; /* how long it has been open */
}

/* --- draw ------------------------------------------------------------------------------------------------------------ */
static void draw_book(const Screen *self, View v)
{
    const Reading *r = reading_of(self);
    Pen pen = pen_at(v, 0, 1);
    char words[120];

    pen_piece(&pen, STYLE_HEADING, r->case_id);
    snprintf(words, sizeof words, "book %.40s", r->view.book->serial ? r->view.book->serial : "");
    pen_piece(&pen, STYLE_HEADING, words);
    snprintf(words, sizeof words, "version %zu of %zu", r->view.version, r->view.stand.versions);
    pen_piece(&pen, is_newest(r) ? STYLE_NORMAL : STYLE_WARNING, words);
    if (r->view.book->by) {
        snprintf(words, sizeof words, "by %.40s", r->view.book->by);
        pen_piece(&pen, STYLE_NORMAL, words);
    }
    pen_piece(&pen, r->words.grade_style, r->words.grade);
}

static void draw_state(Screen *self, View v)
{
    Reading *r = reading_of(self);
    Pen pen = pen_at(v, 0, 1);
    char words[120], span[CIVIL_TEXT];

    pen_piece(&pen, r->view.stand.state == BOOK_RETURNED ? STYLE_WARNING : STYLE_NORMAL,
        book_state_label(r->view.stand.state));
    snprintf(words, sizeof words, "open %s", read_open_words(now_of(self) - r->view.opened_at, span));
    pen_piece(&pen, STYLE_NORMAL, words);
    snprintf(words, sizeof words, "%zu flag%s", r->view.n_alerts, r->view.n_alerts == 1 ? "" : "s");
    pen_piece(&pen, r->view.n_alerts ? STYLE_WARNING : STYLE_NORMAL, words);
    snprintf(words, sizeof words, "%zu missing", r->missing);
    pen_piece(&pen, r->missing ? STYLE_WARNING : STYLE_NORMAL, words);
    if (r->wrong) {
        snprintf(words, sizeof words, "%zu wrong", r->wrong);
        pen_piece(&pen, STYLE_WARNING, words);
    }
    if (r->only_changes) pen_piece(&pen, STYLE_MARK, "only what changed");
    snprintf(words, sizeof words, "%d%% read", pager_seen_share(r->now));
    pen_piece(&pen, seen_all(r) ? STYLE_GOOD : STYLE_MUTED, seen_all(r) ? SIGN_TICK " all read" : words);
}

static void draw_page(Reading *r, View v, bool focus)
{
    int left = v.cols - SIDE - 1;
    bool wide = v.cols >= WIDE && pager_rows(r->side, SIDE - 1) <= (size_t)v.rows;

    r->now = wide ? r->body : r->whole;
    if (wide) {
        view_upright(view_part(v, 0, left, -1, 1), 0);
        pager_draw(r->side, view_part(v, 0, left + 2, -1, SIDE - 1), false);
    }
    pager_draw(r->now, view_prose(view_part(v, 0, 0, -1, wide ? left - 1 : -1)), focus);
}

static void read_draw(Screen *self, View v)
{
    Reading *r = reading_of(self);
    int row = 2;

    if (!r->open) {
        view_text(v, 1, 1, STYLE_MUTED, "This book cannot be shown.");
        return;
    }
    draw_book(self, view_part(v, 0, 0, 1, -1));
    if (r->view.may_not) row += view_wrapped(view_part(v, row, 1, 2, v.cols - 2), 0, STYLE_WARNING, r->view.may_not);
    draw_page(r, view_part(v, row, 0, -1, -1), true);
    draw_state(self, view_part(v, 1, 0, 1, -1)); /* after the page: it says whether the end was on it */
}

static void read_close(Screen *self)
{
    Reading *r = reading_of(self);

    if (r->open) app_book_close(&r->view);
    pager_free(&r->whole);
    pager_free(&r->body);
    pager_free(&r->side);
}

const ScreenClass scr_read = {
    .name = "reading",
    .actions = read_actions,
    .state_size = sizeof(Reading),
    .open = read_open,
    .load = read_load,
    .event = read_event,
    .can = read_can,
    .act = read_act,
    .typing = read_typing,
    .draw = read_draw,
    .idle = read_idle,
    .close = read_close,
};
