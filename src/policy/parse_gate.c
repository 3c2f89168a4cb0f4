/* parse_gate.c — gates and alerts: a header and its clauses, one table row each.
** Both are a condition with a name and a source; they differ in what it stops or whose queue it waits in. As with duties a
** clause that cannot be read is reported and left out, so that one run shows every error. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* The acts that gates can stop: verbs of the app, which asks for them by these words. */
const char *const policy_acts[] = { "submit-book", "sign-book", "close-cad", "close-case", NULL };

/* ---- clauses ---- */

static bool clause_cite(Parser *p, Check *c)
{
    return parse_cite(p, &c->cite);
}

static bool clause_owner(Parser *p, Check *c)
{
    return parse_owner(p, &c->owner, "an alert");
}

bool parse_act(Parser *p, const char **out)
{
    Str list = { 0 };

    for (const char *const *act = policy_acts; *act; act++) {
        if (accept_quietly(p, *act)) {
            *out = *act;
            str_finish(&list);
            return true;
        }
        hint_word(p, *act);
        str_addf(&list, "%s%s", list.n ? ", " : "an act: ", *act);
    }
    hint_phrase(p, arena_dup(p->arena, str_text(&list)));
    str_finish(&list);
    return unexpected(p, at_end(p) ? NULL : "There is no such act.");
}

static bool clause_stops(Parser *p, Check *c)
{
    return parse_act(p, &c->act) && expect_end(p);
}

static bool clause_when(Parser *p, Check *c)
{
    c->when = parse_cond(p);
    return c->when && expect_end(p);
}

static bool clause_unless(Parser *p, Check *c)
{
    c->unless = parse_cond(p);
    return c->unless && expect_end(p);
}

static bool clause_because(Parser *p, Check *c)
{
    c->because = quoted(p);
    return c->because && expect_end(p);
}

static bool clause_off(Parser *p, Check *c)
{
    c->off = parse_off(p);
    return c->off;
}

static bool clause_example(Parser *p, Check *c)
{
    return p->checked || parse_example(p, p->pos, p->end, &c->examples, c);
}

/* ---- the tables ---- */

typedef struct Clause {
    const char *word;
    bool (*read)(Parser *p, Check *c);
    bool needed, many;
} Clause;

static const Clause gate_clauses[] = {
    { "cite", clause_cite, .needed = true },
    { "stops", clause_stops, .needed = true },
    { "when", clause_when },
    { "unless", clause_unless, .needed = true },
    { "because", clause_because },
    { "off", clause_off },
    { "example", clause_example, .many = true },
};

static const Clause alert_clauses[] = {
    { "cite", clause_cite, .needed = true },
    { "owner", clause_owner, .needed = true },
    { "when", clause_when, .needed = true },
    { "because", clause_because },
    { "off", clause_off },
    { "example", clause_example, .many = true },
};

typedef struct Kind { /* what a gate and an alert do not have in common */
    const char *noun, *phrase, *clauses_phrase;
    const Clause *clauses;
    size_t n;
} Kind;

static const Kind gate_kind = { "gate", "the id of the gate, such as put-away-cad",
    "a clause: cite, stops, when, unless, because, off by default or example", gate_clauses, ARRAY_LEN(gate_clauses) };
static const Kind alert_kind = { "alert", "the id of the alert, such as narrative-children",
    "a clause: cite, owner, when, because, off by default or example", alert_clauses, ARRAY_LEN(alert_clauses) };

typedef struct CheckRead {
    const Kind *kind;
    Check *check;
    unsigned seen; /* bit per clause */
} CheckRead;

static void read_clause(Parser *p, size_t from, size_t to, void *ctx)
{
    CheckRead *read = ctx;

    for (size_t i = 0; i < read->kind->n; i++) {
        const Clause *c = &read->kind->clauses[i];
        if (!accept_quietly(p, c->word)) {
            hint_word(p, c->word);
            continue;
        }
        if (!c->many && (read->seen >> i & 1)) {
            problem(p, src_of(p, from, from + 1), NULL, NULL, "This %s has said \"%s\" already.", read->kind->noun,
                c->word);
            return;
        }
        read->seen |= 1u << i;
        c->read(p, read->check);
        return;
    }
    hint_phrase(p, read->kind->clauses_phrase);
    unexpected(p, arena_printf(p->arena, "There is no such clause in %s %s.", read->kind == &gate_kind ? "a" : "an",
                      read->kind->noun));
}

static void check_needed(Parser *p, const CheckRead *read)
{
    for (size_t i = 0; i < read->kind->n; i++) {
        const Clause *c = &read->kind->clauses[i];
        if (!c->needed || (read->seen >> i & 1)) continue;
        problem(p, read->check->name, NULL, NULL, "The %s \"%s\" has no clause \"%s\".", read->kind->noun,
            read->check->id, c->word);
    }
}

/* ---- the whole ---- */

/* The lines as written, from the margin to the end of the last one. */
static void take_text(Parser *p, Check *c, size_t from, size_t to)
{
    const char *s = p->policy->text;
    size_t at = p->tokens[from].at, end = p->tokens[to - 1].at + p->tokens[to - 1].n;

    while (end < p->policy->text_n && s[end] != '\n' && s[end] != '\r') end++;
    c->text = s + at;
    c->text_n = end - at;
    c->line = p->tokens[from].line;
}

static bool read_header(Parser *p, Check *c, const Kind *kind, Names *names)
{
    Symbol *s;

    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, kind->phrase);
        return unexpected(p, NULL);
    }
    c->name = here_src(p);
    c->id = here(p)->text;
    s = names_add(names, p->arena, c->id, SYMBOL_OTHER);
    if (s)
        s->src = c->name;
    else
        problem(p, c->name, NULL, NULL, "There is %s %s \"%s\" already, in line %d.", c->is_gate ? "a" : "an",
            kind->noun, c->id, names_find(names, c->id)->src.line);
    p->pos++;
    c->title = quoted(p);
    return c->title && expect_end(p);
}

static void parse_check(Parser *p, size_t from, size_t to, const Kind *kind, Names *names, Check *c)
{
    size_t body = header_end(p, from, to);
    CheckRead read = { .kind = kind, .check = c };

    *c = (Check){ .id = "", .title = "", .cite = "", .act = "", .is_gate = kind == &gate_kind };
    take_text(p, c, from, to);
    p->rule = CHECK_RULE;
    p->each = LIST_COUNT;
    p->pos = from + 1;
    p->end = body;
    c->name = src_of(p, from, from + 1);
    read_header(p, c, kind, names);
    each_clause(p, body, to, read_clause, &read);
    check_needed(p, &read);
}

void parse_gate(Parser *p, size_t from, size_t to)
{
    Policy *policy = p->policy;

    policy->gates = mem_room(policy->gates, policy->n_gates, &p->gates_cap, sizeof *policy->gates);
    parse_check(p, from, to, &gate_kind, &p->gates, &policy->gates[policy->n_gates++]);
}

void parse_alert(Parser *p, size_t from, size_t to)
{
    Policy *policy = p->policy;

    policy->alerts = mem_room(policy->alerts, policy->n_alerts, &p->alerts_cap, sizeof *policy->alerts);
    parse_check(p, from, to, &alert_kind, &p->alerts, &policy->alerts[policy->n_alerts++]);
}
