/* cmd_contact.c — the log of contacts, the ways to reach somebody, and the door to a number: what for, and only then the number itself,
** which is the one thing on standard output. */
#include "cli_inside.h"

#include "app/contact.h"
#include "base/mem.h"

#include <string.h>

const char *cli_purpose_words(size_t i)
{
    return contact_purposes[i].word;
}

static bool look(Cli *cli, CaseView *view, Err *err)
{
    return app_case_look(cli->app, cli->words[0], "contact", cli->arena, view, err);
}

/* --- the log ------------------------------------------------------------------------------------ */
bool cmd_contact_list(Cli *cli, Err *err)
{
    static const Column columns[] = { { "at", "tried", AS_ANY, false }, { "with", "with", AS_ANY, false },
        { "kind", "about", AS_ANY, false }, { "result", "result", AS_ANY, false }, { "by", "by", AS_ANY, false },
        { "override", "override", AS_ANY, false }, { "text", "text", AS_ANY, false } };
    const Vocabs *v = app_vocabs(cli->app);
    CaseView view;
    Out *out;

    if (!look(cli, &view, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < view.doc.n_contacts; i++) {
        const Contact *c = &view.doc.contacts[i];
        out_time(out, c->at);
        out_text(out, vocab_word(v, VOCAB_CONTACT_WITH, c->with));
        out_text(out, vocab_word(v, VOCAB_CONTACT_KIND, c->kind));
        out_text(out, vocab_word(v, VOCAB_CONTACT_RESULT, c->result));
        out_text(out, c->by);
        out_text(out, c->override);
        out_text(out, c->text);
        out_row(out);
    }
    return out_end(&out, err);
}

static bool set(const Cli *cli, Contact *c, const char *column, const char *text, Err *err)
{
    return !text ||
           case_field_set(case_list_field(LIST_CONTACTS, column), c, text, app_vocabs(cli->app), cli->arena, err);
}

bool cmd_contact_add(Cli *cli, Err *err)
{
    const char *with = cli_value(cli, OPT_WITH), *at = cli_value(cli, OPT_AT), *warning = NULL;
    CaseView view;
    Contact c;

    case_item_init(LIST_CONTACTS, &c);
    if (!look(cli, &view, err)) return false;
    if (!set(cli, &c, "with", with ? with : "victim", err) || !set(cli, &c, "kind", cli->words[1], err) ||
        !set(cli, &c, "result", cli->words[2], err) || !set(cli, &c, "text", cli->n_words > 3 ? cli->words[3] : NULL, err) ||
        !set(cli, &c, "override", cli_value(cli, OPT_OVERRIDE), err))
        return false;
    if (at && !civil_parse_typed(at, app_now(cli->app), &c.at, err)) return false;
    if (!app_case_add(cli->app, &view.row, LIST_CONTACTS, &c, cli->arena, &warning, err)) return false;
    if (warning) cli_say("%s", warning);
    cli_say("The contact is recorded in %s.", view.row.id);
    return true;
}

/* --- the ways --------------------------------------------------------------------------------- */
bool cmd_contact_ways(Cli *cli, Err *err)
{
    static const Column columns[] = { { "way", "way", AS_ANY, false }, { "what", "what", AS_ANY, false },
        { "use", "use", AS_ANY, false }, { "says", "rule", AS_ANY, false }, { "confirmed", "confirmed", AS_ANY, false },
        { "unsure", "ask first, because", AS_ANY, false } };
    CaseView view;
    SafeWay *all;
    size_t n;
    Out *out;

    if (!look(cli, &view, err)) return false;
    n = app_safe_ways(cli->app, &view, cli->arena, &all);
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, all[i].id);
        out_text(out, all[i].what);
        out_shaded(out, all[i].blocked ? "do-not-use" : all[i].unsure ? "ask-first" : "may-be-used",
            all[i].blocked ? SHADE_WARN : SHADE_GOOD);
        out_text(out, all[i].says);
        out_time(out, all[i].at);
        out_text(out, all[i].unsure);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_contact_open(Cli *cli, Err *err)
{
    const char *purpose = cli_value(cli, OPT_PURPOSE), *value;
    SafeAsk ask = { cli->words[1], purpose ? purpose : "", cli_value(cli, OPT_OVERRIDE), cli_has(cli, OPT_CONFIRMED) };
    CaseView view;

    if (!look(cli, &view, err) || !app_safe_open(cli->app, &view, &ask, cli->arena, &value, err)) return false;
    cli_print(cli, "%s\n", value);
    return true;
}

bool cmd_contact_confirm(Cli *cli, Err *err)
{
    CaseView view;

    if (!look(cli, &view, err) || !app_safe_confirm(cli->app, &view.row, cli->words[1], err)) return false;
    cli_say("%s of %s is confirmed.", cli->words[1], view.row.id);
    return true;
}

/* --- each says that the other began --------------------------------------------------------------- */
bool cmd_case_counter(Cli *cli, Err *err)
{
    const char *id;
    CaseView view;

    if (!look(cli, &view, err) || !app_counter_allegation(cli->app, &view.row, cli->arena, &id, err)) return false;
    cli_print(cli, "%s\n", id);
    return true;
}
