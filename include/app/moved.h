/* moved.h — what others did to a case that is on a screen. */
#ifndef APP_MOVED_H
#define APP_MOVED_H

#include "app/app.h"

typedef struct CaseMoved {
    Rev rev;           /* of the case now */
    const char *words; /* "KG-7F3Q2, 09:14, officer 900008: review added."; NULL: nothing since it was seen */
} CaseMoved;
/* Whether the case moved since it was seen (its row as it was read then). Cheap: for every few seconds. Nothing while the session is locked or the clock
** set ahead. */
bool app_case_moved(App *app, const CaseRow *seen, Arena *a, CaseMoved *out, Err *err);

#endif
