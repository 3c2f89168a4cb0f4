/* reconcile.c — listings of CRIS and Merlin held against the cases. For each record the case that has its number is looked up; what the
** record quotes is held against what the case has, and against the other listing. */
#include "app/reconcile.h"

#include "inside.h"
#include "listing.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

const char *const reconcile_words[RECONCILE_KINDS] = { "unknown", "missing", "mismatch", "one-way", "unlisted", "no-cris", "exception", "no-evidence",
    "new", "unusual", "bad-row" };

bool reconcile_is_finding(ReconcileKind kind)
{
    return kind != RECONCILE_NEW && kind != RECONCILE_UNUSUAL && kind != RECONCILE_EXCEPTION;
}

const char *reconcile_rate_words(const ReconcileRate *r, Arena *a)
{
    long long percent = r->messages ? (long long)(r->with_cris * 100 / r->messages) : 100;

    return arena_printf(a, "CAD to CRIS: %lld of %lld messages (%lld%%). Without a CRIS number: %lld not domestic%s, %lld less than a day old, %lld that need one.%s",
        (long long)r->with_cris, (long long)r->messages, percent, (long long)r->not_domestic,
        r->no_evidence ? arena_printf(a, " (%lld of them with no evidence recorded)", (long long)r->no_evidence) : "", (long long)r->within_the_day,
        (long long)r->without, r->unusual ? arena_printf(a, " By a supervisor's word: %lld.", (long long)r->unusual) : "");
}

typedef struct Work {
    App *app;
    const ReconcileAsk *ask;
    Listing listings[2]; /* CRIS, Merlin */
    bool given[2];
    Arena *a, *work;
    Reconciled *out;
    size_t cap;
    int64_t seen, total;
} Work;

#define FOUND(w, k, id, sys, no, at, ...)                                                                              \
    found(w, (Unreconciled){ k, arena_dup((w)->a, id), listed_words[sys], arena_dup((w)->a, no),                       \
                 arena_printf((w)->a, __VA_ARGS__), at })

static void found(Work *w, Unreconciled one)
{
    w->out->items = arena_room(w->a, w->out->items, w->out->n, &w->cap, sizeof *w->out->items);
    w->out->items[w->out->n++] = one;
}

/* ---- a case and its numbers ---- */

static bool has_number(const Work *w, const CaseDoc *doc, ListedSystem s, const char *number)
{
    Code system = vocab_code(app_vocabs(w->app), VOCAB_SYSTEM, listed_words[s]);

    for (size_t i = 0; i < doc->n_references; i++)
        if (doc->references[i].withdrawn.at == TIME_NONE && doc->references[i].system == system && (!number || str_eq(doc->references[i].number, number))) return true;
    return s == LISTED_CAD && doc->cad_number && (!number || str_eq(doc->cad_number, number));
}

static const char *number_in(const Work *w, const CaseDoc *doc, ListedSystem s)
{
    Code system = vocab_code(app_vocabs(w->app), VOCAB_SYSTEM, listed_words[s]);

    for (size_t i = doc->n_references; i > 0; i--)
        if (doc->references[i - 1].withdrawn.at == TIME_NONE && doc->references[i - 1].system == system) return doc->references[i - 1].number;
    return NULL;
}

/* The case that has a record's number, for this officer; *there says whether there is one. */
static bool case_of(Work *w, ListedSystem s, const char *number, CaseDoc *out, bool *there, Err *err)
{
    const Vocabs *v = app_vocabs(w->app);
    CaseHit *hits;
    size_t n;

    *there = false;
    if (!store_case_search(w->app->store, number, 5, v, w->work, &hits, &n, err)) return false;
    for (size_t i = 0; i < n && !*there; i++) {
        if (!store_case_load(w->app->store, hits[i].row.key, v, w->work, out, err)) return false;
        *there = has_number(w, out, s, number);
    }
    return true;
}

/* ---- a record against its case, and against the other listing ---- */

static void against_case(Work *w, ListedSystem own, const ListedRecord *r, const CaseDoc *doc)
{
    for (ListedSystem s = 0; s < LISTED_SYSTEMS; s++) {
        const char *has = number_in(w, doc, s);
        if (s == own || !r->numbers[s] || has_number(w, doc, s, r->numbers[s])) continue;
        if (has || (s == LISTED_CAD && doc->cad_number))
            FOUND(w, RECONCILE_MISMATCH, doc->id, own, r->numbers[own], r->line, "%s %s quotes %s %s; the case has %s.", listed_labels[own],
                r->numbers[own], listed_labels[s], r->numbers[s], has ? has : doc->cad_number);
        else
            FOUND(w, RECONCILE_MISSING, doc->id, own, r->numbers[own], r->line, "%s %s quotes %s %s, which the case lacks.",
                listed_labels[own], r->numbers[own], listed_labels[s], r->numbers[s]);
    }
}

/* CRIS and Merlin must quote each other (BD 1.14): told once, at the record that does not. */
static void one_way(Work *w, ListedSystem own, const ListedRecord *r, const CaseDoc *doc)
{
    ListedSystem other = own == LISTED_CRIS ? LISTED_MERLIN : LISTED_CRIS;
    const char *has = number_in(w, doc, other);

    if (has && !r->numbers[other])
        FOUND(w, RECONCILE_ONE_WAY, doc->id, own, r->numbers[own], r->line, "%s %s does not quote %s %s.", listed_labels[own],
            r->numbers[own], listed_labels[other], has);
}

static bool one_record(Work *w, ListedSystem own, const ListedRecord *r, Err *err)
{
    CaseDoc doc;
    bool there;

    arena_reset(w->work);
    w->out->read++;
    if (!case_of(w, own, r->numbers[own], &doc, &there, err)) return false;
    if (!there) {
        FOUND(w, RECONCILE_UNKNOWN, "", own, r->numbers[own], r->line, "No case has %s %s.", listed_labels[own], r->numbers[own]);
        return true;
    }
    against_case(w, own, r, &doc);
    one_way(w, own, r, &doc);
    return true;
}

static bool tell(Work *w, Err *err)
{
    const Progress *p = w->ask->progress;

    w->seen++;
    return !p || !p->step || w->seen % 64 || p->step(p->with, w->seen, w->total) || err_set(err, ERR_STOPPED, "", "Stopped.");
}

/* What was left out is told first. */
static void bad_rows(Work *w)
{
    for (ListedSystem s = LISTED_CRIS; s <= LISTED_MERLIN; s++)
        for (size_t i = 0; i < w->listings[s].n_bad; i++) {
            const ListedBad *b = &w->listings[s].bad[i];
            FOUND(w, RECONCILE_BAD_ROW, "", s, b->value, b->line, "%s", b->says);
        }
}

static bool listings(Work *w, Err *err)
{
    bad_rows(w);
    for (ListedSystem s = LISTED_CRIS; s <= LISTED_MERLIN; s++)
        for (size_t i = 0; i < w->listings[s].n; i++)
            if (!one_record(w, s, &w->listings[s].items[i], err) || !tell(w, err)) return false;
    return true;
}

/* ---- the period ---- */

/* "CAD 8123/01FEB10 is not domestic: … Decided Mon 1 Feb 2010 22:14 by officer 190001. The two are neighbours …" */
static void exception(Work *w, const CaseDoc *doc)
{
    const char *number = doc->cad_number ? doc->cad_number : "of this case";
    char when[CIVIL_TEXT];

    w->out->rate.not_domestic++;
    w->out->rate.no_evidence += !case_not_domestic_evidence(doc);
    if (!case_not_domestic_evidence(doc))
        FOUND(w, RECONCILE_NO_EVIDENCE, doc->id, LISTED_CAD, doc->cad_number ? doc->cad_number : "", 0,
            "CAD %s is resulted not domestic: no evidence recorded.", number);
    else
        FOUND(w, RECONCILE_EXCEPTION, doc->id, LISTED_CAD, doc->cad_number ? doc->cad_number : "", 0,
            "CAD %s is not domestic: %s. Decided %s by officer %s. %s", number, vocab_label(app_vocabs(w->app), VOCAB_CAD_GROUND, doc->cad_ground),
            doc->cad_decided_at == TIME_NONE ? "at a time not recorded" : civil_words_full(doc->cad_decided_at, when),
            doc->cad_decided_by ? doc->cad_decided_by : "(not named)", doc->cad_evidence);
}

/* A number that is one, or that a supervisor answers for (`unusual`); NULL. *other: what stands there and is none. */
static const Reference *actual_cris(const Work *w, const CaseDoc *doc, const char **other)
{
    const Reference *found = NULL;
    char normal[64], says[240];

    *other = NULL;
    for (size_t i = 0; i < doc->n_references; i++) {
        const Reference *r = &doc->references[i];
        if (r->withdrawn.at != TIME_NONE || !str_eq(vocab_word(app_vocabs(w->app), VOCAB_SYSTEM, r->system), "cris")) continue;
        if (policy_reference(w->app->policy, "cris", r->number, normal, says) == REF_OK) return r;
        *other = r->number;
        if (r->unusual) found = r;
    }
    return found;
}

static void unusual(Work *w, const CaseDoc *doc, const Reference *r)
{
    w->out->rate.unusual++;
    FOUND(w, RECONCILE_UNUSUAL, doc->id, LISTED_CAD, doc->cad_number ? doc->cad_number : "", 0, "CAD %s has the CRIS number %s, which is unusual: %s",
        doc->cad_number ? doc->cad_number : "of this case", r->number, r->unusual);
}

static void count_message(Work *w, const CaseDoc *doc)
{
    ReconcileRate *rate = &w->out->rate;
    const char *other, *number = doc->cad_number ? doc->cad_number : "of this case";
    const Reference *cris = actual_cris(w, doc, &other);

    if (doc->cad_received_at == TIME_NONE || doc->cad_received_at < w->ask->from || doc->cad_received_at > w->ask->to) return;
    rate->messages++;
    if (cris) {
        rate->with_cris++;
        if (cris->unusual) unusual(w, doc, cris);
    } else if (doc->cad_result == CAD_NOT_DOMESTIC)
        exception(w, doc);
    else if (app_now(w->app) - doc->reported_at < DAY) {
        rate->within_the_day++;
        FOUND(w, RECONCILE_NEW, doc->id, LISTED_CAD, doc->cad_number ? doc->cad_number : "", 0, "CAD %s is less than a day old and has no CRIS number yet.",
            number);
    } else {
        rate->without++;
        FOUND(w, RECONCILE_NO_CRIS, doc->id, LISTED_CAD, doc->cad_number ? doc->cad_number : "", 0, "CAD %s was received and has no CRIS number%s%s.",
            number, other ? ": none is " : "", other ? other : "");
    }
}

static void unlisted(Work *w, ListedSystem s, const CaseDoc *doc)
{
    Code system = vocab_code(app_vocabs(w->app), VOCAB_SYSTEM, listed_words[s]);

    for (size_t i = 0; w->given[s] && i < doc->n_references; i++) {
        const Reference *r = &doc->references[i];
        if (r->withdrawn.at != TIME_NONE || r->system != system || r->at < w->ask->from || r->at > w->ask->to || listing_find(&w->listings[s], r->number)) continue;
        FOUND(w, RECONCILE_UNLISTED, doc->id, s, r->number, 0, "%s %s stands in the case and not in the listing.", listed_labels[s], r->number);
    }
}

static bool one_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Work *w = with;

    (void)row;
    count_message(w, doc);
    unlisted(w, LISTED_CRIS, doc);
    unlisted(w, LISTED_MERLIN, doc);
    return tell(w, err);
}

/* ---- the act ---- */

static bool read_listings(Work *w, Err *err)
{
    const ReconcileAsk *q = w->ask;
    const Policy *p = w->app->policy;

    w->given[LISTED_CRIS] = q->cris != NULL;
    w->given[LISTED_MERLIN] = q->merlin != NULL;
    return (!q->cris || listing_read(p, LISTED_CRIS, q->cris_name, q->cris, q->skip_bad, w->a, &w->listings[LISTED_CRIS], err)) &&
           (!q->merlin || listing_read(p, LISTED_MERLIN, q->merlin_name, q->merlin, q->skip_bad, w->a, &w->listings[LISTED_MERLIN], err));
}

bool app_reconcile(App *app, const ReconcileAsk *ask, Arena *a, Reconciled *out, Err *err)
{
    Work w = { .app = app, .ask = ask, .a = a, .out = out };
    bool period = ask->from != TIME_NONE && ask->to != TIME_NONE, ok;

    *out = (Reconciled){ 0 };
    if (!app_may_do(app, PERM_QUEUE_ALL, "case.reconcile", NULL, err)) return false;
    if (!ask->cris && !ask->merlin && !period)
        return err_set(err, ERR_INVALID, "cris", "Give a listing of CRIS or of Merlin, or a period.");
    if (period && ask->to < ask->from) return err_set(err, ERR_INVALID, "to", "The end is not before the beginning.");
    w.work = arena_new_secret();
    ok = read_listings(&w, err) && store_case_count(app->store, &w.total, err);
    w.total = (period ? w.total : 0) + (int64_t)(w.listings[0].n + w.listings[1].n);
    ok = ok && listings(&w, err) && (!period || store_case_each(app->store, WALK_BY_ID, app_vocabs(app), one_case, &w, err)) &&
         app_log_now(app, AUDIT_COMBINE, "case.reconcile", NULL, NULL, err);
    arena_free(&w.work);
    return ok;
}
