/* names.c — what a word of a policy file can mean.
** A fact's name is made from its path in the catalogue: dots and underscores are spaces, and a time drops its "at".
** The few rows below are where English wants another word. They are words for catalogue rows, never rules. */
#include "names.h"

#include "base/mem.h"
#include "base/str.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- a map from name to symbol ---- */

static size_t hash_of(const char *s)
{
    uint64_t h = 1469598103934665603u;

    for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    return (size_t)(h ^ h >> 29);
}

static Symbol **slot_of(const Names *names, const char *name)
{
    size_t i = hash_of(name) & (names->cap - 1);

    while (names->slots[i] && strcmp(names->slots[i]->name, name) != 0) i = (i + 1) & (names->cap - 1);
    return &names->slots[i];
}

static void grow(Names *names)
{
    Names larger = *names;

    larger.cap = names->cap ? names->cap * 2 : 256;
    larger.slots = mem_new(larger.cap * sizeof *larger.slots);
    for (size_t i = 0; i < names->cap; i++)
        if (names->slots[i]) *slot_of(&larger, names->slots[i]->name) = names->slots[i];
    mem_free(names->slots);
    *names = larger;
}

Symbol *names_find(const Names *names, const char *name)
{
    return names->cap ? *slot_of(names, name) : NULL;
}

Symbol *names_add(Names *names, Arena *a, const char *name, SymbolKind kind)
{
    Symbol *s;

    if (names->n * 2 >= names->cap) grow(names);
    if (*slot_of(names, name)) return NULL;
    s = arena_zero(a, 1, sizeof *s);
    s->name = arena_dup(a, name);
    s->kind = kind;
    *slot_of(names, name) = s;
    names->n++;
    if (names->last)
        names->last->next = s;
    else
        names->first = s;
    names->last = s;
    return s;
}

void names_finish(Names *names)
{
    mem_free(names->slots);
    *names = (Names){ 0 };
}

const char *kind_phrase(SymbolKind kind)
{
    static const char *const phrases[] = {
        [SYMBOL_TIME] = "a moment",
        [SYMBOL_CHOICE] = "an answer",
        [SYMBOL_OTHER] = "a text",
        [SYMBOL_SET] = "a set of words",
        [SYMBOL_VALUE] = "a value",
        [SYMBOL_COND] = "a condition",
        [SYMBOL_MOMENT] = "a moment",
        [SYMBOL_DUTY] = "a duty",
        [SYMBOL_FORMAT] = "a reference format",
    };
    return phrases[kind];
}

/* ---- the facts of the document ---- */

typedef struct Said { /* the list is LIST_COUNT for the document itself */
    CaseListId list;
    const char *path, *said;
} Said;

static const Said said_rows[] = {
    { LIST_COUNT, "children.answer", "children" },
    { LIST_COUNT, "children.at", "children answered" },
    { LIST_COUNT, "kind", "case" },
    { LIST_PEOPLE, "relationship.kind", "relationship" },
    { LIST_PEOPLE, "relationship.to", "to" },
    { LIST_BOOKS, "index.at", "indexed" },
    { LIST_OWNERS, "unit", "to" },
    { LIST_EVENTS, "person", "of" },
};

static const char *said_row(CaseListId list, const char *path)
{
    for (size_t i = 0; i < ARRAY_LEN(said_rows); i++)
        if (said_rows[i].list == list && str_eq(said_rows[i].path, path)) return said_rows[i].said;
    return NULL;
}

/* "cad.closed_at" → "cad closed"; "at" alone → "time". */
static void say_path(const CaseField *f, char out[64])
{
    size_t n;

    snprintf(out, 64, "%s", f->path);
    for (char *c = out; *c; c++)
        if (*c == '.' || *c == '_') *c = ' ';
    n = strlen(out);
    if (f->kind != FIELD_TIME) return;
    if (n > 3 && strcmp(out + n - 3, " at") == 0) out[n - 3] = '\0';
    if (str_eq(out, "at")) snprintf(out, 64, "time");
}

static void say(CaseListId list, const CaseField *f, char out[64])
{
    const char *row = said_row(list, f->path);

    if (row)
        snprintf(out, 64, "%s", row);
    else
        say_path(f, out);
}

void field_say(CaseListId list, const CaseField *f, char out[64])
{
    say(list, f, out);
}

static SymbolKind fact_kind(const CaseField *f)
{
    return f->kind == FIELD_TIME ? SYMBOL_TIME : f->kind == FIELD_CODE ? SYMBOL_CHOICE : SYMBOL_OTHER;
}

static void add_fact(Names *names, Arena *a, const CaseField *f, const char *name)
{
    Symbol *s = names_add(names, a, name, fact_kind(f));

    if (!s) return;
    s->field = f;
    s->used = true;
}

void names_add_facts(Names *names, Arena *a)
{
    char name[64];

    for (size_t i = 0; i < case_n_scalars; i++) {
        say(LIST_COUNT, &case_scalars[i], name);
        add_fact(names, a, &case_scalars[i], name);
    }
    for (size_t i = 0; i < case_n_scalars; i++) add_fact(names, a, &case_scalars[i], case_scalars[i].path);
}

/* ---- nouns ---- */

/* What an entry of a list is called. The first of a list is the one that messages use. */
typedef struct Noun {
    const char *word;
    CaseListId list;
} Noun;

static const Noun nouns[] = {
    { "offence", LIST_OFFENCES },
    { "flag", LIST_FLAGS },
    { "person", LIST_PEOPLE },
    { "reference", LIST_REFERENCES },
    { "cross reference", LIST_CROSS_REFERENCES },
    { "cross-reference", LIST_CROSS_REFERENCES },
    { "book", LIST_BOOKS },
    { "addendum", LIST_ADDENDA },
    { "book movement", LIST_BOOK_MOVES },
    { "assessment", LIST_ASSESSMENTS },
    { "review", LIST_REVIEWS },
    { "referral", LIST_REFERRALS },
    { "contact", LIST_CONTACTS },
    { "event", LIST_EVENTS },
    { "notice", LIST_NOTICES },
    { "offer", LIST_OWNERS },
    { "investigator", LIST_INVESTIGATORS },
    { "consent", LIST_CONSENT },
    { "task", LIST_TASKS },
    { "referral step", LIST_REFERRAL_STEPS },
    { "hearing", LIST_HEARINGS },
    { "order", LIST_ORDERS },
    { "bail", LIST_BAIL },
    { "breach", LIST_BREACHES },
    { "safe contact", LIST_SAFE_CONTACTS },
    { "attempt", LIST_ATTEMPTS },
    { "hold", LIST_HOLDS },
    { "link", LIST_LINKS },
    { "disposal", LIST_DISPOSALS },
    { "reopening", LIST_REOPENINGS },
    { "status", LIST_STATUS },
};

const char *noun_of(CaseListId list)
{
    for (size_t i = 0; i < ARRAY_LEN(nouns); i++)
        if (nouns[i].list == list) return nouns[i].word;
    return case_lists[list].one;
}

const char *const *noun_words(size_t *n)
{
    static const char *words[ARRAY_LEN(nouns)];

    for (size_t i = 0; i < ARRAY_LEN(nouns); i++) words[i] = nouns[i].word;
    *n = ARRAY_LEN(nouns);
    return words;
}

/* The words of `name` stand at t, one token each. */
static size_t tokens_say(const Token *t, const char *name)
{
    size_t eaten = 0;

    while (*name) {
        size_t n = strcspn(name, " ");
        if (t->kind != TOKEN_WORD || strlen(t->text) != n || memcmp(t->text, name, n) != 0) return 0;
        name += n;
        name += *name == ' ';
        t++;
        eaten++;
    }
    return eaten;
}

bool noun_list(const Token *t, CaseListId *list, size_t *eaten)
{
    *eaten = 0;
    for (size_t i = 0; i < ARRAY_LEN(nouns); i++) {
        size_t n = tokens_say(t, nouns[i].word);
        if (n <= *eaten) continue;
        *eaten = n;
        *list = nouns[i].list;
    }
    return *eaten > 0;
}

/* ---- fields of a list ---- */

/* By what people say, by the path, and by the column: "relationship", "relationship.kind", "relationship_kind". */
static size_t said_as(CaseListId list, const CaseField *f, const Token *t)
{
    char name[64];
    size_t n;

    say(list, f, name);
    if ((n = tokens_say(t, name))) return n;
    say_path(f, name);
    if ((n = tokens_say(t, name))) return n;
    if ((n = tokens_say(t, f->path))) return n;
    return tokens_say(t, f->column);
}

const CaseField *field_said(CaseListId list, const Token *t, size_t *eaten)
{
    const CaseList *l = &case_lists[list];
    const CaseField *found = NULL;

    *eaten = 0;
    for (size_t i = 0; i < l->n_fields; i++) {
        size_t n = said_as(list, &l->fields[i], t);
        if (n <= *eaten) continue;
        *eaten = n;
        found = &l->fields[i];
    }
    return found;
}

bool vocab_said(const Vocabs *v, const char *word, VocabId *out)
{
    char one[64];
    size_t n = strlen(word);

    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        const char *name = v->of[id].name;
        snprintf(one, sizeof one, "%ss", name);
        if (!str_eq(word, name) && !(n > 1 && str_eq(word, one))) continue;
        *out = id;
        return true;
    }
    return false;
}
