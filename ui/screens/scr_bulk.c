/* scr_bulk.c — one review for several cases: which cases, the checklist and the text typed once; then what would be written in each and what stands
** against the others; then, once it was said how many, what became of each. Three pages of one screen: what is typed stays through all of them, and is a
** draft with its cases until it is written. Nothing is written by a key that was not seen to ask. */
#include "marks.h"
#include "entry_review.h"
#include "read_typed.h"

typedef enum BulkStage { BULK_TYPE, BULK_PREVIEW, BULK_RESULT } BulkStage;
typedef struct BulkState {
    Typed typed; /* first: keeping.c and read_typed.c know it by that */
    char duty[64];
    Marks marks;
    BulkStage stage;
    Arena *a; /* of what follows; emptied at each look */
    Bulk bulk;
    ReviewPart part; /* the checks, as they are ticked */
    Pager *pager;
    size_t saved;
    bool taken_back; /* what was saved */
    bool read; /* a case was opened from here: look again */
} BulkState;

enum { DO_PREVIEW = 1, DO_WRITE, DO_HOLD, DO_OPEN, DO_OUT, DO_DOWN, DO_UP, DO_AGAIN, DO_UNDO, DO_BACK };
static const Action bulk_actions[] = {
    { DO_PREVIEW, "preview", "preview", "What would be written in each case; nothing is written yet.", "Ctrl-S F10", 0 },
    { DO_WRITE, "write", "write", "Write it in every case that is ready; asks first.", "w", 0 },
    { DO_HOLD, "all-checks-hold", "all hold", "Every check that is not ticked yet holds: your word, and kept as said in one go.", "Ctrl-R F5", 3 },
    { DO_OPEN, "open-case", "open", "Read the case; one that changed since it was marked is ready once you read it.", "Enter o", 1 },
    { DO_OUT, "leave-out", "leave out", "Take the mark from this case.", "x Delete", 2 },
    { DO_DOWN, "scroll-down", "read on", "Read on in the list of cases.", "Ctrl-F F8", 4 },
    { DO_UP, "scroll-up", NULL, "Read back in the list of cases.", "Ctrl-B F7", 9 },
    { DO_AGAIN, "again", "those left", "Once more with the cases that were not written.", "r", 1 },
    { DO_UNDO, "take-back-saved", "take back", "Take back what was written just now, in all of them; why is asked.", "Ctrl-D", 2 },
    { DO_BACK, "back", "back", "Back: to the text, or to the desk; what is typed can be kept.", "Esc F12 F3", 0 },
    { 0 },
};

static BulkState *bulk_of(const Screen *s)
{
    return s->state;
}

const char *bulk_of_about(const char *about)
{
    static const char start[] = "several bulk ";

    return strncmp(about, start, sizeof start - 1) == 0 ? about + sizeof start - 1 : NULL;
}

static size_t count(const Bulk *b, BulkStand stand)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) n += b->lines[i].stand == stand;
    return n;
}

/* --- the cases, one line each ------------------------------------------------------------------------------ */
static const char *last_words(const Screen *self, const Review *r, Arena *a)
{
    char when[CIVIL_TEXT];
    int cols = 0;
    char *text;

    if (!r) return "No review yet.";
    text = arena_dup_n(a, r->text ? r->text : "", r->text ? utf8_clip(r->text, strlen(r->text), 120, &cols) : 0);
    for (char *p = text; *p; p++)
        if (*p == '\n') *p = ' ';
    return arena_printf(a, "Last: %s, %s. %s", vocab_label(vocabs_of(self), VOCAB_REVIEW, r->kind), civil_words_short(r->at, when), text);
}

static void write_line(const Screen *self, Pager *p, const BulkLine *l)
{
    static const unsigned styles[BULK_STANDS] = { [BULK_READY] = STYLE_NORMAL, [BULK_REFUSED] = STYLE_WARNING, [BULK_SAVED] = STYLE_GOOD };
    char grade[24], when[CIVIL_TEXT];

    pager_begin(p, 1, 36);
    pager_putf(p, styles[l->stand], "%s %s", l->stand == BULK_REFUSED ? "!" : l->stand == BULK_SAVED ? SIGN_TICK : " ",
        l->stand == BULK_REFUSED && l->changed ? "changed" : bulk_stand_words[l->stand]);
    pager_to(p, 13);
    pager_put(p, STYLE_NORMAL, l->case_id);
    pager_to(p, 25);
    pager_put(p, l->grade ? grade_style(l->grade) : STYLE_MUTED, l->rev ? grade_word(vocabs_of(self), l->grade, grade) : "");
    pager_to(p, 36);
    if (*l->says) pager_put(p, STYLE_WARNING, l->says);
    if (l->stand == BULK_READY) pager_putf(p, STYLE_MUTED, "due %s", civil_words_short(l->due, when));
    if (l->stand == BULK_SAVED) pager_put(p, STYLE_MUTED, bulk_of(self)->taken_back ? "taken back: it stays, struck" : "written and signed");
    pager_end(p);
}

static void write_text(const Screen *self, Pager *p)
{
    BulkState *s = bulk_of(self);
    size_t n = count(&s->bulk, BULK_READY);

    pager_addf(p, 1, STYLE_NORMAL, "%s: %s, satisfied, signed by you:", n == 1 ? "In the one that is ready" : "In each that is ready",
        vocab_label(vocabs_of(self), VOCAB_REVIEW, vocab_code(vocabs_of(self), VOCAB_REVIEW, s->bulk.review)));
    pager_add(p, 3, STYLE_NORMAL, form_value(s->typed.form, "text"));
    if (n > 1) pager_addf(p, 3, STYLE_NORMAL, "(One text for %zu like cases.)", n);
    for (size_t i = 0; i < s->part.checks.n; i++)
        pager_add(p, 3, s->part.checks.items[i].tick == CHECK_YES || s->part.checks.items[i].tick == CHECK_NA ? STYLE_MUTED : STYLE_WARNING,
            check_line(&s->part.checks.items[i], s->a));
    pager_heading(p, "The cases");
}

static void write_page(Screen *self)
{
    BulkState *s = bulk_of(self);

    pager_clear(s->pager);
    if (s->stage == BULK_PREVIEW) write_text(self, s->pager);
    for (size_t i = 0; i < s->bulk.n; i++) {
        if (s->stage != BULK_TYPE) pager_item(s->pager, (int64_t)i + 1);
        write_line(self, s->pager, &s->bulk.lines[i]);
        if (s->stage == BULK_PREVIEW && s->bulk.lines[i].rev) pager_add(s->pager, 13, STYLE_MUTED, last_words(self, s->bulk.lines[i].last, s->a));
    }
    if (s->stage != BULK_TYPE && s->bulk.n) pager_item_end(s->pager);
    if (s->stage != BULK_TYPE && s->bulk.n && !pager_at(s->pager)) pager_go(s->pager, 1);
}

static const BulkLine *line_here(const Screen *self)
{
    const BulkState *s = bulk_of(self);
    int64_t at = pager_at(s->pager);

    return s->stage != BULK_TYPE && at > 0 && (size_t)at <= s->bulk.n ? &s->bulk.lines[at - 1] : NULL;
}

/* --- load ----------------------------------------------------------------------------------------------------- */
static bool bulk_open(Screen *self, const void *arg, Err *err)
{
    BulkState *s = bulk_of(self);
    const BulkAsk *ask = arg;

    snprintf(s->duty, sizeof s->duty, "%s", ask->duty);
    snprintf(s->typed.about, sizeof s->typed.about, "several bulk %s", s->duty);
    s->a = arena_new_secret();
    s->pager = pager_new();
    if (ask->marks) s->marks = *ask->marks;
    return true;
}

/* "text" is the name by which the list of drafts knows what a form says. */
static Form *make_form(const Screen *self)
{
    BulkState *s = bulk_of(self);
    FormField fields[REVIEW_FIELDS + 2] = {
        { .name = "text", .label = "Text", .kind = FORM_TEXT, .rows = 4, .required = true, .help = "What was looked at, in words that are true of every one of these cases." },
    };
    size_t n = 1 + review_check_fields(&s->part.checks, fields + 1, s->a);
    Form *f;

    fields[n++] = (FormField){ .name = "cases", .label = "", .kind = FORM_LINE, .limit = 6000 };
    f = form_new(fields, n, now_of(self));
    form_show(f, "cases", false); /* they go with the draft */
    s->part.instructs = false;
    review_form_ready(f, &s->part);
    return f;
}

static void keep_cases(Screen *self)
{
    BulkState *s = bulk_of(self);

    form_set(s->typed.form, "cases", marks_text(&s->marks, s->a));
}

static bool same_checks(const ReviewChecks *x, const ReviewChecks *y)
{
    bool same = x->n == y->n;

    for (size_t i = 0; i < x->n && same; i++) same = str_eq(x->items[i].name, y->items[i].name);
    return same;
}

/* What was typed goes over; a check that is not asked of all any more is asked no longer. */
static void remake_form(Screen *self)
{
    BulkState *s = bulk_of(self);
    char *text = form_save(s->typed.form);

    form_free(&s->typed.form);
    s->typed.form = make_form(self);
    form_restore(s->typed.form, text, NULL);
    crypto_wipe(text, strlen(text));
    mem_free(text);
}

static void begin(Screen *self)
{
    BulkState *s = bulk_of(self);

    s->typed.form = make_form(self);
    typed_bring_back(self);
    if (s->marks.n == 0) marks_of_text(&s->marks, s->duty, form_value(s->typed.form, "cases"));
    keep_cases(self);
}

/* Every case is looked at, and the log says so. */
static bool look(Screen *self, Err *err)
{
    BulkState *s = bulk_of(self);
    BulkMark marks[BULK_MAX];
    Arena *new = arena_new_secret();
    Bulk b;

    for (size_t i = 0; i < s->marks.n; i++) marks[i] = (BulkMark){ s->marks.of[i].case_id, s->marks.of[i].rev };
    if (!app_bulk_look(app_of(self), s->duty, marks, s->marks.n, new, &b, err)) {
        arena_free(&new);
        return false;
    }
    bool same = s->typed.form && same_checks(&s->part.checks, &b.checks);
    arena_free(&s->a);
    s->a = new;
    s->bulk = b;
    s->part.checks = b.checks;
    if (s->typed.form && !same) remake_form(self);
    if (s->typed.form) review_read_ticks(s->typed.form, &s->part);
    return true;
}

static bool bulk_load(Screen *self, Err *err)
{
    BulkState *s = bulk_of(self);

    if (s->stage == BULK_RESULT) return true;
    if (!s->typed.form) { /* a draft says which cases they are before they can be looked at */
        begin(self);
        if (!look(self, err)) return false;
        remake_form(self);
        typed_bring_back(self);
        keep_cases(self);
        form_focus(s->typed.form, "text");
    } else if (!look(self, err))
        return false;
    write_page(self);
    return true;
}

static void bulk_resumed(Screen *self)
{
    BulkState *s = bulk_of(self);
    Err err = { 0 };

    if (!s->read || s->stage == BULK_RESULT || !app_session(app_of(self)) || app_session(app_of(self))->locked) return;
    s->read = false;
    if (!look(self, &err)) loop_status_err(self->loop, &err);
    write_page(self);
}

/* --- verbs ------------------------------------------------------------------------------------------------------ */
static void stand_in(Screen *self, BulkStage stage)
{
    bulk_of(self)->stage = stage;
    write_page(self);
}

/* What would be written as the cases are now. */
static React again(Screen *self)
{
    BulkState *s = bulk_of(self);
    Err err = { 0 };

    if (!look(self, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    pager_go(s->pager, 1);
    stand_in(self, BULK_PREVIEW);
    return REACT_REDRAW;
}

static React preview(Screen *self)
{
    Err err = { 0 };

    if (form_check(bulk_of(self)->typed.form, true, &err)) return again(self);
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

static const char *confirm_words(const Screen *self, size_t n, Arena *a)
{
    const BulkState *s = bulk_of(self);
    size_t left = app_checks_count(&s->part.checks, CHECK_LEFT);
    Str ids = { 0 };
    const char *words;

    for (size_t i = 0; i < s->bulk.n; i++)
        if (s->bulk.lines[i].stand == BULK_READY) str_addf(&ids, "%s%s", ids.n ? ", " : "", s->bulk.lines[i].case_id);
    words = arena_printf(a, "One text in %zu %s, each signed by you: %s.%s", n, n == 1 ? "case" : "cases", str_text(&ids),
        left ? arena_printf(a, "\n\n%zu of the checks %s not ticked, and kept so.", left, left == 1 ? "is" : "are") : "");
    str_finish(&ids);
    return words;
}

/* What is written leaves the marks; what was refused stays marked, here and on the desk. */
static void settle(Screen *self)
{
    BulkState *s = bulk_of(self);
    MadeEntry made[BULK_MAX];
    Screen *desk = loop_find(self->loop, &scr_desk);
    size_t n = 0;

    for (size_t i = 0; i < s->bulk.n; i++) {
        if (s->bulk.lines[i].stand != BULK_SAVED) continue;
        made[n++] = (MadeEntry){ s->bulk.lines[i].case_id, LIST_REVIEWS, now_of(self) };
        marks_drop(&s->marks, s->bulk.lines[i].case_id);
    }
    s->saved = n;
    s->taken_back = false;
    undo_offer(self->loop, made, n);
    if (desk) desk_marks(desk, &s->marks);
    if (s->marks.n == 0) {
        typed_drop(self);
        form_keep(s->typed.form);
        return;
    }
    keep_cases(self);
    typed_put(self); /* the text waits with those that are left */
}

static React write_all(Screen *self)
{
    BulkState *s = bulk_of(self);
    size_t n = count(&s->bulk, BULK_READY), saved = 0;
    char title[60], yes[32];
    Err err = { 0 };
    bool ok;

    snprintf(title, sizeof title, "Write %zu %s", n, n == 1 ? "review" : "reviews");
    snprintf(yes, sizeof yes, "Write %zu", n);
    if (!ask_confirm(self->loop, title, confirm_words(self, n, s->a), yes) || loop_top(self->loop) != self) return REACT_NONE;
    s->bulk.checks = s->part.checks;
    ok = app_bulk_add(app_of(self), &s->bulk, form_value(s->typed.form, "text"), s->a, &saved, &err);
    if (!ok) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    settle(self);
    pager_go(s->pager, 1);
    stand_in(self, BULK_RESULT);
    loop_status(self->loop, saved == s->bulk.n ? STYLE_GOOD : STYLE_WARNING, "%zu of %zu written.%s%s", saved, s->bulk.n,
        saved < s->bulk.n ? " The others keep their marks." : "", saved ? " ^D takes it back." : "");
    return REACT_STATUS;
}

/* Opened is read: the revision of before it was opened is the one that was seen at the least. */
static React open_case(Screen *self)
{
    BulkState *s = bulk_of(self);
    const BulkLine *l = line_here(self);
    char id[48];
    Rev rev;

    snprintf(id, sizeof id, "%s", l->case_id);
    if (app_bulk_mark(app_of(self), id, &rev, NULL)) {
        for (size_t i = 0; i < s->marks.n; i++)
            if (str_eq(s->marks.of[i].case_id, id)) s->marks.of[i].rev = rev;
        keep_cases(self);
    }
    s->read = true;
    return ui_open_case(self->loop, id);
}

static React leave_out(Screen *self)
{
    BulkState *s = bulk_of(self);
    Screen *desk = loop_find(self->loop, &scr_desk);
    Err err = { 0 };

    marks_drop(&s->marks, line_here(self)->case_id);
    if (desk) desk_marks(desk, &s->marks);
    keep_cases(self);
    if (form_changed(s->typed.form)) keeping_typed(&s->typed.keeping, self->loop);
    if (!look(self, &err)) loop_status_err(self->loop, &err);
    if (s->marks.n == 0) stand_in(self, BULK_TYPE);
    write_page(self);
    return REACT_REDRAW;
}

static React leave(Screen *self)
{
    BulkState *s = bulk_of(self);

    if (s->stage == BULK_PREVIEW) {
        stand_in(self, BULK_TYPE);
        return REACT_REDRAW;
    }
    return typed_leave(self, "Leave this text",
        "It is not written in these cases. Kept for later, it waits with their marks: D on the desk, or B when rows are marked.",
        "Kept for later: D on the desk.");
}

static React all_hold(Screen *self)
{
    BulkState *s = bulk_of(self);
    size_t n = review_all_hold(s->typed.form, &s->part);

    if (n) keeping_typed(&s->typed.keeping, self->loop);
    loop_status(self->loop, STYLE_GOOD, n ? "Ticked: %zu that hold in every one of these cases, in one go." : "Every check is ticked already.", n);
    return REACT_STATUS | REACT_REDRAW;
}

static React scroll(Screen *self, Key key)
{
    pager_event(bulk_of(self)->pager, &(Event){ .kind = EVENT_KEY, .key = key });
    return REACT_REDRAW;
}

static React take_back(Screen *self)
{
    BulkState *s = bulk_of(self);
    React react = undo_take_back(self);

    if (loop_top(self->loop) != self) return react;
    s->taken_back = !undo_offered(self);
    write_page(self);
    return react;
}

static React bulk_event(Screen *self, const Event *e)
{
    BulkState *s = bulk_of(self);
    React react;

    if (s->stage != BULK_TYPE) return pager_event(s->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
    switch (typed_event(self, e, &react)) {
    case FORM_SAVE: return preview(self);
    case FORM_LEAVE: return leave(self);
    case FORM_UNUSED:
    case FORM_MOVED:
    case FORM_CHANGED:
    case FORM_PICKED: break;
    }
    return react;
}

static React bulk_act(Screen *self, int action)
{
    switch (action) {
    case DO_PREVIEW: return preview(self);
    case DO_WRITE: return write_all(self);
    case DO_HOLD: return all_hold(self);
    case DO_OPEN: return open_case(self);
    case DO_OUT: return leave_out(self);
    case DO_DOWN: return scroll(self, K_PAGE_DOWN);
    case DO_UP: return scroll(self, K_PAGE_UP);
    case DO_AGAIN: return again(self);
    case DO_UNDO: return take_back(self);
    default: return leave(self);
    }
}

static Can bulk_can(const Screen *self, int action, const char **why)
{
    const BulkState *s = bulk_of(self);
    bool type = s->stage == BULK_TYPE;

    switch (action) {
    case DO_PREVIEW:
        *why = "No case is left. Esc goes back to the desk.";
        return !type ? CAN_HIDE : s->marks.n ? CAN : CAN_NOT;
    case DO_HOLD: return type && s->part.checks.n ? CAN : CAN_HIDE;
    case DO_DOWN:
    case DO_UP: return type ? CAN : CAN_HIDE;
    case DO_WRITE:
        *why = "None of these cases is ready.";
        return s->stage != BULK_PREVIEW ? CAN_HIDE : count(&s->bulk, BULK_READY) ? CAN : CAN_NOT;
    case DO_OPEN: return line_here(self) ? CAN : CAN_HIDE;
    case DO_OUT: return s->stage == BULK_PREVIEW && line_here(self) ? CAN : CAN_HIDE;
    case DO_AGAIN: return s->stage == BULK_RESULT && s->marks.n ? CAN : CAN_HIDE;
    case DO_UNDO: return undo_offered(self) ? CAN : CAN_HIDE;
    default: return CAN;
    }
}

static bool bulk_typing(const Screen *self)
{
    const BulkState *s = bulk_of(self);

    return s->stage == BULK_TYPE ? form_typing(s->typed.form) : pager_typing(s->pager);
}

/* --- draw ------------------------------------------------------------------------------------------------------- */
static void draw_head(const Screen *self, View v)
{
    const BulkState *s = bulk_of(self);
    Pen title = pen_at(view_part(v, 0, 0, 1, -1), 0, 1), sums = pen_at(view_part(v, 1, 0, 1, -1), 0, 1);
    size_t ready = count(&s->bulk, BULK_READY), refused = count(&s->bulk, BULK_REFUSED);

    pen_piece(&title, STYLE_HEADING, duty_title(app_of(self), s->duty));
    pen_piece(&title, STYLE_MUTED, duty_cite(app_of(self), s->duty));
    pen_piece(&sums, STYLE_NORMAL, arena_printf(self->arena, "%zu marked", s->bulk.n));
    if (s->stage == BULK_RESULT) pen_piece(&sums, STYLE_GOOD, arena_printf(self->arena, "%zu written", s->saved));
    if (s->stage != BULK_RESULT) pen_piece(&sums, STYLE_NORMAL, arena_printf(self->arena, "%zu ready", ready));
    if (refused) pen_piece(&sums, STYLE_WARNING, arena_printf(self->arena, "! %zu refused", refused));
}

static void bulk_draw(Screen *self, View v)
{
    static const char *const titles[] = { "The cases", "What would be written", "What became of each" };
    BulkState *s = bulk_of(self);
    int most = v.rows >= 34 ? v.rows / 3 : v.rows >= 20 ? 5 : 3, rows = (int)s->bulk.n < most ? (int)s->bulk.n : most;

    draw_head(self, v);
    view_rule_titled(v, 2, titles[s->stage]);
    if (s->stage != BULK_TYPE) {
        pager_draw(s->pager, view_part(v, 3, 0, -1, -1), true);
        return;
    }
    if (rows < 1) rows = 1;
    pager_draw(s->pager, view_part(v, 3, 0, rows, -1), false);
    view_rule_titled(v, 3 + rows, "One text for all of them");
    form_draw(s->typed.form, view_prose(view_part(v, 4 + rows, 0, -1, -1)), true);
}

static void bulk_close(Screen *self)
{
    BulkState *s = bulk_of(self);

    form_free(&s->typed.form);
    pager_free(&s->pager);
    arena_free(&s->a);
}

const ScreenClass scr_bulk = {
    .name = "bulk",
    .actions = bulk_actions,
    .state_size = sizeof(BulkState),
    .open = bulk_open,
    .load = bulk_load,
    .event = bulk_event,
    .can = bulk_can,
    .act = bulk_act,
    .typing = bulk_typing,
    .draw = bulk_draw,
    .resumed = bulk_resumed,
    .close = bulk_close,
};
