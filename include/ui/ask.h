/* ask.h — questions in a box over the screen. They wait (the loop goes on inside: clock, resize,
** lock) and return the answer.
** A paste never answers a question; keys typed before a confirmation was seen do not count; Esc is
** always cancel.
** When the loop ends or the screens are closed meanwhile, every question returns "cancelled". */
#ifndef UI_ASK_H
#define UI_ASK_H

#include "ui/loop.h"

/* Names the object in `text`; `yes` is the verb on the button ("Delete draft"). Cancel is the
** default; y, n and arrows work. */
bool ask_confirm(Loop *l, const char *title, const char *text, const char *yes);
/* For what cannot be undone: `word` must be typed. */
bool ask_typed(Loop *l, const char *title, const char *text, const char *word);
/* Buttons side by side; returns the index, -1 for Esc. Letters: the first one of each label that is
** not taken. */
int ask_buttons(Loop *l, const char *title, const char *text, const char *const *labels, size_t n, size_t standing);
void ask_tell(Loop *l, const char *title, const char *text); /* Enter or Esc closes; long text scrolls */

/* One line. `out` may hold a value to begin with; it is replaced when true is returned. */
typedef struct AskLine {
    const char *title, *text, *label;
    size_t limit; /* characters; 0: 200 */
    bool secret;  /* bullets; the caller wipes out->s */
    bool may_be_empty;
    bool by_hand; /* it signs: keys typed before it was seen do not count, and a paste is refused */
    const char *error; /* a sentence in the box: what was wrong with the last try */
} AskLine;
bool ask_line(Loop *l, const AskLine *q, Str *out);
/* Many lines: Ctrl-S or F10 takes, Esc leaves (asks when changed). */
bool ask_text(Loop *l, const AskLine *q, Str *out);

/* Choose from a list, typing filters. `right` (may be NULL) is drawn muted at the right. Returns
** the index or -1. */
typedef struct AskItem {
    const char *text, *right;
    bool disabled; /* greyed; Enter on it only shows `right` */
} AskItem;
int ask_choice(Loop *l, const char *title, const AskItem *items, size_t n, size_t standing);

#endif
