/* care.c — care of the store: holding what is derived against the facts. A rebuild reads everything
** and writes what differs, which is nothing when nothing is wrong; it reads in slices and writes in short writes, so
** that other terminals go on working, and what they save meanwhile is safe from it. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <string.h>

/* ---- rebuild ---- */

enum { SLICE_MS = 1500, TELL_MS = 200 };

typedef struct Rebuild {
    App *app;
    const Progress *progress;
    Recheck *recheck;
    int64_t total, told;
    bool changed, thorough;
} Rebuild;

static bool tell(Rebuild *r, Err *err)
{
    const Progress *p = r->progress;
    int64_t done = store_recheck_seen(r->recheck);

    if (!p || !p->step || app_ticks() - r->told < TELL_MS) return true;
    r->told = app_ticks();
    return p->step(p->with, done < r->total ? done : r->total, r->total) ||
           err_set(err, ERR_STOPPED, "",
               "Stopped after %" PRId64 " of %" PRId64 " cases. Nothing is lost: run it again when there is time.",
               done, r->total);
}

static bool derive_case(void *with, const CaseDoc *doc, Arena *a, Derivation *out, Err *err)
{
    Rebuild *r = with;

    bool look = out->without_alerts;

    app_derivation(r->app, doc, a, out);
    if (r->thorough && look) out->maker = "nobody"; /* so that none is taken for as it was made */
    return store_recheck_seen(r->recheck) % 16 != 0 || tell(r, err);
}

static bool mend(Rebuild *r, Err *err)
{
    Tx tx = { 0 };
    bool changed = false;
    bool ok = store_begin(r->app->store, &tx, err) && app_policy_same(r->app, err) &&
              store_recheck_mend(r->recheck, &tx, GATE_MILLISECONDS, &changed, err);

    if (ok && changed)
        ok = app_log(r->app, &tx, AUDIT_CARE, "store.mend", NULL, "what was derived differed from the facts", err) &&
             store_commit(&tx, err);
    store_end(&tx);
    r->changed |= ok && changed;
    return ok && tell(r, err);
}

static bool recheck(Rebuild *r, Err *err)
{
    for (;;) {
        switch (store_recheck_next(r->recheck)) {
        case RECHECK_READ:
            if (!store_recheck_read(r->recheck, SLICE_MS, err)) return false;
            break;
        case RECHECK_MEND:
            if (!mend(r, err)) return false;
            break;
        default: return true;
        }
    }
}

static bool all_of_it(App *app, const Progress *p, bool thorough, int64_t *cases, bool *changed, Err *err)
{
    Rebuild r = { .app = app, .progress = p, .thorough = thorough };
    bool ok;

    store_view_all(app->store, true);
    ok = store_case_count(app->store, &r.total, err);
    store_view_all(app->store, false);
    if (!ok) return false;
    r.recheck = store_recheck_new(app->store, app_vocabs(app), derive_case, &r);
    ok = recheck(&r, err);
    if (cases) *cases = store_recheck_seen(r.recheck);
    if (changed) *changed = r.changed;
    store_recheck_free(&r.recheck);
    return ok;
}

bool app_recheck(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err)
{
    return all_of_it(app, p, false, cases, changed, err);
}

static bool rebuild(App *app, const Progress *p, bool thorough, int64_t *cases, bool *changed, Err *err)
{
    int64_t seen = 0;
    bool mended = false, ok;
    char detail[80];

    if (!app_may_do(app, PERM_REBUILD, "store.rebuild", NULL, err)) return false;
    ok = all_of_it(app, p, thorough, &seen, &mended, err);
    if (cases) *cases = seen;
    if (changed) *changed = mended;
    snprintf(detail, sizeof detail, "%" PRId64 " cases, %s", seen, mended ? "some were mended" : "nothing differed");
    return ok && app_log_now(app, AUDIT_CARE, "store.rebuild", NULL, detail, err);
}

bool app_rebuild(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err)
{
    return rebuild(app, p, false, cases, changed, err);
}

bool app_rebuild_thorough(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err)
{
    return rebuild(app, p, true, cases, changed, err);
}
