/* scr_policy.c — the policies of the store: what is proposed, what is and was in force; and one of them as a page: what
** changes against the one in force, what it would have asked for, its text. A detective inspector approves here. */
#include "screens.h"

/* --- the list --------------------------------------------------------------------------------- */
typedef struct Policies {
    PolicyEntry *items;
    size_t n;
    List list;
    ListColumn columns[5];
} Policies;

enum { DO_OPEN = 1, DO_BACK };
static const Action list_actions[] = {
    { DO_OPEN, "open-policy", "open", "What it changes, what it would cost, its text.", "Enter o", 0 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 1 },
    { 0 },
};

static Policies *policies_of(const Screen *s)
{
    return s->state;
}

static size_t policies_count(void *of)
{
    return policies_of(of)->n;
}

static int64_t policies_id(void *of, size_t i)
{
    const PolicyEntry *e = &policies_of(of)->items[i];

    return e->policy ? e->policy * 2 : e->proposal * 2 + 1;
}

static Style standing_style(PolicyStanding s)
{
    return s == POLICY_PROPOSED ? STYLE_WARNING : s == POLICY_IN_FORCE ? STYLE_GOOD : STYLE_MUTED;
}

static void day_and_officer(ListRow *out, int column, Time at, const char *who)
{
    char date[CIVIL_TEXT];

    if (at != TIME_NONE)
        list_cellf(out, column, STYLE_NORMAL, "%s%s%s", civil_words_date(civil_local_date(at), date), who ? ", " : "",
            who ? who : "");
}

static void policies_row(void *of, size_t i, ListRow *out)
{
    const PolicyEntry *e = &policies_of(of)->items[i];

    list_cell(out, 0, standing_style(e->standing), policy_standing_labels[e->standing]);
    list_cell(out, 1, STYLE_NORMAL, e->id);
    list_cellf(out, 2, STYLE_MUTED, "%.8s", e->hash);
    day_and_officer(out, 3, e->at, e->by);
    day_and_officer(out, 4, e->decided_at, e->decided_by);
}

static bool policies_open(Screen *self, const void *arg, Err *err)
{
    Policies *p = policies_of(self);

    p->columns[0] = (ListColumn){ .title = "", .width = 12 };
    p->columns[1] = (ListColumn){ .title = "Policy", .width = 14 };
    p->columns[2] = (ListColumn){ .title = "Hash", .width = 8 };
    p->columns[3] = (ListColumn){ .title = "Proposed", .width = 18 };
    p->columns[4] = (ListColumn){ .title = "Decided", .width = 0 };
    list_init(&p->list, p->columns, ARRAY_LEN(p->columns),
        (ListSource){ .of = self, .count = policies_count, .id = policies_id, .row = policies_row });
    p->list.titles = true;
    return true;
}

static bool policies_load(Screen *self, Err *err)
{
    Policies *p = policies_of(self);

    p->n = 0;
    if (!app_policy_list(app_of(self), self->arena, &p->items, &p->n, err)) return false;
    list_refresh(&p->list);
    return true;
}

static React policies_event(Screen *self, const Event *e)
{
    return list_event(&policies_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React policies_act(Screen *self, int action)
{
    Policies *p = policies_of(self);

    if (action == DO_BACK) return REACT_POP;
    return list_any(&p->list) ? loop_go(self->loop, &scr_policy_page, &p->items[list_at(&p->list)]) : REACT_NONE;
}

static void policies_draw(Screen *self, View v)
{
    Policies *p = policies_of(self);

    view_text(v, 0, 1, STYLE_HEADING, "Policies");
    view_rule(v, 1);
    list_draw(&p->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_policy = {
    .name = "policy",
    .actions = list_actions,
    .state_size = sizeof(Policies),
    .open = policies_open,
    .load = policies_load,
    .event = policies_event,
    .act = policies_act,
    .draw = policies_draw,
};

/* --- one of them ------------------------------------------------------------------------------ */
typedef struct Page {
    char hash[HASH_HEX];
    int64_t proposal, policy; /* which of several with one text */
    PolicyEntry entry;
    bool text; /* its text is shown, not what it changes */
    Pager *pager;
    Arena *result; /* of the back-test, which outlives a reload */
    Backtest *tried;
} Page;

enum { DO_TRY = 10, DO_APPROVE, DO_WITHDRAW, DO_TEXT, DO_LEAVE };
static const Action page_actions[] = {
    { DO_TRY, "back-test", "back-test", "Try it over the last year of this store. Nothing is changed.", "b", 1 },
    { DO_APPROVE, "approve", "approve", "Put it in force, with your password.", "A", 2 },
    { DO_TEXT, "text", "text", "Its text, or what it changes.", "t", 3 },
    { DO_WITHDRAW, "withdraw", "withdraw", "Withdraw the proposal.", "W", 4 },
    { DO_LEAVE, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Page *page_of(const Screen *s)
{
    return s->state;
}

static bool page_open(Screen *self, const void *arg, Err *err)
{
    Page *p = page_of(self);
    const PolicyEntry *e = arg;

    snprintf(p->hash, sizeof p->hash, "%s", e->hash);
    p->proposal = e->proposal;
    p->policy = e->policy;
    p->pager = pager_new();
    p->result = arena_new();
    return true;
}

/* --- writing the page --- */
static void diff_line(Pager *p, bool is, int line, const char *text, size_t n)
{
    pager_begin(p, 1, 10);
    pager_putf(p, STYLE_MUTED, "%c %5d  ", is ? '+' : '-', line);
    pager_putf(p, is ? STYLE_GOOD : STYLE_WARNING, "%.*s", (int)n, text);
    pager_end(p);
}

/* A whole statement that came or went: as it is written. */
static void write_statement(Pager *p, const DiffRow *r)
{
    bool is = r->kind == DIFF_ADDED;
    int line = r->line[is];

    for (const char *at = r->written; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        diff_line(p, is, line++, at, strcspn(at, "\r\n"));
}

static void write_diff(Pager *p, const PolicyDiff *d, Arena *a)
{
    const char *what = "", *text[2];

    if (!d->n) pager_add(p, 1, STYLE_NORMAL, "Nothing: the two say the same.");
    for (size_t i = 0; i < d->n; i++) {
        const DiffRow *r = &d->rows[i];
        if (strcmp(what, r->what) != 0)
            pager_addf(
                p, 1, STYLE_HEADING, "%s%s%s", r->what, *r->clause ? "" : ": ", *r->clause ? "" : diff_words[r->kind]);
        what = r->what;
        app_diff_texts(r, a, text);
        if (strncmp(r->clause, "example", 7) == 0) pager_add(p, 3, STYLE_MUTED, r->clause);
        if (r->written) write_statement(p, r);
        for (int s = 0; s < 2 && !r->written; s++)
            if (text[s]) diff_line(p, s == 1, r->line[s], text[s], strlen(text[s]));
    }
}

static void write_examples(Pager *p, const PolicyDiff *d)
{
    pager_heading(p, "Examples of the policy in force, under this one");
    if (!d->n_fails) pager_add(p, 1, STYLE_NORMAL, "All of them come out.");
    for (size_t i = 0; i < d->n_fails; i++) pager_add(p, 1, STYLE_WARNING, d->fails[i]);
}

static void write_duty(Pager *p, const TrialDuty *d)
{
    pager_begin(p, 1, 3);
    pager_put(p, STYLE_NORMAL, d->title);
    pager_putf(p, STYLE_MUTED, " " SIGN_DOT " %s", role_short(d->owner));
    pager_end(p);
    pager_addf(p, 3, STYLE_NORMAL,
        "%lld gained, %lld lost, %lld moved " SIGN_DOT " late %lld " SIGN_RIGHT " %lld " SIGN_DOT
        " minutes %lld " SIGN_RIGHT " %lld",
        (long long)d->n[TRIAL_GAINED], (long long)d->n[TRIAL_LOST], (long long)d->n[TRIAL_MOVED],
        (long long)d->sums[0].late, (long long)d->sums[1].late, (long long)d->sums[0].minutes,
        (long long)d->sums[1].minutes);
}

static void write_harm(Pager *p, const TrialHarm *h)
{
    char at[CIVIL_TEXT], then[CIVIL_TEXT], span[CIVIL_TEXT];
    Time was = h->flagged[0] == TIME_NONE ? h->at : h->flagged[0];

    pager_addf(p, 1, STYLE_NORMAL, "%s: %s, %s. %s overdue since %s: %s earlier.", h->case_id, h->offence,
        civil_words_full(h->at, at), h->duty, civil_words_full(h->flagged[1], then),
        span_words(was - h->flagged[1], span));
}

static void write_result(Pager *p, const Backtest *b, Arena *a)
{
    const char **lines;
    size_t n = app_backtest_words(b, a, &lines);

    for (size_t i = 0; i < n; i++) {
        int indent = (int)strspn(lines[i], " ");
        pager_add(p, 1 + indent, STYLE_NORMAL, lines[i] + indent);
    }
    for (size_t i = 0, any = 0; i < b->n_duties; i++) {
        if (!app_backtest_differs(&b->duties[i])) continue;
        if (!any++) pager_heading(p, "Duties that change");
        write_duty(p, &b->duties[i]);
    }
    if (b->n_harms) pager_heading(p, "Outcomes that would have been flagged earlier");
    for (size_t i = 0; i < b->n_harms; i++) write_harm(p, &b->harms[i]);
}

static void write_report(Screen *self, const Policy *policy)
{
    Page *p = page_of(self);
    PolicyDiff d;

    app_policy_diff(app_policy(app_of(self)), policy, self->arena, &d);
    pager_heading(p->pager, "What changes against the policy in force");
    write_diff(p->pager, &d, self->arena);
    if (d.n) write_examples(p->pager, &d);
    pager_heading(p->pager, "What it would have asked for");
    if (p->tried)
        write_result(p->pager, p->tried, self->arena);
    else
        pager_add(p->pager, 1, STYLE_MUTED, "b tries it over the last year of this store.");
}

static void write_text(Page *p, const char *text, size_t n, Arena *a)
{
    size_t line = 1;

    for (const char *at = text, *end = text + n, *stop; at < end; at = stop + 1, line++) {
        stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        pager_begin(p->pager, 1, 7);
        pager_putf(p->pager, STYLE_MUTED, "%5zu  ", line);
        pager_put(p->pager, STYLE_NORMAL, arena_dup_n(a, at, (size_t)(stop - at)));
        pager_end(p->pager);
    }
}

/* --- who signed it --- */
static void write_signature(Screen *self, const char *what, const char *who, SignedStand stand)
{
    Pager *pager = page_of(self)->pager;

    pager_begin(pager, 1, 3);
    pager_putf(pager, STYLE_NORMAL, "%s by %s: ", what, officer_words(who, self->arena));
    signed_put(pager, stand);
    pager_end(pager);
}

static bool write_signatures(Screen *self, Err *err)
{
    const PolicyEntry *e = &page_of(self)->entry;
    PolicySigned s;

    if (!e->by) return true; /* it came with the program */
    if (!app_policy_signed(app_of(self), e, self->arena, &s, err)) return false;
    write_signature(self, "Proposed", e->by, s.proposed);
    if (e->policy && e->decided_by) write_signature(self, "Approved", e->decided_by, s.approved);
    return true;
}

/* --- loading --- */
static bool find_entry(Screen *self, Err *err)
{
    Page *p = page_of(self);
    PolicyEntry *all;
    size_t n;

    if (!app_policy_list(app_of(self), self->arena, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++)
        if (p->policy ? all[i].policy == p->policy : all[i].proposal == p->proposal) {
            p->entry = all[i];
            return true;
        }
    return app_policy_find(app_of(self), p->hash, self->arena, &p->entry, err); /* a proposal that is in force now */
}

static Policy *policy_here(Screen *self, const char **text, size_t *n, Err *err)
{
    PolicyProblems problems = { .arena = self->arena };
    Policy *policy;

    if (!app_policy_text(app_of(self), &page_of(self)->entry, self->arena, text, n, err)) return NULL;
    policy = policy_parse(page_of(self)->entry.id, *text, *n, &problems);
    if (!policy) err_set(err, ERR_INVALID, "", "This version of book124 cannot read that policy.");
    return policy;
}

static bool page_load(Screen *self, Err *err)
{
    Page *p = page_of(self);
    const char *text;
    size_t n;
    Policy *policy;

    if (!find_entry(self, err)) return false;
    policy = policy_here(self, &text, &n, err);
    if (!policy) return false;
    pager_clear(p->pager);
    if (!write_signatures(self, err)) {
        policy_free(&policy);
        return false;
    }
    if (p->text)
        write_text(p, text, n, self->arena);
    else
        write_report(self, policy);
    policy_free(&policy);
    return true;
}

/* --- acting --- */
typedef struct Telling {
    Loop *loop;
    const char *verb;
} Telling;

static bool step(void *with, int64_t done, int64_t total)
{
    const Telling *t = with;
    char text[120];

    snprintf(text, sizeof text, "%s: %lld of %lld cases. Esc stops.", t->verb, (long long)done, (long long)total);
    return !loop_progress(t->loop, text);
}

static React try_it(Screen *self)
{
    Page *p = page_of(self);
    Telling t = { self->loop, "Back-test" };
    Progress progress = { step, &t };
    BacktestOptions o = { .from = DATE_NONE, .to = DATE_NONE, .progress = &progress };
    const char *text;
    size_t n;
    Err err = { 0 };
    Policy *policy = policy_here(self, &text, &n, &err);
    Backtest *b;
    bool ok;

    o.trial = policy;
    p->tried = NULL;
    arena_reset(p->result);
    b = arena_zero(p->result, 1, sizeof *b);
    ok = policy && app_backtest(app_of(self), &o, p->result, b, &err);
    policy_free(&policy);
    if (!ok) {
        loop_status_err(self->loop, &err);
        return REACT_RELOAD | REACT_STATUS;
    }
    p->tried = b;
    p->text = false;
    loop_status(self->loop, STYLE_GOOD, "Tried over %lld cases. Nothing was changed.", (long long)b->cases);
    return REACT_RELOAD | REACT_STATUS;
}

static bool ask_password(Screen *self, Str *out)
{
    AskLine ask = { .title = "Put this policy in force",
        .text = "Your password once more: it stands for your signature.",
        .label = "Password",
        .limit = 128,
        .secret = true };

    return ask_line(self->loop, &ask, out);
}

static void wipe(Str *s)
{
    if (s->s) crypto_wipe(s->s, s->cap);
    str_finish(s);
}

static React approve(Screen *self)
{
    Page *p = page_of(self);
    Telling t = { self->loop, "Deriving duties" };
    Progress progress = { step, &t };
    PolicyActivated done;
    Str password = { 0 };
    Err err = { 0 };
    char text[400];
    bool ok;

    snprintf(text, sizeof text,
        "%.60s, %.8s, proposed by %.20s.\n\nIt takes the place of %.60s, %.8s, for everybody, and every duty is "
        "derived anew.",
        p->entry.id, p->hash, p->entry.by, policy_id(app_policy(app_of(self))), policy_hash(app_policy(app_of(self))));
    if (!ask_confirm(self->loop, "Put this policy in force", text, "Put in force")) return REACT_NONE;
    if (!ask_password(self, &password)) {
        wipe(&password);
        return REACT_NONE;
    }
    ok = app_policy_activate(app_of(self), p->hash, str_text(&password), &progress, &done, &err);
    wipe(&password);
    if (ok)
        loop_status(
            self->loop, STYLE_GOOD, "In force. The duties of %lld cases were derived anew.", (long long)done.cases);
    else
        loop_status_err(self->loop, &err);
    if (done.in_force) p->tried = NULL;                     /* it was against the one before */
    ui_of(self)->policy_key = app_policy_key(app_of(self)); /* said already */
    return REACT_RELOAD_ALL | REACT_STATUS;
}

static React withdraw(Screen *self)
{
    Page *p = page_of(self);
    Err err = { 0 };
    char text[160];

    snprintf(text, sizeof text, "%.60s, %.8s, proposed by %.20s. The store keeps its text.", p->entry.id, p->hash,
        p->entry.by);
    if (!ask_confirm(self->loop, "Withdraw this proposal", text, "Withdraw")) return REACT_NONE;
    if (app_policy_withdraw(app_of(self), p->hash, &err))
        loop_status(self->loop, STYLE_GOOD, "Withdrawn.");
    else
        loop_status_err(self->loop, &err);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

static Can page_can(const Screen *self, int action, const char **why)
{
    const Page *p = page_of(self);
    bool proposed = p->entry.standing == POLICY_PROPOSED,
         inspector = app_may_quietly(app_of(self), PERM_POLICY_ACTIVATE);

    switch (action) {
    case DO_APPROVE:
        *why = proposed ? "This is for the CSU detective inspector." : "It is not proposed.";
        return proposed && inspector ? CAN : CAN_NOT;
    case DO_WITHDRAW:
        *why = proposed ? "This is for the keeper or the CSU detective inspector." : "It is not proposed.";
        return proposed && inspector ? CAN : CAN_NOT;
    case DO_TRY:
        *why = "This is for officers who may see the queues of other roles.";
        return app_may_quietly(app_of(self), PERM_QUEUE_ALL) ? CAN : CAN_NOT;
    default: return CAN;
    }
}

static React page_act(Screen *self, int action)
{
    Page *p = page_of(self);

    switch (action) {
    case DO_TRY: return try_it(self);
    case DO_APPROVE: return approve(self);
    case DO_WITHDRAW: return withdraw(self);
    case DO_TEXT: p->text = !p->text; return REACT_RELOAD;
    default: return REACT_POP;
    }
}

/* --- drawing --- */
static React page_event(Screen *self, const Event *e)
{
    return pager_event(page_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static bool page_typing(const Screen *self)
{
    return pager_typing(page_of(self)->pager);
}

static void page_draw(Screen *self, View v)
{
    Page *p = page_of(self);
    const PolicyEntry *e = &p->entry;
    Pen pen = pen_at(view_part(v, 0, 0, 1, -1), 0, 1);
    char hash[12], at[CIVIL_TEXT], line[120];

    snprintf(hash, sizeof hash, "%.8s", p->hash);
    pen_piece(&pen, STYLE_HEADING, e->id);
    pen_piece(&pen, STYLE_NORMAL, hash);
    pen_piece(&pen, standing_style(e->standing), policy_standing_labels[e->standing]);
    pen = pen_at(view_part(v, 1, 0, 1, -1), 0, 1);
    if (e->by) {
        snprintf(line, sizeof line, "proposed by %.20s, %s", e->by, civil_words_full(e->at, at));
        pen_piece(&pen, STYLE_MUTED, line);
    }
    if (e->decided_at != TIME_NONE) {
        snprintf(line, sizeof line, "%s by %.20s, %s", e->standing == POLICY_WITHDRAWN ? "withdrawn" : "put in force",
            e->decided_by ? e->decided_by : "the program", civil_words_full(e->decided_at, at));
        pen_piece(&pen, STYLE_MUTED, line);
    }
    pager_draw(p->pager, view_prose(view_part(v, 2, 0, -1, -1)), true);
}

static void page_close(Screen *self)
{
    pager_free(&page_of(self)->pager);
    arena_free(&page_of(self)->result);
}

const ScreenClass scr_policy_page = {
    .name = "policy-page",
    .actions = page_actions,
    .state_size = sizeof(Page),
    .open = page_open,
    .load = page_load,
    .event = page_event,
    .can = page_can,
    .act = page_act,
    .typing = page_typing,
    .draw = page_draw,
    .close = page_close,
};
