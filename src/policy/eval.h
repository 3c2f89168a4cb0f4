/* eval.h — one evaluation: a policy, a case, a moment. Private to src/policy. */
#ifndef POLICY_EVAL_H
#define POLICY_EVAL_H

#include "rule.h"

typedef struct Result {        /* of a duty that is asked once; all TIME_NONE when it is not asked */
    Time times[PART_DONE + 1]; /* by DutyPart */
} Result;

typedef struct View { /* the case as it was at `now`, and what has been found out about it */
    const Policy *policy;
    const CaseDoc *doc;
    Time now;
    Arena *arena;
    Trace *trace;    /* NULL: the fast path */
    int trace_cycle; /* the cycle whose clock is told */

    uint32_t ready;              /* bit per list: the next two are filled */
    size_t n[LIST_COUNT];        /* entries that exist                    */
    CodeSet present[LIST_COUNT]; /* their words of the first code field   */

    uint8_t *conds; /* by slot: 0 not known yet, else truth + 1 */
    uint8_t *known; /* by slot: moments[slot] is known          */
    Time *moments;
    Time *ends;      /* by ending; TIME_NONE not known yet, TIME_MAX none */
    Result *results; /* by rule */

    const char *its; /* the entry that the duty is for */
    Duty *out;
    size_t n_out, cap_out;
} View;

void view_init(View *v, const Policy *p, const CaseDoc *doc, Time now, Arena *a);
/* Forgets what is kept of conditions and moments (not of duties), so that a traced run looks at everything. */
void view_forget(View *v);
bool view_common(View *v); /* what all duties need */
void eval_rule_view(View *v, size_t rule);

#endif
