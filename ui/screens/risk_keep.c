/* risk_keep.c — an assessment is opened, kept while it is made, and left, as a book is (book_keep.c): open at one terminal of its
** officer at a time, so that a newer text is never written over. Which duty asks for one is here, too. */
#include "risk_screen.h"

/* --- which assessment ------------------------------------------------------------------------------------- */
/* "stage=secondary" in "stage=secondary grade=high"; "" when the preset does not say. */
static void preset_value(const char *preset, const char *name, char out[48])
{
    size_t n = strlen(name);

    *out = '\0';
    for (const char *p = preset; p && *p; p += strspn(p, " ")) {
        size_t word = strcspn(p, " ");
        if (word > n && strncmp(p, name, n) == 0 && p[n] == '=')
            snprintf(out, 48, "%.*s", (int)(word - n - 1), p + n + 1);
        p += word;
    }
}

static bool made_with(App *app, const char *stage, const char *instrument)
{
    const char *const *words;
    size_t n = app_instruments_for(app, stage, &words);

    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], instrument) == 0) return true;
    return false;
}

/* A rule that names only the instrument is met at any stage: the first one that is made with it, MARAC before the others. */
static const char *stage_of_instrument(App *app, const char *instrument)
{
    static const char *const stages[] = { "marac", "secondary", "review", "initial" };

    for (size_t i = 0; i < ARRAY_LEN(stages); i++)
        if (made_with(app, stages[i], instrument)) return stages[i];
    return stages[0];
}

bool wizard_for_duty(App *app, const DutyName *duty, RiskAsk *out)
{
    const PolicyDuty *rule = app_rule(app, duty->duty);

    if (!rule || rule->list != LIST_ASSESSMENTS) return false;
    *out = (RiskAsk){ .case_id = duty->case_id };
    preset_value(rule->preset, "stage", out->stage);
    preset_value(rule->preset, "instrument", out->instrument);
    if (!*out->stage && *out->instrument)
        snprintf(out->stage, sizeof out->stage, "%s", stage_of_instrument(app, out->instrument));
    if (!*out->stage) snprintf(out->stage, sizeof out->stage, "secondary");
    return true;
}

/* --- opening: before the screen is there, because it may ask a question ---------------------------------- */
static bool take_over(Loop *l, App *app, RiskWork *work)
{
    Err err = { 0 };

    if (!work_ask_over(l, &wizard_work, work->elsewhere, work->draft_at)) return false;
    if (app_risk_take(app, work, &err)) return true;
    loop_status_err(l, &err);
    return false;
}

bool wizard_open(Screen *self, const void *arg, Err *err)
{
    RiskPage *r = wizard_of(self);
    char when[CIVIL_TEXT];
    size_t n;

    *r = *(const RiskPage *)arg;
    r->check_arena = arena_new_secret();
    r->words = editor_new((EditorOptions){ .lines = true });
    r->known = pager_new();
    r->keeping.saved_at = r->work.resumed ? r->work.draft_at : TIME_NONE;
    r->keeping.stored = r->work.resumed;
    wizard_factors(r, &n);
    if (n == 0) return err_set(err, ERR_INVALID, "", "The instrument in force asks nothing.");
    wizard_start(self);
    if (r->work.resumed)
        loop_status(
            self->loop, STYLE_GOOD, "What you typed up to %s is back.", civil_words_short(r->work.draft_at, when));
    return true;
}

static bool open_work(App *app, const RiskAsk *ask, RiskPage *page, Err *err)
{
    if (ask->about) return app_risk_resume(app, ask->about, page->arena, &page->work, err);
    return app_risk_open(
        app, ask->case_id, ask->stage, *ask->instrument ? ask->instrument : NULL, page->arena, &page->work, err);
}

React wizard_assess(Loop *l, const RiskAsk *ask)
{
    App *app = ((Ui *)loop_context(l))->app;
    RiskPage page = { .arena = arena_new_secret() };
    Screen *top = loop_top(l);
    Err err = { 0 };

    if (loop_find(l, &scr_risk)) { /* two screens would write one draft over each other */
        loop_status(l, STYLE_WARNING, "A risk is being assessed already, below this page: Esc leads back to it.");
        arena_free(&page.arena);
        return REACT_STATUS;
    }
    if (!app_may_enter(app, &err) || !open_work(app, ask, &page, &err)) {
        loop_status_err(l, &err);
        arena_free(&page.arena);
        return REACT_STATUS;
    }
    bool ours = !page.work.elsewhere || take_over(l, app, &page.work);
    if (!ours || loop_top(l) != top) { /* no, or another officer signed in over the question */
        app_risk_leave(app, &page.work);
        arena_free(&page.arena);
        return REACT_STATUS;
    }
    if (top && top->class == &scr_desk) desk_leave(top);
    return loop_go(l, &scr_risk, &page);
}

/* Which stage, then which instrument where there are several; the usual one stands first. */
React wizard_choose(Loop *l, const char *case_id)
{
    App *app = ((Ui *)loop_context(l))->app;
    const Vocab *v = &app_vocabs(app)->of[VOCAB_STAGE];
    RiskAsk ask = { .case_id = case_id };
    AskItem items[16] = { { 0 } };
    const char *const *made = NULL;
    Screen *top = loop_top(l);
    size_t n = v->n < ARRAY_LEN(items) ? v->n : ARRAY_LEN(items), first = 0;
    int pick;

    for (size_t i = n; i > 0; i--) {
        bool may = app_may_assess(app, v->words[i - 1].word);
        items[i - 1] = (AskItem){ .text = v->words[i - 1].label,
            .disabled = !may,
            .right = may ? "" : role_who_may_assess(v->words[i - 1].word) };
        if (may) first = i - 1;
    }
    pick = ask_choice(l, "Assess the risk", items, n, first);
    if (pick < 0 || loop_top(l) != top) return REACT_NONE;
    snprintf(ask.stage, sizeof ask.stage, "%s", v->words[pick].word);
    n = app_instruments_for(app, ask.stage, &made);
    if (n > ARRAY_LEN(items)) n = ARRAY_LEN(items);
    for (size_t i = 0; i < n; i++)
        items[i] = (AskItem){ .text = vocab_label(app_vocabs(app), VOCAB_INSTRUMENT,
                                  vocab_code(app_vocabs(app), VOCAB_INSTRUMENT, made[i])) };
    pick = n > 1 ? ask_choice(l, "With which instrument", items, n, 0) : 0;
    if (pick < 0 || loop_top(l) != top) return REACT_NONE;
    if (n) snprintf(ask.instrument, sizeof ask.instrument, "%s", made[pick]);
    return wizard_assess(l, &ask);
}

/* --- the draft's name --------------------------------------------------------------------------------------- */
/* "KG-7F3Q2 risk secondary specss-plus"; NULL when it is the draft of something else. */
const char *wizard_about_words(const App *app, const char *about, Arena *a)
{
    const Vocabs *v = app_vocabs(app);
    char stage[48], instrument[48];

    if (sscanf(about, "%*47s risk %47s %47s", stage, instrument) != 2) return NULL;
    return arena_printf(a, "%s risk assessment", vocab_label(v, VOCAB_STAGE, vocab_code(v, VOCAB_STAGE, stage)));
}

/* --- keeping what is typed ------------------------------------------------------------------------------------ */
void wizard_settle(RiskPage *r)
{
    const InstrumentFactor *f = wizard_here(r);
    char path[ANSWERS_PATH], *text;

    if (f && editor_changed(r->words)) {
        snprintf(path, sizeof path, "%s.context", f->code);
        text = editor_text(r->words);
        answers_put(r->work.answers, path, text);
        crypto_wipe(text, strlen(text));
        mem_free(text);
        editor_keep(r->words);
    }
    if (r->step == STEP_GRADE) wizard_take_grade(r);
}

Keeping *wizard_keeping(const Screen *self)
{
    return &wizard_of(self)->keeping;
}

/* --- how it is kept (work_keep.h) ------------------------------------------------------------------------- */
static bool save(Screen *self, Err *err)
{
    RiskPage *r = wizard_of(self);

    wizard_settle(r);
    return app_risk_save(app_of(self), &r->work, err);
}

static bool take_back(Screen *self, Err *err)
{
    RiskPage *r = wizard_of(self);
    bool ok;

    form_free(&r->grade); /* it holds what was typed here */
    editor_set(r->words, "");
    r->step = STEP_FACTOR;
    ok = app_risk_take(app_of(self), &r->work, err);
    wizard_start(self);
    return ok;
}

static bool discard(Screen *self, Err *err)
{
    return app_risk_discard(app_of(self), &wizard_of(self)->work, err);
}

static void all_that_goes(const Screen *self, char out[200])
{
    snprintf(out, 200, "Everything answered for this assessment of %s goes.", wizard_of(self)->work.case_id);
}

static void go(Screen *self, const char *path)
{
    if (*path) wizard_go_path(self, path);
    wizard_of(self)->rested = false;
}

const WorkKind wizard_work = { .noun = "assessment",
    .made = "made",
    .saved_note = "It is on the case only when you submit it: ^R.",
    .keeping = wizard_keeping,
    .save = save,
    .take_back = take_back,
    .discard = discard,
    .go = go,
    .all_that_goes = all_that_goes };

bool wizard_put(Screen *self)
{
    return work_put(self, &wizard_work);
}
