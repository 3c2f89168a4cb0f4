/* station.c — see station.h. */
#include "station.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

const char *book124;

bool station_is_slow(void)
{
#if defined __SANITIZE_ADDRESS__
    return true;
#elif defined __has_feature
#if __has_feature(address_sanitizer)
    return true;
#endif
#endif
    return false;
}

/* ---- files ---- */

void station_file(const Station *s, const char *name, const char *text, char path[128])
{
    int fd;

    snprintf(path, 128, "%.60s/%.60s", s->dir, name);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    return remove(path);
}

/* ---- commands ---- */

enum { MOST_WORDS = 24 };

static void build_words(const Station *s, const char *warrant, const char *const *words, char *out[MOST_WORDS])
{
    size_t n = 0;
    const char *const head[] = { book124, "--store", s->store, s->now ? "--now" : NULL, s->now, warrant ? "--as" : NULL,
        warrant };

    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        if (head[i]) out[n++] = (char *)(uintptr_t)head[i];
    for (; words && *words && n + 1 < MOST_WORDS; words++) out[n++] = (char *)(uintptr_t)*words;
    out[n] = NULL;
}

static void run_child(const Station *s, char *const argv[], int out)
{
    int null = open("/dev/null", O_RDONLY);

    dup2(null, 0);
    dup2(out, 1);
    dup2(out, 2);
    setenv("BOOK124_PASSWORD_FILE", s->password, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    execv(argv[0], argv);
    _exit(127);
}

static char *read_all(int fd)
{
    size_t n = 0, room = 4096;
    char *text = malloc(room);

    for (;;) {
        ssize_t got = read(fd, text + n, room - n - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        n += (size_t)got;
        if (room - n < 2048) text = realloc(text, room *= 2);
    }
    text[n] = 0;
    return text;
}

const char *station_run(Station *s, const char *warrant, int *status, const char *const *words)
{
    char *argv[MOST_WORDS];
    int fds[2], how = 0;
    pid_t pid;

    build_words(s, warrant, words, argv);
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    pid = fork();
    if (pid == 0) run_child(s, argv, fds[1]);
    close(fds[1]);
    free(s->said);
    s->said = read_all(fds[0]);
    close(fds[0]);
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR) {}
    *status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
    return s->said;
}

const char *station_must(Station *s, const char *warrant, const char *const *words)
{
    int status;
    const char *said = station_run(s, warrant, &status, words);

    if (status != 0) fail_msg("%s %s ended with %d: %s", words[0], words[1] ? words[1] : "", status, said);
    return said;
}

/* ---- the station ---- */

static Station *station_new(const char *made, const char *now, const char *cases)
{
    Station *s = calloc(1, sizeof *s);

    if (!s) abort();
    snprintf(s->dir, sizeof s->dir, "/tmp/book124-e2e-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    snprintf(s->store, sizeof s->store, "%s/store", s->dir);
    station_file(s, "password", "training-book124\n", s->password);
    setenv("BOOK124_PRINT_DIR", s->dir, 1); /* a confined program writes there, and where it was started */
    s->now = made;
    MUST(s, NULL, "init", "--training", "--cases", cases);
    s->now = now;
    return s;
}

int station_setup(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    *state = station_new(MADE, NOW, "40");
    return 0;
}

int station_setup_many(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    *state = station_new(MADE, NOW, "300");
    return 0;
}

int station_setup_live(void **state)
{
    *state = station_new(NULL, NULL, "40");
    return 0;
}

/* Whatever a test did, the log must hold together and what is derived must be what the facts say. */
static bool is_sound(Station *s)
{
    int log = 0, derived = 0;

    if (s->tampered || access(s->store, F_OK) != 0) return true; /* or the test took it away */
    RUN(s, AUDITOR, &log, "audit", "verify");
    if (log != 0) print_error("audit verify: %d: %s\n", log, s->said);
    RUN(s, KEEPER, &derived, "rebuild");
    if (derived != 0) print_error("rebuild: %d: %s\n", derived, s->said);
    return log == 0 && derived == 0;
}

/* What a sanitizer has to say it says on the terminal. */
static bool end_one(Tt **t)
{
    const char *report = *t ? strstr(tt_output(*t), "runtime error:") : NULL;

    if (*t && !report) report = strstr(tt_output(*t), "Sanitizer:");
    if (report) print_error("%.2000s\n", report);
    tt_end(t);
    return !report;
}

int station_teardown(void **state)
{
    Station *s = *state;
    bool sound = true;

    for (size_t i = 0; i < sizeof s->open / sizeof s->open[0]; i++) sound = end_one(&s->open[i]) && sound;
    sound = is_sound(s) && sound;
    nftw(s->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(s->said);
    free(s);
    return sound ? 0 : -1;
}

/* ---- terminals ---- */

Tt *station_terminal(Station *s, int rows, int cols, const char *const *words, const char *const *env)
{
    char *argv[MOST_WORDS];
    size_t i = 0;

    build_words(s, NULL, words, argv);
    while (i < sizeof s->open / sizeof s->open[0] && s->open[i]) i++;
    assert_true(i < sizeof s->open / sizeof s->open[0]);
    return s->open[i] = tt_start(argv, rows, cols, env);
}

void station_leave(Station *s, Tt **t)
{
    for (size_t i = 0; i < sizeof s->open / sizeof s->open[0]; i++)
        if (s->open[i] == *t) s->open[i] = NULL;
    if (!end_one(t)) fail_msg("a sanitizer has something to say");
}

void station_see(Tt *t, const char *text, bool there, const char *file, int line)
{
    bool ok = there ? tt_wait(t, text, TT_PATIENCE) : tt_wait_gone(t, text, TT_PATIENCE);

    tt_settle(t, 15); /* the rest of that frame */
    if (ok) return;
    print_error("%s:%d\n", file, line);
    fail_msg("the screen %s \"%s\"", there ? "never showed" : "never lost", text);
}

void sign_in(Tt *t, const char *warrant)
{
    see(t, "Warrant");
    tt_type(t, warrant);
    tt_type(t, ENTER "training-book124" ENTER);
    see_not(t, "Esc leaves.");
}

Tt *station_desk(Station *s, const char *warrant)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, warrant);
    see(t, "Overdue");
    return t;
}

void only_supervisions(Tt *t)
{
    type_see(t, "f", "Show only");
    tt_type(t, "CSU DS supervises" ENTER);
    see_not(t, "Show only");
    see(t, "only CSU DS supervises the crime");
}

void case_of_row(Tt *t, char id[16])
{
    int row, col;
    const char *at;

    tt_cursor(t, &row, &col);
    at = strstr(tt_row(t, row), "KG-");
    if (!at) {
        tt_print(t);
        fail_msg("the cursor is not on a row of the desk");
    }
    snprintf(id, 16, "%.8s", at);
}

void open_review(Tt *t, char id[16])
{
    only_supervisions(t);
    case_of_row(t, id);
    type_see(t, "r", "DS 7-day supervision");
}

/* ---- a disk of its own ---- */

bool station_small_disk(Station *s, const char *options)
{
    char command[400], path[160];

    snprintf(path, sizeof path, "%s/disk", s->dir);
    if (mkdir(path, 0700) != 0 || mount("book124-e2e", path, "tmpfs", MS_NOSUID | MS_NODEV, options) != 0) return false;
    snprintf(command, sizeof command, "mv '%s' '%s/store'", s->store, path);
    assert_int_equal(system(command), 0);
    snprintf(s->store, sizeof s->store, "%.60s/disk/store", s->dir);
    return true;
}

void station_take_disk_away(Station *s)
{
    char path[160];

    snprintf(path, sizeof path, "%s/disk", s->dir);
    for (size_t i = 0; i < sizeof s->open / sizeof s->open[0]; i++) tt_end(&s->open[i]);
    assert_int_equal(umount2(path, MNT_DETACH), 0);
}

void station_fill_disk(Station *s, bool full)
{
    char path[160], block[4096] = { 0 };
    FILE *f;

    snprintf(path, sizeof path, "%s/disk/ballast", s->dir);
    unlink(path);
    if (!full) return;
    f = fopen(path, "w");
    assert_non_null(f);
    setvbuf(f, NULL, _IONBF, 0);
    while (fwrite(block, sizeof block, 1, f) == 1) {}
    fclose(f);
}

/* ---- texts ---- */

size_t times(const char *text, const char *piece)
{
    size_t n = 0;

    for (; (text = strstr(text, piece)); text += strlen(piece)) n++;
    return n;
}

char *screen_text(Tt *t)
{
    size_t n = 0, room = 1 << 20;
    char *text = malloc(room);

    text[0] = 0;
    for (int row = 0; row < tt_rows(t) && n + 5000 < room; row++)
        n += (size_t)snprintf(text + n, room - n, "%s\n", tt_row(t, row));
    return text;
}

const char *station_f_key(int n)
{
    static const char *const keys[] = { "", "\033OP", "\033OQ", "\033OR", "\033OS", "\033[15~", "\033[17~", "\033[18~",
        "\033[19~", "\033[20~", "\033[21~", "\033[23~", "\033[24~" };

    return keys[n];
}

/* ---- what the command line says of it ---- */

const char *station_state(Station *s, const char *id, const char *duty, char out[24])
{
    const char *json = MUST(s, DI, "--format", "json", "duties", "--case", id);
    char key[80];
    const char *at, *last = NULL;

    snprintf(key, sizeof key, "\"duty\":\"%s\"", duty);
    for (at = json; (at = strstr(at, key)); at++) last = at;
    *out = '\0';
    if (last) sscanf(strstr(last, "\"state\":"), "\"state\":\"%20[a-z]", out);
    return out;
}

void station_command(Tt *t, const char *words)
{
    tt_type(t, ":");
    tt_settle(t, 300);
    tt_type(t, words);
    tt_type(t, ENTER);
}
