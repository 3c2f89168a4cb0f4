/* parse_cond.c — conditions: what must be true, and values: what has one word at a time.
** "and" and "or" side by side need brackets: two officers must not read one rule in two ways. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- names ---- */

Symbol *symbol_here(Parser *p, size_t *eaten)
{
    char name[130];
    Symbol *found = NULL;
    size_t n = 0;

    *eaten = 0;
    for (size_t i = 0; i < 3 && ahead(p, i)->kind == TOKEN_WORD; i++) {
        const Token *t = ahead(p, i);
        Symbol *s;
        if (n + t->n + 2 > sizeof name) break;
        n += (size_t)snprintf(name + n, sizeof name - n, "%s%s", n ? " " : "", t->text);
        if (!(s = names_find(&p->names, name))) continue;
        found = s;
        *eaten = i + 1;
    }
    return found;
}

bool wrong_kind(Parser *p, Symbol *s, size_t eaten, const char *wanted)
{
    const char *name = s->name;
    Src src = src_of(p, p->pos, p->pos + eaten);

    s->used = true;
    switch (s->kind) {
    case SYMBOL_CHOICE:
    case SYMBOL_VALUE:
        return problem(p, src, wanted, NULL, "\"%s\" is %s; say which: \"%s is …\".", name, kind_phrase(s->kind), name);
    case SYMBOL_TIME:
    case SYMBOL_MOMENT: return problem(p, src, wanted, NULL, "\"%s\" is a moment and has no words.", name);
    case SYMBOL_SET:
        return problem(p, src, wanted, NULL, "\"%s\" is a set of words; say of what: \"%s %s\".", name,
            p->policy->vocabs.of[s->vocab].name, name);
    case SYMBOL_OTHER:
        return problem(p, src, wanted, NULL, "\"%s\" is kept as it was typed; no rule can ask about it.", name);
    default: return problem(p, src, wanted, NULL, "\"%s\" is %s and does not fit here.", name, kind_phrase(s->kind));
    }
}

static bool kind_fits(SymbolKind kind, unsigned kinds)
{
    return kinds >> kind & 1;
}

static void hint_symbols(Parser *p, unsigned kinds, const char *phrase)
{
    char list[200] = "";
    size_t n = 0;

    for (Symbol *s = p->names.first; s; s = s->next) {
        if (!kind_fits(s->kind, kinds)) continue;
        hint_word(p, s->name);
        if (n + strlen(s->name) + 3 < 90 && !strpbrk(s->name, "._"))
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n ? ", " : "", s->name);
    }
    hint_phrase(p, arena_printf(p->arena, "%s (%s …)", phrase, list));
}

/* A duty is derived from the facts alone, at each write: what people wrote is for gates and alerts. */
static bool texts_fit(Parser *p, Src src)
{
    p->of_texts = true;
    if (!p->no_texts) return true;
    return problem(p, src, NULL, NULL,
        "A duty and a checklist come from the facts alone; what an account says can be asked in a gate or an alert.");
}

void use_symbol(Parser *p, Symbol *s)
{
    s->used = true;
    p->weight += s->weight;
    if (s->of_texts) texts_fit(p, src_of(p, p->pos - 1, p->pos));
}

/* ---- values ---- */

enum { CHOICES = 1 << SYMBOL_CHOICE | 1 << SYMBOL_VALUE };

/* [STAGE] risk answer … */
static bool risk_starts(Parser *p)
{
    size_t n = here(p)->kind == TOKEN_WORD && vocab_code(&p->policy->vocabs, VOCAB_STAGE, here(p)->text) ? 1 : 0;

    return str_eq(ahead(p, n)->text, "risk") && str_eq(ahead(p, n + 1)->text, "answer");
}

bool value_starts(Parser *p)
{
    size_t eaten;
    Symbol *s;

    if (is(p, "owner") || is(p, "latest") || risk_starts(p)) return true;
    s = symbol_here(p, &eaten);
    return s && kind_fits(s->kind, CHOICES);
}

/* `children.answer` is dated by `children.at`: an answer of tomorrow does not exist yet. */
static const CaseField *dated_by(const CaseField *f)
{
    const char *dot = strrchr(f->path, '.');

    for (size_t i = 0; dot && i < case_n_scalars; i++) {
        const CaseField *t = &case_scalars[i];
        size_t n = (size_t)(dot - f->path) + 1;
        if (t->kind == FIELD_TIME && strncmp(t->path, f->path, n) == 0 && str_eq(t->path + n, "at")) return t;
    }
    return NULL;
}

static Value *value_of(Parser *p, Value v)
{
    Value *out = arena_alloc(p->arena, sizeof *out);

    *out = v;
    return out;
}

/* `latest FIELD of ENTRIES`: the field can be named only once the entries are known. */
static Value *value_latest(Parser *p)
{
    size_t from = ++p->pos, of = from, eaten = 0;
    const Selector *s;
    const CaseField *f;
    Value v = { .kind = VALUE_LATEST };

    while (of < p->end && of < from + 3 && !str_eq(p->tokens[of].text, "of")) of++;
    p->pos = of;
    if (!expect(p, "of")) return NULL;
    if (!selector_starts(p)) {
        hint_phrase(p, "what it is of, such as assessment or suspect");
        unexpected(p, NULL);
        return NULL;
    }
    if (!(s = parse_selector(p))) return NULL;
    f = field_said(s->list, &p->tokens[from], &eaten);
    if (!f && s->list == LIST_PEOPLE && (f = field_said(LIST_STATUS, &p->tokens[from], &eaten))) {
        v.kind = VALUE_INNER;
        v.inner = LIST_STATUS;
    }
    if (!f || f->kind != FIELD_CODE || eaten != of - from || (v.kind == VALUE_LATEST && s->list == LIST_PEOPLE)) {
        problem(p, src_of(p, from, of), "something with words, such as grade or status", NULL,
            "There is no such thing as the latest of this in \"%s\".", noun_of(s->list));
        return NULL;
    }
    v.vocab = f->vocab;
    v.field = f;
    v.of = s;
    v.name = arena_dup_n(p->arena, p->policy->text + src_of(p, from, p->pos).at, src_of(p, from, p->pos).n);
    return value_of(p, v);
}

/* The answer to one factor of a risk assessment, of the latest that answers it: `initial risk answer strangulation`. */
static Value *value_risk(Parser *p)
{
    size_t from = p->pos;
    Value v = { .kind = VALUE_RISK, .vocab = VOCAB_ANSWER };
    const Symbol *factor;
    Src src;

    if (!is(p, "risk")) v.stage = vocab_code(&p->policy->vocabs, VOCAB_STAGE, p->tokens[p->pos++].text);
    p->pos += 2;
    factor = here(p)->kind == TOKEN_WORD ? names_find(&p->factors, here(p)->text) : NULL;
    if (!factor) {
        for (const Symbol *s = p->factors.first; s; s = s->next) hint_word(p, s->name);
        hint_phrase(p, p->factors.first ? "a risk factor that a line \"factors INSTRUMENT is …\" names"
                                        : "a risk factor; name them above in a line \"factors INSTRUMENT is …\"");
        unexpected(p, NULL);
        return NULL;
    }
    p->pos++;
    v.factor = factor->name;
    v.instruments = factor->set;
    src = src_of(p, from, p->pos);
    v.name = arena_dup_n(p->arena, p->policy->text + src.at, src.n);
    return value_of(p, v);
}

Value *parse_value(Parser *p)
{
    size_t eaten;
    Symbol *s;

    if (risk_starts(p)) return value_risk(p);
    if (accept_quietly(p, "owner"))
        return value_of(p, (Value){ .kind = VALUE_OWNER, .vocab = VOCAB_UNIT, .name = "owner" });
    if (is(p, "latest")) return value_latest(p);
    s = symbol_here(p, &eaten);
    if (!s || !kind_fits(s->kind, CHOICES)) {
        hint_symbols(p, CHOICES, "a value");
        unexpected(p, NULL);
        return NULL;
    }
    p->pos += eaten;
    use_symbol(p, s);
    if (s->kind == SYMBOL_VALUE) {
        Value named = *s->value;
        named.name = s->name;
        return value_of(p, named);
    }
    return value_of(p, (Value){ .kind = VALUE_SCALAR,
                           .vocab = s->field->vocab,
                           .field = s->field,
                           .dated = dated_by(s->field),
                           .name = s->name });
}

/* ---- conditions ---- */

static Cond *cond_new(Parser *p, CondKind kind, size_t from)
{
    Cond *c = arena_zero(p->arena, 1, sizeof *c);

    c->kind = kind;
    c->slot = -1;
    c->src = src_of(p, from, p->pos > from ? p->pos : from + 1);
    return c;
}

static Cond *cond_with_kid(Parser *p, CondKind kind, size_t from, Cond *kid)
{
    Cond *c;

    if (!kid) return NULL;
    c = cond_new(p, kind, from);
    c->n = 1;
    c->kids = arena_alloc(p->arena, sizeof *c->kids);
    c->kids[0] = kid;
    return c;
}

/* VALUE is [not] [in] WORDS · VALUE is [not] answered */
static Cond *cond_value(Parser *p, size_t from)
{
    Value *v = parse_value(p);
    CondKind kind = COND_IS;
    CodeSet set = { 0 };
    Cond *c;
    bool verb;

    if (!v) return NULL;
    verb = accept(p, "is");
    if (verb && accept_quietly(p, "not")) kind = COND_ISNT;
    if (verb ? accept_quietly(p, "in") : accept(p, "in")) verb = true;
    if (!verb) {
        unexpected(p, NULL);
        return NULL;
    }
    if (accept_quietly(p, "answered")) {
        c = cond_new(p, COND_SAID, from);
        c->value = v;
        c->unsaid = unsaid_words(&p->policy->vocabs, v->vocab);
        return kind == COND_IS ? c : cond_with_kid(p, COND_NOT, from, c);
    }
    if (!need_words(p, v->vocab, &set, v->name)) return NULL;
    c = cond_new(p, kind, from);
    c->value = v;
    c->set = set;
    c->unsaid = unsaid_words(&p->policy->vocabs, v->vocab);
    return c;
}

static Cond *cond_selector(Parser *p, size_t from)
{
    const Selector *s = parse_selector(p);
    Cond *c;

    if (!s) return NULL;
    c = cond_new(p, COND_EXISTS, from);
    c->selector = s;
    return c;
}

static Cond *cond_moment(Parser *p, size_t from, const Moment *m)
{
    Cond *c = cond_new(p, COND_MOMENT, from);

    if (moment_lies_ahead(m)) {
        problem(p, src_of(p, from, p->pos), NULL, NULL,
            "\"%s\" is known before it comes, so a condition cannot ask whether it has come; a clock can wait for it.", m->name);
        return NULL;
    }
    c->moment = m;
    return c;
}

/* account matches words LIST · context matches words LIST */
static bool matches_start(Parser *p)
{
    return (is(p, "account") || is(p, "context")) && str_eq(ahead(p, 1)->text, "matches");
}

static Cond *cond_matches(Parser *p, size_t from)
{
    WordsUse *use;
    Cond *c;

    p->pos += 2;
    if (!expect(p, "words")) return NULL;
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the name of a word list");
        unexpected(p, NULL);
        return NULL;
    }
    p->pos++;
    if (!texts_fit(p, src_of(p, from, p->pos))) return NULL;
    c = cond_new(p, COND_MATCHES, from);
    c->texts = str_eq(p->tokens[from].text, "account") ? TEXTS_ACCOUNT : TEXTS_CONTEXT;
    use = arena_zero(p->arena, 1, sizeof *use);
    *use = (WordsUse){ c, p->tokens[p->pos - 1].text, src_of(p, p->pos - 1, p->pos), p->words_uses };
    p->words_uses = use;
    return c;
}

/* `active`: there is no `closed` yet. */
static Cond *cond_active(Parser *p, size_t from)
{
    Moment *m = arena_zero(p->arena, 1, sizeof *m);

    p->pos++;
    m->kind = MOMENT_SCALAR;
    m->slot = -1;
    m->name = "closed";
    m->src = src_of(p, from, p->pos);
    m->field = names_find(&p->names, "closed")->field;
    return cond_with_kid(p, COND_NOT, from, cond_moment(p, from, m));
}

static Cond *cond_symbol(Parser *p, size_t from)
{
    size_t eaten;
    Symbol *s = symbol_here(p, &eaten);

    if (!s) {
        hint_symbols(p, 1u << SYMBOL_COND | CHOICES | 1u << SYMBOL_TIME | 1u << SYMBOL_MOMENT, "a condition or a fact");
        hint_nouns(p);
        hint_word(p, "account");
        hint_word(p, "context");
        hint_word(p, "risk answer");
        hint_phrase(p, "an entry, such as review or flag");
        if (here(p)->kind == TOKEN_WORD) {
            char text[120];
            snprintf(text, sizeof text, "There is no fact and no definition \"%.60s\".", here(p)->text);
            unexpected(p, text);
        } else
            unexpected(p, NULL);
        return NULL;
    }
    if (s->kind == SYMBOL_TIME || s->kind == SYMBOL_MOMENT) {
        Moment *m = arena_zero(p->arena, 1, sizeof *m);
        p->pos += eaten;
        if (is(p, "is") || is(p, "in")) {
            p->pos -= eaten;
            wrong_kind(p, s, eaten, "a condition");
            return NULL;
        }
        use_symbol(p, s);
        if (s->kind == SYMBOL_MOMENT)
            *m = (Moment){
                .kind = MOMENT_NAMED, .name = s->name, .slot = s->moment->slot, .n = 1, .kids = s->moment->kids
            };
        else
            *m = (Moment){ .kind = MOMENT_SCALAR, .slot = -1, .name = s->name, .field = s->field };
        m->src = src_of(p, from, p->pos);
        return cond_moment(p, from, m);
    }
    if (s->kind != SYMBOL_COND) {
        wrong_kind(p, s, eaten, "a condition");
        return NULL;
    }
    p->pos += eaten;
    use_symbol(p, s);
    Cond *c = arena_alloc(p->arena, sizeof *c);
    *c = *s->cond;
    c->src = src_of(p, from, p->pos);
    return c;
}

static Cond *cond_inner(Parser *p, size_t from)
{
    if (mark(p, '(')) {
        Cond *inner = parse_cond(p);
        if (!inner) return NULL;
        if (mark(p, ')')) return inner;
        hint_phrase(p, ")");
        if (at_end(p))
            problem(p, src_of(p, from, from + 1), ")", NULL, "This bracket is not closed.");
        else
            unexpected(p, NULL);
        return NULL;
    }
    if (accept_quietly(p, "not")) return cond_with_kid(p, COND_NOT, from, parse_simple_cond(p));
    if (accept_quietly(p, "no")) return cond_with_kid(p, COND_NOT, from, cond_selector(p, p->pos));
    if (is(p, "active")) return cond_active(p, from);
    if (matches_start(p)) return cond_matches(p, from);
    if (is(p, "duty")) {
        Moment *m = parse_moment(p, false);
        return m ? cond_moment(p, from, m) : NULL;
    }
    if (value_starts(p)) return cond_value(p, from);
    if (selector_starts(p)) return cond_selector(p, from);
    return cond_symbol(p, from);
}

Cond *parse_simple_cond(Parser *p)
{
    Cond *c;

    if (!deeper(p)) return NULL;
    c = cond_inner(p, p->pos);
    shallower(p);
    return c;
}

/* ---- what can never be ---- */

static bool same_value(const Value *a, const Value *b)
{
    return a->kind == b->kind && a->field == b->field && a->of == b->of && a->factor == b->factor &&
           a->stage == b->stage;
}

static bool never_both(const Cond *a, const Cond *b)
{
    CodeSet b_set = b->set;

    if (a->kind != COND_IS || !a->value || !b->value || !same_value(a->value, b->value)) return false;
    if (a->value->kind == VALUE_INNER) return false; /* of two people, both can be */
    if (b->kind == COND_IS) return !set_meets(&a->set, &b_set);
    return b->kind == COND_ISNT && (a->set.bits[0] & ~b_set.bits[0]) == 0 && (a->set.bits[1] & ~b_set.bits[1]) == 0;
}

static const Cond *plain(const Cond *c)
{
    return c->kind == COND_NAMED ? plain(c->kids[0]) : c;
}

static bool check_possible(Parser *p, const Cond *all)
{
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < i; k++) {
            const Cond *a = plain(all->kids[k]), *b = plain(all->kids[i]);
            if (never_both(a, b) || never_both(b, a))
                return problem(p, all->kids[i]->src, NULL, NULL, "This can never be true together with \"%.*s\".",
                    (int)(all->kids[k]->src.n < 80 ? all->kids[k]->src.n : 80), p->policy->text + all->kids[k]->src.at);
        }
    return true;
}

enum { KIDS_MAX = 24 };

/* After a part that cannot be read, the next "and" begins another that can: all errors of a clause in one run. */
static bool skip_to_and(Parser *p)
{
    int depth = 0;

    for (; !at_end(p); p->pos++) {
        if (here(p)->kind == TOKEN_MARK) depth += *here(p)->text == '(' ? 1 : *here(p)->text == ')' ? -1 : 0;
        if (depth < 0) return false;
        if (depth == 0 && is(p, "and")) return true;
    }
    return false;
}

static bool joint_fits(Parser *p, const char *joint)
{
    if (!joint || str_eq(joint, here(p)->text)) return true;
    return problem(
        p, here_src(p), NULL, NULL, "\"and\" and \"or\" stand side by side: put what belongs together in brackets.");
}

static Cond *joined(Parser *p, size_t from, const char *joint, Cond **kids, size_t n)
{
    Cond *c = cond_new(p, str_eq(joint, "and") ? COND_ALL : COND_ANY, from);

    c->n = n;
    c->kids = arena_alloc(p->arena, n * sizeof *c->kids);
    memcpy(c->kids, kids, n * sizeof *kids);
    return c->kind == COND_ANY || check_possible(p, c) ? c : NULL;
}

Cond *parse_cond(Parser *p)
{
    Cond *kids[KIDS_MAX];
    size_t n = 0, from = p->pos;
    const char *joint = NULL;
    bool ok = true;

    for (;; p->pos++) {
        if (n == KIDS_MAX) {
            problem(p, here_src(p), NULL, NULL, "This is too long for one condition; give a part of it a name.");
            return NULL;
        }
        kids[n] = parse_simple_cond(p);
        if (!kids[n++]) {
            ok = false;
            if (p->full || !skip_to_and(p)) return NULL;
        }
        if (!is(p, "and") && !is(p, "or")) break;
        if (!joint_fits(p, joint)) return NULL;
        joint = here(p)->text;
    }
    hint_word(p, "and");
    hint_word(p, "or");
    if (!ok) return NULL;
    return n == 1 ? kids[0] : joined(p, from, joint, kids, n);
}
