/* test_again.c — at the screens, what takes text out of the store or signs what others wrote asks for the password once more, for that act
** alone; a command, which has just asked, does not; what officers write themselves never does. */
#include "desk.h"

#include "app/again.h"
#include "app/dmm.h"
#include "app/roundup.h"

#define PASSWORD TRAINING_PASSWORD

static bool out(Desk *d)
{
    Str text = { 0 };
    bool ok = app_roundup_print(d->app, 0, false, &text, &d->err);

    str_finish(&text);
    return ok;
}

static void a_command_does_not_ask(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    assert_false(app_asks_again(d->app, "roundup.print"));
    assert_did(d, out(d));
}

static void at_the_screens_nothing_leaves_without_it(void **state)
{
    Desk *d = *state;
    FILE *f = tmpfile();

    desk_as(d, DI);
    app_at_screens(d->app);
    assert_true(app_asks_again(d->app, "roundup.print"));
    assert_refused(d, ERR_DENIED, out(d));
    assert_refused(d, ERR_DENIED, app_export_cases(d->app, NULL, f, NULL, NULL, &d->err));
    assert_int_equal(ftell(f), 0);
    assert_refused(d, ERR_DENIED, app_again(d->app, "roundup.print", "wrong", &d->err));
    assert_logged(d, AUDIT_DENIED, "again.password", "");
    assert_refused(d, ERR_DENIED, out(d));
    assert_did(d, app_again(d->app, "roundup.print", PASSWORD, &d->err));
    assert_did(d, out(d));
    fclose(f);
}

static void one_word_is_for_one_act_once(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    app_at_screens(d->app);
    assert_did(d, app_again(d->app, "roundup.print", PASSWORD, &d->err));
    assert_did(d, out(d));
    assert_refused(d, ERR_DENIED, out(d));
    assert_did(d, app_again(d->app, "dmm.print", PASSWORD, &d->err));
    assert_refused(d, ERR_DENIED, out(d));
    assert_did(d, app_again(d->app, "roundup.print", PASSWORD, &d->err));
    assert_did(d, app_lock(d->app, &d->err));
    assert_did(d, app_unlock(d->app, PASSWORD, &d->err));
    assert_refused(d, ERR_DENIED, out(d));
    assert_did(d, app_again(d->app, "roundup.print", PASSWORD, &d->err));
    app_sign_out(d->app);
    desk_as(d, DI);
    assert_refused(d, ERR_DENIED, out(d));
}

static void ending_a_meeting_signs_its_sheet_and_asks(void **state)
{
    Desk *d = *state;
    int64_t meeting;
    bool resumed;

    desk_as(d, DI);
    app_at_screens(d->app);
    assert_did(d, app_dmm_begin(d->app, &meeting, &resumed, &d->err));
    assert_refused(d, ERR_DENIED, app_dmm_end(d->app, meeting, &d->err));
    assert_did(d, app_again(d->app, "dmm.end", PASSWORD, &d->err));
    assert_did(d, app_dmm_end(d->app, meeting, &d->err));
}

static void thirty_reviews_are_no_thirty_passwords(void **state)
{
    Desk *d = *state;
    CaseView v;
    Review review;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-2010-000001", ""));
    app_at_screens(d->app);
    assert_false(app_asks_again(d->app, "review.add"));
    for (int i = 0; i < 3; i++) {
        v = desk_look(d, "KG-2010-000001");
        case_item_init(LIST_REVIEWS, &review);
        review.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, "ds-supervision");
        review.outcome = 1, review.text = "Read; the plan is right.";
        assert_did(d, app_case_add(d->app, &v.row, LIST_REVIEWS, &review, d->a, NULL, &d->err));
    }
    v = desk_look(d, "KG-2010-000001");
    assert_non_null(v.doc.reviews[2].signed_value);
}

/* Whoever adds an act that discloses, or one that signs, decides here. */
static void every_act_that_signs_or_discloses_has_its_row(void **state)
{
    static const char *const acts[] = { "book.submit", "review.add", "dmm.say", "policy.propose", "book.read", "policy.approve", "dmm.end", "case.restrict",
        "access.grant", "access.lift", "case.erase", "case.export", "book.print", "roundup.print", "dmm.print", "handover.print", "marac.print", "marac.pack", "audit.seal",
        "store.backup" };

    for (size_t i = 0; i < ARRAY_LEN(acts); i++) assert_non_null(again_row(acts[i]));
    for (size_t i = 0; i < again_n; i++) assert_ptr_equal(again_row(again_rows[i].act), &again_rows[i]);
    assert_null(again_row("case.look"));
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_command_does_not_ask),
        CASE(at_the_screens_nothing_leaves_without_it),
        CASE(one_word_is_for_one_act_once),
        CASE(ending_a_meeting_signs_its_sheet_and_asks),
        CASE(thirty_reviews_are_no_thirty_passwords),
        CASE(every_act_that_signs_or_discloses_has_its_row),
    };
    Err err = { 0 };

    if (!crypto_start(&err)) fail_msg("%s", err.text);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
