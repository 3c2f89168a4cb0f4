/* hold.c — may this duty be put aside, and until when; and taking it back. What a hold does to the queue is no business of this file: it is read off
** the facts with the duties (src/policy/holds.c), and the store keeps it beside their rows. */
#include "app/hold.h"

#include "inside.h"

#include "base/str.h"

/* ---- what of a case could be put aside ---- */

typedef struct Room {
    const Duty *of;          /* the one that is due last, of those that can be */
    bool live, later, late;  /* some are: asked; not asked yet; overdue */
    Time latest;
} Room;

static void room_of(const Policy *p, const CaseDoc *doc, const Duty *all, size_t n, const char *duty, Time at, Room *out)
{
    Time most = policy_hold_most(p, case_grade(doc), at);

    *out = (Room){ .latest = TIME_NONE };
    for (size_t i = 0; i < n; i++) {
        const Duty *d = &all[i];
        if (!str_eq(d->id, duty) || !duty_is_live(d)) continue;
        out->live = true;
        if (d->start > at)
            out->later = true;
        else if (d->due <= at)
            out->late = true;
        else if (!out->of || d->due > out->of->due)
            out->of = d;
    }
    if (out->of) out->latest = most < out->of->due ? most : out->of->due;
}

static bool room_there(const App *app, const char *duty, const Room *r, Err *err)
{
    const PolicyDuty *rule = app_rule(app, duty);
    const char *title = rule ? rule->title : duty;

    if (!rule) return err_set(err, ERR_MISSING, "duty", "The policy has no duty \"%.60s\".", duty);
    if (!r->live) return err_set(err, ERR_MISSING, "duty", "Nobody is asked for this here: %s.", title);
    if (!r->of && r->late)
        return err_set(err, ERR_INVALID, "duty", "It is overdue, and what is overdue is never put aside: %s.", title);
    if (!r->of) return err_set(err, ERR_INVALID, "duty", "Its clock has not begun yet, so there is nothing to put aside: %s.", title);
    return r->latest != TIME_NONE ||
           err_set(err, ERR_DENIED, "duty", "The policy in force puts nothing aside in a case of this grade.");
}

/* ---- who may ---- */

bool app_may_hold(const App *app, Role owner)
{
    return app_may_quietly(app, PERM_ADD_HOLD) && role_may_task(app->session.roles, owner);
}

static bool may_hold(const App *app, Role owner, Err *err)
{
    return role_may_task(app->session.roles, owner) ||
           err_set(err, ERR_DENIED, "duty", "This is put aside by %s.", role_who_may_task(owner));
}

/* ---- making one ---- */

/* Why the end is too late, or not at all. */
static bool until_fits(App *app, const CaseDoc *doc, const Hold *h, const Room *r, Arena *a, Err *err)
{
    char when[CIVIL_TEXT];
    const char *most = policy_hold_words(app->policy, case_grade(doc), a);

    if (h->until == TIME_NONE || h->until <= app->now)
        return err_set(err, ERR_INVALID, "until", "Say until when it is put aside: a moment to come.");
    if (h->until <= r->latest) return true;
    if (r->latest == r->of->due)
        return err_set(err, ERR_INVALID, "until", "It is due on %s: nothing is put aside for longer than that.",
            civil_words_full(r->latest, when));
    return err_set(err, ERR_INVALID, "until", "In a case of this grade the policy allows %s at most: until %s.", most ? most : "nothing",
        civil_words_full(r->latest, when));
}

bool hold_item_fits(App *app, const CaseDoc *doc, const Hold *h, Arena *a, Err *err)
{
    Duty *all;
    Room r;
    Time at = h->at == TIME_NONE ? app->now : h->at;
    size_t n;

    if (str_blank(h->duty)) return err_set(err, ERR_INVALID, "duty", "Say which duty is put aside.");
    for (size_t i = 0; h->key && i < doc->n_holds; i++)
        if (str_eq(doc->holds[i].key, h->key))
            return err_set(err, ERR_INVALID, "key", "There is a hold %.20s already. A hold is taken back, or another one is made.", h->key);
    if (h->ended_at != TIME_NONE) return err_set(err, ERR_INVALID, "ended_at", "A hold that begins has not been taken back yet.");
    n = policy_evaluate(app->policy, doc, app->now, a, &all);
    room_of(app->policy, doc, all, n, h->duty, at, &r);
    return room_there(app, h->duty, &r, err) && may_hold(app, r.of->owner, err) && until_fits(app, doc, h, &r, a, err);
}

bool app_hold_room(App *app, const CaseView *view, const char *duty, Time *latest, Err *err)
{
    Room r;

    room_of(app->policy, &view->doc, view->duties, view->n_duties, duty, app_now(app), &r);
    if (!app_may_enter(app, err) || !room_there(app, duty, &r, err)) return false;
    if (!app_may_quietly(app, PERM_ADD_HOLD)) return err_set(err, ERR_DENIED, "duty", "This is for %s.", role_who_may(PERM_ADD_HOLD));
    *latest = r.latest;
    return may_hold(app, r.of->owner, err);
}

const Hold *app_hold_of(const App *app, const CaseView *view, const char *duty, int cycle)
{
    for (size_t i = 0; i < view->n_duties; i++) {
        const Duty *d = &view->duties[i];
        const Hold *h = str_eq(d->id, duty) && (cycle < 0 || d->cycle == cycle)
                            ? policy_hold_of(app->policy, &view->doc, d, app_now(app))
                            : NULL;
        if (h) return h;
    }
    return NULL;
}

/* ---- taking it back ---- */

/* All of them: else an older one would go on. */
static size_t end_all(App *app, CaseDoc *doc, const char *duty)
{
    size_t n = 0;

    for (size_t i = 0; i < doc->n_holds; i++) {
        Hold *h = &doc->holds[i];
        if (!str_eq(h->duty, duty) || h->ended_at != TIME_NONE || h->until <= app->now) continue;
        h->ended_at = app->now;
        n++;
    }
    return n;
}

/* Whoever could put it aside; a duty that is not asked any more has nobody who could. */
static bool may_end(App *app, const CaseRow *row, const CaseDoc *doc, const char *duty, Arena *a, Err *err)
{
    Duty *all;
    size_t n = policy_evaluate(app->policy, doc, app->now, a, &all);
    Err why = { 0 };

    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, duty) && duty_is_live(&all[i]) && !may_hold(app, all[i].owner, &why)) break;
    if (why.kind == ERR_NONE) return true;
    if (err) *err = why;
    return app_denied(app, "hold.end", row->id, why.text);
}

bool app_hold_end(App *app, CaseRow *row, const char *duty, Err *err)
{
    Arena *a = arena_new_secret();
    Change c = { .app = app, .row = row, .act = "hold.end", .a = a };
    bool ok = change_begin(&c, PERM_ADD_HOLD, err) && may_end(app, row, &c.doc, duty, a, err);

    if (ok && end_all(app, &c.doc, duty) == 0)
        ok = err_set(err, ERR_MISSING, "duty", "It is not put aside in the case %s: %.60s.", row->id, duty);
    ok = ok && change_end(&c, duty, err);
    arena_free(&a);
    return ok;
}
