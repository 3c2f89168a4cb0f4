/* form_cond.c — conditions over answers: "victim.interpreter is yes and not (child.lives-there answered)".
** "and" binds more strongly than "or". Words after "is" are joined by commas and "or"; what follows an "or" is another word
** unless a condition begins there, which one token ahead tells. An answer that is not asked does not count, so a condition
** asks the conditions of the questions it names; the checker has made sure that this ends soon. */
#include "form.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- parsing ---- */

static FormCond *cond_new(Parser *p, FormCondKind kind)
{
    FormCond *c = arena_zero(p->arena, 1, sizeof *c);

    c->kind = kind;
    c->question = FORM_NONE;
    return c;
}

static FormCond *add_kid(Parser *p, FormCond *c, FormCond *kid)
{
    FormCond **kids = arena_alloc(p->arena, (c->n + 1) * sizeof *kids);

    if (c->n) memcpy(kids, c->kids, c->n * sizeof *kids);
    kids[c->n++] = kid;
    c->kids = kids;
    return c;
}

static bool is_word(const Token *t, const char *word)
{
    return t->kind == TOKEN_WORD && str_eq(t->text, word);
}

/* Does a condition begin n tokens ahead? */
static bool cond_starts(const Parser *p, size_t n)
{
    const Token *t = ahead(p, n), *next = ahead(p, n + 1);

    if (t->kind == TOKEN_MARK) return *t->text == '(';
    if (is_word(t, "any") || is_word(t, "not")) return true;
    return is_word(next, "is") || is_word(next, "answered") ||
           (is_word(next, "not") && is_word(ahead(p, n + 2), "answered"));
}

static bool word_here(Parser *p, FormCond *c)
{
    const Token *t = here(p);
    const char **words;
    size_t *tokens;

    if ((t->kind != TOKEN_WORD && t->kind != TOKEN_NUMBER) || cond_starts(p, 0)) {
        hint_phrase(p, "a word that the question can have");
        return unexpected(p, NULL);
    }
    words = arena_alloc(p->arena, (c->n_words + 1) * sizeof *words);
    tokens = arena_alloc(p->arena, (c->n_words + 1) * sizeof *tokens);
    if (c->n_words) memcpy(words, c->words, c->n_words * sizeof *words);
    if (c->n_words) memcpy(tokens, c->word_tokens, c->n_words * sizeof *tokens);
    words[c->n_words] = t->text;
    tokens[c->n_words++] = p->pos++;
    c->words = words;
    c->word_tokens = tokens;
    return true;
}

static bool another_word(Parser *p)
{
    if (mark(p, ',')) return true;
    if (!is(p, "or") || cond_starts(p, 1)) return false;
    p->pos++;
    return true;
}

static FormCond *negated(Parser *p, bool negate, FormCond *c)
{
    return negate ? add_kid(p, cond_new(p, FORM_NOT), c) : c;
}

/* NAME is [not] WORDS, NAME [not] answered */
static FormCond *parse_about(Parser *p, bool any_row)
{
    FormCond *c = cond_new(p, FORM_IS);
    size_t from = p->pos;
    bool negate;

    if (!(c->name = form_name_here(p, true))) return NULL;
    c->any_row = any_row;
    c->src = src_of(p, from, p->pos);
    if (accept(p, "is")) {
        negate = accept_quietly(p, "not");
        do {
            if (!word_here(p, c)) return NULL;
        } while (another_word(p));
        return negated(p, negate, c);
    }
    c->kind = FORM_ANSWERED;
    negate = accept(p, "not");
    if (!expect(p, "answered")) return NULL;
    return negated(p, negate, c);
}

static FormCond *parse_one(Parser *p)
{
    FormCond *c;

    if (!deeper(p)) return NULL;
    if (mark(p, '(')) {
        c = form_cond_parse(p);
        if (c && !mark(p, ')')) {
            hint_phrase(p, "a closing bracket");
            unexpected(p, NULL);
            c = NULL;
        }
    } else if (accept_quietly(p, "not")) {
        c = parse_one(p);
        if (c) c = negated(p, true, c);
    } else if (accept_quietly(p, "any")) {
        c = parse_about(p, true);
    } else {
        c = parse_about(p, false);
    }
    shallower(p);
    return c;
}

static FormCond *parse_all(Parser *p)
{
    FormCond *first = parse_one(p), *all, *next;

    if (!first || !is(p, "and")) return first;
    all = add_kid(p, cond_new(p, FORM_ALL), first);
    while (accept(p, "and")) {
        if (!(next = parse_one(p))) return NULL;
        add_kid(p, all, next);
    }
    return all;
}

FormCond *form_cond_parse(Parser *p)
{
    FormCond *first = parse_all(p), *any, *next;

    if (!first || !is(p, "or")) return first;
    any = add_kid(p, cond_new(p, FORM_ANY), first);
    while (accept(p, "or")) {
        if (!(next = parse_all(p))) return NULL;
        add_kid(p, any, next);
    }
    return any;
}

/* ---- how answers stand ---- */

const char *form_said(const FormSpec *f, const Answers *a, size_t question, size_t row)
{
    const FormQuestion *q = &f->questions[question];
    char path[ANSWERS_PATH];

    if (q->group == FORM_NO_GROUP) return answers_get(a, q->name);
    return answers_get(a, answers_path(path, f->groups[q->group].name, row, q->name));
}

bool form_is_answered(const FormSpec *f, const Answers *a, size_t question, size_t row)
{
    return *form_said(f, a, question, row) && form_asks(f, a, question, row);
}

/* One code, or one of "a,b". */
static bool holds_word(const char *value, const FormCond *c)
{
    for (size_t n; *value; value += n + (value[n] == ',')) {
        n = strcspn(value, ",");
        for (size_t i = 0; i < c->n_words; i++)
            if (strlen(c->words[i]) == n && memcmp(c->words[i], value, n) == 0) return true;
    }
    return false;
}

static bool answer_fits(const FormSpec *f, const Answers *a, const FormCond *c, size_t row)
{
    const char *value = form_said(f, a, c->question, row);

    if (!*value) return false;
    if (c->kind == FORM_IS && !holds_word(value, c)) return false;
    return form_asks(f, a, c->question, row);
}

static bool any_row_fits(const FormSpec *f, const Answers *a, const FormCond *c)
{
    size_t n = answers_rows(a, f->groups[f->questions[c->question].group].name);

    for (size_t row = 0; row < n; row++)
        if (answer_fits(f, a, c, row)) return true;
    return false;
}

bool form_holds(const FormSpec *f, const Answers *a, const FormCond *c, size_t group, size_t row)
{
    switch (c->kind) {
    case FORM_NOT: return !form_holds(f, a, c->kids[0], group, row);
    case FORM_ALL:
        for (size_t i = 0; i < c->n; i++)
            if (!form_holds(f, a, c->kids[i], group, row)) return false;
        return true;
    case FORM_ANY:
        for (size_t i = 0; i < c->n; i++)
            if (form_holds(f, a, c->kids[i], group, row)) return true;
        return false;
    default: return c->any_row ? any_row_fits(f, a, c) : answer_fits(f, a, c, row);
    }
}

bool form_group_asks(const FormSpec *f, const Answers *a, size_t group)
{
    const FormCond *c = f->group_parts[group].asked;

    return !c || form_holds(f, a, c, FORM_NONE, 0);
}

bool form_group_needs(const FormSpec *f, const Answers *a, size_t group)
{
    const FormCond *c = f->group_parts[group].required;

    return c && form_group_asks(f, a, group) && form_holds(f, a, c, FORM_NONE, 0);
}

bool form_asks(const FormSpec *f, const Answers *a, size_t question, size_t row)
{
    size_t group = f->questions[question].group;
    const FormCond *c = f->parts[question].asked;

    if (group != FORM_NO_GROUP && !form_group_asks(f, a, group)) return false;
    return !c || form_holds(f, a, c, group, row);
}

bool form_needs(const FormSpec *f, const Answers *a, size_t question, size_t row)
{
    const FormCond *c = f->parts[question].required;

    if (!f->questions[question].required && !c) return false;
    if (!form_asks(f, a, question, row)) return false;
    return f->questions[question].required || form_holds(f, a, c, f->questions[question].group, row);
}
