/* test_document.c — docs/case-document.md says what the catalogue says: every key with its kind and its sentence, every word. */
#include "core_test.h"

#include "base/str.h"

static char *page;

static const char *holds(const CaseField *f, const Vocabs *v, Arena *a)
{
    switch (f->kind) {
    case FIELD_TEXT: return "text";
    case FIELD_LONG: return "text with lines";
    case FIELD_TIME: return "time";
    case FIELD_DATE: return "date";
    case FIELD_CODE: return arena_printf(a, "word of `%s`", v->of[f->vocab].name);
    case FIELD_CODES: return arena_printf(a, "list of words of `%s`", v->of[f->vocab].name);
    case FIELD_YES: return "true or false";
    case FIELD_OFFICER: return "warrant number";
    case FIELD_PERSON: return "key of a person";
    case FIELD_JSON: return "object";
    case FIELD_ANSWERS: return "object of `{answer, context}`";
    }
    return "";
}

/* One row a field, under the heading of its list, in the catalogue's order. */
static void table_stands(const char *heading, const CaseField *fields, size_t n, Arena *a)
{
    const char *at = strstr(page, heading);

    if (!at) fail_msg("docs/case-document.md has no \"%s\"", heading);
    for (size_t i = 0; i < n; i++) {
        const CaseField *f = &fields[i];
        const char *row = arena_printf(a, "\n| `%s`%s | %s | %s |\n", f->path, f->flags & FIELD_REQUIRED ? " *" : "",
            holds(f, vocabs_standard(), a), f->help ? f->help : f->label);
        const char *found = strstr(at, row);
        if (!found) fail_msg("docs/case-document.md lacks under \"%s\":%s", heading, row);
        at = found;
    }
}

static void the_page_has_every_key(void **state)
{
    Arena *a = *state;

    table_stands("\n## The case\n", case_scalars, case_n_scalars, a);
    for (CaseListId list = 0; list < LIST_COUNT; list++)
        table_stands(arena_printf(a, "\n### `%s`", case_lists[list].name), case_lists[list].fields,
            case_lists[list].n_fields, a);
}

static void the_page_has_every_word(void **state)
{
    const Vocabs *v = vocabs_standard();
    Str row = { 0 };

    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        str_clear(&row);
        str_addf(&row, "\n| `%s` |", v->of[id].name);
        for (size_t i = 0; i < v->of[id].n; i++) str_addf(&row, " `%s`", v->of[id].words[i].word);
        str_add(&row, " |\n");
        if (!strstr(page, row.s)) fail_msg("docs/case-document.md lacks:%s", row.s);
    }
    str_finish(&row);
}

int main(void)
{
    const struct CMUnitTest facts[] = { FACT(the_page_has_every_key), FACT(the_page_has_every_word) };
    size_t n = 0;
    int failed;

    page = file_bytes(DOCUMENT_PAGE, &n);
    if (!page) {
        fprintf(stderr, "%s cannot be read\n", DOCUMENT_PAGE);
        return 1;
    }
    failed = cmocka_run_group_tests(facts, NULL, NULL);
    free(page);
    return failed;
}
