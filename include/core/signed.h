/* signed.h — what a signature is over, and how it stands. Pure: whose key it is, the store knows (app/sign.h).
** A signature is Ed25519 over one hash: of a domain (what kind of thing it is), of the warrant number of who signs, and of the
** bytes that were shown. In a case it lies in the book or the review itself, so that it goes wherever the case goes. */
#ifndef CORE_SIGNED_H
#define CORE_SIGNED_H

#include "base/crypto.h"
#include "core/case.h"

typedef enum SignedStand {
    SIGNED_NOT,     /* there is no signature                                                  */
    SIGNED_VALID,   /* by this officer's key, over exactly this                               */
    SIGNED_CHANGED, /* the text, or the signature, is not what it was when it was signed      */
    SIGNED_UNKNOWN, /* it holds, but the key is not one that this store knows as this officer's */
    SIGNED_STANDS
} SignedStand;
const char *signed_stand_word(SignedStand s); /* "not signed", "valid", "text changed since it was signed", "signer unknown" */

#define SIGN_BOOK   "book"
#define SIGN_REVIEW "review"
#define SIGN_PROPOSE "policy.propose"
#define SIGN_APPROVE "policy.approve"

/* The bytes a signature is over. */
void signed_hash(const char *domain, const char *by, const void *bytes, size_t n, uint8_t out[HASH_BYTES]);
/* Of everything a review says but its signature: the digest of the book that was read is part of it. As 64 hex digits. */
void review_digest(const char *case_id, const Review *r, const Vocabs *v, char out[HASH_HEX]);

typedef struct Signed { /* a signature that goes with its public key; the first 16 hex digits of the key are its number */
    uint8_t key[SIGN_KEY], value[SIGN_VALUE];
} Signed;
enum { SIGNED_KEY_HEX = 2 * SIGN_KEY + 1, SIGNED_VALUE_HEX = 2 * SIGN_VALUE + 1, KEY_NUMBER = 17 };
/* As the fields of a document hold it. False when it is none. */
bool signed_read(const char *key, const char *value, Signed *out);
typedef struct SignedCount { /* by SignedStand */
    int64_t books[SIGNED_STANDS], reviews[SIGNED_STANDS], others[SIGNED_STANDS];
} SignedCount;

/* Does it hold over these bytes? Says nothing of whose key it is. */
bool signed_holds(const Signed *s, const char *domain, const char *by, const void *bytes, size_t n);

const char *signed_line(SignedStand s); /* for people: "✓ signature valid", "! TEXT CHANGED SINCE IT WAS SIGNED" */

#endif
