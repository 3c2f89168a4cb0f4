/* test_fault.c — every verb that writes, broken at its first step, its second, its third … until it comes through:
** each time the book is as it was before, the log holds together, and the sentence is one for people. */
#include "faulty.h"
#include "app/facts.h"

#include <stdio.h>

#define ONE "KG-2010-000001"

typedef bool Act(Desk *d, Err *err);

static int with_one_case(void **state)
{
    Desk *d;

    faulty(state, desk_setup);
    d = *state;
    desk_as(d, DS);
    desk_import(d, case_line(d->a, ONE, ""));
    return 0;
}

/* Everything a verb could leave behind half done: the cases, what is derived, the accounts; the log has its own
** proof. */
static char *state_of(Desk *d)
{
    Store *s = app_store_handle(d->app);
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    CaseRow row;
    CaseDoc doc;
    Officer o;
    Draft draft;
    Str text = { 0 };
    int64_t n;
    char *kept;

    assert_did(d, store_case_count(s, &n, &d->err));
    assert_did(d, store_derived_digest(s, digest, &d->err));
    assert_did(d, store_case_find(s, ONE, d->a, &row, &d->err));
    assert_did(d, store_case_load(s, row.key, app_vocabs(d->app), d->a, &doc, &d->err));
    str_addf(&text, "%lld %s %lld ", (long long)n, crypto_hex(digest, HASH_BYTES, hex), (long long)row.rev);
    case_write(&doc, app_vocabs(d->app), &text);
    assert_did(d, store_officer_get(s, PC, d->a, &o, &d->err));
    str_addf(&text, " %d %u %d %lld", o.suspended, o.roles, o.failures, (long long)o.rev);
    str_addf(&text, " %d", store_draft_get(s, DS, "a draft", d->a, &draft, NULL));
    kept = arena_dup(d->a, str_text(&text));
    str_finish(&text);
    return kept;
}

/* To the last step. One that fails unseen lets the act go through: then it is broken further on a desk where it was not done yet. */
static void break_everywhere(void **state, const char *warrant, Act *act)
{
    Desk *d = *state;
    EngResult ways[] = { ENG_IO, ENG_FULL };

    for (size_t w = 0; w < ARRAY_LEN(ways); w++) {
        char *before = state_of(d);
        int64_t at = 0;
        bool whole = false;
        while (!whole && ++at < 5000) {
            Err err = { 0 };
            bool ok;
            if (!app_session(d->app) || !str_eq(app_session(d->app)->warrant, warrant)) desk_as(d, warrant);
            before = state_of(d);
            engine_fault_at(at, ways[w]);
            ok = act(d, &err);
            whole = ok && engine_fault_seen() < at;
            engine_fault_at(0, ENG_IO);
            if (ok && !whole) {
                assert_int_equal(faulty_end(state), 0);
                with_one_case(state);
                d = *state;
            }
            if (ok) continue;
            if (err.kind == ERR_NONE || err.kind == ERR_BUG || !err.text[0])
                fail_msg("step %lld: %s: %s", (long long)at, err_kind_word(err.kind), err.text);
            assert_string_equal(before, state_of(d));
        }
        assert_true(whole);
        assert_true(at > 2);
        assert_string_not_equal(before, "");
        arena_reset(d->a);
    }
}

static bool add_review(Desk *d, Err *err)
{
    CaseRow row;
    Review r;

    if (!store_case_find(app_store_handle(d->app), ONE, d->a, &row, err)) return false;
    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, "ds-supervision");
    r.outcome = 1;
    return app_case_add(d->app, &row, LIST_REVIEWS, &r, d->a, NULL, err);
}

static bool import_two(Desk *d, Err *err)
{
    char *lines = arena_printf(
        d->a, "%s%s", case_line(d->a, ONE, "\"attended_at\":\"2010-05-01T10:30:00Z\""), case_line(d->a, "KG-2", ""));
    FILE *f = desk_file(lines, strlen(lines));
    ImportReport r;
    bool ok = app_import_cases(d->app, f, &(ImportOptions){ .name = "x" }, &r, err);

    fclose(f);
    if (!ok) assert_int_equal(r.added + r.changed, 0);
    return ok;
}

static bool suspend(Desk *d, Err *err)
{
    return app_officer_suspend(d->app, PC, true, err);
}

static bool keep_draft(Desk *d, Err *err)
{
    return app_draft_put(d->app, "a draft", "text", err);
}

static bool rebuild(Desk *d, Err *err)
{
    return app_rebuild(d->app, NULL, NULL, NULL, err);
}

static bool say_attended(Desk *d, Err *err)
{
    CaseRow row;
    CaseDoc said;

    case_init(&said);
    return store_case_find(app_store_handle(d->app), ONE, d->a, &row, err) &&
           app_facts_say(d->app, &row, fact_group("attended"), &said, err);
}

static bool offer(Desk *d, Err *err)
{
    CaseRow row;

    CaseDoc doc;

    if (!store_case_find(app_store_handle(d->app), ONE, d->a, &row, err)) return false;
    if (!store_case_load(app_store_handle(d->app), row.key, app_vocabs(d->app), d->a, &doc, err)) return false;
    return app_owner_pending(&doc, app_now(d->app)) ? app_owner_act(d->app, &row, OWNER_RECALL, NULL, "A mistake.", err)
                                                    : app_owner_act(d->app, &row, OWNER_OFFER, "scd2", NULL, err);
}

static void a_fact_is_said_wholly_or_not(void **state)
{
    break_everywhere(state, DS, say_attended);
}

static void a_case_is_offered_and_taken_back_wholly_or_not(void **state)
{
    break_everywhere(state, DS, offer);
}

static void a_review_is_added_wholly_or_not(void **state)
{
    break_everywhere(state, DS, add_review);
}

static void an_import_lands_wholly_or_not(void **state)
{
    break_everywhere(state, DS, import_two);
}

static void an_account_changes_wholly_or_not(void **state)
{
    break_everywhere(state, KEEPER, suspend);
}

static void a_draft_is_kept_wholly_or_not(void **state)
{
    break_everywhere(state, DS, keep_draft);
}

static void a_rebuild_happens_wholly_or_not(void **state)
{
    break_everywhere(state, KEEPER, rebuild);
}

/* A look, broken at every step: whenever it returns something, the log has it. To the last step: what can fail unseen before it is not the end. */
static void a_look_broken_anywhere_shows_nothing_or_is_in_the_log(void **state)
{
    Desk *d = *state;
    bool whole = false;
    int refused = 0;

    for (int64_t at = 1; !whole && at < 2000; at++) {
        int64_t before = log_size(d);
        CaseView v;
        Err err = { 0 };
        bool ok;
        memset(&v, 0xff, sizeof v);
        engine_fault_at(at, ENG_IO);
        ok = app_case_look(d->app, ONE, "test", d->a, &v, &err);
        whole = engine_fault_seen() < at;
        engine_fault_at(0, ENG_IO);
        if (ok) {
            assert_int_equal(log_size(d), before + 1); /* this look, and not one before it */
            assert_logged(d, AUDIT_CONSULT, "case.look", ONE);
        } else {
            assert_null(v.doc.id);
            assert_int_equal(v.n_duties, 0);
            assert_true(err.text[0]);
            refused++;
        }
    }
    assert_true(whole && refused > 0);
}

/* A wrong password, with the counter failing at every step: never a way in, never an uncounted try that says it was
** counted. */
static void a_sign_in_broken_anywhere_lets_nobody_in(void **state)
{
    Desk *d = *state;
    bool counted = false;

    for (int64_t at = 1; !counted && at < 2000; at++) {
        Err err = { 0 };
        Officer o;
        engine_fault_at(at, ENG_IO);
        assert_false(app_sign_in(d->app, DI, "a wrong password", &err));
        engine_fault_at(0, ENG_IO);
        assert_null(app_session(d->app));
        assert_did(d, store_officer_get(app_store_handle(d->app), DI, d->a, &o, &d->err));
        counted = o.failures == 1;
        if (!counted) assert_int_equal(o.failures, 0);
        if (err.kind == ERR_DENIED) assert_true(counted);
    }
    assert_true(counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_review_is_added_wholly_or_not, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(a_fact_is_said_wholly_or_not, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(a_case_is_offered_and_taken_back_wholly_or_not, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(an_import_lands_wholly_or_not, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(an_account_changes_wholly_or_not, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(a_draft_is_kept_wholly_or_not, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(a_rebuild_happens_wholly_or_not, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(
            a_look_broken_anywhere_shows_nothing_or_is_in_the_log, with_one_case, faulty_end),
        cmocka_unit_test_setup_teardown(a_sign_in_broken_anywhere_lets_nobody_in, with_one_case, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
