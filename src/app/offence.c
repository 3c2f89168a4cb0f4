/* offence.c — classifying anew. What was recorded stays; the new class names it, and says who and why (core/offence.h). A high-harm offence becomes
** a lesser one only by a supervisor of the unit: the class decides who looks at the case, and when. */
#include "inside.h"

#include "core/offence.h"

bool offence_item_fits(App *app, const CaseDoc *doc, const void *of, Arena *a, Err *err)
{
    const Offence *item = of;
    const Vocabs *v = app_vocabs(app);

    if (item->class == CODE_NONE) return err_set(err, ERR_INVALID, "class", "Offence: This is missing.");
    if (!offence_may_stand(doc, v, item, err)) return false;
    if (item->replaces == CODE_NONE || !offence_is_lesser(item->class, item->replaces) ||
        !policy_is_high_harm(app->policy, item->replaces))
        return true;
    return role_may(app->session.roles, PERM_CLASS_DOWN) ||
           err_set(err, ERR_DENIED, "replaces", "From \"%s\" to a lesser offence it is classified by %s.",
               vocab_label(v, VOCAB_OFFENCE, item->replaces), role_who_may(PERM_CLASS_DOWN));
}
