/* audit.c — an entry of the log as bytes, and whether a chain of them holds.
** The hash covers every field length-prefixed, so that no two entries have the same bytes; the kind goes in as its
** word, so that the order of the enum may change. A time that runs backwards is no fault: clocks are set, and a
** training store takes any; the order of the log is its numbers and links. */
#include "core/audit.h"

#include "base/str.h"
#include "base/protection.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DOMAIN "book124-audit-v1"

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

char *audit_short(const uint8_t hash[HASH_BYTES], char out[AUDIT_SHORT])
{
    snprintf(out, AUDIT_SHORT, "%02X%02X-%02X%02X", hash[0], hash[1], hash[2], hash[3]);
    return out;
}

/* ---- the hash ---- */

/* The bytes of an entry are gathered, and hashed in one go: half the time of a call for each field. What does not fit goes field by field;
** both ways hash the same bytes. */
typedef struct Gathered {
    uint8_t bytes[1024];
    size_t n;
    bool over;
} Gathered;

static void gather(Gathered *g, const void *p, size_t n)
{
    if (g->over || n + 8 > sizeof g->bytes - g->n) {
        g->over = true;
        return;
    }
    for (int i = 0; i < 8; i++) g->bytes[g->n++] = (uint8_t)((uint64_t)n >> (8 * i));
    memcpy(g->bytes + g->n, p, n);
    g->n += n;
}

typedef void Adding(void *to, const void *p, size_t n);

static void add_gathered(void *to, const void *p, size_t n)
{
    gather(to, p, n);
}

static void add_hashed(void *to, const void *p, size_t n)
{
    crypto_hash_add(to, p, n);
}

static void add_text(Adding *add, void *to, const char *s)
{
    add(to, s ? s : "", s ? strlen(s) : 0);
}

static void add_number(Adding *add, void *to, int64_t number)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    add(to, bytes, sizeof bytes);
}

static void add_entry(Adding *add, void *to, const AuditEntry *e, const uint8_t prev[HASH_BYTES])
{
    add(to, prev, HASH_BYTES);
    add_number(add, to, e->seq);
    add_number(add, to, e->at);
    add_text(add, to, audit_kind_word(e->kind));
    add_text(add, to, e->who);
    add_text(add, to, e->terminal);
    add_text(add, to, e->act);
    add_text(add, to, e->case_id);
    add_text(add, to, e->detail);
}

static void entry_hash(const AuditEntry *e, const uint8_t prev[HASH_BYTES], uint8_t out[HASH_BYTES])
{
    Gathered g;
    Hasher h;

    g.n = 0;
    g.over = false;
    gather(&g, DOMAIN, strlen(DOMAIN));
    add_entry(add_gathered, &g, e, prev);
    if (!g.over) {
        crypto_hash(g.bytes, g.n, out);
        return;
    }
    crypto_hash_start(&h, DOMAIN);
    add_entry(add_hashed, &h, e, prev);
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

    if (WITHOUT("chain")) return true;
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
