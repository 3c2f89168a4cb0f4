/* owner_ask.c — which unit is to have the case: offered with two keys, and answered with two. A no and a recall say why. */
#include "screens.h"

static const char *unit_words(const App *app, Code unit)
{
    return vocab_label(app_vocabs(app), VOCAB_UNIT, unit);
}

/* A refused reason stands there again with the sentence beside it. */
static bool act(Loop *l, CaseView *view, OwnerAct what, const char *unit, Str *reason)
{
    App *app = ((Ui *)loop_context(l))->app;
    AskLine q = { .title = what == OWNER_REFUSE ? "Refuse the case" : "Take the offer back",
        .text = "The sender goes on owning the case.", .label = "Why", .limit = 2000, .may_be_empty = true };
    Err err = { 0 };

    for (;;) {
        if (what == OWNER_REFUSE || what == OWNER_RECALL)
            if (!ask_text(l, &q, reason)) return false;
        err_clear(&err);
        if (app_owner_act(app, &view->row, what, unit, str_text(reason), &err)) return true;
        if (err.kind != ERR_INVALID || !str_eq(err.field, "reason")) break;
        q.text = err.text;
    }
    loop_status_err(l, &err);
    return false;
}

static bool answer(Loop *l, CaseView *view, const Owner *pending, Arena *a, Str *reason)
{
    static const char *const labels[] = { "Accept", "Refuse", "Take back" };
    static const OwnerAct acts[] = { OWNER_ACCEPT, OWNER_REFUSE, OWNER_RECALL };
    static const char *const did[] = { "has the case now", "refused the case", "is not offered the case any more" };
    App *app = ((Ui *)loop_context(l))->app;
    const char *unit = vocab_word(app_vocabs(app), VOCAB_UNIT, pending->unit);
    char when[CIVIL_TEXT];
    int pick;

    pick = ask_buttons(l, view->row.id,
        arena_printf(a, "Offered to %s %s%s%s. Until it is accepted, who has it goes on owning it (BD 1.10).",
            unit_words(app, pending->unit), civil_words_full(pending->offered_at, when), pending->by ? " by " : "",
            pending->by ? officer_words(pending->by, a) : ""),
        labels, ARRAY_LEN(labels), 0);
    if (pick < 0 || !act(l, view, acts[pick], unit, reason)) return false;
    loop_status(l, STYLE_GOOD, "%s %s: %s.", unit_words(app, pending->unit), did[pick], view->row.id);
    return true;
}

static bool offer(Loop *l, CaseView *view, const char *unit, Str *reason)
{
    App *app = ((Ui *)loop_context(l))->app;
    const Vocab *units = &app_vocabs(app)->of[VOCAB_UNIT];
    const Owner *has = case_owner(&view->doc);
    AskItem items[VOCAB_WORDS_MAX];
    int pick;

    for (size_t i = 0; i < units->n; i++) {
        bool own = has && has->unit == i + 1;
        items[i] = (AskItem){ .text = units->words[i].label, .disabled = own, .right = own ? "has it" : "" };
    }
    pick = ask_choice(l, "Offer the case to", items, units->n, unit ? vocab_code(app_vocabs(app), VOCAB_UNIT, unit) - 1 : 0);
    if (pick < 0 || !act(l, view, OWNER_OFFER, units->words[pick].word, reason)) return false;
    loop_status(l, STYLE_GOOD, "Offered to %s: %s.", units->words[pick].label, view->row.id);
    return true;
}

React owner_ask(Loop *l, const char *case_id, const char *unit)
{
    App *app = ((Ui *)loop_context(l))->app;
    Arena *a = arena_new_secret();
    const Owner *pending;
    Str reason = { 0 };
    CaseView view;
    Err err = { 0 };
    bool done = false;

    if (!app_may(app, PERM_ADD_OWNER, &err) || !app_case_look(app, case_id, "owner", a, &view, &err))
        loop_status_err(l, &err);
    else if ((pending = app_owner_pending(&view.doc, app_now(app))) != NULL)
        done = answer(l, &view, pending, a, &reason);
    else
        done = offer(l, &view, unit, &reason);
    str_finish(&reason);
    arena_free(&a);
    return done ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}

bool owner_is_asked(const App *app, const char *duty, const char **unit)
{
    const PolicyDuty *rule = app_rule(app, duty);

    *unit = rule && strncmp(rule->preset, "unit=", 5) == 0 ? rule->preset + 5 : NULL;
    return rule && rule->list == LIST_OWNERS;
}
