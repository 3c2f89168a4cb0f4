/* test_session.c — who is at the keyboard: in, out, locked, slowed down, suspended; and that it is all in the log. */
#include "desk.h"

#include "../../src/app/inside.h"

static void a_right_password_opens_a_session_and_is_logged(void **state)
{
    Desk *d = *state;

    desk_as(d, DS); /* the first time: the unit has no key yet, and DS is one of those who may have it */
    assert_logged(d, AUDIT_CARE, "cipher.key", "");
    desk_as(d, DS);
    assert_string_equal(app_session(d->app)->warrant, DS);
    assert_int_equal(app_session(d->app)->roles, ROLE_BIT(ROLE_CSU_DS));
    assert_logged(d, AUDIT_SIGN_IN, "session.in", "");
    app_sign_out(d->app);
    assert_null(app_session(d->app));
    assert_logged(d, AUDIT_SIGN_OUT, "session.out", "");
    app_sign_out(d->app); /* twice is harmless */
}

static void unknown_wrong_early_and_suspended_look_alike(void **state)
{
    Desk *d = *state;
    Err unknown, wrong, early, suspended;

    desk_as(d, KEEPER);
    assert_did(d, app_officer_suspend(d->app, IO, true, &d->err));
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, "777777", TRAINING_PASSWORD, &d->err));
    unknown = d->err;
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, IO, TRAINING_PASSWORD, &d->err));
    suspended = d->err;
    for (int i = 0; i < 5; i++) assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
    wrong = d->err;
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, TRAINING_PASSWORD, &d->err));
    early = d->err;
    assert_string_equal(unknown.text, wrong.text);
    assert_string_equal(early.text, wrong.text);
    assert_string_equal(suspended.text, wrong.text);
    assert_string_equal(unknown.field, wrong.field);
    assert_logged(d, AUDIT_DENIED, "session.in", "");
    assert_null(app_session(d->app));
}

static int failures(Desk *d, const char *warrant, Time *retry_at)
{
    Officer o;

    assert_did(d, store_officer_get(app_store_handle(d->app), warrant, d->a, &o, &d->err));
    *retry_at = o.retry_at;
    return o.failures;
}

static void wrong_ones_slow_down_and_the_fifth_locks(void **state)
{
    static const char *const at[] = { "2010-06-01T09:00:00Z", "2010-06-01T09:00:00Z", "2010-06-01T09:00:01Z",
        "2010-06-01T09:00:03Z", "2010-06-01T09:00:07Z" };
    static const int64_t delay[] = { 0, 1, 2, 4, 15 * MINUTE };
    Desk *d = *state;
    Time retry_at;

    for (int i = 0; i < 5; i++) {
        desk_reopen(d, at[i]);
        assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
        assert_int_equal(failures(d, DS, &retry_at), i + 1);
        assert_int_equal(retry_at, delay[i] ? app_now(d->app) + delay[i] : TIME_NONE);
    }
    desk_reopen(d, "2010-06-01T09:15:06Z");
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, TRAINING_PASSWORD, &d->err));
    assert_int_equal(failures(d, DS, &retry_at), 5);
    desk_reopen(d, "2010-06-01T09:15:07Z");
    desk_as(d, DS);
    assert_int_equal(failures(d, DS, &retry_at), 0);
    assert_int_equal(retry_at, TIME_NONE);
}

static void an_attempt_that_comes_too_early_is_refused_without_being_counted(void **state)
{
    Desk *d = *state;
    Time retry_at;

    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, TRAINING_PASSWORD, &d->err));
    assert_int_equal(failures(d, DS, &retry_at), 2);
}

static void the_count_is_one_for_all_terminals(void **state)
{
    Desk *d = *state;
    App *other = desk_terminal(d, NOW);
    Time retry_at;

    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
    assert_refused(d, ERR_DENIED, app_sign_in(other, DS, "a wrong password", &d->err));
    assert_int_equal(failures(d, DS, &retry_at), 2);
    assert_refused(d, ERR_DENIED, app_sign_in(other, DS, TRAINING_PASSWORD, &d->err));
    app_close(&other);
}

/* One guess at everybody: no officer has five wrong ones, and the terminal has twenty. */
static void whoever_guesses_at_many_officers_is_slowed_down_at_that_terminal(void **state)
{
    Desk *d = *state;
    AppOptions elsewhere = { .dir = d->store, .now = T(NOW), .terminal = "pts/9" };
    App *other = app_open(&elsewhere, &d->err);
    char warrant[16];

    assert_non_null(other);
    for (int i = 0; i < 19; i++) {
        snprintf(warrant, sizeof warrant, "9000%02d", i % 12 == 6 ? 99 : i % 12 + 1); /* not DS, and one whom nobody knows */
        assert_refused(d, ERR_DENIED, app_sign_in(d->app, warrant, "a wrong password", &d->err));
    }
    desk_as(d, DS); /* a right one takes nothing back */
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, "900012", "a wrong password", &d->err));
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_sign_in(other, DS, TRAINING_PASSWORD, &d->err));
    app_close(&other);
    desk_reopen(d, "2010-06-01T09:14:59Z");
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, TRAINING_PASSWORD, &d->err));
    desk_reopen(d, "2010-06-01T09:15:00Z");
    desk_as(d, DS);
}

static void after_a_lock_that_is_over_the_count_begins_again(void **state)
{
    static const char *const at[] = { "2010-06-01T09:00:00Z", "2010-06-01T09:00:00Z", "2010-06-01T09:00:01Z",
        "2010-06-01T09:00:03Z", "2010-06-01T09:00:07Z", "2010-06-01T09:20:00Z" };
    Desk *d = *state;
    Time retry_at;

    for (int i = 0; i < 6; i++) {
        desk_reopen(d, at[i]);
        assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
    }
    assert_int_equal(failures(d, DS, &retry_at), 1);
}

static void a_clock_set_back_does_not_lock_for_a_month(void **state)
{
    Desk *d = *state;

    desk_reopen(d, "2010-07-01T09:00:00Z");
    for (int i = 0; i < 2; i++) assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
    desk_reopen(d, NOW);
    desk_as(d, DS);
}

static void what_was_typed_for_an_unknown_warrant_is_not_written_down(void **state)
{
    Desk *d = *state;
    AuditEntry head;

    assert_refused(d, ERR_DENIED, app_sign_in(d->app, "my password 1", "x", &d->err));
    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_null(strstr(head.detail, "password"));
    assert_string_equal(head.who, "-");
}

static void a_locked_session_does_nothing_until_the_same_officer_unlocks_it(void **state)
{
    Desk *d = *state;
    int64_t counts[TAB_COUNT];

    desk_as(d, DS);
    assert_did(d, app_lock(d->app, &d->err));
    assert_true(app_session(d->app)->locked);
    assert_false(app_may_quietly(d->app, PERM_QUEUE_READ));
    assert_refused(d, ERR_DENIED, app_queue_counts(d->app, 0, counts, &d->err));
    assert_refused(d, ERR_DENIED, app_unlock(d->app, "a wrong password", &d->err));
    assert_did(d, app_unlock(d->app, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
}

static void a_refusal_says_who_may_and_is_logged(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_may(d->app, PERM_CASE_EXPORT, &d->err));
    assert_non_null(strstr(d->err.text, role_who_may(PERM_CASE_EXPORT)));
    assert_logged(d, AUDIT_DENIED, NULL, "");
}

static void a_suspension_bites_at_the_next_key(void **state)
{
    Desk *d = *state;
    App *keeper = desk_terminal(d, NOW);
    int64_t counts[TAB_COUNT];

    desk_as(d, DS);
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
    assert_did(d, app_sign_in(keeper, KEEPER, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_officer_suspend(keeper, DS, true, &d->err));
    assert_refused(d, ERR_DENIED, app_queue_counts(d->app, 0, counts, &d->err));
    app_close(&keeper);
}

static void the_clock_of_a_real_store_cannot_be_set(void **state)
{
    Desk *d = desk_new(false);
    AppOptions o = { .dir = d->store, .now = T(NOW) };

    assert_null(app_open(&o, &d->err));
    assert_int_equal(d->err.kind, ERR_DENIED);
    desk_free(&d);
}

static void a_session_ends_after_twelve_hours(void **state)
{
    Desk *d = *state;
    int64_t counts[TAB_COUNT];

    desk_as(d, DS);
    d->app->fixed += 12 * HOUR;
    app_tick(d->app);
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
    d->app->fixed += 1;
    app_tick(d->app);
    assert_refused(d, ERR_DENIED, app_queue_counts(d->app, 0, counts, &d->err));
    desk_as(d, DS);
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
}

static void four_passwords_are_tried_at_once_and_no_fifth(void **state)
{
    Desk *d = *state;
    App *other = desk_terminal(d, NOW);
    int slots[4];

    for (int i = 0; i < 4; i++) slots[i] = slot_take(i % 2 ? other : d->app, 0, &d->err);
    for (int i = 0; i < 4; i++) assert_true(slots[i] >= 0);
    assert_int_equal(slot_take(other, 0, &d->err), -1);
    assert_int_equal(d->err.kind, ERR_BUSY);
    slot_give(slots[2]);
    slots[2] = slot_take(other, 0, &d->err);
    assert_true(slots[2] >= 0);
    for (int i = 0; i < 4; i++) slot_give(slots[i]);
    app_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_right_password_opens_a_session_and_is_logged, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(unknown_wrong_early_and_suspended_look_alike, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(wrong_ones_slow_down_and_the_fifth_locks, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            an_attempt_that_comes_too_early_is_refused_without_being_counted, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_count_is_one_for_all_terminals, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(whoever_guesses_at_many_officers_is_slowed_down_at_that_terminal, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(after_a_lock_that_is_over_the_count_begins_again, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_clock_set_back_does_not_lock_for_a_month, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            what_was_typed_for_an_unknown_warrant_is_not_written_down, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_locked_session_does_nothing_until_the_same_officer_unlocks_it, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_refusal_says_who_may_and_is_logged, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_suspension_bites_at_the_next_key, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_session_ends_after_twelve_hours, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(four_passwords_are_tried_at_once_and_no_fifth, desk_setup, desk_teardown),
        cmocka_unit_test(the_clock_of_a_real_store_cannot_be_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
