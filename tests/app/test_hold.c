/* test_hold.c — a duty put aside: by whom, for how long, what it hides and what not; it comes back by itself, earlier when the risk goes up; taken
** back; refused, invalid, stale, broken half-way. */
#include "app/hold.h"
#include "faulty.h"

#define ONE "KG-2010-000001"
#define SUPERVISED                                                                                                     \
    "\"reviews\":[{\"kind\":\"ds-supervision\",\"outcome\":\"satisfied\",\"by\":\"190001\",\"at\":\"2010-05-29T10:00:00Z\",\"text\":\"Seen.\"}]"
#define GRADED(grade)                                                                                                  \
    SUPERVISED ",\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"201234\",\"at\":\"2010-05-01T10:30:00Z\","    \
               "\"grade\":\"" grade "\"}]"
#define DUTY "ds-supervision" /* due on 5 June at 10:00Z */

static CaseRow row_of(Desk *d)
{
    CaseRow row;

    assert_did(d, store_case_find(app_store_handle(d->app), ONE, d->a, &row, &d->err));
    return row;
}

static bool hold(Desk *d, CaseRow *row, const char *duty, const char *until, Err *err)
{
    Hold h;

    case_item_init(LIST_HOLDS, &h);
    h.duty = duty;
    h.until = T(until);
    h.reason = "The court sits on Thursday.";
    return app_case_add(d->app, row, LIST_HOLDS, &h, d->a, NULL, err);
}

static bool held_until(Desk *d, const char *until)
{
    CaseRow row = row_of(d);

    return hold(d, &row, DUTY, until, &d->err);
}

static bool taken_back(Desk *d)
{
    CaseRow row = row_of(d);

    return app_hold_end(d->app, &row, DUTY, &d->err);
}

/* How many rows of the duty a tab has; the figure on the tab is that of all rows. */
static size_t on_tab(Desk *d, QueueTab tab)
{
    DeskQuery q = { .tab = tab, .roles = ROLE_BIT(ROLE_CSU_DS), .limit = 50 };
    int64_t counts[TAB_COUNT];
    QueueRow *rows;
    size_t n, found = 0;

    assert_did(d, app_queue_page(d->app, &q, d->a, &rows, &n, &d->err));
    assert_did(d, app_queue_counts(d->app, q.roles, counts, &d->err));
    assert_int_equal(counts[tab], n);
    for (size_t i = 0; i < n; i++) found += str_eq(rows[i].duty, DUTY);
    return found;
}

static void at(Desk *d, const char *now, const char *who)
{
    desk_reopen(d, now);
    desk_as(d, who);
}

static int with(void **state, const char *more)
{
    return desk_with(state, ONE, more);
}

static int ungraded(void **state) { return with(state, SUPERVISED); }
static int medium(void **state) { return with(state, GRADED("medium")); }
static int standard(void **state) { return with(state, GRADED("standard")); }
static int overdue(void **state) { return with(state, ""); }

/* ---- what it does ---- */

static void what_is_put_aside_leaves_its_tab_and_comes_back_by_itself(void **state)
{
    Desk *d = *state;
    bool changed = true;

    assert_int_equal(on_tab(d, TAB_WEEK), 1);
    assert_int_equal(on_tab(d, TAB_HELD), 0);
    assert_did(d, held_until(d, "2010-06-03T07:00:00Z"));
    assert_logged(d, AUDIT_ALTER, "hold.add", ONE);
    assert_int_equal(on_tab(d, TAB_WEEK), 0);
    assert_int_equal(on_tab(d, TAB_HELD), 1);
    assert_int_equal(on_tab(d, TAB_ALL), 1);
    at(d, "2010-06-03T06:59:59Z", DS);
    assert_int_equal(on_tab(d, TAB_HELD), 1);
    at(d, "2010-06-03T07:00:00Z", DS);
    assert_int_equal(on_tab(d, TAB_HELD), 0);
    assert_int_equal(on_tab(d, TAB_WEEK), 1);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
}

static void its_state_and_its_clock_do_not_change(void **state)
{
    Desk *d = *state;
    CaseView before = desk_look(d, ONE), after;

    assert_did(d, held_until(d, "2010-06-03T07:00:00Z"));
    after = desk_look(d, ONE);
    assert_int_equal(after.n_duties, before.n_duties);
    for (size_t i = 0; i < after.n_duties; i++) {
        const Duty *x = &before.duties[i], *y = &after.duties[i];
        assert_true(duty_compare(x, y) == 0 && x->start == y->start && x->opens == y->opens && x->due == y->due && x->done == y->done);
        assert_int_equal(duty_state(x, T(NOW)), duty_state(y, T(NOW)));
        assert_int_equal(y->held, str_eq(y->id, DUTY) && y->cycle == 1 ? T("2010-06-03T07:00:00Z") : 0);
    }
    at(d, "2010-06-05T10:00:01Z", DS); /* and nobody did it */
    assert_int_equal(on_tab(d, TAB_OVERDUE), 1);
}

static void a_queue_that_is_computed_knows_it_too(void **state)
{
    Desk *d = *state;

    assert_did(d, held_until(d, "2010-06-03T07:00:00Z"));
    at(d, "2010-06-02T09:00:00Z", DS);
    assert_did(d, taken_back(d)); /* now there is a fact later than what follows */
    at(d, "2010-06-01T10:00:00Z", DS);
    assert_int_equal(on_tab(d, TAB_HELD), 1);
    at(d, "2010-06-01T08:00:00Z", DS);
    assert_int_equal(on_tab(d, TAB_HELD), 0);
}

static void a_risk_that_goes_up_brings_it_back_sooner(void **state)
{
    Desk *d = *state;
    Assessment high;
    CaseRow row;

    assert_did(d, held_until(d, "2010-06-05T09:00:00Z")); /* standard: as long as it is not due */
    case_item_init(LIST_ASSESSMENTS, &high);
    high.instrument = vocab_code(app_vocabs(d->app), VOCAB_INSTRUMENT, "specss-plus");
    high.stage = vocab_code(app_vocabs(d->app), VOCAB_STAGE, "review");
    high.grade = GRADE_HIGH;
    high.rationale = "He was seen outside.";
    row = row_of(d);
    assert_did(d, app_case_add(d->app, &row, LIST_ASSESSMENTS, &high, d->a, NULL, &d->err));
    assert_int_equal(on_tab(d, TAB_HELD), 1);
    at(d, "2010-06-02T09:00:00Z", DS);
    assert_int_equal(on_tab(d, TAB_HELD), 0);
}

static void taken_back_it_is_there_again(void **state)
{
    Desk *d = *state;

    assert_refused(d, ERR_MISSING, taken_back(d));
    assert_did(d, held_until(d, "2010-06-02T07:00:00Z"));
    assert_did(d, held_until(d, "2010-06-03T07:00:00Z")); /* and for longer */
    assert_did(d, taken_back(d));
    assert_logged(d, AUDIT_ALTER, "hold.end", ONE);
    assert_int_equal(on_tab(d, TAB_HELD), 0);
    assert_int_equal(on_tab(d, TAB_WEEK), 1);
    assert_refused(d, ERR_MISSING, taken_back(d));
}

/* ---- what it may not ---- */

static void the_policy_says_for_how_long(void **state)
{
    Desk *d = *state;
    CaseView view = desk_look(d, ONE);
    Time latest;

    assert_did(d, app_hold_room(d->app, &view, DUTY, &latest, &d->err));
    assert_int_equal(latest, T("2010-06-02T09:00:00Z")); /* not assessed: a day */
    assert_refused(d, ERR_INVALID, held_until(d, "2010-06-02T09:00:01Z"));
    assert_string_equal(d->err.field, "until");
    assert_non_null(strstr(d->err.text, "24 hours"));
    assert_refused(d, ERR_INVALID, held_until(d, "2010-06-01T08:00:00Z"));
    assert_did(d, held_until(d, "2010-06-02T09:00:00Z"));
}

static void nothing_is_put_aside_past_its_due_or_when_it_is_overdue(void **state)
{
    Desk *d = *state;

    assert_refused(d, ERR_INVALID, held_until(d, "2010-06-05T10:00:01Z"));
    at(d, "2010-06-06T10:00:00Z", DS);
    assert_refused(d, ERR_INVALID, held_until(d, "2010-06-06T12:00:00Z"));
    assert_string_equal(d->err.field, "duty");
}

static void what_nobody_asks_is_not_put_aside(void **state)
{
    Desk *d = *state;
    CaseRow row = row_of(d);

    assert_refused(d, ERR_MISSING, hold(d, &row, "no-such-duty", "2010-06-02T07:00:00Z", &d->err));
    assert_refused(d, ERR_MISSING, hold(d, &row, "staff-dps", "2010-06-02T07:00:00Z", &d->err));
}

static void who_has_it_or_supervises_puts_it_aside_and_nobody_else(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, held_until(d, "2010-06-02T07:00:00Z"));
    desk_as(d, PS);
    assert_refused(d, ERR_DENIED, held_until(d, "2010-06-02T07:00:00Z"));
    assert_logged(d, AUDIT_DENIED, "hold.add", ONE);
    assert_false(app_may_hold(d->app, ROLE_CSU_DS));
    desk_as(d, DI);
    assert_true(app_may_hold(d->app, ROLE_CSU_DS));
    assert_did(d, held_until(d, "2010-06-02T07:00:00Z"));
    desk_as(d, PS);
    assert_refused(d, ERR_DENIED, taken_back(d));
    desk_as(d, DS);
    assert_did(d, taken_back(d));
}

/* A file can say anything: it counts for as long as the policy allows. */
static void what_comes_in_held_for_a_year_is_back_when_the_policy_says(void **state)
{
    Desk *d = *state;

    desk_as(d, DS);
    assert_int_equal(desk_import(d, case_line(d->a, "KG-2010-000002",
                                        SUPERVISED ",\"holds\":[{\"key\":\"h1\",\"duty\":\"" DUTY "\",\"until\":\"2011-06-01T00:00:00Z\","
                                                   "\"reason\":\"x\",\"by\":\"190001\",\"at\":\"2010-05-31T10:00:00Z\"}]"))
                         .added,
        1);
    assert_int_equal(on_tab(d, TAB_HELD), 1);
    at(d, "2010-06-01T10:00:00Z", DS);
    assert_int_equal(on_tab(d, TAB_HELD), 0);
}

static void a_case_that_changed_is_stale(void **state)
{
    Desk *d = *state;
    CaseRow old = row_of(d);

    assert_did(d, held_until(d, "2010-06-02T07:00:00Z"));
    assert_refused(d, ERR_STALE, hold(d, &old, DUTY, "2010-06-02T08:00:00Z", &d->err));
    assert_refused(d, ERR_STALE, app_hold_end(d->app, &old, DUTY, &d->err));
}

/* ---- broken half-way ---- */

static int over_faults(void **state)
{
    return faulty(state, medium);
}

static char *state_of(Desk *d)
{
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    char *text = desk_export(d, ONE);

    assert_did(d, store_derived_digest(app_store_handle(d->app), digest, &d->err));
    return arena_printf(d->a, "%s %lld %s", text, (long long)row_of(d).rev, crypto_hex(digest, HASH_BYTES, hex));
}

static bool put_aside(Desk *d, CaseRow *row, Err *err)
{
    return hold(d, row, DUTY, "2010-06-03T07:00:00Z", err);
}

static bool take(Desk *d, CaseRow *row, Err *err)
{
    return app_hold_end(d->app, row, DUTY, err);
}

static void break_everywhere(Desk *d, bool (*act)(Desk *d, CaseRow *row, Err *err))
{
    char *before = state_of(d);
    int64_t step = 0;
    bool ok = false;

    while (!ok && ++step < 2000) {
        CaseRow row = row_of(d);
        Err err = { 0 };
        engine_fault_at(step, ENG_IO);
        ok = act(d, &row, &err);
        engine_fault_at(0, ENG_IO);
        if (ok) break;
        if (err.kind == ERR_NONE || err.kind == ERR_BUG) fail_msg("step %lld: %s", (long long)step, err.text);
        if (!app_session(d->app)) desk_as(d, DS);
        assert_string_equal(before, state_of(d));
    }
    assert_true(ok && step > 2);
}

static void every_act_happens_wholly_or_not(void **state)
{
    Desk *d = *state;

    break_everywhere(d, put_aside);
    break_everywhere(d, take);
}

#define TEST(name, setup) cmocka_unit_test_setup_teardown(name, setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_put_aside_leaves_its_tab_and_comes_back_by_itself, medium),
        TEST(its_state_and_its_clock_do_not_change, medium),
        TEST(a_queue_that_is_computed_knows_it_too, medium),
        TEST(a_risk_that_goes_up_brings_it_back_sooner, standard),
        TEST(taken_back_it_is_there_again, medium),
        TEST(the_policy_says_for_how_long, ungraded),
        TEST(nothing_is_put_aside_past_its_due_or_when_it_is_overdue, standard),
        TEST(what_nobody_asks_is_not_put_aside, medium),
        TEST(who_has_it_or_supervises_puts_it_aside_and_nobody_else, ungraded),
        TEST(what_comes_in_held_for_a_year_is_back_when_the_policy_says, overdue),
        TEST(a_case_that_changed_is_stale, medium),
        cmocka_unit_test_setup_teardown(every_act_happens_wholly_or_not, over_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
