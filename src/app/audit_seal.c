/* audit_seal.c — a month of the log as a file that proves itself: a line that says which store and month, one line an entry,
** and a last line with a hash over every byte before it. The chain runs through: the first line has the hash of the entry
** before the month, so that two months in a row fit each other and a note of a head fits one of them.
** A month runs from its first entry up to the first of a later one, so that none is left out when a clock was set back.
** What this does not do: take anything out of the store. */
#include "inside.h"

#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT "book124.audit/1"
#define DOMAIN "book124-audit-month-v1"

/* ---- lines ---- */

static void header_line(const AuditSeal *s, Str *out)
{
    str_addf(out,
        "{\"format\":\"" FORMAT "\",\"store\":\"%s\",\"borough\":\"%s\",\"month\":\"%s\",\"first\":%" PRId64
        ",\"last\":%" PRId64 ",\"prev\":\"%s\",\"head\":\"%s\"}\n",
        s->store, s->borough, s->month, s->first, s->last, s->prev, s->head);
}

static void last_line(const AuditSeal *s, Str *out)
{
    str_addf(out, "{\"entries\":%" PRId64 ",\"hash\":\"%s\"}\n", s->entries, s->hash);
}

/* Read by its own shape; whether it is the same text again is compared afterwards. */
static bool header_read(const char *line, AuditSeal *s)
{
    memset(s, 0, sizeof *s);
    return sscanf(line,
               "{\"format\":\"" FORMAT "\",\"store\":\"%32[0-9a-f]\",\"borough\":\"%7[^\"]\",\"month\":\"%7[0-9-]\","
               "\"first\":%" SCNd64 ",\"last\":%" SCNd64 ",\"prev\":\"%64[0-9a-f]\",\"head\":\"%64[0-9a-f]\"}",
               s->store, s->borough, s->month, &s->first, &s->last, s->prev, s->head) == 7;
}

/* ---- making one ---- */

static bool month_read(const char *text, Time *start, Time *end, Err *err)
{
    int year, month, used = 0;

    if (sscanf(text, "%4d-%2d%n", &year, &month, &used) != 2 || used != 7 || text[7] || month < 1 || month > 12 || year < 1900)
        return err_set(err, ERR_INVALID, "month", "A month is written as 2010-02, not \"%.20s\".", text);
    *start = civil_day_start(civil_date(year, month, 1));
    *end = civil_day_start(civil_date(year, month + 1, 1));
    return true;
}

/* Hash of the entry, in hex; of none: that of the beginning. */
static bool hash_of(App *app, int64_t seq, char out[HASH_HEX], Err *err)
{
    Arena *a = arena_new();
    AuditEntry e = { 0 };
    bool ok = seq == 0 || store_audit_entry(app->store, seq, a, &e, err);

    crypto_hex(seq == 0 ? audit_genesis : e.hash, HASH_BYTES, out);
    arena_free(&a);
    return ok;
}

static bool bounds_find(App *app, Time start, Time end, AuditSeal *s, Err *err)
{
    AuditEntry head = { 0 };
    Arena *a = arena_new();
    int64_t behind = 0;
    bool ok = store_audit_since(app->store, start, &s->first, err) && store_audit_since(app->store, end, &behind, err) &&
              store_audit_head(app->store, a, &head, err);

    arena_free(&a);
    s->last = behind ? behind - 1 : head.seq;
    if (ok && (s->first == 0 || s->first > s->last))
        ok = err_set(err, ERR_MISSING, "month", "The log has no entries of %s.", s->month);
    s->entries = s->last - s->first + 1;
    return ok && hash_of(app, s->first - 1, s->prev, err) && hash_of(app, s->last, s->head, err);
}

typedef struct Sealing {
    FILE *out;
    Hasher hash;
    AuditCheck check;
    Str line;
    Err err;
} Sealing;

static bool put(Sealing *w)
{
    crypto_hash_add(&w->hash, w->line.s, w->line.n);
    errno = 0;
    if (fwrite(w->line.s, 1, w->line.n, w->out) == w->line.n) return true;
    return err_set(&w->err, ERR_IO, "", "The month cannot be written: %s. What was written so far is not complete.", strerror(errno));
}

static bool put_entry(void *with, const AuditEntry *e)
{
    Sealing *w = with;

    if (!audit_check_step(&w->check, e, &w->err)) return false;
    str_clear(&w->line);
    audit_line_write(e, &w->line);
    str_add_char(&w->line, '\n');
    return put(w);
}

static bool write_month(App *app, AuditSeal *s, FILE *out, Err *err)
{
    Sealing w = { .out = out, .check = { .next_seq = s->first, .last = TIME_NONE } };
    AuditQuery q = { .from = TIME_NONE, .to = TIME_NONE, .from_seq = s->first, .to_seq = s->last };
    uint8_t hash[HASH_BYTES];
    bool ok = crypto_unhex(s->prev, w.check.prev, HASH_BYTES);

    crypto_hash_start(&w.hash, DOMAIN);
    header_line(s, &w.line);
    ok = ok && put(&w) && store_audit_find(app->store, &q, put_entry, &w, err) && w.err.kind == ERR_NONE;
    crypto_hash_end(&w.hash, hash);
    crypto_hex(hash, HASH_BYTES, s->hash);
    str_clear(&w.line);
    last_line(s, &w.line);
    if (ok && (fwrite(w.line.s, 1, w.line.n, out) != w.line.n || fflush(out) != 0))
        ok = err_set(&w.err, ERR_IO, "", "The month cannot be written: %s. What was written so far is not complete.", strerror(errno));
    str_finish(&w.line);
    if (w.err.kind != ERR_NONE && err) *err = w.err;
    return ok;
}

bool app_audit_seal(App *app, const char *month, FILE *out, AuditSeal *s, Err *err)
{
    Time start = TIME_NONE, end = TIME_NONE;
    char detail[200];

    memset(s, 0, sizeof *s);
    if (!app_may_do(app, PERM_AUDIT_READ, "audit.seal", NULL, err) || !again_given(app, "audit.seal", err) || !month_read(month, &start, &end, err)) return false;
    if (end > app->now)
        return err_set(err, ERR_INVALID, "month", "%s is not over yet. A month is sealed when nothing can be added to it.", month);
    snprintf(s->month, sizeof s->month, "%s", month);
    snprintf(s->store, sizeof s->store, "%s", app_store(app)->id);
    snprintf(s->borough, sizeof s->borough, "%s", app_store(app)->borough);
    if (!bounds_find(app, start, end, s, err)) return false;
    snprintf(detail, sizeof detail, "%s entries %" PRId64 " to %" PRId64 " head %s", s->month, s->first, s->last, s->head);
    return app_log_now(app, AUDIT_DISCLOSE, "audit.seal", NULL, detail, err) && write_month(app, s, out, err);
}

/* ---- checking one ---- */

typedef struct Reading {
    FILE *in;
    char *line;
    size_t cap, n;
    int64_t number;
    Hasher hash;
    AuditCheck check;
    Arena *a;
} Reading;

static bool next_line(Reading *r)
{
    ssize_t n = getline(&r->line, &r->cap, r->in);

    r->n = n > 0 ? (size_t)n : 0;
    r->number++;
    return r->n > 0;
}

static bool bad_line(const Reading *r, const char *what, Err *err)
{
    return err_set(err, ERR_CORRUPT, "", "Line %" PRId64 ": %s.", r->number, what);
}

static bool same_text(const Reading *r, const Str *should)
{
    return r->n == should->n && memcmp(r->line, should->s, r->n) == 0;
}

static bool check_header(Reading *r, AuditSeal *s, Err *err)
{
    Str again = { 0 };
    bool ok = next_line(r) && header_read(r->line, s);

    if (ok) {
        header_line(s, &again);
        ok = same_text(r, &again) && crypto_unhex(s->prev, r->check.prev, HASH_BYTES) && s->first >= 1 && s->last >= s->first;
    }
    str_finish(&again);
    if (!ok) return bad_line(r, "this is not the beginning of a sealed month", err);
    crypto_hash_add(&r->hash, r->line, r->n);
    r->check.next_seq = s->first;
    s->entries = s->last - s->first + 1;
    return true;
}

static bool check_entry(Reading *r, Err *err)
{
    AuditEntry e = { 0 };
    Err why = { 0 };

    arena_reset(r->a);
    if (!next_line(r)) return bad_line(r, "the file ends before its last entry", err);
    if (r->line[r->n - 1] != '\n' || !audit_line_read(r->line, r->n - 1, r->a, &e, &why)) return bad_line(r, "this is not an entry of a log", err);
    memcpy(e.prev, r->check.prev, HASH_BYTES);
    if (!audit_check_step(&r->check, &e, &why)) {
        err_set(err, ERR_CORRUPT, "", "Line %" PRId64 ": %s", r->number, why.text);
        return false;
    }
    crypto_hash_add(&r->hash, r->line, r->n);
    return true;
}

static bool check_end(Reading *r, AuditSeal *s, Err *err)
{
    Str should = { 0 };
    uint8_t hash[HASH_BYTES];
    char head[HASH_HEX];
    bool ok;

    crypto_hash_end(&r->hash, hash);
    crypto_hex(hash, HASH_BYTES, s->hash);
    if (!str_eq(crypto_hex(r->check.prev, HASH_BYTES, head), s->head))
        return err_set(err, ERR_CORRUPT, "", "Line 1: the head it names is not that of the last entry.");
    last_line(s, &should);
    ok = next_line(r) && same_text(r, &should);
    str_finish(&should);
    if (!ok) return bad_line(r, "the hash over the file is not the one that was written", err);
    return !next_line(r) || bad_line(r, "something follows the end of the month", err);
}

bool audit_seal_check(FILE *in, AuditSeal *s, Err *err)
{
    Reading r = { .in = in, .a = arena_new(), .check = { .last = TIME_NONE } };
    bool ok;

    crypto_hash_start(&r.hash, DOMAIN);
    ok = check_header(&r, s, err);
    while (ok && r.check.next_seq <= s->last) ok = check_entry(&r, err);
    ok = ok && check_end(&r, s, err);
    free(r.line);
    arena_free(&r.a);
    return ok;
}

/* ---- notes from elsewhere ---- */

static bool all_of(const char *s, size_t n, int (*is)(int c))
{
    for (size_t i = 0; i < n; i++)
        if (!is((unsigned char)s[i])) return false;
    return n > 0;
}

/* A number, and somewhere behind it a whole hash or the eight digits that people write down: "8F2C-1A9D". */
static bool anchor_read(const char *line, AuditAnchor *out)
{
    static const char between[] = " \t\r\n.,;:\"'()[]{}=";
    bool numbered = false;
    uint8_t half[4];
    char word[HASH_HEX];

    for (const char *at = line + strspn(line, between); *at; at += strspn(at, between)) {
        size_t n = strcspn(at, between);
        if (n < sizeof word) {
            memcpy(word, at, n);
            word[n] = '\0';
            if (numbered && n == HASH_HEX - 1 && crypto_unhex(word, out->hash, HASH_BYTES)) return (out->n = HASH_BYTES);
            if (numbered && n == 9 && word[4] == '-') {
                memmove(word + 4, word + 5, 5);
                if (crypto_unhex(word, half, 4)) {
                    memcpy(out->hash, half, 4);
                    return (out->n = 4);
                }
            } else if (n < 19 && all_of(word, n, isdigit)) {
                out->seq = strtoll(word, NULL, 10);
                numbered = out->seq > 0;
            }
        }
        at += n;
    }
    return false;
}

static int by_seq(const void *a, const void *b)
{
    const AuditAnchor *x = a, *y = b;

    return (x->seq > y->seq) - (x->seq < y->seq);
}

bool audit_anchors_read(FILE *in, Arena *a, AuditAnchor **out, size_t *n, Err *err)
{
    AuditAnchor *all = NULL, one;
    size_t cap = 0;
    char *line = NULL;
    size_t size = 0;

    *n = 0;
    while (getline(&line, &size, in) > 0) {
        if (!anchor_read(line, &one)) continue;
        all = arena_room(a, all, *n, &cap, sizeof *all);
        all[(*n)++] = one;
    }
    free(line);
    *out = all;
    if (ferror(in)) return err_set(err, ERR_IO, "anchor", "The notes of where the log stood cannot be read: %s.", strerror(errno));
    if (*n == 0) return err_set(err, ERR_INVALID, "anchor", "No line of it says where a log stood: a number and a hash.");
    qsort(all, *n, sizeof *all, by_seq);
    return true;
}
