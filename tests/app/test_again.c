/* test_again.c — at the screens, what takes text out of the store or signs what others wrote asks for the password once more, for that act
** alone; a command, which has just asked, does not; what officers write themselves never does. */
#include "desk.h"

#include "app/again.h"
#include "app/book.h"
#include "app/dmm.h"
#include "app/marac.h"
#include "app/roundup.h"

#define PASSWORD TRAINING_PASSWORD

static bool out(Desk *d)
{
    Str text = { 0 };
    bool ok = app_roundup_print(d->app, &(RoundupPaper){ 0 }, &text, NULL, &d->err);

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

/* ---- papers that say most ---- */

static bool book_on_paper(Desk *d, Str *out)
{
    return app_book_print(d->app, "KG-2010-000001", NULL, 0, PAPER_BOOK, false, out, &d->err);
}

static bool pack_on_paper(Desk *d, Str *out)
{
    return app_marac_pack(d->app, &(MaracPack){ T("2010-06-03T10:00:00Z"), false, "idva", 1, false }, out, &d->err);
}

static bool month_as_a_file(Desk *d, Str *out)
{
    AuditSeal seal;
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    bool ok = app_audit_seal(d->app, "2010-06", f, &seal, &d->err);

    fclose(f);
    if (n) str_add(out, text);
    free(text);
    return ok;
}

static void a_book_a_pack_and_a_sealed_month_leave_only_with_it(void **state)
{
    static const struct {
        const char *act, *other, *who, *now;
        bool (*leaves)(Desk *d, Str *out);
    } papers[] = {
        { "book.print", "marac.pack", DS, NOW, book_on_paper },
        { "marac.pack", "book.print", DS, NOW, pack_on_paper },
        { "audit.seal", "book.print", AUDITOR, "2010-07-02T09:00:00Z", month_as_a_file },
    };
    Desk *d = *state;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-2010-000001",
                       "\"books\":[{\"serial\":\"B1\",\"by\":\"900001\",\"completed_at\":\"2010-05-01T12:00:00Z\",\"answers\":{}}],"
                       "\"hearings\":[{\"key\":\"m1\",\"meeting\":\"2010-06-03T10:00:00Z\",\"by\":\"900007\",\"at\":\"2010-05-20T10:00:00Z\"}]"));
    for (size_t i = 0; i < ARRAY_LEN(papers); i++) {
        Str out = { 0 };
        desk_reopen(d, papers[i].now);
        desk_as(d, papers[i].who);
        app_at_screens(d->app);
        assert_true(app_asks_again(d->app, papers[i].act));
        assert_refused(d, ERR_DENIED, papers[i].leaves(d, &out));
        assert_refused(d, ERR_DENIED, app_again(d->app, papers[i].act, "wrong", &d->err));
        assert_refused(d, ERR_DENIED, papers[i].leaves(d, &out));
        assert_did(d, app_again(d->app, papers[i].other, PASSWORD, &d->err)); /* for another act */
        assert_refused(d, ERR_DENIED, papers[i].leaves(d, &out));
        assert_int_equal(out.n, 0);
        assert_did(d, app_again(d->app, papers[i].act, PASSWORD, &d->err));
        assert_did(d, papers[i].leaves(d, &out));
        assert_true(out.n > 0);
        assert_logged(d, AUDIT_DISCLOSE, papers[i].act, NULL);
        str_clear(&out);
        assert_refused(d, ERR_DENIED, papers[i].leaves(d, &out)); /* once */
        assert_int_equal(out.n, 0);
        str_finish(&out);
    }
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
        CASE(a_book_a_pack_and_a_sealed_month_leave_only_with_it),
        CASE(thirty_reviews_are_no_thirty_passwords),
        CASE(every_act_that_signs_or_discloses_has_its_row),
    };
    Err err = { 0 };

    if (!crypto_start(&err)) fail_msg("%s", err.text);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
