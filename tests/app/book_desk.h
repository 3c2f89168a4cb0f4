/* book_desk.h — what the tests of the book share: a book filled in as far as the form needs, and the way it goes. */
#ifndef TESTS_APP_BOOK_DESK_H
#define TESTS_APP_BOOK_DESK_H

#include "desk.h"

#include "app/book.h"

#define SECOND_PC "900021"
#define SECOND_PS "900022"
#define BOTH      "900023" /* of response and of the CSU */
#define ONE       "KG-2010-000001"
#define ACCOUNT   "He shouted and pushed me against the wall, said Anne Example, an invented person."

/* A desk with three more officers and the case ONE, which has no book yet. */
int book_setup(void **state);

/* Answers everything the form needs, in the shortest way; `more`: pairs of path and what is typed, ended by NULL, put first. */
void book_fill(Desk *d, BookWork *work, const char *const *more);
/* Opens, fills and submits as whoever is signed in. case_id NULL: a new case. The case's number, in the arena. */
const char *book_write(Desk *d, const char *case_id, const char *const *more);
/* As whoever is signed in; the newest version. */
bool book_sign(Desk *d, const char *case_id, const char *outcome, const char *reasons, const char *text);
BookView book_view(Desk *d, const char *case_id); /* to be closed */
/* The clock of a new terminal; signs in. */
void book_at(Desk *d, const char *now, const char *warrant);
DutyState duty_of(Desk *d, const char *case_id, const char *duty, bool *asked);

#endif
