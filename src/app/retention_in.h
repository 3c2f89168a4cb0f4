/* retention_in.h — what the list of cases that are due and the decisions on them share. */
#ifndef APP_RETENTION_INSIDE_H
#define APP_RETENTION_INSIDE_H

#include "app/retention.h"
#include "inside.h"

bool retention_groups(App *app, Arena *a, RetentionGroups *out, Err *err);
/* How a case stands that was found already; `name` is what the officer knows it by. */
bool retention_stand(App *app, const RetentionGroups *g, CaseKey key, const char *name, const CaseDoc *doc, Arena *a, RetentionStand *out, Err *err);

#endif
