/* cipher.c — the keys under which text lies (store_cipher.c): made, sealed to whoever may see, taken away.
** A restricted case has a key of its own. It is sealed to each officer on its list, and in parts to every other who may break the glass, so that two
** of them can; whoever is named as its subject gets neither. Numbers and addresses of safe contact lie under a key of the unit, sealed to whoever may
** be told them. Somebody who leaves a list makes a new generation: the text is enciphered anew, and the old key opens nothing that is left.
** What must happen is noted where it follows (an entry of a list was added, a number came in without a key) and is settled in the same write when
** who writes has the key; otherwise by the next who signs in and has it. */
#include "cipher_in.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- the ring ---- */

static struct RingSlot *slot_of(App *app, CaseKey key, int64_t generation)
{
    for (size_t i = 0; i < RING_SLOTS; i++) {
        struct RingSlot *s = &app->ring->slots[i];
        if (s->used && s->case_key == key && s->generation == generation) return s;
    }
    return NULL;
}

static void ring_note(App *app, CaseKey key, int64_t generation, const TextKey *k)
{
    struct RingSlot *s;

    crypto_guarded_open(app->ring);
    s = slot_of(app, key, generation);
    if (!s) s = &app->ring->slots[app->ring->next++ % RING_SLOTS];
    *s = (struct RingSlot){ .case_key = key, .generation = generation, .used = true, .none = !k };
    if (k) s->key = *k;
    crypto_guarded_shut(app->ring);
    if (!k) app->ring_misses = true;
}

void ring_put(App *app, CaseKey key, int64_t generation, const TextKey *k)
{
    ring_note(app, key, generation, k);
}

static bool ring_find(App *app, CaseKey key, int64_t generation, bool *known, TextKey *out)
{
    const struct RingSlot *s;
    bool found;

    crypto_guarded_open(app->ring);
    s = slot_of(app, key, generation);
    *known = s != NULL;
    found = s && !s->none;
    if (found) *out = s->key;
    crypto_guarded_shut(app->ring);
    return found;
}

bool ring_get(App *app, CaseKey key, int64_t generation, TextKey *out)
{
    bool known;

    return ring_find(app, key, generation, &known, out);
}

void cipher_leave(App *app)
{
    if (!app->ring) return;
    crypto_guarded_open(app->ring);
    crypto_wipe(app->ring, sizeof *app->ring);
    crypto_guarded_shut(app->ring);
}

void cipher_look_again(App *app)
{
    if (!app->ring_misses) return;
    crypto_guarded_open(app->ring);
    for (size_t i = 0; i < RING_SLOTS; i++)
        if (app->ring->slots[i].none) app->ring->slots[i] = (struct RingSlot){ 0 };
    crypto_guarded_shut(app->ring);
    app->ring_misses = false;
}

static bool grant_open(App *app, const CipherGrant *g, TextKey *out)
{
    size_t n = 0;
    bool ok = !g->parts && memcmp(g->box_key, app->keys.box, SEAL_KEY) == 0 && g->n == crypto_boxed_size(sizeof *out);

    if (!ok) return false;
    crypto_guarded_open(app->secret);
    ok = crypto_boxed_open(app->secret, g->sealed, g->n, out, &n) && n == sizeof *out;
    crypto_guarded_shut(app->secret);
    return ok;
}

/* A key that was left lies under the one that came after it: whoever has that reads what the log told before. */
#define LEFT "^"

static const char *left_about(CaseKey key, int64_t generation, Arena *a)
{
    return arena_printf(a, "book124 key %lld generation %lld", (long long)key, (long long)generation);
}

static bool left_open(App *app, CaseKey key, int64_t generation, Arena *a, TextKey *out)
{
    TextKey next;
    CipherGrant g;
    int64_t now;
    size_t n = 0;
    bool ok = store_cipher_now(app->store, key, &now, NULL) && (now == 0 || generation < now) && store_grant_get(app->store, key, generation, LEFT, a, &g, NULL) &&
              text_key(app, key, generation + 1, &next);

    if (!ok) return false;
    ok = g.n == crypto_sealed_size(sizeof *out) && crypto_unseal(next.key, left_about(key, generation, a), g.sealed, g.n, out, &n);
    crypto_wipe(&next, sizeof next);
    return ok && n == sizeof *out;
}

static bool left_put(App *app, Tx *tx, CaseKey key, int64_t generation, Err *err)
{
    Arena *a = arena_new_secret();
    uint8_t sealed[sizeof(TextKey) + 64];
    CipherGrant g = { .case_key = key, .generation = generation, .officer = LEFT, .sealed = sealed, .n = crypto_sealed_size(sizeof(TextKey)) };
    TextKey was, next;
    bool ok = true;

    if (ring_get(app, key, generation, &was) && ring_get(app, key, generation + 1, &next)) {
        crypto_seal(next.key, left_about(key, generation, a), &was, sizeof was, sealed);
        ok = store_grant_put(tx, &g, err);
    }
    crypto_wipe(&was, sizeof was);
    crypto_wipe(&next, sizeof next);
    arena_free(&a);
    return ok;
}

/* False: it could not be looked up. */
static bool grant_mine(App *app, CaseKey key, int64_t generation, Arena *a, TextKey *out, bool *have, Err *err)
{
    CipherGrant g;
    Err why = { 0 };

    if (store_grant_get(app->store, key, generation, app->session.warrant, a, &g, &why)) return *have = grant_open(app, &g, out), true;
    *have = false;
    if (why.kind != ERR_MISSING && err) *err = why;
    return why.kind == ERR_MISSING;
}

static bool key_look(App *app, CaseKey key, int64_t generation, TextKey *out, bool *have, Err *err)
{
    bool known, ok;
    Arena *a;

    *have = false;
    if (!app->in || !app->has_keys) return true;
    if ((*have = ring_find(app, key, generation, &known, out)) || known) return true;
    a = arena_new_secret();
    ok = grant_mine(app, key, generation, a, out, have, err);
    if (ok && !*have) *have = left_open(app, key, generation, a, out);
    if (ok) ring_note(app, key, generation, *have ? out : NULL);
    arena_free(&a);
    return ok;
}

bool text_key(App *app, CaseKey key, int64_t generation, TextKey *out)
{
    bool have;

    return key_look(app, key, generation, out, &have, NULL) && have;
}

static bool key_for_store(void *with, CaseKey key, int64_t generation, uint8_t out[PW_KEY], bool *have, Err *err)
{
    TextKey k;
    bool ok = key_look(with, key, generation, &k, have, err);

    if (*have) memcpy(out, k.key, PW_KEY);
    crypto_wipe(&k, sizeof k);
    return ok;
}

/* ---- answers of a book that are safe contact ---- */

static const void *form_of(void *with, const char *json)
{
    Answers *said = book_answers(json);
    const FormSpec *form = form_of_answers(with, said);

    answers_free(&said);
    return form;
}

static bool secret_question(const void *form, const char *question)
{
    const FormQuestion *q = form_question(form, question);

    return q && q->sensitivity == SENSITIVE_SAFE_CONTACT;
}

void cipher_start(App *app)
{
    const CipherHands hands = { key_for_store, form_of, secret_question, app };

    store_cipher(app->store, &hands);
}

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
    for (size_t i = 0; i < list->n_subjects; i++)
        if (str_eq(list->subjects[i]->officer, o->warrant)) return -1;
    return role_may(o->roles, PERM_GLASS_BREAK) ? 1 : -1;
}

/* Whoever may look at cases: what of it they are told is the business of contact.c. And whoever proves the log, because what was signed is plain. */
static bool holds_unit(RoleSet roles)
{
    return role_may(roles, PERM_CASE_READ) || role_may(roles, PERM_AUDIT_READ);
}

bool due_of_case(App *app, CaseKey key, Arena *a, KeyDue **out, size_t *n, Err *err)
{
    Due d = { .app = app, .a = a };
    Officer *officers;
    AccessEntry *entries = NULL;
    AccessList list = { 0 };
    KeyDue custodians = { .officer = "" };
    Custodians c;
    size_t n_officers, n_entries = 0;

    if (!store_officer_list(app->store, a, &officers, &n_officers, err)) return false;
    if (key != CIPHER_UNIT && !store_access_of_case(app->store, key, a, &entries, &n_entries, err)) return false;
    access_list(entries, n_entries, a, &list);
    for (size_t i = 0; i < n_officers; i++) {
        const Officer *o = &officers[i];
        int how = key == CIPHER_UNIT ? (holds_unit(o->roles) ? 0 : -1) : due_by_list(o, entries, n_entries, &list, app->now);
        KeyDue due = { .officer = o->warrant, .parts = how == 1 };
        if (how >= 0 && !o->suspended && app_officer_public_key(app, o->warrant, &due.keys, NULL)) due_put(&d, due);
    }
    if (!store_custodians(app->store, a, &c, err)) return false;
    memcpy(custodians.keys.box, c.box_key, SEAL_KEY);
    if (c.generation) due_put(&d, custodians);
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

static bool grant_put(App *app, Tx *tx, CipherGrant g, const KeyDue *due, const TextKey *k, uint8_t *taken, Err *err)
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

static bool grants_make(
    App *app, Tx *tx, CaseKey key, int64_t generation, const TextKey *k, const KeyDue *due, size_t n, bool although, bool *left, Err *err)
{
    Arena *a = arena_new_secret();
    uint8_t taken[PARTS_OFFICERS / 8] = { 0 };
    CipherGrant *there;
    size_t n_there;
    bool ok = store_grant_list(app->store, key, generation, a, &there, &n_there, err);

    *left = false;
    for (size_t i = 0; ok && i < n_there; i++) {
        bool stays = false;
        if (there[i].parts) taken[(there[i].parts - 1) / 8] |= (uint8_t)(1 << (there[i].parts - 1) % 8);
        for (size_t d = 0; d < n; d++) stays |= still_due(&there[i], &due[d]);
        *left |= !stays;
    }
    for (size_t d = 0; ok && (although || !*left) && d < n; d++) {
        bool has = false;
        for (size_t i = 0; i < n_there; i++) has |= same_grant(&there[i], &due[d]);
        if (!has) ok = grant_put(app, tx, (CipherGrant){ .case_key = key, .generation = generation }, &due[d], k, taken, err);
    }
    arena_free(&a);
    return ok;
}

bool grants_follow(App *app, Tx *tx, CaseKey key, int64_t generation, const TextKey *k, const KeyDue *due, size_t n, bool *left, Err *err)
{
    return grants_make(app, tx, key, generation, k, due, n, false, left, err);
}

bool grants_renew(App *app, Tx *tx, CaseKey key, int64_t generation, const TextKey *k, const KeyDue *due, size_t n, Err *err)
{
    bool left;

    return grants_make(app, tx, key, generation, k, due, n, true, &left, err);
}

static bool generation_begins(App *app, Tx *tx, CaseKey key, const KeyDue *due, size_t n, int64_t *generation, Err *err)
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

/* ---- settled ---- */

static bool whole(const TextKey *k)
{
    static const uint8_t none[PW_KEY];

    return memcmp(k->seed, none, sizeof none) != 0; /* by a broken glass one has the key alone, and makes no parts */
}

static bool settle_restricted(App *app, Tx *tx, CaseKey key, int64_t was, Arena *a, bool *done, Err *err)
{
    KeyDue *due;
    size_t n;
    int64_t generation;
    TextKey k = { .key = { 0 } };
    bool left = was == 0, ok;

    if (was && (!text_key(app, key, was, &k) || !whole(&k))) return crypto_wipe(&k, sizeof k), true; /* by who can */
    ok = due_of_case(app, key, a, &due, &n, err);
    if (ok && was) ok = grants_follow(app, tx, key, was, &k, due, n, &left, err);
    crypto_wipe(&k, sizeof k);
    if (ok && left)
        ok = generation_begins(app, tx, key, due, n, &generation, err) && store_cipher_again(tx, key, was, err) &&
             store_grants_drop(tx, key, generation, err) && (was == 0 || left_put(app, tx, key, was, err));
    return *done = ok, ok;
}

static bool settle_open(App *app, Tx *tx, CaseKey key, int64_t was, bool *done, Err *err)
{
    TextKey k;
    int64_t unit;
    bool has_unit;

    if (!store_cipher_now(app->store, CIPHER_UNIT, &unit, err)) return false;
    has_unit = unit && text_key(app, CIPHER_UNIT, unit, &k);
    if (was && !text_key(app, key, was, &k))
        return err_set(err, ERR_DENIED, "",
            "Your keys do not open this case yet, so that it cannot be opened for all. Sign in again after somebody on its list has.");
    crypto_wipe(&k, sizeof k);
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
    for (size_t d = 0; d < n; d++) {
        bool has = false;
        for (size_t i = 0; i < n_there; i++) has |= same_grant(&there[i], &due[d]);
        *differ |= !has;
    }
    for (size_t i = 0; i < n_there; i++) {
        bool stays = false;
        for (size_t d = 0; d < n; d++) stays |= still_due(&there[i], &due[d]);
        *differ |= !stays;
    }
    return true;
}

static bool in_hand(App *app, CaseKey key, int64_t generation)
{
    TextKey k;
    bool ok = text_key(app, key, generation, &k) && whole(&k);

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
        for (size_t i = 0; ok && i < n_there; i++) {
            bool stays = false;
            for (size_t d = 0; d < n; d++) stays |= str_eq(there[i].officer, due[d].officer);
            if (!stays) ok = store_grant_drop(tx, CIPHER_UNIT, g, there[i].officer, err);
        }
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
    if (now == 0 ? !holds_unit(app->session.roles) : !in_hand(app, CIPHER_UNIT, now)) return true;
    if (now && !grants_differ(app, CIPHER_UNIT, now, a, &differ, err)) return false;
    if (!differ) return true;
    ok = store_begin(app->store, &tx, err) && due_of_case(app, CIPHER_UNIT, a, &due, &n, err) && unit_follows(app, &tx, now, due, n, err) &&
         app_log(app, &tx, AUDIT_CARE, "cipher.key", NULL, "the unit's", err) && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

bool cipher_in_hand(App *app, CaseKey key)
{
    int64_t now;
    TextKey k;
    bool ok = store_cipher_now(app->store, key, &now, NULL) && (now == 0 || text_key(app, key, now, &k));

    crypto_wipe(&k, sizeof k);
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
    *can = was ? in_hand(app, key, was) : list.restricted ? access_sight(entries, n, &me, NULL) == ACCESS_SEEN : unit && in_hand(app, CIPHER_UNIT, unit);
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
        if (now == 0 || !in_hand(app, keys[i], now)) continue;
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
    arena_free(&a);
}

/* ---- two officers together ---- */

static bool parts_open(const CipherGrant *g, const SecretKeys *secret, uint8_t out[PARTS_SIZE])
{
    size_t n = 0;

    return g->parts && g->n == crypto_boxed_size(PARTS_SIZE) && crypto_boxed_open(secret, g->sealed, g->n, out, &n) && n == PARTS_SIZE;
}

static bool join(App *app, CaseKey key, int64_t generation, const char *second, const SecretKeys *secret, Arena *a, TextKey *out)
{
    CipherGrant mine, theirs;
    uint8_t *x = arena_alloc(a, PARTS_SIZE), *y = arena_alloc(a, PARTS_SIZE);
    bool ok = store_grant_get(app->store, key, generation, app->session.warrant, a, &mine, NULL) &&
              store_grant_get(app->store, key, generation, second, a, &theirs, NULL);

    if (!ok || !secret) return false;
    crypto_guarded_open(app->secret);
    ok = parts_open(&mine, app->secret, x);
    crypto_guarded_shut(app->secret);
    crypto_guarded_open((void *)(uintptr_t)secret);
    ok = ok && parts_open(&theirs, secret, y);
    crypto_guarded_shut((void *)(uintptr_t)secret);
    return ok && parts_join(x, (unsigned)mine.parts - 1, y, (unsigned)theirs.parts - 1, out->key);
}

bool cipher_break(App *app, Tx *tx, CaseKey key, const char *second, const SecretKeys *secret, Err *err)
{
    const char *const both[] = { app->session.warrant, second };
    Arena *a = arena_new_secret();
    TextKey k = { .key = { 0 } };
    int64_t now;
    bool ok = store_cipher_now(app->store, key, &now, err);

    if (ok && now && !text_key(app, key, now, &k) && !join(app, key, now, second, secret, a, &k))
        ok = err_set(err, ERR_DENIED, "",
            "The key of this case is not sealed to the two of you yet: that is done when somebody on its list signs in. Ask the detective "
            "inspector or Professional Standards; other two officers may be able to.");
    if (ok && now) ring_put(app, key, now, &k);
    for (size_t i = 0; ok && now && i < ARRAY_LEN(both); i++) {
        KeyDue due = { .officer = both[i] };
        memset(k.seed, 0, sizeof k.seed); /* they see the case, and give it to nobody */
        ok = app_officer_public_key(app, both[i], &due.keys, err) && store_grant_drop(tx, key, now, both[i], err) &&
             grant_put(app, tx, (CipherGrant){ .case_key = key, .generation = now }, &due, &k, NULL, err);
    }
    crypto_wipe(&k, sizeof k);
    arena_free(&a);
    return ok;
}
