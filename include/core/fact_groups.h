/* fact_groups.h — what a case has once, in the groups in which somebody says it: that the call was attended, whether there are
** children, what the report is, that the CAD is put away, that the case is closed. One table. */
#ifndef CORE_FACT_GROUPS_H
#define CORE_FACT_GROUPS_H

#include "core/case.h"
#include "core/role.h"

enum { FACTS_MAX = 5 /* fields of a group */ };

typedef struct FactGroup {
    const char *word;  /* "put-away": commands, drafts, the log ("case.put-away") */
    const char *label; /* "CAD put away" */
    const char *columns[FACTS_MAX]; /* of case_scalars; NULL ends it early */
    const char *moment; /* the one of them that is now when nothing is said of it, or NULL */
    Perm perm;
    const char *gate;   /* the act of the policy that must not be stopped (policy_acts), or NULL */
    const char *help;   /* one sentence */
} FactGroup;

extern const FactGroup fact_groups[];
extern const size_t fact_n_groups;
const FactGroup *fact_group(const char *word);              /* NULL: there is none */
const FactGroup *fact_group_of(const char *column);         /* in which a column is said; NULL */
bool fact_must(const FactGroup *g, const CaseField *f);      /* is it asked whatever the others say? The ground is of not domestic alone */
size_t fact_fields(const FactGroup *g, const CaseField *out[FACTS_MAX]); /* its rows of the catalogue */

#endif
