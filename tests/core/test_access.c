/* test_access.c — who may see a restricted case: the program against a model of a page, over 100,000 random decisions; and the list as a page
** shows it. The model is written the other way round: it asks, for one officer, backwards from the last entry, and keeps no state. */
#include "core_test.h"

#include "core/access.h"

static const char *const warrants[] = { "900001", "900002", "900003", "900007", "900008", "900009" };
static const Role roles[] = { ROLE_RESPONSE_PC, ROLE_CSU_DS, ROLE_CSU_DI, ROLE_DPS, ROLE_DCI };
enum { WARRANTS = 6, ROLES = 5, ENTRIES = 14, HOUR_LATER = 3600 };

/* ---- the model ---- */

typedef struct Model {
    const AccessEntry *e;
    int n, begin; /* the restriction that holds; -1: none */
} Model;

static Model model_of(const AccessEntry *e, int n)
{
    Model m = { e, n, -1 };

    for (int i = n - 1; i >= 0; i--) {
        if (e[i].verb == ACCESS_LIFT) break;
        if (e[i].verb != ACCESS_RESTRICT) continue;
        m.begin = i;
        break;
    }
    return m;
}

/* By its key: the entry i is taken back by k when k reviews a proposal that is about it. */
static bool takes_back(const Model *m, int k, int i)
{
    for (int p = 0; p < m->n; p++)
        if (m->e[p].verb == ACCESS_PROPOSE && m->e[p].about == m->e[i].key && m->e[k].verb == ACCESS_REVIEW && m->e[k].about == m->e[p].key) return true;
    return false;
}

/* The last word about being its victim or suspect, from behind. */
static bool named(const Model *m, const char *warrant)
{
    for (int k = m->n - 1; k >= 0; k--) {
        if (m->e[k].verb == ACCESS_SUBJECT && strcmp(m->e[k].officer, warrant) == 0) return true;
        for (int i = 0; i < m->n; i++)
            if (m->e[i].verb == ACCESS_SUBJECT && strcmp(m->e[i].officer, warrant) == 0 && takes_back(m, k, i)) return false;
    }
    return false;
}

/* What the last word about this officer, or this role, was since the restriction. */
static bool last_word(const Model *m, const char *warrant, Role role)
{
    for (int i = m->n - 1; i > m->begin; i--) {
        const AccessEntry *e = &m->e[i];
        bool about = role ? e->role == role : !e->role && e->officer && strcmp(e->officer, warrant) == 0;
        if (about && (e->verb == ACCESS_GRANT || e->verb == ACCESS_REVOKE)) return e->verb == ACCESS_GRANT;
    }
    return false;
}

static bool through_glass(const Model *m, const char *warrant, Time now)
{
    for (int i = m->begin + 1; i < m->n; i++) {
        const AccessEntry *e = &m->e[i];
        if (e->verb == ACCESS_GLASS && now < e->until && (strcmp(e->by, warrant) == 0 || strcmp(e->second, warrant) == 0)) return true;
    }
    return false;
}

static AccessSight model_sight(const AccessEntry *e, int n, const Viewer *who)
{
    Model m = model_of(e, n);

    if (m.begin < 0) return ACCESS_OPEN;
    if (named(&m, who->warrant)) return ACCESS_HIDDEN;
    if (who->roles & ROLE_BIT(ROLE_AUDITOR)) return ACCESS_SEEN;
    if (last_word(&m, who->warrant, ROLE_NONE)) return ACCESS_SEEN;
    for (int r = 0; r < ROLES; r++)
        if (who->roles & ROLE_BIT(roles[r]) && last_word(&m, "", roles[r])) return ACCESS_SEEN;
    return through_glass(&m, who->warrant, who->now) ? ACCESS_SEEN : ACCESS_HIDDEN;
}

/* ---- random lists ---- */

static uint64_t state = 20100201;

static int random_below(int n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (int)((state >> 33) % (uint64_t)n);
}

static AccessEntry entry_make(int i)
{
    AccessEntry e = { .key = i + 1, .case_key = 1, .by = warrants[random_below(WARRANTS)], .at = i * 600, .until = TIME_NONE, .reason = "" };

    e.verb = random_below(4) ? (AccessVerb)random_below(ACCESS_VERBS) : ACCESS_GRANT;
    if (i == 0 && random_below(8)) e.verb = ACCESS_RESTRICT;
    if (e.verb == ACCESS_LIFT && random_below(3)) e.verb = ACCESS_PROPOSE;
    if (e.verb == ACCESS_SUBJECT && random_below(2)) e.verb = ACCESS_REVOKE;
    if (e.verb == ACCESS_GRANT || e.verb == ACCESS_REVOKE || e.verb == ACCESS_SUBJECT) {
        if (e.verb != ACCESS_SUBJECT && random_below(2))
            e.role = roles[random_below(ROLES)];
        else
            e.officer = warrants[random_below(WARRANTS)];
    }
    if ((e.verb == ACCESS_PROPOSE || e.verb == ACCESS_REVIEW) && i > 0 && random_below(3)) e.about = 1 + random_below(i);
    if (e.verb == ACCESS_GLASS) {
        e.second = warrants[random_below(WARRANTS)];
        e.until = e.at + 60 * (1 + random_below(60));
    }
    return e;
}

static void a_hundred_thousand_decisions_are_those_of_the_model(void **unused)
{
    int seen[3] = { 0 };

    for (int i = 0; i < 100000; i++) {
        AccessEntry e[ENTRIES];
        int n = random_below(ENTRIES + 1);
        Time until;
        Viewer who = { warrants[random_below(WARRANTS)], 0, random_below(ENTRIES * 600 + HOUR_LATER) };
        AccessSight is, should;
        for (int k = 0; k < n; k++) e[k] = entry_make(k);
        for (int k = random_below(3); k > 0; k--) who.roles |= ROLE_BIT(roles[random_below(ROLES)]);
        if (!random_below(20)) who.roles = ROLE_BIT(ROLE_AUDITOR);
        is = access_sight(e, (size_t)n, &who, &until);
        should = model_sight(e, n, &who);
        seen[is]++;
        if (is != should) fail_msg("decision %d: %d, and the model says %d", i, (int)is, (int)should);
        if (until == TIME_MAX) continue;
        assert_int_equal(is, ACCESS_SEEN); /* by a glass alone, which is over at that very second */
        who.now = until - 1;
        assert_int_equal(access_sight(e, (size_t)n, &who, NULL), ACCESS_SEEN);
        who.now = until;
        assert_int_equal(access_sight(e, (size_t)n, &who, NULL), ACCESS_HIDDEN);
    }
    for (int i = 0; i < 3; i++) assert_true(seen[i] > 5000); /* it is about something */
}

/* ---- rules in words ---- */

static AccessEntry on(AccessVerb verb, const char *officer, Role role)
{
    return (AccessEntry){ .verb = verb, .officer = officer, .role = role, .by = "900007", .until = TIME_NONE, .reason = "" };
}

static void a_named_subject_is_denied_even_as_the_inspector_on_the_list(void **unused)
{
    AccessEntry e[] = { on(ACCESS_RESTRICT, NULL, 0), on(ACCESS_GRANT, NULL, ROLE_CSU_DI), on(ACCESS_GRANT, "900008", 0),
        on(ACCESS_SUBJECT, "900008", 0), on(ACCESS_GRANT, "900008", 0) };
    Viewer di = { "900008", ROLE_BIT(ROLE_CSU_DI), 0 }, other = { "900108", ROLE_BIT(ROLE_CSU_DI), 0 };

    assert_int_equal(access_sight(e, 3, &di, NULL), ACCESS_SEEN);
    assert_int_equal(access_sight(e, 5, &di, NULL), ACCESS_HIDDEN);
    assert_int_equal(access_sight(e, 5, &other, NULL), ACCESS_SEEN);
}

static void who_is_restricted_again_has_a_new_list_and_the_old_subjects(void **unused)
{
    AccessEntry e[] = { on(ACCESS_RESTRICT, NULL, 0), on(ACCESS_GRANT, "900001", 0), on(ACCESS_SUBJECT, "900008", 0),
        on(ACCESS_LIFT, NULL, 0), on(ACCESS_RESTRICT, NULL, 0), on(ACCESS_GRANT, NULL, ROLE_CSU_DI) };
    Viewer pc = { "900001", ROLE_BIT(ROLE_RESPONSE_PC), 0 }, di = { "900008", ROLE_BIT(ROLE_CSU_DI), 0 };

    assert_int_equal(access_sight(e, 4, &di, NULL), ACCESS_OPEN);
    assert_int_equal(access_sight(e, 6, &pc, NULL), ACCESS_HIDDEN);
    assert_int_equal(access_sight(e, 6, &di, NULL), ACCESS_HIDDEN);
}

static void nobody_sees_a_restricted_case_without_a_name(void **unused)
{
    AccessEntry e[] = { on(ACCESS_RESTRICT, NULL, 0), on(ACCESS_GRANT, NULL, ROLE_CSU_DI) };

    assert_int_equal(access_sight(e, 2, &(Viewer){ "", 0, 0 }, NULL), ACCESS_HIDDEN);
}

static void a_page_shows_the_list_as_it_stands(void **unused)
{
    AccessEntry e[] = { on(ACCESS_RESTRICT, NULL, 0), on(ACCESS_GRANT, "900001", 0), on(ACCESS_GRANT, NULL, ROLE_DPS),
        on(ACCESS_REVOKE, "900001", 0), on(ACCESS_SUBJECT, "900002", 0), on(ACCESS_PROPOSE, NULL, 0), on(ACCESS_GLASS, NULL, 0),
        on(ACCESS_GLASS, NULL, 0), on(ACCESS_REVIEW, NULL, 0) };
    Arena *a = arena_new();
    AccessList l;

    for (size_t i = 0; i < 9; i++) e[i].key = (int64_t)i + 1;
    e[8].about = 7;
    access_list(e, 9, a, &l);
    assert_true(l.restricted);
    assert_int_equal(l.n_on, 1);
    assert_int_equal(l.on[0]->role, ROLE_DPS);
    assert_int_equal(l.n_subjects, 1);
    assert_ptr_equal(l.proposal, &e[5]);
    assert_int_equal(l.n_glasses, 1);
    assert_int_equal(l.glasses[0]->key, 8);
    arena_free(&a);
}

static void a_naming_is_taken_back_by_two(void **unused)
{
    AccessEntry e[] = { on(ACCESS_RESTRICT, NULL, 0), on(ACCESS_GRANT, NULL, ROLE_CSU_DI), on(ACCESS_SUBJECT, "900008", 0), on(ACCESS_PROPOSE, NULL, 0),
        on(ACCESS_REVIEW, NULL, 0), on(ACCESS_SUBJECT, "900008", 0) };
    Viewer di = { "900008", ROLE_BIT(ROLE_CSU_DI), 0 };
    Arena *a = arena_new();
    AccessList l;

    for (size_t i = 0; i < 6; i++) e[i].key = (int64_t)i + 1;
    e[3].about = 3, e[4].about = 4;
    access_list(e, 4, a, &l);
    assert_null(l.proposal); /* not that it be unrestricted */
    assert_ptr_equal(l.clearing, &e[3]);
    assert_ptr_equal(l.cleared, &e[2]);
    assert_int_equal(access_sight(e, 4, &di, NULL), ACCESS_HIDDEN);
    access_list(e, 5, a, &l);
    assert_int_equal(l.n_subjects, 0);
    assert_null(l.clearing);
    assert_int_equal(access_sight(e, 5, &di, NULL), ACCESS_SEEN);
    assert_int_equal(access_sight(e, 6, &di, NULL), ACCESS_HIDDEN);
    arena_free(&a);
}

static void every_verb_has_a_word(void **unused)
{
    AccessVerb v;

    for (int i = 0; i < ACCESS_VERBS; i++) {
        assert_true(access_verb_by_word(access_verb_word((AccessVerb)i), &v));
        assert_int_equal(v, i);
    }
    assert_false(access_verb_by_word("look", &v));
    assert_string_equal(access_verb_word(ACCESS_VERBS), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_thousand_decisions_are_those_of_the_model),
        cmocka_unit_test(a_naming_is_taken_back_by_two),
        cmocka_unit_test(a_named_subject_is_denied_even_as_the_inspector_on_the_list),
        cmocka_unit_test(who_is_restricted_again_has_a_new_list_and_the_old_subjects),
        cmocka_unit_test(nobody_sees_a_restricted_case_without_a_name),
        cmocka_unit_test(a_page_shows_the_list_as_it_stands),
        cmocka_unit_test(every_verb_has_a_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
