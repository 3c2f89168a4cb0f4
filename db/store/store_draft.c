/* store_draft.c — what officers typed and did not save yet. Sealed before it comes here; no fact, so no log entry. */
#include "inside.h"

#include <string.h>

static void draft_read(Stmt *q, const char *warrant, Arena *a, Draft *out)
{
    EngText sealed = q->store->engine->get_blob(q->raw, 1);
    uint8_t *copy = arena_alloc(a, sealed.n + 1);

    if (sealed.n) memcpy(copy, sealed.p, sealed.n);
    *out = (Draft){
        .warrant = arena_dup(a, warrant), .about = col_text(q, 0, a), .sealed = copy, .n = sealed.n, .at = col_int(q, 2)
    };
}

bool store_draft_put(Tx *tx, const Draft *d, Err *err)
{
    Stmt *q;

    if (!tx_open(tx, err)) return false;
    q = stmt(tx->store, SQL_DRAFT_PUT);
    bind_text(q, "warrant", d->warrant);
    bind_text(q, "about", d->about);
    bind_blob(q, "sealed", d->sealed, d->n);
    bind_time(q, "at", d->at);
    return stmt_run(q, err);
}

bool store_draft_get(Store *s, const char *warrant, const char *about, Arena *a, Draft *out, Err *err)
{
    Stmt *q = stmt(s, SQL_DRAFT_GET);
    bool found;

    bind_text(q, "warrant", warrant);
    bind_text(q, "about", about);
    found = stmt_row(q);
    if (found) draft_read(q, warrant, a, out);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "There is no draft of %s.", about);
}

bool store_draft_list(Store *s, const char *warrant, Arena *a, Draft **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_DRAFT_LIST);
    size_t cap = 8;

    *n = 0;
    *out = arena_alloc(a, cap * sizeof **out);
    bind_text(q, "warrant", warrant);
    while (stmt_row(q)) {
        if (*n == cap) {
            Draft *more = arena_alloc(a, (cap *= 2) * sizeof *more);
            memcpy(more, *out, *n * sizeof *more);
            *out = more;
        }
        draft_read(q, warrant, a, &(*out)[(*n)++]);
    }
    return stmt_end(q, err);
}

bool store_draft_drop(Tx *tx, const char *warrant, const char *about, Err *err)
{
    Stmt *q;

    if (!tx_open(tx, err)) return false;
    q = stmt(tx->store, SQL_DRAFT_DROP);
    bind_text(q, "warrant", warrant);
    bind_text(q, "about", about);
    return stmt_run(q, err);
}
