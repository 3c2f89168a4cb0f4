/* bench_policy.c — how long the whole standard policy takes over one case in memory.
** Printed beside the time to walk the same facts once (every item of every list, its first words), measured in the same
** run, so that a slow machine does not look like a slow engine. The limit is on the time a case takes: 10 µs. */
#include "policy_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 10, TRIES = 200 };

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static volatile uint64_t sink;

static uint64_t walk_list(const CaseDoc *doc, CaseListId list)
{
    const CaseList *l = &case_lists[list];
    size_t n;
    const char *item = case_items(doc, list, &n);
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++, item += l->item_size)
        for (size_t f = 0; f < l->n_fields; f++) sum += *(const uint8_t *)(item + l->fields[f].offset);
    return sum;
}

static void walk(const Cases *cases)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < cases->n; i++)
        for (CaseListId list = 0; list < LIST_STATUS; list++) sum += walk_list(&cases->docs[i], list);
    sink += sum;
}

static void evaluate(const Policy *p, const Cases *cases, Time now, Arena *a)
{
    Duty *duties;

    for (size_t i = 0; i < cases->n; i++) {
        sink += policy_evaluate(p, &cases->docs[i], now, a, &duties);
        arena_reset(a);
    }
}

/* The best of many short tries: what the machine does besides only ever adds. */
static double best_of(const Policy *p, const Cases *cases, Time now, Arena *a)
{
    double best = 1e9;

    for (int t = 0; t < TRIES; t++) {
        double from = seconds(), took;
        for (int i = 0; i < ROUNDS; i++) {
            if (p)
                evaluate(p, cases, now, a);
            else
                walk(cases);
        }
        took = seconds() - from;
        if (took < best) best = took;
    }
    return best / ROUNDS / (double)cases->n * 1e6;
}

int main(void)
{
    Arena *keep = arena_new(), *a = arena_new();
    Policy *p = standard_policy();
    const char *path = shared_path("scenarios/cases.jsonl");
    Cases cases = cases_read(path ? path : data_path("cases.jsonl"), policy_vocabs(p), keep);
    Time now = at("2010-11-01T08:00:00Z");
    double engine, baseline;
    Str lines = { 0 };
    size_t n = 0;

    duties_as_lines(p, &cases, now, &lines);
    for (size_t i = 0; i < lines.n; i++) n += lines.s[i] == '\n';
    baseline = best_of(NULL, &cases, now, a);
    engine = best_of(p, &cases, now, a);
    printf("policy-evaluate: %.2f us a case (%zu cases, %zu rules, %.1f duties a case)\n", engine, cases.n,
        policy_duty_count(p), (double)n / (double)cases.n);
    printf("walking the facts once: %.2f us; ratio %.1f\n", baseline, engine / baseline);
    str_finish(&lines);
    policy_free(&p);
    arena_free(&a);
    arena_free(&keep);
    return engine > 10.0 && !getenv("BOOK124_SLOW");
}
