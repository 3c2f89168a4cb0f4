/* store_stretch.c — what became of alerts: the stretches of each case, and how many of each sort began on each day.
** Like the figures of the tabs, the numbers of days follow the rows of cases in the same write, and a recheck counts them again. A period
** is a sum of days; only the days that it cuts are counted row by row. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- the rows of a case ---- */

static AlertStretch stretch_read(Stmt *q, Arena *a)
{
    return (AlertStretch){ .alert = col_text(q, 1, a),
        .since = col_int(q, 2),
        .end = alert_end_by_word(q->store->engine->get_text(q->raw, 3).p) };
}

static bool stretches_read(Store *s, CaseKey key, Arena *a, AlertStretch **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_STRETCH_OF_CASE);
    size_t cap = 0;

    *out = NULL, *n = 0;
    bind_int(q, "case_key", key);
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[(*n)++] = stretch_read(q, a);
    }
    return stmt_end(q, err);
}

static void tally_bind(Stmt *q, const char *alert, const char *end, int64_t day)
{
    bind_text(q, "alert", alert);
    bind_text(q, "end", end);
    bind_int(q, "day", day);
}

static bool tally_change(Store *s, const AlertStretch *x, bool more, Err *err)
{
    Stmt *q = stmt(s, more ? SQL_TALLY_ADD : SQL_TALLY_LESS);

    tally_bind(q, x->alert, alert_end_word(x->end), civil_local_date(x->since));
    bind_int(q, "since", x->since);
    if (!stmt_run(q, err)) return false;
    if (more) return true;
    q = stmt(s, SQL_TALLY_DROP); /* a day with none has no row, as if it never had */
    tally_bind(q, x->alert, alert_end_word(x->end), civil_local_date(x->since));
    return stmt_run(q, err);
}

static bool stretch_change(Store *s, CaseKey key, const AlertStretch *x, bool more, Err *err)
{
    Stmt *q = stmt(s, more ? SQL_STRETCH_INSERT : SQL_STRETCH_DELETE);

    bind_int(q, "case_key", key);
    bind_text(q, "alert", x->alert);
    bind_int(q, "since", x->since);
    if (more) bind_text(q, "end", alert_end_word(x->end));
    s->rows_changed++;
    return stmt_run(q, err) && tally_change(s, x, more, err);
}

static int stretch_compare(const AlertStretch *x, const AlertStretch *y)
{
    int c = strcmp(x->alert, y->alert);

    if (c) return c;
    if (x->since != y->since) return x->since < y->since ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

bool stretches_equalize(Store *s, CaseKey key, const AlertStretch *new, size_t n_new, Err *err)
{
    Arena *a = arena_new();
    AlertStretch *old;
    size_t n_old, i = 0, k = 0;
    bool ok = stretches_read(s, key, a, &old, &n_old, err);

    for (size_t x = 0; ok && x < n_old; x++) { /* first those that go: one that only ended otherwise has the same key */
        while (k < n_new && stretch_compare(&new[k], &old[x]) < 0) k++;
        if (k == n_new || stretch_compare(&new[k], &old[x]) != 0) ok = stretch_change(s, key, &old[x], false, err);
    }
    for (k = 0; ok && k < n_new; k++) {
        while (i < n_old && stretch_compare(&old[i], &new[k]) < 0) i++;
        if (i == n_old || stretch_compare(&old[i], &new[k]) != 0) ok = stretch_change(s, key, &new[k], true, err);
    }
    arena_free(&a);
    return ok;
}

void stretch_mark(Hasher *h, const AlertStretch *x)
{
    int64_t numbers[] = { x->since, x->end };

    crypto_hash_add(h, x->alert, strlen(x->alert) + 1);
    crypto_hash_add(h, numbers, sizeof numbers);
}

void stretches_mark_walked(Stmt *q, bool *on_row, CaseKey key, Hasher *h, Arena *a)
{
    for (; *on_row && col_int(q, 0) == key; *on_row = stmt_row(q)) {
        AlertStretch there = stretch_read(q, a);
        stretch_mark(h, &there);
    }
}

/* ---- a period ---- */

typedef struct Period {
    Store *store;
    const char *alert, *end;
    int64_t n, since_sum;
} Period;

static bool add_between(Period *p, SqlId id, int64_t since, int64_t until, Err *err)
{
    Stmt *q = stmt(p->store, id);

    if (since > until) return true;
    bind_text(q, "alert", p->alert);
    bind_text(q, "end", p->end);
    bind_int(q, "since", since);
    bind_int(q, "until", until);
    if (stmt_row(q)) {
        p->n += col_int(q, 0);
        p->since_sum += col_int(q, 1);
    }
    return stmt_end(q, err);
}

static bool add_period(Period *p, Time from, Time to, Err *err)
{
    Date first = civil_local_date(from), last = civil_local_date(to);

    if (from != civil_day_start(first)) first++;
    if (to != civil_day_end(last)) last--;
    if (first > last) return add_between(p, SQL_STRETCH_SUM, from, to, err);
    return add_between(p, SQL_STRETCH_SUM, from, civil_day_start(first) - 1, err) &&
           add_between(p, SQL_TALLY_SUM, first, last, err) &&
           add_between(p, SQL_STRETCH_SUM, civil_day_end(last) + 1, to, err);
}

static bool oldest_read(Store *s, const char *alert, Time from, Time to, Time *out, Err *err)
{
    Stmt *q = stmt(s, SQL_STRETCH_OLDEST);

    bind_text(q, "alert", alert);
    bind_text(q, "end", alert_end_word(ALERT_WAITS));
    bind_int(q, "since", from);
    bind_int(q, "until", to);
    *out = stmt_row(q) ? col_int(q, 0) : TIME_NONE;
    return stmt_end(q, err);
}

bool store_alert_became(Store *s, const char *alert, Time from, Time to, AlertBecame *out, Err *err)
{
    bool ok;

    *out = (AlertBecame){ .oldest = TIME_NONE };
    if (!read_begin(s, err)) return false;
    ok = true;
    for (AlertEnd end = 0; ok && end < ALERT_ENDS; end++) {
        Period p = { .store = s, .alert = alert, .end = alert_end_word(end) };
        ok = add_period(&p, from, to, err);
        out->n[end] = p.n;
        if (end == ALERT_WAITS) out->since_sum = p.since_sum;
    }
    if (ok && out->n[ALERT_WAITS]) ok = oldest_read(s, alert, from, to, &out->oldest, err);
    read_end(s);
    return ok;
}

bool store_alert_told(Store *s, bool *told, Err *err)
{
    Stmt *q = stmt(s, SQL_ALERT_UNMARKED);

    *told = !stmt_row(q);
    return stmt_end(q, err);
}

/* ---- a recheck of the days ---- */

typedef struct Day {
    const char *end;
    int64_t day, n, since_sum;
} Day;

typedef struct Days {
    Day *items;
    size_t n, cap;
} Days;

static Day *day_add(Days *d, const Day *day, Arena *a)
{
    d->items = arena_room(a, d->items, d->n, &d->cap, sizeof *d->items);
    d->items[d->n] = *day;
    return &d->items[d->n++];
}

/* As the stretches make them: they come by end and since, so days come in order. */
static bool days_made(Store *s, const char *alert, Arena *a, Days *out, Err *err)
{
    Stmt *q = stmt(s, SQL_STRETCH_OF_ALERT);
    Day *last = NULL;

    bind_text(q, "alert", alert);
    while (stmt_row(q)) {
        Day x = { alert_end_word(alert_end_by_word(s->engine->get_text(q->raw, 0).p)), civil_local_date(col_int(q, 1)),
            1, col_int(q, 1) };
        if (last && last->end == x.end && last->day == x.day)
            last->n++, last->since_sum += x.since_sum;
        else
            last = day_add(out, &x, a);
    }
    return stmt_end(q, err);
}

static bool days_kept(Store *s, const char *alert, Arena *a, Days *out, Err *err)
{
    Stmt *q = stmt(s, SQL_TALLY_OF_ALERT);

    bind_text(q, "alert", alert);
    while (stmt_row(q)) day_add(out, &(Day){ col_text(q, 0, a), col_int(q, 1), col_int(q, 2), col_int(q, 3) }, a);
    return stmt_end(q, err);
}

static bool tally_put(Store *s, const char *alert, const Day *x, Err *err)
{
    Stmt *q = stmt(s, SQL_TALLY_PUT);

    tally_bind(q, alert, x->end, x->day);
    bind_int(q, "n", x->n);
    bind_int(q, "since_sum", x->since_sum);
    if (!stmt_run(q, err)) return false;
    if (x->n) return true;
    q = stmt(s, SQL_TALLY_DROP);
    tally_bind(q, alert, x->end, x->day);
    return stmt_run(q, err);
}

static int day_order(const Day *x, const Day *y)
{
    int c = strcmp(x->end, y->end);

    return c ? c : (x->day > y->day) - (x->day < y->day);
}

bool tally_right(Store *s, const char *alert, bool mend, bool *right, Err *err)
{
    Arena *a = arena_new();
    Days made = { 0 }, kept = { 0 };
    size_t i = 0, k = 0;
    bool ok = days_made(s, alert, a, &made, err) && days_kept(s, alert, a, &kept, err);

    *right = true;
    while (ok && (i < made.n || k < kept.n)) {
        int order = i == made.n ? 1 : k == kept.n ? -1 : day_order(&made.items[i], &kept.items[k]);
        const Day none = order > 0 ? (Day){ kept.items[k].end, kept.items[k].day, 0, 0 } : (Day){ "", 0, 0, 0 };
        const Day *is = order > 0 ? &none : &made.items[i];
        bool same = order == 0 && is->n == kept.items[k].n && is->since_sum == kept.items[k].since_sum;
        if (!same) *right = false;
        if (!same && mend) ok = tally_put(s, alert, is, err);
        i += order <= 0;
        k += order >= 0;
    }
    if (ok && mend && !*right) s->rows_changed++;
    arena_free(&a);
    return ok;
}

static bool next_of(Store *s, SqlId id, const char *alert, Arena *a, const char **out, Err *err)
{
    Stmt *q = stmt(s, id);

    bind_text(q, "alert", alert);
    *out = stmt_row(q) ? col_text(q, 0, a) : NULL;
    return stmt_end(q, err);
}

bool tally_next(Store *s, const char **alert, Arena *a, Err *err)
{
    const char *stretch, *tally;

    if (!next_of(s, SQL_STRETCH_ALERT, *alert, a, &stretch, err) ||
        !next_of(s, SQL_TALLY_ALERT, *alert, a, &tally, err))
        return false;
    *alert = !stretch ? tally : !tally || strcmp(stretch, tally) < 0 ? stretch : tally;
    return true;
}
