/* desk_next.c — thirty reviews in a row: which row comes next when one is saved. */
#include "desk.h"

/* Reviews follow on reviews of every kind; any other entry on one for the same duty. */
static bool follows(const EntryAsk *next, const EntryAsk *saved)
{
    if (saved->list == LIST_REVIEWS) return next->list == LIST_REVIEWS;
    return saved->duty && str_eq(next->duty, saved->duty);
}

/* Stands on the next row that fits. */
static bool next_row(
    Screen *self, bool skip_current, bool (*fits)(App *, const DutyName *, void *with), void *with, size_t *passed)
{
    Desk *d = desk_of(self);

    *passed = 0;
    for (size_t i = list_at(&d->list) + (skip_current ? 1 : 0); i < d->rows.n; i++) {
        DutyName name = desk_name_of(window_row(&d->rows, i));
        if (fits(app_of(self), &name, with)) {
            list_go(&d->list, i);
            desk_fetch_around(self);
            return true;
        }
        (*passed)++;
    }
    return false;
}

typedef struct NextEntry {
    const EntryAsk *saved;
    EntryAsk *out;
} NextEntry;

static bool entry_fits(App *app, const DutyName *name, void *with)
{
    const NextEntry *next = with;
    Err err = { 0 };

    return entry_for_duty(app, name, next->out, &err) && follows(next->out, next->saved);
}

bool desk_next(Screen *self, const EntryAsk *saved, bool skip_current, EntryAsk *out, size_t *passed)
{
    NextEntry next = { saved, out };

    if (!next_row(self, skip_current, entry_fits, &next, passed)) return false;
    out->walking = true;
    return true;
}

typedef struct NextBook {
    bool indexing;
    ReadAsk *out;
} NextBook;

static bool book_fits(App *app, const DutyName *name, void *with)
{
    const NextBook *next = with;

    return read_for_duty(app, name, next->out) && next->out->indexing == next->indexing;
}

bool desk_next_book(Screen *self, bool indexing, bool skip_current, ReadAsk *out, size_t *passed)
{
    NextBook next = { indexing, out };

    if (!next_row(self, skip_current, book_fits, &next, passed)) return false;
    out->walking = true;
    return true;
}
