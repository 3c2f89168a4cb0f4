/* tt.h — a real terminal for tests: the program behind a pty, its screen in libvterm.
** Wait for text, never sleep: every wait has a limit and fails with the screen that was there instead. */
#ifndef TESTS_TT_H
#define TESTS_TT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct Tt Tt;

enum { TT_PATIENCE = 20000 /* milliseconds a text may take: generous, because sanitizers are slow */ };

/* Start argv behind a terminal of that size. `env` holds "NAME=value" pairs on top of a small clean
** environment (TERM=xterm-256color, LANG=C.UTF-8, HOME, PATH), closed by NULL; a later pair of a name wins and "NAME" alone takes it away; may be NULL. */
Tt *tt_start(char *const argv[], int rows, int cols, const char *const *env);
/* Ends the program (hang-up, then kill) and frees. */
void tt_end(Tt **t);

void tt_type(Tt *t, const char *keys);            /* bytes as a keyboard sends them */
void tt_bytes(Tt *t, const char *p, size_t n);    /* while reading what comes back: never blocks for good */
void tt_paste(Tt *t, const char *text, size_t n); /* bracketed */
void tt_resize(Tt *t, int rows, int cols);

/* True when the text stands on the screen (within one row) before the limit. */
bool tt_wait(Tt *t, const char *text, int milliseconds);
/* True when the text has left the screen before the limit. */
bool tt_wait_gone(Tt *t, const char *text, int milliseconds);
/* Read what comes until nothing came for that long. */
void tt_settle(Tt *t, int milliseconds);
bool tt_has(Tt *t, const char *text);
/* Row n as text, trailing blanks cut; valid until the next call. */
const char *tt_row(Tt *t, int n);
int tt_rows(const Tt *t);
void tt_print(Tt *t); /* the whole screen to standard error */
void tt_cursor(Tt *t, int *row, int *col);
bool tt_on_alternate_screen(Tt *t);

pid_t tt_pid(const Tt *t);
int tt_master(const Tt *t);              /* for tests that write and do not read */
void tt_kick(Tt *t, int rows, int cols); /* a new size for the program alone, of which the emulator learns nothing */
void tt_hangup(Tt *t);                   /* close the master: the line goes dead */
/* Exit status (or 128 + signal) once it ended; -1 when it did not within the limit. */
int tt_exit(Tt *t, int milliseconds);
size_t tt_bytes_out(const Tt *t);         /* bytes the program has written so far */
const char *tt_scrolled(const Tt *t);     /* the lines that scrolled out of it, as a terminal keeps them */
const char *tt_output(const Tt *t);       /* and these are they, with a 0 behind; until the next call */
void tt_signal(Tt *t, int number);        /* content when the program has ended */
bool tt_stopped(Tt *t, int milliseconds); /* did it stop (job control) within the limit? */

/* For benchmarks: milliseconds from sending `keys` (NULL: from now) to the last byte that came before the line was
** quiet for `quiet` milliseconds; 0 when nothing came within a second. */
double tt_answer_ms(Tt *t, const char *keys, int quiet);

#endif
