/* store_same.c — cases in which a person of that family name and birth date stands, as they are compared by search. What matches is
** read from every version of a person: whoever asks looks at what stands now. Restricted cases have no search key: they are not among them. */
#include "inside.h"

#include "base/mem.h"

bool store_cases_of_person(
    Store *s, const char *family, Date born, bool with_orders, size_t limit, Arena *a, CaseRow **out, size_t *n, Err *err)
{
    char *folded = search_fold(family ? family : "");
    CaseRow *rows = arena_alloc(a, (limit + 1) * sizeof *rows);
    Stmt *q;
    bool ok;

    *n = 0;
    *out = rows;
    if (!folded || !*folded) return mem_free(folded), true;
    q = stmt(s, SQL_SAME_PERSON);
    bind_text(q, "folded", folded);
    bind_int(q, "born", born);
    bind_int(q, "bound", with_orders);
    bind_int(q, "limit", (int64_t)limit);
    while (*n < limit && stmt_row(q))
        rows[(*n)++] = (CaseRow){ col_int(q, 0), col_int(q, 1), col_text(q, 2, a), col_time(q, 3), col_text(q, 4, a), false };
    ok = stmt_end(q, err);
    for (size_t i = 0; ok && i < *n; i++) ok = sight_shown_id(s, rows[i].key, &rows[i].id, a, err);
    mem_free(folded);
    return ok;
}
