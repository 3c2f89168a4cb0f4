/* marac_paper.c — MARAC on paper: the referral form, filled in from the case, and the pack of a meeting for one partner. What a partner may have
** is a row of a table; what is not in the row is not in the pack. Numbers and addresses by which a victim is reached are in neither: who needs one asks the
** unit. The pack's entry in the log is written first, so that every page can carry its number. The suspect is never told of any of it. */
#include "inside.h"

#include "app/marac.h"
#include "base/mem.h"
#include "paper/paper.h"

#include <string.h>
#include <strings.h>

/* ---- what a partner may have ---- */

enum {
    GETS_VICTIM = 1,   /* who the victim is                                   */
    GETS_PLACE = 2,    /* where it happened: only with a named place on the list */
    GETS_SUSPECT = 4,  /* who the suspect is, and the warnings                */
    GETS_CHILDREN = 8,
    GETS_RISK = 16,    /* the grade, why, and the grounds                     */
    GETS_WHY = 32,     /* what the referral says                              */
    GETS_ACTIONS = 64, /* of all agencies; else its own only                  */
    GETS_ALL = 127
};

/* clang-format off */
static const struct {
    const char *agency;
    unsigned gets;
} partners[] = {
    { "police",             GETS_ALL },
    { "idva",               GETS_ALL },
    { "advocacy",           GETS_VICTIM | GETS_SUSPECT | GETS_CHILDREN | GETS_RISK | GETS_WHY },
    { "refuge",             GETS_VICTIM | GETS_CHILDREN | GETS_RISK | GETS_WHY },
    { "victim-support",     GETS_VICTIM | GETS_RISK | GETS_WHY },
    { "childrens-services", GETS_ALL },
    { "education",          GETS_CHILDREN | GETS_RISK },
    { "health",             GETS_VICTIM | GETS_SUSPECT | GETS_CHILDREN | GETS_RISK | GETS_WHY },
    { "mental-health",      GETS_VICTIM | GETS_SUSPECT | GETS_RISK },
    { "drugs-alcohol",      GETS_SUSPECT | GETS_RISK },
    { "adult-services",     GETS_VICTIM | GETS_SUSPECT | GETS_RISK | GETS_WHY },
    { "housing",            GETS_VICTIM | GETS_PLACE | GETS_SUSPECT | GETS_RISK },
    { "probation",          GETS_VICTIM | GETS_SUSPECT | GETS_RISK },
};
/* clang-format on */

/* Of an agency that has no row: that there is a case, and its own actions. */
static unsigned gets_of(const char *agency)
{
    for (size_t i = 0; i < ARRAY_LEN(partners); i++)
        if (str_eq(partners[i].agency, agency)) return partners[i].gets;
    return 0;
}

typedef struct Sheet {
    App *app;
    const Vocabs *v;
    Paper *paper;
    const CaseDoc *doc;
    Arena *a;
} Sheet;

/* ---- words ---- */

static const char *words_of(const Sheet *s, VocabId vocab, Code code)
{
    return code ? vocab_label(s->v, vocab, code) : "not recorded";
}

/* "visible-high-risk,repeat" as people say it. */
static const char *ground_words(const Sheet *s, const char *grounds)
{
    const Vocab *words = &s->v->of[VOCAB_MARAC_GROUND];
    const char *out = "";

    for (size_t i = 0; grounds && i < words->n; i++)
        if (strstr(grounds, words->words[i].word)) out = arena_printf(s->a, "%s%s%s", out, *out ? "; " : "", words->words[i].label);
    return *out ? out : "none named";
}

static void field(const Sheet *s, const char *label, const char *text)
{
    paper_field(s->paper, label, text && *text ? text : "not recorded");
}

static bool has_role(const Sheet *s, const Person *p, const char *role)
{
    return str_eq(vocab_word(s->v, VOCAB_PERSON_ROLE, p->role), role);
}

static const char *name_of(const Sheet *s, const Person *p)
{
    bool both = p->given && *p->given && p->family && *p->family;

    return arena_printf(s->a, "%s%s%s", p->given ? p->given : "", both ? " " : "", p->family ? p->family : "");
}

static const char *born_words(const Sheet *s, const Person *p)
{
    char born[CIVIL_TEXT];

    return p->born == DATE_NONE ? "not recorded" : arena_dup(s->a, civil_words_date(p->born, born));
}

static const Person *person_of(const Sheet *s, const char *key)
{
    for (size_t i = 0; i < s->doc->n_people; i++)
        if (str_eq(s->doc->people[i].key, key)) return &s->doc->people[i];
    return NULL;
}

static const char *relation_words(const Sheet *s, const Person *p)
{
    const Person *to = p->related_to ? person_of(s, p->related_to) : NULL;

    return to ? arena_printf(s->a, "%s of %s", words_of(s, VOCAB_RELATIONSHIP, p->relationship), name_of(s, to)) : "not recorded";
}

/* ---- people ---- */

/* Whether and when it is safe to reach the victim; by which number is asked of the unit. */
static void safe_words(const Sheet *s, const Person *p)
{
    size_t n = 0;

    for (size_t i = s->doc->n_safe_contacts; i > 0; i--) {
        const SafeContact *c = &s->doc->safe_contacts[i - 1];
        if (!str_eq(c->person, p->key)) continue;
        field(s, arena_printf(s->a, "Reached by: %s", words_of(s, VOCAB_CONTACT_WAY, c->way)),
            arena_printf(s->a, "%s%s%s; %s", words_of(s, VOCAB_CONTACT_RULE, c->rule), c->times ? ", " : "", c->times ? c->times : "",
                c->voicemail ? "a message may be left" : "leave no message"));
        n++;
    }
    paper_note(s->paper, n ? "Numbers and addresses are held by the Community Safety Unit, and given to whoever must call, for that call."
                           : "How the victim is reached safely is not recorded: ask the Community Safety Unit before any call or visit.");
}

static void victims(const Sheet *s, bool reached)
{
    for (size_t i = 0; i < s->doc->n_people; i++) {
        const Person *p = &s->doc->people[i];
        if (!has_role(s, p, "victim")) continue;
        field(s, "Victim", name_of(s, p));
        field(s, "Born", born_words(s, p));
        field(s, "Sex, ethnicity", arena_printf(s->a, "%s, %s", words_of(s, VOCAB_SEX, p->sex), p->ethnicity ? p->ethnicity : "not recorded"));
        if (reached) safe_words(s, p);
    }
}

static void suspects(const Sheet *s)
{
    for (size_t i = 0; i < s->doc->n_people; i++) {
        const Person *p = &s->doc->people[i];
        if (!has_role(s, p, "suspect")) continue;
        field(s, "Suspect", name_of(s, p));
        field(s, "Born", born_words(s, p));
        field(s, "Relationship", relation_words(s, p));
        field(s, "Last known address", p->address);
        field(s, "Warnings", p->warnings);
    }
}

static void children(const Sheet *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->doc->n_people; i++) {
        const Person *p = &s->doc->people[i];
        if (!has_role(s, p, "child")) continue;
        field(s, "Child", arena_printf(s->a, "%s, born %s, %s", name_of(s, p), born_words(s, p), relation_words(s, p)));
        n++;
    }
    if (!n) field(s, "Children", words_of(s, VOCAB_CHILDREN, s->doc->children));
}

/* ---- risk ---- */

static void risk(const Sheet *s)
{
    const Assessment *newest = NULL;

    for (size_t i = 0; i < s->doc->n_assessments; i++)
        if (s->doc->assessments[i].grade) newest = &s->doc->assessments[i];
    field(s, "Grade", words_of(s, VOCAB_GRADE, case_grade(s->doc)));
    if (newest) field(s, "Why this grade", newest->rationale);
}

static const Referral *newest_marac(const Sheet *s)
{
    ReferralStand stand;

    referral_stand(s->doc, s->v, vocab_code(s->v, VOCAB_REFERRAL, "marac"), &stand);
    return stand.sent;
}

/* ---- the referral form ---- */

static void consent_words(const Sheet *s, Code basis)
{
    ReferralStand stand;
    const char *word = vocab_word(s->v, VOCAB_BASIS, basis);

    referral_stand(s->doc, s->v, vocab_code(s->v, VOCAB_REFERRAL, "marac"), &stand);
    field(s, "Is the victim aware, and does she or he agree?", stand.consent ? vocab_label(s->v, VOCAB_CONSENT, stand.consent) : "not recorded");
    field(s, "Shared on the basis of", words_of(s, VOCAB_BASIS, basis));
    if (*word && !str_eq(word, "consent")) paper_note(s->paper, "Shared without consent: the reason stands below, in what the referral says.");
}

static void reasons(const Sheet *s, const MaracGrounds *g, const char *named)
{
    for (size_t i = 0; i < g->n; i++) {
        const MaracGround *x = &g->items[i];
        const char *cases = "";
        for (size_t k = 0; k < x->n_cases; k++) cases = arena_printf(s->a, "%s%s%s", cases, k ? ", " : " Cases: ", x->cases[k]);
        paper_field(s->paper, arena_printf(s->a, "[%c] %s", named && strstr(named, x->word) ? 'x' : ' ', x->label),
            arena_printf(s->a, "%s%s", x->says, cases));
    }
}

static void earlier_meetings(const Sheet *s)
{
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < s->doc->n_hearings; i++)
        if (s->doc->hearings[i].heard_at != TIME_NONE) field(s, "Heard before", civil_words_full(s->doc->hearings[i].meeting, when));
}

static void form(const Sheet *s, const MaracGrounds *g, const Referral *r)
{
    paper_heading(s->paper, 1, "Who refers");
    field(s, "Agency", arena_printf(s->a, "Police, borough %s, Community Safety Unit", app_store(s->app)->borough));
    field(s, "Officer", s->app->session.warrant);
    field(s, "Restricted meeting", r->restricted ? "yes: only the agencies that must know" : "no");
    paper_heading(s->paper, 1, "The victim");
    victims(s, true);
    paper_heading(s->paper, 1, "The suspect");
    paper_note(s->paper, "The suspect must never be told that this case is referred, or by whom.");
    suspects(s);
    paper_heading(s->paper, 1, "Children");
    children(s);
    paper_heading(s->paper, 1, "Why it is referred");
    reasons(s, g, r->grounds);
    risk(s);
    field(s, "What the referral says", r->text);
    paper_heading(s->paper, 1, "Consent");
    consent_words(s, r->basis);
    earlier_meetings(s);
}

static bool form_of(App *app, const CaseView *view, const ReferralSend *send, Arena *a, Paper **out, Err *err)
{
    Sheet s = { .app = app, .v = app_vocabs(app), .doc = &view->doc, .a = a };
    const Referral *sent = newest_marac(&s);
    Referral r = { .basis = CODE_NONE };
    MaracGrounds g;
    char now[CIVIL_TEXT];

    if (!app_marac_grounds(app, view, a, &g, err)) return false;
    if (send)
        r = (Referral){ .restricted = send->restricted,
            .basis = vocab_code(s.v, VOCAB_BASIS, send->basis ? send->basis : ""),
            .grounds = send->grounds,
            .text = send->text };
    else if (sent)
        r = *sent;
    else {
        r.restricted = case_is_honour(&view->doc, s.v);
        r.grounds = app_marac_grounds_words(&g, a);
    }
    s.paper = *out = paper_new(&(PaperHead){ .marking = "RESTRICTED",
        .title = "MARAC referral",
        .subject = view->doc.id,
        .foot = arena_printf(a, "Made %s by %s.", civil_words_full(app_now(app), now), app->session.warrant),
        .training = app_store(app)->training });
    form(&s, &g, &r);
    return true;
}

bool app_marac_form(App *app, const CaseView *view, const ReferralSend *send, Arena *a, const char **text, Err *err)
{
    Paper *paper = NULL;
    Str out = { 0 };
    bool ok = form_of(app, view, send, a, &paper, err);

    *text = NULL;
    if (ok) {
        paper_to_text(paper, &out);
        *text = arena_dup(a, str_text(&out));
    }
    str_finish(&out);
    paper_free(&paper);
    return ok;
}

bool app_marac_print(App *app, const char *case_id, bool pdf, Str *out, Err *err)
{
    Arena *a;
    Paper *paper = NULL;
    CaseView view;
    bool ok;

    if (!app_may_do(app, PERM_ADD_REFERRAL, "marac.print", case_id, err)) return false;
    if (pdf && !paper_can_pdf()) return paper_to_pdf(NULL, out, err);
    a = arena_new_secret();
    ok = app_case_look(app, case_id, "marac.form", a, &view, err) && form_of(app, &view, NULL, a, &paper, err) &&
         app_log_now(app, AUDIT_DISCLOSE, "marac.print", case_id, pdf ? "referral form as PDF" : "referral form as text", err) &&
         (!pdf || paper_to_pdf(paper, out, err));
    if (ok && !pdf) paper_to_text(paper, out);
    paper_free(&paper);
    arena_free(&a);
    return ok;
}

/* ---- the pack of a partner ---- */

/* Its own actions: those that name it, by its word or its label. */
static bool is_own(const Sheet *s, const Task *t, const char *agency)
{
    const char *label = vocab_label(s->v, VOCAB_AGENCY, vocab_code(s->v, VOCAB_AGENCY, agency));

    return t->who && (strcasecmp(t->who, agency) == 0 || strcasecmp(t->who, label) == 0);
}

static void actions(const Sheet *s, const char *agency, bool all)
{
    char due[CIVIL_TEXT];

    for (size_t i = 0; i < s->doc->n_tasks; i++) {
        const Task *t = &s->doc->tasks[i];
        if (!str_eq(vocab_word(s->v, VOCAB_TASK_SOURCE, t->source), "marac") || !(all || is_own(s, t, agency))) continue;
        field(s, arena_printf(s->a, "%s: %s, by %s", t->done_at == TIME_NONE ? "Action" : "Done", t->who ? t->who : "nobody named", civil_words_full(t->due, due)),
            t->what);
    }
}

static void pack_case(Sheet *s, const char *agency)
{
    unsigned gets = gets_of(agency);
    const Referral *r = newest_marac(s);

    paper_heading(s->paper, 1, s->doc->id);
    if (gets & GETS_VICTIM) victims(s, false);
    if (gets & GETS_PLACE) field(s, "Where it happened", s->doc->incident_place);
    if (gets & GETS_SUSPECT) suspects(s);
    if (gets & GETS_CHILDREN) children(s);
    if (gets & GETS_RISK) {
        field(s, "Grade", words_of(s, VOCAB_GRADE, case_grade(s->doc)));
        field(s, "Grounds", ground_words(s, r ? r->grounds : NULL));
    }
    if (gets & GETS_WHY) field(s, "What the referral says", r ? r->text : NULL);
    actions(s, agency, (gets & GETS_ACTIONS) != 0);
}

typedef struct Packing {
    App *app;
    const MaracPack *ask;
    CaseDoc *docs; /* those that this partner is invited to */
    size_t n;
    Arena *a;
} Packing;

static bool find_cases(Packing *p, Err *err)
{
    const Vocabs *v = app_vocabs(p->app);
    HearingRow *rows;
    size_t n;

    if (!store_hearings(p->app->store, p->ask->meeting, p->ask->meeting, p->a, &rows, &n, err)) return false;
    p->docs = arena_zero(p->a, n + 1, sizeof *p->docs);
    for (size_t i = 0; i < n; i++) {
        CaseRow row;
        Err why = { 0 };
        const Hearing *h;
        if (rows[i].restricted != p->ask->restricted) continue;
        if (!app_case_find(p->app, rows[i].case_id, p->a, &row, &why)) {
            if (why.kind == ERR_MISSING || why.kind == ERR_DENIED) continue;
            if (err) *err = why;
            return false;
        }
        if (!store_case_load(p->app->store, row.key, v, p->a, &p->docs[p->n], err)) return false;
        h = marac_hearing(&p->docs[p->n], rows[i].hearing);
        if (h && marac_is_invited(h, v, p->ask->agency)) p->n++;
    }
    return p->n || err_set(err, ERR_MISSING, "agency", "No case of that meeting is for %s: it is on no list of those invited.",
                       vocab_label(v, VOCAB_AGENCY, vocab_code(v, VOCAB_AGENCY, p->ask->agency)));
}

/* One entry for each case that leaves, so that the log of a case says who has it; *seq: of the first. */
static bool disclose(Packing *p, int64_t *seq, Err *err)
{
    char when[CIVIL_TEXT];
    const char *detail = arena_printf(p->a, "to %s, meeting %s%s, %d cop%s", p->ask->agency, civil_format_time(p->ask->meeting, when),
        p->ask->restricted ? " restricted" : "", p->ask->copies, p->ask->copies == 1 ? "y" : "ies");
    AuditEntry head;
    Tx tx = { 0 };
    bool ok = store_begin(p->app->store, &tx, err);

    for (size_t i = 0; ok && i < p->n; i++) {
        ok = app_log(p->app, &tx, AUDIT_DISCLOSE, "marac.pack", p->docs[i].id, detail, err);
        if (ok && i == 0) ok = store_audit_head(p->app->store, p->a, &head, err);
        if (ok && i == 0) *seq = head.seq;
    }
    ok = ok && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

static void copy(Packing *p, Sheet *s, int number, int64_t seq)
{
    const Vocabs *v = app_vocabs(p->app);
    const char *agency = vocab_label(v, VOCAB_AGENCY, vocab_code(v, VOCAB_AGENCY, p->ask->agency));
    char when[CIVIL_TEXT];

    paper_heading(s->paper, 1, arena_printf(p->a, "%s: copy %d of %d, log %lld", agency, number, p->ask->copies, (long long)seq));
    paper_text(s->paper, arena_printf(p->a, "MARAC of %s%s. %zu case%s. The suspects must never be told. Return or destroy after the meeting.",
                             civil_words_full(p->ask->meeting, when), p->ask->restricted ? ", restricted" : "", p->n, p->n == 1 ? "" : "s"));
    for (size_t i = 0; i < p->n; i++) {
        s->doc = &p->docs[i];
        pack_case(s, p->ask->agency);
    }
}

/* Each copy is a paper of its own, so that its number stands on all of its pages. */
static bool put_out(Packing *p, int number, int64_t seq, Str *out, Err *err)
{
    const Vocabs *v = app_vocabs(p->app);
    const char *agency = vocab_label(v, VOCAB_AGENCY, vocab_code(v, VOCAB_AGENCY, p->ask->agency));
    char now[CIVIL_TEXT];
    Sheet s = { .app = p->app, .v = v, .a = p->a };
    bool ok = true;

    s.paper = paper_new(&(PaperHead){
        .marking = arena_printf(p->a, "RESTRICTED · %s · copy %d of %d · log %lld", agency, number, p->ask->copies, (long long)seq),
        .title = p->ask->restricted ? "Restricted MARAC: papers" : "MARAC: papers",
        .subject = agency,
        .foot = arena_printf(p->a, "%s, by %s. Entry %lld of the log.", civil_words_full(app_now(p->app), now), p->app->session.warrant, (long long)seq),
        .training = app_store(p->app)->training });
    copy(p, &s, number, seq);
    if (p->ask->pdf)
        ok = paper_to_pdf(s.paper, out, err);
    else
        paper_to_text(s.paper, out);
    paper_free(&s.paper);
    return ok;
}

static bool pack_fits(const MaracPack *ask, const Vocabs *v, Err *err)
{
    if (!vocab_code(v, VOCAB_AGENCY, ask->agency ? ask->agency : ""))
        return err_set(err, ERR_INVALID, "agency", "There is no such agency.");
    if (ask->copies < 1 || ask->copies > 20) return err_set(err, ERR_INVALID, "copies", "One to twenty copies.");
    return !ask->pdf || ask->copies == 1 || err_set(err, ERR_INVALID, "copies", "A PDF is one copy; ask again for the next one.");
}

bool app_marac_pack(App *app, const MaracPack *ask, Str *out, Err *err)
{
    Packing p = { .app = app, .ask = ask };
    int64_t seq = 0;
    bool ok;

    if (!app_may_do(app, PERM_MARAC_PACK, "marac.pack", NULL, err) || !pack_fits(ask, app_vocabs(app), err) || !again_given(app, "marac.pack", err)) return false;
    if (ask->pdf && !paper_can_pdf()) return paper_to_pdf(NULL, out, err);
    p.a = arena_new_secret();
    ok = find_cases(&p, err) && disclose(&p, &seq, err);
    for (int i = 1; ok && i <= ask->copies; i++) ok = put_out(&p, i, seq, out, err);
    arena_free(&p.a);
    return ok;
}
