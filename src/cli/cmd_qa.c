/* cmd_qa.c — the dip sample on the command line: draw one by a seed, see what is done, and the results by team and month. */
#include "cli_inside.h"

#include "app/book.h"
#include "base/mem.h"

#include <string.h>

/* --- a period -------------------------------------------------------------------------------- */
/* A day stands for its first second, or its last. */
static bool time_given(const Cli *cli, OptId id, bool end, Time *out, Err *err)
{
    const char *text = cli_value(cli, id), *name = cli_option(cli->command, id)->name;
    Date day;

    if (!text) return err_set(err, ERR_USAGE, name, "Say --%s, as 2010-02-01.", name);
    if (civil_parse_date(text, &day, NULL)) {
        *out = end ? civil_day_end(day) : civil_day_start(day);
        return true;
    }
    return civil_parse_time(text, out, NULL) ||
           err_set(err, ERR_USAGE, name, "--%s takes a day such as 2010-02-01, or a time such as 2010-02-01T09:00:00Z.",
               name);
}

bool cli_period(const Cli *cli, Time *from, Time *to, Err *err)
{
    return time_given(cli, OPT_FROM, false, from, err) && time_given(cli, OPT_TO, true, to, err);
}

/* --- samples --------------------------------------------------------------------------------- */
static const Column sample_columns[] = { { "sample", "sample", AS_ANY, true }, { "seed", "seed", AS_ANY, true },
    { "from", "from", AS_ANY, false }, { "to", "to", AS_ANY, false }, { "team", "team", AS_ANY, false },
    { "wanted", "wanted", AS_ANY, true }, { "pool", "of", AS_ANY, true }, { "drawn_by", "by", AS_ANY, false },
    { "drawn_at", "drawn", AS_ANY, false } };

static void sample_row(Out *out, const QaSample *s)
{
    out_int(out, s->key);
    out_int(out, s->seed);
    out_time(out, s->from);
    out_time(out, s->to);
    out_text(out, s->team && *s->team ? s->team : NULL);
    out_int(out, s->wanted);
    out_int(out, s->pool);
    out_text(out, s->drawn_by);
    out_time(out, s->drawn_at);
    out_row(out);
}

bool cmd_qa_draw(Cli *cli, Err *err)
{
    QaAsk ask = { .team = cli_value(cli, OPT_TEAM) };
    QaSample sample;
    Out *out;

    if (!cli_period(cli, &ask.from, &ask.to, err)) return false;
    if (!cli_number(cli, OPT_WANTED, 1, 500, 0, &ask.wanted, err) ||
        !cli_number(cli, OPT_SEED, 1, 999999999, 0, &ask.seed, err))
        return false;
    if (!app_qa_draw(cli->app, &ask, cli->arena, &sample, err)) return false;
    out = cli_out(cli, sample_columns, ARRAY_LEN(sample_columns));
    sample_row(out, &sample);
    return out_end(&out, err);
}

bool cmd_qa_list(Cli *cli, Err *err)
{
    QaSample *samples = NULL;
    size_t n = 0;
    int64_t limit;
    Out *out;

    if (!cli_number(cli, OPT_LIMIT, 1, 10000, 50, &limit, err)) return false;
    if (!app_qa_samples(cli->app, (size_t)limit, cli->arena, &samples, &n, err)) return false;
    out = cli_out(cli, sample_columns, ARRAY_LEN(sample_columns));
    for (size_t i = 0; i < n; i++) sample_row(out, &samples[i]);
    return out_end(&out, err);
}

/* --- one sample ------------------------------------------------------------------------------ */
static bool key_given(const Cli *cli, int64_t *out, Err *err)
{
    const char *word = cli->words[0];
    size_t n = strlen(word);

    *out = 0;
    if (n == 0 || n > 15 || strspn(word, "0123456789") != n)
        return err_set(err, ERR_USAGE, "sample", "A sample is named by its number; qa list shows them.");
    for (; *word; word++) *out = *out * 10 + (*word - '0');
    return true;
}

static void pick_row(Out *out, const QaPick *p)
{
    out_text(out, p->case_id);
    out_text(out, p->serial);
    out_time(out, p->completed_at);
    out_time(out, p->done ? p->done->at : TIME_NONE);
    out_text(out, p->done ? p->done->by : NULL);
    out_int(out, p->met);
    out_int(out, p->of);
    out_row(out);
}

/* Shown with proof: the pool is made again and drawn again with the seed. */
bool cmd_qa_show(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "serial", "serial", AS_ANY, false },
        { "completed_at", "completed", AS_ANY, false }, { "checked_at", "checked", AS_ANY, false },
        { "by", "by", AS_ANY, false }, { "met", "met", AS_ANY, true }, { "of", "of", AS_ANY, true } };
    QaSample sample;
    QaPick *picks = NULL;
    size_t n = 0;
    int64_t key;
    bool same = false;
    Out *out;

    if (!key_given(cli, &key, err) || !app_qa_picks(cli->app, key, cli->arena, &sample, &picks, &n, err)) return false;
    if (!app_qa_verify(cli->app, key, &same, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) pick_row(out, &picks[i]);
    cli->found = !same;
    if (same)
        cli_say(
            "Drawn again with seed %lld from %lld books: the same.", (long long)sample.seed, (long long)sample.pool);
    else
        cli_say("Drawn again with seed %lld it is not the same: books of that time were added since, or erased.",
            (long long)sample.seed);
    return out_end(&out, err);
}

/* --- results --------------------------------------------------------------------------------- */
bool cmd_qa_results(Cli *cli, Err *err)
{
    static const Column columns[] = { { "team", "team", AS_ANY, false }, { "month", "month", AS_ANY, false },
        { "books", "books", AS_ANY, true }, { "met", "met", AS_ANY, true }, { "of", "of", AS_ANY, true } };
    QaResult *results = NULL;
    size_t n = 0;
    Time from, to;
    Out *out;

    if (!cli_period(cli, &from, &to, err)) return false;
    if (!app_qa_results(cli->app, from, to, cli->arena, &results, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, results[i].team);
        out_text(out, results[i].month);
        out_int(out, results[i].books);
        out_int(out, results[i].met);
        out_int(out, results[i].of);
        out_row(out);
    }
    return out_end(&out, err);
}
