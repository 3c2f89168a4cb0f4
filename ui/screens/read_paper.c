/* read_paper.c — a book on paper: which of the three, as text or PDF; the file is written by paper_file.c. */
#include "access.h"
#include "case_more.h"
#include "read.h"

typedef struct Paper {
    BookPaper what;
    bool pdf;
    const char *words, *name; /* in the list; in the file's name */
    bool open;                /* with safe contact: asks what for */
} Paper;
static const Paper papers[] = {
    { PAPER_BOOK, true, "The book, as PDF", "book", false },
    { PAPER_BOOK, false, "The book, as text", "book", false },
    { PAPER_SHEET, true, "The supervisor's sheet, as PDF", "sheet", false },
    { PAPER_SHEET, false, "The supervisor's sheet, as text", "sheet", false },
    { PAPER_REDACTED, true, "Redacted: no addresses, no safe contact, as PDF", "redacted", false },
    { PAPER_REDACTED, false, "Redacted: no addresses, no safe contact, as text", "redacted", false },
    { PAPER_BOOK, true, "With safe contact, for a purpose, as PDF", "whole", true },
    { PAPER_BOOK, false, "With safe contact, for a purpose, as text", "whole", true },
};

/* --- asking --------------------------------------------------------------------------------------------- */
static const Paper *choose_paper(Screen *self)
{
    AskItem items[ARRAY_LEN(papers)] = { { 0 } };
    int pick;

    for (size_t i = 0; i < ARRAY_LEN(papers); i++) items[i].text = papers[i].words;
    pick = ask_choice(self->loop, "On paper", items, ARRAY_LEN(papers), 0);
    return pick >= 0 && loop_top(self->loop) == self ? &papers[pick] : NULL;
}

static void suggest_name(const Reading *r, const Paper *paper, Str *out)
{
    str_addf(out, "%s-%s-%s-v%zu.%s", r->case_id, paper->name, r->view.book->serial, r->view.version,
        paper->pdf ? "pdf" : "txt");
}

static bool print(App *app, const Reading *r, const Paper *paper, const char *purpose, Str *text, Err *err)
{
    if (purpose)
        return app_book_print_open(
            app, r->case_id, r->view.book->serial, r->view.version, purpose, paper->pdf, text, err);
    return app_book_print(
        app, r->case_id, r->view.book->serial, r->view.version, paper->what, paper->pdf, text, err);
}

React read_print(Screen *self)
{
    Reading *r = reading_of(self);
    const Paper *paper = choose_paper(self);
    Str text = { 0 }, name = { 0 };
    const char *purpose;
    Err err = { 0 };

    if (!paper) return REACT_NONE;
    purpose = paper->open ? purpose_ask(self, "Print the safe contact, for what") : NULL;
    if (paper->open && !purpose) return REACT_NONE;
    if (!again_ask(self, "book.print", paper->words)) return REACT_STATUS;
    if (!print(app_of(self), r, paper, purpose, &text, &err))
        loop_status_err(self->loop, &err);
    else {
        suggest_name(r, paper, &name);
        paper_write_file(self, paper->words, str_text(&name), &text);
    }
    if (text.s) crypto_wipe(text.s, text.cap);
    str_finish(&text);
    str_finish(&name);
    return REACT_STATUS;
}
