/* qa_results.c — what the checklists say, by team and month: figures with a bar beside each. The figures are first; the bar only shows
** them once more. */
#include "qa.h"

enum { MONTHS = 12 };

typedef struct Results {
    Time from, to;
    QaResult *items;
    size_t n;
    List list;
    ListColumn columns[6];
} Results;

enum { DO_BACK = 1, DO_EARLIER, DO_LATER };
static const Action results_actions[] = {
    { DO_EARLIER, "earlier", "a year back", "The twelve months before.", "[ Left", 1 },
    { DO_LATER, "later", "a year on", "The twelve months behind.", "] Right", 2 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Results *results_of(const Screen *s)
{
    return s->state;
}

static size_t results_count(void *of)
{
    return results_of(of)->n;
}

static int64_t results_id(void *of, size_t i)
{
    return (int64_t)i + 1;
}

static void results_row(void *of, size_t i, ListRow *out)
{
    const Results *r = results_of(of);
    const QaResult *x = &r->items[i];
    bool same = i > 0 && str_eq(x->team, r->items[i - 1].team);
    char bar[160];

    list_cell(out, 0, STYLE_NORMAL, same ? "" : x->team && *x->team ? x->team : "no team said");
    list_cell(out, 1, STYLE_NORMAL, x->month);
    list_cellf(out, 2, STYLE_NORMAL, "%lld", (long long)x->books);
    if (x->of <= 0) {
        list_cell(out, 5, STYLE_MUTED, "no items recorded");
        return;
    }
    list_cellf(out, 3, STYLE_NORMAL, "%lld of %lld", (long long)x->met, (long long)x->of);
    list_cellf(out, 4, STYLE_NORMAL, "%lld%%", (long long)((x->met * 100 + x->of / 2) / x->of));
    list_cellf(out, 5, STYLE_NORMAL, "%s", qa_bar(x->met, x->of, 20, bar, sizeof bar));
}

/* The twelve months that end with this one, moved by whole years. */
static void set_period(Screen *self, int years)
{
    Results *r = results_of(self);
    int year, month, day;

    civil_of_date(civil_local_date(r->to ? r->to : now_of(self)), &year, &month, &day);
    year += years;
    r->from = civil_day_start(civil_date(year, month - MONTHS + 1, 1));
    r->to = civil_day_end(civil_date(year, month + 1, 0));
}

static bool results_open(Screen *self, const void *arg, Err *err)
{
    Results *r = results_of(self);

    r->columns[0] = (ListColumn){ .title = "Team", .width = 0 };
    r->columns[1] = (ListColumn){ .title = "Month", .width = 8 };
    r->columns[2] = (ListColumn){ .title = "Books", .width = 5, .right = true };
    r->columns[3] = (ListColumn){ .title = "Items met", .width = 11, .right = true };
    r->columns[4] = (ListColumn){ .title = "", .width = 4, .right = true };
    r->columns[5] = (ListColumn){ .title = "", .width = 20 };
    list_init(&r->list, r->columns, 6,
        (ListSource){ .of = self, .count = results_count, .id = results_id, .row = results_row });
    r->list.empty = "No checklist was filled in in these months.";
    set_period(self, 0);
    return true;
}

static bool results_load(Screen *self, Err *err)
{
    Results *r = results_of(self);

    r->n = 0;
    if (!app_qa_results(app_of(self), r->from, r->to, self->arena, &r->items, &r->n, err)) return false;
    list_refresh(&r->list);
    return true;
}

static React results_event(Screen *self, const Event *e)
{
    return list_event(&results_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React results_act(Screen *self, int action)
{
    if (action == DO_BACK) return REACT_POP;
    set_period(self, action == DO_EARLIER ? -1 : 1);
    return REACT_RELOAD;
}

static void results_draw(Screen *self, View v)
{
    Results *r = results_of(self);
    char period[QA_PERIOD];

    view_textf(v, 0, 1, STYLE_HEADING, "Checklists by team and month, %s", qa_period_words(r->from, r->to, period));
    view_rule(v, 1);
    list_draw(&r->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_qa_results = {
    .name = "qa-results",
    .actions = results_actions,
    .state_size = sizeof(Results),
    .open = results_open,
    .load = results_load,
    .event = results_event,
    .act = results_act,
    .draw = results_draw,
};
