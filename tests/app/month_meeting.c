/* month_meeting.c — the daily management meeting of a working morning in the month: the inspector walks some of the list, says this and that of it, jumps
** over the rest, and ends it. Whatever he sees and does not decide must stand on the next list; so must every case that the policy asks him to view. */
#include "month.h"

#include "app/again.h"
#include "app/dmm.h"

enum { OVERDUE_SAID = 4 };

static Dmm look(Month *m, App *app)
{
    Err err = { 0 };
    Dmm dmm;

    if (!app_dmm(app, m->a, &dmm, &err)) fail_msg("the list: %s", err.text);
    return dmm;
}

static const DmmItem *item_of(const Dmm *dmm, CaseKey key)
{
    for (size_t i = 0; i < dmm->n; i++)
        if (dmm->items[i].key == key) return &dmm->items[i];
    return NULL;
}

static bool say(Month *m, App *app, const DmmItem *x, int64_t meeting, MeetingWord word, Err *err)
{
    DmmSay what = { .meeting = meeting, .item = x, .said = word, .line = "ring her, csu-io, tomorrow 1200" };
    DmmAction action;
    CaseRow row;

    if (word == MEETING_ACTION && !app_dmm_action(app, what.line, m->a, &action, err)) return false;
    what.action = &action;
    return store_case_find(app_store_handle(app), x->case_id, m->a, &row, err) && app_dmm_say(app, &row, &what, err);
}

/* A fifth of it is left. */
static void walk(Month *m, App *app, int64_t meeting)
{
    static const MeetingWord words[] = { MEETING_SATISFIED, MEETING_SATISFIED, MEETING_PASSED, MEETING_ACTION };
    Dmm dmm = look(m, app);

    for (size_t i = 0; i < dmm.n && i < dmm.own + OVERDUE_SAID; i++) {
        Err err = { 0 };
        if (month_chance(m, 20)) continue;
        month_tally(m, "dmm.say", say(m, app, &dmm.items[i], meeting, words[month_random(m, 4)], &err), &err);
    }
}

static bool end(App *app, int64_t meeting, Err *err)
{
    return (!app_asks_again(app, "dmm.end") || app_again(app, "dmm.end", TRAINING_PASSWORD, err)) && app_dmm_end(app, meeting, err);
}

/* All cases that are there for the officer, from their facts alone. */
typedef struct Asked {
    Month *m;
    App *app;
    const Dmm *dmm;
    Arena *a;
} Asked;

static bool is_listed_when_asked(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Asked *x = with;
    Duty *duties = NULL;
    size_t n;

    arena_reset(x->a);
    n = policy_evaluate(app_policy(x->app), doc, x->m->now, x->a, &duties);
    for (size_t i = 0; i < n; i++)
        if (str_eq(duties[i].id, "dmm") && duty_is_live(&duties[i]) && (!item_of(x->dmm, row->key) || !(item_of(x->dmm, row->key)->sections & 1u << DMM_NEW)))
            fail_msg("%s is to be viewed, and is not on the list as new", row->id);
    return true;
}

void month_meeting(Month *m)
{
    App *app = month_officer(m, ROLE_CSU_DI);
    Dmm before, after;
    Asked asked = { m, app, &before, arena_new() };
    int64_t meeting;
    bool resumed;
    Err err = { 0 };

    arena_reset(m->a);
    month_tally(m, "dmm.begin", app_dmm_begin(app, &meeting, &resumed, &err), &err);
    before = look(m, app);
    if (!store_case_each(app_store_handle(app), WALK_BY_KEY, app_vocabs(app), is_listed_when_asked, &asked, &err)) fail_msg("%s", err.text);
    arena_free(&asked.a);
    walk(m, app, meeting);
    before = look(m, app);
    month_tally(m, "dmm.end", end(app, meeting, &err), &err);
    after = look(m, app);
    for (size_t i = 0; i < before.n; i++) {
        const DmmItem *x = &before.items[i], *again = item_of(&after, x->key);
        if (x->decided || x->told) continue;
        if (!again || again->told) fail_msg("meeting %lld left %s undecided, and it does not come again", (long long)meeting, x->case_id);
    }
}
