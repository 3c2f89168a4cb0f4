/* place.h — where a store may lie: the checks of its directory and files. */
#ifndef DB_PLACE_H
#define DB_PLACE_H

#include "base/err.h"

#define PLACE_DB   "book124.db"
#define PLACE_GATE "store.gate"

typedef struct Place {
    char dir[3072]; /* without links */
    char db[3200], wal[3200], gate[3200], unfinished[3200];
    bool made; /* the directory was made by place_prepare */
} Place;

/* For a new store: the directory made, or found empty and ours. */
bool place_prepare(const char *dir, Place *p, Err *err);
/* For a store that should be there. */
bool place_find(const char *dir, Place *p, Err *err);
/* The unfinished file becomes the store, on the disk. */
bool place_settle(const Place *p, Err *err);
/* Take back what place_prepare and an unfinished creation left. */
void place_abandon(const Place *p);
long long place_size(const char *path); /* 0 when it is not there */

#endif
