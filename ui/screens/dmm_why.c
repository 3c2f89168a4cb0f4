/* dmm_why.c — why a case is on the list of a daily management meeting, reason by reason: the action that is open, since when it is high, which duty is
** overdue, what was wrong with its Merlin. Enter on a duty opens the panel of its rule. */
#include "dmm.h"

typedef struct Reasons {
    DmmItem item;
    char case_id[48];
    CaseView view;
    CaseWords words;
    Pager *pager;
} Reasons;

enum { DO_BACK = 1, DO_DUTY, DO_OPEN };
static const Action reasons_actions[] = {
    { DO_DUTY, "why-duty", "why", "Why this duty is asked: its rule, facts and clock.", "Enter w", 0 },
    { DO_OPEN, "open-case", "open case", "Open the case.", "o F4", 2 },
    { DO_BACK, "back", "back", "Back to the meeting.", "Esc q F3 F12", 0 },
    { 0 },
};

static Reasons *reasons_of(const Screen *s)
{
    return s->state;
}

static bool reasons_open(Screen *self, const void *arg, Err *err)
{
    Reasons *r = reasons_of(self);

    r->item = *(const DmmItem *)arg;
    snprintf(r->case_id, sizeof r->case_id, "%s", r->item.case_id);
    r->item.case_id = r->case_id;
    r->pager = pager_new();
    return true;
}

/* ---- reasons ---- */

static void tasks(const Screen *self, const char *source, bool late_only)
{
    Reasons *r = reasons_of(self);
    const CaseDoc *doc = &r->view.doc;
    char when[CIVIL_TEXT], set[CIVIL_TEXT];

    for (size_t i = 0; i < doc->n_tasks; i++) {
        const Task *t = &doc->tasks[i];
        bool late = t->due < now_of(self);
        if (!dmm_is_open_action(self, t, source) || (late_only && !late)) continue;
        pager_addf(r->pager, 1, late ? STYLE_OVERDUE : STYLE_NORMAL, "%s%s%s%s, by %s; set %s by %s", late ? "! OVERDUE: " : "", t->what, t->who ? ", " : "",
            t->who ? t->who : "", civil_words_short(t->due, when), civil_words_short(t->at, set), t->by ? t->by : "");
    }
}

/* A duty is an item: Enter explains it. */
static void duty(const Screen *self, size_t i)
{
    Reasons *r = reasons_of(self);
    const Duty *d = &r->view.duties[i];
    bool late = dmm_is_overdue(self, d), waits = d->opens > now_of(self);
    char when[CIVIL_TEXT];

    pager_item(r->pager, (int64_t)i + 1);
    pager_addf(r->pager, 1, late ? STYLE_OVERDUE : STYLE_NORMAL, "%s%s " SIGN_DOT " %s " SIGN_DOT " %s %s", late ? "! OVERDUE: " : "",
        duty_title(app_of(self), d->id), role_short(d->owner), waits ? "opens" : "due", civil_words_short(waits ? d->opens : d->due, when));
}

static bool is_of(const Duty *d, const char *name)
{
    size_t n = strlen(name);

    return name[n - 1] == '-' ? strncmp(d->id, name, n) == 0 : str_eq(d->id, name);
}

static void duties(const Screen *self, const char *name, bool late_only)
{
    const CaseView *v = &reasons_of(self)->view;

    for (size_t i = 0; i < v->n_duties; i++) {
        const Duty *d = &v->duties[i];
        if (duty_is_live(d) && (!name || is_of(d, name)) && (!late_only || dmm_is_overdue(self, d))) duty(self, i);
    }
    pager_item_end(reasons_of(self)->pager);
}

/* Since when it is high: the first of the assessments in a row that say so. */
static void high(const Screen *self)
{
    Reasons *r = reasons_of(self);
    const CaseDoc *doc = &r->view.doc;
    const Assessment *since = NULL;
    char when[CIVIL_TEXT];

    for (size_t i = doc->n_assessments; i-- > 0;) {
        if (doc->assessments[i].grade == GRADE_HIGH)
            since = &doc->assessments[i];
        else if (since && doc->assessments[i].grade != CODE_NONE)
            break;
    }
    if (since)
        pager_addf(r->pager, 1, grade_style(GRADE_HIGH), "Graded high %s by %s (%s).", civil_words_short(since->at, when), since->by ? since->by : "",
            vocab_label(vocabs_of(self), VOCAB_STAGE, since->stage));
    if (r->item.grade != GRADE_HIGH) pager_add(r->pager, 1, STYLE_NORMAL, "It is not high any more; at the meeting nothing was said of it yet.");
}

static void merlin(const Screen *self)
{
    Reasons *r = reasons_of(self);
    const CaseDoc *doc = &r->view.doc;
    char when[CIVIL_TEXT];

    for (size_t i = doc->n_reviews; i-- > 0;) {
        const Review *x = &doc->reviews[i];
        if (x->withdrawn.at != TIME_NONE || !dmm_is_word(self, VOCAB_REVIEW, x->kind, "ppd-merlin") || dmm_is_word(self, VOCAB_REVIEW_OUTCOME, x->outcome, "satisfied"))
            continue;
        pager_addf(r->pager, 1, STYLE_WARNING, "%s, %s by %s%s%s", vocab_label(vocabs_of(self), VOCAB_REVIEW_OUTCOME, x->outcome), civil_words_short(x->at, when),
            x->by ? x->by : "", x->text ? ": " : "", x->text ? x->text : "");
        return;
    }
}

static void section(const Screen *self, DmmSection s)
{
    switch (s) {
    case DMM_ACTIONS: tasks(self, "dmm", false); break;
    case DMM_NEW: duties(self, "dmm", false); break;
    case DMM_HIGH: high(self); break;
    case DMM_STAFF: duties(self, "staff-", false); break;
    case DMM_MERLIN: merlin(self); break;
    case DMM_MARAC: tasks(self, "marac", true); break;
    case DMM_IBO: duties(self, "cris-number", true), duties(self, "merlin-number", true); break;
    case DMM_OVERDUE: duties(self, NULL, true); break;
    default: break;
    }
}

static void history(const Screen *self)
{
    Reasons *r = reasons_of(self);
    const DmmItem *x = &r->item;
    char when[CIVIL_TEXT], again[96];

    if (!x->left && !x->before && !x->said && !*dmm_again_words(self, x, again)) return;
    pager_heading(r->pager, "At meetings");
    if (x->left) pager_addf(r->pager, 1, STYLE_WARNING, "Not decided since the meeting of %s.", civil_words_short(x->left_since, when));
    if (x->before) pager_addf(r->pager, 1, STYLE_NORMAL, "Seen at the meeting of %s: %s.", civil_words_short(x->before_at, when), meeting_said_words[x->before]);
    if (x->said) pager_addf(r->pager, 1, STYLE_NORMAL, "At this one: %s, by %s.", meeting_said_words[x->said], x->by);
    if (*dmm_again_words(self, x, again)) pager_add(r->pager, 1, STYLE_NORMAL, again + 1);
}

/* ---- the screen ---- */

static bool reasons_load(Screen *self, Err *err)
{
    Reasons *r = reasons_of(self);

    if (!app_case_look(app_of(self), r->case_id, "dmm", self->arena, &r->view, err)) return false;
    case_words(app_of(self), &r->view, self->arena, &r->words);
    pager_clear(r->pager);
    for (DmmSection s = 0; s < DMM_SECTIONS; s++) {
        if (!(r->item.sections & 1u << s)) continue;
        pager_heading(r->pager, dmm_section_labels[s]);
        section(self, s);
    }
    history(self);
    for (size_t i = 0; pager_at(r->pager) == 0 && i < r->view.n_duties; i++) pager_go(r->pager, (int64_t)i + 1);
    return true;
}

static const Duty *current(const Reasons *r)
{
    int64_t at = pager_at(r->pager);

    return at > 0 && (size_t)at <= r->view.n_duties ? &r->view.duties[at - 1] : NULL;
}

static React reasons_event(Screen *self, const Event *e)
{
    return pager_event(reasons_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React reasons_act(Screen *self, int action)
{
    Reasons *r = reasons_of(self);
    const Duty *d = current(r);

    if (action == DO_OPEN) return ui_open_case(self->loop, r->case_id);
    if (action == DO_DUTY) return loop_go(self->loop, &scr_why, &(DutyName){ .case_id = r->case_id, .duty = d->id, .cycle = d->cycle });
    return REACT_POP;
}

static Can reasons_can(const Screen *self, int action, const char **why)
{
    *why = "There is no duty on this line.";
    return action != DO_DUTY || current(reasons_of(self)) ? CAN : CAN_NOT;
}

static void reasons_draw(Screen *self, View v)
{
    Reasons *r = reasons_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 2, -1), 0, 1);

    case_words_draw(&pen, &r->words);
    pager_draw(r->pager, view_part(v, 2, 0, -1, -1), true);
}

static void reasons_close(Screen *self)
{
    pager_free(&reasons_of(self)->pager);
}

const ScreenClass scr_dmm_why = {
    .name = "dmm-why",
    .actions = reasons_actions,
    .state_size = sizeof(Reasons),
    .open = reasons_open,
    .load = reasons_load,
    .event = reasons_event,
    .can = reasons_can,
    .act = reasons_act,
    .draw = reasons_draw,
    .close = reasons_close,
};
