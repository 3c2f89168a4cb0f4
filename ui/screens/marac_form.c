/* marac_form.c — the MARAC referral form of a case to read, filled in as it would be printed: before it is sent, and after. */
#include "marac.h"

typedef struct FormPage {
    char id[48];
    Pager *pager;
} FormPage;

enum { DO_REFRESH = 1, DO_BACK };
static const Action form_actions[] = {
    { DO_REFRESH, "refresh", NULL, "Fill it in again.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static FormPage *page_of(const Screen *s)
{
    return s->state;
}

static bool form_open(Screen *self, const void *arg, Err *err)
{
    snprintf(page_of(self)->id, sizeof page_of(self)->id, "%s", (const char *)arg);
    page_of(self)->pager = pager_new();
    return true;
}

/* The page heads are for paper: on the screen the lines follow each other. */
static bool form_load(Screen *self, Err *err)
{
    FormPage *p = page_of(self);
    const char *text;
    CaseView view;

    if (!app_case_look(app_of(self), p->id, "marac.form", self->arena, &view, err)) return false;
    if (!app_marac_form(app_of(self), &view, NULL, self->arena, &text, err)) return false;
    pager_clear(p->pager);
    while (*text) {
        size_t n = strcspn(text, "\n\f");
        pager_add(p->pager, 0, STYLE_NORMAL, arena_dup_n(self->arena, text, n));
        text += n + (text[n] != '\0');
    }
    return true;
}

static React form_event_of(Screen *self, const Event *e)
{
    return pager_event(page_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React form_act(Screen *self, int action)
{
    return action == DO_REFRESH ? REACT_RELOAD | REACT_REPAINT : REACT_POP;
}

static bool form_is_typing(const Screen *self)
{
    return pager_typing(page_of(self)->pager);
}

static void form_draw_page(Screen *self, View v)
{
    pager_draw(page_of(self)->pager, v, true);
}

static void form_close(Screen *self)
{
    pager_free(&page_of(self)->pager);
}

const ScreenClass scr_marac_form = {
    .name = "marac-form",
    .actions = form_actions,
    .state_size = sizeof(FormPage),
    .open = form_open,
    .load = form_load,
    .event = form_event_of,
    .act = form_act,
    .typing = form_is_typing,
    .draw = form_draw_page,
    .close = form_close,
};
