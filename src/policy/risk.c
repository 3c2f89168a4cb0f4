/* risk.c — the answers of risk assessments, read once for each question about a case.
** They stand in the document as JSON that its reader has checked; what cannot be read all the same counts as never answered. */
#include "eval.h"

#include "base/str.h"

#include <jansson.h>
#include <string.h>

typedef struct RiskSheet {
    const Assessment *of;
    RiskAnswer *answers;
    size_t n;
    struct RiskSheet *next;
} RiskSheet;

static void read_answers(const View *v, const Assessment *a, RiskSheet *out)
{
    json_t *all = a->answers ? json_loads(a->answers, 0, NULL) : NULL, *one;
    const char *factor;

    if (!json_is_object(all)) {
        json_decref(all);
        return;
    }
    out->answers = arena_alloc(v->arena, (json_object_size(all) + 1) * sizeof *out->answers);
    json_object_foreach(all, factor, one)
    {
        const char *word = json_string_value(json_object_get(one, "answer"));
        const char *context = json_string_value(json_object_get(one, "context"));
        out->answers[out->n++] = (RiskAnswer){ .factor = arena_dup(v->arena, factor),
            .context = context && *context ? arena_dup(v->arena, context) : NULL,
            .answer = vocab_code(&v->policy->vocabs, VOCAB_ANSWER, word) };
    }
    json_decref(all);
}

const RiskAnswer *risk_answers(View *v, const Assessment *a, size_t *n)
{
    RiskSheet *sheet;

    for (sheet = v->risk; sheet && sheet->of != a; sheet = sheet->next) {}
    if (!sheet) {
        sheet = arena_zero(v->arena, 1, sizeof *sheet);
        sheet->of = a;
        read_answers(v, a, sheet);
        sheet->next = v->risk;
        v->risk = sheet;
    }
    *n = sheet->n;
    return sheet->answers;
}

static Code answer_to(View *v, const Assessment *a, const char *factor)
{
    size_t n;
    const RiskAnswer *all = risk_answers(v, a, &n);

    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].factor, factor)) return all[i].answer;
    return CODE_NONE;
}

const Assessment *risk_latest(View *v, const Value *value, Code *answer)
{
    for (size_t i = view_existing(v, LIST_ASSESSMENTS, v->doc); i-- > 0;) {
        const Assessment *a = &v->doc->assessments[i];
        if (!a->answers || !set_has(&value->instruments, a->instrument)) continue;
        if (value->stage != CODE_NONE && a->stage != value->stage) continue;
        *answer = answer_to(v, a, value->factor);
        if (*answer != CODE_NONE) return a;
    }
    *answer = CODE_NONE;
    return NULL;
}

const Assessment *risk_context_of(View *v)
{
    Code initial = vocab_code(&v->policy->vocabs, VOCAB_STAGE, "initial");

    for (size_t i = view_existing(v, LIST_ASSESSMENTS, v->doc); i-- > 0;) {
        const Assessment *a = &v->doc->assessments[i];
        if (a->stage == initial && a->answers) return a;
    }
    return NULL;
}

bool risk_contexts(View *v, PolicyText **out, size_t *n)
{
    const Assessment *of = risk_context_of(v);
    const RiskAnswer *all = NULL;
    size_t count = 0;

    if (of) all = risk_answers(v, of, &count);
    *out = arena_alloc(v->arena, (count + 1) * sizeof **out);
    *n = 0;
    for (size_t i = 0; i < count; i++)
        if (all[i].context)
            (*out)[(*n)++] = (PolicyText){ arena_printf(v->arena, "risk.%s.context", all[i].factor), all[i].context };
    return of != NULL;
}
