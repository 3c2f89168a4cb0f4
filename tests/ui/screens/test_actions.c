/* test_actions.c — every table of actions is whole: no name and no key twice, a sentence for each, and nothing that only
** an F-key reaches. */
#include "alerts.h"
#include "dmm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const ScreenClass *const classes[] = {
    &scr_signin,
    &scr_lock,
    &scr_password,
    &scr_desk,
    &scr_drafts,
    &scr_policy,
    &scr_policy_page,
    &scr_search,
    &scr_case,
    &scr_why,
    &scr_entry,
    &scr_book,
    &scr_body,
    &scr_sections,
    &scr_risk,
    &scr_compare,
    &scr_read,
    &scr_read_words,
    &scr_read_flag,
    &scr_register,
    &scr_qa,
    &scr_qa_draw,
    &scr_qa_sample,
    &scr_qa_list,
    &scr_qa_results,
    &scr_roundup,
    &scr_dmm,
    &scr_dmm_line,
    &scr_dmm_figures,
    &scr_dmm_why,
    &scr_alerts,
    &scr_alert_budget,
};

static void nothing_is_wrong_with(const char *name, const Action *table)
{
    Str complaints = { 0 };
    bool whole = action_check(table, &complaints);

    if (!whole) print_error("%s: %s\n", name, str_text(&complaints));
    str_finish(&complaints);
    assert_true(whole);
}

static void every_table_of_actions_is_whole(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(classes); i++) nothing_is_wrong_with(classes[i]->name, classes[i]->actions);
    nothing_is_wrong_with("everywhere", ui_globals);
}

static void every_screen_says_its_name_and_draws(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        assert_non_null(classes[i]->name);
        assert_non_null(classes[i]->draw);
        assert_true(classes[i]->state_size > 0);
    }
}

/* Keys are kept under the name: two screens of one name would share the keys of whichever came first. */
static void no_two_screens_have_one_name(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        for (size_t k = 0; k < i; k++) assert_string_not_equal(classes[i]->name, classes[k]->name);
}

static void a_draft_names_its_form_and_back(void **unused)
{
    static const CaseListId lists[] = { LIST_REVIEWS, LIST_CONTACTS, LIST_STATUS };
    Arena *a = arena_new();

    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        EntryAsk ask = { .case_id = "KG-7F3Q2", .list = lists[i], .cycle = (int)i }, back;
        assert_true(entry_of_about(NULL, entry_about(&ask, a), a, &back));
        assert_string_equal(back.case_id, "KG-7F3Q2");
        assert_int_equal(back.list, lists[i]);
        assert_int_equal(back.cycle, ask.cycle);
        assert_null(back.duty);
    }
    arena_free(&a);
}

static void what_is_no_draft_of_ours_is_not_opened(void **unused)
{
    static const char *const strange[] = { "", "KG-7F3Q2", "KG-7F3Q2 reviews -", "KG-7F3Q2 nonsense - 0",
        "KG-7F3Q2 people - 0" };
    Arena *a = arena_new();
    EntryAsk back;

    for (size_t i = 0; i < ARRAY_LEN(strange); i++) assert_false(entry_of_about(NULL, strange[i], a, &back));
    arena_free(&a);
}

static void words_of_a_due_time(void **unused)
{
    static const struct {
        const char *opens, *due, *now, *sign, *word, *when;
    } rows[] = {
        { "2010-02-01T08:00:00Z", "2010-02-01T09:00:00Z", "2010-02-01T09:00:01Z", "!", "OVERDUE", "0m" },
        { "2010-02-01T08:00:00Z", "2010-02-01T09:00:00Z", "2010-02-01T09:00:00Z", " ", "today", "09:00" },
        { "2010-02-01T08:00:00Z", "2010-02-03T09:00:00Z", "2010-02-01T09:00:00Z", " ", "Wed 3", "09:00" },
        { "2010-02-01T08:00:00Z", "2010-02-28T09:00:00Z", "2010-02-01T09:00:00Z", " ", "28 Feb", "09:00" },
        { "2010-02-01T18:00:00Z", "2010-02-03T09:00:00Z", "2010-02-01T09:00:00Z", " ", "opens", "18:00" },
        { "2010-02-02T18:00:00Z", "2010-02-03T09:00:00Z", "2010-02-01T09:00:00Z", " ", "opens", "Tue 18:00" },
        { "2010-03-02T18:00:00Z", "2010-03-03T09:00:00Z", "2010-02-01T09:00:00Z", " ", "opens", "2 Mar" },
        { "2010-06-01T08:00:00Z", "2010-06-01T23:30:00Z", "2010-06-01T09:00:00Z", " ", "Wed 2", "00:30" },
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Time opens, due, now;
        DueWords words;
        assert_true(civil_parse_time(rows[i].opens, &opens, NULL));
        assert_true(civil_parse_time(rows[i].due, &due, NULL));
        assert_true(civil_parse_time(rows[i].now, &now, NULL));
        due_words(opens, due, now, &words);
        assert_string_equal(words.sign, rows[i].sign);
        assert_string_equal(words.word, rows[i].word);
        assert_string_equal(words.when, rows[i].when);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_of_actions_is_whole),
        cmocka_unit_test(every_screen_says_its_name_and_draws),
        cmocka_unit_test(no_two_screens_have_one_name),
        cmocka_unit_test(a_draft_names_its_form_and_back),
        cmocka_unit_test(what_is_no_draft_of_ours_is_not_opened),
        cmocka_unit_test(words_of_a_due_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
