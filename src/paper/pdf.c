/* pdf.c — a document as PDF: A4, in memory, by cairo. It names its title and nothing else about where, when or by whom it was made,
** so that the same document gives the same bytes. */
#include "base/mem.h"
#include "pdf_in.h"
#include "pdf_module.h"
#include <cairo-pdf.h>
#include <string.h>

enum { FOOT_LINES = 3 };

/* Down the page, in points. */
enum {
    MARKING_TOP = 26,
    BAND_TOP = 42, /* TRAINING, white on black */
    BAND_HEIGHT = 17,
    TITLE_TOP = 46,
    AFTER_TITLE = 6,
    AFTER_HEAD = 14,
    FOOT_ABOVE = 12,
    MARKING_BOTTOM = 26
};

#define TRAINING_WORDS "TRAINING  —  nobody and nothing on this page is real  —  TRAINING"

typedef struct Pdf {
    const Paper *paper;
    PdfPress press;
    Flow flow;
    cairo_t *cr;
    Page *pages;
    size_t n;
    Line marking, title, subject, training;
    Lines foot;
    bool one_line;   /* title and subject share a line */
    int number;      /* width kept for "Page 3 of 7" */
    int top, bottom; /* of what flows */
} Pdf;

/* --- ink ------------------------------------------------------------------------------ */

static double points(int units)
{
    return (double)units / PANGO_SCALE;
}

static void grey(Pdf *d, double how)
{
    cairo_set_source_rgb(d->cr, how, how, how);
}

static int height_of(const Line *line)
{
    return line->rise + line->drop;
}

/* x, y: the left end of its baseline. */
static void ink_line(Pdf *d, const Line *line, Style style, int x, int y)
{
    grey(d, pdf_grey(style));
    cairo_move_to(d->cr, PDF_MARGIN + points(x + line->shift), points(y));
    pango_cairo_show_layout_line(d->cr, line->shape);
}

static void ink_centred(Pdf *d, const Line *line, Style style, int y)
{
    ink_line(d, line, style, (d->press.press.sizes->width - line->width) / 2, y + line->rise);
}

static void ink_rule(Pdf *d, int x, int y, int width, double weight, double how)
{
    grey(d, how);
    cairo_rectangle(d->cr, PDF_MARGIN + points(x), points(y) - weight / 2, points(width), weight);
    cairo_fill(d->cr);
}

/* Round dots, at the same places on every line. */
static void ink_leader(Pdf *d, int from, int to, int y)
{
    static const double dots[] = { 0, 3 };
    double first = 3 * (double)((int)(points(from) / 3) + 2), last = points(to) - 4;

    if (first >= last) return;
    cairo_save(d->cr);
    grey(d, 0.6);
    cairo_set_line_width(d->cr, 0.6);
    cairo_set_line_cap(d->cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(d->cr, dots, 2, 0);
    cairo_move_to(d->cr, PDF_MARGIN + first, points(y));
    cairo_line_to(d->cr, PDF_MARGIN + last, points(y));
    cairo_stroke(d->cr);
    cairo_restore(d->cr);
}

typedef struct Pen {
    double weight, grey, down; /* down: where in the strip, 0 top to 1 bottom */
} Pen;

static const Pen pens[RULES] = {
    [RULE_PLAIN] = { 0.5, 0.5, 0.5 },
    [RULE_HEAD1] = { 0.9, 0.0, 0.75 },
    [RULE_COLUMNS] = { 0.7, 0.3, 0.5 },
    [RULE_ROW] = { 0.3, 0.75, 0.5 },
    [RULE_SIGN] = { 0.6, 0.0, 1.0 },
};

static void ink_strip(Pdf *d, const Strip *s, int y)
{
    const Piece *pieces = d->flow.pieces + s->first;
    const Pen *pen = &pens[s->rule];
    int baseline = y + s->rise;

    if (s->leader && s->n == 2)
        ink_leader(d, pieces[0].x + pieces[0].line.shift + pieces[0].line.width, pieces[1].x, baseline);
    for (size_t i = 0; i < s->n; i++) ink_line(d, &pieces[i].line, pieces[i].style, pieces[i].x, baseline);
    if (pen->weight > 0)
        ink_rule(d, s->x, s->n > 0 ? baseline : y + (int)((s->rise + s->drop) * pen->down), s->width, pen->weight,
            pen->grey);
}

static int ink_strips(Pdf *d, size_t first, size_t n, int y)
{
    for (size_t i = first; i < first + n; i++) {
        ink_strip(d, &d->flow.strips[i], y);
        y += flow_height(&d->flow, i, 1);
    }
    return y;
}

/* --- the head and the foot -------------------------------------------------------------- */

static int title_top(const Pdf *d)
{
    return d->paper->head.training ? BAND_TOP + BAND_HEIGHT + 10 : TITLE_TOP;
}

static int foot_height(const Pdf *d)
{
    int height = 0;

    for (size_t i = 0; i < d->foot.n; i++) height += height_of(&d->foot.at[i]);
    return height;
}

/* Breaks the texts that every page carries, and says what is left for the others. */
static void set_frame(Pdf *d)
{
    const PaperHead *h = &d->paper->head;
    int width = d->press.press.sizes->width;

    d->number = pdf_press_line(&d->press, STYLE_FOOT, "Page 00000 of 00000", width).width;
    d->marking = pdf_press_line(&d->press, STYLE_MARKING, h->marking, width);
    d->training = pdf_press_line(&d->press, STYLE_TRAINING, TRAINING_WORDS, width);
    d->title = pdf_press_line(&d->press, STYLE_TITLE, h->title, width);
    d->subject = pdf_press_line(&d->press, STYLE_SUBJECT, h->subject, width);
    d->one_line = d->title.width + d->subject.width + POINTS(18) <= width;
    pdf_press_few(&d->press, STYLE_FOOT, h->foot, width - d->number, FOOT_LINES, &d->foot);

    d->top = POINTS(title_top(d) + AFTER_TITLE + AFTER_HEAD) + height_of(&d->title);
    if (!d->one_line) d->top += height_of(&d->subject) + POINTS(3);
    d->bottom = POINTS(PDF_HEIGHT - MARKING_BOTTOM - 8 - FOOT_ABOVE - 5) - height_of(&d->marking) - foot_height(d);
}

static void ink_training(Pdf *d)
{
    int y = POINTS(BAND_TOP) + (POINTS(BAND_HEIGHT) - height_of(&d->training)) / 2;

    ink_rule(d, 0, POINTS(BAND_TOP + BAND_HEIGHT / 2.0), d->press.press.sizes->width, BAND_HEIGHT, 0);
    ink_centred(d, &d->training, STYLE_TRAINING, y);
}

static void ink_head(Pdf *d)
{
    int width = d->press.press.sizes->width, y = POINTS(title_top(d)) + d->title.rise;

    ink_centred(d, &d->marking, STYLE_MARKING, POINTS(MARKING_TOP));
    if (d->paper->head.training) ink_training(d);
    ink_line(d, &d->title, STYLE_TITLE, 0, y);
    if (!d->one_line) y += d->title.drop + POINTS(3) + d->subject.rise;
    ink_line(d, &d->subject, STYLE_SUBJECT, d->one_line ? width - d->subject.width : 0, y);
    ink_rule(d, 0, d->top - POINTS(AFTER_HEAD), width, 1.4, 0);
}

static void ink_foot(Pdf *d, size_t page)
{
    int width = d->press.press.sizes->width, y = d->bottom + POINTS(FOOT_ABOVE);
    char words[64];
    Line number;

    snprintf(words, sizeof words, "Page %zu of %zu", page + 1, d->n);
    number = pdf_press_line(&d->press, STYLE_FOOT, words, width);
    ink_rule(d, 0, y, width, 0.5, 0.5);
    y += POINTS(5);
    ink_line(d, &number, STYLE_FOOT, width - number.width, y + number.rise);
    for (size_t i = 0; i < d->foot.n; i++) {
        ink_line(d, &d->foot.at[i], STYLE_FOOT, 0, y + d->foot.at[i].rise);
        y += height_of(&d->foot.at[i]);
    }
    ink_centred(d, &d->marking, STYLE_MARKING, POINTS(PDF_HEIGHT - MARKING_BOTTOM) - height_of(&d->marking));
}

static void ink_page(Pdf *d, size_t i)
{
    const Page *page = &d->pages[i];
    const Head *head = page->head ? &d->flow.heads[page->head - 1] : NULL;
    int y = d->top;

    ink_head(d);
    if (head) y = ink_strips(d, head->first, head->n, y);
    ink_strips(d, page->first, page->n, y);
    ink_foot(d, i);
    cairo_show_page(d->cr);
}

/* --- the file --------------------------------------------------------------------------- */

static cairo_status_t take_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    str_add_n(out, (const char *)bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static bool print(const Paper *paper, cairo_t *cr, Err *err)
{
    Pdf d = { .paper = paper, .cr = cr };

    if (!pdf_press_start(&d.press, cr, err)) return false;
    set_frame(&d);
    paper_set(paper, &d.press.press, &d.flow);
    d.n = flow_deal(&d.flow, d.bottom - d.top, &d.pages);
    for (size_t i = 0; i < d.n; i++) ink_page(&d, i);
    mem_free(d.pages);
    mem_free(d.foot.at);
    flow_finish(&d.flow);
    pdf_press_finish(&d.press);
    return true;
}

bool book124_paper_to_pdf(const Paper *p, Str *out, Err *err)
{
    size_t before = out->n;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, out, PDF_WIDTH, PDF_HEIGHT);
    cairo_t *cr = cairo_create(surface);
    bool ok;
    cairo_status_t status;

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, p->head.title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    ok = print(p, cr, err);
    status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (ok && status != CAIRO_STATUS_SUCCESS)
        ok = err_set(
            err, ERR_IO, "pdf", "The PDF could not be made: %s. Print the text form.", cairo_status_to_string(status));
    if (ok) return true;
    out->n = before;
    if (out->s) out->s[before] = '\0';
    return false;
}
