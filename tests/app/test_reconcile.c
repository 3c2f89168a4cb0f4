/* test_reconcile.c — listings of CRIS and Merlin held against the cases: every way of not agreeing is told, and nothing else. */
#include "desk.h"

#include "app/reconcile.h"

#include <stdio.h>

static int with_cases(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-A", "\"cad\":{\"number\":\"1/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"},\"references\":[{\"system\":"
                                           "\"cris\",\"number\":\"4000001/10\",\"at\":\"2010-05-01T11:00:00Z\"},{\"system\":\"merlin\",\"number\":"
                                           "\"10PAC000001\",\"at\":\"2010-05-01T12:00:00Z\"}]"));
    desk_import(d, case_line(d->a, "KG-B", "\"cad\":{\"number\":\"2/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"},\"references\":[{\"system\":"
                                           "\"cris\",\"number\":\"4000002/10\",\"at\":\"2010-05-01T11:00:00Z\"}]"));
    desk_import(d, case_line(d->a, "KG-C", "\"cad\":{\"number\":\"3/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"}"));
    desk_import(d, case_line(d->a, "KG-D", "\"cad\":{\"number\":\"4/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\",\"result\":\"not-domestic\"}"));
    return 0;
}

/* What is told, a line each: "mismatch KG-A cris 4000001/10 2". */
static bool skip_bad; /* in the next question */

static const char *told(Desk *d, const char *cris, const char *merlin, bool period)
{
    ReconcileAsk ask = { .cris_name = "cris.csv", .merlin_name = "merlin.csv", .from = TIME_NONE, .to = TIME_NONE, .skip_bad = skip_bad };
    Reconciled r;
    Str out = { 0 };
    const char *kept;

    if (cris) ask.cris = desk_file(cris, strlen(cris));
    if (merlin) ask.merlin = desk_file(merlin, strlen(merlin));
    if (period) ask.from = T("2010-05-01T00:00:00Z"), ask.to = T("2010-05-31T00:00:00Z");
    if (app_reconcile(d->app, &ask, d->a, &r, &d->err)) {
        for (size_t i = 0; i < r.n; i++)
            str_addf(&out, "%s %s %s %s %zu\n", reconcile_words[r.items[i].kind], r.items[i].case_id, r.items[i].system, r.items[i].number,
                r.items[i].line);
        if (period)
            str_addf(&out, "%lld of %lld, %lld not domestic, %lld new\n", (long long)r.rate.with_cris, (long long)r.rate.messages,
                (long long)r.rate.not_domestic, (long long)r.rate.within_the_day);
    } else
        str_addf(&out, "%s: %s\n", err_kind_word(d->err.kind), d->err.text);
    if (ask.cris) fclose(ask.cris);
    if (ask.merlin) fclose(ask.merlin);
    kept = arena_dup(d->a, str_text(&out));
    str_finish(&out);
    return kept;
}

static void what_agrees_is_not_told(void **state)
{
    Desk *d = *state;

    assert_string_equal(told(d, "number,merlin,cad\n4000001/10,10PAC000001,1/01MAY10\n4000002/10,,\n", "merlin,cris\n10PAC000001,4000001/10\n", false), "");
    assert_logged(d, AUDIT_COMBINE, "case.reconcile", NULL);
}

static void every_way_of_not_agreeing_is_told_with_its_line(void **state)
{
    Desk *d = *state;

    assert_string_equal(told(d, "CRIS,Merlin,CAD\n4000001/10,10PAC000009,1/01MAY10\n4000002/10,10PAC000002,9/01MAY10\n4999999/10,,\n", NULL, false),
        "mismatch KG-A cris 4000001/10 2\n"
        "missing KG-B cris 4000002/10 3\n"
        "mismatch KG-B cris 4000002/10 3\n"
        "unknown  cris 4999999/10 4\n");
    assert_string_equal(told(d, "cris,merlin\n4000001/10,\n", "merlin,cris\n10PAC000001,\n", false),
        "one-way KG-A cris 4000001/10 2\n"
        "one-way KG-A merlin 10PAC000001 2\n");
}

static void the_text_of_a_screen_is_read_by_the_policys_formats(void **state)
{
    Desk *d = *state;

    assert_string_equal(told(d, "CRIMES OF KG           PAGE 1\r\n 1  4000001/10  s47  (10PAC000009)  CAD 1/01MAY10\r\n 2  4000002/10  s39\r\n", NULL, false),
        "mismatch KG-A cris 4000001/10 2\n");
}

static void a_period_tells_what_is_not_listed_and_the_rate(void **state)
{
    Desk *d = *state;

    assert_string_equal(told(d, "cris\n4000001/10\n", NULL, true),
        "one-way KG-A cris 4000001/10 2\n"
        "unlisted KG-B cris 4000002/10 0\n"
        "no-cris KG-C cad 3/01MAY10 0\n"
        "no-evidence KG-D cad 4/01MAY10 0\n"
        "2 of 4, 1 not domestic, 0 new\n");
}

static void one_that_is_not_domestic_is_named_with_its_evidence(void **state)
{
    Desk *d = *state;
    ReconcileAsk ask = { .from = T("2010-05-01T00:00:00Z"), .to = T("2010-05-31T00:00:00Z") };
    Reconciled r;

    desk_import(d, case_line(d->a, "KG-E", "\"cad\":{\"number\":\"5/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\",\"result\":\"not-domestic\","
                                           "\"ground\":\"not-related\",\"evidence\":\"Two neighbours; both say so.\",\"decided_by\":\"190001\","
                                           "\"decided_at\":\"2010-05-01T12:00:00Z\"}"));
    assert_did(d, app_reconcile(d->app, &ask, d->a, &r, &d->err));
    assert_int_equal(r.rate.not_domestic, 2);
    assert_int_equal(r.rate.no_evidence, 1);
    assert_int_equal(r.n, 3);
    assert_int_equal(r.items[2].kind, RECONCILE_EXCEPTION);
    assert_non_null(strstr(r.items[2].says, "Not partners or family. Decided "));
    assert_non_null(strstr(r.items[2].says, "by officer 190001. Two neighbours; both say so."));
    assert_non_null(strstr(r.items[1].says, "no evidence recorded"));
}

static void bad_listings_are_refused_with_their_place(void **state)
{
    Desk *d = *state;

    assert_string_equal(told(d, "cris,merlin\n4000001/10,nonsense\n", NULL, false), "invalid: cris.csv:2:12: \"nonsense\" is no Merlin number, which looks like 10PAC012345. Nothing was compared: put it right, or go on with the good rows alone.\n");
    assert_non_null(strstr(told(d, "cris\n\"400", NULL, false), "invalid: cris.csv:2"));
    assert_string_equal(told(d, "\xff\xfe", NULL, false), "invalid: cris.csv: this is not text.\n");
    assert_string_equal(told(d, NULL, NULL, false), "invalid: Give a listing of CRIS or of Merlin, or a period.\n");
    assert_string_equal(told(d, "", NULL, false), "");
}

/* The good rows are compared, and the bad ones told with their place and what stood there. */
static void bad_rows_can_be_left_out_and_are_listed(void **state)
{
    Desk *d = *state;

    skip_bad = true;
    assert_string_equal(told(d, "cris,merlin\n4000001/10,nonsense\n4999999/10,\n\"40\"x\n", NULL, false),
        "bad-row  cris nonsense 2\n"
        "bad-row  cris  4\n"
        "unknown  cris 4999999/10 3\n");
    skip_bad = false;
}

/* BD 1.13: of all messages that were tagged domestic; those without a number are named, each with its reason. */
static void every_message_without_a_number_is_named(void **state)
{
    Desk *d = *state;
    const char *all;

    desk_import(d, case_line(d->a, "KG-E", "\"cad\":{\"number\":\"5/02MAY10\",\"received_at\":\"2010-05-02T10:00:00Z\"},\"references\":[{\"system\":"
                                           "\"cris\",\"number\":\"abc\",\"at\":\"2010-05-02T11:00:00Z\"}]"));
    desk_import(d, case_line(d->a, "KG-F", "\"cad\":{\"number\":\"6/02MAY10\",\"received_at\":\"2010-05-02T10:00:00Z\"},\"references\":[{\"system\":"
                                           "\"cris\",\"number\":\"42/ESX/1\",\"unusual\":\"Crimed by Essex.\",\"at\":\"2010-05-02T11:00:00Z\"}]"));
    all = told(d, NULL, NULL, true);
    assert_non_null(strstr(all, "no-cris KG-C cad 3/01MAY10 0\n"));
    assert_non_null(strstr(all, "no-cris KG-E cad 5/02MAY10 0\n"));
    assert_non_null(strstr(all, "unusual KG-F cad 6/02MAY10 0\n"));
    assert_non_null(strstr(all, "3 of 6, 1 not domestic, 0 new\n"));
}

static void the_rate_is_of_all_messages(void **state)
{
    Desk *d = *state;
    ReconcileRate r = { .messages = 95, .with_cris = 92, .not_domestic = 2, .within_the_day = 1 };

    assert_string_equal(reconcile_rate_words(&r, d->a),
        "CAD to CRIS: 92 of 95 messages (96%). Without a CRIS number: 2 not domestic, 1 less than a day old, 0 that need one.");
}

static void a_constable_may_not(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    assert_non_null(strstr(told(d, "cris\n4000001/10\n", NULL, false), "denied: "));
    assert_logged(d, AUDIT_DENIED, "case.reconcile", NULL);
}

int main(void)
{
#define F(test) cmocka_unit_test_setup_teardown(test, with_cases, desk_teardown)
    const struct CMUnitTest tests[] = {
        F(what_agrees_is_not_told),
        F(every_way_of_not_agreeing_is_told_with_its_line),
        F(the_text_of_a_screen_is_read_by_the_policys_formats),
        F(a_period_tells_what_is_not_listed_and_the_rate),
        F(one_that_is_not_domestic_is_named_with_its_evidence),
        F(bad_listings_are_refused_with_their_place),
        F(bad_rows_can_be_left_out_and_are_listed),
        F(every_message_without_a_number_is_named),
        F(the_rate_is_of_all_messages),
        F(a_constable_may_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
