/* pages.c — see pages.h. */
#include "pages.h"

#include <string.h>

static bool grow(Screen *self, Pages *p, size_t limit, Err *err)
{
    const void *last = p->n ? (const char *)p->items + (p->n - 1) * p->row_size : NULL;
    void *rows;
    size_t n;

    if (!p->fetch(self, last, limit, &rows, &n, &p->more, err)) return false;
    for (size_t i = 0; i < n; i++) {
        p->items = arena_room(self->arena, p->items, p->n, &p->cap, p->row_size);
        memcpy((char *)p->items + p->n++ * p->row_size, (const char *)rows + i * p->row_size, p->row_size);
    }
    return true;
}

bool pages_load(Screen *self, Pages *p, List *list, Err *err)
{
    size_t limit = p->n > p->page ? p->n : p->page;

    p->items = NULL, p->n = p->cap = 0, p->more = false;
    if (!grow(self, p, limit, err)) return false;
    list_refresh(list);
    return true;
}

React pages_event(Screen *self, Pages *p, List *list, const Event *e)
{
    Err err = { 0 };

    if (list_event(list, e) == LIST_UNUSED) return REACT_UNUSED;
    while (p->more && list_at(list) + p->page / 2 >= p->n)
        if (!grow(self, p, p->page, &err)) {
            loop_status_err(self->loop, &err);
            return REACT_STATUS;
        }
    return REACT_REDRAW;
}
