/* marac.h — MARAC as something one does: the grounds of a case, the list of a meeting, its minutes and actions, and what a partner gets on paper.
** A meeting is its time, and whether it is restricted; the actions of a meeting are tasks of their cases (WF 7.5). Every verb has the six beats of app.h. */
#ifndef APP_MARAC_H
#define APP_MARAC_H

#include "app/referral.h"
#include "core/marac.h"

/* --- the grounds: told apart, never added up ------------------------------------------------------------- */
typedef struct MaracGround { /* strings in the arena */
    const char *word, *label; /* of VOCAB_MARAC_GROUND */
    bool stands;
    int count, needed;        /* 0 of 0 where there is nothing to count */
    const char *says;         /* a sentence: what was counted, and by which number */
    const char **cases; size_t n_cases; /* which ones: numbers only */
} MaracGround;
enum { MARAC_GROUNDS_MAX = 8 };
typedef struct MaracGrounds { MaracGround items[MARAC_GROUNDS_MAX]; size_t n; } MaracGrounds;
/* Of a case that was looked at. Reads the cases of the same victim, which says no more of them than their numbers. */
bool app_marac_grounds(App *app, const CaseView *view, Arena *a, MaracGrounds *out, Err *err);
/* "visible-high-risk,repeat": those that stand by count, as a referral has them; the judgement is the officer's to add. In `a`. */
const char *app_marac_grounds_words(const MaracGrounds *g, Arena *a);

/* --- meetings ------------------------------------------------------------------------------------------------ */
bool app_may_marac(const App *app); /* for drawing: may this officer see meetings at all? */
typedef struct MaracMeeting { Time at; bool restricted; int64_t cases, heard; } MaracMeeting;
/* In order of time. A row says no case. */
bool app_marac_meetings(App *app, Time from, Time to, Arena *a, MaracMeeting **out, size_t *n, Err *err);
typedef struct MaracItem { /* one case of an agenda; strings in the arena */
    const char *case_id, *hearing /* its key */, *agencies /* words, or NULL */, *grounds /* words, or NULL */;
    Code grade;
    Time listed_at, heard_at;
    int64_t actions, open, overdue; /* of MARAC, in this case */
} MaracItem;
/* Cases that this officer may see; no text of any, so no look. */
bool app_marac_agenda(App *app, Time meeting, bool restricted, Arena *a, MaracItem **out, size_t *n, Err *err);
typedef struct MaracListing { Time meeting; bool restricted; const char *agencies; /* "idva,housing"; NULL: all partners */ } MaracListing;
bool app_marac_list(App *app, const char *case_id, const MaracListing *ask, Err *err);
/* Discussed; the minutes say what was said and decided. `hearing` NULL: the only one that was not heard. */
bool app_marac_hear(App *app, const char *case_id, const char *hearing, const char *minutes, Err *err);

/* --- actions ---------------------------------------------------------------------------------------------------- */
typedef struct MaracAction { const char *what, *who /* the agency or the officer, by name */; Role owner; /* ROLE_NONE: the coordinator */ Time due; } MaracAction;
bool app_marac_act(App *app, const char *case_id, const MaracAction *action, Err *err);
/* "visit her, housing, fri 1700": the three parts of one line, the last two behind commas; what stands in the first may have commas of its own. */
bool app_marac_action_typed(const App *app, const char *line, Arena *a, MaracAction *out, Err *err);
typedef struct MaracActionRow { /* strings in the arena */
    const char *case_id, *key, *what, *who, *by, *result;
    Role owner;
    Time at, due, done_at;
    bool overdue;
} MaracActionRow;
/* The register: actions of the cases that were or are on a list between two moments, the longest overdue first, then by due. A look at each case, in one entry of the log. */
bool app_marac_actions(App *app, Time from, Time to, bool only_open, Arena *a, MaracActionRow **out, size_t *n, Err *err);

/* --- on paper (logged as disclosed) -------------------------------------------------------------------------------- */
/* The referral form, filled in from the case; `send` is what is about to be referred, or NULL: the newest referral. A look; not yet a disclosure. */
bool app_marac_form(App *app, const CaseView *view, const ReferralSend *send, Arena *a, const char **text, Err *err);
/* The same, to be handed out. */
bool app_marac_print(App *app, const char *case_id, bool pdf, Str *out, Err *err);
/* The cases of a meeting for one partner, with what that partner may have and nothing else; every page carries the agency, the copy and the entry of the log. */
typedef struct MaracPack { Time meeting; bool restricted; const char *agency; int copies; /* 1 to 20 */ bool pdf; } MaracPack;
bool app_marac_pack(App *app, const MaracPack *ask, Str *out, Err *err);

#endif
