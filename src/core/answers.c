/* answers.c — a filled-in form in memory: one JSON object that is looked into by paths.
** A value is a text, a list of texts (several choices) or a list of rows; whatever else a foreign document holds stays
** where it is and is only seen when all is written or walked. Nothing is tidied while answers change: the row that a
** screen stands in must not vanish because it is empty; what is empty is left out when the canonical form is made
** (answers_walk.c). Texts about people are wiped when they go. */
#include "answers_parts.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- made and ended ---- */

Answers *answers_new(void)
{
    Answers *a = mem_new(sizeof *a);

    a->root = json_object();
    if (!a->root) mem_exhausted();
    a->list = mem_new(sizeof *a->list);
    return a;
}

/* jansson frees what it made without wiping it; the bytes of a text are its own until then. */
void answers_wipe(json_t *value)
{
    const char *key;
    json_t *inner;
    size_t i;

    if (json_is_string(value)) {
        crypto_wipe((void *)(uintptr_t)json_string_value(value), json_string_length(value));
    } else if (json_is_object(value)) {
        json_object_foreach(value, key, inner) answers_wipe(inner);
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, inner) answers_wipe(inner);
    }
}

static void wipe_list(Answers *a)
{
    if (a->list->cap) crypto_wipe(a->list->s, a->list->cap);
    str_clear(a->list);
}

void answers_free(Answers **a)
{
    if (!a || !*a) return;
    answers_wipe((*a)->root);
    json_decref((*a)->root);
    wipe_list(*a);
    str_finish((*a)->list);
    mem_free((*a)->list);
    mem_free(*a);
    *a = NULL;
}

Answers *answers_copy(const Answers *a)
{
    Answers *copy = answers_new();

    json_decref(copy->root);
    copy->root = json_deep_copy(a->root);
    if (!copy->root) mem_exhausted();
    return copy;
}

Answers *answers_read(const char *json, size_t n, Err *err)
{
    Answers *a;
    json_t *root;

    if (!json || n == 0) return answers_new();
    if (n > CASE_ANSWERS_MAX) {
        err_set(
            err, ERR_INVALID, "", "The answers are too long: %zu bytes, where %d are allowed.", n, CASE_ANSWERS_MAX);
        return NULL;
    }
    if (!case_json_shallow(json, n, err) || !(root = case_json_load(json, n, 0, err))) return NULL;
    if (!json_is_object(root)) {
        err_set(err, ERR_INVALID, "", "Answers must be an object, not %s.", case_json_word(root));
        json_decref(root);
        return NULL;
    }
    a = answers_new();
    json_decref(a->root);
    a->root = root;
    return a;
}

/* ---- paths ---- */

char *answers_path(char out[ANSWERS_PATH], const char *group, size_t row, const char *name)
{
    snprintf(out, ANSWERS_PATH, "%s[%zu].%s", group, row, name);
    return out;
}

/* "[12]." with a row that a group can have, written the one way; what follows it, or NULL. */
static const char *row_of(const char *s, size_t *row)
{
    size_t digits = 0;

    for (*row = 0, s++; s[digits] >= '0' && s[digits] <= '9' && digits < 4; digits++)
        *row = *row * 10 + (size_t)(s[digits] - '0');
    if (digits == 0 || (digits > 1 && *s == '0') || *row >= ANSWERS_ROWS) return NULL;
    return s[digits] == ']' && s[digits + 1] == '.' ? s + digits + 2 : NULL;
}

bool answers_path_split(const char *path, char group[ANSWERS_PATH], size_t *row, char name[ANSWERS_PATH])
{
    const char *bracket = strchr(path, '['), *rest = bracket && bracket > path ? row_of(bracket, row) : NULL;
    bool in_row = rest && *rest && !strpbrk(rest, "[]") && strlen(path) < ANSWERS_PATH;

    group[0] = '\0';
    if (in_row) snprintf(group, ANSWERS_PATH, "%.*s", (int)(bracket - path), path);
    snprintf(name, ANSWERS_PATH, "%s", in_row ? rest : path);
    if (!in_row) *row = 0;
    return in_row;
}

/* A path that can be written to: of some length, and with brackets only where a row is meant. */
static bool path_parse(const char *path, Place *out)
{
    size_t bad;

    if (!path || !*path || strlen(path) >= ANSWERS_PATH || !utf8_valid(path, strlen(path), &bad)) return false;
    out->in_row = answers_path_split(path, out->group, &out->row, out->name);
    return out->in_row || !strpbrk(path, "[]");
}

/* ---- reading one ---- */

static bool all_are(const json_t *list, json_type type)
{
    json_t *value;
    size_t i;

    json_array_foreach(list, i, value) if (json_typeof(value) != type) return false;
    return true;
}

AnswerSort answers_sort(const json_t *value)
{
    if (json_is_string(value)) return SORT_TEXT;
    if (!json_is_array(value)) return SORT_FOREIGN;
    if (all_are(value, JSON_STRING)) return SORT_LIST;
    return all_are(value, JSON_OBJECT) ? SORT_ROWS : SORT_FOREIGN;
}

static json_t *rows_of(const Answers *a, const char *group)
{
    json_t *rows = json_object_get(a->root, group);

    return rows && answers_sort(rows) == SORT_ROWS ? rows : NULL;
}

void answers_join(const json_t *list, Str *out)
{
    json_t *value;
    size_t i;

    json_array_foreach(list, i, value)
    {
        if (!*json_string_value(value)) continue;
        if (out->n > 0) str_add_char(out, ',');
        str_add(out, json_string_value(value));
    }
}

const char *answers_get(const Answers *a, const char *path)
{
    Place at;
    json_t *value;

    if (!path_parse(path, &at)) return "";
    value = json_object_get(at.in_row ? json_array_get(rows_of(a, at.group), at.row) : a->root, at.name);
    if (!value) return "";
    if (answers_sort(value) == SORT_TEXT) return json_string_value(value);
    if (answers_sort(value) != SORT_LIST) return "";
    str_clear(a->list);
    answers_join(value, a->list);
    return str_text(a->list);
}

/* ---- rows ---- */

size_t answers_rows(const Answers *a, const char *group)
{
    return json_array_size(rows_of(a, group));
}

/* The rows of a group; a foreign value of that name makes room for them. */
static json_t *rows_made(Answers *a, const char *group)
{
    json_t *rows = rows_of(a, group);

    if (rows) return rows;
    rows = json_array();
    if (json_object_set_new(a->root, group, rows) != 0) return NULL;
    return rows;
}

static bool row_put(json_t *rows, size_t i)
{
    if (json_array_size(rows) >= ANSWERS_ROWS) return false;
    if (json_array_insert_new(rows, i, json_object()) != 0) mem_exhausted();
    return true;
}

bool answers_row_add(Answers *a, const char *group)
{
    json_t *rows = rows_made(a, group);

    return rows && row_put(rows, json_array_size(rows));
}

void answers_row_insert(Answers *a, const char *group, size_t i)
{
    json_t *rows = rows_made(a, group);

    if (!rows) return;
    row_put(rows, i < json_array_size(rows) ? i : json_array_size(rows));
}

void answers_row_drop(Answers *a, const char *group, size_t i)
{
    json_t *rows = rows_of(a, group);

    if (i >= json_array_size(rows)) return;
    answers_wipe(json_array_get(rows, i));
    json_array_remove(rows, i);
}

bool answers_row_empty(const Answers *a, const char *group, size_t i)
{
    const char *key;
    json_t *value, *row = json_array_get(rows_of(a, group), i);

    json_object_foreach(row, key, value) if (!answers_nothing(value)) return false;
    return true;
}

/* ---- changing one ---- */

/* Where a path is written: the object itself, or its row, made with those before it. */
static json_t *holder(Answers *a, const Place *at)
{
    json_t *rows;

    if (!at->in_row) return a->root;
    if (!(rows = rows_made(a, at->group))) return NULL;
    while (json_array_size(rows) <= at->row && row_put(rows, json_array_size(rows))) {}
    return json_array_get(rows, at->row);
}

static void take_away(Answers *a, const Place *at)
{
    json_t *in = at->in_row ? json_array_get(rows_of(a, at->group), at->row) : a->root;

    answers_wipe(json_object_get(in, at->name));
    json_object_del(in, at->name);
}

/* Takes over `value`. */
static bool put(Answers *a, const char *path, json_t *value)
{
    Place at;
    json_t *in;
    bool ok = value && path_parse(path, &at) && (in = holder(a, &at)) != NULL;

    wipe_list(a);
    if (!ok) {
        json_decref(value);
        return false;
    }
    answers_wipe(json_object_get(in, at.name));
    return json_object_set_new(in, at.name, value) == 0;
}

static bool clear(Answers *a, const char *path)
{
    Place at;

    if (!path_parse(path, &at)) return false;
    wipe_list(a);
    take_away(a, &at);
    return true;
}

bool answers_put(Answers *a, const char *path, const char *text)
{
    json_t *value;

    if (!text || !*text) return clear(a, path);
    value = json_string(text); /* before the old one is wiped: `text` may be it; NULL when it is not UTF-8 */
    return put(a, path, value);
}

bool answers_put_list(Answers *a, const char *path, const char *codes)
{
    json_t *list = json_array();
    size_t n;

    for (const char *s = codes ? codes : ""; *s; s += n + (s[n] == ',')) {
        n = strcspn(s, ",");
        if (n > 0 && json_array_append_new(list, json_stringn(s, n)) != 0) {
            json_decref(list);
            return false;
        }
    }
    if (json_array_size(list) > 0) return put(a, path, list);
    json_decref(list);
    return clear(a, path);
}
