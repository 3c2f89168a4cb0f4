/* test_dmm.c — the morning, in the real program: an inspector holds a daily management meeting, the machine dies in the middle of a line, another
** terminal goes on with every word; two supervisors hold it at once; what is undone comes again the next day. And an arrest that is recorded
** from the list of Operation Roundup takes the row and the duty away. Everybody in it is made up. */
#include "station.h"

#include <signal.h>

enum { NEW_CASES = 12 };

/* Twelve crimes of the day before. */
static void import_twelve(Station *s)
{
    char path[128], lines[NEW_CASES * 400] = "";
    size_t n = 0;

    for (int i = 1; i <= NEW_CASES; i++)
        n += (size_t)snprintf(lines + n, sizeof lines - n,
            "{\"format\":\"book124.case/1\",\"id\":\"KG-D%02dXY\",\"borough\":\"KG\",\"reported_at\":\"2010-02-07T%02d:10:00Z\",\"reported_how\":\"call\","
            "\"kind\":\"crime\",\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-02-07T%02d:20:00Z\"}],"
            "\"offences\":[{\"class\":\"s47\",\"at\":\"2010-02-07T%02d:20:00Z\"}]}\n",
            i, i, i, i);
    station_file(s, "twelve.jsonl", lines, path);
    MUST(s, DI, "import", "cases", path);
}

static void holds_half_of_it_and_is_killed(Station *s)
{
    Tt *t = station_desk(s, DI);

    type_see(t, "M", "Daily management meeting");
    type_see(t, "b", "Meeting 1 has begun.");
    type_see(t, "s", "satisfied. Next: ");
    type_see(t, ENTER, "nothing said. Next: ");
    tt_type(t, "aring her, DC Webb, fri 1200" ENTER);
    see(t, "an action is set. Next: ");
    type_see(t, "s", "satisfied. Next: ");
    see(t, "4 of ");
    tt_type(t, "alook at the lo");
    see(t, "look at the lo");
    tt_settle(t, station_is_slow() ? 6000 : 2500);
    tt_signal(t, SIGKILL);
    assert_int_equal(tt_exit(t, 5000), 128 + SIGKILL);
    station_leave(s, &t);
}

/* The half line is there, too. */
static Tt *goes_on_elsewhere(Station *s)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, DI);
    see(t, "You left 1 text unsaved.");
    type_see(t, ENTER, "DMM 1");
    see(t, "4 of ");
    type_see(t, "a", "look at the lo");
    tt_type(t, "cks, DS Patel, fri 1200" ENTER);
    see(t, "an action is set. Next: ");
    see(t, "5 of ");
    return t;
}

static void another_supervisor_says_something(Station *s, Tt *di)
{
    Tt *t = station_desk(s, DCI);

    type_see(t, "M", "5 of ");
    type_see(t, "s", "satisfied. Next: ");
    see(di, "taken in"); /* by itself */
    see(di, "6 of ");
    station_leave(s, &t);
}

static void walks_to_the_end(Station *s, Tt **t)
{
    for (int i = 0; i < 60 && !tt_has(*t, "That was the last one"); i++) {
        tt_type(*t, "s");
        tt_settle(*t, 400);
    }
    see(*t, "That was the last one");
    type_see(*t, "e", "End the meeting");
    tt_settle(*t, 400);
    type_see(*t, "y", "Sign the sheet");
    tt_settle(*t, 400);
    type_see(*t, "training-book124" ENTER, "The meeting has ended.");
    station_leave(s, t);
}

static void a_meeting_of_twelve_survives_a_dead_machine_and_two_supervisors(void **state)
{
    Station *s = *state;
    const char *said;
    Tt *t;

    import_twelve(s);
    holds_half_of_it_and_is_killed(s);
    t = goes_on_elsewhere(s);
    another_supervisor_says_something(s, t);
    walks_to_the_end(s, &t);
    said = MUST(s, DI, "dmm", "sheet", "--meeting", "1");
    assert_non_null(strstr(said, "Head of the log"));
    assert_non_null(strstr(said, "ring her"));
    assert_non_null(strstr(said, "look at the locks"));
    assert_non_null(strstr(said, "DS Patel"));
    s->now = "2010-02-09T09:12:00Z"; /* the next morning: nothing new, and what was ordered is not done */
    said = MUST(s, DI, "--format", "json", "dmm");
    assert_int_equal(strncmp(said, "{\"section\":[\"actions\"", 21), 0);
    assert_int_equal(times(said, "[\"actions\""), 2);
    assert_int_equal(times(said, "[\"new\""), 1); /* the one of which nothing was said */
    MUST(s, AUDITOR, "audit", "verify");
}

/* ---- Operation Roundup ---- */

#define OUT_ID "KG-0UT01"
static const char outstanding[] =
    "{\"format\":\"book124.case/1\",\"id\":\"" OUT_ID "\",\"borough\":\"KG\",\"reported_at\":\"2009-03-01T20:10:00Z\",\"reported_how\":\"call\","
    "\"kind\":\"crime\",\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Inventedname\",\"recorded_at\":\"2009-03-01T20:50:00Z\"},"
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Placeholder\",\"given\":\"Rex\",\"recorded_at\":\"2009-03-01T20:50:00Z\","
    "\"status\":[{\"status\":\"outstanding\",\"at\":\"2009-03-01T21:00:00Z\"}]}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2009-03-01T22:00:00Z\",\"grade\":\"high\","
    "\"rationale\":\"He has a key.\"}],"
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2009-03-02T08:00:00Z\",\"accepted_at\":\"2009-03-02T09:00:00Z\"}]}\n";

static void an_arrest_takes_the_row_and_the_duty_away(void **state)
{
    Station *s = *state;
    char path[128];
    const char *said;
    Tt *t;

    station_file(s, "out.jsonl", outstanding, path);
    MUST(s, DI, "import", "cases", path);
    said = MUST(s, DI, "--format", "json", "duties", "--case", OUT_ID);
    assert_non_null(strstr(said, "\"duty\":\"roundup\""));
    t = station_desk(s, DI);
    station_command(t, "roundup");
    see(t, "Rex Placeholder");
    type_see(t, "t", "New attempt to arrest");
    tt_type(t, "9 Fictitious Close\tno r");
    tt_settle(t, 300);
    type_see(t, CTRL_S, "Saved");
    see(t, "No reply");
    type_see(t, "a", "New attempt to arrest");
    type_see(t, CTRL_S, "arrest of " OUT_ID);
    see_not(t, "Rex Placeholder");
    said = MUST(s, DI, "--format", "json", "duties", "--case", OUT_ID);
    assert_null(strstr(said, "\"duty\":\"roundup\""));
    assert_non_null(strstr(said, "\"duty\":\"victim-told\""));
    said = MUST(s, DI, "--format", "json", "roundup");
    assert_null(strstr(said, OUT_ID));
    said = MUST(s, DI, "export", "cases", "--case", OUT_ID);
    assert_non_null(strstr(said, "\"kind\":\"arrest\""));
    assert_int_equal(times(said, "\"result\":"), 2);
    station_leave(s, &t);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_meeting_of_twelve_survives_a_dead_machine_and_two_supervisors, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(an_arrest_takes_the_row_and_the_duty_away, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
