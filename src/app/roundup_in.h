/* roundup_in.h — what the list of outstanding suspects (roundup.c) and its sheet (roundup_paper.c) share. */
#ifndef APP_ROUNDUP_IN_H
#define APP_ROUNDUP_IN_H

#include "app/roundup.h"
#include "inside.h"

#define ROUNDUP_DUTY "roundup" /* of the policy: as long as it is asked for, the case's suspects are looked for */

bool roundup_is_outstanding(const Vocabs *v, const Person *p);
const Person *roundup_person(const CaseDoc *doc, const char *key); /* NULL when there is none */
/* app_roundup_page without asking who wants to know and without the log. */
bool roundup_rows(App *app, const RoundupRow *from, size_t limit, Arena *a, RoundupRow **out, size_t *n, bool *more, Err *err);
bool roundup_log(App *app, AuditKind kind, const char *act, const char *detail, const RoundupRow *rows, size_t n, Err *err);

/* Fills in where to look, and whether that may stand on paper. */
void roundup_address(App *app, const CaseDoc *doc, RoundupRow *r, Arena *a);
/* The same words, but a sentence in their place when they name an address of a victim, a witness or a child of the case. */
const char *roundup_safe_text(App *app, const CaseDoc *doc, const char *text, Arena *a);

#endif
