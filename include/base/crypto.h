/* crypto.h — libsodium in one place: hashes, passwords, randomness, sealing of drafts, wiping. */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

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
bool crypto_pw_make(const char *password, PwCost cost, PwRecord *out, Err *err);
/* True when it is the password; then `key` (for drafts) is filled. Takes as long for a wrong one.
** When it could not be tried for want of memory, false with errno ENOMEM (else errno is 0). */
bool crypto_pw_check(const char *password, const PwRecord *r, uint8_t key[PW_KEY]);

/* --- sealing small texts (drafts): XChaCha20-Poly1305, bound to `about` -------------- */
size_t crypto_sealed_size(size_t n);
void crypto_seal(const uint8_t key[PW_KEY], const char *about, const void *p, size_t n, uint8_t *out);
bool crypto_unseal(const uint8_t key[PW_KEY], const char *about, const uint8_t *p, size_t n, void *out, size_t *out_n);

void crypto_random(void *p, size_t n);
uint32_t crypto_random_below(uint32_t n);
void crypto_wipe(void *p, size_t n);

#endif
