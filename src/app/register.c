/* register.c — the book register (BD 1.17): one row a book, walked along an index of the store. The index holds versions
** and movements that something newer has overtaken; those are passed over here, where the case says what is the newest.
** Rows hold no text of a case, so a page of them is a look at none. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { STRIDE_MAX = 200 /* places fetched at once */ };

/* ---- one place ---- */

/* The newest version that carries the number. */
static const Book *numbered(const CaseDoc *doc, const char *serial)
{
    const Book *newest = NULL;

    for (size_t i = 0; i < doc->n_books; i++) {
        const Book *b = &doc->books[i];
        if (str_eq(b->serial, serial) && b->index_number && (!newest || b->completed_at >= newest->completed_at))
            newest = b;
    }
    return newest;
}

/* Is this where the book stands in the order now, or an older version's or movement's place? */
static bool is_newest(const CaseDoc *doc, const BookStand *s, BookOrder order, const BookPlace *p)
{
    const Book *b;

    switch (order) {
    case BOOKS_BY_HOLDER:
    case BOOKS_BY_RECEIVED:
        return s->move && s->move->at == p->at && (order == BOOKS_BY_RECEIVED || str_eq(s->move->to, p->text));
    case BOOKS_BY_INDEX:
        b = numbered(doc, p->serial);
        return b && str_eq(b->index_number, p->text) && b->completed_at == p->at;
    default: return s->latest->completed_at == p->at;
    }
}

static const char *team_of(const Book *b, Arena *a)
{
    Answers *answers = book_answers(b->answers);
    const char *team = arena_dup(a, answers_get(answers, ANSWER_TEAM));

    answers_free(&answers);
    return team;
}

static void fill(const CaseDoc *doc, const BookStand *s, const BookPlace *p, Arena *a, RegisterRow *out)
{
    *out = (RegisterRow){
        .case_id = arena_dup(a, doc->id),
        .serial = arena_dup(a, s->latest->serial),
        .by = arena_dup(a, s->latest->by ? s->latest->by : ""),
        .team = team_of(s->latest, a),
        .holder = arena_dup(a, s->move ? s->move->to : ""),
        .index_number = arena_dup(a, s->index_number ? s->index_number : ""),
        .versions = s->versions,
        .state = s->state,
        .completed_at = s->latest->completed_at,
        .received_at = s->move ? s->move->at : TIME_NONE,
        .index_at = s->index_at,
        .grade = case_grade(doc),
        .place = *p,
    };
}

/* ---- a page ---- */

typedef struct Page {
    App *app;
    BookQuery q;
    unsigned states;
    Arena *a;
    RegisterRow *rows;
    size_t n, wanted;
    const BookName *only; /* the books that stand as asked, when they are few; NULL: every place is looked at */
    size_t n_only;
} Page;

/* More of them than this, and nearly every place is one: then they are no help. */
enum { ONLY_MAX = 5000 };

static int by_name(const void *a, const void *b)
{
    const BookName *x = a, *y = b;

    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return strcmp(x->serial, y->serial);
}

/* Filed books are the many: who asks for others is answered from those on their way. They are known as they stand now, so a
** clock set back looks at every place. */
static bool know_which(Page *page, Arena *a, Err *err)
{
    BookName *all;
    bool live = false;

    if (page->states == 0 || page->states & 1u << BOOK_INDEXED) return true;
    if (!queue_needs_live(page->app, &live, err)) return false;
    if (live) return true;
    if (!store_books_in_state(page->app->store, page->states, ONLY_MAX + 1, app_vocabs(page->app), a, &all, &page->n_only, err)) return false;
    if (page->n_only > ONLY_MAX) return true;
    qsort(all, page->n_only, sizeof *all, by_name);
    page->only = all;
    return true;
}

static bool stands_so(const Page *page, const BookPlace *p)
{
    BookName name = { p->key, p->serial };

    return !page->only || (page->n_only && bsearch(&name, page->only, page->n_only, sizeof name, by_name));
}

/* Two entries of one book can share a place to the second: the first met counts. */
static bool is_there(const Page *page, const BookPlace *p)
{
    for (size_t i = 0; i < page->n; i++)
        if (page->rows[i].place.key == p->key && str_eq(page->rows[i].serial, p->serial)) return true;
    return false;
}

static bool take(Page *page, const BookPlace *p, Err *err)
{
    Arena *work = arena_new_secret();
    const Vocabs *v = app_vocabs(page->app);
    CaseDoc doc;
    BookStand s;
    bool ok = store_case_load(page->app->store, p->key, v, work, &doc, err);

    if (ok && page->app->fixed != TIME_NONE) case_as_of(&doc, page->app->now);
    if (ok && book_stand(&doc, v, p->serial, &s) && is_newest(&doc, &s, page->q.order, p) &&
        (page->states == 0 || (page->states & 1u << s.state)) && !is_there(page, p))
        fill(&doc, &s, p, page->a, &page->rows[page->n++]);
    arena_free(&work);
    return ok;
}

static void turn_round(RegisterRow *rows, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        RegisterRow row = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = row;
    }
}

static bool walk(Page *page, Err *err)
{
    bool back = page->q.backwards;
    size_t got = 0;

    do {
        BookPlace *places = NULL;
        if (!store_books_page(page->app->store, &page->q, page->a, &places, &got, err)) return false;
        for (size_t i = 0; i < got && page->n < page->wanted; i++)
            if (stands_so(page, &places[back ? got - 1 - i : i]) && !take(page, &places[back ? got - 1 - i : i], err)) return false;
        if (got) page->q.from = &places[back ? 0 : got - 1];
        if (page->only && page->n == page->n_only) break; /* none is left */
    } while (got == page->q.limit && page->n < page->wanted);
    if (back) turn_round(page->rows, page->n);
    return true;
}

bool app_register_page(App *app, const BookQuery *q, unsigned states, Arena *a, RegisterRow **rows, size_t *n, Err *err)
{
    Page page = { .app = app, .q = *q, .states = states, .a = a, .wanted = q->limit };

    *rows = NULL, *n = 0;
    if (!app_may_do(app, PERM_CASE_READ, "register.page", NULL, err)) return false;
    if (q->limit == 0) return true;
    if (page.q.limit > STRIDE_MAX) page.q.limit = STRIDE_MAX;
    page.rows = arena_zero(a, q->limit, sizeof *page.rows);
    if (!know_which(&page, a, err)) return false;
    if (page.only && page.q.limit < STRIDE_MAX) page.q.limit = STRIDE_MAX; /* most places are passed over */
    if (!walk(&page, err)) return false;
    *rows = page.rows, *n = page.n;
    return true;
}
