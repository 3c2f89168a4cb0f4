/* test_duty.c — the states of a duty, second by second (duties.md, States). */
#include "core_test.h"

#include "core/duty.h"

static const Duty fresh = {
    .id = "serious-assault", .start = 0, .opens = 100, .due = 200, .done = TIME_NONE, .ended = TIME_NONE
};

static void a_duty_waits_until_it_opens(void **state)
{
    assert_int_equal(duty_state(&fresh, 99), DUTY_WAITING);
    assert_int_equal(duty_state(&fresh, 100), DUTY_OPEN);
}

static void a_duty_is_overdue_one_second_late(void **state)
{
    assert_int_equal(duty_state(&fresh, 200), DUTY_OPEN);
    assert_int_equal(duty_state(&fresh, 201), DUTY_OVERDUE);
}

static void what_is_done_in_time_stays_done(void **state)
{
    Duty d = fresh;

    d.done = 200;
    assert_int_equal(duty_state(&d, 201), DUTY_DONE);
    d.done = 201;
    assert_int_equal(duty_state(&d, 201), DUTY_LATE);
}

static void what_ends_before_it_fell_due_is_void(void **state)
{
    Duty d = fresh;

    d.ended = 200;
    assert_int_equal(duty_state(&d, 900), DUTY_VOID);
    d.ended = 201;
    assert_int_equal(duty_state(&d, 900), DUTY_MISSED);
    d.ended = 50; /* before it opened */
    assert_int_equal(duty_state(&d, 900), DUTY_VOID);
}

static void only_what_is_neither_done_nor_ended_is_live(void **state)
{
    Duty d = fresh;

    assert_true(duty_is_live(&d));
    d.done = 150;
    assert_false(duty_is_live(&d));
    d.done = TIME_NONE, d.ended = 150;
    assert_false(duty_is_live(&d));
}

static void duties_are_ordered_by_id_then_cycle(void **state)
{
    Duty a = { .id = "dmm", .cycle = 3 }, b = { .id = "dmm", .cycle = 12 }, c = { .id = "roundup" };

    assert_true(duty_compare(&a, &b) < 0);
    assert_true(duty_compare(&b, &a) > 0);
    assert_true(duty_compare(&b, &c) < 0);
    assert_int_equal(duty_compare(&a, &a), 0);
}

static void states_have_words(void **state)
{
    static const char *const words[] = { "waiting", "open", "overdue", "done", "late", "void", "missed" };
    DutyState back;

    for (DutyState s = 0; s < DUTY_STATE_COUNT; s++) {
        assert_string_equal(duty_state_word(s), words[s]);
        assert_true(duty_state_by_word(words[s], &back));
        assert_int_equal(back, s);
    }
    assert_false(duty_state_by_word("soon", &back));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(a_duty_waits_until_it_opens),
        FACT(a_duty_is_overdue_one_second_late),
        FACT(what_is_done_in_time_stays_done),
        FACT(what_ends_before_it_fell_due_is_void),
        FACT(only_what_is_neither_done_nor_ended_is_live),
        FACT(duties_are_ordered_by_id_then_cycle),
        FACT(states_have_words),
    };

    return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
