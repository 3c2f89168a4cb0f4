/* book_writer.c — keys into answers. The form of each section is made once and kept, with the cursor and the undo of its fields,
** until its rows change. Short answers go into the model with each key; a long text when the keys rest, because reading ten
** thousand words again for every letter would be felt.
**
** What cannot be understood goes into the answers as it was typed: nothing is lost with a draft, and the check before submitting
** finds it. */
#include "book_writer.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "book_fields.h"
#include "book_log.h"
#include <stdio.h>
#include <string.h>

typedef struct Remark {
    char path[ANSWERS_PATH];
    Style style;
    char *text;
} Remark;

struct Writer {
    WriterOf of;
    WriterSection *sections;
    Form **forms; /* beside the sections; NULL until one goes there */
    size_t n, at;
    BookLog *log;
    bool pending; /* a long text was typed in and is not in the answers yet */
    char pending_path[ANSWERS_PATH];
    Remark *remarks;
    size_t n_remarks, cap_remarks;
    Arena *arena; /* of one call */
    char notice[160];
};

/* --- life --------------------------------------------------------------------------------------- */
static bool is_ours(const Writer *w, const FormSection *s)
{
    return s->n > 0 && (!w->of.who || str_eq(s->filled_by, w->of.who));
}

static Form *form_now(Writer *w);

Writer *writer_new(const WriterOf *of)
{
    Writer *w = mem_new(sizeof *w);
    size_t n = 0;
    const FormSection *all = form_sections_of(of->form, &n);

    w->of = *of;
    w->arena = arena_new_secret();
    w->log = book_log_new(of->form, of->answers);
    w->sections = mem_new((n + 1) * sizeof *w->sections);
    w->forms = mem_new((n + 1) * sizeof(Form *));
    for (size_t i = 0; i < n; i++)
        if (is_ours(w, &all[i])) w->sections[w->n++].of = &all[i];
    writer_tally(w);
    if (w->n > 0) form_now(w);
    return w;
}

static void forget_remarks(Writer *w)
{
    for (size_t i = 0; i < w->n_remarks; i++) {
        crypto_wipe(w->remarks[i].text, strlen(w->remarks[i].text));
        mem_free(w->remarks[i].text);
    }
    w->n_remarks = 0;
}

void writer_free(Writer **at)
{
    if (!at || !*at) return;
    Writer *w = *at;
    forget_remarks(w);
    mem_free(w->remarks);
    for (size_t i = 0; i < w->n; i++) form_free(&w->forms[i]);
    mem_free(w->forms);
    mem_free(w->sections);
    book_log_free(&w->log);
    arena_free(&w->arena);
    mem_free(w);
    *at = NULL;
}

void writer_set_now(Writer *w, Time now)
{
    w->of.now = now;
    if (w->n > 0) form_set_now(form_now(w), now);
}

/* --- the section that is shown --------------------------------------------------------------------- */
static size_t section_index(const Writer *w, const FormQuestion *q)
{
    size_t n = 0;
    const FormSection *all = form_sections_of(w->of.form, &n);

    for (size_t i = 0; q && i < w->n; i++)
        if (w->sections[i].of == &all[q->section]) return i;
    return SIZE_MAX;
}

/* What differs from the version before, so that a reader of the rework sees it as the writer does. */
static void mark_change(Writer *w, Form *f, const char *path)
{
    const FormQuestion *q = form_question(w->of.form, path);
    const char *before = w->of.last ? answers_get(w->of.last, path) : NULL;
    char text[160];
    size_t n;

    if (!before || strcmp(before, answers_get(w->of.answers, path)) == 0) return;
    if (!*before) {
        form_set_note(f, path, STYLE_MUTED, "New since the last version.");
        return;
    }
    if (q->kind == ASK_ACCOUNT) {
        form_set_note(f, path, STYLE_MUTED, "Changed since the last version.");
        return;
    }
    n = (size_t)snprintf(text, sizeof text - 8, "Changed; it was: %s", form_words(w->of.form, q, before, w->arena));
    if (n >= sizeof text - 8) text[utf8_clip(text, strlen(text), 120, &(int){ 0 })] = '\0';
    form_set_note(f, path, STYLE_MUTED, text);
}

static void show_remarks(Writer *w)
{
    const char **paths = NULL;
    Form *f = form_now(w);
    size_t n = book_section_paths(w->of.form, w->sections[w->at].of, w->of.answers, w->arena, &paths);

    for (size_t i = 0; i < n; i++) {
        form_set_note(f, paths[i], STYLE_MUTED, NULL);
        mark_change(w, f, paths[i]);
    }
    for (size_t i = 0; i < w->n_remarks; i++)
        form_set_note(f, w->remarks[i].path, w->remarks[i].style, w->remarks[i].text);
}

static Form *form_now(Writer *w)
{
    Form **f = &w->forms[w->at];

    if (*f) return *f;
    *f = book_section_form(w->of.form, w->sections[w->at].of, w->of.answers, w->of.now);
    show_remarks(w);
    return *f;
}

static void refresh(Writer *w)
{
    book_section_refresh(form_now(w), w->of.form, w->sections[w->at].of, w->of.answers);
    form_tally(w->of.form, w->of.answers,
        (size_t)(w->sections[w->at].of - form_sections_of(w->of.form, &(size_t){ 0 })), &w->sections[w->at].tally);
}

/* The rows changed: the same section anew, standing in the same field when it is there. */
static void rebuild(Writer *w, size_t section, const char *focus)
{
    char path[ANSWERS_PATH + 1]; /* or the button that adds a row: "+" and a name */

    snprintf(path, sizeof path, "%s", focus);
    form_free(&w->forms[section]);
    if (section != w->at) return;
    form_focus(form_now(w), path);
    refresh(w);
}

void writer_tally(Writer *w)
{
    const FormSection *all = form_sections_of(w->of.form, &(size_t){ 0 });

    for (size_t i = 0; i < w->n; i++)
        form_tally(w->of.form, w->of.answers, (size_t)(w->sections[i].of - all), &w->sections[i].tally);
}

size_t writer_sections(const Writer *w)
{
    return w->n;
}

const WriterSection *writer_section(const Writer *w, size_t i)
{
    return &w->sections[i];
}

size_t writer_section_now(const Writer *w)
{
    return w->at;
}

size_t writer_missing(const Writer *w)
{
    size_t n = 0;

    for (size_t i = 0; i < w->n; i++) n += w->sections[i].tally.missing;
    return n;
}

static void left(Writer *w, const char *path);

static void to_section(Writer *w, size_t i)
{
    if (i >= w->n) return;
    left(w, writer_path(w)); /* from afar, too: it is written out, or the sentence waits under it */
    w->at = i;
    form_now(w);
    refresh(w);
    show_remarks(w);
    writer_tally(w);
}

void writer_section_go(Writer *w, size_t i)
{
    to_section(w, i);
    if (i < w->n) form_to_start(form_now(w));
}

/* --- answers in ---------------------------------------------------------------------------------------- */
static void wipe(char *s)
{
    crypto_wipe(s, strlen(s));
    mem_free(s);
}

/* True when it was understood. What was not is put as it was typed. */
static bool take(Writer *w, const char *path, const char *typed, const char **warning, Err *err)
{
    char *before = mem_dup(answers_get(w->of.answers, path));
    bool ok = form_answer(w->of.form, w->of.policy, w->of.answers, path, typed, w->of.now, w->arena, warning, err);

    if (!ok) answers_put(w->of.answers, path, typed);
    book_log_was(w->log, path, before);
    wipe(before);
    return ok;
}

void writer_settle(Writer *w)
{
    if (!w->pending) return;
    w->pending = false;
    take(w, w->pending_path, form_value(form_now(w), w->pending_path), NULL, NULL);
    arena_reset(w->arena);
    refresh(w);
}

static void typed_in(Writer *w)
{
    const char *path = form_focused(form_now(w));
    const FormQuestion *q = form_question(w->of.form, path);

    if (!q) return;
    if (q->kind == ASK_ACCOUNT) {
        snprintf(w->pending_path, sizeof w->pending_path, "%s", path);
        w->pending = true;
        return;
    }
    take(w, path, form_value(form_now(w), path), NULL, NULL);
    arena_reset(w->arena);
    refresh(w);
}

/* A field is left: what was typed is read once more, written out in the one spelling, or the sentence says what is wrong. */
static void left(Writer *w, const char *path)
{
    Form *f = form_now(w);
    const FormQuestion *q = form_question(w->of.form, path);
    const char *warning = NULL;
    char *typed;
    Err err = { 0 };

    writer_settle(w);
    book_log_seal(w->log);
    if (!q || !form_has(f, path)) return;
    typed = mem_dup(form_value(f, path));
    if (*typed && !take(w, path, typed, &warning, &err))
        form_set_error(f, path, err.text);
    else if (strcmp(typed, answers_get(w->of.answers, path)) != 0)
        form_set(f, path, answers_get(w->of.answers, path));
    book_log_seal(w->log);
    if (w->of.last) show_remarks(w);
    if (warning) form_set_note(f, path, STYLE_WARNING, warning);
    wipe(typed);
    arena_reset(w->arena);
    refresh(w);
    writer_tally(w);
}

void writer_put(Writer *w, const char *path, const char *typed)
{
    size_t section = section_index(w, form_question(w->of.form, path));

    if (section == SIZE_MAX) return;
    writer_settle(w);
    take(w, path, typed, NULL, NULL);
    if (w->forms[section]) form_set(w->forms[section], path, answers_get(w->of.answers, path));
    arena_reset(w->arena);
    refresh(w);
}

void writer_begin(Writer *w)
{
    writer_settle(w);
    book_log_begin(w->log);
}

void writer_end(Writer *w)
{
    book_log_end(w->log);
    writer_tally(w);
}

/* --- keys --------------------------------------------------------------------------------------------------- */
static bool section_needs(const Writer *w, size_t i)
{
    return w->sections[i].tally.missing > 0;
}

/* Enter behind the last field goes on where something is needed; the other ways go to the neighbour. */
static void leave_section(Writer *w, FormPast past, bool entered)
{
    size_t to = w->at + 1;

    if (past == FORM_PAST_BACK || past == FORM_PAST_START) {
        if (w->at == 0) return;
        to_section(w, w->at - 1);
        if (past == FORM_PAST_START)
            form_to_last(form_now(w));
        else
            form_to_start(form_now(w));
        return;
    }
    writer_tally(w);
    for (size_t i = to; entered && i < w->n; i++)
        if (section_needs(w, i)) {
            to = i;
            break;
        }
    if (to >= w->n)
        snprintf(w->notice, sizeof w->notice, "This is the last section.");
    else
        writer_section_go(w, to);
}

static WriterResult after_event(Writer *w, FormResult r, const char *was, const Event *e)
{
    Form *f = form_now(w);
    FormPast past = form_past(f);

    if (past != FORM_PAST_NOT) {
        left(w, was);
        leave_section(w, past, e->key == K_ENTER);
        return WRITER_MOVED;
    }
    if (r == FORM_CHANGED) typed_in(w);
    if (strcmp(was, form_focused(f)) != 0) left(w, was);
    switch (r) {
    case FORM_UNUSED: return WRITER_UNUSED;
    case FORM_MOVED: return WRITER_MOVED;
    case FORM_CHANGED: return WRITER_CHANGED;
    case FORM_PICKED: return WRITER_PICKED;
    case FORM_SAVE: return WRITER_SAVE;
    case FORM_LEAVE: return WRITER_LEAVE;
    }
    return WRITER_MOVED;
}

static WriterResult next_missing(Writer *w)
{
    if (!writer_next_missing(w)) snprintf(w->notice, sizeof w->notice, "Nothing that is needed is missing.");
    return WRITER_MOVED;
}

WriterResult writer_event(Writer *w, const Event *e)
{
    char was[ANSWERS_PATH];

    w->notice[0] = '\0';
    if (w->n == 0) return WRITER_UNUSED;
    if (e->kind == EVENT_KEY && e->key == CTRL_KEY('g'))
        return next_missing(w); /* the form's own stays in its section */
    snprintf(was, sizeof was, "%s", form_focused(form_now(w)));
    return after_event(w, form_event(form_now(w), e), was, e);
}

size_t writer_picked(const Writer *w)
{
    return form_picked(w->forms[w->at]);
}

const char *writer_notice(const Writer *w)
{
    return w->notice[0] || w->n == 0 ? w->notice : form_notice(w->forms[w->at]);
}

void writer_draw(Writer *w, View v, bool focus)
{
    if (w->n > 0) form_draw(form_now(w), v, focus);
}

/* --- where one is --------------------------------------------------------------------------------------------- */
const char *writer_path(const Writer *w)
{
    return w->n ? form_focused(w->forms[w->at]) : "";
}

const FormQuestion *writer_question(const Writer *w)
{
    return form_question(w->of.form, writer_path(w));
}

const char *writer_value(Writer *w)
{
    return form_value(form_now(w), writer_path(w));
}

void writer_offer(Writer *w, const char *const *lines, size_t n)
{
    form_offer(form_now(w), lines, n);
}

static void make_row(Writer *w, const char *path)
{
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t row = 0, section = section_index(w, form_question(w->of.form, path));

    if (!answers_path_split(path, group, &row, name) || row < answers_rows(w->of.answers, group)) return;
    book_log_begin(w->log);
    while (answers_rows(w->of.answers, group) <= row && book_log_row_add(w->log, group)) {}
    book_log_end(w->log);
    rebuild(w, section, "");
}

bool writer_go(Writer *w, const char *path)
{
    char was[ANSWERS_PATH];
    size_t section = section_index(w, form_question(w->of.form, path));

    if (section == SIZE_MAX) return false;
    if (!form_asked(w->of.form, w->of.answers, path) && !*answers_get(w->of.answers, path)) return false;
    snprintf(was, sizeof was, "%s", writer_path(w));
    writer_settle(w);
    make_row(w, path);
    if (section != w->at) to_section(w, section);
    if (!form_focus(form_now(w), path)) return false;
    if (strcmp(was, path) != 0 && form_has(form_now(w), was)) left(w, was);
    return true;
}

/* --- going through the whole form -------------------------------------------------------------------------------- */
/* Every path of every section in the order of the form, and where one stands in it. */
static size_t all_paths(Writer *w, const char ***out, size_t *here)
{
    const char **all = NULL, **some = NULL;
    size_t n = 0, cap = 0;

    *here = 0;
    for (size_t i = 0; i < w->n; i++) {
        size_t m = book_section_paths(w->of.form, w->sections[i].of, w->of.answers, w->arena, &some);
        for (size_t k = 0; k < m; k++) {
            all = mem_room(all, n, &cap, sizeof *all);
            all[n++] = some[k];
            if (i == w->at && str_eq(some[k], writer_path(w))) *here = n;
        }
        if (i < w->at) *here = n;
    }
    *out = all;
    return n;
}

/* Where a path stands in the form: rows of a group one after another where the group begins, its button behind them. */
static size_t order_of(const Writer *w, const char *path)
{
    enum { IN_ROW = 1000, IN_GROUP = IN_ROW * (ANSWERS_ROWS + 1) };
    const FormQuestion *all = form_questions_of(w->of.form, &(size_t){ 0 }), *q = form_question(w->of.form, path);
    const FormGroup *groups = form_groups_of(w->of.form, &(size_t){ 0 });
    const FormGroup *button = *path == '+' ? form_group(w->of.form, path + 1) : NULL;
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t row = 0, at = q ? (size_t)(q - all) : 0;

    if (button) return button->first * IN_GROUP + ANSWERS_ROWS * IN_ROW;
    if (!q) return w->sections[w->at].of->first * IN_GROUP;
    if (q->group == FORM_NO_GROUP) return at * IN_GROUP + 1;
    answers_path_split(path, group, &row, name);
    return groups[q->group].first * IN_GROUP + row * IN_ROW + (at - groups[q->group].first) + 1;
}

bool writer_next_missing(Writer *w)
{
    char to[ANSWERS_PATH] = "";
    FormGap *gaps = NULL;
    size_t here, n;

    writer_settle(w);
    n = form_gaps(w->of.form, w->of.policy, w->of.answers, w->of.who, w->of.now, w->arena, &gaps);
    here = order_of(w, writer_path(w));
    for (size_t i = 0; i < n && !*to; i++)
        if (order_of(w, gaps[i].path) > here) snprintf(to, sizeof to, "%s", gaps[i].path);
    if (!*to && n > 0) snprintf(to, sizeof to, "%s", gaps[0].path);
    arena_reset(w->arena);
    return *to && writer_go(w, to);
}

static bool holds(const char *text, const char *words)
{
    char *folded = utf8_fold(text);
    bool found = folded && strstr(folded, words);

    if (folded) wipe(folded);
    return found;
}

static bool path_holds(Writer *w, const char *path, const char *words)
{
    const FormQuestion *q = form_question(w->of.form, path);
    const char *value = answers_get(w->of.answers, path);

    if (!form_asked(w->of.form, w->of.answers, path) && !*value) return false;
    return holds(q->label, words) || (*value && holds(form_words(w->of.form, q, value, w->arena), words));
}

/* Another question than the one stood in, from there on round the end; "" when no other one holds the words. */
static void find_path(Writer *w, const char *words, char to[ANSWERS_PATH])
{
    const char **all = NULL;
    char *folded = utf8_fold(words);
    size_t here = 0, n = all_paths(w, &all, &here);

    to[0] = '\0';
    for (size_t k = 0; folded && *folded && k < n && !*to; k++) {
        const char *path = all[(here + k) % n];
        if (path_holds(w, path, folded)) snprintf(to, ANSWERS_PATH, "%s", path);
    }
    mem_free(all);
    mem_free(folded);
    arena_reset(w->arena);
}

bool writer_find(Writer *w, const char *words)
{
    char to[ANSWERS_PATH];

    if (w->n == 0) return false;
    writer_settle(w);
    if (form_find_text(form_now(w), words, false)) return true; /* further on in the same text */
    find_path(w, words, to);
    if (!*to || !writer_go(w, to)) return false;
    form_find_text(form_now(w), words, true);
    return true;
}

/* --- rows ---------------------------------------------------------------------------------------------------------- */
const FormGroup *writer_group(const Writer *w, size_t *row)
{
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    const char *path = writer_path(w);

    *row = SIZE_MAX;
    if (path[0] == '+') return form_group(w->of.form, path + 1);
    if (!answers_path_split(path, group, row, name)) return NULL;
    return form_group(w->of.form, group);
}

static size_t section_of_group(const Writer *w, const FormGroup *g)
{
    const FormQuestion *all = form_questions_of(w->of.form, &(size_t){ 0 });
    return section_index(w, &all[g->first]);
}

/* The first question of a row that can be stood on. */
static void stand_in_row(Writer *w, const FormGroup *g, size_t row)
{
    const FormQuestion *all = form_questions_of(w->of.form, &(size_t){ 0 });
    char path[ANSWERS_PATH];

    for (size_t i = g->first; i < g->first + g->n; i++)
        if (writer_go(w, form_path(w->of.form, &all[i], row, path))) return;
}

bool writer_row_add(Writer *w, const FormGroup *g)
{
    size_t rows = answers_rows(w->of.answers, g->name), section = section_of_group(w, g);

    if (section == SIZE_MAX) return false;
    writer_settle(w);
    if (rows >= g->at_most || !book_log_row_add(w->log, g->name)) {
        snprintf(w->notice, sizeof w->notice, "There is room for %zu: %.60s.", g->at_most, g->many);
        return false;
    }
    rebuild(w, section, writer_path(w));
    stand_in_row(w, g, rows);
    writer_tally(w);
    return true;
}

void writer_row_drop(Writer *w, const FormGroup *g, size_t row)
{
    size_t rows = answers_rows(w->of.answers, g->name), section = section_of_group(w, g);
    char button[ANSWERS_PATH + 1];

    if (section == SIZE_MAX || row >= rows) return;
    writer_settle(w);
    book_log_row_drop(w->log, g->name, row);
    snprintf(button, sizeof button, "+%s", g->name);
    rebuild(w, section, button);
    if (rows > 1) stand_in_row(w, g, row < rows - 1 ? row : row - 1);
    writer_tally(w);
}

/* --- back and forth --------------------------------------------------------------------------------------------------- */
/* An answer changed under the forms: its field follows, and the others keep their cursor and undo. */
static void touched(void *with, const char *path, bool rows)
{
    Writer *w = with;
    const FormGroup *g = rows ? form_group(w->of.form, path) : NULL;
    size_t section = g ? section_of_group(w, g) : section_index(w, form_question(w->of.form, path));

    if (section == SIZE_MAX || !w->forms[section]) return;
    if (rows)
        form_free(&w->forms[section]);
    else
        form_set(w->forms[section], path, answers_get(w->of.answers, path));
}

/* One stands where it happened. */
static bool moved_to(Writer *w, bool did, const char *path)
{
    const FormGroup *g;
    char button[ANSWERS_PATH + 1];
    size_t section;

    if (!did) return false;
    g = form_group(w->of.form, path);
    section = g ? section_of_group(w, g) : section_index(w, form_question(w->of.form, path));
    if (section != SIZE_MAX) w->at = section;
    snprintf(button, sizeof button, "%s%s", g ? "+" : "", path);
    form_focus(form_now(w), button);
    refresh(w);
    show_remarks(w);
    writer_tally(w);
    return true;
}

bool writer_undo(Writer *w)
{
    char path[ANSWERS_PATH] = "";

    writer_settle(w);
    return moved_to(w, book_log_undo(w->log, path, touched, w), path);
}

bool writer_redo(Writer *w)
{
    char path[ANSWERS_PATH] = "";

    writer_settle(w);
    return moved_to(w, book_log_redo(w->log, path, touched, w), path);
}

/* --- remarks ------------------------------------------------------------------------------------------------------------ */
void writer_clear_notes(Writer *w)
{
    forget_remarks(w);
    if (w->n > 0) show_remarks(w);
}

/* Two remarks about one answer stand under it together. */
void writer_note(Writer *w, const char *path, Style style, const char *sentence)
{
    Remark *r = NULL;
    Str both = { 0 };

    for (size_t i = 0; i < w->n_remarks && !r; i++)
        if (strcmp(w->remarks[i].path, path) == 0) r = &w->remarks[i];
    if (!r) {
        w->remarks = mem_room(w->remarks, w->n_remarks, &w->cap_remarks, sizeof *w->remarks);
        r = &w->remarks[w->n_remarks++];
        *r = (Remark){ .style = style, .text = mem_dup("") };
        snprintf(r->path, sizeof r->path, "%s", path);
    }
    str_addf(&both, "%s%s%s", r->text, *r->text ? "\n" : "", sentence);
    mem_free(r->text);
    r->text = str_take(&both);
    if (w->n > 0 && form_has(form_now(w), path)) form_set_note(form_now(w), path, r->style, r->text);
}

void writer_error(Writer *w, const char *path, const char *sentence)
{
    if (w->n > 0 && strcmp(path, writer_path(w)) != 0) form_set_error(form_now(w), path, sentence);
}
