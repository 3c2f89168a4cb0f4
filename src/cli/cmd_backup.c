/* cmd_backup.c — backups on the command line: the pair of keys, one backup or one every so many minutes, what a file says of itself, and
** the way back. Whoever runs a store runs this from a timer: nobody signs in for it, and nothing of a case is shown. */
#include "cli_inside.h"

#include "app/backup.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ENDS_IN ".b124"

/* --- keys ------------------------------------------------------------------------------------ */
static bool key_given(Cli *cli, OptId id, bool secret, uint8_t key[STREAM_KEY], Err *err)
{
    const char *name = cli_value(cli, id);
    struct stat st;
    Str text = { 0 };
    bool ok;

    if (!name)
        return err_set(err, ERR_USAGE, secret ? "secret" : "key", secret ? "--secret names the file of the secret key." : "--key names the file of the public key.");
    if (secret && stat(name, &st) == 0 && S_ISREG(st.st_mode) && st.st_mode & 077)
        return err_set(err, ERR_DENIED, "secret", "The secret key can be read by others. Close it: chmod 600 %s", name);
    ok = cli_read_all(name, &text, err) && backup_key_read(str_text(&text), secret, key, err);
    if (text.s) crypto_wipe(text.s, text.cap);
    str_finish(&text);
    return ok;
}

/* Does the folder of that name lie in the store's directory? Then whoever steals the one has the other. */
static bool lies_in_the_store(const Cli *cli, const char *folder)
{
    char store[PATH_MAX], here[PATH_MAX];
    size_t n;

    if (!*cli->dir || !realpath(cli->dir, store) || !realpath(folder, here)) return false;
    n = strlen(store);
    return strncmp(store, here, n) == 0 && (here[n] == '\0' || here[n] == '/');
}

static const char *folder_of(Cli *cli, const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? arena_dup_n(cli->arena, name, slash == name ? 1 : (size_t)(slash - name)) : ".";
}

static bool key_put(const char *name, const uint8_t key[STREAM_KEY], bool secret, Err *err)
{
    char line[BACKUP_KEY_LINE];
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok;

    if (fd < 0 && errno == EEXIST) return err_set(err, ERR_INVALID, "name", "%s is there already. A key is never written over.", name);
    backup_key_write(key, secret, line);
    ok = fd >= 0 && write(fd, line, strlen(line)) == (ssize_t)strlen(line) && fsync(fd) == 0;
    if (fd >= 0 && close(fd) != 0) ok = false;
    crypto_wipe(line, sizeof line);
    return ok || err_set(err, ERR_IO, "name", "%s cannot be written: %s.", name, strerror(errno));
}

bool cmd_backup_keygen(Cli *cli, Err *err)
{
    const char *secret_name = arena_printf(cli->arena, "%s.secret", cli->words[0]), *public_name = arena_printf(cli->arena, "%s.public", cli->words[0]);
    uint8_t public_key[STREAM_KEY], secret_key[STREAM_KEY];
    char name[STREAM_NAME];
    bool ok;

    if (lies_in_the_store(cli, folder_of(cli, secret_name)))
        return err_set(err, ERR_INVALID, "name", "The secret key may not lie in the store's directory: who takes the one would have the other.");
    crypto_stream_pair(public_key, secret_key);
    ok = key_put(secret_name, secret_key, true, err) && key_put(public_name, public_key, false, err);
    crypto_wipe(secret_key, sizeof secret_key);
    if (ok)
        cli_say("Key %s: %s seals and goes to the host of the store; %s opens, and is kept elsewhere, twice.", crypto_stream_name(public_key, name),
            public_name, secret_name);
    return ok;
}

/* --- one backup ------------------------------------------------------------------------------- */
static const Column columns[] = { { "file", "file", AS_DATA, false }, { "made_at", "made", AS_DATA, false }, { "store", "store", AS_DATA, false },
    { "borough", "borough", AS_DATA, false }, { "schema", "schema", AS_DATA, true }, { "entries", "entries", AS_DATA, true },
    { "head", "head", AS_DATA, false }, { "cases", "cases", AS_DATA, true }, { "bytes", "bytes", AS_DATA, true }, { "hash", "hash", AS_DATA, false },
    { "key", "key", AS_DATA, false } };

static bool show(Cli *cli, const char *file, const BackupInfo *b, const char *how, Err *err)
{
    char at[CIVIL_TEXT], shown[SHOWN_MAX];
    Out *out;

    if (cli->format == FORMAT_TABLE) {
        cli_print(cli, "%s: %s of borough %s, %s, %lld case%s, log up to entry %lld, for key %s%s.\nHead of entry %lld: %s\n", cli_shown(file, shown),
            "store", b->borough, civil_words_full(b->made_at, at), (long long)b->cases, b->cases == 1 ? "" : "s", (long long)b->entries, b->key, how,
            (long long)b->entries, b->head);
        return true;
    }
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    out_text(out, file);
    out_time(out, b->made_at);
    out_text(out, b->store);
    out_text(out, b->borough);
    out_int(out, b->schema);
    out_int(out, b->entries);
    out_text(out, b->head);
    out_int(out, b->cases);
    out_int(out, b->bytes);
    out_text(out, b->hash);
    out_text(out, b->key);
    out_row(out);
    return out_end(&out, err);
}

/* "book124-KG-20100201T091200Z.b124" */
static const char *name_of(Cli *cli, const char *dir, Time t)
{
    Civil c = civil_utc(t);

    return arena_printf(cli->arena, "%s/book124-%s-%04d%02d%02dT%02d%02d%02dZ" ENDS_IN, dir, app_store(cli->app)->borough, c.year, c.month, c.day,
        c.hour, c.minute, c.second);
}

static bool back_up(Cli *cli, const uint8_t key[STREAM_KEY], const char *name, Err *err)
{
    BackupInfo info;
    Target target;
    bool ok;

    if (!cli_target_open(&target, name, err)) return false;
    ok = app_backup(cli->app, key, target.file, &info, err) && cli_target_keep(&target, err);
    cli_target_end(&target);
    return ok && (!name || show(cli, name, &info, "", err));
}

/* --- which to keep ---------------------------------------------------------------------------- */
typedef struct Found {
    const char *name;
    Time at;
} Found;

static int newest_first(const void *a, const void *b)
{
    const Found *x = a, *y = b;

    return (x->at < y->at) - (x->at > y->at);
}

/* Only what is called as we call it, and of this borough. */
static bool time_of(const Cli *cli, const char *name, Time *out)
{
    char begins[32];
    Civil c = { 0 };
    int used = 0;

    snprintf(begins, sizeof begins, "book124-%s-", app_store(cli->app)->borough);
    if (strncmp(name, begins, strlen(begins)) != 0) return false;
    name += strlen(begins);
    if (sscanf(name, "%4d%2d%2dT%2d%2d%2dZ" ENDS_IN "%n", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second, &used) != 6 || name[used])
        return false;
    *out = civil_from_utc(c);
    return true;
}

static bool thin(Cli *cli, const char *dir, Err *err)
{
    DIR *d = opendir(dir);
    const struct dirent *e;
    Found *all = NULL;
    size_t n = 0, cap = 0;
    Time *times, at;
    bool *keep, ok = true;

    if (!d) return err_set(err, ERR_IO, "to", "%s cannot be read: %s.", dir, strerror(errno));
    while ((e = readdir(d)) != NULL) {
        if (!time_of(cli, e->d_name, &at)) continue;
        all = arena_room(cli->arena, all, n, &cap, sizeof *all);
        all[n++] = (Found){ arena_dup(cli->arena, e->d_name), at };
    }
    if (n) qsort(all, n, sizeof *all, newest_first);
    times = arena_zero(cli->arena, n + 1, sizeof *times);
    keep = arena_zero(cli->arena, n + 1, sizeof *keep);
    for (size_t i = 0; i < n; i++) times[i] = all[i].at;
    backup_thin(times, n, app_now(cli->app), keep);
    for (size_t i = 0; i < n; i++)
        if (!keep[i] && unlinkat(dirfd(d), all[i].name, 0) != 0) ok = err_set(err, ERR_IO, "to", "%s cannot be removed: %s.", all[i].name, strerror(errno));
    closedir(d);
    return ok;
}

/* --- make --------------------------------------------------------------------------------------- */
static bool one(Cli *cli, const uint8_t key[STREAM_KEY], const char *dir, Err *err)
{
    app_tick(cli->app);
    return back_up(cli, key, name_of(cli, dir, app_now(cli->app)), err) && (!cli_has(cli, OPT_THIN) || thin(cli, dir, err));
}

static void wait_a_while(int64_t seconds)
{
    for (int64_t i = 0; i < seconds * 5 && !cli_stopped(); i++) nanosleep(&(struct timespec){ 0, 200000000 }, NULL);
}

bool cmd_backup_make(Cli *cli, Err *err)
{
    const char *dir = cli_value(cli, OPT_DIR), *name = cli_value(cli, OPT_OUTPUT);
    uint8_t key[STREAM_KEY];
    int64_t every;

    if (!key_given(cli, OPT_KEY, false, key, err) || !cli_number(cli, OPT_EVERY, 1, 1440, 0, &every, err)) return false;
    if (!dir == !name) return err_set(err, ERR_USAGE, "dir", "Say where to: --dir DIRECTORY, or --output FILE.");
    if (name && (every || cli_has(cli, OPT_THIN))) return err_set(err, ERR_USAGE, "dir", "--every and --thin need --dir DIRECTORY.");
    if (lies_in_the_store(cli, dir ? dir : folder_of(cli, name)))
        return err_set(err, ERR_INVALID, "dir", "A backup may not lie in the store's directory: it would be lost together with it.");
    if (name) return back_up(cli, key, name, err);
    do {
        if (!one(cli, key, dir, err)) return false;
        fflush(stdout);
        if (every) wait_a_while(every * 60);
    } while (every && !cli_stopped());
    return true;
}

/* --- check, restore ------------------------------------------------------------------------------- */
bool cmd_backup_check(Cli *cli, Err *err)
{
    FILE *in = cli_open_input(cli->words[0], err);
    uint8_t secret[STREAM_KEY];
    BackupInfo info;
    bool opened = cli_has(cli, OPT_SECRET), ok = in != NULL;

    if (ok && opened) ok = key_given(cli, OPT_SECRET, true, secret, err) && backup_check(in, secret, &info, err);
    if (ok && !opened) ok = backup_info(in, &info, err);
    crypto_wipe(secret, sizeof secret);
    if (in && in != stdin) fclose(in);
    return ok && show(cli, cli->words[0], &info, opened ? "; whole, and this key opens it" : "; not opened: --secret would", err);
}

bool cmd_restore(Cli *cli, Err *err)
{
    Progress progress = cli_progress("restore");
    uint8_t secret[STREAM_KEY];
    BackupInfo info;
    AuditVerdict v;
    char at[CIVIL_TEXT];
    FILE *in;
    bool ok;

    if (!cli_store_named(cli, err) || !key_given(cli, OPT_SECRET, true, secret, err)) return false;
    in = cli_open_input(cli->words[0], err);
    ok = in && app_restore(cli->dir, in, secret, &progress, &info, &v, err);
    crypto_wipe(secret, sizeof secret);
    if (in && in != stdin) fclose(in);
    cli_progress_end();
    if (ok)
        cli_say("The store of %s is in %s, as of entry %lld of its log. %s What was done after that is not in it.", civil_words_full(info.made_at, at),
            cli->dir, (long long)info.entries, v.says);
    return ok;
}
