/* test_watch.c — the watchdog: which live cases nothing would bring back, who is told, and that it is the same however it is found. */
#include "app/queue.h"
#include "app/task.h"
#include "desk.h"

#define ONE "KG-2010-000001"
/* An incident in which everything was done. */
#define QUIET "KG-2010-000002"

static const char *quiet_line(Arena *a, const char *id, const char *more)
{
    return arena_printf(a,
        "{\"format\":\"book124.case/1\",\"id\":\"%s\",\"reported_at\":\"2010-05-01T10:00:00Z\",\"reported_how\":\"station\",\"kind\":\"incident\","
        "\"children\":{\"answer\":\"none\",\"at\":\"2010-05-01T10:30:00Z\"},"
        "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-05-01T11:00:00Z\"}],"
        "\"cross_references\":[{\"in\":\"cris\",\"to\":\"124d\",\"at\":\"2010-05-01T11:00:00Z\"},{\"in\":\"cris\",\"to\":\"risk\",\"at\":\"2010-05-01T11:00:00Z\"}],"
        "\"books\":[{\"serial\":\"B1\",\"by\":\"900001\",\"completed_at\":\"2010-05-01T12:00:00Z\",\"index\":{\"number\":\"1\",\"at\":\"2010-05-01T16:00:00Z\"}}],"
        "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-05-01T11:30:00Z\",\"grade\":\"medium\"}],"
        "\"reviews\":[{\"kind\":\"ps-check\",\"outcome\":\"satisfied\",\"by\":\"900002\",\"at\":\"2010-05-01T13:00:00Z\",\"text\":\"x\"},"
        "{\"kind\":\"csu-ds-read\",\"outcome\":\"satisfied\",\"by\":\"900007\",\"at\":\"2010-05-01T14:00:00Z\",\"text\":\"x\"},"
        "{\"kind\":\"cris-supervision\",\"outcome\":\"satisfied\",\"by\":\"900004\",\"at\":\"2010-05-01T15:00:00Z\",\"text\":\"x\"}],"
        "\"referrals\":[{\"to\":\"victim-support\",\"at\":\"2010-05-01T17:00:00Z\"}]%s%s}\n",
        id, *more ? "," : "", more);
}

static int with_both(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    assert_int_equal(desk_import(d, arena_printf(d->a, "%s%s", case_line(d->a, ONE, ""), quiet_line(d->a, QUIET, ""))).added, 2);
    return 0;
}

static size_t listed(Desk *d, IdleRow **rows)
{
    int64_t count;
    size_t n;

    assert_did(d, app_watch_page(d->app, NULL, 500, d->a, rows, &n, &d->err));
    assert_did(d, app_watch_count(d->app, &count, &d->err));
    assert_int_equal(count, n);
    return n;
}

static CaseRow row_of(Desk *d, const char *id)
{
    CaseRow row;

    assert_did(d, store_case_find(app_store_handle(d->app), id, d->a, &row, &d->err));
    return row;
}

static void a_case_in_which_all_is_done_and_nothing_is_closed_is_listed(void **state)
{
    Desk *d = *state;
    bool changed = true;
    IdleRow *rows;

    assert_int_equal(listed(d, &rows), 1);
    assert_string_equal(rows[0].case_id, QUIET);
    assert_int_equal(rows[0].grade, GRADE_MEDIUM);
    assert_int_equal(rows[0].since, T("2010-05-01T17:00:00Z"));
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
}

static void a_task_or_its_end_takes_it_off_the_list(void **state)
{
    Desk *d = *state;
    CaseRow row = row_of(d, QUIET);
    IdleRow *rows;
    Task t;
    const char *key;

    case_item_init(LIST_TASKS, &t);
    t.source = vocab_code(app_vocabs(d->app), VOCAB_TASK_SOURCE, "review");
    t.what = "Ask whether it can be closed";
    t.owner = vocab_code(app_vocabs(d->app), VOCAB_ROLE, "csu-io");
    t.due = T("2010-06-03T12:00:00Z");
    assert_did(d, app_task_set(d->app, &row, &t, d->a, &key, &d->err));
    assert_int_equal(listed(d, &rows), 0);
    assert_did(d, app_task_done(d->app, &row, key, "It can.", &d->err));
    assert_int_equal(listed(d, &rows), 1);
    assert_int_equal(rows[0].since, T(NOW));
    assert_int_equal(desk_import(d, quiet_line(d->a, "KG-2010-000003", "\"closed_at\":\"2010-05-20T10:00:00Z\"")).added, 1);
    assert_int_equal(desk_import(d, quiet_line(d->a, "KG-2010-000004", "\"cad\":{\"result\":\"not-domestic\"}")).added, 1);
    assert_int_equal(desk_import(d, quiet_line(d->a, "KG-2010-000005",
                                        "\"owners\":[{\"unit\":\"scd2\",\"offered_at\":\"2010-05-02T10:00:00Z\",\"accepted_at\":\"2010-05-02T11:00:00Z\"}]"))
                         .added,
        1);
    assert_int_equal(listed(d, &rows), 1);
}

static void who_supervises_nobody_is_not_told(void **state)
{
    Desk *d = *state;
    IdleRow *rows;
    int64_t count;
    size_t n;

    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_watch_page(d->app, NULL, 10, d->a, &rows, &n, &d->err));
    assert_refused(d, ERR_DENIED, app_watch_count(d->app, &count, &d->err));
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_watch_count(d->app, &count, &d->err));
}

static void a_hidden_case_is_in_no_list_and_no_figure(void **state)
{
    Desk *d = *state;
    IdleRow *rows;

    desk_as(d, DI);
    assert_int_equal(desk_import(d, quiet_line(d->a, "KG-2010-000006", "\"restricted_at\":\"2010-05-20T10:00:00Z\"")).added, 1);
    assert_int_equal(listed(d, &rows), 2);
    desk_as(d, DS);
    assert_int_equal(listed(d, &rows), 1);
}

/* ---- however it is found ---- */

typedef struct Busy {
    char id[400][24];
    size_t n;
} Busy;

static bool note(void *with, const char *case_id, const Duty *duty, DutyState state, Err *err)
{
    Busy *b = with;

    if (duty_is_live(duty) && (b->n == 0 || strcmp(b->id[b->n - 1], case_id) != 0)) snprintf(b->id[b->n++], 24, "%s", case_id);
    return true;
}

static bool has_live_duty(const Busy *b, const char *id)
{
    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->id[i], id)) return true;
    return false;
}

static void the_list_is_that_of_a_plain_look_at_every_case(void **unused)
{
    static Busy busy;
    InitOptions o = { .training = true, .cases = 160, .seed = 7, .now = T(NOW) };
    Desk *d = desk_new(true);
    IdleRow *rows, *paged, *from = NULL;
    DutyFilter all = { 0 };
    char dir[120];
    size_t n, m, got = 0;

    snprintf(dir, sizeof dir, "%s/more", d->dir);
    o.dir = dir;
    assert_did(d, app_init(&o, NULL, &d->err));
    app_close(&d->app);
    d->app = app_open(&(AppOptions){ .dir = dir, .now = T(NOW), .terminal = "test" }, &d->err);
    desk_as(d, DI);
    n = listed(d, &rows);
    assert_true(n > 3);
    busy.n = 0;
    assert_did(d, app_duties_each(d->app, &all, note, &busy, &d->err));
    for (size_t i = 0; i < n; i++) {
        CaseView v = desk_look(d, rows[i].case_id);
        assert_false(has_live_duty(&busy, rows[i].case_id));
        assert_int_equal(v.doc.closed_at, TIME_NONE);
        if (i) assert_true(grade_urgency(rows[i - 1].grade) <= grade_urgency(rows[i].grade));
    }
    do { /* one by one they are the same */
        assert_did(d, app_watch_page(d->app, from, 1, d->a, &paged, &m, &d->err));
        if (m) assert_string_equal(paged[0].case_id, rows[got++].case_id);
        from = paged;
    } while (m);
    assert_int_equal(got, n);
    desk_free(&d);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_both, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_case_in_which_all_is_done_and_nothing_is_closed_is_listed),
        TEST(a_task_or_its_end_takes_it_off_the_list),
        TEST(who_supervises_nobody_is_not_told),
        TEST(a_hidden_case_is_in_no_list_and_no_figure),
        cmocka_unit_test(the_list_is_that_of_a_plain_look_at_every_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
