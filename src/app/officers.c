/* officers.c — accounts: made, suspended, given roles and passwords by the keeper of the store.
** The first officer of a store can only be a keeper, and is the one account that can be made without signing in:
** whoever can make the store's directory may name its keeper. A keeper cannot suspend or demote themselves, so that
** there is always one. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- what an account must be ---- */

static bool warrant_valid(const char *warrant, Err *err)
{
    return warrant_fits(warrant) || err_set(err, ERR_INVALID, "warrant",
                                        "A warrant number is 2 to 12 digits or capital letters, such as 190001.");
}

static bool name_valid(const char *name, Err *err)
{
    size_t n = strlen(name);

    if (n == 0 || strspn(name, " ") == n) return err_set(err, ERR_INVALID, "name", "The officer needs a name.");
    if (n >= sizeof((Session *)0)->name)
        return err_set(err, ERR_INVALID, "name", "The name is too long: at most 79 bytes.");
    return utf8_is_safe(name, n, false) ||
           err_set(err, ERR_INVALID, "name", "The name holds characters that cannot be shown.");
}

static bool roles_valid(RoleSet roles, Err *err)
{
    const char *why = "";

    if (roles == 0) return err_set(err, ERR_INVALID, "roles", "The officer needs a role, such as csu-ds.");
    return roles_fit(roles, &why) || err_set(err, ERR_INVALID, "roles", "%s", why);
}

static bool password_make(App *app, const char *password, PwRecord *out, PwKeys *keys, Err *err)
{
    bool full = app_pw_cost(app) == PW_COST_FULL;
    int slot = full ? slot_take(app, SLOT_PATIENCE, err) : -1;
    bool ok = (!full || slot >= 0) && crypto_pw_make(password, app_pw_cost(app), out, keys, err);

    slot_give(slot);
    return ok;
}

/* The password of training stores is nobody's secret, and so nobody's to change. */
static bool known_to_all(const App *app, const char *password)
{
    return store_info(app->store)->training && str_eq(password, TRAINING_PASSWORD);
}

/* ---- may ---- */

bool app_no_officers(App *app, bool *none, Err *err)
{
    Arena *a = arena_new();
    Officer *all;
    size_t n = 0;
    bool ok = store_officer_list(app->store, a, &all, &n, err);

    *none = ok && n == 0;
    arena_free(&a);
    return ok;
}

static bool may_add(App *app, RoleSet roles, Err *err)
{
    bool first = false;

    if (app->in) return app_may_do(app, PERM_OFFICER_MANAGE, "officer.add", NULL, err);
    if (!app_no_officers(app, &first, err)) return false;
    if (!first) return app_may_do(app, PERM_OFFICER_MANAGE, "officer.add", NULL, err);
    return roles == ROLE_BIT(ROLE_KEEPER) ||
           err_set(err, ERR_DENIED, "roles", "The first officer of a store is its keeper, who then adds the others.");
}

/* ---- the verbs ---- */

static void describe(Str *out, const char *warrant, RoleSet roles)
{
    str_addf(out, "%s%s", warrant, roles ? " " : "");
    roles_write(roles, " ", out);
}

static bool insert(App *app, const Officer *o, Err *err)
{
    Tx tx = { 0 };
    Str detail = { 0 };
    bool first = false, ok;

    describe(&detail, o->warrant, o->roles);
    ok = store_begin(app->store, &tx, err) &&
         (app->in || app_no_officers(app, &first, err)) /* inside the write: two first keepers cannot both be made */
         && (app->in || first || err_set(err, ERR_DENIED, "", "Sign in first.")) && store_officer_insert(&tx, o, err) &&
         app_log(app, &tx, AUDIT_CARE, "officer.add", NULL, str_text(&detail), err) && store_commit(&tx, err);
    store_end(&tx);
    str_finish(&detail);
    return ok;
}

bool app_officer_add(App *app, const char *warrant, const char *name, RoleSet roles, const char *password, Err *err)
{
    Officer o = { .warrant = warrant, .name = name, .roles = roles, .retry_at = TIME_NONE };

    o.must_change = app->in && !known_to_all(app, password); /* the first keeper chooses their own */
    if (!may_add(app, roles, err)) return false;
    if (!warrant_valid(warrant, err) || !name_valid(name, err) || !roles_valid(roles, err)) return false;
    if (!password_rules(password, roles, warrant, name, store_info(app->store)->training, err)) return false;
    return password_make(app, password, &o.password, NULL, err) && insert(app, &o, err);
}

bool app_officer_list(App *app, Arena *a, Officer **out, size_t *n, Err *err)
{
    if (!app_may_do(app, PERM_OFFICER_MANAGE, "officer.list", NULL, err)) return false;
    if (!store_officer_list(app->store, a, out, n, err)) return false;
    for (size_t i = 0; i < *n; i++) crypto_wipe(&(*out)[i].password, sizeof(PwRecord)); /* nobody needs to see it */
    return true;
}

static bool officer_get(App *app, const char *warrant, Arena *a, Officer *o, Err *err)
{
    Err why = { 0 };

    if (store_officer_get(app->store, warrant, a, o, &why)) return true;
    if (why.kind == ERR_MISSING)
        err_set(&why, ERR_MISSING, "warrant", "There is no officer with the warrant number \"%.20s\".", warrant);
    if (err) *err = why;
    return false;
}

static bool update(App *app, const Officer *o, const char *act, const char *detail, Err *err)
{
    Tx tx = { 0 };
    bool ok = store_begin(app->store, &tx, err) && store_officer_update(&tx, o, err) &&
              app_log(app, &tx, AUDIT_CARE, act, NULL, detail, err) && store_commit(&tx, err);

    store_end(&tx);
    return ok;
}

bool app_officer_suspend(App *app, const char *warrant, bool suspended, Err *err)
{
    const char *act = suspended ? "officer.suspend" : "officer.restore";
    Arena *a = arena_new();
    Officer o;
    bool ok = app_may_do(app, PERM_OFFICER_MANAGE, act, NULL, err) && officer_get(app, warrant, a, &o, err);

    if (ok && suspended && str_eq(warrant, app->session.warrant))
        ok = err_set(err, ERR_INVALID, "warrant", "A keeper cannot suspend their own account; another keeper can.");
    if (ok) {
        o.suspended = suspended;
        ok = update(app, &o, act, warrant, err);
    }
    arena_free(&a);
    return ok;
}

bool app_officer_role(App *app, const char *warrant, RoleSet roles, Err *err)
{
    Arena *a = arena_new();
    Str detail = { 0 };
    Officer o;
    bool ok = app_may_do(app, PERM_OFFICER_MANAGE, "officer.role", NULL, err) && roles_valid(roles, err) &&
              officer_get(app, warrant, a, &o, err);

    if (ok && str_eq(warrant, app->session.warrant) && !(roles & ROLE_BIT(ROLE_KEEPER)))
        ok = err_set(err, ERR_INVALID, "roles", "A keeper cannot give up their own role; another keeper can take it.");
    if (ok) {
        o.roles = roles;
        describe(&detail, warrant, roles);
        ok = update(app, &o, "officer.role", str_text(&detail), err);
    }
    str_finish(&detail);
    arena_free(&a);
    return ok;
}

/* ---- passwords ---- */

/* The officer's drafts are sealed with a key that the old password opened; they are sealed anew with the new one. */
static bool reseal(App *app, Tx *tx, const uint8_t key[PW_KEY], Arena *a, Err *err)
{
    Draft *drafts = NULL;
    size_t n = 0;

    if (!store_draft_list(app->store, app->session.warrant, a, &drafts, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        char *bound = draft_bound(a, app->session.warrant, drafts[i].about);
        void *open = arena_alloc(a, drafts[i].n + 1);
        size_t size = 0;
        if (!crypto_unseal(app->key, bound, drafts[i].sealed, drafts[i].n, open, &size))
            continue; /* of a password before */
        uint8_t *sealed = arena_alloc(a, crypto_sealed_size(size));
        crypto_seal(key, bound, open, size, sealed);
        Draft d = drafts[i];
        d.sealed = sealed;
        d.n = crypto_sealed_size(size);
        if (!store_draft_put(tx, &d, err)) return false;
    }
    return true;
}

/* One's own: drafts and keys are sealed anew. Another's: the keys end, and whoever it is chooses one before anything else. */
static bool seals_follow(App *app, Tx *tx, const Officer *o, bool own, const PwKeys *keys, Arena *a, Err *err)
{
    return own ? keys_reseal(app, tx, o->warrant, keys, err) && reseal(app, tx, keys->drafts, a, err)
               : keys_end(app, tx, o->warrant, err);
}

static bool password_change(App *app, Officer *o, const char *password, Arena *a, Err *err)
{
    bool own = str_eq(o->warrant, app->session.warrant), ok;
    PwKeys keys = { 0 };
    Tx tx = { 0 };

    if (!password_make(app, password, &o->password, &keys, err)) return false;
    o->failures = 0;
    o->retry_at = TIME_NONE;
    o->must_change = !own && !known_to_all(app, password);
    ok = store_begin(app->store, &tx, err) && seals_follow(app, &tx, o, own, &keys, a, err) &&
         store_officer_update(&tx, o, err) &&
         app_log(app, &tx, AUDIT_CARE, "officer.password", NULL,
             own ? o->warrant : arena_printf(a, "%s, set by another officer", o->warrant), err) &&
         store_commit(&tx, err);
    store_end(&tx);
    if (ok && own) {
        memcpy(app->key, keys.drafts, PW_KEY);
        app->session.must_change = false;
    }
    crypto_wipe(&keys, sizeof keys);
    return ok;
}

/* What somebody else chose is not kept by choosing the same again. */
static bool is_another(App *app, const Officer *o, const char *password, Err *err)
{
    bool full = app_pw_cost(app) == PW_COST_FULL, same;
    int slot = full ? slot_take(app, SLOT_PATIENCE, err) : -1;
    PwKeys keys;

    if (full && slot < 0) return false;
    same = crypto_pw_check(password, &o->password, &keys);
    slot_give(slot);
    crypto_wipe(&keys, sizeof keys);
    return !same || err_set(err, ERR_INVALID, "password",
                        "This is the password that the keeper chose, and the keeper knows it. Choose another one.");
}

bool app_officer_password(App *app, const char *warrant, const char *password, Err *err)
{
    Arena *a = arena_new_secret();
    Officer o;
    bool own = app->in && str_eq(warrant, app->session.warrant);
    bool ok =
        (own ? app_may_choose_password(app, err)
             : app_may_do(app, PERM_OFFICER_MANAGE, "officer.password", NULL, err)) &&
        officer_get(app, warrant, a, &o, err) &&
        password_rules(password, o.roles, o.warrant, o.name, store_info(app->store)->training, err) &&
        (!own || !o.must_change || is_another(app, &o, password, err)) && password_change(app, &o, password, a, err);

    arena_free(&a);
    return ok;
}
