/* disposal.h — how it ends for a suspect (domain facts §9.2): what each disposal asks for, what it makes of the suspect, and what it cannot
** stand beside. One table. Pure; who may decide is role_may_dispose. */
#ifndef CORE_DISPOSAL_H
#define CORE_DISPOSAL_H

#include "core/case.h"

typedef struct DisposalKind {
    const char *word;     /* of VOCAB_DISPOSAL */
    bool final;           /* it ends the matter for the suspect: what closing asks for */
    bool counts;          /* it can be a sanction detection, and somebody says whether it is */
    bool admits;          /* it needs what was admitted */
    bool prosecutes;      /* it can be done without the victim's support */
    const char *status;   /* what the suspect is then, a word of VOCAB_SUSPECT_STATUS; NULL: as before */
    const char *event;    /* of which the victim is told, a word of VOCAB_EVENT; NULL */
    const char *reasons;  /* "evidence,other": one of them is needed; NULL: none is given */
    const char *not_when; /* "outstanding,died": what the suspect cannot be; NULL */
} DisposalKind;
const DisposalKind *disposal_kind(const Vocabs *v, Code kind); /* NULL for a word that a policy added */

/* What a new one must be, besides fitting the catalogue. ERR_INVALID with the column and a sentence. */
bool disposal_may_stand(const CaseDoc *doc, const Vocabs *v, const Disposal *item, Err *err);
/* The request for a no crime of that suspect that nobody has answered yet; NULL. */
const Disposal *disposal_asked(const CaseDoc *doc, const Vocabs *v, const char *person);
/* The newest event that a disposal of that kind would bring, and that none of that suspect has been written up for: the disposal is of it, at its time,
** however late it is recorded. NULL: there is none. */
const Event *disposal_event(const CaseDoc *doc, const Vocabs *v, Code kind, const char *person);
/* Is a column of the disposal asked of that kind? */
bool disposal_needs(const Vocabs *v, Code kind, const char *column);
/* The newest that ends the matter for that suspect; NULL: there is none yet. */
const Disposal *disposal_of(const CaseDoc *doc, const Vocabs *v, const char *person);
/* Is the crime no crime: has somebody decided so, and is that the last word? */
bool disposal_no_crime(const CaseDoc *doc, const Vocabs *v);
Code disposal_status(const Person *p); /* the latest of a suspect; CODE_NONE */

#endif
