/* test_keys.c — the life of an officer's keys: made, opened, wiped, sealed anew, ended; and the password that somebody
** else chose. */
#include "desk.h"

#include "app/sign.h"

#include <sqlite3.h>
#include <unistd.h>

#define MINE   "acorn velvet ladder north"
#define KEEPER_CHOSE "plum tractor wednesday lamp"

static Signed signed_now(Desk *d, const char *text)
{
    Signed s;

    assert_did(d, app_sign(d->app, "test", text, strlen(text), &s, &d->err));
    return s;
}

static SignedStand stand(Desk *d, const char *who, const char *text, const Signed *s)
{
    return app_signed(d->app, "test", who, text, strlen(text), s);
}

static PublicKeys public_of(Desk *d, const char *who)
{
    PublicKeys keys;

    assert_did(d, app_officer_public_key(d->app, who, &keys, &d->err));
    return keys;
}

static void keys_are_there_from_the_first_password_of_ones_own_and_stay(void **state)
{
    Desk *d = *state;
    PublicKeys first = public_of(d, DS), again; /* in a training store everybody knows the password from the beginning */

    desk_as(d, DS);
    again = public_of(d, DS);
    assert_memory_equal(&first, &again, sizeof first);
    desk_reopen(d, NOW);
    desk_as(d, DS);
    again = public_of(d, DS);
    assert_memory_equal(&first, &again, sizeof first);
    assert_memory_equal(signed_now(d, "x").key, first.sign, SIGN_KEY);
}

static void a_signature_holds_for_this_officer_this_text_and_this_kind_of_thing(void **state)
{
    Desk *d = *state;
    Signed s, flipped;
    static const char text[] = "exactly this";

    desk_as(d, DS);
    s = signed_now(d, text);
    assert_int_equal(stand(d, DS, text, &s), SIGNED_VALID);
    assert_int_equal(stand(d, DS, "exactly thiS", &s), SIGNED_CHANGED);
    assert_int_equal(stand(d, DI, text, &s), SIGNED_CHANGED);
    assert_int_equal(app_signed(d->app, "other", DS, text, strlen(text), &s), SIGNED_CHANGED);
    for (size_t bit = 0; bit < 8 * SIGN_VALUE; bit += 7) {
        flipped = s;
        flipped.value[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(stand(d, DS, text, &flipped), SIGNED_CHANGED);
    }
    flipped = s;
    flipped.key[3] ^= 4;
    assert_int_equal(stand(d, DS, text, &flipped), SIGNED_CHANGED);
}

/* Their own key beside somebody else's name. */
static void a_key_of_nobody_here_is_unknown(void **state)
{
    static const char text[] = "exactly this";
    Desk *d = *state;
    SecretKeys *secret = crypto_guarded(sizeof *secret);
    PublicKeys keys;
    uint8_t hash[HASH_BYTES];
    Signed s;

    desk_as(d, DS);
    crypto_keys_make(secret, &keys);
    signed_hash("test", DS, text, strlen(text), hash);
    crypto_sign_hash(secret, hash, s.value);
    memcpy(s.key, keys.sign, SIGN_KEY);
    assert_int_equal(stand(d, DS, text, &s), SIGNED_UNKNOWN);
    crypto_guarded_free(secret);
}

static void nobody_signs_while_the_session_is_locked_or_over(void **state)
{
    Desk *d = *state;
    Signed before, s;

    assert_refused(d, ERR_DENIED, app_sign(d->app, "test", "x", 1, &s, &d->err));
    desk_as(d, DS);
    before = signed_now(d, "x");
    assert_did(d, app_lock(d->app, &d->err));
    assert_refused(d, ERR_DENIED, app_sign(d->app, "test", "x", 1, &s, &d->err));
    assert_did(d, app_unlock(d->app, TRAINING_PASSWORD, &d->err));
    assert_memory_equal(signed_now(d, "x").key, before.key, SIGN_KEY);
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_sign(d->app, "test", "x", 1, &s, &d->err));
}

static void a_seal_opens_for_one_officer(void **state)
{
    Desk *d = *state;
    uint8_t *sealed, open[64];
    size_t n, m;

    desk_as(d, DI);
    desk_as(d, DS);
    assert_did(d, app_seal_to(d->app, DI, "the key of a case", 17, d->a, &sealed, &n, &d->err));
    assert_int_equal(n, crypto_boxed_size(17));
    assert_refused(d, ERR_DENIED, app_open_sealed(d->app, sealed, n, open, &m, &d->err));
    desk_as(d, DI);
    assert_did(d, app_open_sealed(d->app, sealed, n, open, &m, &d->err));
    assert_int_equal(m, 17);
    assert_memory_equal(open, "the key of a case", 17);
    sealed[n - 1] ^= 1;
    assert_refused(d, ERR_DENIED, app_open_sealed(d->app, sealed, n, open, &m, &d->err));
    assert_refused(d, ERR_DENIED, app_open_sealed(d->app, sealed, 3, open, &m, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_officer_password(d->app, PC, MINE, &d->err)); /* chosen by somebody else: no keys until PC chooses one */
    assert_refused(d, ERR_MISSING, app_seal_to(d->app, PC, "x", 1, d->a, &sealed, &n, &d->err));
}

static void a_password_of_ones_own_keeps_the_keys(void **state)
{
    Desk *d = *state;
    Signed s;

    desk_as(d, DS);
    s = signed_now(d, "x");
    assert_did(d, app_officer_password(d->app, DS, MINE, &d->err));
    assert_memory_equal(signed_now(d, "x").key, s.key, SIGN_KEY);
    app_sign_out(d->app);
    assert_did(d, app_sign_in(d->app, DS, MINE, &d->err));
    assert_memory_equal(signed_now(d, "x").key, s.key, SIGN_KEY);
}

static void a_password_of_the_keeper_ends_them_and_what_was_signed_still_holds(void **state)
{
    Desk *d = *state;
    PublicKeys keys;
    Signed s, t;
    uint8_t *sealed, open[8];
    size_t n;

    desk_as(d, DS);
    s = signed_now(d, "x");
    assert_did(d, app_seal_to(d->app, DS, "old", 3, d->a, &sealed, &n, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_officer_password(d->app, DS, KEEPER_CHOSE, &d->err));
    assert_refused(d, ERR_MISSING, app_officer_public_key(d->app, DS, &keys, &d->err));
    assert_did(d, app_sign_in(d->app, DS, KEEPER_CHOSE, &d->err));
    assert_refused(d, ERR_DENIED, app_sign(d->app, "test", "x", 1, &t, &d->err));
    assert_did(d, app_officer_password(d->app, DS, MINE, &d->err));
    t = signed_now(d, "x");
    assert_memory_not_equal(t.key, s.key, SIGN_KEY);
    assert_int_equal(stand(d, DS, "x", &s), SIGNED_VALID);
    assert_int_equal(stand(d, DS, "x", &t), SIGNED_VALID);
    assert_refused(d, ERR_DENIED, app_open_sealed(d->app, sealed, n, open, &n, &d->err));
}

static void a_password_that_somebody_else_chose_is_good_for_choosing_one(void **state)
{
    Desk *d = *state;
    int64_t counts[TAB_COUNT];

    desk_as(d, KEEPER);
    assert_did(d, app_officer_add(d->app, "190001", "DS Example", ROLE_BIT(ROLE_CSU_DS), KEEPER_CHOSE, &d->err));
    assert_did(d, app_sign_in(d->app, "190001", KEEPER_CHOSE, &d->err));
    assert_true(app_session(d->app)->must_change);
    assert_refused(d, ERR_DENIED, app_queue_counts(d->app, 0, counts, &d->err));
    assert_non_null(strstr(d->err.text, "book124 officer password 190001"));
    assert_false(app_may_quietly(d->app, PERM_QUEUE_READ));
    assert_refused(d, ERR_DENIED, app_officer_password(d->app, DS, MINE, &d->err));
    assert_refused(d, ERR_INVALID, app_officer_password(d->app, "190001", KEEPER_CHOSE, &d->err));
    assert_refused(d, ERR_INVALID, app_officer_password(d->app, "190001", "short", &d->err));
    assert_did(d, app_officer_password(d->app, "190001", MINE, &d->err));
    assert_false(app_session(d->app)->must_change);
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
    assert_refused(d, ERR_DENIED, app_sign_in(d->app, "190001", KEEPER_CHOSE, &d->err));
    assert_did(d, app_sign_in(d->app, "190001", MINE, &d->err));
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
}

static void a_running_session_ends_when_the_officer_is_suspended_or_given_a_password(void **state)
{
    Desk *d = *state;
    App *keeper = desk_terminal(d, NOW);

    assert_false(app_still_in(d->app, &d->err));
    desk_as(d, DS);
    assert_did(d, app_still_in(d->app, &d->err));
    assert_did(d, app_sign_in(keeper, KEEPER, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_officer_suspend(keeper, DS, true, &d->err));
    assert_refused(d, ERR_DENIED, app_still_in(d->app, &d->err));
    assert_non_null(strstr(d->err.text, "suspended"));
    assert_did(d, app_officer_suspend(keeper, DS, false, &d->err));
    assert_did(d, app_still_in(d->app, &d->err));
    assert_did(d, app_officer_password(keeper, DS, KEEPER_CHOSE, &d->err));
    assert_refused(d, ERR_DENIED, app_still_in(d->app, &d->err));
    assert_non_null(strstr(d->err.text, "set your password anew"));
    app_close(&keeper);
}

/* ---- behind the program ---- */

static void by_hand(const Desk *d, const char *statements)
{
    char path[120], *why = NULL;
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (sqlite3_exec(db, statements, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", statements, why);
    sqlite3_close(db);
}

static void a_key_put_in_behind_the_program_is_found(void **state)
{
    Desk *d = *state;
    AuditVerdict v;

    desk_as(d, DS);
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    by_hand(d, "INSERT INTO officer_key (warrant, sign_key, box_key, made_at, act) "
               "SELECT warrant, zeroblob(32), zeroblob(32), made_at, act FROM officer_key WHERE warrant = '" DS "'");
    assert_refused(d, ERR_CORRUPT, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_non_null(strstr(d->err.text, DS));
}

/* A keeper of the files who puts their own sealed secret beside the public key, or somebody else's. */
static void a_seal_that_does_not_fit_makes_new_keys_and_says_so(void **state)
{
    Desk *d = *state;
    PublicKeys before, after;

    desk_as(d, DI);
    desk_as(d, DS);
    before = public_of(d, DS);
    by_hand(d, "UPDATE officer_secret SET sealed = (SELECT sealed FROM officer_secret WHERE warrant = '" DI
               "') WHERE warrant = '" DS "'");
    desk_as(d, DS);
    assert_logged(d, AUDIT_CARE, "officer.key", "");
    after = public_of(d, DS);
    assert_memory_not_equal(&before, &after, sizeof before);
}

static void facts_about_keys_are_never_changed(void **state)
{
    Desk *d = *state;
    char path[120];
    sqlite3 *db;

    desk_as(d, DS);
    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    assert_int_equal(sqlite3_exec(db, "UPDATE officer_key SET made_at = 1", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM officer_key", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

/* ---- what is no part of a case ---- */

static void a_sheet_is_signed_and_a_changed_one_shows(void **state)
{
    Desk *d = *state;
    uint8_t digest[HASH_BYTES];
    SignedRecord *all;
    Tx tx = { 0 };
    AuditVerdict v;
    size_t n;

    desk_as(d, DI);
    crypto_hash("the sheet of today", 18, digest);
    assert_did(d, store_begin(app_store_handle(d->app), &tx, &d->err));
    assert_did(d, app_sign_record(d->app, &tx, "dmm.sheet", "2010-06-01", digest, &d->err));
    assert_did(d, store_audit_append(&tx, &(AuditEntry){ .at = app_now(d->app), .kind = AUDIT_CARE, .who = DI,
        .terminal = "", .act = "test", .case_id = "", .detail = "" }, &d->err));
    assert_did(d, store_commit(&tx, &d->err));
    store_end(&tx);
    assert_did(d, app_signed_list(d->app, "dmm.sheet", "2010-06-01", digest, d->a, &all, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(all[0].by, DI);
    assert_int_equal(all[0].stand, SIGNED_VALID);
    digest[0] ^= 1;
    assert_did(d, app_signed_list(d->app, "dmm.sheet", "2010-06-01", digest, d->a, &all, &n, &d->err));
    assert_int_equal(all[0].stand, SIGNED_CHANGED);
    assert_did(d, app_signed_list(d->app, "dmm.sheet", "2010-06-02", digest, d->a, &all, &n, &d->err));
    assert_int_equal(n, 0);
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.signatures.others[SIGNED_VALID], 1);
}

#define AT_A_DESK(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_DESK(keys_are_there_from_the_first_password_of_ones_own_and_stay),
        AT_A_DESK(a_signature_holds_for_this_officer_this_text_and_this_kind_of_thing),
        AT_A_DESK(a_key_of_nobody_here_is_unknown),
        AT_A_DESK(nobody_signs_while_the_session_is_locked_or_over),
        AT_A_DESK(a_seal_opens_for_one_officer),
        AT_A_DESK(a_password_of_ones_own_keeps_the_keys),
        AT_A_DESK(a_password_of_the_keeper_ends_them_and_what_was_signed_still_holds),
        AT_A_DESK(a_password_that_somebody_else_chose_is_good_for_choosing_one),
        AT_A_DESK(a_running_session_ends_when_the_officer_is_suspended_or_given_a_password),
        AT_A_DESK(a_key_put_in_behind_the_program_is_found),
        AT_A_DESK(a_seal_that_does_not_fit_makes_new_keys_and_says_so),
        AT_A_DESK(facts_about_keys_are_never_changed),
        AT_A_DESK(a_sheet_is_signed_and_a_changed_one_shows),
    };

    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
