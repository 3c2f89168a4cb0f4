/* alert_budget.c — what becomes of alerts: how often each was acted on, dismissed, or left to wait. An alert that nobody ever acts on
** takes time from those that matter; this is where that is seen.
** Every case is gone through from its first moment to now, as the facts say. One stretch in which an alert fired without a break counts
** once, however its basis changed, until somebody answers it; what fires after an answer counts again. */
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

static const AlertAnswer *answer_of(const AlertAnswer *all, size_t n, const AlertRun *run)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].alert, run->alert->id) && str_eq(all[i].basis, run->basis)) return &all[i];
    return NULL;
}

/* The run that goes on where this one ends, on another basis. */
static const AlertRun *next_of(const AlertRun *runs, size_t n, const AlertRun *run)
{
    for (const AlertRun *r = run + 1; r < runs + n; r++)
        if (r->alert == run->alert && r->from == run->until) return r;
    return NULL;
}

static bool goes_on(const AlertRun *runs, const AlertRun *run, const AlertAnswer *said, size_t n_said)
{
    for (const AlertRun *r = runs; r < run; r++)
        if (r->alert == run->alert && r->until == run->from && !answer_of(said, n_said, r)) return true;
    return false;
}

static void tally(Budget *b, AlertTally *t, const AlertRun *runs, size_t n, const AlertRun *first,
    const AlertAnswer *said, size_t n_said)
{
    const AlertRun *last = first, *next;
    const AlertAnswer *answer = answer_of(said, n_said, first);

    while (!answer && last->until != TIME_NONE && (next = next_of(runs, n, last)) != NULL) {
        last = next;
        answer = answer_of(said, n_said, last);
    }
    t->fired++;
    if (answer) {
        t->acted += !answer->dismissed;
        t->dismissed += answer->dismissed;
    } else if (last->until != TIME_NONE)
        t->changed++;
    else {
        t->open++;
        t->open_for += b->now - first->from;
        if (t->oldest == TIME_NONE || first->from < t->oldest) t->oldest = first->from;
    }
}

static AlertTally *tally_of(Budget *b, const PolicyAlert *alert)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->tallies[i].id == alert->id) return &b->tallies[i];
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
    AlertRun *runs;
    size_t n_said, n, kept = 0;

    arena_reset(b->work);
    if (!store_alert_answers(b->app->store, row->key, b->work, &said, &n_said, err)) return false;
    for (size_t i = 0; i < n_said; i++)
        if (said[i].at <= b->now) said[kept++] = said[i];
    n = alert_runs(b->app, doc, b->now, b->work, &runs);
    for (size_t i = 0; i < n; i++) {
        AlertTally *t = tally_of(b, runs[i].alert);
        if (!t || runs[i].from < b->from || runs[i].from > b->to || goes_on(runs, &runs[i], said, kept)) continue;
        tally(b, t, runs, n, &runs[i], said, kept);
    }
    b->seen++;
    return tell(b, err);
}

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
    bool ok;

    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_QUEUE_ALL, "alert.budget", NULL, err)) return false;
    if (from == TIME_NONE || to == TIME_NONE || to < from)
        return err_set(err, ERR_INVALID, "to", "Say from when to when; the end is not before the beginning.");
    if (!store_case_count(app->store, &b.total, err)) return false;
    begin(&b, a);
    b.work = arena_new_secret();
    ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), count_case, &b, err) &&
         app_log_now(app, AUDIT_CONSULT, "alert.budget", NULL, NULL, err);
    arena_free(&b.work);
    if (!ok) return false;
    *out = b.tallies;
    *n = b.n;
    return true;
}
