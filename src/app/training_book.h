/* training_book.h — what the newer made-up books say; training.c calls it, nobody else. */
#ifndef APP_TRAINING_BOOK_H
#define APP_TRAINING_BOOK_H

#include "core/case.h"

enum { BOOK_DAYS = 60 /* cases reported within so many days have books with answers */ };

/* Marks of the forms that the program carries: what answers given on them say under "form". */
typedef struct TrainingForms {
    char book[96], qa[96];
} TrainingForms;
void training_forms(TrainingForms *out);
/* Gives the books of a finished case their answers, their readings what was read, and the register its movements. The case
** is sorted before and after; `chance` decides. */
void training_books(CaseDoc *doc, const Vocabs *v, const TrainingForms *forms, uint64_t chance, Time now, Arena *a);

#endif
