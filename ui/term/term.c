/* term.c — the terminal: taking it, listening to it, giving it back. Curses draws and knows the terminal's names for things;
** reading is ours (term_keys.c), because only so a paste, a torn escape sequence and a lost line are told apart.
** Every way out restores the terminal: close, suspend, a fatal signal, exhausted memory. */
#include "base/crypto.h"
#include "base/protection.h"
#include "base/mem.h"
#include "term_in.h"
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

typedef struct Term {
    Console console;
    SCREEN *screen;
    Decoder *decoder;
    Show show;
    int signal_fd;
    bool xterm; /* understands titles and bracketed paste */
    bool hung;
    bool size_due; /* a change of size has been heard of */
    int64_t size_since, size_last;
    char notice[240];
} Term;

enum { STORM = 40, STORM_MOST = 250 }; /* ms: a burst of sizes is one event, but not for ever */

/* What term_restore_now needs must not be asked for in a signal handler: it is made when the terminal is taken. */
static struct {
    bool taken;
    struct termios before;
    char bytes[512];
    size_t n;
} restore;

/* --- giving back --------------------------------------------------------------------- */

static void write_all(const char *s, size_t n)
{
    while (n > 0) {
        ssize_t w = write(STDOUT_FILENO, s, n);
        if (w <= 0) return; /* the line is gone or blocked: nothing more can be done */
        s += w;
        n -= (size_t)w;
    }
}

void term_restore_now(void)
{
    if (!restore.taken) return;
    restore.taken = false;
    write_all(restore.bytes, restore.n);
    tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
}

/* After endwin, which has left the other screen: what curses does not know of. */
static void give_back(const Term *t)
{
    static const char ours[] = "\033[?2004l\033[23;0t";
    endwin();
    restore.taken = false;
    if (t->xterm && !t->hung) write_all(ours, sizeof ours - 1);
    tcflush(STDIN_FILENO, TCIFLUSH); /* what was typed ahead was meant for us: a shell would obey it */
    tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
}

static void add_restore(const char *s)
{
    size_t n = s && s != (const char *)-1 ? strlen(s) : 0;
    if (n == 0 || restore.n + n >= sizeof restore.bytes) return;
    for (size_t i = 0; i < n;) {
        if (s[i] == '$' && s[i + 1] == '<') { /* padding for terminals of 1978 */
            while (i < n && s[i] != '>') i++;
            i++;
        } else {
            restore.bytes[restore.n++] = s[i++];
        }
    }
}

static char *capability(const char *name)
{
    char copy[16];
    snprintf(copy, sizeof copy, "%s", name);
    char *s = tigetstr(copy);
    return s == (char *)-1 ? NULL : s;
}

static void make_restore(const Term *t)
{
    restore.n = 0;
    if (t->xterm) add_restore("\033[?2004l\033[23;0t");
    add_restore(capability("rmkx"));
    add_restore(capability("sgr0"));
    add_restore(capability("cnorm"));
    if (!WITHOUT("screen-clear")) add_restore(capability("clear"));
    add_restore(capability("rmcup"));
    restore.taken = true;
}

/* --- taking --------------------------------------------------------------------------- */

static bool starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* Marks pastes and has a title, as far as its name tells. */
static bool is_xterm_like(const char *name)
{
    static const char *const known[] = { "xterm", "screen", "tmux", "rxvt", "putty", "alacritty", "foot", "kitty",
        "vte", "gnome", "konsole", "st-", "wezterm", "contour", "iterm", "mintty", "ghostty" };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (starts_with(name, known[i])) return true;
    return false;
}

static bool sensible_name(const char *name)
{
    size_t n = name ? strlen(name) : 0;
    return n > 0 && n < 64 &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+._")] == '\0';
}

static bool take_screen(Term *t, const char **name, Err *err)
{
    const char *given = getenv("TERM");
    const char *chain[] = { given, "xterm-256color", "xterm", "vt100" };
    if (given && strcmp(given, "dumb") == 0)
        return err_set(err, ERR_USAGE, "TERM",
            "This terminal says it is dumb: it cannot place a cursor. Use another terminal, or the commands without "
            "screens.");
    for (size_t i = 0; i < ARRAY_LEN(chain) && !t->screen; i++) {
        if (!sensible_name(chain[i])) continue;
        t->screen = newterm(chain[i], stdout, stdin);
        *name = chain[i];
        if (t->screen && i > 0)
            snprintf(t->notice, sizeof t->notice, "TERM=%.40s is unknown on this machine; working as %s.",
                sensible_name(given) ? given : "(none)", chain[i]);
    }
    if (!t->screen)
        return err_set(err, ERR_IO, "TERM", "No description of this terminal was found. Set TERM=xterm and try again.");
    if (capability("cup")) return true;
    endwin();
    return err_set(err, ERR_USAGE, "TERM", "This terminal (%s) cannot place a cursor. Use another one.", *name);
}

static void learn_keys(Decoder *d)
{
    static const struct {
        const char *cap;
        Key key;
    } keys[] = { { "kcuu1", K_UP }, { "kcud1", K_DOWN }, { "kcub1", K_LEFT }, { "kcuf1", K_RIGHT }, { "khome", K_HOME },
        { "kend", K_END }, { "kpp", K_PAGE_UP }, { "knp", K_PAGE_DOWN }, { "kdch1", K_DELETE }, { "kich1", K_INSERT },
        { "kcbt", K_BACKTAB } };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) decoder_learn(d, capability(keys[i].cap), keys[i].key);
    for (unsigned f = 1; f <= 12; f++) {
        char name[8];
        snprintf(name, sizeof name, "kf%u", f);
        decoder_learn(d, capability(name), K_F(f));
    }
}

static void set_modes(const Term *t)
{
    raw(); /* ^C ^Z ^S ^\ are keys */
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE); /* for the sequences it makes the terminal send; reading is ours */
    typeahead(-1); /* we draw once when nothing waits: a frame is one write, not one a line */
    if (t->xterm)
        write_all("\033[22;0t\033]0;book124\007\033[?2004h", strlen("\033[22;0t\033]0;book124\007\033[?2004h"));
}

static int escape_delay(void)
{
    const char *given = getenv("ESCDELAY");
    int ms = given ? atoi(given) : 25;
    return ms >= 1 && ms <= 2000 ? ms : 25;
}

static const ConsoleOps term_ops;

Console *term_open(const TermOptions *o, Err *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        err_set(err, ERR_USAGE, "", "The screens need a terminal. Without one, use the commands: book124 --help.");
        return NULL;
    }
    Term *t = mem_new(sizeof *t);
    const char *name = "", *no_color = getenv("NO_COLOR");
    t->console.ops = &term_ops;
    unsetenv("LINES");
    unsetenv("COLUMNS");
    tcgetattr(STDIN_FILENO, &restore.before);
    t->signal_fd = signals_open(term_restore_now); /* before newterm, which takes only signals that are free */
    set_escdelay(escape_delay());
    if (t->signal_fd < 0 || !take_screen(t, &name, err)) {
        signals_close();
        mem_free(t);
        return NULL;
    }
    t->xterm = is_xterm_like(name) || capability("BE");
    t->console.ascii = o->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    t->decoder = decoder_new(TERM_PASTE_MAX);
    decoder_escape_delay(t->decoder, escape_delay());
    decoder_guess_pastes(t->decoder, !t->xterm);
    learn_keys(t->decoder);
    make_restore(t);
    mem_on_exhausted = term_restore_now;
    set_modes(t);
    show_start(&t->show, !o->no_colour && !(no_color && *no_color));
    return &t->console;
}

static void forget_screen(Term *t)
{
    show_forget(&t->show);
    erase();
    clearok(curscr, TRUE);
    refresh();
    const char *scrollback = capability("E3");
    if (scrollback) write_all(scrollback, strlen(scrollback));
}

void term_close(Console **c)
{
    if (!c || !*c) return;
    Term *t = (Term *)*c;
    if (!t->hung && !WITHOUT("screen-clear")) forget_screen(t);
    give_back(t);
    mem_on_exhausted = NULL;
    signals_close();
    show_finish(&t->show);
    decoder_free(&t->decoder);
    delscreen(t->screen);
    crypto_wipe(t, sizeof *t);
    mem_free(t);
    *c = NULL;
}

const char *term_notice(const Console *c)
{
    return ((const Term *)c)->notice;
}

/* --- time and size ------------------------------------------------------------------------ */

static int64_t term_clock(Console *c)
{
    struct timespec ts;
    clock_gettime(CLOCK_BOOTTIME, &ts); /* a closed lid is idle time too */
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void ask_size(int *rows, int *cols)
{
    struct winsize w;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_row > 0 && w.ws_col > 0;
    *rows = known ? (w.ws_row > 1000 ? 1000 : w.ws_row) : LINES;
    *cols = known ? (w.ws_col > 1000 ? 1000 : w.ws_col) : COLS;
}

static void term_size(Console *c, int *rows, int *cols)
{
    *rows = LINES;
    *cols = COLS;
}

static bool size_changed(void)
{
    int rows = 0, cols = 0;
    ask_size(&rows, &cols);
    if (rows == LINES && cols == COLS) return false;
    return resizeterm(rows, cols) == OK;
}

/* --- reading --------------------------------------------------------------------------- */

static bool take_signals(Term *t, Event *out, int64_t now)
{
    unsigned sent = signals_take();
    if (sent & SENT_SIZE) {
        if (!t->size_due) t->size_since = now;
        t->size_due = true;
        t->size_last = now;
    }
    if (sent & SENT_STOP) {
        t->hung = t->hung || tcgetpgrp(STDIN_FILENO) < 0;
        *out = (Event){ .kind = EVENT_HANGUP };
        return true;
    }
    if (sent & SENT_SUSPEND) {
        *out = (Event){ .kind = EVENT_SUSPEND };
        return true;
    }
    if (sent & SENT_CONTINUE) { /* stopped without our doing: somebody else has drawn meanwhile */
        reset_prog_mode();
        set_modes(t);
        size_changed();
        clearok(curscr, TRUE);
        show_forget(&t->show);
        *out = (Event){ .kind = EVENT_RESIZE };
        return true;
    }
    return false;
}

static bool size_settled(Term *t, Event *out, int64_t now)
{
    if (!t->size_due) return false;
    if (now - t->size_last < STORM && now - t->size_since < STORM_MOST) return false;
    t->size_due = false;
    size_changed(); /* even when it did not: a window that was smaller meanwhile has cut what it showed */
    clearok(curscr, TRUE);
    show_forget(&t->show);
    *out = (Event){ .kind = EVENT_RESIZE };
    return true;
}

static bool hang_up(Term *t, Event *out)
{
    t->hung = true;
    *out = (Event){ .kind = EVENT_HANGUP };
    return true;
}

/* True when the line is gone. */
static bool feed(Term *t, int64_t now)
{
    char bytes[16384];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return false;
    if (n <= 0) return true;
    decoder_feed(t->decoder, bytes, (size_t)n, now);
    crypto_wipe(bytes, (size_t)n);
    return false;
}

static int smaller(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static void term_read(Console *c, int ms, Event *out)
{
    Term *t = (Term *)c;
    int64_t end = ms < 0 ? -1 : term_clock(c) + ms;
    *out = (Event){ .kind = t->hung ? EVENT_HANGUP : EVENT_NONE };
    while (!t->hung) {
        int64_t now = term_clock(c);
        int part = -1;
        if (take_signals(t, out, now) || size_settled(t, out, now)) return;
        if (decoder_next(t->decoder, out, now, &part)) return;
        if (decoder_refused(t->decoder)) beep();
        int left = end < 0 ? -1 : end > now ? (int)(end - now) : 0;
        int wait = smaller(smaller(left, part), t->size_due ? STORM : -1);
        struct pollfd fds[2] = { { STDIN_FILENO, POLLIN, 0 }, { t->signal_fd, POLLIN, 0 } };
        int n = poll(fds, 2, wait);
        if (n > 0 && (fds[0].revents & POLLIN)) {
            if (feed(t, term_clock(c))) hang_up(t, out);
        } else if (n > 0 && (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))) {
            hang_up(t, out);
        } else if (n == 0 && left == 0) {
            return;
        }
    }
}

static bool term_pending(Console *c)
{
    Term *t = (Term *)c;
    struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };
    return !t->hung && (!decoder_empty(t->decoder) || poll(&fd, 1, 0) > 0);
}

static void term_discard(Console *c)
{
    Term *t = (Term *)c;
    decoder_discard(t->decoder);
    tcflush(STDIN_FILENO, TCIFLUSH);
}

/* --- showing --------------------------------------------------------------------------- */

static void term_show(Console *c, const Grid *g)
{
    Term *t = (Term *)c;
    if (!t->hung) show_grid(&t->show, g);
}

static void term_repaint(Console *c)
{
    Term *t = (Term *)c;
    show_forget(&t->show);
    clearok(curscr, TRUE);
}

static void term_wipe(Console *c)
{
    Term *t = (Term *)c;
    if (!t->hung) forget_screen(t);
}

static void term_suspend(Console *c)
{
    Term *t = (Term *)c;
    forget_screen(t);
    give_back(t);
    signals_default_stop();
    make_restore(t);
    reset_prog_mode();
    set_modes(t);
    size_changed();
    clearok(curscr, TRUE);
}

static void term_beep(Console *c)
{
    beep();
}

static const ConsoleOps term_ops = {
    .size = term_size,
    .read = term_read,
    .pending = term_pending,
    .discard = term_discard,
    .show = term_show,
    .repaint = term_repaint,
    .wipe = term_wipe,
    .suspend = term_suspend,
    .beep = term_beep,
    .clock_ms = term_clock,
};

/* --- for the doctor ------------------------------------------------------------------------- */

