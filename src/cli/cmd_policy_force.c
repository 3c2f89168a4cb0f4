/* cmd_policy_force.c — putting a policy in force, typed: list, propose, activate, withdraw. */
#include "cli_inside.h"

#include "base/mem.h"

/* --- list ------------------------------------------------------------------------------------ */
static const Column list_columns[] = { { "hash", "hash", AS_ANY, false }, { "id", "policy", AS_ANY, false },
    { "standing", "", AS_ANY, false }, { "proposed_by", "proposed by", AS_ANY, false },
    { "proposed_at", "", AS_ANY, false }, { "decided_by", "decided by", AS_ANY, false },
    { "decided_at", "", AS_ANY, false }, { "until", "until", AS_ANY, false } };

static void list_row(const Cli *cli, Out *out, const PolicyEntry *e)
{
    static const Shade shades[POLICY_STANDINGS] = { [POLICY_PROPOSED] = SHADE_WARN,
        [POLICY_IN_FORCE] = SHADE_GOOD,
        [POLICY_WAS_IN_FORCE] = SHADE_DIM,
        [POLICY_WITHDRAWN] = SHADE_DIM };
    bool people = cli->format == FORMAT_TABLE;
    const char *program = people && e->policy ? "the program" : NULL;

    out_text(out, people ? arena_printf(cli->arena, "%.12s", e->hash) : e->hash);
    out_text(out, e->id);
    out_shaded(out, (people ? policy_standing_labels : policy_standing_words)[e->standing], shades[e->standing]);
    out_text(out, e->by ? e->by : program);
    out_time(out, e->at);
    out_text(out, e->decided_by ? e->decided_by : program);
    out_time(out, e->decided_at);
    out_time(out, e->until);
    out_row(out);
}

bool cmd_policy_list(Cli *cli, Err *err)
{
    PolicyEntry *all;
    size_t n;
    Out *out;

    if (!app_policy_list(cli->app, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, list_columns, ARRAY_LEN(list_columns));
    for (size_t i = 0; i < n; i++) list_row(cli, out, &all[i]);
    return out_end(&out, err);
}

/* --- propose and withdraw -------------------------------------------------------------------- */
bool cmd_policy_propose(Cli *cli, Err *err)
{
    const char *name = cli->words[0];
    PolicyProblems problems = { .arena = cli->arena };
    char hash[HASH_HEX], shown[SHOWN_MAX];
    Str text = { 0 };
    bool ok = cli_read_all(name, &text, err) &&
              app_policy_propose(cli->app, cli_shown(name, shown), str_text(&text), text.n, &problems, hash, err);

    if (ok)
        cli_print(cli,
            "Proposed as %.12s. It is not in force before a CSU detective inspector approves it: "
            "book124 policy activate %.12s\n",
            hash, hash);
    else if (problems.n)
        cli_say_problems(cli, name, &text, &problems);
    str_finish(&text);
    return ok;
}

bool cmd_policy_withdraw(Cli *cli, Err *err)
{
    if (!app_policy_withdraw(cli->app, cli->words[0], err)) return false;
    cli_print(cli, "Withdrawn. The store keeps its text.\n");
    return true;
}

/* --- activate -------------------------------------------------------------------------------- */
bool cmd_policy_activate(Cli *cli, Err *err)
{
    static const Column columns[] = { { "was", "", AS_JSON, false }, { "is", "", AS_JSON, false },
        { "cases", "", AS_JSON, true }, { "changed", "", AS_JSON, false } };
    const char *password;
    Progress progress;
    PolicyActivated done;
    Out *out;

    if (!app_may(cli->app, PERM_POLICY_ACTIVATE, err)) return false; /* before a password is asked for */
    password = cli_password_again(cli, err);
    if (!password) return false;
    progress = cli_progress("deriving duties");
    if (!app_policy_activate(cli->app, cli->words[0], password, &progress, &done, err)) return false;
    cli_progress_end();
    if (cli->format == FORMAT_TABLE) {
        cli_print(cli, "%.12s is in force (before: %.12s). The duties of %lld case%s were derived anew; %s.\n", done.is,
            done.was, (long long)done.cases, done.cases == 1 ? "" : "s",
            done.changed ? "some are different now" : "all are as they were");
        return true;
    }
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    out_text(out, done.was);
    out_text(out, done.is);
    out_int(out, done.cases);
    out_yes(out, done.changed);
    out_row(out);
    return out_end(&out, err);
}
