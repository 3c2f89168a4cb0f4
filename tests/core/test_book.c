/* test_book.c — how a book stands: versions by time, who read which, where it is; and what a signature is bound to. */
#include "core_test.h"

#include "core/book.h"

static const Vocabs *v;
static CaseDoc doc;

#define BOOK(serial, at, more) "{\"serial\":\"" serial "\",\"by\":\"900001\",\"completed_at\":\"2010-02-" at "Z\"" more "}"
#define READING(kind, at, outcome, more)                                                                               \
    "{\"kind\":\"" kind "\",\"by\":\"900002\",\"at\":\"2010-02-" at "Z\",\"outcome\":\"" outcome "\"" more "}"

static BookStand stand(Arena *a, const char *serial, const char *members)
{
    BookStand s;

    v = vocabs_standard();
    doc = doc_of(a, members);
    assert_true(book_stand(&doc, v, serial, &s));
    return s;
}

static void a_case_without_a_book_has_none(void **state)
{
    BookStand s;

    doc = doc_of(*state, "\"kind\":\"crime\"");
    assert_false(book_stand(&doc, vocabs_standard(), NULL, &s));
    assert_null(case_book(&doc, NULL));
}

static void a_submitted_book_waits_for_the_sergeant(void **state)
{
    BookStand s = stand(*state, NULL, "\"books\":[" BOOK("1", "02T10:00:00", "") "]");

    assert_int_equal(s.state, BOOK_SUBMITTED);
    assert_int_equal(s.versions, 1);
    assert_null(s.check);
    assert_null(s.move);
}

static void a_returned_book_goes_back_and_its_next_version_waits_again(void **state)
{
    BookStand s = stand(*state, "1",
        "\"books\":[" BOOK("1", "02T10:00:00", "") "],\"reviews\":[" READING("ps-check", "02T11:00:00", "returned",
            ",\"book\":\"1\",\"reasons\":[\"illegible\",\"account-unclear\"]") "]");

    assert_int_equal(s.state, BOOK_RETURNED);
    assert_ptr_equal(s.returned, s.check);
    assert_string_equal(s.returned->reasons, "account-unclear,illegible"); /* in the vocabulary's order */
    s = stand(*state, "1",
        "\"books\":[" BOOK("1", "02T10:00:00", "") "," BOOK("1", "02T14:00:00", "") "],\"reviews\":[" READING(
            "ps-check", "02T11:00:00", "returned", "") "]");
    assert_int_equal(s.state, BOOK_SUBMITTED);
    assert_int_equal(s.versions, 2);
    assert_int_equal(case_book_version(&doc, &doc.books[0]), 1);
    assert_int_equal(case_book_version(&doc, s.latest), 2);
    assert_null(s.returned);
    assert_ptr_equal(book_of_review(&doc, &doc.reviews[0]), &doc.books[0]);
}

static void a_book_is_signed_read_and_indexed_in_turn(void **state)
{
#define CHECKED READING("ps-check", "02T11:00:00", "satisfied", "")
    BookStand s = stand(*state, NULL, "\"books\":[" BOOK("1", "02T10:00:00", "") "],\"reviews\":[" CHECKED "]");
    assert_int_equal(s.state, BOOK_SIGNED);
    s = stand(*state, NULL,
        "\"books\":[" BOOK("1", "02T10:00:00", "") "],\"reviews\":[" CHECKED
        "," READING("csu-ds-read", "02T12:00:00", "satisfied", "") "]");
    assert_int_equal(s.state, BOOK_READ);
    s = stand(*state, NULL,
        "\"books\":[" BOOK("1", "02T10:00:00", ",\"index\":{\"number\":\"G/1/10\",\"at\":\"2010-02-03T10:00:00Z\"}")
        "],\"reviews\":[" CHECKED "," READING("csu-ds-read", "02T12:00:00", "remedial", "") "]");
    assert_int_equal(s.state, BOOK_INDEXED);
    assert_string_equal(s.index_number, "G/1/10");
}

static void the_unit_can_send_a_signed_book_back(void **state)
{
    BookStand s = stand(*state, NULL,
        "\"books\":[" BOOK("1", "02T10:00:00", "") "],\"reviews\":[" READING("ps-check", "02T11:00:00", "satisfied",
            "") "," READING("csu-ds-read", "02T12:00:00", "returned", "") "]");

    assert_int_equal(s.state, BOOK_RETURNED);
    assert_ptr_equal(s.returned, s.read);
}

static void two_books_of_one_case_stand_apart(void **state)
{
    static const char members[] = "\"books\":[" BOOK("1", "02T10:00:00", "") "," BOOK("2", "03T10:00:00", "")
        "],\"reviews\":[" READING("ps-check", "04T11:00:00", "satisfied", ",\"book\":\"1\"") "],\"addenda\":[{\"book\":"
        "\"2\",\"at\":\"2010-02-05T10:00:00Z\",\"text\":\"x\"}],\"book_moves\":[{\"book\":\"1\",\"to\":\"CSU\",\"at\":\"2010-02-"
        "05T10:00:00Z\"},{\"book\":\"1\",\"to\":\"900006\",\"at\":\"2010-02-06T10:00:00Z\"}]";
    BookStand s = stand(*state, "1", members);

    assert_int_equal(s.state, BOOK_SIGNED);
    assert_int_equal(s.addenda, 0);
    assert_string_equal(s.move->to, "900006");
    s = stand(*state, "2", members);
    assert_int_equal(s.state, BOOK_SUBMITTED);
    assert_int_equal(s.addenda, 1);
    assert_null(s.move);
    s = stand(*state, NULL, members);
    assert_string_equal(s.latest->serial, "2");
}

static void the_digest_changes_with_every_thing_that_is_signed(void **state)
{
    Book b = { .serial = "1", .by = "900001", .begun_at = 5, .completed_at = 9, .index_at = TIME_NONE, .answers = "{\"a\":\"b\"}" };
    char first[HASH_HEX], other[HASH_HEX];
    Book c;

    book_digest("KG-1", &b, first);
    c = b, book_digest("KG-1", &c, other);
    assert_string_equal(first, other);
    c = b, c.answers = "{\"a\":\"c\"}", book_digest("KG-1", &c, other);
    assert_string_not_equal(first, other);
    c = b, c.by = "900002", book_digest("KG-1", &c, other);
    assert_string_not_equal(first, other);
    c = b, c.completed_at = 10, book_digest("KG-1", &c, other);
    assert_string_not_equal(first, other);
    c = b, c.serial = "2", book_digest("KG-1", &c, other);
    assert_string_not_equal(first, other);
    book_digest("KG-2", &b, other);
    assert_string_not_equal(first, other);
    c = b, c.index_number = "G/1/10", book_digest("KG-1", &c, other); /* filing it changes no word of it */
    assert_string_equal(first, other);
}

static void states_have_words(void **state)
{
    for (BookState s = 0; s < BOOK_STATES; s++) {
        BookState back = BOOK_STATES;
        assert_true(*book_state_label(s));
        assert_true(book_state_by_word(book_state_word(s), &back));
        assert_int_equal(back, s);
    }
    assert_false(book_state_by_word("lost", &(BookState){ 0 }));
}

static void a_document_with_a_book_keeps_every_word(void **state)
{
    Str out = { 0 };

    doc = doc_of(*state,
        "\"books\":[{\"serial\":\"1\",\"by\":\"900001\",\"begun_at\":\"2010-02-02T09:00:00Z\",\"completed_at\":\"2010-02-02T10:00:"
        "00Z\",\"answers\":{\"b\":[{\"x\":1},null],\"a\":\"\u00e9\"}}],\"reviews\":[{\"kind\":\"ps-check\",\"at\":\"2010-02-02T11:00:00Z\","
        "\"outcome\":\"returned\",\"book\":\"1\",\"opened_at\":\"2010-02-02T10:50:00Z\",\"signature\":\"00ff\",\"reasons\":[\"illegible\"],"
        "\"answers\":{\"refs\":\"met\"}}]");
    case_write(&doc, vocabs_standard(), &out);
    assert_non_null(strstr(out.s, "\"begun_at\":\"2010-02-02T09:00:00Z\""));
    assert_non_null(strstr(out.s, "\"book\":\"1\",\"opened_at\":\"2010-02-02T10:50:00Z\",\"signature\":\"00ff\",\"reasons\":[\"illegible\"]"));
    str_finish(&out);
}

static void a_reason_that_is_none_is_refused_with_its_place(void **state)
{
    CaseDoc out;
    Err err = { 0 };

    assert_false(doc_read_at(*state,
        doc_text(*state, "\"reviews\":[{\"kind\":\"ps-check\",\"at\":\"2010-02-02T11:00:00Z\",\"outcome\":\"returned\",\"reasons\":["
                         "\"illegible\",\"ugly\"]}]"),
        TIME_MAX, &out, &err));
    assert_string_equal(err.field, "reviews[0].reasons[1]");
    assert_false(doc_read_at(*state,
        doc_text(*state, "\"reviews\":[{\"kind\":\"ps-check\",\"at\":\"2010-02-02T11:00:00Z\",\"outcome\":\"returned\",\"reasons\":"
                         "\"illegible\"}]"),
        TIME_MAX, &out, &err));
    assert_string_equal(err.text, "reviews[0].reasons: This must be a list of words, not a text.");
}

int main(void)
{
    const struct CMUnitTest facts[] = {
        FACT(a_case_without_a_book_has_none),
        FACT(a_submitted_book_waits_for_the_sergeant),
        FACT(a_returned_book_goes_back_and_its_next_version_waits_again),
        FACT(a_book_is_signed_read_and_indexed_in_turn),
        FACT(the_unit_can_send_a_signed_book_back),
        FACT(two_books_of_one_case_stand_apart),
        FACT(the_digest_changes_with_every_thing_that_is_signed),
        FACT(states_have_words),
        FACT(a_document_with_a_book_keeps_every_word),
        FACT(a_reason_that_is_none_is_refused_with_its_place),
    };

    return cmocka_run_group_tests(facts, NULL, NULL);
}
