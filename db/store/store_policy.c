/* store_policy.c — every policy that was ever activated; the last one counts. */
#include "inside.h"

bool store_policy_active(Store *s, Arena *a, StoredPolicy *out, Err *err)
{
    Stmt *q = stmt(s, SQL_POLICY_ACTIVE);
    bool found = stmt_row(q);

    if (found) {
        *out = (StoredPolicy){ .key = col_int(q, 0),
            .id = col_text(q, 1, a),
            .hash = col_text(q, 2, a),
            .text = col_text(q, 3, a),
            .activated_at = col_int(q, 4) };
        out->n = s->engine->get_text(q->raw, 3).n;
    }
    if (!stmt_end(q, err)) return false;
    return found ||
           err_set(err, ERR_MISSING, "", "No policy is active yet. Activate one: book124 policy activate FILE.");
}

bool store_policy_activate(Tx *tx, const char *id, const char *hash, const char *text, size_t n, Time now, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_POLICY_ADD);
    bind_text(q, "id", id);
    bind_text(q, "hash", hash);
    bind_text_n(q, "text", text, n);
    bind_time(q, "activated_at", now);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}
