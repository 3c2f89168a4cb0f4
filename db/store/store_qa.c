/* store_qa.c — dip samples: what was drawn, out of what, by which seed; and the cases that were looked at since.
** A sample is a fact: it is never drawn again in place of itself. */
#include "inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool store_qa_insert(Tx *tx, const QaSample *sample, int64_t *key, Err *err)
{
    int64_t next;
    Stmt *q;

    if (!tx_touch(tx, err) || !stmt_number(stmt(tx->store, SQL_QA_KEY), &next, err)) return false;
    q = stmt(tx->store, SQL_QA_ADD);
    bind_int(q, "key", next);
    bind_int(q, "seed", sample->seed);
    bind_int(q, "period_from", sample->from);
    bind_int(q, "period_to", sample->to);
    bind_text(q, "team", sample->team ? sample->team : "");
    bind_int(q, "wanted", sample->wanted);
    bind_int(q, "pool", sample->pool);
    bind_text(q, "picked", sample->picked);
    bind_text(q, "drawn_by", sample->drawn_by);
    bind_time(q, "drawn_at", sample->drawn_at);
    bind_int(q, "act", tx->act);
    if (!stmt_run(q, err)) return false;
    if (key) *key = next;
    return true;
}

static void sample_read(Stmt *q, Arena *a, QaSample *out)
{
    *out = (QaSample){ .key = col_int(q, 0),
        .seed = col_int(q, 1),
        .from = col_int(q, 2),
        .to = col_int(q, 3),
        .team = col_text(q, 4, a),
        .wanted = col_int(q, 5),
        .pool = col_int(q, 6),
        .picked = col_text(q, 7, a),
        .drawn_by = col_text(q, 8, a),
        .drawn_at = col_int(q, 9) };
}

bool store_qa_get(Store *s, int64_t key, Arena *a, QaSample *out, Err *err)
{
    Stmt *q = stmt(s, SQL_QA_GET);
    bool found;

    bind_int(q, "key", key);
    found = stmt_row(q);
    if (found) sample_read(q, a, out);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "There is no such dip sample.");
}

bool store_qa_list(Store *s, size_t limit, Arena *a, QaSample **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_QA_NEWEST);
    QaSample *samples = NULL;
    size_t cap = 0;

    *n = 0;
    bind_int(q, "limit", (int64_t)limit);
    while (stmt_row(q)) {
        samples = mem_room(samples, *n, &cap, sizeof *samples);
        sample_read(q, a, &samples[(*n)++]);
    }
    *out = arena_alloc(a, (*n + 1) * sizeof **out);
    if (*n) memcpy(*out, samples, *n * sizeof **out);
    mem_free(samples);
    return stmt_end(q, err);
}

/* ---- the cases that were looked at ---- */

static int by_key(const void *a, const void *b)
{
    const CaseKey *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static size_t each_once(CaseKey *keys, size_t n)
{
    size_t kept = 0;

    if (n) qsort(keys, n, sizeof *keys, by_key);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || keys[i] != keys[kept - 1]) keys[kept++] = keys[i];
    return kept;
}

bool store_qa_cases(Store *s, Time from, Time to, Arena *a, CaseKey **out, size_t *n, Err *err)
{
    Stmt *q;
    CaseKey *keys = NULL;
    size_t cap = 0;

    *n = 0;
    if (!sight_fresh(s, err)) return false;
    q = stmt(s, SQL_QA_CASES);
    bind_int(q, "from", from); /* TIME_NONE is the least there is */
    bind_int(q, "to", to == TIME_NONE ? TIME_MAX : to);
    while (stmt_row(q)) {
        if (sight_hides(s, col_int(q, 0))) continue;
        keys = mem_room(keys, *n, &cap, sizeof *keys);
        keys[(*n)++] = col_int(q, 0);
    }
    *n = each_once(keys, *n);
    *out = arena_alloc(a, (*n + 1) * sizeof **out);
    if (*n) memcpy(*out, keys, *n * sizeof **out);
    mem_free(keys);
    return stmt_end(q, err);
}
