/* forecast_run.c — who will be late first: work taken in order of due, day by day, until a moment. As plain as it can
** be, so that whoever doubts it can follow it with a pencil. Pure: what it needs is in the input. */
#include "app/app.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { WORK_FROM = 9, WORK_TO = 17 }; /* hours of a working day: how much of today is left */

typedef struct Work { /* a duty, while it is simulated */
    const ForecastDuty *of;
    Time opens, due;
    int cycle, left; /* minutes */
    bool done;
    size_t late; /* its row + 1 when it was late; 0 else */
} Work;

typedef struct Sim {
    const ForecastInput *in;
    Forecast *out;
    Arena *a;
    Work *work;
    size_t n, cap, late_cap;
    int64_t room[ROLE_COUNT]; /* minutes left on the day */
    bool has[ROLE_COUNT];     /* roles that have duties */
} Sim;

static int by_due(const void *x, const void *y)
{
    const Work *a = x, *b = y;

    if (a->due != b->due) return a->due < b->due ? -1 : 1;
    if (strcmp(a->of->case_id, b->of->case_id) != 0) return strcmp(a->of->case_id, b->of->case_id);
    if (strcmp(a->of->duty, b->of->duty) != 0) return strcmp(a->of->duty, b->of->duty);
    return (a->cycle > b->cycle) - (a->cycle < b->cycle);
}

static Work *add(Sim *s, Work w)
{
    s->work = mem_room(s->work, s->n, &s->cap, sizeof *s->work);
    s->work[s->n] = w;
    return &s->work[s->n++];
}

/* ---- what there is to work with ---- */

static int away(const Sim *s, Role r, Date day)
{
    int n = 0;

    for (size_t i = 0; i < s->in->n_leave; i++) {
        const ForecastLeave *l = &s->in->leave[i];
        n += (l->roles & ROLE_BIT(r)) && day >= l->from && day <= l->to;
    }
    return n;
}

/* Of today only what is left until the end of the working day. */
static int64_t share_of(const Sim *s, Date day, int64_t minutes)
{
    Time end;

    if (day != civil_local_date(s->in->now)) return minutes;
    end = civil_day_start(day) + WORK_TO * HOUR;
    if (s->in->now >= end) return 0;
    if (s->in->now <= end - (WORK_TO - WORK_FROM) * HOUR) return minutes;
    return minutes * (end - s->in->now) / ((WORK_TO - WORK_FROM) * HOUR);
}

static int64_t capacity(const Sim *s, Role r, Date day)
{
    int officers = s->in->strength[r] - away(s, r, day);

    if (officers <= 0 || !policy_is_working_day(s->in->calendar, day)) return 0;
    return share_of(s, day, (int64_t)officers * s->in->minutes_a_day);
}

/* ---- a day ---- */

static size_t late_add(Sim *s, const Work *w)
{
    Forecast *out = s->out;

    out->late = arena_room(s->a, out->late, out->n_late, &s->late_cap, sizeof *out->late);
    out->late[out->n_late++] = (ForecastLate){ .case_id = w->of->case_id,
        .duty = w->of->duty,
        .cycle = w->cycle,
        .owner = w->of->owner,
        .due = w->due,
        .done = DATE_NONE };
    return out->n_late;
}

/* Done on that day; a repeating one comes again from the end of it, and is taken up again when half its time is over:
** nobody supervises a case every morning because there is time. */
static void finish(Sim *s, size_t i, Date day, size_t *again)
{
    Work w = s->work[i];

    s->work[i].done = true;
    if (w.late) s->out->late[w.late - 1].done = day;
    if (!w.of->again) return;
    w.opens = civil_day_start(day) + WORK_TO * HOUR + w.of->again / 2;
    w.due = civil_day_start(day) + WORK_TO * HOUR + w.of->again;
    w.cycle++;
    w.left = w.of->minutes;
    w.late = 0;
    if (w.due > s->in->until) return;
    add(s, w);
    ++*again;
}

static void work_on(Sim *s, Date day, ForecastDay rows[ROLE_COUNT])
{
    size_t n = s->n, again = 0;

    for (size_t i = 0; i < n; i++) {
        Work *w = &s->work[i];
        Role r = w->of->owner;
        int64_t now = w->left < s->room[r] ? w->left : s->room[r];
        if (w->opens > civil_day_end(day) || (s->room[r] <= 0 && w->left > 0) || rows[r].capacity <= 0) continue;
        w->left -= (int)now;
        s->room[r] -= now;
        rows[r].worked += now;
        if (w->left == 0) finish(s, i, day, &again);
    }
}

/* What is not done at the end of the day it is due (or of its last second before `until`) is late. */
static void close_day(Sim *s, Date day, ForecastDay rows[ROLE_COUNT])
{
    size_t kept = 0;

    for (size_t i = 0; i < s->n; i++) {
        Work *w = &s->work[i];
        Role r = w->of->owner;
        if (w->done) continue;
        if (!w->late && w->due >= s->in->now && civil_local_date(w->due) <= day && w->due <= s->in->until) {
            w->late = late_add(s, w);
            rows[r].late++;
        }
        if (w->opens <= civil_day_end(day)) rows[r].left += w->left;
        s->work[kept++] = *w;
    }
    s->n = kept;
    if (kept) qsort(s->work, kept, sizeof *s->work, by_due);
}

static void one_day(Sim *s, Date day)
{
    ForecastDay rows[ROLE_COUNT] = { 0 };

    for (Role r = 0; r < ROLE_COUNT; r++) {
        rows[r] = (ForecastDay){ .day = day, .role = r, .capacity = capacity(s, r, day) };
        s->room[r] = rows[r].capacity;
    }
    for (size_t i = 0; i < s->n; i++)
        if (civil_local_date(s->work[i].due) == day) rows[s->work[i].of->owner].asked += s->work[i].left;
    work_on(s, day, rows);
    close_day(s, day, rows);
    for (Role r = 0; r < ROLE_COUNT; r++)
        if (s->has[r]) s->out->days[s->out->n_days++] = rows[r];
}

/* ---- the whole ---- */

static void start(Sim *s)
{
    for (size_t i = 0; i < s->in->n_duties; i++) {
        const ForecastDuty *d = &s->in->duties[i];
        add(s, (Work){ .of = d, .opens = d->opens, .due = d->due, .cycle = d->cycle, .left = d->minutes });
        s->has[d->owner] = true;
        s->out->overdue += d->due < s->in->now;
    }
    if (s->n) qsort(s->work, s->n, sizeof *s->work, by_due);
}

static int by_row(const void *x, const void *y)
{
    const ForecastLate *a = x, *b = y;

    if (a->due != b->due) return a->due < b->due ? -1 : 1;
    return strcmp(a->case_id, b->case_id);
}

void forecast_run(const ForecastInput *in, Arena *a, Forecast *out)
{
    Sim s = { .in = in, .out = out, .a = a };
    Date first = civil_local_date(in->now), last = civil_local_date(in->until);

    *out = (Forecast){ .now = in->now, .until = in->until, .minutes_a_day = in->minutes_a_day };
    memcpy(out->strength, in->strength, sizeof out->strength);
    out->days = arena_alloc(a, ((size_t)(last - first) + 1) * ROLE_COUNT * sizeof *out->days);
    start(&s);
    for (Date day = first; day <= last; day++) one_day(&s, day);
    if (out->n_late) qsort(out->late, out->n_late, sizeof *out->late, by_row);
    mem_free(s.work);
}
