/* form.c — the fields of a form and what stands in them. Values go in and out as text in one spelling (codes, ISO times);
** what was typed is kept as typed until it is understood. What a field means is the screen's business. */
#include "base/crypto.h"
#include "base/mem.h"
#include "form_in.h"
#include <stdio.h>
#include <string.h>

static const FormChoice yes_no[] = { { "yes", "yes" }, { "no", "no" } };
static const FormChoice ticks[] = { { "yes", "yes" }, { "no", "no" }, { "na", "n/a" } };

bool input_has_value(const Input *in)
{
    return in->f.kind != FORM_HEADING && in->f.kind != FORM_NOTE && in->f.kind != FORM_BUTTON;
}

bool input_can_focus(const Input *in)
{
    return (input_has_value(in) || in->f.kind == FORM_BUTTON) && in->shown && !in->f.read_only;
}

bool input_typed_kind(FormKind k)
{
    return k == FORM_LINE || k == FORM_TEXT || k == FORM_SECRET || k == FORM_NUMBER || k == FORM_TIME || k == FORM_DATE;
}

const FormChoice *input_choices(const Input *in, size_t *n)
{
    switch (in->f.kind) {
    case FORM_YESNO: *n = ARRAY_LEN(yes_no); return yes_no;
    case FORM_TICK: *n = ARRAY_LEN(ticks); return ticks;
    default: *n = in->f.n_choices; return in->f.choices;
    }
}

/* --- life ------------------------------------------------------------------------------- */

static void copy_field(Arena *a, FormField *to, const FormField *from)
{
    *to = *from;
    to->name = arena_dup(a, from->name ? from->name : "");
    to->label = arena_dup(a, from->label ? from->label : "");
    to->help = arena_dup(a, from->help);
    to->value = NULL;
    to->hint = arena_dup(a, from->hint);
    FormChoice *choices = arena_zero(a, from->n_choices + 1, sizeof *choices);
    for (size_t i = 0; i < from->n_choices; i++) {
        choices[i].code = arena_dup(a, from->choices[i].code);
        choices[i].words = arena_dup(a, from->choices[i].words ? from->choices[i].words : from->choices[i].code);
    }
    to->choices = choices;
}

static Editor *make_editor(const FormField *f)
{
    EditorOptions o = { .lines = f->kind == FORM_TEXT, .secret = f->kind == FORM_SECRET, .limit = f->limit };
    o.read_only = f->read_only;
    if (f->kind == FORM_TIME || f->kind == FORM_DATE || f->kind == FORM_NUMBER) o.limit = 40;
    return editor_new(o);
}

static void start_input(Form *f, Input *in, const FormField *field)
{
    copy_field(f->arena, &in->f, field);
    in->shown = true;
    in->choice = -1;
    in->time = TIME_NONE;
    if (input_typed_kind(field->kind)) in->editor = make_editor(field);
    if (field->kind == FORM_MANY) in->picked = arena_zero(f->arena, field->n_choices + 1, sizeof(bool));
    input_put(f, in, field->value ? field->value : "");
    in->kept = mem_dup(input_value(f, in));
}

Form *form_new(const FormField *fields, size_t n, Time now)
{
    Form *f = mem_new(sizeof *f);
    f->arena = arena_new_secret();
    f->inputs = mem_new((n + 1) * sizeof *f->inputs);
    f->n = n;
    f->now = now;
    f->offer = -1;
    for (size_t i = 0; i < n; i++) start_input(f, &f->inputs[i], &fields[i]);
    for (f->at = 0; f->at < n && !input_can_focus(&f->inputs[f->at]);) f->at++;
    return f;
}

static void wipe(char *s)
{
    if (s) crypto_wipe(s, strlen(s));
    mem_free(s);
}

static void finish_input(Input *in)
{
    editor_free(&in->editor);
    if (in->value.s) crypto_wipe(in->value.s, in->value.cap);
    str_finish(&in->value);
    wipe(in->kept);
    wipe(in->time_text);
    wipe(in->error);
    wipe(in->note);
}

void form_free(Form **at)
{
    if (!at || !*at) return;
    Form *f = *at;
    form_offer(f, NULL, 0);
    for (size_t i = 0; i < f->n; i++) finish_input(&f->inputs[i]);
    mem_free(f->inputs);
    str_finish(&f->ahead);
    arena_free(&f->arena);
    mem_free(f);
    *at = NULL;
}

void form_set_now(Form *f, Time now)
{
    f->now = now;
}

void form_set_part(Form *f)
{
    f->part = true;
}

FormPast form_past(const Form *f)
{
    return f->past;
}

Input *form_find(const Form *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->inputs[i].f.name, name)) return &f->inputs[i];
    return NULL;
}

Input *form_here(const Form *f)
{
    return f->at < f->n ? &f->inputs[f->at] : NULL;
}

bool form_has(const Form *f, const char *name)
{
    return form_find(f, name) != NULL;
}

/* --- times -------------------------------------------------------------------------------- */

static void date_text(Date d, char out[CIVIL_TEXT])
{
    civil_words_date(d, out);
}

static void time_text(Time t, char out[CIVIL_TEXT * 2])
{
    char day[CIVIL_TEXT], clock[CIVIL_TEXT];
    snprintf(out, CIVIL_TEXT * 2, "%s %s", civil_words_date(civil_local_date(t), day), civil_words_clock(t, clock));
}

/* The time that stands in the field; remembered together with its text, because "yesterday" moves. */
static bool read_time(Form *f, Input *in, Err *err)
{
    char *s = editor_text(in->editor);
    bool ok = str_eq(s, in->time_text);
    Time t = in->time;
    if (!ok && (in->f.ahead ? civil_parse_coming : civil_parse_typed)(s, f->now, &t, err)) {
        wipe(in->time_text);
        in->time_text = mem_dup(s);
        in->time = t;
        ok = true;
    }
    wipe(s);
    return ok;
}

static void put_time(Input *in, Time t)
{
    char text[CIVIL_TEXT * 2];
    time_text(t, text);
    editor_set(in->editor, text);
    wipe(in->time_text);
    in->time_text = mem_dup(text);
    in->time = t;
}

bool input_understood(Form *f, Input *in, Err *err)
{
    if (in->f.kind != FORM_TIME && in->f.kind != FORM_DATE && in->f.kind != FORM_NUMBER) return true;
    if (editor_empty(in->editor)) return true;
    if (in->f.kind == FORM_TIME) return read_time(f, in, err);
    Date d = DATE_NONE;
    char *s = editor_text(in->editor);
    size_t sign = s[0] == '-', digits = strspn(s + sign, "0123456789");
    bool ok =
        in->f.kind == FORM_DATE ? civil_parse_typed_date(s, f->now, &d, err) : digits > 0 && s[sign + digits] == '\0';
    if (!ok && in->f.kind == FORM_NUMBER) err_set(err, ERR_INVALID, "", "This must be a number, like 3.");
    wipe(s);
    return ok;
}

void input_settle(Form *f, Input *in)
{
    char text[CIVIL_TEXT];
    Err err = { 0 };
    in->open = false;
    if (!in->editor || editor_empty(in->editor)) return;
    if (!input_understood(f, in, &err)) {
        form_set_error(f, in->f.name, err.text);
    } else if (in->f.kind == FORM_TIME) {
        put_time(in, in->time);
    } else if (in->f.kind == FORM_DATE) {
        Date d = DATE_NONE;
        char *s = editor_text(in->editor);
        if (civil_parse_typed_date(s, f->now, &d, NULL)) {
            date_text(d, text);
            editor_set(in->editor, text);
        }
        wipe(s);
    }
}

/* --- values ---------------------------------------------------------------------------------- */

static void add_many(const Input *in, Str *out)
{
    for (size_t i = 0; i < in->f.n_choices; i++)
        if (in->picked[i]) str_addf(out, "%s%s", out->n ? "," : "", in->f.choices[i].code);
}

static void add_editor(Form *f, Input *in, Str *out)
{
    char text[CIVIL_TEXT];
    char *s = editor_text(in->editor);
    Date d = DATE_NONE;
    if (*s && in->f.kind == FORM_TIME && read_time(f, in, NULL))
        str_add(out, civil_format_time(in->time, text));
    else if (*s && in->f.kind == FORM_DATE && civil_parse_typed_date(s, f->now, &d, NULL))
        str_add(out, civil_format_date(d, text));
    else
        str_add(out, s);
    wipe(s);
}

const char *input_value(Form *f, Input *in)
{
    size_t n = 0;
    if (in->value.s) crypto_wipe(in->value.s, in->value.n);
    str_clear(&in->value);
    const FormChoice *choices = input_choices(in, &n);
    if (in->editor)
        add_editor(f, in, &in->value);
    else if (in->picked)
        add_many(in, &in->value);
    else if (in->choice >= 0 && (size_t)in->choice < n)
        str_add(&in->value, choices[in->choice].code);
    return str_text(&in->value);
}

bool input_empty(const Input *in)
{
    if (in->editor) return editor_empty(in->editor);
    for (size_t i = 0; in->picked && i < in->f.n_choices; i++)
        if (in->picked[i]) return false;
    return in->picked || in->choice < 0;
}

static bool listed(const char *codes, const char *code)
{
    size_t n = strlen(code);
    for (const char *p = codes; *p; p += strspn(p, ",")) {
        size_t len = strcspn(p, ",");
        if (len == n && memcmp(p, code, n) == 0) return true;
        p += len;
    }
    return false;
}

static void put_typed(Input *in, const char *value)
{
    Time t = TIME_NONE;
    Date d = DATE_NONE;
    char text[CIVIL_TEXT];
    if (in->f.kind == FORM_TIME && civil_parse_time(value, &t, NULL)) {
        put_time(in, t);
    } else if (in->f.kind == FORM_DATE && civil_parse_date(value, &d, NULL)) {
        date_text(d, text);
        editor_set(in->editor, text);
    } else {
        editor_set(in->editor, value);
    }
}

void input_put(Form *f, Input *in, const char *value)
{
    size_t n = 0;
    const FormChoice *choices = input_choices(in, &n);
    if (in->editor) put_typed(in, value);
    for (size_t i = 0; in->picked && i < n; i++) in->picked[i] = listed(value, choices[i].code);
    if (in->f.kind != FORM_CHOICE && in->f.kind != FORM_YESNO && in->f.kind != FORM_TICK) return;
    in->choice = -1;
    for (size_t i = 0; i < n; i++)
        if (str_eq(choices[i].code, value)) in->choice = (int)i;
}

void input_touch(Input *in)
{
    in->touched = true;
    wipe(in->error);
    in->error = NULL;
}

static void keep(Form *f, Input *in)
{
    wipe(in->kept);
    in->kept = mem_dup(input_value(f, in));
    in->touched = false;
}

void form_set(Form *f, const char *name, const char *value)
{
    Input *in = form_find(f, name);
    if (!in || !input_has_value(in)) return;
    input_put(f, in, value ? value : "");
    keep(f, in);
}

void form_put(Form *f, const char *name, const char *value)
{
    Input *in = form_find(f, name);
    if (!in || !input_has_value(in)) return;
    input_put(f, in, value ? value : "");
    input_touch(in);
}

const char *form_value(Form *f, const char *name)
{
    Input *in = form_find(f, name);
    return in && input_has_value(in) ? input_value(f, in) : "";
}

bool form_changed(const Form *f)
{
    for (size_t i = 0; i < f->n; i++) {
        Input *in = &f->inputs[i];
        if (in->touched && !str_eq(input_value((Form *)(uintptr_t)f, in), in->kept)) return true;
    }
    return false;
}

void form_keep(Form *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (input_has_value(&f->inputs[i])) keep(f, &f->inputs[i]);
}
