/* retention.c — which cases are due for review, and why. A row says a number, days and a group: no text of a case, so that reading the list is
** no look at one. Any new contact sets the clock back (MoPI): a newer case of the same victim or suspect is asked for when a row is made,
** not kept, because it is a case of its own that changes by itself. */
#include "retention_in.h"

#include "base/str.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

bool retention_groups(App *app, Arena *a, RetentionGroups *out, Err *err)
{
    size_t n;
    const char *text = retention_groups_builtin(&n);

    return retention_groups_read(text, n, app_vocabs(app), a, out, err);
}

/* ---- a newer case of its people ---- */

enum { NEWEST = 8 };

static bool counts(const App *app, const Person *p)
{
    const char *role = vocab_word(app_vocabs(app), VOCAB_PERSON_ROLE, p->role);

    return (str_eq(role, "victim") || str_eq(role, "suspect")) && p->family && p->born != DATE_NONE;
}

/* The day from which the clock runs on, when that is later than *from: the closing of the newer case, today while it is open. */
static bool later_by(App *app, const CaseRow *row, const CaseDoc *doc, Arena *a, Date *from, const char **newer, Err *err)
{
    CaseDoc other;
    Date day;

    if (!store_case_load(app->store, row->key, app_vocabs(app), a, &other, err)) return false;
    if (other.reported_at <= doc->reported_at) return true;
    day = civil_local_date(other.closed_at == TIME_NONE ? app_now(app) : other.closed_at);
    if (day > *from) *from = day, *newer = row->id;
    return true;
}

static bool newer_case(App *app, CaseKey key, const CaseDoc *doc, Arena *a, Date *from, const char **newer, Err *err)
{
    for (size_t i = 0; i < doc->n_people; i++) {
        const Person *p = &doc->people[i];
        CaseRow *rows;
        size_t n;
        if (!counts(app, p)) continue;
        if (!store_cases_of_person(app->store, p->family, p->born, false, NEWEST, a, &rows, &n, err)) return false;
        for (size_t k = 0; k < n; k++)
            if (rows[k].key != key && !later_by(app, &rows[k], doc, a, from, newer, err)) return false;
    }
    return true;
}

/* ---- how a case stands ---- */

static void decided(const RetentionEntry *e, size_t n, RetentionStand *out)
{
    for (size_t i = 0; i < n; i++) {
        bool proposes = e[i].verb == RETENTION_PROPOSE;
        if (e[i].verb == RETENTION_KEEP) out->kept_until = e[i].until;
        out->proposed_by = proposes ? e[i].by : NULL;
        out->proposed_at = proposes ? e[i].at : TIME_NONE;
        out->why = proposes ? e[i].reason : NULL;
    }
}

bool retention_stand(App *app, const RetentionGroups *g, CaseKey key, const char *name, const CaseDoc *doc, Arena *a, RetentionStand *out, Err *err)
{
    RetentionEntry *entries;
    size_t n;
    Date from;

    *out = (RetentionStand){ .place = { key, doc->closed_at },
        .case_id = name,
        .restricted = doc->restricted_at != TIME_NONE,
        .reported = civil_local_date(doc->reported_at),
        .closed = DATE_NONE,
        .due = DATE_NONE,
        .kept_until = DATE_NONE,
        .proposed_at = TIME_NONE,
        .group = retention_group_of(g, doc, app_vocabs(app)) };
    if (!store_retention_of_case(app->store, key, a, &entries, &n, err)) return false;
    decided(entries, n, out);
    if (doc->closed_at == TIME_NONE) return true;
    out->closed = from = civil_local_date(doc->closed_at);
    if (!newer_case(app, key, doc, a, &from, &out->newer, err)) return false;
    out->due = retention_due(out->group, from, out->kept_until);
    return true;
}

static bool is_due(App *app, const RetentionStand *s)
{
    return s->due != DATE_NONE && s->due <= civil_local_date(app_now(app));
}

bool app_retention_of(App *app, const char *case_id, Arena *a, RetentionStand *out, Err *err)
{
    RetentionGroups g;
    CaseDoc doc;
    CaseRow row;
    Err why = { 0 };

    if (!app_may_do(app, PERM_RETENTION, "retention.read", case_id, err)) return false;
    if (!app_case_find(app, case_id, a, &row, &why)) {
        if (err) *err = why;
        return why.kind == ERR_MISSING ? app_denied(app, "retention.read", case_id, "not there") : false;
    }
    return retention_groups(app, a, &g, err) && store_case_load(app->store, row.key, app_vocabs(app), a, &doc, err) &&
           retention_stand(app, &g, row.key, row.id, &doc, a, out, err);
}

Date app_retention_longest(App *app, const RetentionStand *s)
{
    return retention_add_years(civil_local_date(app_now(app)), s->group->again);
}

/* ---- the list ---- */

typedef struct DueList {
    App *app;
    RetentionGroups groups;
    size_t limit;
    Arena *a;
    RetentionStand *rows;
    size_t n, cap;
    bool more, failed;
    Err *err;
} DueList;

static bool row_make(DueList *l, const ClosedCase *c, RetentionStand *out)
{
    CaseDoc doc;
    CaseRow row;

    return store_case_row(l->app->store, c->key, l->a, &row, l->err) &&
           store_case_load(l->app->store, c->key, app_vocabs(l->app), l->a, &doc, l->err) &&
           retention_stand(l->app, &l->groups, c->key, row.id, &doc, l->a, out, l->err);
}

static bool take(void *with, const ClosedCase *c)
{
    DueList *l = with;
    RetentionStand s;

    l->failed = !row_make(l, c, &s);
    if (l->failed) return false;
    if (!is_due(l->app, &s)) return true;
    l->more = l->n == l->limit;
    if (l->more) return false;
    l->rows = arena_room(l->a, l->rows, l->n, &l->cap, sizeof *l->rows);
    l->rows[l->n++] = s;
    return true;
}

bool app_retention_due(App *app, const ClosedCase *from, size_t limit, Arena *a, RetentionStand **out, size_t *n, bool *more, Err *err)
{
    DueList l = { .app = app, .limit = limit, .a = a, .err = err };
    RetentionBounds b;
    ClosedQuery q;

    *n = 0;
    *more = false;
    if (!app_may_do(app, PERM_RETENTION, "retention.read", NULL, err) || !retention_groups(app, a, &l.groups, err)) return false;
    q = (ClosedQuery){ .from = from, .today = civil_local_date(app_now(app)) };
    retention_bounds(&l.groups, q.today, a, &b);
    q.soon = civil_day_end(b.soon);
    q.late = civil_day_end(b.late);
    q.words = b.words;
    if (!store_closed_each(app->store, &q, take, &l, err) || l.failed) return false;
    *out = l.rows;
    *n = l.n;
    *more = l.more;
    return true;
}

/* ---- what remains ---- */

bool app_tombstones(App *app, Arena *a, Tombstone **out, size_t *n, Err *err)
{
    *n = 0;
    return app_may_do(app, PERM_RETENTION, "retention.read", NULL, err) && store_tombstones(app->store, a, out, n, err);
}

static void day_add(Str *out, const char *key, Date d)
{
    char day[CIVIL_TEXT];

    str_addf(out, "\"%s\":\"%s\",", key, civil_format_date(d, day));
}

/* Keys are in one order, as those of a case; warrant numbers and numbers of cases need no escape. */
void tombstone_line(const Tombstone *t, Str *out)
{
    char at[CIVIL_TEXT], hex[HASH_HEX];
    json_t *text = json_string(t->reason);
    char *reason = text ? json_dumps(text, JSON_ENCODE_ANY) : NULL;

    str_addf(out, "{\"format\":\"" TOMBSTONE_FORMAT "\",\"id\":\"%s\",", t->case_id);
    day_add(out, "reported", t->reported);
    day_add(out, "closed", t->closed);
    day_add(out, "due", t->due);
    str_addf(out, "\"group\":%d,\"proposed_by\":\"%s\",\"erased_by\":\"%s\",\"erased_at\":\"%s\",", t->group, t->proposed_by, t->erased_by,
        civil_format_time(t->erased_at, at));
    str_addf(out, "\"reason\":%s,\"was\":\"%s\"}\n", reason ? reason : "\"\"", crypto_hex(t->digest, HASH_BYTES, hex));
    free(reason);
    json_decref(text);
}

const char *tombstone_words(const Tombstone *t, Arena *a)
{
    char on[CIVIL_TEXT], reported[CIVIL_TEXT], closed[CIVIL_TEXT];

    return arena_printf(a, "%s was erased on %s by %s, as %s had proposed: %s It was reported on %s and closed on %s. Nothing else of it is kept.", t->case_id,
        civil_words_date(civil_local_date(t->erased_at), on), t->erased_by, t->proposed_by,
        arena_printf(a, "%s%s", t->reason, strchr(".!?", t->reason[strlen(t->reason) - 1]) ? "" : "."), civil_words_date(t->reported, reported),
        civil_words_date(t->closed, closed));
}
