/* kit_help.h — words shared by the tests of the kit: keys as events, drawings as text. */
#ifndef TESTS_UI_KIT_HELP_H
#define TESTS_UI_KIT_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/event.h"
#include "ui/grid.h"

static inline Event key(Key k)
{
    return (Event){ .kind = EVENT_KEY, .key = k };
}

static inline Event paste_of(const char *s)
{
    return (Event){ .kind = EVENT_PASTE, .text = s, .n = strlen(s) };
}

/* One line of the grid, compared without trailing blanks. */
#define assert_row(grid, row, want)                                                                                    \
    do {                                                                                                               \
        Str line_ = { 0 };                                                                                             \
        grid_line(grid, row, &line_);                                                                                  \
        assert_string_equal(str_text(&line_), want);                                                                   \
        str_finish(&line_);                                                                                            \
    } while (0)

static inline bool row_has(const Grid *g, int row, const char *part)
{
    Str line = { 0 };
    grid_line(g, row, &line);
    bool has = strstr(str_text(&line), part) != NULL;
    str_finish(&line);
    return has;
}

/* The first row that holds the words, or -1. */
static inline int row_with(const Grid *g, const char *part)
{
    for (int row = 0; row < grid_rows(g); row++)
        if (row_has(g, row, part)) return row;
    return -1;
}

/* No wide cell without its right half, no half without its left. */
static inline void assert_grid_whole(const Grid *g)
{
    for (int row = 0; row < grid_rows(g); row++) {
        for (int col = 0; col < grid_cols(g); col++) {
            const Cell *c = grid_cell(g, row, col), *right = grid_cell(g, row, col + 1);
            const Cell *left = grid_cell(g, row, col - 1);
            if (c->width == 2) assert_true(right && right->width == 0);
            if (c->width == 0) assert_true(left && left->width == 2);
            if (c->width == 1) assert_true(c->n >= 1);
        }
    }
}

#endif
