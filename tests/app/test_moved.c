/* test_moved.c — what others did to a case that is on a screen: said, once it is so, to who may know. */
#include "app/access.h"
#include "app/moved.h"
#include "desk.h"

#define ONE "KG-2010-000001"

static int with_case(void **state)
{
    return desk_with(state, ONE, "");
}

static CaseMoved moved(Desk *d, const CaseRow *seen)
{
    CaseMoved out;

    assert_did(d, app_case_moved(d->app, seen, d->a, &out, &d->err));
    return out;
}

static void review_by(Desk *d, const char *warrant)
{
    App *other = desk_terminal(d, NOW);
    Review r;
    CaseRow row;

    assert_did(d, app_sign_in(other, warrant, TRAINING_PASSWORD, &d->err));
    assert_did(d, store_case_find(app_store_handle(other), ONE, d->a, &row, &d->err));
    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(app_vocabs(other), VOCAB_REVIEW, "ds-supervision");
    r.outcome = vocab_code(app_vocabs(other), VOCAB_REVIEW_OUTCOME, "satisfied");
    r.text = "Seen.";
    assert_did(d, app_case_add(other, &row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    app_close(&other);
}

static void what_somebody_else_did_is_said_with_who_when_and_what(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    int64_t size = log_size(d);
    CaseMoved m = moved(d, &v.row);

    assert_null(m.words);
    assert_int_equal(log_size(d), size); /* it is no look at the case */
    review_by(d, DI);
    m = moved(d, &v.row);
    assert_int_equal(m.rev, v.row.rev + 1);
    assert_string_equal(m.words, ONE ", 10:00, officer " DI ": review added.");
    v = desk_look(d, ONE);
    assert_null(moved(d, &v.row).words);
}

static void nothing_is_said_over_a_locked_screen(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);

    review_by(d, DI);
    assert_did(d, app_lock(d->app, &d->err));
    assert_null(moved(d, &v.row).words);
    assert_did(d, app_unlock(d->app, TRAINING_PASSWORD, &d->err));
    assert_non_null(moved(d, &v.row).words);
}

static void a_case_that_was_restricted_meanwhile_says_nothing(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);

    assert_did(d, store_case_find(app_store_handle(d->app), ONE, d->a, &v.row, &d->err));
    desk_as(d, DI);
    assert_int_equal(desk_import(d, case_line(d->a, ONE, "\"restricted_at\":\"2010-05-20T10:00:00Z\"")).changed, 1);
    desk_as(d, IO);
    assert_null(moved(d, &v.row).words);
    desk_as(d, DI);
    assert_non_null(moved(d, &v.row).words);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_case, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_somebody_else_did_is_said_with_who_when_and_what),
        TEST(nothing_is_said_over_a_locked_screen),
        TEST(a_case_that_was_restricted_meanwhile_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
