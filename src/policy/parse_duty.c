/* parse_duty.c — one duty or task: a header and its clauses, one table row each.
** A clause that cannot be read is reported and left out; the duty is read on, so that one run shows every error. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- clauses ---- */

/* The text of a clause as written, its spaces made single. */
static const char *rest_of_clause(Parser *p)
{
    Src src = src_of(p, p->pos, p->end);
    const char *s = p->policy->text + src.at;
    Str out = { 0 };
    const char *text;

    for (size_t i = 0; i < src.n; i++) {
        bool blank = s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r';
        if (!blank)
            str_add_char(&out, s[i]);
        else if (out.n > 0 && out.s[out.n - 1] != ' ')
            str_add_char(&out, ' ');
    }
    text = arena_dup(p->arena, str_text(&out));
    str_finish(&out);
    return text;
}

bool parse_cite(Parser *p, const char **out)
{
    if (at_end(p)) {
        hint_phrase(p, "the paragraph, such as BD 1.12");
        return unexpected(p, NULL);
    }
    *out = rest_of_clause(p);
    return true;
}

static bool clause_cite(Parser *p, Rule *r)
{
    return parse_cite(p, &r->face.cite);
}

static bool parse_role(Parser *p, Role *out, const char *what)
{
    Role role = here(p)->kind == TOKEN_WORD ? role_by_word(here(p)->text) : ROLE_NONE;

    if (role != ROLE_NONE && role_is_case_role(role)) {
        p->pos++;
        *out = role;
        return true;
    }
    Str list = { 0 };
    for (Role it = ROLE_NONE + 1; it < ROLE_COUNT; it++) {
        if (!role_is_case_role(it)) continue;
        hint_word(p, role_word(it));
        str_addf(&list, "%s%s", list.n ? ", " : "a role: ", role_word(it));
    }
    hint_phrase(p, arena_dup(p->arena, str_text(&list)));
    str_finish(&list);
    if (role != ROLE_NONE)
        return problem(
            p, here_src(p), NULL, NULL, "\"%s\" works on no cases and so cannot own %s.", here(p)->text, what);
    return unexpected(p, at_end(p) ? NULL : "There is no such role.");
}

bool parse_owner(Parser *p, Role *out, const char *what)
{
    return parse_role(p, out, what) && expect_end(p);
}

/* ---- escalation ---- */

/* How long a span is at most and at least, to see that one is longer than another: a working day can take a week. */
static int64_t shortest(const PolicyEscalation *e)
{
    return e->unit == SPAN_SECONDS ? e->n : (int64_t)e->n * DAY;
}

static PolicyEscalation escalation_of(Role role, const Clock *c)
{
    return (PolicyEscalation){ .role = role,
        .unit = c->kind == CLOCK_SECONDS ? SPAN_SECONDS
                : c->kind == CLOCK_DAYS  ? SPAN_DAYS
                                         : SPAN_WORKING_DAYS,
        .n = c->n };
}

static bool has_it_already(const PolicyDuty *face, const PolicyEscalation *all, size_t n, Role role)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].role == role) return true;
    return face->owner == role;
}

/* then ROLE after SPAN */
static bool read_escalation(Parser *p, const PolicyDuty *face, PolicyEscalation *all, size_t n)
{
    size_t from = p->pos;
    Clock c = { 0 };
    Role role;

    if (!parse_role(p, &role, "a duty")) return false;
    if (has_it_already(face, all, n, role))
        return problem(p, src_of(p, from, p->pos), NULL, NULL, "\"%s\" has it already.", role_word(role));
    if (!expect(p, "after")) return false;
    from = p->pos;
    if (!parse_span(p, &c)) return false;
    all[n] = escalation_of(role, &c);
    if (n > 0 && shortest(&all[n]) <= shortest(&all[n - 1]))
        return problem(p, src_of(p, from, p->pos), NULL, NULL,
            "It must come to each later than to the one before; times count from when it was due.");
    return true;
}

/* its FIELD: what the entry says that the duty is for. `fits`: may it be this one? */
static const CaseField *its_field(Parser *p, bool (*fits)(const CaseField *f), const char *wanted)
{
    const CaseField *f;
    size_t eaten;
    char said[64];

    if (p->each == LIST_COUNT) {
        problem(p, here_src(p), NULL, NULL, "\"its\" needs a clause \"for each\" that says whose.");
        return NULL;
    }
    if (!expect(p, "its")) return NULL;
    f = at_end(p) ? NULL : field_said(p->each, &p->tokens[p->pos], &eaten);
    if (f && eaten <= p->end - p->pos && fits(f)) {
        p->pos += eaten;
        return f;
    }
    for (size_t i = 0; i < case_lists[p->each].n_fields; i++) {
        const CaseField *it = &case_lists[p->each].fields[i];
        field_say(p->each, it, said);
        if (fits(it)) hint_word(p, arena_dup(p->arena, said));
    }
    hint_phrase(p, arena_printf(p->arena, "%s of the %s", wanted, noun_of(p->each)));
    if (f && f->flags & FIELD_SECRET)
        problem(p, here_src(p), NULL, NULL, "\"%s\" is secret, and a queue shows it to everybody.", f->label);
    else
        unexpected(p, NULL);
    return NULL;
}

static bool names_role(const CaseField *f)
{
    return f->kind == FIELD_CODE && f->vocab == VOCAB_ROLE;
}

static bool is_line(const CaseField *f)
{
    return f->kind == FIELD_TEXT && !(f->flags & FIELD_SECRET);
}

static bool is_said(const CaseField *f)
{
    return is_line(f) || f->kind == FIELD_CODE || f->kind == FIELD_TIME || f->kind == FIELD_PERSON;
}

/* its TEXT-FIELD, or "words" its FIELD, its FIELD … */
static bool clause_says(Parser *p, Rule *r)
{
    if (here(p)->kind == TOKEN_STRING) r->lead = quoted(p);
    r->says = its_field(p, r->lead ? is_said : is_line, "a text");
    while (r->says && r->lead && r->n_more < ARRAY_LEN(r->more) && mark(p, ',')) {
        r->more[r->n_more] = its_field(p, is_said, "something");
        if (!r->more[r->n_more++]) return false;
    }
    return r->says && expect_end(p);
}

/* ROLE · its FIELD */
static bool read_owner(Parser *p, Rule *r)
{
    if (!is(p, "its")) return parse_role(p, &r->face.owner, "a duty");
    r->owner = its_field(p, names_role, "a role");
    return r->owner != NULL;
}

/* owner OWNER {, then ROLE after SPAN} */
static bool clause_owner(Parser *p, Rule *r)
{
    PolicyEscalation all[ESCALATIONS_MAX], *kept;
    PolicyDuty *face = &r->face;
    size_t n = 0;

    if (!read_owner(p, r)) return false;
    while (mark(p, ',') || !at_end(p)) {
        if (!expect(p, "then")) return false;
        if (n == ESCALATIONS_MAX)
            return problem(p, here_src(p), NULL, NULL, "A duty can come to %d more roles.", ESCALATIONS_MAX);
        if (!read_escalation(p, face, all, n)) return false;
        n++;
    }
    face->n_then = n;
    if (n == 0) return expect_end(p);
    kept = arena_alloc(p->arena, n * sizeof *kept);
    memcpy(kept, all, n * sizeof *all);
    face->then = kept;
    return true;
}

static bool clause_any(Parser *p, Rule *r)
{
    r->any_case = true;
    return expect(p, "case") && expect_end(p);
}

static bool clause_when(Parser *p, Rule *r)
{
    r->when = parse_cond(p);
    return r->when && expect_end(p);
}

static int ending_index(Parser *p, const Ending *e)
{
    Policy *policy = p->policy;

    for (size_t i = 0; i < policy->n_endings; i++) {
        const Ending *it = &policy->endings[i];
        if (it->active == e->active && it->owned == e->owned && set_same(&it->units, &e->units)) return (int)i;
    }
    if (policy->n_endings == 64) return -1;
    if (!policy->endings) policy->endings = arena_zero(p->arena, 64, sizeof *policy->endings);
    policy->endings[policy->n_endings] = *e;
    return (int)policy->n_endings++;
}

/* while active · while owner in UNITS · while active and owner in UNITS */
static bool clause_while(Parser *p, Rule *r)
{
    size_t from = p->pos - 1;
    Ending e = { 0 };

    do {
        if (!e.active && accept(p, "active"))
            e.active = true;
        else if (!e.owned && accept(p, "owner")) {
            e.owned = true;
            if (!accept_quietly(p, "is") && !expect(p, "in")) return false;
            accept_quietly(p, "in");
            if (!need_words(p, VOCAB_UNIT, &e.units, "owner")) return false;
        } else
            return unexpected(p, NULL);
    } while (accept(p, "and"));
    r->while_src = src_of(p, from, p->end);
    r->ending = ending_index(p, &e);
    if (r->ending < 0) return problem(p, here_src(p), NULL, NULL, "A file can have 64 different \"while\" clauses.");
    return expect_end(p);
}

static bool clause_for(Parser *p, Rule *r)
{
    if (!expect(p, "each")) return false;
    if (!selector_starts(p)) {
        hint_phrase(p, "what it is for each of, such as event or offer");
        return unexpected(p, NULL);
    }
    if (!(r->each = parse_selector(p))) return false;
    p->each = r->each->list;
    if (!list_shapes[p->each].order)
        return problem(p, r->each->src, NULL, NULL,
            "\"%s\" is in no order of time, so its duties could not be numbered.", noun_of(p->each));
    if (accept(p, "after")) {
        r->after_first = true;
        if (!expect(p, "first")) return false;
    }
    return expect_end(p);
}

static bool clause_from(Parser *p, Rule *r)
{
    r->from = parse_moment(p, false);
    return r->from && expect_end(p);
}

static bool clause_opens(Parser *p, Rule *r)
{
    return parse_clock(p, &r->opens, true);
}

static bool clause_due(Parser *p, Rule *r)
{
    return parse_clock(p, &r->due, false);
}

static bool clause_every(Parser *p, Rule *r)
{
    size_t from = p->pos;

    if (!parse_span(p, &r->due)) return false;
    r->due.src = src_of(p, from, p->pos);
    r->every = r->face.repeats = true;
    return expect_end(p);
}

/* , any time · , after start */
static bool done_timing(Parser *p, Rule *r)
{
    mark(p, ',');
    hint_word(p, "any");
    hint_word(p, "after");
    hint_phrase(p, "any time");
    hint_phrase(p, "after the start");
    if (accept_quietly(p, "any")) {
        r->timing = TIMING_ANY;
        return expect(p, "time");
    }
    if (accept_quietly(p, "after")) {
        r->timing = TIMING_STRICT;
        return expect(p, "start");
    }
    return at_end(p) || unexpected(p, NULL);
}

static bool clause_done(Parser *p, Rule *r)
{
    r->done_src = src_of(p, p->pos - 1, p->end);
    if (r->is_task)
        return problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL,
            "A task is done when somebody ticks it off in words; what another record shows is a duty.");
    if (!(r->done = parse_moment(p, true))) return false;
    r->done_src = r->done->src;
    if (moment_lies_ahead(r->done))
        return problem(p, r->done_src, NULL, NULL, "This time comes by itself, whatever anybody does: it fulfils nothing.");
    return done_timing(p, r) && expect_end(p);
}

static bool clause_because(Parser *p, Rule *r)
{
    r->because = quoted(p);
    return r->because && expect_end(p);
}

/* off by default */
bool parse_off(Parser *p)
{
    return expect(p, "by") && expect(p, "default") && expect_end(p);
}

static bool clause_off(Parser *p, Rule *r)
{
    r->off = parse_off(p);
    return r->off;
}

static bool clause_minutes(Parser *p, Rule *r)
{
    return parse_minutes(p, &r->face.minutes);
}

static bool clause_example(Parser *p, Rule *r)
{
    return p->checked || parse_example(p, p->pos, p->end, &r->examples, NULL);
}

bool parse_minutes(Parser *p, int *out)
{
    const Token *t = here(p);
    long n = t->kind == TOKEN_NUMBER ? strtol(t->text, NULL, 10) : 0;

    if (n < 1 || n > 24 * 60) {
        hint_phrase(p, "how many minutes it takes, from 1 to 1440");
        return unexpected(p, NULL);
    }
    *out = (int)n;
    p->pos++;
    return expect_end(p);
}

/* ---- the table ---- */

typedef struct Clause {
    const char *word;
    bool (*read)(Parser *p, Rule *r);
    bool needed, many;
    unsigned group; /* two clauses of one group say the same thing */
} Clause;

static const Clause clauses[] = {
    { "cite", clause_cite, .needed = true, .group = 1 << 0 },
    { "owner", clause_owner, .needed = true, .group = 1 << 1 },
    { "any", clause_any, .group = 1 << 2 },
    { "when", clause_when, .group = 1 << 3 },
    { "while", clause_while, .group = 1 << 4 },
    { "for", clause_for, .group = 1 << 5 },
    { "from", clause_from, .needed = true, .group = 1 << 6 },
    { "opens", clause_opens, .group = 1 << 7 },
    { "due", clause_due, .needed = true, .group = 1 << 8 },
    { "every", clause_every, .group = 1 << 8 },
    { "done", clause_done, .needed = true, .group = 1 << 9 },
    { "says", clause_says, .group = 1 << 13 },
    { "because", clause_because, .group = 1 << 10 },
    { "off", clause_off, .group = 1 << 11 },
    { "minutes", clause_minutes, .group = 1 << 12 },
    { "example", clause_example, .many = true },
};

typedef struct DutyRead {
    Rule *rule;
    unsigned seen;
    size_t each; /* the token of the `for each` that was read ahead of all others; 0 for none */
} DutyRead;

static const char *kind_of(const Rule *r)
{
    return r->is_task ? "task" : "duty";
}

static void read_clause(Parser *p, size_t from, size_t to, void *ctx)
{
    DutyRead *read = ctx;

    for (size_t i = 0; i < ARRAY_LEN(clauses); i++) {
        const Clause *c = &clauses[i];
        if (!accept_quietly(p, c->word)) {
            hint_word(p, c->word);
            continue;
        }
        if (!c->many && (read->seen & c->group)) {
            problem(p, src_of(p, from, from + 1), NULL, NULL, "This %s has said \"%s\" already.", kind_of(read->rule),
                c->group == 1 << 8 ? "due or every" : c->word);
            return;
        }
        read->seen |= c->group;
        if (from != read->each) c->read(p, read->rule);
        return;
    }
    hint_phrase(p, read->rule->is_task ? "a clause: cite, owner, when, while, for each, from, opens, due, every, says, because, minutes, any "
                                         "case, off by default or example"
                                       : "a clause: cite, owner, when, while, for each, from, opens, due, every, done, says, because, "
                                         "minutes, any case, off by default or example");
    unexpected(p, read->rule->is_task ? "There is no such clause in a task." : "There is no such clause in a duty.");
}

/* ---- what the clauses must be together ---- */

static void check_needed(Parser *p, const Rule *r, unsigned seen)
{
    for (size_t i = 0; i < ARRAY_LEN(clauses); i++) {
        if (!clauses[i].needed || (seen & clauses[i].group) || (r->is_task && clauses[i].read == clause_done)) continue;
        problem(p, r->name, NULL, NULL, "The %s \"%s\" has no clause \"%s\".", kind_of(r), r->face.id,
            clauses[i].group == 1 << 8 ? "due\" or \"every" : clauses[i].word);
    }
}

/* A tick must say which of several entries it is for, and it can only by their keys. */
static void check_ticks(Parser *p, Rule *r)
{
    Moment *m;

    if (r->each) r->key = case_list_field(r->each->list, "key");
    if (!r->is_task) return;
    if (r->each && !r->key)
        problem(p, r->each->src, "for each task, hearing, order, bail or hold", NULL,
            "A %s has no key of its own, so nobody could say which of them was ticked off.", noun_of(r->each->list));
    m = arena_zero(p->arena, 1, sizeof *m);
    *m = (Moment){ .kind = MOMENT_TICKED, .slot = -1, .name = r->face.id, .src = r->name, .field = case_list_field(LIST_TASKS, "done_at") };
    r->done = m;
    r->done_src = r->name;
}

/* What stands in anybody's queue says what it is; the store finds it by that. */
static void check_given(Parser *p, Rule *r)
{
    if (r->owner && !r->says)
        problem(p, r->name, "a clause such as says its what", NULL, "The %s \"%s\" is for whom its entry names, and a queue must show what it is: it needs a clause \"says\".",
            kind_of(r), r->face.id);
}

static bool too_early(const Clock *opens, const Clock *due)
{
    return opens->kind == due->kind &&
           (opens->kind == CLOCK_SECONDS || opens->kind == CLOCK_DAYS || opens->kind == CLOCK_AT) && opens->n >= due->n;
}

static void check_clocks(Parser *p, Rule *r)
{
    if (too_early(&r->opens, &r->due))
        problem(p, r->opens.src, NULL, NULL, "It would open only when it is already due.");
    if (r->every && r->each)
        problem(p, r->due.src, NULL, NULL, "A duty comes \"every\" so often or \"for each\" entry, not both.");
    if (r->every && r->timing == TIMING_ANY)
        problem(p, r->done_src, NULL, NULL, "With \"every\" an entry counts once, so \"any time\" cannot stand here.");
}

/* ---- the duty ---- */

static Rule *rule_new(Parser *p)
{
    p->rules = mem_room(p->rules, p->n_rules, &p->rules_cap, sizeof *p->rules);
    Rule *r = &p->rules[p->n_rules];
    *r = (Rule){ .ending = -1, .face.policy = p->policy };
    p->rule = p->n_rules++;
    return r;
}

/* The rule's own lines, from the margin to the end of its last one. */
static void take_text(Parser *p, Rule *r, size_t from, size_t to)
{
    const char *s = p->policy->text;
    size_t at = p->tokens[from].at, end = p->tokens[to - 1].at + p->tokens[to - 1].n;

    while (end < p->policy->text_n && s[end] != '\n' && s[end] != '\r') end++;
    r->face.text = s + at;
    r->face.text_n = end - at;
    r->face.line = p->tokens[from].line;
}

static bool read_header(Parser *p, Rule *r)
{
    Symbol *s;

    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, r->is_task ? "the id of the task, such as photographs-again" : "the id of the duty, such as ds-supervision");
        return unexpected(p, NULL);
    }
    r->name = here_src(p);
    r->face.id = here(p)->text;
    s = names_add(&p->duties, p->arena, r->face.id, SYMBOL_DUTY);
    if (!s)
        problem(p, r->name, NULL, NULL, "There is a duty \"%s\" already, in line %d.", r->face.id,
            names_find(&p->duties, r->face.id)->src.line);
    else {
        s->src = r->name;
        s->index = p->rule;
    }
    p->pos++;
    r->face.title = quoted(p);
    return r->face.title && expect_end(p);
}

/* What it is for is read first, because every other clause may say "its". */
static size_t read_each(Parser *p, size_t from, size_t to, Rule *r)
{
    size_t at = from;

    while (at + 1 < to && !(p->tokens[at].first && token_is(&p->tokens[at], "for") && token_is(&p->tokens[at + 1], "each"))) at++;
    if (at + 1 >= to) return 0;
    p->pos = at + 1;
    for (p->end = at + 1; p->end < to; p->end++)
        if (p->tokens[p->end].first && p->tokens[p->end].indent <= p->tokens[at].indent) break;
    p->depth = 0;
    forget_hints(p);
    clause_for(p, r);
    return at;
}

static void read_rule(Parser *p, size_t from, size_t to, bool is_task)
{
    size_t body = header_end(p, from, to);
    Rule *r = rule_new(p);
    DutyRead read = { .rule = r };

    r->is_task = is_task;
    p->each = LIST_COUNT;
    p->no_texts = true;
    r->face.id = r->face.title = r->face.cite = "";
    take_text(p, r, from, to);
    p->pos = from + 1;
    p->end = body;
    r->name = src_of(p, from, from + 1);
    read_header(p, r);
    read.each = read_each(p, body, to, r);
    each_clause(p, body, to, read_clause, &read);
    check_needed(p, r, read.seen);
    check_clocks(p, r);
    check_ticks(p, r);
    check_given(p, r);
}

void parse_duty(Parser *p, size_t from, size_t to)
{
    read_rule(p, from, to, false);
}

void parse_task(Parser *p, size_t from, size_t to)
{
    read_rule(p, from, to, true);
}
