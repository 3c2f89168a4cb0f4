/* checks.c — what a review ticks. Asked by the policy in force; kept in the review itself, with the words that were on the screen and the
** hash of the policy that asked, so that a signature covers what was ticked and nobody has to look up what it meant. */
#include "app/review.h"

#include "inside.h"

#include "base/str.h"

#include <jansson.h>
#include <string.h>

const char *const check_tick_words[CHECK_TICKS] = { "left", "yes", "no", "na" };
const char *const check_tick_labels[CHECK_TICKS] = { "not ticked", "yes", "no", "not applicable" };

void app_checks_asked(const App *app, const CaseDoc *doc, const char *kind, Arena *a, ReviewChecks *out)
{
    PolicyChecklist about;
    const PolicyCheck **asked;
    size_t n = policy_checklist(app->policy, kind, doc, app->now, a, &asked, &about);

    *out = (ReviewChecks){ .title = about.title, .cite = about.cite, .policy = policy_hash(app->policy), .n = n };
    out->items = arena_alloc(a, (n + 1) * sizeof *out->items);
    for (size_t i = 0; i < n; i++) {
        out->items[i] = (ReviewCheck){ asked[i]->name, asked[i]->says, asked[i]->cite, asked[i]->otherwise, CHECK_LEFT, asked[i]->on_record, TRUTH_UNKNOWN };
        if (asked[i]->on_record) out->items[i].known = policy_check_known(app->policy, kind, asked[i]->name, doc, app->now, a);
    }
}

size_t app_checks_count(const ReviewChecks *c, CheckTick tick)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n; i++) n += c->items[i].tick == tick;
    return n;
}

/* ---- in the review ---- */

/* {"at_once":true,"checks":[{"answer":"yes","check":"risk-right","says":"…"}],"none":"why nothing is asked of anybody","policy":"3f2a…"} */
const char *checks_text(const ReviewChecks *c, Arena *a)
{
    json_t *all = json_object(), *list = json_array();
    const char *text;
    char *dumped;

    for (size_t i = 0; i < c->n; i++)
        json_array_append_new(list, json_pack("{s:s,s:s,s:s}", "check", c->items[i].name, "says", c->items[i].says, "answer", check_tick_words[c->items[i].tick]));
    json_object_set_new(all, "policy", json_string(c->policy));
    json_object_set_new(all, "checks", list);
    if (c->at_once) json_object_set_new(all, "at_once", json_true());
    if (c->despite) json_object_set_new(all, "despite", json_true());
    if (c->none) json_object_set_new(all, "none", json_string(c->none));
    dumped = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
    text = arena_dup(a, dumped ? dumped : "{}");
    free(dumped);
    json_decref(all);
    return text;
}

static bool tick_of(const char *word, CheckTick *out)
{
    for (CheckTick t = 0; word && t < CHECK_TICKS; t++)
        if (str_eq(check_tick_words[t], word)) {
            *out = t;
            return true;
        }
    return false;
}

/* What a file brought may be anything: what is no check is passed over. */
static void take(const json_t *list, Arena *a, ReviewChecks *out)
{
    size_t n = json_array_size(list);

    out->items = arena_alloc(a, (n + 1) * sizeof *out->items);
    for (size_t i = 0; i < n; i++) {
        const json_t *one = json_array_get(list, i);
        const char *name = json_string_value(json_object_get(one, "check")), *says = json_string_value(json_object_get(one, "says"));
        ReviewCheck c = { .name = name };
        if (!name || !tick_of(json_string_value(json_object_get(one, "answer")), &c.tick)) continue;
        c.name = arena_dup(a, name);
        c.says = says ? arena_dup(a, says) : c.name;
        out->items[out->n++] = c;
    }
}

void app_checks_of(const Review *r, Arena *a, ReviewChecks *out)
{
    json_t *all = r->answers ? json_loads(r->answers, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *policy = json_string_value(json_object_get(all, "policy")), *none = json_string_value(json_object_get(all, "none"));

    *out = (ReviewChecks){ .policy = policy ? arena_dup(a, policy) : NULL,
        .at_once = json_is_true(json_object_get(all, "at_once")),
        .despite = json_is_true(json_object_get(all, "despite")),
        .none = str_blank(none) ? NULL : arena_dup(a, none) };
    if (policy) take(json_object_get(all, "checks"), a, out);
    json_decref(all);
}
