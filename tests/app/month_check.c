/* month_check.c — the queue from scratch. Cases are read through a handle of its own that sees all of them, whoever changed them; a document is
** read again only when its revision moved, but what the policy asks is computed anew every time. It shares no line with the store's queue nor
** with the app's: what opens, what is late, who is shown what, and in which order is said here once more. */
#include "month.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS_MAX = 100000 };

typedef struct Known { /* a case as it was last read */
    CaseRow row;
    CaseDoc doc;
    Arena *a;
} Known;

typedef struct Line { /* what should stand in a queue */
    size_t key;       /* of the case: its place + 1 */
    const char *id;
    const Duty *d;
    Code grade;
    Role queues[ROLE_COUNT];
    size_t n_queues;
    char *text;
} Line;

struct Scratch {
    Month *m;
    Store *store;
    Known *cases;
    size_t n, cap;
    Arena *a; /* of one comparison */
    Line *lines;
    size_t n_lines, cap_lines;
    Str is, should;
};

Scratch *scratch_new(Month *m)
{
    Scratch *s = mem_new(sizeof *s);

    s->m = m;
    s->a = arena_new();
    s->store = store_open(m->d->store, &m->d->err);
    if (!s->store) fail_msg("%s", m->d->err.text);
    store_view_all(s->store, true);
    return s;
}

void scratch_free(Scratch **scratch)
{
    Scratch *s = *scratch;

    for (size_t i = 0; i < s->n; i++) arena_free(&s->cases[i].a);
    mem_free(s->cases);
    mem_free(s->lines);
    arena_free(&s->a);
    str_finish(&s->is);
    str_finish(&s->should);
    store_close(&s->store);
    mem_free(s);
    *scratch = NULL;
}

/* ---- the facts ---- */

static void read_case(Scratch *s, size_t i)
{
    Known *k = &s->cases[i];
    CaseRow row;
    Desk *d = s->m->d;

    assert_did(d, store_case_row(s->store, (CaseKey)i + 1, s->a, &row, &d->err));
    if (k->a) k->row.restricted = row.restricted; /* its list moves without it */
    if (k->a && row.rev == k->row.rev) return;
    arena_free(&k->a);
    k->a = arena_new();
    assert_did(d, store_case_row(s->store, (CaseKey)i + 1, k->a, &k->row, &d->err));
    assert_did(d, store_case_load(s->store, k->row.key, app_vocabs(d->app), k->a, &k->doc, &d->err));
}

static void read_cases(Scratch *s)
{
    int64_t n;

    assert_did(s->m->d, store_case_count(s->store, &n, &s->m->d->err));
    while ((int64_t)s->n < n) {
        s->cases = mem_room(s->cases, s->n, &s->cap, sizeof *s->cases);
        s->cases[s->n++] = (Known){ .a = NULL };
    }
    for (size_t i = 0; i < s->n; i++) read_case(s, i);
}

/* ---- what follows ---- */

static char *line_text(Arena *a, const char *id, const char *duty, int cycle, Role owner, Code grade, Time opens,
    Time due, const char *says)
{
    return arena_printf(a, "%s %s %d %s %d %lld %lld %s\n", id, duty, cycle, role_word(owner), grade, (long long)opens,
        (long long)due, says ? says : "");
}

static void add_line(Scratch *s, const Known *k, size_t key, const Duty *d)
{
    const PolicyDuty *rule = policy_duty_by_id(app_policy(s->m->d->app), d->id);
    Line *l;

    s->lines = mem_room(s->lines, s->n_lines, &s->cap_lines, sizeof *s->lines);
    l = &s->lines[s->n_lines++];
    *l = (Line){ .key = key, .id = k->row.id, .d = d, .grade = case_grade(&k->doc) };
    l->n_queues = policy_duty_queues(rule, d, s->m->now, l->queues, ROLE_COUNT);
    l->text = line_text(s->a, k->row.id, d->id, d->cycle, d->owner, l->grade, d->opens, d->due,
        d->says && k->row.restricted ? "Task of a restricted case" : d->says); /* its words stand in the case alone */
}

static void evaluate(Scratch *s)
{
    s->n_lines = 0;
    for (size_t i = 0; i < s->n; i++) {
        Duty *duties;
        size_t n = policy_evaluate(app_policy(s->m->d->app), &s->cases[i].doc, s->m->now, s->a, &duties);
        for (size_t k = 0; k < n; k++)
            if (duties[k].done == TIME_NONE && duties[k].ended == TIME_NONE)
                add_line(s, &s->cases[i], i + 1, &duties[k]);
    }
}

/* Overdue, then open, then to come; in each the high grades first, then who was not assessed, medium, standard; then by due. */
static Time sorting_at;

static int part(const Duty *d)
{
    return d->due < sorting_at ? 0 : d->opens <= sorting_at ? 1 : 2;
}

static int rank(Code grade)
{
    static const int ranks[] = { 1, 3, 2, 0 };

    return ranks[grade <= 3 ? grade : 0];
}

#define BY(x, y)                                                                                                       \
    if ((x) != (y)) return (x) < (y) ? -1 : 1

static int in_order(const void *p, const void *q)
{
    const Line *x = p, *y = q;

    BY(part(x->d), part(y->d));
    BY(rank(x->grade), rank(y->grade));
    BY(x->d->due, y->d->due);
    BY(strcmp(x->id, y->id), 0);
    BY(strcmp(x->d->id, y->d->id), 0);
    BY(x->d->cycle, y->d->cycle);
    return 0;
}

static bool in_tab(const Duty *d, QueueTab tab, Time now)
{
    DutyState state = duty_state(d, now);
    Date day = civil_local_date(now);

    if (d->held > now) return tab == TAB_HELD || tab == TAB_ALL;
    switch (tab) {
    case TAB_HELD: return false;
    case TAB_OVERDUE: return state == DUTY_OVERDUE;
    case TAB_TODAY: return state == DUTY_OPEN && civil_local_date(d->due) <= day;
    case TAB_WEEK: return state == DUTY_OPEN && civil_local_date(d->due) > day && civil_local_date(d->due) <= day + 7;
    case TAB_WAITING: return state == DUTY_WAITING;
    default: return true;
    }
}

/* A restricted case is there for this officer when the store of the terminal says so of the case itself. */
static bool is_there(App *app, const Known *k, Arena *a)
{
    CaseRow row;

    return !k->row.restricted || store_case_row(app_store_handle(app), k->row.key, a, &row, NULL);
}

/* ---- side by side ---- */

static void first_difference(const Scratch *s, const char *whose, QueueTab tab)
{
    const char *is = str_text(&s->is), *should = str_text(&s->should);
    size_t line = 0, at = 0;
    char when[CIVIL_TEXT];

    for (size_t i = 0; is[i] && is[i] == should[i]; i++)
        if (is[i] == '\n') line++, at = i + 1;
    if (getenv("MONTH_TELL")) fprintf(stderr, "--- stored\n%s--- scratch\n%s", is, should);
    civil_format_time(s->m->now, when);
    fail_msg("%s: the queue of %s, tab %d, differs in line %zu of %zu bytes:\n  stored  %.*s\n  scratch %.*s", when,
        whose, tab, line + 1, strlen(should), (int)strcspn(is + at, "\n"), is + at, (int)strcspn(should + at, "\n"),
        should + at);
}

static void page_text(Scratch *s, App *app, QueueTab tab, const char *of)
{
    DeskQuery q = { .tab = tab, .limit = ROWS_MAX, .only_of = of };
    QueueRow *rows;
    size_t n;

    str_clear(&s->is);
    assert_did(s->m->d, app_queue_page(app, &q, s->a, &rows, &n, &s->m->d->err));
    for (size_t i = 0; i < n; i++)
        str_add(&s->is, line_text(s->a, rows[i].case_id, rows[i].duty, rows[i].cycle, rows[i].owner, rows[i].grade,
                            rows[i].opens, rows[i].due, rows[i].says));
}

static bool stands_with(const Line *l, Role r)
{
    for (size_t i = 0; i < l->n_queues; i++)
        if (l->queues[i] == r) return true;
    return false;
}

/* Of one investigating officer's cases, and of nobody's: the same rows and figures, fewer of them. */
static void compare_of(Scratch *s, App *app, Role r, const bool *there, const char *of)
{
    int64_t is[TAB_COUNT], should[TAB_COUNT] = { 0 };

    str_clear(&s->should);
    for (size_t i = 0; i < s->n_lines; i++) {
        const Line *l = &s->lines[i];
        const char *has = case_investigator(&s->cases[l->key - 1].doc, s->m->now);
        if (!stands_with(l, r) || !there[l->key - 1] || !str_eq(has ? has : "nobody", of)) continue;
        str_add(&s->should, l->text);
        for (int tab = 0; tab < TAB_COUNT; tab++) should[tab] += in_tab(l->d, tab, s->m->now);
    }
    page_text(s, app, TAB_ALL, of);
    if (!str_eq(str_text(&s->is), str_text(&s->should))) first_difference(s, of, TAB_ALL);
    assert_did(s->m->d, app_queue_counts_of(app, 0, of, is, &s->m->d->err));
    for (int tab = 0; tab < TAB_COUNT; tab++)
        if (is[tab] != should[tab])
            fail_msg("the figure on tab %d of %s, %s's cases, is %lld, not %lld", tab, role_word(r), of, (long long)is[tab], (long long)should[tab]);
}

static size_t compare_officer(Scratch *s, size_t who, bool thorough)
{
    App *app = s->m->at[who];
    Role r = training_officers[who].role;
    int64_t is[TAB_COUNT], should[TAB_COUNT] = { 0 };
    bool *there = arena_alloc(s->a, s->n + 1);
    size_t rows = 0;

    assert_did(s->m->d, app_queue_counts(app, 0, is,
                            &s->m->d->err)); /* first: it is what tells the store what time it is for who looks */
    for (size_t i = 0; i < s->n; i++) there[i] = is_there(app, &s->cases[i], s->a);
    for (int tab = TAB_COUNT - 1; tab >= 0; tab--) {
        str_clear(&s->should);
        for (size_t i = 0; i < s->n_lines; i++) {
            const Line *l = &s->lines[i];
            if (!stands_with(l, r) || !there[l->key - 1] || !in_tab(l->d, tab, s->m->now)) continue;
            should[tab]++;
            str_add(&s->should, l->text);
        }
        if (tab != TAB_ALL && !thorough) continue;
        page_text(s, app, tab, NULL);
        if (!str_eq(str_text(&s->is), str_text(&s->should))) first_difference(s, role_word(r), tab);
        rows += (size_t)should[tab];
    }
    for (int tab = 0; tab < TAB_COUNT; tab++)
        if (is[tab] != should[tab])
            fail_msg("the figure on tab %d of %s is %lld, not %lld", tab, role_word(r), (long long)is[tab],
                (long long)should[tab]);
    if (r == ROLE_CSU_IO || r == ROLE_CSU_DS) {
        compare_of(s, app, r, there, "900006");
        compare_of(s, app, r, there, "900007");
        compare_of(s, app, r, there, "nobody");
    }
    return rows;
}

/* ---- as `duties --now` lists them ---- */

static bool list_duty(void *with, const char *case_id, const Duty *d, DutyState state, Err *err)
{
    Scratch *s = with;

    if (duty_is_live(d))
        str_addf(&s->is, "%s %s %d %s %s %lld %lld\n", case_id, d->id, d->cycle, role_word(d->owner),
            duty_state_word(state), (long long)d->opens, (long long)d->due);
    return true;
}

static int by_name(const void *p, const void *q)
{
    const Line *x = p, *y = q;

    BY(strcmp(x->id, y->id), 0);
    BY(strcmp(x->d->id, y->d->id), 0);
    BY(x->d->cycle, y->d->cycle);
    return 0;
}

/* What the detective inspector is told by the command is what was computed here. */
static void compare_listing(Scratch *s)
{
    App *app = month_officer(s->m, ROLE_CSU_DI);
    DutyFilter all = { 0 };

    str_clear(&s->is);
    str_clear(&s->should);
    assert_did(s->m->d, app_duties_each(app, &all, list_duty, s, &s->m->d->err));
    qsort(s->lines, s->n_lines, sizeof *s->lines, by_name);
    for (size_t i = 0; i < s->n_lines; i++) {
        const Line *l = &s->lines[i];
        const Duty *d = l->d;
        if (!is_there(app, &s->cases[l->key - 1], s->a)) continue;
        str_addf(&s->should, "%s %s %d %s %s %lld %lld\n", l->id, d->id, d->cycle, role_word(d->owner),
            duty_state_word(duty_state(d, s->m->now)), (long long)d->opens, (long long)d->due);
    }
    if (!str_eq(str_text(&s->is), str_text(&s->should))) first_difference(s, "`duties`", TAB_ALL);
}

size_t scratch_compare(Scratch *s, bool thorough)
{
    size_t rows = 0;

    arena_reset(s->a);
    read_cases(s);
    evaluate(s);
    sorting_at = s->m->now;
    qsort(s->lines, s->n_lines, sizeof *s->lines, in_order);
    for (size_t i = 0; i < OFFICERS; i++) rows += compare_officer(s, i, thorough);
    if (thorough) compare_listing(s);
    return rows;
}
