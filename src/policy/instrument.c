/* instrument.c — a *.instrument file: the factors of a risk assessment as a table.
** The same lexer, verbs and problems as a policy. Three things stand at the margin: the name, groups, and factors in the
** order in which they are asked. */
#include "policy/instrument.h"

#include "form.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"

#include <string.h>

enum { INSTRUMENT_TEXT_MAX = 1 << 18, INSTRUMENT_GROUPS = 20, INSTRUMENT_FACTORS = 100 };

struct Instrument {
    Arena *arena;
    const char *id, *title, *text;
    size_t text_n;
    char hash[65];
    InstrumentGroup *groups;
    size_t *group_tokens;
    bool *group_used;
    size_t n_groups;
    InstrumentFactor *factors;
    size_t n_factors;
};

typedef struct InstrumentParser {
    Parser p; /* its policy is only a carrier of the text */
    Instrument *i;
} InstrumentParser;

/* instrument NAME "title" */
static void read_name(InstrumentParser *r)
{
    Parser *p = &r->p;

    if (*r->i->id) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "The instrument has its name already.");
        return;
    }
    r->i->id = form_name_here(p, false);
    r->i->title = r->i->id ? quoted(p) : NULL;
    if (r->i->title) expect_end(p);
    if (!r->i->id) r->i->id = "?";
    if (!r->i->title) r->i->title = "";
}

static size_t group_named(const Instrument *i, const char *name)
{
    for (size_t k = 0; k < i->n_groups; k++)
        if (str_eq(i->groups[k].name, name)) return k;
    return FORM_NONE;
}

/* group NAME "title" */
static void read_group(InstrumentParser *r, size_t from)
{
    Parser *p = &r->p;
    Instrument *i = r->i;
    const char *name = form_name_here(p, false), *title = name ? quoted(p) : NULL;

    if (!title || !expect_end(p)) return;
    if (group_named(i, name) != FORM_NONE) {
        problem(p, src_of(p, from + 1, from + 2), NULL, NULL, "There is a group \"%s\" already.", name);
        return;
    }
    if (i->n_groups == INSTRUMENT_GROUPS) {
        problem(
            p, src_of(p, from + 1, from + 2), NULL, NULL, "An instrument has at most %d groups.", INSTRUMENT_GROUPS);
        return;
    }
    i->group_tokens[i->n_groups] = from + 1;
    i->groups[i->n_groups++] = (InstrumentGroup){ name, title };
}

static bool factor_group(InstrumentParser *r, InstrumentFactor *f)
{
    Parser *p = &r->p;

    if (!expect(p, "group")) return false;
    for (size_t k = 0; k < r->i->n_groups; k++) hint_word(p, r->i->groups[k].name);
    f->group = here(p)->kind == TOKEN_WORD ? group_named(r->i, here(p)->text) : FORM_NONE;
    if (f->group == FORM_NONE) {
        hint_phrase(p, "a group that stands above");
        return unexpected(p, "There is no such group.");
    }
    r->i->group_used[f->group] = true;
    p->pos++;
    return true;
}

static const InstrumentFactor *factor_named(const Instrument *i, const char *code)
{
    for (size_t k = 0; k < i->n_factors; k++)
        if (str_eq(i->factors[k].code, code)) return &i->factors[k];
    return NULL;
}

/* factor NAME "label" group GROUP [high] help "…" */
static bool read_factor(InstrumentParser *r, size_t from)
{
    Parser *p = &r->p;
    Instrument *i = r->i;
    InstrumentFactor f = { .line = p->tokens[from].line };

    if (!(f.code = form_name_here(p, false)) || !(f.label = quoted(p)) || !factor_group(r, &f)) return false;
    f.high = accept(p, "high");
    if (!expect(p, "help") || !(f.help = form_strings(p)) || !expect_end(p)) return false;
    if (factor_named(i, f.code))
        return problem(p, src_of(p, from + 1, from + 2), NULL, NULL, "There is a factor \"%s\" already, in line %d.",
            f.code, factor_named(i, f.code)->line);
    if (i->n_factors == INSTRUMENT_FACTORS)
        return problem(
            p, src_of(p, from + 1, from + 2), NULL, NULL, "An instrument has at most %d factors.", INSTRUMENT_FACTORS);
    i->factors[i->n_factors++] = f;
    return true;
}

static void read_statement(InstrumentParser *r, size_t from, size_t to)
{
    Parser *p = &r->p;

    p->pos = from;
    p->end = to;
    forget_hints(p);
    if (p->tokens[from].indent > 0)
        problem(p, here_src(p), NULL, NULL,
            "Nothing stands above this line that it could belong to; begin it at the margin.");
    else if (accept(p, "instrument"))
        read_name(r);
    else if (accept(p, "group"))
        read_group(r, from);
    else if (accept(p, "factor"))
        read_factor(r, from);
    else
        unexpected(p, "Nothing can begin like this.");
}

static void read_file(InstrumentParser *r)
{
    Parser *p = &r->p;
    size_t from = 0, to;

    p->end = 1;
    if (p->tokens[0].kind == TOKEN_END) {
        problem(p, (Src){ 0, 0, 1 }, "instrument NAME \"title\"", NULL, "The file says nothing.");
        return;
    }
    if (!is(p, "instrument"))
        problem(p, here_src(p), "instrument NAME \"title\"", NULL, "An instrument file begins with its name.");
    for (; p->tokens[from].kind != TOKEN_END && !p->full; from = to) {
        for (to = from + 1; p->tokens[to].kind != TOKEN_END; to++)
            if (p->tokens[to].first && p->tokens[to].indent == 0) break;
        read_statement(r, from, to);
    }
    for (size_t k = 0; k < r->i->n_groups; k++)
        if (!r->i->group_used[k])
            problem(p, src_of(p, r->i->group_tokens[k], r->i->group_tokens[k] + 1), NULL, NULL,
                "No factor is of the group \"%s\".", r->i->groups[k].name);
    if (r->i->n_factors == 0 && p->problems->n == 0)
        problem(p, src_of(p, 0, 1), NULL, NULL, "The instrument has no factors.");
}

static void read_all(InstrumentParser *r, const char *text, size_t n)
{
    Parser *p = &r->p;
    size_t n_tokens;

    if (n > INSTRUMENT_TEXT_MAX) {
        problem(p, (Src){ 0, 0, 1 }, NULL, NULL, "An instrument file has at most %d KiB; this one has %zu.",
            INSTRUMENT_TEXT_MAX / 1024, n / 1024);
        return;
    }
    if (!check_bytes(p, r->i->text, n, lex_bom(r->i->text, n))) return;
    p->tokens = lex(r->i->text, n, p->arena, &n_tokens);
    read_file(r);
}

Instrument *instrument_parse(const char *name, const char *text, size_t n, PolicyProblems *problems)
{
    Arena *arena = arena_new();
    Instrument *i = arena_zero(arena, 1, sizeof *i);
    Policy *carrier = arena_zero(arena, 1, sizeof *carrier);
    InstrumentParser r = {
        .p = { .policy = carrier, .arena = arena, .problems = problems, .each = LIST_COUNT, .rule = NO_RULE }, .i = i
    };
    uint8_t hash[HASH_BYTES];

    problems->items = NULL;
    problems->n = 0;
    i->arena = arena;
    i->id = i->title = "";
    i->text_n = n <= INSTRUMENT_TEXT_MAX ? n : 0;
    i->text = arena_dup_n(arena, text, i->text_n);
    i->groups = arena_zero(arena, INSTRUMENT_GROUPS, sizeof *i->groups);
    i->group_tokens = arena_zero(arena, INSTRUMENT_GROUPS, sizeof *i->group_tokens);
    i->group_used = arena_zero(arena, INSTRUMENT_GROUPS, sizeof *i->group_used);
    i->factors = arena_zero(arena, INSTRUMENT_FACTORS, sizeof *i->factors);
    crypto_hash(text, n, hash);
    crypto_hex(hash, sizeof hash, i->hash);
    carrier->text = i->text;
    carrier->text_n = i->text_n;
    read_all(&r, text, n);
    problems_sort(problems);
    if (problems->n > 0) instrument_free(&i);
    return i;
}

void instrument_free(Instrument **i)
{
    Arena *arena;

    if (!i || !*i) return;
    arena = (*i)->arena;
    *i = NULL;
    arena_free(&arena);
}

const char *instrument_id(const Instrument *i)
{
    return i->id;
}

const char *instrument_title(const Instrument *i)
{
    return i->title;
}

const char *instrument_hash(const Instrument *i)
{
    return i->hash;
}

const char *instrument_text(const Instrument *i, size_t *n)
{
    *n = i->text_n;
    return i->text;
}

const InstrumentGroup *instrument_groups(const Instrument *i, size_t *n)
{
    *n = i->n_groups;
    return i->groups;
}

const InstrumentFactor *instrument_factors(const Instrument *i, size_t *n)
{
    *n = i->n_factors;
    return i->factors;
}
