/* test_marac.c — when people are the same, which reports count for an escalation, what a repeat is, and the rules of the list. */
#include "core_test.h"

#include "core/marac.h"

#define AT(id, reported, kind, more)                                                                                   \
    "{\"format\":\"book124.case/1\",\"id\":\"" id "\",\"reported_at\":\"" reported "\",\"kind\":\"" kind "\",\"people\":["     \
    "{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"given\":\"Anne\",\"born\":\"1980-03-04\"},"              \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sample\",\"given\":\"Paul\"}]" more "}"

static CaseDoc read(Arena *a, const char *json)
{
    CaseDoc doc;
    Err err = { 0 };

    if (!doc_read_at(a, json, TIME_MAX, &doc, &err)) fail_msg("%s", err.text);
    return doc;
}

static void people_are_the_same_by_name_and_by_birth_where_both_are_known(void **state)
{
    Person a = { .family = "Example", .given = "Anne", .born = civil_date(1980, 3, 4) }, b = a;

    (void)state;
    assert_true(marac_same_person(&a, &b));
    b.family = "EXAMPLE";
    assert_true(marac_same_person(&a, &b));
    b.born = civil_date(1980, 3, 5);
    assert_false(marac_same_person(&a, &b));
    b.born = DATE_NONE;
    assert_true(marac_same_person(&a, &b));
    b.given = "Anna";
    assert_false(marac_same_person(&a, &b));
    b = a;
    b.family = NULL;
    assert_false(marac_same_person(&a, &b));
}

static void a_report_counts_for_twelve_months(void **state)
{
    const Vocabs *v = vocabs_standard();
    CaseDoc now = read(*state, AT("KG-2", "2010-02-01T10:00:00Z", "crime", ""));
    CaseDoc in = read(*state, AT("KG-1", "2009-02-01T10:00:00Z", "incident", ""));
    CaseDoc out = read(*state, AT("KG-0", "2009-02-01T09:59:59Z", "incident", ""));
    CaseDoc later = read(*state, AT("KG-3", "2010-02-01T10:00:01Z", "incident", ""));
    CaseDoc not_domestic = read(*state, AT("KG-4", "2010-01-01T10:00:00Z", "incident", ",\"cad\":{\"result\":\"not-domestic\"}"));

    assert_true(marac_is_report_before(&now, &in, v, 12));
    assert_false(marac_is_report_before(&now, &out, v, 12));
    assert_false(marac_is_report_before(&now, &later, v, 12));
    assert_false(marac_is_report_before(&now, &not_domestic, v, 12));
    assert_false(marac_is_report_before(&now, &now, v, 12));
}

static void a_repeat_is_a_crime_within_twelve_months_of_the_last_referral(void **state)
{
    const Vocabs *v = vocabs_standard();
#define REFERRED(at) ",\"referrals\":[{\"to\":\"marac\",\"at\":\"2008-01-01T10:00:00Z\"},{\"to\":\"marac\",\"at\":\"" at "\"}]"
    CaseDoc in = read(*state, AT("KG-1", "2009-01-01T10:00:00Z", "crime", REFERRED("2009-02-01T10:00:00Z")));
    CaseDoc out = read(*state, AT("KG-1", "2009-01-01T10:00:00Z", "crime", REFERRED("2009-02-01T09:59:59Z")));
    CaseDoc crime = read(*state, AT("KG-2", "2010-02-01T10:00:00Z", "crime", ""));
    CaseDoc incident = read(*state, AT("KG-2", "2010-02-01T10:00:00Z", "incident", ""));

    assert_int_equal(marac_repeats(&crime, &in, v), T("2009-02-01T10:00:00Z"));
    assert_int_equal(marac_repeats(&crime, &out, v), TIME_NONE);
    assert_int_equal(marac_repeats(&incident, &in, v), TIME_NONE);
    in.people[1].family = "Another";
    assert_int_equal(marac_repeats(&crime, &in, v), TIME_NONE); /* another suspect */
}

static void a_restricted_list_names_who_may_be_there(void **state)
{
    const Vocabs *v = vocabs_standard();
    Hearing h;

    (void)state;
    case_item_init(LIST_HEARINGS, &h);
    assert_true(marac_is_invited(&h, v, "housing"));
    h.restricted = true;
    assert_false(marac_is_invited(&h, v, "housing"));
    h.agencies = "idva,mental-health";
    assert_true(marac_is_invited(&h, v, "idva"));
    assert_true(marac_is_invited(&h, v, "mental-health"));
    assert_false(marac_is_invited(&h, v, "health")); /* a part of a word is none */
    assert_false(marac_is_invited(&h, v, "nobody"));
    h.restricted = false;
    assert_false(marac_is_invited(&h, v, "housing"));
}

static void a_case_is_listed_when_it_was_referred_and_where_it_may_be_heard(void **state)
{
    static const struct {
        const char *members, *agencies, *field;
        bool restricted;
    } rows[] = {
        { "\"kind\":\"crime\"", NULL, "meeting", false },
        { "\"referrals\":[{\"to\":\"marac\",\"at\":\"2010-02-02T10:00:00Z\"}]", NULL, NULL, false },
        { "\"referrals\":[{\"to\":\"marac\",\"at\":\"2010-02-02T10:00:00Z\"}]", NULL, "agencies", true },
        { "\"referrals\":[{\"to\":\"marac\",\"at\":\"2010-02-02T10:00:00Z\"}]", "idva", NULL, true },
        { "\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-02-02T10:00:00Z\"}],\"referrals\":[{\"to\":\"marac\",\"at\":\"2010-02-02T10:00:00Z\"}]", NULL, "restricted", false },
        { "\"referrals\":[{\"to\":\"marac\",\"at\":\"2010-02-02T10:00:00Z\"}],\"referral_steps\":[{\"to\":\"marac\",\"step\":\"closed\",\"at\":\"2010-02-03T10:00:00Z\",\"text\":\"Heard.\"}]", NULL, "meeting", false },
        { "\"referrals\":[{\"to\":\"marac\",\"at\":\"2010-02-02T10:00:00Z\"}],\"hearings\":[{\"key\":\"m1\",\"meeting\":\"2010-03-01T10:00:00Z\",\"at\":\"2010-02-03T10:00:00Z\"}]", NULL, "meeting", false },
    };
    const Vocabs *v = vocabs_standard();

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CaseDoc doc = doc_of(*state, rows[i].members);
        Hearing h;
        Err err = { 0 };
        case_item_init(LIST_HEARINGS, &h);
        h.meeting = T("2010-03-01T10:00:00Z");
        h.restricted = rows[i].restricted;
        h.agencies = rows[i].agencies;
        if (marac_may_list(&doc, v, &h, T("2010-02-04T10:00:00Z"), &err) != !rows[i].field) fail_msg("row %zu: %s", i, err.text);
        if (rows[i].field) assert_string_equal(err.field, rows[i].field);
        assert_false(marac_may_list(&doc, v, &h, T("2010-03-01T10:00:01Z"), &err)); /* it is over */
    }
}

static void months_are_calendar_months(void **state)
{
    (void)state;
    assert_int_equal(marac_months_before(T("2010-02-01T10:00:00Z"), 12), T("2009-02-01T10:00:00Z"));
    assert_int_equal(marac_months_before(T("2010-07-01T10:00:00Z"), 6), T("2010-01-01T11:00:00Z")); /* the same hour of the clock */
    assert_int_equal(marac_months_before(T("2010-01-15T10:00:00Z"), 3), T("2009-10-15T10:00:00Z") - 3600);
    assert_int_equal(marac_months_before(TIME_NONE, 3), TIME_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(people_are_the_same_by_name_and_by_birth_where_both_are_known),
        FACT(a_report_counts_for_twelve_months),
        FACT(a_repeat_is_a_crime_within_twelve_months_of_the_last_referral),
        FACT(a_restricted_list_names_who_may_be_there),
        FACT(a_case_is_listed_when_it_was_referred_and_where_it_may_be_heard),
        FACT(months_are_calendar_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
