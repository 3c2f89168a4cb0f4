/* work_keep.h — the work of one officer that is open at one terminal at a time, a book or an assessment: put aside while it is
** typed, taken over at another terminal, taken back, thrown away, left. The screens that hold such work say here what it is
** called and how it is stored; the questions and their answers are the same. */
#ifndef SCREENS_WORK_KEEP_H
#define SCREENS_WORK_KEEP_H

#include "screens.h"

typedef struct WorkKind {
    const char *noun;       /* "book", after "the" */
    const char *made;       /* "written", after "is" */
    const char *saved_note; /* what saving does not do yet */
    Keeping *(*keeping)(const Screen *);
    bool (*save)(Screen *, Err *);          /* what is typed, into the store; ERR_STALE: another terminal has it */
    bool (*take_back)(Screen *, Err *);     /* the screen stands where the draft does, also when that fails */
    bool (*discard)(Screen *, Err *);       /* the draft goes */
    void (*go)(Screen *, const char *path); /* to the field that stands in the way */
    void (*all_that_goes)(const Screen *, char out[200]); /* "Everything typed for the book 1 of KG-7F3Q2 goes." */
} WorkKind;

/* Asked before the screen is there. */
bool work_ask_over(Loop *l, const WorkKind *kind, const char *elsewhere, Time draft_at);
bool work_put(Screen *self, const WorkKind *kind);      /* false: a sentence stands on the status line */
bool work_save_now(Screen *self, const WorkKind *kind); /* and is still ours */
React work_save(Screen *self, const WorkKind *kind);
React work_lost(Screen *self, const WorkKind *kind); /* another terminal has it: back to here, or away */
React work_leave(Screen *self, const WorkKind *kind);
React work_refused(Screen *self, const WorkKind *kind, const Err *err); /* submitting failed; what was typed stays */
Style work_words(const Keeping *k, char out[40]);                       /* "saved 04:50" */

#endif
