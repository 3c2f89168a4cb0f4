/* store_idle.c — live cases for which nothing is dated, along one order: high risk first, then those that have been so longest. Which they are is
** derived with the duties (the badge of a case says since when); here they are only read. */
#include "inside.h"

static bool after(Stmt *q, const IdleRow *from)
{
    bind_int(q, "rank", from ? rank_of_grade(from->grade) : -1);
    bind_int(q, "idle", from ? from->since : 0);
    bind_int(q, "case_key", from ? from->key : 0);
    return true;
}

/* The number of the case is not in the index: as many look-ups as rows. */
static bool named(Store *s, IdleRow *r, Arena *a, Err *err)
{
    CaseRow row;

    if (!store_case_row(s, r->key, a, &row, err)) return false;
    r->case_id = row.id;
    r->restricted = row.restricted;
    return true;
}

bool store_idle_page(Store *s, const IdleRow *from, size_t limit, Arena *a, IdleRow **out, size_t *n, Err *err)
{
    IdleRow *rows = NULL;
    size_t cap = 0;
    bool ok;
    Stmt *q;

    *n = 0;
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err);
    q = stmt(s, SQL_IDLE_AFTER);
    after(q, from);
    while (ok && *n < limit && stmt_row(q)) { /* hidden ones are passed over, and do not count */
        if (sight_hides(s, col_int(q, 2))) continue;
        rows = arena_room(a, rows, *n, &cap, sizeof *rows);
        rows[(*n)++] = (IdleRow){ .grade = grade_of_rank((int)col_int(q, 0)),
            .since = col_int(q, 1),
            .key = col_int(q, 2),
            .offence = col_text(q, 3, a) };
    }
    ok = stmt_end(q, ok ? err : NULL) && ok;
    for (size_t i = 0; ok && i < *n; i++) ok = named(s, &rows[i], a, err);
    read_end(s);
    *out = rows;
    return ok;
}

bool store_idle_count(Store *s, int64_t most, int64_t *out, Err *err)
{
    Stmt *q;

    *out = 0;
    if (!sight_fresh(s, err)) return false;
    q = stmt(s, SQL_IDLE_AFTER);
    after(q, NULL);
    while (*out < most && stmt_row(q)) *out += !sight_hides(s, col_int(q, 2));
    return stmt_end(q, err);
}
