/* store_retention.c — which cases were closed how long ago, what was decided of them, and what remains of erased ones. Which of them are due
** is not known here: that takes the groups of review (core/retention.h). */
#include "inside.h"

#include "base/str.h"

const char *const retention_verb_words[RETENTION_VERBS] = { "keep", "propose", "withdraw" };

/* ---- decisions ---- */

static bool entry_put(Tx *tx, const RetentionEntry *e, Arena *a, Err *err)
{
    const char *reason = e->reason ? e->reason : "";
    CipherAt at = { .key = e->case_key, .table = "retention" };
    int64_t last;
    Stmt *q;

    if (!tx_touch(tx, err) || !sight_is_there(tx->store, e->case_key, err) ||
        !stmt_number(stmt(tx->store, SQL_RETENTION_LAST), &last, err))
        return false;
    at.seq = last + 1;
    if (!cipher_out(tx->store, &at, "reason", &reason, a, err)) return false;
    q = stmt(tx->store, SQL_RETENTION_ADD);
    bind_int(q, "key", last + 1);
    bind_int(q, "case_key", e->case_key);
    bind_text(q, "verb", retention_verb_words[e->verb]);
    if (e->verb == RETENTION_KEEP)
        bind_int(q, "until", e->until);
    else
        bind_null(q, "until");
    bind_text(q, "reason", reason);
    bind_text(q, "by", e->by);
    bind_int(q, "at", e->at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_retention_add(Tx *tx, const RetentionEntry *e, Err *err)
{
    Arena *a = arena_new_secret();
    bool ok = entry_put(tx, e, a, err);

    arena_free(&a);
    return ok;
}

static RetentionVerb verb_of(Stmt *q, int at)
{
    RetentionVerb verb = RETENTION_KEEP;

    while (verb < RETENTION_WITHDRAW && !str_eq(q->store->engine->get_text(q->raw, at).p, retention_verb_words[verb])) verb++;
    return verb;
}

bool store_retention_of_case(Store *s, CaseKey key, Arena *a, RetentionEntry **out, size_t *n, Err *err)
{
    CipherAt at = { .key = key, .table = "retention" };
    Stmt *q;
    size_t cap = 0;
    bool ok = true;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out);
    if (!sight_is_there(s, key, err)) return false;
    q = stmt(s, SQL_RETENTION_OF_CASE);
    bind_int(q, "case_key", key);
    while (ok && stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[*n] = (RetentionEntry){ .key = col_int(q, 0),
            .case_key = col_int(q, 1),
            .verb = verb_of(q, 2),
            .until = col_null(q, 3) ? DATE_NONE : (Date)col_int(q, 3),
            .reason = col_text(q, 4, a),
            .by = col_text(q, 5, a),
            .at = col_int(q, 6) };
        at.seq = (*out)[*n].key;
        ok = cipher_in_words(s, &at, "reason", &(*out)[(*n)++].reason, a, err);
    }
    return stmt_end(q, ok ? err : NULL) && ok;
}

/* ---- closed ones ---- */

/* The rows are collected first: `each` reads of the cases. In bites, so that no view is held for long. */
enum { BITE = 256 };

static bool bite_read(Store *s, const ClosedQuery *ask, const ClosedCase *from, ClosedCase out[BITE], size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_RETENTION_CLOSED);

    *n = 0;
    bind_int(q, "at", from ? from->closed_at : INT64_MIN);
    bind_int(q, "case_key", from ? from->key : 0);
    bind_int(q, "soon", ask->soon);
    bind_int(q, "late", ask->late);
    bind_text(q, "words", ask->words);
    bind_int(q, "today", ask->today);
    while (*n < BITE && stmt_row(q)) out[(*n)++] = (ClosedCase){ col_int(q, 0), col_int(q, 1) };
    return stmt_end(q, err);
}

bool store_closed_each(Store *s, const ClosedQuery *ask, bool (*each)(void *with, const ClosedCase *c), void *with, Err *err)
{
    ClosedCase rows[BITE], last;
    const ClosedCase *from = ask->from;
    size_t n = BITE;

    if (!sight_fresh(s, err)) return false;
    while (n == BITE) {
        if (!bite_read(s, ask, from, rows, &n, err)) return false;
        for (size_t i = 0; i < n; i++)
            if (!sight_hides(s, rows[i].key) && !each(with, &rows[i])) return true;
        if (n) last = rows[n - 1], from = &last;
    }
    return true;
}

/* ---- tombstones ---- */

static Tombstone tombstone_read(Stmt *q, Arena *a)
{
    Tombstone t = { .key = col_int(q, 0),
        .case_id = col_text(q, 1, a),
        .reported = (Date)col_int(q, 2),
        .closed = (Date)col_int(q, 3),
        .group = (int)col_int(q, 4),
        .due = (Date)col_int(q, 5),
        .proposed_by = col_text(q, 6, a),
        .erased_by = col_text(q, 7, a),
        .erased_at = col_int(q, 8),
        .reason = col_text(q, 9, a),
        .act = col_int(q, 11) };

    col_bytes(q, 10, t.digest, HASH_BYTES);
    return t;
}

bool store_tombstone(Store *s, const char *id, Arena *a, Tombstone *out, Err *err)
{
    CaseKey key = 0;
    bool found = false, ok;
    Stmt *q;

    if (!read_begin(s, err)) return false;
    ok = sight_key(s, id, &key, err);
    q = stmt(s, SQL_TOMBSTONE_GET);
    bind_int(q, "case_key", key);
    found = ok && stmt_row(q);
    if (found) *out = tombstone_read(q, a);
    ok = stmt_end(q, ok ? err : NULL) && ok && (!found || sight_shown_id(s, key, &out->case_id, a, err));
    read_end(s);
    return ok && (found || err_set(err, ERR_MISSING, "", "No case with the number %s was erased.", id));
}

bool store_tombstones(Store *s, Arena *a, Tombstone **out, size_t *n, Err *err)
{
    Stmt *q;
    size_t cap = 0;
    bool ok;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out);
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err);
    q = stmt(s, SQL_TOMBSTONE_WALK);
    while (ok && stmt_row(q)) {
        if (sight_hides(s, col_int(q, 0))) continue;
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[(*n)++] = tombstone_read(q, a);
    }
    ok = stmt_end(q, ok ? err : NULL) && ok;
    for (size_t i = 0; ok && i < *n; i++) ok = sight_shown_id(s, (*out)[i].key, &(*out)[i].case_id, a, err);
    read_end(s);
    return ok;
}
