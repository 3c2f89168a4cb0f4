/* since.h — the words of what changed; private to src/app. */
#ifndef APP_SINCE_H
#define APP_SINCE_H

#include "app/review.h"
#include "inside.h"

typedef struct SinceWords {
    const App *app;
    const Vocabs *v;
    const CaseDoc *doc; /* as it is now, what is secret hidden */
    Arena *a;
} SinceWords;
/* "Merlin 10PAC012345", "Contact with victim: spoke, officer 900006": an entry that is new. NULL: nothing worth a line. */
const char *since_entry(const SinceWords *w, CaseListId list, const void *item);
/* What an entry that was there says more: "Done: Take the statement". */
const char *since_more(const SinceWords *w, CaseListId list, const void *now, const void *then);
const char *since_status(const SinceWords *w, const Person *p, const Status *s);
const char *since_scalar(const SinceWords *w, const CaseField *f, const char *words);

#endif
