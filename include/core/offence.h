/* offence.h — which of the recorded classes hold. A class is never changed: one that takes the place of another names it (Offence.replaces), and
** both stay on record, with who and why. Everything that shows or counts one offence asks here. Duties do not: what a serious assault
** asks for is asked for although it is classified otherwise later, or a missed review could be classified away. */
#ifndef CORE_OFFENCE_H
#define CORE_OFFENCE_H

#include "core/case.h"

/* The entry that took the place of offence `i` of a sorted case: the first later one that names its class. NULL: it holds. */
const Offence *offence_instead(const CaseDoc *doc, size_t i);
bool offence_holds(const CaseDoc *doc, size_t i);
/* Does an offence of that class hold? CODE_NONE: any. */
bool offence_class_holds(const CaseDoc *doc, Code class);
/* Is `to` the lesser of two classes? The vocabulary falls in seriousness. */
bool offence_is_lesser(Code to, Code from);
/* What a new entry must be, besides fitting the catalogue: one that takes the place of another names a class that holds, is another, and says
** why. ERR_INVALID with the column. Pure. */
bool offence_may_stand(const CaseDoc *doc, const Vocabs *v, const Offence *item, Err *err);

#endif
