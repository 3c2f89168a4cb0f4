/* form_in.h — the inside of the entry form, for its files: form.c (fields and values), form_check.c (what is missing or
** wrong, sections), form_keys.c (events), form_draw.c, form_draft.c. */
#ifndef UI_KIT_FORM_IN_H
#define UI_KIT_FORM_IN_H

#include "base/arena.h"
#include "base/str.h"
#include "ui/editor.h"
#include "ui/form.h"

typedef struct Input {
    FormField f;    /* strings in the form's arena */
    Editor *editor; /* kinds that are typed */
    int choice;     /* FORM_CHOICE, FORM_YESNO: index, -1 for none */
    bool *picked;   /* FORM_MANY */
    int at;         /* FORM_MANY: the box one stands on; open list: the row */
    int many_rows;  /* FORM_MANY: boxes in a column, as last drawn */
    bool open;      /* FORM_CHOICE: the list is shown */
    Time time;      /* FORM_TIME: what `time_text` was understood to be, so that "yesterday" stays that day */
    char *time_text;
    bool shown, touched;
    Str value;  /* what form_value lends */
    char *kept; /* the value that counts as saved */
    char *error, *note;
    Style note_style;
} Input;

struct Form {
    Arena *arena;
    Input *inputs;
    size_t n;
    Time now;
    size_t at; /* focused input; n when there is none */
    int top;   /* row of the form at the top of the view */
    int page;
    bool help; /* F1: the focused field's help is shown */
    Str ahead; /* letters typed to find a choice */
    char **offers;
    size_t n_offers;
    int offer; /* the one stood on, -1: in the field */
    size_t picked;
    bool part;     /* of a longer form */
    FormPast past; /* what the last event wanted */
    char notice[160];
};

Input *form_find(const Form *f, const char *name);
Input *form_here(const Form *f); /* NULL when nothing has the focus */
bool input_has_value(const Input *in);
bool input_can_focus(const Input *in);
bool input_typed_kind(FormKind k);
const FormChoice *input_choices(const Input *in, size_t *n); /* yes and no for FORM_YESNO */
const char *input_value(Form *f, Input *in);
bool input_empty(const Input *in); /* quick, however long the text is */
void input_put(Form *f, Input *in, const char *value);
void input_settle(Form *f, Input *in); /* the field is left: times are written out */
bool input_understood(Form *f, Input *in, Err *err);
void input_touch(Input *in);                 /* the officer changed it */
bool input_radio(const Input *in, int cols); /* few short choices stand side by side */
void form_move_to(Form *f, size_t i);
bool form_step(Form *f, int by); /* to the next field that can be stood on */

#endif
