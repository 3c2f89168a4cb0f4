/* book_print.c — a book on paper: the book, the supervisor's sheet, and a copy without addresses and safe contact for
** those who must not know where somebody is. What leaves is in the log before its first byte. The redacted copy leaves out
** by kind and by what the form calls sensitive, everything that the form does not know (nobody can say what that is), and
** wherever a left-out answer is repeated word for word in another text, it is struck there too. What an account tells in
** other words cannot be found by a program; the copy says so. */
#include "inside.h"

#include "app/contact.h"
#include "app/review.h"
#include "base/mem.h"
#include "base/str.h"
#include "core/body.h"
#include "paper/paper.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define LEFT_OUT "[left out]"

/* The marking of the time, by what is printed. */
static const struct {
    const char *marking, *name, *word;
} kinds[] = {
    [PAPER_BOOK] = { "RESTRICTED", "Report book 124D", "book" },
    [PAPER_SHEET] = { "RESTRICTED", "Book 124D: supervisor's sheet", "sheet" },
    [PAPER_REDACTED] = { "RESTRICTED", "Report book 124D: redacted copy", "redacted" },
};

typedef struct Print {
    App *app;
    Paper *paper;
    BookView *view;
    BookPaper what;
    Arena *a;
    const char **secrets; /* what a redacted copy must not say anywhere */
    size_t n_secrets, cap_secrets;
} Print;

/* ---- what is left out ---- */

static bool is_secret(const FormQuestion *q)
{
    return q->sensitivity != SENSITIVE_NOT || q->kind == ASK_ADDRESS || q->kind == ASK_TELEPHONE;
}

/* Codes, dates and regions are words of every text: they are left out where they stand and nowhere else. */
static bool is_telling(const FormQuestion *q, const char *text)
{
    enum { TELLING = 3 };

    return q->n_choices == 0 && q->kind != ASK_BODY && q->kind != ASK_DATE && q->kind != ASK_TIME &&
           q->kind != ASK_MOMENT && strlen(text) >= TELLING;
}

static void add_secret(Print *p, const char *text)
{
    p->secrets = mem_room(p->secrets, p->n_secrets, &p->cap_secrets, sizeof *p->secrets);
    p->secrets[p->n_secrets++] = arena_dup(p->a, text);
}

static bool collect_secret(void *with, const char *path, const char *text)
{
    Print *p = with;
    const FormQuestion *q = form_question(p->view->form, path);

    if (q && is_secret(q) && is_telling(q, text)) add_secret(p, text);
    return true;
}

/* Of every version: what the book said before is no less secret. */
static void collect_secrets(Print *p)
{
    const CaseDoc *doc = &p->view->view.doc;

    for (size_t i = 0; i < doc->n_books; i++) {
        Answers *answers = book_answers(doc->books[i].answers);
        answers_each(answers, collect_secret, p);
        answers_free(&answers);
    }
    if (doc->incident_place) add_secret(p, doc->incident_place);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* A number is the same number however it is spaced. */
static bool is_number(const char *secret)
{
    size_t n = strlen(secret);

    return n >= 6 && strspn(secret, "+0123456789 -()") == n;
}

static bool is_filler(char c)
{
    return is_gap(c) || c == '-' || c == '(' || c == ')';
}

static size_t says_number(const char *at, const char *secret)
{
    const char *s = at;

    for (; *secret; secret++) {
        if (is_filler(*secret)) continue;
        while (s > at && is_filler(*s)) s++;
        if (*s++ != *secret) return 0;
    }
    return (size_t)(s - at);
}

static size_t says_words(const char *at, const char *secret)
{
    const char *s = at;

    for (; *secret; secret++, s++)
        if (!(is_gap(*secret) && is_gap(*s)) && lower(*s) != lower(*secret)) return 0;
    return (size_t)(s - at);
}

static bool is_inside_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Bytes at `at` that say the secret; 0 when they do not. A short one must stand as a word of its own. */
static size_t says(const char *text, const char *at, const char *secret)
{
    enum { SHORT = 5 };
    size_t n = is_number(secret) ? says_number(at, secret) : says_words(at, secret);

    if (n && strlen(secret) < SHORT && ((at > text && is_inside_word(at[-1])) || is_inside_word(at[n]))) return 0;
    return n;
}

static size_t secret_at(const Print *p, const char *text, const char *at)
{
    size_t longest = 0;

    for (size_t i = 0; i < p->n_secrets; i++) {
        size_t n = says(text, at, p->secrets[i]);
        if (n > longest) longest = n;
    }
    return longest;
}

/* The text as it may be printed. */
static const char *fit(Print *p, const char *text)
{
    Str out = { 0 };
    const char *kept;

    if (p->what != PAPER_REDACTED || !text) return text ? text : "";
    for (const char *at = text; *at;) {
        size_t n = secret_at(p, text, at);
        if (n)
            str_add(&out, LEFT_OUT);
        else
            str_add_char(&out, *at);
        at += n ? n : 1;
    }
    kept = arena_dup(p->a, str_text(&out));
    str_finish(&out);
    return kept;
}

static void field(Print *p, const char *label, const char *text)
{
    if (text && *text) paper_field(p->paper, label, fit(p, text));
}

static const char *time_words(const Print *p, Time t)
{
    char words[CIVIL_TEXT];

    return t == TIME_NONE ? "" : arena_dup(p->a, civil_words_full(t, words));
}

/* ---- sections ---- */

static void answer(Print *p, const FormQuestion *q, const char *path)
{
    const char *value = answers_get(p->view->answers, path);

    if (!*value) return;
    if (p->what == PAPER_REDACTED && is_secret(q))
        paper_field(p->paper, q->label, LEFT_OUT);
    else
        field(p, q->label, form_words(p->view->form, q, arena_dup(p->a, value), p->a));
}

/* ---- the body map ---- */

enum { SIDE_GAP = 8, MAP_COLS = 2 * BODY_COLS + SIDE_GAP };

typedef struct Map {
    char lines[BODY_ROWS][MAP_COLS + 1];
    size_t marks;
} Map;

static void map_start(Map *m)
{
    memset(m->lines, ' ', sizeof m->lines);
    m->marks = 0;
    for (int r = 0; r < BODY_ROWS; r++) {
        const char *front = body_line(false, r), *back = body_line(true, r);
        memcpy(m->lines[r], front, strnlen(front, BODY_COLS));
        memcpy(m->lines[r] + BODY_COLS + SIDE_GAP, back, strnlen(back, BODY_COLS));
        m->lines[r][MAP_COLS] = '\0';
    }
}

/* The number of the row stands where the region is drawn, behind those that stand there already. */
static void map_mark(Map *m, const char *code, size_t number)
{
    const BodyRegion *region = body_region(code);
    char text[8];
    size_t n = (size_t)snprintf(text, sizeof text, "%zu", number), col;
    char *line;

    if (!region || region->row < 0 || region->row >= BODY_ROWS || region->col < 0 || region->col >= BODY_COLS) return;
    line = m->lines[region->row];
    col = (size_t)region->col + (region->back ? BODY_COLS + SIDE_GAP : 0);
    while (col < MAP_COLS && isdigit((unsigned char)line[col])) col++;
    if (col + n > MAP_COLS) return;
    memcpy(line + col, text, n);
    m->marks++;
}

static void map_of(Print *p, const FormGroup *g)
{
    size_t n;
    const FormQuestion *q = form_questions_of(p->view->form, &n);
    size_t rows = answers_rows(p->view->answers, g->name);
    char path[ANSWERS_PATH];
    Str out = { 0 };
    Map m;

    map_start(&m);
    for (size_t r = 0; r < rows; r++)
        for (size_t i = g->first; i < g->first + g->n && i < n; i++)
            if (q[i].kind == ASK_BODY)
                map_mark(&m, answers_get(p->view->answers, form_path(p->view->form, &q[i], r, path)), r + 1);
    if (m.marks == 0) return;
    str_addf(&out, "%-*s%s\n", BODY_COLS + SIDE_GAP, "Front", "Back");
    for (int r = 0; r < BODY_ROWS; r++) str_addf(&out, "%s\n", m.lines[r]);
    paper_mono(p->paper, str_text(&out));
    str_finish(&out);
}

static void rows_of(Print *p, const FormGroup *g)
{
    size_t n;
    const FormQuestion *q = form_questions_of(p->view->form, &n);
    size_t rows = answers_rows(p->view->answers, g->name);
    char path[ANSWERS_PATH];

    for (size_t r = 0; r < rows; r++) {
        if (answers_row_empty(p->view->answers, g->name, r)) continue;
        paper_heading(p->paper, 2, arena_printf(p->a, "%s %zu", g->one, r + 1));
        for (size_t i = g->first; i < g->first + g->n && i < n; i++)
            answer(p, &q[i], form_path(p->view->form, &q[i], r, path));
    }
    map_of(p, g);
}

/* Answers outside of groups and rows of groups, in the order of the file. */
static void section_body(Print *p, const FormSection *s)
{
    size_t n_groups, n;
    const FormGroup *groups = form_groups_of(p->view->form, &n_groups);
    const FormQuestion *q = form_questions_of(p->view->form, &n);
    size_t done = FORM_NO_GROUP;

    for (size_t i = s->first; i < s->first + s->n && i < n; i++) {
        if (q[i].group == FORM_NO_GROUP)
            answer(p, &q[i], q[i].name);
        else if (q[i].group != done && q[i].group < n_groups) {
            done = q[i].group;
            rows_of(p, &groups[done]);
        }
    }
}

static bool has_answers(const Print *p, const FormSection *s)
{
    size_t n, n_groups;
    const FormQuestion *q = form_questions_of(p->view->form, &n);
    const FormGroup *groups = form_groups_of(p->view->form, &n_groups);

    for (size_t i = s->first; i < s->first + s->n && i < n; i++) {
        if (q[i].group == FORM_NO_GROUP ? *answers_get(p->view->answers, q[i].name) != '\0'
                                        : answers_rows(p->view->answers, groups[q[i].group].name) > 0)
            return true;
    }
    return false;
}

static void sections(Print *p)
{
    size_t n;
    const FormSection *s = form_sections_of(p->view->form, &n);

    for (size_t i = 0; i < n; i++) {
        if (!has_answers(p, &s[i])) continue;
        paper_heading(p->paper, 1, arena_printf(p->a, "%s  %s", s[i].letter, s[i].title));
        section_body(p, &s[i]);
    }
}

/* ---- what the form does not know ---- */

static bool is_unknown(const Print *p, const char *path)
{
    return !form_question(p->view->form, path) && !str_eq(path, ANSWER_FORM);
}

static bool print_unknown(void *with, const char *path, const char *text)
{
    Print *p = with;

    if (is_unknown(p, path)) field(p, path, text);
    return true;
}

static bool count_unknown(void *with, const char *path, const char *text)
{
    void **parts = with;

    (void)text;
    *(size_t *)parts[1] += is_unknown(parts[0], path);
    return true;
}

static void others(Print *p)
{
    size_t n = 0;
    void *parts[] = { p, &n };

    answers_each(p->view->answers, count_unknown, parts);
    if (n == 0) return;
    paper_heading(p->paper, 1, "Other answers");
    if (p->what == PAPER_REDACTED)
        paper_text(p->paper,
            arena_printf(p->a, "%zu answer%s that this form does not ask for: %s", n, n == 1 ? "" : "s", LEFT_OUT));
    else
        answers_each(p->view->answers, print_unknown, p);
}

/* ---- readings, corrections, where it is ---- */

static const char *reasons_words(Print *p, const char *codes)
{
    const Vocabs *v = app_vocabs(p->app);
    Str out = { 0 };
    const char *kept;

    for (const char *c = codes; c && *c;) {
        size_t n = strcspn(c, ",");
        Code code = vocab_code_n(v, VOCAB_RETURN_REASON, c, n);
        str_addf(&out, "%s%s", out.n ? "; " : "", vocab_label(v, VOCAB_RETURN_REASON, code));
        c += n + (c[n] == ',');
    }
    kept = arena_dup(p->a, str_text(&out));
    str_finish(&out);
    return kept;
}

static bool is_reading(const Print *p, const Review *r)
{
    const char *kind = vocab_word(app_vocabs(p->app), VOCAB_REVIEW, r->kind);
    const Book *b = book_of_review(&p->view->view.doc, r);

    return (str_eq(kind, "ps-check") || str_eq(kind, "csu-ds-read")) && b && str_eq(b->serial, p->view->book->serial);
}

/* What was ticked stands where the words of the review do. */
static void ticks(Print *p, const Review *r)
{
    ReviewChecks checks;

    app_checks_of(r, p->a, &checks);
    for (size_t i = 0; i < checks.n; i++)
        field(p, i ? "" : "Checks", arena_printf(p->a, "%s: %s", check_tick_labels[checks.items[i].tick], checks.items[i].says));
    if (checks.at_once) field(p, "", "Ticked in one go: all that held.");
}

static void reading(Print *p, const Review *r)
{
    const Vocabs *v = app_vocabs(p->app);
    const Book *b = book_of_review(&p->view->view.doc, r);
    char span[CIVIL_TEXT];

    paper_heading(p->paper, 2,
        arena_printf(
            p->a, "%s, version %zu", vocab_label(v, VOCAB_REVIEW, r->kind), case_book_version(&p->view->view.doc, b)));
    field(p, "Outcome", vocab_label(v, VOCAB_REVIEW_OUTCOME, r->outcome));
    field(p, "Why it went back", reasons_words(p, r->reasons));
    field(p, "In words", r->text);
    ticks(p, r);
    if (r->opened_at != TIME_NONE && r->at >= r->opened_at)
        field(p, "On the screen for", civil_words_span(r->at - r->opened_at, span));
    field(p, "Read as", r->signature ? arena_printf(p->a, "%.16s", r->signature) : NULL);
    paper_signature(p->paper, "By",
        arena_printf(p->a, "%s, %s, %s", book_officer(p->app, r->by, p->a), time_words(p, r->at),
            signed_line(app_reading_signed(p->app, &p->view->view.doc, r))));
}

static void readings(Print *p, const char *heading)
{
    const CaseDoc *doc = &p->view->view.doc;
    bool any = false;

    for (size_t i = 0; i < doc->n_reviews; i++) {
        if (!is_reading(p, &doc->reviews[i])) continue;
        if (!any) paper_heading(p->paper, 1, heading);
        any = true;
        reading(p, &doc->reviews[i]);
    }
}

static bool is_secret_path(const Print *p, const char *about)
{
    const FormQuestion *q = about ? form_question(p->view->form, about) : NULL;

    return q && is_secret(q);
}

static void addenda(Print *p)
{
    const CaseDoc *doc = &p->view->view.doc;
    bool any = false;

    for (size_t i = 0; i < doc->n_addenda; i++) {
        const Addendum *d = &doc->addenda[i];
        if (!str_eq(d->book, p->view->book->serial)) continue;
        if (!any) paper_heading(p->paper, 1, "Addenda");
        any = true;
        paper_heading(
            p->paper, 2, arena_printf(p->a, "%s, %s", time_words(p, d->at), book_officer(p->app, d->by, p->a)));
        if (d->about) field(p, "About", form_label(p->view->form, d->about, p->a));
        paper_text(p->paper, p->what == PAPER_REDACTED && is_secret_path(p, d->about) ? LEFT_OUT : fit(p, d->text));
    }
}

static void movements(Print *p)
{
    const CaseDoc *doc = &p->view->view.doc;
    bool any = false;

    for (size_t i = 0; i < doc->n_book_moves; i++) {
        const BookMove *m = &doc->book_moves[i];
        if (!str_eq(m->book, p->view->book->serial)) continue;
        if (!any) paper_heading(p->paper, 1, "Where the book was");
        any = true;
        field(p, time_words(p, m->at), m->to);
    }
    if (p->view->stand.index_number)
        field(p, "Indexed",
            arena_printf(p->a, "%s  %s", p->view->stand.index_number, time_words(p, p->view->stand.index_at)));
}

/* ---- the papers ---- */

static void about_the_book(Print *p)
{
    const BookView *v = p->view;

    field(p, "Case", v->view.doc.id);
    field(p, "Serial", v->book->serial);
    field(p, "Version", arena_printf(p->a, "%zu of %zu", v->version, v->stand.versions));
    field(p, "Written by", book_officer(p->app, v->book->by, p->a));
    field(p, "Begun", time_words(p, v->book->begun_at));
    field(p, "Completed", time_words(p, v->book->completed_at));
    field(p, "Stands", book_state_label(v->stand.state));
}

static void whole_book(Print *p)
{
    if (p->what == PAPER_REDACTED)
        paper_note(p->paper, "Redacted copy: addresses, telephone numbers, safe contact and restricted answers are "
                             "left out; what is left out is marked " LEFT_OUT
                             ". Texts were searched for the same words; whoever hands this on reads them first.");
    if (p->what == PAPER_BOOK && p->view->whole)
        paper_note(p->paper, "Safe contact is hidden on this paper: " CASE_HIDDEN ". It is printed for a purpose, which is logged.");
    about_the_book(p);
    sections(p);
    others(p);
    readings(p, "Readings");
    addenda(p);
    movements(p);
}

static void gaps_of(Print *p)
{
    paper_heading(p->paper, 1, "Missing");
    if (p->view->n_gaps == 0) paper_text(p->paper, "Nothing that the form needs is missing.");
    for (size_t i = 0; i < p->view->n_gaps; i++) field(p, p->view->gaps[i].label, p->view->gaps[i].says);
}

static void rules_of(Print *p)
{
    paper_heading(p->paper, 1, "What the rules say");
    if (p->view->n_alerts + p->view->n_gates == 0) paper_text(p->paper, "No rule speaks.");
    for (size_t i = 0; i < p->view->n_gates; i++)
        field(p, arena_printf(p->a, "%s (%s)", p->view->gates[i].gate->title, p->view->gates[i].gate->cite),
            p->view->gates[i].says);
    for (size_t i = 0; i < p->view->n_alerts; i++)
        field(p, arena_printf(p->a, "%s (%s)", p->view->alerts[i].alert->title, p->view->alerts[i].alert->cite),
            p->view->alerts[i].says);
}

static void supervisors_sheet(Print *p)
{
    const CaseDoc *doc = &p->view->view.doc;
    Code grade = case_grade(doc);

    about_the_book(p);
    field(p, "Grade", grade ? vocab_label(app_vocabs(p->app), VOCAB_GRADE, grade) : "not assessed");
    gaps_of(p);
    rules_of(p);
    readings(p, "Decision");
    paper_heading(p->paper, 1, "Remedial action");
    paper_space(p->paper);
    paper_signature(p->paper, "Action, by whom, by when", "");
    paper_signature(p->paper, "Supervisor", "");
}

static void compose(Print *p)
{
    const BookView *v = p->view;
    char now[CIVIL_TEXT];
    PaperHead head = {
        .marking = kinds[p->what].marking,
        .title = kinds[p->what].name,
        .subject = arena_printf(p->a, "%s · book %s · version %zu", v->view.doc.id, v->book->serial, v->version),
        .foot = arena_printf(p->a, "Printed %s by %s. Digest %.16s", civil_words_full(app_now(p->app), now),
            p->app->session.warrant, v->digest),
        .training = app_store(p->app)->training,
    };

    p->paper = paper_new(&head);
    if (p->what == PAPER_SHEET)
        supervisors_sheet(p);
    else
        whole_book(p);
}

static bool disclose(Print *p, bool pdf, Err *err)
{
    const char *detail = arena_printf(p->a, "%s version %zu, %s as %s, %s", p->view->book->serial, p->view->version,
        kinds[p->what].word, pdf ? "PDF" : "text", p->view->digest);

    return app_log_now(p->app, AUDIT_DISCLOSE, "book.print", p->view->view.doc.id, detail, err);
}

static bool put_out(Print *p, bool pdf, Str *out, Err *err)
{
    if (p->what == PAPER_REDACTED) collect_secrets(p);
    compose(p);
    if (!disclose(p, pdf, err)) return false;
    if (pdf) return paper_to_pdf(p->paper, out, err);
    paper_to_text(p->paper, out);
    return true;
}

typedef struct BookPrint {
    const char *case_id, *serial, *purpose; /* purpose: safe contact is told, NULL: it is hidden */
    size_t version;
    BookPaper what;
    bool pdf;
} BookPrint;

static bool open_up(App *app, BookView *view, const char *purpose, Err *err)
{
    return !purpose || !view->whole || app_book_reveal(app, view, purpose, err);
}

static bool print(App *app, const BookPrint *ask, Str *out, Err *err)
{
    Arena *a;
    BookView view = { 0 };
    Print p = { .app = app, .view = &view, .what = ask->what };
    bool ok;

    if ((unsigned)ask->what >= ARRAY_LEN(kinds)) return err_set(err, ERR_BUG, "paper", "There is no such paper.");
    if (!app_may_do(app, PERM_BOOK_PRINT, "book.print", ask->case_id, err) || !again_given(app, "book.print", err)) return false;
    if (ask->pdf && !paper_can_pdf()) return paper_to_pdf(NULL, out, err);
    p.a = a = arena_new_secret();
    ok = app_book_read(app, ask->case_id, ask->serial, ask->version, a, &view, err) &&
         open_up(app, &view, ask->purpose, err) && put_out(&p, ask->pdf, out, err);
    app_book_close(&view);
    paper_free(&p.paper);
    mem_free(p.secrets);
    arena_free(&a);
    return ok;
}

bool app_book_print(
    App *app, const char *case_id, const char *serial, size_t version, BookPaper what, bool pdf, Str *out, Err *err)
{
    return print(app, &(BookPrint){ case_id, serial, NULL, version, what, pdf }, out, err);
}

bool app_book_print_open(
    App *app, const char *case_id, const char *serial, size_t version, const char *purpose, bool pdf, Str *out, Err *err)
{
    if (!purpose || !*purpose) return err_set(err, ERR_INVALID, "purpose", "Say what safe contact is printed for.");
    return print(app, &(BookPrint){ case_id, serial, purpose, version, PAPER_BOOK, pdf }, out, err);
}
