/* test_book.c — a book on its way: written, sent back, reworked, signed, read, filed; and every road on which it must not go. */
#include "book_desk.h"

#include <stdio.h>

static void assert_duty(Desk *d, const char *case_id, const char *duty, const char *state)
{
    bool asked;
    DutyState s = duty_of(d, case_id, duty, &asked);

    assert_string_equal(asked ? duty_state_word(s) : "not asked", state);
}

static BookStand stand(Desk *d, const char *case_id)
{
    CaseView v = desk_look(d, case_id);
    BookStand s;

    assert_true(book_stand(&v.doc, app_vocabs(d->app), NULL, &s));
    return s;
}

/* ---- the road ---- */

static void a_book_goes_its_way(void **state)
{
    Desk *d = *state;
    const char *id;

    desk_as(d, PC);
    id = book_write(d, NULL, NULL);
    assert_logged(d, AUDIT_COLLECT, "book.submit", id);
    assert_true(case_number_ok(id));
    assert_duty(d, id, "book-124d", "late"); /* reported a month ago */
    assert_duty(d, id, "ps-check", "open");

    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, id, "returned", "risk-not-reasoned,children-missing", "Say why medium."));
    assert_logged(d, AUDIT_ALTER, "book.return", id);
    assert_int_equal(stand(d, id).state, BOOK_RETURNED);
    assert_string_equal(stand(d, id).returned->reasons, "risk-not-reasoned,children-missing");
    assert_duty(d, id, "ps-check", "open");
    assert_duty(d, id, "book-rework", "open");
    assert_duty(d, id, "csu-ds-read", "not asked");

    book_at(d, "2010-06-01T11:00:00Z", PC);
    assert_string_equal(
        book_write(d, id, (const char *[]){ "risk.rationale", "Because this was invented twice.", NULL }), id);
    assert_int_equal(stand(d, id).versions, 2);
    assert_int_equal(stand(d, id).state, BOOK_SUBMITTED);
    assert_duty(d, id, "book-rework", "done");
    assert_duty(d, id, "ps-check", "open");

    book_at(d, "2010-06-01T12:00:00Z", PS);
    assert_did(d, book_sign(d, id, "satisfied", NULL, NULL));
    assert_logged(d, AUDIT_ALTER, "book.sign", id);
    assert_duty(d, id, "ps-check", "done");
    assert_duty(d, id, "csu-ds-read", "open");
    assert_duty(d, id, "book-index", "open");

    book_at(d, "2010-06-01T13:00:00Z", DS);
    assert_did(d, book_sign(d, id, "remedial", NULL, "Ring the victim's doctor."));
    assert_int_equal(desk_look(d, id).doc.n_tasks, 1); /* asked of who wrote it, by this time tomorrow */
    assert_string_equal(desk_look(d, id).doc.tasks[0].what, "Ring the victim's doctor.");
    assert_string_equal(desk_look(d, id).doc.tasks[0].who, desk_look(d, id).doc.books[0].by);
    assert_int_equal(desk_look(d, id).doc.tasks[0].due, T("2010-06-02T13:00:00Z"));
    assert_duty(d, id, "instruction", "open");
    assert_duty(d, id, "csu-ds-read", "done");
    assert_int_equal(stand(d, id).state, BOOK_READ);
    BookView view = book_view(d, id);
    const char *warning = "x";
    assert_did(d, app_book_index(d->app, &view, "G/0123/10", d->a, &warning, &d->err));
    assert_null(warning);
    assert_did(d, app_book_move(d->app, id, NULL, "CSU tray", &d->err));
    app_book_close(&view);
    assert_duty(d, id, "book-index", "done");
    assert_int_equal(stand(d, id).state, BOOK_INDEXED);
    assert_string_equal(stand(d, id).move->to, "CSU tray");
}

/* ---- the facts ---- */

static void what_is_typed_in_the_book_is_what_the_case_says(void **state)
{
    Desk *d = *state;
    const char *id;
    CaseView v;

    desk_as(d, PC);
    id = book_write(d, NULL,
        (const char *[]){ "header.cris", "4212345/10", "allegation.honour", "yes", "risk.grade", "high", NULL });
    v = desk_look(d, id);
    assert_int_equal(v.doc.reported_at, T("2010-05-01T10:00:00Z"));
    assert_string_equal(v.doc.borough, "KG");
    assert_int_equal(v.doc.n_people, 2);
    assert_string_equal(v.doc.people[0].family, "Example");
    assert_string_equal(v.doc.people[1].family, "Specimen");
    assert_int_equal(v.doc.n_references, 1);
    assert_int_equal(v.doc.n_flags, 1);
    assert_string_equal(v.doc.flags[0].by, PC);
    assert_int_equal(v.doc.n_assessments, 1);
    assert_string_equal(v.doc.assessments[0].by, PC);
    assert_int_equal(v.doc.assessments[0].at, app_now(d->app));
    assert_int_equal(case_grade(&v.doc), GRADE_HIGH);
    assert_int_equal(v.doc.n_owners, 1);
    assert_int_equal(v.doc.owners[0].accepted_at, v.doc.reported_at);
    assert_string_equal(v.doc.books[0].by, PC);
    assert_non_null(strstr(v.doc.books[0].answers, "\"form\":\"book-124d@"));
}

static void the_serial_is_the_number_of_the_case(void **state)
{
    Desk *d = *state;
    BookWork work;

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_string_equal(work.serial, "2010-000001-1");
    assert_string_equal(work.about, ONE " 124d 2010-000001-1");
    assert_int_equal(work.version, 1);
    assert_false(work.new_case);
    app_book_leave(d->app, &work);
    app_book_leave(d->app, &work); /* twice is harmless */
}

static void an_officer_may_write_the_serial_of_the_paper_over_it(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, (const char *[]){ "book.serial", "0123456", NULL });
    assert_string_equal(stand(d, ONE).latest->serial, "0123456");
}

static void a_rework_keeps_its_serial(void **state)
{
    Desk *d = *state;
    BookWork work;
    CaseRow row;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "returned", "other", "Again."));
    book_at(d, "2010-06-01T11:00:00Z", PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_int_equal(work.version, 2);
    assert_string_equal(work.returned->text, "Again.");
    assert_true(answers_same(work.answers, work.last));
    answers_put(work.answers, "book.serial", "999");
    assert_refused(d, ERR_INVALID, app_book_submit(d->app, &work, d->a, &row, &d->err));
    assert_string_equal(d->err.field, "book.serial");
    app_book_leave(d->app, &work);
}

static const struct CMUnitTest tests[] = {
#define DESK(test) cmocka_unit_test_setup_teardown(test, book_setup, desk_teardown)
    DESK(a_book_goes_its_way),
    DESK(what_is_typed_in_the_book_is_what_the_case_says),
    DESK(the_serial_is_the_number_of_the_case),
    DESK(an_officer_may_write_the_serial_of_the_paper_over_it),
    DESK(a_rework_keeps_its_serial),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
