/* queue.c — what waits for whom. Rows say which case, which duty and how late; they hold no case text, so reading
** them is not a look at a case. The store keeps the rows in order; the app says for whom. */
#include "inside.h"

static bool may_see(App *app, RoleSet asked, RoleSet *roles, Err *err)
{
    if (!app_may_do(app, PERM_QUEUE_READ, "queue.read", NULL, err)) return false;
    *roles = asked ? asked : app->session.roles;
    return (*roles & ~app->session.roles) == 0 || app_may_do(app, PERM_QUEUE_ALL, "queue.read", NULL, err);
}

bool app_page(App *app, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err)
{
    bool live = false;

    *n = 0;
    if (!queue_needs_live(app, &live, err)) return false;
    if (live) return queue_live_page(app, q, a, rows, n, err);
    return store_queue_page(app->store, q, a, rows, n, err) && queue_risen_page(app, q, a, rows, n, err);
}

bool app_counts(App *app, RoleSet roles, int64_t out[TAB_COUNT], Err *err)
{
    QueueQuery q = { .roles = roles, .now = app_now(app) };
    bool live = false;

    if (!queue_needs_live(app, &live, err)) return false;
    if (live) return queue_live_counts(app, &q, out, err);
    return store_queue_counts(app->store, roles, app_now(app), out, err) && queue_risen_counts(app, &q, out, err);
}

/* The figures of q->of, by whichever road the page goes. */
static bool counts_of(App *app, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err)
{
    bool live = false;

    if (!queue_needs_live(app, &live, err)) return false;
    if (live) return queue_live_counts(app, q, out, err);
    return store_queue_counts_of(app->store, q, out, err) && queue_risen_counts(app, q, out, err);
}

bool queue_counts_of(App *app, RoleSet roles, const char *const *of, size_t n_of, int64_t out[TAB_COUNT], Err *err)
{
    return counts_of(app, &(QueueQuery){ .roles = roles, .now = app_now(app), .of = of, .n_of = n_of }, out, err);
}

bool app_queue_page(App *app, const DeskQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err)
{
    QueueQuery query = { .tab = q->tab,
        .now = app_now(app),
        .from = q->from,
        .backwards = q->backwards,
        .limit = q->limit,
        .only_grade = q->only_grade,
        .only_duty = q->only_duty };

    *n = 0;
    if (!may_see(app, q->roles, &query.roles, err)) return false;
    if (!caseload_named(app, q->only_of, a, &query.of, &query.n_of, err)) return false;
    if (q->only_words) return queue_words_page(app, &query, q->only_words, a, rows, n, err);
    return app_page(app, &query, a, rows, n, err);
}

bool app_queue_counts(App *app, RoleSet roles, int64_t out[TAB_COUNT], Err *err)
{
    return may_see(app, roles, &roles, err) && app_counts(app, roles, out, err);
}

bool app_queue_counts_of(App *app, RoleSet roles, const char *only_of, int64_t out[TAB_COUNT], Err *err)
{
    QueueQuery q = { .now = app_now(app) };
    Arena *a;
    bool ok;

    if (!only_of) return app_queue_counts(app, roles, out, err);
    if (!may_see(app, roles, &q.roles, err)) return false;
    a = arena_new();
    ok = caseload_named(app, only_of, a, &q.of, &q.n_of, err) && counts_of(app, &q, out, err);
    arena_free(&a);
    return ok;
}
