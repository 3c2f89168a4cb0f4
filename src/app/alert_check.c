/* alert_check.c — every account of every case read again, for the keeper: do the alerts that wait follow from the facts, and is there a
** pattern of the words that gives up on what people write? Such a pattern tells nobody anything; it must be put right. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

typedef struct Checking {
    App *app;
    Arena *work, *a;
    AlertCheck *out;
} Checking;

static void note(Checking *c, const char *words)
{
    AlertCheck *out = c->out;
    size_t i = 0;

    while (i < out->n_gave_up && !str_eq(out->gave_up[i].words, words)) i++;
    if (i == ARRAY_LEN(out->gave_up)) return; /* more lists of words than that: enough is said */
    if (i == out->n_gave_up) out->gave_up[out->n_gave_up++].words = arena_dup(c->a, words);
    out->gave_up[i].texts++;
}

static void read_texts(Checking *c, const CaseDoc *doc)
{
    PolicyText *texts;
    size_t n = alert_texts(c->app, doc, TIME_MAX, c->work, &texts);

    for (size_t i = 0; i < n; i++) {
        const char *gave_up = NULL;
        TextHit *hits;
        policy_words(c->app->policy, &texts[i], c->work, &hits, &gave_up);
        if (gave_up) note(c, gave_up);
    }
    c->out->texts += (int64_t)n;
}

static bool answered(const AlertAnswer *all, size_t n, const CaseAlert *x)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].alert, x->id) && str_eq(all[i].basis, x->basis)) return true;
    return false;
}

static bool among(const AlertRow *rows, size_t n, const CaseAlert *x)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].alert, x->id))
            return str_eq(rows[i].basis, x->basis) && rows[i].owner == x->owner && rows[i].since == x->since;
    return false;
}

static bool check_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Checking *c = with;
    CaseAlert *fires;
    AlertAnswer *said;
    AlertRow *rows;
    size_t n, n_said, n_rows, waiting = 0;
    bool same = true;

    arena_reset(c->work);
    if (!store_alert_answers(c->app->store, row->key, c->work, &said, &n_said, err)) return false;
    if (!store_alert_of_case(c->app->store, row->key, c->work, &rows, &n_rows, err)) return false;
    n = alert_fires(c->app, doc, TIME_MAX, c->work, &fires, NULL);
    for (size_t i = 0; i < n; i++) {
        if (answered(said, n_said, &fires[i])) continue;
        waiting++;
        same = same && among(rows, n_rows, &fires[i]);
    }
    c->out->differ += !same || waiting != n_rows;
    read_texts(c, doc);
    return true;
}

bool alert_check(App *app, Arena *a, AlertCheck *out, Err *err)
{
    Checking c = { .app = app, .work = arena_new_secret(), .a = a, .out = out };
    bool ok;

    *out = (AlertCheck){ .texts = 0 };
    store_view_all(app->store, true); /* only numbers come of it */
    ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), check_case, &c, err);
    store_view_all(app->store, false);
    arena_free(&c.work);
    return ok;
}
