/* book_fields.h — one section of a *.form as the kit's Form: its questions, and the rows of its groups with a heading each. */
#ifndef SCREENS_BOOK_FIELDS_H
#define SCREENS_BOOK_FIELDS_H

#include "base/arena.h"
#define Event CaseEvent /* as in screens.h: the kit has events, too */
#include "policy/form_spec.h"
#undef Event
#include "ui/form.h"

/* The fields are named by their paths; a row's heading "#child[0]", the button that adds one "+child". */
Form *book_section_form(const FormSpec *form, const FormSection *section, const Answers *answers, Time now);
/* A short form as one page: every section under its heading. Groups of rows have no place in it and are left out. */
Form *book_list_form(const FormSpec *form, const Answers *answers, Time now);
/* What is asked and what is needed, as the answers stand now. */
void book_section_refresh(Form *f, const FormSpec *form, const FormSection *section, const Answers *answers);

/* Every path of a section in the order of its fields, rows of groups one after another; the caller's arena. */
size_t book_section_paths(
    const FormSpec *form, const FormSection *section, const Answers *answers, Arena *a, const char ***out);

#endif
