/* stretch.c — runs of an alert, and what was said to it, as stretches: see stretch.h. */
#include "core/stretch.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[ALERT_ENDS] = { "acted", "changed", "dismissed", "waits" };

const char *alert_end_word(AlertEnd end)
{
    return end < ALERT_ENDS ? words[end] : "";
}

AlertEnd alert_end_by_word(const char *word)
{
    AlertEnd end = 0;

    while (end < ALERT_ENDS && !str_eq(words[end], word)) end++;
    return end;
}

typedef struct Case {
    const AlertRun *runs;
    size_t n;
    const AlertAnswer *said;
    size_t n_said;
} Case;

static const AlertAnswer *answer_of(const Case *c, const AlertRun *run)
{
    for (size_t i = 0; i < c->n_said; i++)
        if (str_eq(c->said[i].alert, run->alert) && str_eq(c->said[i].basis, run->basis)) return &c->said[i];
    return NULL;
}

/* The run that goes on where this one ends, on another basis. */
static const AlertRun *next_of(const Case *c, const AlertRun *run)
{
    for (const AlertRun *r = run + 1; run->until != TIME_NONE && r < c->runs + c->n; r++)
        if (r->from == run->until && str_eq(r->alert, run->alert)) return r;
    return NULL;
}

/* Is it only another basis of what waited unanswered before? */
static bool goes_on(const Case *c, const AlertRun *run)
{
    for (const AlertRun *r = c->runs; r < run; r++)
        if (r->until == run->from && str_eq(r->alert, run->alert) && !answer_of(c, r)) return true;
    return false;
}

static AlertEnd end_of(const Case *c, const AlertRun *run)
{
    const AlertAnswer *answer;

    for (;;) {
        const AlertRun *next = next_of(c, run);
        if ((answer = answer_of(c, run)) != NULL) return answer->dismissed ? ALERT_DISMISSED : ALERT_ACTED;
        if (!next) return run->until == TIME_NONE ? ALERT_WAITS : ALERT_CHANGED;
        run = next;
    }
}

static int in_order(const void *a, const void *b)
{
    const AlertStretch *x = a, *y = b;
    int c = strcmp(x->alert, y->alert);

    return c ? c : (x->since > y->since) - (x->since < y->since);
}

size_t alert_stretches(
    const AlertRun *runs, size_t n, const AlertAnswer *said, size_t n_said, Arena *a, AlertStretch **out)
{
    const Case c = { runs, n, said, n_said };
    size_t found = 0;

    *out = arena_alloc(a, (n + 1) * sizeof **out);
    for (size_t i = 0; i < n; i++)
        if (!goes_on(&c, &runs[i]))
            (*out)[found++] = (AlertStretch){ runs[i].alert, runs[i].from, end_of(&c, &runs[i]) };
    if (found > 1) qsort(*out, found, sizeof **out, in_order);
    return found;
}
