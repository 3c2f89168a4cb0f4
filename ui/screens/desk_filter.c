/* desk_filter.c — what the desk shows: one grade, one duty, words, whose cases, another role's queue; and such filters kept under a name. */
#include "desk.h"

/* --- filters -------------------------------------------------------------------------------------- */
bool desk_filtered(const Desk *d)
{
    return d->query.only_grade || d->query.only_duty || d->query.only_words || d->query.only_of || d->as;
}

const char *desk_whose(const Desk *d)
{
    return *d->of ? d->of : NULL;
}

void desk_show_of(Desk *d, const char *of)
{
    snprintf(d->of, sizeof d->of, "%s", of);
    d->query.only_of = desk_whose(d);
}

static React filter_by_words(Screen *self)
{
    Desk *d = desk_of(self);
    Str text = { 0 };
    bool ok;

    str_add(&text, d->words);
    ok = ask_line(self->loop,
        &(AskLine){ .title = "Show only rows that say", .label = "Words of the duty, the offence or the number", .limit = 100, .may_be_empty = true }, &text);
    if (ok) snprintf(d->words, sizeof d->words, "%s", str_text(&text));
    str_finish(&text);
    if (!ok || loop_top(self->loop) != self) return REACT_NONE;
    d->query.only_words = *d->words ? d->words : NULL;
    return desk_to_tab(self, d->query.tab);
}

static React show_cases_of(Screen *self, const char *of)
{
    Desk *d = desk_of(self);
    int64_t counts[TAB_COUNT];
    QueueTab tab = d->query.tab;

    d->view[0] = '\0';
    desk_show_of(d, of);
    if (app_queue_counts_of(app_of(self), d->query.roles, desk_whose(d), counts, NULL)) tab = desk_tab_of_some(counts, tab);
    return desk_to_tab(self, tab);
}

/* Own, nobody's, everybody's: own only for who has cases. */
React desk_next_whose(Screen *self)
{
    Desk *d = desk_of(self);
    bool own = app_may_quietly(app_of(self), PERM_CASE_INVESTIGATE);
    const char *next = OF_NOBODY;

    if (str_eq(d->of, OF_NOBODY))
        next = "";
    else if (own && !str_eq(d->of, OF_ME))
        next = OF_ME;
    return show_cases_of(self, next);
}

/* Whose cases, in the list of filters; `pick` counts from the first of these. */
enum { WHOSE_OWN, WHOSE_NOBODY, WHOSE_OTHER, WHOSE_ITEMS };

static size_t whose_items(const Screen *self, AskItem *items)
{
    bool any = assign_is_offered(app_of(self)), assigns = app_may_quietly(app_of(self), PERM_CASE_ASSIGN);

    items[WHOSE_OWN] = (AskItem){ .text = "My own cases", .right = "officer", .disabled = !app_may_quietly(app_of(self), PERM_CASE_INVESTIGATE) };
    items[WHOSE_NOBODY] = (AskItem){ .text = "Nobody's cases", .right = "officer" };
    items[WHOSE_OTHER] = (AskItem){ .text = "Cases of another officer …", .right = assigns ? "officer" : role_who_may(PERM_CASE_ASSIGN), .disabled = !assigns };
    return any ? WHOSE_ITEMS : 0;
}

static React filter_by_whose(Screen *self, size_t pick)
{
    const char *of = pick == WHOSE_OWN ? OF_ME : OF_NOBODY;

    if (pick == WHOSE_OTHER && (!holder_ask(self->loop, "Whose cases", NULL, "", false, self->arena, &of) || loop_top(self->loop) != self)) return REACT_NONE;
    return show_cases_of(self, of);
}

/* Grades and the duties of the roles shown, in one list; typing narrows it. */
React desk_choose_filter(Screen *self)
{
    Desk *d = desk_of(self);
    const Policy *policy = app_policy(app_of(self));
    const Vocab *grades = &vocabs_of(self)->of[VOCAB_GRADE];
    RoleSet roles = d->as ? ROLE_BIT(d->as) : app_session(app_of(self))->roles;
    size_t n = 0, most = grades->n + policy_duty_count(policy) + WHOSE_ITEMS + 1, duties = 0, of;
    AskItem *items = mem_new((most + 1) * sizeof *items);
    const PolicyDuty **rules = mem_new((most + 1) * sizeof *rules);
    int pick;

    for (size_t g = grades->n; g > 0; g--)
        items[n++] = (AskItem){ .text = grades->words[g - 1].label, .right = "grade" };
    of = whose_items(self, items + n);
    n += of;
    for (size_t i = 0; i < policy_duty_count(policy); i++) {
        const PolicyDuty *rule = policy_duty(policy, i);
        if (rule->owner != ROLE_NONE && !(roles & ROLE_BIT(rule->owner))) continue;
        rules[duties++] = rule;
        items[n++] = (AskItem){ .text = rule->title, .right = rule->cite };
    }
    items[n++] = (AskItem){ .text = "Words that a row says …", .right = "words" };
    pick = ask_choice(self->loop, "Show only", items, n, 0);
    if (pick >= 0) d->view[0] = '\0';
    if (pick >= 0 && (size_t)pick == n - 1) {
        mem_free(items);
        mem_free(rules);
        return filter_by_words(self);
    }
    if (pick >= 0 && (size_t)pick < grades->n)
        d->query.only_grade = (Code)(grades->n - (size_t)pick);
    else if (pick >= 0 && (size_t)pick >= grades->n + of)
        d->query.only_duty = rules[(size_t)pick - grades->n - of]->id;
    mem_free(items);
    mem_free(rules);
    if (pick < 0) return REACT_NONE;
    if ((size_t)pick >= grades->n && (size_t)pick < grades->n + of) return filter_by_whose(self, (size_t)pick - grades->n);
    return desk_to_tab(self, d->query.tab);
}

React desk_show_no_crimes(Screen *self)
{
    Desk *d = desk_of(self);

    snprintf(d->words, sizeof d->words, "%s", desk_no_crime_words);
    d->view[0] = '\0';
    d->query.only_words = d->words;
    d->query.only_grade = CODE_NONE;
    d->query.only_duty = NULL;
    return desk_to_tab(self, TAB_ALL);
}

React desk_clear_filter(Screen *self)
{
    Desk *d = desk_of(self);

    if (d->marks.n) {
        marks_clear(&d->marks);
        desk_say_marks(self);
        return REACT_STATUS | REACT_REDRAW;
    }

    d->query.only_grade = CODE_NONE;
    d->query.only_duty = NULL;
    d->query.only_words = NULL;
    d->view[0] = d->words[0] = '\0';
    desk_show_of(d, "");
    d->as = ROLE_NONE;
    d->kept = false;
    return desk_reload(self); /* and stand on the same row, where it is on the first page */
}

React desk_choose_role(Screen *self)
{
    Desk *d = desk_of(self);
    AskItem items[ROLE_COUNT];
    Role roles[ROLE_COUNT];
    size_t n = 0, standing = 0;
    int pick;

    for (int r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        if (!role_is_case_role((Role)r)) continue;
        if (ROLE_BIT(r) & app_session(app_of(self))->roles) standing = n;
        roles[n] = (Role)r;
        items[n++] = (AskItem){ .text = role_label((Role)r), .right = role_word((Role)r) };
    }
    pick = ask_choice(self->loop, "Whose queue", items, n, standing);
    if (pick < 0) return REACT_NONE;
    d->as = roles[pick];
    return desk_to_tab(self, d->query.tab);
}

/* --- saved views --------------------------------------------------------------------------------- */
React desk_show_view(Screen *self, const DeskView *v)
{
    Desk *d = desk_of(self);
    DeskQuery q = d->query;

    if (v->queue != ROLE_NONE && !app_may_quietly(app_of(self), PERM_QUEUE_ALL)) {
        loop_status(self->loop, STYLE_WARNING, "%s", d->who_may_roles);
        return REACT_STATUS;
    }
    app_view_query(app_of(self), v, &q);
    snprintf(d->view, sizeof d->view, "%s", v->name);
    snprintf(d->words, sizeof d->words, "%s", v->words ? v->words : "");
    d->as = v->queue;
    d->query.only_grade = q.only_grade;
    d->query.only_duty = v->duty && app_rule(app_of(self), v->duty) ? q.only_duty : NULL;
    d->query.only_words = *d->words ? d->words : NULL;
    desk_show_of(d, v->investigator ? v->investigator : "");
    return desk_to_tab(self, q.tab);
}

/* Which of them, for what; NULL: none was picked. */
static const DeskView *pick_view(Screen *self, const char *title)
{
    const Desk *d = desk_of(self);
    AskItem *items = arena_alloc(self->arena, (d->n_views + 1) * sizeof *items);
    int pick;

    for (size_t i = 0; i < d->n_views; i++)
        items[i] = (AskItem){ .text = d->views[i].name, .right = app_view_words(app_of(self), &d->views[i], self->arena) };
    pick = d->n_views ? ask_choice(self->loop, title, items, d->n_views, 0) : -1;
    return pick < 0 || loop_top(self->loop) != self ? NULL : &d->views[pick];
}

static bool ask_name(Screen *self, const char *title, Str *name)
{
    return ask_line(self->loop, &(AskLine){ .title = title, .label = "Name of the view", .limit = 24 }, name) && loop_top(self->loop) == self;
}

static React told(Screen *self, bool ok, const Err *err, const char *said)
{
    if (!ok) {
        loop_status_err(self->loop, err);
        return REACT_STATUS;
    }
    loop_status(self->loop, STYLE_GOOD, "%s", said);
    return desk_reload(self) | REACT_STATUS;
}

/* The filter as it stands gets a name; `share`: with the role whose queue is shown. */
static React keep_view(Screen *self, bool share)
{
    Desk *d = desk_of(self);
    DeskView v = { .tab = d->query.tab,
        .queue = d->as,
        .grade = d->query.only_grade ? vocab_word(vocabs_of(self), VOCAB_GRADE, d->query.only_grade) : NULL,
        .duty = d->query.only_duty,
        .investigator = desk_whose(d),
        .words = d->query.only_words };
    Str name = { 0 };
    Err err = { 0 };
    React react = REACT_NONE;

    if (share) v.role = d->as ? d->as : role_first(app_session(app_of(self))->roles);
    if (share) v.queue = ROLE_NONE; /* theirs is their own */
    if (ask_name(self, share ? "Share this view" : "Keep this view", &name)) {
        v.name = str_text(&name);
        react = told(self, app_view_save(app_of(self), &v, &err), &err, share ? "Shared: every officer of the role has it." : "Kept: v lists your views.");
    }
    str_finish(&name);
    return react;
}

static React rename_view(Screen *self)
{
    const DeskView *v = pick_view(self, "Rename which view");
    Str name = { 0 };
    Err err = { 0 };
    React react = REACT_NONE;

    if (!v) return REACT_NONE;
    str_add(&name, v->name);
    if (ask_name(self, "Rename the view", &name)) react = told(self, app_view_rename(app_of(self), v, str_text(&name), &err), &err, "Renamed.");
    str_finish(&name);
    return react;
}

static React remove_view(Screen *self)
{
    const DeskView *v = pick_view(self, "Remove which view");
    Err err = { 0 };

    if (!v || !ask_confirm(self->loop, "Remove the view", v->name, "Remove") || loop_top(self->loop) != self) return REACT_NONE;
    return told(self, app_view_remove(app_of(self), v, &err), &err, "Removed.");
}

/* Those there are, and what can be done with them. */
React desk_choose_view(Screen *self)
{
    static const char *const digits[VIEW_DIGITS] = { "7", "8", "9", "0" };
    Desk *d = desk_of(self);
    AskItem *items = arena_alloc(self->arena, (d->n_views + 4) * sizeof *items);
    size_t n = 0;
    int pick;

    for (; n < d->n_views; n++)
        items[n] = (AskItem){ .text = arena_printf(self->arena, "%s  %s", n < VIEW_DIGITS ? digits[n] : " ", d->views[n].name),
            .right = arena_printf(self->arena, "%s%s", app_view_words(app_of(self), &d->views[n], self->arena), d->views[n].role ? ", shared" : "") };
    items[n] = (AskItem){ .text = "Keep this filter as a view …", .disabled = !desk_filtered(d), .right = desk_filtered(d) ? "" : "no filter is on: f" };
    items[n + 1] = (AskItem){ .text = "Share this filter with the role …",
        .disabled = !desk_filtered(d) || !app_may_quietly(app_of(self), PERM_VIEW_SHARE),
        .right = app_may_quietly(app_of(self), PERM_VIEW_SHARE) ? "" : role_who_may(PERM_VIEW_SHARE) };
    items[n + 2] = (AskItem){ .text = "Rename a view …", .disabled = n == 0 };
    items[n + 3] = (AskItem){ .text = "Remove a view …", .disabled = n == 0 };
    pick = ask_choice(self->loop, "Views", items, n + 4, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    if ((size_t)pick < n) return desk_show_view(self, &d->views[pick]);
    if ((size_t)pick == n || (size_t)pick == n + 1) return keep_view(self, (size_t)pick == n + 1);
    return (size_t)pick == n + 2 ? rename_view(self) : remove_view(self);
}
