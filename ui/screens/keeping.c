/* keeping.c — what is typed and not saved is put into the store in time: for every screen of the stack that holds such text, shown
** or not. Two seconds is the promise; the clock of the loop ticks once a second, so that a text may be at most LONGEST_MS old
** at a tick that lets it wait for the next. */
#include "dmm.h"

enum { PAUSE_MS = 700, LONGEST_MS = 900 };

static const struct { /* the screens that hold typed text */
    const ScreenClass *class;
    Keeping *(*of)(const Screen *);
    bool (*put)(Screen *); /* false: a sentence stands on the status line */
} holders[] = {
    { &scr_entry, entry_keeping, entry_put },
    { &scr_book, book_keeping, book_put },
    { &scr_risk, wizard_keeping, wizard_put },
    { &scr_read_words, typed_keeping, typed_put },
    { &scr_qa_list, typed_keeping, typed_put },
    { &scr_dmm_line, typed_keeping, typed_put },
    { &scr_bulk, typed_keeping, typed_put },
    { &scr_note, typed_keeping, typed_put },
};

void keeping_typed(Keeping *k, Loop *l)
{
    k->changed_ms = loop_clock_ms(l);
    if (!k->dirty) k->dirty_since = k->changed_ms;
    k->dirty = true;
}

static bool may_wait(const Keeping *k, int64_t now)
{
    return now - k->changed_ms < PAUSE_MS && now - k->dirty_since < LONGEST_MS;
}

static bool put_one(Loop *l, Screen *s, bool even_fresh)
{
    for (size_t i = 0; i < ARRAY_LEN(holders); i++) {
        if (holders[i].class != s->class) continue;
        Keeping *k = holders[i].of(s);
        if (!k->dirty || (!even_fresh && may_wait(k, loop_clock_ms(l)))) return true;
        if (!holders[i].put(s)) return false;
        k->dirty = false;
        k->stored = true;
    }
    return true;
}

bool entry_put_drafts(Loop *l, bool even_fresh)
{
    bool ok = true;

    for (size_t i = 0; i < loop_depth(l); i++) ok = put_one(l, loop_screen(l, i), even_fresh) && ok;
    return ok;
}
