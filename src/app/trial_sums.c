/* trial_sums.c — what a back-test counts: duties, mornings and minutes, by duty, role and day; and which duties the
** other policy asks more, less or otherwise. backtest.c says what is counted when. */
#include "trial.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

const char *const trial_words[TRIAL_CHANGES] = { "gained", "lost", "moved" };

/* ---- the table of all duties ---- */

static void row_add(Trial *t, const PolicyDuty *d)
{
    t->out->duties[t->out->n_duties++] =
        (TrialDuty){ .id = arena_dup(t->a, d->id), .title = arena_dup(t->a, d->title), .owner = d->owner };
}

/* The duties of both, in order of id, each once; a title and owner are the trial's where it has the duty. */
static void rows_make(Trial *t)
{
    const Policy *p[2] = { t->sides[0].policy, t->sides[1].policy };
    size_t n[2] = { policy_duty_count(p[0]), policy_duty_count(p[1]) }, i = 0, j = 0;

    t->out->duties = arena_zero(t->a, n[0] + n[1] + 1, sizeof *t->out->duties);
    for (int s = 0; s < 2; s++) t->sides[s].index = mem_new((n[s] + 1) * sizeof *t->sides[s].index);
    while (i < n[0] || j < n[1]) {
        int order = i == n[0] ? 1 : j == n[1] ? -1 : strcmp(policy_duty(p[0], i)->id, policy_duty(p[1], j)->id);
        row_add(t, order < 0 ? policy_duty(p[0], i) : policy_duty(p[1], j));
        if (order <= 0) t->sides[0].index[i++] = t->out->n_duties - 1;
        if (order >= 0) t->sides[1].index[j++] = t->out->n_duties - 1;
    }
}

static bool says_minutes(const Policy *p)
{
    for (size_t i = 0; i < policy_duty_count(p); i++)
        if (policy_duty(p, i)->minutes > 0) return true;
    return false;
}

static bool says_harm(const Policy *p)
{
    for (size_t c = 1; c <= policy_vocabs(p)->of[VOCAB_OFFENCE].n; c++)
        if (policy_is_high_harm(p, (Code)c)) return true;
    return false;
}

static const char *hash_copy(Trial *t, const Policy *p)
{
    return arena_dup(t->a, policy_hash(p));
}

void trial_start(Trial *t, const Policy *now, const Policy *trial)
{
    t->sides[0].policy = now;
    t->sides[1].policy = trial;
    rows_make(t);
    for (int s = 0; s < 2; s++) {
        t->sides[s].again = mem_new((t->out->n_duties + 1) * sizeof *t->sides[s].again);
        t->out->id[s] = arena_dup(t->a, policy_id(t->sides[s].policy));
        t->out->hash[s] = hash_copy(t, t->sides[s].policy);
        t->out->any_minutes |= says_minutes(t->sides[s].policy);
    }
    t->same_words = vocabs_continue(policy_vocabs(trial), policy_vocabs(now));
    t->harm_side = says_harm(trial) ? 1 : 0;
    t->harm_policy = t->sides[t->harm_side].policy;
    t->look = mem_new((t->n_days + 1) * sizeof *t->look);
    t->cells = mem_new(ROLE_COUNT * (t->n_days + 1) * sizeof *t->cells);
}

void trial_finish(Trial *t)
{
    for (int s = 0; s < 2; s++) {
        mem_free(t->sides[s].index);
        mem_free(t->sides[s].again);
    }
    mem_free(t->mornings);
    mem_free(t->look);
    mem_free(t->cells);
    arena_free(&t->work);
}

static TrialCell *cell(Trial *t, Role role, size_t day)
{
    return &t->cells[role * (t->n_days + 1) + day];
}

/* ---- sums ---- */

static void sums_add(TrialSums *to, const TrialSums *more)
{
    to->asked += more->asked;
    to->late += more->late;
    to->open += more->open;
    to->overdue += more->overdue;
    to->minutes += more->minutes;
}

/* To the duty, and to the role that owns it under that policy. */
static void tally(Trial *t, int s, const Seen *seen, TrialSums more)
{
    sums_add(&t->out->duties[seen->duty].sums[s], &more);
    sums_add(&t->by_role[seen->d.owner].sums[s], &more);
    t->by_role[seen->d.owner].role = seen->d.owner;
}

/* ---- mornings on which a duty is open or overdue ---- */

static void count_mornings(Trial *t, int s, const Seen *seen, size_t first, size_t last)
{
    const Duty *d = &seen->d;
    size_t end = last + 1, open = trial_day(t, d->opens), over = d->due == TIME_MAX ? end : trial_day(t, d->due + 1);

    if (!duty_is_live(d)) return;
    over = over < first ? first : over > end ? end : over;
    open = open < first ? first : open > over ? over : open;
    cell(t, d->owner, open)->open[s]++;
    cell(t, d->owner, over)->open[s]--;
    cell(t, d->owner, over)->overdue[s]++;
    cell(t, d->owner, end)->overdue[s]--;
    tally(t, s, seen, (TrialSums){ .open = (int64_t)(over - open), .overdue = (int64_t)(end - over) });
}

/* ---- minutes ---- */

static void count_minutes(Trial *t, int s, const Seen *seen, size_t day, int64_t times)
{
    int64_t minutes = policy_duty_by_id(t->sides[s].policy, seen->d.id)->minutes * times;

    cell(t, seen->d.owner, day)->minutes[s] += minutes;
    tally(t, s, seen, (TrialSums){ .minutes = minutes });
}

/* Once: when it was done, or was due if that came first. What ended before it was due asks for nothing. */
static void count_once(Trial *t, int s, Seen *seen, size_t first, size_t last)
{
    const Duty *d = &seen->d;
    Time at = d->done != TIME_NONE && d->done < d->due ? d->done : d->due;
    size_t day;

    if (seen->counted || (d->ended != TIME_NONE && d->ended <= d->due)) return;
    if (at <= t->mornings[0]) {
        seen->counted = true; /* before the period */
        return;
    }
    day = trial_day(t, at);
    if (day > last) return;
    seen->counted = true;
    count_minutes(t, s, seen, day < first ? first : day, 1);
}

/* A repeating one: again and again, as long as it is asked, as if each time were done at the last moment. */
static void count_again(Trial *t, int s, const Seen *seen, size_t first, size_t last)
{
    struct Again *again = &t->sides[s].again[seen->duty];
    Time span = seen->d.due - seen->d.start;

    if (!duty_is_live(&seen->d) || span <= 0) return;
    if (again->next == TIME_NONE) again->next = seen->d.due;
    if (again->next <= t->mornings[first]) again->next += ((t->mornings[first] - again->next) / span + 1) * span;
    again->live = true;
    while (again->next <= t->mornings[last + 1]) { /* a day at a time: a span may be a minute */
        size_t day = trial_day(t, again->next);
        int64_t times = (t->mornings[day + 1] - again->next) / span + 1;
        count_minutes(t, s, seen, day, times);
        again->next += times * span;
    }
}

void trial_repeats_start(Trial *t, int s)
{
    for (size_t i = 0; i < t->out->n_duties; i++) t->sides[s].again[i] = (struct Again){ .next = TIME_NONE };
}

/* What is not asked any more begins anew when it is asked again. */
void trial_repeats_end(Trial *t, int s)
{
    for (size_t i = 0; i < t->out->n_duties; i++) {
        struct Again *again = &t->sides[s].again[i];
        if (!again->live) again->next = TIME_NONE;
        again->live = false;
    }
}

void trial_count(Trial *t, int s, Seen *seen, size_t first, size_t last)
{
    count_mornings(t, s, seen, first, last);
    if (policy_duty_by_id(t->sides[s].policy, seen->d.id)->repeats)
        count_again(t, s, seen, first, last);
    else
        count_once(t, s, seen, first, last);
}

/* ---- one case compared ---- */

static bool in_period(const Trial *t, const Seen *seen)
{
    const Duty *d = &seen->d;
    Time last = d->done != TIME_NONE ? d->done : d->ended;

    return last == TIME_NONE || last > t->mornings[0] || d->due > t->mornings[0];
}

static void count_asked(Trial *t, int s, const Seen *seen)
{
    const Duty *d = &seen->d;
    Time end = d->done != TIME_NONE ? d->done : d->ended != TIME_NONE ? d->ended : TIME_MAX;

    bool late = d->due > t->mornings[0] && d->due < t->mornings[t->n_days] && end > d->due;

    tally(t, s, seen, (TrialSums){ .asked = 1, .late = late });
}

static void change_add(Trial *t, const char *case_id, TrialChange change, const Seen *was, const Seen *is)
{
    const Seen *of = is ? is : was;
    Backtest *out = t->out;
    size_t day = trial_day(t, of->d.start);

    out->duties[of->duty].n[change]++;
    t->by_role[of->d.owner].n[change]++;
    cell(t, of->d.owner, day < t->n_days ? day : t->n_days - 1)->n[change]++;
    if (out->n_changes == TRIAL_CHANGES_MAX) {
        out->left_off++;
        return;
    }
    out->changes = arena_room(t->a, out->changes, out->n_changes, &t->changes_cap, sizeof *out->changes);
    out->changes[out->n_changes++] = (TrialCase){ .case_id = case_id,
        .duty = out->duties[of->duty].id,
        .cycle = of->d.cycle,
        .owner = of->d.owner,
        .change = change,
        .due = { was ? was->d.due : TIME_NONE, is ? is->d.due : TIME_NONE } };
}

/* `own` becomes the case's number in the arena, once for all its changes. */
static void pair(Trial *t, const char *case_id, const char **own, const Seen *was, const Seen *is)
{
    TrialChange change = !was ? TRIAL_GAINED : !is ? TRIAL_LOST : TRIAL_MOVED;

    if (was) count_asked(t, 0, was);
    if (is) count_asked(t, 1, is);
    if (was && is && was->d.due == is->d.due && was->d.owner == is->d.owner) return;
    if (!*own && t->out->n_changes < TRIAL_CHANGES_MAX) *own = arena_dup(t->a, case_id);
    change_add(t, *own, change, was, is);
}

void trial_compare(Trial *t, const char *case_id)
{
    const TrialSide *x = &t->sides[0], *y = &t->sides[1];
    const char *own = NULL;
    size_t i = 0, j = 0;

    while (i < x->n_seen || j < y->n_seen) {
        int order = i == x->n_seen   ? 1
                    : j == y->n_seen ? -1
                                     : seen_order(&x->seen[i], y->seen[j].duty, y->seen[j].d.cycle);
        const Seen *was = order <= 0 ? &x->seen[i++] : NULL, *is = order >= 0 ? &y->seen[j++] : NULL;
        if ((was && in_period(t, was)) || (is && in_period(t, is))) pair(t, case_id, &own, was, is);
    }
}

void trial_harm(Trial *t, const TrialHarm *harm)
{
    Backtest *out = t->out;

    out->harms = arena_room(t->a, out->harms, out->n_harms, &t->harms_cap, sizeof *out->harms);
    out->harms[out->n_harms] = *harm;
    out->harms[out->n_harms].case_id = arena_dup(t->a, harm->case_id);
    out->harms[out->n_harms].offence = arena_dup(t->a, harm->offence);
    out->harms[out->n_harms++].duty = arena_dup(t->a, harm->duty);
}

/* ---- the tables ---- */

static void roles_make(Trial *t)
{
    Backtest *out = t->out;

    out->roles = arena_alloc(t->a, ROLE_COUNT * sizeof *out->roles);
    for (Role r = 0; r < ROLE_COUNT; r++)
        if (t->by_role[r].role != ROLE_NONE) out->roles[out->n_roles++] = t->by_role[r];
}

static bool anything(const TrialCell *c)
{
    static const TrialCell nothing;

    return memcmp(c, &nothing, sizeof nothing) != 0;
}

/* Differences become figures. */
static void cells_sum(Trial *t)
{
    for (Role r = 0; r < ROLE_COUNT; r++)
        for (size_t day = 1; day < t->n_days; day++)
            for (int s = 0; s < 2; s++) {
                cell(t, r, day)->open[s] += cell(t, r, day - 1)->open[s];
                cell(t, r, day)->overdue[s] += cell(t, r, day - 1)->overdue[s];
            }
}

static void days_make(Trial *t)
{
    Backtest *out = t->out;

    out->days = arena_alloc(t->a, ROLE_COUNT * t->n_days * sizeof *out->days);
    for (size_t day = 0; day < t->n_days; day++)
        for (Role r = 0; r < ROLE_COUNT; r++) {
            const TrialCell *c = cell(t, r, day);
            TrialDay row = { .day = out->from + (Date)day, .role = r };
            if (!anything(c)) continue;
            memcpy(row.n, c->n, sizeof row.n);
            memcpy(row.open, c->open, sizeof row.open);
            memcpy(row.overdue, c->overdue, sizeof row.overdue);
            memcpy(row.minutes, c->minutes, sizeof row.minutes);
            out->days[out->n_days++] = row;
        }
}

void trial_tables(Trial *t)
{
    cells_sum(t);
    roles_make(t);
    days_make(t);
}
