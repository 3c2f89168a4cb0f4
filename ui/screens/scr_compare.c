/* scr_compare.c — the assessments of a case side by side: a column each, a row a factor, differences with a sign and a word; below, who
** graded what, when and why. On a narrow screen two columns at a time. It counts for whoever reads afterwards; the grades were given. */
#include "risk_screen.h"

enum {
    LABEL = 28,
    WORD = 9 /* "changed" */,
    HEAD_ROWS = 5,
    NARROWEST = 20,
    ROW = 1 /* items ROW + i are the i-th row */
};

typedef struct Compare {
    char id[48];
    CaseView view;
    RiskTable table;
    size_t first; /* column at the left */
    bool placed;  /* `first` was chosen */
    Pager *pager;
    int written; /* for how many columns of the screen; 0: not */
    size_t from; /* and from which assessment on */
} Compare;

enum { DO_CONTEXT = 1, DO_LEFT, DO_RIGHT, DO_ASSESS, DO_CASE, DO_BACK };
static const Action compare_actions[] = {
    { DO_CONTEXT, "contexts", "contexts", "What was said beside this factor each time.", "Enter", 1 },
    { DO_LEFT, "earlier", "earlier", "The assessment before.", "h Left", 2 },
    { DO_RIGHT, "later", "later", "The next assessment.", "l Right", 2 },
    { DO_ASSESS, "assess-risk", "assess", "Make a new assessment of this case.", "A", 4 },
    { DO_CASE, "look-at-case", "case", "Look at the whole case.", "o Ctrl-O F4", 5 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Compare *compare_of(const Screen *s)
{
    return s->state;
}

/* --- how a grade moved, for the page of a case, too --------------------------------------------------------- */
static const Assessment *graded_before(const CaseDoc *doc, const Assessment *x)
{
    const Assessment *best = NULL;

    for (const Assessment *y = doc->assessments; y < doc->assessments + doc->n_assessments; y++)
        if (y->grade && (y->at < x->at || (y->at == x->at && y < x)) && (!best || y->at >= best->at)) best = y;
    return best;
}

const char *regrade_words(const CaseDoc *doc, const Vocabs *v, const Assessment *x, Arena *a)
{
    const Assessment *before = x->grade ? graded_before(doc, x) : NULL;
    char word[24];

    if (!before) return NULL;
    if (before->grade == x->grade) return "confirmed";
    return arena_printf(a, "%s from %s", x->grade > before->grade ? SIGN_UP " up" : SIGN_DOWN " down",
        grade_word(v, before->grade, word));
}

/* --- the columns ------------------------------------------------------------------------------------------------ */
static size_t shown(const Compare *c, int cols)
{
    int room = (cols - LABEL - WORD - 1) / NARROWEST;
    size_t most = room < 1 ? 1 : (size_t)room;

    return c->table.n_columns < most ? c->table.n_columns : most;
}

static int column_cols(const Compare *c, int cols)
{
    size_t n = shown(c, cols);
    int each = n ? (cols - LABEL - WORD - 1) / (int)n : 0;

    return each > 32 ? 32 : each;
}

static size_t first_of(Compare *c, int cols)
{
    size_t n = shown(c, cols), last = c->table.n_columns - n;

    if (!c->placed || c->first > last) c->first = last; /* the latest ones at first */
    return c->first;
}

static const char *cut(const char *s, int cols, Arena *a)
{
    int width = 0;
    size_t n = utf8_clip(s, strlen(s), cols, &width);

    return s[n] ? arena_printf(a, "%.*s" SIGN_MORE, (int)utf8_clip(s, strlen(s), cols - 1, &width), s) : s;
}

static const char *answer_words(const Screen *self, const char *word)
{
    if (!word || !*word) return "";
    return vocab_label(vocabs_of(self), VOCAB_ANSWER, vocab_code(vocabs_of(self), VOCAB_ANSWER, word));
}

/* --- writing the page ----------------------------------------------------------------------------------------------- */
/* Among the columns that are shown, and asked it. */
static bool differs_here(const RiskRow *row, size_t from, size_t n)
{
    const char *first = NULL;

    for (size_t k = from; k < from + n; k++) {
        if (!row->answer[k]) continue;
        if (first && strcmp(first, row->answer[k]) != 0) return true;
        first = row->answer[k];
    }
    return false;
}

static void write_row(Screen *self, size_t i, int cols)
{
    Compare *c = compare_of(self);
    const RiskRow *row = &c->table.rows[i];
    size_t n = shown(c, cols), from = first_of(c, cols);
    int each = column_cols(c, cols);

    pager_item(c->pager, ROW + (int64_t)i);
    pager_begin(c->pager, 0, LABEL);
    pager_put(c->pager, STYLE_WARNING, row->changed ? "*" : " ");
    pager_put(c->pager, STYLE_NORMAL, cut(row->label, LABEL - 3, self->arena));
    for (size_t k = 0; k < n; k++) {
        const char *answer = row->answer[from + k], *context = row->context[from + k];
        bool yes = answer && str_eq(answer, "yes");
        pager_to(c->pager, LABEL + each * (int)k);
        pager_put(c->pager, yes ? STYLE_HEADING : STYLE_NORMAL, answer && *answer ? answer_words(self, answer) : "-");
        if (context && *context) pager_put(c->pager, STYLE_MUTED, " " SIGN_MORE);
    }
    if (row->changed) {
        pager_to(c->pager, LABEL + each * (int)n);
        bool here = differs_here(row, from, n);
        pager_put(c->pager, here ? STYLE_WARNING : STYLE_MUTED, here ? "changed" : "elsewhere");
    }
    pager_end(c->pager);
}

/* Newest first, as on the page of the case. */
static void write_history(Screen *self)
{
    Compare *c = compare_of(self);
    const Vocabs *v = vocabs_of(self);
    char when[CIVIL_TEXT], grade[24];

    pager_item_end(c->pager);
    pager_heading(c->pager, "Who graded what, when and why");
    for (size_t i = c->table.n_columns; i > 0; i--) {
        const Assessment *x = c->table.columns[i - 1].made;
        const char *moved = regrade_words(&c->view.doc, v, x, self->arena);
        pager_begin(c->pager, 1, 3);
        pager_putf(c->pager, STYLE_MUTED, "%s  ", x->at == TIME_NONE ? "(no time)" : civil_words_full(x->at, when));
        pager_put(c->pager, grade_style(x->grade), grade_word(v, x->grade, grade));
        if (moved) pager_putf(c->pager, strcmp(moved, "confirmed") ? STYLE_WARNING : STYLE_NORMAL, " %s", moved);
        pager_putf(c->pager, STYLE_NORMAL, " " SIGN_DOT " %s %s, %s", vocab_label(v, VOCAB_INSTRUMENT, x->instrument),
            label_inside(vocab_label(v, VOCAB_STAGE, x->stage), self->arena), officer_words(x->by, self->arena));
        pager_end(c->pager);
        if (x->reason) pager_addf(c->pager, 3, STYLE_NORMAL, "Lower because: %s", x->reason);
        pager_add(c->pager, 3, x->rationale ? STYLE_NORMAL : STYLE_WARNING,
            x->rationale ? x->rationale : "No reason is recorded.");
    }
}

static const RiskRow *row_here(const Compare *c)
{
    int64_t i = pager_at(c->pager) - ROW;
    return i >= 0 && (size_t)i < c->table.n_rows ? &c->table.rows[i] : NULL;
}

static void write_page(Screen *self, int cols)
{
    Compare *c = compare_of(self);
    size_t from = c->table.n_columns ? first_of(c, cols) : 0;

    if (c->written == cols && c->from == from) return;
    c->written = cols;
    c->from = from;
    pager_clear(c->pager);
    if (c->table.n_columns == 0) pager_add(c->pager, 1, STYLE_MUTED, "The risk is not yet assessed.");
    for (size_t i = 0; i < c->table.n_rows && c->table.n_columns; i++) write_row(self, i, cols);
    if (c->table.n_columns) write_history(self);
    if (!row_here(c)) pager_go(c->pager, ROW);
}

/* --- the screen ------------------------------------------------------------------------------------------------------ */
static bool compare_open(Screen *self, const void *arg, Err *err)
{
    Compare *c = compare_of(self);

    snprintf(c->id, sizeof c->id, "%s", (const char *)arg);
    c->pager = pager_new();
    return true;
}

static bool compare_load(Screen *self, Err *err)
{
    Compare *c = compare_of(self);

    c->table = (RiskTable){ 0 };
    c->written = 0;
    if (!app_case_look(app_of(self), c->id, "risk.compare", self->arena, &c->view, err)) return false;
    app_risk_compare(app_of(self), &c->view.doc, self->arena, &c->table);
    return true;
}

static React compare_event(Screen *self, const Event *e)
{
    return pager_event(compare_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React contexts(Screen *self)
{
    Compare *c = compare_of(self);
    const RiskRow *row = row_here(c);
    Str text = { 0 };

    for (size_t i = 0; i < c->table.n_columns; i++) {
        const char *answer = row->answer[i], *context = row->context[i];
        str_addf(&text, "%s%s: %s\n", i ? "\n" : "", c->table.columns[i].title,
            !answer   ? "not part of it"
            : *answer ? answer_words(self, answer)
                      : "no answer");
        if (context && *context) str_addf(&text, "%s\n", context);
    }
    ask_tell(self->loop, row->label, str_text(&text));
    str_finish(&text);
    return REACT_NONE;
}

static React shift(Screen *self, bool later)
{
    Compare *c = compare_of(self);

    c->placed = true;
    if (later)
        c->first++;
    else
        c->first -= c->first > 0;
    return REACT_REDRAW;
}

static React compare_act(Screen *self, int action)
{
    switch (action) {
    case DO_CONTEXT: return contexts(self);
    case DO_LEFT: return shift(self, false);
    case DO_RIGHT: return shift(self, true);
    case DO_ASSESS: return wizard_choose(self->loop, compare_of(self)->id);
    case DO_CASE: return ui_open_case(self->loop, compare_of(self)->id);
    default: return REACT_POP;
    }
}

static Can compare_can(const Screen *self, int action, const char **why)
{
    const Compare *c = compare_of(self);

    *why = "There is no other assessment there.";
    if (action == DO_LEFT) return c->table.n_columns && c->first > 0 ? CAN : CAN_NOT;
    if (action == DO_RIGHT) return c->written && c->first + shown(c, c->written) < c->table.n_columns ? CAN : CAN_NOT;
    *why = "Stand on a factor first: Tab.";
    if (action == DO_CONTEXT) return row_here(c) ? CAN : CAN_NOT;
    if (action == DO_ASSESS) return app_may_quietly(app_of(self), PERM_ADD_ASSESSMENT) ? CAN : CAN_HIDE;
    return CAN;
}

static bool compare_typing(const Screen *self)
{
    return pager_typing(compare_of(self)->pager);
}

/* --- draw --------------------------------------------------------------------------------------------------------------- */
static void draw_column(const Screen *self, View v, const RiskColumn *column)
{
    const Vocabs *vocabs = vocabs_of(self);
    const Assessment *x = column->made;
    char grade[24], text[120], when[CIVIL_TEXT];

    view_cell(v, 0, 0, v.cols, STYLE_HEADING, vocab_label(vocabs, VOCAB_STAGE, x->stage));
    view_cell(v, 1, 0, v.cols, STYLE_LABEL, x->at == TIME_NONE ? "(no time)" : civil_words_short(x->at, when));
    view_cell(v, 2, 0, v.cols, grade_style(x->grade), grade_word(vocabs, x->grade, grade));
    snprintf(text, sizeof text, "%s, %s", vocab_label(vocabs, VOCAB_INSTRUMENT, x->instrument), x->by ? x->by : "?");
    view_cell(v, 3, 0, v.cols, STYLE_NORMAL, text);
    if (column->asked) snprintf(text, sizeof text, "%zu of %zu yes", column->yes, column->asked);
    view_cell(v, 4, 0, v.cols, STYLE_NORMAL, column->asked ? text : x->grade ? "no answers" : "");
}

static void draw_columns(Screen *self, View v)
{
    Compare *c = compare_of(self);
    size_t n = shown(c, v.cols), from = first_of(c, v.cols);
    int each = column_cols(c, v.cols);
    char text[64];

    view_text(v, 0, 1, STYLE_LABEL, "Assessment");
    view_text(v, 2, 1, STYLE_LABEL, "Grade");
    view_text(v, 3, 1, STYLE_LABEL, "Instrument, officer");
    view_text(v, 4, 1, STYLE_LABEL, "Count");
    if (n < c->table.n_columns) {
        snprintf(text, sizeof text, "%zu-%zu of %zu", from + 1, from + n, c->table.n_columns);
        view_text(v, 1, 1, STYLE_MUTED, text);
    }
    for (size_t k = 0; k < n; k++)
        draw_column(self, view_part(v, 0, LABEL + each * (int)k, HEAD_ROWS, each - 1), &c->table.columns[from + k]);
}

static void compare_draw(Screen *self, View v)
{
    Compare *c = compare_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 1, -1), 0, 1);
    int row = 1;

    pen_piece(&pen, STYLE_HEADING, c->id);
    pen_piece(&pen, STYLE_NORMAL, "risk assessments side by side");
    write_page(self, v.cols);
    if (c->table.n_columns) {
        draw_columns(self, view_part(v, 1, 0, HEAD_ROWS, -1));
        row += HEAD_ROWS;
    }
    view_rule(v, row);
    pager_draw(c->pager, view_part(v, row + 1, 0, -1, -1), true);
}

static void compare_close(Screen *self)
{
    pager_free(&compare_of(self)->pager);
}

const ScreenClass scr_compare = {
    .name = "compare",
    .actions = compare_actions,
    .state_size = sizeof(Compare),
    .open = compare_open,
    .load = compare_load,
    .event = compare_event,
    .can = compare_can,
    .act = compare_act,
    .typing = compare_typing,
    .draw = compare_draw,
    .close = compare_close,
};
