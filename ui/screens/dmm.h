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

void dmm_went_on(Screen *dmm, const char *said); /* something was said over it: load, stand on the next */
const char *dmm_again_words(const Screen *self, const DmmItem *x, char out[96]); /* " It comes again: …", or "" */
const char *dmm_sections_words(unsigned sections, char out[96]);

#endif
