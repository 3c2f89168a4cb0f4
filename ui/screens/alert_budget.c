/* alert_budget.c — what became of alerts, three months at a time: the figures, and a bar for the share that somebody acted on. An alert
** that is mostly dismissed, or left to wait, is one to ask the policy about. */
#include "alerts.h"
#include "qa.h"

enum { MONTHS = 3, BAR = 12 };

typedef struct Budget {
    Time from, to;
    AlertTally *items;
    size_t n;
    List list;
    ListColumn columns[8];
} Budget;

enum { DO_BACK = 1, DO_EARLIER, DO_LATER };
static const Action budget_actions[] = {
    { DO_EARLIER, "earlier", "earlier", "The three months before.", "[ Left", 1 },
    { DO_LATER, "later", "later", "The three months behind.", "] Right", 2 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Budget *budget_of(const Screen *s)
{
    return s->state;
}

static size_t budget_count(void *of)
{
    return budget_of(of)->n;
}

static int64_t budget_id(void *of, size_t i)
{
    return (int64_t)i + 1;
}

static void figure(ListRow *out, int column, unsigned style, int64_t n)
{
    list_cellf(out, column, n ? style : STYLE_MUTED, "%lld", (long long)n);
}

static void budget_row(void *of, size_t i, ListRow *out)
{
    const AlertTally *t = &budget_of(of)->items[i];
    int64_t acted = t->changed + t->acted;
    char bar[160], span[CIVIL_TEXT];

    list_cell(out, 0, STYLE_NORMAL, t->id);
    figure(out, 1, STYLE_NORMAL, t->fired);
    figure(out, 2, STYLE_NORMAL, acted);
    figure(out, 3, STYLE_NORMAL, t->dismissed);
    figure(out, 4, t->open ? STYLE_WARNING : STYLE_NORMAL, t->open);
    if (t->open) list_cellf(out, 5, STYLE_NORMAL, "%s", span_words(t->open_for / t->open, span));
    if (t->fired) list_cellf(out, 6, STYLE_NORMAL, "%s", qa_bar(acted, t->fired, BAR, bar, sizeof bar));
    list_cell(out, 7, STYLE_MUTED, t->title);
}

/* The three months that end with this one, moved by as many. */
static void set_period(Screen *self, int by)
{
    Budget *b = budget_of(self);
    int year, month, day;

    civil_of_date(civil_local_date(b->to ? b->to : now_of(self)), &year, &month, &day);
    month += by * MONTHS;
    b->from = civil_day_start(civil_date(year, month - MONTHS + 1, 1));
    b->to = civil_day_end(civil_date(year, month + 1, 0));
}

static bool budget_open(Screen *self, const void *arg, Err *err)
{
    Budget *b = budget_of(self);

    b->columns[0] = (ListColumn){ .title = "Alert", .width = 25 };
    b->columns[1] = (ListColumn){ .title = "Fired", .width = 6, .right = true };
    b->columns[2] = (ListColumn){ .title = "Acted on", .width = 8, .right = true };
    b->columns[3] = (ListColumn){ .title = "Dismissed", .width = 9, .right = true };
    b->columns[4] = (ListColumn){ .title = "Waits", .width = 6, .right = true };
    b->columns[5] = (ListColumn){ .title = "each", .width = 7, .right = true };
    b->columns[6] = (ListColumn){ .title = "", .width = BAR };
    b->columns[7] = (ListColumn){ .title = "What does not fit", .width = 0 };
    list_init(
        &b->list, b->columns, 8, (ListSource){ .of = self, .count = budget_count, .id = budget_id, .row = budget_row });
    b->list.titles = true;
    b->list.empty = "The policy in force has no alerts.";
    set_period(self, 0);
    return true;
}

static bool budget_load(Screen *self, Err *err)
{
    Budget *b = budget_of(self);

    b->n = 0;
    if (!app_alert_budget(app_of(self), b->from, b->to, NULL, self->arena, &b->items, &b->n, err)) return false;
    list_refresh(&b->list);
    return true;
}

static React budget_event(Screen *self, const Event *e)
{
    return list_event(&budget_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React budget_act(Screen *self, int action)
{
    if (action == DO_BACK) return REACT_POP;
    set_period(self, action == DO_EARLIER ? -1 : 1);
    return REACT_RELOAD;
}

static void budget_draw(Screen *self, View v)
{
    Budget *b = budget_of(self);
    char period[QA_PERIOD];

    b->list.n_columns = v.cols >= 132 ? 8 : 7;
    view_textf(v, 0, 1, STYLE_HEADING, "What became of alerts, %s", qa_period_words(b->from, b->to, period));
    view_rule(v, 1);
    list_draw(&b->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_alert_budget = {
    .name = "alert-budget",
    .actions = budget_actions,
    .state_size = sizeof(Budget),
    .open = budget_open,
    .load = budget_load,
    .event = budget_event,
    .act = budget_act,
    .draw = budget_draw,
};
