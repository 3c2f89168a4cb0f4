/* import.c — records land in batches. They are read and understood outside the gate; inside it each record is a part
** of the write that can be given up alone, and the write is committed before others have waited half a second. A dry
** run is the same write, given up at the end of each batch: it finds out everything a real one would, and changes
** nothing. */
#include "import.h"
#include "lines.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TELL_MS = 200, NAME_MAX_BYTES = 80 };

void import_start(
    Import *im, App *app, const ImportOptions *o, FILE *in, ImportReport *report, Meet *meet, const char *act)
{
    const char *name = o->name ? o->name : "-";
    size_t n = strlen(name);

    memset(report, 0, sizeof *report);
    *im = (Import){
        .app = app, .o = o, .in = in, .total = file_size(in), .report = report, .meet = meet, .act = act, .unit = "line"
    };
    im->file = utf8_make_safe(name, n < NAME_MAX_BYTES ? n : NAME_MAX_BYTES, false, false);
    im->arena = arena_new_secret();
    im->work = arena_new_secret();
    im->batch = mem_grow(NULL, BATCH_RECORDS, sizeof *im->batch);
    im->told = app_ticks();
}

void import_finish(Import *im)
{
    ImportReport *r = im->report;

    store_end(&im->tx);
    if (im->n > 0 && !im->waiting) im->waiting = im->batch[0].line; /* the file ended in a fault */
    r->not_tried = r->read - r->added - r->changed - r->same - r->refused;
    r->go_on = im->waiting ? im->waiting : im->settled + 1;
    arena_free(&im->arena);
    arena_free(&im->work);
    mem_free(im->batch);
    mem_free(im->file);
    mem_free(im->seen);
    if (im->noted.s) crypto_wipe(im->noted.s, im->noted.cap);
    str_finish(&im->noted);
    im->batch = NULL;
    im->file = NULL;
    im->seen = NULL;
}

/* ---- words ---- */

void import_say(const Import *im, int64_t line, const char *fmt, ...)
{
    char words[700];
    Str sentence = { 0 };
    va_list args;

    if (!im->o->say) return;
    va_start(args, fmt);
    vsnprintf(words, sizeof words, fmt, args);
    va_end(args);
    str_add(&sentence, im->file);
    if (line > 0) str_addf(&sentence, ": %s %lld", im->unit, (long long)line);
    str_addf(&sentence, ": %s", words);
    im->o->say(im->o->with, str_text(&sentence));
    str_finish(&sentence);
}

void import_warn(Import *im, Incoming *in, const char *sentence)
{
    const char **more = arena_alloc(im->arena, (in->n_warnings + 1) * sizeof *more);

    if (in->n_warnings) memcpy(more, in->warnings, in->n_warnings * sizeof *more);
    more[in->n_warnings++] = arena_dup(im->arena, sentence);
    in->warnings = more;
}

/* ---- what was there already ---- */

/* A record of a name that this file had before is most often a mistake of whoever made the file. Names are kept as
** 64 bits: one false alarm in a million files of a million records. */
struct Seen {
    uint64_t name; /* 0: free */
    int64_t line;
};

static uint64_t name_hash(const char *s)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (; *s; s++) h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return h ? h : 1;
}

static struct Seen *seen_place(struct Seen *all, size_t cap, uint64_t name)
{
    size_t at = (name ^ name >> 32) & (cap - 1);

    while (all[at].name && all[at].name != name) at = (at + 1) & (cap - 1);
    return &all[at];
}

static void seen_grow(Import *im)
{
    size_t cap = im->seen_cap ? im->seen_cap * 2 : 1024;
    struct Seen *all = mem_new(cap * sizeof *all);

    for (size_t i = 0; i < im->seen_cap; i++)
        if (im->seen[i].name) *seen_place(all, cap, im->seen[i].name) = im->seen[i];
    mem_free(im->seen);
    im->seen = all;
    im->seen_cap = cap;
}

/* The line this record was on before, 0 for none; from now on it was on this one. */
static int64_t seen_before(Import *im, const Incoming *in)
{
    struct Seen *place;
    uint64_t name = name_hash(in->id ? in->id : "");
    int64_t before;

    if (im->n_seen * 2 >= im->seen_cap) seen_grow(im);
    place = seen_place(im->seen, im->seen_cap, name);
    before = place->name ? place->line : 0;
    im->n_seen += !place->name;
    *place = (struct Seen){ name, in->line };
    return before;
}

/* ---- the write ---- */

static bool write_begin(Import *im, Err *err)
{
    if (im->tx.open) return true;
    im->began = app_ticks();
    if (!store_begin(im->app->store, &im->tx, err)) return false;
    if (app_policy_same(im->app, err)) return true;
    store_end(&im->tx); /* it ends here, and not record by record: the batch was read under the policy before */
    return false;
}

/* What was counted counts only now, up to this line. A dry run ends here as well, without a commit. */
static bool write_end(Import *im, int64_t line, Err *err)
{
    bool anything = im->landing.added + im->landing.changed > 0;
    bool ok = im->o->dry_run || !anything || store_commit(&im->tx, err);

    store_end(&im->tx);
    if (!ok) return false;
    im->report->added += im->landing.added;
    im->report->changed += im->landing.changed;
    im->report->same += im->landing.same;
    im->report->refused += im->landing.refused;
    im->landing = (ImportReport){ 0 };
    im->settled = line;
    return true;
}

/* ---- one record ---- */

typedef enum Landing { ADDED, CHANGED, SAME } Landing;

static bool put(Import *im, CaseRow *row, const CaseDoc *before, const CaseDoc *after, Landing *how, Err *err)
{
    App *app = im->app;
    const Vocabs *v = app_vocabs(app);
    const char *who = app_who(app);

    if (row->key && case_same(before, after)) {
        *how = SAME;
        return true;
    }
    *how = row->key ? CHANGED : ADDED;
    if (row->key) return store_case_update(&im->tx, row->key, row->rev, after, v, app->now, who, err);
    return store_case_insert(&im->tx, after, v, app->now, who, row, err);
}

static bool land(Import *im, const Incoming *in, Landing *how, Err *err)
{
    App *app = im->app;
    CaseRow row = { 0 };
    CaseDoc before, after;

    arena_reset(im->work);
    str_clear(&im->noted);
    if (!im->meet(im, in, &row, &before, &after, im->work, err)) return false;
    if (!put(im, &row, &before, &after, how, err)) return false;
    if (*how == SAME) return true;
    if (!app_derive(app, &im->tx, row.key, &after, im->work, err)) return false;
    if (!app_log_case(app, &im->tx, *how == ADDED ? AUDIT_COLLECT : AUDIT_ALTER, im->act, row.key,
            *how == ADDED ? &after : NULL,
            arena_printf(im->work, "%.120s, %s %lld%s", im->file, im->unit, (long long)in->line, str_text(&im->noted)),
            err))
        return false;
    if (im->o->dry_run) import_say(im, in->line, "%s would be %s.", in->id, *how == ADDED ? "added" : "changed");
    return true;
}

static void say_again(Import *im, const Incoming *in, Landing how)
{
    int64_t before = seen_before(im, in);

    if (before && how == CHANGED)
        import_say(im, in->line, "warning: %s was already on %s %lld; both landed, this one later.", in->id, im->unit,
            (long long)before);
}

static void tally(ImportReport *r, Landing how)
{
    r->added += how == ADDED;
    r->changed += how == CHANGED;
    r->same += how == SAME;
}

/* What is wrong with one record is that record's; what is wrong with the disk or the store ends the import. */
static bool is_of_record(ErrKind kind)
{
    return kind == ERR_INVALID || kind == ERR_MISSING || kind == ERR_STALE || kind == ERR_DENIED;
}

static void refuse(Import *im, const Incoming *in, const char *sentence)
{
    im->landing.refused++;
    import_say(im, in->line, "%s", sentence);
}

static bool land_or_refuse(Import *im, const Incoming *in, Err *err)
{
    Landing how = SAME;
    Err why = { 0 };

    if (!store_part_begin(&im->tx, err)) return false;
    if (land(im, in, &how, &why)) {
        if (!store_part_keep(&im->tx, err)) return false;
        tally(&im->landing, how);
        say_again(im, in, how);
        return true;
    }
    store_part_drop(&im->tx);
    if (!is_of_record(why.kind)) {
        if (err) *err = why;
        return false;
    }
    refuse(im, in, why.text);
    return true;
}

static bool take(Import *im, const Incoming *in, Err *err)
{
    for (size_t i = 0; i < in->n_warnings; i++) import_say(im, in->line, "warning: %s", in->warnings[i]);
    if (!in->refusal) return write_begin(im, err) && land_or_refuse(im, in, err);
    refuse(im, in, in->refusal);
    return true;
}

/* ---- batches ---- */

bool import_flush(Import *im, Err *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < im->n; i++) {
        ok = take(im, &im->batch[i], err);
        if (ok && im->tx.open && !im->o->dry_run && app_ticks() - im->began > GATE_MILLISECONDS)
            ok = write_end(im, im->batch[i].line, err);
    }
    if (ok) ok = write_end(im, im->n > 0 ? im->batch[im->n - 1].line : im->settled, err);
    store_end(&im->tx);
    im->waiting = 0;
    for (size_t i = im->n; !ok && i > 0 && im->batch[i - 1].line > im->settled; i--) im->waiting = im->batch[i - 1].line;
    im->n = 0;
    im->size = 0;
    arena_reset(im->arena);
    return ok;
}

static bool tell(Import *im, int64_t done, Err *err)
{
    const Progress *p = im->o->progress;

    if (!p || !p->step || app_ticks() - im->told < TELL_MS) return true;
    im->told = app_ticks();
    if (p->step(p->with, done, im->total)) return true;
    if (!import_flush(im, err)) return false;
    return err_set(err, ERR_STOPPED, "", "Stopped. What was read before is kept; the same file can be imported again.");
}

Incoming *import_place(Import *im)
{
    Incoming *in = &im->batch[im->n];

    memset(in, 0, sizeof *in);
    return in;
}

bool import_add(Import *im, size_t bytes, int64_t done, Err *err)
{
    im->n++;
    im->size += bytes;
    if ((im->n == BATCH_RECORDS || im->size >= BATCH_BYTES) && !import_flush(im, err)) return false;
    return tell(im, done, err);
}
