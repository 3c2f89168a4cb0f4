/* cmd_access.c — restricted cases, typed: restrict, the list, two who undo it, two who break the glass, a third who reviews. */
#include "cli_inside.h"

#include "app/access.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- restricting ------------------------------------------------------------------------------ */
/* What a linked case tells, everybody would still read: it is restricted in the same way unless --alone was said. */
static bool linked(Cli *cli, RestrictAsk ask, Err *err)
{
    const char **ids;
    size_t n = app_links_open(cli->app, ask.case_id, cli->arena, &ids);

    for (size_t i = 0; i < n; i++) {
        ask.case_id = ids[i];
        if (cli_has(cli, OPT_ALONE))
            cli_say("%s is linked to it, and still open to all.", ids[i]);
        else if (!app_case_restrict(cli->app, &ask, err))
            return err_wrap(err, "%s is linked to it, and was not restricted: ", ids[i]);
        else
            cli_say("%s is linked to it, and is restricted in the same way.", ids[i]);
    }
    return true;
}

bool cmd_access_restrict(Cli *cli, Err *err)
{
    RestrictAsk ask = { cli->words[0], cli->words[1], cli_value(cli, OPT_SUBJECT), NULL };

    ask.password = cli_password_again(cli, err);
    if (!ask.password || !app_case_restrict(cli->app, &ask, err)) return false;
    cli_say("%s is restricted: only the officers and roles on its list see it now.", cli->words[0]);
    return linked(cli, ask, err);
}

/* --- the list ---------------------------------------------------------------------------------- */
static void entry_row(Cli *cli, Out *out, const AccessEntry *e)
{
    out_text(out, arena_printf(cli->arena, "%" PRId64, e->key));
    out_text(out, access_verb_word(e->verb));
    out_text(out, e->role != ROLE_NONE ? role_word(e->role) : e->officer ? e->officer : e->second);
    out_text(out, e->by);
    out_time(out, e->at);
    out_time(out, e->until);
    out_text(out, e->reason && *e->reason ? e->reason : NULL);
    out_row(out);
}

static void key_row(Cli *cli, Out *out, const AccessKeyRow *k)
{
    static const char *const words[] = { "has key", "has half", "waits for key" };

    out_text(out, NULL);
    out_text(out, words[k->how]);
    out_text(out, k->warrant);
    for (int i = 0; i < 4; i++) out_text(out, NULL);
    out_row(out);
}

bool cmd_access_show(Cli *cli, Err *err)
{
    static const Column columns[] = { { "entry", "entry", AS_ANY, true }, { "what", "what", AS_ANY, false },
        { "who", "who", AS_ANY, false }, { "by", "by", AS_ANY, false }, { "at", "at", AS_ANY, false },
        { "until", "until", AS_ANY, false }, { "reason", "reason", AS_ANY, false } };
    CaseView view;
    AccessView l;
    AccessKeyRow *keys;
    size_t n_keys;
    Out *out;

    if (!app_case_look(cli->app, cli->words[0], "access", cli->arena, &view, err)) return false;
    if (!app_access_of_case(cli->app, &view, cli->arena, &l, err)) return false;
    if (!app_access_keys(cli->app, &view, cli->arena, &keys, &n_keys, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < l.n; i++) entry_row(cli, out, &l.entries[i]);
    for (size_t i = 0; i < n_keys; i++) key_row(cli, out, &keys[i]);
    if (!out_end(&out, err)) return false;
    cli->found = !l.list.restricted;
    if (cli->found) cli_say("%s is not restricted.", cli->words[0]);
    return true;
}

static bool change(Cli *cli, AccessAsk *ask, const char *said, Err *err)
{
    ask->case_id = cli->words[0];
    ask->password = cli_password_again(cli, err);
    if (!ask->password || !app_access_change(cli->app, ask, err)) return false;
    cli_say("%s: %s", ask->case_id, said);
    return true;
}

static AccessAsk who_is_meant(Cli *cli, AccessVerb verb)
{
    AccessAsk ask = { .verb = verb, .role = role_by_word(cli->words[1]), .reason = cli->words[2] };

    if (ask.role == ROLE_NONE) ask.officer = cli->words[1];
    return ask;
}

bool cmd_access_grant(Cli *cli, Err *err)
{
    AccessAsk ask = who_is_meant(cli, ACCESS_GRANT);

    return change(cli, &ask, arena_printf(cli->arena, "%s is on the list.", cli->words[1]), err);
}

bool cmd_access_revoke(Cli *cli, Err *err)
{
    AccessAsk ask = who_is_meant(cli, ACCESS_REVOKE);

    return change(cli, &ask, arena_printf(cli->arena, "%s is off the list.", cli->words[1]), err);
}

bool cmd_access_subject(Cli *cli, Err *err)
{
    AccessAsk ask = { .verb = ACCESS_SUBJECT, .officer = cli->words[1], .reason = cli->words[2] };

    return change(cli, &ask, arena_printf(cli->arena, "%s is kept from it by every road.", cli->words[1]), err);
}

bool cmd_access_clear(Cli *cli, Err *err)
{
    AccessAsk ask = { .case_id = cli->words[0], .officer = cli->words[1], .reason = cli->words[2] };
    bool done;

    ask.password = cli_password_again(cli, err);
    if (!ask.password || !app_access_clear(cli->app, &ask, &done, err)) return false;
    cli_say("%s: %s %s", ask.case_id, ask.officer, done ? "is named no more." : "stays named until a second officer on the list says the same.");
    return true;
}

bool cmd_access_propose(Cli *cli, Err *err)
{
    AccessAsk ask = { .verb = ACCESS_PROPOSE, .reason = cli->words[1] };

    return change(cli, &ask, "to be unrestricted when a second officer on the list confirms.", err);
}

bool cmd_access_withdraw(Cli *cli, Err *err)
{
    AccessAsk ask = { .verb = ACCESS_WITHDRAW };

    return change(cli, &ask, "it stays restricted.", err);
}

bool cmd_access_confirm(Cli *cli, Err *err)
{
    AccessAsk ask = { .verb = ACCESS_LIFT };

    return change(cli, &ask, "unrestricted. It is a case like others now.", err);
}

/* --- keys --- */
static const char *roles_text(Cli *cli, RoleSet roles)
{
    Str words = { 0 };
    const char *text;

    roles_write(roles, " ", &words);
    text = arena_dup(cli->arena, str_text(&words));
    str_finish(&words);
    return text;
}

bool cmd_access_holders(Cli *cli, Err *err)
{
    static const Column columns[] = { { "officer", "officer", AS_ANY, false }, { "name", "name", AS_ANY, false }, { "roles", "waits as", AS_ANY, false },
        { "key", "key", AS_ANY, false }, { "since", "since", AS_ANY, false } };
    HolderWait *all;
    size_t n;
    Out *out;

    if (!app_holders_waiting(cli->app, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, all[i].warrant);
        out_text(out, all[i].name);
        out_text(out, roles_text(cli, all[i].roles));
        out_text(out, all[i].number);
        out_time(out, all[i].since);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_access_agree(Cli *cli, Err *err)
{
    const char *password = cli_password_again(cli, err);

    if (!password || !app_holder_agree(cli->app, cli->words[0], password, err)) return false;
    cli_say("%s is given keys of restricted cases from now on, by their lists.", cli->words[0]);
    return true;
}

/* --- the glass ---------------------------------------------------------------------------------- */
bool cmd_access_glass(Cli *cli, Err *err)
{
    GlassAsk ask = { .case_id = cli->words[0], .second = cli->words[1], .reason = cli->words[2] };
    int64_t minutes;
    Time until;
    char when[CIVIL_TEXT];

    if (!cli_number(cli, OPT_MINUTES, 1, GLASS_MINUTES, GLASS_MINUTES, &minutes, err)) return false;
    ask.minutes = (int)minutes;
    ask.password = cli_password_again(cli, err);
    ask.second_password = ask.password ? cli_second_password(cli, ask.second, err) : NULL;
    if (!ask.second_password || !app_glass_break(cli->app, &ask, &until, err)) return false;
    cli_say("%s is open to you and %s until %s. The detective inspector and Professional Standards are told.", ask.case_id, ask.second,
        civil_words_clock(until, when));
    return true;
}

bool cmd_access_glasses(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "entry", "entry", AS_ANY, true },
        { "by", "by", AS_ANY, false }, { "second", "with", AS_ANY, false }, { "at", "at", AS_ANY, false },
        { "until", "until", AS_ANY, false }, { "reason", "reason", AS_ANY, false } };
    GlassWait *all;
    size_t n;
    Out *out;

    if (!app_glass_waiting(cli->app, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, all[i].case_id);
        out_text(out, arena_printf(cli->arena, "%" PRId64, all[i].entry.key));
        out_text(out, all[i].entry.by);
        out_text(out, all[i].entry.second);
        out_time(out, all[i].entry.at);
        out_time(out, all[i].entry.until);
        out_text(out, all[i].entry.reason);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_access_review(Cli *cli, Err *err)
{
    char *end;
    long long entry = strtoll(cli->words[1], &end, 10);
    const char *password;

    if (*end || entry < 1) return err_set(err, ERR_USAGE, "entry", "\"%.40s\" is not the number of an entry: see access glasses.", cli->words[1]);
    password = cli_password_again(cli, err);
    if (!password || !app_glass_review(cli->app, cli->words[0], entry, cli->words[2], password, err)) return false;
    cli_say("%s: the broken glass is reviewed.", cli->words[0]);
    return true;
}

/* --- people who turn up elsewhere ------------------------------------------------------------------ */
bool cmd_access_matches(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "restricted", AS_ANY, false }, { "other", "turns up in", AS_ANY, false },
        { "what", "as", AS_ANY, false }, { "family", "family name", AS_ANY, false }, { "given", "given", AS_ANY, false },
        { "born", "born", AS_ANY, false } };
    AccessMatch *all;
    int64_t limit;
    size_t n;
    Out *out;

    if (!cli_number(cli, OPT_LIMIT, 1, LIMIT_MAX, 1000, &limit, err)) return false;
    if (!app_access_matches(cli->app, (size_t)limit, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        char born[CIVIL_TEXT];
        out_text(out, all[i].case_id);
        out_text(out, all[i].other);
        out_text(out, all[i].what);
        out_text(out, all[i].family);
        out_text(out, all[i].given);
        out_text(out, all[i].born == DATE_NONE ? NULL : arena_dup(cli->arena, civil_format_date(all[i].born, born)));
        out_row(out);
    }
    return out_end(&out, err);
}
