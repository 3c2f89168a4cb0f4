/* scr_alerts.c — alerts that wait for this officer: by grade, the oldest first. Rows say which case and what does not fit, the lines under
** them the whole sentence, and since when: nothing of what the case says, so that reading them is no look at a case. */
#include "alerts.h"
#include "case_more.h"
#include "window.h"

enum { CASE, GRADE, TITLE, OWNER, SINCE, COLUMNS, PANEL_ROWS = 4 };

typedef struct Alerts {
    RoleSet roles; /* whose; 0: the officer's own */
    Window rows;   /* of AlertRow */
    int64_t waiting;
    List list;
    ListColumn columns[COLUMNS];
} Alerts;

enum { DO_OPEN = 1, DO_READ, DO_WHY, DO_ANSWER, DO_PUT_AWAY, DO_BUDGET, DO_REFRESH, DO_BACK };
static const Action alerts_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case of this alert.", "Enter o", 0 },
    { DO_READ, "read-book", "book", "Read the book that the words stand in.", "b", 3 },
    { DO_WHY, "why", "why", "What fired it, and what would clear it.", "w", 2 },
    { DO_ANSWER, "answer-alert", "answer", "Say that it was acted on, or why it is dismissed.", "a", 1 },
    { DO_PUT_AWAY, "put-away", "put away", "Put the CAD of this case away.", "z", 1 },
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
    return alerts_of(of)->rows.n;
}

static int64_t alerts_id(void *of, size_t i)
{
    return window_id(&alerts_of(of)->rows, i);
}

static const AlertRow *current(const Alerts *x)
{
    return list_any(&x->list) ? window_row(&x->rows, list_at(&x->list)) : NULL;
}

static void alerts_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const AlertRow *r = window_row(&alerts_of(self)->rows, i);
    const PolicyAlert *rule = app_alert_rule(app_of(self), r->alert);
    char grade[24], words[CIVIL_TEXT];
    bool here = i == list_at(&alerts_of(self)->list); /* the row one stands on is one bar */
    unsigned muted = here ? STYLE_NORMAL : STYLE_MUTED;

    list_cell(out, CASE, STYLE_NORMAL, r->case_id);
    list_cellf(out, GRADE, !r->grade || here ? muted : grade_style(r->grade), "%s",
        grade_word(vocabs_of(self), r->grade, grade));
    list_cellf(out, TITLE, STYLE_NORMAL, "%s%s", restricted_words(r->restricted), rule ? rule->title : r->alert);
    list_cell(out, OWNER, muted, role_short(r->owner));
    list_cellf(out, SINCE, muted, "%s", civil_words_short(r->since, words));
}

static bool alerts_open(Screen *self, const void *arg, Err *err)
{
    Alerts *x = alerts_of(self);

    if (arg) x->roles = *(const RoleSet *)arg;
    x->columns[CASE] = (ListColumn){ .title = "Case", .width = 8 };
    x->columns[GRADE] = (ListColumn){ .title = "Grade", .width = 8 };
    x->columns[TITLE] = (ListColumn){ .title = "What does not fit", .width = 0 };
    x->columns[OWNER] = (ListColumn){ .title = "Owner", .width = 8 };
    x->columns[SINCE] = (ListColumn){ .title = "Since", .width = 16 };
    window_init(&x->rows, &window_alerts, app_of(self), &x->roles);
    list_init(&x->list, x->columns, COLUMNS,
        (ListSource){ .of = self, .count = alerts_count, .id = alerts_id, .row = alerts_row });
    x->list.empty = x->roles ? "No alert waits there." : "No alert waits for you.";
    return true;
}

/* Numbers of cases get the room they need, the sentence the rest. */
static void measure(Alerts *x)
{
    int width = 8, id;

    for (size_t i = 0; i < x->rows.n; i++)
        if ((id = utf8_width(((const AlertRow *)window_row(&x->rows, i))->case_id)) > width) width = id;
    x->columns[CASE].width = width > 18 ? 18 : width;
}

static bool alerts_load(Screen *self, Err *err)
{
    Alerts *x = alerts_of(self);

    if (!app_alert_count(app_of(self), x->roles, &x->waiting, err)) return false;
    if (!(x->rows.n ? window_again : window_first)(&x->rows, err)) return false;
    list_refresh(&x->list);
    measure(x);
    return true;
}

static React moved(Screen *self, bool ok, const Err *err)
{
    measure(alerts_of(self));
    if (ok) return REACT_REDRAW;
    loop_status_err(self->loop, err);
    return REACT_STATUS;
}

static React alerts_event(Screen *self, const Event *e)
{
    Alerts *x = alerts_of(self);
    Err err = { 0 };
    bool last;

    if (window_goes_far(&x->rows, e, &last)) return moved(self, window_go(&x->rows, &x->list, last, &err), &err);
    switch (list_event(&x->list, e)) {
    case LIST_UNUSED: return REACT_UNUSED;
    case LIST_MOVED: return moved(self, window_around(&x->rows, &x->list, &err), &err);
    case LIST_AT_START:
    case LIST_AT_END: break;
    }
    return REACT_REDRAW;
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
    case DO_PUT_AWAY: return put_away(self, r->case_id);
    case DO_BUDGET: return loop_go(self->loop, &scr_alert_budget, NULL);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can alerts_can(const Screen *self, int action, const char **why)
{
    const AlertRow *r = current(alerts_of(self));

    if (action == DO_PUT_AWAY) return put_away_can(self, r != NULL, why);
    if (action == DO_BUDGET) return app_may_quietly(app_of(self), PERM_QUEUE_ALL) ? CAN : CAN_HIDE;
    if (action == DO_BACK || action == DO_REFRESH) return CAN;
    *why = "There is no row to do it with.";
    if (!r) return CAN_NOT;
    return action != DO_ANSWER || alert_may_answer(app_of(self), r->alert, why) ? CAN : CAN_NOT;
}

/* The sentence of the row one stands on, which needs more room than a row has. */
static void draw_panel(Screen *self, View v)
{
    const AlertRow *r = current(alerts_of(self));
    const PolicyAlert *rule = r ? app_alert_rule(app_of(self), r->alert) : NULL;
    Pen pen = pen_at(v, 0, 1);
    char words[CIVIL_TEXT], span[CIVIL_TEXT], since[2 * CIVIL_TEXT + 20];

    if (!r) return;
    snprintf(since, sizeof since, "since %s, %s", civil_words_short(r->since, words),
        span_words(now_of(self) - r->since, span));
    pen_piece(&pen, STYLE_HEADING, r->case_id);
    pen_piece(&pen, STYLE_NORMAL, since);
    pen_piece(&pen, STYLE_NORMAL, role_short(r->owner));
    if (rule) pen_piece(&pen, STYLE_MUTED, rule->cite);
    view_wrapped(view_part(v, pen.row + 1, 1, -1, v.cols - 2), 0, STYLE_NORMAL,
        !rule           ? r->alert
        : rule->because ? rule->because
                        : rule->title);
}

/* Where one stands; not known when the window began at the end. */
static void draw_place(const Alerts *x, View v)
{
    char words[48];

    if (!x->waiting) return;
    if (x->rows.before)
        snprintf(words, sizeof words, "%lld ", (long long)x->waiting);
    else
        snprintf(
            words, sizeof words, "%zu of %lld ", list_any(&x->list) ? list_at(&x->list) + 1 : 0, (long long)x->waiting);
    view_text_right(view_part(v, 0, 0, 1, -1), 0, STYLE_MUTED, words);
}

static void alerts_draw(Screen *self, View v)
{
    Alerts *x = alerts_of(self);
    int rows = v.rows - PANEL_ROWS - 3;

    x->list.titles = v.rows >= 20;
    x->list.n_columns = v.cols >= 120 ? COLUMNS : v.cols >= 100 ? SINCE : OWNER; /* what does not fit needs the room */
    view_textf(v, 0, 1, STYLE_HEADING, "Alerts: what does not fit");
    draw_place(x, v);
    view_rule(v, 1);
    list_draw(&x->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    draw_panel(self, view_part(v, 3 + rows, 0, PANEL_ROWS, -1));
}

static void alerts_close(Screen *self)
{
    window_finish(&alerts_of(self)->rows);
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
    .close = alerts_close,
};
