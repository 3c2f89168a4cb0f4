/* test_officers.c — accounts: the first one, the others, their roles and passwords. */
#include "desk.h"

#define GOOD "plum tractor wednesday lamp"

static void the_first_officer_is_a_keeper_made_without_signing_in(void **unused)
{
    Desk *d = desk_new(false);
    RoleSet keeper = ROLE_BIT(ROLE_KEEPER);

    assert_refused(
        d, ERR_DENIED, app_officer_add(d->app, "190001", "DS Example", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    assert_did(d, app_officer_add(d->app, "100001", "Max Example", keeper, GOOD, &d->err));
    assert_logged(d, AUDIT_CARE, "officer.add", "");
    assert_refused(d, ERR_DENIED, app_officer_add(d->app, "100002", "Mia Example", keeper, GOOD, &d->err));
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, "100001", "another long password", &d->err));
    assert_did(d, app_sign_in(d->app, "100001", GOOD, &d->err));
    assert_did(d, app_officer_add(d->app, "190001", "DS Example", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    app_sign_out(d->app);
    assert_did(d, app_sign_in(d->app, "190001", GOOD, &d->err));
    desk_free(&d);
}

static void only_the_keeper_manages_accounts(void **state)
{
    Desk *d = *state;
    Officer *all;
    size_t n;

    desk_as(d, DI);
    assert_refused(
        d, ERR_DENIED, app_officer_add(d->app, "190001", "DS Example", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    assert_refused(d, ERR_DENIED, app_officer_list(d->app, d->a, &all, &n, &d->err));
    assert_refused(d, ERR_DENIED, app_officer_suspend(d->app, DS, true, &d->err));
    assert_refused(d, ERR_DENIED, app_officer_role(d->app, DI, ROLE_BIT(ROLE_KEEPER), &d->err));
    assert_refused(d, ERR_DENIED, app_officer_password(d->app, DS, GOOD, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_officer_list(d->app, d->a, &all, &n, &d->err));
    assert_int_equal(n, 13);
    assert_string_equal(all[0].warrant, PC);
    assert_int_equal(all[0].password.ops, 0); /* not for anybody's eyes */
}

static void an_account_must_make_sense(void **state)
{
    Desk *d = *state;

    desk_as(d, KEEPER);
    assert_refused(d, ERR_INVALID, app_officer_add(d->app, "", "DS Example", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    assert_string_equal(d->err.field, "warrant");
    assert_refused(
        d, ERR_INVALID, app_officer_add(d->app, "19 0001", "DS Example", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    assert_refused(d, ERR_INVALID, app_officer_add(d->app, "190001", "  ", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    assert_string_equal(d->err.field, "name");
    assert_refused(
        d, ERR_INVALID, app_officer_add(d->app, "190001", "DS \x1b[2J", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    assert_refused(d, ERR_INVALID, app_officer_add(d->app, "190001", "DS Example", 0, GOOD, &d->err));
    assert_string_equal(d->err.field, "roles");
    assert_refused(d, ERR_INVALID,
        app_officer_add(d->app, "190001", "DS Example", ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_KEEPER), GOOD, &d->err));
    assert_did(d,
        app_officer_add(d->app, "190001", "DS Example", ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_CSU_IO), GOOD, &d->err));
    assert_refused(
        d, ERR_INVALID, app_officer_add(d->app, "190001", "DS Another", ROLE_BIT(ROLE_CSU_DS), GOOD, &d->err));
    assert_refused(d, ERR_MISSING, app_officer_suspend(d->app, "555555", true, &d->err));
}

static void there_is_always_a_keeper(void **state)
{
    Desk *d = *state;

    desk_as(d, KEEPER);
    assert_refused(d, ERR_INVALID, app_officer_suspend(d->app, KEEPER, true, &d->err));
    assert_refused(d, ERR_INVALID, app_officer_role(d->app, KEEPER, ROLE_BIT(ROLE_CSU_DS), &d->err));
}

static void a_role_changes_at_once(void **state)
{
    Desk *d = *state;

    desk_as(d, KEEPER);
    assert_did(d, app_officer_role(d->app, PC, ROLE_BIT(ROLE_CSU_DS), &d->err));
    assert_logged(d, AUDIT_CARE, "officer.role", "");
    desk_as(d, PC);
    assert_true(app_may_quietly(d->app, PERM_CASE_EXPORT));
}

static void officers_change_their_own_password_and_keep_their_drafts(void **state)
{
    Desk *d = *state;
    DraftView draft;

    desk_as(d, DS);
    assert_did(d, app_draft_put(d->app, "KG-1 reviews", "half a sentence", &d->err));
    assert_refused(d, ERR_INVALID, app_officer_password(d->app, DS, "short", &d->err));
    assert_did(d, app_officer_password(d->app, DS, GOOD, &d->err));
    assert_did(d, app_draft_get(d->app, "KG-1 reviews", d->a, &draft, &d->err));
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_sign_in(d->app, DS, GOOD, &d->err));
    assert_did(d, app_draft_get(d->app, "KG-1 reviews", d->a, &draft, &d->err));
    assert_string_equal(draft.text, "half a sentence");
}

static void a_password_set_by_the_keeper_unlocks_but_opens_no_drafts(void **state)
{
    Desk *d = *state;
    DraftView *drafts;
    size_t n;

    desk_as(d, DS);
    assert_did(d, app_draft_put(d->app, "KG-1 reviews", "half a sentence", &d->err));
    app_sign_out(d->app);
    for (int i = 0; i < 2; i++) assert_refused(d, ERR_DENIED, app_sign_in(d->app, DS, "a wrong password", &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_officer_password(d->app, DS, GOOD, &d->err));
    assert_did(d, app_sign_in(d->app, DS, GOOD, &d->err));
    assert_did(d, app_officer_password(d->app, DS, "acorn velvet ladder north", &d->err));
    assert_did(d, app_draft_list(d->app, d->a, &drafts, &n, &d->err));
    assert_int_equal(n, 0);
}

/* ---- password rules ---- */

static void passwords_are_long_and_not_guessable(void **state)
{
    static const char *const bad[] = {
        "",
        "short",
        "elevenchars",
        "password1234",
        "Password123!",
        "P4ssw0rd1234",
        "letmeinletmein",
        "qwertyuiop12",
        "1qaz2wsx3edc4rfv",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "abcdefghijklm",
        "metropolitanpolice",
        "MetPolice2010!!",
        "barkinganddagenham1",
        "correct horse battery staple",
        "training-book124",
        "welcome welcome",
        "officer 190001 x",
        "Featherstone2010",
        "a\xff\x62 cdefghijklmnop",
        "tab\tin the middle of it",
        "qqwweerrttyy\x1b",
    };
    static const char *const good[] = {
        GOOD,
        "plum tractor",
        "gr8-vx Ωmega 77q",
        "orange monkey winter banana",
        "xK9#mQ2$vL7@",
        "928374659182",
        "пароль из пяти слов",
        "ünïcödé-glück",
    };
    char longest[130];
    Err err = { 0 };
    Desk *d = *state;

    desk_as(d, KEEPER);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        bool training = str_eq(bad[i], TRAINING_PASSWORD); /* on a training store only */
        if (app_officer_add(d->app, "190001", "PC Ivo Featherstone", ROLE_BIT(ROLE_RESPONSE_PC), bad[i], &err) !=
            training)
            fail_msg("%s", bad[i]);
        if (training) assert_did(d, app_officer_role(d->app, "190001", ROLE_BIT(ROLE_RESPONSE_PC), &d->err));
        if (training) continue;
        assert_string_equal(err.field, "password");
    }
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        char warrant[8];
        snprintf(warrant, sizeof warrant, "2000%02zu", i);
        if (!app_officer_add(d->app, warrant, "PC Example", ROLE_BIT(ROLE_RESPONSE_PC), good[i], &err))
            fail_msg("%s: %s", good[i], err.text);
        assert_did(d, app_sign_in(d->app, warrant, good[i], &d->err));
        desk_as(d, KEEPER);
    }
    memset(longest, 0, sizeof longest);
    for (size_t i = 0; i < 129; i++) longest[i] = (char)('a' + i * i % 23);
    assert_refused(
        d, ERR_INVALID, app_officer_add(d->app, "300001", "PC Example", ROLE_BIT(ROLE_RESPONSE_PC), longest, &d->err));
    longest[128] = '\0';
    assert_did(d, app_officer_add(d->app, "300001", "PC Example", ROLE_BIT(ROLE_RESPONSE_PC), longest, &d->err));
}

static void signers_need_fifteen_characters(void **state)
{
    static const Role signers[] = { ROLE_RESPONSE_PS, ROLE_IBOS, ROLE_CMU, ROLE_PPD, ROLE_CSU_DS, ROLE_CSU_DI,
        ROLE_DCI, ROLE_KEEPER };
    Desk *d = *state;
    char warrant[8];

    desk_as(d, KEEPER);
    for (size_t i = 0; i < ARRAY_LEN(signers); i++) {
        snprintf(warrant, sizeof warrant, "40000%zu", i);
        assert_refused(d, ERR_INVALID,
            app_officer_add(d->app, warrant, "PS Example", ROLE_BIT(signers[i]), "plum-tractor-1", &d->err));
        assert_non_null(strstr(d->err.text, "15"));
        assert_did(d, app_officer_add(d->app, warrant, "PS Example", ROLE_BIT(signers[i]), "plum-tractor-12", &d->err));
    }
    assert_did(
        d, app_officer_add(d->app, "400009", "PC Example", ROLE_BIT(ROLE_RESPONSE_PC), "plum-tractor-1", &d->err));
}

static void the_training_password_is_for_training_stores(void **unused)
{
    Desk *d = desk_new(false);

    assert_refused(d, ERR_INVALID,
        app_officer_add(d->app, "100001", "Max Example", ROLE_BIT(ROLE_KEEPER), TRAINING_PASSWORD, &d->err));
    desk_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_officer_is_a_keeper_made_without_signing_in),
        cmocka_unit_test_setup_teardown(only_the_keeper_manages_accounts, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(an_account_must_make_sense, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(there_is_always_a_keeper, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_role_changes_at_once, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            officers_change_their_own_password_and_keep_their_drafts, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_password_set_by_the_keeper_unlocks_but_opens_no_drafts, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(passwords_are_long_and_not_guessable, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(signers_need_fifteen_characters, desk_setup, desk_teardown),
        cmocka_unit_test(the_training_password_is_for_training_stores),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
