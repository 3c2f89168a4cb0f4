/* store_key.c — keys of officers, and signatures of what is no part of a case. Public keys are facts: the newest row of a
** warrant counts, older ones verify what was signed with them. The sealed secret keys are not facts and are changed in
** place. */
#include "inside.h"

#include "base/mem.h"

#include <string.h>

/* ---- public keys ---- */

static void key_read(Stmt *q, Arena *a, OfficerKey *out)
{
    *out = (OfficerKey){ .warrant = col_text(q, 0, a),
        .none = col_null(q, 1),
        .made_at = col_time(q, 3),
        .ended_at = col_time(q, 4),
        .act = col_int(q, 5) };
    col_bytes(q, 1, out->keys.sign, SIGN_KEY);
    col_bytes(q, 2, out->keys.box, SEAL_KEY);
}

static bool key_one(Stmt *q, Arena *a, OfficerKey *out, const char *missing, Err *err)
{
    bool found = stmt_row(q);

    if (found) key_read(q, a, out);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "%s", missing);
}

bool store_key_now(Store *s, const char *warrant, Arena *a, OfficerKey *out, Err *err)
{
    Stmt *q = stmt(s, SQL_OFFICER_KEY_NOW);

    bind_text(q, "warrant", warrant);
    return key_one(q, a, out, "This officer has no keys yet; they are made at the next sign-in.", err);
}

bool store_key_of(Store *s, const uint8_t sign[SIGN_KEY], Arena *a, OfficerKey *out, Err *err)
{
    Stmt *q = stmt(s, SQL_OFFICER_KEY_OF);

    bind_blob(q, "sign_key", sign, SIGN_KEY);
    return key_one(q, a, out, "This store knows no such key.", err);
}

bool store_key_list(Store *s, Arena *a, OfficerKey **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_OFFICER_KEY_LIST);
    OfficerKey *items = NULL;
    size_t cap = 0;

    *n = 0;
    while (stmt_row(q)) {
        items = arena_room(a, items, *n, &cap, sizeof *items);
        key_read(q, a, &items[(*n)++]);
    }
    *out = items;
    return stmt_end(q, err);
}

static void bind_key(Stmt *q, const char *name, const uint8_t *key, size_t n, bool none)
{
    if (none)
        bind_null(q, name);
    else
        bind_blob(q, name, key, n);
}

bool store_key_add(Tx *tx, const OfficerKey *k, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_OFFICER_KEY_ADD);
    bind_text(q, "warrant", k->warrant);
    bind_key(q, "sign_key", k->keys.sign, SIGN_KEY, k->none);
    bind_key(q, "box_key", k->keys.box, SEAL_KEY, k->none);
    bind_time(q, "made_at", k->made_at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

/* ---- secret keys, sealed ---- */

bool store_secret_get(Store *s, const char *warrant, OfficerSecret *out, Err *err)
{
    Stmt *q = stmt(s, SQL_OFFICER_SECRET_GET);
    bool found;

    bind_text(q, "warrant", warrant);
    found = stmt_row(q);
    out->n = 0;
    if (found) {
        EngText sealed = s->engine->get_blob(q->raw, 0);
        out->n = sealed.n <= sizeof out->sealed ? sealed.n : 0;
        if (out->n) memcpy(out->sealed, sealed.p, out->n);
    }
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "This officer has no keys yet; they are made at the next sign-in.");
}

bool store_secret_put(Tx *tx, const char *warrant, const OfficerSecret *secret, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_OFFICER_SECRET_PUT);
    bind_text(q, "warrant", warrant);
    bind_blob(q, "sealed", secret->sealed, secret->n);
    return stmt_run(q, err);
}

bool store_secret_drop(Tx *tx, const char *warrant, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_OFFICER_SECRET_DROP);
    bind_text(q, "warrant", warrant);
    return stmt_run(q, err);
}

/* ---- signatures ---- */

bool store_signature_add(Tx *tx, const Signature *sig, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_SIGNATURE_ADD);
    bind_text(q, "kind", sig->kind);
    bind_text(q, "about", sig->about);
    bind_blob(q, "digest", sig->digest, HASH_BYTES);
    bind_text(q, "by", sig->by);
    bind_time(q, "at", sig->at);
    bind_blob(q, "sign_key", sig->sign_key, SIGN_KEY);
    bind_blob(q, "value", sig->value, SIGN_VALUE);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

static void signature_read(Stmt *q, Arena *a, Signature *out)
{
    *out = (Signature){
        .kind = col_text(q, 0, a), .about = col_text(q, 1, a), .by = col_text(q, 3, a), .at = col_time(q, 4)
    };
    col_bytes(q, 2, out->digest, HASH_BYTES);
    col_bytes(q, 5, out->sign_key, SIGN_KEY);
    col_bytes(q, 6, out->value, SIGN_VALUE);
}

static bool signatures_read(Stmt *q, Arena *a, Signature **out, size_t *n, Err *err)
{
    size_t cap = 0;

    *n = 0;
    *out = NULL;
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        signature_read(q, a, &(*out)[(*n)++]);
    }
    return stmt_end(q, err);
}

bool store_signature_kind(Store *s, const char *kind, Arena *a, Signature **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_SIGNATURE_KIND);

    bind_text(q, "kind", kind);
    return signatures_read(q, a, out, n, err);
}

bool store_signature_list(
    Store *s, const char *kind, const char *about, Arena *a, Signature **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, kind ? SQL_SIGNATURE_ABOUT : SQL_SIGNATURE_LIST);

    if (kind) {
        bind_text(q, "kind", kind);
        bind_text(q, "about", about);
    }
    return signatures_read(q, a, out, n, err);
}
