/* cmd_policy_cover.c — policy check --coverage: which parts of the rules the examples of a policy file reach. */
#include "cli_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

enum { PART_WIDTH = 48 };

static const Column cover_columns[] = { { "kind", "kind", AS_ANY, false }, { "rule", "rule", AS_ANY, false },
    { "line", "line", AS_ANY, true }, { "part", "part", AS_ANY, false }, { "yes", "yes", AS_ANY, false },
    { "no", "no", AS_ANY, false }, { "unknown", "unknown", AS_ANY, false }, { "reached", "reached", AS_ANY, false } };

/* It was so in one example and not in another: a mistake in it would have been seen. */
static bool is_reached(const PolicyCover *c)
{
    return c->yes && (c->no || c->unknown);
}

/* A long pattern would leave no room for the answer. */
static const char *cut(Cli *cli, const char *text)
{
    size_t n = strlen(text), fits = utf8_clip(text, n, PART_WIDTH, NULL);

    return fits == n ? text : arena_printf(cli->arena, "%.*s…", (int)fits, text);
}

static size_t write_rows(Cli *cli, const PolicyCover *all, size_t n, Err *err)
{
    Out *out = cli_out(cli, cover_columns, ARRAY_LEN(cover_columns));
    size_t reached = 0;

    for (size_t i = 0; i < n; i++) {
        const PolicyCover *c = &all[i];
        bool ok = is_reached(c);
        reached += ok;
        out_text(out, c->kind);
        out_text(out, c->id);
        out_int(out, c->line);
        out_text(out, cli->format == FORMAT_TABLE ? cut(cli, c->text) : c->text);
        out_yes(out, c->yes);
        out_yes(out, c->no);
        out_yes(out, c->unknown);
        if (cli->format == FORMAT_TABLE)
            out_shaded(out, ok ? "yes" : "NO", ok ? SHADE_GOOD : SHADE_WARN);
        else
            out_yes(out, ok);
        if (!out_row(out)) break;
    }
    return out_end(&out, err) ? reached : SIZE_MAX;
}

bool cli_policy_coverage(Cli *cli, const Policy *p, Err *err)
{
    PolicyCover *all;
    size_t n = policy_coverage(p, cli->arena, &all), reached = write_rows(cli, all, n, err);

    if (reached == SIZE_MAX) return false;
    if (cli->format == FORMAT_TABLE)
        cli_print(cli, "\n%zu of %zu parts are reached: the examples tell them both true and not true.\n", reached, n);
    return true;
}
