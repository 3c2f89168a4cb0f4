/* case_text.c — what a text in a case may hold, and how a foreign text may stand in a sentence.
** Texts are kept exactly as given; only length and controls are looked at. Bidi and zero-width characters stay: names
** and accounts may need them, and every face makes them visible. */
#include "case_parts.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

typedef struct TextRule {
    size_t max;
    bool lines;
} TextRule;

static TextRule rule_of(FieldKind kind)
{
    switch (kind) {
    case FIELD_LONG: return (TextRule){ CASE_LONG_MAX, true };
    case FIELD_OFFICER:
    case FIELD_PERSON: return (TextRule){ CASE_NAME_MAX, false };
    default: return (TextRule){ CASE_TEXT_MAX, false };
    }
}

/* Line breaks beyond ASCII: NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR; and the rest of C1. */
static bool breaks_line(const unsigned char *s, size_t left)
{
    if (left >= 2 && s[0] == 0xC2 && s[1] >= 0x80 && s[1] <= 0x9F) return true;
    return left >= 3 && s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9);
}

static bool control_refused(unsigned char c, bool lines, Err *err)
{
    if (!lines && (c == '\n' || c == '\r'))
        return err_set(err, ERR_INVALID, "", "This is one line; it cannot hold a line break.");
    return err_set(err, ERR_INVALID, "", "A control character (byte %02X) cannot stand in a text.", c);
}

bool case_text_fits(FieldKind kind, const char *s, size_t n, Err *err)
{
    TextRule rule = rule_of(kind);
    size_t characters = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x20 && c < 0x7F) {
            characters++;
        } else if (c >= 0x80) {
            characters += (c & 0xC0) != 0x80;
            if (!rule.lines && breaks_line((const unsigned char *)s + i, n - i))
                return err_set(
                    err, ERR_INVALID, "", "This is one line; it cannot hold a line break or control character.");
        } else if (rule.lines && (c == '\n' || c == '\t' || c == '\r')) {
            characters++;
        } else {
            return control_refused(c, rule.lines, err);
        }
    }
    if (characters > rule.max)
        return err_set(err, ERR_INVALID, "", "This text is too long: %zu characters, where %zu are allowed.",
            characters, rule.max);
    return true;
}

const char *case_quote(const char *s, size_t n, char out[CASE_QUOTE])
{
    enum { COLUMNS = 40 };
    char head[CASE_QUOTE] = "";
    size_t take = n < CASE_QUOTE - 1 ? n : CASE_QUOTE - 1, fits;
    char *safe;
    int used;

    memcpy(head, s, take);
    safe = utf8_make_safe(head, take, false, false);
    fits = utf8_clip(safe, strlen(safe), COLUMNS, &used);
    if (fits > CASE_QUOTE - 4) fits = 0; /* a heap of marks on one letter */
    snprintf(out, CASE_QUOTE, "%.*s%s", (int)fits, safe, safe[fits] || take < n ? "\u2026" : "");
    mem_free(safe);
    return out;
}

bool case_not_a_word(VocabId vocab, const char *word, size_t n, const Vocabs *v, Err *err)
{
    char quoted[CASE_QUOTE];
    Str choices = { 0 };

    vocab_list(v, vocab, &choices);
    err_set(err, ERR_INVALID, "", "\"%s\" is not one of %s.", case_quote(word, n, quoted), str_text(&choices));
    str_finish(&choices);
    return false;
}
