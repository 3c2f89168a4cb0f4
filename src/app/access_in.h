/* access_in.h — what the acts on restricted cases share (access.c, glass.c). */
#ifndef APP_ACCESS_INSIDE_H
#define APP_ACCESS_INSIDE_H

#include "app/access.h"
#include "inside.h"

typedef struct ListChange ListChange;
struct ListChange { /* one change of a list; zero but for act, key, change */
    const char *act, *detail; /* for the log */
    CaseKey key;
    const char *name; /* the case as who acts knows it */
    /* Inside the write, with all below filled. */
    bool (*change)(App *app, ListChange *c, Tx *tx, Arena *a, Err *err);
    CaseRow row;
    CaseDoc doc;
    AccessEntry *entries;
    size_t n;
    AccessList list;
    bool doc_changed; /* then it is written, and what follows from it derived */
    int64_t last;     /* the entry that was put last */
    SecretKeys *second_keys; /* of a second officer, who signs too; guarded, NULL for none */
};
bool access_find(App *app, ListChange *c, const char *id, Arena *a, Err *err); /* key and name; what is not there is logged */
bool access_write(App *app, ListChange *c, Arena *a, Err *err);
/* Fills in the case, the time, and who acts unless `by` is said. */
bool access_put(App *app, ListChange *c, Tx *tx, AccessEntry e, Err *err);

/* Somebody must be left who can find the case again and who judges what is done with it (access_senior.c). Inside the write, after the change. */
typedef enum SeniorRule {
    SENIOR_PUT,           /* the next of them is put on the list; when there is none, so be it */
    SENIOR_PUT_OR_REFUSE, /* the same, and refused when there is none */
    SENIOR_REFUSE         /* nobody is put on it */
} SeniorRule;
bool senior_keeps(App *app, ListChange *c, Tx *tx, SeniorRule rule, Arena *a, Err *err);
bool senior_other(App *app, Role role, const char *than, Arena *a); /* is there an officer of that role, not suspended, but this one? */

/* `keys` may be NULL; else the caller wipes them. */
bool access_proved(App *app, const char *warrant, const char *password, PwKeys *keys, Officer *who, Arena *a, Err *err);
bool access_own_proof(App *app, const char *password, Arena *a, Err *err);
/* `least` letters, blanks not counted. */
bool access_text(App *app, const char *text, size_t least, const char **out, Arena *a, Err *err);
bool access_warrant(const char *text, const char **out, Arena *a, Err *err);

#endif
