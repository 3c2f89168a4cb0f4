/* case_more.h — what one does on the case page besides reading it, each in a file of its own: orders and bail (case_orders.c), reaching
** the victim (case_reach.c), police staff as victim or suspect (case_staff.c). */
#ifndef SCREENS_CASE_MORE_H
#define SCREENS_CASE_MORE_H

#include "screens.h"

/* --- orders and bail ------------------------------------------------------------------------------ */
void case_orders_write(Pager *p, const CasePage *page, const CaseDoc *doc, const Vocabs *v, Arena *a);
React case_orders_menu(Screen *self, CaseView *view, const CasePage *page); /* what becomes of one, or a new one */
/* Two keys where there is one that can be broken: this, and Enter. */
React case_breach(Screen *self, CaseView *view, const CasePage *page);
bool case_has_bond(const CasePage *page); /* one of this case that is not ended */

/* --- reaching somebody ------------------------------------------------------------------------------ */
void case_ways_write(Pager *p, const CasePage *page, Arena *a);
React case_reach(Screen *self, CaseView *view, const CasePage *page);
/* From the form of a contact: the number is told over it, and what it is for fills in what the contact is about. */
React case_reach_in_form(Screen *self, CaseView *view, Form *form);
const char *purpose_ask(Screen *self, const char *title); /* a word of contact_purposes; NULL: nothing is opened */
React case_counter(Screen *self, CaseView *view);

/* --- how it ended ------------------------------------------------------------------------------------ */
extern const ScreenClass scr_closing; /* const char *: case */
const char *case_offence_words(const Vocabs *v, const Offence *o, Arena *a);
const char *case_disposal_words(const CaseDoc *doc, const Vocabs *v, const Disposal *d, Arena *a);
const char *case_reopening_words(const Vocabs *v, const Reopening *r, Arena *a);
void case_offences_write(Pager *p, const CaseDoc *doc, const Vocabs *v, Arena *a);
void case_ended_write(Pager *p, const CaseDoc *doc, const Vocabs *v, Arena *a); /* disposals, reopenings, that it is closed */

/* --- police staff -------------------------------------------------------------------------------------- */
React case_staff(Screen *self, CaseView *view);
/* An entry that was made by mistake is taken back (case_withdraw.c). */
React case_take_back(Screen *self, CaseView *view);
bool case_ask_why(Screen *self, const char *what, const char *error, Str *why); /* why `what` is taken back; false: it is not */

/* The CAD of a case is put away (BD 1.13); what is missing is said, and led to. */
React put_away(Screen *self, const char *case_id);
Can put_away_can(const Screen *self, bool any, const char **why); /* `any`: there is a case under the cursor */

/* The case was not changed: what the app said. */
React case_refused(Screen *self, const Err *err);

#endif
