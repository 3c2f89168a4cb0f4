/* marac.h — what the screens of referrals and of MARAC share. */
#ifndef SCREENS_MARAC_H
#define SCREENS_MARAC_H

#include "screens.h"

extern const ScreenClass scr_referrals; /* const char *: the case */
extern const ScreenClass scr_marac_form; /* const char *: the case; its referral form to read */
extern const ScreenClass scr_marac;     /* no argument: the meetings */
typedef struct AgendaAsk { Time meeting; bool restricted; } AgendaAsk;
extern const ScreenClass scr_agenda;    /* const AgendaAsk * */
extern const ScreenClass scr_marac_actions; /* const AgendaAsk *: of that meeting's cases; NULL: of all */

/* How a referral stands, as a line says it: "agreed, to be sent", and whether that is a gap. */
const char *referral_line_words(const App *app, const ReferralLine *line, Arena *a);
/* "IDVA service, Health" of "idva,health". */
const char *agency_words(const App *app, const char *agencies, Arena *a);
/* "Professional judgement, Escalation" of the words. */
const char *ground_words(const App *app, const char *grounds, Arena *a);
/* The part of a case's page (case_page.c). */
void referrals_write(Pager *p, const App *app, const CaseView *view, const MaracGrounds *g, Arena *a);

#endif
