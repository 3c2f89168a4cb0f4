/* test_terminal.c — locked, left, put to sleep; and terminals of all kinds: nothing of a case stays where the next person may read it, and
** every terminal gets a screen or a sentence. */
#include "station.h"

#include <signal.h>
#include <unistd.h>

static const char *clock_shift; /* a library, or NULL where none can be loaded in front of the program */

/* ---- the lock ---- */

static void nothing_of_the_work(Tt *t, const char *id)
{
    assert_false(tt_has(t, id));
    assert_false(tt_has(t, "KG-"));
    assert_false(tt_has(t, "Overdue"));
    assert_false(tt_has(t, "Precious"));
}

static void a_locked_screen_shows_nothing_and_the_same_officer_goes_on(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];

    case_of_row(t, id);
    type_see(t, "L", "locked");
    nothing_of_the_work(t, id);
    tt_type(t, "wrong password" ENTER);
    see(t, "is not right");
    type_see(t, "training-book124" ENTER, "2 Today");
    open_review(t, id);
    type_see(t, "Precious words.", "Precious words.");
    type_see(t, CTRL_X, "locked");
    nothing_of_the_work(t, id);
    tt_type(t, ESC "qLq:?"); /* letters type, and nothing else happens */
    tt_settle(t, 200);
    assert_true(tt_has(t, "locked"));
    nothing_of_the_work(t, id);
    tt_type(t, "\025training-book124" ENTER); /* ^U */
    see(t, "Precious words.");
    tt_type(t, " And more." CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "Precious words. And more."), 1);
}

static void another_officer_signs_in_over_a_locked_session_and_the_text_is_kept(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];

    open_review(t, id);
    type_see(t, "Precious words.", "Precious words.");
    type_see(t, CTRL_X, "locked");
    type_see(t, "\t", "Another officer");
    nothing_of_the_work(t, id);
    type_see(t, "y", "Your session ended");
    nothing_of_the_work(t, id);
    sign_in(t, DI);
    see(t, "2 Today");
    assert_true(tt_has(t, DI));
    assert_false(tt_has(t, "Precious"));
    assert_false(tt_has(t, "unsaved"));
    type_see(t, "q", "Your session ended");
    sign_in(t, DS);
    see(t, "You left 1 text unsaved.");
    see(t, "Precious words.");
}

static void a_lock_cannot_be_walked_around(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];

    case_of_row(t, id);
    type_see(t, "?", "What can be done here");
    tt_type(t, ESC);
    see_not(t, "What can be done here");
    type_see(t, "L", "locked");
    tt_paste(t, "training-book124\n", 17);
    tt_settle(t, 200);
    assert_true(tt_has(t, "locked"));
    for (int i = 1; i <= 12; i++) tt_type(t, F(i));
    tt_settle(t, 300);
    nothing_of_the_work(t, id);
    tt_resize(t, 10, 40);
    tt_settle(t, 200);
    tt_resize(t, 50, 200);
    tt_settle(t, 200);
    nothing_of_the_work(t, id);
}

static void five_minutes_without_a_key_lock(void **state)
{
    Station *s = *state;
    char shift[128], env[2][300], id[16], path[128];
    const char *const vars[] = { env[0], env[1], NULL };
    Tt *t;

    if (!clock_shift) skip();
    station_file(s, "store/ahead", "0", shift);
    snprintf(env[0], sizeof env[0], "LD_PRELOAD=%s", clock_shift);
    snprintf(env[1], sizeof env[1], "BOOK124_CLOCK_SHIFT=%s", shift);
    t = station_terminal(s, ROWS, COLS, NULL, vars);
    sign_in(t, DS);
    see(t, "2 Today");
    open_review(t, id);
    type_see(t, "Precious words.", "Precious words.");
    station_file(s, "store/ahead", "280", path);
    tt_settle(t, 1500);
    assert_true(tt_has(t, "Precious words."));
    station_file(s, "store/ahead", "301", path);
    see(t, "locked");
    nothing_of_the_work(t, id);
    type_see(t, "training-book124" ENTER, "Precious words.");
    tt_resize(t, 30, 100); /* is not a key */
    tt_settle(t, 300);
    station_file(s, "store/ahead", "620", path);
    see(t, "locked");
}

/* ---- leaving ---- */

/* What a shell would have on its screen before, and a way to see when it has the terminal back. */
static Tt *in_a_shell(Station *s, const char *term)
{
    static char words[800], env[64];
    char *argv[] = { (char[]){ "/bin/sh" }, (char[]){ "-c" }, words, NULL };
    const char *const vars[] = { env, NULL };
    size_t i = 0;

    snprintf(env, sizeof env, "TERM=%s", term);
    snprintf(words, sizeof words,
        "set -m; echo before it; %s --store %s --now %s; echo status $?; read x; fg; echo status $?; read x", book124,
        s->store, s->now);
    while (s->open[i]) i++;
    return s->open[i] = tt_start(argv, ROWS, COLS, vars);
}

/* From the last switch back to the shell's screen on, nothing of the work came; and nothing before the first switch away from it. */
static void left_nothing(Tt *t, const char *id)
{
    const char *out = tt_output(t), *on = strstr(out, "\033[?1049h"), *off = NULL;

    for (const char *p = out; (p = strstr(p, "\033[?1049l")); p++) off = p;
    assert_non_null(on);
    assert_non_null(off);
    assert_null(strstr(off, id));
    assert_null(strstr(off, "KG-"));
    assert_null(memmem(out, (size_t)(on - out), "KG-", 3));
    assert_false(tt_on_alternate_screen(t));
    nothing_of_the_work(t, id);
    assert_true(tt_has(t, "before it"));
}

static void leaving_gives_the_terminal_back_as_it_was(void **state)
{
    Station *s = *state;
    Tt *t = in_a_shell(s, "xterm-256color");
    char id[16];

    sign_in(t, DS);
    see(t, "2 Today");
    assert_true(tt_on_alternate_screen(t));
    case_of_row(t, id);
    type_see(t, ENTER, "8 Reviews");
    type_see(t, ESC, "2 Today");
    type_see(t, "q", "Your session ended");
    tt_type(t, "q");
    see(t, "status 0");
    left_nothing(t, id);
    tt_type(t, "echoed");
    see(t, "echoed"); /* the shell's line discipline is back */
}

/* Whatever ends or hides the work: neither on the screen nor among the lines that a terminal keeps is anything of a case. On a terminal
** with a second screen and on one without. */
static void nothing_is_kept(Tt *t, const char *id, const char *when)
{
    if (tt_has(t, id) || tt_has(t, "Reviews")) fail_msg("%s: on the screen", when);
    if (strstr(tt_scrolled(t), id) || strstr(tt_scrolled(t), "Reviews")) fail_msg("%s: in what scrolled away", when);
}

static void lock_leaving_and_an_end_by_force_leave_no_line_that_is_kept(void **state)
{
    static const char *const terms[] = { "xterm-256color", "vt100" };
    static const int ends[] = { SIGTERM, SIGHUP };
    Station *s = *state;

    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < 2; k++) {
            char env[64], id[16];
            const char *const vars[] = { env, NULL };
            Tt *t;
            snprintf(env, sizeof env, "TERM=%s", terms[i]);
            t = station_terminal(s, ROWS, COLS, NULL, vars);
            sign_in(t, DS);
            see(t, "2 Today");
            case_of_row(t, id);
            type_see(t, ENTER, "8 Reviews");
            for (int n = 0; n < 40; n++) tt_type(t, DOWN);
            tt_settle(t, 300);
            type_see(t, "L", "locked");
            nothing_is_kept(t, id, "locked");
            type_see(t, "training-book124" ENTER, "8 Reviews");
            tt_signal(t, ends[k]);
            assert_true(tt_exit(t, 10000) >= 0);
            nothing_is_kept(t, id, "ended");
        }
    }
}

/* The process that this shell has started. */
static pid_t child_of(pid_t shell)
{
    char path[64];
    int child = 0;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)shell, (int)shell);
    f = fopen(path, "r");
    if (!f || fscanf(f, "%d", &child) != 1) child = 0;
    if (f) fclose(f);
    return child;
}

static void what_was_typed_ahead_of_leaving_does_not_reach_the_shell(void **state)
{
    Station *s = *state;
    char words[600], ahead[12000] = "qq";
    char *argv[] = { (char[]){ "/bin/sh" }, (char[]){ "-c" }, words, NULL };
    size_t i = 0;
    pid_t program;
    Tt *t;

    snprintf(words, sizeof words, "%s --store %s --now %s; echo status $?; read x; echo \"read <$x>\"; read x", book124,
        s->store, s->now);
    while (s->open[i]) i++;
    t = s->open[i] = tt_start(argv, ROWS, COLS, NULL);
    sign_in(t, DS);
    see(t, "2 Today");
    program = child_of(tt_pid(t));
    if (!program) skip();
    for (size_t n = 2; n + 8 < sizeof ahead; n += 7) memcpy(ahead + n, "leaked\n", 8);
    kill(program, SIGSTOP); /* so that all of it waits, more than one reading takes */
    tt_bytes(t, ahead, strlen(ahead));
    kill(program, SIGCONT);
    see(t, "status 0");
    tt_settle(t, 300);
    tt_type(t, "\n");
    see(t, "read <");
    assert_true(tt_has(t, "read <>"));
    assert_false(tt_has(t, "leaked"));
}

static void suspended_it_is_locked_and_shows_nothing(void **state)
{
    Station *s = *state;
    Tt *t = in_a_shell(s, "xterm-256color");
    char id[16];

    sign_in(t, DS);
    see(t, "2 Today");
    case_of_row(t, id);
    type_see(t, CTRL_Z, "status ");
    left_nothing(t, id);
    tt_type(t, "\n");
    see(t, "locked");
    nothing_of_the_work(t, id);
    type_see(t, "training-book124" ENTER, "2 Today");
    type_see(t, "q", "Your session ended");
    tt_type(t, "q");
    see(t, "status 0");
    left_nothing(t, id);
}

static void stopped_and_woken_by_others_the_screen_is_drawn_again(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char *before, *after;

    see(t, "Clears:");
    tt_settle(t, 300);
    before = screen_text(t);
    tt_signal(t, SIGSTOP);
    assert_true(tt_stopped(t, 5000));
    tt_signal(t, SIGCONT);
    tt_settle(t, 500);
    type_see(t, "w", "What is asked");
    type_see(t, ESC, "Clears:");
    tt_settle(t, 300);
    after = screen_text(t);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* ---- terminals ---- */

static Tt *with(Station *s, const char *const *env, const char *const *words)
{
    Tt *t = station_terminal(s, ROWS, COLS, words, env);

    return t;
}
#define WITH(s, words, ...) with(s, (const char *const[]){ __VA_ARGS__, NULL }, words)

/* Signs in, looks at a case, writes a review and leaves; every screen comes. */
static void a_little_work(Station *s, Tt *t)
{
    char id[16];

    sign_in(t, DS);
    see(t, "2 Today");
    open_review(t, id);
    type_see(t, "Words.", "Words.");
    tt_type(t, CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "Words."), 1);
    type_see(t, ESC, "2 Today");
    type_see(t, "q", "Your session ended");
    tt_type(t, "q");
    assert_int_equal(tt_exit(t, 5000), 0);
}

static void a_vt100_will_do(void **state)
{
    Station *s = *state;
    Tt *t = WITH(s, NULL, "TERM=vt100");

    a_little_work(s, t);
    assert_false(tt_has(t, "KG-")); /* it has no second screen: the one it has is cleared */
}

static void an_unknown_terminal_works_as_another_and_says_so(void **state)
{
    static const char *const names[] = { "TERM=neverheardof", "TERM", "TERM=", "TERM=../../etc/passwd" };
    Station *s = *state;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        /* the terminal library forgets a piece of memory when it does not know a name */
        Tt *t = WITH(s, NULL, "ASAN_OPTIONS=detect_leaks=0", names[i]);
        see(t, "is unknown on this machine; working as xterm-256color.");
        a_little_work(s, t);
        station_leave(s, &t);
    }
}

static void a_dumb_terminal_gets_one_sentence(void **state)
{
    Station *s = *state;
    Tt *t = WITH(s, NULL, "TERM=dumb");
    int status = tt_exit(t, 10000);

    assert_int_equal(status, 2);
    assert_true(tt_has(t, "dumb"));
    assert_null(strchr(tt_output(t), '\033'));
}

/* A colour in a "\033[…m": 30–38, 40–48, 90–97, 100–107. */
static bool has_colour(const char *out)
{
    for (const char *p = out; (p = strstr(p, "\033[")); p++) {
        const char *q = p + 2;
        while ((*q >= '0' && *q <= '9') || *q == ';') q++;
        if (*q != 'm') continue;
        for (const char *n = p + 2; n < q; n += strcspn(n, ";m") + 1) {
            int code = atoi(n);
            if ((code >= 30 && code <= 38) || (code >= 40 && code <= 48) || (code >= 90 && code <= 107)) return true;
        }
    }
    return false;
}

static void no_color_sends_no_colour(void **state)
{
    Station *s = *state;
    Tt *t = WITH(s, NULL, "NO_COLOR=1");

    a_little_work(s, t);
    assert_false(has_colour(tt_output(t)));
    station_leave(s, &t);
    t = WITH(s, NULL, "NO_COLOR=");
    a_little_work(s, t);
    assert_true(has_colour(tt_output(t)));
}

static bool is_ascii(const char *p)
{
    for (; *p; p++)
        if ((unsigned char)*p > 127) return false;
    return true;
}

static void outside_a_utf8_locale_and_with_ascii_every_byte_is_ascii(void **state)
{
    static const char *const ascii[] = { "--ascii", NULL };
    Station *s = *state;
    Tt *t = WITH(s, NULL, "LC_ALL=C");

    a_little_work(s, t);
    assert_true(is_ascii(tt_output(t)));
    station_leave(s, &t);
    t = WITH(s, NULL, "LANG=nowhere");
    a_little_work(s, t);
    assert_true(is_ascii(tt_output(t)));
    station_leave(s, &t);
    t = WITH(s, ascii, "LANG=C.UTF-8");
    a_little_work(s, t);
    assert_true(is_ascii(tt_output(t)));
}

static void without_a_terminal_there_are_no_screens(void **state)
{
    Station *s = *state;
    int status;
    const char *said = RUN(s, NULL, &status, "brief");
    char *brief = strdup(said);

    assert_int_equal(status, 0);
    assert_string_equal(station_run(s, NULL, &status, NULL), brief);
    assert_int_equal(status, 0);
    assert_null(strchr(s->said, '\033'));
    free(brief);
}

static void a_terminal_that_does_not_read_holds_nobody_else_up(void **state)
{
    Station *s = *state;
    Tt *stuck = station_desk(s, DS), *other;
    char id[16];

    open_review(stuck, id);
    for (int i = 0; i < 300; i++) { /* its screen is never read: the line is full after a few of these */
        char keys[] = "some words ";
        if (write(tt_master(stuck), keys, sizeof keys - 1) < 0) break;
        tt_kick(stuck, i % 2 ? 24 : 60, i % 2 ? 80 : 200);
    }
    other = station_desk(s, DI);
    type_see(other, ENTER, "8 Reviews");
    type_see(other, "a", "Add what");
    tt_type(other, ESC);
    MUST(s, DS, "case", "show", id);
    tt_signal(stuck, SIGTERM);
    assert_true(tt_exit(stuck, 10000) >= 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_locked_screen_shows_nothing_and_the_same_officer_goes_on, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            another_officer_signs_in_over_a_locked_session_and_the_text_is_kept, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_lock_cannot_be_walked_around, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(five_minutes_without_a_key_lock, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            lock_leaving_and_an_end_by_force_leave_no_line_that_is_kept, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(leaving_gives_the_terminal_back_as_it_was, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            what_was_typed_ahead_of_leaving_does_not_reach_the_shell, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(suspended_it_is_locked_and_shows_nothing, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            stopped_and_woken_by_others_the_screen_is_drawn_again, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_vt100_will_do, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            an_unknown_terminal_works_as_another_and_says_so, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_dumb_terminal_gets_one_sentence, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(no_color_sends_no_colour, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            outside_a_utf8_locale_and_with_ascii_every_byte_is_ascii, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(without_a_terminal_there_are_no_screens, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_terminal_that_does_not_read_holds_nobody_else_up, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    clock_shift = argc > 2 && *argv[2] ? argv[2] : NULL;
    if (argc > 3) cmocka_set_test_filter(argv[3]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
