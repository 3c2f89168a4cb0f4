/* referral.h — referrals as something one does: offer, record the answer, send, and say what the agency made of it; and which agencies a case
** should have gone to against those it went to (WF 5). Every verb has the six beats of app.h; the rules are those of core/referral.h, and hold
** by every road. */
#ifndef APP_REFERRAL_H
#define APP_REFERRAL_H

#include "app/app.h"
#include "core/referral.h"

/* --- one case --------------------------------------------------------------------------------------- */
typedef struct ReferralLine { /* an agency that the case is eligible for, or that something is recorded of; strings in the arena */
    ReferralStand stand;
    bool eligible;
    const char *why, *cite;  /* why: the title of the policy's duty, or a fact of the case; NULL when it is not eligible */
    const char *duty;        /* of the policy, where one asks for it; NULL */
    Time due;                /* of that duty while it waits; TIME_NONE */
    bool gap;                /* eligible, and not referred */
    const char *reason;      /* of the gap, in words: never NULL where there is one */
} ReferralLine;
/* Pure, of a case that was looked at; in order of the agencies' vocabulary. Eligible is who a duty of the policy says (one that a
** referral fulfils: a force adds a duty, and so an agency), and who the facts of core/referral.h say. */
void app_referrals_of(const App *app, const CaseView *view, Arena *a, ReferralLine **out, size_t *n);

/* --- what one does ------------------------------------------------------------------------------------------ */
/* One step of a referral's life: words of VOCAB_REFERRAL and VOCAB_REFERRAL_STEP. An answer of the victim (consented, refused) is the
** case's consent, too, in the same write. The unit speaks for the agency when it accepts, declines or closes. ERR_DENIED, ERR_INVALID
** with the column, ERR_MISSING. */
bool app_referral_step(App *app, const char *case_id, const char *to, const char *step, const char *text, Err *err);
typedef struct ReferralSend {
    const char *to;      /* word of VOCAB_REFERRAL */
    const char *basis;   /* word of VOCAB_BASIS; "" or NULL: the victim's consent where it is given */
    const char *grounds; /* of a MARAC: "judgement,repeat"; NULL */
    const char *text;    /* what is asked, what must be known; without consent also why it is shared */
    bool restricted;     /* of a MARAC */
} ReferralSend;
bool app_referral_send(App *app, const char *case_id, const ReferralSend *send, Err *err);

/* --- over a period: eligible against referred ------------------------------------------------------------------ */
typedef struct ReferralGap { const char *case_id, *to /* word */, *state /* word */, *why, *cite, *reason; Time reported_at; } ReferralGap;
typedef struct ReferralFigure { /* of one agency in the month of the reports */
    const char *to, *month; /* word, "2010-02" */
    int64_t eligible, referred, gap;
    int64_t refused, not_made, waiting, silent; /* the gap by its reason: refused; not made, with reason; offered or agreed; nothing recorded */
    int64_t others;                             /* referred although nothing asked for it */
} ReferralFigure;
/* Cases reported in the period; walks all of them. PERM_QA_DRAW; logged as a look. Either list may be NULL. Gaps are in order of case. */
bool app_referral_gaps(App *app, Time from, Time to, const Progress *p, Arena *a, ReferralGap **gaps, size_t *n_gaps, ReferralFigure **figures, size_t *n_figures, Err *err);

#endif
