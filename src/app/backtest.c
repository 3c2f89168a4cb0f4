/* backtest.c — a policy tried over the store's own history, beside the one in force.
** A case's duties change only when a fact comes in; between facts they are clock arithmetic. So each case is evaluated
** on the mornings (07:00) after something was said of it, and what stands between is counted, not evaluated. History
** stays what it was: reviews fall on the days they fell, and a shorter clock shows as late, not as more reviews. What
** it would ask for is in the minutes. The tables it fills are trial_sums.c. Nothing is written but the entry of the look. */
#include "trial.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- mornings ---- */

static Time morning_of(Date d)
{
    Civil c = { .hour = TRIAL_HOUR };

    civil_of_date(d, &c.year, &c.month, &c.day);
    return civil_from_local(c);
}

static void mornings_make(Trial *t, Date from, Date to)
{
    t->n_days = (size_t)(to - from) + 1;
    t->mornings = mem_new((t->n_days + 1) * sizeof *t->mornings);
    for (size_t i = 0; i <= t->n_days; i++) t->mornings[i] = morning_of(from + (Date)i - 1);
}

size_t trial_day(const Trial *t, Time at)
{
    size_t low = 0, high = t->n_days;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->mornings[middle + 1] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- the mornings on which a case must be looked at ---- */

static void mark_fields(Trial *t, const CaseField *fields, size_t n, const void *item)
{
    for (size_t i = 0; i < n; i++) {
        Time at;
        if (fields[i].kind != FIELD_TIME) continue;
        at = *(const Time *)(const void *)((const char *)item + fields[i].offset);
        if (at == TIME_NONE || at <= t->mornings[1]) continue;
        size_t day = trial_day(t, at);
        if (day < t->n_days) t->look[day] = t->look_stamp;
    }
}

static void mark_list(Trial *t, CaseListId list, const void *items, size_t n)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < n; i++) mark_fields(t, l->fields, l->n_fields, (const char *)items + i * l->item_size);
}

static void mark_case(Trial *t, const CaseDoc *doc)
{
    t->look_stamp++;
    t->look[0] = t->look_stamp;
    mark_fields(t, case_scalars, case_n_scalars, doc);
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n;
        const void *items = case_items(doc, list, &n);
        mark_list(t, list, items, n);
    }
    for (size_t i = 0; i < doc->n_people; i++)
        mark_list(t, LIST_STATUS, doc->people[i].status, doc->people[i].n_status);
}

/* ---- one case under one policy ---- */

static size_t index_of(const TrialSide *side, const char *id, size_t *rule)
{
    const PolicyDuty *r;

    while ((r = policy_duty(side->policy, *rule)) && r->id != id && !str_eq(r->id, id)) ++*rule;
    return side->index[*rule];
}

/* What is asked now joins what was asked before: the latest times count, and what was counted stays so. */
static void see(Trial *t, TrialSide *side, const Duty *duties, size_t n)
{
    Seen *merged = arena_alloc(t->work, (side->n_seen + n + 1) * sizeof *merged);
    size_t at = 0, out = 0, rule = 0;

    for (size_t i = 0; i < n; i++) {
        size_t duty = index_of(side, duties[i].id, &rule);
        while (at < side->n_seen && seen_order(&side->seen[at], duty, duties[i].cycle) < 0)
            merged[out++] = side->seen[at++];
        merged[out] = (Seen){ .duty = duty, .d = duties[i], .asked = true };
        if (at < side->n_seen && seen_order(&side->seen[at], duty, duties[i].cycle) == 0)
            merged[out].counted = side->seen[at++].counted;
        out++;
    }
    while (at < side->n_seen) merged[out++] = side->seen[at++];
    side->seen = merged;
    side->n_seen = out;
}

/* From the morning of `first` to that of `last` nothing is said of the case: evaluated once, counted for all of them. */
static void stretch(Trial *t, int s, const CaseDoc *doc, size_t first, size_t last)
{
    TrialSide *side = &t->sides[s];
    Duty *duties = NULL;
    size_t n = policy_evaluate(side->policy, doc, t->mornings[first + 1], t->work, &duties);

    for (size_t i = 0; i < side->n_seen; i++) side->seen[i].asked = false;
    see(t, side, duties, n);
    for (size_t i = 0; i < side->n_seen; i++)
        if (side->seen[i].asked) trial_count(t, s, &side->seen[i], first, last);
    trial_repeats_end(t, s);
}

static void run_side(Trial *t, int s, const CaseDoc *doc)
{
    TrialSide *side = &t->sides[s];
    size_t first = doc->reported_at == TIME_NONE ? t->n_days : trial_day(t, doc->reported_at);

    if (first < t->first_day) t->first_day = first;
    side->seen = NULL;
    side->n_seen = 0;
    trial_repeats_start(t, s);
    while (first < t->n_days) {
        size_t last = first + 1;
        while (last < t->n_days && t->look[last] != t->look_stamp) last++;
        stretch(t, s, doc, first, last - 1);
        first = last;
    }
}

/* ---- outcomes ---- */

/* The first high-harm offence that came to light when the case had been known for more than a day. */
static const Offence *harm_of(const Trial *t, const CaseDoc *doc)
{
    const Policy *p = t->harm_policy;

    if (doc->reported_at == TIME_NONE) return NULL;
    for (size_t i = 0; i < doc->n_offences; i++) {
        const Offence *o = &doc->offences[i];
        if (o->at != TIME_NONE && o->at > civil_add_days(doc->reported_at, 1) && policy_is_high_harm(p, o->class))
            return o;
    }
    return NULL;
}

static Time went_past(const Duty *d, Time before)
{
    if (d->due >= before || (d->done != TIME_NONE && d->done <= d->due)) return TIME_NONE;
    return d->ended != TIME_NONE && d->ended <= d->due ? TIME_NONE : d->due;
}

static const Duty *same_duty(const Duty *in, size_t n, const Duty *as)
{
    for (size_t i = 0; i < n; i++)
        if (duty_compare(&in[i], as) == 0) return &in[i];
    return NULL;
}

static bool earlier(const Duty *d, const Duty *now, Time harm, TrialHarm *out)
{
    Time then = went_past(d, harm), was = now ? went_past(now, harm) : TIME_NONE;
    Time gain = then == TIME_NONE ? 0 : (was == TIME_NONE ? harm : was) - then;

    if (gain <= 0) return false;
    if (out->duty && gain <= (out->flagged[0] == TIME_NONE ? harm : out->flagged[0]) - out->flagged[1]) return false;
    out->duty = d->id;
    out->cycle = d->cycle;
    out->flagged[0] = was;
    out->flagged[1] = then;
    return true;
}

static void look_at_harm(Trial *t, const CaseDoc *docs[2])
{
    const Offence *o = harm_of(t, docs[t->harm_side]);
    TrialHarm harm = { 0 };
    Duty *duties[2] = { NULL, NULL };
    size_t n[2];

    if (!o || o->at <= t->mornings[0] || o->at > t->mornings[t->n_days]) return;
    t->out->harmed++;
    for (int s = 0; s < 2; s++) n[s] = policy_evaluate(t->sides[s].policy, docs[s], o->at - 1, t->work, &duties[s]);
    for (size_t i = 0; i < n[1]; i++) earlier(&duties[1][i], same_duty(duties[0], n[0], &duties[1][i]), o->at, &harm);
    if (!harm.duty) return;
    harm.case_id = docs[0]->id;
    harm.offence = vocab_word(policy_vocabs(t->harm_policy), VOCAB_OFFENCE, o->class);
    harm.at = o->at;
    trial_harm(t, &harm);
}

/* ---- the walk ---- */

static bool tell(Trial *t, Err *err)
{
    const Progress *p = t->progress;

    if (!p || !p->step || t->out->cases % 64) return true;
    return p->step(p->with, t->out->cases, t->total) ||
           err_set(err, ERR_STOPPED, "",
               "Stopped after %" PRId64 " of %" PRId64 " cases. A back-test changes nothing, so nothing was changed.",
               t->out->cases, t->total);
}

static bool one_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Trial *t = with;
    CaseDoc other = *doc;
    const CaseDoc *docs[2] = { doc, &other };

    if (!tell(t, err)) return false;
    arena_reset(t->work);
    if (!t->same_words)
        case_recode(&other, policy_vocabs(t->sides[0].policy), policy_vocabs(t->sides[1].policy), t->work);
    mark_case(t, doc);
    for (int s = 0; s < 2; s++) run_side(t, s, docs[s]);
    trial_compare(t, doc->id);
    look_at_harm(t, docs);
    t->out->cases++;
    return true;
}

static bool walk(Trial *t, App *app, Err *err)
{
    Err why = { 0 };

    if (!store_case_count(app->store, &t->total, err)) return false;
    if (store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), one_case, t, &why) && why.kind == ERR_NONE)
        return true;
    if (err) *err = why;
    return false;
}

static bool period_fits(Date *from, Date *to, Time now, Err *err)
{
    Date today = civil_local_date(now);

    if (*to == DATE_NONE) *to = today - 1;
    if (*from == DATE_NONE) *from = *to - 364;
    if (*from > *to) return err_set(err, ERR_INVALID, "from", "The period ends before it begins.");
    if (*to > today)
        return err_set(err, ERR_INVALID, "to", "A back-test looks back: the period can end today at the latest.");
    return *to - *from < TRIAL_DAYS_MAX ||
           err_set(err, ERR_INVALID, "from", "A back-test covers ten years at most; this period is longer.");
}

bool app_backtest(App *app, const BacktestOptions *o, Arena *a, Backtest *out, Err *err)
{
    Trial t = { .a = a, .out = out, .progress = o->progress };
    char said[140];
    bool ok;

    *out = (Backtest){ .from = o->from, .to = o->to };
    if (!app_may_do(app, PERM_QUEUE_ALL, "policy.backtest", NULL, err)) return false;
    if (!period_fits(&out->from, &out->to, app->now, err)) return false;
    snprintf(said, sizeof said, "%s, %d days", policy_hash(o->trial), out->to - out->from + 1);
    if (!app_log_now(app, AUDIT_CONSULT, "policy.backtest", NULL, said, err)) return false;
    t.work = arena_new_secret();
    mornings_make(&t, out->from, out->to);
    trial_start(&t, app->policy, o->trial);
    t.first_day = t.n_days; /* none yet */
    ok = walk(&t, app, err);
    out->first = out->from + (Date)t.first_day;
    if (ok) trial_tables(&t);
    trial_finish(&t);
    return ok;
}
