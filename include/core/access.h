/* access.h — who may see a restricted case: the entries of its list, and what follows from them. Pure.
** Entries are facts: they are added and never changed. The list is what they say in their order. A named subject (an officer who is the
** victim or the suspect) is denied by every road, whatever else the list says; who is not on it is denied as well (access.md). The auditor is
** on every list, and cannot be taken off: he reads, and changes nothing. */
#ifndef CORE_ACCESS_H
#define CORE_ACCESS_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/crypto.h"
#include "core/role.h"

typedef enum AccessVerb {
    ACCESS_RESTRICT, /* from here on only the list sees it; an earlier list is forgotten, named subjects are not */
    ACCESS_GRANT,    /* an officer, or a role, comes on the list     */
    ACCESS_REVOKE,   /* and off it                                   */
    ACCESS_SUBJECT,  /* this officer is its victim or suspect: denied for as long as it is restricted */
    ACCESS_PROPOSE,  /* that it be unrestricted; with `about` of a subject: that this officer is none after all */
    ACCESS_WITHDRAW, /* the open proposal, or the one that `about` names, is off */
    ACCESS_LIFT,     /* a second officer confirms: it is a case like others */
    ACCESS_GLASS,    /* two officers break the glass until a moment  */
    ACCESS_REVIEW,   /* a third says what came of that: see `about`; about the proposal that a subject is none: a second officer says so too */
    ACCESS_VERBS
} AccessVerb;

typedef struct AccessEntry {
    int64_t key, case_key;
    AccessVerb verb;
    const char *officer;     /* grant, revoke, subject: a warrant number; NULL where it is a role */
    Role role;               /* grant, revoke: ROLE_NONE where it is an officer */
    const char *by, *second; /* who did it; the second officer of a broken glass, else NULL */
    Time at, until;          /* until: of a broken glass, else TIME_NONE */
    int64_t about;           /* the entry that a review is of, a lift or a withdrawal answers; 0 */
    const char *reason;
} AccessEntry;

/* Of everything an entry says but its reason, which lies enciphered: what whoever made it signs. */
void access_digest(const AccessEntry *e, uint8_t out[HASH_BYTES]);

typedef struct Viewer { /* who looks, and when */
    const char *warrant;
    RoleSet roles;
    Time now;
} Viewer;

typedef enum AccessSight {
    ACCESS_OPEN,   /* not restricted: roles alone decide */
    ACCESS_SEEN,   /* restricted, and on the list        */
    ACCESS_HIDDEN, /* restricted: it is not there        */
} AccessSight;
/* Of the entries of one case, in their order. *until: when the answer changes by the clock alone, TIME_MAX for never; may be NULL. */
AccessSight access_sight(const AccessEntry *entries, size_t n, const Viewer *who, Time *until);

typedef struct AccessList { /* how the list of one case stands */
    bool restricted;
    const AccessEntry **on; /* grants that hold, in their order */
    size_t n_on;
    const AccessEntry **subjects; /* each officer once */
    size_t n_subjects;
    const AccessEntry *since;    /* the restriction that holds; NULL */
    const AccessEntry *proposal; /* that it be unrestricted: waits for a second officer; NULL */
    const AccessEntry *clearing; /* that a subject is none: likewise; NULL */
    const AccessEntry *cleared;  /* whom it is about: a named subject */
    const AccessEntry **glasses; /* not yet reviewed, over or not */
    size_t n_glasses;
} AccessList;
void access_list(const AccessEntry *entries, size_t n, Arena *a, AccessList *out);
const AccessEntry *access_subject(const AccessList *l, const char *officer); /* where he is named; NULL: he is none */

/* The naming that this proposal is about, or that two officers take back by this entry; NULL for every other. */
const AccessEntry *access_naming(const AccessEntry *all, size_t n, const AccessEntry *e);

/* Break-glass opens for this long at most. */
enum { GLASS_MINUTES = 60, GLASS_REASON = 20 /* letters at least */ };

const char *access_verb_word(AccessVerb v);                     /* "restrict" … static */
bool access_verb_by_word(const char *word, AccessVerb *out);

#endif
