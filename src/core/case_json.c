/* case_json.c — jansson in one place: loading with our limits and sentences, the canonical text, risk answers.
** Depth is counted before anything is parsed, so that no nesting can reach the stack. Canonical is: keys sorted, no
** spaces; the same object has the same bytes on every machine. */
#include "case_parts.h"

#include <stdio.h>
#include <string.h>

/* ---- loading ---- */

/* Behind the closing quote of the text that begins at p, or the end. */
static const char *text_end(const char *p, const char *end)
{
    for (p++; p < end && *p != '"'; p++)
        if (*p == '\\') p++;
    return p;
}

bool case_json_shallow(const char *json, size_t n, Err *err)
{
    const char *end = json + n, *nul = memchr(json, '\0', n);
    int depth = 0;

    if (nul)
        return err_set(err, ERR_INVALID, "", "This is not good JSON: there is a NUL byte in it (byte %zu).",
            (size_t)(nul - json) + 1);
    for (const char *p = json; p < end; p++) {
        if (*p == '"')
            p = text_end(p, end);
        else if (*p == '}' || *p == ']')
            depth--;
        else if ((*p == '{' || *p == '[') && ++depth > CASE_JSON_DEPTH)
            return err_set(err, ERR_INVALID, "", "The JSON is nested more than %d deep.", CASE_JSON_DEPTH);
    }
    return true;
}

static const char *load_fault(const json_error_t *e)
{
    switch (json_error_code(e)) {
    case json_error_premature_end_of_input: return "it ends too early";
    case json_error_end_of_input_expected: return "something follows its end";
    case json_error_invalid_utf8: return "a text is not UTF-8";
    case json_error_null_character:
    case json_error_null_byte_in_key: return "a text holds a NUL character";
    case json_error_duplicate_key: return "a key is given twice";
    case json_error_numeric_overflow: return "a number is too large";
    default: return "a sign is missing or does not belong there";
    }
}

json_t *case_json_load(const char *json, size_t n, size_t offset, Err *err)
{
    json_error_t e;
    json_t *value = json_loadb(json, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);

    if (!value)
        err_set(
            err, ERR_INVALID, "", "This is not good JSON: %s (byte %zu).", load_fault(&e), offset + (size_t)e.position);
    return value;
}

const char *case_json_word(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "a list";
    case JSON_STRING: return "a text";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_TRUE:
    case JSON_FALSE: return "true or false";
    default: return "null";
    }
}

/* ---- canonical text ---- */

const char *case_json_canonical(const json_t *object, Arena *a, Err *err)
{
    const size_t flags = JSON_COMPACT | JSON_SORT_KEYS;
    char small[512], *text = small;
    size_t n = json_dumpb(object, small, sizeof small, flags);

    if (n > CASE_ANSWERS_MAX) {
        err_set(
            err, ERR_INVALID, "", "The answers are too long: %zu bytes, where %d are allowed.", n, CASE_ANSWERS_MAX);
        return NULL;
    }
    if (n <= sizeof small) return arena_dup_n(a, small, n);
    text = arena_alloc(a, n + 1);
    json_dumpb(object, text, n, flags);
    text[n] = '\0';
    return text;
}

/* ---- risk answers ---- */

static bool fault(AnswerFault *out, const char *factor, const char *key, const char *sentence)
{
    out->factor = factor;
    out->key = key;
    snprintf(out->text, sizeof out->text, "%s", sentence);
    return false;
}

/* The text of "answer" or "context". */
static bool part_holds(const char *key, json_t *value, const Vocabs *v, Err *err)
{
    const char *text = json_string_value(value);

    if (!text) return err_set(err, ERR_INVALID, "", "This must be a text, not %s.", case_json_word(value));
    if (strcmp(key, "context") == 0) return case_text_fits(FIELD_LONG, text, strlen(text), err);
    return vocab_code(v, VOCAB_ANSWER, text) != CODE_NONE || case_not_a_word(VOCAB_ANSWER, text, strlen(text), v, err);
}

static bool answer_holds(
    const char *factor, json_t *answer, const Vocabs *v, UnknownAnswer *unknown, void *with, AnswerFault *out)
{
    const char *key;
    json_t *value;
    void *next;
    Err err;

    json_object_foreach_safe(answer, next, key, value)
    {
        bool known = strcmp(key, "answer") == 0 || strcmp(key, "context") == 0;
        if (!known && !unknown(with, factor, key)) return false;
        if (!known || json_is_null(value))
            json_object_del(answer, key);
        else if (!part_holds(key, value, v, &err))
            return fault(out, factor, key, err.text);
    }
    return json_object_get(answer, "answer") != NULL || fault(out, factor, "answer", "This is missing.");
}

static bool factor_holds(
    const char *factor, json_t *answer, const Vocabs *v, UnknownAnswer *unknown, void *with, AnswerFault *out)
{
    char sentence[120];
    Err err;

    if (!*factor) return fault(out, factor, NULL, "A factor has a name.");
    if (!case_text_fits(FIELD_TEXT, factor, strlen(factor), &err)) return fault(out, factor, NULL, err.text);
    if (json_is_object(answer)) return answer_holds(factor, answer, v, unknown, with, out);
    snprintf(sentence, sizeof sentence, "This must be an object {\"answer\": …, \"context\": …}, not %s.",
        case_json_word(answer));
    return fault(out, factor, NULL, sentence);
}

bool case_answers_check(json_t *answers, const Vocabs *v, UnknownAnswer *unknown, void *with, AnswerFault *out)
{
    const char *factor;
    json_t *value;
    void *next;

    json_object_foreach_safe(answers, next, factor, value)
    {
        if (json_is_null(value))
            json_object_del(answers, factor);
        else if (!factor_holds(factor, value, v, unknown, with, out))
            return false;
    }
    return true;
}
