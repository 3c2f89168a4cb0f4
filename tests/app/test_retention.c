/* test_retention.c — how long cases are kept: which are due and why, what may be decided by whom, and erasing by two, after which nothing of the
** case is left but what its tombstone says. */
#include "faulty.h"

#include "../bytes.h"

#include "app/access.h"
#include "app/retention.h"
#include "store/inside.h"

#include <stdio.h>

#define DCI      "900009"
#define PASSWORD TRAINING_PASSWORD
#define CANARY   "Quetzalcoatl"

#define OLD   "KG-2002-000001" /* wounding: group 2, closed on 9 May 2000, due on 9 May 2010 */
#define PLAIN "KG-2004-000002" /* damage, undetected: group 4, closed on 1 May 2004, due on 1 May 2010 */
#define YOUNG "KG-2005-000003" /* wounding, closed on 1 May 2004: group 2, due in 2014 */
#define OPEN  "KG-2010-000004"

static const char people[] = "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" CANARY "\",\"given\":\"Anne\",\"born\":\"1970-03-02\"},"
                             "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"" CANARY "\",\"born\":\"1969-01-01\"}]";

static const char *closed_case(Desk *d, const char *id, const char *year, const char *day, const char *offence, const char *more)
{
    return arena_printf(d->a,
        "{\"format\":\"book124.case/1\",\"id\":\"%s\",\"borough\":\"KG\",\"reported_at\":\"%s-01-02T10:00:00Z\",\"reported_how\":\"call\",\"kind\":\"crime\","
        "\"offences\":[{\"class\":\"%s\",\"at\":\"%s-01-02T11:00:00Z\"}]%s%s,\"closed_at\":\"%s-%sT12:00:00Z\",\"outcome\":\"undetected\"}\n",
        id, year, offence, year, *more ? "," : "", more, year, day);
}

static int with_cases(void **state)
{
    Desk *d;
    char *lines;

    if (desk_setup(state) != 0) return -1;
    d = *state;
    lines = arena_printf(d->a, "%s%s%s%s", closed_case(d, OLD, "2000", "05-09", "s20", ""),
        closed_case(d, PLAIN, "2004", "05-01", "criminal-damage", people), closed_case(d, YOUNG, "2004", "05-01", "s20", ""),
        case_line(d->a, OPEN, ""));
    desk_as(d, DI);
    desk_import(d, lines);
    app_sign_out(d->app);
    return 0;
}

static const char *due(Desk *d)
{
    RetentionStand *rows;
    const char *all = "";
    bool more;
    size_t n;

    assert_did(d, app_retention_due(d->app, NULL, 100, d->a, &rows, &n, &more, &d->err));
    assert_false(more);
    for (size_t i = 0; i < n; i++) all = arena_printf(d->a, "%s%s %d\n", all, rows[i].case_id, rows[i].group->number);
    return all;
}

static Date day(const char *text)
{
    Date out;
    Err err = { 0 };

    assert_true(civil_parse_date(text, &out, &err));
    return out;
}

static bool keep(Desk *d, const char *id, const char *until)
{
    return app_retention_keep(d->app, &(RetentionAsk){ .case_id = id, .reason = "A trial is to come.", .until = day(until) }, &d->err);
}

static bool propose(Desk *d, const char *id)
{
    return app_retention_propose(d->app, &(RetentionAsk){ .case_id = id, .reason = "Ten clear years.", .password = PASSWORD }, &d->err);
}

static bool erase(Desk *d, const char *id, const char *password)
{
    bool gone = false, ok = app_retention_erase(d->app, &(RetentionAsk){ .case_id = id, .password = password }, &gone, &d->err);

    assert_int_equal(ok, gone); /* nobody else reads */
    return ok;
}

static void erased(Desk *d, const char *id)
{
    desk_as(d, DI);
    assert_did(d, propose(d, id));
    app_sign_out(d->app);
    desk_as(d, DCI);
    assert_did(d, erase(d, id, PASSWORD));
}

/* ---- which are due ---- */

static void the_groups_are_read_and_every_mistake_in_them_is_named(void **state)
{
    static const char *const wrong[] = { "group 1 first 10 again 10\n", "offences s20\n", "group 1 \"x\" first 0 again 10\n",
        "group 1 \"x\" first 6 again 6\noffences slander\ngroup 2 \"y\" first 6 again 6\n", "group 1 \"x\" first 6 again 6\noffences s20\n", "",
        "group 1 \"x\" first 6 again 6\ngroup 2 \"y\" first 6 again 6\n", "group 1 \"x\" first 6 again 6\nflags hbv\ngroup 1 \"y\" first 6 again 6\n",
        "group 1 \"x\" first 6 again 6\nshoes red\n" };
    Desk *d = *state;
    RetentionGroups g;
    RetentionBounds b;
    size_t n;
    const char *text = retention_groups_builtin(&n);

    assert_did(d, retention_groups_read(text, n, app_vocabs(d->app), d->a, &g, &d->err));
    assert_int_equal(g.n, 4);
    retention_bounds(&g, day("2010-06-01"), d->a, &b);
    assert_int_equal(b.soon, day("2004-06-01"));
    assert_int_equal(b.late, day("2000-06-01"));
    assert_non_null(strstr(b.words, " hbv "));
    assert_int_equal(retention_due(&g.items[3], day("2004-02-29"), DATE_NONE), day("2010-03-01"));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_refused(d, ERR_INVALID, retention_groups_read(wrong[i], strlen(wrong[i]), app_vocabs(d->app), d->a, &g, &d->err));
}

static void those_that_are_due_are_listed_the_longest_closed_first(void **state)
{
    Desk *d = *state;
    RetentionStand s;

    desk_as(d, DI);
    assert_string_equal(due(d), OLD " 2\n" PLAIN " 4\n");
    assert_did(d, app_retention_of(d->app, YOUNG, d->a, &s, &d->err));
    assert_int_equal(s.due, day("2014-05-01"));
    assert_did(d, app_retention_of(d->app, OPEN, d->a, &s, &d->err));
    assert_int_equal(s.due, DATE_NONE);
    desk_reopen(d, "2010-05-05T09:00:00Z");
    desk_as(d, DI);
    assert_string_equal(due(d), PLAIN " 4\n");
}

static void pages_go_on_where_the_last_one_ended(void **state)
{
    Desk *d = *state;
    RetentionStand *rows;
    ClosedCase from;
    bool more;
    size_t n;

    desk_as(d, DI);
    assert_did(d, app_retention_due(d->app, NULL, 1, d->a, &rows, &n, &more, &d->err));
    assert_true(n == 1 && more && str_eq(rows[0].case_id, OLD));
    from = rows[0].place;
    assert_did(d, app_retention_due(d->app, &from, 1, d->a, &rows, &n, &more, &d->err));
    assert_true(n == 1 && !more && str_eq(rows[0].case_id, PLAIN));
}

static void a_newer_case_of_the_same_people_sets_the_clock_back(void **state)
{
    Desk *d = *state;
    RetentionStand s;

    desk_as(d, DI);
    desk_import(d, closed_case(d, "KG-2008-000009", "2008", "05-01", "criminal-damage", people));
    assert_string_equal(due(d), OLD " 2\n");
    assert_did(d, app_retention_of(d->app, PLAIN, d->a, &s, &d->err));
    assert_string_equal(s.newer, "KG-2008-000009");
    assert_int_equal(s.due, day("2014-05-01"));
    assert_refused(d, ERR_INVALID, propose(d, PLAIN));
    assert_non_null(strstr(d->err.text, "KG-2008-000009"));
}

static void it_is_for_the_inspectors(void **state)
{
    static const char *const others[] = { PC, PS, "900003", "900004", "900005", IO, DS, "900010", "900011", AUDITOR, KEEPER };
    Desk *d = *state;
    RetentionStand *rows;
    Tombstone *all;
    bool more;
    size_t n;

    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        desk_as(d, others[i]);
        assert_refused(d, ERR_DENIED, app_retention_due(d->app, NULL, 9, d->a, &rows, &n, &more, &d->err));
        assert_refused(d, ERR_DENIED, app_tombstones(d->app, d->a, &all, &n, &d->err));
        assert_refused(d, ERR_DENIED, keep(d, OLD, "2012-01-01"));
        assert_refused(d, ERR_DENIED, propose(d, OLD));
        assert_refused(d, ERR_DENIED, erase(d, OLD, PASSWORD));
        app_sign_out(d->app);
    }
}

/* ---- kept ---- */

static void a_case_is_kept_until_a_day_and_then_due_again(void **state)
{
    Desk *d = *state;
    RetentionStand s;

    desk_as(d, DI);
    assert_refused(d, ERR_INVALID, keep(d, OLD, "2010-06-01"));
    assert_refused(d, ERR_INVALID, keep(d, OLD, "2020-06-02"));
    assert_refused(d, ERR_INVALID, keep(d, OPEN, "2012-06-01"));
    assert_refused(d, ERR_MISSING, keep(d, "KG-2010-000008", "2012-06-01"));
    assert_refused(d, ERR_INVALID, app_retention_keep(d->app, &(RetentionAsk){ .case_id = OLD, .reason = " ", .until = day("2012-01-01") }, &d->err));
    assert_did(d, keep(d, OLD, "2020-06-01"));
    assert_logged(d, AUDIT_ALTER, "retention.keep", OLD);
    assert_string_equal(due(d), PLAIN " 4\n");
    assert_did(d, app_retention_of(d->app, OLD, d->a, &s, &d->err));
    assert_int_equal(s.due, day("2020-06-01"));
    desk_reopen(d, "2020-06-01T09:00:00Z");
    desk_as(d, DI);
    assert_non_null(strstr(due(d), OLD));
}

/* ---- erased ---- */

static void one_proposes_and_another_erases_each_with_the_password(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    assert_refused(d, ERR_STALE, erase(d, OLD, PASSWORD));
    assert_refused(d, ERR_INVALID, propose(d, YOUNG));
    assert_refused(d, ERR_INVALID, propose(d, OPEN));
    assert_refused(d, ERR_DENIED, app_retention_propose(d->app, &(RetentionAsk){ .case_id = OLD, .reason = "x", .password = "wrong" }, &d->err));
    assert_did(d, propose(d, OLD));
    assert_refused(d, ERR_STALE, propose(d, OLD));
    assert_refused(d, ERR_DENIED, erase(d, OLD, PASSWORD)); /* one's own proposal */
    assert_did(d, app_retention_withdraw(d->app, &(RetentionAsk){ .case_id = OLD }, &d->err));
    assert_refused(d, ERR_STALE, app_retention_withdraw(d->app, &(RetentionAsk){ .case_id = OLD }, &d->err));
    assert_did(d, propose(d, OLD));
    app_sign_out(d->app);
    desk_as(d, DCI);
    assert_refused(d, ERR_DENIED, erase(d, OLD, "wrong"));
    desk_look(d, OLD);
    assert_did(d, erase(d, OLD, PASSWORD));
    assert_logged(d, AUDIT_ERASE, "case.erase", OLD);
    assert_refused(d, ERR_MISSING, erase(d, OLD, PASSWORD));
}

static void a_decision_to_keep_it_ends_the_proposal(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    assert_did(d, propose(d, OLD));
    assert_did(d, keep(d, OLD, "2012-01-01"));
    app_sign_out(d->app);
    desk_as(d, DCI);
    assert_refused(d, ERR_STALE, erase(d, OLD, PASSWORD));
}

static void what_protects_somebody_today_is_not_erased(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    desk_import(d, closed_case(d, "KG-1999-000009", "1999", "05-01", "s20",
        "\"orders\":[{\"key\":\"o1\",\"kind\":\"restraining\",\"person\":\"s1\",\"at\":\"1999-02-01T10:00:00Z\"}],\"people\":[{\"key\":\"s1\",\"role\":\"suspect\"}]"));
    assert_refused(d, ERR_INVALID, propose(d, "KG-1999-000009"));
    assert_non_null(strstr(d->err.text, "o1"));
}

static void the_case_is_not_there_and_says_what_became_of_it(void **state)
{
    Desk *d = *state;
    CaseView v;
    CaseHits hits;
    Tombstone *all;
    ImportReport r;
    size_t n;
    char *line = arena_dup(d->a, "");

    desk_as(d, DI);
    line = desk_export(d, PLAIN);
    app_sign_out(d->app);
    erased(d, PLAIN);
    assert_refused(d, ERR_MISSING, app_case_look(d->app, PLAIN, "test", d->a, &v, &d->err));
    assert_non_null(strstr(d->err.text, "was erased on 1 Jun 2010 by " DCI ", as " DI " had proposed: Ten clear years."));
    assert_did(d, app_case_search(d->app, CANARY, 9, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 0);
    assert_did(d, app_tombstones(d->app, d->a, &all, &n, &d->err));
    assert_int_equal(n, 1);
    app_sign_out(d->app);
    desk_as(d, DI);
    assert_non_null(strstr(desk_export(d, NULL), "{\"format\":\"" TOMBSTONE_FORMAT "\",\"id\":\"" PLAIN "\""));
    assert_null(strstr(desk_export(d, PLAIN), CANARY));
    r = desk_import(d, line); /* the file of before */
    assert_int_equal(r.refused, 1);
    r = desk_import(d, desk_export(d, PLAIN));
    assert_int_equal(r.same, 1);
    app_sign_out(d->app);
    desk_as(d, KEEPER);
    assert_refused(d, ERR_DENIED, app_case_look(d->app, PLAIN, "test", d->a, &v, &d->err));
    assert_null(strstr(d->err.text, "erased"));
}

/* The names, what was typed and not saved, what was searched for: in no byte of the directory. The log holds the number still. */
static void nothing_of_it_is_in_any_byte_of_the_store(void **state)
{
    Desk *d = *state;
    CaseHits hits;
    CaseView v;
    Review review;

    case_item_init(LIST_REVIEWS, &review);
    review.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, "qa"), review.outcome = 1;
    review.text = "She of the house of " CANARY " was right.";
    desk_as(d, DI);
    v = desk_look(d, PLAIN);
    assert_did(d, app_case_add(d->app, &v.row, LIST_REVIEWS, &review, d->a, NULL, &d->err));
    assert_did(d, app_draft_put(d->app, PLAIN " reviews qa 0", CANARY " was typed", &d->err));
    assert_did(d, app_case_search(d->app, CANARY, 9, d->a, &hits, &d->err));
    app_sign_out(d->app);
    assert_true(folder_holds(d->store, CANARY) && folder_holds(d->store, "quetzalcoatl"));
    erased(d, PLAIN);
    assert_null(folder_holds(d->store, CANARY));
    assert_null(folder_holds(d->store, "quetzalcoatl"));
    assert_non_null(folder_holds(d->store, PLAIN));
}

/* ---- the log ---- */

static size_t grants(Desk *d, CaseKey key)
{
    CipherGrant *all;
    size_t n;

    assert_did(d, store_grant_list(app_store_handle(d->app), key, 1, d->a, &all, &n, &d->err));
    return n;
}

/* Enciphered, and seen by two who may decide. */
static void a_restricted_case_goes_with_its_keys(void **state)
{
    Desk *d = *state;
    RestrictAsk ask = { PLAIN, "Only a few: " CANARY ".", "", PASSWORD };
    AccessAsk on = { PLAIN, ACCESS_GRANT, DCI, ROLE_NONE, "To decide.", PASSWORD };
    AuditVerdict v;
    CaseKey key;

    desk_as(d, DS);
    key = desk_look(d, PLAIN).row.key;
    assert_did(d, app_case_restrict(d->app, &ask, &d->err));
    assert_did(d, app_access_change(d->app, &on, &d->err));
    assert_true(grants(d, key) > 3);
    erased(d, PLAIN);
    assert_int_equal(grants(d, key), 0);
    assert_null(folder_holds(d->store, CANARY));
    desk_as(d, AUDITOR);
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err));
    assert_int_equal(v.signatures.others[SIGNED_NOT], 0); /* its tombstone is signed */
    /* With the five entries of its list, and the word for each of the thirteen officers' keys that went with the first sealing. */
    assert_int_equal(v.signatures.others[SIGNED_VALID], 6 + 13);
    assert_int_equal(v.closed, 0);
}

static void verify_passes_and_tells_of_it_and_finds_a_tombstone_that_is_none(void **state)
{
    static const char *const tampered[] = {
        "DROP TRIGGER tombstone_stays; UPDATE tombstone SET digest = zeroblob(32)",
        "DROP TRIGGER tombstone_remains; DELETE FROM tombstone",
        "INSERT INTO tombstone SELECT key, 1, 2, 3, 4, 'a', 'b', 5, 'x', zeroblob(32), 6 FROM case_file WHERE id = '" OPEN "'",
    };
    Desk *d = *state;
    AuditVerdict verdict;

    erased(d, PLAIN);
    app_sign_out(d->app);
    for (size_t i = 0; i <= ARRAY_LEN(tampered); i++) {
        desk_as(d, AUDITOR);
        if (i == 0) {
            assert_did(d, app_audit_verify(d->app, NULL, &verdict, &d->err));
            assert_int_equal(verdict.erased, 1);
            assert_non_null(strstr(verdict.says, "1 were erased"));
        } else
            assert_refused(d, ERR_CORRUPT, app_audit_verify(d->app, NULL, &verdict, &d->err));
        app_sign_out(d->app);
        if (i < ARRAY_LEN(tampered)) desk_by_hand(d, tampered[i]);
        if (i == 1) desk_by_hand(d, "UPDATE tombstone SET digest = zeroblob(32)");
    }
}

static void derived_again_nothing_changes(void **state)
{
    Desk *d = *state;
    int64_t cases;
    bool changed;

    erased(d, PLAIN);
    app_sign_out(d->app);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild_thorough(d->app, NULL, &cases, &changed, &d->err));
    assert_int_equal(cases, 3);
    assert_false(changed);
}

/* Its log holds together no more: nothing to prove. */
static int let_go(void **state)
{
    Desk *d = *state;

    app_close(&d->app);
    desk_free(&d);
    return 0;
}

static int with_faults(void **state)
{
    return faulty(state, with_cases);
}

/* Whatever step fails: the case is there, whole, or it is gone, and the log says so. */
static void broken_half_way_the_case_is_whole_or_gone(void **state)
{
    Desk *d = *state;
    bool done = false;
    int tries = 0;

    desk_as(d, DI);
    assert_did(d, propose(d, PLAIN));
    app_sign_out(d->app);
    for (int64_t n = 2; !done; n += 3) { /* the end of a read may fail without harm: this way round none is met */
        bool gone;
        CaseView v;
        desk_as(d, DCI);
        engine_fault_at(n, ENG_IO);
        tries++;
        done = app_retention_erase(d->app, &(RetentionAsk){ .case_id = PLAIN, .password = PASSWORD }, &gone, &d->err);
        engine_fault_at(0, ENG_DONE);
        if (!done && n > 5000) fail_msg("never: %s", d->err.text);
        if (!done) {
            v = desk_look(d, PLAIN);
            assert_string_equal(v.doc.people[0].family, CANARY);
        }
        app_sign_out(d->app);
    }
    assert_true(tries > 20);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, with_cases, desk_teardown)
    const struct CMUnitTest tests[] = {
        CASE(the_groups_are_read_and_every_mistake_in_them_is_named),
        CASE(those_that_are_due_are_listed_the_longest_closed_first),
        CASE(pages_go_on_where_the_last_one_ended),
        CASE(a_newer_case_of_the_same_people_sets_the_clock_back),
        CASE(it_is_for_the_inspectors),
        CASE(a_case_is_kept_until_a_day_and_then_due_again),
        CASE(one_proposes_and_another_erases_each_with_the_password),
        CASE(a_decision_to_keep_it_ends_the_proposal),
        CASE(what_protects_somebody_today_is_not_erased),
        CASE(the_case_is_not_there_and_says_what_became_of_it),
        CASE(nothing_of_it_is_in_any_byte_of_the_store),
        CASE(a_restricted_case_goes_with_its_keys),
        cmocka_unit_test_setup_teardown(verify_passes_and_tells_of_it_and_finds_a_tombstone_that_is_none, with_cases, let_go),
        CASE(derived_again_nothing_changes),
        cmocka_unit_test_setup_teardown(broken_half_way_the_case_is_whole_or_gone, with_faults, faulty_end),
    };
    int failed;
    Err err = { 0 };

    if (!crypto_start(&err)) fail_msg("%s", err.text);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed;
}
