/* form_answer.c — one answer: from what was typed to the one spelling of its kind, and back to words for people.
** A row of the table for each kind. The same verbs look at answers that came from elsewhere: what its kind's reader makes
** of a stored text must be that text again. Nothing is put that cannot be read back; what is refused has a sentence that
** shows how it is written. */
#include "form.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "core/body.h"

#include <stdio.h>
#include <string.h>

typedef struct Typed { /* what a reader of a kind is given */
    const FormSpec *form;
    const Policy *policy;
    const FormQuestion *q;
    const char *s; /* without blanks at its ends; never empty */
    Time now;
    Arena *arena;
    const char **warning;
    Err *err;
} Typed;

static bool refuse(const Typed *t, const char *sentence)
{
    return err_set(t->err, ERR_INVALID, t->q->name, "%s: %s", t->q->label, sentence);
}

/* ---- texts ---- */

static size_t characters(const char *s)
{
    size_t n = 0;

    for (; *s; s++) n += (*s & 0xC0) != 0x80;
    return n;
}

/* What a text of the case may hold, a text of a form may hold: the catalogue's own check. */
static bool text_holds(const Typed *t, FieldKind kind, size_t limit)
{
    const CaseField as = { .kind = kind, .column = t->q->name, .label = t->q->label };
    const char *held = NULL;

    if (limit && characters(t->s) > limit)
        return err_set(t->err, ERR_INVALID, t->q->name, "%s: This has %zu characters, where %zu are allowed.",
            t->q->label, characters(t->s), limit);
    return case_field_set(&as, &held, t->s, &t->form->vocabs, t->arena, t->err);
}

static bool read_text(const Typed *t, const char **out)
{
    *out = t->s;
    return text_holds(t, FIELD_TEXT, t->q->limit);
}

static bool read_account(const Typed *t, const char **out)
{
    *out = t->s;
    return text_holds(t, FIELD_LONG, t->q->limit);
}

/* ---- times ---- */

/* The case takes no fact that lies ahead. */
static bool not_ahead(const Typed *t, bool ahead)
{
    const FormFact *fact = &t->q->fact;

    if (!ahead || (fact->list == LIST_COUNT && !fact->column)) return true;
    return refuse(t, "This is in the future; write down what has happened.");
}

static bool read_date(const Typed *t, const char **out)
{
    char text[CIVIL_TEXT];
    Date d;
    Err err = { 0 };

    if (!civil_parse_typed_date(t->s, t->now, &d, &err)) return refuse(t, err.text);
    *out = arena_dup(t->arena, civil_format_date(d, text));
    return not_ahead(t, d > civil_local_date(t->now));
}

static bool read_moment(const Typed *t, const char **out)
{
    char text[CIVIL_TEXT];
    Time at;
    Err err = { 0 };

    if (!civil_parse_typed(t->s, t->now, &at, &err)) return refuse(t, err.text);
    *out = arena_dup(t->arena, civil_format_time(at, text));
    return not_ahead(t, at > t->now);
}

/* A clock on some day that has every hour. */
static bool read_time(const Typed *t, const char **out)
{
    const Time noon = 1265025600; /* 2010-02-01T12:00:00Z */
    char typed[40];
    Time at;
    Civil c;

    if (strlen(t->s) > 8 || strpbrk(t->s, " \t,TtZz") ||
        (snprintf(typed, sizeof typed, "2010-02-01 %s", t->s), !civil_parse_typed(typed, noon, &at, NULL)))
        return refuse(t, "This is not a time of day. Write it like 2310 or 23:10.");
    c = civil_local(at);
    *out = arena_printf(t->arena, "%02d:%02d", c.hour, c.minute);
    return true;
}

/* ---- choices ---- */

static bool same_folded(const char *a, const char *b, size_t n)
{
    char *x = utf8_fold(a), *part = mem_grow(NULL, n + 1, 1), *y;
    bool same;

    memcpy(part, b, n);
    part[n] = '\0';
    y = utf8_fold(part);
    same = x && y && str_eq(x, y);
    mem_free(x);
    mem_free(y);
    mem_free(part);
    return same;
}

/* The choice that s[0..n) names by its code, its place on the list or its label. */
static const FormChoiceWord *choice_of(const FormQuestion *q, const char *s, size_t n)
{
    for (size_t i = 0; i < q->n_choices; i++)
        if (strlen(q->choices[i].code) == n && memcmp(q->choices[i].code, s, n) == 0) return &q->choices[i];
    for (size_t i = 0; i < q->n_choices; i++)
        if (same_folded(q->choices[i].words, s, n) || same_folded(q->choices[i].code, s, n)) return &q->choices[i];
    return NULL;
}

static bool no_choice(const Typed *t, const char *s, size_t n)
{
    char *safe = utf8_make_safe(s, n < 60 ? utf8_clip(s, n, 60, NULL) : utf8_clip(s, n, 60, NULL), false, false);
    Str list = { 0 };

    for (size_t i = 0; i < t->q->n_choices && list.n < 300; i++)
        str_addf(&list, "%s%s", i == 0 ? "" : i + 1 == t->q->n_choices ? " or " : ", ", t->q->choices[i].code);
    err_set(
        t->err, ERR_INVALID, t->q->name, "%s: \"%s\" is none of the choices: %s.", t->q->label, safe, str_text(&list));
    str_finish(&list);
    mem_free(safe);
    return false;
}

static bool read_choice(const Typed *t, const char **out)
{
    const FormChoiceWord *w = choice_of(t->q, t->s, strlen(t->s));

    if (!w) return no_choice(t, t->s, strlen(t->s));
    *out = w->code;
    return true;
}

/* "y" and "n" are what one types on paper in a hurry. */
static bool read_yes(const Typed *t, const char **out)
{
    bool yes = str_eq(t->s, "y") || str_eq(t->s, "Y"), no = str_eq(t->s, "n") || str_eq(t->s, "N");

    if (!yes && !no) return read_choice(t, out);
    *out = yes ? "yes" : "no";
    return true;
}

/* In the order of the choices, each once, so that the same answer has the same text. */
static bool read_several(const Typed *t, const char **out)
{
    bool chosen[FORM_CHOICES + VOCAB_WORDS_MAX] = { false };
    Str list = { 0 };
    size_t n;

    for (const char *s = t->s; *s; s += n + (s[n] == ',')) {
        const FormChoiceWord *w;
        size_t m;
        s += strspn(s, " \t");
        n = strcspn(s, ",");
        for (m = n; m > 0 && (s[m - 1] == ' ' || s[m - 1] == '\t');) m--;
        if (m == 0) continue;
        if (!(w = choice_of(t->q, s, m))) return no_choice(t, s, m);
        chosen[w - t->q->choices] = true;
    }
    for (size_t i = 0; i < t->q->n_choices; i++)
        if (chosen[i]) str_addf(&list, "%s%s", list.n ? "," : "", t->q->choices[i].code);
    *out = arena_dup(t->arena, str_text(&list));
    str_finish(&list);
    return true;
}

/* ---- numbers ---- */

static bool read_number(const Typed *t, const char **out)
{
    size_t n = strspn(t->s, "0123456789"), zeros = strspn(t->s, "0");

    if (t->s[n] || n - zeros > 9) return refuse(t, "This is a number: digits only, such as 12.");
    *out = zeros == n ? "0" : t->s + zeros;
    return true;
}

static bool read_system(const Typed *t, const char *system, const char **out)
{
    char normal[64], sentence[240];
    RefVerdict verdict;

    if (strlen(t->s) >= sizeof normal) return refuse(t, "A number like this has at most 63 characters.");
    verdict = policy_reference(t->policy, system, t->s, normal, sentence);
    if (verdict == REF_REFUSED) return refuse(t, sentence);
    if (verdict == REF_WARN) *t->warning = arena_dup(t->arena, sentence);
    *out = arena_dup(t->arena, verdict == REF_WARN ? t->s : normal);
    return true;
}

static bool read_reference(const Typed *t, const char **out)
{
    return text_holds(t, FIELD_TEXT, 0) && read_system(t, t->q->system, out);
}

static bool read_officer(const Typed *t, const char **out)
{
    return text_holds(t, FIELD_OFFICER, 0) && read_system(t, "warrant", out);
}

/* ---- places and telephones ---- */

/* Every run of blanks one blank; an address may be typed over several lines, which commas then part. */
static bool read_address(const Typed *t, const char **out)
{
    Str s = { 0 };
    Typed one = *t;

    for (const char *c = t->s; *c; c++) {
        bool line = *c == '\n' || *c == '\r', blank = line || *c == ' ' || *c == '\t';
        if (!blank)
            str_add_char(&s, *c);
        else if (s.n > 0 && line && s.s[s.n - 1] != ' ' && s.s[s.n - 1] != ',')
            str_add(&s, ", ");
        else if (s.n > 0 && s.s[s.n - 1] != ' ')
            str_add_char(&s, ' ');
    }
    one.s = *out = arena_dup(t->arena, str_text(&s));
    if (s.s) crypto_wipe(s.s, s.n);
    str_finish(&s);
    return text_holds(&one, FIELD_TEXT, t->q->limit);
}

static bool uk_number(const char *digits, size_t n, bool plus)
{
    if (plus) return strncmp(digits, "44", 2) != 0 || n == 12 || n == 11;
    return digits[0] == '0' && (n == 10 || n == 11);
}

static bool read_telephone(const Typed *t, const char **out)
{
    char digits[24], text[40];
    size_t n = 0, m = 0;
    bool plus = *t->s == '+';

    for (const char *c = t->s + plus; *c; c++) {
        bool blank = *c == ' ' || *c == '\t' || *c == '-' || *c == '(' || *c == ')' || *c == '.';
        if ((!blank && (*c < '0' || *c > '9')) || n + 2 >= sizeof digits || m + 3 >= sizeof text)
            return refuse(t, "This is not a telephone number. Write digits and spaces, such as 020 7946 0123.");
        if (!blank) digits[n++] = *c;
        if (!blank)
            text[m++] = *c;
        else if (m > 0 && text[m - 1] != ' ')
            text[m++] = ' ';
    }
    while (m > 0 && text[m - 1] == ' ') m--;
    digits[n] = text[m] = '\0';
    if (n < 3) return refuse(t, "A telephone number has at least three digits.");
    if (!uk_number(digits, n, plus))
        *t->warning = "This does not look like a telephone number of this country; it is kept as it was typed.";
    *out = arena_printf(t->arena, "%s%s", plus ? "+" : "", text);
    return true;
}

/* ---- the body map ---- */

static bool read_body(const Typed *t, const char **out)
{
    size_t n;
    const BodyRegion *r = body_regions(&n);

    for (size_t i = 0; i < n; i++) {
        if (!same_folded(r[i].code, t->s, strlen(t->s)) && !same_folded(r[i].words, t->s, strlen(t->s))) continue;
        *out = r[i].code;
        return true;
    }
    return refuse(t, "This is no part of the body map. Write it like front-left-forearm, or choose it on the picture.");
}

/* ---- all kinds ---- */

static bool (*const readers[ASK_KINDS])(const Typed *t, const char **out) = {
    [ASK_TEXT] = read_text,
    [ASK_ACCOUNT] = read_account,
    [ASK_DATE] = read_date,
    [ASK_TIME] = read_time,
    [ASK_MOMENT] = read_moment,
    [ASK_CHOICE] = read_choice,
    [ASK_SEVERAL] = read_several,
    [ASK_ANSWER] = read_yes,
    [ASK_NUMBER] = read_number,
    [ASK_REFERENCE] = read_reference,
    [ASK_PERSON] = read_text,
    [ASK_OFFICER] = read_officer,
    [ASK_ADDRESS] = read_address,
    [ASK_TELEPHONE] = read_telephone,
    [ASK_BODY] = read_body,
};

/* Blanks and line ends around what was typed are none of it. */
static const char *trimmed(const char *s, Arena *arena)
{
    size_t n;

    s += strspn(s, " \t\r\n");
    for (n = strlen(s); n > 0 && strchr(" \t\r\n", s[n - 1]);) n--;
    return arena_dup_n(arena, s, n);
}

bool form_normal(const FormSpec *f, const Policy *p, const FormQuestion *q, const char *typed, Time now, Arena *arena,
    const char **out, const char **warning, Err *err)
{
    Typed t = { f, p, q, typed, now, arena, warning, err };
    size_t bad;

    if (!typed) typed = "";
    if (!utf8_valid(typed, strlen(typed), &bad))
        return err_set(
            err, ERR_INVALID, q->name, "%s: This text is broken at byte %zu (not UTF-8).", q->label, bad + 1);
    t.s = trimmed(typed, arena);
    *out = "";
    return !*t.s || readers[q->kind](&t, out);
}

bool form_answer(const FormSpec *f, const Policy *p, Answers *a, const char *path, const char *typed, Time now,
    Arena *arena, const char **warning, Err *err)
{
    const FormQuestion *q = form_question(f, path);
    const char *value, *said = NULL;
    bool put;

    if (warning) *warning = NULL;
    if (!q) return err_set(err, ERR_MISSING, "", "The form has no question of this name.");
    if (!form_normal(f, p, q, typed, now, arena, &value, &said, err)) return false;
    put = q->kind == ASK_SEVERAL ? answers_put_list(a, path, value) : answers_put(a, path, value);
    if (!put) return err_set(err, ERR_BUG, q->name, "%s: This answer could not be kept.", q->label);
    if (warning) *warning = said;
    return true;
}

/* ---- words for people ---- */

static const char *choice_words(const FormQuestion *q, const char *value, Arena *arena)
{
    Str out = { 0 };
    const char *text;

    for (size_t n; *value; value += n + (value[n] == ',')) {
        const char *words = NULL;
        n = strcspn(value, ",");
        for (size_t i = 0; i < q->n_choices && !words; i++)
            if (strlen(q->choices[i].code) == n && memcmp(q->choices[i].code, value, n) == 0)
                words = q->choices[i].words;
        if (out.n) str_add(&out, ", ");
        if (words)
            str_add(&out, words);
        else
            str_add_n(&out, value, n);
    }
    text = arena_dup(arena, str_text(&out));
    str_finish(&out);
    return text;
}

const char *form_words(const FormSpec *f, const FormQuestion *q, const char *value, Arena *arena)
{
    char text[CIVIL_TEXT];
    const BodyRegion *region;
    Time at;
    Date d;

    switch (q->kind) {
    case ASK_CHOICE:
    case ASK_SEVERAL:
    case ASK_ANSWER: return choice_words(q, value, arena);
    case ASK_DATE: return civil_parse_date(value, &d, NULL) ? arena_dup(arena, civil_words_date(d, text)) : value;
    case ASK_MOMENT: return civil_parse_time(value, &at, NULL) ? arena_dup(arena, civil_words_full(at, text)) : value;
    case ASK_BODY: region = body_region(value); return region ? region->words : value;
    default: return value;
    }
}
