/* links.c — links to cases that are not there for who looks are not there either: they would say that there is one, and whose story it tells.
** They are taken out of a document before a face or a file gets it; the store keeps them, and whatever is written stays beside them. */
#include "inside.h"

#include "app/access.h"
#include "base/protection.h"
#include "base/str.h"

/* A number that this store does not know at all is shown as it is: it is somebody else's. */
bool link_shown(App *app, const Link *l)
{
    Arena *a;
    CaseRow row;
    bool shown, there;

    if (!l->to) return true;
    a = arena_new();
    shown = store_case_find(app->store, l->to, a, &row, NULL);
    store_view_all(app->store, true);
    there = shown || store_case_find(app->store, l->to, a, &row, NULL);
    store_view_all(app->store, false);
    arena_free(&a);
    return shown || !there || WITHOUT("links");
}

void links_hide(App *app, CaseDoc *doc, Arena *a)
{
    Link *kept;
    size_t n = 0;

    if (!doc->n_links) return;
    kept = arena_alloc(a, doc->n_links * sizeof *kept);
    for (size_t i = 0; i < doc->n_links; i++)
        if (link_shown(app, &doc->links[i])) kept[n++] = doc->links[i];
    doc->links = kept;
    doc->n_links = n;
}

static bool said(const CaseDoc *doc, const Link *l)
{
    for (size_t i = 0; i < doc->n_links; i++)
        if (str_eq(doc->links[i].to, l->to) && doc->links[i].why == l->why && doc->links[i].at == l->at) return true;
    return false;
}

void links_keep(App *app, const CaseDoc *before, CaseDoc *after, Arena *a)
{
    size_t had = after->n_links;

    for (size_t i = 0; i < before->n_links; i++)
        if (!said(after, &before->links[i]) && !link_shown(app, &before->links[i])) case_append(after, LIST_LINKS, &before->links[i], a);
    if (after->n_links > had) case_sort(after);
}

size_t app_links_open(App *app, const char *case_id, Arena *a, const char ***out)
{
    CaseRow row, other;
    CaseDoc doc;
    size_t n = 0;

    *out = NULL;
    if (!app_somebody(app, NULL) || !store_case_find(app->store, case_id, a, &row, NULL) ||
        !store_case_load(app->store, row.key, app_vocabs(app), a, &doc, NULL))
        return 0;
    *out = arena_zero(a, doc.n_links + 1, sizeof **out);
    for (size_t i = 0; i < doc.n_links; i++)
        if (doc.links[i].to && store_case_find(app->store, doc.links[i].to, a, &other, NULL) && !other.restricted) (*out)[n++] = other.id;
    return n;
}
