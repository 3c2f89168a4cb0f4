/* scr_caseload.c — the cases of one investigating officer, or those that are nobody's: high risk first, then those in which nothing was entered for the
** longest. One is given to another officer; or all of them, when somebody is away: first it is shown what would go and what stands against the others, then,
** once it was asked, what became of each. */
#include "caseload.h"
#include <stdlib.h>

enum { PANEL_ROWS = 2 };
enum { CASE, GRADE, SINCE, AGE, WHAT, COLUMNS };
typedef enum Stage { LISTED, PREVIEW, RESULT } Stage;

typedef struct Load {
    char of[16];
    const char *name;
    CaseloadRow *items; /* as listed */
    size_t n;
    Stage stage;
    Arena *a;      /* of what follows */
    Moving moving; /* once it was asked to whom */
    Str reason;
    size_t moved;
    List list;
    ListColumn columns[COLUMNS];
} Load;

enum { DO_OPEN = 1, DO_GIVE, DO_HAND, DO_WRITE, DO_OUT, DO_REFRESH, DO_BACK };
static const Action load_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case.", "Enter o", 0 },
    { DO_GIVE, "give", "give", "Give this case to an officer; take it, when it is nobody's.", "i", 1 },
    { DO_HAND, "hand-on", "hand all on", "Give all of them to another officer: first it is shown what would go.", "H", 2 },
    { DO_WRITE, "write", "give them", "Give every case that is ready; asks first.", "w", 0 },
    { DO_OUT, "leave-out", "leave out", "This one stays where it is.", "x Delete", 1 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Load *load_of(const Screen *s)
{
    return s->state;
}

/* --- rows ------------------------------------------------------------------------------------------ */
static size_t rows_count(void *of)
{
    const Load *l = load_of(of);

    return l->stage == LISTED ? l->n : l->moving.n;
}

static int64_t rows_id(void *of, size_t i)
{
    const Load *l = load_of(of);

    return l->stage == LISTED ? l->items[i].key : (int64_t)i + 1;
}

static void grade_cell(const Screen *self, ListRow *out, Code grade, bool here)
{
    char words[24];

    list_cellf(out, GRADE, here ? STYLE_NORMAL : grade ? grade_style(grade) : STYLE_MUTED, "%s", grade_word(vocabs_of(self), grade, words));
}

static const char left_out[] = "It stays where it is.";

static void moving_row(const Screen *self, const BulkLine *line, bool here, ListRow *out)
{
    static const char *const stands[BULK_STANDS] = { "ready", "! refused", SIGN_TICK " given" };
    static const unsigned styles[BULK_STANDS] = { [BULK_READY] = STYLE_NORMAL, [BULK_REFUSED] = STYLE_WARNING, [BULK_SAVED] = STYLE_GOOD };

    list_cell(out, CASE, STYLE_NORMAL, line->case_id);
    grade_cell(self, out, line->grade, here);
    list_cell(out, SINCE, here ? STYLE_NORMAL : styles[line->stand], line->says == left_out ? "left out" : stands[line->stand]);
    list_cell(out, AGE, STYLE_NORMAL, "");
    list_cell(out, WHAT, here || line->stand != BULK_REFUSED ? STYLE_NORMAL : STYLE_WARNING, line->says);
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Load *l = load_of(self);
    bool here = i == list_at(&l->list);
    const CaseloadRow *r;
    char words[CIVIL_TEXT];

    if (l->stage != LISTED) {
        moving_row(self, &l->moving.lines[i], here, out);
        return;
    }
    r = &l->items[i];
    list_cell(out, CASE, STYLE_NORMAL, r->case_id);
    grade_cell(self, out, r->grade, here);
    list_cellf(out, SINCE, STYLE_NORMAL, "%s", civil_words_short(r->touched, words));
    list_cellf(out, AGE, STYLE_NORMAL, "%s", span_words(now_of(self) - r->touched, words));
    list_cellf(out, WHAT, r->restricted && !here ? STYLE_WARNING : STYLE_NORMAL, "%s%s", restricted_words(r->restricted), offence_or_kind(vocabs_of(self), r->offence));
}

/* --- load -------------------------------------------------------------------------------------------- */
static bool load_open(Screen *self, const void *arg, Err *err)
{
    Load *l = load_of(self);

    snprintf(l->of, sizeof l->of, "%s", ((const CaseloadAsk *)arg)->of);
    l->a = arena_new();
    l->columns[CASE] = (ListColumn){ .title = "Case", .width = 10 };
    l->columns[GRADE] = (ListColumn){ .title = "Grade", .width = 8 };
    l->columns[SINCE] = (ListColumn){ .title = "Last entry", .width = 16 };
    l->columns[AGE] = (ListColumn){ .title = "Since", .width = 8, .right = true };
    l->columns[WHAT] = (ListColumn){ .title = "What", .width = 0 };
    list_init(&l->list, l->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    return true;
}

static bool load_load(Screen *self, Err *err)
{
    Load *l = load_of(self);

    if (l->stage != LISTED) return true; /* what is shown is what was asked, and what became of it */
    if (!app_caseload(app_of(self), l->of, self->arena, &l->items, &l->n, err)) return false;
    l->name = *l->of ? app_officer_name(app_of(self), l->of, self->arena) : NULL;
    l->list.empty = *l->of ? "No open case is this officer's." : "Every open crime of the unit has its officer.";
    list_refresh(&l->list);
    return true;
}

static React load_event(Screen *self, const Event *e)
{
    return list_event(&load_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* --- the verbs ---------------------------------------------------------------------------------------- */
static const char *id_here(const Load *l)
{
    if (!list_any(&l->list)) return NULL;
    return l->stage == LISTED ? l->items[list_at(&l->list)].case_id : l->moving.lines[list_at(&l->list)].case_id;
}

static size_t count(const Moving *m, BulkStand stand)
{
    size_t n = 0;

    for (size_t i = 0; i < m->n; i++) n += m->lines[i].stand == stand;
    return n;
}

static void stand_in(Screen *self, Stage stage)
{
    Load *l = load_of(self);

    l->stage = stage;
    l->columns[SINCE].title = stage == LISTED ? "Last entry" : "";
    l->columns[AGE].title = stage == LISTED ? "Since" : "";
    l->columns[WHAT].title = stage == LISTED ? "What" : "What stands against it";
    list_refresh(&l->list);
}

static React hand_on(Screen *self)
{
    Load *l = load_of(self);
    const char *to, *from = *l->of ? l->of : OF_NOBODY;
    Err err = { 0 };

    arena_reset(l->a);
    str_clear(&l->reason);
    if (!holder_ask(self->loop, arena_printf(l->a, "Give all %zu to", l->n), NULL, l->of, false, l->a, &to) || loop_top(self->loop) != self) return REACT_NONE;
    if (*l->of && !hands_ask(self->loop, "The reason stands in each of the cases.", &l->reason)) return REACT_NONE;
    if (loop_top(self->loop) != self) return REACT_NONE;
    if (!app_moving_look(app_of(self), from, to, NULL, 0, l->a, &l->moving, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    stand_in(self, PREVIEW);
    list_go(&l->list, 0);
    return REACT_REDRAW;
}

static React give_them(Screen *self)
{
    Load *l = load_of(self);
    size_t n = count(&l->moving, BULK_READY), refused;
    char text[200], yes[40];
    Err err = { 0 };

    snprintf(text, sizeof text, "%zu %s of %s, to %s.", n, n == 1 ? "case" : "cases", l->name ? l->name : OF_NOBODY, l->moving.to_name);
    snprintf(yes, sizeof yes, "Give %zu", n);
    if (!ask_confirm(self->loop, "Hand them on", text, yes) || loop_top(self->loop) != self) return REACT_NONE;
    if (!app_moving_do(app_of(self), &l->moving, str_text(&l->reason), l->a, &l->moved, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    stand_in(self, RESULT);
    refused = count(&l->moving, BULK_REFUSED);
    loop_status(self->loop, refused ? STYLE_WARNING : STYLE_GOOD, "%zu given to %s%s.", l->moved, l->moving.to_name,
        refused ? arena_printf(l->a, ", %zu not: each says why", refused) : "");
    return REACT_REDRAW | REACT_STATUS;
}

static React leave_out(Screen *self)
{
    Load *l = load_of(self);
    BulkLine *line = &l->moving.lines[list_at(&l->list)];

    line->stand = BULK_REFUSED;
    line->says = left_out;
    return REACT_REDRAW;
}

static React back(Screen *self)
{
    Load *l = load_of(self);

    if (l->stage == LISTED) return REACT_POP;
    stand_in(self, LISTED);
    return REACT_RELOAD;
}

static React load_act(Screen *self, int action)
{
    Load *l = load_of(self);

    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, id_here(l));
    case DO_GIVE: return assign_ask(self->loop, id_here(l));
    case DO_HAND: return hand_on(self);
    case DO_WRITE: return give_them(self);
    case DO_OUT: return leave_out(self);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return back(self);
    }
}

static Can load_can(const Screen *self, int action, const char **why)
{
    const Load *l = load_of(self);
    const App *app = app_of(self);

    if (action == DO_BACK || action == DO_REFRESH) return CAN;
    if (l->stage == RESULT && action != DO_OPEN) return CAN_HIDE;
    if (action == DO_WRITE || action == DO_OUT) {
        *why = "None of these cases can be handed on.";
        if (l->stage != PREVIEW) return CAN_HIDE;
        if (action == DO_WRITE) return count(&l->moving, BULK_READY) ? CAN : CAN_NOT;
        *why = "It stays already.";
        return list_any(&l->list) && l->moving.lines[list_at(&l->list)].stand == BULK_READY ? CAN : CAN_NOT;
    }
    *why = "There is no row to do it with.";
    if (action == DO_OPEN) return id_here(l) ? CAN : CAN_NOT;
    if (l->stage != LISTED || (action == DO_HAND && !app_may_quietly(app, PERM_CASE_ASSIGN))) return CAN_HIDE;
    if (action == DO_GIVE && !assign_is_offered(app)) return CAN_HIDE;
    return id_here(l) ? CAN : CAN_NOT;
}

/* --- draw --------------------------------------------------------------------------------------------- */
static void draw_head(const Load *l, View v)
{
    char words[60];

    if (l->stage == LISTED)
        view_textf(v, 0, 1, STYLE_HEADING, "%s%s", l->name ? "Cases of " : "Nobody's cases", l->name ? l->name : "");
    else
        view_textf(v, 0, 1, STYLE_HEADING, "%s, to %s", l->name ? l->name : "Nobody's cases", l->moving.to_name);
    if (l->stage == LISTED)
        snprintf(words, sizeof words, "%zu ", l->n);
    else
        snprintf(words, sizeof words, "%zu of %zu %s ", count(&l->moving, l->stage == PREVIEW ? BULK_READY : BULK_SAVED), l->moving.n,
            l->stage == PREVIEW ? "ready" : "given");
    view_text_right(v, 0, STYLE_MUTED, words);
}

static const char *panel_words(const Load *l)
{
    if (l->stage == PREVIEW) return "Nothing is given yet. w gives those that are ready, each by itself; x leaves one out; Esc gives none.";
    if (l->stage == RESULT) return "What was given is in the log and in the history of each case. Esc shows the list as it is now.";
    return *l->of ? "High risk first, then those in which nothing was entered for the longest." :
                    "Open crimes of the unit that no officer has; those of officers who left or are suspended, too. High risk first.";
}

static void load_draw(Screen *self, View v)
{
    Load *l = load_of(self);
    int rows = v.rows - PANEL_ROWS - 3;

    l->list.titles = v.rows >= 16;
    l->columns[AGE].width = l->stage == LISTED ? 8 : 1;
    l->columns[SINCE].width = l->stage == LISTED ? 16 : 10;
    l->list.n_columns = v.cols >= 66 ? COLUMNS : l->stage == LISTED ? WHAT : COLUMNS;
    draw_head(l, view_part(v, 0, 0, 1, -1));
    view_rule(v, 1);
    list_draw(&l->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    view_wrapped(view_prose(view_part(v, 3 + rows, 1, PANEL_ROWS, v.cols - 2)), 0, STYLE_MUTED, panel_words(l));
}

static void load_close(Screen *self)
{
    Load *l = load_of(self);

    str_finish(&l->reason);
    arena_free(&l->a);
}

const ScreenClass scr_caseload = {
    .name = "caseload",
    .actions = load_actions,
    .state_size = sizeof(Load),
    .open = load_open,
    .load = load_load,
    .event = load_event,
    .can = load_can,
    .act = load_act,
    .draw = load_draw,
    .close = load_close,
};
