/* entry_fields.c — an entry form out of the catalogue: labels, help, choices and what is required are read
** from the rows of core; here is only what a form adds: which lists are entered by hand, what a field
** starts with, and that the time stands last because it is nearly always now. */
#include "screens.h"
#include "entry_review.h"
#include <stdlib.h>

const CaseListId entry_lists[] = {
    LIST_CONTACTS,
    LIST_REFERENCES,
    LIST_CROSS_REFERENCES,
    LIST_EVENTS,
    LIST_REFERRALS,
    LIST_NOTICES,
    LIST_REVIEWS,
    LIST_STATUS,
    LIST_OFFENCES,
    LIST_FLAGS,
    LIST_OWNERS,
    LIST_REFERRAL_STEPS,
    LIST_TASKS,
    LIST_HEARINGS,
    LIST_ORDERS,
    LIST_BAIL,
    LIST_BREACHES,
    LIST_SAFE_CONTACTS,
    LIST_ATTEMPTS,
    LIST_LINKS,
    LIST_DISPOSALS,
};
const size_t entry_n_lists = ARRAY_LEN(entry_lists);

enum { MOST_FIELDS = 24 };

bool entry_list_known(CaseListId list)
{
    for (size_t i = 0; i < entry_n_lists; i++)
        if (entry_lists[i] == list) return true;
    return list == LIST_HOLDS; /* not in the menu: it is of a duty (hold_ask.c) */
}

const char *entry_list_words(CaseListId list)
{
    return list == LIST_STATUS ? "suspect's status" : case_lists[list].one;
}

const char *entry_words(const EntryAsk *ask)
{
    return ask->facts ? ask->facts->label : entry_list_words(ask->list);
}

/* The rows of the catalogue that a form asks. */
static size_t catalogue(const EntryAsk *ask, const CaseField *out[MOST_FIELDS])
{
    size_t n = 0;

    if (ask->facts) return fact_fields(ask->facts, out);
    for (; n < case_lists[ask->list].n_fields && n < MOST_FIELDS; n++) out[n] = &case_lists[ask->list].fields[n];
    return n;
}

/* The field that is the moment of saving when it stays empty. */
static bool is_moment(const EntryAsk *ask, const CaseField *f)
{
    return ask->facts ? ask->facts->moment && str_eq(ask->facts->moment, f->column) : (f->flags & FIELD_ORDER) != 0;
}

/* What a field starts with when no duty says it. */
static const struct {
    CaseListId list;
    const char *column, *value;
} defaults[] = {
    { LIST_REVIEWS, "outcome", "satisfied" },
    { LIST_CONTACTS, "with", "victim" },
    { LIST_TASKS, "from", "plan" },
};

static bool is_entered(const CaseField *f)
{
    return !(f->flags & FIELD_MADE) && f->kind != FIELD_OFFICER && f->kind != FIELD_JSON && f->kind != FIELD_ANSWERS;
}

/* The value of `name` in "kind=ds-supervision to=merlin", in the arena; NULL when it is not there. */
static const char *preset_value(const char *preset, const CaseField *f, Arena *a)
{
    const char *at = preset ? preset : "";
    size_t path = strlen(f->path), column = strlen(f->column);

    while (*(at += strspn(at, " ,"))) {
        size_t n = strcspn(at, " ,"), name = strcspn(at, "=");
        if (name < n && ((name == path && strncmp(at, f->path, name) == 0) ||
                            (name == column && strncmp(at, f->column, name) == 0)))
            return arena_dup_n(a, at + name + 1, (f->kind == FIELD_CODES ? strcspn(at, " ") : n) - name - 1);
        at += n;
    }
    return NULL;
}

/* What a case has once is said again; a time is not, because it would be typed over. */
static const char *default_value(const App *app, const CaseView *view, const EntryAsk *ask, const CaseField *f, Arena *a)
{
    CaseListId list = ask->list;

    if (ask->facts) return f->kind == FIELD_TIME ? NULL : case_field_text(f, &view->doc, app_vocabs(app), a);
    for (size_t i = 0; i < ARRAY_LEN(defaults); i++)
        if (defaults[i].list == list && str_eq(defaults[i].column, f->column)) return defaults[i].value;
    return NULL;
}

/* A review offers only the kinds this officer may enter; a book is read and signed on its own screen. */
static bool may_choose(const App *app, CaseListId list, const CaseField *f, const char *word)
{
    if (list == LIST_TASKS && f->vocab == VOCAB_TASK_SOURCE) return !str_eq(word, "policy"); /* that is ticked off where it stands */
    if (list != LIST_REVIEWS || f->vocab != VOCAB_REVIEW) return true;
    return app_may_add(app, list, word) && !read_is_reading(word);
}

static void code_choices(FormField *out, const App *app, CaseListId list, const CaseField *f, Arena *a)
{
    const Vocab *vocab = &app_vocabs(app)->of[f->vocab];
    FormChoice *choices = arena_alloc(a, vocab->n * sizeof *choices);
    size_t n = 0;

    for (size_t i = 0; i < vocab->n; i++)
        if (out->read_only ? str_eq(vocab->words[i].word, out->value) : may_choose(app, list, f, vocab->words[i].word))
            choices[n++] = (FormChoice){ .code = vocab->words[i].word, .words = vocab->words[i].label };
    if (f->kind == FIELD_CODE) out->kind = FORM_CHOICE;
    out->choices = choices;
    out->n_choices = n;
}

/* `only`: of that role; CODE_NONE for everybody. */
static void person_choices(FormField *out, const App *app, const CaseDoc *doc, Code only, Arena *a)
{
    FormChoice *choices = arena_alloc(a, (doc->n_people + 1) * sizeof *choices);

    for (size_t i = 0; i < doc->n_people; i++) {
        const Person *p = &doc->people[i];
        if (only && p->role != only) continue;
        choices[out->n_choices].code = p->key;
        choices[out->n_choices++].words =
            arena_printf(a, "%s, %s", person_name(p, a), vocab_label(app_vocabs(app), VOCAB_PERSON_ROLE, p->role));
    }
    out->kind = FORM_CHOICE;
    out->choices = choices;
}

static FormField form_field(
    const App *app, const CaseView *view, const EntryAsk *ask, const CaseField *f, int rows, Arena *a)
{
    static const FormKind kinds[] = {
        [FIELD_TEXT] = FORM_LINE,
        [FIELD_LONG] = FORM_TEXT,
        [FIELD_TIME] = FORM_TIME,
        [FIELD_DATE] = FORM_DATE,
        [FIELD_CODE] = FORM_CHOICE,
        [FIELD_CODES] = FORM_MANY,
        [FIELD_YES] = FORM_YESNO,
        [FIELD_OFFICER] = FORM_LINE,
        [FIELD_PERSON] = FORM_CHOICE,
        [FIELD_JSON] = FORM_NOTE,
        [FIELD_ANSWERS] = FORM_NOTE,
    };
    const char *given = preset_value(ask->preset, f, a);
    FormField out = {
        .name = f->column,
        .label = f->label,
        .help = f->help,
        .kind = kinds[f->kind],
        .required = (f->flags & (FIELD_REQUIRED | FIELD_ORDER)) == FIELD_REQUIRED || (ask->facts && fact_must(ask->facts, f)),
        .rows = rows,
        .value = given ? given : default_value(app, view, ask, f, a),
        .ahead = (f->flags & FIELD_AHEAD) != 0,
        .read_only = given && ask->duty &&
                     ((f->vocab == VOCAB_REVIEW && f->kind == FIELD_CODE) || (ask->list == LIST_HOLDS && str_eq(f->column, "duty"))),
    };

    if (f->kind == FIELD_CODE || f->kind == FIELD_CODES) code_choices(&out, app, ask->list, f, a);
    if (f->kind == FIELD_PERSON) person_choices(&out, app, &view->doc, CODE_NONE, a);
    if (f->kind == FIELD_YES && !out.value) out.value = "no";
    if (f->kind == FIELD_LONG && ask->list == LIST_REVIEWS) out.required = true; /* a review says what was looked at */
    return out;
}

/* A status belongs to a person: the form asks whose. */
static FormField whose_field(const App *app, const CaseDoc *doc, Arena *a)
{
    FormField out = {
        .name = "person", .label = "Whose", .required = true, .help = "The suspect whose status this is."
    };

    person_choices(&out, app, doc, vocab_code(app_vocabs(app), VOCAB_PERSON_ROLE, "suspect"), a);
    if (out.n_choices == 1) out.value = out.choices[0].code;
    return out;
}

static const char moment_note[] = "Empty: the moment of saving. Or 0415, yesterday 2310, mon 0900, 1/2 2310.";

Form *entry_form(const App *app, const CaseView *view, const EntryAsk *ask, const char *kind, int rows, ReviewPart *part, Arena *a)
{
    const CaseField *rows_of[MOST_FIELDS];
    size_t all = catalogue(ask, rows_of), n = 0;
    FormField fields[MOST_FIELDS + 1 + REVIEW_FIELDS];
    bool review = ask->list == LIST_REVIEWS;
    Form *form;

    if (ask->list == LIST_STATUS) fields[n++] = whose_field(app, &view->doc, a);
    for (int last = 0; last <= 1; last++) {
        if (last && review && *kind) n += review_fields(app, &view->doc, kind, part, fields + n, a);
        for (size_t i = 0; i < all; i++)
            if (is_entered(rows_of[i]) && is_moment(ask, rows_of[i]) == (last == 1))
                fields[n++] = form_field(app, view, ask, rows_of[i], rows, a);
    }
    form = form_new(fields, n, app_now(app));
    if (ask->list == LIST_REFERENCES && !ask->facts) form_show(form, "unusual", app_may_quietly(app, PERM_REFERENCE_UNUSUAL));
    if (review && *kind) review_form_ready(form, part);
    if (review && ask->duty) form_show(form, "kind", false); /* the title says it */
    for (size_t i = 0; i < all; i++)
        if (rows_of[i]->flags & FIELD_AHEAD)
            form_set_note(form, rows_of[i]->column, STYLE_MUTED, "To come: fri 1700, tomorrow 0900, 1/7/2010 1200.");
        else if (is_moment(ask, rows_of[i]))
            form_set_note(form, rows_of[i]->column, STYLE_MUTED, moment_note);
    return form;
}

/* Of a disposal: what its kind asks has its star, and the event that it is of offers its time. */
void entry_form_follow(Form *f, const App *app, const CaseView *view, const EntryAsk *ask, char offered[120], Arena *a)
{
    static const char *const asked[] = { "admission", "counted", "reason", "text" };
    const Vocabs *v = app_vocabs(app);
    char about[80], words[CIVIL_TEXT], time[CIVIL_TEXT] = "";
    size_t n = strcspn(offered, "|");
    const CaseEvent *e;
    Code kind;

    if (ask->facts || ask->list != LIST_DISPOSALS) return;
    kind = vocab_code(v, VOCAB_DISPOSAL, form_value(f, "kind"));
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) form_require(f, asked[i], disposal_needs(v, kind, asked[i]));
    snprintf(about, sizeof about, "%.30s %.40s", vocab_word(v, VOCAB_DISPOSAL, kind), form_value(f, "person"));
    if (strlen(about) == n && strncmp(about, offered, n) == 0) return;
    e = disposal_event(&view->doc, v, kind, form_value(f, "person"));
    if (e) civil_format_time(e->at, time);
    if (!*form_value(f, "at") || str_eq(form_value(f, "at"), offered + n + (offered[n] == '|'))) form_put(f, "at", time);
    snprintf(offered, 120, "%s|%s", about, time);
    if (!e)
        form_set_note(f, "at", STYLE_MUTED, moment_note);
    else
        form_set_note(f, "at", STYLE_WARNING,
        arena_printf(a, "%s of %s stands among the events: this is its time, and no second one is made.", vocab_label(v, VOCAB_EVENT, e->kind),
            civil_words_short(e->at, words)));
}

/* Where the writing begins: the first field that says nothing yet. */
void entry_form_focus(Form *f, const EntryAsk *ask)
{
    const CaseField *rows[MOST_FIELDS];
    size_t n = catalogue(ask, rows);

    for (size_t i = 0; i < n; i++) {
        if (!is_entered(rows[i]) || is_moment(ask, rows[i]) || *form_value(f, rows[i]->column)) continue;
        if (ask->list == LIST_REFERRAL_STEPS && str_eq(rows[i]->column, "basis")) continue; /* it is asked for its reason */
        form_focus(f, rows[i]->column);
        return;
    }
}

void *entry_item_new(const EntryAsk *ask, Arena *a)
{
    void *item = arena_zero(a, 1, ask->facts ? sizeof(CaseDoc) : case_lists[ask->list].item_size);

    if (ask->facts)
        case_init(item);
    else
        case_item_init(ask->list, item);
    return item;
}

bool entry_read(Form *f, const App *app, const EntryAsk *ask, void *item, Arena *a, Err *err)
{
    const CaseField *rows[MOST_FIELDS];
    size_t n = catalogue(ask, rows);

    if (!form_check(f, true, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_entered(rows[i])) continue;
        if (case_field_set(rows[i], item, form_value(f, rows[i]->column), app_vocabs(app), a, err)) continue;
        form_set_error(f, rows[i]->column, err->text);
        form_focus(f, rows[i]->column);
        return false;
    }
    return true;
}

/* What goes to the app: the entry itself; a status goes with its person, of whom everything else stays as it is. */
CaseListId entry_target(Form *f, const App *app, const EntryAsk *ask, const CaseDoc *doc, void **item, Arena *a)
{
    Status *status = *item;
    Person *person;

    if (ask->list != LIST_STATUS) return ask->list;
    if (status->at == TIME_NONE) status->at = app_now(app);
    for (size_t i = 0; i < doc->n_people; i++) {
        if (!str_eq(doc->people[i].key, form_value(f, "person"))) continue;
        person = arena_alloc(a, sizeof *person);
        *person = doc->people[i];
        person->status = status;
        person->n_status = 1;
        *item = person;
    }
    return LIST_PEOPLE;
}

/* --- what a draft is about ----------------------------------------------------------------- */
const char *entry_about(const EntryAsk *ask, Arena *a)
{
    return arena_printf(
        a, "%s %s %s %d", ask->case_id, ask->facts ? ask->facts->word : case_lists[ask->list].name, ask->duty ? ask->duty : "-", ask->cycle);
}

bool entry_of_about(const App *app, const char *about, Arena *a, EntryAsk *out)
{
    char *copy = arena_dup(a, about), *rest = NULL;
    char *id = strtok_r(copy, " ", &rest), *list = strtok_r(NULL, " ", &rest);
    char *duty = strtok_r(NULL, " ", &rest), *cycle = strtok_r(NULL, " ", &rest);
    const PolicyDuty *rule;

    if (!cycle) return false;
    *out = (EntryAsk){ .case_id = id, .list = LIST_COUNT, .cycle = atoi(cycle) };
    for (CaseListId l = 0; l < LIST_COUNT; l++)
        if (strcmp(case_lists[l].name, list) == 0) out->list = l;
    out->facts = out->list == LIST_COUNT ? fact_group(list) : NULL;
    if (!out->facts && !entry_list_known(out->list)) return false;
    rule = strcmp(duty, "-") != 0 ? app_rule(app, duty) : NULL;
    if (rule) {
        out->duty = duty;
        out->preset = out->list == LIST_HOLDS ? hold_preset(duty, TIME_NONE, a) : rule->preset;
    }
    return true;
}
