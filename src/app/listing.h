/* listing.h — a listing of another system as records: its own number, and what it quotes. */
#ifndef APP_LISTING_H
#define APP_LISTING_H

#include "app/app.h"

typedef enum ListedSystem { LISTED_CRIS, LISTED_MERLIN, LISTED_CAD, LISTED_SYSTEMS } ListedSystem;
extern const char *const listed_words[LISTED_SYSTEMS];  /* "cris" … as the vocabulary has them */
extern const char *const listed_labels[LISTED_SYSTEMS]; /* "CRIS" … */

typedef struct ListedRecord {
    const char *numbers[LISTED_SYSTEMS]; /* in normal form; NULL: not quoted. Its own is there */
    size_t line;
} ListedRecord;
typedef struct ListedBad { /* a row that cannot be used, and why */
    size_t line, column;
    const char *value, *says; /* says: a sentence with its place */
} ListedBad;
typedef struct Listing {
    ListedSystem system;
    ListedBad *bad;
    size_t n_bad;
    ListedRecord *items; /* in order of its own numbers; of equal ones the first of the file */
    size_t n;
} Listing;
/* A line without a number of its own is no record. The first row that cannot be used ends it (ERR_INVALID), unless such rows are skipped: then
** they are kept apart. In `a`. */
bool listing_read(const Policy *p, ListedSystem system, const char *name, FILE *in, bool skip_bad, Arena *a, Listing *out, Err *err);
const ListedRecord *listing_find(const Listing *l, const char *number);

#endif
