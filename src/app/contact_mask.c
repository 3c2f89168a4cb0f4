/* contact_mask.c — what is hidden until somebody says what for: numbers and addresses of safe contact, the address of anybody but the
** suspect, and the answers of a book that its form marks safe-contact. It is hidden in the document itself before a face gets it, so
** that no screen, print or command can forget to; app/contact.h opens one at a time. */
#include "inside.h"

#include "app/book.h"
#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"

typedef struct Masking {
    const FormSpec *form;
    Answers *out;
    bool any;
} Masking;

static bool mask_answer(void *with, const char *path, const char *text)
{
    Masking *m = with;
    const FormQuestion *q = form_question(m->form, path);

    if (!q || q->sensitivity != SENSITIVE_SAFE_CONTACT || !*text) return true;
    m->any = true;
    answers_put(m->out, path, CASE_HIDDEN);
    return true;
}

bool answers_mask(const FormSpec *form, Answers *answers)
{
    Answers *said = answers_copy(answers);
    Masking m = { form, answers, false };

    answers_each(said, mask_answer, &m);
    answers_free(&said);
    return m.any;
}

/* What was signed is the whole of it: its digest stays beside what is shown. */
static void mask_book(App *app, const char *case_id, Book *book, Arena *a)
{
    char digest[HASH_HEX];
    Answers *answers = book_answers(book->answers);
    const FormSpec *form = form_of_answers(app, answers);
    Str text = { 0 };

    if (form && answers_mask(form, answers)) {
        answers_write(answers, &text);
        book_digest(case_id, book, digest);
        book->whole = arena_dup(a, digest);
        book->answers = arena_dup(a, str_text(&text));
        str_finish(&text);
    }
    answers_free(&answers);
}

static bool said_again(const CaseDoc *doc, size_t i)
{
    const SafeContact *s = &doc->safe_contacts[i];

    for (size_t k = i + 1; k < doc->n_safe_contacts; k++) {
        const SafeContact *t = &doc->safe_contacts[k];
        if (str_eq(s->person, t->person) && s->way == t->way && str_eq(s->value, t->value)) return true;
    }
    return false;
}

/* In their order, so that those behind still say what they are. */
static void mask_safe(CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_safe_contacts; i++)
        if (doc->safe_contacts[i].value)
            doc->safe_contacts[i].value = said_again(doc, i) ? SAFE_SAID_AGAIN : CASE_HIDDEN;
}

void case_mask_ways(const App *app, CaseDoc *doc)
{
    const Vocabs *v = app_vocabs(app);

    mask_safe(doc);
    for (size_t i = 0; i < doc->n_people; i++)
        if (doc->people[i].address && !str_eq(vocab_word(v, VOCAB_PERSON_ROLE, doc->people[i].role), "suspect"))
            doc->people[i].address = CASE_HIDDEN;
}

void case_mask(App *app, CaseDoc *doc, Arena *a)
{
    links_hide(app, doc, a);
    if (WITHOUT("hidden-contact")) return;
    case_mask_ways(app, doc);
    for (size_t i = 0; i < doc->n_books; i++)
        if (doc->books[i].answers) mask_book(app, doc->id, &doc->books[i], a);
}
