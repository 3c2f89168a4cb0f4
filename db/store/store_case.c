/* store_case.c — cases: found, read, added, and extended.
** Facts are only added. An entry that says more than before is a new version of itself; everything written carries the
** number of its log entry. Search keys follow each change; duties are the business of whoever knows the policy. */
#include "inside.h"

#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- finding ---- */

static void row_read(Stmt *q, int at, Arena *a, CaseRow *out)
{
    *out = (CaseRow){ .key = col_int(q, at),
        .rev = col_int(q, at + 1),
        .id = col_text(q, at + 2, a),
        .changed_at = col_time(q, at + 3),
        .changed_by = col_text(q, at + 4, a) };
}

/* The row of a key as who looks sees it; *found is false when there is none, or none for them. */
static bool row_of(Store *s, CaseKey key, Arena *a, CaseRow *out, bool *found, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_ROW);
    bool erased;

    bind_int(q, "key", key);
    *found = stmt_row(q);
    if (*found) row_read(q, 0, a, out);
    if (!stmt_end(q, err) || !sight_fresh(s, err) || !sight_is_erased(s, key, &erased, err)) return false;
    *found = *found && !erased && !sight_hides(s, key);
    if (!*found) *out = (CaseRow){ 0 }; /* nothing of it is told, its key neither */
    if (!*found) return true;
    out->restricted = sight_veils(s, key);
    out->enciphered = cipher_of(s, key) != 0;
    return sight_shown_id(s, key, &out->id, a, err);
}

bool store_case_find(Store *s, const char *id, Arena *a, CaseRow *out, Err *err)
{
    CaseKey key = 0;
    bool found = false, ok;

    if (!read_begin(s, err)) return false;
    ok = sight_key(s, id, &key, err) && (key == 0 || row_of(s, key, a, out, &found, err));
    read_end(s);
    return ok && (found || err_set(err, ERR_MISSING, "", "There is no case with the number %s.", id));
}

/* No index has what lies enciphered: the few that are there for who looks are opened. */
static bool veiled_by_cad(Store *s, const char *cad_number, CaseKey *key, Err *err)
{
    Arena *a = arena_new_secret();
    CaseKey next;
    size_t from = 0;
    bool ok = true;

    while (ok && *key == 0 && (next = sight_seen(s, &from)) != 0) {
        CipherAt at = { .key = next, .table = "case_head" };
        Stmt *q = stmt(s, SQL_CASE_CAD);
        const char *number = NULL;
        bind_int(q, "case_key", next);
        if (stmt_row(q)) at.version = col_int(q, 0), number = col_text(q, 1, a);
        ok = stmt_end(q, err);
        if (ok && cipher_in(s, &at, "cad_number", &number, a, NULL) && str_eq(number, cad_number)) *key = next;
    }
    arena_free(&a);
    return ok;
}

static bool key_by_cad(Store *s, const char *cad_number, CaseKey *key, Err *err)
{
    Stmt *q;

    *key = 0;
    if (!sight_fresh(s, err)) return false;
    q = stmt(s, SQL_CASE_BY_CAD);
    bind_text(q, "cad_number", cad_number);
    while (*key == 0 && stmt_row(q))
        if (!sight_hides(s, col_int(q, 0))) *key = col_int(q, 0);
    return stmt_end(q, err) && (*key || veiled_by_cad(s, cad_number, key, err));
}

bool store_case_by_cad(Store *s, const char *cad_number, Arena *a, CaseRow *out, Err *err)
{
    CaseKey key = 0;
    bool found = false, ok;

    if (!read_begin(s, err)) return false;
    ok = key_by_cad(s, cad_number, &key, err) && (key == 0 || row_of(s, key, a, out, &found, err));
    read_end(s);
    return ok && (found || err_set(err, ERR_MISSING, "", "There is no case with the CAD number %s.", cad_number));
}

bool store_case_count(Store *s, int64_t *out, Err *err)
{
    bool ok;

    if (!read_begin(s, err)) return false;
    ok = stmt_number(stmt(s, SQL_CASE_COUNT), out, err) && sight_fresh(s, err);
    read_end(s);
    *out -= ok ? sight_hidden(s) : 0;
    return ok;
}

/* ---- reading ---- */

/* The number that the case itself has. */
static bool id_read(Store *s, CaseKey key, Arena *a, const char **id, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_ROW);
    bool found;

    bind_int(q, "key", key);
    found = stmt_row(q);
    if (found) *id = col_text(q, 2, a);
    if (!stmt_end(q, err)) return false;
    if (!found) return err_set(err, ERR_MISSING, "", "There is no such case.");
    return sight_own_id(s, key, id, a, err);
}

bool store_case_load(Store *s, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *out, Err *err)
{
    const char *id = NULL;
    bool ok;

    if (!read_begin(s, err)) return false;
    ok = sight_is_there(s, key, err) && id_read(s, key, a, &id, err) && case_rows_load(s, key, v, a, out, NULL, err);
    read_end(s);
    if (!ok) return false;
    out->id = id;
    case_sort(out);
    return true;
}

static bool act_then(Store *s, CaseKey key, Time then, int64_t *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_ACT_THEN);

    bind_int(q, "case_key", key);
    bind_time(q, "at", then);
    return stmt_number(q, out, err);
}

bool store_case_load_then(Store *s, CaseKey key, Time then, const Vocabs *v, Arena *a, CaseDoc *out, Err *err)
{
    const char *id = NULL;
    int64_t until;
    bool ok;

    if (!read_begin(s, err)) return false;
    ok = sight_is_there(s, key, err) && id_read(s, key, a, &id, err) && act_then(s, key, then, &until, err) &&
         case_rows_then(s, key, until, v, a, out, err);
    read_end(s);
    if (!ok) return false;
    out->id = id;
    case_sort(out);
    return true;
}

bool store_case_row(Store *s, CaseKey key, Arena *a, CaseRow *out, Err *err)
{
    bool found = false, ok;

    if (!read_begin(s, err)) return false;
    ok = row_of(s, key, a, out, &found, err);
    read_end(s);
    return ok && (found || err_set(err, ERR_MISSING, "", "There is no such case."));
}

/* ---- adding a case ---- */

typedef struct Writing { /* what every step of a write on one case needs */
    Store *store;
    CaseKey key;
    int64_t act;
    const Vocabs *v;
} Writing;

static bool put(
    const Writing *w, CaseListId list, int64_t owner, int64_t seq, int64_t version, const void *item, Err *err)
{
    Entry e = { .key = w->key, .owner = owner, .seq = seq, .version = version, .act = w->act };

    return entry_add(w->store, list, &e, item, w->v, err);
}

static bool statuses_put(const Writing *w, int64_t person, const Person *p, size_t from, Err *err)
{
    for (size_t i = from; i < p->n_status; i++)
        if (!put(w, LIST_STATUS, person, (int64_t)i + 1, 1, &p->status[i], err)) return false;
    return true;
}

static bool list_put(const Writing *w, CaseListId list, const CaseDoc *doc, Err *err)
{
    size_t n, size = case_lists[list].item_size;
    const char *items = case_items(doc, list, &n);

    for (size_t i = 0; i < n; i++) {
        if (!put(w, list, 0, (int64_t)i + 1, 1, items + i * size, err)) return false;
        if (list == LIST_PEOPLE && !statuses_put(w, (int64_t)i + 1, &doc->people[i], 0, err)) return false;
    }
    return true;
}

static bool row_insert(Store *s, CaseKey key, const char *id, Time now, const char *who, bool *taken, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_INSERT);

    bind_int(q, "key", key);
    bind_text(q, "id", id);
    bind_time(q, "now", now);
    bind_text(q, "who", who);
    stmt_row(q);
    *taken = q->result == ENG_CONSTRAINT;
    return stmt_end(q, *taken ? NULL : err) || *taken;
}

static bool twin_add(Store *s, CaseKey key, const char *id, int64_t act, Err *err)
{
    Stmt *q = stmt(s, SQL_TWIN_ADD);

    bind_int(q, "case_key", key);
    bind_text(q, "id", id);
    bind_int(q, "act", act);
    return stmt_run(q, err);
}

/* A number that is taken by a case which is not there for who writes is free for them: theirs becomes a case of its own beside it. */
static bool file_insert(Store *s, const CaseDoc *doc, Time now, const char *who, int64_t act, CaseKey *key, Err *err)
{
    char inside[24];
    bool taken, erased = false;
    CaseKey there = 0;

    if (!stmt_number(stmt(s, SQL_CASE_NEXT), key, err)) return false;
    if (!row_insert(s, *key, doc->id, now, who, &taken, err)) return false;
    if (taken && (!sight_key(s, doc->id, &there, err) || !sight_is_erased(s, there, &erased, err))) return false;
    if (erased) return err_set(err, ERR_INVALID, "id", "The case %s was erased: nothing of it is taken in again.", doc->id);
    if (there) return err_set(err, ERR_INVALID, "id", "There is already a case with the number %s.", doc->id);
    if (!taken) return true;
    snprintf(inside, sizeof inside, "%c%" PRId64, TWIN_MARK, *key);
    return row_insert(s, *key, inside, now, who, &taken, err) && twin_add(s, *key, doc->id, act, err);
}

static bool list_begins(const Writing *w, const CaseDoc *doc, CaseKey beside, Time now, const char *who, Err *err)
{
    bool veiled = beside && sight_fresh(w->store, err) && sight_veils(w->store, beside);

    if (!veiled) return doc->restricted_at == TIME_NONE || access_begin(w->store, w->key, who, now, w->act, err);
    return access_begin_as(w->store, w->key, beside, who, now, w->act, err);
}

bool store_case_insert(Tx *tx, const CaseDoc *doc, const Vocabs *v, Time now, const char *who, CaseRow *out, Err *err)
{
    return store_case_insert_beside(tx, doc, 0, v, now, who, out, err);
}

bool store_case_insert_beside(Tx *tx, const CaseDoc *doc, CaseKey beside, const Vocabs *v, Time now, const char *who, CaseRow *out, Err *err)
{
    Writing w = { .store = tx->store, .act = tx->act, .v = v };

    tx->store->cipher.wrote = false;
    if (!tx_touch(tx, err) || !cipher_fresh(w.store, err) || !file_insert(w.store, doc, now, who, w.act, &w.key, err)) return false;
    if (!list_begins(&w, doc, beside, now, who, err)) return false;
    if (!head_add(w.store, w.key, 1, w.act, doc, v, err)) return false;
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        if (!list_put(&w, list, doc, err)) return false;
    if (!search_keys_change(w.store, w.key, NULL, doc, v, err)) return false;
    if (out) *out = (CaseRow){ w.key, 1, doc->id, now, who, doc->restricted_at != TIME_NONE, false };
    return true;
}

/* ---- raising the revision ---- */

static bool stale(Store *s, CaseKey key, Err *err)
{
    Arena *a = arena_new();
    CaseRow row = { 0 };
    char at[CIVIL_TEXT];
    bool found;

    if (row_of(s, key, a, &row, &found, err)) {
        if (found)
            err_set(err, ERR_STALE, "", "%s was changed by %s at %s. Look at it again: nothing of yours was saved.",
                row.id, row.changed_by, civil_words_short(row.changed_at, at));
        else
            err_set(err, ERR_MISSING, "", "There is no such case.");
    }
    arena_free(&a);
    return false;
}

bool case_rev_raise(Store *s, CaseKey key, Rev rev, Time now, const char *who, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_RAISE);

    bind_int(q, "key", key);
    bind_int(q, "rev", rev);
    bind_time(q, "now", now);
    bind_text(q, "who", who);
    if (!stmt_run(q, err)) return false;
    return s->engine->changes(s->conn) == 1 || WITHOUT("stale") || stale(s, key, err);
}

/* ---- what is new in `after`, entry by entry ---- */

typedef struct Step { /* one list, before and after */
    const Writing *w;
    CaseListId list;
    const char *before, *after;
    size_t n_before, n_after, size;
    int64_t *of_before; /* which entry of `after` each one of `before` became, -1 when none */
    bool *taken;        /* entries of `after` that are spoken for */
} Step;

static bool texts_same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool field_same(const CaseField *f, const void *a, const void *b)
{
    const char *x = (const char *)a + f->offset, *y = (const char *)b + f->offset;

    switch (f->kind) {
    case FIELD_TIME: return memcmp(x, y, sizeof(Time)) == 0;
    case FIELD_DATE: return memcmp(x, y, sizeof(Date)) == 0;
    case FIELD_CODE: return memcmp(x, y, sizeof(Code)) == 0;
    case FIELD_YES: return memcmp(x, y, sizeof(bool)) == 0;
    default: return texts_same(*(const char *const *)(const void *)x, *(const char *const *)(const void *)y);
    }
}

static bool field_absent(const CaseField *f, const void *item)
{
    const void *p = (const char *)item + f->offset;

    switch (f->kind) {
    case FIELD_TIME: return *(const Time *)p == TIME_NONE;
    case FIELD_DATE: return *(const Date *)p == DATE_NONE;
    case FIELD_CODE: return *(const Code *)p == CODE_NONE;
    case FIELD_YES: return false;
    default: return texts_same(*(const char *const *)p, "");
    }
}

typedef bool Match(CaseListId list, const void *before, const void *after);

static bool is_same(CaseListId list, const void *before, const void *after)
{
    for (size_t i = 0; i < case_lists[list].n_fields; i++)
        if (!field_same(&case_lists[list].fields[i], before, after)) return false;
    return true;
}

/* The same entry, saying more: a person by the key, a consent by the agency, others by all they said before. */
static bool is_grown(CaseListId list, const void *before, const void *after)
{
    if (list == LIST_PEOPLE) return texts_same(((const Person *)before)->key, ((const Person *)after)->key);
    if (list == LIST_CONSENT) return texts_same(((const Consent *)before)->to, ((const Consent *)after)->to);
    for (size_t i = 0; i < case_lists[list].n_fields; i++) {
        const CaseField *f = &case_lists[list].fields[i];
        if (!field_absent(f, before) && !field_same(f, before, after)) return false;
    }
    return true;
}

static void pair(Step *t, Match *match)
{
    size_t next = 0;

    for (size_t i = 0; i < t->n_before; i++) {
        for (size_t seen = 0; t->of_before[i] < 0 && seen < t->n_after; seen++) {
            size_t k = next < t->n_after ? next : 0;
            next = k + 1;
            if (t->taken[k] || !match(t->list, t->before + i * t->size, t->after + k * t->size)) continue;
            t->taken[k] = true;
            t->of_before[i] = (int64_t)k;
        }
    }
}

/* The statuses of one person: those that are new. */
static bool statuses_extend(const Writing *w, int64_t person, const Person *before, const Person *after, Err *err)
{
    int64_t seq = (int64_t)before->n_status;
    bool *taken = mem_new(before->n_status + 1);
    bool ok = true;

    for (size_t i = 0; ok && i < after->n_status; i++) {
        size_t k = 0;
        while (k < before->n_status && (taken[k] || !is_same(LIST_STATUS, &before->status[k], &after->status[i]))) k++;
        if (k < before->n_status)
            taken[k] = true;
        else
            ok = put(w, LIST_STATUS, person, ++seq, 1, &after->status[i], err);
    }
    mem_free(taken);
    return ok;
}

static bool entry_again(const Step *t, size_t i, const void *item, Err *err)
{
    Stmt *q = list_stmt(t->w->store, t->list, LIST_VERSION);
    int64_t version;

    bind_int(q, "case_key", t->w->key);
    bind_int(q, "seq", (int64_t)i + 1);
    return stmt_number(q, &version, err) && put(t->w, t->list, 0, (int64_t)i + 1, version + 1, item, err);
}

static bool old_entries(Step *t, Err *err)
{
    for (size_t i = 0; i < t->n_before; i++) {
        const void *was = t->before + i * t->size, *is;
        if (t->of_before[i] < 0)
            return err_set(err, ERR_INVALID, case_lists[t->list].name,
                "An entry of %s that the store has is missing here: entries are added, never removed.",
                case_lists[t->list].label);
        is = t->after + (size_t)t->of_before[i] * t->size;
        if (!is_same(t->list, was, is) && !entry_again(t, i, is, err)) return false;
        if (t->list == LIST_PEOPLE && !statuses_extend(t->w, (int64_t)i + 1, was, is, err)) return false;
    }
    return true;
}

static bool new_entries(Step *t, Err *err)
{
    int64_t seq = (int64_t)t->n_before;

    for (size_t k = 0; k < t->n_after; k++) {
        const void *item = t->after + k * t->size;
        if (t->taken[k]) continue;
        if (!put(t->w, t->list, 0, ++seq, 1, item, err)) return false;
        if (t->list == LIST_PEOPLE && !statuses_put(t->w, seq, item, 0, err)) return false;
    }
    return true;
}

static bool list_extend(const Writing *w, CaseListId list, const CaseDoc *before, const CaseDoc *after, Err *err)
{
    Step t = { .w = w, .list = list, .size = case_lists[list].item_size };
    bool ok;

    t.before = case_items(before, list, &t.n_before);
    t.after = case_items(after, list, &t.n_after);
    t.of_before = mem_new((t.n_before + 1) * sizeof *t.of_before);
    t.taken = mem_new(t.n_after + 1);
    memset(t.of_before, 0xff, t.n_before * sizeof *t.of_before);
    pair(&t, is_same);
    pair(&t, is_grown);
    ok = old_entries(&t, err) && new_entries(&t, err);
    mem_free(t.of_before);
    mem_free(t.taken);
    return ok;
}

static bool head_extend(const Writing *w, int64_t version, const CaseDoc *before, const CaseDoc *after, Err *err)
{
    for (size_t i = 0; i < case_n_scalars; i++) {
        if (str_eq(case_scalars[i].column, "id") || field_same(&case_scalars[i], before, after)) continue;
        return head_add(w->store, w->key, version + 1, w->act, after, w->v, err);
    }
    return true;
}

/* A case that becomes restricted has a list from this moment on; one that is does not stop being so by the way. */
static bool list_follows(const Writing *w, const CaseDoc *before, const CaseDoc *after, Time now, const char *who, Err *err)
{
    bool was = before->restricted_at != TIME_NONE, is = after->restricted_at != TIME_NONE;

    if (was == is) return true;
    if (!sight_fresh(w->store, err)) return false;
    if (is) return sight_veils(w->store, w->key) || access_begin(w->store, w->key, who, now, w->act, err);
    return !sight_veils(w->store, w->key) ||
           err_set(err, ERR_INVALID, "restricted_at", "A restricted case is opened by two officers, and not by the way.");
}

typedef struct Extending {
    const CaseDoc *after;
    Time now;
    const char *who;
} Extending;

static bool case_extend(const Writing *w, const Extending *x, Arena *a, Err *err)
{
    const CaseDoc *after = x->after;
    CaseDoc before;
    int64_t version;

    if (!case_rows_load(w->store, w->key, w->v, a, &before, &version, err)) return false;
    if (!list_follows(w, &before, after, x->now, x->who, err)) return false;
    if (!head_extend(w, version, &before, after, err)) return false;
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        if (!list_extend(w, list, &before, after, err)) return false;
    before.id = after->id;
    return search_keys_change(w->store, w->key, &before, after, w->v, err);
}

bool store_case_update(
    Tx *tx, CaseKey key, Rev rev, const CaseDoc *after, const Vocabs *v, Time now, const char *who, Err *err)
{
    Writing w = { tx->store, key, tx->act, v };
    Arena *a;
    bool ok;

    if (!tx_touch(tx, err) || !sight_is_there(w.store, key, err) || !case_rev_raise(w.store, key, rev, now, who, err)) return false;
    a = arena_new_secret();
    ok = case_extend(&w, &(Extending){ after, now, who }, a, err);
    arena_free(&a);
    return ok;
}

/* ---- adding one entry ---- */

/* The case with the entry in it: a person's statuses go to the person. */
static bool entry_join(CaseDoc *doc, CaseListId list, const void *item, Arena *a, Err *err)
{
    const Person *p = item;

    if (list != LIST_STATUS) {
        case_append(doc, list, item, a);
        return true;
    }
    for (size_t i = 0; i < doc->n_people; i++) {
        Person *whose = &doc->people[i];
        Status *all;
        if (!texts_same(whose->key, p->key)) continue;
        all = arena_alloc(a, (whose->n_status + p->n_status) * sizeof *all);
        if (whose->n_status) memcpy(all, whose->status, whose->n_status * sizeof *all);
        if (p->n_status) memcpy(all + whose->n_status, p->status, p->n_status * sizeof *all);
        whose->status = all;
        whose->n_status += p->n_status;
        return true;
    }
    return err_set(err, ERR_INVALID, "key", "There is no person %s in this case.", p->key ? p->key : "");
}

static bool person_is_new(const CaseDoc *doc, const Person *p, Err *err)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (texts_same(doc->people[i].key, p->key))
            return err_set(err, ERR_INVALID, "key", "There is already a person %s in this case.", p->key);
    return true;
}

static bool case_join(const Writing *w, CaseListId list, const void *item, Arena *a, Err *err)
{
    CaseDoc before, after;
    Person *people;

    if (!case_rows_load(w->store, w->key, w->v, a, &before, NULL, err) ||
        !id_read(w->store, w->key, a, &before.id, err))
        return false;
    if (list == LIST_PEOPLE && !person_is_new(&before, item, err)) return false;
    after = before;
    people = arena_alloc(a, (before.n_people + 1) * sizeof *people);
    if (before.n_people) memcpy(people, before.people, before.n_people * sizeof *people);
    after.people = people;
    return entry_join(&after, list, item, a, err) &&
           list_extend(w, list == LIST_STATUS ? LIST_PEOPLE : list, &before, &after, err) &&
           search_keys_change(w->store, w->key, &before, &after, w->v, err);
}

bool store_case_add(Tx *tx, CaseKey key, Rev rev, CaseListId list, const void *item, const Vocabs *v, Time now,
    const char *who, Err *err)
{
    Writing w = { tx->store, key, tx->act, v };
    Arena *a;
    bool ok;

    if (!tx_touch(tx, err) || !sight_is_there(w.store, key, err) || !case_rev_raise(w.store, key, rev, now, who, err)) return false;
    a = arena_new_secret();
    ok = case_join(&w, list, item, a, err);
    arena_free(&a);
    return ok;
}
