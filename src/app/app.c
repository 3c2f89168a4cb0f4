/* app.c — the running book: the store, the policy in force, the clock, and the pen that writes the log.
** One App is one person at one terminal. The clock is read once a turn (app_tick), so that one screen shows one time.
** What it does not do: any business act; those are in the files named after them. */
#include "cipher_in.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <time.h>

/* ---- opening and closing ---- */

static bool fix_clock(App *app, Time fixed, Err *err)
{
    app->fixed = fixed;
    app_tick(app);
    if (fixed == TIME_NONE || store_info(app->store)->training) return true;
    return err_set(
        err, ERR_DENIED, "now", "The clock can be set by hand only on a training store; this one holds real cases.");
}

/* "5f0c…-1234": the process is told, so that a seat whose process is gone holds nothing any more. */
static void seat_make(App *app)
{
    uint8_t random[8];
    char hex[2 * sizeof random + 1];

    crypto_random(random, sizeof random);
    snprintf(app->seat, sizeof app->seat, "%s-%ld", crypto_hex(random, sizeof random, hex), (long)getpid());
}

App *app_open(const AppOptions *o, Err *err)
{
    App *app = NULL;

    if (!crypto_start(err)) return NULL;
    app = mem_new(sizeof *app);
    app->last_fact = app->ahead = TIME_NONE;
    app->dir = mem_dup(o->dir);
    app->officer = arena_new_secret();
    app->secret = crypto_guarded(sizeof *app->secret);
    crypto_guarded_shut(app->secret);
    app->ring = crypto_guarded(sizeof *app->ring);
    crypto_guarded_shut(app->ring);
    seat_make(app);
    strncpy(app->terminal, o->terminal ? o->terminal : "", sizeof app->terminal - 1);
    if (!app->secret || !app->ring)
        err_set(err, ERR_IO, "", "This machine has no memory to keep keys in. Close something and try again.");
    else
        app->store = store_open(o->dir, err);
    if (app->store) cipher_start(app);
    if (!app->store || !fix_clock(app, o->now, err) || !app_policy_load(app, err) || !app_training_officers(app, err))
        app_close(&app);
    return app;
}

void app_close(App **app)
{
    if (!app || !*app) return;
    if ((*app)->in) app_sign_out(*app);
    app_forms_free(*app);
    app_instruments_free(*app);
    policy_free(&(*app)->policy);
    for (size_t i = 0; i < (*app)->n_retired; i++) policy_free(&(*app)->retired[i]);
    mem_free((*app)->retired);
    store_close(&(*app)->store);
    arena_free(&(*app)->officer);
    holders_free(*app);
    keys_leave(*app);
    crypto_guarded_free((*app)->secret);
    crypto_guarded_free((*app)->ring);
    mem_free((*app)->dir);
    crypto_wipe(*app, sizeof **app);
    mem_free(*app);
    *app = NULL;
}

/* ---- what is asked of it ---- */

Time app_now(const App *app)
{
    return app->ahead != TIME_NONE ? app->ahead : app->now;
}

void app_tick(App *app)
{
    app->now = app->fixed != TIME_NONE ? app->fixed : (Time)time(NULL);
    app_policy_notice(app);
}

const StoreInfo *app_store(const App *app)
{
    return store_info(app->store);
}

const char *app_dir(const App *app)
{
    return app->dir;
}

const Policy *app_policy(const App *app)
{
    return app->policy;
}

const Vocabs *app_vocabs(const App *app)
{
    return policy_vocabs(app->policy);
}

Store *app_store_handle(App *app)
{
    return app->store;
}

const PolicyDuty *app_rule(const App *app, const char *duty)
{
    return policy_duty_by_id(app->policy, duty);
}

const char *app_default_dir(Arena *a)
{
    const char *named = getenv("BOOK124_STORE");
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");

    if (named && *named) return arena_dup(a, named);
    if (data && *data == '/') return arena_printf(a, "%s/book124", data); /* the XDG rules ignore a relative one */
    return arena_printf(a, "%s/.local/share/book124", home && *home ? home : ".");
}

int64_t app_ticks(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- the log ---- */

const char *app_who(const App *app)
{
    return app->in ? app->session.warrant : "-";
}

/* A number of a case, or "KG-7F3Q2#17" where two have the same. */
static bool case_name_valid(const char *name)
{
    const char *mark = strchr(name, '#');
    char id[48];

    if (!mark) return case_id_valid(name);
    if ((size_t)(mark - name) >= sizeof id || strspn(mark + 1, "0123456789") != strlen(mark + 1)) return false;
    snprintf(id, sizeof id, "%.*s", (int)(mark - name), name);
    return case_id_valid(id);
}

bool app_log(App *app, Tx *tx, AuditKind kind, const char *act, const char *case_id, const char *detail, Err *err)
{
    Arena *a = arena_new_secret();
    AuditEntry e = {
        .at = app->now,
        .kind = kind,
        .who = app_who(app),
        .terminal = app->terminal,
        .act = act,
        .case_id = case_id && case_name_valid(case_id) ? case_id : "",
        .detail = detail ? detail : "",
    };
    bool ok;

    ok = cipher_detail(app, &e, a, &e.detail, err) && store_audit_append(tx, &e, err);
    arena_free(&a);
    return ok;
}

bool app_log_now(App *app, AuditKind kind, const char *act, const char *case_id, const char *detail, Err *err)
{
    Tx tx = { 0 };
    bool ok = store_begin(app->store, &tx, err) && app_log(app, &tx, kind, act, case_id, detail, err) &&
              store_commit(&tx, err);

    store_end(&tx);
    return ok;
}

/* ---- derive ---- */

const char *app_offence_word(const Vocabs *v, const CaseDoc *doc)
{
    Code offence = case_main_offence(doc);

    return offence ? vocab_word(v, VOCAB_OFFENCE, offence) : vocab_word(v, VOCAB_CASE_KIND, doc->kind);
}

void app_derivation(App *app, const CaseDoc *doc, Arena *a, Derivation *out)
{
    Duty *duties = NULL;
    Outstanding *outstanding;

    out->badge =
        (CaseBadge){ .case_id = doc->id, .grade = case_grade(doc), .offence = app_offence_word(app_vocabs(app), doc) };
    out->n = policy_evaluate(app->policy, doc, TIME_MAX, a, &duties);
    out->duties = duties;
    out->badge.idle = watch_idle(app, doc, duties, out->n, TIME_MAX);
    out->badge.investigator = case_investigator(doc, TIME_MAX);
    out->badge.investigated = caseload_has(app, doc, TIME_MAX);
    out->badge.touched = case_touched(doc);
    out->n_outstanding = roundup_outstanding(app, doc, duties, out->n, a, &outstanding);
    out->outstanding = outstanding;
    out->policy_key = app->policy_key;
    out->maker = ALERT_MAKER;
    if (out->without_alerts) return;
    alert_derivation(app, doc, a, out);
}

bool app_derive(App *app, Tx *tx, CaseKey key, const CaseDoc *doc, Arena *a, Err *err)
{
    Derivation is = { .n = 0 };

    if (!app_policy_same(app, err)) return false;
    app_derivation(app, doc, a, &is);
    return store_duty_apply(tx, key, &is.badge, is.duties, is.n, is.policy_key, app_vocabs(app), err) &&
           store_alert_apply(tx, key, &is, err) && store_outstanding_apply(tx, key, &is, err);
}
