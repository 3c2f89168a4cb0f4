/* store_meeting.c — daily management meetings: when one met, what was said of which case, how it ended; and the walks from which its
** agenda is made. Facts only: what was said is never said otherwise, something newer stands behind it. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

const char *const meeting_said_words[MEETING_SAID_COUNT] = { "", "satisfied", "action", "done", "passed" };

/* ---- a meeting ---- */

bool store_meeting_begin(Tx *tx, const Meeting *m, int64_t *key, Err *err)
{
    int64_t next;
    Stmt *q;

    if (!tx_touch(tx, err) || !stmt_number(stmt(tx->store, SQL_MEETING_KEY), &next, err)) return false;
    q = stmt(tx->store, SQL_MEETING_ADD);
    bind_int(q, "key", next);
    bind_int(q, "since", m->since);
    bind_text(q, "began_by", m->began_by);
    bind_int(q, "began_at", m->began_at);
    bind_int(q, "act", tx->act);
    if (!stmt_run(q, err)) return false;
    *key = next;
    return true;
}

bool store_meeting_end(Tx *tx, int64_t meeting, const char *by, Time at, const char *figures, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_MEETING_END_ADD);
    bind_int(q, "meeting", meeting);
    bind_text(q, "ended_by", by);
    bind_int(q, "ended_at", at);
    bind_text(q, "figures", figures);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

static void meeting_read(Stmt *q, Arena *a, Meeting *out)
{
    *out = (Meeting){ .key = col_int(q, 0),
        .since = col_int(q, 1),
        .began_by = col_text(q, 2, a),
        .began_at = col_int(q, 3),
        .began_act = col_int(q, 4),
        .ended_by = col_text(q, 5, a),
        .ended_at = col_time(q, 6),
        .figures = col_text(q, 7, a),
        .ended_act = col_int(q, 8) };
}

bool store_meeting_get(Store *s, int64_t key, Arena *a, Meeting *out, Err *err)
{
    Stmt *q = stmt(s, SQL_MEETING_GET);
    bool found;

    bind_int(q, "key", key);
    found = stmt_row(q);
    if (found) meeting_read(q, a, out);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "meeting", "There is no meeting of that number.");
}

bool store_meeting_list(Store *s, size_t limit, Arena *a, Meeting **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_MEETING_NEWEST);
    Meeting *all = NULL;
    size_t cap = 0;

    *n = 0;
    bind_int(q, "limit", (int64_t)limit);
    while (stmt_row(q)) {
        all = arena_room(a, all, *n, &cap, sizeof *all);
        meeting_read(q, a, &all[(*n)++]);
    }
    *out = all;
    return stmt_end(q, err);
}

/* ---- what was said ---- */

static MeetingWord said_by_word(const char *word)
{
    for (int i = 1; i < MEETING_SAID_COUNT; i++)
        if (str_eq(meeting_said_words[i], word)) return (MeetingWord)i;
    return MEETING_NOTHING;
}

bool store_meeting_say(Tx *tx, int64_t meeting, const MeetingSaid *said, Err *err)
{
    Stmt *q;
    int64_t seq;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_MEETING_SAID_KEY);
    bind_int(q, "meeting", meeting);
    if (!stmt_number(q, &seq, err)) return false;
    q = stmt(tx->store, SQL_MEETING_SAID_ADD);
    bind_int(q, "meeting", meeting);
    bind_int(q, "seq", seq);
    bind_int(q, "case_key", said->key);
    bind_int(q, "sections", said->sections);
    bind_text(q, "said", meeting_said_words[said->said]);
    bind_text(q, "task", said->task);
    bind_text(q, "by", said->by);
    bind_int(q, "at", said->at);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_meeting_said(Store *s, int64_t meeting, Arena *a, MeetingSaid **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_MEETING_SAID_LIST);
    MeetingSaid *all = NULL;
    size_t cap = 0;

    *n = 0;
    if (!sight_fresh(s, err)) return false;
    bind_int(q, "meeting", meeting);
    while (stmt_row(q)) {
        if (sight_hides(s, col_int(q, 1))) continue;
        all = arena_room(a, all, *n, &cap, sizeof *all);
        all[(*n)++] = (MeetingSaid){ .seq = col_int(q, 0),
            .key = col_int(q, 1),
            .sections = (unsigned)col_int(q, 2),
            .said = said_by_word(s->engine->get_text(q->raw, 3).p),
            .task = col_text(q, 4, a),
            .by = col_text(q, 5, a),
            .at = col_int(q, 6) };
    }
    *out = all;
    return stmt_end(q, err);
}

bool store_meeting_said_before(Store *s, int64_t meeting, CaseKey key, MeetingWord *said, Time *at, Err *err)
{
    Stmt *q;

    *said = MEETING_NOTHING, *at = TIME_NONE;
    if (!sight_fresh(s, err)) return false;
    if (sight_hides(s, key)) return true;
    q = stmt(s, SQL_MEETING_SAID_BEFORE);
    bind_int(q, "case_key", key);
    bind_int(q, "meeting", meeting);
    if (stmt_row(q)) *said = said_by_word(s->engine->get_text(q->raw, 0).p), *at = col_int(q, 1);
    return stmt_end(q, err);
}

/* ---- what was left ---- */

bool store_meeting_leave(Tx *tx, int64_t meeting, const MeetingLeft *left, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_MEETING_LEFT_ADD);
    bind_int(q, "meeting", meeting);
    bind_int(q, "case_key", left->key);
    bind_int(q, "sections", left->sections);
    bind_int(q, "since", left->since);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_meeting_left(Store *s, int64_t meeting, Arena *a, MeetingLeft **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_MEETING_LEFT_LIST);
    MeetingLeft *all = NULL;
    size_t cap = 0;

    *n = 0;
    if (!sight_fresh(s, err)) return false;
    bind_int(q, "meeting", meeting);
    while (stmt_row(q)) {
        if (sight_hides(s, col_int(q, 0))) continue;
        all = arena_room(a, all, *n, &cap, sizeof *all);
        all[(*n)++] = (MeetingLeft){ col_int(q, 0), (unsigned)col_int(q, 1), col_int(q, 2) };
    }
    *out = all;
    return stmt_end(q, err);
}

/* ---- the walks ---- */

enum { RANKS = 4 };

typedef struct Rows {
    Arena *a;
    MeetingRow *items;
    size_t n, cap;
} Rows;

static MeetingRow *room(Rows *r)
{
    r->items = arena_room(r->a, r->items, r->n, &r->cap, sizeof *r->items);
    r->items[r->n] = (MeetingRow){ .due = TIME_NONE, .opens = TIME_NONE };
    return &r->items[r->n++];
}

static bool done_with(Rows *r, Stmt *q, MeetingRow **out, size_t *n, Err *err)
{
    *out = r->items;
    *n = r->n;
    return stmt_end(q, err);
}

bool store_duties_named(Store *s, const char *duty, Time opens, Time due, size_t limit, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    Rows rows = { .a = a };

    *n = 0;
    if (!sight_fresh(s, err)) return false;
    for (int rank = 0; rank < RANKS && rows.n < limit; rank++) {
        Stmt *q = stmt(s, SQL_DUTY_NAMED);
        bind_text(q, "duty", duty);
        bind_int(q, "rank", rank);
        bind_int(q, "opens", opens);
        bind_int(q, "due", due);
        bind_int(q, "limit", INT64_MAX); /* hidden ones are passed over, and do not count */
        while (rows.n < limit && stmt_row(q)) {
            MeetingRow *r;
            bool veiled;
            if (sight_hides(s, col_int(q, 0))) continue;
            r = room(&rows);
            r->key = col_int(q, 0);
            r->what = col_text(q, 1, a);
            r->owner = veiled_owner(s->engine->get_text(q->raw, 3).p, &veiled);
            r->opens = col_int(q, 4);
            r->due = col_int(q, 5);
        }
        if (!done_with(&rows, q, out, n, err)) return false;
    }
    return true;
}

static bool since(Store *s, SqlId id, Time after, Time to, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, id);
    Rows rows = { .a = a };

    if (!sight_fresh(s, err)) return false;
    bind_int(q, "after", after);
    bind_int(q, "to", to);
    while (stmt_row(q))
        if (!sight_hides(s, col_int(q, 0))) room(&rows)->key = col_int(q, 0);
    return done_with(&rows, q, out, n, err);
}

bool store_high_since(Store *s, Time after, Time to, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    return since(s, SQL_HIGH_SINCE, after, to, a, out, n, err);
}

bool store_merlins_since(Store *s, Time after, Time to, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    return since(s, SQL_MERLINS_SINCE, after, to, a, out, n, err);
}

bool store_arrests_since(Store *s, Time after, Time to, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    return since(s, SQL_ARRESTS_SINCE, after, to, a, out, n, err);
}

bool store_tasks_given(Store *s, const char *from, Time due, Arena *a, MeetingRow **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_TASKS_GIVEN);
    Rows rows = { .a = a };

    if (!sight_fresh(s, err)) return false;
    bind_text(q, "from", from);
    bind_int(q, "due", due);
    while (stmt_row(q)) {
        MeetingRow *r;
        if (sight_hides(s, col_int(q, 0))) continue;
        r = room(&rows);
        r->key = col_int(q, 0);
        r->due = col_int(q, 1);
        r->what = col_text(q, 2, a);
    }
    return done_with(&rows, q, out, n, err);
}

bool store_duties_count(Store *s, const char *duty, Time opens, Time due, int64_t *n, Err *err)
{
    *n = 0;
    if (!sight_fresh(s, err)) return false;
    for (int rank = 0; rank < RANKS; rank++) {
        Stmt *q = stmt(s, SQL_DUTY_NAMED);
        bind_text(q, "duty", duty);
        bind_int(q, "rank", rank);
        bind_int(q, "opens", opens);
        bind_int(q, "due", due);
        bind_int(q, "limit", INT64_MAX);
        while (stmt_row(q)) *n += !sight_hides(s, col_int(q, 0));
        if (!stmt_end(q, err)) return false;
    }
    return true;
}

bool store_duties_told(Store *s, const char *duty, Time from, Time to, Arena *a, ToldDuty **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_DUTY_TOLD);
    ToldDuty *all = NULL;
    size_t cap = 0;

    *n = 0;
    bind_text(q, "duty", duty);
    bind_int(q, "from", from);
    bind_int(q, "to", to);
    while (stmt_row(q)) {
        bool veiled;
        Role owner = veiled_owner(s->engine->get_text(q->raw, 0).p, &veiled);
        if (veiled) continue; /* figures that are told of all cases together leave restricted ones out */
        all = arena_room(a, all, *n, &cap, sizeof *all);
        all[(*n)++] = (ToldDuty){ owner, col_int(q, 1), col_time(q, 2), col_time(q, 3), col_int(q, 4), col_int(q, 5) };
    }
    *out = all;
    return stmt_end(q, err);
}

bool store_cads_received(Store *s, Time after, Time to, Time young, CadRate *out, Err *err)
{
    Stmt *q;

    *out = (CadRate){ 0 };
    if (!sight_fresh(s, err)) return false;
    q = stmt(s, SQL_CADS_RECEIVED);
    bind_int(q, "after", after);
    bind_int(q, "to", to);
    while (stmt_row(q)) {
        const char *result = s->engine->get_text(q->raw, 1).p;
        if (sight_veils(s, col_int(q, 0))) continue;
        out->messages++;
        *(col_int(q, 3)                                 ? &out->with_cris
                : result && str_eq(result, "not-domestic") ? &out->not_domestic
                : col_int(q, 2) > young                    ? &out->young
                                                           : &out->without) += 1;
    }
    return stmt_end(q, err);
}

bool store_meeting_case(Store *s, CaseKey key, Arena *a, MeetingCase *out, Err *err)
{
    Stmt *q = stmt(s, SQL_MEETING_CASE);
    bool found;

    if (!sight_fresh(s, err)) return false;
    bind_int(q, "key", key);
    found = !sight_hides(s, key) && stmt_row(q);
    if (found)
        *out = (MeetingCase){ .id = col_text(q, 0, a),
            .grade = col_null(q, 1) ? CODE_NONE : grade_of_rank((int)col_int(q, 1)),
            .offence = col_text(q, 2, a),
            .reported_at = col_time(q, 3),
            .act = col_int(q, 4),
            .closed_at = col_time(q, 5),
            .restricted = sight_veils(s, key),
            .erased = col_int(q, 6),
            .investigator = col_text(q, 7, a) };
    if (!stmt_end(q, err)) return false;
    if (!found) return err_set(err, ERR_MISSING, "case", "There is no such case.");
    return sight_shown_id(s, key, &out->id, a, err); /* one that came in under a taken number, as whoever looks knows it */
}
