/* test_properties.c — what is true of every case: the same facts give the same duties, in whatever order they were entered; as time passes
** nothing goes back; and reading a case from what was written of it changes nothing. The cases come from wild.py. */
#include "policy_files.h"

#include "base/crypto.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Policy *policy;
static size_t failures;

static void fail(const CaseDoc *doc, Time now, const char *what, const char *more)
{
    char text[CIVIL_TEXT];

    if (failures++ < 20) printf("%s at %s: %s%s\n", doc->id, civil_format_time(now, text), what, more);
}

static bool same_duty(const Duty *a, const Duty *b)
{
    return str_eq(a->id, b->id) && a->cycle == b->cycle && a->owner == b->owner && a->start == b->start &&
           a->opens == b->opens && a->due == b->due && a->done == b->done && a->ended == b->ended;
}

static void must_be_same(const CaseDoc *a, const CaseDoc *b, Time now, Arena *arena, const char *what)
{
    Duty *x, *y;
    size_t n = policy_evaluate(policy, a, now, arena, &x), m = policy_evaluate(policy, b, now, arena, &y);

    if (n != m) fail(a, now, what, ": another number of duties");
    for (size_t i = 0; i < n && i < m; i++)
        if (!same_duty(&x[i], &y[i])) fail(a, now, what, x[i].id);
}

/* ---- the order of entries ---- */

static uint32_t dice(uint32_t below)
{
    static uint32_t seed = 7;

    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* What stands in an order of its own: people, and statuses of one person at one time. */
static bool may_be_shuffled(CaseListId list)
{
    return list != LIST_STATUS && list != LIST_PEOPLE && list != LIST_CONSENT;
}

/* Entries of different times change places; of one second the order of entry is a fact, and stays. */
static CaseDoc shuffled(const CaseDoc *doc, Arena *arena)
{
    CaseDoc out = *doc;

    for (CaseListId id = 0; id < LIST_COUNT; id++) {
        const CaseList *l = &case_lists[id];
        size_t n, size = l->item_size, offset = 0;
        char *all, swap[512];
        if (!may_be_shuffled(id)) continue;
        for (size_t i = 0; i < l->n_fields; i++)
            if (l->fields[i].flags & FIELD_ORDER) offset = l->fields[i].offset;
        all = case_items(doc, id, &n);
        if (n == 0) continue;
        all = memcpy(arena_alloc(arena, n * size), all, n * size);
        *(char **)(void *)((char *)&out + l->items_offset) = all;
        for (size_t k = 0; k < 3 * n; k++) {
            char *a = all + dice((uint32_t)n) * size, *b = all + dice((uint32_t)n) * size;
            if (a == b || *(Time *)(void *)(a + offset) == *(Time *)(void *)(b + offset)) continue;
            memcpy(swap, a, size);
            memcpy(a, b, size);
            memcpy(b, swap, size);
        }
    }
    return out;
}

/* After a swap of two, equal ones may stand the other way round: only lists without doubles of a time are compared. */
static bool has_doubles(const CaseDoc *doc)
{
    for (CaseListId id = 0; id < LIST_COUNT; id++) {
        const CaseList *l = &case_lists[id];
        size_t n, offset = 0;
        char *all;
        if (!may_be_shuffled(id)) continue;
        for (size_t i = 0; i < l->n_fields; i++)
            if (l->fields[i].flags & FIELD_ORDER) offset = l->fields[i].offset;
        all = case_items(doc, id, &n);
        for (size_t i = 1; i < n; i++)
            if (*(Time *)(void *)(all + i * l->item_size + offset) ==
                *(Time *)(void *)(all + (i - 1) * l->item_size + offset))
                return true;
    }
    return false;
}

static bool check_order(const CaseDoc *doc, Time now, Arena *arena)
{
    CaseDoc other;

    if (has_doubles(doc)) return false;
    other = shuffled(doc, arena);
    case_sort(&other);
    must_be_same(doc, &other, now, arena, "another order of entries: ");
    return true;
}

/* ---- time ---- */

/* How far a duty has come; what is done, late, void or missed stays so. */
static int rank(DutyState s)
{
    static const int ranks[DUTY_STATE_COUNT] = {
        [DUTY_OPEN] = 1, [DUTY_OVERDUE] = 2, [DUTY_DONE] = 3, [DUTY_LATE] = 3, [DUTY_VOID] = 3, [DUTY_MISSED] = 3
    };

    return ranks[s];
}

static const Duty *find(const Duty *all, size_t n, const Duty *d)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, d->id) && all[i].cycle == d->cycle) return &all[i];
    return NULL;
}

static Time last_fact(const CaseDoc *doc)
{
    Time last = doc->reported_at;

    for (size_t i = 0; i < case_n_scalars; i++) {
        const CaseField *f = &case_scalars[i];
        if (f->kind == FIELD_TIME && *(const Time *)(const void *)((const char *)doc + f->offset) > last)
            last = *(const Time *)(const void *)((const char *)doc + f->offset);
    }
    for (CaseListId id = 0; id < LIST_COUNT; id++) {
        size_t n;
        const char *all = id == LIST_STATUS ? NULL : case_items(doc, id, &n);
        for (size_t i = 0; all && i < n; i++)
            for (size_t k = 0; k < case_lists[id].n_fields; k++) {
                const CaseField *f = &case_lists[id].fields[k];
                Time t = f->kind == FIELD_TIME
                             ? *(const Time *)(const void *)(all + i * case_lists[id].item_size + f->offset)
                             : TIME_NONE;
                if (t > last) last = t;
            }
    }
    for (size_t i = 0; i < doc->n_people; i++)
        for (size_t k = 0; k < doc->people[i].n_status; k++)
            if (doc->people[i].status[k].at > last) last = doc->people[i].status[k].at;
    return last;
}

static void check_step(const CaseDoc *doc, Time before, Time after, Arena *arena)
{
    Duty *x, *y;
    size_t n = policy_evaluate(policy, doc, before, arena, &x), m = policy_evaluate(policy, doc, after, arena, &y);

    for (size_t i = 0; i < n; i++) {
        const Duty *later = find(y, m, &x[i]);
        DutyState was = duty_state(&x[i], before), is;
        if (!later) {
            fail(doc, after, "a duty went away by itself: ", x[i].id);
            continue;
        }
        is = duty_state(later, after);
        if (rank(is) < rank(was) || (rank(was) == 3 && is != was)) fail(doc, after, "a duty went back: ", x[i].id);
        if (x[i].start != later->start || x[i].opens != later->opens || x[i].due != later->due)
            fail(doc, after, "a clock moved by itself: ", x[i].id);
    }
    if (m != n) fail(doc, after, "a duty came by itself", "");
}

/* From the last fact on, only time passes. */
static void check_time(const CaseDoc *doc, Arena *arena)
{
    static const Time steps[] = { 1, HOUR, 10 * HOUR, 3 * DAY, 8 * DAY, 40 * DAY, 400 * DAY };
    Time at = last_fact(doc);

    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        check_step(doc, at, at + steps[i], arena);
        at += steps[i];
    }
}

/* ---- written and read again ---- */

static void check_rebuild(const CaseDoc *doc, Time now, Arena *arena)
{
    const Vocabs *v = policy_vocabs(policy);
    Str text = { 0 };
    CaseDoc again;
    Err err = { 0 };

    case_write(doc, v, &text);
    if (case_read(text.s, text.n, v, TIME_MAX, arena, &again, NULL, &err))
        must_be_same(doc, &again, now, arena, "written and read again: ");
    else
        fail(doc, now, "cannot be read again: ", err.text);
    str_finish(&text);
}

int main(int argc, char **argv)
{
    static const char *const nows[] = { "2010-02-20T11:11:11Z", "2010-04-05T12:00:00Z", "2011-03-01T00:00:00Z" };
    Arena *keep = arena_new(), *a = arena_new();
    Policy *p = standard_policy();
    Cases cases;
    size_t ordered = 0;

    policy = p;
    cases = cases_read(argc > 1 ? argv[1] : data_path("cases.jsonl"), policy_vocabs(p), keep);
    for (size_t i = 0; i < cases.n; i++) {
        for (size_t t = 0; t < ARRAY_LEN(nows); t++) {
            must_be_same(&cases.docs[i], &cases.docs[i], at(nows[t]), a, "the same again: ");
            ordered += check_order(&cases.docs[i], at(nows[t]), a);
            check_rebuild(&cases.docs[i], at(nows[t]), a);
            arena_reset(a);
        }
        check_time(&cases.docs[i], a);
        arena_reset(a);
    }
    printf("%zu cases, %zu looks in another order, %zu failures\n", cases.n, ordered, failures);
    if (ordered == 0) printf("no case could be shuffled: the test proves nothing\n");
    policy_free(&p);
    arena_free(&a);
    arena_free(&keep);
    return failures > 0 || ordered == 0;
}
