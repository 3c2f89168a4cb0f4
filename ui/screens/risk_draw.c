/* risk_draw.c — the wizard on the screen. At 80 columns a strip of signs stands for the factors; from 100 on they are listed at the left;
** from 140 on the earlier assessment stands in a column of its own at the right. The signs tell what is answered, never how. */
#include "risk_screen.h"

enum {
    WIDE = 100,
    WIDEST = 140,
    LIST_COLS = 32,
    SIDE_COLS = 44,
    BEFORE_ROWS = 5,
    HELP_ROWS = 3,
    FLAG_ROWS = 4,
    WORDS_ROWS = 9
};

/* --- the head ---------------------------------------------------------------------------------------- */
static void draw_head(const Screen *self, View v)
{
    const RiskPage *r = wizard_of(self);
    const Vocabs *vocabs = vocabs_of(self);
    char saved[40], text[120];
    Style style = work_words(&r->keeping, saved);
    int right = view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, style, saved);
    Pen pen = pen_at(view_part(v, 0, 0, 1, right - 1), 0, 1);
    size_t open = wizard_open_factors(r);

    pen_piece(&pen, STYLE_HEADING, r->work.case_id);
    snprintf(
        text, sizeof text, "%s risk", vocab_label(vocabs, VOCAB_STAGE, vocab_code(vocabs, VOCAB_STAGE, r->work.stage)));
    pen_piece(&pen, STYLE_NORMAL, text);
    snprintf(text, sizeof text, "%zu open", open);
    pen_piece(&pen, open ? STYLE_WARNING : STYLE_GOOD, open ? text : "all answered");
    snprintf(text, sizeof text, "%zu %s", r->check.n_alerts, r->check.n_alerts == 1 ? "flag" : "flags");
    if (r->check.n_alerts) pen_piece(&pen, STYLE_WARNING, text);
    pen_piece(&pen, STYLE_MUTED, instrument_title(r->work.instrument));
}

/* --- the factors ----------------------------------------------------------------------------------------- */
static Style state_sign(FactorState state, const char **sign)
{
    switch (state) {
    case FACTOR_OPEN: *sign = SIGN_DOT; return STYLE_MUTED;
    case FACTOR_LACKS: *sign = "!"; return STYLE_WARNING;
    case FACTOR_DONE: break;
    }
    *sign = SIGN_TICK;
    return STYLE_GOOD;
}

static FactorState grade_state(const RiskPage *r)
{
    const Answers *a = r->work.answers;

    if (!*answers_get(a, "grade")) return FACTOR_OPEN;
    return *answers_get(a, "rationale") ? FACTOR_DONE : FACTOR_LACKS;
}

static int strip_step(View v, int col, bool here, const char *words)
{
    return col + 1 +
           view_text(v, 0, col + 1, here ? (unsigned)STYLE_SELECTED | STYLE_ON : (unsigned)STYLE_LABEL, words);
}

/* One sign a factor, a gap between groups; where it does not fit the part one stands in is shown. */
static void draw_strip(const RiskPage *r, View v)
{
    size_t n, of, place = wizard_place(r, &of), group = SIZE_MAX;
    const InstrumentFactor *all = wizard_factors(r, &n);
    int room = v.cols - 16, skip = (int)of + 6 > room && (int)place > room / 2 ? (int)place - room / 2 : 0, col = 1;
    const char *sign;

    if (r->step != STEP_FACTOR) skip = (int)of + 6 > room ? (int)of + 6 - room : 0;
    for (size_t i = 0; i < n && col < room; i++) {
        if (!app_risk_asked(&r->work, &all[i]) || skip-- > 0) continue;
        bool here = &all[i] == wizard_here(r);
        Style style = state_sign(wizard_state(r, &all[i]), &sign);
        if (group != SIZE_MAX && all[i].group != group) col++;
        group = all[i].group;
        view_text(v, 0, col++, here ? (unsigned)STYLE_SELECTED | STYLE_ON : (unsigned)style, sign);
    }
    col = strip_step(v, col + 1, r->step == STEP_KNOWN, "Known");
    col = strip_step(v, col, r->step == STEP_GRADE, "Grade");
    Style style = state_sign(grade_state(r), &sign);
    view_text(v, 0, col, style, sign);
}

static void list_row(View v, int row, bool here, Style style, const char *sign, const char *words)
{
    unsigned on = here ? STYLE_ON : 0;

    view_cell(v, row, 0, 2, STYLE_NORMAL | on, here ? SIGN_HERE : "");
    view_cell(v, row, 2, v.cols - 5, STYLE_NORMAL | on, words);
    view_cell_right(v, row, v.cols - 3, 2, (here ? (unsigned)STYLE_NORMAL : (unsigned)style) | on, sign);
}

static void draw_list(const RiskPage *r, View v)
{
    size_t n, of, place = wizard_place(r, &of), k = 0;
    const InstrumentFactor *all = wizard_factors(r, &n);
    int total = (int)of + 2, top, row;
    const char *sign;
    Style style;

    view_upright(v, v.cols - 1);
    v = view_part(v, 0, 0, -1, v.cols - 1);
    if (r->step != STEP_FACTOR) place = of + 1;
    top = (int)place - v.rows / 2;
    if (top > total - v.rows) top = total - v.rows;
    if (top < 0) top = 0;
    for (size_t i = 0; i < n; i++) {
        if (!app_risk_asked(&r->work, &all[i])) continue;
        row = (int)k++ - top;
        style = state_sign(wizard_state(r, &all[i]), &sign);
        if (row >= 0) list_row(v, row, &all[i] == wizard_here(r), style, sign, all[i].label);
    }
    row = (int)k - top;
    list_row(v, row, r->step == STEP_KNOWN, STYLE_NORMAL, "", "What is known");
    style = state_sign(grade_state(r), &sign);
    list_row(v, row + 1, r->step == STEP_GRADE, style, sign, "Grade");
}

/* --- what stood there before ---------------------------------------------------------------------------------- */
static const char *answer_words(const Screen *self, const char *word)
{
    return *word ? vocab_label(vocabs_of(self), VOCAB_ANSWER, vocab_code(vocabs_of(self), VOCAB_ANSWER, word))
                 : "no answer";
}

static void before_title(const Screen *self, char out[120])
{
    const Assessment *x = wizard_of(self)->work.before;
    const Vocabs *v = vocabs_of(self);
    char when[CIVIL_TEXT];

    if (!x)
        snprintf(out, 120, "Before");
    else
        snprintf(out, 120, "Before: %s, %s, officer %s", vocab_label(v, VOCAB_STAGE, x->stage),
            x->at == TIME_NONE ? "no time" : civil_words_short(x->at, when), x->by ? x->by : "?");
}

/* "* changed: was No", then what was said beside it. A change is a sign and a word. */
static void draw_before(const Screen *self, View v)
{
    const RiskPage *r = wizard_of(self);
    const InstrumentFactor *f = wizard_here(r);
    char was[24], text[80];
    const char *now, *context;

    if (!f || v.rows < 1) return;
    snprintf(was, sizeof was, "%s", wizard_answer_of(r->work.last, f));
    now = wizard_answer_of(r->work.answers, f);
    if (!r->work.before || !*was) {
        view_wrapped(v, 0, STYLE_MUTED,
            !r->work.before ? "This is the first assessment of this case."
            : r->work.last  ? "It was not asked then."
                            : "Of that assessment no answers are recorded.");
        return;
    }
    bool changed = *now && strcmp(was, now) != 0;
    snprintf(text, sizeof text, changed ? "* changed: was %s" : *now ? "%s, as now" : "%s", answer_words(self, was));
    view_text(v, 0, 0, changed ? STYLE_WARNING : STYLE_NORMAL, text);
    context = wizard_context_of(r->work.last, f);
    if (*context && text_rows(context, v.cols) > v.rows - 1) {
        view_wrapped(view_part(v, 1, 0, v.rows - 2, -1), 0, STYLE_NORMAL, context);
        view_text(v, v.rows - 1, 0, STYLE_HINT, SIGN_MORE " ^F shows all of it");
    } else if (*context)
        view_wrapped(view_part(v, 1, 0, -1, -1), 0, STYLE_NORMAL, context);
}

/* --- one factor ------------------------------------------------------------------------------------------------ */
static int draw_flags(const RiskPage *r, View v)
{
    int row = 0;

    for (size_t i = 0; i < r->check.n_alerts && row < v.rows; i++) {
        if (!wizard_alert_is_here(r, i)) continue;
        view_text(v, row, 0, STYLE_WARNING, "!");
        row += view_wrapped(view_part(v, row, 2, -1, -1), 0, STYLE_WARNING, r->check.alerts[i].says);
    }
    return row;
}

/* Side by side; what does not fit whole begins the next row. Returns the rows used. */
static int draw_answers(const RiskPage *r, View v)
{
    const char *word = wizard_answer_of(r->work.answers, wizard_here(r));
    int row = 0, col = 3, at_row = 0, at = 3;

    view_text(v, 0, 1, STYLE_KEY, r->writing ? "" : SIGN_HERE);
    for (size_t i = 0; i < RISK_ANSWERS; i++) {
        bool chosen = strcmp(wizard_answers[i].word, word) == 0;
        unsigned style = chosen && !r->writing ? (unsigned)STYLE_FIELD_FOCUS : (unsigned)STYLE_NORMAL;
        if (col > 3 && col + 4 + utf8_width(wizard_answers[i].label) > v.cols) {
            row++;
            col = 3;
        }
        if (chosen) {
            at_row = row;
            at = col;
        }
        col += view_textf(v, row, col, style, "(%c) %s", chosen ? '*' : ' ', wizard_answers[i].label) + 2;
    }
    if (!r->writing) view_cursor(v, at_row, at + 1);
    return row + 1;
}

static void draw_words(RiskPage *r, View v)
{
    const RiskAnswer *a = wizard_answer(wizard_answer_of(r->work.answers, wizard_here(r)));
    bool lacks = a && a->needed && editor_empty(r->words);

    view_textf(v, 0, 1, STYLE_KEY, "%s", r->writing ? SIGN_HERE : "");
    view_textf(v, 0, 2, lacks ? STYLE_WARNING : STYLE_LABEL, "%s%s", lacks ? "*" : " ", a ? a->asks : "Context");
    editor_draw(r->words, view_part(v, 1, 3, -1, v.cols - 5), r->writing);
}

static int draw_question(const Screen *self, View v)
{
    const RiskPage *r = wizard_of(self);
    const InstrumentFactor *f = wizard_here(r);
    size_t of, place = wizard_place(r, &of), n;
    static const char points[] = "! a yes points to serious harm by itself";
    char count[48];
    int row = 1, col;

    view_rule_titled(v, 0, instrument_groups(r->work.instrument, &n)[f->group].title);
    snprintf(count, sizeof count, " %zu of %zu ", place, of);
    view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, STYLE_LABEL, count);
    col = 1 + view_text(v, row, 1, STYLE_HEADING, f->label);
    if (f->high && col + 2 + (int)strlen(points) > v.cols) col = -1, row++; /* a row of its own */
    if (f->high) view_text(v, row, col + 2, STYLE_MUTED, points);
    row++;
    if (f->help) row += view_wrapped(view_part(v, row, 1, HELP_ROWS, v.cols - 2), 0, STYLE_MUTED, f->help);
    if (f->help && text_rows(f->help, v.cols - 2) > HELP_ROWS)
        view_text_right(view_part(v, row - 1, 0, 1, v.cols - 1), 0, STYLE_HINT, " " SIGN_MORE " ^F");
    return row;
}

static void draw_factor(Screen *self, View v, bool beside)
{
    RiskPage *r = wizard_of(self);
    int row = draw_question(self, v), below = beside ? 0 : BEFORE_ROWS, words;
    char title[120];

    if (v.rows > 16) row++;
    row += draw_answers(r, view_part(v, row, 0, 3, -1));
    row += draw_flags(r, view_part(v, row, 1, FLAG_ROWS, v.cols - 2));
    if (v.rows > 16) row++;
    if (row + 3 + below > v.rows) below = v.rows - row - 3 > 1 ? v.rows - row - 3 : 0;
    words = v.rows - row - below < WORDS_ROWS ? v.rows - row - below : WORDS_ROWS;
    draw_words(r, view_part(v, row, 0, words, -1));
    if (below == 0) return;
    row += words;
    before_title(self, title);
    view_rule_titled(v, row, title);
    draw_before(self, view_part(v, row + 1, 1, -1, v.cols - 2));
}

static void draw_side(const Screen *self, View v)
{
    char title[120];
    int row;

    view_upright(v, 0);
    v = view_part(v, 0, 2, -1, v.cols - 3);
    before_title(self, title);
    row = view_wrapped(v, 0, STYLE_HEADING, title) + 1;
    draw_before(self, view_part(v, row, 0, -1, -1));
}

/* --- the last two steps ------------------------------------------------------------------------------------------- */
static void draw_known(RiskPage *r, View v)
{
    pager_draw(r->known, view_prose(view_part(v, 0, 0, v.rows - 1, -1)), true);
    view_text(v, v.rows - 1, 1, STYLE_HINT,
        pager_seen_all(r->known) ? "Enter goes on to the grade." : "Space reads on; Enter goes on to the grade.");
}

static void draw_grade(RiskPage *r, View v)
{
    if (v.cols >= WIDEST - LIST_COLS) { /* what is known stays beside it */
        View known = view_part(v, 0, v.cols / 2, -1, -1);
        view_upright(known, 0);
        pager_draw(r->known, view_part(known, 0, 2, -1, -1), false);
        v = view_part(v, 0, 0, -1, v.cols / 2);
    }
    view_rule_titled(v, 0, "Grade");
    form_draw(r->grade, view_prose(view_part(v, 1, 0, -1, -1)), true);
}

void wizard_draw(Screen *self, View v)
{
    RiskPage *r = wizard_of(self);
    View body = view_part(v, 1, 0, -1, -1);
    bool side = v.cols >= WIDEST && r->step == STEP_FACTOR;

    draw_head(self, v);
    if (v.cols < WIDE)
        draw_strip(r, view_part(body, 0, 0, 1, -1));
    else
        view_rule(body, 0);
    body = view_part(body, 1, 0, -1, -1);
    if (v.cols >= WIDE) {
        draw_list(r, view_part(body, 0, 0, -1, LIST_COLS));
        body = view_part(body, 0, LIST_COLS, -1, -1);
    }
    if (side) {
        draw_side(self, view_part(body, 0, body.cols - SIDE_COLS, -1, SIDE_COLS));
        body = view_part(body, 0, 0, -1, body.cols - SIDE_COLS - 1);
    }
    switch (r->step) {
    case STEP_FACTOR: draw_factor(self, view_prose(body), side); break;
    case STEP_KNOWN: draw_known(r, body); break;
    case STEP_GRADE: draw_grade(r, body); break;
    }
}
