/* roundup.h — Operation Roundup (BD 1.7) and Athena (BD 2.12): the suspects who are outstanding, high risk and the oldest report first, and
** what was done to find them. A suspect is on the list as long as the duty to round up is asked for of the case; an arrest takes the row away.
** The list is read along an index: as much work as rows are shown. Its rows are case text, so reading a page is a look at each of its cases. */
#ifndef APP_ROUNDUP_H
#define APP_ROUNDUP_H

#include "app/app.h"

typedef struct RoundupRow {
    OutstandingRow place; /* give the row back as `from` */
    CaseRow row;          /* for app_roundup_record      */
    Person person;        /* name, born, sex, warnings; status as known */
    const char *offence;  /* vocabulary word of the main offence, or the kind; "" */
    const char *address;  /* where to look: the last known address, else the one in the newest book, else the place of the incident; NULL */
    bool from_incident;   /* …it is the place of the incident */
    bool not_on_paper;    /* …it is, or may be, where the victim is: the sheet must not say it */
    const Attempt *attempts; size_t n_attempts; /* to arrest this suspect, the oldest first */
    size_t bail_failures; /* breaches of bail, and bail that ran out without a return */
} RoundupRow;

/* Those behind `from` (NULL: from the start), at most `limit`; *more: there are others behind them. PERM_ROUNDUP_READ; one log entry
** (consult, "case.look") for each case, on the disk before anything is returned. Cases that are not for this officer are passed over. */
bool app_roundup_page(App *app, const RoundupRow *from, size_t limit, Arena *a, RoundupRow **out, size_t *n, bool *more, Err *err);

typedef struct RoundupTry { /* an attempt to arrest */
    const char *person; /* key of the suspect        */
    Code result;        /* of VOCAB_ATTEMPT          */
    const char *place, *text; /* may be NULL         */
    Time at;            /* TIME_NONE: now            */
} RoundupTry;
/* Records it. With the result "arrested" the suspect's status and the event of the arrest are written with it, in one write: the row goes.
** ERR_DENIED, ERR_INVALID (err->field is the column); ERR_STALE: the case was changed, or the suspect is not outstanding any more. On success
** *row has the new revision. */
bool app_roundup_record(App *app, CaseRow *row, const RoundupTry *attempt, Err *err);

/* Arrests since the beginning of that day, of cases that this officer sees: what an Athena day came to (BD 2.12). Along an index. */
bool app_roundup_arrests(App *app, Date day, int64_t *out, Err *err);

typedef struct RoundupPaper {
    size_t limit; /* at most so many suspects; 0: all */
    bool pdf, athena; /* athena: the day's list of Operation Athena, with the arrests made so far */
} RoundupPaper;
/* The briefing sheet: each suspect with warnings, where to look, what was tried, and a line for the result. Never an address of a victim, a
** witness or a child, wherever it was written, and never a suspect of a restricted case: the sheet can be lost, and says nothing of them, not
** even that there are any; *left_out (may be NULL) says how many. PERM_ROUNDUP_PRINT; logged as disclose, case by case. */
bool app_roundup_print(App *app, const RoundupPaper *how, Str *out, size_t *left_out, Err *err);

#endif
