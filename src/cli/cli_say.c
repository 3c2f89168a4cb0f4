/* cli_say.c — sentences: errors on standard error with the program's name in front, results for people on standard
** output. Whatever came from a file or the store is made safe on the way. */
#include "cli_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void cli_say(const char *fmt, ...)
{
    char text[2048], *safe;
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    safe = utf8_make_safe(text, strlen(text), true, false);
    cli_progress_end();
    fprintf(stderr, "book124: %s\n", safe);
    mem_free(safe);
}

void cli_say_error(const Err *err)
{
    cli_say("%s", *err->text ? err->text : "Something went wrong, and nobody said what.");
}

int cli_status(const Err *err)
{
    static const int status[] = {
        [ERR_NONE] = 0,
        [ERR_INVALID] = 3,
        [ERR_USAGE] = 2,
        [ERR_DENIED] = 4,
        [ERR_MISSING] = 3,
        [ERR_STALE] = 5,
        [ERR_BUSY] = 3,
        [ERR_IO] = 3,
        [ERR_CORRUPT] = 3,
        [ERR_STOPPED] = 130,
        [ERR_BUG] = 3,
    };

    return (size_t)err->kind < ARRAY_LEN(status) ? status[err->kind] : 3;
}

void cli_print(const Cli *cli, const char *fmt, ...)
{
    char *text = NULL, *safe;
    va_list args;

    va_start(args, fmt);
    if (vasprintf(&text, fmt, args) < 0) abort();
    va_end(args);
    safe = out_safe(text, true, cli->look.ascii);
    fputs(safe, stdout);
    mem_free(safe);
    free(text);
}

static void print_line(const Cli *cli, const char *text, size_t n, int indent)
{
    cli_print(cli, "%*s%.*s\n", indent, "", (int)n, text);
}

/* Bytes of the longest beginning of `text` that fits, ending at a blank where there is one. */
static size_t fit(const char *text, size_t n, int width)
{
    size_t most = utf8_clip(text, n, width, NULL), end;

    if (most == n) return n;
    for (end = most; end > 0 && text[end] != ' '; end--) {}
    return end ? end : most ? most : utf8_next(text, n, 0);
}

void cli_print_wrapped(const Cli *cli, const char *text, int indent, int width)
{
    char *safe = out_safe(text, true, cli->look.ascii);

    for (const char *line = safe; *line;) {
        size_t n = strcspn(line, "\n"), done;
        if (!n) fputc('\n', stdout);
        for (const char *p = line; n; p += done, n -= done) {
            done = fit(p, n, width - indent);
            print_line(cli, p, done, indent);
            while (done < n && p[done] == ' ') done++;
        }
        line += strcspn(line, "\n");
        if (*line) line++;
    }
    mem_free(safe);
}

Out *cli_out(Cli *cli, const Column *columns, size_t n)
{
    return out_new(stdout, cli->format, cli->look, columns, n);
}

const char *cli_signed_words(Cli *cli, SignedStand stand, const char *key)
{
    return key ? arena_printf(cli->arena, "%s, key %.16s", signed_line(stand), key) : signed_line(stand);
}
