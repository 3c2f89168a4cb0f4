/* utf8.h — UTF-8 as people see it: code points, grapheme clusters, columns.
** Widths and breaks come from libutf8proc, so that every machine agrees. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD 0xFFFFFFFFu

/* One code point from s[0..n); *len = bytes eaten (at least 1 when n > 0). UTF8_BAD for a broken
** sequence (overlong, surrogate, beyond U+10FFFF, truncated), which eats the maximal broken prefix. */
uint32_t utf8_decode(const char *s, size_t n, size_t *len);
size_t utf8_encode(uint32_t cp, char out[4]); /* bytes written, 0 when cp is none */
/* True when all of s is well-formed; else *bad is the offset of the first broken byte. */
bool utf8_valid(const char *s, size_t n, size_t *bad);

/* Byte offset just behind the grapheme cluster that starts at `at`; n at the end. */
size_t utf8_next(const char *s, size_t n, size_t at);
/* Byte offset of the grapheme cluster that ends at `at`; 0 at the start. */
size_t utf8_prev(const char *s, size_t n, size_t at);
/* Columns of one cluster s[0..n): 0, 1 or 2. */
int utf8_cluster_width(const char *s, size_t n);
/* Columns of the whole of s. */
int utf8_width(const char *s);
int utf8_width_n(const char *s, size_t n);
/* The longest prefix in bytes that fits into `columns`, never cutting a cluster. *used = its columns. */
size_t utf8_clip(const char *s, size_t n, int columns, int *used);

/* --- text made alike -------------------------------------------------------- */
/* NFC of s, malloc'd; NULL when s is not UTF-8. The caller frees with mem_free. */
char *utf8_nfc(const char *s);
/* Search key: NFKC, casefold, marks stripped, spaces folded. malloc'd, NULL when not UTF-8. */
char *utf8_fold(const char *s);

/* --- hostile text --------------------------------------------------------------
** Controls (C0, C1, DEL), bidi controls, zero-width, tag and private-use characters, broken UTF-8 and more
** than four marks on one letter can deceive a reader or a terminal. They are shown, never obeyed: ‹U+202E›, ‹ESC›,
** ‹byte FF›. Line feed and tab survive where `lines` is true. Shown too are a mark with no letter before it, and
** the joiners ZWJ and ZWNJ except between letters of a script that needs them; joined emoji come apart. */
bool utf8_is_hostile(uint32_t cp);
/* True when s holds nothing hostile. */
bool utf8_is_safe(const char *s, size_t n, bool lines);
/* s with everything hostile made visible, malloc'd; the caller frees. With `ascii` the marks are <U+202E>. */
char *utf8_make_safe(const char *s, size_t n, bool lines, bool ascii);

#endif
