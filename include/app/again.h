/* again.h — which acts ask for the officer's password once more, and which are done silently with the keys that signing in opened.
** What is signed over somebody else's work, what cannot be taken back, what changes who may see a case and what takes text out of the store ask;
** what officers write themselves does not: thirty reviews are thirty texts and no thirty passwords. */
#ifndef APP_AGAIN_H
#define APP_AGAIN_H

#include "app/app.h"

typedef enum AgainHow {
    AGAIN_SILENT,  /* by the session: what it signs is signed with the keys of it */
    AGAIN_ALWAYS,  /* the verb takes the password */
    AGAIN_SCREENS  /* at the screens, where somebody may walk up to an open session; a command has just asked */
} AgainHow;
typedef struct AgainRow {
    const char *act; /* as the log calls it */
    AgainHow how;
    const char *what;
} AgainRow;
extern const AgainRow again_rows[];
extern const size_t again_n;
const AgainRow *again_row(const char *act); /* NULL: it signs nothing, and nothing leaves by it */

void app_at_screens(App *app); /* from now on acts of AGAIN_SCREENS ask */
bool app_asks_again(const App *app, const char *act);
/* The password, for that act, once: it is good for the next such act alone, until a lock or a sign-out. ERR_DENIED: wrong, or too soon. */
bool app_again(App *app, const char *act, const char *password, Err *err);

#endif
