/* retention_do.c — what is decided of a case that was closed long ago: it is kept, or one officer proposes to erase it and another erases it. Each
** decision is a fact beside the case and in the log. Erasing is the one act that cannot be made good: two officers, two passwords, and the
** case must be due at that very moment. */
#include "access_in.h"
#include "retention_in.h"

#include "base/str.h"

#include <string.h>

typedef struct Deciding {
    const char *act;
    const RetentionAsk *ask;
    CaseKey key;
    const char *name, *reason; /* the case as the officer knows it; the reason, cleaned */
    /* Inside the write, all below filled. */
    bool (*decide)(App *app, struct Deciding *d, Tx *tx, Arena *a, Err *err);
    CaseRow row;
    CaseDoc doc;
    RetentionStand is;
    Date today;
} Deciding;

/* ---- the beats ---- */

static bool find(App *app, Deciding *d, Arena *a, Err *err)
{
    Err why = { 0 };
    CaseRow row;

    if (app_case_find(app, d->ask->case_id, a, &row, &why)) {
        d->key = row.key;
        d->name = row.id;
        return true;
    }
    if (err) *err = why;
    return why.kind == ERR_MISSING ? app_denied(app, d->act, d->ask->case_id, "not there") : false;
}

/* How it stands is asked as the officer sees it; the row bears the name that the log has for it. */
static bool load(App *app, Deciding *d, Arena *a, Err *err)
{
    RetentionGroups g;
    bool ok;

    d->today = civil_local_date(app->now);
    if (!retention_groups(app, a, &g, err) || !store_case_load(app->store, d->key, app_vocabs(app), a, &d->doc, err) ||
        !retention_stand(app, &g, d->key, d->name, &d->doc, a, &d->is, err))
        return false;
    store_view_all(app->store, true);
    ok = store_case_row(app->store, d->key, a, &d->row, err);
    store_view_all(app->store, false);
    return ok;
}

static bool decide(App *app, Deciding *d, size_t least, bool proof, Err *err)
{
    Arena *a;
    Tx tx = { 0 };
    bool ok;

    if (!app_may_do(app, PERM_RETENTION, d->act, d->ask->case_id, err)) return false;
    a = arena_new_secret();
    ok = find(app, d, a, err) && access_text(app, d->ask->reason, least, &d->reason, a, err) &&
         (!proof || access_own_proof(app, d->ask->password, a, err)) && store_begin(app->store, &tx, err) && load(app, d, a, err) &&
         d->decide(app, d, &tx, a, err) && store_commit(&tx, err);
    store_end(&tx);
    arena_free(&a);
    return ok;
}

static bool put(App *app, Deciding *d, Tx *tx, RetentionVerb verb, Date until, const char *detail, Err *err)
{
    RetentionEntry e = { .case_key = d->key, .verb = verb, .until = until, .reason = d->reason, .by = app->session.warrant, .at = app->now };

    return store_retention_add(tx, &e, err) && app_log_case(app, tx, AUDIT_ALTER, d->act, d->key, NULL, detail, err);
}

/* ---- kept ---- */

static bool closed(const Deciding *d, Err *err)
{
    return d->is.closed != DATE_NONE ||
           err_set(err, ERR_INVALID, "case", "%s is not closed: how long it is kept is decided after that.", d->name);
}

static bool keep(App *app, Deciding *d, Tx *tx, Arena *a, Err *err)
{
    Date longest = retention_add_years(d->today, d->is.group->again);
    char day[CIVIL_TEXT];

    if (!closed(d, err)) return false;
    if (d->ask->until == DATE_NONE || d->ask->until <= d->today)
        return err_set(err, ERR_INVALID, "until", "It is kept until a day after today.");
    if (d->ask->until > longest)
        return err_set(err, ERR_INVALID, "until", "Group %d: until %s at the latest.",
            d->is.group->number, civil_words_date(longest, day));
    return put(app, d, tx, RETENTION_KEEP, d->ask->until, arena_printf(a, "until %s", civil_format_date(d->ask->until, day)), err);
}

bool app_retention_keep(App *app, const RetentionAsk *ask, Err *err)
{
    return decide(app, &(Deciding){ .act = "retention.keep", .ask = ask, .decide = keep }, 1, false, err);
}

/* ---- to be erased ---- */

/* What protects somebody today is not erased. */
static bool nothing_holds(App *app, const Deciding *d, Err *err)
{
    for (size_t i = 0; i < d->doc.n_orders; i++) {
        const CourtOrder *o = &d->doc.orders[i];
        if (o->ended_at == TIME_NONE && (o->expires == TIME_NONE || o->expires > app->now))
            return err_set(err, ERR_INVALID, "case", "The order %s of %s holds still: it must end first.", o->key, d->name);
    }
    for (size_t i = 0; i < d->doc.n_bail; i++)
        if (d->doc.bail[i].ended_at == TIME_NONE && (d->doc.bail[i].until == TIME_NONE || d->doc.bail[i].until > app->now))
            return err_set(err, ERR_INVALID, "case", "The bail %s of %s holds still: it must end first.", d->doc.bail[i].key, d->name);
    return true;
}

static bool is_due(App *app, const Deciding *d, Err *err)
{
    char day[CIVIL_TEXT];

    if (!closed(d, err)) return false;
    if (d->is.due > d->today && d->is.newer)
        return err_set(err, ERR_INVALID, "case", "%s is due for review on %s: %s is a newer case of the same people.", d->name,
            civil_words_date(d->is.due, day), d->is.newer);
    if (d->is.due > d->today)
        return err_set(err, ERR_INVALID, "case", "%s is due for review on %s, and not before.", d->name, civil_words_date(d->is.due, day));
    return nothing_holds(app, d, err);
}

static bool propose(App *app, Deciding *d, Tx *tx, Arena *a, Err *err)
{
    if (d->is.proposed_by)
        return err_set(err, ERR_STALE, "case", "%s proposed that already; it waits for a second officer.", d->is.proposed_by);
    return is_due(app, d, err) && put(app, d, tx, RETENTION_PROPOSE, DATE_NONE, arena_printf(a, "group %d", d->is.group->number), err);
}

bool app_retention_propose(App *app, const RetentionAsk *ask, Err *err)
{
    return decide(app, &(Deciding){ .act = "retention.propose", .ask = ask, .decide = propose }, 1, true, err);
}

static bool proposed(const Deciding *d, Err *err)
{
    return d->is.proposed_by || err_set(err, ERR_STALE, "case", "Nobody proposes to erase %s.", d->name);
}

static bool withdraw(App *app, Deciding *d, Tx *tx, Arena *a, Err *err)
{
    return proposed(d, err) && put(app, d, tx, RETENTION_WITHDRAW, DATE_NONE, NULL, err);
}

bool app_retention_withdraw(App *app, const RetentionAsk *ask, Err *err)
{
    return decide(app, &(Deciding){ .act = "retention.withdraw", .ask = ask, .decide = withdraw }, 0, false, err);
}

static bool by_another(App *app, const Deciding *d, Err *err)
{
    return !str_eq(d->is.proposed_by, app->session.warrant) ||
           err_set(err, ERR_DENIED, "case", "You proposed it yourself: erasing a case takes a second officer.");
}

/* The entry says of what the tombstone is: `audit verify` holds the two together. */
static bool erase(App *app, Deciding *d, Tx *tx, Arena *a, Err *err)
{
    Tombstone t = { .key = d->key,
        .reported = d->is.reported,
        .closed = d->is.closed,
        .due = d->is.due,
        .group = d->is.group->number,
        .proposed_by = d->is.proposed_by,
        .case_id = d->row.id,
        .erased_by = app->session.warrant,
        .erased_at = app->now,
        .reason = d->is.why };
    char hex[HASH_HEX];

    if (!proposed(d, err) || !by_another(app, d, err) || !is_due(app, d, err)) return false;
    app_case_digest(app, &d->doc, t.digest);
    return store_case_erase(tx, d->row.rev, &t, app_vocabs(app), err) && sign_tombstone(app, tx, &t, err) &&
           app_log(app, tx, AUDIT_ERASE, d->act, d->row.id,
               arena_printf(a, "group %d, proposed by %s, " ERASED_MARK "%s", t.group, t.proposed_by, crypto_hex(t.digest, HASH_BYTES, hex)), err);
}

bool app_retention_erase(App *app, const RetentionAsk *ask, bool *gone, Err *err)
{
    bool ok = decide(app, &(Deciding){ .act = "case.erase", .ask = ask, .decide = erase }, 0, true, err);

    *gone = ok && store_scrubbed(app->store);
    return ok;
}
