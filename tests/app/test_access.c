/* test_access.c — restricted cases: who may restrict, who sees, who may undo it, the glass, and every road to what is not there. */
#include "desk.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/book.h"
#include "app/risk.h"

#include <stdio.h>

#define DPS    "900011"
#define DCI    "900009"
#define HIDDEN "KG-2010-000007"
#define PLAIN  "KG-2010-000001"

#define STAFF                                                                                                          \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Mayhewson\",\"given\":\"Ann\",\"born\":\"1980-03-"     \
    "04\",\"police_staff\":true,\"recorded_at\":\"2010-05-01T11:00:00Z\"}],\"incident\":{\"place\":\"7 Quiet "          \
    "Mews\"},\"cad\":{\"number\":\"777/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"},\"references\":[{\"system\":"   \
    "\"cris\",\"number\":\"4200007/10\",\"at\":\"2010-05-01T11:00:00Z\"}]"

/* Two ordinary cases, and one that comes in restricted by the detective inspector. */
static int cases_setup(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    desk_import(d, case_line(d->a, PLAIN, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Ordinary\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}]"));
    desk_import(d, case_line(d->a, "KG-2010-000002", STAFF));
    desk_import(d, case_line(d->a, HIDDEN, STAFF ",\"restricted_at\":\"2010-05-01T12:00:00Z\""));
    return 0;
}

static RestrictAsk ask_of(const char *id)
{
    return (RestrictAsk){ id, "A colleague is the victim.", "", TRAINING_PASSWORD };
}

static AccessAsk change_of(AccessVerb verb, const char *officer, Role role)
{
    return (AccessAsk){ HIDDEN, verb, officer, role, "Needed for the inquiry.", TRAINING_PASSWORD };
}

static void change(Desk *d, AccessVerb verb, const char *officer, Role role)
{
    AccessAsk ask = change_of(verb, officer, role);

    assert_did(d, app_access_change(d->app, &ask, &d->err));
}

static bool sees(Desk *d, const char *warrant, const char *id)
{
    CaseView v;
    Err err = { 0 };
    bool ok;

    desk_as(d, warrant);
    ok = app_case_look(d->app, id, "test", d->a, &v, &err);
    if (!ok && err.kind != ERR_MISSING && err.kind != ERR_DENIED) fail_msg("%s", err.text);
    return ok;
}

static bool queue_of_has(Desk *d, RoleSet roles, const char *id)
{
    DeskQuery q = { .tab = TAB_ALL, .limit = 500, .roles = roles };
    QueueRow *rows;
    size_t n;
    int64_t counts[TAB_COUNT];

    assert_did(d, app_queue_page(d->app, &q, d->a, &rows, &n, &d->err));
    assert_did(d, app_queue_counts(d->app, roles, counts, &d->err));
    assert_int_equal(counts[TAB_ALL], n);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].case_id, id)) return true;
    return false;
}

static bool queue_has(Desk *d, const char *id)
{
    return queue_of_has(d, 0, id);
}

/* ---- who sees ---- */

static void what_comes_in_restricted_is_seen_by_who_brought_it_the_inspector_and_dps(void **state)
{
    Desk *d = *state;
    static const char *const others[] = { PC, PS, "900003", "900004", "900005", IO, DS, DCI, "900010" };

    assert_true(sees(d, DI, HIDDEN));
    assert_true(sees(d, DPS, HIDDEN));
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        if (sees(d, others[i], HIDDEN)) fail_msg("%s sees it", others[i]);
        assert_true(sees(d, others[i], PLAIN));
    }
}

static void not_yours_and_not_there_are_one_answer(void **state)
{
    Desk *d = *state;
    CaseView v;
    char there[sizeof d->err.text];

    desk_as(d, DS);
    assert_refused(d, ERR_MISSING, app_case_look(d->app, HIDDEN, "test", d->a, &v, &d->err));
    memcpy(there, d->err.text, sizeof there);
    assert_refused(d, ERR_MISSING, app_case_look(d->app, "KG-2010-000008", "test", d->a, &v, &d->err));
    there[strlen("There is no case \"KG-2010-00000")] = '8';
    assert_string_equal(d->err.text, there);
}

static bool nothing(void *with, const char *case_id, const Duty *duty, DutyState s, Err *err)
{
    if (str_eq(case_id, HIDDEN)) *(int *)with += 1;
    return true;
}

/* Every road that takes a number, a name, or nothing at all. */
static void no_road_leads_to_it(void **state)
{
    Desk *d = *state;
    static const char *const typed[] = { HIDDEN, "4200007/10", "777/01MAY10", "Mayhew" };
    CaseHits hits;
    PersonHit *people;
    const char **places;
    size_t n;
    int found = 0;
    char *out;

    desk_as(d, DS);
    assert_false(queue_has(d, HIDDEN));
    assert_true(queue_has(d, "KG-2010-000002"));
    for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
        assert_did(d, app_case_search(d->app, typed[i], 50, d->a, &hits, &d->err));
        for (size_t k = 0; k < hits.n; k++) assert_string_not_equal(hits.items[k].row.id, HIDDEN);
        assert_int_equal(hits.n, i > 0); /* the other case has the same numbers and name */
    }
    assert_did(d, app_find_people(d->app, "mayh", 20, d->a, &people, &n, &d->err));
    assert_int_equal(n, 1);
    assert_int_equal(people[0].n_cases, 1);
    assert_did(d, app_find_reference(d->app, "4200007/10", "KG-2010-000002", d->a, &hits, &d->err));
    assert_int_equal(hits.n, 0);
    assert_did(d, app_find_places(d->app, "7 Q", 20, d->a, &places, &n, &d->err));
    assert_int_equal(n, 1); /* of the other one */
    assert_did(d, app_duties_each(d->app, NULL, nothing, &found, &d->err));
    assert_int_equal(found, 0);
    out = desk_export(d, NULL);
    assert_null(strstr(out, HIDDEN));
    assert_refused(d, ERR_MISSING, app_duties_each(d->app, &(DutyFilter){ .case_id = HIDDEN }, nothing, &found, &d->err));
    assert_refused(d, ERR_MISSING, app_export_cases(d->app, HIDDEN, stdout, NULL, NULL, &d->err));
    assert_refused(d, ERR_MISSING, app_book_print(d->app, HIDDEN, NULL, 0, PAPER_BOOK, false, &(Str){ 0 }, &d->err));
    assert_refused(d, ERR_MISSING, app_alert_answer(d->app, HIDDEN, "narrative-weapons", NULL, false, "", &d->err));
    assert_refused(d, ERR_MISSING, app_book_move(d->app, HIDDEN, NULL, "CSU tray", &d->err));
}

static void for_those_on_the_list_it_is_a_case_like_others(void **state)
{
    Desk *d = *state;
    CaseHits hits;
    int found = 0;

    desk_as(d, DI);
    assert_true(queue_has(d, HIDDEN));
    assert_did(d, app_case_search(d->app, "Mayhewson", 50, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 2);
    assert_did(d, app_case_search(d->app, HIDDEN, 50, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 1);
    assert_true(hits.items[0].row.restricted);
    assert_did(d, app_duties_each(d->app, NULL, nothing, &found, &d->err));
    assert_true(found > 0);
    assert_non_null(strstr(desk_export(d, NULL), HIDDEN));
}

static void a_word_of_it_stands_in_no_table_of_what_is_typed(void **state)
{
    Desk *d = *state;
    Store *s = app_store_handle(d->app);
    CaseHit *hits;
    size_t n;

    store_view(s, NULL);
    assert_did(d, store_case_search(s, "Mayhewson", 50, app_vocabs(d->app), d->a, &hits, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(hits[0].row.id, "KG-2010-000002");
}

static void a_rebuild_finds_nothing_to_mend(void **state)
{
    Desk *d = *state;
    int64_t cases;
    bool changed;

    desk_as(d, KEEPER);
    assert_did(d, app_rebuild_thorough(d->app, NULL, &cases, &changed, &d->err));
    assert_false(changed);
    assert_int_equal(cases, 3);
}

/* ---- restricting ---- */

static void a_sergeant_restricts_at_once_and_alone(void **state)
{
    Desk *d = *state;
    RestrictAsk ask = ask_of(PLAIN);
    CaseView v;
    AccessView l;
    int64_t counts[TAB_COUNT], before;

    desk_as(d, "900006");
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
    before = counts[TAB_ALL];
    desk_as(d, DS);
    assert_did(d, app_case_restrict(d->app, &ask, &d->err));
    assert_logged(d, AUDIT_ALTER, "case.restrict", PLAIN);
    v = desk_look(d, PLAIN);
    assert_int_equal(v.doc.restricted_at, T(NOW));
    assert_true(v.row.restricted);
    assert_did(d, app_access_of_case(d->app, &v, d->a, &l, &d->err));
    assert_int_equal(l.list.n_on, 3);
    assert_false(sees(d, IO, PLAIN));
    assert_false(queue_has(d, PLAIN));
    assert_did(d, app_queue_counts(d->app, 0, counts, &d->err));
    assert_true(counts[TAB_ALL] < before);
    assert_true(sees(d, DI, PLAIN) && sees(d, DPS, PLAIN) && sees(d, DS, PLAIN));
    assert_false(sees(d, PS, PLAIN));
    assert_refused(d, ERR_DENIED, app_case_restrict(d->app, &ask, &d->err));
}

static void the_duty_to_restrict_a_case_of_staff_is_done_by_it(void **state)
{
    Desk *d = *state;
    RestrictAsk ask = ask_of("KG-2010-000002");
    CaseView v;
    bool done = false;

    desk_as(d, DS);
    assert_did(d, app_case_restrict(d->app, &ask, &d->err));
    v = desk_look(d, ask.case_id);
    for (size_t i = 0; i < v.n_duties; i++)
        if (str_eq(v.duties[i].id, "staff-restricted")) done = v.duties[i].done == T(NOW);
    assert_true(done);
}

static void restricting_asks_for_rank_reason_and_password(void **state)
{
    Desk *d = *state;
    RestrictAsk ask = ask_of(PLAIN);

    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_case_restrict(d->app, &ask, &d->err));
    assert_logged(d, AUDIT_DENIED, "case.restrict", PLAIN);
    desk_as(d, DS);
    ask.reason = "  ";
    assert_refused(d, ERR_INVALID, app_case_restrict(d->app, &ask, &d->err));
    ask = ask_of(PLAIN);
    ask.password = "something-else";
    assert_refused(d, ERR_DENIED, app_case_restrict(d->app, &ask, &d->err));
    ask = ask_of(PLAIN);
    ask.subject = "nobody";
    assert_refused(d, ERR_INVALID, app_case_restrict(d->app, &ask, &d->err));
    ask.subject = DS;
    assert_refused(d, ERR_INVALID, app_case_restrict(d->app, &ask, &d->err));
    ask = ask_of(HIDDEN);
    assert_refused(d, ERR_MISSING, app_case_restrict(d->app, &ask, &d->err));
    assert_logged(d, AUDIT_DENIED, "case.restrict", HIDDEN);
    assert_true(sees(d, IO, PLAIN));
    desk_as(d, DI);
    assert_refused(d, ERR_STALE, app_case_restrict(d->app, &ask, &d->err)); /* it is */
}

static void the_inspector_who_is_the_subject_is_kept_out_by_every_road(void **state)
{
    Desk *d = *state;
    RestrictAsk ask = ask_of(PLAIN);
    GlassAsk glass = { PLAIN, "I should like to know what it says.", TRAINING_PASSWORD, PS, TRAINING_PASSWORD, 60 };
    AccessAsk grant = change_of(ACCESS_GRANT, DI, ROLE_NONE);
    int found = 0;

    ask.subject = DI;
    grant.case_id = PLAIN;
    desk_as(d, DS);
    assert_did(d, app_case_restrict(d->app, &ask, &d->err));
    assert_refused(d, ERR_INVALID, app_access_change(d->app, &grant, &d->err));
    assert_false(sees(d, DI, PLAIN));
    assert_false(queue_has(d, PLAIN));
    assert_did(d, app_duties_each(d->app, NULL, nothing, &found, &d->err));
    assert_null(strstr(desk_export(d, NULL), PLAIN));
    assert_refused(d, ERR_MISSING, app_glass_break(d->app, &glass, NULL, &d->err));
    desk_as(d, PS); /* nor with a friend who asks */
    glass.second = DI;
    assert_refused(d, ERR_MISSING, app_glass_break(d->app, &glass, NULL, &d->err));
    assert_false(sees(d, PS, PLAIN));
    assert_true(sees(d, DPS, PLAIN));
}

/* ---- the list ---- */

static void officers_and_roles_come_on_the_list_and_off_it(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    change(d, ACCESS_GRANT, IO, ROLE_NONE);
    assert_true(sees(d, IO, HIDDEN));
    assert_true(queue_has(d, HIDDEN));
    desk_as(d, DPS);
    change(d, ACCESS_GRANT, NULL, ROLE_CSU_DS);
    assert_true(sees(d, DS, HIDDEN));
    desk_as(d, DI);
    change(d, ACCESS_REVOKE, IO, ROLE_NONE);
    change(d, ACCESS_REVOKE, NULL, ROLE_CSU_DS);
    assert_false(sees(d, IO, HIDDEN) || sees(d, DS, HIDDEN));
    desk_as(d, DI);
    change(d, ACCESS_SUBJECT, IO, ROLE_NONE);
    assert_logged(d, AUDIT_ALTER, "access.subject", HIDDEN);
}

static void a_list_keeps_somebody_who_can_find_the_case(void **state)
{
    Desk *d = *state;
    AccessAsk ask = change_of(ACCESS_REVOKE, NULL, ROLE_DPS);

    desk_as(d, DPS);
    change(d, ACCESS_REVOKE, NULL, ROLE_CSU_DI);
    assert_refused(d, ERR_INVALID, app_access_change(d->app, &ask, &d->err));
    assert_true(sees(d, DPS, HIDDEN));
    assert_true(sees(d, DI, HIDDEN)); /* who brought it */
}

static void who_takes_himself_off_is_off_and_the_log_holds(void **state)
{
    Desk *d = *state;

    desk_as(d, DPS);
    change(d, ACCESS_REVOKE, NULL, ROLE_CSU_DI);
    desk_as(d, DI);
    change(d, ACCESS_REVOKE, DI, ROLE_NONE);
    assert_false(sees(d, DI, HIDDEN));
}

static void changing_the_list_is_refused_in_a_sentence(void **state)
{
    Desk *d = *state;
    AccessAsk ask = change_of(ACCESS_GRANT, IO, ROLE_NONE);

    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_access_change(d->app, &ask, &d->err));
    desk_as(d, DS); /* not on it: not there */
    assert_refused(d, ERR_MISSING, app_access_change(d->app, &ask, &d->err));
    desk_as(d, DI);
    ask.reason = "";
    assert_refused(d, ERR_INVALID, app_access_change(d->app, &ask, &d->err));
    ask = change_of(ACCESS_GRANT, "123456", ROLE_NONE);
    assert_refused(d, ERR_INVALID, app_access_change(d->app, &ask, &d->err));
    ask = change_of(ACCESS_GRANT, KEEPER, ROLE_NONE);
    assert_refused(d, ERR_INVALID, app_access_change(d->app, &ask, &d->err));
    ask = change_of(ACCESS_GRANT, NULL, ROLE_CSU_DI);
    assert_refused(d, ERR_STALE, app_access_change(d->app, &ask, &d->err));
    ask = change_of(ACCESS_REVOKE, IO, ROLE_NONE);
    assert_refused(d, ERR_STALE, app_access_change(d->app, &ask, &d->err));
    ask = change_of(ACCESS_SUBJECT, DI, ROLE_NONE);
    assert_refused(d, ERR_INVALID, app_access_change(d->app, &ask, &d->err));
    ask = change_of(ACCESS_GRANT, IO, ROLE_NONE);
    ask.case_id = PLAIN;
    assert_refused(d, ERR_STALE, app_access_change(d->app, &ask, &d->err));
    ask = change_of(ACCESS_GRANT, IO, ROLE_NONE);
    ask.password = "no";
    assert_refused(d, ERR_DENIED, app_access_change(d->app, &ask, &d->err));
    assert_false(sees(d, IO, HIDDEN));
}

static void unrestricting_takes_two(void **state)
{
    Desk *d = *state;
    AccessAsk lift = change_of(ACCESS_LIFT, NULL, ROLE_NONE);
    CaseView v;

    desk_as(d, DI);
    assert_refused(d, ERR_STALE, app_access_change(d->app, &lift, &d->err));
    change(d, ACCESS_PROPOSE, NULL, ROLE_NONE);
    assert_refused(d, ERR_DENIED, app_access_change(d->app, &lift, &d->err));
    change(d, ACCESS_WITHDRAW, NULL, ROLE_NONE);
    change(d, ACCESS_PROPOSE, NULL, ROLE_NONE);
    assert_false(sees(d, IO, HIDDEN));
    desk_as(d, DPS);
    change(d, ACCESS_LIFT, NULL, ROLE_NONE);
    v = desk_look(d, HIDDEN);
    assert_int_equal(v.doc.restricted_at, TIME_NONE);
    assert_false(v.row.restricted);
    assert_true(sees(d, IO, HIDDEN));
    desk_as(d, DS);
    assert_true(queue_has(d, HIDDEN));
}

static void an_import_opens_nothing(void **state)
{
    Desk *d = *state;

    desk_as(d, DI);
    assert_int_equal(desk_import(d, case_line(d->a, HIDDEN, STAFF)).refused, 1);
    assert_false(sees(d, DS, HIDDEN));
}

/* ---- an import that meets what is not there ---- */

static void an_import_under_its_number_is_a_case_of_its_own(void **state)
{
    Desk *d = *state;
    ImportReport r;
    char *before, *after;
    AccessMatch *matches;
    CaseHits hits;
    size_t n;

    desk_as(d, DI);
    before = desk_export(d, HIDDEN);
    desk_as(d, DS);
    r = desk_import(d, case_line(d->a, HIDDEN, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Other\",\"recorded_at\":\"2010-05-01T11:00:00Z\"}]"));
    assert_int_equal(r.added, 1);
    assert_string_equal(desk_look(d, HIDDEN).row.id, HIDDEN);
    assert_string_equal(desk_look(d, HIDDEN).doc.people[0].family, "Other");
    r = desk_import(d, desk_export(d, HIDDEN));
    assert_int_equal(r.same, 1); /* the same file again changes nothing */
    desk_as(d, DI); /* the other one is as it was, and both can be told apart */
    assert_string_equal(desk_look(d, HIDDEN).doc.people[0].family, "Mayhewson");
    after = desk_export(d, HIDDEN);
    assert_string_equal(before, after);
    assert_string_equal(desk_look(d, HIDDEN "#4").doc.people[0].family, "Other");
    assert_string_equal(desk_look(d, HIDDEN "#4").doc.id, HIDDEN);
    assert_true(queue_of_has(d, ROLE_BIT(ROLE_CSU_DS), HIDDEN "#4") && queue_of_has(d, ROLE_BIT(ROLE_CSU_DS), HIDDEN));
    assert_did(d, app_case_search(d->app, HIDDEN, 10, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 2);
    assert_did(d, app_access_matches(d->app, 100, d->a, &matches, &n, &d->err));
    assert_true(n >= 1);
    assert_string_equal(matches[0].what, "number");
    assert_string_equal(matches[0].other, HIDDEN "#4");
    desk_as(d, DS);
    assert_false(queue_has(d, HIDDEN "#4"));
    assert_true(queue_has(d, HIDDEN));
}

static void a_listing_makes_a_case_of_its_own_too(void **state)
{
    Desk *d = *state;
    ImportReport r;

    desk_as(d, DS);
    r = desk_import_cad(d, "cad,received\n778/01MAY10,2010-05-01T10:00:00Z\n");
    assert_int_equal(r.added, 1);
    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-2010-000009", "\"cad\":{\"number\":\"779/01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"},\"restricted_at\":\"2010-05-01T12:00:00Z\""));
    desk_as(d, DS);
    r = desk_import_cad(d, "cad,received\n779/01MAY10,2010-05-01T10:00:00Z\n");
    assert_int_equal(r.added, 1);
    r = desk_import_cad(d, "cad,received\n779/01MAY10,2010-05-01T10:00:00Z\n");
    assert_int_equal(r.same, 1);
}

/* ---- drafts ---- */

static void a_draft_about_it_is_there_again_with_the_case(void **state)
{
    Desk *d = *state;
    RestrictAsk ask = ask_of(PLAIN);
    AccessAsk grant = change_of(ACCESS_GRANT, IO, ROLE_NONE);
    DraftView *drafts, one;
    size_t n;

    grant.case_id = PLAIN;
    desk_as(d, IO);
    assert_did(d, app_draft_put(d->app, PLAIN " contacts 0", "She said that", &d->err));
    desk_as(d, DS);
    assert_did(d, app_case_restrict(d->app, &ask, &d->err));
    desk_as(d, IO);
    assert_did(d, app_draft_list(d->app, d->a, &drafts, &n, &d->err));
    assert_int_equal(n, 0);
    assert_refused(d, ERR_MISSING, app_draft_get(d->app, PLAIN " contacts 0", d->a, &one, &d->err));
    desk_as(d, DS);
    assert_did(d, app_access_change(d->app, &grant, &d->err));
    desk_as(d, IO);
    assert_did(d, app_draft_get(d->app, PLAIN " contacts 0", d->a, &one, &d->err));
    assert_string_equal(one.text, "She said that");
}

/* ---- people who turn up elsewhere ---- */

static void the_inspector_is_told_of_people_who_turn_up_elsewhere(void **state)
{
    Desk *d = *state;
    AccessMatch *all;
    size_t n;

    desk_as(d, DS);
    assert_refused(d, ERR_DENIED, app_access_matches(d->app, 100, d->a, &all, &n, &d->err));
    desk_as(d, DI);
    assert_did(d, app_access_matches(d->app, 100, d->a, &all, &n, &d->err));
    assert_logged(d, AUDIT_COMBINE, "access.matches", "");
    assert_int_equal(n, 1);
    assert_string_equal(all[0].case_id, HIDDEN);
    assert_string_equal(all[0].other, "KG-2010-000002");
    assert_string_equal(all[0].family, "Mayhewson");
    assert_string_equal(all[0].what, "victim");
}

/* ---- the glass ---- */

static GlassAsk glass_of(const char *second)
{
    return (GlassAsk){ HIDDEN, "Threat to life, she is at the front counter.", TRAINING_PASSWORD, second, TRAINING_PASSWORD, 30 };
}

static void two_officers_break_the_glass_and_it_is_over_by_the_clock(void **state)
{
    Desk *d = *state;
    GlassAsk ask = glass_of(PS);
    GlassWait *waits;
    Time until;
    size_t n;

    desk_as(d, PC);
    assert_did(d, app_glass_break(d->app, &ask, &until, &d->err));
    assert_int_equal(until, T(NOW) + 30 * MINUTE);
    assert_logged(d, AUDIT_ALTER, "glass.break", HIDDEN);
    assert_true(sees(d, PC, HIDDEN) && sees(d, PS, HIDDEN));
    assert_false(sees(d, IO, HIDDEN));
    desk_as(d, DI);
    assert_did(d, app_glass_waiting(d->app, d->a, &waits, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(waits[0].case_id, HIDDEN);
    assert_false(waits[0].over);
    desk_as(d, DS);
    assert_did(d, app_glass_waiting(d->app, d->a, &waits, &n, &d->err));
    assert_int_equal(n, 0);
    desk_reopen(d, "2010-06-01T09:29:59Z");
    assert_true(sees(d, PC, HIDDEN));
    desk_reopen(d, "2010-06-01T09:30:00Z");
    assert_false(sees(d, PC, HIDDEN) || sees(d, PS, HIDDEN));
    desk_as(d, DPS);
    assert_did(d, app_glass_waiting(d->app, d->a, &waits, &n, &d->err));
    assert_int_equal(n, 1);
    assert_true(waits[0].over);
    assert_did(d, app_glass_review(d->app, HIDDEN, waits[0].entry.key, "It was needed; she was met.", TRAINING_PASSWORD, &d->err));
    assert_logged(d, AUDIT_ALTER, "glass.review", HIDDEN);
    assert_refused(d, ERR_STALE, app_glass_review(d->app, HIDDEN, waits[0].entry.key, "Again.", TRAINING_PASSWORD, &d->err));
    assert_did(d, app_glass_waiting(d->app, d->a, &waits, &n, &d->err));
    assert_int_equal(n, 0);
}

static void the_glass_asks_for_two_passwords_a_reason_and_an_hour_at_most(void **state)
{
    Desk *d = *state;
    GlassAsk ask = glass_of(PC);

    desk_as(d, PC);
    assert_refused(d, ERR_INVALID, app_glass_break(d->app, &ask, NULL, &d->err));
    ask = glass_of(IO);
    assert_refused(d, ERR_DENIED, app_glass_break(d->app, &ask, NULL, &d->err)); /* no supervisor */
    ask = glass_of(PS);
    ask.minutes = 61;
    assert_refused(d, ERR_INVALID, app_glass_break(d->app, &ask, NULL, &d->err));
    ask = glass_of(PS);
    ask.reason = "Because I must know";
    assert_refused(d, ERR_INVALID, app_glass_break(d->app, &ask, NULL, &d->err));
    ask = glass_of(PS);
    ask.second_password = "wrong-password";
    assert_refused(d, ERR_DENIED, app_glass_break(d->app, &ask, NULL, &d->err));
    ask = glass_of(PS);
    ask.password = "wrong-password";
    assert_refused(d, ERR_DENIED, app_glass_break(d->app, &ask, NULL, &d->err));
    ask = glass_of(PS);
    ask.case_id = "KG-NOT-THERE";
    assert_refused(d, ERR_MISSING, app_glass_break(d->app, &ask, NULL, &d->err));
    assert_logged(d, AUDIT_DENIED, "glass.break", "KG-NOT-THERE");
    ask = glass_of(PS);
    ask.case_id = PLAIN;
    assert_refused(d, ERR_INVALID, app_glass_break(d->app, &ask, NULL, &d->err));
    assert_false(sees(d, PC, HIDDEN));
    desk_as(d, KEEPER);
    ask = glass_of(PS);
    assert_refused(d, ERR_DENIED, app_glass_break(d->app, &ask, NULL, &d->err));
}

static void a_third_officer_reviews(void **state)
{
    Desk *d = *state;
    AccessAsk off = change_of(ACCESS_REVOKE, NULL, ROLE_CSU_DI);
    GlassAsk ask = glass_of(DI);
    GlassWait *waits;
    size_t n;

    desk_as(d, DPS);
    assert_did(d, app_access_change(d->app, &off, &d->err));
    desk_as(d, DI);
    change(d, ACCESS_REVOKE, DI, ROLE_NONE);
    desk_as(d, DCI);
    assert_did(d, app_glass_break(d->app, &ask, NULL, &d->err));
    desk_as(d, DI); /* sees it by the glass, and was one of the two */
    assert_did(d, app_glass_waiting(d->app, d->a, &waits, &n, &d->err));
    assert_int_equal(n, 0);
    desk_as(d, DPS);
    assert_did(d, app_glass_waiting(d->app, d->a, &waits, &n, &d->err));
    assert_int_equal(n, 1);
    desk_as(d, DI);
    assert_refused(d, ERR_DENIED, app_glass_review(d->app, HIDDEN, waits[0].entry.key, "Fine.", TRAINING_PASSWORD, &d->err));
}

#define ACT(f) cmocka_unit_test_setup_teardown(f, cases_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACT(what_comes_in_restricted_is_seen_by_who_brought_it_the_inspector_and_dps),
        ACT(not_yours_and_not_there_are_one_answer),
        ACT(no_road_leads_to_it),
        ACT(for_those_on_the_list_it_is_a_case_like_others),
        ACT(a_word_of_it_stands_in_no_table_of_what_is_typed),
        ACT(a_rebuild_finds_nothing_to_mend),
        ACT(a_sergeant_restricts_at_once_and_alone),
        ACT(the_duty_to_restrict_a_case_of_staff_is_done_by_it),
        ACT(restricting_asks_for_rank_reason_and_password),
        ACT(the_inspector_who_is_the_subject_is_kept_out_by_every_road),
        ACT(officers_and_roles_come_on_the_list_and_off_it),
        ACT(a_list_keeps_somebody_who_can_find_the_case),
        ACT(who_takes_himself_off_is_off_and_the_log_holds),
        ACT(changing_the_list_is_refused_in_a_sentence),
        ACT(unrestricting_takes_two),
        ACT(an_import_opens_nothing),
        ACT(an_import_under_its_number_is_a_case_of_its_own),
        ACT(a_listing_makes_a_case_of_its_own_too),
        ACT(a_draft_about_it_is_there_again_with_the_case),
        ACT(the_inspector_is_told_of_people_who_turn_up_elsewhere),
        ACT(two_officers_break_the_glass_and_it_is_over_by_the_clock),
        ACT(the_glass_asks_for_two_passwords_a_reason_and_an_hour_at_most),
        ACT(a_third_officer_reviews),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
