/* test_cipher.c — text that lies enciphered: nothing of it is in any file, it opens for those who are due and for nobody else, whoever leaves a list
** loses it, two together can open what one cannot, and what was moved or changed behind the program does not open at all. */
#include "desk.h"

#include "../bytes.h"

#include "app/access.h"
#include "app/contact.h"
#include "app/custodian.h"

#include "../../src/app/cipher_in.h"

#include <sqlite3.h>
#include <stdio.h>

#define CASE   "KG-2010-000007"
#define OTHER  "KG-2010-000001"
#define DPS    "900011"
#define DCI    "900009"
#define MINE   "acorn velvet ladder north"

/* Words that stand nowhere else: in every sort of field. */
static const char *const words[] = { "Zanzibarova", "Quillfeather", "1977-11-23", "Ocelot Crescent", "Marmalade", "07700900881", "Pangolin", "Wombat",
    "4299999/10", "8765/01MAY10", "Kookaburra" };

#define DOC                                                                                                                                 \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Zanzibarova\",\"given\":\"Quillfeather\",\"born\":\"1977-11-23\","           \
    "\"recorded_at\":\"2010-05-01T11:00:00Z\",\"address\":\"12 Ocelot Crescent\"},"                                                          \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Kookaburra\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}],"                              \
    "\"incident\":{\"place\":\"Marmalade Yard\"},\"cad\":{\"number\":\"8765/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"},"             \
    "\"references\":[{\"system\":\"cris\",\"number\":\"4299999/10\",\"at\":\"2010-05-01T11:00:00Z\"}],"                                       \
    "\"reviews\":[{\"kind\":\"ds-supervision\",\"by\":\"900007\",\"at\":\"2010-05-08T11:00:00Z\",\"outcome\":\"satisfied\",\"text\":\"Pangolin spoken to.\"}]," \
    "\"books\":[{\"serial\":\"Z9\",\"by\":\"900001\",\"completed_at\":\"2010-05-01T12:00:00Z\",\"answers\":{\"safe.code-word\":\"Wombat \\\"q\\\" , } ]\"}}],"   \
    "\"safe_contacts\":[{\"person\":\"v1\",\"way\":\"mobile\",\"value\":\"07700900881\",\"rule\":\"safe\",\"at\":\"2010-05-20T11:00:00Z\"}]"

/* What is secret in an ordinary case: the number, where she lives, and what the book says of it. */
static const char *const secrets[] = { "Ocelot Crescent", "07700900881", "Wombat" };

static int with_case(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    if (desk_import(d, case_line(d->a, CASE, DOC)).added != 1) fail_msg("%s", str_text(&d->said));
    desk_import(d, case_line(d->a, OTHER, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Ordinary\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}]"));
    return 0;
}

static void restrict_it(Desk *d)
{
    RestrictAsk ask = { CASE, "A colleague is the victim: Meerkat.", "", TRAINING_PASSWORD };

    desk_as(d, DS);
    assert_did(d, app_case_restrict(d->app, &ask, &d->err));
}

static bool change(Desk *d, AccessVerb verb, const char *officer, Role role)
{
    AccessAsk ask = { CASE, verb, officer, role, "Needed: Meerkat.", TRAINING_PASSWORD };

    d->err = (Err){ 0 };
    return app_access_change(d->app, &ask, &d->err);
}

static bool reads(Desk *d, const char *warrant)
{
    CaseView v;

    desk_as(d, warrant);
    d->err = (Err){ 0 };
    return app_case_look(d->app, CASE, "test", d->a, &v, &d->err) && str_eq(v.doc.people[0].family, "Zanzibarova") &&
           v.doc.people[0].born != DATE_NONE && str_eq(v.doc.reviews[0].text, "Pangolin spoken to.");
}

/* ---- the files ---- */

static void none_in_any_file(Desk *d, const char *const *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *where = folder_holds(d->store, all[i]);
        if (where) fail_msg("\"%s\" is in %s", all[i], where);
    }
}

static void nothing_of_a_restricted_case_is_in_any_file(void **state)
{
    Desk *d = *state;

    assert_non_null(folder_holds(d->store, "Zanzibarova")); /* the words can be found: it is an ordinary case yet */
    restrict_it(d);
    assert_true(reads(d, DS) && reads(d, DI));
    none_in_any_file(d, words, ARRAY_LEN(words)); /* while it is open, too */
    none_in_any_file(d, (const char *const[]){ "Meerkat" }, 1);
    app_sign_out(d->app);
    desk_reopen(d, NOW);
    none_in_any_file(d, words, ARRAY_LEN(words));
    assert_true(reads(d, DPS));
    none_in_any_file(d, words, ARRAY_LEN(words));
}

static void what_is_written_to_it_afterwards_is_in_no_file_either(void **state)
{
    Desk *d = *state;
    CaseView v;
    Contact item;

    restrict_it(d);
    v = desk_look(d, CASE);
    case_item_init(LIST_CONTACTS, &item);
    item.with = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_WITH, "victim");
    item.kind = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_KIND, "update");
    item.result = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_RESULT, "spoke");
    item.text = "Aardvark is what she said.";
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &item, d->a, NULL, &d->err));
    none_in_any_file(d, (const char *const[]){ "Aardvark" }, 1);
    v = desk_look(d, CASE);
    assert_string_equal(v.doc.contacts[0].text, "Aardvark is what she said.");
}

static void what_comes_in_restricted_never_lay_plain(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-2010-000008",
                       "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Capybara\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}],"
                       "\"restricted_at\":\"2010-05-01T12:00:00Z\""));
    none_in_any_file(d, (const char *const[]){ "Capybara" }, 1);
    assert_string_equal(desk_look(d, "KG-2010-000008").doc.people[0].family, "Capybara");
}

static void numbers_and_addresses_of_an_ordinary_case_are_in_no_file(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE);
    SafeAsk ask = { "safe-1", "safety", NULL, true };
    const char *value;

    none_in_any_file(d, secrets, ARRAY_LEN(secrets));
    assert_did(d, app_safe_open(d->app, &v, &ask, d->a, &value, &d->err));
    assert_string_equal(value, "07700900881");
    none_in_any_file(d, secrets, ARRAY_LEN(secrets));
    assert_non_null(strstr(desk_export(d, CASE), "Wombat")); /* what was exported is whole */
    assert_non_null(strstr(desk_export(d, CASE), "12 Ocelot Crescent"));
    assert_int_equal(desk_import(d, case_line(d->a, CASE, DOC)).same, 1);
}

/* ---- who can ---- */

static int64_t number_in(Desk *d, const char *question)
{
    char path[120];
    sqlite3 *db;
    sqlite3_stmt *q;
    int64_t n;

    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    assert_int_equal(sqlite3_prepare_v2(db, question, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

#define GENERATION "SELECT generation FROM cipher WHERE case_key = 1 ORDER BY key DESC LIMIT 1"

static void whoever_leaves_the_list_loses_the_key(void **state)
{
    Desk *d = *state;

    restrict_it(d);
    assert_int_equal(number_in(d, GENERATION), 1);
    assert_did(d, change(d, ACCESS_GRANT, IO, ROLE_NONE));
    assert_int_equal(number_in(d, GENERATION), 1);
    assert_int_equal(number_in(d, "SELECT parts FROM cipher_grant WHERE officer = '" IO "' AND case_key = 1"), 0);
    assert_true(reads(d, IO));
    desk_as(d, DS);
    assert_did(d, change(d, ACCESS_REVOKE, IO, ROLE_NONE));
    assert_int_equal(number_in(d, GENERATION), 2);
    assert_int_equal(number_in(d, "SELECT count(*) FROM cipher_grant WHERE case_key = 1 AND generation = 1 AND officer <> '^'"), 0);
    assert_true(number_in(d, "SELECT parts FROM cipher_grant WHERE officer = '" IO "' AND case_key = 1") > 0); /* for the glass, no more */
    assert_false(reads(d, IO));
    assert_true(reads(d, DS) && reads(d, DI) && reads(d, DPS));
    desk_as(d, DS);
    assert_did(d, change(d, ACCESS_SUBJECT, PS, ROLE_NONE));
    assert_int_equal(number_in(d, "SELECT count(*) FROM cipher_grant WHERE officer = '" PS "' AND case_key = 1"), 0);
}

static void two_open_it_again_and_it_lies_plain_but_for_what_is_secret(void **state)
{
    Desk *d = *state;

    restrict_it(d);
    assert_did(d, change(d, ACCESS_PROPOSE, NULL, ROLE_NONE));
    desk_as(d, DI);
    assert_did(d, change(d, ACCESS_LIFT, NULL, ROLE_NONE));
    assert_non_null(folder_holds(d->store, "Zanzibarova"));
    none_in_any_file(d, secrets, ARRAY_LEN(secrets));
    assert_true(reads(d, IO));
    assert_int_equal(number_in(d, "SELECT generation FROM cipher WHERE case_key = 1 ORDER BY key DESC LIMIT 1"), 0);
    assert_int_equal(number_in(d, "SELECT born IS NOT NULL AND born_sealed IS NULL FROM people WHERE case_key = 1 AND seq = 1"), 1);
}

static void who_has_new_keys_waits_for_somebody_who_has_the_case(void **state)
{
    Desk *d = *state;
    CaseView v;

    restrict_it(d);
    desk_as(d, KEEPER);
    assert_did(d, app_officer_password(d->app, DI, MINE, &d->err));
    assert_did(d, app_sign_in(d->app, DI, MINE, &d->err));
    assert_did(d, app_officer_password(d->app, DI, "orchid ladder saddle plum", &d->err)); /* new keys */
    assert_refused(d, ERR_DENIED, app_case_look(d->app, CASE, "test", d->a, &v, &d->err));
    if (!strstr(d->err.text, "enciphered")) fail_msg("%s", d->err.text);
    {
        FILE *f = tmpfile();
        assert_refused(d, ERR_DENIED, app_export_cases(d->app, NULL, f, NULL, NULL, &d->err)); /* nothing half goes out */
        fclose(f);
    }
    { /* all else goes on beside it */
        CaseHits hits;
        QueueRow *rows;
        size_t n;
        DeskQuery all = { .tab = TAB_ALL, .limit = 500 };
        assert_did(d, app_case_search(d->app, "Ordinary", 9, d->a, &hits, &d->err));
        assert_int_equal(hits.n, 1);
        assert_did(d, app_case_search(d->app, "Zanzibarova", 9, d->a, &hits, &d->err));
        assert_int_equal(hits.n, 0);
        assert_did(d, app_queue_page(d->app, &all, d->a, &rows, &n, &d->err));
    }
    desk_as(d, DS); /* has it, and gives nothing on by itself: the keeper has chosen the password before (test_holders.c) */
    assert_did(d, app_sign_in(d->app, DI, "orchid ladder saddle plum", &d->err));
    assert_refused(d, ERR_DENIED, app_case_look(d->app, CASE, "test", d->a, &v, &d->err));
    desk_as(d, DPS);
    assert_did(d, app_holder_agree(d->app, DI, TRAINING_PASSWORD, &d->err));
    desk_as(d, DS);
    assert_did(d, app_sign_in(d->app, DI, "orchid ladder saddle plum", &d->err));
    assert_did(d, app_case_look(d->app, CASE, "test", d->a, &v, &d->err));
    assert_string_equal(v.doc.people[0].family, "Zanzibarova");
}

/* The rules of duties.md do not hang on who can read. */
static void a_rebuild_without_the_key_changes_nothing(void **state)
{
    Desk *d = *state;
    int64_t cases;
    bool changed;

    restrict_it(d);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, &cases, &changed, &d->err));
    assert_int_equal(cases, 2);
    assert_false(changed);
    assert_true(reads(d, DI));
}

typedef struct Told {
    Desk *d;
    const char *detail; /* of the last one that opened a number */
} Told;

static bool hear(void *with, const AuditEntry *e)
{
    Told *t = with;

    if (str_eq(e->act, "contact.open")) t->detail = arena_dup(t->d->a, app_log_detail(t->d->app, e, t->d->a));
    return true;
}

static const char *told(Desk *d, const char *warrant)
{
    Told t = { d, NULL };
    AuditQuery q = { .from = TIME_NONE, .to = TIME_NONE };

    desk_as(d, warrant);
    assert_did(d, store_audit_find(app_store_handle(d->app), &q, hear, &t, &d->err));
    assert_non_null(t.detail);
    return t.detail;
}

static void what_the_log_tells_of_it_is_for_those_who_see_it(void **state)
{
    Desk *d = *state;
    SafeAsk ask = { "safe-1", "safety", NULL, true };
    const char *value;
    CaseView v;

    restrict_it(d);
    v = desk_look(d, CASE);
    assert_did(d, app_safe_open(d->app, &v, &ask, d->a, &value, &d->err));
    assert_string_equal(value, "07700900881");
    none_in_any_file(d, (const char *const[]){ "safe-1 for safety" }, 1);
    assert_string_equal(told(d, DI), "safe-1 for safety");
    assert_string_equal(told(d, AUDITOR), "safe-1 for safety");
    desk_as(d, DS);
    assert_did(d, change(d, ACCESS_SUBJECT, AUDITOR, ROLE_NONE)); /* another generation */
    assert_string_equal(told(d, AUDITOR), "(enciphered)");
    desk_as(d, DS);
    assert_did(d, change(d, ACCESS_GRANT, IO, ROLE_NONE));
    assert_did(d, change(d, ACCESS_REVOKE, IO, ROLE_NONE)); /* another generation */
    assert_string_equal(told(d, DI), "safe-1 for safety");
    desk_as(d, DS);
    assert_did(d, change(d, ACCESS_PROPOSE, NULL, ROLE_NONE));
    desk_as(d, DI);
    assert_did(d, change(d, ACCESS_LIFT, NULL, ROLE_NONE));
    assert_string_equal(told(d, DI), "safe-1 for safety");
}

/* ---- two together ---- */

static void one_part_is_nothing_and_any_two_are_the_key(void **state)
{
    static const unsigned numbers[] = { 0, 1, 2, 3, 7, 511, 512, 1022, 1023 };
    TextKey k;
    uint8_t x[PARTS_SIZE], y[PARTS_SIZE], key[PW_KEY];

    crypto_start(NULL);
    crypto_random(&k, sizeof k);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        for (size_t j = 0; j < ARRAY_LEN(numbers); j++) {
            parts_make(&k, numbers[i], x);
            parts_make(&k, numbers[j], y);
            assert_null(memmem(x, sizeof x, k.key, PW_KEY));
            assert_int_equal(parts_join(x, numbers[i], y, numbers[j], key), i != j);
            if (i != j) assert_memory_equal(key, k.key, PW_KEY);
        }
}

static void the_glass_gives_the_key_to_two_and_its_review_takes_it_away(void **state)
{
    Desk *d = *state;
    GlassAsk ask = { CASE, "Threat to life, she is at the counter.", TRAINING_PASSWORD, PS, TRAINING_PASSWORD, 30 };
    GlassWait *waits;
    Time until;
    size_t n;

    restrict_it(d);
    desk_as(d, PC);
    assert_did(d, app_glass_break(d->app, &ask, &until, &d->err));
    assert_true(reads(d, PC) && reads(d, PS));
    assert_int_equal(number_in(d, GENERATION), 1);
    none_in_any_file(d, words, ARRAY_LEN(words));
    none_in_any_file(d, (const char *const[]){ "Threat to life" }, 1);
    desk_reopen(d, "2010-06-01T09:30:00Z");
    assert_false(reads(d, PC) || reads(d, PS));
    desk_as(d, DPS);
    assert_did(d, app_glass_waiting(d->app, d->a, &waits, &n, &d->err));
    assert_did(d, app_glass_review(d->app, CASE, waits[0].entry.key, "It was needed.", TRAINING_PASSWORD, &d->err));
    assert_int_equal(number_in(d, GENERATION), 2);
    assert_true(number_in(d, "SELECT parts FROM cipher_grant WHERE officer = '" PC "' AND case_key = 1") > 0);
    assert_true(reads(d, DS));
}

static void custodians_give_it_to_those_who_are_due(void **state)
{
    Desk *d = *state;
    static const char *const three[] = { DCI, DPS, KEEPER };
    CustodianView view;
    CaseView v;
    int64_t n;

    desk_as(d, DS);
    assert_refused(d, ERR_DENIED, app_custodians_name(d->app, three, 3, TRAINING_PASSWORD, &d->err));
    desk_as(d, KEEPER);
    assert_refused(d, ERR_INVALID, app_custodians_name(d->app, three, 2, TRAINING_PASSWORD, &d->err));
    assert_refused(d, ERR_INVALID, app_custodians_name(d->app, (const char *const[]){ DCI, DPS, DCI }, 3, TRAINING_PASSWORD, &d->err));
    assert_refused(d, ERR_DENIED, app_custodians_name(d->app, three, 3, "wrong-password", &d->err));
    assert_did(d, app_custodians_name(d->app, three, 3, TRAINING_PASSWORD, &d->err));
    assert_logged(d, AUDIT_CARE, "custodians.name", "");
    restrict_it(d);
    desk_as(d, DI);
    assert_did(d, change(d, ACCESS_REVOKE, NULL, ROLE_DPS));
    assert_did(d, change(d, ACCESS_REVOKE, DS, ROLE_NONE)); /* the inspector alone is left … */
    desk_as(d, KEEPER);
    assert_did(d, app_officer_password(d->app, DI, MINE, &d->err));
    assert_did(d, app_sign_in(d->app, DI, MINE, &d->err));
    assert_did(d, app_officer_password(d->app, DI, "orchid ladder saddle plum", &d->err)); /* … and has new keys */
    assert_refused(d, ERR_DENIED, app_case_look(d->app, CASE, "test", d->a, &v, &d->err));

    desk_as(d, DS);
    assert_refused(d, ERR_DENIED, app_recover(d->app, TRAINING_PASSWORD, DPS, TRAINING_PASSWORD, &n, &d->err));
    desk_as(d, DCI);
    assert_refused(d, ERR_INVALID, app_recover(d->app, TRAINING_PASSWORD, DCI, TRAINING_PASSWORD, &n, &d->err)); /* not alone */
    assert_refused(d, ERR_INVALID, app_recover(d->app, TRAINING_PASSWORD, DS, TRAINING_PASSWORD, &n, &d->err));
    assert_refused(d, ERR_DENIED, app_recover(d->app, TRAINING_PASSWORD, KEEPER, "wrong-password", &n, &d->err));
    desk_reopen(d, "2010-06-01T10:00:00Z");
    desk_as(d, DCI);
    assert_did(d, app_custodians(d->app, d->a, &view, &d->err));
    assert_int_equal(view.n, 3);
    assert_true(view.items[0].holds);
    assert_did(d, app_recover(d->app, TRAINING_PASSWORD, KEEPER, TRAINING_PASSWORD, &n, &d->err));
    assert_int_equal(n, 2); /* the case's and the unit's */
    assert_logged(d, AUDIT_CARE, "custodians.recover", "");
    assert_refused(d, ERR_MISSING, app_case_look(d->app, CASE, "test", d->a, &v, &d->err)); /* they see nothing by it */
    assert_did(d, app_sign_in(d->app, DI, "orchid ladder saddle plum", &d->err));
    assert_did(d, app_case_look(d->app, CASE, "test", d->a, &v, &d->err));
    assert_string_equal(v.doc.people[0].family, "Zanzibarova");
}

/* ---- behind the program ---- */

static void a_text_opens_nowhere_else(void **state)
{
    Desk *d = *state;
    CaseView v;

    restrict_it(d);
    desk_by_hand(d, "DROP TRIGGER people_stays; UPDATE people SET family = given WHERE case_key = 1 AND seq = 1");
    desk_as(d, DS);
    assert_refused(d, ERR_CORRUPT, app_case_look(d->app, CASE, "test", d->a, &v, &d->err));
}

static void a_broken_log_is_not_proved(void **state)
{
    desk_free((Desk **)state);
}

static int without_proof(void **state)
{
    a_broken_log_is_not_proved(state);
    return 0;
}

static void the_log_is_proved_without_the_key(void **state)
{
    Desk *d = *state;
    AuditVerdict v;

    restrict_it(d);
    assert_did(d, change(d, ACCESS_SUBJECT, AUDITOR, ROLE_NONE));
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.closed, 1);
    assert_int_equal(v.cases, 2);
}

/* Somebody types what looks like it: it is text like any other. */
static void what_looks_enciphered_is_text(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, OTHER);
    Contact item;
    SafeContact safe;

    case_item_init(LIST_CONTACTS, &item);
    item.with = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_WITH, "victim");
    item.kind = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_KIND, "update");
    item.result = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_RESULT, "spoke");
    item.text = "{\"sealed\":\"1:AAAA\"}";
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &item, d->a, NULL, &d->err));
    case_item_init(LIST_SAFE_CONTACTS, &safe);
    safe.person = "v1";
    safe.way = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_WAY, "mobile");
    safe.rule = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_RULE, "safe");
    safe.value = "{\"sealed\":\"u1:AAAA\"}";
    v = desk_look(d, OTHER);
    assert_did(d, app_case_add(d->app, &v.row, LIST_SAFE_CONTACTS, &safe, d->a, NULL, &d->err));
    assert_non_null(strstr(desk_export(d, OTHER), "{\\\"sealed\\\":\\\"1:AAAA\\\"}"));
    assert_non_null(strstr(desk_export(d, OTHER), "{\\\"sealed\\\":\\\"u1:AAAA\\\"}"));
    {
        RestrictAsk ask = { OTHER, "To see.", "", TRAINING_PASSWORD };
        assert_did(d, app_case_restrict(d->app, &ask, &d->err));
    }
    assert_string_equal(desk_look(d, OTHER).doc.contacts[0].text, "{\"sealed\":\"1:AAAA\"}");
}

#define ACT(f) cmocka_unit_test_setup_teardown(f, with_case, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACT(nothing_of_a_restricted_case_is_in_any_file),
        ACT(what_is_written_to_it_afterwards_is_in_no_file_either),
        ACT(what_comes_in_restricted_never_lay_plain),
        ACT(numbers_and_addresses_of_an_ordinary_case_are_in_no_file),
        ACT(whoever_leaves_the_list_loses_the_key),
        ACT(two_open_it_again_and_it_lies_plain_but_for_what_is_secret),
        ACT(who_has_new_keys_waits_for_somebody_who_has_the_case),
        ACT(a_rebuild_without_the_key_changes_nothing),
        ACT(what_the_log_tells_of_it_is_for_those_who_see_it),
        cmocka_unit_test(one_part_is_nothing_and_any_two_are_the_key),
        ACT(the_glass_gives_the_key_to_two_and_its_review_takes_it_away),
        ACT(custodians_give_it_to_those_who_are_due),
        cmocka_unit_test_setup_teardown(a_text_opens_nowhere_else, with_case, without_proof),
        ACT(the_log_is_proved_without_the_key),
        ACT(what_looks_enciphered_is_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
