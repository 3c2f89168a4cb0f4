/* fake_console.h — a console for tests in C: events from an array, frames kept, a clock that is set by hand. Afterwards
** the test looks at what was shown; the end of the array ends the loop. */
#ifndef TESTS_UI_FAKE_CONSOLE_H
#define TESTS_UI_FAKE_CONSOLE_H

#include "kit_help.h"
#include "ui/loop.h"

typedef struct Fake {
    Console console;
    int rows, cols;
    Event events[4096];
    size_t n, at;
    int64_t clock;
    Grid *shown;
    int frames, repaints, wipes, suspends, discards;
} Fake;

static void fake_size(Console *c, int *rows, int *cols)
{
    *rows = ((Fake *)c)->rows;
    *cols = ((Fake *)c)->cols;
}

static void fake_read(Console *c, int ms, Event *out)
{
    Fake *f = (Fake *)c;
    *out = (Event){ .kind = EVENT_NONE };
    if (f->at < f->n) {
        *out = f->events[f->at++];
        if (out->kind == EVENT_NONE) f->clock += (int64_t)out->n; /* time passes */
        return;
    }
    *out = (Event){ .kind = EVENT_END };
}

static bool fake_pending(Console *c)
{
    Fake *f = (Fake *)c;
    return f->at < f->n && f->events[f->at].kind == EVENT_KEY && f->events[f->at].dropped == 1;
}

static void fake_discard(Console *c)
{
    Fake *f = (Fake *)c;
    f->discards++;
    while (fake_pending(c)) f->at++;
}

static void fake_show(Console *c, const Grid *g)
{
    Fake *f = (Fake *)c;
    if (!f->shown) f->shown = grid_new(1, 1, false);
    grid_copy(f->shown, g);
    f->frames++;
    assert_grid_whole(g);
}

static void fake_repaint(Console *c)
{
    ((Fake *)c)->repaints++;
}

static void fake_wipe(Console *c)
{
    ((Fake *)c)->wipes++;
}

static void fake_suspend(Console *c)
{
    ((Fake *)c)->suspends++;
}

static void fake_beep(Console *c)
{
}

static int64_t fake_clock(Console *c)
{
    return ((Fake *)c)->clock;
}

static const ConsoleOps fake_ops = { fake_size, fake_read, fake_pending, fake_discard, fake_show, fake_repaint,
    fake_wipe, fake_suspend, fake_beep, fake_clock };

static inline Fake *fake_new(int rows, int cols)
{
    Fake *f = mem_new(sizeof *f);
    f->console.ops = &fake_ops;
    f->rows = rows;
    f->cols = cols;
    f->clock = 100000;
    return f;
}

static inline void fake_free(Fake **f)
{
    grid_free(&(*f)->shown);
    mem_free(*f);
    *f = NULL;
}

static inline void fake_event(Fake *f, Event e)
{
    if (f->n < ARRAY_LEN(f->events)) f->events[f->n++] = e;
}

static inline void fake_key(Fake *f, Key k)
{
    fake_event(f, key(k));
}

static inline void fake_type(Fake *f, const char *ascii)
{
    for (; *ascii; ascii++) fake_key(f, (Key)(unsigned char)*ascii);
}

/* A key that was in the queue before the one in front of it was answered. */
static inline void fake_ahead(Fake *f, Key k)
{
    fake_event(f, (Event){ .kind = EVENT_KEY, .key = k, .dropped = 1 });
}

static inline void fake_resize(Fake *f, int rows, int cols)
{
    f->rows = rows;
    f->cols = cols;
    fake_event(f, (Event){ .kind = EVENT_RESIZE });
}

static inline void fake_time(Fake *f, size_t ms)
{
    fake_event(f, (Event){ .kind = EVENT_NONE, .n = ms });
}

#endif
