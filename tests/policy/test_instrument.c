/* test_instrument.c — what an instrument file says once it is read: supplements and what opens them, stages, dates, thresholds; and
** what the shipped ones are. Mistakes are in test_form_errors.c. */
#include "form_files.h"

static Instrument *of(const char *text)
{
    Instrument *i = NULL;
    char *page = instrument_problems(text, strlen(text), &i);

    assert_string_equal(page, "");
    mem_free(page);
    return i;
}

static Instrument *built_in(const char *name)
{
    size_t n;
    const char *text = instrument_builtin(name, &n);

    assert_non_null(text);
    return of(text);
}

static size_t factor_at(const Instrument *i, const char *code)
{
    size_t n, k = 0;
    const InstrumentFactor *f = instrument_factors(i, &n);

    while (k < n && strcmp(f[k].code, code)) k++;
    if (k == n) fail_msg("no factor %s", code);
    return k;
}

static Date day(const char *text)
{
    Date d;

    assert_true(civil_parse_date(text, &d, NULL));
    return d;
}

#define HEAD "instrument x \"X\"\n"
#define TAIL                                                                                                           \
    "group main \"Main\"\ngroup more \"More\" supplement of two, one\n"                                                \
    "factor one \"One\" group main high help \"h\"\nfactor two \"Two\" group main help \"h\" \"i\"\n"                  \
    "factor three \"Three\" group more help \"h\"\n"

static void a_supplement_knows_what_opens_it(void **unused)
{
    Instrument *i = of(HEAD TAIL);
    size_t n;
    const InstrumentGroup *g = instrument_groups(i, &n);
    const InstrumentFactor *f = instrument_factors(i, &n);

    assert_int_equal(g[0].n_openers, 0);
    assert_int_equal(g[1].n_openers, 2);
    assert_string_equal(f[g[1].openers[0]].code, "two");
    assert_string_equal(f[g[1].openers[1]].code, "one");
    assert_int_equal(instrument_always(i), 2);
    assert_true(f[0].high && !f[1].high);
    assert_string_equal(f[1].help, "h i");
    instrument_free(&i);
}

static void stages_are_said_by_the_file(void **unused)
{
    Instrument *i = of("instrument x \"X\"\n    usual for initial\n    also for marac, review\n" TAIL);

    assert_int_equal(instrument_use(i, "initial"), INSTRUMENT_USUAL);
    assert_int_equal(instrument_use(i, "marac"), INSTRUMENT_ALSO);
    assert_int_equal(instrument_use(i, "secondary"), INSTRUMENT_NOT);
    instrument_free(&i);
    i = of(HEAD TAIL); /* says nothing: for any */
    assert_int_equal(instrument_use(i, "secondary"), INSTRUMENT_ALSO);
    instrument_free(&i);
}

static void it_is_valid_on_the_days_it_says(void **unused)
{
    Instrument *i = of("instrument x \"X\" valid from 2010-02-01 until 2010-02-28\n" TAIL);
    Date from, until;

    assert_false(instrument_valid(i, day("2010-01-31")));
    assert_true(instrument_valid(i, day("2010-02-01")));
    assert_true(instrument_valid(i, day("2010-02-28")));
    assert_false(instrument_valid(i, day("2010-03-01")));
    instrument_dates(i, &from, &until);
    assert_true(from == day("2010-02-01") && until == day("2010-02-28"));
    instrument_free(&i);
    i = of("instrument x \"X\" valid from 2010-02-01\n" TAIL);
    assert_true(instrument_valid(i, day("2030-01-01")));
    instrument_free(&i);
    i = of(HEAD TAIL);
    assert_true(instrument_valid(i, day("1990-01-01")));
    instrument_free(&i);
}

static void a_threshold_holds_from_a_day_to_a_day(void **unused)
{
    Instrument *i = of(HEAD TAIL "threshold seen \"Seen\" 1 of 2 from 2009-03-01 until 2010-03-31 help \"h\"\n"
                                 "threshold seen \"Seen\" 2 of 2 from 2010-04-01 help \"h\"\n"
                                 "threshold other \"Other\" 2 of 2 from 2009-03-01 help \"h\"\n");
    size_t n;

    instrument_thresholds(i, &n);
    assert_int_equal(n, 3);
    assert_null(instrument_threshold(i, "seen", day("2009-02-28")));
    assert_int_equal(instrument_threshold(i, "seen", day("2010-03-31"))->yes, 1);
    assert_int_equal(instrument_threshold(i, "seen", day("2010-04-01"))->yes, 2);
    assert_null(instrument_threshold(i, "unknown", day("2010-04-01")));
    instrument_free(&i);
}

/* The partners' figure in the police form: the file is refused, whatever the number of supplement questions. */
static void fourteen_of_twenty_four_is_no_threshold_of_the_form_of_27(void **unused)
{
    size_t n;
    const char *text = instrument_builtin("dash-2009", &n);
    Str with = { 0 };
    char *page;

    str_addf(&with, "%s\nthreshold visible \"Visible high risk\" 14 of 24 from 2009-03-01 help \"h\"\n", text);
    page = instrument_problems(with.s, with.n, NULL);
    assert_non_null(strstr(page, "is of a form of 24 factors, and this one asks 27"));
    mem_free(page);
    str_finish(&with);
    str_addf(&with, "%s\nthreshold local \"A figure of our own\" 14 of 27 from 2009-03-01 help \"h\"\n", text);
    page = instrument_problems(with.s, with.n, NULL);
    assert_string_equal(page, "");
    mem_free(page);
    str_finish(&with);
}

static size_t in_group(const Instrument *i, const char *name)
{
    size_t n, found = 0;
    const InstrumentGroup *g = instrument_groups(i, &n);
    const InstrumentFactor *f = instrument_factors(i, &n);

    for (size_t k = 0; k < n; k++) found += strcmp(g[f[k].group].name, name) == 0;
    return found;
}

static void dash_has_27_factors_and_two_supplements(void **unused)
{
    Instrument *i = built_in("dash-2009");
    size_t n, n_thresholds;
    const InstrumentGroup *g = instrument_groups(i, &n);
    const InstrumentFactor *f = instrument_factors(i, &n);

    assert_int_equal(instrument_always(i), 27);
    assert_int_equal(in_group(i, "stalking"), 11);
    assert_int_equal(in_group(i, "honour"), 10);
    assert_int_equal(n, 48);
    assert_string_equal(f[g[f[factor_at(i, "stalking-visits")].group].openers[0]].code, "stalking");
    assert_int_equal(g[f[factor_at(i, "hbv-abroad")].group].n_openers, 2);
    instrument_thresholds(i, &n_thresholds);
    assert_int_equal(n_thresholds, 0);
    assert_int_equal(instrument_use(i, "marac"), INSTRUMENT_USUAL);
    assert_false(instrument_valid(i, day("2008-12-31")));
    for (size_t k = 0; k < n; k++) {
        assert_true(strlen(f[k].label) <= 30); /* our own short names, not a form's questions */
        assert_null(strchr(f[k].label, '?'));
        assert_true(strlen(f[k].help) > 20);
    }
    instrument_free(&i);
}

/* What is the same question has the same code, so that assessments can stand side by side. */
static void specss_and_dash_share_codes(void **unused)
{
    static const char *const shared[] = { "separation", "pregnancy", "stalking", "sexual", "children-abuse", "pets",
        "weapons", "strangulation", "threats-to-kill", "jealousy-control" };
    Instrument *specss = built_in("specss-plus"), *dash = built_in("dash-2009");
    size_t n;

    for (size_t k = 0; k < ARRAY_LEN(shared); k++) {
        factor_at(specss, shared[k]);
        factor_at(dash, shared[k]);
    }
    instrument_factors(specss, &n);
    assert_int_equal(instrument_always(specss), n);
    assert_int_equal(instrument_use(specss, "initial"), INSTRUMENT_USUAL);
    assert_int_equal(instrument_use(specss, "marac"), INSTRUMENT_ALSO);
    instrument_free(&specss);
    instrument_free(&dash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_supplement_knows_what_opens_it),
        cmocka_unit_test(stages_are_said_by_the_file),
        cmocka_unit_test(it_is_valid_on_the_days_it_says),
        cmocka_unit_test(a_threshold_holds_from_a_day_to_a_day),
        cmocka_unit_test(fourteen_of_twenty_four_is_no_threshold_of_the_form_of_27),
        cmocka_unit_test(dash_has_27_factors_and_two_supplements),
        cmocka_unit_test(specss_and_dash_share_codes),
    };

    return cmocka_run_group_tests_name("instrument", tests, NULL, NULL);
}
