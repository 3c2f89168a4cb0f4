/* dmm.h — what the screens of the daily management meeting share. */
#ifndef SCREENS_DMM_H
#define SCREENS_DMM_H

#include "screens.h"

#include "app/dmm.h"
#include "app/task.h"

typedef struct DmmLineAsk { /* a line to be typed for one case of the walk */
    int64_t meeting;
    DmmItem item;
    CaseRow row;      /* as it was read */
    MeetingWord said; /* MEETING_SATISFIED with words, MEETING_ACTION, MEETING_DONE */
    const char *task, *what; /* of MEETING_DONE: which, and what it asks */
} DmmLineAsk;
extern const ScreenClass scr_dmm_line;    /* const DmmLineAsk * */
extern const ScreenClass scr_dmm_figures; /* no argument */

extern const ScreenClass scr_dmm_why;     /* const DmmItem *: why it is on the list */

/* What is known of the case under the cursor, from that row on (dmm_peek.c). */
void dmm_peek_draw(const Screen *self, View v, int row, const DmmItem *x, const CaseView *view);
bool dmm_is_open_action(const Screen *self, const Task *t, const char *source);
bool dmm_is_overdue(const Screen *self, const Duty *d);
bool dmm_is_word(const Screen *self, VocabId vocab, Code code, const char *word);

void dmm_went_on(Screen *dmm, const char *said); /* something was said over it: load, stand on the next */
const char *dmm_again_words(const Screen *self, const DmmItem *x, char out[96]); /* " It comes again: …", or "" */
const char *dmm_sections_words(unsigned sections, char out[96]);

#endif
