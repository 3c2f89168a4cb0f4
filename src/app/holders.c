/* holders.c — whose keys are trusted with restricted cases. The keeper of the store makes officers, gives roles and sets passwords, and so could make somebody
** who is on a list by role, with a password that the keeper knows. Therefore a list alone gives no key: somebody who has one (the detective inspector,
** Professional Standards) agrees to that officer, with those keys and in those roles, once; that is signed, and in the log. Those who were there when the first
** case of a store was sealed are agreed to by that act; two custodians agree to who waits when they give keys anew.
** An agreement is a signature of these kinds, and what it is about is its text: a row that somebody put there who was not trusted is none. */
#include "access_in.h"
#include "cipher_in.h"

#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

#define FIRST_KEYS "-" /* in the place of a key: the first that this officer makes */

typedef struct Agreed {
    const char *warrant, *by;
    bool first, begun; /* first: of an officer who had no keys yet; begun: by the act that sealed the first case */
    uint8_t box[SEAL_KEY];
    RoleSet roles;
    Time at;
} Agreed;

struct Holders {
    Arena *a;
    Agreed *items;
    size_t n, rows;
    uint64_t stamp;
};

/* ---- what an agreement says ---- */

static const char *about_of(const char *warrant, const uint8_t *box, RoleSet roles, Arena *a)
{
    char hex[2 * SEAL_KEY + 1];
    Str s = { 0 };
    const char *text;

    str_addf(&s, "%s %s ", warrant, box ? crypto_hex(box, SEAL_KEY, hex) : FIRST_KEYS);
    roles_write(roles, ",", &s);
    text = arena_dup(a, str_text(&s));
    str_finish(&s);
    return text;
}

static bool agreed_read(const Signature *s, Arena *a, Agreed *out)
{
    char warrant[16], key[2 * SEAL_KEY + 1], words[400];

    if (sscanf(s->about, "%15s %64s %399s", warrant, key, words) != 3) return false;
    *out = (Agreed){ .warrant = arena_dup(a, warrant), .by = arena_dup(a, s->by), .roles = roles_by_words(words), .at = s->at };
    out->begun = str_eq(s->kind, HOLDER_BEGIN);
    out->first = str_eq(key, FIRST_KEYS);
    return out->first || crypto_unhex(key, out->box, SEAL_KEY);
}

void holder_digest(const char *about, uint8_t out[HASH_BYTES])
{
    Hasher h;

    crypto_hash_start(&h, "book124-holder-v1");
    crypto_hash_add(&h, about, strlen(about));
    crypto_hash_end(&h, out);
}

/* ---- which agreements count ---- */

static bool is_first_key(const OfficerKey *keys, size_t n, const char *warrant, const uint8_t box[SEAL_KEY])
{
    for (size_t i = 0; i < n; i++)
        if (!keys[i].none && str_eq(keys[i].warrant, warrant)) return memcmp(keys[i].keys.box, box, SEAL_KEY) == 0;
    return false;
}

typedef struct Judging {
    App *app;
    const Signature *rows;
    bool *taken;
    size_t n;
    const Signature *begin; /* the first row of the act that began it */
    const OfficerKey *keys;
    size_t n_keys;
    Custodians custodians;
    Holders *h;
} Judging;

static RoleSet trusted(const Holders *h, const char *warrant, const uint8_t box[SEAL_KEY], bool first)
{
    RoleSet roles = 0;

    for (size_t i = 0; i < h->n; i++) {
        const Agreed *g = &h->items[i];
        if (str_eq(g->warrant, warrant) && (g->first ? first : memcmp(g->box, box, SEAL_KEY) == 0)) roles |= g->roles;
    }
    return roles;
}

/* In which roles the keys that signed this are trusted so far. */
static RoleSet signer_roles(const Judging *j, const Signature *s)
{
    for (size_t i = 0; i < j->n_keys; i++) {
        const OfficerKey *k = &j->keys[i];
        if (!k->none && memcmp(k->keys.sign, s->sign_key, SIGN_KEY) == 0 && str_eq(k->warrant, s->by))
            return trusted(j->h, s->by, k->keys.box, is_first_key(j->keys, j->n_keys, s->by, k->keys.box));
    }
    return 0;
}

static bool is_custodian(const Judging *j, const char *warrant)
{
    for (size_t i = 0; i < j->custodians.n; i++)
        if (str_eq(j->custodians.items[i].officer, warrant)) return true;
    return false;
}

static bool counts(const Judging *j, const Signature *s)
{
    if (str_eq(s->kind, HOLDER_BEGIN)) return s->at == j->begin->at && memcmp(s->sign_key, j->begin->sign_key, SIGN_KEY) == 0;
    if (str_eq(s->kind, HOLDER_RECOVER)) return is_custodian(j, s->by) && signer_roles(j, s) != 0;
    return (signer_roles(j, s) & HOLDERS_AGREE) != 0;
}

static bool take(Judging *j, size_t i)
{
    uint8_t digest[HASH_BYTES];
    const Signature *s = &j->rows[i];
    Agreed g;
    Signed signature;

    if (j->taken[i] || !counts(j, s)) return false;
    j->taken[i] = true;
    holder_digest(s->about, digest);
    memcpy(signature.key, s->sign_key, SIGN_KEY);
    memcpy(signature.value, s->value, SIGN_VALUE);
    if (memcmp(digest, s->digest, HASH_BYTES) != 0 || app_signed(j->app, s->kind, s->by, digest, HASH_BYTES, &signature) != SIGNED_VALID) return false;
    if (!agreed_read(s, j->h->a, &g) || (!g.begun && str_eq(g.warrant, s->by))) return false;
    j->h->items[j->h->n++] = g;
    return true;
}

/* One that is trusted makes others count: until nothing more comes of it. */
static void judge(Judging *j)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < j->n; i++) more |= take(j, i);
    }
}

static bool rows_of(App *app, Arena *a, Signature **out, size_t *n, Err *err)
{
    static const char *const kinds[] = { HOLDER_BEGIN, HOLDER_AGREE, HOLDER_RECOVER };
    Signature *part;
    size_t n_part, cap = 0;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out);
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        if (!store_signature_kind(app->store, kinds[k], a, &part, &n_part, err)) return false;
        for (size_t i = 0; i < n_part; i++) {
            *out = arena_room(a, *out, *n, &cap, sizeof **out);
            (*out)[(*n)++] = part[i];
        }
    }
    return true;
}

static uint64_t stamp_of(const Signature *rows, size_t n)
{
    uint64_t all = 0, one;

    for (size_t i = 0; i < n; i++) {
        memcpy(&one, rows[i].value, sizeof one);
        all ^= one;
    }
    return all;
}

/* Read again when a row came in; judged once. */
bool holders_load(App *app, const Holders **out, Err *err)
{
    Arena *a = arena_new();
    Judging j = { .app = app };
    Signature *rows;
    OfficerKey *keys;
    uint64_t stamp;
    bool ok = rows_of(app, a, &rows, &j.n, err);

    stamp = ok ? stamp_of(rows, j.n) : 0;
    if (ok && app->holders && app->holders->rows == j.n && app->holders->stamp == stamp) {
        *out = app->holders;
        arena_free(&a);
        return true;
    }
    ok = ok && store_key_list(app->store, a, &keys, &j.n_keys, err) && store_custodians(app->store, a, &j.custodians, err);
    if (ok) {
        holders_free(app);
        j.h = app->holders = mem_new(sizeof *j.h);
        *j.h = (Holders){ .a = arena_new(), .rows = j.n, .stamp = stamp };
        j.h->items = arena_alloc(j.h->a, (j.n + 1) * sizeof *j.h->items);
        j.taken = arena_zero(a, j.n + 1, sizeof *j.taken);
        j.rows = j.begin = rows, j.keys = keys;
        for (size_t i = 0; i < j.n && str_eq(rows[i].kind, HOLDER_BEGIN); i++)
            if (rows[i].at < j.begin->at) j.begin = &rows[i];
        judge(&j);
    }
    *out = app->holders;
    arena_free(&a);
    return ok;
}

void holders_free(App *app)
{
    if (!app->holders) return;
    arena_free(&app->holders->a);
    mem_free(app->holders);
    app->holders = NULL;
}

/* ---- who is let ---- */

static bool named_before(const AccessList *l, const char *warrant, Time at)
{
    const AccessEntry *naming = access_subject(l, warrant);

    return naming && naming->at <= at;
}

/* For this case: what its victim or suspect agreed to after he was named is nothing. */
static RoleSet roles_for(const HolderCase *c, const char *warrant, const uint8_t box[SEAL_KEY])
{
    bool first = is_first_key(c->keys, c->n_keys, warrant, box);
    RoleSet roles = 0;

    for (size_t i = 0; i < c->h->n; i++) {
        const Agreed *g = &c->h->items[i];
        if (!str_eq(g->warrant, warrant) || (g->first ? !first : memcmp(g->box, box, SEAL_KEY) != 0)) continue;
        if (g->begun || !named_before(c->list, g->by, g->at)) roles |= g->roles;
    }
    return roles;
}

static Time made_at(const HolderCase *c, const uint8_t box[SEAL_KEY])
{
    for (size_t i = c->n_keys; i > 0; i--)
        if (!c->keys[i - 1].none && memcmp(c->keys[i - 1].keys.box, box, SEAL_KEY) == 0) return c->keys[i - 1].made_at;
    return TIME_MAX;
}

/* Put on the list by name, by somebody on it, when these keys were there: that is an agreement of its own. */
static bool by_name(const HolderCase *c, const char *warrant, Time made)
{
    for (size_t i = 0; i < c->list->n_on; i++) {
        const AccessEntry *e = c->list->on[i];
        if (e->role == ROLE_NONE && str_eq(e->officer, warrant)) return made <= e->at;
    }
    return false;
}

int holder_let(const HolderCase *c, const Officer *o, const uint8_t box[SEAL_KEY], int how)
{
    RoleSet roles;

    if (how < 0 || !c->h || c->h->rows == 0 || WITHOUT("holders")) return how; /* rows: nothing is sealed yet */
    roles = roles_for(c, o->warrant, box) & o->roles;
    if (how == 0) {
        Viewer in_role = { "", roles, TIME_MAX };
        bool named = false;
        for (size_t i = 0; i < c->list->n_on; i++) named |= c->list->on[i]->role == ROLE_NONE && str_eq(c->list->on[i]->officer, o->warrant);
        if (access_sight(c->entries, c->n, &in_role, NULL) == ACCESS_SEEN) return 0;
        if (named && (roles || by_name(c, o->warrant, made_at(c, box)))) return 0;
        if (!named && roles && access_sight(c->entries, c->n, &(Viewer){ o->warrant, roles, c->now }, NULL) == ACCESS_SEEN) return 0; /* a broken glass */
    }
    return role_may(roles, PERM_GLASS_BREAK) ? 1 : -1;
}

bool holders_custodians(const HolderCase *c, const Custodians *all)
{
    if (!c->h || c->h->rows == 0) return true;
    for (size_t i = 0; i < all->n; i++) {
        const OfficerKey *now = NULL;
        for (size_t k = 0; k < c->n_keys; k++)
            if (!c->keys[k].none && str_eq(c->keys[k].warrant, all->items[i].officer) && c->keys[k].made_at <= all->since) now = &c->keys[k];
        if (!now || !roles_for(c, now->warrant, now->keys.box)) return false;
    }
    return true;
}

/* ---- agreeing ---- */

static bool sign_one(App *app, Tx *tx, const char *kind, const char *warrant, const uint8_t *box, RoleSet roles, Arena *a, Err *err)
{
    const char *about = about_of(warrant, box, roles, a);
    uint8_t digest[HASH_BYTES];

    holder_digest(about, digest);
    return app_sign_record(app, tx, kind, about, digest, err);
}

bool holders_begin(App *app, Tx *tx, Err *err)
{
    Arena *a;
    const Holders *h;
    Officer *all;
    PublicKeys keys;
    size_t n;
    bool ok;

    if (!holders_load(app, &h, err)) return false;
    if (h->rows || !app->in || !app->has_keys) return true;
    a = arena_new();
    ok = store_officer_list(app->store, a, &all, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        bool has = app_officer_public_key(app, all[i].warrant, &keys, NULL);
        ok = sign_one(app, tx, HOLDER_BEGIN, all[i].warrant, has ? keys.box : NULL, all[i].roles, a, err);
    }
    if (ok) ok = app_log(app, tx, AUDIT_CARE, "access.begin", NULL, arena_printf(a, "%zu officers may be given keys of restricted cases", n), err);
    arena_free(&a);
    return ok;
}

/* ---- who waits ---- */

/* Roles that can open something, and are not agreed to. */
static RoleSet waits_in(const Holders *h, const Officer *o, const OfficerKey *k, bool first)
{
    RoleSet waits = 0, has = trusted(h, o->warrant, k->keys.box, first);

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if ((o->roles & ROLE_BIT(r) & ~has) && role_may(ROLE_BIT(r), PERM_CASE_READ)) waits |= ROLE_BIT(r);
    return waits;
}

static bool waiting(App *app, Arena *a, HolderWait **out, size_t *n, Err *err)
{
    const Holders *h;
    Officer *all;
    OfficerKey *keys, now;
    size_t n_all, n_keys;

    *n = 0;
    if (!holders_load(app, &h, err) || !store_officer_list(app->store, a, &all, &n_all, err) || !store_key_list(app->store, a, &keys, &n_keys, err)) return false;
    *out = arena_zero(a, n_all + 1, sizeof **out);
    for (size_t i = 0; h->rows && i < n_all; i++) {
        RoleSet waits;
        if (all[i].suspended || !store_key_now(app->store, all[i].warrant, a, &now, NULL) || now.none || !key_vouched(app, &now)) continue;
        waits = waits_in(h, &all[i], &now, is_first_key(keys, n_keys, all[i].warrant, now.keys.box));
        if (!waits) continue;
        (*out)[*n] = (HolderWait){ .warrant = all[i].warrant, .name = all[i].name, .roles = waits, .all_roles = all[i].roles, .since = now.made_at };
        memcpy((*out)[*n].box, now.keys.box, SEAL_KEY);
        key_number(now.keys.sign, (*out)[(*n)++].number);
    }
    return true;
}

bool app_holders_waiting(App *app, Arena *a, HolderWait **out, size_t *n, Err *err)
{
    *out = NULL, *n = 0;
    if (!app_somebody(app, err)) return false;
    return !role_may(app->session.roles, PERM_HOLDERS) || waiting(app, a, out, n, err);
}

static bool agree(App *app, const HolderWait *w, Arena *a, Err *err)
{
    Tx tx = { 0 };
    Str detail = { 0 };
    bool ok;

    str_addf(&detail, "%s, key %s, in ", w->warrant, w->number);
    roles_write(w->all_roles, " ", &detail);
    ok = store_begin(app->store, &tx, err) && sign_one(app, &tx, HOLDER_AGREE, w->warrant, w->box, w->all_roles, a, err) &&
         app_log(app, &tx, AUDIT_CARE, "access.agree", NULL, str_text(&detail), err) && store_commit(&tx, err);
    store_end(&tx);
    str_finish(&detail);
    return ok;
}

static bool may_agree(App *app, const char *warrant, Arena *a, Err *err)
{
    const Holders *h;
    OfficerKey *keys;
    size_t n;

    if (str_eq(warrant, app->session.warrant))
        return err_set(err, ERR_DENIED, "officer", "Nobody agrees to his own keys: another detective inspector or Professional Standards does.");
    if (!holders_load(app, &h, err) || !store_key_list(app->store, a, &keys, &n, err)) return false;
    return (trusted(h, app->session.warrant, app->keys.box, is_first_key(keys, n, app->session.warrant, app->keys.box)) & HOLDERS_AGREE) ||
           err_set(err, ERR_DENIED, "officer", "Your own keys wait for somebody's word, so yours does not count yet: another detective inspector or Professional Standards must agree to them first.");
}

bool app_holder_agree(App *app, const char *warrant, const char *password, Err *err)
{
    Arena *a;
    HolderWait *all;
    const char *named;
    size_t n, i = 0;
    bool ok;

    if (!app_may_do(app, PERM_HOLDERS, "access.agree", NULL, err)) return false;
    a = arena_new_secret();
    ok = access_warrant(warrant, &named, a, err) && may_agree(app, named, a, err) && access_own_proof(app, password, a, err) && waiting(app, a, &all, &n, err);
    while (ok && i < n && !str_eq(all[i].warrant, named)) i++;
    if (ok && i == n) ok = err_set(err, ERR_STALE, "officer", "%s waits for nothing: agreed to already, suspended, or without keys yet.", named);
    ok = ok && agree(app, &all[i], a, err);
    if (ok) cipher_tend(app); /* at once, what these hands can give */
    arena_free(&a);
    return ok;
}

bool holders_recover(App *app, Tx *tx, Arena *a, Err *err)
{
    HolderWait *all;
    size_t n;
    bool ok = waiting(app, a, &all, &n, err);

    for (size_t i = 0; ok && i < n; i++)
        if (!str_eq(all[i].warrant, app->session.warrant)) ok = sign_one(app, tx, HOLDER_RECOVER, all[i].warrant, all[i].box, all[i].all_roles, a, err);
    return ok;
}

/* ---- of one case ---- */

static bool has_name(const Officer *all, size_t n, const char *warrant, const char **name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].warrant, warrant)) return *name = all[i].name, true;
    return false;
}

bool app_access_keys(App *app, const CaseView *view, Arena *a, AccessKeyRow **out, size_t *n, Err *err)
{
    CipherGrant *grants;
    AccessEntry *entries;
    Officer *all;
    size_t n_grants, n_entries, n_all;
    int64_t now;

    *n = 0;
    if (!app_somebody(app, err) || !store_access_of_case(app->store, view->row.key, a, &entries, &n_entries, err) ||
        !store_cipher_now(app->store, view->row.key, &now, err) || !store_grant_list(app->store, view->row.key, now, a, &grants, &n_grants, err) ||
        !store_officer_list(app->store, a, &all, &n_all, err))
        return false;
    *out = arena_zero(a, n_grants + n_all + 1, sizeof **out);
    for (size_t i = 0; i < n_grants; i++) {
        AccessKeyRow row = { .warrant = grants[i].officer, .how = grants[i].parts ? KEY_HALF : KEY_WHOLE };
        if (has_name(all, n_all, grants[i].officer, &row.name)) (*out)[(*n)++] = row;
    }
    for (size_t i = 0; now && i < n_all; i++) {
        Viewer who = { all[i].warrant, all[i].roles, app->now };
        bool has = false;
        for (size_t k = 0; k < n_grants; k++) has |= !grants[k].parts && str_eq(grants[k].officer, all[i].warrant);
        if (!has && !all[i].suspended && access_sight(entries, n_entries, &who, NULL) == ACCESS_SEEN)
            (*out)[(*n)++] = (AccessKeyRow){ all[i].warrant, all[i].name, KEY_WAITS };
    }
    return true;
}
