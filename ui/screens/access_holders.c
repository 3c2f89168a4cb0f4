/* access_holders.c — officers who wait for keys of restricted cases: told to whoever may agree, at sign-in and on the list of a case, and one key and a
** password to agree. */
#include "access.h"

static const char *roles_short(RoleSet roles, Arena *a)
{
    const char *text = "";

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (roles & ROLE_BIT(r)) text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", role_short(r));
    return text;
}

const char *access_holder_words(const HolderWait *w, size_t n, Arena *a)
{
    if (n == 0) return NULL;
    return arena_printf(a, "! KEYS: %s %s (%s) waits for your word%s", w[0].warrant, w[0].name, roles_short(w[0].roles, a),
        n > 1 ? arena_printf(a, ", and %zu more", n - 1) : "");
}

static int chosen(Loop *l, const HolderWait *all, size_t n, Arena *a)
{
    AskItem *items = arena_zero(a, n + 1, sizeof *items);
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < n; i++) {
        items[i].text = arena_printf(a, "%s  %s  %s", all[i].warrant, all[i].name, roles_short(all[i].roles, a));
        items[i].right = arena_printf(a, "keys of %s", civil_words_short(all[i].since, when));
    }
    return ask_choice(l, "Who may have keys of restricted cases", items, n, 0);
}

static bool agreed(Loop *l, const HolderWait *w, Arena *a, Err *err)
{
    char error[sizeof err->text];
    const char *text = arena_printf(a, "%s %s (%s), key %.8s: may they be given keys of restricted cases, by their lists? Know who it is first: with your password you answer for it.",
        w->warrant, w->name, roles_short(w->roles, a), w->number);
    Str password = { 0 };
    bool ok = false, asked = true;

    while (!ok && asked) {
        snprintf(error, sizeof error, "%s", err->text);
        err_clear(err);
        asked = access_password(l, "Agree", text, *error ? error : NULL, &password);
        if (asked) ok = app_holder_agree(((Ui *)loop_context(l))->app, w->warrant, str_text(&password), err);
        if (asked && !ok && strcmp(err->field, "password") != 0) asked = false;
        if (password.s) crypto_wipe(password.s, password.cap);
        str_clear(&password);
    }
    str_finish(&password);
    return ok;
}

React access_holders(Loop *l)
{
    Arena *a = arena_new();
    HolderWait *all;
    Err err = { 0 };
    size_t n;
    int at;

    if (!app_holders_waiting(((Ui *)loop_context(l))->app, a, &all, &n, &err))
        loop_status_err(l, &err);
    else if (n == 0)
        loop_status(l, STYLE_NORMAL, "Nobody waits for keys of restricted cases.");
    else if ((at = chosen(l, all, n, a)) >= 0 && agreed(l, &all[at], a, &err))
        loop_status(l, STYLE_GOOD, "%s may have keys of restricted cases from now on.", all[at].warrant);
    else if (err.kind)
        loop_status_err(l, &err);
    arena_free(&a);
    return REACT_RELOAD_ALL | REACT_STATUS;
}
