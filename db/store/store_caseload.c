/* store_caseload.c — whose case it is: the cases of one investigating officer, and which officers there are. Derived with the duties: the badge of a
** case says in whose list it stands. Here they are only read, along indexes. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

/* Behind `last`, those that the index names, each once, added to the sorted list. */
static bool next_of(Store *s, SqlId id, const char *last, Arena *a, const char **out, Err *err)
{
    Stmt *q = stmt(s, id);

    bind_text(q, "investigator", last);
    *out = stmt_row(q) ? col_text(q, 0, a) : NULL;
    return stmt_end(q, err);
}

bool store_investigators(Store *s, Arena *a, const char ***out, size_t *n, Err *err)
{
    const char **all = NULL, *has = "", *waits = "";
    size_t cap = 0;
    bool ok;

    *n = 0;
    if (!read_begin(s, err)) return false;
    ok = next_of(s, SQL_CASELOAD_INVESTIGATOR, "", a, &has, err) && next_of(s, SQL_QUEUE_INVESTIGATOR, "", a, &waits, err);
    while (ok && (has || waits)) {
        int order = !has ? 1 : !waits ? -1 : strcmp(has, waits);
        all = arena_room(a, all, *n, &cap, sizeof *all);
        all[(*n)++] = order <= 0 ? has : waits;
        if (order <= 0) ok = next_of(s, SQL_CASELOAD_INVESTIGATOR, has, a, &has, err);
        if (order >= 0) ok = ok && next_of(s, SQL_QUEUE_INVESTIGATOR, waits, a, &waits, err);
    }
    read_end(s);
    *out = all;
    return ok;
}

/* The number of the case is not in the index: as many look-ups as rows. */
static bool name_it(Store *s, CaseloadRow *r, Arena *a, Err *err)
{
    CaseRow row;

    if (!store_case_row(s, r->key, a, &row, err)) return false;
    r->case_id = row.id;
    r->restricted = row.restricted;
    return true;
}

bool store_caseload(Store *s, const char *investigator, bool named, Arena *a, CaseloadRow **out, size_t *n, Err *err)
{
    CaseloadRow *rows = NULL;
    size_t cap = 0;
    bool ok;
    Stmt *q;

    *n = 0;
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err);
    q = stmt(s, SQL_CASELOAD);
    bind_text(q, "investigator", investigator);
    while (ok && stmt_row(q)) { /* hidden ones are passed over, and do not count */
        if (sight_hides(s, col_int(q, 2))) continue;
        rows = arena_room(a, rows, *n, &cap, sizeof *rows);
        rows[(*n)++] = (CaseloadRow){ .grade = grade_of_rank((int)col_int(q, 0)),
            .touched = col_null(q, 1) ? TIME_NONE : col_int(q, 1),
            .key = col_int(q, 2),
            .offence = col_text(q, 3, a) };
    }
    ok = stmt_end(q, ok ? err : NULL) && ok;
    for (size_t i = 0; named && ok && i < *n; i++) ok = name_it(s, &rows[i], a, err);
    read_end(s);
    *out = rows;
    return ok;
}
