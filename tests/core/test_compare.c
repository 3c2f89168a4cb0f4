/* test_compare.c — the same facts, more facts, and other facts. */
#include "core_test.h"

#define DAY2 "\"at\":\"2010-02-02T00:00:00Z\""
#define DAY3 "\"at\":\"2010-02-03T00:00:00Z\""

static bool extends(Arena *a, const char *longer, const char *shorter, const char **missing)
{
    CaseDoc l = doc_of(a, longer), s = doc_of(a, shorter);
    CaseLack lack = { .where = "" };
    bool ok = case_extends(&l, &s, vocabs_standard(), &lack);

    *missing = arena_dup(a, lack.where);
    return ok;
}

static void is_extended(Arena *a, const char *longer, const char *shorter)
{
    const char *missing;

    if (!extends(a, longer, shorter, &missing)) fail_msg("missing: %s", missing);
}

static void lacks(Arena *a, const char *longer, const char *shorter, const char *where)
{
    const char *missing;

    assert_false(extends(a, longer, shorter, &missing));
    assert_string_equal(missing, where);
}

static bool same(Arena *a, const char *one, const char *two)
{
    CaseDoc x = doc_of(a, one), y = doc_of(a, two);

    assert_int_equal(case_same(&x, &y), case_same(&y, &x));
    return case_same(&x, &y);
}

static void the_order_of_a_file_does_not_matter(void **state)
{
    assert_true(same(*state, "\"notices\":[{\"to\":\"di\"," DAY2 "},{\"to\":\"dps\"," DAY2 "}]",
        "\"notices\":[{\"to\":\"dps\"," DAY2 "},{\"to\":\"di\"," DAY2 "}]"));
    assert_true(same(*state, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"},{\"key\":\"s1\",\"role\":\"suspect\"}]",
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\"},{\"key\":\"v1\",\"role\":\"victim\"}]"));
}

static void every_fact_matters(void **state)
{
    assert_false(same(*state, "\"kind\":\"crime\"", "\"kind\":\"incident\""));
    assert_false(same(*state, "\"kind\":\"crime\"", ""));
    assert_false(same(*state, "\"notices\":[{\"to\":\"di\"," DAY2 "}]",
        "\"notices\":[{\"to\":\"di\"," DAY2 "},{\"to\":\"di\"," DAY2 "}]"));
    assert_false(same(*state, "\"offences\":[{\"class\":\"s47\",\"attempt\":true," DAY2 "}]",
        "\"offences\":[{\"class\":\"s47\"," DAY2 "}]"));
    assert_false(same(*state, "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"born\":\"1980-01-01\"}]",
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"born\":\"1980-01-02\"}]"));
    assert_false(same(*state,
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"status\":[{\"status\":\"arrested\"," DAY2 "}]}]",
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\"}]"));
    assert_false(same(*state, "\"consent\":{\"idva\":\"given\"}", "\"consent\":{\"idva\":\"refused\"}"));
}

static void null_empty_and_absent_are_the_same(void **state)
{
    assert_true(same(*state,
        "\"kind\":null,\"flags\":[],\"cad\":null,\"consent\":{},\"people\":[{\"key\":\"s1\",\"role\":\"suspect\","
        "\"family\":\"\",\"status\":null}]",
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\"}]"));
}

static void more_entries_extend(void **state)
{
    is_extended(*state, "\"kind\":\"crime\",\"notices\":[{\"to\":\"di\"," DAY2 "},{\"to\":\"dps\"," DAY3 "}]",
        "\"kind\":\"incident\",\"notices\":[{\"to\":\"dps\"," DAY3 "}]");
    is_extended(*state, "", "");
}

static void a_lost_or_changed_entry_is_named(void **state)
{
    lacks(*state, "", "\"notices\":[{\"to\":\"di\"," DAY2 "}]", "notices[0]");
    lacks(*state, "\"notices\":[{\"to\":\"di\"," DAY2 "},{\"to\":\"wcu\"," DAY3 "}]",
        "\"notices\":[{\"to\":\"di\"," DAY2 "},{\"to\":\"dps\"," DAY3 "}]", "notices[1]");
    lacks(*state, "\"notices\":[{\"to\":\"di\"," DAY2 "}]",
        "\"notices\":[{\"to\":\"di\"," DAY2 "},{\"to\":\"di\"," DAY2 "}]", "notices[1]");
    lacks(*state, "\"reviews\":[{\"kind\":\"qa\"," DAY2 ",\"outcome\":\"satisfied\",\"text\":\"b\"}]",
        "\"reviews\":[{\"kind\":\"qa\"," DAY2 ",\"outcome\":\"satisfied\",\"text\":\"a\"}]", "reviews[0]");
}

static void an_offer_accepted_later_is_the_same_offer(void **state)
{
    static const char offered[] = "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-02T00:00:00Z\"}]";
    static const char accepted[] = "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-02T00:00:00Z\",\"accepted_"
                                   "at\":\"2010-02-03T00:00:00Z\"}]";

    is_extended(*state, accepted, offered);
    lacks(*state, offered, accepted, "owners[0]");
}

static void a_book_indexed_later_is_the_same_book(void **state)
{
    is_extended(*state,
        "\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"index\":{\"number\":\"G/1\"," DAY3
        "}}]",
        "\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\"}]");
}

/* Of two offers alike, the accepted one must not be taken by the one that is not. */
static void equals_find_each_other_first(void **state)
{
#define OFFER "{\"unit\":\"csu\",\"offered_at\":\"2010-02-02T00:00:00Z\"}"
#define TAKEN "{\"unit\":\"csu\",\"offered_at\":\"2010-02-02T00:00:00Z\",\"accepted_at\":\"2010-02-03T00:00:00Z\"}"
    is_extended(*state, "\"owners\":[" TAKEN "," OFFER "]", "\"owners\":[" OFFER "," TAKEN "]");
    is_extended(*state, "\"owners\":[" TAKEN "," TAKEN "]", "\"owners\":[" OFFER "," TAKEN "]");
    lacks(*state, "\"owners\":[" OFFER "," OFFER "]", "\"owners\":[" OFFER "," TAKEN "]", "owners[1]");
}

static void a_person_may_be_corrected_but_not_lost(void **state)
{
    static const char before[] = "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Oak\",\"status\":[{"
                                 "\"status\":\"outstanding\"," DAY2 "}]}]";

    is_extended(*state,
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Oake\",\"status\":[{\"status\":"
        "\"outstanding\"," DAY2 "},"
        "{\"status\":\"arrested\"," DAY3 "}]}]",
        before);
    lacks(*state, "\"people\":[{\"key\":\"s2\",\"role\":\"suspect\"}]", before, "people[0]");
    lacks(*state,
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Oak\",\"status\":[{\"status\":\"arrested\"," DAY2
        "}]}]",
        before, "people[0].status[0]");
}

/* What was said once cannot become unsaid by a document that is silent about it. */
static void nothing_said_may_become_absent(void **state)
{
    static const struct {
        const char *said, *where;
    } scalars[] = {
        { "\"restricted_at\":\"2010-02-02T00:00:00Z\"", "restricted_at" },
        { "\"closed_at\":\"2010-02-02T00:00:00Z\"", "closed_at" },
        { "\"outcome\":\"charged\"", "outcome" },
        { "\"kind\":\"crime\"", "kind" },
        { "\"attended_at\":\"2010-02-02T00:00:00Z\"", "attended_at" },
        { "\"incident\":{\"place\":\"12 Example Road\"}", "incident.place" },
        { "\"cad\":{\"number\":\"8123/01FEB10\"}", "cad.number" },
        { "\"children\":{\"answer\":\"present\"}", "children.answer" },
    };
    static const char *const person[] = { "\"family\":\"Oak\"", "\"given\":\"Ann\"", "\"born\":\"1980-03-04\"",
        "\"sex\":\"female\"", "\"ethnicity\":\"W1\"", "\"recorded_at\":\"2010-02-02T00:00:00Z\"" };
    Arena *a = *state;
    const char *silent = "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"}]";

    for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++) lacks(a, "", scalars[i].said, scalars[i].where);
    for (size_t i = 0; i < sizeof person / sizeof person[0]; i++) {
        const char *name = arena_dup_n(a, person[i] + 1, strcspn(person[i] + 1, "\""));
        lacks(a, silent, arena_printf(a, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",%s}]", person[i]),
            arena_printf(a, "people[0].%s", name));
    }
}

static void what_is_missing_is_said_in_words(void **state)
{
    CaseDoc before = doc_of(*state, "\"reviews\":[{\"kind\":\"ds-supervision\"," DAY3 ",\"outcome\":\"satisfied\"}]"),
            after = doc_of(*state, "");
    CaseLack lack;

    assert_false(case_extends(&after, &before, vocabs_standard(), &lack));
    assert_string_equal(lack.what, "the review ds-supervision of 2010-02-03T00:00:00Z");
}

static void a_consent_may_be_withdrawn_but_not_lost(void **state)
{
    is_extended(*state, "\"consent\":{\"idva\":\"refused\"}", "\"consent\":{\"idva\":\"given\"}");
    lacks(*state, "", "\"consent\":{\"idva\":\"given\"}", "consent[0]");
}

static void long_lists_are_compared(void **state)
{
    Arena *a = *state;
    CaseDoc one, two;
    CaseLack lack;

    case_init(&one);
    Notice *n = case_items_make(&one, LIST_NOTICES, 3000, a);
    for (size_t i = 0; i < 3000; i++) n[i] = (Notice){ 1 + i % 9, (Time)i, .withdrawn = { .at = TIME_NONE } };
    two = one;
    Notice *m = case_items_make(&two, LIST_NOTICES, 3000, a);
    for (size_t i = 0; i < 3000; i++) m[i] = n[2999 - i];
    assert_true(case_same(&one, &two));
    m[1500].to = 50;
    assert_false(case_same(&one, &two));
    assert_false(case_extends(&two, &one, vocabs_standard(), &lack));
    assert_string_equal(lack.where, "notices[1499]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(the_order_of_a_file_does_not_matter),
        FACT(every_fact_matters),
        FACT(null_empty_and_absent_are_the_same),
        FACT(more_entries_extend),
        FACT(a_lost_or_changed_entry_is_named),
        FACT(an_offer_accepted_later_is_the_same_offer),
        FACT(a_book_indexed_later_is_the_same_book),
        FACT(equals_find_each_other_first),
        FACT(a_person_may_be_corrected_but_not_lost),
        FACT(nothing_said_may_become_absent),
        FACT(what_is_missing_is_said_in_words),
        FACT(a_consent_may_be_withdrawn_but_not_lost),
        FACT(long_lists_are_compared),
    };

    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
