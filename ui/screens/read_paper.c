/* read_paper.c — a book on paper: which of the three, as text or PDF, into which file. A file that is there already is replaced only
** after a question, and never half: the new one is written beside it and takes its place when it is whole. Only its owner may read it. */
#include "read.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Paper {
    BookPaper what;
    bool pdf;
    const char *words, *name; /* in the list; in the file's name */
} Paper;
static const Paper papers[] = {
    { PAPER_BOOK, true, "The book, as PDF", "book" },
    { PAPER_BOOK, false, "The book, as text", "book" },
    { PAPER_SHEET, true, "The supervisor's sheet, as PDF", "sheet" },
    { PAPER_SHEET, false, "The supervisor's sheet, as text", "sheet" },
    { PAPER_REDACTED, true, "Redacted: no addresses, no safe contact, as PDF", "redacted" },
    { PAPER_REDACTED, false, "Redacted: no addresses, no safe contact, as text", "redacted" },
};

/* --- the file ----------------------------------------------------------------------------------------- */
static bool write_all(int fd, const char *s, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, s, n);
        if (w < 0 && errno == EINTR) continue;
        if (w <= 0) return false;
        s += w;
        n -= (size_t)w;
    }
    return fsync(fd) == 0;
}

static bool file_failed(const char *path, Err *err)
{
    return err_set(err, ERR_IO, "file", "%s cannot be written: %s.", path, strerror(errno));
}

/* ERR_STALE when it is there already. */
static bool write_new(const char *path, const Str *text, Err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok;

    if (fd < 0 && errno == EEXIST) return err_set(err, ERR_STALE, "file", "%s is there already.", path);
    if (fd < 0) return file_failed(path, err);
    ok = write_all(fd, str_text(text), text->n);
    if (close(fd) != 0) ok = false;
    if (ok) return true;
    file_failed(path, err);
    unlink(path);
    return false;
}

static bool replace(const char *path, const Str *text, Err *err)
{
    char *beside = NULL;
    int fd;
    bool ok;

    if (asprintf(&beside, "%s.XXXXXX", path) < 0) return err_set(err, ERR_BUG, "file", "There is no memory left.");
    fd = mkstemp(beside); /* 0600 */
    ok = fd >= 0 && write_all(fd, str_text(text), text->n);
    if (fd >= 0 && close(fd) != 0) ok = false;
    if (ok) ok = rename(beside, path) == 0;
    if (!ok) file_failed(path, err);
    if (!ok && fd >= 0) unlink(beside);
    free(beside);
    return ok;
}

/* --- asking --------------------------------------------------------------------------------------------- */
static const Paper *choose_paper(Screen *self)
{
    AskItem items[ARRAY_LEN(papers)] = { { 0 } };
    int pick;

    for (size_t i = 0; i < ARRAY_LEN(papers); i++) items[i].text = papers[i].words;
    pick = ask_choice(self->loop, "On paper", items, ARRAY_LEN(papers), 0);
    return pick >= 0 && loop_top(self->loop) == self ? &papers[pick] : NULL;
}

/* A name that fits every file system: of the case and the serial only letters, digits, - and _ are kept. */
static void suggest_name(const Reading *r, const Paper *paper, Str *out)
{
    size_t from = out->n;

    str_addf(out, "%s-%s-%s-v%zu", r->case_id, paper->name, r->view.book->serial, r->view.version);
    for (char *c = out->s + from; *c; c++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", *c)) *c = '_';
    str_addf(out, ".%s", paper->pdf ? "pdf" : "txt");
}

static bool put_file(Screen *self, const char *path, const Str *text, Err *err)
{
    char question[400];

    if (write_new(path, text, err)) return true;
    if (err->kind != ERR_STALE) return false;
    err_clear(err);
    snprintf(question, sizeof question, "%.200s is there already. What is in it now will be gone.", path);
    if (!ask_confirm(self->loop, "Replace the file", question, "Replace it")) return false;
    return replace(path, text, err);
}

/* Asks for a name until the file is written or Esc. */
static void write_file(Screen *self, const Paper *paper, const Str *text)
{
    Str path = { 0 };
    AskLine q = { .title = paper->words, .label = "Name of the file", .limit = 400 };
    Err err = { 0 };
    char error[sizeof err.text];
    bool asked, ok = false;

    suggest_name(reading_of(self), paper, &path);
    do {
        snprintf(error, sizeof error, "%s", err.text);
        err_clear(&err);
        q.error = *error ? error : NULL;
        asked = ask_line(self->loop, &q, &path) && loop_top(self->loop) == self;
        if (asked) ok = put_file(self, str_text(&path), text, &err);
    } while (asked && !ok && loop_top(self->loop) == self);
    if (ok) {
        char *full = realpath(str_text(&path), NULL);
        loop_status(self->loop, STYLE_GOOD, "Written: %s", full ? full : str_text(&path));
        free(full);
    }
    str_finish(&path);
}

React read_print(Screen *self)
{
    Reading *r = reading_of(self);
    const Paper *paper = choose_paper(self);
    Str text = { 0 };
    Err err = { 0 };

    if (!paper) return REACT_NONE;
    if (!app_book_print(
            app_of(self), r->case_id, r->view.book->serial, r->view.version, paper->what, paper->pdf, &text, &err))
        loop_status_err(self->loop, &err);
    else
        write_file(self, paper, &text);
    if (text.s) crypto_wipe(text.s, text.cap);
    str_finish(&text);
    return REACT_STATUS;
}
