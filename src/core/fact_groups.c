/* fact_groups.c — the groups of what a case has once. A column stands in one group. */
#include "core/fact_groups.h"

#include "base/str.h"

#include <string.h>

/* clang-format off */
const FactGroup fact_groups[] = {
    { "attended", "attendance", { "attended_at" }, "attended_at", PERM_FACT_ATTENDED, NULL,
        "When the first officer was with the victim (BD 1.1)." },
    { "children", "children", { "children_answer", "children_at" }, "children_at", PERM_FACT_CHILDREN, NULL,
        "Children of the relationship, present or not (BD 1.13)." },
    { "incident", "time and place", { "incident_from", "incident_to", "incident_place", "incident_ward", "reported_how" }, NULL,
        PERM_FACT_INCIDENT, NULL, "When and where it happened, and how police heard of it." },
    { "kind", "kind of report", { "kind" }, NULL, PERM_FACT_KIND, NULL,
        "What the report is on CRIS: the unit's clocks run for crimes (BD 1.3)." },
    { "cad", "CAD result", { "cad_result", "cad_ground", "cad_evidence", "cad_decided_at" }, "cad_decided_at", PERM_FACT_CAD, NULL,
        "How the message was resulted; not domestic needs its ground and its evidence (BD 1.13)." },
    { "put-away", "CAD put away", { "cad_closed_at" }, "cad_closed_at", PERM_FACT_PUT_AWAY, "close-cad",
        "The message is put away: its numbers must stand (BD 1.13)." },
    { "close", "closing", { "outcome", "closed_at" }, "closed_at", PERM_FACT_CLOSE, "close-case",
        "The investigation ends: what nobody did by then is missed." },
};
/* clang-format on */
const size_t fact_n_groups = sizeof fact_groups / sizeof fact_groups[0];

const FactGroup *fact_group(const char *word)
{
    for (size_t i = 0; i < fact_n_groups; i++)
        if (str_eq(fact_groups[i].word, word)) return &fact_groups[i];
    return NULL;
}

const FactGroup *fact_group_of(const char *column)
{
    for (size_t i = 0; i < fact_n_groups; i++)
        for (size_t k = 0; k < FACTS_MAX && fact_groups[i].columns[k]; k++)
            if (str_eq(fact_groups[i].columns[k], column)) return &fact_groups[i];
    return NULL;
}

bool fact_must(const FactGroup *g, const CaseField *f)
{
    return f->kind == FIELD_CODE && !str_eq(f->column, "cad_ground") && fact_group_of(f->column) == g;
}

size_t fact_fields(const FactGroup *g, const CaseField *out[FACTS_MAX])
{
    size_t n = 0;

    for (size_t k = 0; k < FACTS_MAX && g->columns[k]; k++)
        for (size_t i = 0; i < case_n_scalars; i++)
            if (str_eq(case_scalars[i].column, g->columns[k])) out[n++] = &case_scalars[i];
    return n;
}
