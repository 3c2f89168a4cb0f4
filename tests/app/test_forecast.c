/* test_forecast.c — who will be late first, followed with a pencil. */
#include "trial_policy.h"

/* Wednesday 2 June 2010, 09:00 local: a whole working day is left. */
#define WED "2010-06-02T08:00:00Z"

typedef struct Bench {
    Arena *a;
    Policy *p;
    ForecastInput in;
    ForecastDuty duties[20];
    Forecast out;
} Bench;

static int start(void **state)
{
    Bench *b = mem_new(sizeof *b);
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    Err err = { 0 };

    if (!crypto_start(&err)) return -1;
    b->a = arena_new();
    b->p = policy_parse("x", text, n, &(PolicyProblems){ .arena = b->a });
    b->in = (ForecastInput){
        .now = T(WED), .until = T("2010-06-11T16:00:00Z"), .minutes_a_day = 60, .calendar = b->p, .duties = b->duties
    };
    b->in.strength[ROLE_CSU_DS] = 1;
    *state = b;
    return 0;
}

static int stop(void **state)
{
    Bench *b = *state;

    policy_free(&b->p);
    arena_free(&b->a);
    mem_free(b);
    return 0;
}

static void duty(Bench *b, const char *id, const char *due, int minutes, int64_t again)
{
    b->duties[b->in.n_duties++] = (ForecastDuty){ .case_id = id,
        .duty = "ds-supervision",
        .owner = ROLE_CSU_DS,
        .opens = T("2010-05-01T08:00:00Z"),
        .due = T(due),
        .minutes = minutes,
        .again = again };
}

static void run(Bench *b)
{
    forecast_run(&b->in, b->a, &b->out);
}

static const ForecastDay *day_of(const Bench *b, const char *date)
{
    Date d;

    assert_true(civil_parse_date(date, &d, NULL));
    for (size_t i = 0; i < b->out.n_days; i++)
        if (b->out.days[i].day == d) return &b->out.days[i];
    fail_msg("no %s", date);
    return NULL;
}

static void what_fits_into_the_day_is_in_time(void **state)
{
    Bench *b = *state;

    duty(b, "KG-1", "2010-06-02T15:00:00Z", 30, 0);
    duty(b, "KG-2", "2010-06-02T16:00:00Z", 30, 0);
    run(b);
    assert_int_equal(b->out.n_late, 0);
    assert_int_equal(day_of(b, "2010-06-02")->asked, 60);
    assert_int_equal(day_of(b, "2010-06-02")->worked, 60);
    assert_int_equal(day_of(b, "2010-06-02")->left, 0);
}

static void what_does_not_is_late_and_done_the_next_day(void **state)
{
    Bench *b = *state;
    Date thursday;

    duty(b, "KG-1", "2010-06-02T15:00:00Z", 50, 0);
    duty(b, "KG-2", "2010-06-02T16:00:00Z", 30, 0);
    run(b);
    civil_parse_date("2010-06-03", &thursday, NULL);
    assert_int_equal(b->out.n_late, 1);
    assert_string_equal(b->out.late[0].case_id, "KG-2");
    assert_int_equal(b->out.late[0].done, thursday);
    assert_int_equal(day_of(b, "2010-06-02")->left, 20);
    assert_int_equal(day_of(b, "2010-06-02")->late, 1);
    assert_int_equal(day_of(b, "2010-06-03")->worked, 20);
}

static void what_is_late_already_is_counted_and_takes_its_time_first(void **state)
{
    Bench *b = *state;

    duty(b, "KG-1", "2010-05-20T15:00:00Z", 60, 0);
    duty(b, "KG-2", "2010-06-02T16:00:00Z", 10, 0);
    run(b);
    assert_int_equal(b->out.overdue, 1);
    assert_int_equal(b->out.n_late, 1);
    assert_string_equal(b->out.late[0].case_id, "KG-2");
}

static void nothing_is_done_at_the_weekend_or_on_a_bank_holiday(void **state)
{
    Bench *b = *state;

    duty(b, "KG-1", "2010-06-05T15:00:00Z", 130, 0); /* Saturday; 120 minutes before */
    b->in.now = T("2010-06-03T08:00:00Z");
    run(b);
    assert_int_equal(day_of(b, "2010-06-05")->capacity, 0);
    assert_int_equal(b->out.n_late, 1);
    b->in.now = T("2010-05-28T08:00:00Z");
    b->duties[0].due = T("2010-05-31T15:00:00Z"); /* a bank holiday Monday; 60 minutes on the Friday */
    b->duties[0].minutes = 61;
    run(b);
    assert_int_equal(day_of(b, "2010-05-31")->capacity, 0);
    assert_int_equal(b->out.n_late, 1);
    b->duties[0].minutes = 60;
    run(b);
    assert_int_equal(b->out.n_late, 0);
}

static void leave_takes_an_officer_away(void **state)
{
    Bench *b = *state;
    ForecastLeave leave = { .warrant = "1", .roles = ROLE_BIT(ROLE_CSU_DS) };

    civil_parse_date("2010-06-02", &leave.from, NULL);
    civil_parse_date("2010-06-03", &leave.to, NULL);
    duty(b, "KG-1", "2010-06-03T15:00:00Z", 60, 0);
    run(b);
    assert_int_equal(b->out.n_late, 0);
    b->in.leave = &leave;
    b->in.n_leave = 1;
    run(b);
    assert_int_equal(day_of(b, "2010-06-03")->capacity, 0);
    assert_int_equal(day_of(b, "2010-06-04")->capacity, 60);
    assert_int_equal(b->out.n_late, 1);
    b->in.strength[ROLE_CSU_DS] = 2; /* somebody is there */
    run(b);
    assert_int_equal(b->out.n_late, 0);
}

static void a_repeating_duty_comes_again_and_is_work_again(void **state)
{
    Bench *b = *state;

    duty(b, "KG-1", "2010-06-02T15:00:00Z", 60, 4 * DAY);
    run(b); /* done on Wednesday: due on Sunday, taken up on Friday; then due on Tuesday, taken up on Monday … */
    assert_int_equal(b->out.n_late, 0);
    assert_int_equal(day_of(b, "2010-06-03")->worked, 0);
    assert_int_equal(day_of(b, "2010-06-04")->worked, 60);
    assert_int_equal(day_of(b, "2010-06-07")->worked, 60);
    assert_int_equal(day_of(b, "2010-06-08")->worked, 0);
    b->in.strength[ROLE_CSU_DS] = 0;
    run(b);
    assert_int_equal(b->out.n_late, 1);
    assert_int_equal(b->out.late[0].done, DATE_NONE);
}

static void of_today_only_the_rest_counts(void **state)
{
    Bench *b = *state;

    duty(b, "KG-1", "2010-06-02T15:00:00Z", 1, 0);
    b->in.now = T("2010-06-02T12:00:00Z"); /* 13:00 local: half of 9 to 17 */
    run(b);
    assert_int_equal(day_of(b, "2010-06-02")->capacity, 30);
    b->in.now = T("2010-06-02T19:00:00Z");
    run(b);
    assert_int_equal(day_of(b, "2010-06-02")->capacity, 0);
}

static void what_is_not_open_yet_waits(void **state)
{
    Bench *b = *state;

    duty(b, "KG-1", "2010-06-04T15:00:00Z", 60, 0);
    b->duties[0].opens = T("2010-06-04T08:00:00Z");
    run(b);
    assert_int_equal(day_of(b, "2010-06-02")->worked, 0);
    assert_int_equal(day_of(b, "2010-06-04")->worked, 60);
    assert_int_equal(b->out.n_late, 0);
}

/* ---- with a store ---- */

static void it_asks_the_store_and_says_that_it_looked(void **state)
{
    Desk *d = *state;
    ForecastOptions o = { .until = T("2010-06-11T16:00:00Z") };
    ForecastLeave leave = { .warrant = DS };
    Forecast f;

    memset(o.strength, -1, sizeof o.strength);
    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    assert_did(d, app_forecast(d->app, &o, d->a, &f, &d->err));
    assert_logged(d, AUDIT_CONSULT, "forecast", "");
    assert_int_equal(f.strength[ROLE_CSU_DS], 1);
    assert_int_equal(f.minutes_a_day, FORECAST_MINUTES_A_DAY);
    assert_true(f.overdue > 3); /* nothing was done since 1 May */
    assert_true(f.n_days > 0);
    o.leave = &leave;
    o.n_leave = 1;
    leave.from = leave.to = civil_local_date(T(NOW));
    assert_did(d, app_forecast(d->app, &o, d->a, &f, &d->err));
    for (size_t i = 0; i < f.n_days; i++)
        if (f.days[i].role == ROLE_CSU_DS && f.days[i].day == leave.from) assert_int_equal(f.days[i].capacity, 0);
    leave.warrant = "nobody";
    assert_refused(d, ERR_MISSING, app_forecast(d->app, &o, d->a, &f, &d->err));
    o.n_leave = 0;
    o.until = T(NOW);
    assert_refused(d, ERR_INVALID, app_forecast(d->app, &o, d->a, &f, &d->err));
    o.until = T("2011-06-11T16:00:00Z");
    assert_refused(d, ERR_INVALID, app_forecast(d->app, &o, d->a, &f, &d->err));
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_forecast(d->app, &o, d->a, &f, &d->err));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(what_fits_into_the_day_is_in_time),
        TEST(what_does_not_is_late_and_done_the_next_day),
        TEST(what_is_late_already_is_counted_and_takes_its_time_first),
        TEST(nothing_is_done_at_the_weekend_or_on_a_bank_holiday),
        TEST(leave_takes_an_officer_away),
        TEST(a_repeating_duty_comes_again_and_is_work_again),
        TEST(of_today_only_the_rest_counts),
        TEST(what_is_not_open_yet_waits),
        cmocka_unit_test_setup_teardown(it_asks_the_store_and_says_that_it_looked, desk_setup, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
