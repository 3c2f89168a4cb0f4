/* review.c — a review with what it ticks and what it asks for, in one write: the entry, signed, and a task for each instruction. Who must do
** what by when is then read off the tasks by the policy, as of every other task. */
#include "app/review.h"

#include "inside.h"

#include "base/str.h"

#include <string.h>

/* What is asked now, as it was ticked on the screen. */
static bool ticks_fit(App *app, const CaseDoc *doc, const char *kind, const ReviewChecks *said, Arena *a, ReviewChecks *out, Err *err)
{
    size_t taken = 0, ticked = said ? said->n - app_checks_count(said, CHECK_LEFT) : 0;

    app_checks_asked(app, doc, kind, a, out);
    for (size_t i = 0; said && i < said->n; i++)
        for (size_t k = 0; k < out->n; k++)
            if (said->items[i].tick != CHECK_LEFT && str_eq(out->items[k].name, said->items[i].name)) {
                out->items[k].tick = said->items[i].tick;
                taken++;
            }
    out->at_once = said && said->at_once && taken > 0;
    return taken == ticked ||
           err_set(err, ERR_STALE, "checks", "The checks of this review are others now: the case or the policy has changed. Look at them again.");
}

static void task_of(App *app, const Instruction *i, Task *out)
{
    case_item_init(LIST_TASKS, out);
    out->source = vocab_code(app_vocabs(app), VOCAB_TASK_SOURCE, "review");
    out->what = i->what;
    out->owner = vocab_code(app_vocabs(app), VOCAB_ROLE, role_word(i->owner));
    out->who = i->who;
    out->due = i->due;
}

/* Behind one's own: who may not give tasks is told so, and the review waits. */
static size_t tasks_of(App *app, const ReviewSaid *said, Arena *a, CaseExtra **out)
{
    Task *tasks = arena_alloc(a, (said->n_instructions + 1) * sizeof *tasks);

    *out = arena_alloc(a, (said->n_instructions + 1) * sizeof **out);
    for (size_t i = 0; i < said->n_instructions; i++) {
        task_of(app, &said->instructions[i], &tasks[i]);
        (*out)[i] = (CaseExtra){ LIST_TASKS, &tasks[i] };
    }
    return said->n_instructions;
}

/* ---- what an outcome asks ---- */

/* "Merlin and CRIS quote each other; …" of those that do not hold. */
static const char *not_held(const ReviewChecks *c, Arena *a)
{
    const char *words = "";

    for (size_t i = 0; i < c->n; i++)
        if (c->items[i].tick == CHECK_NO) words = arena_printf(a, "%s%s%.80s", words, *words ? "; " : "", c->items[i].says);
    return words;
}

bool review_follows(const App *app, const Review *r, size_t n_tasks, Arena *a, Err *err)
{
    const char *outcome = vocab_word(app_vocabs(app), VOCAB_REVIEW_OUTCOME, r->outcome);
    ReviewChecks ticks;
    size_t no;

    app_checks_of(r, a, &ticks);
    no = app_checks_count(&ticks, CHECK_NO);
    if (str_eq(vocab_word(app_vocabs(app), VOCAB_REVIEW, r->kind), "qa")) return true; /* a sample asks nothing of the one case */
    if (str_eq(outcome, "remedial") && n_tasks == 0 && !ticks.none)
        return err_set(err, ERR_INVALID, "instructions",
            "Remedial action asks something of somebody: say whom, by when and what (\"+2d Take the statement\"), or why nobody (\"none: …\").");
    if (str_eq(outcome, "satisfied") && n_tasks < no && !ticks.despite) /* what is asked for needs no question */
        return err_set(err, ERR_INVALID, "despite", "Satisfied, although %zu %s not hold: %.220s. Ask for it, or say that it is meant so.",
            no, no == 1 ? "check does" : "checks do", not_held(&ticks, a));
    return true;
}

bool app_review_add(App *app, CaseRow *row, const ReviewSaid *said, Arena *a, Err *err)
{
    Arena *work = arena_new_secret();
    Review r = *said->review;
    ReviewChecks ticks;
    CaseExtra *extras;
    CaseDoc doc;
    size_t n = tasks_of(app, said, work, &extras);
    bool ok = store_case_load(app->store, row->key, app_vocabs(app), work, &doc, err) &&
              ticks_fit(app, &doc, vocab_word(app_vocabs(app), VOCAB_REVIEW, r.kind), said->checks, work, &ticks, err);

    ticks.despite = ok && said->despite && app_checks_count(&ticks, CHECK_NO) > 0;
    ticks.none = str_blank(said->none) ? NULL : said->none;
    if (ok && (ticks.n > 0 || ticks.none)) r.answers = checks_text(&ticks, work);
    ok = ok && case_add_with(app, row, &(CaseExtra){ LIST_REVIEWS, &r }, extras, n, a, NULL, NULL, err);
    arena_free(&work);
    return ok;
}
