/* scr_case.c — one case. The lines at the top never scroll: grade, restriction, suspect, children, what is
** overdue. Below them the page that case_page.c writes. Opening it is a look at the case, and so is each
** time it is read again; both are in the log before anything is drawn. */
#include "caseload.h"
#include "access.h"
#include "alerts.h"
#include "marac.h"
#include "case_more.h"

enum { WIDE = 118, INDEX = 26, HEAD_ROWS = 4, NEWS_MS = 5000 };

typedef struct CaseState {
    char id[48], duty[64]; /* `duty`: where to stand at first */
    int cycle;
    bool placed;
    CaseView view;
    CaseWords words;
    CasePage page;
    Pager *pager;
    int64_t asked_ms; /* whether somebody changed it */
    Rev told;         /* up to which change that was said */
} CaseState;

enum {
    DO_BACK = 1,
    DO_WHY,
    DO_DUTY,
    DO_BOOK,
    DO_ADD,
    DO_SECTION,
    DO_REFRESH,
    DO_LOOKS,
    DO_READ,
    DO_ANSWER,
    DO_ASSESS,
    DO_COMPARE,
    DO_REFER,
    DO_ACCESS,
    DO_JUMP /* + section */,
    DO_ALERTS = DO_JUMP + 14,
    DO_TASKS,
    DO_ORDERS,
    DO_WAYS,
    DO_PLAN = 60,
    DO_APPROVE,
    DO_MENU, /* of orders and bail */
    DO_BREACH,
    DO_REACH,
    DO_COUNTER,
    DO_STAFF,
    DO_TAKE_BACK,
    DO_UNDO,
    DO_CLOSING,
    DO_ASSIGN,
    DO_PUT_AWAY
};

static const Action case_actions[] = {
    { DO_WHY, "why", "why", "Why is this asked, and what would clear it.", "w Enter", 1 },
    { DO_DUTY, "do-duty", "review", "Write the review or entry that fulfils it; tick off a task.", "r", 1 },
    { DO_ASSIGN, "give-case", NULL, "Give the case to an investigating officer; take it, when it is nobody's.", "i", 8 },
    { DO_BOOK, "write-book", "write book", "Write the book 124D of this case, or put right what came back.", "B", 3 },
    { DO_ADD, "add-entry", "add", "Add a contact, a reference, an event …", "a", 2 },
    { DO_TAKE_BACK, "take-back", NULL, "Take back an entry that was made by mistake: it stays, struck, and does not count.", "U", 9 },
    { DO_UNDO, "take-back-saved", "take back", "Take back what was saved just now; why is asked.", "Ctrl-D", 1 },
    { DO_READ, "read-book", "book", "Read the book 124D; sign or return it.", "b", 3 },
    { DO_ASSESS, "assess-risk", NULL, "Assess the risk: a stage, then factor by factor.", "R", 9 },
    { DO_COMPARE, "risk-compare", NULL, "The risk assessments side by side.", "K", 9 },
    { DO_REFER, "refer", NULL, "Its referrals: offer, send, and what the agencies said.", "f", 9 },
    { DO_ACCESS, "restrict", NULL, "Restrict the case; of a restricted one, its list.", "V", 9 },
    { DO_SECTION, "section", "section", "Go to a section; [ and ] to its neighbours.", "s F4", 3 },
    { DO_JUMP + 0, "duties", NULL, "Go to the duties.", "1", 9 },
    { DO_JUMP + 1, "summary", NULL, "Go to the summary.", "2", 9 },
    { DO_JUMP + 2, "people", NULL, "Go to the people.", "3", 9 },
    { DO_JUMP + 3, "offences", NULL, "Go to offences and flags.", "4", 9 },
    { DO_JUMP + 4, "references", NULL, "Go to references and cross references.", "5", 9 },
    { DO_JUMP + 5, "book", NULL, "Go to the book 124D.", "6", 9 },
    { DO_JUMP + 6, "risk", NULL, "Go to the risk assessments.", "7", 9 },
    { DO_JUMP + 7, "reviews", NULL, "Go to the reviews.", "8", 9 },
    { DO_JUMP + 8, "referrals", NULL, "Go to the referrals.", "9", 9 },
    { DO_JUMP + 9, "contacts", NULL, "Go to the contacts.", "c", 9 },
    { DO_JUMP + 10, "events", NULL, "Go to the events.", "e", 9 },
    { DO_JUMP + 11, "owners", NULL, "Go to the owners.", "u", 9 },
    { DO_JUMP + 12, "notices", NULL, "Go to the notices.", "t", 9 },
    { DO_JUMP + 13, "timeline", NULL, "Go to the timeline.", "0", 9 },
    { DO_ORDERS, "orders", NULL, "Go to orders and bail, of this case and of others of these people.", "O", 9 },
    { DO_WAYS, "safe-contact", NULL, "Go to safe contact.", "H", 9 },
    { DO_MENU, "order-menu", NULL, "An order or bail: served, considered, longer, ended; or a new one.", "o", 9 },
    { DO_BREACH, "breach", "broken", "An order or bail was broken: now, with its offence.", "X", 3 },
    { DO_REACH, "reach", "reach", "Tell a number or an address, for a purpose that the log keeps.", "T", 6 },
    { DO_COUNTER, "counter-allegation", NULL, "The other allegation becomes a case of its own.", "C", 9 },
    { DO_STAFF, "police-staff", NULL, "Police staff as victim or suspect: what is to be done, step by step.", "S", 9 },
    { DO_CLOSING, "closing", NULL, "What is missing before the case is closed; close it, or open it again.", "Z", 9 },
    { DO_PUT_AWAY, "put-away", "put away", "Put its CAD away.", "z", 2 },
    { DO_ALERTS, "alerts", NULL, "Go to the alerts and the gates that are shut.", "A", 9 },
    { DO_TASKS, "tasks", NULL, "Go to the plan and the tasks.", "p", 9 },
    { DO_PLAN, "add-task", NULL, "Add a line to the risk plan, or another task.", "P", 9 },
    { DO_APPROVE, "approve-risk", "approve", "Approve that this risk is accepted.", "v", 2 },
    { DO_ANSWER, "answer-alert", "answer", "Say that the alert was acted on, or why it is dismissed.", "x", 2 },
    { DO_LOOKS, "who-looked", NULL, "Who looked at this case.", "", 9 },
    { DO_REFRESH, "refresh", NULL, "Read the case again.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};
static const char jump_keys[] = "123456789ceut0ApOH";

static CaseState *case_of(const Screen *s)
{
    return s->state;
}

static bool case_open(Screen *self, const void *arg, Err *err)
{
    CaseState *c = case_of(self);
    const DutyName *name = arg;

    snprintf(c->id, sizeof c->id, "%s", name->case_id);
    snprintf(c->duty, sizeof c->duty, "%s", name->duty ? name->duty : "");
    c->cycle = name->cycle;
    c->pager = pager_new();
    return true;
}

/* On the duty one came from, or else on the most urgent one. */
static void stand_on_duty(Screen *self)
{
    static const DutyState urgent[] = { DUTY_OVERDUE, DUTY_OPEN, DUTY_WAITING };
    CaseState *c = case_of(self);
    size_t best = c->view.n_duties;

    for (size_t i = 0; i < c->view.n_duties; i++)
        if (strcmp(c->view.duties[i].id, c->duty) == 0 && c->view.duties[i].cycle == c->cycle) best = i;
    for (size_t s = 0; s < ARRAY_LEN(urgent); s++)
        for (size_t i = 0; best == c->view.n_duties && i < c->view.n_duties; i++)
            if (duty_state(&c->view.duties[i], now_of(self)) == urgent[s]) best = i;
    if (best < c->view.n_duties) pager_go(c->pager, PAGE_DUTY + (int64_t)best);
    c->placed = true;
}

static bool case_load(Screen *self, Err *err)
{
    CaseState *c = case_of(self);

    if (!app_case_look(app_of(self), c->id, "case.open", self->arena, &c->view, err)) return false;
    case_words(app_of(self), &c->view, self->arena, &c->words);
    if (!app_alert_of_case(app_of(self), &c->view, self->arena, &c->page.alerts, err)) return false;
    if (!app_case_gates(app_of(self), &c->view, NULL, self->arena, &c->page.gates, &c->page.n_gates, err)) return false;
    if (!app_marac_grounds(app_of(self), &c->view, self->arena, &c->page.marac, err)) return false;
    if (!app_orders_of_case(app_of(self), &c->view, self->arena, &c->page.orders, &c->page.n_orders, err)) return false;
    case_words_orders(&c->words, c->page.orders, c->page.n_orders, self->arena);
    c->page.n_ways = app_safe_ways(app_of(self), &c->view, self->arena, &c->page.ways);
    case_page_write(c->pager, app_of(self), &c->view, self->arena, &c->page);
    if (!c->placed) stand_on_duty(self);
    c->told = c->view.row.rev;
    return true;
}

/* What others do is announced, once each; the page stays as it is until it is asked for. */
static React case_idle(Screen *self, int64_t ms)
{
    CaseState *c = case_of(self);
    int64_t clock = loop_clock_ms(self->loop);

    if (clock - c->asked_ms < NEWS_MS) return REACT_NONE;
    c->asked_ms = clock;
    return case_news_status(self, &c->view.row, &c->told);
}

static const Duty *duty_here(const Screen *self)
{
    const CaseState *c = case_of(self);
    int64_t item = pager_at(c->pager) - PAGE_DUTY;

    return item >= 0 && (size_t)item < c->view.n_duties ? &c->view.duties[item] : NULL;
}

static const Task *task_here(const Screen *self)
{
    const CaseState *c = case_of(self);
    int64_t item = pager_at(c->pager) - PAGE_TASK;

    return item >= 0 && (size_t)item < c->view.doc.n_tasks ? &c->view.doc.tasks[item] : NULL;
}

static const CaseAlertView *alert_here(const Screen *self)
{
    const CaseState *c = case_of(self);
    int64_t item = pager_at(c->pager) - PAGE_ALERT;

    return item >= 0 && (size_t)item < c->page.alerts.n ? &c->page.alerts.items[item] : NULL;
}

/* What `why` is asked of: the duty, alert or gate one stands on; NULL. */
static const char *rule_here(const Screen *self)
{
    const CaseState *c = case_of(self);
    int64_t gate = pager_at(c->pager) - PAGE_GATE;

    if (duty_here(self)) return duty_here(self)->id;
    if (alert_here(self)) return alert_here(self)->fired->alert->id;
    return gate >= 0 && (size_t)gate < c->page.n_gates ? c->page.gates[gate].gate->id : NULL;
}

static React answer(Screen *self)
{
    const CaseAlertView *x = alert_here(self);
    AlertName name = { case_of(self)->id, x->fired->alert->id, x->fired->basis };

    return alert_answer(self->loop, &name) ? REACT_RELOAD_ALL : REACT_RELOAD;
}

static React case_event(Screen *self, const Event *e)
{
    CaseState *c = case_of(self);
    return pager_event(c->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* Not while the clock is set ahead. */
static bool may_enter(Screen *self)
{
    Err err = { 0 };

    if (app_may_enter(app_of(self), &err)) return true;
    loop_status_err(self->loop, &err);
    return false;
}

static React do_duty(Screen *self)
{
    const Duty *d = duty_here(self);

    if (task_here(self)) return tick_task(self->loop, case_of(self)->id, task_here(self)->key);
    if (app_rule(app_of(self), d->id) && app_rule(app_of(self), d->id)->list == LIST_ORDERS) /* said of the order itself */
        return may_enter(self) ? case_orders_menu(self, &case_of(self)->view, &case_of(self)->page) : REACT_STATUS;
    return duty_do(self->loop, &(DutyName){ .case_id = case_of(self)->id, .duty = d->id, .cycle = d->cycle }, NULL);
}

/* The only book of the case, else which. */
static React read_book(Screen *self)
{
    const CaseDoc *doc = &case_of(self)->view.doc;
    ReadAsk ask = { .case_id = case_of(self)->id };
    AskItem items[32] = { { 0 } };
    size_t n = 0;
    int pick = 0;

    for (size_t i = doc->n_books; i > 0 && n < ARRAY_LEN(items); i--) {
        const Book *b = &doc->books[i - 1];
        BookStand stand;
        if (b != case_book(doc, b->serial) || !book_stand(doc, vocabs_of(self), b->serial, &stand)) continue;
        items[n++] = (AskItem){ .text = b->serial, .right = book_state_label(stand.state) };
    }
    if (n > 1) pick = ask_choice(self->loop, "Which book", items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    ask.serial = items[pick].text;
    return loop_go(self->loop, &scr_read, &ask);
}

/* The one that stands first: the open one that is due first. */
static int64_t first_task(Screen *self)
{
    const CaseDoc *doc = &case_of(self)->view.doc;
    const Task **order;

    app_tasks_in_order(doc, self->arena, &order);
    return order[0] - doc->tasks;
}

static React choose_section(Screen *self)
{
    CaseState *c = case_of(self);
    AskItem items[24];
    char counts[24][24];
    int pick;

    for (size_t i = 0; i < c->page.n; i++) {
        counts[i][0] = '\0';
        if (c->page.count[i]) snprintf(counts[i], sizeof counts[i], "%zu", c->page.count[i]);
        items[i] = (AskItem){ .text = c->page.title[i], .right = counts[i] };
    }
    pick = ask_choice(self->loop, "Go to", items, c->page.n, 0);
    if (pick >= 0) pager_go_heading(c->pager, (size_t)pick);
    return REACT_REDRAW;
}

static React add_task(Screen *self)
{
    EntryAsk ask = { .case_id = case_of(self)->id, .list = LIST_TASKS };
    Err err = { 0 };

    if (app_may_enter(app_of(self), &err)) return loop_go(self->loop, &scr_entry, &ask);
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

static React case_act(Screen *self, int action)
{
    CaseState *c = case_of(self);
    const Duty *d = duty_here(self);
    DutyName name = { .case_id = c->id, .duty = rule_here(self), .cycle = d ? d->cycle : 0 };

    switch (action) {
    case DO_ASSIGN: return assign_ask(self->loop, c->id);
    case DO_WHY: return loop_go(self->loop, &scr_why, &name);
    case DO_DUTY: return do_duty(self);
    case DO_BOOK: return book_write(self->loop, &(BookAsk){ .case_id = c->id });
    case DO_ANSWER: return answer(self);
    case DO_ADD: return entry_menu(self, c->id);
    case DO_PLAN: return add_task(self);
    case DO_APPROVE: return task_approve(self->loop, c->id, task_here(self)->key);
    case DO_READ: return read_book(self);
    case DO_ASSESS: return wizard_choose(self->loop, c->id);
    case DO_COMPARE: return loop_go(self->loop, &scr_compare, c->id);
    case DO_REFER: return loop_go(self->loop, &scr_referrals, c->id);
    case DO_ACCESS:
        if (c->view.row.restricted) return loop_go(self->loop, &scr_access, c->id);
        return access_restrict(self->loop, c->id) ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
    case DO_SECTION: return choose_section(self);
    case DO_MENU: return may_enter(self) ? case_orders_menu(self, &c->view, &c->page) : REACT_STATUS;
    case DO_BREACH: return may_enter(self) ? case_breach(self, &c->view, &c->page) : REACT_STATUS;
    case DO_REACH: return case_reach(self, &c->view, &c->page);
    case DO_COUNTER: return may_enter(self) ? case_counter(self, &c->view) : REACT_STATUS;
    case DO_TAKE_BACK: return may_enter(self) ? case_take_back(self, &c->view) : REACT_STATUS;
    case DO_STAFF: return may_enter(self) ? case_staff(self, &c->view) : REACT_STATUS;
    case DO_UNDO: return undo_take_back(self);
    case DO_CLOSING: return loop_go(self->loop, &scr_closing, c->id);
    case DO_PUT_AWAY: return put_away(self, c->id);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    case DO_LOOKS: return loop_go(self->loop, &scr_log, &(LogAsk){ LOG_CASE, c->id });
    case DO_BACK: return REACT_POP;
    default:
        pager_go_heading(c->pager, (size_t)(action - DO_JUMP));
        if (action == DO_TASKS && c->view.doc.n_tasks) pager_go(c->pager, PAGE_TASK + first_task(self));
        if (action == DO_ALERTS && c->page.alerts.n) pager_go(c->pager, PAGE_ALERT);
        return REACT_REDRAW;
    }
}

/* There is no book yet, or the newest came back to whoever is at the keyboard. */
static bool waits_for_writer(const Screen *self)
{
    const Session *s = app_session(app_of(self));
    BookStand stand;

    if (!s || !app_may_quietly(app_of(self), PERM_ADD_BOOK)) return false;
    if (!book_stand(&case_of(self)->view.doc, vocabs_of(self), NULL, &stand)) return true;
    return stand.state == BOOK_RETURNED && str_eq(stand.latest->by, s->warrant);
}

/* What is never there for this officer is hidden; what is not there now is said. */
static Can can_more(const Screen *self, int action, const char **why)
{
    const CaseState *c = case_of(self);
    const App *app = app_of(self);

    switch (action) {
    case DO_MENU: return app_may_quietly(app, PERM_ADD_ORDER) ? CAN : CAN_HIDE;
    case DO_BREACH: return app_may_quietly(app, PERM_ADD_BREACH) && case_has_bond(&c->page) ? CAN : CAN_HIDE;
    case DO_COUNTER:
        return app_may_quietly(app, PERM_ADD_LINK) && app_may_quietly(app, PERM_ADD_PERSON) ? CAN : CAN_HIDE;
    case DO_STAFF: return app_may_quietly(app, PERM_ADD_NOTICE) ? CAN : CAN_HIDE;
    default: break;
    }
    if (!app_may_quietly(app, PERM_CONTACT_OPEN)) return CAN_HIDE;
    *why = "Nobody said how the victim can be reached: a, then safe contact.";
    return c->page.n_ways ? CAN : CAN_NOT;
}

static Can case_can(const Screen *self, int action, const char **why)
{
    if (action == DO_UNDO) return undo_offered(self) ? CAN : CAN_HIDE;
    if (action == DO_ASSIGN) return assign_is_offered(app_of(self)) ? CAN : CAN_HIDE;
    if (action == DO_BOOK) return waits_for_writer(self) ? CAN : CAN_HIDE;
    if (action == DO_ACCESS)
        return case_of(self)->view.row.restricted || app_may_quietly(app_of(self), PERM_CASE_RESTRICT) ? CAN : CAN_HIDE;
    if (action == DO_ASSESS) return app_may_quietly(app_of(self), PERM_ADD_ASSESSMENT) ? CAN : CAN_HIDE;
    if (action >= DO_MENU && action <= DO_STAFF) return can_more(self, action, why);
    *why = "The risk is not yet assessed.";
    if (action == DO_COMPARE) return case_of(self)->view.doc.n_assessments ? CAN : CAN_NOT;
    *why = "There is no book 124D in this case.";
    if (action == DO_READ) return case_of(self)->view.doc.n_books ? CAN : CAN_NOT;
    if (action == DO_PLAN) {
        *why = "A task is set by whoever plans.";
        return app_may_add(app_of(self), LIST_TASKS, NULL) ? CAN : CAN_HIDE;
    }
    if (action == DO_APPROVE) return task_here(self) && app_may_task_approve(app_of(self), task_here(self)) ? CAN : CAN_HIDE;
    if (action == DO_DUTY && task_here(self)) {
        *why = task_here(self)->done_at != TIME_NONE ? "This task is done." : "A task is ticked off by its role, who supervises it, or who set it.";
        return app_may_task_done(app_of(self), task_here(self)) ? CAN : CAN_NOT;
    }
    if (action == DO_ANSWER) {
        if (!alert_here(self) || alert_here(self)->answer) return CAN_HIDE;
        return alert_may_answer(app_of(self), alert_here(self)->fired->alert->id, why) ? CAN : CAN_NOT;
    }
    if (action == DO_PUT_AWAY) {
        const CaseDoc *doc = &case_of(self)->view.doc;
        bool open = doc->cad_received_at != TIME_NONE && (doc->cad_closed_at == TIME_NONE || doc->cad_closed_at > now_of(self));
        return open ? put_away_can(self, true, why) : CAN_HIDE;
    }
    if (action != DO_WHY && action != DO_DUTY) return CAN;
    *why = "Go to a duty first: 1, then Tab.";
    if (!(action == DO_WHY ? rule_here(self) != NULL : duty_here(self) != NULL)) return CAN_NOT;
    *why = "This duty is done.";
    return action == DO_WHY || duty_is_live(duty_here(self)) ? CAN : CAN_NOT;
}

static bool case_typing(const Screen *self)
{
    return pager_typing(case_of(self)->pager);
}

/* --- draw ------------------------------------------------------------------------------------ */
static void draw_index(const CaseState *c, View v)
{
    for (size_t i = 0; i < c->page.n; i++) {
        int row = (int)i + 1;
        view_textf(v, row, 1, STYLE_KEY, "%c", jump_keys[i]);
        view_text(v, row, 3, STYLE_NORMAL, c->page.title[i]);
        if (c->page.count[i]) view_textf(v, row, INDEX - 5, STYLE_MUTED, "%3zu", c->page.count[i]);
    }
    view_upright(v, INDEX - 1);
}

/* Where there is no room for the index at the left, its most wanted lines stand in place of the rule. */
static void draw_jumps(View v)
{
    static const char *const jumps[] = { "1 Duties", "2 Summary", "3 People", "4 Offences", "5 Refs", "6 Book",
        "7 Risk", "8 Reviews", "0 Time" };
    int col = 1;

    for (size_t i = 0; i < ARRAY_LEN(jumps) && col + (int)strlen(jumps[i]) <= v.cols; i++) {
        view_text_n(v, 0, col, STYLE_KEY, jumps[i], 1);
        col += 1 + view_text(v, 0, col + 1, STYLE_MUTED, jumps[i] + 1) + 1;
    }
}

static int draw_head(const CaseState *c, View v)
{
    Pen pen = pen_at(view_part(v, 0, 0, HEAD_ROWS, -1), 0, 1);
    char words[48], alerts[64];
    int row, room = v.cols - 2;

    case_words_draw(&pen, &c->words);
    row = pen.row < HEAD_ROWS ? pen.row + 1 : HEAD_ROWS; /* what did not fit began a row that is not there */
    if (c->page.alerts.waiting) {
        snprintf(alerts, sizeof alerts, " %s: A ", alert_count_words((int64_t)c->page.alerts.waiting, words));
        view_text_right(view_part(v, row, 0, 1, -1), 0, STYLE_WARNING, alerts);
        room -= utf8_width(alerts);
    }
    if (c->words.overdue)
        view_cell(v, row, 1, room, STYLE_OVERDUE, c->words.overdue);
    else
        view_cell(v, row, 1, room, STYLE_MUTED, "Nothing is overdue.");
    return row + 1;
}

static void case_draw(Screen *self, View v)
{
    CaseState *c = case_of(self);
    int top = draw_head(c, v);
    View body;

    body = view_part(v, top + 1, 0, -1, -1);
    if (v.cols < WIDE)
        draw_jumps(view_part(v, top, 0, 1, -1));
    else {
        view_rule(v, top);
        draw_index(c, view_part(body, 0, 0, -1, INDEX));
        body = view_part(body, 0, INDEX, -1, -1);
    }
    pager_draw(c->pager, view_prose(body), true);
}

static void case_close(Screen *self)
{
    pager_free(&case_of(self)->pager);
}

const ScreenClass scr_case = {
    .name = "case",
    .actions = case_actions,
    .state_size = sizeof(CaseState),
    .open = case_open,
    .load = case_load,
    .event = case_event,
    .can = case_can,
    .act = case_act,
    .idle = case_idle,
    .typing = case_typing,
    .draw = case_draw,
    .close = case_close,
};
