/* event.h — what reaches the program from outside: a key, a paste, a new size, a lost line.
** A Key is one number: a code point, or a named key, with modifiers or-ed in. A letter with Shift
** is
** simply the other letter; Ctrl-letters are always in lower case. A paste is one event and never
** keys. */
#ifndef UI_EVENT_H
#define UI_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t Key;

#define K_CTRL      0x01000000u
#define K_ALT       0x02000000u
#define K_SHIFT     0x04000000u /* on named keys only */
#define K_NAMED     0x00200000u
#define CTRL_KEY(c) (K_CTRL | (Key)(c)) /* CTRL_KEY('p') */

enum {
    K_NONE = 0,
    K_ENTER = K_NAMED + 1,
    K_ESC,
    K_TAB,
    K_BACKTAB,
    K_BACKSPACE,
    K_DELETE,
    K_INSERT,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_F0 = K_NAMED + 0x40, /* K_F(1) … K_F(12) */
    K_LAST = K_F0 + 64
};
#define K_F(n) ((Key)K_F0 + (Key)(n))

typedef enum EventKind {
    EVENT_NONE,    /* the time to wait is over                                     */
    EVENT_KEY,     /* somebody is there; nothing else resets the idle time but this and EVENT_PASTE */
    EVENT_PASTE,   /* text/n: as it came, unchecked; `dropped` bytes more were not kept */
    EVENT_RESIZE,  /* ask the console for its size                                 */
    EVENT_SUSPEND, /* somebody sent SIGTSTP                                        */
    EVENT_HANGUP,  /* the line is gone, or TERM or INT was sent: save and end      */
    EVENT_END      /* the script is over                                           */
} EventKind;

typedef struct Event {
    EventKind kind;
    Key key;
    const char *text; /* EVENT_PASTE: the console's, until its next read */
    size_t n;
    size_t dropped;
} Event;

/* True for a key that types a character (no Ctrl, no Alt, not named). */
bool key_is_text(Key k);
/* "Ctrl-P", "PgDn", "F10", "Shift-Tab", "a", "Space", "é". The name fits in KEY_TEXT. */
#define KEY_TEXT 32
char *key_spell(Key k, char out[KEY_TEXT]);
/* The shorter spelling of the hint bar: "^P" for Ctrl-P. */
char *key_short(Key k, char out[KEY_TEXT]);
/* The other way round (names without regard to case; also "^P", "PageDown", "Return"). K_NONE when
** there is no such key. */
Key key_parse(const char *name, size_t n);

#endif
