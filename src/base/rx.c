/* rx.c — PCRE2 in one place, with limits that no pattern can lift.
** Patterns come from policies and from what people search for, so a bad one must end in a sentence
** and a slow one in RX_LIMIT. PCRE2 limits the work from one place in the text, but not the number
** of places: in 60,000 letters a harmless-looking pattern may try for minutes. So a callout stands
** in front of every pattern, which is called at each place, and now and then looks at the
** processor time. (As a gift, options like (*LIMIT_MATCH=…) are refused: they would have to be
** first.)
** One Rx is not for two threads at once: it keeps the memory that matching needs. */
#include "base/rx.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include <stdio.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    LONGEST_PATTERN = 1 << 16,
    MATCH_LIMIT = 100000, /* from one place */
    DEPTH_LIMIT = 1000,
    HEAP_LIMIT_KIB = 4096,
    JIT_STACK_FIRST = 32 << 10,
    JIT_STACK_MOST = 1 << 20,
    TIME_LIMIT_MS = 250,   /* from all places, of this thread's processor time */
    PLACES_PER_LOOK = 128, /* places tried between two looks at the clock */
};

#define WATCH "(?C1)"

typedef struct Watch {
    int64_t until_ns; /* 0: the clock has not been looked at */
    int places;
} Watch;

struct Rx {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack;
    Watch *watch;
};

/* --- the watch -------------------------------------------------------------------------- */

static int64_t processor_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Called by PCRE2 wherever a match might begin; anything but 0 ends it all. Short texts, which are
** most, never pay for a look at the clock. */
static int look(pcre2_callout_block *block, void *data)
{
    Watch *w = data;
    int64_t now;

    if (++w->places < PLACES_PER_LOOK) return 0;
    w->places = 0;
    now = processor_ns();
    if (w->until_ns == 0) w->until_ns = now + TIME_LIMIT_MS * INT64_C(1000000);
    return now > w->until_ns ? PCRE2_ERROR_CALLOUT : 0;
}

/* --- compiling ------------------------------------------------------------------------ */

/* The offset is in bytes; people count characters. */
static size_t characters(const char *s, size_t n)
{
    size_t count = 0, len;

    for (size_t at = 0; at < n; at += len, count++) utf8_decode(s + at, n - at, &len);
    return count;
}

static bool compile_error(Err *err, int code, const char *pattern, size_t offset)
{
    char field[32];
    unsigned char why[256] = "";

    snprintf(field, sizeof field, "%zu", offset);
    pcre2_get_error_message(code, why, sizeof why);
    return err_set(err, ERR_INVALID, field, "The pattern cannot be read at character %zu: %s.",
        characters(pattern, offset) + 1, (char *)why);
}

static pcre2_code *compile(const char *pattern, size_t n, bool ignore_case, Err *err)
{
    uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT | (ignore_case ? PCRE2_CASELESS : 0);
    pcre2_compile_context *limits = pcre2_compile_context_create(NULL);
    size_t front = sizeof WATCH - 1, offset = 0;
    Str watched = { 0 };
    pcre2_code *code;
    int why = 0;

    if (!limits) mem_exhausted();
    pcre2_set_max_pattern_length(limits, LONGEST_PATTERN + front);
    str_add(&watched, WATCH);
    str_add_n(&watched, pattern, n);
    code = pcre2_compile((PCRE2_SPTR)watched.s, watched.n, options, &why, &offset, limits);
    pcre2_compile_context_free(limits);
    str_finish(&watched);
    if (!code) compile_error(err, why, pattern, offset > front ? offset - front : 0);
    return code;
}

static pcre2_match_context *limits_on_matching(Watch *watch)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);

    if (!limits) mem_exhausted();
    pcre2_set_match_limit(limits, MATCH_LIMIT);
    pcre2_set_depth_limit(limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(limits, HEAP_LIMIT_KIB);
    pcre2_set_callout(limits, look, watch);
    return limits;
}

Rx *rx_compile(const char *pattern, size_t n, bool ignore_case, Err *err)
{
    pcre2_code *code = compile(pattern, n, ignore_case, err);
    Rx *rx;

    if (!code) return NULL;
    rx = mem_new(sizeof *rx);
    rx->code = code;
    rx->watch = mem_new(sizeof *rx->watch);
    rx->limits = limits_on_matching(rx->watch);
    rx->match = pcre2_match_data_create(1, NULL);
    if (!rx->match) mem_exhausted();

    /* Where the machine allows no JIT the interpreter does it, slower and with the same limits. */
    if (pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0) {
        rx->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, NULL);
        if (rx->stack) pcre2_jit_stack_assign(rx->limits, NULL, rx->stack);
    }
    return rx;
}

void rx_free(Rx **rx)
{
    if (!rx || !*rx) return;
    pcre2_jit_stack_free((*rx)->stack);
    pcre2_match_context_free((*rx)->limits);
    pcre2_match_data_free((*rx)->match);
    pcre2_code_free((*rx)->code);
    mem_free((*rx)->watch);
    mem_free(*rx);
    *rx = NULL;
}

/* --- matching ------------------------------------------------------------------------- */

static RxResult match(
    const Rx *rx, const char *s, size_t n, size_t from, size_t last, uint32_t options, size_t *start, size_t *end)
{
    const PCRE2_SIZE *at;
    int found;

    pcre2_set_offset_limit(rx->limits, last);
    found =
        rx->stack && (options & PCRE2_NO_UTF_CHECK)
            ? pcre2_jit_match(rx->code, (PCRE2_SPTR)s, n, from, 0, rx->match, rx->limits) /* looks at nothing before */
            : pcre2_match(rx->code, (PCRE2_SPTR)s, n, from, options, rx->match, rx->limits);
    if (found == PCRE2_ERROR_NOMATCH) return RX_NO;
    if (found < 0) return RX_LIMIT; /* a limit was hit, or s is not UTF-8 */
    at = pcre2_get_ovector_pointer(rx->match);
    if (start) *start = at[0];
    if (end) *end = at[1];
    return RX_YES;
}

RxResult rx_match_from(const Rx *rx, const char *s, size_t n, size_t from, size_t *start, size_t *end)
{
    if (from == 0) *rx->watch = (Watch){ 0 };
    return match(rx, s, n, from, PCRE2_UNSET, 0, start, end);
}

RxResult rx_match_between(
    const Rx *rx, const char *s, size_t n, size_t first, size_t last, bool on, size_t *start, size_t *end)
{
    if (!on) *rx->watch = (Watch){ 0 };
    return match(rx, s, n, first, last, PCRE2_NO_UTF_CHECK, start, end);
}

RxResult rx_match(const Rx *rx, const char *s, size_t n, size_t *start, size_t *end)
{
    return rx_match_from(rx, s, n, 0, start, end);
}
