/* test_vouch.c — whoever may write the files puts a key of their own beside an officer's name, in each way there is: nothing is sealed to it, the log
** says so, the keeper is told and the log is not proved. And what lists and tombstones say is signed by whoever made it. */
#include "desk.h"

#include "app/access.h"
#include "app/custodian.h"
#include "app/sign.h"

#include "../../src/app/cipher_in.h"

#include <sqlite3.h>
#include <stdio.h>

#define CASE "KG-2010-000007"
#define DPS  "900011"
#define DCI  "900009"

#define DROP "DROP TRIGGER officer_key_stays; DROP TRIGGER signature_remains; DROP TRIGGER custodians_stays; DROP TRIGGER access_stays; DROP TRIGGER access_keeps;"

typedef struct Thief {
    SecretKeys *secret;
    PublicKeys keys;
    char sign[2 * SIGN_KEY + 1], box[2 * SEAL_KEY + 1];
} Thief;
static Thief thief;

static int with_case(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    desk_import(d, case_line(d->a, CASE, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Zanzibarova\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}]"));
    thief.secret = crypto_guarded(sizeof *thief.secret);
    crypto_keys_make(thief.secret, &thief.keys);
    crypto_hex(thief.keys.sign, SIGN_KEY, thief.sign);
    crypto_hex(thief.keys.box, SEAL_KEY, thief.box);
    return 0;
}

/* The log does not prove what was tampered with: that is the test's to say. */
static int tampered(void **state)
{
    crypto_guarded_free(thief.secret);
    desk_free((Desk **)state);
    return 0;
}

static int sound(void **state)
{
    crypto_guarded_free(thief.secret);
    return desk_teardown(state);
}

static void restrict_it(Desk *d)
{
    desk_as(d, DS);
    desk_restrict(d, CASE, "");
}

static bool change(Desk *d, AccessVerb verb, const char *officer, Role role)
{
    AccessAsk ask = { CASE, verb, officer, role, "Needed.", TRAINING_PASSWORD };

    d->err = (Err){ 0 };
    return app_access_change(d->app, &ask, &d->err);
}

/* ---- what lies in the store ---- */

static int64_t number_in(Desk *d, const char *question)
{
    char path[120];
    sqlite3 *db;
    sqlite3_stmt *q;
    int64_t n;

    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (sqlite3_prepare_v2(db, question, -1, &q, NULL) != SQLITE_OK) fail_msg("%s: %s", question, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

static int64_t sealed_to_thief(Desk *d)
{
    return number_in(d, arena_printf(d->a, "SELECT count(*) FROM cipher_grant WHERE box_key = x'%s'", thief.box));
}

/* Every sealed thing tried with the thief's secret key, whatever it says it is sealed to. */
static void nothing_opens_for_the_thief(Desk *d)
{
    char path[120];
    sqlite3 *db;
    sqlite3_stmt *q;
    int seen = 0;

    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT sealed FROM cipher_grant", -1, &q, NULL), SQLITE_OK);
    crypto_guarded_open(thief.secret);
    for (; sqlite3_step(q) == SQLITE_ROW; seen++) {
        uint8_t out[PARTS_SIZE + 64];
        size_t n = 0;
        assert_false(crypto_boxed_open(thief.secret, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0), out, &n));
    }
    crypto_guarded_shut(thief.secret);
    assert_true(seen > 3);
    sqlite3_finalize(q);
    sqlite3_close(db);
}

typedef struct Heard {
    int n;
    char detail[200];
} Heard;

static bool hear(void *with, const AuditEntry *e)
{
    Heard *h = with;

    if (!str_eq(e->act, "key.refused")) return true;
    assert_int_equal(e->kind, AUDIT_DENIED);
    h->n++;
    snprintf(h->detail, sizeof h->detail, "%s", e->detail);
    return true;
}

static Heard refused(Desk *d)
{
    AuditQuery q = { .from = TIME_NONE, .to = TIME_NONE };
    Heard h = { 0 };

    assert_did(d, store_audit_find(app_store_handle(d->app), &q, hear, &h, &d->err));
    return h;
}

static void the_keeper_is_told(Desk *d, const char *of)
{
    StoreCheck *lines;
    size_t n;
    bool told = false;

    desk_as(d, KEEPER);
    assert_did(d, app_doctor(d->app, false, d->a, &lines, &n, &d->err));
    for (size_t i = 0; i < n; i++) told |= str_eq(lines[i].what, "keys") && !lines[i].ok && strstr(lines[i].says, of);
    assert_true(told);
}

static void the_log_is_not_proved(Desk *d)
{
    AuditVerdict v;

    desk_as(d, AUDITOR);
    assert_refused(d, ERR_CORRUPT, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_non_null(strstr(d->err.text, "behind"));
}

/* ---- a key beside a name ---- */

static void nobody_is_given_a_case_by_it(Desk *d)
{
    uint8_t *sealed;
    size_t n;

    restrict_it(d);
    assert_did(d, change(d, ACCESS_GRANT, IO, ROLE_NONE));
    assert_int_equal(sealed_to_thief(d), 0);
    nothing_opens_for_the_thief(d);
    assert_refused(d, ERR_CORRUPT, app_seal_to(d->app, IO, "x", 1, d->a, &sealed, &n, &d->err));
    assert_true(number_in(d, "SELECT count(*) FROM cipher_grant WHERE officer = '" DPS "' AND case_key = 1") > 0); /* the others have it */
}

static void and_it_is_known(Desk *d)
{
    Heard h = refused(d);

    assert_int_equal(h.n, 1); /* once, however often it is met */
    assert_non_null(strstr(h.detail, IO));
    the_keeper_is_told(d, IO);
    the_log_is_not_proved(d);
}

static void a_newer_row_with_another_pair_gets_nothing(void **state)
{
    Desk *d = *state;

    desk_by_hand(d, arena_printf(d->a,
                        "INSERT INTO officer_key (warrant, sign_key, box_key, made_at, act) VALUES ('" IO "', x'%s', x'%s', 1275000000, "
                        "(SELECT act FROM officer_key WHERE warrant = '" IO "'))",
                        thief.sign, thief.box));
    nobody_is_given_a_case_by_it(d);
    and_it_is_known(d);
}

static void another_key_to_be_sealed_to_under_the_same_one_to_sign_with_gets_nothing(void **state)
{
    Desk *d = *state;

    desk_by_hand(d, arena_printf(d->a, DROP "UPDATE officer_key SET box_key = x'%s' WHERE warrant = '" IO "'", thief.box));
    nobody_is_given_a_case_by_it(d);
    and_it_is_known(d);
}

/* Then it looks like a key of a store of before: it waits for its officer, who finds that it does not fit. */
static void the_same_without_the_signature_gets_nothing_either(void **state)
{
    Desk *d = *state;

    desk_by_hand(d, arena_printf(d->a,
                        DROP "UPDATE officer_key SET box_key = x'%s' WHERE warrant = '" IO "'; DELETE FROM signature WHERE kind = 'officer.key' AND about = '" IO "'",
                        thief.box));
    nobody_is_given_a_case_by_it(d);
    desk_as(d, IO); /* other keys are made */
    desk_as(d, DS);
    assert_int_equal(sealed_to_thief(d), 0);
    assert_int_equal(number_in(d, "SELECT parts = 0 FROM cipher_grant WHERE officer = '" IO "' AND case_key = 1"), 1);
}

static void custodians_with_another_key_get_nothing(void **state)
{
    Desk *d = *state;
    static const char *const three[] = { DCI, DPS, KEEPER };

    desk_as(d, KEEPER);
    assert_did(d, app_custodians_name(d->app, three, 3, TRAINING_PASSWORD, &d->err));
    desk_by_hand(d, arena_printf(d->a, DROP "UPDATE custodians SET box_key = x'%s'", thief.box));
    restrict_it(d);
    assert_int_equal(sealed_to_thief(d), 0);
    nothing_opens_for_the_thief(d);
    assert_int_equal(number_in(d, "SELECT count(*) FROM cipher_grant WHERE officer = '' AND case_key = 1"), 0);
    the_keeper_is_told(d, "custodians");
    the_log_is_not_proved(d);
}

/* ---- of before ---- */

static void keys_of_a_store_of_before_are_signed_at_the_next_sign_in(void **state)
{
    Desk *d = *state;
    PublicKeys keys;
    AuditVerdict v;

    desk_by_hand(d, DROP "DELETE FROM signature WHERE kind = 'officer.key'");
    desk_reopen(d, NOW);
    assert_refused(d, ERR_CORRUPT, app_officer_public_key(d->app, IO, &keys, &d->err));
    desk_as(d, IO);
    assert_did(d, app_officer_public_key(d->app, IO, &keys, &d->err));
    assert_int_equal(number_in(d, "SELECT count(*) FROM signature WHERE kind = 'officer.key'"), 1);
    desk_as(d, DS);
    desk_as(d, IO);
    assert_int_equal(number_in(d, "SELECT count(*) FROM signature WHERE kind = 'officer.key'"), 2); /* once each */
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_true(v.keys_unsigned > 0);
}

static void whoever_had_the_case_keeps_it_meanwhile(void **state)
{
    Desk *d = *state;
    CaseView view;

    restrict_it(d);
    assert_did(d, change(d, ACCESS_GRANT, IO, ROLE_NONE));
    desk_by_hand(d, DROP "DELETE FROM signature WHERE kind = 'officer.key'");
    desk_reopen(d, NOW);
    desk_as(d, DS);
    assert_did(d, change(d, ACCESS_GRANT, PS, ROLE_NONE));
    assert_int_equal(number_in(d, "SELECT max(generation) FROM cipher WHERE case_key = 1"), 1);
    desk_as(d, IO);
    assert_did(d, app_case_look(d->app, CASE, "test", d->a, &view, &d->err));
    assert_string_equal(view.doc.people[0].family, "Zanzibarova");
}

/* ---- lists, signed ---- */

static void entries_of_a_list_are_signed_and_one_that_was_changed_is_counted(void **state)
{
    Desk *d = *state;
    GlassAsk ask = { CASE, "Threat to life, she is at the counter.", TRAINING_PASSWORD, PS, TRAINING_PASSWORD, 30 };
    AuditVerdict before, after;
    Time until;

    restrict_it(d);
    assert_did(d, change(d, ACCESS_GRANT, IO, ROLE_NONE));
    desk_as(d, PC);
    assert_did(d, app_glass_break(d->app, &ask, &until, &d->err));
    assert_int_equal(number_in(d, "SELECT count(*) FROM signature WHERE kind = 'access'"), number_in(d, "SELECT count(*) + 1 FROM access")); /* of the glass, both */
    assert_int_equal(number_in(d, "SELECT count(*) FROM signature WHERE kind = 'access' AND by = '" PS "'"), 1);
    desk_as(d, AUDITOR); /* without the key of the case */
    assert_did(d, app_audit_verify(d->app, NULL, &before, &d->err));
    assert_int_equal(before.signatures.others[SIGNED_CHANGED], 0);
    assert_int_equal(before.signatures.others[SIGNED_NOT], 0);
    desk_by_hand(d, DROP "UPDATE access SET officer = '900005' WHERE verb = 'grant' AND officer = '" IO "'");
    assert_did(d, app_audit_verify(d->app, NULL, &after, &d->err));
    assert_int_equal(after.signatures.others[SIGNED_CHANGED], 1);
    desk_by_hand(d, "INSERT INTO access (key, case_key, verb, officer, by, at, reason, act) SELECT max(key) + 1, 1, 'grant', '900005', '" DS "', 1275000000, '', max(act) FROM access");
    assert_did(d, app_audit_verify(d->app, NULL, &after, &d->err));
    assert_int_equal(after.signatures.others[SIGNED_NOT], 1);
}

#define ACT(f, end) cmocka_unit_test_setup_teardown(f, with_case, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACT(a_newer_row_with_another_pair_gets_nothing, tampered),
        ACT(another_key_to_be_sealed_to_under_the_same_one_to_sign_with_gets_nothing, tampered),
        ACT(the_same_without_the_signature_gets_nothing_either, tampered),
        ACT(custodians_with_another_key_get_nothing, tampered),
        ACT(keys_of_a_store_of_before_are_signed_at_the_next_sign_in, sound),
        ACT(whoever_had_the_case_keeps_it_meanwhile, sound),
        ACT(entries_of_a_list_are_signed_and_one_that_was_changed_is_counted, tampered),
    };
    Err err = { 0 };

    if (!crypto_start(&err)) fail_msg("%s", err.text);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
