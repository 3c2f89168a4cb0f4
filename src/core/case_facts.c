/* case_facts.c — what follows from the facts of one case (interchange §1, last paragraph).
** Of two entries of equal time the later in the list counts. */
#include "core/case.h"

#include "core/offence.h"

Code case_grade(const CaseDoc *doc)
{
    const Assessment *latest = NULL;

    for (size_t i = 0; i < doc->n_assessments; i++) {
        const Assessment *a = &doc->assessments[i];
        if (a->grade != CODE_NONE && (!latest || a->at >= latest->at)) latest = a;
    }
    return latest ? latest->grade : CODE_NONE;
}

int grade_urgency(Code grade)
{
    switch (grade) {
    case CODE_NONE: return 1;
    case GRADE_STANDARD: return 3;
    case GRADE_MEDIUM: return 2;
    default: return 0;
    }
}

const Owner *case_owner(const CaseDoc *doc)
{
    const Owner *latest = NULL;

    for (size_t i = 0; i < doc->n_owners; i++) {
        const Owner *o = &doc->owners[i];
        if (o->accepted_at != TIME_NONE && (!latest || o->offered_at >= latest->offered_at)) latest = o;
    }
    return latest;
}

const Investigator *case_investigation(const CaseDoc *doc, Time now)
{
    for (size_t i = doc->n_investigators; i > 0; i--)
        if (doc->investigators[i - 1].at <= now) return &doc->investigators[i - 1];
    return NULL;
}

const char *case_investigator(const CaseDoc *doc, Time now)
{
    const Investigator *newest = case_investigation(doc, now);

    return newest ? newest->officer : NULL;
}

static void touch(Time *last, CaseListId list, const char *items, size_t n)
{
    const CaseList *l = &case_lists[list];

    for (size_t f = 0; f < l->n_fields; f++) {
        if (!(l->fields[f].flags & FIELD_ORDER)) continue;
        for (size_t i = 0; i < n; i++) {
            Time at = *(const Time *)(const void *)(items + i * l->item_size + l->fields[f].offset);
            if (at != TIME_NONE && at > *last) *last = at;
        }
    }
}

Time case_touched(const CaseDoc *doc)
{
    Time last = doc->reported_at;

    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n;
        const char *items = case_items(doc, list, &n);
        if (list == LIST_INVESTIGATORS || list == LIST_HOLDS) continue; /* who is to do it, and when: nothing was done */
        touch(&last, list, items, n);
    }
    for (size_t i = 0; i < doc->n_people; i++) touch(&last, LIST_STATUS, (const char *)doc->people[i].status, doc->people[i].n_status);
    return last;
}

Code case_main_offence(const CaseDoc *doc)
{
    Code main = CODE_NONE;

    for (size_t i = 0; i < doc->n_offences; i++) {
        Code class = doc->offences[i].class;
        if (!offence_holds(doc, i)) continue;
        if (main == CODE_NONE || (class != CODE_NONE && class < main)) main = class;
    }
    return main;
}

void case_closing_at(const CaseDoc *doc, Time now, Time *closed_at, Code *outcome)
{
    *closed_at = doc->closed_at;
    *outcome = doc->outcome;
    for (size_t i = 0; i < doc->n_reopenings; i++) {
        if (doc->reopenings[i].at <= now) continue;
        *closed_at = doc->reopenings[i].closed_at;
        *outcome = doc->reopenings[i].outcome;
        return;
    }
}
