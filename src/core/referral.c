/* referral.c — the life of a referral. An agency's referrals and steps are one row of moments; the last of them is how it stands, and of two
** at one second the one that comes later in a referral's life. What the victim said is in two places, the consent of the case and the
** steps: a no in either is a no until both say otherwise, so that nobody's details go out on an old yes. */
#include "core/referral.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- words ---- */

static const struct {
    const char *word, *label;
} states[REFERRAL_STATES] = {
    [REFERRAL_NONE] = { "none", "nothing recorded" },
    [REFERRAL_OFFERED] = { "offered", "offered, not answered" },
    [REFERRAL_AGREED] = { "agreed", "agreed, to be sent" },
    [REFERRAL_REFUSED] = { "refused", "refused by the victim" },
    [REFERRAL_NOT_MADE] = { "not-made", "not made" },
    [REFERRAL_SENT] = { "sent", "sent, not yet accepted" },
    [REFERRAL_ACCEPTED] = { "accepted", "accepted" },
    [REFERRAL_DECLINED] = { "declined", "declined by the agency" },
    [REFERRAL_CLOSED] = { "closed", "closed" },
};

/* Steps, by their words, and the state each leads to. */
static const struct {
    const char *step;
    ReferralState state;
    bool reasoned;
} steps[] = {
    { "offered", REFERRAL_OFFERED, false },
    { "consented", REFERRAL_AGREED, false },
    { "refused", REFERRAL_REFUSED, true },
    { "not-made", REFERRAL_NOT_MADE, true },
    { "accepted", REFERRAL_ACCEPTED, false },
    { "declined", REFERRAL_DECLINED, true },
    { "closed", REFERRAL_CLOSED, true },
};

const char *referral_state_word(ReferralState s)
{
    return states[(unsigned)s < REFERRAL_STATES ? s : 0].word;
}

const char *referral_state_label(ReferralState s)
{
    return states[(unsigned)s < REFERRAL_STATES ? s : 0].label;
}

static ReferralState state_of(const Vocabs *v, Code step)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (str_eq(steps[i].step, vocab_word(v, VOCAB_REFERRAL_STEP, step))) return steps[i].state;
    return REFERRAL_NONE;
}

static bool needs_reason(const Vocabs *v, Code step)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (str_eq(steps[i].step, vocab_word(v, VOCAB_REFERRAL_STEP, step))) return steps[i].reasoned;
    return false;
}

bool referral_is_out(ReferralState s)
{
    return s == REFERRAL_SENT || s == REFERRAL_ACCEPTED;
}

bool referral_was_made(const ReferralStand *s)
{
    return s->sent != NULL;
}

/* ---- how it stands ---- */

/* Before it is sent, being with the agency, and after that. */
static int part_of_life(ReferralState s)
{
    return s < REFERRAL_SENT ? 0 : s == REFERRAL_SENT ? 1 : 2;
}

/* A moment replaces another one of the same second only when it does not come earlier in a referral's life; in one part of it the later entry counts. */
static void take(ReferralStand *s, ReferralState state, Time at, const char *reason)
{
    if (s->state != REFERRAL_NONE && (at < s->since || (at == s->since && part_of_life(state) < part_of_life(s->state)))) return;
    s->state = state;
    s->since = at;
    s->reason = reason;
}

static Code consent_word(const Vocabs *v, const char *word)
{
    return vocab_code(v, VOCAB_CONSENT, word);
}

static Code consent_of_case(const CaseDoc *doc, const Vocabs *v, Code to)
{
    for (size_t i = 0; i < doc->n_consent; i++)
        if (str_eq(doc->consent[i].to, vocab_word(v, VOCAB_REFERRAL, to))) return doc->consent[i].answer;
    return CODE_NONE;
}

static Code consent_of_steps(const CaseDoc *doc, const Vocabs *v, Code to)
{
    const ReferralStep *newest = NULL;

    for (size_t i = 0; i < doc->n_referral_steps; i++) {
        const ReferralStep *s = &doc->referral_steps[i];
        ReferralState state = state_of(v, s->step);
        if (s->to == to && (state == REFERRAL_AGREED || state == REFERRAL_REFUSED) && (!newest || s->at >= newest->at))
            newest = s;
    }
    if (!newest) return CODE_NONE;
    return consent_word(v, state_of(v, newest->step) == REFERRAL_AGREED ? "given" : "refused");
}

static Code consent_of(const CaseDoc *doc, const Vocabs *v, Code to)
{
    Code said = consent_of_case(doc, v, to), step = consent_of_steps(doc, v, to), no = consent_word(v, "refused");

    if (said == no || step == no) return no;
    return said == CODE_NONE || said == consent_word(v, "not-asked") ? (step ? step : said) : said;
}

bool referral_stand(const CaseDoc *doc, const Vocabs *v, Code to, ReferralStand *out)
{
    Code no = consent_word(v, "refused");

    *out = (ReferralStand){ .to = to, .since = TIME_NONE };
    for (size_t i = 0; i < doc->n_referrals; i++) {
        const Referral *r = &doc->referrals[i];
        if (r->to != to) continue;
        if (!out->sent || r->at >= out->sent->at) out->sent = r;
        take(out, REFERRAL_SENT, r->at, NULL);
    }
    for (size_t i = 0; i < doc->n_referral_steps; i++) {
        const ReferralStep *s = &doc->referral_steps[i];
        if (s->to != to) continue;
        if (!out->last || s->at >= out->last->at) out->last = s;
        take(out, state_of(v, s->step), s->at, needs_reason(v, s->step) ? s->text : NULL);
    }
    out->consent = consent_of(doc, v, to);
    out->basis = out->sent ? out->sent->basis : CODE_NONE;
    if (out->state == REFERRAL_NONE && out->consent == no) out->state = REFERRAL_REFUSED;
    if (out->state == REFERRAL_NONE && out->consent == consent_word(v, "given")) out->state = REFERRAL_AGREED;
    return out->state != REFERRAL_NONE;
}

/* ---- what the case is ---- */

bool case_has_flag(const CaseDoc *doc, const Vocabs *v, const char *flag)
{
    for (size_t i = 0; i < doc->n_flags; i++)
        if (str_eq(vocab_word(v, VOCAB_FLAG, doc->flags[i].flag), flag)) return true;
    return false;
}

bool case_is_honour(const CaseDoc *doc, const Vocabs *v)
{
    return case_has_flag(doc, v, "hbv") || case_has_flag(doc, v, "fm");
}

/* ---- what may happen next ---- */

static bool is_to(const Vocabs *v, Code to, const char *word)
{
    return str_eq(vocab_word(v, VOCAB_REFERRAL, to), word);
}

/* On what it may go out: Victim Support on anything but a no; the others on a yes, or on what the law allows. */
static bool basis_holds(const Vocabs *v, const ReferralStand *s, const Referral *r, Err *err)
{
    const char *agency = vocab_label(v, VOCAB_REFERRAL, r->to), *basis = vocab_word(v, VOCAB_BASIS, r->basis);
    bool yes = s->consent == consent_word(v, "given"), no = s->consent == consent_word(v, "refused");

    if (is_to(v, r->to, "victim-support") && no)
        return err_set(err, ERR_INVALID, "to",
            "The victim refused Victim Support, so nothing goes there (BD 2.15). Record a new answer when there is one.");
    if (str_eq(basis, "consent") && !yes)
        return err_set(err, ERR_INVALID, "basis", "The victim has not agreed to %s: record the answer first, or say on what else it stands.",
            agency);
    if (r->basis != CODE_NONE || yes || is_to(v, r->to, "victim-support")) return true;
    return err_set(err, ERR_INVALID, "basis",
        no ? "The victim refused %s: without consent it goes out only on what the law allows. Choose that basis, or do not send it."
           : "Nobody has recorded that the victim agrees to %s: record the answer, or choose on what it stands without one.",
        agency);
}

static bool told_why(const Vocabs *v, const Referral *r, Err *err)
{
    const char *basis = vocab_word(v, VOCAB_BASIS, r->basis);

    if (!*basis || str_eq(basis, "consent") || !str_blank(r->text)) return true;
    return err_set(err, ERR_INVALID, "text", "Without the victim's consent the text says why it is shared all the same.");
}

static bool marac_holds(const CaseDoc *doc, const Vocabs *v, const Referral *r, Err *err)
{
    if (!is_to(v, r->to, "marac"))
        return (!r->restricted && !r->grounds) ||
               err_set(err, ERR_INVALID, r->restricted ? "restricted" : "grounds", "Only a MARAC is restricted, or has grounds.");
    if (case_is_honour(doc, v) && !r->restricted)
        return err_set(err, ERR_INVALID, "restricted",
            "Honour-based violence or forced marriage is flagged: it goes to a restricted MARAC only (BD 3.8, 4.6).");
    return !str_blank(r->grounds) ||
           err_set(err, ERR_INVALID, "grounds", "Say on which grounds: your judgement, visible high risk, escalation, or a repeat.");
}

bool referral_may_send(const CaseDoc *doc, const Vocabs *v, const Referral *r, Err *err)
{
    ReferralStand s;

    if (r->to == CODE_NONE) return true; /* the catalogue says that it is missing */
    referral_stand(doc, v, r->to, &s);
    return marac_holds(doc, v, r, err) && basis_holds(v, &s, r, err) && told_why(v, r, err);
}

bool referral_may_step(const CaseDoc *doc, const Vocabs *v, const ReferralStep *step, Err *err)
{
    ReferralState to = state_of(v, step->step);
    const char *agency = vocab_label(v, VOCAB_REFERRAL, step->to);
    ReferralStand s;

    if (step->to == CODE_NONE || step->step == CODE_NONE) return true;
    referral_stand(doc, v, step->to, &s);
    if (needs_reason(v, step->step) && str_blank(step->text))
        return err_set(err, ERR_INVALID, "text", "Say why: a refusal, a referral that is not made, a no and an end have their reason.");
    if ((to == REFERRAL_ACCEPTED || to == REFERRAL_DECLINED) && s.state != REFERRAL_SENT)
        return err_set(err, ERR_INVALID, "step", "Nothing waits for an answer of %s: the referral is %s.", agency,
            referral_state_label(s.state));
    if (to == REFERRAL_CLOSED && !referral_is_out(s.state))
        return err_set(err, ERR_INVALID, "step", "Nothing lies with %s that could be closed: the referral is %s.", agency,
            referral_state_label(s.state));
    if ((to == REFERRAL_OFFERED || to == REFERRAL_NOT_MADE) && referral_is_out(s.state))
        return err_set(err, ERR_INVALID, "step", "The referral to %s lies with the agency already.", agency);
    return true;
}

/* ---- who should be referred where ---- */

static bool has_children(const CaseDoc *doc, const Vocabs *v)
{
    const char *answer = vocab_word(v, VOCAB_CHILDREN, doc->children);

    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(vocab_word(v, VOCAB_PERSON_ROLE, doc->people[i].role), "child")) return true;
    return str_eq(answer, "present") || str_eq(answer, "not-present");
}

static bool has_male_suspect(const CaseDoc *doc, const Vocabs *v)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(vocab_word(v, VOCAB_PERSON_ROLE, doc->people[i].role), "suspect") &&
            str_eq(vocab_word(v, VOCAB_SEX, doc->people[i].sex), "male"))
            return true;
    return false;
}

static const struct {
    bool (*holds)(const CaseDoc *doc, const Vocabs *v);
    ReferralFact fact;
} facts[] = {
    { has_children, { "childrens-services", "There are children in the relationship", "BD 1.6" } },
    { has_male_suspect, { "dvip", "A male suspect", "BD 2.6" } },
};

size_t referral_facts(const CaseDoc *doc, const Vocabs *v, const ReferralFact *out[REFERRAL_FACTS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(facts) && n < REFERRAL_FACTS_MAX; i++)
        if (facts[i].holds(doc, v)) out[n++] = &facts[i].fact;
    return n;
}
