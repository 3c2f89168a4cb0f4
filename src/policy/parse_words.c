/* parse_words.c — word lists, the files they come from, and the names of risk factors.
** A policy that says `words from accounts` gets the text of accounts.words behind its own, and both are read as one: so the hash
** covers the words, and what is kept of an activated policy is whole by itself. A list has examples of what it must find and what it
** must not, and they are run whenever it is read. */
#include "eval.h"
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

enum { LISTS_MAX = 200, PATTERNS_MAX = 2000 };

/* ---- words files ---- */

bool token_is(const Token *t, const char *word)
{
    return t->kind == TOKEN_WORD && str_eq(t->text, word);
}

/* `words WORD NAME` at the margin. */
static bool says_words(const Token *t, const char *word)
{
    return t->first && t->indent == 0 && token_is(t, "words") && !t[1].first && token_is(&t[1], word) && !t[2].first &&
           t[2].kind == TOKEN_WORD;
}

/* The text holds this words file already: it is a policy as it was kept, whole. */
static bool holds_file(const Token *tokens, const char *name)
{
    for (const Token *t = tokens; t->kind != TOKEN_END; t++)
        if (says_words(t, "of") && str_eq(t[2].text, name)) return true;
    return false;
}

static const char *find_file(const PolicyFile *files, size_t n_files, const char *name, size_t *n)
{
    for (size_t i = 0; i < n_files; i++) {
        if (!str_eq(files[i].name, name)) continue;
        *n = files[i].n;
        return files[i].text;
    }
    return policy_words_builtin(name, n);
}

static int lines_of(const char *s, size_t n)
{
    int lines = 0;

    for (size_t i = 0; i < n; i++) lines += s[i] == '\n';
    return lines;
}

/* Behind the text so far, beginning at the margin. */
void include_piece(Parser *p, Str *all, Inclusion it, const char *text, size_t n, int line)
{
    if (all->n > 0 && all->s[all->n - 1] != '\n') str_add_char(all, '\n');
    it.at = all->n;
    it.line = lines_of(all->s, all->n) - (line - 1);
    p->includes = mem_room(p->includes, p->n_includes, &p->includes_cap, sizeof *p->includes);
    p->includes[p->n_includes++] = it;
    str_add_n(all, text, n);
}

static void include(Parser *p, Str *all, const Token *name, const PolicyFile *files, size_t n_files)
{
    Src src = { name->at, name->n, name->line };
    size_t n = 0;
    const char *text;

    if (!names_add(&p->words_files, p->arena, name->text, SYMBOL_OTHER) || holds_file(p->tokens, name->text)) return;
    text = find_file(files, n_files, name->text, &n);
    if (!text)
        p->words_missing = !problem(p, src, "the name of a words file, such as accounts for accounts.words", NULL,
            "There is no words file \"%.60s\".", name->text);
    else if (p->n_files++ == INCLUDES_MAX)
        p->words_missing = !problem(p, src, NULL, NULL, "A policy can use words from %d files.", INCLUDES_MAX);
    else {
        size_t bom = lex_bom(text, n);
        include_piece(
            p, all, (Inclusion){ .kind = "words file", .name = name->text, .src = src }, text + bom, n - bom, 1);
    }
}

void words_include(Parser *p, const PolicyFile *files, size_t n_files)
{
    Str all = { 0 };

    str_add_n(&all, p->policy->text, p->policy->text_n);
    for (const Token *t = p->tokens; t->kind != TOKEN_END; t++)
        if (says_words(t, "from") && !p->full) include(p, &all, &t[2], files, n_files);
    if (all.n > p->policy->text_n) {
        p->policy->text = arena_dup_n(p->arena, all.s, all.n);
        p->policy->text_n = all.n;
    }
    str_finish(&all);
}

/* ---- clauses of a list ---- */

static bool add_pattern(Parser *p, size_t list, const Token *t, bool ignore_case)
{
    Policy *policy = p->policy;
    Err err = { 0 };
    Rx *rx = p->checked ? NULL : rx_compile(t->text, strlen(t->text), ignore_case, &err);
    Src src = { t->at, t->n, t->line };

    if (!rx && !p->checked) return problem(p, src, NULL, NULL, "%s", err.text);
    if (rx && rx_match(rx, "", 0, NULL, NULL) == RX_YES) {
        rx_free(&rx);
        return problem(p, src, NULL, NULL, "This pattern fits even where there is nothing.");
    }
    policy->patterns = mem_room(policy->patterns, policy->n_patterns, &p->patterns_cap, sizeof *policy->patterns);
    policy->patterns[policy->n_patterns++] = (WordPattern){ rx, t->text, ignore_case, list, src };
    policy->lists[list].n++;
    return true;
}

/* pattern /…/i, /…/ */
static bool clause_pattern(Parser *p, size_t list)
{
    do {
        const Token *t = here(p);
        bool ignore_case;
        if (t->kind != TOKEN_REGEX) {
            hint_phrase(p, "a pattern between slashes, such as /\\bstrangl/i");
            return unexpected(p, NULL);
        }
        if (p->policy->n_patterns == PATTERNS_MAX)
            return problem(p, here_src(p), NULL, NULL, "Word lists can have %d patterns in all.", PATTERNS_MAX);
        p->pos++;
        ignore_case = is(p, "i") && here(p)->at == t->at + t->n;
        p->pos += ignore_case;
        if (!add_pattern(p, list, t, ignore_case)) return false;
    } while (mark(p, ','));
    return expect_end(p);
}

static bool read_words_example(Parser *p, size_t list, bool matches)
{
    WordList *l = &p->policy->lists[list];

    if (p->checked) return true;
    do {
        Src src = here_src(p);
        const char *text = quoted(p);
        if (!text) return false;
        l->examples = mem_room(l->examples, l->n_examples, &l->examples_cap, sizeof *l->examples);
        l->examples[l->n_examples++] = (WordExample){ text, matches, src };
    } while (mark(p, ','));
    return expect_end(p);
}

static void read_list_clause(Parser *p, size_t from, size_t to, void *ctx)
{
    size_t list = *(const size_t *)ctx;

    if (accept(p, "pattern"))
        clause_pattern(p, list);
    else if (accept(p, "matches"))
        read_words_example(p, list, true);
    else if (accept(p, "not"))
        read_words_example(p, list, false);
    else
        unexpected(p, "There is no such clause in a word list.");
}

static bool has_example(const WordList *l)
{
    for (size_t i = 0; i < l->n_examples; i++)
        if (l->examples[i].matches) return true;
    return false;
}

static bool list_header(Parser *p, size_t list)
{
    WordList *l = &p->policy->lists[list];
    Symbol *s;

    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the name of the list, such as strangulation");
        return unexpected(p, NULL);
    }
    l->src = here_src(p);
    l->name = here(p)->text;
    s = names_add(&p->lists, p->arena, l->name, SYMBOL_OTHER);
    if (!s)
        return problem(p, l->src, NULL, NULL, "There is a word list \"%s\" already, in line %d.", l->name,
            names_find(&p->lists, l->name)->src.line);
    s->src = l->src;
    s->index = list;
    p->pos++;
    l->title = quoted(p);
    return l->title && expect_end(p);
}

static void read_list(Parser *p, size_t from, size_t body, size_t to)
{
    Policy *policy = p->policy;
    size_t list = policy->n_lists, before = p->problems->n;
    WordList *l;

    if (list == LISTS_MAX) {
        problem(p, src_of(p, from, from + 1), NULL, NULL, "A policy can have %d word lists.", LISTS_MAX);
        return;
    }
    policy->lists = mem_room(policy->lists, list, &p->lists_cap, sizeof *policy->lists);
    policy->lists[policy->n_lists++] =
        (WordList){ .name = "", .title = "", .first = policy->n_patterns, .src = src_of(p, from, from + 1) };
    list_header(p, list);
    each_clause(p, body, to, read_list_clause, &list);
    l = &policy->lists[list];
    if (p->problems->n > before) return;
    if (l->n == 0)
        problem(
            p, l->src, "a clause such as pattern /\\bstrangl/i", NULL, "The word list \"%s\" has no pattern.", l->name);
    else if (!p->checked && !has_example(l))
        problem(p, l->src, "a clause such as matches \"He strangled her.\"", NULL,
            "The word list \"%s\" has no example that must match.", l->name);
}

/* ---- the statement ---- */

/* words from accounts */
static void read_from(Parser *p)
{
    if (p->words_only) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "A words file cannot take words from another.");
        return;
    }
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the name of a words file, such as accounts");
        unexpected(p, NULL);
        return;
    }
    p->pos++;
    expect_end(p);
}

/* words of accounts "title" */
static void read_of(Parser *p)
{
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the name of this words file, such as accounts");
        unexpected(p, NULL);
        return;
    }
    p->pos++;
    if (quoted(p)) expect_end(p);
}

void parse_words(Parser *p, size_t from, size_t to)
{
    size_t body = header_end(p, from, to);

    p->pos = from + 1;
    p->end = body;
    if (accept_quietly(p, "from"))
        read_from(p);
    else if (accept_quietly(p, "of"))
        read_of(p);
    else {
        hint_word(p, "from");
        hint_word(p, "of");
        read_list(p, from, body, to);
        return;
    }
    if (body < to)
        problem(p, src_of(p, body, body + 1), NULL, NULL, "Nothing can stand below this line; begin at the margin.");
}

/* ---- risk factors ---- */

/* factors specss-plus is separation, pregnancy … */
void parse_factors(Parser *p)
{
    Code instrument =
        here(p)->kind == TOKEN_WORD ? vocab_code(&p->policy->vocabs, VOCAB_INSTRUMENT, here(p)->text) : CODE_NONE;
    Symbol *s;

    if (instrument == CODE_NONE) {
        hint_vocab(p, VOCAB_INSTRUMENT);
        unexpected(p, NULL);
        return;
    }
    p->pos++;
    if (!expect(p, "is")) return;
    do {
        if (here(p)->kind != TOKEN_WORD || is_reserved(here(p)->text)) {
            hint_phrase(p, "the name of a risk factor");
            unexpected(p, NULL);
            return;
        }
        s = names_find(&p->factors, here(p)->text);
        if (!s) s = names_add(&p->factors, p->arena, here(p)->text, SYMBOL_OTHER);
        if (set_has(&s->set, instrument))
            problem(p, here_src(p), NULL, NULL, "The factor \"%s\" stands here twice.", s->name);
        set_add(&s->set, instrument);
        p->pos++;
    } while (mark(p, ','));
    expect_end(p);
}

/* ---- when all is read ---- */

static const char *nearest_list(Parser *p, const char *wrong)
{
    const char **words = mem_grow(NULL, p->lists.n + 1, sizeof *words), *nearest;
    size_t n = 0;

    for (const Symbol *s = p->lists.first; s; s = s->next) words[n++] = s->name;
    nearest = str_nearest(wrong, words, n);
    mem_free(words);
    return nearest;
}

void words_bind(Parser *p)
{
    for (WordsUse *use = p->words_uses; use; use = use->next) {
        const Symbol *s = names_find(&p->lists, use->name);
        if (s)
            use->cond->list = s->index;
        else if (!p->words_missing)
            problem(p, use->src,
                p->lists.first ? "a word list of this policy"
                               : "a word list; a line such as words from accounts brings some",
                nearest_list(p, use->name), "There is no word list \"%.60s\".", use->name);
    }
}

/* False when a pattern gave up. */
static bool run_example(Parser *p, size_t list, const WordExample *x, Arena *a)
{
    const char *name = p->policy->lists[list].name;
    PolicyText text = { "", x->text };
    const Looked *l = words_look(p->policy, &text, 1, a);
    bool gave_up = false;
    TextHit hit;
    size_t n = words_hits(p->policy, l, 0, list, 1, &hit, &gave_up);

    if (gave_up)
        return problem(
            p, x->src, NULL, NULL, "The words \"%s\" reach their limit on this text: a pattern tries too much.", name);
    if (n == 0 && x->matches) problem(p, x->src, NULL, NULL, "The words \"%s\" do not match this.", name);
    if (n > 0 && !x->matches)
        problem(p, x->src, NULL, NULL, "The words \"%s\" match this: \"%.*s\".", name,
            (int)(hit.to - hit.from < 80 ? hit.to - hit.from : 80), x->text + hit.from);
    return true;
}

/* A file of slow patterns is not run to its end: the first few say enough. */
void words_run_examples(Parser *p)
{
    enum { SLOW_MAX = 5 };
    Arena *a = arena_new();
    int slow = 0;

    for (size_t i = 0; i < p->policy->n_lists; i++) {
        const WordList *l = &p->policy->lists[i];
        for (size_t k = 0; k < l->n_examples && slow < SLOW_MAX && !p->full; k++) {
            slow += !run_example(p, i, &l->examples[k], a);
            arena_reset(a);
        }
    }
    arena_free(&a);
}
