/* scr_reconcile.c — listings of CRIS and Merlin held against the cases (BD 1.13, 1.14): a file of the folder for papers by its name, or pasted lines.
** First the form, then what came of it: the rate, what does not agree, the named exceptions. Enter goes to the case of a line. What was pasted stays in
** the form until the screen is left, and nowhere else. */
#include "screens.h"

#include "app/reconcile.h"

#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

typedef struct Against {
    Form *form;
    Pager *pager;
    Reconciled found;
    Arena *kept; /* of what was found */
    bool shown, skip_bad;
} Against;

enum { DO_COMPARE = 1, DO_SKIP, DO_OPEN, DO_FORM, DO_BACK };
static const Action reconcile_actions[] = {
    { DO_COMPARE, "compare", "compare", "Hold the listings against the cases.", "Ctrl-S F10", 0 },
    { DO_SKIP, "skip-bad", "good rows", "Go on with the good rows; those that cannot be used are listed.", "Ctrl-G", 1 },
    { DO_OPEN, "open-case", "open", "Open the case of this line.", "Enter", 0 },
    { DO_FORM, "other-listing", "listings", "Back to the listings.", "l", 1 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc F3 F12", 0 },
    { 0 },
};

static Against *against_of(const Screen *s)
{
    return s->state;
}

/* --- the form ------------------------------------------------------------------------------------------- */
static bool against_open(Screen *self, const void *arg, Err *err)
{
    static const char help[] = "The name of a file in the folder where book124 was started, or the lines themselves, pasted. CSV with a header "
                               "(number, or cris or merlin; cad), or the text of a screen: the numbers in it are found by their shape.";
    char first[CIVIL_TEXT], last[CIVIL_TEXT];
    int year, month, day;
    Against *x = against_of(self);

    (void)arg, (void)err;
    civil_of_date(civil_local_date(now_of(self)), &year, &month, &day);
    civil_format_date(civil_date(year, month, 1), first);
    civil_format_date(civil_local_date(now_of(self)), last);
    const FormField fields[] = {
        { .name = "cris", .label = "CRIS", .kind = FORM_TEXT, .rows = 3, .help = help },
        { .name = "merlin", .label = "Merlin", .kind = FORM_TEXT, .rows = 3, .help = help },
        { .name = "from", .label = "Period from", .kind = FORM_DATE, .value = first, .help = "Of the CAD-to-CRIS rate and of what is not listed. Empty: neither is looked for." },
        { .name = "to", .label = "to", .kind = FORM_DATE, .value = last, .help = "Its last day." },
    };
    x->form = form_new(fields, ARRAY_LEN(fields), now_of(self));
    x->pager = pager_new();
    x->kept = arena_new_secret();
    return true;
}

/* One word that could be a file is one; what has lines or columns is the listing itself. */
static bool listing_open(const char *name, const char *typed, FILE **out, const char **says, Err *err)
{
    const char *folder = getenv("BOOK124_PRINT_DIR");
    char path[4096];

    *out = NULL;
    *says = "what was pasted";
    if (!*typed) return true;
    if (strpbrk(typed, "\n,;\t ")) {
        *out = fmemopen((void *)(uintptr_t)typed, strlen(typed), "r");
        return *out || err_set(err, ERR_IO, name, "What was pasted cannot be read.");
    }
    if (strchr(typed, '/') || *typed == '.') return err_set(err, ERR_INVALID, name, "A name only, of a file in the folder for papers; or paste its lines here.");
    *says = typed;
    snprintf(path, sizeof path, "%s/%.255s", folder && *folder ? folder : ".", typed);
    *out = fopen(path, "re");
    return *out || err_set(err, ERR_IO, name, "%.80s cannot be read: %s. Paste its lines instead.", typed, strerror(errno));
}

static bool read_period(Form *f, ReconcileAsk *ask, Err *err)
{
    Date from, to;

    ask->from = ask->to = TIME_NONE;
    if (!*form_value(f, "from") && !*form_value(f, "to")) return true;
    if (!civil_parse_date(form_value(f, "from"), &from, err) || !civil_parse_date(form_value(f, "to"), &to, err)) return false;
    ask->from = civil_day_start(from);
    ask->to = civil_day_end(to);
    return true;
}

static bool hold(Screen *self, Err *err)
{
    Against *x = against_of(self);
    ReconcileAsk ask = { .skip_bad = x->skip_bad };
    const char *cris = arena_dup(self->arena, form_value(x->form, "cris")), *merlin = arena_dup(self->arena, form_value(x->form, "merlin"));
    bool ok;

    arena_reset(x->kept);
    ok = form_check(x->form, true, err) && read_period(x->form, &ask, err) && listing_open("cris", cris, &ask.cris, &ask.cris_name, err) &&
         listing_open("merlin", merlin, &ask.merlin, &ask.merlin_name, err) && app_reconcile(app_of(self), &ask, x->kept, &x->found, err);
    if (ask.cris) fclose(ask.cris);
    if (ask.merlin) fclose(ask.merlin);
    return ok;
}

/* --- what came of it --------------------------------------------------------------------------------------- */
static void write_kind(Against *x, bool finding)
{
    for (size_t i = 0; i < x->found.n; i++) {
        const Unreconciled *u = &x->found.items[i];
        if (reconcile_is_finding(u->kind) != finding) continue;
        pager_item(x->pager, (int64_t)i + 1);
        pager_addf(x->pager, 1, finding ? STYLE_WARNING : STYLE_NORMAL, "%s%s%s%s", finding ? "! " : "  ", u->case_id, *u->case_id ? ": " : "", u->says);
    }
    pager_item_end(x->pager);
}

static size_t count_kind(const Against *x, bool finding)
{
    size_t n = 0;

    for (size_t i = 0; i < x->found.n; i++) n += reconcile_is_finding(x->found.items[i].kind) == finding;
    return n;
}

static void write_found(Screen *self)
{
    Against *x = against_of(self);

    pager_clear(x->pager);
    if (x->found.rate.messages) pager_add(x->pager, 0, STYLE_HEADING, reconcile_rate_words(&x->found.rate, self->arena));
    pager_addf(x->pager, 0, STYLE_MUTED, "%lld record%s read.", (long long)x->found.read, x->found.read == 1 ? "" : "s");
    pager_heading(x->pager, count_kind(x, true) ? "What does not agree" : "Everything agrees");
    write_kind(x, true);
    if (count_kind(x, false)) pager_heading(x->pager, "Named exceptions");
    write_kind(x, false);
    if (x->found.n) pager_go(x->pager, 1);
}

static const Unreconciled *line_here(const Screen *self)
{
    const Against *x = against_of(self);
    int64_t at = x->shown ? pager_at(x->pager) : 0;

    return at > 0 && (size_t)at <= x->found.n ? &x->found.items[at - 1] : NULL;
}

static bool against_load(Screen *self, Err *err)
{
    (void)err;
    if (against_of(self)->shown) write_found(self);
    return true;
}

/* --- verbs ---------------------------------------------------------------------------------------------------- */
static React compare(Screen *self, bool skip_bad)
{
    Against *x = against_of(self);
    Err err = { 0 };

    x->skip_bad = skip_bad;
    x->shown = hold(self, &err);
    if (x->shown) return REACT_RELOAD;
    if (form_has(x->form, err.field)) {
        form_set_error(x->form, err.field, err.text);
        form_focus(x->form, err.field);
    }
    if (str_eq(err.field, "row"))
        loop_status(self->loop, STYLE_ERROR, "%s Ctrl-G does that.", err.text);
    else
        loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

static React against_event(Screen *self, const Event *e)
{
    Against *x = against_of(self);

    if (x->shown) return pager_event(x->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
    if (e->kind == EVENT_KEY && e->key == CTRL_KEY('g')) return compare(self, true); /* before the form takes it */
    switch (form_event(x->form, e)) {
    case FORM_UNUSED: return REACT_UNUSED;
    case FORM_SAVE: return compare(self, false);
    case FORM_LEAVE:
        if (form_changed(x->form) && !ask_confirm(self->loop, "Leave", "What was pasted here is kept nowhere.", "Leave")) return REACT_NONE;
        return loop_top(self->loop) == self ? REACT_POP : REACT_NONE;
    default: return REACT_REDRAW;
    }
}

static React against_act(Screen *self, int action)
{
    Against *x = against_of(self);

    switch (action) {
    case DO_COMPARE: return compare(self, false);
    case DO_SKIP: return compare(self, true);
    case DO_OPEN: return ui_open_case(self->loop, line_here(self)->case_id);
    case DO_FORM: x->shown = false; return REACT_RELOAD;
    default: return REACT_POP;
    }
}

static Can against_can(const Screen *self, int action, const char **why)
{
    const Against *x = against_of(self);
    const Unreconciled *u = line_here(self);

    *why = "No case has this number.";
    switch (action) {
    case DO_COMPARE:
    case DO_SKIP: return x->shown ? CAN_HIDE : CAN;
    case DO_OPEN: return !x->shown ? CAN_HIDE : u && *u->case_id ? CAN : CAN_NOT;
    case DO_FORM: return x->shown ? CAN : CAN_HIDE;
    default: return CAN;
    }
}

static bool against_typing(const Screen *self)
{
    const Against *x = against_of(self);

    return x->shown ? pager_typing(x->pager) : form_typing(x->form);
}

static void against_draw(Screen *self, View v)
{
    Against *x = against_of(self);

    view_text(v, 0, 1, STYLE_HEADING, "CRIS and Merlin held against the cases");
    view_rule(v, 1);
    if (x->shown)
        pager_draw(x->pager, view_prose(view_part(v, 2, 0, -1, -1)), true);
    else
        form_draw(x->form, view_prose(view_part(v, 2, 0, -1, -1)), true);
}

static void against_close(Screen *self)
{
    Against *x = against_of(self);

    form_free(&x->form);
    pager_free(&x->pager);
    arena_free(&x->kept);
}

const ScreenClass scr_reconcile = {
    .name = "reconcile",
    .actions = reconcile_actions,
    .state_size = sizeof(Against),
    .open = against_open,
    .load = against_load,
    .event = against_event,
    .can = against_can,
    .act = against_act,
    .typing = against_typing,
    .draw = against_draw,
    .close = against_close,
};
