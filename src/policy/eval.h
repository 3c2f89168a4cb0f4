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
    Trace *trace;            /* NULL: the fast path */
    const PolicyText *texts; /* the accounts */
    size_t n_texts;
    struct Looked *looked[2]; /* by TextsKind: texts ready to be searched; NULL not yet */
    struct RiskSheet *risk;   /* the answers of assessments, as they were read */
    bool gave_up;             /* a pattern reached its limit */
    int trace_cycle;          /* the cycle whose clock is told */

    uint32_t ready;              /* bit per list: the next two are filled */
    size_t n[LIST_COUNT];        /* entries that exist                    */
    CodeSet present[LIST_COUNT]; /* their words of the first code field   */

    uint8_t *conds; /* by slot: 0 not known yet, else truth + 1 */
    uint8_t *known; /* by slot: moments[slot] is known          */
    Time *moments;
    Time *ends;      /* by ending; TIME_NONE not known yet, TIME_MAX none */
    Result *results; /* by rule */

    const char *its;     /* the entry that the duty is for */
    const char *its_key; /* and its key; NULL when it has none */
    Duty *out;
    size_t n_out, cap_out;
} View;

void view_init(View *v, const Policy *p, const CaseDoc *doc, Time now, Arena *a);
/* Forgets what is kept of conditions and moments (not of duties), so that a traced run looks at everything. */
void view_forget(View *v);
bool view_common(View *v); /* what all duties need */
void eval_rule_view(View *v, size_t rule);
void eval_duties(View *v); /* all of them, so that others can ask about them */
Truth eval_cond(View *v, const Cond *c);
size_t view_existing(
    const View *v, CaseListId list, const void *holder); /* entries that exist at `now`, of a list in order */

/* --- risk.c: the answers of assessments ------------------------------------------------------------- */
typedef struct RiskAnswer {
    const char *factor, *context; /* context: NULL when none was written */
    Code answer;
} RiskAnswer;
const RiskAnswer *risk_answers(View *v, const Assessment *a, size_t *n);
/* The latest assessment that answers the factor; NULL when none does. */
const Assessment *risk_latest(View *v, const Value *value, Code *answer);
/* The latest initial assessment that has answers; NULL when there is none. */
const Assessment *risk_context_of(View *v);
/* The contexts of the latest initial assessment, as texts; false when there is no such assessment with answers. */
bool risk_contexts(View *v, PolicyText **out, size_t *n);

/* --- words.c ----------------------------------------------------------------------------------------- */
enum { FOUND_BEFORE = 1, FOUND_HIT = 2, FOUND_GAVE_UP = 4 };
typedef struct Places Places;
typedef struct Looked { /* texts in which some patterns' letters stand */
    const PolicyText *texts;
    size_t n;
    size_t *lengths;
    bool *readable;
    uint8_t *near;  /* by text, then by pattern: bits of its needs that are met */
    Places **places; /* by text: where letters stand */
    bool given;     /* there are such texts at all */
    uint8_t *found; /* by list: what came of it, FOUND_… bits; 0 when it was not searched for */
} Looked;
Looked *words_look(const Policy *p, const PolicyText *texts, size_t n, Arena *a);
/* Hits of one list in one of the texts, at most `most`, in no order; gave_up is set when a pattern reached its limit. */
size_t words_hits(const Policy *p, const Looked *l, size_t text, size_t list, size_t most, TextHit *out, bool *gave_up);
/* Its words are ready to be searched for; made when first asked for. */
void words_ready(const Policy *p);
void finder_free(Finder **f);
uint8_t finder_needs(
    const Policy *p, size_t pattern); /* bits of what a text must hold; 0: the pattern is always tried */

/* --- checks: gates.c and alerts.c --------------------------------------------------------------------- */
void view_for_checks(
    View *v, const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n, Time now, Arena *a);
Truth check_gate(View *v, const Check *c);
void gate_judge(View *v, const Check *c, GateVerdict *out); /* with its lines */
/* It fires, or what it asks could not be looked for. */
bool check_alert(View *v, const Check *c);

/* --- checklist.c ---------------------------------------------------------------------------------------- */
bool checklist_asks(const Policy *p, const Checklist *list, const char *name, const CaseDoc *doc, Time now, Arena *a);

#endif
