/* handover.h — the change of shifts: what waits for a team at a moment, for whoever comes next. One officer hands over, another of the same role
** takes over; both are recorded and logged. The list itself is not kept: it is the queue of the role and of those it supervises, what comes back
** into it, books that were returned, suspects outstanding. A note for the next shift is a task of its case (LIST_TASKS, set by a review, owned by
** the role, due at the end of the shift): it waits until somebody says what came of it. */
#ifndef APP_HANDOVER_H
#define APP_HANDOVER_H

#include "app/app.h"

typedef enum HandoverPart {
    HAND_OVERDUE, /* past due already                          */
    HAND_DUE,     /* to be done, and due before the shift ends */
    HAND_OPENS,   /* can be done only later in the shift       */
    HAND_BACK,    /* put aside, and back in the shift          */
    HAND_BOOK,    /* a book that was returned and is not back, due later than that */
    HAND_SUSPECT, /* outstanding                               */
    HAND_PARTS
} HandoverPart;
extern const char *const handover_part_words[HAND_PARTS];  /* "overdue", "due", … */
extern const char *const handover_part_titles[HAND_PARTS]; /* "Overdue", "To be done in the shift", … */

typedef struct HandoverLine {
    HandoverPart part;
    CaseKey key;
    const char *case_id, *duty; /* duty NULL: a suspect */
    int cycle;
    const char *what; /* what must be done, in the row's own words */
    bool note;        /* somebody wrote it for this shift */
    Role owner;
    Code grade;
    Time when;        /* due; opens; back; outstanding since */
    bool restricted;
} HandoverLine;
enum { HANDOVER_MOST = 200 }; /* lines of one part */
typedef struct HandoverList {
    Role role;
    RoleSet team;     /* whose duties are in it */
    Time at, until;   /* now; when the next shift ends */
    HandoverLine *lines; size_t n; /* in order of the parts, inside as the queue */
    size_t counts[HAND_PARTS];     /* of lines */
    bool cut;         /* some part has more than HANDOVER_MOST */
    size_t drafts;    /* texts the looker typed and did not save */
    Handover last;    /* of the role; key 0: there was never one */
} HandoverList;
Role app_handover_role(const App *app); /* the role in which the officer hands over; ROLE_NONE: none that does */
/* `until` TIME_NONE: the end of the next shift, as the policy says when they begin. Rows say no case text: reading them is no look. */
bool app_handover_list(App *app, Time until, Arena *a, HandoverList *out, Err *err);
bool app_handover_last(App *app, Arena *a, Handover *out, Err *err); /* of one's role; key 0: none. Asks nobody's permission: false only when it cannot be read */
bool app_handover_give(App *app, Time until, Err *err);
/* The last one of the role. ERR_MISSING when there is none, ERR_STALE when somebody took it over, ERR_DENIED for whoever gave it. */
bool app_handover_take(App *app, Err *err);
/* On paper, with the log's head; logged as disclosed. Restricted cases are never on it. */
bool app_handover_print(App *app, Time until, bool pdf, Str *out, Err *err);
/* "Handed over Mon 1 Feb 06:50 by officer 900002, not taken over yet." In `a`. */
const char *app_handover_words(const Handover *h, Arena *a);

#endif
