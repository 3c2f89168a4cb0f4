/* words_letters.c — the letters that a pattern needs, read off the pattern.
** In "\b(strangl|chok)\w*\s+her" every match holds "strangl" or "chok". The pattern is read as PCRE2 would read it, in parts: of parts
** that follow each other the best one counts, of parts that stand for each other all are needed. Whatever is not understood makes the
** answer "not sure", never a wrong one: options inside the pattern, references, conditions, verbs, rare escapes. */
#include "words_letters.h"

#include <string.h>

enum { DEPTH = 60, SHORTEST = 2 };

typedef struct Reader {
    const char *s;
    int depth;
    bool lost; /* something is not understood */
} Reader;

/* ---- which is better ---- */

/* Long letters are rare; many of them are less rare. */
static int worth(const LetterSet *set)
{
    size_t shortest = LETTERS_LENGTH;

    if (set->n == 0) return -1;
    for (size_t i = 0; i < set->n; i++) {
        size_t n = strlen(set->of[i]);
        if (n < shortest) shortest = n;
    }
    return shortest < SHORTEST ? -1 : (int)(shortest * 8) - (int)set->n;
}

static void better(LetterSet *best, const LetterSet *other)
{
    if (worth(other) > worth(best)) *best = *other;
}

/* ---- a run of plain letters ---- */

typedef struct Run {
    char s[LETTERS_LENGTH + 1];
    size_t n;
} Run;

static void run_add(Run *r, char c)
{
    if (r->n < LETTERS_LENGTH) r->s[r->n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void run_end(Run *r, LetterSet *best)
{
    LetterSet one = { .n = 1 };

    if (r->n > 0) {
        memcpy(one.of[0], r->s, r->n);
        one.of[0][r->n] = '\0';
        better(best, &one);
    }
    r->n = 0;
}

/* ---- how often ---- */

typedef enum Often { ONCE, MAYBE, MANY /* once at least */ } Often;

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* {3} {3,} {0,5}; anything else behind a brace is not understood. */
static Often braces(Reader *r)
{
    const char *s = r->s + 1;
    bool some = false;

    if (!digit(*s)) {
        r->lost = true;
        return MAYBE;
    }
    for (; digit(*s); s++) some |= *s != '0';
    if (*s == ',')
        for (s++; digit(*s); s++) {}
    if (*s != '}') r->lost = true;
    r->s = *s == '}' ? s + 1 : s;
    return some ? MANY : MAYBE;
}

static Often how_often(Reader *r)
{
    Often often = ONCE;

    if (*r->s == '?' || *r->s == '*')
        often = MAYBE, r->s++;
    else if (*r->s == '+')
        often = MANY, r->s++;
    else if (*r->s == '{')
        often = braces(r);
    else
        return ONCE;
    if (*r->s == '?' || *r->s == '+') r->s++; /* lazy, possessive */
    return often;
}

/* ---- one thing ---- */

typedef enum Kind { KIND_LETTER, KIND_NOTHING /* takes no room */, KIND_SOMETHING, KIND_GROUP } Kind;

typedef struct Thing {
    Kind kind;
    char letter;
    LetterSet set; /* KIND_GROUP */
} Thing;

static void read_either(Reader *r, LetterSet *out);

static void read_escape(Reader *r, Thing *out)
{
    char c = r->s[1];

    if (c == '\0') {
        r->lost = true;
        return;
    }
    r->s += 2;
    if (strchr("bBAzZG", c))
        out->kind = KIND_NOTHING;
    else if (strchr("dDsSwWhHvVRXNntr", c))
        out->kind = KIND_SOMETHING;
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || (c & 0x80))
        r->lost = true;
    else {
        out->kind = KIND_LETTER;
        out->letter = c;
    }
    if (c == 'N' && *r->s == '{') r->lost = true;
}

/* Over [^]a\]b[:alpha:]] to behind its end. */
static void read_class(Reader *r)
{
    r->s++;
    if (*r->s == '^') r->s++;
    if (*r->s == ']') r->s++;
    while (*r->s && *r->s != ']') {
        if (*r->s == '\\') {
            if (r->s[1] == 'Q' || r->s[1] == 'E') r->lost = true;
            r->s += r->s[1] ? 2 : 1;
        } else if (r->s[0] == '[' && (r->s[1] == ':' || r->s[1] == '.' || r->s[1] == '=')) {
            char close = r->s[1];
            for (r->s += 2; *r->s && !(r->s[0] == close && r->s[1] == ']'); r->s++) {}
            r->s += *r->s ? 2 : 0;
        } else
            r->s++;
    }
    if (*r->s == ']')
        r->s++;
    else
        r->lost = true;
}

/* Behind "(": true when what is inside takes room in the text. */
static bool group_head(Reader *r)
{
    if (*r->s == '*') r->lost = true;
    if (*r->s != '?') return true;
    r->s++;
    if (*r->s == ':' || *r->s == '|' || *r->s == '>') {
        r->s++;
        return true;
    }
    if (*r->s == '=' || *r->s == '!') {
        r->s++;
        return false;
    }
    if (r->s[0] == '<' && (r->s[1] == '=' || r->s[1] == '!')) {
        r->s += 2;
        return false;
    }
    r->lost = true; /* a name, an option, a condition, a reference */
    return true;
}

static void read_group(Reader *r, Thing *out)
{
    bool room;

    r->s++;
    room = group_head(r);
    if (r->lost || ++r->depth > DEPTH) {
        r->lost = true;
        return;
    }
    read_either(r, &out->set);
    r->depth--;
    if (*r->s == ')')
        r->s++;
    else
        r->lost = true;
    out->kind = room ? KIND_GROUP : KIND_NOTHING;
}

static void read_thing(Reader *r, Thing *out)
{
    char c = *r->s;

    out->kind = KIND_SOMETHING;
    if (c == '\\')
        read_escape(r, out);
    else if (c == '[')
        read_class(r);
    else if (c == '(')
        read_group(r, out);
    else if (c == '^' || c == '$') {
        out->kind = KIND_NOTHING;
        r->s++;
    } else if (c == '*' || c == '+' || c == '?' || c == '{')
        r->lost = true;
    else if (c & 0x80) /* with the bytes that belong to it */
        for (r->s++; (*r->s & 0xC0) == 0x80; r->s++) {}
    else {
        out->kind = c == '.' ? KIND_SOMETHING : KIND_LETTER;
        out->letter = c;
        r->s++;
    }
}

/* ---- things in a row, and rows side by side ---- */

static void take(const Thing *t, Often often, Run *run, LetterSet *best)
{
    if (t->kind == KIND_NOTHING) return;
    if (t->kind == KIND_LETTER && often != MAYBE) {
        run_add(run, t->letter);
        if (often == ONCE && run->n < LETTERS_LENGTH) return;
        run_end(run, best);
        if (often == MANY) run_add(run, t->letter); /* the last of the many is followed by what comes next */
        return;
    }
    run_end(run, best);
    if (t->kind == KIND_GROUP && often != MAYBE) better(best, &t->set);
}

static void read_row(Reader *r, LetterSet *best)
{
    Run run = { .n = 0 };

    best->n = 0;
    while (!r->lost && *r->s && *r->s != '|' && *r->s != ')') {
        Thing t = { .kind = KIND_SOMETHING };
        read_thing(r, &t);
        if (!r->lost) take(&t, how_often(r), &run, best);
    }
    run_end(&run, best);
    if (worth(best) < 0) best->n = 0;
}

static void read_either(Reader *r, LetterSet *out)
{
    bool sure = true;

    out->n = 0;
    for (;; r->s++) {
        LetterSet row;
        read_row(r, &row);
        if (row.n == 0 || out->n + row.n > LETTERS_SET) sure = false;
        for (size_t i = 0; sure && i < row.n; i++) memcpy(out->of[out->n++], row.of[i], sizeof row.of[i]);
        if (r->lost || *r->s != '|') break;
    }
    if (!sure) out->n = 0;
}

bool words_letters(const char *pattern, LetterSet *out)
{
    Reader r = { .s = pattern };

    read_either(&r, out);
    return !r.lost && *r.s == '\0' && out->n > 0;
}
