/* cmd_why_check.c — why and why-not of gates and alerts: the same lines as for duties, with the smallest change as data.
** What the account says belongs to the answer, so the newest book is read when it has answers. */
#include "cli_inside.h"

#include "app/book.h"

static void changes_json(Str *line, const PolicyClears *c)
{
    json_member(line, "clears", c->says);
    str_addf(line, ",\"tried\":%zu,\"gave_up\":%s,\"changes\":[", c->tried, c->gave_up ? "true" : "false");
    for (size_t i = 0; i < c->n; i++) {
        const PolicyChange *it = &c->changes[i];
        str_addf(line, "%s{\"list\":", i ? "," : "");
        if (it->list == LIST_COUNT)
            str_add(line, "null");
        else
            json_add(line, case_lists[it->list].name);
        json_member(line, "column", it->column);
        json_member(line, "value", it->value);
        json_member(line, "entry", it->entry);
        json_member(line, "says", it->says);
        str_add_char(line, '}');
    }
    str_add_char(line, ']');
}

static void check_json(Cli *cli, const char *case_id, const char *what, const char *name, const WhyCheck *w)
{
    static const char *const truths[] = { "no", "yes", "unknown" };
    Str line = { 0 };

    str_add(&line, "{\"case\":");
    json_add(&line, case_id);
    json_member(&line, what, name);
    json_member(&line, "policy", policy_id(app_policy(cli->app)));
    json_member(&line, "policy_hash", policy_hash(app_policy(cli->app)));
    str_addf(&line, ",\"%s\":%s", what[0] == 'g' ? "shut" : "fires", w->asked ? "true" : "false");
    json_member(&line, "truth", truths[w->truth]);
    json_member(&line, "why", w->says);
    changes_json(&line, &w->clears);
    cli_why_lines(&line, w->lines, w->n);
    str_add(&line, "}\n");
    fwrite(line.s, 1, line.n, stdout);
    str_finish(&line);
}

static const char *state_of(const char *what, const WhyCheck *w)
{
    if (what[0] == 'a') return w->asked ? "fires" : "does not fire";
    return w->truth == TRUTH_YES  ? "is open"
           : w->truth == TRUTH_NO ? "is shut"
                                  : "is shut, because nobody has answered";
}

static bool why_check(
    Cli *cli, RuleKind kind, const CaseView *view, const PolicyText *texts, size_t n, bool expected, Err *err)
{
    const char *name = cli->words[1], *what = kind == RULE_GATE ? "gate" : "alert";
    const Policy *p = app_policy(cli->app);
    Time now = app_now(cli->app);
    WhyCheck w;
    bool ok = kind == RULE_GATE ? policy_why_gate(p, &view->doc, texts, n, now, name, cli->arena, &w, err)
                                : policy_why_alert(p, &view->doc, texts, n, now, name, cli->arena, &w, err);

    if (!ok) return false;
    if (cli->format == FORMAT_JSON)
        check_json(cli, view->row.id, what, name, &w);
    else {
        cli_print(cli, "The %s %s of %s %s.\n", what, name, view->row.id, state_of(what, &w));
        cli_why_sections(cli, w.lines, w.n);
    }
    cli->found = w.asked != expected;
    return true;
}

bool cli_why_check(Cli *cli, RuleKind kind, const CaseView *view, bool expected, Err *err)
{
    const Book *newest = case_book(&view->doc, NULL);
    PolicyText *texts = NULL;
    BookView book;
    bool ok;
    size_t n;

    if (cli_has(cli, OPT_CYCLE))
        return err_set(err, ERR_USAGE, "cycle", "Only duties come in cycles; \"%.60s\" is none.", cli->words[1]);
    if (!newest || !newest->answers) return why_check(cli, kind, view, NULL, 0, expected, err);
    if (!app_book_read(cli->app, view->row.id, NULL, 0, cli->arena, &book, err)) return false;
    n = form_texts(book.form, book.answers, cli->arena, &texts);
    ok = why_check(cli, kind, view, texts, n, expected, err);
    app_book_close(&book);
    return ok;
}
