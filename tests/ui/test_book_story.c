/* test_book_story.c — a constable writes the shipped book for one story, key by key, and needs fewer keys than 1.3 times the characters
** of the answers. Every answer is below; what is pressed is what a new constable would: ^G to the next thing that is needed, Enter to
** a neighbour, the first letters of a choice, the words themselves. */
#include "book_help.h"

#include "base/utf8.h"
#include "core/body.h"

typedef struct Said {
    const char *path;
    const char *typed; /* as it is typed; of a choice its code, of several their codes */
} Said;

/* clang-format off */
static const Said story[] = {
    { "header.cad", "CAD 8123/01FEB10" },
    { "header.cris", "4212345/10" },
    { "header.reported", "0402" },
    { "header.attended", "0411" },
    { "incident.from", "0350" },
    { "incident.place", "12 Example Road, second floor" },
    { "officer.warrant", "900001" },
    { "officer.team", "B relief" },
    { "reported.how", "call" },
    { "reported.caller", "victim" },
    { "reported.words", "He is here again and he has got the kitchen knife, please hurry." },
    { "reported.recording", "yes" },
    { "victim.family", "Madeup" },
    { "victim.given", "Beatrice" },
    { "victim.born", "4 mar 1980" },
    { "victim.sex", "female" },
    { "victim.ethnicity", "W1" },
    { "victim.interpreter", "no" },
    { "victim.address", "12 Example Road, second floor" },
    { "victim.living-there", "no" },
    { "victim.staying", "With her sister, 3 Sample Street" },
    { "victim.staff", "no" },
    { "safe.ok", "yes" },
    { "safe.how", "telephone,visit" },
    { "safe.number", "020 7946 0123" },
    { "safe.times", "weekdays between 10 and 12" },
    { "safe.message", "no" },
    { "suspect.known", "yes" },
    { "suspect.family", "Fictional" },
    { "suspect.given", "Charles Edward" },
    { "suspect.born", "12 nov 1977" },
    { "suspect.sex", "male" },
    { "suspect.staff", "no" },
    { "suspect.there", "no" },
    { "suspect.status", "outstanding" },
    { "suspect.whereabouts", "Drinks at the Imaginary Arms; his brother lives in Invented Lane. Drives a white van." },
    { "suspect.arrested", "no" },
    { "suspect.no-arrest", "not-there" },
    { "suspect.checks", "pnc,cris" },
    { "suspect.checks-result", "One caution for common assault on an earlier partner; no firearms; no bail." },
    { "suspect.weapons", "yes" },
    { "suspect.weapons-what", "The kitchen knife he held; he took it with him." },
    { "suspect.bail", "no" },
    { "relationship.kind", "ex-partner" },
    { "relationship.living-together", "no" },
    { "relationship.separated", "yes" },
    { "relationship.shared-children", "yes" },
    { "relationship.contact-dispute", "yes" },
    { "children.answer", "present" },
    { "children.seen", "yes" },
    { "child[0].family", "Madeup" },
    { "child[0].given", "Dora" },
    { "child[0].born", "2 jun 2004" },
    { "child[0].lives-there", "yes" },
    { "child[0].there", "yes" },
    { "child[0].witnessed", "yes" },
    { "child[0].injured", "no" },
    { "child[0].spoken-to", "yes" },
    { "child[0].words", "Dad shouted and Mum cried and then he pulled her hair." },
    { "child[0].suspect-child", "yes" },
    { "others.house-to-house", "yes" },
    { "others.result", "Number 10 heard shouting and a door broken at about ten to four; numbers 8 and 14 did not answer." },
    { "allegation.kind", "crime" },
    { "allegation.offences", "s47,criminal-damage" },
    { "allegation.first-words", "He put his hands round my neck. I thought that I was going to die." },
    { "allegation.account",
        "The victim and the suspect parted in November after nine years. He has no key. At ten to four this morning she woke to "
        "knocking; he shouted that he wanted to see his daughter. She did not open. He kicked the door until the lock broke, came "
        "in with a kitchen knife in his right hand and shouted that she would never take the child from him. He put the knife on "
        "the table, pulled her by the hair into the hall, and pressed both hands round her neck until everything went dark. She "
        "came to on the floor. The daughter stood in the door of her room and cried. He then took the knife and left by the stairs. "
        "She called at once. It is the third time since November that he has come at night; the two earlier times were not "
        "reported. She says that each time was worse than the one before, and that he has said more than once that he would kill "
        "her and himself if she took the child away." },
    { "allegation.honour", "no" },
    { "allegation.forced-marriage", "no" },
    { "allegation.sexual", "no" },
    { "allegation.counter", "no" },
    { "injury.any", "yes" },
    { "injury.strangled", "yes" },
    { "injury.strangled-signs", "marks,voice,consciousness" },
    { "injury.ambulance", "yes" },
    { "injury.treated", "yes" },
    { "injury.hospital", "Imaginary General, seen at 0530" },
    { "injury[0].region", "front-neck" },
    { "injury[0].kinds", "bruise,redness" },
    { "injury[0].cause", "both of his hands pressing" },
    { "injury[0].whose", "victim" },
    { "injury[0].photographed", "yes" },
    { "medical.signed", "yes" },
    { "medical.date", "today" },
    { "scene.state", "signs-of-struggle,damaged" },
    { "scene.description", "The lock of the flat door is torn out of the frame; splinters inside the hall. A chair lies on its side." },
    { "scene.messages", "no" },
    { "photo.any", "yes" },
    { "photo.again", "yes" },
    { "photo[0].of", "the victim's neck from the front" },
    { "photo[0].medium", "digital" },
    { "photo[0].where", "card 3 in the relief safe" },
    { "demeanour.victim", "Shaking, hoarse, hardly able to stand; kept looking at the door." },
    { "demeanour.children", "Very quiet. Held on to her mother all the time and would not look at us." },
    { "history.checked", "yes" },
    { "history.account", "First time about two years ago, a push down the stairs; never reported. Worst and latest is tonight." },
    { "orders.any", "no" },
    { "risk.separation", "yes" },
    { "risk.separation.context", "Parted in November; he wants the child and does not accept it." },
    { "risk.pregnancy", "no" },
    { "risk.escalation", "yes" },
    { "risk.escalation.context", "Third time since November, each worse than the one before." },
    { "risk.culture", "no" },
    { "risk.stalking", "yes" },
    { "risk.stalking.context", "Comes at night uninvited and waits outside her work." },
    { "risk.sexual", "no" },
    { "risk.children-abuse", "no" },
    { "risk.pets", "no" },
    { "risk.weapons", "yes" },
    { "risk.weapons.context", "Kitchen knife in his hand tonight; taken away by him." },
    { "risk.strangulation", "yes" },
    { "risk.strangulation.context", "Both hands, until she passed out." },
    { "risk.threats-to-kill", "yes" },
    { "risk.threats-to-kill.context", "Would kill her and himself if she took the child away." },
    { "risk.suicide", "yes" },
    { "risk.suicide.context", "His words above; nothing more is known." },
    { "risk.jealousy-control", "no" },
    { "risk.alcohol-drugs", "not-known" },
    { "risk.mental-health", "no" },
    { "risk.victim-view", "She is sure that he will come back, and that next time he will kill her." },
    { "risk.grade", "high" },
    { "risk.rationale", "Strangled until she passed out, a knife, threats to kill both, recent separation, getting worse, and he is at large." },
    { "statement.taken", "yes" },
    { "statement.signed", "yes" },
    { "statement.supports", "yes" },
    { "action.taken", "victim-moved,children-safe" },
    { "action.tonight", "Victim and child are with her sister, whose address he does not know. Door boarded up. Night duty circulates him." },
    { "support.advice", "leaflet,idva" },
    { "support.consent", "given" },
    { "support.share", "yes" },
    { "declaration.true", "yes" },
    { "declaration.at", "now" },
};
/* clang-format on */

typedef struct Desk {
    const FormSpec *form;
    Answers *answers;
    Writer *w;
    size_t keys;
} Desk;

static void hit(Desk *d, Key k)
{
    press(d->w, k);
    d->keys++;
}

static void hit_all(Desk *d, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) hit(d, (Key)(unsigned char)s[i]);
}

/* --- how a choice is typed: the fewest letters of which the list stands on it ----------------------------------- */
static const char *words_of(const FormQuestion *q, size_t i, size_t n_regions)
{
    if (n_regions) return body_regions(&n_regions)[i].words;
    if (q->kind == ASK_ANSWER && str_eq(q->choices[i].code, "not-known")) return "Not known (u)";
    if (q->kind == ASK_ANSWER && str_eq(q->choices[i].code, "not-asked")) return "Not asked (a)";
    return q->choices[i].words;
}

static size_t found_by(const FormQuestion *q, size_t n, size_t regions, const char *letters)
{
    size_t inside = n;

    for (size_t i = 0; i < n; i++) {
        char *words = utf8_fold(words_of(q, i, regions)), *at = strstr(words, letters);
        bool first = at == words && at, word = at && at != words && strchr(" -(/,", at[-1]);
        mem_free(words);
        if (first) return i;
        if (word && inside == n) inside = i;
    }
    return inside;
}

static size_t fewest_letters(const FormQuestion *q, size_t n, size_t regions, size_t want, char letters[80])
{
    char *words = utf8_fold(words_of(q, want, regions));
    size_t best = 0;

    for (size_t from = 0; words[from]; from++) {
        if (from > 0 && !strchr(" (", words[from - 1])) continue;
        for (size_t len = 1; words[from + len - 1]; len++) {
            char part[80];
            snprintf(part, sizeof part, "%.*s", (int)len, words + from);
            if (found_by(q, n, regions, part) != want) continue;
            if (best == 0 || len < best) {
                best = len;
                strcpy(letters, part);
            }
            break;
        }
    }
    mem_free(words);
    assert_true(best > 0);
    return best;
}

static size_t index_of(const FormQuestion *q, size_t n, size_t regions, const char *code, size_t len)
{
    for (size_t i = 0; i < n; i++) {
        const char *one = regions ? body_regions(&regions)[i].code : q->choices[i].code;
        if (strlen(one) == len && strncmp(one, code, len) == 0) return i;
    }
    fail_msg("%s has no choice %s", q->name, code);
    return 0;
}

static void choose(Desk *d, const FormQuestion *q, const char *codes)
{
    size_t regions = 0, n = q->n_choices;
    char letters[80];

    if (q->kind == ASK_BODY) {
        body_regions(&regions);
        n = regions;
    }
    for (const char *p = codes; *p; p += strspn(p, ",")) {
        size_t len = strcspn(p, ",");
        size_t count = fewest_letters(q, n, regions, index_of(q, n, regions, p, len), letters);
        hit_all(d, letters, count);
        if (q->kind == ASK_SEVERAL) hit(d, ' ');
        p += len;
    }
}

/* --- from one thing to the next ------------------------------------------------------------------------------------ */
static void reach(Desk *d, const char *path)
{
    char was[ANSWERS_PATH] = "";

    if (str_eq(writer_path(d->w), path)) return;
    if (form_needed(d->form, d->answers, path)) {
        hit(d, CTRL_KEY('g'));
        if (!str_eq(writer_path(d->w), path)) fail_msg("^G went to %s, not to %s", writer_path(d->w), path);
        return;
    }
    for (int i = 0; i < 40 && !str_eq(writer_path(d->w), path); i++) {
        bool text = writer_question(d->w) && writer_question(d->w)->kind == ASK_ACCOUNT;
        snprintf(was, sizeof was, "%s", writer_path(d->w));
        hit(d, text ? K_TAB : K_ENTER);
    }
    if (!str_eq(writer_path(d->w), path)) fail_msg("%s was not reached; the last step was from %s", path, was);
}

static bool is_choice(const FormQuestion *q)
{
    return q->kind == ASK_CHOICE || q->kind == ASK_SEVERAL || q->kind == ASK_ANSWER || q->kind == ASK_BODY;
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (size_t i = 0; s[i]; i++) n += ((unsigned char)s[i] & 0xc0) != 0x80;
    return n;
}

static void a_book_takes_fewer_keys_than_its_answers_have_characters(void **unused)
{
    Policy *policy = book_policy();
    size_t n = 0, chars = 0;
    const char *text = form_builtin(FORM_BOOK, &n);
    FormSpec *form = book_form(FORM_BOOK, text, n, policy);
    Desk d = { .form = form, .answers = answers_new() };
    Arena *a = arena_new();
    FormGap *gaps = NULL;
    Time now;

    civil_parse_time("2010-02-01T07:12:00Z", &now, NULL);
    answers_put(d.answers, "book.serial", "7F3Q2-1"); /* the app fills it in */
    answers_put(d.answers, "header.borough", "KG");
    WriterOf of = { .form = form, .policy = policy, .answers = d.answers, .who = "officer", .now = now };
    d.w = writer_new(&of);
    for (size_t i = 0; i < ARRAY_LEN(story); i++) {
        reach(&d, story[i].path);
        const FormQuestion *q = writer_question(d.w);
        if (is_choice(q))
            choose(&d, q, story[i].typed);
        else
            hit_all(&d, story[i].typed, strlen(story[i].typed));
        writer_settle(d.w);
    }
    hit(&d, CTRL_KEY('g')); /* nothing is left to go to; and the last field is read */
    hit(&d, K_TAB);
    n = form_gaps(form, policy, d.answers, "officer", now, a, &gaps);
    for (size_t i = 0; i < n; i++) print_message("%s: %s\n", gaps[i].path, gaps[i].says);
    assert_int_equal(n, 0);
    for (size_t i = 0; i < ARRAY_LEN(story); i++) {
        const FormQuestion *q = form_question(form, story[i].path);
        const char *value = answers_get(d.answers, story[i].path);
        if (is_choice(q)) assert_string_equal(value, story[i].typed);
        chars += characters(form_words(form, q, value, a));
    }
    print_message("%zu keys for %zu characters in %zu answers: %.2f (goal 1.30)\n", d.keys, chars, ARRAY_LEN(story),
        (double)d.keys / (double)chars);
    assert_true(d.keys * 10 <= chars * 13);
    writer_free(&d.w);
    answers_free(&d.answers);
    arena_free(&a);
    form_spec_free(&form);
    policy_free(&policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_book_takes_fewer_keys_than_its_answers_have_characters) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
