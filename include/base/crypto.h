/* crypto.h — libsodium in one place: hashes, passwords, randomness, sealing, keys of officers, wiping. */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include "base/arena.h"
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

bool crypto_start(Err *err); /* once, before anything else here */

/* --- hashing: BLAKE2b-256 ------------------------------------------------------ */
enum { HASH_BYTES = 32, HASH_HEX = 65 };
typedef struct Hasher {
    _Alignas(64) unsigned char state[384];
} Hasher;
/* libsodium has a function of this name (SHA-512); the label keeps the two apart when linking. */
void crypto_hash(const void *p, size_t n, uint8_t out[HASH_BYTES]) __asm__("book124_hash");
void crypto_hash_start(Hasher *h, const char *domain); /* the domain's bytes and length go in first */
void crypto_hash_add(Hasher *h, const void *p, size_t n); /* length-prefixed (8 bytes, little endian) */
void crypto_hash_end(Hasher *h, uint8_t out[HASH_BYTES]);
char *crypto_hex(const uint8_t *p, size_t n, char *out); /* out holds 2n+1 */
bool crypto_unhex(const char *hex, uint8_t *out, size_t n);

/* --- passwords: argon2id, one derivation gives all that a password opens ----------- */
enum { PW_SALT = 16, PW_KEY = 32 };
typedef struct PwRecord { /* what is stored of a password */
    uint8_t salt[PW_SALT];
    uint32_t ops;    /* passes */
    uint64_t mem;    /* bytes  */
    uint8_t verifier[HASH_BYTES];
} PwRecord;
typedef enum PwCost {
    PW_COST_FULL,    /* t=3, 256 MiB: every real store */
    PW_COST_TRAINING /* t=1, 8 KiB·1024: training stores, whose password is printed on the screen */
} PwCost;
typedef struct PwKeys { /* what a password opens: wipe it after use */
    uint8_t drafts[PW_KEY];  /* of what is typed and not yet saved */
    uint8_t secrets[PW_KEY]; /* of the officer's secret keys       */
} PwKeys;
bool crypto_pw_make(const char *password, PwCost cost, PwRecord *out, PwKeys *keys, Err *err); /* keys may be NULL */
/* True when it is the password; then `keys` is filled. Takes as long for a wrong one.
** When it could not be tried for want of memory, false with errno ENOMEM (else errno is 0). */
bool crypto_pw_check(const char *password, const PwRecord *r, PwKeys *keys);

/* --- sealing under such a key: XChaCha20-Poly1305, bound to `about` ------------------- */
size_t crypto_sealed_size(size_t n);
void crypto_seal(const uint8_t key[PW_KEY], const char *about, const void *p, size_t n, uint8_t *out);
bool crypto_unseal(const uint8_t key[PW_KEY], const char *about, const uint8_t *p, size_t n, void *out, size_t *out_n);

/* The same as text that stands where a text stood, JSON object as well: {"sealed":"…"}. `mark` names the key. In `a`. */
const char *crypto_seal_text(const uint8_t key[PW_KEY], const char *mark, const char *about, const char *text, Arena *a);
/* Is it one? Then *mark is its mark (at most 23 letters). Somebody may have typed it so: only opening proves it. */
bool crypto_sealed_text(const char *text, char mark[24]);
const char *crypto_unseal_text(const uint8_t key[PW_KEY], const char *about, const char *text, Arena *a); /* NULL: not by this key */

/* --- the keys of an officer: Ed25519 to sign, X25519 to be sealed to ------------------ */
enum { SIGN_KEY = 32, SIGN_VALUE = 64, SEAL_KEY = 32, SECRET_SIGN = 64, SECRET_BOX = 32 };
typedef struct PublicKeys {
    uint8_t sign[SIGN_KEY], box[SEAL_KEY];
} PublicKeys;
typedef struct SecretKeys { /* only ever in memory of crypto_guarded */
    uint8_t sign[SECRET_SIGN], box[SECRET_BOX];
} SecretKeys;
void crypto_keys_make(SecretKeys *secret, PublicKeys *out);
void crypto_keys_public(const SecretKeys *secret, PublicKeys *out); /* what belongs to them */
/* Of a hash: what is signed is hashed under a domain first. */
void crypto_sign_hash(const SecretKeys *secret, const uint8_t hash[HASH_BYTES], uint8_t out[SIGN_VALUE]);
bool crypto_signed(const uint8_t key[SIGN_KEY], const uint8_t hash[HASH_BYTES], const uint8_t value[SIGN_VALUE]);
/* Whoever has the public key can seal, only the secret key opens (crypto_box_seal). */
size_t crypto_boxed_size(size_t n);
bool crypto_boxed_to(const uint8_t key[SEAL_KEY], const void *p, size_t n, uint8_t *out); /* false: not a key */
bool crypto_boxed_open(const SecretKeys *secret, const uint8_t *p, size_t n, void *out, size_t *out_n);

/* Memory that is not swapped out or dumped, has walls around it and is wiped when given back. NULL when there is none left. */
void *crypto_guarded(size_t n);
void crypto_guarded_free(void *p); /* content with NULL */
/* Nobody reads or writes it, ourselves included, until it is opened again. */
void crypto_guarded_shut(void *p);
void crypto_guarded_open(void *p);

void crypto_random(void *p, size_t n);
uint32_t crypto_random_below(uint32_t n);
void crypto_wipe(void *p, size_t n);

#endif
