/* again_ask.c — the password once more, for one act: asked until it is right, or left. */
#include "access.h"

bool again_ask(Screen *self, const char *act, const char *title)
{
    App *app = app_of(self);
    const AgainRow *row = again_row(act);
    char text[160], error[sizeof((Err *)0)->text];
    Str password = { 0 };
    Err err = { 0 };
    bool asked = true, ok = !app_asks_again(app, act);

    snprintf(text, sizeof text, "Once more, so that it is you: %s.", row ? row->what : title);
    while (!ok && asked) {
        snprintf(error, sizeof error, "%s", err.text);
        err_clear(&err);
        asked = access_password(self->loop, title, text, *error ? error : NULL, &password) && loop_top(self->loop) == self;
        if (asked) ok = app_again(app, act, str_text(&password), &err);
        if (password.s) crypto_wipe(password.s, password.cap);
        str_finish(&password);
        if (asked && !ok && strcmp(err.field, "password") != 0) break;
    }
    if (!ok && err.kind) loop_status_err(self->loop, &err);
    return ok;
}
