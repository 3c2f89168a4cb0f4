/* access_ask.c — the questions behind restricting a case and breaking the glass. What was typed stands there again when the app refuses it;
** passwords are asked last, by hand, and wiped. */
#include "access.h"

static App *app_at(Loop *l)
{
    return ((Ui *)loop_context(l))->app;
}

static void forget(Str *s)
{
    if (s->s) crypto_wipe(s->s, s->cap);
    str_finish(s);
}

bool access_password(Loop *l, const char *title, const char *text, const char *error, Str *out)
{
    AskLine q = { .title = title, .text = text, .label = "Password", .limit = 128, .secret = true, .by_hand = true, .error = error };

    return ask_line(l, &q, out);
}

/* ---- restricting ---- */

typedef struct Linked { /* the cases that are restricted with it */
    const char **ids;
    size_t n, done;
} Linked;

static bool restrict_all(App *app, RestrictAsk *ask, Linked *x, Err *err)
{
    RestrictAsk other = *ask;

    if (!app_case_restrict(app, ask, err)) return false;
    for (; x->done < x->n; x->done++) {
        other.case_id = x->ids[x->done];
        if (!app_case_restrict(app, &other, err)) break;
    }
    return true;
}

/* Tries with one password after another until it is right, given up, or refused for something else. */
static bool restrict_with(Loop *l, RestrictAsk *ask, Linked *x, Err *err)
{
    char text[300], error[sizeof err->text];
    Str password = { 0 };
    bool ok = false, asked = true;

    snprintf(text, sizeof text, "Restrict %s: from now on it is there only for you, the detective inspector and Professional Standards%s%s.",
        ask->case_id, *ask->subject ? ", and never for " : "", ask->subject);
    while (!ok && asked) {
        snprintf(error, sizeof error, "%s", err->text);
        err_clear(err);
        asked = access_password(l, "Restrict the case", text, *error ? error : NULL, &password);
        ask->password = str_text(&password);
        if (asked) ok = restrict_all(app_at(l), ask, x, err);
        if (asked && !ok && strcmp(err->field, "password") != 0) asked = false;
        forget(&password);
    }
    return ok;
}

static bool restrict_questions(Loop *l, RestrictAsk *ask, Str *reason, Str *subject)
{
    AskLine why = { .title = "Restrict the case",
        .text = "Why must only a few see it? The reason stays on its list.",
        .label = "Reason",
        .limit = 500 };
    AskLine who = { .title = "Restrict the case",
        .text = "The warrant number of an officer who is its victim or suspect: kept from it by every road. Empty for none.",
        .label = "Officer",
        .limit = 12,
        .may_be_empty = true };

    if (!ask_line(l, &why, reason) || !ask_line(l, &who, subject)) return false;
    ask->reason = str_text(reason);
    ask->subject = str_text(subject);
    return true;
}

/* The cases that it names as linked: yes unless they say no. Returns how many go with it. */
static size_t linked_asked(Loop *l, const char *id, Arena *a, const char ***ids, bool *gone)
{
    static const char *const labels[] = { "Restrict all", "Only this one" };
    Str names = { 0 };
    size_t n = app_links_open(app_at(l), id, a, ids);
    int said;

    *gone = false;
    if (n == 0) return 0;
    for (size_t i = 0; i < n; i++) str_addf(&names, "%s%s", i ? ", " : "", (*ids)[i]);
    said = ask_buttons(l, "Linked cases",
        arena_printf(a, "%s %s linked to %s and open to all. %s the same story: restrict %s too?", str_text(&names), n == 1 ? "is" : "are", id,
            n == 1 ? "It may tell" : "They may tell", n == 1 ? "it" : "them"),
        labels, ARRAY_LEN(labels), 0);
    str_finish(&names);
    *gone = said < 0;
    return said == 0 ? n : 0;
}

bool access_restrict(Loop *l, const char *case_id)
{
    return access_restrict_naming(l, case_id, NULL);
}

static void restrict_told(Loop *l, const char *id, const Linked *x, Err *err)
{
    if (x->done < x->n)
        loop_status(l, STYLE_WARNING, "%s is restricted, but not %s: %s", id, x->ids[x->done], err->text);
    else if (x->n)
        loop_status(l, STYLE_GOOD, "%s is restricted, and what is linked to it. Its list: V.", id);
    else
        loop_status(l, STYLE_GOOD, "%s is restricted. Its list: V.", id);
}

bool access_restrict_naming(Loop *l, const char *case_id, const char *offered)
{
    char id[48];
    RestrictAsk ask = { .case_id = id };
    Linked with = { 0 };
    Str reason = { 0 }, subject = { 0 };
    Err err = { 0 };
    Arena *a = arena_new();
    bool ok, gone = false;

    snprintf(id, sizeof id, "%s", case_id);
    if (offered) str_add(&subject, offered);
    ok = restrict_questions(l, &ask, &reason, &subject);
    if (ok) with.n = linked_asked(l, id, a, &with.ids, &gone);
    ok = ok && !gone && restrict_with(l, &ask, &with, &err);
    if (ok)
        restrict_told(l, id, &with, &err);
    else if (err.kind)
        loop_status_err(l, &err);
    str_finish(&reason);
    str_finish(&subject);
    arena_free(&a);
    return ok;
}

/* ---- the glass ---- */

typedef struct GlassTyped {
    Str id, reason, second, own, other;
} GlassTyped;

static bool glass_questions(Loop *l, GlassTyped *t)
{
    AskLine id = { .title = "Break the glass", .text = "A restricted case that you are not on the list of. For when a life may hang on it.", .label = "Case", .limit = 48 };
    AskLine why = { .title = "Break the glass",
        .text = "Why? A third officer will judge it. The detective inspector and Professional Standards are told at once.",
        .label = "Reason",
        .limit = 500 };
    AskLine who = { .title = "Break the glass", .text = "A second officer, a supervisor, stands beside you.", .label = "Warrant number", .limit = 12 };

    return (t->id.n || ask_line(l, &id, &t->id)) && ask_line(l, &why, &t->reason) && ask_line(l, &who, &t->second);
}

static bool glass_passwords(Loop *l, GlassTyped *t, const char *error)
{
    char text[120];

    if (!access_password(l, "Break the glass", "Your own password.", error, &t->own)) return false;
    snprintf(text, sizeof text, "The password of the second officer, %.20s.", str_text(&t->second));
    return access_password(l, "Break the glass", text, NULL, &t->other);
}

static bool glass_tried(Loop *l, GlassTyped *t, Time *until, Err *err)
{
    GlassAsk ask = { .case_id = str_text(&t->id),
        .reason = str_text(&t->reason),
        .second = str_text(&t->second),
        .password = str_text(&t->own),
        .second_password = str_text(&t->other),
        .minutes = GLASS_MINUTES };

    return app_glass_break(app_at(l), &ask, until, err);
}

React access_glass(Loop *l, const char *case_id)
{
    GlassTyped t = { 0 };
    char id[48] = "", when[CIVIL_TEXT];
    Time until;
    Err err = { 0 };
    React react = REACT_STATUS;

    if (case_id) str_add(&t.id, case_id);
    if (glass_questions(l, &t) && glass_passwords(l, &t, NULL)) {
        snprintf(id, sizeof id, "%s", str_text(&t.id));
        if (glass_tried(l, &t, &until, &err)) {
            loop_status(l, STYLE_WARNING, "Open to you and %.20s until %s. The DI and Professional Standards are told.", str_text(&t.second),
                civil_words_clock(until, when));
            react = ui_open_case(l, id) | REACT_STATUS;
        } else
            loop_status_err(l, &err);
    }
    forget(&t.own);
    forget(&t.other);
    str_finish(&t.id);
    str_finish(&t.reason);
    str_finish(&t.second);
    return react;
}

const char *access_glass_words(const GlassWait *w, size_t n, Arena *a)
{
    char when[CIVIL_TEXT];

    if (n == 0) return NULL;
    return arena_printf(a, "! BREAK-GLASS %s by %s and %s, %s %s%s", w[0].case_id, w[0].entry.by, w[0].entry.second,
        w[0].over ? "over since" : "open until", civil_words_clock(w[0].entry.until, when),
        n > 1 ? arena_printf(a, " (%zu wait)", n) : "");
}
