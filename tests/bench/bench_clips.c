/* bench_clips.c TWELVE.policy TWELVE.clp — the policy engine beside CLIPS 6.30 on the same rules and the same facts, in
** one run. Both answer for every made-up case which of twelve duties it has, when each is due and when it was done; the
** answers must be the same ones (a sum over a hash of each). Measured: here the evaluation of documents in memory; there
** the asserting of facts by the C API, where its network matches, and the run. Not measured, in favour of CLIPS: making its
** environment, looking up words, looking for facts asserted twice, forgetting a batch, reading its answers. A batch is
** small, so that its network is too. 1,000,000 cases with BOOK124_BENCH_LARGE=1. */
#include "app/app.h"
#include "base/mem.h"
#include "base/str.h"

/* CLIPS names a Boolean, a list of its own and more; what it brings stays below this line. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <clips/clips.h>
#pragma GCC diagnostic pop

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 10000 };

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    a = (a ^ b) * 0x9e3779b97f4a7c15u;
    return a ^ a >> 29;
}

/* An answer as a number: sums of it do not depend on the order of answers. */
static uint64_t answer(int64_t c, const char *rule, Time due, Time done)
{
    uint64_t h = mix(1, (uint64_t)c);

    for (const char *p = rule; *p; p++) h = mix(h, (uint64_t)(unsigned char)*p);
    return mix(mix(h, (uint64_t)due), (uint64_t)(done == TIME_NONE ? -1 : done));
}

typedef struct Score {
    double seconds;
    int64_t duties;
    uint64_t sum;
} Score;

/* ---- here ---- */

static void ours(const Policy *p, const CaseDoc *docs, size_t n, int64_t first, Time now, Arena *a, Score *s)
{
    double t = seconds();

    for (size_t i = 0; i < n; i++) {
        Duty *duties;
        size_t found = policy_evaluate(p, &docs[i], now, a, &duties);
        for (size_t d = 0; d < found; d++)
            s->sum += answer(first + (int64_t)i, duties[d].id, duties[d].due, duties[d].done);
        s->duties += (int64_t)found;
        arena_reset(a);
    }
    s->seconds += seconds() - t;
}

/* ---- there ---- */

typedef struct Clips {
    void *env, *asked;
    const Vocabs *v;
    void *words[VOCAB_COUNT][VOCAB_WORDS_MAX + 1];
} Clips;

/* A symbol that no fact holds yet would be collected: it is held here. */
static void *symbol(Clips *c, const char *word)
{
    void *s = EnvAddSymbol(c->env, word);

    IncrementSymbolCount(s);
    return s;
}

/* "none" is what is not said; the children that there are none of have a word of their own. */
static void clips_words(Clips *c)
{
    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        c->words[id][0] = symbol(c, "none");
        for (size_t code = 1; code <= c->v->of[id].n; code++) {
            const char *word = c->v->of[id].words[code - 1].word;
            c->words[id][code] = symbol(c, strcmp(word, "none") == 0 ? "none-there" : word);
        }
    }
}

static bool clips_start(Clips *c, const char *rules, const Vocabs *v)
{
    c->env = CreateEnvironment();
    c->v = v;
    if (!c->env || EnvLoad(c->env, rules) != 1) return false;
    clips_words(c);
    EnvSetFactDuplication(c->env, 1);
    EnvReset(c->env);
    return true;
}

static void put_int(Clips *c, void *fact, const char *slot, int64_t n)
{
    DATA_OBJECT d;

    SetType(d, INTEGER);
    SetValue(d, EnvAddLong(c->env, n));
    EnvPutFactSlot(c->env, fact, slot, &d);
}

static void put_time(Clips *c, void *fact, const char *slot, Time t)
{
    put_int(c, fact, slot, t == TIME_NONE ? -1 : t);
}

static void put_word(Clips *c, void *fact, const char *slot, VocabId id, Code code)
{
    DATA_OBJECT d;

    SetType(d, SYMBOL);
    SetValue(d, c->words[id][code]);
    EnvPutFactSlot(c->env, fact, slot, &d);
}

static void *fact_of(Clips *c, const char *name, const char *slot, int64_t id)
{
    void *fact = EnvCreateFact(c->env, EnvFindDeftemplate(c->env, name));

    put_int(c, fact, slot, id);
    return fact;
}

static void assert_case(Clips *c, int64_t id, const CaseDoc *doc)
{
    void *f = fact_of(c, "case", "id", id);

    put_time(c, f, "reported", doc->reported_at);
    put_word(c, f, "how", VOCAB_REPORTED_HOW, doc->reported_how);
    put_time(c, f, "attended", doc->attended_at);
    put_word(c, f, "cad-result", VOCAB_CAD_RESULT, doc->cad_result);
    put_time(c, f, "cad-received", doc->cad_received_at);
    put_word(c, f, "kind", VOCAB_CASE_KIND, doc->kind);
    put_word(c, f, "children", VOCAB_CHILDREN, doc->children);
    put_time(c, f, "children-at", doc->children_at);
    EnvAssert(c->env, f);
}

static void assert_entries(Clips *c, int64_t id, const CaseDoc *doc)
{
    void *f;

    for (size_t i = 0; i < doc->n_books; i++) {
        if (doc->books[i].completed_at == TIME_NONE) continue;
        f = fact_of(c, "book", "case", id);
        put_time(c, f, "at", doc->books[i].completed_at);
        EnvAssert(c->env, f);
    }
    for (size_t i = 0; i < doc->n_assessments; i++) {
        f = fact_of(c, "assessment", "case", id);
        put_word(c, f, "stage", VOCAB_STAGE, doc->assessments[i].stage);
        put_word(c, f, "grade", VOCAB_GRADE, doc->assessments[i].grade);
        put_time(c, f, "at", doc->assessments[i].at);
        EnvAssert(c->env, f);
    }
    for (size_t i = 0; i < doc->n_references; i++) {
        f = fact_of(c, "ref", "case", id);
        put_word(c, f, "system", VOCAB_SYSTEM, doc->references[i].system);
        put_time(c, f, "at", doc->references[i].at);
        EnvAssert(c->env, f);
    }
    for (size_t i = 0; i < doc->n_reviews; i++) {
        f = fact_of(c, "review", "case", id);
        put_word(c, f, "kind", VOCAB_REVIEW, doc->reviews[i].kind);
        put_word(c, f, "outcome", VOCAB_REVIEW_OUTCOME, doc->reviews[i].outcome);
        put_time(c, f, "at", doc->reviews[i].at);
        EnvAssert(c->env, f);
    }
    for (size_t i = 0; i < doc->n_offences; i++) {
        f = fact_of(c, "offence", "case", id);
        put_word(c, f, "class", VOCAB_OFFENCE, doc->offences[i].class);
        put_time(c, f, "at", doc->offences[i].at);
        EnvAssert(c->env, f);
    }
    for (size_t i = 0; i < doc->n_flags; i++) {
        f = fact_of(c, "flag", "case", id);
        put_word(c, f, "flag", VOCAB_FLAG, doc->flags[i].flag);
        put_time(c, f, "at", doc->flags[i].at);
        EnvAssert(c->env, f);
    }
}

static int64_t slot_int(Clips *c, void *fact, const char *slot)
{
    DATA_OBJECT d;

    EnvGetFactSlot(c->env, fact, slot, &d);
    return DOToLong(d);
}

static void read_answers(Clips *c, Score *s)
{
    void *template = EnvFindDeftemplate(c->env, "duty"), *f = NULL;
    DATA_OBJECT rule;

    while ((f = EnvGetNextFactInTemplate(c->env, template, f))) {
        Time done = slot_int(c, f, "done");
        EnvGetFactSlot(c->env, f, "rule", &rule);
        s->sum +=
            answer(slot_int(c, f, "case"), DOToString(rule), slot_int(c, f, "due"), done == -1 ? TIME_NONE : done);
        s->duties++;
    }
}

static void theirs(Clips *c, const CaseDoc *docs, size_t n, int64_t first, Score *s)
{
    double t = seconds();

    for (size_t i = 0; i < n; i++) {
        assert_case(c, first + (int64_t)i, &docs[i]);
        assert_entries(c, first + (int64_t)i, &docs[i]);
    }
    EnvRun(c->env, -1);
    s->seconds += seconds() - t;
    read_answers(c, s);
    EnvReset(c->env);
}

/* ---- both ---- */

static Policy *policy_from(const char *path, Arena *a)
{
    PolicyProblems problems = { .arena = a };
    char *text = arena_zero(a, 1, 1 << 16);
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(text, 1, 1 << 16, f) : 0;
    Policy *p = policy_parse(path, text, n, &problems);

    if (f) fclose(f);
    for (size_t i = 0; !p && i < problems.n; i++)
        fprintf(stderr, "%s:%d: %s\n", path, problems.items[i].line, problems.items[i].text);
    return p;
}

static void run(const Policy *p, Clips *c, int64_t cases, Time now, Score *here, Score *there)
{
    Training *t = training_new(1, "KG", now, cases);
    CaseDoc *docs = mem_new(BATCH * sizeof *docs);
    Arena *facts = arena_new(), *work = arena_new();

    for (int64_t first = 0; first < cases; first += BATCH) {
        size_t n = 0;
        arena_reset(facts);
        for (; n < BATCH && first + (int64_t)n < cases; n++) {
            training_case(t, first + (int64_t)n, policy_vocabs(p), facts, &docs[n]);
            case_sort(&docs[n]);
        }
        ours(p, docs, n, first, now, work, here);
        theirs(c, docs, n, first, there);
    }
    arena_free(&facts);
    arena_free(&work);
    mem_free(docs);
    training_free(&t);
}

int main(int argc, char **argv)
{
    int64_t cases = getenv("BOOK124_BENCH_LARGE") ? 1000000 : 100000;
    Arena *a = arena_new();
    Score here = { 0 }, there = { 0 };
    Clips c;
    Err err = { 0 };
    Policy *p = argc == 3 && crypto_start(&err) ? policy_from(argv[1], a) : NULL;

    if (!p || !clips_start(&c, argv[2], policy_vocabs(p))) return 1;
    run(p, &c, cases, 1275382800, &here, &there);
    printf("%lld cases, 12 duties: here %.2f us a case, CLIPS 6.30 %.2f us a case: %.0f times as fast\n",
        (long long)cases, here.seconds / (double)cases * 1e6, there.seconds / (double)cases * 1e6,
        there.seconds / here.seconds);
    if (here.duties != there.duties || here.sum != there.sum)
        printf("THE ANSWERS DIFFER: %lld duties here, %lld there\n", (long long)here.duties, (long long)there.duties);
    policy_free(&p);
    arena_free(&a);
    return here.duties != there.duties || here.sum != there.sum;
}
