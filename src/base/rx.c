/* rx.c — PCRE2 in one place, with limits that no pattern can lift.
** Patterns come from policies and from what people search for, so a bad one must end in a sentence
** and a slow one in RX_LIMIT. One Rx is not for two threads at once: it keeps the memory that
** matching needs. */
#include "base/rx.h"

#include "base/mem.h"
#include <stdio.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    LONGEST_PATTERN = 1 << 16,
    MATCH_LIMIT = 100000,
    DEPTH_LIMIT = 1000,
    HEAP_LIMIT_KIB = 4096,
    JIT_STACK_FIRST = 32 << 10,
    JIT_STACK_MOST = 1 << 20
};

struct Rx {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack;
};

/* --- compiling ------------------------------------------------------------------------ */

static bool compile_error(Err *err, int code, size_t offset)
{
    char field[32];
    unsigned char why[256] = "";

    snprintf(field, sizeof field, "%zu", offset);
    pcre2_get_error_message(code, why, sizeof why);
    return err_set(err, ERR_INVALID, field, "The pattern cannot be read at character %zu: %s.",
        offset + 1, (char *)why);
}

static pcre2_code *compile(const char *pattern, size_t n, bool ignore_case, Err *err)
{
    uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | (ignore_case ? PCRE2_CASELESS : 0);
    pcre2_compile_context *limits = pcre2_compile_context_create(NULL);
    PCRE2_SIZE offset = 0;
    pcre2_code *code;
    int why = 0;

    if (!limits) mem_exhausted();
    pcre2_set_max_pattern_length(limits, LONGEST_PATTERN);
    code = pcre2_compile((PCRE2_SPTR)pattern, n, options, &why, &offset, limits);
    pcre2_compile_context_free(limits);
    if (!code) compile_error(err, why, offset);
    return code;
}

Rx *rx_compile(const char *pattern, size_t n, bool ignore_case, Err *err)
{
    pcre2_code *code = compile(pattern, n, ignore_case, err);
    Rx *rx;

    if (!code) return NULL;
    rx = mem_new(sizeof *rx);
    rx->code = code;
    rx->match = pcre2_match_data_create(1, NULL);
    rx->limits = pcre2_match_context_create(NULL);
    if (!rx->match || !rx->limits) mem_exhausted();
    pcre2_set_match_limit(rx->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(rx->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(rx->limits, HEAP_LIMIT_KIB);

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
    mem_free(*rx);
    *rx = NULL;
}

/* --- matching ------------------------------------------------------------------------- */

RxResult rx_match(const Rx *rx, const char *s, size_t n, size_t *start, size_t *end)
{
    int found = pcre2_match(rx->code, (PCRE2_SPTR)s, n, 0, 0, rx->match, rx->limits);
    const PCRE2_SIZE *at;

    if (found == PCRE2_ERROR_NOMATCH) return RX_NO;
    if (found < 0) return RX_LIMIT; /* a limit was hit, or s is not UTF-8 */
    at = pcre2_get_ovector_pointer(rx->match);
    if (start) *start = at[0];
    if (end) *end = at[1];
    return RX_YES;
}
