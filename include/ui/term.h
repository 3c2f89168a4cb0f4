/* term.h — the real terminal as a Console. The only code that knows curses is behind this page.
** It takes over the signals HUP TERM INT WINCH TSTP CONT and gives the terminal back on every way
** out. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "base/err.h"
#include "ui/console.h"

typedef struct TermOptions {
    bool ascii;     /* --ascii; also chosen by itself where the locale is not UTF-8 */
    bool no_colour; /* --colour=never; also chosen by NO_COLOR */
} TermOptions;

/* NULL and a sentence when there is no terminal or it can do nothing (dumb). One at a time. Call
** setlocale() first. */
Console *term_open(const TermOptions *o, Err *err);
void term_close(Console **c); /* the screen is cleared; the terminal is as it was */
/* Something the officer should know about this terminal ("TERM=foo is unknown here, …"), or "". */
const char *term_notice(const Console *c);
/* Safe in a signal handler and when memory is exhausted: sends the restoring bytes, nothing else. */
void term_restore_now(void);

enum { TERM_PASTE_MAX = 1 << 20 }; /* bytes of one paste that are kept */

#endif
