/* paper.h — a document to be printed: headings, paragraphs, labelled answers and tables, put on pages as text or as PDF.
** Knows no police work and reads nothing. Every page carries the protective marking at its head and foot, the document's name and
** "Page 3 of 7". What could deceive a reader or a printer leaves as its number (‹U+202E›); text output holds no control byte but
** line feed and form feed. */
#ifndef PAPER_PAPER_H
#define PAPER_PAPER_H

#include "base/err.h"
#include "base/str.h"
#include <stddef.h>

typedef struct Paper Paper;

typedef struct PaperHead {
    const char *marking; /* "RESTRICTED": at the head and foot of every page */
    const char *title;   /* "Report book 124D" */
    const char *subject; /* "KG-7F3Q2 · book 7F3Q2-1 · version 2" */
    const char *foot;    /* "Printed Mon 1 Feb 2010 09:12 by 900007. Digest 3f2a…" */
    bool training;       /* every page says TRAINING across its head: nobody takes it for real */
} PaperHead;

Paper *paper_new(const PaperHead *head); /* texts are copied */
void paper_free(Paper **p);              /* wiped */
void paper_heading(Paper *p, int level /* 1 or 2 */, const char *text);
void paper_text(Paper *p, const char *text);                     /* a paragraph; line feeds stay */
void paper_field(Paper *p, const char *label, const char *text); /* a label and its answer; long ones are set below the label */
void paper_note(Paper *p, const char *text);                     /* small print */
void paper_rule(Paper *p);
void paper_space(Paper *p);
void paper_signature(Paper *p, const char *label, const char *text); /* a line to sign on, or what stands in its place */
void paper_mono(Paper *p, const char *text);                     /* lines as they are: the body map */
/* Columns take their shares of the width; a cell wraps; the head repeats on each page. */
void paper_table(Paper *p, const char *const *heads, const int *shares, size_t columns, const char *const *cells, size_t rows);

enum { PAPER_COLS = 80, PAPER_LINES = 66 }; /* of a page of text; A4 in PDF */
void paper_to_text(const Paper *p, Str *out); /* pages end with a form feed */
const char *paper_pdf_folder(void);           /* where the part that makes PDF was installed; "" for none */
bool paper_can_pdf(void);                     /* was book124 built with cairo and pango? */
/* ERR_MISSING with a sentence when it was built without. */
bool paper_to_pdf(const Paper *p, Str *out, Err *err);
size_t paper_pages(const Paper *p); /* of the text form */

#endif
