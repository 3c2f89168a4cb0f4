/* test_queue.c — what waits for whom; and the queue as it stood at a moment before the last fact. */
#include "desk.h"

#include "../../src/app/inside.h"

static int with_cases(void **state)
{
    Desk *d;
    Str lines = { 0 };

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    for (int i = 1; i <= 40; i++) {
        static const char *const grades[] = { "high", "medium", "standard" };
        str_addf(&lines,
            "{\"format\":\"book124.case/"
            "1\",\"id\":\"KG-%03d\",\"reported_at\":\"2010-05-%02dT%02d:00:00Z\",\"kind\":\"crime\","
            "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-05-%02dT23:00:00Z\",\"accepted_at\":\"2010-05-%02dT23:"
            "30:00Z\"}]",
            i, 1 + i * 7 % 28, i % 20, 1 + i * 7 % 28, 1 + i * 7 % 28);
        if (i % 4)
            str_addf(&lines,
                ",\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"201234\",\"at\":"
                "\"2010-05-%02dT23:40:00Z\",\"grade\":\"%s\"}]",
                1 + i * 7 % 28, grades[i % 4 - 1]);
        if (i % 5 == 0)
            str_addf(&lines,
                ",\"reviews\":[{\"kind\":\"ds-supervision\",\"by\":\"190001\",\"at\":\"2010-05-%02dT08:00:00Z\","
                "\"outcome\":\"satisfied\"}]",
                2 + i * 7 % 28);
        str_add(&lines, "}\n");
    }
    assert_int_equal(desk_import(d, str_text(&lines)).added, 40);
    str_finish(&lines);
    return 0;
}

static size_t page(
    Desk *d, RoleSet roles, QueueTab tab, const QueueRow *from, bool backwards, size_t limit, QueueRow **rows)
{
    DeskQuery q = { .tab = tab, .roles = roles, .from = from, .backwards = backwards, .limit = limit };
    size_t n;

    assert_did(d, app_queue_page(d->app, &q, d->a, rows, &n, &d->err));
    return n;
}

static void the_figures_on_the_tabs_are_the_rows_behind_them(void **state)
{
    Desk *d = *state;
    int64_t counts[TAB_COUNT];
    QueueRow *rows;

    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
    assert_true(counts[TAB_OVERDUE] > 0);
    for (QueueTab tab = 0; tab < TAB_COUNT; tab++)
        assert_int_equal(page(d, 0, tab, NULL, false, 1000, &rows), counts[tab]);
}

static void reading_the_queue_is_not_a_look(void **state)
{
    Desk *d = *state;
    int64_t before = log_size(d);
    QueueRow *rows;

    page(d, 0, TAB_ALL, NULL, false, 10, &rows);
    assert_int_equal(log_size(d), before);
}

static void another_role_needs_the_right_to_see_it(void **state)
{
    Desk *d = *state;
    int64_t counts[TAB_COUNT];

    assert_did(d, app_queue_counts(d->app, ROLE_BIT(ROLE_RESPONSE_PC), counts, &d->err));
    desk_as(d, PC);
    assert_did(d, app_queue_counts(d->app, ROLE_BIT(ROLE_RESPONSE_PC), counts, &d->err));
    assert_refused(d, ERR_DENIED, app_queue_counts(d->app, ROLE_BIT(ROLE_CSU_DS), counts, &d->err));
    assert_logged(d, AUDIT_DENIED, "queue.read", "");
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_queue_counts(d->app, 0, counts, &d->err));
}

static void pages_are_the_whole_cut_in_pieces(void **state)
{
    Desk *d = *state;
    QueueRow *all, *rows;
    size_t n_all = page(d, ROLE_BIT(ROLE_RESPONSE_PC) | ROLE_BIT(ROLE_CSU_DS), TAB_ALL, NULL, false, 1000, &all), n,
           at = 0;
    const QueueRow *from = NULL;

    while ((n = page(d, ROLE_BIT(ROLE_RESPONSE_PC) | ROLE_BIT(ROLE_CSU_DS), TAB_ALL, from, false, 7, &rows)) > 0) {
        for (size_t i = 0; i < n; i++, at++) {
            assert_string_equal(rows[i].case_id, all[at].case_id);
            assert_string_equal(rows[i].duty, all[at].duty);
        }
        from = &rows[n - 1];
    }
    assert_int_equal(at, n_all);
    n = page(d, ROLE_BIT(ROLE_RESPONSE_PC) | ROLE_BIT(ROLE_CSU_DS), TAB_ALL, &all[20], true, 7, &rows);
    assert_int_equal(n, 7);
    for (size_t i = 0; i < n; i++) assert_string_equal(rows[i].duty, all[13 + i].duty);
}

/* The live computation and the stored rows are two ways to one answer: at a moment when both know, they say the
** same. `rules`: put in the place of those in force, on both ways; NULL for none. */
static void both_ways_agree(Desk *d, Policy *rules, const RoleSet *sets, size_t n_sets)
{
    QueueRow *stored, *live;

    for (size_t s = 0; s < n_sets; s++) {
        for (QueueTab tab = 0; tab < TAB_COUNT; tab++) {
            App *then = d->app;
            Policy *own = then->policy;
            int64_t counts[TAB_COUNT], counts_live[TAB_COUNT];
            if (rules) then->policy = rules;
            size_t n = page(d, sets[s], tab, NULL, false, 1000, &stored), m;
            assert_did(d, app_queue_counts(d->app, sets[s], counts, &d->err));
            then->policy = own;
            d->app = desk_terminal(d, NOW);
            desk_as(d, DS);
            own = d->app->policy;
            if (rules) d->app->policy = rules;
            assert_int_equal(app_now(d->app), T(NOW));
            d->app->last_fact = TIME_MAX; /* as if facts were still to come */
            m = page(d, sets[s], tab, NULL, false, 1000, &live);
            assert_did(d, app_queue_counts(d->app, sets[s], counts_live, &d->err));
            d->app->policy = own;
            assert_int_equal(n, m);
            for (size_t i = 0; i < n; i++) {
                assert_string_equal(stored[i].case_id, live[i].case_id);
                assert_string_equal(stored[i].duty, live[i].duty);
                assert_string_equal(stored[i].offence, live[i].offence);
                assert_int_equal(stored[i].cycle, live[i].cycle);
                assert_int_equal(stored[i].grade, live[i].grade);
                assert_int_equal(stored[i].due, live[i].due);
                assert_int_equal(stored[i].key, live[i].key);
            }
            assert_memory_equal(counts, counts_live, sizeof counts);
            app_close(&d->app);
            d->app = then;
        }
    }
}

static void the_queue_computed_live_is_the_stored_one(void **state)
{
    static const RoleSet sets[] = { 0, ROLE_BIT(ROLE_RESPONSE_PC),
        ROLE_BIT(ROLE_RESPONSE_PC) | ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_CSU_DI) };

    both_ways_agree(*state, NULL, sets, ARRAY_LEN(sets));
}

/* The standard policy, but what a sergeant leaves undone comes to the inspector, and what he leaves to the DCI. */
static Policy *escalating(Desk *d)
{
    static const char own[] = "owner    csu-ds, then csu-di after 3 days, then dci after 14 days";
    static const char from[] = "owner    csu-ds, then csu-di after 3 days, then dci after 14 days\n    when     crime\n    while    active and owner in bocu\n    from     reported\n    every    7 days";
    PolicyProblems problems = { .arena = d->a };
    size_t n = 0;
    const char *text = policy_builtin(POLICY_STANDARD, &n), *at = strstr(text, from);
    Str changed = { 0 };
    Policy *p;

    assert_non_null(at);
    str_add_n(&changed, text, (size_t)(at - text));
    str_add(&changed, "owner    csu-ds, then csu-di after 10 days, then dci after 18 days");
    str_add_n(&changed, at + strlen(own), n - (size_t)(at - text) - strlen(own));
    p = policy_parse("escalating", changed.s, changed.n, &problems);
    if (!p) fail_msg("%s", problems.items[0].text);
    str_finish(&changed);
    return p;
}

static size_t of_duty(const QueueRow *rows, size_t n, const char *duty)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++) found += strcmp(rows[i].duty, duty) == 0;
    return found;
}

/* How many of a duty a tab holds. */
static size_t on_tab(Desk *d, RoleSet roles, QueueTab tab, const char *duty)
{
    QueueRow *rows;
    size_t n = page(d, roles, tab, NULL, false, 1000, &rows);

    return of_duty(rows, n, duty);
}

static void what_is_left_undone_comes_to_the_next_in_line(void **state)
{
    static const RoleSet sets[] = { ROLE_BIT(ROLE_CSU_DI), ROLE_BIT(ROLE_DCI), ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_DCI),
        ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_CSU_DI) };
    Desk *d = *state;
    Policy *rules = escalating(d), *own = d->app->policy;
    QueueRow *mine, *risen, *two;
    size_t n, m, at = 0, after_three;

    after_three = on_tab(d, sets[0], TAB_OVERDUE, "ds-supervision"); /* the standard policy's days */
    d->app->policy = rules;
    n = page(d, ROLE_BIT(ROLE_CSU_DS), TAB_OVERDUE, NULL, false, 1000, &mine);
    m = page(d, sets[0], TAB_OVERDUE, NULL, false, 1000, &risen);
    for (size_t i = 0; i < n; i++) /* of the sergeant's, those that are ten days past due */
        at += strcmp(mine[i].duty, "ds-supervision") == 0 && civil_add_days(mine[i].due, 10) <= T(NOW);
    assert_true(at > 0 && at < after_three && after_three < of_duty(mine, n, "ds-supervision"));
    assert_int_equal(of_duty(risen, m, "ds-supervision"), at);
    assert_true(on_tab(d, sets[1], TAB_OVERDUE, "ds-supervision") < at);
    assert_int_equal(on_tab(d, sets[0], TAB_TODAY, "ds-supervision"), 0);

    m = page(d, sets[0], TAB_ALL, NULL, false, 1000, &risen); /* by pages, there and back, the same rows */
    for (size_t i = 0; i < m; i += n) {
        n = page(d, sets[0], TAB_ALL, i ? &risen[i - 1] : NULL, false, 7, &two);
        assert_true(n > 0);
        for (size_t k = 0; k < n; k++) assert_string_equal(two[k].case_id, risen[i + k].case_id);
    }
    n = page(d, sets[0], TAB_ALL, &risen[m - 1], true, 9, &two);
    for (size_t k = 0; k < n; k++) assert_string_equal(two[k].case_id, risen[m - 1 - n + k].case_id);
    d->app->policy = own;
    both_ways_agree(d, rules, sets, ARRAY_LEN(sets));
    policy_free(&rules);
}

/* At the very second the stored queue said it had come, and the rule that it had not: found by a month of the borough. */
static void it_comes_to_the_next_in_line_one_second_after_its_time(void **state)
{
    Desk *d = *state;
    Policy *rules = escalating(d), *own = d->app->policy;
    QueueRow *rows, first = { 0 };
    Time comes = TIME_MAX;
    size_t n, before;

    d->app->policy = rules;
    n = page(d, ROLE_BIT(ROLE_CSU_DS), TAB_OVERDUE, NULL, false, 1000, &rows);
    for (size_t i = 0; i < n; i++) {
        Time t = civil_add_days(rows[i].due, 10);
        if (strcmp(rows[i].duty, "ds-supervision") == 0 && t > T(NOW) && t < comes) comes = t, first = rows[i];
    }
    assert_non_null(first.duty);
    d->app->fixed = comes;
    app_tick(d->app);
    before = on_tab(d, ROLE_BIT(ROLE_CSU_DI), TAB_OVERDUE, "ds-supervision");
    d->app->fixed = comes + 1;
    app_tick(d->app);
    assert_true(on_tab(d, ROLE_BIT(ROLE_CSU_DI), TAB_OVERDUE, "ds-supervision") > before);
    d->app->policy = own;
    policy_free(&rules);
}

static void the_queue_of_a_past_day_shows_that_day(void **state)
{
    Desk *d = *state;
    QueueRow *rows;
    size_t n;
    int64_t counts[TAB_COUNT];

    desk_reopen(d, "2010-05-03T12:00:00Z");
    desk_as(d, DS);
    n = page(d, ROLE_BIT(ROLE_RESPONSE_PC), TAB_ALL, NULL, false, 1000, &rows);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) assert_true(rows[i].start <= app_now(d->app));
    assert_did(d, app_queue_counts(d->app, ROLE_BIT(ROLE_RESPONSE_PC), counts, &d->err));
    assert_int_equal(counts[TAB_ALL], n);
    desk_reopen(d, "2010-04-01T12:00:00Z");
    desk_as(d, DS);
    assert_int_equal(page(d, ROLE_BIT(ROLE_RESPONSE_PC), TAB_ALL, NULL, false, 1000, &rows), 0);
}

/* ---- the brief ---- */

static void the_brief_needs_no_sign_in_on_a_training_store_only(void **state)
{
    Desk *d = *state;
    BriefLine *lines;
    size_t n;

    app_sign_out(d->app);
    assert_did(d, app_brief(d->app, d->a, &lines, &n, &d->err));
    assert_int_equal(n, 11);
    Desk *real = desk_new(false);
    assert_refused(real, ERR_DENIED, app_brief(real->app, real->a, &lines, &n, &real->err));
    desk_free(&real);
}

static void the_brief_says_what_is_oldest(void **state)
{
    Desk *d = *state;
    BriefLine *lines;
    size_t n;

    assert_did(d, app_brief(d->app, d->a, &lines, &n, &d->err));
    for (size_t i = 0; i < n; i++) {
        QueueRow *rows;
        size_t overdue = page(d, ROLE_BIT(lines[i].role), TAB_OVERDUE, NULL, false, 1000, &rows);
        Time oldest = TIME_NONE;
        for (size_t k = 0; k < overdue; k++)
            if (oldest == TIME_NONE || rows[k].due < oldest) oldest = rows[k].due;
        assert_int_equal(lines[i].counts[TAB_OVERDUE], overdue);
        assert_int_equal(lines[i].oldest_due, oldest);
    }
    desk_as(d, PC);
    assert_did(d, app_brief(d->app, d->a, &lines, &n, &d->err));
    assert_int_equal(n, 1);
    assert_int_equal(lines[0].role, ROLE_RESPONSE_PC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_figures_on_the_tabs_are_the_rows_behind_them, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(reading_the_queue_is_not_a_look, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(another_role_needs_the_right_to_see_it, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(pages_are_the_whole_cut_in_pieces, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_queue_computed_live_is_the_stored_one, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_left_undone_comes_to_the_next_in_line, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(it_comes_to_the_next_in_line_one_second_after_its_time, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_queue_of_a_past_day_shows_that_day, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_brief_needs_no_sign_in_on_a_training_store_only, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_brief_says_what_is_oldest, with_cases, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
