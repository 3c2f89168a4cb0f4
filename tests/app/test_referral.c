/* test_referral.c — referrals as one does them: who may, what is refused and why, what is sent on which basis; and the gaps, with their reasons. */
#include "desk.h"

#include "app/referral.h"

#define MARAC "900010"
#define PPD   "900005"
#define ONE   "KG-2010-000001"
#define HIGH                                                                                                           \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-05-01T12:" \
    "00:00Z\",\"grade\":\"high\"}]"
#define MEDIUM                                                                                                         \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-05-01T12:" \
    "00:00Z\",\"grade\":\"medium\"}]"

static int setup(void **state)
{
    return desk_with(state, ONE, HIGH);
}

static bool take_step(Desk *d, const char *to, const char *step, const char *text)
{
    return app_referral_step(d->app, ONE, to, step, text, &d->err);
}

static bool send_it(Desk *d, const char *to, const char *basis, const char *text)
{
    return app_referral_send(d->app, ONE, &(ReferralSend){ .to = to, .basis = basis, .text = text }, &d->err);
}

static ReferralLine line_of(Desk *d, const char *id, const char *to)
{
    CaseView v = desk_look(d, id);
    ReferralLine *lines;
    size_t n;

    app_referrals_of(d->app, &v, d->a, &lines, &n);
    for (size_t i = 0; i < n; i++)
        if (str_eq(vocab_word(app_vocabs(d->app), VOCAB_REFERRAL, lines[i].stand.to), to)) return lines[i];
    return (ReferralLine){ 0 };
}

static DutyState duty_of(Desk *d, const char *id, const char *duty)
{
    CaseView v = desk_look(d, id);

    for (size_t i = 0; i < v.n_duties; i++)
        if (str_eq(v.duties[i].id, duty)) return duty_state(&v.duties[i], app_now(d->app));
    return DUTY_STATE_COUNT; /* not asked */
}

/* ---- who may ---- */

static void steps_and_referrals_are_for_those_whose_work_it_is(void **state)
{
    static const struct {
        const char *who;
        bool offer, answer, send;
    } rows[] = { { PC, false, false, false }, { PS, true, true, true }, { "900003", false, false, false }, { PPD, true, false, true },
        { IO, true, true, true }, { DS, true, true, true }, { DI, true, true, true }, { "900009", false, false, false },
        { MARAC, true, false, false }, { AUDITOR, false, false, false }, { KEEPER, false, false, false } };
    Desk *d = *state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        desk_as(d, rows[i].who);
        if (rows[i].offer)
            assert_did(d, take_step(d, "sanctuary", "offered", ""));
        else {
            assert_refused(d, ERR_DENIED, take_step(d, "sanctuary", "offered", ""));
            assert_logged(d, AUDIT_DENIED, "referral.step", ONE);
        }
        if (rows[i].answer)
            assert_did(d, take_step(d, "refuge", "consented", ""));
        else
            assert_refused(d, ERR_DENIED, take_step(d, "refuge", "consented", ""));
        if (rows[i].send)
            assert_did(d, send_it(d, "other", "crime", "As invented."));
        else {
            assert_refused(d, ERR_DENIED, send_it(d, "other", "crime", "As invented."));
            assert_logged(d, AUDIT_DENIED, "referral.send", ONE);
        }
    }
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, take_step(d, "sanctuary", "offered", ""));
    assert_refused(d, ERR_DENIED, send_it(d, "other", "crime", "As invented."));
}

/* ---- a life ---- */

static void a_referral_is_offered_agreed_sent_accepted_and_closed(void **state)
{
    Desk *d = *state;

    assert_int_equal(duty_of(d, ONE, "high-risk-referral"), DUTY_OVERDUE);
    assert_did(d, take_step(d, "idva", "offered", "At the station."));
    assert_int_equal(line_of(d, ONE, "idva").stand.state, REFERRAL_OFFERED);
    assert_refused(d, ERR_INVALID, send_it(d, "idva", "", "")); /* nobody has agreed */
    assert_string_equal(d->err.field, "basis");
    assert_did(d, take_step(d, "idva", "consented", ""));
    assert_logged(d, AUDIT_ALTER, "step-of-a-referral.add", ONE);
    assert_int_equal(desk_look(d, ONE).doc.n_consent, 1); /* the case knows it, in the same write */
    assert_did(d, send_it(d, "idva", "", "Please ring after nine."));
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_BASIS, line_of(d, ONE, "idva").stand.basis), "consent");
    assert_int_equal(duty_of(d, ONE, "high-risk-referral"), DUTY_LATE);
    assert_did(d, take_step(d, "idva", "accepted", ""));
    assert_refused(d, ERR_INVALID, take_step(d, "idva", "declined", "Too late."));
    assert_refused(d, ERR_INVALID, take_step(d, "idva", "closed", ""));
    assert_did(d, take_step(d, "idva", "closed", "Safe in a refuge."));
    assert_int_equal(line_of(d, ONE, "idva").stand.state, REFERRAL_CLOSED);
}

static void without_consent_it_goes_out_on_the_law_and_says_why(void **state)
{
    Desk *d = *state;

    assert_did(d, take_step(d, "idva", "refused", "She is afraid of more trouble."));
    assert_refused(d, ERR_INVALID, send_it(d, "idva", "consent", ""));
    assert_refused(d, ERR_INVALID, send_it(d, "idva", "vital-interests", " "));
    assert_string_equal(d->err.field, "text");
    assert_int_equal(desk_look(d, ONE).doc.n_referrals, 0);
    assert_did(d, send_it(d, "idva", "vital-interests", "He has said that he will kill her."));
    assert_int_equal(line_of(d, ONE, "idva").stand.state, REFERRAL_SENT);
}

static void victim_support_never_gets_what_the_victim_refused(void **state)
{
    Desk *d = *state;

    desk_import(d, case_line(d->a, "KG-2010-000002", MEDIUM));
    assert_int_equal(duty_of(d, "KG-2010-000002", "victim-support"), DUTY_OVERDUE);
    assert_did(d, app_referral_step(d->app, "KG-2010-000002", "victim-support", "refused", "No strangers.", &d->err));
    assert_int_equal(duty_of(d, "KG-2010-000002", "victim-support"), DUTY_STATE_COUNT);
    assert_refused(d, ERR_INVALID, app_referral_send(d->app, "KG-2010-000002",
                                       &(ReferralSend){ .to = "victim-support", .basis = "vital-interests", .text = "For her." }, &d->err));
    assert_non_null(strstr(d->err.text, "BD 2.15"));
    assert_true(line_of(d, "KG-2010-000002", "victim-support").gap); /* with its reason */
    assert_non_null(strstr(line_of(d, "KG-2010-000002", "victim-support").reason, "No strangers."));
    assert_did(d, app_referral_step(d->app, "KG-2010-000002", "victim-support", "consented", "", &d->err));
    assert_did(d, app_referral_send(d->app, "KG-2010-000002", &(ReferralSend){ .to = "victim-support" }, &d->err));
    assert_int_equal(duty_of(d, "KG-2010-000002", "victim-support"), DUTY_LATE);
    assert_false(line_of(d, "KG-2010-000002", "victim-support").gap);
}

static void honour_goes_to_an_advocate_and_to_a_restricted_marac(void **state)
{
    Desk *d = *state;
    ReferralSend marac = { .to = "marac", .basis = "vital-interests", .text = "Her brothers know.", .grounds = "judgement" };

    desk_import(d, case_line(d->a, "KG-2010-000003", HIGH ",\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-05-01T12:00:00Z\"}]"));
    assert_true(line_of(d, "KG-2010-000003", "marac").gap);
    assert_true(line_of(d, "KG-2010-000003", "idva").gap);
    assert_refused(d, ERR_INVALID, app_referral_send(d->app, "KG-2010-000003", &marac, &d->err));
    assert_string_equal(d->err.field, "restricted");
    marac.restricted = true;
    assert_did(d, app_referral_send(d->app, "KG-2010-000003", &marac, &d->err));
    assert_int_equal(duty_of(d, "KG-2010-000003", "hbv-restricted-marac"), DUTY_LATE);
    assert_int_equal(duty_of(d, "KG-2010-000003", "marac-dash"), DUTY_OPEN);
    assert_int_equal(duty_of(d, "KG-2010-000003", "hbv-advocacy"), DUTY_OVERDUE);
    assert_did(d, app_referral_send(d->app, "KG-2010-000003",
                      &(ReferralSend){ .to = "advocacy", .basis = "vital-interests", .text = "As above." }, &d->err));
    assert_int_equal(duty_of(d, "KG-2010-000003", "hbv-advocacy"), DUTY_LATE);
}

static void what_is_no_word_and_no_case_is_refused(void **state)
{
    Desk *d = *state;

    assert_refused(d, ERR_INVALID, take_step(d, "nobody", "offered", ""));
    assert_string_equal(d->err.field, "to");
    assert_refused(d, ERR_INVALID, take_step(d, "idva", "thrown-away", ""));
    assert_refused(d, ERR_INVALID, take_step(d, "", "offered", ""));
    assert_refused(d, ERR_INVALID, send_it(d, "idva", "whim", ""));
    assert_refused(d, ERR_MISSING, app_referral_step(d->app, "KG-2010-999999", "idva", "offered", "", &d->err));
}

/* By the road of the entry form the same rules stand. */
static void an_entry_by_hand_is_held_to_the_same_rules(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Referral r;

    case_item_init(LIST_REFERRALS, &r);
    r.to = vocab_code(app_vocabs(d->app), VOCAB_REFERRAL, "idva");
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &v.row, LIST_REFERRALS, &r, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "basis");
}

static void a_case_that_somebody_else_changed_is_read_again(void **state)
{
    Desk *d = *state;
    App *other = desk_terminal(d, NOW);
    CaseView v = desk_look(d, ONE);
    ReferralStep s;

    assert_true(app_sign_in(other, IO, TRAINING_PASSWORD, &d->err));
    assert_true(app_referral_step(other, ONE, "idva", "consented", "", &d->err));
    case_item_init(LIST_REFERRAL_STEPS, &s);
    s.to = vocab_code(app_vocabs(d->app), VOCAB_REFERRAL, "idva");
    s.step = vocab_code(app_vocabs(d->app), VOCAB_REFERRAL_STEP, "offered");
    assert_refused(d, ERR_STALE, app_case_add(d->app, &v.row, LIST_REFERRAL_STEPS, &s, d->a, NULL, &d->err));
    assert_did(d, send_it(d, "idva", "consent", "")); /* the verb asks the case as it is */
    app_close(&other);
}

/* ---- figures ---- */

static void every_gap_has_its_reason_and_the_figures_add_up(void **state)
{
    Desk *d = *state;
    ReferralGap *gaps;
    ReferralFigure *f;
    size_t n, n_figures;

    desk_import(d, case_line(d->a, "KG-2010-000002", MEDIUM ",\"children\":{\"answer\":\"present\",\"at\":\"2010-05-01T12:00:00Z\"}"));
    assert_did(d, app_referral_step(d->app, "KG-2010-000002", "childrens-services", "not-made", "They live abroad.", &d->err));
    assert_did(d, app_referral_gaps(d->app, T("2010-05-01T00:00:00Z"), T("2010-05-31T23:59:59Z"), NULL, d->a, &gaps, &n, &f, &n_figures, &d->err));
    assert_logged(d, AUDIT_CONSULT, "referral.gaps", NULL);
    for (size_t i = 0; i < n; i++) assert_true(*gaps[i].reason && *gaps[i].why);
    for (size_t i = 0; i < n_figures; i++) {
        assert_string_equal(f[i].month, "2010-05");
        assert_int_equal(f[i].eligible, f[i].referred + f[i].gap);
        assert_int_equal(f[i].gap, f[i].refused + f[i].not_made + f[i].waiting + f[i].silent);
        if (str_eq(f[i].to, "childrens-services")) assert_int_equal(f[i].not_made, 1);
        if (str_eq(f[i].to, "victim-support")) assert_int_equal(f[i].silent, 1);
        if (str_eq(f[i].to, "idva")) assert_int_equal(f[i].gap, 1);
    }
    assert_true(n >= 3 && n_figures >= 3);
    assert_did(d, app_referral_gaps(d->app, T("2010-04-01T00:00:00Z"), T("2010-04-30T23:59:59Z"), NULL, d->a, &gaps, &n, NULL, NULL, &d->err));
    assert_int_equal(n, 0);
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_referral_gaps(d->app, T("2010-05-01T00:00:00Z"), T("2010-05-31T23:59:59Z"), NULL, d->a, &gaps, &n, NULL, NULL, &d->err));
}

/* Of several that would do, one is enough for the duty. */
static void a_referral_that_fulfils_the_duty_closes_the_gap(void **state)
{
    Desk *d = *state;

    assert_true(line_of(d, ONE, "idva").gap);
    assert_did(d, send_it(d, "sanctuary", "vital-interests", "The locks, as invented."));
    assert_false(line_of(d, ONE, "idva").gap);
}

#define FACT(f) cmocka_unit_test_setup_teardown(f, setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(steps_and_referrals_are_for_those_whose_work_it_is),
        FACT(a_referral_is_offered_agreed_sent_accepted_and_closed),
        FACT(without_consent_it_goes_out_on_the_law_and_says_why),
        FACT(victim_support_never_gets_what_the_victim_refused),
        FACT(honour_goes_to_an_advocate_and_to_a_restricted_marac),
        FACT(what_is_no_word_and_no_case_is_refused),
        FACT(an_entry_by_hand_is_held_to_the_same_rules),
        FACT(a_case_that_somebody_else_changed_is_read_again),
        FACT(every_gap_has_its_reason_and_the_figures_add_up),
        FACT(a_referral_that_fulfils_the_duty_closes_the_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
