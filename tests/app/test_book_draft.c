/* test_book_draft.c — what is typed and not yet submitted: kept, found again, one writer at a time, nobody else's to read; and
** what other officers did to the case meanwhile is not lost. */
#include "book_desk.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static size_t drafts_of(Desk *d)
{
    DraftView *all;
    size_t n;

    assert_did(d, app_draft_list(d->app, d->a, &all, &n, &d->err));
    return n;
}

static App *second_terminal(Desk *d, const char *warrant)
{
    AppOptions o = { .dir = d->store, .now = T(NOW), .terminal = "pts/3" };
    App *app = app_open(&o, &d->err);

    assert_non_null(app);
    assert_did(d, app_sign_in(app, warrant, TRAINING_PASSWORD, &d->err));
    return app;
}

static void what_was_typed_is_there_again(void **state)
{
    Desk *d = *state;
    BookWork work, again;

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_false(work.resumed);
    answers_put(work.answers, "allegation.account", ACCOUNT);
    assert_did(d, app_book_save(d->app, &work, &d->err));
    app_book_leave(d->app, &work);
    desk_reopen(d, "2010-06-01T10:00:00Z"); /* the power was cut */
    desk_as(d, PC);
    assert_did(d, app_book_resume(d->app, ONE " 124d 2010-000001-1", d->a, &again, &d->err));
    assert_true(again.resumed);
    assert_false(again.new_case);
    assert_int_equal(again.draft_at, T(NOW));
    assert_int_equal(again.begun_at, T(NOW));
    assert_string_equal(answers_get(again.answers, "allegation.account"), ACCOUNT);
    app_book_leave(d->app, &again);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &again, &d->err)); /* by its case as well */
    assert_true(again.resumed);
    assert_did(d, app_book_discard(d->app, &again, &d->err));
    app_book_leave(d->app, &again);
    assert_int_equal(drafts_of(d), 0);
}

static void a_new_case_is_made_by_submitting_only(void **state)
{
    Desk *d = *state;
    BookWork work, again;
    CaseRow row;
    char about[120];

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, NULL, NULL, d->a, &work, &d->err));
    assert_did(d, app_book_save(d->app, &work, &d->err));
    assert_refused(d, ERR_MISSING, store_case_find(app_store_handle(d->app), work.case_id, d->a, &row, &d->err));
    snprintf(about, sizeof about, "%s", work.about);
    app_book_leave(d->app, &work);
    assert_did(d, app_book_resume(d->app, about, d->a, &again, &d->err));
    assert_true(again.new_case);
    book_fill(d, &again, NULL);
    assert_did(d, app_book_submit(d->app, &again, d->a, &row, &d->err));
    assert_int_equal(row.rev, 1);
    assert_string_equal(row.id, again.case_id);
    assert_int_equal(drafts_of(d), 0);
    app_book_leave(d->app, &again);
    desk_look(d, row.id);
}

static void nobody_else_reads_a_draft(void **state)
{
    Desk *d = *state;
    BookWork work, other;

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    answers_put(work.answers, "allegation.account", ACCOUNT);
    assert_did(d, app_book_save(d->app, &work, &d->err));
    app_book_leave(d->app, &work);
    desk_as(d, SECOND_PC);
    assert_refused(d, ERR_MISSING, app_book_resume(d->app, ONE " 124d 2010-000001-1", d->a, &other, &d->err));
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &other, &d->err));
    assert_false(other.resumed);
    assert_string_equal(answers_get(other.answers, "allegation.account"), "");
    app_book_leave(d->app, &other);
}

static void two_terminals_of_one_officer_take_turns(void **state)
{
    Desk *d = *state;
    App *other;
    BookWork here, there;
    CaseRow row;

    desk_as(d, PC);
    other = second_terminal(d, PC);
    assert_did(d, app_book_open(other, ONE, NULL, d->a, &there, &d->err));
    answers_put(there.answers, "allegation.account", "there");
    assert_did(d, app_book_save(other, &there, &d->err));
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &here, &d->err));
    assert_string_equal(here.elsewhere, "pts/3");
    assert_string_equal(answers_get(here.answers, "allegation.account"), "there");
    assert_refused(d, ERR_STALE, app_book_save(d->app, &here, &d->err));
    answers_put(there.answers, "allegation.account", "there, and more");
    assert_did(d, app_book_save(other, &there, &d->err));
    assert_did(d, app_book_take(d->app, &here, &d->err));
    assert_null(here.elsewhere);
    assert_string_equal(answers_get(here.answers, "allegation.account"), "there, and more");
    assert_refused(d, ERR_STALE, app_book_save(other, &there, &d->err));
    book_fill(d, &there, NULL);
    assert_refused(
        d, ERR_STALE, app_book_submit(other, &there, d->a, &row, &d->err)); /* nor can it be handed in from there */
    book_fill(d, &here, NULL);
    assert_did(d, app_book_submit(d->app, &here, d->a, &row, &d->err));
    app_book_leave(d->app, &here);
    app_book_leave(other, &there);
    app_close(&other);
}

static void what_others_put_in_meanwhile_stays(void **state)
{
    Desk *d = *state;
    BookWork work;
    CaseRow row;
    CaseView v;
    Reference r = { .number = "10PAC012345", .at = TIME_NONE, .withdrawn = { .at = TIME_NONE } };
    Person p;

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    book_fill(d, &work, NULL);
    App *other = second_terminal(d, DS);
    r.system = vocab_code(app_vocabs(other), VOCAB_SYSTEM, "merlin");
    case_item_init(LIST_PEOPLE, &p);
    p.role = vocab_code(app_vocabs(other), VOCAB_PERSON_ROLE, "witness");
    p.family = "Meanwhile";
    assert_did(d, store_case_find(app_store_handle(other), ONE, d->a, &row, &d->err));
    assert_did(d, app_case_add(other, &row, LIST_REFERENCES, &r, d->a, NULL, &d->err));
    assert_did(d, app_case_add(other, &row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
    app_close(&other);
    assert_did(d, app_book_submit(d->app, &work, d->a, &row, &d->err));
    app_book_leave(d->app, &work);
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_references, 1);
    assert_int_equal(v.doc.n_people, 3);
    assert_int_equal(row.rev, v.row.rev);
}

/* ---- two at once ---- */

enum { RACED = 12, REFERENCES = 4 };

static const char *raced(Desk *d, int i)
{
    return arena_printf(d->a, "KG-R%02d", i);
}

/* Puts numbers into every case, trying again whenever somebody was faster. */
static bool put_numbers(Desk *d)
{
    App *app = desk_terminal(d, NOW);
    bool ok = app_sign_in(app, DS, TRAINING_PASSWORD, NULL);

    for (int i = 0; ok && i < RACED * REFERENCES; i++) {
        Reference r = { .withdrawn = { .at = TIME_NONE }, .system = vocab_code(app_vocabs(app), VOCAB_SYSTEM, "crimint"),
            .number = arena_printf(d->a, "KGRT%08d", i),
            .at = TIME_NONE };
        bool done = false;
        for (int try = 0; !done && try < 50; try++) {
            CaseRow row;
            done = store_case_find(app_store_handle(app), raced(d, i / REFERENCES), d->a, &row, NULL) &&
                   app_case_add(app, &row, LIST_REFERENCES, &r, d->a, NULL, NULL);
        }
        ok = done;
        usleep(2000); /* a book that is handed in tries three times, and somebody else also has to breathe */
    }
    app_close(&app);
    return ok;
}

static void books_and_numbers_at_the_same_time_all_land(void **state)
{
    Desk *d = *state;
    int status = 0;
    pid_t child;

    desk_as(d, DS);
    for (int i = 0; i < RACED; i++) desk_import(d, case_line(d->a, raced(d, i), ""));
    app_close(&d->app); /* nobody brings an open store into another process */
    child = fork();
    if (child == 0) _exit(put_numbers(d) ? 0 : 1);
    d->app = desk_terminal(d, NOW);
    desk_as(d, PC);
    for (int i = 0; i < RACED; i++) book_write(d, raced(d, i), NULL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    for (int i = 0; i < RACED; i++) {
        CaseView v = desk_look(d, raced(d, i));
        assert_int_equal(v.doc.n_references, REFERENCES);
        assert_int_equal(v.doc.n_books, 1);
        assert_int_equal(v.doc.n_people, 2);
    }
}

static void two_first_books_of_one_case_are_two_books(void **state)
{
    Desk *d = *state;
    BookWork late;
    CaseRow row;
    CaseView v;

    desk_as(d, SECOND_PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &late, &d->err));
    App *other = second_terminal(d, PC);
    App *mine = d->app;
    d->app = other;
    book_write(d, ONE, NULL);
    d->app = mine;
    app_close(&other);
    book_fill(d, &late, NULL);
    assert_did(d, app_book_submit(d->app, &late, d->a, &row, &d->err));
    assert_string_equal(late.serial, "2010-000001-2");
    app_book_leave(d->app, &late);
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_books, 2);
    assert_string_not_equal(v.doc.books[0].serial, v.doc.books[1].serial);
}

static void a_book_cannot_be_later_than_its_reading_by_nothing(void **state)
{
    Desk *d = *state;
    BookWork work;
    CaseRow row;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    desk_as(d, PS);
    assert_did(d, book_sign(d, ONE, "returned", "other", "Again."));
    desk_as(d, PC); /* in the same second */
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    assert_refused(d, ERR_INVALID, app_book_submit(d->app, &work, d->a, &row, &d->err));
    app_book_leave(d->app, &work);
    book_at(d, "2010-06-01T09:00:01Z", PC);
    book_write(d, ONE, NULL);
    assert_int_equal(desk_look(d, ONE).doc.n_books, 2);
}

static void a_case_that_is_known_prefills_its_book(void **state)
{
    Desk *d = *state;
    BookWork work;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-2",
                       "\"incident\":{\"place\":\"9 Sample "
                       "Street\"},\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Placeholder\",\"given\":"
                       "\"Kim\"}]"));
    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, "KG-2", NULL, d->a, &work, &d->err));
    assert_string_equal(answers_get(work.answers, "victim.family"), "Placeholder");
    assert_string_equal(answers_get(work.answers, "incident.place"), "9 Sample Street");
    assert_string_equal(answers_get(work.answers, "officer.warrant"), PC);
    assert_string_equal(answers_get(work.answers, "book.serial"), "2-1");
    app_book_leave(d->app, &work);
}

static const struct CMUnitTest tests[] = {
#define DESK(test) cmocka_unit_test_setup_teardown(test, book_setup, desk_teardown)
    DESK(what_was_typed_is_there_again),
    DESK(a_new_case_is_made_by_submitting_only),
    DESK(nobody_else_reads_a_draft),
    DESK(two_terminals_of_one_officer_take_turns),
    DESK(what_others_put_in_meanwhile_stays),
    DESK(books_and_numbers_at_the_same_time_all_land),
    DESK(two_first_books_of_one_case_are_two_books),
    DESK(a_book_cannot_be_later_than_its_reading_by_nothing),
    DESK(a_case_that_is_known_prefills_its_book),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
