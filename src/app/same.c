/* same.c — other cases in which a person of this one stands: the same name as it is compared, and the same birth date. Whoever has no
** birth date on record is nobody else: a name alone would bring strangers together. The work is bounded, and every case that is
** looked into is named in the log before anything of it is told. What is not for this officer is not there. */
#include "inside.h"

#include "app/order.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool same_text(const char *p, const char *q)
{
    char *x = utf8_fold(p ? p : ""), *y = utf8_fold(q ? q : "");
    bool same = x && y && strcmp(x, y) == 0;

    mem_free(x);
    mem_free(y);
    return same;
}

static bool is_known(const Person *p)
{
    return p->family && p->born != DATE_NONE;
}

static bool is_same(const Person *p, const Person *q)
{
    return is_known(p) && is_known(q) && p->born == q->born && same_text(p->family, q->family) &&
           same_text(p->given, q->given);
}

static bool is_party(const Vocabs *v, const Person *p)
{
    const char *role = vocab_word(v, VOCAB_PERSON_ROLE, p->role);

    return str_eq(role, "victim") || str_eq(role, "suspect");
}

/* ---- which cases ---- */

typedef struct Keys {
    CaseKey items[SAME_CASES_MAX];
    const char *ids[SAME_CASES_MAX];
    size_t n;
} Keys;

static void keys_add(Keys *all, const char *id, CaseKey key, const char *own)
{
    if (str_eq(id, own) || all->n == SAME_CASES_MAX) return;
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i] == key) return;
    all->items[all->n] = key;
    all->ids[all->n++] = id;
}

static bool keys_of(App *app, const CaseDoc *doc, bool with_orders, Arena *a, Keys *all, Err *err)
{
    for (size_t i = 0; i < doc->n_people; i++) {
        const Person *p = &doc->people[i];
        CaseRow *rows = NULL;
        size_t n = 0;
        if (!is_known(p) || !is_party(app_vocabs(app), p)) continue;
        if (!store_cases_of_person(app->store, p->family, p->born, with_orders, SAME_CASES_MAX + 1, a, &rows, &n, err))
            return false;
        for (size_t k = 0; k < n; k++) keys_add(all, rows[k].id, rows[k].key, doc->id);
    }
    return true;
}

/* ---- what they say ---- */

static void pair(const CaseDoc *doc, SameCase *x, const Vocabs *v, Arena *a)
{
    size_t most = doc->n_people * (x->doc.n_people + 1) + 1;

    x->here = arena_zero(a, most, sizeof *x->here);
    x->there = arena_zero(a, most, sizeof *x->there);
    for (size_t i = 0; i < doc->n_people; i++)
        for (size_t k = 0; k < x->doc.n_people; k++) {
            if (!is_party(v, &doc->people[i]) || !is_party(v, &x->doc.people[k])) continue;
            if (!is_same(&doc->people[i], &x->doc.people[k])) continue;
            x->here[x->n] = doc->people[i].key;
            x->there[x->n++] = x->doc.people[k].key;
        }
}

static int newest(const void *p, const void *q)
{
    const SameCase *x = p, *y = q;

    if (x->doc.reported_at != y->doc.reported_at) return x->doc.reported_at > y->doc.reported_at ? -1 : 1;
    return strcmp(x->row.id, y->row.id);
}

static bool log_look(App *app, const char *own, const SameCase *all, size_t n, const char *act, Err *err)
{
    Str detail = { 0 };
    bool ok;

    for (size_t i = 0; i < n; i++) str_addf(&detail, "%s%s", i ? ", " : "", all[i].row.id);
    ok = n == 0 || app_log_now(app, AUDIT_CONSULT, act, own, str_text(&detail), err);
    str_finish(&detail);
    return ok;
}

/* A case that went, or that is not for this officer, is passed over. */
static bool load(App *app, const CaseDoc *doc, const char *id, Arena *a, SameCase *x, bool *there, Err *err)
{
    Err why = { 0 };

    *x = (SameCase){ 0 };
    *there = app_case_find(app, id, a, &x->row, &why);
    if (!*there) return why.kind == ERR_MISSING || (err && (*err = why, false));
    if (!store_case_load(app->store, x->row.key, app_vocabs(app), a, &x->doc, err)) return false;
    if (app->fixed != TIME_NONE) case_as_of(&x->doc, app_now(app));
    if (x->doc.reported_at != TIME_NONE && x->doc.reported_at > app_now(app)) return *there = false, true;
    case_mask(app, &x->doc, a);
    pair(doc, x, app_vocabs(app), a);
    *there = x->n > 0;
    return true;
}

bool app_same_cases(
    App *app, const CaseDoc *doc, bool with_orders, const char *act, Arena *a, SameCase **out, size_t *n, Err *err)
{
    Keys keys = { .n = 0 };
    SameCase *all;
    size_t found = 0;
    bool there;

    *out = NULL;
    *n = 0;
    if (!app_may_do(app, PERM_CASE_READ, act, doc->id, err)) return false;
    if (!keys_of(app, doc, with_orders, a, &keys, err)) return false;
    all = arena_zero(a, keys.n + 1, sizeof *all);
    for (size_t i = 0; i < keys.n; i++) {
        if (!load(app, doc, keys.ids[i], a, &all[found], &there, err)) return false;
        found += there;
    }
    qsort(all, found, sizeof *all, newest);
    if (!log_look(app, doc->id, all, found, act, err)) return false;
    *out = all;
    *n = found;
    return true;
}
