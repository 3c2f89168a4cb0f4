/* scr_entry.c — one more entry for a case: a review, a contact, a reference … Above, what the duty asks and
** what was written before; below, the form. Nothing typed is ever lost: it is put aside as a draft within
** two seconds, at a lock and when the line breaks, and it stays in the form whatever saving answers.
**
** From the desk this is the walk: a saved review opens the next one of the tab by itself. */
#include "case_more.h"
#include "entry_review.h"

typedef struct Entry {
    char case_id[48], duty[64], preset[160], kind[64];
    EntryAsk ask; /* its texts are the ones above */
    CaseView view;
    CaseWords words;
    const char *asked, *clock; /* what the duty asks, and from when to when; NULL without one */
    const char *warning;       /* it does not count yet */
    Pager *before;
    Form *form;
    char news[160]; /* who changed the case meanwhile, and when */
    int64_t asked_ms; /* when that was last looked at */
    Rev told;
    char what[400]; /* and what it says now that it did not say */
    char offered[120];  /* of a disposal: the kind and the suspect whose event's time was offered */
    ReviewPart review; /* of a review: what it ticks and asks */
    Since since;       /* and what changed since the last one of its kind */
    const char *since_title;
    bool whole;        /* what was before has the screen */
    size_t n_before;
    bool others; /* there is no review of this kind yet: those of other kinds are shown */
    bool f1;     /* the last key was F1: once more lists the keys */
    Keeping keeping;
} Entry;

enum { DO_SAVE = 1, DO_LEAVE, DO_LOOK, DO_SKIP, DO_EARLIER, DO_LATER, DO_WHY, DO_HOLD, DO_WHOLE, DO_UNDO, DO_REACH };
enum { SINCE_ROWS = 8 }; /* of what changed, before the earlier reviews */
static const Action entry_actions[] = {
    { DO_SAVE, "save", "save", "Save this entry.", "Ctrl-S F10", 0 },
    { DO_LEAVE, "leave", "leave", "Leave; what is typed can be kept for later.", "Esc F12 F3", 1 },
    { DO_LOOK, "look-at-case", "case", "Look at the whole case; what is typed stays.", "Ctrl-O F4", 2 },
    { DO_SKIP, "next-entry", "next", "Keep this one for later, open the next.", "Ctrl-N F9", 3 },
    { DO_EARLIER, "scroll-down", "read on", "Read on in what was written before.", "Ctrl-F F8", 4 },
    { DO_LATER, "scroll-up", NULL, "Read back in what was written before.", "Ctrl-B F7", 9 },
    { DO_HOLD, "all-checks-hold", "all hold", "Every check that is not ticked yet holds: your word, and kept as said in one go.", "Ctrl-R F5", 1 },
    { DO_WHOLE, "what-changed", NULL, "All that changed and was written before, and back to the form.", "Ctrl-V F6", 6 },
    { DO_REACH, "reach", "number", "Tell a safe number or address of the victim, for a purpose that the log keeps.", "Ctrl-G", 2 },
    { DO_WHY, "why", NULL, "Why is this asked, and what would clear it.", "Ctrl-T F2", 5 },
    { 0 },
};

static Entry *entry_of(const Screen *s)
{
    return s->state;
}

/* --- which form fulfils a duty ------------------------------------------------------------- */
_Static_assert(PERM_ADD_DISPOSAL - PERM_ADD_OFFENCE == LIST_DISPOSALS - LIST_OFFENCES, "permissions follow the lists");

static const char *who_may_add(CaseListId list, const char *kind)
{
    if (list == LIST_REVIEWS && kind) return role_who_may_review(kind);
    if (list == LIST_STATUS) return role_who_may(PERM_ADD_PERSON);
    return role_who_may((Perm)(PERM_ADD_OFFENCE + list));
}

/* It is fulfilled by what the case has once. */
static bool facts_for_duty(App *app, const DutyName *duty, const PolicyDuty *rule, EntryAsk *out, Err *err)
{
    const FactGroup *g = fact_group_of(rule->preset);

    if (!g)
        return err_set(
            err, ERR_MISSING, "", "This is fulfilled by a fact of the case that is not entered on this screen.");
    if (!app_may_quietly(app, g->perm)) return err_set(err, ERR_DENIED, "", "This is for %s.", role_who_may(g->perm));
    *out = (EntryAsk){ .case_id = duty->case_id, .list = LIST_COUNT, .facts = g, .preset = "", .duty = rule->id, .cycle = duty->cycle };
    return true;
}

bool entry_for_duty(App *app, const DutyName *duty, EntryAsk *out, Err *err)
{
    const PolicyDuty *rule = app_rule(app, duty->duty);

    if (!rule) return err_set(err, ERR_MISSING, "", "The policy in force has no duty \"%s\".", duty->duty);
    if (!app_may_enter(app, err)) return false;
    if (rule->tick != TICK_NONE) return err_set(err, ERR_MISSING, "", "This is ticked off in words, and by no form.");
    if (rule->list == LIST_COUNT) return facts_for_duty(app, duty, rule, out, err);
    if (rule->list == LIST_ORDERS)
        return err_set(err, ERR_MISSING, "", "This is said of the order itself: Enter opens the case, and o says what becomes of it.");
    if (!entry_list_known(rule->list))
        return err_set(err, ERR_MISSING, "", "This is fulfilled by a %s, which is not entered on this screen.",
            case_lists[rule->list].one);
    if (read_for_duty(app, duty, &(ReadAsk){ 0 }))
        return err_set(err, ERR_MISSING, "", "This is fulfilled by reading the book: r opens it.");
    if (!app_may_add(app, rule->list, rule->review))
        return err_set(err, ERR_DENIED, "", "This is for %s.", who_may_add(rule->list, rule->review));
    *out = (EntryAsk){
        .case_id = duty->case_id, .list = rule->list, .preset = rule->preset, .duty = rule->id, .cycle = duty->cycle
    };
    return true;
}

React entry_menu(Screen *self, const char *case_id)
{
    AskItem items[LIST_COUNT + 16];
    EntryAsk ask = { .case_id = case_id };
    Err err = { 0 };
    int pick;

    if (!app_may_enter(app_of(self), &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    for (size_t i = 0; i < entry_n_lists; i++) {
        bool may = app_may_add(app_of(self), entry_lists[i], NULL);
        items[i] = (AskItem){ .text = entry_list_words(entry_lists[i]),
            .disabled = !may,
            .right = may ? "" : who_may_add(entry_lists[i], NULL) };
    }
    for (size_t i = 0; i < fact_n_groups; i++) {
        bool may = app_may_quietly(app_of(self), fact_groups[i].perm);
        items[entry_n_lists + i] = (AskItem){ .text = fact_groups[i].label,
            .disabled = !may,
            .right = may ? "" : role_who_may(fact_groups[i].perm) };
    }
    pick = ask_choice(self->loop, "Add what", items, entry_n_lists + fact_n_groups, 0);
    if (pick < 0) return REACT_NONE;
    if ((size_t)pick < entry_n_lists && entry_lists[pick] == LIST_OWNERS) return owner_ask(self->loop, case_id, NULL);
    if ((size_t)pick < entry_n_lists)
        ask.list = entry_lists[pick];
    else {
        ask.list = LIST_COUNT;
        ask.facts = &fact_groups[(size_t)pick - entry_n_lists];
    }
    return loop_go(self->loop, &scr_entry, &ask);
}

/* --- load ----------------------------------------------------------------------------------- */
static bool entry_open(Screen *self, const void *arg, Err *err)
{
    Entry *e = entry_of(self);
    const EntryAsk *ask = arg;

    snprintf(e->case_id, sizeof e->case_id, "%s", ask->case_id);
    snprintf(e->duty, sizeof e->duty, "%s", ask->duty ? ask->duty : "");
    snprintf(e->preset, sizeof e->preset, "%s", ask->preset ? ask->preset : "");
    e->ask = *ask;
    e->ask.case_id = e->case_id;
    e->ask.duty = ask->duty ? e->duty : NULL;
    e->ask.preset = e->preset;
    e->before = pager_new();
    return true;
}

/* A review before its time is kept, but does not fulfil the duty. */
static void check_opens(Screen *self)
{
    Entry *e = entry_of(self);
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < e->view.n_duties; i++) {
        const Duty *d = &e->view.duties[i];
        if (strcmp(d->id, e->duty) == 0 && d->cycle == e->ask.cycle && now_of(self) < d->opens)
            e->warning = arena_printf(self->arena, "It opens only %s: what is entered before then does not fulfil it.",
                civil_words_short(d->opens, when));
    }
}

static void read_duty(Screen *self)
{
    Entry *e = entry_of(self);
    const PolicyDuty *rule = app_rule(app_of(self), e->duty);
    Why why;

    e->asked = e->clock = e->warning = NULL;
    if (!e->ask.duty || !rule) return;
    snprintf(e->kind, sizeof e->kind, "%s", rule->review ? rule->review : "");
    e->asked = arena_printf(self->arena, "%s (%s)", rule->title, rule->cite);
    if (app_case_why(app_of(self), &e->view, e->duty, e->ask.cycle, self->arena, &why, NULL)) {
        if (why.short_why) e->asked = why.short_why;
        e->clock = why.short_clock;
    }
    check_opens(self);
}

/* What was typed and left the last time comes back by itself. */
static void bring_back(Screen *self)
{
    Entry *e = entry_of(self);
    DraftView draft;
    char when[CIVIL_TEXT];

    if (!app_draft_get(app_of(self), entry_about(&e->ask, self->arena), self->arena, &draft, NULL)) return;
    if (!form_restore(e->form, draft.text, NULL)) return;
    e->keeping.stored = true;
    loop_status(self->loop, STYLE_GOOD, "What you typed %s is back.", civil_words_short(draft.at, when));
}

/* Rows for what was written before, of a view with that many. */
static int rows_before(const Entry *e, int rows)
{
    if (e->n_before + e->since.n == 0) return 1;
    return rows >= 34 ? (rows - 6) / 3 : rows >= 20 ? 4 : 2;
}

/* The long text takes what the head, the title lines and three short fields leave. */
static int text_rows_now(Screen *self)
{
    Console *c = loop_console(self->loop);
    int rows, cols, left;

    c->ops->size(c, &rows, &cols);
    left = rows - 3 - 5 - 1 - rows_before(entry_of(self), rows - 3) - 1 - 5;
    if (entry_of(self)->ask.list == LIST_REVIEWS && *entry_of(self)->kind) left -= 4; /* checks and instructions */
    return left < 3 ? 3 : left;
}

static bool is_review(const Entry *e)
{
    return !e->ask.facts && e->ask.list == LIST_REVIEWS;
}

/* What was typed goes over into a form with other checks. */
static void remake_form(Screen *self)
{
    Entry *e = entry_of(self);
    char *text = form_save(e->form), *focused = mem_dup(form_focused(e->form));

    form_free(&e->form);
    e->review = (ReviewPart){ .instructs = false };
    e->form = entry_form(app_of(self), &e->view, &e->ask, e->kind, text_rows_now(self), &e->review, self->arena);
    form_restore(e->form, text, NULL);
    if (!form_focus(e->form, focused)) form_focus(e->form, "text");
    crypto_wipe(text, strlen(text));
    mem_free(text);
    mem_free(focused);
}

/* A review that no duty asks for says of which kind it is in the form. */
static bool kind_chosen(Screen *self, bool leaving)
{
    Entry *e = entry_of(self);
    const char *kind = is_review(e) && !e->ask.duty ? form_value(e->form, "kind") : e->kind;

    if (str_eq(kind, e->kind) || (str_eq(form_focused(e->form), "kind") && !leaving)) return false; /* still typing its name */
    snprintf(e->kind, sizeof e->kind, "%s", kind);
    remake_form(self);
    return true;
}

/* What is asked is read anew with the case (a screen's memory lasts from load to load). True when the facts or the policy changed
** while the form was open, and other checks are asked now. */
static bool checks_moved(Screen *self)
{
    Entry *e = entry_of(self);
    size_t before = e->review.checks.n;
    const ReviewChecks *now = &e->review.checks;
    bool moved;

    if (!is_review(e) || !*e->kind) return false;
    app_checks_asked(app_of(self), &e->view.doc, e->kind, self->arena, &e->review.checks);
    moved = now->n != before;
    for (size_t i = 0; i < now->n && !moved; i++) moved = !form_has(e->form, arena_printf(self->arena, "check.%s", now->items[i].name));
    return moved;
}

static void make_form(Screen *self)
{
    Entry *e = entry_of(self);

    e->form = entry_form(app_of(self), &e->view, &e->ask, e->kind, text_rows_now(self), &e->review, self->arena);
    entry_form_focus(e->form, &e->ask);
    bring_back(self);
    entry_form_follow(e->form, app_of(self), &e->view, &e->ask, e->offered, self->arena);
    kind_chosen(self, true);
}

/* Above the form of a review: first what is new, then what was written before. */
static bool read_before(Screen *self, Err *err)
{
    Entry *e = entry_of(self);
    App *app = app_of(self);
    size_t most = e->whole ? SIZE_MAX : SINCE_ROWS;

    pager_clear(e->before);
    if (e->ask.facts) {
        e->n_before = case_page_facts(e->before, app, &e->view, e->ask.facts, self->arena);
        return true;
    }
    e->since_title = NULL;
    if (is_review(e) && *e->kind) {
        if (!app_case_since_review(app, &e->view, e->kind, self->arena, &e->since, err)) return false;
        e->since_title = review_since_title(app, &e->since, most, self->arena);
        review_since_write(e->before, &e->since, most);
        e->others = !e->since.review && e->view.doc.n_reviews > 0;
        if (e->since.n && e->view.doc.n_reviews) pager_heading(e->before, e->others ? "Earlier reviews, of other kinds" : "Earlier reviews");
    }
    e->n_before = case_page_entries(e->before, app, &e->view, e->ask.list, e->others ? "" : e->kind, self->arena);
    return true;
}

static bool entry_load(Screen *self, Err *err)
{
    Entry *e = entry_of(self);
    App *app = app_of(self);

    if (!app_case_look(app, e->case_id, "entry", self->arena, &e->view, err)) return false;
    case_words(app, &e->view, self->arena, &e->words);
    read_duty(self);
    if (!read_before(self, err)) return false;
    if (!e->form)
        make_form(self);
    else if (checks_moved(self))
        remake_form(self);
    return true;
}

/* --- drafts ------------------------------------------------------------------------------------ */
bool entry_put(Screen *self)
{
    Entry *e = entry_of(self);
    Arena *a = arena_new_secret();
    char *text = form_save(e->form);
    Err err = { 0 };
    bool ok = app_draft_put(app_of(self), entry_about(&e->ask, a), text, &err);

    if (ok) {
        e->keeping.dirty = false;
        e->keeping.stored = true;
    } else {
        loop_status(self->loop, STYLE_ERROR, "What you type cannot be put aside: %s", err.text);
        e->keeping.changed_ms = loop_clock_ms(self->loop); /* and try again a little later */
    }
    crypto_wipe(text, strlen(text));
    mem_free(text);
    arena_free(&a);
    return ok;
}

static void drop_draft(Screen *self)
{
    Entry *e = entry_of(self);
    Arena *a = arena_new_secret();

    if (e->keeping.stored) app_draft_drop(app_of(self), entry_about(&e->ask, a), NULL);
    e->keeping.dirty = e->keeping.stored = false;
    arena_free(&a);
}

Keeping *entry_keeping(const Screen *self)
{
    return &entry_of(self)->keeping;
}

/* --- saving -------------------------------------------------------------------------------------- */
/* Saved: back, or to the next review of the walk. */
static React after_save(Screen *self, const char *said, bool skip)
{
    Loop *l = self->loop;
    Screen *desk = loop_find(l, &scr_desk);
    bool walking = entry_of(self)->ask.walking, undo;
    size_t passed = 0;
    EntryAsk next;

    if (loop_top(l) != self) return REACT_NONE; /* somebody else signed in over a question */
    loop_pop(l); /* this screen's memory stays until the key is done with; the desk has loaded */
    if (!skip) undo_here(l);
    undo = !skip && loop_top(l) && undo_offered(loop_top(l));
    if (!walking || !desk) {
        loop_status(l, STYLE_GOOD, "%s%s", said, undo ? " ^D takes it back." : "");
        return REACT_RELOAD | REACT_STATUS;
    }
    if (!desk_next(desk, &entry_of(self)->ask, skip, &next, &passed)) {
        loop_status(l, STYLE_GOOD, "%s No more of these in this tab.", said);
        return REACT_STATUS;
    }
    desk_leave(desk);
    loop_go(l, &scr_entry, &next);
    status_next(l, said, next.case_id, passed);
    if (undo) undo_here(l);
    return REACT_STATUS;
}

/* What somebody else wrote while this form was open. */
static void tell_news(Screen *self)
{
    Entry *e = entry_of(self);
    Arena *a = arena_new_secret();
    CaseView now;
    Since news;
    Str words = { 0 };
    size_t n;

    if (app_case_look(app_of(self), e->case_id, "entry", a, &now, NULL)) {
        app_case_news(app_of(self), &e->view.doc, &now, a, &news);
        for (size_t i = 0; i < news.n && words.n < sizeof e->what / 2; i++) str_addf(&words, "%s%s", i ? "; " : "New: ", news.lines[i].says);
    }
    n = words.n < sizeof e->what ? words.n : sizeof e->what - 1;
    while (n > 0 && n < words.n && ((unsigned char)words.s[n] & 0xc0) == 0x80) n--; /* no half characters */
    snprintf(e->what, sizeof e->what, "%.*s", (int)n, str_text(&words));
    str_finish(&words);
    arena_free(&a);
}

/* The store said no. The text stays in the form, whatever the reason. */
static React refused(Screen *self, const Err *err)
{
    Entry *e = entry_of(self);
    Loop *l = self->loop;

    switch (err->kind) {
    case ERR_INVALID:
        if (form_has(e->form, err->field)) {
            form_set_error(e->form, err->field, err->text);
            form_focus(e->form, err->field);
        }
        loop_status_err(l, err);
        return REACT_STATUS;
    case ERR_STALE:
        snprintf(e->news, sizeof e->news, "%.*s.", (int)strcspn(err->text, "."), err->text);
        tell_news(self);
        loop_status(l, STYLE_WARNING, "Not saved yet, and your text is kept: read what is new, then save again.");
        return REACT_RELOAD | REACT_STATUS;
    case ERR_IO:
    case ERR_CORRUPT: ask_tell(l, "Not saved", err->text); return REACT_NONE;
    case ERR_BUSY:
        loop_status(l, STYLE_WARNING, "%s Your text is kept; save again in a moment.", err->text);
        return REACT_STATUS;
    case ERR_NONE:
    case ERR_USAGE:
    case ERR_DENIED:
    case ERR_MISSING:
    case ERR_STOPPED:
    case ERR_BUG: break;
    }
    loop_status_err(l, err);
    return REACT_STATUS;
}

/* An attempt that ended in an arrest is more than an entry: the suspect's status and the event are written with it. */
static bool put_attempt(Screen *self, const Attempt *t, Err *err)
{
    return app_roundup_record(app_of(self), &entry_of(self)->view.row,
        &(RoundupTry){ .person = t->person, .result = t->result, .place = t->place, .text = t->text, .at = t->at }, err);
}

static const char *saved_words(const Screen *self, const void *item)
{
    const EntryAsk *ask = &entry_of(self)->ask;
    const Attempt *t = item;

    if (!ask->facts && ask->list == LIST_ATTEMPTS && str_eq(vocab_word(vocabs_of(self), VOCAB_ATTEMPT, t->result), "arrested"))
        return "arrest";
    return entry_words(ask);
}

/* An order, bail and a breach are acts of their own: what goes with them is said in the same one. */
static bool put_item(App *app, CaseRow *row, CaseListId list, const void *item, Arena *a, const char **warning, Err *err)
{
    const Breach *b = item;

    if (list == LIST_ORDERS) return app_order_set(app, row, item, err);
    if (list == LIST_BAIL) return app_bail_set(app, row, item, err);
    if (list == LIST_BREACHES) return app_order_breach(app, row, &(BreachAsk){ .of = b->of, .at = b->at, .text = b->text }, err);
    return app_case_add(app, row, list, item, a, warning, err);
}

/* What the outcome says although a check does not hold is saved when it is meant. */
static bool means_it(Screen *self, const char *sentence)
{
    static const char *const answers[] = { "Save so", "Go on" };
    int pick = ask_buttons(self->loop, "Satisfied, and yet not all holds", sentence, answers, ARRAY_LEN(answers), 1);

    return pick == 0 && loop_top(self->loop) == self;
}

static bool put_review(Screen *self, const Review *r, Err *err)
{
    Entry *e = entry_of(self);
    const char *typed = form_has(e->form, "instructions") ? form_value(e->form, "instructions") : "";
    Instruction *asked = NULL;
    ReviewSaid said = { .review = r, .checks = &e->review.checks, .none = app_instructions_none(typed, self->arena) };

    if (!app_instructions_read(app_of(self), typed, self->arena, &asked, &said.n_instructions, err)) return false;
    said.instructions = asked;
    if (app_review_add(app_of(self), &e->view.row, &said, self->arena, err)) return true;
    if (err->kind != ERR_INVALID || !str_eq(err->field, "despite") || !means_it(self, err->text)) return false;
    said.despite = true;
    *err = (Err){ 0 };
    return app_review_add(app_of(self), &e->view.row, &said, self->arena, err);
}

static bool put(Screen *self, void *item, const char **warning, Err *err)
{
    Entry *e = entry_of(self);
    CaseListId target;

    if (e->ask.facts) return app_facts_say(app_of(self), &e->view.row, e->ask.facts, item, err);
    if (e->ask.list == LIST_ATTEMPTS) return put_attempt(self, item, err);
    if (is_review(e)) return put_review(self, item, err);
    target = entry_target(e->form, app_of(self), &e->ask, &e->view.doc, &item, self->arena);
    return put_item(app_of(self), &e->view.row, target, item, self->arena, warning, err);
}

/* What is left unticked is said, and one key decides. */
static bool ticked_enough(Screen *self)
{
    static const char *const answers[] = { "Save so", "All hold", "Go on" };
    Entry *e = entry_of(self);
    size_t left;
    int pick;

    if (!is_review(e)) return true;
    review_read_ticks(e->form, &e->review);
    left = app_checks_count(&e->review.checks, CHECK_LEFT);
    if (!left) return true;
    pick = ask_buttons(self->loop, left == 1 ? "One check is not ticked" : "Checks that are not ticked",
        review_left_words(&e->review, self->arena), answers, ARRAY_LEN(answers), 2);
    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return false;
    if (pick == 1) review_all_hold(e->form, &e->review);
    return true;
}

static bool is_entry(const Entry *e)
{
    return !e->ask.facts && e->ask.list != LIST_COUNT;
}

/* As it stands in the store. */
static Time made_at(const Screen *self, const void *item)
{
    Time at = is_entry(entry_of(self)) ? case_item_time(entry_of(self)->ask.list, item) : TIME_NONE;

    return at == TIME_NONE ? now_of(self) : at;
}

static React save(Screen *self)
{
    Entry *e = entry_of(self);
    App *app = app_of(self);
    void *item = entry_item_new(&e->ask, self->arena);
    const char *warning = NULL;
    char said[200], clock[CIVIL_TEXT], unusual[600] = "";
    Err err = { 0 };
    bool ok;

    if (kind_chosen(self, true)) return REACT_RELOAD; /* its checks are to be seen first */
    if (!entry_read(e->form, app, &e->ask, item, self->arena, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    if (!ticked_enough(self)) return REACT_NONE;
    ok = put(self, item, &warning, &err);
    if (!ok && err.kind == ERR_BUSY) ok = put(self, item, &warning, &err);
    if (!ok) return refused(self, &err);
    drop_draft(self);
    undo_offer(self->loop, &(MadeEntry){ e->case_id, e->ask.list, made_at(self, item) }, is_entry(e) ? 1 : 0);
    snprintf(said, sizeof said, "Saved %s: %s of %s.", civil_words_clock(app_now(app), clock),
        saved_words(self, item), e->case_id);
    if (warning) snprintf(unusual, sizeof unusual, "%s It is kept as you typed it.", warning);
    if (*unusual) ask_tell(self->loop, "Saved, but unusual", unusual);
    return after_save(self, said, false);
}

static React leave(Screen *self)
{
    static const char *const answers[] = { "Keep for later", "Throw away", "Go on" };
    Entry *e = entry_of(self);
    int pick;

    if (!form_changed(e->form) && !e->keeping.stored) return REACT_POP;
    pick = ask_buttons(self->loop, "Leave this form",
        "What you typed is not saved. Kept for later, it waits for you on the desk, and comes back when you open this "
        "form again.",
        answers, ARRAY_LEN(answers), 0);
    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_NONE;
    if (pick == 1)
        drop_draft(self);
    else {
        if (!entry_put(self)) return REACT_STATUS;
        loop_status(self->loop, STYLE_GOOD, "Kept for later: D on the desk, or r on the same duty.");
    }
    return REACT_POP | REACT_STATUS;
}

static React skip(Screen *self)
{
    Entry *e = entry_of(self);

    if (form_changed(e->form) && e->keeping.dirty && !entry_put(self)) return REACT_STATUS;
    return after_save(self, e->keeping.stored ? "Kept for later." : "Left as it was.", true);
}

/* --- what changed, all of it ------------------------------------------------------------------------ */
static React show_whole(Screen *self, bool whole)
{
    entry_of(self)->whole = whole;
    return REACT_RELOAD;
}

static React all_hold(Screen *self)
{
    Entry *e = entry_of(self);
    size_t n = review_all_hold(e->form, &e->review);

    if (n) keeping_typed(&e->keeping, self->loop);
    loop_status(self->loop, STYLE_GOOD, n ? "Ticked: %zu that hold, in one go." : "Every check is ticked already.", n);
    return REACT_STATUS | REACT_REDRAW;
}

/* A contact is recorded by who may be told the number. */
static bool reaches(const Screen *self)
{
    const Entry *e = entry_of(self);

    return !e->ask.facts && e->ask.list == LIST_CONTACTS && app_may_quietly(app_of(self), PERM_CONTACT_OPEN);
}

/* --- the other verbs -------------------------------------------------------------------------------- */
static React entry_event(Screen *self, const Event *e)
{
    Entry *x = entry_of(self);

    if (e->kind == EVENT_KEY && e->key == CTRL_KEY('z') && !form_typing(x->form)) return REACT_NONE; /* meant as undo */
    if (e->kind == EVENT_KEY && e->key == CTRL_KEY('g') && reaches(self)) return case_reach_in_form(self, &x->view, x->form); /* before the form takes it */
    if (e->kind == EVENT_KEY && e->key == K_F(1) && x->f1) return REACT_UNUSED;
    x->f1 = e->kind == EVENT_KEY && e->key == K_F(1);
    form_set_now(x->form, now_of(self));
    if (e->kind == EVENT_KEY && e->key == 'i' && review_ask_officer(x->form, &x->review, self->arena)) {
        keeping_typed(&x->keeping, self->loop);
        loop_status(self->loop, STYLE_GOOD, "It does not hold, and stands among the instructions now.");
        return REACT_STATUS | REACT_REDRAW;
    }
    switch (form_event(x->form, e)) {
    case FORM_UNUSED: return REACT_UNUSED;
    case FORM_SAVE: return save(self);
    case FORM_LEAVE: return x->whole ? show_whole(self, false) : leave(self);
    case FORM_CHANGED: keeping_typed(&x->keeping, self->loop); break;
    case FORM_MOVED:
    case FORM_PICKED: break;
    }
    entry_form_follow(x->form, app_of(self), &x->view, &x->ask, x->offered, self->arena);
    if (*form_notice(x->form)) loop_status(self->loop, STYLE_WARNING, "%s", form_notice(x->form));
    return kind_chosen(self, false) ? REACT_RELOAD : REACT_REDRAW;
}

static React scroll(Entry *e, Key key)
{
    Event page = { .kind = EVENT_KEY, .key = key };
    pager_event(e->before, &page);
    return REACT_REDRAW;
}

static React entry_act(Screen *self, int action)
{
    Entry *e = entry_of(self);
    DutyName name = { .case_id = e->case_id, .duty = e->duty, .cycle = e->ask.cycle };

    switch (action) {
    case DO_SAVE: return save(self);
    case DO_LEAVE: return leave(self);
    case DO_LOOK: return ui_open_case(self->loop, e->case_id);
    case DO_SKIP: return skip(self);
    case DO_EARLIER: return scroll(e, K_PAGE_DOWN);
    case DO_LATER: return scroll(e, K_PAGE_UP);
    case DO_HOLD: return all_hold(self);
    case DO_WHOLE: return show_whole(self, !e->whole);
    case DO_REACH: return case_reach_in_form(self, &e->view, e->form);
    case DO_UNDO: return undo_take_back(self);
    default: return loop_go(self->loop, &scr_why, &name);
    }
}

static Can entry_can(const Screen *self, int action, const char **why)
{
    const Entry *e = entry_of(self);

    (void)why;
    if (action == DO_SKIP && !e->ask.walking) return CAN_HIDE;
    if (action == DO_UNDO && !undo_offered(self)) return CAN_HIDE;
    if (action == DO_WHY && !e->ask.duty) return CAN_HIDE;
    if (action == DO_REACH) return reaches(self) ? CAN : CAN_HIDE;
    if (action == DO_HOLD && e->review.checks.n == 0) return CAN_HIDE;
    return CAN;
}

/* What others do to the case meanwhile stands above the form; what is typed stays, and saving asks to read it first. */
static React entry_idle(Screen *self, int64_t ms)
{
    enum { NEWS_MS = 5000 };
    Entry *e = entry_of(self);
    int64_t clock = loop_clock_ms(self->loop);
    CaseMoved moved;
    Arena *a;
    bool new;

    if (clock - e->asked_ms < NEWS_MS) return REACT_NONE;
    e->asked_ms = clock;
    a = arena_new();
    new = app_case_moved(app_of(self), &e->view.row, a, &moved, NULL) && moved.words && moved.rev != e->told;
    if (new) {
        e->told = moved.rev;
        snprintf(e->news, sizeof e->news, "%s", moved.words);
    }
    arena_free(&a);
    return new ? REACT_REDRAW : REACT_NONE;
}

static bool entry_typing(const Screen *self)
{
    return form_typing(entry_of(self)->form);
}

/* --- draw --------------------------------------------------------------------------------------------- */
/* Which one it is, where there are several of a kind: "Tell the victim: arrest of s1, Thu 5 Nov 15:08". */
static const char *duty_words(const Screen *self, const Entry *e)
{
    for (size_t i = 0; i < e->view.n_duties; i++) {
        const Duty *d = &e->view.duties[i];
        if (strcmp(d->id, e->duty) == 0 && d->cycle == e->ask.cycle && d->says) return d->says;
    }
    return duty_title(app_of(self), e->duty);
}

static void title_words(const Screen *self, char *out, size_t size)
{
    const Entry *e = entry_of(self);

    if (e->ask.duty && is_review(e))
        snprintf(out, size, "%s", vocab_label(vocabs_of(self), VOCAB_REVIEW, vocab_code(vocabs_of(self), VOCAB_REVIEW, e->kind)));
    else if (e->ask.duty)
        snprintf(out, size, "%s%s", e->ask.list == LIST_HOLDS ? "Put aside: " : "", duty_words(self, e));
    else
        snprintf(out, size, "%s%s", e->ask.facts ? "Say: " : "New ", entry_words(&e->ask));
}

static int draw_head(const Screen *self, View v)
{
    const Entry *e = entry_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 2, -1), 0, 1);
    View text = view_part(v, 0, 1, -1, v.cols - 2);
    int row;

    case_words_draw(&pen, &e->words);
    row = pen.row < 1 ? pen.row + 1 : 2;
    if (e->asked) row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_NORMAL, e->asked);
    if (e->clock) row += view_wrapped(view_part(text, row, 0, 1, -1), 0, STYLE_MUTED, e->clock);
    if (e->news[0]) row += view_wrapped(view_part(text, row, 0, 1, -1), 0, STYLE_WARNING, e->news);
    if (e->what[0]) row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_WARNING, e->what);
    if (e->warning) row += view_wrapped(view_part(text, row, 0, 1, -1), 0, STYLE_WARNING, e->warning);
    return row;
}

static void entry_draw(Screen *self, View v)
{
    Entry *e = entry_of(self);
    bool review = e->ask.list == LIST_REVIEWS;
    int row = draw_head(self, v), before = rows_before(e, v.rows);
    char title[160];

    if (e->whole) before = v.rows - row - 5;
    view_rule_titled(v, row,
        e->since_title ? e->since_title
        : e->ask.facts ? "As it stands"
        : !review   ? "Already there"
        : e->others ? "Earlier reviews, of other kinds"
                    : "Earlier reviews");
    pager_draw(e->before, view_prose(view_part(v, row + 1, 0, before, -1)), false);
    row += 1 + before;
    title_words(self, title, sizeof title);
    view_rule_titled(v, row, title);
    form_draw(e->form, view_prose(view_part(v, row + 1, 0, -1, -1)), true);
}

static void entry_close(Screen *self)
{
    Entry *e = entry_of(self);
    form_free(&e->form);
    pager_free(&e->before);
}

const ScreenClass scr_entry = {
    .name = "entry",
    .actions = entry_actions,
    .state_size = sizeof(Entry),
    .open = entry_open,
    .load = entry_load,
    .event = entry_event,
    .can = entry_can,
    .act = entry_act,
    .idle = entry_idle,
    .typing = entry_typing,
    .draw = entry_draw,
    .close = entry_close,
};
