/* parse_select.c — which entries are meant: `review ps-check, csu-ds-read with outcome returned`.
** A noun names the list, the words after it are of the list's first field, and every further part names a field. A
** person's role is a noun too. "or" and commas between words of one vocabulary join the words, never the rule. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* ---- lists, as the engine sees them ---- */

ListShape list_shapes[LIST_COUNT];

static void shape_list(CaseListId id)
{
    const CaseList *l = &case_lists[id];
    ListShape *s = &list_shapes[id];
    const CaseField *time = NULL;

    *s = (ListShape){ .stride = l->item_size, .items = l->items_offset, .count = l->count_offset };
    for (size_t i = l->n_fields; i-- > 0;) {
        const CaseField *f = &l->fields[i];
        if (f->kind == FIELD_CODE) s->primary = f;
        if (f->kind == FIELD_TIME) time = f;
        if (f->flags & FIELD_ORDER) s->order = f;
    }
    if (!s->order) s->since = time;
}

static void shapes_make(void)
{
    for (CaseListId id = 0; id < LIST_COUNT; id++) shape_list(id);
}

void shapes_ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, shapes_make);
}

Code set_first(const CodeSet *s)
{
    for (Code c = 1; c < 128; c++)
        if (set_has(s, c)) return c;
    return CODE_NONE;
}

/* ---- words of a vocabulary ---- */

/* Words that are an answer and yet say that nobody knows. */
static const char *const unsaid[] = { "unknown", "not-known", "not-asked", "declined" };

CodeSet unsaid_words(const Vocabs *v, VocabId vocab)
{
    CodeSet out = { { 1, 0 } };

    for (size_t i = 0; i < ARRAY_LEN(unsaid); i++) {
        Code c = vocab_code(v, vocab, unsaid[i]);
        if (c != CODE_NONE) set_add(&out, c);
    }
    return out;
}

static bool word_at(Parser *p, size_t n, VocabId vocab, CodeSet *out)
{
    const Token *t = ahead(p, n);
    Symbol *s;
    Code c;

    if (t->kind != TOKEN_WORD) return false;
    c = vocab_code(&p->policy->vocabs, vocab, t->text);
    if (c != CODE_NONE) {
        if (out) set_add(out, c);
        return true;
    }
    s = names_find(&p->names, t->text);
    if (!s || s->kind != SYMBOL_SET || s->vocab != vocab) return false;
    if (!out) return true;
    s->used = true;
    out->bits[0] |= s->set.bits[0];
    out->bits[1] |= s->set.bits[1];
    return true;
}

void hint_vocab(Parser *p, VocabId vocab)
{
    const Vocab *v = &p->policy->vocabs.of[vocab];
    Str list = { 0 };

    for (size_t i = 0; i < v->n; i++) hint_word(p, v->words[i].word);
    for (Symbol *s = p->names.first; s; s = s->next)
        if (s->kind == SYMBOL_SET && s->vocab == vocab) hint_word(p, s->name);
    vocab_list(&p->policy->vocabs, vocab, &list);
    hint_phrase(p, arena_printf(p->arena, "%s (%s)", v->name, str_text(&list)));
    str_finish(&list);
}

/* For a word further on that would be of this vocabulary if it were written right. */
static void hint_vocab_at(Parser *p, size_t n, VocabId vocab)
{
    if (ahead(p, n)->kind != TOKEN_WORD || is_reserved(ahead(p, n)->text)) return;
    p->pos += n;
    hint_vocab(p, vocab);
    p->pos -= n;
}

bool words_of(Parser *p, VocabId vocab, CodeSet *out, bool *found)
{
    bool brackets = here(p)->kind == TOKEN_MARK && *here(p)->text == '(' && word_at(p, 1, vocab, NULL);

    *out = (CodeSet){ 0 };
    *found = false;
    p->pos += brackets;
    if (!word_at(p, 0, vocab, out)) return true;
    *found = true;
    for (p->pos++;; p->pos++) {
        size_t n = 0;
        if (ahead(p, n)->kind == TOKEN_MARK && *ahead(p, n)->text == ',') n++;
        if (ahead(p, n)->kind == TOKEN_WORD && str_eq(ahead(p, n)->text, "or")) n++;
        if (n == 0) break;
        if (!word_at(p, n, vocab, out)) {
            hint_vocab_at(p, n, vocab);
            break;
        }
        p->pos += n;
    }
    if (!brackets || mark(p, ')')) return true;
    hint_vocab(p, vocab);
    hint_phrase(p, ")");
    return unexpected(p, NULL);
}

bool need_words(Parser *p, VocabId vocab, CodeSet *out, const char *about)
{
    bool found;
    char text[200];

    if (!words_of(p, vocab, out, &found)) return false;
    if (found) return true;
    hint_vocab(p, vocab);
    if (here(p)->kind != TOKEN_WORD) return unexpected(p, NULL);
    snprintf(text, sizeof text, "\"%.60s\" can never be \"%.60s\".", about, here(p)->text);
    return unexpected(p, text);
}

/* ---- tests ---- */

static const CaseField *field_here(Parser *p, CaseListId list, size_t *eaten)
{
    const CaseField *f = field_said(list, &p->tokens[p->pos], eaten);

    return f && *eaten <= p->end - p->pos ? f : NULL;
}

static void hint_fields(Parser *p, CaseListId list)
{
    const CaseList *l = &case_lists[list];
    char said[64];

    for (size_t i = 0; i < l->n_fields; i++) {
        field_say(list, &l->fields[i], said);
        hint_word(p, arena_dup(p->arena, said));
    }
}

void hint_known(Parser *p, CaseListId list)
{
    const CaseList *l = &case_lists[list];
    Str out = { 0 };
    char said[64];

    str_addf(&out, "what is known of the %s: ", noun_of(list));
    for (size_t i = 0; i < l->n_fields; i++) {
        field_say(list, &l->fields[i], said);
        str_addf(&out, "%s%s", i == 0 ? "" : i + 1 == l->n_fields ? " or " : ", ", said);
    }
    hint_phrase(p, arena_dup(p->arena, str_text(&out)));
    str_finish(&out);
}

static Test *add_test(Parser *p, Selector *s, TestKind kind, const CaseField *f)
{
    enum { TESTS_MAX = 16 };
    Test *t;

    if (!s->tests) s->tests = arena_zero(p->arena, TESTS_MAX, sizeof *t);
    if (s->n_tests == TESTS_MAX) {
        problem(p, here_src(p), NULL, NULL, "This asks too much of one \"%s\".", noun_of(s->list));
        return NULL;
    }
    t = &s->tests[s->n_tests++];
    *t = (Test){ .kind = kind, .field = f, .offset = f->offset };
    return t;
}

static bool test_words(Parser *p, Selector *s, const CaseField *f, const CodeSet *set, bool negate)
{
    Test *t = add_test(p, s, TEST_CODE, f);

    if (!t) return false;
    t->set = *set;
    t->negate = negate;
    t->unsaid = unsaid_words(&p->policy->vocabs, f->vocab);
    if (f == list_shapes[s->list].primary && !negate) s->primary = *set;
    return true;
}

typedef enum Said { SAID_PLAIN, SAID_WITH, SAID_WITHOUT } Said; /* how a field was led in */

static bool test_given(Parser *p, Selector *s, const CaseField *f, Said said)
{
    Test *t = add_test(p, s, TEST_GIVEN, f);

    if (t) t->negate = said == SAID_WITHOUT;
    return t != NULL;
}

static bool test_code(Parser *p, Selector *s, const CaseField *f, Said said)
{
    bool found, negate;
    CodeSet set;
    char name[64];

    if (said == SAID_WITHOUT) return test_given(p, s, f, said);
    accept_quietly(p, "is");
    negate = accept_quietly(p, "not");
    accept_quietly(p, "in");
    if (!words_of(p, f->vocab, &set, &found)) return false;
    if (found) return test_words(p, s, f, &set, negate);
    hint_vocab(p, f->vocab);
    if (said == SAID_WITH && !negate) return test_given(p, s, f, said);
    field_say(s->list, f, name);
    return need_words(p, f->vocab, &set, name);
}

static bool test_yes(Parser *p, Selector *s, const CaseField *f, Said said)
{
    Test *t = add_test(p, s, TEST_YES, f);

    if (t) t->negate = said == SAID_WITHOUT;
    return t != NULL;
}

static bool test_text(Parser *p, Selector *s, const CaseField *f, Said said)
{
    bool value = here(p)->kind == TOKEN_STRING || (said == SAID_PLAIN && here(p)->kind == TOKEN_WORD);
    Test *t;

    if (!value && said != SAID_PLAIN) return test_given(p, s, f, said);
    if (!value) return quoted(p) != NULL;
    t = add_test(p, s, TEST_TEXT, f);
    if (!t) return false;
    t->text = p->tokens[p->pos++].text;
    t->negate = said == SAID_WITHOUT;
    return true;
}

static bool test_person(Parser *p, Selector *s, const CaseField *f, Said said)
{
    const Selector *outer = p->outer;
    Selector *person;
    Test *t;

    if (!selector_starts(p) && said != SAID_PLAIN) return test_given(p, s, f, said);
    if (!deeper(p)) return false;
    p->outer = s;
    person = parse_selector(p);
    p->outer = outer;
    shallower(p);
    if (!person) return false;
    if (person->list != LIST_PEOPLE)
        return problem(p, person->src, "a person: victim, suspect, child …", NULL, "This must be a person, not \"%s\".",
            noun_of(person->list));
    if (!(t = add_test(p, s, TEST_PERSON, f))) return false;
    t->person = person;
    t->negate = said == SAID_WITHOUT;
    return true;
}

typedef bool TestFn(Parser *p, Selector *s, const CaseField *f, Said said);
static TestFn *const test_fns[] = {
    [FIELD_TEXT] = test_text,
    [FIELD_LONG] = test_text,
    [FIELD_TIME] = test_given,
    [FIELD_DATE] = test_given,
    [FIELD_CODE] = test_code,
    [FIELD_CODES] = test_given,
    [FIELD_YES] = test_yes,
    [FIELD_OFFICER] = test_text,
    [FIELD_PERSON] = test_person,
    [FIELD_JSON] = test_given,
    [FIELD_ANSWERS] = test_given,
};

/* ---- parts ---- */

/* `same sex`: answered, and as in the person around. */
static bool part_same(Parser *p, Selector *s)
{
    size_t eaten;
    const CaseField *f;

    if (!p->outer || p->outer->list != LIST_PEOPLE || s->list != LIST_PEOPLE)
        return problem(p, here_src(p), NULL, NULL,
            "\"same\" compares two people: say it of the person that another is related to.");
    p->pos++;
    f = field_here(p, s->list, &eaten);
    if (!f || f->kind != FIELD_CODE) {
        hint_fields(p, s->list);
        return unexpected(p, NULL);
    }
    p->pos += eaten;
    Test *t = add_test(p, s, TEST_SAME, f);
    if (t) t->unsaid = unsaid_words(&p->policy->vocabs, f->vocab);
    return t != NULL;
}

/* `any outcome`: what the file ignores otherwise counts here. A test that never fails remembers it. */
static bool part_any(Parser *p, Selector *s, bool *taken)
{
    size_t from = p->pos, eaten;
    const CaseField *f;

    p->pos++;
    f = field_here(p, s->list, &eaten);
    *taken = f && f->kind == FIELD_CODE;
    if (!*taken) {
        p->pos = from;
        return true;
    }
    p->pos += eaten;
    Test *t = add_test(p, s, TEST_CODE, f);
    if (t) memset(&t->set, 0xff, sizeof t->set);
    return t != NULL;
}

/* `reference cris well-formed`: as its `reference` line says, wherever in the file that stands. */
static bool part_formed(Parser *p, Selector *s, Said said, bool *taken)
{
    Test *t;

    *taken = true;
    p->pos++;
    t = add_test(p, s, TEST_FORMED, case_list_field(s->list, "number"));
    if (t) t->negate = said == SAID_WITHOUT;
    return t != NULL;
}

/* The field `with` of a list that has one, before its word: `contact with victim`. */
static bool with_is_field(Parser *p, const Selector *s)
{
    size_t eaten;
    const CaseField *f = field_here(p, s->list, &eaten);

    return f && f->kind == FIELD_CODE && word_at(p, eaten, f->vocab, NULL);
}

static bool part_field(Parser *p, Selector *s, Said said, bool *taken)
{
    size_t eaten, noun;
    CaseListId other;
    const CaseField *f = field_here(p, s->list, &eaten);

    if (f && said == SAID_PLAIN && (f->kind == FIELD_TIME || noun_list(&p->tokens[p->pos], &other, &noun)))
        f = NULL; /* "first book indexed", "flag dv, flag hbv" */
    *taken = f != NULL;
    if (!f) return true;
    p->pos += eaten;
    return test_fns[f->kind](p, s, f, said);
}

static bool part(Parser *p, Selector *s, bool *taken)
{
    size_t from = p->pos;
    Said said = SAID_PLAIN;

    mark(p, ',');
    if (is(p, "same")) {
        *taken = true;
        return part_same(p, s);
    }
    if (is(p, "any")) return part_any(p, s, taken) && (*taken || (p->pos = from, true));
    if (is(p, "without"))
        said = SAID_WITHOUT;
    else if (is(p, "with") && !with_is_field(p, s))
        said = SAID_WITH;
    if (said != SAID_PLAIN) {
        p->pos++;
        if (is(p, "same")) {
            *taken = true;
            return part_same(p, s);
        }
        hint_fields(p, s->list);
        hint_known(p, s->list);
    }
    if (s->list == LIST_REFERENCES && is(p, "well-formed")) return part_formed(p, s, said, taken);
    if (!part_field(p, s, said, taken)) return false;
    if (*taken) return true;
    if (said != SAID_PLAIN) return unexpected(p, NULL);
    p->pos = from;
    hint_fields(p, s->list);
    return true;
}

/* ---- the whole ---- */

void hint_nouns(Parser *p)
{
    size_t n;
    const char *const *words = noun_words(&n);

    for (size_t i = 0; i < n; i++) hint_word(p, words[i]);
}

bool selector_starts(Parser *p)
{
    CaseListId list;
    size_t eaten;

    if (p->pos >= p->end) return false;
    if (noun_list(&p->tokens[p->pos], &list, &eaten) && eaten <= p->end - p->pos) return list != LIST_STATUS;
    return here(p)->kind == TOKEN_WORD && vocab_code(&p->policy->vocabs, VOCAB_PERSON_ROLE, here(p)->text) != CODE_NONE;
}

static bool first_words(Parser *p, Selector *s)
{
    const CaseField *primary = list_shapes[s->list].primary;
    CodeSet set;
    bool found;

    if (!primary) return true;
    accept_quietly(p, "in");
    if (!words_of(p, primary->vocab, &set, &found)) return false;
    if (found) return test_words(p, s, primary, &set, false);
    if (here(p)->kind == TOKEN_WORD) hint_vocab(p, primary->vocab);
    return true;
}

/* What the file ignores, unless this selector says something of that field itself. */
static bool add_ignored(Parser *p, Selector *s)
{
    for (const Ignore *i = p->ignores; i; i = i->next) {
        bool said = i->list != s->list;
        for (size_t k = 0; k < s->n_tests && !said; k++)
            said = !s->tests[k].ignored && s->tests[k].field == i->test.field;
        if (said) continue;
        Test *t = add_test(p, s, TEST_CODE, i->test.field);
        if (!t) return false;
        *t = i->test;
    }
    return true;
}

static bool selects_all(const Test *t)
{
    return t->kind == TEST_CODE && !t->negate && ~t->set.bits[0] == 0 && ~t->set.bits[1] == 0;
}

/* `any outcome` has done its work; the engine need not test it. */
static void finish(Selector *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n_tests; i++)
        if (!selects_all(&s->tests[i])) s->tests[n++] = s->tests[i];
    s->n_tests = n;
    s->plain = n == 0 || (n == 1 && s->tests[0].kind == TEST_CODE && !s->tests[0].negate &&
                             s->tests[0].field == list_shapes[s->list].primary);
}

Selector *parse_selector(Parser *p)
{
    Selector *s = arena_zero(p->arena, 1, sizeof *s);
    size_t from = p->pos, eaten;
    bool more = true, noun;

    memset(&s->primary, 0xff, sizeof s->primary);
    s->list = LIST_PEOPLE;
    noun = noun_list(&p->tokens[p->pos], &s->list, &eaten);
    if (noun) p->pos += eaten;
    if (!first_words(p, s)) return NULL;
    while (more)
        if (!part(p, s, &more)) return NULL;
    if (!add_ignored(p, s)) return NULL;
    finish(s);
    s->src = src_of(p, from, p->pos);
    return s;
}
