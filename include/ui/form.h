/* form.h — an entry form: fields described by rows, values in and out as text. Headless, and
** without any idea what the
** fields mean. Saving is always possible; what is missing or wrong is said under the field.
**
** Tab Shift-Tab Enter (next; in long text a new line), Up Down leave a field at its edge, PgUp PgDn
** by section,
** Ctrl-G next unanswered required one, F10 or Ctrl-S save, Esc leave, F1 help of the field. */
#ifndef UI_FORM_H
#define UI_FORM_H

#include "base/civil.h"
#include "ui/event.h"
#include "ui/grid.h"

typedef enum FormKind {
    FORM_LINE,    /* one line of text                                    */
    FORM_TEXT,    /* a long text                                         */
    FORM_SECRET,  /* a password                                          */
    FORM_NUMBER,  /* digits, a minus                                     */
    FORM_CHOICE,  /* one of `choices`; value is its code                 */
    FORM_MANY,    /* some of `choices`; value is codes with commas, in the order of `choices` */
    FORM_YESNO,   /* "yes", "no", ""                                     */
    FORM_TICK,    /* "yes", "no", "na", "": a line of a checklist, ticked in front of its label. Space goes round; y n a tick and go on */
    FORM_TIME,    /* typed the officers' way; value 2010-02-01T22:14:00Z */
    FORM_DATE,    /* typed likewise; value 2010-02-01                    */
    FORM_HEADING, /* begins a section; holds no value                    */
    FORM_NOTE,    /* words only                                          */
    FORM_BUTTON   /* something to do at that place ("Add a child"); Space does it: FORM_PICKED. No value */
} FormKind;

typedef struct FormChoice {
    const char *code, *words;
} FormChoice;

typedef struct FormField { /* copied by form_new, deeply */
    const char *name;      /* "incident.place"; unique but for headings and notes */
    const char *label;
    const char *help; /* may be NULL */
    FormKind kind;
    bool required;
    bool read_only;
    size_t limit; /* characters; 0: the editor's own limit */
    int rows;     /* of a long text on the screen; 0: 6. In a part it grows with what is written */
    const FormChoice *choices;
    size_t n_choices;
    const char *value; /* to begin with; NULL: empty */
    const char *hint;  /* FORM_CHOICE: said in the field while it is closed; NULL: that Space opens the list */
    bool ahead;        /* FORM_TIME: a moment to come is meant */
} FormField;

typedef enum FormResult {
    FORM_UNUSED,
    FORM_MOVED,   /* focus or cursor moved                  */
    FORM_CHANGED, /* the value of form_focused() changed    */
    FORM_PICKED,  /* one of the offers was taken: form_picked(); or a button was pressed */
    FORM_SAVE,    /* F10 or Ctrl-S                          */
    FORM_LEAVE    /* Esc; the screen asks if form_changed() */
} FormResult;

typedef struct Form Form;
Form *form_new(const FormField *fields, size_t n, Time now); /* now: for typed times */
void form_free(Form **f);
void form_set_now(Form *f, Time now);

/* --- values ------------------------------------------------------------------------ */
void form_set(Form *f, const char *name, const char *value); /* does not count as a change by the officer */
void form_put(Form *f, const char *name, const char *value); /* as if the officer had typed it */
/* NFC; "" when empty; for a time that cannot be understood the text as typed. Lives until the next
** call of the form. */
const char *form_value(Form *f, const char *name);
bool form_has(const Form *f, const char *name);
bool form_changed(const Form *f);
void form_keep(Form *f); /* what is there now counts as saved */
/* All values, and what is typed, as one JSON text (malloc'd; wipe it): for drafts. Names it does
** not know are
** skipped in restoring; fields missing in the text are left alone. */
char *form_save(Form *f);
bool form_restore(Form *f, const char *json, Err *err);

/* --- what is missing or wrong ---------------------------------------------------------- */
size_t form_missing(Form *f); /* required, shown and unanswered */
/* Read every field: times that cannot be understood get an error under them. With `all`, unanswered
** required ones as well.
** False: err is the first, and it has the focus. */
bool form_check(Form *f, bool all, Err *err);
void form_set_error(
    Form *f, const char *name, const char *sentence); /* NULL clears; also gone when the field changes */
/* A remark beside the field (from the rules) that stays until replaced; NULL clears. */
void form_set_note(Form *f, const char *name, Style style, const char *sentence);
void form_require(Form *f, const char *name, bool required);
void form_show(Form *f, const char *name, bool shown); /* a hidden field keeps its value */

/* --- focus ------------------------------------------------------------------------------ */
const char *form_focused(const Form *f); /* "" when there is no field */
bool form_focus(Form *f, const char *name);
/* In the long text that has the focus, behind the next place of the words; from its start, or from the cursor. */
bool form_find_text(Form *f, const char *words, bool from_start);
bool form_next_missing(Form *f);        /* false when nothing is missing */
bool form_typing(const Form *f);        /* letters type now */
const char *form_notice(const Form *f); /* from the editor: what was refused */
/* Sections: 0 is what stands before the first heading (if anything does). */
size_t form_sections(const Form *f);
const char *form_section_title(const Form *f, size_t i);
size_t form_section_missing(Form *f, size_t i);
size_t form_section_answered(Form *f, size_t i);
size_t form_section_now(const Form *f);
void form_section_go(Form *f, size_t i);

/* Suggestions for the focused text field (people found while a name is typed); copied. Down goes
** into them, Enter picks:
** the form then returns FORM_PICKED and leaves the value to the screen. They vanish when the focus
** moves; n = 0 clears. */
void form_offer(Form *f, const char *const *lines, size_t n);
size_t form_picked(const Form *f);

/* A part of a longer form, of which the caller shows one part at a time: PgUp and PgDn leave it, and so do the moves past its
** first and last field. form_past tells of the last event; FORM_MOVED is what the event returned. */
typedef enum FormPast {
    FORM_PAST_NOT,
    FORM_PAST_START, /* Up or Shift-Tab on the first field */
    FORM_PAST_END,   /* Enter, Tab or Down on the last one */
    FORM_PAST_BACK,  /* PgUp */
    FORM_PAST_ON     /* PgDn */
} FormPast;
void form_set_part(Form *f);
FormPast form_past(const Form *f);
void form_to_start(Form *f); /* the first field that can be stood on */
void form_to_last(Form *f);

FormResult form_event(Form *f, const Event *e);
void form_draw(Form *f, View v, bool focus); /* scrolls so that the focused field is seen */

#endif
