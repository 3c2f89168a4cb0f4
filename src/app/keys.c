/* keys.c — the life of an officer's keys: made, opened, sealed anew, ended. The secret ones are only ever in guarded memory
** and, sealed by what the password gives, in the store. Nobody but the officer ever holds a password that opens them: when the
** keeper sets one, the keys end there, and new ones are made when the officer chooses a password.
** What was signed with ended keys still verifies. What was sealed to them does not open any more. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

/* ---- sealed in the store ---- */

/* A seal moved to another officer, or put beside other public keys, does not open. */
static const char *bound_to(Arena *a, const char *warrant, const PublicKeys *keys)
{
    char hex[SIGNED_KEY_HEX];

    return arena_printf(a, "book124 keys of %s %s", warrant, crypto_hex(keys->sign, SIGN_KEY, hex));
}

static void seal_secret(App *app, const char *warrant, const PwKeys *pw, OfficerSecret *out)
{
    Arena *a = arena_new();

    out->n = crypto_sealed_size(sizeof *app->secret);
    crypto_guarded_open(app->secret);
    crypto_seal(pw->secrets, bound_to(a, warrant, &app->keys), app->secret, sizeof *app->secret, out->sealed);
    crypto_guarded_shut(app->secret);
    arena_free(&a);
}

static bool unseal_secret(SecretKeys *secret, const OfficerKey *k, const OfficerSecret *sealed, const PwKeys *pw)
{
    Arena *a = arena_new();
    PublicKeys keys = { 0 };
    bool ok;

    crypto_guarded_open(secret);
    ok = sealed->n == crypto_sealed_size(sizeof *secret) &&
         crypto_unseal(pw->secrets, bound_to(a, k->warrant, &k->keys), sealed->sealed, sealed->n, secret, NULL);
    if (ok) crypto_keys_public(secret, &keys);
    ok = ok && memcmp(&keys, &k->keys, sizeof keys) == 0;
    if (!ok) crypto_wipe(secret, sizeof *secret);
    crypto_guarded_shut(secret);
    arena_free(&a);
    return ok;
}

SecretKeys *keys_of_other(App *app, const char *warrant, const PwKeys *pw)
{
    Arena *a = arena_new_secret();
    SecretKeys *secret = crypto_guarded(sizeof *secret);
    OfficerSecret sealed;
    OfficerKey k;
    bool ok = secret && store_key_now(app->store, warrant, a, &k, NULL) && !k.none && store_secret_get(app->store, warrant, &sealed, NULL) &&
              unseal_secret(secret, &k, &sealed, pw);

    arena_free(&a);
    if (ok) return secret;
    crypto_guarded_free(secret);
    return NULL;
}

/* ---- made and ended ---- */

bool keys_make(App *app, Tx *tx, const char *warrant, const PwKeys *pw, const char *why, Err *err)
{
    OfficerKey k = { .warrant = warrant, .made_at = app->now, .ended_at = TIME_NONE };
    OfficerSecret sealed;
    char number[KEY_NUMBER], detail[160];

    crypto_guarded_open(app->secret);
    crypto_keys_make(app->secret, &k.keys);
    crypto_guarded_shut(app->secret);
    app->keys = k.keys;
    app->has_keys = true;
    seal_secret(app, warrant, pw, &sealed);
    snprintf(detail, sizeof detail, "%s %s%s", warrant, key_number(k.keys.sign, number), why);
    return store_key_add(tx, &k, err) && keys_certify(app, tx, warrant, err) && store_secret_put(tx, warrant, &sealed, err) &&
           app_log(app, tx, AUDIT_CARE, "officer.key", NULL, detail, err);
}

bool keys_end(App *app, Tx *tx, const char *warrant, Err *err)
{
    OfficerKey none = { .warrant = warrant, .none = true, .made_at = app->now }, now;
    Arena *a = arena_new();
    Err missing = { 0 };
    bool had = store_key_now(app->store, warrant, a, &now, &missing) && !now.none, ok;

    ok = had || missing.kind == ERR_NONE || missing.kind == ERR_MISSING;
    if (!ok && err) *err = missing;
    ok = ok && (!had || store_key_add(tx, &none, err)) && store_secret_drop(tx, warrant, err);
    arena_free(&a);
    return ok;
}

bool keys_reseal(App *app, Tx *tx, const char *warrant, const PwKeys *pw, Err *err)
{
    OfficerSecret sealed;

    if (!app->has_keys) return keys_make(app, tx, warrant, pw, "", err);
    seal_secret(app, warrant, pw, &sealed);
    return store_secret_put(tx, warrant, &sealed, err);
}

/* ---- opened and wiped ---- */

void keys_leave(App *app)
{
    app->has_keys = false;
    cipher_leave(app);
    crypto_wipe(&app->keys, sizeof app->keys);
    if (!app->secret) return;
    crypto_guarded_open(app->secret);
    crypto_wipe(app->secret, sizeof *app->secret);
    crypto_guarded_shut(app->secret);
}

/* False with an empty `err`: there are none that this password opens; *damaged: there should be. */
static bool keys_open(App *app, const char *warrant, const PwKeys *pw, Arena *a, bool *damaged, Err *err)
{
    OfficerSecret sealed;
    OfficerKey k;
    Err why = { 0 };
    bool ok = store_key_now(app->store, warrant, a, &k, &why);

    *damaged = false;
    if (ok && k.none) return false;
    ok = ok && store_secret_get(app->store, warrant, &sealed, &why);
    if (!ok && why.kind != ERR_MISSING) {
        *err = why;
        return false;
    }
    app->has_keys = ok && unseal_secret(app->secret, &k, &sealed, pw);
    if (app->has_keys) app->keys = k.keys;
    *damaged = ok && !app->has_keys;
    return app->has_keys;
}

/* Of a store of before there were such signatures. Nobody is kept out because of it. */
static void certify_late(App *app, const char *warrant, Arena *a)
{
    char number[KEY_NUMBER], detail[160];
    KeyStand is;
    OfficerKey k;
    Tx tx = { 0 };

    if (!store_key_now(app->store, warrant, a, &k, NULL) || !key_stand(app, &k, &is, NULL) || is != KEY_UNSIGNED) return;
    snprintf(detail, sizeof detail, "%s %s, signed by itself", warrant, key_number(k.keys.sign, number));
    if (store_begin(app->store, &tx, NULL) && keys_certify(app, &tx, warrant, NULL) && app_log(app, &tx, AUDIT_CARE, "officer.key", NULL, detail, NULL))
        store_commit(&tx, NULL);
    store_end(&tx);
}

/* Looked at once more inside the write: two terminals that sign in at once make one pair. */
bool keys_enter(App *app, const char *warrant, const PwKeys *pw, Err *err)
{
    Arena *a = arena_new_secret();
    Err why = { 0 };
    Tx tx = { 0 };
    bool damaged, ok = keys_open(app, warrant, pw, a, &damaged, &why);

    if (!ok && why.kind == ERR_NONE) {
        ok = store_begin(app->store, &tx, &why) &&
             (keys_open(app, warrant, pw, a, &damaged, &why) ||
                 (why.kind == ERR_NONE &&
                     keys_make(app, &tx, warrant, pw, damaged ? ", those before could not be opened" : "", &why) &&
                     store_commit(&tx, &why)));
        store_end(&tx);
    }
    if (ok) certify_late(app, warrant, a);
    if (!ok) keys_leave(app);
    if (!ok && err) *err = why;
    arena_free(&a);
    return ok;
}
