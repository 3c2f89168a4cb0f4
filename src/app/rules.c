/* rules.c — which policy is in force: read from the store, parsed once, kept as long as the book is open.
** A store that has none yet (it was just made) gets the standard policy, and the log says so. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* The one before stays until the book is closed: screens may still point into it. */
static void retire(App *app, Policy *old)
{
    if (!old) return;
    app->retired = mem_room(app->retired, app->n_retired, &app->retired_cap, sizeof *app->retired);
    app->retired[app->n_retired++] = old;
}

/* The text came out of the store, so a problem in it is the store's or a newer program's, never the officer's. */
static bool parse(App *app, const StoredPolicy *stored, Err *err)
{
    Arena *a = arena_new();
    PolicyProblems problems = { .arena = a };
    Policy *p = policy_parse_checked(stored->id, stored->text, stored->n, &problems);

    if (!p)
        err_set(err, ERR_CORRUPT, "policy",
            "The policy in force (%s) cannot be read by this version of book124: line %d: %s", stored->id,
            problems.n ? problems.items[0].line : 0, problems.n ? problems.items[0].text : "it is empty.");
    else if (!str_eq(policy_hash(p), stored->hash)) {
        policy_free(&p);
        err_set(err, ERR_CORRUPT, "policy", "The text of the policy in force (%s) is not the one that was activated.",
            stored->id);
    }
    arena_free(&a);
    if (!p) return false;
    retire(app, app->policy);
    app->policy = p;
    app->policy_key = stored->key;
    app->policy_since = stored->activated_at;
    return true;
}

static bool activate_standard(App *app, Err *err)
{
    size_t n = 0;
    const char *text = policy_builtin(POLICY_STANDARD, &n), *whole;
    Arena *a = arena_new();
    PolicyProblems problems = { .arena = a };
    Policy *p = text ? policy_parse(POLICY_STANDARD, text, n, &problems) : NULL;
    Tx tx = { 0 };
    bool ok = p != NULL;

    if (!ok)
        err_set(err, ERR_BUG, "policy", "The standard policy of this program cannot be read: line %d: %s",
            problems.n ? problems.items[0].line : 0, problems.n ? problems.items[0].text : "it is missing.");
    whole = ok ? policy_whole_text(p, &n) : NULL; /* with its words: what is in force does not change with the program */
    ok = ok && store_begin(app->store, &tx, err) &&
         store_policy_activate(&tx, policy_id(p), policy_hash(p), whole, n, app->now, err) &&
         app_log(app, &tx, AUDIT_CARE, "policy.activate", NULL, policy_hash(p), err) && store_commit(&tx, err);
    store_end(&tx);
    policy_free(&p);
    arena_free(&a);
    return ok;
}

bool app_policy_load(App *app, Err *err)
{
    Arena *a = arena_new();
    StoredPolicy stored = { 0 };
    Err missing = { 0 };
    bool ok = store_policy_active(app->store, a, &stored, &missing);

    if (!ok && missing.kind == ERR_MISSING)
        ok = activate_standard(app, err) && store_policy_active(app->store, a, &stored, err);
    else if (!ok && err)
        *err = missing;
    ok = ok && parse(app, &stored, err);
    arena_free(&a);
    return ok;
}

/* ---- another one came into force ---- */

enum { LOOK_AGAIN_MS = 1000 };

void app_policy_notice(App *app)
{
    int64_t newest = 0, now = app_ticks();

    if (!app->policy || now - app->policy_looked < LOOK_AGAIN_MS) return;
    app->policy_looked = now;
    if (store_policy_newest(app->store, &newest, NULL) && newest != app->policy_key) app_policy_load(app, NULL);
}

bool app_policy_same(App *app, Err *err)
{
    int64_t newest = 0;

    if (!store_policy_newest(app->store, &newest, err)) return false;
    if (newest == app->policy_key) return true;
    app->policy_looked = 0; /* at the next turn it is picked up */
    return err_set(err, ERR_STALE, "",
        "Another policy came into force just now. Nothing was saved: save again, and the new one counts.");
}

int64_t app_policy_key(const App *app)
{
    return app->policy_key;
}

const char *app_policy_words(const App *app, Arena *a)
{
    char since[CIVIL_TEXT];

    return arena_printf(a, "%s, %.8s, in force since %s", policy_id(app->policy), policy_hash(app->policy),
        civil_words_full(app->policy_since, since));
}
