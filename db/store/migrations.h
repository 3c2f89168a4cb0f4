/* migrations.h — the steps from nothing to today's schema (db/migrations, embedded), and the walk along them. */
#ifndef DB_MIGRATIONS_H
#define DB_MIGRATIONS_H

#include "../engine/engine.h"
#include "base/err.h"

typedef struct Migration {
    int number; /* from 1 without a gap: the version of the schema after it */
    const char *name, *text;
} Migration;

extern const Migration migrations[];
extern const int migrations_n;

/* Bring the file to today's schema, each step in one transaction; a copy is put aside first when there is something to lose.
** Only inside the gate. `list` and `n` are migrations and migrations_n but for tests. */
bool migrate_run(const Engine *e, EngConn *c, const char *dir, const Migration *list, int n, Err *err);

#endif
