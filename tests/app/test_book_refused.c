/* test_book_refused.c — who may not, when not, and what a signature needs; the roads round the verbs are closed as well. */
#include "book_desk.h"

static BookView viewed;

static BookReading reading_of(const BookView *v, const char *outcome)
{
    return (BookReading){
        .kind = v->kind, .outcome = outcome, .reasons = "other", .text = "As said.", .password = TRAINING_PASSWORD
    };
}

static bool review(Desk *d, const BookView *v, BookReading r)
{
    return app_book_review(d->app, v, &r, d->a, &d->err);
}

/* One more entry of reviews by the road of every entry. */
static bool add_review(Desk *d, const char *id, const char *kind)
{
    const Vocabs *v = app_vocabs(d->app);
    CaseRow row;
    Review r;

    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(v, VOCAB_REVIEW, kind);
    r.outcome = vocab_code(v, VOCAB_REVIEW_OUTCOME, "satisfied");
    assert_did(d, store_case_find(app_store_handle(d->app), id, d->a, &row, &d->err));
    return app_case_add(d->app, &row, LIST_REVIEWS, &r, d->a, NULL, &d->err);
}

/* ---- who writes ---- */

static void only_who_may_add_a_book_opens_one(void **state)
{
    static const char *const others[] = { "900003", "900004", "900005", "900010", "900011", AUDITOR, KEEPER };
    Desk *d = *state;
    BookWork work;

    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        desk_as(d, others[i]);
        assert_refused(d, ERR_DENIED, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
        assert_logged(d, AUDIT_DENIED, "book.open", ONE);
        assert_refused(d, ERR_DENIED, app_book_resume(d->app, ONE " 124d x", d->a, &work, &d->err));
    }
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_book_open(d->app, NULL, NULL, d->a, &work, &d->err));
}

static void a_case_that_is_not_there_has_no_book(void **state)
{
    Desk *d = *state;
    BookWork work;
    BookView view;

    desk_as(d, PC);
    assert_refused(d, ERR_MISSING, app_book_open(d->app, "KG-NONE", NULL, d->a, &work, &d->err));
    assert_refused(d, ERR_MISSING, app_book_read(d->app, "KG-NONE", NULL, 0, d->a, &view, &d->err));
    assert_refused(d, ERR_MISSING, app_book_read(d->app, ONE, NULL, 0, d->a, &view, &d->err));
    assert_refused(d, ERR_MISSING, app_book_resume(d->app, "nonsense", d->a, &work, &d->err));
    assert_did(d, app_draft_put(d->app, "KG-1 reviews ds-supervision 0", "{}", &d->err));
    assert_refused(d, ERR_INVALID, app_book_resume(d->app, "KG-1 reviews ds-supervision 0", d->a, &work, &d->err));
}

static void a_book_that_waits_or_is_signed_is_not_written_again(void **state)
{
    Desk *d = *state;
    BookWork work;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    assert_refused(d, ERR_INVALID, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_non_null(strstr(d->err.text, "waits for the sergeant"));
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
    book_at(d, "2010-06-01T11:00:00Z", PC);
    assert_refused(d, ERR_INVALID, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_non_null(strstr(d->err.text, "addendum"));
}

static void a_returned_book_is_its_writers(void **state)
{
    Desk *d = *state;
    BookWork work;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "returned", "other", "Again."));
    book_at(d, "2010-06-01T11:00:00Z", SECOND_PC);
    assert_refused(d, ERR_DENIED, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_non_null(strstr(d->err.text, "PC Ama Example"));
    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    app_book_leave(d->app, &work);
}

static void what_is_missing_is_led_to(void **state)
{
    Desk *d = *state;
    BookWork work;
    BookCheck check;
    CaseRow row;
    DraftView *drafts;
    size_t n;
    int64_t before;

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_did(d, app_book_check(d->app, &work, d->a, &check, &d->err));
    assert_true(check.n_gaps > 10);
    assert_true(check.n_gates > 0);
    for (size_t i = 0; i < check.n_gates; i++) assert_non_null(check.gate_paths[i]);
    before = log_size(d);
    assert_refused(d, ERR_INVALID, app_book_submit(d->app, &work, d->a, &row, &d->err));
    assert_non_null(form_question(work.form, d->err.field));
    assert_int_equal(log_size(d), before);
    assert_did(d, app_draft_list(d->app, d->a, &drafts, &n, &d->err)); /* nothing is lost */
    assert_int_equal(n, 1);
    app_book_leave(d->app, &work);
}

static void flags_lead_to_a_question(void **state)
{
    Desk *d = *state;
    BookWork work;
    BookCheck check;
    bool led = false;

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    book_fill(d, &work,
        (const char *[]){ "allegation.account", "He put both hands round her neck and strangled her. Invented.",
            "risk.strangulation", "no", NULL });
    assert_did(d, app_book_check(d->app, &work, d->a, &check, &d->err));
    assert_int_equal(check.n_gaps, 0);
    assert_int_equal(check.n_gates, 0);
    assert_true(check.n_alerts > 0);
    for (size_t i = 0; i < check.n_alerts; i++) {
        led |= str_eq(check.alerts[i].alert->id, "narrative-strangulation");
        assert_non_null(check.alert_paths[i]);
        assert_non_null(form_question(work.form, check.alert_paths[i]));
    }
    assert_true(led);
    app_book_leave(d->app, &work);
}

static void a_number_that_names_another_case_is_refused(void **state)
{
    Desk *d = *state;
    BookWork work;
    CaseRow row;

    desk_as(d, DS);
    assert_int_equal(desk_import_cad(d, "cad,received\n8123/01MAY10,2010-05-01 11:00\n").added, 1);
    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, NULL, "CAD 8123/01MAY10", d->a, &work, &d->err));
    assert_false(work.new_case); /* the message has a case: that is the case */
    app_book_leave(d->app, &work);
    assert_did(d, app_book_open(d->app, NULL, "9999/01MAY10", d->a, &work, &d->err));
    assert_true(work.new_case);
    assert_string_equal(answers_get(work.answers, "header.cad"), "9999/01MAY10");
    answers_put(work.answers, "header.cad", "8123/01MAY10");
    book_fill(d, &work, NULL);
    assert_refused(d, ERR_INVALID, app_book_submit(d->app, &work, d->a, &row, &d->err));
    assert_string_equal(d->err.field, "header.cad");
    app_book_leave(d->app, &work);
}

static void a_new_incident_can_join_the_case_of_its_message(void **state)
{
    Desk *d = *state;
    BookWork work;
    BookCheck check;
    DraftView *drafts;
    CaseRow row;
    size_t n;
    char was[120];

    desk_as(d, DS);
    assert_int_equal(desk_import_cad(d, "cad,received\n8123/01MAY10,2010-05-01 11:00\n").added, 1);
    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, NULL, "9999/01MAY10", d->a, &work, &d->err));
    book_fill(d, &work, NULL);
    answers_put(work.answers, "header.cad", "CAD8123/01MAY10");
    assert_did(d, app_book_save(d->app, &work, &d->err));
    strcpy(was, work.about);
    assert_did(d, app_book_check(d->app, &work, d->a, &check, &d->err));
    assert_non_null(check.cad_case);
    assert_refused(d, ERR_MISSING, app_book_join(d->app, &work, "KG-NOWHERE", d->a, &d->err));
    assert_true(work.new_case);
    assert_did(d, app_book_join(d->app, &work, check.cad_case, d->a, &d->err));
    assert_false(work.new_case);
    assert_string_equal(work.case_id, check.cad_case);
    assert_string_equal(answers_get(work.answers, "book.serial"), work.serial);
    assert_did(d, app_draft_list(d->app, d->a, &drafts, &n, &d->err));
    assert_int_equal(n, 1); /* one text, under its new name */
    assert_string_equal(drafts[0].about, work.about);
    assert_string_not_equal(drafts[0].about, was);
    assert_did(d, app_book_check(d->app, &work, d->a, &check, &d->err));
    assert_null(check.cad_case);
    assert_did(d, app_book_submit(d->app, &work, d->a, &row, &d->err));
    assert_string_equal(row.id, work.case_id);
    app_book_leave(d->app, &work);
}

static void a_cad_number_has_its_length(void **state)
{
    Desk *d = *state;
    BookWork work;

    desk_as(d, PC);
    assert_refused(d, ERR_INVALID,
        app_book_open(d->app, NULL, "a number that is much longer than any number of any message has ever been", d->a,
            &work, &d->err));
}

/* ---- who reads ---- */

static void nobody_checks_their_own(void **state)
{
    static const char *const kinds[] = { "ps-check", "csu-ds-read" };
    Desk *d = *state;

    desk_as(d, BOTH);
    book_write(d, ONE, NULL);
    viewed = book_view(d, ONE);
    assert_string_equal(viewed.kind, "ps-check");
    assert_non_null(strstr(viewed.may_not, "You wrote this book"));
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        BookReading r = reading_of(&viewed, "satisfied");
        r.kind = kinds[i];
        assert_refused(d, ERR_DENIED, review(d, &viewed, r));
        assert_logged(d, AUDIT_DENIED, "book.sign", ONE);
        r.outcome = "returned";
        assert_refused(d, ERR_DENIED, review(d, &viewed, r));
        assert_refused(d, ERR_DENIED, add_review(d, ONE, kinds[i]));
        assert_logged(d, AUDIT_DENIED, "review.add", ONE);
    }
    app_book_close(&viewed);
}

static void who_is_named_in_it_does_not_check_it_either(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, (const char *[]){ "officer.second", SECOND_PS, NULL });
    book_at(d, "2010-06-01T10:00:00Z", SECOND_PS);
    assert_refused(d, ERR_DENIED, book_sign(d, ONE, "satisfied", NULL, NULL));
    assert_refused(d, ERR_DENIED, add_review(d, ONE, "ps-check"));
    desk_as(d, PS);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
}

static void two_people_read_every_book(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T10:00:00Z", BOTH);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
    viewed = book_view(d, ONE);
    assert_string_equal(viewed.kind, "csu-ds-read");
    assert_non_null(strstr(viewed.may_not, "as sergeant"));
    assert_refused(d, ERR_DENIED, review(d, &viewed, reading_of(&viewed, "satisfied")));
    assert_refused(d, ERR_DENIED, add_review(d, ONE, "csu-ds-read"));
    app_book_close(&viewed);
    desk_as(d, DS);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
}

static void the_unit_reads_after_the_sergeant_and_each_once(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T10:00:00Z", DS);
    viewed = book_view(d, ONE);
    assert_non_null(viewed.may_not);
    assert_refused(d, ERR_INVALID, review(d, &viewed, reading_of(&viewed, "satisfied")));
    app_book_close(&viewed);
    desk_as(d, PS);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
    desk_as(d, SECOND_PS);
    assert_refused(d, ERR_INVALID, book_sign(d, ONE, "satisfied", NULL, NULL));
    assert_non_null(strstr(d->err.text, "PS Bram Specimen"));
    desk_as(d, DS);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
    desk_as(d, DI);
    assert_refused(d, ERR_INVALID, book_sign(d, ONE, "satisfied", NULL, NULL));
}

static void a_reading_is_for_the_rank(void **state)
{
    Desk *d = *state;
    BookReading r;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T10:00:00Z", SECOND_PC);
    viewed = book_view(d, ONE);
    assert_null(viewed.kind);
    r = reading_of(&viewed, "satisfied");
    r.kind = "ps-check";
    assert_refused(d, ERR_DENIED, review(d, &viewed, r));
    app_book_close(&viewed);
    desk_as(d, DS);
    viewed = book_view(d, ONE);
    r.kind = "ps-check";
    assert_refused(d, ERR_DENIED, review(d, &viewed, r));
    assert_logged(d, AUDIT_DENIED, "book.sign", ONE);
    app_book_close(&viewed);
}

static void a_reading_needs_its_reasons_words_and_password(void **state)
{
    Desk *d = *state;
    BookReading r;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T10:00:00Z", PS);
    viewed = book_view(d, ONE);
    r = reading_of(&viewed, "returned");
    r.reasons = "";
    assert_refused(d, ERR_INVALID, review(d, &viewed, r));
    assert_string_equal(d->err.field, "reasons");
    r.reasons = "other,nonsense";
    assert_refused(d, ERR_INVALID, review(d, &viewed, r));
    assert_string_equal(d->err.field, "reasons");
    r = reading_of(&viewed, "returned");
    r.text = " \n";
    assert_refused(d, ERR_INVALID, review(d, &viewed, r));
    assert_string_equal(d->err.field, "text");
    r = reading_of(&viewed, "remedial");
    r.text = NULL;
    assert_refused(d, ERR_INVALID, review(d, &viewed, r));
    assert_refused(d, ERR_INVALID, review(d, &viewed, reading_of(&viewed, "perhaps")));
    r = reading_of(&viewed, "satisfied");
    r.text = "bad \xff";
    assert_refused(d, ERR_INVALID, review(d, &viewed, r));
    r = reading_of(&viewed, "satisfied");
    r.password = "not the password";
    assert_refused(d, ERR_DENIED, review(d, &viewed, r));
    assert_string_equal(d->err.field, "password");
    assert_int_equal(desk_look(d, ONE).doc.n_reviews, 0);
    assert_did(d, review(d, &viewed, reading_of(&viewed, "satisfied")));
    Review *done = &desk_look(d, ONE).doc.reviews[0];
    assert_string_equal(done->signature, viewed.digest);
    assert_string_equal(done->by, PS);
    assert_null(done->reasons); /* they are of a return */
    app_book_close(&viewed);
}

static void a_newer_version_is_not_signed_by_accident(void **state)
{
    Desk *d = *state;
    App *desk_two;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T10:00:00Z", SECOND_PS);
    viewed = book_view(d, ONE); /* on the screen of one sergeant, while another sends it back and it comes again */
    desk_two = desk_terminal(d, "2010-06-01T10:05:00Z");
    assert_did(d, app_sign_in(desk_two, PS, TRAINING_PASSWORD, &d->err));
    App *one = d->app;
    d->app = desk_two;
    assert_did(d, book_sign(d, ONE, "returned", "other", "Again."));
    book_at(d, "2010-06-01T10:30:00Z", PC);
    book_write(d, ONE, NULL);
    app_close(&d->app);
    d->app = one;
    assert_refused(d, ERR_STALE, review(d, &viewed, reading_of(&viewed, "satisfied")));
    app_book_close(&viewed);
}

static void a_gate_keeps_the_sergeant_from_being_satisfied(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, (const char *[]){ "suspect.staff", "yes", "suspect.di-told", "no", NULL });
    book_at(d, "2010-06-01T10:00:00Z", PS);
    viewed = book_view(d, ONE);
    assert_true(viewed.n_gates > 0);
    assert_refused(d, ERR_INVALID, review(d, &viewed, reading_of(&viewed, "satisfied")));
    assert_non_null(strstr(d->err.text, "DI"));
    assert_did(d, review(d, &viewed, reading_of(&viewed, "returned")));
    app_book_close(&viewed);
}

/* ---- what is submitted stays ---- */

static void a_submitted_version_never_changes(void **state)
{
    Desk *d = *state;
    CaseRow row;
    Book item;
    const char *before;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    before = desk_look(d, ONE).doc.books[0].answers;
    case_item_init(LIST_BOOKS, &item);
    item.serial = "2010-000001-1";
    item.answers = "{\"allegation.account\":\"something else\"}";
    assert_did(d, store_case_find(app_store_handle(d->app), ONE, d->a, &row, &d->err));
    d->err = (Err){ 0 };
    assert_false(app_case_add(d->app, &row, LIST_BOOKS, &item, d->a, NULL, &d->err));
    assert_string_equal(desk_look(d, ONE).doc.books[0].answers, before);
}

static void nothing_is_filled_in_under_a_signature(void **state)
{
    Desk *d = *state;
    CaseRow row;
    Book item;

    desk_import(d, case_line(d->a, "KG-2",
                       "\"books\":[{\"serial\":\"1\",\"by\":\"1\",\"completed_at\":\"2010-05-01T12:00:00Z\"}]"));
    desk_as(d, PS);
    assert_did(d, book_sign(d, "KG-2", "remedial", NULL, "Bring the book."));
    case_item_init(LIST_BOOKS, &item);
    item.serial = "1";
    item.answers = "{\"victim.family\":\"Example\"}";
    assert_did(d, store_case_find(app_store_handle(d->app), "KG-2", d->a, &row, &d->err));
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &row, LIST_BOOKS, &item, d->a, NULL, &d->err));
    item.answers = NULL;
    item.index_number = "G/1/10";
    item.index_at = app_now(d->app);
    assert_did(d, app_case_add(d->app, &row, LIST_BOOKS, &item, d->a, NULL,
                      &d->err)); /* where it lies is no part of what was signed */
}

static void an_addendum_stands_beside_a_signed_book_only(void **state)
{
    Desk *d = *state;
    CaseRow row;
    Addendum item;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    viewed = book_view(d, ONE);
    assert_refused(d, ERR_INVALID, app_book_addendum(d->app, &viewed, "victim.given", "It is Anna.", &d->err));
    case_item_init(LIST_ADDENDA, &item);
    item.book = viewed.book->serial;
    item.text = "It is Anna.";
    assert_did(d, store_case_find(app_store_handle(d->app), ONE, d->a, &row, &d->err));
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &row, LIST_ADDENDA, &item, d->a, NULL, &d->err));
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
    assert_refused(d, ERR_INVALID, app_book_addendum(d->app, &viewed, NULL, "  ", &d->err));
    assert_did(d, app_book_addendum(d->app, &viewed, "victim.given", "It is Anna.", &d->err));
    assert_string_equal(desk_look(d, ONE).doc.addenda[0].by, PS);
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_book_addendum(d->app, &viewed, NULL, "x", &d->err));
    app_book_close(&viewed);
}

static void where_it_is_is_said_by_who_may(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    viewed = book_view(d, ONE);
    assert_refused(d, ERR_INVALID, app_book_move(d->app, ONE, NULL, " ", &d->err));
    assert_refused(d, ERR_MISSING, app_book_move(d->app, ONE, "999", "CSU", &d->err));
    assert_refused(d, ERR_DENIED, app_book_index(d->app, &viewed, "G/1/10", d->a, NULL, &d->err)); /* the unit files */
    desk_as(d, DS);
    assert_refused(d, ERR_INVALID, app_book_index(d->app, &viewed, "", d->a, NULL, &d->err));
    desk_as(d, "900005");
    assert_refused(d, ERR_DENIED, app_book_move(d->app, ONE, NULL, "PPD", &d->err));
    assert_refused(d, ERR_DENIED, app_book_index(d->app, &viewed, "G/1/10", d->a, NULL, &d->err));
    app_book_close(&viewed);
}

static void a_book_on_paper_is_for_who_may_and_logged(void **state)
{
    Desk *d = *state;
    Str out = { 0 };
    int64_t before;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    assert_refused(d, ERR_DENIED, app_book_print(d->app, ONE, NULL, 0, PAPER_BOOK, false, &out, &d->err));
    assert_int_equal(out.n, 0);
    desk_as(d, PS);
    before = log_size(d);
    assert_did(d, app_book_print(d->app, ONE, NULL, 0, PAPER_SHEET, false, &out, &d->err));
    assert_int_equal(log_size(d), before + 2); /* the look, and what left */
    assert_logged(d, AUDIT_DISCLOSE, "book.print", ONE);
    assert_non_null(strstr(out.s, "TRAINING"));
    str_finish(&out);
}

static const struct CMUnitTest tests[] = {
#define DESK(test) cmocka_unit_test_setup_teardown(test, book_setup, desk_teardown)
    DESK(only_who_may_add_a_book_opens_one),
    DESK(a_case_that_is_not_there_has_no_book),
    DESK(a_book_that_waits_or_is_signed_is_not_written_again),
    DESK(a_returned_book_is_its_writers),
    DESK(what_is_missing_is_led_to),
    DESK(flags_lead_to_a_question),
    DESK(a_number_that_names_another_case_is_refused),
    DESK(a_new_incident_can_join_the_case_of_its_message),
    DESK(a_cad_number_has_its_length),
    DESK(nobody_checks_their_own),
    DESK(who_is_named_in_it_does_not_check_it_either),
    DESK(two_people_read_every_book),
    DESK(the_unit_reads_after_the_sergeant_and_each_once),
    DESK(a_reading_is_for_the_rank),
    DESK(a_reading_needs_its_reasons_words_and_password),
    DESK(a_newer_version_is_not_signed_by_accident),
    DESK(a_gate_keeps_the_sergeant_from_being_satisfied),
    DESK(a_submitted_version_never_changes),
    DESK(nothing_is_filled_in_under_a_signature),
    DESK(an_addendum_stands_beside_a_signed_book_only),
    DESK(where_it_is_is_said_by_who_may),
    DESK(a_book_on_paper_is_for_who_may_and_logged),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
