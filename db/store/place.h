/* place.h — where a store may lie: the checks of its directory and files. */
#ifndef DB_PLACE_H
#define DB_PLACE_H

#include "base/err.h"

#define PLACE_DB   "book124.db"
#define PLACE_GATE "store.gate"
#define PLACE_HEADS "heads"

/* What to do, in the same words wherever it must be said. */
#define PUT_BACK   "Put back your last copy of the whole directory while nobody works in it."
#define MUST_WRITE "Every look is logged, so a store must be writable: put its directory on a disk that can be written."

typedef struct Place {
    char dir[3072]; /* without links */
    char db[3200], wal[3200], gate[3200], unfinished[3200], mark[3200];
    bool made; /* the directory was made by place_prepare */
    unsigned long long device, file; /* which file the opened database is; see place_remember */
} Place;

/* For a new store: the directory made, or found empty and ours. */
bool place_prepare(const char *dir, Place *p, Err *err);
/* Once more, inside the gate: somebody else may have made a store meanwhile. */
bool place_is_free(const Place *p, Err *err);
/* For a store that should be there. */
bool place_find(const char *dir, Place *p, Err *err);
/* The unfinished file becomes the store, on the disk. */
bool place_settle(const Place *p, Err *err);
/* Take back what place_prepare and an unfinished creation left. */
void place_abandon(const Place *p);
/* Remember which file was opened, and later: is it still the one of that name? What is written to a file that was moved or
** deleted would be said to be saved and found by nobody. */
bool place_remember(Place *p, Err *err);
bool place_same(const Place *p, Err *err);
long long place_size(const char *path); /* 0 when it is not there */
/* Copies that were put aside before steps of the schema (migrate.c): they hold what was erased since. True when none is left. */
bool place_drop_copies(const Place *p);

#endif
