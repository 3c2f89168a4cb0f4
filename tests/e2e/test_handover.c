/* test_handover.c — the change of shifts, in the real program: at seven the night's sergeant writes a note for the day and hands over; the day's
** sergeant sees it on the desk, takes it over, and says what came of the note. Nobody takes over from himself, and nothing twice. */
#include "station.h"

#include <signal.h>

#define NIGHT "900002"
#define DAY_PS "900001" /* a sergeant in this test */
#define SEVEN "2010-02-08T07:00:00Z"
#define LATER "2010-02-08T07:20:00Z"

static void number_of_row(Tt *t, char id[16])
{
    case_of_row(t, id);
    assert_true(strncmp(id, "KG-", 3) == 0);
}

static void night_hands_over(Station *s, char id[16])
{
    Tt *t;

    s->now = SEVEN;
    t = station_desk(s, NIGHT);
    type_see(t, "H", "Hand-over: Response sergeant, to Mon 8 Feb 15:00");
    see(t, "Nobody has handed over here yet.");
    see(t, "OVERDUE");
    number_of_row(t, id);
    type_see(t, "n", "A note of no case");
    tt_type(t, ENTER);
    see(t, "A note for the next shift, of KG-");
    tt_type(t, "Ring the neighbour at number ten after nine");
    tt_settle(t, 2000); /* the promise: within two seconds */
    tt_signal(t, SIGKILL);
    assert_int_equal(tt_exit(t, 5000), 128 + SIGKILL);
    t = station_terminal(s, ROWS, COLS, NULL, NULL);
    sign_in(t, NIGHT);
    see(t, "Note for the next shift");
    type_see(t, ENTER, "Ring the neighbour");
    tt_type(t, CTRL_S);
    see(t, "The note is written.");
    type_see(t, "H", "Hand-over: Response sergeant, to Mon 8 Feb 15:00");
    see(t, "Ring the neighbour");
    see(t, "not read");
    type_see(t, "h", "Hand over to the next shift");
    tt_settle(t, 400);
    type_see(t, "y", "Handed over. Whoever comes next");
    see(t, "not taken over yet");
    type_see(t, "t", "You handed it over yourself");
    station_leave(s, &t);
}

static void day_takes_over(Station *s)
{
    Tt *t;

    s->now = LATER;
    t = station_desk(s, DAY_PS);
    see(t, "handed over Mon 8 Feb 07:00: H");
    type_see(t, "H", "Handed over Mon 8 Feb 07:00 by officer 900002, not taken over yet.");
    see(t, "Ring the neighbour");
    type_see(t, "r", "Ticked as read, by your name.");
    type_see(t, "t", "Take over");
    tt_settle(t, 400);
    type_see(t, "y", "Taken over. It is yours now.");
    see(t, "taken over 07:20 by 900001");
    tt_type(t, ESC);
    see_not(t, "handed over Mon 8 Feb");
    station_leave(s, &t);
}

static void a_sergeant_hands_over_at_seven_and_the_next_one_takes_it_over(void **state)
{
    Station *s = *state;
    char id[16];
    int status = 0;

    MUST(s, KEEPER, "officer", "role", DAY_PS, "--role", "response-ps");
    night_hands_over(s, id);
    day_takes_over(s);
    assert_non_null(strstr(RUN(s, DAY_PS, &status, "handover", "take"), "took it over"));
    assert_int_not_equal(status, 0);
    assert_non_null(strstr(MUST(s, DAY_PS, "handover", "show"), "Ring the neighbour"));
    assert_non_null(strstr(MUST(s, DAY_PS, "handover", "show", "--sheet"), "Ring the"));
    assert_non_null(strstr(MUST(s, DAY_PS, "handover", "show"), "read by 900001"));
    MUST(s, "900003", "handover", "note", "Channel 4 is dead.");
    assert_non_null(strstr(MUST(s, "900003", "handover", "show"), "Channel 4 is dead. (officer 900003; not read yet)"));
    assert_non_null(strstr(MUST(s, AUDITOR, "--format", "csv", "audit", "list"), "handover.take"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sergeant_hands_over_at_seven_and_the_next_one_takes_it_over, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "build/book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
