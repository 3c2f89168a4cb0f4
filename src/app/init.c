/* init.c — making a store. The store itself is whole or not there (store_create); what every store needs besides,
** the policy in force and on a training store its officers, is put in whenever it is found missing, so that a
** machine that lost power between the two leaves nothing half. Made-up cases are added last, in writes of their own:
** a stop leaves fewer of them. */
#include "inside.h"

#include <string.h>
#include <time.h>

/* ---- the officers of a training store ---- */

/* With keys at once: everybody knows the password, and whoever is on the list of a restricted case can open it from the first day on. */
static bool officer_of_training(App *app, Tx *tx, const TrainingOfficer *t, Err *err)
{
    Officer o = { .warrant = t->warrant, .name = t->name, .roles = ROLE_BIT(t->role), .retry_at = TIME_NONE };
    PwKeys keys;
    bool ok = crypto_pw_make(TRAINING_PASSWORD, PW_COST_TRAINING, &o.password, &keys, err) && store_officer_insert(tx, &o, err) &&
              keys_make(app, tx, t->warrant, &keys, "", err);

    keys_leave(app);
    crypto_wipe(&keys, sizeof keys);
    return ok;
}

static bool add_officers(App *app, Tx *tx, Err *err)
{
    if (!app_log(app, tx, AUDIT_CARE, "officer.add", NULL, "the officers of a training store", err)) return false;
    for (size_t i = 0; i < sizeof training_officers / sizeof training_officers[0]; i++)
        if (!officer_of_training(app, tx, &training_officers[i], err)) return false;
    return true;
}

bool app_training_officers(App *app, Err *err)
{
    Tx tx = { 0 };
    bool none = false, ok;

    if (!store_info(app->store)->training) return true;
    if (!app_no_officers(app, &none, err)) return false;
    if (!none) return true;
    ok = store_begin(app->store, &tx, err) && app_no_officers(app, &none, err) /* again, now that nobody else writes */
         && (!none || (add_officers(app, &tx, err) && store_commit(&tx, err)));
    store_end(&tx);
    return ok;
}

/* ---- made-up cases ---- */

typedef struct Making {
    App *app;
    Training *training;
    const Progress *progress;
    int64_t done, total, told;
    Arena *a;
} Making;

static bool add_case(Making *m, Tx *tx, Err *err)
{
    App *app = m->app;
    CaseDoc doc;
    CaseRow row;

    arena_reset(m->a);
    training_case(m->training, m->done, app_vocabs(app), m->a, &doc);
    if (!store_case_insert(tx, &doc, app_vocabs(app), app->now, app_who(app), &row, err)) return false;
    if (!app_derive(app, tx, row.key, &doc, m->a, err)) return false;
    if (!app_log_case(app, tx, AUDIT_COLLECT, "training.case", row.key, &doc, NULL, err)) return false;
    m->done++;
    return true;
}

/* As many as fit into one write of moderate length. */
static bool add_some(Making *m, Err *err)
{
    int64_t began = app_ticks();
    Tx tx = { 0 };
    bool ok = store_begin(m->app->store, &tx, err);

    while (ok && m->done < m->total && app_ticks() - began < GATE_MILLISECONDS) ok = add_case(m, &tx, err);
    ok = ok && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

static bool tell(Making *m, Err *err)
{
    if (!m->progress || !m->progress->step || m->progress->step(m->progress->with, m->done, m->total)) return true;
    return err_set(err, ERR_STOPPED, "", "Stopped. The store is made and holds %lld of %lld cases.", (long long)m->done,
        (long long)m->total);
}

static bool make_cases(App *app, const InitOptions *o, const Progress *p, Err *err)
{
    Making m = { .app = app, .progress = p, .total = o->cases, .a = arena_new() };
    bool ok = true;

    m.training = training_new(o->seed, app_store(app)->borough, app->now, o->cases);
    while (ok && m.done < m.total) ok = add_some(&m, err) && tell(&m, err);
    training_free(&m.training);
    arena_free(&m.a);
    return ok;
}

/* ---- the store ---- */

static bool borough_fits(const char *borough, Err *err)
{
    size_t n = strlen(borough);

    return (n >= 1 && n <= 4 && strspn(borough, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n) ||
           err_set(err, ERR_INVALID, "borough", "A borough is its letters in capitals, such as KG.");
}

bool app_init(const InitOptions *o, const Progress *p, Err *err)
{
    StoreInfo birth = { .training = o->training, .created_at = o->now != TIME_NONE ? o->now : (Time)time(NULL) };
    const char *borough = o->borough ? o->borough : "KG";
    AppOptions opening = { .dir = o->dir, .now = o->training ? o->now : TIME_NONE, .terminal = "init" };
    App *app;
    bool ok;

    if (!crypto_start(err) || !borough_fits(borough, err)) return false;
    if (o->cases > 0 && !o->training)
        return err_set(err, ERR_USAGE, "cases", "Made-up cases are for training stores only.");
    strncpy(birth.borough, borough, sizeof birth.borough - 1);
    if (!store_create(o->dir, &birth, err)) return false;
    app = app_open(&opening, err);
    if (!app) return false;
    ok = app_log_now(app, AUDIT_CARE, "store.init", NULL, o->training ? "a training store" : NULL, err) &&
         (o->cases <= 0 || make_cases(app, o, p, err));
    app_close(&app);
    return ok;
}
