/* test_import_cad.c — the CAD listing coming in: one row, one case; what officers wrote stays. */
#include "desk.h"

#include <dirent.h>
#include <stdio.h>

#define HEADER "cad,received,closed,opening_code,result,location,caller,remarks,cris,merlin\n"

static int signed_in(void **state)
{
    desk_setup(state);
    desk_as(*state, DI);
    return 0;
}

static void assert_report(ImportReport r, int64_t read, int64_t added, int64_t changed, int64_t same, int64_t refused)
{
    assert_int_equal(r.read, read);
    assert_int_equal(r.added, added);
    assert_int_equal(r.changed, changed);
    assert_int_equal(r.same, same);
    assert_int_equal(r.refused, refused);
}

static CaseView by_cad(Desk *d, const char *cad)
{
    CaseRow row;

    assert_did(d, store_case_by_cad(app_store_handle(d->app), cad, d->a, &row, &d->err));
    return desk_look(d, row.id);
}

static void a_row_makes_a_case_of_response(void **state)
{
    Desk *d = *state;
    CaseView v;

    assert_report(desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T22:14:00Z,2010-05-02T01:00:00Z,,domestic,12 "
                                            "Example Road,,,4212345/10,10PAC012345\n"),
        1, 1, 0, 0, 0);
    v = by_cad(d, "8123/01MAY10");
    assert_true(case_number_ok(v.doc.id));
    assert_memory_equal(v.doc.id, "KG-", 3);
    assert_string_equal(v.doc.borough, "KG");
    assert_int_equal(v.doc.reported_at, T("2010-05-01T22:14:00Z"));
    assert_int_equal(v.doc.cad_closed_at, T("2010-05-02T01:00:00Z"));
    assert_int_equal(v.doc.cad_result, CAD_DOMESTIC);
    assert_string_equal(v.doc.incident_place, "12 Example Road");
    assert_int_equal(v.doc.n_references, 2);
    assert_int_equal(v.doc.references[0].at, v.doc.cad_closed_at);
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_UNIT, case_owner(&v.doc)->unit), "response");
}

static void the_columns_come_in_any_order_and_two_are_enough(void **state)
{
    Desk *d = *state;

    assert_report(
        desk_import_cad(d, "\xef\xbb\xbfReceived , CAD\r\n2010-05-01T22:14:00Z,8123/01MAY10\r\n\r\n\"01/05/2010 "
                           "23:15\",8124/01MAY10\r\n2010-05-01 22:16:30,8125/01MAY10"),
        3, 3, 0, 0, 0);
    assert_int_equal(by_cad(d, "8124/01MAY10").doc.reported_at, T("2010-05-01T22:15:00Z"));
    assert_int_equal(by_cad(d, "8125/01MAY10").doc.reported_at, T("2010-05-01T21:16:30Z"));
}

static void a_header_that_is_not_understood_is_refused_whole(void **state)
{
    static const struct {
        const char *text, *says;
    } headers[] = {
        { "cad,recieved\n1/01MAY10,x\n", "did you mean \"received\"" },
        { "cad\n", "\"received\" is missing" },
        { "cad,received,cad\n", "twice" },
        { "8123/01MAY10,2010-05-01T22:14:00Z\n", "line 1: column 1: " },
        { "cad,received,nothing\n", "line 1: column 14: " },
        { "cad;received\n", "semicolons; save it with commas" },
    };
    Desk *d = *state;

    for (size_t i = 0; i < ARRAY_LEN(headers); i++) {
        FILE *f = desk_file(headers[i].text, strlen(headers[i].text));
        ImportReport r;
        assert_refused(d, ERR_INVALID, app_import_cad(d->app, f, &(ImportOptions){ .name = "cad.csv" }, &r, &d->err));
        if (!strstr(d->err.text, headers[i].says)) fail_msg("%s", d->err.text);
        assert_non_null(strstr(d->err.text, "cad.csv: "));
        fclose(f);
    }
}

static void a_bad_row_is_refused_with_line_and_column_and_the_rest_lands(void **state)
{
    static const struct {
        const char *row, *says;
    } rows[] = {
        { ",2010-05-01T22:14:00Z,,,,,,,,\n", "column 1 (cad): This is needed" },
        { "8123/01MAY10,,,,,,,,,\n", "(received): This is needed" },
        { "8123/01MAY10,yesterday,,,,,,,,\n", "column 14 (received): \"yesterday\" is not a time" },
        { "8123/01MAY10,2010-02-30 10:00,,,,,,,,\n", "is not a time" },
        { "8123/01MAY10,2010-06-01T09:00:01Z,,,,,,,,\n", "future" },
        { "8123/01MAY10,2010-05-01T22:14:00Z,,,perhaps,,,,,\n", "(result): \"perhaps\"" },
        { "8123/01MAY10,2010-05-01T22:14:00Z,,,,,,,"
          "0123456789012345678901234567890123456789012345678901234567890123,\n",
            "(cris): A number has at most 63" },
        { "8123/01MAY10,2010-05-01T22:14:00Z\n", "The row has 2 fields and the header 10" },
        { "8123/01MAY10,2010-05-01T22:14:00Z,,,,,,,,,\n", "The row has 11 fields" },
        { "8123/01MAY10,2010-05-01T22:14:00Z,,,,\"bad \"quote,,,,\n", "column" },
        { "8123/01MAY10,2010-05-01T22:14:00Z,,,,\xff\xfe,,,,\n", "column" },
    };
    Desk *d = *state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char *text = arena_printf(d->a,
            HEADER "9%03zu/01MAY10,2010-05-01T22:14:00Z,,,,,,,,\n%s9%03zu/02MAY10,2010-05-02T22:14:00Z,,,,,,,,\n", i,
            rows[i].row, i);
        ImportReport r = desk_import_cad(d, text);
        if (r.added != 2 || r.refused != 1) fail_msg("%s: %s", rows[i].row, str_text(&d->said));
        if (!strstr(str_text(&d->said), "cad.csv: line 3: ") || !strstr(str_text(&d->said), rows[i].says))
            fail_msg("%s: %s", rows[i].row, str_text(&d->said));
    }
}

static void the_same_listing_again_changes_nothing_and_a_later_one_updates(void **state)
{
    const char *first = HEADER "8123/01MAY10,2010-05-01T22:14:00Z,,,,Example Road,,,,\n";
    const char *later =
        HEADER "8123/01MAY10,2010-05-01T22:14:00Z,2010-05-02T01:00:00Z,,domestic,Another Road,,,4212345/10,\n";
    Desk *d = *state;
    CaseView v;

    assert_report(desk_import_cad(d, first), 1, 1, 0, 0, 0);
    assert_report(desk_import_cad(d, first), 1, 0, 0, 1, 0);
    assert_report(desk_import_cad(d, later), 1, 0, 1, 0, 0);
    assert_report(desk_import_cad(d, later), 1, 0, 0, 1, 0);
    assert_report(desk_import_cad(d, first), 1, 0, 0, 1, 0); /* an old listing takes nothing back */
    v = by_cad(d, "8123/01MAY10");
    assert_int_equal(v.row.rev, 2);
    assert_string_equal(v.doc.incident_place, "Example Road"); /* what the case says of the place stays */
    assert_int_equal(v.doc.cad_result, CAD_DOMESTIC);
    assert_int_equal(v.doc.n_references, 1);
}

static void a_number_on_an_open_cad_is_known_from_now(void **state)
{
    Desk *d = *state;

    desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T22:14:00Z,,,,,,,4212345/10,\n");
    assert_int_equal(by_cad(d, "8123/01MAY10").doc.references[0].at, app_now(d->app));
}

static void a_row_finds_the_case_that_came_another_way(void **state)
{
    Desk *d = *state;

    desk_import(
        d, case_line(d->a, "KG-1", "\"cad\":{\"number\":\"8123/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"}"));
    assert_report(desk_import_cad(d, HEADER "8123/01may10,2010-05-01T10:00:00Z,,,domestic,,,,,\n"), 1, 0, 1, 0, 0);
    assert_int_equal(desk_look(d, "KG-1").doc.cad_result, CAD_DOMESTIC);
}

static void a_time_of_receipt_that_differs_is_taken_and_said(void **state)
{
    Desk *d = *state;

    desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T22:14:00Z,,,,,,,,\n");
    assert_report(desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T23:14:00Z,,,,,,,,\n"), 1, 0, 1, 0, 0);
    assert_non_null(strstr(str_text(&d->said), "cad.csv: line 2: warning: column received: KG-"));
    assert_non_null(strstr(str_text(&d->said), "stays reported at 2010-05-01T22:14:00Z"));
    assert_int_equal(by_cad(d, "8123/01MAY10").doc.cad_received_at, T("2010-05-01T23:14:00Z"));
}

static void a_message_closed_before_it_was_received_is_said(void **state)
{
    Desk *d = *state;

    assert_report(desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T22:14:00Z,2010-05-01T22:00:00Z,,,,,,,\n"), 1, 1, 0, 0,
        0);
    assert_non_null(strstr(str_text(&d->said), "line 2: warning: column closed: this is before"));
}

static void an_hour_that_the_clocks_skip_or_repeat_is_said_with_its_reading(void **state)
{
    Desk *d = *state;

    desk_import_cad(d, HEADER "8123/28MAR10,2010-03-28 01:30,,,,,,,,\n");
    assert_non_null(strstr(str_text(&d->said), "there was no 2010-03-28 01:30; it is taken as 02:30 (2010-03-28T01:30:00Z)"));
    desk_import_cad(d, HEADER "8123/25OCT09,25/10/2009 01:30,,,,,,,,\n");
    assert_non_null(strstr(str_text(&d->said), "was there twice; it is taken as the first (2009-10-25T00:30:00Z)"));
    desk_import_cad(d, HEADER "8124/25OCT09,25/10/2009 02:30,,,,,,,,\n");
    assert_string_equal(str_text(&d->said), "");
}

static void an_unusual_number_is_kept_and_said(void **state)
{
    Desk *d = *state;

    assert_report(desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T22:14:00Z,,,,,,,42/10,\n"), 1, 1, 0, 0, 0);
    assert_non_null(strstr(str_text(&d->said), "cad.csv: line 2: warning: column cris: "));
    assert_string_equal(by_cad(d, "8123/01MAY10").doc.references[0].number, "42/10");
}

static void the_word_cad_in_front_is_no_part_of_the_number(void **state)
{
    Desk *d = *state;

    desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T22:14:00Z,,,,,,,,\n");
    assert_report(desk_import_cad(d, HEADER "CAD 8123/01may10,2010-05-01T22:14:00Z,,,,,,,,\n"), 1, 0, 0, 1, 0);
}

static void what_is_not_kept_is_said_once(void **state)
{
    Desk *d = *state;

    desk_import_cad(d, HEADER "8123/01MAY10,2010-05-01T22:14:00Z,,90,,,A. Caller,shouting "
                              "heard,,\n8124/01MAY10,2010-05-01T22:14:00Z,,90,,,,,,\n");
    assert_non_null(strstr(str_text(&d->said), "not kept"));
    assert_null(strstr(strstr(str_text(&d->said), "not kept") + 1, "not kept"));
}

static void a_dry_run_changes_nothing(void **state)
{
    Desk *d = *state;
    const char *text =
        HEADER "8123/01MAY10,2010-05-01T22:14:00Z,,,,,,,,\n8123/01MAY10,2010-05-01T22:14:00Z,,,domestic,,,,,\n";
    FILE *f = desk_file(text, strlen(text));
    ImportReport r;
    int64_t before = log_size(d);

    assert_did(d, app_import_cad(d->app, f, &(ImportOptions){ .name = "x", .dry_run = true }, &r, &d->err));
    assert_report(r, 2, 1, 1, 0, 0);
    assert_int_equal(log_size(d), before);
    fclose(f);
}

static void listings_made_by_others_break_nothing(void **state)
{
    Desk *d = *state;
    const char *shared = getenv("BOOK124_SHARED"), *source = getenv("BOOK124_SOURCE");
    char *folder = shared ? arena_printf(d->a, "%s/corpora/csv-spectrum/csvs", shared)
                          : arena_printf(d->a, "%s/../shared/corpora/csv-spectrum/csvs", source ? source : ".");
    DIR *dir = opendir(folder);
    struct dirent *e;

    if (!dir) skip();
    while ((e = readdir(dir)) != NULL) {
        FILE *f = strstr(e->d_name, ".csv") ? fopen(arena_printf(d->a, "%s/%s", folder, e->d_name), "rb") : NULL;
        ImportReport r;
        if (!f) continue;
        assert_refused(d, ERR_INVALID, app_import_cad(d->app, f, &(ImportOptions){ .name = e->d_name }, &r, &d->err));
        fclose(f);
        /* the same as rows behind a header of ours */
        Str text = { 0 };
        char buffer[4096];
        str_add(&text, HEADER);
        f = fopen(arena_printf(d->a, "%s/%s", folder, e->d_name), "rb");
        for (size_t n; (n = fread(buffer, 1, sizeof buffer, f)) > 0;) str_add_n(&text, buffer, n);
        fclose(f);
        r = desk_import_cad(d, str_text(&text));
        assert_int_equal(r.refused, r.read);
        str_finish(&text);
    }
    closedir(dir);
}

static void an_empty_listing_is_said_to_be_empty(void **state)
{
    Desk *d = *state;

    assert_report(desk_import_cad(d, ""), 0, 0, 0, 0, 0);
    assert_string_equal(str_text(&d->said), "cad.csv: There is no row in it.\n");
    assert_report(desk_import_cad(d, HEADER), 0, 0, 0, 0, 0);
}

static void only_those_who_import_may(void **state)
{
    Desk *d = *state;
    ImportReport r;
    FILE *f = desk_file(HEADER, strlen(HEADER));

    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_import_cad(d->app, f, &(ImportOptions){ .name = "x" }, &r, &d->err));
    fclose(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_makes_a_case_of_response, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(the_columns_come_in_any_order_and_two_are_enough, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_header_that_is_not_understood_is_refused_whole, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_bad_row_is_refused_with_line_and_column_and_the_rest_lands, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            the_same_listing_again_changes_nothing_and_a_later_one_updates, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_number_on_an_open_cad_is_known_from_now, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_row_finds_the_case_that_came_another_way, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_time_of_receipt_that_differs_is_taken_and_said, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_message_closed_before_it_was_received_is_said, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            an_hour_that_the_clocks_skip_or_repeat_is_said_with_its_reading, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(an_unusual_number_is_kept_and_said, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(the_word_cad_in_front_is_no_part_of_the_number, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_kept_is_said_once, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_dry_run_changes_nothing, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(listings_made_by_others_break_nothing, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(an_empty_listing_is_said_to_be_empty, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(only_those_who_import_may, signed_in, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
