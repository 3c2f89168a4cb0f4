/* test_policy_diff.c — two files compared clause by clause, and the examples of the first under the second. */
#include "trial_policy.h"

static PolicyDiff diff(Desk *d, const char *was, const char *is)
{
    Policy *p = policy_of(d, was), *q = policy_of(d, is);
    PolicyDiff out;

    app_policy_diff(p, q, d->a, &out);
    policy_free(&p);
    policy_free(&q);
    return out;
}

#define HEAD "policy p \"x\"\n"
#define ONE                                                                                                            \
    "duty one \"One\"\n    cite   local\n    owner  csu-ds\n    from   reported\n    every  7 days\n"                  \
    "    done   review ds-supervision\n"

static int start(void **state)
{
    Desk *d = mem_new(sizeof *d);

    d->a = arena_new();
    *state = d;
    return crypto_start(&d->err) ? 0 : -1;
}

static int stop(void **state)
{
    Desk *d = *state;

    arena_free(&d->a);
    mem_free(d);
    return 0;
}

static void notes_blanks_and_order_do_not_count(void **state)
{
    PolicyDiff x =
        diff(*state, HEAD "minutes 5\n" ONE, "# a note\n" HEAD "\n\n" ONE "    # another\n\nminutes   5 # of work\n");

    assert_int_equal(x.n, 0);
    assert_int_equal(x.n_fails, 0);
}

static void a_changed_clause_is_named_with_both_lines(void **state)
{
    Desk *d = *state;
    size_t n;
    PolicyDiff x;
    char *was = arena_dup(d->a, policy_builtin(POLICY_STANDARD, &n));

    was[n] = '\0';
    x = diff(d, was, five_days(d));
    assert_int_equal(x.n, 2);
    assert_int_equal(x.rows[0].kind, DIFF_CHANGED);
    assert_string_equal(x.rows[0].what, "duty ds-supervision");
    assert_string_equal(x.rows[0].clause, "every");
    assert_string_equal(x.rows[0].text[0], "every 7 days");
    assert_string_equal(x.rows[0].text[1], "every 5 days");
    assert_int_equal(x.rows[0].line[0], x.rows[0].line[1]);
    assert_true(x.rows[0].line[0] > 100);
    assert_true(strstr(x.rows[1].clause, "example \"a review begins the next seven days") != NULL);
    assert_int_equal(x.n_fails, 2); /* what was meant then is not so any more */
    assert_non_null(strstr(x.fails[0], "ds-supervision"));
}

static void what_comes_and_goes(void **state)
{
    PolicyDiff x = diff(*state, HEAD "condition c is case is crime\n" ONE "    when   c\n",
        HEAD "minutes 4\n" ONE "    minutes 9\nduty two \"Two\"\n  cite x\n  owner dci\n  from reported\n"
             "  due after 1 day\n  done attended\n");

    assert_int_equal(x.n, 5);
    assert_string_equal(x.rows[0].what, "minutes");
    assert_int_equal(x.rows[0].kind, DIFF_ADDED);
    assert_string_equal(x.rows[1].clause, "minutes");
    assert_string_equal(x.rows[2].clause, "when");
    assert_int_equal(x.rows[2].kind, DIFF_REMOVED);
    assert_int_equal(x.rows[2].line[1], 0);
    assert_string_equal(x.rows[3].what, "duty two");
    assert_string_equal(x.rows[3].clause, "");
    assert_non_null(strstr(x.rows[3].written, "\n  owner dci\n"));
    assert_string_equal(x.rows[4].what, "condition c");
    assert_int_equal(x.rows[4].kind, DIFF_REMOVED);
}

static void due_for_every_is_one_change_and_titles_count(void **state)
{
    PolicyDiff x = diff(*state, HEAD ONE,
        HEAD "duty one \"Uno\"\n    cite   local\n    owner  csu-ds\n    from   reported\n    due    after 2 days\n"
             "    done   review ds-supervision\n");

    assert_int_equal(x.n, 2);
    assert_string_equal(x.rows[0].clause, "title");
    assert_string_equal(x.rows[1].text[0], "every 7 days");
    assert_string_equal(x.rows[1].text[1], "due after 2 days");
}

static void a_hash_in_a_text_or_a_pattern_is_no_note(void **state)
{
    PolicyDiff x = diff(*state, HEAD "number desk /^#\\d{2}$/ example \"#12\" otherwise warn\n" ONE,
        HEAD "number desk /^#\\d{3}$/ example \"#123\" otherwise warn\n" ONE);

    assert_int_equal(x.n, 1);
    assert_string_equal(x.rows[0].what, "number desk");
    assert_non_null(strstr(x.rows[0].text[1], "\\d{3}"));
}

static void examples_are_moved_to_where_the_other_file_has_its_clauses(void **state)
{
    static const char example[] = "    example \"it is there\"\n        reported 2010-02-01 10:00\n"
                                  "        at 2010-02-02 10:00 expect open\n";
    PolicyDiff x = diff(*state, arena_printf(((Desk *)*state)->a, HEAD ONE "%s", example),
        HEAD
        "duty one \"One\"\n cite local\n owner csu-ds\n from reported\n every 7 days\n done review ds-supervision\n");

    assert_int_equal(x.n_fails, 0);
    assert_int_equal(x.n, 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(notes_blanks_and_order_do_not_count),
        TEST(a_changed_clause_is_named_with_both_lines),
        TEST(what_comes_and_goes),
        TEST(due_for_every_is_one_change_and_titles_count),
        TEST(a_hash_in_a_text_or_a_pattern_is_no_note),
        TEST(examples_are_moved_to_where_the_other_file_has_its_clauses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
