/* grid_in.h — what view.c needs of a grid and nobody else should touch: putting one cluster into a cell. */
#ifndef UI_KIT_GRID_IN_H
#define UI_KIT_GRID_IN_H

#include "ui/grid.h"

/* Put a cluster of `width` 1 or 2 columns at row, col. Halves of wide clusters that are overwritten become blanks. False
** when it does not fit; then nothing is changed. */
bool grid_put(Grid *g, int row, int col, unsigned style, const char *s, size_t n, int width);
/* A run of printable ASCII, a cell a byte; what does not fit into the row is left out. */
void grid_put_plain(Grid *g, int row, int col, unsigned style, const char *s, size_t n);
void grid_restyle(Grid *g, int row, int col, unsigned style);
void grid_put_cursor(Grid *g, int row, int col); /* col < 0 hides it */

/* An ASCII text of exactly `width` columns for a cluster that is not ASCII. */
void plain_twin(const char *s, size_t n, int width, char out[3]);

/* --- text as it is shown (text.c) --------------------------------------------------- */
/* End of the cluster at s[at]; *width is 1 or more: that of what is shown, which for hostile ones is ‹U+202E›. */
size_t text_next(const char *s, size_t n, size_t at, int *width);
/* Columns that the whole takes when shown. Line feeds count as hostile. */
int text_width(const char *s, size_t n);
/* s[0..n) in a form that is safe to draw cluster by cluster: s itself, or a copy that must be freed with mem_free. */
const char *text_shown(const char *s, size_t *n, bool ascii, char **copy);
/* The whole made safe with its line feeds kept and tabs as blanks; malloc'd. */
char *text_safe_lines(const char *s);

#endif
