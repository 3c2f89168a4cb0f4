/* names.h — what a word of a policy file can mean. Private to src/policy.
** The facts are those of the core catalogue, said as people say them: cad.closed_at is "cad closed". */
#ifndef POLICY_NAMES_H
#define POLICY_NAMES_H

#include "lex.h"
#include "rule.h"

typedef enum SymbolKind {
    SYMBOL_TIME,   /* a time of the document                    */
    SYMBOL_CHOICE, /* a word of a vocabulary                    */
    SYMBOL_OTHER,  /* a text, an officer … : for examples only  */
    SYMBOL_SET,
    SYMBOL_VALUE,
    SYMBOL_COND,
    SYMBOL_MOMENT, /* definitions of the file */
    SYMBOL_DUTY,
    SYMBOL_FORMAT
} SymbolKind;

typedef struct Symbol {
    const char *name;
    SymbolKind kind;
    const CaseField *field;
    VocabId vocab; /* SYMBOL_SET */
    CodeSet set;
    const Value *value;
    const Cond *cond;
    const Moment *moment;
    Src src; /* where the file defines it              */
    bool used;
    int weight;          /* definitions inside it, each time counted */
    bool of_texts;       /* it asks what people wrote: not for duties */
    size_t index;        /* SYMBOL_DUTY */
    struct Symbol *next; /* in order of definition */
} Symbol;

typedef struct Names { /* name → symbol; one for facts and definitions, one for duties */
    Symbol **slots;
    size_t cap, n;
    Symbol *first, *last;
} Names;

Symbol *names_find(const Names *names, const char *name);
Symbol *names_add(Names *names, Arena *a, const char *name, SymbolKind kind); /* NULL when taken */
void names_finish(Names *names);
/* Every scalar of the catalogue, under its path and as it is said. */
void names_add_facts(Names *names, Arena *a);
const char *kind_phrase(SymbolKind kind); /* "a moment", "an answer" … */

/* --- lists and their fields ---------------------------------------------------------------- */
/* The list that a noun names ("review", "cross reference", "offer"): tries the longest. *eaten = tokens. */
bool noun_list(const Token *t, CaseListId *list, size_t *eaten);
const char *const *noun_words(size_t *n);
const char *noun_of(CaseListId list); /* "assessment", for messages and explanations */
/* The field of a list that tokens name, longest first; NULL when none. */
const CaseField *field_said(CaseListId list, const Token *t, size_t *eaten);
/* How the language says a field: "accepted", "police staff", "index number". */
void field_say(CaseListId list, const CaseField *f, char out[64]);
/* The vocabulary that a word names, alone or in the plural: "offence", "offences". */
bool vocab_said(const Vocabs *v, const char *word, VocabId *out);

#endif
