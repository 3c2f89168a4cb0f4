/* draft.c — what is typed and not yet saved. Sealed with the key that only the officer's password opens, bound to
** the officer and to the form, so that a row moved to another place does not open. Needs no entry in the log: it is
** nobody's record yet. A locked session can still put a draft (the screens save what is being typed when they lock)
** but not read one. Of two sessions of one officer only one writes a draft: the one whose seat it has. */
#include "inside.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { ABOUT_MAX = 200, DRAFT_MAX = 3 << 20 };

char *draft_bound(Arena *a, const char *warrant, const char *about)
{
    return arena_printf(a, "draft\n%s\n%s", warrant, about);
}

static bool about_fits(const char *about, Err *err)
{
    size_t n = strlen(about);

    return (n > 0 && n <= ABOUT_MAX) || err_set(err, ERR_BUG, "about", "A draft is named by 1 to %d bytes.", ABOUT_MAX);
}

bool app_draft_put(App *app, const char *about, const char *text, Err *err)
{
    size_t n = strlen(text);
    Arena *a;
    Tx tx = { 0 };
    Draft d = { .warrant = app->session.warrant,
        .about = about,
        .n = crypto_sealed_size(n),
        .at = app->now,
        .seat = app->seat,
        .terminal = app->terminal };
    uint8_t *sealed;
    bool ok;

    if (!app->in) return err_set(err, ERR_DENIED, "", "Sign in first.");
    if (!about_fits(about, err)) return false;
    if (n > DRAFT_MAX) return err_set(err, ERR_INVALID, "text", "The draft is too long to be kept: at most 3 MiB.");
    a = arena_new_secret();
    sealed = arena_alloc(a, d.n);
    crypto_seal(app->key, draft_bound(a, d.warrant, about), text, n, sealed);
    d.sealed = sealed;
    ok = store_begin(app->store, &tx, err) && store_draft_put(&tx, &d, err) && store_commit(&tx, err);
    store_end(&tx);
    arena_free(&a);
    return ok;
}

/* The session that had it was killed, or the machine went down: nobody writes there any more. When the number of its process
** was given to another one meanwhile, the officer is asked. */
static bool is_gone(const char *seat)
{
    const char *dash = strrchr(seat, '-');
    long process = dash ? strtol(dash + 1, NULL, 10) : 0;

    return process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

static const char *elsewhere(const App *app, const Draft *d)
{
    if (!*d->seat || strcmp(d->seat, app->seat) == 0 || is_gone(d->seat)) return NULL;
    return *d->terminal ? d->terminal : "another terminal";
}

/* False when the key does not open it: it was sealed before the keeper set a new password. */
static bool open_draft(const App *app, const Draft *d, Arena *a, DraftView *out)
{
    char *text = arena_alloc(a, d->n + 1);
    size_t n = 0;

    if (!crypto_unseal(app->key, draft_bound(a, d->warrant, d->about), d->sealed, d->n, text, &n)) return false;
    text[n] = '\0';
    *out = (DraftView){ .about = d->about, .text = text, .at = d->at, .elsewhere = elsewhere(app, d) };
    return true;
}

bool app_draft_list(App *app, Arena *a, DraftView **out, size_t *n, Err *err)
{
    Draft *all = NULL;
    size_t n_all = 0;

    *n = 0;
    if (!app_somebody(app, err)) return false;
    if (!store_draft_list(app->store, app->session.warrant, a, &all, &n_all, err)) return false;
    *out = arena_zero(a, n_all + 1, sizeof **out);
    for (size_t i = 0; i < n_all; i++) *n += open_draft(app, &all[i], a, &(*out)[*n]);
    return true;
}

bool app_draft_get(App *app, const char *about, Arena *a, DraftView *out, Err *err)
{
    Draft d;

    if (!app_somebody(app, err)) return false;
    if (!store_draft_get(app->store, app->session.warrant, about, a, &d, err)) return false;
    if (is_gone(d.seat) && !app_draft_take(app, about, err)) return false;
    return open_draft(app, &d, a, out) ||
           err_set(err, ERR_MISSING, "about", "This draft was sealed with an earlier password and cannot be opened.");
}

bool app_draft_drop(App *app, const char *about, Err *err)
{
    Tx tx = { 0 };
    bool ok;

    if (!app->in) return err_set(err, ERR_DENIED, "", "Sign in first.");
    ok = store_begin(app->store, &tx, err) && store_draft_drop(&tx, app->session.warrant, about, err) &&
         store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

/* ---- seats ---- */

static bool seat_change(App *app, const char *about, bool take, Err *err)
{
    Tx tx = { 0 };
    bool ok =
        store_begin(app->store, &tx, err) &&
        store_draft_seat(&tx, app->session.warrant, about, app->seat, take ? app->seat : "", app->terminal, err) &&
        store_commit(&tx, err);

    store_end(&tx);
    return ok;
}

bool app_draft_take(App *app, const char *about, Err *err)
{
    return app_somebody(app, err) && seat_change(app, about, true, err);
}

bool app_draft_release(App *app, const char *about, Err *err)
{
    Err why = { 0 };

    if (!app->in) return err_set(err, ERR_DENIED, "", "Sign in first.");
    if (seat_change(app, about, false, &why) || why.kind == ERR_MISSING) return true;
    if (err) *err = why;
    return false;
}
