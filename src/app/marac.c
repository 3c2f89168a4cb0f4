/* marac.c — meetings, their lists, minutes and actions. A meeting is no record of its own: it is the cases that are listed for a moment, restricted or
** not, so that nothing has to be kept in step. The same case can stand on the list of several meetings; each of its hearings has a key. */
#include "inside.h"

#include "app/marac.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

bool app_may_marac(const App *app)
{
    return app_may_quietly(app, PERM_MARAC_READ);
}

/* ---- meetings ---- */

/* The rows of cases that this officer may see. */
static bool hearings(App *app, Time from, Time to, Arena *a, HearingRow **out, size_t *n, Err *err)
{
    HearingRow *rows;
    size_t n_rows;

    *n = 0;
    if (!store_hearings(app->store, from, to, a, &rows, &n_rows, err)) return false;
    *out = rows;
    for (size_t i = 0; i < n_rows; i++) {
        CaseRow row;
        Err why = { 0 };
        if (app_case_find(app, rows[i].case_id, a, &row, &why)) {
            (*out)[(*n)++] = rows[i];
            continue;
        }
        if (why.kind == ERR_MISSING || why.kind == ERR_DENIED) continue;
        if (err) *err = why;
        return false;
    }
    return true;
}

static bool is_of(const MaracMeeting *m, const HearingRow *row)
{
    return m->at == row->meeting && m->restricted == row->restricted;
}

/* Rows come by time: a meeting is among the last two begun, the open one and the restricted one of that moment. */
static MaracMeeting *meeting_of(MaracMeeting *all, size_t *n, const HearingRow *row)
{
    for (size_t i = *n; i > 0 && *n - i < 2; i--)
        if (is_of(&all[i - 1], row)) return &all[i - 1];
    all[*n] = (MaracMeeting){ .at = row->meeting, .restricted = row->restricted };
    return &all[(*n)++];
}

bool app_marac_meetings(App *app, Time from, Time to, Arena *a, MaracMeeting **out, size_t *n, Err *err)
{
    HearingRow *rows;
    size_t n_rows;

    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_MARAC_READ, "marac.meetings", NULL, err) || !hearings(app, from, to, a, &rows, &n_rows, err)) return false;
    *out = arena_zero(a, n_rows + 1, sizeof **out);
    for (size_t i = 0; i < n_rows; i++) {
        MaracMeeting *m = meeting_of(*out, n, &rows[i]);
        m->cases++;
        m->heard += rows[i].heard_at != TIME_NONE;
    }
    return true;
}

/* ---- the agenda ---- */

static bool is_marac(const App *app, const Task *t)
{
    return str_eq(vocab_word(app_vocabs(app), VOCAB_TASK_SOURCE, t->source), "marac");
}

static const char *grounds_of(const App *app, const CaseDoc *doc)
{
    const char *grounds = NULL;

    for (size_t i = 0; i < doc->n_referrals; i++)
        if (str_eq(vocab_word(app_vocabs(app), VOCAB_REFERRAL, doc->referrals[i].to), "marac")) grounds = doc->referrals[i].grounds;
    return grounds;
}

static void fill(const App *app, const CaseDoc *doc, const Hearing *h, Arena *a, MaracItem *out)
{
    *out = (MaracItem){ .case_id = arena_dup(a, doc->id),
        .hearing = arena_dup(a, h->key),
        .agencies = arena_dup(a, h->agencies),
        .grounds = arena_dup(a, grounds_of(app, doc)),
        .grade = case_grade(doc),
        .listed_at = h->at,
        .heard_at = h->heard_at };
    for (size_t i = 0; i < doc->n_tasks; i++) {
        const Task *t = &doc->tasks[i];
        if (!is_marac(app, t)) continue;
        out->actions++;
        out->open += t->done_at == TIME_NONE;
        out->overdue += t->done_at == TIME_NONE && t->due < app_now(app);
    }
}

static bool load(App *app, CaseKey key, Arena *a, CaseDoc *doc, Err *err)
{
    if (!store_case_load(app->store, key, app_vocabs(app), a, doc, err)) return false;
    if (app->fixed != TIME_NONE) case_as_of(doc, app_now(app));
    return true;
}

/* Grade and grounds are of the cases: that they were read is in the log before they are told. */
static bool log_agenda(App *app, const MaracItem *items, size_t n, Err *err)
{
    Str seen = { 0 };
    bool ok;

    for (size_t i = 0; i < n; i++) str_addf(&seen, "%s%s", i ? ", " : "", items[i].case_id);
    ok = app_log_now(app, AUDIT_CONSULT, "marac.agenda", NULL, str_text(&seen), err);
    str_finish(&seen);
    return ok;
}

bool app_marac_agenda(App *app, Time meeting, bool restricted, Arena *a, MaracItem **out, size_t *n, Err *err)
{
    HearingRow *rows;
    size_t n_rows;
    bool ok = true;

    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_MARAC_READ, "marac.agenda", NULL, err) || !hearings(app, meeting, meeting, a, &rows, &n_rows, err)) return false;
    *out = arena_zero(a, n_rows + 1, sizeof **out);
    for (size_t i = 0; ok && i < n_rows; i++) {
        Arena *work = rows[i].restricted == restricted ? arena_new_secret() : NULL;
        const Hearing *h = NULL;
        CaseDoc doc;
        if (!work) continue;
        ok = load(app, rows[i].key, work, &doc, err);
        if (ok) h = marac_hearing(&doc, rows[i].hearing);
        if (h) fill(app, &doc, h, a, &(*out)[(*n)++]);
        arena_free(&work);
    }
    ok = ok && (*n == 0 || log_agenda(app, *out, *n, err));
    if (!ok) *n = 0;
    return ok;
}

/* ---- what one does ---- */

bool app_marac_list(App *app, const char *case_id, const MaracListing *ask, Err *err)
{
    Arena *a;
    Hearing item;
    bool ok;

    if (!app_may_do(app, PERM_ADD_HEARING, "marac.list", case_id, err)) return false;
    a = arena_new_secret();
    case_item_init(LIST_HEARINGS, &item);
    item.meeting = ask->meeting;
    item.restricted = ask->restricted;
    ok = item_set(app, LIST_HEARINGS, &item, "agencies", ask->agencies, a, err) && case_add_anew(app, case_id, LIST_HEARINGS, &item, a, NULL, err);
    arena_free(&a);
    return ok;
}

/* The one that was asked for, else the only one that waits; what cannot be heard says why. */
static bool hearing_to_hear(App *app, const CaseDoc *doc, const char *key, const Hearing **out, Err *err)
{
    size_t waiting = 0;
    char when[CIVIL_TEXT];

    *out = key && *key ? marac_hearing(doc, key) : NULL;
    for (size_t i = 0; !(key && *key) && i < doc->n_hearings; i++)
        if (doc->hearings[i].heard_at == TIME_NONE) *out = &doc->hearings[i], waiting++;
    if (!*out) return err_set(err, ERR_MISSING, "hearing", "The case %.40s is on no list that it could be heard from.", doc->id);
    if (waiting > 1) return err_set(err, ERR_INVALID, "hearing", "The case is on the lists of several meetings: say which hearing, m1 or m2.");
    if ((*out)->heard_at != TIME_NONE)
        return err_set(err, ERR_INVALID, "hearing", "The case was heard on %s; minutes are not written twice.", civil_words_full((*out)->heard_at, when));
    if ((*out)->meeting > app->now)
        return err_set(err, ERR_INVALID, "hearing", "That meeting is on %s: minutes are written when it meets.", civil_words_full((*out)->meeting, when));
    return true;
}

bool app_marac_hear(App *app, const char *case_id, const char *hearing, const char *minutes, Err *err)
{
    Arena *a;
    const Hearing *h;
    Hearing item;
    CaseRow row;
    CaseDoc doc;
    bool ok;

    if (!app_may_do(app, PERM_ADD_HEARING, "marac.hear", case_id, err)) return false;
    if (str_blank(minutes)) return err_set(err, ERR_INVALID, "minutes", "Minutes: Say what was said and decided, in a line at least.");
    a = arena_new_secret();
    ok = app_case_find(app, case_id, a, &row, err) && store_case_load(app->store, row.key, app_vocabs(app), a, &doc, err) &&
         hearing_to_hear(app, &doc, hearing, &h, err);
    if (ok) {
        item = *h;
        item.heard_at = app->now;
        ok = item_set(app, LIST_HEARINGS, &item, "minutes", minutes, a, err) && case_add_anew(app, case_id, LIST_HEARINGS, &item, a, NULL, err);
    }
    arena_free(&a);
    return ok;
}

/* ---- actions ---- */

bool app_marac_act(App *app, const char *case_id, const MaracAction *action, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    Arena *a;
    Task item;
    bool ok;

    if (!app_may_do(app, PERM_ADD_TASK, "marac.act", case_id, err)) return false;
    if (action->due != TIME_NONE && action->due < app->now) return err_set(err, ERR_INVALID, "due", "Due: that moment has passed.");
    if (str_blank(action->who)) return err_set(err, ERR_INVALID, "who", "Who: Say which agency or officer does it.");
    a = arena_new_secret();
    case_item_init(LIST_TASKS, &item);
    item.source = vocab_code(v, VOCAB_TASK_SOURCE, "marac");
    item.owner = vocab_code(v, VOCAB_ROLE, role_word(action->owner ? action->owner : ROLE_MARAC_COORDINATOR));
    item.due = action->due;
    ok = item_set(app, LIST_TASKS, &item, "what", action->what, a, err) && item_set(app, LIST_TASKS, &item, "who", action->who, a, err) &&
         case_add_anew(app, case_id, LIST_TASKS, &item, a, NULL, err);
    arena_free(&a);
    return ok;
}

static char *trimmed(Arena *a, const char *from, size_t n)
{
    while (n && (*from == ' ' || *from == ',')) from++, n--;
    while (n && from[n - 1] == ' ') n--;
    return arena_dup_n(a, from, n);
}

/* A day alone is its evening. */
static bool due_typed(const App *app, const char *text, Arena *a, Time *out)
{
    return app_ahead_typed(app, text, out, NULL) || app_ahead_typed(app, arena_printf(a, "%s 1700", text), out, NULL);
}

bool app_marac_action_typed(const App *app, const char *line, Arena *a, MaracAction *out, Err *err)
{
    const char *last = strrchr(line, ','), *before = NULL;

    *out = (MaracAction){ .due = TIME_NONE };
    for (const char *at = line; last && at < last; at++)
        if (*at == ',') before = at;
    if (!last || !before)
        return err_set(err, ERR_INVALID, "what", "Say what, who, by when, with commas: \"Change the locks, housing, fri 1700\".");
    out->what = trimmed(a, line, (size_t)(before - line));
    out->who = trimmed(a, before, (size_t)(last - before));
    if (!due_typed(app, trimmed(a, last, strlen(last)), a, &out->due))
        return err_set(err, ERR_INVALID, "due", "By when: \"fri 1700\", \"tomorrow 0900\", \"15 feb 2010 1200\"; not \"%.60s\".", trimmed(a, last, strlen(last)));
    if (!*out->what || !*out->who) return err_set(err, ERR_INVALID, "what", "Say what is to be done, and by whom.");
    return true;
}

/* ---- the register of actions ---- */

typedef struct Register {
    MaracActionRow *rows;
    size_t n, cap;
    Str seen; /* which cases were looked at */
} Register;

static void keep_actions(const App *app, Register *r, const CaseDoc *doc, bool only_open, Arena *a)
{
    for (size_t i = 0; i < doc->n_tasks; i++) {
        const Task *t = &doc->tasks[i];
        if (!is_marac(app, t) || (only_open && t->done_at != TIME_NONE)) continue;
        r->rows = mem_room(r->rows, r->n, &r->cap, sizeof *r->rows);
        r->rows[r->n++] = (MaracActionRow){ .case_id = arena_dup(a, doc->id),
            .key = arena_dup(a, t->key),
            .what = arena_dup(a, t->what),
            .who = arena_dup(a, t->who ? t->who : ""),
            .by = arena_dup(a, t->by),
            .result = arena_dup(a, t->result),
            .owner = role_by_word(vocab_word(app_vocabs(app), VOCAB_ROLE, t->owner)),
            .at = t->at,
            .due = t->due,
            .done_at = t->done_at,
            .overdue = t->done_at == TIME_NONE && t->due < app_now(app) };
    }
    str_addf(&r->seen, "%s%s", r->seen.n ? ", " : "", doc->id);
}

/* Open ones first, the longest overdue at the top. */
static int by_due(const void *left, const void *right)
{
    const MaracActionRow *l = left, *r = right;
    bool l_done = l->done_at != TIME_NONE, r_done = r->done_at != TIME_NONE;

    if (l_done != r_done) return l_done ? 1 : -1;
    if (l->due != r->due) return l->due < r->due ? -1 : 1;
    return strcmp(l->case_id, r->case_id);
}

static bool log_seen(App *app, const Register *r, Err *err)
{
    enum { NAMED = 1000 };

    return app_log_now(app, AUDIT_CONSULT, "marac.actions", NULL, r->seen.n > NAMED ? "many cases" : str_text(&r->seen), err);
}

static bool collect(App *app, Register *r, Time from, Time to, bool only_open, Arena *a, Err *err)
{
    Arena *rows_arena = arena_new();
    HearingRow *rows;
    size_t n;
    bool ok = hearings(app, from, to, rows_arena, &rows, &n, err);

    for (size_t i = 0; ok && i < n; i++) {
        Arena *work = arena_new_secret();
        bool again = false;
        CaseDoc doc;
        for (size_t k = 0; k < i && !again; k++) again = rows[k].key == rows[i].key; /* on several lists */
        ok = again || load(app, rows[i].key, work, &doc, err);
        if (ok && !again) keep_actions(app, r, &doc, only_open, a);
        arena_free(&work);
    }
    arena_free(&rows_arena);
    return ok;
}

bool app_marac_actions(App *app, Time from, Time to, bool only_open, Arena *a, MaracActionRow **out, size_t *n, Err *err)
{
    Register r = { 0 };
    bool ok;

    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_MARAC_READ, "marac.actions", NULL, err)) return false;
    ok = collect(app, &r, from, to, only_open, a, err) && log_seen(app, &r, err);
    if (ok) {
        if (r.n) qsort(r.rows, r.n, sizeof *r.rows, by_due);
        *out = arena_zero(a, r.n + 1, sizeof **out);
        if (r.n) memcpy(*out, r.rows, r.n * sizeof **out);
        *n = r.n;
    }
    str_finish(&r.seen);
    mem_free(r.rows);
    return ok;
}
