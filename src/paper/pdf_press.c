/* pdf_press.c — fonts, and texts broken into lines, by pango.
** A paragraph is given to pango in portions, and the last line of each is broken again with the portion after it: pango shapes a
** word that is too long anew for each of its lines (400 kB took twelve seconds), and a megabyte overflows its widths.
** A letter that no font here has is printed as a box with its number. The language is fixed and hinting is off: the same document
** gives the same bytes on every desk that has the same fonts. */
#include "base/mem.h"
#include "base/utf8.h"
#include "pdf_in.h"
#include <string.h>

enum { PORTION = 2000 }; /* bytes */

/* clang-format off */
static const Sizes pdf_sizes = {
    .width = POINTS(PDF_WIDTH - 2 * PDF_MARGIN), .gutter = POINTS(12), .indent = POINTS(0), .label = POINTS(150),
    .below = POINTS(1.5), .answer_lines = 6, .narrowest = POINTS(22),
    .before = { [BLOCK_HEAD1] = POINTS(20), [BLOCK_HEAD2] = POINTS(13), [BLOCK_TEXT] = POINTS(9), [BLOCK_FIELD] = POINTS(8),
                [BLOCK_NOTE] = POINTS(8), [BLOCK_RULE] = POINTS(9), [BLOCK_SIGN] = POINTS(34), [BLOCK_MONO] = POINTS(10),
                [BLOCK_TABLE] = POINTS(10) },
    .between = { [BLOCK_HEAD1] = POINTS(12), [BLOCK_HEAD2] = POINTS(8), [BLOCK_TEXT] = POINTS(6), [BLOCK_FIELD] = POINTS(3.2),
                 [BLOCK_NOTE] = POINTS(4), [BLOCK_RULE] = POINTS(3), [BLOCK_SIGN] = POINTS(30), [BLOCK_TABLE] = POINTS(14) },
    .after_head = POINTS(6), .space = POINTS(12), .row_rules = true,
    .rule = { [RULE_PLAIN] = POINTS(1), [RULE_HEAD1] = POINTS(4), [RULE_COLUMNS] = POINTS(6), [RULE_ROW] = POINTS(6) },
};

typedef struct Face {
    const char *font; /* without hinting, in points */
    double grey, leading;
} Face;
static const Face faces[STYLES] = {
    [STYLE_TEXT]     = { "DejaVu Serif 9",           0.00, 1.18 },
    [STYLE_LABEL]    = { "DejaVu Sans 8",            0.35, 1.28 },
    [STYLE_ANSWER]   = { "DejaVu Serif 9",           0.00, 1.15 },
    [STYLE_HEAD1]    = { "DejaVu Sans Bold 11.5",    0.00, 1.10 },
    [STYLE_HEAD2]    = { "DejaVu Sans Bold 9",       0.00, 1.10 },
    [STYLE_NOTE]     = { "DejaVu Sans 7.2",          0.35, 1.15 },
    [STYLE_MONO]     = { "DejaVu Sans Mono 8.8",     0.00, 1.00 },
    [STYLE_COLUMN]   = { "DejaVu Sans 7.6",          0.35, 1.10 },
    [STYLE_CELL]     = { "DejaVu Serif 8.6",         0.00, 1.12 },
    [STYLE_MARKING]  = { "DejaVu Sans Bold 10",      0.00, 1.00 },
    [STYLE_TITLE]    = { "DejaVu Sans Bold 14",      0.00, 1.00 },
    [STYLE_SUBJECT]  = { "DejaVu Sans 8.5",          0.20, 1.00 },
    [STYLE_FOOT]     = { "DejaVu Sans 7.2",          0.35, 1.10 },
    [STYLE_TRAINING] = { "DejaVu Sans Bold 9",       1.00, 1.00 },
};
/* clang-format on */

double pdf_grey(Style style)
{
    return faces[style].grey;
}

/* --- a layout ---------------------------------------------------------------------- */

/* Kept until the press finishes: its lines are ink. */
static PangoLayout *layout_of(PdfPress *p, Style style, const char *s, size_t n, int width, bool from_right)
{
    PangoLayout *layout = pango_layout_new(from_right ? p->from_right : p->from_left);

    pango_layout_set_font_description(layout, p->font[style]);
    pango_layout_set_attributes(layout, p->plain);
    pango_layout_set_auto_dir(layout, FALSE); /* only the first portion of a paragraph can tell */
    pango_layout_set_width(layout, width);
    pango_layout_set_wrap(layout, style == STYLE_MONO ? PANGO_WRAP_CHAR : PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, s, (int)n);
    p->layouts = mem_room(p->layouts, p->n, &p->cap, sizeof(PangoLayout *));
    return p->layouts[p->n++] = layout;
}

/* At least the font's own pitch, so that lines stand evenly; more where another script is taller. */
static Line line_of(const PdfPress *p, Style style, PangoLayoutLine *shape, int room)
{
    PangoRectangle r;
    Line line = { .shape = shape, .rise = p->pitch_rise[style], .drop = p->pitch_drop[style] };

    pango_layout_line_get_extents(shape, NULL, &r);
    line.width = r.width;
    line.shift = room > r.width ? room - r.width : 0;
    if (-r.y > line.rise) line.rise = -r.y;
    if (r.y + r.height > line.drop) line.drop = r.y + r.height;
    return line;
}

/* --- breaking ----------------------------------------------------------------------- */

/* A portion ends between two clusters. */
static size_t portion(const char *s, size_t n)
{
    size_t end = PORTION;

    if (n <= PORTION) return n;
    while (((unsigned char)s[end] & 0xC0) == 0x80) end--;
    end = utf8_prev(s, n, end);
    return end > 0 ? end : n;
}

static void add_lines(PdfPress *p, Style style, PangoLayout *layout, int n, int width, bool from_right, Lines *out)
{
    for (int i = 0; i < n; i++) {
        Line line = line_of(p, style, pango_layout_get_line_readonly(layout, i), width);
        if (!from_right) line.shift = 0;
        lines_add(out, line);
    }
}

static void wrap_paragraph(PdfPress *p, Style style, const char *s, size_t n, int width, Lines *out)
{
    bool from_right = false;
    size_t at = 0;

    do {
        size_t take = portion(s + at, n - at);
        PangoLayout *layout = layout_of(p, style, s + at, take, width, from_right);
        int lines, last_start;
        bool last;
        if (at == 0) {
            pango_layout_set_auto_dir(layout, TRUE);
            from_right = pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL;
        }
        lines = pango_layout_get_line_count(layout);
        last_start = pango_layout_get_line_readonly(layout, lines - 1)->start_index;
        last = at + take == n || last_start <= 0;
        add_lines(p, style, layout, last ? lines : lines - 1, width, from_right, out);
        at += last ? take : (size_t)last_start;
    } while (at < n);
}

static void wrap_pdf(Press *press, Style style, const char *s, int width, Lines *out)
{
    for (bool more = true; more;) {
        size_t n = strcspn(s, "\n");
        wrap_paragraph((PdfPress *)press, style, s, n, width, out);
        more = s[n] == '\n';
        s += n + 1;
    }
}

void pdf_press_few(PdfPress *p, Style style, const char *s, int width, int most, Lines *out)
{
    PangoLayout *layout = layout_of(p, style, s, portion(s, strlen(s)), width, false);

    pango_layout_set_auto_dir(layout, TRUE);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, -most);
    add_lines(p, style, layout, pango_layout_get_line_count(layout), width, false, out);
}

Line pdf_press_line(PdfPress *p, Style style, const char *s, int width)
{
    Lines lines = { 0 };
    Line line;

    pdf_press_few(p, style, s, width, 1, &lines);
    line = lines.at[0];
    mem_free(lines.at);
    return line;
}

/* --- beginning and end ---------------------------------------------------------------- */

/* Pango always names some families; whether there is a font behind them shows when it is to set letters. */
static bool has_letters(PdfPress *p)
{
    return pango_layout_get_unknown_glyphs_count(layout_of(p, STYLE_TEXT, "Page 1", 6, -1, false)) == 0;
}

static void measure(PdfPress *p, Style style)
{
    PangoFontMetrics *m;

    p->font[style] = pango_font_description_from_string(faces[style].font);
    m = pango_context_get_metrics(p->from_left, p->font[style], NULL);
    p->pitch_rise[style] = (int)(pango_font_metrics_get_ascent(m) * faces[style].leading);
    p->pitch_drop[style] = pango_font_metrics_get_descent(m);
    pango_font_metrics_unref(m);
}

static PangoContext *context_of(PangoFontMap *fonts, cairo_t *cr, PangoDirection direction)
{
    PangoContext *c = pango_font_map_create_context(fonts);

    pango_cairo_context_set_resolution(c, 72); /* a point of a font is a point of the page */
    pango_cairo_update_context(cr, c);
    pango_context_set_language(c, pango_language_from_string("en-gb"));
    pango_context_set_base_dir(c, direction);
    pango_context_set_round_glyph_positions(c, FALSE);
    return c;
}

bool pdf_press_start(PdfPress *p, cairo_t *cr, Err *err)
{
    *p = (PdfPress){ .press = { &pdf_sizes, wrap_pdf },
        .fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) };
    if (!p->fonts)
        return err_set(err, ERR_MISSING, "pdf", "Cairo was built without FreeType here. Print the text form.");

    p->from_left = context_of(p->fonts, cr, PANGO_DIRECTION_LTR);
    p->from_right = context_of(p->fonts, cr, PANGO_DIRECTION_RTL);
    p->plain = pango_attr_list_new();
    pango_attr_list_insert(p->plain, pango_attr_insert_hyphens_new(FALSE));
    for (int i = 0; i < STYLES; i++) measure(p, (Style)i);
    if (has_letters(p)) return true;
    pdf_press_finish(p);
    return err_set(err, ERR_MISSING, "pdf",
        "There is no font on this machine to make a PDF with. Print the text form, or install one "
        "(fonts-dejavu-core).");
}

void pdf_press_finish(PdfPress *p)
{
    for (size_t i = 0; i < p->n; i++) g_object_unref(p->layouts[i]);
    mem_free(p->layouts);
    for (int i = 0; i < STYLES; i++)
        if (p->font[i]) pango_font_description_free(p->font[i]);
    if (p->plain) pango_attr_list_unref(p->plain);
    if (p->from_left) g_object_unref(p->from_left);
    if (p->from_right) g_object_unref(p->from_right);
    if (p->fonts) g_object_unref(p->fonts);
    *p = (PdfPress){ 0 };
}
