/* station.h — what the end-to-end tests share: a training store in a directory of its own with a clock that stands still, commands
** typed at it, and terminals at which officers sit. Nothing here links the program: it is started as anybody starts it. */
#ifndef TESTS_STATION_H
#define TESTS_STATION_H

#include "tt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MADE "2010-02-01T09:12:00Z" /* the made-up cases are lifelike around then */
#define NOW  "2010-02-08T09:12:00Z" /* a week later ten supervisions are overdue  */

#define PC      "900001"
#define DS      "900007"
#define DI      "900008"
#define DCI     "900009"
#define AUDITOR "900012"
#define KEEPER  "900013"

enum { ROWS = 24, COLS = 80 };

typedef struct Station {
    char dir[64];       /* of the test  */
    char store[96];     /* in it        */
    char password[128]; /* file in it  */
    const char *now;    /* --now of commands and terminals; NULL = the machine's clock */
    char clock[32];     /* room for it  */
    char *said;         /* what the last command said */
    bool tampered;      /* the test wrote into the store behind the program: it must say so, not hold together */
    Tt *open[24];       /* terminals of this station, ended with it */
} Station;

extern const char *book124; /* the program: the first argument of the test */
bool station_is_slow(void); /* built with a sanitizer */

/* A store with 40 cases; afterwards its log is verified and everything is gone. */
int station_setup(void **state);
int station_teardown(void **state);
int station_setup_many(void **state); /* with 300 cases: more than thirty supervisions are overdue */
int station_setup_live(void **state); /* the same on the machine's clock */

/* Runs `book124 --store … [--now …] [--as warrant] words` (words end with NULL) and returns what it wrote to both outputs; *status as a
** shell says it. Texts live until the next command. */
const char *station_run(Station *s, const char *warrant, int *status, const char *const *words);
#define RUN(s, warrant, status, ...) station_run(s, warrant, status, (const char *const[]){ __VA_ARGS__, NULL })
/* The same, and it must succeed. */
const char *station_must(Station *s, const char *warrant, const char *const *words);
#define MUST(s, warrant, ...) station_must(s, warrant, (const char *const[]){ __VA_ARGS__, NULL })
void station_file(
    const Station *s, const char *name, const char *text, char path[128]); /* in the directory of the test */

/* The store on a small file system of its own, until that is taken away; false where one may not mount. */
bool station_small_disk(Station *s, const char *options);
void station_fill_disk(Station *s, bool full);
void station_take_disk_away(Station *s);

/* A terminal with the program in it. `words` and `env` as above, may be NULL. */
Tt *station_terminal(Station *s, int rows, int cols, const char *const *words, const char *const *env);
void station_leave(Station *s, Tt **t); /* hang up before the station ends */
/* The same at 80×24 with this officer signed in, on the desk. */
Tt *station_desk(Station *s, const char *warrant);
void station_command(Tt *t, const char *words); /* through the palette */
/* How a duty of a case stands, of its newest cycle; "" when it is not asked. */
const char *station_state(Station *s, const char *id, const char *duty, char out[24]);
#define assert_state(s, id, duty, wanted)                                                                              \
    do {                                                                                                               \
        char found_[24];                                                                                               \
        if (strcmp(station_state(s, id, duty, found_), wanted) != 0)                                                   \
            fail_msg("%s is \"%s\" and not " wanted, duty, found_);                                                    \
    } while (0)
void sign_in(Tt *t, const char *warrant);
/* From the desk: only the weekly supervisions, the first row's form open. Writes that case's number. */
void open_review(Tt *t, char id[16]);
void only_supervisions(Tt *t);
void case_of_row(Tt *t, char id[16]); /* of the row one stands on */

/* Wait for the text (or its going), and fail with the screen when it does not come. */
#define see(t, text)     station_see(t, text, true, __FILE__, __LINE__)
#define see_not(t, text) station_see(t, text, false, __FILE__, __LINE__)
void station_see(Tt *t, const char *text, bool there, const char *file, int line);
/* Type, then see. */
#define type_see(t, keys, text)                                                                                        \
    do {                                                                                                               \
        tt_type(t, keys);                                                                                              \
        see(t, text);                                                                                                  \
    } while (0)
size_t times(const char *text, const char *piece); /* how often */
char *screen_text(Tt *t);                          /* malloc'd */

#define CTRL(c) ((char[]){ (char)((c)&0x1f), 0 })
#define ENTER   "\r"
#define ESC     "\033"
#define CTRL_R  "\022"
#define CTRL_S  "\023"
#define CTRL_L  "\014"
#define CTRL_O  "\017"
#define CTRL_P  "\020"
#define CTRL_Z  "\032"
#define CTRL_X  "\030"
#define DOWN    "\033[B"
#define F(n)    (station_f_key(n))
const char *station_f_key(int n);

#endif
