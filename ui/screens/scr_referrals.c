/* scr_referrals.c — the referrals of one case, worked: a row for each agency, what is asked for first. A step that needs no reason is one key; one that does, and
** sending, open the form of an entry with what is known filled in, so that what is typed is kept like any other. */
#include "marac.h"

enum { TO, STANDS, DUE, WHY, COLUMNS, PANEL_ROWS = 4 };

typedef struct Referrals {
    char id[48];
    CaseView view;
    CaseWords words;
    ReferralLine *rows; /* the agencies that are asked for or recorded, then the others */
    size_t n;
    List list;
    ListColumn columns[COLUMNS];
    char may_send[400], may_step[400];
} Referrals;

enum { DO_OFFER = 1, DO_AGREE, DO_REFUSE, DO_SEND, DO_SKIP, DO_ACCEPT, DO_DECLINE, DO_CLOSE, DO_FORM, DO_CASE, DO_REFRESH, DO_BACK };
static const Action referrals_actions[] = {
    { DO_SEND, "send", "send", "Refer the case: the basis, and what the agency must know.", "s Enter", 0 },
    { DO_OFFER, "offer", "offer", "It was offered to the victim.", "o", 1 },
    { DO_AGREE, "agree", "agreed", "The victim agreed.", "y", 1 },
    { DO_REFUSE, "refuse", "refused", "The victim refused: the reason is asked.", "n", 1 },
    { DO_ACCEPT, "accept", "accepted", "The agency accepted.", "a", 2 },
    { DO_DECLINE, "decline", "declined", "The agency declined: the reason is asked.", "d", 3 },
    { DO_CLOSE, "close", "close", "The agency's work is over: the reason is asked.", "c", 3 },
    { DO_SKIP, "not-made", "not made", "Why it is not made.", "m", 4 },
    { DO_FORM, "referral-form", NULL, "The form that the conference gets, filled in from the case.", "F", 5 },
    { DO_CASE, "open-case", NULL, "Open the case.", "O", 8 },
    { DO_REFRESH, "refresh", NULL, "Read the case again.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Referrals *referrals_of(const Screen *s)
{
    return s->state;
}

static const ReferralLine *current(const Referrals *r)
{
    return list_any(&r->list) && list_at(&r->list) < r->n ? &r->rows[list_at(&r->list)] : NULL;
}

/* --- rows ------------------------------------------------------------------------------------------- */
static size_t rows_count(void *of)
{
    return referrals_of(of)->n;
}

static int64_t rows_id(void *of, size_t i)
{
    return referrals_of(of)->rows[i].stand.to;
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Referrals *r = referrals_of(self);
    const ReferralLine *line = &r->rows[i];
    bool here = i == list_at(&r->list);
    DueWords due = { .sign = " " };

    if (line->due != TIME_NONE) due_words(TIME_NONE, line->due, now_of(self), &due);
    list_cell(out, TO, STYLE_NORMAL, vocab_label(vocabs_of(self), VOCAB_REFERRAL, line->stand.to));
    list_cell(out, STANDS, here ? STYLE_NORMAL : line->gap ? STYLE_WARNING : STYLE_NORMAL,
        line->gap                             ? arena_printf(self->arena, "! %s", referral_state_label(line->stand.state))
        : line->stand.state == REFERRAL_NONE ? ""
                                              : referral_state_label(line->stand.state));
    list_cellf(out, DUE, here ? STYLE_NORMAL : due.style, "%s %s", due.word, due.when);
    list_cell(out, WHY, here ? STYLE_NORMAL : STYLE_MUTED, line->why ? line->why : "");
}

static bool referrals_open(Screen *self, const void *arg, Err *err)
{
    Referrals *r = referrals_of(self);

    snprintf(r->id, sizeof r->id, "%s", (const char *)arg);
    snprintf(r->may_send, sizeof r->may_send, "A referral is made by %s.", role_who_may(PERM_ADD_REFERRAL));
    snprintf(r->may_step, sizeof r->may_step, "That is recorded by %s.", role_who_may(PERM_ADD_REFERRAL_STEP));
    r->columns[TO] = (ListColumn){ .title = "Agency", .width = 20 };
    r->columns[STANDS] = (ListColumn){ .title = "Stands", .width = 23 };
    r->columns[DUE] = (ListColumn){ .title = "Due", .width = 15 };
    r->columns[WHY] = (ListColumn){ .title = "Asked for because", .width = 0, .drop = 1 };
    list_init(&r->list, r->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    return true;
}

/* What is asked for or recorded, gaps first; then every other agency, that one may begin with. */
static void order_rows(Screen *self, const ReferralLine *lines, size_t n)
{
    Referrals *r = referrals_of(self);
    size_t all = vocabs_of(self)->of[VOCAB_REFERRAL].n;

    r->rows = arena_zero(self->arena, all + 1, sizeof *r->rows);
    r->n = 0;
    for (int gaps = 1; gaps >= 0; gaps--)
        for (size_t i = 0; i < n; i++)
            if (lines[i].gap == (gaps == 1)) r->rows[r->n++] = lines[i];
    for (size_t to = 1; to <= all; to++) {
        bool there = false;
        for (size_t i = 0; i < n && !there; i++) there = lines[i].stand.to == to;
        if (there) continue;
        r->rows[r->n].due = TIME_NONE;
        referral_stand(&r->view.doc, vocabs_of(self), (Code)to, &r->rows[r->n++].stand);
    }
}

static bool referrals_load(Screen *self, Err *err)
{
    Referrals *r = referrals_of(self);
    ReferralLine *lines;
    size_t n;

    if (!app_case_look(app_of(self), r->id, "referrals", self->arena, &r->view, err)) return false;
    case_words(app_of(self), &r->view, self->arena, &r->words);
    app_referrals_of(app_of(self), &r->view, self->arena, &lines, &n);
    order_rows(self, lines, n);
    list_refresh(&r->list);
    return true;
}

static React referrals_event(Screen *self, const Event *e)
{
    return list_event(&referrals_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* --- verbs --------------------------------------------------------------------------------------------- */
static React take_step(Screen *self, const char *step)
{
    Referrals *r = referrals_of(self);
    const char *to = vocab_word(vocabs_of(self), VOCAB_REFERRAL, current(r)->stand.to);
    const char *label = vocab_label(vocabs_of(self), VOCAB_REFERRAL, current(r)->stand.to);
    Err err = { 0 };

    if (!app_referral_step(app_of(self), r->id, to, step, NULL, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    loop_status(self->loop, STYLE_GOOD, "%s: %s.", label,
        label_inside(vocab_label(vocabs_of(self), VOCAB_REFERRAL_STEP, vocab_code(vocabs_of(self), VOCAB_REFERRAL_STEP, step)), self->arena));
    return REACT_RELOAD_ALL | REACT_STATUS;
}

static React by_form(Screen *self, CaseListId list, const char *preset)
{
    EntryAsk ask = { .case_id = referrals_of(self)->id, .list = list, .preset = preset };
    Err err = { 0 };

    if (app_may_enter(app_of(self), &err)) return loop_go(self->loop, &scr_entry, &ask);
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

static React why_step(Screen *self, const char *step)
{
    const char *to = vocab_word(vocabs_of(self), VOCAB_REFERRAL, current(referrals_of(self))->stand.to);

    return by_form(self, LIST_REFERRAL_STEPS, arena_printf(self->arena, "to=%s step=%s", to, step));
}

/* The basis is filled in where the victim agreed, the grounds of a MARAC where a count makes one: the judgement is the officer's to add. */
static React send_it(Screen *self)
{
    Referrals *r = referrals_of(self);
    const Vocabs *v = vocabs_of(self);
    const ReferralLine *line = current(r);
    const char *to = vocab_word(v, VOCAB_REFERRAL, line->stand.to), *preset = arena_printf(self->arena, "to=%s", to);
    MaracGrounds g;
    Err err = { 0 };

    if (str_eq(vocab_word(v, VOCAB_CONSENT, line->stand.consent), "given")) preset = arena_printf(self->arena, "%s basis=consent", preset);
    if (str_eq(to, "marac")) {
        if (!app_marac_grounds(app_of(self), &r->view, self->arena, &g, &err)) {
            loop_status_err(self->loop, &err);
            return REACT_STATUS;
        }
        if (*app_marac_grounds_words(&g, self->arena)) preset = arena_printf(self->arena, "%s grounds=%s", preset, app_marac_grounds_words(&g, self->arena));
        if (case_is_honour(&r->view.doc, v)) preset = arena_printf(self->arena, "%s restricted=yes", preset);
    }
    return by_form(self, LIST_REFERRALS, preset);
}

static React referrals_act(Screen *self, int action)
{
    switch (action) {
    case DO_OFFER: return take_step(self, "offered");
    case DO_AGREE: return take_step(self, "consented");
    case DO_REFUSE: return why_step(self, "refused");
    case DO_SEND: return send_it(self);
    case DO_SKIP: return why_step(self, "not-made");
    case DO_ACCEPT: return take_step(self, "accepted");
    case DO_DECLINE: return why_step(self, "declined");
    case DO_CLOSE: return why_step(self, "closed");
    case DO_FORM: return loop_go(self->loop, &scr_marac_form, referrals_of(self)->id);
    case DO_CASE: return ui_open_case(self->loop, referrals_of(self)->id);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

/* What the rules would refuse is not offered: the rules themselves are asked (core/referral.h). */
static Can referrals_can(const Screen *self, int action, const char **why)
{
    const Referrals *r = referrals_of(self);
    ReferralState s = current(r) ? current(r)->stand.state : REFERRAL_NONE;

    if (action >= DO_FORM) return CAN;
    *why = action == DO_SEND ? r->may_send : r->may_step;
    if (!app_may_quietly(app_of(self), action == DO_SEND ? PERM_ADD_REFERRAL : PERM_ADD_REFERRAL_STEP)) return CAN_NOT;
    *why = "Nothing waits for an answer of this agency.";
    if ((action == DO_ACCEPT || action == DO_DECLINE) && s != REFERRAL_SENT) return CAN_HIDE;
    if (action == DO_CLOSE && !referral_is_out(s)) return CAN_HIDE;
    *why = "The referral lies with the agency already.";
    if ((action == DO_OFFER || action == DO_SKIP) && referral_is_out(s)) return CAN_HIDE;
    return CAN;
}

/* --- draw ------------------------------------------------------------------------------------------------- */
static void draw_panel(const Screen *self, View v)
{
    const ReferralLine *line = current(referrals_of(self));
    View text = view_prose(view_part(v, 0, 1, -1, v.cols - 2));
    int row = 0;

    if (!line) return;
    row += view_wrapped(text, row, line->gap ? STYLE_WARNING : STYLE_NORMAL, referral_line_words(app_of(self), line, self->arena));
    if (line->why) row += view_wrapped(view_part(text, row, 0, -1, -1), 0, STYLE_MUTED, arena_printf(self->arena, "Asked for: %s (%s).", line->why, line->cite));
    if (!line->gap && line->stand.reason) view_wrapped(view_part(text, row, 0, -1, -1), 0, STYLE_NORMAL, line->stand.reason);
}

static void referrals_draw(Screen *self, View v)
{
    Referrals *r = referrals_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 2, -1), 0, 1);
    int top;

    case_words_draw(&pen, &r->words);
    top = pen.row + 1;
    view_rule(v, top);
    r->list.titles = true;
    list_draw(&r->list, view_part(v, top + 1, 0, v.rows - top - 2 - PANEL_ROWS, -1), true);
    view_rule(v, v.rows - PANEL_ROWS - 1);
    draw_panel(self, view_part(v, v.rows - PANEL_ROWS, 0, -1, -1));
}

const ScreenClass scr_referrals = {
    .name = "referrals",
    .actions = referrals_actions,
    .state_size = sizeof(Referrals),
    .open = referrals_open,
    .load = referrals_load,
    .event = referrals_event,
    .can = referrals_can,
    .act = referrals_act,
    .draw = referrals_draw,
};
