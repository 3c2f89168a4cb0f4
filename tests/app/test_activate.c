/* test_activate.c — a policy proposed, approved, withdrawn; what is refused; what a session beside it sees. */
#include "trial_policy.h"

#include "app/sign.h"

#include <unistd.h>

/* Proposes the text as keeper; its hash in the arena. */
static const char *proposed(Desk *d, const char *text)
{
    PolicyProblems problems = { .arena = d->a };
    char hash[HASH_HEX];

    desk_as(d, KEEPER);
    d->err = (Err){ 0 };
    assert_did(d, app_policy_propose(d->app, "five.policy", text, strlen(text), &problems, hash, &d->err));
    return arena_dup(d->a, hash);
}

static PolicyActivated activated(Desk *d, const char *hash)
{
    PolicyActivated out;

    d->err = (Err){ 0 };
    desk_as(d, DI);
    assert_did(d, app_policy_activate(d->app, hash, TRAINING_PASSWORD, NULL, &out, &d->err));
    return out;
}

static bool propose(Desk *d, const char *text)
{
    PolicyProblems problems = { .arena = d->a };
    char hash[HASH_HEX];

    return app_policy_propose(d->app, "x.policy", text, strlen(text), &problems, hash, &d->err);
}

static Time due_of(App *app, Arena *a, const char *id, const char *duty, Err *err)
{
    CaseRow row;
    Duty *duties;
    size_t n;

    assert_true(store_case_find(app_store_handle(app), id, a, &row, err));
    assert_true(store_duty_of_case(app_store_handle(app), row.key, a, &duties, &n, err));
    for (size_t i = 0; i < n; i++)
        if (str_eq(duties[i].id, duty)) return duties[i].due;
    return TIME_NONE;
}

/* ---- the way it goes ---- */

static void one_proposes_and_another_approves(void **state)
{
    Desk *d = *state;
    const char *hash;
    PolicyActivated done;
    PolicyEntry *all;
    char was[HASH_HEX];
    size_t n;

    snprintf(was, sizeof was, "%s", policy_hash(app_policy(d->app)));
    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    assert_true(due_of(d->app, d->a, "KG-1", "ds-supervision", &d->err) == T("2010-05-08T10:00:00Z"));
    hash = proposed(d, five_days(d));
    assert_logged(d, AUDIT_CARE, "policy.propose", "");
    assert_did(d, app_policy_list(d->app, d->a, &all, &n, &d->err));
    assert_int_equal(n, 2);
    assert_int_equal(all[0].standing, POLICY_PROPOSED);
    assert_string_equal(all[0].by, KEEPER);
    assert_null(all[0].decided_by);
    assert_true(due_of(d->app, d->a, "KG-1", "ds-supervision", &d->err) == T("2010-05-08T10:00:00Z")); /* nothing yet */

    done = activated(d, hash);
    assert_string_equal(done.was, was);
    assert_string_equal(done.is, hash);
    assert_int_equal(done.cases, 1);
    assert_true(done.changed);
    assert_string_equal(policy_hash(app_policy(d->app)), hash);
    assert_true(due_of(d->app, d->a, "KG-1", "ds-supervision", &d->err) == T("2010-05-06T10:00:00Z"));
    assert_did(d, app_policy_list(d->app, d->a, &all, &n, &d->err));
    assert_int_equal(n, 2);
    assert_int_equal(all[0].standing, POLICY_IN_FORCE);
    assert_string_equal(all[0].by, KEEPER);
    assert_string_equal(all[0].decided_by, DI);
    assert_int_equal(all[1].standing, POLICY_WAS_IN_FORCE);
    assert_true(all[1].until == all[0].decided_at);
    assert_null(all[1].by);
}

typedef struct Wanted {
    const char *act, *parts[2];
    bool found;
} Wanted;

static bool is_wanted(void *with, const AuditEntry *e)
{
    Wanted *w = with;

    if (str_eq(e->act, w->act) && strstr(e->detail, w->parts[0]) && strstr(e->detail, w->parts[1]) &&
        str_eq(e->who, DI))
        w->found = true;
    return true;
}

static void the_log_binds_the_old_hash_and_the_new(void **state)
{
    Desk *d = *state;
    const char *was = arena_dup(d->a, policy_hash(app_policy(d->app))), *is = proposed(d, five_days(d));
    Wanted w = { .act = "policy.activate",
        .parts = { arena_printf(d->a, "was %s", was), arena_printf(d->a, "is %s", is) } };

    activated(d, is);
    assert_did(d, store_audit_each(app_store_handle(d->app), 1, is_wanted, &w, &d->err));
    assert_true(w.found);
}

static void every_text_is_kept_and_a_store_opens_with_the_last(void **state)
{
    Desk *d = *state;
    const char *first = arena_dup(d->a, policy_hash(app_policy(d->app))), *second = proposed(d, five_days(d)), *text;
    Policy *p = policy_of(d, standard_with(d, "duty attend", "duty attend", "duty attend"));
    PolicyEntry e;
    size_t n, standard;

    activated(d, second);
    desk_reopen(d, NOW);
    assert_string_equal(policy_hash(app_policy(d->app)), second);
    desk_as(d, DS);
    assert_did(d, app_policy_find(d->app, arena_dup_n(d->a, first, 8), d->a, &e, &d->err));
    assert_int_equal(e.standing, POLICY_WAS_IN_FORCE);
    assert_did(d, app_policy_text(d->app, &e, d->a, &text, &n, &d->err));
    policy_whole_text(p, &standard); /* with the words that it uses */
    assert_int_equal(n, standard);
    policy_free(&p);
    assert_refused(d, ERR_INVALID, app_policy_find(d->app, "abc", d->a, &e, &d->err));
    assert_refused(d, ERR_INVALID, app_policy_find(d->app, "../../etc", d->a, &e, &d->err));
    assert_refused(d, ERR_MISSING, app_policy_find(d->app, "0000000", d->a, &e, &d->err));
}

static void a_session_beside_it_picks_it_up(void **state)
{
    Desk *d = *state;
    App *beside = desk_terminal(d, NOW);
    const Policy *old;
    const char *hash;
    int64_t key = app_policy_key(beside);

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    assert_did(d, app_sign_in(beside, DS, TRAINING_PASSWORD, &d->err));
    hash = proposed(d, five_days(d));
    activated(d, hash);
    old = app_policy(beside);
    usleep(1100000);
    app_tick(beside);
    assert_string_equal(policy_hash(app_policy(beside)), hash);
    assert_true(app_policy_key(beside) != key);
    assert_string_equal(policy_id(old), POLICY_STANDARD); /* what pointed into the old one still may */
    app_close(&beside);
}

/* Between two looks it is told at the save, loses nothing, and saves under the new one. */
static void what_is_saved_under_the_old_one_is_saved_again_under_the_new(void **state)
{
    Desk *d = *state;
    App *beside = desk_terminal(d, NOW);
    Review review;
    CaseView v;
    const char *hash;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    hash = proposed(d, five_days(d));
    assert_did(d, app_sign_in(beside, DS, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_case_look(beside, "KG-1", "test", d->a, &v, &d->err));
    activated(d, hash);
    case_item_init(LIST_REVIEWS, &review);
    review.kind = vocab_code(app_vocabs(beside), VOCAB_REVIEW, "ds-supervision");
    review.outcome = vocab_code(app_vocabs(beside), VOCAB_REVIEW_OUTCOME, "satisfied");
    assert_refused(d, ERR_STALE, app_case_add(beside, &v.row, LIST_REVIEWS, &review, d->a, NULL, &d->err));
    app_tick(beside);
    assert_string_equal(policy_hash(app_policy(beside)), hash);
    d->err = (Err){ 0 };
    assert_did(d, app_case_add(beside, &v.row, LIST_REVIEWS, &review, d->a, NULL, &d->err));
    app_close(&beside);
}

/* What was read under the policy before ends the import as a whole; the rest of the file can be given again. */
static void an_import_that_meets_another_policy_ends_and_says_where_to_go_on(void **state)
{
    Desk *d = *state;
    App *beside = desk_terminal(d, NOW);
    ImportOptions o = { .name = "x" };
    ImportReport report = { 0 };
    char *lines = arena_printf(d->a, "%s%s", case_line(d->a, "KG-1", ""), case_line(d->a, "KG-2", ""));
    FILE *in = desk_file(lines, strlen(lines));

    assert_did(d, app_sign_in(beside, DI, TRAINING_PASSWORD, &d->err));
    activated(d, proposed(d, five_days(d)));
    assert_refused(d, ERR_STALE, app_import_cases(beside, in, &o, &report, &d->err));
    assert_int_equal(report.added + report.refused, 0);
    assert_int_equal(report.not_tried, 2);
    assert_int_equal(report.go_on, 1);
    fclose(in);
    app_tick(beside);
    in = desk_file(lines, strlen(lines));
    d->err = (Err){ 0 };
    assert_did(d, app_import_cases(beside, in, &o, &report, &d->err));
    assert_int_equal(report.added, 2);
    fclose(in);
    app_close(&beside);
}

/* ---- refused ---- */

static void the_wrong_officer_is_refused(void **state)
{
    Desk *d = *state;
    static const char *const others[] = { PC, PS, IO, DS, AUDITOR, KEEPER };
    const char *hash = proposed(d, five_days(d));
    PolicyActivated out;

    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        desk_as(d, others[i]);
        assert_refused(d, ERR_DENIED, app_policy_activate(d->app, hash, TRAINING_PASSWORD, NULL, &out, &d->err));
        assert_logged(d, AUDIT_DENIED, "policy.activate", "");
    }
    desk_as(d, DI);
    assert_refused(d, ERR_DENIED, propose(d, five_days(d)));
    assert_refused(d, ERR_DENIED, app_policy_activate(d->app, hash, "not-the-password", NULL, &out, &d->err));
    assert_false(out.in_force);
    assert_int_equal(app_policy_key(d->app), 1);
}

static void proposal_and_approval_are_signed(void **state)
{
    Desk *d = *state;
    const char *hash = proposed(d, five_days(d));
    uint8_t digest[HASH_BYTES];
    SignedRecord *all;
    AuditVerdict v;
    size_t n;

    activated(d, hash);
    assert_true(crypto_unhex(hash, digest, HASH_BYTES));
    assert_did(d, app_signed_list(d->app, SIGN_PROPOSE, hash, digest, d->a, &all, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(all[0].by, KEEPER);
    assert_int_equal(all[0].stand, SIGNED_VALID);
    assert_did(d, app_signed_list(d->app, SIGN_APPROVE, hash, digest, d->a, &all, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(all[0].by, DI);
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.signatures.others[SIGNED_VALID], 2);
    assert_int_equal(v.signatures.others[SIGNED_CHANGED], 0);
}

/* The keeper of yesterday is the inspector of today. */
static void nobody_approves_what_they_proposed(void **state)
{
    Desk *d = *state;
    const char *hash;
    PolicyActivated out;

    desk_as(d, KEEPER);
    assert_did(
        d, app_officer_add(d->app, "190009", "Both", ROLE_BIT(ROLE_KEEPER), "five unrelated words here", &d->err));
    assert_did(d, app_sign_in(d->app, "190009", "five unrelated words here", &d->err));
    assert_did(d, app_officer_password(d->app, "190009", "five other unrelated words", &d->err));
    {
        PolicyProblems problems = { .arena = d->a };
        char made[HASH_HEX], *text = five_days(d);
        assert_did(d, app_policy_propose(d->app, "x", text, strlen(text), &problems, made, &d->err));
        hash = arena_dup(d->a, made);
    }
    desk_as(d, KEEPER);
    assert_did(d, app_officer_role(d->app, "190009", ROLE_BIT(ROLE_CSU_DI), &d->err));
    assert_did(d, app_sign_in(d->app, "190009", "five other unrelated words", &d->err));
    assert_refused(d, ERR_DENIED, app_policy_activate(d->app, hash, "five other unrelated words", NULL, &out, &d->err));
    assert_logged(d, AUDIT_DENIED, "policy.activate", "");
    activated(d, hash); /* another inspector may */
}

static void a_file_with_a_problem_is_refused_with_all_of_them(void **state)
{
    Desk *d = *state;
    PolicyProblems problems = { .arena = d->a };
    char hash[HASH_HEX], *text = standard_with(d, "duty ds-supervision", "every    7 days", "every    5 days");

    desk_as(d, KEEPER); /* its examples still say seven */
    assert_refused(d, ERR_INVALID, app_policy_propose(d->app, "x", text, strlen(text), &problems, hash, &d->err));
    assert_true(problems.n >= 1);
    assert_non_null(strstr(problems.items[0].text, "example"));
    assert_refused(d, ERR_INVALID, app_policy_propose(d->app, "x", "", 0, &problems, hash, &d->err));
}

static void the_same_text_is_refused(void **state)
{
    Desk *d = *state;
    size_t n;
    const char *standard = policy_builtin(POLICY_STANDARD, &n);

    desk_as(d, KEEPER);
    assert_refused(d, ERR_INVALID, propose(d, arena_dup_n(d->a, standard, n)));
    proposed(d, five_days(d));
    assert_refused(d, ERR_INVALID, propose(d, five_days(d)));
}

static void a_word_that_cases_use_cannot_be_dropped(void **state)
{
    Desk *d = *state;
    size_t n;
    const char *standard = policy_builtin(POLICY_STANDARD, &n);
    char *more = arena_printf(d->a, "%.*s\nvocabulary flag adds alpha-flag \"A\", beta-flag \"B\"\n", (int)n, standard);
    char *less = arena_printf(d->a, "%.*s\nvocabulary flag adds alpha-flag \"A\"\n", (int)n, standard);

    activated(d, proposed(d, more));
    desk_import(d, case_line(d->a, "KG-1", "\"flags\":[{\"flag\":\"alpha-flag\",\"at\":\"2010-05-02T10:00:00Z\"}]"));
    desk_as(d, KEEPER);
    assert_refused(d, ERR_INVALID, propose(d, arena_dup_n(d->a, standard, n)));
    assert_non_null(strstr(d->err.text, "alpha-flag"));
    activated(d, proposed(d, less)); /* nobody used beta-flag */
}

/* Fine when it was proposed; a case came to use the word meanwhile. */
static void words_are_looked_at_again_when_it_is_approved(void **state)
{
    Desk *d = *state;
    size_t n;
    const char *standard = policy_builtin(POLICY_STANDARD, &n), *hash;
    PolicyActivated out;

    activated(d, proposed(d, arena_printf(d->a, "%.*s\nvocabulary flag adds alpha-flag \"A\"\n", (int)n, standard)));
    hash = proposed(d, arena_dup_n(d->a, standard, n));
    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", "\"flags\":[{\"flag\":\"alpha-flag\",\"at\":\"2010-05-02T10:00:00Z\"}]"));
    assert_refused(d, ERR_INVALID, app_policy_activate(d->app, hash, TRAINING_PASSWORD, NULL, &out, &d->err));
    assert_false(out.in_force);
    desk_as(d, AUDITOR);
}

static void what_is_withdrawn_or_decided_is_not_decided_again(void **state)
{
    Desk *d = *state;
    const char *hash = proposed(d, five_days(d));
    PolicyActivated out;

    desk_as(d, DS);
    assert_refused(d, ERR_DENIED, app_policy_withdraw(d->app, hash, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_policy_withdraw(d->app, hash, &d->err));
    assert_logged(d, AUDIT_CARE, "policy.withdraw", "");
    assert_refused(d, ERR_INVALID, app_policy_withdraw(d->app, hash, &d->err));
    desk_as(d, DI);
    assert_refused(d, ERR_INVALID, app_policy_activate(d->app, hash, TRAINING_PASSWORD, NULL, &out, &d->err));
    activated(d, proposed(d, five_days(d))); /* proposed anew */
}

/* ---- stopped ---- */

static bool stop(void *with, int64_t done, int64_t total)
{
    return false;
}

static void stopped_while_deriving_it_is_in_force_and_is_finished_later(void **state)
{
    Desk *d = *state;
    Progress p = { stop, NULL };
    const char *hash;
    PolicyActivated out;
    Str lines = { 0 };

    desk_as(d, DI);
    for (int i = 0; i < 3000; i++) str_add(&lines, case_line(d->a, arena_printf(d->a, "KG-%d", i), ""));
    desk_import(d, str_text(&lines));
    str_finish(&lines);
    hash = proposed(d, five_days(d));
    desk_as(d, DI);
    assert_refused(d, ERR_STOPPED, app_policy_activate(d->app, hash, TRAINING_PASSWORD, &p, &out, &d->err));
    assert_true(out.in_force);
    assert_string_equal(policy_hash(app_policy(d->app)), hash);
    d->err = (Err){ 0 };
    assert_did(d, app_policy_activate(d->app, hash, "", NULL, &out, &d->err));
    assert_int_equal(out.cases, 3000);
    assert_true(due_of(d->app, d->a, "KG-2999", "ds-supervision", &d->err) == T("2010-05-06T10:00:00Z"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(one_proposes_and_another_approves),
        TEST(the_log_binds_the_old_hash_and_the_new),
        TEST(every_text_is_kept_and_a_store_opens_with_the_last),
        TEST(a_session_beside_it_picks_it_up),
        TEST(what_is_saved_under_the_old_one_is_saved_again_under_the_new),
        TEST(an_import_that_meets_another_policy_ends_and_says_where_to_go_on),
        TEST(the_wrong_officer_is_refused),
        TEST(proposal_and_approval_are_signed),
        TEST(nobody_approves_what_they_proposed),
        TEST(a_file_with_a_problem_is_refused_with_all_of_them),
        TEST(the_same_text_is_refused),
        TEST(a_word_that_cases_use_cannot_be_dropped),
        TEST(words_are_looked_at_again_when_it_is_approved),
        TEST(what_is_withdrawn_or_decided_is_not_decided_again),
        TEST(stopped_while_deriving_it_is_in_force_and_is_finished_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
