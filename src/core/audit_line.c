/* audit_line.c — an entry of the log as a line of JSON, and back: what sealed months are made of.
** Keys in one order, no blanks, so that the same entry is the same bytes. Whether the entry is the one that was written says
** its hash, not this: here only the shape counts. */
#include "core/audit.h"

#include "base/str.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct TextField {
    const char *name;
    size_t at; /* of the const char * in AuditEntry */
} TextField;

static const TextField texts[] = {
    { "who", offsetof(AuditEntry, who) },
    { "terminal", offsetof(AuditEntry, terminal) },
    { "act", offsetof(AuditEntry, act) },
    { "case", offsetof(AuditEntry, case_id) },
    { "detail", offsetof(AuditEntry, detail) },
};
enum { TEXTS = sizeof texts / sizeof texts[0], KEYS = TEXTS + 4 };

static const char **text_at(AuditEntry *e, size_t i)
{
    return (const char **)(void *)((char *)e + texts[i].at);
}

/* ---- writing ---- */

static json_t *text_value(const char *s)
{
    json_t *value = json_string(s ? s : "");
    char *hex;

    if (value) return value;
    hex = malloc(2 * strlen(s) + 1);
    value = hex ? json_pack("{s:s}", "hex", crypto_hex((const uint8_t *)s, strlen(s), hex)) : NULL;
    free(hex);
    return value;
}

void audit_line_write(const AuditEntry *e, Str *out)
{
    AuditEntry copy = *e;
    char hex[HASH_HEX];
    json_t *line = json_object();
    char *text;

    json_object_set_new(line, "seq", json_integer(e->seq));
    json_object_set_new(line, "at", json_integer(e->at));
    json_object_set_new(line, "kind", json_string(audit_kind_word(e->kind)));
    for (size_t i = 0; i < TEXTS; i++) json_object_set_new(line, texts[i].name, text_value(*text_at(&copy, i)));
    json_object_set_new(line, "hash", json_string(crypto_hex(e->hash, HASH_BYTES, hex)));
    text = json_dumps(line, JSON_COMPACT);
    str_add(out, text);
    free(text);
    json_decref(line);
}

/* ---- reading ---- */

static const char *text_of(const json_t *value, Arena *a)
{
    const char *hex = json_string_value(json_object_get(value, "hex"));
    char *bytes;
    size_t n;

    if (json_is_string(value)) return arena_dup(a, json_string_value(value));
    if (!hex || json_object_size(value) != 1) return NULL;
    n = strlen(hex) / 2;
    bytes = arena_alloc(a, n + 1);
    bytes[n] = '\0';
    return crypto_unhex(hex, (uint8_t *)bytes, n) && strlen(bytes) == n ? bytes : NULL;
}

static bool fill(const json_t *line, Arena *a, AuditEntry *out)
{
    const char *kind = json_string_value(json_object_get(line, "kind"));

    if (json_object_size(line) != KEYS || !json_is_integer(json_object_get(line, "seq")) ||
        !json_is_integer(json_object_get(line, "at")) || !kind || !audit_kind_by_word(kind, &out->kind))
        return false;
    out->seq = json_integer_value(json_object_get(line, "seq"));
    out->at = json_integer_value(json_object_get(line, "at"));
    for (size_t i = 0; i < TEXTS; i++) {
        const json_t *value = json_object_get(line, texts[i].name);
        if (!value || !(*text_at(out, i) = text_of(value, a))) return false;
    }
    return crypto_unhex(json_string_value(json_object_get(line, "hash")), out->hash, HASH_BYTES);
}

bool audit_line_read(const char *text, size_t n, Arena *a, AuditEntry *out, Err *err)
{
    json_t *line = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
    bool ok = line && fill(line, a, out);

    json_decref(line);
    return ok || err_set(err, ERR_CORRUPT, "", "It is not an entry of a log.");
}
