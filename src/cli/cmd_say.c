/* cmd_say.c — what is entered on the screens, typed: an entry for a list, what a case has once, and which unit has it. FIELD=VALUE goes
** by the columns of the catalogue; times are RFC 3339, or as on the screens: "yesterday 2310", 0415. */
#include "cli_inside.h"

#include "app/closing.h"
#include "app/withdraw.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* --- FIELD=VALUE ----------------------------------------------------------------------------- */
static const CaseField *field_named(const CaseField *const *fields, size_t n, const char *word, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if ((strlen(fields[i]->column) == length && strncmp(fields[i]->column, word, length) == 0) ||
            (strlen(fields[i]->path) == length && strncmp(fields[i]->path, word, length) == 0))
            return fields[i];
    return NULL;
}

static bool unknown_field(const CaseField *const *fields, size_t n, const char *word, Err *err)
{
    Str all = { 0 };

    for (size_t i = 0; i < n; i++)
        if (!(fields[i]->flags & FIELD_MADE)) str_addf(&all, "%s%s", all.n ? ", " : "", fields[i]->path);
    err_set(err, ERR_USAGE, "field", "\"%.*s\" is no field here: %.300s.", (int)strcspn(word, "="), word, str_text(&all));
    str_finish(&all);
    return false;
}

/* A time as a person types it becomes one as a file says it. */
static const char *typed_time(const Cli *cli, const CaseField *f, const char *text)
{
    char rfc[CIVIL_TEXT];
    Time t;

    if (f->kind != FIELD_TIME || !*text || civil_parse_time(text, &t, NULL)) return text;
    return civil_parse_typed(text, app_now(cli->app), &t, NULL) ? arena_dup(cli->arena, civil_format_time(t, rfc)) : text;
}

static bool read_fields(Cli *cli, size_t from, const CaseField *const *fields, size_t n, void *item, Err *err)
{
    for (size_t i = from; i < cli->n_words; i++) {
        const char *word = cli->words[i];
        size_t length = strcspn(word, "=");
        const CaseField *f = field_named(fields, n, word, length);
        if (!word[length]) return err_set(err, ERR_USAGE, "field", "Say FIELD=VALUE, not \"%.60s\".", word);
        if (!f || (f->flags & FIELD_MADE)) return unknown_field(fields, n, word, err);
        if (!case_field_set(f, item, typed_time(cli, f, word + length + 1), app_vocabs(cli->app), cli->arena, err)) return false;
    }
    return true;
}

static bool case_of(Cli *cli, CaseRow *row, Err *err)
{
    CaseView view;

    if (!app_case_look(cli->app, cli->words[0], "entry", cli->arena, &view, err)) return false;
    *row = view.row;
    return true;
}

/* --- case add -------------------------------------------------------------------------------- */
static bool list_named(const char *word, CaseListId *out, Err *err)
{
    Str all = { 0 };

    for (CaseListId id = 0; id < LIST_STATUS; id++) {
        if (str_eq(case_lists[id].name, word)) {
            str_finish(&all);
            *out = id;
            return true;
        }
        str_addf(&all, "%s%s", all.n ? ", " : "", case_lists[id].name);
    }
    err_set(err, ERR_USAGE, "list", "\"%.40s\" is no list of a case: %.340s.", word, str_text(&all));
    str_finish(&all);
    return false;
}

bool cmd_case_add(Cli *cli, Err *err)
{
    const CaseField *fields[32];
    const char *warning = NULL, *more[48];
    CaseListId list;
    CaseView view;
    size_t n = 0, n_more;
    void *item;
    bool review;

    if (!list_named(cli->words[1], &list, err) || !app_case_look(cli->app, cli->words[0], "entry", cli->arena, &view, err)) return false;
    review = list == LIST_REVIEWS;
    n_more = review ? cli_review_words(cli, 2, more) : 0;
    for (; n < case_lists[list].n_fields && n < ARRAY_LEN(fields); n++) fields[n] = &case_lists[list].fields[n];
    item = arena_alloc(cli->arena, case_lists[list].item_size);
    case_item_init(list, item);
    if (!read_fields(cli, 2, fields, n, item, err)) return false;
    if (review ? !cli_review_add(cli, &view, item, more, n_more, err) : !app_case_add(cli->app, &view.row, list, item, cli->arena, &warning, err))
        return false;
    cli_say("Recorded: %s of %s.", case_lists[list].one, view.row.id);
    if (warning) cli_say("%s It is kept as you typed it.", warning);
    return true;
}

/* --- case withdraw --------------------------------------------------------------------------- */
/* The entries of a list, numbered, so that one can be named. */
static void number_them(Cli *cli, const CaseDoc *doc, CaseListId list)
{
    size_t n, size = case_lists[list].item_size;
    const char *items = case_items(doc, list, &n);

    for (size_t i = 0; i < n; i++) {
        Str line = { 0 };
        for (size_t k = 0; k < case_lists[list].n_fields; k++) {
            const CaseField *f = &case_lists[list].fields[k];
            const char *words = f->kind == FIELD_JSON || strncmp(f->column, "signed_", 7) == 0 ? "" : case_field_words(f, items + i * size, app_vocabs(cli->app), cli->arena);
            if (*words) str_addf(&line, "%s%s", line.n ? " · " : "", words);
        }
        cli_print_wrapped(cli, arena_printf(cli->arena, "%zu  %s", i + 1, str_text(&line)), 2, 96);
        str_finish(&line);
    }
}

bool cmd_case_withdraw(Cli *cli, Err *err)
{
    CaseView view;
    CaseListId list;
    const char *number = cli->n_words > 2 ? cli->words[2] : "";
    size_t digits = strspn(number, "0123456789");

    if (!list_named(cli->words[1], &list, err) || !app_case_look(cli->app, cli->words[0], "entry", cli->arena, &view, err)) return false;
    if (!*number) {
        number_them(cli, &view.doc, list);
        return true;
    }
    if (number[digits] || digits > 6 || atoi(number) < 1)
        return err_set(err, ERR_USAGE, "number", "Say which by its number: case withdraw %s %s lists them.", view.row.id, case_lists[list].name);
    if (!app_entry_withdraw(cli->app, &view.row, list, (size_t)atoi(number) - 1, cli->n_words > 3 ? cli->words[3] : "", err)) return false;
    cli_say("Taken back: %s %s of %s. It stays, and does not count from now on.", case_lists[list].one, number, view.row.id);
    return true;
}

/* --- case say -------------------------------------------------------------------------------- */
static bool group_named(const char *word, const FactGroup **out, Err *err)
{
    Str all = { 0 };

    if ((*out = fact_group(word)) != NULL) return true;
    for (size_t i = 0; i < fact_n_groups; i++) str_addf(&all, "%s%s", i ? ", " : "", fact_groups[i].word);
    err_set(err, ERR_USAGE, "what", "\"%.40s\" is not said of a case: %.300s.", word, str_text(&all));
    str_finish(&all);
    return false;
}

/* What would open each gate that is shut, as it is typed. */
static void say_mends(Cli *cli, const FactGroup *g)
{
    CaseView view;
    GateVerdict *gates;
    size_t n;

    if (!app_case_look(cli->app, cli->words[0], "entry", cli->arena, &view, NULL)) return;
    n = app_facts_shut(cli->app, &view, g, cli->arena, &gates);
    for (size_t i = 0; i < n; i++) {
        const GateMend *m = app_gate_mend(gates[i].gate->id);
        if (m && m->list != LIST_COUNT && *m->preset)
            cli_say("For %s: book124 case add %s %s %s …", gates[i].gate->id, view.row.id, case_lists[m->list].name, m->preset);
    }
}

bool cmd_case_say(Cli *cli, Err *err)
{
    const CaseField *fields[FACTS_MAX];
    const FactGroup *g;
    CaseDoc said;
    CaseRow row;
    size_t n;

    if (!group_named(cli->words[1], &g, err) || !case_of(cli, &row, err)) return false;
    n = fact_fields(g, fields);
    case_init(&said);
    if (!read_fields(cli, 2, fields, n, &said, err)) return false;
    if (!app_facts_say(cli->app, &row, g, &said, err)) {
        if (g->gate && err->kind == ERR_INVALID && str_eq(err->field, "gate")) say_mends(cli, g);
        return false;
    }
    cli_say("Recorded: %s of %s.", g->label, row.id);
    return true;
}

/* --- owner ----------------------------------------------------------------------------------- */
static bool act_named(const char *word, OwnerAct *out, Err *err)
{
    for (int i = 0; i < OWNER_ACTS; i++) {
        *out = (OwnerAct)i;
        if (str_eq(owner_act_words[i], word)) return true;
    }
    return err_set(err, ERR_USAGE, "act", "Say offer, accept, refuse or recall, not \"%.40s\".", word);
}

static bool owner_act(Cli *cli, OwnerAct act, Err *err)
{
    bool offers = act == OWNER_OFFER;
    const char *rest = cli->n_words > 1 ? cli->words[1] : NULL;
    CaseRow row;

    if (!case_of(cli, &row, err)) return false;
    if (!app_owner_act(cli->app, &row, act, offers ? rest : NULL, offers ? NULL : rest, err)) return false;
    cli_say("%s: %s%s.", row.id, act == OWNER_OFFER ? "offered to " : act == OWNER_ACCEPT ? "accepted" : act == OWNER_REFUSE ? "refused" : "taken back",
        offers ? rest : "");
    return true;
}

bool cmd_owner(Cli *cli, Err *err)
{
    OwnerAct act;

    return act_named(strchr(cli->command->name, ' ') + 1, &act, err) && owner_act(cli, act, err);
}
