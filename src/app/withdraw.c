/* withdraw.c — an entry that was made by mistake is taken back. A compensating fact, not an undoing: the entry stays, struck, with who took
** it back, when and why; whatever counts entries (duties, gates, alerts, searches, figures) goes on as if it had not been made, from that
** moment. Who made it may, and a supervisor. What was signed of a book stays signed, and a closed case stays as it was closed. */
#include "app/withdraw.h"

#include "inside.h"

#include "base/str.h"

#include <stdint.h>
#include <string.h>

static const char act[] = "entry.withdraw";

/* ---- who may, and what ---- */

static const char *by_of(CaseListId list, const void *item)
{
    const CaseField *by = case_list_field(list, "by");

    return by ? *(const char *const *)(const void *)((const char *)item + by->offset) : NULL;
}

static bool own(const App *app, CaseListId list, const void *item)
{
    const char *by = by_of(list, item);

    return by && app->session.warrant[0] && str_eq(by, app->session.warrant);
}

/* Of a review, a supervisor who may make it. */
static bool supervises(const App *app, CaseListId list, const void *item)
{
    if (!app_may_quietly(app, PERM_WITHDRAW)) return false;
    return list != LIST_REVIEWS || role_may_review(app->session.roles, vocab_word(app_vocabs(app), VOCAB_REVIEW, ((const Review *)item)->kind));
}

bool app_may_withdraw(const App *app, CaseListId list, const void *item)
{
    return case_can_withdraw(list) && (own(app, list, item) || supervises(app, list, item));
}

bool app_may_withdraw_own(const App *app, CaseListId list)
{
    return case_can_withdraw(list) && (case_list_field(list, "by") || app_may_quietly(app, PERM_WITHDRAW));
}

static bool stands_for_ever(const App *app, const CaseDoc *doc, CaseListId list, const void *item, Err *err)
{
    const Review *r = item;
    const char *kind = list == LIST_REVIEWS ? vocab_word(app_vocabs(app), VOCAB_REVIEW, r->kind) : "";

    if (!case_can_withdraw(list))
        return !err_set(err, ERR_INVALID, "list", "A %s is not taken back: it is ended or corrected in its own way.", case_lists[list].one);
    if (list == LIST_REVIEWS && (r->signature || r->book || str_eq(kind, "qa")))
        return !err_set(err, ERR_INVALID, "list", "A book that was read and signed is not unread: a correction goes into an addendum.");
    if (doc->closed_at != TIME_NONE)
        return !err_set(err, ERR_INVALID, "list", "The case %s is closed: what stood when it was closed stays.", doc->id);
    return false;
}

bool app_can_withdraw(const App *app, const CaseDoc *doc, CaseListId list, const void *item)
{
    return !stands_for_ever(app, doc, list, item, NULL) && !case_withdrawal(list, item) && app_may_withdraw(app, list, item);
}

bool app_entry_made(const App *app, const CaseDoc *doc, CaseListId list, Time at, size_t *index)
{
    size_t n, size = case_lists[list].item_size;
    const char *items = case_items(doc, list, &n);

    for (; n > 0; n--) {
        const void *item = items + (n - 1) * size;
        if (case_withdrawal(list, item) || (by_of(list, item) && !own(app, list, item)) || case_item_time(list, item) != at) continue;
        *index = n - 1;
        return true;
    }
    return false;
}

/* ---- the act ---- */

static bool refused(App *app, const CaseRow *row, CaseListId list, Err *err)
{
    Err why = { 0 };

    err_set(&why, ERR_DENIED, "", "This %s is taken back by the officer who made it, or by %s.", case_lists[list].one,
        role_who_may(PERM_WITHDRAW));
    if (err) *err = why;
    return app_denied(app, act, row->id, why.text);
}

static bool gone_already(CaseListId list, const Withdrawal *w, Err *err)
{
    char when[CIVIL_TEXT];

    return err_set(err, ERR_STALE, "list", "This %s was taken back by the officer %s on %s already.", case_lists[list].one, w->by ? w->by : "(not named)",
        civil_words_full(w->at, when));
}

static bool why_fits(App *app, CaseListId list, void *item, const char *why, Arena *a, Err *err)
{
    if (str_blank(why)) return err_set(err, ERR_INVALID, "why", "Say what was wrong with it: an entry is taken back with a reason.");
    return case_field_set(case_list_field(list, "withdrawn_why"), item, why, app_vocabs(app), a, err);
}

static bool take_back(App *app, CaseRow *row, CaseListId list, size_t index, const char *why, Arena *a, Err *err)
{
    const CaseList *l = &case_lists[list];
    CaseDoc doc;
    size_t n;
    char *items, *copy, *item;
    Withdrawal *w;

    if (!store_case_load(app->store, row->key, app_vocabs(app), a, &doc, err)) return false;
    items = case_items(&doc, list, &n);
    if (index >= n) return err_set(err, ERR_MISSING, "entry", "The case %s has no %s number %zu.", row->id, l->one, index + 1);
    if (stands_for_ever(app, &doc, list, items + index * l->item_size, err)) return false;
    if (!app_may_withdraw(app, list, items + index * l->item_size)) return refused(app, row, list, err);
    if (case_withdrawal(list, items + index * l->item_size)) return gone_already(list, case_withdrawal(list, items + index * l->item_size), err);
    copy = arena_alloc(a, n * l->item_size);
    memcpy(copy, items, n * l->item_size);
    *(void **)(void *)((char *)&doc + l->items_offset) = copy;
    item = copy + index * l->item_size;
    if (!why_fits(app, list, item, why, a, err)) return false;
    *(Time *)(void *)(item + case_list_field(list, "withdrawn_at")->offset) = app->now;
    w = (Withdrawal *)(uintptr_t)case_withdrawal(list, item);
    w->by = app->session.warrant;
    return case_change(app, row, &doc, act, l->one, a, err);
}

bool app_entry_withdraw(App *app, CaseRow *row, CaseListId list, size_t index, const char *why, Err *err)
{
    Arena *a;
    bool ok;

    if ((unsigned)list >= LIST_STATUS) return err_set(err, ERR_BUG, "list", "There is no such list.");
    if (!app_may_do(app, PERM_CASE_READ, act, row->id, err)) return false;
    a = arena_new_secret();
    ok = take_back(app, row, list, index, why, a, err);
    arena_free(&a);
    return ok;
}
