/* store_erase.c — a case is erased: its rows go, and all that was made of them, and what remains is its number and a tombstone.
** Why rows go and not only their texts: a day of birth, an offence, a grade, who was what to whom say enough of a person without a word of
** text. Why the row in case_file stays: a number that was given out is never given out again, and a file that still holds the case is not
** taken in once more. Entries of the log stay as they are; they hold numbers, kinds and times. */
#include "inside.h"

/* ---- the rows ---- */

static bool table_erase(Store *s, CaseKey key, const char *table, Err *err)
{
    Stmt *q = stmt(s, sql_named(table, "erase"));

    bind_int(q, "case_key", key);
    return stmt_run(q, err);
}

static bool rows_erase(Store *s, CaseKey key, Err *err)
{
    if (!table_erase(s, key, "case_head", err) || !table_erase(s, key, "alert_answer", err)) return false;
    for (CaseListId list = 0; list < LIST_COUNT; list++)
        if (!table_erase(s, key, case_lists[list].name, err)) return false;
    return true;
}

/* Reasons are of what the case said. */
static bool to_nothing(void *with, const RewriteAt *at, const char *text, Arena *a, const char **out, Err *err)
{
    *out = "";
    return true;
}

/* ---- what was made of them ---- */

static bool drafts_erase(Store *s, const char *id, Err *err)
{
    Stmt *q = stmt(s, SQL_DRAFT_ERASE);

    bind_text(q, "id", id);
    return stmt_run(q, err);
}

static bool made_erase(Store *s, CaseKey key, const Vocabs *v, Arena *a, Err *err)
{
    CaseDoc doc;
    CaseRow row;
    bool ok;

    store_view_all(s, true);
    ok = store_case_load(s, key, v, a, &doc, err) && store_case_row(s, key, a, &row, err);
    store_view_all(s, false);
    return ok && search_keys_change(s, key, &doc, NULL, v, err) && derived_drop(s, key, err) && drafts_erase(s, row.id, err) &&
           drafts_erase(s, doc.id, err);
}

/* ---- what remains ---- */

static bool tombstone_add(Tx *tx, const Tombstone *t, Err *err)
{
    Stmt *q = stmt(tx->store, SQL_TOMBSTONE_ADD);

    bind_int(q, "case_key", t->key);
    bind_int(q, "reported", t->reported);
    bind_int(q, "closed", t->closed);
    bind_int(q, "grp", t->group);
    bind_int(q, "due", t->due);
    bind_text(q, "proposed_by", t->proposed_by);
    bind_text(q, "erased_by", t->erased_by);
    bind_int(q, "erased_at", t->erased_at);
    bind_text(q, "reason", t->reason);
    bind_blob(q, "digest", t->digest, HASH_BYTES);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

static bool all_erase(Tx *tx, const Tombstone *t, const Vocabs *v, Arena *a, Err *err)
{
    Store *s = tx->store;
    bool ok;

    if (!rewriting_due_in_log(tx, t->key, a, err) || !made_erase(s, t->key, v, a, err)) return false;
    ok = rewriting_open(s, t->key, true, err) && rewriting_reasons(s, t->key, to_nothing, NULL, a, err) && rows_erase(s, t->key, err);
    return rewriting_shut(s, ok, err) && cipher_erase(tx, t->key, t->erased_at, err) && tombstone_add(tx, t, err);
}

bool store_case_erase(Tx *tx, Rev rev, const Tombstone *t, const Vocabs *v, Err *err)
{
    Arena *a;
    bool ok;

    if (!tx_touch(tx, err) || !sight_is_there(tx->store, t->key, err) ||
        !case_rev_raise(tx->store, t->key, rev, t->erased_at, t->erased_by, err))
        return false;
    a = arena_new_secret();
    ok = all_erase(tx, t, v, a, err);
    arena_free(&a);
    return ok;
}
