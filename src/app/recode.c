/* recode.c — a case in the words of another policy. Codes are places in a policy's vocabularies: two files that add
** different words number them differently. Where one continues the other nothing needs to be done. A word that the
** other file does not know is not said. Pure. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

static bool begins_with(const Vocab *longer, const Vocab *shorter)
{
    if (longer->n < shorter->n) return false;
    for (size_t i = 0; i < shorter->n; i++)
        if (!str_eq(longer->words[i].word, shorter->words[i].word)) return false;
    return true;
}

bool vocabs_continue(const Vocabs *longer, const Vocabs *shorter)
{
    for (VocabId id = 0; id < VOCAB_COUNT; id++)
        if (!begins_with(&longer->of[id], &shorter->of[id])) return false;
    return true;
}

static void recode_fields(const CaseField *fields, size_t n, void *item, const Vocabs *from, const Vocabs *to)
{
    for (size_t i = 0; i < n; i++) {
        Code *code = (Code *)(void *)((char *)item + fields[i].offset);
        if (fields[i].kind == FIELD_CODE && *code != CODE_NONE)
            *code = vocab_code(to, fields[i].vocab, vocab_word(from, fields[i].vocab, *code));
    }
}

static void recode_items(CaseListId list, void *items, size_t n, const Vocabs *from, const Vocabs *to)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < n; i++) recode_fields(l->fields, l->n_fields, (char *)items + i * l->item_size, from, to);
}

static void *copied(Arena *a, const void *items, size_t n, size_t size)
{
    void *copy = arena_alloc(a, n * size + 1);

    if (n) memcpy(copy, items, n * size);
    return copy;
}

void case_recode(CaseDoc *doc, const Vocabs *from, const Vocabs *to, Arena *a)
{
    recode_fields(case_scalars, case_n_scalars, doc, from, to);
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n;
        void *items = case_items(doc, list, &n), *own = copied(a, items, n, case_lists[list].item_size);
        recode_items(list, own, n, from, to);
        *(void **)(void *)((char *)doc + case_lists[list].items_offset) = own;
    }
    for (size_t i = 0; i < doc->n_people; i++) {
        Person *p = &doc->people[i];
        p->status = copied(a, p->status, p->n_status, sizeof *p->status);
        recode_items(LIST_STATUS, p->status, p->n_status, from, to);
    }
}
