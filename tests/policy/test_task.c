/* test_task.c — duties whose entry says whose they are, by when and what; moments before a planned one; and `task`, which somebody ticks off. */
#include "policy_files.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define GIVEN                                                                                                          \
    "duty given \"What was given\"\n    cite   local\n    owner  its owner, then csu-ds after 1 day, then csu-di after 2 days\n"           \
    "    for each task\n    from   its time\n    due    its due\n    says   its what\n    done   its done\n"
#define EXPIRY                                                                                                         \
    "duty expiry \"An order runs out\"\n    cite   local\n    owner  csu-io\n    for each order\n    from   28 days before its expires\n"  \
    "    due    its expires\n    done   its considered\n"
#define TICKED                                                                                                         \
    "task again \"Look again\"\n    cite   local\n    owner  csu-io, then csu-ds after 1 day\n    from   reported\n    opens  after 1 day\n" \
    "    due    after 3 days\n"
#define EACH                                                                                                           \
    "task shown \"Show the order\"\n    cite   local\n    owner  csu-io\n    for each order\n    from   its time\n    due    after 1 day\n"
#define TASK(key, owner, due, more)                                                                                    \
    "{\"key\":\"" key "\",\"from\":\"plan\",\"approach\":\"reduce\",\"what\":\"Do " key "\",\"owner\":\"" owner                            \
    "\",\"due\":\"" due "\",\"by\":\"900007\",\"at\":\"2010-02-02T10:00:00Z\"" more "}"
#define ORDER(key, expires)                                                                                            \
    "{\"key\":\"" key "\",\"kind\":\"non-molestation\",\"person\":\"s1\",\"expires\":\"" expires "\",\"at\":\"2010-02-02T10:00:00Z\"}"
#define PERSON "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"recorded_at\":\"2010-02-01T10:00:00Z\"}]"

static Arena *arena;
static Policy *policy;
static CaseDoc doc;
static Duty *duties;

static int fresh(void **unused)
{
    arena = arena_new();
    return 0;
}

static int gone(void **unused)
{
    policy_free(&policy);
    arena_free(&arena);
    return 0;
}

static void use(const char *rules)
{
    char *text = arena_printf(arena, "policy p \"x\"\n%s", rules);
    char *page = problems_of(text, strlen(text), &policy);

    if (!policy) fail_msg("%s", page);
    mem_free(page);
}

static void a_case(const char *members)
{
    char *text = arena_printf(arena,
        "{\"format\":\"book124.case/1\",\"id\":\"KG-1\",\"borough\":\"KG\",\"reported_at\":\"2010-02-01T10:00:00Z\",%s}", members);
    Err err = { 0 };

    if (!case_read(text, strlen(text), policy_vocabs(policy), TIME_MAX, arena, &doc, NULL, &err)) fail_msg("%s", err.text);
}

static size_t at_time(const char *now)
{
    return policy_evaluate(policy, &doc, now ? at(now) : TIME_MAX, arena, &duties);
}

static void its_entry_says_whose_it_is_by_when_and_what(void **unused)
{
    use(GIVEN);
    a_case("\"tasks\":[" TASK("t1", "csu-io", "2010-02-04T12:00:00Z", "") "," TASK("t2", "ppd", "2010-02-05T12:00:00Z", "") "]");
    assert_int_equal(at_time("2010-02-02T09:00:00Z"), 0);
    assert_int_equal(at_time("2010-02-02T11:00:00Z"), 2);
    assert_int_equal(duties[0].owner, ROLE_CSU_IO);
    assert_int_equal(duties[1].owner, ROLE_PPD);
    assert_int_equal(duties[1].due, at("2010-02-05T12:00:00Z"));
    assert_string_equal(duties[0].says, "Do t1");
    assert_string_equal(duties[1].of, "t2");
    assert_int_equal(policy_duty(policy, 0)->owner, ROLE_NONE);
    assert_int_equal(policy_duty(policy, 0)->tick, TICK_ENTRY);
    assert_int_equal(policy_duty(policy, 0)->list, LIST_TASKS);
}

static void nobody_has_it_twice(void **unused)
{
    Role out[4];

    use(GIVEN);
    a_case("\"tasks\":[" TASK("t1", "csu-ds", "2010-02-04T12:00:00Z", "") "]");
    assert_int_equal(at_time("2010-02-08T10:00:00Z"), 1);
    assert_int_equal(policy_duty_queues(policy_duty(policy, 0), &duties[0], at("2010-02-08T10:00:00Z"), out, 4), 2);
    assert_int_equal(out[0], ROLE_CSU_DS);
    assert_int_equal(out[1], ROLE_CSU_DI);
}

/* What the store keeps is asked of all facts; a page asks at a moment. They must not differ. */
static void what_is_planned_is_known_before_it_comes(void **unused)
{
    Duty all;

    use(EXPIRY);
    a_case(PERSON ",\"orders\":[" ORDER("o1", "2010-06-01T12:00:00Z") "]");
    assert_int_equal(at_time("2010-02-02T09:00:00Z"), 0);
    assert_int_equal(at_time(NULL), 1);
    all = duties[0];
    assert_int_equal(at_time("2010-02-03T09:00:00Z"), 1);
    assert_int_equal(duties[0].start, all.start);
    assert_int_equal(duties[0].start, at("2010-05-04T12:00:00Z"));
    assert_int_equal(duties[0].due, at("2010-06-01T12:00:00Z"));
    assert_int_equal(duty_state(&duties[0], at("2010-02-03T09:00:00Z")), DUTY_WAITING);
    assert_int_equal(duty_state(&duties[0], at("2010-05-05T09:00:00Z")), DUTY_OPEN);
    a_case(PERSON ",\"orders\":[{\"key\":\"o1\",\"kind\":\"other\",\"person\":\"s1\",\"at\":\"2010-02-02T10:00:00Z\"}]");
    assert_int_equal(at_time(NULL), 0); /* until further order */
}

static const char *ticked(const char *rule, const char *done)
{
    return arena_printf(arena,
        "{\"key\":\"t%s\",\"from\":\"policy\",\"rule\":\"%s\",\"what\":\"x\",\"owner\":\"csu-io\",\"due\":\"2010-02-04T10:00:00Z\","
        "\"at\":\"%s\",\"done_at\":\"%s\",\"done_by\":\"900006\",\"result\":\"Seen.\"}",
        done + 8, rule, done, done);
}

static void a_task_is_done_by_who_ticks_it_off(void **unused)
{
    use(TICKED);
    assert_int_equal(policy_duty(policy, 0)->tick, TICK_RULE);
    a_case(arena_printf(arena, "\"tasks\":[%s,%s]", ticked("again", "2010-02-01T12:00:00Z"), ticked("other", "2010-02-03T09:00:00Z")));
    assert_int_equal(at_time("2010-02-03T12:00:00Z"), 1);
    assert_int_equal(duties[0].done, TIME_NONE); /* too early, and of another rule */
    assert_string_equal(policy_tick_rule(policy_duty(policy, 0), &duties[0], arena), "again");
    a_case(arena_printf(arena, "\"tasks\":[%s]", ticked("again", "2010-02-03T09:00:00Z")));
    assert_int_equal(at_time("2010-02-03T08:00:00Z"), 1);
    assert_true(duty_is_live(&duties[0]));
    assert_int_equal(at_time("2010-02-03T12:00:00Z"), 1);
    assert_int_equal(duties[0].done, at("2010-02-03T09:00:00Z"));
}

static void of_several_entries_a_tick_names_its_own(void **unused)
{
    use(EACH);
    a_case(arena_printf(arena, PERSON ",\"orders\":[%s,%s],\"tasks\":[%s]", ORDER("o1", "2010-06-01T12:00:00Z"),
        ORDER("o2", "2010-06-01T12:00:00Z"), ticked("shown o2", "2010-02-03T09:00:00Z")));
    assert_int_equal(at_time("2010-02-03T12:00:00Z"), 2);
    assert_true(duty_is_live(&duties[0]));
    assert_false(duty_is_live(&duties[1]));
    assert_string_equal(policy_tick_rule(policy_duty(policy, 0), &duties[0], arena), "shown o1");
}

static void what_clears_it_is_a_tick(void **unused)
{
    static const char *const rules[][2] = { { GIVEN, "given" }, { TICKED, "again" }, { EACH, "shown" } };

    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        PolicyClears clears;
        Why why;
        Err err = { 0 };
        use(rules[i][0]);
        a_case(PERSON ",\"orders\":[" ORDER("o1", "2010-06-01T12:00:00Z") "],\"tasks\":[" TASK("t1", "csu-io", "2010-02-04T12:00:00Z", "") "]");
        assert_true(policy_clears(policy, RULE_DUTY, rules[i][1], -1, &doc, NULL, 0, at("2010-02-03T12:00:00Z"), arena, &clears));
        assert_int_equal(clears.n, 1);
        assert_string_equal(clears.says, "tick it off");
        assert_true(policy_why(policy, &doc, at("2010-02-03T12:00:00Z"), rules[i][1], -1, arena, &why, &err));
        assert_non_null(strstr(why.short_clears, "ticks it off"));
        policy_free(&policy);
    }
}

static void a_task_can_come_again(void **unused)
{
    use("task weekly \"Look every week\"\n    cite local\n    owner csu-io\n    from reported\n    every 7 days\n");
    a_case(arena_printf(arena, "\"tasks\":[%s,%s]", ticked("weekly", "2010-02-05T09:00:00Z"), ticked("weekly", "2010-02-14T09:00:00Z")));
    assert_int_equal(at_time("2010-02-15T12:00:00Z"), 3);
    assert_int_equal(duty_state(&duties[0], at("2010-02-15T12:00:00Z")), DUTY_DONE);
    assert_int_equal(duty_state(&duties[1], at("2010-02-15T12:00:00Z")), DUTY_LATE);
    assert_int_equal(duties[2].start, at("2010-02-14T09:00:00Z"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(its_entry_says_whose_it_is_by_when_and_what, fresh, gone),
        cmocka_unit_test_setup_teardown(nobody_has_it_twice, fresh, gone),
        cmocka_unit_test_setup_teardown(what_is_planned_is_known_before_it_comes, fresh, gone),
        cmocka_unit_test_setup_teardown(a_task_is_done_by_who_ticks_it_off, fresh, gone),
        cmocka_unit_test_setup_teardown(of_several_entries_a_tick_names_its_own, fresh, gone),
        cmocka_unit_test_setup_teardown(what_clears_it_is_a_tick, fresh, gone),
        cmocka_unit_test_setup_teardown(a_task_can_come_again, fresh, gone),
    };

    return cmocka_run_group_tests_name("task", tests, NULL, NULL);
}
