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
    return wizard_next(self);
}

static React tab(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (r->writing || wizard_state(r, wizard_here(r)) == FACTOR_OPEN) return wizard_next(self);
    r->writing = true;
    return REACT_REDRAW;
}

static React back_tab(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (!r->writing) return wizard_back(self);
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
        case K_PAGE_DOWN: return wizard_next(self);
        case K_PAGE_UP: return wizard_back(self);
        case CTRL_KEY('z'): /* meant as undo */
            if (!r->writing) return REACT_NONE;
            break;
        case K_UP:
            if (!r->writing) return wizard_back(self);
            if (editor_at_first_row(r->words)) return back_tab(self);
            break;
        case K_DOWN:
            if (!r->writing) return wizard_next(self);
            break;
        default: break;
        }
    return r->writing ? edit(self, e) : REACT_UNUSED;
}

/* The earlier cases count as seen when the end of the page has been on the screen. */
static React known_on(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (!app_risk_seen(&r->work, r->arena) && pager_seen_all(r->known)) {
        app_risk_see(&r->work, r->arena);
        keeping_typed(&r->keeping, self->loop);
    }
    if (!app_risk_seen(&r->work, r->arena))
        loop_status(self->loop, STYLE_WARNING, "The earlier cases of these people are not read to the end yet: Shift-Tab leads back.");
    return wizard_next(self) | REACT_STATUS;
}

static React known_event(Screen *self, const Event *e)
{
    RiskPage *r = wizard_of(self);

    if (e->kind == EVENT_KEY) {
        if (pager_typing(r->known)) return pager_event(r->known, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
        if (e->key == K_ENTER || e->key == K_TAB) return known_on(self);
        if (e->key == K_BACKTAB) return wizard_back(self);
        if (e->key == CTRL_KEY('z')) return REACT_NONE;
    }
    return pager_event(r->known, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React past_the_form(Screen *self)
{
    switch (form_past(wizard_of(self)->grade)) {
    case FORM_PAST_START:
    case FORM_PAST_BACK: return wizard_back(self);
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
    case FORM_LEAVE: return work_leave(self, &wizard_work);
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
    case DO_MISSING: return wizard_next_missing(self);
    case DO_LIST: return wizard_missing_list(self);
    case DO_FACTORS: return wizard_choose_factor(self);
    case DO_CASE: return ui_open_case(self->loop, wizard_of(self)->work.case_id);
    case DO_SAVE: return work_save(self, &wizard_work);
    case DO_READ_ALL: return read_all(self);
    default: return work_leave(self, &wizard_work);
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
