/* cmd_workload.c — how much waits for each role, and for each officer of it if it were shared out evenly. */
#include "cli_inside.h"

#include "app/workload.h"
#include "base/mem.h"

static const Column columns[] = { { "role", "role", AS_ANY, false }, { "officers", "officers", AS_ANY, true }, { "high", "high", AS_ANY, true },
    { "unassessed", "no grade", AS_ANY, true }, { "medium", "medium", AS_ANY, true }, { "standard", "standard", AS_ANY, true },
    { "overdue", "overdue", AS_ANY, true }, { "week", "this week", AS_ANY, true }, { "held", "held", AS_ANY, true }, { "later", "later", AS_ANY, true },
    { "minutes", "minutes", AS_ANY, true }, { "minutes_each", "each", AS_ANY, true }, { "cut", "more", AS_DATA, false } };

bool cmd_workload(Cli *cli, Err *err)
{
    Workload *all;
    size_t n;
    Out *out;

    if (cli_has(cli, OPT_OFFICERS)) return cli_caseloads(cli, err);
    if (!app_workload(cli->app, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        const Workload *w = &all[i];
        out_text(out, cli->format == FORMAT_TABLE ? role_label(w->role) : role_word(w->role));
        out_int(out, w->officers);
        out_int(out, w->cases[GRADE_HIGH]);
        out_int(out, w->cases[CODE_NONE]);
        out_int(out, w->cases[GRADE_MEDIUM]);
        out_int(out, w->cases[GRADE_STANDARD]);
        out_int(out, w->overdue);
        out_int(out, w->week);
        out_int(out, w->held);
        out_int(out, w->later);
        out_int(out, w->minutes);
        out_int(out, w->officers ? w->minutes / w->officers : w->minutes);
        out_yes(out, w->cut);
        out_row(out);
    }
    return out_end(&out, err);
}
