/* ui.h — the screens, from outside: one call that returns when the officer leaves. */
#ifndef UI_UI_H
#define UI_UI_H

#include "app/app.h"

typedef struct UiOptions {
    bool ascii;          /* --ascii: no character outside ASCII        */
    const char *script;  /* --script FILE: keys from a file, no terminal */
    const char *warrant; /* --as: filled in on the sign-in screen, or NULL */
    int idle_minutes;    /* 1–15; 0 = 5 */
} UiOptions;

/* Exit status of interchange §3. The sentence of a failure is in err. */
int ui_run(App *app, const UiOptions *o, Err *err);

#endif
