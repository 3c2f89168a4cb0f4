/* prove.c — is it this officer's password? Unknown, wrong, too early, locked and suspended look alike: one sentence,
** one derivation, one entry in the log. The log alone says which it was.
** The counters live in the store, one of each officer and one of each terminal (or one guess at everybody would be free), and are read again inside the write that changes them, so that a hundred terminals
** trying at once count as a hundred tries. The clock of a retry is believed for as long as a lock can last and no
** longer: a clock that was set back must not lock everybody out for a month. */
#include "inside.h"

#include "base/str.h"
#include "base/protection.h"

#include <ctype.h>
#include <string.h>

enum { TRIES = 5, TERMINAL_TRIES = 20, LOCK = 15 * MINUTE };
static const int delays[TRIES + 1] = { 0, 0, 1, 2, 4, LOCK }; /* seconds, after so many wrong ones */

typedef enum Answer { RIGHT, WRONG, UNKNOWN, EARLY, SUSPENDED } Answer;
static const char *const answer_words[] = { "right", "wrong", "unknown", "early", "suspended" };

bool warrant_fits(const char *warrant)
{
    size_t n = strlen(warrant);

    if (n < 2 || n > 12) return false;
    for (size_t i = 0; i < n; i++)
        if (!isdigit((unsigned char)warrant[i]) && !(warrant[i] >= 'A' && warrant[i] <= 'Z')) return false;
    return strpbrk(warrant, "0123456789") != NULL;
}

PwCost app_pw_cost(const App *app)
{
    return store_info(app->store)->training ? PW_COST_TRAINING : PW_COST_FULL;
}

/* What an unknown warrant is tried against: costs what a real one costs, and nothing fits it. */
static PwRecord nobody(const App *app)
{
    bool cheap = app_pw_cost(app) == PW_COST_TRAINING;
    PwRecord r = { .salt = { 0xb1, 0x24 }, .ops = cheap ? 1 : 3, .mem = cheap ? 8u << 20 : 256u << 20 };

    crypto_random(r.verifier, sizeof r.verifier);
    return r;
}

static bool try_password(
    const App *app, const char *password, const PwRecord *r, PwKeys *keys, bool *right, Err *err)
{
    bool full = app_pw_cost(app) == PW_COST_FULL;
    int slot = full ? slot_take(app, SLOT_PATIENCE, err) : -1;

    if (full && slot < 0) return false;
    *right = crypto_pw_check(password, r, keys);
    slot_give(slot);
    return true;
}

static bool too_early(const Officer *o, Time now)
{
    return !WITHOUT("password-delay") && o->retry_at != TIME_NONE && now < o->retry_at && o->retry_at - now <= LOCK;
}

static bool same_record(const PwRecord *a, const PwRecord *b)
{
    return memcmp(a->salt, b->salt, sizeof a->salt) == 0 && memcmp(a->verifier, b->verifier, sizeof a->verifier) == 0;
}

static Answer judge(const Officer *o, bool right, Time now)
{
    if (too_early(o, now)) return EARLY;
    if (!right) return WRONG;
    return o->suspended ? SUSPENDED : RIGHT;
}

/* Counts the answer in the officer's row; a lock that is over starts a new count. */
static bool count(Tx *tx, Officer *o, Answer answer, Time now, Err *err)
{
    if (answer == RIGHT && o->failures == 0 && o->retry_at == TIME_NONE) return true;
    if (answer == RIGHT) {
        o->failures = 0;
        o->retry_at = TIME_NONE;
    } else if (answer == WRONG) {
        if (o->failures >= TRIES) o->failures = 0;
        o->failures++;
        o->retry_at = delays[o->failures] ? now + delays[o->failures] : TIME_NONE;
    } else
        return true;
    return store_officer_update(tx, o, err);
}

/* ---- at a terminal ---- */

static bool tries_count(const Tries *t, Time now)
{
    return t->failures > 0 && now >= t->since && now - t->since < LOCK; /* a clock set back begins anew */
}

static bool terminal_waits(const Tries *t, Time now)
{
    return !WITHOUT("terminal-delay") && tries_count(t, now) && t->failures >= TERMINAL_TRIES;
}

/* A right one takes nothing back: else a guesser would sign in as himself in between. */
static bool count_here(const App *app, Tx *tx, Tries *t, Answer answer, Err *err)
{
    if (answer != WRONG && answer != UNKNOWN) return true;
    if (!tries_count(t, app->now)) *t = (Tries){ 0, app->now };
    t->failures++;
    return store_tries_put(tx, app->terminal, t, err);
}

/* A warrant nobody has is written down only when it is all digits: what else was typed there may be a password. */
static const char *worth_writing(const char *warrant, Answer answer)
{
    if (answer != UNKNOWN) return warrant;
    return warrant_fits(warrant) && strspn(warrant, "0123456789") == strlen(warrant) ? warrant : "";
}

static bool note(App *app, Tx *tx, AuditKind kind, const char *act, const char *warrant, Answer answer, Err *err)
{
    char detail[48];
    AuditEntry e = { .at = app->now,
        .kind = answer == RIGHT ? kind : AUDIT_DENIED,
        .terminal = app->terminal,
        .act = act,
        .case_id = "",
        .detail = "" };

    e.who = answer == RIGHT ? warrant : "-";
    if (answer != RIGHT) {
        snprintf(detail, sizeof detail, "%s %s", answer_words[answer], worth_writing(warrant, answer));
        e.detail = detail;
    }
    return store_audit_append(tx, &e, err);
}

/* The second reading and the verdict, in one write. */
static bool settle(App *app, const char *warrant, const PwRecord *tried, bool right, AuditKind kind, const char *act,
    Arena *a, Officer *o, Answer *answer, Err *err)
{
    Tx tx = { 0 };
    Err missing = { 0 };
    Tries here;
    bool known, ok = false;

    if (!store_begin(app->store, &tx, err) || !store_tries_get(app->store, app->terminal, &here, err)) goto out;
    known = store_officer_get(app->store, warrant, a, o, &missing);
    if (!known && missing.kind != ERR_MISSING) {
        if (err) *err = missing;
        goto out;
    }
    *answer = known ? judge(o, right && same_record(tried, &o->password), app->now) : UNKNOWN;
    if (known && terminal_waits(&here, app->now)) *answer = EARLY;
    ok = count_here(app, &tx, &here, *answer, err) && (!known || count(&tx, o, *answer, app->now, err)) && note(app, &tx, kind, act, warrant, *answer, err) &&
         store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

bool app_prove(App *app, const char *warrant, const char *password, AuditKind kind, const char *act, PwKeys *keys,
    Officer *who, Arena *a, Err *err)
{
    Officer o = { 0 };
    PwRecord record = store_officer_get(app->store, warrant, a, &o, NULL) ? o.password : nobody(app);
    Answer answer = WRONG;
    bool right = false;

    app_tick(app);
    if (try_password(app, password, &record, keys, &right, err) &&
        settle(app, warrant, &record, right, kind, act, a, &o, &answer, err)) {
        if (answer == RIGHT) {
            *who = o;
            return true;
        }
        err_set(err, ERR_DENIED, "password",
            "The warrant number or the password is not right, or it is too soon to try again. After five wrong "
            "passwords wait 15 minutes.");
    }
    crypto_wipe(keys, sizeof *keys);
    return false;
}

bool app_prove_again(App *app, const char *password, AuditKind kind, const char *act, Err *err)
{
    Arena *a = arena_new_secret();
    char warrant[sizeof app->session.warrant];
    PwKeys keys;
    Officer o = { 0 };
    bool ok;

    memcpy(warrant, app_who(app), strlen(app_who(app)) + 1);
    ok = app_prove(app, warrant, password ? password : "", kind, act, &keys, &o, a, err);
    crypto_wipe(&keys, sizeof keys);
    arena_free(&a);
    return ok;
}
