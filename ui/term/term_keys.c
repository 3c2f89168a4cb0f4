/* term_keys.c — bytes to keys. Sequences nobody knows are swallowed whole, reports of mouse and focus too: nothing that the
** terminal says about itself is ever taken for something the officer typed. A paste is gathered up to its end mark. */
#include "term_keys.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

enum {
    LEARNT = 64,
    SEQUENCE_MAX = 24,
    PART_WAIT = 500,   /* ms for the rest of a sequence that has begun  */
    PASTE_WAIT = 2000, /* ms without a byte: its end mark was lost      */
    LATE = 2000,       /* ms in which the rest of a torn sequence is still known as such */
    BURST = 32         /* bytes in one read that no hand types          */
};
#define PASTE_END   "\033[201~"
#define PASTE_START "\033[200~"
#define MARK_SIZE   6u

struct Decoder {
    char *buf; /* what has not been understood yet: buf[at..n) */
    size_t at, n, cap;
    int64_t fed; /* when the last byte came */
    int esc_delay;
    int64_t lone_esc; /* when an ESC was given out because nothing followed; 0: long ago */
    bool pasting, paste_out, guess, burst, refused;
    Str paste;
    size_t paste_max, dropped;
    struct {
        char bytes[SEQUENCE_MAX];
        size_t n;
        Key key;
    } learnt[LEARNT];
    size_t n_learnt;
};

/* --- life ------------------------------------------------------------------------- */

Decoder *decoder_new(size_t paste_max)
{
    Decoder *d = mem_new(sizeof *d);
    d->paste_max = paste_max;
    d->esc_delay = 25;
    return d;
}

static void wipe_paste(Decoder *d)
{
    if (d->paste.s) crypto_wipe(d->paste.s, d->paste.cap);
    str_finish(&d->paste);
    d->dropped = 0;
    d->paste_out = false;
}

void decoder_free(Decoder **d)
{
    if (!d || !*d) return;
    wipe_paste(*d);
    if ((*d)->buf) crypto_wipe((*d)->buf, (*d)->cap);
    mem_free((*d)->buf);
    mem_free(*d);
    *d = NULL;
}

void decoder_learn(Decoder *d, const char *s, Key k)
{
    size_t n = s ? strlen(s) : 0;
    if (n < 2 || n >= SEQUENCE_MAX || s[0] != '\033' || d->n_learnt == LEARNT) return;
    memcpy(d->learnt[d->n_learnt].bytes, s, n);
    d->learnt[d->n_learnt].n = n;
    d->learnt[d->n_learnt++].key = k;
}

void decoder_guess_pastes(Decoder *d, bool on)
{
    d->guess = on;
}

void decoder_escape_delay(Decoder *d, int ms)
{
    d->esc_delay = ms < 1 ? 1 : ms > 2000 ? 2000 : ms;
}

bool decoder_refused(Decoder *d)
{
    bool was = d->refused;
    d->refused = false;
    return was;
}

bool decoder_empty(const Decoder *d)
{
    return d->at == d->n && !d->pasting;
}

void decoder_discard(Decoder *d)
{
    d->at = d->n = 0;
    d->pasting = false;
    wipe_paste(d);
}

static bool is_burst(const char *s, size_t n)
{
    if (n < BURST) return false;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < ' ' && !strchr("\r\n\t", s[i])) return false;
    return true;
}

void decoder_feed(Decoder *d, const char *bytes, size_t n, int64_t now)
{
    if (d->at > 0) memmove(d->buf, d->buf + d->at, d->n - d->at);
    d->n -= d->at;
    d->at = 0;
    if (d->n + n > d->cap) {
        d->cap = d->n + n + 512;
        d->buf = mem_grow(d->buf, d->cap, 1);
    }
    memcpy(d->buf + d->n, bytes, n);
    d->burst = d->guess && d->n == 0 && !d->pasting && is_burst(bytes, n);
    d->n += n;
    d->fed = now;
}

/* --- a look at what lies in front ----------------------------------------------------------- */

typedef enum Look { LOOK_KEY, LOOK_NOTHING /* eaten, no event */, LOOK_MORE /* not whole yet */, LOOK_PASTE } Look;

static Key modified(Key k, int m)
{
    int bits = m > 1 ? m - 1 : 0;
    if (bits & 1) k |= K_SHIFT;
    if (bits & 2) k |= K_ALT;
    if (bits & 4) k |= K_CTRL;
    return k;
}

static Key tilde_key(int n)
{
    static const Key keys[] = { [1] = K_HOME,
        [2] = K_INSERT,
        [3] = K_DELETE,
        [4] = K_END,
        [5] = K_PAGE_UP,
        [6] = K_PAGE_DOWN,
        [7] = K_HOME,
        [8] = K_END,
        [11] = K_F(1),
        [12] = K_F(2),
        [13] = K_F(3),
        [14] = K_F(4),
        [15] = K_F(5),
        [17] = K_F(6),
        [18] = K_F(7),
        [19] = K_F(8),
        [20] = K_F(9),
        [21] = K_F(10),
        [23] = K_F(11),
        [24] = K_F(12) };
    return n >= 0 && n < (int)ARRAY_LEN(keys) ? keys[n] : K_NONE;
}

static Key letter_key(char c)
{
    switch (c) {
    case 'A': return K_UP;
    case 'B': return K_DOWN;
    case 'C': return K_RIGHT;
    case 'D': return K_LEFT;
    case 'H': return K_HOME;
    case 'F': return K_END;
    case 'P': return K_F(1);
    case 'Q': return K_F(2);
    case 'R': return K_F(3);
    case 'S': return K_F(4);
    case 'Z': return K_BACKTAB;
    case 'M': return K_ENTER; /* of the keypad, after ESC O */
    default: return K_NONE;
    }
}

/* A key that some terminals spell out as its code point and modifiers. */
static Key spelled_key(int cp, int m)
{
    Key k = cp == 27                     ? (Key)K_ESC
            : cp == 13                   ? (Key)K_ENTER
            : cp == 9                    ? (Key)K_TAB
            : cp == 127 || cp == 8       ? (Key)K_BACKSPACE
            : cp >= ' ' && cp < 0x110000 ? (Key)cp
                                         : (Key)K_NONE;
    return k == K_TAB && m == 2 ? (Key)K_BACKTAB : k;
}

static Key csi_key(const char *params, char final)
{
    if (*params == '<' || *params == '?' || *params == '>' || *params == '=') return K_NONE;
    char *end = NULL;
    long first = strtol(params, &end, 10), second = *end == ';' ? strtol(end + 1, NULL, 10) : 1;
    if (first < 0 || first > 0x10ffff || second < 0 || second > 64) return K_NONE;
    if (final == 'M' || final == 'I' || final == 'O') return K_NONE; /* mouse, focus */
    Key k = final == '~'   ? tilde_key((int)first)
            : final == 'u' ? spelled_key((int)first, (int)second)
                           : letter_key(final);
    if (k == K_NONE || k == (Key)K_BACKTAB) return k;
    if (key_is_text(k)) second = ((second - 1) & ~1L) + 1; /* the letter already says Shift */
    return modified(k, (int)second);
}

static Look csi(Decoder *d, size_t *len, Key *k)
{
    const char *s = d->buf + d->at;
    size_t n = d->n - d->at, i = 2;
    char params[SEQUENCE_MAX] = "";
    if (n > 2 && s[2] == '[') { /* the Linux console's F1 to F5 */
        if (n < 4) return LOOK_MORE;
        *len = 4;
        *k = s[3] >= 'A' && s[3] <= 'E' ? K_F(s[3] - 'A' + 1) : K_NONE;
        return *k ? LOOK_KEY : LOOK_NOTHING;
    }
    while (i < n && (unsigned char)s[i] >= 0x20 && (unsigned char)s[i] < 0x40) i++;
    if (i >= n) return i > 256 ? (*len = n, LOOK_NOTHING) : LOOK_MORE;
    *len = i + 1;
    if ((unsigned char)s[i] < 0x40 || (unsigned char)s[i] > 0x7e) {
        *len = i; /* torn: what interrupts it is looked at afresh */
        return LOOK_NOTHING;
    }
    if (s[i] == 'M' && i == 2) { /* the old mouse report: three bytes follow */
        *len = 6;
        return n < 6 ? LOOK_MORE : LOOK_NOTHING;
    }
    if (*len == MARK_SIZE && memcmp(s, PASTE_START, MARK_SIZE) == 0) return LOOK_PASTE;
    if (i - 2 < sizeof params) memcpy(params, s + 2, i - 2);
    *k = csi_key(params, s[i]);
    return *k ? LOOK_KEY : LOOK_NOTHING;
}

/* Answers of the terminal: swallowed up to BEL or ESC \. */
static Look string_report(Decoder *d, size_t *len)
{
    const char *s = d->buf + d->at;
    size_t n = d->n - d->at;
    for (size_t i = 2; i < n; i++) {
        bool st = s[i] == '\\' && s[i - 1] == '\033' && i > 2;
        if (s[i] != '\007' && !st) continue;
        *len = i + 1;
        return LOOK_NOTHING;
    }
    *len = n;
    return n > 4096 ? LOOK_NOTHING : LOOK_MORE;
}

static bool learnt_key(const Decoder *d, size_t *len, Key *k, bool *part)
{
    const char *s = d->buf + d->at;
    size_t n = d->n - d->at;
    *part = false;
    for (size_t i = 0; i < d->n_learnt; i++) {
        size_t want = d->learnt[i].n;
        if (n < want && memcmp(s, d->learnt[i].bytes, n) == 0) *part = true;
        if (n < want || memcmp(s, d->learnt[i].bytes, want) != 0) continue;
        *len = want;
        *k = d->learnt[i].key;
        return true;
    }
    return false;
}

/* ESC and a digit is the F-key of that digit. */
static Key twin_key(char c)
{
    if (c >= '1' && c <= '9') return K_F(c - '0');
    return c == '0' ? K_F(10) : c == '-' ? K_F(11) : c == '=' ? K_F(12) : K_NONE;
}

static Look escape(Decoder *d, size_t *len, Key *k)
{
    const char *s = d->buf + d->at;
    size_t n = d->n - d->at;
    bool part = false;
    if (n == 1) return LOOK_MORE;
    if (learnt_key(d, len, k, &part)) return LOOK_KEY;
    switch (s[1]) {
    case '[': return csi(d, len, k);
    case 'O':
        if (n < 3) return LOOK_MORE;
        *len = 3;
        *k = letter_key(s[2]);
        return *k ? LOOK_KEY : LOOK_NOTHING;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_': return string_report(d, len);
    case '\033':
        *len = 1;
        *k = K_ESC;
        return LOOK_KEY;
    default: break;
    }
    if (part) return LOOK_MORE;
    *k = twin_key(s[1]);
    *len = 2;
    if (*k) return LOOK_KEY;
    if ((unsigned char)s[1] >= 0x80) *len = 1 + utf8_next(s + 1, n - 1, 0); /* Alt and a letter: nothing */
    return LOOK_NOTHING;
}

static Key control_key(unsigned char c)
{
    switch (c) {
    case '\r':
    case '\n': return K_ENTER;
    case '\t': return K_TAB;
    case 0x08:
    case 0x7f: return K_BACKSPACE;
    case 0: return CTRL_KEY(' ');
    default: return c <= 26 ? CTRL_KEY('a' + c - 1) : CTRL_KEY('@' + c);
    }
}

static size_t utf8_length(unsigned char lead)
{
    return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

static Look character(Decoder *d, size_t *len, Key *k)
{
    const char *s = d->buf + d->at;
    size_t n = d->n - d->at, got = 1;
    size_t want = utf8_length((unsigned char)s[0]);
    while (got < n && got < want && ((unsigned char)s[got] & 0xc0) == 0x80) got++;
    if (got == n && got < want && (unsigned char)s[0] >= 0xc2 && (unsigned char)s[0] < 0xf5) return LOOK_MORE;
    uint32_t cp = utf8_decode(s, n, len);
    *k = cp;
    if (cp != UTF8_BAD && cp >= 0xa0) return LOOK_KEY;
    d->refused = true;
    return LOOK_NOTHING;
}

/* The rest of a sequence whose ESC came so early that it was given out as the Esc key: one read, no hand. */
static bool torn_rest(const Decoder *d, int64_t now, size_t *len)
{
    const char *s = d->buf + d->at;
    size_t n = d->n - d->at, i = 1;
    if (!d->lone_esc || now - d->lone_esc > LATE || n < 2 || (s[0] != '[' && s[0] != 'O')) return false;
    if (s[0] == '[')
        while (i < n && (unsigned char)s[i] >= 0x20 && (unsigned char)s[i] < 0x40) i++;
    if (i >= n || !strchr("ABCDFHPQRSZ~u", s[i])) return false;
    *len = i + 1;
    return true;
}

static Look look(Decoder *d, int64_t now, size_t *len, Key *k)
{
    unsigned char c = (unsigned char)d->buf[d->at];
    *k = K_NONE;
    *len = 1;
    if (torn_rest(d, now, len)) return LOOK_NOTHING;
    if (c == '\033') return escape(d, len, k);
    if (c < ' ' || c == 0x7f) {
        *k = control_key(c);
        return LOOK_KEY;
    }
    if (c >= 0x80) return character(d, len, k);
    *k = c;
    return LOOK_KEY;
}

/* --- pastes ------------------------------------------------------------------------- */

static void keep_paste(Decoder *d, const char *s, size_t n)
{
    size_t room = d->paste_max > d->paste.n ? d->paste_max - d->paste.n : 0;
    size_t kept = n < room ? n : room;
    if (kept) str_add_n(&d->paste, s, kept);
    d->dropped += n - kept;
}

static bool paste_event(Decoder *d, Event *out)
{
    d->pasting = false;
    d->paste_out = true;
    *out = (Event){ .kind = EVENT_PASTE, .text = str_text(&d->paste), .n = d->paste.n, .dropped = d->dropped };
    return true;
}

/* A paste that holds an end mark itself goes on until its last one, as far as it is here already. */
static const char *paste_end(const char *s, size_t n)
{
    const char *end = memmem(s, n, PASTE_END, MARK_SIZE), *more = end;
    while (more) {
        size_t rest = (size_t)(s + n - more) - MARK_SIZE;
        const char *next = memmem(more + MARK_SIZE, rest, PASTE_END, MARK_SIZE);
        const char *start = memmem(more + MARK_SIZE, rest, PASTE_START, MARK_SIZE);
        if (!next || (start && start < next)) break;
        end = more = next;
    }
    return end;
}

static bool take_paste(Decoder *d, Event *out, int64_t now, int *wait)
{
    char *s = d->buf + d->at;
    size_t n = d->n - d->at;
    const char *end = n ? paste_end(s, n) : NULL;
    if (end) {
        keep_paste(d, s, (size_t)(end - s));
        d->at += (size_t)(end - s) + MARK_SIZE;
        return paste_event(d, out);
    }
    size_t whole = n; /* all but what may be the beginning of the end mark */
    for (size_t part = n < MARK_SIZE - 1 ? n : MARK_SIZE - 1; part > 0 && whole == n; part--)
        if (memcmp(s + n - part, PASTE_END, part) == 0) whole = n - part;
    keep_paste(d, s, whole);
    d->at += whole;
    if (now - d->fed >= PASTE_WAIT) return paste_event(d, out);
    *wait = PASTE_WAIT;
    return false;
}

/* --- the next event ---------------------------------------------------------------------- */

static bool part_is_late(Decoder *d, Event *out, int64_t now, int *wait)
{
    bool lone = d->n - d->at == 1;
    int patience = lone ? d->esc_delay : PART_WAIT;
    if (d->buf[d->at] != '\033') patience = PART_WAIT;
    if (now - d->fed < patience) {
        *wait = patience - (int)(now - d->fed);
        return false;
    }
    bool esc = d->buf[d->at] == '\033' && lone;
    if (d->buf[d->at] != '\033') d->refused = true;
    d->at = d->n;
    if (!esc) return false; /* half a sequence that never ended: nobody typed it */
    d->lone_esc = now ? now : 1;
    *out = (Event){ .kind = EVENT_KEY, .key = K_ESC };
    return true;
}

bool decoder_next(Decoder *d, Event *out, int64_t now, int *wait)
{
    *wait = -1;
    if (d->paste_out) wipe_paste(d);
    if (d->burst) {
        keep_paste(d, d->buf + d->at, d->n - d->at);
        d->at = d->n;
        d->burst = false;
        return paste_event(d, out);
    }
    while (d->pasting || d->at < d->n) {
        size_t len = 0;
        Key k = K_NONE;
        if (d->pasting) return take_paste(d, out, now, wait);
        Look l = look(d, now, &len, &k);
        if (l == LOOK_MORE) return part_is_late(d, out, now, wait);
        d->at += len > d->n - d->at ? d->n - d->at : len;
        d->lone_esc = 0;
        if (l == LOOK_PASTE) d->pasting = true;
        if (l != LOOK_KEY || (k & K_ALT)) continue;
        *out = (Event){ .kind = EVENT_KEY, .key = k };
        return true;
    }
    return false;
}
