/* scr_alerts.c — alerts that wait for this officer: by grade, the oldest first. Rows say which case and what does not fit, nothing of
** what the case says, so that reading them is no look at a case. */
#include "alerts.h"

enum { ROWS = 1000 };

typedef struct Alerts {
    RoleSet roles; /* whose; 0: the officer's own */
    AlertRow *items;
    size_t n;
    int64_t waiting;
    List list;
    ListColumn columns[5];
} Alerts;

enum { DO_OPEN = 1, DO_READ, DO_WHY, DO_ANSWER, DO_BUDGET, DO_REFRESH, DO_BACK };
static const Action alerts_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case of this alert.", "Enter o", 0 },
    { DO_READ, "read-book", "book", "Read the book that the words stand in.", "b", 3 },
    { DO_WHY, "why", "why", "What fired it, and what would clear it.", "w", 2 },
    { DO_ANSWER, "answer-alert", "answer", "Say that it was acted on, or why it is dismissed.", "a", 1 },
    { DO_BUDGET, "alert-budget", "budget", "What became of alerts: acted on, dismissed, left to wait.", "u", 5 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Alerts *alerts_of(const Screen *s)
{
    return s->state;
}

static size_t alerts_count(void *of)
{
    return alerts_of(of)->n;
}

/* Of the case and the name of the alert: stays the same when rows come and go. */
static int64_t alerts_id(void *of, size_t i)
{
    const AlertRow *r = &alerts_of(of)->items[i];
    uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)r->key;

    for (const char *p = r->alert; *p; p++) h = (h ^ (unsigned char)*p) * 0x100000001b3u;
    return (int64_t)(h >> 1) | 1;
}

static void alerts_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const AlertRow *r = &alerts_of(self)->items[i];
    const PolicyAlert *rule = app_alert_rule(app_of(self), r->alert);
    char grade[24], when[CIVIL_TEXT];
    bool here = i == list_at(&alerts_of(self)->list);

    list_cellf(out, 0, STYLE_NORMAL, "%s", civil_words_short(r->since, when));
    list_cell(out, 1, STYLE_NORMAL, r->case_id);
    list_cellf(out, 2,
        here       ? STYLE_NORMAL
        : r->grade ? grade_style(r->grade)
                   : STYLE_MUTED,
        "%s", grade_word(vocabs_of(self), r->grade, grade));
    list_cell(out, 3, STYLE_NORMAL, rule ? rule->title : r->alert);
    list_cell(out, 4, here ? STYLE_NORMAL : STYLE_MUTED, role_short(r->owner));
}

static bool alerts_open(Screen *self, const void *arg, Err *err)
{
    Alerts *x = alerts_of(self);

    if (arg) x->roles = *(const RoleSet *)arg;
    x->columns[0] = (ListColumn){ .title = "Since", .width = 16 };
    x->columns[1] = (ListColumn){ .title = "Case", .width = 9 };
    x->columns[2] = (ListColumn){ .title = "Grade", .width = 8 };
    x->columns[3] = (ListColumn){ .title = "What does not fit", .width = 0 };
    x->columns[4] = (ListColumn){ .title = "Owner", .width = 8 };
    list_init(
        &x->list, x->columns, 5, (ListSource){ .of = self, .count = alerts_count, .id = alerts_id, .row = alerts_row });
    x->list.empty = x->roles ? "No alert waits there." : "No alert waits for you.";
    return true;
}

static bool alerts_load(Screen *self, Err *err)
{
    Alerts *x = alerts_of(self);
    AlertAsk ask = { .roles = x->roles, .limit = ROWS };

    x->n = 0;
    if (!app_alert_count(app_of(self), x->roles, &x->waiting, err)) return false;
    if (!app_alert_page(app_of(self), &ask, self->arena, &x->items, &x->n, err)) return false;
    list_refresh(&x->list);
    return true;
}

static const AlertRow *current(const Alerts *x)
{
    return list_any(&x->list) && list_at(&x->list) < x->n ? &x->items[list_at(&x->list)] : NULL;
}

static React alerts_event(Screen *self, const Event *e)
{
    return list_event(&alerts_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React alerts_act(Screen *self, int action)
{
    const AlertRow *r = current(alerts_of(self));
    DutyName why = { .case_id = r ? r->case_id : "", .duty = r ? r->alert : "", .cycle = -1 };

    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, r->case_id);
    case DO_READ: return loop_go(self->loop, &scr_read, &(ReadAsk){ .case_id = r->case_id });
    case DO_WHY: return loop_go(self->loop, &scr_why, &why);
    case DO_ANSWER:
        return alert_answer(self->loop, &(AlertName){ r->case_id, r->alert, r->basis }) ? REACT_RELOAD_ALL
                                                                                        : REACT_RELOAD;
    case DO_BUDGET: return loop_go(self->loop, &scr_alert_budget, NULL);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can alerts_can(const Screen *self, int action, const char **why)
{
    const AlertRow *r = current(alerts_of(self));

    if (action == DO_BUDGET) return app_may_quietly(app_of(self), PERM_QUEUE_ALL) ? CAN : CAN_HIDE;
    if (action == DO_BACK || action == DO_REFRESH) return CAN;
    *why = "There is no row to do it with.";
    if (!r) return CAN_NOT;
    return action != DO_ANSWER || alert_may_answer(app_of(self), r->alert, why) ? CAN : CAN_NOT;
}

static void alerts_draw(Screen *self, View v)
{
    Alerts *x = alerts_of(self);
    char words[48];

    x->list.titles = v.rows >= 20;
    x->list.n_columns = v.cols >= 100 ? 5 : 4; /* what does not fit needs the room */
    view_textf(v, 0, 1, STYLE_HEADING, "Alerts: what does not fit");
    if (x->waiting) {
        snprintf(
            words, sizeof words, "%zu of %lld ", list_any(&x->list) ? list_at(&x->list) + 1 : 0, (long long)x->waiting);
        view_text_right(view_part(v, 0, 0, 1, -1), 0, STYLE_MUTED, words);
    }
    view_rule(v, 1);
    list_draw(&x->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_alerts = {
    .name = "alerts",
    .actions = alerts_actions,
    .state_size = sizeof(Alerts),
    .open = alerts_open,
    .load = alerts_load,
    .event = alerts_event,
    .can = alerts_can,
    .act = alerts_act,
    .draw = alerts_draw,
};
