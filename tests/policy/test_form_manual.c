/* test_form_manual.c — docs/form.md: its examples are of the language, and it names every kind, clause and list there is. */
#include "form_files.h"

#include "rule.h"

static Policy *policy;
static char *manual;

static int start(void **unused)
{
    const char *path = getenv("BOOK124_FORM_MANUAL");
    size_t n;

    policy = standard_policy();
    manual = file_read(path ? path : "docs/form.md", &n);
    return manual ? 0 : -1;
}

static int stop(void **unused)
{
    mem_free(manual);
    policy_free(&policy);
    return 0;
}

/* Questions alone stand in a section with what they speak of. */
static const char around[] = "form x \"X\"\n"
                             "choices colour\n    red \"Red\", blue \"Blue\"\n"
                             "section s \"S\" letter A\n    help \"h\"\n"
                             "    q.answer answer \"Q\" help \"h\"\n"
                             "    q.text text \"Q\" help \"h\"\n"
                             "    q.colour choice colour \"Q\" help \"h\"\n"
                             "    group row \"R\" many \"Rs\" up to 3\n        help \"h\"\n"
                             "        colour choice colour \"C\" help \"h\"\n";

static bool begins(const char *s, const char *word)
{
    return strncmp(s, word, strlen(word)) == 0;
}

static void check_block(const char *text, size_t n)
{
    Str all = { 0 };
    char *page;

    if (begins(text, "    ")) str_add(&all, around);
    str_add_n(&all, text, n);
    str_add_char(&all, '\n');
    page = begins(text, "instrument") ? instrument_problems(all.s, all.n, NULL)
                                      : form_problems(policy, all.s, all.n, NULL);
    assert_string_equal(page, "");
    mem_free(page);
    str_finish(&all);
}

static void every_example_is_of_the_language(void **unused)
{
    size_t n = 0;

    for (const char *at = manual, *end; (at = strstr(at, "\n```")); at = end + 4) {
        const char *text = strchr(at + 1, '\n') + 1;
        end = strstr(text - 1, "\n```");
        assert_non_null(end);
        if (at[4] != '\n') continue; /* ```text is a page or a grammar */
        check_block(text, (size_t)(end - text));
        n++;
    }
    assert_int_equal(n, 7);
}

static void names(const char *word)
{
    char ticked[100];

    snprintf(ticked, sizeof ticked, "`%s", word);
    if (!strstr(manual, ticked)) fail_msg("docs/form.md does not name %s`", ticked);
}

static void every_kind_clause_and_list_is_named(void **unused)
{
    static const char *const words[] = { "text`", "account`", "date`", "time`", "moment`", "choice NAME`",
        "several NAME`", "answer`", "number`", "reference SYSTEM`", "person`", "officer`", "address`", "telephone`",
        "body`", "help \"", "required`", "required if", "asked if", "limit N`", "lines N`", "example \"", "fact …`",
        "safe-contact`", "restricted`" };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) names(words[i]);
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        names(arena_printf(policy->arena, "%s`", case_lists[list].name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_of_the_language),
        cmocka_unit_test(every_kind_clause_and_list_is_named),
    };

    return cmocka_run_group_tests_name("form manual", tests, start, stop);
}
