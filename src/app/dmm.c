/* dmm.c — what a daily management meeting looks at, made anew at every look: what was said stands in the store, everything else follows from
** the facts. A case stands once, whatever it stands for. What was said comes first, in the order in which it was said, so that nothing
** moves under a cursor; a case that came in meanwhile comes last. */
#include "dmm_in.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

const char *const dmm_section_words[DMM_SECTIONS] = { "actions", "new", "high", "staff", "merlin", "marac", "ibo", "overdue" };
const char *const dmm_section_labels[DMM_SECTIONS] = { "Open action", "New", "High risk", "Police staff", "Merlin", "MARAC action", "CAD",
    "Overdue" };

enum { SECTION_MOST = 500 };

/* ---- meetings ---- */

bool dmm_last(App *app, Arena *a, Meeting *out, Err *err)
{
    Meeting *last;
    size_t n;

    *out = (Meeting){ .key = 0 };
    if (!store_meeting_list(app->store, 1, a, &last, &n, err)) return false;
    if (n) *out = last[0];
    return true;
}

bool app_dmm_meetings(App *app, size_t limit, Arena *a, Meeting **out, size_t *n, Err *err)
{
    *out = NULL, *n = 0;
    return app_may_do(app, PERM_DMM_READ, "dmm.list", NULL, err) && store_meeting_list(app->store, limit, a, out, n, err);
}

/* ---- sections ---- */

bool dmm_is_mine(App *app, const char *case_id, bool *mine, Err *err)
{
    Arena *a = arena_new();
    CaseRow row;
    Err why = { 0 };

    *mine = app_case_find(app, case_id, a, &row, &why);
    arena_free(&a);
    if (*mine || why.kind == ERR_MISSING || why.kind == ERR_DENIED) return true;
    if (err) *err = why;
    return false;
}

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
    Time due;
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
        if (!duty_is_live(d) || d->opens > app_now(l->app) || d->due > l->due || !is_named(d->id, l->begins)) continue;
        rows_add(l->out, &(MeetingRow){ row->key, arena_dup(l->out->a, d->id), d->owner, d->due }, 1);
    }
    return true;
}

static bool live_named(App *app, const char *begins, Time due, Rows *out, Err *err)
{
    Live l = { app, begins, due, out, arena_new_secret() };
    bool ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), live_case, &l, err);

    arena_free(&l.work);
    return ok;
}

/* Live duties of that name that opened and fall due by then. */
static bool named(App *app, const char *name, Time due, Rows *out, Err *err)
{
    MeetingRow *some;
    size_t n;
    bool live = false;

    if (!queue_needs_live(app, &live, err)) return false;
    if (live) return live_named(app, name, due, out, err);
    for (size_t i = 0; i < policy_duty_count(app->policy); i++) {
        const char *id = policy_duty(app->policy, i)->id;
        if (!is_named(id, name)) continue;
        if (!store_duties_named(app->store, id, app_now(app), due, SECTION_MOST, out->a, &some, &n, err)) return false;
        rows_add(out, some, n);
    }
    return true;
}

static bool overdue(App *app, Rows *out, Err *err)
{
    enum { SHOWN = 50 };
    QueueQuery q = { .tab = TAB_OVERDUE, .now = app_now(app), .limit = SHOWN };
    QueueRow *rows;
    size_t n;

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (role_is_case_role(r)) q.roles |= ROLE_BIT(r);
    if (!app_page(app, &q, out->a, &rows, &n, err)) return false;
    for (size_t i = 0; i < n; i++) rows_add(out, &(MeetingRow){ rows[i].key, rows[i].duty, rows[i].owner, rows[i].due }, 1);
    return true;
}

bool dmm_section(App *app, DmmSection section, Time since, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    Rows rows = { .a = a };
    Time now = app_now(app);
    bool ok = true;

    *out = NULL, *n = 0;
    switch (section) {
    case DMM_ACTIONS: return store_tasks_given(app->store, "dmm", TIME_MAX, a, out, n, err);
    case DMM_HIGH: return store_high_since(app->store, since, now, a, out, n, err);
    case DMM_MERLIN: return store_merlins_since(app->store, since, now, a, out, n, err);
    case DMM_MARAC: return store_tasks_given(app->store, "marac", now - 1, a, out, n, err);
    case DMM_NEW: ok = named(app, DMM_DUTY, TIME_MAX, &rows, err); break;
    case DMM_STAFF: ok = named(app, "staff-", TIME_MAX, &rows, err); break;
    case DMM_IBO: ok = named(app, "cris-number", now - 1, &rows, err) && named(app, "merlin-number", now - 1, &rows, err); break;
    case DMM_OVERDUE: ok = overdue(app, &rows, err); break;
    default: break;
    }
    *out = rows.items;
    *n = rows.n;
    return ok;
}

/* ---- the agenda ---- */

typedef struct Agenda {
    App *app;
    Arena *a;
    const Meeting *meeting;
    DmmItem *items;
    size_t n, cap;
} Agenda;

static DmmItem *item_of(Agenda *g, CaseKey key)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].key == key) return &g->items[i];
    g->items = arena_room(g->a, g->items, g->n, &g->cap, sizeof *g->items);
    g->items[g->n] = (DmmItem){ .key = key, .due = TIME_NONE, .at = TIME_NONE };
    return &g->items[g->n++];
}

static bool add_said(Agenda *g, Err *err)
{
    MeetingSaid *said;
    size_t n;

    if (g->meeting->key == 0) return true;
    if (!store_meeting_said(g->app->store, g->meeting->key, g->a, &said, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        DmmItem *x = item_of(g, said[i].key);
        x->decided |= said[i].said != MEETING_DONE;
        if (said[i].said != MEETING_PASSED || x->said == MEETING_NOTHING) x->said = said[i].said, x->by = said[i].by, x->at = said[i].at;
        x->seen = said[i].seq;
        if (!x->first) x->first = said[i].seq;
        x->sections |= said[i].sections << DMM_SECTIONS; /* what it stood for then, see settle */
    }
    return true;
}

static bool add_sections(Agenda *g, Err *err)
{
    if (g->meeting->ended_by) return true; /* it is over: what was said is all there is */
    for (DmmSection s = 0; s < DMM_WALKED; s++) {
        MeetingRow *rows;
        size_t n;
        if (!dmm_section(g->app, s, g->meeting->since, g->a, &rows, &n, err)) return false;
        for (size_t i = 0; i < n; i++) {
            DmmItem *x = item_of(g, rows[i].key);
            x->sections |= 1u << s;
            if (s == DMM_ACTIONS && (x->due == TIME_NONE || rows[i].due < x->due)) x->due = rows[i].due;
        }
    }
    return true;
}

/* What a row says of its case; one that is not for this officer goes. */
static bool fill(Agenda *g, DmmItem *x, bool *keep, Err *err)
{
    MeetingCase c;
    unsigned now = x->sections & ((1u << DMM_SECTIONS) - 1), then = x->sections >> DMM_SECTIONS;

    if (!store_meeting_case(g->app->store, x->key, g->a, &c, err) || !dmm_is_mine(g->app, c.id, keep, err)) return false;
    x->case_id = c.id;
    x->grade = c.grade;
    x->offence = c.offence ? c.offence : "";
    x->reported_at = c.reported_at;
    x->late = g->meeting->key && !g->meeting->ended_by && c.act > g->meeting->began_act;
    if ((now & 1u << DMM_HIGH) && x->grade != GRADE_HIGH) now &= ~(1u << DMM_HIGH); /* it was, and was graded down */
    if (x->seen && !x->decided && now == 0) x->decided = true;
    *keep = *keep && (now || then);
    x->sections = x->seen ? then | now : now;
    return true;
}

static int urgency(Code grade)
{
    return grade == GRADE_HIGH ? 0 : grade == CODE_NONE ? 1 : grade == GRADE_MEDIUM ? 2 : 3;
}

#define BY(x, y)                                                                                                       \
    if ((x) != (y)) return (x) < (y) ? -1 : 1

static int in_order(const void *p, const void *q)
{
    const DmmItem *x = p, *y = q;

    BY(x->seen == 0, y->seen == 0);
    if (x->seen) BY(x->first, y->first);
    BY(x->late, y->late);
    BY(__builtin_ctz(x->sections), __builtin_ctz(y->sections));
    if (x->sections & 1u << DMM_ACTIONS) BY(x->due, y->due);
    BY(urgency(x->grade), urgency(y->grade));
    BY(x->reported_at, y->reported_at);
    BY(strcmp(x->case_id, y->case_id), 0);
    return 0;
}

static bool settle(Agenda *g, Dmm *out, Err *err)
{
    size_t kept = 0;

    for (size_t i = 0; i < g->n; i++) {
        bool keep;
        if (!fill(g, &g->items[i], &keep, err)) return false;
        if (keep) g->items[kept++] = g->items[i];
    }
    if (kept > 1) qsort(g->items, kept, sizeof *g->items, in_order);
    out->items = g->items;
    out->n = out->at = kept;
    for (size_t i = kept; i-- > 0;) {
        if (!g->items[i].decided) out->at = i;
        out->counts[g->items[i].said]++;
    }
    return true;
}

bool dmm_agenda(App *app, const Meeting *m, Arena *a, Dmm *out, Err *err)
{
    Agenda g = { .app = app, .a = a, .meeting = m };

    *out = (Dmm){ .meeting = *m };
    return add_said(&g, err) && add_sections(&g, err) && settle(&g, out, err);
}

bool app_dmm(App *app, Arena *a, Dmm *out, Err *err)
{
    Meeting last;

    *out = (Dmm){ .n = 0 };
    if (!app_may_do(app, PERM_DMM_READ, "dmm.read", NULL, err) || !dmm_last(app, a, &last, err)) return false;
    if (last.key == 0 || last.ended_by)
        last = (Meeting){ .since = last.key ? last.began_at : app_now(app) - DAY, .began_at = TIME_NONE, .ended_at = TIME_NONE };
    return dmm_agenda(app, &last, a, out, err);
}
