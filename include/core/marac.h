/* marac.h — what MARAC asks of cases, read off them: when a case is a further incident of another, and which numbers make a ground. Pure.
** Three counts have three names and are never added up: visible high risk counts answers, escalation counts reports, a repeat counts from the last
** referral. The judgement is an officer's and is no count (domain facts 4.4; BD 1.6, 2.3, 3.8). */
#ifndef CORE_MARAC_H
#define CORE_MARAC_H

#include "core/case.h"

/* The number of reports that makes an escalation, and over how long: a row holds from its day on. */
typedef struct MaracParameter { Date from; int reports, months; const char *cite; } MaracParameter;
const MaracParameter *marac_escalation(Date on);
enum { MARAC_REPEAT_MONTHS = 12 };

Time marac_months_before(Time t, int months); /* the same day and hour of that earlier month; TIME_NONE stays */
/* One person as two cases know them: the names are equal, and the days of birth where both are known. Without a family name nobody is. */
bool marac_same_person(const Person *a, const Person *b);
bool marac_shares(const CaseDoc *a, const CaseDoc *b, const Vocabs *v, const char *role); /* somebody of that role in both */
/* `other` is a report of the same victim in the months before this one (itself not among them), and domestic. */
bool marac_is_report_before(const CaseDoc *doc, const CaseDoc *other, const Vocabs *v, int months);
/* When `other` was referred to MARAC within the months before this report, of the same victim and suspect, and this is a crime: the newest
** such referral; TIME_NONE when there is none. */
Time marac_repeats(const CaseDoc *doc, const CaseDoc *other, const Vocabs *v);

const Hearing *marac_hearing(const CaseDoc *doc, const char *key);          /* NULL when there is none */
const Hearing *marac_hearing_at(const CaseDoc *doc, Time meeting, bool restricted); /* the case on that list; NULL */
/* Whether an agency is on the list of a hearing; one that names nobody is open to every agency, unless it is restricted. */
bool marac_is_invited(const Hearing *h, const Vocabs *v, const char *agency);

/* The rules of listing a case; err->field is the column. A restricted meeting names who may be there; HBV and FM go to no other
** (BD 3.8, 4.6); a case is referred before it is listed, and stands on the list of a meeting once. */
bool marac_may_list(const CaseDoc *doc, const Vocabs *v, const Hearing *h, Time now, Err *err);

#endif
