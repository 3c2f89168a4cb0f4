/* sign.c — signing with the keys of whoever is signed in, and how a signature stands: first whether it holds over what
** is there now, then whether this store knows the key as that officer's. A key that ended is still known. */
#include "app/sign.h"

#include "dmm_in.h"
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- signing ---- */

static bool keys_in_hand(const App *app, Err *err)
{
    if (!app->in || app->session.locked)
        return err_set(err, ERR_DENIED, "", "Nobody is signed in, or the session is locked. Nothing was signed.");
    return app->has_keys || err_set(err, ERR_DENIED, "", "Your keys are not open. Sign in again to sign.");
}

char *key_number(const uint8_t key[SIGN_KEY], char out[KEY_NUMBER])
{
    return crypto_hex(key, (KEY_NUMBER - 1) / 2, out);
}

bool app_sign(App *app, const char *domain, const void *bytes, size_t n, Signed *out, Err *err)
{
    uint8_t hash[HASH_BYTES];

    if (!keys_in_hand(app, err)) return false;
    signed_hash(domain, app->session.warrant, bytes, n, hash);
    crypto_guarded_open(app->secret);
    crypto_sign_hash(app->secret, hash, out->value);
    crypto_guarded_shut(app->secret);
    memcpy(out->key, app->keys.sign, SIGN_KEY);
    return true;
}

/* The two fields of a document. */
static bool sign_fields(
    App *app, const char *domain, const char *digest, Arena *a, const char **key, const char **value, Err *err)
{
    char key_hex[SIGNED_KEY_HEX], value_hex[SIGNED_VALUE_HEX];
    Signed s;

    if (!app_sign(app, domain, digest, strlen(digest), &s, err)) return false;
    *key = arena_dup(a, crypto_hex(s.key, SIGN_KEY, key_hex));
    *value = arena_dup(a, crypto_hex(s.value, SIGN_VALUE, value_hex));
    return true;
}

bool sign_book(App *app, const char *case_id, Book *b, Arena *a, Err *err)
{
    char digest[HASH_HEX];

    book_digest(case_id, b, digest);
    return sign_fields(app, SIGN_BOOK, digest, a, &b->signed_key, &b->signed_value, err);
}

bool sign_review(App *app, const char *case_id, Review *r, Arena *a, Err *err)
{
    char digest[HASH_HEX];

    review_digest(case_id, r, app_vocabs(app), digest);
    return sign_fields(app, SIGN_REVIEW, digest, a, &r->signed_key, &r->signed_value, err);
}

bool app_sign_record(App *app, Tx *tx, const char *kind, const char *about, const uint8_t digest[HASH_BYTES], Err *err)
{
    Signature sig = { .kind = kind, .about = about, .by = app_who(app), .at = app->now };
    Signed s;

    if (!app_sign(app, kind, digest, HASH_BYTES, &s, err)) return false;
    memcpy(sig.digest, digest, HASH_BYTES);
    memcpy(sig.sign_key, s.key, SIGN_KEY);
    memcpy(sig.value, s.value, SIGN_VALUE);
    return store_signature_add(tx, &sig, err);
}

/* ---- how it stands ---- */

static bool is_key_of(const App *app, const uint8_t key[SIGN_KEY], const char *warrant)
{
    Arena *a = arena_new();
    OfficerKey k;
    bool known = store_key_of(app->store, key, a, &k, NULL) && str_eq(k.warrant, warrant);

    arena_free(&a);
    return known;
}

SignedStand app_signed(const App *app, const char *domain, const char *by, const void *bytes, size_t n, const Signed *s)
{
    if (!signed_holds(s, domain, by, bytes, n)) return SIGNED_CHANGED;
    return is_key_of(app, s->key, by) ? SIGNED_VALID : SIGNED_UNKNOWN;
}

static SignedStand of_fields(
    const App *app, const char *domain, const char *by, const char *digest, const char *key, const char *value)
{
    Signed s;

    if (!key && !value) return SIGNED_NOT;
    if (!signed_read(key, value, &s)) return SIGNED_CHANGED;
    return app_signed(app, domain, by, digest, strlen(digest), &s);
}

SignedStand app_book_signed(const App *app, const char *case_id, const Book *b)
{
    char digest[HASH_HEX];

    if (b->signed_key && b->answers && strstr(b->answers, "\"sealed:u")) return SIGNED_UNKNOWN; /* the unit's key is not here yet */
    book_digest(case_id, b, digest);
    return of_fields(app, SIGN_BOOK, b->by, digest, b->signed_key, b->signed_value);
}

SignedStand app_review_signed(const App *app, const char *case_id, const Review *r)
{
    char digest[HASH_HEX];

    review_digest(case_id, r, app_vocabs(app), digest);
    return of_fields(app, SIGN_REVIEW, r->by, digest, r->signed_key, r->signed_value);
}

SignedStand app_reading_signed(const App *app, const CaseDoc *doc, const Review *r)
{
    SignedStand stand = app_review_signed(app, doc->id, r);
    const Book *book = r->signature ? book_of_review(doc, r) : NULL;
    char digest[HASH_HEX];

    if (stand == SIGNED_NOT || !r->signature) return stand;
    if (!book) return SIGNED_CHANGED;
    book_digest(doc->id, book, digest);
    return str_eq(digest, r->signature) ? stand : SIGNED_CHANGED;
}

static SignedStand of_record(const App *app, const Signature *sig, const uint8_t digest[HASH_BYTES])
{
    Signed s;

    memcpy(s.key, sig->sign_key, SIGN_KEY);
    memcpy(s.value, sig->value, SIGN_VALUE);
    if (digest && memcmp(digest, sig->digest, HASH_BYTES) != 0) return SIGNED_CHANGED;
    return app_signed(app, sig->kind, sig->by, sig->digest, HASH_BYTES, &s);
}

bool app_signed_list(const App *app, const char *kind, const char *about, const uint8_t digest[HASH_BYTES], Arena *a,
    SignedRecord **out, size_t *n, Err *err)
{
    Signature *all;

    *n = 0;
    if (!store_signature_list(app->store, kind, about, a, &all, n, err)) return false;
    *out = arena_alloc(a, (*n + 1) * sizeof **out);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (SignedRecord){ .by = all[i].by, .at = all[i].at, .stand = of_record(app, &all[i], digest) };
        key_number(all[i].sign_key, (*out)[i].number);
    }
    return true;
}

/* ---- sealing ---- */

bool app_officer_public_key(App *app, const char *warrant, PublicKeys *out, Err *err)
{
    Arena *a = arena_new();
    OfficerKey k;
    bool ok = store_key_now(app->store, warrant, a, &k, err);

    if (ok && k.none)
        ok = err_set(err, ERR_MISSING, "warrant",
            "The keys of %.20s ended when the password was set by somebody else; new ones are made when the officer "
            "chooses one.",
            warrant);
    if (ok && !key_vouched(app, &k))
        ok = err_set(err, ERR_CORRUPT, "warrant",
            "Nothing is sealed to the key of %.20s: the log does not know it, or the officer has not signed in since keys are signed. "
            "book124 doctor says which.",
            warrant);
    if (ok) *out = k.keys;
    arena_free(&a);
    return ok;
}

bool app_seal_to(App *app, const char *warrant, const void *p, size_t n, Arena *a, uint8_t **out, size_t *out_n, Err *err)
{
    PublicKeys keys;

    if (!app_officer_public_key(app, warrant, &keys, err)) return false;
    *out_n = crypto_boxed_size(n);
    *out = arena_alloc(a, *out_n);
    return crypto_boxed_to(keys.box, p, n, *out) ||
           err_set(err, ERR_CORRUPT, "", "The public key of %.20s is not a key.", warrant);
}

bool app_open_sealed(App *app, const uint8_t *p, size_t n, void *out, size_t *out_n, Err *err)
{
    bool ok;

    if (!keys_in_hand(app, err)) return false;
    crypto_guarded_open(app->secret);
    ok = crypto_boxed_open(app->secret, p, n, out, out_n);
    crypto_guarded_shut(app->secret);
    return ok || err_set(err, ERR_DENIED, "",
                     "This is not sealed to your keys. Somebody who can open it must seal it to you again.");
}

/* ---- all of them ---- */

void sign_count_case(App *app, const CaseDoc *doc, SignedCount *count)
{
    for (size_t i = 0; i < doc->n_books; i++) count->books[app_book_signed(app, doc->id, &doc->books[i])]++;
    for (size_t i = 0; i < doc->n_reviews; i++) count->reviews[app_reading_signed(app, doc, &doc->reviews[i])]++;
}

/* What a signature of a policy is over is its hash: of the text as it lies there now; of a sheet, the facts of its meeting. */
static bool digest_now(App *app, const Signature *sig, const PolicyProposal *all, size_t n, uint8_t out[HASH_BYTES])
{
    Arena *a = arena_new();
    bool is_policy = strncmp(sig->kind, "policy.", 7) == 0, found = false;
    const char *text;
    size_t size;

    if (strncmp(sig->kind, "holder.", 7) == 0) return arena_free(&a), holder_digest(sig->about, out), true;
    if (str_eq(sig->kind, DMM_SHEET)) found = dmm_digest_now(app, sig->about, a, out);
    for (size_t i = 0; is_policy && i < n; i++) {
        if (found || !str_eq(all[i].hash, sig->about)) continue;
        found = store_proposal_text(app->store, all[i].key, a, &text, &size, NULL);
        if (found) crypto_hash(text, size, out);
    }
    arena_free(&a);
    return found;
}

bool sign_count_others(App *app, SignedCount *count, Err *err)
{
    Arena *a = arena_new();
    Signature *all;
    PolicyProposal *proposals;
    Tombstone *gone;
    size_t n = 0, n_proposals = 0, n_gone = 0;
    uint8_t digest[HASH_BYTES];
    bool ok = store_signature_list(app->store, NULL, NULL, a, &all, &n, err) &&
              store_proposal_list(app->store, a, &proposals, &n_proposals, err) && store_tombstones(app->store, a, &gone, &n_gone, err) &&
              sign_facts_unsigned(app, all, n, gone, n_gone, &count->others[SIGNED_NOT], err);

    for (size_t i = 0; ok && i < n; i++) {
        bool now;
        if (is_key_signature(&all[i])) continue; /* proved with the keys */
        now = sign_fact_now(app, &all[i], gone, n_gone, digest) || digest_now(app, &all[i], proposals, n_proposals, digest);
        count->others[of_record(app, &all[i], now ? digest : NULL)]++;
    }
    arena_free(&a);
    return ok;
}
