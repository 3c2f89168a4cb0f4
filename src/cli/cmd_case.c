/* cmd_case.c — one case, readable from top to bottom, by the catalogue of fields: a field added there is shown
** here. */
#include "cli_inside.h"

#include "app/review.h"
#include "app/sign.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <jansson.h>
#include <string.h>

enum { WIDTH = 96 };

/* --- case show ------------------------------------------------------------------------------- */
static bool is_blank(const char *s)
{
    return !s || !*s;
}

static void show_scalars(Cli *cli, const CaseDoc *doc)
{
    for (size_t i = 0; i < case_n_scalars; i++) {
        const CaseField *f = &case_scalars[i];
        const char *words = case_field_words(f, doc, app_vocabs(cli->app), cli->arena);
        if (!is_blank(words)) cli_print(cli, "  %-24s %s\n", f->label, words);
    }
}

static bool is_below(const CaseField *f) /* stands under the line of its item */
{
    return f->kind == FIELD_LONG || f->kind == FIELD_JSON || f->kind == FIELD_ANSWERS;
}

static void add_part(Str *line, const CaseField *f, const char *words)
{
    bool named = f->kind == FIELD_TIME || f->kind == FIELD_DATE || f->kind == FIELD_YES || f->kind == FIELD_OFFICER;

    if (line->n) str_add(line, " · ");
    if (f->kind == FIELD_YES)
        str_add(line, f->label);
    else if (named && !(f->flags & FIELD_ORDER))
        str_addf(line, "%s %s", f->label, words);
    else
        str_add(line, words);
}

/* What a signature is, is said in words. */
static bool says_something(const CaseField *f, const void *item, const char *words)
{
    return !is_blank(words) && strncmp(f->column, "signed_", 7) != 0 && (f->kind != FIELD_YES || *(const bool *)((const char *)item + f->offset));
}

/* The time that orders the list comes first. */
static void show_line(Cli *cli, const CaseList *list, const void *item, int indent)
{
    Str line = { 0 };

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < list->n_fields; i++) {
            const CaseField *f = &list->fields[i];
            const char *words;
            if (is_below(f) || (bool)(f->flags & FIELD_ORDER) == (pass == 1)) continue;
            words = case_field_words(f, item, app_vocabs(cli->app), cli->arena);
            if (says_something(f, item, words)) add_part(&line, f, words);
        }
    cli_print_wrapped(cli, str_text(&line), indent, WIDTH);
    str_finish(&line);
}

static void show_answers(Cli *cli, const char *json)
{
    json_t *all = json_loads(json, 0, NULL), *one;
    const char *factor;

    json_object_foreach(all, factor, one)
    {
        const char *answer = json_string_value(json_object_get(one, "answer")),
                   *context = json_string_value(json_object_get(one, "context"));
        const char *text = arena_printf(
            cli->arena, "%s: %s%s%s", factor, answer ? answer : "?", context ? " — " : "", context ? context : "");
        cli_print_wrapped(cli, text, 6, WIDTH);
    }
    json_decref(all);
}

/* A book or a checklist is read with its form: here only how much it says. */
static void show_filled(Cli *cli, CaseListId id, const char *json)
{
    json_t *all = json_loads(json, 0, NULL);

    cli_print(cli, "      %zu answers%s\n", json_object_size(all), id == LIST_BOOKS ? ": book show" : "");
    json_decref(all);
}

static void show_checks(Cli *cli, const Review *r)
{
    ReviewChecks checks;

    app_checks_of(r, cli->arena, &checks);
    for (size_t i = 0; i < checks.n; i++)
        cli_print_wrapped(cli, arena_printf(cli->arena, "%s: %s", check_tick_labels[checks.items[i].tick], checks.items[i].says), 6, WIDTH);
    if (checks.at_once) cli_print(cli, "      Ticked in one go: all that held.\n");
    if (checks.despite) cli_print(cli, "      Satisfied although not all holds: asked, and meant so.\n");
    if (checks.none) cli_print_wrapped(cli, arena_printf(cli->arena, "Nothing is asked of anybody: %s", checks.none), 6, WIDTH);
    if (checks.n == 0 && !checks.none) show_filled(cli, LIST_REVIEWS, r->answers);
}

static void show_below(Cli *cli, const CaseList *list, const void *item)
{
    for (size_t i = 0; i < list->n_fields; i++) {
        const CaseField *f = &list->fields[i];
        const char *text = is_below(f) ? case_field_text(f, item, app_vocabs(cli->app), cli->arena) : NULL;
        if (is_blank(text)) continue;
        if (f->kind == FIELD_ANSWERS)
            show_answers(cli, text);
        else if (f->kind == FIELD_JSON && list == &case_lists[LIST_REVIEWS])
            show_checks(cli, item);
        else if (f->kind == FIELD_JSON)
            show_filled(cli, (CaseListId)(list - case_lists), text);
        else
            cli_print_wrapped(cli, text, 6, WIDTH);
    }
}

static void show_signature(Cli *cli, const CaseDoc *doc, CaseListId id, const void *item)
{
    const Book *book = item;
    const Review *review = item;

    if (id == LIST_BOOKS)
        cli_print(cli, "      %s\n",
            cli_signed_words(cli, app_book_signed(cli->app, doc->id, book), book->signed_key));
    if (id == LIST_REVIEWS)
        cli_print(cli, "      %s\n",
            cli_signed_words(cli, app_reading_signed(cli->app, doc, review), review->signed_key));
}

static void show_list(Cli *cli, const CaseDoc *doc, CaseListId id)
{
    const CaseList *list = &case_lists[id];
    size_t n;
    const char *items = case_items(doc, id, &n);

    if (!n) return;
    cli_print(cli, "\n%s (%zu)\n", list->label, n);
    for (size_t i = 0; i < n; i++) {
        const void *item = items + i * list->item_size;
        show_line(cli, list, item, 2);
        show_below(cli, list, item);
        show_signature(cli, doc, id, item);
        if (id != LIST_PEOPLE) continue;
        for (size_t s = 0; s < ((const Person *)item)->n_status; s++)
            show_line(cli, &case_lists[LIST_STATUS], &((const Person *)item)->status[s], 6);
    }
}

static void show_duties(Cli *cli, const CaseView *view)
{
    char due[CIVIL_TEXT];
    size_t n = 0;

    for (size_t i = 0; i < view->n_duties; i++) {
        const Duty *d = &view->duties[i];
        const PolicyDuty *rule = app_rule(cli->app, d->id);
        if (!duty_is_live(d)) continue;
        if (!n++) cli_print(cli, "\nWhat waits\n");
        cli_print(cli, "  %-8s due %s  %s (%s), %s\n", duty_state_word(duty_state(d, app_now(cli->app))),
            civil_words_full(d->due, due), rule ? rule->title : d->id, rule ? rule->cite : "", role_label(d->owner));
    }
}

static void show_case(Cli *cli, const CaseView *view)
{
    char at[CIVIL_TEXT];

    cli_print(cli, "%s, version %lld", view->row.id, (long long)view->row.rev);
    if (view->row.changed_at != TIME_NONE) cli_print(cli, ", changed %s", civil_words_full(view->row.changed_at, at));
    if (!is_blank(view->row.changed_by)) cli_print(cli, " by %s", view->row.changed_by);
    cli_print(cli, "\n");
    show_scalars(cli, &view->doc);
    for (int id = 0; id < LIST_STATUS; id++) show_list(cli, &view->doc, (CaseListId)id);
    show_duties(cli, view);
}

bool cmd_case_show(Cli *cli, Err *err)
{
    CaseView view;
    Str line = { 0 };

    if (!app_case_look(cli->app, cli->words[0], "case.open", cli->arena, &view, err)) return false;
    if (cli->format == FORMAT_TABLE) {
        show_case(cli, &view);
        return true;
    }
    case_write(&view.doc, app_vocabs(cli->app), &line);
    str_add_char(&line, '\n');
    fwrite(line.s, 1, line.n, stdout);
    str_finish(&line);
    return true;
}

/* --- case since ------------------------------------------------------------------------------ */
static bool since_of(Cli *cli, const CaseView *view, Since *out, Err *err)
{
    const char *word = cli->n_words > 1 ? cli->words[1] : NULL;
    Time when;

    if (!word) return app_case_since(cli->app, view, view->doc.reported_at, cli->arena, out, err);
    if (vocab_code(app_vocabs(cli->app), VOCAB_REVIEW, word) != CODE_NONE) return app_case_since_review(cli->app, view, word, cli->arena, out, err);
    if (!civil_parse_time(word, &when, NULL) && !civil_parse_typed(word, app_now(cli->app), &when, NULL))
        return err_set(err, ERR_USAGE, "when", "Say a kind of review, such as ds-supervision, or a time, such as \"mon 0900\": not \"%.60s\".", word);
    return app_case_since(cli->app, view, when, cli->arena, out, err);
}

bool cmd_case_since(Cli *cli, Err *err)
{
    static const Column columns[] = { { "at", "when", AS_ANY, false }, { "what", "what", AS_ANY, false }, { "belated", "", AS_DATA, false } };
    CaseView view;
    Since since;
    Out *out;

    if (!app_case_look(cli->app, cli->words[0], "since", cli->arena, &view, err) || !since_of(cli, &view, &since, err)) return false;
    if (!since.n) cli_say("Nothing has changed.");
    out = cli_out(cli, columns, 3);
    for (size_t i = 0; i < since.n; i++) {
        out_time(out, since.lines[i].at);
        out_text(out, since.lines[i].says);
        out_yes(out, since.lines[i].belated);
        out_row(out);
    }
    return out_end(&out, err);
}

/* --- case search ----------------------------------------------------------------------------- */
bool cmd_case_search(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "what", "what", AS_ANY, false },
        { "shown", "", AS_ANY, false } };
    CaseHits hits = { 0 };
    int64_t limit;
    Out *out;

    if (!cli_number(cli, OPT_LIMIT, 1, 10000, 50, &limit, err)) return false;
    if (!app_case_search(cli->app, cli->words[0], (size_t)limit, cli->arena, &hits, err)) return false;
    if (!hits.n) cli_say("Nothing was found for \"%s\".", cli->words[0]);
    out = cli_out(cli, columns, 3);
    for (size_t i = 0; i < hits.n; i++) {
        out_text(out, hits.items[i].row.id);
        out_text(out, hits.items[i].what);
        out_text(out, hits.items[i].shown);
        out_row(out);
    }
    return out_end(&out, err);
}
