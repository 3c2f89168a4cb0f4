/* custodian.h — custodians: when nobody is left whose keys open a restricted case, two of them together give its key to those who are due, by its
** list (access.md). They see nothing of it themselves. */
#ifndef APP_CUSTODIAN_H
#define APP_CUSTODIAN_H

#include "app/app.h"

enum { CUSTODIANS_MIN = 3, CUSTODIANS_MAX = 5 };
/* By the keeper, with the password once more. A new set takes the place of the one before; whoever holds a key seals it to them at their next
** sign-in. ERR_INVALID: too few, twice the same, or an officer who has no keys yet. */
bool app_custodians_name(App *app, const char *const *warrants, size_t n, const char *password, Err *err);

typedef struct CustodianRow {
    const char *warrant, *name;
    bool holds; /* the keys that the part was sealed to are still this officer's */
} CustodianRow;
typedef struct CustodianView {
    CustodianRow *items;
    size_t n;
    Time since;
} CustodianView;
/* For the keeper, the auditor, and custodians themselves. n is 0 while there are none. */
bool app_custodians(App *app, Arena *a, CustodianView *out, Err *err);

/* Whoever is signed in is one of them, `second` another. *cases: how many keys were given anew. */
bool app_recover(App *app, const char *password, const char *second, const char *second_password, int64_t *cases, Err *err);

#endif
