/* test_stretch.c — what became of an alert, from when it fired on which basis and what was said to it. */
#include "core_test.h"

#include "core/stretch.h"

enum { OPEN = 0 };
#define UNTIL(t) ((t) ? (t) : TIME_NONE)

static const char *basis(int i)
{
    static const char *const all[] = { "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc" };

    return all[i];
}

static AlertRun run(const char *alert, int on, Time from, Time until)
{
    return (AlertRun){ alert, basis(on), from, UNTIL(until) };
}

static AlertAnswer said(const char *alert, int on, bool dismissed)
{
    return (AlertAnswer){ .alert = alert, .basis = basis(on), .dismissed = dismissed };
}

/* "x 10 waits, y 20 acted" */
static void assert_stretches(
    const AlertRun *runs, size_t n, const AlertAnswer *answers, size_t n_answers, const char *want)
{
    Arena *a = arena_new();
    AlertStretch *all;
    size_t found = alert_stretches(runs, n, answers, n_answers, a, &all);
    char text[400] = "";

    for (size_t i = 0; i < found; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s %d %s", i ? ", " : "", all[i].alert,
            (int)all[i].since, alert_end_word(all[i].end));
    assert_string_equal(text, want);
    arena_free(&a);
}

static void what_fires_waits_and_what_fits_again_changed(void **unused)
{
    const AlertRun runs[] = { run("y", 0, 5, OPEN), run("x", 0, 10, 20), run("x", 0, 30, OPEN) };

    assert_stretches(runs, 0, NULL, 0, "");
    assert_stretches(runs, 3, NULL, 0, "x 10 changed, x 30 waits, y 5 waits");
}

static void another_basis_without_a_break_is_the_same_stretch(void **unused)
{
    const AlertRun runs[] = { run("x", 0, 10, 20), run("y", 1, 12, 20), run("x", 1, 20, 30), run("x", 2, 30, OPEN) };

    assert_stretches(runs, 4, NULL, 0, "x 10 waits, y 12 changed");
    assert_stretches(runs, 3, NULL, 0, "x 10 changed, y 12 changed");
}

static void an_answer_ends_a_stretch_and_what_fires_behind_it_is_another(void **unused)
{
    const AlertRun runs[] = { run("x", 0, 10, 20), run("x", 1, 20, 30), run("x", 2, 30, OPEN) };
    const AlertAnswer first[] = { said("x", 0, true) }, second[] = { said("y", 1, true), said("x", 1, false) };

    assert_stretches(runs, 3, first, 1, "x 10 dismissed, x 20 waits");
    assert_stretches(runs, 3, second, 2, "x 10 acted, x 30 waits");
    assert_stretches(runs, 3, second, 1, "x 10 waits"); /* to another alert */
}

static void the_words_of_ends_are_told_apart(void **unused)
{
    for (AlertEnd end = 0; end < ALERT_ENDS; end++) {
        assert_int_equal(alert_end_by_word(alert_end_word(end)), end);
        if (end) assert_true(strcmp(alert_end_word(end - 1), alert_end_word(end)) < 0);
    }
    assert_int_equal(alert_end_by_word("forgotten"), ALERT_ENDS);
    assert_string_equal(alert_end_word(ALERT_ENDS), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fires_waits_and_what_fits_again_changed),
        cmocka_unit_test(another_basis_without_a_break_is_the_same_stretch),
        cmocka_unit_test(an_answer_ends_a_stretch_and_what_fires_behind_it_is_another),
        cmocka_unit_test(the_words_of_ends_are_told_apart),
    };
    return cmocka_run_group_tests_name("stretch", tests, NULL, NULL);
}
