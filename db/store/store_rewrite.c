/* store_rewrite.c — the one change of what was written: the texts of one case, and never unsaid.
** Facts are added, never changed; two locks hold that, the triggers of the file and the authorizer of the connection. A case that becomes
** restricted has its text sealed where it lies, and a case that is erased loses it: for as long as that takes, inside one write, a row of
** the table `rewriting` opens the triggers for that case, and the authorizer is told. The row never reaches anybody else: it is gone before
** the write ends, and no write ends that has not told the log.
** Surprise: the text that stood there is in the log file of the store and in its pages still when the write is done. Pages are cleared as
** they are freed (secure_delete); folding the log file in, whole, clears the rest. Copies that were put aside before a step of the schema go, too. */
#include "inside.h"

#include "base/str.h"
#include "base/protection.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- the door ---- */

static bool door_told(Store *s, bool on, Err *err)
{
    EngResult r = s->engine->rewrite(s->conn, on);

    return r == ENG_DONE || engine_failed(s, r, err);
}

bool rewriting_open(Store *s, CaseKey key, bool erases, Err *err)
{
    Stmt *q;

    if (!door_told(s, true, err)) return false;
    q = stmt(s, SQL_REWRITING_OPEN);
    bind_int(q, "case_key", key);
    bind_int(q, "erases", erases);
    return stmt_run(q, err);
}

/* Whatever went wrong before: the row goes, and if it cannot, the write is lost with it. */
bool rewriting_shut(Store *s, bool ok, Err *err)
{
    ok = stmt_run(stmt(s, SQL_REWRITING_CLOSE), ok ? err : NULL) && ok;
    return door_told(s, false, ok ? err : NULL) && ok;
}

/* ---- one text ---- */

typedef struct Rewriting {
    Store *store;
    CaseKey key;
    RewriteFn *fn;
    RewriteAlso *also; /* may be NULL */
    void *with;
    Arena *a;
} Rewriting;

static bool asked(const Rewriting *w, const RewriteAt *at, const char *text, const char **out, Err *err)
{
    *out = text;
    if (!text) return true;
    if (!w->fn(w->with, at, text, w->a, out, err)) return false;
    if (at->field && *out && !**out) *out = NULL; /* an empty text is an absent one */
    return *out || !at->needed ||
           err_set(err, ERR_BUG, "", "The column %s of %s must hold something.", at->column, at->table);
}

/* ---- the lists of the catalogue ---- */

typedef struct TextRow {
    struct TextRow *next;
    int64_t seq, version;
    const char *texts[FIELDS_MAX];
} TextRow;

typedef struct TextPlan { /* one table: which fields are texts, and where they stand in its two statements */
    const char *table;
    int list;
    SqlId read, write;
    const CaseField *fields[FIELDS_MAX];
    int param[FIELDS_MAX]; /* in `write`; in `read` they come in the same order behind seq and version */
    size_t n;
} TextPlan;

static bool is_text(const CaseField *f)
{
    return f->kind != FIELD_TIME && f->kind != FIELD_DATE && f->kind != FIELD_CODE && f->kind != FIELD_YES;
}

/* False when the list has no text at all. */
static bool plan_make(Store *s, int list, TextPlan *p)
{
    bool head = list == REWRITE_HEAD;
    const CaseField *fields = head ? case_scalars : case_lists[list].fields;
    size_t n = head ? case_n_scalars : case_lists[list].n_fields;
    Stmt *q;

    *p = (TextPlan){ .table = head ? "case_head" : case_lists[list].name, .list = list };
    p->read = sql_named(p->table, "texts");
    p->write = sql_named(p->table, "rewrite");
    if (p->read == SQL_COUNT || p->write == SQL_COUNT) return false;
    q = stmt(s, p->write);
    for (size_t i = 0; i < n && q->raw; i++) {
        int at = is_text(&fields[i]) ? s->engine->parameter(q->raw, fields[i].column) : 0;
        if (!at) continue;
        p->fields[p->n] = &fields[i];
        p->param[p->n++] = at;
    }
    return true;
}

static bool rows_read(const Rewriting *w, const TextPlan *p, TextRow **out, Err *err)
{
    Stmt *q = stmt(w->store, p->read);
    TextRow **end = out;

    *out = NULL;
    bind_int(q, "case_key", w->key);
    for (; stmt_row(q); end = &(*end)->next) {
        TextRow *row = arena_alloc(w->a, sizeof *row);
        *row = (TextRow){ .seq = col_int(q, 0), .version = col_int(q, 1) };
        for (size_t i = 0; i < p->n; i++) row->texts[i] = col_text(q, p->param[i] + 1, w->a);
        *end = row;
    }
    return stmt_end(q, err);
}

static bool row_write(const Rewriting *w, const TextPlan *p, const TextRow *row, Err *err)
{
    const Engine *e = w->store->engine;
    Stmt *q = stmt(w->store, p->write);

    for (size_t i = 0; i < p->n && q->raw; i++) {
        if (row->texts[i])
            e->bind_text(q->raw, p->param[i], row->texts[i], strlen(row->texts[i]));
        else
            e->bind_null(q->raw, p->param[i]);
    }
    bind_int(q, "case_key", w->key);
    if (p->list != REWRITE_HEAD) bind_int(q, "seq", row->seq);
    bind_int(q, "version", row->version);
    return stmt_run(q, err);
}

static bool row_rewrite(const Rewriting *w, const TextPlan *p, TextRow *row, Err *err)
{
    RewriteAt at = { .table = p->table, .list = p->list, .seq = row->seq, .version = row->version };
    bool changed = false;

    for (size_t i = 0; i < p->n; i++) {
        const char *was = row->texts[i];
        at.field = p->fields[i];
        at.column = at.field->column;
        at.needed = at.field->flags & FIELD_REQUIRED;
        if (!asked(w, &at, was, &row->texts[i], err)) return false;
        changed |= row->texts[i] != was;
    }
    return !changed || row_write(w, p, row, err);
}

static bool list_rewrite(const Rewriting *w, int list, Err *err)
{
    TextPlan p;
    TextRow *row;

    if (!plan_make(w->store, list, &p)) return true;
    if (!rows_read(w, &p, &row, err)) return false;
    for (; row; row = row->next)
        if (!row_rewrite(w, &p, row, err)) return false;
    return true;
}

/* ---- outside the catalogue ---- */

typedef struct Said { /* a reason that was given */
    struct Said *next;
    int64_t key;              /* of access */
    const char *alert, *basis; /* of an answer */
    const char *reason;
} Said;

static bool answers_rewrite(const Rewriting *w, Err *err)
{
    const RewriteAt at = { .table = "alert_answer", .column = "reason", .list = REWRITE_OTHER, .needed = true };
    Stmt *q = stmt(w->store, SQL_ALERT_ANSWERS_OF_CASE);
    Said *all = NULL, **end = &all;

    bind_int(q, "case_key", w->key);
    for (; stmt_row(q); end = &(*end)->next) {
        *end = arena_alloc(w->a, sizeof **end);
        **end = (Said){ .alert = col_text(q, 0, w->a), .basis = col_text(q, 1, w->a), .reason = col_text(q, 3, w->a) };
    }
    if (!stmt_end(q, err)) return false;
    for (Said *s = all; s; s = s->next) {
        const char *was = s->reason;
        if (!asked(w, &at, was, &s->reason, err)) return false;
        if (s->reason == was) continue;
        q = stmt(w->store, SQL_ALERT_ANSWER_REWRITE);
        bind_text(q, "reason", s->reason);
        bind_int(q, "case_key", w->key);
        bind_text(q, "alert", s->alert);
        bind_text(q, "basis", s->basis);
        if (!stmt_run(q, err)) return false;
    }
    return true;
}

/* Tables whose rows have a key of their own and say why. */
static bool reasons_rewrite(const Rewriting *w, const char *table, Err *err)
{
    RewriteAt at = { .table = table, .column = "reason", .list = REWRITE_OTHER, .needed = true };
    Stmt *q = stmt(w->store, sql_named(table, "reasons"));
    Said *all = NULL, **end = &all;

    bind_int(q, "case_key", w->key);
    for (; stmt_row(q); end = &(*end)->next) {
        *end = arena_alloc(w->a, sizeof **end);
        **end = (Said){ .key = col_int(q, 0), .reason = col_text(q, 1, w->a) };
    }
    if (!stmt_end(q, err)) return false;
    for (Said *s = all; s; s = s->next) {
        const char *was = s->reason;
        at.seq = s->key;
        if (!asked(w, &at, was, &s->reason, err)) return false;
        if (s->reason == was) continue;
        q = stmt(w->store, sql_named(table, "rewrite"));
        bind_text(q, "reason", s->reason);
        bind_int(q, "key", s->key);
        bind_int(q, "case_key", w->key);
        if (!stmt_run(q, err)) return false;
    }
    return true;
}

bool rewriting_reasons(Store *s, CaseKey key, RewriteFn *fn, void *with, Arena *a, Err *err)
{
    Rewriting w = { .store = s, .key = key, .fn = fn, .with = with, .a = a };

    return reasons_rewrite(&w, "access", err) && reasons_rewrite(&w, "retention", err) && reasons_rewrite(&w, "handover_note", err);
}

/* ---- the whole case ---- */

static bool all_rewrite(const Rewriting *w, Err *err)
{
    for (int list = 0; list <= REWRITE_HEAD; list++)
        if (!list_rewrite(w, list, err)) return false;
    return answers_rewrite(w, err) && rewriting_reasons(w->store, w->key, w->fn, w->with, w->a, err) &&
           (!w->also || w->also(w->store, w->key, w->with, w->a, err));
}

/* The log is to name it as it names every case: whoever may see it. */
bool rewriting_due_in_log(Tx *tx, CaseKey key, Arena *a, Err *err)
{
    CaseRow row;
    bool ok;

    if (tx->rewritten[0])
        return err_set(err, ERR_BUG, "", "A second case was to be rewritten before the log told of the first.");
    store_view_all(tx->store, true);
    ok = store_case_row(tx->store, key, a, &row, err);
    store_view_all(tx->store, false);
    if (ok) snprintf(tx->rewritten, sizeof tx->rewritten, "%s", row.id);
    tx->rewrote |= ok;
    return ok;
}

bool store_case_rewrite(Tx *tx, CaseKey key, RewriteFn *fn, void *with, Err *err)
{
    return case_rewrite(tx, key, fn, NULL, with, err);
}

bool case_rewrite(Tx *tx, CaseKey key, RewriteFn *fn, RewriteAlso *also, void *with, Err *err)
{
    Rewriting w = { .store = tx->store, .key = key, .fn = fn, .also = also, .with = with };
    bool ok;

    if (!tx_touch(tx, err)) return false;
    w.a = arena_new_secret();
    ok = rewriting_due_in_log(tx, key, w.a, err);
    if (ok) {
        ok = rewriting_open(tx->store, key, false, err) && all_rewrite(&w, err);
        ok = rewriting_shut(tx->store, ok, err);
    }
    arena_free(&w.a);
    return ok;
}

/* ---- the log tells of it ---- */

void rewriting_hear(Tx *tx, const AuditEntry *e)
{
    if ((e->kind == AUDIT_COLLECT || e->kind == AUDIT_ALTER || e->kind == AUDIT_ERASE) && e->case_id &&
        str_eq(e->case_id, tx->rewritten))
        tx->rewritten[0] = '\0';
}

bool rewriting_logged(Tx *tx, Err *err)
{
    return !tx->rewritten[0] ||
           err_set(err, ERR_BUG, "", "What was written of a case was changed and the log does not say so. Nothing was saved: report this.");
}

/* ---- what stood there leaves the files ---- */

/* Whoever reads just now keeps old pages in the log file: they are waited for, a little. */
void rewriting_scrub(Store *s, int patience)
{
    enum { NAP_MS = 5 };
    bool whole = WITHOUT("scrub");

    for (int waited = 0;; waited += NAP_MS) {
        if (WITHOUT("scrub")) break;
        if (s->engine->checkpoint(s->conn, &whole) != ENG_DONE || whole || waited >= patience) break;
        nanosleep(&(struct timespec){ 0, NAP_MS * 1000000L }, NULL);
    }
    s->scrub_due = !(place_drop_copies(&s->place) && whole);
}

bool store_scrubbed(const Store *s)
{
    return !s->scrub_due;
}
