/* test_workload.c — how much waits for each role: the sums are those of the queue, and hidden cases are in none. */
#include "app/workload.h"
#include "desk.h"

static int with_cases(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    assert_int_equal(desk_import(d, arena_printf(d->a, "%s%s%s", case_line(d->a, "KG-2010-000001", ""), case_line(d->a, "KG-2010-000002", ""),
                                        case_line(d->a, "KG-2010-000003",
                                            "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"201234\","
                                            "\"at\":\"2010-05-01T10:30:00Z\",\"grade\":\"high\"}]")))
                         .added,
        3);
    return 0;
}

static const Workload *of(Desk *d, Role role, size_t *n)
{
    Workload *all;

    assert_did(d, app_workload(d->app, d->a, &all, n, &d->err));
    for (size_t i = 0; i < *n; i++)
        if (all[i].role == role) return &all[i];
    return NULL;
}

static void the_sums_are_those_of_the_queue(void **state)
{
    Desk *d = *state;
    Role roles[] = { ROLE_CSU_DS, ROLE_CSU_IO, ROLE_RESPONSE_PC };
    size_t n;

    for (size_t i = 0; i < 3; i++) {
        const Workload *w = of(d, roles[i], &n);
        int64_t counts[TAB_COUNT];
        assert_did(d, app_queue_counts(d->app, ROLE_BIT(roles[i]), counts, &d->err));
        assert_int_equal(w->officers, 1);
        assert_int_equal(w->overdue, counts[TAB_OVERDUE]);
        assert_int_equal(w->week, counts[TAB_TODAY] + counts[TAB_WEEK]);
        assert_int_equal(w->held, counts[TAB_HELD]);
        assert_int_equal(w->overdue + w->week + w->held + w->later, counts[TAB_ALL]);
        assert_true(w->minutes >= w->overdue); /* every duty takes some */
        assert_int_equal(w->cases[GRADE_HIGH], 1);
        assert_int_equal(w->cases[CODE_NONE], 2);
        assert_false(w->cut);
    }
}

static void who_sees_one_queue_is_told_of_one(void **state)
{
    Desk *d = *state;
    size_t n;

    desk_as(d, IO);
    assert_non_null(of(d, ROLE_CSU_IO, &n));
    assert_int_equal(n, 1);
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_workload(d->app, d->a, &(Workload *){ NULL }, &n, &d->err));
}

static void hidden_cases_are_in_no_sum(void **state)
{
    Desk *d = *state;
    Workload before = *of(d, ROLE_CSU_DS, &(size_t){ 0 }), after, seen;
    size_t n;

    desk_as(d, DI);
    assert_int_equal(desk_import(d, case_line(d->a, "KG-2010-000009", "\"restricted_at\":\"2010-05-20T10:00:00Z\"")).added, 1);
    seen = *of(d, ROLE_CSU_DS, &n);
    desk_as(d, DS);
    after = *of(d, ROLE_CSU_DS, &n);
    assert_memory_equal(&after, &before, sizeof after);
    assert_true(seen.overdue > before.overdue);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_cases, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_sums_are_those_of_the_queue),
        TEST(who_sees_one_queue_is_told_of_one),
        TEST(hidden_cases_are_in_no_sum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
