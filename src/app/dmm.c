/* dmm.c — what a daily management meeting looks at, made anew at every look: what was said stands in the store, everything else follows from
** the facts. A case stands once, whatever it stands for. What was said comes first, in the order in which it was said, so that nothing
** moves under a cursor; a case that came in meanwhile comes last. */
#include "dmm_in.h"

#include "app/caseload.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

const char *const dmm_section_words[DMM_SECTIONS] = { "actions", "new", "high", "staff", "merlin", "marac", "ibo", "overdue" };
const char *const dmm_section_labels[DMM_SECTIONS] = { "Open action", "New", "High risk", "Police staff", "Merlin", "MARAC action", "CAD",
    "Overdue" };

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
    g->items[g->n] = (DmmItem){ .key = key, .due = TIME_NONE, .opens = TIME_NONE, .at = TIME_NONE, .left_since = TIME_NONE, .closed_at = TIME_NONE };
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
    for (DmmSection s = 0; s < DMM_SECTIONS; s++) {
        MeetingRow *rows;
        size_t n;
        if (!dmm_section(g->app, s, g->meeting->since, DMM_TOLD_MOST, g->a, &rows, &n, err)) return false;
        for (size_t i = 0; i < n; i++) {
            DmmItem *x = item_of(g, rows[i].key);
            x->sections |= 1u << s;
            if (s == DMM_ACTIONS && (x->due == TIME_NONE || rows[i].due < x->due)) x->due = rows[i].due;
            if (s == DMM_NEW) x->opens = rows[i].opens;
        }
    }
    return true;
}

/* What the meeting before did not decide stands on the list again. */
static bool add_left(Agenda *g, Err *err)
{
    int64_t before = g->meeting->key - 1;
    MeetingLeft *left;
    Meeting last;
    size_t n;

    if (g->meeting->ended_by) return true;
    if (g->meeting->key == 0) {
        if (!dmm_last(g->app, g->a, &last, err)) return false;
        before = last.key;
    }
    if (!store_meeting_left(g->app->store, before, g->a, &left, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        DmmItem *x = item_of(g, left[i].key);
        x->left = left[i].sections;
        x->left_since = left[i].since;
    }
    return true;
}

/* For what it is on the list: what follows from the facts now, and of what was left that which is no state of the case and stays until somebody
** says something; of a case that was closed or erased since, all of it. */
static unsigned stands_for(const DmmItem *x, unsigned now)
{
    enum { EVENTS = 1u << DMM_HIGH | 1u << DMM_MERLIN };
    bool gone = x->erased || x->closed_at != TIME_NONE;

    if ((now & 1u << DMM_HIGH) && x->grade != GRADE_HIGH) now &= ~(1u << DMM_HIGH); /* it was, and was graded down */
    return now | (x->left & (gone ? ~0u : EVENTS));
}

/* What was said before the check of a new case opened is no check: it comes again as soon as it has. */
static bool was_too_early(const Agenda *g, const DmmItem *x, unsigned now)
{
    return (now & 1u << DMM_NEW) && x->said != MEETING_DONE && x->at < x->opens && x->opens <= app_now(g->app);
}

static bool look_back(Agenda *g, DmmItem *x, Err *err)
{
    int64_t before = g->meeting->key ? g->meeting->key : INT64_MAX;

    return store_meeting_said_before(g->app->store, before, x->key, &x->before, &x->before_at, err);
}

/* What a row says of its case; one that is not for this officer goes. */
static bool fill(Agenda *g, DmmItem *x, bool *keep, Err *err)
{
    MeetingCase c;
    unsigned now = x->sections & ((1u << DMM_SECTIONS) - 1), then = x->sections >> DMM_SECTIONS;

    *keep = true;
    if (!store_meeting_case(g->app->store, x->key, g->a, &c, err) || (!c.erased && !dmm_is_mine(g->app, c.id, keep, err))) return false;
    x->case_id = c.id;
    x->grade = c.grade;
    x->offence = c.offence ? c.offence : "";
    x->reported_at = c.reported_at;
    x->closed_at = c.closed_at;
    x->erased = c.erased;
    x->officer = c.investigator ? app_holder_name(g->app, c.investigator, g->a) : "";
    x->late = g->meeting->key && !g->meeting->ended_by && c.act > g->meeting->began_act;
    now = stands_for(x, now);
    if (x->seen && !x->decided && (now & DMM_OWN_BITS) == 0) x->decided = true; /* the last action is done */
    if (x->decided && was_too_early(g, x, now)) x->decided = false;
    *keep = *keep && (now || then);
    x->sections = x->seen ? then | now : now;
    x->told = ((x->seen ? then : now) & DMM_OWN_BITS) == 0;
    return look_back(g, x, err);
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
    BY(x->told, y->told);
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
        const DmmItem *x = &g->items[i];
        if (!x->decided) out->at = i;
        *(x->told ? &out->told : &out->own) += 1;
        *(x->told ? &out->told_decided : &out->own_decided) += x->decided;
        out->counts[g->items[i].said]++;
    }
    return true;
}

bool dmm_agenda(App *app, const Meeting *m, Arena *a, Dmm *out, Err *err)
{
    Agenda g = { .app = app, .a = a, .meeting = m };

    *out = (Dmm){ .meeting = *m };
    return add_said(&g, err) && add_sections(&g, err) && add_left(&g, err) && settle(&g, out, err);
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
