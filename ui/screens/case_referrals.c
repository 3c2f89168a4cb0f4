/* case_referrals.c — where a case was referred, on its page: a line for each agency with its life below it, every gap with its reason, what
** follows from honour-based violence, and MARAC: the grounds apart, the hearings, the actions. */
#include "marac.h"

enum { LABEL = 24, GROUND = 30 };

typedef struct Part {
    Pager *p;
    const App *app;
    const CaseDoc *doc;
    const Vocabs *v;
    Arena *a;
    Time now;
} Part;

/* "a, b" of the labels of "x,y". */
static const char *labels_of(const Vocabs *v, VocabId vocab, const char *words, Arena *a)
{
    const char *out = "";

    while (words && *words) {
        size_t n = strcspn(words, ",");
        Code code = vocab_code_n(v, vocab, words, n);
        out = arena_printf(a, "%s%s%s", out, *out ? ", " : "", vocab_label(v, vocab, code));
        words += n + (words[n] == ',');
    }
    return out;
}

const char *agency_words(const App *app, const char *agencies, Arena *a)
{
    return labels_of(app_vocabs(app), VOCAB_AGENCY, agencies, a);
}

const char *ground_words(const App *app, const char *grounds, Arena *a)
{
    return labels_of(app_vocabs(app), VOCAB_MARAC_GROUND, grounds, a);
}

const char *referral_line_words(const App *app, const ReferralLine *line, Arena *a)
{
    char when[CIVIL_TEXT];

    if (line->gap) return arena_printf(a, "! GAP: %s", line->reason);
    if (line->stand.since == TIME_NONE) return referral_state_label(line->stand.state);
    return arena_printf(a, "%s since %s", referral_state_label(line->stand.state), civil_words_short(line->stand.since, when));
}

/* --- one agency ------------------------------------------------------------------------------------ */
static void agency_line(const Part *x, const ReferralLine *line)
{
    const Referral *sent = line->stand.sent;

    pager_begin(x->p, 1, LABEL - 1);
    pager_put(x->p, STYLE_LABEL, vocab_label(x->v, VOCAB_REFERRAL, line->stand.to));
    pager_to(x->p, LABEL);
    pager_put(x->p, line->gap ? STYLE_WARNING : STYLE_NORMAL, referral_line_words(x->app, line, x->a));
    if (sent && sent->restricted) pager_put(x->p, STYLE_NORMAL, " (restricted)");
    if (line->why) pager_putf(x->p, STYLE_MUTED, " " SIGN_DOT " %s " SIGN_DOT " %s", line->why, line->cite);
    pager_end(x->p);
}

static void referral_lines(const Part *x, Code to)
{
    for (size_t i = 0; i < x->doc->n_referrals; i++) {
        const Referral *r = &x->doc->referrals[i];
        if (r->to != to) continue;
        pager_dated(x->p, r->at, STYLE_MUTED,
            arena_printf(x->a, "sent%s%s%s%s", r->basis ? " on: " : "", r->basis ? label_inside(vocab_label(x->v, VOCAB_BASIS, r->basis), x->a) : "",
                r->text ? ". " : "", r->text ? r->text : ""));
    }
    for (size_t i = 0; i < x->doc->n_referral_steps; i++) {
        const ReferralStep *s = &x->doc->referral_steps[i];
        if (s->to != to) continue;
        pager_dated(x->p, s->at, STYLE_MUTED,
            arena_printf(x->a, "%s%s%s", label_inside(vocab_label(x->v, VOCAB_REFERRAL_STEP, s->step), x->a), s->text ? ": " : "", s->text ? s->text : ""));
    }
}

/* --- honour ------------------------------------------------------------------------------------------- */
static void honour(const Part *x)
{
    if (!case_is_honour(x->doc, x->v)) return;
    pager_add(x->p, 1, STYLE_WARNING,
        "Honour-based violence or forced marriage: always high or potentially high, whatever it looks like (BD 4.6). It asks for an advocate, a restricted "
        "MARAC and a risk plan of its own.");
    pager_add(x->p, 1, STYLE_MUTED,
        "Follow the national multi-agency guidance, the MPS standard operating procedure and the tactical options; ask the single point of contact at the "
        "Service Delivery Team (WF 8.4 to 8.6).");
}

/* --- MARAC ---------------------------------------------------------------------------------------------- */
static void ground_line(const Part *x, const MaracGround *g)
{
    pager_begin(x->p, 1, GROUND - 1);
    pager_putf(x->p, g->stands ? STYLE_NORMAL : STYLE_MUTED, "[%c] %s", g->stands ? 'x' : ' ', g->label);
    pager_to(x->p, GROUND);
    pager_put(x->p, g->stands ? STYLE_NORMAL : STYLE_MUTED, g->says);
    for (size_t i = 0; i < g->n_cases; i++) pager_putf(x->p, STYLE_MUTED, "%s%s", i ? ", " : " With ", g->cases[i]);
    pager_end(x->p);
}

static void hearing_line(const Part *x, const Hearing *h)
{
    char heard[CIVIL_TEXT] = "";

    if (h->heard_at != TIME_NONE) civil_words_short(h->heard_at, heard);
    pager_dated(x->p, h->meeting, STYLE_NORMAL,
        arena_printf(x->a, "MARAC%s%s%s%s%s", h->restricted ? ", restricted" : "", h->agencies ? ": " : "", agency_words(x->app, h->agencies, x->a),
            *heard ? " " SIGN_DOT " heard " : " " SIGN_DOT " not heard yet", heard));
    if (h->minutes) pager_add(x->p, 3, STYLE_NORMAL, h->minutes);
}

static void action_line(const Part *x, const Task *t)
{
    bool late = t->done_at == TIME_NONE && t->due < x->now;

    pager_dated(x->p, t->due, late ? STYLE_OVERDUE : t->done_at == TIME_NONE ? STYLE_NORMAL : STYLE_MUTED,
        arena_printf(x->a, "%s%s: %s%s%s", late ? "! OVERDUE " : t->done_at == TIME_NONE ? "action " : "done ", t->who ? t->who : "", t->what,
            t->result ? " " SIGN_DOT " " : "", t->result ? t->result : ""));
}

static bool any_ground(const MaracGrounds *g)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].stands) return true;
    return false;
}

/* What is about MARAC stands here only where there is something to it. */
static void marac(const Part *x, const MaracGrounds *g, bool asked)
{
    size_t actions = 0;

    for (size_t i = 0; i < x->doc->n_tasks; i++)
        actions += str_eq(vocab_word(x->v, VOCAB_TASK_SOURCE, x->doc->tasks[i].source), "marac");
    if (!asked && !any_ground(g) && x->doc->n_hearings + actions == 0) return;
    pager_blank(x->p);
    pager_add(x->p, 1, STYLE_LABEL, "MARAC, its grounds: three counts and a judgement, each for itself");
    for (size_t i = 0; i < g->n; i++) ground_line(x, &g->items[i]);
    for (size_t i = 0; i < x->doc->n_hearings; i++) hearing_line(x, &x->doc->hearings[i]);
    for (size_t i = 0; i < x->doc->n_tasks; i++)
        if (str_eq(vocab_word(x->v, VOCAB_TASK_SOURCE, x->doc->tasks[i].source), "marac")) action_line(x, &x->doc->tasks[i]);
}

void referrals_write(Pager *p, const App *app, const CaseView *view, const MaracGrounds *g, Arena *a)
{
    Part x = { .p = p, .app = app, .doc = &view->doc, .v = app_vocabs(app), .a = a, .now = app_now(app) };
    Code to_marac = vocab_code(x.v, VOCAB_REFERRAL, "marac");
    ReferralLine *lines;
    bool asked = false;
    size_t n;

    app_referrals_of(app, view, a, &lines, &n);
    honour(&x);
    if (n == 0) pager_add(p, 1, STYLE_MUTED, "No referral yet, and no rule asks for one.");
    for (size_t i = 0; i < n; i++) {
        agency_line(&x, &lines[i]);
        referral_lines(&x, lines[i].stand.to);
        asked |= lines[i].stand.to == to_marac;
    }
    marac(&x, g, asked);
}
