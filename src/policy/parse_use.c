/* parse_use.c — rules of another file: `use finding-07 from learning`.
** Only what is used is taken: the rules named, and the definitions, word lists, factors and words that they stand on, as they are
** written there. It goes behind the policy's own text under a line `rules of learning`, and both are read as one: so the hash covers what
** is used and nothing else, and what is kept of an activated policy is whole by itself. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

enum { USES_MAX = 500 };

/* ---- the statements of a file ---- */

typedef enum StatementKind {
    STATEMENT_OTHER, /* belongs to its own file: its name, holidays, formats … */
    STATEMENT_RULE,
    STATEMENT_NAMED,   /* a definition, which what stands below asks for by its name */
    STATEMENT_ADDS,    /* vocabulary V adds WORD "…"                                 */
    STATEMENT_FACTORS, /* factors INSTRUMENT is …                                    */
    STATEMENT_WORDS    /* words from FILE                                            */
} StatementKind;

typedef struct Statement {
    StatementKind kind;
    const Token *from, *to; /* before */
    bool taken;
} Statement;

typedef struct Source { /* a file of rules */
    const char *text;
    const Token *tokens;
    Statement *all;
    size_t n, cap;
} Source;

static StatementKind kind_of(const Token *t, size_t n)
{
    static const char *const rules[] = { "duty", "task", "gate", "alert" }, *const defines[] = { "condition", "value",
        "moment" };

    if (n < 3 || t[0].kind != TOKEN_WORD || t[1].kind != TOKEN_WORD) return STATEMENT_OTHER;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (token_is(t, rules[i])) return STATEMENT_RULE;
    for (size_t i = 0; i < ARRAY_LEN(defines); i++)
        if (token_is(t, defines[i])) return STATEMENT_NAMED;
    if (token_is(t, "vocabulary")) return STATEMENT_ADDS;
    if (token_is(t, "factors")) return STATEMENT_FACTORS;
    if (token_is(t, "words"))
        return token_is(&t[1], "from") ? STATEMENT_WORDS : token_is(&t[1], "of") ? STATEMENT_OTHER : STATEMENT_NAMED;
    return token_is(&t[2], "is") ? STATEMENT_NAMED : STATEMENT_OTHER; /* offences serious is … */
}

static void split(Source *s)
{
    for (const Token *from = s->tokens, *to; from->kind != TOKEN_END; from = to) {
        for (to = from + 1; to->kind != TOKEN_END && !(to->first && to->indent == 0); to++) {}
        s->all = mem_room(s->all, s->n, &s->cap, sizeof *s->all);
        s->all[s->n++] = (Statement){ kind_of(from, (size_t)(to - from)), from, to, false };
    }
}

static Source source_of(Parser *p, const char *text, size_t n)
{
    size_t n_tokens;
    Source s = { .text = text, .tokens = lex(text, n, p->arena, &n_tokens) };

    split(&s);
    return s;
}

static bool same_tokens(const Statement *a, const Statement *b)
{
    if (a->to - a->from != b->to - b->from) return false;
    for (const Token *x = a->from, *y = b->from; x < a->to; x++, y++)
        if (x->kind != y->kind || strcmp(x->text, y->text) != 0) return false;
    return true;
}

/* The policy says the same by itself; of factors, whatever it says of the instrument. */
static bool said_already(const Source *own, const Statement *s)
{
    for (size_t i = 0; i < own->n; i++) {
        const Statement *it = &own->all[i];
        if (same_tokens(it, s)) return true;
        if (s->kind == STATEMENT_FACTORS && it->kind == s->kind && str_eq(it->from[1].text, s->from[1].text))
            return true;
    }
    return false;
}

/* ---- what is taken ---- */

static bool speaks_of(const Statement *s, const char *word)
{
    for (const Token *t = s->from + 1; t < s->to; t++)
        if (token_is(t, word)) return true;
    return false;
}

static bool one_speaks_of(const Source *s, size_t below, const char *word)
{
    for (size_t i = below + 1; i < s->n; i++)
        if (s->all[i].taken && speaks_of(&s->all[i], word)) return true;
    return false;
}

static bool one_needs_words(const Source *s, size_t below, const Statement *adds)
{
    for (const Token *t = adds->from + 3; t < adds->to; t++)
        if (t->kind == TOKEN_WORD && one_speaks_of(s, below, t->text)) return true;
    return false;
}

static bool is_needed(const Source *s, size_t i)
{
    const Statement *it = &s->all[i];

    switch (it->kind) {
    case STATEMENT_NAMED: return one_speaks_of(s, i, it->from[1].text);
    case STATEMENT_ADDS: return one_needs_words(s, i, it);
    case STATEMENT_FACTORS: return one_speaks_of(s, i, "risk");
    case STATEMENT_WORDS: return one_speaks_of(s, i, "matches");
    default: return it->taken;
    }
}

static Statement *rule_named(const Source *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->all[i].kind == STATEMENT_RULE && str_eq(s->all[i].from[1].text, name)) return &s->all[i];
    return NULL;
}

/* To the end of its last line. */
static size_t length_of(const char *text, const Statement *s)
{
    const Token *last = s->to - 1;
    size_t end = last->at + last->n;

    while (text[end] && text[end] != '\n' && text[end] != '\r') end++;
    return end - s->from->at;
}

static void append(Parser *p, Str *all, const Source *s, const Token *file, const Source *own)
{
    Inclusion it = { .kind = "policy", .name = file->text, .src = { file->at, file->n, file->line } };
    char *header = arena_printf(p->arena, "\nrules of %s \"What is used of it\"\n", file->text);

    include_piece(p, all, it, header, strlen(header), 1);
    for (size_t i = 0; i < s->n; i++) {
        const Statement *one = &s->all[i];
        if (!one->taken || said_already(own, one)) continue;
        str_add_char(all, '\n');
        include_piece(p, all, it, s->text + one->from->at, length_of(s->text, one), one->from->line);
        str_add_char(all, '\n');
    }
}

/* ---- the lines that ask ---- */

/* `use NAME, NAME and NAME from FILE` at the margin: the token of FILE, or NULL. */
static const Token *file_asked(const Token *t)
{
    if (!t->first || t->indent != 0 || !token_is(t, "use")) return NULL;
    for (t++; t->kind != TOKEN_END && !(t->first && t->indent == 0); t++)
        if (token_is(t, "from") && t[1].kind == TOKEN_WORD && !t[1].first) return &t[1];
    return NULL;
}

/* The text holds rules of this file already: it is a policy as it was kept, whole. */
static bool holds_rules(const Token *tokens, const char *file)
{
    for (const Token *t = tokens; t->kind != TOKEN_END; t++)
        if (t->first && t->indent == 0 && token_is(t, "rules") && token_is(&t[1], "of") && token_is(&t[2], file))
            return true;
    return false;
}

static const char *find_rules(const PolicyFile *files, size_t n_files, const char *name, size_t *n)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < n_files; i++) {
        if (strncmp(files[i].name, name, length) != 0 || !str_eq(files[i].name + length, ".policy")) continue;
        *n = files[i].n;
        return files[i].text;
    }
    return policy_builtin(name, n);
}

static void take_named(Source *s, const Token *tokens, const char *file)
{
    for (const Token *t = tokens; t->kind != TOKEN_END; t++) {
        const Token *asked = file_asked(t);
        if (!asked || !str_eq(asked->text, file)) continue;
        for (const Token *name = t + 1; name < asked; name++) {
            Statement *rule = name->kind == TOKEN_WORD ? rule_named(s, name->text) : NULL;
            if (rule) rule->taken = true;
        }
    }
    for (size_t i = s->n; i-- > 0;) s->all[i].taken = is_needed(s, i);
}

static void include(Parser *p, Str *all, const Token *file, const Source *own, const PolicyFile *files, size_t n_files)
{
    size_t n = 0;
    const char *text = find_rules(files, n_files, file->text, &n);
    Source s;

    if (!text || !names_add(&p->rule_files, p->arena, file->text, SYMBOL_OTHER)) return;
    if (holds_rules(p->tokens, file->text)) return;
    s = source_of(p, arena_dup_n(p->arena, text, n), n);
    take_named(&s, p->tokens, file->text);
    append(p, all, &s, file, own);
    mem_free(s.all);
}

void rules_include(Parser *p, const PolicyFile *files, size_t n_files)
{
    Source own = { .text = p->policy->text, .tokens = p->tokens };
    Str all = { 0 };

    p->files = files;
    p->n_given = n_files;
    split(&own);
    str_add_n(&all, p->policy->text, p->policy->own_n);
    for (const Token *t = p->tokens; t->kind != TOKEN_END; t++) {
        const Token *file = file_asked(t);
        if (file) include(p, &all, file, &own, files, n_files);
    }
    if (all.n > p->policy->text_n) {
        p->policy->text = arena_dup_n(p->arena, all.s, all.n);
        p->policy->text_n = all.n;
    }
    mem_free(own.all);
    str_finish(&all);
}

/* ---- the statements themselves ---- */

static bool file_known(Parser *p, const char *file)
{
    size_t n;

    if (names_find(&p->rule_files, file) || find_rules(p->files, p->n_given, file, &n)) return true;
    if (!holds_rules(p->tokens, file)) return false;
    names_add(&p->rule_files, p->arena, file, SYMBOL_OTHER);
    return true;
}

static void use_file(Parser *p, RuleUse *first, size_t n)
{
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the name of a policy that comes with the program, such as " POLICY_LEARNING);
        unexpected(p, NULL);
        return;
    }
    if (!file_known(p, here(p)->text)) {
        hint_word(p, POLICY_LEARNING);
        hint_phrase(p, "the name of a policy that comes with the program, such as " POLICY_LEARNING);
        unexpected(p, arena_printf(p->arena, "There is no policy \"%.60s\" to take rules from.", here(p)->text));
        while (n-- > 0) p->rule_uses = p->rule_uses->next; /* one problem is enough */
        return;
    }
    for (RuleUse *use = first; n-- > 0; use = use->next) use->file = here(p)->text;
    p->pos++;
    expect_end(p);
}

void parse_use(Parser *p)
{
    size_t n = 0;

    do {
        RuleUse *use;
        if (here(p)->kind != TOKEN_WORD) {
            hint_phrase(p, "the name of a rule that is off by default");
            unexpected(p, NULL);
            return;
        }
        if (p->n_uses++ == USES_MAX) {
            problem(p, here_src(p), NULL, NULL, "A policy can use %d rules that are off by default.", USES_MAX);
            return;
        }
        use = arena_zero(p->arena, 1, sizeof *use);
        *use = (RuleUse){ here(p)->text, NULL, here_src(p), p->rule_uses };
        p->rule_uses = use;
        n++;
        p->pos++;
    } while (mark(p, ',') || accept_quietly(p, "and"));
    hint_phrase(p, "a comma and another rule");
    if (accept(p, "from"))
        use_file(p, p->rule_uses, n);
    else
        expect_end(p);
}

/* rules of learning "title" */
void parse_rules(Parser *p)
{
    if (!expect(p, "of")) return;
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the name of the policy that they are from");
        unexpected(p, NULL);
        return;
    }
    p->pos++;
    if (quoted(p)) expect_end(p);
}

/* ---- when all is read ---- */

static bool *switch_of(Parser *p, const char *name)
{
    const Symbol *s = names_find(&p->duties, name);

    if (s) return &p->rules[s->index].off;
    for (size_t i = 0; i < p->policy->n_gates; i++)
        if (str_eq(p->policy->gates[i].id, name)) return &p->policy->gates[i].off;
    for (size_t i = 0; i < p->policy->n_alerts; i++)
        if (str_eq(p->policy->alerts[i].id, name)) return &p->policy->alerts[i].off;
    return NULL;
}

/* The rules that could have been meant: of the file, or those of this text. */
static const char *nearest_rule(Parser *p, const RuleUse *use)
{
    size_t n_text = 0, n = 0;
    const char *text = use->file ? find_rules(p->files, p->n_given, use->file, &n_text) : NULL, **words, *nearest;
    Source s = text ? source_of(p, arena_dup_n(p->arena, text, n_text), n_text)
                    : (Source){ .text = p->policy->text, .tokens = p->tokens };

    if (!text) split(&s);
    words = mem_grow(NULL, s.n + 1, sizeof *words);
    for (size_t i = 0; i < s.n; i++)
        if (s.all[i].kind == STATEMENT_RULE) words[n++] = s.all[i].from[1].text;
    nearest = str_nearest(use->name, words, n);
    mem_free(words);
    mem_free(s.all);
    return nearest;
}

static bool used_above(const RuleUse *use)
{
    for (const RuleUse *it = use->next; it; it = it->next)
        if (str_eq(it->name, use->name)) return true;
    return false;
}

void rules_switch_on(Parser *p)
{
    for (const RuleUse *use = p->rule_uses; use && !p->full; use = use->next) {
        bool *off = switch_of(p, use->name);
        if (!off && use->file)
            problem(p, use->src, arena_printf(p->problems->arena, "a rule of the policy %s", use->file),
                nearest_rule(p, use), "The policy \"%.60s\" has no rule \"%.60s\".", use->file, use->name);
        else if (!off)
            problem(p, use->src, "a rule of this file, or a rule of another: use RULE from FILE", nearest_rule(p, use),
                "There is no rule \"%.60s\".", use->name);
        else if (used_above(use))
            problem(p, use->src, NULL, NULL, "\"%.60s\" is used already.", use->name);
        else if (!*off && !use->file)
            problem(p, use->src, NULL, NULL, "\"%.60s\" is on: it does not say \"off by default\".", use->name);
    }
    for (const RuleUse *use = p->rule_uses; use; use = use->next) {
        bool *off = switch_of(p, use->name);
        if (off) *off = false;
    }
}
