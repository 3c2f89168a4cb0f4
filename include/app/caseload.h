/* caseload.h — whose case it is: giving a case to an investigating officer, taking one, and what each officer has (BD 1.5, 1.12). */
#ifndef APP_CASELOAD_H
#define APP_CASELOAD_H

#include "app/app.h"
#include "app/bulk.h"

/* A case has one investigating officer at a time, or none. The newest entry of its list says who; whose account is suspended, or has lost the role,
** has the case no more: it is nobody's again, and says whose it was.
** Officers are named by warrant number; "me" is who is signed in, "nobody" is nobody. */
#define OF_ME     "me"
#define OF_NOBODY "nobody"

/* --- of one case -------------------------------------------------------------------------------------------------------------- */
typedef struct Investigating {
    const char *warrant; /* whose it is now; NULL: nobody's       */
    const char *name;    /* "DC Example", or the number alone; "nobody" */
    const char *was;     /* nobody's, because this one may not have cases any more: the name; else NULL */
    const char *why;     /* "suspended", "not of the unit any more", "unknown here" */
    const Investigator *entry; /* the newest; NULL: it was never anybody's */
} Investigating;
void app_investigating(const App *app, const CaseDoc *doc, Arena *a, Investigating *out);
/* "DC Example", "nobody", "nobody (DC Example is suspended)". In `a`. */
const char *app_investigating_words(const App *app, const CaseDoc *doc, Arena *a);
/* "DC Example", or the number alone where there is no such account. In `a`. */
const char *app_officer_name(const App *app, const char *warrant, Arena *a);
/* The same of who has a case by its rows: "nobody" when he may not have it any more. */
const char *app_holder_name(const App *app, const char *warrant, Arena *a);

/* --- the act ------------------------------------------------------------------------------------------------------------------ */
/* From now on it is this officer's; NULL, "" or "nobody": nobody's. PERM_CASE_ASSIGN; with PERM_CASE_INVESTIGATE one may take a case that is nobody's.
** ERR_INVALID: a closed case, an officer who has it already, is suspended, may not investigate, or does not see it (restricted). `reason` may be NULL.
** On success the row has the new revision. */
bool app_case_assign(App *app, CaseRow *row, const char *officer, const char *reason, Err *err);
/* May who is signed in give this case to others; may he take it? For offering it. */
bool app_may_assign(const App *app);
bool app_may_take(const App *app, const CaseDoc *doc);

typedef struct Holder { /* one who may be given cases, and what he has */
    const char *warrant, *name;
    int64_t cases, high;
    bool unseen; /* the case that was asked for is restricted, and is not there for this one */
} Holder;
/* By name. `row`: the case it is for; NULL: any. */
bool app_holders(App *app, const CaseRow *row, Arena *a, Holder **out, size_t *n, Err *err);
/* Whom somebody means who typed a number, "me", "nobody" or part of a name: the warrant number, "" for nobody. ERR_MISSING, ERR_INVALID: several. */
bool app_holder_typed(App *app, const char *text, Arena *a, const char **warrant, Err *err);
/* The same for a filter: "me" and "nobody" stay what they are. */
bool app_holder_named(App *app, const char *text, Arena *a, const char **of, Err *err);

/* --- what each has ------------------------------------------------------------------------------------------------------------ */
typedef struct Caseload {
    const char *warrant; /* "": nobody's */
    const char *name;
    int64_t cases[GRADE_HIGH + 1]; /* live ones, by grade; 0: not yet assessed */
    int64_t all, overdue, week;    /* all of them; duties of an investigating officer past due, and due within seven days */
    const char *oldest;            /* the case in which nothing was done for the longest; NULL */
    Time touched;                  /* when something was, last */
} Caseload;
/* A line for each officer who may have cases, by name; the last is that of the cases that are nobody's. Of restricted cases only those that are there for
** who looks. Without PERM_CASE_ASSIGN: one's own line, and nobody's. As much work as cases, and duties that wait. */
bool app_caseloads(App *app, Arena *a, Caseload **out, size_t *n, Err *err);
/* The cases of one: high risk first, then the longest untouched. `of`: a warrant number, "me", "nobody". */
bool app_caseload(App *app, const char *of, Arena *a, CaseloadRow **out, size_t *n, Err *err);
const char *app_caseload_whose(const App *app, const char *of, Arena *a); /* "my own cases", "nobody's cases", "cases of DC Example" */

/* --- leave, sickness: many cases at once ------------------------------------------------------------------------------------------ */
enum { MOVING_MAX = 500 };
typedef struct Moving {
    const char *from, *to; /* warrant numbers; "": nobody */
    const char *from_name, *to_name;
    BulkLine *lines; size_t n; /* BULK_SAVED: given */
} Moving;
/* How each of these cases of `from` stands (n 0: all of them): given as officers are typed. Nothing is written. PERM_CASE_ASSIGN. */
bool app_moving_look(App *app, const char *from, const char *to, const char *const *ids, size_t n, Arena *a, Moving *out, Err *err);
/* Each a write of its own; one that is somebody else's by now, was changed, or fails, is refused with its sentence and the others go on. */
bool app_moving_do(App *app, Moving *m, const char *reason, Arena *a, size_t *moved, Err *err);

#endif
