/* test_reference.c — numbers of other systems, with the published check-letter vectors, and the calendar. */
#include "policy_files.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

typedef struct Row {
    const char *system, *number;
    RefVerdict verdict;
    const char *normal;
} Row;

static const Row rows[] = {
    { "pnc", "09/123456C", REF_OK, "09/123456C" },
    { "pnc", "78/4321H", REF_OK, "78/4321H" },
    { "pnc", "99/7654321V", REF_OK, "99/7654321V" },
    { "pnc", "10/1C", REF_OK, "10/1C" },
    { "pnc", " 1978/0004321h ", REF_OK, "78/4321H" },
    { "pnc", "09/123456D", REF_REFUSED, "09/123456D" },
    { "pnc", "09/123456", REF_REFUSED, "09/123456" },
    { "pnc", "09/123456CC", REF_REFUSED, "09/123456CC" },
    { "pnc", "009/1C", REF_REFUSED, "009/1C" },
    { "pnc", "", REF_REFUSED, "" },
    { "cro", "012345/09B", REF_OK, "012345/09B" },
    { "cro", "123456/85v", REF_OK, "123456/85V" },
    { "cro", "SF39/51234U", REF_OK, "SF39/51234U" },
    { "cro", "SF39/51234A", REF_REFUSED, "SF39/51234A" },
    { "asn", "09/01KG/01/123456C", REF_OK, "09/01KG/01/123456C" },
    { "asn", "09/01yr/01/123456c", REF_OK, "09/01YR/01/123456C" },
    { "asn", "09/01KG/01/123456B", REF_WARN, "09/01KG/01/123456B" },
    { "asn", "09/01KG/123456C", REF_WARN, "09/01KG/123456C" },
    { "cris", "4212345/10", REF_OK, "4212345/10" },
    { "cris", "4212345 / 10", REF_OK, "4212345/10" },
    { "cris", "421234/10", REF_WARN, "421234/10" },
    { "merlin", "10pac012345", REF_OK, "10PAC012345" },
    { "merlin", "10MIS001234", REF_OK, "10MIS001234" },
    { "merlin", "10XXX001234", REF_WARN, "10XXX001234" },
    { "crimint", "kgrt00123456", REF_OK, "KGRT00123456" },
    { "cad", "cad 4567/12jan10", REF_OK, "CAD4567/12JAN10" },
    { "cad", "4567/12FOO10", REF_WARN, "4567/12FOO10" },
    { "custody", "KD/1234/09", REF_OK, "KD/1234/09" },
    { "124d", "0123456", REF_OK, "0123456" },
    { "124d", "no. 17", REF_WARN, "no. 17" },
    { "warrant", "172077", REF_OK, "172077" },
    { "nothing-known", "Any Thing", REF_OK, "Any Thing" },
};

static void numbers_fit_or_are_kept_as_typed_with_a_sentence(void **unused)
{
    Policy *p = standard_policy();

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char normal[64], sentence[240];
        RefVerdict v = policy_reference(p, rows[i].system, rows[i].number, normal, sentence);
        if (v != rows[i].verdict) fail_msg("%s %s: %d %s", rows[i].system, rows[i].number, v, sentence);
        assert_string_equal(normal, rows[i].normal);
        assert_true((*sentence == '\0') == (v == REF_OK));
    }
    policy_free(&p);
}

static void the_sentence_says_what_is_wrong_and_shows_an_example(void **unused)
{
    Policy *p = standard_policy();
    char normal[64], sentence[240];

    assert_int_equal(policy_reference(p, "pnc", "09/123456D", normal, sentence), REF_REFUSED);
    assert_string_equal(
        sentence, "This is not a PNC number: its check letter would be C, not D. An example is 09/123456C.");
    policy_free(&p);
}

static void a_long_number_is_cut_at_a_character(void **unused)
{
    Policy *p = standard_policy();
    char normal[64], sentence[240], number[401];

    for (int i = 0; i < 200; i++) memcpy(number + 2 * i, "é", 2);
    number[400] = '\0';
    assert_int_equal(policy_reference(p, "cris", number, normal, sentence), REF_WARN);
    assert_int_equal(strlen(normal), 62);
    assert_int_equal(policy_reference(p, "nothing-known", number, normal, sentence), REF_REFUSED);
    policy_free(&p);
}

static void bank_holidays_are_those_of_england_and_wales(void **unused)
{
    static const int holidays[][3] = { { 2009, 12, 28 }, { 2010, 12, 27 }, { 2011, 1, 3 }, { 2011, 4, 29 },
        { 2012, 6, 4 }, { 2012, 6, 5 }, { 2020, 5, 8 }, { 2022, 6, 2 }, { 2022, 6, 3 }, { 2022, 9, 19 }, { 2023, 5, 8 },
        { 2030, 12, 26 }, { 2008, 1, 1 }, { 2010, 2, 6 }, { 2010, 2, 7 } };
    static const int working[][3] = { { 2010, 2, 1 }, { 2012, 5, 28 }, { 2020, 5, 4 }, { 2022, 5, 30 },
        { 2010, 12, 24 }, { 2040, 12, 25 }, { 1950, 12, 25 } };
    Policy *p = standard_policy();

    for (size_t i = 0; i < ARRAY_LEN(holidays); i++)
        assert_false(policy_is_working_day(p, civil_date(holidays[i][0], holidays[i][1], holidays[i][2])));
    for (size_t i = 0; i < ARRAY_LEN(working); i++)
        assert_true(policy_is_working_day(p, civil_date(working[i][0], working[i][1], working[i][2])));
    policy_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_fit_or_are_kept_as_typed_with_a_sentence),
        cmocka_unit_test(the_sentence_says_what_is_wrong_and_shows_an_example),
        cmocka_unit_test(a_long_number_is_cut_at_a_character),
        cmocka_unit_test(bank_holidays_are_those_of_england_and_wales),
    };

    return cmocka_run_group_tests_name("policy references", tests, NULL, NULL);
}
