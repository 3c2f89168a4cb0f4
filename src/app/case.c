/* case.c — looking at a case, asking why, and finding one. A look is on the disk in the log before anything is
** returned; if it cannot be, nothing is. What is not there and what is not for this officer give one and the same
** sentence. */
#include "app/access.h"
#include "app/retention.h"
#include "inside.h"

#include "base/str.h"
#include "base/protection.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- there, or not there ---- */

bool app_no_such_case(ErrKind kind, const char *id, Err *err)
{
    return err_set(err, kind, "case", "There is no case \"%.60s\" that you may look at.", id);
}

/* Any case can become restricted while it is on a screen: each that is given out is watched. */
static void note_shown(App *app, const CaseRow *row)
{
    struct Watched *w;

    for (size_t i = 0; i < app->n_watched && i < WATCHED_MAX; i++)
        if (app->watched[i].key == row->key) return;
    w = &app->watched[app->n_watched++ % WATCHED_MAX];
    w->key = row->key;
    snprintf(w->id, sizeof w->id, "%s", row->id);
}

/* It was, and its tombstone is there for the officer: the sentence says so, and nothing more is to be found. */
static bool app_was_erased(App *app, const char *id, Arena *a, Err *err)
{
    Tombstone t;

    if (!store_tombstone(app->store, id, a, &t, NULL)) return false;
    err_set(err, ERR_MISSING, "case", "%s", tombstone_words(&t, a));
    return true;
}

bool app_case_find(App *app, const char *id, Arena *a, CaseRow *out, Err *err)
{
    Err why = { 0 };

    if (store_case_find(app->store, id, a, out, &why)) {
        note_shown(app, out);
        return true;
    }
    if (why.kind == ERR_MISSING) return app_was_erased(app, id, a, err) ? false : app_no_such_case(ERR_MISSING, id, err);
    if (err) *err = why;
    return false;
}

/* The officer may look at cases at all, and this one is there; either refusal is logged under `act`. */
static bool may_look(App *app, const char *act, const char *id, Arena *a, CaseRow *out, Err *err)
{
    Err why = { 0 };

    if (!app_may_do(app, PERM_CASE_READ, act, id, &why)) {
        if (why.kind == ERR_DENIED && app->in && !app->session.locked) return app_no_such_case(ERR_DENIED, id, err);
        if (err) *err = why;
        return false;
    }
    if (app_case_find(app, id, a, out, &why)) return true;
    if (err) *err = why;
    return why.kind == ERR_MISSING ? app_denied(app, act, id, "not there") : false;
}

bool app_restricted_shown(App *app)
{
    bool is = false;

    for (size_t i = 0; !is && i < app->n_watched && i < WATCHED_MAX; i++)
        if (!store_is_restricted(app->store, app->watched[i].key, &is, NULL)) return true;
    return is;
}

bool app_is_restricted(App *app, const char *id)
{
    Arena *a = arena_new();
    CaseRow row;
    bool is = store_case_find(app->store, id, a, &row, NULL) && row.restricted;

    arena_free(&a);
    return is;
}

void app_shown_forget(App *app)
{
    app->n_watched = 0;
}

static bool is_gone(App *app, CaseKey key)
{
    Arena *a = arena_new();
    CaseRow row;
    Err why = { 0 };
    bool gone = !store_case_row(app->store, key, a, &row, &why) && why.kind == ERR_MISSING;

    arena_free(&a);
    return gone;
}

Lost app_lost(App *app, Err *err)
{
    int64_t times;

    if (!store_lost(app->store, &times, NULL) || times == app->lost) return LOST_NOTHING;
    app->lost = times;
    for (size_t i = 0; i < app->n_watched && i < WATCHED_MAX; i++) {
        if (!is_gone(app, app->watched[i].key)) continue;
        app_no_such_case(ERR_MISSING, app->watched[i].id, err);
        return LOST_CASE;
    }
    return LOST_ROWS;
}

/* ---- a number for a new one ---- */

bool app_case_number(App *app, char out[16], Err *err)
{
    enum { TRIES = 100 };
    Arena *a = arena_new();
    CaseRow row;
    Err why = { 0 };
    uint32_t random;
    bool taken = true;

    for (int i = 0; taken && i < TRIES; i++) {
        crypto_random(&random, sizeof random);
        case_number_make(app_store(app)->borough, random, out);
        taken = store_case_find(app->store, out, a, &row, &why) || why.kind != ERR_MISSING;
        if (taken && why.kind != ERR_NONE) break;
    }
    arena_free(&a);
    if (!taken) return true;
    if (why.kind == ERR_NONE) err_set(&why, ERR_BUG, "", "No free case number was found.");
    if (err) *err = why;
    return false;
}

/* ---- a look ---- */

bool case_look_whole(App *app, const char *id, const char *purpose, Arena *a, CaseView *out, Err *err)
{
    CaseView v = { 0 };

    memset(out, 0, sizeof *out);
    if (!may_look(app, "case.look", id, a, &v.row, err) || !cipher_opens(app, v.row.key, err)) return false;
    if (!store_case_load(app->store, v.row.key, app_vocabs(app), a, &v.doc, err)) return false;
    if (app->fixed != TIME_NONE) case_as_of(&v.doc, app_now(app));
    links_hide(app, &v.doc, a);
    v.n_duties = policy_evaluate(app->policy, &v.doc, app_now(app), a, &v.duties);
    if (!app_log_now(app, AUDIT_CONSULT, "case.look", v.row.id, purpose, err) && !WITHOUT("look-first")) return false;
    *out = v;
    return true;
}

bool app_case_look(App *app, const char *id, const char *purpose, Arena *a, CaseView *out, Err *err)
{
    if (!case_look_whole(app, id, purpose, a, out, err)) return false;
    case_mask(app, &out->doc, a);
    return true;
}

bool app_case_why(App *app, const CaseView *view, const char *duty, int cycle, Arena *a, Why *out, Err *err)
{
    return app_somebody(app, err) && policy_why(app->policy, &view->doc, app_now(app), duty, cycle, a, out, err);
}

/* ---- finding ---- */

/* Which cases were shown, so that the log can answer who saw a name; the text searched for may be one and is not
** written. */
static bool log_search(App *app, const CaseHits *hits, Err *err)
{
    enum { NAMED = 20 };
    Str detail = { 0 };
    bool ok;

    str_addf(&detail, "%zu found", hits->n);
    for (size_t i = 0; i < hits->n && i < NAMED; i++) str_addf(&detail, "%s %s", i ? "," : ":", hits->items[i].row.id);
    if (hits->n > NAMED) str_add(&detail, ", …");
    ok = app_log_now(app, AUDIT_CONSULT, "case.search", NULL, str_text(&detail), err);
    str_finish(&detail);
    return ok;
}

bool app_case_search(App *app, const char *text, size_t limit, Arena *a, CaseHits *out, Err *err)
{
    CaseHits hits = { 0 };
    size_t n = strlen(text);

    *out = hits;
    if (!app_may_do(app, PERM_CASE_READ, "case.search", NULL, err)) return false;
    if (strspn(text, " ") == n)
        return err_set(err, ERR_INVALID, "text", "Say what to look for: a number, or the beginning of a family name.");
    if (n > 200 || !utf8_valid(text, n, NULL))
        return err_set(err, ERR_INVALID, "text", "That is not a number or a name.");
    if (!store_case_search(app->store, text, limit, app_vocabs(app), a, &hits.items, &hits.n, err)) return false;
    if (!log_search(app, &hits, err)) return false;
    *out = hits;
    return true;
}
