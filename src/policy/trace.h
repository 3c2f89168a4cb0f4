/* trace.h — what the engine says about its way to an answer, when somebody asks. Private to src/policy.
** The engine has one code; these hooks are called only when there is a trace. A line is opened before its parts are
** evaluated and closed with what came out, so that the parts stand below it. */
#ifndef POLICY_TRACE_H
#define POLICY_TRACE_H

#include "rule.h"

enum { TRACE_LEAVES = 16, TRACE_MET = 16 };

typedef struct TraceFact { /* a fact that a condition looked at, and what it found */
    FactName name;
    const char *says;
    bool is_hit;
    TextHit hit;
    Truth truth; /* of the innermost condition around it that has come out */
} TraceFact;

struct Trace {
    Arena *arena;
    const Policy *policy;
    const CaseDoc *doc;
    Time now;
    WhyLine *lines;
    size_t n, cap;
    int indent;
    WhyKind moment_kind;              /* WHY_CLOCK for a start, WHY_FACT for a fulfilment */
    const char *failed, *failed_fact; /* the first condition that was not true, and what it found */
    Truth failed_truth;
    bool common_failed; /* what all duties need is not so      */
    struct {
        Time time;
        const char *name;
    } leaves[TRACE_LEAVES]; /* the moments a start was made of: "reported" */
    size_t n_leaves;
    const Moment *met[TRACE_MET]; /* parts of the fulfilment that are there */
    size_t n_met;
    bool tell_early; /* entries that came too early are worth a line */
    CaseListId each; /* what the duty is for; LIST_COUNT when it is for none */

    const Cond *quiet; /* a part that has no line of its own */
    bool collect;      /* the facts that decide are wanted by name: an alert */
    TraceFact *facts;
    size_t n_facts, cap_facts;
    size_t *starts; /* by open condition: its first fact */
    size_t depth, cap_depth;
};

struct Looked;

size_t trace_add(Trace *t, WhyKind kind, Truth truth, int line, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Times in local words; with the year when it is not the year of now. */
const char *trace_when(const Trace *t, Time at);

size_t trace_cond_open(Trace *t, const Cond *c);
void trace_cond_close(Trace *t, size_t at, const Cond *c, Truth truth);
/* What decided a condition: the answer of a value, the entry picked (NULL for none), the moment. */
void trace_value(Trace *t, const Value *v, const void *holder, Code code);
void trace_entry(Trace *t, const Selector *s, const void *item);
void trace_absent(Trace *t, const Selector *s, const void *unknown); /* `unknown`: an entry that may be one, or NULL */

void trace_words(Trace *t, const Cond *c, const struct Looked *l, const TextHit *hits, size_t n, bool gave_up);

size_t trace_moment_open(Trace *t, const Moment *m);
void trace_moment_close(Trace *t, size_t at, const Moment *m, Time time);
void trace_too_early(Trace *t, const Selector *s, const void *item, Time lower);
/* An entry that the file ignores (a returned review). */
void trace_ignored(Trace *t, const Selector *s, const void *item);
void trace_its(Trace *t, const Rule *r, const void *item); /* the entry that the duty is for */

void trace_clock(Trace *t, const Clock *c, const char *what, Time from, Time to);
/* The cap of a clock was taken. */
void trace_cap(Trace *t, const Clock *c, Time to);
void trace_cycle(Trace *t, int n, Time start);
void trace_end(Trace *t, const Rule *r, Time end);
const char *item_words(Trace *t, CaseListId list, const void *item);
/* The lines that another trace has told. */
void trace_lines(Trace *t, const WhyLine *lines, size_t n);

/* --- explain.c ------------------------------------------------------------------------------------ */
void trace_source(Trace *t, const char *text, size_t n, int line); /* the rule as written, a line each */
const char *trace_failed(const Trace *t); /* the first condition that failed, and what it found: "… is not so: …" */
bool trace_is_off(const Policy *p, const char *id);

/* The rule's text between its keywords, spaces made single. */
const char *source_words(const Trace *t, Src src);

#endif
