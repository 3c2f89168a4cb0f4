/* test_dmm.c — the morning, in the real program: an inspector holds a daily management meeting, the machine dies in the middle of a line, another
** terminal goes on with every word; two supervisors hold it at once; a crime comes in meanwhile; what is left undecided comes again the next day. And an arrest that is recorded
** from the list of Operation Roundup takes the row and the duty away. Everybody in it is made up. */
#include "station.h"

#include <signal.h>

enum { NEW_CASES = 5 };

#define CASE(id, at, kind) "{\"format\":\"book124.case/1\",\"id\":\"" id "\",\"borough\":\"KG\",\"reported_at\":\"" at "\",\"reported_how\":\"call\",\"kind\":\"" kind "\""
#define AT                 "2010-02-07T12:10:00Z"

/* What nobody sees but for its grade, for what was wrong with its Merlin, for what was ordered and is not done. */
static const char others[] = CASE("KG-H1GHX", AT, "incident") ",\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\","
    "\"at\":\"2010-02-08T06:00:00Z\",\"grade\":\"high\",\"rationale\":\"He has a key.\"}]}\n"
    CASE("KG-MER1X", AT, "incident") ",\"reviews\":[{\"kind\":\"ppd-merlin\",\"by\":\"900005\",\"at\":\"2010-02-08T07:00:00Z\",\"outcome\":\"returned\",\"text\":\"No school.\"}]}\n"
    CASE("KG-T0D0X", AT, "incident") ",\"tasks\":[{\"key\":\"t1\",\"from\":\"dmm\",\"what\":\"Change the locks\",\"owner\":\"csu-io\",\"due\":\"2010-02-08T08:00:00Z\","
    "\"by\":\"900008\",\"at\":\"2010-02-07T14:00:00Z\"}]}\n";
static const char late[] = CASE("KG-LATEX", "2010-02-08T09:05:00Z", "crime") ",\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-02-08T09:06:00Z\"}]}\n";

/* Crimes of the day before, and the others. */
static void import_the_morning(Station *s)
{
    char path[128], lines[NEW_CASES * 400 + sizeof others] = "";
    size_t n = 0;

    for (int i = 1; i <= NEW_CASES; i++)
        n += (size_t)snprintf(lines + n, sizeof lines - n,
            CASE("KG-D%02dXY", "2010-02-07T%02d:10:00Z", "crime") ",\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-02-07T%02d:20:00Z\"}],"
            "\"offences\":[{\"class\":\"s47\",\"at\":\"2010-02-07T%02d:20:00Z\"}]}\n",
            i, i, i, i);
    snprintf(lines + n, sizeof lines - n, "%s", others);
    station_file(s, "morning.jsonl", lines, path);
    MUST(s, DI, "import", "cases", path);
}

static void holds_half_of_it_and_is_killed(Station *s)
{
    Tt *t = station_desk(s, DI);

    type_see(t, "M", "Daily management meeting");
    type_see(t, "b", "Meeting 1 has begun.");
    type_see(t, "s", "KG-T0D0X: satisfied. Next: ");
    type_see(t, ENTER, "nothing said. Next: ");
    tt_type(t, "aring her, DC Webb, fri 1200");
    see(t, "CSU investigating officer (DC Webb)"); /* before it is said */
    tt_type(t, ENTER);
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

/* A crime that nobody has graded comes in: it is announced, and on the list. */
static void a_late_one_comes_in(Station *s, Tt *di)
{
    char path[128];

    station_file(s, "late.jsonl", late, path);
    MUST(s, DI, "import", "cases", path);
    see(di, "came in: KG-LATEX");
}

static void ends_it(Station *s, Tt **t)
{
    tt_type(*t, "e");
    see(*t, "End the meeting");
    tt_settle(*t, 400);
    type_see(*t, "y", "Sign the sheet");
    tt_settle(*t, 400);
    type_see(*t, "training-book124" ENTER, "The meeting has ended.");
    station_leave(s, t);
}

static void walks_to_the_end(Tt *t)
{
    for (int i = 0; i < 60 && !tt_has(t, "e ends the meeting"); i++) {
        tt_type(t, "s");
        tt_settle(t, 400);
    }
    see(t, "e ends the meeting");
}

/* The row of a case in the list; "" when it has none of its own. */
static const char *row_of(const char *list, const char *id, char out[400])
{
    const char *at = strstr(list, id), *begins = at;

    out[0] = '\0';
    if (!at) return out;
    while (begins > list && begins[-1] != '\n') begins--;
    snprintf(out, 400, "%.*s", (int)strcspn(begins, "\n"), begins);
    return out;
}

static void assert_listed(Station *s, const char *id, const char *section)
{
    char row[400];

    if (!strstr(row_of(MUST(s, DI, "--format", "json", "dmm"), id, row), section)) fail_msg("%s should be %s: %s", id, section, row);
}

static void a_morning_survives_a_dead_machine_two_supervisors_and_being_cut_short(void **state)
{
    Station *s = *state;
    const char *said;
    char row[400];
    Tt *t;

    import_the_morning(s);
    holds_half_of_it_and_is_killed(s);
    assert_listed(s, "KG-H1GHX", "\"high\"");
    t = goes_on_elsewhere(s);
    another_supervisor_says_something(s, t);
    a_late_one_comes_in(s, t);
    ends_it(s, &t);
    said = MUST(s, DI, "dmm", "sheet", "--meeting", "1");
    assert_non_null(strstr(said, "Head of the log"));
    assert_non_null(strstr(said, "ring her"));
    assert_non_null(strstr(said, "look at the locks"));
    assert_non_null(strstr(said, "DS Patel"));
    said = strstr(said, "Not decided: they come again");
    assert_non_null(said);
    assert_non_null(strstr(said, "KG-H1GHX"));
    assert_non_null(strstr(said, "KG-LATEX"));
    s->now = "2010-02-09T09:12:00Z"; /* the next morning */
    assert_listed(s, "KG-H1GHX", "\"high\"");
    assert_listed(s, "KG-MER1X", "\"merlin\"");
    assert_listed(s, "KG-LATEX", "\"new\"");
    assert_listed(s, "KG-T0D0X", "\"actions\"");
    t = station_desk(s, DI);
    type_see(t, "M", "left over");
    type_see(t, "b", "Meeting 2 has begun.");
    walks_to_the_end(t);
    ends_it(s, &t);
    s->now = "2010-02-10T09:12:00Z"; /* all of it was decided: what was ordered is not done */
    said = MUST(s, DI, "--format", "json", "dmm");
    assert_null(strstr(row_of(said, "KG-H1GHX", row), "\"high\""));
    assert_null(strstr(row_of(said, "KG-MER1X", row), "\"merlin\""));
    assert_null(strstr(said, "\"new\""));
    assert_int_equal(times(said, "[\"actions\""), 3);
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
        cmocka_unit_test_setup_teardown(a_morning_survives_a_dead_machine_two_supervisors_and_being_cut_short, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(an_arrest_takes_the_row_and_the_duty_away, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
