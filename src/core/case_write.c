/* case_write.c — a case document to canonical JSON, by the rows of the catalogue.
** One case has one text: keys in the order of interchange §1, what is absent left out, times in Z. Written by hand and
** not through jansson: export writes many, and the text needs no tree. */
#include "case_parts.h"

#include "base/str.h"
#include "base/utf8.h"

#include <string.h>

/* ---- texts ---- */

static void add_escape(Str *out, unsigned char c)
{
    switch (c) {
    case '"': str_add(out, "\\\""); break;
    case '\\': str_add(out, "\\\\"); break;
    case '\n': str_add(out, "\\n"); break;
    case '\t': str_add(out, "\\t"); break;
    case '\r': str_add(out, "\\r"); break;
    default: str_addf(out, "\\u%04x", c); break;
    }
}

static void add_hex(Str *out, uint32_t cp)
{
    if (cp < 0x10000)
        str_addf(out, "\\u%04x", cp);
    else
        str_addf(out, "\\u%04x\\u%04x", 0xd800 + ((cp - 0x10000) >> 10), 0xdc00 + ((cp - 0x10000) & 0x3ff));
}

/* What could deceive whoever looks at the file with other eyes than ours leaves as its number. `quoting`: a text that
** is to become JSON; else JSON already, in which such signs stand inside texts only. */
static void add_safe(Str *out, const char *s, bool quoting)
{
    const char *from = s, *end = s + strlen(s);
    size_t len;

    for (; s < end; s += len) {
        unsigned char c = (unsigned char)*s;
        uint32_t cp = c;
        len = 1;
        if (c < 0x7f && (!quoting || (c >= 0x20 && c != '"' && c != '\\'))) continue;
        if (c >= 0x7f) cp = utf8_decode(s, (size_t)(end - s), &len);
        if (c >= 0x7f && (cp == UTF8_BAD || !utf8_is_hostile(cp))) continue;
        str_add_n(out, from, (size_t)(s - from));
        if (c < 0x7f)
            add_escape(out, c);
        else
            add_hex(out, cp);
        from = s + len;
    }
    str_add_n(out, from, (size_t)(s - from));
}

static void add_text(Str *out, const char *s)
{
    str_add_char(out, '"');
    add_safe(out, s, true);
    str_add_char(out, '"');
}

/* ---- members of an object ---- */

static void add_key(Str *out, const char *key, size_t n)
{
    char last = out->s[out->n - 1];

    if (last != '{') str_add_char(out, ',');
    str_add_char(out, '"');
    str_add_n(out, key, n);
    str_add(out, "\":");
}

/* "a,b" as ["a","b"]: words need no escape. */
static void add_codes(Str *out, const char *codes)
{
    const char *p = codes;

    str_add_char(out, '[');
    while (*p) {
        size_t n = strcspn(p, ",");
        str_addf(out, "%s\"%.*s\"", p == codes ? "" : ",", (int)n, p);
        p += n + (p[n] == ',');
    }
    str_add_char(out, ']');
}

static void add_value(Str *out, const CaseField *f, const void *item, const Vocabs *v)
{
    const void *at = case_in(f, item);
    char text[CIVIL_TEXT];

    switch (f->kind) {
    case FIELD_TIME: add_text(out, civil_format_time(*(const Time *)at, text)); break;
    case FIELD_DATE: add_text(out, civil_format_date(*(const Date *)at, text)); break;
    case FIELD_CODE: add_text(out, vocab_word(v, f->vocab, *(const Code *)at)); break;
    case FIELD_CODES: add_codes(out, *(const char *const *)at); break;
    case FIELD_YES: str_add(out, *(const bool *)at ? "true" : "false"); break;
    case FIELD_JSON:
    case FIELD_ANSWERS: add_safe(out, *(const char *const *)at, false); break;
    default: add_text(out, *(const char *const *)at); break;
    }
}

/* Rows of one prefix stand together; the nested object opens at the first that is there and closes after the last. */
static void add_fields(Str *out, const CaseField *fields, size_t n, const void *item, const Vocabs *v)
{
    const char *open = NULL;
    size_t open_n = 0;

    for (size_t i = 0; i < n; i++) {
        const CaseField *f = &fields[i];
        const char *dot = strchr(f->path, '.');
        size_t prefix = dot ? (size_t)(dot - f->path) : 0;

        if (case_field_absent(f, item)) continue;
        if (open && (prefix != open_n || strncmp(f->path, open, open_n) != 0)) {
            str_add_char(out, '}');
            open = NULL;
        }
        if (dot && !open) {
            add_key(out, f->path, prefix);
            str_add_char(out, '{');
            open = f->path, open_n = prefix;
        }
        add_key(out, dot ? dot + 1 : f->path, strlen(dot ? dot + 1 : f->path));
        add_value(out, f, item, v);
    }
    if (open) str_add_char(out, '}');
}

/* ---- lists ---- */

static void add_list(Str *out, const void *holder, CaseListId list, const Vocabs *v)
{
    const CaseList *l = &case_lists[list];
    size_t n;
    const char *items = case_items_in(holder, list, &n);

    if (n == 0) return;
    add_key(out, l->name, strlen(l->name));
    str_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        const void *item = items + i * l->item_size;
        str_add(out, i ? ",{" : "{");
        add_fields(out, l->fields, l->n_fields, item, v);
        if (list == LIST_PEOPLE) add_list(out, item, LIST_STATUS, v);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
}

static void add_consent(Str *out, const CaseDoc *doc, const Vocabs *v)
{
    if (doc->n_consent == 0) return;
    add_key(out, "consent", strlen("consent"));
    str_add_char(out, '{');
    for (size_t i = 0; i < doc->n_consent; i++) {
        if (i > 0) str_add_char(out, ',');
        add_text(out, doc->consent[i].to);
        str_add_char(out, ':');
        add_text(out, vocab_word(v, VOCAB_CONSENT, doc->consent[i].answer));
    }
    str_add_char(out, '}');
}

void case_write(const CaseDoc *doc, const Vocabs *v, Str *out)
{
    str_add(out, "{\"format\":\"book124.case/1\"");
    for (size_t i = 0; i < case_n_parts; i++) {
        const CasePart *part = &case_parts[i];
        if (part->kind == PART_SCALARS) {
            add_fields(out, case_scalars + part->first, part->last - part->first, doc, v);
            continue;
        }
        for (unsigned list = part->first; list < part->last; list++) {
            if (list == LIST_CONSENT)
                add_consent(out, doc, v);
            else
                add_list(out, doc, list, v);
        }
    }
    str_add_char(out, '}');
}
