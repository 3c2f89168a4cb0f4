/* parse_file.c — the file: what stands at the margin, one table row each.
** A line at the margin begins something; lines further in belong to it. So a mistake in one thing never hides the next. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names that the file gives ---- */

static const char *const reserved[] = { "active", "after", "and", "answered", "any", "asked", "at", "became", "between",
    "day", "days", "due", "duty", "each", "earlier", "else", "end", "every", "first", "for", "fulfilled", "hour",
    "hours", "if", "in", "is", "its", "later", "latest", "lies", "minute", "minutes", "next", "no", "not", "of",
    "opens", "or", "owner", "same", "start", "that", "time", "week", "weeks", "with", "without", "working" };

bool is_reserved(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
        if (str_eq(reserved[i], word)) return true;
    return false;
}

static Symbol *define(Parser *p, SymbolKind kind)
{
    const Token *t = here(p);
    CaseListId list;
    size_t eaten;
    Symbol *s;

    if (t->kind != TOKEN_WORD) {
        hint_phrase(p, "a name of your own");
        unexpected(p, NULL);
        return NULL;
    }
    if (is_reserved(t->text) || noun_list(t, &list, &eaten) || strpbrk(t->text, "._") || t->n > 60) {
        problem(p, here_src(p), "a name of your own: letters, digits and hyphens", NULL,
            "\"%.60s\" is a word of the language and cannot be a name.", t->text);
        return NULL;
    }
    s = names_add(&p->names, p->arena, t->text, kind);
    if (!s) {
        const Symbol *old = names_find(&p->names, t->text);
        if (old->src.line)
            problem(p, here_src(p), NULL, NULL, "\"%s\" is defined already, in line %d.", t->text, old->src.line);
        else
            problem(p, here_src(p), NULL, NULL, "\"%s\" is a fact of every case and cannot be a name.", t->text);
        return NULL;
    }
    s->src = here_src(p);
    s->used = true; /* until it is whole: a definition that is broken need not be used too */
    s->weight = 1;
    p->weight = 0;
    p->of_texts = false;
    p->rule = NO_RULE;
    p->pos++;
    return s;
}

enum { WEIGHT_MAX = 400 };

/* The end of a definition: whole, and not so deep in others that evaluating it would take for ever. */
static void defined(Parser *p, Symbol *s)
{
    if (!expect_end(p)) return;
    s->used = false;
    s->weight = p->weight + 1;
    s->of_texts = p->of_texts;
    if (s->weight > WEIGHT_MAX) {
        s->weight = 1;
        problem(p, s->src, NULL, NULL, "\"%s\" is built on too many other definitions.", s->name);
    }
}

/* offences NAME is WORD, WORD … */
static void read_set(Parser *p, VocabId vocab)
{
    Symbol *s;
    Code known = here(p)->kind == TOKEN_WORD ? vocab_code(&p->policy->vocabs, vocab, here(p)->text) : CODE_NONE;

    if (known != CODE_NONE) {
        problem(p, here_src(p), NULL, NULL, "\"%s\" is one of the words for %s and cannot name several.", here(p)->text,
            p->policy->vocabs.of[vocab].name);
        return;
    }
    if (!(s = define(p, SYMBOL_SET))) return;
    s->vocab = VOCAB_COUNT; /* not of itself */
    if (expect(p, "is") && need_words(p, vocab, &s->set, p->policy->vocabs.of[vocab].name)) defined(p, s);
    s->vocab = vocab;
}

static void read_value(Parser *p)
{
    Symbol *s = define(p, SYMBOL_OTHER); /* not usable before it is whole */
    const Value *v;

    if (!s || !expect(p, "is")) return;
    if (!(v = parse_value(p))) return;
    s->value = v;
    s->kind = SYMBOL_VALUE;
    defined(p, s);
}

static void read_condition(Parser *p)
{
    Symbol *s = define(p, SYMBOL_OTHER);
    Cond *inner, *c;

    if (!s || !expect(p, "is") || !(inner = parse_cond(p))) return;
    c = arena_zero(p->arena, 1, sizeof *c);
    *c = (Cond){ .kind = COND_NAMED, .slot = p->policy->n_cond_slots++, .n = 1, .name = s->name };
    c->kids = arena_alloc(p->arena, sizeof *c->kids);
    c->kids[0] = inner;
    c->src = s->src;
    s->cond = c;
    s->kind = SYMBOL_COND;
    defined(p, s);
}

static void read_moment(Parser *p)
{
    Symbol *s = define(p, SYMBOL_OTHER);
    Moment *inner, *m;

    if (!s || !expect(p, "is")) return;
    p->each = LIST_COUNT;
    if (!(inner = parse_moment(p, false))) return;
    m = arena_zero(p->arena, 1, sizeof *m);
    *m = (Moment){ .kind = MOMENT_NAMED, .slot = p->policy->n_moment_slots++, .n = 1, .name = s->name };
    m->kids = arena_alloc(p->arena, sizeof *m->kids);
    m->kids[0] = inner;
    m->src = s->src;
    s->moment = m;
    s->kind = SYMBOL_MOMENT;
    defined(p, s);
}

/* ---- words ---- */

/* vocabulary review adds WORD "label", WORD "label" */
static void read_vocabulary(Parser *p)
{
    VocabId vocab = VOCAB_COUNT;
    const char *word, *label;
    Err err = { 0 };

    if (here(p)->kind != TOKEN_WORD || !vocab_said(&p->policy->vocabs, here(p)->text, &vocab)) {
        for (VocabId id = 0; id < VOCAB_COUNT; id++) hint_word(p, p->policy->vocabs.of[id].name);
        hint_phrase(p, "a vocabulary, such as review, notice or referral");
        unexpected(p, NULL);
        return;
    }
    if (vocab == VOCAB_ROLE) {
        problem(p, here_src(p), NULL, NULL, "The roles are the program's: who is signed in has one of them, so a file cannot add one.");
        return;
    }
    p->pos++;
    if (!expect(p, "adds")) return;
    do {
        if (here(p)->kind != TOKEN_WORD || is_reserved(here(p)->text)) {
            hint_phrase(p, "a new word");
            unexpected(p, NULL);
            return;
        }
        word = here(p)->text;
        p->pos++;
        if (!(label = quoted(p))) return;
        if (!vocabs_extend(&p->policy->vocabs, vocab, word, label, &err)) {
            p->pos -= 2;
            problem(p, here_src(p), NULL, NULL, "%s", err.text);
            return;
        }
    } while (mark(p, ','));
    expect_end(p);
}

/* ignore review with outcome returned */
static void read_ignore(Parser *p)
{
    Selector *s;
    Ignore *i;
    const Test *t = NULL;

    if (!selector_starts(p)) {
        hint_phrase(p, "which entries do not count, such as review with outcome returned");
        unexpected(p, NULL);
        return;
    }
    if (!(s = parse_selector(p)) || !expect_end(p)) return;
    for (size_t k = 0; k < s->n_tests; k++)
        if (!s->tests[k].ignored) t = &s->tests[k];
    if (!t || s->n_tests != 1 || t->kind != TEST_CODE || t->negate) {
        problem(p, s->src, "ignore ENTRIES with FIELD WORDS", NULL,
            "What is ignored is told by the words of one field, such as \"review with outcome returned\".");
        return;
    }
    i = arena_zero(p->arena, 1, sizeof *i);
    i->list = s->list;
    i->test = *t;
    i->test.negate = i->test.ignored = true;
    i->next = p->ignores;
    p->ignores = i;
}

/* ---- the calendar ---- */

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
    "Dec" };
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

static bool read_holiday(Parser *p, int year)
{
    size_t from = p->pos;
    int day = atoi(here(p)->text), month = 0, y, m, d;
    Date date;

    p->pos++;
    for (month = 0; month < 12; month++)
        if (accept(p, months[month])) break;
    if (month == 12) return unexpected(p, NULL);
    date = civil_date(year, month + 1, day);
    civil_of_date(date, &y, &m, &d);
    if (y != year || m != month + 1 || d != day)
        return problem(p, src_of(p, from, p->pos), NULL, NULL, "There is no %d %s %d.", day, months[month], year);
    if (civil_weekday(date) > 4)
        return problem(p, src_of(p, from, p->pos), "the day that is kept instead", NULL,
            "%d %s %d is a %s, which is no working day anyway.", day, months[month], year,
            weekdays[civil_weekday(date)]);
    if (!holiday_add(p->policy, date))
        return problem(p, src_of(p, from, p->pos), NULL, NULL, "This day stands here twice, or lies outside %d to %d.",
            HOLIDAY_FIRST, HOLIDAY_LAST);
    return true;
}

/* bank holidays "England and Wales" 2010 1 Jan, 2 Apr … */
static void read_holidays(Parser *p)
{
    int year = 0, last = 0;

    if (!expect(p, "holidays")) return;
    if (here(p)->kind == TOKEN_STRING) p->pos++;
    while (!at_end(p)) {
        if (here(p)->kind != TOKEN_NUMBER || (here(p)->n != 4 && year == 0)) {
            hint_phrase(p, year ? "a day such as 26 Dec, or a year" : "a year");
            unexpected(p, NULL);
            return;
        }
        if (here(p)->n == 4) {
            year = atoi(here(p)->text);
            if (last && year != last + 1)
                problem(p, here_src(p), NULL, NULL, "After %d comes %d, not %d.", last, last + 1, year);
            last = year;
            p->pos++;
        }
        if (here(p)->kind != TOKEN_NUMBER) {
            hint_phrase(p, "a day such as 26 Dec");
            unexpected(p, NULL);
            return;
        }
        if (!read_holiday(p, year)) return;
        mark(p, ',');
    }
}

/* ---- references ---- */

static bool read_pattern(Parser *p, Format *f)
{
    Err err = { 0 };

    f->rx = rx_compile(here(p)->text, strlen(here(p)->text), false, &err);
    if (!f->rx) return problem(p, here_src(p), NULL, NULL, "%s", err.text);
    p->pos++;
    return true;
}

/* check-letter mod23 [as pnc] */
static bool read_letters(Parser *p, Format *f)
{
    size_t n;
    const char *const *words = letters_names(&n);

    if (!expect(p, "mod23")) return false;
    if (!accept(p, "as")) {
        f->letters = letters_by_name(f->name);
        return f->letters || unexpected(p, "Say which number makes its check letter the same way.");
    }
    f->letters = here(p)->kind == TOKEN_WORD ? letters_by_name(here(p)->text) : NULL;
    if (f->letters) {
        p->pos++;
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        hint_word(p, words[i]);
        hint_phrase(p, words[i]);
    }
    return unexpected(p, NULL);
}

static bool read_examples(Parser *p, Format *f)
{
    char normal[64], why[120];

    do {
        const char *example = here(p)->kind == TOKEN_STRING ? here(p)->text : quoted(p);
        if (!example) return false;
        if (!format_fits(f, example, normal, why))
            problem(p, here_src(p), NULL, NULL, "The example does not fit: %s.", why);
        if (!f->example) f->example = example;
        p->pos++;
    } while (mark(p, ','));
    return true;
}

static bool read_format_parts(Parser *p, Format *f)
{
    if (here(p)->kind == TOKEN_REGEX && !read_pattern(p, f)) return false;
    if (accept(p, "check-letter") && !read_letters(p, f)) return false;
    if (!f->rx && !f->letters) {
        hint_phrase(p, "a pattern between slashes");
        return unexpected(p, NULL);
    }
    if (!expect(p, "example") || !read_examples(p, f)) return false;
    if (!expect(p, "otherwise")) return false;
    f->refuse = accept(p, "refuse");
    return (f->refuse || expect(p, "warn")) && expect_end(p);
}

static void read_format(Parser *p)
{
    Policy *policy = p->policy;
    Format *f;

    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "what number it is");
        unexpected(p, NULL);
        return;
    }
    for (size_t i = 0; i < policy->n_formats; i++)
        if (str_eq(policy->formats[i].name, here(p)->text))
            problem(p, here_src(p), NULL, NULL, "There is a format of \"%s\" already.", here(p)->text);
    policy->formats = mem_room(policy->formats, policy->n_formats, &p->formats_cap, sizeof *f);
    f = &policy->formats[policy->n_formats++];
    *f = (Format){ .name = here(p)->text, .example = NULL };
    p->pos++;
    read_format_parts(p, f);
    if (!f->example) f->example = "";
}

/* reference SYSTEM: the name must be one that entries can have. */
static void read_reference(Parser *p)
{
    const Vocabs *v = &p->policy->vocabs;

    if (here(p)->kind == TOKEN_WORD && vocab_code(v, VOCAB_SYSTEM, here(p)->text) == CODE_NONE &&
        vocab_code(v, VOCAB_XREF_TARGET, here(p)->text) == CODE_NONE) {
        for (size_t i = 0; i < v->of[VOCAB_XREF_TARGET].n; i++) hint_word(p, v->of[VOCAB_XREF_TARGET].words[i].word);
        hint_phrase(p, "a system; for any other number write \"number\" instead of \"reference\"");
        unexpected(p, NULL);
        return;
    }
    read_format(p);
}

/* ---- all duties ---- */

static void read_common_clause(Parser *p, size_t from, size_t to, void *ctx)
{
    Rule *r = ctx;

    if (accept(p, "cite")) {
        Src src = src_of(p, p->pos, to);
        r->face.cite = arena_dup_n(p->arena, p->policy->text + src.at, src.n);
    } else if (accept(p, "when")) {
        r->when = parse_cond(p);
        if (r->when) expect_end(p);
    } else
        unexpected(p, NULL);
}

static void read_all(Parser *p, size_t from, size_t to)
{
    size_t body = header_end(p, from, to);
    Rule r = { 0 };

    p->rule = NO_RULE;
    p->no_texts = true;
    if (!expect(p, "duties")) return;
    if (p->policy->common_line) {
        problem(
            p, here_src(p), NULL, NULL, "What all duties need is said already, in line %d.", p->policy->common_line);
        return;
    }
    p->end = body;
    r.face.title = quoted(p);
    if (r.face.title) expect_end(p);
    p->policy->common_line = p->tokens[from].line;
    p->policy->common_title = r.face.title;
    each_clause(p, body, to, read_common_clause, &r);
    p->policy->common_cite = r.face.cite ? r.face.cite : "";
    p->policy->common = r.when;
    if (!r.when && !p->full)
        problem(p, src_of(p, from, from + 2), NULL, NULL, "\"all duties\" needs a clause \"when\".");
}

/* ---- the file ---- */

static void read_policy(Parser *p)
{
    if (*p->policy->id) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "The policy has its name already.");
        return;
    }
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the id of the policy, such as mps-dv-2010");
        unexpected(p, NULL);
        return;
    }
    p->policy->id = here(p)->text;
    p->pos++;
    p->policy->title = quoted(p);
    if (p->policy->title) expect_end(p);
}

/* minutes 10: what a duty takes that does not say it itself */
static void read_minutes(Parser *p)
{
    if (p->policy->minutes)
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "How many minutes a duty takes is said already.");
    else
        parse_minutes(p, &p->policy->minutes);
}

/* hold high for 24 hours: for how long at most a duty is put aside in such a case */
static void read_hold(Parser *p)
{
    const Vocabs *v = &p->policy->vocabs;
    const Token *t = here(p);
    size_t from = p->pos;
    Clock most = { 0 };
    Code grade = CODE_NONE;

    for (size_t i = 0; i < v->of[VOCAB_GRADE].n; i++) hint_word(p, v->of[VOCAB_GRADE].words[i].word);
    if (!accept(p, "unassessed")) {
        if (t->kind == TOKEN_WORD) grade = vocab_code(v, VOCAB_GRADE, t->text);
        if (grade == CODE_NONE || grade >= HOLD_GRADES) {
            hint_phrase(p, "a grade, or unassessed");
            unexpected(p, NULL);
            return;
        }
        p->pos++;
    }
    if (p->policy->holds[grade].n) {
        problem(p, src_of(p, from, p->pos), NULL, NULL, "For how long a duty is put aside then, is said already.");
        return;
    }
    if (!expect(p, "for") || !parse_span(p, &most) || !expect_end(p)) return;
    p->policy->holds[grade] = (HoldSpan){ most.kind == CLOCK_SECONDS ? SPAN_SECONDS : most.kind == CLOCK_DAYS ? SPAN_DAYS : SPAN_WORKING_DAYS, most.n };
}

static bool one_shift(Parser *p, short begins[SHIFTS_MAX], size_t *n)
{
    size_t from = p->pos;
    int minutes;

    hint_phrase(p, "when a shift begins, such as 07:00");
    if (!parse_time_of_day(p, &minutes)) return false;
    if (*n == SHIFTS_MAX) return problem(p, src_of(p, from, p->pos), NULL, NULL, "A day has at most %d shifts.", SHIFTS_MAX);
    if (*n && minutes <= begins[*n - 1])
        return problem(p, src_of(p, from, p->pos), NULL, NULL, "Write the shifts in the order of the day, each once.");
    begins[(*n)++] = (short)minutes;
    return true;
}

/* shifts begin 07:00, 15:00, 23:00 */
static void read_shifts(Parser *p)
{
    short begins[SHIFTS_MAX];
    size_t n = 0;

    if (p->policy->n_shifts) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "When the shifts begin is said already.");
        return;
    }
    if (!expect(p, "begin")) return;
    do {
        if (!one_shift(p, begins, &n)) return;
    } while (mark(p, ','));
    if (!expect_end(p)) return;
    memcpy(p->policy->shifts, begins, sizeof begins);
    p->policy->n_shifts = n;
}

/* high harm offence in murder, s18: the outcomes that a back-test looks back from */
static void read_harm(Parser *p)
{
    if (set_first(&p->policy->harm)) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "What high harm is, is said already.");
        return;
    }
    if (!expect(p, "harm") || !expect(p, "offence")) return;
    accept_quietly(p, "in");
    if (need_words(p, VOCAB_OFFENCE, &p->policy->harm, "offence")) expect_end(p);
}

static const struct {
    const char *word;
    void (*read)(Parser *p);
} statements[] = {
    { "policy", read_policy },
    { "reference", read_reference },
    { "number", read_format },
    { "bank", read_holidays },
    { "vocabulary", read_vocabulary },
    { "value", read_value },
    { "condition", read_condition },
    { "moment", read_moment },
    { "ignore", read_ignore },
    { "minutes", read_minutes },
    { "high", read_harm },
    { "hold", read_hold },
    { "shifts", read_shifts },
    { "factors", parse_factors },
    { "use", parse_use },
    { "rules", parse_rules },
};

/* What has a body of clauses. */
static const struct {
    const char *word;
    void (*read)(Parser *p, size_t from, size_t to);
} blocks[] = {
    { "duty", parse_duty },
    { "task", parse_task },
    { "gate", parse_gate },
    { "alert", parse_alert },
    { "checklist", parse_checklist },
    { "words", parse_words },
};

static bool read_block(Parser *p, size_t from, size_t to)
{
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
        if (!is(p, blocks[i].word)) continue;
        blocks[i].read(p, from, to);
        return true;
    }
    return false;
}

/* `reference` begins a format, but `offences` and every other vocabulary's name a set of its words. */
static bool statement_set(Parser *p)
{
    VocabId vocab;

    if (here(p)->kind != TOKEN_WORD || !vocab_said(&p->policy->vocabs, here(p)->text, &vocab)) return false;
    p->pos++;
    read_set(p, vocab);
    return true;
}

static void read_statement(Parser *p, size_t from, size_t to)
{
    p->pos = from;
    p->end = to;
    p->depth = 0;
    forget_hints(p);
    p->no_texts = false;
    if (p->words_only && !is(p, "words")) {
        hint_phrase(p, "words NAME \"title\"");
        unexpected(p, "A words file holds word lists and nothing else.");
        return;
    }
    if (read_block(p, from, to)) return;
    if (accept_quietly(p, "all")) {
        read_all(p, from, to);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(statements); i++) {
        if (accept_quietly(p, statements[i].word)) {
            statements[i].read(p);
            return;
        }
        hint_word(p, statements[i].word);
    }
    if (statement_set(p)) return;
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++) hint_word(p, blocks[i].word);
    for (VocabId id = 0; id < VOCAB_COUNT; id++)
        hint_word(p, arena_printf(p->arena, "%ss", p->policy->vocabs.of[id].name));
    hint_phrase(p,
        "policy, reference, number, bank holidays, vocabulary, ignore, factors, value, condition, moment, minutes, high harm, hold, shifts, all duties, "
        "duty, task, gate, alert, checklist, words, use, or words of a vocabulary such as offences or units");
    unexpected(p, "Nothing can begin like this.");
}

void parse_file(Parser *p)
{
    size_t from = 0, to;

    if (p->tokens[0].kind == TOKEN_END) {
        problem(p, (Src){ 0, 0, 1 }, p->words_only ? "words of NAME \"title\"" : "policy NAME \"title\"", NULL,
            "The file says nothing.");
        return;
    }
    if (!(p->tokens[0].kind == TOKEN_WORD && str_eq(p->tokens[0].text, p->words_only ? "words" : "policy"))) {
        p->end = 1;
        if (p->words_only)
            problem(p, here_src(p), "words of NAME \"title\"", NULL, "A words file begins with its name.");
        else
            problem(p, here_src(p), "policy NAME \"title\"", NULL, "A policy file begins with its name.");
    }
    while (p->tokens[from].kind != TOKEN_END && !p->full) {
        for (to = from + 1; p->tokens[to].kind != TOKEN_END; to++)
            if (p->tokens[to].first && p->tokens[to].indent == 0) break;
        if (p->tokens[from].indent > 0) {
            p->pos = from;
            p->end = to;
            problem(p, here_src(p), NULL, NULL,
                "Nothing stands above this line that it could belong to; begin it at the margin.");
        } else
            read_statement(p, from, to);
        from = to;
    }
}
