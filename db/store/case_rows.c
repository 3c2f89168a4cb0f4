/* case_rows.c — rows of cases and the catalogue: no list has code of its own here.
** A field is bound by the name of its column and read from the place that its parameter has in the statement that adds
** (both name the columns in one order: `@cols` in db/sql/case.sql). Codes are kept as their words, yes as 1; an empty
** text is absent. Entries come in the order of their numbers; of two versions of an entry the later counts.
** What a restricted case says goes to the disk and comes back through store_cipher.c, field by field. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = LIST_COUNT, READ_SHIFT = 2 /* the parameter's place less the column's */ };

/* ---- statements of lists, found by their names ---- */

SqlId sql_named(const char *list, const char *tail)
{
    char name[64];

    snprintf(name, sizeof name, "%s_%s", list, tail);
    for (int id = 0; id < SQL_COUNT; id++)
        if (str_eq(sql_texts[id].name, name)) return (SqlId)id;
    return SQL_COUNT; /* status has no versions */
}

void list_names_find(Store *s)
{
    static const char *const tails[] = { "add", "of_case", "walk", "last", "version", "then" };

    for (CaseListId list = 0; list < LIST_COUNT; list++)
        for (ListVerb verb = LIST_ADD; verb < LIST_VERBS; verb++)
            s->list_sql[list][verb] = sql_named(case_lists[list].name, tails[verb]);
}

Stmt *list_stmt(Store *s, CaseListId list, ListVerb verb)
{
    return stmt(s, s->list_sql[list][verb]);
}

/* ---- where the fields stand ---- */

static const CaseField *fields_of(int list, size_t *n)
{
    *n = list == HEAD ? case_n_scalars : case_lists[list].n_fields;
    return list == HEAD ? case_scalars : case_lists[list].fields;
}

static const RowPlan *plan_of(Store *s, int list)
{
    RowPlan *p = &s->plans[list];
    Stmt *q;
    const CaseField *fields;
    size_t n;

    if (p->ready) return p;
    q = list == HEAD ? stmt(s, SQL_CASE_HEAD_ADD) : list_stmt(s, (CaseListId)list, LIST_ADD);
    fields = fields_of(list, &n);
    assert(n <= FIELDS_MAX);
    for (size_t i = 0; i < n && q->raw; i++) p->param[i] = s->engine->parameter(q->raw, fields[i].column);
    p->veiled = list == LIST_PEOPLE && q->raw ? s->engine->parameter(q->raw, "born_sealed") : 0;
    p->ready = q->raw != NULL;
    return p;
}

/* ---- out ---- */

static void bind_string(const Engine *e, EngStmt *raw, int at, const char *text)
{
    if (text && *text)
        e->bind_text(raw, at, text, strlen(text));
    else
        e->bind_null(raw, at);
}

static void bind_number(const Engine *e, EngStmt *raw, int at, int64_t v, bool absent)
{
    if (absent)
        e->bind_null(raw, at);
    else
        e->bind_int(raw, at, v);
}

static void bind_field(Stmt *q, int at, const CaseField *f, const void *item, const Vocabs *v)
{
    const Engine *e = q->store->engine;
    const void *p = (const char *)item + f->offset;

    switch (f->kind) {
    case FIELD_TIME: bind_number(e, q->raw, at, *(const Time *)p, *(const Time *)p == TIME_NONE); break;
    case FIELD_DATE: bind_number(e, q->raw, at, *(const Date *)p, *(const Date *)p == DATE_NONE); break;
    case FIELD_YES: e->bind_int(q->raw, at, *(const bool *)p); break;
    case FIELD_CODE: bind_string(e, q->raw, at, vocab_word(v, f->vocab, *(const Code *)p)); break;
    default: bind_string(e, q->raw, at, *(const char *const *)p); break;
    }
}

/* ---- enciphered ---- */

static const char *table_of(int list)
{
    return list == HEAD ? "case_head" : case_lists[list].name;
}

typedef enum Secret { NOT_SECRET, SECRET, SECRET_ANSWERS } Secret;

/* In an ordinary case too. */
static Secret secret(int list, const CaseField *f, const void *item, const Vocabs *v)
{
    if (f->flags & FIELD_SECRET) return SECRET;
    if (list == LIST_BOOKS && f->kind == FIELD_JSON) return SECRET_ANSWERS;
    return f->flags & FIELD_HOME && !str_eq(vocab_word(v, VOCAB_PERSON_ROLE, ((const Person *)item)->role), "suspect") ? SECRET : NOT_SECRET;
}

static bool bind_text_field(Stmt *q, int at, const CaseField *f, const void *item, Secret how, const CipherAt *where, Err *err)
{
    Store *s = q->store;
    const char *text = *(const char *const *)(const void *)((const char *)item + f->offset);
    bool ok = cipher_of(s, where->key) ? cipher_out(s, where, f->column, &text, s->cipher.texts, err)
              : how == SECRET_ANSWERS  ? cipher_answers_out(s, where, &text, s->cipher.texts, err)
                                       : cipher_secret_out(s, where, f->column, &text, s->cipher.texts, err);

    if (ok) bind_string(s->engine, q->raw, at, text);
    return ok;
}

/* The date is a text in another column then, and its own holds none. */
static bool bind_veiled(Stmt *q, const RowPlan *p, size_t i, const CaseField *f, const void *item, const CipherAt *where, Err *err)
{
    Store *s = q->store;
    Date date = *(const Date *)(const void *)((const char *)item + f->offset);
    const char *text = arena_printf(s->cipher.texts, "%ld", (long)date);

    if (date == DATE_NONE) return true;
    s->engine->bind_null(q->raw, p->param[i]);
    if (!cipher_out(s, where, f->column, &text, s->cipher.texts, err)) return false;
    bind_string(s->engine, q->raw, p->veiled, text);
    return true;
}

static bool bind_ciphered(
    Stmt *q, const RowPlan *p, size_t i, const CaseField *f, const void *item, Secret how, const CipherAt *where, Err *err)
{
    if (case_field_is_text(f)) return bind_text_field(q, p->param[i], f, item, how, where, err);
    return !(f->flags & FIELD_VEILED) || !cipher_of(q->store, where->key) || bind_veiled(q, p, i, f, item, where, err);
}

static bool row_add(Stmt *q, int list, const void *item, const CipherAt *where, const Vocabs *v, Err *err)
{
    Store *s = q->store;
    const RowPlan *p = plan_of(s, list);
    size_t n;
    const CaseField *fields = fields_of(list, &n);
    bool ciphered = cipher_of(s, where->key) != 0, any = false, ok = true;

    if (!s->cipher.texts) s->cipher.texts = arena_new_secret();
    for (size_t i = 0; ok && i < n && q->raw; i++) {
        Secret how = p->param[i] ? secret(list, &fields[i], item, v) : NOT_SECRET;
        if (!p->param[i]) continue;
        bind_field(q, p->param[i], &fields[i], item, v);
        if (!ciphered && !how) continue;
        any = true;
        ok = bind_ciphered(q, p, i, &fields[i], item, how, where, err);
    }
    if (!ok) stmt_end(q, NULL);
    ok = ok && stmt_run(q, err);
    if (any) arena_reset(s->cipher.texts);
    return ok;
}

bool entry_add(Store *s, CaseListId list, const Entry *e, const void *item, const Vocabs *v, Err *err)
{
    Stmt *q = list_stmt(s, list, LIST_ADD);

    bind_int(q, "case_key", e->key);
    if (list == LIST_STATUS)
        bind_int(q, "person", e->owner);
    else
        bind_int(q, "version", e->version);
    bind_int(q, "seq", e->seq);
    bind_int(q, "act", e->act);
    return row_add(q, (int)list, item, &(CipherAt){ e->key, table_of((int)list), e->owner, e->seq, e->version }, v, err);
}

bool head_add(Store *s, CaseKey key, int64_t version, int64_t act, const CaseDoc *doc, const Vocabs *v, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_HEAD_ADD);

    bind_int(q, "case_key", key);
    bind_int(q, "version", version);
    bind_int(q, "act", act);
    return row_add(q, HEAD, doc, &(CipherAt){ .key = key, .table = table_of(HEAD), .version = version }, v, err);
}

/* ---- in ---- */

static bool unknown_word(EngText t, const CaseField *f, Err *err)
{
    return err_set(err, ERR_CORRUPT, f->column,
        "A case holds \"%.*s\" as %s, a word that is not in use. Activate a policy that has it.", (int)t.n, t.p,
        f->label);
}

static bool read_field(Stmt *q, int at, const CaseField *f, void *item, const Vocabs *v, Arena *a, Err *err)
{
    const Engine *e = q->store->engine;
    void *p = (char *)item + f->offset;
    EngText t;

    switch (f->kind) {
    case FIELD_TIME: *(Time *)p = e->is_null(q->raw, at) ? TIME_NONE : e->get_int(q->raw, at); return true;
    case FIELD_DATE: *(Date *)p = e->is_null(q->raw, at) ? DATE_NONE : (Date)e->get_int(q->raw, at); return true;
    case FIELD_YES: *(bool *)p = e->get_int(q->raw, at) != 0; return true;
    default: break;
    }
    t = e->get_text(q->raw, at);
    if (f->kind != FIELD_CODE) {
        *(const char **)p = t.p ? arena_dup_n(a, t.p, t.n) : NULL;
        return true;
    }
    *(Code *)p = t.p ? vocab_code_n(v, f->vocab, t.p, t.n) : CODE_NONE;
    return !t.p || *(Code *)p != CODE_NONE || unknown_word(t, f, err);
}

/* A row stands on its case, then (but for the head) on its number, then on its version; a status has a person and a number. */
static CipherAt where_of(Stmt *q, int list)
{
    CipherAt at = { .key = col_int(q, 0), .table = table_of(list) };

    if (list == HEAD)
        at.version = col_int(q, 1);
    else if (list == LIST_STATUS)
        at.owner = col_int(q, 1), at.seq = col_int(q, 2);
    else
        at.seq = col_int(q, 1), at.version = col_int(q, 2);
    return at;
}

/* As it lies there is no date, but one was given: some day that follows from how it lies, so that a digest of the case notices a change. */
static Date date_of_mark(const char *text)
{
    uint8_t hash[HASH_BYTES];

    crypto_hash(text, strlen(text), hash);
    return (Date)((hash[0] << 8 | hash[1]) % 20000);
}

static bool open_veiled(Stmt *q, const RowPlan *p, const CaseField *f, void *item, const CipherAt *at, Arena *a, Err *err)
{
    const char *text = col_text(q, p->veiled - READ_SHIFT, a);
    char mark[24];

    if (!text) return true;
    if (!cipher_in(q->store, at, f->column, &text, a, err)) return false;
    if (!crypto_sealed_text(text, mark))
        *(Date *)(void *)((char *)item + f->offset) = (Date)strtol(text, NULL, 10);
    else if (q->store->cipher.raw || q->store->sight.all)
        *(Date *)(void *)((char *)item + f->offset) = date_of_mark(text);
    return true;
}

static bool open_field(Stmt *q, const RowPlan *p, const CaseField *f, void *item, const CipherAt *at, Arena *a, Err *err)
{
    const char **text = (const char **)(void *)((char *)item + f->offset);

    if (f->flags & FIELD_VEILED) return open_veiled(q, p, f, item, at, a, err);
    if (!case_field_is_text(f)) return true;
    if (cipher_of(q->store, at->key) && (f->kind == FIELD_JSON || f->kind == FIELD_ANSWERS)) return cipher_in(q->store, at, f->column, text, a, err);
    if (cipher_of(q->store, at->key)) return cipher_in_words(q->store, at, f->column, text, a, err);
    return f->kind == FIELD_JSON ? cipher_answers_in(q->store, at, text, a, err) : cipher_secret_in(q->store, at, f->column, text, a, err);
}

static bool open_row(Stmt *q, int list, void *item, const Vocabs *v, Arena *a, Err *err)
{
    const RowPlan *p = plan_of(q->store, list);
    CipherAt at = where_of(q, list);
    bool ciphered = cipher_of(q->store, at.key) != 0;
    size_t n;
    const CaseField *fields = fields_of(list, &n);

    for (size_t i = 0; i < n; i++)
        if (p->param[i] && (ciphered || secret(list, &fields[i], item, v)) && !open_field(q, p, &fields[i], item, &at, a, err)) return false;
    return true;
}

static bool read_row(Stmt *q, int list, void *item, const Vocabs *v, Arena *a, Err *err)
{
    const RowPlan *p = plan_of(q->store, list);
    size_t n;
    const CaseField *fields = fields_of(list, &n);

    for (size_t i = 0; i < n; i++)
        if (p->param[i] && !read_field(q, p->param[i] - READ_SHIFT, &fields[i], item, v, a, err)) return false;
    return q->store->cipher.n == 0 || open_row(q, list, item, v, a, err);
}

/* ---- the rows of one case, out of a walk ---- */

void cursor_start(Cursor *c, Stmt *q, CaseListId list)
{
    *c = (Cursor){ q, list, stmt_row(q) };
}

static char *room_for(Store *s, size_t bytes)
{
    if (bytes > s->rows_cap) {
        s->rows_cap = bytes * 2;
        s->rows = mem_grow(s->rows, s->rows_cap, 1);
    }
    return s->rows;
}

static bool here(const Cursor *c, CaseKey key)
{
    return c->on_row && col_int(c->q, 0) == key;
}

/* A walk may hold rows of a case that the walk of cases does not (it began a moment earlier): they are passed over. */
static void come_to(Cursor *c, CaseKey key)
{
    while (c->on_row && col_int(c->q, 0) < key) c->on_row = stmt_row(c->q);
}

static bool take_head(Cursor *c, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *doc, Err *err)
{
    for (; here(c, key); c->on_row = stmt_row(c->q))
        if (!read_row(c->q, HEAD, doc, v, a, err)) return false;
    return true;
}

static void put_items(void *holder, CaseListId list, const void *items, size_t n, Arena *a)
{
    const CaseList *l = &case_lists[list];
    void *copy = n ? arena_alloc(a, n * l->item_size) : NULL;

    if (n) memcpy(copy, items, n * l->item_size);
    *(void **)((char *)holder + l->items_offset) = copy;
    *(size_t *)((char *)holder + l->count_offset) = n;
}

static bool take_list(Cursor *c, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *doc, Err *err)
{
    Store *s = c->q->store;
    size_t size = case_lists[c->list].item_size, n = 0;
    char *items = s->rows;

    for (; here(c, key); c->on_row = stmt_row(c->q)) {
        size_t seq = (size_t)col_int(c->q, 1);
        if (seq != n && seq != n + 1)
            return err_set(err, ERR_CORRUPT, case_lists[c->list].name, "Entry %zu of a case's %s is missing.", n + 1,
                case_lists[c->list].name);
        items = room_for(s, seq * size);
        n = seq;
        case_item_init(c->list, items + (n - 1) * size);
        if (!read_row(c->q, (int)c->list, items + (n - 1) * size, v, a, err)) return false;
    }
    put_items(doc, c->list, items, n, a);
    return true;
}

static bool take_statuses(Cursor *c, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *doc, Err *err)
{
    Store *s = c->q->store;

    while (here(c, key)) {
        int64_t person = col_int(c->q, 1);
        size_t n = 0;
        Status *items = s->rows;
        for (; here(c, key) && col_int(c->q, 1) == person; c->on_row = stmt_row(c->q), n++) {
            items = (Status *)(void *)room_for(s, (n + 1) * sizeof *items);
            if (!read_row(c->q, LIST_STATUS, &items[n], v, a, err)) return false;
        }
        if (person > (int64_t)doc->n_people)
            return err_set(err, ERR_CORRUPT, "status", "A status is of a person that is not in the case.");
        put_items(&doc->people[person - 1], LIST_STATUS, items, n, a);
    }
    return true;
}

/* Statuses must be taken after the people. */
bool cursor_take(Cursor *c, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *doc, Err *err)
{
    come_to(c, key);
    if (c->list == (CaseListId)HEAD) return take_head(c, key, v, a, doc, err);
    if (c->list == LIST_STATUS) return take_statuses(c, key, v, a, doc, err);
    return take_list(c, key, v, a, doc, err);
}

/* ---- one case ---- */

static bool rows_take(Stmt *q, CaseListId list, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *out, Err *err)
{
    Cursor c;
    bool taken;

    bind_int(q, "case_key", key);
    cursor_start(&c, q, list);
    taken = cursor_take(&c, key, v, a, out, err);
    return stmt_end(q, taken ? err : NULL) && taken;
}

bool case_list_load(Store *s, CaseListId list, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *out, Err *err)
{
    case_init(out);
    return rows_take(list_stmt(s, list, LIST_OF_CASE), list, key, v, a, out, err);
}

static bool head_version_read(Store *s, CaseKey key, int64_t *version, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_HEAD_OF_CASE);

    bind_int(q, "case_key", key);
    *version = 0;
    while (stmt_row(q)) *version = col_int(q, 1);
    return stmt_end(q, err);
}

bool case_rows_load(Store *s, CaseKey key, const Vocabs *v, Arena *a, CaseDoc *out, int64_t *head_version, Err *err)
{
    case_init(out);
    if (head_version && !head_version_read(s, key, head_version, err)) return false;
    if (!rows_take(stmt(s, SQL_CASE_HEAD_OF_CASE), (CaseListId)HEAD, key, v, a, out, err)) return false;
    for (CaseListId list = 0; list < LIST_COUNT; list++)
        if (!rows_take(list_stmt(s, list, LIST_OF_CASE), list, key, v, a, out, err)) return false;
    return true;
}

bool case_rows_then(Store *s, CaseKey key, int64_t until, const Vocabs *v, Arena *a, CaseDoc *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_HEAD_THEN);

    case_init(out);
    bind_int(q, "until", until);
    if (!rows_take(q, (CaseListId)HEAD, key, v, a, out, err)) return false;
    for (CaseListId list = 0; list < LIST_COUNT; list++) {
        q = list_stmt(s, list, LIST_THEN);
        bind_int(q, "until", until);
        if (!rows_take(q, list, key, v, a, out, err)) return false;
    }
    return true;
}
