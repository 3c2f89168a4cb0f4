/* trial_words.c — a back-test in sentences, said alike by the command and the screen. The two readings of history are
** kept apart in words: late "as the work was done then", minutes "if each duty is done by its time". Pure. */
#include "app/app.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool app_backtest_differs(const TrialDuty *d)
{
    return memcmp(&d->sums[0], &d->sums[1], sizeof d->sums[0]) != 0 || d->n[TRIAL_GAINED] || d->n[TRIAL_LOST] ||
           d->n[TRIAL_MOVED];
}

typedef struct Lines {
    Arena *a;
    const char **items;
    size_t n;
} Lines;

static void say(Lines *l, const char *text)
{
    l->items[l->n++] = text;
}

static void say_what(Lines *l, const Backtest *b)
{
    char from[CIVIL_TEXT], to[CIVIL_TEXT];

    civil_words_date(b->to, to);
    say(l, arena_printf(l->a, "In force: %s (%.8s). On trial: %s (%.8s).", b->id[0], b->hash[0], b->id[1], b->hash[1]));
    if (b->first > b->to)
        say(l, arena_printf(l->a, "No case was known by %s: this period tells nothing of the trial.", to));
    else
        say(l, arena_printf(l->a, "%" PRId64 " case%s, every morning at 07:00 from %s to %s. Nothing was changed.",
                   b->cases, b->cases == 1 ? "" : "s", civil_words_date(b->first, from), to));
}

static void say_duties(Lines *l, const Backtest *b)
{
    int64_t n[TRIAL_CHANGES] = { 0 }, late[2] = { 0 };

    for (size_t i = 0; i < b->n_roles; i++) {
        for (int c = 0; c < TRIAL_CHANGES; c++) n[c] += b->roles[i].n[c];
        for (int s = 0; s < 2; s++) late[s] += b->roles[i].sums[s].late;
    }
    say(l, arena_printf(l->a,
               "Duties gained: %" PRId64 ", lost: %" PRId64 ", due at another time or of another owner: %" PRId64 ".",
               n[TRIAL_GAINED], n[TRIAL_LOST], n[TRIAL_MOVED]));
    say(l, arena_printf(l->a,
               "As the work was done then, %" PRId64 " went past due; under the trial %" PRId64 " would have.", late[0],
               late[1]));
}

static void say_role(Lines *l, const Backtest *b, const TrialRole *r)
{
    double days = (double)(b->to - b->first + 1), was = (double)r->sums[0].minutes / days,
           is = (double)r->sums[1].minutes / days;

    if (r->sums[0].minutes != r->sums[1].minutes)
        say(l, arena_printf(l->a, "  %s: %.1f minutes a day now, %.1f then: %.1f %s.", role_label(r->role), was, is,
                   is > was ? is - was : was - is, is > was ? "more" : "fewer"));
}

static void say_minutes(Lines *l, const Backtest *b)
{
    bool any = false;

    for (size_t i = 0; i < b->n_roles; i++) any |= b->roles[i].sums[0].minutes != b->roles[i].sums[1].minutes;
    say(l, !b->any_minutes ? "Neither file says how many minutes a duty takes (\"minutes 10\"), so work is not counted."
           : any           ? "Work, if each duty is done by its time:"
                           : "Work, if each duty is done by its time: as many minutes as now.");
    for (size_t i = 0; any && i < b->n_roles; i++) say_role(l, b, &b->roles[i]);
}

size_t app_backtest_words(const Backtest *b, Arena *a, const char ***out)
{
    Lines l = { .a = a, .items = arena_alloc(a, (ROLE_COUNT + 8) * sizeof *l.items) };

    say_what(&l, b);
    if (b->first <= b->to) {
        say_duties(&l, b);
        say_minutes(&l, b);
        say(&l, arena_printf(a,
                    "High-harm outcomes more than a day after the report: %" PRId64 ". Flagged earlier then: %zu.",
                    b->harmed, b->n_harms));
    }
    *out = l.items;
    return l.n;
}
