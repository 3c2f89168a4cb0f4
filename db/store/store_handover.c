/* store_handover.c — hand-overs at the change of shifts: facts. */
#include "inside.h"

#include "base/str.h"

bool store_handover_give(Tx *tx, const Handover *h, int64_t *key, Err *err)
{
    int64_t next;
    Stmt *q;

    if (!tx_touch(tx, err) || !stmt_number(stmt(tx->store, SQL_HANDOVER_KEY), &next, err)) return false;
    q = stmt(tx->store, SQL_HANDOVER_ADD);
    bind_int(q, "key", next);
    bind_text(q, "role", role_word(h->role));
    bind_int(q, "until", h->until);
    bind_text(q, "by", h->by);
    bind_int(q, "at", h->at);
    bind_int(q, "act", tx->act);
    if (!stmt_run(q, err)) return false;
    if (key) *key = next;
    return true;
}

bool store_handover_take(Tx *tx, int64_t key, const char *by, Time at, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_HANDOVER_TAKE);
    bind_int(q, "handover", key);
    bind_text(q, "by", by);
    bind_int(q, "at", at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_handover_list(Store *s, Role role, size_t limit, Arena *a, Handover **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_HANDOVER_OF_ROLE);
    size_t cap = 0;

    *n = 0;
    *out = NULL;
    bind_text(q, "role", role_word(role));
    bind_int(q, "limit", (int64_t)limit);
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[(*n)++] = (Handover){ .key = col_int(q, 0),
            .role = role,
            .until = col_int(q, 1),
            .by = col_text(q, 2, a),
            .at = col_int(q, 3),
            .taken_by = col_text(q, 4, a),
            .taken_at = col_time(q, 5) };
    }
    return stmt_end(q, err);
}

/* ---- notes ---- */

static bool note_put(Tx *tx, const HandoverNote *note, int64_t key, Arena *a, Err *err)
{
    CipherAt at = { .key = note->case_key, .table = "handover_note", .seq = key };
    const char *text = note->text;
    Stmt *q;

    if (note->case_key && (!sight_is_there(tx->store, note->case_key, err) || !cipher_out(tx->store, &at, "reason", &text, a, err))) return false;
    q = stmt(tx->store, SQL_HANDOVER_NOTE_ADD);
    bind_int(q, "key", key);
    bind_text(q, "role", role_word(note->role));
    bind_int(q, "until", note->until);
    if (note->case_key)
        bind_int(q, "case_key", note->case_key);
    else
        bind_null(q, "case_key");
    bind_text(q, "reason", text);
    bind_text(q, "by", note->by);
    bind_int(q, "at", note->at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_handover_note(Tx *tx, const HandoverNote *note, int64_t *key, Err *err)
{
    Arena *a = arena_new_secret();
    int64_t next;
    bool ok = tx_touch(tx, err) && stmt_number(stmt(tx->store, SQL_HANDOVER_NOTE_KEY), &next, err) && note_put(tx, note, next, a, err);

    if (ok && key) *key = next;
    arena_free(&a);
    return ok;
}

bool store_handover_note_read(Tx *tx, int64_t key, const char *by, Time at, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_HANDOVER_NOTE_READ);
    bind_int(q, "note", key);
    bind_text(q, "by", by);
    bind_int(q, "at", at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

/* Those of cases that are not for who looks go; the words of the others are made readable. */
static bool notes_shown(Store *s, HandoverNote *all, size_t *n, Arena *a, Err *err)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        HandoverNote note = all[i];
        CipherAt at = { .key = note.case_key, .table = "handover_note", .seq = note.key };
        if (note.case_key && sight_hides(s, note.case_key)) continue;
        if (note.case_key && (!sight_shown_id(s, note.case_key, &note.case_id, a, err) || !cipher_in_words(s, &at, "reason", &note.text, a, err)))
            return false;
        all[kept++] = note;
    }
    *n = kept;
    return true;
}

bool store_handover_notes(Store *s, Role role, const char *by, Time now, size_t limit, Arena *a, HandoverNote **out, size_t *n, Err *err)
{
    size_t cap = 0;
    Stmt *q;

    *n = 0;
    *out = NULL;
    if (!sight_fresh(s, err)) return false;
    q = stmt(s, SQL_HANDOVER_NOTES);
    bind_text(q, "role", role_word(role));
    bind_text(q, "by", by);
    bind_int(q, "now", now);
    bind_int(q, "limit", (int64_t)limit);
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[(*n)++] = (HandoverNote){ .key = col_int(q, 0),
            .role = role,
            .until = col_int(q, 1),
            .case_key = col_null(q, 2) ? 0 : col_int(q, 2),
            .case_id = col_null(q, 2) ? "" : col_text(q, 8, a),
            .text = col_text(q, 3, a),
            .by = col_text(q, 4, a),
            .at = col_int(q, 5),
            .read_by = col_text(q, 6, a),
            .read = col_int(q, 7) != 0 };
    }
    return stmt_end(q, err) && notes_shown(s, *out, n, a, err);
}
