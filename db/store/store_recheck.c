/* store_recheck.c — what is derived, held against the facts: first only read, then mended where it differs.
** The reading goes in slices, each one view of the store of its own, so that nobody's save is held up and no view grows
** old. Facts, duties, badges and alerts are walked side by side in the order of keys. Search keys lie in another order: each
** case gets the sum of the hashes of the keys it should have, less the sum of those it has, and 0 is right. Figures are
** counted along the queue's index, one owner at a time. Alerts are not found again by reading every account: it is looked
** whether they are what was noted of them when they were made (store_alert.c), and only where not, they are made anew.
** What others save meanwhile can only make a case look wrong that is not: whatever looks wrong is derived again inside a
** write, from what is there then, and only what really differs is written. Nothing is ever cleared. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOOK_EVERY = 256, SURPLUS_BITE = 200 };

typedef enum Phase { FIGURES, CASES, KEYS, MENDING, WRONG_KEYS, FINISHED } Phase;

/* ---- sums by key: open addressing ---- */

typedef struct Sum {
    int64_t a, b, c; /* the key          */
    uint64_t sum;
    bool used;
} Sum;

typedef struct Sums {
    Sum *slots;
    size_t cap, n;
} Sums;

static uint64_t mix(uint64_t x)
{
    x ^= x >> 31;
    x *= 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    return x ^ x >> 32;
}

static Sum *slot_for(const Sums *s, int64_t a, int64_t b, int64_t c)
{
    size_t at = (size_t)mix((uint64_t)a + mix((uint64_t)b + mix((uint64_t)c))) & (s->cap - 1);

    while (s->slots[at].used && (s->slots[at].a != a || s->slots[at].b != b || s->slots[at].c != c))
        at = (at + 1) & (s->cap - 1);
    return &s->slots[at];
}

static void sums_widen(Sums *s)
{
    Sums wider = { .cap = s->cap ? s->cap * 2 : 1024, .n = s->n };

    wider.slots = mem_grow(NULL, wider.cap, sizeof *wider.slots);
    memset(wider.slots, 0, wider.cap * sizeof *wider.slots);
    for (size_t i = 0; i < s->cap; i++)
        if (s->slots[i].used) *slot_for(&wider, s->slots[i].a, s->slots[i].b, s->slots[i].c) = s->slots[i];
    mem_free(s->slots);
    *s = wider;
}

static void sums_add(Sums *s, int64_t a, int64_t b, int64_t c, uint64_t by)
{
    Sum *slot;

    if (s->n * 3 >= s->cap * 2) sums_widen(s);
    slot = slot_for(s, a, b, c);
    if (!slot->used) {
        *slot = (Sum){ .a = a, .b = b, .c = c, .used = true };
        s->n++;
    }
    slot->sum += by;
}

static bool sums_wrong(const Sums *s, int64_t a)
{
    const Sum *slot = s->cap ? slot_for(s, a, 0, 0) : NULL;

    return slot && slot->used && slot->sum != 0;
}

static void sums_finish(Sums *s)
{
    mem_free(s->slots);
    *s = (Sums){ 0 };
}

/* ---- what a recheck remembers ---- */

typedef struct SearchRow {
    CaseKey case_key;
    SearchKey key;
} SearchRow;

struct Recheck {
    Store *store;
    const Vocabs *v;
    Derive *derive;
    void *with;
    Phase phase;
    Arena *arena;    /* of one case    */
    CaseKey from;    /* the last case that was read */
    SearchRow place; /* the last search key that was read, in places[0] */
    Arena *places[2];
    Sums keys;      /* by case: search keys wanted less those there */
    CaseKey *wrong; /* cases to be derived again */
    size_t n_wrong, cap_wrong, next_wrong;
    const char **owners; /* whose figures are wrong: words of roles, and others in `names` */
    size_t n_owners, cap_owners, next_owner;
    const char **alerts; /* whose days are wrong, in `names` */
    size_t n_alerts, cap_alerts, next_alert;
    Arena *names; /* of owners and alerts, then of a bite */
    SearchRow bite[SURPLUS_BITE];
    size_t n_bite;
    bool last_bite, keys_wrong;
    int64_t seen;
    int64_t until; /* when the slice ends */
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

Recheck *store_recheck_new(Store *s, const Vocabs *v, Derive *derive, void *with)
{
    Recheck *r = mem_new(sizeof *r);

    *r = (Recheck){ .store = s, .v = v, .derive = derive, .with = with, .from = INT64_MIN };
    r->arena = arena_new_secret();
    r->names = arena_new_secret();
    r->places[0] = arena_new_secret();
    r->places[1] = arena_new_secret();
    r->place = (SearchRow){ INT64_MIN, { -1, "", "", "", NULL } };
    return r;
}

void store_recheck_free(Recheck **recheck)
{
    Recheck *r = *recheck;

    if (!r) return;
    sums_finish(&r->keys);
    mem_free(r->wrong);
    mem_free(r->owners);
    mem_free(r->alerts);
    arena_free(&r->places[0]);
    arena_free(&r->places[1]);
    arena_free(&r->arena);
    arena_free(&r->names);
    mem_free(r);
    *recheck = NULL;
}

int64_t store_recheck_seen(const Recheck *r)
{
    return r->seen;
}

static void note_wrong(Recheck *r, CaseKey key)
{
    if (r->n_wrong && r->wrong[r->n_wrong - 1] == key) return;
    r->wrong = mem_room(r->wrong, r->n_wrong, &r->cap_wrong, sizeof *r->wrong);
    r->wrong[r->n_wrong++] = key;
}

/* ---- figures: those kept, and those that the duties make ---- */

static bool duties_tally(Store *s, const char *owner, Sums *sums, Err *err)
{
    Stmt *q = stmt(s, SQL_DUTY_LIVE_OF_OWNER);

    bind_text(q, "owner", owner);
    while (stmt_row(q)) {
        int64_t span = col_int(q, 0), due = col_int(q, 1);
        for (int grain = 0; grain < COUNT_GRAINS; grain++) sums_add(sums, grain, span, count_slot(grain, due), 1);
    }
    return stmt_end(q, err);
}

static bool counts_tally(Store *s, const char *owner, Sums *sums, Err *err)
{
    Stmt *q = stmt(s, SQL_COUNT_OF_OWNER);

    bind_text(q, "owner", owner);
    while (stmt_row(q)) sums_add(sums, col_int(q, 0), col_int(q, 1), col_int(q, 2), 0u - (uint64_t)col_int(q, 3));
    return stmt_end(q, err);
}

static bool owner_right(Store *s, const char *owner, Sums *sums, bool *right, Err *err)
{
    *right = true;
    if (!duties_tally(s, owner, sums, err) || !counts_tally(s, owner, sums, err)) return false;
    for (size_t i = 0; i < sums->cap; i++)
        if (sums->slots[i].used && sums->slots[i].sum != 0) *right = false;
    return true;
}

static bool owner_look(Recheck *r, const char *owner, Err *err)
{
    Sums sums = { 0 };
    bool right, ok = read_begin(r->store, err);

    if (!ok) return false;
    ok = owner_right(r->store, owner, &sums, &right, err);
    read_end(r->store);
    sums_finish(&sums);
    if (!ok || right) return ok;
    r->owners = mem_room(r->owners, r->n_owners, &r->cap_owners, sizeof *r->owners);
    r->owners[r->n_owners++] = owner;
    return true;
}

/* The first owner after this one that has figures, NULL when there is none. */
static bool owner_next(Recheck *r, const char **owner, Err *err)
{
    Stmt *q = stmt(r->store, SQL_COUNT_OWNER);

    bind_text(q, "owner", *owner);
    *owner = stmt_row(q) ? col_text(q, 0, r->names) : NULL;
    return stmt_end(q, err);
}

/* How many stretches of each alert began on each day. */
static bool tally_look(Recheck *r, const char *alert, Err *err)
{
    bool right, ok = read_begin(r->store, err);

    if (!ok) return false;
    ok = tally_right(r->store, alert, false, &right, err);
    read_end(r->store);
    if (!ok || right) return ok;
    r->alerts = mem_room(r->alerts, r->n_alerts, &r->cap_alerts, sizeof *r->alerts);
    r->alerts[r->n_alerts++] = alert;
    return true;
}

static bool tallies_look(Recheck *r, Err *err)
{
    const char *alert = "";

    while (tally_next(r->store, &alert, r->names, err)) {
        if (!alert) return true;
        if (!tally_look(r, alert, err)) return false;
    }
    return false;
}

static bool figures_look(Recheck *r, Err *err)
{
    const char *owner = "";

    for (Role role = ROLE_NONE + 1; role < ROLE_COUNT; role++)
        if (!owner_look(r, role_word(role), err)) return false;
    while (owner_next(r, &owner, err)) {
        if (!owner) {
            r->phase = CASES;
            return tallies_look(r, err);
        }
        if (role_by_word(owner) == ROLE_NONE && !owner_look(r, owner, err)) return false;
    }
    return false;
}

static bool figures_mend(Store *s, const char *owner, Err *err)
{
    Sums sums = { 0 };
    bool right, ok = owner_right(s, owner, &sums, &right, err);

    for (size_t i = 0; ok && i < sums.cap; i++) {
        const Sum *x = &sums.slots[i];
        if (x->used && x->sum != 0) ok = count_correct(s, owner, (int)x->a, x->b, x->c, (int64_t)x->sum, err);
    }
    if (ok && !right) s->rows_changed++;
    sums_finish(&sums);
    return ok;
}

bool figures_again(Store *s, Err *err)
{
    Tx tx = { 0 };
    Arena *a = arena_new();
    const char *alert = "";
    bool right, ok = store_begin(s, &tx, err);

    for (Role role = ROLE_NONE + 1; ok && role < ROLE_COUNT; role++) ok = figures_mend(s, role_word(role), err);
    while (ok && (ok = tally_next(s, &alert, a, err)) && alert) ok = tally_right(s, alert, true, &right, err);
    arena_free(&a);
    ok = ok && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

/* ---- cases: facts, duties and badges side by side ---- */

static uint64_t key_hash(const SearchKey *k)
{
    const char *const texts[] = { k->folded, k->what, k->shown };
    uint64_t h = 0xcbf29ce484222325u + (uint64_t)k->class;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++, h = mix(h))
        for (const char *p = texts[i]; *p; p++) h = (h ^ (unsigned char)*p) * 0x100000001b3u;
    return h;
}

typedef struct Wanted {
    Recheck *recheck;
    CaseKey key;
} Wanted;

static bool want_key(void *with, const SearchKey *key, Err *err)
{
    const Wanted *w = with;

    sums_add(&w->recheck->keys, w->key, 0, 0, key_hash(key));
    return true;
}

static bool case_look(Recheck *r, DerivedCursor *d, const CaseRow *row, CaseDoc *doc, Err *err)
{
    Derivation is = { .without_alerts = true };
    bool same = false;
    Wanted w = { r, row->key };

    doc->id = row->id;
    if (!sight_own_id(r->store, row->key, &doc->id, r->arena, err)) return false;
    case_sort(doc);
    if (!r->derive(r->with, doc, r->arena, &is, err)) return false;
    while (derived_orphan(d, row->key)) note_wrong(r, derived_pass(d));
    if (!derived_same(d, row, &is, r->arena, &same, err)) return false;
    if (!same) note_wrong(r, row->key);
    r->seen++;
    return search_keys_each(doc, r->v, want_key, &w, err);
}

static bool case_visit(void *with, DerivedCursor *d, const CaseRow *row, CaseDoc *doc, bool *more, Err *err)
{
    Recheck *r = with;

    if (!case_look(r, d, row, doc, err)) return false;
    r->from = row->key;
    *more = r->seen % 16 != 0 || now_ms() < r->until;
    return true;
}

static bool cases_look(Recheck *r, Err *err)
{
    DerivedCursor d;
    bool ended = false, ok;

    if (!read_begin(r->store, err)) return false;
    if (!sight_fresh(r->store, err)) return read_end(r->store), false;
    derived_start(&d, r->store, r->from);
    ok = walk_from(r->store, r->from, r->v, r->arena, case_visit, r, &d, &ended, err);
    while (ok && ended && derived_orphan(&d, INT64_MAX)) note_wrong(r, derived_pass(&d));
    ok = derived_end(&d, ok ? err : NULL) && ok;
    read_end(r->store);
    if (ok && ended) r->phase = KEYS;
    return ok;
}

/* ---- search keys, in their own order ---- */

static void search_start(Recheck *r, Stmt *q)
{
    bind_int(q, "class", r->place.key.class);
    bind_text(q, "folded", r->place.key.folded);
    bind_int(q, "case_key", r->place.case_key);
    bind_text(q, "what", r->place.key.what);
    bind_text(q, "shown", r->place.key.shown);
}

static SearchRow row_copy(Stmt *q, Arena *a)
{
    return (SearchRow){ col_int(q, 2),
        { (int)col_int(q, 0), col_text(q, 1, a), col_text(q, 3, a), col_text(q, 4, a), NULL } };
}

/* What is bound to the statement is borrowed from the old place: so the new one is kept elsewhere. */
static void place_note(Recheck *r, Stmt *q)
{
    Arena *other = r->places[1];

    r->places[1] = r->places[0];
    r->places[0] = other;
    arena_reset(other);
    r->place = row_copy(q, other);
    stmt_end(q, NULL);
}

static void place_reset(Recheck *r)
{
    r->place = (SearchRow){ INT64_MIN, { -1, "", "", "", NULL } };
}

static void all_wrong_noted(Recheck *r)
{
    for (size_t i = 0; i < r->keys.cap; i++)
        if (r->keys.slots[i].used && r->keys.slots[i].sum != 0) {
            note_wrong(r, r->keys.slots[i].a);
            r->keys_wrong = true;
        }
}

static bool keys_look(Recheck *r, Err *err)
{
    const Engine *e = r->store->engine;
    Stmt *q = stmt(r->store, SQL_SEARCH_ON);
    bool more;

    search_start(r, q);
    for (int n = 1; (more = stmt_row(q)); n++) {
        SearchKey key = { (int)col_int(q, 0), e->get_text(q->raw, 1).p, e->get_text(q->raw, 3).p,
            e->get_text(q->raw, 4).p, NULL };
        sums_add(&r->keys, col_int(q, 2), 0, 0, 0u - key_hash(&key));
        if (n % LOOK_EVERY == 0 && now_ms() >= r->until) break;
    }
    if (more) {
        place_note(r, q);
        return true;
    }
    if (!stmt_end(q, err)) return false;
    all_wrong_noted(r);
    place_reset(r);
    r->phase = r->n_wrong + r->n_owners + r->n_alerts > 0 ? MENDING : FINISHED;
    return true;
}

/* Keys there are of cases that looked wrong: some of them may be too many. */
static bool surplus_look(Recheck *r, Err *err)
{
    Stmt *q = stmt(r->store, SQL_SEARCH_ON);
    bool more;

    r->n_bite = 0;
    arena_reset(r->names);
    search_start(r, q);
    for (int seen = 1; (more = stmt_row(q)); seen++) {
        if (sums_wrong(&r->keys, col_int(q, 2))) r->bite[r->n_bite++] = row_copy(q, r->names);
        if (r->n_bite == SURPLUS_BITE || (seen % LOOK_EVERY == 0 && now_ms() >= r->until)) break;
    }
    if (more)
        place_note(r, q);
    else if (!stmt_end(q, err))
        return false;
    else if (r->n_bite == 0)
        r->phase = FINISHED;
    r->last_bite = !more;
    return true;
}

/* What the next step is: keys that are too many are read in bites, each mended before the next. */
RecheckStep store_recheck_next(const Recheck *r)
{
    if (r->phase == FINISHED) return RECHECK_DONE;
    if (r->phase <= KEYS || (r->phase == WRONG_KEYS && r->n_bite == 0)) return RECHECK_READ;
    return RECHECK_MEND;
}

static bool phase_read(Recheck *r, Err *err)
{
    switch (r->phase) {
    case FIGURES: return figures_look(r, err);
    case CASES: return cases_look(r, err);
    case KEYS: return keys_look(r, err);
    case WRONG_KEYS: return surplus_look(r, err);
    default: return true;
    }
}

/* Of every case, whoever is at the keyboard: nothing of it is told. */
bool store_recheck_read(Recheck *r, int milliseconds, Err *err)
{
    bool ok;

    if (r->store->writing || r->store->walking)
        return err_set(err, ERR_BUG, "", "A recheck was begun inside a write or a walk.");
    r->until = now_ms() + milliseconds;
    store_view_all(r->store, true);
    ok = phase_read(r, err);
    store_view_all(r->store, false);
    return ok;
}

/* ---- mending, inside a write ---- */

typedef struct Adding {
    Store *store;
    CaseKey key;
} Adding;

static bool add_key(void *with, const SearchKey *key, Err *err)
{
    const Adding *add = with;

    return search_key_put(add->store, add->key, key, err);
}

static bool case_is_there(Store *s, CaseKey key, bool *there, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_ROW);

    bind_int(q, "key", key);
    *there = stmt_row(q);
    return stmt_end(q, err);
}

static bool case_mend(Recheck *r, Tx *tx, CaseKey key, Err *err)
{
    Adding add = { r->store, key };
    Derivation is = { .n = 0 };
    CaseDoc doc;
    bool there;

    arena_reset(r->arena);
    if (!case_is_there(r->store, key, &there, err)) return false;
    if (!there) return derived_drop(r->store, key, err);
    return store_case_load(r->store, key, r->v, r->arena, &doc, err) && r->derive(r->with, &doc, r->arena, &is, err) &&
           store_duty_apply(tx, key, &is.badge, is.duties, is.n, is.policy_key, r->v, err) &&
           store_alert_apply(tx, key, &is, err) && store_outstanding_apply(tx, key, &is, err) &&
           search_keys_each(&doc, r->v, add_key, &add, err);
}

/* ---- search keys that nothing asks for ---- */

typedef struct Looking {
    const SearchRow *row;
    bool found;
} Looking;

static bool look_for(void *with, const SearchKey *key, Err *err)
{
    Looking *l = with;

    if (search_key_same(key, &l->row->key)) l->found = true;
    return true;
}

static bool surplus_mend(Recheck *r, const SearchRow *row, Err *err)
{
    Looking l = { row, false };
    CaseDoc doc;
    bool there;

    arena_reset(r->arena);
    if (!case_is_there(r->store, row->case_key, &there, err)) return false;
    if (there && !(store_case_load(r->store, row->case_key, r->v, r->arena, &doc, err) &&
                     search_keys_each(&doc, r->v, look_for, &l, err)))
        return false;
    return l.found || search_key_drop(r->store, row->case_key, &row->key, err);
}

static bool keys_mend(Recheck *r, Err *err)
{
    for (size_t i = 0; i < r->n_bite; i++)
        if (!surplus_mend(r, &r->bite[i], err)) return false;
    r->n_bite = 0;
    if (r->last_bite) r->phase = FINISHED;
    return true;
}

static bool mend_one(Recheck *r, Tx *tx, Err *err)
{
    bool right;

    if (r->next_owner < r->n_owners) return figures_mend(r->store, r->owners[r->next_owner++], err);
    if (r->next_alert < r->n_alerts) return tally_right(r->store, r->alerts[r->next_alert++], true, &right, err);
    if (r->next_wrong < r->n_wrong) return case_mend(r, tx, r->wrong[r->next_wrong++], err);
    return keys_mend(r, err);
}

static void mended(Recheck *r)
{
    if (r->phase == MENDING && r->next_owner == r->n_owners && r->next_alert == r->n_alerts &&
        r->next_wrong == r->n_wrong)
        r->phase = r->keys_wrong ? WRONG_KEYS : FINISHED;
}

bool store_recheck_mend(Recheck *r, Tx *tx, int milliseconds, bool *changed, Err *err)
{
    int64_t before = r->store->rows_changed;
    bool ok;

    if (!tx_open(tx, err)) return false;
    r->until = now_ms() + milliseconds;
    *changed = false;
    store_view_all(r->store, true);
    do {
        ok = mend_one(r, tx, err);
        if (ok) mended(r);
    } while (ok && r->phase == MENDING && now_ms() < r->until);
    store_view_all(r->store, false);
    if (!ok) return false;
    *changed = r->store->rows_changed != before;
    return !*changed || tx_touch(tx, err);
}
