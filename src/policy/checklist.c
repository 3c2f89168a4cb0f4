/* checklist.c — which checks a review of a case has to tick, now.
** A check is asked unless its condition is false: what was never answered is no reason not to look. */
#include "eval.h"
#include "trace.h"

#include "base/str.h"

static bool asks(View *v, const CheckAsked *c)
{
    return !c->when || eval_cond(v, c->when) != TRUTH_NO;
}

bool checklist_asks(const Policy *p, const Checklist *list, const char *name, const CaseDoc *doc, Time now, Arena *a)
{
    View v;

    view_for_checks(&v, p, doc, NULL, 0, now, a);
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->items[i].face.name, name)) return asks(&v, &list->items[i]);
    return false;
}

static const Checklist *list_of(const Policy *p, const char *review)
{
    for (size_t i = 0; i < p->n_checklists; i++)
        if (str_eq(p->checklists[i].head->id, review)) return &p->checklists[i];
    return NULL;
}

size_t policy_checklist(
    const Policy *p, const char *review, const CaseDoc *doc, Time now, Arena *a, const PolicyCheck ***out, PolicyChecklist *about)
{
    const Checklist *list = list_of(p, review);
    size_t n = 0;
    View v;

    if (about) *about = (PolicyChecklist){ .review = review, .title = "", .cite = "" };
    *out = arena_alloc(a, ((list ? list->n : 0) + 1) * sizeof **out);
    if (!list) return 0;
    if (about) *about = (PolicyChecklist){ list->head->id, list->head->title, list->head->cite, list->head->line };
    view_for_checks(&v, p, doc, NULL, 0, now, a);
    for (size_t i = 0; i < list->n; i++)
        if (asks(&v, &list->items[i])) (*out)[n++] = &list->items[i].face;
    return n;
}

Truth policy_check_known(const Policy *p, const char *review, const char *check, const CaseDoc *doc, Time now, Arena *a)
{
    const Checklist *list = list_of(p, review);
    View v;

    view_for_checks(&v, p, doc, NULL, 0, now, a);
    for (size_t i = 0; list && i < list->n; i++)
        if (str_eq(list->items[i].face.name, check) && list->items[i].record) return eval_cond(&v, list->items[i].record);
    return TRUTH_UNKNOWN;
}

size_t policy_checklist_count(const Policy *p)
{
    return p->n_checklists;
}
