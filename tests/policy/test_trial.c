/* test_trial.c — what a back-test asks of a policy: minutes of work, what repeats, what is high harm. */
#include "policy_files.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define DUTY(id, more)                                                                                                 \
    "duty " id " \"x\"\n    cite   local\n    owner  csu-ds\n    from   reported\n    done   review di-review\n" more

static Policy *parsed(const char *text)
{
    Policy *p;
    char *page = problems_of(text, strlen(text), &p);

    if (!p) fail_msg("%s", page);
    mem_free(page);
    return p;
}

static void refused(const char *text, const char *with)
{
    char *page = problems_of(text, strlen(text), NULL);

    if (!strstr(page, with)) fail_msg("\"%s\" is not in: %s", with, page);
    mem_free(page);
}

static void a_duty_takes_its_own_minutes_else_those_of_the_file(void **unused)
{
    Policy *p = parsed("policy p \"x\"\n" DUTY("one", "    every 7 days\n    minutes 25\n")
            DUTY("two", "    due after 1 day\n") "minutes 10\n");

    assert_int_equal(policy_duty_by_id(p, "one")->minutes, 25);
    assert_int_equal(policy_duty_by_id(p, "two")->minutes, 10);
    assert_true(policy_duty_by_id(p, "one")->repeats);
    assert_false(policy_duty_by_id(p, "two")->repeats);
    policy_free(&p);
    p = parsed("policy p \"x\"\n" DUTY("one", "    every 7 days\n"));
    assert_int_equal(policy_duty_by_id(p, "one")->minutes, 0);
    policy_free(&p);
}

static void minutes_are_a_number_that_a_day_can_hold(void **unused)
{
    refused("policy p \"x\"\n" DUTY("one", "    every 7 days\n    minutes 1441\n"), "from 1 to 1440");
    refused("policy p \"x\"\n" DUTY("one", "    every 7 days\n    minutes 0\n"), "from 1 to 1440");
    refused("policy p \"x\"\n" DUTY("one", "    every 7 days\n    minutes many\n"), "from 1 to 1440");
    refused("policy p \"x\"\nminutes 99999999999999999999\n" DUTY("one", "    every 7 days\n"), "from 1 to 1440");
    refused("policy p \"x\"\nminutes 5\nminutes 6\n" DUTY("one", "    every 7 days\n"), "said already");
    refused("policy p \"x\"\n" DUTY("one", "    every 7 days\n    minutes 5\n    minutes 6\n"), "already");
}

static void high_harm_is_what_the_file_says(void **unused)
{
    Policy *p = parsed("policy p \"x\"\noffences grave is murder, s18\nhigh harm offence in grave or s20\n" DUTY(
        "one", "    every 7 days\n"));
    const Vocabs *v = policy_vocabs(p);

    assert_true(policy_is_high_harm(p, vocab_code(v, VOCAB_OFFENCE, "murder")));
    assert_true(policy_is_high_harm(p, vocab_code(v, VOCAB_OFFENCE, "s20")));
    assert_false(policy_is_high_harm(p, vocab_code(v, VOCAB_OFFENCE, "attempted-murder")));
    assert_false(policy_is_high_harm(p, CODE_NONE));
    policy_free(&p);
    refused("policy p \"x\"\nhigh harm offence in mruder\n" DUTY("one", "    every 7 days\n"), "murder");
    refused("policy p \"x\"\nhigh harm offence in s18\nhigh harm offence in s20\n" DUTY("one", "    every 7 days\n"),
        "said already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_duty_takes_its_own_minutes_else_those_of_the_file),
        cmocka_unit_test(minutes_are_a_number_that_a_day_can_hold),
        cmocka_unit_test(high_harm_is_what_the_file_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
