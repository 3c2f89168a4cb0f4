/* test_dmm.c — the daily management meeting: what it looks at and in which order, that what is said is one write, that it is gone on with wherever it
** stood; refused, invalid, stale, two at once, broken half-way; its line, its figures and its sheet. */
#include "app/dmm.h"
#include "app/retention.h"
#include "app/task.h"
#include "faulty.h"

#include <stdio.h>

#define DCI "900009"
#define CMU "900004"
#define DV  "\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-05-01T10:05:00Z\"}]"
#define GRADE(g, at)                                                                                                   \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"" at "\",\"grade\":\"" g "\"," \
    "\"rationale\":\"He said so.\"}]"

#define OWN(x) ((x).sections & DMM_OWN_BITS)

static void import(Desk *d, const char *id, const char *more)
{
    assert_int_equal(desk_import(d, case_line(d->a, id, more)).added, 1);
}

/* The clock of these tests stands at 10 in the morning of 1 June; the cases were reported on 1 May. */
static int with_cases(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    import(d, "KG-NEW", DV "," GRADE("medium", "2010-05-01T12:00:00Z"));
    import(d, "KG-BAD", DV "," GRADE("high", "2010-06-01T06:00:00Z"));
    import(d, "KG-OLDHIGH", GRADE("high", "2010-05-20T06:00:00Z"));
    import(d, "KG-MERLIN", "\"reviews\":[{\"kind\":\"ppd-merlin\",\"by\":\"900005\",\"at\":\"2010-06-01T07:00:00Z\",\"outcome\":\"returned\",\"text\":\"No school.\"}]");
    import(d, "KG-STAFF", "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"police_staff\":true,\"recorded_at\":\"2010-05-01T10:30:00Z\"}]");
    import(d, "KG-TODO", "\"tasks\":[{\"key\":\"t1\",\"from\":\"dmm\",\"what\":\"Ring her\",\"owner\":\"csu-io\",\"who\":\"DC Webb\",\"due\":\"2010-05-30T12:00:00Z\","
                         "\"by\":\"900008\",\"at\":\"2010-05-29T09:00:00Z\"}]");
    import(d, "KG-QUIET", ""); /* nothing but overdue */
    return 0;
}

/* One of the duty, without a grade. */
static char *reported(Desk *d, const char *id, const char *at)
{
    return arena_printf(d->a, "{\"format\":\"book124.case/1\",\"id\":\"%s\",\"borough\":\"KG\",\"reported_at\":\"%s\",\"reported_how\":\"call\","
        "\"kind\":\"crime\",\"flags\":[{\"flag\":\"dv\",\"at\":\"%s\"}]}\n", id, at, at);
}

static const char closed_long_ago[] =
    "{\"format\":\"book124.case/1\",\"id\":\"KG-CLOSED\",\"borough\":\"KG\",\"reported_at\":\"2000-01-02T10:00:00Z\",\"reported_how\":\"call\","
    "\"kind\":\"incident\",\"closed_at\":\"2000-05-09T12:00:00Z\",\"reviews\":[{\"kind\":\"ppd-merlin\",\"by\":\"900005\","
    "\"at\":\"2010-06-01T07:00:00Z\",\"outcome\":\"returned\",\"text\":\"No school.\"}]}\n";

static Dmm look(Desk *d)
{
    Dmm dmm;

    assert_did(d, app_dmm(d->app, d->a, &dmm, &d->err));
    return dmm;
}

static int64_t begun(Desk *d)
{
    int64_t meeting;
    bool resumed;

    assert_did(d, app_dmm_begin(d->app, &meeting, &resumed, &d->err));
    return meeting;
}

static const DmmItem *item(const Dmm *dmm, const char *id)
{
    for (size_t i = 0; i < dmm->n; i++)
        if (str_eq(dmm->items[i].case_id, id)) return &dmm->items[i];
    fail_msg("%s is not on the list", id);
    return NULL;
}

static bool say(Desk *d, const Dmm *dmm, const char *id, MeetingWord word, Err *err)
{
    CaseView v = desk_look(d, id);
    DmmAction action = { 0 };
    const char *line = "ring her, DC Webb, fri 1200";
    DmmSay what = { .meeting = dmm->meeting.key, .item = item(dmm, id), .said = word, .line = line, .action = &action, .task = "t1",
        .text = word == MEETING_DONE ? "She is well." : NULL };

    if (word == MEETING_ACTION) assert_did(d, app_dmm_action(d->app, line, d->a, &action, &d->err));
    return app_dmm_say(d->app, &v.row, &what, err);
}

static void said(Desk *d, const char *id, MeetingWord word)
{
    Dmm dmm = look(d);

    assert_did(d, say(d, &dmm, id, word, &d->err));
}

static const Duty *live(const CaseView *v, const char *id)
{
    for (size_t i = 0; i < v->n_duties; i++)
        if (str_eq(v->duties[i].id, id) && duty_is_live(&v->duties[i])) return &v->duties[i];
    return NULL;
}

/* ---- the list ---- */

static void open_actions_come_first_then_new_then_high_then_the_others(void **state)
{
    Desk *d = *state;
    Dmm dmm = look(d);
    static const char *const order[] = { "KG-TODO", "KG-BAD", "KG-NEW", "KG-STAFF", "KG-MERLIN" };

    assert_int_equal(dmm.own, 5);
    for (size_t i = 0; i < dmm.own; i++) assert_string_equal(dmm.items[i].case_id, order[i]);
    assert_int_equal(OWN(dmm.items[0]), 1u << DMM_ACTIONS);
    assert_int_equal(OWN(dmm.items[1]), 1u << DMM_NEW | 1u << DMM_HIGH);
    assert_int_equal(OWN(dmm.items[3]), 1u << DMM_STAFF);
    assert_int_equal(dmm.at, 0);
    assert_int_equal(dmm.meeting.key, 0);
}

/* Behind them, with the same words. */
static void what_is_overdue_is_walked_behind_them(void **state)
{
    Desk *d = *state;
    Dmm dmm = look(d);
    CaseView v;

    assert_int_equal(dmm.n, dmm.own + dmm.told);
    for (size_t i = 0; i < dmm.n; i++) assert_int_equal(dmm.items[i].told, i >= dmm.own);
    assert_true(item(&dmm, "KG-QUIET")->sections & 1u << DMM_OVERDUE);
    begun(d);
    said(d, "KG-QUIET", MEETING_ACTION);
    v = desk_look(d, "KG-QUIET");
    assert_int_equal(v.doc.n_tasks, 1);
    dmm = look(d);
    assert_true(item(&dmm, "KG-QUIET")->decided);
    assert_int_equal(dmm.told_decided, 1);
    assert_int_equal(dmm.own_decided, 0);
    assert_string_equal(dmm.items[0].case_id, "KG-QUIET");
    assert_did(d, app_dmm_end(d->app, dmm.meeting.key, &d->err));
    {
        MeetingLeft *left;
        size_t n;
        assert_did(d, store_meeting_left(app_store_handle(d->app), 1, d->a, &left, &n, &d->err));
        assert_int_equal(n, 5); /* what is overdue is there as long as it is: nothing of it is left over */
    }
}

static void the_list_is_for_those_who_may(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    int64_t meeting;
    bool resumed;
    Str out = { 0 };

    desk_as(d, CMU);
    look(d);
    assert_refused(d, ERR_DENIED, app_dmm_begin(d->app, &meeting, &resumed, &d->err));
    assert_logged(d, AUDIT_DENIED, "dmm.begin", NULL);
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_dmm(d->app, d->a, &dmm, &d->err));
    assert_refused(d, ERR_DENIED, app_dmm_print(d->app, 1, false, &out, &d->err));
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_dmm(d->app, d->a, &dmm, &d->err));
}

/* ---- walking ---- */

static void satisfied_is_a_review_that_fulfils_the_duty(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, "KG-NEW");
    Rev rev = v.row.rev;

    assert_non_null(live(&v, "dmm"));
    begun(d);
    said(d, "KG-NEW", MEETING_SATISFIED);
    assert_logged(d, AUDIT_ALTER, "dmm.say", "KG-NEW");
    v = desk_look(d, "KG-NEW");
    assert_int_equal(v.row.rev, rev + 1);
    assert_null(live(&v, "dmm"));
    assert_int_equal(v.doc.n_reviews, 1);
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_REVIEW_OUTCOME, v.doc.reviews[0].outcome), "satisfied");
    assert_string_equal(v.doc.reviews[0].by, DI);
}

static void an_action_is_a_review_and_a_task_in_one_write(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    CaseView v = desk_look(d, "KG-NEW");
    Rev rev = v.row.rev;

    begun(d);
    said(d, "KG-NEW", MEETING_ACTION);
    v = desk_look(d, "KG-NEW");
    assert_int_equal(v.row.rev, rev + 1);
    assert_int_equal(v.doc.n_tasks, 1);
    assert_string_equal(v.doc.tasks[0].what, "ring her");
    assert_string_equal(v.doc.tasks[0].who, "DC Webb");
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_TASK_SOURCE, v.doc.tasks[0].source), "dmm");
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_ROLE, v.doc.tasks[0].owner), "csu-io");
    assert_int_equal(v.doc.tasks[0].due, T("2010-06-04T11:00:00Z"));
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_REVIEW_OUTCOME, v.doc.reviews[0].outcome), "remedial");
    assert_string_equal(v.doc.reviews[0].text, "ring her, DC Webb, fri 1200");
    dmm = look(d);
    assert_true(item(&dmm, "KG-NEW")->decided);
    assert_int_equal(item(&dmm, "KG-NEW")->said, MEETING_ACTION);
}

static void an_action_that_is_done_is_ticked_off(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    CaseView v;

    begun(d);
    said(d, "KG-TODO", MEETING_DONE);
    v = desk_look(d, "KG-TODO");
    assert_int_equal(v.doc.tasks[0].done_at, T(NOW));
    assert_string_equal(v.doc.tasks[0].done_by, DI);
    assert_string_equal(v.doc.tasks[0].result, "She is well.");
    dmm = look(d);
    assert_true(item(&dmm, "KG-TODO")->decided);
}

static void what_was_said_stands_first_and_the_next_is_the_first_without(void **state)
{
    Desk *d = *state;
    Dmm dmm;

    begun(d);
    said(d, "KG-NEW", MEETING_SATISFIED);
    said(d, "KG-TODO", MEETING_PASSED);
    dmm = look(d);
    assert_int_equal(dmm.own, 5);
    assert_string_equal(dmm.items[0].case_id, "KG-NEW");
    assert_string_equal(dmm.items[1].case_id, "KG-TODO");
    assert_int_equal(dmm.at, 2);
    assert_string_equal(dmm.items[2].case_id, "KG-BAD");
    said(d, "KG-NEW", MEETING_ACTION); /* something newer behind it: it stays where it is */
    dmm = look(d);
    assert_string_equal(dmm.items[0].case_id, "KG-NEW");
    assert_int_equal(dmm.items[0].said, MEETING_ACTION);
}

static void a_meeting_goes_on_at_another_terminal_by_another_supervisor(void **state)
{
    Desk *d = *state;
    int64_t meeting = begun(d), again;
    bool resumed = false;
    Dmm dmm;

    said(d, "KG-TODO", MEETING_PASSED);
    desk_reopen(d, "2010-06-01T09:05:00Z"); /* the terminal went away in the middle */
    desk_as(d, DCI);
    assert_did(d, app_dmm_begin(d->app, &again, &resumed, &d->err));
    assert_true(resumed);
    assert_int_equal(again, meeting);
    dmm = look(d);
    assert_int_equal(dmm.at, 1);
    assert_string_equal(dmm.items[dmm.at].case_id, "KG-BAD");
}

static void a_case_that_comes_in_meanwhile_stands_at_the_end(void **state)
{
    Desk *d = *state;
    Dmm dmm;

    begun(d);
    assert_int_equal(desk_import(d, reported(d, "KG-LATE", "2010-06-01T08:40:00Z")).added, 1); /* not graded: its check opens tomorrow */
    dmm = look(d);
    assert_int_equal(dmm.own, 6);
    assert_string_equal(dmm.items[5].case_id, "KG-LATE");
    assert_int_equal(OWN(dmm.items[5]), 1u << DMM_NEW);
    assert_int_equal(dmm.items[5].grade, CODE_NONE);
    assert_true(dmm.items[5].late);
    assert_false(dmm.items[0].late);
}

/* ---- before the check of a new case opens ---- */

static void a_crime_of_the_night_is_on_the_list_before_nine(void **state)
{
    Desk *d = *state;
    Dmm dmm;

    desk_reopen(d, "2010-06-02T07:45:00Z"); /* a quarter to nine */
    desk_as(d, DI);
    assert_int_equal(desk_import(d, reported(d, "KG-NIGHT", "2010-06-01T20:30:00Z")).added, 1);
    dmm = look(d);
    assert_int_equal(OWN(*item(&dmm, "KG-NIGHT")), 1u << DMM_NEW);
    assert_int_equal(item(&dmm, "KG-NIGHT")->opens, T("2010-06-02T08:00:00Z"));
}

static void what_is_decided_before_the_check_opens_is_decided_and_comes_again(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    int64_t meeting;

    desk_reopen(d, "2010-06-02T07:45:00Z");
    desk_as(d, DI);
    assert_int_equal(desk_import(d, reported(d, "KG-NIGHT", "2010-06-01T20:30:00Z")).added, 1);
    meeting = begun(d);
    said(d, "KG-NIGHT", MEETING_SATISFIED);
    dmm = look(d);
    assert_true(item(&dmm, "KG-NIGHT")->decided);
    desk_reopen(d, "2010-06-02T08:05:00Z"); /* the meeting goes on past nine: it is to be viewed again */
    desk_as(d, DI);
    dmm = look(d);
    assert_false(item(&dmm, "KG-NIGHT")->decided);
    assert_int_equal(dmm.at, 0);
    assert_did(d, app_dmm_end(d->app, meeting, &d->err));
    dmm = look(d);
    assert_int_equal(OWN(*item(&dmm, "KG-NIGHT")), 1u << DMM_NEW);
    assert_int_equal(item(&dmm, "KG-NIGHT")->before, MEETING_SATISFIED);
    assert_int_equal(item(&dmm, "KG-NIGHT")->before_at, T("2010-06-02T07:45:00Z"));
    begun(d);
    said(d, "KG-NIGHT", MEETING_SATISFIED);
    dmm = look(d);
    assert_true(item(&dmm, "KG-NIGHT")->decided);
    {
        CaseView v = desk_look(d, "KG-NIGHT");
        assert_null(live(&v, "dmm"));
    }
}

/* ---- what is left undecided ---- */

static void ended(Desk *d)
{
    assert_did(d, app_dmm_end(d->app, look(d).meeting.key, &d->err));
}

static void morning(Desk *d, const char *now)
{
    desk_reopen(d, now);
    desk_as(d, DI);
}

static bool listed(const Dmm *dmm, const char *id)
{
    for (size_t i = 0; i < dmm->own; i++)
        if (str_eq(dmm->items[i].case_id, id)) return true;
    return false;
}

static void what_was_not_decided_comes_again_until_it_is(void **state)
{
    Desk *d = *state;
    Dmm dmm;

    import(d, "KG-HIGH", GRADE("high", "2010-06-01T06:00:00Z")); /* no crime of the duty: it stood there for its grade alone */
    begun(d);
    said(d, "KG-BAD", MEETING_SATISFIED);
    ended(d);
    for (int day = 2; day < 5; day++) { /* a meeting after the other leaves it */
        morning(d, arena_printf(d->a, "2010-06-%02dT08:30:00Z", day));
        dmm = look(d);
        assert_int_equal(OWN(*item(&dmm, "KG-HIGH")), 1u << DMM_HIGH);
        assert_int_equal(OWN(*item(&dmm, "KG-MERLIN")), 1u << DMM_MERLIN);
        assert_int_equal(item(&dmm, "KG-HIGH")->left_since, T(NOW));
        assert_false(listed(&dmm, "KG-BAD"));
        begun(d);
        morning(d, arena_printf(d->a, "2010-06-%02dT08:40:00Z", day)); /* the machine dies, and it goes on */
        begun(d);
        dmm = look(d);
        assert_int_equal(item(&dmm, "KG-HIGH")->left, 1u << DMM_HIGH);
        ended(d);
    }
    begun(d);
    said(d, "KG-HIGH", MEETING_PASSED); /* looked at */
    said(d, "KG-MERLIN", MEETING_ACTION);
    ended(d);
    dmm = look(d);
    assert_false(listed(&dmm, "KG-HIGH"));
    assert_int_equal(OWN(*item(&dmm, "KG-MERLIN")), 1u << DMM_ACTIONS);
}

static void one_that_came_in_late_comes_again_too(void **state)
{
    Desk *d = *state;
    Dmm dmm;

    begun(d);
    import(d, "KG-LATE", GRADE("high", "2010-06-01T08:00:00Z"));
    ended(d);
    morning(d, "2010-06-02T09:00:00Z");
    dmm = look(d);
    assert_int_equal(OWN(*item(&dmm, "KG-LATE")), 1u << DMM_HIGH);
    assert_false(item(&dmm, "KG-LATE")->late);
}

/* Its reason is no reason any more, and it is a case that nobody said anything of. */
static void one_that_was_graded_down_meanwhile_comes_again_too(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    Assessment down;
    CaseView v;

    import(d, "KG-HIGH", GRADE("high", "2010-06-01T06:00:00Z"));
    begun(d);
    ended(d);
    morning(d, "2010-06-02T09:00:00Z");
    v = desk_look(d, "KG-HIGH");
    case_item_init(LIST_ASSESSMENTS, &down);
    down.instrument = vocab_code(app_vocabs(d->app), VOCAB_INSTRUMENT, "specss-plus");
    down.stage = vocab_code(app_vocabs(d->app), VOCAB_STAGE, "secondary");
    down.grade = GRADE_MEDIUM;
    down.rationale = "He moved to Scotland.";
    down.reason = "He is far away.";
    assert_did(d, app_case_add(d->app, &v.row, LIST_ASSESSMENTS, &down, d->a, NULL, &d->err));
    dmm = look(d);
    assert_int_equal(item(&dmm, "KG-HIGH")->grade, GRADE_MEDIUM);
    assert_int_equal(OWN(*item(&dmm, "KG-HIGH")), 1u << DMM_HIGH);
}

static void one_that_was_closed_or_erased_meanwhile_says_so(void **state)
{
    Desk *d = *state;
    RetentionAsk ask = { .case_id = "KG-CLOSED", .reason = "Ten clear years.", .password = TRAINING_PASSWORD };
    bool gone = false;
    Dmm dmm;

    assert_int_equal(desk_import(d, closed_long_ago).added, 1);
    begun(d);
    said(d, "KG-BAD", MEETING_SATISFIED);
    ended(d);
    morning(d, "2010-06-02T09:00:00Z");
    dmm = look(d);
    assert_true(item(&dmm, "KG-CLOSED")->closed_at != TIME_NONE);
    assert_int_equal(OWN(*item(&dmm, "KG-CLOSED")), 1u << DMM_MERLIN);
    assert_did(d, app_retention_propose(d->app, &ask, &d->err));
    desk_as(d, DCI);
    assert_did(d, app_retention_erase(d->app, &ask, &gone, &d->err));
    dmm = look(d);
    assert_true(item(&dmm, "KG-CLOSED")->erased);
    assert_int_equal(OWN(*item(&dmm, "KG-CLOSED")), 1u << DMM_MERLIN);
    begun(d);
    dmm = look(d);
    assert_did(d, app_dmm_say(d->app, NULL, &(DmmSay){ .meeting = dmm.meeting.key, .item = item(&dmm, "KG-CLOSED"), .said = MEETING_PASSED }, &d->err));
    ended(d);
    dmm = look(d);
    assert_false(listed(&dmm, "KG-CLOSED"));
}

/* The sheet of a meeting at which it was spoken of still comes out, and its signature still holds. */
static void a_sheet_outlives_a_case_that_is_erased(void **state)
{
    Desk *d = *state;
    RetentionAsk ask = { .case_id = "KG-CLOSED", .reason = "Ten clear years.", .password = TRAINING_PASSWORD };
    bool gone = false;
    Str sheet = { 0 };

    assert_int_equal(desk_import(d, closed_long_ago).added, 1);
    begun(d);
    said(d, "KG-CLOSED", MEETING_PASSED);
    ended(d);
    assert_did(d, app_retention_propose(d->app, &ask, &d->err));
    desk_as(d, DCI);
    assert_did(d, app_retention_erase(d->app, &ask, &gone, &d->err));
    assert_did(d, app_dmm_print(d->app, 0, false, &sheet, &d->err));
    assert_non_null(strstr(str_text(&sheet), "valid, by " DI));
    assert_non_null(strstr(str_text(&sheet), "KG-CLOSED"));
    str_finish(&sheet);
}

static void the_sheet_says_what_was_left_to_the_next_meeting(void **state)
{
    Desk *d = *state;
    Str first = { 0 };

    begun(d);
    said(d, "KG-BAD", MEETING_SATISFIED);
    ended(d);
    assert_did(d, app_dmm_print(d->app, 0, false, &first, &d->err));
    assert_non_null(strstr(str_text(&first), "Not decided: they come again"));
    assert_non_null(strstr(str_text(&first), "KG-MERLIN"));
    str_finish(&first);
}

static void the_next_meeting_opens_with_what_is_undone(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    int64_t meeting = begun(d);

    said(d, "KG-BAD", MEETING_ACTION);
    said(d, "KG-NEW", MEETING_PASSED);
    said(d, "KG-STAFF", MEETING_SATISFIED);
    assert_did(d, app_dmm_end(d->app, meeting, &d->err));
    desk_reopen(d, "2010-06-02T09:00:00Z");
    desk_as(d, DI);
    dmm = look(d);
    assert_int_equal(dmm.meeting.since, T(NOW));
    assert_string_equal(dmm.items[0].case_id, "KG-TODO"); /* the action that is due first */
    assert_string_equal(dmm.items[1].case_id, "KG-BAD");
    assert_string_equal(dmm.items[2].case_id, "KG-NEW"); /* nothing was said of it */
    assert_int_equal(dmm.items[1].seen, 0);
    assert_int_equal(begun(d), meeting + 1);
}

/* ---- refused, invalid, stale ---- */

static void lines_that_cannot_be_understood_say_what_is_missing(void **state)
{
    Desk *d = *state;
    DmmAction x;
    static const char *const bad[] = { "", "ring her", "ring her, DC Webb", "ring her, DC Webb, soon", ", DC Webb, fri 1200", "ring her, yesterday 0900" };
    static const struct {
        const char *line, *what, *who;
        Role owner;
    } good[] = {
        { "ring her, DC Webb, fri 1200", "ring her", "DC Webb", ROLE_CSU_IO },
        { "ring her, and her mother, DS Patel, tomorrow 0900", "ring her, and her mother", "DS Patel", ROLE_CSU_DS },
        { "ring her, fri 1200", "ring her", NULL, ROLE_CSU_IO },
        { "check the Merlin, ppd, fri 1200", "check the Merlin", "ppd", ROLE_PPD },
        { "attend again, 900002, fri 1200", "attend again", "900002", ROLE_RESPONSE_PS },
        { "read the file,DI,fri 1200", "read the file", "DI", ROLE_CSU_DI },
        { "read the file,vzorová,fri 1200", "read the file", "vzorová", ROLE_CSU_DI },
        { "read the file,DI Vzorová,fri 1200", "read the file", "DI Vzorová", ROLE_CSU_DI },
    };
    static const char *const nobody[] = { "see the school, Housing, fri 1200", "see the school, 900099, fri 1200", "see the school, Webb, fri 1200", "see the school, keeper, fri 1200",
        "see the school, the school, and Housing, fri 1200", "see the school, 900013, fri 1200" };

    for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++) {
        assert_refused(d, ERR_INVALID, app_dmm_action(d->app, nobody[i], d->a, &x, &d->err));
        assert_non_null(strstr(d->err.text, "csu-io"));
    }

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_refused(d, ERR_INVALID, app_dmm_action(d->app, bad[i], d->a, &x, &d->err));
        assert_non_null(strstr(d->err.text, "fri 1200"));
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_did(d, app_dmm_action(d->app, good[i].line, d->a, &x, &d->err));
        assert_string_equal(x.what, good[i].what);
        assert_true(str_eq(x.who, good[i].who));
        assert_int_equal(x.owner, good[i].owner);
        assert_true(x.due > T(NOW));
    }
}

static void two_supervisors_cannot_say_two_things_at_once(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    CaseView before;

    begun(d);
    dmm = look(d);
    before = desk_look(d, "KG-NEW");
    desk_as(d, DCI);
    said(d, "KG-NEW", MEETING_ACTION);
    desk_as(d, DI);
    assert_refused(d, ERR_STALE,
        app_dmm_say(d->app, &before.row, &(DmmSay){ .meeting = dmm.meeting.key, .item = item(&dmm, "KG-NEW"), .said = MEETING_SATISFIED }, &d->err));
    assert_non_null(strstr(d->err.text, DCI));
    assert_refused(d, ERR_STALE, say(d, &dmm, "KG-NEW", MEETING_PASSED, &d->err));
    assert_int_equal(desk_look(d, "KG-NEW").doc.n_reviews, 1);
    said(d, "KG-NEW", MEETING_SATISFIED); /* having read it again */
}

static void a_case_that_was_changed_meanwhile_is_read_again(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    CaseView old, v;
    Flag f;

    begun(d);
    dmm = look(d);
    old = v = desk_look(d, "KG-NEW");
    case_item_init(LIST_FLAGS, &f);
    f.flag = vocab_code(app_vocabs(d->app), VOCAB_FLAG, "hbv");
    assert_did(d, app_case_add(d->app, &v.row, LIST_FLAGS, &f, d->a, NULL, &d->err));
    assert_refused(d, ERR_STALE,
        app_dmm_say(d->app, &old.row, &(DmmSay){ .meeting = dmm.meeting.key, .item = item(&dmm, "KG-NEW"), .said = MEETING_SATISFIED }, &d->err));
    dmm = look(d);
    assert_int_equal(item(&dmm, "KG-NEW")->seen, 0); /* nothing of it */
}

static void nothing_is_said_at_a_meeting_that_has_ended(void **state)
{
    Desk *d = *state;
    int64_t meeting = begun(d);
    Dmm dmm = look(d);

    assert_did(d, app_dmm_end(d->app, meeting, &d->err));
    assert_logged(d, AUDIT_COLLECT, "dmm.end", NULL);
    assert_refused(d, ERR_STALE, say(d, &dmm, "KG-NEW", MEETING_SATISFIED, &d->err));
    assert_refused(d, ERR_STALE, app_dmm_end(d->app, meeting, &d->err));
    assert_int_equal(desk_look(d, "KG-NEW").doc.n_reviews, 0);
}

static void ticking_off_needs_words_and_a_task_that_is_there(void **state)
{
    Desk *d = *state;
    Dmm dmm;
    CaseView v;
    DmmSay what = { .said = MEETING_DONE, .task = "t1", .text = "  " };

    begun(d);
    dmm = look(d);
    v = desk_look(d, "KG-TODO");
    what.meeting = dmm.meeting.key;
    what.item = item(&dmm, "KG-TODO");
    assert_refused(d, ERR_INVALID, app_dmm_say(d->app, &v.row, &what, &d->err));
    what.text = "Done.";
    what.task = "t9";
    assert_refused(d, ERR_MISSING, app_dmm_say(d->app, &v.row, &what, &d->err));
    desk_as(d, DS);
    what.task = "t1";
    assert_refused(d, ERR_DENIED, app_dmm_say(d->app, &v.row, &what, &d->err));
    assert_logged(d, AUDIT_DENIED, "dmm.say", "KG-TODO");
}

/* ---- broken half-way ---- */

static int with_faults(void **state)
{
    return faulty(state, with_cases);
}

static void an_action_is_said_wholly_or_not(void **state)
{
    Desk *d = *state;
    bool ok = false;
    int64_t at = 0;

    begun(d);
    while (!ok && ++at < 5000) {
        Dmm dmm = look(d);
        CaseView v = desk_look(d, "KG-NEW");
        DmmAction action = { .what = "ring her", .owner = ROLE_CSU_IO, .due = T(NOW) + DAY };
        Err err = { 0 };
        engine_fault_at(at, ENG_IO);
        ok = app_dmm_say(d->app, &v.row,
            &(DmmSay){ .meeting = dmm.meeting.key, .item = item(&dmm, "KG-NEW"), .said = MEETING_ACTION, .line = "ring her", .action = &action }, &err);
        engine_fault_at(0, ENG_IO);
        dmm = look(d);
        v = desk_look(d, "KG-NEW");
        assert_int_equal(v.doc.n_tasks, ok ? 1 : 0);
        assert_int_equal(v.doc.n_reviews, ok ? 1 : 0);
        assert_int_equal(item(&dmm, "KG-NEW")->said, ok ? MEETING_ACTION : MEETING_NOTHING);
        if (!ok && (err.kind == ERR_BUG || !err.text[0])) fail_msg("step %lld: %s", (long long)at, err.text);
    }
    assert_true(ok && at > 10);
}

/* ---- figures and the sheet ---- */

static const DmmTold *told(const DmmFigures *f, const char *duty, DmmKind kind, Role owner)
{
    for (size_t i = 0; i < f->n_told; i++)
        if (str_eq(f->told[i].duty, duty) && f->told[i].kind == kind && f->told[i].owner == owner) return &f->told[i];
    fail_msg("no line for %s", duty);
    return NULL;
}

#define ARRESTED                                                                                                        \
    "\"events\":[{\"kind\":\"arrest\",\"at\":\"2010-05-25T10:00:00Z\"},{\"kind\":\"release\",\"at\":\"2010-05-27T10:00:00Z\"}],"             \
    "\"contacts\":[{\"with\":\"victim\",\"kind\":\"event\",\"result\":\"spoke\",\"by\":\"900006\",\"at\":\"2010-05-25T12:00:00Z\"}]"

static void figures_count_what_is_due_and_who_was_told(void **state)
{
    Desk *d = *state;
    DmmFigures f;

    import(d, "KG-TOLD", DV "," ARRESTED ",\"tasks\":[{\"key\":\"t1\",\"from\":\"marac\",\"what\":\"Change the locks\",\"owner\":\"marac-coordinator\","
                         "\"due\":\"2010-05-30T12:00:00Z\",\"by\":\"900010\",\"at\":\"2010-05-20T09:00:00Z\"}]");
    import(d, "KG-RAPE", "\"offences\":[{\"class\":\"rape\",\"at\":\"2010-05-01T12:00:00Z\"}]," ARRESTED);
    assert_did(d, app_dmm_figures(d->app, 50, d->a, &f, &d->err));
    assert_int_equal(f.n[DMM_NEW], 4);
    assert_int_equal(f.n[DMM_MARAC], 1);
    assert_true(f.n[DMM_IBO] > 0);
    assert_true(f.overdue[ROLE_CSU_DI] > 0);
    assert_int_equal(told(&f, "victim-told", DMM_ALL, ROLE_CSU_IO)->in_time, 2);
    assert_int_equal(told(&f, "victim-told", DMM_ALL, ROLE_NONE)->due, 4);
    assert_int_equal(told(&f, "victim-told", DMM_ALL, ROLE_NONE)->open, 2);
    assert_int_equal(told(&f, "victim-told", DMM_DV, ROLE_NONE)->due, 2);
    assert_int_equal(told(&f, "victim-told", DMM_SEXUAL, ROLE_NONE)->due, 2);
    assert_int_equal(told(&f, "victim-told", DMM_SEXUAL, ROLE_NONE)->in_time, 1);
}

/* Whatever is shown of them, all of them are counted, and the roles add up to it. */
static void figures_have_no_caps_and_add_up(void **state)
{
    Desk *d = *state;
    DmmFigures f, some;
    int64_t roles = 0;
    size_t lines = 0;

    for (int i = 0; i < 40; i++) import(d, arena_printf(d->a, "KG-%03d", i), "");
    assert_did(d, app_dmm_figures(d->app, 50, d->a, &f, &d->err));
    assert_did(d, app_dmm_figures(d->app, 3, d->a, &some, &d->err));
    for (Role r = 0; r < ROLE_COUNT; r++) roles += f.overdue[r];
    for (size_t i = 0; i < f.n_lines; i++) lines += f.lines[i].section == DMM_OVERDUE;
    assert_true(f.n[DMM_OVERDUE] > 100);
    assert_int_equal(f.n[DMM_OVERDUE], roles);
    assert_int_equal(lines, 50);
    assert_int_equal(f.n[DMM_IBO], 47); /* each of the 47 cases without its CRIS number */
    for (DmmSection s = 0; s < DMM_SECTIONS; s++) assert_int_equal(some.n[s], f.n[s]);
    assert_int_equal(some.n_lines, 6);
}

#define CAD_AT(at, more) "\"cad\":{\"number\":\"7/31MAY10\",\"received_at\":\"" at "\"" more "}"

static void figures_say_how_many_cads_have_their_cris_number(void **state)
{
    Desk *d = *state;
    DmmFigures f;

    import(d, "KG-C1", CAD_AT("2010-05-31T10:00:00Z", "") ",\"references\":[{\"system\":\"cris\",\"number\":\"0123456/10\",\"at\":\"2010-05-31T12:00:00Z\"}]");
    import(d, "KG-C2", CAD_AT("2010-05-30T10:00:00Z", ",\"result\":\"not-domestic\""));
    import(d, "KG-C3", CAD_AT("2010-05-29T10:00:00Z", ""));
    import(d, "KG-C4", CAD_AT("2010-05-02T10:00:00Z", "")); /* not of the week */
    assert_did(d, app_dmm_figures(d->app, 50, d->a, &f, &d->err));
    assert_int_equal(f.cads.messages, 3);
    assert_int_equal(f.cads.with_cris, 1);
    assert_int_equal(f.cads.not_domestic, 1);
    assert_int_equal(f.cads.without, 1);
    assert_int_equal(f.cads.young, 0);
}

/* ---- restricted cases ---- */

static char *printed(Desk *d)
{
    Str out = { 0 };
    char *kept;

    assert_did(d, app_dmm_print(d->app, 0, false, &out, &d->err));
    kept = arena_dup(d->a, str_text(&out));
    str_finish(&out);
    return kept;
}

/* What is printed by somebody who is on no list, without the head of the log and who printed it. */
static const char *sheet_of(Desk *d, const char *who)
{
    desk_as(d, who);
    return printed(d);
}

static const char *figure(Desk *d, const char *sheet, const char *label)
{
    const char *at = strstr(strstr(sheet, "Figures at the end"), label);

    assert_non_null(at);
    at += strlen(label);
    at += strspn(at, " .");
    return arena_dup_n(d->a, at, strcspn(at, "\n"));
}

/* It is a case as any other, and nobody is to see that its number was taken. */
static void a_case_under_a_number_that_a_restricted_one_has_is_on_the_list(void **state)
{
    Desk *d = *state;
    Dmm dmm;

    import(d, "KG-HIDDEN", "\"restricted_at\":\"2010-05-02T10:00:00Z\"");
    desk_as(d, DS);
    import(d, "KG-HIDDEN", DV);
    dmm = look(d);
    assert_int_equal(OWN(*item(&dmm, "KG-HIDDEN")), 1u << DMM_NEW);
    desk_as(d, DI);
    assert_int_equal(look(d).own, dmm.own);
}

static void nobody_off_the_list_can_tell_a_restricted_case_from_the_sheet(void **state)
{
    Desk *d = *state;
    const char *sheet;

    import(d, "KG-HIDDEN", DV ",\"restricted_at\":\"2010-05-02T10:00:00Z\"," GRADE("high", "2010-06-01T07:00:00Z"));
    import(d, "KG-SECRET", "\"restricted_at\":\"2010-05-02T10:00:00Z\"," GRADE("high", "2010-06-01T07:00:00Z"));
    begun(d); /* the detective inspector is on their list */
    said(d, "KG-HIDDEN", MEETING_SATISFIED);
    ended(d);
    assert_logged(d, AUDIT_COLLECT, "dmm.end", NULL);
    sheet = sheet_of(d, DI);
    assert_non_null(strstr(sheet, "KG-HIDDEN"));
    assert_non_null(strstr(sheet, "KG-SECRET"));
    assert_string_equal(figure(d, sheet, "High risk"), "1, and 2 restricted");
    assert_non_null(strstr(sheet, "valid, by " DI));
    sheet = sheet_of(d, DS);
    assert_null(strstr(sheet, "KG-HIDDEN"));
    assert_null(strstr(sheet, "KG-SECRET"));
    assert_null(strstr(sheet, "restricted"));
    assert_string_equal(figure(d, sheet, "High risk"), "1");
    assert_string_equal(figure(d, sheet, "New"), "2");
    assert_non_null(strstr(sheet, "valid, by " DI)); /* the signature is over all of it, whoever looks */
    desk_as(d, DI);
    {
        Dmm dmm = look(d);
        assert_int_equal(item(&dmm, "KG-SECRET")->left & DMM_OWN_BITS, 1u << DMM_HIGH); /* and for them it comes again */
    }
}

static void the_sheet_says_what_was_decided_and_carries_the_head_of_the_log(void **state)
{
    Desk *d = *state;
    int64_t meeting = begun(d);
    AuditEntry head;
    char hex[HASH_HEX];
    Str first = { 0 }, again = { 0 };

    said(d, "KG-NEW", MEETING_ACTION);
    said(d, "KG-BAD", MEETING_SATISFIED);
    assert_refused(d, ERR_MISSING, app_dmm_print(d->app, meeting, false, &first, &d->err));
    assert_did(d, app_dmm_end(d->app, meeting, &d->err));
    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_did(d, app_dmm_print(d->app, meeting, false, &first, &d->err));
    assert_logged(d, AUDIT_DISCLOSE, "dmm.print", NULL);
    crypto_hex(head.hash, HASH_BYTES, hex);
    hex[16] = '\0';
    assert_non_null(strstr(str_text(&first), hex));
    assert_non_null(strstr(str_text(&first), "valid, by " DI));
    assert_non_null(strstr(str_text(&first), "ring her"));
    assert_non_null(strstr(str_text(&first), "DC Webb"));
    assert_non_null(strstr(str_text(&first), "KG-STAFF")); /* not decided */
    assert_non_null(strstr(str_text(&first), "Medium")); /* in one piece */
    desk_reopen(d, "2010-06-03T09:00:00Z"); /* what happened later changes nothing on it */
    desk_as(d, DI);
    import(d, "KG-LATER", DV);
    assert_did(d, app_dmm_print(d->app, meeting, false, &again, &d->err));
    assert_int_equal(strcspn(str_text(&first), "\f") , strcspn(str_text(&again), "\f"));
    assert_null(strstr(str_text(&again), "KG-LATER"));
    str_finish(&first);
    str_finish(&again);
}

int main(void)
{
#define T_(f) cmocka_unit_test_setup_teardown(f, with_cases, desk_teardown)
    const struct CMUnitTest tests[] = {
        T_(open_actions_come_first_then_new_then_high_then_the_others),
        T_(what_is_overdue_is_walked_behind_them),
        T_(the_list_is_for_those_who_may),
        T_(satisfied_is_a_review_that_fulfils_the_duty),
        T_(an_action_is_a_review_and_a_task_in_one_write),
        T_(an_action_that_is_done_is_ticked_off),
        T_(what_was_said_stands_first_and_the_next_is_the_first_without),
        T_(a_meeting_goes_on_at_another_terminal_by_another_supervisor),
        T_(a_case_that_comes_in_meanwhile_stands_at_the_end),
        T_(a_crime_of_the_night_is_on_the_list_before_nine),
        T_(what_is_decided_before_the_check_opens_is_decided_and_comes_again),
        T_(what_was_not_decided_comes_again_until_it_is),
        T_(one_that_came_in_late_comes_again_too),
        T_(one_that_was_graded_down_meanwhile_comes_again_too),
        T_(one_that_was_closed_or_erased_meanwhile_says_so),
        T_(a_sheet_outlives_a_case_that_is_erased),
        T_(the_sheet_says_what_was_left_to_the_next_meeting),
        T_(the_next_meeting_opens_with_what_is_undone),
        T_(lines_that_cannot_be_understood_say_what_is_missing),
        T_(two_supervisors_cannot_say_two_things_at_once),
        T_(a_case_that_was_changed_meanwhile_is_read_again),
        T_(nothing_is_said_at_a_meeting_that_has_ended),
        T_(ticking_off_needs_words_and_a_task_that_is_there),
        T_(figures_count_what_is_due_and_who_was_told),
        T_(figures_have_no_caps_and_add_up),
        T_(figures_say_how_many_cads_have_their_cris_number),
        T_(a_case_under_a_number_that_a_restricted_one_has_is_on_the_list),
        T_(nobody_off_the_list_can_tell_a_restricted_case_from_the_sheet),
        T_(the_sheet_says_what_was_decided_and_carries_the_head_of_the_log),
        cmocka_unit_test_setup_teardown(an_action_is_said_wholly_or_not, with_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
