/* queue_order.c — why a row of the queue stands where it stands, in a sentence. It goes through what queue_compare goes through, in the same order, and
** tells the first thing in which two neighbours differ. */
#include "app/queue.h"

#include "inside.h"

#include "base/str.h"

static const char *grade_words(const Vocabs *v, Code grade, Arena *a)
{
    char *word;

    if (grade == CODE_NONE) return "not yet assessed";
    word = arena_printf(a, "%s risk", vocab_label(v, VOCAB_GRADE, grade));
    if (*word >= 'A' && *word <= 'Z') *word = (char)(*word - 'A' + 'a');
    return word;
}

static const char *const part_words[] = { "overdue", "to be done now", "to be done later" };

static int part_of(const QueueRow *r, Time now)
{
    return r->due < now ? 0 : r->opens <= now ? 1 : 2;
}

static const char *due_words(const QueueRow *r, Time now, Arena *a)
{
    char when[CIVIL_TEXT];

    return arena_printf(a, "%s %s", r->due < now ? "fell due" : "is due", civil_words_short(r->due, when));
}

static const char *first_words(const Vocabs *v, const QueueRow *row, Time now, Arena *a)
{
    return arena_printf(a, "First here: it is %s, %s, and %s, before all others like it.", part_words[part_of(row, now)], grade_words(v, row->grade, a),
        due_words(row, now, a));
}

const char *app_queue_order_words(const Vocabs *v, const QueueRow *before, const QueueRow *row, Time now, Arena *a)
{
    int part = part_of(row, now);
    const char *grade = grade_words(v, row->grade, a), *other;
    char when[CIVIL_TEXT];

    if (!before) return first_words(v, row, now, a);
    if (part_of(before, now) != part)
        return arena_printf(a, "First of what is %s (%s, and %s): behind what is %s.", part_words[part], grade, due_words(row, now, a),
            part_words[part_of(before, now)]);
    other = str_eq(before->case_id, row->case_id) ? "another duty of this case" : before->case_id;
    if (before->grade != row->grade)
        return arena_printf(a, "Behind %s: both are %s, and %s comes before %s.", other, part_words[part],
            grade_words(v, before->grade, a), grade);
    if (before->due != row->due)
        return arena_printf(a, "Behind %s: both are %s and %s, and that one %s, this one %s.", other, part_words[part], grade,
            due_words(before, now, a), civil_words_short(row->due, when));
    return arena_printf(a, "Behind %s: alike in all that counts, so the %s decides.", other,
        str_eq(before->case_id, row->case_id) ? "name of the duty" : "number of the case");
}

bool app_queue_place(App *app, const DeskQuery *q, const QueueRow *row, Arena *a, const char **sentence, Err *err)
{
    DeskQuery one = *q;
    QueueRow *before = NULL;
    size_t n = 0;

    one.from = row;
    one.backwards = true;
    one.limit = 1;
    if (!app_queue_page(app, &one, a, &before, &n, err)) return false;
    *sentence = app_queue_order_words(app_vocabs(app), n ? before : NULL, row, app_now(app), a);
    return true;
}
