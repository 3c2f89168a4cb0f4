/* form.c — which form is in force, and on which one a book was filled in. Texts of forms are facts of the store: a book
** names the hash of its form, so that it is shown with the words it was asked in when the borough has another form by
** now. A form asks the factors of risk by the instrument in force, so that a force's licensed wording is in the book too. A store that has none yet gets the one compiled into the program, and the log says so. Each text is parsed once. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- those that were read ---- */

void app_forms_free(App *app)
{
    for (size_t i = 0; i < app->n_forms; i++) form_spec_free(&app->forms[i]);
    mem_free(app->forms);
    app->forms = NULL;
    app->n_forms = app->cap_forms = 0;
}

static bool asks_by(const FormSpec *form, const Instruments *asked)
{
    for (size_t i = 0; i < asked->n; i++) {
        const char *hash = form_instrument(form, instrument_id(asked->items[i]));
        if (hash && !str_eq(hash, instrument_hash(asked->items[i]))) return false;
    }
    return true;
}

static const FormSpec *kept(const App *app, const char *id, const char *hash, size_t n, const Instruments *asked)
{
    for (size_t i = 0; i < app->n_forms; i++)
        if (str_eq(form_id(app->forms[i]), id) && strncmp(form_hash(app->forms[i]), hash, n) == 0 &&
            asks_by(app->forms[i], asked))
            return app->forms[i];
    return NULL;
}

static FormSpec *read_form(
    const App *app, const char *name, const char *text, size_t n, const Instruments *asked, PolicyProblems *problems)
{
    PolicyFile files[VOCAB_WORDS_MAX];

    for (size_t i = 0; i < asked->n; i++) {
        files[i].name = instrument_id(asked->items[i]);
        files[i].text = instrument_text(asked->items[i], &files[i].n);
    }
    return form_parse_with(name, text, n, app->policy, files, asked->n, problems);
}

static const FormSpec *keep(App *app, FormSpec *form)
{
    app->forms = mem_room(app->forms, app->n_forms, &app->cap_forms, sizeof(FormSpec *));
    app->forms[app->n_forms++] = form;
    return form;
}

/* A problem in a text of the store is the store's or a newer program's, never the officer's. */
static const FormSpec *parse(App *app, const StoredForm *stored, const Instruments *asked, Err *err)
{
    const FormSpec *known = kept(app, stored->id, stored->hash, HASH_HEX, asked);
    Arena *a;
    FormSpec *form;

    if (known) return known;
    a = arena_new();
    PolicyProblems problems = { .arena = a };
    form = read_form(app, stored->id, stored->text, stored->n, asked, &problems);
    if (!form)
        err_set(err, ERR_CORRUPT, "form", "The form %s cannot be read by this version of book124: line %d: %s",
            stored->id, problems.n ? problems.items[0].line : 0, problems.n ? problems.items[0].text : "it is empty.");
    else if (!str_eq(form_hash(form), stored->hash)) {
        form_spec_free(&form);
        err_set(err, ERR_CORRUPT, "form", "The text of the form %s is not the one that was activated.", stored->id);
    }
    arena_free(&a);
    return form ? keep(app, form) : NULL;
}

/* ---- the one in force ---- */

bool app_form_put(App *app, const char *act, const char *id, const char *hash, const char *text, size_t n, Err *err)
{
    Tx tx = { 0 };
    Arena *a = arena_new();
    bool ok = store_begin(app->store, &tx, err) && store_form_activate(&tx, id, hash, text, n, app->now, err) &&
              app_log(app, &tx, AUDIT_CARE, act, NULL, arena_printf(a, "%s %s", id, hash), err) &&
              store_commit(&tx, err);

    store_end(&tx);
    arena_free(&a);
    return ok;
}

static bool put_builtin(App *app, const char *id, Err *err)
{
    size_t n = 0;
    const char *text = form_builtin(id, &n);
    uint8_t hash[HASH_BYTES];
    char hex[HASH_HEX];

    if (!text) return err_set(err, ERR_MISSING, "form", "There is no form \"%.40s\".", id);
    crypto_hash(text, n, hash);
    return app_form_put(app, "form.activate", id, crypto_hex(hash, sizeof hash, hex), text, n, err);
}

static const FormSpec *form_by(App *app, const char *id, const Instruments *asked, Err *err)
{
    Arena *a = arena_new();
    StoredForm stored = { 0 };
    Err missing = { 0 };
    const FormSpec *form = NULL;
    bool ok = store_form_active(app->store, id, a, &stored, &missing);

    if (!ok && missing.kind == ERR_MISSING)
        ok = put_builtin(app, id, err) && store_form_active(app->store, id, a, &stored, err);
    else if (!ok && err)
        *err = missing;
    if (ok) form = parse(app, &stored, asked, err);
    arena_free(&a);
    return form;
}

const FormSpec *app_form(App *app, const char *id, Err *err)
{
    Instruments asked;

    return instruments_in_force(app, &asked, err) ? form_by(app, id, &asked, err) : NULL;
}

/* ---- the one of a book ---- */

/* Is it the text that the program carries? */
static bool is_builtin(const char *id, const char *hash)
{
    size_t n;
    const char *text = instrument_builtin(id, &n);
    uint8_t bytes[HASH_BYTES];
    char hex[HASH_HEX];

    if (!text) return false;
    crypto_hash(text, n, bytes);
    return str_eq(crypto_hex(bytes, sizeof bytes, hex), hash);
}

/* "book-124d@3f2a…", and behind it " specss-plus@81c0…" where that is not the one that comes with the program. */
char *form_mark(const FormSpec *form, Arena *a)
{
    const Vocab *words = &vocabs_standard()->of[VOCAB_INSTRUMENT];
    char *mark = arena_printf(a, "%s@%s", form_id(form), form_hash(form));

    for (size_t i = 0; i < words->n; i++) {
        const char *id = words->words[i].word, *hash = form_instrument(form, id);
        if (hash && !is_builtin(id, hash)) mark = arena_printf(a, "%s %s@%s", mark, id, hash);
    }
    return mark;
}

enum { HASH_LEAST = 16 /* digits that name a form */ };

/* "book-124d@3f2a…", up to a blank or the end: false when it is not of that shape. */
static bool mark_read(const char *mark, char id[64], const char **hash, size_t *n)
{
    const char *at = strchr(mark, '@');

    if (!at || at == mark || (size_t)(at - mark) >= 64) return false;
    snprintf(id, 64, "%.*s", (int)(at - mark), mark);
    *hash = at + 1;
    *n = strspn(*hash, "0123456789abcdef");
    return ((*hash)[*n] == '\0' || (*hash)[*n] == ' ') && *n >= HASH_LEAST && *n < HASH_HEX;
}

/* The instruments that the mark names take the place of those in force. */
static void asked_by_mark(App *app, const char *mark, Instruments *asked)
{
    char id[64], whole[HASH_HEX];
    const char *hash;
    size_t n;

    for (const char *at = strchr(mark, ' '); at && mark_read(at + 1, id, &hash, &n); at = strchr(at + 1, ' ')) {
        snprintf(whole, sizeof whole, "%.*s", (int)n, hash);
        Assessment made = { .instrument = vocab_code(app_vocabs(app), VOCAB_INSTRUMENT, id), .version = whole };
        const Instrument *is = made.instrument ? app_instrument_of(app, &made) : NULL;
        for (size_t i = 0; is && i < asked->n; i++)
            if (str_eq(instrument_id(asked->items[i]), id)) asked->items[i] = is;
    }
}

static const FormSpec *form_of_hash(App *app, const char *id, const char *hash, size_t n, const Instruments *asked)
{
    const FormSpec *form = kept(app, id, hash, n, asked);
    char whole[HASH_HEX];
    Arena *a;
    StoredForm stored = { 0 };

    if (form) return form;
    snprintf(whole, sizeof whole, "%.*s", (int)n, hash);
    a = arena_new();
    if (store_form_by_hash(app->store, whole, a, &stored, NULL) && str_eq(stored.id, id))
        form = parse(app, &stored, asked, NULL);
    arena_free(&a);
    return form;
}

const FormSpec *app_form_of(App *app, const Answers *answers, Err *err)
{
    const char *hash = "", *mark = answers ? answers_get(answers, ANSWER_FORM) : "";
    char id[64] = FORM_BOOK;
    size_t n = 0;
    bool named = mark_read(mark, id, &hash, &n);
    const FormSpec *form;
    Instruments asked;

    if (!named || !form_builtin(id, &(size_t){ 0 })) strcpy(id, FORM_BOOK);
    if (!instruments_in_force(app, &asked, err)) return NULL;
    if (named) asked_by_mark(app, mark, &asked);
    form = form_by(app, id, &asked, err); /* it is the one most often, and then it is kept */
    if (!form || !named || strncmp(form_hash(form), hash, n) == 0) return form;
    const FormSpec *older = form_of_hash(app, id, hash, n, &asked);
    return older ? older : form;
}

/* For the accounts of a book any wording of the risk factors does. */
static const Instruments any_wording;

static const FormSpec *form_compiled_in(App *app)
{
    size_t n = 0;
    const char *text = form_builtin(FORM_BOOK, &n);
    uint8_t hash[HASH_BYTES];
    char hex[HASH_HEX];

    if (!app->builtin) {
        crypto_hash(text, n, hash);
        app->builtin = parse(
            app, &(StoredForm){ .id = FORM_BOOK, .hash = crypto_hex(hash, sizeof hash, hex), .text = text, .n = n },
            &any_wording, NULL);
    }
    return app->builtin;
}

const FormSpec *form_of_answers(App *app, const Answers *answers)
{
    const char *hash = "";
    char id[64];
    size_t n = 0;
    const FormSpec *form =
        mark_read(answers_get(answers, ANSWER_FORM), id, &hash, &n) ? form_of_hash(app, id, hash, n, &any_wording)
                                                                    : NULL;

    return form ? form : form_compiled_in(app);
}

/* ---- a new one ---- */

static bool wanted(const FormSpec *form, Err *err)
{
    return form_builtin(form_id(form), &(size_t){ 0 }) ||
           err_set(err, ERR_INVALID, "form", "This is the form \"%.40s\"; book124 uses %s and %s.", form_id(form),
               FORM_BOOK, FORM_QA);
}

bool app_form_activate(App *app, const char *name, const char *text, size_t n, PolicyProblems *problems, Err *err)
{
    FormSpec *form;
    const FormSpec *now;
    Instruments asked;
    bool ok;

    if (!app_may_do(app, PERM_STORE_CARE, "form.activate", NULL, err)) return false;
    if (!instruments_in_force(app, &asked, err)) return false;
    form = read_form(app, name, text, n, &asked, problems);
    if (!form)
        return err_set(err, ERR_INVALID, "form", "%.80s has %zu problem%s; the form in force stays as it is.", name,
            problems->n, problems->n == 1 ? "" : "s");
    ok = wanted(form, err);
    now = ok ? app_form(app, form_id(form), err) : NULL;
    ok = ok && now &&
         (str_eq(form_hash(now), form_hash(form)) ||
             app_form_put(app, "form.activate", form_id(form), form_hash(form), text, n, err));
    form_spec_free(&form);
    return ok;
}
