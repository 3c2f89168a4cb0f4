/* marac_grounds.c — the grounds of a MARAC, computed where they are counts. Other cases of the same victim are found by the family name and then
** compared as the core compares people; what is said of them is their numbers. Nothing here adds one count to another, and none makes a grade. */
#include "inside.h"

#include "app/marac.h"
#include "base/mem.h"

#include <string.h>

enum { PEOPLE_MAX = 60, OTHERS_MAX = 200 };

typedef struct Others { /* the other cases in which a victim of this name stands */
    CaseDoc docs[OTHERS_MAX];
    size_t n;
} Others;

static bool is_there(const Others *o, const char *id)
{
    for (size_t i = 0; i < o->n; i++)
        if (str_eq(o->docs[i].id, id)) return true;
    return false;
}

static bool take(App *app, Others *o, const CaseDoc *doc, const char *id, Arena *a, Err *err)
{
    CaseRow row;
    Err why = { 0 };

    if (o->n == OTHERS_MAX || str_eq(id, doc->id) || is_there(o, id)) return true;
    if (!app_case_find(app, id, a, &row, &why)) {
        if (why.kind == ERR_MISSING || why.kind == ERR_DENIED) return true; /* not for this officer: it is not counted */
        if (err) *err = why;
        return false;
    }
    if (!store_case_load(app->store, row.key, app_vocabs(app), a, &o->docs[o->n], err)) return false;
    if (app->fixed != TIME_NONE) case_as_of(&o->docs[o->n], app_now(app));
    if (o->docs[o->n].reported_at != TIME_NONE) o->n++;
    return true;
}

static bool others_of(App *app, const CaseDoc *doc, const Person *victim, Others *o, Arena *a, Err *err)
{
    PersonHit *hits;
    size_t n;

    if (!victim->family || !*victim->family) return true;
    if (!store_people_find(app->store, victim->family, PEOPLE_MAX, app_vocabs(app), a, &hits, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        Person p = { .family = hits[i].family, .given = hits[i].given, .born = hits[i].born };
        if (!marac_same_person(victim, &p)) continue;
        for (size_t k = 0; k < hits[i].n_cases; k++)
            if (!take(app, o, doc, hits[i].case_ids[k], a, err)) return false;
    }
    return true;
}

static bool find_others(App *app, const CaseDoc *doc, Others *o, Arena *a, Err *err)
{
    Code victim = vocab_code(app_vocabs(app), VOCAB_PERSON_ROLE, "victim");

    for (size_t i = 0; i < doc->n_people; i++)
        if (doc->people[i].role == victim && !others_of(app, doc, &doc->people[i], o, a, err)) return false;
    return true;
}

/* ---- one ground each ---- */

static void keep_case(MaracGround *g, const char *id, Arena *a)
{
    const char **all = arena_zero(a, g->n_cases + 1, sizeof *all);

    if (g->n_cases) memcpy(all, g->cases, g->n_cases * sizeof *all);
    all[g->n_cases++] = arena_dup(a, id);
    g->cases = all;
}

static bool names_ground(const Referral *r, const char *word)
{
    return r->grounds && strstr(r->grounds, word);
}

static void judgement(App *app, const CaseDoc *doc, Arena *a, MaracGround *g)
{
    char when[CIVIL_TEXT];

    g->says = "Serious concern that no count shows: fear, isolation, honour, the victim's own view. An officer says it in the referral; nobody has yet.";
    for (size_t i = 0; i < doc->n_referrals; i++) {
        const Referral *r = &doc->referrals[i];
        if (!str_eq(vocab_word(app_vocabs(app), VOCAB_REFERRAL, r->to), "marac") || !names_ground(r, "judgement")) continue;
        g->stands = true;
        g->says = arena_printf(a, "Officer %s said it on %s.", r->by ? r->by : "(not named)", civil_words_full(r->at, when));
    }
}

/* One that says which text it was made with: that text is in the store, so that asking for it writes nothing. */
static bool knows_its_text(const CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_assessments; i++)
        if (doc->assessments[i].version) return true;
    return false;
}

/* The newest graded assessment whose instrument has a number for this. */
static void visible(App *app, const CaseDoc *doc, Arena *a, MaracGround *g)
{
    RiskTable table;

    g->says = "No assessment was made with an instrument that has a number of yes for it, so nothing is counted. A force that has one puts the threshold "
              "\"visible-high-risk\" with its dates into its instrument file.";
    if (!knows_its_text(doc)) return;
    app_risk_compare(app, doc, a, &table);
    for (size_t i = table.n_columns; i > 0; i--) {
        const RiskColumn *c = &table.columns[i - 1];
        const Instrument *with = c->asked && c->made->version ? app_instrument_of(app, c->made) : NULL;
        const InstrumentThreshold *t = with ? instrument_threshold(with, g->word, civil_local_date(c->made->at)) : NULL;
        if (!t) continue;
        g->count = (int)c->yes;
        g->needed = t->yes;
        g->stands = g->count >= g->needed;
        g->says = arena_printf(a, "%s: %d answered yes; %d of %d make it visible high risk.", c->title, g->count, t->yes, t->of);
        return;
    }
}

static void escalation(App *app, const CaseDoc *doc, const Others *o, Arena *a, MaracGround *g)
{
    const MaracParameter *p = marac_escalation(civil_local_date(doc->reported_at));

    if (!p) return;
    g->count = 1; /* this report */
    g->needed = p->reports;
    for (size_t i = 0; i < o->n; i++) {
        if (!marac_is_report_before(doc, &o->docs[i], app_vocabs(app), p->months)) continue;
        g->count++;
        keep_case(g, o->docs[i].id, a);
    }
    g->stands = g->count >= g->needed;
    g->says = arena_printf(a, "%d report%s of this victim to police in the %d months up to this one, itself among them; %d make it potential escalation.",
        g->count, g->count == 1 ? "" : "s", p->months, p->reports);
}

static void repeat(App *app, const CaseDoc *doc, const Others *o, Arena *a, MaracGround *g)
{
    Time newest = TIME_NONE;
    char when[CIVIL_TEXT];

    g->needed = 1;
    for (size_t i = 0; i < o->n; i++) {
        Time at = marac_repeats(doc, &o->docs[i], app_vocabs(app));
        if (at == TIME_NONE) continue;
        g->count++;
        keep_case(g, o->docs[i].id, a);
        if (newest == TIME_NONE || at > newest) newest = at;
    }
    g->stands = g->count >= g->needed;
    g->says = g->stands ? arena_printf(a, "A further crime with the same victim and suspect; the last referral to MARAC was on %s, less than 12 months before.",
                              civil_words_full(newest, when))
                        : "No referral to MARAC of the same victim and suspect in the 12 months before this report, or this report is no crime.";
}

bool app_marac_grounds(App *app, const CaseView *view, Arena *a, MaracGrounds *out, Err *err)
{
    const Vocab *words = &app_vocabs(app)->of[VOCAB_MARAC_GROUND];
    Others *o = arena_zero(a, 1, sizeof *o);

    *out = (MaracGrounds){ 0 };
    if (!app_somebody(app, err) || !find_others(app, &view->doc, o, a, err)) return false;
    for (size_t i = 0; i < words->n && out->n < MARAC_GROUNDS_MAX; i++) {
        MaracGround *g = &out->items[out->n++];
        *g = (MaracGround){ .word = words->words[i].word, .label = words->words[i].label, .says = "An officer says it in the referral." };
        if (str_eq(g->word, "judgement")) judgement(app, &view->doc, a, g);
        if (str_eq(g->word, "visible-high-risk")) visible(app, &view->doc, a, g);
        if (str_eq(g->word, "escalation")) escalation(app, &view->doc, o, a, g);
        if (str_eq(g->word, "repeat")) repeat(app, &view->doc, o, a, g);
    }
    return true;
}

const char *app_marac_grounds_words(const MaracGrounds *g, Arena *a)
{
    const char *words = "";

    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].stands) words = arena_printf(a, "%s%s%s", words, *words ? "," : "", g->items[i].word);
    return words;
}
