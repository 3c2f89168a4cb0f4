/* roundup.c — who is outstanding, and what is done about it (BD 1.7). The store keeps the order (store_roundup.c); here it is said who
** is on the list, rows are filled from their cases, and an attempt or an arrest is recorded. An arrest is three facts in one write: the
** attempt, the suspect's status, the event that the victim is told of. */
#include "roundup_in.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- who is outstanding ---- */

bool roundup_is_outstanding(const Vocabs *v, const Person *p)
{
    return str_eq(vocab_word(v, VOCAB_PERSON_ROLE, p->role), "suspect") && p->n_status &&
           str_eq(vocab_word(v, VOCAB_SUSPECT_STATUS, p->status[p->n_status - 1].status), "outstanding");
}

/* The policy says of which cases suspects are rounded up; one without that duty leaves it to the facts. */
static bool is_asked(const App *app, const CaseDoc *doc, const Duty *duties, size_t n)
{
    if (policy_duty_by_id(app->policy, ROUNDUP_DUTY)) {
        for (size_t i = 0; i < n; i++)
            if (str_eq(duties[i].id, ROUNDUP_DUTY) && duty_is_live(&duties[i])) return true;
        return false;
    }
    return doc->closed_at == TIME_NONE && doc->cad_result != CAD_NOT_DOMESTIC &&
           str_eq(vocab_word(app_vocabs(app), VOCAB_CASE_KIND, doc->kind), "crime");
}

size_t roundup_outstanding(
    const App *app, const CaseDoc *doc, const Duty *duties, size_t n_duties, Arena *a, Outstanding **out)
{
    size_t n = 0;

    *out = NULL;
    if (!is_asked(app, doc, duties, n_duties)) return 0;
    *out = arena_alloc(a, (doc->n_people + 1) * sizeof **out);
    for (size_t i = 0; i < doc->n_people; i++) {
        const Person *p = &doc->people[i];
        Time since;
        if (!p->key || !roundup_is_outstanding(app_vocabs(app), p)) continue;
        since = p->status[p->n_status - 1].at;
        (*out)[n++] = (Outstanding){ p->key, doc->reported_at, since == TIME_NONE ? doc->reported_at : since };
    }
    return n;
}

/* ---- the list under a clock that was set back: from every case ---- */

typedef struct Live {
    App *app;
    Arena *a, *work;
    OutstandingRow *rows;
    size_t n, cap;
} Live;

static bool gather(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Live *l = with;
    CaseDoc then = *doc;
    Duty *duties = NULL;
    Outstanding *found;
    size_t n;

    arena_reset(l->work);
    case_recode(&then, app_vocabs(l->app), app_vocabs(l->app), l->work); /* lists of its own, to be cut */
    case_as_of(&then, app_now(l->app));
    if (then.reported_at > app_now(l->app)) return true;
    n = policy_evaluate(l->app->policy, &then, app_now(l->app), l->work, &duties);
    n = roundup_outstanding(l->app, &then, duties, n, l->work, &found);
    for (size_t i = 0; i < n; i++) {
        l->rows = mem_room(l->rows, l->n, &l->cap, sizeof *l->rows);
        l->rows[l->n++] = (OutstandingRow){ row->key, arena_dup(l->a, row->id), arena_dup(l->a, found[i].person),
            case_grade(&then), found[i].reported_at, found[i].since };
    }
    return true;
}

static int urgency(Code grade)
{
    return grade == GRADE_HIGH ? 0 : grade == CODE_NONE ? 1 : grade == GRADE_MEDIUM ? 2 : 3;
}

static int in_order(const void *p, const void *q)
{
    const OutstandingRow *x = p, *y = q;
    int c;

    if (urgency(x->grade) != urgency(y->grade)) return urgency(x->grade) - urgency(y->grade);
    if (x->reported_at != y->reported_at) return x->reported_at < y->reported_at ? -1 : 1;
    c = strcmp(x->case_id, y->case_id);
    return c ? c : strcmp(x->person, y->person);
}

static bool live_rows(App *app, Arena *a, OutstandingRow **out, size_t *n, Err *err)
{
    Live l = { .app = app, .a = a, .work = arena_new_secret() };
    bool ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), gather, &l, err);

    if (ok && l.n) qsort(l.rows, l.n, sizeof *l.rows, in_order);
    *out = arena_alloc(a, (l.n + 1) * sizeof **out);
    if (l.n) memcpy(*out, l.rows, l.n * sizeof **out);
    *n = ok ? l.n : 0;
    mem_free(l.rows);
    arena_free(&l.work);
    return ok;
}

static bool live_page(
    App *app, const OutstandingRow *from, size_t limit, Arena *a, OutstandingRow **out, size_t *n, Err *err)
{
    size_t first = 0, all;

    if (!live_rows(app, a, out, &all, err)) return false;
    while (from && first < all && in_order(&(*out)[first], from) <= 0) first++;
    *out += first;
    *n = all - first < limit ? all - first : limit;
    return true;
}

static bool places(
    App *app, const OutstandingRow *from, size_t limit, Arena *a, OutstandingRow **out, size_t *n, Err *err)
{
    bool live = false;

    *n = 0;
    if (!queue_needs_live(app, &live, err)) return false;
    return live ? live_page(app, from, limit, a, out, n, err)
                : store_outstanding_page(app->store, from, limit, a, out, n, err);
}

/* ---- a row ---- */

const Person *roundup_person(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return &doc->people[i];
    return NULL;
}

static void fill_attempts(RoundupRow *r, const CaseDoc *doc, Arena *a)
{
    Attempt *mine = arena_alloc(a, (doc->n_attempts + 1) * sizeof *mine);

    for (size_t i = 0; i < doc->n_attempts; i++)
        if (doc->attempts[i].withdrawn.at == TIME_NONE && str_eq(doc->attempts[i].person, r->place.person)) mine[r->n_attempts++] = doc->attempts[i];
    r->attempts = mine;
}

/* Each breach is one; so is bail that ran out while the suspect is looked for. */
static size_t bail_failures(const CaseDoc *doc, const char *person, Time now)
{
    size_t n = 0;

    for (size_t i = 0; i < doc->n_bail; i++) {
        const Bail *b = &doc->bail[i];
        if (!str_eq(b->person, person)) continue;
        if (b->ended_at == TIME_NONE && b->until != TIME_NONE && b->until < now) n++;
        for (size_t k = 0; k < doc->n_breaches; k++) n += str_eq(doc->breaches[k].of, b->key);
    }
    return n;
}

static bool fill(App *app, RoundupRow *r, Arena *a, Err *err)
{
    CaseDoc doc;
    const Person *p;

    if (!store_case_load(app->store, r->row.key, app_vocabs(app), a, &doc, err)) return false;
    if (app->fixed != TIME_NONE) case_as_of(&doc, app_now(app));
    p = roundup_person(&doc, r->place.person);
    if (!p) return err_set(err, ERR_CORRUPT, "", "The list of suspects names somebody whom the case %s does not know.", r->row.id);
    r->person = *p;
    r->offence = app_offence_word(app_vocabs(app), &doc);
    roundup_address(app, &doc, r, a);
    fill_attempts(r, &doc, a);
    r->bail_failures = bail_failures(&doc, r->place.person, app_now(app));
    return true;
}

/* ---- a page ---- */

/* A case that is not for this officer is passed over without a word. */
static bool take(App *app, const OutstandingRow *place, Arena *a, RoundupRow *out, bool *taken, Err *err)
{
    Err why = { 0 };

    *out = (RoundupRow){ .place = *place };
    *taken = app_case_find(app, place->case_id, a, &out->row, &why);
    if (*taken) return fill(app, out, a, err);
    if (why.kind == ERR_MISSING || why.kind == ERR_DENIED) return true;
    if (err) *err = why;
    return false;
}

bool roundup_rows(App *app, const RoundupRow *from, size_t limit, Arena *a, RoundupRow **out, size_t *n, bool *more, Err *err)
{
    OutstandingRow *some, place = from ? from->place : (OutstandingRow){ 0 };
    size_t n_some, at = 0;
    bool any = from != NULL;

    *n = 0, *more = false;
    *out = arena_alloc(a, (limit + 1) * sizeof **out);
    for (;;) {
        if (!places(app, any ? &place : NULL, limit + 1, a, &some, &n_some, err)) return false;
        for (at = 0; at < n_some && *n < limit; at++) {
            bool taken;
            if (!take(app, &some[at], a, &(*out)[*n], &taken, err)) return false;
            *n += taken;
        }
        *more = at < n_some;
        if (*more || n_some <= limit) return true;
        place = some[n_some - 1], any = true;
    }
}

/* One entry for each case, one sync. */
bool roundup_log(App *app, AuditKind kind, const char *act, const char *detail, const RoundupRow *rows, size_t n, Err *err)
{
    Tx tx = { 0 };
    bool ok;

    if (n == 0) return app_log_now(app, kind, act, NULL, detail, err);
    ok = store_begin(app->store, &tx, err);
    for (size_t i = 0; ok && i < n; i++)
        if (i == 0 || !str_eq(rows[i].row.id, rows[i - 1].row.id))
            ok = app_log(app, &tx, kind, act, rows[i].row.id, detail, err);
    ok = ok && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

bool app_roundup_page(
    App *app, const RoundupRow *from, size_t limit, Arena *a, RoundupRow **out, size_t *n, bool *more, Err *err)
{
    bool ok;

    *out = NULL, *n = 0, *more = false;
    ok = app_may_do(app, PERM_ROUNDUP_READ, "roundup.list", NULL, err) &&
         roundup_rows(app, from, limit, a, out, n, more, err) &&
         (*n == 0 || roundup_log(app, AUDIT_CONSULT, "case.look", "roundup", *out, *n, err));
    if (!ok) *out = NULL, *n = 0, *more = false;
    return ok;
}

/* ---- an attempt, an arrest ---- */

typedef struct Recording {
    Change c;
    Attempt attempt;
    bool arrest;
} Recording;

static bool may_record(Recording *x, Err *err)
{
    App *app = x->c.app;
    const char *act = x->c.act, *id = x->c.row->id;

    return !x->arrest || (app_may_do(app, PERM_ADD_EVENT, act, id, err) && app_may_do(app, PERM_ADD_PERSON, act, id, err));
}

/* Not in hand already, as the case is now: one of whom no status is recorded may be looked for, too. */
static bool still_out(const Recording *x, const char *key, Err *err)
{
    const Vocabs *v = app_vocabs(x->c.app);
    const Person *p = roundup_person(&x->c.doc, key);
    const Status *last = p && p->n_status ? &p->status[p->n_status - 1] : NULL;
    char when[CIVIL_TEXT] = "";

    if (!p || !str_eq(vocab_word(v, VOCAB_PERSON_ROLE, p->role), "suspect"))
        return err_set(err, ERR_INVALID, "person", "No suspect of the case %s has the key \"%.20s\".", x->c.row->id, key ? key : "");
    if (!last || roundup_is_outstanding(v, p)) return true;
    return err_set(err, ERR_STALE, "person", "The suspect is not outstanding any more: %s since %s. Nothing was saved.",
        vocab_label(v, VOCAB_SUSPECT_STATUS, last->status), civil_words_short(last->at, when));
}

/* The event, and the suspect's new status. */
static bool add_arrest(Recording *x, Err *err)
{
    const Vocabs *v = app_vocabs(x->c.app);
    Status status = { .status = vocab_code(v, VOCAB_SUSPECT_STATUS, "arrested"), .at = x->attempt.at };
    Event event;

    case_item_init(LIST_EVENTS, &event);
    event.kind = vocab_code(v, VOCAB_EVENT, "arrest");
    event.person = x->attempt.person;
    event.at = x->attempt.at;
    event.text = x->attempt.text;
    if (!app_item_fits(x->c.app, &x->c.doc, LIST_EVENTS, &event, x->c.a, err)) return false;
    case_append(&x->c.doc, LIST_EVENTS, &event, x->c.a);
    for (size_t i = 0; i < x->c.doc.n_people; i++) {
        Person *p = &x->c.doc.people[i];
        if (!str_eq(p->key, x->attempt.person)) continue;
        if (p->n_status && p->status[p->n_status - 1].at > status.at)
            return err_set(err, ERR_INVALID, "at", "The suspect became outstanding later than that: an arrest is after it.");
        case_append_status(p, &status, x->c.a);
    }
    return true;
}

static bool record(Recording *x, Err *err)
{
    if (!change_begin(&x->c, PERM_ADD_ATTEMPT, err) || !may_record(x, err)) return false;
    if (!still_out(x, x->attempt.person, err)) return false;
    if (!app_item_fits(x->c.app, &x->c.doc, LIST_ATTEMPTS, &x->attempt, x->c.a, err)) return false;
    case_append(&x->c.doc, LIST_ATTEMPTS, &x->attempt, x->c.a);
    return (!x->arrest || add_arrest(x, err)) && change_end(&x->c, NULL, err);
}

bool app_roundup_record(App *app, CaseRow *row, const RoundupTry *attempt, Err *err)
{
    Recording x = { .c = { .app = app, .row = row } };
    bool ok;

    x.arrest = str_eq(vocab_word(app_vocabs(app), VOCAB_ATTEMPT, attempt->result), "arrested");
    x.c.act = x.arrest ? "suspect.arrest" : "attempt.add";
    case_item_init(LIST_ATTEMPTS, &x.attempt);
    x.attempt.person = attempt->person;
    x.attempt.place = attempt->place;
    x.attempt.result = attempt->result;
    x.attempt.text = attempt->text;
    x.attempt.at = attempt->at;
    x.c.a = arena_new_secret();
    ok = record(&x, err);
    arena_free(&x.c.a);
    return ok;
}

bool app_roundup_arrests(App *app, Date day, int64_t *out, Err *err)
{
    Arena *a;
    MeetingRow *rows;
    size_t n = 0;
    bool ok;

    *out = 0;
    if (!app_may_do(app, PERM_ROUNDUP_READ, "roundup.read", NULL, err)) return false;
    a = arena_new();
    ok = store_arrests_since(app->store, civil_day_start(day) - 1, app->now, a, &rows, &n, err);
    *out = (int64_t)n;
    arena_free(&a);
    return ok;
}
