/* test_risk.c — a risk is graded again, in the real program: the first officer said medium; the investigating officer's machine dies in the
** middle of the secondary assessment, it goes on, and comes out high; what must be done then is asked at once. A detective sergeant may
** not grade it down, the detective inspector may. The story and everybody in it are made up. */
#include "station.h"

#include <signal.h>

#define IO     "900006"
#define ID     "KG-RSK17"

static const char story[] =
    "{\"format\":\"book124.case/1\",\"id\":\"" ID "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-06T20:10:00Z\","
    "\"reported_how\":\"call\",\"attended_at\":\"2010-02-06T20:31:00Z\",\"kind\":\"crime\","
    "\"cad\":{\"number\":\"9017/06FEB10\",\"received_at\":\"2010-02-06T20:10:00Z\",\"result\":\"domestic\","
    "\"closed_at\":\"2010-02-06T21:40:00Z\"},"
    "\"offences\":[{\"class\":\"common-assault\",\"at\":\"2010-02-06T20:40:00Z\"}],"
    "\"children\":{\"answer\":\"none\",\"at\":\"2010-02-06T20:45:00Z\"},"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Inventedname\",\"given\":\"Vera\",\"sex\":\"female\","
    "\"recorded_at\":\"2010-02-06T20:50:00Z\"}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-02-06T22:30:00Z\","
    "\"grade\":\"medium\",\"rationale\":\"A push, no injury; they have been apart for a week.\","
    "\"answers\":{\"separation\":{\"answer\":\"yes\",\"context\":\"left a week ago\"},"
    "\"pregnancy\":{\"answer\":\"no\"},\"escalation\":{\"answer\":\"not-asked\",\"context\":\"she had to go\"}}}],"
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-07T08:00:00Z\",\"accepted_at\":\"2010-02-07T09:00:00Z\"}]}\n";

static void submit(Tt *t)
{
    tt_type(t, CTRL_R);
    see(t, "Cancel");
    tt_settle(t, 400);
    tt_type(t, "y");
}

/* One hand: a letter, what belongs beside it, Enter. */
static void starts_and_is_killed(Station *s)
{
    Tt *t = station_desk(s, IO);

    station_command(t, "risk assess " ID " secondary specss-plus");
    see(t, "1 of 15");
    see(t, "left a week ago");
    type_see(t, "y", "as now");
    tt_type(t, "He was at the door again on Sunday." ENTER);
    see(t, "2 of 15");
    tt_type(t, "n" ENTER "y");
    see(t, "changed: was Not asked");
    tt_type(t, "Third time in a month; the first was words only." ENTER);
    see(t, "4 of 15");
    tt_settle(t, station_is_slow() ? 6000 : 2500);
    tt_signal(t, SIGKILL);
    assert_int_equal(tt_exit(t, 5000), 128 + SIGKILL);
    station_leave(s, &t);
}

static void goes_on_and_grades_high(Station *s)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, IO);
    see(t, "You left 1 text unsaved.");
    tt_type(t, ENTER);
    see(t, "4 of 15"); /* the three before are there */
    tt_type(t, "n" ENTER "n" ENTER "u" ENTER "n" ENTER "n" ENTER "n" ENTER);
    tt_type(t, "yHands on her throat on Sunday; she told it today." ENTER "n" ENTER "d" ENTER "n" ENTER "n" ENTER "n" ENTER);
    see(t, "Graded before");
    see_not(t, "answered yes");
    tt_type(t, ENTER);
    see(t, "What you saw yourself");
    see(t, "( ) Standard  ( ) Medium  ( ) High"); /* nobody proposes one */
    tt_type(t, "A red mark at the left of the neck.\th\tThroat, third time in a month, he comes back.");
    see(t, "(*) High");
    submit(t);
    see(t, "is graded HIGH. 3 of 15 answered yes.");
    station_leave(s, &t);
}

static void sergeant_may_not_grade_down(Station *s)
{
    Tt *t = station_desk(s, DS);

    station_command(t, "risk assess " ID " review specss-plus");
    see(t, "1 of 15");
    tt_type(t, "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER);
    tt_type(t, "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER);
    see(t, "Graded before");
    tt_type(t, ENTER);
    see(t, "What you saw yourself");
    tt_type(t, "Calm, no marks.\tm");
    see(t, "Why it is lower than before");
    tt_type(t, "\tShe is with her sister.\tHe is in custody.");
    tt_settle(t, 400);
    tt_type(t, CTRL_R);
    see(t, "detective inspector");
    tt_settle(t, 400);
    assert_int_equal(times(MUST(s, DI, "export", "cases", "--case", ID), "\"stage\":\"review\""), 0);
    station_leave(s, &t);
}

static void inspector_grades_down(Station *s)
{
    Tt *t = station_desk(s, DI);

    station_command(t, "risk assess " ID " review specss-plus");
    see(t, "1 of 15");
    tt_type(t, "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER);
    tt_type(t, "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER "n" ENTER);
    see(t, "Graded before");
    tt_type(t, ENTER);
    see(t, "What you saw yourself");
    tt_type(t, "Calm, no marks.\tm");
    see(t, "Why it is lower than before");
    tt_type(t, "\tShe is with her sister.\t");
    tt_type(t, CTRL_R);
    see(t, "One thing is missing"); /* the reason */
    tt_type(t, ENTER "He is in custody until the trial.");
    submit(t);
    see(t, "is graded MEDIUM. 0 of 15 answered yes.");
    station_command(t, "risk compare " ID);
    see(t, "2-3 of 3");
    see(t, "changed");
    type_see(t, "h", "Initial");
    station_leave(s, &t);
}

static void a_risk_goes_up_and_down(void **state)
{
    Station *s = *state;
    char path[128];

    station_file(s, "story.jsonl", story, path);
    MUST(s, DI, "import", "cases", path);
    assert_state(s, ID, "secondary-risk", "open");
    assert_state(s, ID, "high-risk-referral", "");
    starts_and_is_killed(s);
    assert_state(s, ID, "secondary-risk", "open"); /* a draft is no assessment */
    s->now = "2010-02-08T10:00:00Z";
    goes_on_and_grades_high(s);
    assert_state(s, ID, "secondary-risk", "done");
    assert_state(s, ID, "high-risk-referral", "open");
    s->now = "2010-02-08T11:00:00Z";
    sergeant_may_not_grade_down(s);
    assert_state(s, ID, "high-risk-referral", "open");
    s->now = "2010-02-08T12:00:00Z";
    inspector_grades_down(s);
    assert_state(s, ID, "high-risk-referral", "");
    MUST(s, AUDITOR, "audit", "verify");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_risk_goes_up_and_down, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
