/* alert_budget.c — what becomes of alerts: how often each was acted on, dismissed, or left to wait. An alert that nobody ever acts on
** takes time from those that matter; this is where that is seen.
** What became of each is kept with the case as a stretch (core/stretch.h), and how many of them began on which day is kept too: so it is in
** time with the alerts of the policy, however many cases there are. Only under a clock set back or ahead, and in a store that an older program
** left, every case is gone through, from its first moment to then. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

typedef struct Budget {
    App *app;
    Time from, to, now;
    const Progress *progress;
    int64_t seen, total, told;
    Arena *work;
    AlertTally *tallies;
    size_t n;
} Budget;

static void fill(AlertTally *t, const AlertBecame *b, Time now)
{
    t->acted = b->n[ALERT_ACTED];
    t->changed = b->n[ALERT_CHANGED];
    t->dismissed = b->n[ALERT_DISMISSED];
    t->open = b->n[ALERT_WAITS];
    t->fired = t->acted + t->changed + t->dismissed + t->open;
    t->open_for = t->open * now - b->since_sum;
    t->oldest = b->oldest;
}

static bool from_store(Budget *b, Err *err)
{
    AlertBecame became;

    for (size_t i = 0; i < b->n; i++) {
        if (!store_alert_became(b->app->store, b->tallies[i].id, b->from, b->to, &became, err)) return false;
        fill(&b->tallies[i], &became, b->now);
    }
    return true;
}

/* ---- at another moment than now ---- */

static void tally(Budget *b, AlertTally *t, const AlertStretch *x)
{
    t->fired++;
    t->acted += x->end == ALERT_ACTED;
    t->changed += x->end == ALERT_CHANGED;
    t->dismissed += x->end == ALERT_DISMISSED;
    if (x->end != ALERT_WAITS) return;
    t->open++;
    t->open_for += b->now - x->since;
    if (t->oldest == TIME_NONE || x->since < t->oldest) t->oldest = x->since;
}

static AlertTally *tally_of(Budget *b, const char *alert)
{
    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->tallies[i].id, alert)) return &b->tallies[i];
    return NULL;
}

static bool tell(Budget *b, Err *err)
{
    enum { TELL_MS = 200 };
    const Progress *p = b->progress;

    if (!p || !p->step || app_ticks() - b->told < TELL_MS) return true;
    b->told = app_ticks();
    return p->step(p->with, b->seen, b->total) || err_set(err, ERR_STOPPED, "", "Stopped.");
}

static bool count_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Budget *b = with;
    AlertAnswer *said;
    AlertStretch *all;
    AlertRun *runs;
    size_t n_said, n, kept = 0;

    if (row->restricted) return true; /* in no figure that is told of all cases together, as in the days that are kept */
    arena_reset(b->work);
    if (!store_alert_answers(b->app->store, row->key, b->work, &said, &n_said, err)) return false;
    for (size_t i = 0; i < n_said; i++)
        if (said[i].at <= b->now) said[kept++] = said[i];
    n = alert_runs(b->app, doc, b->now, b->work, &runs);
    n = alert_stretches(runs, n, said, kept, b->work, &all);
    for (size_t i = 0; i < n; i++) {
        AlertTally *t = tally_of(b, all[i].alert);
        if (t && all[i].since >= b->from && all[i].since <= b->to) tally(b, t, &all[i]);
    }
    b->seen++;
    return tell(b, err);
}

static bool from_cases(Budget *b, Err *err)
{
    bool ok;

    if (!store_case_count(b->app->store, &b->total, err)) return false;
    b->work = arena_new_secret();
    ok = store_case_each(b->app->store, WALK_BY_KEY, app_vocabs(b->app), count_case, b, err);
    arena_free(&b->work);
    return ok;
}

/* ---- the question ---- */

static void begin(Budget *b, Arena *a)
{
    const Policy *p = b->app->policy;

    b->n = policy_alert_count(p);
    b->tallies = arena_zero(a, b->n + 1, sizeof *b->tallies);
    for (size_t i = 0; i < b->n; i++) {
        const PolicyAlert *alert = policy_alert(p, i);
        b->tallies[i] =
            (AlertTally){ .id = alert->id, .title = alert->title, .owner = alert->owner, .oldest = TIME_NONE };
    }
}

bool app_alert_budget(App *app, Time from, Time to, const Progress *p, Arena *a, AlertTally **out, size_t *n, Err *err)
{
    Budget b = { .app = app, .from = from, .to = to, .now = app_now(app), .progress = p };
    bool live = false, told;

    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_QUEUE_ALL, "alert.budget", NULL, err)) return false;
    if (from == TIME_NONE || to == TIME_NONE || to < from)
        return err_set(err, ERR_INVALID, "to", "Say from when to when; the end is not before the beginning.");
    if (!queue_needs_live(app, &live, err) || !store_alert_told(app->store, &told, err)) return false;
    begin(&b, a);
    if (!(live || !told ? from_cases : from_store)(&b, err) || !app_log_now(app, AUDIT_CONSULT, "alert.budget", NULL, NULL, err))
        return false;
    *out = b.tallies;
    *n = b.n;
    return true;
}
