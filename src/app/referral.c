/* referral.c — what one does with a referral, and where a case should have gone. A duty of the policy that a referral fulfils makes the case
** eligible for the agency its form begins with, so that a force changes eligibility by changing its policy; a few facts do so where no duty
** stands. What is recorded of an agency without either is shown, too, and is no gap. */
#include "inside.h"

#include "app/referral.h"
#include "base/mem.h"

#include <string.h>

/* ---- which agencies ---- */

/* "to=idva" of "to=idva" or of "to=marac restricted=yes": the agency that the form of a duty begins with. */
static Code agency_of(const Vocabs *v, const PolicyDuty *rule)
{
    const char *to = rule->list == LIST_REFERRALS ? strstr(rule->preset, "to=") : NULL;

    return to ? vocab_code_n(v, VOCAB_REFERRAL, to + 3, strcspn(to + 3, " ")) : CODE_NONE;
}

typedef struct Lines {
    ReferralLine of[VOCAB_WORDS_MAX + 1]; /* by code */
    bool met[VOCAB_WORDS_MAX + 1];        /* its duty was fulfilled, by this agency or another */
} Lines;

static void ask(Lines *l, Code to, const char *why, const char *cite)
{
    ReferralLine *line = &l->of[to];

    if (line->eligible) return;
    line->eligible = true;
    line->why = why;
    line->cite = cite;
}

static void ask_by_duty(const App *app, Lines *l, const Duty *d)
{
    const PolicyDuty *rule = policy_duty_by_id(app->policy, d->id);
    Code to = rule ? agency_of(app_vocabs(app), rule) : CODE_NONE;
    ReferralLine *line = &l->of[to];

    if (to == CODE_NONE || duty_state(d, app_now(app)) == DUTY_VOID) return;
    ask(l, to, rule->title, rule->cite);
    if (!line->duty || (duty_is_live(d) && d->due < line->due)) line->duty = rule->id;
    if (duty_is_live(d) && (line->due == TIME_NONE || d->due < line->due)) line->due = d->due;
    l->met[to] |= d->done != TIME_NONE;
}

static void find_eligible(const App *app, const CaseView *view, Lines *l)
{
    const Vocabs *v = app_vocabs(app);
    const ReferralFact *facts[REFERRAL_FACTS_MAX];
    size_t n = referral_facts(&view->doc, v, facts);

    for (size_t i = 0; i < view->n_duties; i++) ask_by_duty(app, l, &view->duties[i]);
    for (size_t i = 0; i < n; i++) {
        Code to = vocab_code(v, VOCAB_REFERRAL, facts[i]->to);
        if (to) ask(l, to, facts[i]->why, facts[i]->cite);
    }
}

/* ---- gaps ---- */

static const char *reason_of(const ReferralLine *line, Arena *a)
{
    const ReferralStand *s = &line->stand;

    if (s->state == REFERRAL_NONE) return "nothing is recorded: neither offered, nor why not";
    if (!s->reason || !*s->reason) return referral_state_label(s->state);
    return arena_printf(a, "%s: %s", referral_state_label(s->state), s->reason);
}

/* A no of the victim takes the duty of Victim Support away (BD 2.15), and stays a gap with its reason. */
static void finish(Lines *l, Code to, Arena *a)
{
    ReferralLine *line = &l->of[to];

    if (!line->eligible && (line->stand.state == REFERRAL_REFUSED || line->stand.state == REFERRAL_NOT_MADE)) {
        line->eligible = true;
        line->why = "It was considered";
        line->cite = "WF 5";
    }
    line->gap = line->eligible && !referral_was_made(&line->stand) && !l->met[to];
    if (line->gap) line->reason = reason_of(line, a);
}

void app_referrals_of(const App *app, const CaseView *view, Arena *a, ReferralLine **out, size_t *n)
{
    const Vocabs *v = app_vocabs(app);
    Lines l = { 0 };

    *out = arena_zero(a, v->of[VOCAB_REFERRAL].n + 1, sizeof **out);
    *n = 0;
    for (size_t to = 1; to <= v->of[VOCAB_REFERRAL].n; to++) l.of[to].due = TIME_NONE;
    find_eligible(app, view, &l);
    for (size_t to = 1; to <= v->of[VOCAB_REFERRAL].n; to++) {
        bool recorded = referral_stand(&view->doc, v, (Code)to, &l.of[to].stand);
        finish(&l, (Code)to, a);
        if (recorded || l.of[to].eligible) (*out)[(*n)++] = l.of[to];
    }
}

/* ---- what one does ---- */

bool app_referral_step(App *app, const char *case_id, const char *to, const char *step, const char *text, Err *err)
{
    Arena *a;
    ReferralStep item;
    bool ok;

    if (!app_may_do(app, PERM_ADD_REFERRAL_STEP, "referral.step", case_id, err)) return false;
    a = arena_new_secret();
    case_item_init(LIST_REFERRAL_STEPS, &item);
    ok = item_set(app, LIST_REFERRAL_STEPS, &item, "to", to, a, err) && item_set(app, LIST_REFERRAL_STEPS, &item, "step", step, a, err) &&
         item_set(app, LIST_REFERRAL_STEPS, &item, "text", text, a, err) && case_add_anew(app, case_id, LIST_REFERRAL_STEPS, &item, a, NULL, err);
    arena_free(&a);
    return ok;
}

/* Where nothing is said, it stands on the consent that was given. */
static bool consent_is_basis(App *app, const char *case_id, Referral *r, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    CaseRow row;
    CaseDoc doc;
    ReferralStand s;

    if (r->basis != CODE_NONE) return true;
    if (!app_case_find(app, case_id, a, &row, err) || !store_case_load(app->store, row.key, v, a, &doc, err)) return false;
    referral_stand(&doc, v, r->to, &s);
    if (s.consent == vocab_code(v, VOCAB_CONSENT, "given")) r->basis = vocab_code(v, VOCAB_BASIS, "consent");
    return true;
}

bool app_referral_send(App *app, const char *case_id, const ReferralSend *send, Err *err)
{
    Arena *a;
    Referral item;
    bool ok;

    if (!app_may_do(app, PERM_ADD_REFERRAL, "referral.send", case_id, err)) return false;
    a = arena_new_secret();
    case_item_init(LIST_REFERRALS, &item);
    item.restricted = send->restricted;
    ok = item_set(app, LIST_REFERRALS, &item, "to", send->to, a, err) && item_set(app, LIST_REFERRALS, &item, "basis", send->basis, a, err) &&
         item_set(app, LIST_REFERRALS, &item, "grounds", send->grounds, a, err) && item_set(app, LIST_REFERRALS, &item, "text", send->text, a, err) &&
         consent_is_basis(app, case_id, &item, a, err) && case_add_anew(app, case_id, LIST_REFERRALS, &item, a, NULL, err);
    arena_free(&a);
    return ok;
}
