/* test_import_cases.c — case documents coming in: what lands, what is refused, and that nothing else happens. */
#include "desk.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

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

static int64_t cases(Desk *d)
{
    int64_t n;

    assert_did(d, store_case_count(app_store_handle(d->app), &n, &d->err));
    return n;
}

static void good_ones_land_and_each_is_in_the_log(void **state)
{
    Desk *d = *state;
    int64_t before = log_size(d);
    char *two = arena_printf(d->a, "%s%s", case_line(d->a, "KG-1", ""), case_line(d->a, "KG-2", ""));

    assert_report(desk_import(d, two), 2, 2, 0, 0, 0);
    assert_int_equal(log_size(d), before + 2);
    assert_logged(d, AUDIT_COLLECT, "case.import", "KG-2");
    assert_string_equal(str_text(&d->said), "");
}

static void the_same_file_again_changes_nothing(void **state)
{
    Desk *d = *state;
    char *two = arena_printf(d->a, "%s%s", case_line(d->a, "KG-1", ""), case_line(d->a, "KG-2", ""));
    int64_t before;

    desk_import(d, two);
    before = log_size(d);
    assert_report(desk_import(d, two), 2, 0, 0, 2, 0);
    assert_int_equal(log_size(d), before);
    assert_int_equal(desk_look(d, "KG-1").row.rev, 1);
}

static void only_those_who_import_may(void **state)
{
    Desk *d = *state;
    ImportReport r;
    FILE *f = desk_file("", 0);

    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_import_cases(d->app, f, &(ImportOptions){ .name = "x" }, &r, &d->err));
    assert_logged(d, AUDIT_DENIED, "case.import", "");
    fclose(f);
}

static void a_bad_line_is_refused_with_line_and_path_and_the_rest_lands(void **state)
{
    Desk *d = *state;
    char *lines = arena_printf(d->a,
        "%s{\"format\":\"book124.case/"
        "1\",\"id\":\"KG-2\",\"reported_at\":\"2010-05-01T10:00:00Z\",\"people\":[{\"key\":\"v1\",\"role\":\"victim\"},"
        "{\"key\":\"s1\",\"role\":\"suspect\",\"nmae\":\"x\"}]}\nnot json\n\n%s",
        case_line(d->a, "KG-1", ""), case_line(d->a, "KG-3", ""));

    assert_report(desk_import(d, lines), 4, 2, 0, 0, 2);
    assert_non_null(strstr(str_text(&d->said), "cases.jsonl: line 2: people[1].nmae: "));
    assert_non_null(strstr(str_text(&d->said), "cases.jsonl: line 3: "));
    assert_int_equal(cases(d), 2);
}

static void lines_are_told_in_their_order_whoever_refuses_them(void **state)
{
    Desk *d = *state;
    const char *at;

    desk_import(d, case_line(d->a, "KG-1", "\"notices\":[{\"to\":\"di\",\"at\":\"2010-05-02T09:00:00Z\"}]"));
    desk_import(d, arena_printf(d->a, "{}\n%snot json\n", case_line(d->a, "KG-1", "")));
    at = strstr(str_text(&d->said), "line 1:");
    assert_non_null(at);
    at = strstr(at, "line 2: KG-1: the store holds");
    assert_non_null(at);
    assert_non_null(strstr(at, "line 3:"));
}

static void an_unknown_key_is_a_warning_when_lenient(void **state)
{
    Desk *d = *state;
    ImportOptions o = { .name = "x.jsonl", .lenient = true };
    ImportReport r;
    char *line = case_line(d->a, "KG-1", "\"nmae\":1");
    FILE *f = desk_file(line, strlen(line));

    assert_did(d, app_import_cases(d->app, f, &o, &r, &d->err));
    assert_report(r, 1, 1, 0, 0, 0);
    fclose(f);
}

static void a_document_that_says_more_extends_the_case(void **state)
{
    Desk *d = *state;
    CaseView v;

    desk_import(d, case_line(d->a, "KG-1", ""));
    assert_report(desk_import(d, case_line(d->a, "KG-1",
                                     "\"attended_at\":\"2010-05-01T10:30:00Z\",\"notices\":[{\"to\":\"di\",\"at\":"
                                     "\"2010-05-02T09:00:00Z\"}]")),
        1, 0, 1, 0, 0);
    assert_logged(d, AUDIT_ALTER, "case.import", "KG-1");
    v = desk_look(d, "KG-1");
    assert_int_equal(v.row.rev, 2);
    assert_int_equal(v.doc.n_notices, 1);
    assert_int_equal(v.doc.attended_at, T("2010-05-01T10:30:00Z"));
}

static void a_document_that_says_less_is_refused_with_what_is_missing(void **state)
{
    Desk *d = *state;

    desk_import(d, case_line(d->a, "KG-1", "\"notices\":[{\"to\":\"di\",\"at\":\"2010-05-02T09:00:00Z\"}]"));
    assert_report(desk_import(d, case_line(d->a, "KG-1", "")), 1, 0, 0, 0, 1);
    assert_non_null(strstr(str_text(&d->said), "cases.jsonl: line 1: KG-1: "));
    assert_non_null(strstr(str_text(&d->said), "notices[0]"));
    assert_int_equal(desk_look(d, "KG-1").doc.n_notices, 1);
}

static void a_document_that_is_silent_takes_nothing_away(void **state)
{
    Desk *d = *state;

    desk_import(d, case_line(d->a, "KG-1",
                       "\"restricted_at\":\"2010-05-03T10:00:00Z\",\"people\":[{\"key\":\"s1\",\"role\":\"suspect\","
                       "\"family\":\"Oak\"}]"));
    assert_report(desk_import(d, case_line(d->a, "KG-1", "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\"}]")), 1, 0,
        0, 0, 1);
    assert_non_null(strstr(str_text(&d->said), "line 1: KG-1: the store holds restricted_at, which"));
    assert_report(desk_import(d, case_line(d->a, "KG-1",
                                     "\"restricted_at\":\"2010-05-03T10:00:00Z\",\"people\":[{\"key\":\"s1\","
                                     "\"role\":\"suspect\"}]")),
        1, 0, 0, 0, 1);
    assert_non_null(strstr(str_text(&d->said), "the store holds family of person s1 (people[0].family)"));
    assert_string_equal(desk_look(d, "KG-1").doc.people[0].family, "Oak");
}

static void what_clocks_and_safety_hang_on_does_not_change_in_silence(void **state)
{
    static const char person[] = "\"restricted_at\":\"%s\",\"people\":[{\"key\":\"s1\",\"role\":\"%s\","
                                 "\"family\":\"%s\",\"police_staff\":%s}]";
    Desk *d = *state;
    AuditEntry head;

    desk_import(
        d, case_line(d->a, "KG-1", arena_printf(d->a, person, "2010-05-03T10:00:00Z", "suspect", "Oak", "true")));
    assert_report(desk_import(d, case_line(d->a, "KG-1",
                                     arena_printf(d->a, person, "2010-05-04T10:00:00Z", "victim", "Oake", "false"))),
        1, 0, 1, 0, 0);
    assert_non_null(strstr(str_text(&d->said),
        "cases.jsonl: line 1: warning: restricted_at: KG-1 had 2010-05-03T10:00:00Z, and now has "
        "2010-05-04T10:00:00Z."));
    assert_non_null(strstr(str_text(&d->said), "warning: people[0].role: KG-1 had suspect, and now has victim."));
    assert_non_null(strstr(str_text(&d->said), "warning: people[0].police_staff: KG-1 had true, and now has false."));
    assert_null(strstr(str_text(&d->said), "family"));
    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_non_null(strstr(app_log_detail(d->app, &head, d->a), "restricted_at was 2010-05-03T10:00:00Z; people[0].role was suspect"));
}

static void a_case_that_the_file_had_before_is_named_when_it_changes_something(void **state)
{
    Desk *d = *state;
    char *lines = arena_printf(d->a, "%s%s%s", case_line(d->a, "KG-1", ""), case_line(d->a, "KG-1", ""),
        case_line(d->a, "KG-1", "\"notices\":[{\"to\":\"di\",\"at\":\"2010-05-02T09:00:00Z\"}]"));

    desk_import(d, lines);
    assert_null(strstr(str_text(&d->said), "line 2: warning"));
    assert_non_null(strstr(str_text(&d->said), "line 3: warning: KG-1 was already on line 2"));
}

static void a_number_that_the_policy_refuses_refuses_the_document(void **state)
{
    Desk *d = *state;
    static const char number[] = "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":"
                                 "\"2010-05-02T09:00:00Z\"},{\"system\":\"%s\",\"number\":\"%s\",\"at\":"
                                 "\"2010-05-02T10:00:00Z\"}]";

    assert_report(desk_import(d, case_line(d->a, "KG-1", arena_printf(d->a, number, "pnc", "09/123456D"))), 1, 0, 0, 0,
        1);
    assert_non_null(strstr(str_text(&d->said), "cases.jsonl: line 1: references[1].number: "));
    assert_report(desk_import(d, case_line(d->a, "KG-1", arena_printf(d->a, number, "pnc", "09/123456C"))), 1, 1, 0, 0,
        0);
    assert_string_equal(str_text(&d->said), "");
    assert_report(desk_import(d, case_line(d->a, "KG-2", arena_printf(d->a, number, "merlin", "odd"))), 1, 1, 0, 0, 0);
    assert_non_null(strstr(str_text(&d->said), "cases.jsonl: line 1: warning: references[1].number: "));
}

static void the_same_case_twice_in_one_file_extends_itself(void **state)
{
    Desk *d = *state;
    char *lines = arena_printf(d->a, "%s%s%s", case_line(d->a, "KG-1", ""), case_line(d->a, "KG-1", ""),
        case_line(d->a, "KG-1", "\"notices\":[{\"to\":\"di\",\"at\":\"2010-05-02T09:00:00Z\"}]"));

    assert_report(desk_import(d, lines), 3, 1, 1, 1, 0);
}

static void what_lies_ahead_is_refused(void **state)
{
    Desk *d = *state;

    assert_report(desk_import(d, case_line(d->a, "KG-1", "\"closed_at\":\"2010-06-01T09:00:01Z\"")), 1, 0, 0, 0, 1);
    assert_non_null(strstr(str_text(&d->said), "closed_at"));
    assert_report(desk_import(d, case_line(d->a, "KG-1", "\"closed_at\":\"2010-06-01T09:00:00Z\"")), 1, 1, 0, 0, 0);
}

static void a_dry_run_says_what_would_change_and_changes_nothing(void **state)
{
    Desk *d = *state;
    char *lines = arena_printf(
        d->a, "%s%s", case_line(d->a, "KG-1", "\"attended_at\":\"2010-05-01T10:30:00Z\""), case_line(d->a, "KG-2", ""));
    ImportReport r;
    FILE *f = desk_file(lines, strlen(lines));
    int64_t before;

    desk_import(d, case_line(d->a, "KG-1", ""));
    before = log_size(d);
    assert_did(d, app_import_cases(d->app, f, &(ImportOptions){ .name = "x.jsonl", .dry_run = true }, &r, &d->err));
    assert_report(r, 2, 1, 1, 0, 0);
    assert_int_equal(log_size(d), before);
    assert_int_equal(cases(d), 1);
    assert_int_equal(desk_look(d, "KG-1").row.rev, 1);
    fclose(f);
}

/* ---- files as they come ---- */

static void line_ends_and_marks_of_other_systems_are_no_matter(void **state)
{
    Desk *d = *state;
    char *one = case_line(d->a, "KG-1", ""), *two = case_line(d->a, "KG-2", "");

    one[strlen(one) - 1] = two[strlen(two) - 1] = '\0';
    assert_report(desk_import(d, arena_printf(d->a, "\xef\xbb\xbf%s\r\n\r\n   \r\n%s", one, two)), 2, 2, 0, 0, 0);
}

static ImportReport raw(Desk *d, const char *bytes, size_t n, bool *ok)
{
    ImportReport r;
    FILE *f = desk_file(bytes, n);

    d->err = (Err){ 0 };
    *ok = app_import_cases(d->app, f, &(ImportOptions){ .name = "x.jsonl" }, &r, &d->err);
    fclose(f);
    return r;
}

static void what_is_no_file_of_cases_is_said_to_be_none(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *says;
    } files[] = {
        { "\xff\xfe{\0", 4, "UTF-16" },
        { "\x1f\x8b\x08\0", 4, "gzip" },
        { "PK\x03\x04xx", 6, "zip" },
        { "SQLite format 3", 16, "database" },
    };
    Desk *d = *state;
    bool ok;

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        raw(d, files[i].bytes, files[i].n, &ok);
        assert_false(ok);
        assert_int_equal(d->err.kind, ERR_INVALID);
        assert_non_null(strstr(d->err.text, files[i].says));
    }
    assert_report(raw(d, "", 0, &ok), 0, 0, 0, 0, 0);
    assert_true(ok);
    assert_report(raw(d, "\n \n\t\n", 5, &ok), 0, 0, 0, 0, 0);
    assert_true(ok);
    desk_import(d, "");
    assert_string_equal(str_text(&d->said), "cases.jsonl: There is no case in it.\n");
}

static void bytes_that_mean_nothing_are_refused_line_by_line(void **state)
{
    Desk *d = *state;
    char junk[4096];
    uint32_t x = 1;
    bool ok;
    ImportReport r;

    for (size_t i = 0; i < sizeof junk; i++) junk[i] = (char)((x = x * 1664525 + 1013904223) >> 24);
    r = raw(d, junk, sizeof junk, &ok);
    assert_true(ok);
    assert_int_equal(r.read, r.refused);
    assert_true(r.refused > 0);
    assert_int_equal(cases(d), 0);
}

static void a_line_that_is_too_long_is_refused_and_the_next_lands(void **state)
{
    Desk *d = *state;
    size_t n = (8u << 20) + 10;
    char *good = case_line(d->a, "KG-1", ""), *big = mem_new(n + strlen(good) + 2);
    bool ok;

    memset(big, ' ', n);
    big[0] = '{';
    big[n] = '\n';
    strcpy(big + n + 1, good);
    assert_report(raw(d, big, strlen(big), &ok), 2, 1, 0, 0, 1);
    assert_true(ok);
    mem_free(big);
}

static void a_long_story_within_the_limit_lands(void **state)
{
    Desk *d = *state;
    size_t n = 60000;
    char *text = mem_new(n + 1), *line;
    bool ok;

    memset(text, 'x', n);
    line = case_line(d->a, "KG-1",
        arena_printf(d->a,
            "\"reviews\":[{\"kind\":\"ps-check\",\"by\":\"190001\",\"at\":\"2010-05-02T05:00:00Z\",\"outcome\":"
            "\"satisfied\",\"text\":\"%s\"}]",
            text));
    assert_report(raw(d, line, strlen(line), &ok), 1, 1, 0, 0, 0);
    assert_int_equal(strlen(desk_look(d, "KG-1").doc.reviews[0].text), n);
    mem_free(text);
}

static void batches_do_not_show(void **state)
{
    Desk *d = *state;
    Str lines = { 0 };

    for (int i = 0; i < 1234; i++)
        str_add(&lines, i % 100 == 7 ? "{}\n" : case_line(d->a, arena_printf(d->a, "KG-%d", i), ""));
    assert_report(desk_import(d, str_text(&lines)), 1234, 1221, 0, 0, 13);
    assert_int_equal(cases(d), 1221);
    str_finish(&lines);
}

static bool stop(void *with, int64_t done, int64_t total)
{
    return false;
}

static void a_stop_keeps_what_landed(void **state)
{
    Desk *d = *state;
    Str lines = { 0 };
    Progress p = { stop, NULL };
    ImportReport r;
    FILE *f;

    for (int i = 0; i < 4000; i++) str_add(&lines, case_line(d->a, arena_printf(d->a, "KG-%d", i), ""));
    f = desk_file(str_text(&lines), lines.n);
    if (app_import_cases(d->app, f, &(ImportOptions){ .name = "x", .progress = &p }, &r, &d->err)) {
        assert_int_equal(r.added, 4000); /* a machine faster than the first moment of progress */
    } else {
        assert_int_equal(d->err.kind, ERR_STOPPED);
        assert_true(r.added > 0 && r.added < 4000);
        assert_int_equal(r.read, r.added + r.not_tried);
        assert_int_equal(r.go_on, r.added + 1); /* one case a line */
    }
    assert_int_equal(cases(d), r.added);
    fclose(f);
    str_finish(&lines);
}

/* ---- input made by others ---- */

static void json_made_to_break_readers_breaks_nothing(void **state)
{
    Desk *d = *state;
    const char *shared = getenv("BOOK124_SHARED"), *source = getenv("BOOK124_SOURCE");
    char *folder = shared
                       ? arena_printf(d->a, "%s/corpora/jsontestsuite/test_parsing", shared)
                       : arena_printf(d->a, "%s/../shared/corpora/jsontestsuite/test_parsing", source ? source : ".");
    DIR *dir = opendir(folder);
    struct dirent *e;
    Str all = { 0 };
    bool ok;
    ImportReport r;

    if (!dir) skip();
    while ((e = readdir(dir)) != NULL) {
        char *path = arena_printf(d->a, "%s/%s", folder, e->d_name), buffer[4096];
        FILE *f = strstr(e->d_name, ".json") ? fopen(path, "rb") : NULL;
        for (size_t n; f && (n = fread(buffer, 1, sizeof buffer, f)) > 0;) str_add_n(&all, buffer, n);
        if (f) fclose(f);
        str_add_char(&all, '\n');
    }
    closedir(dir);
    str_add_n(&all, "", 0);
    str_add(&all, case_line(d->a, "KG-1", ""));
    r = raw(d, str_text(&all), all.n, &ok);
    if (!ok) { /* the first file may look like another kind of file altogether */
        assert_int_equal(d->err.kind, ERR_INVALID);
    } else {
        assert_int_equal(r.added, 1);
        assert_int_equal(r.refused, r.read - 1);
    }
    str_finish(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(good_ones_land_and_each_is_in_the_log, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(the_same_file_again_changes_nothing, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(only_those_who_import_may, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_bad_line_is_refused_with_line_and_path_and_the_rest_lands, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(lines_are_told_in_their_order_whoever_refuses_them, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(an_unknown_key_is_a_warning_when_lenient, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_document_that_says_more_extends_the_case, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_document_that_says_less_is_refused_with_what_is_missing, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_document_that_is_silent_takes_nothing_away, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            what_clocks_and_safety_hang_on_does_not_change_in_silence, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_case_that_the_file_had_before_is_named_when_it_changes_something, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_number_that_the_policy_refuses_refuses_the_document, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(the_same_case_twice_in_one_file_extends_itself, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(what_lies_ahead_is_refused, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_dry_run_says_what_would_change_and_changes_nothing, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(line_ends_and_marks_of_other_systems_are_no_matter, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_no_file_of_cases_is_said_to_be_none, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(bytes_that_mean_nothing_are_refused_line_by_line, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_line_that_is_too_long_is_refused_and_the_next_lands, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_long_story_within_the_limit_lands, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(batches_do_not_show, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_stop_keeps_what_landed, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(json_made_to_break_readers_breaks_nothing, signed_in, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
