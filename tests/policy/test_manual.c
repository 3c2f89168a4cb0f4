/* test_manual.c — docs/policy.md names every fact, noun, field and word there is, and its examples are of this language. */
#include "policy_files.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *manual;

static int start(void **unused)
{
    const char *path = getenv("BOOK124_POLICY_MANUAL");
    size_t n;
    Err err;

    manual = file_read(path ? path : "docs/policy.md", &n);
    return manual && crypto_start(&err) ? 0 : -1;
}

static int stop(void **unused)
{
    mem_free(manual);
    return 0;
}

/* ---- what is printed from the catalogue ---- */

static const char *kind_words(const CaseField *f, char out[120])
{
    static const char *const words[] = { [FIELD_TEXT] = "a text",
        [FIELD_LONG] = "a text",
        [FIELD_TIME] = "a moment",
        [FIELD_DATE] = "a date: given or not",
        [FIELD_YES] = "yes or no",
        [FIELD_OFFICER] = "a warrant number",
        [FIELD_PERSON] = "a person of the case",
        [FIELD_JSON] = "answers: given or not",
        [FIELD_ANSWERS] = "answers: given or not" };

    if (f->kind == FIELD_CODE)
        snprintf(out, 120, "a word of `%s`", vocabs_standard()->of[f->vocab].name);
    else if (f->kind == FIELD_CODES)
        snprintf(out, 120, "words of `%s`: given or not", vocabs_standard()->of[f->vocab].name);
    else
        snprintf(out, 120, "%s", words[f->kind]);
    return out;
}

static void print_scalars(Str *out)
{
    char said[64], kind[120];

    str_add(out, "### Facts of the case\n\n| fact | field | is |\n|---|---|---|\n");
    for (size_t i = 0; i < case_n_scalars; i++) {
        const CaseField *f = &case_scalars[i];
        bool asked = f->kind == FIELD_TIME || f->kind == FIELD_CODE;
        field_say(LIST_COUNT, f, said);
        str_addf(out, "| `%s` | `%s` | %s%s |\n", said, f->path, kind_words(f, kind),
            asked ? "" : ": kept, but no rule can ask about it");
    }
    str_add(out, "| `owner` | `owners.unit` | a word of `unit`: the unit of the latest accepted offer |\n\n");
}

static void print_list(Str *out, CaseListId list)
{
    const CaseList *l = &case_lists[list];
    char said[64], kind[120];

    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        bool first = f == list_shapes[list].primary, order = f->flags & FIELD_ORDER;
        field_say(list, f, said);
        str_addf(out, "| %s%s%s | `%s` | `%s%s.%s` | %s%s%s |\n", i ? "" : "`", i ? "" : noun_of(list), i ? "" : "`",
            said, list == LIST_STATUS ? "people." : "", l->name, f->path, kind_words(f, kind),
            first ? "; may stand right behind the noun" : "", order ? "; the list is in order of it" : "");
    }
}

static void print_words(Str *out)
{
    const Vocabs *v = vocabs_standard();

    str_add(out, "\n### Words\n\n| vocabulary | words |\n|---|---|\n");
    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        str_addf(out, "| `%s` |", v->of[id].name);
        for (size_t i = 0; i < v->of[id].n; i++) str_addf(out, " `%s`", v->of[id].words[i].word);
        str_add(out, " |\n");
    }
}

static char *tables(void)
{
    Str out = { 0 };

    shapes_ready();
    print_scalars(&out);
    str_add(&out, "### Entries and their fields\n\nA role (`victim`, `suspect`, `child`, `witness`, `informant`) is a "
                  "noun too: a `person` of it.\n\n"
                  "| noun | said | field | is |\n|---|---|---|---|\n");
    for (CaseListId list = 0; list < LIST_COUNT; list++) print_list(&out, list);
    print_words(&out);
    return str_take(&out);
}

static const char tables_begin[] = "<!-- begin tables -->\n", tables_end[] = "<!-- end tables -->";

/* BOOK124_GOLDEN=write prints them into the page. */
static void the_tables_are_what_the_program_knows(void **unused)
{
    const char *from = strstr(manual, tables_begin), *to = strstr(manual, tables_end),
               *path = getenv("BOOK124_POLICY_MANUAL");
    char *want = tables();

    assert_true(from && to);
    from += strlen(tables_begin);
    if (getenv("BOOK124_GOLDEN")) {
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        fprintf(f, "%.*s%s%s", (int)(from - manual), manual, want, to);
        fclose(f);
    } else {
        assert_int_equal(to - from, strlen(want));
        assert_memory_equal(from, want, strlen(want));
    }
    mem_free(want);
}

/* ---- what is shown ---- */

static void a_whole_file(const char *text, size_t n)
{
    char *page = problems_of(text, n, NULL);

    if (*page) fail_msg("%.*s\n%s", (int)n, text, page);
    mem_free(page);
}

static void every_step_of_building_one_rule_is_a_whole_policy(void **unused)
{
    const char *at = strstr(manual, "## Building one rule"), *end = strstr(at, "\n## ");
    size_t n = 0;

    for (at = strstr(at, "\n```\n"); at && at < end; at = strstr(at, "\n```\n")) {
        const char *from = at + 5, *to = strstr(from, "\n```");
        assert_non_null(to);
        a_whole_file(from, (size_t)(to - from) + 1);
        n++;
        at = to + 4;
    }
    assert_int_equal(n, 4);
}

static void names(const char *word)
{
    char ticked[100];

    snprintf(ticked, sizeof ticked, "`%s`", word);
    if (!strstr(manual, ticked)) fail_msg("docs/policy.md does not name %s", ticked);
}

static void every_fact_has_its_name(void **unused)
{
    char said[64];

    for (size_t i = 0; i < case_n_scalars; i++) {
        field_say(LIST_COUNT, &case_scalars[i], said);
        names(said);
    }
}

static void every_noun_and_field_has_its_name(void **unused)
{
    char said[64];

    for (CaseListId list = 0; list < LIST_COUNT; list++) {
        if (list != LIST_STATUS) names(noun_of(list));
        for (size_t i = 0; i < case_lists[list].n_fields; i++) {
            field_say(list, &case_lists[list].fields[i], said);
            names(said);
        }
    }
}

static void every_word_is_listed(void **unused)
{
    const Vocabs *v = vocabs_standard();

    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        for (size_t i = 0; i < v->of[id].n; i++) names(v->of[id].words[i].word);
    }
}

/* The first block of code after a mark, without its fences. */
static char *block_after(const char *mark)
{
    const char *from = strstr(manual, mark), *end;

    assert_non_null(from);
    from = strstr(from, "\n```\n");
    assert_non_null(from);
    from += 5;
    end = strstr(from, "\n```");
    assert_non_null(end);
    return strndup(from, (size_t)(end - from) + 1);
}

/* The entries that the manual shows, each as a condition of its own. */
static void every_shown_entry_is_understood(void **unused)
{
    char *block = block_after("## Entries: which ones are meant");
    Str text = { 0 };
    size_t n = 0;

    str_add(&text, "policy p \"x\"\nignore review with outcome returned\noffences serious-assault is s18, s20\n"
                   "relationships partners is spouse, partner\n");
    for (char *line = strtok(block, "\n"); line; line = strtok(NULL, "\n"))
        str_addf(&text, "alert d%zu \"x\"\n cite x\n owner dci\n when %s\n", n++,
            line); /* two duties of one entry would be warned of */
    /* The definitions are used whatever the manual shows. */
    char *page = problems_of(str_text(&text), text.n, NULL);
    assert_string_equal(page, "");
    assert_true(n > 10);
    mem_free(page);
    free(block);
    str_finish(&text);
}

static void every_shown_end_of_a_duty_is_understood(void **unused)
{
    char *block = block_after("**done** says what fulfils the duty");
    Str text = { 0 };
    size_t n = 0;

    str_add(&text, "policy p \"x\"\n");
    for (char *line = strtok(block, "\n"); line; line = strtok(NULL, "\n"))
        str_addf(&text, "duty d%zu \"x\"\n    cite x\n    owner dci\n    from reported\n    due after 1 hour\n%s\n",
            n++, line);
    char *page = problems_of(str_text(&text), text.n, NULL);
    assert_string_equal(page, "");
    mem_free(page);
    free(block);
    str_finish(&text);
}

static void the_first_look_is_a_whole_policy(void **unused)
{
    char *duty = block_after("## A first look"), *words = block_after("the same file says further up"), *page;
    Str text = { 0 };

    str_addf(&text, "policy p \"x\"\n%s\n%s", words, duty);
    page = problems_of(str_text(&text), text.n, NULL);
    assert_string_equal(page, "");
    mem_free(page);
    free(duty);
    free(words);
    str_finish(&text);
}

static void every_act_is_named(void **unused)
{
    for (const char *const *act = policy_acts; *act; act++) names(*act);
}

/* The gate, the alert, the factors and the words that the manual shows are one policy together; their examples come out. */
static void the_shown_gate_alert_and_words_are_understood(void **unused)
{
    static const char *const marks[] = { "## Risk answers", "## Words: what accounts speak of",
        "## Gates: what may not happen yet", "## Alerts: what does not fit" };
    PolicyProblems problems = { .arena = arena_new() };
    char *words = block_after(marks[1]), *page;
    Str text = { 0 };
    Policy *p;

    str_add(&text, "policy p \"x\"\n");
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        char *block = block_after(marks[i]);
        str_addf(&text, "%s\n", block);
        free(block);
    }
    page = problems_of(str_text(&text), text.n, &p);
    assert_string_equal(page, "");
    assert_int_equal(policy_gate_count(p), 1);
    assert_int_equal(policy_alert_count(p), 1);
    assert_true(policy_words_check("example", words, strlen(words), NULL, &problems));
    policy_free(&p);
    mem_free(page);
    free(words);
    arena_free(&problems.arena);
    str_finish(&text);
}

static void the_shown_rule_that_is_off_is_understood(void **unused)
{
    char *block = block_after("## Rules that are off until they are used");
    Str text = { 0 };

    str_addf(&text, "policy p \"x\"\n%s\nuse finding-05, finding-07 from learning\n", block);
    a_whole_file(text.s, text.n);
    free(block);
    str_finish(&text);
}

/* What can be said of conditions is in the table of conditions. */
static void every_shown_condition_of_texts_and_answers_is_understood(void **unused)
{
    static const char *const shown[] = { "risk answer strangulation is no", "account matches words strangulation",
        "context matches words weapons", "initial risk answer weapons is yes", "risk answer weapons is not answered" };
    Str text = { 0 };
    char *page;

    str_add(&text, "policy p \"x\"\nwords from accounts\nfactors specss-plus is strangulation, weapons\n");
    for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
        if (i < 3) names(shown[i]);
        str_addf(&text, "alert n%zu \"x\"\n cite x\n owner dci\n when %s\n", i, shown[i]);
    }
    page = problems_of(str_text(&text), text.n, NULL);
    assert_string_equal(page, "");
    mem_free(page);
    str_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_are_what_the_program_knows),
        cmocka_unit_test(every_step_of_building_one_rule_is_a_whole_policy),
        cmocka_unit_test(the_shown_rule_that_is_off_is_understood),
        cmocka_unit_test(every_fact_has_its_name),
        cmocka_unit_test(every_noun_and_field_has_its_name),
        cmocka_unit_test(every_word_is_listed),
        cmocka_unit_test(every_shown_entry_is_understood),
        cmocka_unit_test(every_shown_end_of_a_duty_is_understood),
        cmocka_unit_test(the_first_look_is_a_whole_policy),
        cmocka_unit_test(every_act_is_named),
        cmocka_unit_test(the_shown_gate_alert_and_words_are_understood),
        cmocka_unit_test(every_shown_condition_of_texts_and_answers_is_understood),
    };

    return cmocka_run_group_tests_name("policy manual", tests, start, stop);
}
