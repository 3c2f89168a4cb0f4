/* test_plan.c — a plan against a high risk, in the real program: a detective sergeant writes three lines; one stays undone and comes to the
** detective inspector, who sees it in its own words, approves the risk that is accepted, and ticks the line off. Everybody is made up. */
#include "station.h"

#define IO    "900006"
#define ID    "KG-PLN17"
#define LATER "2010-02-13T09:00:00Z" /* the second line was due two days and more before */

static const char story[] =
    "{\"format\":\"book124.case/1\",\"id\":\"" ID "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-06T20:10:00Z\","
    "\"reported_how\":\"call\",\"attended_at\":\"2010-02-06T20:31:00Z\",\"kind\":\"crime\","
    "\"offences\":[{\"class\":\"s47\",\"at\":\"2010-02-06T20:40:00Z\"}],"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Inventedname\",\"given\":\"Vera\",\"sex\":\"female\","
    "\"recorded_at\":\"2010-02-06T20:50:00Z\"}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-02-06T22:30:00Z\","
    "\"grade\":\"high\",\"rationale\":\"He said that he would come back with a knife.\"}],"
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-07T08:00:00Z\",\"accepted_at\":\"2010-02-07T09:00:00Z\"}]}\n";

static void open_case(Tt *t)
{
    tt_type(t, ":");
    tt_settle(t, 300);
    tt_type(t, "case " ID ENTER);
    see(t, "1 Duties");
    type_see(t, "p", "Plan and tasks");
}

/* The form of a task: set by, approach, what, owner, who, due, rationale, review. */
static void add_line(Tt *t, const char *approach, const char *what, const char *owner, const char *rest)
{
    type_see(t, "P", "New task");
    tt_type(t, approach);
    tt_type(t, "\t");
    tt_type(t, what);
    tt_type(t, "\t");
    tt_type(t, owner);
    tt_type(t, "\t\t");
    tt_type(t, rest);
    tt_type(t, CTRL_S);
}

static void see_plan(Tt *t, const char *text)
{
    see(t, "1 Duties");
    see(t, "Saved 09:12");
    type_see(t, "p", "on a line ticks it off");
    see(t, text);
}

static void sergeant_plans(Station *s)
{
    Tt *t = station_desk(s, DS);

    open_case(t);
    see(t, "nothing is planned yet");
    add_line(t, "acc", "He knows the school", "CSU detective s", "fri 1700\tThe school is told.\t1/3/2010 1200");
    see(t, "cannot be all that is planned");
    tt_type(t, ESC);
    see(t, "Throw away");
    tt_settle(t, 400);
    tt_type(t, "t");
    see(t, "Plan and tasks");
    add_line(t, "red", "Fit a new lock", "CSU inv", "wed 1200");
    see_plan(t, "Fit a new lock");
    add_line(t, "rem", "Ask for a remand in custody", "CSU detective s", "fri 1700");
    see_plan(t, "Ask for a remand in custody");
    add_line(t, "acc", "He knows the school", "CSU detective s", "fri 1700\tThe school is told.\t1/3/2010 1200");
    see_plan(t, "He knows the school");
    see(t, "not approved yet");
    see_not(t, "nothing is planned yet");
    station_leave(s, &t);
}

static void inspector_sees_approves_and_ticks_off(Station *s)
{
    Tt *t = station_desk(s, DI);

    for (int i = 0; i < 40 && !tt_has(t, "Fit a new lock"); i++) {
        tt_type(t, "\033[6~");
        tt_settle(t, 100);
    }
    see(t, "Fit a new lock"); /* the investigating officer's, in its own words */
    open_case(t);
    see(t, "! OVERDUE");
    type_see(t, "\t\t", "v approve  "); /* the third line: what can be done there stands at the bottom */
    tt_type(t, "v");
    see(t, "The school is told.");
    tt_settle(t, 400);
    tt_type(t, "y");
    see(t, "approved, officer " DI);
    open_case(t);
    tt_type(t, "r");
    see(t, "What came of it");
    see(t, "Fit a new lock");
    tt_type(t, CTRL_S);
    see(t, "Say what came of it");
    tt_type(t, "Fitted on Thursday; she has both keys." CTRL_S);
    see(t, "Ticked off.");
    station_leave(s, &t);
}

static void a_plan_is_written_rises_and_is_ticked_off(void **state)
{
    Station *s = *state;
    char path[128];
    const char *said;
    int status;

    station_file(s, "case.jsonl", story, path);
    MUST(s, DI, "import", "cases", path);
    sergeant_plans(s);
    said = RUN(s, DI, &status, "--format", "json", "queue", "--duty", "plan-line");
    assert_int_equal(times(said, "\"says\""), 0); /* not the inspector's yet */
    s->now = LATER;
    said = RUN(s, DI, &status, "--format", "json", "queue", "--duty", "plan-line");
    assert_int_equal(times(said, "\"says\":\"Fit a new lock\""), 1);
    inspector_sees_approves_and_ticks_off(s);
    said = MUST(s, DS, "--format", "json", "task", "list", "--case", ID);
    assert_int_equal(times(said, "\"state\":\"done\""), 1);
    assert_int_equal(times(said, "\"approved_by\":\"" DI "\""), 1);
    assert_int_equal(times(said, "she has both keys."), 1);
    said = RUN(s, DI, &status, "--format", "json", "queue", "--duty", "plan-line");
    assert_null(strstr(said, "Fit a new lock"));
    MUST(s, KEEPER, "rebuild");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plan_is_written_rises_and_is_ticked_off, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "build/book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
