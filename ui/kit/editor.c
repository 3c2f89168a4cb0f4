/* editor.c — the keys of the field editor, and its public face. What a key does to the text is edit_text.c's, what may come
** in is edit_clean.c's business. */
#include "ui/editor.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "edit_in.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LIMIT_LINE = 200, LIMIT_LINES = 60000, FIRST_COLS = 72 };

Editor *editor_new(EditorOptions o)
{
    Editor *e = mem_new(sizeof *e);
    if (o.secret) o.lines = false;
    if (o.limit == 0) o.limit = o.lines ? LIMIT_LINES : LIMIT_LINE;
    e->o = o;
    e->cols = FIRST_COLS;
    e->page = 1;
    edit_load(e, "", 0);
    return e;
}

void editor_free(Editor **at)
{
    if (!at || !*at) return;
    Editor *e = *at;
    edit_clear(e);
    mem_free(e->paras);
    mem_free(e->changes);
    crypto_wipe(e, sizeof *e);
    mem_free(e);
    *at = NULL;
}

void editor_set(Editor *e, const char *text)
{
    if (!text) text = "";
    size_t n = strlen(text);
    if (e->o.lines || !memchr(text, '\n', n)) {
        edit_load(e, text, n);
        return;
    }
    char *flat = mem_dup(text);
    for (size_t i = 0; i < n; i++)
        if (flat[i] == '\n') flat[i] = ' ';
    edit_load(e, flat, n);
    crypto_wipe(flat, n);
    mem_free(flat);
}

char *editor_text(Editor *e)
{
    Str raw = { 0 };
    edit_append_text(e, &raw);
    char *nfc = utf8_nfc(str_text(&raw));
    if (!nfc) return raw.s ? str_take(&raw) : mem_dup(""); /* broken already in the store: kept as it is */
    if (raw.s) crypto_wipe(raw.s, raw.cap);
    str_finish(&raw);
    return nfc;
}

size_t editor_count(const Editor *e)
{
    return e->chars;
}

size_t editor_remaining(const Editor *e)
{
    return e->chars < e->o.limit ? e->o.limit - e->chars : 0;
}

bool editor_empty(const Editor *e)
{
    return e->chars == 0;
}

bool editor_changed(const Editor *e)
{
    return e->o.secret ? e->secret_changed : e->done != e->kept;
}

void editor_keep(Editor *e)
{
    e->kept = e->done;
    e->run = false;
    e->secret_changed = false;
}

const char *editor_notice(const Editor *e)
{
    return e->notice;
}

void editor_to_start(Editor *e)
{
    e->at = (Pos){ 0, 0 };
    e->goal = -1;
    e->run = false;
}

void editor_to_end(Editor *e)
{
    e->at = (Pos){ e->n - 1, e->paras[e->n - 1].n };
    e->goal = -1;
    e->run = false;
}

/* Where the words stand in s[from..n); n when they do not. */
static size_t place_in(const char *s, size_t n, size_t from, const char *words)
{
    size_t len = strlen(words);
    for (size_t i = from; len > 0 && i + len <= n; i++)
        if (strncasecmp(s + i, words, len) == 0) return i;
    return n;
}

bool editor_find(Editor *e, const char *words)
{
    size_t from = e->at.byte;
    for (size_t para = e->at.para; para < e->n; para++, from = 0) {
        const Para *p = &e->paras[para];
        size_t at = place_in(p->s, p->n, from, words);
        if (at == p->n) continue;
        e->at = (Pos){ para, at + strlen(words) };
        e->goal = -1;
        e->run = false;
        return true;
    }
    return false;
}

bool editor_at_first_row(const Editor *e)
{
    size_t start = 0, next = 0;
    return e->at.para == 0 && (!e->o.lines || edit_row_of(e, e->at, &start, &next) == 0);
}

bool editor_at_last_row(const Editor *e)
{
    size_t start = 0, next = 0;
    if (e->at.para + 1 < e->n) return false;
    if (!e->o.lines) return true;
    edit_row_of(e, e->at, &start, &next);
    return next >= e->paras[e->at.para].n;
}

/* --- putting in ----------------------------------------------------------------------- */

static void say_what_was_left_out(Editor *e, Cleaned c)
{
    if (c.dropped > 0)
        snprintf(
            e->notice, sizeof e->notice, "There is room for %zu characters; %zu did not fit.", e->o.limit, c.dropped);
    else if (c.refused == 1)
        snprintf(e->notice, sizeof e->notice, "One invisible or control character was left out.");
    else
        snprintf(e->notice, sizeof e->notice, "%zu invisible or control characters were left out.", c.refused);
}

static EditorResult put(Editor *e, const char *text, size_t n, size_t lost, bool typed)
{
    Str clean = { 0 };
    Cleaned c = edit_clean(e, text, n, editor_remaining(e), &clean);
    c.dropped += lost;
    if (clean.n) edit_replace(e, e->at, e->at, clean.s, clean.n, typed);
    bool some = clean.n > 0;
    if (clean.s) crypto_wipe(clean.s, clean.cap);
    str_finish(&clean);
    if (c.refused == 0 && c.dropped == 0) return some ? EDITOR_CHANGED : EDITOR_MOVED;
    say_what_was_left_out(e, c);
    return EDITOR_REFUSED;
}

void editor_insert(Editor *e, const char *text, size_t n)
{
    e->notice[0] = '\0';
    put(e, text, n, 0, false);
}

/* --- keys ------------------------------------------------------------------------------ */

static EditorResult go(Editor *e, Pos to)
{
    e->at = to;
    e->goal = -1;
    e->run = false;
    return EDITOR_MOVED;
}

static EditorResult erase(Editor *e, Pos from, Pos to, bool typed)
{
    if (e->o.read_only || edit_same(from, to)) return EDITOR_MOVED;
    edit_replace(e, from, to, "", 0, typed);
    return EDITOR_CHANGED;
}

static EditorResult rows(Editor *e, int by)
{
    if (!e->o.lines) return EDITOR_UNUSED;
    int goal = e->goal >= 0 ? e->goal : edit_column(e, e->at);
    go(e, edit_rows_away(e, e->at, by, goal));
    e->goal = goal;
    return EDITOR_MOVED;
}

static Pos para_start(const Editor *e)
{
    return (Pos){ e->at.para, 0 };
}

/* At the end of a paragraph ^K takes the line feed. */
static Pos kill_end(const Editor *e)
{
    Pos end = { e->at.para, e->paras[e->at.para].n };
    return edit_same(end, e->at) ? edit_next(e, end) : end;
}

static EditorResult enter(Editor *e)
{
    if (!e->o.lines || e->o.read_only) return EDITOR_UNUSED;
    return put(e, "\n", 1, 0, false);
}

static EditorResult history(Editor *e, bool (*step)(Editor *))
{
    if (e->o.read_only || e->o.secret) return EDITOR_MOVED;
    return step(e) ? EDITOR_CHANGED : EDITOR_MOVED;
}

static EditorResult ends(Editor *e, void (*to)(Editor *))
{
    to(e);
    return EDITOR_MOVED;
}

static EditorResult moving_key(Editor *e, Key k)
{
    int page = e->page > 1 ? e->page - 1 : 1;
    Pos line_end = { e->at.para, e->paras[e->at.para].n };
    switch (k) {
    case K_LEFT: return go(e, edit_prev(e, e->at));
    case K_RIGHT: return go(e, edit_next(e, e->at));
    case K_CTRL | K_LEFT: return go(e, edit_word_prev(e, e->at));
    case K_CTRL | K_RIGHT: return go(e, edit_word_next(e, e->at));
    case K_UP: return rows(e, -1);
    case K_DOWN: return rows(e, 1);
    case K_PAGE_UP: return rows(e, -page);
    case K_PAGE_DOWN: return rows(e, page);
    case K_HOME:
    case CTRL_KEY('a'): return go(e, e->o.lines ? edit_row_start(e, e->at) : para_start(e));
    case K_END:
    case CTRL_KEY('e'): return go(e, e->o.lines ? edit_row_end(e, e->at) : line_end);
    case K_CTRL | K_HOME: return ends(e, editor_to_start);
    case K_CTRL | K_END: return ends(e, editor_to_end);
    default: return EDITOR_UNUSED;
    }
}

static EditorResult changing_key(Editor *e, Key k)
{
    switch (k) {
    case K_ENTER: return enter(e);
    case K_BACKSPACE: return erase(e, edit_prev(e, e->at), e->at, true);
    case K_DELETE: return erase(e, e->at, edit_next(e, e->at), false);
    case K_CTRL | K_BACKSPACE:
    case CTRL_KEY('w'): return erase(e, edit_word_prev(e, e->at), e->at, false);
    case CTRL_KEY('k'): return erase(e, e->at, kill_end(e), false);
    case CTRL_KEY('u'): return erase(e, para_start(e), e->at, false);
    case CTRL_KEY('z'): return history(e, editor_undo);
    case CTRL_KEY('y'): return history(e, editor_redo);
    default: break;
    }
    if (!key_is_text(k)) return EDITOR_UNUSED;
    if (e->o.read_only) return EDITOR_UNUSED;
    char buf[4];
    return put(e, buf, utf8_encode(k, buf), 0, true);
}

EditorResult editor_event(Editor *e, const Event *ev)
{
    if (ev->kind != EVENT_KEY && ev->kind != EVENT_PASTE) return EDITOR_UNUSED;
    e->notice[0] = '\0';
    if (ev->kind == EVENT_PASTE) return e->o.read_only ? EDITOR_UNUSED : put(e, ev->text, ev->n, ev->dropped, false);
    EditorResult r = moving_key(e, ev->key);
    return r != EDITOR_UNUSED ? r : changing_key(e, ev->key);
}
