/* scr_access.c — the list of a restricted case: who is on it, who never sees it, what waits for a second or a third officer, and how all of
** that came about. Looking at it is a look at the case. */
#include "access.h"

typedef struct AccessPage {
    char id[48];
    CaseView view;
    AccessView list;
    size_t waits; /* officers whom this one may agree to */
    Pager *pager;
} AccessPage;

enum { DO_GRANT = 1, DO_REVOKE, DO_SUBJECT, DO_CLEAR, DO_PROPOSE, DO_WITHDRAW, DO_CONFIRM, DO_REVIEW, DO_KEYS, DO_REFRESH, DO_BACK };
static const Action access_actions[] = {
    { DO_GRANT, "grant", "add", "Put an officer or a role on the list.", "a", 1 },
    { DO_REVOKE, "revoke", "revoke", "Take an officer or a role off the list.", "r", 2 },
    { DO_SUBJECT, "subject", "subject", "Name an officer who is its victim or suspect.", "s", 3 },
    { DO_CLEAR, "clear", "not subject", "An officer who is named is no victim or suspect after all; a second says the same.", "n", 3 },
    { DO_PROPOSE, "propose-lift", "unrestrict", "Propose to unrestrict it; a second officer confirms.", "u", 4 },
    { DO_CONFIRM, "confirm-lift", "confirm", "Unrestrict it, as another officer proposed.", "c", 1 },
    { DO_WITHDRAW, "withdraw-lift", "withdraw", "It stays restricted after all.", "w", 5 },
    { DO_REVIEW, "review-glass", "review", "Say what came of a broken glass.", "v", 1 },
    { DO_KEYS, "agree-keys", "keys", "Officers who wait for keys of restricted cases: agree to one.", "k", 2 },
    { DO_REFRESH, "refresh", NULL, "Read the list again.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static AccessPage *page_of(const Screen *s)
{
    return s->state;
}

static bool access_open(Screen *self, const void *arg, Err *err)
{
    snprintf(page_of(self)->id, sizeof page_of(self)->id, "%s", (const char *)arg);
    page_of(self)->pager = pager_new();
    return true;
}

/* ---- the page ---- */

static const char *whom(const AccessEntry *e, Arena *a)
{
    return e->role != ROLE_NONE ? role_label(e->role) : officer_words(e->officer ? e->officer : "", a);
}

static void on_list(Pager *p, const AccessList *l, Arena *a)
{
    pager_heading(p, "Who may see it");
    for (size_t i = 0; i < l->n_on; i++) pager_addf(p, 2, STYLE_NORMAL, "%s", whom(l->on[i], a));
    pager_addf(p, 2, STYLE_MUTED, "%s, who reads everything and changes nothing", role_label(ROLE_AUDITOR));
    for (size_t i = 0; i < l->n_subjects; i++)
        pager_addf(p, 2, STYLE_WARNING, "NEVER %s: named as victim or suspect", whom(l->subjects[i], a));
}

static void waiting(Pager *p, const AccessList *l, Arena *a)
{
    char when[CIVIL_TEXT];

    if (!l->proposal && !l->clearing && !l->n_glasses) return;
    pager_heading(p, "Waits for another officer");
    if (l->clearing)
        pager_addf(p, 2, STYLE_WARNING, "NOT SUBJECT %s, proposed by %s: %s", whom(l->cleared, a), l->clearing->by, l->clearing->reason);
    if (l->proposal)
        pager_addf(p, 2, STYLE_WARNING, "UNRESTRICT proposed by %s: %s", l->proposal->by, l->proposal->reason);
    for (size_t i = 0; i < l->n_glasses; i++)
        pager_addf(p, 2, STYLE_WARNING, "BREAK-GLASS by %s and %s until %s: %s", l->glasses[i]->by, l->glasses[i]->second,
            civil_words_clock(l->glasses[i]->until, when), l->glasses[i]->reason);
}

static void keys_wait(Pager *p, const AccessKeyRow *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].how == KEY_WAITS) pager_addf(p, 2, STYLE_WARNING, "WAITS for the key: %s %s", all[i].warrant, all[i].name);
}

/* Halves are given to all who may break the glass: they are counted. */
static void keys_on(Pager *p, const AccessKeyRow *all, size_t n)
{
    size_t halves = 0;

    if (n) pager_heading(p, "Whose keys open it");
    for (size_t i = 0; i < n; i++) {
        halves += all[i].how == KEY_HALF;
        if (all[i].how == KEY_WHOLE) pager_addf(p, 2, STYLE_NORMAL, "%s %s", all[i].warrant, all[i].name);
    }
    if (halves) pager_addf(p, 2, STYLE_MUTED, "any two of %zu more, who break the glass", halves);
}

static const char *told(const AccessView *v, const AccessEntry *e, Arena *a)
{
    static const char *const words[ACCESS_VERBS] = { "restricted", "put on the list:", "taken off the list:", "named as victim or suspect:",
        "proposed to unrestrict it", "withdrew the proposal", "unrestricted", "broke the glass with", "reviewed the broken glass" };
    const AccessEntry *naming = access_naming(v->entries, v->n, e);
    const char *word = !naming ? words[e->verb] : e->verb == ACCESS_PROPOSE ? "proposed that this is no victim or suspect:" : "said the same: no victim or suspect is";
    const char *who = naming     ? whom(naming, a)
                      : e->verb == ACCESS_GRANT || e->verb == ACCESS_REVOKE || e->verb == ACCESS_SUBJECT ? whom(e, a)
                      : e->second                                                                     ? officer_words(e->second, a)
                                                                                                      : "";

    return arena_printf(a, "%s %s%s%s%s%s", str_eq(e->by, "-") ? "the program" : officer_words(e->by, a), word, *who ? " " : "", who,
        *e->reason ? ": " : "", e->reason);
}

static void history(Pager *p, const AccessView *v, Arena *a)
{
    pager_heading(p, "How it came about");
    for (size_t i = v->n; i > 0; i--) pager_dated(p, v->entries[i - 1].at, STYLE_NORMAL, told(v, &v->entries[i - 1], a));
}

static bool access_load(Screen *self, Err *err)
{
    AccessPage *x = page_of(self);
    AccessKeyRow *keys = NULL;
    HolderWait *waits;
    size_t n_keys = 0;

    if (!app_case_look(app_of(self), x->id, "access", self->arena, &x->view, err)) return false;
    if (!app_access_of_case(app_of(self), &x->view, self->arena, &x->list, err)) return false;
    if (x->list.list.restricted && !app_access_keys(app_of(self), &x->view, self->arena, &keys, &n_keys, err)) return false;
    if (!app_holders_waiting(app_of(self), self->arena, &waits, &x->waits, err)) return false;
    pager_clear(x->pager);
    if (!x->list.list.restricted) pager_add(x->pager, 1, STYLE_NORMAL, "This case is not restricted: roles alone decide who sees it.");
    if (x->list.list.restricted) on_list(x->pager, &x->list.list, self->arena);
    keys_wait(x->pager, keys, n_keys);
    waiting(x->pager, &x->list.list, self->arena);
    history(x->pager, &x->list, self->arena);
    keys_on(x->pager, keys, n_keys);
    return true;
}

/* ---- acting ---- */

typedef struct Asked {
    Str who, reason, password;
} Asked;

static void asked_finish(Asked *t)
{
    if (t->password.s) crypto_wipe(t->password.s, t->password.cap);
    str_finish(&t->who);
    str_finish(&t->reason);
    str_finish(&t->password);
}

static const char *const titles[ACCESS_VERBS] = { [ACCESS_GRANT] = "Put on the list", [ACCESS_REVOKE] = "Take off the list",
    [ACCESS_SUBJECT] = "Victim or suspect", [ACCESS_PROPOSE] = "Propose to unrestrict", [ACCESS_WITHDRAW] = "It stays restricted",
    [ACCESS_LIFT] = "Unrestrict" };

static bool asks_whom(AccessVerb v)
{
    return v == ACCESS_GRANT || v == ACCESS_REVOKE || v == ACCESS_SUBJECT;
}

static bool questions(Loop *l, AccessVerb verb, const char *error, Asked *t)
{
    AskLine who = { .title = titles[verb],
        .text = verb == ACCESS_SUBJECT ? "Kept from the case by every road from then on." : "An officer's warrant number, or a role such as csu-io.",
        .label = "Who",
        .limit = 20,
        .error = error };
    AskLine why = { .title = titles[verb], .text = "The reason stays on the list.", .label = "Reason", .limit = 500, .error = asks_whom(verb) ? NULL : error };
    bool quiet = verb == ACCESS_WITHDRAW || verb == ACCESS_LIFT;

    if (asks_whom(verb) && !ask_line(l, &who, &t->who)) return false;
    if (!quiet && !ask_line(l, &why, &t->reason)) return false;
    return access_password(l, titles[verb], quiet ? "Nobody else is asked after this." : "Once more, so that it is you.", quiet ? error : NULL, &t->password);
}

static React change(Screen *self, AccessVerb verb)
{
    AccessPage *x = page_of(self);
    Asked t = { 0 };
    AccessAsk ask = { .case_id = x->id, .verb = verb };
    Err err = { 0 };
    bool ok = false;

    while (!ok && questions(self->loop, verb, err.kind ? err.text : NULL, &t)) {
        if (loop_top(self->loop) != self) break;
        ask.role = role_by_word(str_text(&t.who));
        ask.officer = ask.role == ROLE_NONE ? str_text(&t.who) : NULL;
        ask.reason = str_text(&t.reason);
        ask.password = str_text(&t.password);
        err_clear(&err);
        ok = app_access_change(app_of(self), &ask, &err);
        if (t.password.s) crypto_wipe(t.password.s, t.password.cap);
        str_clear(&t.password);
        if (!ok && err.kind != ERR_INVALID && strcmp(err.field, "password") != 0) break;
    }
    asked_finish(&t);
    if (ok)
        loop_status(self->loop, STYLE_GOOD, "%s: done.", titles[verb]);
    else if (err.kind)
        loop_status_err(self->loop, &err);
    return ok ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}

/* Who is meant is clear when it waits, or when only one is named. */
static React clear(Screen *self)
{
    AccessPage *x = page_of(self);
    const AccessList *l = &x->list.list;
    AskLine who = { .title = "No victim or suspect", .text = "Which officer, who is named, is none after all? It takes two officers of the list.", .label = "Who", .limit = 20 };
    AskLine why = { .title = who.title, .text = "The reason stays on the list.", .label = "Reason", .limit = 500 };
    AccessAsk ask = { .case_id = x->id };
    Asked t = { 0 };
    Err err = { 0 };
    bool ok, done = false;

    if (l->clearing || l->n_subjects == 1) str_add(&t.who, l->clearing ? l->cleared->officer : l->subjects[0]->officer);
    ok = ask_line(self->loop, &who, &t.who) && ask_line(self->loop, &why, &t.reason) &&
         access_password(self->loop, who.title, "Once more, so that it is you.", NULL, &t.password) && loop_top(self->loop) == self;
    if (ok) {
        ask.officer = str_text(&t.who), ask.reason = str_text(&t.reason), ask.password = str_text(&t.password);
        ok = app_access_clear(app_of(self), &ask, &done, &err);
    }
    asked_finish(&t);
    if (ok)
        loop_status(self->loop, STYLE_GOOD, done ? "Named no more." : "It waits for a second officer on the list, who presses n too.");
    else if (err.kind)
        loop_status_err(self->loop, &err);
    return ok ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}

static const AccessEntry *glass_here(const Screen *self)
{
    const AccessList *l = &page_of(self)->list.list;
    const Session *s = app_session(app_of(self));

    for (size_t i = 0; s && i < l->n_glasses; i++)
        if (!str_eq(l->glasses[i]->by, s->warrant) && !str_eq(l->glasses[i]->second, s->warrant)) return l->glasses[i];
    return NULL;
}

static React review(Screen *self)
{
    AccessPage *x = page_of(self);
    int64_t key = glass_here(self)->key;
    AskLine q = { .title = "Review the broken glass", .label = "What came of it, and was it right", .limit = 500 };
    Asked t = { 0 };
    Err err = { 0 };
    bool ok;

    q.text = arena_printf(self->arena, "%s and %s: %s", glass_here(self)->by, glass_here(self)->second, glass_here(self)->reason);
    ok = ask_line(self->loop, &q, &t.reason) &&
         access_password(self->loop, q.title, "Once more, so that it is you.", NULL, &t.password) && loop_top(self->loop) == self &&
         app_glass_review(app_of(self), x->id, key, str_text(&t.reason), str_text(&t.password), &err);
    asked_finish(&t);
    if (ok)
        loop_status(self->loop, STYLE_GOOD, "Reviewed.");
    else if (err.kind)
        loop_status_err(self->loop, &err);
    return ok ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}

static React access_act(Screen *self, int action)
{
    switch (action) {
    case DO_GRANT: return change(self, ACCESS_GRANT);
    case DO_REVOKE: return change(self, ACCESS_REVOKE);
    case DO_SUBJECT: return change(self, ACCESS_SUBJECT);
    case DO_CLEAR: return clear(self);
    case DO_PROPOSE: return change(self, ACCESS_PROPOSE);
    case DO_WITHDRAW: return change(self, ACCESS_WITHDRAW);
    case DO_CONFIRM: return change(self, ACCESS_LIFT);
    case DO_REVIEW: return review(self);
    case DO_KEYS: return access_holders(self->loop);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP | REACT_RELOAD;
    }
}

static Can access_can(const Screen *self, int action, const char **why)
{
    const AccessList *l = &page_of(self)->list.list;
    const Session *s = app_session(app_of(self));
    bool may = app_may_quietly(app_of(self), PERM_ACCESS_CHANGE) && l->restricted;

    switch (action) {
    case DO_GRANT:
    case DO_REVOKE:
    case DO_SUBJECT: return may ? CAN : CAN_HIDE;
    case DO_PROPOSE: return may && !l->proposal ? CAN : CAN_HIDE;
    case DO_CLEAR:
        *why = "You proposed it yourself: a second officer on the list says the same.";
        if (!may || !l->n_subjects || !s) return CAN_HIDE;
        return l->clearing && str_eq(l->clearing->by, s->warrant) ? CAN_NOT : CAN;
    case DO_WITHDRAW: return may && (l->proposal || l->clearing) ? CAN : CAN_HIDE;
    case DO_CONFIRM:
        *why = "You proposed it yourself: a second officer confirms.";
        if (!may || !l->proposal || !s) return CAN_HIDE;
        return str_eq(l->proposal->by, s->warrant) ? CAN_NOT : CAN;
    case DO_KEYS: return page_of(self)->waits ? CAN : CAN_HIDE;
    case DO_REVIEW: return app_may_quietly(app_of(self), PERM_GLASS_REVIEW) && glass_here(self) ? CAN : CAN_HIDE;
    default: return CAN;
    }
}

static React access_event(Screen *self, const Event *e)
{
    return pager_event(page_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static bool access_typing(const Screen *self)
{
    return pager_typing(page_of(self)->pager);
}

static void access_draw(Screen *self, View v)
{
    AccessPage *x = page_of(self);
    char since[CIVIL_TEXT];

    view_textf(v, 0, 1, STYLE_HEADING, "%s", x->id);
    if (x->list.list.since)
        view_textf(v, 0, 3 + utf8_width(x->id), STYLE_WARNING, RESTRICTED_WORD " since %s",
            civil_words_short(x->list.list.since->at, since));
    view_rule(v, 1);
    pager_draw(x->pager, view_prose(view_part(v, 2, 0, -1, -1)), true);
}

static void access_close(Screen *self)
{
    pager_free(&page_of(self)->pager);
}

const ScreenClass scr_access = {
    .name = "access",
    .actions = access_actions,
    .state_size = sizeof(AccessPage),
    .open = access_open,
    .load = access_load,
    .event = access_event,
    .can = access_can,
    .act = access_act,
    .typing = access_typing,
    .draw = access_draw,
    .close = access_close,
};
