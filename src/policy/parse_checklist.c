/* parse_checklist.c — what a review ticks: a checklist of a kind of review, with a line for each check.
**
**     checklist ds-supervision "What the seven days are for"
**         cite   BD 1.12
**         check  victim-updated "The victim was spoken to" when crime otherwise "Speak to the victim" cite BD 3.5
**         check  cris "The CRIS number is on it" record reference cris
**
** A clause that cannot be read is reported and left out, so that one run shows every error. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

typedef struct ListRead {
    Checklist *list;
    Names names; /* of its checks */
    bool cited;
} ListRead;

static bool read_name(Parser *p, ListRead *read, CheckAsked *c)
{
    Symbol *s;

    if (here(p)->kind != TOKEN_WORD || is_reserved(here(p)->text) || here(p)->n > 40) {
        hint_phrase(p, "the name of the check, such as victim-updated");
        return unexpected(p, NULL);
    }
    c->src = here_src(p);
    c->face.name = here(p)->text;
    c->face.line = here(p)->line;
    s = names_add(&read->names, p->arena, c->face.name, SYMBOL_OTHER);
    if (!s)
        return problem(p, c->src, NULL, NULL, "There is a check \"%s\" already, in line %d.", c->face.name,
            names_find(&read->names, c->face.name)->src.line);
    s->src = c->src;
    p->pos++;
    return true;
}

/* check NAME "words" [when CONDITION] [record CONDITION] [otherwise "words"] [cite …] */
static bool read_check(Parser *p, ListRead *read)
{
    Checklist *list = read->list;
    CheckAsked c = { .when = NULL };

    if (!read_name(p, read, &c) || !(c.face.says = quoted(p))) return false;
    if (accept(p, "when") && !(c.when = parse_cond(p))) return false;
    if (accept(p, "record") && !(c.record = parse_cond(p))) return false;
    c.face.on_record = c.record != NULL;
    if (accept(p, "otherwise") && !(c.face.otherwise = quoted(p))) return false;
    if (accept(p, "cite") ? !parse_cite(p, &c.face.cite) : !expect_end(p)) return false;
    if (list->n == POLICY_CHECKS_MAX)
        return problem(p, c.src, NULL, NULL, "A checklist has at most %d checks: nobody reads more.", POLICY_CHECKS_MAX);
    list->items = arena_room(p->arena, list->items, list->n, &list->cap, sizeof *list->items);
    list->items[list->n++] = c;
    return true;
}

static void read_clause(Parser *p, size_t from, size_t to, void *ctx)
{
    ListRead *read = ctx;

    if (accept_quietly(p, "check")) {
        read_check(p, read);
    } else if (accept_quietly(p, "cite")) {
        if (read->cited) problem(p, src_of(p, from, from + 1), NULL, NULL, "This checklist has said \"cite\" already.");
        read->cited = true;
        parse_cite(p, &read->list->head->cite);
    } else if (accept_quietly(p, "example")) {
        if (!p->checked) parse_example(p, p->pos, p->end, &read->list->head->examples, read->list->head);
    } else {
        hint_word(p, "check");
        hint_word(p, "cite");
        hint_word(p, "example");
        hint_phrase(p, "a clause: cite, check or example");
        unexpected(p, "There is no such clause in a checklist.");
    }
}

static bool read_header(Parser *p, Check *head)
{
    const Policy *policy = p->policy;

    if (here(p)->kind != TOKEN_WORD || vocab_code(&policy->vocabs, VOCAB_REVIEW, here(p)->text) == CODE_NONE) {
        hint_vocab(p, VOCAB_REVIEW);
        return unexpected(p, here(p)->kind == TOKEN_WORD ? "There is no such review." : NULL);
    }
    head->name = here_src(p);
    head->id = here(p)->text;
    for (size_t i = 0; i + 1 < policy->n_checklists; i++)
        if (str_eq(policy->checklists[i].head->id, head->id))
            problem(p, head->name, NULL, NULL, "There is a checklist of \"%s\" already, in line %d.", head->id, policy->checklists[i].head->line);
    p->pos++;
    head->title = quoted(p);
    return head->title && expect_end(p);
}

void parse_checklist(Parser *p, size_t from, size_t to)
{
    Policy *policy = p->policy;
    size_t body = header_end(p, from, to);
    Check *head = arena_zero(p->arena, 1, sizeof *head);
    ListRead read = { .list = NULL };

    policy->checklists = arena_room(p->arena, policy->checklists, policy->n_checklists, &p->checklists_cap, sizeof *policy->checklists);
    read.list = &policy->checklists[policy->n_checklists++];
    *read.list = (Checklist){ .head = head };
    *head = (Check){ .id = "", .title = "", .cite = "", .act = "", .list = read.list, .line = p->tokens[from].line };
    p->rule = CHECK_RULE;
    p->each = LIST_COUNT;
    p->no_texts = true;
    p->pos = from + 1;
    p->end = body;
    head->name = src_of(p, from, from + 1);
    read_header(p, head);
    each_clause(p, body, to, read_clause, &read);
    if (!read.cited) problem(p, head->name, NULL, NULL, "The checklist \"%s\" has no clause \"cite\".", head->id);
    if (read.list->n == 0) problem(p, head->name, "check NAME \"words\"", NULL, "The checklist \"%s\" checks nothing.", head->id);
    for (size_t i = 0; i < read.list->n; i++)
        if (!read.list->items[i].face.cite) read.list->items[i].face.cite = head->cite;
    names_finish(&read.names);
}
