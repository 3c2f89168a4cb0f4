/* loop.c — events to screens, and what they answer. One thread, one stack; a question is a turn of the same loop inside
** an act. Because of that a screen can be closed while code of it still runs (another officer signs in over an open
** question): closed screens wait in `dead` until the outermost call has returned. */
#include "base/crypto.h"
#include "base/mem.h"
#include "loop_in.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TICK_MS = 1000 };

static const LoopHooks no_hooks;

static const Action kit_actions[] = {
    { ACT_KEYS, "keys", "keys", "List what can be done here, and do it.", "? F1", 0 },
    { ACT_PALETTE, "commands", "commands", "Find a command by some letters of its name.", ": Ctrl-P", 6 },
    { ACT_REDRAW, "redraw", NULL, "Draw the whole screen again.", "Ctrl-L", 9 },
    { ACT_SUSPEND, "suspend", NULL, "Lock, and go back to the shell for a while.", "Ctrl-Z", 9 },
    { 0 },
};

/* --- life ------------------------------------------------------------------------- */

static size_t table_size(const Action *t)
{
    size_t n = 0;
    while (t && t[n].id) n++;
    return n;
}

static void make_grid(Loop *l)
{
    int rows = 0, cols = 0;
    l->console->ops->size(l->console, &rows, &cols);
    if (l->grid)
        grid_resize(l->grid, rows, cols);
    else
        l->grid = grid_new(rows, cols, l->console->ascii);
    l->dirty = true;
}

Loop *loop_new(Console *c, void *context, const LoopHooks *hooks, const Action *globals, const char *keys, Err *err)
{
    Loop *l = mem_new(sizeof *l);
    size_t n = table_size(globals);
    *l = (Loop){ .console = c, .context = context, .hooks = hooks ? hooks : &no_hooks };
    l->everywhere = mem_new((n + ARRAY_LEN(kit_actions)) * sizeof(Action));
    if (n) memcpy(l->everywhere, globals, n * sizeof(Action));
    memcpy(l->everywhere + n, kit_actions, sizeof kit_actions);
    l->keys = keymap_new();
    keymap_add(l->keys, EVERYWHERE, l->everywhere);
    make_grid(l);
    l->last_key = l->last_tick = loop_clock_ms(l);
    if (keys && !keymap_load(l->keys, keys, err)) loop_free(&l);
    return l;
}

static void free_slot(Slot *s)
{
    const ScreenClass *class = s->screen.class;
    if (class->close) class->close(&s->screen);
    if (s->screen.state) crypto_wipe(s->screen.state, class->state_size);
    mem_free(s->screen.state);
    arena_free(&s->screen.arena);
    mem_free(s);
}

static void bury(Loop *l)
{
    while (l->busy == 0 && l->n_dead > 0) free_slot(l->dead[--l->n_dead]);
}

void loop_free(Loop **at)
{
    if (!at || !*at) return;
    Loop *l = *at;
    loop_clear(l);
    bury(l);
    keymap_free(&l->keys);
    grid_free(&l->grid);
    mem_free(l->everywhere);
    mem_free(l->stack);
    mem_free(l->dead);
    crypto_wipe(l->status, sizeof l->status);
    mem_free(l);
    *at = NULL;
}

void loop_quit(Loop *l)
{
    l->quit = true;
}

bool loop_ended(const Loop *l)
{
    return l->quit;
}

/* --- the stack --------------------------------------------------------------------- */

static Slot *top_slot(const Loop *l)
{
    return l->n ? l->stack[l->n - 1] : NULL;
}

static bool alive(const Loop *l, const Slot *s)
{
    for (size_t i = l->n; s && i-- > 0;)
        if (l->stack[i] == s) return true;
    return false;
}

static void remove_slot(Loop *l, Slot *s)
{
    if (!alive(l, s)) return;
    bool was_top = top_slot(l) == s;
    size_t i = l->n;
    while (l->stack[i - 1] != s) i--;
    memmove(l->stack + i - 1, l->stack + i, (l->n - i) * sizeof *l->stack);
    l->n--;
    l->dead = mem_room(l->dead, l->n_dead, &l->cap_dead, sizeof *l->dead);
    l->dead[l->n_dead++] = s;
    l->dirty = true;
    Slot *now = top_slot(l);
    bool question = s->screen.class->overlay;
    if (!was_top || question || !now || !now->screen.class->resumed) return;
    l->busy++;
    now->screen.class->resumed(&now->screen);
    l->busy--;
}

static void load_slot(Loop *l, Slot *s)
{
    Err err = { 0 };
    s->stale = false;
    arena_reset(s->screen.arena);
    l->busy++;
    if (s->screen.class->load && !s->screen.class->load(&s->screen, &err)) loop_status_err(l, &err);
    l->busy--;
}

bool loop_push(Loop *l, const ScreenClass *class, const void *arg, Err *err)
{
    Slot *s = mem_new(sizeof *s);
    s->screen = (Screen){ .class = class, .loop = l, .context = l->context };
    s->screen.arena = arena_new_secret();
    s->screen.state = mem_new(class->state_size ? class->state_size : 1);
    if (class->actions) keymap_add(l->keys, class->name, class->actions);

    l->busy++;
    bool ok = !class->open || class->open(&s->screen, arg, err);
    ok = ok && (!class->load || class->load(&s->screen, err));
    l->busy--;
    if (!ok) {
        free_slot(s);
        return false;
    }
    l->stack = mem_room(l->stack, l->n, &l->cap, sizeof *l->stack);
    l->stack[l->n++] = s;
    l->dirty = true;
    return true;
}

React loop_go(Loop *l, const ScreenClass *class, const void *arg)
{
    Err err = { 0 };
    if (loop_push(l, class, arg, &err)) return REACT_NONE; /* what was said before is not said of the new one */
    loop_status_err(l, &err);
    return REACT_STATUS;
}

void loop_pop(Loop *l)
{
    remove_slot(l, top_slot(l));
    bury(l);
}

void loop_clear(Loop *l)
{
    while (l->n > 0) {
        Slot *s = l->stack[--l->n];
        l->dead = mem_room(l->dead, l->n_dead, &l->cap_dead, sizeof *l->dead);
        l->dead[l->n_dead++] = s;
    }
    bury(l);
    l->dirty = true;
}

Screen *loop_top(Loop *l)
{
    Slot *s = top_slot(l);
    return s ? &s->screen : NULL;
}

Screen *loop_find(Loop *l, const ScreenClass *class)
{
    for (size_t i = l->n; i-- > 0;)
        if (l->stack[i]->screen.class == class) return &l->stack[i]->screen;
    return NULL;
}

size_t loop_depth(const Loop *l)
{
    return l->n;
}

Screen *loop_screen(Loop *l, size_t i)
{
    return i < l->n ? &l->stack[i]->screen : NULL;
}

void *loop_context(const Loop *l)
{
    return l->context;
}

Console *loop_console(Loop *l)
{
    return l->console;
}

void loop_load_stale(Loop *l)
{
    for (size_t i = l->n; i-- > 0 && i < l->n;) {
        Slot *s = l->stack[i];
        if (s->stale) load_slot(l, s);
        if (!s->screen.class->overlay) break;
    }
}

/* --- telling ------------------------------------------------------------------------- */

void loop_status(Loop *l, Style style, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(l->status, sizeof l->status, fmt, ap);
    va_end(ap);
    l->status_style = style;
    l->status_serial++;
    l->dirty = true;
}

void loop_status_err(Loop *l, const Err *err)
{
    loop_status(l, STYLE_ERROR, "%s", err->text);
}

int64_t loop_clock_ms(Loop *l)
{
    return l->console->ops->clock_ms(l->console);
}

int64_t loop_idle_ms(Loop *l)
{
    return loop_clock_ms(l) - l->last_key;
}

/* --- what screens answer ---------------------------------------------------------------- */

const Grid *loop_grid(const Loop *l)
{
    return l->grid;
}

static void obey(Loop *l, Slot *s, React r)
{
    l->dirty = true;
    if (r & REACT_QUIT) l->quit = true;
    if (r & REACT_POP) remove_slot(l, s);
    if (r & REACT_REPAINT) l->console->ops->repaint(l->console);
    if ((r & REACT_RELOAD) && top_slot(l)) top_slot(l)->stale = true;
    for (size_t i = 0; (r & REACT_RELOAD_ALL) && i < l->n; i++) l->stack[i]->stale = true;
}

static void suspend(Loop *l)
{
    if (!l->hooks->suspend || !l->hooks->suspend(l)) {
        loop_status(l, STYLE_WARNING, "Going back to the shell is not allowed here.");
        return;
    }
    l->console->ops->suspend(l->console);
    make_grid(l); /* the window may have another size by now */
    l->console->ops->repaint(l->console);
    if (l->hooks->resume) l->hooks->resume(l);
}

static React do_kit_action(Loop *l, int id)
{
    switch (id) {
    case ACT_KEYS: menu_keys(l); break;
    case ACT_PALETTE: menu_palette(l); break;
    case ACT_REDRAW: return REACT_REPAINT;
    case ACT_SUSPEND: suspend(l); break;
    default: break;
    }
    return REACT_STATUS;
}

static Can may_do(Loop *l, Slot *s, const Action *a, bool global, const char **why)
{
    *why = NULL;
    if (a->id < 0) return CAN;
    if (global) return l->hooks->can ? l->hooks->can(l, a->id, why) : CAN;
    return s->screen.class->can ? s->screen.class->can(&s->screen, a->id, why) : CAN;
}

static React do_action(Loop *l, Slot *s, const Action *a, bool global)
{
    const char *why = NULL;
    Can can = may_do(l, s, a, global, &why);
    if (can == CAN_HIDE) return REACT_UNUSED;
    if (can == CAN_NOT) {
        loop_status(l, STYLE_WARNING, "%s", why ? why : "That cannot be done now.");
        return REACT_STATUS;
    }
    if (a->id < 0) return do_kit_action(l, a->id);
    if (global) return l->hooks->act ? l->hooks->act(l, a->id) : REACT_UNUSED;
    return s->screen.class->act ? s->screen.class->act(&s->screen, a->id) : REACT_UNUSED;
}

void loop_do(Loop *l, const Deed *d)
{
    Slot *s = top_slot(l);
    if (!s) return;
    l->busy++;
    obey(l, s, do_action(l, s, d->action, strcmp(d->scope, EVERYWHERE) == 0));
    l->busy--;
    bury(l);
}

static size_t add_deeds(Loop *l, Slot *s, const char *scope, const Action *t, Deed *out, size_t max)
{
    size_t n = 0;
    bool global = strcmp(scope, EVERYWHERE) == 0;
    for (; t && t->id && n < max; t++) {
        Deed d = { scope, t, CAN, NULL };
        d.can = may_do(l, s, t, global, &d.why);
        if (d.can != CAN_HIDE) out[n++] = d;
    }
    return n;
}

size_t loop_deeds(Loop *l, Deed *out, size_t max)
{
    Slot *s = top_slot(l);
    if (!s) return 0;
    const ScreenClass *class = s->screen.class;
    l->busy++;
    size_t n = add_deeds(l, s, class->name, class->actions, out, max);
    if (!class->bare && !class->overlay) n += add_deeds(l, s, EVERYWHERE, l->everywhere, out + n, max - n);
    l->busy--;
    return n;
}

/* --- events ------------------------------------------------------------------------- */

static React key_to_action(Loop *l, Slot *s, Key k)
{
    const ScreenClass *class = s->screen.class;
    if (key_is_text(k) && class->typing && class->typing(&s->screen)) return REACT_UNUSED;
    React r = REACT_UNUSED;
    const Action *a = class->actions ? keymap_lookup(l->keys, class->name, k) : NULL;
    if (a) r = do_action(l, s, a, false);
    if (!(r & REACT_UNUSED) || class->bare || class->overlay) return r;
    a = keymap_lookup(l->keys, EVERYWHERE, k);
    return a ? do_action(l, s, a, true) : REACT_UNUSED;
}

/* What can be done over an open question; where it cannot, the key is the question's. */
static React over_question(Loop *l, Slot *s, const Event *e)
{
    const char *why;
    if (!s->screen.class->overlay || e->kind != EVENT_KEY) return REACT_UNUSED;
    const Action *a = keymap_lookup(l->keys, EVERYWHERE, e->key);
    if (!a || a->id <= 0 || a->id != l->hooks->over_questions || may_do(l, s, a, true, &why) != CAN)
        return REACT_UNUSED;
    return do_action(l, s, a, true);
}

static React offer(Loop *l, Slot *s, const Event *e)
{
    bool letter = e->kind == EVENT_KEY && key_is_text(e->key); /* a question may want it for itself */
    React r = REACT_UNUSED;
    if (l->hooks->key) r = l->hooks->key(l, e);
    if ((r & REACT_UNUSED) && !letter) r = over_question(l, s, e);
    if (!(r & REACT_UNUSED)) return r;
    if (s->screen.class->event) r = s->screen.class->event(&s->screen, e);
    if ((r & REACT_UNUSED) && e->kind == EVENT_KEY) r = key_to_action(l, s, e->key);
    if ((r & REACT_UNUSED) && letter) r = over_question(l, s, e);
    return r;
}

static void on_input(Loop *l, const Event *e)
{
    Slot *s = top_slot(l);
    l->last_key = loop_clock_ms(l);
    if (!s || loop_too_small(l)) return; /* nobody acts on what he cannot see */
    unsigned serial = l->status_serial;
    React r = offer(l, s, e);
    if (serial == l->status_serial && !(r & REACT_STATUS)) l->status[0] = '\0';
    obey(l, s, r & ~(React)REACT_UNUSED);
}

static void dispatch(Loop *l, const Event *e)
{
    l->busy++;
    switch (e->kind) {
    case EVENT_KEY:
    case EVENT_PASTE: on_input(l, e); break;
    case EVENT_RESIZE: make_grid(l); break;
    case EVENT_SUSPEND: suspend(l); break;
    case EVENT_HANGUP:
        if (l->hooks->hangup && !l->quit) l->hooks->hangup(l);
        l->quit = true;
        break;
    case EVENT_END: l->quit = true; break;
    case EVENT_NONE: break;
    }
    l->busy--;
    bury(l);
}

/* When idle is due next: the regular tick, or sooner where the top screen waits for the keys to rest. */
static int64_t tick_due(Loop *l)
{
    const Slot *s = top_slot(l);
    int64_t due = l->last_tick + TICK_MS;
    int64_t rest = s ? s->screen.class->rest_ms : 0;
    if (rest && l->rested_key != l->last_key && l->last_key + rest < due) due = l->last_key + rest;
    return due;
}

static void tick(Loop *l)
{
    int64_t now = loop_clock_ms(l);
    if (now < tick_due(l)) return;
    bool regular = now - l->last_tick >= TICK_MS;
    if (regular) l->last_tick = now;
    const Slot *top = top_slot(l);
    if (top && now - l->last_key >= top->screen.class->rest_ms) l->rested_key = l->last_key;
    l->busy++;
    React r = regular && l->hooks->tick ? l->hooks->tick(l, now - l->last_key) : REACT_NONE;
    if (r) obey(l, top_slot(l), r);
    Slot *s = top_slot(l);
    /* One that has yet to read again what it shows does nothing by itself: to it, what was just saved would be news. */
    r = s && !s->stale && s->screen.class->idle ? s->screen.class->idle(&s->screen, now - l->last_key) : REACT_NONE;
    if (r) obey(l, s, r);
    l->busy--;
    bury(l);
}

static void turn(Loop *l)
{
    Event e = { 0 };
    if (l->dirty && !l->console->ops->pending(l->console)) loop_show_frame(l);
    int64_t wait = tick_due(l) - loop_clock_ms(l);
    l->console->ops->read(l->console, wait < 0 ? 0 : wait > TICK_MS ? TICK_MS : (int)wait, &e);
    dispatch(l, &e);
    if (!l->quit) tick(l);
}

void loop_run(Loop *l)
{
    while (!l->quit && l->n > 0) turn(l);
}

void loop_modal(Loop *l, const ScreenClass *class, void *q)
{
    Err err = { 0 };
    if (l->quit || !loop_push(l, class, q, &err)) return;
    Slot *s = top_slot(l);
    l->busy++;
    while (!l->quit && alive(l, s)) turn(l);
    remove_slot(l, s); /* q is on the stack of whoever asked: nothing may see it any more */
    l->busy--;
}

bool loop_progress(Loop *l, const char *text)
{
    Event e = { 0 };
    int64_t now = loop_clock_ms(l);
    loop_status(l, STYLE_NORMAL, "%s", text);
    if (now - l->last_progress >= 100 || now < l->last_progress) {
        loop_show_frame(l);
        l->last_progress = now;
    }
    while (!l->quit && l->console->ops->pending(l->console)) {
        l->console->ops->read(l->console, 0, &e);
        if (e.kind == EVENT_KEY || e.kind == EVENT_PASTE) l->last_key = now;
        if (e.kind == EVENT_KEY && e.key == K_ESC) return true;
        if (e.kind != EVENT_KEY && e.kind != EVENT_PASTE) dispatch(l, &e);
    }
    return l->quit;
}
