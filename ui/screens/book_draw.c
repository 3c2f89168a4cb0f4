/* book_draw.c — the book on the screen. At 80 columns a strip of letters stands for its sections; from 100 on they are listed at the
** left with what is missing; from 140 on there is help, flags and earlier cases at the right. What the head says of saving is
** what happened. */
#include "book_body.h"
#include "book_screen.h"

enum { WIDE = 100, WIDEST = 140, LIST_COLS = 28, LIST_WIDE = 34, SIDE_COLS = 40, BACK_ROWS = 4 };

/* What was there under the box is covered; the box stands in the middle. */
View book_box(View v, int rows, int cols, const char *title)
{
    View box;

    if (rows > v.rows) rows = v.rows;
    if (cols > v.cols) cols = v.cols;
    box = view_part(v, (v.rows - rows) / 2, (v.cols - cols) / 2, rows, cols);
    view_fill(box, STYLE_NORMAL);
    view_box(box, title);
    return view_inset(box, 1, 2);
}

/* --- the head ---------------------------------------------------------------------------------------- */
static void count_piece(Pen *pen, size_t n, Style style, const char *one, const char *many)
{
    char text[40];

    if (n == 0) return;
    snprintf(text, sizeof text, "%zu %s", n, n == 1 ? one : many);
    pen_piece(pen, style, text);
}

static void draw_head(const Screen *self, View v)
{
    const BookPage *b = book_of(self);
    char saved[40], text[120];
    Style style = work_words(&b->keeping, saved);
    int right = view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, style, saved);
    Pen pen = pen_at(view_part(v, 0, 0, 1, right - 1), 0, 1);
    size_t missing = writer_missing(b->writer);

    snprintf(text, sizeof text, "%s%s", b->work.case_id, b->work.new_case ? " (new)" : "");
    pen_piece(&pen, STYLE_HEADING, text);
    snprintf(text, sizeof text, "book %s version %zu", b->work.serial, b->work.version);
    pen_piece(&pen, STYLE_NORMAL, text);
    if (missing)
        count_piece(&pen, missing, STYLE_WARNING, "missing", "missing");
    else
        pen_piece(&pen, STYLE_GOOD, "complete");
    count_piece(&pen, b->check.n_alerts + book_gates_beside(b), STYLE_WARNING, "flag", "flags");
    if (v.cols >= WIDE) {
        snprintf(text, sizeof text, "officer %s", b->work.writer);
        pen_piece(&pen, STYLE_MUTED, text);
    }
}

/* --- the sections ---------------------------------------------------------------------------------------- */
/* One sign: done, how many are missing, or nothing is needed. */
static Style section_sign(const WriterSection *s, bool room, char out[24])
{
    if (s->tally.missing > 9 && !room) return (void)snprintf(out, 24, "+"), STYLE_WARNING;
    if (s->tally.missing > 0) return (void)snprintf(out, 24, "%zu", s->tally.missing), STYLE_WARNING;
    if (s->tally.answered > 0) return (void)snprintf(out, 24, "%s", SIGN_TICK), STYLE_GOOD;
    return (void)snprintf(out, 24, "%s", SIGN_DOT), STYLE_MUTED;
}

static void draw_strip(const BookPage *b, View v)
{
    int n = (int)writer_sections(b->writer), step = 3 * n + 1 <= v.cols ? 3 : 2, col = 1;

    for (size_t i = 0; i < writer_sections(b->writer); i++) {
        const WriterSection *s = writer_section(b->writer, i);
        bool here = i == writer_section_now(b->writer);
        char sign[24];
        Style style = section_sign(s, false, sign);
        unsigned on = here ? STYLE_ON : 0;
        view_text(v, 0, col, (here ? (unsigned)STYLE_SELECTED : (unsigned)STYLE_KEY) | on, s->of->letter);
        view_text(v, 0, col + 1, (here ? (unsigned)STYLE_SELECTED : (unsigned)style) | on, sign);
        col += step;
    }
}

void book_section_row(View v, const WriterSection *s, bool here)
{
    unsigned on = here ? STYLE_ON : 0;
    char sign[24], text[80];
    Style style = section_sign(s, true, sign);

    snprintf(text, sizeof text, "%s %s", s->of->letter, s->of->title);
    view_cell(v, 0, 0, 2, STYLE_NORMAL | on, here ? SIGN_HERE : "");
    view_cell(v, 0, 2, v.cols - 6, STYLE_NORMAL | on, text);
    view_cell_right(v, 0, v.cols - 4, 4, (here ? (unsigned)STYLE_NORMAL : (unsigned)style) | on, sign);
}

static void draw_sections(const BookPage *b, View v)
{
    size_t n = writer_sections(b->writer), now = writer_section_now(b->writer);
    int rows = v.rows, top = (int)now - rows / 2;

    if (top > (int)n - rows) top = (int)n - rows;
    if (top < 0) top = 0;
    for (int row = 0; row < rows && (size_t)(top + row) < n; row++)
        book_section_row(view_part(v, row, 0, 1, v.cols - 1), writer_section(b->writer, (size_t)(top + row)),
            (size_t)(top + row) == now);
    view_upright(v, v.cols - 1);
}

static void draw_title(const BookPage *b, View v)
{
    const WriterSection *s = writer_section(b->writer, writer_section_now(b->writer));
    char title[120];

    snprintf(title, sizeof title, "%s  %s", s->of->letter, s->of->title);
    view_rule_titled(v, 0, title);
}

/* --- why it came back, above the first section ------------------------------------------------------------------ */
static int draw_returned(const Screen *self, View v)
{
    const BookPage *b = book_of(self);
    const Review *r = b->work.returned;
    const Vocab *vocab = &vocabs_of(self)->of[VOCAB_RETURN_REASON];
    char when[CIVIL_TEXT];
    Str s = { 0 };
    int rows;

    if (!r || writer_section_now(b->writer) != 0) return 0;
    str_addf(&s, "Came back from officer %s, %s", r->by, civil_words_short(r->at, when));
    for (size_t i = 0; r->reasons && i < vocab->n; i++) {
        const char *at = strstr(r->reasons, vocab->words[i].word);
        size_t n = strlen(vocab->words[i].word);
        if (at && (at == r->reasons || at[-1] == ',') && (at[n] == ',' || !at[n]))
            str_addf(&s, "; %s", vocab->words[i].label);
    }
    if (r->text) str_addf(&s, ": %s", r->text);
    rows = view_wrapped(view_part(v, 0, 1, BACK_ROWS, v.cols - 2), 0, STYLE_WARNING, str_text(&s));
    str_finish(&s);
    return rows;
}

/* --- the right column --------------------------------------------------------------------------------------------- */
static int side_heading(View v, int row, const char *title)
{
    if (row > 0) row++;
    view_text(v, row, 0, STYLE_HEADING, title);
    return row + 1;
}

static int side_help(const BookPage *b, View v, int row)
{
    const FormQuestion *q = writer_question(b->writer);

    if (!q) return row;
    row = side_heading(v, row, q->label);
    row += view_wrapped(view_part(v, row, 0, -1, -1), 0, STYLE_NORMAL, q->help);
    if (q->example) row += view_textf(v, row, 0, STYLE_MUTED, "For example: %s", q->example) > 0;
    return row;
}

static int side_flags(const BookPage *b, View v, int row)
{
    size_t n = b->check.n_alerts + b->check.n_gates;

    if (b->check.n_alerts + book_gates_beside(b) == 0) return row;
    row = side_heading(v, row, "Flags");
    for (size_t i = 0; i < n && row < v.rows; i++) {
        const char *says = i < b->check.n_gates ? b->check.gates[i].says : b->check.alerts[i - b->check.n_gates].says;
        if (i < b->check.n_gates && book_gate_is_gap(b, i)) continue;
        view_text(v, row, 0, STYLE_WARNING, "!");
        row += view_wrapped(view_part(v, row, 2, -1, -1), 0, STYLE_WARNING, says);
    }
    return row;
}

static int side_earlier(const Screen *self, View v, int row)
{
    const BookPage *b = book_of(self);

    if (b->earlier.n_cases == 0) return row;
    row = side_heading(v, row, "Earlier cases");
    row +=
        view_textf(v, row, 0, STYLE_NORMAL, "%s %s", b->earlier.given ? b->earlier.given : "", b->earlier.family) > 0;
    for (size_t i = 0; i < b->earlier.n_cases && row < v.rows; i++, row++)
        view_textf(v, row, 2, STYLE_NORMAL, "%s  %s", b->earlier.case_ids[i],
            vocab_label(vocabs_of(self), VOCAB_PERSON_ROLE, b->earlier.roles[i]));
    return row;
}

static void draw_side(const Screen *self, View v)
{
    const BookPage *b = book_of(self);
    int row = 0;

    view_upright(v, 0);
    v = view_part(v, 0, 2, -1, v.cols - 3);
    row = side_help(b, v, row);
    row = side_flags(b, v, row);
    side_earlier(self, v, row);
}

/* --- the small map beside the injuries ------------------------------------------------------------------------------ */
/* The question that is answered on the map, of the group one stands in; NULL. */
static const FormQuestion *map_question(const BookPage *b, const FormGroup **group)
{
    const FormSection *s = writer_section(b->writer, writer_section_now(b->writer))->of;
    size_t n = 0;
    const FormQuestion *all = form_questions_of(b->work.form, &n);
    const FormGroup *groups = form_groups_of(b->work.form, &n);

    for (size_t i = s->first; i < s->first + s->n; i++)
        if (all[i].kind == ASK_BODY && all[i].group != FORM_NO_GROUP) {
            *group = &groups[all[i].group];
            return &all[i];
        }
    return NULL;
}

static void draw_small_map(const BookPage *b, View v, const FormGroup *g, const FormQuestion *q)
{
    BodyMark marks[BODY_MARKS] = { 0 };
    char path[ANSWERS_PATH];
    size_t row = SIZE_MAX, n = answers_rows(b->work.answers, g->name);
    const BodyRegion *here = NULL;

    if (n > BODY_MARKS) n = BODY_MARKS;
    for (size_t i = 0; i < n; i++)
        snprintf(marks[i].region, sizeof marks[i].region, "%s",
            answers_get(b->work.answers, form_path(b->work.form, q, i, path)));
    if (writer_group(b->writer, &row) == g && row < n) here = body_region(marks[row].region);
    view_text(v, 0, 7, STYLE_MUTED, here && here->back ? "Back" : "Front");
    body_draw(view_part(v, 1, 0, BODY_ROWS, BODY_COLS), here && here->back, marks, n, NULL);
}

/* --- the whole ----------------------------------------------------------------------------------------------------------- */
static void draw_form(const Screen *self, View v)
{
    BookPage *b = book_of(self);
    const FormGroup *g = NULL;
    const FormQuestion *q = v.grid && grid_cols(v.grid) >= WIDE && v.rows > BODY_ROWS ? map_question(b, &g) : NULL;
    int row;

    draw_title(b, v);
    row = 1 + draw_returned(self, view_part(v, 1, 0, -1, -1));
    v = view_part(v, row, 0, -1, -1);
    if (q) {
        view_cursor_hide(v);
        draw_small_map(b, view_part(v, 0, v.cols - BODY_COLS - 1, -1, -1), g, q);
        v = view_part(v, 0, 0, -1, v.cols - BODY_COLS - 2);
    }
    writer_draw(b->writer, view_prose(v), true);
}

void book_draw(Screen *self, View v)
{
    BookPage *b = book_of(self);
    View body = view_part(v, 1, 0, -1, -1);
    int list;

    draw_head(self, v);
    if (v.cols < WIDE) {
        draw_strip(b, body);
        draw_form(self, view_part(body, 1, 0, -1, -1));
        return;
    }
    view_rule(body, 0);
    body = view_part(body, 1, 0, -1, -1);
    list = v.cols >= WIDEST ? LIST_WIDE : LIST_COLS;
    draw_sections(b, view_part(body, 0, 0, -1, list));
    body = view_part(body, 0, list, -1, -1);
    if (v.cols >= WIDEST) {
        draw_side(self, view_part(body, 0, body.cols - SIDE_COLS, -1, SIDE_COLS));
        body = view_part(body, 0, 0, -1, body.cols - SIDE_COLS - 1);
    }
    draw_form(self, body);
}
