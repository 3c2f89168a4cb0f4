/* case_withdraw.c — an entry made by mistake is taken back from the page of its case: which one, why, and then once more. Listed is what this
** officer may take back, the newest first; it stays on the page, struck, with the reason. */
#include "access.h"
#include "case_more.h"
#include "app/withdraw.h"
#include <stdlib.h>

enum { MOST = 60 };

typedef struct Entry {
    CaseListId list;
    size_t index;
    const void *item;
    Time at;
} Entry;

static int newest_first(const void *p, const void *q)
{
    const Entry *x = p, *y = q;

    return x->at == y->at ? 0 : x->at > y->at ? -1 : 1;
}

static size_t collect(const App *app, const CaseDoc *doc, Arena *a, Entry **out)
{
    size_t n = 0, cap = 0;

    *out = NULL;
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t items_n, size = case_lists[list].item_size;
        const char *items = case_items(doc, list, &items_n);
        for (size_t i = 0; i < items_n && case_can_withdraw(list); i++) {
            const void *item = items + i * size;
            if (!app_can_withdraw(app, doc, list, item)) continue;
            *out = arena_room(a, *out, n, &cap, sizeof **out);
            (*out)[n++] = (Entry){ list, i, item, case_item_time(list, item) };
        }
    }
    if (n) qsort(*out, n, sizeof **out, newest_first);
    return n < MOST ? n : MOST;
}

static const Entry *choose(Screen *self, const CaseView *view, const Entry *all, size_t n)
{
    AskItem items[MOST];
    int pick;

    for (size_t i = 0; i < n; i++) {
        char *when = arena_alloc(self->arena, CIVIL_TEXT);
        items[i] = (AskItem){ .text = case_entry_words(app_of(self), view, all[i].list, all[i].item, self->arena),
            .right = all[i].at == TIME_NONE ? "" : civil_words_short(all[i].at, when) };
    }
    pick = ask_choice(self->loop, "Take back which entry", items, n, 0);
    return pick < 0 || loop_top(self->loop) != self ? NULL : &all[pick];
}

bool case_ask_why(Screen *self, const char *what, const char *error, Str *why)
{
    return ask_line(self->loop,
        &(AskLine){ .title = "Take back",
            .text = arena_printf(
                self->arena, "%s\n\nIt stays, struck, with what you write here; duties, alerts and figures go on as if it had not been made.", what),
            .label = "What was wrong with it",
            .error = error },
        why);
}

React case_take_back(Screen *self, CaseView *view)
{
    Entry *all;
    size_t n = collect(app_of(self), &view->doc, self->arena, &all);
    const Entry *e = n ? choose(self, view, all, n) : NULL;
    Str why = { 0 };
    Err err = { 0 };
    bool ok;

    if (!n) {
        loop_status(self->loop, STYLE_WARNING, "There is nothing here that you can take back.");
        return REACT_STATUS;
    }
    if (!e) return REACT_NONE;
    ok = case_ask_why(self, case_entry_words(app_of(self), view, e->list, e->item, self->arena), NULL, &why);
    if (!ok || loop_top(self->loop) != self) {
        str_finish(&why);
        return REACT_NONE;
    }
    ok = app_entry_withdraw(app_of(self), &view->row, e->list, e->index, str_text(&why), &err);
    str_finish(&why);
    if (!ok) return case_refused(self, &err);
    loop_status(self->loop, STYLE_GOOD, "Taken back: it does not count from now on, and stays here with your reason.");
    return REACT_RELOAD_ALL | REACT_STATUS;
}
