/* scr_officers.c — the workload by officer: what each has, what is overdue in it, which case nobody wrote in for the longest; and what is nobody's. A line
** opens that officer's cases. */
#include "caseload.h"

enum { PANEL_ROWS = 3 };
enum { OFFICER, CASES, HIGH, NONE, OVERDUE, WEEK, OLDEST, AGE, COLUMNS };

typedef struct Officers {
    Caseload *items;
    size_t n;
    List list;
    ListColumn columns[COLUMNS];
} Officers;

enum { DO_OPEN = 1, DO_ROLES, DO_REFRESH, DO_BACK };
static const Action officers_actions[] = {
    { DO_OPEN, "open-caseload", "cases", "The cases of this officer, or nobody's.", "Enter o", 0 },
    { DO_ROLES, "by-role", "by role", "How much waits for each role.", "Tab r", 1 },
    { DO_REFRESH, "refresh", NULL, "Count again.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Officers *officers_of(const Screen *s)
{
    return s->state;
}

static size_t rows_count(void *of)
{
    return officers_of(of)->n;
}

static int64_t rows_id(void *of, size_t i)
{
    return (int64_t)i + 1;
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Officers *o = officers_of(self);
    const Caseload *c = &o->items[i];
    bool here = i == list_at(&o->list), nobody = !*c->warrant;
    char words[CIVIL_TEXT];

    list_cellf(out, OFFICER, here || !nobody || !c->all ? STYLE_NORMAL : STYLE_WARNING, "%s", nobody ? "! Nobody's" : c->name);
    list_cellf(out, CASES, STYLE_NORMAL, "%lld", (long long)c->all);
    list_cellf(out, HIGH, here || !c->cases[GRADE_HIGH] ? STYLE_NORMAL : grade_style(GRADE_HIGH), "%lld", (long long)c->cases[GRADE_HIGH]);
    list_cellf(out, NONE, STYLE_NORMAL, "%lld", (long long)c->cases[CODE_NONE]);
    list_cellf(out, OVERDUE, here || !c->overdue ? STYLE_NORMAL : STYLE_OVERDUE, "%lld", (long long)c->overdue);
    list_cellf(out, WEEK, STYLE_NORMAL, "%lld", (long long)c->week);
    list_cell(out, OLDEST, STYLE_NORMAL, c->oldest ? c->oldest : "");
    list_cellf(out, AGE, STYLE_NORMAL, "%s", c->oldest ? span_words(now_of(self) - c->touched, words) : "");
}

static bool officers_open(Screen *self, const void *arg, Err *err)
{
    static const struct {
        const char *title;
        int width;
        bool right;
    } columns[COLUMNS] = { { "Officer", 0, false }, { "Cases", 5, true }, { "High", 5, true }, { "None", 5, true }, { "Over", 5, true }, { "Week", 5, true },
        { "Untouched", 11, false }, { "For", 8, true } };
    Officers *o = officers_of(self);

    for (size_t i = 0; i < COLUMNS; i++)
        o->columns[i] = (ListColumn){ .title = columns[i].title, .width = columns[i].width, .right = columns[i].right };
    list_init(&o->list, o->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    o->list.titles = true;
    return true;
}

static bool officers_load(Screen *self, Err *err)
{
    Officers *o = officers_of(self);

    if (!app_caseloads(app_of(self), self->arena, &o->items, &o->n, err)) return false;
    list_refresh(&o->list);
    return true;
}

static React officers_event(Screen *self, const Event *e)
{
    return list_event(&officers_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React open_one(Screen *self)
{
    const Officers *o = officers_of(self);
    CaseloadAsk ask = { { 0 } };

    snprintf(ask.of, sizeof ask.of, "%s", o->items[list_at(&o->list)].warrant);
    return loop_go(self->loop, &scr_caseload, &ask);
}

static React officers_act(Screen *self, int action)
{
    switch (action) {
    case DO_OPEN: return open_one(self);
    case DO_ROLES: return loop_go(self->loop, &scr_workload, NULL);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static void officers_draw(Screen *self, View v)
{
    Officers *o = officers_of(self);
    int rows = v.rows - PANEL_ROWS - 3;

    o->list.n_columns = v.cols >= 70 ? COLUMNS : OLDEST;
    view_text(v, 0, 1, STYLE_HEADING, "Workload by officer");
    view_rule(v, 1);
    list_draw(&o->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    view_wrapped(view_prose(view_part(v, 3 + rows, 1, PANEL_ROWS, v.cols - 2)), 0, STYLE_MUTED,
        "Open cases, those of high risk and without a grade; an investigating officer's duties in them, overdue and due within seven days; the case in which nothing was "
        "entered for the longest. Nobody's: crimes of the unit that no officer has.");
}

const ScreenClass scr_officers = {
    .name = "officers",
    .actions = officers_actions,
    .state_size = sizeof(Officers),
    .open = officers_open,
    .load = officers_load,
    .event = officers_event,
    .act = officers_act,
    .draw = officers_draw,
};
