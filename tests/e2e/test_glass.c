/* test_glass.c — breaking the glass as it happens: a constable and a sergeant at two terminals, each with a password, while the detective inspector and
** Professional Standards sit at two more. How long it takes is asked of the keys, which do not hang on the machine: the seconds are said, not held
** against anything. In the real program; everybody in it is made up. */
#include "station.h"

#include <time.h>

#define PS      "900002"
#define DPS     "900011"
#define ID      "KG-GLAS1"
#define SECRET  "Zanzibarova"
#define WHY     "She is at the counter; he is outside."
#define SECRECY "training-book124"

static const char *clock_shift; /* a library, or NULL where none can be loaded in front of the program */

static const char document[] =
    "{\"format\":\"book124.case/1\",\"id\":\"" ID
    "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-05T20:10:00Z\",\"reported_how\":\"call\",\"kind\":\"crime\","
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" SECRET
    "\",\"given\":\"Vera\",\"recorded_at\":\"2010-02-05T21:00:00Z\"}],"
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-06T08:00:00Z\",\"accepted_at\":\"2010-02-06T08:10:00Z\"}]}\n";

static int glass_setup(void **state)
{
    char path[128];
    Station *s;

    station_setup_live(state);
    s = *state;
    station_file(s, "case.jsonl", document, path);
    MUST(s, DI, "import", "cases", path);
    MUST(s, DS, "access", "restrict", ID, "A colleague is the suspect.");
    return 0;
}

/* ---- terminals whose hour can be moved ---- */

static void wall(Station *s, const char *ahead)
{
    char path[128];

    station_file(s, "store/ahead", ahead, path);
}

static Tt *sits_at(Station *s, const char *warrant)
{
    char shift[300], file[200];
    const char *const vars[] = { shift, file, NULL };
    Tt *t;

    snprintf(shift, sizeof shift, "LD_PRELOAD=%s", clock_shift ? clock_shift : "");
    snprintf(file, sizeof file, "BOOK124_CLOCK_SHIFT=%s/ahead", s->store);
    t = station_terminal(s, ROWS, COLS, NULL, clock_shift ? vars : NULL);
    sign_in(t, warrant);
    see(t, "Overdue");
    return t;
}

static bool is_there(Station *s, const char *warrant)
{
    int status;

    RUN(s, warrant, &status, "case", "show", ID);
    return status == 0;
}

/* ---- the keys ---- */

typedef struct Typing {
    Tt *t;
    size_t keys;
} Typing;

static void keyed(Typing *y, const char *keys)
{
    y->keys += strlen(keys);
    tt_type(y->t, keys);
}

static void answers(Typing *y, const char *question, const char *keys)
{
    see(y->t, question);
    tt_settle(y->t, 400); /* what is typed ahead of a question does not answer it */
    keyed(y, keys);
}

static double seconds(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Somebody who is afraid types three keys a second; ten seconds are left to turn the keyboard round. */
enum { KEYS_A_SECOND = 3, TURNING = 10, PATIENCE = 60 };

/* From the first key at the desk to the page of the case. */
static void both_break_it(Tt *t)
{
    Typing y = { t, 0 };
    double began = seconds();

    keyed(&y, "X");
    answers(&y, "not on the list of", ID ENTER);
    answers(&y, "A third officer will judge it", WHY ENTER);
    answers(&y, "stands beside you", PS ENTER);
    answers(&y, "Your own password.", SECRECY ENTER);
    answers(&y, "second officer, " PS, SECRECY ENTER);
    see(t, "Open to you and " PS);
    type_see(t, "3", SECRET);
    print_message("the glass: %zu keys, %.0f s typed by hand; %.1f s here\n", y.keys, (double)y.keys / KEYS_A_SECOND, seconds() - began);
    if (y.keys > (PATIENCE - TURNING) * KEYS_A_SECOND) fail_msg("%zu keys are more than anybody types in a minute", y.keys);
}

/* ---- as it happens ---- */

static void two_officers_see_it_for_an_hour_and_two_more_know_at_once(void **state)
{
    Station *s = *state;
    Tt *pc, *ps, *di, *dps;

    wall(s, "0 0");
    pc = sits_at(s, PC), ps = sits_at(s, PS), di = station_desk(s, DI);
    dps = station_terminal(s, ROWS, COLS, NULL, NULL);
    sign_in(dps, DPS);
    tt_settle(dps, 300);
    assert_false(is_there(s, PC) || is_there(s, PS));
    assert_false(tt_has(di, "BREAK-GLASS") || tt_has(dps, "BREAK-GLASS"));
    both_break_it(pc);
    see(di, "BREAK-GLASS " ID " by " PC " and " PS); /* no key was pressed there */
    see(dps, "BREAK-GLASS " ID " by " PC " and " PS);
    station_command(ps, "case " ID); /* the sergeant's own terminal */
    see(ps, "RESTRICTED");
    type_see(ps, "3", SECRET);
    if (!clock_shift) skip();
    wall(s, "0 3540");
    tt_settle(pc, 4000);
    assert_true(tt_has(pc, SECRET)); /* a minute is left */
    wall(s, "0 3660");
    see_not(pc, SECRET);
    see(pc, "There is no case");
    see_not(ps, SECRET);
    station_command(pc, "case " ID);
    see(pc, "There is no case \"" ID "\" that you may look at");
    type_see(di, "V", "BREAK-GLASS by " PC); /* a third officer says what came of it */
    tt_settle(di, 300);
    type_see(di, "v", "What came of it");
    tt_type(di, "She was met and taken to a refuge." ENTER);
    see(di, "Password");
    tt_settle(di, 400);
    tt_type(di, SECRECY ENTER);
    see(di, "Reviewed.");
    see_not(dps, "BREAK-GLASS");
}

static void one_officer_twice_a_wrong_password_or_no_reason_open_nothing(void **state)
{
    Station *s = *state;
    Tt *pc = sits_at(s, PC);
    Typing y = { pc, 0 };

    keyed(&y, "X");
    answers(&y, "not on the list of", ID ENTER);
    answers(&y, "A third officer will judge it", WHY ENTER);
    answers(&y, "stands beside you", PC ENTER);
    answers(&y, "Your own password.", SECRECY ENTER);
    answers(&y, "second officer", SECRECY ENTER);
    see(pc, "It takes a second officer");
    keyed(&y, "X");
    answers(&y, "not on the list of", ID ENTER);
    answers(&y, "A third officer will judge it", WHY ENTER);
    answers(&y, "stands beside you", PS ENTER);
    answers(&y, "Your own password.", SECRECY ENTER);
    answers(&y, "second officer, " PS, "not her password" ENTER);
    see(pc, "Nothing was opened.");
    assert_false(is_there(s, PC) || is_there(s, PS));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_officers_see_it_for_an_hour_and_two_more_know_at_once, glass_setup, station_teardown),
        cmocka_unit_test_setup_teardown(one_officer_twice_a_wrong_password_or_no_reason_open_nothing, glass_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    clock_shift = argc > 2 && *argv[2] ? argv[2] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
