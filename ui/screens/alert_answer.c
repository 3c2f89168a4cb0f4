/* alert_answer.c — what an officer says to an alert: that it was acted on, or why it is dismissed. The same question wherever one stands. */
#include "alerts.h"

const char *alert_count_words(int64_t n, char out[48])
{
    snprintf(out, 48, "! %lld alert%s", (long long)n, n == 1 ? " waits" : "s wait");
    return out;
}

const char *alert_answer_words(const AlertAnswer *answer, Arena *a)
{
    char when[CIVIL_TEXT];

    return arena_printf(a, "%s by %s, %s%s%s", answer->dismissed ? "dismissed" : "acted on",
        officer_words(answer->by, a), civil_words_full(answer->at, when), *answer->reason ? ": " : "", answer->reason);
}

bool alert_may_answer(const App *app, const char *alert, const char **why)
{
    const PolicyAlert *rule = app_alert_rule(app, alert);

    *why = "The policy in force has no such alert.";
    if (!rule) return false;
    *why = "An alert is answered by its owner, or who supervises the owner.";
    return app_may_alert(app, rule->owner);
}

/* A refused reason stands there again with the sentence beside it. */
static bool ask_and_say(Loop *l, const AlertName *name, bool dismissed, Str *reason)
{
    App *app = ((Ui *)loop_context(l))->app;
    AskLine q = { .title = dismissed ? "Dismiss the alert" : "Acted on",
        .text = dismissed ? "It waits again when the facts behind it change."
                          : "What was done, if it is not in the case already.",
        .label = dismissed ? "Why" : "What",
        .limit = ALERT_REASON_MAX,
        .may_be_empty = true }; /* the app says what is wrong with none */
    Err err = { 0 };

    for (;;) {
        if (!ask_text(l, &q, reason)) return false;
        err_clear(&err);
        if (app_alert_answer(app, name->case_id, name->alert, name->basis, dismissed, str_text(reason), &err)) break;
        if (err.kind != ERR_INVALID) {
            loop_status_err(l, &err);
            return false;
        }
        q.text = err.text;
    }
    loop_status(l, STYLE_GOOD, "The alert is %s. It waits again when the facts change.",
        dismissed ? "dismissed" : "noted as acted on");
    return true;
}

bool alert_answer(Loop *l, const AlertName *name)
{
    static const char *const labels[] = { "Acted on", "Dismiss" };
    App *app = ((Ui *)loop_context(l))->app;
    const PolicyAlert *rule = app_alert_rule(app, name->alert);
    char id[48], alert[80], basis[24];
    AlertName own = { id, alert, basis };
    Str reason = { 0 };
    bool said;
    int pick;

    snprintf(id, sizeof id, "%s", name->case_id); /* the rows may be read anew while the question is open */
    snprintf(alert, sizeof alert, "%s", name->alert);
    snprintf(basis, sizeof basis, "%s", name->basis);
    pick = ask_buttons(l, id, rule ? rule->title : alert, labels, ARRAY_LEN(labels), 0);
    if (pick < 0) return false;
    said = ask_and_say(l, &own, pick == 1, &reason);
    str_finish(&reason);
    return said;
}
