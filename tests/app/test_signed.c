/* test_signed.c — books, readings and supervisions under their officers' signatures: valid, changed, of somebody unknown;
** and that they go with the case wherever it goes. */
#include "book_desk.h"

#include "app/sign.h"

#include <stdio.h>

/* As it is stored, nothing hidden. */
static CaseDoc whole_case(Desk *d, const char *id)
{
    Store *s = app_store_handle(d->app);
    CaseRow row;
    CaseDoc doc;

    assert_did(d, store_case_find(s, id, d->a, &row, &d->err));
    assert_did(d, store_case_load(s, row.key, app_vocabs(d->app), d->a, &doc, &d->err));
    return doc;
}

static SignedStand book_stands(Desk *d, const char *id, size_t i)
{
    CaseView v = desk_look(d, id);

    assert_true(i < v.doc.n_books);
    return app_book_signed(d->app, id, &v.doc.books[i]);
}

static SignedStand review_stands(Desk *d, const char *id, size_t i)
{
    CaseView v = desk_look(d, id);

    assert_true(i < v.doc.n_reviews);
    return app_reading_signed(d->app, &v.doc, &v.doc.reviews[i]);
}

/* Written, checked, read and supervised. */
static const char *a_signed_case(Desk *d)
{
    Review r;
    const char *id;
    CaseView v;

    desk_as(d, PC);
    id = book_write(d, NULL, NULL);
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, id, "satisfied", NULL, NULL));
    book_at(d, "2010-06-01T11:00:00Z", DS);
    assert_did(d, book_sign(d, id, "remedial", NULL, "Ring the victim's doctor."));
    v = desk_look(d, id);
    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, "ds-supervision");
    r.outcome = vocab_code(app_vocabs(d->app), VOCAB_REVIEW_OUTCOME, "satisfied");
    r.text = "Statement taken, suspect sought at two addresses.";
    book_at(d, "2010-06-01T12:00:00Z", DS);
    assert_did(d, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    return id;
}

static void whatever_is_written_read_and_supervised_is_signed(void **state)
{
    Desk *d = *state;
    const char *id = a_signed_case(d);
    AuditVerdict v;

    assert_int_equal(book_stands(d, id, 0), SIGNED_VALID);
    for (size_t i = 0; i < 3; i++) assert_int_equal(review_stands(d, id, i), SIGNED_VALID);
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.signatures.books[SIGNED_VALID], 1);
    assert_int_equal(v.signatures.reviews[SIGNED_VALID], 3);
    assert_int_equal(v.signatures.reviews[SIGNED_CHANGED], 0);
    assert_non_null(strstr(v.says, "4 valid"));
}

/* Where a book is filed is written on it later and breaks nothing. */
static void a_book_that_is_filed_is_still_signed(void **state)
{
    Desk *d = *state;
    const char *id = a_signed_case(d), *warning;
    BookView view = book_view(d, id);

    assert_did(d, app_book_index(d->app, &view, "G/0123/10", d->a, &warning, &d->err));
    app_book_close(&view);
    assert_int_equal(book_stands(d, id, 0), SIGNED_VALID);
    assert_int_equal(review_stands(d, id, 1), SIGNED_VALID);
}

/* An officer sees the book with its safe-contact answers hidden; what was signed is the whole of it. */
static void what_is_hidden_from_the_eye_is_still_under_the_signature(void **state)
{
    Desk *d = *state;
    const char *id = a_signed_case(d);
    CaseView v = desk_look(d, id);
    CaseDoc doc = whole_case(d, id);

    assert_string_not_equal(v.doc.books[0].answers, doc.books[0].answers);
    assert_int_equal(app_book_signed(d->app, id, &v.doc.books[0]), SIGNED_VALID);
    assert_int_equal(app_reading_signed(d->app, &v.doc, &v.doc.reviews[0]), SIGNED_VALID);
}

/* ---- every changed letter shows ---- */

static void every_word_of_a_review_is_signed(void **state)
{
    Desk *d = *state;
    const char *id = a_signed_case(d);
    CaseView v = desk_look(d, id);
    const CaseList *l = &case_lists[LIST_REVIEWS];
    size_t tried = 0;

    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (strncmp(f->column, "withdrawn_", 10) == 0) continue; /* said afterwards, beside it */
        for (size_t k = 0; k < v.doc.n_reviews; k++) {
            Review r = v.doc.reviews[k];
            const char *was = case_field_text(f, &r, app_vocabs(d->app), d->a);
            const char *is = f->kind == FIELD_TIME                  ? "2010-05-31T10:00:00Z"
                             : str_eq(f->column, "kind")            ? "dmm"
                             : str_eq(f->column, "outcome")         ? "returned"
                             : str_eq(f->column, "reasons")         ? "other"
                             : f->kind == FIELD_JSON                ? "{\"a\":\"b\"}"
                             : str_eq(f->column, "signed_value")    ? arena_dup(d->a, r.signed_value)
                                                                    : "other words";
            if (str_eq(f->column, "signed_value")) ((char *)(uintptr_t)is)[17] ^= 1;
            if (str_eq(was, is)) continue;
            assert_did(d, case_field_set(f, &r, is, app_vocabs(d->app), d->a, &d->err));
            if (app_review_signed(d->app, id, &r) == SIGNED_VALID) fail_msg("%s of review %zu", f->column, k);
            tried++;
        }
    }
    assert_true(tried > 25);
}

static void every_word_of_a_book_is_signed(void **state)
{
    Desk *d = *state;
    const char *id = a_signed_case(d);
    CaseDoc doc = whole_case(d, id);
    Book b = doc.books[0];
    char *answers = arena_dup(d->a, b.answers);
    size_t n = strlen(answers);

    assert_int_equal(app_book_signed(d->app, id, &b), SIGNED_VALID);
    for (size_t at = 1; at < n; at += 37) {
        Book changed = b;
        answers[at] ^= 1;
        changed.answers = answers;
        assert_int_equal(app_book_signed(d->app, id, &changed), SIGNED_CHANGED);
        answers[at] ^= 1;
    }
    assert_int_equal(app_book_signed(d->app, "KG-OTHER", &b), SIGNED_CHANGED);
    b.by = PS;
    assert_int_equal(app_book_signed(d->app, id, &b), SIGNED_CHANGED);
    b = doc.books[0];
    b.completed_at++;
    assert_int_equal(app_book_signed(d->app, id, &b), SIGNED_CHANGED);
    b = doc.books[0];
    b.signed_key = b.signed_value = NULL;
    assert_int_equal(app_book_signed(d->app, id, &b), SIGNED_NOT);
}

/* ---- away and back ---- */

static Desk *another_store(Desk *d, const char *text, AuditVerdict *v)
{
    Desk *other = desk_new(true);

    desk_reopen(other, "2010-06-01T13:00:00Z");
    desk_as(other, DI);
    assert_int_equal(desk_import(other, text).added, 1);
    desk_as(other, AUDITOR);
    assert_did(other, app_audit_verify(other->app, NULL, v, &other->err));
    desk_as(other, DI);
    return other;
}

static void a_signature_goes_with_its_case(void **state)
{
    Desk *d = *state, *other;
    const char *id = a_signed_case(d);
    AuditVerdict v;
    char *text;

    book_at(d, "2010-06-01T13:00:00Z", DI);
    text = desk_export(d, id);
    assert_non_null(strstr(text, "\"signed\":{\"key\":\""));
    other = another_store(d, text, &v);
    assert_string_equal(desk_export(other, id), text);
    assert_int_equal(v.signatures.books[SIGNED_UNKNOWN], 1); /* PC 900001 of another borough has other keys */
    assert_int_equal(v.signatures.reviews[SIGNED_UNKNOWN], 3);
    assert_int_equal(review_stands(other, id, 0), SIGNED_UNKNOWN);
    assert_int_equal(desk_import(d, text).same, 1); /* and at home nothing is new */
    assert_int_equal(review_stands(d, id, 0), SIGNED_VALID);
    desk_free(&other);
}

static void a_file_that_somebody_changed_shows_where(void **state)
{
    Desk *d = *state, *other;
    const char *id = a_signed_case(d);
    AuditVerdict v;
    char *text, *at;

    book_at(d, "2010-06-01T13:00:00Z", DI);
    text = desk_export(d, id);
    at = strstr(text, "two addresses");
    assert_non_null(at);
    memcpy(at, "six", 3);
    other = another_store(d, text, &v);
    assert_int_equal(v.signatures.reviews[SIGNED_CHANGED], 1);
    assert_int_equal(v.signatures.reviews[SIGNED_UNKNOWN], 2);
    assert_string_equal(v.changed, id);
    assert_non_null(strstr(v.says, "1 whose text changed"));
    desk_free(&other);
}

/* The book under a reading is changed, and its own signature taken off: the reading shows it. */
static void a_reading_shows_that_its_book_was_changed(void **state)
{
    Desk *d = *state;
    const char *id = a_signed_case(d);
    CaseDoc doc = whole_case(d, id);

    doc.books[0].answers = "{\"form\":\"other\"}";
    assert_int_equal(app_review_signed(d->app, id, &doc.reviews[0]), SIGNED_VALID);
    assert_int_equal(app_reading_signed(d->app, &doc, &doc.reviews[0]), SIGNED_CHANGED);
    assert_int_equal(app_reading_signed(d->app, &doc, &doc.reviews[2]), SIGNED_VALID); /* names no book */
}

static void nothing_is_filled_in_under_a_signature(void **state)
{
    Desk *d = *state;
    const char *id = a_signed_case(d);
    char *text, *at, *more;

    book_at(d, "2010-06-01T13:00:00Z", DI);
    text = desk_export(d, id);
    at = strstr(text, "\"kind\":\"ps-check\"");
    assert_non_null(at);
    more = arena_printf(d->a, "%.*s\"text\":\"Added later.\",%s", (int)(at - text), text, at);
    assert_int_equal(desk_import(d, more).refused, 1);
    assert_int_equal(review_stands(d, id, 0), SIGNED_VALID);
}

static void what_is_no_signature_is_refused(void **state)
{
    static const char *const wrong[] = {
        "\"signed\":{\"key\":\"00\",\"value\":\"00\"}",
        "\"signed\":{\"value\":\"00\"}",
        "\"signed\":{\"key\":\"zz00000000000000000000000000000000000000000000000000000000000000\"}",
    };
    Desk *d = *state;

    desk_as(d, DI);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        char *review = arena_printf(d->a,
            "\"reviews\":[{\"kind\":\"dmm\",\"by\":\"900008\",\"at\":\"2010-05-02T10:00:00Z\",\"outcome\":\"satisfied\",%s}]",
            wrong[i]);
        assert_int_equal(desk_import(d, case_line(d->a, "KG-W", review)).refused, 1);
    }
}

/* ---- refused ---- */

static void a_wrong_password_signs_nothing(void **state)
{
    Desk *d = *state;
    const char *id;
    BookReading reading = { .kind = "ps-check", .outcome = "satisfied", .password = "not-the-password" };
    BookView view;

    desk_as(d, PC);
    id = book_write(d, NULL, NULL);
    book_at(d, "2010-06-01T10:00:00Z", PS);
    view = book_view(d, id);
    assert_refused(d, ERR_DENIED, app_book_review(d->app, &view, &reading, d->a, &d->err));
    app_book_close(&view);
    assert_int_equal(desk_look(d, id).doc.n_reviews, 0);
}

#define AT_A_BOOK(name) cmocka_unit_test_setup_teardown(name, book_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_BOOK(whatever_is_written_read_and_supervised_is_signed),
        AT_A_BOOK(a_book_that_is_filed_is_still_signed),
        AT_A_BOOK(what_is_hidden_from_the_eye_is_still_under_the_signature),
        AT_A_BOOK(every_word_of_a_review_is_signed),
        AT_A_BOOK(every_word_of_a_book_is_signed),
        AT_A_BOOK(a_signature_goes_with_its_case),
        AT_A_BOOK(a_file_that_somebody_changed_shows_where),
        AT_A_BOOK(a_reading_shows_that_its_book_was_changed),
        AT_A_BOOK(nothing_is_filled_in_under_a_signature),
        AT_A_BOOK(what_is_no_signature_is_refused),
        AT_A_BOOK(a_wrong_password_signs_nothing),
    };

    return cmocka_run_group_tests_name("signed", tests, NULL, NULL);
}
