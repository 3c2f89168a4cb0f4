/* store_sight.c — who reads this store now, and which cases are not there for them. One door: every verb that tells of cases asks here,
** by key, and a verb that forgets is found by a test (test_sight.c).
** Who reads is said once (store_view), and until it is said, it is nobody. What restricted cases there are is known by heart: it is read
** again when an entry of a list came in (the highest key says so) or when a broken glass is over. So a look costs one step and a bisection
** however many cases are hidden, and hidden ones cost nothing anywhere else: their duties and alerts lie apart. */
#include "inside.h"

#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- who ---- */

void store_view(Store *s, const Viewer *who)
{
    static const Viewer nobody = { "", 0, TIME_NONE };
    Sight *x = &s->sight;

    if (!who) who = &nobody;
    if (!str_eq(x->warrant, who->warrant)) x->known = false;
    if (!x->known || x->roles != who->roles || who->now < x->now) x->fresh = false;
    snprintf(x->warrant, sizeof x->warrant, "%s", who->warrant);
    x->roles = who->roles;
    x->now = who->now;
}

void store_view_all(Store *s, bool on)
{
    s->sight.all += on ? 1 : -1;
}

void store_view_plain(Store *s, bool on)
{
    s->sight.plain = on;
}

void sight_forget(Store *s)
{
    s->sight.fresh = false;
}

void sight_free(Store *s)
{
    mem_free(s->sight.cases);
    s->sight.cases = NULL;
    s->sight.n = s->sight.cap = 0;
}

/* ---- what ---- */

/* What was said why lies enciphered; who is on the list does not: it decides who gets the key. */
static CipherAt entry_at(CaseKey key, int64_t entry)
{
    return (CipherAt){ .key = key, .table = "access", .seq = entry };
}

static bool reason_open(Store *s, AccessEntry *e, Arena *a, Err *err)
{
    CipherAt at = entry_at(e->case_key, e->key);

    return cipher_in_words(s, &at, "reason", &e->reason, a, err);
}

static AccessEntry entry_read(Stmt *q, Arena *a)
{
    AccessEntry e = { .key = col_int(q, 0), .case_key = col_int(q, 1), .officer = col_text(q, 3, a), .until = col_time(q, 8) };

    access_verb_by_word(q->store->engine->get_text(q->raw, 2).p, &e.verb);
    if (!col_null(q, 4)) e.role = role_by_word(q->store->engine->get_text(q->raw, 4).p);
    e.by = col_text(q, 5, a);
    e.second = col_text(q, 6, a);
    e.at = col_int(q, 7);
    e.about = col_int(q, 9);
    e.reason = col_text(q, 10, a);
    return e;
}

static void note_case(Sight *x, const AccessEntry *entries, size_t n, bool erased)
{
    Viewer who = { x->warrant, x->roles, x->now };
    Time until;
    AccessSight sight = access_sight(entries, n, &who, &until);

    if (sight == ACCESS_OPEN) return;
    if (until < x->until) x->until = until;
    x->cases = mem_room(x->cases, x->n, &x->cap, sizeof *x->cases);
    x->cases[x->n++] = (SightCase){ entries[0].case_key, sight == ACCESS_SEEN, erased };
    x->hidden += sight == ACCESS_HIDDEN && !erased; /* what was erased is not counted to begin with */
}

/* Is one hidden now that was not? Both are by key. */
static bool any_lost(const SightCase *was, size_t n_was, const SightCase *is, size_t n_is)
{
    size_t w = 0;

    for (size_t i = 0; i < n_is; i++) {
        if (is[i].seen) continue;
        while (w < n_was && was[w].key < is[i].key) w++;
        if (w == n_was || was[w].key != is[i].key || was[w].seen) return true;
    }
    return false;
}

static bool sight_walk(Store *s, Err *err)
{
    Sight *x = &s->sight;
    Arena *a = arena_new_secret();
    Stmt *q = stmt(s, SQL_ACCESS_ALL);
    AccessEntry *entries = NULL;
    size_t n = 0, cap = 0;
    bool erased = false;

    x->n = x->hidden = 0;
    x->until = TIME_MAX;
    while (stmt_row(q)) {
        AccessEntry e = entry_read(q, a);
        if (n && entries[0].case_key != e.case_key) note_case(x, entries, n, erased), n = 0;
        erased = col_int(q, 11);
        entries = mem_room(entries, n, &cap, sizeof *entries);
        entries[n++] = e;
    }
    if (n) note_case(x, entries, n, erased);
    mem_free(entries);
    arena_free(&a);
    return stmt_end(q, err);
}

static bool sight_read(Store *s, Err *err)
{
    Sight *x = &s->sight;
    size_t n_was = x->known ? x->n : 0;
    SightCase *was = mem_new((n_was + 1) * sizeof *was);
    bool ok;

    if (n_was) memcpy(was, x->cases, n_was * sizeof *was);
    ok = sight_walk(s, err);
    x->lost += ok && x->known && any_lost(was, n_was, x->cases, x->n);
    x->known = ok;
    mem_free(was);
    return ok;
}

bool sight_fresh(Store *s, Err *err)
{
    Sight *x = &s->sight;
    int64_t stamp;

    if (!cipher_fresh(s, err) || !stmt_number(stmt(s, SQL_ACCESS_LAST), &stamp, err)) return false;
    if (x->fresh && x->stamp == stamp && x->now < x->until) return true;
    x->fresh = sight_read(s, err);
    x->stamp = stamp;
    return x->fresh;
}

bool store_lost(Store *s, int64_t *times, Err *err)
{
    bool ok = read_begin(s, err);

    if (!ok) return false;
    ok = sight_fresh(s, err);
    *times = s->sight.lost;
    read_end(s);
    return ok;
}

static const SightCase *find(const Store *s, CaseKey key)
{
    size_t from = 0, to = s->sight.n;

    while (from < to) {
        size_t at = from + (to - from) / 2;
        if (s->sight.cases[at].key == key) return &s->sight.cases[at];
        if (s->sight.cases[at].key < key)
            from = at + 1;
        else
            to = at;
    }
    return NULL;
}

bool sight_veils(const Store *s, CaseKey key)
{
    return find(s, key) != NULL;
}

bool sight_hides(const Store *s, CaseKey key)
{
    const SightCase *c = s->sight.all || WITHOUT("sight") ? NULL : find(s, key);

    return c && (s->sight.plain || !c->seen);
}

bool store_is_restricted(Store *s, CaseKey key, bool *is, Err *err)
{
    bool ok = read_begin(s, err);

    if (!ok) return false;
    ok = sight_fresh(s, err);
    *is = ok && sight_veils(s, key);
    read_end(s);
    return ok;
}

CaseKey sight_seen(const Store *s, size_t *at)
{
    const Sight *x = &s->sight;

    if (x->plain && !x->all) *at = x->n;
    while (*at < x->n && ((!x->all && !x->cases[*at].seen) || x->cases[*at].erased)) (*at)++;
    return *at < x->n ? x->cases[(*at)++].key : 0;
}

int64_t sight_hidden(const Store *s)
{
    return s->sight.all ? 0 : (int64_t)s->sight.hidden;
}

bool sight_is_erased(Store *s, CaseKey key, bool *erased, Err *err)
{
    Stmt *q = stmt(s, SQL_TOMBSTONE_GET);

    bind_int(q, "case_key", key);
    *erased = stmt_row(q);
    return stmt_end(q, err);
}

bool sight_is_there(Store *s, CaseKey key, Err *err)
{
    bool erased = false;

    return sight_fresh(s, err) && (sight_hides(s, key) || sight_is_erased(s, key, &erased, err)) &&
           ((!erased && !sight_hides(s, key)) || err_set(err, ERR_MISSING, "", "There is no such case."));
}

/* ---- numbers ---- */

static bool twin_id(Store *s, CaseKey key, Arena *a, const char **out, Err *err)
{
    Stmt *q = stmt(s, SQL_TWIN_ID);

    bind_int(q, "case_key", key);
    *out = stmt_row(q) ? col_text(q, 0, a) : NULL;
    return stmt_end(q, err);
}

static bool key_of_id(Store *s, const char *id, CaseKey *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_FIND);

    bind_text(q, "id", id);
    *out = stmt_row(q) ? col_int(q, 0) : 0;
    return stmt_end(q, err);
}

bool sight_own_id(Store *s, CaseKey key, const char **id, Arena *a, Err *err)
{
    const char *own;

    if (!*id || **id != TWIN_MARK) return true;
    if (!twin_id(s, key, a, &own, err)) return false;
    if (own) *id = own;
    return true;
}

bool sight_shown_id(Store *s, CaseKey key, const char **id, Arena *a, Err *err)
{
    const char *inside = *id;
    CaseKey other;

    if (!inside || *inside != TWIN_MARK) return true;
    if (!sight_own_id(s, key, id, a, err) || !key_of_id(s, *id, &other, err)) return false;
    if (other && !sight_hides(s, other)) *id = arena_printf(a, "%s%s", *id, inside);
    return true;
}

/* The case that this viewer means by a number: the one that has it, when it is there for them; else the one that came in under it. */
bool sight_key(Store *s, const char *id, CaseKey *out, Err *err)
{
    const char *mark = strchr(id, TWIN_MARK);
    Stmt *q;

    if (!sight_fresh(s, err) || !key_of_id(s, mark ? mark : id, out, err)) return false;
    if (*out && !sight_hides(s, *out) && (!mark || mark > id)) return true;
    *out = 0;
    if (mark) return true;
    q = stmt(s, SQL_TWINS_OF_ID);
    bind_text(q, "id", id);
    while (*out == 0 && stmt_row(q))
        if (!sight_hides(s, col_int(q, 0))) *out = col_int(q, 0);
    return stmt_end(q, err);
}

/* ---- the lists ---- */

static bool entry_put(Store *s, const AccessEntry *e, int64_t act, int64_t *key, Arena *a, Err *err)
{
    const char *reason = e->reason ? e->reason : "";
    int64_t last;
    CipherAt at;
    Stmt *q;

    if (!cipher_fresh(s, err) || !stmt_number(stmt(s, SQL_ACCESS_LAST), &last, err)) return false;
    at = entry_at(e->case_key, last + 1);
    if (!cipher_out(s, &at, "reason", &reason, a, err)) return false;
    q = stmt(s, SQL_ACCESS_ADD);
    bind_int(q, "key", last + 1);
    bind_int(q, "case_key", e->case_key);
    bind_text(q, "verb", access_verb_word(e->verb));
    bind_text(q, "officer", e->officer);
    bind_text(q, "role", e->role != ROLE_NONE ? role_word(e->role) : NULL);
    bind_text(q, "by", e->by);
    bind_text(q, "second", e->second);
    bind_int(q, "at", e->at);
    bind_time(q, "until", e->verb == ACCESS_GLASS ? e->until : TIME_NONE);
    if (e->about)
        bind_int(q, "about", e->about);
    else
        bind_null(q, "about");
    bind_text(q, "reason", reason);
    bind_int(q, "act", act);
    if (key) *key = last + 1;
    if (!stmt_run(q, err)) return false;
    q = stmt(s, SQL_CIPHER_WAIT_ADD); /* who can open it is settled before the write ends, or by the next who can */
    bind_int(q, "case_key", e->case_key);
    return stmt_run(q, err);
}

bool access_add(Store *s, const AccessEntry *e, int64_t act, int64_t *key, Err *err)
{
    Arena *a = arena_new_secret();
    bool ok = entry_put(s, e, act, key, a, err);

    arena_free(&a);
    return ok;
}

bool store_access_add(Tx *tx, const AccessEntry *e, int64_t *key, Err *err)
{
    return tx_touch(tx, err) && access_add(tx->store, e, tx->act, key, err);
}

/* The list that a case gets that came in restricted (interchange.md): who brought it, the detective inspector, Professional Standards. */
bool access_begin(Store *s, CaseKey key, const char *who, Time now, int64_t act, Err *err)
{
    const AccessEntry all[] = {
        { .verb = ACCESS_RESTRICT, .reason = "It came in restricted." },
        { .verb = ACCESS_GRANT, .officer = who },
        { .verb = ACCESS_GRANT, .role = ROLE_CSU_DI },
        { .verb = ACCESS_GRANT, .role = ROLE_DPS },
    };

    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        AccessEntry e = all[i];
        if (e.officer && str_eq(e.officer, "-")) continue; /* the program itself */
        e.case_key = key, e.by = who, e.at = now;
        if (!access_add(s, &e, act, NULL, err)) return false;
    }
    return true;
}

static bool entries_copy(Store *s, const AccessEntry *const *all, size_t n, AccessEntry as, int64_t act, Err *err)
{
    for (size_t i = 0; i < n; i++) {
        as.verb = all[i]->verb, as.officer = all[i]->officer, as.role = all[i]->role;
        as.at = all[i]->at; /* what was agreed to was agreed to then: keys that came after it get nothing by a copy (holders.c) */
        if (!access_add(s, &as, act, NULL, err)) return false;
    }
    return true;
}

bool access_begin_as(Store *s, CaseKey key, CaseKey like, const char *who, Time now, int64_t act, Err *err)
{
    AccessEntry e = { .case_key = key, .verb = ACCESS_RESTRICT, .by = who, .at = now, .reason = "Born beside a restricted case, with its list." }, *all;
    Arena *a = arena_new_secret();
    AccessList list;
    size_t n;
    bool ok = store_access_of_case(s, like, a, &all, &n, err);

    if (ok) access_list(all, n, a, &list);
    ok = ok && access_add(s, &e, act, NULL, err);
    e.reason = "";
    ok = ok && entries_copy(s, list.on, list.n_on, e, act, err) && entries_copy(s, list.subjects, list.n_subjects, e, act, err);
    arena_free(&a);
    return ok;
}

bool store_access_of_case(Store *s, CaseKey key, Arena *a, AccessEntry **out, size_t *n, Err *err)
{
    Stmt *q;
    size_t cap = 0;
    bool ok = true;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out);
    if (!sight_is_there(s, key, err)) return false;
    q = stmt(s, SQL_ACCESS_OF_CASE);
    bind_int(q, "case_key", key);
    while (ok && stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[*n] = entry_read(q, a);
        ok = reason_open(s, &(*out)[(*n)++], a, err);
    }
    return stmt_end(q, ok ? err : NULL) && ok;
}

bool store_access_entry(Store *s, int64_t key, Arena *a, AccessEntry *out, Err *err)
{
    Stmt *q;
    bool found, ok = true;

    if (!sight_fresh(s, err)) return false;
    q = stmt(s, SQL_ACCESS_ENTRY);
    bind_int(q, "key", key);
    found = stmt_row(q) && !sight_hides(s, col_int(q, 1));
    if (found) *out = entry_read(q, a), ok = reason_open(s, out, a, err);
    if (!stmt_end(q, ok ? err : NULL) || !ok) return false;
    return found || err_set(err, ERR_MISSING, "", "The lists have no entry %lld.", (long long)key);
}

bool store_access_unsigned(Store *s, int64_t *n, Err *err)
{
    return stmt_number(stmt(s, SQL_ACCESS_UNSIGNED), n, err);
}

bool store_access_glasses(Store *s, Arena *a, AccessEntry **out, size_t *n, Err *err)
{
    Stmt *q;
    size_t cap = 0;
    bool ok;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out);
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err);
    q = stmt(s, SQL_ACCESS_GLASSES);
    while (ok && stmt_row(q)) {
        if (sight_hides(s, col_int(q, 1)) || !sight_veils(s, col_int(q, 1))) continue;
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[*n] = entry_read(q, a);
        ok = reason_open(s, &(*out)[(*n)++], a, err);
    }
    ok = stmt_end(q, ok ? err : NULL) && ok;
    read_end(s);
    return ok;
}

bool store_case_twins(Store *s, const char *id, Arena *a, CaseKey **out, size_t *n, Err *err)
{
    Stmt *q;
    size_t cap = 0;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out);
    if (!sight_fresh(s, err)) return false;
    q = stmt(s, SQL_TWINS_OF_ID);
    bind_text(q, "id", id);
    while (stmt_row(q)) {
        if (sight_hides(s, col_int(q, 0))) continue;
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        (*out)[(*n)++] = col_int(q, 0);
    }
    return stmt_end(q, err);
}

bool store_restricted(Store *s, Arena *a, CaseKey **out, size_t *n, Err *err)
{
    size_t at = 0;
    CaseKey key;

    *n = 0;
    if (!sight_fresh(s, err)) return false;
    *out = arena_alloc(a, (s->sight.n + 1) * sizeof **out);
    while ((key = sight_seen(s, &at)) != 0) (*out)[(*n)++] = key;
    return true;
}
