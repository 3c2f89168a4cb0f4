/* store_form.c — every form that was ever in force: the last one of an id counts, and a book finds again the one it was
** filled in on, by its hash. */
#include "inside.h"

static bool form_read(Stmt *q, const char *none, Arena *a, StoredForm *out, Err *err)
{
    bool found = stmt_row(q);

    if (found) {
        *out = (StoredForm){
            .id = col_text(q, 0, a), .hash = col_text(q, 1, a), .text = col_text(q, 2, a), .activated_at = col_int(q, 3)
        };
        out->n = q->store->engine->get_text(q->raw, 2).n;
    }
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "%s", none);
}

bool store_form_active(Store *s, const char *id, Arena *a, StoredForm *out, Err *err)
{
    Stmt *q = stmt(s, SQL_FORM_ACTIVE);

    bind_text(q, "id", id);
    return form_read(q, arena_printf(a, "No form %s is in force yet.", id), a, out, err);
}

bool store_form_by_hash(Store *s, const char *hash, Arena *a, StoredForm *out, Err *err)
{
    Stmt *q = stmt(s, SQL_FORM_BY_HASH);

    bind_text(q, "hash", hash);
    return form_read(q, "This store does not hold the form that this was filled in on.", a, out, err);
}

bool store_form_activate(Tx *tx, const char *id, const char *hash, const char *text, size_t n, Time now, Err *err)
{
    return tx_add_text(tx, SQL_FORM_ADD, id, hash, text, n, now, err);
}
