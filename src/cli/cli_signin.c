/* cli_signin.c — the password: asked on the terminal without showing it, or read from a file that nobody else can
** read. It never comes from the command line or the environment itself, where others could see it. */
#include "cli_inside.h"

#include "base/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum { PASSWORD_MAX = 512 };

/* --- from a file ----------------------------------------------------------------------------- */
static bool file_fits(int fd, const char *name, Err *err)
{
    struct stat st;

    if (fstat(fd, &st))
        return err_set(err, ERR_IO, "password", "The password file %s cannot be read: %s.", name, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_DENIED, "password", "The password file %s is not a regular file.", name);
    if (st.st_uid != geteuid())
        return err_set(err, ERR_DENIED, "password", "The password file %s belongs to another user.", name);
    if ((st.st_mode & 07777) != 0600)
        return err_set(err, ERR_DENIED, "password",
            "The password file %s has mode %04o; it must be 0600, so that nobody else can read it.", name,
            (unsigned)(st.st_mode & 07777));
    return true;
}

static bool from_file(const char *name, char password[PASSWORD_MAX], Err *err)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
    ssize_t n;
    bool ok = false;

    if (fd < 0 && errno == ELOOP) return err_set(err, ERR_DENIED, "password", "The password file %s is a link.", name);
    if (fd < 0)
        return err_set(err, ERR_IO, "password", "The password file %s cannot be read: %s.", name, strerror(errno));
    if (!file_fits(fd, name, err)) goto out;
    n = read(fd, password, PASSWORD_MAX);
    if (n < 0)
        err_set(err, ERR_IO, "password", "The password file %s cannot be read: %s.", name, strerror(errno));
    else if (n == PASSWORD_MAX || memchr(password, 0, (size_t)n))
        err_set(err, ERR_USAGE, "password", "The password file %s does not hold a password.", name);
    else {
        password[n] = 0;
        if (n && password[n - 1] == '\n') password[n - 1] = 0;
        ok = true;
    }
out:
    close(fd);
    return ok;
}

/* --- from the terminal ----------------------------------------------------------------------- */
static bool read_line(int tty, char password[PASSWORD_MAX])
{
    size_t n = 0;
    char c = 0;

    while (!cli_stopped()) {
        ssize_t got = read(tty, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || c == '\n') break;
        if (n + 1 < PASSWORD_MAX) password[n++] = c;
    }
    password[n] = 0;
    return c == '\n' && !cli_stopped();
}

static bool from_terminal(const char *prompt, char password[PASSWORD_MAX], Err *err)
{
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    struct termios was, quiet;
    bool ok;

    if (tty < 0 || tcgetattr(tty, &was)) {
        if (tty >= 0) close(tty);
        return err_set(err, ERR_USAGE, "password",
            "There is no terminal to ask for the password: name a file with BOOK124_PASSWORD_FILE.");
    }
    quiet = was;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    quiet.c_lflag |= ICANON | ISIG;
    dprintf(tty, "%s", prompt);
    tcsetattr(tty, TCSAFLUSH, &quiet);
    ok = read_line(tty, password);
    tcsetattr(tty, TCSAFLUSH, &was);
    dprintf(tty, "\n");
    close(tty);
    return ok || err_set(err, ERR_STOPPED, "password", "No password was given.");
}

/* --- signing in ------------------------------------------------------------------------------ */
bool cli_sign_in(Cli *cli, Err *err)
{
    const char *warrant = cli_value(cli, OPT_AS), *file = getenv("BOOK124_PASSWORD_FILE");
    char password[PASSWORD_MAX] = "", prompt[80];
    bool ok;

    if (!warrant && cli->command->needs == NEEDS_STORE) return true;
    if (!warrant) return err_set(err, ERR_USAGE, "as", "\"%s\" needs an officer: --as WARRANT.", cli->command->name);
    snprintf(prompt, sizeof prompt, "Password of %.40s: ", warrant);
    ok = file && *file ? from_file(file, password, err) : from_terminal(prompt, password, err);
    ok = ok && app_sign_in(cli->app, warrant, password, err);
    crypto_wipe(password, sizeof password);
    return ok;
}

const char *cli_password_again(Cli *cli, Err *err)
{
    const char *file = getenv("BOOK124_PASSWORD_FILE");
    char *password = arena_zero(cli->arena, 1, PASSWORD_MAX), prompt[80];

    snprintf(prompt, sizeof prompt, "Once more, the password of %.40s: ", cli_value(cli, OPT_AS));
    return (file && *file ? from_file(file, password, err) : from_terminal(prompt, password, err)) ? password : NULL;
}

const char *cli_second_password(Cli *cli, const char *whose, Err *err)
{
    const char *file = getenv("BOOK124_SECOND_PASSWORD_FILE");
    char *password = arena_zero(cli->arena, 1, PASSWORD_MAX), prompt[80];

    if (file && *file) return from_file(file, password, err) ? password : NULL;
    snprintf(prompt, sizeof prompt, "Second officer, password of %.40s: ", whose);
    if (from_terminal(prompt, password, err)) return password;
    if (err && err->kind == ERR_USAGE)
        snprintf(err->text, sizeof err->text,
            "There is no terminal to ask for the second password: name a file with BOOK124_SECOND_PASSWORD_FILE.");
    return NULL;
}

const char *cli_new_password(Cli *cli, const char *whose, Err *err)
{
    const char *file = getenv("BOOK124_NEW_PASSWORD_FILE");
    char *password = arena_zero(cli->arena, 1, PASSWORD_MAX), *again = arena_zero(cli->arena, 1, PASSWORD_MAX),
         prompt[80];

    if (file && *file) return from_file(file, password, err) ? password : NULL;
    snprintf(prompt, sizeof prompt, "New password of %.40s: ", whose);
    if (!from_terminal(prompt, password, err)) {
        if (err && err->kind == ERR_USAGE)
            snprintf(err->text, sizeof err->text,
                "There is no terminal to ask for the new password: name a file with BOOK124_NEW_PASSWORD_FILE.");
        return NULL;
    }
    if (!from_terminal("The same again: ", again, err)) return NULL;
    if (!strcmp(password, again)) return password;
    err_set(err, ERR_USAGE, "password", "The two passwords differ. Nothing was changed.");
    return NULL;
}
