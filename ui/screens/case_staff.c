/* case_staff.c — somebody employed by the police is victim or suspect (BD 1.20 to 1.22): the steps that the policy asks for, with their
** state, and each ticked where it stands: Enter records the notice or the flag of this moment. The steps are the duties staff-… of the policy in
** force; a borough that adds one sees it here. */
#include "access.h"
#include "case_more.h"

enum { MOST = 24 };

/* --- who --------------------------------------------------------------------------------------------------- */
static bool is_party(const Screen *self, const Person *p)
{
    const char *role = vocab_word(vocabs_of(self), VOCAB_PERSON_ROLE, p->role);

    return str_eq(role, "victim") || str_eq(role, "suspect");
}

static bool has_staff(const Screen *self, const CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (doc->people[i].police_staff && is_party(self, &doc->people[i])) return true;
    return false;
}

/* Nobody is marked yet: who is it? From then on the clocks run. */
static React mark(Screen *self, CaseView *view)
{
    const Person *who[MOST];
    AskItem items[MOST];
    size_t n = 0;
    Person p;
    Err err = { 0 };
    int pick;

    for (size_t i = 0; i < view->doc.n_people && n < MOST; i++) {
        const Person *x = &view->doc.people[i];
        if (!is_party(self, x)) continue;
        who[n] = x;
        items[n++] = (AskItem){ .text = person_name(x, self->arena), .right = vocab_label(vocabs_of(self), VOCAB_PERSON_ROLE, x->role) };
    }
    pick = n ? ask_choice(self->loop, "Who is employed by the police", items, n, 0) : -1;
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    p = *who[pick];
    p.police_staff = true;
    if (!app_case_add(app_of(self), &view->row, LIST_PEOPLE, &p, self->arena, NULL, &err)) return case_refused(self, &err);
    loop_status(self->loop, STYLE_GOOD, "%s is marked as police staff. S shows what is to be done at once.", person_name(&p, self->arena));
    return REACT_RELOAD_ALL | REACT_STATUS;
}

/* --- the steps ------------------------------------------------------------------------------------------------ */
static const char *state_words(const Screen *self, const Duty *d)
{
    DutyState state = duty_state(d, now_of(self));
    char when[CIVIL_TEXT];

    if (d->done != TIME_NONE) return arena_printf(self->arena, SIGN_TICK " %s", civil_words_short(d->done, when));
    return state == DUTY_OVERDUE ? arena_printf(self->arena, "! OVERDUE since %s", civil_words_short(d->due, when))
                                 : arena_printf(self->arena, "by %s", civil_words_short(d->due, when));
}

static size_t steps_of(const Screen *self, const CaseView *view, const Duty *out[MOST], AskItem items[MOST])
{
    size_t n = 0;

    for (size_t i = 0; i < view->n_duties && n < MOST; i++) {
        const Duty *d = &view->duties[i];
        if (strncmp(d->id, "staff-", 6) != 0) continue;
        out[n] = d;
        items[n++] = (AskItem){ .text = duty_title(app_of(self), d->id), .right = state_words(self, d) };
    }
    return n;
}

/* Puts what the rule asks for ("to=di", "flag=pe") into an item. */
static bool preset(const Screen *self, const PolicyDuty *rule, void *item, Err *err)
{
    char *copy = arena_dup(self->arena, rule->preset ? rule->preset : ""), *rest = NULL;

    for (char *word = strtok_r(copy, " ,", &rest); word; word = strtok_r(NULL, " ,", &rest)) {
        char *value = strchr(word, '=');
        const CaseField *f;
        if (!value) continue;
        *value++ = '\0';
        f = case_list_field(rule->list, word);
        if (!f || !case_field_set(f, item, value, vocabs_of(self), self->arena, err)) return false;
    }
    return true;
}

/* The warrant number of whoever of the staff is victim or suspect, when one officer of the store has that name and no other does. */
static const char *warrant_of_staff(const Screen *self, const CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_people; i++) {
        const Person *p = &doc->people[i];
        const char *name;
        OfficerHit *hits;
        size_t n;
        if (!p->police_staff || !is_party(self, p) || str_blank(p->family)) continue;
        name = str_blank(p->given) ? p->family : arena_printf(self->arena, "%s %s", p->given, p->family);
        if (app_find_officers(app_of(self), name, 2, self->arena, &hits, &n, NULL) && n == 1) return hits[0].warrant;
    }
    return NULL;
}

static React tick(Screen *self, CaseView *view, const Duty *d)
{
    const PolicyDuty *rule = app_rule(app_of(self), d->id);
    void *item;
    Err err = { 0 };

    if (d->done != TIME_NONE) {
        loop_status(self->loop, STYLE_NORMAL, "%s: done already.", duty_title(app_of(self), d->id));
        return REACT_STATUS;
    }
    if (!rule || (rule->list != LIST_NOTICES && rule->list != LIST_FLAGS)) {
        return access_restrict_naming(self->loop, view->row.id, warrant_of_staff(self, &view->doc)) ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
    }
    item = arena_zero(self->arena, 1, case_lists[rule->list].item_size);
    case_item_init(rule->list, item);
    if (!preset(self, rule, item, &err) ||
        !app_case_add(app_of(self), &view->row, rule->list, item, self->arena, NULL, &err))
        return case_refused(self, &err);
    loop_status(self->loop, STYLE_GOOD, "%s: recorded now. S shows the rest.", rule->title);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

React case_staff(Screen *self, CaseView *view)
{
    const Duty *steps[MOST];
    AskItem items[MOST];
    size_t n, first = 0;
    int pick;

    if (!has_staff(self, &view->doc)) return mark(self, view);
    n = steps_of(self, view, steps, items);
    if (n == 0) {
        loop_status(self->loop, STYLE_NORMAL, "The policy in force asks for no steps where police staff are concerned.");
        return REACT_STATUS;
    }
    while (first < n - 1 && steps[first]->done != TIME_NONE) first++;
    pick = ask_choice(self->loop, "Police staff: what is to be done", items, n, first);
    return pick >= 0 && loop_top(self->loop) == self ? tick(self, view, steps[pick]) : REACT_NONE;
}
