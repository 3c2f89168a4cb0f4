/* access.h — restricted cases on the screens: private to this folder. */
#ifndef SCREENS_ACCESS_H
#define SCREENS_ACCESS_H

#include "screens.h"

#define Event CaseEvent
#include "app/access.h"
#include "app/again.h"
#undef Event

extern const ScreenClass scr_matches; /* no argument: people of restricted cases who turn up in others */
extern const ScreenClass scr_access; /* const char *: a case; its list */
extern const ScreenClass scr_cover;  /* no argument: over a restricted case that nobody touched for a while */

/* Asks for the reason, the subject and the password. True: it is restricted. */
bool access_restrict(Loop *l, const char *case_id);
/* The same with a warrant number offered as its named subject; what is offered can be changed or taken out. NULL: none is. */
bool access_restrict_naming(Loop *l, const char *case_id, const char *subject);
/* Two officers at one keyboard: asks for everything, then opens the case. `case_id` NULL: asks for it too. */
React access_glass(Loop *l, const char *case_id);
/* "KG-7F3Q2 by 900001 and 900002, open until 10:12", of the oldest that waits for this officer; NULL when none does. */
const char *access_glass_words(const GlassWait *w, size_t n, Arena *a);

/* Officers who wait for keys of restricted cases: in a line, of the first (NULL: nobody waits for this officer's word); and agreeing to one. */
const char *access_holder_words(const HolderWait *w, size_t n, Arena *a);
React access_holders(Loop *l);

/* The officer's own password once more; false: cancelled. `error`: what was wrong with the last try. The caller wipes. */
bool access_password(Loop *l, const char *title, const char *text, const char *error, Str *out);

/* Asks for the password until it is right for that act (app/again.h), where the act asks for one; false: left, and a sentence stands on the status line. */
bool again_ask(Screen *self, const char *act, const char *title);

#endif
