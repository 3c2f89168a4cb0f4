/* scr_agenda.c — a meeting as it goes: its cases in order, one key for an action in one line (what, who, by when), one for the minutes, and the next case comes
** by itself. Rows say no text of a case; what is typed goes into the case it was typed at, also when somebody changes the list meanwhile. */
#include "marac.h"

enum { CASE, GRADE, HEARD, OPEN, GROUNDS, COLUMNS };

typedef struct Agenda {
    AgendaAsk ask;
    MaracItem *rows;
    size_t n;
    List list;
    ListColumn columns[COLUMNS];
    char may_hear[400], may_act[400];
} Agenda;

enum { DO_OPEN = 1, DO_ACT, DO_MINUTES, DO_REFER, DO_REGISTER, DO_REFRESH, DO_BACK };
static const Action agenda_actions[] = {
    { DO_ACT, "action", "action", "Give somebody an action, in one line: what, who, by when.", "a", 0 },
    { DO_MINUTES, "minutes", "minutes", "It was heard: write the minutes, and go to the next case.", "m", 0 },
    { DO_OPEN, "open-case", "open", "Open the case.", "Enter o", 1 },
    { DO_REFER, "referrals", "referrals", "Its referrals, and the referral form.", "f", 2 },
    { DO_REGISTER, "marac-actions", "register", "The actions of the cases of this meeting.", "r", 2 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to the meetings.", "Esc q F3 F12", 0 },
    { 0 },
};

static Agenda *agenda_of(const Screen *s)
{
    return s->state;
}

static const MaracItem *current(const Agenda *g)
{
    return list_any(&g->list) && list_at(&g->list) < g->n ? &g->rows[list_at(&g->list)] : NULL;
}

static size_t rows_count(void *of)
{
    return agenda_of(of)->n;
}

static int64_t rows_id(void *of, size_t i)
{
    return row_named(agenda_of(of)->rows[i].case_id, "");
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Agenda *g = agenda_of(self);
    const MaracItem *x = &g->rows[i];
    bool here = i == list_at(&g->list);
    char grade[24], when[CIVIL_TEXT];

    list_cell(out, CASE, STYLE_NORMAL, x->case_id);
    list_cellf(out, GRADE, here ? STYLE_NORMAL : grade_style(x->grade), "%s", grade_word(vocabs_of(self), x->grade, grade));
    list_cellf(out, HEARD, x->heard_at == TIME_NONE || here ? STYLE_NORMAL : STYLE_MUTED, "%s%s", x->heard_at == TIME_NONE ? "to be heard" : "heard ",
        x->heard_at == TIME_NONE ? "" : civil_words_clock(x->heard_at, when));
    list_cellf(out, OPEN, here ? STYLE_NORMAL : x->overdue ? STYLE_OVERDUE : STYLE_NORMAL, "%s%lld of %lld%s", x->overdue ? "! " : "",
        (long long)x->open, (long long)x->actions, x->overdue ? " OVERDUE" : "");
    list_cell(out, GROUNDS, here ? STYLE_NORMAL : STYLE_MUTED, ground_words(app_of(self), x->grounds, self->arena));
}

static bool agenda_open(Screen *self, const void *arg, Err *err)
{
    Agenda *g = agenda_of(self);

    g->ask = *(const AgendaAsk *)arg;
    snprintf(g->may_hear, sizeof g->may_hear, "Minutes are written by %s.", role_who_may(PERM_ADD_HEARING));
    snprintf(g->may_act, sizeof g->may_act, "An action is set by %s.", role_who_may(PERM_ADD_TASK));
    g->columns[CASE] = (ListColumn){ .title = "Case", .width = 16 };
    g->columns[GRADE] = (ListColumn){ .title = "Grade", .width = 9 };
    g->columns[HEARD] = (ListColumn){ .title = "Heard", .width = 12 };
    g->columns[OPEN] = (ListColumn){ .title = "Actions open", .width = 18 };
    g->columns[GROUNDS] = (ListColumn){ .title = "Grounds", .width = 0, .drop = 1 };
    list_init(&g->list, g->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    g->list.empty = "No case is on this list any more.";
    g->list.titles = true;
    return true;
}

static bool agenda_load(Screen *self, Err *err)
{
    Agenda *g = agenda_of(self);

    if (!app_marac_agenda(app_of(self), g->ask.meeting, g->ask.restricted, self->arena, &g->rows, &g->n, err)) return false;
    list_refresh(&g->list);
    return true;
}

static React agenda_event(Screen *self, const Event *e)
{
    return list_event(&agenda_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* --- an action in one line --------------------------------------------------------------------------------- */
/* What cannot be read stays in the box with the sentence; nothing typed is lost. */
static React give_action(Screen *self)
{
    const char *id = arena_dup(self->arena, current(agenda_of(self))->case_id);
    AskLine q = { .title = "Action", .label = "What, who, by when", .limit = 400, .text = arena_printf(self->arena, "Of %s, as: change the locks, Housing, fri 1600", id) };
    Str line = { 0 };
    MaracAction action;
    Err err = { 0 };
    bool done = false;

    if (!app_may_enter(app_of(self), &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    while (!done && ask_line(self->loop, &q, &line) && loop_top(self->loop) == self) {
        err = (Err){ 0 };
        done = app_marac_action_typed(app_of(self), str_text(&line), self->arena, &action, &err) && app_marac_act(app_of(self), id, &action, &err);
        if (!done) q.error = arena_dup(self->arena, err.text);
    }
    if (done) loop_status(self->loop, STYLE_GOOD, "%s: %.60s does it.", id, action.who);
    str_finish(&line);
    return done ? REACT_RELOAD_ALL | REACT_STATUS : REACT_REDRAW;
}

/* --- minutes -------------------------------------------------------------------------------------------------- */
static void to_next(Screen *self)
{
    Agenda *g = agenda_of(self);

    for (size_t i = list_at(&g->list) + 1; i < g->n; i++) {
        if (g->rows[i].heard_at != TIME_NONE) continue;
        list_go(&g->list, i);
        return;
    }
}

static React write_minutes(Screen *self)
{
    const char *id = arena_dup(self->arena, current(agenda_of(self))->case_id), *hearing = arena_dup(self->arena, current(agenda_of(self))->hearing);
    AskLine q = { .title = "Minutes", .label = "What was said and decided", .limit = 8000, .text = arena_printf(self->arena, "Of %s. The actions stand by themselves.", id) };
    Str text = { 0 };
    Err err = { 0 };
    bool done = false;

    if (!app_may_enter(app_of(self), &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    while (!done && ask_text(self->loop, &q, &text) && loop_top(self->loop) == self) {
        err = (Err){ 0 };
        done = app_marac_hear(app_of(self), id, hearing, str_text(&text), &err);
        if (!done) q.error = arena_dup(self->arena, err.text);
    }
    str_finish(&text);
    if (!done) return REACT_REDRAW;
    loop_status(self->loop, STYLE_GOOD, "%s was heard.", id);
    to_next(self);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

static React agenda_act(Screen *self, int action)
{
    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, current(agenda_of(self))->case_id);
    case DO_ACT: return give_action(self);
    case DO_MINUTES: return write_minutes(self);
    case DO_REFER: return loop_go(self->loop, &scr_referrals, current(agenda_of(self))->case_id);
    case DO_REGISTER: return loop_go(self->loop, &scr_marac_actions, &agenda_of(self)->ask);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can agenda_can(const Screen *self, int action, const char **why)
{
    const Agenda *g = agenda_of(self);

    if (action == DO_BACK || action == DO_REFRESH || action == DO_REGISTER) return CAN;
    *why = "There is no case to do it with.";
    if (!current(g)) return CAN_NOT;
    *why = g->may_act;
    if (action == DO_ACT) return app_may_quietly(app_of(self), PERM_ADD_TASK) ? CAN : CAN_NOT;
    if (action != DO_MINUTES) return CAN;
    *why = g->may_hear;
    if (!app_may_quietly(app_of(self), PERM_ADD_HEARING)) return CAN_NOT;
    *why = "It was heard already; minutes are not written twice.";
    if (current(g)->heard_at != TIME_NONE) return CAN_NOT;
    *why = "The meeting has not begun; minutes are written when it meets.";
    return g->ask.meeting <= now_of(self) ? CAN : CAN_NOT;
}

/* --- draw --------------------------------------------------------------------------------------------------------- */
static void agenda_draw(Screen *self, View v)
{
    const Agenda *g = agenda_of(self);
    const MaracItem *x = current(g);
    char when[CIVIL_TEXT];
    Pen pen = pen_at(view_part(v, v.rows - 2, 0, 2, -1), 0, 1);

    view_textf(v, 0, 1, STYLE_HEADING, "MARAC of %s", civil_words_full(g->ask.meeting, when));
    if (g->ask.restricted) view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, STYLE_WARNING, "! RESTRICTED: only the agencies named");
    view_rule(v, 1);
    list_draw(&agenda_of(self)->list, view_part(v, 2, 0, v.rows - 5, -1), true);
    view_rule(v, v.rows - 3);
    if (!x) return;
    pen_piece(&pen, STYLE_HEADING, x->case_id);
    pen_piece(&pen, STYLE_NORMAL, ground_words(app_of(self), x->grounds, self->arena));
    pen_piece(&pen, STYLE_MUTED, x->agencies ? arena_printf(self->arena, "invited: %s", agency_words(app_of(self), x->agencies, self->arena)) : "open to all partners");
}

const ScreenClass scr_agenda = {
    .name = "agenda",
    .actions = agenda_actions,
    .state_size = sizeof(Agenda),
    .open = agenda_open,
    .load = agenda_load,
    .event = agenda_event,
    .can = agenda_can,
    .act = agenda_act,
    .draw = agenda_draw,
};
