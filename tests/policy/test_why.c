/* test_why.c — what an officer is told when asking why, or why not. */
#include "policy_files.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

typedef struct World {
    Arena *arena;
    Policy *policy;
    Cases cases;
} World;

static World world;

static int start(void **unused)
{
    world.arena = arena_new();
    world.policy = standard_policy();
    world.cases = cases_read(data_path("cases.jsonl"), policy_vocabs(world.policy), world.arena);
    return 0;
}

static int stop(void **unused)
{
    policy_free(&world.policy);
    arena_free(&world.arena);
    return 0;
}

static const CaseDoc *doc_of(const char *id)
{
    for (size_t i = 0; i < world.cases.n; i++)
        if (str_eq(world.cases.docs[i].id, id)) return &world.cases.docs[i];
    fail_msg("no case %s", id);
    return NULL;
}

static Why why_of(const char *id, const char *duty, const char *now)
{
    Why why;

    assert_true(policy_why(world.policy, doc_of(id), at(now), duty, -1, world.arena, &why, NULL));
    return why;
}

/* A line of this kind and truth with these words. */
static void says(const Why *why, WhyKind kind, Truth truth, const char *words)
{
    for (size_t i = 0; i < why->n; i++)
        if (why->lines[i].kind == kind && why->lines[i].truth == truth && strstr(why->lines[i].text, words)) return;
    for (size_t i = 0; i < why->n; i++)
        print_message(
            "%d %d %*s%s\n", why->lines[i].kind, why->lines[i].truth, why->lines[i].indent, "", why->lines[i].text);
    fail_msg("no line %d %d \"%s\"", kind, truth, words);
}

static void a_review_that_came_too_early_is_shown(void **unused)
{
    Why why = why_of("serious-clock", "serious-assault", "2010-03-21T07:00:00Z");

    assert_true(why.asked);
    says(&why, WHY_RULE, TRUTH_YES, "BD 1.12");
    says(&why, WHY_CONDITION, TRUTH_YES, "case is crime");
    says(&why, WHY_FACT, TRUTH_YES, "s18, Sat 20 Mar 12:00");
    says(&why, WHY_CLOCK, TRUTH_YES, "reported Sat 20 Mar 10:00");
    says(&why, WHY_CLOCK, TRUTH_YES, "+ 10 hours → opens Sat 20 Mar 22:00");
    says(&why, WHY_CLOCK, TRUTH_YES, "+ 18 hours → due Sun 21 Mar 06:00");
    says(&why, WHY_FACT, TRUTH_NO, "too early: it would count from Sat 20 Mar 22:00");
    says(&why, WHY_STATE, TRUTH_YES, "overdue: due Sun 21 Mar 06:00, 1h 0m ago");
    says(&why, WHY_CLEARS, TRUTH_YES, "a review serious-assault that is not returned, by a CSU detective sergeant");
    says(&why, WHY_TEXT, TRUTH_YES, "    opens    after 10 hours");
    assert_string_equal(why.short_clock, "offence in serious-assault Sat 12:00 → opens Sat 22:00 → due Sun 06:00");
    assert_string_equal(why.short_why, "A serious assault gets an investigative strategy and a review between 10 and "
                                       "18 hours of being reported (BD 1.12).");
}

static void what_was_never_answered_is_not_a_no(void **unused)
{
    Why why = why_of("ds-kind-unknown", "ds-supervision", "2010-03-28T09:00:00Z");

    assert_false(why.asked);
    says(&why, WHY_CONDITION, TRUTH_UNKNOWN, "case is crime");
    says(&why, WHY_FACT, TRUTH_YES, "Kind: never answered");
    says(&why, WHY_STATE, TRUTH_NO, "not asked: \"case is crime\" cannot be told (Kind: never answered)");

    why = why_of("children-unknown", "merlin-number", "2010-03-28T09:00:00Z");
    says(&why, WHY_CONDITION, TRUTH_UNKNOWN, "children is present or not-present");

    why = why_of("lgbt-unknown-sex", "lgbt-liaison", "2010-03-28T09:00:00Z");
    says(&why, WHY_CONDITION, TRUTH_UNKNOWN, "same sex");
    says(&why, WHY_FACT, TRUTH_UNKNOWN, "suspect s1");
}

static void a_condition_that_is_false_is_named(void **unused)
{
    Why why = why_of("dmm-no-dv-flag", "dmm", "2010-03-28T09:00:00Z");

    assert_false(why.asked);
    says(&why, WHY_CONDITION, TRUTH_YES, "case is crime");
    says(&why, WHY_CONDITION, TRUTH_NO, "flag dv");
    assert_string_equal(why.short_why, "Not asked: \"flag dv\" is not so: none recorded (BD 1.4).");
}

static void a_case_that_is_not_domestic_says_so(void **unused)
{
    Why why = why_of("not-domestic", "ds-supervision", "2010-03-28T09:00:00Z");

    assert_false(why.asked);
    assert_string_equal(
        why.short_why, "Not asked: \"The case is domestic\" is not so: CAD result: Not domestic (BD 1.13).");
}

static void only_what_is_missing_is_asked_for(void **unused)
{
    Why why = why_of("xref-one-way", "cris-merlin-xref", "2010-03-28T09:00:00Z");

    assert_string_equal(why.short_clears, "a cross reference merlin to cris, by the Public Protection Desk");
}

static void a_returned_review_is_shown_as_one_that_does_not_count(void **unused)
{
    Why why = why_of("ps-check-returned", "ps-check", "2010-03-28T09:00:00Z");

    says(&why, WHY_FACT, TRUTH_NO, "does not count");
    assert_true(why_of("ps-check-returned", "ps-check", "2010-03-20T13:00:00Z").asked);
}

static void waiting_says_from_when(void **unused)
{
    Why why = why_of("dci-lies-ahead", "dci-review", "2010-03-28T09:00:00Z");

    says(&why, WHY_STATE, TRUTH_YES, "waiting: it opens Fri 2 Apr 10:00");
    assert_non_null(strstr(why.short_clears, "not before Fri 2 Apr 10:00"));
}

static void an_end_is_told(void **unused)
{
    Why why = why_of("transfer-and-back", "ds-supervision", "2010-03-28T09:00:00Z");

    assert_true(why.asked);
    says(&why, WHY_CLOCK, TRUTH_NO, "active and owner in bocu: no longer since Mon 22 Mar 10:00");
    says(&why, WHY_STATE, TRUTH_YES, "void: no longer asked for since Mon 22 Mar 10:00");
    assert_string_equal(why.short_clears, "");

    why = why_of("dci-ended-before", "dci-review", "2010-03-28T09:00:00Z");
    assert_false(why.asked);
    assert_non_null(strstr(why.short_why, "no longer since Thu 25 Mar 10:00"));
}

static void the_live_cycle_is_meant_unless_one_is_named(void **unused)
{
    Why why = why_of("ds-cycles-spring", "ds-supervision", "2010-03-28T09:00:00Z");

    assert_int_equal(why.duty.cycle, 1);
    says(&why, WHY_CLOCK, TRUTH_YES, "cycle 1 starts when the one before was done, Wed 24 Mar 15:00");
    assert_true(policy_why(world.policy, doc_of("ds-cycles-spring"), at("2010-03-28T09:00:00Z"), "ds-supervision", 0,
        world.arena, &why, NULL));
    assert_int_equal(why.duty.cycle, 0);
    says(&why, WHY_STATE, TRUTH_YES, "done Wed 24 Mar 15:00, in time");
    says(&why, WHY_FACT, TRUTH_YES, "review: DS 7-day supervision");
    assert_true(policy_why(world.policy, doc_of("ds-cycles-spring"), at("2010-03-28T09:00:00Z"), "ds-supervision", 7,
        world.arena, &why, NULL));
    assert_false(why.asked);
}

static void a_duty_for_an_entry_names_the_entry(void **unused)
{
    Why why = why_of("told-each", "victim-told", "2010-03-28T09:00:00Z");

    says(&why, WHY_FACT, TRUTH_YES, "for the event: Charge, Fri 26 Mar 10:00");
    says(&why, WHY_CLOCK, TRUTH_YES, "+ 1 working day, to the end of that day → due Mon 29 Mar 23:59");
    assert_string_equal(why_of("attend-station", "victim-told", "2010-03-28T09:00:00Z").short_why,
        "Not asked: there is no event told-to-victim (BD 3.5, VCOP 2006).");
}

static void an_unknown_duty_is_an_error_with_the_nearest_name(void **unused)
{
    Why why;
    Err err;

    assert_false(policy_why(
        world.policy, doc_of("told-each"), at("2010-03-28T09:00:00Z"), "victim-tld", -1, world.arena, &why, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_non_null(strstr(err.text, "did you mean \"victim-told\"?"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_review_that_came_too_early_is_shown),
        cmocka_unit_test(what_was_never_answered_is_not_a_no),
        cmocka_unit_test(a_condition_that_is_false_is_named),
        cmocka_unit_test(a_case_that_is_not_domestic_says_so),
        cmocka_unit_test(only_what_is_missing_is_asked_for),
        cmocka_unit_test(a_returned_review_is_shown_as_one_that_does_not_count),
        cmocka_unit_test(waiting_says_from_when),
        cmocka_unit_test(an_end_is_told),
        cmocka_unit_test(the_live_cycle_is_meant_unless_one_is_named),
        cmocka_unit_test(a_duty_for_an_entry_names_the_entry),
        cmocka_unit_test(an_unknown_duty_is_an_error_with_the_nearest_name),
    };

    return cmocka_run_group_tests_name("policy why", tests, start, stop);
}
