/* backup.c — a copy of the store for one key elsewhere, and the way back.
** The copy is made and checked beside the store and taken away at once; what leaves is sealed. The line in the open says where the log
** stood, so that every backup is an anchor of the log for whoever keeps it, without the key. It is bound to the stream: changed, nothing
** opens. What this does not do: decide where backups lie and how many are kept (cli, deploy/). */
#include "app/backup.h"
#include "inside.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FORMAT "book124.backup/1"
#define DOMAIN "book124-backup-v1"
enum { PART = 1 << 16, LINE_MOST = 1024, BYTES_MOST_GIB = 1024 };

/* ---- the line in the open ---- */

static void line_write(const BackupInfo *b, Str *out)
{
    char at[CIVIL_TEXT];

    str_addf(out,
        FORMAT " {\"store\":\"%s\",\"borough\":\"%s\",\"made_at\":\"%s\",\"schema\":%d,\"entries\":%" PRId64
               ",\"head\":\"%s\",\"cases\":%" PRId64 ",\"bytes\":%" PRId64 ",\"heads\":%" PRId64
               ",\"hash\":\"%s\",\"key\":\"%s\"}\n",
        b->store, b->borough, civil_format_time(b->made_at, at), b->schema, b->entries, b->head, b->cases, b->bytes, b->heads, b->hash,
        b->key);
}

static bool line_read(const char *line, BackupInfo *b)
{
    char at[CIVIL_TEXT];

    memset(b, 0, sizeof *b);
    return sscanf(line,
               FORMAT " {\"store\":\"%32[0-9a-f]\",\"borough\":\"%7[^\"]\",\"made_at\":\"%31[^\"]\",\"schema\":%d,\"entries\":%" SCNd64
                      ",\"head\":\"%64[0-9a-f]\",\"cases\":%" SCNd64 ",\"bytes\":%" SCNd64 ",\"heads\":%" SCNd64
                      ",\"hash\":\"%64[0-9a-f]\",\"key\":\"%16[0-9a-f]\"}",
               b->store, b->borough, at, &b->schema, &b->entries, b->head, &b->cases, &b->bytes, &b->heads, b->hash, b->key) == 11 &&
           civil_parse_time(at, &b->made_at, NULL) && b->bytes > 0 && b->heads >= 0 && b->bytes < (int64_t)BYTES_MOST_GIB << 30 &&
           b->heads < (int64_t)1 << 30;
}

/* The line, as it is bound to the stream: byte for byte what would be written of what was read. */
static bool line_take(FILE *in, BackupInfo *b, Str *line, Err *err)
{
    char text[LINE_MOST];

    errno = 0;
    if (fgets(text, sizeof text, in) && line_read(text, b)) {
        line_write(b, line);
        if (str_eq(str_text(line), text)) return true;
    }
    if (ferror(in)) return err_set(err, ERR_IO, "", "The backup cannot be read: %s.", strerror(errno));
    return err_set(err, ERR_CORRUPT, "", "This is not a backup of book124, or its beginning is damaged.");
}

bool backup_info(FILE *in, BackupInfo *info, Err *err)
{
    Str line = { 0 };
    bool ok = line_take(in, info, &line, err);

    str_finish(&line);
    return ok;
}

/* ---- making one ---- */

static bool file_hash(FILE *f, char out[HASH_HEX], Err *err)
{
    uint8_t part[PART], hash[HASH_BYTES];
    size_t n;
    Hasher h;

    crypto_hash_start(&h, DOMAIN);
    while ((n = fread(part, 1, sizeof part, f)) > 0) crypto_hash_add(&h, part, n);
    crypto_hash_end(&h, hash);
    crypto_hex(hash, HASH_BYTES, out);
    rewind(f);
    return !ferror(f) || err_set(err, ERR_IO, "", "The copy cannot be read again: %s.", strerror(errno));
}

static bool send(StreamOut *s, FILE *f, Err *err)
{
    uint8_t part[PART];
    size_t n;

    while ((n = fread(part, 1, sizeof part, f)) > 0)
        if (!stream_out_add(s, part, n, err)) return false;
    return !ferror(f) || err_set(err, ERR_IO, "", "The copy cannot be read again: %s.", strerror(errno));
}

static bool log_backup(App *app, const BackupInfo *b, Err *err)
{
    char detail[200];

    snprintf(detail, sizeof detail, "up to entry %" PRId64 " head %s, for key %s", b->entries, b->head, b->key);
    return app_log_now(app, AUDIT_DISCLOSE, "store.backup", NULL, detail, err);
}

static bool write_backup(
    App *app, const uint8_t key[STREAM_KEY], FILE *copy, const char *heads, FILE *out, BackupInfo *b, Err *err)
{
    Str line = { 0 };
    StreamOut *s = NULL;
    bool ok = file_hash(copy, b->hash, err) && log_backup(app, b, err);

    line_write(b, &line);
    errno = 0;
    if (ok && fwrite(line.s, 1, line.n, out) != line.n) ok = err_set(err, ERR_IO, "", "The backup cannot be written: %s.", strerror(errno));
    ok = ok && (s = stream_out_new(out, key, line.s, line.n, err)) != NULL && send(s, copy, err) &&
         stream_out_add(s, heads, (size_t)b->heads, err) && stream_out_end(&s, err);
    stream_out_drop(&s);
    str_finish(&line);
    return ok;
}

static void describe(const App *app, const StoreCopy *copy, const uint8_t key[STREAM_KEY], size_t heads, BackupInfo *b)
{
    memset(b, 0, sizeof *b);
    snprintf(b->store, sizeof b->store, "%s", app_store(app)->id);
    snprintf(b->borough, sizeof b->borough, "%s", app_store(app)->borough);
    crypto_hex(copy->head, HASH_BYTES, b->head);
    crypto_stream_name(key, b->key);
    b->made_at = app->now;
    b->schema = copy->schema;
    b->entries = copy->seq;
    b->cases = copy->cases;
    b->bytes = copy->bytes;
    b->heads = (int64_t)heads;
}

bool app_backup(App *app, const uint8_t key[STREAM_KEY], FILE *out, BackupInfo *info, Err *err)
{
    StoreCopy copy = { .seq = 0 };
    Arena *a = arena_new();
    const char *heads;
    size_t n_heads;
    FILE *f = NULL;
    bool ok;

    if (app->in && !app_may_do(app, PERM_STORE_CARE, "store.backup", NULL, err)) {
        arena_free(&a);
        return false;
    }
    /* The notes first: what they say must be in the copy. */
    ok = store_heads_text(app->store, a, &heads, &n_heads, err) && store_copy(app->store, &copy, err);
    if (ok && !(f = fopen(copy.path, "re"))) ok = err_set(err, ERR_IO, "", "The copy cannot be read again: %s.", strerror(errno));
    if (ok) {
        describe(app, &copy, key, n_heads, info);
        store_copy_drop(&copy); /* it has no name any more: a kill leaves nothing */
        ok = write_backup(app, key, f, heads, out, info, err);
    }
    if (f) fclose(f);
    store_copy_drop(&copy);
    arena_free(&a);
    return ok;
}

/* ---- reading one ---- */

typedef struct Reading {
    FILE *in;
    const uint8_t *secret;
    BackupInfo *info;
    const Progress *progress;
    Str line;
} Reading;

static bool take_part(StreamIn *s, int64_t n, FILE *to, Hasher *h, const Reading *r, Err *err)
{
    uint8_t part[PART];

    for (int64_t left = n; left > 0;) {
        size_t some = left < PART ? (size_t)left : PART;
        if (!stream_in_take(s, part, some, err)) return false;
        if (h) crypto_hash_add(h, part, some);
        errno = 0;
        if (to && fwrite(part, 1, some, to) != some) return err_set(err, ERR_IO, "", "The store cannot be written: %s.", strerror(errno));
        left -= (int64_t)some;
        if (r->progress && r->progress->step && !r->progress->step(r->progress->with, n - left, n))
            return err_set(err, ERR_STOPPED, "", "Stopped; nothing was put back.");
    }
    crypto_wipe(part, sizeof part);
    return true;
}

/* `db` and `heads` NULL: only looked through. */
static bool take_all(const Reading *r, FILE *db, FILE *heads, Err *err)
{
    StreamIn *s = stream_in_new(r->in, r->secret, r->line.s, r->line.n, err);
    uint8_t hash[HASH_BYTES];
    char hex[HASH_HEX];
    Hasher h;
    bool ok;

    crypto_hash_start(&h, DOMAIN);
    ok = s && take_part(s, r->info->bytes, db, &h, r, err) && take_part(s, r->info->heads, heads, NULL, r, err) && stream_in_end(s, err);
    crypto_hash_end(&h, hash);
    stream_in_free(&s);
    if (ok && !str_eq(crypto_hex(hash, HASH_BYTES, hex), r->info->hash))
        ok = err_set(err, ERR_CORRUPT, "", "The store in the backup is not the one whose hash stands in front of it.");
    return ok;
}

bool backup_check(FILE *in, const uint8_t secret[STREAM_KEY], BackupInfo *info, Err *err)
{
    Reading r = { .in = in, .secret = secret, .info = info };
    bool ok = line_take(in, info, &r.line, err) && take_all(&r, NULL, NULL, err);

    str_finish(&r.line);
    return ok;
}

/* ---- the way back ---- */

static FILE *new_file(const char *path, Err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

    if (!f) err_set(err, ERR_IO, "", "%s cannot be written: %s.", path, strerror(errno));
    if (!f && fd >= 0) close(fd);
    return f;
}

static bool keep_file(FILE **f, bool ok, Err *err)
{
    if (!*f) return ok;
    if (ok && (fflush(*f) != 0 || fsync(fileno(*f)) != 0))
        ok = err_set(err, ERR_IO, "", "The store did not reach the disk: %s.", strerror(errno));
    if (fclose(*f) != 0 && ok) ok = err_set(err, ERR_IO, "", "The store did not reach the disk: %s.", strerror(errno));
    *f = NULL;
    return ok;
}

static bool fill(void *with, const char *path, const char *heads, Err *err)
{
    const Reading *r = with;
    FILE *db = new_file(path, err), *notes = db ? new_file(heads, err) : NULL;
    bool ok = db && notes && take_all(r, db, notes, err);

    ok = keep_file(&db, ok, err);
    return keep_file(&notes, ok, err);
}

/* The head that stood in the open must be that entry of the log; then all of it is proved. */
static bool prove(App *app, const BackupInfo *b, const Progress *p, AuditVerdict *out, Err *err)
{
    AuditAnchor anchor = { .seq = b->entries, .n = HASH_BYTES };
    Arena *a = arena_new();
    AuditEntry e = { 0 };
    char detail[160], at[CIVIL_TEXT];
    bool ok = b->entries == 0 || (crypto_unhex(b->head, anchor.hash, HASH_BYTES) && store_audit_entry(app->store, b->entries, a, &e, err));

    if (ok && b->entries && memcmp(e.hash, anchor.hash, HASH_BYTES) != 0)
        ok = err_set(err, ERR_CORRUPT, "", "The log in the backup does not end where the line in front of it says.");
    ok = ok && app_prove_log(app, p, out, err);
    snprintf(detail, sizeof detail, "as of %s, entry %" PRId64 "%s", civil_format_time(b->made_at, at), b->entries,
        ok ? "" : "; its log does not hold");
    if (!app_log_now(app, AUDIT_CARE, "store.restore", NULL, detail, ok ? err : NULL)) ok = false;
    arena_free(&a);
    return ok;
}

bool app_restore(const char *dir, FILE *in, const uint8_t secret[STREAM_KEY], const Progress *p, BackupInfo *info, AuditVerdict *out, Err *err)
{
    Reading r = { .in = in, .secret = secret, .info = info, .progress = p };
    App *app;
    bool ok = line_take(in, info, &r.line, err) && store_adopt(dir, fill, &r, err);

    str_finish(&r.line);
    if (!ok) return false;
    app = app_open(&(AppOptions){ dir, TIME_NONE, "restore" }, err);
    ok = app && prove(app, info, p, out, err);
    app_close(&app);
    return ok;
}

/* ---- which to keep ---- */

void backup_thin(const Time *times, size_t n, Time now, bool *keep)
{
    static const struct {
        int64_t age, every;
    } bands[] = { { HOUR, 1 }, { DAY, HOUR }, { 14 * DAY, DAY }, { 84 * DAY, 7 * DAY } };
    size_t band = 0;
    int64_t last = -1;

    for (size_t i = 0; i < n; i++) {
        size_t is = 0;
        int64_t slot;
        while (is < 4 && now - times[i] > bands[is].age) is++;
        if (is == 4) {
            keep[i] = i == 0; /* the newest stays, however old */
            continue;
        }
        slot = times[i] / bands[is].every;
        keep[i] = i == 0 || is != band || slot != last;
        band = is;
        if (keep[i]) last = slot;
    }
}

/* ---- keys ---- */

#define SECRET_BEGINS "book124-backup-secret "
#define PUBLIC_BEGINS "book124-backup-public "

void backup_key_write(const uint8_t key[STREAM_KEY], bool secret, char out[BACKUP_KEY_LINE])
{
    char hex[2 * STREAM_KEY + 1];

    snprintf(out, BACKUP_KEY_LINE, "%s%s\n", secret ? SECRET_BEGINS : PUBLIC_BEGINS, crypto_hex(key, STREAM_KEY, hex));
    crypto_wipe(hex, sizeof hex);
}

bool backup_key_read(const char *text, bool secret, uint8_t out[STREAM_KEY], Err *err)
{
    const char *begins = secret ? SECRET_BEGINS : PUBLIC_BEGINS, *other = secret ? PUBLIC_BEGINS : SECRET_BEGINS;
    char hex[2 * STREAM_KEY + 1];
    const char *at = text + strlen(begins);
    bool ok;

    if (strncmp(text, other, strlen(other)) == 0)
        return err_set(err, ERR_INVALID, "key", secret ? "This is the public key, which seals. What opens is the secret key."
                                                       : "This is the secret key, which opens and stays away from the store. What seals is the public key.");
    if (strncmp(text, begins, strlen(begins)) != 0 || strlen(at) < sizeof hex - 1 || strspn(at + sizeof hex - 1, "\r\n ") != strlen(at + sizeof hex - 1))
        return err_set(err, ERR_INVALID, "key", "This is not a key of backups. Make one with: book124 backup keygen NAME");
    memcpy(hex, at, sizeof hex - 1);
    hex[sizeof hex - 1] = '\0';
    ok = crypto_unhex(hex, out, STREAM_KEY);
    crypto_wipe(hex, sizeof hex);
    return ok || err_set(err, ERR_INVALID, "key", "This is not a key of backups. Make one with: book124 backup keygen NAME");
}
