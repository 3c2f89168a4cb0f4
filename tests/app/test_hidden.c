/* test_hidden.c — what would tell of a restricted case by the way: a counter-allegation, a link, a number that is too high, a sample. */
#include "desk.h"

#include "app/access.h"
#include "../bytes.h"
#include "app/book.h"
#include "app/contact.h"

#include <stdio.h>

#define DPS  "900011"
#define DCI  "900009"
#define CASE "KG-2010-000007"

#define TWO                                                                                                                                      \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Canaryson\",\"given\":\"Ann\",\"recorded_at\":\"2010-05-01T11:00:00Z\"},"      \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Budgieson\",\"given\":\"Bob\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}]"

static int pair_setup(void **state)
{
    return desk_with(state, CASE, TWO);
}

static bool sees(Desk *d, const char *warrant, const char *id)
{
    CaseView v;

    desk_as(d, warrant);
    return app_case_look(d->app, id, "test", d->a, &v, NULL);
}

static const char *counter_made(Desk *d)
{
    CaseView v = desk_look(d, CASE);
    const char *id = NULL;

    assert_did(d, app_counter_allegation(d->app, &v.row, d->a, &id, &d->err));
    return id;
}

/* ---- a counter-allegation ---- */

static void a_counter_allegation_of_a_restricted_case_is_for_the_same_people(void **state)
{
    Desk *d = *state;
    static const char *const others[] = { PC, PS, "900003", "900004", IO, DCI, "900010" };
    const char *id;
    CaseView v;
    AccessView list;

    desk_as(d, DS);
    desk_restrict(d, CASE, IO);
    id = counter_made(d);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (sees(d, others[i], id)) fail_msg("%s sees it", others[i]);
    assert_true(sees(d, DI, id));
    assert_true(sees(d, DPS, id));
    desk_as(d, DS);
    v = desk_look(d, id);
    assert_true(v.row.restricted);
    assert_int_equal(v.doc.n_links, 1);
    assert_did(d, app_access_of_case(d->app, &v, d->a, &list, &d->err));
    assert_int_equal(list.list.n_subjects, 1);
    assert_string_equal(list.list.subjects[0]->officer, IO);
}

static void nothing_of_it_is_in_any_file(void **state)
{
    Desk *d = *state;

    assert_non_null(folder_holds(d->store, "Canaryson"));
    desk_restrict(d, CASE, "");
    counter_made(d);
    assert_null(folder_holds(d->store, "Canaryson"));
    assert_null(folder_holds(d->store, "Budgieson"));
}

static size_t links_seen(Desk *d, const char *warrant)
{
    desk_as(d, warrant);
    return desk_look(d, CASE).doc.n_links;
}

static void a_link_to_what_is_not_there_is_not_there_either(void **state)
{
    Desk *d = *state;
    const char *id, **open, *out;

    desk_as(d, DS);
    id = counter_made(d);
    assert_int_equal(app_links_open(d->app, CASE, d->a, &open), 1);
    assert_string_equal(open[0], id);
    desk_restrict(d, id, DI);
    assert_int_equal(app_links_open(d->app, CASE, d->a, &open), 0);
    assert_int_equal(links_seen(d, DS), 1);
    assert_int_equal(links_seen(d, IO), 0);
    assert_int_equal(links_seen(d, PS), 0);
    desk_as(d, DI);
    assert_int_equal(desk_look(d, CASE).doc.n_links, 0);
    out = desk_export(d, CASE);
    assert_null(strstr(out, id));
    assert_null(strstr(desk_export(d, NULL), id));
    assert_int_equal(desk_import(d, out).same, 1); /* and what it lacks is not told by an import */
    assert_int_equal(links_seen(d, DS), 1);
}

/* "There is one already" would say that there is one. */
static void a_hidden_counter_allegation_is_in_nobodys_way(void **state)
{
    Desk *d = *state;
    const char *first, *second;

    desk_as(d, DS);
    first = counter_made(d);
    desk_restrict(d, first, "");
    desk_as(d, IO);
    second = counter_made(d);
    assert_string_not_equal(first, second);
    assert_int_equal(links_seen(d, IO), 1);
    assert_int_equal(links_seen(d, DS), 2);
}

/* What somebody adds who does not see a link leaves it where it is. */
static void what_is_added_beside_a_hidden_link_leaves_it(void **state)
{
    Desk *d = *state;
    CaseView v;
    Notice n;

    desk_as(d, DS);
    desk_restrict(d, counter_made(d), "");
    desk_as(d, IO);
    v = desk_look(d, CASE);
    case_item_init(LIST_NOTICES, &n);
    n.to = vocab_code(app_vocabs(d->app), VOCAB_NOTICE, "di");
    n.at = app_now(d->app);
    assert_did(d, app_case_add(d->app, &v.row, LIST_NOTICES, &n, d->a, NULL, &d->err));
    assert_int_equal(links_seen(d, DS), 1);
}

/* ---- somebody above always sees it ---- */

static bool say(Desk *d, AccessVerb verb, const char *officer, Role role)
{
    AccessAsk ask = { CASE, verb, officer, role, "Needed.", TRAINING_PASSWORD };

    d->err = (Err){ 0 };
    return app_access_change(d->app, &ask, &d->err);
}

static void suspend(Desk *d, const char *warrant)
{
    desk_as(d, KEEPER);
    assert_did(d, app_officer_suspend(d->app, warrant, true, &d->err));
}

static void a_sergeant_cannot_hide_a_case_from_everybody_above(void **state)
{
    Desk *d = *state;

    desk_as(d, DS);
    desk_restrict(d, CASE, "");
    assert_true(say(d, ACCESS_SUBJECT, DPS, ROLE_NONE));
    assert_false(sees(d, DCI, CASE));
    desk_as(d, DS);
    assert_true(say(d, ACCESS_SUBJECT, DI, ROLE_NONE)); /* the next comes on the list */
    assert_true(sees(d, DCI, CASE));
    desk_as(d, DS);
    assert_false(say(d, ACCESS_SUBJECT, DCI, ROLE_NONE));
    assert_int_equal(d->err.kind, ERR_INVALID);
    assert_non_null(strstr(d->err.text, "nobody could find it again"));
    assert_false(say(d, ACCESS_REVOKE, NULL, ROLE_DCI));
    assert_true(sees(d, DCI, CASE));
}

static void who_is_suspended_does_not_count(void **state)
{
    Desk *d = *state;

    suspend(d, DPS);
    desk_as(d, DS);
    desk_restrict(d, CASE, DI);
    assert_true(sees(d, DCI, CASE));
}

static bool clears(Desk *d, const char *warrant, const char *officer)
{
    AccessAsk ask = { .case_id = CASE, .officer = officer, .reason = "It is another of that name.", .password = TRAINING_PASSWORD };
    bool done = false;

    desk_as(d, warrant);
    d->err = (Err){ 0 };
    return app_access_clear(d->app, &ask, &done, &d->err) && done;
}

static void a_naming_is_taken_back_by_two(void **state)
{
    Desk *d = *state;

    desk_as(d, DS);
    desk_restrict(d, CASE, DI);
    assert_false(sees(d, DI, CASE));
    assert_false(clears(d, DS, DI)); /* proposed */
    assert_int_equal(d->err.kind, ERR_NONE);
    assert_false(clears(d, DS, DI)); /* alone he does not do it */
    assert_int_equal(d->err.kind, ERR_DENIED);
    assert_false(clears(d, DI, DI)); /* nor does he whom it is about */
    assert_int_equal(d->err.kind, ERR_MISSING);
    assert_false(sees(d, DI, CASE));
    assert_true(clears(d, DPS, DI));
    desk_as(d, DS);
    assert_true(say(d, ACCESS_GRANT, DI, ROLE_NONE));
    assert_true(sees(d, DI, CASE));
    assert_false(clears(d, DPS, DI));
    assert_int_equal(d->err.kind, ERR_STALE);
}

static void the_auditor_reads_and_the_inspector_sees_that(void **state)
{
    Desk *d = *state;

    desk_as(d, DS);
    desk_restrict(d, CASE, "");
    assert_true(sees(d, AUDITOR, CASE));
    assert_string_equal(desk_look(d, CASE).doc.people[0].family, "Canaryson");
    desk_as(d, DS);
    assert_true(say(d, ACCESS_SUBJECT, AUDITOR, ROLE_NONE));
    assert_false(sees(d, AUDITOR, CASE));
}

#define ACT(f) cmocka_unit_test_setup_teardown(f, pair_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACT(a_counter_allegation_of_a_restricted_case_is_for_the_same_people),
        ACT(nothing_of_it_is_in_any_file),
        ACT(a_link_to_what_is_not_there_is_not_there_either),
        ACT(a_hidden_counter_allegation_is_in_nobodys_way),
        ACT(a_sergeant_cannot_hide_a_case_from_everybody_above),
        ACT(who_is_suspended_does_not_count),
        ACT(a_naming_is_taken_back_by_two),
        ACT(the_auditor_reads_and_the_inspector_sees_that),
        ACT(what_is_added_beside_a_hidden_link_leaves_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
