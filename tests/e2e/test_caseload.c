/* test_caseload.c — whose case it is, in the real program: a sergeant gives three cases that are nobody's to an investigating officer, who signs in and finds
** exactly them; then the officer goes on leave, and the sergeant hands all of them on, from the workload, in one act. */
#include "station.h"

#define IO    "900006"
#define AWAY  "900001" /* PC Ama Example, who comes to the unit */

/* From the list of nobody's cases: the one that stands first. */
static void give_the_first(Tt *t, char id[16])
{
    char said[96];

    case_of_row(t, id);
    type_see(t, "i", "Give KG-");
    tt_type(t, "ama");
    see(t, "PC Ama Example 900001");
    snprintf(said, sizeof said, "%s is the case of PC Ama Example now.", id);
    type_see(t, ENTER, said);
}

static void three_are_given(Tt *t, char id[3][16])
{
    type_see(t, "U", "Workload by officer");
    see(t, "! Nobody's");
    type_see(t, "G" ENTER, "Nobody's cases");
    for (int i = 0; i < 3; i++) give_the_first(t, id[i]);
}

/* On the screen and on the command line: these three, and no fourth. */
static void exactly_these_are_found(Station *s, Tt *t, char id[3][16])
{
    const char *list;

    see(t, "my own cases");
    type_see(t, "5", "[5 All");
    for (int i = 0; i < 3; i++) see(t, id[i]);
    list = MUST(s, AWAY, "caseload", "show", "--format", "csv");
    assert_int_equal(times(list, "KG-"), 3);
    for (int i = 0; i < 3; i++) assert_non_null(strstr(list, id[i]));
    list = MUST(s, AWAY, "queue", "--officer", "me", "--format", "csv");
    assert_int_equal(times(list, "KG-"), times(list, id[0]) + times(list, id[1]) + times(list, id[2]));
    assert_true(times(list, id[0]) > 0);
}

static void all_go_to_another(Tt *t)
{
    type_see(t, ESC, "Workload by officer");
    see(t, "PC Ama Example");
    type_see(t, "Gk" ENTER, "Cases of PC Ama Example"); /* the lines stand by name, nobody's last */
    type_see(t, "H", "Give all 3 to");
    tt_type(t, "femi");
    see(t, "› DC Femi");
    type_see(t, ENTER, "Why, such as leave");
    tt_type(t, "Leave until Monday.");
    type_see(t, ENTER, "3 of 3 ready");
    type_see(t, "w", "3 cases of PC Ama Example, to DC Femi");
    tt_settle(t, 400);
    type_see(t, "y", "3 given to DC Femi");
    type_see(t, ESC, "No open case is this officer's.");
}

static void they_are_gone_from_one_and_with_the_other(Station *s, Tt *io, char id[3][16])
{
    tt_type(io, CTRL_L);
    see(io, "Nothing waits in these cases.");
    assert_int_equal(times(MUST(s, AWAY, "caseload", "show", "--format", "csv"), "KG-"), 0);
    for (int i = 0; i < 3; i++) {
        assert_non_null(strstr(MUST(s, IO, "caseload", "show", "--format", "csv"), id[i]));
        assert_non_null(strstr(MUST(s, DS, "case", "show", id[i]), "Leave until Monday."));
    }
}

static void a_sergeant_gives_cases_and_hands_them_on_when_the_officer_is_away(void **state)
{
    Station *s = *state;
    char id[3][16];
    Tt *ds, *io;

    MUST(s, KEEPER, "officer", "role", AWAY, "--role", "csu-io");
    ds = station_desk(s, DS);
    three_are_given(ds, id);
    io = station_desk(s, AWAY);
    exactly_these_are_found(s, io, id);
    all_go_to_another(ds);
    they_are_gone_from_one_and_with_the_other(s, io, id);
    station_leave(s, &ds);
    station_leave(s, &io);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sergeant_gives_cases_and_hands_them_on_when_the_officer_is_away, station_setup_many, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "build/book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
