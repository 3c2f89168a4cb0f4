/* script.c — a screen test that plays officer and terminal at once: keys come out of a file, frames are compared with it.
** The loop pulls: when it asks for an event and all keys of the line are used up, everything has been drawn, and it is the
** turn of the next line. Time passes only when the script says so. */
#include "ui/script.h"
#include "base/mem.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct Script {
    Console console;
    char *path, *text;
    char **lines;
    size_t n, at;
    ScriptWord word;
    void *of;
    bool update;
    int rows, cols;
    int64_t clock;
    Grid *shown; /* the last frame */
    Str keys;    /* rest of a keys line */
    size_t key_at;
    const char *typing; /* inside a quoted text of `keys` */
    Str quoted, paste;
    Str out; /* the rewritten file */
    Str report;
    size_t failures;
};

/* --- words and texts ------------------------------------------------------------------------- */

static const char *skip_blanks(const char *s)
{
    return s + strspn(s, " \t");
}

static const char *escape(const char *s, Str *out)
{
    char utf8[4], *end = NULL;
    switch (*s) {
    case 'n': str_add_char(out, '\n'); return s + 1;
    case 't': str_add_char(out, '\t'); return s + 1;
    case 'x': {
        char hex[3] = { s[1], s[1] ? s[2] : '\0', '\0' };
        str_add_char(out, (char)strtol(hex, NULL, 16));
        return s + 1 + strlen(hex);
    }
    case 'u':
        str_add_n(out, utf8, utf8_encode((uint32_t)strtoul(s[1] == '{' ? s + 2 : s + 1, &end, 16), utf8));
        return *end == '}' ? end + 1 : end;
    case '\0': return s;
    default: str_add_char(out, *s); return s + 1;
    }
}

/* A quoted text at s; returns what is behind it. */
static const char *unquote(const char *s, Str *out)
{
    str_clear(out);
    for (s++; *s && *s != '"';) {
        if (*s == '\\')
            s = escape(s + 1, out);
        else
            str_add_char(out, *s++);
    }
    return *s == '"' ? s + 1 : s;
}

static void fail(Script *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void fail(Script *s, const char *fmt, ...)
{
    char words[600];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(words, sizeof words, fmt, ap);
    va_end(ap);
    str_addf(&s->report, "%s:%zu: %s\n", s->path, s->at, words);
    s->failures++;
}

/* --- expectations -------------------------------------------------------------------------------- */

static bool is_block_line(const char *line)
{
    return line[0] == ' ' || line[0] == '\t' || line[0] == '\0';
}

/* The text of a block line: without its two blanks. */
static const char *block_text(const char *line)
{
    if (line[0] == ' ' && line[1] == ' ') return line + 2;
    return line[0] == ' ' || line[0] == '\t' ? line + 1 : line;
}

static char *screen_row(const Script *s, int row)
{
    Str line = { 0 };
    if (s->shown && row < grid_rows(s->shown)) grid_line(s->shown, row, &line);
    return line.s ? str_take(&line) : mem_dup("");
}

static bool same_row(const Script *s, int row, const char *want)
{
    char *have = screen_row(s, row);
    size_t n = strlen(want);
    while (n > 0 && want[n - 1] == ' ') n--;
    bool same = strlen(have) == n && memcmp(have, want, n) == 0;
    mem_free(have);
    return same;
}

static void tell_difference(Script *s, int row, const char *want)
{
    char *have = screen_row(s, row);
    fail(s, "row %d is not as expected\n  expected |%s\n  shown    |%s", row, want, have);
    mem_free(have);
}

/* Lines [from, to) against the screen. A line of three dots skips rows until the next line fits. */
static void compare(Script *s, size_t from, size_t to)
{
    int row = 0, rows = s->shown ? grid_rows(s->shown) : 0;
    for (size_t i = from; i < to; i++, row++) {
        const char *want = block_text(s->lines[i]);
        if (strcmp(want, "...") == 0) {
            if (++i >= to) return;
            want = block_text(s->lines[i]);
            int start = row;
            while (row < rows && !same_row(s, row, want)) row++;
            if (row < rows) continue;
            tell_difference(s, start, want);
            return;
        }
        if (same_row(s, row, want)) continue;
        tell_difference(s, row, want);
        return;
    }
    for (; row < rows; row++) {
        if (same_row(s, row, "")) continue;
        tell_difference(s, row, "");
        return;
    }
}

static void write_screen(Script *s)
{
    Str dump = { 0 };
    if (s->shown) grid_dump(s->shown, &dump);
    for (const char *p = str_text(&dump); *p;) {
        size_t n = strcspn(p, "\n");
        if (n > 0) str_addf(&s->out, "  %.*s", (int)n, p);
        str_add_char(&s->out, '\n');
        p += n + 1;
    }
    str_finish(&dump);
}

static void expect(Script *s)
{
    size_t from = s->at, to = from;
    while (to < s->n && is_block_line(s->lines[to])) to++;
    size_t next = to;
    while (to > from && s->lines[to - 1][0] == '\0') to--; /* blank lines before the next word are only air */
    if (s->update) {
        str_add(&s->out, "expect\n");
        write_screen(s);
        for (size_t i = to; i < next; i++) str_add_char(&s->out, '\n');
    } else {
        compare(s, from, to);
    }
    s->at = next;
}

static void expect_cursor(Script *s, const char *rest)
{
    int row = 0, col = 0, want_row = -1, want_col = -1;
    bool seen = s->shown && grid_cursor(s->shown, &row, &col);
    sscanf(rest, "%d %d", &want_row, &want_col);
    if (!seen || row != want_row || col != want_col)
        fail(s, "the cursor is at %d %d (%s)", row, col, seen ? "shown" : "hidden");
}

static void expect_status(Script *s, const char *rest)
{
    char *have = screen_row(s, s->rows - 2);
    if (strncmp(skip_blanks(have), rest, strlen(rest)) != 0) fail(s, "the status line says \"%s\"", skip_blanks(have));
    mem_free(have);
}

static void expect_style(Script *s, const char *rest)
{
    int row = 0, col = 0;
    char name[24] = "";
    sscanf(rest, "%d %d %23s", &row, &col, name);
    const Cell *c = s->shown ? grid_cell(s->shown, row, col) : NULL;
    const char *have = c ? style_name(c->style & ~STYLE_ON) : "outside";
    if (strcmp(have, name) != 0) fail(s, "the style at %d %d is %s", row, col, have);
}

/* --- the script's turn ---------------------------------------------------------------------------- */

/* Words that ask for nothing from the loop. False: not one of them. */
static bool passive_word(Script *s, const char *word, const char *rest)
{
    if (strcmp(word, "expect") == 0)
        expect(s);
    else if (strcmp(word, "cursor") == 0)
        expect_cursor(s, rest);
    else if (strcmp(word, "status") == 0)
        expect_status(s, rest);
    else if (strcmp(word, "style") == 0)
        expect_style(s, rest);
    else
        return false;
    return true;
}

static bool set_size(Script *s, const char *rest)
{
    return sscanf(rest, "%d %d", &s->cols, &s->rows) == 2 && s->cols > 0 && s->rows > 0;
}

/* Words that make an event. False: not one of them. */
static bool active_word(Script *s, const char *word, const char *rest, Event *out)
{
    if (strcmp(word, "keys") == 0) {
        str_clear(&s->keys);
        str_add(&s->keys, rest);
        s->key_at = 0;
    } else if (strcmp(word, "paste") == 0) {
        if (*rest == '"') unquote(rest, &s->paste);
        *out = (Event){ .kind = EVENT_PASTE, .text = str_text(&s->paste), .n = s->paste.n };
    } else if (strcmp(word, "wait") == 0) {
        s->clock += (int64_t)(atof(rest) * 1000);
    } else if (strcmp(word, "size") == 0) {
        if (!set_size(s, rest)) fail(s, "a size is two numbers, columns and rows");
        *out = (Event){ .kind = EVENT_RESIZE };
    } else if (strcmp(word, "hangup") == 0) {
        *out = (Event){ .kind = EVENT_HANGUP };
    } else if (strcmp(word, "suspend") == 0) {
        *out = (Event){ .kind = EVENT_SUSPEND };
    } else {
        return false;
    }
    return true;
}

static void cut_word(const char *line, char word[32], const char **rest)
{
    size_t n = strcspn(line, " \t");
    snprintf(word, 32, "%.*s", (int)(n < 31 ? n : 31), line);
    *rest = skip_blanks(line + n);
}

static void copy_line(Script *s, const char *line)
{
    str_add(&s->out, line);
    str_add_char(&s->out, '\n');
}

/* True with the event of a key of the current keys line. */
static bool next_key(Script *s, Event *out)
{
    uint32_t cp = 0;
    size_t len = 0;
    if (s->typing && *s->typing) {
        cp = utf8_decode(s->typing, strlen(s->typing), &len);
        s->typing += len;
        *out = (Event){ .kind = EVENT_KEY, .key = cp == '\n' ? (Key)K_ENTER : cp == '\t' ? (Key)K_TAB : cp };
        return true;
    }
    s->typing = NULL;
    const char *p = skip_blanks(str_text(&s->keys) + s->key_at);
    if (!*p || *p == '#') {
        str_clear(&s->keys);
        s->key_at = 0;
        return false;
    }
    if (*p == '"' && strchr(p + 1, '"')) {
        s->key_at = (size_t)(unquote(p, &s->quoted) - str_text(&s->keys));
        s->typing = str_text(&s->quoted);
        return next_key(s, out);
    }
    len = strcspn(p, " \t");
    s->key_at = (size_t)(p + len - str_text(&s->keys));
    Key k = key_parse(p, len);
    if (k == K_NONE) fail(s, "there is no key \"%.*s\"", (int)len, p);
    *out = (Event){ .kind = EVENT_KEY, .key = k };
    return k != K_NONE || next_key(s, out);
}

/* One line of the script. `head`: the loop does not run yet, so words that make events end it. */
static bool one_line(Script *s, bool head, Event *out, Err *err)
{
    char word[32];
    const char *rest = NULL, *line = s->lines[s->at];
    cut_word(line, word, &rest);
    bool size = strcmp(word, "size") == 0;
    bool known = strcmp(word, "expect") != 0;
    if (known) copy_line(s, line); /* expect writes its block itself */
    s->at++;
    if (!*word || *word == '#') return true;
    if (head && size) return set_size(s, rest) || err_set(err, ERR_INVALID, "size", "A size is two numbers.");
    if (passive_word(s, word, rest) || active_word(s, word, rest, out)) return true;
    if (s->word && s->word(s->of, word, rest, err)) return true;
    if (!s->word || !err->kind) err_set(err, ERR_INVALID, word, "There is no word \"%s\" in scripts.", word);
    return false;
}

static void script_read(Console *c, int ms, Event *out)
{
    Script *s = (Script *)c;
    *out = (Event){ .kind = EVENT_NONE };
    if (next_key(s, out)) return;
    int64_t before = s->clock;
    while (out->kind == EVENT_NONE && s->clock == before && s->at < s->n) {
        Err err = { 0 };
        if (!one_line(s, false, out, &err)) fail(s, "%s", err.text);
        if (out->kind == EVENT_NONE && next_key(s, out)) return;
    }
    if (out->kind == EVENT_NONE && s->clock == before) *out = (Event){ .kind = EVENT_END };
}

/* --- the rest of a console ---------------------------------------------------------------------- */

static void script_size(Console *c, int *rows, int *cols)
{
    *rows = ((Script *)c)->rows;
    *cols = ((Script *)c)->cols;
}

static bool script_pending(Console *c)
{
    Script *s = (Script *)c;
    const char *p = skip_blanks(str_text(&s->keys) + s->key_at);
    return (s->typing && *s->typing) || (*p && *p != '#');
}

/* Frames are copied: what is compared is what an officer would see, not what is drawn next. */
static void script_show(Console *c, const Grid *g)
{
    Script *s = (Script *)c;
    if (!s->shown) s->shown = grid_new(grid_rows(g), grid_cols(g), grid_ascii(g));
    grid_copy(s->shown, g);
}

static void script_wipe(Console *c)
{
    Script *s = (Script *)c;
    if (s->shown) grid_clear(s->shown);
}

static void nothing(Console *c)
{
}

static int64_t script_clock(Console *c)
{
    return ((Script *)c)->clock;
}

static const ConsoleOps script_ops = {
    .size = script_size,
    .read = script_read,
    .pending = script_pending,
    .discard = NULL, /* keys of a script are meant */
    .show = script_show,
    .repaint = nothing,
    .wipe = script_wipe,
    .suspend = nothing,
    .beep = nothing,
    .clock_ms = script_clock,
};

/* --- life --------------------------------------------------------------------------------------------- */

static void cut_lines(Script *s)
{
    size_t cap = 0;
    for (char *p = s->text; *p;) {
        s->lines = mem_room(s->lines, s->n, &cap, sizeof *s->lines);
        s->lines[s->n++] = p;
        p += strcspn(p, "\n");
        if (*p) *p++ = '\0';
    }
}

/* A word of the head is one that neither makes an event nor looks at the screen. */
static bool begins_play(const char *line)
{
    static const char *const words[] = { "keys", "paste", "wait", "expect", "cursor", "status", "style", "hangup",
        "suspend" };
    char word[32];
    const char *rest = NULL;
    cut_word(line, word, &rest);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

Script *script_open_text(const char *name, const char *text, ScriptWord word, void *of, Err *err)
{
    Script *s = mem_new(sizeof *s);
    Event none = { 0 };
    *s = (Script){ .console = { &script_ops, false }, .word = word, .of = of, .rows = 24, .cols = 80, .clock = 1000 };
    s->path = mem_dup(name);
    s->text = mem_dup(text);
    cut_lines(s);
    while (s->at < s->n && !begins_play(s->lines[s->at])) {
        if (one_line(s, true, &none, err)) continue;
        err_wrap(err, "%s:%zu: ", name, s->at);
        script_free(&s);
        return NULL;
    }
    return s;
}

static char *read_whole(const char *path, Err *err)
{
    char buf[8192];
    Str text = { 0 };
    FILE *in = fopen(path, "re");
    if (!in) {
        err_set(err, ERR_IO, "", "The script %s cannot be opened.", path);
        return NULL;
    }
    for (size_t n; (n = fread(buf, 1, sizeof buf, in)) > 0;) str_add_n(&text, buf, n);
    bool bad = ferror(in) != 0;
    fclose(in);
    if (!bad && text.s) return str_take(&text);
    str_finish(&text);
    if (bad) err_set(err, ERR_IO, "", "The script %s cannot be read.", path);
    return bad ? NULL : mem_dup("");
}

Script *script_open(const char *path, ScriptWord word, void *of, Err *err)
{
    char *text = read_whole(path, err);
    if (!text) return NULL;
    Script *s = script_open_text(path, text, word, of, err);
    mem_free(text);
    return s;
}

Console *script_console(Script *s)
{
    return &s->console;
}

void script_update(Script *s, bool update)
{
    s->update = update;
}

void script_ascii(Script *s, bool ascii)
{
    s->console.ascii = ascii;
}

size_t script_failures(const Script *s, Str *report)
{
    str_add(report, str_text(&s->report));
    return s->failures;
}

const char *script_text(Script *s)
{
    while (s->at < s->n) copy_line(s, s->lines[s->at++]); /* what the loop did not come to */
    return str_text(&s->out);
}

bool script_write(Script *s, Err *err)
{
    const char *text = script_text(s);
    FILE *out = fopen(s->path, "we");
    if (!out) return err_set(err, ERR_IO, "", "The script %s cannot be written.", s->path);
    bool ok = fwrite(text, 1, strlen(text), out) == strlen(text);
    ok = fclose(out) == 0 && ok;
    return ok || err_set(err, ERR_IO, "", "The script %s was not written whole.", s->path);
}

void script_free(Script **at)
{
    if (!at || !*at) return;
    Script *s = *at;
    grid_free(&s->shown);
    str_finish(&s->keys);
    str_finish(&s->quoted);
    str_finish(&s->paste);
    str_finish(&s->out);
    str_finish(&s->report);
    mem_free(s->lines);
    mem_free(s->text);
    mem_free(s->path);
    mem_free(s);
    *at = NULL;
}
