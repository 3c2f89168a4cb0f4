/* term_in.h — the inside of the terminal, for its three files. */
#ifndef UI_TERM_IN_H
#define UI_TERM_IN_H

#include "term_keys.h"
#include "ui/term.h"
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>

/* --- signals.c: what was sent to us, as bits, through a pipe that poll can wait for ----------- */
enum { SENT_STOP = 1 /* HUP TERM INT QUIT */, SENT_SIZE = 2, SENT_SUSPEND = 4, SENT_CONTINUE = 8 };
int signals_open(void (*fatal)(void)); /* the fd to poll */
unsigned signals_take(void);
void signals_close(void);
void signals_default_stop(void); /* stop the process as the shell expects; returns when it goes on */

/* --- term_show.c ------------------------------------------------------------------------ */
typedef struct Show {
    Cell *last; /* the frame that curses has */
    int rows, cols;
    bool colour, many; /* many: 256 colours */
    attr_t attrs[STYLE_COUNT];
    short pairs[STYLE_COUNT];
} Show;
void show_start(Show *s, bool colour);
void show_grid(Show *s, const Grid *g);
void show_forget(Show *s); /* send everything next time; what was kept is wiped */
void show_finish(Show *s);

#endif
