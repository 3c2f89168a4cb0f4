/* store_cipher.c — under which keys text lies, and who can open those keys; what is done to a text stands in cipher_text.c.
** Under which generation a case lies is known by heart, as restricted cases are (store_sight.c): an ordinary case costs one bisection.
** The keys themselves are never here: they are asked of who is signed in (store_cipher), and lie sealed to officers in cipher_grant. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- whose hands ---- */

void store_cipher(Store *s, const CipherHands *hands)
{
    s->cipher.hands = hands ? *hands : (CipherHands){ 0 };
}

void store_cipher_raw(Store *s, bool on)
{
    s->cipher.raw += on ? 1 : -1;
}

void cipher_forget(Store *s)
{
    s->cipher.fresh = false;
}

void cipher_free(Store *s)
{
    mem_free(s->cipher.cases);
    arena_free(&s->cipher.texts);
    s->cipher.cases = NULL;
    s->cipher.n = s->cipher.cap = 0;
}

/* ---- which cases ---- */

static void note(Cipher *c, CaseKey key, int64_t generation)
{
    if (c->n && c->cases[c->n - 1].key == key) c->n--;
    if (generation == 0) return;
    c->cases = mem_room(c->cases, c->n, &c->cap, sizeof *c->cases);
    c->cases[c->n++] = (CipherCase){ key, generation };
}

bool cipher_fresh(Store *s, Err *err)
{
    Cipher *c = &s->cipher;
    int64_t stamp;
    Stmt *q;

    if (!stmt_number(stmt(s, SQL_CIPHER_LAST), &stamp, err)) return false;
    if (c->fresh && c->stamp == stamp) return true;
    c->n = 0;
    c->stamp = stamp;
    q = stmt(s, SQL_CIPHER_ALL);
    while (stmt_row(q)) note(c, col_int(q, 0), col_int(q, 1));
    return c->fresh = stmt_end(q, err);
}

int64_t cipher_of(const Store *s, CaseKey key)
{
    const Cipher *c = &s->cipher;
    size_t from = 0, to = c->n;

    while (from < to) {
        size_t at = from + (to - from) / 2;
        if (c->cases[at].key == key) return c->cases[at].generation;
        if (c->cases[at].key < key)
            from = at + 1;
        else
            to = at;
    }
    return 0;
}

bool store_cipher_now(Store *s, CaseKey key, int64_t *generation, Err *err)
{
    bool ok = read_begin(s, err);

    if (!ok) return false;
    ok = cipher_fresh(s, err);
    *generation = ok ? cipher_of(s, key) : 0;
    read_end(s);
    return ok;
}

bool store_cipher_wrote(const Store *s)
{
    return s->cipher.wrote;
}

bool store_cipher_any(Store *s, bool *any, Err *err)
{
    if (!cipher_fresh(s, err)) return false;
    *any = s->cipher.n > 0 && s->cipher.cases[s->cipher.n - 1].key != CIPHER_UNIT;
    return true;
}

bool store_cipher_list(Store *s, Arena *a, CipherGrant **out, size_t *n, Err *err)
{
    if (!cipher_fresh(s, err)) return false;
    *n = s->cipher.n;
    *out = arena_zero(a, *n + 1, sizeof **out);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i].case_key = s->cipher.cases[i].key;
        (*out)[i].generation = s->cipher.cases[i].generation;
    }
    return true;
}

static bool generation_add(Tx *tx, CaseKey key, int64_t generation, Time now, Err *err)
{
    Stmt *q = stmt(tx->store, SQL_CIPHER_ADD);

    bind_int(q, "case_key", key);
    bind_int(q, "generation", generation);
    bind_time(q, "at", now);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err) && cipher_fresh(tx->store, err);
}

bool store_cipher_next(Tx *tx, CaseKey key, Time now, int64_t *generation, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_CIPHER_HIGHEST);
    bind_int(q, "case_key", key);
    if (!stmt_number(q, generation, err)) return false;
    return generation_add(tx, key, ++*generation, now, err);
}

bool store_cipher_none(Tx *tx, CaseKey key, Time now, Err *err)
{
    return tx_touch(tx, err) && generation_add(tx, key, 0, now, err);
}

/* ---- who can open the keys ---- */

static void grant_read(Stmt *q, Arena *a, CipherGrant *out)
{
    EngText sealed = q->store->engine->get_blob(q->raw, 5);

    *out = (CipherGrant){ .case_key = col_int(q, 0), .generation = col_int(q, 1), .officer = col_text(q, 2, a), .parts = (int)col_int(q, 3) };
    col_bytes(q, 4, out->box_key, SEAL_KEY);
    out->sealed = (const uint8_t *)arena_dup_n(a, sealed.p, sealed.n);
    out->n = sealed.n;
}

static void grant_name(Stmt *q, CaseKey key, int64_t generation)
{
    bind_int(q, "case_key", key);
    bind_int(q, "generation", generation);
}

bool store_grant_put(Tx *tx, const CipherGrant *g, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_GRANT_PUT);
    grant_name(q, g->case_key, g->generation);
    bind_text(q, "officer", g->officer);
    bind_int(q, "parts", g->parts);
    bind_blob(q, "box_key", g->box_key, SEAL_KEY);
    bind_blob(q, "sealed", g->sealed, g->n);
    return stmt_run(q, err);
}

bool store_grant_drop(Tx *tx, CaseKey key, int64_t generation, const char *officer, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_GRANT_DROP);
    grant_name(q, key, generation);
    bind_text(q, "officer", officer);
    return stmt_run(q, err);
}

bool store_grants_drop(Tx *tx, CaseKey key, int64_t below, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_GRANTS_DROP);
    grant_name(q, key, below);
    return stmt_run(q, err);
}

bool store_grant_get(Store *s, CaseKey key, int64_t generation, const char *officer, Arena *a, CipherGrant *out, Err *err)
{
    Stmt *q = stmt(s, SQL_GRANT_GET);
    bool found;

    grant_name(q, key, generation);
    bind_text(q, "officer", officer);
    found = stmt_row(q);
    if (found) grant_read(q, a, out);
    return stmt_end(q, err) && (found || err_set(err, ERR_MISSING, "", "This key is not sealed to this officer."));
}

bool store_grant_list(Store *s, CaseKey key, int64_t generation, Arena *a, CipherGrant **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_GRANT_LIST);
    size_t cap = 0;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out);
    grant_name(q, key, generation);
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        grant_read(q, a, &(*out)[(*n)++]);
    }
    return stmt_end(q, err);
}

/* ---- what waits ---- */

static bool of_case(Stmt *q, CaseKey key, Err *err)
{
    bind_int(q, "case_key", key);
    return stmt_run(q, err);
}

bool store_cipher_wait(Tx *tx, CaseKey key, Err *err)
{
    return tx_touch(tx, err) && of_case(stmt(tx->store, SQL_CIPHER_WAIT_ADD), key, err);
}

bool store_cipher_settled(Tx *tx, CaseKey key, Err *err)
{
    return tx_touch(tx, err) && of_case(stmt(tx->store, SQL_CIPHER_WAIT_DROP), key, err);
}

bool store_cipher_waits(Store *s, CaseKey key, bool *waits, Err *err)
{
    Stmt *q = stmt(s, SQL_CIPHER_WAIT_HAS);
    int64_t n = 0;

    bind_int(q, "case_key", key);
    if (!stmt_number(q, &n, err)) return false;
    *waits = n > 0;
    return true;
}

bool store_cipher_waiting(Store *s, CaseKey from, size_t limit, Arena *a, CaseKey **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_CIPHER_WAIT_FROM);

    *n = 0;
    *out = arena_alloc(a, (limit + 1) * sizeof **out);
    bind_int(q, "from", from);
    bind_int(q, "limit", (int64_t)limit);
    while (*n < limit && stmt_row(q)) (*out)[(*n)++] = col_int(q, 0);
    return stmt_end(q, err);
}

/* ---- erased ---- */

bool cipher_erase(Tx *tx, CaseKey key, Time now, Err *err)
{
    if (!cipher_fresh(tx->store, err) || (cipher_of(tx->store, key) && !generation_add(tx, key, 0, now, err))) return false;
    return of_case(stmt(tx->store, SQL_GRANTS_GONE), key, err) && of_case(stmt(tx->store, SQL_CIPHER_WAIT_DROP), key, err);
}

/* ---- custodians ---- */

bool store_custodians(Store *s, Arena *a, Custodians *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CUSTODIANS_NOW);
    size_t cap = 0;

    memset(out, 0, sizeof *out);
    if (stmt_row(q)) {
        out->generation = col_int(q, 0);
        col_bytes(q, 1, out->box_key, SEAL_KEY);
        out->since = col_time(q, 2);
        out->act = col_int(q, 3);
    }
    if (!stmt_end(q, err)) return false;
    if (out->generation == 0) return true;
    q = stmt(s, SQL_CUSTODIAN_LIST);
    bind_int(q, "generation", out->generation);
    while (stmt_row(q)) {
        EngText sealed = s->engine->get_blob(q->raw, 2);
        out->items = arena_room(a, out->items, out->n, &cap, sizeof *out->items);
        out->items[out->n++] =
            (Custodian){ (int)col_int(q, 0), col_text(q, 1, a), (const uint8_t *)arena_dup_n(a, sealed.p, sealed.n), sealed.n };
    }
    return stmt_end(q, err);
}

bool store_custodians_put(Tx *tx, const Custodians *c, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_CUSTODIANS_ADD);
    bind_blob(q, "box_key", c->box_key, SEAL_KEY);
    bind_time(q, "at", c->since);
    bind_int(q, "act", tx->act);
    if (!stmt_run(q, err)) return false;
    for (size_t i = 0; i < c->n; i++) {
        q = stmt(tx->store, SQL_CUSTODIAN_ADD);
        bind_int(q, "number", c->items[i].number);
        bind_text(q, "officer", c->items[i].officer);
        bind_blob(q, "sealed", c->items[i].sealed, c->items[i].n);
        bind_int(q, "act", tx->act);
        if (!stmt_run(q, err)) return false;
    }
    return true;
}
