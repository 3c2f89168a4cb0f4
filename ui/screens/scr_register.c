/* scr_register.c — the register of books: which there are, how each stands, who has it, since when, and where it is indexed (BD 1.17). One key
** chooses the order, and the beginning of what is looked for is typed at once: two keys and the first letters find a book by any of them.
** Each key narrows along an index; never are all rows read. A row says nothing out of a book: reading one is what the log calls a look. */
#include "window.h"

enum { SHOWN = 9 };

typedef struct Register {
    Window rows;         /* of RegisterRow */
    RegisterQuery query; /* order; begins and times from what is typed; states */
    Editor *begins;
    char sought[128]; /* what `query.begins` points at */
    char who_may_move[320], who_may_draw[320];
    bool typing;
    bool away;      /* another page lies over it: read again when that is gone */
    bool not_a_day; /* what is typed is no day, where the order goes by days */
    List list;
    ListColumn columns[SHOWN];
    int cell[SHOWN];
} Register;

enum {
    DO_OPEN = 1,
    DO_FILTER,
    DO_UNFILTER,
    DO_MOVE,
    DO_CASE,
    DO_QA,
    DO_REFRESH,
    DO_BACK,
    DO_ORDER /* + BookOrder */
};
static const Action register_actions[] = {
    { DO_OPEN, "read-book", "read", "Read this book.", "Enter", 0 },
    { DO_ORDER + BOOKS_BY_SERIAL, "by-serial", "serial", "By serial: type how it begins.", "s", 1 },
    { DO_ORDER + BOOKS_BY_HOLDER, "by-holder", "holder", "By who has it: type how it begins.", "h", 1 },
    { DO_ORDER + BOOKS_BY_RECEIVED, "by-received", "received", "By when it was received, newest first: type a day.",
        "r", 1 },
    { DO_ORDER + BOOKS_BY_INDEX, "by-index", "index", "By index number: type how it begins.", "i", 1 },
    { DO_ORDER + BOOKS_BY_COMPLETED, "newest", "newest", "By when it was completed, newest first: type a day.", "n",
        2 },
    { DO_FILTER, "filter", "filter", "Only books that stand so.", "f F6", 3 },
    { DO_MOVE, "move", "move", "Who has this book now.", "m", 4 },
    { DO_CASE, "open-case", "case", "Open its case.", "o F4", 5 },
    { DO_QA, "dip-samples", NULL, "Dip samples and the checklist.", "d", 8 },
    { DO_UNFILTER, "everything", NULL, "Every book again.", "x", 8 },
    { DO_REFRESH, "refresh", NULL, "Read the register again.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static const struct {
    const char *label, *ask;
} orders[BOOK_ORDERS] = {
    [BOOKS_BY_COMPLETED] = { "completion, newest first", "on or before" },
    [BOOKS_BY_SERIAL] = { "serial", "beginning with" },
    [BOOKS_BY_INDEX] = { "index number", "beginning with" },
    [BOOKS_BY_HOLDER] = { "who has them", "beginning with" },
    [BOOKS_BY_RECEIVED] = { "receipt, newest first", "on or before" },
};

enum {
    CELL_SERIAL,
    CELL_CASE,
    CELL_STATE,
    CELL_HOLDER,
    CELL_RECEIVED,
    CELL_INDEX,
    CELL_VERSIONS,
    CELL_GRADE,
    CELL_WRITER
};
typedef struct RegisterColumn {  /* shown from `from` columns of screen on */
    int cell, from, width, wide; /* `wide` from 120 columns on; 0 = a share of what is left */
    const char *title;
} RegisterColumn;
static const RegisterColumn register_columns[] = {
    { CELL_SERIAL, 0, 9, 16, "Serial" },
    { CELL_CASE, 0, 9, 12, "Case" },
    { CELL_STATE, 0, 14, 22, "Stands" },
    { CELL_HOLDER, 0, 0, 0, "Who has it" },
    { CELL_RECEIVED, 0, 12, 12, "Received" },
    { CELL_INDEX, 0, 11, 14, "Index" },
    { CELL_VERSIONS, 100, 3, 3, "Ver" },
    { CELL_GRADE, 100, 8, 8, "Grade" },
    { CELL_WRITER, 120, 8, 8, "Writer" },
};

static Register *register_of(const Screen *s)
{
    return s->state;
}

/* --- rows ------------------------------------------------------------------------------------------------ */
static size_t rows_count(void *of)
{
    return register_of(of)->rows.n;
}

static int64_t rows_id(void *of, size_t i)
{
    return window_id(&register_of(of)->rows, i);
}

/* On 80 columns a state is one word, else what it waits for. */
static const char *state_words(const RegisterRow *row, int width)
{
    static const char *const short_words[BOOK_STATES] = {
        [BOOK_SUBMITTED] = "for sergeant",
        [BOOK_RETURNED] = "! RETURNED",
        [BOOK_SIGNED] = "signed, to CSU",
        [BOOK_READ] = "to be indexed",
        [BOOK_INDEXED] = "indexed",
    };
    return width >= 20 ? book_state_label(row->state) : short_words[row->state < BOOK_STATES ? row->state : 0];
}

/* "Thu 28 Jan 18:35" in twelve columns; the year where it is another one. */
static void short_day(Time t, Time now, char out[CIVIL_TEXT])
{
    out[0] = '\0';
    if (t == TIME_NONE) return;
    if (civil_local(t).year == civil_local(now).year) {
        char words[CIVIL_TEXT];
        snprintf(out, CIVIL_TEXT, "%s", civil_words_short(t, words) + 4);
    } else
        civil_words_date(civil_local_date(t), out);
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Register *r = register_of(self);
    const RegisterRow *row = window_row(&r->rows, i);
    char words[CIVIL_TEXT];

    for (size_t c = 0; c < r->list.n_columns; c++) {
        int column = (int)c;
        switch (r->cell[c]) {
        case CELL_SERIAL: list_cell(out, column, STYLE_NORMAL, row->serial); break;
        case CELL_CASE: list_cell(out, column, STYLE_NORMAL, row->case_id); break;
        case CELL_STATE:
            list_cell(out, column, row->state == BOOK_RETURNED ? STYLE_WARNING : STYLE_NORMAL,
                state_words(row, r->columns[c].width));
            break;
        case CELL_HOLDER:
            list_cell(out, column, row->holder ? STYLE_NORMAL : STYLE_MUTED, row->holder ? row->holder : "not said");
            break;
        case CELL_RECEIVED:
            short_day(row->received_at, now_of(self), words);
            list_cellf(out, column, STYLE_NORMAL, "%s", words);
            break;
        case CELL_INDEX: list_cell(out, column, STYLE_NORMAL, row->index_number ? row->index_number : ""); break;
        case CELL_VERSIONS: list_cellf(out, column, STYLE_MUTED, "%zu", row->versions); break;
        case CELL_GRADE:
            list_cellf(
                out, column, grade_style(row->grade), "%s", grade_word(vocabs_of(self), row->grade, (char[24]){ 0 }));
            break;
        case CELL_WRITER: list_cell(out, column, STYLE_MUTED, row->by ? row->by : ""); break;
        default: break;
        }
        if (i == list_at(&r->list)) out->style[c] = STYLE_NORMAL; /* the row one stands on is one bar */
    }
}

static void set_columns(Register *r, int cols)
{
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(register_columns); i++) {
        const RegisterColumn *c = &register_columns[i];
        if (cols < c->from) continue;
        r->cell[n] = c->cell;
        r->columns[n++] = (ListColumn){ .title = c->title, .width = cols >= 120 ? c->wide : c->width };
    }
    r->list.columns = r->columns;
    r->list.n_columns = n;
}

static const RegisterRow *current(const Register *r)
{
    return list_any(&r->list) ? window_row(&r->rows, list_at(&r->list)) : NULL;
}

/* --- what is looked for -------------------------------------------------------------------------------------- */
static bool by_day(BookOrder order)
{
    return order == BOOKS_BY_COMPLETED || order == BOOKS_BY_RECEIVED;
}

/* "1/2", "mon", "yesterday", "2010-02-01": the last second of that day. */
static bool parse_day(const char *typed, Time now, Time *out)
{
    char words[160];
    Time t;

    snprintf(words, sizeof words, "%s 0000", typed);
    if (!civil_parse_typed(words, now, &t, NULL) && !civil_parse_typed(typed, now, &t, NULL)) return false;
    *out = civil_day_end(civil_local_date(t));
    return true;
}

static void read_sought(Screen *self)
{
    Register *r = register_of(self);
    char *typed = editor_text(r->begins);
    const char *start = typed + strspn(typed, " ");

    snprintf(r->sought, sizeof r->sought, "%s", start);
    mem_free(typed);
    r->query.books.begins = by_day(r->query.books.order) ? "" : r->sought;
    r->query.books.after = r->query.books.before = TIME_NONE;
    r->not_a_day =
        by_day(r->query.books.order) && *r->sought && !parse_day(r->sought, now_of(self), &r->query.books.before);
}

static void say_empty(Register *r)
{
    if (r->query.states)
        r->list.empty = "No book stands so. x shows every book again.";
    else if (*r->sought && by_day(r->query.books.order))
        r->list.empty = r->query.books.order == BOOKS_BY_RECEIVED ? "No book was received by then."
                                                                  : "No book was completed by then.";
    else if (*r->sought)
        r->list.empty = "No book begins so. Backspace takes letters away.";
    else if (r->query.books.order == BOOKS_BY_INDEX)
        r->list.empty = "No book is indexed yet.";
    else if (r->query.books.order == BOOKS_BY_HOLDER || r->query.books.order == BOOKS_BY_RECEIVED)
        r->list.empty = "Nobody has said yet who has a book. m on a book says it.";
    else
        r->list.empty = "There is no book 124D in this store yet.";
}

static bool fetch(Screen *self, bool again, Err *err)
{
    Register *r = register_of(self);

    if (!(again ? window_again : window_first)(&r->rows, err)) return false;
    list_refresh(&r->list);
    if (!again) list_go(&r->list, 0);
    say_empty(r);
    return true;
}

static React narrow(Screen *self)
{
    Err err = { 0 };

    read_sought(self);
    if (register_of(self)->not_a_day || fetch(self, false, &err)) return REACT_REDRAW;
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

/* --- open, load ------------------------------------------------------------------------------------------------ */
static bool register_open(Screen *self, const void *arg, Err *err)
{
    Register *r = register_of(self);

    snprintf(
        r->who_may_move, sizeof r->who_may_move, "Who has a book is said by %s.", role_who_may(PERM_ADD_BOOK_MOVE));
    snprintf(r->who_may_draw, sizeof r->who_may_draw, "Dip samples are drawn by %s.", role_who_may(PERM_QA_DRAW));
    r->begins = editor_new((EditorOptions){ .limit = 60 });
    r->query.books = (BookQuery){ .order = BOOKS_BY_COMPLETED, .begins = "", .after = TIME_NONE, .before = TIME_NONE };
    window_init(&r->rows, &window_register, app_of(self), &r->query);
    if (arg && *(const char *)arg) {
        editor_set(r->begins, arg);
        r->query.books.order = BOOKS_BY_SERIAL;
    }
    list_init(&r->list, r->columns, 0, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    return true;
}

static bool register_load(Screen *self, Err *err)
{
    read_sought(self);
    return fetch(self, register_of(self)->rows.n > 0, err);
}

/* --- keys ---------------------------------------------------------------------------------------------------------- */
static React moved(Screen *self, bool ok, const Err *err)
{
    if (ok) return REACT_REDRAW;
    loop_status_err(self->loop, err);
    return REACT_STATUS;
}

static React stop_typing(Register *r)
{
    r->typing = false;
    return REACT_REDRAW;
}

/* What is typed narrows at once; Enter reads the only book, or goes into the list; Esc takes what was typed away. */
static React typing_event(Screen *self, const Event *e)
{
    Register *r = register_of(self);
    EditorResult result;

    if (e->kind == EVENT_KEY) {
        if (e->key == K_ESC) {
            editor_set(r->begins, "");
            r->typing = false;
            return narrow(self);
        }
        if (e->key == K_ENTER && *r->sought && r->rows.n == 1 && !r->not_a_day) {
            r->typing = false;
            return REACT_UNUSED; /* read it */
        }
        if (e->key == K_ENTER || e->key == K_TAB || e->key == K_DOWN) return stop_typing(r);
        if (e->key == K_UP) return REACT_REDRAW;
    }
    result = editor_event(r->begins, e);
    if (result == EDITOR_UNUSED) return REACT_UNUSED;
    return result == EDITOR_MOVED ? REACT_REDRAW : narrow(self);
}

static React register_event(Screen *self, const Event *e)
{
    Register *r = register_of(self);
    Err err = { 0 };
    bool last;

    if (r->typing) return typing_event(self, e);
    if (window_goes_far(&r->rows, e, &last)) return moved(self, window_go(&r->rows, &r->list, last, &err), &err);
    switch (list_event(&r->list, e)) {
    case LIST_UNUSED: return REACT_UNUSED;
    case LIST_MOVED: return moved(self, window_around(&r->rows, &r->list, &err), &err);
    case LIST_AT_START:
    case LIST_AT_END: break;
    }
    return REACT_REDRAW;
}

/* --- verbs ------------------------------------------------------------------------------------------------------------ */
static React set_order(Screen *self, BookOrder order)
{
    Register *r = register_of(self);

    r->query.books.order = order;
    editor_set(r->begins, "");
    r->typing = true;
    return narrow(self);
}

static React choose_state(Screen *self)
{
    Register *r = register_of(self);
    AskItem items[BOOK_STATES] = { { 0 } };
    int pick;

    for (BookState s = 0; s < BOOK_STATES; s++)
        items[s] = (AskItem){ .text = book_state_label(s), .right = book_state_word(s) };
    pick = ask_choice(self->loop, "Show only", items, BOOK_STATES, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    r->query.states = 1u << pick;
    return narrow(self);
}

static React move_book(Screen *self)
{
    RegisterRow row = *current(register_of(self)); /* the window may be read again while one types */
    AskLine q = { .title = "Who has it now", .label = "A warrant number, or a place such as CSU", .limit = 60 };
    Str to = { 0 };
    Err err = { 0 };
    bool ok = false;

    row.case_id = arena_dup(self->arena, row.case_id);
    row.serial = arena_dup(self->arena, row.serial);
    q.text = arena_printf(self->arena, "Book %s of %s%s%s.", row.serial, row.case_id,
        row.holder ? ", until now with " : "", row.holder ? row.holder : "");
    if (ask_line(self->loop, &q, &to) && loop_top(self->loop) == self)
        ok = app_book_move(app_of(self), row.case_id, row.serial, str_text(&to), &err);
    if (err.kind) loop_status_err(self->loop, &err);
    if (ok) loop_status(self->loop, STYLE_GOOD, "Book %s: received now, %.60s.", row.serial, str_text(&to));
    str_finish(&to);
    return ok ? REACT_RELOAD | REACT_STATUS : REACT_STATUS;
}

static React register_act(Screen *self, int action)
{
    Register *r = register_of(self);
    const RegisterRow *row = current(r);
    ReadAsk ask = { .case_id = row ? row->case_id : "", .serial = row ? row->serial : NULL };

    switch (action) {
    case DO_OPEN: r->away = true; return loop_go(self->loop, &scr_read, &ask);
    case DO_FILTER: return choose_state(self);
    case DO_UNFILTER:
        r->query.states = 0;
        editor_set(r->begins, "");
        return narrow(self);
    case DO_MOVE: return move_book(self);
    case DO_CASE: r->away = true; return ui_open_case(self->loop, row->case_id);
    case DO_QA: return loop_go(self->loop, &scr_qa, NULL);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    case DO_BACK: return REACT_POP;
    default: return set_order(self, (BookOrder)(action - DO_ORDER));
    }
}

static Can register_can(const Screen *self, int action, const char **why)
{
    const Register *r = register_of(self);

    switch (action) {
    case DO_OPEN:
    case DO_CASE: *why = "There is no book to do it with."; return current(r) ? CAN : CAN_NOT;
    case DO_MOVE:
        *why = "There is no book to do it with.";
        if (!current(r)) return CAN_NOT;
        *why = r->who_may_move;
        return app_may_quietly(app_of(self), PERM_ADD_BOOK_MOVE) ? CAN : CAN_NOT;
    case DO_UNFILTER: *why = "Every book is shown already."; return r->query.states || *r->sought ? CAN : CAN_NOT;
    case DO_QA: *why = r->who_may_draw; return app_may_quietly(app_of(self), PERM_QA_DRAW) ? CAN : CAN_NOT;
    default: return CAN;
    }
}

static bool register_typing(const Screen *self)
{
    return register_of(self)->typing;
}

/* Somebody may have moved, signed or indexed what is in the list. */
static void register_resumed(Screen *self)
{
    Register *r = register_of(self);
    Err err = { 0 };

    if (!r->away || !app_session(app_of(self))) return;
    r->away = false;
    if (!fetch(self, true, &err)) loop_status_err(self->loop, &err);
}

/* --- draw ---------------------------------------------------------------------------------------------------------------- */
static void draw_head(Screen *self, View v)
{
    Register *r = register_of(self);
    int col = 1 + view_textf(v, 0, 1, STYLE_HEADING, "Books by %s", orders[r->query.books.order].label);

    col += view_textf(v, 0, col + 2, STYLE_LABEL, "%s", orders[r->query.books.order].ask) + 3;
    view_fill(view_part(v, 0, col, 1, v.cols - col - 1), STYLE_FIELD);
    editor_draw(r->begins, view_part(v, 0, col, 1, v.cols - col - 1), r->typing);
}

static void draw_chip(const Register *r, View v)
{
    char chip[120] = "";

    if (r->not_a_day) {
        view_text_right(v, 0, STYLE_WARNING, " a day: 1/2, mon, yesterday ");
        return;
    }
    for (BookState s = 0; s < BOOK_STATES; s++)
        if (r->query.states & 1u << s)
            snprintf(chip, sizeof chip, " only %s " SIGN_DOT " x clears ", book_state_label(s));
    if (*chip) view_text_right(v, 0, STYLE_MARK, chip);
}

static void register_draw(Screen *self, View v)
{
    Register *r = register_of(self);

    set_columns(r, v.cols);
    draw_head(self, view_part(v, 0, 0, 1, -1));
    view_rule(v, 1);
    draw_chip(r, view_part(v, 1, 0, 1, v.cols - 1));
    list_draw(&r->list, view_part(v, 2, 0, -1, -1), !r->typing);
}

static void register_close(Screen *self)
{
    Register *r = register_of(self);
    window_finish(&r->rows);
    editor_free(&r->begins);
}

const ScreenClass scr_register = {
    .name = "register",
    .actions = register_actions,
    .state_size = sizeof(Register),
    .open = register_open,
    .load = register_load,
    .event = register_event,
    .can = register_can,
    .act = register_act,
    .typing = register_typing,
    .draw = register_draw,
    .resumed = register_resumed,
    .close = register_close,
};
