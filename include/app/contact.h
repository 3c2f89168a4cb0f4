/* contact.h — reaching a victim without putting them in danger (BD 3.2, 3.5, 3.6). Numbers, addresses and the safe-contact answers of a
** book are hidden in every case that is looked at (CASE_HIDDEN); this is the one door to them: somebody says what for, the log keeps it,
** and only then is one of them told. What must not be used is told to a supervisor of the unit alone, who says why. */
#ifndef APP_CONTACT_H
#define APP_CONTACT_H

#include "app/book.h"

enum { SAFE_FRESH_DAYS = 28 }; /* what was confirmed longer ago is asked again before it is used */

/* What for: words for the log and labels, the last one with a NULL word. */
extern const VocabWord contact_purposes[];
const char *contact_purpose_label(const char *word); /* NULL when there is none */

typedef struct SafeWay {
    const char *id;     /* "safe-2", "home-v1", "book-7F3Q2-1": names it in this case */
    const char *person; /* key; NULL: of the book */
    const char *what;   /* "Mobile of Anne Example" */
    const char *says;   /* "safe at the times named: weekdays 0930 to 1430; no message" */
    bool blocked;       /* not to be used */
    const char *unsure; /* why it is confirmed before it is used, or NULL */
    bool message;       /* one may be left */
    Time at;            /* when it was confirmed */
} SafeWay;
/* Of each person, way and value the newest; then addresses of people, then what the newest book says. Of a case that was looked at; pure. */
size_t app_safe_ways(const App *app, const CaseView *view, Arena *a, SafeWay **out);

typedef struct SafeAsk {
    const char *id, *purpose; /* a word of contact_purposes */
    const char *override;     /* why although it must not be used; NULL. Of a supervisor of the unit (PERM_CONTACT_OVERRIDE) */
    bool confirmed;           /* "I ask first whether it is safe now": needed where it is unsure */
} SafeAsk;
/* In the log before anything is told; *value lives in `a`. ERR_DENIED: must not be used. ERR_INVALID with err->field "purpose", "override" or
** "confirmed". The reason of an override becomes contacts.override of the next contact that this session records in the case. */
bool app_safe_open(App *app, const CaseView *view, const SafeAsk *ask, Arena *a, const char **value, Err *err);
/* The person said now that it is so: the same entry again, of this moment. Of a "safe-…" only. */
bool app_safe_confirm(App *app, CaseRow *row, const char *id, Err *err);
/* The safe-contact answers of a book that is read, for a purpose. */
bool app_book_reveal(App *app, BookView *view, const char *purpose, Err *err);

/* --- each says that the other began ------------------------------------------------------------------ */
/* A report of its own in which victim and suspect have changed places, linked in both directions, in one act. *id lives in `a`.
** ERR_INVALID when there is one already, or no victim and suspect to change places. */
bool app_counter_allegation(App *app, CaseRow *row, Arena *a, const char **id, Err *err);

#endif
