/* qa.h — what the screens of quality assurance share. Private to scr_qa.c and qa_*.c. */
#ifndef SCREENS_QA_H
#define SCREENS_QA_H

#include "screens.h"

typedef struct QaListAsk { /* the checklist of one book */
    const char *case_id, *serial;
    const char *answers; /* of the last time it was filled in, or NULL */
} QaListAsk;

#define QA_PERIOD (CIVIL_TEXT * 2 + 4) /* two dates and what stands between them */
/* "1 Jan to 31 Jan 2010", "1 Dec 2009 to 31 Jan 2010". */
const char *qa_period_words(Time from, Time to, char out[QA_PERIOD]);
/* A bar of that many columns as text. */
const char *qa_bar(int64_t part, int64_t whole, int cols, char *out, size_t size);

#endif
