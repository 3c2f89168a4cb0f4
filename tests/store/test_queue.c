/* test_queue.c — every page of every tab, forwards and backwards, and every figure, held against a plain sort of all duties. Some of the cases
** are restricted: half of those who looks may see, the others are in no page and no figure. */
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 240, ALL_MAX = CASES * 6 };

static Store *s;
static Arena *a;

typedef struct Known { /* what the plain way knows of one live duty */
    Duty d;
    char case_id[41];
    Code grade;
    int part;
} Known;

static Known all[ALL_MAX];
static size_t n_all, n_listed; /* and the cases that stand in a list and are seen */

/* ---- the plain way ---- */

static int part_of(const Duty *d, Time now)
{
    return d->due < now ? 0 : d->opens <= now ? 1 : 2;
}

static bool on_tab(const Known *k, QueueTab tab, Time now)
{
    Date today = civil_local_date(now);
    int part = part_of(&k->d, now);

    if (k->d.held > now) return tab == TAB_HELD || tab == TAB_ALL;
    switch (tab) {
    case TAB_HELD: return false;
    case TAB_OVERDUE: return part == 0;
    case TAB_TODAY: return part == 1 && k->d.due <= civil_day_end(today);
    case TAB_WEEK: return part == 1 && k->d.due > civil_day_end(today) && k->d.due <= civil_day_end(today + 7);
    case TAB_WAITING: return part == 2;
    default: return true;
    }
}

static int order(const void *x, const void *y)
{
    const Known *p = *(Known *const *)x, *q = *(Known *const *)y;
    int c;

    if (p->part != q->part) return p->part - q->part;
    if ((c = rank_of_grade(p->grade) - rank_of_grade(q->grade)) != 0) return c;
    if (p->d.due != q->d.due) return p->d.due < q->d.due ? -1 : 1;
    if ((c = strcmp(p->case_id, q->case_id)) != 0) return c;
    if ((c = strcmp(p->d.id, q->d.id)) != 0) return c;
    return p->d.cycle - q->d.cycle;
}

static bool is_of(const QueueQuery *q, const char *investigator)
{
    for (size_t i = 0; i < q->n_of; i++)
        if (strcmp(q->of[i], investigator ? investigator : "") == 0) return true;
    return false;
}

static size_t plain(const QueueQuery *q, Known **out)
{
    size_t n = 0;

    for (size_t i = 0; i < n_all; i++) {
        Known *k = &all[i];
        k->part = part_of(&k->d, q->now);
        if (!(q->roles & ROLE_BIT(k->d.owner)) || !on_tab(k, q->tab, q->now)) continue;
        if (q->only_grade && k->grade != q->only_grade) continue;
        if (q->only_duty && strcmp(q->only_duty, k->d.id) != 0) continue;
        if (q->n_of && !is_of(q, desk_investigator(k->case_id))) continue;
        out[n++] = k;
    }
    qsort(out, n, sizeof *out, order);
    return n;
}

/* ---- the two compared ---- */

static void same_row(const QueueRow *r, const Known *k)
{
    assert_string_equal(r->case_id, k->case_id);
    assert_string_equal(r->duty, k->d.id);
    if (desk_investigator(k->case_id))
        assert_string_equal(r->investigator, desk_investigator(k->case_id));
    else
        assert_null(r->investigator);
    assert_true(r->cycle == k->d.cycle && r->owner == k->d.owner && r->grade == k->grade);
    assert_true(r->start == k->d.start && r->opens == k->d.opens && r->due == k->d.due && r->held == k->d.held);
}

/* Turn pages through the whole tab, one way or the other. Only the place of a row is given back, as a screen may. */
static void turn_pages(QueueQuery q, Known *const *want, size_t n)
{
    QueueRow from, *rows;
    size_t got = 0, page;

    q.from = NULL;
    for (;;) {
        arena_reset(a);
        must(store_queue_page(s, &q, a, &rows, &page, E));
        assert_true(page <= q.limit);
        if (page == 0) break;
        for (size_t i = 0; i < page; i++) same_row(&rows[i], want[q.backwards ? n - got - page + i : got + i]);
        got += page;
        memset(&from, 0, sizeof from);
        memcpy(from.place, rows[q.backwards ? 0 : page - 1].place, sizeof from.place);
        q.from = &from;
    }
    assert_int_equal(got, n);
}

/* Everybody's cases, one officer's, nobody's, and those of several as "nobody" asks for them when some may not have cases any more. */
static const char *const officers[][3] = { { "" }, { "300001" }, { "" }, { "", "300002", "300009" } };
static const size_t n_officers[] = { 0, 1, 1, 3 };

static void every_page(Time now)
{
    static const RoleSet roles[] = { ROLE_BIT(ROLE_CSU_DS), ROLE_BIT(ROLE_DCI),
        ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_DCI), ROLE_BIT(ROLE_RESPONSE_PC), 0, 0xffffffff };
    static Known *want[ALL_MAX];

    for (size_t r = 0; r < ARRAY_LEN(roles); r++) {
        for (int kind = 0; kind < TAB_COUNT * 2 * 3 * 2 * 4; kind++) {
            QueueQuery q = { .roles = roles[r],
                .tab = (QueueTab)(kind % TAB_COUNT),
                .now = now,
                .backwards = kind / TAB_COUNT % 2,
                .limit = kind / (TAB_COUNT * 2) % 3 == 0 ? 7 : 100 };
            if (kind / (TAB_COUNT * 2) % 3 == 1) q.only_grade = GRADE_HIGH;
            if (kind / (TAB_COUNT * 6) % 2 == 1) q.only_duty = "csu-ds-read";
            q.of = officers[kind / (TAB_COUNT * 12) % 4], q.n_of = n_officers[kind / (TAB_COUNT * 12) % 4];
            turn_pages(q, want, plain(&q, want));
        }
    }
}

static void every_figure(Time now)
{
    static const RoleSet roles[] = { ROLE_BIT(ROLE_CSU_DS), ROLE_BIT(ROLE_DCI), 0xffffffff, 0 };
    static Known *found[ALL_MAX];

    for (size_t r = 0; r < ARRAY_LEN(roles); r++) {
        int64_t counts[TAB_COUNT];
        must(store_queue_counts(s, roles[r], now, counts, E));
        for (QueueTab tab = 0; tab < TAB_COUNT; tab++) {
            QueueQuery q = { .roles = roles[r], .tab = tab, .now = now };
            assert_int_equal(counts[tab], plain(&q, found));
        }
        for (size_t o = 1; o < ARRAY_LEN(officers); o++) {
            QueueQuery q = { .roles = roles[r], .now = now, .of = officers[o], .n_of = n_officers[o] };
            must(store_queue_counts_of(s, &q, counts, E));
            for (q.tab = 0; q.tab < TAB_COUNT; q.tab++) assert_int_equal(counts[q.tab], plain(&q, found));
        }
    }
}

static const Time moments[] = { NOW, NOW + 1, NOW + 5 * HOUR + 20 * 60, NOW + DAY, NOW + 6 * DAY + 333, NOW + 29 * DAY,
    NOW + 60 * DAY };

static void every_page_is_what_a_plain_sort_gives(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(moments); i++) every_page(moments[i]);
}

static void every_figure_is_what_a_plain_count_gives(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(moments); i++) every_figure(moments[i]);
}

/* A row that was done while its page was on the screen still names a place. */
static void a_place_outlives_its_row(void **unused)
{
    QueueQuery q = { .roles = ROLE_BIT(ROLE_CSU_DS), .tab = TAB_ALL, .now = NOW, .limit = 5 };
    QueueRow *rows, *after, *again;
    size_t n, m, k;
    Tx tx;
    CaseDoc doc;
    CaseBadge badge;

    arena_reset(a);
    must(store_queue_page(s, &q, a, &rows, &n, E));
    q.from = &rows[4];
    must(store_queue_page(s, &q, a, &after, &m, E));
    must(store_case_load(s, rows[4].key, vocabs_standard(), a, &doc, E));
    badge = desk_badge(&doc);
    must(store_begin(s, &tx, E));
    must(store_duty_apply(&tx, rows[4].key, &badge, NULL, 0, 1, vocabs_standard(), E));
    must(store_queue_page(s, &q, a, &again, &k, E));
    store_end(&tx);
    assert_true(m == 5 && k == 5);
    if (strcmp(after[0].case_id, rows[4].case_id) != 0) /* unless the same case stood there too */
        assert_string_equal(after[0].case_id, again[0].case_id);
}

/* The list of an officer's cases: by grade, then the longest untouched; a hidden one is in none. */
static void a_list_of_cases_has_each_that_is_seen_in_order(void **unused)
{
    static const char *const of[] = { "300001", "300002", "", "300009" };
    size_t all_rows = 0;

    for (size_t o = 0; o < ARRAY_LEN(of); o++) {
        CaseloadRow *rows;
        size_t n;
        must(store_caseload(s, of[o], true, a, &rows, &n, E));
        for (size_t i = 0; i < n; i++) {
            const char *has = desk_investigator(rows[i].case_id);
            assert_string_equal(has ? has : "", of[o]);
            assert_true(rows[i].touched != TIME_NONE);
            if (i == 0) continue;
            assert_true(rank_of_grade(rows[i - 1].grade) <= rank_of_grade(rows[i].grade));
            if (rows[i - 1].grade == rows[i].grade) assert_true(rows[i - 1].touched <= rows[i].touched);
        }
        all_rows += n;
    }
    assert_int_equal(all_rows, n_listed);
}

static void officers_are_told_once(void **unused)
{
    const char **all_of;
    size_t n;

    must(store_investigators(s, a, &all_of, &n, E));
    assert_int_equal(n, 2);
    assert_string_equal(all_of[0], "300001");
    assert_string_equal(all_of[1], "300002");
}

static void remember(int i, const CaseDoc *doc)
{
    Duty duties[6];
    size_t n = desk_duties(i, duties);

    for (size_t k = 0; k < n; k++) {
        if (!duty_is_live(&duties[k])) continue;
        all[n_all] = (Known){ .d = duties[k], .grade = case_grade(doc) };
        snprintf(all[n_all].case_id, sizeof all[n_all].case_id, "%s", doc->id);
        n_all++;
    }
}

/* Of ten cases the fourth is restricted and seen, the seventh restricted and hidden. */
static bool restricted(int i)
{
    return i % 10 == 3 || i % 10 == 6;
}

static bool hidden(int i)
{
    return i % 10 == 6;
}

static void restrict_case(Tx *tx, int i, const CaseDoc *doc)
{
    CaseRow row;
    Duty duties[6];
    CaseBadge badge = desk_badge(doc);
    size_t n = desk_duties(i, duties);

    must(store_case_find(s, doc->id, a, &row, E));
    must(store_access_add(tx, &(AccessEntry){ .case_key = row.key, .verb = ACCESS_RESTRICT, .by = "900008", .at = NOW }, NULL, E));
    if (!hidden(i))
        must(store_access_add(
            tx, &(AccessEntry){ .case_key = row.key, .verb = ACCESS_GRANT, .officer = "900007", .by = "900008", .at = NOW }, NULL, E));
    must(store_duty_apply(tx, row.key, &badge, duties, n, 1, vocabs_standard(), E));
}

static void restrict_some(void)
{
    AuditEntry e = desk_entry("case.restrict", "");
    Tx tx;

    must(store_begin(s, &tx, E));
    for (int i = 0; i < CASES; i++) {
        CaseDoc doc;
        if (!restricted(i)) continue;
        arena_reset(a);
        desk_case(i, true, a, &doc);
        restrict_case(&tx, i, &doc);
    }
    must(store_audit_append(&tx, &e, E));
    must(store_commit(&tx, E));
    store_end(&tx);
}

static int with_cases(void **unused)
{
    Viewer who = { "900007", ROLE_BIT(ROLE_CSU_DS), NOW };

    s = desk_store("queue");
    a = arena_new();
    desk_fill(s, 0, CASES, true);
    restrict_some();
    store_view(s, &who);
    for (int i = 0; i < CASES; i++) {
        CaseDoc doc;
        arena_reset(a);
        desk_case(i, true, a, &doc);
        if (!hidden(i)) remember(i, &doc), n_listed += desk_badge(&doc).investigated;
    }
    return 0;
}

static int without(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_what_a_plain_sort_gives),
        cmocka_unit_test(every_figure_is_what_a_plain_count_gives),
        cmocka_unit_test(a_list_of_cases_has_each_that_is_seen_in_order),
        cmocka_unit_test(officers_are_told_once),
        cmocka_unit_test(a_place_outlives_its_row),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests_name("queue", tests, with_cases, without);
    desk_finish();
    return failed;
}
