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

/* What is open and what fires, and what an answered alert hangs on. */
static void must_check_same(const CaseDoc *a, const CaseDoc *b, Time now, Arena *arena, const char *what)
{
    AlertFired *x, *y;
    GateVerdict *g, *h;
    size_t n = policy_alerts(policy, a, NULL, 0, now, arena, &x), m = policy_alerts(policy, b, NULL, 0, now, arena, &y);

    if (n != m) fail(a, now, what, "another number of alerts");
    for (size_t i = 0; i < n && i < m; i++)
        if (x[i].alert != y[i].alert || !str_eq(x[i].basis, y[i].basis)) fail(a, now, what, x[i].alert->id);
    for (const char *const *act = policy_acts; *act; act++) {
        n = policy_gates(policy, *act, a, NULL, 0, now, arena, &g);
        policy_gates(policy, *act, b, NULL, 0, now, arena, &h);
        for (size_t i = 0; i < n; i++)
            if (g[i].gate != h[i].gate || g[i].open != h[i].open) fail(a, now, what, g[i].gate->id);
    }
}

/* ---- escalation ---- */

/* The standard policy with every duty of the sergeants going to the inspector of another desk, too. */
static Policy *escalated_policy(void)
{
    static const char before[] = "owner    csu-ds\n", after[] = "owner    csu-ds, then dci after 2 days\n";
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n), *at;
    Str s = { 0 };
    Policy *p;
    char *page;

    for (; (at = strstr(text, before)); text = at + strlen(before)) {
        bool alert = false;
        str_add_n(&s, text, (size_t)(at - text));
        for (const char *line = s.s + s.n; line > s.s && !alert; line--)
            if (line[-1] == '\n' && *line != ' ' && *line != '\0') {
                alert = strncmp(line, "alert", 5) == 0; /* alerts go to one role */
                break;
            }
        str_add(&s, alert ? before : after);
    }
    str_add(&s, text);
    page = problems_of(s.s, s.n, &p);
    if (!p) printf("%s", page);
    mem_free(page);
    str_finish(&s);
    return p;
}

/* Who else gets a duty changes no duty, and nobody who has it loses it while it waits. */
static void check_escalation(const Policy *escalated, const CaseDoc *doc, Time now, Arena *arena, size_t *came)
{
    Duty *x, *y;
    size_t n = policy_evaluate(policy, doc, now, arena, &x), m = policy_evaluate(escalated, doc, now, arena, &y);

    if (n != m) fail(doc, now, "escalation: another number of duties", "");
    for (size_t i = 0; i < n && i < m; i++) {
        const PolicyDuty *rule = policy_duty_by_id(escalated, y[i].id);
        Role roles[8];
        size_t last = 0;
        if (!same_duty(&x[i], &y[i])) fail(doc, now, "escalation: ", x[i].id);
        for (Time t = y[i].start; t < y[i].due + 6 * DAY; t += DAY) {
            size_t count = policy_duty_queues(rule, &y[i], t, roles, ARRAY_LEN(roles));
            if (count < last) fail(doc, t, "somebody lost a duty: ", x[i].id);
            last = count;
        }
        if (last > 1) (*came)++;
        if (last > 1 && !duty_is_live(&y[i])) fail(doc, now, "what is done waits for somebody: ", x[i].id);
    }
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
    must_check_same(doc, &other, now, arena, "another order of entries: ");
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
    if (case_read(text.s, text.n, v, TIME_MAX, arena, &again, NULL, &err)) {
        must_be_same(doc, &again, now, arena, "written and read again: ");
        must_check_same(doc, &again, now, arena, "written and read again: ");
    } else
        fail(doc, now, "cannot be read again: ", err.text);
    str_finish(&text);
}

int main(int argc, char **argv)
{
    static const char *const nows[] = { "2010-02-20T11:11:11Z", "2010-04-05T12:00:00Z", "2011-03-01T00:00:00Z" };
    Arena *keep = arena_new(), *a = arena_new();
    Policy *p = standard_policy(), *escalated = escalated_policy();
    Cases cases;
    size_t ordered = 0, came = 0;

    policy = p;
    cases = cases_read(argc > 1 ? argv[1] : data_path("cases.jsonl"), policy_vocabs(p), keep);
    for (size_t i = 0; i < cases.n; i++) {
        for (size_t t = 0; t < ARRAY_LEN(nows); t++) {
            must_be_same(&cases.docs[i], &cases.docs[i], at(nows[t]), a, "the same again: ");
            ordered += check_order(&cases.docs[i], at(nows[t]), a);
            check_rebuild(&cases.docs[i], at(nows[t]), a);
            check_escalation(escalated, &cases.docs[i], at(nows[t]), a, &came);
            arena_reset(a);
        }
        check_time(&cases.docs[i], a);
        arena_reset(a);
    }
    printf("%zu cases, %zu looks in another order, %zu duties came to a second queue, %zu failures\n", cases.n, ordered,
        came, failures);
    if (ordered == 0 || came == 0) printf("nothing was shuffled or escalated: the test proves nothing\n");
    policy_free(&p);
    policy_free(&escalated);
    arena_free(&a);
    arena_free(&keep);
    return failures > 0 || ordered == 0 || came == 0;
}
