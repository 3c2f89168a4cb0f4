/* export.c — cases going out as canonical lines, and every duty of every case. What leaves is in the log as
** disclosed before its first byte is written, with the number of cases; if that cannot be written, nothing leaves. */
#include "app/retention.h"
#include "inside.h"

#include "base/str.h"

#include <errno.h>
#include <string.h>

/* ---- cases ---- */

typedef struct Export {
    App *app;
    FILE *out;
    const Progress *progress;
    Str line;
    int64_t n, total, told;
    Arena *work; /* of one case */
} Export;

static bool cannot_write(Err *err)
{
    return err_set(
        err, ERR_IO, "", "The cases cannot be written: %s. What was written so far is not complete.", strerror(errno));
}

static bool write_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Export *x = with;
    CaseDoc shown = *doc;

    if (row->enciphered && !cipher_in_hand(x->app, row->key))
        return err_set(err, ERR_DENIED, "",
            "%s lies enciphered, and your keys do not open it yet: somebody on its list must sign in first. What was written so far is not complete.",
            row->id);
    str_clear(&x->line);
    links_hide(x->app, &shown, x->work);
    case_write(&shown, app_vocabs(x->app), &x->line);
    arena_reset(x->work);
    str_add_char(&x->line, '\n');
    errno = 0;
    if (fwrite(x->line.s, 1, x->line.n, x->out) != x->line.n) return cannot_write(err);
    x->n++;
    if (!x->progress || !x->progress->step || app_ticks() - x->told < 200) return true;
    x->told = app_ticks();
    return x->progress->step(x->progress->with, x->n, x->total) ||
           err_set(err, ERR_STOPPED, "", "Stopped. What was written so far is not complete.");
}

/* What remains of erased ones stands behind the cases: number, days, who and why. */
static bool write_tombstone(Export *x, const Tombstone *t, Err *err)
{
    str_clear(&x->line);
    tombstone_line(t, &x->line);
    errno = 0;
    return fwrite(x->line.s, 1, x->line.n, x->out) == x->line.n || cannot_write(err);
}

static bool disclose(App *app, const char *id, int64_t count, Err *err)
{
    char detail[40];

    snprintf(detail, sizeof detail, "%lld case%s", (long long)count, count == 1 ? "" : "s");
    return app_log_now(app, AUDIT_DISCLOSE, "case.export", id, detail, err);
}

/* What is not there is refused as a look at it is: one sentence, and logged under what was tried. */
static bool find(App *app, const char *act, const char *id, Arena *a, CaseRow *out, Err *err)
{
    Err why = { 0 };

    if (app_case_find(app, id, a, out, &why)) return true;
    if (err) *err = why;
    return why.kind == ERR_MISSING ? app_denied(app, act, id, "not there") : false;
}

static bool export_one(Export *x, const char *id, Err *err)
{
    Arena *a = arena_new_secret();
    Tombstone t;
    CaseRow row;
    CaseDoc doc;
    bool ok;

    if (store_tombstone(x->app->store, id, a, &t, NULL))
        ok = disclose(x->app, t.case_id, 0, err) && write_tombstone(x, &t, err);
    else
        ok = find(x->app, "case.export", id, a, &row, err) && disclose(x->app, row.id, 1, err) &&
             store_case_load(x->app->store, row.key, app_vocabs(x->app), a, &doc, err) && write_case(x, &row, &doc, err);

    arena_free(&a);
    return ok;
}

static bool export_tombstones(Export *x, Err *err)
{
    Arena *a = arena_new();
    Tombstone *all;
    size_t n;
    bool ok = store_tombstones(x->app->store, a, &all, &n, err);

    for (size_t i = n; ok && i > 0; i--) ok = write_tombstone(x, &all[i - 1], err);
    arena_free(&a);
    return ok;
}

static bool export_all(Export *x, Err *err)
{
    Err why = { 0 };

    if (!store_case_count(x->app->store, &x->total, err) || !disclose(x->app, NULL, x->total, err)) return false;
    if (!store_case_each(x->app->store, WALK_BY_ID, app_vocabs(x->app), write_case, x, &why) || why.kind != ERR_NONE) {
        if (err) *err = why;
        return false;
    }
    return export_tombstones(x, err);
}

bool app_export_cases(App *app, const char *only_id, FILE *out, const Progress *p, int64_t *n, Err *err)
{
    Export x = { .app = app, .out = out, .progress = p, .told = app_ticks() };
    bool ok;

    if (n) *n = 0;
    if (!app_may_do(app, PERM_CASE_EXPORT, "case.export", only_id, err) || !again_given(app, "case.export", err)) return false;
    if (!cipher_in_hand(app, CIPHER_UNIT))
        return err_set(err, ERR_DENIED, "",
            "Numbers and addresses lie enciphered, and your keys do not open them yet: somebody who looks at cases must sign in first. Nothing was written.");
    x.work = arena_new_secret();
    ok = only_id ? export_one(&x, only_id, err) : export_all(&x, err);
    arena_free(&x.work);
    errno = 0;
    if (ok && fflush(out) != 0) ok = cannot_write(err);
    if (x.line.s) crypto_wipe(x.line.s, x.line.cap);
    str_finish(&x.line);
    if (n) *n = x.n;
    return ok;
}

/* ---- duties ---- */

typedef struct Sieve {
    App *app;
    const DutyFilter *filter;
    DutyVisitor *each;
    void *with;
    Arena *a;
} Sieve;

static bool passes(const DutyFilter *f, const Duty *d, DutyState state)
{
    return (f->owner == ROLE_NONE || f->owner == d->owner) && (f->states == 0 || (f->states & 1u << state));
}

static bool duties_of_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Sieve *s = with;
    Duty *duties = NULL;
    CaseDoc shown = *doc;
    size_t n;

    arena_reset(s->a);
    links_hide(s->app, &shown, s->a);
    n = policy_evaluate(s->app->policy, &shown, app_now(s->app), s->a, &duties);
    for (size_t i = 0; i < n; i++) {
        DutyState state = duty_state(&duties[i], app_now(s->app));
        if (passes(s->filter, &duties[i], state) && !s->each(s->with, row->id, &duties[i], state, err)) return false;
    }
    return true;
}

static bool duties_of_one(Sieve *s, Err *err)
{
    Arena *a = arena_new_secret();
    CaseRow row;
    CaseDoc doc;
    Err why = { 0 };
    bool ok = find(s->app, "duty.list", s->filter->case_id, a, &row, err) &&
              store_case_load(s->app->store, row.key, app_vocabs(s->app), a, &doc, err) &&
              app_log_now(s->app, AUDIT_CONSULT, "duty.list", row.id, NULL, err);

    if (ok && !duties_of_case(s, &row, &doc, &why) && why.kind != ERR_NONE) {
        ok = false;
        if (err) *err = why;
    }
    arena_free(&a);
    return ok;
}

/* Duties hold no case text, so the list of all of them is one entry, not one for each case. */
static bool duties_of_all(Sieve *s, Err *err)
{
    Err why = { 0 };

    if (!app_log_now(s->app, AUDIT_CONSULT, "duty.list", NULL, "every case", err)) return false;
    if (store_case_each(s->app->store, WALK_BY_ID, app_vocabs(s->app), duties_of_case, s, &why) && why.kind == ERR_NONE)
        return true;
    if (err) *err = why;
    return false;
}

bool app_duties_each(App *app, const DutyFilter *f, DutyVisitor *each, void *with, Err *err)
{
    static const DutyFilter all;
    Sieve s = { app, f ? f : &all, each, with, NULL };
    bool ok;

    if (!app_may_do(app, PERM_CASE_READ, "duty.list", s.filter->case_id, err)) return false;
    s.a = arena_new();
    ok = s.filter->case_id ? duties_of_one(&s, err) : duties_of_all(&s, err);
    arena_free(&s.a);
    return ok;
}
