/* entry_review.h — what a review has besides its text, in the entry form. Private to ui/screens. */
#ifndef SCREENS_ENTRY_REVIEW_H
#define SCREENS_ENTRY_REVIEW_H

#include "app/review.h"

typedef struct ReviewPart {
    ReviewChecks checks; /* as they are ticked: review_read_ticks */
    bool instructs;      /* this officer may give tasks */
    const char *whom;    /* of whom something is asked that does not hold, and by when; NULL: the investigating officer */
} ReviewPart;
enum { REVIEW_FIELDS = POLICY_CHECKS_MAX + 2 };
/* The checks and the instructions of a kind of review, as fields behind its own. How many. */
size_t review_fields(const App *app, const CaseDoc *doc, const char *kind, ReviewPart *part, FormField *out, Arena *a);
/* The checks alone, and what goes with them. */
size_t review_check_fields(const ReviewChecks *checks, FormField *out, Arena *a);
void review_form_ready(Form *f, const ReviewPart *part);
void review_read_ticks(Form *f, ReviewPart *part);
size_t review_all_hold(Form *f, ReviewPart *part); /* those not ticked yet: yes. How many */
const char *review_left_words(const ReviewPart *part, Arena *a);
/* The check that has the focus does not hold: what is to be done goes to the instructions. False: nothing to be said there. */
bool review_ask_officer(Form *f, const ReviewPart *part, Arena *a);
const char *review_since_title(const App *app, const Since *since, size_t shown, Arena *a);
void review_since_write(Pager *p, const Since *since, size_t most);
const char *check_line(const ReviewCheck *c, Arena *a); /* "[yes] The risk grade still fits what is known" */
void review_checks_write(Pager *p, const Review *r, int indent, Arena *a);

#endif
