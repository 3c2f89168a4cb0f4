/* session.c — who is at the keyboard, and may they do this? At every act the officer's row is read anew, so that a
** suspension or a change of role bites at the next key. A refusal is always logged; when even that fails it stays a
** refusal. Idle time is the screens' business (app_lock); twelve hours are counted here. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

enum { SESSION_MAX = 12 * HOUR };

/* ---- in and out ---- */

/* From here on the store tells what is there for this officer, and nothing else; for nobody when nobody is at the keyboard. */
static void look_as(App *app, const Session *who)
{
    Viewer viewer = { 0 };

    if (who) viewer = (Viewer){ who->warrant, who->roles, app->now };
    store_view(app->store, who ? &viewer : NULL);
}

static void session_open(App *app, const Officer *o, const PwKeys *keys)
{
    app->session =
        (Session){ .roles = o->roles, .since = app->now, .last_at = app->now, .must_change = o->must_change };
    strncpy(app->session.warrant, o->warrant, sizeof app->session.warrant - 1);
    strncpy(app->session.name, o->name, sizeof app->session.name - 1);
    memcpy(app->key, keys->drafts, PW_KEY);
    app->in = true;
    app->last_fact = TIME_NONE; /* it is the last of those cases that are there for this officer */
    look_as(app, &app->session);
    if (!store_lost(app->store, &app->lost, NULL)) app->lost = LOST_UNKNOWN;
}

static void session_forget(App *app)
{
    app->in = false;
    keys_leave(app);
    app->last_fact = TIME_NONE;
    app->n_watched = 0;
    look_as(app, NULL);
    crypto_wipe(&app->session, sizeof app->session);
    crypto_wipe(app->override, sizeof app->override);
    crypto_wipe(app->key, sizeof app->key);
}

/* A password that somebody else chose opens no keys: they are made with the officer's own. */
static bool keys_of_session(App *app, const PwKeys *keys, Err *err)
{
    if (app->session.must_change) return true;
    if (!keys_enter(app, app->session.warrant, keys, err)) return false;
    cipher_tend(app);
    return true;
}

bool app_sign_in(App *app, const char *warrant, const char *password, Err *err)
{
    Arena *a = arena_new_secret();
    PwKeys keys;
    Officer o;
    bool ok;

    app_ahead(app, TIME_NONE, NULL);
    if (app->in) app_sign_out(app);
    ok = app_prove(app, warrant, password, AUDIT_SIGN_IN, "session.in", &keys, &o, a, err);
    if (ok) session_open(app, &o, &keys);
    if (ok && !keys_of_session(app, &keys, err)) {
        app_sign_out(app);
        ok = false;
    }
    crypto_wipe(&keys, sizeof keys);
    arena_free(&a);
    return ok;
}

/* Nobody is refused the way out: when it cannot be written, the seats stay, and the next session takes them. */
void app_sign_out(App *app)
{
    Tx tx = { 0 };

    if (!app->in) return;
    if (store_begin(app->store, &tx, NULL) && store_draft_leave(&tx, app->session.warrant, app->seat, NULL) &&
        app_log(app, &tx, AUDIT_SIGN_OUT, "session.out", NULL, NULL, NULL))
        store_commit(&tx, NULL);
    store_end(&tx);
    again_forget(app);
    session_forget(app);
}

bool app_lock(App *app, Err *err)
{
    if (!app->in) return err_set(err, ERR_DENIED, "", "Nobody is signed in.");
    again_forget(app);
    app->session.locked = true; /* whatever the log says */
    keys_leave(app);
    look_as(app, NULL);
    return app_log_now(app, AUDIT_SIGN_OUT, "session.lock", NULL, NULL, err);
}

bool app_unlock(App *app, const char *password, Err *err)
{
    Arena *a = arena_new_secret();
    PwKeys keys = { 0 };
    Officer o;
    bool ok;

    if (!app->in)
        ok = err_set(err, ERR_DENIED, "", "Nobody is signed in.");
    else
        ok = app_prove(app, app->session.warrant, password, AUDIT_SIGN_IN, "session.unlock", &keys, &o, a, err);
    if (ok) {
        app->session.must_change = o.must_change;
        app->session.roles = o.roles;
        ok = keys_of_session(app, &keys, err);
    }
    if (ok) {
        app->session.locked = false;
        app->session.last_at = app->now;
        look_as(app, &app->session);
        app->lost = LOST_UNKNOWN; /* while it was locked, nobody looked */
        memcpy(app->key, keys.drafts, PW_KEY);
    }
    crypto_wipe(&keys, sizeof keys);
    arena_free(&a);
    return ok;
}

const Session *app_session(const App *app)
{
    return app->in ? &app->session : NULL;
}

/* ---- may ---- */

static bool still_the_officer(App *app, Err *err)
{
    Officer o = { 0 };

    arena_reset(app->officer);
    if (!store_officer_get(app->store, app->session.warrant, app->officer, &o, err)) return false;
    app->session.roles = o.roles;
    look_as(app, o.suspended ? NULL : &app->session);
    if (o.suspended)
        return err_set(err, ERR_DENIED, "", "This account was suspended. Speak to the keeper of the store.");
    if (o.must_change && !app->session.must_change)
        return err_set(err, ERR_DENIED, "", "The keeper of the store has set your password anew. Sign in with it.");
    app->session.must_change = o.must_change; /* false: chosen at another terminal, with this very password as the old one */
    return true;
}

/* Whoever is in is still in, whatever may be done. */
bool app_still_in(App *app, Err *err)
{
    if (!app->in) return err_set(err, ERR_DENIED, "", "Sign in first.");
    if (app->now - app->session.since > SESSION_MAX)
        return err_set(err, ERR_DENIED, "", "You have been signed in for twelve hours. Sign in again.");
    return still_the_officer(app, err);
}

static bool unlocked(App *app, Err *err)
{
    if (app->in && app->session.locked)
        return err_set(err, ERR_DENIED, "", "This session is locked. Unlock it with your password first.");
    if (!app_still_in(app, err)) return false;
    if (app->now > app->session.last_at) app->session.last_at = app->now;
    return true;
}

bool app_somebody(App *app, Err *err)
{
    if (!unlocked(app, err)) return false;
    cipher_look_again(app);
    return !app->session.must_change ||
           err_set(err, ERR_DENIED, "",
               "Somebody else chose this password. Choose your own first: \"book124 officer password %s\", or sign in "
               "on the screen.",
               app->session.warrant);
}

bool app_may_choose_password(App *app, Err *err)
{
    return unlocked(app, err);
}

bool app_denied(App *app, const char *act, const char *case_id, const char *detail)
{
    app_log_now(app, AUDIT_DENIED, act, case_id, detail, NULL);
    return false;
}

bool app_may_do(App *app, Perm perm, const char *act, const char *case_id, Err *err)
{
    Err why = { 0 };

    if (!app_somebody(app, &why)) {
        if (err) *err = why;
        return why.kind == ERR_DENIED ? app_denied(app, act, case_id, why.text) : false;
    }
    if (!app_not_ahead(app, perm, err)) return false;
    if (role_may(app->session.roles, perm)) return true;
    err_set(&why, ERR_DENIED, "", "This is for %s.", role_who_may(perm));
    if (err) *err = why;
    return app_denied(app, act, case_id, why.text);
}

bool app_may(App *app, Perm perm, Err *err)
{
    return app_may_do(app, perm, "ask", NULL, err);
}

bool app_may_quietly(const App *app, Perm perm)
{
    return app->in && !app->session.locked && !app->session.must_change && app_not_ahead(app, perm, NULL) && role_may(app->session.roles, perm);
}
