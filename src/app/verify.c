/* verify.c — does the log hold, and do the cases hold to it?
** Every entry that changes a case ends in a digest of the case after it. The log is read once, in order, keeping the
** last digest of each case (by a hash of its number: 40 bytes a case); then every case is read once and compared. What
** others save between the two readings looks wrong and is looked at again. What this cannot prove is in docs/audit.md. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <string.h>

/* ---- the digest ---- */

static const char mark[] = "case:";

void app_case_digest(const App *app, const CaseDoc *doc, uint8_t out[HASH_BYTES])
{
    Str text = { 0 };
    Hasher h;

    case_write(doc, app_vocabs(app), &text);
    crypto_hash_start(&h, "book124-case-v1");
    crypto_hash_add(&h, str_text(&text), text.n);
    crypto_hash_end(&h, out);
    str_finish(&text);
}

/* The case as it lies now, whoever may see it, by the name that the log has for it. */
static bool case_after(App *app, CaseKey key, const CaseDoc *added, Arena *a, CaseRow *row, CaseDoc *doc, Err *err)
{
    bool ok;

    store_view_all(app->store, true);
    store_cipher_raw(app->store, true);
    ok = store_case_row(app->store, key, a, row, err);
    if (ok && added && !store_cipher_wrote(app->store))
        *doc = *added;
    else
        ok = ok && store_case_load(app->store, key, app_vocabs(app), a, doc, err);
    store_cipher_raw(app->store, false);
    store_view_all(app->store, false);
    return ok;
}

bool app_log_case(
    App *app, Tx *tx, AuditKind kind, const char *act, CaseKey key, const CaseDoc *added, const char *detail, Err *err)
{
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    Arena *a = arena_new_secret();
    CaseDoc doc;
    CaseRow row;
    bool ok;

    if (app->ahead != TIME_NONE) {
        arena_free(&a);
        return err_set(err, ERR_BUG, "", "A case was to be changed under a clock that is set ahead.");
    }
    ok = cipher_settle(app, tx, key, err) && case_after(app, key, added, a, &row, &doc, err);
    if (ok) {
        app_case_digest(app, &doc, digest);
        detail = arena_printf(a, "%s%s%s%s", detail ? detail : "", detail && *detail ? ", " : "", mark,
            crypto_hex(digest, HASH_BYTES, hex));
        ok = app_log(app, tx, kind, act, row.id, detail, err);
    }
    arena_free(&a);
    return ok;
}

static bool digest_of_detail(const char *detail, const char *before, uint8_t out[HASH_BYTES])
{
    size_t n = strlen(detail), m = strlen(before), tail = m + HASH_HEX - 1;

    return n >= tail && strncmp(detail + n - tail, before, m) == 0 &&
           crypto_unhex(detail + n - (HASH_HEX - 1), out, HASH_BYTES);
}

/* ---- the last digest of each case ---- */

enum { KEPT = 16 /* bytes of a digest */ };

typedef struct Known {
    uint64_t name;        /* hash of the number of the case; 0 is a free place */
    int64_t seq;          /* of its last entry                                 */
    uint8_t digest[KEPT]; /* of the last entry that said one                   */
    bool said, seen;
    bool erased;          /* its last entry says that it was erased, and as what */
} Known;

typedef struct Proof {
    App *app;
    AuditCheck check;
    AuditVerdict *out;
    const Progress *progress;
    int64_t total, told;
    Known *known;
    size_t cap, n;
    LogHead *heads;
    size_t n_heads, next_head;
    const AuditAnchor *anchors; /* from elsewhere, in order */
    size_t n_anchors, next_anchor;
    Arena *a;
    const char **doubtful; /* cases to be looked at again */
    size_t n_doubtful, cap_doubtful;
    Err err;
} Proof;

static uint64_t name_of(const char *id)
{
    uint8_t hash[HASH_BYTES];
    uint64_t name;

    crypto_hash(id, strlen(id), hash);
    memcpy(&name, hash, sizeof name);
    return name ? name : 1;
}

static Known *place_in(Known *all, size_t cap, uint64_t name)
{
    size_t at = (size_t)name & (cap - 1);

    while (all[at].name && all[at].name != name) at = (at + 1) & (cap - 1);
    return &all[at];
}

static void widen(Proof *p)
{
    size_t cap = p->cap ? p->cap * 2 : 1024;
    Known *all = mem_new(cap * sizeof *all);

    for (size_t i = 0; i < p->cap; i++)
        if (p->known[i].name) *place_in(all, cap, p->known[i].name) = p->known[i];
    mem_free(p->known);
    p->known = all;
    p->cap = cap;
}

static void learn(Proof *p, const AuditEntry *e)
{
    uint8_t digest[HASH_BYTES];
    uint64_t name;
    Known *k;

    bool erased = e->kind == AUDIT_ERASE && str_eq(e->act, "case.erase");

    if ((e->kind != AUDIT_COLLECT && e->kind != AUDIT_ALTER && !erased) || !*e->case_id) return;
    if (p->n * 3 >= p->cap * 2) widen(p);
    name = name_of(e->case_id);
    k = place_in(p->known, p->cap, name);
    p->n += !k->name;
    k->name = name;
    k->seq = e->seq;
    k->erased = erased;
    k->said = digest_of_detail(e->detail, erased ? ERASED_MARK : mark, digest);
    if (k->said) memcpy(k->digest, digest, KEPT);
}

/* ---- the log ---- */

/* What the file `heads` says of this entry must be so. */
static bool head_holds(Proof *p, const AuditEntry *e)
{
    for (; p->next_head < p->n_heads && p->heads[p->next_head].seq == e->seq; p->next_head++)
        if (memcmp(p->heads[p->next_head].hash, e->hash, HASH_BYTES) != 0)
            return err_set(&p->err, ERR_CORRUPT, "",
                "Entry %" PRId64 " of the log is not the one that was written: the file heads has another hash for it.",
                e->seq);
    return true;
}

/* And what was noted elsewhere. */
static bool anchor_holds(Proof *p, const AuditEntry *e)
{
    for (; p->next_anchor < p->n_anchors && p->anchors[p->next_anchor].seq == e->seq; p->next_anchor++)
        if (memcmp(p->anchors[p->next_anchor].hash, e->hash, p->anchors[p->next_anchor].n) != 0)
            return err_set(&p->err, ERR_CORRUPT, "",
                "Entry %" PRId64 " of the log is not the one that was noted elsewhere: the log was written anew up to there.",
                e->seq);
    return true;
}

static bool tell(Proof *p, Err *err)
{
    if (!p->progress || !p->progress->step || app_ticks() - p->told < 200) return true;
    p->told = app_ticks();
    return p->progress->step(p->progress->with, p->out->entries, p->total) ||
           err_set(err, ERR_STOPPED, "", "Stopped; the log was not proved to its end.");
}

static bool prove_entry(void *with, const AuditEntry *e)
{
    Proof *p = with;

    if (!audit_check_step(&p->check, e, &p->err) || !head_holds(p, e) || !anchor_holds(p, e)) return false;
    if (p->out->entries++ == 0) p->out->first = e->at;
    p->out->last = e->at;
    learn(p, e);
    return p->out->entries % 64 != 0 || tell(p, &p->err);
}

static bool read_on(Proof *p, Err *err)
{
    if (!store_audit_each(p->app->store, p->check.next_seq, prove_entry, p, err)) return false;
    if (p->err.kind != ERR_NONE && err) *err = p->err;
    return p->err.kind == ERR_NONE;
}

static bool ends_at(const Proof *p, int64_t should, const char *who, Err *err)
{
    return p->out->entries >= should ||
           err_set(err, ERR_CORRUPT, "",
               "The log ends at entry %" PRId64 ", but %s entry %" PRId64 ": entries are missing at its end.",
               p->out->entries, who, should);
}

static bool prove_chain(Proof *p, Err *err)
{
    Store *s = p->app->store;
    AuditEntry head = { 0 };
    size_t unreadable;
    int64_t act;

    if (!store_heads(s, p->a, &p->heads, &p->n_heads, &unreadable, err) || !store_last_act(s, &act, err) ||
        !store_audit_head(s, p->a, &head, err))
        return false;
    p->total = head.seq;
    if (!read_on(p, err)) return false;
    if (p->n_heads) p->out->anchored = p->heads[p->n_heads - 1].seq;
    if (unreadable) snprintf(p->out->says, sizeof p->out->says, "Some lines of the file heads cannot be read. ");
    return ends_at(p, p->total, "its reading began when it had", err) &&
           ends_at(p, act, "facts were written at", err) &&
           ends_at(p, p->out->anchored, "the file heads was written at", err) &&
           (p->n_anchors == 0 || ends_at(p, p->out->noted = p->anchors[p->n_anchors - 1].seq, "elsewhere it is noted at", err));
}

/* ---- the cases ---- */

typedef enum Standing { AS_WRITTEN, NOTHING_SAID, NOT_AS_WRITTEN, UNHEARD_OF } Standing;

static Standing standing(Proof *p, const char *name, const CaseDoc *doc, Known **k)
{
    uint8_t digest[HASH_BYTES];

    *k = p->cap ? place_in(p->known, p->cap, name_of(name)) : NULL;
    if (!*k || !(*k)->name) return UNHEARD_OF;
    (*k)->seen = true;
    if ((*k)->erased) return NOT_AS_WRITTEN; /* it is there all the same */
    if (!(*k)->said) return NOTHING_SAID;
    app_case_digest(p->app, doc, digest);
    return memcmp(digest, (*k)->digest, KEPT) == 0 ? AS_WRITTEN : NOT_AS_WRITTEN;
}

static int64_t texts_changed(const SignedCount *s)
{
    return s->books[SIGNED_CHANGED] + s->reviews[SIGNED_CHANGED] + s->others[SIGNED_CHANGED];
}

static void count_signatures(Proof *p, const CaseDoc *doc)
{
    SignedCount *all = &p->out->signatures;
    int64_t before = texts_changed(all);

    sign_count_case(p->app, doc, all);
    if (texts_changed(all) > before && !*p->out->changed)
        snprintf(p->out->changed, sizeof p->out->changed, "%.40s", doc->id);
}

/* Of an ordinary case: answers that are safe contact. */
static bool hides_answers(const CaseDoc *doc)
{
    bool hides = false;

    for (size_t i = 0; i < doc->n_books; i++) hides |= doc->books[i].answers && strstr(doc->books[i].answers, "\"sealed:u") != NULL;
    return hides;
}

/* What was signed is the text, and the digest is of how it lies: that of an enciphered case is opened for whoever has its key. */
static bool count_opened(Proof *p, const CaseRow *row, Err *err)
{
    Arena *a = arena_new_secret();
    bool can = cipher_in_hand(p->app, row->enciphered ? row->key : CIPHER_UNIT), ok = true;
    CaseDoc doc;

    p->out->closed += !can;
    if (can) {
        store_cipher_raw(p->app->store, false);
        ok = store_case_load(p->app->store, row->key, app_vocabs(p->app), a, &doc, err);
        store_cipher_raw(p->app->store, true);
        if (ok) count_signatures(p, &doc);
    }
    arena_free(&a);
    return ok;
}

static bool prove_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Proof *p = with;
    Known *k;
    Standing is = standing(p, row->id, doc, &k);

    p->out->cases += is == AS_WRITTEN;
    p->out->unsaid += is == NOTHING_SAID;
    if (!row->enciphered && !hides_answers(doc))
        count_signatures(p, doc);
    else if (!count_opened(p, row, err))
        return false;
    if (is >= NOT_AS_WRITTEN) {
        p->doubtful = mem_room(p->doubtful, p->n_doubtful, &p->cap_doubtful, sizeof *p->doubtful);
        p->doubtful[p->n_doubtful++] = arena_dup(p->a, row->id);
    }
    return tell(p, err);
}

static bool wrong(Standing is, const char *id, const Known *k, Err *err)
{
    if (is == UNHEARD_OF)
        return err_set(err, ERR_CORRUPT, "",
            "%s is in the store and the log does not know it: it was put there behind "
            "the program.",
            id);
    return err_set(err, ERR_CORRUPT, "",
        "%s is not what was written at entry %" PRId64 " of the log: its facts were changed behind the program.", id,
        k->seq);
}

/* It was saved while the log was read, or it is wrong: with the log as it is now it must fit. */
static bool look_again(Proof *p, const char *id, Err *err)
{
    enum { TIMES = 20 }; /* a case that is saved again and again meanwhile */
    Standing is = UNHEARD_OF;
    Known *k = NULL;
    CaseRow row;
    CaseDoc doc;

    for (int i = 0; i < TIMES; i++) {
        if (!store_case_find(p->app->store, id, p->a, &row, err) ||
            !store_case_load(p->app->store, row.key, app_vocabs(p->app), p->a, &doc, err) || !read_on(p, err))
            return false;
        is = standing(p, row.id, &doc, &k);
        p->out->cases += is == AS_WRITTEN;
        if (is < NOT_AS_WRITTEN) return true;
    }
    return wrong(is, id, k, err);
}

/* What was erased has its tombstone, of the digest that the log says, and no tombstone stands where the log knows of no erasing. */
static bool prove_tombstones(Proof *p, Err *err)
{
    Tombstone *all;
    size_t n;

    if (!store_tombstones(p->app->store, p->a, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        Known *k = p->cap ? place_in(p->known, p->cap, name_of(all[i].case_id)) : NULL;
        bool meanwhile = all[i].act >= p->check.next_seq; /* erased since the log was read: another time */
        if (meanwhile && k && k->name) k->seen = true;
        if (meanwhile) continue;
        if (!k || !k->name || !k->erased || !k->said || memcmp(k->digest, all[i].digest, KEPT) != 0)
            return err_set(err, ERR_CORRUPT, "",
                "The tombstone of %s is not what the log says of its erasing: it was put there or changed behind the program.", all[i].case_id);
        k->seen = true;
        p->out->erased++;
    }
    return true;
}

static bool prove_cases(Proof *p, Err *err)
{
    if (!store_case_each(p->app->store, WALK_BY_KEY, app_vocabs(p->app), prove_case, p, err) || !prove_tombstones(p, err)) return false;
    for (size_t i = 0; i < p->cap; i++)
        if (p->known[i].name && !p->known[i].seen)
            return err_set(err, ERR_CORRUPT, "",
                "The case that entry %" PRId64 " of the log tells of is not in the store: it was removed behind the "
                "program.",
                p->known[i].seq);
    for (size_t i = 0; i < p->n_doubtful; i++)
        if (!look_again(p, p->doubtful[i], err)) return false;
    return true;
}

/* ---- the keys that signatures are held against ---- */

/* Whoever puts a key of their own beside an officer's name must have put it into the log, too. */
static bool prove_keys(Proof *p, Err *err)
{
    Custodians c;
    OfficerKey *keys;
    size_t n;

    if (!store_key_list(p->app->store, p->a, &keys, &n, err) || !store_custodians(p->app->store, p->a, &c, err)) return false;
    for (size_t i = 0; i < n; i++) {
        char number[KEY_NUMBER];
        KeyStand is;
        if (keys[i].none) continue;
        if (!key_stand(p->app, &keys[i], &is, err)) return false;
        if (is == KEY_FOREIGN)
            return err_set(err, ERR_CORRUPT, "",
                "The key %s of the officer %.20s is in the store and the log does not know it: it was put there behind "
                "the program.",
                key_number(keys[i].keys.sign, number), keys[i].warrant);
        p->out->keys_unsigned += is == KEY_UNSIGNED && keys[i].ended_at == TIME_NONE;
    }
    return !c.generation || custodians_stand(p->app, &c) != KEY_FOREIGN ||
           err_set(err, ERR_CORRUPT, "", "The key of the custodians is not the one that the log says: it was put there behind the program.");
}

/* ---- in words ---- */

static int64_t stand_sum(const SignedCount *s, SignedStand stand)
{
    return s->books[stand] + s->reviews[stand] + s->others[stand];
}

static void say_signatures(const AuditVerdict *v, Str *out)
{
    const SignedCount *s = &v->signatures;

    str_addf(out, " Signatures: %" PRId64 " valid, %" PRId64 " whose text changed since it was signed",
        stand_sum(s, SIGNED_VALID), stand_sum(s, SIGNED_CHANGED));
    if (*v->changed) str_addf(out, " (the first in %s)", v->changed);
    str_addf(out,
        ", %" PRId64 " of signers unknown here; %" PRId64 " books and %" PRId64 " reviews are not signed.",
        stand_sum(s, SIGNED_UNKNOWN), s->books[SIGNED_NOT], s->reviews[SIGNED_NOT]);
    if (s->others[SIGNED_NOT]) str_addf(out, " Nor are %" PRId64 " entries of lists and tombstones.", s->others[SIGNED_NOT]);
    if (v->keys_unsigned) str_addf(out, " The keys of %" PRId64 " officers are signed when they sign in next.", v->keys_unsigned);
    if (v->closed)
        str_addf(out, " Of %" PRId64 " case%s, whose key is not in your hands, nothing signed was looked at.", v->closed, v->closed == 1 ? "" : "s");
}

static void sum_up(AuditVerdict *v)
{
    Str s = { 0 };

    str_add(&s, v->says);
    str_addf(&s, "%" PRId64 " cases are as the log says", v->cases);
    if (v->unsaid) str_addf(&s, "; of %" PRId64 " older ones it does not say", v->unsaid);
    if (v->erased) str_addf(&s, "; %" PRId64 " were erased and have their tombstones", v->erased);
    if (v->anchored)
        str_addf(&s, ". The log is anchored up to entry %" PRId64 " by the file heads", v->anchored);
    else
        str_add(&s, ". The log is not anchored: there is no file heads");
    if (v->noted) str_addf(&s, ", and up to entry %" PRId64 " by what was noted elsewhere", v->noted);
    str_add_char(&s, '.');
    say_signatures(v, &s);
    snprintf(v->says, sizeof v->says, "%s", str_text(&s));
    str_finish(&s);
}

static bool prove(App *app, const AuditAnchor *anchors, size_t n, const Progress *progress, AuditVerdict *out, Err *err)
{
    Proof p = { .app = app, .out = out, .progress = progress, .anchors = anchors, .n_anchors = n, .a = arena_new_secret() };
    bool ok;

    *out = (AuditVerdict){ .first = TIME_NONE, .last = TIME_NONE };
    audit_check_start(&p.check);
    store_view_all(app->store, true); /* numbers come of it, and the name of a case only where it was tampered with */
    store_cipher_raw(app->store, true);
    ok = prove_chain(&p, err) && prove_cases(&p, err) && prove_keys(&p, err) &&
         sign_count_others(app, &out->signatures, err);
    store_cipher_raw(app->store, false);
    store_view_all(app->store, false);
    crypto_hex(p.check.prev, HASH_BYTES, out->head);
    if (ok) sum_up(out);
    mem_free(p.known);
    mem_free(p.doubtful);
    arena_free(&p.a);
    return ok;
}

bool app_prove_log(App *app, const Progress *progress, AuditVerdict *out, Err *err)
{
    return prove(app, NULL, 0, progress, out, err);
}

bool app_audit_verify(App *app, const Progress *progress, AuditVerdict *out, Err *err)
{
    return app_audit_verify_with(app, NULL, 0, progress, out, err);
}

bool app_audit_verify_with(
    App *app, const AuditAnchor *anchors, size_t n, const Progress *progress, AuditVerdict *out, Err *err)
{
    return app_may_do(app, PERM_AUDIT_READ, "audit.verify", NULL, err) && prove(app, anchors, n, progress, out, err);
}
