/* scr_retention.c — closed cases that are due for review: kept until a day, or erased by two. A row says a number, days and a group, no text: to decide
** one opens the case. Erasing cannot be made good: the number is typed, and then the password. */
#include "access.h"
#include "pages.h"

#define Event CaseEvent
#include "app/retention.h"
#undef Event

enum { PAGE = 40, DETAIL_ROWS = 5 };
enum { CASE, GROUP, CLOSED, DUE, STANDS, COLUMNS };

typedef struct Retention {
    Pages rows; /* RetentionStand */
    List list;
    ListColumn columns[COLUMNS];
} Retention;

enum { DO_BACK = 1, DO_OPEN, DO_KEEP, DO_PROPOSE, DO_ERASE, DO_WITHDRAW, DO_ERASED, DO_REFRESH };
static const Action retention_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case.", "Enter o", 0 },
    { DO_KEEP, "keep", "keep until", "Keep it until a day: the day and the reason are asked.", "u", 1 },
    { DO_PROPOSE, "propose-erase", "erase", "Propose to erase it; a second officer does it.", "e", 2 },
    { DO_ERASE, "erase", "erase now", "Erase it, as another officer proposed. For good.", "E", 1 },
    { DO_WITHDRAW, "withdraw-erase", "withdraw", "It is not to be erased after all.", "w", 3 },
    { DO_ERASED, "erased", "erased", "What remains of cases that were erased.", "t", 4 },
    { DO_REFRESH, "refresh", NULL, "Read the list again.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Retention *state_of(const Screen *s)
{
    return s->state;
}

static const RetentionStand *row_at(const Retention *x, size_t i)
{
    return (const RetentionStand *)x->rows.items + i;
}

static const RetentionStand *current(const Retention *x)
{
    return list_any(&x->list) && list_at(&x->list) < x->rows.n ? row_at(x, list_at(&x->list)) : NULL;
}

static const char *date(Date d, Arena *a)
{
    char text[CIVIL_TEXT];

    return d == DATE_NONE ? "" : arena_dup(a, civil_words_date(d, text));
}

/* --- rows ---------------------------------------------------------------------------------------------- */
static size_t rows_count(void *of)
{
    return state_of(of)->rows.n;
}

static int64_t rows_id(void *of, size_t i)
{
    return row_at(state_of(of), i)->place.key;
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Retention *x = state_of(self);
    const RetentionStand *s = row_at(x, i);
    bool here = i == list_at(&x->list);

    list_cell(out, CASE, STYLE_NORMAL, s->case_id);
    list_cellf(out, GROUP, STYLE_NORMAL, "%d", s->group->number);
    list_cell(out, CLOSED, STYLE_NORMAL, date(s->closed, self->arena));
    list_cell(out, DUE, STYLE_NORMAL, date(s->due, self->arena));
    if (s->proposed_by)
        list_cellf(out, STANDS, here ? STYLE_NORMAL : STYLE_WARNING, "! ERASE proposed by %s", s->proposed_by);
    else
        list_cell(out, STANDS, here ? STYLE_NORMAL : STYLE_MUTED, s->kept_until != DATE_NONE ? "was kept until then" : "nothing decided");
}

static bool fetch(Screen *self, const void *last, size_t limit, void **rows, size_t *n, bool *more, Err *err)
{
    const RetentionStand *behind = last;
    RetentionStand *some;

    if (!app_retention_due(app_of(self), behind ? &behind->place : NULL, limit, self->arena, &some, n, more, err)) return false;
    *rows = some;
    return true;
}

static bool retention_open(Screen *self, const void *arg, Err *err)
{
    Retention *x = state_of(self);

    x->rows = (Pages){ .row_size = sizeof(RetentionStand), .page = PAGE, .fetch = fetch };
    x->columns[CASE] = (ListColumn){ .title = "Case", .width = 16 };
    x->columns[GROUP] = (ListColumn){ .title = "Group", .width = 5, .right = true };
    x->columns[CLOSED] = (ListColumn){ .title = "Closed", .width = 11 };
    x->columns[DUE] = (ListColumn){ .title = "Due", .width = 11 };
    x->columns[STANDS] = (ListColumn){ .title = "Stands", .width = 0, .drop = 1 };
    list_init(&x->list, x->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    x->list.empty = "No closed case is due for review.";
    return true;
}

static bool retention_load(Screen *self, Err *err)
{
    Retention *x = state_of(self);

    return pages_load(self, &x->rows, &x->list, err);
}

static React retention_event(Screen *self, const Event *e)
{
    Retention *x = state_of(self);

    return pages_event(self, &x->rows, &x->list, e);
}

/* --- deciding -------------------------------------------------------------------------------------------- */
typedef struct Typed {
    Str day, reason, password;
} Typed;

static void typed_finish(Typed *t)
{
    if (t->password.s) crypto_wipe(t->password.s, t->password.cap);
    str_finish(&t->day);
    str_finish(&t->reason);
    str_finish(&t->password);
}

static bool ask_day(Screen *self, const RetentionStand *s, const char *error, Typed *t)
{
    char longest[CIVIL_TEXT];
    AskLine q = { .title = "Keep the case", .label = "Until", .limit = 20, .error = error };

    civil_format_date(app_retention_longest(app_of(self), s), longest);
    if (!t->day.n) str_add(&t->day, longest);
    q.text = arena_printf(self->arena, "%s is in group %d: it may be kept until %s at most, and is looked at again then.", s->case_id, s->group->number, longest);
    return ask_line(self->loop, &q, &t->day);
}

static bool ask_reason(Screen *self, const char *title, const char *text, const char *error, Typed *t)
{
    AskLine q = { .title = title, .text = text, .label = "Reason", .limit = 500, .error = error };

    return ask_line(self->loop, &q, &t->reason);
}

static React told(Screen *self, bool ok, const char *id, const char *what, const Err *err)
{
    if (ok)
        loop_status(self->loop, STYLE_GOOD, "%s: %s.", id, what);
    else if (err->kind)
        loop_status_err(self->loop, err);
    return ok ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}

/* What is wrong with the day or the reason is asked again, with what was typed. */
static React keep(Screen *self)
{
    RetentionStand s = *current(state_of(self));
    RetentionAsk ask = { .case_id = s.case_id };
    Typed t = { 0 };
    Err err = { 0 };
    bool ok = false;

    while (!ok && ask_day(self, &s, err.kind ? err.text : NULL, &t) &&
           ask_reason(self, "Keep the case", "Why must it be kept? The reason stays beside it.", NULL, &t)) {
        if (loop_top(self->loop) != self) break;
        err_clear(&err);
        ask.reason = str_text(&t.reason);
        ok = civil_parse_date(str_text(&t.day), &ask.until, &err) && app_retention_keep(app_of(self), &ask, &err);
        if (!ok && err.kind != ERR_INVALID) break;
    }
    typed_finish(&t);
    return told(self, ok, s.case_id, "kept", &err);
}

static React propose(Screen *self)
{
    RetentionStand s = *current(state_of(self));
    RetentionAsk ask = { .case_id = s.case_id };
    Typed t = { 0 };
    Err err = { 0 };
    bool ok = false;

    if (ask_reason(self, "Propose to erase it", "Why is it needed no longer? The reason stays when the case is gone: nothing of a person in it.", NULL, &t) &&
        access_password(self->loop, "Propose to erase it", "A second officer erases it. Once more, so that it is you.", NULL, &t.password) &&
        loop_top(self->loop) == self) {
        ask.reason = str_text(&t.reason);
        ask.password = str_text(&t.password);
        ok = app_retention_propose(app_of(self), &ask, &err);
    }
    typed_finish(&t);
    return told(self, ok, s.case_id, "a second officer erases it", &err);
}

static React erase(Screen *self)
{
    RetentionStand s = *current(state_of(self));
    RetentionAsk ask = { .case_id = s.case_id };
    const char *text = arena_printf(self->arena, "%s, closed on %s, is erased for good: every word of it, and all that follows from it. %s proposed it: %s", s.case_id,
        date(s.closed, self->arena), s.proposed_by, s.why);
    Typed t = { 0 };
    Err err = { 0 };
    bool ok = false, gone = true;

    if (ask_typed(self->loop, "Erase the case", text, s.case_id) &&
        access_password(self->loop, "Erase the case", "Nobody else is asked after this.", NULL, &t.password) && loop_top(self->loop) == self) {
        ask.password = str_text(&t.password);
        ok = app_retention_erase(app_of(self), &ask, &gone, &err);
    }
    typed_finish(&t);
    return told(self, ok, s.case_id, gone ? "erased" : "erased; what it said leaves the files when nobody reads", &err);
}

static React withdraw(Screen *self)
{
    const RetentionStand *s = current(state_of(self));
    Err err = { 0 };
    bool ok = app_retention_withdraw(app_of(self), &(RetentionAsk){ .case_id = s->case_id }, &err);

    return told(self, ok, s->case_id, "not to be erased", &err);
}

static React show_erased(Screen *self)
{
    Arena *a = self->arena;
    Tombstone *all;
    const char *text = "";
    Err err = { 0 };
    size_t n;

    if (!app_tombstones(app_of(self), a, &all, &n, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    for (size_t i = 0; i < n; i++) text = arena_printf(a, "%s%s%s", text, i ? "\n\n" : "", tombstone_words(&all[i], a));
    ask_tell(self->loop, "Erased cases", n ? text : "No case was erased.");
    return REACT_REDRAW;
}

static React retention_act(Screen *self, int action)
{
    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, current(state_of(self))->case_id);
    case DO_KEEP: return keep(self);
    case DO_PROPOSE: return propose(self);
    case DO_ERASE: return erase(self);
    case DO_WITHDRAW: return withdraw(self);
    case DO_ERASED: return show_erased(self);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can retention_can(const Screen *self, int action, const char **why)
{
    const RetentionStand *s = current(state_of(self));
    const Session *me = app_session(app_of(self));

    if (action == DO_BACK || action == DO_REFRESH || action == DO_ERASED) return CAN;
    if (!s || !me) return CAN_HIDE;
    *why = "You proposed it yourself: erasing a case takes a second officer.";
    switch (action) {
    case DO_PROPOSE: return s->proposed_by ? CAN_HIDE : CAN;
    case DO_WITHDRAW: return s->proposed_by ? CAN : CAN_HIDE;
    case DO_ERASE: return !s->proposed_by ? CAN_HIDE : str_eq(s->proposed_by, me->warrant) ? CAN_NOT : CAN;
    default: return CAN;
    }
}

/* --- draw --------------------------------------------------------------------------------------------------- */
static void draw_detail(const Screen *self, View v)
{
    const RetentionStand *s = current(state_of(self));
    View text = view_prose(view_part(v, 0, 1, -1, v.cols - 2));
    int row = 0;

    if (!s) return;
    row += view_wrapped(text, row, STYLE_NORMAL,
        arena_printf(self->arena, "Group %d, %s: looked at %d years after it was closed, and kept for %d more at most each time (MoPI).", s->group->number,
            s->group->title, s->group->first, s->group->again));
    if (s->newer) row += view_wrapped(view_part(text, row, 0, -1, -1), 0, STYLE_NORMAL, arena_printf(self->arena, "The clock runs from %s, a newer case of the same people.", s->newer));
    if (s->proposed_by)
        view_wrapped(view_part(text, row, 0, -1, -1), 0, STYLE_WARNING,
            arena_printf(self->arena, "To be erased, says %s: %s", s->proposed_by, s->why));
}

static void retention_draw(Screen *self, View v)
{
    Retention *x = state_of(self);

    view_textf(v, 0, 1, STYLE_HEADING, "Due for review");
    if (x->rows.n) view_textf(v, 0, 17, STYLE_MUTED, "%zu%s", x->rows.n, x->rows.more ? " and more" : "");
    view_rule(v, 1);
    x->list.titles = true;
    list_draw(&x->list, view_part(v, 2, 0, v.rows - 3 - DETAIL_ROWS, -1), true);
    view_rule(v, v.rows - DETAIL_ROWS - 1);
    draw_detail(self, view_part(v, v.rows - DETAIL_ROWS, 0, -1, -1));
}

const ScreenClass scr_retention = {
    .name = "retention",
    .actions = retention_actions,
    .state_size = sizeof(Retention),
    .open = retention_open,
    .load = retention_load,
    .event = retention_event,
    .can = retention_can,
    .act = retention_act,
    .draw = retention_draw,
};
