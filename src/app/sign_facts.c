/* sign_facts.c — facts that say who may see a case, and that one was erased, carry the signature of whoever made them: each entry of a list, of a broken
** glass both, and the tombstone. The reason of an entry is not in it: it lies enciphered, and whoever proves the log has no key of the case. Entries
** of a list that came in with a case, and those of before there were signatures, have none. */
#include "inside.h"

#include "app/retention.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIGN_ACCESS "access"
#define SIGN_ERASE  "case.erase"

enum { NUMBER = 24 };

static const char *number_of(const AccessEntry *e, char out[NUMBER])
{
    snprintf(out, NUMBER, "%lld", (long long)e->key);
    return out;
}

/* Safety first: whose keys are not open restricts all the same, unsigned. */
bool sign_access(App *app, Tx *tx, const AccessEntry *e, Err *err)
{
    uint8_t digest[HASH_BYTES];
    char number[NUMBER];

    if (!app->in || !app->has_keys || !str_eq(e->by, app->session.warrant)) return true;
    access_digest(e, digest);
    return app_sign_record(app, tx, SIGN_ACCESS, number_of(e, number), digest, err);
}

bool sign_access_second(App *app, Tx *tx, const AccessEntry *e, SecretKeys *secret, Err *err)
{
    uint8_t digest[HASH_BYTES];
    char number[NUMBER];

    if (!secret) return true;
    access_digest(e, digest);
    return sign_record_with(app, tx, SIGN_ACCESS, number_of(e, number), digest, e->second, secret, err);
}

static void tombstone_digest(const Tombstone *t, uint8_t out[HASH_BYTES])
{
    Str line = { 0 };
    Hasher h;

    tombstone_line(t, &line);
    crypto_hash_start(&h, "book124-tombstone-v1");
    crypto_hash_add(&h, str_text(&line), line.n);
    crypto_hash_end(&h, out);
    str_finish(&line);
}

bool sign_tombstone(App *app, Tx *tx, const Tombstone *t, Err *err)
{
    uint8_t digest[HASH_BYTES];

    if (!app->in || !app->has_keys) return true;
    tombstone_digest(t, digest);
    return app_sign_record(app, tx, SIGN_ERASE, t->case_id, digest, err);
}

/* ---- as they are now ---- */

static const Tombstone *tombstone_of(const Tombstone *all, size_t n, const char *case_id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].case_id, case_id)) return &all[i];
    return NULL;
}

bool sign_fact_now(App *app, const Signature *sig, const Tombstone *all, size_t n, uint8_t out[HASH_BYTES])
{
    Arena *a;
    AccessEntry e;
    bool found;

    if (str_eq(sig->kind, SIGN_ERASE)) {
        const Tombstone *t = tombstone_of(all, n, sig->about);
        if (t) tombstone_digest(t, out);
        return t != NULL;
    }
    if (!str_eq(sig->kind, SIGN_ACCESS)) return false;
    a = arena_new_secret();
    found = store_access_entry(app->store, strtoll(sig->about, NULL, 10), a, &e, NULL);
    if (found) access_digest(&e, out);
    arena_free(&a);
    if (!found) memset(out, 0, HASH_BYTES); /* taken away: no entry has this digest */
    return true;
}

bool sign_facts_unsigned(App *app, const Signature *sigs, size_t n_sigs, const Tombstone *all, size_t n, int64_t *out, Err *err)
{
    if (!store_access_unsigned(app->store, out, err)) return false;
    for (size_t i = 0; i < n; i++) {
        bool is_signed = false;
        for (size_t k = 0; k < n_sigs; k++) is_signed |= str_eq(sigs[k].kind, SIGN_ERASE) && str_eq(sigs[k].about, all[i].case_id);
        *out += !is_signed;
    }
    return true;
}
