/* test_guess.c — somebody who guesses: three processes at once are slowed down as one, a restart gives no new tries, and
** neither the sentence nor the work tells an unknown number from a wrong password or a locked account. */
#include "desk.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROCESSES = 3 };

/* Each opens the store itself and tries `tries` times, at that moment; nobody gets in. */
static void guess(const Desk *d, const char *at, int tries, const char *password)
{
    pid_t child[PROCESSES];
    int status;

    for (int p = 0; p < PROCESSES; p++) {
        child[p] = fork();
        if (child[p] == 0) {
            App *app = desk_terminal(d, at);
            bool in = app == NULL;
            for (int i = 0; i < tries; i++) in |= app_sign_in(app, DS, password, NULL);
            _exit(in);
        }
    }
    for (int p = 0; p < PROCESSES; p++) {
        assert_int_equal(waitpid(child[p], &status, 0), child[p]);
        assert_int_equal(status, 0);
    }
}

static int failures(Desk *d, Time *retry_at)
{
    Officer o;

    assert_did(d, store_officer_get(app_store_handle(d->app), DS, d->a, &o, &d->err));
    *retry_at = o.retry_at;
    return o.failures;
}

static void three_processes_are_slowed_as_one(void **state)
{
    static const char *const at[] = { NOW, "2010-06-01T09:00:01Z", "2010-06-01T09:00:03Z", "2010-06-01T09:00:07Z" };
    Desk *d = *state;
    Time retry_at;

    app_close(&d->app);
    for (size_t i = 0; i < ARRAY_LEN(at); i++) {
        guess(d, at[i], 4, "a wrong password"); /* twelve tries: two count at first, then one each time */
        d->app = desk_terminal(d, at[i]);
        assert_int_equal(failures(d, &retry_at), (int)i + 2);
        app_close(&d->app);
    }
    assert_int_equal(retry_at, T(at[3]) + 15 * MINUTE);
    guess(d, "2010-06-01T09:15:06Z", 1, TRAINING_PASSWORD); /* the right one, too early */
    d->app = desk_terminal(d, "2010-06-01T09:15:07Z");
    desk_as(d, DS);
}

/* ---- equal answers ---- */

/* Milliseconds of work, not of waiting: other programs do not disturb. */
static double work_of(Desk *d, const char *warrant, const char *password, Err *err)
{
    struct timespec a, b;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    assert_false(app_sign_in(d->app, warrant, password, err));
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    return (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double usual_work(Desk *d, const char *warrant, const char *password, Err *err)
{
    double each[9];

    for (size_t i = 0; i < ARRAY_LEN(each); i++) each[i] = work_of(d, warrant, password, err);
    qsort(each, ARRAY_LEN(each), sizeof *each, by_size);
    return each[ARRAY_LEN(each) / 2];
}

/* Were the derivation left out for one of them, it would cost a tenth. */
static void unknown_wrong_locked_and_suspended_cost_the_same_and_say_the_same(void **state)
{
    static const struct {
        const char *warrant, *password;
    } tries[] = { { PC, "a wrong password" }, { "777777", TRAINING_PASSWORD }, { "x'); --", TRAINING_PASSWORD },
        { DS, TRAINING_PASSWORD }, { IO, TRAINING_PASSWORD } };
    Desk *d = *state;
    double first = 0;
    Err said, err;

    desk_as(d, KEEPER);
    assert_did(d, app_officer_suspend(d->app, IO, true, &d->err));
    app_sign_out(d->app);
    for (int i = 0; i < 3; i++) app_sign_in(d->app, DS, "a wrong password", NULL); /* from now on too early */
    for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
        double work;
        err = (Err){ 0 };
        work = usual_work(d, tries[i].warrant, tries[i].password, &err);
        if (i == 0) {
            first = work;
            said = err;
        }
        assert_int_equal(err.kind, said.kind);
        assert_string_equal(err.text, said.text);
        assert_string_equal(err.field, said.field);
        if (work < first / 2 || work > first * 2)
            fail_msg("%s costs %.1f ms and a wrong password %.1f ms", tries[i].warrant, work, first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(three_processes_are_slowed_as_one, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            unknown_wrong_locked_and_suspended_cost_the_same_and_say_the_same, desk_setup, desk_teardown),
    };

    return cmocka_run_group_tests_name("guess", tests, NULL, NULL);
}
