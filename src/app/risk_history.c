/* risk_history.c — what stands around a grade and gives none: the earlier cases of the same people, which are read before it, and the
** thresholds of the instrument, which are told after it (the count was not known before, so that it could not lead). */
#include "inside.h"

#include "app/risk.h"
#include "base/str.h"

/* "KG-1 KG-2": what has to have been seen. */
static const char *cases_of(const RiskWork *work, Arena *a)
{
    Str ids = { 0 };
    const char *text;

    for (size_t i = 0; i < work->n_earlier; i++) str_addf(&ids, "%s%s", i ? " " : "", work->earlier[i].row.id);
    text = arena_dup(a, str_text(&ids));
    str_finish(&ids);
    return text;
}

void app_risk_see(RiskWork *work, Arena *a)
{
    if (work->n_earlier) answers_put(work->answers, RISK_HISTORY, cases_of(work, a));
}

bool app_risk_seen(const RiskWork *work, Arena *a)
{
    return work->n_earlier == 0 || str_eq(answers_get(work->answers, RISK_HISTORY), cases_of(work, a));
}

/* "3 of 5 on the form"; the highest that is reached. */
const char *app_risk_threshold(const RiskWork *work, size_t yes, Time at, Arena *a)
{
    Date day = civil_local_date(at);
    const InstrumentThreshold *reached = NULL;
    size_t n;
    const InstrumentThreshold *all = instrument_thresholds(work->instrument, &n);

    for (size_t i = 0; i < n; i++) {
        if (all[i].yes < 0 || (size_t)all[i].yes > yes || instrument_threshold(work->instrument, all[i].name, day) != &all[i])
            continue;
        if (!reached || all[i].yes > reached->yes) reached = &all[i];
    }
    return reached ? arena_printf(a, "%s (from %d of %d) is reached: it gives no grade.", reached->title, reached->yes, reached->of)
                   : NULL;
}
