/* access.h — restricted cases as something one does: restrict, say who may see, undo it by two, break the glass by two.
** A case that is not there for an officer gives every verb of the app the answer of a number that was never given out. */
#ifndef APP_ACCESS_H
#define APP_ACCESS_H

#include "app/app.h"
#include "core/signed.h"

/* Of the cases that were given out since app_shown_forget, so that something of them may be on the screen: is one restricted now? */
bool app_restricted_shown(App *app);
bool app_is_restricted(App *app, const char *id); /* and there for the officer; no look */
void app_shown_forget(App *app);
/* Is a case not there any more for the officer that was a moment ago: restricted, taken off the list, named, a glass that is over? */
typedef enum Lost {
    LOST_NOTHING,
    LOST_ROWS, /* lists are read again     */
    LOST_CASE, /* one that was given out: it must go from the screen. err holds the sentence of a case that is not there */
} Lost;
Lost app_lost(App *app, Err *err);

typedef struct RestrictAsk {
    const char *case_id, *reason;
    const char *subject;  /* warrant of an officer who is its victim or suspect; NULL or "" for none */
    const char *password; /* the officer's own, once more */
} RestrictAsk;
/* At once and alone (access.md): the officer, the detective inspector's role (unless the subject holds it) and Professional Standards see it
** from then on, and nobody else. ERR_INVALID when it is restricted, or the officer is the subject. */
bool app_case_restrict(App *app, const RestrictAsk *ask, Err *err);

/* Cases that this one names as linked, that are open to all and there for the officer: whoever restricts it restricts them with it, or knows
** why not. Their numbers, in `a`. */
size_t app_links_open(App *app, const char *case_id, Arena *a, const char ***out);

typedef struct AccessAsk {
    const char *case_id;
    AccessVerb verb;      /* grant, revoke, subject, propose, withdraw, lift */
    const char *officer;  /* grant, revoke: or a role; subject: a warrant number */
    Role role;
    const char *reason;   /* needed, but for withdraw and lift */
    const char *password;
} AccessAsk;
/* For officers on the list. The role of the detective inspector or that of Professional Standards stays on it. Lifting takes the proposal of
** one officer and the word of another; ERR_STALE when there is none by now. ERR_MISSING: there is no such case for this officer. */
bool app_access_change(App *app, const AccessAsk *ask, Err *err);

/* That `officer` is no victim or suspect after all: proposed by the first who says so, and done by the second (*done). ERR_STALE: not named. */
bool app_access_clear(App *app, const AccessAsk *ask, bool *done, Err *err);

typedef struct AccessView {
    AccessEntry *entries;
    size_t n;
    AccessList list;
} AccessView;
bool app_access_of_case(App *app, const CaseView *view, Arena *a, AccessView *out, Err *err); /* no second look */

/* Keys of restricted cases are given to officers whom somebody agreed to who has them (holders.c): who waits for that, and agreeing. */
typedef struct HolderWait {
    const char *warrant, *name;
    RoleSet roles, all_roles; /* those not agreed to; all that the officer has */
    char number[KEY_NUMBER];  /* of the keys */
    uint8_t box[SEAL_KEY];
    Time since;               /* when they were made */
} HolderWait;
/* Nobody, for who may not agree. */
bool app_holders_waiting(App *app, Arena *a, HolderWait **out, size_t *n, Err *err);
/* By the detective inspector or Professional Standards, with the password once more: to those keys in those roles. Never to one's own, and not while
** one's own wait. What the keys in hand open is given at once. ERR_STALE: does not wait. */
bool app_holder_agree(App *app, const char *warrant, const char *password, Err *err);
typedef struct AccessKeyRow {
    const char *warrant, *name;
    enum { KEY_WHOLE, KEY_HALF, KEY_WAITS } how; /* half: for two who break the glass; waits: on the list, without the key */
} AccessKeyRow;
/* Whose keys open this case. No second look. */
bool app_access_keys(App *app, const CaseView *view, Arena *a, AccessKeyRow **out, size_t *n, Err *err);

typedef struct GlassAsk {
    const char *case_id, *reason; /* GLASS_REASON letters at least */
    const char *password;         /* the officer's own */
    const char *second, *second_password;
    int minutes; /* 1 to GLASS_MINUTES */
} GlassAsk;
/* Both see the case until *until. What is not there, and what one of them is the victim or suspect of, are one answer (ERR_MISSING), and it is
** given after both passwords. */
bool app_glass_break(App *app, const GlassAsk *ask, Time *until, Err *err);
typedef struct GlassWait {
    const char *case_id;
    AccessEntry entry;
    bool over; /* nobody sees the case by it any more */
} GlassWait;
/* Those that wait for a review by this officer, the oldest first; none for who may not review. No case text. */
bool app_glass_waiting(App *app, Arena *a, GlassWait **out, size_t *n, Err *err);
/* By a third officer. ERR_STALE when it was reviewed meanwhile. */
bool app_glass_review(App *app, const char *case_id, int64_t glass, const char *text, const char *password, Err *err);

/* People of restricted cases who turn up in others, and numbers that came in twice: found when asked, kept nowhere. */
typedef struct AccessMatch {
    const char *case_id, *other; /* the restricted case; the one where they turn up */
    const char *what;            /* "victim", "suspect" …: whom it has there; "number" */
    const char *family, *given;  /* as the restricted case has them; NULL for a number */
    Date born;
} AccessMatch;
bool app_access_matches(App *app, size_t limit, Arena *a, AccessMatch **out, size_t *n, Err *err);

#endif
