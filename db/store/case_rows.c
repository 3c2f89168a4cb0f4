/* case_rows.c — rows of cases and the catalogue: no list has code of its own here.
** A field is bound by the name of its column and read from the place that its parameter has in the statement that adds
** (both name the columns in one order: `@cols` in db/sql/case.sql). Codes are kept as their words, yes as 1; an empty
** text is absent. Entries come in the order of their numbers; of two versions of an entry the later counts. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <assert.h>
#include <stdio.h>
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

static bool row_add(Stmt *q, int list, const void *item, const Vocabs *v, Err *err)
{
    const RowPlan *p = plan_of(q->store, list);
    size_t n;
    const CaseField *fields = fields_of(list, &n);

    for (size_t i = 0; i < n && q->raw; i++)
        if (p->param[i]) bind_field(q, p->param[i], &fields[i], item, v);
    return stmt_run(q, err);
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
    return row_add(q, list, item, v, err);
}

bool head_add(Store *s, CaseKey key, int64_t version, int64_t act, const CaseDoc *doc, const Vocabs *v, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_HEAD_ADD);

    bind_int(q, "case_key", key);
    bind_int(q, "version", version);
    bind_int(q, "act", act);
    return row_add(q, HEAD, doc, v, err);
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

static bool read_row(Stmt *q, int list, void *item, const Vocabs *v, Arena *a, Err *err)
{
    const RowPlan *p = plan_of(q->store, list);
    size_t n;
    const CaseField *fields = fields_of(list, &n);

    for (size_t i = 0; i < n; i++)
        if (p->param[i] && !read_field(q, p->param[i] - READ_SHIFT, &fields[i], item, v, a, err)) return false;
    return true;
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
