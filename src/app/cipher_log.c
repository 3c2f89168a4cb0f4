/* cipher_log.c — what the log says of a restricted case lies under the key of the case. The chain holds over it as it lies, so that it is proved by
** whoever has no key; the digest of the case stays beside it for the same reason. */
#include "cipher_in.h"

#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char digest_mark[] = "case:", tail[] = "\"}";

static const char *bound_to(const AuditEntry *e, Arena *a)
{
    return arena_printf(a, "book124 log %s %s by %s at %" PRId64, e->case_id, e->act, e->who, (int64_t)e->at);
}

/* The case that an entry is about, whoever may see it. */
static bool about(App *app, const char *case_id, CaseKey *key, int64_t *generation, Arena *a, Err *err)
{
    CaseRow row = { 0 };
    Err why = { 0 };
    bool found;

    store_view_all(app->store, true);
    found = store_case_find(app->store, case_id, a, &row, &why);
    store_view_all(app->store, false);
    *key = row.key;
    *generation = 0;
    if (found) return store_cipher_now(app->store, row.key, generation, err);
    if (why.kind != ERR_MISSING && err) *err = why;
    return why.kind == ERR_MISSING;
}

static size_t before_digest(const char *detail)
{
    size_t n = strlen(detail), digest = sizeof digest_mark - 1 + HASH_HEX - 1;

    if (n < digest || strncmp(detail + n - digest, digest_mark, sizeof digest_mark - 1) != 0) return n;
    n -= digest;
    while (n > 0 && strchr(", ", detail[n - 1])) n--;
    return n;
}

bool cipher_detail(App *app, const AuditEntry *e, Arena *a, const char **out, Err *err)
{
    size_t n = before_digest(e->detail);
    char mark[24];
    int64_t generation;
    CaseKey key;
    TextKey k;
    bool any, have;

    *out = e->detail;
    if (n == 0 || !*e->case_id || e->kind == AUDIT_DENIED || e->kind == AUDIT_ERASE) return true;
    if (!store_cipher_any(app->store, &any, err)) return false;
    if (!any) return true;
    if (!about(app, e->case_id, &key, &generation, a, err)) return false;
    if (generation == 0) return true;
    if (!key_look(app, key, generation, &k, &have, err)) return false; /* nothing goes in the clear because a disk failed */
    if (!have) return true;
    snprintf(mark, sizeof mark, "%" PRId64, generation);
    *out = arena_printf(a, "%s%s", crypto_seal_text(k.key, mark, bound_to(e, a), arena_dup_n(a, e->detail, n), a), e->detail + n);
    crypto_wipe(&k, sizeof k);
    return true;
}

const char *app_log_detail(App *app, const AuditEntry *e, Arena *a)
{
    const char *end = strstr(e->detail, tail), *said = NULL;
    char mark[24];
    int64_t now;
    CaseKey key;
    TextKey k;

    if (!end || !crypto_sealed_text(e->detail, mark)) return e->detail;
    end += sizeof tail - 1;
    if (about(app, e->case_id, &key, &now, a, NULL) && text_key(app, key, strtoll(mark, NULL, 10), &k)) {
        said = crypto_unseal_text(k.key, bound_to(e, a), arena_dup_n(a, e->detail, (size_t)(end - e->detail)), a);
        crypto_wipe(&k, sizeof k);
    }
    return arena_printf(a, "%s%s", said ? said : "(enciphered)", end);
}
