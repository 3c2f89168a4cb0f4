/* crypto.c — libsodium in one place, so that nobody else chooses an algorithm.
** One slow derivation (argon2id) of a password gives a master of 64 bytes; what is stored of it
** (the verifier) and what it opens (the keys of drafts and of secret keys) come from different halves, so that
** neither helps to find the other.
** Passwords are brought to NFC first: two keyboards may write the same é differently. */
#include "base/crypto.h"
#include "base/protection.h"

#include "base/mem.h"
#include <errno.h>
#include <string.h>
#include <utf8proc.h>

#define crypto_hash sodium_crypto_hash /* its SHA-512, of the same name as ours */
#include <sodium.h>
#undef crypto_hash

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(((Hasher *)0)->state), "Hasher holds it");
_Static_assert(crypto_pwhash_argon2id_SALTBYTES == PW_SALT, "the salt of argon2id");

bool crypto_start(Err *err)
{
    if (sodium_init() >= 0) return true;
    return err_set(err, ERR_IO, "", "The source of random numbers of this machine cannot be used.");
}

/* --- hashing -------------------------------------------------------------------------- */

static crypto_generichash_state *state_of(Hasher *h)
{
    return (crypto_generichash_state *)(void *)h->state;
}

void crypto_hash(const void *p, size_t n, uint8_t out[HASH_BYTES])
{
    crypto_generichash(out, HASH_BYTES, p, n, NULL, 0);
}

void crypto_hash_start(Hasher *h, const char *domain)
{
    crypto_generichash_init(state_of(h), NULL, 0, HASH_BYTES);
    crypto_hash_add(h, domain, strlen(domain));
}

void crypto_hash_add(Hasher *h, const void *p, size_t n)
{
    uint8_t length[8];

    for (int i = 0; i < 8; i++) length[i] = (uint8_t)((uint64_t)n >> (8 * i));
    crypto_generichash_update(state_of(h), length, sizeof length);
    if (n > 0) crypto_generichash_update(state_of(h), p, n);
}

void crypto_hash_end(Hasher *h, uint8_t out[HASH_BYTES])
{
    crypto_generichash_final(state_of(h), out, HASH_BYTES);
    sodium_memzero(h, sizeof *h);
}

char *crypto_hex(const uint8_t *p, size_t n, char *out)
{
    return sodium_bin2hex(out, 2 * n + 1, p, n);
}

/* Exactly 2n digits, of either case. */
bool crypto_unhex(const char *hex, uint8_t *out, size_t n)
{
    size_t written;

    if (!hex || strlen(hex) != 2 * n) return false;
    return sodium_hex2bin(out, n, hex, 2 * n, NULL, &written, NULL) == 0 && written == n;
}

/* --- passwords --------------------------------------------------------------------------- */

enum { MASTER = 64, HALF = 32 };
_Static_assert(crypto_kdf_KEYBYTES == HALF && crypto_generichash_KEYBYTES == HALF, "half a master is a key");

/* The password in NFC, in memory of ours that can be wiped; *size is what was allocated. Bytes that
** are not UTF-8 are taken as they are. */
static char *composed(const char *password, size_t *n, size_t *size)
{
    size_t bytes = strlen(password);
    int32_t *points;
    ssize_t count;

    *size = (bytes + 1) * 4 * sizeof *points; /* NFC from one byte: never more than that */
    points = mem_new(*size);
    count = utf8proc_decompose((const utf8proc_uint8_t *)password, (utf8proc_ssize_t)bytes, points,
        (utf8proc_ssize_t)(*size / sizeof *points - 1), UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (count >= 0 && (size_t)count < *size / sizeof *points)
        count = utf8proc_reencode(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    else
        count = -1;
    if (count < 0) memcpy(points, password, bytes + 1);
    *n = count < 0 ? bytes : (size_t)count;
    return (char *)points;
}

/* False when the machine has not the memory for it. */
static bool derive(const char *password, const PwRecord *r, uint8_t master[MASTER])
{
    size_t n, size;
    char *bytes = composed(password, &n, &size);
    int failed = crypto_pwhash_argon2id(
        master, MASTER, bytes, n, r->salt, r->ops, r->mem, crypto_pwhash_argon2id_ALG_ARGON2ID13);

    sodium_memzero(bytes, size);
    mem_free(bytes);
    return !failed;
}

static void verifier_of(const uint8_t master[MASTER], uint8_t out[HASH_BYTES])
{
    static const char about[] = "book124 password verifier";

    crypto_generichash(out, HASH_BYTES, (const uint8_t *)about, sizeof about - 1, master, HALF);
}

static void keys_of(const uint8_t master[MASTER], PwKeys *keys)
{
    crypto_kdf_derive_from_key(keys->secrets, PW_KEY, 1, "secrets", master + HALF);
    crypto_kdf_derive_from_key(keys->drafts, PW_KEY, 2, "drafts\0", master + HALF);
}

bool crypto_pw_make(const char *password, PwCost cost, PwRecord *out, PwKeys *keys, Err *err)
{
    PwRecord r = { .ops = 3, .mem = 256u << 20 };
    uint8_t master[MASTER];
    bool ok;

    if (cost == PW_COST_TRAINING) {
        r.ops = 1;
        r.mem = 8u << 20;
    }
    crypto_random(r.salt, sizeof r.salt);
    ok = derive(password, &r, master);
    if (ok) {
        verifier_of(master, r.verifier);
        if (keys) keys_of(master, keys);
        *out = r;
    }
    sodium_memzero(master, sizeof master);
    return ok ||
           err_set(err, ERR_IO, "password",
               "This machine has too little free memory to make a password (256 MiB are needed). Try again later.");
}

/* A record from a damaged or forged store must not ask for an hour or all memory. */
static bool cost_is_sane(const PwRecord *r)
{
    return r->ops >= 1 && r->ops <= 16 && r->mem >= crypto_pwhash_argon2id_MEMLIMIT_MIN && r->mem <= 1u << 30;
}

bool crypto_pw_check(const char *password, const PwRecord *r, PwKeys *keys)
{
    uint8_t master[MASTER], verifier[HASH_BYTES];
    bool ok;

    errno = 0;
    if (!password || !cost_is_sane(r)) return false;
    if (!derive(password, r, master)) {
        errno = ENOMEM;
        return false;
    }
    verifier_of(master, verifier);
    ok = sodium_memcmp(verifier, r->verifier, sizeof verifier) == 0;
    if (ok) keys_of(master, keys);
    sodium_memzero(master, sizeof master);
    sodium_memzero(verifier, sizeof verifier);
    errno = 0;
    return ok;
}

/* --- sealing ------------------------------------------------------------------------------ */

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

size_t crypto_sealed_size(size_t n)
{
    return NONCE + n + TAG;
}

/* A nonce of 24 random bytes in front, then the text, then its tag. */
void crypto_seal(const uint8_t key[PW_KEY], const char *about, const void *p, size_t n, uint8_t *out)
{
    crypto_random(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        out + NONCE, NULL, p, n, (const uint8_t *)about, strlen(about), NULL, out, key);
}

bool crypto_unseal(const uint8_t key[PW_KEY], const char *about, const uint8_t *p, size_t n, void *out, size_t *out_n)
{
    unsigned long long written = 0;
    bool ok = n >= NONCE + TAG && crypto_aead_xchacha20poly1305_ietf_decrypt(out, &written, NULL, p + NONCE, n - NONCE,
                                      (const uint8_t *)about, strlen(about), p, key) == 0;

    if (out_n) *out_n = ok ? (size_t)written : 0;
    return ok;
}

static const char before[] = "{\"sealed\":\"", behind[] = "\"}";
enum { BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

const char *crypto_seal_text(const uint8_t key[PW_KEY], const char *mark, const char *about, const char *text, Arena *a)
{
    size_t n = strlen(text), sealed_n = crypto_sealed_size(n), b64_n = sodium_base64_encoded_len(sealed_n, BASE64);
    uint8_t *sealed = arena_alloc(a, sealed_n);
    char *b64 = arena_alloc(a, b64_n);

    crypto_seal(key, about, text, n, sealed);
    sodium_bin2base64(b64, b64_n, sealed, sealed_n, BASE64);
    return arena_printf(a, "%s%s:%s%s", before, mark, b64, behind);
}

bool crypto_sealed_text(const char *text, char mark[24])
{
    const char *from = text + sizeof before - 1, *colon;

    if (!text || strncmp(text, before, sizeof before - 1) != 0) return false;
    colon = strchr(from, ':');
    if (!colon || colon == from || colon - from >= 24) return false;
    memcpy(mark, from, (size_t)(colon - from));
    mark[colon - from] = '\0';
    return true;
}

const char *crypto_unseal_text(const uint8_t key[PW_KEY], const char *about, const char *text, Arena *a)
{
    char mark[24];
    const char *b64, *end;
    size_t n = strlen(text), sealed_n = 0, out_n = 0;
    uint8_t *sealed;
    char *out;

    if (!crypto_sealed_text(text, mark)) return NULL;
    b64 = text + sizeof before - 1 + strlen(mark) + 1;
    sealed = arena_alloc(a, n + 1);
    if (sodium_base642bin(sealed, n, b64, strlen(b64), NULL, &sealed_n, &end, BASE64) != 0 || strcmp(end, behind) != 0) return NULL;
    out = arena_alloc(a, sealed_n + 1);
    if (!crypto_unseal(key, about, sealed, sealed_n, out, &out_n)) return NULL;
    out[out_n] = '\0';
    return memchr(out, '\0', out_n) ? NULL : out;
}

/* --- keys of officers ---------------------------------------------------------------------- */

_Static_assert(crypto_sign_PUBLICKEYBYTES == SIGN_KEY && crypto_sign_SECRETKEYBYTES == SECRET_SIGN, "Ed25519");
_Static_assert(crypto_sign_BYTES == SIGN_VALUE, "Ed25519");
_Static_assert(crypto_box_PUBLICKEYBYTES == SEAL_KEY && crypto_box_SECRETKEYBYTES == SECRET_BOX, "X25519");

void crypto_keys_make(SecretKeys *secret, PublicKeys *out)
{
    crypto_sign_keypair(out->sign, secret->sign);
    crypto_box_keypair(out->box, secret->box);
}

void crypto_keys_public(const SecretKeys *secret, PublicKeys *out)
{
    crypto_sign_ed25519_sk_to_pk(out->sign, secret->sign);
    crypto_scalarmult_base(out->box, secret->box);
}

void crypto_sign_hash(const SecretKeys *secret, const uint8_t hash[HASH_BYTES], uint8_t out[SIGN_VALUE])
{
    crypto_sign_detached(out, NULL, hash, HASH_BYTES, secret->sign);
}

bool crypto_signed(const uint8_t key[SIGN_KEY], const uint8_t hash[HASH_BYTES], const uint8_t value[SIGN_VALUE])
{
    return crypto_sign_verify_detached(value, hash, HASH_BYTES, key) == 0;
}

size_t crypto_boxed_size(size_t n)
{
    return n + crypto_box_SEALBYTES;
}

bool crypto_boxed_to(const uint8_t key[SEAL_KEY], const void *p, size_t n, uint8_t *out)
{
    return crypto_box_seal(out, p, n, key) == 0;
}

bool crypto_boxed_open(const SecretKeys *secret, const uint8_t *p, size_t n, void *out, size_t *out_n)
{
    uint8_t key[SEAL_KEY];
    bool ok;

    crypto_scalarmult_base(key, secret->box);
    ok = n >= crypto_box_SEALBYTES && crypto_box_seal_open(out, p, n, key, secret->box) == 0;
    if (out_n) *out_n = ok ? n - crypto_box_SEALBYTES : 0;
    return ok;
}

void *crypto_guarded(size_t n)
{
    void *p = sodium_malloc(n);

    if (p) sodium_memzero(p, n);
    return p;
}

void crypto_guarded_free(void *p)
{
    sodium_free(p);
}

void crypto_guarded_shut(void *p)
{
    if (p) sodium_mprotect_noaccess(p);
}

void crypto_guarded_open(void *p)
{
    if (p) sodium_mprotect_readwrite(p);
}

/* --- the rest ------------------------------------------------------------------------------ */

void crypto_random(void *p, size_t n)
{
    randombytes_buf(p, n);
}

uint32_t crypto_random_below(uint32_t n)
{
    return randombytes_uniform(n);
}

void crypto_wipe(void *p, size_t n)
{
    if (n > 0 && !WITHOUT("wiping")) sodium_memzero(p, n);
}
