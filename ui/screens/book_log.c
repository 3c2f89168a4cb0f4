/* book_log.c — steps back and forth over the answers of a form. A step holds what stood there and what came; a row that went is
** held cell by cell. Texts are wiped when a step is forgotten: they are as secret as the answers. */
#include "book_log.h"
#include "base/crypto.h"
#include "base/mem.h"
#include <stdio.h>
#include <string.h>

typedef enum StepKind { STEP_VALUE, STEP_ROW_ADD, STEP_ROW_DROP } StepKind;

typedef struct Cell { /* of a row that went */
    char *path, *text;
} Cell;

typedef struct Step {
    StepKind kind;
    unsigned turn;           /* steps of one turn go together */
    char path[ANSWERS_PATH]; /* of a value; of a row: its group */
    size_t row;
    char *before, *after;
    Cell *cells;
    size_t n_cells, cap_cells;
} Step;

struct BookLog {
    const FormSpec *form;
    Answers *answers;
    Step *steps; /* [0, done) can be undone, [done, n) redone */
    size_t n, cap, done;
    unsigned turn;
    int inside;  /* of begin and end */
    bool sealed; /* the next put begins a step of its own */
};

/* --- life ------------------------------------------------------------------------------- */
BookLog *book_log_new(const FormSpec *form, Answers *answers)
{
    BookLog *log = mem_new(sizeof *log);

    *log = (BookLog){ .form = form, .answers = answers, .sealed = true };
    return log;
}

static void forget_text(char *s)
{
    if (s) crypto_wipe(s, strlen(s));
    mem_free(s);
}

static void forget(Step *s)
{
    forget_text(s->before);
    forget_text(s->after);
    for (size_t i = 0; i < s->n_cells; i++) {
        forget_text(s->cells[i].path);
        forget_text(s->cells[i].text);
    }
    mem_free(s->cells);
}

/* What was taken back is gone for good once something new is done. */
static void forget_from(BookLog *log, size_t i)
{
    for (; log->n > i; log->n--) forget(&log->steps[log->n - 1]);
}

void book_log_free(BookLog **at)
{
    if (!at || !*at) return;
    forget_from(*at, 0);
    mem_free((*at)->steps);
    mem_free(*at);
    *at = NULL;
}

/* --- doing ------------------------------------------------------------------------------- */
static void write_answer(BookLog *log, const char *path, const char *text)
{
    const FormQuestion *q = form_question(log->form, path);

    if (q && q->kind == ASK_SEVERAL)
        answers_put_list(log->answers, path, text);
    else
        answers_put(log->answers, path, text);
}

static Step *new_step(BookLog *log, StepKind kind, const char *path)
{
    Step *s;

    forget_from(log, log->done);
    log->steps = mem_room(log->steps, log->n, &log->cap, sizeof *log->steps);
    s = &log->steps[log->n++];
    if (log->inside == 0) log->turn++;
    *s = (Step){ .kind = kind, .turn = log->turn };
    snprintf(s->path, sizeof s->path, "%s", path);
    log->done = log->n;
    log->sealed = false;
    return s;
}

/* The step that further keystrokes in this answer belong to. */
static Step *running(BookLog *log, const char *path)
{
    Step *s = log->done > 0 ? &log->steps[log->done - 1] : NULL;

    if (!s || log->sealed || log->done != log->n || s->kind != STEP_VALUE || strcmp(s->path, path) != 0) return NULL;
    return s;
}

void book_log_was(BookLog *log, const char *path, const char *before)
{
    const char *after = answers_get(log->answers, path);
    Step *s = running(log, path);

    if (!s && strcmp(before, after) == 0) return;
    if (!s) {
        s = new_step(log, STEP_VALUE, path);
        s->before = mem_dup(before);
    }
    forget_text(s->after);
    s->after = mem_dup(after);
    if (strcmp(s->before, after) != 0) return;
    forget_from(log, log->n - 1); /* typed, and taken away again: nothing to take back */
    log->done = log->n;
    log->sealed = true;
}

void book_log_put(BookLog *log, const char *path, const char *text)
{
    char *before = mem_dup(answers_get(log->answers, path));

    write_answer(log, path, text);
    book_log_was(log, path, before);
    forget_text(before);
}

bool book_log_row_add(BookLog *log, const char *group)
{
    size_t row = answers_rows(log->answers, group);

    if (!answers_row_add(log->answers, group)) return false;
    new_step(log, STEP_ROW_ADD, group)->row = row;
    log->sealed = true;
    return true;
}

typedef struct Taking { /* the cells of one row, while the answers are walked */
    Step *step;
    const char *group;
    size_t row;
} Taking;

static bool take_cell(void *with, const char *path, const char *text)
{
    Taking *t = with;
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t row = 0;
    Step *s = t->step;

    if (!answers_path_split(path, group, &row, name) || row != t->row || strcmp(group, t->group) != 0) return true;
    s->cells = mem_room(s->cells, s->n_cells, &s->cap_cells, sizeof *s->cells);
    s->cells[s->n_cells++] = (Cell){ .path = mem_dup(path), .text = mem_dup(text) };
    return true;
}

void book_log_row_drop(BookLog *log, const char *group, size_t row)
{
    Step *s = new_step(log, STEP_ROW_DROP, group);
    Taking taking = { .step = s, .group = s->path, .row = row };

    s->row = row;
    answers_each(log->answers, take_cell, &taking);
    answers_row_drop(log->answers, s->path, row);
    log->sealed = true;
}

void book_log_seal(BookLog *log)
{
    log->sealed = true;
}

void book_log_begin(BookLog *log)
{
    log->sealed = true;
    if (log->inside++ == 0) log->turn++;
}

void book_log_end(BookLog *log)
{
    log->sealed = true;
    log->inside -= log->inside > 0;
}

/* --- back and forth ------------------------------------------------------------------------ */
static void bring_row(BookLog *log, const Step *s)
{
    answers_row_insert(log->answers, s->path, s->row);
    for (size_t i = 0; i < s->n_cells; i++) write_answer(log, s->cells[i].path, s->cells[i].text);
}

static void back(BookLog *log, const Step *s)
{
    switch (s->kind) {
    case STEP_VALUE: write_answer(log, s->path, s->before); break;
    case STEP_ROW_ADD: answers_row_drop(log->answers, s->path, s->row); break;
    case STEP_ROW_DROP: bring_row(log, s); break;
    }
}

static void forth(BookLog *log, const Step *s)
{
    switch (s->kind) {
    case STEP_VALUE: write_answer(log, s->path, s->after); break;
    case STEP_ROW_ADD: answers_row_insert(log->answers, s->path, s->row); break;
    case STEP_ROW_DROP: answers_row_drop(log->answers, s->path, s->row); break;
    }
}

/* Where a step was done: the answer, the first cell of a row, or the group when there is no cell. */
static void where(const BookLog *log, const Step *s, char path[ANSWERS_PATH])
{
    const FormGroup *g = s->kind == STEP_VALUE ? NULL : form_group(log->form, s->path);
    size_t n = 0;
    const FormQuestion *all = form_questions_of(log->form, &n);
    char made[ANSWERS_PATH];

    snprintf(path, ANSWERS_PATH, "%s", s->path);
    if (!g || g->n == 0 || s->row >= answers_rows(log->answers, s->path)) return;
    answers_path(made, s->path, s->row, all[g->first].name);
    snprintf(path, ANSWERS_PATH, "%s", made);
}

bool book_log_undo(BookLog *log, char path[ANSWERS_PATH], BookTouched *touched, void *with)
{
    unsigned turn;

    log->sealed = true;
    if (log->done == 0) return false;
    turn = log->steps[log->done - 1].turn;
    while (log->done > 0 && log->steps[log->done - 1].turn == turn) {
        const Step *s = &log->steps[--log->done];
        back(log, s);
        touched(with, s->path, s->kind != STEP_VALUE);
        where(log, s, path);
    }
    return true;
}

bool book_log_redo(BookLog *log, char path[ANSWERS_PATH], BookTouched *touched, void *with)
{
    unsigned turn;
    bool first = true;

    log->sealed = true;
    if (log->done == log->n) return false;
    turn = log->steps[log->done].turn;
    while (log->done < log->n && log->steps[log->done].turn == turn) {
        const Step *s = &log->steps[log->done++];
        forth(log, s);
        touched(with, s->path, s->kind != STEP_VALUE);
        if (first) where(log, s, path);
        first = false;
    }
    return true;
}
