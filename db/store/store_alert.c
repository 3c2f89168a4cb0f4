/* store_alert.c — alerts that wait for somebody, and what was said to them.
** Whoever knows the policy says which alerts fire on a case; of these the ones that were answered on the same basis are quiet, and the
** rows are made equal to the rest, writing only the difference. An answer is a fact: it is never taken back, and it is of one basis, so
** that the alert waits again by itself when the facts behind it change.
** Finding out what fires means reading accounts word by word. So that a recheck need not do that for every case, a mark is noted of what
** the rows were made from: the revision of the case, the policy, the program, and the rows themselves. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { ALERT_ID_MAX = 64, BASIS_LEN = 16, RANKS = 4 };

/* ---- answers ---- */

static bool answers_read(Store *s, CaseKey key, Arena *a, AlertAnswer **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_ALERT_ANSWERS_OF_CASE);
    CipherAt at = { .key = key, .table = "alert_answer" };
    AlertAnswer *all = NULL;
    size_t cap = 0;
    bool ok = true;

    *n = 0;
    bind_int(q, "case_key", key);
    while (ok && stmt_row(q)) {
        all = mem_room(all, *n, &cap, sizeof *all);
        all[*n] = (AlertAnswer){ .alert = col_text(q, 0, a),
            .basis = col_text(q, 1, a),
            .dismissed = str_eq(s->engine->get_text(q->raw, 2).p, "dismissed"),
            .reason = col_text(q, 3, a),
            .by = col_text(q, 4, a),
            .at = col_int(q, 5) };
        ok = cipher_in_words(s, &at, "reason", &all[(*n)++].reason, a, err);
    }
    *out = arena_alloc(a, (*n + 1) * sizeof **out);
    if (*n) memcpy(*out, all, *n * sizeof **out);
    mem_free(all);
    return stmt_end(q, ok ? err : NULL) && ok;
}

bool store_alert_answers(Store *s, CaseKey key, Arena *a, AlertAnswer **out, size_t *n, Err *err)
{
    *n = 0;
    return sight_is_there(s, key, err) && answers_read(s, key, a, out, n, err);
}

static bool answered(const AlertAnswer *all, size_t n, const char *alert, const char *basis)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].alert, alert) && str_eq(all[i].basis, basis)) return true;
    return false;
}

static bool answer_put(Tx *tx, CaseKey key, const AlertAnswer *answer, Arena *a, Err *err)
{
    CipherAt at = { .key = key, .table = "alert_answer" };
    const char *reason = answer->reason ? answer->reason : "";
    AlertAnswer *all;
    size_t n;
    Stmt *q;

    if (!tx_touch(tx, err) || !store_alert_answers(tx->store, key, a, &all, &n, err)) return false;
    if (answered(all, n, answer->alert, answer->basis)) return err_set(err, ERR_STALE, "alert", "This alert was answered already.");
    if (!cipher_out(tx->store, &at, "reason", &reason, a, err)) return false;
    q = stmt(tx->store, SQL_ALERT_ANSWER_ADD);
    bind_int(q, "case_key", key);
    bind_text(q, "alert", answer->alert);
    bind_text(q, "basis", answer->basis);
    bind_text(q, "answer", answer->dismissed ? "dismissed" : "acted");
    bind_text(q, "reason", reason);
    bind_text(q, "by", answer->by);
    bind_int(q, "at", answer->at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_alert_answer(Tx *tx, CaseKey key, const AlertAnswer *answer, Err *err)
{
    Arena *a = arena_new_secret();
    bool ok = answer_put(tx, key, answer, a, err);

    arena_free(&a);
    return ok;
}

/* ---- the rows of a case ---- */

typedef struct Row {
    const char *id, *basis, *owner, *case_id;
    Time since;
    int rank;
} Row;

static Row row_read(Stmt *q, Arena *a)
{
    return (Row){ .id = col_text(q, 1, a),
        .basis = col_text(q, 2, a),
        .owner = col_text(q, 3, a),
        .since = col_int(q, 4),
        .case_id = col_text(q, 5, a),
        .rank = (int)col_int(q, 6) };
}

static bool rows_read(Store *s, CaseKey key, Arena *a, Row **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_ALERT_OF_CASE);
    Row *rows = NULL;
    size_t cap = 0;

    *n = 0;
    bind_int(q, "case_key", key);
    while (stmt_row(q)) {
        rows = mem_room(rows, *n, &cap, sizeof *rows);
        rows[(*n)++] = row_read(q, a);
    }
    *out = arena_alloc(a, (*n + 1) * sizeof **out);
    if (*n) memcpy(*out, rows, *n * sizeof **out);
    mem_free(rows);
    return stmt_end(q, err);
}

typedef struct OfCase { /* what rows say of their case */
    const char *id; /* the inner one */
    bool veiled;
} OfCase;

static bool of_case_read(Store *s, CaseKey key, Arena *a, OfCase *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_ROW);

    bind_int(q, "key", key);
    *out = (OfCase){ stmt_row(q) ? col_text(q, 2, a) : "", sight_veils(s, key) };
    return stmt_end(q, err);
}

static bool fits(const CaseAlert *x, Err *err)
{
    size_t n = strlen(x->id);

    if (n >= 1 && n <= ALERT_ID_MAX && strlen(x->basis) == BASIS_LEN) return true;
    return err_set(err, ERR_INVALID, "alert", "The name of an alert has 1 to %d letters: %.80s.", ALERT_ID_MAX, x->id);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const Row *)a)->id, ((const Row *)b)->id);
}

/* Those that fire and were not answered, in order of id. */
static bool rows_wanted(const OfCase *of, const Derivation *is, const AlertAnswer *said, size_t n_said, Arena *a, Row **out,
    size_t *n, Err *err)
{
    char owner[40];

    *out = arena_alloc(a, (is->n_alerts + 1) * sizeof **out);
    *n = 0;
    for (size_t i = 0; i < is->n_alerts; i++) {
        const CaseAlert *x = &is->alerts[i];
        if (!fits(x, err)) return false;
        if (answered(said, n_said, x->id, x->basis)) continue;
        (*out)[(*n)++] = (Row){ x->id, x->basis, arena_dup(a, veiled_word(x->owner, of->veiled, owner)), of->id, x->since,
            rank_of_grade(is->badge.grade) };
    }
    if (*n > 1) qsort(*out, *n, sizeof **out, by_id);
    return true;
}

static bool row_same(const Row *a, const Row *b)
{
    return str_eq(a->id, b->id) && str_eq(a->basis, b->basis) && str_eq(a->owner, b->owner) &&
           str_eq(a->case_id, b->case_id) && a->since == b->since && a->rank == b->rank;
}

/* ---- making the rows equal ---- */

static bool row_put(Store *s, SqlId how, CaseKey key, const Row *r, Err *err)
{
    Stmt *q = stmt(s, how);

    bind_int(q, "case_key", key);
    bind_text(q, "alert", r->id);
    bind_text(q, "basis", r->basis);
    bind_text(q, "owner", r->owner);
    bind_int(q, "since", r->since);
    bind_text(q, "case_id", r->case_id);
    bind_int(q, "rank", r->rank);
    s->rows_changed++;
    return stmt_run(q, err);
}

static bool row_delete(Store *s, CaseKey key, const Row *r, Err *err)
{
    Stmt *q = stmt(s, SQL_ALERT_DELETE);

    bind_int(q, "case_key", key);
    bind_text(q, "alert", r->id);
    s->rows_changed++;
    return stmt_run(q, err);
}

static bool rows_equalize(Store *s, CaseKey key, const Row *old, size_t n_old, const Row *new, size_t n_new, Err *err)
{
    size_t i = 0, k = 0;

    while (i < n_old || k < n_new) {
        int order = i == n_old ? 1 : k == n_new ? -1 : strcmp(old[i].id, new[k].id);
        bool ok = order < 0   ? row_delete(s, key, &old[i], err)
                  : order > 0 ? row_put(s, SQL_ALERT_INSERT, key, &new[k], err)
                              : row_same(&old[i], &new[k]) || row_put(s, SQL_ALERT_UPDATE, key, &new[k], err);
        if (!ok) return false;
        if (order <= 0) i++;
        if (order >= 0) k++;
    }
    return true;
}

/* ---- of what they were made ---- */

static void add(Hasher *h, const char *text)
{
    crypto_hash_add(h, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void add_number(Hasher *h, int64_t n)
{
    crypto_hash_add(h, &n, sizeof n);
}

static void mark_start(Hasher *h, Rev rev, const Derivation *is)
{
    crypto_hash_start(h, "book124-alerts-v2");
    add_number(h, rev);
    add_number(h, is->policy_key);
    add(h, is->maker);
}

static void mark_row(Hasher *h, const Row *r)
{
    add(h, r->id);
    add(h, r->basis);
    add(h, r->owner);
    add(h, r->case_id);
    add_number(h, r->since);
    add_number(h, r->rank);
}

/* Never 0, which is for what was never made. */
static int64_t mark_end(Hasher *h)
{
    uint8_t hash[HASH_BYTES];
    int64_t mark;

    crypto_hash_end(h, hash);
    memcpy(&mark, hash, sizeof mark);
    return mark ? mark : 1;
}

/* ---- those of restricted cases, for who may see them ---- */

static AlertRow shown(CaseKey key, const Row *r)
{
    bool veiled;
    Role owner = veiled_owner(r->owner, &veiled);

    return (AlertRow){ key, r->case_id, r->id, r->basis, owner, grade_of_rank(r->rank), r->since, veiled };
}

bool veiled_alerts(Store *s, RoleSet owners, Arena *a, AlertRow **out, size_t *n, Err *err)
{
    size_t at = 0, cap = 0, n_rows;
    Row *rows;
    CaseKey key;

    *out = NULL, *n = 0;
    while ((key = sight_seen(s, &at)) != 0) {
        if (!rows_read(s, key, a, &rows, &n_rows, err)) return false;
        for (size_t i = 0; i < n_rows; i++) {
            AlertRow row = shown(key, &rows[i]);
            if (!(owners & ROLE_BIT(row.owner))) continue;
            *out = arena_room(a, *out, *n, &cap, sizeof **out);
            (*out)[(*n)++] = row;
        }
    }
    return true;
}

static bool rev_read(Store *s, CaseKey key, Rev *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_ROW);
    bool found;

    bind_int(q, "key", key);
    found = stmt_row(q);
    if (found) *out = col_int(q, 1);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "There is no such case.");
}

static bool mark_put(Store *s, CaseKey key, const Derivation *is, const Row *rows, size_t n,
    const AlertStretch *stretches, size_t n_stretches, Err *err)
{
    Hasher h;
    Rev rev = 0;
    Stmt *q;

    if (!rev_read(s, key, &rev, err)) return false;
    mark_start(&h, rev, is);
    for (size_t i = 0; i < n; i++) mark_row(&h, &rows[i]);
    for (size_t i = 0; i < n_stretches; i++) stretch_mark(&h, &stretches[i]);
    q = stmt(s, SQL_ALERT_MARK_PUT);
    bind_int(q, "case_key", key);
    bind_int(q, "mark", mark_end(&h));
    if (!stmt_run(q, err)) return false;
    s->rows_changed += s->engine->changes(s->conn);
    return true;
}

bool store_alert_apply(Tx *tx, CaseKey key, const Derivation *is, Err *err)
{
    Store *s = tx->store;
    Arena *a;
    Row *old, *new;
    AlertAnswer *said = NULL;
    AlertStretch *stretches = NULL;
    size_t n_old, n_new, n_said = 0, n_stretches = 0;
    OfCase of = { 0 };
    bool ok;

    if (!tx_touch(tx, err) || !sight_fresh(s, err)) return false;
    a = arena_new_secret();
    ok = rows_read(s, key, a, &old, &n_old, err) &&
         ((is->n_alerts == 0 && is->n_runs == 0) || answers_read(s, key, a, &said, &n_said, err)) &&
         of_case_read(s, key, a, &of, err) && rows_wanted(&of, is, said, n_said, a, &new, &n_new, err) &&
         rows_equalize(s, key, old, n_old, new, n_new, err);
    if (ok && !of.veiled) /* what became of alerts is told of all cases together: restricted ones are in no such figure */
        n_stretches = alert_stretches(is->runs, is->n_runs, said, n_said, a, &stretches);
    ok = ok && stretches_equalize(s, key, stretches, n_stretches, err) &&
         mark_put(s, key, is, new, n_new, stretches, n_stretches, err);
    arena_free(&a);
    return ok;
}

bool alerts_drop(Store *s, CaseKey key, Err *err)
{
    Arena *a = arena_new();
    Row *old;
    size_t n;
    bool ok = rows_read(s, key, a, &old, &n, err) && rows_equalize(s, key, old, n, NULL, 0, err) &&
              stretches_equalize(s, key, NULL, 0, err);

    arena_free(&a);
    return ok;
}

/* ---- beside a walk of cases ---- */

bool alerts_same(DerivedCursor *d, const CaseRow *row, const Derivation *is, int64_t mark, Arena *a)
{
    Hasher h;
    Row there;

    mark_start(&h, row->rev, is);
    for (; d->on_alert && col_int(d->alerts, 0) == row->key; d->on_alert = stmt_row(d->alerts)) {
        there = row_read(d->alerts, a);
        mark_row(&h, &there);
    }
    stretches_mark_walked(d->stretches, &d->on_stretch, row->key, &h, a);
    return mark_end(&h) == mark;
}

/* ---- the queue ---- */

typedef struct Page {
    Store *store;
    const AlertQuery *q;
    Arena *arena;
    AlertRow *rows;
    size_t n, cap;
} Page;

static void page_take(Page *p, Stmt *q, Role owner, int rank)
{
    p->rows = mem_room(p->rows, p->n, &p->cap, sizeof *p->rows);
    p->rows[p->n++] = (AlertRow){ .key = col_int(q, 4),
        .case_id = col_text(q, 1, p->arena),
        .alert = col_text(q, 2, p->arena),
        .basis = col_text(q, 3, p->arena),
        .owner = owner,
        .grade = grade_of_rank(rank),
        .since = col_int(q, 0) };
}

/* Of one owner and rank, from the place on (NULL: from its end), as many as there is room for. */
static bool owner_read(Page *p, Role owner, int rank, const AlertRow *from, size_t want, Err *err)
{
    bool back = p->q->backwards;
    Stmt *q = stmt(p->store, back ? SQL_ALERT_QUEUE_BEFORE : SQL_ALERT_QUEUE_AFTER);

    bind_text(q, "owner", role_word(owner));
    bind_int(q, "rank", rank);
    bind_int(q, "since", from ? from->since : back ? INT64_MAX : INT64_MIN);
    bind_text(q, "case_id", from ? from->case_id : "");
    bind_text(q, "alert", from ? from->alert : "");
    bind_int(q, "limit", (int64_t)want);
    while (stmt_row(q)) page_take(p, q, owner, rank);
    return stmt_end(q, err);
}

static int in_order(const void *a, const void *b)
{
    const AlertRow *x = a, *y = b;
    int c;

    if (x->since != y->since) return x->since < y->since ? -1 : 1;
    c = strcmp(x->case_id, y->case_id);
    return c ? c : strcmp(x->alert, y->alert);
}

static int against_order(const void *a, const void *b)
{
    return in_order(b, a);
}

/* What the page still has room for of one rank, in the order it is read. */
static bool rank_read(Page *p, int rank, const AlertRow *from, Err *err)
{
    size_t had = p->n, want = p->q->limit - p->n;

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if ((p->q->roles & ROLE_BIT(r)) && !owner_read(p, r, rank, from, want, err)) return false;
    if (p->n == had) return true;
    qsort(p->rows + had, p->n - had, sizeof *p->rows, p->q->backwards ? against_order : in_order);
    if (p->n > p->q->limit) p->n = p->q->limit;
    return true;
}

static int in_queue(const void *a, const void *b)
{
    const AlertRow *x = a, *y = b;
    int g = rank_of_grade(x->grade), h = rank_of_grade(y->grade);

    return g != h ? (g < h ? -1 : 1) : in_order(a, b);
}

static int against_queue(const void *a, const void *b)
{
    return in_queue(b, a);
}

/* Those of restricted cases on the asked side of `from`, among the others. */
static bool veiled_merge(Page *p, Err *err)
{
    const AlertRow *from = p->q->from;
    AlertRow *more;
    size_t n;

    if (!veiled_alerts(p->store, p->q->roles, p->arena, &more, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (from && (p->q->backwards ? in_queue(&more[i], from) >= 0 : in_queue(&more[i], from) <= 0)) continue;
        p->rows = mem_room(p->rows, p->n, &p->cap, sizeof *p->rows);
        p->rows[p->n++] = more[i];
    }
    if (n) qsort(p->rows, p->n, sizeof *p->rows, p->q->backwards ? against_queue : in_queue);
    if (p->n > p->q->limit) p->n = p->q->limit;
    return true;
}

static bool page_read(Page *p, Err *err)
{
    const AlertRow *from = p->q->from;
    bool back = p->q->backwards;
    int there = from ? rank_of_grade(from->grade) : back ? RANKS - 1 : 0;

    for (int rank = there; rank >= 0 && rank < RANKS && p->n < p->q->limit; rank += back ? -1 : 1)
        if (!rank_read(p, rank, rank == there ? from : NULL, err)) return false;
    return veiled_merge(p, err);
}

/* Rows lie in the order of inner numbers, and are told by the others. */
static bool ids_shown(const Page *p, Err *err)
{
    for (size_t i = 0; i < p->n; i++)
        if (!sight_shown_id(p->store, p->rows[i].key, &p->rows[i].case_id, p->arena, err)) return false;
    return true;
}

static bool from_inner(Store *s, const AlertRow *from, Arena *a, AlertRow *out, Err *err)
{
    OfCase of;

    *out = *from;
    if (!from->key) return true;
    if (!of_case_read(s, from->key, a, &of, err)) return false;
    if (*of.id) out->case_id = of.id;
    return true;
}

bool store_alert_page(Store *s, const AlertQuery *asked, Arena *a, AlertRow **rows, size_t *n, Err *err)
{
    AlertQuery query = *asked, *q = &query;
    Page p = { .store = s, .q = q, .arena = a };
    AlertRow from;
    bool ok;

    *rows = NULL;
    *n = 0;
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err) && (!q->from || from_inner(s, q->from, a, &from, err));
    if (ok && q->from) q->from = &from;
    ok = ok && page_read(&p, err) && ids_shown(&p, err);
    read_end(s);
    if (ok) {
        *rows = arena_alloc(a, (p.n + 1) * sizeof **rows);
        for (size_t i = 0; i < p.n; i++) (*rows)[i] = p.rows[q->backwards ? p.n - 1 - i : i];
        *n = p.n;
    }
    mem_free(p.rows);
    return ok;
}

bool store_alert_of_case(Store *s, CaseKey key, Arena *a, AlertRow **rows, size_t *n, Err *err)
{
    Row *all;
    bool ok;

    *n = 0;
    if (!read_begin(s, err)) return false;
    ok = sight_is_there(s, key, err) && rows_read(s, key, a, &all, n, err);
    *rows = arena_alloc(a, (*n + 1) * sizeof **rows);
    for (size_t i = 0; ok && i < *n; i++) {
        (*rows)[i] = shown(key, &all[i]);
        ok = sight_shown_id(s, key, &(*rows)[i].case_id, a, err);
    }
    read_end(s);
    return ok;
}

static bool veiled_count(Store *s, RoleSet roles, int64_t *out, Err *err)
{
    Arena *a = arena_new();
    AlertRow *rows;
    size_t n = 0;
    bool ok = sight_fresh(s, err) && veiled_alerts(s, roles, a, &rows, &n, err);

    *out += (int64_t)n;
    arena_free(&a);
    return ok;
}

bool store_alert_count(Store *s, RoleSet roles, int64_t *out, Err *err)
{
    int64_t n;
    bool ok = true;

    *out = 0;
    if (!read_begin(s, err)) return false;
    for (Role r = ROLE_NONE + 1; ok && r < ROLE_COUNT; r++) {
        if (!(roles & ROLE_BIT(r))) continue;
        Stmt *q = stmt(s, SQL_ALERT_COUNT);
        bind_text(q, "owner", role_word(r));
        ok = stmt_number(q, &n, err);
        if (ok) *out += n;
    }
    ok = ok && veiled_count(s, roles, out, err);
    read_end(s);
    return ok;
}
