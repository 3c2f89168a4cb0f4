/* grants.c — who is due the key of a case, by its list, and that key sealed to them. */
#include "cipher_in.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- who is due ---- */

typedef struct Due {
    App *app;
    Arena *a;
    KeyDue *items;
    size_t n, cap;
} Due;

static void due_put(Due *d, KeyDue due)
{
    d->items = arena_room(d->a, d->items, d->n, &d->cap, sizeof *d->items);
    d->items[d->n++] = due;
}

/* By the list, with the clock; -1 not at all, 0 the whole, 1 parts. */
static int due_by_list(const Officer *o, const AccessEntry *entries, size_t n, const AccessList *list, Time now)
{
    Viewer who = { o->warrant, o->roles, now };

    if (access_sight(entries, n, &who, NULL) == ACCESS_SEEN) return 0;
    if (access_subject(list, o->warrant)) return -1;
    return role_may(o->roles, PERM_GLASS_BREAK) ? 1 : -1;
}

/* Whoever may look at cases: what of it they are told is the business of contact.c. And whoever proves the log, because what was signed is plain. */
bool holds_unit(RoleSet roles)
{
    return role_may(roles, PERM_CASE_READ) || role_may(roles, PERM_AUDIT_READ);
}

/* The keys that are the officer's now; false: none, or they were ended. */
static bool due_keys(const HolderCase *trust, KeyDue *due)
{
    for (size_t i = 0; i < trust->n_keys; i++) {
        const OfficerKey *k = &trust->keys[i];
        if (k->ended_at != TIME_NONE || !str_eq(k->warrant, due->officer)) continue;
        due->keys = k->keys;
        due->act = k->act;
        return !k->none;
    }
    return false;
}

bool due_vouched(App *app, const KeyDue *due)
{
    Custodians c = { .act = due->act, .n = due->n };

    if (*due->officer) return key_vouched(app, &(OfficerKey){ .warrant = due->officer, .keys = due->keys, .act = due->act });
    memcpy(c.box_key, due->keys.box, SEAL_KEY);
    return custodians_stand(app, &c) == KEY_SOUND;
}

/* The keys of everybody; and for a case, whom its people trust with it. */
static bool trust_of(App *app, CaseKey key, Arena *a, HolderCase *out, Err *err)
{
    OfficerKey *keys;
    bool ok = store_key_list(app->store, a, &keys, &out->n_keys, err);

    out->keys = keys;
    return ok && (key == CIPHER_UNIT || holders_load(app, &out->h, err));
}

bool due_of_case(App *app, CaseKey key, Arena *a, KeyDue **out, size_t *n, Err *err)
{
    Due d = { .app = app, .a = a };
    Officer *officers;
    AccessEntry *entries = NULL;
    AccessList list = { 0 };
    KeyDue custodians = { .officer = "" };
    HolderCase trust = { .list = &list, .now = app->now };
    Custodians c;
    size_t n_officers, n_entries = 0;

    if (!store_officer_list(app->store, a, &officers, &n_officers, err)) return false;
    if (key != CIPHER_UNIT && !store_access_of_case(app->store, key, a, &entries, &n_entries, err)) return false;
    access_list(entries, n_entries, a, &list);
    trust.entries = entries, trust.n = n_entries;
    if (!trust_of(app, key, a, &trust, err)) return false;
    for (size_t i = 0; i < n_officers; i++) {
        const Officer *o = &officers[i];
        int how = key == CIPHER_UNIT ? (holds_unit(o->roles) ? 0 : -1) : due_by_list(o, entries, n_entries, &list, app->now);
        KeyDue due = { .officer = o->warrant };
        if (how < 0 || o->suspended || !due_keys(&trust, &due)) continue;
        how = holder_let(&trust, o, due.keys.box, how);
        due.parts = how == 1;
        if (how >= 0) due_put(&d, due);
    }
    if (!store_custodians(app->store, a, &c, err)) return false;
    memcpy(custodians.keys.box, c.box_key, SEAL_KEY);
    custodians.act = c.act, custodians.n = c.n;
    if (c.generation && holders_custodians(&trust, &c)) due_put(&d, custodians);
    *out = d.items;
    *n = d.n;
    return true;
}

/* ---- sealed to them ---- */

static bool same_grant(const CipherGrant *g, const KeyDue *due)
{
    return str_eq(g->officer, due->officer) && (g->parts != 0) == due->parts && memcmp(g->box_key, due->keys.box, SEAL_KEY) == 0;
}

/* Who had parts and gets the whole stays. */
static bool still_due(const CipherGrant *g, const KeyDue *due)
{
    return str_eq(g->officer, due->officer) && (g->parts != 0 || !due->parts);
}

bool grant_stays(const CipherGrant *g, const KeyDue *due, size_t n)
{
    for (size_t d = 0; d < n; d++)
        if (still_due(g, &due[d])) return true;
    return false;
}

bool grant_given(const KeyDue *due, const CipherGrant *there, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (same_grant(&there[i], due)) return true;
    return false;
}

/* The numbers of the parts that are given out: bit sets. */
static int number_free(uint8_t *taken)
{
    for (int i = 0; i < PARTS_OFFICERS; i++)
        if (!(taken[i / 8] >> i % 8 & 1)) {
            taken[i / 8] |= (uint8_t)(1 << i % 8);
            return i;
        }
    return -1;
}

bool grant_put(App *app, Tx *tx, CipherGrant g, const KeyDue *due, const TextKey *k, uint8_t *taken, Err *err)
{
    uint8_t plain[PARTS_SIZE], sealed[PARTS_SIZE + 64];
    int number = due->parts ? number_free(taken) : -1;
    bool ok;

    if (due->parts && number < 0) return true; /* more officers than numbers: these cannot break the glass of this case */
    g.officer = due->officer;
    g.parts = number + 1;
    memcpy(g.box_key, due->keys.box, SEAL_KEY);
    g.n = due->parts ? sizeof plain : sizeof *k;
    if (due->parts)
        parts_make(k, (unsigned)number, plain);
    else
        memcpy(plain, k, sizeof *k);
    ok = crypto_boxed_to(g.box_key, plain, g.n, sealed);
    crypto_wipe(plain, sizeof plain);
    g.sealed = sealed;
    g.n = crypto_boxed_size(g.n);
    return !ok || store_grant_put(tx, &g, err); /* a public key that is none gets nothing */
}

bool grants_follow(App *app, Tx *tx, CaseKey key, int64_t generation, const TextKey *k, const KeyDue *due, size_t n, bool *left, Err *err)
{
    Arena *a = arena_new_secret();
    uint8_t taken[PARTS_OFFICERS / 8] = { 0 };
    CipherGrant *there;
    size_t n_there;
    bool ok = store_grant_list(app->store, key, generation, a, &there, &n_there, err);

    *left = false;
    for (size_t i = 0; ok && i < n_there; i++) {
        if (there[i].parts) taken[(there[i].parts - 1) / 8] |= (uint8_t)(1 << (there[i].parts - 1) % 8);
        *left |= !grant_stays(&there[i], due, n);
    }
    for (size_t d = 0; ok && d < n; d++)
        if (!grant_given(&due[d], there, n_there) && due_vouched(app, &due[d]))
            ok = grant_put(app, tx, (CipherGrant){ .case_key = key, .generation = generation }, &due[d], k, taken, err);
    arena_free(&a);
    return ok;
}

bool generation_begins(App *app, Tx *tx, CaseKey key, const KeyDue *due, size_t n, int64_t *generation, Err *err)
{
    TextKey k;
    bool left, ok;

    crypto_random(&k, sizeof k);
    ok = store_cipher_next(tx, key, app->now, generation, err);
    if (ok) ring_put(app, key, *generation, &k);
    ok = ok && grants_follow(app, tx, key, *generation, &k, due, n, &left, err);
    crypto_wipe(&k, sizeof k);
    return ok;
}
