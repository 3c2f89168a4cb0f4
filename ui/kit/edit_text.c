/* edit_text.c — the buffer of the editor: paragraphs, one primitive (replace a stretch by a text), and its history. Whatever
** memory held text is wiped before it is given back. */
#include "base/crypto.h"
#include "base/mem.h"
#include "edit_in.h"
#include <string.h>

enum { HISTORY_BYTES = 4 << 20, HISTORY_STEPS = 2000 };

size_t edit_chars(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += ((unsigned char)s[i] & 0xc0) != 0x80;
    return count;
}

/* --- one paragraph ------------------------------------------------------------------- */

static void wipe_free(char *s, size_t n)
{
    if (s) crypto_wipe(s, n);
    mem_free(s);
}

static void para_room(Para *p, size_t more)
{
    if (p->n + more <= p->cap) return;
    size_t cap = (p->n + more) + (p->n + more) / 2 + 32;
    char *s = mem_new(cap); /* not realloc: that would leave a copy behind */
    if (p->n) memcpy(s, p->s, p->n);
    wipe_free(p->s, p->cap);
    p->s = s;
    p->cap = cap;
}

static void para_insert(Para *p, size_t at, const char *s, size_t n)
{
    p->rows_at = 0;
    if (n == 0) return;
    para_room(p, n);
    memmove(p->s + at + n, p->s + at, p->n - at);
    memcpy(p->s + at, s, n);
    p->n += n;
}

static const char *tail_of(const Para *p, size_t at)
{
    return p->s ? p->s + at : ""; /* an empty paragraph may have no memory */
}

static void para_cut(Para *p, size_t at, size_t n)
{
    p->rows_at = 0;
    if (n == 0) return;
    memmove(p->s + at, p->s + at + n, p->n - at - n);
    crypto_wipe(p->s + p->n - n, n);
    p->n -= n;
}

/* --- many --------------------------------------------------------------------------- */

static void open_gap(Editor *e, size_t at, size_t count)
{
    if (count == 0) return;
    if (e->n + count > e->cap) {
        e->cap = e->n + count + e->n / 2 + 8;
        e->paras = mem_grow(e->paras, e->cap, sizeof *e->paras);
    }
    if (e->n > at) memmove(e->paras + at + count, e->paras + at, (e->n - at) * sizeof *e->paras);
    memset(e->paras + at, 0, count * sizeof *e->paras);
    e->n += count;
}

static void close_gap(Editor *e, size_t at, size_t count)
{
    if (count == 0) return;
    for (size_t i = at; i < at + count; i++) wipe_free(e->paras[i].s, e->paras[i].cap);
    memmove(e->paras + at, e->paras + at + count, (e->n - at - count) * sizeof *e->paras);
    e->n -= count;
}

static void take_out(Editor *e, Pos from, Pos to, Str *removed)
{
    for (size_t i = from.para; i <= to.para; i++) {
        Para *p = &e->paras[i];
        size_t a = i == from.para ? from.byte : 0, b = i == to.para ? to.byte : p->n;
        if (b > a) str_add_n(removed, p->s + a, b - a);
        if (i < to.para) str_add_char(removed, '\n');
    }
    e->chars -= edit_chars(str_text(removed), removed->n);
    Para *first = &e->paras[from.para], *last = &e->paras[to.para];
    if (first == last) {
        para_cut(first, from.byte, to.byte - from.byte);
        return;
    }
    para_cut(first, from.byte, first->n - from.byte);
    para_insert(first, first->n, tail_of(last, to.byte), last->n - to.byte);
    close_gap(e, from.para + 1, to.para - from.para);
}

static Pos put_in(Editor *e, Pos at, const char *s, size_t n)
{
    size_t breaks = 0;
    for (const char *p = s; n && (p = memchr(p, '\n', (size_t)(s + n - p))); p++) breaks++;
    e->chars += edit_chars(s, n);
    if (breaks == 0) {
        para_insert(&e->paras[at.para], at.byte, s, n);
        return (Pos){ at.para, at.byte + n };
    }
    open_gap(e, at.para + 1, breaks);
    Para *first = &e->paras[at.para], *last = &e->paras[at.para + breaks];
    para_insert(last, 0, tail_of(first, at.byte), first->n - at.byte);
    para_cut(first, at.byte, first->n - at.byte);
    size_t line = at.para, start = at.byte;
    for (;;) {
        const char *end = n ? memchr(s, '\n', n) : NULL;
        size_t len = end ? (size_t)(end - s) : n;
        para_insert(&e->paras[line], line == at.para ? start : 0, s, len);
        if (!end) return (Pos){ line, len };
        s += len + 1;
        n -= len + 1;
        line++;
    }
}

/* Where a text that begins at `at` ends. */
static Pos behind(Pos at, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\n')
            at = (Pos){ at.para + 1, 0 };
        else
            at.byte++;
    }
    return at;
}

/* --- history -------------------------------------------------------------------------- */

static void change_finish(Editor *e, Change *c)
{
    e->change_bytes -= c->removed.n + c->added.n;
    if (c->removed.s) crypto_wipe(c->removed.s, c->removed.cap);
    if (c->added.s) crypto_wipe(c->added.s, c->added.cap);
    str_finish(&c->removed);
    str_finish(&c->added);
}

static void forget_redo(Editor *e)
{
    if (e->kept != SIZE_MAX && e->kept > e->done) e->kept = SIZE_MAX;
    while (e->n_changes > e->done) change_finish(e, &e->changes[--e->n_changes]);
}

static void forget_oldest(Editor *e)
{
    size_t drop = 0;
    while (drop + 1 < e->n_changes && (e->change_bytes > HISTORY_BYTES || e->n_changes - drop > HISTORY_STEPS))
        change_finish(e, &e->changes[drop++]);
    if (drop == 0) return;
    memmove(e->changes, e->changes + drop, (e->n_changes - drop) * sizeof *e->changes);
    e->n_changes -= drop;
    e->done -= drop;
    if (e->kept != SIZE_MAX) e->kept = e->kept >= drop ? e->kept - drop : SIZE_MAX;
}

/* A word typed, or a run of Backspaces, is one step. */
static bool joins_run(Editor *e, Pos from, const char *text, size_t n, const Str *removed)
{
    if (!e->run || e->done == 0 || e->done != e->n_changes || e->kept == e->done) return false;
    Change *last = &e->changes[e->done - 1];
    bool typing = removed->n == 0 && last->removed.n == 0 && n > 0 && text[0] != '\n';
    if (typing && edit_same(behind(last->at, last->added.s, last->added.n), from)) {
        bool new_word = last->added.s[last->added.n - 1] == ' ' && text[0] != ' ';
        if (new_word) return false;
        str_add_n(&last->added, text, n);
        e->change_bytes += n;
        return true;
    }
    bool erasing = n == 0 && last->added.n == 0 && removed->n > 0;
    if (!erasing || !edit_same(behind(from, removed->s, removed->n), last->at)) return false;
    Str joined = { 0 };
    str_add_n(&joined, removed->s, removed->n);
    str_add_n(&joined, last->removed.s, last->removed.n);
    crypto_wipe(last->removed.s, last->removed.n);
    str_finish(&last->removed);
    last->removed = joined;
    last->at = from;
    e->change_bytes += removed->n;
    return true;
}

/* Takes `removed` over. */
static void remember(Editor *e, Pos from, const char *text, size_t n, Str *removed, bool typed)
{
    bool joined = !e->o.secret && typed && joins_run(e, from, text, n, removed);
    e->run = typed;
    if (e->o.secret || joined) {
        e->secret_changed = true;
        if (removed->s) crypto_wipe(removed->s, removed->cap);
        str_finish(removed);
        return;
    }
    forget_redo(e);
    e->changes = mem_room(e->changes, e->n_changes, &e->cap_changes, sizeof *e->changes);
    Change *c = &e->changes[e->n_changes++];
    *c = (Change){ .at = from, .removed = *removed };
    str_add_n(&c->added, text, n);
    *removed = (Str){ 0 };
    e->change_bytes += c->removed.n + c->added.n;
    e->done = e->n_changes;
    forget_oldest(e);
}

void edit_replace(Editor *e, Pos from, Pos to, const char *text, size_t n, bool typed)
{
    Str removed = { 0 };
    if (!edit_same(from, to)) take_out(e, from, to, &removed);
    e->at = n ? put_in(e, from, text, n) : from;
    e->goal = -1;
    remember(e, from, text, n, &removed, typed);
}

static void exchange(Editor *e, Pos at, const Str *out, const Str *in)
{
    Str gone = { 0 };
    Pos end = behind(at, str_text(out), out->n);
    if (out->n) take_out(e, at, end, &gone);
    e->at = in->n ? put_in(e, at, in->s, in->n) : at;
    e->goal = -1;
    e->run = false;
    if (gone.s) crypto_wipe(gone.s, gone.cap);
    str_finish(&gone);
}

bool editor_undo(Editor *e)
{
    if (e->done == 0) return false;
    Change *c = &e->changes[--e->done];
    exchange(e, c->at, &c->added, &c->removed);
    return true;
}

bool editor_redo(Editor *e)
{
    if (e->done == e->n_changes) return false;
    Change *c = &e->changes[e->done++];
    exchange(e, c->at, &c->removed, &c->added);
    return true;
}

/* --- the whole ------------------------------------------------------------------------ */

void edit_clear(Editor *e)
{
    close_gap(e, 0, e->n);
    while (e->n_changes > 0) change_finish(e, &e->changes[--e->n_changes]);
    e->done = e->kept = 0;
    e->chars = 0;
    e->run = e->secret_changed = false;
    e->at = e->top = (Pos){ 0, 0 };
    e->goal = -1;
    e->notice[0] = '\0';
}

void edit_load(Editor *e, const char *text, size_t n)
{
    edit_clear(e);
    open_gap(e, 0, 1);
    e->at = put_in(e, (Pos){ 0, 0 }, text, n);
}

void edit_append_text(const Editor *e, Str *out)
{
    for (size_t i = 0; i < e->n; i++) {
        if (i > 0) str_add_char(out, '\n');
        if (e->paras[i].n) str_add_n(out, e->paras[i].s, e->paras[i].n);
    }
}
