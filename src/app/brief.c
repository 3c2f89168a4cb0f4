/* brief.c — what waits, for whom, how late, and which alerts: the page shown where there is no terminal. A line for each role that may
** be seen: on a training store every one without signing in, else the officer's own, or all with the right to see
** other queues. */
#include "inside.h"

static bool visible(App *app, RoleSet *roles, Err *err)
{
    *roles = roles_of_cases();
    if (!app->in && store_info(app->store)->training) return true;
    if (!app_may_do(app, PERM_QUEUE_READ, "brief", NULL, err)) return false;
    if (!role_may(app->session.roles, PERM_QUEUE_ALL)) *roles &= app->session.roles;
    return true;
}

static bool first_of_grade(App *app, QueueQuery q, Code grade, Arena *a, Time *oldest, Err *err)
{
    QueueRow *row;
    size_t n;

    q.from = NULL;
    q.only_grade = grade;
    q.limit = 1;
    if (!app_page(app, &q, a, &row, &n, err)) return false;
    if (n && row->due < *oldest) *oldest = row->due;
    return true;
}

/* Rows come by grade, and within a grade by due. What is not yet assessed has no grade to ask for: it begins where
** the high ones end. */
static bool oldest_due(App *app, RoleSet roles, Arena *a, Time *out, Err *err)
{
    QueueQuery q = { .roles = roles, .tab = TAB_OVERDUE, .now = app_now(app), .limit = 256 };
    QueueRow *rows;
    size_t n, i = 0;
    Time oldest = TIME_MAX;

    do {
        if (!app_page(app, &q, a, &rows, &n, err)) return false;
        for (i = 0; i < n && rows[i].grade == GRADE_HIGH; i++)
            if (rows[i].due < oldest) oldest = rows[i].due;
        if (n) q.from = &rows[n - 1];
    } while (n == q.limit && i == n);
    if (i < n && rows[i].due < oldest) oldest = rows[i].due;
    if (!first_of_grade(app, q, GRADE_MEDIUM, a, &oldest, err) ||
        !first_of_grade(app, q, GRADE_STANDARD, a, &oldest, err))
        return false;
    *out = oldest == TIME_MAX ? TIME_NONE : oldest;
    return true;
}

static bool alerts_line(App *app, Role role, Arena *a, BriefLine *line, Err *err)
{
    AlertQuery q = { .roles = ROLE_BIT(role), .limit = BRIEF_WORST };

    return alert_count(app, q.roles, &line->alerts, err) &&
           (line->alerts == 0 || alert_page(app, &q, a, &line->worst, &line->n_worst, err));
}

static bool brief_line(App *app, Role role, Arena *a, BriefLine *line, Err *err)
{
    line->role = role;
    line->oldest_due = TIME_NONE;
    return app_counts(app, ROLE_BIT(role), line->counts, err) &&
           (line->counts[TAB_OVERDUE] == 0 || oldest_due(app, ROLE_BIT(role), a, &line->oldest_due, err)) &&
           alerts_line(app, role, a, line, err);
}

bool app_brief(App *app, Arena *a, BriefLine **out, size_t *n, Err *err)
{
    RoleSet roles;

    *n = 0;
    if (!visible(app, &roles, err)) return false;
    *out = arena_zero(a, ROLE_COUNT, sizeof **out);
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if ((roles & ROLE_BIT(r)) && !brief_line(app, r, a, &(*out)[(*n)++], err)) return false;
    return true;
}
