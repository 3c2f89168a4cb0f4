/* sign.h — signing, verifying, and sealing to an officer. Every officer has a pair of keys to sign with (Ed25519) and one to be sealed
** to (X25519); they are made when the officer chooses a password, or signs in for the first time since there are keys. The secret ones
** lie in the store sealed by the password, are opened at sign-in and unlock, and wiped at lock and sign-out.
**
** To sign one more kind of thing: a digest of exactly what is on the screen, then inside the write of the act app_sign_record; to show it,
** app_signed_list. Books and reviews carry their signatures themselves: book.h, app_case_add. docs/audit.md says what all this proves. */
#ifndef APP_SIGN_H
#define APP_SIGN_H

#include "app/app.h"
#include "core/signed.h"

/* --- signing ------------------------------------------------------------------------------------------- */
/* By whoever is signed in, over these bytes under that domain ("book", "dmm.sheet": no two kinds of thing share one). The verb
** that calls it has asked for the password where it must; this derives nothing. ERR_DENIED when nobody is in, or the session is locked. */
bool app_sign(App *app, const char *domain, const void *bytes, size_t n, Signed *out, Err *err);
/* How that signature stands for this officer here. */
SignedStand app_signed(const App *app, const char *domain, const char *by, const void *bytes, size_t n, const Signed *s);
SignedStand app_book_signed(const App *app, const char *case_id, const Book *b);     /* its writer's    */
SignedStand app_review_signed(const App *app, const char *case_id, const Review *r); /* the reviewer's  */
/* Of a review of a book: SIGNED_CHANGED also when the book is not the one that was read. Answers for reviews that name no book too. */
SignedStand app_reading_signed(const App *app, const CaseDoc *doc, const Review *r);

/* What is no part of a case: inside the write `tx`; the domain is its kind. Works for "dmm.sheet", "2010-02-03" as for "policy.approve", a hash. */
bool app_sign_record(App *app, Tx *tx, const char *kind, const char *about, const uint8_t digest[HASH_BYTES], Err *err);
typedef struct SignedRecord {
    const char *by;
    Time at;
    char number[KEY_NUMBER]; /* of the key */
    SignedStand stand;
} SignedRecord;
/* Oldest first. `digest`: of the thing as it is now; one that was signed otherwise is SIGNED_CHANGED. */
bool app_signed_list(const App *app, const char *kind, const char *about, const uint8_t digest[HASH_BYTES], Arena *a, SignedRecord **out,
    size_t *n, Err *err);

/* Of a policy: who proposed it and who put it in force. */
typedef struct PolicySigned {
    SignedStand proposed, approved;
} PolicySigned;
bool app_policy_signed(App *app, const PolicyEntry *e, Arena *a, PolicySigned *out, Err *err);

/* --- sealing ------------------------------------------------------------------------------------------------ */
/* ERR_MISSING while the officer has no key: none was made yet, or the password was set by somebody else and not changed yet. */
bool app_officer_public_key(App *app, const char *warrant, PublicKeys *out, Err *err);
/* Only that officer can open it: crypto_boxed_size(n) bytes in `a`. */
bool app_seal_to(App *app, const char *warrant, const void *p, size_t n, Arena *a, uint8_t **out, size_t *out_n, Err *err);
/* With the keys of whoever is signed in: n - crypto_boxed_size(0) bytes. ERR_DENIED when it is not for these keys (also: for those of
** before the password was set anew by somebody else; then somebody who still can must seal it again). */
bool app_open_sealed(App *app, const uint8_t *p, size_t n, void *out, size_t *out_n, Err *err);

#endif
