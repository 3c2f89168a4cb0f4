/* form_draft.c — a form as one JSON text and back: what an officer has typed must survive anything. Passwords are never in
** it. Where the text is kept, and sealed, is not known here. */
#include "base/crypto.h"
#include "base/mem.h"
#include "form_in.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Jansson copies every text it holds; while a draft is made its memory is wiped like ours. */
static void add_value(Form *f, Input *in, json_t *values)
{
    json_t *s = json_string(input_value(f, in));
    if (s) json_object_set_new(values, in->f.name, s); /* text that is not UTF-8 was never typed, and is left alone */
}

char *form_save(Form *f)
{
    json_t *values = json_object();
    for (size_t i = 0; i < f->n; i++) {
        Input *in = &f->inputs[i];
        if (input_has_value(in) && in->f.kind != FORM_SECRET) add_value(f, in, values);
    }
    char *made = json_dumps(values, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(values);
    char *text = mem_dup(made ? made : "{}");
    if (made) crypto_wipe(made, strlen(made));
    free(made);
    return text;
}

bool form_restore(Form *f, const char *text, Err *err)
{
    json_error_t e;
    const char *name = NULL;
    json_t *value = NULL, *values = json_loads(text, JSON_REJECT_DUPLICATES, &e);
    if (!json_is_object(values)) {
        json_decref(values);
        return err_set(err, ERR_CORRUPT, "", "The draft cannot be read.");
    }
    json_object_foreach(values, name, value)
    {
        Input *in = form_find(f, name);
        if (!in || !json_is_string(value) || in->f.read_only || in->f.kind == FORM_SECRET) continue;
        form_put(f, name, json_string_value(value));
    }
    json_decref(values);
    return true;
}
