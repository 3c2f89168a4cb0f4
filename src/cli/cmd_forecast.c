/* cmd_forecast.c — which duties will be late first, typed: what it assumes, then the first ones, then each role. */
#include "cli_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* --- what is assumed ------------------------------------------------------------------------- */
static bool read_leave(Cli *cli, const char *text, ForecastLeave *out, Err *err)
{
    char *warrant = arena_dup(cli->arena, text), *from = strchr(warrant, ':'),
         *to = from ? strchr(from + 1, ':') : NULL;

    if (from) *from++ = '\0';
    if (to) *to++ = '\0';
    if (to && civil_parse_date(from, &out->from, NULL) && civil_parse_date(to, &out->to, NULL) &&
        out->from <= out->to) {
        out->warrant = warrant;
        return true;
    }
    return err_set(err, ERR_USAGE, "leave",
        "--leave takes an officer and two days, as 900007:2010-02-08:2010-02-12, not \"%.60s\".", text);
}

static bool read_strength(const char *text, int strength[ROLE_COUNT], Err *err)
{
    const char *equals = strchr(text, '=');
    char word[40], *end = NULL;
    Role role = ROLE_NONE;
    long n = -1;

    if (equals && equals - text < (long)sizeof word) {
        snprintf(word, sizeof word, "%.*s", (int)(equals - text), text);
        role = role_by_word(word);
        n = strtol(equals + 1, &end, 10);
    }
    if (!role_is_case_role(role) || !end || end == equals + 1 || *end || n < 0 || n > 1000)
        return err_set(
            err, ERR_USAGE, "strength", "--strength takes a role and how many, as csu-ds=2, not \"%.60s\".", text);
    strength[role] = (int)n;
    return true;
}

static bool read_options(Cli *cli, ForecastOptions *o, Err *err)
{
    const char *until = cli_value(cli, OPT_UNTIL);
    int64_t a_day, minutes;

    if (!until) return err_set(err, ERR_USAGE, "until", "A forecast needs --until TIME, such as \"fri 1700\".");
    if (!app_ahead_typed(cli->app, until, &o->until, err) ||
        !cli_number(cli, OPT_MINUTES_A_DAY, 1, 1440, FORECAST_MINUTES_A_DAY, &a_day, err) ||
        !cli_number(cli, OPT_MINUTES, 1, 1440, 0, &minutes, err))
        return false;
    o->minutes_a_day = (int)a_day;
    o->minutes = (int)minutes;
    memset(o->strength, -1, sizeof o->strength);
    o->leave = arena_zero(cli->arena, GIVEN_MAX, sizeof *o->leave);
    for (size_t i = 0; i < cli->n_given; i++) {
        const Given *g = &cli->given[i];
        if (g->id == OPT_LEAVE && !read_leave(cli, g->value, &o->leave[o->n_leave++], err)) return false;
        if (g->id == OPT_STRENGTH && !read_strength(g->value, o->strength, err)) return false;
    }
    return true;
}

/* --- rows ------------------------------------------------------------------------------------ */
static bool late_rows(Cli *cli, const Forecast *f, size_t most, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "duty", "duty", AS_ANY, false },
        { "cycle", "cycle", AS_DATA, true }, { "owner", "owner", AS_ANY, false }, { "due", "due", AS_ANY, false },
        { "done", "done", AS_ANY, false } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));
    char date[CIVIL_TEXT];

    for (size_t i = 0; i < f->n_late && i < most; i++) {
        const ForecastLate *l = &f->late[i];
        out_text(out, l->case_id);
        out_text(out, l->duty);
        out_int(out, l->cycle);
        out_text(out, role_word(l->owner));
        out_time(out, l->due);
        if (l->done == DATE_NONE)
            out_text(out, cli->format == FORMAT_TABLE ? "not by then" : NULL);
        else
            out_text(
                out, cli->format == FORMAT_TABLE ? civil_words_date(l->done, date) : civil_format_date(l->done, date));
        if (!out_row(out)) break;
    }
    return out_end(&out, err);
}

static bool day_rows(Cli *cli, const Forecast *f, Err *err)
{
    static const Column columns[] = { { "day", "day", AS_ANY, false }, { "role", "role", AS_ANY, false },
        { "minutes_due", "minutes due", AS_ANY, true }, { "capacity", "capacity", AS_ANY, true },
        { "worked", "worked", AS_ANY, true }, { "left", "left", AS_ANY, true }, { "late", "late", AS_ANY, true } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));
    char date[CIVIL_TEXT], late[24];

    for (size_t i = 0; i < f->n_days; i++) {
        const ForecastDay *d = &f->days[i];
        out_text(out, civil_format_date(d->day, date));
        out_text(out, role_word(d->role));
        out_int(out, d->asked);
        out_int(out, d->capacity);
        out_int(out, d->worked);
        out_int(out, d->left);
        snprintf(late, sizeof late, "%lld", (long long)d->late);
        if (cli->format == FORMAT_TABLE)
            out_shaded(out, late, d->late ? SHADE_BAD : SHADE_NONE);
        else
            out_int(out, d->late);
        if (!out_row(out)) break;
    }
    return out_end(&out, err);
}

/* --- for people ------------------------------------------------------------------------------ */
typedef struct RoleSum {
    int64_t capacity, worked, left, late;
    bool any;
} RoleSum;

static bool role_rows(Cli *cli, const Forecast *f, Err *err)
{
    static const Column columns[] = { { "role", "role", AS_TABLE, false }, { "strength", "officers", AS_TABLE, true },
        { "capacity", "minutes there are", AS_TABLE, true }, { "worked", "worked", AS_TABLE, true },
        { "left", "left at the end", AS_TABLE, true }, { "late", "late", AS_TABLE, true } };
    RoleSum sums[ROLE_COUNT] = { 0 };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));

    for (size_t i = 0; i < f->n_days; i++) {
        const ForecastDay *d = &f->days[i];
        RoleSum *s = &sums[d->role];
        *s = (RoleSum){ s->capacity + d->capacity, s->worked + d->worked, d->left, s->late + d->late, true };
    }
    for (Role r = 0; r < ROLE_COUNT; r++) {
        if (!sums[r].any) continue;
        out_text(out, role_label(r));
        out_int(out, f->strength[r]);
        out_int(out, sums[r].capacity);
        out_int(out, sums[r].worked);
        out_int(out, sums[r].left);
        out_int(out, sums[r].late);
        out_row(out);
    }
    return out_end(&out, err);
}

static bool summary(Cli *cli, const Forecast *f, Err *err)
{
    enum { SHOWN = 15 };
    char now[CIVIL_TEXT], until[CIVIL_TEXT];

    cli_print(cli,
        "From %s until %s. %d minutes a day for duties of each officer on working days, work in order of due, ",
        civil_words_full(f->now, now), civil_words_full(f->until, until), f->minutes_a_day);
    cli_print(cli, "nothing new comes in.\n");
    cli_print(cli, "%lld dut%s late already; %zu more will be.\n\n", (long long)f->overdue,
        f->overdue == 1 ? "y is" : "ies are", f->n_late);
    if (f->n_late && !late_rows(cli, f, SHOWN, err)) return false;
    if (f->n_late > SHOWN) cli_print(cli, "… and %zu more: --by late\n", f->n_late - SHOWN);
    if (f->n_late) cli_print(cli, "\n");
    return role_rows(cli, f, err);
}

bool cmd_forecast(Cli *cli, Err *err)
{
    const char *by = cli_value(cli, OPT_BY);
    ForecastOptions o = { 0 };
    Forecast f;

    if (!read_options(cli, &o, err) || !app_forecast(cli->app, &o, cli->arena, &f, err)) return false;
    if (!by && cli->format == FORMAT_TABLE) return summary(cli, &f, err);
    return by && !strcmp(by, "day") ? day_rows(cli, &f, err) : late_rows(cli, &f, f.n_late, err);
}
