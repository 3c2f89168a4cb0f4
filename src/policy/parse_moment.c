/* parse_moment.c — moments: `later of reported and first offence in serious-assault`, and clocks: `after 18 hours`. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Moment *moment_new(Parser *p, MomentKind kind, size_t from)
{
    Moment *m = arena_zero(p->arena, 1, sizeof *m);

    m->kind = kind;
    m->slot = -1;
    m->src = src_of(p, from, p->pos > from ? p->pos : from + 1);
    return m;
}

static Moment *moment_of(Parser *p, MomentKind kind, size_t from, Moment **kids, size_t n)
{
    Moment *m = moment_new(p, kind, from);

    m->n = n;
    m->kids = arena_alloc(p->arena, n * sizeof *m->kids);
    memcpy(m->kids, kids, n * sizeof *kids);
    return m;
}

/* ---- entries ---- */

/* The time of an entry: the one that is named, else the one its list is in order of. */
static const CaseField *entry_time(Parser *p, CaseListId list)
{
    size_t eaten;
    const CaseField *f = at_end(p) ? NULL : field_said(list, &p->tokens[p->pos], &eaten);

    if (f && f->kind == FIELD_TIME && eaten <= p->end - p->pos) {
        p->pos += eaten;
        return f;
    }
    for (size_t i = 0; i < case_lists[list].n_fields; i++) {
        char said[64];
        if (case_lists[list].fields[i].kind != FIELD_TIME) continue;
        field_say(list, &case_lists[list].fields[i], said);
        hint_word(p, arena_dup(p->arena, said));
    }
    return list_shapes[list].order ? list_shapes[list].order : list_shapes[list].since;
}

static Moment *moment_entry(Parser *p, MomentKind kind, size_t from)
{
    const Selector *s;
    Moment *m;

    if (!selector_starts(p)) {
        hint_nouns(p);
        hint_phrase(p, "an entry, such as review, offence or reference");
        unexpected(p, NULL);
        return NULL;
    }
    if (!(s = parse_selector(p))) return NULL;
    m = moment_new(p, kind, from);
    m->selector = s;
    m->field = entry_time(p, s->list);
    m->src = src_of(p, from, p->pos);
    if (m->field) return m;
    problem(p, s->src, NULL, NULL, "\"%s\" has no time of its own.", noun_of(s->list));
    return NULL;
}

static Moment *moment_its(Parser *p, size_t from)
{
    size_t eaten;
    const CaseField *f;
    Moment *m;

    if (p->each == LIST_COUNT) {
        problem(
            p, src_of(p, from, from + 1), NULL, NULL, "\"its\" needs a clause \"for each\" that says whose.");
        return NULL;
    }
    p->pos++;
    f = field_said(p->each, &p->tokens[p->pos], &eaten);
    if (!f || f->kind != FIELD_TIME || eaten > p->end - p->pos) {
        f = entry_time(p, p->each); /* only for its hints */
        hint_phrase(p, arena_printf(p->arena, "a time of the %s", noun_of(p->each)));
        unexpected(p, NULL);
        return NULL;
    }
    p->pos += eaten;
    m = moment_new(p, MOMENT_ITS, from);
    m->field = f;
    return m;
}

/* ---- other duties ---- */

static const struct {
    const char *word;
    DutyPart part;
} duty_parts[] = {
    { "fulfilled", PART_DONE },
    { "due", PART_DUE },
    { "asked", PART_START },
    { "start", PART_START },
    { "opens", PART_OPENS },
};

static Moment *moment_duty(Parser *p, size_t from)
{
    DutyUse *use = arena_zero(p->arena, 1, sizeof *use);
    Moment *m;

    if (p->rule == NO_RULE) {
        problem(p, here_src(p), NULL, NULL,
            "Only a duty, a gate or an alert can speak of a duty: a definition is for all of them.");
        return NULL;
    }
    p->pos++;
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the id of a duty");
        unexpected(p, NULL);
        return NULL;
    }
    use->src = here_src(p);
    use->rule = p->rule;
    m = moment_new(p, MOMENT_DUTY, from);
    m->duty_id = p->tokens[p->pos++].text;
    for (size_t i = 0; i < ARRAY_LEN(duty_parts); i++) {
        if (!accept(p, duty_parts[i].word)) continue;
        m->part = duty_parts[i].part;
        m->src = src_of(p, from, p->pos);
        use->moment = m;
        use->next = p->uses;
        p->uses = use;
        return m;
    }
    unexpected(p, NULL);
    return NULL;
}

/* ---- values ---- */

/* VALUE became WORDS */
static Moment *moment_became(Parser *p, size_t from)
{
    Value *v = parse_value(p);
    Moment *m;
    CodeSet set;

    if (!v) return NULL;
    if (!is(p, "became")) {
        hint_word(p, "became");
        problem(p, src_of(p, from, p->pos), "a moment, such as reported or first review", NULL,
            "\"%s\" is an answer, not a moment; say when: \"%s became …\".", v->name, v->name);
        return NULL;
    }
    p->pos++;
    if (v->kind != VALUE_LATEST && v->kind != VALUE_INNER) {
        problem(p, src_of(p, from, p->pos), NULL, NULL,
            "When \"%s\" became something is not kept: only entries have a time.", v->name);
        return NULL;
    }
    if (!need_words(p, v->vocab, &set, v->name)) return NULL;
    m = moment_new(p, MOMENT_BECAME, from);
    m->value = v;
    m->set = set;
    return m;
}

static Moment *moment_symbol(Parser *p, size_t from)
{
    size_t eaten;
    Symbol *s = symbol_here(p, &eaten);
    char list[120] = "", text[120];
    size_t n = 0;

    if (s && (s->kind == SYMBOL_TIME || s->kind == SYMBOL_MOMENT)) {
        Moment *m;
        p->pos += eaten;
        use_symbol(p, s);
        m = moment_new(p, s->kind == SYMBOL_TIME ? MOMENT_SCALAR : MOMENT_NAMED, from);
        m->name = s->name;
        if (s->kind == SYMBOL_TIME) {
            m->field = s->field;
            return m;
        }
        m->slot = s->moment->slot;
        m->n = s->moment->n;
        m->kids = s->moment->kids;
        return m;
    }
    if (s) {
        wrong_kind(p, s, eaten, "a moment, such as reported or first review");
        return NULL;
    }
    for (Symbol *it = p->names.first; it; it = it->next) {
        if (it->kind != SYMBOL_TIME && it->kind != SYMBOL_MOMENT) continue;
        hint_word(p, it->name);
        if (n + strlen(it->name) + 3 < 70 && !strpbrk(it->name, "._"))
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n ? ", " : "", it->name);
    }
    hint_phrase(p, arena_printf(p->arena, "a moment (%s …)", list));
    hint_phrase(p, "first or latest of some entries");
    if (here(p)->kind != TOKEN_WORD) {
        unexpected(p, NULL);
        return NULL;
    }
    snprintf(text, sizeof text, "There is no moment \"%.60s\".", here(p)->text);
    unexpected(p, text);
    return NULL;
}

/* ---- several ---- */

enum { KIDS_MAX = 16 };

static Moment *moment_simple(Parser *p, bool done);

/* later of A, B and C */
static Moment *moment_several(Parser *p, size_t from, MomentKind kind, bool done)
{
    Moment *kids[KIDS_MAX];
    size_t n = 0;

    p->pos++;
    if (!expect(p, "of")) return NULL;
    for (;;) {
        if (n == KIDS_MAX) {
            problem(p, here_src(p), NULL, NULL, "These are too many moments to compare at once.");
            return NULL;
        }
        if (!(kids[n++] = moment_simple(p, done))) return NULL;
        if (is(p, "and"))
            p->pos++;
        else if (!(ahead(p, 0)->kind == TOKEN_MARK && *ahead(p, 0)->text == ',' && !str_eq(ahead(p, 1)->text, "any") &&
                     !str_eq(ahead(p, 1)->text, "after") && !str_eq(ahead(p, 1)->text, "else") &&
                     !str_eq(ahead(p, 1)->text, "or")))
            break;
        else
            p->pos++;
    }
    if (n > 1) return moment_of(p, kind, from, kids, n);
    hint_word(p, "and");
    hint_phrase(p, "and");
    unexpected(p, NULL);
    return NULL;
}

/* SPAN before MOMENT */
static Moment *moment_before(Parser *p, size_t from)
{
    Clock *span = arena_zero(p->arena, 1, sizeof *span);
    Moment *kid, *m;

    if (!parse_span(p, span)) return NULL;
    if (span->kind == CLOCK_WORKING) {
        problem(p, src_of(p, from, p->pos), "minutes, hours, days or weeks", NULL, "Working days are counted forwards only.");
        return NULL;
    }
    if (!expect(p, "before") || !(kid = moment_simple(p, false))) return NULL;
    m = moment_of(p, MOMENT_BEFORE, from, &kid, 1);
    m->span = span;
    return m;
}

bool moment_lies_ahead(const Moment *m)
{
    bool entry = m->kind == MOMENT_FIRST || m->kind == MOMENT_LATEST || m->kind == MOMENT_ITS;

    if (m->kind == MOMENT_BEFORE || (entry && m->field->flags & FIELD_AHEAD)) return true;
    for (size_t i = 0; i < m->n; i++)
        if (moment_lies_ahead(m->kids[i])) return true;
    return false;
}

static Moment *moment_inner(Parser *p, size_t from, bool done)
{
    CaseListId list;
    size_t eaten;

    if (mark(p, '(')) {
        Moment *inner = parse_moment(p, done);
        if (!inner) return NULL;
        if (mark(p, ')')) return inner;
        hint_phrase(p, ")");
        unexpected(p, NULL);
        return NULL;
    }
    if (here(p)->kind == TOKEN_NUMBER) return moment_before(p, from);
    if (is(p, "later")) return moment_several(p, from, MOMENT_LATER, done);
    if (is(p, "earlier")) return moment_several(p, from, MOMENT_EARLIER, done);
    if (is(p, "its")) return moment_its(p, from);
    if (is(p, "duty")) return moment_duty(p, from);
    if (accept_quietly(p, "first")) return moment_entry(p, MOMENT_FIRST, from);
    if (is(p, "latest")) {
        bool role;
        p->pos++;
        role = selector_starts(p) &&
               !(noun_list(&p->tokens[p->pos], &list, &eaten) && str_eq(ahead(p, eaten)->text, "of"));
        if (role) return moment_entry(p, MOMENT_LATEST, from);
        p->pos = from;
        return moment_became(p, from);
    }
    if (value_starts(p)) return moment_became(p, from);
    if (selector_starts(p)) {
        if (done) return moment_entry(p, MOMENT_FIRST, from);
        problem(
            p, here_src(p), NULL, NULL, "Say which one: \"first %s\" or \"latest %s\".", here(p)->text, here(p)->text);
        return NULL;
    }
    return moment_symbol(p, from);
}

static Moment *moment_simple(Parser *p, bool done)
{
    Moment *m;

    if (!deeper(p)) return NULL;
    m = moment_inner(p, p->pos, done);
    shallower(p);
    return m;
}

static Moment *moment_if(Parser *p, size_t from, Moment *m)
{
    const Cond *c;
    Moment *out;

    if (!accept_quietly(p, "if")) return m;
    if (!(c = parse_simple_cond(p))) return NULL;
    out = moment_of(p, MOMENT_IF, from, &m, 1);
    out->cond = c;
    return out;
}

Moment *parse_moment(Parser *p, bool done)
{
    size_t from = p->pos;
    Moment *kids[2] = { moment_simple(p, done) };

    if (!kids[0] || !(kids[0] = moment_if(p, from, kids[0]))) return NULL;
    if (ahead(p, 0)->kind == TOKEN_MARK && *ahead(p, 0)->text == ',' && str_eq(ahead(p, 1)->text, "else")) p->pos++;
    if (!accept_quietly(p, "else")) return kids[0];
    if (!deeper(p)) return NULL;
    kids[1] = parse_moment(p, done);
    shallower(p);
    return kids[1] ? moment_of(p, MOMENT_ELSE, from, kids, 2) : NULL;
}

/* ---- clocks ---- */

typedef struct Unit {
    const char *one, *many;
    ClockKind kind;
    int each; /* seconds, or days */
    int most;
} Unit;

static const Unit units[] = {
    { "minute", "minutes", CLOCK_SECONDS, MINUTE, 20000 },
    { "hour", "hours", CLOCK_SECONDS, HOUR, 20000 },
    { "day", "days", CLOCK_DAYS, 1, 20000 },
    { "week", "weeks", CLOCK_DAYS, 7, 2000 },
};

static bool parse_number(Parser *p, int most, int *out)
{
    const Token *t = here(p);

    if (t->kind != TOKEN_NUMBER) {
        hint_phrase(p, "a number");
        return unexpected(p, NULL);
    }
    *out = t->n <= 6 ? atoi(t->text) : 1000000;
    if (*out < 1 || *out > most) return problem(p, here_src(p), NULL, NULL, "A time here is from 1 to %d.", most);
    p->pos++;
    return true;
}

bool parse_span(Parser *p, Clock *out)
{
    size_t from = p->pos;
    int n = 0;

    if (!parse_number(p, 20000, &n)) return false;
    hint_word(p, "working");
    if (accept_quietly(p, "working")) {
        if (!accept(p, "day") && !expect(p, "days")) return false;
        *out = (Clock){ .kind = CLOCK_WORKING, .n = n };
        return n <= 1000 || problem(p, src_of(p, from, p->pos), NULL, NULL, "At most 1000 working days.");
    }
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        hint_word(p, units[i].many);
        if (!accept_quietly(p, units[i].one) && !accept_quietly(p, units[i].many)) continue;
        *out = (Clock){ .kind = units[i].kind, .n = n * units[i].each };
        return true;
    }
    hint_phrase(p, "minutes, hours, days, weeks or working days");
    return unexpected(p, NULL);
}

bool parse_time_of_day(Parser *p, int *out)
{
    int hour = 0, minute = 0;

    if (here(p)->kind != TOKEN_CLOCK) return unexpected(p, NULL);
    sscanf(here(p)->text, "%d:%d", &hour, &minute);
    if (hour > 23 || minute > 59 || strlen(here(p)->text) > 5)
        return problem(p, here_src(p), "00:00 to 23:59", NULL, "There is no such time of day.");
    p->pos++;
    *out = hour * 60 + minute;
    return true;
}

static bool clock_at(Parser *p, Clock *out, bool opens)
{
    int minutes = 0;

    accept_quietly(p, "next");
    if (!opens && accept_quietly(p, "end")) {
        *out = (Clock){ .kind = CLOCK_END_OF_DAY };
        return expect(p, "of") && expect(p, "day");
    }
    if (here(p)->kind != TOKEN_CLOCK) hint_phrase(p, opens ? "a time of day such as 09:00" : "a time of day such as 12:00, or end of day");
    if (!parse_time_of_day(p, &minutes)) return false;
    *out = (Clock){ .kind = CLOCK_AT, .n = minutes };
    return true;
}

/* , or MOMENT if that is earlier · , or MOMENT if that lies between */
static bool clock_cap(Parser *p, Clock *out)
{
    mark(p, ',');
    if (!accept(p, "or")) return at_end(p) || expect_end(p);
    if (!(out->cap = moment_simple(p, false))) return false;
    if (!expect(p, "if") || !expect(p, "that")) return false;
    if (accept(p, "is")) {
        out->cap_kind = CAP_EARLIER;
        return expect(p, "earlier");
    }
    out->cap_kind = CAP_BETWEEN;
    return expect(p, "lies") && expect(p, "between");
}

/* its due · 7 days before its review */
static bool clock_said(Parser *p, Clock *out)
{
    out->kind = CLOCK_MOMENT;
    out->at = moment_simple(p, false);
    return out->at != NULL;
}

bool parse_clock(Parser *p, Clock *out, bool opens)
{
    size_t from = p->pos;
    bool ok;

    if (accept(p, "after"))
        ok = parse_span(p, out);
    else if (accept(p, "at"))
        ok = clock_at(p, out, opens);
    else if (is(p, "its") || here(p)->kind == TOKEN_NUMBER)
        ok = clock_said(p, out);
    else {
        if (p->each != LIST_COUNT) hint_phrase(p, arena_printf(p->arena, "its, and a time of the %s", noun_of(p->each)));
        return unexpected(p, NULL);
    }
    if (!ok || (!opens && !clock_cap(p, out))) return false;
    out->src = src_of(p, from, p->pos);
    return expect_end(p);
}
