/* store_marac.c — the lists of MARAC meetings, along their index. A hearing that grew has several versions side by side: the last one counts. */
#include "inside.h"

#include "base/mem.h"

#include <string.h>

typedef struct Hearings {
    HearingRow *rows;
    size_t n, cap;
    CaseKey key;
    int64_t seq; /* of the last one read */
} Hearings;

static void take(Hearings *h, Stmt *q, Arena *a)
{
    CaseKey key = col_int(q, 0);
    int64_t seq = col_int(q, 1);

    if (h->n && h->key == key && h->seq == seq)
        h->n--; /* a newer version of the same */
    h->rows = mem_room(h->rows, h->n, &h->cap, sizeof *h->rows);
    h->rows[h->n++] = (HearingRow){ .key = key,
        .case_id = col_text(q, 3, a),
        .hearing = col_text(q, 4, a),
        .meeting = col_int(q, 5),
        .restricted = col_int(q, 6) != 0,
        .heard_at = col_time(q, 7) };
    h->key = key;
    h->seq = seq;
}

bool store_hearings(Store *s, Time from, Time to, Arena *a, HearingRow **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_HEARINGS_BETWEEN);
    Hearings h = { 0 };

    if (!sight_fresh(s, err)) return false;
    bind_int(q, "from", from);
    bind_int(q, "to", to == TIME_NONE ? TIME_MAX : to);
    while (stmt_row(q))
        if (!sight_hides(s, col_int(q, 0))) take(&h, q, a);
    *n = h.n;
    *out = arena_zero(a, h.n + 1, sizeof **out);
    if (h.n) memcpy(*out, h.rows, h.n * sizeof **out);
    mem_free(h.rows);
    return stmt_end(q, err);
}
