/* pdf_in.h — what the two files of the PDF writer share: the press (fonts, and texts broken into lines) and its ink. */
#ifndef PAPER_PDF_IN_H
#define PAPER_PDF_IN_H

#include "inside.h"
#include <pango/pangocairo.h>

enum { PDF_MARGIN = 56, PDF_WIDTH = 595, PDF_HEIGHT = 842 }; /* points; A4 */
#define POINTS(n) ((int)((n)*PANGO_SCALE))

typedef struct PdfPress {
    Press press; /* first: a Press of the setter is a PdfPress */
    PangoFontMap *fonts;
    PangoContext *from_left, *from_right; /* two, since changing one would break every text anew */
    PangoAttrList *plain;                 /* no hyphens of pango's own */
    PangoFontDescription *font[STYLES];
    int pitch_rise[STYLES], pitch_drop[STYLES]; /* of a line of letters that the font has */
    PangoLayout **layouts;                      /* the lines live in them */
    size_t n, cap;
} PdfPress;

/* False when this machine has no font at all. */
bool pdf_press_start(PdfPress *p, cairo_t *cr, Err *err);
void pdf_press_finish(PdfPress *p);
/* The first lines of s, `most` or one, ended with … where it does not fit. */
void pdf_press_few(PdfPress *p, Style style, const char *s, int width, int most, Lines *out);
Line pdf_press_line(PdfPress *p, Style style, const char *s, int width);
double pdf_grey(Style style); /* 0 black, 1 white */

#endif
