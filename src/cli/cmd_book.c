/* cmd_book.c — the book 124D on the command line: read it, print it, the register of all of them, where each is. A book is
** not written here: that needs a screen. */
#include "cli_inside.h"

#include "app/book.h"
#include "app/sign.h"
#include "app/contact.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>
#include <unistd.h>

enum { WIDTH = 96, LABEL = 28 };

static const char *serial_given(const Cli *cli)
{
    return cli_value(cli, OPT_SERIAL);
}

/* --- book show: in words --------------------------------------------------------------------- */
static void show_field(Cli *cli, const char *label, const char *words)
{
    if (!words || !*words) return;
    if (strlen(words) <= WIDTH - LABEL - 3 && !strchr(words, '\n')) {
        cli_print(cli, "  %-*s %s\n", LABEL, label, words);
        return;
    }
    cli_print(cli, "  %s\n", label);
    cli_print_wrapped(cli, words, 6, WIDTH);
}

static void show_answer(Cli *cli, const BookView *v, const FormQuestion *q, const char *path)
{
    const char *value = arena_dup(cli->arena, answers_get(v->answers, path));

    if (*value) show_field(cli, q->label, form_words(v->form, q, value, cli->arena));
}

static void show_rows(Cli *cli, const BookView *v, const FormGroup *g)
{
    size_t n, rows = answers_rows(v->answers, g->name);
    const FormQuestion *q = form_questions_of(v->form, &n);
    char path[ANSWERS_PATH];

    for (size_t r = 0; r < rows; r++) {
        if (answers_row_empty(v->answers, g->name, r)) continue;
        cli_print(cli, "  %s %zu\n", g->one, r + 1);
        for (size_t i = g->first; i < g->first + g->n; i++)
            show_answer(cli, v, &q[i], form_path(v->form, &q[i], r, path));
    }
}

static bool is_answered(const BookView *v, const FormQuestion *q, const FormGroup *groups)
{
    return q->group == FORM_NO_GROUP ? *answers_get(v->answers, q->name) != '\0'
                                     : answers_rows(v->answers, groups[q->group].name) > 0;
}

static void show_section(Cli *cli, const BookView *v, const FormSection *s)
{
    size_t n, n_groups, shown = FORM_NO_GROUP;
    const FormQuestion *q = form_questions_of(v->form, &n);
    const FormGroup *groups = form_groups_of(v->form, &n_groups);
    bool headed = false;

    for (size_t i = s->first; i < s->first + s->n; i++) {
        if (!is_answered(v, &q[i], groups)) continue;
        if (!headed) cli_print(cli, "\n%s  %s\n", s->letter, s->title);
        headed = true;
        if (q[i].group == FORM_NO_GROUP)
            show_answer(cli, v, &q[i], q[i].name);
        else if (q[i].group != shown)
            show_rows(cli, v, &groups[shown = q[i].group]);
    }
}

typedef struct Others {
    Cli *cli;
    const BookView *view;
    size_t n;
} Others;

static bool show_other(void *with, const char *path, const char *text)
{
    Others *o = with;

    if (form_question(o->view->form, path) || !strcmp(path, "form")) return true;
    if (!o->n++) cli_print(o->cli, "\nOther answers\n");
    show_field(o->cli, arena_dup(o->cli->arena, path), text);
    return true;
}

static void show_version(Cli *cli, const BookView *v)
{
    char at[CIVIL_TEXT];

    cli_print(cli, "%s, book %s, version %zu of %zu, %s\n", v->view.doc.id, v->book->serial, v->version,
        v->stand.versions, book_state_label(v->stand.state));
    show_field(cli, "Written by", v->book->by);
    show_field(cli, "Completed", civil_words_full(v->book->completed_at, at));
    if (v->stand.move) show_field(cli, "Now with", v->stand.move->to);
    show_field(cli, "Index number", v->stand.index_number);
    show_field(cli, "Digest", v->digest);
    show_field(cli, "Signature",
        cli_signed_words(cli, app_book_signed(cli->app, v->view.doc.id, v->book), v->book->signed_key));
    if (v->stand.returned) show_field(cli, "Why it came back", v->stand.returned->text);
}

static void show_rules(Cli *cli, const BookView *v)
{
    if (v->n_gates + v->n_alerts) cli_print(cli, "\nWhat the rules say\n");
    for (size_t i = 0; i < v->n_gates; i++) cli_print_wrapped(cli, v->gates[i].says, 2, WIDTH);
    for (size_t i = 0; i < v->n_alerts; i++) cli_print_wrapped(cli, v->alerts[i].says, 2, WIDTH);
}

static void show_addenda(Cli *cli, const BookView *v)
{
    const CaseDoc *doc = &v->view.doc;
    char at[CIVIL_TEXT];
    size_t shown = 0;

    for (size_t i = 0; i < doc->n_addenda; i++) {
        const Addendum *d = &doc->addenda[i];
        if (strcmp(d->book, v->book->serial)) continue;
        if (!shown++) cli_print(cli, "\nAddenda\n");
        cli_print(cli, "  %s, %s%s%s\n", civil_words_full(d->at, at), d->by ? d->by : "", d->about ? ", about " : "",
            d->about ? form_label(v->form, d->about, cli->arena) : "");
        cli_print_wrapped(cli, d->text, 6, WIDTH);
    }
}

static void show_words(Cli *cli, const BookView *v)
{
    size_t n;
    const FormSection *s = form_sections_of(v->form, &n);
    Others others = { cli, v, 0 };

    show_version(cli, v);
    show_rules(cli, v);
    for (size_t i = 0; i < n; i++) show_section(cli, v, &s[i]);
    answers_each(v->answers, show_other, &others);
    show_addenda(cli, v);
}

/* --- book show: as data ---------------------------------------------------------------------- */
/* Canonical JSON, with what a terminal could obey as its number. */
static void add_json(Str *line, const char *json, size_t n)
{
    for (size_t at = 0, len; at < n; at += len) {
        uint32_t cp = utf8_decode(json + at, n - at, &len);
        if (cp == UTF8_BAD || !utf8_is_hostile(cp))
            str_add_n(line, json + at, len);
        else if (cp < 0x10000)
            str_addf(line, "\\u%04x", (unsigned)cp);
        else
            str_addf(line, "\\u%04x\\u%04x", 0xd800u + ((unsigned)(cp - 0x10000) >> 10),
                0xdc00u + ((unsigned)(cp - 0x10000) & 0x3ff));
    }
}

/* The answers stand as they are stored, but for those that are hidden. */
static void show_json(const Cli *cli, const BookView *v)
{
    Str line = { 0 }, said = { 0 };

    if (v->whole)
        answers_write(v->answers, &said);
    else
        str_add(&said, v->book->answers ? v->book->answers : "{}");

    str_add(&line, "{\"case\":");
    json_add(&line, v->view.doc.id);
    json_member(&line, "serial", v->book->serial);
    str_addf(&line, ",\"version\":%zu,\"versions\":%zu", v->version, v->stand.versions);
    json_member(&line, "state", book_state_word(v->stand.state));
    json_member(&line, "by", v->book->by);
    str_add(&line, ",\"completed_at\":");
    json_add_time(&line, v->book->completed_at);
    json_member(&line, "digest", v->digest);
    json_member(&line, "signature", signed_stand_word(app_book_signed(cli->app, v->view.doc.id, v->book)));
    str_add(&line, ",\"answers\":");
    add_json(&line, said.s, said.n);
    str_finish(&said);
    str_add(&line, "}\n");
    fwrite(line.s, 1, line.n, stdout);
    str_finish(&line);
}

static bool version_given(const Cli *cli, int64_t *out, Err *err)
{
    return cli_number(cli, OPT_REVISION, 1, 10000, 0, out, err);
}

bool cmd_book_show(Cli *cli, Err *err)
{
    BookView view;
    int64_t version;

    if (!version_given(cli, &version, err)) return false;
    if (!app_book_read(cli->app, cli->words[0], serial_given(cli), (size_t)version, cli->arena, &view, err))
        return false;
    if (cli_has(cli, OPT_PURPOSE) && view.whole && !app_book_reveal(cli->app, &view, cli_value(cli, OPT_PURPOSE), err)) {
        app_book_close(&view);
        return false;
    }
    if (cli->format == FORMAT_TABLE)
        show_words(cli, &view);
    else
        show_json(cli, &view);
    app_book_close(&view);
    return true;
}

/* --- book print ------------------------------------------------------------------------------ */
static bool paper_given(const Cli *cli, BookPaper *out, Err *err)
{
    bool sheet = cli_has(cli, OPT_SHEET), redacted = cli_has(cli, OPT_REDACTED);

    *out = sheet ? PAPER_SHEET : redacted ? PAPER_REDACTED : PAPER_BOOK;
    return !(sheet && redacted) || err_set(err, ERR_USAGE, "redacted", "It is --sheet or --redacted, not both.");
}

/* A PDF would only disturb a terminal. */
bool cli_paper_has_place(const Cli *cli, bool pdf, Err *err)
{
    const char *output = cli_value(cli, OPT_OUTPUT);

    return !pdf || (output && strcmp(output, "-")) || !isatty(STDOUT_FILENO) ||
           err_set(err, ERR_USAGE, "output", "A PDF does not go to a terminal: say --output FILE.");
}

bool cli_paper_write(Cli *cli, const Str *paper, Err *err)
{
    Target target;
    bool ok;

    if (!cli_target_open(&target, cli_value(cli, OPT_OUTPUT), err)) return false;
    ok = fwrite(paper->s, 1, paper->n, target.file) == paper->n || (target.file == stdout && out_reader_gone(stdout)) ||
         err_set(err, ERR_IO, "output", "The paper cannot be written.");
    ok = ok && cli_target_keep(&target, err);
    if (ok && target.name) cli_say("Written to %s.", target.name);
    cli_target_end(&target);
    return ok;
}

static bool print(Cli *cli, BookPaper what, size_t version, bool pdf, Str *paper, Err *err)
{
    const char *purpose = cli_value(cli, OPT_PURPOSE);

    if (!purpose)
        return app_book_print(cli->app, cli->words[0], serial_given(cli), version, what, pdf, paper, err);
    if (what != PAPER_BOOK) return err_set(err, ERR_USAGE, "purpose", "--purpose is for the book itself.");
    return app_book_print_open(cli->app, cli->words[0], serial_given(cli), version, purpose, pdf, paper, err);
}

bool cmd_book_print(Cli *cli, Err *err)
{
    bool pdf = cli_has(cli, OPT_PDF), ok;
    BookPaper what;
    int64_t version;
    Str paper = { 0 };

    if (!paper_given(cli, &what, err) || !cli_paper_has_place(cli, pdf, err) || !version_given(cli, &version, err)) return false;
    ok = print(cli, what, (size_t)version, pdf, &paper, err) && cli_paper_write(cli, &paper, err);
    if (paper.s) crypto_wipe(paper.s, paper.cap);
    str_finish(&paper);
    return ok;
}

/* --- book list ------------------------------------------------------------------------------- */
static const Column register_columns[] = { { "serial", "serial", AS_ANY, false }, { "case", "case", AS_ANY, false },
    { "state", "state", AS_ANY, false }, { "grade", "grade", AS_ANY, false }, { "versions", "v", AS_ANY, true },
    { "by", "by", AS_ANY, false }, { "team", "team", AS_DATA, false }, { "completed_at", "completed", AS_ANY, false },
    { "holder", "now with", AS_ANY, false }, { "received_at", "received", AS_ANY, false },
    { "index", "index", AS_ANY, false }, { "indexed_at", "indexed", AS_DATA, false } };

static const char *or_null(const char *s)
{
    return s && *s ? s : NULL;
}

static void register_row(Cli *cli, Out *out, const RegisterRow *r)
{
    out_text(out, r->serial);
    out_text(out, r->case_id);
    out_shaded(out, book_state_word(r->state), r->state == BOOK_RETURNED ? SHADE_WARN : SHADE_NONE);
    out_text(out, r->grade ? vocab_word(app_vocabs(cli->app), VOCAB_GRADE, r->grade) : NULL);
    out_int(out, (int64_t)r->versions);
    out_text(out, or_null(r->by));
    out_text(out, or_null(r->team));
    out_time(out, r->completed_at);
    out_text(out, or_null(r->holder));
    out_time(out, r->received_at);
    out_text(out, or_null(r->index_number));
    out_time(out, r->index_at);
    out_row(out);
}

/* What is looked for says along which order the register is walked. */
static bool order_given(const Cli *cli, BookQuery *q, Err *err)
{
    static const struct {
        OptId option;
        BookOrder order;
    } ways[] = { { OPT_SERIAL, BOOKS_BY_SERIAL }, { OPT_HOLDER, BOOKS_BY_HOLDER }, { OPT_INDEX, BOOKS_BY_INDEX } };
    size_t given = 0;

    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        if (!cli_has(cli, ways[i].option)) continue;
        q->order = ways[i].order;
        q->begins = cli_value(cli, ways[i].option);
        given++;
    }
    return given <= 1 || err_set(err, ERR_USAGE, "holder", "It is one of --serial, --holder and --index.");
}

static unsigned states_given(const Cli *cli)
{
    unsigned states = 0;
    BookState s;

    for (size_t i = 0; i < cli->n_given; i++)
        if (cli->given[i].id == OPT_STATE && book_state_by_word(cli->given[i].value, &s)) states |= 1u << s;
    return states;
}

static bool register_pages(Cli *cli, BookQuery q, int64_t left, Out *out, Err *err)
{
    Arena *arenas[2] = { arena_new(),
        arena_new() }; /* the last row of a page is asked with while the next one is read */
    size_t n = 1;
    bool ok = true;

    for (int page = 0; ok && n && left > 0 && !cli_stopped(); page++) {
        RegisterRow *rows = NULL;
        q.limit = left < 100 ? (size_t)left : 100;
        arena_reset(arenas[page & 1]);
        ok = app_register_page(cli->app, &q, states_given(cli), arenas[page & 1], &rows, &n, err);
        if (!ok || !n) break;
        for (size_t i = 0; i < n; i++) register_row(cli, out, &rows[i]);
        left -= (int64_t)n;
        q.from = &rows[n - 1].place;
    }
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
    return ok;
}

bool cmd_book_list(Cli *cli, Err *err)
{
    BookQuery q = { .order = BOOKS_BY_COMPLETED, .after = TIME_NONE, .before = TIME_NONE };
    int64_t limit;
    Out *out;
    bool ok;

    if (!cli_number(cli, OPT_LIMIT, 1, LIMIT_MAX, INT64_MAX, &limit, err) || !order_given(cli, &q, err)) return false;
    out = cli_out(cli, register_columns, ARRAY_LEN(register_columns));
    ok = register_pages(cli, q, limit, out, err);
    return out_end(&out, ok ? err : NULL) && ok;
}

const char *cli_book_state_words(size_t i)
{
    return i < BOOK_STATES ? book_state_word((BookState)i) : NULL;
}

/* --- book move, book index ------------------------------------------------------------------- */
bool cmd_book_move(Cli *cli, Err *err)
{
    if (!app_book_move(cli->app, cli->words[0], serial_given(cli), cli->words[1], err)) return false;
    if (cli->format == FORMAT_TABLE) cli_print(cli, "%s: the book is now with %s.\n", cli->words[0], cli->words[1]);
    return true;
}

bool cmd_book_index(Cli *cli, Err *err)
{
    const char *warning = NULL;
    BookView view;
    bool ok;

    if (!app_book_read(cli->app, cli->words[0], serial_given(cli), 0, cli->arena, &view, err)) return false;
    ok = app_book_index(cli->app, &view, cli->words[1], cli->arena, &warning, err);
    if (ok && warning) cli_say("warning: %s", warning);
    if (ok) cli_print(cli, "%s: the book %s is filed under %s.\n", view.view.doc.id, view.book->serial, cli->words[1]);
    app_book_close(&view);
    return ok;
}
