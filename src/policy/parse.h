/* parse.h — the parser's state and its small verbs. Private to src/policy.
** A verb that returns false has reported its problem; the caller gives up the clause, not the file. */
#ifndef POLICY_PARSE_H
#define POLICY_PARSE_H

#include "lex.h"
#include "names.h"
#include "rule.h"

#define NO_RULE    SIZE_MAX
#define CHECK_RULE (SIZE_MAX - 1) /* a gate, an alert or a checklist is being read */
enum { PROBLEMS_MAX = 100, HINTS_MAX = 160, PHRASES_MAX = 10, DEPTH_MAX = 40, INCLUDES_MAX = 16, ESCALATIONS_MAX = 4 };

typedef struct DutyUse { /* a mention of a duty by name, bound when all duties are known */
    Moment *moment;
    size_t rule;
    Src src;
    struct DutyUse *next;
} DutyUse;

typedef struct WordsUse { /* a mention of a word list, bound when all lists are known */
    Cond *cond;
    const char *name;
    Src src;
    struct WordsUse *next;
} WordsUse;

typedef struct Inclusion {   /* a words file, or a piece of a file of rules, behind the policy's own text */
    const char *kind, *name; /* "words", "rules" */
    size_t at;               /* in Policy.text */
    int line;                /* the line of Policy.text before its first */
    Src src;                 /* who asked for it */
} Inclusion;

typedef struct RuleUse {     /* `use NAME [from FILE]`: a rule that is off by default is wanted */
    const char *name, *file; /* file: NULL for a rule of this text */
    Src src;
    struct RuleUse *next;
} RuleUse;

typedef struct Ignore { /* entries of a list that do not count unless a rule asks for them */
    CaseListId list;
    Test test;
    struct Ignore *next;
} Ignore;

typedef struct Parser {
    Policy *policy;
    Arena *arena;
    PolicyProblems *problems;
    size_t problems_cap;
    bool full; /* too many problems: parsing stops */

    const Token *tokens;
    size_t pos, end; /* the clause that is being read */
    int depth;

    size_t hints_at; /* what could have stood at this token */
    const char *hints[HINTS_MAX];
    size_t n_hints;
    const char *phrases[PHRASES_MAX];
    size_t n_phrases;

    Names names, duties, gates, alerts, lists, factors;
    Ignore *ignores;
    WordsUse *words_uses;
    RuleUse *rule_uses;
    const PolicyFile *files; /* at hand */
    size_t n_given, n_uses;
    Names rule_files, words_files; /* those looked for already */
    Inclusion *includes;
    size_t n_includes, includes_cap, n_files; /* n_files: words files */
    bool words_missing;                       /* a words file was not found: its lists are not looked for either */
    bool checked;                             /* it was checked before: examples are passed over */
    bool words_only;                          /* the file is a words file                                            */
    bool no_texts;                            /* what is being read may not ask what people wrote: it is a duty's    */
    bool of_texts;                            /* the definition that is being read asks what people wrote            */
    size_t gates_cap, alerts_cap, checklists_cap, lists_cap, patterns_cap;
    DutyUse *uses;
    Rule *rules;
    size_t n_rules, rules_cap;
    size_t formats_cap, endings_cap;
    Src common_src;

    size_t rule;           /* the duty being read, or NO_RULE          */
    CaseListId each;       /* what it is for; LIST_COUNT when not said */
    const Selector *outer; /* the selector around a nested one */
    int weight;            /* of the definitions used so far in this one */
} Parser;

/* Lets go of what is not the policy's. */
void parser_finish(Parser *p);
/* Problems in the order of the file, wherever they were found. */
void sort_problems(PolicyProblems *problems);

/* --- problems ------------------------------------------------------------------------------- */
Src src_of(const Parser *p, size_t from, size_t to); /* tokens from … before to */
/* Reports and returns false. expected and nearest may be NULL. */
bool problem(Parser *p, Src src, const char *expected, const char *nearest, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The same, but only a warning: it stops nothing. */
void warn(Parser *p, Src src, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The token here does not fit: what was expected is what was tried here. `text` NULL for "… is not understood here". */
bool unexpected(Parser *p, const char *text);

/* Whether the text from byte `from` on can be read at all: UTF-8, and nothing in it that hides or deceives. */
bool check_bytes(Parser *p, const char *s, size_t n, size_t from);

/* --- tokens -------------------------------------------------------------------------------------- */
const Token *here(const Parser *p); /* never beyond the clause: then a TOKEN_END */
const Token *ahead(const Parser *p, size_t n);
bool at_end(const Parser *p);
bool is(const Parser *p, const char *word);       /* the word stands here           */
bool accept(Parser *p, const char *word);         /* …then over it; else a hint      */
bool accept_quietly(Parser *p, const char *word); /* no hint: a word one may leave out */
bool mark(Parser *p, char c);
bool expect(Parser *p, const char *word);
bool expect_end(Parser *p); /* nothing may follow in this clause */
void forget_hints(Parser *p);
void hint_phrase(Parser *p, const char *phrase); /* "a moment": said as expected     */
void hint_word(Parser *p, const char *word);     /* looked at for the nearest name   */
bool deeper(Parser *p);                          /* guards recursion; pair with shallower() when it was true */
void shallower(Parser *p);
Src here_src(const Parser *p);
const char *quoted(Parser *p); /* a string, or NULL with a problem */

/* --- the parts of a rule ---------------------------------------------------------------------------- */
Symbol *symbol_here(Parser *p, size_t *eaten); /* the longest name of the facts and definitions */
bool wrong_kind(Parser *p, Symbol *s, size_t eaten, const char *wanted);
/* Words of a vocabulary, joined by commas and "or", or a set of it: `found` false and no problem when none stands here. */
bool words_of(Parser *p, VocabId vocab, CodeSet *out, bool *found);
void hint_vocab(Parser *p, VocabId vocab);
void hint_nouns(Parser *p);
void hint_known(Parser *p, CaseListId list); /* "what is known of the review: outcome, by …" */
bool need_words(Parser *p, VocabId vocab, CodeSet *out, const char *about);
CodeSet unsaid_words(const Vocabs *v, VocabId vocab);
bool selector_starts(Parser *p);
Selector *parse_selector(Parser *p);
Value *parse_value(Parser *p); /* NULL without a problem when none starts here: see value_starts */
bool value_starts(Parser *p);
Cond *parse_cond(Parser *p);
Cond *parse_simple_cond(Parser *p);         /* no "and" or "or" outside brackets */
Moment *parse_moment(Parser *p, bool done); /* in `done`, an entry alone means the first that counts */
bool moment_lies_ahead(const Moment *m);    /* it may be known before it comes: it says when something is planned */
bool parse_clock(Parser *p, Clock *out, bool opens);
bool parse_time_of_day(Parser *p, int *out); /* 09:00, as minutes of the day */
bool parse_span(Parser *p, Clock *out); /* 7 days */
void use_symbol(Parser *p, Symbol *s);  /* it is used, and weighs in the definition that is being read */
bool parse_minutes(Parser *p, int *out); /* 20: of work */
bool is_reserved(const char *word);     /* a word of the language itself */
bool parse_cite(Parser *p, const char **out);
bool parse_owner(Parser *p, Role *out, const char *what); /* what: "a duty" */
bool parse_act(Parser *p, const char **out);
bool parse_off(Parser *p); /* behind "off": by default */

/* --- the file ----------------------------------------------------------------------------------------- */
void parse_file(Parser *p);
void parse_duty(Parser *p, size_t from, size_t to);
void parse_task(Parser *p, size_t from, size_t to);
void parse_gate(Parser *p, size_t from, size_t to);
void parse_alert(Parser *p, size_t from, size_t to);
void parse_checklist(Parser *p, size_t from, size_t to);
/* `check`: whose example it is; NULL: a duty's. */
bool parse_example(Parser *p, size_t from, size_t to, Example **list, const Check *check);
/* Calls `clause` for every clause of the block whose header ends at `from`; a deeper line continues its clause. */
typedef void ClauseFn(Parser *p, size_t from, size_t to, void *ctx);
size_t header_end(const Parser *p, size_t from, size_t to);
void each_clause(Parser *p, size_t from, size_t to, ClauseFn *clause, void *ctx);
void check_file(Parser *p);
void run_examples(Parser *p);
void compile_file(Parser *p);

/* --- rules of other files: parse_use.c ------------------------------------------------------------------ */
/* use RULE, RULE [from FILE] */
void parse_use(Parser *p);
/* rules of FILE "title": what stands below it was taken from there */
void parse_rules(Parser *p);
/* Puts the rules that the policy uses from other files behind its text, with the definitions that they stand on. */
void rules_include(Parser *p, const PolicyFile *files, size_t n_files);
void rules_switch_on(Parser *p);
/* The text goes on with this piece of another file, which begins at `line` there. */
void include_piece(Parser *p, Str *all, Inclusion it, const char *text, size_t n, int line);
bool token_is(const Token *t, const char *word);

/* --- analyse.c: what is right and yet looks wrong --------------------------------------------------------- */
void analyse_file(Parser *p);

/* --- words: parse_words.c ----------------------------------------------------------------------------- */
/* words from FILE · words of FILE "title" · words NAME "title" with its clauses */
void parse_words(Parser *p, size_t from, size_t to);
void parse_factors(Parser *p);
/* Puts the words files that the policy asks for behind its text; one that is missing is a problem. */
void words_include(Parser *p, const PolicyFile *files, size_t n_files);
void words_bind(Parser *p);
void words_run_examples(Parser *p);

#endif
