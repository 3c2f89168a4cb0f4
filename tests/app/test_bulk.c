/* test_bulk.c — one review for several like cases: what stands against each is told, each is a write of its own, and one that fails takes no
** other with it. */
#include "app/bulk.h"
#include "app/review.h"
#include "app/sign.h"
#include "faulty.h"

#include <stdio.h>

#define GRADE(g)                                                                                                       \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"201234\",\"at\":\"2010-05-01T10:30:00Z\",\"grade\":\"" g "\"}]"

static const char *const all[] = { "KG-1", "KG-2", "KG-3", "KG-HIGH", "KG-NONE", "KG-MEDIUM", "KG-CLOSED", "KG-404", "KG-1" };
enum { N = sizeof all / sizeof all[0] };

static int with_cases(void **state)
{
    static const struct {
        const char *id, *more;
    } cases[] = { { "KG-1", GRADE("standard") }, { "KG-2", GRADE("standard") }, { "KG-3", GRADE("standard") }, { "KG-HIGH", GRADE("high") },
        { "KG-NONE", "" }, { "KG-MEDIUM", GRADE("medium") }, { "KG-CLOSED", GRADE("standard") ",\"closed_at\":\"2010-05-03T10:00:00Z\"" } };
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) assert_int_equal(desk_import(d, case_line(d->a, cases[i].id, cases[i].more)).added, 1);
    return 0;
}

static const BulkMark *marks_of(Desk *d, const char *const *ids, size_t n)
{
    BulkMark *marks = arena_zero(d->a, n + 1, sizeof *marks);

    for (size_t i = 0; i < n; i++) marks[i].case_id = ids[i];
    return marks;
}

static Bulk look(Desk *d)
{
    Bulk b;

    assert_did(d, app_bulk_look(d->app, "ds-supervision", marks_of(d, all, N), N, d->a, &b, &d->err));
    return b;
}

static size_t reviews_of(Desk *d, const char *id, const char *text)
{
    CaseView view = desk_look(d, id);
    size_t n = 0;

    for (size_t i = 0; i < view.doc.n_reviews; i++) {
        n += strstr(view.doc.reviews[i].text, text) != NULL;
        assert_int_equal(app_review_signed(d->app, id, &view.doc.reviews[i]), SIGNED_VALID);
    }
    return n;
}

static void the_preview_says_what_stands_against_each_and_writes_nothing(void **state)
{
    static const char *const says[N] = { "", "", "", "high risk", "no grade", "this round is of Standard", "not asked", "no case", "twice" };
    Desk *d = *state;
    Bulk b = look(d);

    assert_string_equal(b.review, "ds-supervision");
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(b.lines[i].stand, *says[i] ? BULK_REFUSED : BULK_READY);
        if (!strstr(b.lines[i].says, says[i])) fail_msg("%s: %s", b.lines[i].case_id, b.lines[i].says);
    }
    assert_int_equal(desk_look(d, "KG-1").doc.n_reviews, 0);
}

static void each_is_a_review_of_its_own_and_says_that_it_had_company(void **state)
{
    Desk *d = *state;
    Bulk b = look(d);
    ReviewChecks ticks;
    CaseView view;
    size_t saved;

    assert_did(d, app_bulk_add(d->app, &b, "Nothing new; the plan stands.", d->a, &saved, &d->err));
    assert_int_equal(saved, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(b.lines[i].stand, BULK_SAVED);
        assert_int_equal(reviews_of(d, all[i], "Nothing new; the plan stands.\n(One text for 3 like cases.)"), 1);
    }
    assert_int_equal(reviews_of(d, "KG-HIGH", "Nothing new"), 0);
    view = desk_look(d, "KG-2");
    app_checks_of(&view.doc.reviews[0], d->a, &ticks);
    assert_true(ticks.n > 0);
    assert_int_equal(app_checks_count(&ticks, CHECK_LEFT), ticks.n); /* in one go nobody looked */
    b = look(d);
    assert_int_equal(b.lines[0].stand, BULK_READY); /* the next seven days have begun */
}

static void one_that_changed_meanwhile_is_told_and_the_others_are_saved(void **state)
{
    Desk *d = *state;
    Bulk b = look(d);
    CaseView view = desk_look(d, "KG-2");
    Review r;
    size_t saved;

    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, "ds-supervision");
    r.outcome = 1;
    r.text = "By somebody else.";
    assert_did(d, app_case_add(d->app, &view.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_did(d, app_bulk_add(d->app, &b, "The plan stands.", d->a, &saved, &d->err));
    assert_int_equal(saved, 2);
    assert_int_equal(b.lines[1].stand, BULK_REFUSED);
    assert_non_null(strstr(b.lines[1].says, DS));
    assert_int_equal(reviews_of(d, "KG-2", "The plan stands."), 0);
    assert_int_equal(reviews_of(d, "KG-3", "The plan stands."), 1);
}

static void what_changed_since_it_was_marked_waits_until_it_is_read(void **state)
{
    Desk *d = *state;
    BulkMark marks[2] = { { "KG-1", 0 }, { "KG-2", 0 } };
    CaseView view;
    Contact c;
    Bulk b;
    size_t saved;

    for (size_t i = 0; i < 2; i++) assert_did(d, app_bulk_mark(d->app, marks[i].case_id, &marks[i].rev, &d->err));
    view = desk_look(d, "KG-2");
    assert_int_equal(view.row.rev, marks[1].rev);
    desk_as(d, IO);
    case_item_init(LIST_CONTACTS, &c);
    c.with = c.kind = c.result = 1;
    assert_did(d, app_case_add(d->app, &view.row, LIST_CONTACTS, &c, d->a, NULL, &d->err));
    desk_as(d, DS);
    assert_did(d, app_bulk_look(d->app, "ds-supervision", marks, 2, d->a, &b, &d->err));
    assert_int_equal(b.lines[0].stand, BULK_READY);
    assert_int_equal(b.lines[1].stand, BULK_REFUSED);
    assert_true(b.lines[1].changed);
    assert_non_null(strstr(b.lines[1].says, "officer " IO ": contact added"));
    assert_did(d, app_bulk_add(d->app, &b, "The plan stands.", d->a, &saved, &d->err));
    assert_int_equal(saved, 1);
    assert_int_equal(reviews_of(d, "KG-2", "The plan stands."), 0);
    marks[1].rev = b.lines[1].rev; /* it was read */
    assert_did(d, app_bulk_look(d->app, "ds-supervision", marks + 1, 1, d->a, &b, &d->err));
    assert_int_equal(b.lines[0].stand, BULK_READY);
    assert_refused(d, ERR_MISSING, app_bulk_mark(d->app, "KG-404", &marks[0].rev, &d->err));
}

static void ticks_of_all_are_kept_as_ticked_in_one_go(void **state)
{
    Desk *d = *state;
    Bulk b = look(d);
    ReviewChecks ticks;
    CaseView view;
    size_t saved;

    assert_true(b.checks.n > 0);
    b.checks.items[0].tick = CHECK_YES;
    assert_did(d, app_bulk_add(d->app, &b, "The plan stands.", d->a, &saved, &d->err));
    assert_int_equal(saved, 3);
    view = desk_look(d, "KG-3");
    app_checks_of(&view.doc.reviews[0], d->a, &ticks);
    assert_int_equal(app_checks_count(&ticks, CHECK_YES), 1);
    assert_true(ticks.at_once);
    assert_int_equal(app_checks_count(&ticks, CHECK_LEFT), ticks.n - 1);
}

static void what_cannot_be_made_so_is_a_sentence(void **state)
{
    const char *many[BULK_MAX + 1];
    Desk *d = *state;
    Bulk b;
    size_t saved;

    for (size_t i = 0; i < ARRAY_LEN(many); i++) many[i] = "KG-1";
    assert_refused(d, ERR_MISSING, app_bulk_look(d->app, "no-such", marks_of(d, all, N), N, d->a, &b, &d->err));
    assert_refused(d, ERR_INVALID, app_bulk_look(d->app, "ps-check", marks_of(d, all, N), N, d->a, &b, &d->err));
    assert_refused(d, ERR_INVALID, app_bulk_look(d->app, "victim-update", marks_of(d, all, N), N, d->a, &b, &d->err));
    assert_refused(d, ERR_INVALID, app_bulk_look(d->app, "ds-supervision", marks_of(d, many, ARRAY_LEN(many)), ARRAY_LEN(many), d->a, &b, &d->err));
    assert_refused(d, ERR_DENIED, app_bulk_look(d->app, "dci-review", marks_of(d, all, N), N, d->a, &b, &d->err));
    b = look(d);
    assert_refused(d, ERR_INVALID, app_bulk_add(d->app, &b, "  ", d->a, &saved, &d->err));
    assert_did(d, app_bulk_look(d->app, "ds-supervision", marks_of(d, all + 3, 2), 2, d->a, &b, &d->err));
    assert_refused(d, ERR_INVALID, app_bulk_add(d->app, &b, "Words.", d->a, &saved, &d->err));
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_bulk_look(d->app, "ds-supervision", marks_of(d, all, N), N, d->a, &b, &d->err));
}

static void a_disk_that_fails_takes_one_line_and_no_half_of_one(void **state)
{
    Desk *d = *state;
    size_t some = 0;

    for (int64_t at = 1; at < 120; at += 7) {
        Bulk b = look(d);
        size_t saved, there = 0;
        char text[40];
        snprintf(text, sizeof text, "Round %lld.", (long long)at);
        engine_fault_at(at, ENG_IO);
        app_bulk_add(d->app, &b, text, d->a, &saved, NULL);
        engine_fault_at(0, ENG_IO);
        for (size_t i = 0; i < 3; i++) there += reviews_of(d, all[i], text);
        assert_int_equal(there, saved);
        some += saved > 0 && saved < 3;
    }
    assert_true(some > 0);
}

static int over_faults(void **state)
{
    return faulty(state, with_cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_preview_says_what_stands_against_each_and_writes_nothing, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(each_is_a_review_of_its_own_and_says_that_it_had_company, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(one_that_changed_meanwhile_is_told_and_the_others_are_saved, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(what_changed_since_it_was_marked_waits_until_it_is_read, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(ticks_of_all_are_kept_as_ticked_in_one_go, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_made_so_is_a_sentence, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(a_disk_that_fails_takes_one_line_and_no_half_of_one, over_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
