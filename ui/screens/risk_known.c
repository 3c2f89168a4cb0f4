/* risk_known.c — what is known before the grade: what does not fit together and the words that caused it, how the risk was graded before,
** and what the newest book says of earlier incidents, orders and warnings. It only shows; nothing of it adds up to a grade. */
#include "risk_screen.h"

enum { AROUND = 60, LABEL = 26 };

typedef struct Known {
    Pager *pager;
    const RiskPage *r;
    const CaseDoc *doc;
    const Vocabs *v;
    Arena *a;
    Answers *book; /* of the newest version; NULL */
    const FormSpec *form;
} Known;

/* --- contradictions ------------------------------------------------------------------------------------- */
/* Hits lie in the book ("allegation.account") or in what is said beside a factor here ("separation.context", or with "risk." before). */
static const char *text_of(const Known *k, const char *path)
{
    const char *own = strncmp(path, "risk.", 5) == 0 ? path + 5 : path;
    const char *text = answers_get(k->r->work.answers, own);

    return *text || !k->book ? text : answers_get(k->book, path);
}

static const char *place_words(const Known *k, const char *path)
{
    const char *own = strncmp(path, "risk.", 5) == 0 ? path + 5 : path;
    size_t n, len = strcspn(own, ".");
    const InstrumentFactor *all = wizard_factors(k->r, &n);

    for (size_t i = 0; i < n; i++)
        if (strlen(all[i].code) == len && strncmp(all[i].code, own, len) == 0) return all[i].label;
    return k->form && form_question(k->form, path) ? form_label(k->form, path, k->a) : path;
}

static void write_hit(const Known *k, const TextHit *hit)
{
    const char *text = text_of(k, hit->path);
    size_t n = strlen(text), from = hit->from > AROUND ? hit->from - AROUND : 0,
           to = hit->to + AROUND < n ? hit->to + AROUND : n;

    if (hit->from > hit->to || hit->to > n) return;
    while (from > 0 && text[from - 1] != ' ' && text[from - 1] != '\n') from--;
    while (to < n && text[to] != ' ' && text[to] != '\n') to++;
    pager_begin(k->pager, 3, 5);
    pager_putf(k->pager, STYLE_LABEL, "%s: ", place_words(k, hit->path));
    pager_putf(k->pager, STYLE_NORMAL, "%s%.*s", from ? SIGN_MORE " " : "", (int)(hit->from - from), text + from);
    pager_putf(k->pager, STYLE_MARK, "%.*s", (int)(hit->to - hit->from), text + hit->from);
    pager_putf(k->pager, STYLE_NORMAL, "%.*s%s", (int)(to - hit->to), text + hit->to, to < n ? " " SIGN_MORE : "");
    pager_end(k->pager);
}

static void write_alerts(const Known *k)
{
    const RiskCheck *c = &k->r->check;

    if (c->n_alerts) pager_heading(k->pager, "What does not fit");
    for (size_t i = 0; i < c->n_alerts; i++) {
        pager_begin(k->pager, 1, 3);
        pager_put(k->pager, STYLE_WARNING, "! ");
        pager_put(k->pager, STYLE_WARNING, c->alerts[i].says);
        if (c->alerts[i].alert && c->alerts[i].alert->cite)
            pager_putf(k->pager, STYLE_MUTED, " " SIGN_DOT " %s", c->alerts[i].alert->cite);
        pager_end(k->pager);
        for (size_t h = 0; h < c->alerts[i].n_hits; h++) write_hit(k, &c->alerts[i].hits[h]);
    }
}

/* --- grades before, and warnings ------------------------------------------------------------------------- */
static void write_grades(const Known *k)
{
    char when[CIVIL_TEXT], grade[24];

    pager_heading(k->pager, "Graded before");
    if (k->doc->n_assessments == 0) pager_add(k->pager, 1, STYLE_MUTED, "The risk is not yet assessed.");
    for (size_t i = k->doc->n_assessments; i > 0; i--) {
        const Assessment *x = &k->doc->assessments[i - 1];
        pager_begin(k->pager, 1, 3);
        pager_putf(k->pager, STYLE_MUTED, "%s  ", x->at == TIME_NONE ? "(no time)" : civil_words_full(x->at, when));
        pager_put(k->pager, grade_style(x->grade), grade_word(k->v, x->grade, grade));
        pager_putf(k->pager, STYLE_NORMAL, " " SIGN_DOT " %s, %s, %s",
            vocab_label(k->v, VOCAB_INSTRUMENT, x->instrument),
            label_inside(vocab_label(k->v, VOCAB_STAGE, x->stage), k->a), officer_words(x->by, k->a));
        pager_end(k->pager);
        if (x->rationale) pager_add(k->pager, 3, STYLE_NORMAL, x->rationale);
    }
}

static void write_warnings(const Known *k)
{
    char when[CIVIL_TEXT];

    pager_heading(k->pager, "Warnings on the case");
    for (size_t i = 0; i < k->doc->n_people; i++)
        if (k->doc->people[i].warnings)
            pager_addf(k->pager, 1, STYLE_WARNING, "! %s: %s", person_name(&k->doc->people[i], k->a), k->doc->people[i].warnings);
    if (k->doc->n_flags == 0) pager_add(k->pager, 1, STYLE_MUTED, "None is recorded.");
    for (size_t i = 0; i < k->doc->n_flags; i++) {
        const Flag *f = &k->doc->flags[i];
        pager_addf(k->pager, 1, STYLE_NORMAL, "%s  %s",
            f->at == TIME_NONE ? "(no time)" : civil_words_full(f->at, when), vocab_label(k->v, VOCAB_FLAG, f->flag));
    }
}

/* --- the same people in other cases -------------------------------------------------------------------------- */
static const Person *person_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return &doc->people[i];
    return NULL;
}

/* "Anne Example, victim"; where the roles differ that stands out. */
static void write_who(const Known *k, const SameCase *x, size_t i)
{
    const Person *here = person_of(k->doc, x->here[i]), *there = person_of(&x->doc, x->there[i]);
    bool turned = here && there && here->role != there->role;

    if (!there) return;
    pager_addf(k->pager, 3, turned ? STYLE_WARNING : STYLE_NORMAL, "%s%s, %s there%s", turned ? "! " : "",
        person_name(there, k->a), label_inside(vocab_label(k->v, VOCAB_PERSON_ROLE, there->role), k->a),
        turned ? arena_printf(k->a, " and %s here", label_inside(vocab_label(k->v, VOCAB_PERSON_ROLE, here->role), k->a)) : "");
}

static void write_one_earlier(const Known *k, const SameCase *x)
{
    Code offence = case_main_offence(&x->doc);
    char when[CIVIL_TEXT], grade[24];

    pager_begin(k->pager, 1, 3);
    pager_put(k->pager, STYLE_HEADING, x->row.id);
    pager_putf(k->pager, STYLE_NORMAL, " " SIGN_DOT " %s " SIGN_DOT " ",
        x->doc.reported_at == TIME_NONE ? "no time" : civil_words_short(x->doc.reported_at, when));
    pager_put(k->pager, grade_style(case_grade(&x->doc)), grade_word(k->v, case_grade(&x->doc), grade));
    pager_putf(k->pager, STYLE_NORMAL, " " SIGN_DOT " %s",
        offence ? vocab_label(k->v, VOCAB_OFFENCE, offence) : vocab_label(k->v, VOCAB_CASE_KIND, x->doc.kind));
    if (x->doc.incident_place) pager_putf(k->pager, STYLE_MUTED, " " SIGN_DOT " %s", x->doc.incident_place);
    pager_end(k->pager);
    for (size_t i = 0; i < x->n; i++) write_who(k, x, i);
}

static void write_earlier(const Known *k)
{
    const RiskWork *w = &k->r->work;

    pager_heading(k->pager, "Other cases of the same people");
    if (w->n_earlier == 0)
        pager_add(k->pager, 1, STYLE_MUTED, "None with the same name and birth date.");
    for (size_t i = 0; i < w->n_earlier; i++) write_one_earlier(k, &w->earlier[i]);
}

static size_t write_orders_of(const Known *k, const CaseDoc *doc, const char *id, Time now, bool here)
{
    OrderView *all;
    size_t n = order_views(doc, id, k->v, now, k->a, &all), told = 0;
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < n; i++) {
        const OrderView *x = &all[i];
        if (x->stand == ORDER_ENDED) continue;
        told++;
        pager_begin(k->pager, 1, 3);
        pager_putf(k->pager, x->sign[0] == '!' ? STYLE_WARNING : STYLE_NORMAL, "%s ", x->sign);
        pager_putf(k->pager, STYLE_NORMAL, "%s against %s%s%s", x->title, x->against, x->until == TIME_NONE ? "" : ", until ",
            x->until == TIME_NONE ? "" : civil_words_full(x->until, when));
        if (!here) pager_putf(k->pager, STYLE_MUTED, " " SIGN_DOT " %s", id);
        pager_end(k->pager);
    }
    for (size_t i = 0; i < doc->n_breaches; i++)
        pager_addf(k->pager, 1, STYLE_WARNING, "! broken %s%s%s", doc->breaches[i].at == TIME_NONE ? "(no time)" : civil_words_full(doc->breaches[i].at, when),
            doc->breaches[i].text ? ": " : "", doc->breaches[i].text ? doc->breaches[i].text : "");
    return told + doc->n_breaches;
}

static void write_bonds(const Known *k, Time now)
{
    const RiskWork *w = &k->r->work;
    size_t told;

    pager_heading(k->pager, "Orders and bail");
    told = write_orders_of(k, k->doc, w->case_id, now, true);
    for (size_t i = 0; i < w->n_earlier; i++) told += write_orders_of(k, &w->earlier[i].doc, w->earlier[i].row.id, now, false);
    if (!told) pager_add(k->pager, 1, STYLE_MUTED, "None is recorded.");
}

/* --- what the book says ------------------------------------------------------------------------------------ */
static bool write_answer(const Known *k, const FormQuestion *q, size_t row)
{
    char path[ANSWERS_PATH];
    const char *text = answers_get(k->book, form_path(k->form, q, row, path));

    if (!*text) return false;
    pager_begin(k->pager, 1, LABEL + 1);
    pager_put(k->pager, STYLE_LABEL, q->label);
    pager_to(k->pager, LABEL + 1);
    pager_put(k->pager, STYLE_NORMAL, form_words(k->form, q, arena_dup(k->a, text), k->a));
    pager_end(k->pager);
    return true;
}

static size_t write_section(const Known *k, const FormSection *s)
{
    size_t n, n_groups, said = 0;
    const FormQuestion *all = form_questions_of(k->form, &n);
    const FormGroup *groups = form_groups_of(k->form, &n_groups);

    for (size_t i = s->first; i < s->first + s->n && i < n; i++)
        if (all[i].group == FORM_NO_GROUP) said += write_answer(k, &all[i], 0);
    for (size_t g = 0; g < n_groups; g++) {
        if (groups[g].first < s->first || groups[g].first >= s->first + s->n) continue;
        for (size_t row = 0; row < answers_rows(k->book, groups[g].name); row++) {
            pager_addf(k->pager, 1, STYLE_HEADING, "%s %zu", groups[g].one, row + 1);
            for (size_t i = groups[g].first; i < groups[g].first + groups[g].n && i < n; i++)
                said += write_answer(k, &all[i], row);
        }
    }
    return said;
}

static void write_book(const Known *k)
{
    static const char *const wanted[] = { "history", "orders" };
    static const char *const own[] = { "risk.victim-view" };
    size_t n;
    const FormSection *all = k->form ? form_sections_of(k->form, &n) : NULL;

    if (!k->book || !all) {
        pager_heading(k->pager, "Earlier incidents and orders");
        pager_add(k->pager, 1, STYLE_MUTED, "There is no book of this case that says anything of them: look them up.");
        return;
    }
    for (size_t w = 0; w < ARRAY_LEN(wanted); w++)
        for (size_t i = 0; i < n; i++) {
            if (strcmp(all[i].name, wanted[w]) != 0) continue;
            pager_heading(k->pager, arena_printf(k->a, "%s, as the book says", all[i].title));
            if (!write_section(k, &all[i])) pager_add(k->pager, 1, STYLE_MUTED, "Nothing is answered there.");
        }
    for (size_t i = 0; i < ARRAY_LEN(own); i++) {
        const FormQuestion *q = form_question(k->form, own[i]);
        if (!q || !*answers_get(k->book, own[i])) continue;
        pager_heading(k->pager, "In the victim's own words");
        write_answer(k, q, 0);
    }
}

static Answers *newest_book(const CaseDoc *doc)
{
    for (size_t i = doc->n_books; i > 0; i--)
        if (doc->books[i - 1].answers)
            return answers_read(doc->books[i - 1].answers, strlen(doc->books[i - 1].answers), NULL);
    return NULL;
}

void wizard_write_known(Screen *self)
{
    RiskPage *r = wizard_of(self);
    Known k = { .pager = r->known, .r = r, .doc = &r->work.view.doc, .v = vocabs_of(self), .a = arena_new_secret() };

    pager_clear(r->known);
    k.book = newest_book(k.doc);
    if (k.book) k.form = app_form_of(app_of(self), k.book, NULL);
    write_alerts(&k);
    write_earlier(&k);
    write_bonds(&k, now_of(self));
    write_book(&k);
    write_warnings(&k);
    write_grades(&k);
    answers_free(&k.book);
    arena_free(&k.a);
}
