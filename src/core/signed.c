/* signed.c — what a signature is over. Fields that are absent are left out of the hash and each stands in it with its
** name, so that a field which comes later changes no signature of before. */
#include "core/signed.h"

#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"
#include "case_parts.h"

#include <string.h>

const char *signed_stand_word(SignedStand s)
{
    static const char *const words[SIGNED_STANDS] = { "not signed", "valid", "text changed since it was signed",
        "signer unknown" };

    return words[(unsigned)s < SIGNED_STANDS ? s : SIGNED_NOT];
}

const char *signed_line(SignedStand s)
{
    static const char *const lines[SIGNED_STANDS] = { "not signed", "✓ signature valid",
        "! TEXT CHANGED SINCE IT WAS SIGNED", "? signer unknown: this store does not know the key as theirs" };

    return lines[(unsigned)s < SIGNED_STANDS ? s : SIGNED_NOT];
}

static void add_text(Hasher *h, const char *s)
{
    crypto_hash_add(h, s ? s : "", s ? strlen(s) : 0);
}

void signed_hash(const char *domain, const char *by, const void *bytes, size_t n, uint8_t out[HASH_BYTES])
{
    Hasher h;

    crypto_hash_start(&h, "book124-signature-v1");
    add_text(&h, domain);
    add_text(&h, by);
    crypto_hash_add(&h, bytes, n);
    crypto_hash_end(&h, out);
}

/* Nor is that it was taken back afterwards. */
static bool is_signature(const CaseField *f)
{
    return strncmp(f->column, "signed_", 7) == 0 || strncmp(f->column, "withdrawn_", 10) == 0;
}

void review_digest(const char *case_id, const Review *r, const Vocabs *v, char out[HASH_HEX])
{
    const CaseList *l = &case_lists[LIST_REVIEWS];
    Arena *a = arena_new_secret();
    uint8_t hash[HASH_BYTES];
    Hasher h;

    crypto_hash_start(&h, "book124-review-v1");
    add_text(&h, case_id);
    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (is_signature(f) || case_field_absent(f, r)) continue;
        add_text(&h, f->column);
        add_text(&h, case_field_text(f, r, v, a));
    }
    crypto_hash_end(&h, hash);
    crypto_hex(hash, sizeof hash, out);
    arena_free(&a);
}

bool signed_read(const char *key, const char *value, Signed *out)
{
    return key && value && crypto_unhex(key, out->key, SIGN_KEY) && crypto_unhex(value, out->value, SIGN_VALUE);
}

bool signed_holds(const Signed *s, const char *domain, const char *by, const void *bytes, size_t n)
{
    uint8_t hash[HASH_BYTES];

    signed_hash(domain, by, bytes, n, hash);
    return WITHOUT("signatures") || crypto_signed(s->key, hash, s->value);
}
