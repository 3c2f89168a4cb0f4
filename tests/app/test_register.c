/* test_register.c — the books of a borough: in every order, with what is newer in the place of what is older; looked up while
** typing; sampled by a seed; out and in again without loss; on the form they were filled in on. */
#include "book_desk.h"

#include "app/access.h"

#include <stdio.h>

#define QA_SEED_7                                                                                                      \
    "[{\"case\":\"KG-03\",\"serial\":\"b-2\",\"completed_at\":\"2010-05-06T12:00:00Z\"},{\"case\":\"KG-04\","          \
    "\"serial\":\"d-4\",\"completed_at\":\"2010-05-10T12:00:00Z\"},{\"case\":\"KG-02\",\"serial\":\"A-1\","            \
    "\"completed_at\":\"2010-05-07T12:00:00Z\"}]"

/* A case with one book, completed in May on that day. */
static const char *line(Desk *d, int i, const char *serial, int day, const char *team, const char *more)
{
    return case_line(d->a, arena_printf(d->a, "KG-%02d", i),
        arena_printf(d->a,
            "\"books\":[{\"serial\":\"%s\",\"by\":\"%s\",\"completed_at\":\"2010-05-%02dT12:00:00Z\",\"answers\":{"
            "\"officer.team\":\"%s\"}}]%s",
            serial, PC, day, team, more));
}

static void import_books(Desk *d)
{
    Str all = { 0 };

    str_add(&all, line(d, 1, "c-3", 5, "A relief",
                      ",\"book_moves\":[{\"book\":\"c-3\",\"to\":\"Tray\",\"at\":\"2010-05-06T10:00:00Z\"},{\"book\":"
                      "\"c-3\",\"to\":\"csu\",\"at\":\"2010-05-08T10:00:00Z\"}]"));
    str_add(&all, line(d, 2, "A-1", 7, "B relief",
                      ",\"book_moves\":[{\"book\":\"A-1\",\"to\":\"CSU\",\"at\":\"2010-05-07T18:00:00Z\"}]"));
    str_add(&all, line(d, 3, "b-2", 6, "A relief", ""));
    str_add(&all, case_line(d->a, "KG-04",
                      "\"books\":[{\"serial\":\"d-4\",\"by\":\"900001\",\"completed_at\":\"2010-05-02T12:00:00Z\","
                      "\"index\":{\"number\":\"G/0002/10\",\"at\":\"2010-05-09T10:00:00Z\"}},"
                      "{\"serial\":\"d-4\",\"by\":\"900001\",\"completed_at\":\"2010-05-10T12:00:00Z\"}]"));
    str_add(&all, case_line(d->a, "KG-05",
                      "\"books\":[{\"serial\":\"e-5\",\"by\":\"900001\",\"completed_at\":\"2010-05-03T12:00:00Z\","
                      "\"index\":{\"number\":\"g/0001/10\",\"at\":\"2010-05-09T10:00:00Z\"}}]"));
    assert_int_equal(desk_import(d, str_text(&all)).added, 5);
    str_finish(&all);
}

static int register_setup(void **state)
{
    book_setup(state);
    import_books(*state);
    return 0;
}

/* The serials, in order, read in pages of `limit`. */
static const char *walk(Desk *d, BookQuery q, unsigned states, size_t limit)
{
    Str out = { 0 };
    RegisterRow *rows;
    const char *kept;
    size_t n;

    q.after = q.before = TIME_NONE;
    q.limit = limit;
    do {
        assert_did(d, app_register_page(d->app, &q, states, d->a, &rows, &n, &d->err));
        for (size_t i = 0; i < n; i++) str_addf(&out, "%s%s", out.n ? " " : "", rows[i].serial);
        if (n) q.from = &rows[n - 1].place;
    } while (n == limit);
    kept = arena_dup(d->a, str_text(&out));
    str_finish(&out);
    return kept;
}

static void the_register_is_walked_in_every_order(void **state)
{
    static const struct {
        BookOrder order;
        const char *begins, *expected;
    } ways[] = {
        { BOOKS_BY_COMPLETED, NULL, "d-4 A-1 b-2 c-3 e-5" },
        { BOOKS_BY_SERIAL, NULL, "A-1 b-2 c-3 d-4 e-5" },
        { BOOKS_BY_SERIAL, "B", "b-2" },
        { BOOKS_BY_INDEX, NULL, "e-5 d-4" },
        { BOOKS_BY_INDEX, "G/0002", "d-4" },
        { BOOKS_BY_HOLDER, NULL, "c-3 A-1" },
        { BOOKS_BY_HOLDER, "tray", "" }, /* it is not there any more */
        { BOOKS_BY_RECEIVED, NULL, "c-3 A-1" },
    };
    Desk *d = *state;

    desk_as(d, PS);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        for (size_t limit = 1; limit <= 6; limit++) {
            BookQuery q = { .order = ways[i].order, .begins = ways[i].begins };
            assert_string_equal(walk(d, q, 0, limit), ways[i].expected);
        }
}

static void a_page_goes_back_as_it_came(void **state)
{
    Desk *d = *state;
    BookQuery q = { .order = BOOKS_BY_SERIAL, .after = TIME_NONE, .before = TIME_NONE, .limit = 5 };
    RegisterRow *rows, *back;
    size_t n;

    desk_as(d, PS);
    assert_did(d, app_register_page(d->app, &q, 0, d->a, &rows, &n, &d->err));
    assert_int_equal(n, 5);
    q.from = &rows[4].place;
    q.backwards = true;
    q.limit = 3;
    assert_did(d, app_register_page(d->app, &q, 0, d->a, &back, &n, &d->err));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < 3; i++) assert_string_equal(back[i].serial, rows[i + 1].serial);
}

static void a_row_says_how_the_book_stands(void **state)
{
    Desk *d = *state;
    BookQuery q = { .order = BOOKS_BY_SERIAL, .begins = "c-3", .after = TIME_NONE, .before = TIME_NONE, .limit = 1 };
    RegisterRow *rows;
    size_t n;
    int64_t before;

    desk_as(d, PS);
    assert_did(d,
        book_sign(d, "KG-01", "satisfied", NULL, NULL) || d->err.kind == ERR_INVALID); /* no grade: the gate says no */
    assert_did(d, book_sign(d, "KG-01", "returned", "risk-not-asked", "Ask."));
    before = log_size(d);
    assert_did(d, app_register_page(d->app, &q, 0, d->a, &rows, &n, &d->err));
    assert_int_equal(log_size(d), before);
    assert_int_equal(rows[0].state, BOOK_RETURNED);
    assert_string_equal(rows[0].holder, "csu");
    assert_string_equal(rows[0].team, "A relief");
    assert_string_equal(rows[0].case_id, "KG-01");
    assert_int_equal(rows[0].received_at, T("2010-05-08T10:00:00Z"));
    assert_string_equal(walk(d, (BookQuery){ .order = BOOKS_BY_SERIAL }, 1u << BOOK_RETURNED, 2), "c-3");
    assert_string_equal(
        walk(d, (BookQuery){ .order = BOOKS_BY_COMPLETED }, 1u << BOOK_SUBMITTED, 2), "d-4 A-1 b-2 e-5");
}

static void the_register_stands_as_it_stood(void **state)
{
    Desk *d = *state;

    book_at(d, "2010-05-07T00:00:00Z", PS);
    assert_string_equal(walk(d, (BookQuery){ .order = BOOKS_BY_COMPLETED }, 0, 2), "b-2 c-3 e-5 d-4");
    assert_string_equal(walk(d, (BookQuery){ .order = BOOKS_BY_HOLDER }, 0, 2), "c-3");
    assert_string_equal(walk(d, (BookQuery){ .order = BOOKS_BY_INDEX }, 0, 2), "");
}

static void the_register_is_for_who_reads_cases(void **state)
{
    Desk *d = *state;
    BookQuery q = { .limit = 1, .after = TIME_NONE, .before = TIME_NONE };
    RegisterRow *rows;
    size_t n;

    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_register_page(d->app, &q, 0, d->a, &rows, &n, &d->err));
}

/* ---- looking up ---- */

static void people_places_officers_and_numbers_are_found(void **state)
{
    Desk *d = *state;
    PersonHit *people;
    OfficerHit *officers;
    CaseHits hits;
    const char **places;
    size_t n;

    desk_import(d, case_line(d->a, "KG-20",
                       "\"incident\":{\"place\":\"9 Sample "
                       "Street\"},\"references\":[{\"system\":\"cris\",\"number\":\"4212345/"
                       "10\",\"at\":\"2010-05-01T12:00:00Z\"}],"
                       "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Lookedup\",\"given\":\"Kim\"}]"));
    desk_as(d, PC);
    assert_did(d, app_find_people(d->app, "looked", 5, d->a, &people, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(people[0].case_ids[0], "KG-20");
    assert_logged(d, AUDIT_CONSULT, "lookup.people", "");
    assert_did(d, app_find_people(d->app, "", 5, d->a, &people, &n, &d->err));
    assert_int_equal(n, 0);
    assert_did(d, app_find_places(d->app, "9 sam", 5, d->a, &places, &n, &d->err));
    assert_int_equal(n, 1);
    assert_did(d, app_find_officers(d->app, "second", 5, d->a, &officers, &n, &d->err));
    assert_int_equal(n, 2);
    assert_did(d, app_find_officers(d->app, "90000", 3, d->a, &officers, &n, &d->err));
    assert_int_equal(n, 3);
    assert_did(d, app_find_reference(d->app, "4212345/10", ONE, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 1);
    assert_did(d, app_find_reference(d->app, "4212345", ONE, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 0); /* only the whole number */
    assert_did(d, app_find_reference(d->app, "4212345/10", "KG-20", d->a, &hits, &d->err));
    assert_int_equal(hits.n, 0);
    assert_refused(d, ERR_INVALID, app_find_people(d->app, "\xff", 5, d->a, &people, &n, &d->err));
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_find_people(d->app, "looked", 5, d->a, &people, &n, &d->err));
    assert_logged(d, AUDIT_DENIED, "lookup.people", "");
}

/* ---- dip samples ---- */

static QaAsk ask_for(int64_t seed, int64_t wanted, const char *team)
{
    return (QaAsk){
        .seed = seed, .from = T("2010-05-01T00:00:00Z"), .to = T("2010-05-31T22:59:59Z"), .team = team, .wanted = wanted
    };
}

static void a_sample_is_drawn_again_with_its_seed(void **state)
{
    Desk *d = *state;
    QaSample one, two, other;
    QaAsk ask = ask_for(7, 3, NULL);
    bool same;

    desk_as(d, DI);
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &one, &d->err));
    assert_logged(d, AUDIT_COLLECT, "qa.draw", "");
    assert_int_equal(one.pool, 5);
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &two, &d->err));
    assert_string_equal(one.picked, two.picked);
    /* These three and no others, in this order: another program drew them by the words at the head of qa.c. */
    assert_string_equal(one.picked, QA_SEED_7);
    ask.seed = 11;
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &other, &d->err));
    assert_string_not_equal(one.picked, other.picked);
    assert_did(d, app_qa_verify(d->app, one.key, &same, &d->err));
    assert_true(same);
    desk_as(d, DS); /* a book of that time that comes later is not hidden */
    desk_import(d, line(d, 6, "f-6", 20, "A relief", ""));
    assert_did(d, app_qa_verify(d->app, one.key, &same, &d->err));
    assert_false(same);
    ask = ask_for(0, 1, "B relief");
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &other, &d->err));
    assert_int_equal(other.pool, 1);
    assert_true(other.seed > 0);
}

static void a_rework_after_the_draw_changes_no_sample(void **state)
{
    Desk *d = *state;
    QaAsk ask = ask_for(7, 3, NULL);
    QaSample one;
    bool same;

    desk_as(d, DI);
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &one, &d->err));
    desk_as(d, PS);
    assert_did(d, book_sign(d, "KG-01", "returned", "other", "Again."));
    book_at(d, "2010-06-01T10:00:00Z", PC);
    book_write(d, "KG-01", NULL);
    desk_as(d, DI);
    assert_did(d, app_qa_verify(d->app, one.key, &same, &d->err));
    assert_true(same);
}

static size_t picked_of(Desk *d, const char *warrant, int64_t key, QaSample *s, bool *same)
{
    QaPick *picks;
    size_t n;

    desk_as(d, warrant);
    assert_did(d, app_qa_picks(d->app, key, d->a, s, &picks, &n, &d->err));
    assert_did(d, app_qa_verify(d->app, key, same, &d->err));
    for (size_t i = 0; i < n; i++) assert_non_null(picks[i].case_id);
    return n;
}

/* One of the three is restricted later: who does not see it has three all the same, out of four, and the redraw is as it was. */
static void a_case_that_is_restricted_later_leaves_no_gap(void **state)
{
    Desk *d = *state;
    QaAsk ask = ask_for(7, 5, NULL);
    QaSample all, s;
    QaSample *list;
    size_t n;
    bool same;

    desk_as(d, DI);
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &all, &d->err));
    ask.wanted = 3;
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &s, &d->err));
    book_at(d, "2010-06-01T10:00:00Z", DI);
    desk_restrict(d, "KG-01", "");
    assert_int_equal(picked_of(d, DI, s.key, &s, &same), 3);
    assert_int_equal(s.pool, 5);
    assert_true(same);
    assert_int_equal(picked_of(d, DS, s.key, &s, &same), 3);
    assert_int_equal(s.pool, 4);
    assert_true(same);
    assert_null(strstr(s.picked, "KG-01"));
    assert_did(d, app_qa_samples(d->app, 9, d->a, &list, &n, &d->err));
    for (size_t i = 0; i < n; i++) assert_int_equal(list[i].pool, 4);
    ask.seed = 7; /* what he draws himself with that seed is what he is shown */
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &all, &d->err));
    assert_string_equal(all.picked, s.picked);
    desk_import(d, line(d, 6, "f-6", 20, "A relief", ""));
    desk_import(d, line(d, 7, "g-7", 20, "A relief", ""));
    assert_did(d, app_qa_verify(d->app, s.key, &same, &d->err));
    assert_false(same); /* more came than can be explained by what he does not see */
}

static void what_cannot_be_drawn_is_said(void **state)
{
    Desk *d = *state;
    QaSample s;
    QaPick *picks;
    size_t n;
    bool same;
    QaAsk ask = ask_for(-1, 3, NULL);

    desk_as(d, DI);
    assert_refused(d, ERR_INVALID, app_qa_draw(d->app, &ask, d->a, &s, &d->err));
    ask = ask_for(1, 501, NULL);
    assert_refused(d, ERR_INVALID, app_qa_draw(d->app, &ask, d->a, &s, &d->err));
    ask = ask_for(1, 1, NULL);
    ask.to = ask.from - 1;
    assert_refused(d, ERR_INVALID, app_qa_draw(d->app, &ask, d->a, &s, &d->err));
    ask = ask_for(1, 1, "nobody");
    assert_refused(d, ERR_MISSING, app_qa_draw(d->app, &ask, d->a, &s, &d->err));
    assert_refused(d, ERR_MISSING, app_qa_picks(d->app, 99, d->a, &s, &picks, &n, &d->err));
    assert_refused(d, ERR_MISSING, app_qa_verify(d->app, 99, &same, &d->err));
    desk_as(d, PS);
    assert_refused(d, ERR_DENIED, app_qa_draw(d->app, &ask, d->a, &s, &d->err));
    assert_logged(d, AUDIT_DENIED, "qa.draw", "");
}

static Answers *checklist(Desk *d, size_t wrong)
{
    const FormSpec *f = app_form(d->app, FORM_QA, &d->err);
    Answers *a = answers_new();
    FormGap *gaps;
    size_t rounds = 0;

    assert_non_null(f);
    while (form_gaps(f, app_policy(d->app), a, NULL, app_now(d->app), d->a, &gaps) > 0) {
        const FormQuestion *q = form_question(f, gaps[0].path);
        if (++rounds > 100) fail_msg("%s", gaps[0].says);
        if (q->kind == ASK_CHOICE)
            answers_put(a, gaps[0].path, wrong ? (wrong--, "not-met") : "met");
        else
            answers_put(a, gaps[0].path, q->kind == ASK_ANSWER ? "no" : "One line more.");
    }
    return a;
}

static void the_checklist_counts_by_team_and_month(void **state)
{
    Desk *d = *state;
    QaAsk ask = ask_for(7, 5, NULL);
    QaSample s;
    QaPick *picks;
    QaResult *results;
    size_t n, done = 0;
    Answers *fine, *poor, *empty = answers_new();

    desk_as(d, DI);
    fine = checklist(d, 0), poor = checklist(d, 2);
    assert_did(d, app_qa_draw(d->app, &ask, d->a, &s, &d->err));
    assert_refused(d, ERR_INVALID, app_qa_record(d->app, "KG-01", "c-3", empty, NULL, d->a, &d->err));
    assert_did(d, app_qa_record(d->app, "KG-01", "c-3", fine, NULL, d->a, &d->err));
    assert_did(d, app_qa_record(d->app, "KG-02", "A-1", poor, "Two things.", d->a, &d->err));
    assert_did(d, app_qa_record(d->app, "KG-03", "b-2", poor, NULL, d->a, &d->err));
    assert_refused(d, ERR_MISSING, app_qa_record(d->app, "KG-03", "none", poor, NULL, d->a, &d->err));
    assert_did(d, app_qa_picks(d->app, s.key, d->a, &s, &picks, &n, &d->err));
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        done += picks[i].done != NULL;
        if (str_eq(picks[i].case_id, "KG-01")) assert_int_equal(picks[i].met, picks[i].of);
        if (str_eq(picks[i].case_id, "KG-02")) assert_int_equal(picks[i].of - picks[i].met, 2);
    }
    assert_int_equal(done, 3);
    assert_did(d, app_qa_results(d->app, ask.from, T("2010-06-30T00:00:00Z"), d->a, &results, &n, &d->err));
    assert_int_equal(n, 2);
    assert_string_equal(results[0].team, "A relief");
    assert_string_equal(results[0].month, "2010-06");
    assert_int_equal(results[0].books, 2);
    assert_int_equal(results[0].of - results[0].met, 2);
    assert_string_equal(results[1].team, "B relief");
    assert_int_equal(results[1].books, 1);
    desk_as(d, PS);
    assert_refused(d, ERR_DENIED, app_qa_results(d->app, ask.from, ask.to, d->a, &results, &n, &d->err));
    answers_free(&fine), answers_free(&poor), answers_free(&empty);
}

/* ---- out and in ---- */

static void a_book_with_all_beside_it_goes_out_and_in_without_loss(void **state)
{
    Desk *d = *state, *other;
    BookView view;
    Answers *fine;
    char *out;

    desk_as(d, PC);
    book_write(d, ONE, (const char *[]){ "children.answer", "not-present", "injury.any", "yes", NULL });
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "returned", "other,illegible", "Again."));
    book_at(d, "2010-06-01T11:00:00Z", PC);
    book_write(d, ONE, NULL);
    book_at(d, "2010-06-01T12:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "remedial", NULL, "Ring again."));
    desk_as(d, DS);
    view = book_view(d, ONE);
    assert_did(d, app_book_addendum(d->app, &view, "victim.given", "It is Anna.", &d->err));
    assert_did(d, app_book_move(d->app, ONE, NULL, "CSU tray", &d->err));
    assert_did(d, app_book_index(d->app, &view, "G/7/10", d->a, NULL, &d->err));
    app_book_close(&view);
    fine = checklist(d, 1);
    assert_did(d, app_qa_record(d->app, ONE, "2010-000001-1", fine, "One.", d->a, &d->err));
    answers_free(&fine);
    out = desk_export(d, NULL);
    other = desk_new(true);
    desk_reopen(other, "2010-06-01T12:00:00Z");
    desk_as(other, DS);
    assert_int_equal(desk_import(other, out).refused, 0);
    assert_string_equal(desk_export(other, NULL), out);
    desk_free(&other);
}

static void foreign_answers_are_read_and_printed_as_they_are(void **state)
{
    Desk *d = *state;
    Str paper = { 0 };
    BookView view;
    Str answers = { 0 };

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-30",
                       "\"books\":[{\"serial\":\"1\",\"by\":\"1\",\"completed_at\":\"2010-05-05T12:00:00Z\","
                       "\"answers\":{\"form\":\"their-form@0123456789abcdef\",\"odd\":{\"deep\":[1,2.5,null,true]},"
                       "\"their.words\":\"kept\"}}]"));
    view = book_view(d, "KG-30");
    answers_write(view.answers, &answers);
    assert_string_equal(str_text(&answers), view.book->answers);
    str_finish(&answers);
    app_book_close(&view);
    assert_did(d, app_book_print(d->app, "KG-30", NULL, 0, PAPER_BOOK, false, &paper, &d->err));
    assert_non_null(strstr(paper.s, "Other answers"));
    assert_non_null(strstr(paper.s, "kept"));
    str_finish(&paper);
}

static void what_a_review_ticked_is_printed_with_its_words(void **state)
{
    Desk *d = *state;
    Str paper = { 0 };

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-31",
                       "\"books\":[{\"serial\":\"1\",\"by\":\"1\",\"completed_at\":\"2010-05-05T12:00:00Z\",\"answers\":{}}],"
                       "\"reviews\":[{\"kind\":\"ps-check\",\"by\":\"190001\",\"at\":\"2010-05-05T13:00:00Z\",\"outcome\":\"satisfied\",\"text\":\"Whole.\","
                       "\"answers\":{\"policy\":\"abc\",\"at_once\":true,\"checks\":[{\"check\":\"a\",\"says\":\"Every page was read\",\"answer\":\"yes\"},"
                       "{\"check\":\"b\",\"says\":\"The map is marked\",\"answer\":\"no\"}]}}]"));
    assert_did(d, app_book_print(d->app, "KG-31", NULL, 0, PAPER_SHEET, false, &paper, &d->err));
    assert_non_null(strstr(paper.s, "Whole."));
    assert_non_null(strstr(paper.s, "yes: Every page was read"));
    assert_non_null(strstr(paper.s, "no: The map is marked"));
    assert_non_null(strstr(paper.s, "Ticked in one go"));
    str_finish(&paper);
}

/* ---- forms ---- */

static void a_book_keeps_the_form_it_was_filled_in_on(void **state)
{
    Desk *d = *state;
    const FormSpec *old;
    PolicyProblems problems = { .arena = d->a };
    size_t n;
    const char *text;
    char *changed, *at;
    BookView view;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    old = app_form(d->app, FORM_BOOK, &d->err);
    text = form_text(old, &n);
    changed = arena_dup_n(d->a, text, n);
    at = strstr(changed, "\"Report book 124D\"");
    memcpy(at, "\"REPORT BOOK 124D\"", strlen("\"REPORT BOOK 124D\""));
    assert_refused(d, ERR_DENIED, app_form_activate(d->app, "x.form", changed, n, &problems, &d->err));
    desk_as(d, KEEPER);
    assert_refused(d, ERR_INVALID, app_form_activate(d->app, "x.form", "form nonsense", 13, &problems, &d->err));
    assert_true(problems.n > 0);
    assert_did(d, app_form_activate(d->app, "x.form", changed, n, &problems, &d->err));
    assert_logged(d, AUDIT_CARE, "form.activate", "");
    int64_t before = log_size(d);
    assert_did(d, app_form_activate(d->app, "x.form", changed, n, &problems, &d->err));
    assert_int_equal(log_size(d), before); /* it is in force already */
    desk_reopen(d, NOW);
    desk_as(d, PS);
    assert_string_equal(form_title(app_form(d->app, FORM_BOOK, &d->err)), "REPORT BOOK 124D");
    view = book_view(d, ONE);
    assert_string_equal(form_title(view.form), "Report book 124D");
    app_book_close(&view);
}

static const struct CMUnitTest tests[] = {
#define DESK(test) cmocka_unit_test_setup_teardown(test, register_setup, desk_teardown)
    DESK(the_register_is_walked_in_every_order),
    DESK(a_page_goes_back_as_it_came),
    DESK(a_row_says_how_the_book_stands),
    DESK(the_register_stands_as_it_stood),
    DESK(the_register_is_for_who_reads_cases),
    DESK(people_places_officers_and_numbers_are_found),
    DESK(a_sample_is_drawn_again_with_its_seed),
    DESK(a_rework_after_the_draw_changes_no_sample),
    DESK(a_case_that_is_restricted_later_leaves_no_gap),
    DESK(what_cannot_be_drawn_is_said),
    DESK(the_checklist_counts_by_team_and_month),
    DESK(a_book_with_all_beside_it_goes_out_and_in_without_loss),
    DESK(foreign_answers_are_read_and_printed_as_they_are),
    DESK(what_a_review_ticked_is_printed_with_its_words),
    DESK(a_book_keeps_the_form_it_was_filled_in_on),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
