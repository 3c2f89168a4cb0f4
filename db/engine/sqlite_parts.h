/* sqlite_parts.h — what the files of the SQLite engine share. */
#ifndef DB_SQLITE_PARTS_H
#define DB_SQLITE_PARTS_H

#include "engine.h"

#include <sqlite3.h>

enum { TX_READ, TX_WRITE, TX_COMMIT, TX_PART, TX_KEEP, TX_WORDS };

struct EngConn {
    sqlite3 *db;
    sqlite3_stmt *words[TX_WORDS]; /* begin, commit and the like: said all the time */
    bool rewriting; /* the door for texts of facts is open */
};

EngResult sqlite_result(int rc);
EngResult sqlite_pragma_int(EngConn *c, const char *text, int64_t *out);

/* --- sqlite_settings.c --- */
EngResult sqlite_harden(EngConn *c, char why[200]);        /* before the first read                     */
EngResult sqlite_settings_make(EngConn *c, char why[200]); /* each pragma, then each read back          */
bool sqlite_setting(EngConn *c, int i, char out[80], bool *holds);

/* --- sqlite_seal.c --- */
EngResult sqlite_seal(EngConn *c);
EngResult sqlite_rewrite(EngConn *c, bool on);

#endif
