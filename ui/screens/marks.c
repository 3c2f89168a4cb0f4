/* marks.c — rows of the desk that are marked. A mark is of a duty of a case, not of a row: it holds while the list is scrolled, read anew or shown
** from another tab, and also when the row is gone from the queue; what that means is said when the marked cases are looked at. */
#include "marks.h"

#include <stdlib.h>

static size_t place_of(const Marks *m, const char *case_id, int cycle)
{
    size_t i = 0;

    while (i < m->n && (!str_eq(m->of[i].case_id, case_id) || m->of[i].cycle != cycle)) i++;
    return i;
}

const Mark *marks_find(const Marks *m, const char *case_id, const char *duty, int cycle)
{
    size_t i = str_eq(m->duty, duty) ? place_of(m, case_id, cycle) : m->n;

    return i < m->n ? &m->of[i] : NULL;
}

static void take_away(Marks *m, size_t i)
{
    memmove(m->of + i, m->of + i + 1, (m->n - i - 1) * sizeof *m->of);
    if (--m->n == 0) marks_clear(m);
}

/* What the row itself says against it; what the case says is asked when the marked are looked at. */
static bool row_fits(const Marks *m, App *app, const QueueRow *row, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *against = row->restricted                ? "is restricted"
                          : row->grade == CODE_NONE  ? "has no grade yet"
                          : row->grade == GRADE_HIGH ? "is high risk"
                                                     : NULL;

    if (!app_bulk_may(app, row->duty, err)) return false;
    if (against) return err_set(err, ERR_INVALID, "", "%s %s: review it by itself.", row->case_id, against);
    if (m->n && !str_eq(m->duty, row->duty))
        return err_set(err, ERR_INVALID, "", "Marked are rows of \"%s\": only one kind is entered together. Esc clears them.", duty_title(app, m->duty));
    if (m->n && m->grade && m->grade != row->grade)
        return err_set(err, ERR_INVALID, "", "Marked are cases of %s risk: those of %s are entered together by themselves.",
            vocab_word(v, VOCAB_GRADE, m->grade), vocab_word(v, VOCAB_GRADE, row->grade));
    return m->n < BULK_MAX || err_set(err, ERR_INVALID, "", "At most %d cases are reviewed at once.", BULK_MAX);
}

bool marks_toggle(Marks *m, App *app, const QueueRow *row, Err *err)
{
    Mark new = { .cycle = row->cycle };

    if (marks_find(m, row->case_id, row->duty, row->cycle)) {
        take_away(m, place_of(m, row->case_id, row->cycle));
        return true;
    }
    if (!row_fits(m, app, row, err) || !app_bulk_mark(app, row->case_id, &new.rev, err)) return false;
    snprintf(new.case_id, sizeof new.case_id, "%s", row->case_id);
    snprintf(m->duty, sizeof m->duty, "%s", row->duty);
    m->grade = row->grade;
    m->of[m->n++] = new;
    return true;
}

void marks_drop(Marks *m, const char *case_id)
{
    for (size_t i = m->n; i > 0; i--)
        if (str_eq(m->of[i - 1].case_id, case_id)) take_away(m, i - 1);
}

void marks_clear(Marks *m)
{
    *m = (Marks){ .n = 0 };
}

const char *marks_text(const Marks *m, Arena *a)
{
    Str s = { 0 };
    const char *out;

    for (size_t i = 0; i < m->n; i++) str_addf(&s, "%s%s@%lld.%d", i ? " " : "", m->of[i].case_id, (long long)m->of[i].rev, m->of[i].cycle);
    out = arena_dup(a, str_text(&s));
    str_finish(&s);
    return out;
}

void marks_of_text(Marks *m, const char *duty, const char *text)
{
    marks_clear(m);
    for (const char *at = text; *(at += strspn(at, " ")) && m->n < BULK_MAX; at += strcspn(at, " ")) {
        size_t n = strcspn(at, " "), id = strcspn(at, "@");
        Mark *new = &m->of[m->n];
        char *rest;
        if (id >= n || id >= sizeof new->case_id) continue;
        *new = (Mark){ .rev = strtoll(at + id + 1, &rest, 10) };
        if (*rest == '.') new->cycle = atoi(rest + 1);
        memcpy(new->case_id, at, id);
        m->n++;
    }
    if (m->n) snprintf(m->duty, sizeof m->duty, "%s", duty);
}
