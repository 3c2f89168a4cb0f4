/* test_export.c — cases going out, and coming in again as they were; and every duty of every case. */
#include "desk.h"

#include <stdio.h>

static int signed_in(void **state)
{
    desk_setup(state);
    desk_as(*state, DI);
    return 0;
}

static char *corpus(Desk *d)
{
    const char *shared = getenv("BOOK124_SHARED"), *source = getenv("BOOK124_SOURCE");
    char *path = shared ? arena_printf(d->a, "%s/scenarios/cases.jsonl", shared)
                        : arena_printf(d->a, "%s/../shared/scenarios/cases.jsonl", source ? source : ".");
    FILE *f = fopen(path, "rb");
    Str all = { 0 };
    char buffer[4096], *text;

    for (size_t n; f && (n = fread(buffer, 1, sizeof buffer, f)) > 0;) str_add_n(&all, buffer, n);
    if (f) fclose(f);
    for (int i = 0; !f && i < 50; i++) {
        static const char *const more[] = {
            "",
            "\"consent\":{\"victim-support\":\"given\"}",
            "\"notices\":[{\"to\":\"di\",\"at\":\"2010-05-02T09:00:00+01:00\"},{\"to\":\"dps\",\"at\":\"2010-05-01T09:"
            "00:00Z\"}]",
            "\"books\":[{\"serial\":\"0001\",\"by\":\"201234\",\"completed_at\":\"2010-05-01T23:30:00Z\",\"answers\":{"
            "\"z\":1,\"a\":[true,null,\"\\u00e9\"]}}]",
            "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"\\u0141ukasz "
            "\\\"Q\\\"\"},{\"key\":\"s1\",\"role\":\"suspect\",\"relationship\":{\"to\":\"v1\",\"kind\":\"spouse\"},"
            "\"status\":[{\"status\":\"arrested\",\"at\":\"2010-05-03T06:10:00Z\"},{\"status\":\"outstanding\",\"at\":"
            "\"2010-05-01T22:40:00Z\"}]}]",
        };
        str_add(&all, case_line(d->a, arena_printf(d->a, "KG-%d", i), more[i % 5]));
    }
    text = arena_dup_n(d->a, str_text(&all), all.n);
    str_finish(&all);
    return text;
}

static void what_goes_out_comes_in_as_it_was(void **state)
{
    Desk *d = *state, *other = desk_new(true);
    char *first, *second;
    ImportReport r;

    desk_reopen(d, "2011-06-01T09:00:00Z");
    desk_as(d, DI);
    app_close(&other->app);
    other->app = desk_terminal(other, "2011-06-01T09:00:00Z");
    desk_as(other, DI);
    r = desk_import(d, corpus(d));
    assert_int_equal(r.refused, 0);
    assert_true(r.added > 40);
    first = desk_export(d, NULL);
    r = desk_import(other, first);
    assert_int_equal(r.refused, 0);
    second = desk_export(other, NULL);
    assert_string_equal(first, second);
    r = desk_import(other, second);
    assert_int_equal(r.added + r.changed + r.refused, 0);
    r = desk_import(d, second);
    assert_int_equal(r.added + r.changed + r.refused, 0);
    desk_free(&other);
}

static void cases_go_out_in_order_of_their_numbers_and_the_log_says_how_many(void **state)
{
    Desk *d = *state;
    AuditEntry head;
    char *out;

    desk_import(d, arena_printf(d->a, "%s%s%s", case_line(d->a, "KG-3", ""), case_line(d->a, "KG-1", ""),
                       case_line(d->a, "KG-2", "")));
    out = desk_export(d, NULL);
    assert_true(strstr(out, "KG-1") < strstr(out, "KG-2") && strstr(out, "KG-2") < strstr(out, "KG-3"));
    assert_logged(d, AUDIT_DISCLOSE, "case.export", "");
    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_string_equal(head.detail, "3 cases");
}

static void one_case_goes_out_alone(void **state)
{
    Desk *d = *state;
    FILE *null = fopen("/dev/null", "w");

    desk_import(d, arena_printf(d->a, "%s%s", case_line(d->a, "KG-1", ""), case_line(d->a, "KG-2", "")));
    assert_null(strstr(desk_export(d, "KG-2"), "KG-1"));
    assert_logged(d, AUDIT_DISCLOSE, "case.export", "KG-2");
    assert_refused(d, ERR_MISSING, app_export_cases(d->app, "KG-9", null, NULL, NULL, &d->err));
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_export_cases(d->app, NULL, null, NULL, NULL, &d->err));
    assert_logged(d, AUDIT_DENIED, "case.export", "");
    fclose(null);
}

static void a_full_disk_is_said(void **state)
{
    Desk *d = *state;
    FILE *full = fopen("/dev/full", "w");

    if (!full) skip();
    desk_import(d, case_line(d->a, "KG-1", ""));
    assert_refused(d, ERR_IO, app_export_cases(d->app, NULL, full, NULL, NULL, &d->err));
    fclose(full);
}

/* ---- duties ---- */

typedef struct Seen {
    size_t n;
    char last[200];
    Arena *a;
    unsigned states;
} Seen;

static bool see(void *with, const char *id, const Duty *duty, DutyState state, Err *err)
{
    Seen *s = with;
    char here[200];

    snprintf(here, sizeof here, "%s %s %05d", id, duty->id, duty->cycle);
    assert_true(strcmp(here, s->last) > 0);
    strcpy(s->last, here);
    s->states |= 1u << state;
    s->n++;
    return true;
}

static bool stop_at_once(void *with, const char *id, const Duty *duty, DutyState state, Err *err)
{
    return false;
}

static bool fail_at_once(void *with, const char *id, const Duty *duty, DutyState state, Err *err)
{
    return err_set(err, ERR_IO, "", "No.");
}

static void duties_come_in_order_and_can_be_sieved(void **state)
{
    Desk *d = *state;
    Seen all = { 0 }, one = { 0 }, overdue = { 0 }, theirs = { 0 };

    desk_import(d, arena_printf(d->a, "%s%s", case_line(d->a, "KG-2", ""),
                       case_line(d->a, "KG-1", "\"closed_at\":\"2010-05-20T10:00:00Z\"")));
    assert_did(d, app_duties_each(d->app, NULL, see, &all, &d->err));
    assert_did(d, app_duties_each(d->app, &(DutyFilter){ .case_id = "KG-1" }, see, &one, &d->err));
    assert_did(d, app_duties_each(d->app, &(DutyFilter){ .states = 1u << DUTY_OVERDUE }, see, &overdue, &d->err));
    assert_did(d, app_duties_each(d->app, &(DutyFilter){ .owner = ROLE_CSU_DS }, see, &theirs, &d->err));
    assert_true(all.n > one.n && one.n > 0);
    assert_int_equal(overdue.states, 1u << DUTY_OVERDUE);
    assert_true(theirs.n > 0 && theirs.n < all.n);
    assert_did(d, app_duties_each(d->app, NULL, stop_at_once, NULL, &d->err));
    assert_refused(d, ERR_IO, app_duties_each(d->app, NULL, fail_at_once, NULL, &d->err));
    assert_refused(d, ERR_IO, app_duties_each(d->app, &(DutyFilter){ .case_id = "KG-1" }, fail_at_once, NULL, &d->err));
    assert_refused(d, ERR_MISSING, app_duties_each(d->app, &(DutyFilter){ .case_id = "KG-9" }, see, &one, &d->err));
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_duties_each(d->app, NULL, see, &all, &d->err));
}

static void duties_are_those_of_the_moment(void **state)
{
    Desk *d = *state;
    Seen then = { 0 };

    desk_import(d, case_line(d->a, "KG-1", ""));
    desk_reopen(d, "2010-05-01T09:59:59Z");
    desk_as(d, DI);
    assert_did(d, app_duties_each(d->app, NULL, see, &then, &d->err));
    assert_int_equal(then.n, 0); /* not yet reported */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_goes_out_comes_in_as_it_was, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(
            cases_go_out_in_order_of_their_numbers_and_the_log_says_how_many, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(one_case_goes_out_alone, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(duties_come_in_order_and_can_be_sieved, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(duties_are_those_of_the_moment, signed_in, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
