/* test_canary.c — words that stand nowhere else, in every kind of field of a restricted case and in what is safe contact of an ordinary one: through a whole
** session, a lock, an exit, kill -9 and a crash they are in no file, in nothing that is open, and not on the terminal — but in the two papers that
** the officer asked for by name, which lie where he said and are his alone. In the real program; everybody in it is made up. */
#include "station.h"

#include "../bytes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ID    "KG-CANA1" /* becomes restricted */
#define OTHER "KG-CANA2" /* ordinary: its safe contact alone is secret */

/* One beginning for all, long enough not to come by chance; two letters say which field it was. Two that are no words beside it. */
#define Q     "Qzxvwkj"
#define BORN  "1977-11-23"
#define PHONE "07700900881"
static const char *const canaries[] = { Q, BORN, PHONE };

#define AT(day, hour) "\"at\":\"2010-02-0" day "T" hour ":00:00Z\""
#define HEAD(id)                                                                                                       \
    "{\"format\":\"book124.case/1\",\"id\":\"" id                                                                      \
    "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-05T20:10:00Z\",\"reported_how\":\"call\",\"kind\":\"crime\","     \
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-06T08:00:00Z\",\"accepted_at\":\"2010-02-06T08:10:00Z\"}],"

/* clang-format off */
static const char *const documents[] = {
    HEAD(ID)
    "\"incident\":{\"from\":\"2010-02-05T19:00:00Z\",\"place\":\"" Q "aa Road\",\"ward\":\"" Q "ab\"},"
    "\"cad\":{\"number\":\"" Q "ac\",\"received_at\":\"2010-02-05T20:10:00Z\"},"
    "\"offences\":[{\"class\":\"s47\"," AT("5", "21") "},{\"class\":\"s20\"," AT("6", "09") ",\"replaces\":\"s47\",\"reason\":\"" Q "ad\"}],"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" Q "ae\",\"given\":\"" Q "af\",\"born\":\"" BORN "\",\"ethnicity\":\"" Q "ag\","
    "\"address\":\"9 " Q "ah Street\",\"warnings\":\"" Q "ai\",\"recorded_at\":\"2010-02-05T21:00:00Z\"},"
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"" Q "aj\",\"given\":\"" Q "ak\",\"address\":\"" Q "al\",\"warnings\":\"" Q "am bites\","
    "\"recorded_at\":\"2010-02-05T21:00:00Z\",\"status\":[{\"status\":\"outstanding\"," AT("5", "21") "}]}],"
    "\"references\":[{\"system\":\"cris\",\"number\":\"" Q "an\"," AT("5", "22") "}],"
    "\"books\":[{\"serial\":\"T00777\",\"by\":\"900001\",\"completed_at\":\"2010-02-05T22:00:00Z\","
    "\"answers\":{\"reported.words\":\"" Q "ao came in.\",\"safe.code-word\":\"" Q "ap\"}}],"
    "\"addenda\":[{\"book\":\"T00777\",\"about\":\"" Q "aq\"," AT("6", "10") ",\"text\":\"" Q "ar instead.\"}],"
    "\"book_moves\":[{\"book\":\"T00777\",\"to\":\"" Q "as tray\"," AT("6", "11") "}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\"," AT("5", "23") ",\"grade\":\"high\",\"rationale\":\"" Q "at\","
    "\"observed\":\"" Q "au\",\"answers\":{\"separation\":{\"answer\":\"yes\",\"context\":\"" Q "av\"}}}],",
    "\"reviews\":[{\"kind\":\"ps-check\",\"by\":\"900002\"," AT("6", "01") ",\"outcome\":\"satisfied\",\"text\":\"" Q "aw read.\"}],"
    "\"referrals\":[{\"to\":\"marac\",\"basis\":\"crime\",\"grounds\":[\"judgement\"],\"by\":\"900007\"," AT("6", "09") ",\"text\":\"" Q "ax\"}],"
    "\"referral_steps\":[{\"to\":\"idva\",\"step\":\"refused\",\"by\":\"900007\"," AT("6", "12") ",\"text\":\"" Q "ay\"}],"
    "\"hearings\":[{\"key\":\"m1\",\"meeting\":\"2010-02-07T10:00:00Z\",\"by\":\"900007\"," AT("6", "10") ",\"heard_at\":\"2010-02-07T10:30:00Z\",\"minutes\":\"" Q "az\"}],"
    "\"contacts\":[{\"with\":\"victim\",\"kind\":\"update\",\"result\":\"spoke\"," AT("6", "13") ",\"text\":\"" Q "ba\"}],"
    "\"events\":[{\"kind\":\"interview\",\"person\":\"s1\"," AT("6", "14") ",\"text\":\"" Q "bb\"}],"
    "\"notices\":[{\"to\":\"di\"," AT("6", "09") ",\"text\":\"" Q "bc\"}],"
    "\"tasks\":[{\"key\":\"t1\",\"from\":\"plan\",\"approach\":\"accept\",\"what\":\"" Q "bd\",\"owner\":\"csu-io\",\"who\":\"" Q "be\",\"due\":\"2010-02-09T10:00:00Z\",\"review_at\":\"2010-03-09T10:00:00Z\","
    "\"by\":\"900007\"," AT("6", "10") ",\"rationale\":\"" Q "bf\",\"done_at\":\"2010-02-07T11:00:00Z\",\"result\":\"" Q "bg\"}],"
    "\"orders\":[{\"key\":\"o1\",\"kind\":\"non-molestation\",\"person\":\"s1\",\"protects\":\"v1\",\"court\":\"" Q "bh\",\"number\":\"" Q "bi\",\"terms\":\"" Q "bj\"," AT("6", "11") "}],"
    "\"bail\":[{\"key\":\"b1\",\"person\":\"s1\",\"conditions\":[\"no-contact\"],\"terms\":\"" Q "bk\",\"until\":\"2010-03-01T10:00:00Z\"," AT("6", "15") "}],"
    "\"breaches\":[{\"of\":\"b1\"," AT("7", "09") ",\"text\":\"" Q "bl\"}],"
    "\"attempts\":[{\"person\":\"s1\",\"place\":\"" Q "bm\",\"result\":\"no-reply\"," AT("6", "16") ",\"text\":\"" Q "bn\"}],"
    "\"holds\":[{\"key\":\"h1\",\"duty\":\"cris-number\",\"until\":\"2010-02-20T10:00:00Z\",\"reason\":\"" Q "bo\"," AT("6", "17") "}],"
    "\"links\":[{\"to\":\"" OTHER "\",\"why\":\"related\"," AT("6", "18") ",\"text\":\"" Q "bp\"}],"
    "\"disposals\":[{\"person\":\"s1\",\"kind\":\"caution\"," AT("7", "10") ",\"admission\":\"" Q "bq\",\"text\":\"" Q "br\"}],"
    "\"reopenings\":[{" AT("7", "11") ",\"reason\":\"" Q "bs\"}],"
    "\"investigators\":[{\"officer\":\"900006\",\"by\":\"900007\"," AT("6", "19") ",\"reason\":\"" Q "bv\"}],"
    "\"safe_contacts\":[{\"person\":\"v1\",\"way\":\"mobile\",\"value\":\"" PHONE "\",\"rule\":\"at-times\",\"times\":\"" Q "bt\",\"note\":\"" Q "bu\"," AT("6", "12") "}]}\n",
    HEAD(OTHER)
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Ordinary\",\"given\":\"Olive\",\"address\":\"3 " Q "ca Lane\",\"recorded_at\":\"2010-02-05T21:00:00Z\"}],"
    "\"books\":[{\"serial\":\"T00778\",\"by\":\"900001\",\"completed_at\":\"2010-02-05T22:00:00Z\",\"answers\":{\"safe.code-word\":\"" Q "cb\"}}],"
    "\"safe_contacts\":[{\"person\":\"v1\",\"way\":\"through\",\"value\":\"" Q "cc\",\"rule\":\"safe\"," AT("6", "12") "}]}\n" };
/* clang-format on */

/* ---- where nothing may be ---- */

static char papers[160]; /* what was asked for by name goes here, and is left out of the looking */

static void nothing_in_a_file(Station *s, const char *when)
{
    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++) {
        const char *where = tree_holds(s->dir, canaries[i], papers);
        if (where) fail_msg("%s: \"%s\" is in %s", when, canaries[i], where);
    }
}

static void nothing_on_the_terminal(Tt *t, const char *when)
{
    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++) {
        if (tt_has(t, canaries[i])) fail_msg("%s: \"%s\" is on the screen", when, canaries[i]);
        if (strstr(tt_scrolled(t), canaries[i])) fail_msg("%s: \"%s\" is among the lines that scrolled away", when, canaries[i]);
    }
    if (tt_has(t, ID) || strstr(tt_scrolled(t), ID)) fail_msg("%s: the case is named", when);
}

/* A file that is open and has no name any more is found by its descriptor. */
static void nothing_open_but_the_store(Station *s, Tt *t)
{
    char folder[64], path[400], to[400];
    DIR *d;

    snprintf(folder, sizeof folder, "/proc/%d/fd", (int)tt_pid(t));
    d = opendir(folder);
    if (!d) return; /* not ours to look at: then it is nobody's */
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        struct stat st;
        ssize_t n;
        snprintf(path, sizeof path, "%s/%.200s", folder, e->d_name);
        n = readlink(path, to, sizeof to - 1);
        if (n < 0 || stat(path, &st) != 0 || !S_ISREG(st.st_mode)) continue;
        to[n] = '\0';
        if (strncmp(to, s->store, strlen(s->store)) != 0 || strstr(to, "(deleted)")) fail_msg("%s is open", to);
    }
    closedir(d);
}

/* ---- the station ---- */

static char was_in[400];

static void folder_in(Station *s, const char *name, char path[160])
{
    snprintf(path, 160, "%s/%s", s->dir, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int canary_setup(void **state)
{
    struct rlimit core;
    char path[160], all[6000];
    Station *s;

    station_setup(state);
    s = *state;
    assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
    core.rlim_cur = core.rlim_max; /* a core file is welcome here: the program must see to it that none comes */
    assert_int_equal(setrlimit(RLIMIT_CORE, &core), 0);
    snprintf(all, sizeof all, "%s%s%s", documents[0], documents[1], documents[2]);
    station_file(s, "cases.jsonl", all, path);
    MUST(s, DI, "import", "cases", path);
    assert_int_equal(unlink(path), 0);
    folder_in(s, "papers", papers);
    setenv("BOOK124_PRINT_DIR", papers, 1);
    folder_in(s, "home", path);
    assert_non_null(getcwd(was_in, sizeof was_in));
    assert_int_equal(chdir(path), 0); /* where a core file would lie */
    return 0;
}

static int canary_teardown(void **state)
{
    assert_int_equal(chdir(was_in), 0);
    return station_teardown(state);
}

static Tt *sit_down(Station *s, const char *term)
{
    char home[100], data[100], config[100], keep[100], run[100], tmp[100], kind[64];
    const char *const env[] = { home, data, config, keep, run, tmp, kind, NULL };
    Tt *t;

    snprintf(home, sizeof home, "HOME=%s/home", s->dir);
    snprintf(data, sizeof data, "XDG_DATA_HOME=%s/home", s->dir);
    snprintf(config, sizeof config, "XDG_CONFIG_HOME=%s/home", s->dir);
    snprintf(keep, sizeof keep, "XDG_STATE_HOME=%s/home", s->dir);
    snprintf(run, sizeof run, "XDG_RUNTIME_DIR=%s/home", s->dir);
    snprintf(tmp, sizeof tmp, "TMPDIR=%s/home", s->dir);
    snprintf(kind, sizeof kind, "TERM=%s", term);
    t = station_terminal(s, 30, 100, NULL, env);
    sign_in(t, DS);
    tt_settle(t, 100);
    if (tt_has(t, "unsaved.")) tt_type(t, ESC);
    see(t, "Overdue");
    return t;
}

static void open_the_case(Tt *t)
{
    station_command(t, "case " ID);
    see(t, "RESTRICTED");
    type_see(t, "3", Q "ae");
}

/* A contact, half typed: its text is put aside within two seconds. */
static void type_half(Tt *t)
{
    type_see(t, "a", "Add");
    tt_type(t, "contact" ENTER);
    see(t, "Result");
    tt_type(t, ENTER ENTER ENTER);
    tt_settle(t, 100);
    tt_type(t, CTRL('e'));
    for (int i = 0; i < 6 && !tt_has(t, Q "da"); i++) tt_type(t, "\t" Q "da half a sentence");
    see(t, Q "da");
    tt_settle(t, station_is_slow() ? 6000 : 2500);
}

static void restrict_it(Station *s)
{
    MUST(s, DS, "access", "restrict", ID, "A colleague: " Q "ea");
}

/* ---- the journey ---- */

static void his_alone(const char *name)
{
    char path[300];
    struct stat st;

    snprintf(path, sizeof path, "%s/%s", papers, name);
    if (stat(path, &st) != 0) fail_msg("%s: %s", path, strerror(errno));
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(st.st_uid, geteuid());
}

static void print_the_book(Tt *t)
{
    station_command(t, "book " ID);
    see(t, "What the rules say");
    type_see(t, "p", "On paper");
    tt_type(t, DOWN ENTER);
    see(t, "Password");
    tt_settle(t, 400);
    tt_type(t, "training-book124" ENTER);
    see(t, "Name of the file");
    tt_type(t, "\025the-book" ENTER);
    see(t, "Written:");
    his_alone("the-book");
    if (!tree_holds(papers, Q "ao", NULL)) fail_msg("the book is not on the paper");
    tt_type(t, ESC);
    see_not(t, "What the rules say");
}

static void look_at_all_of_it(Tt *t)
{
    static const char *const sections[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "c", "e", "u", "t", "0", "O", "H" };

    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        tt_type(t, sections[i]);
        tt_settle(t, 60);
    }
    for (int i = 0; i < 60; i++) tt_type(t, DOWN);
    tt_settle(t, 200);
}

static void find_it(Tt *t)
{
    type_see(t, "/", "Find a case");
    tt_type(t, Q "ae" ENTER);
    see(t, ID);
    tt_type(t, ESC);
    see(t, "Overdue");
}

static void take_it_out(Station *s)
{
    char key[200], export[240], line[200];

    snprintf(key, sizeof key, "%s/key", s->dir);
    MUST(s, NULL, "backup", "keygen", key);
    snprintf(line, sizeof line, "%s/key.public", s->dir);
    MUST(s, NULL, "backup", "make", "--key", line, "--dir", s->dir);
    snprintf(export, sizeof export, "%s/the-export", papers);
    MUST(s, DI, "export", "cases", "--output", export);
    his_alone("the-export");
    if (!tree_holds(papers, Q "bu", NULL)) fail_msg("the export is not whole: what is looked for could not be found");
    MUST(s, AUDITOR, "--format", "json", "audit", "list");
    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++)
        if (strcasestr(s->said, canaries[i])) fail_msg("the log says \"%s\"", canaries[i]);
}

static void leave(Tt *t, const char *term)
{
    tt_type(t, ESC);
    see(t, "Leave this form");
    tt_type(t, "k");
    see_not(t, "Leave this form");
    station_command(t, "quit");
    see(t, "Your session ended");
    nothing_on_the_terminal(t, "signed out");
    tt_type(t, "q");
    assert_int_equal(tt_exit(t, 10000), 0);
    nothing_on_the_terminal(t, term);
}

static void no_word_of_a_restricted_case_is_left_anywhere(void **state)
{
    static const char *const terms[] = { "xterm-256color", "vt100" };
    Station *s = *state;

    assert_non_null(tree_holds(s->store, Q "ae", papers)); /* the words can be found: it is an ordinary case yet */
    restrict_it(s);
    nothing_in_a_file(s, "restricted");
    for (size_t i = 0; i < 2; i++) {
        Tt *t = sit_down(s, terms[i]);
        open_the_case(t);
        look_at_all_of_it(t);
        nothing_in_a_file(s, "the case is open");
        if (i == 0) print_the_book(t);
        tt_type(t, ESC);
        see(t, "Overdue");
        find_it(t);
        open_the_case(t);
        type_half(t);
        nothing_in_a_file(s, "half typed");
        nothing_open_but_the_store(s, t);
        if (i == 0) take_it_out(s);
        nothing_in_a_file(s, "taken out");
        type_see(t, CTRL_X, "locked");
        nothing_on_the_terminal(t, "locked");
        nothing_in_a_file(s, "locked");
        type_see(t, "training-book124" ENTER, Q "da");
        leave(t, terms[i]);
        nothing_in_a_file(s, "left");
        station_leave(s, &t);
    }
    s->now = "2010-03-02T09:00:00Z";
    {
        char sealed[200];
        snprintf(sealed, sizeof sealed, "%s/2010-02", s->dir);
        MUST(s, AUDITOR, "audit", "seal", "2010-02", "--output", sealed);
    }
    nothing_in_a_file(s, "the month is sealed");
}

/* ---- the end by force ---- */

static void neither_kill_nor_a_crash_leaves_a_word_or_a_core_file(void **state)
{
    static const int ends[] = { SIGKILL, SIGSEGV, SIGABRT, SIGQUIT, SIGTERM };
    Station *s = *state;

    restrict_it(s);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        Tt *t = sit_down(s, "xterm-256color");
        char core[160], when[40];
        struct rlimit limit;
        snprintf(when, sizeof when, "after signal %d", ends[i]);
        open_the_case(t);
        assert_int_equal(prlimit(tt_pid(t), RLIMIT_CORE, NULL, &limit), 0);
        assert_int_equal(limit.rlim_max, 0);
        type_half(t);
        tt_signal(t, ends[i]);
        if (tt_exit(t, 10000) < 0) {
            assert_int_equal(ends[i], SIGQUIT); /* it is a key like others */
            tt_signal(t, SIGKILL);
            assert_true(tt_exit(t, 10000) >= 0);
        }
        nothing_in_a_file(s, when);
        if (!tt_on_alternate_screen(t)) nothing_on_the_terminal(t, when); /* of who was killed nobody clears the screen; nothing scrolled out of it */
        assert_null(strstr(tt_scrolled(t), Q));
        snprintf(core, sizeof core, "%s/home/core", s->dir);
        if (access(core, F_OK) == 0) fail_msg("%s: a core file", when);
        snprintf(core, sizeof core, "%s/home/core.%d", s->dir, (int)tt_pid(t));
        if (access(core, F_OK) == 0) fail_msg("%s: a core file", when);
        station_leave(s, &t);
    }
}

/* ---- the memory ---- */

/* From here on this process and what it starts are an ordinary user: nothing is granted above what the files allow, to no program either. */
static bool become_ordinary(void)
{
    struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct none[2] = { { 0 }, { 0 } };

    if (geteuid() == 0 && prctl(PR_SET_SECUREBITS, SECBIT_NOROOT) != 0) return false;
    return syscall(SYS_capset, &head, none) == 0 && prctl(PR_SET_DUMPABLE, 1) == 0;
}

static bool can_read_memory(pid_t pid)
{
    unsigned long at = 0;
    char path[64], maps[512], byte;
    FILE *f;
    int fd;
    bool could;

    snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
    f = fopen(path, "r");
    if (f && fgets(maps, sizeof maps, f)) at = strtoul(maps, NULL, 16);
    if (f) fclose(f);
    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    could = fd >= 0 && at && pread(fd, &byte, 1, (off_t)at) == 1;
    if (fd >= 0) close(fd);
    return could;
}

/* A program that does nothing about it: what the kernel lets one user do to another program of the same user. */
static bool kernel_lets(void)
{
    char *words[] = { (char[]){ "/bin/cat" }, NULL };
    Tt *t = tt_start(words, ROWS, COLS, NULL);
    bool lets;

    tt_type(t, "here\r");
    see(t, "here");
    lets = can_read_memory(tt_pid(t));
    tt_end(&t);
    return lets;
}

static void nobody_else_reads_its_memory(void **state)
{
    Station *s = *state;
    Tt *t;

    if (!become_ordinary() || !kernel_lets() || station_is_slow()) skip(); /* a sanitizer has to be let */
    t = sit_down(s, "xterm-256color");
    assert_false(can_read_memory(tt_pid(t)));
}

int main(int argc, char **argv)
{
    static char program[4096];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_word_of_a_restricted_case_is_left_anywhere, canary_setup, canary_teardown),
        cmocka_unit_test_setup_teardown(neither_kill_nor_a_crash_leaves_a_word_or_a_core_file, canary_setup, canary_teardown),
        cmocka_unit_test_setup_teardown(nobody_else_reads_its_memory, canary_setup, canary_teardown),
    };

    book124 = realpath(argc > 1 ? argv[1] : "./book124", program);
    if (!book124) return 2;
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
