/* test_alert.c — alerts that wait for an answer, and gates asked of a case: who may say what to which, what is refused, what makes an
** answered one wait again, and what becomes of them in the end. */
#include "book_desk.h"

#include "app/alert.h"

#define KNIFE   "He held a kitchen knife against my arm, said Anne Example, an invented person."
#define WEAPONS "narrative-weapons"

static const char *const knife[] = { "allegation.account", KNIFE, NULL };

/* A case whose account speaks of a knife while the risk answer says no; WEAPONS waits for the sergeant. */
static int alert_setup(void **state)
{
    book_setup(state);
    desk_as(*state, PC);
    book_write(*state, ONE, knife);
    return 0;
}

static int64_t waiting(Desk *d, RoleSet roles)
{
    int64_t n;

    assert_did(d, app_alert_count(d->app, roles, &n, &d->err));
    return n;
}

static CaseAlerts alerts_of(Desk *d, const char *id)
{
    CaseView *view = arena_alloc(d->a, sizeof *view);
    CaseAlerts all;

    *view = desk_look(d, id);
    assert_did(d, app_alert_of_case(d->app, view, d->a, &all, &d->err));
    return all;
}

static const CaseAlertView *alert_of(Desk *d, const CaseAlerts *all, const char *alert)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->items[i].fired->alert->id, alert)) return &all->items[i];
    return NULL;
}

static bool say(Desk *d, bool dismissed, const char *reason)
{
    return app_alert_answer(d->app, ONE, WEAPONS, NULL, dismissed, reason, &d->err);
}

/* The book comes back and is handed in again with another account. */
static void rework(Desk *d, const char *const *more)
{
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "returned", "other", "Again."));
    book_at(d, "2010-06-01T11:00:00Z", PC);
    book_write(d, ONE, more);
}

/* ---- waiting ---- */

static void what_does_not_fit_waits_for_its_owner(void **state)
{
    Desk *d = *state;
    AlertAsk ask = { .limit = 10 };
    AlertRow *rows;
    size_t n;

    assert_int_equal(waiting(d, 0), 0); /* the constable wrote it; it is the sergeant's */
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 1);
    assert_did(d, app_alert_page(d->app, &ask, d->a, &rows, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].case_id, ONE);
    assert_string_equal(rows[0].alert, WEAPONS);
    assert_int_equal(rows[0].owner, ROLE_RESPONSE_PS);
    assert_int_equal(rows[0].grade, GRADE_MEDIUM);
    assert_int_equal(rows[0].since, T(NOW)); /* when the book was handed in */
    assert_string_equal(app_alert_rule(d->app, WEAPONS)->cite, "BD 1.2, 1.16");
    ask.from = &rows[0];
    assert_did(d, app_alert_page(d->app, &ask, d->a, &rows, &n, &d->err));
    assert_int_equal(n, 0);
}

static void another_roles_alerts_need_the_right_to_see_them(void **state)
{
    Desk *d = *state;
    AlertAsk ask = { .roles = ROLE_BIT(ROLE_RESPONSE_PS), .limit = 10 };
    AlertRow *rows;
    size_t n;
    int64_t count;

    desk_as(d, DS);
    assert_int_equal(waiting(d, 0), 0);
    assert_int_equal(waiting(d, ask.roles), 1);
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_alert_page(d->app, &ask, d->a, &rows, &n, &d->err));
    assert_refused(d, ERR_DENIED, app_alert_count(d->app, ask.roles, &count, &d->err));
    assert_logged(d, AUDIT_DENIED, "alert.read", NULL);
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_alert_count(d->app, 0, &count, &d->err));
}

/* The number on an officer's desk is that of his lines in the brief. */
static void the_brief_says_what_the_desk_says(void **state)
{
    static const char *const who[] = { PC, PS, DS, IO };
    Desk *d = *state;
    int64_t all = 0;

    for (size_t i = 0; i < ARRAY_LEN(who); i++) {
        BriefLine *lines;
        size_t n;
        int64_t sum = 0;
        desk_as(d, who[i]);
        assert_did(d, app_brief(d->app, d->a, &lines, &n, &d->err));
        for (size_t k = 0; k < n; k++) {
            bool own = app_session(d->app)->roles & ROLE_BIT(lines[k].role);
            assert_int_equal(lines[k].n_worst, lines[k].alerts < BRIEF_WORST ? lines[k].alerts : BRIEF_WORST);
            if (own) sum += lines[k].alerts;
            if (own && lines[k].alerts) assert_string_equal(lines[k].worst[0].alert, WEAPONS);
        }
        assert_int_equal(sum, waiting(d, 0));
        all += sum;
    }
    assert_int_equal(all, 1);
}

static void a_case_says_what_fires_on_it_and_why(void **state)
{
    Desk *d = *state;
    CaseAlerts all = alerts_of(d, ONE);
    const CaseAlertView *x = alert_of(d, &all, WEAPONS);
    CaseView view = desk_look(d, ONE);
    WhyCheck why;

    assert_non_null(x);
    assert_int_equal(all.waiting, all.n);
    assert_null(x->answer);
    assert_non_null(strstr(x->fired->says, "weapon"));
    assert_string_equal(x->fired->hits[0].path, "allegation.account");
    assert_did(d, app_case_why_check(d->app, &view, WEAPONS, d->a, &why, &d->err));
    assert_true(why.asked);
    assert_refused(d, ERR_MISSING, app_case_why_check(d->app, &view, "nothing", d->a, &why, &d->err));
}

/* ---- an answer ---- */

static void the_owner_dismisses_it_with_a_reason(void **state)
{
    Desk *d = *state;
    CaseAlerts all;
    const CaseAlertView *x;
    AuditVerdict verdict;

    desk_as(d, PS);
    assert_did(d, say(d, true, "The knife was on a picture."));
    assert_logged(d, AUDIT_ALTER, "alert.answer", ONE);
    assert_int_equal(waiting(d, 0), 0);
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &verdict, &d->err));
    assert_int_equal(verdict.unsaid, 0); /* the log still says what the case is */
    desk_as(d, PS);
    all = alerts_of(d, ONE);
    x = alert_of(d, &all, WEAPONS);
    assert_int_equal(all.waiting, all.n - 1);
    assert_true(x->answer->dismissed);
    assert_string_equal(x->answer->reason, "The knife was on a picture.");
    assert_string_equal(x->answer->by, PS);
    assert_int_equal(x->answer->at, T(NOW));
    assert_null(x->before);
}

static void the_supervisor_may_and_acting_needs_no_reason(void **state)
{
    Desk *d = *state;

    desk_as(d, DS);
    assert_true(app_may_alert(d->app, ROLE_RESPONSE_PS));
    assert_did(d, say(d, false, ""));
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 0);
}

static void nobody_else_may(void **state)
{
    static const char *const others[] = { PC, IO, AUDITOR, KEEPER };
    Desk *d = *state;

    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        desk_as(d, others[i]);
        assert_false(app_may_alert(d->app, ROLE_RESPONSE_PS));
        assert_refused(d, ERR_DENIED, say(d, true, "A reason."));
        assert_logged(d, AUDIT_DENIED, "alert.answer", ONE);
    }
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 1);
}

static void what_is_no_answer_is_refused(void **state)
{
    Desk *d = *state;
    char *much = arena_alloc(d->a, ALERT_REASON_MAX + 2);

    memset(much, 'x', ALERT_REASON_MAX + 1);
    much[ALERT_REASON_MAX + 1] = '\0';
    desk_as(d, PS);
    assert_refused(d, ERR_INVALID, say(d, true, ""));
    assert_string_equal(d->err.field, "reason");
    assert_refused(d, ERR_INVALID, say(d, true, " \n "));
    assert_refused(d, ERR_INVALID, say(d, true, "\xff\xfe"));
    assert_refused(d, ERR_INVALID, say(d, false, much));
    assert_refused(d, ERR_MISSING, app_alert_answer(d->app, ONE, "nothing", NULL, true, "x", &d->err));
    assert_refused(d, ERR_MISSING, app_alert_answer(d->app, "KG-NOBODY", WEAPONS, NULL, true, "x", &d->err));
    assert_int_equal(waiting(d, 0), 1);
    much[ALERT_REASON_MAX] = '\0';
    assert_did(d, say(d, true, much));
}

static void what_was_read_before_the_facts_changed_is_stale(void **state)
{
    Desk *d = *state;
    CaseAlerts all = alerts_of(d, ONE);
    const char *basis = alert_of(d, &all, WEAPONS)->fired->basis;

    rework(d, (const char *[]){ "allegation.account", "He threw a hammer and held a knife, as invented.", NULL });
    desk_as(d, PS);
    assert_refused(d, ERR_STALE, app_alert_answer(d->app, ONE, WEAPONS, basis, true, "Seen.", &d->err));
    assert_int_equal(waiting(d, 0), 1);
    all = alerts_of(d, ONE);
    assert_int_equal(alert_of(d, &all, WEAPONS)->since, T("2010-06-01T11:00:00Z"));
    assert_did(
        d, app_alert_answer(d->app, ONE, WEAPONS, alert_of(d, &all, WEAPONS)->fired->basis, true, "Seen.", &d->err));
}

static void two_officers_do_not_answer_the_same(void **state)
{
    Desk *d = *state;

    desk_as(d, PS);
    assert_did(d, say(d, true, "Seen."));
    desk_as(d, DS);
    assert_refused(d, ERR_STALE, say(d, false, ""));
    assert_non_null(strstr(d->err.text, PS));
}

static void what_does_not_fire_is_not_answered(void **state)
{
    Desk *d = *state;

    desk_as(d, DS);
    assert_refused(d, ERR_STALE, app_alert_answer(d->app, ONE, "narrative-suicide", NULL, true, "x", &d->err));
}

/* ---- when the facts change ---- */

static void an_answered_alert_waits_again_when_the_facts_change(void **state)
{
    Desk *d = *state;
    CaseAlerts all;
    const CaseAlertView *x;

    desk_as(d, PS);
    assert_did(d, say(d, true, "The knife was on a picture."));
    rework(d, (const char *[]){ "allegation.account", "He threw a hammer and held a knife, as invented.", NULL });
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 1);
    all = alerts_of(d, ONE);
    x = alert_of(d, &all, WEAPONS);
    assert_null(x->answer);
    assert_string_equal(x->before->reason, "The knife was on a picture.");
}

static void an_answer_stays_when_what_changes_is_something_else(void **state)
{
    Desk *d = *state;
    CaseRow row;
    Contact c;

    desk_as(d, PS);
    assert_did(d, say(d, true, "The knife was on a picture."));
    desk_as(d, IO);
    row = desk_look(d, ONE).row;
    case_item_init(LIST_CONTACTS, &c);
    c.with = c.kind = c.result = 1;
    assert_did(d, app_case_add(d->app, &row, LIST_CONTACTS, &c, d->a, NULL, &d->err));
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 0);
}

static void an_alert_is_gone_when_the_facts_fit(void **state)
{
    Desk *d = *state;
    CaseAlerts all;

    desk_as(d, PS);
    assert_did(d, say(d, true, "The knife was on a picture."));
    rework(d, (const char *[]){ "allegation.account", ACCOUNT, NULL });
    desk_as(d, PS);
    all = alerts_of(d, ONE);
    assert_null(alert_of(d, &all, WEAPONS));
    assert_int_equal(waiting(d, 0), 0);
    assert_int_equal(all.n_past, 1);
    assert_string_equal(all.past[0].alert, WEAPONS);
}

static void a_rebuild_finds_nothing_to_mend_and_mends_what_is_gone(void **state)
{
    Desk *d = *state;
    Store *s = app_store_handle(d->app);
    bool changed = true;
    Derivation none = { .policy_key = 1 };
    CaseRow row;
    CaseDoc doc;
    Tx tx = { 0 };

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-2010-000002", ""));
    desk_as(d, PS);
    assert_did(d, say(d, true, "Seen."));
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
    desk_as(d, PC);
    book_write(d, "KG-2010-000002", knife);
    assert_did(d, store_case_find(s, "KG-2010-000002", d->a, &row, &d->err));
    assert_did(d, store_case_load(s, row.key, app_vocabs(d->app), d->a, &doc, &d->err));
    none.badge.case_id = doc.id;
    assert_did(d, store_begin(s, &tx, &d->err));
    assert_did(d, store_alert_apply(&tx, row.key, &none, &d->err)); /* all of its alerts taken away */
    AuditEntry e = {
        .at = T(NOW), .kind = AUDIT_CARE, .who = "-", .terminal = "", .act = "test", .case_id = "", .detail = ""
    };
    assert_did(d, store_audit_append(&tx, &e, &d->err));
    assert_did(d, store_commit(&tx, &d->err));
    store_end(&tx);
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 0);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_true(changed);
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 1);
}

static void a_clock_set_back_shows_what_waited_then(void **state)
{
    Desk *d = *state;
    AlertAsk ask = { .limit = 10 };
    AlertRow *rows;
    size_t n;

    rework(d, (const char *[]){ "allegation.account", ACCOUNT, NULL });
    desk_as(d, PS);
    assert_int_equal(waiting(d, 0), 0);
    book_at(d, "2010-06-01T09:30:00Z", PS);
    assert_int_equal(waiting(d, 0), 1);
    assert_did(d, app_alert_page(d->app, &ask, d->a, &rows, &n, &d->err));
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].since, T(NOW));
    book_at(d, "2010-05-31T09:00:00Z", PS);
    assert_int_equal(waiting(d, 0), 0);
}

/* ---- gates ---- */

static const GateVerdict *gate_of(Desk *d, const CaseView *view, const char *act, const char *id)
{
    GateVerdict *gates;
    size_t n;

    assert_did(d, app_case_gates(d->app, view, act, d->a, &gates, &n, &d->err));
    for (size_t i = 0; i < n; i++)
        if (str_eq(gates[i].gate->id, id)) return &gates[i];
    return NULL;
}

static void every_gate_of_a_case_is_told(void **state)
{
    Desk *d = *state;
    CaseView view = desk_look(d, ONE);
    GateVerdict *gates;
    size_t n;

    assert_did(d, app_case_gates(d->app, &view, NULL, d->a, &gates, &n, &d->err));
    assert_int_equal(n, policy_gate_count(app_policy(d->app)));
    assert_int_equal(gate_of(d, &view, "sign-book", "sign-book")->open, TRUTH_YES);
    assert_int_equal(gate_of(d, &view, "close-cad", "close-cad-cris")->open, TRUTH_NO);
    assert_null(gate_of(d, &view, "sign-book", "close-cad-cris"));
    assert_refused(d, ERR_INVALID, app_case_gates(d->app, &view, "open-door", d->a, &gates, &n, &d->err));
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_case_gates(d->app, &view, NULL, d->a, &gates, &n, &d->err));
}

static void an_import_is_not_stopped_by_a_gate_but_seen(void **state)
{
    Desk *d = *state;
    CaseView view;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-2010-000003",
                       "\"cad\":{\"number\":\"0123/01MAY10\",\"closed_at\":\"2010-05-01T13:00:00Z\"}"));
    view = desk_look(d, "KG-2010-000003");
    const GateVerdict *gate = gate_of(d, &view, "close-cad", "close-cad-cris");
    assert_int_equal(gate->open, TRUTH_NO);
    assert_true(app_gate_passed(d->app, &view, gate));
    assert_non_null(strstr(gate->says, "CRIS"));
    view = desk_look(d, ONE);
    assert_false(app_gate_passed(d->app, &view, gate_of(d, &view, "close-cad", "close-cad-cris")));
}

/* ---- the budget ---- */

static AlertTally tally(Desk *d, const char *from, const char *to)
{
    AlertTally *all;
    size_t n;

    assert_did(d, app_alert_budget(d->app, T(from), T(to), NULL, d->a, &all, &n, &d->err));
    assert_int_equal(n, policy_alert_count(app_policy(d->app)));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, WEAPONS)) return all[i];
    fail();
    return (AlertTally){ 0 };
}

static void assert_tally(const AlertTally *t, int fired, int changed, int acted, int dismissed, int open)
{
    assert_int_equal(t->fired, fired);
    assert_int_equal(t->changed, changed);
    assert_int_equal(t->acted, acted);
    assert_int_equal(t->dismissed, dismissed);
    assert_int_equal(t->open, open);
}

static void the_budget_says_what_became_of_them(void **state)
{
    Desk *d = *state;
    AlertTally t;

    book_at(d, "2010-06-01T12:00:00Z", DS);
    t = tally(d, "2010-06-01T00:00:00Z", "2010-06-02T00:00:00Z");
    assert_tally(&t, 1, 0, 0, 0, 1);
    assert_int_equal(t.open_for, 3 * HOUR);
    assert_int_equal(t.oldest, T(NOW));
    assert_logged(d, AUDIT_CONSULT, "alert.budget", NULL);
    t = tally(d, "2010-05-01T00:00:00Z", "2010-05-31T00:00:00Z"); /* it began later */
    assert_tally(&t, 0, 0, 0, 0, 0);
    assert_did(d, say(d, true, "Seen."));
    t = tally(d, "2010-06-01T00:00:00Z", "2010-06-02T00:00:00Z");
    assert_tally(&t, 1, 0, 0, 1, 0);
    assert_int_equal(t.oldest, TIME_NONE);
}

static void one_that_waits_again_after_an_answer_is_another(void **state)
{
    Desk *d = *state;
    AlertTally t;

    desk_as(d, PS);
    assert_did(d, say(d, false, ""));
    rework(d, (const char *[]){ "allegation.account", "He threw a hammer and held a knife, as invented.", NULL });
    desk_as(d, DS);
    t = tally(d, "2010-06-01T00:00:00Z", "2010-06-02T00:00:00Z");
    assert_tally(&t, 2, 0, 1, 0, 1);
}

static void one_whose_basis_changes_unanswered_is_one(void **state)
{
    Desk *d = *state;
    AlertTally t;

    rework(d, (const char *[]){ "allegation.account", "He threw a hammer and held a knife, as invented.", NULL });
    desk_as(d, DS);
    t = tally(d, "2010-06-01T00:00:00Z", "2010-06-02T00:00:00Z");
    assert_tally(&t, 1, 0, 0, 0, 1);
    assert_int_equal(t.oldest, T(NOW));
    book_at(d, "2010-06-01T12:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "returned", "other", "Again."));
    book_at(d, "2010-06-01T13:00:00Z", PC);
    book_write(d, ONE, (const char *[]){ "allegation.account", ACCOUNT, NULL });
    desk_as(d, DS);
    t = tally(d, "2010-06-01T00:00:00Z", "2010-06-02T00:00:00Z");
    assert_tally(&t, 1, 1, 0, 0, 0);
}

static AlertTally *whole_budget(Desk *d, size_t *n)
{
    AlertTally *all;

    assert_did(d,
        app_alert_budget(d->app, T("2009-01-01T00:00:00Z"), T("2011-01-01T00:00:00Z"), NULL, d->a, &all, n, &d->err));
    return all;
}

/* Kept with the cases, or asked of each of them: the same. A store that an older program left says it before its first rebuild, too. */
static void the_budget_is_what_the_cases_say(void **state)
{
    Desk *d = *state;
    AlertTally *kept, *asked, *again;
    bool changed;
    size_t n;
    int64_t fired = 0;

    desk_as(d, PS);
    assert_did(d, say(d, true, "Seen."));
    rework(d, (const char *[]){ "allegation.account", "He threw a hammer and held a knife, as invented.", NULL });
    for (int i = 2; i < 6; i++) {
        const char *id = arena_printf(d->a, "KG-2010-%06d", i);
        desk_as(d, DI);
        desk_import(d, case_line(d->a, id, ""));
        desk_as(d, PC);
        book_write(d, id, knife);
    }
    desk_as(d, DI);
    kept = whole_budget(d, &n);
    for (size_t i = 0; i < n; i++) fired += kept[i].fired;
    assert_true(fired >= 6); /* two of the first case, one of each other */
    desk_by_hand(d, "DELETE FROM alert_stretch; DELETE FROM alert_tally; UPDATE badge SET alert_mark = 0");
    asked = whole_budget(d, &n);
    assert_memory_equal(kept, asked, n * sizeof *kept);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_true(changed);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
    desk_as(d, DI);
    again = whole_budget(d, &n);
    assert_memory_equal(kept, again, n * sizeof *kept);
}

static void the_budget_is_not_for_everybody(void **state)
{
    Desk *d = *state;
    AlertTally *all;
    size_t n;

    assert_refused(d, ERR_DENIED, app_alert_budget(d->app, 0, T(NOW), NULL, d->a, &all, &n, &d->err)); /* a constable */
    desk_as(d, DS);
    assert_refused(d, ERR_INVALID, app_alert_budget(d->app, T(NOW), 0, NULL, d->a, &all, &n, &d->err));
    assert_refused(d, ERR_INVALID, app_alert_budget(d->app, TIME_NONE, T(NOW), NULL, d->a, &all, &n, &d->err));
}

int main(void)
{
#define F(f) cmocka_unit_test_setup_teardown(f, alert_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        F(what_does_not_fit_waits_for_its_owner),
        F(another_roles_alerts_need_the_right_to_see_them),
        F(the_brief_says_what_the_desk_says),
        F(a_case_says_what_fires_on_it_and_why),
        F(the_owner_dismisses_it_with_a_reason),
        F(the_supervisor_may_and_acting_needs_no_reason),
        F(nobody_else_may),
        F(what_is_no_answer_is_refused),
        F(what_was_read_before_the_facts_changed_is_stale),
        F(two_officers_do_not_answer_the_same),
        F(what_does_not_fire_is_not_answered),
        F(an_answered_alert_waits_again_when_the_facts_change),
        F(an_answer_stays_when_what_changes_is_something_else),
        F(an_alert_is_gone_when_the_facts_fit),
        F(a_rebuild_finds_nothing_to_mend_and_mends_what_is_gone),
        F(a_clock_set_back_shows_what_waited_then),
        F(every_gate_of_a_case_is_told),
        F(an_import_is_not_stopped_by_a_gate_but_seen),
        F(the_budget_says_what_became_of_them),
        F(one_that_waits_again_after_an_answer_is_another),
        F(one_whose_basis_changes_unanswered_is_one),
        F(the_budget_is_what_the_cases_say),
        F(the_budget_is_not_for_everybody),
    };
    return cmocka_run_group_tests_name("alert", tests, NULL, NULL);
}
