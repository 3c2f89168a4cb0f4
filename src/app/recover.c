/* recover.c — custodians. Every key of a text is also sealed to a key of theirs, whose secret half lies in parts (parts.c), one sealed to each: two
** make it, one is nothing. It is in memory for as long as the keys are given anew, and nowhere afterwards. */
#include "access_in.h"
#include "cipher_in.h"

#include "app/custodian.h"
#include "base/str.h"

#include <string.h>

/* ---- named ---- */

static bool they_fit(App *app, const char *const *warrants, size_t n, PublicKeys *keys, Err *err)
{
    if (n < CUSTODIANS_MIN || n > CUSTODIANS_MAX)
        return err_set(err, ERR_INVALID, "custodians", "There are %d to %d custodians, so that one may be away and two are still there.",
            CUSTODIANS_MIN, CUSTODIANS_MAX);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            if (str_eq(warrants[i], warrants[k]))
                return err_set(err, ERR_INVALID, "custodians", "%.20s is named twice: each of them is another officer.", warrants[i]);
        if (!app_officer_public_key(app, warrants[i], &keys[i], err)) return false;
    }
    return true;
}

static bool put(App *app, const char *const *warrants, const PublicKeys *keys, size_t n, Arena *a, Err *err)
{
    SecretKeys *secret = crypto_guarded(sizeof *secret);
    PublicKeys ours;
    Custodian items[CUSTODIANS_MAX];
    Custodians c = { .since = app->now, .items = items, .n = n };
    TextKey k;
    Tx tx = { 0 };
    bool ok;

    if (!secret) return err_set(err, ERR_IO, "", "This machine has no memory to keep keys in. Close something and try again.");
    crypto_keys_make(secret, &ours);
    memcpy(c.box_key, ours.box, SEAL_KEY);
    memcpy(k.key, secret->box, PW_KEY);
    crypto_random(k.seed, sizeof k.seed);
    crypto_guarded_free(secret);
    for (size_t i = 0; i < n; i++) {
        uint8_t parts[PARTS_SIZE], *sealed = arena_alloc(a, crypto_boxed_size(sizeof parts));
        parts_make(&k, (unsigned)i, parts);
        items[i] = (Custodian){ (int)i, warrants[i], sealed, crypto_boxed_size(sizeof parts) };
        crypto_boxed_to(keys[i].box, parts, sizeof parts, sealed);
        crypto_wipe(parts, sizeof parts);
    }
    crypto_wipe(&k, sizeof k);
    ok = store_begin(app->store, &tx, err) && store_custodians_put(&tx, &c, err) &&
         app_log(app, &tx, AUDIT_CARE, "custodians.name", NULL, custodians_said(c.box_key, n, a), err) && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

_Static_assert((int)SECRET_BOX == (int)PW_KEY, "a secret key is as long as a key of a text");

bool app_custodians_name(App *app, const char *const *warrants, size_t n, const char *password, Err *err)
{
    PublicKeys keys[CUSTODIANS_MAX];
    Arena *a;
    bool ok;

    if (!app_may_do(app, PERM_OFFICER_MANAGE, "custodians.name", NULL, err)) return false;
    a = arena_new_secret();
    ok = they_fit(app, warrants, n, keys, err) && access_own_proof(app, password, a, err) && put(app, warrants, keys, n, a, err);
    arena_free(&a);
    return ok;
}

/* ---- who they are ---- */

static const Custodian *custodian(const Custodians *c, const char *warrant)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->items[i].officer, warrant)) return &c->items[i];
    return NULL;
}

static bool may_know(App *app, const Custodians *c, Err *err)
{
    if (role_may(app->session.roles, PERM_OFFICER_MANAGE) || role_may(app->session.roles, PERM_AUDIT_READ) || custodian(c, app->session.warrant))
        return true;
    err_set(err, ERR_DENIED, "", "This is for the keeper of the store, the auditor and the custodians.");
    return app_denied(app, "custodians.list", NULL, "not one of them");
}

/* Keys that were made after they were named: the part does not open any more. */
static bool holds(App *app, const char *warrant, Time since, Arena *a)
{
    OfficerKey k;

    return store_key_now(app->store, warrant, a, &k, NULL) && !k.none && k.made_at <= since;
}

bool app_custodians(App *app, Arena *a, CustodianView *out, Err *err)
{
    Custodians c;
    Officer o;

    memset(out, 0, sizeof *out);
    if (!app_somebody(app, err) || !store_custodians(app->store, a, &c, err) || !may_know(app, &c, err)) return false;
    out->since = c.since;
    out->items = arena_zero(a, c.n + 1, sizeof *out->items);
    for (size_t i = 0; i < c.n; i++) {
        bool known = store_officer_get(app->store, c.items[i].officer, a, &o, NULL);
        out->items[out->n++] = (CustodianRow){ c.items[i].officer, known ? o.name : "", holds(app, c.items[i].officer, c.since, a) };
    }
    return true;
}

/* ---- two of them ---- */

static bool opened(SecretKeys *secret, const Custodian *c, uint8_t out[PARTS_SIZE])
{
    size_t n = 0;
    bool ok;

    if (!secret || c->n != crypto_boxed_size(PARTS_SIZE)) return false;
    crypto_guarded_open(secret);
    ok = crypto_boxed_open(secret, c->sealed, c->n, out, &n) && n == PARTS_SIZE;
    crypto_guarded_shut(secret);
    return ok;
}

static bool joined(App *app, const Custodian *mine, const Custodian *theirs, SecretKeys *second, SecretKeys *out, Err *err)
{
    uint8_t x[PARTS_SIZE], y[PARTS_SIZE];
    bool ok = opened(app->secret, mine, x) && opened(second, theirs, y) &&
              parts_join(x, (unsigned)mine->number, y, (unsigned)theirs->number, out->box);

    crypto_wipe(x, sizeof x);
    crypto_wipe(y, sizeof y);
    return ok || err_set(err, ERR_DENIED, "",
                     "The keys of one of you are not those that the part was sealed to: the password was set anew since. A third custodian can take the place.");
}

/* One key, given anew to all who are due and have it not. */
static bool give(App *app, Tx *tx, const SecretKeys *theirs, CaseKey key, int64_t generation, Arena *a, int64_t *n, Err *err)
{
    CipherGrant g;
    TextKey k;
    KeyDue *due;
    size_t n_due, got = 0;
    Err why = { 0 };
    bool left, ok;

    if (!store_grant_get(app->store, key, generation, "", a, &g, &why)) return why.kind == ERR_MISSING || (*err = why, false);
    if (g.n != crypto_boxed_size(sizeof k) || !crypto_boxed_open(theirs, g.sealed, g.n, &k, &got)) return true; /* of custodians before */
    ok = due_of_case(app, key, a, &due, &n_due, err) && grants_follow(app, tx, key, generation, &k, due, n_due, &left, err); /* nobody is asked to go */
    crypto_wipe(&k, sizeof k);
    *n += ok;
    return ok;
}

static bool give_all(App *app, const SecretKeys *theirs, Arena *a, int64_t *n, Err *err)
{
    CipherGrant *all;
    size_t n_all;
    Tx tx = { 0 };
    bool ok = store_begin(app->store, &tx, err) && store_cipher_list(app->store, a, &all, &n_all, err);

    ok = ok && holders_recover(app, &tx, a, err);
    store_view_all(app->store, true);
    for (size_t i = 0; ok && i < n_all; i++) {
        int64_t from = all[i].case_key == CIPHER_UNIT ? 1 : all[i].generation; /* the unit's earlier keys are in use as well */
        for (int64_t g = from; ok && g <= all[i].generation; g++) ok = give(app, &tx, theirs, all[i].case_key, g, a, n, err);
    }
    store_view_all(app->store, false);
    ok = ok && app_log(app, &tx, AUDIT_CARE, "custodians.recover", NULL, arena_printf(a, "%lld keys given anew", (long long)*n), err) &&
         store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

typedef struct Two {
    const char *second;
    PwKeys keys;
    Custodians all;
    const Custodian *mine, *theirs;
} Two;

static bool both_are(App *app, Two *t, const char *password, const char *second, const char *second_password, Arena *a, Err *err)
{
    Officer o;

    if (!store_custodians(app->store, a, &t->all, err)) return false;
    t->mine = custodian(&t->all, app->session.warrant);
    if (!t->mine) {
        err_set(err, ERR_DENIED, "", "This is for custodians. The keeper of the store names them.");
        return app_denied(app, "custodians.recover", NULL, "not one of them");
    }
    if (!access_warrant(second, &t->second, a, err)) return false;
    t->theirs = custodian(&t->all, t->second);
    if (!t->theirs || t->theirs == t->mine) return err_set(err, ERR_INVALID, "officer", "%.20s is not the second custodian.", t->second);
    return access_own_proof(app, password, a, err) && access_proved(app, t->second, second_password, &t->keys, &o, a, err);
}

bool app_recover(App *app, const char *password, const char *second, const char *second_password, int64_t *cases, Err *err)
{
    Two t = { 0 };
    SecretKeys *other = NULL, *theirs = NULL;
    Arena *a;
    bool ok;

    *cases = 0;
    if (!app_somebody(app, err)) return false;
    a = arena_new_secret();
    ok = both_are(app, &t, password, second, second_password, a, err);
    if (ok) {
        other = keys_of_other(app, t.second, &t.keys);
        theirs = crypto_guarded(sizeof *theirs);
        ok = theirs && joined(app, t.mine, t.theirs, other, theirs, err) && give_all(app, theirs, a, cases, err);
    }
    crypto_guarded_free(other);
    crypto_guarded_free(theirs);
    crypto_wipe(&t.keys, sizeof t.keys);
    arena_free(&a);
    return ok;
}
