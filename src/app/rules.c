/* rules.c — which policy is in force: read from the store, parsed once, kept as long as the book is open.
** A store that has none yet (it was just made) gets the standard policy, and the log says so. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

/* The text came out of the store, so a problem in it is the store's or a newer program's, never the officer's. */
static bool parse(App *app, const StoredPolicy *stored, Err *err)
{
    Arena *a = arena_new();
    PolicyProblems problems = { .arena = a };

    app->policy = policy_parse(stored->id, stored->text, stored->n, &problems);
    app->policy_key = stored->key;
    if (!app->policy)
        err_set(err, ERR_CORRUPT, "policy",
            "The policy in force (%s) cannot be read by this version of book124: line %d: %s", stored->id,
            problems.n ? problems.items[0].line : 0, problems.n ? problems.items[0].text : "it is empty.");
    else if (!str_eq(policy_hash(app->policy), stored->hash)) {
        policy_free(&app->policy);
        err_set(err, ERR_CORRUPT, "policy", "The text of the policy in force (%s) is not the one that was activated.",
            stored->id);
    }
    arena_free(&a);
    return app->policy != NULL;
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
