/* scr_risk.c — the risk wizard: one factor at a time, then what is known of the case, then the grade. One hand is enough: a letter
** answers, what must be said beside it is typed at once, Enter goes on. Nothing here proposes a grade, and how many factors were
** answered with yes is told only when the grade is in the store. What is typed is kept like everything that is typed (risk_keep.c). */
#include "risk_screen.h"

enum {
    DO_SUBMIT = 1,
    DO_MISSING,
    DO_LIST,
    DO_FACTORS,
    DO_CASE,
    DO_SAVE,
    DO_LEAVE,
    DO_READ_ALL,
    DO_ANSWER = 20 /* + index into wizard_answers */
};

static const Action wizard_actions[] = {
    { DO_ANSWER + 0, "answer-yes", "yes", "Yes; what it was is typed at once.", "y", 1 },
    { DO_ANSWER + 1, "answer-no", "no", "No.", "n", 1 },
    { DO_ANSWER + 2, "answer-not-known", "not known", "It was asked, and is not known.", "u", 2 },
    { DO_ANSWER + 3, "answer-declined", "declined", "It was asked, and not answered.", "d", 2 },
    { DO_ANSWER + 4, "answer-not-asked", "not asked", "It was not asked; why is typed at once.", "a", 2 },
    { DO_SUBMIT, "submit", "submit", "Put the graded assessment on the case; what is missing is listed first.",
        "Ctrl-R F10", 3 },
    { DO_MISSING, "next-missing", "missing", "Go to the next thing that is needed and not there.", "Ctrl-G F4", 3 },
    { DO_FACTORS, "factors", "list", "Go to a factor by some letters of its name.", "Ctrl-B F6", 4 },
    { DO_READ_ALL, "read-all", NULL,
        "All that is said at this factor: why it is asked, what does not fit, what stood there before.", "Ctrl-F F8",
        9 },
    { DO_LIST, "list-missing", NULL, "List everything that is missing.", "", 9 },
    { DO_CASE, "look-at-case", "case", "Look at the whole case; what is typed stays.", "Ctrl-O F7", 5 },
    { DO_SAVE, "save", NULL, "Put it aside now; it happens by itself within two seconds.", "Ctrl-S", 9 },
    { DO_LEAVE, "leave", "leave", "Leave; what is typed is kept.", "Esc F12 F3", 0 },
    { 0 },
};

const RiskAnswer wizard_answers[RISK_ANSWERS] = {
    { "yes", "Yes", "Context", true },
    { "no", "No", "Context", false },
    { "not-known", "Not known (u)", "Context", false },
    { "declined", "Declined", "Context", false },
    { "not-asked", "Not asked (a)", "Reason", true },
};

RiskPage *wizard_of(const Screen *s)
{
    return s->state;
}

const RiskAnswer *wizard_answer(const char *word)
{
    for (size_t i = 0; i < RISK_ANSWERS; i++)
        if (strcmp(wizard_answers[i].word, word) == 0) return &wizard_answers[i];
    return NULL;
}

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

static React next(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (r->step == STEP_KNOWN)
        wizard_go_step(self, STEP_GRADE);
    else if (r->step == STEP_FACTOR && !step_by(r, true))
        wizard_go_step(self, STEP_KNOWN);
    r->rested = false;
    return REACT_REDRAW;
}

static React back(Screen *self)
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
    wizard_go_step(self, STEP_GRADE);
    return form_focus(r->grade, path);
}

static React next_missing(Screen *self)
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

static React choose_factor(Screen *self)
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

/* --- answering ----------------------------------------------------------------------------------------------- */
static React answer(Screen *self, const RiskAnswer *a)
{
    RiskPage *r = wizard_of(self);
    const InstrumentFactor *f = wizard_here(r);

    if (!f) return REACT_NONE;
    if (!str_eq(answers_get(r->work.answers, f->code), a->word)) {
        answers_put(r->work.answers, f->code, a->word);
        keeping_typed(&r->keeping, self->loop);
    }
    r->writing = a->needed;
    r->rested = false;
    return REACT_REDRAW;
}

/* What must be said beside the answer is asked for once; Tab leaves it for later. */
static React enter(Screen *self)
{
    RiskPage *r = wizard_of(self);
    const InstrumentFactor *f = wizard_here(r);

    switch (wizard_state(r, f)) {
    case FACTOR_OPEN:
        r->writing = false;
        loop_status(self->loop, STYLE_WARNING, "Answer first: y, n, u, d or a. Tab leaves it open for now.");
        return REACT_STATUS;
    case FACTOR_LACKS:
        if (r->writing) {
            bool yes = str_eq(wizard_answer_of(r->work.answers, f), "yes");
            loop_status(self->loop, STYLE_WARNING, "%s Tab leaves it for later.",
                yes ? "A yes needs its context: what, when, how often." : "Say why it was not asked.");
            return REACT_STATUS;
        }
        r->writing = true;
        return REACT_REDRAW;
    case FACTOR_DONE: break;
    }
    return next(self);
}

static React tab(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (r->writing || wizard_state(r, wizard_here(r)) == FACTOR_OPEN) return next(self);
    r->writing = true;
    return REACT_REDRAW;
}

static React back_tab(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (!r->writing) return back(self);
    r->writing = false;
    return REACT_REDRAW;
}

static React edit(Screen *self, const Event *e)
{
    RiskPage *r = wizard_of(self);

    switch (editor_event(r->words, e)) {
    case EDITOR_UNUSED: return REACT_UNUSED;
    case EDITOR_CHANGED:
        keeping_typed(&r->keeping, self->loop);
        r->rested = false;
        break;
    case EDITOR_MOVED:
    case EDITOR_REFUSED: break;
    }
    if (!*editor_notice(r->words)) return REACT_REDRAW;
    loop_status(self->loop, STYLE_WARNING, "%s", editor_notice(r->words));
    return REACT_STATUS;
}

static React factor_event(Screen *self, const Event *e)
{
    RiskPage *r = wizard_of(self);

    if (e->kind == EVENT_PASTE && !r->writing) {
        loop_status(self->loop, STYLE_WARNING, "A letter answers; what is pasted belongs beside it: Tab goes there.");
        return REACT_STATUS;
    }
    if (e->kind == EVENT_KEY) switch (e->key) {
        case K_ENTER: return enter(self);
        case K_TAB: return tab(self);
        case K_BACKTAB: return back_tab(self);
        case K_PAGE_DOWN: return next(self);
        case K_PAGE_UP: return back(self);
        case CTRL_KEY('z'): /* meant as undo */
            if (!r->writing) return REACT_NONE;
            break;
        case K_UP:
            if (!r->writing) return back(self);
            if (editor_at_first_row(r->words)) return back_tab(self);
            break;
        case K_DOWN:
            if (!r->writing) return next(self);
            break;
        default: break;
        }
    return r->writing ? edit(self, e) : REACT_UNUSED;
}

static React known_event(Screen *self, const Event *e)
{
    RiskPage *r = wizard_of(self);

    if (e->kind == EVENT_KEY) {
        if (pager_typing(r->known)) return pager_event(r->known, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
        if (e->key == K_ENTER || e->key == K_TAB) return next(self);
        if (e->key == K_BACKTAB) return back(self);
        if (e->key == CTRL_KEY('z')) return REACT_NONE;
    }
    return pager_event(r->known, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React past_the_form(Screen *self)
{
    switch (form_past(wizard_of(self)->grade)) {
    case FORM_PAST_START:
    case FORM_PAST_BACK: return back(self);
    case FORM_PAST_END:
    case FORM_PAST_ON: loop_status(self->loop, STYLE_NORMAL, "^R submits the assessment."); return REACT_STATUS;
    case FORM_PAST_NOT: break;
    }
    return REACT_REDRAW;
}

static React grade_event(Screen *self, const Event *e)
{
    static const Key wider[] = { CTRL_KEY('g'), CTRL_KEY('s'), K_F(10), K_F(12) };
    RiskPage *r = wizard_of(self);

    for (size_t i = 0; i < ARRAY_LEN(wider); i++)
        if (e->kind == EVENT_KEY && e->key == wider[i]) return REACT_UNUSED;
    if (e->kind == EVENT_KEY && e->key == CTRL_KEY('z') && !form_typing(r->grade)) return REACT_NONE;
    if (e->kind == EVENT_KEY && e->key == K_F(1) && r->f1) return REACT_UNUSED;
    r->f1 = e->kind == EVENT_KEY && e->key == K_F(1);
    switch (form_event(r->grade, e)) {
    case FORM_UNUSED: return REACT_UNUSED;
    case FORM_LEAVE: return wizard_leave(self);
    case FORM_CHANGED:
        keeping_typed(&r->keeping, self->loop);
        r->rested = false;
        break;
    case FORM_MOVED: return past_the_form(self);
    case FORM_SAVE:
    case FORM_PICKED: break;
    }
    if (!*form_notice(r->grade)) return REACT_REDRAW;
    loop_status(self->loop, STYLE_WARNING, "%s", form_notice(r->grade));
    return REACT_STATUS;
}

static React wizard_event(Screen *self, const Event *e)
{
    switch (wizard_of(self)->step) {
    case STEP_FACTOR: return factor_event(self, e);
    case STEP_KNOWN: return known_event(self, e);
    case STEP_GRADE: return grade_event(self, e);
    }
    return REACT_UNUSED;
}

/* --- when the keys rest, and the other verbs ------------------------------------------------------------------- */
static React wizard_idle(Screen *self, int64_t ms)
{
    RiskPage *r = wizard_of(self);

    if (r->rested || ms < RISK_REST_MS) return REACT_NONE;
    r->rested = true;
    wizard_settle(r);
    wizard_check(self);
    return REACT_REDRAW | REACT_STATUS;
}

/* What the rows of the screen may be too few for. */
static React read_all(Screen *self)
{
    const RiskPage *r = wizard_of(self);
    const InstrumentFactor *f = wizard_here(r);
    const char *was = wizard_answer_of(r->work.last, f);
    Str text = { 0 };

    str_addf(&text, "%s\n", f->help ? f->help : "");
    for (size_t i = 0; i < r->check.n_alerts; i++)
        if (wizard_alert_is_here(r, i)) str_addf(&text, "\n! %s\n", r->check.alerts[i].says);
    if (*was)
        str_addf(&text, "\nBefore: %s\n",
            vocab_label(vocabs_of(self), VOCAB_ANSWER, vocab_code(vocabs_of(self), VOCAB_ANSWER, was)));
    str_addf(&text, "%s", wizard_context_of(r->work.last, f));
    ask_tell(self->loop, f->label, str_text(&text));
    str_finish(&text);
    return REACT_NONE;
}

static React wizard_act(Screen *self, int action)
{
    if (action >= DO_ANSWER) return answer(self, &wizard_answers[action - DO_ANSWER]);
    switch (action) {
    case DO_SUBMIT: return wizard_submit(self);
    case DO_MISSING: return next_missing(self);
    case DO_LIST: return wizard_missing_list(self);
    case DO_FACTORS: return choose_factor(self);
    case DO_CASE: return ui_open_case(self->loop, wizard_of(self)->work.case_id);
    case DO_SAVE: return wizard_save(self);
    case DO_READ_ALL: return read_all(self);
    default: return wizard_leave(self);
    }
}

static Can wizard_can(const Screen *self, int action, const char **why)
{
    const RiskPage *r = wizard_of(self);

    *why = NULL;
    if (action >= DO_ANSWER || action == DO_READ_ALL) return r->step == STEP_FACTOR ? CAN : CAN_HIDE;
    return CAN;
}

static bool wizard_typing(const Screen *self)
{
    const RiskPage *r = wizard_of(self);

    switch (r->step) {
    case STEP_FACTOR: return r->writing;
    case STEP_KNOWN: return pager_typing(r->known);
    case STEP_GRADE: return true;
    }
    return false;
}

static void wizard_close(Screen *self)
{
    RiskPage *r = wizard_of(self);

    editor_free(&r->words);
    form_free(&r->grade);
    pager_free(&r->known);
    app_risk_leave(app_of(self), &r->work);
    arena_free(&r->arena);
    arena_free(&r->check_arena);
}

const ScreenClass scr_risk = {
    .name = "risk",
    .actions = wizard_actions,
    .state_size = sizeof(RiskPage),
    .open = wizard_open,
    .event = wizard_event,
    .can = wizard_can,
    .act = wizard_act,
    .typing = wizard_typing,
    .draw = wizard_draw,
    .idle = wizard_idle,
    .rest_ms = RISK_REST_MS,
    .close = wizard_close,
};
