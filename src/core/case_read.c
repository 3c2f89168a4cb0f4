/* case_read.c — a case document from JSON, by the rows of the catalogue.
** One walk in document order, so that the first fault of a file is the first one told. Faults name their path; whoever
** reads a file of cases puts file and line in front. Beyond the catalogue there are three things: the format, the
** status list inside a person, and consent, a map {to: answer}. */
#include "case_parts.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

static const char format_word[] = "book124.case/1";

typedef struct Reader {
    const Vocabs *v;
    Arena *a;
    CaseWarnings *warnings;
    Err *err;
} Reader;

/* Where we are: a chain up the stack, spelled out only for a fault. */
typedef struct Where {
    const struct Where *up;
    const char *key; /* NULL for an item of a list */
    size_t index;
} Where;

/* ---- faults ---- */

static void path_add(const Where *w, Str *out)
{
    char quoted[CASE_QUOTE];

    if (!w) return;
    path_add(w->up, out);
    if (!w->key)
        str_addf(out, "[%zu]", w->index);
    else
        str_addf(out, "%s%s", out->n ? "." : "", case_quote(w->key, strlen(w->key), quoted));
}

/* Put the path in front of the sentence that r->err holds. */
static bool fault_here(Reader *r, const Where *w)
{
    Str path = { 0 };
    Err e = *r->err;

    path_add(w, &path);
    err_set(r->err, ERR_INVALID, str_text(&path), "%s%s%s", str_text(&path), path.n ? ": " : "", e.text);
    str_finish(&path);
    return false;
}

static bool wrong_type(Reader *r, const Where *w, const char *wanted, const json_t *value)
{
    err_set(r->err, ERR_INVALID, "", "This must be %s, not %s.", wanted, case_json_word(value));
    return fault_here(r, w);
}

/* Kept as far as it fits, never half a character. */
static void warn(CaseWarnings *to, const char *sentence)
{
    size_t n = strlen(sentence), room = sizeof to->text[0] - 1;

    if (to->n < ARRAY_LEN(to->text)) {
        if (n > room)
            for (n = room; (sentence[n] & 0xC0) == 0x80;) n--;
        memcpy(to->text[to->n], sentence, n);
        to->text[to->n][n] = '\0';
    }
    to->n++;
}

/* An unknown key: a fault, or with lenient reading a warning. `known` are the keys that could be meant. */
static bool unknown_key(Reader *r, const Where *w, const char *const *known, size_t n_known)
{
    const char *near = str_nearest(w->key, known, n_known);
    Err *err = r->err, e = { 0 };

    err_set(&e, ERR_INVALID, "", "unknown key%s%s%s.", near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
    r->err = &e;
    fault_here(r, w);
    r->err = err;
    if (!r->warnings) {
        if (err) *err = e;
        return false;
    }
    warn(r->warnings, e.text);
    return true;
}

/* ---- one value ---- */

static const char *wanted_type(FieldKind kind)
{
    switch (kind) {
    case FIELD_TIME: return "a time such as \"2010-02-01T22:14:00Z\"";
    case FIELD_DATE: return "a date such as \"1980-03-04\"";
    case FIELD_YES:  return "true or false";
    case FIELD_JSON:
    case FIELD_ANSWERS: return "an object";
    default:         return "a text";
    }
}

static bool read_answers(Reader *r, const CaseField *f, void *item, json_t *value, const Where *w)
{
    char path[CASE_QUOTE] = "";
    Where inner = { .up = w, .key = path };
    const char **at = case_at(f, item);

    if (!json_is_object(value)) return wrong_type(r, w, wanted_type(f->kind), value);
    if (f->kind == FIELD_ANSWERS && !case_answers_check(value, r->v, path, r->err)) return fault_here(r, &inner);
    *at = case_json_canonical(value, r->a, r->err);
    return *at || fault_here(r, w);
}

static bool read_value(Reader *r, const CaseField *f, void *item, json_t *value, const Where *w)
{
    if (json_is_null(value)) return true;
    if (f->kind == FIELD_JSON || f->kind == FIELD_ANSWERS) return read_answers(r, f, item, value, w);
    if (f->kind == FIELD_YES) {
        if (!json_is_boolean(value)) return wrong_type(r, w, wanted_type(f->kind), value);
        *(bool *)case_at(f, item) = json_is_true(value);
        return true;
    }
    if (!json_is_string(value)) return wrong_type(r, w, wanted_type(f->kind), value);
    return case_value_set(f, item, json_string_value(value), json_string_length(value), r->v, r->a, r->err)
        || fault_here(r, w);
}

/* ---- an object by its rows ---- */

typedef struct Rows {
    const CaseField *fields;
    size_t n;
    const char *inside; /* "cad" while reading the object of that name, else NULL */
    size_t inside_n;
} Rows;

/* The part of a path that is a key here: "number" of "cad.number" inside "cad"; NULL when the row is not of this object. */
static const char *key_here(const Rows *rows, const CaseField *f)
{
    if (!rows->inside) return f->path;
    if (strncmp(f->path, rows->inside, rows->inside_n) != 0 || f->path[rows->inside_n] != '.') return NULL;
    return f->path + rows->inside_n + 1;
}

static const CaseField *row_of(const Rows *rows, const char *key)
{
    for (size_t i = 0; i < rows->n; i++) {
        const char *here = key_here(rows, &rows->fields[i]);
        if (here && here[0] == key[0] && strcmp(here, key) == 0) return &rows->fields[i];
    }
    return NULL;
}

/* True when some row's path begins with "key.". */
static bool is_group(const Rows *rows, const char *key, size_t n)
{
    for (size_t i = 0; !rows->inside && i < rows->n; i++)
        if (strncmp(rows->fields[i].path, key, n) == 0 && rows->fields[i].path[n] == '.') return true;
    return false;
}

/* What an object holds beyond its rows. */
typedef bool Extra(Reader *r, void *item, const char *key, json_t *value, const Where *w, bool *known);
enum { KEYS_MAX = 48, KEY_BYTES = 32 };

/* The keys that could stand here: of the rows, and the extra ones. */
static bool refuse_key(Reader *r, const Rows *rows, const char *const *extra, size_t n_extra, const Where *w)
{
    const char *known[KEYS_MAX];
    char groups[KEYS_MAX][KEY_BYTES];
    size_t n = 0;

    for (size_t i = 0; i < rows->n && n < KEYS_MAX; i++) {
        const char *here = key_here(rows, &rows->fields[i]), *dot = here ? strchr(here, '.') : NULL;
        if (dot) snprintf(groups[n], KEY_BYTES, "%.*s", (int)(dot - here), here);
        if (here) known[n] = dot ? groups[n] : here, n++;
    }
    for (size_t i = 0; i < n_extra && n < KEYS_MAX; i++) known[n++] = extra[i];
    return unknown_key(r, w, known, n);
}

static bool read_group(Reader *r, const Rows *rows, const char *key, void *item, json_t *value, const Where *w);

static bool read_object(Reader *r, const Rows *rows, void *item, json_t *object, const Where *up, Extra *extra,
    const char *const *extra_keys, size_t n_extra)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        Where w = { .up = up, .key = key };
        const CaseField *f = row_of(rows, key);
        bool known = false, ok = true;

        if (f)
            ok = read_value(r, f, item, value, &w);
        else if (is_group(rows, key, strlen(key)))
            ok = read_group(r, rows, key, item, value, &w);
        else if (extra && !extra(r, item, key, value, &w, &known))
            ok = false;
        else if (!known)
            ok = refuse_key(r, rows, extra_keys, n_extra, &w);
        if (!ok) return false;
    }
    return true;
}

static bool read_group(Reader *r, const Rows *rows, const char *key, void *item, json_t *value, const Where *w)
{
    Rows inner = { rows->fields, rows->n, key, strlen(key) };

    if (json_is_null(value)) return true;
    if (!json_is_object(value)) return wrong_type(r, w, "an object", value);
    return read_object(r, &inner, item, value, w, NULL, NULL, 0);
}

/* ---- lists ---- */

static Extra person_extra;
static const char *const person_keys[] = { "status" };

static bool read_list(Reader *r, void *holder, CaseListId list, json_t *value, const Where *up)
{
    const CaseList *l = &case_lists[list];
    Rows rows = { l->fields, l->n_fields, NULL, 0 };
    size_t n = json_array_size(value);
    bool people = list == LIST_PEOPLE;
    char *items;

    if (json_is_null(value)) return true;
    if (!json_is_array(value)) return wrong_type(r, up, "a list", value);
    if (n > CASE_ENTRIES_MAX) {
        err_set(r->err, ERR_INVALID, "", "This list holds %zu entries, where %d are allowed.", n, CASE_ENTRIES_MAX);
        return fault_here(r, up);
    }
    items = case_items_new(holder, list, n, r->a);
    for (size_t i = 0; i < n; i++) {
        Where w = { .up = up, .index = i };
        json_t *item = json_array_get(value, i);
        if (!json_is_object(item)) return wrong_type(r, &w, "an object", item);
        if (!read_object(r, &rows, items + i * l->item_size, item, &w, people ? person_extra : NULL, person_keys, people))
            return false;
    }
    return true;
}

static bool person_extra(Reader *r, void *item, const char *key, json_t *value, const Where *w, bool *known)
{
    *known = strcmp(key, "status") == 0;
    return !*known || read_list(r, item, LIST_STATUS, value, w);
}

/* {"victim-support": "given"}: an agency with null has not been asked about. */
static bool read_consent(Reader *r, CaseDoc *doc, json_t *value, const Where *up)
{
    const CaseField *to = &case_lists[LIST_CONSENT].fields[0], *answer = &case_lists[LIST_CONSENT].fields[1];
    const char *key;
    json_t *said;
    Consent *items;
    size_t n = 0;

    if (json_is_null(value)) return true;
    if (!json_is_object(value)) return wrong_type(r, up, "an object {agency: answer}", value);
    if (json_object_size(value) > CASE_ENTRIES_MAX) return wrong_type(r, up, "a shorter object", value);
    items = case_items_new(doc, LIST_CONSENT, json_object_size(value), r->a);
    json_object_foreach(value, key, said)
    {
        Where w = { .up = up, .key = key };
        if (json_is_null(said)) continue;
        if (!case_value_set(to, &items[n], key, strlen(key), r->v, r->a, r->err)) return fault_here(r, &w);
        if (!read_value(r, answer, &items[n], said, &w)) return false;
        n++;
    }
    doc->n_consent = n;
    return true;
}

/* ---- the document ---- */

static bool read_format(Reader *r, json_t *value, const Where *w)
{
    if (json_is_string(value) && strcmp(json_string_value(value), format_word) == 0) return true;
    err_set(r->err, ERR_INVALID, "", "This must be \"%s\".", format_word);
    return fault_here(r, w);
}

static CaseListId list_of(const char *key)
{
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        if (key[0] == case_lists[list].name[0] && strcmp(key, case_lists[list].name) == 0) return list;
    return LIST_COUNT;
}

static bool doc_extra(Reader *r, void *item, const char *key, json_t *value, const Where *w, bool *known)
{
    CaseListId list = list_of(key);

    *known = true;
    if (list == LIST_CONSENT) return read_consent(r, item, value, w);
    if (list != LIST_COUNT) return read_list(r, item, list, value, w);
    if (strcmp(key, "format") == 0) return read_format(r, value, w);
    *known = false;
    return true;
}

static bool read_doc(Reader *r, json_t *root, CaseDoc *out)
{
    Rows rows = { case_scalars, case_n_scalars, NULL, 0 };
    const char *keys[LIST_STATUS + 1];

    if (!json_is_object(root)) return wrong_type(r, NULL, "a case, an object {…}", root);
    if (!json_object_get(root, "format")) return read_format(r, NULL, &(Where) { .key = "format" });
    for (CaseListId list = 0; list < LIST_STATUS; list++) keys[list] = case_lists[list].name;
    keys[LIST_STATUS] = "format";
    return read_object(r, &rows, out, root, NULL, doc_extra, keys, LIST_STATUS + 1);
}

bool case_read(const char *json, size_t n, const Vocabs *v, Time now, Arena *a, CaseDoc *out, CaseWarnings *warnings, Err *err)
{
    Err own = { 0 };
    Reader r = { v, a, warnings, err ? err : &own };
    json_t *root;
    bool ok;

    case_init(out);
    if (warnings) warnings->n = 0;
    root = case_json_load(json, n, r.err);
    if (!root) return false;
    ok = read_doc(&r, root, out) && case_check(out, v, now, r.err);
    json_decref(root);
    if (ok) case_sort(out);
    return ok;
}
