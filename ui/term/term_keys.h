/* term_keys.h — bytes from a terminal become events. Without curses and without a terminal, so that a test can feed it
** anything. Our own, because a library that hands on what it does not know turns mouse reports into typed text. */
#ifndef UI_TERM_KEYS_H
#define UI_TERM_KEYS_H

#include "base/str.h"
#include "ui/event.h"

typedef struct Decoder Decoder;

Decoder *decoder_new(size_t paste_max);
void decoder_free(Decoder **d);
/* A terminal's own sequence for a key (from terminfo), beside those that everybody sends. */
void decoder_learn(Decoder *d, const char *sequence, Key k);
/* The terminal does not mark pastes: a long burst of text in one read is taken for one. */
void decoder_guess_pastes(Decoder *d, bool on);

/* What one read() gave. Take all events out before feeding again. */
void decoder_feed(Decoder *d, const char *bytes, size_t n, int64_t now_ms);
/* True with the next event. False: nothing whole is there; ask again when more was fed, or after *wait ms (-1: never). */
bool decoder_next(Decoder *d, Event *out, int64_t now_ms, int *wait);
/* Broken UTF-8 that was thrown away since the last call: a reason to beep. */
bool decoder_refused(Decoder *d);
bool decoder_empty(const Decoder *d);
void decoder_discard(Decoder *d);
/* How long to wait after a lone ESC. */
void decoder_escape_delay(Decoder *d, int ms);

#endif
