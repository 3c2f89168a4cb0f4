/* test_marac.c — MARAC as one does it: grounds apart, lists, minutes, actions, and what a partner gets; who may and who may not. */
#include "desk.h"

#include "app/marac.h"

#define MARAC "900010"
#define PPD   "900005"
#define ONE   "KG-2010-000001"
#define HBV   "KG-2010-000002"
#define OPEN_MEETING "2010-06-02T10:00:00Z"
#define PEOPLE                                                                                                         \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"given\":\"Anne\",\"born\":\"1980-03-04\"},"  \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sample\",\"given\":\"Paul\",\"sex\":\"male\",\"warnings\":\"keeps a knife\"},"  \
    "{\"key\":\"c1\",\"role\":\"child\",\"family\":\"Example\",\"given\":\"Kim\"}]"                                          \
    ",\"safe_contacts\":[{\"person\":\"v1\",\"way\":\"mobile\",\"value\":\"020 7946 0777\",\"rule\":\"at-times\",\"times\":\"mornings\","   \
    "\"at\":\"2010-05-01T12:00:00Z\"}],\"incident\":{\"place\":\"12 Example Road\"}"
#define REFERRED(restricted)                                                                                           \
    ",\"referrals\":[{\"to\":\"marac\",\"restricted\":" restricted ",\"basis\":\"vital-interests\",\"grounds\":[\"judgement\"],"             \
    "\"by\":\"900007\",\"at\":\"2010-05-02T10:00:00Z\",\"text\":\"He has said what he will do.\"}]"

static int setup(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    desk_import(d, case_line(d->a, ONE, PEOPLE REFERRED("false")));
    desk_import(d, case_line(d->a, HBV, PEOPLE REFERRED("true") ",\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-05-01T12:00:00Z\"}]"));
    return 0;
}

static bool list_it(Desk *d, const char *id, const char *meeting, bool restricted, const char *agencies)
{
    return app_marac_list(d->app, id, &(MaracListing){ T(meeting), restricted, agencies }, &d->err);
}

static bool act(Desk *d, const char *what, const char *who, const char *due)
{
    return app_marac_act(d->app, ONE, &(MaracAction){ .what = what, .who = who, .due = T(due) }, &d->err);
}

static MaracGround ground(Desk *d, const char *id, const char *word)
{
    CaseView v = desk_look(d, id);
    MaracGrounds g;

    assert_did(d, app_marac_grounds(d->app, &v, d->a, &g, &d->err));
    for (size_t i = 0; i < g.n; i++)
        if (str_eq(g.items[i].word, word)) return g.items[i];
    fail_msg("no ground %s", word);
    return (MaracGround){ 0 };
}

/* ---- who may ---- */

static void each_act_is_for_those_whose_work_it_is(void **state)
{
    static const struct {
        const char *who;
        bool read, list, act, pack;
    } rows[] = { { PC, false, false, false, false }, { PS, false, false, true, false }, { PPD, true, false, true, false }, { IO, true, false, true, false },
        { "900009", true, false, true, false }, { "900011", false, false, false, false }, { AUDITOR, false, false, false, false },
        { KEEPER, false, false, false, false }, { DS, true, true, true, true }, { DI, true, true, true, true }, { MARAC, true, true, true, true } };
    static const char *const meetings[] = { "2010-06-02T10:00:00Z", "2010-06-03T10:00:00Z", "2010-06-04T10:00:00Z" };
    Desk *d = *state;
    MaracMeeting *m;
    MaracItem *items;
    MaracActionRow *actions;
    Str out = { 0 };
    size_t n, listed = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        desk_as(d, rows[i].who);
        if (rows[i].list)
            assert_did(d, list_it(d, ONE, meetings[listed++], false, NULL));
        else {
            assert_refused(d, ERR_DENIED, list_it(d, ONE, OPEN_MEETING, false, NULL));
            assert_logged(d, AUDIT_DENIED, "marac.list", ONE);
            assert_refused(d, ERR_DENIED, app_marac_hear(d->app, ONE, "m1", "As invented.", &d->err));
        }
        assert_int_equal(app_may_marac(d->app), rows[i].read);
        if (rows[i].read) {
            assert_did(d, app_marac_meetings(d->app, T("2010-06-01T00:00:00Z"), TIME_MAX, d->a, &m, &n, &d->err));
            assert_did(d, app_marac_agenda(d->app, T(OPEN_MEETING), false, d->a, &items, &n, &d->err));
            assert_did(d, app_marac_actions(d->app, T("2010-06-01T00:00:00Z"), TIME_MAX, false, d->a, &actions, &n, &d->err));
        } else {
            assert_refused(d, ERR_DENIED, app_marac_meetings(d->app, T("2010-06-01T00:00:00Z"), TIME_MAX, d->a, &m, &n, &d->err));
            assert_refused(d, ERR_DENIED, app_marac_agenda(d->app, T(OPEN_MEETING), false, d->a, &items, &n, &d->err));
            assert_refused(d, ERR_DENIED, app_marac_actions(d->app, T("2010-06-01T00:00:00Z"), TIME_MAX, false, d->a, &actions, &n, &d->err));
        }
        if (rows[i].act)
            assert_did(d, act(d, "Change the locks", "Housing", "2010-06-04T16:00:00Z"));
        else
            assert_refused(d, ERR_DENIED, act(d, "Change the locks", "Housing", "2010-06-04T16:00:00Z"));
        if (rows[i].pack)
            assert_did(d, app_marac_pack(d->app, &(MaracPack){ T(meetings[listed - 1]), false, "idva", 1, false }, &out, &d->err));
        else
            assert_refused(d, ERR_DENIED, app_marac_pack(d->app, &(MaracPack){ T(OPEN_MEETING), false, "idva", 1, false }, &out, &d->err));
    }
    str_finish(&out);
}

/* ---- the grounds ---- */

static void three_counts_have_three_names_and_their_cases(void **state)
{
    Desk *d = *state;
    MaracGround g;

    desk_import(d, case_line(d->a, "KG-2010-000004", PEOPLE)); /* of the same day: a report, not before it */
    g = ground(d, ONE, "judgement");
    assert_true(g.stands);
    assert_non_null(strstr(g.says, "900007"));
    g = ground(d, ONE, "visible-high-risk");
    assert_false(g.stands);
    assert_int_equal(g.needed, 0); /* nobody has set a number */
    g = ground(d, ONE, "escalation");
    assert_int_equal(g.needed, 3);
    assert_int_equal(g.count, 3); /* itself, the one flagged HBV and this one */
    assert_int_equal(g.n_cases, 2);
    assert_true(g.stands);
    assert_false(ground(d, ONE, "repeat").stands); /* the referrals came after this report */
}

static const char *later_case(Desk *d, const char *id, const char *kind, const char *reported)
{
    return arena_printf(d->a, "{\"format\":\"book124.case/1\",\"id\":\"%s\",\"reported_at\":\"%s\",\"kind\":\"%s\"," PEOPLE "}\n", id, reported, kind);
}

static void a_repeat_counts_from_the_last_referral(void **state)
{
    Desk *d = *state;
    MaracGround g;
    MaracGrounds all;
    CaseView v;

    desk_import(d, later_case(d, "KG-2010-000005", "crime", "2010-05-20T10:00:00Z"));
    desk_import(d, later_case(d, "KG-2010-000006", "incident", "2010-05-20T10:00:00Z"));
    g = ground(d, "KG-2010-000005", "repeat");
    assert_true(g.stands);
    assert_int_equal(g.count, 2);
    assert_int_equal(g.n_cases, 2);
    assert_false(ground(d, "KG-2010-000006", "repeat").stands);
    v = desk_look(d, "KG-2010-000005");
    assert_did(d, app_marac_grounds(d->app, &v, d->a, &all, &d->err));
    assert_string_equal(app_marac_grounds_words(&all, d->a), "escalation,repeat");
}

/* ---- a meeting ---- */

static void a_case_is_listed_heard_and_acted_on(void **state)
{
    Desk *d = *state;
    MaracMeeting *m;
    MaracItem *items;
    MaracActionRow *rows;
    size_t n;

    assert_did(d, list_it(d, ONE, OPEN_MEETING, false, NULL));
    assert_refused(d, ERR_INVALID, list_it(d, ONE, OPEN_MEETING, false, NULL)); /* once */
    assert_refused(d, ERR_INVALID, list_it(d, ONE, "2010-05-31T10:00:00Z", false, NULL)); /* over */
    assert_refused(d, ERR_INVALID, app_marac_hear(d->app, ONE, NULL, "As invented.", &d->err)); /* it has not met */
    assert_did(d, act(d, "Change the locks", "Housing", "2010-06-04T16:00:00Z"));
    assert_refused(d, ERR_INVALID, act(d, "", "Housing", "2010-06-04T16:00:00Z"));
    assert_refused(d, ERR_INVALID, act(d, "Change the locks", " ", "2010-06-04T16:00:00Z"));
    assert_refused(d, ERR_INVALID, act(d, "Change the locks", "Housing", "2010-05-04T16:00:00Z"));
    desk_reopen(d, "2010-06-02T11:00:00Z");
    desk_as(d, MARAC);
    assert_refused(d, ERR_INVALID, app_marac_hear(d->app, ONE, NULL, " ", &d->err));
    assert_did(d, app_marac_hear(d->app, ONE, NULL, "Heard; the locks are changed this week.", &d->err));
    assert_logged(d, AUDIT_ALTER, "MARAC-hearing.add", ONE);
    assert_refused(d, ERR_MISSING, app_marac_hear(d->app, ONE, NULL, "Again.", &d->err));
    assert_refused(d, ERR_INVALID, app_marac_hear(d->app, ONE, "m1", "Again.", &d->err));
    assert_did(d, app_marac_meetings(d->app, T("2010-06-01T00:00:00Z"), TIME_MAX, d->a, &m, &n, &d->err));
    assert_int_equal(n, 1);
    assert_int_equal(m[0].cases, 1);
    assert_int_equal(m[0].heard, 1);
    assert_did(d, app_marac_agenda(d->app, T(OPEN_MEETING), false, d->a, &items, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(items[0].case_id, ONE);
    assert_string_equal(items[0].grounds, "judgement");
    assert_int_equal(items[0].open, 1);
    assert_int_equal(items[0].overdue, 0);
    desk_reopen(d, "2010-06-05T11:00:00Z");
    desk_as(d, MARAC);
    assert_did(d, app_marac_actions(d->app, T("2010-06-01T00:00:00Z"), TIME_MAX, true, d->a, &rows, &n, &d->err));
    assert_logged(d, AUDIT_CONSULT, "marac.actions", NULL);
    assert_int_equal(n, 1);
    assert_true(rows[0].overdue);
    assert_string_equal(rows[0].who, "Housing");
    assert_int_equal(rows[0].owner, ROLE_MARAC_COORDINATOR);
}

static void honour_is_heard_at_a_restricted_meeting_only(void **state)
{
    Desk *d = *state;
    MaracMeeting *m;
    MaracItem *items;
    size_t n;

    assert_refused(d, ERR_INVALID, list_it(d, HBV, OPEN_MEETING, false, NULL));
    assert_string_equal(d->err.field, "restricted");
    assert_refused(d, ERR_INVALID, list_it(d, HBV, OPEN_MEETING, true, NULL));
    assert_string_equal(d->err.field, "agencies");
    assert_refused(d, ERR_INVALID, list_it(d, HBV, OPEN_MEETING, true, "everybody"));
    assert_did(d, list_it(d, HBV, OPEN_MEETING, true, "idva,health"));
    assert_did(d, list_it(d, ONE, OPEN_MEETING, false, NULL));
    assert_did(d, app_marac_meetings(d->app, T("2010-06-01T00:00:00Z"), TIME_MAX, d->a, &m, &n, &d->err));
    assert_int_equal(n, 2); /* of one moment, one of them restricted */
    assert_did(d, app_marac_agenda(d->app, T(OPEN_MEETING), true, d->a, &items, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(items[0].case_id, HBV);
}

static void a_case_that_is_not_referred_is_not_listed(void **state)
{
    Desk *d = *state;

    desk_import(d, case_line(d->a, "KG-2010-000007", PEOPLE));
    assert_refused(d, ERR_INVALID, list_it(d, "KG-2010-000007", OPEN_MEETING, false, NULL));
    assert_refused(d, ERR_MISSING, list_it(d, "KG-2010-999999", OPEN_MEETING, false, NULL));
}

static void one_line_is_an_action(void **state)
{
    Desk *d = *state;
    MaracAction a;

    assert_did(d, app_marac_action_typed(d->app, "Change the locks, front and back, Housing, fri 1600", d->a, &a, &d->err));
    assert_string_equal(a.what, "Change the locks, front and back");
    assert_string_equal(a.who, "Housing");
    assert_int_equal(a.due, T("2010-06-04T15:00:00Z"));
    assert_did(d, app_marac_action_typed(d->app, "Ring her,IDVA,fri", d->a, &a, &d->err));
    assert_refused(d, ERR_INVALID, app_marac_action_typed(d->app, "Ring her", d->a, &a, &d->err));
    assert_refused(d, ERR_INVALID, app_marac_action_typed(d->app, "Ring her, IDVA, soon", d->a, &a, &d->err));
    assert_refused(d, ERR_INVALID, app_marac_action_typed(d->app, ", IDVA, fri 1600", d->a, &a, &d->err));
}

/* ---- paper ---- */

static const char *pack(Desk *d, bool restricted, const char *agency, int copies)
{
    Str out = { 0 };
    const char *text;

    assert_did(d, app_marac_pack(d->app, &(MaracPack){ T(OPEN_MEETING), restricted, agency, copies, false }, &out, &d->err));
    text = arena_dup(d->a, str_text(&out));
    str_finish(&out);
    return text;
}

static void a_partner_gets_what_it_may_have_and_nothing_else(void **state)
{
    static const struct {
        const char *agency;
        bool victim, place, suspect, child, why;
    } rows[] = {
        { "idva", true, true, true, true, true },
        { "housing", true, true, true, false, false },
        { "education", false, false, false, true, false },
        { "probation", true, false, true, false, false },
        { "drugs-alcohol", false, false, true, false, false },
        { "victim-support", true, false, false, false, true },
        { "other", false, false, false, false, false },
    };
    Desk *d = *state;

    assert_did(d, list_it(d, ONE, OPEN_MEETING, false, NULL));
    assert_did(d, act(d, "Change the locks", "Housing", "2010-06-04T16:00:00Z"));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *text = pack(d, false, rows[i].agency, 1);
        assert_logged(d, AUDIT_DISCLOSE, "marac.pack", ONE);
        assert_int_equal(strstr(text, "Anne") != NULL, rows[i].victim);
        assert_int_equal(strstr(text, "12 Example Road") != NULL, rows[i].place);
        assert_int_equal(strstr(text, "keeps a knife") != NULL, rows[i].suspect);
        assert_int_equal(strstr(text, "Kim") != NULL, rows[i].child);
        assert_int_equal(strstr(text, "what he will do") != NULL, rows[i].why);
        assert_null(strstr(text, "7946")); /* by which number she is reached, nobody gets */
    }
    assert_non_null(strstr(pack(d, false, "housing", 1), "Change the locks"));
    assert_null(strstr(pack(d, false, "probation", 1), "Change the locks")); /* not its own */
}

static void every_page_of_a_pack_says_whose_copy_it_is(void **state)
{
    Desk *d = *state;
    const char *text;
    Str out = { 0 };

    assert_did(d, list_it(d, ONE, OPEN_MEETING, false, NULL));
    text = pack(d, false, "housing", 2);
    assert_non_null(strstr(text, "Housing · copy 1 of 2 · log "));
    assert_non_null(strstr(text, "Housing · copy 2 of 2 · log "));
    assert_non_null(strstr(text, "TRAINING"));
    assert_refused(d, ERR_INVALID, app_marac_pack(d->app, &(MaracPack){ T(OPEN_MEETING), false, "housing", 0, false }, &out, &d->err));
    assert_refused(d, ERR_INVALID, app_marac_pack(d->app, &(MaracPack){ T(OPEN_MEETING), false, "nobody", 1, false }, &out, &d->err));
    str_finish(&out);
}

static void the_papers_of_a_restricted_meeting_are_for_those_on_its_list(void **state)
{
    Desk *d = *state;
    Str out = { 0 };
    int64_t before;

    assert_did(d, list_it(d, HBV, OPEN_MEETING, true, "idva,mental-health"));
    assert_non_null(strstr(pack(d, true, "idva", 1), "Restricted MARAC"));
    before = log_size(d);
    assert_refused(d, ERR_MISSING, app_marac_pack(d->app, &(MaracPack){ T(OPEN_MEETING), true, "health", 1, false }, &out, &d->err));
    assert_refused(d, ERR_MISSING, app_marac_pack(d->app, &(MaracPack){ T(OPEN_MEETING), false, "idva", 1, false }, &out, &d->err));
    assert_int_equal(str_text(&out)[0], '\0');
    assert_int_equal(log_size(d), before); /* nothing left the house */
    str_finish(&out);
}

static void the_referral_form_is_filled_in_from_the_case(void **state)
{
    static const char *const parts[] = { "Anne Example", "Paul Sample", "Kim", "[x] Professional judgement", "[ ] Escalation", "what he will do",
        "mornings", "must never be told", "Life or serious harm" };
    Desk *d = *state;
    Str out = { 0 };

    assert_did(d, app_marac_print(d->app, ONE, false, &out, &d->err));
    assert_logged(d, AUDIT_DISCLOSE, "marac.print", ONE);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (!strstr(str_text(&out), parts[i])) fail_msg("%s is not in:\n%s", parts[i], str_text(&out));
    assert_null(strstr(str_text(&out), "7946"));
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_marac_print(d->app, ONE, false, &out, &d->err));
    str_finish(&out);
}

#define FACT(f) cmocka_unit_test_setup_teardown(f, setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(each_act_is_for_those_whose_work_it_is),
        FACT(three_counts_have_three_names_and_their_cases),
        FACT(a_repeat_counts_from_the_last_referral),
        FACT(a_case_is_listed_heard_and_acted_on),
        FACT(honour_is_heard_at_a_restricted_meeting_only),
        FACT(a_case_that_is_not_referred_is_not_listed),
        FACT(one_line_is_an_action),
        FACT(a_partner_gets_what_it_may_have_and_nothing_else),
        FACT(every_page_of_a_pack_says_whose_copy_it_is),
        FACT(the_papers_of_a_restricted_meeting_are_for_those_on_its_list),
        FACT(the_referral_form_is_filled_in_from_the_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
