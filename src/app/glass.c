/* glass.c — breaking the glass: two officers, two passwords, a reason, an hour at most. It is for when a life may hang on what a restricted
** case says, and it is loud: whoever reviews such things has it on the desk at once, until a third officer has said what came of it.
** Whether the case is there is only looked at after both passwords, and what one of the two may never see is not there. */
#include "access_in.h"

#include "base/str.h"

#include <string.h>

/* ---- breaking it ---- */

typedef struct Breaking {
    ListChange change;
    const GlassAsk *ask;
    const char *reason, *second;
    Time until;
} Breaking;

static bool glass_breaks(App *app, ListChange *c, Tx *tx, Arena *a, Err *err)
{
    Breaking *b = (Breaking *)c;
    Viewer me = { app->session.warrant, app->session.roles, app->now };

    if (access_subject(&c->list, me.warrant) || access_subject(&c->list, b->second)) return app_no_such_case(ERR_MISSING, b->ask->case_id, err);
    if (access_sight(c->entries, c->n, &me, NULL) != ACCESS_HIDDEN)
        return err_set(err, ERR_INVALID, "case", "You may look at the case %.40s as it is.", b->ask->case_id);
    b->until = app->now + b->ask->minutes * MINUTE;
    if (!cipher_break(app, tx, c->key, b->second, b->change.second_keys, err)) return false;
    if (!access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_GLASS, .second = b->second, .until = b->until, .reason = b->reason }, err))
        return false;
    c->detail = arena_printf(a, "entry %lld of the lists, with %s, %d minutes", (long long)c->last, b->second, b->ask->minutes);
    return true;
}

static bool glass_fits(App *app, Breaking *b, Arena *a, Err *err)
{
    if (b->ask->minutes < 1 || b->ask->minutes > GLASS_MINUTES)
        return err_set(err, ERR_INVALID, "minutes", "The glass is broken for 1 to %d minutes.", GLASS_MINUTES);
    if (!access_text(app, b->ask->reason, GLASS_REASON, &b->reason, a, err)) return false;
    if (!access_warrant(b->ask->second, &b->second, a, err)) return false;
    return !str_eq(b->second, app->session.warrant) ||
           err_set(err, ERR_INVALID, "officer", "It takes a second officer: you are %s yourself.", b->second);
}

static bool both_proved(App *app, Breaking *b, Arena *a, Err *err)
{
    Officer second;
    PwKeys keys;
    Err why = { 0 };
    bool ok;

    if (!access_own_proof(app, b->ask->password, a, err)) return false;
    ok = access_proved(app, b->second, b->ask->second_password, &keys, &second, a, err);
    if (ok) b->change.second_keys = keys_of_other(app, b->second, &keys);
    crypto_wipe(&keys, sizeof keys);
    if (!ok) {
        if (err && err->kind == ERR_DENIED)
            err_set(err, ERR_DENIED, "second_password",
                "The second officer's number and password do not fit, or it is too soon to try again. Nothing was opened.");
        return false;
    }
    if (role_may(second.roles, PERM_GLASS_SECOND)) return true;
    err_set(&why, ERR_DENIED, "officer", "The second officer is %s.", role_who_may(PERM_GLASS_SECOND));
    if (err) *err = why;
    return app_denied(app, b->change.act, b->ask->case_id, why.text);
}

/* Among all cases; only now. */
static bool find_any(App *app, Breaking *b, Arena *a, Err *err)
{
    CaseRow row;
    bool ok;

    store_view_all(app->store, true);
    ok = app_case_find(app, b->ask->case_id, a, &row, err);
    store_view_all(app->store, false);
    b->change.key = row.key;
    return ok;
}

bool app_glass_break(App *app, const GlassAsk *ask, Time *until, Err *err)
{
    Breaking b = { .change = { .act = "glass.break", .change = glass_breaks }, .ask = ask };
    Err why = { 0 };
    Arena *a;
    bool ok;

    if (!app_may_do(app, PERM_GLASS_BREAK, b.change.act, ask->case_id, err)) return false;
    a = arena_new_secret();
    ok = glass_fits(app, &b, a, &why) && both_proved(app, &b, a, &why) && find_any(app, &b, a, &why) &&
         access_write(app, &b.change, a, &why);
    crypto_guarded_free(b.change.second_keys);
    arena_free(&a);
    if (until) *until = ok ? b.until : TIME_NONE;
    if (!ok && err) *err = why;
    return ok || (why.kind == ERR_MISSING ? app_denied(app, b.change.act, ask->case_id, "not there") : false);
}

/* ---- what came of it ---- */

static bool may_review(const App *app, const AccessEntry *e)
{
    return !str_eq(e->by, app->session.warrant) && !str_eq(e->second, app->session.warrant);
}

bool app_glass_waiting(App *app, Arena *a, GlassWait **out, size_t *n, Err *err)
{
    AccessEntry *all;
    size_t n_all, kept = 0;
    CaseRow row;

    *out = NULL, *n = 0;
    if (!app_somebody(app, err)) return false;
    if (!role_may(app->session.roles, PERM_GLASS_REVIEW)) return true;
    if (!store_access_glasses(app->store, a, &all, &n_all, err)) return false;
    *out = arena_zero(a, n_all + 1, sizeof **out);
    for (size_t i = 0; i < n_all; i++) {
        if (!may_review(app, &all[i])) continue;
        if (!store_case_row(app->store, all[i].case_key, a, &row, err)) return false;
        (*out)[kept++] = (GlassWait){ row.id, all[i], all[i].until <= app->now };
    }
    *n = kept;
    return true;
}

typedef struct Judging {
    ListChange change;
    int64_t glass;
    const char *text;
} Judging;

static bool glass_judged(App *app, ListChange *c, Tx *tx, Arena *a, Err *err)
{
    Judging *j = (Judging *)c;
    const AccessEntry *e = NULL;

    for (size_t i = 0; i < c->list.n_glasses; i++)
        if (c->list.glasses[i]->key == j->glass) e = c->list.glasses[i];
    if (!e) return err_set(err, ERR_STALE, "glass", "That one was reviewed already, or is of another case.");
    if (!may_review(app, e))
        return err_set(err, ERR_DENIED, "glass", "You were one of the two: a third officer reviews it.");
    if (!access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_REVIEW, .about = j->glass, .reason = j->text }, err)) return false;
    c->detail = arena_printf(a, "entry %lld of the lists, about entry %lld", (long long)c->last, (long long)j->glass);
    return true;
}

bool app_glass_review(App *app, const char *case_id, int64_t glass, const char *text, const char *password, Err *err)
{
    Judging j = { .change = { .act = "glass.review", .change = glass_judged }, .glass = glass };
    Arena *a;
    bool ok;

    if (!app_may_do(app, PERM_GLASS_REVIEW, j.change.act, case_id, err)) return false;
    a = arena_new_secret();
    ok = access_find(app, &j.change, case_id, a, err) && access_text(app, text, 1, &j.text, a, err) &&
         access_own_proof(app, password, a, err) && access_write(app, &j.change, a, err);
    arena_free(&a);
    return ok;
}
