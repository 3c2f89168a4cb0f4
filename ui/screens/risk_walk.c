/* risk_walk.c — the way through the wizard: which factors are asked, how each of them stands, and going from one to another. It moves and
** counts what is open; it changes no answer and never counts how something was answered. */
#include "risk_screen.h"

/* --- the factors ------------------------------------------------------------------------------------ */
const InstrumentFactor *wizard_factors(const RiskPage *r, size_t *n)
{
    return instrument_factors(r->work.instrument, n);
}

const InstrumentFactor *wizard_here(const RiskPage *r)
{
    size_t n;
    const InstrumentFactor *all = wizard_factors(r, &n);

    return r->step == STEP_FACTOR && r->factor < n ? &all[r->factor] : NULL;
}

static const char *context_path(const InstrumentFactor *f, char out[ANSWERS_PATH])
{
    snprintf(out, ANSWERS_PATH, "%s.context", f->code);
    return out;
}

const char *wizard_answer_of(const Answers *a, const InstrumentFactor *f)
{
    return a ? answers_get(a, f->code) : "";
}

const char *wizard_context_of(const Answers *a, const InstrumentFactor *f)
{
    char path[ANSWERS_PATH];
    return a ? answers_get(a, context_path(f, path)) : "";
}

bool wizard_alert_is_here(const RiskPage *r, size_t i)
{
    const InstrumentFactor *f = wizard_here(r);
    const char *path = r->check.alert_paths[i];
    size_t n = f ? strlen(f->code) : 0;

    return f && path && strncmp(path, f->code, n) == 0 && (!path[n] || path[n] == '.');
}

FactorState wizard_state(const RiskPage *r, const InstrumentFactor *f)
{
    const RiskAnswer *a = wizard_answer(wizard_answer_of(r->work.answers, f));
    bool words = f == wizard_here(r) ? !editor_empty(r->words) : *wizard_context_of(r->work.answers, f) != '\0';

    if (!a) return FACTOR_OPEN;
    return a->needed && !words ? FACTOR_LACKS : FACTOR_DONE;
}

size_t wizard_place(const RiskPage *r, size_t *of)
{
    size_t n, place = 0;
    const InstrumentFactor *all = wizard_factors(r, &n);

    *of = 0;
    for (size_t i = 0; i < n; i++) {
        if (!app_risk_asked(&r->work, &all[i])) continue;
        (*of)++;
        if (i == r->factor) place = *of;
    }
    return place;
}

size_t wizard_open_factors(const RiskPage *r)
{
    size_t n, open = 0;
    const InstrumentFactor *all = wizard_factors(r, &n);

    for (size_t i = 0; i < n; i++) open += app_risk_asked(&r->work, &all[i]) && wizard_state(r, &all[i]) != FACTOR_DONE;
    return open;
}

/* --- going about --------------------------------------------------------------------------------------- */
void wizard_go(RiskPage *r, size_t factor)
{
    wizard_settle(r);
    r->step = STEP_FACTOR;
    r->factor = factor;
    r->writing = false;
    editor_set(r->words, wizard_context_of(r->work.answers, wizard_here(r)));
}

void wizard_go_step(Screen *self, RiskStep step)
{
    RiskPage *r = wizard_of(self);

    wizard_settle(r);
    r->step = step;
    r->writing = false;
    if (step != STEP_FACTOR) wizard_check(self);
    if (step != STEP_FACTOR) wizard_write_known(self);
    if (step == STEP_GRADE) wizard_make_grade(self);
}

/* The next one that is asked, in that direction; false: there is none. */
static bool step_by(RiskPage *r, bool on)
{
    size_t n;
    const InstrumentFactor *all = wizard_factors(r, &n);

    for (size_t i = r->factor; on ? i + 1 < n : i > 0;) {
        i = on ? i + 1 : i - 1;
        if (!app_risk_asked(&r->work, &all[i])) continue;
        wizard_go(r, i);
        return true;
    }
    return false;
}

React wizard_next(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (r->step == STEP_KNOWN)
        wizard_go_step(self, STEP_GRADE);
    else if (r->step == STEP_FACTOR && !step_by(r, true))
        wizard_go_step(self, STEP_KNOWN);
    r->rested = false;
    return REACT_REDRAW;
}

React wizard_back(Screen *self)
{
    RiskPage *r = wizard_of(self);
    size_t n;
    const InstrumentFactor *all = wizard_factors(r, &n);

    r->rested = false;
    if (r->step == STEP_GRADE) {
        wizard_go_step(self, STEP_KNOWN);
        return REACT_REDRAW;
    }
    if (r->step == STEP_FACTOR) return step_by(r, false) ? REACT_REDRAW : REACT_NONE;
    for (size_t i = n; i > 0; i--)
        if (app_risk_asked(&r->work, &all[i - 1])) {
            wizard_go(r, i - 1);
            break;
        }
    return REACT_REDRAW;
}

/* Where the work goes on: the factor behind the last one that was answered without a gap. */
void wizard_start(Screen *self)
{
    RiskPage *r = wizard_of(self);
    size_t n;
    const InstrumentFactor *all = wizard_factors(r, &n);

    r->step = STEP_FACTOR;
    r->factor = 0;
    for (size_t i = 0; i < n; i++)
        if (app_risk_asked(&r->work, &all[i]) && (wizard_go(r, i), wizard_state(r, &all[i]) != FACTOR_DONE)) return;
    wizard_go_step(self, STEP_KNOWN);
}

/* "separation" and "separation.context" are of a factor; the rest is of the grade. */
bool wizard_go_path(Screen *self, const char *wanted)
{
    RiskPage *r = wizard_of(self);
    char path[ANSWERS_PATH]; /* its own: going there checks again, and `wanted` may be of the check before */
    size_t n, len;
    const InstrumentFactor *all = wizard_factors(r, &n);

    snprintf(path, sizeof path, "%s", wanted);
    len = strcspn(path, ".");

    for (size_t i = 0; i < n; i++) {
        if (strlen(all[i].code) != len || strncmp(all[i].code, path, len) != 0) continue;
        wizard_go(r, i);
        r->writing = path[len] == '.';
        return true;
    }
    if (strncmp(path, RISK_HISTORY, strlen(RISK_HISTORY)) == 0) {
        wizard_go_step(self, STEP_KNOWN);
        return true;
    }
    wizard_go_step(self, STEP_GRADE);
    return form_focus(r->grade, path);
}

React wizard_next_missing(Screen *self)
{
    RiskPage *r = wizard_of(self);
    size_t n;
    const InstrumentFactor *all = wizard_factors(r, &n);

    wizard_settle(r);
    for (size_t k = 1; k <= n; k++) { /* behind this one first, then from the start */
        size_t i = ((r->step == STEP_FACTOR ? r->factor : n - 1) + k) % n;
        FactorState state = wizard_state(r, &all[i]);
        if (!app_risk_asked(&r->work, &all[i]) || state == FACTOR_DONE) continue;
        wizard_go(r, i);
        r->writing = state == FACTOR_LACKS;
        return REACT_REDRAW;
    }
    wizard_check(self);
    if (r->check.n_gaps) return wizard_go_path(self, r->check.gaps[0].path), REACT_REDRAW;
    loop_status(self->loop, STYLE_GOOD, "Nothing that is needed is missing. ^R submits.");
    return REACT_STATUS;
}

React wizard_choose_factor(Screen *self)
{
    static const char *const states[] = { "open", "words missing", "answered" };
    RiskPage *r = wizard_of(self);
    size_t n, items_n = 0;
    const InstrumentFactor *all = wizard_factors(r, &n);
    AskItem *items = arena_zero(r->check_arena, n + 2, sizeof *items);
    size_t *which = arena_zero(r->check_arena, n + 2, sizeof *which), standing = 0;
    int pick;

    wizard_settle(r);
    for (size_t i = 0; i < n; i++) {
        if (!app_risk_asked(&r->work, &all[i])) continue;
        if (i == r->factor) standing = items_n;
        items[items_n] = (AskItem){ .text = all[i].label, .right = states[wizard_state(r, &all[i])] };
        which[items_n++] = i;
    }
    items[items_n] = (AskItem){ .text = "What is known" };
    items[items_n + 1] = (AskItem){ .text = "Grade" };
    pick = ask_choice(self->loop, "Go to", items, items_n + 2, standing);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    if ((size_t)pick < items_n)
        wizard_go(r, which[pick]);
    else
        wizard_go_step(self, (size_t)pick == items_n ? STEP_KNOWN : STEP_GRADE);
    return REACT_REDRAW;
}
