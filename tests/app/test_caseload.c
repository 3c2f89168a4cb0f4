/* test_caseload.c — whose case it is: who gives, who takes, to whom; what a queue, a list and a line of the workload then say; what becomes of the cases of
** somebody who is suspended; and many at once. */
#include "app/access.h"
#include "app/caseload.h"
#include "app/queue.h"
#include "app/task.h"
#include "faulty.h"

#define ONE    "KG-2010-000001"
#define TWO    "KG-2010-000002"
#define THREE  "KG-2010-000003"
#define CLOSED "KG-2010-000004"
#define SECOND "900106" /* another investigating officer */
#define HIGH_RISK                                                                                                        \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"201234\",\"at\":\"2010-05-01T10:30:00Z\",\"grade\":\"high\"}]"

static int with_cases(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, KEEPER);
    assert_did(d, app_officer_add(d->app, SECOND, "DC Nia Muster", ROLE_BIT(ROLE_CSU_IO), TRAINING_PASSWORD, &d->err));
    desk_as(d, DS);
    assert_int_equal(desk_import(d, arena_printf(d->a, "%s%s%s%s", case_line(d->a, ONE, ""), case_line(d->a, TWO, ""), case_line(d->a, THREE, HIGH_RISK),
                                        case_line(d->a, CLOSED, "\"closed_at\":\"2010-05-20T10:00:00Z\"")))
                         .added,
        4);
    return 0;
}

static bool give(Desk *d, const char *id, const char *officer)
{
    CaseView v = desk_look(d, id);

    return app_case_assign(d->app, &v.row, officer, "Leave.", &d->err);
}

static const char *whose(Desk *d, const char *id)
{
    CaseView v = desk_look(d, id);

    return app_investigating_words(d->app, &v.doc, d->a);
}

static size_t list_of(Desk *d, const char *of, CaseloadRow **rows)
{
    size_t n;

    assert_did(d, app_caseload(d->app, of, d->a, rows, &n, &d->err));
    return n;
}

/* As many rows on the tab of everything as its figure says; every one is of these cases. */
static size_t queue_of(Desk *d, RoleSet roles, const char *of, const char *only_case)
{
    DeskQuery q = { .tab = TAB_ALL, .limit = 500, .roles = roles, .only_of = of };
    int64_t counts[TAB_COUNT];
    QueueRow *rows;
    size_t n;

    assert_did(d, app_queue_page(d->app, &q, d->a, &rows, &n, &d->err));
    assert_did(d, app_queue_counts_of(d->app, roles, of, counts, &d->err));
    assert_int_equal(counts[TAB_ALL], n);
    for (size_t i = 0; only_case && i < n; i++) assert_string_equal(rows[i].case_id, only_case);
    return n;
}

/* ---- the act ---- */

static void a_sergeant_gives_a_case_and_it_is_in_that_officers_queue(void **state)
{
    Desk *d = *state;
    CaseView v;
    size_t all;

    assert_string_equal(whose(d, ONE), "nobody");
    assert_did(d, give(d, ONE, IO));
    assert_logged(d, AUDIT_ALTER, "case.assign", ONE);
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_investigators, 1);
    assert_string_equal(v.doc.investigators[0].officer, IO);
    assert_string_equal(v.doc.investigators[0].by, DS);
    assert_string_equal(v.doc.investigators[0].reason, "Leave.");
    desk_as(d, IO);
    all = queue_of(d, 0, NULL, NULL);
    assert_true(queue_of(d, 0, OF_ME, ONE) > 0);
    assert_int_equal(queue_of(d, 0, OF_ME, ONE), queue_of(d, 0, IO, ONE));
    assert_int_equal(queue_of(d, 0, OF_ME, ONE) + queue_of(d, 0, OF_NOBODY, NULL), all);
}

static void giving_again_keeps_the_history_and_nobody_can_have_it_again(void **state)
{
    Desk *d = *state;
    CaseView v;

    assert_did(d, give(d, ONE, IO));
    assert_did(d, give(d, ONE, SECOND));
    assert_string_equal(whose(d, ONE), "DC Nia Muster");
    assert_did(d, give(d, ONE, OF_NOBODY));
    assert_string_equal(whose(d, ONE), "nobody");
    assert_refused(d, ERR_INVALID, give(d, ONE, OF_NOBODY));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_investigators, 3);
    assert_null(v.doc.investigators[2].officer);
    assert_did(d, give(d, ONE, DS)); /* a sergeant may have one */
    assert_refused(d, ERR_INVALID, give(d, ONE, DS));
    desk_as(d, IO);
    assert_int_equal(queue_of(d, 0, OF_ME, NULL), 0);
}

static void an_officer_takes_what_is_nobodys_and_nothing_else(void **state)
{
    Desk *d = *state;
    CaseView v;

    assert_did(d, give(d, TWO, SECOND));
    desk_as(d, IO);
    v = desk_look(d, ONE);
    assert_true(app_may_take(d->app, &v.doc) && !app_may_assign(d->app));
    assert_refused(d, ERR_DENIED, give(d, ONE, SECOND));
    assert_logged(d, AUDIT_DENIED, "case.assign", ONE);
    assert_did(d, give(d, ONE, OF_ME));
    assert_refused(d, ERR_DENIED, give(d, ONE, OF_NOBODY));
    v = desk_look(d, TWO);
    assert_false(app_may_take(d->app, &v.doc));
    assert_refused(d, ERR_DENIED, give(d, TWO, OF_ME));
    assert_string_equal(whose(d, TWO), "DC Nia Muster");
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, give(d, THREE, OF_ME));
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, give(d, THREE, IO));
}

static void what_cannot_be_is_refused_with_a_sentence(void **state)
{
    Desk *d = *state;
    CaseView old = desk_look(d, ONE);
    Investigator item;

    assert_refused(d, ERR_INVALID, give(d, CLOSED, IO));
    assert_refused(d, ERR_INVALID, give(d, ONE, PC));
    assert_refused(d, ERR_MISSING, give(d, ONE, "999999"));
    assert_did(d, give(d, ONE, IO));
    assert_refused(d, ERR_STALE, app_case_assign(d->app, &old.row, SECOND, NULL, &d->err));
    case_item_init(LIST_INVESTIGATORS, &item); /* by the road of every entry, too */
    item.officer = PC;
    old = desk_look(d, ONE);
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &old.row, LIST_INVESTIGATORS, &item, d->a, NULL, &d->err));
    item.officer = SECOND;
    assert_did(d, app_case_add(d->app, &old.row, LIST_INVESTIGATORS, &item, d->a, NULL, &d->err));
    assert_string_equal(whose(d, ONE), "DC Nia Muster");
    assert_refused(d, ERR_DENIED, (app_ahead(d->app, T(NOW) + DAY, NULL), app_case_assign(d->app, &old.row, IO, NULL, &d->err)));
}

static void names_are_found_by_what_is_typed(void **state)
{
    Desk *d = *state;
    const char *warrant;

    assert_did(d, app_holder_typed(d->app, "muster", d->a, &warrant, &d->err));
    assert_string_equal(warrant, SECOND);
    assert_did(d, app_holder_typed(d->app, OF_ME, d->a, &warrant, &d->err));
    assert_string_equal(warrant, DS);
    assert_refused(d, ERR_INVALID, app_holder_typed(d->app, "D", d->a, &warrant, &d->err));
    assert_refused(d, ERR_MISSING, app_holder_typed(d->app, "Nobody Of That Name", d->a, &warrant, &d->err));
    assert_refused(d, ERR_MISSING, app_holder_typed(d->app, "", d->a, &warrant, &d->err));
}

/* ---- what follows ---- */

static void the_cases_of_who_is_suspended_or_left_are_nobodys(void **state)
{
    Desk *d = *state;
    CaseloadRow *rows;
    size_t before;

    before = queue_of(d, ROLE_BIT(ROLE_CSU_IO), OF_NOBODY, NULL);
    assert_did(d, give(d, ONE, SECOND));
    assert_did(d, give(d, TWO, IO));
    assert_int_equal(list_of(d, OF_NOBODY, &rows), 1);
    desk_as(d, KEEPER);
    assert_did(d, app_officer_suspend(d->app, SECOND, true, &d->err));
    assert_did(d, app_officer_role(d->app, IO, ROLE_BIT(ROLE_RESPONSE_PC), &d->err));
    desk_as(d, DS);
    assert_int_equal(list_of(d, OF_NOBODY, &rows), 3);
    assert_string_equal(rows[0].case_id, THREE); /* high risk first */
    assert_int_equal(queue_of(d, ROLE_BIT(ROLE_CSU_IO), OF_NOBODY, NULL), before);
    assert_string_equal(whose(d, ONE), "nobody (DC Nia Muster is suspended)");
    assert_non_null(strstr(whose(d, TWO), "not of the unit any more"));
    assert_refused(d, ERR_INVALID, give(d, THREE, SECOND));
    desk_as(d, KEEPER);
    assert_did(d, app_officer_suspend(d->app, SECOND, false, &d->err));
    desk_as(d, DS);
    assert_int_equal(list_of(d, SECOND, &rows), 1);
}

static const Caseload *line_of(Desk *d, const char *warrant)
{
    Caseload *all;
    size_t n;

    assert_did(d, app_caseloads(d->app, d->a, &all, &n, &d->err));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].warrant, warrant)) return &all[i];
    return NULL;
}

static void a_line_says_what_an_officer_has(void **state)
{
    Desk *d = *state;
    int64_t counts[TAB_COUNT];
    const Caseload *c;
    CaseloadRow *rows;
    size_t n;

    assert_did(d, give(d, ONE, IO));
    assert_did(d, give(d, THREE, IO));
    c = line_of(d, IO);
    assert_did(d, app_queue_counts_of(d->app, ROLE_BIT(ROLE_CSU_IO), IO, counts, &d->err));
    assert_int_equal(c->all, 2);
    assert_int_equal(c->cases[GRADE_HIGH], 1);
    assert_int_equal(c->cases[CODE_NONE], 1);
    assert_int_equal(c->overdue, counts[TAB_OVERDUE]);
    assert_true(c->overdue > 0);
    assert_int_equal(c->week, counts[TAB_TODAY] + counts[TAB_WEEK]);
    assert_string_equal(c->oldest, THREE); /* its last entry is half an hour older than that of the other */
    assert_int_equal(c->touched, T("2010-05-01T11:00:00Z"));
    assert_int_equal(line_of(d, "")->all, 1);
    assert_int_equal(line_of(d, SECOND)->all, 0);
    assert_null(line_of(d, PC));
    desk_as(d, IO);
    assert_int_equal(line_of(d, IO)->all, 2);
    assert_null(line_of(d, SECOND)); /* others' are the supervisors' to see */
    assert_refused(d, ERR_DENIED, app_caseload(d->app, SECOND, d->a, &rows, &n, &d->err));
}

static void a_restricted_case_is_given_to_who_sees_it_and_is_in_nobody_elses_list(void **state)
{
    Desk *d = *state;
    AccessAsk grant = { ONE, ACCESS_GRANT, IO, ROLE_NONE, "Investigates.", TRAINING_PASSWORD };
    CaseloadRow *rows;
    Holder *holders;
    CaseView v;
    size_t n;
    bool changed = true;

    desk_restrict(d, ONE, "");
    assert_refused(d, ERR_INVALID, give(d, ONE, IO));
    assert_non_null(strstr(d->err.text, "does not see it"));
    v = desk_look(d, ONE);
    assert_did(d, app_holders(d->app, &v.row, d->a, &holders, &n, &d->err));
    for (size_t i = 0; i < n; i++) assert_int_equal(holders[i].unseen, !str_eq(holders[i].warrant, DS));
    assert_did(d, app_access_change(d->app, &grant, &d->err));
    assert_did(d, give(d, ONE, IO));
    assert_int_equal(list_of(d, IO, &rows), 1);
    desk_as(d, IO);
    assert_int_equal(list_of(d, OF_ME, &rows), 1);
    assert_true(rows[0].restricted);
    assert_true(queue_of(d, 0, OF_ME, ONE) > 0);
    desk_as(d, "900009"); /* sees it not */
    assert_int_equal(line_of(d, IO)->all, 0);
    assert_int_equal(line_of(d, "")->all, 2);
    assert_int_equal(queue_of(d, ROLE_BIT(ROLE_CSU_IO), IO, NULL), 0);
    assert_int_equal(list_of(d, IO, &rows), 0);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
}

/* ---- many at once ---- */

static void the_cases_of_who_is_away_go_to_another_each_with_its_result(void **state)
{
    Desk *d = *state;
    const char *ids[] = { ONE, CLOSED };
    Moving m;
    CaseView v;
    CaseloadRow *rows;
    size_t moved;

    assert_did(d, give(d, ONE, IO));
    assert_did(d, give(d, TWO, IO));
    assert_did(d, give(d, THREE, IO));
    assert_did(d, app_moving_look(d->app, IO, "muster", ids, 2, d->a, &m, &d->err));
    assert_int_equal(m.lines[0].stand, BULK_READY);
    assert_int_equal(m.lines[1].stand, BULK_REFUSED);
    assert_did(d, app_moving_look(d->app, IO, SECOND, NULL, 0, d->a, &m, &d->err));
    assert_int_equal(m.n, 3);
    assert_string_equal(m.lines[0].case_id, THREE);
    assert_string_equal(whose(d, ONE), "DC Femi Àpẹẹrẹ"); /* nothing was written yet */
    assert_did(d, give(d, TWO, DS));                       /* meanwhile */
    assert_did(d, app_moving_do(d->app, &m, "Leave until Monday.", d->a, &moved, &d->err));
    assert_int_equal(moved, 2);
    for (size_t i = 0; i < m.n; i++) assert_int_equal(m.lines[i].stand, str_eq(m.lines[i].case_id, TWO) ? BULK_REFUSED : BULK_SAVED);
    v = desk_look(d, THREE);
    assert_string_equal(v.doc.investigators[1].reason, "Leave until Monday.");
    assert_int_equal(list_of(d, IO, &rows), 0);
    assert_int_equal(list_of(d, SECOND, &rows), 2);
    assert_refused(d, ERR_INVALID, app_moving_look(d->app, IO, IO, NULL, 0, d->a, &m, &d->err));
    assert_refused(d, ERR_INVALID, app_moving_look(d->app, IO, PC, NULL, 0, d->a, &m, &d->err));
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_moving_look(d->app, SECOND, IO, NULL, 0, d->a, &m, &d->err));
}

/* ---- filters that are kept ---- */

static void a_view_keeps_whose_cases_it_shows(void **state)
{
    Desk *d = *state;
    DeskView v = { .name = "Nobody's", .tab = TAB_ALL, .investigator = OF_NOBODY };
    DeskQuery q = { .limit = 9 };

    assert_did(d, app_view_save(d->app, &v, &d->err));
    assert_did(d, app_view_find(d->app, "Nobody's", d->a, &v, &d->err));
    assert_string_equal(v.investigator, OF_NOBODY);
    assert_string_equal(app_view_words(d->app, &v, d->a), "All, nobody's cases");
    app_view_query(d->app, &v, &q);
    assert_string_equal(q.only_of, OF_NOBODY);
    v = (DeskView){ .name = "Of none", .tab = TAB_ALL, .investigator = "999999" };
    assert_refused(d, ERR_INVALID, app_view_save(d->app, &v, &d->err));
}

/* ---- as it stood ---- */

static void under_a_clock_set_back_lists_are_of_then(void **state)
{
    Desk *d = *state;
    CaseloadRow *rows;

    assert_int_equal(desk_import(d, case_line(d->a, "KG-2010-000009",
                                        "\"investigators\":[{\"officer\":\"" IO "\",\"at\":\"2010-05-02T10:00:00Z\"},{\"officer\":\"" SECOND
                                        "\",\"at\":\"2010-05-10T10:00:00Z\"}]"))
                         .added,
        1);
    assert_int_equal(list_of(d, IO, &rows), 0);
    assert_int_equal(list_of(d, SECOND, &rows), 1);
    desk_reopen(d, "2010-05-03T09:00:00Z");
    desk_as(d, DS);
    assert_int_equal(list_of(d, IO, &rows), 1);
    assert_int_equal(list_of(d, SECOND, &rows), 0);
    assert_true(queue_of(d, ROLE_BIT(ROLE_CSU_IO), IO, "KG-2010-000009") > 0);
    assert_int_equal(queue_of(d, ROLE_BIT(ROLE_CSU_IO), SECOND, NULL), 0);
}

/* ---- half-way ---- */

static int over_faults(void **state)
{
    return faulty(state, with_cases);
}

static void a_case_is_given_wholly_or_not(void **state)
{
    Desk *d = *state;
    int64_t step = 0;
    bool ok = false;

    while (!ok && ++step < 1000) {
        CaseView v = desk_look(d, ONE);
        d->err = (Err){ 0 };
        engine_fault_at(step, ENG_IO);
        ok = app_case_assign(d->app, &v.row, IO, NULL, &d->err);
        engine_fault_at(0, ENG_IO);
        if (!app_session(d->app)) desk_as(d, DS);
        assert_int_equal(desk_look(d, ONE).doc.n_investigators, ok);
        assert_int_equal(queue_of(d, ROLE_BIT(ROLE_CSU_IO), IO, ONE) > 0, ok);
    }
    assert_true(ok && step > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_cases, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sergeant_gives_a_case_and_it_is_in_that_officers_queue),
        TEST(giving_again_keeps_the_history_and_nobody_can_have_it_again),
        TEST(an_officer_takes_what_is_nobodys_and_nothing_else),
        TEST(what_cannot_be_is_refused_with_a_sentence),
        TEST(names_are_found_by_what_is_typed),
        TEST(the_cases_of_who_is_suspended_or_left_are_nobodys),
        TEST(a_line_says_what_an_officer_has),
        TEST(a_restricted_case_is_given_to_who_sees_it_and_is_in_nobody_elses_list),
        TEST(the_cases_of_who_is_away_go_to_another_each_with_its_result),
        TEST(a_view_keeps_whose_cases_it_shows),
        TEST(under_a_clock_set_back_lists_are_of_then),
        cmocka_unit_test_setup_teardown(a_case_is_given_wholly_or_not, over_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
