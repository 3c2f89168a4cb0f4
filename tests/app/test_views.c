/* test_views.c — saved views of the desk: kept, shared by who may, renamed, removed; and the filter by words, page by page. */
#include "app/queue.h"
#include "faulty.h"

static int with_cases(void **state)
{
    Desk *d;
    Str lines = { 0 };

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    for (int i = 1; i <= 12; i++) str_add(&lines, case_line(d->a, arena_printf(d->a, "KG-2010-%06d", i), ""));
    assert_int_equal(desk_import(d, str_text(&lines)).added, 12);
    str_finish(&lines);
    return 0;
}

static size_t views(Desk *d, DeskView **out)
{
    size_t n;

    assert_did(d, app_view_list(d->app, d->a, out, &n, &d->err));
    return n;
}

static bool save(Desk *d, const char *name, Role role)
{
    DeskView v = { .name = name, .tab = TAB_ALL, .duty = "ds-supervision", .role = role };

    return app_view_save(d->app, &v, &d->err);
}

static void a_view_is_a_filter_with_a_name_of_ones_own(void **state)
{
    Desk *d = *state;
    DeskView *all, v;
    DeskQuery q = { .limit = 100 };
    QueueRow *rows;
    size_t n;

    assert_did(d, save(d, "Supervisions", ROLE_NONE));
    assert_logged(d, AUDIT_CARE, "view.add", "");
    assert_int_equal(views(d, &all), 1);
    assert_string_equal(all[0].name, "Supervisions");
    app_view_query(d->app, &all[0], &q);
    assert_did(d, app_queue_page(d->app, &q, d->a, &rows, &n, &d->err));
    assert_int_equal(n, 12);
    for (size_t i = 0; i < n; i++) assert_string_equal(rows[i].duty, "ds-supervision");
    assert_refused(d, ERR_INVALID, save(d, "Supervisions", ROLE_NONE));
    assert_refused(d, ERR_INVALID, save(d, "   ", ROLE_NONE));
    v = (DeskView){ .name = "Everything", .tab = TAB_ALL };
    assert_refused(d, ERR_INVALID, app_view_save(d->app, &v, &d->err));
    v = (DeskView){ .name = "Nothing", .tab = TAB_ALL, .duty = "no-such-duty" };
    assert_refused(d, ERR_MISSING, app_view_save(d->app, &v, &d->err));
    desk_as(d, DI);
    assert_int_equal(views(d, &all), 0); /* nobody else's */
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, save(d, "Mine", ROLE_NONE));
}

static void one_that_is_shared_is_every_officers_of_the_role(void **state)
{
    Desk *d = *state;
    DeskView *all;

    assert_did(d, save(d, "For all", ROLE_CSU_IO));
    assert_int_equal(views(d, &all), 0);
    desk_as(d, IO);
    assert_int_equal(views(d, &all), 1);
    assert_refused(d, ERR_DENIED, app_view_remove(d->app, &all[0], &d->err));
    assert_refused(d, ERR_DENIED, app_view_rename(d->app, &all[0], "Mine", &d->err));
    assert_refused(d, ERR_DENIED, save(d, "Mine", ROLE_CSU_IO));
    assert_logged(d, AUDIT_DENIED, "view.add", "");
    desk_as(d, DI);
    assert_did(d, app_view_rename(d->app, &all[0], "For all of you", &d->err));
    desk_as(d, IO);
    assert_int_equal(views(d, &all), 1);
    assert_string_equal(all[0].name, "For all of you");
    desk_as(d, DS);
    assert_did(d, app_view_remove(d->app, &all[0], &d->err));
    desk_as(d, IO);
    assert_int_equal(views(d, &all), 0);
}

static void rows_that_say_the_words_come_page_by_page_there_and_back(void **state)
{
    Desk *d = *state;
    DeskQuery q = { .tab = TAB_ALL, .only_words = "SUPERVISES the", .limit = 100 };
    QueueRow *all, *page;
    size_t n, m;

    assert_did(d, app_queue_page(d->app, &q, d->a, &all, &n, &d->err));
    assert_int_equal(n, 12);
    q.limit = 5;
    for (size_t at = 0; at < n; at += m) {
        q.from = at ? &all[at - 1] : NULL;
        assert_did(d, app_queue_page(d->app, &q, d->a, &page, &m, &d->err));
        assert_true(m > 0);
        for (size_t i = 0; i < m; i++) assert_string_equal(page[i].case_id, all[at + i].case_id);
    }
    q.from = &all[9];
    q.backwards = true;
    assert_did(d, app_queue_page(d->app, &q, d->a, &page, &m, &d->err));
    assert_int_equal(m, 5);
    for (size_t i = 0; i < m; i++) assert_string_equal(page[i].case_id, all[4 + i].case_id);
    q = (DeskQuery){ .tab = TAB_ALL, .only_words = "000007", .limit = 100 };
    assert_did(d, app_queue_page(d->app, &q, d->a, &page, &m, &d->err));
    for (size_t i = 0; i < m; i++) assert_string_equal(page[i].case_id, "KG-2010-000007");
    assert_true(m > 0);
}

static int over_faults(void **state)
{
    return faulty(state, with_cases);
}

static void a_view_is_kept_wholly_or_not(void **state)
{
    Desk *d = *state;
    int64_t step = 0;
    bool ok = false;
    DeskView *all;

    while (!ok && ++step < 500) {
        d->err = (Err){ 0 };
        engine_fault_at(step, ENG_IO);
        ok = save(d, "Supervisions", ROLE_NONE);
        engine_fault_at(0, ENG_IO);
        if (!app_session(d->app)) desk_as(d, DS);
        assert_int_equal(views(d, &all), ok ? 1 : 0);
    }
    assert_true(ok && step > 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_cases, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_view_is_a_filter_with_a_name_of_ones_own),
        TEST(one_that_is_shared_is_every_officers_of_the_role),
        TEST(rows_that_say_the_words_come_page_by_page_there_and_back),
        cmocka_unit_test_setup_teardown(a_view_is_kept_wholly_or_not, over_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
