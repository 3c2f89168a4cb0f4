/* retention.h — when a closed case is looked at again: the groups of review of police information (MoPI; domain facts 11.2), as
** policies/retention.groups has them. Nothing is erased by it: it says when somebody must decide. */
#ifndef POLICY_RETENTION_H
#define POLICY_RETENTION_H

#include "base/arena.h"
#include "base/err.h"
#include "core/case.h"
#include "core/vocab.h"

typedef struct RetentionGroup {
    int number;
    const char *title;
    int first, again; /* years: after the case was closed; for which it may be kept each time */
    const char *offences, *flags, *outcomes; /* words, a blank before and behind each; "" */
} RetentionGroup;
typedef struct RetentionGroups {
    RetentionGroup *items;
    size_t n;
} RetentionGroups;

/* ERR_INVALID names the line and what is wrong with it: the last group must take every case. */
bool retention_groups_read(const char *text, size_t n, const Vocabs *v, Arena *a, RetentionGroups *out, Err *err);
const char *retention_groups_builtin(size_t *n); /* the text that the program carries */

const RetentionGroup *retention_group_of(const RetentionGroups *g, const CaseDoc *doc, const Vocabs *v);
const RetentionGroup *retention_group_by_number(const RetentionGroups *g, int number); /* NULL */
Date retention_add_years(Date d, int years);
/* The day a case of that group is looked at: after it was closed, or until when it is kept, whichever is later. */
Date retention_due(const RetentionGroup *g, Date closed, Date kept_until);

/* What of that a store can ask along its index: no case that was closed after `soon` is due on `today`, and none with one of `words` that was
** closed after `late`. */
typedef struct RetentionBounds {
    Date soon, late;
    const char *words; /* " murder hbv " */
} RetentionBounds;
void retention_bounds(const RetentionGroups *g, Date today, Arena *a, RetentionBounds *out);

#endif
