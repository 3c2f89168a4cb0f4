/* scr_marac.c — MARAC meetings: when, restricted or not, how many cases, how many heard; and putting a case on a list. A row says no case. */
#include "marac.h"

enum { WHEN, KIND, CASES, HEARD, COLUMNS, DAYS = 366 };

typedef struct Marac {
    MaracMeeting *rows;
    size_t n;
    bool placed;
    List list;
    ListColumn columns[COLUMNS];
    char may_list[400];
} Marac;

enum { DO_OPEN = 1, DO_LIST, DO_ACTIONS, DO_REFRESH, DO_BACK };
static const Action marac_actions[] = {
    { DO_OPEN, "agenda", "agenda", "The cases of this meeting.", "Enter", 0 },
    { DO_LIST, "list-case", "list a case", "Put a case on the list of a meeting.", "n", 1 },
    { DO_ACTIONS, "marac-actions", "actions", "The register of actions: who does what by when, the longest overdue first.", "r", 2 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Marac *marac_of(const Screen *s)
{
    return s->state;
}

static size_t rows_count(void *of)
{
    return marac_of(of)->n;
}

static int64_t row_id(const MaracMeeting *m)
{
    return m->at * 2 + m->restricted;
}

static int64_t rows_id(void *of, size_t i)
{
    return row_id(&marac_of(of)->rows[i]);
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const MaracMeeting *m = &marac_of(self)->rows[i];
    unsigned style = m->at < now_of(self) && i != list_at(&marac_of(self)->list) ? STYLE_MUTED : STYLE_NORMAL;
    char words[CIVIL_TEXT];

    list_cellf(out, WHEN, style, "%s", civil_words_full(m->at, words));
    list_cell(out, KIND, style, m->restricted ? "RESTRICTED" : "");
    list_cellf(out, CASES, style, "%lld", (long long)m->cases);
    list_cellf(out, HEARD, style, "%lld", (long long)m->heard);
}

static bool marac_open(Screen *self, const void *arg, Err *err)
{
    Marac *m = marac_of(self);

    snprintf(m->may_list, sizeof m->may_list, "A case is listed by %s.", role_who_may(PERM_ADD_HEARING));
    m->columns[WHEN] = (ListColumn){ .title = "Meeting", .width = 24 };
    m->columns[KIND] = (ListColumn){ .title = "", .width = 12 };
    m->columns[CASES] = (ListColumn){ .title = "Cases", .width = 8, .right = true };
    m->columns[HEARD] = (ListColumn){ .title = "Heard", .width = 8, .right = true };
    list_init(&m->list, m->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    m->list.empty = "No case is listed for any meeting. n puts one on a list.";
    m->list.titles = true;
    return true;
}

/* One stands on the next meeting. */
static bool marac_load(Screen *self, Err *err)
{
    Marac *m = marac_of(self);
    Time now = now_of(self);

    if (!app_marac_meetings(app_of(self), civil_add_days(now, -DAYS), civil_add_days(now, DAYS), self->arena, &m->rows, &m->n, err)) return false;
    list_refresh(&m->list);
    for (size_t i = 0; !m->placed && i < m->n; i++) {
        list_go(&m->list, i);
        m->placed = civil_day_end(civil_local_date(m->rows[i].at)) >= now;
    }
    m->placed = true;
    return true;
}

static React marac_event(Screen *self, const Event *e)
{
    return list_event(&marac_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* "wed 1000" is the next Wednesday: a meeting lies ahead. What cannot be read stays in the box. */
static bool ask_when(Screen *self, Time *out)
{
    AskLine q = { .title = "List a case", .label = "Meeting", .limit = 40, .text = "When does it meet? As: wed 1000, or 10 feb 2010 1000" };
    Str when = { 0 };
    Err err = { 0 };
    bool done = false;

    while (!done && ask_line(self->loop, &q, &when) && loop_top(self->loop) == self) {
        done = civil_parse_time(str_text(&when), out, NULL) || app_ahead_typed(app_of(self), str_text(&when), out, &err);
        if (!done) q.error = arena_dup(self->arena, err.text);
    }
    str_finish(&when);
    return done;
}

/* The form of a hearing asks for the rest: restricted or not, who is invited. */
static React list_case(Screen *self)
{
    AskLine q = { .title = "List a case", .label = "Case", .limit = 48 };
    EntryAsk ask = { .list = LIST_HEARINGS };
    Str id = { 0 };
    char at[CIVIL_TEXT];
    Time when;
    Err err = { 0 };
    React react = REACT_NONE;

    if (!app_may_enter(app_of(self), &err))
        loop_status_err(self->loop, &err);
    else if (ask_line(self->loop, &q, &id) && loop_top(self->loop) == self && ask_when(self, &when)) {
        ask.case_id = str_text(&id);
        ask.preset = arena_printf(self->arena, "meeting=%s", civil_format_time(when, at));
        react = loop_go(self->loop, &scr_entry, &ask);
    }
    str_finish(&id);
    return react | REACT_STATUS;
}

static React marac_act(Screen *self, int action)
{
    Marac *m = marac_of(self);
    AgendaAsk ask;

    switch (action) {
    case DO_OPEN:
        ask = (AgendaAsk){ m->rows[list_at(&m->list)].at, m->rows[list_at(&m->list)].restricted };
        return loop_go(self->loop, &scr_agenda, &ask);
    case DO_LIST: return list_case(self);
    case DO_ACTIONS: return loop_go(self->loop, &scr_marac_actions, NULL);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can marac_can(const Screen *self, int action, const char **why)
{
    *why = "There is no meeting yet: n puts a case on a list.";
    if (action == DO_OPEN) return list_any(&marac_of(self)->list) ? CAN : CAN_NOT;
    *why = marac_of(self)->may_list;
    return action != DO_LIST || app_may_quietly(app_of(self), PERM_ADD_HEARING) ? CAN : CAN_NOT;
}

static void marac_draw(Screen *self, View v)
{
    view_text(v, 0, 1, STYLE_HEADING, "MARAC meetings");
    view_rule(v, 1);
    list_draw(&marac_of(self)->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_marac = {
    .name = "marac",
    .actions = marac_actions,
    .state_size = sizeof(Marac),
    .open = marac_open,
    .load = marac_load,
    .event = marac_event,
    .can = marac_can,
    .act = marac_act,
    .draw = marac_draw,
};
