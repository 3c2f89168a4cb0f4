/* access.c — who may see a restricted case. One pass over the entries for one viewer, another for the list as a page shows it; the two
** are kept apart on purpose: the first is asked at every read, and allocates nothing. */
#include "core/access.h"

#include "base/protection.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

static const char *const verb_words[ACCESS_VERBS] = {
    [ACCESS_RESTRICT] = "restrict",
    [ACCESS_GRANT] = "grant",
    [ACCESS_REVOKE] = "revoke",
    [ACCESS_SUBJECT] = "subject",
    [ACCESS_PROPOSE] = "propose",
    [ACCESS_WITHDRAW] = "withdraw",
    [ACCESS_LIFT] = "lift",
    [ACCESS_GLASS] = "glass",
    [ACCESS_REVIEW] = "review",
};

const char *access_verb_word(AccessVerb v)
{
    return (unsigned)v < ACCESS_VERBS ? verb_words[v] : "";
}

bool access_verb_by_word(const char *word, AccessVerb *out)
{
    for (AccessVerb v = 0; v < ACCESS_VERBS; v++)
        if (str_eq(verb_words[v], word)) {
            *out = v;
            return true;
        }
    return false;
}

/* ---- for one viewer ---- */

typedef struct Standing { /* what the entries so far say of one viewer */
    bool restricted, subject, own;
    RoleSet roles; /* on the list */
    Time glass;    /* seen until then */
} Standing;

static bool is(const char *warrant, const Viewer *who)
{
    return warrant && who->warrant && *who->warrant && str_eq(warrant, who->warrant);
}

static void list_anew(Standing *s, bool restricted)
{
    *s = (Standing){ .restricted = restricted, .subject = s->subject, .glass = TIME_NONE };
}

static void put(Standing *s, const AccessEntry *e, const Viewer *who, bool on)
{
    if (e->role != ROLE_NONE)
        s->roles = on ? s->roles | ROLE_BIT(e->role) : s->roles & ~ROLE_BIT(e->role);
    else if (is(e->officer, who))
        s->own = on;
}

static const AccessEntry *entry_by(const AccessEntry *all, size_t n, int64_t key)
{
    for (size_t i = 0; key && i < n; i++)
        if (all[i].key == key) return &all[i];
    return NULL;
}

const AccessEntry *access_naming(const AccessEntry *all, size_t n, const AccessEntry *e)
{
    const AccessEntry *proposal = e->verb == ACCESS_REVIEW ? entry_by(all, n, e->about) : e, *naming;

    if (!proposal || proposal->verb != ACCESS_PROPOSE) return NULL;
    naming = entry_by(all, n, proposal->about);
    return naming && naming->verb == ACCESS_SUBJECT ? naming : NULL;
}

static void read_entry(Standing *s, const AccessEntry *e, const Viewer *who)
{
    switch (e->verb) {
    case ACCESS_RESTRICT: list_anew(s, true); break;
    case ACCESS_LIFT: list_anew(s, false); break;
    case ACCESS_GRANT: put(s, e, who, true); break;
    case ACCESS_REVOKE: put(s, e, who, false); break;
    case ACCESS_SUBJECT: s->subject = s->subject || is(e->officer, who); break;
    case ACCESS_GLASS:
        if ((is(e->by, who) || is(e->second, who)) && (s->glass == TIME_NONE || e->until > s->glass))
            s->glass = e->until;
        break;
    default: break;
    }
}

AccessSight access_sight(const AccessEntry *entries, size_t n, const Viewer *who, Time *until)
{
    Standing s = { .glass = TIME_NONE };

    if (until) *until = TIME_MAX;
    for (size_t i = 0; i < n; i++) {
        const AccessEntry *naming = entries[i].verb == ACCESS_REVIEW ? access_naming(entries, n, &entries[i]) : NULL;
        if (naming && is(naming->officer, who)) s.subject = false;
        read_entry(&s, &entries[i], who);
    }
    if (!s.restricted) return ACCESS_OPEN;
    if (s.subject) return ACCESS_HIDDEN;
    if (s.own || ((s.roles | ROLE_BIT(ROLE_AUDITOR)) & who->roles)) return ACCESS_SEEN;
    if (s.glass == TIME_NONE || (s.glass <= who->now && !WITHOUT("glass-hour"))) return ACCESS_HIDDEN;
    if (until) *until = s.glass;
    return ACCESS_SEEN;
}

/* ---- for a page ---- */

static bool same_one(const AccessEntry *a, const AccessEntry *b)
{
    return a->role == b->role && str_eq(a->officer ? a->officer : "", b->officer ? b->officer : "");
}

static void drop(const AccessEntry **all, size_t *n, size_t at)
{
    for (size_t i = at + 1; i < *n; i++) all[i - 1] = all[i];
    (*n)--;
}

static void drop_same(const AccessEntry **all, size_t *n, const AccessEntry *e)
{
    for (size_t i = *n; i-- > 0;)
        if (same_one(all[i], e)) drop(all, n, i);
}

static void drop_reviewed(AccessList *l, int64_t key)
{
    for (size_t i = l->n_glasses; i-- > 0;)
        if (l->glasses[i]->key == key) drop(l->glasses, &l->n_glasses, i);
}

static void proposed(AccessList *l, const AccessEntry *e)
{
    if (!e->about) {
        l->proposal = e;
        return;
    }
    for (size_t i = 0; i < l->n_subjects; i++)
        if (l->subjects[i]->key == e->about) l->clearing = e, l->cleared = l->subjects[i];
}

static void clearing_ends(AccessList *l, bool cleared)
{
    if (cleared) drop_same(l->subjects, &l->n_subjects, l->cleared);
    l->clearing = l->cleared = NULL;
}

static void list_entry(AccessList *l, const AccessEntry *e)
{
    bool of_clearing = l->clearing && e->about == l->clearing->key;

    switch (e->verb) {
    case ACCESS_RESTRICT:
    case ACCESS_LIFT:
        l->restricted = e->verb == ACCESS_RESTRICT;
        l->since = l->restricted ? e : NULL;
        l->proposal = l->clearing = l->cleared = NULL;
        l->n_on = 0;
        break;
    case ACCESS_GRANT:
        drop_same(l->on, &l->n_on, e);
        l->on[l->n_on++] = e;
        break;
    case ACCESS_REVOKE: drop_same(l->on, &l->n_on, e); break;
    case ACCESS_SUBJECT:
        drop_same(l->subjects, &l->n_subjects, e);
        l->subjects[l->n_subjects++] = e;
        break;
    case ACCESS_PROPOSE: proposed(l, e); break;
    case ACCESS_WITHDRAW: of_clearing ? clearing_ends(l, false) : (void)(l->proposal = NULL); break;
    case ACCESS_GLASS: l->glasses[l->n_glasses++] = e; break;
    case ACCESS_REVIEW: of_clearing ? clearing_ends(l, true) : drop_reviewed(l, e->about); break;
    default: break;
    }
}

void access_list(const AccessEntry *entries, size_t n, Arena *a, AccessList *out)
{
    *out = (AccessList){ .restricted = false };
    out->on = arena_alloc(a, (n + 1) * sizeof *out->on);
    out->subjects = arena_alloc(a, (n + 1) * sizeof *out->subjects);
    out->glasses = arena_alloc(a, (n + 1) * sizeof *out->glasses);
    for (size_t i = 0; i < n; i++) list_entry(out, &entries[i]);
}

const AccessEntry *access_subject(const AccessList *l, const char *officer)
{
    for (size_t i = 0; i < l->n_subjects; i++)
        if (str_eq(l->subjects[i]->officer, officer)) return l->subjects[i];
    return NULL;
}

/* ---- signed ---- */

static void add_text(Hasher *h, const char *text)
{
    crypto_hash_add(h, text ? text : "", text ? strlen(text) : 0);
}

static void add_number(Hasher *h, int64_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)n);
    add_text(h, text);
}

void access_digest(const AccessEntry *e, uint8_t out[HASH_BYTES])
{
    Hasher h;

    crypto_hash_start(&h, "book124-access-v1");
    add_number(&h, e->key);
    add_number(&h, e->case_key);
    add_text(&h, access_verb_word(e->verb));
    add_text(&h, e->officer);
    add_text(&h, e->role != ROLE_NONE ? role_word(e->role) : NULL);
    add_text(&h, e->by);
    add_text(&h, e->second);
    add_number(&h, e->at);
    add_number(&h, e->verb == ACCESS_GLASS ? e->until : 0);
    add_number(&h, e->about);
    crypto_hash_end(&h, out);
}
