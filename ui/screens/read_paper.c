/* read_paper.c — a book on paper: which of the three, as text or PDF; the file is written by paper_file.c. */
#include "read.h"

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

React read_print(Screen *self)
{
    Reading *r = reading_of(self);
    const Paper *paper = choose_paper(self);
    Str text = { 0 }, name = { 0 };
    Err err = { 0 };

    if (!paper) return REACT_NONE;
    if (!app_book_print(
            app_of(self), r->case_id, r->view.book->serial, r->view.version, paper->what, paper->pdf, &text, &err))
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
