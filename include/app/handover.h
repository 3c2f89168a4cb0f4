/* handover.h — the change of shifts: what waits for a team at a moment, for whoever comes next. One officer hands over, another of the same role
** takes over; both are recorded and logged. The list itself is not kept: it is the queue of the role and of those it supervises, what comes back
** into it, books that were returned, suspects outstanding. A note for the next shift is kept: of a case or of none, by any role that hands over, for
** the next shift of that role; who has read it ticks it, by name. Work that must be done is a task of its case. */
#ifndef APP_HANDOVER_H
#define APP_HANDOVER_H

#include "app/app.h"

typedef enum HandoverPart {
    HAND_NOTE,    /* written for this shift, or by nobody read yet */
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
    bool task;        /* somebody was given it, by name of what it is */
    int64_t note;     /* of a note: its key; `what` is its words, case_id may be "" */
    const char *by, *read_by; /* of a note: who wrote it; who has read it, NULL: nobody */
    bool read;        /* by who looks */
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
/* A note for the next shift of the role. `case_id` NULL: of no case. ERR_INVALID: says nothing, or too much; ERR_MISSING: no such case for who writes. */
enum { NOTE_MAX = 2000 };
bool app_handover_note(App *app, const char *case_id, const char *text, Time until, Err *err);
/* Ticks it as read. ERR_MISSING: none of that number for this role; ERR_STALE: ticked already; ERR_DENIED: one's own. */
bool app_handover_note_read(App *app, int64_t key, Err *err);
bool app_handover_give(App *app, Time until, Err *err);
/* The last one of the role. ERR_MISSING when there is none, ERR_STALE when somebody took it over, ERR_DENIED for whoever gave it. */
bool app_handover_take(App *app, Err *err);
/* On paper, with the log's head; logged as disclosed. Restricted cases are never on it. */
bool app_handover_print(App *app, Time until, bool pdf, Str *out, Err *err);
/* "Handed over Mon 1 Feb 06:50 by officer 900002, not taken over yet." In `a`. */
const char *app_handover_words(const Handover *h, Arena *a);

#endif
