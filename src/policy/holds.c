/* holds.c — a duty that is put aside for a while: for how long at most, and until when.
** A hold moves a row out of the tabs and changes nothing else: not the state, not the clock. So what it says is read off the facts anew at every
** evaluation: a grade that goes up shortens the holds that stand, and none reaches past the moment the duty is due. */
#include "rule.h"

#include "base/str.h"

Time span_after(const Policy *p, SpanUnit unit, int n, Time from)
{
    switch (unit) {
    case SPAN_SECONDS: return from + n;
    case SPAN_DAYS: return civil_add_days(from, n);
    default: return civil_day_end(working_day_after(p, civil_local_date(from), n));
    }
}

Time policy_hold_most(const Policy *p, Code grade, Time at)
{
    const HoldSpan *most = grade < HOLD_GRADES ? &p->holds[grade] : NULL;

    return most && most->n ? span_after(p, most->unit, most->n, at) : TIME_NONE;
}

const char *policy_hold_words(const Policy *p, Code grade, Arena *a)
{
    const HoldSpan *most = grade < HOLD_GRADES ? &p->holds[grade] : NULL;

    if (!most || !most->n) return NULL;
    if (most->unit == SPAN_WORKING_DAYS) return arena_printf(a, "%d working day%s", most->n, most->n == 1 ? "" : "s");
    if (most->unit == SPAN_DAYS) return arena_printf(a, "%d day%s", most->n, most->n == 1 ? "" : "s");
    if (most->n % HOUR) return arena_printf(a, "%d minutes", most->n / MINUTE);
    return arena_printf(a, "%d hour%s", most->n / HOUR, most->n == HOUR ? "" : "s");
}

/* The grade as it is known at `now`. */
static Code grade_then(const CaseDoc *doc, Time now)
{
    CaseDoc then = *doc;

    while (then.n_assessments && then.assessments[then.n_assessments - 1].at > now) then.n_assessments--;
    return case_grade(&then);
}

/* The end of one hold; TIME_NONE when it does not concern the duty. */
static Time end_of(const Policy *p, const Hold *h, const Duty *d, Code grade, Time now)
{
    Time most, end = h->until;

    if (h->at > now || h->at < d->start || !str_eq(h->duty, d->id)) return TIME_NONE;
    most = policy_hold_most(p, grade, h->at);
    if (h->ended_at != TIME_NONE && h->ended_at <= now && h->ended_at < end) end = h->ended_at;
    if (most < end) end = most;
    return d->due < end ? d->due : end;
}

static const Hold *last_end(const Policy *p, const CaseDoc *doc, const Duty *d, Code grade, Time now, Time *out)
{
    const Hold *found = NULL;

    *out = 0;
    for (size_t i = 0; i < doc->n_holds; i++) {
        Time end = end_of(p, &doc->holds[i], d, grade, now);
        if (end <= doc->holds[i].at || end <= *out) continue;
        found = &doc->holds[i];
        *out = end;
    }
    return found;
}

void holds_apply(const Policy *p, const CaseDoc *doc, Time now, Duty *duties, size_t n)
{
    Code grade;

    if (doc->n_holds == 0) return;
    grade = grade_then(doc, now);
    for (size_t i = 0; i < n; i++)
        if (duty_is_live(&duties[i])) last_end(p, doc, &duties[i], grade, now, &duties[i].held);
}

const Hold *policy_hold_of(const Policy *p, const CaseDoc *doc, const Duty *d, Time now)
{
    Time end;
    const Hold *h = duty_is_live(d) ? last_end(p, doc, d, grade_then(doc, now), now, &end) : NULL;

    return h && end > now ? h : NULL;
}
