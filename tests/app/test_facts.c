/* test_facts.c — what a case has once is said by whom it concerns; gates stand in the way; one unit at a time has a case. */
#include "desk.h"

#include "app/closing.h"

#include <stdio.h>

#define ONE "KG-2010-000001"
#define IBOS "900003"
#define CMU "900004"

static Code code(Desk *d, VocabId id, const char *word)
{
    return vocab_code(app_vocabs(d->app), id, word);
}

static int with_one_case(void **state)
{
    return desk_with(state, ONE, "\"cad\":{\"number\":\"1/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"}");
}

static CaseDoc nothing(void)
{
    CaseDoc doc;

    case_init(&doc);
    return doc;
}

static bool say(Desk *d, const char *word, const CaseDoc *values)
{
    CaseView v = desk_look(d, ONE);

    return app_facts_say(d->app, &v.row, fact_group(word), values, &d->err);
}

static DutyState stands(Desk *d, const char *duty)
{
    CaseView v = desk_look(d, ONE);

    for (size_t i = 0; i < v.n_duties; i++)
        if (str_eq(v.duties[i].id, duty)) return duty_state(&v.duties[i], app_now(d->app));
    return DUTY_STATE_COUNT;
}

/* ---- facts ---- */

static void every_group_names_columns_that_are_there_and_stands_once(void **state)
{
    const CaseField *f[FACTS_MAX];

    for (size_t i = 0; i < fact_n_groups; i++) {
        const FactGroup *g = &fact_groups[i];
        size_t n = fact_fields(g, f), named = 0;
        while (named < FACTS_MAX && g->columns[named]) named++;
        assert_true(n > 0 && n == named);
        for (size_t k = 0; k < n; k++) assert_ptr_equal(fact_group_of(f[k]->column), g);
        assert_ptr_equal(fact_group(g->word), g);
    }
    assert_null(fact_group("nothing"));
    assert_null(fact_group_of("id"));
}

static void supervise_the_message(Desk *d)
{
    CaseView v = desk_look(d, ONE);
    Review r;

    case_item_init(LIST_REVIEWS, &r);
    r.kind = code(d, VOCAB_REVIEW, "cad-supervision");
    r.outcome = code(d, VOCAB_REVIEW_OUTCOME, "satisfied");
    r.text = "Read.";
    assert_did(d, app_case_add(d->app, &v.row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
}

static void not_domestic_is_decided_on_evidence_and_puts_the_message_away(void **state)
{
    Desk *d = *state;
    CaseDoc said = nothing(), away = nothing(), doc;

    desk_as(d, IBOS);
    said.cad_result = code(d, VOCAB_CAD_RESULT, "not-domestic");
    assert_refused(d, ERR_INVALID, say(d, "cad", &said));
    assert_string_equal(d->err.field, "cad_ground");
    said.cad_ground = code(d, VOCAB_CAD_GROUND, "not-related");
    assert_refused(d, ERR_INVALID, say(d, "cad", &said));
    assert_string_equal(d->err.field, "cad_evidence");
    said.cad_evidence = "Two neighbours; both say so, body-worn notes page 4.";
    assert_did(d, say(d, "cad", &said));
    assert_logged(d, AUDIT_ALTER, "case.cad", ONE);
    doc = desk_look(d, ONE).doc;
    assert_string_equal(doc.cad_decided_by, IBOS);
    assert_int_equal(doc.cad_decided_at, app_now(d->app));
    assert_true(case_not_domestic_evidence(&doc));
    assert_int_equal(desk_look(d, ONE).n_duties, 0);
    assert_refused(d, ERR_INVALID, say(d, "put-away", &away)); /* it is supervised like every other */
    supervise_the_message(d);
    assert_did(d, say(d, "put-away", &away));
}

static void a_message_without_its_evidence_is_not_put_away_and_a_domestic_one_has_none(void **state)
{
    Desk *d = *state;
    CaseDoc said = nothing(), away = nothing();
    CaseRow row;

    desk_as(d, DS);
    assert_int_equal(desk_import(d, "{\"format\":\"book124.case/1\",\"id\":\"KG-OLD\",\"borough\":\"KG\",\"reported_at\":\"2010-05-01T10:00:00Z\","
        "\"cad\":{\"number\":\"9/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\",\"result\":\"not-domestic\"}}\n").added, 1);
    row = desk_look(d, "KG-OLD").row;
    desk_as(d, IBOS);
    assert_refused(d, ERR_INVALID, app_facts_say(d->app, &row, fact_group("put-away"), &away, &d->err));
    assert_non_null(strstr(d->err.text, "Only significant evidence"));
    said.cad_result = code(d, VOCAB_CAD_RESULT, "domestic");
    said.cad_evidence = "None.";
    assert_refused(d, ERR_INVALID, say(d, "cad", &said));
    said.cad_evidence = NULL;
    assert_did(d, say(d, "cad", &said));
    assert_int_equal(desk_look(d, ONE).doc.cad_decided_at, TIME_NONE);
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, say(d, "cad", &said));
}

static void attending_is_now_unless_it_is_said(void **state)
{
    Desk *d = *state;
    CaseDoc said = nothing();

    assert_int_equal(stands(d, "attend"), DUTY_OVERDUE);
    said.attended_at = T("2010-05-01T10:20:00Z");
    assert_did(d, say(d, "attended", &said));
    assert_logged(d, AUDIT_ALTER, "case.attended", ONE);
    assert_int_equal(stands(d, "attend"), DUTY_DONE);
    said = nothing();
    assert_did(d, say(d, "attended", &said));
    assert_int_equal(desk_look(d, ONE).doc.attended_at, app_now(d->app));
    assert_int_equal(stands(d, "attend"), DUTY_LATE);
}

static void what_lies_ahead_or_is_no_word_is_refused(void **state)
{
    Desk *d = *state;
    CaseDoc said = nothing();

    said.attended_at = app_now(d->app) + 1;
    assert_refused(d, ERR_INVALID, say(d, "attended", &said));
    said = nothing();
    assert_refused(d, ERR_INVALID, say(d, "children", &said));
    assert_string_equal(d->err.field, "children_answer");
    said.kind = 99;
    assert_refused(d, ERR_INVALID, say(d, "kind", &said));
}

static void who_it_does_not_concern_is_refused_and_logged(void **state)
{
    Desk *d = *state;
    CaseDoc said = nothing();

    desk_as(d, PC);
    said.cad_closed_at = app_now(d->app);
    assert_refused(d, ERR_DENIED, say(d, "put-away", &said));
    assert_logged(d, AUDIT_DENIED, "case.put-away", ONE);
    assert_refused(d, ERR_DENIED, say(d, "close", &said));
    desk_as(d, PS);
    said.kind = code(d, VOCAB_CASE_KIND, "no-crime");
    assert_refused(d, ERR_DENIED, say(d, "kind", &said));
}

static void a_cad_is_not_put_away_without_its_numbers(void **state)
{
    Desk *d = *state;
    CaseDoc said = nothing();
    Reference r;
    CaseView v;
    GateVerdict *gates;

    desk_as(d, IBOS);
    supervise_the_message(d);
    assert_refused(d, ERR_INVALID, say(d, "put-away", &said));
    assert_string_equal(d->err.field, "gate");
    assert_non_null(strstr(d->err.text, "CRIS"));
    v = desk_look(d, ONE);
    assert_true(app_facts_shut(d->app, &v, fact_group("put-away"), d->a, &gates) > 0);
    case_item_init(LIST_REFERENCES, &r);
    r.system = code(d, VOCAB_SYSTEM, "cris");
    r.number = "4212345/10";
    assert_did(d, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, NULL, &d->err));
    desk_as(d, DS);
    said.children = code(d, VOCAB_CHILDREN, "none");
    assert_did(d, say(d, "children", &said));
    desk_as(d, IBOS);
    said = nothing();
    assert_did(d, say(d, "put-away", &said));
    assert_int_equal(desk_look(d, ONE).doc.cad_closed_at, app_now(d->app));
}

static Reference number_of(Desk *d, const char *system, const char *number, const char *unusual)
{
    Reference r;

    case_item_init(LIST_REFERENCES, &r);
    r.system = code(d, VOCAB_SYSTEM, system);
    r.number = number;
    r.unusual = unusual;
    return r;
}

static size_t gates_shut(Desk *d, const char *group)
{
    CaseView v = desk_look(d, ONE);
    GateVerdict *gates;

    return app_facts_shut(d->app, &v, fact_group(group), d->a, &gates);
}

static bool shuts(Desk *d, const char *id)
{
    CaseView v = desk_look(d, ONE);
    GateVerdict *gates;
    size_t n = app_facts_shut(d->app, &v, fact_group("put-away"), d->a, &gates);

    for (size_t i = 0; i < n; i++)
        if (strcmp(gates[i].gate->id, id) == 0) return true;
    return false;
}

/* "abc" is no CRIS number, whoever types it; a supervisor may say why it is one, and nobody else. */
static void only_an_actual_number_or_a_supervisors_word_opens_the_gate(void **state)
{
    Desk *d = *state;
    CaseView v;
    Reference r = number_of(d, "cris", "abc", NULL);
    const char *warning = NULL;

    desk_as(d, PC);
    v = desk_look(d, ONE);
    assert_did(d, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, &warning, &d->err));
    assert_non_null(warning);
    assert_true(shuts(d, "close-cad-cris"));
    r = number_of(d, "cris", "abc", "I say so.");
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, NULL, &d->err));
    desk_as(d, IBOS);
    v = desk_look(d, ONE);
    r = number_of(d, "cris", "abc", "The number of another force.");
    warning = NULL;
    assert_did(d, app_case_add(d->app, &v.row, LIST_REFERENCES, &r, d->a, &warning, &d->err));
    assert_null(warning);
    assert_false(shuts(d, "close-cad-cris"));
    assert_true(shuts(d, "close-cad-supervision"));
    assert_true(gates_shut(d, "put-away") > 0);
}

static void a_gate_says_where_what_it_wants_is_entered(void **state)
{
    (void)state;
    assert_int_equal(app_gate_mend("close-cad-cris")->list, LIST_REFERENCES);
    assert_int_equal(app_gate_mend("close-cad-supervision")->list, LIST_REVIEWS);
    assert_null(app_gate_mend("submit-risk"));
}

static void closing_says_what_it_ends_and_needs_an_outcome(void **state)
{
    Desk *d = *state;
    CaseDoc said = nothing();
    CaseView v = desk_look(d, ONE);
    Duty *ends;
    size_t n = app_closing_ends(d->app, &v, d->a, &ends);

    assert_true(n > 0);
    for (size_t i = 1; i < n; i++)
        assert_true((ends[i - 1].ended > ends[i - 1].due) >= (ends[i].ended > ends[i].due)); /* those that are missed first */
    assert_refused(d, ERR_INVALID, say(d, "close", &said));
    assert_string_equal(d->err.field, "outcome");
    assert_int_equal(desk_look(d, ONE).doc.closed_at, TIME_NONE);
}

static void somebody_faster_is_told(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    CaseDoc said = nothing();
    CaseRow old = v.row;

    assert_did(d, app_facts_say(d->app, &v.row, fact_group("attended"), &said, &d->err));
    assert_int_equal(v.row.rev, old.rev + 1);
    assert_refused(d, ERR_STALE, app_facts_say(d->app, &old, fact_group("attended"), &said, &d->err));
}

/* ---- units ---- */

static bool pass(Desk *d, OwnerAct act, const char *unit, const char *reason)
{
    CaseView v = desk_look(d, ONE);

    return app_owner_act(d->app, &v.row, act, unit, reason, &d->err);
}

static const char *owner(Desk *d)
{
    CaseView v = desk_look(d, ONE);
    const Owner *o = case_owner(&v.doc);

    return o ? vocab_word(app_vocabs(d->app), VOCAB_UNIT, o->unit) : "";
}

static void the_sender_owns_it_until_it_is_accepted(void **state)
{
    Desk *d = *state;

    assert_did(d, pass(d, OWNER_OFFER, "scd2", NULL));
    assert_logged(d, AUDIT_ALTER, "owner.offer", ONE);
    assert_string_equal(owner(d), "csu");
    assert_int_equal(stands(d, "transfer-acceptance"), DUTY_OPEN);
    assert_refused(d, ERR_INVALID, pass(d, OWNER_OFFER, "scd5", NULL));
    assert_refused(d, ERR_DENIED, pass(d, OWNER_ACCEPT, "scd2", NULL)); /* a DS does not speak for SCD2 */
    assert_string_equal(owner(d), "csu");
    desk_as(d, DI);
    assert_did(d, pass(d, OWNER_ACCEPT, NULL, NULL));
    assert_string_equal(owner(d), "scd2");
    assert_int_equal(stands(d, "transfer-acceptance"), DUTY_DONE);
}

static void a_refusal_and_a_recall_say_why_and_are_answers(void **state)
{
    Desk *d = *state;
    CaseView v;

    desk_as(d, DI);
    assert_did(d, pass(d, OWNER_OFFER, "scd2", NULL));
    assert_refused(d, ERR_INVALID, pass(d, OWNER_REFUSE, NULL, " \n"));
    assert_string_equal(d->err.field, "reason");
    assert_did(d, pass(d, OWNER_REFUSE, NULL, "Not a rape."));
    assert_string_equal(owner(d), "csu");
    assert_int_equal(stands(d, "transfer-acceptance"), DUTY_DONE);
    assert_did(d, pass(d, OWNER_OFFER, "scd2", NULL));
    assert_did(d, pass(d, OWNER_RECALL, NULL, "Sent by mistake."));
    v = desk_look(d, ONE);
    assert_null(app_owner_pending(&v.doc, app_now(d->app)));
    assert_string_equal(v.doc.owners[v.doc.n_owners - 1].reason, "Sent by mistake.");
    assert_string_equal(v.doc.owners[v.doc.n_owners - 1].by, DI);
    assert_refused(d, ERR_INVALID, pass(d, OWNER_ACCEPT, NULL, NULL));
}

static void nobody_offers_what_the_unit_has_or_what_is_no_unit(void **state)
{
    Desk *d = *state;

    assert_refused(d, ERR_INVALID, pass(d, OWNER_OFFER, "csu", NULL));
    assert_refused(d, ERR_INVALID, pass(d, OWNER_OFFER, "navy", NULL));
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, pass(d, OWNER_OFFER, "scd2", NULL));
    assert_logged(d, AUDIT_DENIED, "owner.offer", ONE);
}

/* By the general road, too. */
static void an_entry_cannot_say_it_for_another_unit(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Owner o;

    case_item_init(LIST_OWNERS, &o);
    o.unit = code(d, VOCAB_UNIT, "scd2");
    o.accepted_at = app_now(d->app);
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &v.row, LIST_OWNERS, &o, d->a, NULL, &d->err));
    o.accepted_at = TIME_NONE;
    assert_did(d, app_case_add(d->app, &v.row, LIST_OWNERS, &o, d->a, NULL, &d->err));
    o.unit = code(d, VOCAB_UNIT, "scd5");
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_OWNERS, &o, d->a, NULL, &d->err));
}

int main(void)
{
#define F(test) cmocka_unit_test_setup_teardown(test, with_one_case, desk_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_group_names_columns_that_are_there_and_stands_once),
        F(not_domestic_is_decided_on_evidence_and_puts_the_message_away),
        F(a_message_without_its_evidence_is_not_put_away_and_a_domestic_one_has_none),
        F(attending_is_now_unless_it_is_said),
        F(what_lies_ahead_or_is_no_word_is_refused),
        F(who_it_does_not_concern_is_refused_and_logged),
        F(a_cad_is_not_put_away_without_its_numbers),
        F(only_an_actual_number_or_a_supervisors_word_opens_the_gate),
        cmocka_unit_test(a_gate_says_where_what_it_wants_is_entered),
        F(closing_says_what_it_ends_and_needs_an_outcome),
        F(somebody_faster_is_told),
        F(the_sender_owns_it_until_it_is_accepted),
        F(a_refusal_and_a_recall_say_why_and_are_answers),
        F(nobody_offers_what_the_unit_has_or_what_is_no_unit),
        F(an_entry_cannot_say_it_for_another_unit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
