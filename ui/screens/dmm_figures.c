/* dmm_figures.c — the numbers of the daily management meeting: each with its bar beside it, and below them the cases that are told and not walked:
** actions of a MARAC, CADs without their numbers, what is overdue. */
#include "dmm.h"

typedef struct Figures {
    DmmFigures figures;
    size_t most; /* lines of a section */
    Pager *pager;
} Figures;

enum { DO_BACK = 1, DO_OPEN, DO_MORE };
static const Action figures_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case of this line.", "Enter o", 0 },
    { DO_MORE, "more", "more", "Show more of what is overdue.", "m", 1 },
    { DO_BACK, "back", "back", "Back to the meeting.", "Esc q F3 F12", 0 },
    { 0 },
};

enum { LABEL_COLS = 26, BAR_COLS = 16 };

static Figures *figures_of(const Screen *s)
{
    return s->state;
}

static void bar(Pager *p, const char *label, const char *numbers, int64_t part, int64_t whole, unsigned style)
{
    char full[BAR_COLS * 4 + 1] = "", rest[BAR_COLS * 4 + 1] = "";
    int64_t n = whole > 0 ? (part * BAR_COLS + whole - 1) / whole : 0;
    size_t f = 0, r = 0;

    for (int i = 0; i < BAR_COLS; i++)
        if (i < n)
            f += (size_t)snprintf(full + f, sizeof full - f, "█");
        else
            r += (size_t)snprintf(rest + r, sizeof rest - r, "░");
    pager_begin(p, 1, 1);
    pager_put(p, STYLE_NORMAL, label);
    pager_to(p, LABEL_COLS);
    pager_putf(p, style, "%s", full);
    pager_putf(p, STYLE_MUTED, "%s", rest);
    pager_putf(p, STYLE_NORMAL, "  %s", numbers);
    pager_end(p);
}

static void counts(Figures *x)
{
    const DmmFigures *f = &x->figures;
    int64_t most = 1;
    char numbers[40];

    for (DmmSection s = 0; s < DMM_SECTIONS; s++)
        if (f->n[s] > most) most = f->n[s];
    pager_heading(x->pager, "On the list, and overdue");
    for (DmmSection s = 0; s < DMM_SECTIONS; s++) {
        snprintf(numbers, sizeof numbers, "%lld", (long long)f->n[s]);
        bar(x->pager, dmm_section_labels[s], numbers, f->n[s], most, STYLE_NORMAL);
    }
}

static void overdue(Figures *x)
{
    const DmmFigures *f = &x->figures;
    int64_t most = 0;
    char numbers[40];

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (f->overdue[r] > most) most = f->overdue[r];
    pager_heading(x->pager, "Overdue duties, by owner");
    if (most == 0) pager_add(x->pager, 1, STYLE_GOOD, "Nothing is overdue.");
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        if (f->overdue[r] == 0) continue;
        snprintf(numbers, sizeof numbers, "%lld", (long long)f->overdue[r]);
        bar(x->pager, role_label(r), numbers, f->overdue[r], most, STYLE_OVERDUE);
    }
}

static int64_t percent(int64_t part, int64_t whole)
{
    return whole ? (part * 100 + whole / 2) / whole : 0;
}

static void told(Screen *self)
{
    Figures *x = figures_of(self);
    const DmmFigures *f = &x->figures;
    char label[80], numbers[120];

    pager_heading(x->pager, "Victims' code, the last seven days");
    if (f->n_told == 0) pager_add(x->pager, 1, STYLE_NORMAL, "Nothing fell due.");
    for (size_t i = 0; i < f->n_told; i++) {
        const DmmTold *t = &f->told[i];
        if (i == 0 || f->told[i - 1].duty != t->duty) pager_add(x->pager, 1, STYLE_NORMAL, duty_title(app_of(self), t->duty));
        snprintf(label, sizeof label, "  %s", t->owner ? role_short(t->owner) : dmm_kind_labels[t->kind]);
        snprintf(numbers, sizeof numbers, "%lld%%  %lld of %lld, %lld late, %lld open", (long long)percent(t->in_time, t->due), (long long)t->in_time,
            (long long)t->due, (long long)t->late, (long long)t->open);
        bar(x->pager, label, t->due ? numbers : "none fell due", t->in_time, t->due, STYLE_GOOD);
    }
}

static void cads(Figures *x)
{
    const CadRate *c = &x->figures.cads;
    char numbers[120];

    pager_heading(x->pager, "CAD messages, the last seven days");
    snprintf(numbers, sizeof numbers, "%lld%%  %lld of %lld", (long long)percent(c->with_cris, c->messages), (long long)c->with_cris, (long long)c->messages);
    bar(x->pager, "With their CRIS number", c->messages ? numbers : "none came in", c->with_cris, c->messages, STYLE_GOOD);
    if (c->messages)
        pager_addf(x->pager, 3, STYLE_NORMAL, "%lld resulted as not domestic, %lld reported in the last day, %lld without", (long long)c->not_domestic,
            (long long)c->young, (long long)c->without);
}

static void lines(Screen *self, DmmSection section, const char *heading)
{
    Figures *x = figures_of(self);
    const DmmFigures *f = &x->figures;
    size_t n = 0;
    char title[120], when[CIVIL_TEXT];

    for (size_t i = 0; i < f->n_lines; i++) n += f->lines[i].section == section;
    if (n == 0) return;
    if ((int64_t)n < f->n[section])
        snprintf(title, sizeof title, "%s: %zu of %lld shown, m: more", heading, n, (long long)f->n[section]);
    else
        snprintf(title, sizeof title, "%s", heading);
    pager_heading(x->pager, title);
    for (size_t i = 0; i < f->n_lines; i++) {
        const DmmLine *l = &f->lines[i];
        if (l->section != section) continue;
        pager_item(x->pager, (int64_t)i + 1);
        pager_begin(x->pager, 1, 4);
        pager_putf(x->pager, STYLE_NORMAL, "%s", l->case_id);
        pager_to(x->pager, 12);
        pager_putf(x->pager, STYLE_NORMAL, "%s", section == DMM_MARAC ? "MARAC action" : duty_title(app_of(self), l->what));
        pager_putf(x->pager, STYLE_MUTED, " " SIGN_DOT " %s%sdue %s", l->owner ? role_short(l->owner) : "", l->owner ? " " SIGN_DOT " " : "",
            civil_words_short(l->due, when));
        pager_end(x->pager);
    }
    pager_item_end(x->pager);
}

static bool is_cut(const DmmFigures *f)
{
    int64_t all = 0;

    for (DmmSection s = DMM_MARAC; s < DMM_SECTIONS; s++) all += f->n[s];
    return (int64_t)f->n_lines < all;
}

static bool figures_open(Screen *self, const void *arg, Err *err)
{
    figures_of(self)->pager = pager_new();
    figures_of(self)->most = DMM_TOLD_MOST;
    return true;
}

static bool figures_load(Screen *self, Err *err)
{
    Figures *x = figures_of(self);

    if (!app_dmm_figures(app_of(self), x->most, self->arena, &x->figures, err)) return false;
    pager_clear(x->pager);
    counts(x);
    told(self);
    cads(x);
    overdue(x);
    lines(self, DMM_MARAC, "Actions of the MARAC that are overdue");
    lines(self, DMM_IBO, "CADs without their CRIS or Merlin number");
    lines(self, DMM_OVERDUE, "The worst of what is overdue");
    return true;
}

static React figures_event(Screen *self, const Event *e)
{
    return pager_event(figures_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static const DmmLine *current(const Figures *x)
{
    int64_t at = pager_at(x->pager);

    return at > 0 && (size_t)at <= x->figures.n_lines ? &x->figures.lines[at - 1] : NULL;
}

static React figures_act(Screen *self, int action)
{
    if (action == DO_MORE) {
        figures_of(self)->most += DMM_TOLD_MOST;
        return REACT_RELOAD;
    }
    return action == DO_OPEN ? ui_open_case(self->loop, current(figures_of(self))->case_id) : REACT_POP;
}

static Can figures_can(const Screen *self, int action, const char **why)
{
    *why = "There is no case on this line.";
    if (action == DO_MORE) return is_cut(&figures_of(self)->figures) ? CAN : CAN_HIDE;
    return action != DO_OPEN || current(figures_of(self)) ? CAN : CAN_NOT;
}

static void figures_draw(Screen *self, View v)
{
    view_text(v, 0, 1, STYLE_HEADING, "Daily management meeting: figures");
    pager_draw(figures_of(self)->pager, view_part(v, 1, 0, -1, -1), true);
}

static void figures_close(Screen *self)
{
    pager_free(&figures_of(self)->pager);
}

const ScreenClass scr_dmm_figures = {
    .name = "dmm-figures",
    .actions = figures_actions,
    .state_size = sizeof(Figures),
    .open = figures_open,
    .load = figures_load,
    .event = figures_event,
    .can = figures_can,
    .act = figures_act,
    .draw = figures_draw,
    .close = figures_close,
};
