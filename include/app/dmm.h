/* dmm.h — the daily management meeting (BD 1.4, 3.7, 4.8). A meeting is a record: when it began and ended, and what was said of each case. What it
** looks at is derived at every look: what came since the last one began, what is still open, and what the last one left undecided. So a meeting can be
** gone on with at any terminal after any crash, by whoever may hold one, and what is undone comes again tomorrow. */
#ifndef APP_DMM_H
#define APP_DMM_H

#include "app/app.h"

typedef enum DmmSection {
    DMM_ACTIONS, /* actions of earlier meetings that are not done    */
    DMM_NEW,     /* new DV crimes and serious sexual offences: duty dmm, also before it opens */
    DMM_HIGH,    /* graded high since the last meeting               */
    DMM_STAFF,   /* police staff, and something asked for is not done */
    DMM_MERLIN,  /* Merlins that were not good enough (BD 4.8)       */
    DMM_OWN,     /* those above are of the meeting: what is left undecided of them comes again */
    DMM_MARAC = DMM_OWN, /* actions of a MARAC that are overdue      */
    DMM_IBO,     /* overdue CRIS and Merlin numbers                  */
    DMM_OVERDUE, /* what else is overdue, the worst first            */
    DMM_SECTIONS
} DmmSection;
#define DMM_OWN_BITS ((1u << DMM_OWN) - 1)
extern const char *const dmm_section_words[DMM_SECTIONS];  /* "actions", "new" … */
extern const char *const dmm_section_labels[DMM_SECTIONS]; /* "Open action", "New crime" … */

enum { DMM_TOLD_MOST = 50 };
typedef struct DmmItem { /* one case of the walk */
    CaseKey key;
    const char *case_id, *offence; /* word of the offence, or the kind; "" */
    Code grade;
    Time reported_at;
    const char *officer; /* the name of its investigating officer, "nobody", or "" where none is needed */
    unsigned sections;  /* 1 << DmmSection: for which it is on the list; 0: it was, and is not any more */
    Time due;           /* of its first open action; TIME_NONE */
    Time opens;         /* the check of a new one: what is said before that does not fulfil it, and it comes again; TIME_NONE */
    unsigned left;      /* for which the last meeting left it undecided; 0 */
    Time left_since;    /* when the first meeting began that left it; TIME_NONE */
    MeetingWord before; /* what was said of it last at an earlier meeting, and when */
    Time before_at;
    Time closed_at;     /* of the case; TIME_NONE */
    bool erased;        /* there is only its number: it can be passed */
    MeetingWord said;   /* last, at this meeting */
    const char *by;     /* who said it */
    Time at;
    int64_t seen, first; /* seq of the last and the first thing that was said of it; 0: nothing was */
    bool late;          /* the case came into the store after the meeting had begun: it stands at the end */
    bool told;          /* it stands there only because something is overdue */
    bool decided;       /* nothing more is to be said of it */
} DmmItem;
typedef struct Dmm {
    Meeting meeting; /* key 0: none is held; what one would look at if it began now */
    /* What was said first, in that order; then open actions, new, high, staff, Merlins, high risk first; late ones behind them; then what is overdue
       and nothing else, the worst DMM_TOLD_MOST of each section. */
    DmmItem *items; size_t n;
    size_t at;       /* the first that is not decided; n when all are */
    size_t own, own_decided;   /* items of the meeting's own sections */
    size_t told, told_decided; /* items that are only overdue         */
    size_t counts[MEETING_SAID_COUNT]; /* by what was said last */
} Dmm;
/* PERM_DMM_READ. Rows say which case, and why: no case text; reading them is not a look at a case. Cases that are not for this officer are left out. */
bool app_dmm(App *app, Arena *a, Dmm *out, Err *err);

/* --- holding one (PERM_DMM_HOLD) --------------------------------------------------------------------- */
/* Begins one, or goes on with the one that is held (*resumed). Under a clock set by hand to before the last fact none is begun. */
bool app_dmm_begin(App *app, int64_t *meeting, bool *resumed, Err *err);

typedef struct DmmAction { const char *what, *who; Role owner; Time due; } DmmAction; /* who may be NULL */
/* "ring her, DC Webb, fri 1200": what, who, by when; "what, when" is for the investigating officer. The owner in whose queue it comes is who's
** role: an officer by name or number, a role, a rank ("DC Webb"). Who is none of them is not guessed. ERR_INVALID with an example. Texts in `a`. */
bool app_dmm_action(App *app, const char *line, Arena *a, DmmAction *out, Err *err);

typedef struct DmmSay {
    int64_t meeting;
    const DmmItem *item;
    MeetingWord said;
    const char *text;        /* satisfied: of the review, may be NULL; done: what came of it, needed */
    const DmmAction *action; /* of MEETING_ACTION */
    const char *line;        /* …as it was typed: the text of the review */
    const char *task;        /* of MEETING_DONE: its key */
} DmmSay;
/* Says it: satisfied and action record the review `dmm` (and the task) of the case in the same write; done ticks the task off; passed writes that
** the case was looked at and nothing said. `row` is the case as it was read (NULL for passed). ERR_STALE: somebody said something meanwhile,
** the case was changed, or the meeting has ended. */
bool app_dmm_say(App *app, CaseRow *row, const DmmSay *say, Err *err);
/* Ends it, and signs its sheet with the officer's key. The figures of that moment are kept, and what was not decided: it comes again. */
bool app_dmm_end(App *app, int64_t meeting, Err *err);

/* --- figures, and the items that are not walked ---------------------------------------------------------- */
typedef struct DmmLine { DmmSection section; const char *case_id, *what; Role owner; Time due; } DmmLine; /* what: duty, or key of a task */
typedef enum DmmKind { DMM_ALL, DMM_DV, DMM_SEXUAL, DMM_KINDS } DmmKind; /* a case that is both counts in both */
extern const char *const dmm_kind_words[DMM_KINDS];  /* "all", "dv", "sexual" */
extern const char *const dmm_kind_labels[DMM_KINDS]; /* "All cases", "Domestic violence", "Sexual offences" */
/* Of the seven days before: a line of each kind for all owners (ROLE_NONE), and one of each owner. */
typedef struct DmmTold { const char *duty; Role owner; DmmKind kind; int64_t due, in_time, late, open; } DmmTold;
typedef struct DmmFigures {
    int64_t n[DMM_SECTIONS];      /* of its own: cases on the list; then actions, numbers and duties that are overdue, all of them */
    int64_t overdue[ROLE_COUNT];  /* duties, by owner  */
    DmmTold *told; size_t n_told; /* victim-update and victim-told (BD 3.7) */
    CadRate cads;                 /* of the seven days before (BD 1.13) */
    DmmLine *lines; size_t n_lines; /* MARAC, IBO, overdue: at most so many of each as were asked for */
} DmmFigures;
/* As of now, with so many lines of each section; PERM_DMM_READ. */
bool app_dmm_figures(App *app, size_t most, Arena *a, DmmFigures *out, Err *err);

/* --- meetings that were held ------------------------------------------------------------------------------- */
bool app_dmm_meetings(App *app, size_t limit, Arena *a, Meeting **out, size_t *n, Err *err); /* newest first; PERM_DMM_READ */
/* The sheet of a meeting that ended (0: the last one), with its signature and the head of the log that it ended at. Cases that are not for this officer are left
** out. PERM_DMM_READ; logged as disclose. */
bool app_dmm_print(App *app, int64_t meeting, bool pdf, Str *out, Err *err);

#endif
