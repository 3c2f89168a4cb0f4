/* facts.h — saying what a case has once (core/fact_groups.h), and which unit has it (BD 1.10). */
#ifndef APP_FACTS_H
#define APP_FACTS_H

#include "app/app.h"
#include "core/fact_groups.h"

/* Says what `values` has of a group's fields; what it does not have stays as it is. What was said may be said otherwise, both stand in
** the store. The group's moment is now when it is absent. ERR_INVALID with the sentence of the gate when one is shut (err->field "gate");
** ERR_DENIED, ERR_STALE as app_case_add. On success *row has the new revision. */
bool app_facts_say(App *app, CaseRow *row, const FactGroup *g, const CaseDoc *values, Err *err);
/* The gates that stand in the way of a group, shut ones only; in `a`. */
size_t app_facts_shut(App *app, const CaseView *view, const FactGroup *g, Arena *a, GateVerdict **out);
/* What closing the case now would end unfinished: its duties as they would be, those first that are missed already. In `a`. */
size_t app_closing_ends(App *app, const CaseView *view, Arena *a, Duty **out);

/* --- one unit at a time --------------------------------------------------------------------------------- */
typedef enum OwnerAct { OWNER_OFFER, OWNER_ACCEPT, OWNER_REFUSE, OWNER_RECALL, OWNER_ACTS } OwnerAct;
extern const char *const owner_act_words[OWNER_ACTS]; /* "offer", "accept", "refuse", "recall" */
/* The offer that nobody has answered, or NULL: there is at most one. */
const Owner *app_owner_pending(const CaseDoc *doc, Time now);
/* `unit` is a word; for what is not an offer it may be NULL: the one that is pending. A refusal and a recall need their reason. The sender
** owns the case until it is accepted. ERR_DENIED: an offer is answered by whom the unit has here, or on its behalf (BD 1.10). */
bool app_owner_act(App *app, CaseRow *row, OwnerAct act, const char *unit, const char *reason, Err *err);
bool app_owner_may(const App *app, OwnerAct act, const char *unit);

#endif
