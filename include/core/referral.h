/* referral.h — how a referral stands, read off the case: what was offered, answered, sent, and what the agency made of it; and what may
** happen to it next. Pure. One life per agency: what happened last is how it stands (BD 1.5, 2.15, WF 5). */
#ifndef CORE_REFERRAL_H
#define CORE_REFERRAL_H

#include "core/case.h"

typedef enum ReferralState {
    REFERRAL_NONE,     /* nothing is recorded                           */
    REFERRAL_OFFERED,  /* offered to the victim, who has not answered   */
    REFERRAL_AGREED,   /* may be sent                                   */
    REFERRAL_REFUSED,  /* the victim said no                            */
    REFERRAL_NOT_MADE, /* the unit says why not                         */
    REFERRAL_SENT,     /* waits for the agency                          */
    REFERRAL_ACCEPTED, /* by the agency                                 */
    REFERRAL_DECLINED, /* by the agency                                 */
    REFERRAL_CLOSED,   /* the agency's work is over                     */
    REFERRAL_STATES
} ReferralState;

typedef struct ReferralStand {
    Code to;
    ReferralState state;
    Time since;               /* since when it stands so; TIME_NONE: not known */
    const Referral *sent;     /* the newest that was sent; NULL                */
    const ReferralStep *last; /* the newest step; NULL                         */
    Code consent;             /* VOCAB_CONSENT: what the victim said of this agency; CODE_NONE when nobody asked */
    Code basis;               /* of what was sent; CODE_NONE                   */
    const char *reason;       /* why it was refused, not made, declined, closed; NULL */
} ReferralStand;

/* False when nothing is recorded of that agency (the stand then says so). */
bool referral_stand(const CaseDoc *doc, const Vocabs *v, Code to, ReferralStand *out);
const char *referral_state_word(ReferralState s);  /* "not-made": for files    */
const char *referral_state_label(ReferralState s); /* "not made": for people   */
bool referral_is_out(ReferralState s);             /* it lies with the agency: sent or accepted */
bool referral_was_made(const ReferralStand *s);    /* it was sent at some time */

/* --- what may happen next: the same by every road. ERR_INVALID, err->field is the column ------------------------------- */
/* Sending needs the victim's consent or what the law allows without it; Victim Support never without (BD 2.15); a MARAC its grounds, and a
** restricted one where HBV or FM is flagged (BD 3.8, 4.6). */
bool referral_may_send(const CaseDoc *doc, const Vocabs *v, const Referral *r, Err *err);
/* A refusal, a no, an end and a referral that is not made say why; only what was sent is accepted, declined or closed. */
bool referral_may_step(const CaseDoc *doc, const Vocabs *v, const ReferralStep *s, Err *err);

/* --- who should be referred where ------------------------------------------------------------------------------------------ */
bool case_has_flag(const CaseDoc *doc, const Vocabs *v, const char *flag);
bool case_is_honour(const CaseDoc *doc, const Vocabs *v); /* HBV or FM is flagged */
typedef struct ReferralFact { /* a fact of the case that makes it eligible, where no duty of the policy does */
    const char *to, *why, *cite;
} ReferralFact;
/* The facts that hold: children → Children's Services, a male suspect → DVIP. At most REFERRAL_FACTS_MAX. */
enum { REFERRAL_FACTS_MAX = 8 };
size_t referral_facts(const CaseDoc *doc, const Vocabs *v, const ReferralFact *out[REFERRAL_FACTS_MAX]);

#endif
