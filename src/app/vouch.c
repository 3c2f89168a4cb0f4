/* vouch.c — is a public key that the store has beside an officer's name that officer's? What is sealed to a key, somebody can read: whoever may write the
** files could put a key of their own there, and be given every case. So a key is held against two things before anything is sealed to it: the entry
** `officer.key` of the log that it came with, which names the key to sign with, and a signature by that very key over both keys. A store of before
** has not got the signature yet; it is made when the officer signs in, and until then nothing more is sealed to that key.
** Whoever writes the log anew can write this anew, too: docs/audit.md says how that is found. */
#include "inside.h"

#include "base/protection.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

#define SIGN_KEYS "officer.key"

enum { KEYS_OF_A_WRITE = 20 }; /* the officers of a training store are made in one */

/* ---- what is signed ---- */

static void keys_digest(const char *warrant, const PublicKeys *keys, uint8_t out[HASH_BYTES])
{
    Hasher h;

    crypto_hash_start(&h, "book124-keys-v1");
    crypto_hash_add(&h, warrant, strlen(warrant));
    crypto_hash_add(&h, keys->sign, SIGN_KEY);
    crypto_hash_add(&h, keys->box, SEAL_KEY);
    crypto_hash_end(&h, out);
}

bool sign_record_with(App *app, Tx *tx, const char *kind, const char *about, const uint8_t digest[HASH_BYTES], const char *by,
    SecretKeys *secret, Err *err)
{
    Signature sig = { .kind = kind, .about = about, .by = by, .at = app->now };
    uint8_t hash[HASH_BYTES];
    PublicKeys keys;

    memcpy(sig.digest, digest, HASH_BYTES);
    signed_hash(kind, by, digest, HASH_BYTES, hash);
    crypto_guarded_open(secret);
    crypto_keys_public(secret, &keys);
    crypto_sign_hash(secret, hash, sig.value);
    crypto_guarded_shut(secret);
    memcpy(sig.sign_key, keys.sign, SIGN_KEY);
    return store_signature_add(tx, &sig, err);
}

bool keys_certify(App *app, Tx *tx, const char *warrant, Err *err)
{
    uint8_t digest[HASH_BYTES];

    keys_digest(warrant, &app->keys, digest);
    return sign_record_with(app, tx, SIGN_KEYS, warrant, digest, warrant, app->secret, err);
}

bool is_key_signature(const Signature *sig)
{
    return str_eq(sig->kind, SIGN_KEYS);
}

/* ---- what the log says ---- */

typedef struct KeySaid {
    const char *act, *words;
    size_t n;
    int64_t until;
    bool said;
} KeySaid;

static bool names_key(void *with, const AuditEntry *e)
{
    KeySaid *k = with;

    k->said = str_eq(e->act, k->act) && strncmp(e->detail, k->words, k->n) == 0;
    return !k->said && e->seq < k->until;
}

static bool log_says(const App *app, int64_t from, const char *act, const char *words, bool *said, Err *err)
{
    KeySaid k = { .act = act, .words = words, .n = strlen(words), .until = from + KEYS_OF_A_WRITE };
    bool ok = store_audit_each(app->store, from, names_key, &k, err);

    *said = k.said;
    return ok;
}

/* The key to sign with has signed both: no other one ever signed for these, and nobody else can. */
static bool signed_by_itself(const App *app, const OfficerKey *k, Arena *a, KeyStand *out, Err *err)
{
    uint8_t digest[HASH_BYTES];
    Signature *all;
    size_t n = 0;

    if (!store_signature_list(app->store, SIGN_KEYS, k->warrant, a, &all, &n, err)) return false;
    keys_digest(k->warrant, &k->keys, digest);
    *out = KEY_UNSIGNED;
    for (size_t i = 0; i < n; i++) {
        Signed s;
        if (memcmp(all[i].sign_key, k->keys.sign, SIGN_KEY) != 0) continue;
        memcpy(s.key, all[i].sign_key, SIGN_KEY);
        memcpy(s.value, all[i].value, SIGN_VALUE);
        *out = memcmp(all[i].digest, digest, HASH_BYTES) == 0 && signed_holds(&s, SIGN_KEYS, k->warrant, digest, HASH_BYTES) ? KEY_SOUND : KEY_FOREIGN;
        if (*out == KEY_SOUND) break;
    }
    return true;
}

bool key_stand(const App *app, const OfficerKey *k, KeyStand *out, Err *err)
{
    Arena *a = arena_new();
    char number[KEY_NUMBER], words[64];
    bool said, ok;

    *out = KEY_FOREIGN;
    snprintf(words, sizeof words, "%.20s %s", k->warrant, key_number(k->keys.sign, number));
    ok = log_says(app, k->act, SIGN_KEYS, words, &said, err) && (!said || signed_by_itself(app, k, a, out, err));
    arena_free(&a);
    return ok;
}

/* ---- once for each key ---- */

static void name_of(const OfficerKey *k, uint8_t out[HASH_BYTES])
{
    Hasher h;

    crypto_hash_start(&h, "book124-key-seen");
    crypto_hash_add(&h, k->warrant, strlen(k->warrant));
    crypto_hash_add(&h, k->keys.sign, SIGN_KEY);
    crypto_hash_add(&h, k->keys.box, SEAL_KEY);
    crypto_hash_add(&h, &k->act, sizeof k->act);
    crypto_hash_end(&h, out);
}

static KeySeen *seen(App *app, const OfficerKey *k)
{
    uint8_t name[HASH_BYTES];
    uint32_t at;
    KeySeen *s;

    name_of(k, name);
    memcpy(&at, name, sizeof at);
    s = &app->keys_seen[at % KEYS_SEEN]; /* two that meet there are looked at again, and nothing worse */
    if (memcmp(s->name, name, sizeof name) == 0) return s;
    *s = (KeySeen){ .is = KEY_UNSIGNED };
    memcpy(s->name, name, sizeof name);
    return s;
}

/* What is sound stays so; what is not is looked at again, and told once. */
bool key_vouched(App *app, const OfficerKey *k)
{
    KeySeen *s = seen(app, k);
    KeyStand is;

    if (WITHOUT("vouched-keys") || s->is == KEY_SOUND) return true;
    if (!key_stand(app, k, &is, NULL)) return false;
    if (is == KEY_FOREIGN && s->is != KEY_FOREIGN) {
        snprintf(s->whose, sizeof s->whose, "%.20s", k->warrant);
        key_number(k->keys.sign, s->number);
    }
    s->is = is;
    return is == KEY_SOUND;
}

bool keys_refused_tell(App *app, Tx *tx, Err *err)
{
    char detail[160];
    bool ok = true;

    for (size_t i = 0; ok && i < KEYS_SEEN; i++) {
        KeySeen *s = &app->keys_seen[i];
        if (s->is != KEY_FOREIGN || s->told) continue;
        snprintf(detail, sizeof detail, "%s %s, put beside the name behind the program: nothing is sealed to it", s->whose, s->number);
        ok = tx ? app_log(app, tx, AUDIT_DENIED, "key.refused", NULL, detail, err) : app_log_now(app, AUDIT_DENIED, "key.refused", NULL, detail, err);
        s->told = ok;
    }
    return ok;
}

/* ---- the custodians' ---- */

const char *custodians_said(const uint8_t box_key[SEAL_KEY], size_t n, Arena *a)
{
    char hex[2 * SEAL_KEY + 1];

    return arena_printf(a, "%zu of them, key %s", n, crypto_hex(box_key, SEAL_KEY, hex));
}

/* Named before the log said the key: then it says their number alone. */
KeyStand custodians_stand(const App *app, const Custodians *c)
{
    Arena *a = arena_new();
    const char *number = arena_printf(a, "%zu of them", c->n);
    bool this_one = false, another = false, some = false;
    bool ok = log_says(app, c->act, "custodians.name", custodians_said(c->box_key, c->n, a), &this_one, NULL) &&
              log_says(app, c->act, "custodians.name", arena_printf(a, "%s, key", number), &another, NULL) &&
              log_says(app, c->act, "custodians.name", number, &some, NULL);

    arena_free(&a);
    if (WITHOUT("vouched-keys") || (ok && this_one)) return KEY_SOUND;
    return ok && some && !another ? KEY_UNSIGNED : KEY_FOREIGN;
}
