/* marac_actions.c — the register of MARAC actions (WF 7.5): who does what by when, open ones first, the longest overdue at the top; ticked off here in words. */
#include "marac.h"

#define Event CaseEvent
#include "app/task.h"
#undef Event

enum { STATE, DUE, CASE, WHO, WHAT, COLUMNS, DAYS = 366 };

typedef struct Register {
    Time from, to;
    bool all; /* with those that are done */
    MaracActionRow *rows;
    size_t n;
    List list;
    ListColumn columns[COLUMNS];
} Register;

enum { DO_DONE = 1, DO_OPEN, DO_ALL, DO_REFRESH, DO_BACK };
static const Action register_actions[] = {
    { DO_DONE, "task-done", "done", "It is done: say what came of it.", "x", 0 },
    { DO_OPEN, "open-case", "open", "Open its case.", "Enter o", 1 },
    { DO_ALL, "all", "all", "Also those that are done; again: only the open ones.", "t", 2 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Register *register_of(const Screen *s)
{
    return s->state;
}

static const MaracActionRow *current(const Register *r)
{
    return list_any(&r->list) && list_at(&r->list) < r->n ? &r->rows[list_at(&r->list)] : NULL;
}

static size_t rows_count(void *of)
{
    return register_of(of)->n;
}

static int64_t rows_id(void *of, size_t i)
{
    const MaracActionRow *x = &register_of(of)->rows[i];

    return row_named(x->case_id, x->key);
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Register *r = register_of(self);
    const MaracActionRow *x = &r->rows[i];
    bool here = i == list_at(&r->list), done = x->done_at != TIME_NONE;
    DueWords due;
    char when[CIVIL_TEXT];

    due_words(TIME_NONE, x->due, now_of(self), &due);
    list_cellf(out, STATE, here ? STYLE_NORMAL : done ? STYLE_MUTED : due.style, "%s %s", done ? " " : due.sign, done ? "done" : due.word);
    list_cellf(out, DUE, here ? STYLE_NORMAL : done ? STYLE_MUTED : STYLE_NORMAL, "%s", done ? civil_words_short(x->done_at, when) + 4 : due.when);
    list_cell(out, CASE, STYLE_NORMAL, x->case_id);
    list_cell(out, WHO, STYLE_NORMAL, x->who);
    list_cell(out, WHAT, STYLE_NORMAL, x->what);
}

static bool register_open(Screen *self, const void *arg, Err *err)
{
    Register *r = register_of(self);
    const AgendaAsk *of = arg;

    r->from = of ? of->meeting : civil_add_days(now_of(self), -DAYS);
    r->to = of ? of->meeting : civil_add_days(now_of(self), DAYS);
    r->columns[STATE] = (ListColumn){ .title = "  When", .width = 10 };
    r->columns[DUE] = (ListColumn){ .title = "", .width = 12, .right = true };
    r->columns[CASE] = (ListColumn){ .title = "Case", .width = 14 };
    r->columns[WHO] = (ListColumn){ .title = "Who", .width = 16 };
    r->columns[WHAT] = (ListColumn){ .title = "What", .width = 0 };
    list_init(&r->list, r->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    r->list.empty = "No action is open. t shows those that are done.";
    r->list.titles = true;
    return true;
}

static bool register_load(Screen *self, Err *err)
{
    Register *r = register_of(self);

    if (!app_marac_actions(app_of(self), r->from, r->to, !r->all, self->arena, &r->rows, &r->n, err)) return false;
    list_refresh(&r->list);
    return true;
}

static React register_event(Screen *self, const Event *e)
{
    return list_event(&register_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React tick_off(Screen *self)
{
    const MaracActionRow *x = current(register_of(self));
    const char *id = arena_dup(self->arena, x->case_id), *key = arena_dup(self->arena, x->key);
    AskLine q = { .title = "Done", .label = "What came of it", .limit = 2000, .text = arena_printf(self->arena, "%s, %s: %s", id, x->who, x->what) };
    Str text = { 0 };
    CaseView view;
    Err err = { 0 };
    bool done = false;

    if (!app_may_enter(app_of(self), &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    while (!done && ask_text(self->loop, &q, &text) && loop_top(self->loop) == self) {
        err = (Err){ 0 };
        done = app_case_look(app_of(self), id, "task.done", self->arena, &view, &err) && app_task_done(app_of(self), &view.row, key, str_text(&text), &err);
        if (!done) q.error = arena_dup(self->arena, err.text);
    }
    str_finish(&text);
    if (!done) return REACT_REDRAW;
    loop_status(self->loop, STYLE_GOOD, "%s: done.", id);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

static React register_act(Screen *self, int action)
{
    Register *r = register_of(self);

    switch (action) {
    case DO_DONE: return tick_off(self);
    case DO_OPEN: return ui_open_case(self->loop, current(r)->case_id);
    case DO_ALL: r->all = !r->all; return REACT_RELOAD;
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can register_can(const Screen *self, int action, const char **why)
{
    const MaracActionRow *x = current(register_of(self));
    Task task = { .done_at = TIME_NONE };

    if (action != DO_DONE && action != DO_OPEN) return CAN;
    *why = "There is no action to do it with.";
    if (!x) return CAN_NOT;
    if (action == DO_OPEN) return CAN;
    *why = "This action is done.";
    if (x->done_at != TIME_NONE) return CAN_NOT;
    task.owner = vocab_code(vocabs_of(self), VOCAB_ROLE, role_word(x->owner));
    task.by = x->by;
    *why = "An action is ticked off by its owner, who supervises the owner, or who set it.";
    return app_may_task_done(app_of(self), &task) ? CAN : CAN_NOT;
}

static void register_draw(Screen *self, View v)
{
    const MaracActionRow *x = current(register_of(self));
    View text = view_prose(view_part(v, v.rows - 3, 1, -1, v.cols - 2));
    int row;

    view_textf(v, 0, 1, STYLE_HEADING, "Actions of MARAC%s", register_of(self)->all ? ", with those that are done" : "");
    view_rule(v, 1);
    list_draw(&register_of(self)->list, view_part(v, 2, 0, v.rows - 6, -1), true);
    view_rule(v, v.rows - 4);
    if (!x) return;
    row = view_wrapped(text, 0, STYLE_NORMAL, x->what);
    if (x->result && row < 3) view_wrapped(view_part(text, row, 0, -1, -1), 0, STYLE_MUTED, x->result);
}

const ScreenClass scr_marac_actions = {
    .name = "marac-actions",
    .actions = register_actions,
    .state_size = sizeof(Register),
    .open = register_open,
    .load = register_load,
    .event = register_event,
    .can = register_can,
    .act = register_act,
    .draw = register_draw,
};
