/* scr_cover.c — over a restricted case that nobody touched for two minutes (access.md): one line, and nothing of the case. Enter takes it
** away; it is no lock, which comes as everywhere a few minutes later. */
#include "access.h"

enum { DO_SHOW = 1 };
static const Action cover_actions[] = {
    { DO_SHOW, "show", "show", "Show again what was on the screen.", "Enter", 0 },
    { 0 },
};

static React cover_event(Screen *self, const Event *e)
{
    return e->kind == EVENT_KEY && e->key == K_ENTER ? REACT_UNUSED : REACT_REDRAW; /* no other key does anything */
}

static React cover_act(Screen *self, int action)
{
    return REACT_POP | REACT_REPAINT;
}

static void cover_draw(Screen *self, View v)
{
    const Session *s = app_session(app_of(self));
    int top = v.rows / 2 - 2, left = v.cols > 68 ? v.cols / 2 - 32 : 2;
    View box = view_part(v, top, left, 5, 64);

    view_text(box, 0, 0, STYLE_WARNING, RESTRICTED_WORD);
    view_text(box, 1, 0, STYLE_NORMAL, "Hidden, because nobody pressed a key for two minutes.");
    if (s) view_textf(box, 2, 0, STYLE_MUTED, "%s %s", s->name, s->warrant);
    view_text(box, 4, 0, STYLE_MUTED, "Enter shows it again.");
}

const ScreenClass scr_cover = {
    .name = "cover",
    .actions = cover_actions,
    .bare = true,
    .event = cover_event,
    .act = cover_act,
    .draw = cover_draw,
};
