/* scr_why.c — why a duty is asked, a gate shut, an alert there: where it stands, the facts that decided, the clock line by line, what
** would clear it, and the rule as written. It only prints what the evaluation itself recorded. */
#include "alerts.h"

typedef struct WhyState {
    char case_id[48], duty[64];
    int cycle;
    bool check;     /* it is a gate or an alert, and no duty */
    char basis[24]; /* of an alert that waits; "" */
    char says[160];  /* which of several it is, as its row says; "" */
    char place[320]; /* in the queue one came from; "" */
    CaseWords words;
    Pager *pager;
} WhyState;

enum { DO_BACK = 1, DO_OPEN, DO_DUTY, DO_ANSWER };
static const Action why_actions[] = {
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { DO_DUTY, "do-duty", "review", "Write the review or entry that fulfils it.", "r", 1 },
    { DO_ANSWER, "answer-alert", "answer", "Say that it was acted on, or why it is dismissed.", "a", 1 },
    { DO_OPEN, "open-case", "open case", "Open the case.", "o F4", 2 },
    { 0 },
};

typedef struct WhySection {
    WhyKind first, last;
    const char *title;
} WhySection;
static const WhySection sections[] = {
    { WHY_RULE, WHY_RULE, "What is asked" },
    { WHY_STATE, WHY_STATE, "Where it stands" },
    { WHY_CONDITION, WHY_FACT, "Because" },
    { WHY_CLOCK, WHY_CLOCK, "The clock" },
    { WHY_CLEARS, WHY_CLEARS, "What clears it" },
    { WHY_TEXT, WHY_TEXT, "The rule as written" },
};

static WhyState *why_of(const Screen *s)
{
    return s->state;
}

static bool why_open(Screen *self, const void *arg, Err *err)
{
    const DutyName *name = arg;
    WhyState *w = why_of(self);

    snprintf(w->case_id, sizeof w->case_id, "%s", name->case_id);
    snprintf(w->duty, sizeof w->duty, "%s", name->duty);
    w->cycle = name->cycle;
    snprintf(w->place, sizeof w->place, "%s", name->place ? name->place : "");
    w->pager = pager_new();
    return true;
}

static void write_line(Pager *p, const WhyLine *line)
{
    static const char *const truth[] = { [TRUTH_NO] = "no", [TRUTH_YES] = "yes", [TRUTH_UNKNOWN] = "not answered" };
    int indent = 1 + line->indent * 2;

    switch (line->kind) {
    case WHY_CONDITION:
        pager_begin(p, indent, 5);
        pager_put(p, line->truth == TRUTH_NO ? STYLE_WARNING : STYLE_NORMAL, truth[line->truth]);
        pager_put(p, STYLE_NORMAL, line->truth == TRUTH_NO ? "   " : "  ");
        pager_put(p, STYLE_NORMAL, line->text);
        pager_end(p);
        break;
    case WHY_TEXT:
        pager_begin(p, 1, 7);
        if (line->line) pager_putf(p, STYLE_MUTED, "%5d  ", line->line);
        pager_put(p, STYLE_NORMAL, line->text);
        pager_end(p);
        break;
    case WHY_RULE:
    case WHY_FACT:
    case WHY_CLOCK:
    case WHY_STATE:
    case WHY_CLEARS: pager_add(p, indent, STYLE_NORMAL, line->text); break;
    }
}

void why_write(Pager *p, const WhyLine *lines, size_t n)
{
    for (size_t s = 0; s < ARRAY_LEN(sections); s++) {
        bool titled = false;
        for (size_t i = 0; i < n; i++) {
            WhyKind kind = lines[i].kind;
            if (kind < sections[s].first || kind > sections[s].last) continue;
            if (!titled) pager_heading(p, sections[s].title);
            titled = true;
            write_line(p, &lines[i]);
        }
    }
}

/* The basis of the alert when it waits for an answer, and what was said to it before. */
static bool load_alert(Screen *self, const CaseView *view, Err *err)
{
    WhyState *w = why_of(self);
    CaseAlerts all;

    w->basis[0] = '\0';
    if (!app_alert_of_case(app_of(self), view, self->arena, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++) {
        const CaseAlertView *x = &all.items[i];
        if (!str_eq(x->fired->alert->id, w->duty)) continue;
        if (!x->answer) snprintf(w->basis, sizeof w->basis, "%s", x->fired->basis);
        if (x->answer || x->before) {
            pager_heading(w->pager, "What was said to it");
            pager_add(w->pager, 1, STYLE_NORMAL, alert_answer_words(x->answer ? x->answer : x->before, self->arena));
            if (!x->answer) pager_add(w->pager, 1, STYLE_WARNING, "The facts changed since: it waits again.");
        }
    }
    return true;
}

/* What the evaluation says, and where its row stood. */
static void write_duty(const WhyState *w, const Why *why, Arena *a)
{
    WhyLine *lines = arena_alloc(a, (why->n + 1) * sizeof *lines);

    if (why->n) memcpy(lines, why->lines, why->n * sizeof *lines);
    lines[why->n] = (WhyLine){ .kind = WHY_STATE, .truth = TRUTH_YES, .text = w->place };
    why_write(w->pager, lines, why->n + (*w->place ? 1 : 0));
}

static bool write_why(Screen *self, const CaseView *view, Err *err)
{
    WhyState *w = why_of(self);
    App *app = app_of(self);
    RuleKind kind;
    WhyCheck check;
    Why why;

    w->check = policy_rule_kind(app_policy(app), w->duty, &kind) && kind != RULE_DUTY;
    if (w->check && !app_case_why_check(app, view, w->duty, self->arena, &check, err)) return false;
    if (!w->check && !app_case_why(app, view, w->duty, w->cycle, self->arena, &why, err)) return false;
    pager_clear(w->pager);
    if (w->check && kind == RULE_ALERT && !load_alert(self, view, err)) return false;
    if (w->check)
        why_write(w->pager, check.lines, check.n);
    else
        write_duty(w, &why, self->arena);
    snprintf(w->says, sizeof w->says, "%s", !w->check && why.asked && why.duty.says ? why.duty.says : "");
    return true;
}

static bool why_load(Screen *self, Err *err)
{
    WhyState *w = why_of(self);
    App *app = app_of(self);
    CaseView view;

    if (!app_case_look(app, w->case_id, "why", self->arena, &view, err)) return false;
    if (!write_why(self, &view, err)) return false;
    case_words(app, &view, self->arena, &w->words);
    pager_add(w->pager, 1, STYLE_MUTED, arena_printf(self->arena, "Policy %s.", app_policy_words(app, self->arena)));
    return true;
}

static React why_event(Screen *self, const Event *e)
{
    return pager_event(why_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React why_act(Screen *self, int action)
{
    WhyState *w = why_of(self);
    DutyName name = { .case_id = w->case_id, .duty = w->duty, .cycle = w->cycle };

    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, w->case_id);
    case DO_ANSWER:
        return alert_answer(self->loop, &(AlertName){ w->case_id, w->duty, w->basis }) ? REACT_RELOAD_ALL : REACT_RELOAD;
    case DO_DUTY: return duty_do(self->loop, &name, NULL);
    default: return REACT_POP;
    }
}

static Can why_can(const Screen *self, int action, const char **why)
{
    const WhyState *w = why_of(self);

    if (action == DO_DUTY) return w->check ? CAN_HIDE : CAN;
    if (action != DO_ANSWER) return CAN;
    if (!*w->basis) return CAN_HIDE;
    return alert_may_answer(app_of(self), w->duty, why) ? CAN : CAN_NOT;
}

static bool why_typing(const Screen *self)
{
    return pager_typing(why_of(self)->pager);
}

static const char *rule_title(const App *app, const char *name)
{
    const PolicyAlert *alert = app_alert_rule(app, name);
    const PolicyGate *gate;

    for (size_t i = 0; !app_rule(app, name) && (gate = policy_gate(app_policy(app), i)) != NULL; i++)
        if (str_eq(gate->id, name)) return gate->title;
    return !app_rule(app, name) && alert ? alert->title : duty_title(app, name);
}

static void why_draw(Screen *self, View v)
{
    WhyState *w = why_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 1, -1), 0, 1);

    pen_piece(&pen, STYLE_HEADING, w->case_id);
    pen_piece(&pen, STYLE_HEADING, *w->says ? w->says : rule_title(app_of(self), w->duty));
    pen.v = view_part(v, 1, 0, 1, -1);
    pen = pen_at(pen.v, 0, 1);
    pen_piece(&pen, w->words.grade_style, w->words.grade);
    pen_piece(&pen, STYLE_NORMAL, w->words.what);
    pen_piece(&pen, STYLE_NORMAL, w->words.reported);
    pager_draw(w->pager, view_prose(view_part(v, 2, 0, -1, -1)), true);
}

static void why_close(Screen *self)
{
    pager_free(&why_of(self)->pager);
}

const ScreenClass scr_why = {
    .name = "why",
    .actions = why_actions,
    .state_size = sizeof(WhyState),
    .open = why_open,
    .load = why_load,
    .event = why_event,
    .can = why_can,
    .act = why_act,
    .typing = why_typing,
    .draw = why_draw,
    .close = why_close,
};
