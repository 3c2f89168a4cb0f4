/* store_count.c — the figures on the tabs, flat whatever the store holds.
** Derived counters say how many live duties of an owner fall due on each local day and in each ten minutes, apart by how
** long they wait (`span`, see store_duty.c). A figure is a sum of days, then of the ten minutes of the day that a limit
** cuts, and only the ten minutes that it cuts are counted along the queue's index. */
#include "inside.h"

#include "base/mem.h"

#include <string.h>

/* ---- keeping the counters ---- */

enum { GRAIN_DAY, GRAIN_SLOT, SLOT = 600 /* seconds; local midnight is always at the edge of one */ };

static int64_t slot_of(Time t)
{
    return t >= 0 ? t / SLOT : (t - SLOT + 1) / SLOT;
}

int64_t count_slot(int grain, Time due)
{
    return grain == GRAIN_DAY ? civil_local_date(due) : slot_of(due);
}

static void slot_bind(Stmt *q, const char *owner, int grain, int64_t span, Time due)
{
    bind_text(q, "owner", owner);
    bind_int(q, "grain", grain);
    bind_int(q, "span", span);
    bind_int(q, "slot", count_slot(grain, due));
}

static bool grain_change(Store *s, const char *owner, int grain, int64_t span, Time due, int by, Err *err)
{
    Stmt *q = stmt(s, by > 0 ? SQL_COUNT_ADD : SQL_COUNT_LESS);

    slot_bind(q, owner, grain, span, due);
    bind_int(q, "n", by > 0 ? by : -by);
    if (!stmt_run(q, err)) return false;
    if (by > 0) return true;
    q = stmt(s, SQL_COUNT_DROP); /* a slot with nothing has no row, as if it never had */
    slot_bind(q, owner, grain, span, due);
    return stmt_run(q, err);
}

bool count_change(Store *s, const char *owner, int64_t span, Time due, int by, Err *err)
{
    return grain_change(s, owner, GRAIN_DAY, span, due, by, err) &&
           grain_change(s, owner, GRAIN_SLOT, span, due, by, err);
}

/* For a slot that was wrong by so many. */
bool count_correct(Store *s, const char *owner, int grain, int64_t span, int64_t slot, int64_t by, Err *err)
{
    Stmt *q = stmt(s, SQL_COUNT_CORRECT);

    bind_text(q, "owner", owner);
    bind_int(q, "grain", grain);
    bind_int(q, "span", span);
    bind_int(q, "slot", slot);
    bind_int(q, "by", by);
    if (!stmt_run(q, err)) return false;
    q = stmt(s, SQL_COUNT_DROP);
    bind_text(q, "owner", owner);
    bind_int(q, "grain", grain);
    bind_int(q, "span", span);
    bind_int(q, "slot", slot);
    return stmt_run(q, err);
}

/* ---- figures ---- */

typedef struct DayCount {
    int64_t span, day, n;
} DayCount;

typedef struct Figures {
    Store *store;
    const char *owner;
    const DayCount *days; /* of one span, in order */
    size_t n;
    int64_t span;
} Figures;

static bool between(const Figures *f, SqlId id, int64_t since, int64_t until, int64_t *n, Err *err)
{
    Stmt *q;

    *n = 0;
    if (since > until) return true;
    q = stmt(f->store, id);
    bind_text(q, "owner", f->owner);
    bind_int(q, "span", f->span);
    bind_int(q, "since", since);
    bind_int(q, "until", until);
    return stmt_number(q, n, err);
}

/* Of the day that `until` cuts: its whole slots, then the slot that is cut too. */
static bool part_of_day(const Figures *f, Time since, Time until, int64_t *n, Err *err)
{
    int64_t slots, rest, cut = slot_of(until + 1);

    if (!between(f, SQL_COUNT_SLOTS, slot_of(since), cut - 1, &slots, err)) return false;
    if (!between(f, SQL_COUNT_BETWEEN, cut * SLOT, until, &rest, err)) return false;
    *n = slots + rest;
    return true;
}

/* How many fall due at `until` or before. */
static bool due_by(const Figures *f, Time until, int64_t *out, Err *err)
{
    Date day = civil_local_date(until);
    int64_t sum = 0, part = 0;
    size_t i = 0;

    for (; i < f->n && f->days[i].day < day; i++) sum += f->days[i].n;
    if (i < f->n && f->days[i].day == day) {
        if (until == civil_day_end(day))
            part = f->days[i].n;
        else if (!part_of_day(f, civil_day_start(day), until, &part, err))
            return false;
    }
    *out = sum + part;
    return true;
}

static Time sooner(Time a, Time b)
{
    return a < b ? a : b;
}

static bool span_add(const Figures *f, Time now, int64_t out[TAB_COUNT], Err *err)
{
    Date today = civil_local_date(now);
    Time opened = f->span ? now + f->span : TIME_MAX; /* open = due by then */
    Time ends[] = { now - 1, sooner(civil_day_end(today), opened), sooner(civil_day_end(today + 7), opened) };
    int64_t by[3], open = 0, all = 0;

    for (int i = 0; i < 3; i++)
        if (!due_by(f, ends[i], &by[i], err)) return false;
    for (size_t i = 0; i < f->n; i++) all += f->days[i].n;
    if (f->span == 0)
        open = all;
    else if (!due_by(f, opened, &open, err))
        return false;
    out[TAB_OVERDUE] += by[0];
    out[TAB_TODAY] += by[1] - by[0];
    out[TAB_WEEK] += by[2] - by[1];
    out[TAB_WAITING] += all - open;
    out[TAB_ALL] += all;
    return true;
}

static bool days_read(Store *s, const char *owner, DayCount **days, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_COUNT_DAYS);
    size_t cap = 0;

    *days = NULL;
    *n = 0;
    bind_text(q, "owner", owner);
    while (stmt_row(q)) {
        *days = mem_room(*days, *n, &cap, sizeof **days);
        (*days)[(*n)++] = (DayCount){ col_int(q, 0), col_int(q, 1), col_int(q, 2) };
    }
    return stmt_end(q, err);
}

static bool owner_add(Store *s, const char *owner, Time now, int64_t out[TAB_COUNT], Err *err)
{
    DayCount *days;
    size_t n;
    bool ok = days_read(s, owner, &days, &n, err);

    for (size_t from = 0, to; ok && from < n; from = to) {
        for (to = from; to < n && days[to].span == days[from].span; to++) {}
        ok = span_add(&(Figures){ s, owner, days + from, to - from, days[from].span }, now, out, err);
    }
    mem_free(days);
    return ok;
}

/* One row that is live: into the tab that shows it, by `by`. */
static void tab_add(Time due, int64_t span, Time now, int by, int64_t out[TAB_COUNT])
{
    Date today = civil_local_date(now);
    bool open = due >= now && (span == 0 || due <= now + span);

    if (due < now)
        out[TAB_OVERDUE] += by;
    else if (!open)
        out[TAB_WAITING] += by;
    else if (due <= civil_day_end(today))
        out[TAB_TODAY] += by;
    else if (due <= civil_day_end(today + 7))
        out[TAB_WEEK] += by;
}

/* The counters know nothing of holds: what is put aside now is counted one by one, and taken out of its tab. */
static bool held_move(Store *s, Role owner, Time now, int64_t out[TAB_COUNT], Err *err)
{
    Stmt *q = stmt(s, SQL_QUEUE_HELD);

    bind_text(q, "owner", role_word(owner));
    bind_int(q, "now", now);
    while (stmt_row(q)) {
        tab_add(col_int(q, 0), col_int(q, 11), now, -1, out);
        out[TAB_HELD]++;
    }
    return stmt_end(q, err);
}

static void live_add(Time due, int64_t span, Time held, Time now, int64_t out[TAB_COUNT])
{
    if (held > now)
        out[TAB_HELD]++;
    else
        tab_add(due, span, now, 1, out);
    out[TAB_ALL]++;
}

/* The counters know nothing of restricted cases: those that who looks may see are counted one by one. */
static bool veiled_add(Store *s, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err)
{
    Arena *a = arena_new();
    VeiledDuty *rows = NULL;
    size_t n = 0;
    bool ok = sight_fresh(s, err) && veiled_duties(s, q->roles, a, &rows, &n, err);

    for (size_t i = 0; i < n; i++)
        if (queue_is_of(q, rows[i].row.investigator)) live_add(rows[i].row.due, rows[i].span, rows[i].row.held, q->now, out);
    arena_free(&a);
    return ok;
}

static bool investigator_add(Store *s, const char *of, Role owner, Time now, int64_t out[TAB_COUNT], Err *err)
{
    Stmt *q = stmt(s, SQL_QUEUE_OF_OWNER);

    bind_text(q, "investigator", of);
    bind_text(q, "owner", role_word(owner));
    while (stmt_row(q)) live_add(col_int(q, 0), col_int(q, 1), col_null(q, 2) ? 0 : col_int(q, 2), now, out);
    return stmt_end(q, err);
}

bool store_queue_counts_of(Store *s, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err)
{
    bool ok = true;

    memset(out, 0, TAB_COUNT * sizeof *out);
    if (!read_begin(s, err)) return false;
    for (Role r = ROLE_NONE + 1; ok && r < ROLE_COUNT; r++)
        for (size_t i = 0; ok && q->roles & ROLE_BIT(r) && i < q->n_of; i++) ok = investigator_add(s, q->of[i], r, q->now, out, err);
    ok = ok && veiled_add(s, q, out, err);
    read_end(s);
    return ok;
}

bool store_queue_counts(Store *s, RoleSet roles, Time now, int64_t out[TAB_COUNT], Err *err)
{
    bool ok = true;

    memset(out, 0, TAB_COUNT * sizeof *out);
    if (!read_begin(s, err)) return false;
    for (Role r = ROLE_NONE + 1; ok && r < ROLE_COUNT; r++)
        if (roles & ROLE_BIT(r)) ok = owner_add(s, role_word(r), now, out, err) && held_move(s, r, now, out, err);
    ok = ok && veiled_add(s, &(QueueQuery){ .roles = roles, .now = now }, out, err);
    read_end(s);
    return ok;
}
