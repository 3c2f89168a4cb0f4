/* loop_draw.c — one frame: header, the screen, the status line, the hint bar, and boxes over them. Drawing asks nothing and
** changes nothing but the grid. */
#include "base/mem.h"
#include "loop_in.h"
#include <stdio.h>
#include <string.h>

enum { STATUS_ROWS = 3 };

bool loop_too_small(const Loop *l)
{
    return grid_rows(l->grid) < LOOP_MIN_ROWS || grid_cols(l->grid) < LOOP_MIN_COLS;
}

static void draw_too_small(Loop *l, View v)
{
    char words[160];
    snprintf(words, sizeof words, "Window %dx%d is too small; %dx%d is needed. Nothing is lost.", v.cols, v.rows,
        LOOP_MIN_COLS, LOOP_MIN_ROWS);
    view_wrapped(v, 0, STYLE_WARNING, words);
    view_cursor(v, 0, 0);
    (void)l;
}

static void draw_hints(Loop *l, View row)
{
    enum { MOST = 64 };
    Deed deeds[MOST];
    Hint hints[MOST];
    Screen *top = loop_top(l);
    size_t n = loop_deeds(l, deeds, MOST), live = 0;
    for (size_t i = 0; i < n; i++)
        if (deeds[i].can == CAN) hints[live++] = (Hint){ deeds[i].scope, deeds[i].action };
    hint_draw(row, l->keys, hints, live, top->class->typing && top->class->typing(top));
}

/* A sentence that is too long for one row takes the rows above it, too: half of one tells nobody what to do. */
static void draw_status(const Loop *l, View v)
{
    int rows = text_rows(l->status, v.cols - 2);
    if (!l->status[0]) return;
    if (rows > STATUS_ROWS) rows = STATUS_ROWS;
    View foot = view_part(v, v.rows - 1 - rows, 0, rows, -1);
    view_fill(foot, STYLE_NORMAL);
    view_wrapped(view_part(foot, 0, 1, -1, foot.cols - 2), 0, l->status_style, l->status);
}

static void draw_screen(Loop *l, Screen *s, View v)
{
    if (s->class->bare) {
        if (s->class->draw) s->class->draw(s, v);
        return;
    }
    if (l->hooks->header) l->hooks->header(l, view_part(v, 0, 0, 1, -1));
    if (s->class->draw) s->class->draw(s, view_part(v, 1, 0, v.rows - 3, -1));
    draw_status(l, v);
    draw_hints(l, view_part(v, v.rows - 1, 0, 1, -1));
}

static void draw_frame(Loop *l)
{
    View v = grid_view(l->grid);
    size_t i = l->n;
    if (l->n == 0) return;
    do i--;
    while (i > 0 && l->stack[i]->screen.class->overlay);
    draw_screen(l, &l->stack[i]->screen, v);
    while (++i < l->n) {
        Screen *s = &l->stack[i]->screen;
        view_cursor_hide(v); /* the cursor belongs to the topmost */
        if (s->class->draw) s->class->draw(s, v);
    }
}

void loop_show_frame(Loop *l)
{
    bool small = loop_too_small(l);
    if (!small) loop_load_stale(l);
    l->busy++;
    grid_clear(l->grid);
    if (small)
        draw_too_small(l, grid_view(l->grid));
    else
        draw_frame(l);
    l->busy--;
    l->dirty = false;
    l->console->ops->show(l->console, l->grid);
}

void loop_draw(Loop *l)
{
    loop_show_frame(l);
}

/* --- boxes ------------------------------------------------------------------------- */

View box_middle(View v, int rows, int cols, const char *title)
{
    rows = rows > v.rows - 2 ? v.rows - 2 : rows;
    cols = cols > v.cols - 2 ? v.cols - 2 : cols;
    if (rows < 3 || cols < 5) return view_part(v, 0, 0, v.rows, v.cols); /* no room for a frame */
    View box = view_part(v, (v.rows - rows) / 2, (v.cols - cols) / 2, rows, cols);
    view_fill(box, STYLE_NORMAL);
    view_box(box, title);
    return view_inset(box, 1, 2);
}

void box_hint(View frame, const char *words)
{
    View row = view_part(frame, frame.rows - 1, 0, 1, -1);
    view_fill(row, STYLE_HINT);
    view_text(row, 0, 1, STYLE_HINT, words);
}
