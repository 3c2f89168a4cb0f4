/* rx.h — PCRE2 in one place, with JIT, UTF and hard limits on matching, about a quarter of a second in all.
** One Rx is not for two threads at once. */
#ifndef BASE_RX_H
#define BASE_RX_H

#include "base/err.h"
#include <stddef.h>

typedef struct Rx Rx;
typedef enum RxResult { RX_NO, RX_YES, RX_LIMIT /* gave up, or s is not UTF-8: neither yes nor no */ } RxResult;

/* err->field is the offset in the pattern, as digits. Options in front, (*LIMIT_MATCH=…), are refused. */
Rx *rx_compile(const char *pattern, size_t n, bool ignore_case, Err *err);
RxResult rx_match(const Rx *rx, const char *s, size_t n, size_t *start, size_t *end); /* start, end may be NULL */
/* The first match at or behind byte `from`, which sees what stands before it. A `from` beyond 0 goes on with the time of the match
** before, so that all matches in a text together have the quarter of a second. */
RxResult rx_match_from(const Rx *rx, const char *s, size_t n, size_t from, size_t *start, size_t *end);
/* The first match that begins in `first` to `last`, in a text that is known to be UTF-8 (both places at the beginning of a character, or at
** its end). `on` goes on with the time of the match before. */
RxResult rx_match_between(const Rx *rx, const char *s, size_t n, size_t first, size_t last, bool on, size_t *start, size_t *end);
void rx_free(Rx **rx);

#endif
