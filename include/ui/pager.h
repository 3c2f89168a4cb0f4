/* pager.h — a page to read: wrapped, styled, scrolled, searched. It may hold items (a duty, a
** person) that one can
** stand on; the screen knows them by their id. Made once by load, drawn often. */
#ifndef UI_PAGER_H
#define UI_PAGER_H

#include "ui/event.h"
#include "ui/grid.h"

typedef struct Pager Pager;
Pager *pager_new(void);
void pager_free(Pager **p);
void pager_clear(Pager *p); /* the text; place and search stay, so that a reload does not jump */

/* --- writing ------------------------------------------------------------------------ */
void pager_heading(Pager *p, const char *text);                         /* a titled rule, with a blank line before */
void pager_add(Pager *p, int indent, unsigned style, const char *text); /* line feeds begin new lines */
void pager_addf(Pager *p, int indent, unsigned style, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* A line of pieces: begin, put…, end. `hang` is the indent of its wrapped rows. */
void pager_begin(Pager *p, int indent, int hang);
void pager_put(Pager *p, unsigned style, const char *text);
void pager_putf(Pager *p, unsigned style, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void pager_to(Pager *p, int column); /* blanks up to that column of the line, at least one */
void pager_end(Pager *p);
void pager_blank(Pager *p);
/* The next line begins an item; it reaches up to the next item, heading or pager_item_end. id != 0. */
void pager_item(Pager *p, int64_t id);
void pager_item_end(Pager *p);

/* --- reading -------------------------------------------------------------------------- */
int64_t pager_at(const Pager *p); /* id of the item one stands on; 0 for none */
bool pager_go(Pager *p, int64_t id);
void pager_go_heading(Pager *p, size_t i);
size_t pager_headings(const Pager *p);
const char *pager_heading_text(const Pager *p, size_t i);
typedef enum PagerResult { PAGER_UNUSED, PAGER_MOVED } PagerResult;
/* Up Down PgUp PgDn Space Home End g G; Tab Shift-Tab between items (Up Down too, where there are
** any); ] [ headings;
** / search, n N, Esc clears the search. Enter is never used. */
PagerResult pager_event(Pager *p, const Event *e);
bool pager_typing(const Pager *p);   /* a search is being typed */
bool pager_seen_all(const Pager *p);  /* every line has been on the screen since the last clear: a jump to the end is not enough */
int pager_seen_share(const Pager *p); /* of its lines, in per cent; 100 only when all were */
size_t pager_rows(Pager *p, int cols); /* how many rows all of it takes at that width */
void pager_draw(Pager *p, View v, bool focus);

#endif
