/* store_roundup.c — suspects who are outstanding, along one order: high risk first, then the oldest report.
** Derived as duties are: whoever knows the policy says who is outstanding, and the rows are made equal to that, writing only the
** difference. What a row does not say (names, addresses, attempts) is read from its case by whoever may. */
#include "inside.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

typedef struct Row {
    const char *person, *case_id;
    Time reported_at, since;
    int rank;
} Row;

/* ---- the rows of a case ---- */

static Row row_read(Stmt *q, Arena *a)
{
    return (Row){ .person = col_text(q, 1, a),
        .rank = (int)col_int(q, 2),
        .reported_at = col_int(q, 3),
        .since = col_int(q, 4),
        .case_id = col_text(q, 5, a) };
}

static bool rows_read(Store *s, CaseKey key, Arena *a, Row **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_OUTSTANDING_OF_CASE);
    Row *rows = NULL;
    size_t cap = 0;

    *n = 0;
    bind_int(q, "case_key", key);
    while (stmt_row(q)) {
        rows = arena_room(a, rows, *n, &cap, sizeof *rows);
        rows[(*n)++] = row_read(q, a);
    }
    *out = rows;
    return stmt_end(q, err);
}

static int by_person(const void *a, const void *b)
{
    return strcmp(((const Row *)a)->person, ((const Row *)b)->person);
}

static Row *rows_wanted(const Derivation *is, Arena *a)
{
    Row *rows = arena_alloc(a, (is->n_outstanding + 1) * sizeof *rows);

    for (size_t i = 0; i < is->n_outstanding; i++) {
        const Outstanding *o = &is->outstanding[i];
        rows[i] = (Row){ o->person, is->badge.case_id, o->reported_at, o->since, rank_of_grade(is->badge.grade) };
    }
    if (is->n_outstanding > 1) qsort(rows, is->n_outstanding, sizeof *rows, by_person);
    return rows;
}

static bool row_same(const Row *a, const Row *b)
{
    return str_eq(a->person, b->person) && str_eq(a->case_id, b->case_id) && a->reported_at == b->reported_at &&
           a->since == b->since && a->rank == b->rank;
}

/* ---- making the rows equal ---- */

static bool row_put(Store *s, SqlId how, CaseKey key, const Row *r, Err *err)
{
    Stmt *q = stmt(s, how);

    bind_int(q, "case_key", key);
    bind_text(q, "person", r->person);
    bind_int(q, "rank", r->rank);
    bind_int(q, "reported_at", r->reported_at);
    bind_int(q, "since", r->since);
    bind_text(q, "case_id", r->case_id);
    s->rows_changed++;
    return stmt_run(q, err);
}

static bool row_delete(Store *s, CaseKey key, const Row *r, Err *err)
{
    Stmt *q = stmt(s, SQL_OUTSTANDING_DELETE);

    bind_int(q, "case_key", key);
    bind_text(q, "person", r->person);
    s->rows_changed++;
    return stmt_run(q, err);
}

static bool rows_equalize(Store *s, CaseKey key, const Row *old, size_t n_old, const Row *new, size_t n_new, Err *err)
{
    size_t i = 0, k = 0;

    while (i < n_old || k < n_new) {
        int order = i == n_old ? 1 : k == n_new ? -1 : strcmp(old[i].person, new[k].person);
        bool ok = order < 0   ? row_delete(s, key, &old[i], err)
                  : order > 0 ? row_put(s, SQL_OUTSTANDING_INSERT, key, &new[k], err)
                              : row_same(&old[i], &new[k]) || row_put(s, SQL_OUTSTANDING_UPDATE, key, &new[k], err);
        if (!ok) return false;
        if (order <= 0) i++;
        if (order >= 0) k++;
    }
    return true;
}

bool store_outstanding_apply(Tx *tx, CaseKey key, const Derivation *is, Err *err)
{
    Arena *a;
    Row *old;
    size_t n;
    bool ok;

    if (!tx_touch(tx, err)) return false;
    a = arena_new();
    ok = rows_read(tx->store, key, a, &old, &n, err) &&
         rows_equalize(tx->store, key, old, n, rows_wanted(is, a), is->n_outstanding, err);
    arena_free(&a);
    return ok;
}

bool outstanding_drop(Store *s, CaseKey key, Err *err)
{
    Arena *a = arena_new();
    Row *old;
    size_t n;
    bool ok = rows_read(s, key, a, &old, &n, err) && rows_equalize(s, key, old, n, NULL, 0, err);

    arena_free(&a);
    return ok;
}

bool outstanding_same(Stmt *q, bool *on_row, CaseKey key, const Derivation *is, Arena *a)
{
    const Row *wanted = rows_wanted(is, a);
    bool same = true;
    size_t n = 0;

    for (; *on_row && col_int(q, 0) == key; *on_row = stmt_row(q), n++) {
        Row there = row_read(q, a);
        same = same && n < is->n_outstanding && row_same(&wanted[n], &there);
    }
    return same && n == is->n_outstanding;
}

/* ---- the list ---- */

bool store_outstanding_page(
    Store *s, const OutstandingRow *from, size_t limit, Arena *a, OutstandingRow **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_OUTSTANDING_AFTER);
    OutstandingRow *rows = NULL;
    size_t cap = 0;

    *n = 0;
    if (!sight_fresh(s, err)) return false;
    bind_int(q, "rank", from ? rank_of_grade(from->grade) : -1);
    bind_int(q, "reported_at", from ? from->reported_at : INT64_MIN);
    bind_text(q, "case_id", from ? from->case_id : "");
    bind_text(q, "person", from ? from->person : "");
    bind_int(q, "limit", INT64_MAX); /* hidden ones are passed over, and do not count */
    while (*n < limit && stmt_row(q)) {
        if (sight_hides(s, col_int(q, 5))) continue;
        rows = arena_room(a, rows, *n, &cap, sizeof *rows);
        rows[(*n)++] = (OutstandingRow){ .grade = grade_of_rank((int)col_int(q, 0)),
            .reported_at = col_int(q, 1),
            .case_id = col_text(q, 2, a),
            .person = col_text(q, 3, a),
            .since = col_int(q, 4),
            .key = col_int(q, 5) };
    }
    *out = rows;
    return stmt_end(q, err);
}
