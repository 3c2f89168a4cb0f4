/* audit.h — the log as bytes: an entry, its hash, and the check of a chain.
** hash = BLAKE2b-256(domain "book124-audit-v1", previous hash, every field length-prefixed). */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/crypto.h"
#include "base/str.h"

typedef enum AuditKind { /* the logging duties of the Data Protection Act 2018 s.62, and sign-in */
    AUDIT_COLLECT, AUDIT_ALTER, AUDIT_CONSULT, AUDIT_DISCLOSE, AUDIT_COMBINE, AUDIT_ERASE, AUDIT_SIGN_IN, AUDIT_SIGN_OUT, AUDIT_DENIED, AUDIT_CARE,
    AUDIT_KIND_COUNT
} AuditKind;

typedef struct AuditEntry {
    int64_t seq;         /* 1, 2, 3 … without a gap */
    Time at;
    AuditKind kind;
    const char *who;     /* warrant number; "-" for the program itself */
    const char *terminal; /* "pts/3", "cli"; "" when unknown */
    const char *act;     /* "review.add", "case.look", "session.in" … */
    const char *case_id; /* "" when none */
    const char *detail;  /* one line of canonical JSON or words; never case text; "" when none */
    uint8_t prev[HASH_BYTES], hash[HASH_BYTES];
} AuditEntry;

extern const uint8_t audit_genesis[HASH_BYTES]; /* prev of entry 1: zeros */
void audit_link(AuditEntry *e, const uint8_t prev[HASH_BYTES]); /* fills prev and hash */

typedef struct AuditCheck { int64_t next_seq; uint8_t prev[HASH_BYTES]; Time last; } AuditCheck;
void audit_check_start(AuditCheck *c);
/* False at the first entry that does not follow; the sentence names it and what is wrong with it: a gap, a changed entry, an order. */
bool audit_check_step(AuditCheck *c, const AuditEntry *e, Err *err);

/* "8F2C-1A9D": enough of a hash for people to write down and compare. */
enum { AUDIT_SHORT = 10 };
char *audit_short(const uint8_t hash[HASH_BYTES], char out[AUDIT_SHORT]);

/* An entry as one line of JSON, without its end, and back. A text that is not UTF-8 goes as {"hex":"…"}. `prev` is not in it: it is the
** hash of the line before. */

void audit_line_write(const AuditEntry *e, Str *out);
bool audit_line_read(const char *line, size_t n, Arena *a, AuditEntry *out, Err *err); /* ERR_CORRUPT; prev stays as it was */

const char *audit_kind_word(AuditKind k);
bool audit_kind_by_word(const char *word, AuditKind *out);

#endif
