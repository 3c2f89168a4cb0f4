/* read_answers.c — the sections of a book in words, question by question as the form has them. A changed answer carries a
** sign and a word; what is needed and not there stands at its place; what may be left out is told in one line. Answers that
** the form does not know (of another station's book, or an older form) stand at the end as they are: nothing is left out. */
#include "read.h"

enum { LABEL = 28, SHORT = 120 };

typedef struct Sections {
    const ReadPage *page;
    const FormQuestion *questions;
    const FormGroup *groups;
    size_t n_questions, n_groups;
    Str unsaid; /* labels of this section that are asked and not answered */
} Sections;

void read_labelled(
    const ReadPage *p, const char *sign, const char *label, unsigned style, const char *words, const char *mark)
{
    pager_begin(p->pager, 0, LABEL + 1);
    pager_put(p->pager, STYLE_WARNING, *sign ? sign : " ");
    pager_put(p->pager, STYLE_LABEL, label);
    pager_to(p->pager, LABEL + 1);
    pager_put(p->pager, style, words);
    if (mark && *mark) pager_putf(p->pager, STYLE_WARNING, "  (%s)", mark);
    pager_end(p->pager);
}

static const AnswerChange *change_of(const BookView *view, const char *path)
{
    for (size_t i = 0; i < view->n_changes; i++)
        if (strcmp(view->changes[i].path, path) == 0) return &view->changes[i];
    return NULL;
}

static const FormGap *gap_of(const BookView *view, const char *path)
{
    for (size_t i = 0; i < view->n_gaps; i++)
        if (strcmp(view->gaps[i].path, path) == 0) return &view->gaps[i];
    return NULL;
}

/* "risk.separation.context" behind "risk.separation": it stands beside the answer, without a name of its own. */
static bool is_context_of(const FormQuestion *q, const FormQuestion *before)
{
    size_t n = before ? strlen(before->name) : 0;
    return n && strncmp(q->name, before->name, n) == 0 && strcmp(q->name + n, ".context") == 0;
}

/* An account with what the policy's words find in it lit up, so that the eye falls on it. */
static void lit_account(const ReadPage *p, const char *path, const char *text)
{
    PolicyText one = { path, text };
    TextHit *hits = NULL;
    size_t n = policy_words(app_policy(p->app), &one, p->a, &hits, NULL), at = 0;

    pager_begin(p->pager, 3, 0);
    for (size_t i = 0; i < n; i++) {
        if (hits[i].from < at) continue; /* two lists found it */
        pager_put(p->pager, STYLE_NORMAL, arena_dup_n(p->a, text + at, hits[i].from - at));
        pager_put(p->pager, STYLE_MARK, arena_dup_n(p->a, text + hits[i].from, hits[i].to - hits[i].from));
        at = hits[i].to;
    }
    pager_put(p->pager, STYLE_NORMAL, text + at);
    pager_end(p->pager);
}

/* A long text under its label, at its own indent. */
static void long_answer(const ReadPage *p, const FormQuestion *q, const char *path, const char *text, const char *mark)
{
    read_labelled(p, *mark ? "*" : "", q->label, STYLE_NORMAL, "", mark);
    if (q->kind == ASK_ACCOUNT)
        lit_account(p, path, text);
    else
        pager_add(p->pager, 3, STYLE_NORMAL, text);
}

static bool is_long(const char *words)
{
    return strlen(words) > SHORT || strchr(words, '\n');
}

static void unsaid(Sections *s, const FormQuestion *q)
{
    str_addf(&s->unsaid, "%s%s", s->unsaid.n ? ", " : "", q->label);
}

static void no_answer(Sections *s, const FormQuestion *q, const char *path, const char *mark)
{
    const FormGap *gap = gap_of(s->page->view, path);

    if (gap)
        read_labelled(s->page, "!", q->label, STYLE_WARNING, gap->wrong ? gap->says : "MISSING", mark);
    else if (*mark)
        read_labelled(s->page, "*", q->label, STYLE_MUTED, "no answer", mark);
    else if (form_asked(s->page->view->form, s->page->view->answers, path))
        unsaid(s, q);
}

static const char *answer_of(const Sections *s, const FormQuestion *q, size_t row, char path[ANSWERS_PATH])
{
    return arena_dup(s->page->a, answers_get(s->page->view->answers, form_path(s->page->view->form, q, row, path)));
}

static Style style_of(const FormQuestion *q, const char *text)
{
    return q->kind == ASK_ANSWER && str_eq(text, "no") ? STYLE_MUTED : STYLE_NORMAL;
}

/* The answer of question i and, where the next question is its context, that beside it. */
static void one_answer(Sections *s, size_t i, size_t row)
{
    const ReadPage *p = s->page;
    const FormQuestion *q = &s->questions[i], *next = i + 1 < s->n_questions ? q + 1 : NULL;
    char path[ANSWERS_PATH], beside[ANSWERS_PATH];
    const char *text = answer_of(s, q, row, path), *words, *context = "";
    const char *mark = change_of(p->view, path) ? "changed" : "";

    if (!*text) {
        no_answer(s, q, path, mark);
        return;
    }
    words = form_words(p->view->form, q, text, p->a);
    if (next && is_context_of(next, q)) context = answer_of(s, next, row, beside);
    if (*context && change_of(p->view, beside)) mark = "changed";
    if (*context) words = arena_printf(p->a, "%s " SIGN_DOT " %s", words, context);
    if (!*context && is_long(words))
        long_answer(p, q, path, words, mark);
    else
        read_labelled(p, *mark ? "*" : "", q->label, style_of(q, text), words, mark);
    if (gap_of(p->view, path)) pager_add(p->pager, LABEL + 1, STYLE_WARNING, "! this is wrong, see above");
}

/* Told already, beside the answer it belongs to? */
static bool is_told(const Sections *s, size_t i, size_t row)
{
    char path[ANSWERS_PATH];

    return i > 0 && is_context_of(&s->questions[i], &s->questions[i - 1]) &&
           *answer_of(s, &s->questions[i], row, path) && *answer_of(s, &s->questions[i - 1], row, path);
}

static void say_unsaid(Sections *s)
{
    if (s->unsaid.n) {
        pager_begin(s->page->pager, 1, LABEL);
        pager_put(s->page->pager, STYLE_MUTED, "Not answered");
        pager_to(s->page->pager, LABEL + 1);
        pager_put(s->page->pager, STYLE_MUTED, str_text(&s->unsaid));
        pager_end(s->page->pager);
    }
    str_clear(&s->unsaid);
}

static void write_group(Sections *s, const FormGroup *g)
{
    const BookView *view = s->page->view;
    size_t rows = answers_rows(view->answers, g->name);
    char path[ANSWERS_PATH];

    if (rows == 0) {
        if (g->first < s->n_questions &&
            !form_asked(view->form, view->answers, form_path(view->form, &s->questions[g->first], 0, path)))
            return;
        str_addf(&s->unsaid, "%s%s", s->unsaid.n ? ", " : "", label_inside(g->many, s->page->a));
        return;
    }
    say_unsaid(s); /* of what stands before the rows */
    read_body_write(s->page, g, rows);
    for (size_t row = 0; row < rows; row++) {
        pager_addf(s->page->pager, 1, STYLE_HEADING, "%s %zu", g->one, row + 1);
        for (size_t i = g->first; i < g->first + g->n && i < s->n_questions; i++)
            if (!is_told(s, i, row)) one_answer(s, i, row);
        say_unsaid(s);
    }
}

static void write_section(Sections *s, const FormSection *section)
{
    if (section->n == 0) return; /* filled in from readings and the register, which stand below */
    pager_heading(s->page->pager, arena_printf(s->page->a, "%s  %s", section->letter, section->title));
    for (size_t i = section->first; i < section->first + section->n && i < s->n_questions; i++) {
        const FormQuestion *q = &s->questions[i];
        if (q->group == FORM_NO_GROUP && !is_told(s, i, 0))
            one_answer(s, i, 0);
        else if (q->group != FORM_NO_GROUP && q->group < s->n_groups && s->groups[q->group].first == i)
            write_group(s, &s->groups[q->group]);
    }
    say_unsaid(s);
}

/* --- what the form does not know --------------------------------------------------------------------- */
typedef struct Others {
    const ReadPage *page;
    size_t n;
} Others;

static bool other_answer(void *with, const char *path, const char *text)
{
    Others *o = with;

    if (strcmp(path, "form") == 0) return true;
    /* a question of the form that holds something else than a text or codes is no answer of it */
    if (form_question(o->page->view->form, path) && *answers_get(o->page->view->answers, path)) return true;
    if (o->n++ == 0) pager_heading(o->page->pager, "Other answers");
    read_labelled(o->page, change_of(o->page->view, path) ? "*" : "", path, STYLE_NORMAL, text,
        change_of(o->page->view, path) ? "changed" : "");
    return true;
}

void read_answers_write(const ReadPage *p)
{
    Sections s = { .page = p };
    Others others = { .page = p };
    const FormSection *sections;
    size_t n;

    s.questions = form_questions_of(p->view->form, &s.n_questions);
    s.groups = form_groups_of(p->view->form, &s.n_groups);
    sections = form_sections_of(p->view->form, &n);
    for (size_t i = 0; i < n; i++) write_section(&s, &sections[i]);
    answers_each(p->view->answers, other_answer, &others);
    str_finish(&s.unsaid);
}
