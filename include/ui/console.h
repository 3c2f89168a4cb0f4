/* console.h — where events come from and frames go to: a terminal (term.h) or a script (script.h).
** The loop knows nothing else of the outside, the clock included. */
#ifndef UI_CONSOLE_H
#define UI_CONSOLE_H

#include "ui/event.h"
#include "ui/grid.h"

typedef struct Console Console;
typedef struct ConsoleOps {
    void (*size)(Console *c, int *rows, int *cols);
    /* Wait at most `ms` (0: not at all, -1: for ever) for the next event. */
    void (*read)(Console *c, int ms, Event *out);
    bool (*pending)(Console *c);             /* more input is there already: do not draw yet */
    void (*discard)(Console *c);             /* forget keys typed ahead */
    void (*show)(Console *c, const Grid *g); /* only what changed is sent */
    void (*repaint)(Console *c);             /* the next show sends everything */
    void (*wipe)(Console *c);                /* nothing readable stays, scrollback included */
    void (*suspend)(Console *c);             /* give the terminal back, stop, and take it again */
    void (*beep)(Console *c);
    int64_t (*clock_ms)(Console *c); /* monotonic; goes on while the machine sleeps */
} ConsoleOps;

struct Console { /* the first member of every console */
    const ConsoleOps *ops;
    bool ascii;
};

#endif
