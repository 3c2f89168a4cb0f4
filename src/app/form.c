/* form.c — which form is in force, and on which one a book was filled in. Texts of forms are facts of the store: a book
** names the hash of its form, so that it is shown with the words it was asked in when the borough has another form by
** now. A store that has none yet gets the one compiled into the program, and the log says so. Each text is parsed once. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- those that were read ---- */

void app_forms_free(App *app)
{
    for (size_t i = 0; i < app->n_forms; i++) form_spec_free(&app->forms[i]);
    mem_free(app->forms);
    app->forms = NULL;
    app->n_forms = app->cap_forms = 0;
}

static const FormSpec *kept(const App *app, const char *id, const char *hash, size_t n)
{
    for (size_t i = 0; i < app->n_forms; i++)
        if (str_eq(form_id(app->forms[i]), id) && strncmp(form_hash(app->forms[i]), hash, n) == 0) return app->forms[i];
    return NULL;
}

static const FormSpec *keep(App *app, FormSpec *form)
{
    app->forms = mem_room(app->forms, app->n_forms, &app->cap_forms, sizeof(FormSpec *));
    app->forms[app->n_forms++] = form;
    return form;
}

/* A problem in a text of the store is the store's or a newer program's, never the officer's. */
static const FormSpec *parse(App *app, const StoredForm *stored, Err *err)
{
    const FormSpec *known = kept(app, stored->id, stored->hash, HASH_HEX);
    Arena *a;
    FormSpec *form;

    if (known) return known;
    a = arena_new();
    PolicyProblems problems = { .arena = a };
    form = form_parse(stored->id, stored->text, stored->n, app->policy, &problems);
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

const FormSpec *app_form(App *app, const char *id, Err *err)
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
    if (ok) form = parse(app, &stored, err);
    arena_free(&a);
    return form;
}

/* ---- the one of a book ---- */

char *form_mark(const FormSpec *form, Arena *a)
{
    return arena_printf(a, "%s@%s", form_id(form), form_hash(form));
}

enum { HASH_LEAST = 16 /* digits that name a form */ };

/* "book-124d@3f2a…": false when it is not of that shape. */
static bool mark_read(const char *mark, char id[64], const char **hash, size_t *n)
{
    const char *at = strchr(mark, '@');

    if (!at || at == mark || (size_t)(at - mark) >= 64) return false;
    snprintf(id, 64, "%.*s", (int)(at - mark), mark);
    *hash = at + 1;
    *n = strspn(*hash, "0123456789abcdef");
    return (*hash)[*n] == '\0' && *n >= HASH_LEAST && *n < HASH_HEX;
}

static const FormSpec *form_of_hash(App *app, const char *id, const char *hash, size_t n)
{
    const FormSpec *form = kept(app, id, hash, n);
    Arena *a;
    StoredForm stored = { 0 };

    if (form) return form;
    a = arena_new();
    if (store_form_by_hash(app->store, hash, a, &stored, NULL) && str_eq(stored.id, id))
        form = parse(app, &stored, NULL);
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

    if (!named || !form_builtin(id, &(size_t){ 0 })) strcpy(id, FORM_BOOK);
    form = app_form(app, id, err); /* it is the one most often, and then it is kept */
    if (!form || !named || strncmp(form_hash(form), hash, n) == 0) return form;
    const FormSpec *older = form_of_hash(app, id, hash, n);
    return older ? older : form;
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
    bool ok;

    if (!app_may_do(app, PERM_STORE_CARE, "form.activate", NULL, err)) return false;
    form = form_parse(name, text, n, app->policy, problems);
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
