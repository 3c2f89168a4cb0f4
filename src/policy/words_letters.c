/* words_letters.c — the letters that a pattern needs, read off the pattern.
** In "\b(strangl|chok)\w*\s+her" every match holds "strangl" or "chok", and "her". The pattern is read as PCRE2 would read it, in
** parts: of parts that follow each other the best few count, of parts that stand for each other one of each is needed. Whatever is not understood makes the
** answer "not sure", never a wrong one: options inside the pattern, references, conditions, verbs, rare escapes. */
#include "words_letters.h"

#include "base/mem.h"

#include <string.h>

enum { DEPTH = 60, SHORTEST = 2 };

typedef struct Reader {
    const char *s;
    int depth;
    bool lost; /* something is not understood */
} Reader;

/* ---- which is better ---- */

/* Words that stand in most accounts: letters that say little. They only steer what is looked for first, never what is found. */
static const char *const common[] = { "a", "about", "all", "and", "are", "at", "back", "be", "been", "but", "by",
    "call", "door", "for", "from", "had", "has", "have", "he", "her", "him", "his", "home", "house", "in", "into", "is",
    "it", "my", "no", "not", "of", "off", "officer", "old", "on", "out", "over", "police", "said", "she", "that", "the",
    "their", "them", "then", "they", "to", "up", "was", "were", "when", "with", "work", "would", "year" };

/* Without the blanks at its ends, which are no rare letters. */
static int rarity(const char *letters)
{
    size_t n = strlen(letters);
    char word[LETTERS_LENGTH + 1];

    while (n > 0 && letters[n - 1] == ' ') n--;
    while (n > 0 && *letters == ' ') letters++, n--;
    memcpy(word, letters, n);
    word[n] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(common); i++)
        if (strcmp(word, common[i]) == 0) return SHORTEST;
    return (int)n;
}

/* Long letters are rare; many of them are less rare. */
static int worth(const LetterSet *set)
{
    int least = LETTERS_LENGTH;

    if (set->n == 0) return -1;
    for (size_t i = 0; i < set->n; i++) {
        int n = strlen(set->of[i]) < SHORTEST ? 0 : rarity(set->of[i]);
        if (n < least) least = n;
    }
    return least < 1 ? -1 : least * 8 - (int)set->n / 8;
}

/* One more set that is needed, if it is among the best. */
static void need(LetterNeeds *all, const LetterSet *set)
{
    size_t at = all->n;

    if (worth(set) < 0) return;
    while (at > 0 && worth(&all->sets[at - 1]) < worth(set)) at--;
    if (at == LETTERS_NEEDS) return;
    if (all->n < LETTERS_NEEDS) all->n++;
    memmove(&all->sets[at + 1], &all->sets[at], (all->n - at - 1) * sizeof *set);
    all->sets[at] = *set;
}

/* ---- a run of plain letters ---- */

typedef struct Run {
    char s[LETTERS_LENGTH + 1];
    size_t n;
} Run;

/* Blanks of any sort and number are one blank, in the text that is looked at too. */
static void run_add(Run *r, char c)
{
    if (c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f') c = ' ';
    if (c == ' ' && r->n > 0 && r->s[r->n - 1] == ' ') return;
    if (r->n < LETTERS_LENGTH) r->s[r->n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void run_end(Run *r, LetterNeeds *all)
{
    LetterSet one = { .n = 1 };

    if (r->n > 0) {
        memcpy(one.of[0], r->s, r->n);
        one.of[0][r->n] = '\0';
        need(all, &one);
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
    LetterNeeds needs; /* KIND_GROUP */
} Thing;

static void read_either(Reader *r, LetterNeeds *out);

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
    else if (c == 's') {
        out->kind = KIND_LETTER;
        out->letter = ' ';
    } else if (strchr("dDSwWhHvVRXNntr", c))
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
    read_either(r, &out->needs);
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

static void take(const Thing *t, Often often, Run *run, LetterNeeds *all)
{
    if (t->kind == KIND_NOTHING) return;
    if (t->kind == KIND_LETTER && often != MAYBE) {
        run_add(run, t->letter);
        if (t->letter == ' ' && run->n < LETTERS_LENGTH) return; /* many blanks are one */
        if (often == ONCE && run->n < LETTERS_LENGTH) return;
        run_end(run, all);
        if (often == MANY) run_add(run, t->letter); /* the last of the many is followed by what comes next */
        return;
    }
    run_end(run, all);
    if (t->kind != KIND_GROUP || often == MAYBE) return;
    for (size_t i = 0; i < t->needs.n; i++) need(all, &t->needs.sets[i]);
}

static void read_row(Reader *r, LetterNeeds *out)
{
    Run run = { .n = 0 };

    out->n = 0;
    while (!r->lost && *r->s && *r->s != '|' && *r->s != ')') {
        Thing t = { .kind = KIND_SOMETHING };
        read_thing(r, &t);
        if (!r->lost) take(&t, how_often(r), &run, out);
    }
    run_end(&run, out);
}

/* One row more to choose from: of each its best set. */
static bool join(LetterSet *all, const LetterNeeds *row)
{
    const LetterSet *best = &row->sets[0];

    if (row->n == 0 || all->n + best->n > LETTERS_SET) return false;
    memcpy(all->of[all->n], best->of, best->n * sizeof best->of[0]);
    all->n += best->n;
    return true;
}

static void read_either(Reader *r, LetterNeeds *out)
{
    LetterNeeds row;
    LetterSet all = { .n = 0 };
    bool sure;

    read_row(r, out);
    if (r->lost || *r->s != '|') return;
    sure = join(&all, out);
    while (!r->lost && *r->s == '|') {
        r->s++;
        read_row(r, &row);
        sure = sure && join(&all, &row);
    }
    out->n = 0;
    if (sure) need(out, &all);
}

bool words_letters(const char *pattern, LetterNeeds *out)
{
    Reader r = { .s = pattern };

    read_either(&r, out);
    return !r.lost && *r.s == '\0' && out->n > 0;
}
