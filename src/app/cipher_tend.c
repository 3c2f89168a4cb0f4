/* cipher_tend.c — text is brought to lie as the list of its case says. What must happen is noted where it follows (an entry of a list was added, a number
** came in without a key), and is settled in the same write when who writes has the key; otherwise by the next who signs in and has it.
** Somebody who leaves a list makes a new generation: everything is enciphered anew, and the old key opens nothing that is left. */
#include "cipher_in.h"

#include "base/protection.h"
#include "base/str.h"

#include <string.h>

/* By a broken glass one has the key alone, and can give it to nobody. The caller wipes. */
static bool whole_key(App *app, CaseKey key, int64_t generation, TextKey *out)
{
    static const uint8_t none[PW_KEY];

    if (text_key(app, key, generation, out) && memcmp(out->seed, none, sizeof none) != 0) return true;
    crypto_wipe(out, sizeof *out);
    return false;
}

/* ---- settled ---- */

static bool settle_restricted(App *app, Tx *tx, CaseKey key, int64_t was, Arena *a, bool *done, Err *err)
{
    KeyDue *due;
    size_t n;
    int64_t generation;
    TextKey k = { .key = { 0 } };
    bool left = was == 0, ok;

    if (was && !whole_key(app, key, was, &k)) return true; /* by who can */
    ok = holders_begin(app, tx, err) && due_of_case(app, key, a, &due, &n, err);
    if (ok && was) ok = grants_follow(app, tx, key, was, &k, due, n, &left, err);
    crypto_wipe(&k, sizeof k);
    if (ok && left && (was == 0 || !WITHOUT("new-key")))
        ok = generation_begins(app, tx, key, due, n, &generation, err) && store_cipher_again(tx, key, was, err) &&
             store_grants_drop(tx, key, generation, err) && (was == 0 || left_put(app, tx, key, was, err));
    return *done = ok, ok;
}

static bool settle_open(App *app, Tx *tx, CaseKey key, int64_t was, bool *done, Err *err)
{
    int64_t unit;
    bool has_unit;

    if (!store_cipher_now(app->store, CIPHER_UNIT, &unit, err)) return false;
    has_unit = unit && cipher_in_hand(app, CIPHER_UNIT);
    if (was && !cipher_in_hand(app, key))
        return err_set(err, ERR_DENIED, "",
            "Your keys do not open this case yet, so that it cannot be opened for all. Sign in again after somebody on its list has.");
    if (was && !store_cipher_none(tx, key, app->now, err)) return false;
    if ((was || has_unit) && !store_cipher_again(tx, key, was, err)) return false;
    *done = has_unit;
    return true;
}

bool cipher_settle(App *app, Tx *tx, CaseKey key, Err *err)
{
    Arena *a;
    int64_t was;
    AccessEntry *entries;
    AccessList list;
    size_t n;
    bool waits, done = false, ok;

    if (!store_cipher_waits(app->store, key, &waits, err)) return false;
    if (!waits || !app->in || !app->has_keys) return true;
    a = arena_new_secret();
    store_view_all(app->store, true);
    ok = store_cipher_now(app->store, key, &was, err) && store_access_of_case(app->store, key, a, &entries, &n, err);
    if (ok) {
        access_list(entries, n, a, &list);
        ok = list.restricted ? settle_restricted(app, tx, key, was, a, &done, err) : settle_open(app, tx, key, was, &done, err);
    }
    if (ok && done) ok = store_cipher_settled(tx, key, err);
    if (ok) ok = keys_refused_tell(app, tx, err);
    store_view_all(app->store, false);
    arena_free(&a);
    return ok;
}

/* ---- tended, at sign-in ---- */

enum { TENDED = 100 /* cases at one sign-in: the others wait for the next */ };

/* Does what is sealed differ from what is due? Only who has the whole key is asked. */
static bool grants_differ(App *app, CaseKey key, int64_t generation, Arena *a, bool *differ, Err *err)
{
    CipherGrant *there;
    KeyDue *due;
    size_t n_there, n;

    *differ = false;
    if (!due_of_case(app, key, a, &due, &n, err) || !store_grant_list(app->store, key, generation, a, &there, &n_there, err)) return false;
    for (size_t d = 0; d < n; d++) *differ |= !grant_given(&due[d], there, n_there) && due_vouched(app, &due[d]);
    for (size_t i = 0; i < n_there; i++) *differ |= !grant_stays(&there[i], due, n);
    return true;
}

static bool to_give(App *app, CaseKey key, int64_t generation)
{
    TextKey k;
    bool ok = whole_key(app, key, generation, &k);

    crypto_wipe(&k, sizeof k);
    return ok;
}

/* Whoever left loses what was sealed to him. */
static bool unit_left(App *app, Tx *tx, int64_t now, const KeyDue *due, size_t n, Err *err)
{
    Arena *a = arena_new();
    CipherGrant *there;
    size_t n_there;
    bool ok = true;

    for (int64_t g = 1; ok && g <= now; g++) {
        ok = store_grant_list(app->store, CIPHER_UNIT, g, a, &there, &n_there, err);
        for (size_t i = 0; ok && i < n_there; i++)
            if (!grant_stays(&there[i], due, n)) ok = store_grant_drop(tx, CIPHER_UNIT, g, there[i].officer, err);
    }
    arena_free(&a);
    return ok;
}

/* A key that others left stays good for what lies under it: numbers of a unit are not enciphered anew. Those who came get the earlier ones too. */
static bool unit_follows(App *app, Tx *tx, int64_t now, const KeyDue *due, size_t n, Err *err)
{
    bool left = now == 0, ok = true;
    int64_t generation;
    TextKey k;

    for (int64_t g = 1; ok && g <= now; g++) {
        if (!text_key(app, CIPHER_UNIT, g, &k)) continue;
        ok = grants_follow(app, tx, CIPHER_UNIT, g, &k, due, n, &left, err);
    }
    crypto_wipe(&k, sizeof k);
    return ok && (!left || (unit_left(app, tx, now, due, n, err) && generation_begins(app, tx, CIPHER_UNIT, due, n, &generation, err)));
}

static bool unit_tend(App *app, Arena *a, Err *err)
{
    int64_t now;
    KeyDue *due;
    size_t n;
    Tx tx = { 0 };
    bool differ = true, ok;

    if (!store_cipher_now(app->store, CIPHER_UNIT, &now, err)) return false;
    if (now == 0 ? !holds_unit(app->session.roles) : !to_give(app, CIPHER_UNIT, now)) return true;
    if (now && !grants_differ(app, CIPHER_UNIT, now, a, &differ, err)) return false;
    if (!differ) return true;
    ok = store_begin(app->store, &tx, err) && due_of_case(app, CIPHER_UNIT, a, &due, &n, err) && unit_follows(app, &tx, now, due, n, err) &&
         app_log(app, &tx, AUDIT_CARE, "cipher.key", NULL, "the unit's", err) && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

/* Can whoever is signed in settle it? Asked before a write is begun for it. */
static bool can_settle(App *app, CaseKey key, Arena *a, bool *can, Err *err)
{
    AccessEntry *entries;
    AccessList list;
    Viewer me = { app->session.warrant, app->session.roles, app->now };
    size_t n;
    int64_t was, unit;
    bool ok;

    store_view_all(app->store, true);
    ok = store_cipher_now(app->store, key, &was, err) && store_cipher_now(app->store, CIPHER_UNIT, &unit, err) &&
         store_access_of_case(app->store, key, a, &entries, &n, err);
    store_view_all(app->store, false);
    if (!ok) return false;
    access_list(entries, n, a, &list);
    *can = was ? to_give(app, key, was) : list.restricted ? access_sight(entries, n, &me, NULL) == ACCESS_SEEN : unit && to_give(app, CIPHER_UNIT, unit);
    return true;
}

static bool case_tend(App *app, CaseKey key, bool wait, Err *err)
{
    Tx tx = { 0 };
    bool ok = store_begin(app->store, &tx, err) && (!wait || store_cipher_wait(&tx, key, err)) &&
              app_log_case(app, &tx, AUDIT_ALTER, "case.encipher", key, NULL, NULL, err) && store_commit(&tx, err);

    store_end(&tx);
    return ok;
}

static bool waiting_tend(App *app, Arena *a, Err *err)
{
    CaseKey *keys;
    size_t n;
    bool can, ok = store_cipher_waiting(app->store, 0, TENDED, a, &keys, &n, err);

    for (size_t i = 0; ok && i < n; i++) ok = can_settle(app, keys[i], a, &can, err) && (!can || case_tend(app, keys[i], false, err));
    return ok;
}

static bool restricted_tend(App *app, Arena *a, Err *err)
{
    CaseKey *keys;
    size_t n;
    int64_t now;
    bool differ, ok = store_restricted(app->store, a, &keys, &n, err);

    for (size_t i = 0; ok && i < n && i < TENDED; i++) {
        if (!store_cipher_now(app->store, keys[i], &now, err)) return false;
        if (now == 0 || !to_give(app, keys[i], now)) continue;
        store_view_all(app->store, true);
        ok = grants_differ(app, keys[i], now, a, &differ, err);
        store_view_all(app->store, false);
        if (ok && differ) ok = case_tend(app, keys[i], true, err);
    }
    return ok;
}

/* Nobody is kept out because of it: what could not be done now is done by the next. */
void cipher_tend(App *app)
{
    Arena *a;

    if (!app->has_keys) return;
    a = arena_new_secret();
    if (unit_tend(app, a, NULL) && waiting_tend(app, a, NULL)) restricted_tend(app, a, NULL);
    keys_refused_tell(app, NULL, NULL);
    arena_free(&a);
}
