/* lex.c — a policy file as tokens.
** It cannot fail: what it does not know becomes a token that no rule accepts, so that the parser says where and why
** in one way. Lines and indentation are kept, because they decide where a clause ends. */
#include "lex.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

enum { TAB = 8 };

typedef struct Lexer {
    const char *s;
    size_t n, at;
    int line, indent;
    bool fresh;  /* no token of this line yet      */
    bool margin; /* nothing but blanks of it yet   */
    Arena *arena;
    Token *tokens;
    size_t count, cap;
} Lexer;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Any byte of a character beyond ASCII may stand in a word: names are the checker's business. */
static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static char peek(const Lexer *l, size_t ahead)
{
    return l->at + ahead < l->n ? l->s[l->at + ahead] : '\0';
}

static void add(Lexer *l, TokenKind kind, size_t from, size_t text, size_t text_n)
{
    l->tokens = mem_room(l->tokens, l->count, &l->cap, sizeof *l->tokens);
    l->tokens[l->count++] = (Token){ .kind = kind,
        .at = (uint32_t)from,
        .n = (uint32_t)(l->at - from),
        .line = l->line,
        .indent = l->indent,
        .first = l->fresh,
        .text = arena_dup_n(l->arena, l->s + text, text_n) };
    l->fresh = false;
}

/* ---- words and numbers ---- */

/* "09:00" and "2010-02-01": digits where the pattern has 9, else the same character. */
static bool looks_like(const char *s, size_t n, const char *pattern)
{
    if (n != strlen(pattern)) return false;
    for (size_t i = 0; i < n; i++)
        if (pattern[i] == '9' ? !is_digit(s[i]) : s[i] != pattern[i]) return false;
    return true;
}

static TokenKind word_kind(const char *s, size_t n)
{
    size_t digits = 0;

    while (digits < n && is_digit(s[digits])) digits++;
    if (digits == n) return TOKEN_NUMBER;
    if (looks_like(s, n, "9999-99-99")) return TOKEN_DATE;
    if (looks_like(s, n, "99:99") || looks_like(s, n, "9:99") || looks_like(s, n, "99:99:99")) return TOKEN_CLOCK;
    return TOKEN_WORD;
}

/* A hyphen, dot or colon belongs to the word when a letter or digit follows. */
static bool joins(const Lexer *l)
{
    char c = peek(l, 0);

    if (c == ':') return is_digit(l->s[l->at - 1]) && is_digit(peek(l, 1));
    return (c == '-' || c == '.') && is_word(peek(l, 1));
}

static bool is_article(const char *s, size_t n)
{
    return (n == 1 && *s == 'a') || (n == 2 && memcmp(s, "an", 2) == 0) || (n == 3 && memcmp(s, "the", 3) == 0);
}

static void lex_word(Lexer *l)
{
    size_t from = l->at;

    while (l->at < l->n && (is_word(l->s[l->at]) || joins(l))) l->at++;
    if (is_article(l->s + from, l->at - from)) return;
    add(l, word_kind(l->s + from, l->at - from), from, from, l->at - from);
}

/* ---- quoted things ---- */

/* To the closing mark on the same line; a backslash keeps the next character from closing. */
static void lex_quoted(Lexer *l, char close, TokenKind kind)
{
    size_t from = l->at++;

    while (l->at < l->n && l->s[l->at] != '\n' && l->s[l->at] != close)
        l->at += l->s[l->at] == '\\' && l->at + 1 < l->n && l->s[l->at + 1] != '\n' ? 2 : 1;
    if (l->at >= l->n || l->s[l->at] != close) {
        if (l->at > l->n) l->at = l->n;
        add(l, TOKEN_OPEN, from, from, l->at - from);
        return;
    }
    l->at++;
    add(l, kind, from, from + 1, l->at - from - 2);
}

/* In a string, \" is a quotation mark. A pattern keeps its backslashes: they are PCRE's. */
static void unescape(char *s)
{
    char *to = s;

    for (; *s; s++) {
        if (*s == '\\' && (s[1] == '"' || s[1] == '\\')) s++;
        *to++ = *s;
    }
    *to = '\0';
}

static void lex_string(Lexer *l)
{
    lex_quoted(l, '"', TOKEN_STRING);
    Token *t = &l->tokens[l->count - 1];
    if (t->kind == TOKEN_STRING && strchr(t->text, '\\')) {
        char *copy = arena_dup(l->arena, t->text);
        unescape(copy);
        t->text = copy;
    }
}

/* ---- lines ---- */

static void new_line(Lexer *l)
{
    l->at++;
    l->line++;
    l->indent = 0;
    l->fresh = l->margin = true;
}

static void lex_blank(Lexer *l)
{
    if (l->margin) l->indent = l->s[l->at] == '\t' ? (l->indent / TAB + 1) * TAB : l->indent + 1;
    l->at++;
}

static void lex_one(Lexer *l)
{
    char c = l->s[l->at];

    if (c != ' ' && c != '\t') l->margin = false;
    if (c == '\n')
        new_line(l);
    else if (c == ' ' || c == '\t' || c == '\r')
        lex_blank(l);
    else if (c == '#')
        while (l->at < l->n && l->s[l->at] != '\n') l->at++;
    else if (is_word(c))
        lex_word(l);
    else if (c == '"')
        lex_string(l);
    else if (c == '/')
        lex_quoted(l, '/', TOKEN_REGEX);
    else {
        l->at++;
        add(l, TOKEN_MARK, l->at - 1, l->at - 1, 1);
    }
}

size_t lex_bom(const char *text, size_t n)
{
    return n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

Token *lex(const char *text, size_t n, Arena *a, size_t *n_tokens)
{
    Lexer l = { .s = text, .n = n, .at = lex_bom(text, n), .line = 1, .fresh = true, .margin = true, .arena = a };
    Token *out;

    while (l.at < l.n) lex_one(&l);
    l.indent = 0;
    l.fresh = true;
    add(&l, TOKEN_END, l.n, l.n, 0);

    out = arena_alloc(a, l.count * sizeof *out);
    memcpy(out, l.tokens, l.count * sizeof *out);
    mem_free(l.tokens);
    *n_tokens = l.count;
    return out;
}
