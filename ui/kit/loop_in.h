/* loop_in.h — the inside of the loop, for the files that make it up: loop.c (events), loop_draw.c (frames), menu.c (the list
** of keys and the palette), ask.c and choice.c (questions). */
#ifndef UI_KIT_LOOP_IN_H
#define UI_KIT_LOOP_IN_H

#include "ui/loop.h"

typedef struct Slot {
    Screen screen;
    bool stale; /* load before it is drawn next */
} Slot;

struct Loop {
    Console *console;
    void *context;
    const LoopHooks *hooks;
    Action *everywhere; /* the caller's globals, then the kit's own (negative ids) */
    Keymap *keys;
    Grid *grid;

    Slot **stack;
    size_t n, cap;
    Slot **dead; /* closed, but code of theirs may still be running */
    size_t n_dead, cap_dead;
    int busy; /* calls into screens and hooks that have not returned */

    bool quit, dirty;
    char status[400];
    Style status_style;
    unsigned status_serial; /* grows with every message */
    int64_t last_key, last_tick, last_progress;
    int64_t rested_key; /* the last_key whose rest the top screen was told of */
};

#define EVERYWHERE "everywhere"
enum { ACT_KEYS = -1, ACT_PALETTE = -2, ACT_REDRAW = -3, ACT_SUSPEND = -4 };

/* An action together with where it came from and whether it can be done now. */
typedef struct Deed {
    const char *scope;
    const Action *action;
    Can can;
    const char *why;
} Deed;
/* Everything one can do on the top screen, its own first; at most `max`. */
size_t loop_deeds(Loop *l, Deed *out, size_t max);
/* Do it as if its key had been pressed. */
void loop_do(Loop *l, const Deed *d);

/* Run until the question `class` (state: one pointer, `q`) is gone from the stack, whatever removed it. */
void loop_modal(Loop *l, const ScreenClass *class, void *q);
bool loop_too_small(const Loop *l);
void loop_load_stale(Loop *l);
void loop_show_frame(Loop *l);

/* choice.c: the list with a filter line that ask_choice, the list of keys and the palette share. */
typedef struct Choice {
    const char *text, *right;
    const char *match; /* what is matched fuzzily instead of text; NULL: words of text */
    bool disabled;
} Choice;
/* Index or -1. With `typed`, Enter on no match returns -1 and what was typed. */
int choice_run(Loop *l, const char *title, const Choice *items, size_t n, size_t standing, Str *typed);

void menu_keys(Loop *l);    /* ? */
void menu_palette(Loop *l); /* : */

/* A box of at most rows × cols in the middle of v: cleared, framed, titled. Returns the inside. */
View box_middle(View v, int rows, int cols, const char *title);
/* A row of words about keys at the foot of the frame. */
void box_hint(View frame, const char *words);
/* Wrapped text from its row `skip` on; returns the rows drawn. */
int box_text(View v, const char *text, int skip);

#endif
