/* lex.h — a policy file as tokens with their place. Private to src/policy. */
#ifndef POLICY_LEX_H
#define POLICY_LEX_H

#include "base/arena.h"
#include "rule.h"

typedef enum TokenKind {
    TOKEN_WORD,   /* ds-supervision, 124d, cad.closed_at */
    TOKEN_NUMBER, /* 48                                  */
    TOKEN_CLOCK,  /* 09:00, 23:59:59                     */
    TOKEN_DATE,   /* 2010-02-01                          */
    TOKEN_STRING, /* "…", without the quotes in `text`   */
    TOKEN_REGEX,  /* /…/, without the slashes            */
    TOKEN_MARK,   /* one character: ( ) ,                */
    TOKEN_OPEN,   /* a string or pattern without its end */
    TOKEN_END
} TokenKind;

typedef struct Token {
    TokenKind kind;
    uint32_t at, n; /* bytes of the file, quotes included */
    int line;
    int indent;       /* of its line, in columns */
    bool first;       /* the first of its line   */
    const char *text; /* NUL-terminated          */
} Token;

/* Articles ("a", "an", "the") and comments are left out; the last token is TOKEN_END. */
Token *lex(const char *text, size_t n, Arena *a, size_t *n_tokens);

/* Bytes of a byte order mark in front, which some editors put there. */
size_t lex_bom(const char *text, size_t n);

#endif
