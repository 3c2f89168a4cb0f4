/* policy.c — a policy from a text, and what can be asked of it.
** The text is looked at as bytes first: too long, not UTF-8, or with characters that deceive a reader, it is refused with
** a sentence and goes no further. */
#include "eval.h"
#include "parse.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 1 << 20 };

/* ---- the bytes ---- */

static int line_of(const char *s, size_t at)
{
    int line = 1;

    for (const char *c = s; (c = memchr(c, '\n', at - (size_t)(c - s))); c++) line++;
    return line;
}

/* The first byte that may not be there, looking at each line without its end. */
static bool unsafe_byte(const char *s, size_t n, size_t *bad)
{
    for (size_t from = 0, end; from < n; from = end + 1) {
        const char *newline = memchr(s + from, '\n', n - from);
        size_t length;
        end = newline ? (size_t)(newline - s) : n;
        length = end - from;
        if (length > 0 && s[end - 1] == '\r') length--;
        if (utf8_is_safe(s + from, length, true)) continue;
        *bad = from;
        for (size_t at = from; at < from + length; at = utf8_next(s, n, at))
            if (!utf8_is_safe(s + at, utf8_next(s, n, at) - at, true)) {
                *bad = at;
                break;
            }
        return true;
    }
    return false;
}

bool check_bytes(Parser *p, const char *s, size_t n, size_t from)
{
    size_t bad;

    if (n > TEXT_MAX)
        return problem(p, (Src){ 0, 0, 1 }, NULL, NULL, "A policy file has at most %d KiB; this one has %zu.",
            TEXT_MAX / 1024, n / 1024);
    if (!utf8_valid(s + from, n - from, &bad))
        return problem(p, (Src){ (uint32_t)(from + bad), 1, line_of(s, from + bad) }, NULL, NULL,
            "The file is not UTF-8 text: the byte here cannot be read.");
    if (unsafe_byte(s + from, n - from, &bad))
        return problem(p, (Src){ (uint32_t)(from + bad), 1, line_of(s, from + bad) }, NULL, NULL,
            "Here stands a character that cannot be seen or that hides others; take it out.");
    return true;
}

/* ---- from text to policy ---- */

static Policy *policy_new(const char *text, size_t n)
{
    Arena *arena = arena_new();
    Policy *p = arena_zero(arena, 1, sizeof *p);

    p->arena = arena;
    p->id = p->title = p->common_cite = "";
    p->text = arena_dup_n(arena, text, n <= TEXT_MAX ? n : 0);
    p->text_n = p->own_n = n <= TEXT_MAX ? n : 0;
    p->vocabs = *vocabs_standard();
    return p;
}

typedef struct Files { /* files at hand besides those that the program carries */
    const PolicyFile *items;
    size_t n;
} Files;

static bool read_longer(Parser *p, size_t before)
{
    size_t n;

    if (p->policy->text_n == before) return true;
    if (!check_bytes(p, p->policy->text, p->policy->text_n, before)) return false;
    p->tokens = lex(p->policy->text, p->policy->text_n, p->arena, &n);
    return true;
}

/* The rules and the words that it uses are behind its own text from here on, and read with it. */
static bool add_files(Parser *p, Files files)
{
    size_t before = p->policy->text_n;

    if (p->words_only) return true;
    rules_include(p, files.items, files.n);
    if (!read_longer(p, before)) return false;
    before = p->policy->text_n;
    words_include(p, files.items, files.n);
    return read_longer(p, before);
}

static void take_hash(Policy *p)
{
    uint8_t hash[HASH_BYTES];

    crypto_hash(p->text, p->text_n, hash);
    crypto_hex(hash, sizeof hash, p->hash);
}

static void read_all(Parser *p, Files files)
{
    Policy *policy = p->policy;
    size_t bom = lex_bom(policy->text, policy->own_n), n;

    if (!check_bytes(p, policy->text, policy->own_n, bom)) return;
    names_add_facts(&p->names, p->arena);
    p->tokens = lex(policy->text, policy->own_n, p->arena, &n);
    if (!add_files(p, files)) return;
    take_hash(policy);
    parse_file(p);
    check_file(p);
    if (p->problems->n > 0) return;
    compile_file(p);
    if (p->checked) return;
    words_run_examples(p);
    if (p->problems->n == 0) run_examples(p);
    if (p->problems->n == 0) analyse_file(p);
}

static bool only_warnings(const PolicyProblems *problems)
{
    for (size_t i = 0; i < problems->n; i++)
        if (!problems->items[i].warning) return false;
    return true;
}

typedef enum Reading { READ_POLICY, READ_WORDS, READ_CHECKED } Reading;

static Policy *parse(const char *text, size_t n, Reading how, Files files, PolicyProblems *problems)
{
    Policy *policy = policy_new(text, n);
    Parser p = { .policy = policy,
        .arena = policy->arena,
        .problems = problems,
        .each = LIST_COUNT,
        .rule = NO_RULE,
        .checked = how == READ_CHECKED,
        .words_only = how == READ_WORDS };

    problems->items = NULL;
    problems->n = 0;
    shapes_ready();
    if (n > TEXT_MAX)
        check_bytes(&p, policy->text, n, 0);
    else
        read_all(&p, files);
    parser_finish(&p);
    sort_problems(problems);
    if (!only_warnings(problems)) policy_free(&policy);
    return policy;
}

Policy *policy_parse_with(
    const char *name, const char *text, size_t n, const PolicyFile *words, size_t n_words, PolicyProblems *problems)
{
    return parse(text, n, READ_POLICY, (Files){ words, n_words }, problems);
}

Policy *policy_parse(const char *name, const char *text, size_t n, PolicyProblems *problems)
{
    return parse(text, n, READ_POLICY, (Files){ NULL, 0 }, problems);
}

Policy *policy_parse_checked(const char *name, const char *text, size_t n, PolicyProblems *problems)
{
    return parse(text, n, READ_CHECKED, (Files){ NULL, 0 }, problems);
}

bool policy_words_check(const char *name, const char *text, size_t n, size_t *n_lists, PolicyProblems *problems)
{
    Policy *p = parse(text, n, READ_WORDS, (Files){ NULL, 0 }, problems);
    bool ok = p != NULL;

    if (n_lists) *n_lists = ok ? p->n_lists : 0;
    policy_free(&p);
    return ok;
}

void policy_free(Policy **p)
{
    Arena *arena;

    if (!p || !*p) return;
    for (size_t i = 0; i < (*p)->n_patterns; i++) rx_free(&(*p)->patterns[i].rx);
    for (size_t i = 0; i < (*p)->n_lists; i++) mem_free((*p)->lists[i].examples);
    mem_free((*p)->patterns);
    mem_free((*p)->lists);
    finder_free(&(*p)->finder);
    for (size_t i = 0; i < (*p)->n_formats; i++) rx_free(&(*p)->formats[i].rx);
    mem_free((*p)->formats);
    arena = (*p)->arena;
    arena_free(&arena);
    *p = NULL;
}

/* ---- what it is ---- */

const char *policy_id(const Policy *p)
{
    return p->id;
}

const char *policy_title(const Policy *p)
{
    return p->title;
}

const char *policy_hash(const Policy *p)
{
    return p->hash;
}

const char *policy_text(const Policy *p, size_t *n)
{
    *n = p->own_n;
    return p->text;
}

const char *policy_whole_text(const Policy *p, size_t *n)
{
    *n = p->text_n;
    return p->text;
}

const Vocabs *policy_vocabs(const Policy *p)
{
    return &p->vocabs;
}

bool policy_is_high_harm(const Policy *p, Code offence)
{
    return offence != CODE_NONE && set_has(&p->harm, offence);
}

size_t policy_duty_count(const Policy *p)
{
    return p->n_rules_on;
}

const PolicyDuty *policy_duty(const Policy *p, size_t i)
{
    return i < p->n_rules_on ? &p->rules[i].face : NULL;
}

const PolicyDuty *policy_duty_by_id(const Policy *p, const char *id)
{
    size_t low = 0, high = p->n_rules_on;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(p->rules[middle].face.id, id);
        if (order == 0) return &p->rules[middle].face;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

size_t policy_off_count(const Policy *p)
{
    return p->n_off;
}

const char *policy_off(const Policy *p, size_t i)
{
    return i < p->n_off ? p->off[i] : NULL;
}

bool policy_rule_kind(const Policy *p, const char *id, RuleKind *out)
{
    *out = RULE_DUTY;
    if (policy_duty_by_id(p, id)) return true;
    *out = RULE_GATE;
    for (size_t i = 0; i < p->n_gates_on; i++)
        if (str_eq(p->gates[i].id, id)) return true;
    *out = RULE_ALERT;
    for (size_t i = 0; i < p->n_alerts_on; i++)
        if (str_eq(p->alerts[i].id, id)) return true;
    return false;
}

const char *policy_tick_rule(const PolicyDuty *rule, const Duty *d, Arena *a)
{
    return d->of ? arena_printf(a, "%s %s", rule->id, d->of) : rule->id;
}

/* ---- whose queues ---- */

Time policy_escalates_at(const PolicyDuty *rule, const Duty *d, size_t i)
{
    const PolicyEscalation *e = &rule->then[i];

    return span_after(rule->policy, e->unit, e->n, d->due);
}

size_t policy_duty_queues(const PolicyDuty *rule, const Duty *d, Time now, Role out[], size_t n)
{
    Role owner = rule->owner != ROLE_NONE ? rule->owner : d->owner;
    size_t count = 0;

    if (!duty_is_live(d)) return 0;
    if (count++ < n) out[0] = owner;
    for (size_t i = 0; i < rule->n_then; i++) {
        if (rule->then[i].role == owner) continue;                /* who has it already */
        if (policy_escalates_at(rule, d, i) >= now) continue; /* that very second it is still in time */
        if (count++ < n) out[count - 1] = rule->then[i].role;
    }
    return count;
}
