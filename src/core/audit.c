/* audit.c — an entry of the log as bytes, and whether a chain of them holds.
** The hash covers every field length-prefixed, so that no two entries have the same bytes; the kind goes in as its
** word, so that the order of the enum may change. A time that runs backwards is no fault: clocks are set, and a
** training store takes any; the order of the log is its numbers and links. */
#include "core/audit.h"

#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const uint8_t audit_genesis[HASH_BYTES];

static const char *const kind_words[AUDIT_KIND_COUNT] = {
    [AUDIT_COLLECT] = "collect",
    [AUDIT_ALTER] = "alter",
    [AUDIT_CONSULT] = "consult",
    [AUDIT_DISCLOSE] = "disclose",
    [AUDIT_COMBINE] = "combine",
    [AUDIT_ERASE] = "erase",
    [AUDIT_SIGN_IN] = "sign-in",
    [AUDIT_SIGN_OUT] = "sign-out",
    [AUDIT_DENIED] = "denied",
    [AUDIT_CARE] = "care",
};

const char *audit_kind_word(AuditKind k)
{
    return (unsigned)k < AUDIT_KIND_COUNT ? kind_words[k] : "";
}

bool audit_kind_by_word(const char *word, AuditKind *out)
{
    for (AuditKind k = 0; k < AUDIT_KIND_COUNT; k++) {
        if (str_eq(kind_words[k], word)) {
            *out = k;
            return true;
        }
    }
    return false;
}

/* ---- the hash ---- */

static void add_text(Hasher *h, const char *s)
{
    crypto_hash_add(h, s ? s : "", s ? strlen(s) : 0);
}

static void add_number(Hasher *h, int64_t number)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    crypto_hash_add(h, bytes, sizeof bytes);
}

static void entry_hash(const AuditEntry *e, const uint8_t prev[HASH_BYTES], uint8_t out[HASH_BYTES])
{
    Hasher h;

    crypto_hash_start(&h, "book124-audit-v1");
    crypto_hash_add(&h, prev, HASH_BYTES);
    add_number(&h, e->seq);
    add_number(&h, e->at);
    add_text(&h, audit_kind_word(e->kind));
    add_text(&h, e->who);
    add_text(&h, e->terminal);
    add_text(&h, e->act);
    add_text(&h, e->case_id);
    add_text(&h, e->detail);
    crypto_hash_end(&h, out);
}

void audit_link(AuditEntry *e, const uint8_t prev[HASH_BYTES])
{
    memcpy(e->prev, prev, HASH_BYTES);
    entry_hash(e, e->prev, e->hash);
}

/* ---- the check ---- */

void audit_check_start(AuditCheck *c)
{
    c->next_seq = 1;
    memcpy(c->prev, audit_genesis, HASH_BYTES);
    c->last = TIME_NONE;
}

static bool number_follows(const AuditCheck *c, const AuditEntry *e, const char *field, Err *err)
{
    if (e->seq == c->next_seq) return true;
    if (e->seq == c->next_seq + 1)
        return err_set(err, ERR_CORRUPT, field, "Entry %" PRId64 " of the log is missing.", c->next_seq);
    if (e->seq > c->next_seq)
        return err_set(err, ERR_CORRUPT, field, "Entries %" PRId64 " to %" PRId64 " of the log are missing.",
            c->next_seq, e->seq - 1);
    return err_set(err, ERR_CORRUPT, field,
        "Entry %" PRId64 " of the log is out of order: it stands where entry %" PRId64 " should.", e->seq, c->next_seq);
}

bool audit_check_step(AuditCheck *c, const AuditEntry *e, Err *err)
{
    uint8_t hash[HASH_BYTES];
    char field[24];

    snprintf(field, sizeof field, "%" PRId64, e->seq);
    if (!number_follows(c, e, field, err)) return false;
    if (memcmp(e->prev, c->prev, HASH_BYTES) != 0)
        return err_set(err, ERR_CORRUPT, field,
            "Entry %" PRId64 " of the log does not follow the one before it: one of them was put in or changed.",
            e->seq);
    entry_hash(e, e->prev, hash);
    if (memcmp(e->hash, hash, HASH_BYTES) != 0)
        return err_set(
            err, ERR_CORRUPT, field, "Entry %" PRId64 " of the log was changed after it was written.", e->seq);
    c->next_seq = e->seq + 1;
    memcpy(c->prev, e->hash, HASH_BYTES);
    if (e->at > c->last) c->last = e->at;
    return true;
}
