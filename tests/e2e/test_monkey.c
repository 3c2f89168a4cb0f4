/* test_monkey.c — thousands of keys by chance: the program is alive afterwards or has left as it should, and the store holds together.
** BOOK124_SEED=n and BOOK124_KEYS=n choose others. A sanitizer's report ends the program with its own status and fails the test. */
#include "station.h"

#include <signal.h>

static const char *const keys[] = { "\r", "\033", "\t", "\033[A", "\033[B", "\033[C", "\033[D", "\033[H", "\033[F",
    "\033[5~", "\033[6~", "\033[3~", "\033[Z", "\177", " ", "a", "b", "c", "d", "e", "f", "g", "h", "j", "k", "n", "o",
    "p", "r", "R", "s", "t", "u", "w", "x", "y", "D", "G", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "/", ":",
    "?", "[", "]", "é", "李", "e\u0301", "\001", "\002", "\005", "\006", "\010", "\013", "\014", "\016", "\017", "\020",
    "\023", "\024", "\025", "\027", "\031", "\007", "\033OP", "\033OQ", "\033OS", "\033[15~", "\033[17~", "\033[18~",
    "\033[19~", "\033[20~", "\033[21~", "\033[24~", "\033[200~pasted\nwords\033[201~", "\033[999~", "\033[<0;3;4M",
    "\033O", "\033[", "\033[I", "\033[O", "\033k", "\xff", "\xc3", "0415", "KG-" };
enum { KEYS = sizeof keys / sizeof keys[0] };

static unsigned luck(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

static unsigned chosen(const char *name, unsigned otherwise)
{
    const char *given = getenv(name);

    return given && *given ? (unsigned)strtoul(given, NULL, 10) : otherwise;
}

/* Alive: after all that it answers a resize with a drawn screen. */
static void still_answers(Tt *t)
{
    size_t before;

    tt_settle(t, 200);
    before = tt_bytes_out(t);
    tt_resize(t, 30, 100);
    for (int i = 0; i < 200 && tt_bytes_out(t) == before; i++) tt_settle(t, 100);
    assert_true(tt_bytes_out(t) > before);
    tt_resize(t, ROWS, COLS);
    tt_settle(t, 200);
}

static void monkey(Station *s, const char *warrant, const char *first, unsigned seed, unsigned n)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);
    unsigned begun = seed;
    int status;

    sign_in(t, warrant); /* to the desk, or to the texts that the monkey before left unsaved */
    tt_settle(t, 100);
    tt_type(t, first);
    for (unsigned i = 0; i < n && tt_exit(t, 0) < 0; i++) {
        tt_type(t, keys[luck(&seed) % KEYS]);
        if (luck(&seed) % 97 == 0) tt_resize(t, 1 + (int)(luck(&seed) % 60), 1 + (int)(luck(&seed) % 160));
        if (i % 4 == 0) tt_settle(t, 1);
    }
    if (tt_exit(t, 0) < 0) still_answers(t);
    if (tt_exit(t, 0) < 0) tt_signal(t, SIGTERM);
    status = tt_exit(t, 10000);
    if (status != 0) {
        tt_print(t);
        fail_msg("seed %u as %s ended with status %d", begun, warrant, status);
    }
    station_leave(s, &t);
}

static void keys_by_chance_break_nothing(void **state)
{
    static const struct {
        const char *warrant, *first;
    } places[] = { { DS, "" }, { DS, "r" }, { DI, "\r" }, { PC, "a" }, { DS, "/" } };
    Station *s = *state;
    unsigned seed = chosen("BOOK124_SEED", 124), n = chosen("BOOK124_KEYS", station_is_slow() ? 800 : 3000);

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        monkey(s, places[i].warrant, places[i].first, seed + (unsigned)i, n / (sizeof places / sizeof places[0]));
}

static void bytes_by_chance_break_nothing(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    unsigned seed = chosen("BOOK124_SEED", 124);
    char bytes[64];
    int status;

    for (int i = 0; i < 200 && tt_exit(t, 0) < 0; i++) {
        for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (char)luck(&seed);
        tt_bytes(t, bytes, sizeof bytes);
        tt_settle(t, 1);
    }
    if (tt_exit(t, 0) < 0) tt_signal(t, SIGTERM);
    status = tt_exit(t, 10000);
    if ((status == 128 + SIGINT || status == 128 + SIGQUIT) && !tt_on_alternate_screen(t))
        status = 0; /* it was leaving and had given the terminal back when a ^C or ^\ came */
    if (status != 0) {
        tt_print(t);
        fail_msg("ended with status %d", status);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_by_chance_break_nothing, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(bytes_by_chance_break_nothing, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
