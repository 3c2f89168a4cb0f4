/* words_letters.c — the letters that a pattern needs, read off the pattern.
** In "\b(strangl|chok)\w*\s+her" every match holds "strangl" or "chok", and "her". The pattern is read as PCRE2 would read it, in
** parts: of parts that follow each other the best few count, of parts that stand for each other one of each is needed. Whatever is not understood makes the
** answer "not sure", never a wrong one: options inside the pattern, references, conditions, verbs, rare escapes.
** With the letters goes how far in front of them a match can begin, counted in stretches (words_letters.h): things that take letters of
** words alone, or blanks alone, stay in one stretch of the text however long it is; whatever else takes one character is one more. */
#include "words_letters.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

enum {
    DEPTH = 60,
    COMMON = 1,
    SHORTEST = 2,
    RARE = 4 /* letters */,
    FAREST = 100 /* stretches: further than that is as good as anywhere */
};

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
        if (strcmp(word, common[i]) == 0) return COMMON;
    return (int)n;
}

/* Long letters are rare; many of them are less rare. */
static int worth_of(int letters, size_t n)
{
    return letters * 8 - (int)n / 8;
}

static int worth(const LetterSet *set)
{
    int least = LETTERS_LENGTH;

    if (set->n == 0) return -1;
    for (size_t i = 0; i < set->n; i++) {
        int n = strlen(set->of[i]) < SHORTEST ? 0 : rarity(set->of[i]);
        if (n < least) least = n;
    }
    return least < 1 ? -1 : worth_of(least, set->n);
}

static unsigned add_up(unsigned a, unsigned b)
{
    return a == LETTERS_FAR || b == LETTERS_FAR || a + b > FAREST ? LETTERS_FAR : a + b;
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

typedef enum Family { ANY, WORD, BLANK } Family; /* what a thing can take: any character, or those of one sort only */

typedef struct Row { /* things that follow each other, as far as they are read */
    LetterNeeds *all;
    char s[LETTERS_LENGTH + 1]; /* the run of letters at the end */
    size_t n;
    bool begun, run_first;     /* something takes room already; nothing did before the run */
    unsigned reach, run_reach; /* stretches up to here; to the end of the run */
    Family last;
} Row;

/* Blanks of any sort and number are one blank, in the text that is looked at too. */
static void run_add(Row *r, char c)
{
    if (r->n == 0) r->run_first = !r->begun;
    r->begun = true;
    r->run_reach = r->reach;
    if (c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f') c = ' ';
    if (c == ' ' && r->n > 0 && r->s[r->n - 1] == ' ') return;
    if (r->n < LETTERS_LENGTH) r->s[r->n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void run_end(Row *r)
{
    LetterSet one = { .n = 1, .first = r->run_first, .reach = r->run_reach };

    if (r->n > 0) {
        memcpy(one.of[0], r->s, r->n);
        one.of[0][r->n] = '\0';
        need(r->all, &one);
    }
    r->n = 0;
}

/* ---- how often ---- */

typedef enum Often { ONCE, MAYBE, MANY /* once at least */ } Often;

typedef struct Times {
    Often often;
    unsigned most; /* LETTERS_FAR: without end */
} Times;

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *number(const char *s, unsigned *out)
{
    for (*out = 0; digit(*s); s++)
        if (*out <= FAREST) *out = *out * 10 + (unsigned)(*s - '0');
    return s;
}

/* {3} {3,} {0,5}; anything else behind a brace is not understood. */
static Times braces(Reader *r)
{
    unsigned least, most;
    const char *s = number(r->s + 1, &least);

    if (s == r->s + 1) r->lost = true;
    most = least;
    if (*s == ',') {
        s++;
        if (digit(*s))
            s = number(s, &most);
        else
            most = LETTERS_FAR;
    }
    if (*s != '}') r->lost = true;
    r->s = *s == '}' ? s + 1 : s;
    return (Times){ least > 0 ? MANY : MAYBE, most };
}

static Times how_often(Reader *r)
{
    Times times = { ONCE, 1 };

    if (*r->s == '?')
        times.often = MAYBE, r->s++;
    else if (*r->s == '*' || *r->s == '+')
        times = (Times){ *r->s == '*' ? MAYBE : MANY, LETTERS_FAR }, r->s++;
    else if (*r->s == '{')
        times = braces(r);
    else
        return times;
    if (*r->s == '?' || *r->s == '+') r->s++; /* lazy, possessive */
    return times;
}

/* ---- one thing ---- */

typedef enum Kind { KIND_LETTER, KIND_NOTHING /* takes no room */, KIND_SOMETHING, KIND_GROUP } Kind;

typedef struct Thing {
    Kind kind;
    char letter;
    Family family;
    unsigned reach;    /* stretches it takes, once */
    LetterNeeds needs; /* KIND_GROUP */
} Thing;

static unsigned read_either(Reader *r, LetterNeeds *out);

static bool of_words(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || c == '_';
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void be_letter(Thing *out, char c)
{
    out->kind = KIND_LETTER;
    out->letter = c;
    out->family = of_words(c) ? WORD : is_blank(c) ? BLANK : ANY;
}

static void read_escape(Reader *r, Thing *out)
{
    char c = r->s[1];

    if (c == '\0') {
        r->lost = true;
        return;
    }
    r->s += 2;
    if (strchr("bBAzZ", c))
        out->kind = KIND_NOTHING;
    else if (c == 's')
        be_letter(out, ' ');
    else if (strchr("dDSwWhHvVRXNntr", c)) {
        out->kind = KIND_SOMETHING;
        out->family = strchr("dw", c) ? WORD : strchr("hvRntr", c) ? BLANK : ANY;
        if (c == 'X') out->reach = LETTERS_FAR;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || (c & 0x80))
        r->lost = true;
    else
        be_letter(out, c);
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
    out->reach = read_either(r, &out->needs);
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

    *out = (Thing){ .kind = KIND_SOMETHING, .reach = 1 };
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
        if (c != '.') be_letter(out, c);
        r->s++;
    }
}

/* ---- things in a row, and rows side by side ---- */

static unsigned reach_of(const Thing *t, unsigned most)
{
    if (t->family != ANY || most == 1) return t->reach;
    if (most == LETTERS_FAR || t->reach == LETTERS_FAR) return most == 0 ? 0 : LETTERS_FAR;
    return t->reach * most > FAREST ? LETTERS_FAR : t->reach * most;
}

/* Letters of words behind letters of words are still in the same stretch. */
static void go_on(Row *row, const Thing *t, unsigned most)
{
    if (t->family == ANY || t->family != row->last) row->reach = add_up(row->reach, reach_of(t, most));
    row->last = t->family;
}

/* "all " and one of "day", "night": "all day", "all night". */
static void need_both(const Row *row, const LetterSet *group)
{
    LetterSet both = *group;

    both.first = row->run_first;
    for (size_t i = 0; i < both.n; i++) {
        const char *more = group->of[i];
        if (row->s[row->n - 1] == ' ' && *more == ' ') more++;
        memcpy(both.of[i], row->s, row->n);
        snprintf(both.of[i] + row->n, sizeof both.of[i] - row->n, "%s", more);
    }
    need(row->all, &both);
}

static void take_group(Row *row, const Thing *t, unsigned before)
{
    for (size_t i = 0; i < t->needs.n; i++) {
        LetterSet set = t->needs.sets[i];
        set.reach = add_up(before, set.reach);
        if (set.first && row->n > 0) need_both(row, &set);
        set.first = set.first && !row->begun;
        need(row->all, &set);
    }
}

static void take(Row *row, const Thing *t, Times times)
{
    unsigned before = row->reach;

    if (t->kind == KIND_NOTHING) return;
    go_on(row, t, times.most);
    if (t->kind == KIND_LETTER && times.often != MAYBE) {
        run_add(row, t->letter);
        if (t->letter == ' ' && row->n < LETTERS_LENGTH) return; /* many blanks are one */
        if (times.often == ONCE && row->n < LETTERS_LENGTH) return;
        run_end(row);
        if (times.often == MANY) run_add(row, t->letter); /* the last of the many is followed by what comes next */
        return;
    }
    if (t->kind == KIND_GROUP && times.often != MAYBE) take_group(row, t, before);
    run_end(row);
    row->begun = true;
}

/* How many stretches it takes, at most. */
static unsigned read_row(Reader *r, LetterNeeds *out)
{
    Row row = { .all = out };

    out->n = 0;
    while (!r->lost && *r->s && *r->s != '|' && *r->s != ')') {
        Thing t;
        read_thing(r, &t);
        if (!r->lost) take(&row, &t, how_often(r));
    }
    run_end(&row);
    return row.reach;
}

/* One row more to choose from: of each its best set. */
static bool join(LetterSet *all, const LetterNeeds *row)
{
    const LetterSet *best = &row->sets[0];

    if (row->n == 0 || all->n + best->n > LETTERS_SET) return false;
    memcpy(all->of[all->n], best->of, best->n * sizeof best->of[0]);
    all->n += best->n;
    all->first = all->first && best->first;
    if (best->reach > all->reach) all->reach = best->reach;
    return true;
}

static unsigned read_either(Reader *r, LetterNeeds *out)
{
    LetterNeeds row;
    LetterSet all = { .first = true };
    unsigned reach = read_row(r, out);
    bool sure;

    if (r->lost || *r->s != '|') return reach;
    sure = join(&all, out);
    while (!r->lost && *r->s == '|') {
        unsigned other;
        r->s++;
        other = read_row(r, &row);
        if (other > reach) reach = other;
        sure = sure && join(&all, &row);
    }
    out->n = 0;
    if (sure) need(out, &all);
    return reach;
}

/* What stands in every account spares nothing beside letters that are rare, and costs something wherever it stands. */
static void leave_common(LetterNeeds *all)
{
    size_t least = all->n && worth(&all->sets[0]) > worth_of(RARE, 0) ? 1 : 2;

    while (all->n > least && worth(&all->sets[all->n - 1]) < worth_of(RARE, LETTERS_SET)) all->n--;
}

bool words_letters(const char *pattern, LetterNeeds *out)
{
    Reader r = { .s = pattern };

    read_either(&r, out);
    leave_common(out);
    return !r.lost && *r.s == '\0' && out->n > 0;
}
