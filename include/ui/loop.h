/* loop.h — a stack of screens and the loop that drives them: read, act, reload, draw once, show.
** `load` asks, `act` changes and returns what became stale, `draw` fills a view from what load
** found and never asks.
** The kit knows no police work; what it serves is the `context` that screens get back.
**
** A frame: row 0 header (hook), then the screen's view, then one status line, last the hint bar. */
#ifndef UI_LOOP_H
#define UI_LOOP_H

#include "base/arena.h"
#include "base/err.h"
#include "ui/action.h"
#include "ui/console.h"

typedef struct Loop Loop;
typedef struct Screen Screen;
typedef struct ScreenClass ScreenClass;

typedef unsigned React;
enum {
    REACT_NONE = 0,
    REACT_UNUSED = 1,      /* from `event` only: not mine, look it up among the actions */
    REACT_REDRAW = 2,      /* drawing happens after every event anyway; this says it to readers */
    REACT_RELOAD = 4,      /* call load of the screen that is on top afterwards */
    REACT_POP = 8,         /* close me; with RELOAD: load the one below         */
    REACT_STATUS = 16,     /* keep the status line (else a message goes at the next key) */
    REACT_QUIT = 32,       /* end the loop */
    REACT_REPAINT = 64,    /* send the whole screen again */
    REACT_RELOAD_ALL = 128 /* every screen of the stack loads again before it is drawn next */
};

struct Screen {
    const ScreenClass *class;
    Loop *loop;
    void *context; /* what loop_new was given (the app) */
    Arena *arena;  /* secret; emptied before each load: what load finds lives here */
    void *state;   /* class->state_size zeroed bytes; wiped and freed after close */
};

struct ScreenClass {
    const char *name;      /* scope of its keys in key files: "queue"  */
    const Action *actions; /* ends with id 0; may be NULL */
    size_t state_size;
    bool overlay; /* the screen below is drawn first; `draw` gets the whole frame */
    bool bare;    /* no header, status line or hint bar; no palette, no global actions (a lock screen) */

    bool (*open)(Screen *self, const void *arg, Err *err); /* arg: for the length of the call */
    bool (*load)(Screen *self, Err *err);                  /* false: the sentence goes to the status line */
    React (*event)(Screen *self, const Event *e);          /* first refusal of every key and paste: lists, forms */
    Can (*can)(const Screen *self, int action, const char **why); /* NULL: everything can */
    React (*act)(Screen *self, int action);
    bool (*typing)(const Screen *self);      /* letters type now: they are no action keys */
    void (*draw)(Screen *self, View v);      /* puts the cursor on the focused item */
    React (*idle)(Screen *self, int64_t ms); /* about once a second while it is on top; ms since the last key */
    int rest_ms;                             /* idle is also called as soon as no key came for this long; 0: no */
    void (*resumed)(Screen *self);           /* came to the top again */
    void (*close)(Screen *self);             /* also called when open failed half-way */
};

typedef struct LoopHooks { /* each may be NULL */
    void (*header)(Loop *l, View one_row);
    Can (*can)(Loop *l, int action, const char **why); /* global actions */
    React (*act)(Loop *l, int action);
    React (*command)(Loop *l, const char *line); /* what was typed in the palette and is no action: "case KG-7F3Q2" */
    React (*key)(Loop *l, const Event *e);       /* before anything else sees it; REACT_UNUSED lets it pass */
    React (*tick)(Loop *l, int64_t idle_ms);     /* about once a second; lock and draft saving live here */
    void (*hangup)(Loop *l);                     /* the line is gone: save drafts; the loop ends after it */
    bool (*suspend)(Loop *l);                    /* may it? lock first; false: Ctrl-Z only says that it may not */
    void (*resume)(Loop *l);
    int over_questions; /* the global action that can be done while a question is open, which then stays open (lock); 0: none */
} LoopHooks;

/* --- life ------------------------------------------------------------------------- */
/* Console, hooks, globals, keys and context stay the caller's and must outlive the loop. `keys` is
** the text of a key
** file or NULL; a wrong one is told in err, and NULL is returned. */
Loop *loop_new(Console *c, void *context, const LoopHooks *hooks, const Action *globals, const char *keys, Err *err);
void loop_free(Loop **l); /* closes all screens */
void loop_run(Loop *l);   /* until the stack is empty, somebody quits, or the line is gone */
void loop_quit(Loop *l);
bool loop_ended(const Loop *l); /* quitting: whoever asks questions in a row should stop */

/* --- the stack --------------------------------------------------------------------- */
/* Open a screen on top and load it. False: err is filled and nothing is on the stack. */
bool loop_push(Loop *l, const ScreenClass *class, const void *arg, Err *err);
/* The same, but an error goes to the status line. For the end of an act: `return loop_go(l,
** &scr_case, &id);` */
React loop_go(Loop *l, const ScreenClass *class, const void *arg);
void loop_pop(Loop *l);    /* close the top one; it is freed when no code of it runs any more */
void loop_clear(Loop *l);  /* close all: another officer signs in; questions that are open count as cancelled */
Screen *loop_top(Loop *l); /* NULL when empty; a dialog counts */
Screen *loop_find(Loop *l, const ScreenClass *class); /* the topmost of that class, or NULL */
size_t loop_depth(const Loop *l);
Screen *loop_screen(Loop *l, size_t i); /* 0 is the lowest */
void *loop_context(const Loop *l);
const Grid *loop_grid(const Loop *l); /* what is shown */
Console *loop_console(Loop *l);

/* --- telling ------------------------------------------------------------------------- */
void loop_status(Loop *l, Style s, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void loop_status_err(Loop *l, const Err *err);
int64_t loop_idle_ms(Loop *l); /* since the last key or paste */
int64_t loop_clock_ms(Loop *l);
void loop_draw(Loop *l); /* now, outside the usual turn: before work that takes a while */
/* For long work: shows `text` on the status line, looks at the keys without waiting; true when Esc
** was pressed. */
bool loop_progress(Loop *l, const char *text);

enum { LOOP_MIN_ROWS = 20, LOOP_MIN_COLS = 60 }; /* below: one line says so, keys do nothing, nothing is lost */

#endif
