/* store_audit_find.c — the log asked: who looked at this case, what did this officer do, what happened in that week?
** One index chooses, in bites, so that no view of the store is held while somebody reads; what else was asked sieves.
** What names a case or an officer only in its detail is found in two small sets of entries, and put between the others in
** order of seq. */
#include "inside.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

enum { BITE_MAX = 256 };

typedef enum Road { OF_CASE, OF_SEVERAL, OF_WHO, OF_ACCOUNT, IN_TIME, ALL, ROADS } Road;
static const SqlId roads[ROADS][2] = { /* oldest first, newest first */
    [OF_CASE] = { SQL_AUDIT_OF_CASE_UP, SQL_AUDIT_OF_CASE_DOWN },
    [OF_SEVERAL] = { SQL_AUDIT_OF_SEVERAL_UP, SQL_AUDIT_OF_SEVERAL_DOWN },
    [OF_WHO] = { SQL_AUDIT_OF_WHO_UP, SQL_AUDIT_OF_WHO_DOWN },
    [OF_ACCOUNT] = { SQL_AUDIT_OF_ACCOUNT_UP, SQL_AUDIT_OF_ACCOUNT_DOWN },
    [IN_TIME] = { SQL_AUDIT_IN_TIME_UP, SQL_AUDIT_IN_TIME_DOWN },
    [ALL] = { SQL_AUDIT_ALL_UP, SQL_AUDIT_ALL_DOWN },
};

typedef struct Stream { /* entries that one road gives, a bite at a time */
    Store *store;
    Road road;
    const AuditQuery *query;
    bool naming;       /* they only count when their detail names what is asked for */
    int64_t after;     /* beyond this entry … */
    Time after_at;     /* … and, in order of time, this moment */
    AuditEntry entries[BITE_MAX];
    size_t n, at, bite;
    bool over;
    Arena *a;
} Stream;

/* ---- the sieve ---- */

static bool part_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '-';
}

/* "3 found: KG-7F3Q2, KG-11111" names KG-7F3Q2 and not KG-7F3Q. */
static bool names(const char *detail, const char *what)
{
    size_t n = strlen(what);

    for (const char *at = detail; n && (at = strstr(at, what)) != NULL; at += n)
        if ((at == detail || !part_of_word(at[-1])) && !part_of_word(at[n])) return true;
    return false;
}

/* What was taken of every case is of this one too. */
static bool of_all_cases(const AuditEntry *e)
{
    return e->kind == AUDIT_DISCLOSE && !*e->case_id;
}

static bool fits(const Stream *s, const AuditEntry *e)
{
    const AuditQuery *q = s->query;

    if (q->kinds && !(e->kind < AUDIT_KIND_COUNT && (q->kinds & 1u << e->kind))) return false;
    if (q->from != TIME_NONE && e->at < q->from) return false;
    if (q->to != TIME_NONE && e->at > q->to) return false;
    if (e->seq < q->from_seq || (q->to_seq && e->seq > q->to_seq)) return false;
    if (s->naming && q->case_id) return (names(e->detail, q->case_id) || of_all_cases(e)) && (!q->who || str_eq(e->who, q->who));
    if (s->naming) return !str_eq(e->who, q->who) && names(e->detail, q->who);
    return (!q->case_id || str_eq(e->case_id, q->case_id)) && (!q->who || str_eq(e->who, q->who));
}

/* ---- a bite ---- */

static void bind(Stmt *q, const Stream *s)
{
    const AuditQuery *ask = s->query;
    Time end = ask->newest ? ask->from : ask->to;

    bind_int(q, "after", s->after);
    if (s->road == OF_CASE) bind_text(q, "case_id", ask->case_id);
    if (s->road == OF_WHO) bind_text(q, "who", ask->who);
    if (s->road != IN_TIME) return;
    bind_int(q, "after_at", s->after_at);
    bind_int(q, "end", end != TIME_NONE ? end : ask->newest ? INT64_MIN : INT64_MAX);
}

/* Nothing further along can fit. */
static bool past_the_end(const Stream *s, int64_t seq)
{
    const AuditQuery *q = s->query;

    if (s->road == IN_TIME) return false;
    return q->newest ? seq < q->from_seq : q->to_seq && seq > q->to_seq;
}

static bool bite(Stream *s, Err *err)
{
    Stmt *q = stmt(s->store, roads[s->road][s->query->newest]);
    int passed = 0; /* a bite ends after so many entries that did not fit, too */
    bool more = true;

    arena_reset(s->a);
    s->n = s->at = 0;
    bind(q, s);
    while (s->n < s->bite && passed < 8 * BITE_MAX && (more = stmt_row(q))) {
        AuditEntry *e = &s->entries[s->n];
        audit_entry_read(q, s->a, e);
        s->after = e->seq;
        s->after_at = e->at;
        if (past_the_end(s, e->seq)) {
            more = false;
            break;
        }
        s->n += fits(s, e);
        passed++;
    }
    s->over = !more;
    return stmt_end(q, err);
}

/* The next entry, or NULL. */
static bool next(Stream *s, const AuditEntry **out, Err *err)
{
    *out = NULL;
    while (s->at == s->n && !s->over)
        if (!bite(s, err)) return false;
    if (s->at < s->n) *out = &s->entries[s->at];
    return true;
}

/* ---- which statement ---- */

static Road chooses(const AuditQuery *q)
{
    if (q->case_id) return OF_CASE;
    if (q->who) return OF_WHO;
    return q->from != TIME_NONE || q->to != TIME_NONE ? IN_TIME : ALL;
}

/* Where a stream begins: before the first that may fit, or behind the last. */
static void begin(Stream *s)
{
    const AuditQuery *q = s->query;
    Time edge = q->newest ? q->to : q->from;

    s->after_at = edge != TIME_NONE ? edge : q->newest ? INT64_MAX : INT64_MIN;
    if (q->newest)
        s->after = s->road != IN_TIME && q->to_seq ? q->to_seq + 1 : INT64_MAX;
    else
        s->after = s->road != IN_TIME && q->from_seq ? q->from_seq - 1 : 0;
}

static Stream *stream_new(Store *store, const AuditQuery *q, Road road, bool naming, Arena *a)
{
    Stream *s = arena_zero(a, 1, sizeof *s);

    s->store = store;
    s->road = road;
    s->query = q;
    s->naming = naming;
    s->bite = q->limit > 0 && q->limit < BITE_MAX ? (size_t)q->limit : BITE_MAX;
    begin(s);
    s->a = arena_new();
    return s;
}

static bool merged(Stream *one, Stream *other, AuditVisitor *each, void *with, Err *err)
{
    int64_t left = one->query->limit > 0 ? one->query->limit : INT64_MAX;
    const AuditEntry *a, *b = NULL;

    while (left-- > 0) {
        if (!next(one, &a, err) || (other && !next(other, &b, err))) return false;
        if (!a && !b) return true;
        bool one_first = !b || (a && (one->query->newest ? a->seq >= b->seq : a->seq <= b->seq));
        Stream *first = one_first ? one : other;
        if (!each(with, &first->entries[first->at++])) return true;
    }
    return true;
}

bool store_audit_find(Store *s, const AuditQuery *q, AuditVisitor *each, void *with, Err *err)
{
    Arena *a = arena_new();
    bool both = q->named && (q->case_id || q->who);
    Stream *one = stream_new(s, q, chooses(q), false, a);
    Stream *other = both ? stream_new(s, q, q->case_id ? OF_SEVERAL : OF_ACCOUNT, true, a) : NULL;
    bool ok = merged(one, other, each, with, err);

    arena_free(&one->a);
    if (other) arena_free(&other->a);
    arena_free(&a);
    return ok;
}

/* ---- single answers ---- */

bool store_audit_entry(Store *s, int64_t seq, Arena *a, AuditEntry *out, Err *err)
{
    Stmt *q = stmt(s, SQL_AUDIT_ENTRY);
    bool found;

    bind_int(q, "seq", seq);
    found = stmt_row(q);
    if (found) audit_entry_read(q, a, out);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "", "The log has no such entry.");
}

bool store_audit_since(Store *s, Time at, int64_t *seq, Err *err)
{
    Stmt *q = stmt(s, SQL_AUDIT_FIRST_SINCE);

    bind_int(q, "at", at);
    *seq = stmt_row(q) && !col_null(q, 0) ? col_int(q, 0) : 0;
    return stmt_end(q, err);
}

bool store_case_restricted(Store *s, const char *id, Time *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_RESTRICTED_AT);

    bind_text(q, "id", id);
    *out = stmt_row(q) ? col_time(q, 0) : TIME_NONE;
    return stmt_end(q, err);
}
