/* handover.c — what waits for a team at the change of shifts, and who handed it over to whom. */
#include "app/handover.h"

#include "app/caseload.h"
#include "handover_in.h"

#include "base/str.h"

const char *const handover_part_words[HAND_PARTS] = { "note", "overdue", "due", "opens", "back", "book", "suspect" };
const char *const handover_part_titles[HAND_PARTS] = { "Notes for the shift", "Overdue", "To be done in the shift", "Can be done only later in the shift",
    "Put aside, and back in the shift", "Books returned, and not back", "Suspects outstanding" };

/* ---- whose ---- */

/* Who hands over, with the teams whose work they answer for. */
static const struct {
    Role role;
    RoleSet team;
    bool arrests; /* they look for suspects, and hand over who is outstanding */
} teams[] = {
    { ROLE_RESPONSE_PS, ROLE_BIT(ROLE_RESPONSE_PS) | ROLE_BIT(ROLE_RESPONSE_PC), true },
    { ROLE_IBOS, ROLE_BIT(ROLE_IBOS), false },
    { ROLE_CMU, ROLE_BIT(ROLE_CMU), false },
    { ROLE_PPD, ROLE_BIT(ROLE_PPD), false },
    { ROLE_CSU_DS, ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_CSU_IO), true },
    { ROLE_CSU_DI, ROLE_BIT(ROLE_CSU_DI), true },
};

Role app_handover_role(const App *app)
{
    for (size_t i = 0; app->in && i < sizeof teams / sizeof teams[0]; i++)
        if (app->session.roles & ROLE_BIT(teams[i].role)) return teams[i].role;
    return ROLE_NONE;
}

static RoleSet team_of(Role role)
{
    for (size_t i = 0; i < sizeof teams / sizeof teams[0]; i++)
        if (teams[i].role == role) return teams[i].team;
    return 0;
}

static bool arrests(Role role)
{
    for (size_t i = 0; i < sizeof teams / sizeof teams[0]; i++)
        if (teams[i].role == role) return teams[i].arrests;
    return false;
}

static bool may(App *app, const char *act, Role *role, Err *err)
{
    *role = app_handover_role(app);
    return app_may_do(app, PERM_HANDOVER, act, NULL, err) &&
           (*role != ROLE_NONE || err_set(err, ERR_DENIED, "", "This is for %s.", role_who_may(PERM_HANDOVER)));
}

/* ---- until when ---- */

enum { EARLY = 3 * HOUR }; /* whoever looks so long before the change means the shift behind it */

Time handover_until(const Policy *policy, Time now)
{
    return policy_shift_after(policy, now + EARLY);
}

/* ---- lines ---- */

typedef struct Lines {
    App *app;
    Arena *a;
    HandoverList *out;
    size_t cap;
} Lines;

static void put(Lines *l, HandoverLine line)
{
    HandoverList *o = l->out;

    if (o->counts[line.part] == HANDOVER_MOST) {
        o->cut = true;
        return;
    }
    o->counts[line.part]++;
    o->lines = arena_room(l->a, o->lines, o->n, &l->cap, sizeof *o->lines);
    o->lines[o->n++] = line;
}

/* An investigating officer's duty names the officer, once the case has one. */
static const char *what_words(Lines *l, const QueueRow *r, const char *what)
{
    if (r->owner != ROLE_CSU_IO || !r->investigator) return what;
    return arena_printf(l->a, "%s (%s)", what, app_holder_name(l->app, r->investigator, l->a));
}

static void put_row(Lines *l, HandoverPart part, const QueueRow *r, Time when)
{
    const PolicyDuty *rule = app_rule(l->app, r->duty);

    put(l, (HandoverLine){ .part = part,
               .key = r->key,
               .case_id = r->case_id,
               .duty = r->duty,
               .cycle = r->cycle,
               .what = what_words(l, r, r->says ? r->says : rule ? rule->title : r->duty),
               .task = r->says && rule && rule->tick == TICK_ENTRY,
               .owner = r->owner,
               .grade = r->grade,
               .when = when,
               .restricted = r->restricted });
}

typedef bool Fits(const HandoverList *h, const QueueRow *r, Time *when);

static bool any(const HandoverList *h, const QueueRow *r, Time *when)
{
    *when = r->due;
    return true;
}

static bool due_in_it(const HandoverList *h, const QueueRow *r, Time *when)
{
    *when = r->due;
    return r->due <= h->until;
}

static bool due_behind_it(const HandoverList *h, const QueueRow *r, Time *when)
{
    *when = r->due;
    return r->due > h->until && r->held <= h->at;
}

static bool opens_in_it(const HandoverList *h, const QueueRow *r, Time *when)
{
    *when = r->opens;
    return r->opens <= h->until;
}

static bool back_in_it(const HandoverList *h, const QueueRow *r, Time *when)
{
    *when = r->held;
    return r->held <= h->until;
}

/* One tab, sieved: what is looked at has an end, too. */
static bool tab_lines(Lines *l, HandoverPart part, QueueTab tab, const char *duty, Fits *fits, Err *err)
{
    enum { STRIDE = 250, LOOKED_AT = 5000 };
    QueueQuery q = { .roles = l->out->team, .tab = tab, .now = l->out->at, .limit = STRIDE, .only_duty = duty };
    QueueRow *rows;
    size_t n, looked = 0;
    Time when;

    do {
        if (!app_page(l->app, &q, l->a, &rows, &n, err)) return false;
        for (size_t i = 0; i < n; i++)
            if (fits(l->out, &rows[i], &when)) put_row(l, part, &rows[i], when);
        if (n) q.from = &rows[n - 1];
        looked += n;
    } while (n == STRIDE && looked < LOOKED_AT && l->out->counts[part] < HANDOVER_MOST);
    l->out->cut = l->out->cut || n == STRIDE;
    return true;
}

static bool is_restricted(const Lines *l, CaseKey key)
{
    CaseRow row;

    return key && store_case_row(l->app->store, key, l->a, &row, NULL) && row.restricted;
}

static bool notes(Lines *l, Err *err)
{
    HandoverNote *all;
    size_t n;

    if (!store_handover_notes(l->app->store, l->out->role, l->app->session.warrant, l->out->at, HANDOVER_MOST, l->a, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++)
        put(l, (HandoverLine){ .part = HAND_NOTE,
                   .key = all[i].case_key,
                   .case_id = all[i].case_id,
                   .note = all[i].key,
                   .what = all[i].text,
                   .by = all[i].by,
                   .read_by = all[i].read_by,
                   .read = all[i].read,
                   .when = all[i].at,
                   .restricted = is_restricted(l, all[i].case_key) });
    return true;
}

static bool suspects(Lines *l, Err *err)
{
    enum { SHOWN = 20 };
    OutstandingRow *rows;
    CaseRow row;
    size_t n;

    if (!arrests(l->out->role) || !app_may_quietly(l->app, PERM_ROUNDUP_READ)) return true;
    if (!store_outstanding_page(l->app->store, NULL, SHOWN + 1, l->a, &rows, &n, err)) return false;
    l->out->cut = l->out->cut || n > SHOWN;
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        if (!store_case_row(l->app->store, rows[i].key, l->a, &row, err)) return false;
        put(l, (HandoverLine){ .part = HAND_SUSPECT,
                   .key = rows[i].key,
                   .case_id = row.id,
                   .what = "Suspect outstanding",
                   .grade = rows[i].grade,
                   .when = rows[i].since,
                   .restricted = row.restricted });
    }
    return true;
}

static bool drafts(Lines *l, Err *err)
{
    DraftView *items;

    return app_draft_list(l->app, l->a, &items, &l->out->drafts, err);
}

bool app_handover_list(App *app, Time until, Arena *a, HandoverList *out, Err *err)
{
    Lines l = { .app = app, .a = a, .out = out };
    Role role;

    *out = (HandoverList){ 0 };
    if (!may(app, "handover.read", &role, err)) return false;
    out->role = role;
    out->team = team_of(role);
    out->at = app_now(app);
    out->until = until == TIME_NONE ? handover_until(app->policy, out->at) : until;
    if (out->until <= out->at) return err_set(err, ERR_INVALID, "until", "The shift that is handed over to ends in the past.");
    return notes(&l, err) && tab_lines(&l, HAND_OVERDUE, TAB_OVERDUE, NULL, any, err) && tab_lines(&l, HAND_DUE, TAB_TODAY, NULL, due_in_it, err) &&
           tab_lines(&l, HAND_DUE, TAB_WEEK, NULL, due_in_it, err) && tab_lines(&l, HAND_OPENS, TAB_WAITING, NULL, opens_in_it, err) &&
           tab_lines(&l, HAND_BACK, TAB_HELD, NULL, back_in_it, err) &&
           tab_lines(&l, HAND_BOOK, TAB_ALL, "book-rework", due_behind_it, err) && suspects(&l, err) && drafts(&l, err) &&
           app_handover_last(app, a, &out->last, err);
}

/* ---- notes ---- */

static size_t characters(const char *text)
{
    size_t n = 0;

    for (const char *c = text; *c; c++) n += ((unsigned char)*c & 0xc0) != 0x80;
    return n;
}

/* Through the door that every text of a case comes through. */
static bool text_fits(App *app, const char *text, Arena *a, const char **out, Err *err)
{
    Review r;

    case_item_init(LIST_REVIEWS, &r);
    if (str_blank(text)) return err_set(err, ERR_INVALID, "text", "Note: Say what the next shift must know.");
    if (characters(text) > NOTE_MAX)
        return err_set(err, ERR_INVALID, "text", "Note: At most %d characters: what is more belongs into the case.", NOTE_MAX);
    if (!item_set(app, LIST_REVIEWS, &r, "text", text, a, err)) return false;
    *out = r.text;
    return true;
}

static bool note_write(App *app, const HandoverNote *n, Err *err)
{
    Tx tx = { 0 };
    bool ok = false;

    if (!store_begin(app->store, &tx, err)) goto out;
    if (!store_handover_note(&tx, n, NULL, err)) goto out;
    if (n->case_key ? !app_log_case(app, &tx, AUDIT_ALTER, "handover.note", n->case_key, NULL, role_word(n->role), err)
                    : !app_log(app, &tx, AUDIT_ALTER, "handover.note", NULL, role_word(n->role), err))
        goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

bool app_handover_note(App *app, const char *case_id, const char *text, Time until, Err *err)
{
    Arena *a = arena_new_secret();
    HandoverNote n = { .by = app->session.warrant, .at = app->now };
    CaseRow row = { .key = 0 };
    bool ok = may(app, "handover.note", &n.role, err) && text_fits(app, text, a, &n.text, err) && (!case_id || app_case_find(app, case_id, a, &row, err));

    n.until = until == TIME_NONE ? handover_until(app->policy, app->now) : until;
    n.case_key = row.key;
    if (ok && n.until <= n.at) ok = err_set(err, ERR_INVALID, "until", "The shift that the note is for ends in the past.");
    ok = ok && note_write(app, &n, err);
    arena_free(&a);
    return ok;
}

/* Inside the write: who was faster does not matter, for each ticks it by his own name. */
static bool note_of(App *app, Role role, int64_t key, Arena *a, HandoverNote *out, Err *err)
{
    HandoverNote *all;
    size_t n;

    if (!store_handover_notes(app->store, role, app->session.warrant, app->now, SIZE_MAX >> 1, a, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].key != key) continue;
        *out = all[i];
        if (out->read) return err_set(err, ERR_STALE, "", "You have ticked this note as read already.");
        return !str_eq(out->by, app->session.warrant) || err_set(err, ERR_DENIED, "", "You wrote this note yourself: whoever comes next reads it.");
    }
    return err_set(err, ERR_MISSING, "", "There is no note of that number for your role now.");
}

bool app_handover_note_read(App *app, int64_t key, Err *err)
{
    Arena *a = arena_new_secret();
    Tx tx = { 0 };
    HandoverNote note = { .key = 0 };
    Role role;
    bool ok = false;

    if (!may(app, "handover.read-note", &role, err)) goto out;
    if (!store_begin(app->store, &tx, err)) goto out;
    if (!note_of(app, role, key, a, &note, err)) goto out;
    if (!store_handover_note_read(&tx, key, app->session.warrant, app->now, err)) goto out;
    if (!app_log(app, &tx, AUDIT_ALTER, "handover.read-note", NULL, arena_printf(a, "note %lld, of %s", (long long)key, note.by), err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    arena_free(&a);
    return ok;
}

/* ---- given and taken ---- */

bool app_handover_last(App *app, Arena *a, Handover *out, Err *err)
{
    Role role = app_handover_role(app);
    Handover *all;
    size_t n = 0;

    *out = (Handover){ .taken_at = TIME_NONE };
    if (role == ROLE_NONE) return true;
    if (!store_handover_list(app->store, role, 1, a, &all, &n, err)) return false;
    if (n && all[0].at <= app_now(app)) *out = all[0];
    if (out->taken_at != TIME_NONE && out->taken_at > app_now(app)) out->taken_by = NULL, out->taken_at = TIME_NONE;
    return true;
}

const char *app_handover_words(const Handover *h, Arena *a)
{
    char at[CIVIL_TEXT], taken[CIVIL_TEXT];

    if (!h->key) return "Nobody has handed over here yet.";
    if (!h->taken_by)
        return arena_printf(a, "Handed over %s by officer %s, not taken over yet.", civil_words_short(h->at, at), h->by);
    if (civil_local_date(h->at) == civil_local_date(h->taken_at))
        civil_words_clock(h->taken_at, taken);
    else
        civil_words_short(h->taken_at, taken);
    return arena_printf(a, "Handed over %s by officer %s, taken over %s by %s.", civil_words_short(h->at, at), h->by, taken, h->taken_by);
}

bool app_handover_give(App *app, Time until, Err *err)
{
    Handover h = { .by = app->session.warrant, .at = app->now, .until = until == TIME_NONE ? handover_until(app->policy, app->now) : until };
    Tx tx = { 0 };
    bool ok = false;

    if (!may(app, "handover.give", &h.role, err)) return false;
    if (h.until <= h.at) return err_set(err, ERR_INVALID, "until", "The shift that is handed over to ends in the past.");
    if (!store_begin(app->store, &tx, err)) goto out;
    if (!store_handover_give(&tx, &h, NULL, err)) goto out;
    if (!app_log(app, &tx, AUDIT_ALTER, "handover.give", NULL, role_word(h.role), err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

/* Inside the write: somebody else may have been faster. */
static bool to_be_taken(App *app, Arena *a, Handover *h, Err *err)
{
    char when[CIVIL_TEXT];

    if (!app_handover_last(app, a, h, err)) return false;
    if (!h->key) return err_set(err, ERR_MISSING, "", "Nobody has handed over here yet, so there is nothing to take over.");
    if (h->taken_by)
        return err_set(err, ERR_STALE, "", "The officer %s took it over on %s.", h->taken_by, civil_words_short(h->taken_at, when));
    return !str_eq(h->by, app->session.warrant) ||
           err_set(err, ERR_DENIED, "", "You handed it over yourself: whoever comes next takes it over.");
}

bool app_handover_take(App *app, Err *err)
{
    Arena *a = arena_new();
    Tx tx = { 0 };
    Handover h;
    Role role;
    bool ok = false;

    if (!may(app, "handover.take", &role, err)) goto out;
    if (!store_begin(app->store, &tx, err)) goto out;
    if (!to_be_taken(app, a, &h, err)) goto out;
    if (!store_handover_take(&tx, h.key, app->session.warrant, app->now, err)) goto out;
    if (!app_log(app, &tx, AUDIT_ALTER, "handover.take", NULL, arena_printf(a, "%s, of %s", role_word(role), h.by), err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    arena_free(&a);
    return ok;
}
