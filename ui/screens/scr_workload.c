/* scr_workload.c — how much waits for each role: cases by grade, what is overdue and due this week, the minutes of that, and the minutes of each officer if it
** were shared out evenly. */
#include "screens.h"

enum { ROLE, OFFICERS, HIGH, NONE, MEDIUM, STANDARD, OVERDUE, WEEK, HELD, MINUTES, EACH, COLUMNS };

typedef struct Load {
    Workload *items;
    size_t n;
    bool wide; /* there is room for names in full */
    List list;
    ListColumn columns[COLUMNS];
} Load;

enum { DO_BACK = 1, DO_REFRESH };
static const Action load_actions[] = {
    { DO_REFRESH, "refresh", NULL, "Count again.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Load *load_of(const Screen *s)
{
    return s->state;
}

static size_t rows_count(void *of)
{
    return load_of(of)->n;
}

static int64_t rows_id(void *of, size_t i)
{
    return load_of(of)->items[i].role;
}

/* "3h 20m" */
static const char *minutes_words(int64_t minutes, char out[CIVIL_TEXT])
{
    if (minutes >= 60)
        snprintf(out, CIVIL_TEXT, "%lldh %02lldm", (long long)(minutes / 60), (long long)(minutes % 60));
    else
        snprintf(out, CIVIL_TEXT, "%lldm", (long long)minutes);
    return out;
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Load *l = load_of(of);
    const Workload *w = &l->items[i];
    bool here = i == list_at(&l->list);
    char words[CIVIL_TEXT];

    list_cellf(out, ROLE, STYLE_NORMAL, "%s%s", l->wide ? role_label(w->role) : role_short(w->role), w->cut ? " (and more)" : "");
    list_cellf(out, OFFICERS, here ? STYLE_NORMAL : STYLE_MUTED, "%lld", (long long)w->officers);
    list_cellf(out, HIGH, here || !w->cases[GRADE_HIGH] ? STYLE_NORMAL : grade_style(GRADE_HIGH), "%lld", (long long)w->cases[GRADE_HIGH]);
    list_cellf(out, NONE, STYLE_NORMAL, "%lld", (long long)w->cases[CODE_NONE]);
    list_cellf(out, MEDIUM, STYLE_NORMAL, "%lld", (long long)w->cases[GRADE_MEDIUM]);
    list_cellf(out, STANDARD, STYLE_NORMAL, "%lld", (long long)w->cases[GRADE_STANDARD]);
    list_cellf(out, OVERDUE, here || !w->overdue ? STYLE_NORMAL : STYLE_OVERDUE, "%lld", (long long)w->overdue);
    list_cellf(out, WEEK, STYLE_NORMAL, "%lld", (long long)w->week);
    list_cellf(out, HELD, STYLE_NORMAL, "%lld", (long long)w->held);
    list_cellf(out, MINUTES, STYLE_NORMAL, "%s", minutes_words(w->minutes, words));
    list_cellf(out, EACH, STYLE_NORMAL, "%s", minutes_words(w->officers ? w->minutes / w->officers : w->minutes, words));
}

static bool load_open(Screen *self, const void *arg, Err *err)
{
    static const struct {
        const char *title;
        int width;
    } columns[COLUMNS] = { { "Role", 0 }, { "Off.", 4 }, { "High", 4 }, { "None", 4 }, { "Med.", 4 }, { "Std.", 4 }, { "Over", 4 }, { "Week", 4 },
        { "Held", 4 }, { "Work", 8 }, { "Each", 8 } };
    Load *l = load_of(self);

    for (size_t i = 0; i < COLUMNS; i++)
        l->columns[i] = (ListColumn){ .title = columns[i].title, .width = columns[i].width, .right = i != ROLE };
    list_init(&l->list, l->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    l->list.titles = true;
    return true;
}

static bool load_load(Screen *self, Err *err)
{
    Load *l = load_of(self);

    if (!app_workload(app_of(self), self->arena, &l->items, &l->n, err)) return false;
    list_refresh(&l->list);
    return true;
}

static React load_event(Screen *self, const Event *e)
{
    return list_event(&load_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React load_act(Screen *self, int action)
{
    return action == DO_REFRESH ? REACT_RELOAD | REACT_REPAINT : REACT_POP;
}

static void load_draw(Screen *self, View v)
{
    Load *l = load_of(self);
    int rows = v.rows - 6;

    l->wide = v.cols >= 100;

    view_text(v, 0, 1, STYLE_HEADING, "Workload");
    view_rule(v, 1);
    list_draw(&l->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    view_wrapped(view_prose(view_part(v, 3 + rows, 1, 3, v.cols - 2)), 0, STYLE_MUTED,
        "Cases with something that waits, by grade; duties overdue, due within seven days, put aside. Work is what the overdue and the week's take, as the policy "
        "says; each: shared out evenly among the officers of the role.");
}

const ScreenClass scr_workload = {
    .name = "workload",
    .actions = load_actions,
    .state_size = sizeof(Load),
    .open = load_open,
    .load = load_load,
    .event = load_event,
    .act = load_act,
    .draw = load_draw,
};
