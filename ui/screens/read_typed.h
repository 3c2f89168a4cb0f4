/* read_typed.h — a form whose text is a draft until it is stored: put aside in time (keeping.c), back when the same is begun again. The first member of the state of every screen that uses it. */
#ifndef SCREENS_READ_TYPED_H
#define SCREENS_READ_TYPED_H

#include "screens.h"

typedef struct Typed {
    Form *form;
    char about[200]; /* the draft's name */
    bool f1;         /* the last key was F1: once more lists the keys */
    Keeping keeping;
} Typed;

/* The form's answer to a key, with what every form does besides; the caller acts on FORM_SAVE, FORM_LEAVE and FORM_CHANGED. */
FormResult typed_event(Screen *self, const Event *e, React *react);
void typed_drop(Screen *self);
void typed_bring_back(Screen *self);
/* Keep for later, throw away, go on. */
React typed_leave(Screen *self, const char *title, const char *text, const char *kept);

#endif
