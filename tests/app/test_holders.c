/* test_holders.c — keys of restricted cases: the keeper of the store makes an officer who would be on a list by role, and somebody who has the keys must agree
** before that officer is given one. */
#include "desk.h"

#include "app/access.h"
#include "app/custodian.h"

#define DPS    "900011"
#define DCI    "900009"
#define HELPER "777777"
#define OTHER  "777778"
#define CASE   "KG-2010-000007"

#define DOC "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Canaryson\",\"given\":\"Ann\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}]"

static void restrict_it(Desk *d, const char *subject)
{
    desk_as(d, DS);
    desk_restrict(d, CASE, subject);
}

static int sealed_setup(void **state)
{
    desk_with(state, CASE, DOC);
    restrict_it(*state, "");
    return 0;
}

static bool reads(Desk *d, const char *warrant)
{
    CaseView v;

    desk_as(d, warrant);
    d->err = (Err){ 0 };
    return app_case_look(d->app, CASE, "test", d->a, &v, &d->err) && str_eq(v.doc.people[0].family, "Canaryson");
}

static void add(Desk *d, const char *warrant, Role role)
{
    desk_as(d, KEEPER);
    assert_did(d, app_officer_add(d->app, warrant, "DI Helper", ROLE_BIT(role), TRAINING_PASSWORD, &d->err));
    desk_as(d, warrant); /* makes keys */
}

static bool agrees(Desk *d, const char *warrant, const char *whom)
{
    desk_as(d, warrant);
    d->err = (Err){ 0 };
    return app_holder_agree(d->app, whom, TRAINING_PASSWORD, &d->err);
}

static size_t waiting(Desk *d, const char *warrant)
{
    HolderWait *all;
    size_t n;

    desk_as(d, warrant);
    assert_did(d, app_holders_waiting(d->app, d->a, &all, &n, &d->err));
    return n;
}

static void who_was_there_is_given_keys_and_who_comes_waits(void **state)
{
    Desk *d = *state;

    assert_true(reads(d, DI)); /* who made his keys after the case was sealed, too */
    assert_true(reads(d, DPS));
    assert_int_equal(waiting(d, DI), 0);
    add(d, HELPER, ROLE_CSU_DI);
    assert_true(reads(d, DI)); /* holders sign in, and give him nothing */
    assert_true(reads(d, DPS));
    assert_false(reads(d, HELPER));
    assert_int_equal(waiting(d, DI), 1);
    assert_int_equal(waiting(d, DPS), 1);
    assert_int_equal(waiting(d, IO), 0); /* not told to who may not agree */
    assert_true(agrees(d, DPS, HELPER));
    assert_true(reads(d, HELPER));
    assert_int_equal(waiting(d, DI), 0);
    assert_false(agrees(d, DI, HELPER));
    assert_int_equal(d->err.kind, ERR_STALE);
}

static void nobody_agrees_to_himself_or_while_he_waits(void **state)
{
    Desk *d = *state;

    assert_true(reads(d, DI));
    add(d, HELPER, ROLE_CSU_DI);
    add(d, OTHER, ROLE_DPS);
    assert_false(agrees(d, HELPER, HELPER));
    assert_int_equal(d->err.kind, ERR_DENIED);
    assert_false(agrees(d, HELPER, OTHER));
    assert_int_equal(d->err.kind, ERR_DENIED);
    assert_false(agrees(d, IO, HELPER));
    assert_int_equal(d->err.kind, ERR_DENIED);
    desk_as(d, DI);
    assert_refused(d, ERR_DENIED, app_holder_agree(d->app, HELPER, "not it", &d->err));
    assert_false(reads(d, HELPER) || reads(d, OTHER));
}

static void another_role_waits_again(void **state)
{
    Desk *d = *state;

    assert_true(reads(d, DI));
    desk_as(d, KEEPER);
    assert_did(d, app_officer_role(d->app, PC, ROLE_BIT(ROLE_CSU_DI), &d->err));
    assert_true(reads(d, DI));
    assert_false(reads(d, PC));
    assert_true(agrees(d, DI, PC));
    assert_true(reads(d, PC));
}

static void keys_that_are_made_anew_wait_again(void **state)
{
    Desk *d = *state;

    assert_true(reads(d, DI) && reads(d, DPS));
    desk_as(d, KEEPER);
    assert_did(d, app_officer_password(d->app, DPS, TRAINING_PASSWORD, &d->err));
    assert_false(reads(d, DPS));
    assert_true(reads(d, DI));
    assert_false(reads(d, DPS));
    assert_true(agrees(d, DI, DPS));
    assert_true(reads(d, DPS));
}

static bool breaks(Desk *d, const char *warrant, const char *second)
{
    GlassAsk ask = { CASE, "Threat to life, she is at the counter.", TRAINING_PASSWORD, second, TRAINING_PASSWORD, 30 };
    Time until;

    desk_as(d, warrant);
    d->err = (Err){ 0 };
    return app_glass_break(d->app, &ask, &until, &d->err);
}

/* Two made-up constables would be two who break the glass. */
static void whom_nobody_agreed_to_breaks_no_glass(void **state)
{
    Desk *d = *state;

    assert_true(reads(d, DI));
    desk_as(d, PC), desk_as(d, PS); /* make their keys */
    add(d, HELPER, ROLE_RESPONSE_PC);
    add(d, OTHER, ROLE_RESPONSE_PS);
    assert_true(reads(d, DI));
    assert_false(breaks(d, HELPER, OTHER));
    assert_int_equal(d->err.kind, ERR_DENIED);
    assert_false(breaks(d, PC, OTHER));
    assert_true(breaks(d, PC, PS));
}

/* Three made-up officers would be custodians. */
static void custodians_whom_nobody_agreed_to_have_no_key(void **state)
{
    Desk *d = *state;
    const char *const three[] = { HELPER, OTHER, KEEPER };
    int64_t n;

    assert_true(reads(d, DI));
    add(d, HELPER, ROLE_RESPONSE_PC);
    add(d, OTHER, ROLE_CSU_DI);
    desk_as(d, KEEPER);
    assert_did(d, app_custodians_name(d->app, three, 3, TRAINING_PASSWORD, &d->err));
    assert_true(reads(d, DI));
    desk_as(d, HELPER);
    app_recover(d->app, TRAINING_PASSWORD, OTHER, TRAINING_PASSWORD, &n, &d->err);
    assert_false(reads(d, OTHER));
}

/* The second account of whom the case is about. */
static void whom_the_subject_agrees_to_is_given_nothing_of_that_case(void **state)
{
    Desk *d = *state;
    AccessAsk name = { CASE, ACCESS_SUBJECT, DI, ROLE_NONE, "It is about him.", TRAINING_PASSWORD };

    assert_true(reads(d, DPS));
    desk_as(d, DS);
    assert_did(d, app_access_change(d->app, &name, &d->err));
    add(d, HELPER, ROLE_CSU_DI);
    assert_true(agrees(d, DI, HELPER));
    assert_true(reads(d, DPS));
    assert_false(reads(d, HELPER));
}

static void an_agreement_is_signed_and_in_the_log(void **state)
{
    Desk *d = *state;
    AuditVerdict v;

    assert_true(reads(d, DI));
    add(d, HELPER, ROLE_CSU_DI);
    assert_true(agrees(d, DI, HELPER));
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.signatures.others[SIGNED_CHANGED], 0);
    assert_true(v.signatures.others[SIGNED_VALID] > 13);
}

/* Put in behind the program: by keys that nobody trusts. */
static void a_row_of_a_stranger_is_no_agreement(void **state)
{
    Desk *d = *state;

    assert_true(reads(d, DI));
    add(d, HELPER, ROLE_CSU_DI);
    assert_true(agrees(d, DI, HELPER));
    add(d, OTHER, ROLE_CSU_DI);
    app_sign_out(d->app);
    desk_by_hand(d, "INSERT INTO signature (kind, about, digest, \"by\", \"at\", sign_key, value, act) "
                    "SELECT kind, replace(about, '777777', '777778'), digest, \"by\", \"at\", sign_key, value, act FROM signature WHERE kind = 'holder.agree'");
    assert_true(reads(d, DI));
    assert_false(reads(d, OTHER));
}

#define ACT(f) cmocka_unit_test_setup_teardown(f, sealed_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACT(who_was_there_is_given_keys_and_who_comes_waits),
        ACT(nobody_agrees_to_himself_or_while_he_waits),
        ACT(another_role_waits_again),
        ACT(keys_that_are_made_anew_wait_again),
        ACT(whom_nobody_agreed_to_breaks_no_glass),
        ACT(custodians_whom_nobody_agreed_to_have_no_key),
        ACT(whom_the_subject_agrees_to_is_given_nothing_of_that_case),
        ACT(an_agreement_is_signed_and_in_the_log),
        ACT(a_row_of_a_stranger_is_no_agreement),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
