/* test_ahead.c — the clock set ahead: what is read is as it will be, what is written keeps the real clock. */
#include "desk.h"

#include <time.h>

static Time typed(Desk *d, const char *text)
{
    Time t = TIME_NONE;

    d->err = (Err){ 0 };
    if (!app_ahead_typed(d->app, text, &t, &d->err)) fail_msg("%s: %s", text, d->err.text);
    return t;
}

/* NOW is Tuesday 1 June 2010, 10:00 local. */
static void what_people_type_is_the_next_such_moment(void **state)
{
    Desk *d = *state;
    Time t;

    assert_true(typed(d, "mon 0700") == T("2010-06-07T06:00:00Z"));
    assert_true(typed(d, "tue 0700") == T("2010-06-08T06:00:00Z"));
    assert_true(typed(d, "tue 1800") == T("2010-06-01T17:00:00Z"));
    assert_true(typed(d, "0700") == T("2010-06-02T06:00:00Z"));
    assert_true(typed(d, "1800") == T("2010-06-01T17:00:00Z"));
    assert_true(typed(d, "tomorrow 0900") == T("2010-06-02T08:00:00Z"));
    assert_true(typed(d, "15 jun 2010 0700") == T("2010-06-15T06:00:00Z"));
    assert_true(typed(d, "2010-06-15T06:00:00Z") == T("2010-06-15T06:00:00Z"));
    assert_refused(d, ERR_INVALID, app_ahead_typed(d->app, "yesterday 0700", &t, &d->err));
    assert_refused(d, ERR_INVALID, app_ahead_typed(d->app, "soon", &t, &d->err));
    assert_refused(d, ERR_INVALID, app_ahead_typed(d->app, "", &t, &d->err));
    assert_refused(d, ERR_INVALID, app_ahead_typed(d->app, "2009-06-15 07:00", &t, &d->err));
}

static void the_queue_is_as_it_will_be(void **state)
{
    Desk *d = *state;
    int64_t now[TAB_COUNT], then[TAB_COUNT];
    CaseView v;

    desk_reopen(d, "2010-05-01T13:00:00Z");
    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    assert_did(d, app_queue_counts(d->app, ROLE_BIT(ROLE_CSU_DS), now, &d->err));
    assert_int_equal(now[TAB_OVERDUE], 0);
    assert_did(d, app_ahead(d->app, T("2010-05-10T06:00:00Z"), &d->err));
    assert_true(app_now(d->app) == T("2010-05-10T06:00:00Z"));
    assert_did(d, app_queue_counts(d->app, ROLE_BIT(ROLE_CSU_DS), then, &d->err));
    assert_int_equal(then[TAB_OVERDUE], 1);
    v = desk_look(d, "KG-1");
    for (size_t i = 0; i < v.n_duties; i++)
        if (str_eq(v.duties[i].id, "ds-supervision"))
            assert_int_equal(duty_state(&v.duties[i], app_now(d->app)), DUTY_OVERDUE);
    assert_did(d, app_ahead(d->app, TIME_NONE, &d->err));
    assert_did(d, app_queue_counts(d->app, ROLE_BIT(ROLE_CSU_DS), then, &d->err));
    assert_memory_equal(now, then, sizeof now);
}

static void nothing_can_be_entered_meanwhile(void **state)
{
    Desk *d = *state;
    Review review;
    CaseView v;
    int64_t cases;
    bool changed;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    v = desk_look(d, "KG-1");
    case_item_init(LIST_REVIEWS, &review);
    review.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, "dmm");
    review.outcome = vocab_code(app_vocabs(d->app), VOCAB_REVIEW_OUTCOME, "satisfied");
    assert_true(app_may_add(d->app, LIST_REVIEWS, "dmm"));
    assert_did(d, app_ahead(d->app, T("2010-06-10T06:00:00Z"), &d->err));
    assert_false(app_may_add(d->app, LIST_REVIEWS, "dmm"));
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &v.row, LIST_REVIEWS, &review, d->a, NULL, &d->err));
    assert_non_null(strstr(d->err.text, "set ahead"));
    assert_did(d, app_ahead(d->app, TIME_NONE, &d->err));
    d->err = (Err){ 0 };
    assert_did(d, app_case_add(d->app, &v.row, LIST_REVIEWS, &review, d->a, NULL, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_ahead(d->app, T("2010-06-10T06:00:00Z"), &d->err));
    assert_refused(d, ERR_DENIED, app_rebuild(d->app, NULL, &cases, &changed, &d->err));
    assert_refused(
        d, ERR_DENIED, app_officer_add(d->app, "190001", "X", ROLE_BIT(ROLE_CSU_DS), "five unrelated words", &d->err));
}

/* The wait after wrong passwords and the twelve hours of a session run on the real clock. */
static void the_log_and_passwords_keep_the_real_clock(void **state)
{
    Desk *d = *state;
    AuditEntry head;

    desk_as(d, DI);
    assert_did(d, app_ahead(d->app, T("2010-06-10T06:00:00Z"), &d->err));
    assert_did(d, app_may(d->app, PERM_QUEUE_READ, &d->err));
    assert_refused(d, ERR_MISSING, (app_case_look(d->app, "KG-none", "test", d->a, &(CaseView){ 0 }, &d->err)));
    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_true(head.at == T(NOW));
    for (int i = 0; i < 5; i++) app_sign_in(d->app, DS, "wrong-password-here", NULL);
    assert_did(d, app_sign_in(d->app, DI, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_ahead(d->app, T("2010-06-10T06:00:00Z"), &d->err));
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, TRAINING_PASSWORD, &d->err));
    assert_true(app_ahead_at(d->app) == TIME_NONE);
}

static void it_works_on_a_real_store_and_only_forward(void **unused)
{
    Desk *d = desk_new(false);
    Time now = (Time)time(NULL);
    AppOptions past = { .dir = d->store, .now = now - DAY, .terminal = "t" }, ahead = past;
    App *other;

    assert_refused(d, ERR_INVALID, app_ahead(d->app, now - 5, &d->err));
    assert_refused(d, ERR_INVALID, app_ahead(d->app, now + (Time)400 * DAY, &d->err));
    assert_did(d, app_ahead(d->app, now + 7 * DAY, &d->err));
    assert_true(app_now(d->app) == now + 7 * DAY);
    app_tick(d->app);
    assert_true(app_now(d->app) == now + 7 * DAY);
    other = app_open(&past, &d->err); /* the clock set by hand stays refused, back or forward */
    assert_null(other);
    ahead.now = now + DAY;
    other = app_open(&ahead, &d->err);
    assert_null(other);
    desk_free(&d);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_people_type_is_the_next_such_moment),
        TEST(the_queue_is_as_it_will_be),
        TEST(nothing_can_be_entered_meanwhile),
        TEST(the_log_and_passwords_keep_the_real_clock),
        cmocka_unit_test(it_works_on_a_real_store_and_only_forward),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
