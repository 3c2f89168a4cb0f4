/* instrument.c — a *.instrument file: the factors of a risk assessment as a table.
** The same lexer, verbs and problems as a policy. Four things stand at the margin: the name, groups, factors in the
** order in which they are asked, and thresholds. A group may be a supplement, which a yes elsewhere opens; what a yes is
** worth is nowhere said. What needs the whole file (openers, the number of factors behind a threshold) is checked at its end. */
#include "policy/instrument.h"

#include "form.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum {
    INSTRUMENT_TEXT_MAX = 1 << 18,
    INSTRUMENT_GROUPS = 20,
    INSTRUMENT_FACTORS = 100,
    INSTRUMENT_THRESHOLDS = 20,
    INSTRUMENT_OPENERS = 10,
    INSTRUMENT_STAGES = 20
};

typedef struct StageUse {
    const char *stage;
    InstrumentUse use;
} StageUse;

typedef struct Openers { /* as they are written */
    const char *names[INSTRUMENT_OPENERS];
    size_t tokens[INSTRUMENT_OPENERS], n;
} Openers;

struct Instrument {
    Arena *arena;
    const char *id, *title, *text;
    size_t text_n;
    char hash[65];
    Date from, until;
    StageUse *stages;
    size_t n_stages;
    InstrumentGroup *groups;
    Openers *openers; /* beside groups */
    size_t *group_tokens;
    bool *group_used;
    size_t n_groups;
    InstrumentFactor *factors;
    size_t n_factors;
    InstrumentThreshold *thresholds;
    size_t *threshold_tokens;
    size_t n_thresholds;
};

typedef struct InstrumentParser {
    Parser p; /* its policy is only a carrier of the text */
    Instrument *i;
} InstrumentParser;

const char *const instrument_kept[] = { "grade", "rationale", "reason", "observed", NULL };

/* ---- small things ---- */

static size_t group_named(const Instrument *i, const char *name)
{
    for (size_t k = 0; k < i->n_groups; k++)
        if (str_eq(i->groups[k].name, name)) return k;
    return FORM_NONE;
}

static size_t factor_named(const Instrument *i, const char *code)
{
    for (size_t k = 0; k < i->n_factors; k++)
        if (str_eq(i->factors[k].code, code)) return k;
    return FORM_NONE;
}

static bool is_supplement(const Instrument *i, size_t group)
{
    return i->openers[group].n > 0;
}

static bool read_date(Parser *p, Date *out)
{
    Err err = { 0 };

    if (here(p)->kind != TOKEN_DATE) {
        hint_phrase(p, "a date, such as 2009-03-01");
        return unexpected(p, NULL);
    }
    if (!civil_parse_date(here(p)->text, out, &err)) return problem(p, here_src(p), NULL, NULL, "%s", err.text);
    p->pos++;
    return true;
}

/* from DATE [until DATE] */
static bool read_dates(Parser *p, Date *from, Date *until)
{
    size_t at = p->pos;

    if (!expect(p, "from") || !read_date(p, from)) return false;
    if (!accept(p, "until")) return true;
    if (!read_date(p, until)) return false;
    return *from <= *until || problem(p, src_of(p, at, p->pos), NULL, NULL, "It ends before it begins.");
}

static bool read_count(Parser *p, int *out)
{
    if (here(p)->kind != TOKEN_NUMBER || strlen(here(p)->text) > 3 || atoi(here(p)->text) < 1) {
        hint_phrase(p, "a number from 1 to 999");
        return unexpected(p, NULL);
    }
    *out = atoi(here(p)->text);
    p->pos++;
    return true;
}

/* ---- the name ---- */

static bool stage_here(InstrumentParser *r, InstrumentUse use)
{
    Parser *p = &r->p;
    const Vocab *stages = &vocabs_standard()->of[VOCAB_STAGE];
    const char *word = here(p)->kind == TOKEN_WORD ? here(p)->text : "";

    for (size_t k = 0; k < stages->n; k++) hint_word(p, stages->words[k].word);
    if (!vocab_code(vocabs_standard(), VOCAB_STAGE, word)) {
        hint_phrase(p, "a stage: initial, secondary, marac or review");
        return unexpected(p, NULL);
    }
    if (instrument_use(r->i, word) != INSTRUMENT_NOT && r->i->n_stages > 0)
        return problem(p, here_src(p), NULL, NULL, "The stage \"%s\" is named here twice.", word);
    r->i->stages[r->i->n_stages++] = (StageUse){ word, use };
    p->pos++;
    return true;
}

/* for STAGE, STAGE … */
static bool read_stages(InstrumentParser *r, InstrumentUse use)
{
    if (!expect(&r->p, "for")) return false;
    do {
        if (!stage_here(r, use)) return false;
    } while (mark(&r->p, ','));
    return true;
}

/* usual for … · also for … · valid from … */
static bool name_clause(InstrumentParser *r)
{
    Parser *p = &r->p;

    if (accept(p, "usual")) return read_stages(r, INSTRUMENT_USUAL);
    if (accept(p, "also")) return read_stages(r, INSTRUMENT_ALSO);
    if (accept(p, "valid")) return read_dates(p, &r->i->from, &r->i->until);
    return unexpected(p, NULL);
}

/* instrument NAME "title" CLAUSES */
static void read_name(InstrumentParser *r)
{
    Parser *p = &r->p;

    if (*r->i->id) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "The instrument has its name already.");
        return;
    }
    r->i->id = form_name_here(p, false);
    r->i->title = r->i->id ? quoted(p) : NULL;
    while (r->i->title && !at_end(p) && name_clause(r)) {}
    if (!r->i->id) r->i->id = "?";
    if (!r->i->title) r->i->title = "";
}

/* ---- groups ---- */

/* supplement of FACTOR, FACTOR … */
static bool read_openers(Parser *p, Openers *out)
{
    if (!expect(p, "of")) return false;
    do {
        if (out->n == INSTRUMENT_OPENERS)
            return problem(
                p, here_src(p), NULL, NULL, "A supplement is opened by at most %d factors.", INSTRUMENT_OPENERS);
        out->tokens[out->n] = p->pos;
        if (!(out->names[out->n] = form_name_here(p, false))) return false;
        out->n++;
    } while (mark(p, ','));
    return true;
}

/* group NAME "title" [supplement of FACTOR, FACTOR …] */
static void read_group(InstrumentParser *r, size_t from)
{
    Parser *p = &r->p;
    Instrument *i = r->i;
    const char *name = form_name_here(p, false), *title = name ? quoted(p) : NULL;
    Openers openers = { .n = 0 };

    if (!title || (accept(p, "supplement") && !read_openers(p, &openers)) || !expect_end(p)) return;
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
    i->openers[i->n_groups] = openers;
    i->groups[i->n_groups++] = (InstrumentGroup){ name, title, NULL, 0 };
}

/* ---- factors ---- */

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

/* Can a factor be called so? */
static bool code_fits(InstrumentParser *r, const char *code, size_t from)
{
    Parser *p = &r->p;
    Src src = src_of(p, from + 1, from + 2);
    size_t same = factor_named(r->i, code);

    for (size_t k = 0; instrument_kept[k]; k++)
        if (str_eq(code, instrument_kept[k]))
            return problem(p, src, NULL, NULL, "No factor can be called \"%s\": that stands beside the answers.", code);
    if (same != FORM_NONE)
        return problem(
            p, src, NULL, NULL, "There is a factor \"%s\" already, in line %d.", code, r->i->factors[same].line);
    return r->i->n_factors < INSTRUMENT_FACTORS ||
           problem(p, src, NULL, NULL, "An instrument has at most %d factors.", INSTRUMENT_FACTORS);
}

/* factor NAME "label" group GROUP [high] help "…" */
static bool read_factor(InstrumentParser *r, size_t from)
{
    Parser *p = &r->p;
    InstrumentFactor f = { .line = p->tokens[from].line };

    if (!(f.code = form_name_here(p, false)) || !(f.label = quoted(p)) || !factor_group(r, &f)) return false;
    f.high = accept(p, "high");
    if (!expect(p, "help") || !(f.help = form_strings(p)) || !expect_end(p)) return false;
    if (!code_fits(r, f.code, from)) return false;
    r->i->factors[r->i->n_factors++] = f;
    return true;
}

/* ---- thresholds ---- */

static bool overlap(const InstrumentThreshold *a, const InstrumentThreshold *b)
{
    return (b->until == DATE_NONE || a->from <= b->until) && (a->until == DATE_NONE || b->from <= a->until);
}

static bool threshold_fits(InstrumentParser *r, const InstrumentThreshold *t, size_t from)
{
    Parser *p = &r->p;
    Src src = src_of(p, from + 1, from + 2);

    for (size_t k = 0; k < r->i->n_thresholds; k++)
        if (str_eq(r->i->thresholds[k].name, t->name) && overlap(&r->i->thresholds[k], t))
            return problem(p, src, NULL, NULL,
                "The threshold \"%s\" of line %d holds on some of the same days: each day has one.", t->name,
                r->i->thresholds[k].line);
    return r->i->n_thresholds < INSTRUMENT_THRESHOLDS ||
           problem(p, src, NULL, NULL, "An instrument has at most %d thresholds.", INSTRUMENT_THRESHOLDS);
}

/* threshold NAME "title" N of M from DATE [until DATE] help "…" */
static bool read_threshold(InstrumentParser *r, size_t from)
{
    Parser *p = &r->p;
    InstrumentThreshold t = { .until = DATE_NONE, .line = p->tokens[from].line };

    if (!(t.name = form_name_here(p, false)) || !(t.title = quoted(p))) return false;
    if (!read_count(p, &t.yes) || !expect(p, "of") || !read_count(p, &t.of)) return false;
    if (!read_dates(p, &t.from, &t.until)) return false;
    if (!expect(p, "help") || !(t.help = form_strings(p)) || !expect_end(p)) return false;
    if (!threshold_fits(r, &t, from)) return false;
    r->i->threshold_tokens[r->i->n_thresholds] = from;
    r->i->thresholds[r->i->n_thresholds++] = t;
    return true;
}

/* ---- the file ---- */

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
    else if (accept(p, "threshold"))
        read_threshold(r, from);
    else
        unexpected(p, "Nothing can begin like this.");
}

/* ---- the whole ---- */

/* One opener of a supplement: a factor that everybody is asked. */
static bool bind_opener(InstrumentParser *r, size_t group, size_t k, size_t *out)
{
    const Instrument *i = r->i;
    const Openers *o = &i->openers[group];
    Src src = src_of(&r->p, o->tokens[k], o->tokens[k] + 1);
    const char *codes[INSTRUMENT_FACTORS];
    size_t factor = factor_named(i, o->names[k]);

    for (size_t f = 0; f < i->n_factors; f++) codes[f] = i->factors[f].code;
    if (factor == FORM_NONE)
        return problem(&r->p, src, NULL, str_nearest(o->names[k], codes, i->n_factors),
            "There is no factor \"%s\" that could open this.", o->names[k]);
    if (is_supplement(i, i->factors[factor].group))
        return problem(&r->p, src, NULL, NULL,
            "\"%s\" is itself of a supplement: only a factor that everybody is asked opens one.", o->names[k]);
    *out = factor;
    return true;
}

static void bind_group(InstrumentParser *r, size_t group)
{
    Instrument *i = r->i;
    const Openers *o = &i->openers[group];
    size_t *openers = arena_zero(i->arena, o->n + 1, sizeof *openers), n = 0;

    for (size_t k = 0; k < o->n; k++) n += bind_opener(r, group, k, &openers[n]);
    i->groups[group].openers = openers;
    i->groups[group].n_openers = n;
}

static void check_threshold(InstrumentParser *r, size_t k)
{
    const InstrumentThreshold *t = &r->i->thresholds[k];
    size_t from = r->i->threshold_tokens[k];
    int asked = (int)instrument_always(r->i);
    Src src = src_of(&r->p, from, from + 2);

    if (t->of != asked)
        problem(&r->p, src, NULL, NULL,
            "This threshold is of a form of %d factors, and this one asks %d: the number means nothing here.", t->of,
            asked);
    else if (t->yes > t->of)
        problem(&r->p, src, NULL, NULL, "There are only %d factors to say yes to.", t->of);
}

static void check_whole(InstrumentParser *r)
{
    Parser *p = &r->p;
    Instrument *i = r->i;
    bool whole = p->problems->n == 0;

    for (size_t k = 0; k < i->n_groups; k++) {
        bind_group(r, k);
        if (!i->group_used[k])
            problem(p, src_of(p, i->group_tokens[k], i->group_tokens[k] + 1), NULL, NULL,
                "No factor is of the group \"%s\".", i->groups[k].name);
    }
    for (size_t k = 0; whole && k < i->n_thresholds; k++)
        check_threshold(r, k); /* a factor that was misspelt would be missed */
    if (i->n_factors == 0 && p->problems->n == 0)
        problem(p, src_of(p, 0, 1), NULL, NULL, "The instrument has no factors.");
    else if (whole && instrument_always(i) == 0)
        problem(p, src_of(p, 0, 1), NULL, NULL, "Every factor is of a supplement: nothing would ever be asked.");
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
    check_whole(r);
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
    i->openers = arena_zero(arena, INSTRUMENT_GROUPS, sizeof *i->openers);
    i->stages = arena_zero(arena, INSTRUMENT_STAGES, sizeof *i->stages);
    i->thresholds = arena_zero(arena, INSTRUMENT_THRESHOLDS, sizeof *i->thresholds);
    i->threshold_tokens = arena_zero(arena, INSTRUMENT_THRESHOLDS, sizeof *i->threshold_tokens);
    i->from = i->until = DATE_NONE;
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

size_t instrument_always(const Instrument *i)
{
    size_t n = 0;

    for (size_t k = 0; k < i->n_factors; k++) n += !is_supplement(i, i->factors[k].group);
    return n;
}

const InstrumentThreshold *instrument_thresholds(const Instrument *i, size_t *n)
{
    *n = i->n_thresholds;
    return i->thresholds;
}

const InstrumentThreshold *instrument_threshold(const Instrument *i, const char *name, Date on)
{
    for (size_t k = 0; k < i->n_thresholds; k++) {
        const InstrumentThreshold *t = &i->thresholds[k];
        if (str_eq(t->name, name) && t->from <= on && (t->until == DATE_NONE || on <= t->until)) return t;
    }
    return NULL;
}

/* A file that names no stage is for any of them. */
InstrumentUse instrument_use(const Instrument *i, const char *stage)
{
    for (size_t k = 0; k < i->n_stages; k++)
        if (str_eq(i->stages[k].stage, stage)) return i->stages[k].use;
    return i->n_stages == 0 ? INSTRUMENT_ALSO : INSTRUMENT_NOT;
}

void instrument_dates(const Instrument *i, Date *from, Date *until)
{
    *from = i->from;
    *until = i->until;
}

bool instrument_valid(const Instrument *i, Date on)
{
    return (i->from == DATE_NONE || i->from <= on) && (i->until == DATE_NONE || on <= i->until);
}
