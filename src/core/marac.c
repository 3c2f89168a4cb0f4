/* marac.c — what MARAC asks of cases. Months are calendar months: the period of a repeat ends on the same day of the year after. */
#include "core/marac.h"

#include "base/mem.h"
#include "core/referral.h"

#include <string.h>
#include <strings.h>

/* The national referral form has three reports in twelve months; local figures differ (domain facts 4.4). Newest first. */
static const MaracParameter escalations[] = {
    { DATE_NONE, 3, 12, "national referral form, local" },
};

const MaracParameter *marac_escalation(Date on)
{
    for (size_t i = 0; i < ARRAY_LEN(escalations); i++)
        if (escalations[i].from == DATE_NONE || on >= escalations[i].from) return &escalations[i];
    return NULL;
}

Time marac_months_before(Time t, int months)
{
    Civil c;

    if (t == TIME_NONE) return t;
    c = civil_local(t);
    for (c.month -= months; c.month < 1; c.month += 12) c.year--;
    return civil_from_local(c);
}

/* ---- the same people ---- */

static bool same_name(const char *a, const char *b)
{
    return a && b && *a && strcasecmp(a, b) == 0;
}

bool marac_same_person(const Person *a, const Person *b)
{
    if (!same_name(a->family, b->family)) return false;
    if (a->given && b->given && *a->given && *b->given && !same_name(a->given, b->given)) return false;
    if (a->born != DATE_NONE && b->born != DATE_NONE) return a->born == b->born;
    return same_name(a->given, b->given);
}

static bool has_role(const Person *p, const Vocabs *v, const char *role)
{
    return str_eq(vocab_word(v, VOCAB_PERSON_ROLE, p->role), role);
}

bool marac_shares(const CaseDoc *a, const CaseDoc *b, const Vocabs *v, const char *role)
{
    for (size_t i = 0; i < a->n_people; i++)
        for (size_t k = 0; has_role(&a->people[i], v, role) && k < b->n_people; k++)
            if (has_role(&b->people[k], v, role) && marac_same_person(&a->people[i], &b->people[k])) return true;
    return false;
}

/* ---- the counts ---- */

bool marac_is_report_before(const CaseDoc *doc, const CaseDoc *other, const Vocabs *v, int months)
{
    if (str_eq(doc->id, other->id) || other->cad_result == CAD_NOT_DOMESTIC) return false;
    if (other->reported_at > doc->reported_at || other->reported_at < marac_months_before(doc->reported_at, months)) return false;
    return marac_shares(doc, other, v, "victim");
}

static Time newest_marac(const CaseDoc *doc, const Vocabs *v, Time before)
{
    Time newest = TIME_NONE;

    for (size_t i = 0; i < doc->n_referrals; i++) {
        const Referral *r = &doc->referrals[i];
        if (str_eq(vocab_word(v, VOCAB_REFERRAL, r->to), "marac") && r->at <= before && (newest == TIME_NONE || r->at > newest)) newest = r->at;
    }
    return newest;
}

Time marac_repeats(const CaseDoc *doc, const CaseDoc *other, const Vocabs *v)
{
    Time at;

    if (str_eq(doc->id, other->id) || !str_eq(vocab_word(v, VOCAB_CASE_KIND, doc->kind), "crime")) return TIME_NONE;
    if (!marac_shares(doc, other, v, "victim") || !marac_shares(doc, other, v, "suspect")) return TIME_NONE;
    at = newest_marac(other, v, doc->reported_at);
    return at != TIME_NONE && at >= marac_months_before(doc->reported_at, MARAC_REPEAT_MONTHS) ? at : TIME_NONE;
}

/* ---- meetings ---- */

const Hearing *marac_hearing(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_hearings; i++)
        if (str_eq(doc->hearings[i].key, key)) return &doc->hearings[i];
    return NULL;
}

const Hearing *marac_hearing_at(const CaseDoc *doc, Time meeting, bool restricted)
{
    for (size_t i = 0; i < doc->n_hearings; i++)
        if (doc->hearings[i].meeting == meeting && doc->hearings[i].restricted == restricted) return &doc->hearings[i];
    return NULL;
}

bool marac_is_invited(const Hearing *h, const Vocabs *v, const char *agency)
{
    size_t n = strlen(agency);

    if (!vocab_code(v, VOCAB_AGENCY, agency)) return false;
    if (!h->agencies) return !h->restricted;
    for (const char *at = h->agencies; (at = strstr(at, agency)); at += n)
        if ((at == h->agencies || at[-1] == ',') && (at[n] == ',' || at[n] == '\0')) return true;
    return false;
}

bool marac_may_list(const CaseDoc *doc, const Vocabs *v, const Hearing *h, Time now, Err *err)
{
    ReferralStand s;

    if (h->meeting == TIME_NONE) return true; /* the catalogue says that it is missing */
    if (h->restricted && !(h->agencies && *h->agencies))
        return err_set(err, ERR_INVALID, "agencies", "A restricted meeting names the agencies that must be there, and no others see the papers (BD 3.8).");
    if (!h->restricted && case_is_honour(doc, v))
        return err_set(err, ERR_INVALID, "restricted",
            "Honour-based violence or forced marriage is flagged: it is heard at a restricted MARAC only (BD 3.8, 4.6).");
    if (marac_hearing_at(doc, h->meeting, h->restricted))
        return err_set(err, ERR_INVALID, "meeting", "The case is on the list of that meeting already.");
    if (h->meeting < now) return err_set(err, ERR_INVALID, "meeting", "That meeting is over; list it for the next one.");
    referral_stand(doc, v, vocab_code(v, VOCAB_REFERRAL, "marac"), &s);
    return referral_is_out(s.state) ||
           err_set(err, ERR_INVALID, "meeting", "The case is not referred to MARAC: %s. Refer it first, with its grounds.", referral_state_label(s.state));
}
