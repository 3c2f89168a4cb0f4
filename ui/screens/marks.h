/* marks.h — rows of the desk that are marked, to be entered together: of one duty, each with the revision its case had then. Not drawn, not stored. */
#ifndef SCREENS_MARKS_H
#define SCREENS_MARKS_H

#include "screens.h"

#include "app/bulk.h"

typedef struct Mark {
    char case_id[48];
    int cycle;
    Rev rev; /* of the case when it was marked */
} Mark;
struct Marks {
    char duty[64]; /* of all of them; "" when there are none */
    Code grade;    /* and the grade of their cases */
    Mark of[BULK_MAX];
    size_t n;
};

const Mark *marks_find(const Marks *m, const char *case_id, const char *duty, int cycle); /* NULL: not marked */
/* Marks the row, or takes its mark away. False: it is none that is entered with others, or does not go with these, and err says why. */
bool marks_toggle(Marks *m, App *app, const QueueRow *row, Err *err);
void marks_drop(Marks *m, const char *case_id);
void marks_clear(Marks *m);

/* As a text, to go with a draft: "KG-7F3Q2@5.0 KG-2M8KX@7.1". What cannot be read is left out. */
const char *marks_text(const Marks *m, Arena *a);
void marks_of_text(Marks *m, const char *duty, const char *text);

#endif
