/* store_handover.c — hand-overs at the change of shifts: facts. */
#include "inside.h"

#include "base/str.h"

bool store_handover_give(Tx *tx, const Handover *h, int64_t *key, Err *err)
{
    int64_t next;
    Stmt *q;

    if (!tx_touch(tx, err) || !stmt_number(stmt(tx->store, SQL_HANDOVER_KEY), &next, err)) return false;
    q = stmt(tx->store, SQL_HANDOVER_ADD);
    bind_int(q, "key", next);
    bind_text(q, "role", role_word(h->role));
    bind_int(q, "until", h->until);
    bind_text(q, "by", h->by);
    bind_int(q, "at", h->at);
    bind_int(q, "act", tx->act);
    if (!stmt_run(q, err)) return false;
    if (key) *key = next;
    return true;
}

bool store_handover_take(Tx *tx, int64_t key, const char *by, Time at, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_HANDOVER_TAKE);
    bind_int(q, "handover", key);
    bind_text(q, "by", by);
    bind_int(q, "at", at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_handover_list(Store *s, Role role, size_t limit, Arena *a, Handover **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_HANDOVER_OF_ROLE);
    size_t cap = 0;

    *n = 0;
    *out = NULL;
    bind_text(q, "role", role_word(role));
    bind_int(q, "limit", (int64_t)limit);
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[(*n)++] = (Handover){ .key = col_int(q, 0),
            .role = role,
            .until = col_int(q, 1),
            .by = col_text(q, 2, a),
            .at = col_int(q, 3),
            .taken_by = col_text(q, 4, a),
            .taken_at = col_time(q, 5) };
    }
    return stmt_end(q, err);
}
