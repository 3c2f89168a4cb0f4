/* store_audit.c — the log: appended inside the write it tells of, numbered without a gap, each entry bound to the last. */
#include "inside.h"

#include "base/mem.h"

#include <string.h>

static const char *text_of(const char *s)
{
    return s ? s : "";
}

void audit_entry_read(Stmt *q, Arena *a, AuditEntry *out)
{
    EngText kind = q->store->engine->get_text(q->raw, 2);

    *out = (AuditEntry){ .seq = col_int(q, 0), .at = col_int(q, 1) };
    if (!audit_kind_by_word(kind.p, &out->kind)) out->kind = AUDIT_KIND_COUNT; /* its hash will not hold */
    out->who = col_text(q, 3, a);
    out->terminal = col_text(q, 4, a);
    out->act = col_text(q, 5, a);
    out->case_id = col_text(q, 6, a);
    out->detail = col_text(q, 7, a);
    col_bytes(q, 8, out->prev, HASH_BYTES);
    col_bytes(q, 9, out->hash, HASH_BYTES);
}

bool store_audit_head(Store *s, Arena *a, AuditEntry *out, Err *err)
{
    Stmt *q = stmt(s, SQL_AUDIT_HEAD);

    *out = (AuditEntry){ .at = TIME_NONE, .who = "", .terminal = "", .act = "", .case_id = "", .detail = "" };
    memcpy(out->hash, audit_genesis, HASH_BYTES);
    if (stmt_row(q)) audit_entry_read(q, a, out);
    return stmt_end(q, err);
}

static bool head_hash(Store *s, int64_t *seq, uint8_t hash[HASH_BYTES], Err *err)
{
    Stmt *q = stmt(s, SQL_AUDIT_HEAD);

    *seq = 0;
    memcpy(hash, audit_genesis, HASH_BYTES);
    if (stmt_row(q)) {
        *seq = col_int(q, 0);
        col_bytes(q, 9, hash, HASH_BYTES);
    }
    return stmt_end(q, err);
}

static bool log_add(Store *s, const AuditEntry *e, Err *err)
{
    Stmt *q = stmt(s, SQL_AUDIT_ADD);

    bind_int(q, "seq", e->seq);
    bind_int(q, "at", e->at);
    bind_text(q, "kind", audit_kind_word(e->kind));
    bind_text(q, "who", text_of(e->who));
    bind_text(q, "terminal", text_of(e->terminal));
    bind_text(q, "act", text_of(e->act));
    bind_text(q, "case_id", text_of(e->case_id));
    bind_text(q, "detail", text_of(e->detail));
    bind_blob(q, "prev", e->prev, HASH_BYTES);
    bind_blob(q, "hash", e->hash, HASH_BYTES);
    return stmt_run(q, err);
}

bool store_audit_append(Tx *tx, AuditEntry *e, Err *err)
{
    uint8_t prev[HASH_BYTES];
    int64_t last;

    if (!tx_open(tx, err) || !head_hash(tx->store, &last, prev, err)) return false;
    e->seq = last + 1;
    audit_link(e, prev);
    if (!log_add(tx->store, e, err)) return false;
    tx->store->head.seq = e->seq;
    memcpy(tx->store->head.hash, e->hash, HASH_BYTES);
    if (e->kind == AUDIT_SIGN_OUT) tx->store->head.leaving = true;
    rewriting_hear(tx, e);
    tx->entries++;
    return true;
}

/* Read in bites, so that no view of the store is held while somebody looks at a long log. */
enum { BITE = 512 };

typedef struct Bite {
    AuditEntry entries[BITE];
    size_t n;
} Bite;

static bool bite_read(Store *s, int64_t from, Arena *a, Bite *b, Err *err)
{
    Stmt *q = stmt(s, SQL_AUDIT_FROM);

    b->n = 0;
    bind_int(q, "from", from);
    while (b->n < BITE && stmt_row(q)) audit_entry_read(q, a, &b->entries[b->n++]);
    return stmt_end(q, err);
}

bool store_audit_each(Store *s, int64_t from, bool (*each)(void *with, const AuditEntry *e), void *with, Err *err)
{
    Arena *a = arena_new(), *own = arena_new();
    Bite *b = arena_alloc(own, sizeof *b);
    bool ok = true, more = true;

    while (ok && more) {
        arena_reset(a);
        ok = bite_read(s, from, a, b, err);
        more = ok && b->n == BITE;
        for (size_t i = 0; ok && i < b->n; i++) {
            from = b->entries[i].seq + 1;
            if (each(with, &b->entries[i])) continue;
            more = false;
            break;
        }
    }
    arena_free(&a);
    arena_free(&own);
    return ok;
}

/* ---- what the facts know of the log ---- */

/* One statement for each table of facts: a family in db/sql/case.sql, from the first of its words to the last. */
bool store_last_act(Store *s, int64_t *out, Err *err)
{
    int64_t act;

    *out = 0;
    for (int id = SQL_POLICY_ACT; id <= SQL_STATUS_ACT; id++) {
        if (!stmt_number(stmt(s, (SqlId)id), &act, err)) return false;
        if (act > *out) *out = act;
    }
    return true;
}
