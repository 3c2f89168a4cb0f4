/* case_json.c — jansson in one place: loading with our limits and sentences, the canonical text, risk answers.
** Depth is counted before anything is parsed, so that no nesting can reach the stack. Canonical is: keys sorted, no
** spaces; the same object has the same bytes on every machine. */
#include "case_parts.h"

#include <stdio.h>
#include <string.h>

/* ---- loading ---- */

bool case_json_shallow(const char *json, size_t n)
{
    int depth = 0;

    for (const char *p = json, *end = json + n; p < end; p++) {
        if (*p == '"') {
            for (p++; p < end && *p != '"'; p++)
                if (*p == '\\') p++;
        } else if (*p == '{' || *p == '[') {
            if (++depth > CASE_JSON_DEPTH) return false;
        } else if (*p == '}' || *p == ']') {
            depth--;
        }
    }
    return true;
}

static const char *load_fault(const json_error_t *e)
{
    switch (json_error_code(e)) {
    case json_error_premature_end_of_input: return "it ends too early";
    case json_error_end_of_input_expected:  return "something follows its end";
    case json_error_invalid_utf8:           return "a text is not UTF-8";
    case json_error_null_character:
    case json_error_null_byte_in_key:       return "a text holds a NUL character";
    case json_error_duplicate_key:          return "a key is given twice";
    case json_error_numeric_overflow:       return "a number is too large";
    default:                                return "a sign is missing or does not belong there";
    }
}

json_t *case_json_load(const char *json, size_t n, Err *err)
{
    json_error_t e;
    json_t *value;

    if (!case_json_shallow(json, n)) {
        err_set(err, ERR_INVALID, "", "The JSON is nested more than %d deep.", CASE_JSON_DEPTH);
        return NULL;
    }
    value = json_loadb(json, n, JSON_REJECT_DUPLICATES, &e);
    if (!value) err_set(err, ERR_INVALID, "", "This is not good JSON: %s (byte %d).", load_fault(&e), e.position);
    return value;
}

const char *case_json_word(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:  return "an object";
    case JSON_ARRAY:   return "a list";
    case JSON_STRING:  return "a text";
    case JSON_INTEGER:
    case JSON_REAL:    return "a number";
    case JSON_TRUE:
    case JSON_FALSE:   return "true or false";
    default:           return "null";
    }
}

/* ---- canonical text ---- */

const char *case_json_canonical(const json_t *object, Arena *a, Err *err)
{
    const size_t flags = JSON_COMPACT | JSON_SORT_KEYS;
    char small[512], *text = small;
    size_t n = json_dumpb(object, small, sizeof small, flags);

    if (n > CASE_ANSWERS_MAX) {
        err_set(err, ERR_INVALID, "", "The answers are too long: %zu bytes, where %d are allowed.", n, CASE_ANSWERS_MAX);
        return NULL;
    }
    if (n <= sizeof small) return arena_dup_n(a, small, n);
    text = arena_alloc(a, n + 1);
    json_dumpb(object, text, n, flags);
    text[n] = '\0';
    return text;
}

/* ---- risk answers ---- */

static bool text_of_answer(const char *key, json_t *value, const Vocabs *v, Err *err)
{
    char quoted[CASE_QUOTE];
    Str choices = { 0 };

    if (!json_is_string(value)) return err_set(err, ERR_INVALID, "", "This must be a text, not %s.", case_json_word(value));
    if (strcmp(key, "context") == 0)
        return case_text_fits(FIELD_LONG, json_string_value(value), json_string_length(value), err);
    if (vocab_code_n(v, VOCAB_ANSWER, json_string_value(value), json_string_length(value)) != CODE_NONE) return true;
    vocab_list(v, VOCAB_ANSWER, &choices);
    err_set(err, ERR_INVALID, "", "\"%s\" is not one of %s.",
        case_quote(json_string_value(value), json_string_length(value), quoted), str_text(&choices));
    str_finish(&choices);
    return false;
}

static bool answer_check(const char *factor, json_t *answer, const Vocabs *v, char path[CASE_QUOTE], Err *err)
{
    char quoted[CASE_QUOTE];
    const char *key;
    json_t *value;
    void *next;

    snprintf(path, CASE_QUOTE, "%.80s", case_quote(factor, strlen(factor), quoted));
    if (!case_text_fits(FIELD_TEXT, factor, strlen(factor), err)) return false;
    if (!json_is_object(answer))
        return err_set(err, ERR_INVALID, "", "This must be an object {\"answer\": …, \"context\": …}, not %s.", case_json_word(answer));
    json_object_foreach_safe(answer, next, key, value)
    {
        snprintf(path, CASE_QUOTE, "%.80s.%.40s", case_quote(factor, strlen(factor), quoted), key);
        if (json_is_null(value)) {
            json_object_del(answer, key);
            continue;
        }
        if (strcmp(key, "answer") != 0 && strcmp(key, "context") != 0) {
            snprintf(path, CASE_QUOTE, "%.80s", case_quote(factor, strlen(factor), quoted));
            return err_set(err, ERR_INVALID, "", "Only \"answer\" and \"context\" belong here, not \"%s\".",
                case_quote(key, strlen(key), quoted));
        }
        if (!text_of_answer(key, value, v, err)) return false;
    }
    snprintf(path, CASE_QUOTE, "%.80s.answer", case_quote(factor, strlen(factor), quoted));
    if (!json_object_get(answer, "answer")) return err_set(err, ERR_INVALID, "", "The answer is missing.");
    return true;
}

bool case_answers_check(json_t *answers, const Vocabs *v, char path[CASE_QUOTE], Err *err)
{
    const char *factor;
    json_t *value;
    void *next;

    json_object_foreach_safe(answers, next, factor, value)
    {
        if (json_is_null(value))
            json_object_del(answers, factor);
        else if (!answer_check(factor, value, v, path, err))
            return false;
    }
    return true;
}
