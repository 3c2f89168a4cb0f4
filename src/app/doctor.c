/* doctor.c — what is in order and what is not: the checks of the store, and those that only the app can make (the
** policy in force, the clock, the accounts). Each line says what it looked at, how it stands, and what to do. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

typedef struct Lines {
    Arena *a;
    StoreCheck *items;
    size_t n;
} Lines;

static void add(Lines *l, const char *what, bool ok, const char *says)
{
    l->items[l->n++] = (StoreCheck){ what, ok, says };
}

/* Whole texts are compared, with the words they use: that is what the hash is of. */
static bool is_as_brought(const Policy *in_force, Arena *a)
{
    size_t n = 0;
    const char *text = policy_builtin(policy_id(in_force), &n);
    Policy *brought = text ? policy_parse(policy_id(in_force), text, n, &(PolicyProblems){ .arena = a }) : NULL;
    bool same = brought && str_eq(policy_hash(brought), policy_hash(in_force));

    policy_free(&brought);
    return same;
}

static void check_policy(App *app, Lines *l)
{
    const char *id = policy_id(app->policy);

    add(l, "policy", true,
        arena_printf(l->a, "%s is in force, %zu duties, %s.", id, policy_duty_count(app->policy),
            !policy_builtin(id, &(size_t){ 0 })      ? "the borough's own"
            : is_as_brought(app->policy, l->a) ? "as this program brings it"
                                               : "edited, or of another version of the program"));
}

/* A clock that runs behind the log would date new entries before old ones. */
static bool check_clock(App *app, Lines *l, Err *err)
{
    AuditEntry head = { 0 };
    char then[CIVIL_TEXT], now[CIVIL_TEXT];
    bool ok;

    if (!store_audit_head(app->store, l->a, &head, err)) return false;
    ok = head.seq == 0 || head.at <= app->now;
    add(l, "clock", ok,
        ok ? arena_printf(l->a, "It is %s.", civil_words_full(app->now, now))
           : arena_printf(l->a, "It is %s, but the log's last entry is of %s. Set the machine's clock right.",
                 civil_words_full(app->now, now), civil_words_full(head.at, then)));
    return true;
}

static bool check_officers(App *app, Lines *l, Err *err)
{
    Officer *all;
    size_t n = 0, keepers = 0, suspended = 0, locked = 0;

    if (!store_officer_list(app->store, l->a, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        suspended += all[i].suspended;
        locked += all[i].retry_at != TIME_NONE && all[i].retry_at > app->now;
        keepers += !all[i].suspended && (all[i].roles & ROLE_BIT(ROLE_KEEPER));
    }
    add(l, "officers", keepers > 0,
        arena_printf(l->a, "%zu, of them %zu suspended and %zu waiting after wrong passwords; %s.", n, suspended,
            locked,
            keepers == 0   ? "no keeper can sign in"
            : keepers == 1 ? "one keeper (a second one is wise)"
                           : "more than one keeper"));
    return true;
}

/* Nothing is sealed to a key that somebody put there; who it belongs to must hear of it. */
static bool check_keys(App *app, Lines *l, Err *err)
{
    Officer *all;
    OfficerKey k;
    Custodians c;
    const char *foreign = NULL;
    size_t n = 0, sound = 0, later = 0;

    if (!store_officer_list(app->store, l->a, &all, &n, err) || !store_custodians(app->store, l->a, &c, err)) return false;
    for (size_t i = 0; i < n; i++) {
        KeyStand is;
        if (!store_key_now(app->store, all[i].warrant, l->a, &k, NULL) || k.none) continue;
        if (!key_stand(app, &k, &is, err)) return false;
        sound += is == KEY_SOUND;
        later += is == KEY_UNSIGNED;
        if (is == KEY_FOREIGN && !foreign) foreign = all[i].warrant;
    }
    if (!foreign && c.generation && custodians_stand(app, &c) == KEY_FOREIGN) foreign = "the custodians";
    add(l, "keys", !foreign,
        foreign ? arena_printf(l->a,
                      "The key of %s is not one that the log knows: it was put there behind the program. Nothing is sealed to it. Find out who can "
                      "write these files; then set that password anew, or name the custodians anew.",
                      foreign)
                : arena_printf(l->a, "%zu officers have the keys that the log knows%s.", sound,
                      later ? arena_printf(l->a, "; those of %zu are signed when they sign in next", later) : ""));
    return true;
}

/* The chain is the store's own check; this one holds the cases and the file of heads against it. */
static bool check_facts(App *app, Lines *l, Err *err)
{
    AuditVerdict v;
    Err why = { 0 };
    bool ok = app_prove_log(app, NULL, &v, &why);

    if (!ok && why.kind != ERR_CORRUPT) {
        if (err) *err = why;
        return false;
    }
    add(l, "cases", ok, arena_dup(l->a, ok ? v.says : why.text));
    return true;
}

/* Every account read again: what waits, and the patterns that give up on what people write. */
static bool check_alerts(App *app, Lines *l, Err *err)
{
    AlertCheck c;
    Str names = { 0 };

    if (!alert_check(app, l->a, &c, err)) return false;
    add(l, "alerts", c.differ == 0,
        c.differ ? arena_printf(l->a, "%lld case%s not the alerts that follow from the facts. Run: book124 rebuild --thorough",
                       (long long)c.differ, c.differ == 1 ? " has" : "s have")
                 : "Those that wait are those that follow from the facts.");
    for (size_t i = 0; i < c.n_gave_up; i++)
        str_addf(&names, "%s%s (%lld)", i ? ", " : "", c.gave_up[i].words, (long long)c.gave_up[i].texts);
    add(l, "words", c.n_gave_up == 0,
        c.n_gave_up ? arena_printf(l->a,
                          "Of %lld accounts, patterns of these words reached their limit: %s. Simplify them in the words file, and "
                          "propose the policy anew.",
                          (long long)c.texts, str_text(&names))
                    : arena_printf(l->a, "%lld accounts were read; no pattern reached its limit.", (long long)c.texts));
    str_finish(&names);
    return true;
}

bool app_doctor(App *app, bool thorough, Arena *a, StoreCheck **out, size_t *n, Err *err)
{
    enum { OWN = 7 };
    StoreCheck *store = NULL;
    size_t n_store = 0;
    Lines l = { .a = a };

    *n = 0;
    if (!app_may_do(app, PERM_STORE_CARE, "store.doctor", NULL, err)) return false;
    if (!store_doctor(app->store, thorough, a, &store, &n_store, err)) return false;
    l.items = arena_zero(a, n_store + OWN, sizeof *l.items);
    for (size_t i = 0; i < n_store; i++) l.items[l.n++] = store[i];
    if (thorough && (!check_facts(app, &l, err) || !check_alerts(app, &l, err))) return false;
    check_policy(app, &l);
    if (!check_clock(app, &l, err) || !check_officers(app, &l, err) || !check_keys(app, &l, err)) return false;
    *out = l.items;
    *n = l.n;
    return true;
}
