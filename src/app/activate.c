/* activate.c — putting a policy in force: one officer proposes a file, another approves it. The file is read, its
** examples are run and its words are held against the cases both times; every text is kept. Approving is one short
** write that the log binds to the hash before and the hash after; then every duty is derived anew, in slices, so that
** others go on working. Whoever still works under the old one is told at the next save (app_policy_same) and goes on
** under the new one. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const policy_standing_words[POLICY_STANDINGS] = { "proposed", "in-force", "was-in-force", "withdrawn" };
const char *const policy_standing_labels[POLICY_STANDINGS] = { "proposed", "in force", "was in force", "withdrawn" };

typedef struct SignedAsk { /* whose signature of which moment is looked for */
    const char *kind, *hash, *by;
    Time at;
} SignedAsk;

/* ---- what there is ---- */

static void add_proposals(const PolicyProposal *all, size_t n, bool open, PolicyEntry *out, size_t *n_out)
{
    for (size_t i = 0; i < n; i++) {
        const PolicyProposal *p = &all[i];
        if (open ? p->decision != NULL : !str_eq(p->decision, "withdrawn")) continue;
        out[(*n_out)++] = (PolicyEntry){ .proposal = p->key,
            .id = p->id,
            .hash = p->hash,
            .standing = open ? POLICY_PROPOSED : POLICY_WITHDRAWN,
            .by = p->by,
            .at = p->at,
            .decided_by = p->decided_by,
            .decided_at = p->decided_at,
            .until = TIME_NONE };
    }
}

static void add_versions(const PolicyVersion *all, size_t n, PolicyEntry *out, size_t *n_out)
{
    for (size_t i = 0; i < n; i++)
        out[(*n_out)++] = (PolicyEntry){ .policy = all[i].key,
            .id = all[i].id,
            .hash = all[i].hash,
            .standing = i ? POLICY_WAS_IN_FORCE : POLICY_IN_FORCE,
            .by = all[i].by,
            .at = all[i].proposed_at,
            .decided_by = all[i].approved_by,
            .decided_at = all[i].activated_at,
            .until = i ? all[i - 1].activated_at : TIME_NONE };
}

static bool entries(App *app, Arena *a, PolicyEntry **out, size_t *n, Err *err)
{
    PolicyProposal *proposals;
    PolicyVersion *versions;
    size_t n_proposals, n_versions;

    *n = 0;
    if (!store_proposal_list(app->store, a, &proposals, &n_proposals, err)) return false;
    if (!store_policy_list(app->store, a, &versions, &n_versions, err)) return false;
    *out = arena_alloc(a, (n_proposals + n_versions + 1) * sizeof **out);
    add_proposals(proposals, n_proposals, true, *out, n);
    add_versions(versions, n_versions, *out, n);
    add_proposals(proposals, n_proposals, false, *out, n);
    return true;
}

bool app_policy_list(App *app, Arena *a, PolicyEntry **out, size_t *n, Err *err)
{
    *n = 0;
    return app_may_do(app, PERM_POLICY_READ, "policy.list", NULL, err) && entries(app, a, out, n, err);
}

enum { HASH_LEAST = 6 };

static bool find(App *app, const char *hash, Arena *a, PolicyEntry *out, Err *err)
{
    PolicyEntry *all;
    const PolicyEntry *fits = NULL;
    size_t n, length = strlen(hash);

    if (length < HASH_LEAST || length >= HASH_HEX || strspn(hash, "0123456789abcdef") != length)
        return err_set(err, ERR_INVALID, "hash",
            "A policy is named by the beginning of its hash, %d digits or more, as \"book124 policy list\" shows it.",
            HASH_LEAST);
    if (!entries(app, a, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (strncmp(all[i].hash, hash, length) != 0) continue;
        if (fits && !str_eq(fits->hash, all[i].hash))
            return err_set(err, ERR_INVALID, "hash", "Several policies begin with %s: give more of the hash.", hash);
        if (!fits) fits = &all[i];
    }
    if (!fits)
        return err_set(err, ERR_MISSING, "hash", "No policy of this store has a hash that begins with %s.", hash);
    *out = *fits;
    return true;
}

bool app_policy_find(App *app, const char *hash, Arena *a, PolicyEntry *out, Err *err)
{
    return app_may_do(app, PERM_POLICY_READ, "policy.list", NULL, err) && find(app, hash, a, out, err);
}

static bool text_of(App *app, const PolicyEntry *e, Arena *a, const char **text, size_t *n, Err *err)
{
    return e->policy ? store_policy_text(app->store, e->policy, a, text, n, err)
                     : store_proposal_text(app->store, e->proposal, a, text, n, err);
}

bool app_policy_text(App *app, const PolicyEntry *e, Arena *a, const char **text, size_t *n, Err *err)
{
    return app_may_do(app, PERM_POLICY_READ, "policy.text", NULL, err) && text_of(app, e, a, text, n, err);
}

/* ---- words that cases use ---- */

typedef struct Dropped { /* words of the policy in force that another one lacks */
    const Vocabs *vocabs;
    bool words[VOCAB_COUNT][VOCAB_WORDS_MAX + 1];
    bool any;
    VocabId vocab; /* the first that a case uses */
    Code code;
    int64_t cases;
} Dropped;

static void dropped_make(Dropped *d, const Vocabs *was, const Vocabs *is)
{
    d->vocabs = was;
    for (VocabId id = 0; id < VOCAB_COUNT; id++)
        for (size_t c = 1; c <= was->of[id].n; c++)
            if (vocab_code(is, id, was->of[id].words[c - 1].word) == CODE_NONE) d->words[id][c] = d->any = true;
}

static bool uses(Dropped *d, VocabId id, Code code)
{
    if (code == CODE_NONE || code > VOCAB_WORDS_MAX || !d->words[id][code]) return false;
    d->vocab = id;
    d->code = code;
    return true;
}

/* "a,b" */
static bool uses_some(Dropped *d, VocabId id, const char *words)
{
    for (const char *at = words; at && *at;) {
        size_t n = strcspn(at, ",");
        if (uses(d, id, vocab_code_n(d->vocabs, id, at, n))) return true;
        at += n + (at[n] == ',');
    }
    return false;
}

static bool item_uses(Dropped *d, const CaseField *fields, size_t n, const void *item)
{
    for (size_t i = 0; i < n; i++) {
        const void *at = (const char *)item + fields[i].offset;
        if (fields[i].kind == FIELD_CODE && uses(d, fields[i].vocab, *(const Code *)at)) return true;
        if (fields[i].kind == FIELD_CODES && uses_some(d, fields[i].vocab, *(const char *const *)at)) return true;
    }
    return false;
}

static bool list_uses(Dropped *d, CaseListId list, const void *items, size_t n)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < n; i++)
        if (item_uses(d, l->fields, l->n_fields, (const char *)items + i * l->item_size)) return true;
    return false;
}

static bool case_uses(Dropped *d, const CaseDoc *doc)
{
    if (item_uses(d, case_scalars, case_n_scalars, doc)) return true;
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n;
        const void *items = case_items(doc, list, &n);
        if (list_uses(d, list, items, n)) return true;
    }
    for (size_t i = 0; i < doc->n_people; i++)
        if (list_uses(d, LIST_STATUS, doc->people[i].status, doc->people[i].n_status)) return true;
    return false;
}

static bool count_uses(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Dropped *d = with;

    d->cases += case_uses(d, doc);
    return true;
}

/* Nothing is walked when no word is dropped, which is nearly always. */
static bool words_kept(App *app, const Policy *is, Err *err)
{
    Dropped *d = mem_new(sizeof *d);
    Err why = { 0 };
    bool ok = true;

    dropped_make(d, app_vocabs(app), policy_vocabs(is));
    store_view_all(app->store, true); /* a word that is dropped could not be read in a restricted case either */
    if (d->any)
        ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), count_uses, d, &why) && why.kind == ERR_NONE;
    store_view_all(app->store, false);
    if (!ok && err) *err = why;
    if (ok && d->cases)
        ok = err_set(err, ERR_INVALID, "text",
            "The file lacks the word \"%s\" (%s), which cases use: %" PRId64
            " case%s hold words that it does not know. "
            "Words cannot be taken away: add it again with a line \"vocabulary %s adds …\".",
            vocab_word(d->vocabs, d->vocab, d->code), d->vocabs->of[d->vocab].name, d->cases, d->cases == 1 ? "" : "s",
            d->vocabs->of[d->vocab].name);
    mem_free(d);
    return ok;
}

/* ---- proposing ---- */

static bool in_force_already(const App *app, const char *hash, Err *err)
{
    return str_eq(hash, policy_hash(app->policy)) &&
           !err_set(err, ERR_INVALID, "text", "This very text is in force already (%.8s).", hash);
}

static bool proposed_already(App *app, const char *hash, Arena *a, Err *err)
{
    PolicyEntry *all;
    size_t n;

    if (!entries(app, a, &all, &n, err)) return true;
    for (size_t i = 0; i < n; i++)
        if (all[i].standing == POLICY_PROPOSED && str_eq(all[i].hash, hash))
            return !err_set(
                err, ERR_INVALID, "text", "This very text is proposed already (%.8s), by %s.", hash, all[i].by);
    return false;
}

/* Over the hash of the text, by which it is found again. */
static bool sign(App *app, Tx *tx, const char *kind, const char *hash, Err *err)
{
    uint8_t digest[HASH_BYTES];

    return crypto_unhex(hash, digest, HASH_BYTES) ? app_sign_record(app, tx, kind, hash, digest, err)
                                                  : err_set(err, ERR_BUG, "hash", "The hash of a policy is no hash.");
}

static SignedStand signed_by(const App *app, const SignedAsk *ask, const uint8_t digest[HASH_BYTES], Arena *a)
{
    SignedRecord *all;
    size_t n;

    if (!ask->by || !app_signed_list(app, ask->kind, ask->hash, digest, a, &all, &n, NULL)) return SIGNED_NOT;
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].by, ask->by) && all[i].at == ask->at) return all[i].stand;
    return SIGNED_NOT;
}

bool app_policy_signed(App *app, const PolicyEntry *e, Arena *a, PolicySigned *out, Err *err)
{
    SignedAsk proposed = { SIGN_PROPOSE, e->hash, e->by, e->at };
    SignedAsk approved = { SIGN_APPROVE, e->hash, e->policy ? e->decided_by : NULL, e->decided_at };
    uint8_t digest[HASH_BYTES];
    const char *text;
    size_t n;

    if (!app_policy_text(app, e, a, &text, &n, err)) return false;
    crypto_hash(text, n, digest);
    out->proposed = signed_by(app, &proposed, digest, a);
    out->approved = signed_by(app, &approved, digest, a);
    return true;
}

/* The text goes in with its words, so that what is approved is what was proposed, whatever words a later program brings. */
static bool put_proposal(App *app, const Policy *p, Err *err)
{
    PolicyProposal row = { .id = policy_id(p), .hash = policy_hash(p), .by = app_who(app), .at = app->now };
    size_t n;
    const char *text = policy_whole_text(p, &n);
    char detail[120];
    int64_t key;
    Arena *a = arena_new();
    Tx tx = { 0 };
    bool ok = store_begin(app->store, &tx, err) && !proposed_already(app, row.hash, a, err) &&
              store_proposal_add(&tx, &row, text, n, &key, err) && sign(app, &tx, SIGN_PROPOSE, row.hash, err);

    if (ok) snprintf(detail, sizeof detail, "%s, proposal %" PRId64, row.hash, key);
    ok = ok && app_log(app, &tx, AUDIT_CARE, "policy.propose", NULL, detail, err) && store_commit(&tx, err);
    store_end(&tx);
    arena_free(&a);
    return ok;
}

bool app_policy_propose(
    App *app, const char *name, const char *text, size_t n, PolicyProblems *problems, char hash[HASH_HEX], Err *err)
{
    Policy *p;
    bool ok;

    problems->n = 0;
    if (!app_may_do(app, PERM_POLICY_PROPOSE, "policy.propose", NULL, err)) return false;
    app_tick(app);
    p = policy_parse(name, text, n, problems);
    if (!p)
        return err_set(err, ERR_INVALID, "text", "%s has %zu problem%s and cannot be proposed.", name, problems->n,
            problems->n == 1 ? "" : "s");
    ok = !in_force_already(app, policy_hash(p), err) && words_kept(app, p, err) && put_proposal(app, p, err);
    if (ok) snprintf(hash, HASH_HEX, "%s", policy_hash(p));
    policy_free(&p);
    return ok;
}

/* ---- deciding ---- */

static bool open_proposal(App *app, const char *hash, Arena *a, PolicyEntry *e, Err *err)
{
    if (!find(app, hash, a, e, err)) return false;
    return e->standing == POLICY_PROPOSED ||
           err_set(err, ERR_INVALID, "hash", "The policy %.8s is not proposed: it %s.", e->hash,
               e->standing == POLICY_IN_FORCE    ? "is in force"
               : e->standing == POLICY_WITHDRAWN ? "was withdrawn"
                                                 : "was in force, and must be proposed again");
}

bool app_policy_withdraw(App *app, const char *hash, Err *err)
{
    Perm perm = app_may_quietly(app, PERM_POLICY_ACTIVATE) ? PERM_POLICY_ACTIVATE : PERM_POLICY_PROPOSE;
    Arena *a = arena_new();
    PolicyEntry e = { 0 };
    Tx tx = { 0 };
    bool ok = app_may_do(app, perm, "policy.withdraw", NULL, err) && open_proposal(app, hash, a, &e, err) &&
              store_begin(app->store, &tx, err) &&
              store_proposal_decide(&tx, e.proposal, 0, app_who(app), app->now, err) &&
              app_log(app, &tx, AUDIT_CARE, "policy.withdraw", NULL,
                  arena_printf(a, "%s, proposal %" PRId64, e.hash, e.proposal), err) &&
              store_commit(&tx, err);

    store_end(&tx);
    arena_free(&a);
    return ok;
}

static bool another_officer(App *app, const PolicyEntry *e, Err *err)
{
    if (!str_eq(e->by, app_who(app))) return true;
    err_set(err, ERR_DENIED, "", "You proposed this policy yourself. Another detective inspector must approve it.");
    return app_denied(app, "policy.activate", NULL, e->hash);
}

/* The text as it lies in the store, read and its examples run once more: the program may be newer than the proposal. */
static Policy *read_again(App *app, const PolicyEntry *e, Arena *a, const char **text, size_t *n, Err *err)
{
    PolicyProblems problems = { .arena = a };
    Policy *p;

    if (!text_of(app, e, a, text, n, err)) return NULL;
    p = policy_parse(e->id, *text, *n, &problems);
    if (!p)
        err_set(err, ERR_INVALID, "text", "The proposed file has a problem: line %d: %s",
            problems.n ? problems.items[0].line : 0, problems.n ? problems.items[0].text : "it is empty.");
    else if (!str_eq(policy_hash(p), e->hash)) {
        policy_free(&p);
        err_set(err, ERR_CORRUPT, "text", "The text of the proposal is not the one that was proposed.");
    }
    return p;
}

/* The one write: the cases' words, the policy, the decision and the log, all or nothing. */
static bool put_in_force(App *app, const PolicyEntry *e, const Policy *p, const char *text, size_t n, Err *err)
{
    char detail[300];
    int64_t key = 0;
    Tx tx = { 0 };
    bool ok = store_begin(app->store, &tx, err) && app_policy_same(app, err) && words_kept(app, p, err) &&
              store_policy_activate(&tx, policy_id(p), policy_hash(p), text, n, app->now, err) &&
              store_policy_newest(app->store, &key, err) &&
              store_proposal_decide(&tx, e->proposal, key, app_who(app), app->now, err) &&
              sign(app, &tx, SIGN_APPROVE, e->hash, err);

    snprintf(detail, sizeof detail, "was %s, is %s, proposal %" PRId64 " of %.16s", policy_hash(app->policy),
        policy_hash(p), e->proposal, e->by);
    ok = ok && app_log(app, &tx, AUDIT_CARE, "policy.activate", NULL, detail, err) && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

static bool approve(App *app, const PolicyEntry *e, const char *password, Arena *a, Err *err)
{
    const char *text;
    size_t n;
    Policy *p;
    bool ok;

    if (!another_officer(app, e, err) || !app_prove_again(app, password, AUDIT_CARE, "policy.approve", err)) return false;
    p = read_again(app, e, a, &text, &n, err);
    if (!p) return false;
    ok = put_in_force(app, e, p, text, n, err) && app_policy_load(app, err);
    policy_free(&p);
    return ok;
}

bool app_policy_activate(
    App *app, const char *hash, const char *password, const Progress *p, PolicyActivated *out, Err *err)
{
    Arena *a = arena_new();
    PolicyEntry e = { 0 };
    bool ok;

    *out = (PolicyActivated){ 0 };
    snprintf(out->was, sizeof out->was, "%s", policy_hash(app->policy));
    ok = app_may_do(app, PERM_POLICY_ACTIVATE, "policy.activate", NULL, err) && find(app, hash, a, &e, err);
    if (ok && e.standing != POLICY_IN_FORCE)
        ok = open_proposal(app, hash, a, &e, err) && approve(app, &e, password, a, err);
    out->in_force = ok;
    snprintf(out->is, sizeof out->is, "%s", policy_hash(app->policy));
    ok = ok && app_recheck(app, p, &out->cases, &out->changed, err);
    if (!ok && out->in_force && err && err->kind == ERR_STOPPED)
        err_set(err, ERR_STOPPED, "",
            "The policy is in force; %" PRId64 " cases were derived anew when it was stopped. Activate it again, or "
            "rebuild, to finish.",
            out->cases);
    arena_free(&a);
    return ok;
}
