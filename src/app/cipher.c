/* cipher.c — the keys under which text lies (store_cipher.c), in the hands of who is signed in: opened once, kept guarded, wiped with the session.
** A restricted case has a key of its own, sealed to each officer on its list, and in parts to every other who may break the glass, so that two of them
** can open it; whoever is named as its subject gets neither. Numbers and addresses of safe contact lie under a key of the unit. Who is given a key, and
** when another one is made, stands in grants.c and cipher_tend.c. */
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

/* k NULL: looked for, and not in these hands. */
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

bool left_put(App *app, Tx *tx, CaseKey key, int64_t generation, Err *err)
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

bool key_look(App *app, CaseKey key, int64_t generation, TextKey *out, bool *have, Err *err)
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

bool cipher_in_hand(App *app, CaseKey key)
{
    int64_t now;
    TextKey k;
    bool ok = store_cipher_now(app->store, key, &now, NULL) && (now == 0 || text_key(app, key, now, &k));

    crypto_wipe(&k, sizeof k);
    return ok;
}

bool cipher_opens(App *app, CaseKey key, Err *err)
{
    return cipher_in_hand(app, key) || store_cipher_denied(err);
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

/* Those of the two are proved by their secret halves, which lie here; where they do not, by the log. */
static bool keys_in_hand_of(App *app, const SecretKeys *secret, const char *warrant, PublicKeys *out, Err *err)
{
    if (str_eq(warrant, app->session.warrant)) return *out = app->keys, true;
    if (!secret) return app_officer_public_key(app, warrant, out, err);
    crypto_guarded_open((void *)(uintptr_t)secret);
    crypto_keys_public(secret, out);
    crypto_guarded_shut((void *)(uintptr_t)secret);
    return true;
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
        ok = keys_in_hand_of(app, i == 0 ? NULL : secret, both[i], &due.keys, err) && store_grant_drop(tx, key, now, both[i], err) &&
             grant_put(app, tx, (CipherGrant){ .case_key = key, .generation = now }, &due, &k, NULL, err);
    }
    crypto_wipe(&k, sizeof k);
    arena_free(&a);
    return ok;
}
