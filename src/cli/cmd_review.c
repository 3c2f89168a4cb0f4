/* cmd_review.c — a review typed with what its form has besides the fields of its entry: check.NAME=yes|no|na, instruction="+2d …" once for each,
** despite=yes. What is not of these is a field, and read where the fields are. */
#include "cli_inside.h"

#include "app/review.h"

#include <string.h>

static const char *behind(const char *word, const char *name)
{
    size_t n = strlen(name);

    return strncmp(word, name, n) == 0 ? word + n : NULL;
}

static bool tick_said(const char *value, CheckTick *out, Err *err)
{
    for (CheckTick t = CHECK_YES; t < CHECK_TICKS; t++)
        if (str_eq(check_tick_words[t], value)) {
            *out = t;
            return true;
        }
    return err_set(err, ERR_USAGE, "check", "A check is ticked yes, no or na, not \"%.40s\".", value);
}

static bool tick(ReviewChecks *asked, const char *said, Err *err)
{
    Str all = { 0 };
    size_t n = strcspn(said, "=");

    for (size_t i = 0; i < asked->n; i++) {
        ReviewCheck *c = &asked->items[i];
        if (strlen(c->name) == n && strncmp(c->name, said, n) == 0 && said[n]) {
            str_finish(&all);
            return tick_said(said + n + 1, &c->tick, err);
        }
        str_addf(&all, "%s%s", all.n ? ", " : "", c->name);
    }
    err_set(err, ERR_USAGE, "check", "This review has no check \"%.*s\" in this case: %.300s.", (int)(n < 40 ? n : 40), said, asked->n ? str_text(&all) : "it asks none");
    str_finish(&all);
    return false;
}

size_t cli_review_words(Cli *cli, size_t from, const char **out)
{
    size_t kept = from, n = 0;

    for (size_t i = from; i < cli->n_words; i++) {
        const char *word = cli->words[i];
        if (behind(word, "check.") || behind(word, "instruction=") || behind(word, "despite="))
            out[n++] = word;
        else
            cli->words[kept++] = word;
    }
    cli->n_words = kept;
    return n;
}

bool cli_review_add(Cli *cli, CaseView *view, const Review *review, const char *const *words, size_t n, Err *err)
{
    ReviewSaid said = { .review = review };
    ReviewChecks checks;
    Instruction *asked;
    const char *text = "", *value;

    app_checks_asked(cli->app, &view->doc, vocab_word(app_vocabs(cli->app), VOCAB_REVIEW, review->kind), cli->arena, &checks);
    for (size_t i = 0; i < n; i++) {
        if ((value = behind(words[i], "check.")) && !tick(&checks, value, err)) return false;
        if ((value = behind(words[i], "instruction="))) text = arena_printf(cli->arena, "%s%s%s", text, *text ? "\n" : "", value);
        if ((value = behind(words[i], "despite="))) said.despite = str_eq(value, "yes");
    }
    if (!app_instructions_read(cli->app, text, cli->arena, &asked, &said.n_instructions, err)) return false;
    said.instructions = asked;
    said.none = app_instructions_none(text, cli->arena);
    said.checks = &checks;
    return app_review_add(cli->app, &view->row, &said, cli->arena, err);
}
