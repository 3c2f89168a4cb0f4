/* form_check.c — what is missing or wrong in a form, where its sections are, and where the focus may go. */
#include "base/mem.h"
#include "form_in.h"
#include <stdio.h>
#include <string.h>

static void replace(char **at, const char *text)
{
    mem_free(*at);
    *at = text && *text ? mem_dup(text) : NULL;
}

static bool is_missing(const Input *in)
{
    return in->shown && in->f.required && input_has_value(in) && input_empty(in);
}

size_t form_missing(Form *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) n += is_missing(&f->inputs[i]);
    return n;
}

bool form_check(Form *f, bool all, Err *err)
{
    bool ok = true;
    for (size_t i = 0; i < f->n; i++) {
        Input *in = &f->inputs[i];
        Err one = { 0 };
        if (!in->shown || !input_has_value(in)) continue;
        bool good = input_understood(f, in, &one);
        if (good && all && is_missing(in)) good = err_set(&one, ERR_INVALID, "", "This is needed.");
        if (good) continue;
        replace(&in->error, one.text);
        if (ok) {
            form_move_to(f, i);
            err_set(err, ERR_INVALID, in->f.name, "%.200s: %.300s", in->f.label, one.text);
        }
        ok = false;
    }
    return ok;
}

void form_set_error(Form *f, const char *name, const char *sentence)
{
    Input *in = form_find(f, name);
    if (in) replace(&in->error, sentence);
}

void form_set_note(Form *f, const char *name, Style style, const char *sentence)
{
    Input *in = form_find(f, name);
    if (!in) return;
    replace(&in->note, sentence);
    in->note_style = style;
}

void form_require(Form *f, const char *name, bool required)
{
    Input *in = form_find(f, name);
    if (in) in->f.required = required;
}

void form_show(Form *f, const char *name, bool shown)
{
    Input *in = form_find(f, name);
    if (!in) return;
    in->shown = shown;
    if (!shown && in == form_here(f) && !form_step(f, 1)) form_step(f, -1);
}

const char *form_notice(const Form *f)
{
    const Input *in = form_here(f);
    if (f->notice[0]) return f->notice;
    return in && in->editor ? editor_notice(in->editor) : "";
}

/* --- focus ----------------------------------------------------------------------------------- */

void form_move_to(Form *f, size_t i)
{
    Input *was = form_here(f);
    if (i >= f->n || !input_can_focus(&f->inputs[i]) || i == f->at) return;
    if (was) input_settle(f, was);
    bool back = i < f->at;
    f->at = i;
    f->help = false;
    str_clear(&f->ahead);
    form_offer(f, NULL, 0);
    Input *in = &f->inputs[i];
    if (in->editor && in->f.kind != FORM_TEXT) editor_to_end(in->editor);
    if (in->picked) in->at = back && in->f.n_choices ? (int)in->f.n_choices - 1 : 0;
}

bool form_step(Form *f, int by)
{
    for (size_t i = f->at + (size_t)(long)by; i < f->n; i += (size_t)(long)by) {
        if (!input_can_focus(&f->inputs[i])) continue;
        form_move_to(f, i);
        return true;
    }
    return false;
}

const char *form_focused(const Form *f)
{
    const Input *in = form_here(f);
    return in ? in->f.name : "";
}

bool form_focus(Form *f, const char *name)
{
    Input *in = form_find(f, name);
    if (!in || !input_can_focus(in)) return false;
    form_move_to(f, (size_t)(in - f->inputs));
    return true;
}

void form_to_start(Form *f)
{
    size_t i = 0;
    while (i < f->n && !input_can_focus(&f->inputs[i])) i++;
    form_move_to(f, i);
}

void form_to_last(Form *f)
{
    size_t i = f->n;
    while (i > 0 && !input_can_focus(&f->inputs[i - 1])) i--;
    if (i > 0) form_move_to(f, i - 1);
}

bool form_find_text(Form *f, const char *words, bool from_start)
{
    Input *in = form_here(f);
    if (!in || in->f.kind != FORM_TEXT) return false;
    if (from_start) editor_to_start(in->editor);
    return editor_find(in->editor, words);
}

bool form_next_missing(Form *f)
{
    for (size_t k = 1; k <= f->n; k++) {
        size_t i = (f->at + k) % f->n;
        if (!is_missing(&f->inputs[i]) || !input_can_focus(&f->inputs[i])) continue;
        form_move_to(f, i);
        return true;
    }
    return false;
}

bool form_typing(const Form *f)
{
    return form_here(f) != NULL; /* letters also choose: they are never somebody else's while a field has the focus */
}

void form_offer(Form *f, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < f->n_offers; i++) mem_free(f->offers[i]);
    mem_free(f->offers);
    f->offers = n ? mem_new(n * sizeof *f->offers) : NULL;
    for (size_t i = 0; i < n; i++) f->offers[i] = mem_dup(lines[i]);
    f->n_offers = n;
    f->offer = -1;
}

size_t form_picked(const Form *f)
{
    return f->picked;
}

/* --- sections -------------------------------------------------------------------------------- */

static bool untitled_start(const Form *f)
{
    return f->n > 0 && f->inputs[0].f.kind != FORM_HEADING;
}

size_t form_sections(const Form *f)
{
    size_t n = untitled_start(f);
    for (size_t i = 0; i < f->n; i++) n += f->inputs[i].f.kind == FORM_HEADING;
    return n;
}

/* Inputs [*from, *to) of a section; the heading is the first of them. */
static bool section_range(const Form *f, size_t section, size_t *from, size_t *to)
{
    size_t seen = 0;
    bool found = section == 0 && untitled_start(f);
    *from = 0;
    *to = f->n;
    if (untitled_start(f)) seen = 1;
    for (size_t i = 0; i < f->n; i++) {
        if (f->inputs[i].f.kind != FORM_HEADING) continue;
        if (found) {
            *to = i;
            return true;
        }
        if (seen++ == section) {
            *from = i;
            found = true;
        }
    }
    return found;
}

const char *form_section_title(const Form *f, size_t section)
{
    size_t from = 0, to = 0;
    if (!section_range(f, section, &from, &to)) return "";
    return f->inputs[from].f.kind == FORM_HEADING ? f->inputs[from].f.label : "";
}

size_t form_section_missing(Form *f, size_t section)
{
    size_t from = 0, to = 0, n = 0;
    if (!section_range(f, section, &from, &to)) return 0;
    for (size_t i = from; i < to; i++) n += is_missing(&f->inputs[i]);
    return n;
}

size_t form_section_answered(Form *f, size_t section)
{
    size_t from = 0, to = 0, n = 0;
    if (!section_range(f, section, &from, &to)) return 0;
    for (size_t i = from; i < to; i++)
        n += f->inputs[i].shown && input_has_value(&f->inputs[i]) && !input_empty(&f->inputs[i]);
    return n;
}

size_t form_section_now(const Form *f)
{
    size_t n = 0;
    for (size_t i = 0; i <= f->at && i < f->n; i++) n += f->inputs[i].f.kind == FORM_HEADING;
    return n - (n > 0 && !untitled_start(f));
}

void form_section_go(Form *f, size_t section)
{
    size_t from = 0, to = 0;
    if (!section_range(f, section, &from, &to)) return;
    for (size_t i = from; i < to; i++) {
        if (!input_can_focus(&f->inputs[i])) continue;
        form_move_to(f, i);
        return;
    }
}
