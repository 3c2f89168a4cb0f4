/* ui_run.c — wires the loop, the terminal and the app, and does what belongs to no single screen: the header
** line, the lock, drafts in time, the way in and the way out. */
#include "access.h"
#include "alerts.h"
#include "case_more.h"
#include "marac.h"
#include "ui/term.h"
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

enum { DO_LOCK = 1, DO_LEAVE, DO_RECORD, DO_RESTRICTED, DO_MATCHES };
enum { COVER_MS = 120000 /* a restricted case is covered after this long without a key (access.md) */ };
const Action ui_globals[] = {
    { DO_LOCK, "lock", "lock", "Lock this screen at once.", "L Ctrl-X F11", 4 },
    { DO_RECORD, "my-record", NULL, "What the log holds about you.", "", 9 },
    { DO_RESTRICTED, "restricted-looks", NULL, "Looks at restricted cases, the last seven days.", "", 9 },
    { DO_MATCHES, "restricted-matches", NULL, "People of restricted cases who turn up in other cases.", "", 9 },
    { DO_LEAVE, "quit", NULL, "End the session and leave book124.", "", 9 },
    { 0 },
};

/* --- in and out ------------------------------------------------------------------------------ */
size_t ui_drafts(App *app)
{
    Arena *a = arena_new_secret();
    DraftView *items;
    size_t n = 0;

    if (!app_draft_list(app, a, &items, &n, NULL)) n = 0;
    arena_free(&a);
    return n;
}

/* No desk: an auditor searches and reads; a keeper works with commands only. */
static void enter_elsewhere(Loop *l, const Err *why)
{
    Ui *ui = loop_context(l);

    if (app_may_quietly(ui->app, PERM_CASE_READ) && loop_push(l, &scr_search, NULL, NULL)) return;
    app_sign_out(ui->app);
    if (why->kind == ERR_DENIED)
        snprintf(ui->farewell, sizeof ui->farewell,
            "There is no desk for your role. It works with commands: book124 --help.");
    else
        snprintf(ui->farewell, sizeof ui->farewell, "%.230s", why->text);
}

void ui_enter(Loop *l, bool greet)
{
    App *app = ((Ui *)loop_context(l))->app;
    Err err = { 0 };

    if (app_session(app)->must_change && loop_push(l, &scr_password, NULL, &err)) return;

    if (!app_may_quietly(app, PERM_QUEUE_READ))
        err_set(&err, ERR_DENIED, "", "no desk"); /* not asked, so not a refusal in the log */
    if (err.kind || !loop_push(l, &scr_desk, NULL, &err)) {
        enter_elsewhere(l, &err);
        return;
    }
    if (!greet || ui_drafts(app) == 0) return;
    desk_leave(loop_top(l));
    loop_go(l, &scr_drafts, NULL);
}

/* Where the log stood, for whoever writes it down. Not in a script, whose screens are compared: the digits are others each time. */
static void farewell(Ui *ui)
{
    char clock[CIVIL_TEXT], digits[AUDIT_SHORT];
    LogHead head;

    civil_words_clock(app_now(ui->app), clock);
    if (!ui->options->script && app_log_head(ui->app, &head, NULL))
        snprintf(ui->farewell, sizeof ui->farewell, "Your session ended at %s, entry %lld of the log, %s.", clock,
            (long long)head.seq, audit_short(head.hash, digits));
    else
        snprintf(ui->farewell, sizeof ui->farewell, "Your session ended at %s.", clock);
}

bool ui_sign_out(Loop *l)
{
    Ui *ui = loop_context(l);
    Err err = { 0 };

    entry_put_drafts(l, true);
    app_sign_out(ui->app);
    farewell(ui);
    loop_clear(l);
    loop_console(l)->ops->wipe(loop_console(l));
    loop_console(l)->ops->repaint(loop_console(l));
    return loop_push(l, &scr_signin, NULL, &err);
}

void ui_lock(Loop *l)
{
    Ui *ui = loop_context(l);
    Err err = { 0 };

    if (!app_session(ui->app) || loop_find(l, &scr_lock)) return;
    undo_offer(l, NULL, 0);
    entry_put_drafts(l, true);
    app_lock(ui->app, &err); /* when the log cannot be written the screen locks all the same */
    if (!loop_push(l, &scr_lock, NULL, &err)) loop_quit(l);
    loop_console(l)->ops->wipe(loop_console(l));
    loop_console(l)->ops->repaint(loop_console(l));
}

React ui_open_case(Loop *l, const char *id)
{
    DutyName name = { .case_id = id };
    Screen *top = loop_top(l);

    if (top && top->class == &scr_desk) desk_leave(top);
    return loop_go(l, &scr_case, &name);
}

/* --- hooks ---------------------------------------------------------------------------------------- */
/* The clock is set ahead: nobody shall take what is shown for how things stand. */
static void header_ahead(View v, const StoreInfo *store, Time then)
{
    static const char *const hints[] = { "nothing can be entered · :ahead now goes back ", "nothing can be entered ",
        "look only " };
    char words[CIVIL_TEXT];
    int edge;

    view_fill(v, STYLE_MARK);
    civil_words_full(then, words);
    edge = view_textf(v, 0, 0, STYLE_MARK, " book124  %s  AHEAD: as it will be %s", store->borough, words);
    for (size_t i = 0; i < ARRAY_LEN(hints); i++) {
        if (edge + 2 + utf8_width(hints[i]) > v.cols) continue;
        view_text_right(v, 0, STYLE_MARK, hints[i]);
        return;
    }
}

/* book124 KG TRAINING   Community Safety Unit      DS Example 900007   09:12 Mon 1 Feb 2010 */
static void header(Loop *l, View v)
{
    const Ui *ui = loop_context(l);
    const StoreInfo *store = app_store(ui->app);
    const Session *s = app_session(ui->app);
    char full[CIVIL_TEXT], clock[CIVIL_TEXT], right[200];
    Time now = app_now(ui->app);
    int left, edge;

    civil_words_full(now, full);
    civil_words_clock(now, clock);
    if (strlen(full) > 6) full[strlen(full) - 6] = '\0';
    snprintf(right, sizeof right, "%s %s   %s %s ", s ? s->name : "", s ? s->warrant : "", clock, full);
    view_fill(v, STYLE_TITLE);
    if (app_ahead_at(ui->app) != TIME_NONE) {
        header_ahead(v, store, now);
        return;
    }
    left = view_textf(v, 0, 0, STYLE_TITLE, " book124  %s  %s", store->borough, store->training ? "TRAINING" : "");
    edge = v.cols - utf8_width(right);
    if (s && left + 3 + (int)strlen(unit_of_roles(s->roles)) < edge)
        view_text(v, 0, left + 2, STYLE_TITLE, unit_of_roles(s->roles));
    if (edge < left + 1) { /* the clock stays when room is short */
        snprintf(right, sizeof right, "%s  %s ", s ? s->warrant : "", clock);
        edge = v.cols - utf8_width(right);
    }
    view_text(v, 0, edge, STYLE_TITLE, right);
}

static Can can(Loop *l, int action, const char **why)
{
    const Ui *ui = loop_context(l);

    *why = "Nobody is signed in.";
    if (!app_session(ui->app)) return CAN_NOT;
    if (action == DO_RESTRICTED) return app_may_quietly(ui->app, PERM_AUDIT_RESTRICTED) ? CAN : CAN_HIDE;
    if (action == DO_MATCHES) return app_may_quietly(ui->app, PERM_MATCH_READ) ? CAN : CAN_HIDE;
    return CAN;
}

static React from_anywhere(Loop *l, const ScreenClass *class, const void *arg)
{
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, class, arg);
}

static React log_show(Loop *l, LogWhat what, const char *case_id)
{
    LogAsk ask = { what, case_id };

    return from_anywhere(l, &scr_log, &ask);
}

static React act(Loop *l, int action)
{
    if (action == DO_LOCK) {
        ui_lock(l);
        return REACT_NONE;
    }
    if (action == DO_RECORD) return log_show(l, LOG_OWN, NULL);
    if (action == DO_RESTRICTED) return log_show(l, LOG_RESTRICTED, NULL);
    if (action == DO_MATCHES) return from_anywhere(l, &scr_matches, NULL);
    entry_put_drafts(l, true);
    return REACT_QUIT;
}

typedef struct Verb { /* a line of the palette, as on the command line */
    const char *word;
    React (*run)(Loop *l, const char *rest);
} Verb;

/* log KG-7F3Q2: who looked at it; log restricted; log alone: one's own record. */
static React verb_log(Loop *l, const char *rest)
{
    if (!*rest) return log_show(l, LOG_OWN, NULL);
    return strcmp(rest, "restricted") == 0 ? log_show(l, LOG_RESTRICTED, NULL) : log_show(l, LOG_CASE, rest);
}

static React verb_search(Loop *l, const char *rest)
{
    return loop_go(l, &scr_search, *rest ? rest : NULL);
}

static React verb_queue(Loop *l, const char *rest)
{
    static const char *const tabs[TAB_COUNT] = { "overdue", "today", "week", "waiting", "all", "held" };
    Screen *desk = loop_find(l, &scr_desk);

    for (int t = 0; t < TAB_COUNT && desk; t++) {
        if (strcmp(rest, tabs[t]) != 0) continue;
        while (loop_top(l) != desk) loop_pop(l);
        desk_tab(desk, (QueueTab)t);
        return REACT_RELOAD_ALL;
    }
    loop_status(l, STYLE_WARNING, "queue takes one of overdue, today, week, waiting, all and held.");
    return REACT_STATUS;
}

static React verb_why(Loop *l, const char *rest)
{
    char id[48] = "", duty[64] = "";
    DutyName name = { .case_id = id, .duty = duty, .cycle = -1 };

    if (sscanf(rest, "%47s %63s", id, duty) == 2) return loop_go(l, &scr_why, &name);
    loop_status(l, STYLE_WARNING, "why takes a case and a duty: why KG-7F3Q2 ds-supervision");
    return REACT_STATUS;
}

static React verb_policy(Loop *l, const char *rest)
{
    return loop_go(l, &scr_policy, NULL);
}

/* ahead mon 0700: everything is shown as it will be then; ahead now: and back. */
static React verb_ahead(Loop *l, const char *rest)
{
    App *app = ((Ui *)loop_context(l))->app;
    Time t = TIME_NONE;
    Err err = { 0 };

    if (strcmp(rest, "now") != 0 && !app_ahead_typed(app, rest, &t, &err)) {
        loop_status_err(l, &err);
        return REACT_STATUS;
    }
    if (!app_ahead(app, t, &err)) {
        loop_status_err(l, &err);
        return REACT_STATUS;
    }
    if (t == TIME_NONE)
        loop_status(l, STYLE_GOOD, "The clock is back: this is how things stand now.");
    else
        loop_status(l, STYLE_WARNING,
            "As it will be then, if nothing is done before. Nothing can be entered. :ahead now goes back.");
    return REACT_RELOAD_ALL | REACT_STATUS;
}

static React verb_book(Loop *l, const char *rest)
{
    char id[48] = "", serial[64] = "";
    ReadAsk ask = { .case_id = id };

    if (sscanf(rest, "%47s %63[^\n]", id, serial) < 1) {
        loop_status(l, STYLE_WARNING, "book takes a case, and a serial where it has several: book KG-7F3Q2");
        return REACT_STATUS;
    }
    ask.serial = *serial ? serial : NULL;
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_read, &ask);
}

static React verb_register(Loop *l, const char *rest)
{
    return loop_go(l, &scr_register, *rest ? rest : NULL);
}

static React verb_qa(Loop *l, const char *rest)
{
    return loop_go(l, &scr_qa, NULL);
}

static React verb_alerts(Loop *l, const char *rest)
{
    Screen *top = loop_top(l);

    if (*rest && strcmp(rest, "budget") != 0) {
        loop_status(l, STYLE_WARNING, "alerts shows those that wait for you; alerts budget what became of them.");
        return REACT_STATUS;
    }
    if (top && top->class == &scr_desk) desk_leave(top);
    return loop_go(l, *rest ? &scr_alert_budget : &scr_alerts, NULL);
}

static React verb_glass(Loop *l, const char *rest)
{
    return access_glass(l, *rest ? rest : NULL);
}

static React verb_holders(Loop *l, const char *rest)
{
    return access_holders(l);
}

static React verb_access(Loop *l, const char *rest)
{
    if (!*rest) {
        loop_status(l, STYLE_WARNING, "access takes a restricted case: access KG-7F3Q2");
        return REACT_STATUS;
    }
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_access, rest);
}

/* risk compare KG-7F3Q2; risk assess KG-7F3Q2, with a stage and an instrument when it shall not ask. */
static React verb_risk(Loop *l, const char *rest)
{
    char what[16] = "", id[48] = "";
    RiskAsk ask = { .case_id = id };
    int n = sscanf(rest, "%15s %47s %47s %47s", what, id, ask.stage, ask.instrument);
    bool compare = strcmp(what, "compare") == 0;

    if (n < 2 || (!compare && strcmp(what, "assess") != 0)) {
        loop_status(l, STYLE_WARNING,
            "risk takes compare or assess, and a case: risk compare KG-7F3Q2, risk assess KG-7F3Q2 secondary");
        return REACT_STATUS;
    }
    if (!compare) return n == 2 ? wizard_choose(l, id) : wizard_assess(l, &ask);
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_compare, id);
}

static React verb_roundup(Loop *l, const char *rest)
{
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_roundup, strcmp(rest, "athena") == 0 ? rest : NULL);
}

static React verb_retention(Loop *l, const char *rest)
{
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_retention, NULL);
}

static React verb_dmm(Loop *l, const char *rest)
{
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_dmm, NULL);
}

static React verb_marac(Loop *l, const char *rest)
{
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, *rest ? &scr_marac_actions : &scr_marac, NULL);
}

static React verb_referral(Loop *l, const char *rest)
{
    if (!*rest) {
        loop_status(l, STYLE_WARNING, "referral takes a case: referral KG-7F3Q2");
        return REACT_STATUS;
    }
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_referrals, rest);
}

static React verb_closing(Loop *l, const char *rest)
{
    if (!*rest) {
        loop_status(l, STYLE_WARNING, "closing takes a case: closing KG-7F3Q2");
        return REACT_STATUS;
    }
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_closing, rest);
}

/* What it shows combines what the cases say: who sees other roles' queues. */
static React verb_reconcile(Loop *l, const char *rest)
{
    Err err = { 0 };

    if (!app_may_quietly(((Ui *)loop_context(l))->app, PERM_QUEUE_ALL)) {
        err_set(&err, ERR_DENIED, "", "Listings are held against the cases by %s.", role_who_may(PERM_QUEUE_ALL));
        loop_status_err(l, &err);
        return REACT_STATUS;
    }
    if (loop_top(l) && loop_top(l)->class == &scr_desk) desk_leave(loop_top(l));
    return loop_go(l, &scr_reconcile, NULL);
}

static const Verb verbs[] = {
    { "access", verb_access },
    { "alerts", verb_alerts },
    { "holders", verb_holders },
    { "break-glass", verb_glass },
    { "ahead", verb_ahead },
    { "book", verb_book },
    { "register", verb_register },
    { "qa", verb_qa },
    { "reconcile", verb_reconcile },
    { "dmm", verb_dmm },
    { "marac", verb_marac },
    { "referral", verb_referral },
    { "risk", verb_risk },
    { "retention", verb_retention },
    { "roundup", verb_roundup },
    { "case", ui_open_case },
    { "closing", verb_closing },
    { "log", verb_log },
    { "search", verb_search },
    { "policy", verb_policy },
    { "queue", verb_queue },
    { "why", verb_why },
};

static React command(Loop *l, const char *line)
{
    size_t n = strcspn(line, " ");
    const char *rest = line + n + strspn(line + n, " ");

    if (!app_session(((Ui *)loop_context(l))->app)) return REACT_UNUSED;
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (strlen(verbs[i].word) == n && strncmp(line, verbs[i].word, n) == 0) return verbs[i].run(l, rest);
    return REACT_UNUSED;
}

/* Suspended, given another password, in for twelve hours: it ends at the next key, or within a second. What was typed is kept. */
static bool ended(Loop *l)
{
    Ui *ui = loop_context(l);
    Err why = { 0 };

    if (!app_session(ui->app) || app_still_in(ui->app, &why) || why.kind != ERR_DENIED) return false;
    ui_sign_out(l);
    snprintf(ui->farewell, sizeof ui->farewell, "%.230s", why.text);
    return true;
}

static React on_key(Loop *l, const Event *e)
{
    app_tick(((Ui *)loop_context(l))->app);
    return ended(l) ? REACT_NONE : ui_withdrawn(l, true);
}

/* Another policy came into force, here or at another terminal: what is on the screens is loaded again under it. */
static React other_policy(Loop *l)
{
    Ui *ui = loop_context(l);
    Arena *a = arena_new();

    ui->policy_key = app_policy_key(ui->app);
    if (app_session(ui->app) && !loop_find(l, &scr_lock))
        loop_status(l, STYLE_WARNING, "Another policy is in force now: %s.", app_policy_words(ui->app, a));
    arena_free(&a);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

static React tick(Loop *l, int64_t idle_ms)
{
    Ui *ui = loop_context(l);
    Time before = app_now(ui->app);
    React gone;

    app_tick(ui->app);
    if (ended(l)) return REACT_REDRAW;
    if (app_policy_key(ui->app) != ui->policy_key) return other_policy(l);
    if (app_session(ui->app) && idle_ms >= ui->lock_after_ms) ui_lock(l);
    gone = ui_withdrawn(l, false);
    if (gone != REACT_UNUSED) return gone;
    ui_cover(l, idle_ms >= COVER_MS);
    if (!loop_find(l, &scr_lock)) entry_put_drafts(l, false);
    return before / MINUTE == app_now(ui->app) / MINUTE ? REACT_NONE : REACT_REDRAW;
}

static void hangup(Loop *l)
{
    entry_put_drafts(l, true);
}

static bool suspend(Loop *l)
{
    ui_lock(l);
    return true;
}

static const LoopHooks hooks = {
    .header = header,
    .can = can,
    .act = act,
    .command = command,
    .key = on_key,
    .tick = tick,
    .hangup = hangup,
    .suspend = suspend,
    .over_questions = DO_LOCK,
};

/* --- words of a script that the kit does not know --------------------------------------------------- */
/* login 900007: signed in, on the desk. On training stores only: the password is known to everybody. */
static bool script_login(Ui *ui, const char *warrant, Err *err)
{
    if (!app_sign_in(ui->app, warrant, TRAINING_PASSWORD, err)) return false;
    if (ui->loop) ui_enter(ui->loop, true);
    return true;
}

/* meanwhile KG-7F3Q2 notices to=di: somebody else makes an entry, so that what is on the screen becomes stale. */
static bool script_meanwhile(Ui *ui, const char *rest, Err *err)
{
    Arena *a = arena_new_secret();
    char *line = arena_dup(a, rest), *at = NULL, *word;
    const char *id = strtok_r(line, " ", &at), *name = strtok_r(NULL, " ", &at);
    CaseListId list = 0;
    CaseView view;
    void *item;
    bool ok = true;

    while (list < LIST_STATUS && name && strcmp(case_lists[list].name, name) != 0) list++;
    item = arena_zero(a, 1, case_lists[list].item_size);
    case_item_init(list, item);
    while (ok && (word = strtok_r(NULL, " ", &at))) {
        const CaseField *field = case_list_field(list, strtok_r(word, "=", &word));
        ok = field ? case_field_set(field, item, word, app_vocabs(ui->app), a, err)
                   : err_set(err, ERR_INVALID, "meanwhile", "There is no such field.");
    }
    ok = ok && id && app_case_look(ui->app, id, "script", a, &view, err) &&
         app_case_add(ui->app, &view.row, list, item, a, NULL, err);
    arena_free(&a);
    return ok;
}

/* approve: a detective inspector at another terminal puts in force what is proposed. Then a moment passes, because a session looks
** for another policy once a second of the real clock. */
static bool script_approve(Ui *ui, const char *rest, Err *err)
{
    App *other = app_open(&(AppOptions){ app_dir(ui->app), app_now(ui->app), "other" }, err);
    Arena *a = arena_new();
    PolicyActivated done;
    PolicyEntry *all;
    size_t n = 0;
    bool ok = other && app_sign_in(other, "900008", TRAINING_PASSWORD, err) && app_policy_list(other, a, &all, &n, err);

    ok = ok && n && app_policy_activate(other, all[0].hash, TRAINING_PASSWORD, NULL, &done, err);
    app_close(&other);
    arena_free(&a);
    usleep(1100 * 1000);
    return ok;
}

/* What the keeper of the store does meanwhile at another terminal. */
static bool script_keeper(Ui *ui, const char *warrant, const char *password, Err *err)
{
    App *other = app_open(&(AppOptions){ app_dir(ui->app), app_now(ui->app), "other" }, err);
    bool ok = other && app_sign_in(other, "900013", TRAINING_PASSWORD, err) &&
              (password ? app_officer_password(other, warrant, password, err)
                        : app_officer_suspend(other, warrant, true, err));

    app_close(&other);
    return ok;
}

/* bar 900007: suspended. */
static bool script_bar(Ui *ui, const char *rest, Err *err)
{
    return script_keeper(ui, rest, NULL, err);
}

/* reset 900007 plum tractor wednesday lamp: the rest of the line is the password. */
static bool script_reset(Ui *ui, const char *rest, Err *err)
{
    char warrant[16] = "";
    int at = 0;

    if (sscanf(rest, "%15s %n", warrant, &at) != 1 || !at)
        return err_set(err, ERR_INVALID, "reset", "reset takes a warrant number and a password.");
    return script_keeper(ui, warrant, rest + at, err);
}

/* elsewhere pts/3: another terminal of the same officer takes over all that is being typed. */
static bool script_elsewhere(Ui *ui, const char *terminal, Err *err)
{
    const Session *s = app_session(ui->app);
    Arena *a = arena_new_secret();
    Tx tx = { 0 };
    DraftView *drafts = NULL;
    size_t n = 0;
    bool ok = s && app_draft_list(ui->app, a, &drafts, &n, err) && store_begin(app_store_handle(ui->app), &tx, err);

    for (size_t i = 0; ok && i < n; i++)
        ok = store_draft_seat(&tx, s->warrant, drafts[i].about, "", "the seat of another terminal", terminal, err);
    ok = ok && store_commit(&tx, err);
    store_end(&tx);
    arena_free(&a);
    return ok;
}

/* update: the script is rewritten with what the screens say. */
static bool script_rewrite(Ui *ui, const char *rest, Err *err)
{
    ui->update = true;
    return true;
}

static bool script_word(void *of, const char *word, const char *rest, Err *err)
{
    static const struct {
        const char *word;
        bool (*run)(Ui *ui, const char *rest, Err *err);
    } words[] = { { "login", script_login }, { "meanwhile", script_meanwhile }, { "approve", script_approve }, { "elsewhere", script_elsewhere },
        { "bar", script_bar }, { "reset", script_reset },
        { "update", script_rewrite } };
    Ui *ui = of;

    if (!app_store(ui->app)->training) return err_set(err, ERR_DENIED, word, "Scripts run on training stores only.");
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(word, words[i].word) == 0) return words[i].run(ui, rest, err);
    return err_set(err, ERR_INVALID, word, "There is no word \"%s\" in a script.", word);
}

/* --- run ------------------------------------------------------------------------------------------------ */
static bool start_screens(Ui *ui, Err *err)
{
    if (!loop_push(ui->loop, &scr_signin, NULL, err)) return false;
    if (app_session(ui->app)) ui_enter(ui->loop, true);
    return true;
}

static bool run_loop(Ui *ui, Console *console, Err *err)
{
    bool ok;

    ui->policy_key = app_policy_key(ui->app);
    app_at_screens(ui->app);
    ui->loop = loop_new(console, ui, &hooks, ui_globals, NULL, err);
    if (!ui->loop) return false;
    ok = start_screens(ui, err);
    if (ok) loop_run(ui->loop);
    loop_free(&ui->loop);
    ui->left = app_session(ui->app) != NULL;
    app_sign_out(ui->app);
    return ok;
}

static int run_terminal(Ui *ui, Err *err)
{
    TermOptions options = { .ascii = ui->options->ascii, .no_colour = getenv("NO_COLOR") && *getenv("NO_COLOR") };
    Console *console;
    bool ok;

    setlocale(LC_ALL, "");
    console = term_open(&options, err);
    if (!console) return 2;
    mem_on_exhausted = term_restore_now;
    snprintf(ui->farewell, sizeof ui->farewell, "%s", term_notice(console));
    ok = run_loop(ui, console, err);
    term_close(&console);
    mem_on_exhausted = NULL;
    if (ui->left && isatty(STDERR_FILENO)) {
        farewell(ui);
        fprintf(stderr, "book124: %s\n", ui->farewell);
    }
    return ok ? 0 : 3;
}

static int run_script(Ui *ui, Err *err)
{
    Str report = { 0 };
    size_t failures = 0;
    bool ok;

    ui->script = script_open(ui->options->script, script_word, ui, err);
    if (!ui->script) return 2;
    script_update(ui->script, ui->update);
    if (ui->options->ascii) script_ascii(ui->script, true);
    ok = run_loop(ui, script_console(ui->script), err);
    if (ok) failures = script_failures(ui->script, &report);
    if (ok && ui->update) ok = script_write(ui->script, err);
    if (failures) fputs(str_text(&report), stderr);
    str_finish(&report);
    script_free(&ui->script);
    return !ok ? 3 : failures ? 1 : 0;
}

int ui_run(App *app, const UiOptions *o, Err *err)
{
    int minutes = o->idle_minutes >= 1 && o->idle_minutes <= 15 ? o->idle_minutes : 5;
    Ui ui = { .app = app, .options = o, .lock_after_ms = (int64_t)minutes * 60 * 1000 };
    int status = o->script ? run_script(&ui, err) : run_terminal(&ui, err);

    mem_free(ui.undo);
    return status;
}
