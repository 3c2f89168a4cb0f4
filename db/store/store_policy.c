/* store_policy.c — every policy that was ever activated, the last one counts; what was proposed, and what became of it. */
#include "inside.h"

#include <string.h>

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
    return tx_add_text(tx, SQL_POLICY_ADD, id, hash, text, n, now, err);
}

bool store_policy_newest(Store *s, int64_t *key, Err *err)
{
    return stmt_number(stmt(s, SQL_POLICY_NEWEST), key, err);
}

bool store_policy_list(Store *s, Arena *a, PolicyVersion **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_POLICY_LIST);
    PolicyVersion *items = NULL;
    size_t cap = 0;

    *n = 0;
    while (stmt_row(q)) {
        items = arena_room(a, items, *n, &cap, sizeof *items);
        items[(*n)++] = (PolicyVersion){ .key = col_int(q, 0),
            .id = col_text(q, 1, a),
            .hash = col_text(q, 2, a),
            .activated_at = col_int(q, 3),
            .by = col_text(q, 4, a),
            .proposed_at = col_time(q, 5),
            .approved_by = col_text(q, 6, a) };
    }
    *out = items;
    return stmt_end(q, err);
}

static bool text_of(Store *s, SqlId id, int64_t key, Arena *a, const char **text, size_t *n, Err *err)
{
    Stmt *q = stmt(s, id);
    bool found;

    bind_int(q, "key", key);
    found = stmt_row(q);
    if (found) {
        *text = col_text(q, 0, a);
        *n = s->engine->get_text(q->raw, 0).n;
    }
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "There is no such policy in this store.");
}

bool store_policy_text(Store *s, int64_t key, Arena *a, const char **text, size_t *n, Err *err)
{
    return text_of(s, SQL_POLICY_TEXT, key, a, text, n, err);
}

bool store_proposal_text(Store *s, int64_t key, Arena *a, const char **text, size_t *n, Err *err)
{
    return text_of(s, SQL_PROPOSAL_TEXT, key, a, text, n, err);
}

bool store_proposal_add(Tx *tx, const PolicyProposal *p, const char *text, size_t n, int64_t *key, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_PROPOSAL_ADD);
    bind_text(q, "id", p->id);
    bind_text(q, "hash", p->hash);
    bind_text_n(q, "text", text, n);
    bind_text(q, "proposed_by", p->by);
    bind_time(q, "proposed_at", p->at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err) && stmt_number(stmt(tx->store, SQL_PROPOSAL_LAST), key, err);
}

bool store_proposal_list(Store *s, Arena *a, PolicyProposal **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_PROPOSAL_LIST);
    PolicyProposal *items = NULL;
    size_t cap = 0;

    *n = 0;
    while (stmt_row(q)) {
        items = arena_room(a, items, *n, &cap, sizeof *items);
        items[(*n)++] = (PolicyProposal){ .key = col_int(q, 0),
            .id = col_text(q, 1, a),
            .hash = col_text(q, 2, a),
            .by = col_text(q, 3, a),
            .at = col_int(q, 4),
            .decision = col_text(q, 5, a),
            .decided_by = col_text(q, 6, a),
            .decided_at = col_time(q, 7) };
    }
    *out = items;
    return stmt_end(q, err);
}

bool store_proposal_decide(Tx *tx, int64_t key, int64_t policy, const char *who, Time now, Err *err)
{
    Store *s = tx->store;
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(s, SQL_DECISION_ADD);
    bind_int(q, "proposal", key);
    bind_text(q, "decision", policy ? "activated" : "withdrawn");
    if (policy)
        bind_int(q, "policy", policy);
    else
        bind_null(q, "policy");
    bind_text(q, "decided_by", who);
    bind_time(q, "decided_at", now);
    bind_int(q, "act", tx->act);
    if (!stmt_run(q, err)) return false;
    return s->engine->changes(s->conn) == 1 ||
           err_set(err, ERR_STALE, "", "Somebody else decided on this proposal just now. Look at it again.");
}
