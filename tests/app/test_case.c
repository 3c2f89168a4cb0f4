/* test_case.c — looking, asking why, finding, adding: allowed, denied, invalid, stale; and a look that cannot be
** logged shows nothing. */
#include "desk.h"

#define ONE "KG-2010-000001"

static int with_one_case(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    assert_int_equal(desk_import(d, case_line(d->a, ONE,
                                        "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\","
                                        "\"recorded_at\":\"2010-05-01T10:00:00Z\"}]"))
                         .added,
        1);
    return 0;
}

/* ---- a look ---- */

static void a_look_is_in_the_log_and_returns_the_case_with_its_duties(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);

    assert_string_equal(v.doc.id, ONE);
    assert_int_equal(v.doc.n_people, 1);
    assert_true(v.n_duties > 5);
    assert_logged(d, AUDIT_CONSULT, "case.look", ONE);
}

static void a_look_at_a_past_day_shows_what_was_known_then(void **state)
{
    Desk *d = *state;
    CaseView v;
    const char *more = "\"closed_at\":\"2010-05-20T10:00:00Z\",\"outcome\":\"charged\",\"children\":{\"answer\":"
                       "\"none\",\"at\":\"2010-05-09T10:00:00Z\"},"
                       "\"notices\":[{\"to\":\"di\",\"at\":\"2010-05-02T09:00:00Z\"},{\"to\":\"vcd\",\"at\":\"2010-05-"
                       "12T09:00:00Z\"}],"
                       "\"books\":[{\"serial\":\"1\",\"by\":\"201234\",\"completed_at\":\"2010-05-02T09:00:00Z\","
                       "\"index\":{\"number\":\"G/1/10\",\"at\":\"2010-05-12T09:00:00Z\"}}],"
                       "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"recorded_at\":\"2010-05-12T09:00:00Z\"},{"
                       "\"key\":\"s1\",\"role\":\"suspect\",\"status\":"
                       "[{\"status\":\"outstanding\",\"at\":\"2010-05-02T09:00:00Z\"},{\"status\":\"arrested\",\"at\":"
                       "\"2010-05-12T09:00:00Z\"}]}]";

    assert_int_equal(desk_import(d, case_line(d->a, "KG-2", more)).added, 1);
    desk_reopen(d, "2010-05-10T00:00:00Z");
    desk_as(d, DS);
    v = desk_look(d, "KG-2");
    assert_int_equal(v.doc.closed_at, TIME_NONE);
    assert_int_equal(v.doc.outcome, CODE_NONE);
    assert_true(v.doc.children != CODE_NONE);
    assert_int_equal(v.doc.n_notices, 1);
    assert_int_equal(v.doc.books[0].index_at, TIME_NONE);
    assert_null(v.doc.books[0].index_number);
    assert_int_equal(v.doc.n_people, 1);
    assert_int_equal(v.doc.people[0].n_status, 1);
    desk_reopen(d, NOW);
    desk_as(d, DS);
    v = desk_look(d, "KG-2");
    assert_int_equal(v.doc.n_notices, 2);
    assert_int_equal(v.doc.n_people, 2);
}

static void a_look_that_cannot_be_logged_shows_nothing(void **state)
{
    Desk *d = *state;
    App *writer = desk_terminal(d, NOW);
    Tx tx = { 0 };
    CaseView v;
    CaseHits hits;
    DutyFilter f = { .case_id = ONE };
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);

    store_set_patience(app_store_handle(d->app), 50);
    assert_did(d, store_begin(app_store_handle(writer), &tx, &d->err)); /* somebody holds the gate */
    memset(&v, 0xff, sizeof v);
    assert_refused(d, ERR_BUSY, app_case_look(d->app, ONE, "test", d->a, &v, &d->err));
    assert_null(v.doc.id);
    assert_null(v.doc.people);
    assert_null(v.duties);
    assert_refused(d, ERR_BUSY, app_case_search(d->app, "Example", 10, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 0);
    assert_refused(d, ERR_BUSY, app_export_cases(d->app, NULL, out, NULL, NULL, &d->err));
    fflush(out);
    assert_int_equal(n, 0); /* not one byte */
    assert_refused(d, ERR_BUSY, app_duties_each(d->app, &f, NULL, NULL, &d->err));
    store_end(&tx);
    fclose(out);
    free(text);
    app_close(&writer);
}

static void not_there_and_not_for_you_are_one_sentence(void **state)
{
    Desk *d = *state;
    CaseView v;
    char missing[600];

    assert_refused(d, ERR_MISSING, app_case_look(d->app, "KG-NO", "test", d->a, &v, &d->err));
    assert_logged(d, AUDIT_DENIED, "case.look", "KG-NO");
    snprintf(missing, sizeof missing, "%s", d->err.text);
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_case_look(d->app, "KG-NO", "test", d->a, &v, &d->err));
    assert_string_equal(d->err.text, missing);
    assert_refused(d, ERR_DENIED, app_case_look(d->app, ONE, "test", d->a, &v, &d->err));
    assert_logged(d, AUDIT_DENIED, "case.look", ONE);
}

static void nobody_looks_without_signing_in(void **state)
{
    Desk *d = *state;
    CaseView v;

    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_case_look(d->app, ONE, "test", d->a, &v, &d->err));
    assert_string_equal(d->err.text, "Sign in first.");
}

static void why_explains_without_a_second_look(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    int64_t before = log_size(d);
    Why why;

    assert_did(d, app_case_why(d->app, &v, "ds-supervision", -1, d->a, &why, &d->err));
    assert_true(why.asked);
    assert_true(why.n > 0);
    assert_refused(d, ERR_MISSING, app_case_why(d->app, &v, "ds-supervison", -1, d->a, &why, &d->err));
    assert_int_equal(log_size(d), before);
}

static void a_case_is_found_by_number_and_by_name_and_the_log_holds_no_name(void **state)
{
    Desk *d = *state;
    CaseHits hits;
    AuditEntry head;

    assert_did(d, app_case_search(d->app, "example", 10, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 1);
    assert_string_equal(hits.items[0].row.id, ONE);
    assert_logged(d, AUDIT_CONSULT, "case.search", "");
    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_non_null(strstr(head.detail, ONE));
    assert_null(strcasestr(head.detail, "example"));
    assert_refused(d, ERR_INVALID, app_case_search(d->app, "   ", 10, d->a, &hits, &d->err));
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_case_search(d->app, ONE, 10, d->a, &hits, &d->err));
}

/* ---- adding ---- */

static Code code(Desk *d, VocabId id, const char *word)
{
    Code c = vocab_code(app_vocabs(d->app), id, word);

    assert_true(c != CODE_NONE);
    return c;
}

static Review review(Desk *d, const char *kind)
{
    Review r;

    case_item_init(LIST_REVIEWS, &r);
    r.kind = code(d, VOCAB_REVIEW, kind);
    r.outcome = code(d, VOCAB_REVIEW_OUTCOME, "satisfied");
    r.text = "Read and satisfied.";
    return r;
}

static const Duty *duty(const CaseView *v, const char *id, int cycle)
{
    for (size_t i = 0; i < v->n_duties; i++)
        if (str_eq(v->duties[i].id, id) && v->duties[i].cycle == cycle) return &v->duties[i];
    return NULL;
}

static void a_review_is_added_with_officer_and_time_and_clears_its_duty(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Review r = review(d, "ds-supervision");
    const char *warning = "x";
    Rev before = v.row.rev;

    r.by = "999999"; /* whatever the form says */
    assert_int_equal(duty_state(duty(&v, "ds-supervision", 0), app_now(d->app)), DUTY_OVERDUE);
    assert_did(d, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, &warning, &d->err));
    assert_null(warning);
    assert_int_equal(v.row.rev, before + 1);
    assert_logged(d, AUDIT_ALTER, "review.add", ONE);
    v = desk_look(d, ONE);
    assert_int_equal(v.row.rev, before + 1);
    assert_string_equal(v.doc.reviews[0].by, DS);
    assert_int_equal(v.doc.reviews[0].at, app_now(d->app));
    assert_int_equal(duty_state(duty(&v, "ds-supervision", 0), app_now(d->app)), DUTY_LATE);
    assert_non_null(duty(&v, "ds-supervision", 1));
}

static bool find_row(Desk *d, RoleSet roles, const char *duty_id)
{
    DeskQuery q = { .tab = TAB_ALL, .roles = roles, .limit = 100 };
    QueueRow *rows;
    size_t n;

    assert_did(d, app_queue_page(d->app, &q, d->a, &rows, &n, &d->err));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].duty, duty_id)) return true;
    return false;
}

static void the_queue_follows_what_is_added(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Reference r;

    case_item_init(LIST_REFERENCES, &r);
    r.system = code(d, VOCAB_SYSTEM, "cris");
    r.number = "4212345/10";
    assert_true(find_row(d, ROLE_BIT(ROLE_RESPONSE_PC), "cris-number"));
    assert_did(d, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, NULL, &d->err));
    assert_false(find_row(d, ROLE_BIT(ROLE_RESPONSE_PC), "cris-number"));
    assert_true(find_row(d, ROLE_BIT(ROLE_CMU), "cris-supervision"));
}

static void reviews_are_for_those_whose_rank_they_need(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Review r = review(d, "dci-review");

    assert_false(app_may_add(d->app, LIST_REVIEWS, "dci-review"));
    assert_true(app_may_add(d->app, LIST_REVIEWS, "ds-supervision"));
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_non_null(strstr(d->err.text, role_who_may_review("dci-review")));
    assert_logged(d, AUDIT_DENIED, "review.add", ONE);
    desk_as(d, AUDITOR);
    r = review(d, "ds-supervision");
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_int_equal(desk_look(d, ONE).row.rev, 1);
}

static void a_time_to_come_is_refused(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Review r = review(d, "ds-supervision");

    r.at = app_now(d->app) + 1;
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "at");
}

static void what_is_not_a_choice_or_not_text_is_refused(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Review r = review(d, "ds-supervision");
    Event e;

    r.outcome = 200;
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "outcome");
    r = review(d, "ds-supervision");
    r.text = "broken \xff text";
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    r.text = "bell \a";
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "text");
    case_item_init(LIST_EVENTS, &e);
    e.kind = code(d, VOCAB_EVENT, "arrest");
    e.person = "s9";
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_EVENTS, &e, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "person");
}

static void a_reference_is_kept_in_its_normal_form_warned_about_or_refused(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Reference r;
    const char *warning;

    case_item_init(LIST_REFERENCES, &r);
    r.system = code(d, VOCAB_SYSTEM, "pnc");
    r.number = "09/123456D"; /* the check letter is C */
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, &warning, &d->err));
    assert_string_equal(d->err.field, "number");
    r.system = code(d, VOCAB_SYSTEM, "cris");
    r.number = " 4212345 /10 ";
    assert_did(d, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, &warning, &d->err));
    assert_null(warning);
    r.number = "42/10";
    assert_did(d, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, &warning, &d->err));
    assert_non_null(warning);
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_references, 2);
    assert_string_equal(v.doc.references[0].number, "4212345/10");
    assert_string_equal(v.doc.references[1].number, "42/10");
    r.number = NULL;
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, &warning, &d->err));
}

static void who_comes_second_is_told_who_was_first(void **state)
{
    Desk *d = *state;
    App *other = desk_terminal(d, NOW);
    CaseView v = desk_look(d, ONE), w;
    Review r = review(d, "ds-supervision");

    assert_did(d, app_sign_in(other, DI, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_case_look(other, ONE, "test", d->a, &w, &d->err));
    assert_did(d, app_case_add(other, &w.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_refused(d, ERR_STALE, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_non_null(strstr(d->err.text, DI));
    assert_int_equal(v.row.rev, 1);
    assert_int_equal(desk_look(d, ONE).doc.n_reviews, 1);
    app_close(&other);
}

static void people_get_keys_of_their_role(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Person p;

    for (int i = 0; i < 2; i++) {
        case_item_init(LIST_PEOPLE, &p);
        p.role = code(d, VOCAB_PERSON_ROLE, i ? "victim" : "suspect");
        p.family = "Example";
        assert_did(d, app_case_add(d->app, &v.row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
    }
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_people, 3);
    assert_string_equal(v.doc.people[1].key, "s1");
    assert_string_equal(v.doc.people[2].key, "v2");
    assert_int_equal(v.doc.people[1].recorded_at, app_now(d->app));
}

static void a_status_comes_with_its_person(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Status outstanding = { code(d, VOCAB_SUSPECT_STATUS, "outstanding"), T("2010-05-02T00:00:00Z") };
    Status arrested = { code(d, VOCAB_SUSPECT_STATUS, "arrested"), T("2010-05-03T00:00:00Z") };
    Person p;

    case_item_init(LIST_PEOPLE, &p);
    p.role = code(d, VOCAB_PERSON_ROLE, "suspect");
    p.key = "s1";
    p.status = &outstanding;
    p.n_status = 1;
    assert_did(d, app_case_add(d->app, &v.row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
    v = desk_look(d, ONE);
    p = v.doc.people[1];
    arrested.at = app_now(d->app) + 1;
    p.status = &arrested;
    p.n_status = 1;
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
    arrested.at = T("2010-05-03T00:00:00Z");
    p.family = "Example";
    p.status = &arrested;
    assert_did(d, app_case_add(d->app, &v.row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_people, 2);
    assert_int_equal(v.doc.people[1].n_status, 2);
    assert_int_equal(v.doc.people[1].status[1].status, arrested.status);
    assert_string_equal(v.doc.people[1].family, "Example");
}

static void an_offer_is_accepted_and_a_book_indexed_in_place(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Owner o;
    Book b;

    case_item_init(LIST_OWNERS, &o);
    o.unit = code(d, VOCAB_UNIT, "scd2");
    assert_did(d, app_case_add(d->app, &v.row, LIST_OWNERS, &o, d->a, NULL, &d->err));
    desk_as(d, DI);
    o.accepted_at = app_now(d->app);
    assert_did(d, app_case_add(d->app, &v.row, LIST_OWNERS, &o, d->a, NULL, &d->err));
    case_item_init(LIST_BOOKS, &b);
    b.serial = "0001";
    b.by = "201234";
    b.completed_at = T("2010-05-01T12:00:00Z");
    assert_did(d, app_case_add(d->app, &v.row, LIST_BOOKS, &b, d->a, NULL, &d->err));
    case_item_init(LIST_BOOKS, &b);
    b.serial = "0001";
    b.index_number = "G/0123/10";
    b.index_at = app_now(d->app);
    assert_did(d, app_case_add(d->app, &v.row, LIST_BOOKS, &b, d->a, NULL, &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_owners, 2);
    assert_int_equal(case_owner(&v.doc)->unit, o.unit);
    assert_int_equal(v.doc.n_books, 1);
    assert_string_equal(v.doc.books[0].by, "201234");
    assert_int_equal(v.doc.books[0].completed_at, T("2010-05-01T12:00:00Z"));
    assert_string_equal(v.doc.books[0].index_number, "G/0123/10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_look_is_in_the_log_and_returns_the_case_with_its_duties, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_look_at_a_past_day_shows_what_was_known_then, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_look_that_cannot_be_logged_shows_nothing, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(not_there_and_not_for_you_are_one_sentence, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(nobody_looks_without_signing_in, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(why_explains_without_a_second_look, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_case_is_found_by_number_and_by_name_and_the_log_holds_no_name, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_review_is_added_with_officer_and_time_and_clears_its_duty, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(the_queue_follows_what_is_added, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(reviews_are_for_those_whose_rank_they_need, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_time_to_come_is_refused, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_a_choice_or_not_text_is_refused, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_reference_is_kept_in_its_normal_form_warned_about_or_refused, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(who_comes_second_is_told_who_was_first, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(people_get_keys_of_their_role, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_status_comes_with_its_person, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(an_offer_is_accepted_and_a_book_indexed_in_place, with_one_case, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
