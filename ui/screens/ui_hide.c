/* ui_hide.c — what does not stay on a screen: a case that is not there any more for who looks, and restricted ones that nobody looks after.
** One place for all screens. Pages are known by the cases that the app gave out; lists by the numbers of cases that are to be read on them,
** so that no list has to remember to say so. */
#include "access.h"

#include "base/protection.h"

#include <ctype.h>
#include <string.h>

enum { LOWEST = 2 /* the way in, and where an officer begins: the desk, or the search of an auditor */ };

/* ---- gone ---- */

/* All pages go but the lowest, what was typed is kept; and all lists are read again. */
React ui_withdrawn(Loop *l, bool at_key)
{
    Ui *ui = loop_context(l);
    Err why = { 0 };
    Lost lost;

    if (!app_session(ui->app) || loop_find(l, &scr_lock) || WITHOUT("withdrawn")) return REACT_UNUSED;
    lost = app_lost(ui->app, &why);
    ui->rows_lost |= lost == LOST_ROWS;
    if (lost != LOST_CASE && (at_key || !ui->rows_lost)) return REACT_UNUSED; /* a key does what it does; a tick comes within a second */
    ui->rows_lost = false;
    if (lost != LOST_CASE) return REACT_RELOAD_ALL | REACT_STATUS;
    entry_put_drafts(l, true);
    while (loop_depth(l) > LOWEST) loop_pop(l);
    app_shown_forget(ui->app);
    loop_status(l, STYLE_WARNING, "%s What you typed is kept.", why.text);
    loop_console(l)->ops->wipe(loop_console(l));
    return REACT_RELOAD_ALL | REACT_REPAINT | REACT_STATUS;
}

/* ---- covered ---- */

static bool of_number(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '#';
}

/* Every word of the line that can be the number of a case is asked for. */
static bool line_tells(App *app, char *line)
{
    for (char *p = line; *p;) {
        size_t n = 0, dashes = 0;
        char end;
        bool is;
        while (p[n] && of_number(p[n])) dashes += p[n++] == '-';
        end = p[n];
        p[n] = '\0';
        is = dashes > 0 && n > 3 && n < 48 && app_is_restricted(app, p);
        if (is || !end) return is;
        p += n + 1;
    }
    return false;
}

static bool screen_tells(Loop *l)
{
    const Grid *g = loop_grid(l);
    Str line = { 0 };
    bool tells = false;

    for (int row = 0; !tells && row < grid_rows(g); row++) {
        str_clear(&line);
        grid_line(g, row, &line);
        tells = strstr(str_text(&line), RESTRICTED_WORD) || (line.s && line_tells(((Ui *)loop_context(l))->app, line.s));
    }
    if (line.s) crypto_wipe(line.s, line.cap);
    str_finish(&line);
    return tells;
}

void ui_cover(Loop *l, bool idle)
{
    Ui *ui = loop_context(l);

    if (!idle || !app_session(ui->app) || loop_find(l, &scr_lock) || loop_top(l)->class == &scr_cover) return;
    if (!app_restricted_shown(ui->app) && !screen_tells(l)) return;
    entry_put_drafts(l, true);
    if (!loop_push(l, &scr_cover, NULL, NULL)) ui_lock(l);
    loop_console(l)->ops->wipe(loop_console(l));
    loop_console(l)->ops->repaint(loop_console(l));
}
