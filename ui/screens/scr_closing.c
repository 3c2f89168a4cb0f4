/* scr_closing.c — before a case is closed: what it lacks, each line with the key that mends it; what nobody will do any more; what runs on and is
** looked after by nobody here. Then one question, how it ended, which nothing answers beforehand. A closed case is opened again from here. */
#include "case_more.h"

#include "app/closing.h"

enum { OUTCOMES = 24 };

typedef struct ClosingState {
    char id[48];
    CaseView view;
    CaseWords words;
    Closing closing;
    Pager *pager;
    char may_not[300];
} ClosingState;

enum { DO_MEND = 1, DO_WHY, DO_CLOSE, DO_REOPEN, DO_REFRESH, DO_BACK };
static const Action closing_actions[] = {
    { DO_MEND, "mend", "mend", "Go where this is mended.", "Enter r", 1 },
    { DO_WHY, "why", "why", "Why this is asked, and what would clear it.", "w", 2 },
    { DO_CLOSE, "close", "close the case", "Say how it ended, and close the case.", "c", 0 },
    { DO_REOPEN, "reopen", "open again", "Open the case again; why is asked.", "o", 0 },
    { DO_REFRESH, "refresh", NULL, "Read the case again.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static ClosingState *closing_of(const Screen *s)
{
    return s->state;
}

static bool is_closed(const Screen *self)
{
    const CaseDoc *doc = &closing_of(self)->view.doc;

    return doc->closed_at != TIME_NONE && doc->closed_at <= now_of(self);
}

static const ClosingLack *lack_here(const Screen *self)
{
    const ClosingState *s = closing_of(self);
    int64_t at = pager_at(s->pager);

    return at > 0 && (size_t)at <= s->closing.n_lacks ? &s->closing.lacks[at - 1] : NULL;
}

/* --- the page ------------------------------------------------------------------------------------------ */
static const char *mends_by(const ClosingLack *l)
{
    if (l->list == LIST_BOOKS) return "Enter: write the book 124D";
    if (l->list == LIST_ASSESSMENTS) return "Enter: assess the risk";
    if (l->list == LIST_REFERENCES) return "Enter: record the number";
    if (l->list == LIST_DISPOSALS) return "Enter: record the disposal";
    if (l->fact) return "Enter: say it";
    return "w: what would clear it";
}

static void write_lacks(Pager *p, const Closing *c)
{
    pager_heading(p, c->n_lacks ? "What is missing" : "Nothing is missing");
    if (!c->n_lacks) pager_add(p, 1, STYLE_GOOD, "Its gate is open.");
    for (size_t i = 0; i < c->n_lacks; i++) {
        pager_item(p, (int64_t)i + 1);
        pager_addf(p, 1, STYLE_WARNING, "! %s", c->lacks[i].says);
        pager_addf(p, 3, STYLE_MUTED, "%s", mends_by(&c->lacks[i]));
    }
    if (c->n_lacks) pager_item_end(p);
}

static void write_ends(Pager *p, const App *app, const Closing *c)
{
    char due[CIVIL_TEXT];

    if (c->n_duties) pager_heading(p, "What nobody will do any more");
    for (size_t i = 0; i < c->n_duties; i++) {
        const Duty *d = &c->duties[i];
        bool missed = d->ended > d->due;
        pager_addf(p, 1, missed ? STYLE_OVERDUE : STYLE_MUTED, "%s %s: %s, %s", missed ? "! MISSED" : "  void  ",
            civil_words_short(d->due, due), d->says ? d->says : duty_title(app, d->id), role_short(d->owner));
    }
    if (c->n_stay) pager_heading(p, "What is still asked when the case is closed");
    for (size_t i = 0; i < c->n_stay; i++) {
        const Duty *d = &c->stay[i];
        pager_addf(p, 1, STYLE_NORMAL, "  due %s: %s, %s", civil_words_short(d->due, due), d->says ? d->says : duty_title(app, d->id), role_short(d->owner));
    }
    if (c->n_runs) pager_heading(p, "What runs on, and nobody here looks after it");
    for (size_t i = 0; i < c->n_runs; i++) pager_addf(p, 1, STYLE_WARNING, "! %s", c->runs[i].says);
}

static void write_closed(const Screen *self, Pager *p)
{
    const CaseDoc *doc = &closing_of(self)->view.doc;
    char when[CIVIL_TEXT];

    pager_heading(p, "Closed");
    pager_addf(p, 1, STYLE_NORMAL, "Closed %s: %s.", civil_words_full(doc->closed_at, when),
        vocab_label(vocabs_of(self), VOCAB_OUTCOME, doc->outcome));
    pager_add(
        p, 1, STYLE_MUTED, "Opened again, its clocks run from where they stood: what fell due meanwhile is overdue.");
}

static bool closing_open(Screen *self, const void *arg, Err *err)
{
    ClosingState *s = closing_of(self);

    snprintf(s->id, sizeof s->id, "%s", (const char *)arg);
    snprintf(
        s->may_not, sizeof s->may_not, "A case is closed, and opened again, by %s.", role_who_may(PERM_FACT_CLOSE));
    s->pager = pager_new();
    return true;
}

static bool closing_load(Screen *self, Err *err)
{
    ClosingState *s = closing_of(self);

    if (!app_case_look(app_of(self), s->id, "closing", self->arena, &s->view, err)) return false;
    case_words(app_of(self), &s->view, self->arena, &s->words);
    pager_clear(s->pager);
    s->closing = (Closing){ .n_lacks = 0 };
    if (is_closed(self))
        write_closed(self, s->pager);
    else {
        app_closing(app_of(self), &s->view, self->arena, &s->closing);
        write_lacks(s->pager, &s->closing);
        write_ends(s->pager, app_of(self), &s->closing);
    }
    if (s->view.doc.n_disposals + s->view.doc.n_reopenings) pager_heading(s->pager, "How it ended so far");
    case_ended_write(s->pager, &s->view.doc, vocabs_of(self), self->arena);
    if (s->closing.n_lacks && !lack_here(self)) pager_go(s->pager, 1);
    return true;
}

static React closing_event(Screen *self, const Event *e)
{
    return pager_event(closing_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* --- verbs ------------------------------------------------------------------------------------------------ */
static React mend(Screen *self)
{
    ClosingState *s = closing_of(self);
    const ClosingLack *l = lack_here(self);
    EntryAsk ask = {
        .case_id = s->id, .list = l->list, .preset = l->preset, .facts = l->fact ? fact_group(l->fact) : NULL
    };
    Err err = { 0 };

    if (!app_may_enter(app_of(self), &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    if (l->list == LIST_BOOKS) return book_write(self->loop, &(BookAsk){ .case_id = s->id });
    if (l->list == LIST_ASSESSMENTS) return wizard_choose(self->loop, s->id);
    return loop_go(self->loop, &scr_entry, &ask);
}

static React done(Screen *self, bool ok, Err *err, const char *words)
{
    if (!ok) return case_refused(self, err);
    loop_status(self->loop, STYLE_GOOD, "%s: %s.", closing_of(self)->id, words);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

/* Nothing is chosen beforehand: the first line is the first word of the vocabulary, whatever the case says. */
static React close_it(Screen *self)
{
    ClosingState *s = closing_of(self);
    const Vocab *words = &vocabs_of(self)->of[VOCAB_OUTCOME];
    const char *outcome;
    AskItem items[OUTCOMES];
    CaseDoc said;
    Err err = { 0 };
    size_t n = words->n < OUTCOMES ? words->n : OUTCOMES;
    int pick;

    if (!app_may_enter(app_of(self), &err)) return case_refused(self, &err);
    for (size_t i = 0; i < n; i++) items[i] = (AskItem){ .text = words->words[i].label };
    pick = ask_choice(self->loop, "How did it end", items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    outcome = items[pick].text;
    if (!ask_confirm(self->loop, "Close the case",
            arena_printf(self->arena, "%s is closed as \"%s\". %zu %s nobody did end with it.", s->id, outcome,
                s->closing.n_duties, s->closing.n_duties == 1 ? "duty that" : "duties that"),
            "Close it"))
        return REACT_NONE;
    if (loop_top(self->loop) != self) return REACT_NONE;
    case_init(&said);
    said.outcome = (Code)(pick + 1);
    return done(self, app_facts_say(app_of(self), &s->view.row, fact_group("close"), &said, &err), &err, "closed");
}

static React reopen(Screen *self)
{
    ClosingState *s = closing_of(self);
    AskLine q = { .title = "Open the case again",
        .text = "Its clocks run again, and the unit that had it has it.",
        .label = "Why",
        .limit = 280 };
    Str text = { 0 };
    Err err = { 0 };
    React r = REACT_NONE;

    if (ask_line(self->loop, &q, &text) && loop_top(self->loop) == self)
        r = done(self, app_case_reopen(app_of(self), &s->view.row, str_text(&text), &err), &err, "open again");
    str_finish(&text);
    return r;
}

static React closing_act(Screen *self, int action)
{
    ClosingState *s = closing_of(self);

    switch (action) {
    case DO_MEND: return mend(self);
    case DO_WHY: return loop_go(self->loop, &scr_why, &(DutyName){ .case_id = s->id, .duty = lack_here(self)->gate });
    case DO_CLOSE: return close_it(self);
    case DO_REOPEN: return reopen(self);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can closing_can(const Screen *self, int action, const char **why)
{
    const ClosingState *s = closing_of(self);
    const ClosingLack *l = lack_here(self);
    bool closed = is_closed(self);

    *why = s->may_not;
    switch (action) {
    case DO_MEND:
        *why = "Several things mend this: w says which.";
        return closed || !s->closing.n_lacks ? CAN_HIDE : l && (l->fact || l->list != LIST_COUNT) ? CAN : CAN_NOT;
    case DO_WHY: return l && l->gate ? CAN : CAN_HIDE;
    case DO_CLOSE:
        if (closed) return CAN_HIDE;
        if (!app_may_quietly(app_of(self), PERM_FACT_CLOSE)) return CAN_NOT;
        *why = "Not yet: what is missing stands above.";
        return s->closing.n_lacks ? CAN_NOT : CAN;
    case DO_REOPEN: return !closed ? CAN_HIDE : app_may_quietly(app_of(self), PERM_ADD_REOPENING) ? CAN : CAN_NOT;
    default: return CAN;
    }
}

/* --- draw --------------------------------------------------------------------------------------------------- */
static void closing_draw(Screen *self, View v)
{
    ClosingState *s = closing_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 2, -1), 0, 1);
    int top;

    case_words_draw(&pen, &s->words);
    top = pen.row + 1;
    view_rule(v, top);
    pager_draw(s->pager, view_prose(view_part(v, top + 1, 0, -1, -1)), true);
}

static bool closing_typing(const Screen *self)
{
    return pager_typing(closing_of(self)->pager);
}

static void closing_close(Screen *self)
{
    pager_free(&closing_of(self)->pager);
}

const ScreenClass scr_closing = {
    .name = "closing",
    .actions = closing_actions,
    .state_size = sizeof(ClosingState),
    .open = closing_open,
    .load = closing_load,
    .event = closing_event,
    .can = closing_can,
    .act = closing_act,
    .typing = closing_typing,
    .draw = closing_draw,
    .close = closing_close,
};
