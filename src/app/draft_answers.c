/* draft_answers.c — a draft that holds answers: of a book, of a risk assessment. One line says what it is, since when it is written
** and one word that its kind needs to go on; below it stand the answers. */
#include "inside.h"

#include <string.h>

bool draft_answers_put(App *app, const char *about, const AnswersDraft *d, Err *err)
{
    Str text = { 0 };
    char begun[CIVIL_TEXT];
    bool ok;

    str_addf(&text, "%s %s %s\n", d->mark, civil_format_time(d->begun_at, begun), d->word);
    answers_write(d->answers, &text);
    ok = app_draft_put(app, about, str_text(&text), err);
    crypto_wipe(text.s, text.cap);
    str_finish(&text);
    return ok;
}

/* The head is "MARK TIME WORD". */
static bool head_read(const char *text, AnswersDraft *d)
{
    char begun[CIVIL_TEXT] = "";
    size_t mark = strlen(d->mark);

    return strncmp(text, d->mark, mark) == 0 && sscanf(text + mark, " %31s %64s", begun, d->word) == 2 &&
           civil_parse_time(begun, &d->begun_at, NULL);
}

static bool read_of(const char *text, AnswersDraft *d, Err *err)
{
    const char *body = strchr(text, '\n');

    if (!body || !head_read(text, d))
        return err_set(err, ERR_CORRUPT, "about", "This draft of %s cannot be read.", d->what);
    d->answers = answers_read(body + 1, strlen(body + 1), err);
    return d->answers != NULL;
}

bool draft_answers_resume(App *app, const DraftView *view, AnswersDraft *d, Err *err)
{
    if (!read_of(view->text, d, err)) return false;
    d->at = view->at;
    d->elsewhere = view->elsewhere;
    return d->elsewhere || app_draft_take(app, view->about, err);
}

bool draft_answers_take(App *app, const char *about, AnswersDraft *d, Err *err)
{
    Arena *a = arena_new_secret();
    DraftView view;
    bool ok = app_draft_take(app, about, err) && app_draft_get(app, about, a, &view, err) && read_of(view.text, d, err);

    if (ok) d->at = view.at;
    arena_free(&a);
    return ok;
}
