/* offence.c — reclassification: the one rule for which class holds. Pure. */
#include "core/offence.h"

const Offence *offence_instead(const CaseDoc *doc, size_t i)
{
    for (size_t k = i + 1; k < doc->n_offences; k++)
        if (doc->offences[k].replaces != CODE_NONE && doc->offences[k].replaces == doc->offences[i].class)
            return &doc->offences[k];
    return NULL;
}

bool offence_holds(const CaseDoc *doc, size_t i)
{
    return !offence_instead(doc, i);
}

bool offence_class_holds(const CaseDoc *doc, Code class)
{
    for (size_t i = 0; i < doc->n_offences; i++)
        if ((class == CODE_NONE || doc->offences[i].class == class) && offence_holds(doc, i)) return true;
    return false;
}

bool offence_is_lesser(Code to, Code from)
{
    return from != CODE_NONE && (to == CODE_NONE || to > from);
}

static const Offence *one_that_holds(const CaseDoc *doc, Code class)
{
    for (size_t i = doc->n_offences; i-- > 0;)
        if (doc->offences[i].class == class && offence_holds(doc, i)) return &doc->offences[i];
    return NULL;
}

bool offence_may_stand(const CaseDoc *doc, const Vocabs *v, const Offence *item, Err *err)
{
    const Offence *was;

    if (item->replaces == CODE_NONE) return true;
    was = one_that_holds(doc, item->replaces);
    if (!was)
        return err_set(err, ERR_INVALID, "replaces", "Instead of: no offence of the class \"%s\" holds in this case.",
            vocab_label(v, VOCAB_OFFENCE, item->replaces));
    if (item->class == was->class && item->attempt == was->attempt)
        return err_set(err, ERR_INVALID, "class", "Offence: it is classified so already.");
    if (item->at != TIME_NONE && was->at != TIME_NONE && item->at < was->at)
        return err_set(
            err, ERR_INVALID, "at", "Classified: it cannot be classified anew before it was classified at all.");
    return !str_blank(item->reason) || err_set(err, ERR_INVALID, "reason", "Reason: Say why it is classified anew.");
}
