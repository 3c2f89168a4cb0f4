/* action.h — what one can do on a screen: a table of names, words, keys. From it come dispatch, the
** hint bar, the
** list of keys (`?`), the palette (`:` and Ctrl-P) and the user's key file. A screen adds a verb by
** adding a row. */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include "base/err.h"
#include "base/str.h"
#include "ui/event.h"
#include "ui/grid.h"

typedef struct Action {
    int id;            /* the screen's own, > 0; a row with 0 ends the table */
    const char *name;  /* "open-case": in the palette and in key files      */
    const char *label; /* "open": one word for the hint bar; NULL: not there */
    const char *help;  /* "Open the case of this duty."                     */
    const char *keys;  /* "Enter o F4": names with blanks between; the first that is live is shown;
                          "" for palette only */
    int priority;      /* of the hint bar: 0 stays longest when room is short, 9 goes first */
} Action;

/* May it be done now? */
typedef enum Can {
    CAN,     /* yes                                                     */
    CAN_NOT, /* no: lists show it greyed, with the reason               */
    CAN_HIDE /* no, and there is nothing to say: it is not shown at all */
} Can;

/* The keys in force for a table: its own, or those of the user's key file. */
typedef struct Keymap Keymap;
Keymap *keymap_new(void);
void keymap_free(Keymap **m);
/* Make `actions` known under a scope ("queue", "everywhere"). Adding a known scope again changes
** nothing. */
void keymap_add(Keymap *m, const char *scope, const Action *actions);
/* Lines like `in queue  Enter open-case  w explain-duty`; `#` comments. A line replaces all keys of
** the actions it
** names, whether or not their scope has been added yet. err->field is the line number. */
bool keymap_load(Keymap *m, const char *text, Err *err);
/* NULL when the key means nothing there. */
const Action *keymap_lookup(const Keymap *m, const char *scope, Key k);
/* Keys of one action: how many were written to keys[0..max). */
size_t keymap_keys(const Keymap *m, const char *scope, const Action *a, Key *keys, size_t max);
const Action *action_by_name(const Action *table, const char *name);

/* What is wrong with a table, one sentence a line: a name twice, a key twice, a key that cannot be
** read, an action
** that only an F-key reaches, a missing help sentence. True when nothing is. A unit test calls this
** for every table. */
bool action_check(const Action *table, Str *complaints);

/* The hint bar: one row, only `n` given (live) actions, cut by priority to what fits. With `typing`
** only keys that do
** not type are shown. */
typedef struct Hint {
    const char *scope;
    const Action *action;
} Hint;
void hint_draw(View v, const Keymap *m, const Hint *hints, size_t n, bool typing);

/* How well `typed` matches a name and help sentence: 0 not at all, more is better. Letters in
** order, without case. */
int fuzzy_score(const char *typed, const char *name);

#endif
