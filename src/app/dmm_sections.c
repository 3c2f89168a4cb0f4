/* dmm_sections.c — the sections of a daily management meeting, each the rows of one index as of now: what is open, what is new, what went wrong. */
#include "dmm_in.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

typedef struct Rows {
    Arena *a;
    MeetingRow *items;
    size_t n, cap;
} Rows;

static void rows_add(Rows *r, const MeetingRow *some, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        r->items = arena_room(r->a, r->items, r->n, &r->cap, sizeof *r->items);
        r->items[r->n++] = some[i];
    }
}

/* "staff-" is the beginning of several names; a word without the dash is one name. */
static bool is_named(const char *id, const char *name)
{
    size_t n = strlen(name);

    return n && name[n - 1] == '-' ? strncmp(id, name, n) == 0 : str_eq(id, name);
}

/* Under a clock that was set back the stored duties are of another moment: they are evaluated case by case. */
typedef struct Live {
    App *app;
    const char *begins;
    Time opens, due;
    Rows *out;
    Arena *work;
} Live;

static bool live_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Live *l = with;
    Duty *duties = NULL;
    size_t n;

    arena_reset(l->work);
    n = policy_evaluate(l->app->policy, doc, app_now(l->app), l->work, &duties);
    for (size_t i = 0; i < n; i++) {
        const Duty *d = &duties[i];
        if (!duty_is_live(d) || d->opens > l->opens || d->due > l->due || !is_named(d->id, l->begins)) continue;
        rows_add(l->out, &(MeetingRow){ row->key, arena_dup(l->out->a, d->id), d->owner, d->due, d->opens }, 1);
    }
    return true;
}

static bool live_named(App *app, const char *begins, Time opens, Time due, Rows *out, Err *err)
{
    Live l = { app, begins, opens, due, out, arena_new_secret() };
    bool ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), live_case, &l, err);

    arena_free(&l.work);
    return ok;
}

/* Live duties of that name that open and fall due by then. */
static bool named(App *app, const char *name, Time opens, Time due, Rows *out, Err *err)
{
    MeetingRow *some;
    size_t n;
    bool live = false;

    if (!queue_needs_live(app, &live, err)) return false;
    if (live) return live_named(app, name, opens, due, out, err);
    for (size_t i = 0; i < policy_duty_count(app->policy); i++) {
        const char *id = policy_duty(app->policy, i)->id;
        if (!is_named(id, name)) continue;
        if (!store_duties_named(app->store, id, opens, due, DMM_SECTION_MOST, out->a, &some, &n, err)) return false;
        rows_add(out, some, n);
    }
    return true;
}

static int due_first(const void *p, const void *q)
{
    const MeetingRow *x = p, *y = q;

    return x->due != y->due ? (x->due < y->due ? -1 : 1) : x->key < y->key ? -1 : x->key > y->key;
}

/* Numbers that a CAD is overdue with: the longest first. */
static bool cads(App *app, Time now, size_t most, Rows *out, Err *err)
{
    if (!named(app, "cris-number", now, now - 1, out, err) || !named(app, "merlin-number", now, now - 1, out, err)) return false;
    if (out->n > 1) qsort(out->items, out->n, sizeof *out->items, due_first);
    if (out->n > most) out->n = most;
    return true;
}

static bool overdue(App *app, size_t most, Rows *out, Err *err)
{
    QueueQuery q = { .tab = TAB_OVERDUE, .roles = roles_of_cases(), .now = app_now(app), .limit = most };
    QueueRow *rows;
    size_t n;

    if (!app_page(app, &q, out->a, &rows, &n, err)) return false;
    for (size_t i = 0; i < n; i++) rows_add(out, &(MeetingRow){ rows[i].key, rows[i].duty, rows[i].owner, rows[i].due, rows[i].opens }, 1);
    return true;
}

bool dmm_section(App *app, DmmSection section, Time since, size_t most, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    Rows rows = { .a = a };
    Time now = app_now(app);
    bool ok = true;

    *out = NULL, *n = 0;
    switch (section) {
    case DMM_ACTIONS: return store_tasks_given(app->store, "dmm", TIME_MAX, a, out, n, err);
    case DMM_HIGH: return store_high_since(app->store, since, now, a, out, n, err);
    case DMM_MERLIN: return store_merlins_since(app->store, since, now, a, out, n, err);
    case DMM_MARAC:
        if (!store_tasks_given(app->store, "marac", now - 1, a, out, n, err)) return false;
        if (*n > most) *n = most;
        return true;
    case DMM_NEW: ok = named(app, DMM_DUTY, TIME_MAX, TIME_MAX, &rows, err); break; /* also what is to be viewed only later: it is known now */
    case DMM_STAFF: ok = named(app, "staff-", now, TIME_MAX, &rows, err); break;
    case DMM_IBO: ok = cads(app, now, most, &rows, err); break;
    case DMM_OVERDUE: ok = overdue(app, most, &rows, err); break;
    default: break;
    }
    *out = rows.items;
    *n = rows.n;
    return ok;
}

/* ---- how many ---- */

static bool count_named(App *app, const char *name, Time now, int64_t *n, Err *err)
{
    int64_t some = 0;

    if (!store_duties_count(app->store, name, now, now - 1, &some, err)) return false;
    *n += some;
    return true;
}

static bool count_cads(App *app, Arena *a, int64_t *n, Err *err)
{
    Time now = app_now(app);
    Rows rows = { .a = a };
    bool live = false;

    if (!queue_needs_live(app, &live, err)) return false;
    if (!live) return count_named(app, "cris-number", now, n, err) && count_named(app, "merlin-number", now, n, err);
    if (!cads(app, now, SIZE_MAX, &rows, err)) return false;
    *n = (int64_t)rows.n;
    return true;
}

bool dmm_section_count(App *app, DmmSection section, Arena *a, int64_t *n, Err *err)
{
    MeetingRow *rows;
    size_t some = 0;

    *n = 0;
    if (section == DMM_IBO) return count_cads(app, a, n, err);
    if (!dmm_section(app, section, TIME_NONE, SIZE_MAX, a, &rows, &some, err)) return false;
    *n = (int64_t)some;
    return true;
}
