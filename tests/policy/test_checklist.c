/* test_checklist.c — what a review ticks, as a file says it: which checks apply, what cannot be read, and what the standard policy asks. */
#include "policy_files.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define LIST                                                                                                           \
    "policy p \"x\"\nchecklist ds-supervision \"Seven days\"\n    cite   BD 1.12\n    check  spoken \"She was spoken to\"\n"             \
    "        otherwise \"Speak to her\"\n        cite BD 3.5\n    check  children \"The Merlin is made\"\n        when children is "        \
    "present\n    check  found \"He is looked for\" when latest status of suspect is outstanding\n"

static Arena *arena;
static Policy *policy;
static CaseDoc doc;

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

static void use(const char *text)
{
    char *page;

    policy_free(&policy);
    page = problems_of(text, strlen(text), &policy);
    if (!policy) fail_msg("%s", page);
    mem_free(page);
}

static void a_case(const char *more)
{
    const char *json = arena_printf(arena,
        "{\"format\":\"book124.case/1\",\"id\":\"KG-1\",\"borough\":\"KG\",\"reported_at\":\"2010-02-01T10:00:00Z\"%s%s}", *more ? "," : "", more);
    Err err = { 0 };

    if (!case_read(json, strlen(json), policy_vocabs(policy), TIME_MAX, arena, &doc, NULL, &err)) fail_msg("%s", err.text);
}

/* The names that are asked, with a blank behind each. */
static const char *asked(const char *review, const char *now)
{
    const PolicyCheck **all;
    size_t n = policy_checklist(policy, review, &doc, at(now), arena, &all, NULL);
    const char *names = "";

    for (size_t i = 0; i < n; i++) names = arena_printf(arena, "%s%s ", names, all[i]->name);
    return names;
}

#define THEN "2010-02-08T10:00:00Z"

static void a_check_is_asked_unless_its_condition_is_false(void **unused)
{
    use(LIST);
    a_case("");
    assert_string_equal(asked("ds-supervision", THEN), "spoken children "); /* nobody has said that there are none; there is no suspect */
    a_case("\"children\":{\"answer\":\"none\",\"at\":\"2010-02-01T11:00:00Z\"}");
    assert_string_equal(asked("ds-supervision", THEN), "spoken ");
    assert_string_equal(asked("ds-supervision", "2010-02-01T10:30:00Z"), "spoken children ");
    a_case("\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-02-01T11:00:00Z\"},"
           "{\"status\":\"arrested\",\"at\":\"2010-02-02T10:00:00Z\"}]}]");
    assert_string_equal(asked("ds-supervision", THEN), "spoken children ");
    assert_string_equal(asked("ds-supervision", "2010-02-01T12:00:00Z"), "spoken children found ");
}

static void a_review_without_a_checklist_ticks_nothing(void **unused)
{
    use(LIST);
    a_case("");
    assert_string_equal(asked("di-review", THEN), "");
    assert_int_equal(policy_checklist_count(policy), 1);
}

static void a_check_says_where_it_comes_from_and_what_is_asked_otherwise(void **unused)
{
    const PolicyCheck **all;
    PolicyChecklist about;

    use(LIST);
    a_case("");
    assert_int_equal(policy_checklist(policy, "ds-supervision", &doc, at(THEN), arena, &all, &about), 2);
    assert_string_equal(about.title, "Seven days");
    assert_string_equal(all[0]->says, "She was spoken to");
    assert_string_equal(all[0]->otherwise, "Speak to her");
    assert_string_equal(all[0]->cite, "BD 3.5");
    assert_string_equal(all[1]->cite, "BD 1.12");
    assert_null(all[1]->otherwise);
    assert_int_equal(all[1]->line, 7);
}

/* ---- what cannot be read ---- */

static void wrong(const char *text, const char *words)
{
    char *page = problems_of(text, strlen(text), NULL);

    if (!strstr(page, words)) fail_msg("no \"%s\" in\n%s", words, page);
    mem_free(page);
}

#define HEAD "policy p \"x\"\nchecklist ds-supervision \"x\"\n"

static void what_cannot_be_read_is_said_where_it_stands(void **unused)
{
    wrong("policy p \"x\"\nchecklist ds-supervison \"x\"\n cite local\n check ab \"x\"\n", "There is no such review.");
    wrong("policy p \"x\"\nchecklist ds-supervison \"x\"\n cite local\n check ab \"x\"\n", "ds-supervision");
    wrong(HEAD " check ab \"x\"\n", "has no clause \"cite\"");
    wrong(HEAD " cite local\n", "checks nothing");
    wrong(HEAD " cite local\n check ab \"x\"\n check ab \"y\"\n", "There is a check \"ab\" already, in line 4.");
    wrong(HEAD " cite local\n check ab\n", "Something is missing here.");
    wrong(HEAD " cite local\n check ab \"x\" when reviewed\n", "There is no fact and no definition");
    wrong(HEAD " cite local\n chek a \"x\"\n", "There is no such clause in a checklist.");
    wrong(HEAD " cite local\n check ab \"x\"\nchecklist ds-supervision \"y\"\n cite local\n check cd \"x\"\n", "There is a checklist of \"ds-supervision\" already");
    wrong("policy p \"x\"\nwords neck \"x\"\n pattern /neck/\n matches \"neck\"\nchecklist dmm \"x\"\n cite local\n check ab \"x\" when account matches words neck\n",
        "come from the facts alone");
}

static void an_example_that_comes_out_otherwise_is_an_error(void **unused)
{
    wrong(HEAD " cite local\n check ab \"x\" when children is present\n example \"none\"\n  reported 2010-02-01 10:00\n"
               "  children none at 2010-02-01 11:00\n  at 2010-02-02 10:00 expect check ab\n",
        "says \"no check\" of \"ab\"; the example says \"check\"");
    wrong(HEAD " cite local\n check ab \"x\"\n example \"none\"\n  reported 2010-02-01 10:00\n  at 2010-02-02 10:00 expect check cd\n",
        "is not understood here");
}

static void a_check_that_is_never_asked_is_a_warning(void **unused)
{
    wrong(HEAD " cite local\n check ab \"x\" when flag hbv and no flag hbv\n", "is never asked");
}

/* ---- the standard policy ---- */

static void the_standard_policy_ticks_what_the_sources_ask(void **unused)
{
    policy_free(&policy);
    policy = standard_policy();
    a_case("\"children\":{\"answer\":\"none\",\"at\":\"2010-02-01T11:00:00Z\"},"
           "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-02-01T10:00:00Z\"}]}]");
    assert_string_equal(asked("ds-supervision", THEN), "victim-updated suspect-sought risk-right ");
    assert_string_equal(asked("serious-assault", THEN), "scene forensic cctv witnesses medical victim-account suspect victim-safe ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_check_is_asked_unless_its_condition_is_false, fresh, gone),
        cmocka_unit_test_setup_teardown(a_review_without_a_checklist_ticks_nothing, fresh, gone),
        cmocka_unit_test_setup_teardown(a_check_says_where_it_comes_from_and_what_is_asked_otherwise, fresh, gone),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_said_where_it_stands, fresh, gone),
        cmocka_unit_test_setup_teardown(an_example_that_comes_out_otherwise_is_an_error, fresh, gone),
        cmocka_unit_test_setup_teardown(a_check_that_is_never_asked_is_a_warning, fresh, gone),
        cmocka_unit_test_setup_teardown(the_standard_policy_ticks_what_the_sources_ask, fresh, gone),
    };

    return cmocka_run_group_tests_name("checklist", tests, NULL, NULL);
}
