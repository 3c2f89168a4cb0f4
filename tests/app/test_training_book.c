/* test_training_book.c — what the made-up books say is what their cases say, and every answer is one that the form could hold. */
#include "desk.h"

#include "app/book.h"

#include <stdio.h>

enum { CASES = 300 };

typedef struct Bench {
    Policy *policy;
    FormSpec *form, *qa;
    Arena *a;
    Training *t;
} Bench;

static FormSpec *form_of(Bench *b, const char *name)
{
    size_t n;
    const char *text = form_builtin(name, &n);
    PolicyProblems problems = { .arena = b->a };
    FormSpec *f = form_parse(name, text, n, b->policy, &problems);

    if (!f) fail_msg("%s: %s", name, problems.items[0].text);
    return f;
}

static int bench_setup(void **state)
{
    Bench *b = mem_new(sizeof *b);
    PolicyProblems problems;
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);

    assert_true(crypto_start(NULL));
    b->a = arena_new();
    problems = (PolicyProblems){ .arena = b->a };
    b->policy = policy_parse(POLICY_STANDARD, text, n, &problems);
    assert_non_null(b->policy);
    b->form = form_of(b, FORM_BOOK);
    b->qa = form_of(b, FORM_QA);
    b->t = training_new(1, "KG", T(NOW), CASES);
    *state = b;
    return 0;
}

static int bench_teardown(void **state)
{
    Bench *b = *state;

    training_free(&b->t);
    form_spec_free(&b->form);
    form_spec_free(&b->qa);
    policy_free(&b->policy);
    arena_free(&b->a);
    mem_free(b);
    return 0;
}

static CaseDoc case_at(Bench *b, int64_t i)
{
    CaseDoc doc;

    training_case(b->t, i, policy_vocabs(b->policy), b->a, &doc);
    return doc;
}

static bool is_known(void *with, const char *path, const char *text)
{
    const FormSpec *f = with;

    if (!str_eq(path, "form") && !form_question(f, path)) fail_msg("no question %s (%s)", path, text);
    return true;
}

static bool count(void *with, const char *path, const char *text)
{
    (void)path;
    (void)text;
    ++*(size_t *)with;
    return true;
}

static void check_answers(Bench *b, const FormSpec *f, const char *json, Time at, const char *id)
{
    Err err = { 0 };
    Answers *a = answers_read(json, strlen(json), &err);
    FormGap *gaps = NULL;
    size_t n, asked = 0;

    if (!a) fail_msg("%s: %s", id, err.text);
    answers_each(a, is_known, (void *)(uintptr_t)f);
    answers_each(a, count, &asked);
    assert_true(asked > 12);
    n = form_gaps(f, b->policy, a, NULL, at, b->a, &gaps);
    for (size_t i = 0; i < n; i++)
        if (gaps[i].wrong) fail_msg("%s: %s: %s", id, gaps[i].path, gaps[i].says);
    answers_free(&a);
}

static void every_answer_is_one_of_the_form(void **state)
{
    Bench *b = *state;
    size_t books = 0, checklists = 0;

    for (int64_t i = 0; i < CASES; i++) {
        CaseDoc doc = case_at(b, i);
        for (size_t k = 0; k < doc.n_books; k++)
            if (doc.books[k].answers) books++, check_answers(b, b->form, doc.books[k].answers, T(NOW), doc.id);
        for (size_t k = 0; k < doc.n_reviews; k++)
            if (doc.reviews[k].answers) checklists++, check_answers(b, b->qa, doc.reviews[k].answers, T(NOW), doc.id);
    }
    assert_true(books > 150);
    assert_true(checklists > 2);
}

static bool empty_text(const char *s)
{
    return !s || !*s;
}

/* Whoever opens the book and hands it in again changes nothing of the case. */
static void the_book_says_what_the_case_says(void **state)
{
    Bench *b = *state;
    size_t told = 0;

    for (int64_t i = 0; i < CASES; i++) {
        CaseDoc doc = case_at(b, i), after = doc;
        const Book *book = case_book(&doc, NULL);
        Err err = { 0 };
        Answers *a;
        if (!book || empty_text(book->answers)) continue;
        a = answers_read(book->answers, strlen(book->answers), &err);
        if (!form_project(b->form, a, policy_vocabs(b->policy), T(NOW), &after, b->a, &err))
            fail_msg("%s: %s", doc.id, err.text);
        case_sort(&after);
        if (!case_same(&doc, &after)) {
            Str was = { 0 }, is = { 0 };
            case_write(&doc, policy_vocabs(b->policy), &was);
            case_write(&after, policy_vocabs(b->policy), &is);
            fprintf(stderr, "%s\n%s\n", str_text(&was), str_text(&is));
            fail_msg("%s: handed in again, the book would change the case", doc.id);
        }
        answers_free(&a);
        told++;
    }
    assert_true(told > 100);
}

static void what_was_signed_is_what_was_written(void **state)
{
    Bench *b = *state;
    size_t signed_ones = 0, returned = 0, moves = 0, addenda = 0;

    for (int64_t i = 0; i < CASES; i++) {
        CaseDoc doc = case_at(b, i);
        Err err = { 0 };
        if (!case_check(&doc, policy_vocabs(b->policy), T(NOW), &err)) fail_msg("%s: %s", doc.id, err.text);
        moves += doc.n_book_moves;
        addenda += doc.n_addenda;
        for (size_t k = 0; k < doc.n_reviews; k++) {
            const Review *r = &doc.reviews[k];
            char digest[HASH_HEX];
            if (!r->signature) continue;
            book_digest(doc.id, book_of_review(&doc, r), digest);
            assert_string_equal(r->signature, digest);
            assert_true(r->opened_at <= r->at);
            signed_ones++;
            returned += r->reasons != NULL;
        }
    }
    assert_true(signed_ones > 200);
    assert_true(returned > 5);
    assert_true(moves > 300);
    assert_true(addenda > 5);
}

static void the_same_seed_tells_the_same_books(void **state)
{
    Bench *b = *state;
    Training *again = training_new(1, "KG", T(NOW), CASES);
    Str one = { 0 }, two = { 0 };

    for (int64_t i = CASES - 20; i < CASES; i++) {
        CaseDoc doc = case_at(b, i), same;
        training_case(again, i, vocabs_standard(), b->a, &same);
        str_clear(&one), str_clear(&two);
        case_write(&doc, policy_vocabs(b->policy), &one);
        case_write(&same, vocabs_standard(), &two);
        assert_string_equal(str_text(&one), str_text(&two));
    }
    training_free(&again);
    str_finish(&one);
    str_finish(&two);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_answer_is_one_of_the_form),
    cmocka_unit_test(the_book_says_what_the_case_says),
    cmocka_unit_test(what_was_signed_is_what_was_written),
    cmocka_unit_test(the_same_seed_tells_the_same_books),
};

int main(void)
{
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
