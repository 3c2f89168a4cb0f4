/* case_value.c — one value: from a text, to the text of a file, and to words for people.
** A sentence from here says what is wrong with the value; whoever knows the place puts the path or label in front. */
#include "case_parts.h"

#include "base/utf8.h"

#include <string.h>

/* ---- from a text ---- */

/* Times and dates are short; what is longer is none, and its beginning is enough to say so. */
enum { STAMP = 48 };
static const char *stamp(const char *text, size_t n, char out[STAMP])
{
    size_t take = n < STAMP - 1 ? n : STAMP - 1;

    memcpy(out, text, take);
    out[take] = '\0';
    return out;
}

static bool set_time(Time *at, const char *text, size_t n, Err *err)
{
    char s[STAMP];

    return civil_parse_time(stamp(text, n, s), at, err);
}

static bool set_date(Date *at, const char *text, size_t n, Err *err)
{
    char s[STAMP];

    return civil_parse_date(stamp(text, n, s), at, err);
}

static bool set_code(Code *at, VocabId vocab, const char *text, size_t n, const Vocabs *v, Err *err)
{
    *at = vocab_code_n(v, vocab, text, n);
    return *at != CODE_NONE || case_not_a_word(vocab, text, n, v, err);
}

/* "b,a" as "a,b": each word of the vocabulary once, in its order, so that one choice has one text. */
static bool set_codes(const char **at, VocabId vocab, const char *text, size_t n, const Vocabs *v, Arena *a, Err *err)
{
    bool said[VOCAB_WORDS_MAX + 1] = { false };
    Str out = { 0 };

    for (size_t i = 0; i <= n;) {
        const char *comma = memchr(text + i, ',', n - i);
        size_t word = comma ? (size_t)(comma - text) - i : n - i;
        Code code = CODE_NONE;
        if (!set_code(&code, vocab, text + i, word, v, err)) return false;
        said[code] = true;
        i += word + 1;
    }
    for (Code c = 1; c <= v->of[vocab].n; c++)
        if (said[c]) str_addf(&out, "%s%s", out.n ? "," : "", vocab_word(v, vocab, c));
    *at = arena_dup(a, str_text(&out));
    str_finish(&out);
    return true;
}

static bool set_yes(bool *at, const char *text, size_t n, Err *err)
{
    bool yes = (n == 4 && memcmp(text, "true", 4) == 0) || (n == 3 && memcmp(text, "yes", 3) == 0);
    bool no = (n == 5 && memcmp(text, "false", 5) == 0) || (n == 2 && memcmp(text, "no", 2) == 0);

    if (!yes && !no) return err_set(err, ERR_INVALID, "", "Write yes or no.");
    *at = yes;
    return true;
}

static bool refuse_unknown(void *with, const char *factor, const char *key)
{
    char quoted[CASE_QUOTE];

    return err_set(
        with, ERR_INVALID, "", "\"%s\" is neither \"answer\" nor \"context\".", case_quote(key, strlen(key), quoted));
}

static bool set_answers(json_t *answers, const Vocabs *v, Err *err)
{
    AnswerFault f = { 0 };
    char quoted[CASE_QUOTE];

    if (case_answers_check(answers, v, refuse_unknown, err, &f)) return true;
    if (!f.factor) return false;
    return err_set(err, ERR_INVALID, "", "%s%s%s: %s", case_quote(f.factor, strlen(f.factor), quoted), f.key ? "." : "",
        f.key ? f.key : "", f.text);
}

static bool set_json(
    const CaseField *f, const char **at, const char *text, size_t n, const Vocabs *v, Arena *a, Err *err)
{
    json_t *object = case_json_shallow(text, n, err) ? case_json_load(text, n, 0, err) : NULL;
    bool ok = object != NULL;

    if (ok && !json_is_object(object))
        ok = err_set(err, ERR_INVALID, "", "This must be an object, not %s.", case_json_word(object));
    if (ok && f->kind == FIELD_ANSWERS) ok = set_answers(object, v, err);
    if (ok) ok = (*at = case_json_canonical(object, a, err)) != NULL;
    json_decref(object);
    return ok;
}

bool case_value_set(const CaseField *f, void *item, const char *text, size_t n, const Vocabs *v, Arena *a, Err *err)
{
    void *at = case_at(f, item);

    switch (f->kind) {
    case FIELD_TIME: return set_time(at, text, n, err);
    case FIELD_DATE: return set_date(at, text, n, err);
    case FIELD_CODE: return set_code(at, f->vocab, text, n, v, err);
    case FIELD_CODES: return set_codes(at, f->vocab, text, n, v, a, err);
    case FIELD_YES: return set_yes(at, text, n, err);
    case FIELD_JSON:
    case FIELD_ANSWERS: return set_json(f, at, text, n, v, a, err);
    default:
        if (!case_text_fits(f->kind, text, n, err)) return false;
        *(const char **)at = arena_dup_n(a, text, n);
        return true;
    }
}

static void set_absent(const CaseField *f, void *item)
{
    void *at = case_at(f, item);

    switch (f->kind) {
    case FIELD_TIME: *(Time *)at = TIME_NONE; break;
    case FIELD_DATE: *(Date *)at = DATE_NONE; break;
    case FIELD_CODE: *(Code *)at = CODE_NONE; break;
    case FIELD_YES: *(bool *)at = false; break;
    default: *(const char **)at = NULL; break;
    }
}

bool case_field_set(const CaseField *f, void *item, const char *text, const Vocabs *v, Arena *a, Err *err)
{
    Err why = { 0 };
    size_t n = text ? strlen(text) : 0, bad;

    if (n == 0) {
        set_absent(f, item);
        return true;
    }
    if (!utf8_valid(text, n, &bad))
        return err_set(
            err, ERR_INVALID, f->column, "%s: This text is broken at byte %zu (not UTF-8).", f->label, bad + 1);
    if (case_value_set(f, item, text, n, v, a, &why)) return true;
    return err_set(err, ERR_INVALID, f->column, "%s: %s", f->label, why.text);
}

/* ---- to a text ---- */

const char *case_field_text(const CaseField *f, const void *item, const Vocabs *v, Arena *a)
{
    const void *at = case_in(f, item);
    char text[CIVIL_TEXT];

    if (case_field_absent(f, item)) return NULL;
    switch (f->kind) {
    case FIELD_TIME: return arena_dup(a, civil_format_time(*(const Time *)at, text));
    case FIELD_DATE: return arena_dup(a, civil_format_date(*(const Date *)at, text));
    case FIELD_CODE: return vocab_word(v, f->vocab, *(const Code *)at);
    case FIELD_YES: return *(const bool *)at ? "true" : "false";
    default: return *(const char *const *)at;
    }
}

/* ---- to words ---- */

/* "separation: Yes (left in January)", a line for each factor. */
static const char *answers_words(const char *json, const Vocabs *v, Arena *a)
{
    json_t *answers = case_json_load(json, strlen(json), 0, NULL);
    const char *factor, *words;
    json_t *value;
    Str out = { 0 };

    json_object_foreach(answers, factor, value)
    {
        const char *answer = json_string_value(json_object_get(value, "answer"));
        const char *context = json_string_value(json_object_get(value, "context"));
        const char *label = vocab_label(v, VOCAB_ANSWER, vocab_code(v, VOCAB_ANSWER, answer));
        if (out.n > 0) str_add_char(&out, '\n');
        str_addf(&out, "%s: %s", factor, *label ? label : answer ? answer : "");
        if (context && *context) str_addf(&out, " (%s)", context);
    }
    words = arena_dup(a, str_text(&out));
    str_finish(&out);
    json_decref(answers);
    return words;
}

/* "Risk grade not reasoned; Cannot be read": labels hold commas. */
static const char *codes_words(VocabId vocab, const char *codes, const Vocabs *v, Arena *a)
{
    const char *words;
    Str out = { 0 };

    for (const char *p = codes; *p; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        str_addf(&out, "%s%s", out.n ? "; " : "", vocab_label(v, vocab, vocab_code_n(v, vocab, p, n)));
        p += n;
    }
    words = arena_dup(a, str_text(&out));
    str_finish(&out);
    return words;
}

const char *case_field_words(const CaseField *f, const void *item, const Vocabs *v, Arena *a)
{
    const void *at = case_in(f, item);
    char text[CIVIL_TEXT];

    if (case_field_absent(f, item)) return "";
    switch (f->kind) {
    case FIELD_TIME: return arena_dup(a, civil_words_full(*(const Time *)at, text));
    case FIELD_DATE: return arena_dup(a, civil_words_date(*(const Date *)at, text));
    case FIELD_CODE: return vocab_label(v, f->vocab, *(const Code *)at);
    case FIELD_CODES: return codes_words(f->vocab, *(const char *const *)at, v, a);
    case FIELD_YES: return *(const bool *)at ? "yes" : "no";
    case FIELD_ANSWERS: return answers_words(*(const char *const *)at, v, a);
    default: return *(const char *const *)at;
    }
}
