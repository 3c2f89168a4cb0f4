/* scr_watch.c — the watchdog's list: live cases that nothing would bring back to anybody. High risk first, then those that have been so longest.
** Rows say nothing of what the case says, so that reading them is no look at a case; what ends it is to give somebody a task, or to close. */
#include "pages.h"

enum { PAGE = 60, PANEL_ROWS = 3 };
enum { CASE, GRADE, SINCE, AGE, OFFENCE, COLUMNS };

typedef struct Watch {
    Pages rows; /* IdleRow */
    int64_t count;
    List list;
    ListColumn columns[COLUMNS];
} Watch;

enum { DO_OPEN = 1, DO_TASK, DO_ADD, DO_REFRESH, DO_BACK };
static const Action watch_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case.", "Enter o", 0 },
    { DO_TASK, "give-task", "give a task", "Give somebody a task with a date.", "t", 1 },
    { DO_ADD, "add-entry", "add", "Add an entry, or close the case.", "a", 2 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Watch *watch_of(const Screen *s)
{
    return s->state;
}

static const IdleRow *row_at(const Watch *w, size_t i)
{
    return (const IdleRow *)w->rows.items + i;
}

/* --- rows ------------------------------------------------------------------------------------------ */
static size_t rows_count(void *of)
{
    return watch_of(of)->rows.n;
}

static int64_t rows_id(void *of, size_t i)
{
    return row_at(watch_of(of), i)->key;
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Watch *w = watch_of(self);
    const IdleRow *r = row_at(w, i);
    bool here = i == list_at(&w->list);
    char grade[24], words[CIVIL_TEXT];

    list_cell(out, CASE, STYLE_NORMAL, r->case_id);
    list_cellf(out, GRADE, here ? STYLE_NORMAL : r->grade ? grade_style(r->grade) : STYLE_MUTED, "%s",
        grade_word(vocabs_of(self), r->grade, grade));
    list_cellf(out, SINCE, STYLE_NORMAL, "%s", civil_words_short(r->since, words));
    list_cellf(out, AGE, STYLE_NORMAL, "%s", span_words(now_of(self) - r->since, words));
    list_cellf(out, OFFENCE, STYLE_NORMAL, "%s%s", restricted_words(r->restricted), offence_or_kind(vocabs_of(self), r->offence));
}

/* --- load -------------------------------------------------------------------------------------------- */
static bool fetch(Screen *self, const void *last, size_t limit, void **rows, size_t *n, bool *more, Err *err)
{
    IdleRow *some;

    if (!app_watch_page(app_of(self), last, limit, self->arena, &some, n, err)) return false;
    *rows = some;
    *more = *n == limit;
    return true;
}

static bool watch_open(Screen *self, const void *arg, Err *err)
{
    Watch *w = watch_of(self);

    w->rows = (Pages){ .row_size = sizeof(IdleRow), .page = PAGE, .fetch = fetch };
    w->columns[CASE] = (ListColumn){ .title = "Case", .width = 10 };
    w->columns[GRADE] = (ListColumn){ .title = "Grade", .width = 8 };
    w->columns[SINCE] = (ListColumn){ .title = "Nothing since", .width = 16 };
    w->columns[AGE] = (ListColumn){ .title = "For", .width = 8, .right = true };
    w->columns[OFFENCE] = (ListColumn){ .title = "What", .width = 0 };
    list_init(&w->list, w->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    w->list.empty = "Every live case has a dated next step.";
    return true;
}

static bool watch_load(Screen *self, Err *err)
{
    Watch *w = watch_of(self);

    return app_watch_count(app_of(self), &w->count, err) && pages_load(self, &w->rows, &w->list, err);
}

/* --- the verbs ---------------------------------------------------------------------------------------- */
static React watch_event(Screen *self, const Event *e)
{
    Watch *w = watch_of(self);

    return pages_event(self, &w->rows, &w->list, e);
}

static const IdleRow *current(const Watch *w)
{
    return list_any(&w->list) ? row_at(w, list_at(&w->list)) : NULL;
}

static React watch_act(Screen *self, int action)
{
    const IdleRow *r = current(watch_of(self));

    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, r->case_id);
    case DO_TASK: return loop_go(self->loop, &scr_entry, &(EntryAsk){ .case_id = r->case_id, .list = LIST_TASKS, .preset = "from=review" });
    case DO_ADD: return entry_menu(self, r->case_id);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can watch_can(const Screen *self, int action, const char **why)
{
    if (action == DO_BACK || action == DO_REFRESH) return CAN;
    *why = "There is no row to do it with.";
    return current(watch_of(self)) ? CAN : CAN_NOT;
}

static void draw_panel(const Screen *self, View v)
{
    const IdleRow *r = current(watch_of(self));
    char when[CIVIL_TEXT], text[240];

    if (!r) return;
    snprintf(text, sizeof text,
        "Since %s no duty waits in %s and nobody has a task there, and it is not closed: nothing would bring it back to anybody. Give somebody a "
        "task (t), or close it (a).",
        civil_words_short(r->since, when), r->case_id);
    view_wrapped(view_prose(view_part(v, 0, 1, -1, v.cols - 2)), 0, STYLE_NORMAL, text);
}

static void watch_draw(Screen *self, View v)
{
    Watch *w = watch_of(self);
    int rows = v.rows - PANEL_ROWS - 3;
    char words[60];

    w->list.titles = v.rows >= 16;
    w->list.n_columns = v.cols >= 70 ? COLUMNS : OFFENCE;
    view_text(v, 0, 1, STYLE_HEADING, "Live cases without a dated next step");
    snprintf(words, sizeof words, "%lld%s ", (long long)w->count, w->count == WATCH_MOST ? " or more" : "");
    view_text_right(view_part(v, 0, 0, 1, -1), 0, STYLE_MUTED, words);
    view_rule(v, 1);
    list_draw(&w->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    draw_panel(self, view_part(v, 3 + rows, 0, PANEL_ROWS, -1));
}

const ScreenClass scr_watch = {
    .name = "watchdog",
    .actions = watch_actions,
    .state_size = sizeof(Watch),
    .open = watch_open,
    .load = watch_load,
    .event = watch_event,
    .can = watch_can,
    .act = watch_act,
    .draw = watch_draw,
};
