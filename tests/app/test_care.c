/* test_care.c — care of the store: made, made again, proved, looked over. */
#include "desk.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int with_cases(void **state)
{
    Desk *d;
    Str lines = { 0 };

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    for (int i = 0; i < 20; i++) str_add(&lines, case_line(d->a, arena_printf(d->a, "KG-%d", i), ""));
    desk_import(d, str_text(&lines));
    str_finish(&lines);
    return 0;
}

/* ---- making ---- */

static void a_new_store_has_its_policy_and_a_training_store_its_officers(void **state)
{
    Desk *d = *state;
    StoredPolicy p;

    assert_did(d, store_policy_active(app_store_handle(d->app), d->a, &p, &d->err));
    assert_string_equal(p.id, POLICY_STANDARD);
    assert_string_equal(p.hash, policy_hash(app_policy(d->app)));
    for (size_t i = 0; i < ARRAY_LEN(training_officers); i++) {
        desk_as(d, training_officers[i].warrant);
        assert_int_equal(app_session(d->app)->roles, ROLE_BIT(training_officers[i].role));
        assert_string_equal(app_session(d->app)->name, training_officers[i].name);
    }
}

static void a_training_store_comes_with_made_up_cases(void **unused)
{
    Desk *d = desk_new(true);
    InitOptions o = { .training = true, .cases = 60, .seed = 1, .now = T(NOW) };
    int64_t n, counts[TAB_COUNT];

    app_close(&d->app);
    snprintf(d->store, sizeof d->store, "%s/second", d->dir);
    o.dir = d->store;
    assert_did(d, app_init(&o, NULL, &d->err));
    assert_refused(d, ERR_INVALID, app_init(&o, NULL, &d->err)); /* there is one */
    d->app = desk_terminal(d, NOW);
    store_view_all(app_store_handle(d->app), true); /* some of them are restricted */
    assert_did(d, store_case_count(app_store_handle(d->app), &n, &d->err));
    store_view_all(app_store_handle(d->app), false);
    assert_int_equal(n, 60);
    desk_as(d, DS);
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
    assert_true(counts[TAB_ALL] > 0);
    desk_free(&d);
}

static bool stop(void *with, int64_t done, int64_t total)
{
    return false;
}

static void making_cases_can_be_stopped_and_leaves_a_whole_store(void **unused)
{
    Desk *d = desk_new(true);
    Progress p = { stop, NULL };
    InitOptions o = { .training = true, .cases = 20000, .now = T(NOW) };

    app_close(&d->app);
    snprintf(d->store, sizeof d->store, "%s/second", d->dir);
    o.dir = d->store;
    assert_refused(d, ERR_STOPPED, app_init(&o, &p, &d->err));
    d->app = desk_terminal(d, NOW);
    desk_as(d, DS);
    desk_free(&d);
}

static void a_real_store_takes_no_made_up_cases(void **unused)
{
    Desk *d = desk_new(false);
    InitOptions o = { .dir = "/tmp/book124-never", .cases = 1, .now = TIME_NONE };

    assert_refused(d, ERR_USAGE, app_init(&o, NULL, &d->err));
    o.cases = 0;
    o.borough = "k g";
    assert_refused(d, ERR_INVALID, app_init(&o, NULL, &d->err));
    assert_int_equal(access(o.dir, F_OK), -1);
    desk_free(&d);
}

/* ---- rebuild ---- */

static void a_rebuild_changes_nothing_when_nothing_was_wrong(void **state)
{
    Desk *d = *state;
    int64_t n = 0;
    bool changed = true;

    assert_refused(d, ERR_DENIED, app_rebuild(d->app, NULL, &n, &changed, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, &n, &changed, &d->err));
    assert_int_equal(n, 20);
    assert_false(changed);
    assert_logged(d, AUDIT_CARE, "store.rebuild", "");
}

static void a_rebuild_brings_back_what_was_lost(void **state)
{
    Desk *d = *state;
    Store *s = app_store_handle(d->app);
    int64_t before[TAB_COUNT], after[TAB_COUNT];
    uint8_t digest[HASH_BYTES], again[HASH_BYTES];
    CaseRow row;
    CaseBadge badge = { .case_id = "KG-3" };
    Tx tx = { 0 };
    bool changed = false;

    assert_did(d, app_queue_counts(d->app, 0, before, &d->err));
    assert_did(d, store_derived_digest(s, digest, &d->err));
    assert_did(d, store_case_find(s, "KG-3", d->a, &row, &d->err));
    assert_did(d, store_begin(s, &tx, &d->err));
    assert_did(d, store_duty_apply(&tx, row.key, &badge, NULL, 0, 1, app_vocabs(d->app), &d->err));
    AuditEntry e = { .at = app_now(d->app),
        .kind = AUDIT_CARE,
        .who = "-",
        .terminal = "",
        .act = "test",
        .case_id = "",
        .detail = "" };
    assert_did(d, store_audit_append(&tx, &e, &d->err));
    assert_did(d, store_commit(&tx, &d->err));
    store_end(&tx);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_true(changed);
    assert_did(d, store_derived_digest(s, again, &d->err));
    assert_memory_equal(digest, again, HASH_BYTES);
    desk_as(d, DI);
    assert_did(d, app_queue_counts(d->app, 0, after, &d->err));
    assert_memory_equal(before, after, sizeof before);
}

static void a_rebuild_makes_all_that_is_derived_again(void **state)
{
    Desk *d = *state;
    Store *s = app_store_handle(d->app);
    uint8_t digest[HASH_BYTES], again[HASH_BYTES];
    int64_t entries;
    bool changed = false;

    assert_did(d, store_derived_digest(s, digest, &d->err));
    desk_by_hand(d, "DELETE FROM duty; DELETE FROM badge; DELETE FROM duty_count; DELETE FROM search_key");
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_true(changed);
    assert_did(d, store_derived_digest(s, again, &d->err));
    assert_memory_equal(digest, again, HASH_BYTES);
    entries = log_size(d);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
    assert_int_equal(log_size(d), entries + 1); /* that it was done */
}

/* Another process: it imports, and is heard of only by its exit. */
static void import_elsewhere(const Desk *d, const char *lines)
{
    App *app = desk_terminal(d, NOW);
    FILE *in = desk_file(lines, strlen(lines));
    ImportOptions o = { .name = "x" };
    ImportReport report;
    bool ok = app_sign_in(app, DI, TRAINING_PASSWORD, NULL) && app_import_cases(app, in, &o, &report, NULL);

    fclose(in);
    app_close(&app);
    _exit(ok && report.added == 2000 ? 0 : 1);
}

static void a_rebuild_takes_nothing_from_those_who_save_meanwhile(void **state)
{
    Desk *d = *state;
    Str lines = { 0 };
    int64_t n = 0, before;
    int status = -1;
    bool changed = false;
    pid_t child;

    for (int i = 0; i < 2000; i++) str_add(&lines, case_line(d->a, arena_printf(d->a, "KG-W%d", i), ""));
    app_close(&d->app);
    child = fork();
    if (child == 0) import_elsewhere(d, str_text(&lines));
    d->app = desk_terminal(d, NOW);
    desk_as(d, KEEPER);
    for (int i = 0; i < 4 || waitpid(child, &status, WNOHANG) == 0; i++) {
        assert_did(d, app_rebuild(d->app, NULL, &n, &changed, &d->err));
        assert_false(changed);
        usleep(20000);
    }
    if (status == -1) waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    before = log_size(d);
    assert_did(d, app_rebuild(d->app, NULL, &n, &changed, &d->err));
    assert_false(changed);
    assert_int_equal(n, 2020);
    assert_int_equal(log_size(d), before + 1);
    str_finish(&lines);
}

/* ---- the log ---- */

static void the_log_is_proved_by_the_auditor(void **state)
{
    Desk *d = *state;
    AuditVerdict v;
    AuditEntry head;
    char hex[HASH_HEX];

    assert_refused(d, ERR_DENIED, app_audit_verify(d->app, NULL, &v, &d->err));
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_int_equal(v.entries, head.seq);
    assert_string_equal(v.head, crypto_hex(head.hash, HASH_BYTES, hex));
}

/* Its log no longer holds: it is not proved again. */
static int without_proof(void **state)
{
    desk_free((Desk **)state);
    return 0;
}

static void refused_by_proof(Desk *d, const char *words)
{
    AuditVerdict v;

    desk_as(d, AUDITOR);
    assert_refused(d, ERR_CORRUPT, app_audit_verify(d->app, NULL, &v, &d->err));
    if (!strstr(d->err.text, words)) fail_msg("%s", d->err.text);
}

static void remove_heads(const Desk *d)
{
    char path[120];

    snprintf(path, sizeof path, "%s/heads", d->store);
    assert_int_equal(unlink(path), 0);
}

static void the_proof_says_how_far_it_goes(void **state)
{
    Desk *d = *state;
    AuditVerdict v;

    desk_as(d, AUDITOR); /* has keys from now on */
    app_sign_out(d->app);
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.cases, 20);
    assert_int_equal(v.unsaid, 0);
    assert_int_equal(v.anchored, v.entries - 1); /* the sign-out; then somebody signed in */
    assert_non_null(strstr(v.says, "anchored up to entry"));
    remove_heads(d);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.anchored, 0);
    assert_non_null(strstr(v.says, "not anchored"));
}

static void every_way_of_saving_leaves_a_digest_that_holds(void **unused)
{
    Desk *d = desk_new(true);
    InitOptions o = { .training = true, .cases = 200, .seed = 5, .now = T(NOW) };
    Review review;
    CaseRow row;
    AuditVerdict v;
    Err err = { 0 };
    char *all;

    app_close(&d->app);
    snprintf(d->store, sizeof d->store, "%s/second", d->dir);
    o.dir = d->store;
    assert_did(d, app_init(&o, NULL, &d->err));
    d->app = desk_terminal(d, NOW);
    desk_as(d, DI);
    all = desk_export(d, NULL);
    assert_int_equal(desk_import(d, all).same, 200);
    desk_import(d, case_line(d->a, "KG-1", ""));
    desk_as(d, DS);
    assert_did(d, store_case_find(app_store_handle(d->app), "KG-1", d->a, &row, &d->err));
    case_item_init(LIST_REVIEWS, &review);
    review.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, "ds-supervision");
    review.outcome = 1;
    review.text = "Read.";
    assert_did(d, app_case_add(d->app, &row, LIST_REVIEWS, &review, d->a, NULL, &d->err));
    desk_as(d, AUDITOR);
    if (!app_audit_verify(d->app, NULL, &v, &err)) fail_msg("%s", err.text);
    assert_int_equal(v.cases, 201);
    assert_int_equal(v.unsaid, 0);
    desk_free(&d);
}

static void a_log_whose_end_was_cut_off_is_noticed(void **state)
{
    Desk *d = *state;

    app_sign_out(d->app);
    desk_by_hand(d, "DROP TRIGGER audit_remains; DELETE FROM audit WHERE seq > 20");
    refused_by_proof(d, "but the file heads was written at");
    remove_heads(d);
    desk_by_hand(d, "DELETE FROM audit");
    refused_by_proof(d, "but facts were written at");
}

static void a_log_that_was_written_anew_is_noticed(void **state)
{
    Desk *d = *state;

    desk_by_hand(d, "DROP TRIGGER audit_remains; DELETE FROM audit");
    for (int i = 0; i < 60; i++) app_may(d->app, PERM_AUDIT_READ, NULL);
    refused_by_proof(d, "is not the one that was written");
}

static void a_fact_that_was_changed_behind_the_program_is_noticed(void **state)
{
    Desk *d = *state;
    StoreCheck *checks;
    size_t n, bad = 0;

    desk_by_hand(d, "DROP TRIGGER case_head_stays; UPDATE case_head SET incident_place = 'elsewhere' WHERE case_key = 4");
    refused_by_proof(d, "KG-3 is not what was written at entry");
    desk_as(d, KEEPER);
    assert_did(d, app_doctor(d->app, true, d->a, &checks, &n, &d->err));
    for (size_t i = 0; i < n; i++) bad += !checks[i].ok && strstr(checks[i].says, "KG-3");
    assert_int_equal(bad, 1);
}

static void a_case_that_was_removed_or_put_in_behind_the_program_is_noticed(void **state)
{
    Desk *d = *state;

    desk_by_hand(d,
        "INSERT INTO case_file SELECT 77, 'KG-77', rev, created_at, changed_at, changed_by FROM case_file LIMIT 1;"
        "INSERT INTO case_head (case_key, version, act, borough, reported_at, reported_how, attended_at, incident_from, incident_to,"
        "incident_place, incident_ward, cad_number, cad_received_at, cad_result, cad_closed_at, kind, children_answer, children_at,"
        "restricted_at, closed_at, outcome) SELECT 77, version, act, borough, reported_at, reported_how, attended_at,"
        "incident_from, incident_to, incident_place, incident_ward, cad_number, cad_received_at, cad_result,"
        "cad_closed_at, kind, children_answer, children_at, restricted_at, closed_at, outcome "
        "FROM case_head WHERE case_key = 4");
    refused_by_proof(d, "the log does not know it");
    desk_by_hand(d, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger'");
    desk_by_hand(d, "DELETE FROM case_head WHERE case_key IN (4, 77); DELETE FROM case_file WHERE key IN (4, 77)");
    refused_by_proof(d, "is not in the store");
}

static bool count_entry(void *with, const AuditEntry *e)
{
    ++*(int64_t *)with;
    return true;
}

static void the_log_is_read_by_the_auditor(void **state)
{
    Desk *d = *state;
    int64_t n = 0;

    static const AuditQuery all = { .from = TIME_NONE, .to = TIME_NONE };

    assert_refused(d, ERR_DENIED, app_audit_find(d->app, &all, count_entry, &n, &d->err));
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_find(d->app, &all, count_entry, &n, &d->err));
    assert_int_equal(n, log_size(d));
}

/* ---- the doctor ---- */

static const StoreCheck *line_of(const StoreCheck *checks, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(checks[i].what, what)) return &checks[i];
    fail_msg("the doctor does not look at %s", what);
    return NULL;
}

static void the_doctor_looks_at_store_policy_clock_and_accounts(void **state)
{
    static const char *const own[] = { "policy", "clock", "officers", "keys" };
    Desk *d = *state;
    StoreCheck *checks;
    size_t n;

    assert_refused(d, ERR_DENIED, app_doctor(d->app, false, d->a, &checks, &n, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_doctor(d->app, true, d->a, &checks, &n, &d->err));
    assert_true(n > 3);
    for (size_t i = 0; i < n; i++)
        if (!checks[i].ok) print_message("%s: %s\n", checks[i].what, checks[i].says);
    for (size_t i = 0; i < ARRAY_LEN(own); i++) assert_true(line_of(checks, n, own[i])->ok);
    assert_non_null(strstr(line_of(checks, n, "policy")->says, "as this program brings it"));
}

static void the_doctor_sees_a_clock_that_runs_behind_the_log(void **state)
{
    Desk *d = *state;
    StoreCheck *checks;
    size_t n;

    App *later = desk_terminal(d, "2011-01-01T00:00:00Z");
    assert_did(d, app_sign_in(d->app, KEEPER, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_sign_in(later, DS, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_doctor(d->app, false, d->a, &checks, &n, &d->err));
    assert_false(line_of(checks, n, "clock")->ok);
    app_close(&later);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_new_store_has_its_policy_and_a_training_store_its_officers, desk_setup, desk_teardown),
        cmocka_unit_test(a_training_store_comes_with_made_up_cases),
        cmocka_unit_test(making_cases_can_be_stopped_and_leaves_a_whole_store),
        cmocka_unit_test(a_real_store_takes_no_made_up_cases),
        cmocka_unit_test_setup_teardown(a_rebuild_changes_nothing_when_nothing_was_wrong, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(a_rebuild_brings_back_what_was_lost, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(a_rebuild_makes_all_that_is_derived_again, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_rebuild_takes_nothing_from_those_who_save_meanwhile, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_log_is_proved_by_the_auditor, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_proof_says_how_far_it_goes, with_cases, desk_teardown),
        cmocka_unit_test(every_way_of_saving_leaves_a_digest_that_holds),
        cmocka_unit_test_setup_teardown(a_log_whose_end_was_cut_off_is_noticed, with_cases, without_proof),
        cmocka_unit_test_setup_teardown(a_log_that_was_written_anew_is_noticed, with_cases, without_proof),
        cmocka_unit_test_setup_teardown(
            a_fact_that_was_changed_behind_the_program_is_noticed, with_cases, without_proof),
        cmocka_unit_test_setup_teardown(
            a_case_that_was_removed_or_put_in_behind_the_program_is_noticed, with_cases, without_proof),
        cmocka_unit_test_setup_teardown(the_log_is_read_by_the_auditor, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_doctor_looks_at_store_policy_clock_and_accounts, with_cases, desk_teardown),
        cmocka_unit_test_setup_teardown(the_doctor_sees_a_clock_that_runs_behind_the_log, with_cases, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
