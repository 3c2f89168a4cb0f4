/* form_keys.c — what keys do in a form: first the field, then what moves between fields. Letters choose in a choice, arrows
** that would change a value by passing are never used for it: Up and Down only leave, or move in a list that was opened. */
#include "base/mem.h"
#include "base/utf8.h"
#include "form_in.h"
#include <stdio.h>
#include <string.h>

static FormResult changed(Input *in)
{
    input_touch(in);
    return FORM_CHANGED;
}

/* --- choices -------------------------------------------------------------------------- */

/* The first choice of which a word begins with the letters typed so far. */
static int find_choice(const Input *in, const char *typed)
{
    size_t n = 0;
    const FormChoice *choices = input_choices(in, &n);
    int word_hit = -1;
    for (size_t i = 0; i < n; i++) {
        char *words = utf8_fold(choices[i].words);
        const char *hit = words ? strstr(words, typed) : NULL;
        bool start = hit == words && hit, word = hit && hit != words && strchr(" -(/,", hit[-1]);
        mem_free(words);
        if (start) return (int)i;
        if (word && word_hit < 0) word_hit = (int)i;
    }
    return word_hit;
}

/* Letters run together while they fit; one that does not begins anew. */
static int type_ahead(Form *f, const Input *in, Key k)
{
    char letter[5] = "";
    utf8_encode(k, letter);
    str_add(&f->ahead, letter);
    char *typed = utf8_fold(str_text(&f->ahead));
    int i = typed ? find_choice(in, typed) : -1;
    mem_free(typed);
    if (i >= 0 || f->ahead.n == strlen(letter)) return i;
    str_clear(&f->ahead);
    return type_ahead(f, in, k);
}

static FormResult choose(Form *f, Input *in, int i)
{
    if (i == in->choice) return FORM_MOVED;
    in->choice = i;
    return changed(in);
}

static FormResult take_row(Form *f, Input *in)
{
    in->open = false;
    return choose(f, in, in->at);
}

static FormResult open_list_key(Form *f, Input *in, Key k)
{
    int last = (int)in->f.n_choices - 1;
    switch (k) {
    case K_UP: in->at -= in->at > 0; return FORM_MOVED;
    case K_DOWN: in->at += in->at < last; return FORM_MOVED;
    case K_HOME: in->at = 0; return FORM_MOVED;
    case K_END: in->at = last; return FORM_MOVED;
    case K_PAGE_UP: in->at = in->at > 7 ? in->at - 7 : 0; return FORM_MOVED;
    case K_PAGE_DOWN: in->at = in->at + 7 < last ? in->at + 7 : last; return FORM_MOVED;
    case K_ESC: in->open = false; return FORM_MOVED;
    case K_TAB:
    case K_ENTER: return take_row(f, in);
    default: break;
    }
    if (k == ' ' && f->ahead.n == 0) return take_row(f, in);
    if (!key_is_text(k)) return FORM_UNUSED;
    int i = type_ahead(f, in, k);
    if (i >= 0) in->at = i;
    return FORM_MOVED;
}

static FormResult choice_key(Form *f, Input *in, Key k)
{
    size_t n = 0;
    input_choices(in, &n);
    if (n == 0) return FORM_UNUSED;
    if (in->open) return open_list_key(f, in, k);
    switch (k) {
    case K_LEFT: return choose(f, in, in->choice > 0 ? in->choice - 1 : 0);
    case K_RIGHT: return choose(f, in, in->choice + 1 < (int)n ? in->choice + 1 : in->choice);
    case K_DELETE:
    case K_BACKSPACE: str_clear(&f->ahead); return choose(f, in, -1);
    default: break;
    }
    if (k == ' ' && f->ahead.n == 0) {
        in->at = in->choice > 0 ? in->choice : 0;
        in->open = in->f.kind == FORM_CHOICE;
        return FORM_MOVED;
    }
    if (!key_is_text(k)) return FORM_UNUSED;
    int i = type_ahead(f, in, k);
    return i >= 0 ? choose(f, in, i) : FORM_MOVED;
}

/* Nothing is ticked by passing over it: arrows only leave. */
static FormResult tick_key(Form *f, Input *in, Key k)
{
    static const char letters[] = "yna";
    size_t n = 0;
    input_choices(in, &n);
    if (k == K_DELETE || k == K_BACKSPACE) return choose(f, in, -1);
    if (k == ' ') return choose(f, in, in->choice + 1 < (int)n ? in->choice + 1 : -1);
    for (size_t i = 0; i < n; i++) {
        if (k != (Key)letters[i]) continue;
        FormResult r = choose(f, in, (int)i);
        form_step(f, 1);
        return r;
    }
    return key_is_text(k) ? FORM_MOVED : FORM_UNUSED;
}

static FormResult many_key(Form *f, Input *in, Key k)
{
    int last = (int)in->f.n_choices - 1;
    if (last < 0) return FORM_UNUSED;
    switch (k) {
    case K_UP: return in->at > 0 ? (in->at--, FORM_MOVED) : FORM_UNUSED;
    case K_DOWN: return in->at < last ? (in->at++, FORM_MOVED) : FORM_UNUSED;
    case K_LEFT: in->at -= in->at >= in->many_rows ? in->many_rows : 0; return FORM_MOVED;
    case K_RIGHT: in->at += in->at + in->many_rows <= last ? in->many_rows : 0; return FORM_MOVED;
    case ' ':
        str_clear(&f->ahead);
        in->picked[in->at] = !in->picked[in->at];
        return changed(in);
    default: break;
    }
    if (!key_is_text(k)) return FORM_UNUSED;
    int i = type_ahead(f, in, k);
    if (i >= 0) in->at = i;
    return FORM_MOVED;
}

/* --- typed fields -------------------------------------------------------------------------- */

static FormResult offer_key(Form *f, const Event *e)
{
    if (e->kind != EVENT_KEY || f->n_offers == 0) return FORM_UNUSED;
    switch (e->key) {
    case K_DOWN:
        if (f->offer + 1 < (int)f->n_offers) f->offer++;
        return FORM_MOVED;
    case K_UP:
        if (f->offer < 0) return FORM_UNUSED;
        f->offer--;
        return FORM_MOVED;
    case K_ESC: form_offer(f, NULL, 0); return FORM_MOVED;
    case K_ENTER:
        if (f->offer < 0) return FORM_UNUSED;
        f->picked = (size_t)f->offer;
        form_offer(f, NULL, 0);
        return FORM_PICKED;
    default: f->offer = -1; return FORM_UNUSED;
    }
}

static bool number_refuses(Form *f, const Input *in, const Event *e)
{
    bool digit = e->key == '-' || (e->key >= '0' && e->key <= '9');
    if (in->f.kind != FORM_NUMBER || e->kind != EVENT_KEY || !key_is_text(e->key) || digit) return false;
    snprintf(f->notice, sizeof f->notice, "Only digits belong here.");
    return true;
}

static FormResult editor_key(Form *f, Input *in, const Event *e)
{
    FormResult r = offer_key(f, e);
    if (r != FORM_UNUSED) return r;
    if (number_refuses(f, in, e)) return FORM_MOVED;
    bool leaves =
        e->kind == EVENT_KEY && (((e->key == K_UP || e->key == K_PAGE_UP) && editor_at_first_row(in->editor)) ||
                                    ((e->key == K_DOWN || e->key == K_PAGE_DOWN) && editor_at_last_row(in->editor)));
    if (leaves) return FORM_UNUSED;
    switch (editor_event(in->editor, e)) {
    case EDITOR_CHANGED:
    case EDITOR_REFUSED: return changed(in);
    case EDITOR_MOVED: return FORM_MOVED;
    case EDITOR_UNUSED: break;
    }
    return FORM_UNUSED;
}

static FormResult button_key(const Event *e)
{
    return e->kind == EVENT_KEY && e->key == ' ' ? FORM_PICKED : FORM_UNUSED;
}

static FormResult field_event(Form *f, Input *in, const Event *e)
{
    if (in->editor) return editor_key(f, in, e);
    if (in->f.kind == FORM_BUTTON) return button_key(e);
    if (e->kind != EVENT_KEY) return FORM_MOVED; /* a paste never chooses */
    if (in->picked) return many_key(f, in, e->key);
    if (in->f.kind == FORM_TICK) return tick_key(f, in, e->key);
    return choice_key(f, in, e->key);
}

/* --- between fields ------------------------------------------------------------------------- */

static FormResult move(Form *f, int by)
{
    if (form_step(f, by)) return FORM_MOVED;
    Input *in = form_here(f);
    if (in) input_settle(f, in);
    f->past = by > 0 ? FORM_PAST_END : FORM_PAST_START;
    return FORM_MOVED;
}

static FormResult leave_part(Form *f, int by)
{
    Input *in = form_here(f);
    if (in) input_settle(f, in);
    f->past = by > 0 ? FORM_PAST_ON : FORM_PAST_BACK;
    return FORM_MOVED;
}

static FormResult by_section(Form *f, int by)
{
    if (f->part) return leave_part(f, by);
    size_t now = form_section_now(f), n = form_sections(f), was = f->at;
    for (size_t s = now + (size_t)(long)by; s < n && f->at == was; s += (size_t)(long)by) form_section_go(f, s);
    return FORM_MOVED;
}

static FormResult save(Form *f)
{
    Input *in = form_here(f);
    if (in) input_settle(f, in);
    return FORM_SAVE;
}

static FormResult help(Form *f)
{
    const Input *in = form_here(f);
    if (!in || !in->f.help || f->help) return FORM_UNUSED; /* a second F1 is the list of keys */
    f->help = true;
    return FORM_MOVED;
}

static FormResult next_missing(Form *f)
{
    if (!form_next_missing(f)) snprintf(f->notice, sizeof f->notice, "Nothing that is needed is missing.");
    return FORM_MOVED;
}

static FormResult form_level_key(Form *f, Key k)
{
    switch (k) {
    case K_TAB:
    case K_ENTER:
    case K_DOWN: return move(f, 1);
    case K_BACKTAB:
    case K_UP: return move(f, -1);
    case K_PAGE_UP: return by_section(f, -1);
    case K_PAGE_DOWN: return by_section(f, 1);
    case CTRL_KEY('g'): return next_missing(f);
    case CTRL_KEY('s'):
    case K_F(10): return save(f);
    case K_F(1): return help(f);
    case K_F(12):
    case K_ESC: return FORM_LEAVE;
    default: return FORM_UNUSED;
    }
}

FormResult form_event(Form *f, const Event *e)
{
    Input *in = form_here(f);
    if (e->kind != EVENT_KEY && e->kind != EVENT_PASTE) return FORM_UNUSED;
    f->notice[0] = '\0';
    f->past = FORM_PAST_NOT;
    FormResult r = in ? field_event(f, in, e) : FORM_UNUSED;
    if (r != FORM_UNUSED) return r;
    return e->kind == EVENT_KEY ? form_level_key(f, e->key) : FORM_UNUSED;
}
