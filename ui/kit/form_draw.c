/* form_draw.c — the form on the screen: label, field, and under it what is wrong, what the rules remark, the opened list.
** Heights are found anew for each frame and width; only what is within the view is drawn. */
#include "base/mem.h"
#include "base/utf8.h"
#include "form_in.h"
#include "grid_in.h"
#include <stdio.h>
#include <string.h>

enum { MARK = 2 /* for the sign of the focus */, TICK = 6 /* "[yes] " */, LABEL_MOST = 28, LIST_ROWS = 8, OFFER_ROWS = 6 };

typedef struct Place { /* how one input lies in the width */
    bool beside;       /* the field stands beside its label */
    int label_rows;    /* when it does not */
    int col, cols;     /* of the field */
    int field_rows;
} Place;

/* --- measuring ------------------------------------------------------------------------------ */

/* Columns of the choices side by side, with `more` for the signs and the gap of each. */
static int choice_width(const Input *in, int more)
{
    size_t n = 0;
    int w = 0;
    const FormChoice *c = input_choices(in, &n);
    for (size_t i = 0; i < n; i++) w += utf8_width(c[i].words) + more;
    return w;
}

enum { RADIO = 6 /* "(*) " and a gap */, CLOSE = 2 /* "[Yes]" */ };

static int many_width(const Input *in)
{
    int widest = 0;
    for (size_t i = 0; i < in->f.n_choices; i++) {
        int w = utf8_width(in->f.choices[i].words) + 6;
        if (w > widest) widest = w;
    }
    return widest ? widest : 1;
}

bool input_radio(const Input *in, int cols)
{
    size_t n = 0;
    input_choices(in, &n);
    return in->f.kind == FORM_YESNO || (in->f.kind == FORM_CHOICE && n <= 5 && choice_width(in, CLOSE) <= cols);
}

static int label_width(const Form *f, int cols)
{
    int widest = 8;
    for (size_t i = 0; i < f->n; i++) {
        const Input *in = &f->inputs[i];
        int w = in->shown && input_has_value(in) && in->f.kind != FORM_TICK ? utf8_width(in->f.label) + 2 : 0;
        if (w <= LABEL_MOST && w > widest) widest = w;
    }
    return widest > cols / 2 ? cols / 2 : widest;
}

/* Boxes stand one below the other; many of them in columns, read downwards. */
static int many_rows(const Input *in, int cols)
{
    int n = (int)in->f.n_choices, columns = n > 4 ? cols / many_width(in) : 1;

    if (columns < 1) columns = 1;
    return n ? (n + columns - 1) / columns : 1;
}

/* A text in a part has the rows that its words take, so that several of them stand on one page until they are long. */
static int text_rows_wanted(const Form *f, const Input *in, int cols)
{
    int rows = in->f.rows > 0 ? in->f.rows : 6;
    int written = f->part ? editor_rows(in->editor, cols) : 0;
    return written > rows ? written : rows;
}

static int field_rows(const Form *f, const Input *in, int cols)
{
    int most = f->page > 6 ? f->page - 3 : 3;
    int rows = in->f.kind == FORM_TEXT ? text_rows_wanted(f, in, cols) : 1;
    if (in->f.kind == FORM_MANY) return many_rows(in, cols);
    if (in->f.kind == FORM_TEXT && in->f.read_only && in->editor) rows = editor_rows(in->editor, cols);
    return rows > most && !in->f.read_only ? most : rows;
}

static Place place_of(const Form *f, const Input *in, int label, int cols)
{
    Place p = { .beside = utf8_width(in->f.label) + 2 <= label && in->f.kind != FORM_TEXT };
    p.col = p.beside ? MARK + label : MARK + 2;
    p.cols = cols - p.col - 1;
    if (p.cols < 4) p.cols = 4;
    p.label_rows = p.beside ? 0 : text_rows(in->f.label, cols - MARK - 2);
    p.field_rows = field_rows(f, in, p.cols);
    return p;
}

static int list_rows(const Input *in)
{
    return !in->open ? 0 : in->f.n_choices < LIST_ROWS ? (int)in->f.n_choices : LIST_ROWS;
}

static int offer_rows(const Form *f, const Input *in)
{
    if (in != form_here(f)) return 0;
    return f->n_offers < OFFER_ROWS ? (int)f->n_offers : OFFER_ROWS;
}

static int words_rows(const char *s, int cols)
{
    return s ? text_rows(s, cols - MARK - 4) : 0;
}

static int tick_rows(const Form *f, const Input *in, int cols)
{
    int rows = text_rows(in->f.label, cols - MARK - TICK) + words_rows(in->note, cols);
    return f->help && in == form_here(f) ? rows + words_rows(in->f.help, cols) : rows;
}

static int height(const Form *f, const Input *in, int label, int cols)
{
    if (!in->shown) return 0;
    if (in->f.kind == FORM_HEADING) return in == f->inputs ? 1 : 2;
    if (in->f.kind == FORM_NOTE) return text_rows(in->f.label, cols - MARK);
    if (in->f.kind == FORM_BUTTON) return 1;
    if (in->f.kind == FORM_TICK) return tick_rows(f, in, cols);
    Place p = place_of(f, in, label, cols);
    int rows = p.label_rows + p.field_rows + list_rows(in) + offer_rows(f, in);
    rows += words_rows(in->error, cols) + words_rows(in->note, cols);
    if (f->help && in == form_here(f)) rows += words_rows(in->f.help, cols);
    return rows;
}

/* --- drawing fields ---------------------------------------------------------------------------- */

/* Wrapped words from row y (which may be above the view) on. */
static int draw_words(View v, int y, int col, unsigned style, const char *sign, const char *s)
{
    size_t n = strlen(s), at = 0, next = 0;
    int rows = 0;
    do {
        size_t end = text_wrap(s, n, at, v.cols - col - 2, &next);
        if (rows == 0) view_text(v, y, col, style, sign);
        view_text_n(v, y + rows, col + 2, style, s + at, end - at);
        rows++;
        at = next;
    } while (at < n);
    return rows;
}

typedef struct ChoiceSigns {
    const char *on[2], *off[2];
    int gap;
} ChoiceSigns; /* before and behind the word */
static const ChoiceSigns radio_signs = { { "(*) ", "" }, { "( ) ", "" }, 2 };
/* Where there is no room for the signs the chosen word stands in brackets: [Yes] No  Not known */
static const ChoiceSigns close_signs = { { "[", "]" }, { " ", " " }, 0 };

static void draw_choices(const Input *in, View v, int y, int col, const ChoiceSigns *signs, bool focus)
{
    size_t n = 0;
    const FormChoice *c = input_choices(in, &n);
    for (size_t i = 0; i < n; i++) {
        bool on = (int)i == in->choice;
        unsigned style = on ? STYLE_FIELD_FOCUS : STYLE_NORMAL;
        const char *const *sign = on ? signs->on : signs->off;
        if (focus && (on || (in->choice < 0 && i == 0))) view_cursor(v, y, col + 1);
        col += view_textf(v, y, col, style, "%s%s%s", sign[0], c[i].words, sign[1]) + signs->gap;
    }
}

static void draw_choice(const Input *in, View v, int y, int col, int cols, bool focus)
{
    unsigned style = in->f.read_only ? STYLE_NORMAL : focus ? STYLE_FIELD_FOCUS : STYLE_FIELD;
    const char *words = in->choice >= 0 ? in->f.choices[in->choice].words : "";
    view_cell(v, y, col, cols, style, words);
    if (!focus || in->open) return;
    const char *hint = in->f.hint ? in->f.hint : " Space opens list";
    int room = cols - utf8_width(hint);
    if (room > 7 && room >= utf8_width(words)) view_text(v, y, col + room, STYLE_MUTED, hint);
    view_cursor(v, y, col);
}

static int draw_list(const Input *in, View v, int y, int col, int cols)
{
    int rows = list_rows(in), n = (int)in->f.n_choices;
    int top = in->at - rows / 2;
    if (top > n - rows) top = n - rows;
    if (top < 0) top = 0;
    for (int r = 0; r < rows; r++) {
        bool here = top + r == in->at;
        unsigned style = here ? STYLE_SELECTED : STYLE_NORMAL;
        view_cell(v, y + r, col, 2, style, here ? SIGN_HERE : "");
        view_cell(v, y + r, col + 2, cols - 2, style, in->f.choices[top + r].words);
        if (here) view_cursor(v, y + r, col);
    }
    if (top > 0) view_text(v, y, col + cols - 1, STYLE_MUTED, SIGN_UP);
    if (top + rows < n) view_text(v, y + rows - 1, col + cols - 1, STYLE_MUTED, SIGN_DOWN);
    return rows;
}

static void draw_many(Input *in, View v, int y, int left, int rows, bool focus)
{
    in->many_rows = rows;
    for (size_t i = 0; i < in->f.n_choices; i++) {
        bool here = focus && (int)i == in->at;
        unsigned style = here ? STYLE_FIELD_FOCUS : STYLE_NORMAL;
        int row = y + (int)i % rows, col = left + (int)i / rows * many_width(in);
        view_text(v, row, col, style, in->picked[i] ? "[x] " : "[ ] ");
        view_text(v, row, col + 4, style, in->f.choices[i].words);
        if (here) view_cursor(v, row, col + 1);
    }
}

/* How a typed time is understood, to the right of it, while it is being typed. */
static void draw_meaning(Form *f, Input *in, View v, int y, int col)
{
    char words[CIVIL_TEXT];
    Err err = { 0 };
    if (editor_empty(in->editor) || in->f.kind != FORM_TIME) return;
    if (!input_understood(f, in, &err)) return;
    view_textf(v, y, col, STYLE_MUTED, "= %s", civil_words_full(in->time, words));
}

static void draw_editor(Form *f, Input *in, View v, int y, const Place *p, bool focus)
{
    bool short_kind = in->f.kind == FORM_TIME || in->f.kind == FORM_DATE || in->f.kind == FORM_NUMBER;
    int cols = short_kind && p->cols > 22 ? 22 : p->cols;
    int hidden = y < 0 ? -y : 0, rows = p->field_rows - hidden;
    if (rows <= 0 || y + hidden >= v.rows) return;
    View field = view_part(v, y + hidden, p->col, rows, cols);
    editor_draw(in->editor, field, focus && f->offer < 0);
    if (short_kind && p->cols > cols + 4) draw_meaning(f, in, v, y, p->col + cols + 1);
}

static int draw_offers(const Form *f, View v, int y, int col, int cols)
{
    int rows = (int)f->n_offers < OFFER_ROWS ? (int)f->n_offers : OFFER_ROWS;
    int top = f->offer >= rows ? f->offer - rows + 1 : 0;
    for (int r = 0; r < rows; r++) {
        bool here = top + r == f->offer;
        view_cell(v, y + r, col, 2, here ? STYLE_SELECTED : STYLE_MUTED, here ? SIGN_HERE : "+");
        view_cell(v, y + r, col + 2, cols - 2, here ? STYLE_SELECTED : STYLE_NORMAL, f->offers[top + r]);
        if (here) view_cursor(v, y + r, col);
    }
    return rows;
}

static int draw_label(const Input *in, View v, int y, const Place *p, bool needed)
{
    int rows = 0;
    if (p->beside)
        view_text(v, y, MARK, STYLE_LABEL, in->f.label);
    else
        rows = draw_words(view_part(v, 0, 0, -1, v.cols), y, MARK - 2, STYLE_LABEL, "", in->f.label);
    if (needed) view_text(v, y, 1, STYLE_WARNING, "*");
    return rows;
}

static void draw_input(Form *f, Input *in, View v, int y, int label, bool focus)
{
    Place p = place_of(f, in, label, v.cols);
    bool here = focus && in == form_here(f);
    if (here) view_text(v, y, 0, STYLE_KEY, SIGN_HERE);
    y += draw_label(in, v, y, &p, in->f.required && input_empty(in));
    if (in->editor)
        draw_editor(f, in, v, y, &p, here);
    else if (in->picked)
        draw_many(in, v, y, p.col, p.field_rows, here);
    else if (input_radio(in, p.cols) && !in->open)
        draw_choices(in, v, y, p.col, choice_width(in, RADIO) - 2 <= p.cols ? &radio_signs : &close_signs, here);
    else
        draw_choice(in, v, y, p.col, p.cols, here);
    y += p.field_rows;
    if (in->open) y += draw_list(in, v, y, p.col, p.cols);
    if (in == form_here(f)) y += draw_offers(f, v, y, p.col, p.cols);
    if (in->error) y += draw_words(v, y, MARK, STYLE_ERROR, "!", in->error);
    if (in->note) y += draw_words(v, y, MARK, in->note_style, SIGN_RIGHT, in->note);
    if (f->help && here && in->f.help) draw_words(v, y, MARK, STYLE_MUTED, "?", in->f.help);
}

static void draw_button(const Input *in, View v, int y, bool here)
{
    if (here) view_text(v, y, 0, STYLE_KEY, SIGN_HERE);
    int w = view_textf(v, y, MARK, here ? STYLE_FIELD_FOCUS : STYLE_KEY, "+ %s", in->f.label);
    if (here) view_text(v, y, MARK + w + 2, STYLE_MUTED, "Space adds");
    if (here) view_cursor(v, y, MARK);
}

static void draw_tick(const Form *f, const Input *in, View v, int y, bool here)
{
    size_t n = 0;
    const FormChoice *c = input_choices(in, &n);
    const char *word = in->choice >= 0 ? c[in->choice].words : "";
    Style style = here ? STYLE_FIELD_FOCUS : in->choice == 1 ? STYLE_WARNING : STYLE_NORMAL;
    if (here) view_text(v, y, 0, STYLE_KEY, SIGN_HERE);
    view_textf(v, y, MARK, style, "[%-3s]", word);
    if (here) view_cursor(v, y, MARK + 1);
    y += draw_words(v, y, MARK + TICK - 2, STYLE_LABEL, "", in->f.label);
    if (in->note) y += draw_words(v, y, MARK, in->note_style, SIGN_RIGHT, in->note);
    if (f->help && here && in->f.help) draw_words(v, y, MARK, STYLE_MUTED, "?", in->f.help);
}

/* --- the whole ---------------------------------------------------------------------------------- */

static void scroll(Form *f, int label, View v)
{
    int y = 0, from = 0, to = 0, before = 0;
    for (size_t i = 0; i < f->n; i++) {
        int h = height(f, &f->inputs[i], label, v.cols);
        if (i == f->at) {
            bool titled = i > 0 && f->inputs[i - 1].f.kind == FORM_HEADING;
            from = titled ? before : y;
            to = y + h;
        }
        before = y;
        y += h;
    }
    if (to > f->top + v.rows) f->top = to - v.rows;
    if (from < f->top) f->top = from;
    if (f->top > y - v.rows) f->top = y - v.rows;
    if (f->top < 0) f->top = 0;
}

void form_draw(Form *f, View v, bool focus)
{
    if (view_empty(v)) return;
    f->page = v.rows;
    int label = label_width(f, v.cols);
    scroll(f, label, v);
    int y = -f->top;
    for (size_t i = 0; i < f->n && y < v.rows; i++) {
        Input *in = &f->inputs[i];
        int h = height(f, in, label, v.cols);
        if (h > 0 && y + h > 0) {
            if (in->f.kind == FORM_HEADING)
                view_rule_titled(v, y + h - 1, in->f.label);
            else if (in->f.kind == FORM_NOTE)
                draw_words(v, y, MARK - 2, STYLE_MUTED, "", in->f.label);
            else if (in->f.kind == FORM_TICK)
                draw_tick(f, in, v, y, focus && in == form_here(f));
            else if (in->f.kind == FORM_BUTTON)
                draw_button(in, v, y, focus && in == form_here(f));
            else
                draw_input(f, in, v, y, label, focus);
        }
        y += h;
    }
}
