/* scr_matches.c — people of restricted cases who turn up in other cases, and numbers that came in twice: for who answers for both. It is looked for
** when it is asked, and kept nowhere; each time it is in the log. */
#include "access.h"

enum { MOST = 200, PANEL_ROWS = 3 };
enum { WHO, BORN, CASE, OTHER, WHAT, COLUMNS };

typedef struct Matches {
    AccessMatch *items;
    size_t n;
    List list;
    ListColumn columns[COLUMNS];
} Matches;

enum { DO_OPEN = 1, DO_RESTRICTED, DO_REFRESH, DO_BACK };
static const Action matches_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case where they turn up.", "Enter o", 0 },
    { DO_RESTRICTED, "open-restricted", "restricted case", "Open the restricted case.", "r", 1 },
    { DO_REFRESH, "refresh", NULL, "Look once more.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Matches *matches_of(const Screen *s)
{
    return s->state;
}

/* --- rows ------------------------------------------------------------------------------------------ */
static size_t rows_count(void *of)
{
    return matches_of(of)->n;
}

static int64_t rows_id(void *of, size_t i)
{
    return (int64_t)i;
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const AccessMatch *m = &matches_of(self)->items[i];
    const Vocabs *v = vocabs_of(self);
    char born[CIVIL_TEXT];

    list_cellf(out, WHO, STYLE_NORMAL, "%s%s%s", m->family ? m->family : "The same number", m->given ? ", " : "", m->given ? m->given : "");
    list_cellf(out, BORN, STYLE_NORMAL, "%s", m->born == DATE_NONE ? "" : civil_words_date(m->born, born));
    list_cell(out, CASE, STYLE_NORMAL, m->case_id);
    list_cell(out, OTHER, STYLE_NORMAL, m->other);
    list_cell(out, WHAT, STYLE_NORMAL, m->family ? vocab_label(v, VOCAB_PERSON_ROLE, vocab_code(v, VOCAB_PERSON_ROLE, m->what)) : "CAD or case number");
}

static bool matches_open(Screen *self, const void *arg, Err *err)
{
    Matches *m = matches_of(self);

    m->columns[WHO] = (ListColumn){ .title = "Person", .width = 24 };
    m->columns[BORN] = (ListColumn){ .title = "Born", .width = 11 };
    m->columns[CASE] = (ListColumn){ .title = "Restricted", .width = 14 };
    m->columns[OTHER] = (ListColumn){ .title = "Turns up in", .width = 14 };
    m->columns[WHAT] = (ListColumn){ .title = "As", .width = 0 };
    list_init(&m->list, m->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    m->list.empty = "Nobody of a restricted case turns up in another.";
    return true;
}

static bool matches_load(Screen *self, Err *err)
{
    Matches *m = matches_of(self);
    bool ok = app_access_matches(app_of(self), MOST, self->arena, &m->items, &m->n, err);

    if (ok) list_refresh(&m->list);
    return ok;
}

/* --- the verbs ---------------------------------------------------------------------------------------- */
static const AccessMatch *current(const Matches *m)
{
    return list_any(&m->list) ? &m->items[list_at(&m->list)] : NULL;
}

static React matches_event(Screen *self, const Event *e)
{
    return list_event(&matches_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React matches_act(Screen *self, int action)
{
    const AccessMatch *m = current(matches_of(self));

    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, m->other);
    case DO_RESTRICTED: return ui_open_case(self->loop, m->case_id);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can matches_can(const Screen *self, int action, const char **why)
{
    if (action == DO_BACK || action == DO_REFRESH) return CAN;
    *why = "There is no row to do it with.";
    return current(matches_of(self)) ? CAN : CAN_NOT;
}

static void matches_draw(Screen *self, View v)
{
    Matches *m = matches_of(self);
    int rows = v.rows - PANEL_ROWS - 3;
    char words[60];

    m->list.titles = v.rows >= 16;
    view_text(v, 0, 1, STYLE_HEADING, "People of restricted cases in other cases");
    snprintf(words, sizeof words, "%zu%s ", m->n, m->n == MOST ? " or more" : "");
    view_text_right(view_part(v, 0, 0, 1, -1), 0, STYLE_MUTED, words);
    view_rule(v, 1);
    list_draw(&m->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    view_wrapped(view_prose(view_part(v, 3 + rows, 1, PANEL_ROWS, v.cols - 2)), 0, STYLE_MUTED,
        "The same family name and date of birth, or a case that came in under the number of a restricted one. Who works on the other case sees nothing "
        "of this: whether they must know is yours to decide.");
}

const ScreenClass scr_matches = {
    .name = "matches",
    .actions = matches_actions,
    .state_size = sizeof(Matches),
    .open = matches_open,
    .load = matches_load,
    .event = matches_event,
    .can = matches_can,
    .act = matches_act,
    .draw = matches_draw,
};
