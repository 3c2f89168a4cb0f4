/* trace.c — what the engine says on its way, put into words.
** Called by eval.c at the places where something is decided; what an officer reads is made here and nowhere else. */
#include "trace.h"
#include "eval.h"

#include "base/str.h"
#include "names.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- lines ---- */

static size_t add_line(Trace *t, WhyLine line)
{
    t->lines = arena_room(t->arena, t->lines, t->n, &t->cap, sizeof *t->lines);
    t->lines[t->n] = line;
    return t->n++;
}

size_t trace_add(Trace *t, WhyKind kind, Truth truth, int line, const char *fmt, ...)
{
    char text[800];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (kind == WHY_FACT && t->n > 0) { /* one fact may decide twice; it is told once */
        const WhyLine *last = &t->lines[t->n - 1];
        if (last->kind == kind && last->indent == t->indent && strcmp(last->text, text) == 0) return t->n - 1;
    }
    return add_line(
        t, (WhyLine){
               .kind = kind, .truth = truth, .indent = t->indent, .line = line, .text = arena_dup(t->arena, text) });
}

void trace_lines(Trace *t, const WhyLine *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) add_line(t, lines[i]);
}

const char *trace_when(const Trace *t, Time at)
{
    char out[CIVIL_TEXT];

    if (at == TIME_NONE) return "never";
    if (civil_local(at).year != civil_local(t->now).year) return arena_dup(t->arena, civil_words_full(at, out));
    return arena_dup(t->arena, civil_words_short(at, out));
}

/* ---- words ---- */

const char *source_words(const Trace *t, Src src)
{
    const char *s = t->policy->text + src.at, *text;
    Str out = { 0 };
    bool comment = false;

    for (size_t i = 0; i < src.n && out.n < 160; i++) {
        if (s[i] == '#' && (i == 0 || s[i - 1] == ' ' || s[i - 1] == '\t')) comment = true;
        if (s[i] == '\n') comment = false;
        if (comment) continue;
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n' && s[i] != '\r')
            str_add_char(&out, s[i]);
        else if (out.n > 0 && out.s[out.n - 1] != ' ')
            str_add_char(&out, ' ');
    }
    if (out.n >= 160) str_add(&out, "…");
    text = arena_dup(t->arena, str_text(&out));
    str_finish(&out);
    return text;
}

static void add_part(Str *out, const char *before, const char *text)
{
    if (!text || !*text) return;
    if (out->n > 0) str_add(out, ", ");
    str_add(out, before);
    str_add(out, text);
}

static void add_time(const Trace *t, Str *out, CaseListId list, const CaseField *f, Time at)
{
    char said[64];

    if (at == TIME_NONE || (at > t->now && !(f->flags & FIELD_AHEAD))) return;
    field_say(list, f, said);
    add_part(out, f->flags & FIELD_ORDER ? "" : arena_printf(t->arena, "%s ", said), trace_when(t, at));
}

/* A field as a part of an entry's words; long texts and answers are left out. */
static void add_field(const Trace *t, Str *out, CaseListId list, const CaseField *f, const char *item)
{
    const char *at = item + f->offset;

    switch (f->kind) {
    case FIELD_CODE: add_part(out, "", vocab_label(&t->policy->vocabs, f->vocab, *(const Code *)at)); break;
    case FIELD_YES:
        if (*(const bool *)at) add_part(out, "", f->label);
        break;
    case FIELD_TIME: add_time(t, out, list, f, *(const Time *)at); break;
    case FIELD_OFFICER: add_part(out, "by ", *(const char *const *)at); break;
    case FIELD_PERSON: add_part(out, "of ", *(const char *const *)at); break;
    case FIELD_TEXT: add_part(out, "", *(const char *const *)at); break;
    default: break;
    }
}

static const char *person_words(const Trace *t, const Person *p)
{
    Str out = { 0 };
    const char *text;

    str_addf(&out, "%s %s", vocab_word(&t->policy->vocabs, VOCAB_PERSON_ROLE, p->role), p->key ? p->key : "");
    if (p->family) str_addf(&out, " (%s%s%s)", p->given ? p->given : "", p->given ? " " : "", p->family);
    add_part(&out, "", vocab_word(&t->policy->vocabs, VOCAB_SEX, p->sex));
    if (p->police_staff) add_part(&out, "", "police staff");
    if (p->relationship && p->related_to)
        add_part(&out,
            arena_printf(t->arena, "%s of ", vocab_word(&t->policy->vocabs, VOCAB_RELATIONSHIP, p->relationship)),
            p->related_to);
    if (p->recorded_at != TIME_NONE) add_part(&out, "recorded ", trace_when(t, p->recorded_at));
    text = arena_dup(t->arena, str_text(&out));
    str_finish(&out);
    return text;
}

const char *item_words(Trace *t, CaseListId list, const void *item)
{
    const CaseList *l = &case_lists[list];
    Str out = { 0 };
    const char *text;

    if (list == LIST_PEOPLE) return person_words(t, item);
    for (size_t i = 0; i < l->n_fields; i++) add_field(t, &out, list, &l->fields[i], item);
    text = arena_printf(t->arena, "%s: %s", noun_of(list), str_text(&out));
    str_finish(&out);
    return text;
}

/* ---- facts by name ---- */

static TraceFact *add_fact(Trace *t, CaseListId list, const char *column, const char *preset, const char *says)
{
    t->facts = arena_room(t->arena, t->facts, t->n_facts, &t->cap_facts, sizeof *t->facts);
    t->facts[t->n_facts] = (TraceFact){ .name = { list, column, preset }, .says = says, .truth = TRUTH_YES };
    return &t->facts[t->n_facts++];
}

static bool is_primary(const Selector *s, const Test *test)
{
    return test->kind == TEST_CODE && !test->negate && test->field == list_shapes[s->list].primary;
}

/* What of an entry a selector looks at, as a file says it. Its times do not count: the same thing entered again is the same fact. */
static const char *tested_words(const Trace *t, const Selector *s, const void *item)
{
    Str out = { 0 };
    const char *text;

    if (s->list == LIST_PEOPLE) str_add(&out, ((const Person *)item)->key);
    for (size_t i = 0; i < s->n_tests; i++) {
        const char *said = case_field_text(s->tests[i].field, item, &t->policy->vocabs, t->arena);
        str_addf(&out, "%s%s", out.n ? " " : "", said ? said : "-");
    }
    text = arena_dup(t->arena, str_text(&out));
    str_finish(&out);
    return text;
}

/* "role=victim" for each word that the selector wants; the column is the first thing it tests besides. */
static void add_selector_facts(Trace *t, const Selector *s, const char *column, const char *says)
{
    enum { WORDS_TOLD = 8 };
    const Test *primary = NULL;
    int told = 0;

    for (size_t i = 0; i < s->n_tests; i++) {
        const Test *test = &s->tests[i];
        if (is_primary(s, test))
            primary = test;
        else if (!column && !test->ignored)
            column = test->field->column;
    }
    for (Code c = 1; primary && c < 128 && told < WORDS_TOLD; c++) {
        const char *word = vocab_word(&t->policy->vocabs, primary->field->vocab, c);
        if (!set_has(&primary->set, c) || !*word) continue;
        add_fact(t, s->list, column, arena_printf(t->arena, "%s=%s", primary->field->column, word), says);
        told++;
    }
    if (told == 0) add_fact(t, s->list, column, "", says);
}

static void add_value_fact(Trace *t, const Value *v, const void *holder, Code code)
{
    const char *word = vocab_word(&t->policy->vocabs, v->vocab, code);

    switch (v->kind) {
    case VALUE_SCALAR: add_fact(t, LIST_COUNT, v->field->column, "", word); break;
    case VALUE_LATEST: add_selector_facts(t, v->of, v->field->column, word); break;
    case VALUE_INNER:
        word = arena_printf(t->arena, "%s %s", ((const Person *)holder)->key, word);
        add_fact(t, v->inner, v->field->column, "", word);
        break;
    case VALUE_OWNER: add_fact(t, LIST_OWNERS, "unit", "", word); break;
    case VALUE_RISK: add_fact(t, LIST_ASSESSMENTS, "answers", v->factor, word); break;
    }
}

/* Only what decided stays: of an "or" that is true its true parts, of an "and" that is false its false ones. */
static void keep_deciding(Trace *t, size_t start, const Cond *c, Truth truth)
{
    bool some = (c->kind == COND_ANY && truth == TRUTH_YES) || (c->kind == COND_ALL && truth == TRUTH_NO);
    size_t kept = start;

    for (size_t i = start; i < t->n_facts; i++)
        if (!some || t->facts[i].truth == truth) t->facts[kept++] = t->facts[i];
    t->n_facts = kept;
    for (size_t i = start; i < kept; i++) t->facts[i].truth = truth;
}

static void facts_open(Trace *t)
{
    if (!t->collect) return;
    t->starts = arena_room(t->arena, t->starts, t->depth, &t->cap_depth, sizeof *t->starts);
    t->starts[t->depth++] = t->n_facts;
}

static void facts_close(Trace *t, const Cond *c, Truth truth)
{
    if (t->collect) keep_deciding(t, t->starts[--t->depth], c, truth);
}

/* ---- conditions ---- */

/* "all of these" at the root of a rule is what a rule is; its parts stand by themselves. */
static bool has_line(const Trace *t, const Cond *c)
{
    return !(c->kind == COND_ALL && t->indent == 0) && c != t->quiet;
}

/* "is not answered" is one line, though it is made of "answered". */
static const Cond *quiet_part(const Cond *c)
{
    return c->kind == COND_NOT && c->kids[0]->kind == COND_SAID && c->kids[0]->src.at == c->src.at ? c->kids[0] : NULL;
}

size_t trace_cond_open(Trace *t, const Cond *c)
{
    size_t at;

    facts_open(t);
    if (!has_line(t, c)) return SIZE_MAX;
    at = trace_add(
        t, WHY_CONDITION, TRUTH_NO, c->src.line, "%s", c->kind == COND_NAMED ? c->name : source_words(t, c->src));
    t->indent++;
    t->quiet = quiet_part(c);
    return at;
}

/* The first condition below a line that is not true and has no parts: that is what is missing. */
static size_t failing_leaf(const Trace *t, size_t at)
{
    size_t leaf = at;

    for (size_t i = at + 1; i < t->n; i++) {
        if (t->lines[i].kind != WHY_CONDITION || t->lines[i].truth == TRUTH_YES) continue;
        if (leaf != at && t->lines[i].indent <= t->lines[leaf].indent) break;
        leaf = i;
    }
    return leaf;
}

static const char *fact_below(const Trace *t, size_t at)
{
    bool has = at + 1 < t->n && t->lines[at + 1].kind == WHY_FACT;

    return has ? t->lines[at + 1].text : NULL;
}

void trace_cond_close(Trace *t, size_t at, const Cond *c, Truth truth)
{
    size_t leaf;

    facts_close(t, c, truth);
    if (at == SIZE_MAX) return;
    t->indent--;
    t->lines[at].truth = truth;
    if (t->indent > 0 || truth == TRUTH_YES || t->failed) return;
    leaf = failing_leaf(t, at);
    t->failed = t->lines[leaf].text;
    t->failed_truth = truth;
    t->failed_fact = fact_below(t, leaf);
}

void trace_value(Trace *t, const Value *v, const void *holder, Code code)
{
    const char *label = code ? vocab_label(&t->policy->vocabs, v->vocab, code) : "never answered";

    if (t->collect) add_value_fact(t, v, holder, code);
    if (v->kind == VALUE_RISK && holder)
        trace_add(t, WHY_FACT, TRUTH_YES, 0, "%s: %s (%s)", v->name, label, item_words(t, LIST_ASSESSMENTS, holder));
    else if (v->kind == VALUE_INNER)
        trace_add(t, WHY_FACT, TRUTH_YES, 0, "%s: %s", person_words(t, holder), label);
    else if (holder)
        trace_add(
            t, WHY_FACT, TRUTH_YES, 0, "%s", item_words(t, v->kind == VALUE_OWNER ? LIST_OWNERS : v->of->list, holder));
    else
        trace_add(t, WHY_FACT, TRUTH_YES, 0, "%s: %s", v->kind == VALUE_SCALAR ? v->field->label : v->name, label);
}

void trace_entry(Trace *t, const Selector *s, const void *item)
{
    if (t->collect) add_selector_facts(t, s, NULL, tested_words(t, s, item));
    trace_add(t, WHY_FACT, TRUTH_YES, 0, "%s", item_words(t, s->list, item));
}

void trace_absent(Trace *t, const Selector *s, const void *unknown)
{
    if (t->collect) add_selector_facts(t, s, NULL, unknown ? tested_words(t, s, unknown) : "none");
    if (unknown)
        trace_add(t, WHY_FACT, TRUTH_UNKNOWN, 0, "%s — something about it was never answered",
            item_words(t, s->list, unknown));
    else
        trace_add(t, WHY_FACT, TRUTH_NO, 0, "none recorded");
}

/* ---- what people wrote ---- */

/* The words themselves, with a little around them, on one line. */
static const char *excerpt(const Trace *t, const PolicyText *text, const TextHit *hit)
{
    enum { AROUND = 24, LONGEST = 160 };
    size_t n = strlen(text->text), from = hit->from, to = hit->to;
    char *out;

    if (to - from > LONGEST) to = from + LONGEST;
    from = from > AROUND ? from - AROUND : 0;
    to = to + AROUND < n ? to + AROUND : n;
    while (from > 0 && from < hit->from && text->text[from - 1] != ' ') from++; /* whole words */
    while (to < n && to > hit->to && text->text[to] != ' ') to--;
    while (from > 0 && (text->text[from] & 0xC0) == 0x80) from--;
    while (to < n && (text->text[to] & 0xC0) == 0x80) to++;
    out =
        arena_printf(t->arena, "%s%.*s%s", from > 0 ? "…" : "", (int)(to - from), text->text + from, to < n ? "…" : "");
    for (char *c = out; *c; c++)
        if (*c == '\n' || *c == '\t' || *c == '\r') *c = ' ';
    return out;
}

static const PolicyText *text_of(const Looked *l, const TextHit *hit)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->texts[i].path == hit->path && hit->to <= l->lengths[i]) return &l->texts[i];
    return &l->texts[0];
}

/* A fact of the words found, without case, so that what stands around them may change. */
static void add_hit(Trace *t, const PolicyText *text, const TextHit *hit)
{
    char *said = arena_dup_n(t->arena, text->text + hit->from, hit->to - hit->from);
    TraceFact *f;

    for (char *c = said; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    f = add_fact(t, LIST_COUNT, NULL, hit->words, said);
    f->is_hit = true;
    f->hit = *hit;
}

void trace_words(Trace *t, const Cond *c, const Looked *l, const TextHit *hits, size_t n, bool gave_up)
{
    enum { TOLD = 5 };
    const char *what = c->texts == TEXTS_ACCOUNT ? "account" : "context";

    for (size_t i = 0; i < n; i++) {
        const PolicyText *text = text_of(l, &hits[i]);
        if (t->collect) add_hit(t, text, &hits[i]);
        if (i < TOLD) trace_add(t, WHY_FACT, TRUTH_YES, 0, "%s: “%s”", hits[i].path, excerpt(t, text, &hits[i]));
    }
    if (gave_up)
        trace_add(t, WHY_FACT, TRUTH_UNKNOWN, 0,
            "the words \"%s\" reached their limit: the %s was not searched to its end", t->policy->lists[c->list].name,
            what);
    else if (!l->given)
        trace_add(t, WHY_FACT, TRUTH_UNKNOWN, 0, "no %s was given", what);
    else if (n == 0)
        trace_add(t, WHY_FACT, TRUTH_NO, 0, "no %s speaks of it", what);
}

/* ---- moments ---- */

size_t trace_moment_open(Trace *t, const Moment *m)
{
    size_t at = trace_add(t, t->moment_kind, TRUTH_YES, m->src.line, "%s", "");

    t->indent++;
    return at;
}

static bool is_leaf(MomentKind kind)
{
    return kind < MOMENT_LATER;
}

/* "first offence in serious-assault" is, in a clock, "offence in serious-assault". */
static const char *leaf_name(const Trace *t, const Moment *m, const char *words)
{
    if (m->kind == MOMENT_ITS && t->each != LIST_COUNT) return noun_of(t->each);
    return strncmp(words, "first ", 6) == 0 ? words + 6 : strncmp(words, "latest ", 7) == 0 ? words + 7 : words;
}

static void remember(Trace *t, const Moment *m, const char *words, Time time)
{
    if (t->moment_kind == WHY_FACT) {
        if (time != TIME_NONE && t->n_met < TRACE_MET) t->met[t->n_met++] = m;
        return;
    }
    if (!is_leaf(m->kind) || t->n_leaves == TRACE_LEAVES) return;
    t->leaves[t->n_leaves].time = time;
    t->leaves[t->n_leaves++].name = leaf_name(t, m, words);
}

void trace_moment_close(Trace *t, size_t at, const Moment *m, Time time)
{
    const char *words = m->name ? m->name : source_words(t, m->src);

    t->indent--;
    if (time == TIME_NONE)
        t->lines[at].text = arena_printf(t->arena, "%s: not yet", words);
    else
        t->lines[at].text = arena_printf(t->arena, "%s %s", words, trace_when(t, time));
    t->lines[at].truth = time == TIME_NONE ? TRUTH_NO : TRUTH_YES;
    if (t->collect && m->kind == MOMENT_SCALAR)
        add_fact(t, LIST_COUNT, m->field->column, "", time == TIME_NONE ? "" : "come");
    remember(t, m, words, time);
}

void trace_too_early(Trace *t, const Selector *s, const void *item, Time lower)
{
    if (!t->tell_early) return;
    trace_add(t, WHY_FACT, TRUTH_NO, 0, "%s — too early: it would count from %s", item_words(t, s->list, item),
        trace_when(t, lower));
}

void trace_ignored(Trace *t, const Selector *s, const void *item)
{
    trace_add(t, WHY_FACT, TRUTH_NO, 0, "%s — does not count", item_words(t, s->list, item));
}

void trace_its(Trace *t, const Rule *r, const void *item)
{
    trace_add(t, WHY_FACT, TRUTH_YES, r->each->src.line, "for the %s", item_words(t, r->each->list, item));
}

/* ---- clocks ---- */

static const char *span_words(const Trace *t, const Clock *c)
{
    const char *many = c->n == 1 ? "" : "s";

    switch (c->kind) {
    case CLOCK_SECONDS:
        if (c->n % HOUR == 0) return arena_printf(t->arena, "+ %d hour%s", c->n / HOUR, c->n == HOUR ? "" : "s");
        return arena_printf(t->arena, "+ %d minute%s", c->n / MINUTE, c->n == MINUTE ? "" : "s");
    case CLOCK_DAYS: return arena_printf(t->arena, "+ %d day%s, the same time of day", c->n, many);
    case CLOCK_WORKING: return arena_printf(t->arena, "+ %d working day%s, to the end of that day", c->n, many);
    case CLOCK_END_OF_DAY: return "the end of that day";
    case CLOCK_AT: return arena_printf(t->arena, "%02d:%02d", c->n / 60, c->n % 60);
    case CLOCK_MOMENT: return source_words(t, c->at->src);
    default: return "";
    }
}

void trace_clock(Trace *t, const Clock *c, const char *what, Time from, Time to)
{
    if (c->kind == CLOCK_NONE) return;
    trace_add(t, WHY_CLOCK, TRUTH_YES, c->src.line, "%s → %s %s", span_words(t, c), what, trace_when(t, to));
}

void trace_cap(Trace *t, const Clock *c, Time to)
{
    trace_add(t, WHY_CLOCK, TRUTH_YES, c->src.line, "that %s → due %s",
        c->cap_kind == CAP_EARLIER ? "is earlier" : "lies between", trace_when(t, to));
}

void trace_cycle(Trace *t, int n, Time start)
{
    trace_add(t, WHY_CLOCK, TRUTH_YES, 0, "cycle %d starts when the one before was done, %s", n, trace_when(t, start));
}

void trace_end(Trace *t, const Rule *r, Time end)
{
    trace_add(t, WHY_CLOCK, TRUTH_NO, r->while_src.line, "%s: no longer since %s", source_words(t, r->while_src),
        trace_when(t, end));
}
