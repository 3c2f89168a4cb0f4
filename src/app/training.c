/* training.c — made-up cases: the i-th of (seed, borough, now, how many) is always the same, whatever was asked
** before. A case is told from its report to its end as if nothing ever stopped, and what would lie after `now` is
** left out: so every case stands at an honest point of its life, and a unit that works well, with a few misses,
** appears by itself. Surprises: cases come oldest first. About the first 300 (and one in a hundred of the rest)
** are the last ninety days and carry the live work; older ones are closed. Ids are KG-XXXXX up to half a million
** cases, beyond that KG-<year>-<number>, because twenty bits of number would run out. No two draws stand in one call:
** compilers differ in which they make first. It does not open a store and asks no clock. */
#include "app/app.h"
#include "base/mem.h"
#include "training_book.h"
#include "training_words.inc"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const TrainingOfficer training_officers[13] = {
    { "900001", "PC Ama Example", ROLE_RESPONSE_PC },
    { "900002", "PS Bram Specimen", ROLE_RESPONSE_PS },
    { "900003", "IBO Supervisor Cleo Sample", ROLE_IBOS },
    { "900004", "CMU Dan Placeholder", ROLE_CMU },
    { "900005", "PPD Esme Fictiva", ROLE_PPD },
    { "900006", "DC Femi Àpẹẹrẹ", ROLE_CSU_IO },
    { "900007", "DS Gül Örnek", ROLE_CSU_DS },
    { "900008", "DI Hana Vzorová", ROLE_CSU_DI },
    { "900009", "DCI Ivo Exemplescu", ROLE_DCI },
    { "900010", "MARAC Coordinator Jo Testperson", ROLE_MARAC_COORDINATOR },
    { "900011", "DPS Kit Invention", ROLE_DPS },
    { "900012", "Auditor Lou Imaginary", ROLE_AUDITOR },
    { "900013", "Keeper Max Model", ROLE_KEEPER },
};

/* --- chance: splitmix64, one stream a case --------------------------------------------------- */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* A permutation of 0 … 2^20-1, so that made-up numbers never meet: four Feistel rounds. */
static uint32_t shuffle20(uint64_t seed, uint32_t x)
{
    uint32_t l = x >> 10 & 1023, r = x & 1023;

    for (uint64_t round = 1; round <= 4; round++) {
        uint32_t f = (uint32_t)mix(seed ^ round << 40 ^ r) & 1023;
        uint32_t left = r;
        r = l ^ f;
        l = left;
    }
    return l << 10 | r;
}

/* --- the words a case is made of (WORDS); their codes are looked up once --------------------- */
/* clang-format off */
typedef enum Word {
#define AS_NAME(name, vocab, word) name,
    WORDS(AS_NAME)
#undef AS_NAME
    WORD_COUNT
} Word;

static const struct { VocabId vocab; const char *word; } words[WORD_COUNT] = {
#define AS_ROW(name, vocab, word) { vocab, word },
    WORDS(AS_ROW)
#undef AS_ROW
};
/* clang-format on */

/* --- the maker and its bench ----------------------------------------------------------------- */
enum { MAX_PEOPLE = 12, MAX_STATUS = 8, MAX_FEW = 16, MAX_REVIEWS = 160, MAX_CONTACTS = 64, TEXT_MAX = 6000 };

struct Training {
    uint64_t seed;
    char borough[9];
    Time now;
    int64_t cases, live;  /* live: how many lie in the last ninety days */
    const Vocabs *vocabs; /* whose codes these are */
    Code code[WORD_COUNT];
    TrainingForms forms;

    /* the bench: one case is put together here, then moved to the arena */
    Offence offences[MAX_FEW];
    Flag flags[MAX_FEW];
    Person people[MAX_PEOPLE];
    Status status[MAX_PEOPLE][MAX_STATUS];
    Reference references[MAX_FEW];
    CrossReference cross_references[MAX_FEW];
    Book books[MAX_FEW];
    Assessment assessments[MAX_FEW];
    Review reviews[MAX_REVIEWS];
    Referral referrals[MAX_FEW];
    Contact contacts[MAX_CONTACTS];
    Event events[MAX_FEW];
    Notice notices[MAX_FEW];
    Owner owners[MAX_FEW];
    Investigator investigators[2];
    Consent consent[4];
    char text[TEXT_MAX];
    size_t text_n;
};

enum { LIVE_CASES = 300, LIVE_DAYS = 90, OLD_DAYS_MAX = 8 * 365, OLD_A_DAY = 14, NUMBERED_FROM = 500000 };

Training *training_new(uint64_t seed, const char *borough, Time now, int64_t cases)
{
    Training *t = mem_new(sizeof *t);

    t->seed = mix(seed + 0x9e3779b97f4a7c15u);
    snprintf(t->borough, sizeof t->borough, "%s", borough && *borough ? borough : "KG");
    t->now = now;
    t->cases = cases < 0 ? 0 : cases;
    training_forms(&t->forms);
    t->live = t->cases <= LIVE_CASES ? t->cases : LIVE_CASES + (t->cases - LIVE_CASES) / 100;
    return t;
}

void training_free(Training **t)
{
    if (!t || !*t) return;
    mem_free(*t);
    *t = NULL;
}

static void learn_words(Training *t, const Vocabs *v)
{
    if (t->vocabs == v) return;
    for (int w = 0; w < WORD_COUNT; w++) t->code[w] = vocab_code(v, words[w].vocab, words[w].word);
    t->vocabs = v;
}

/* Everything about the case that is being told. */
typedef struct Tale {
    Training *t;
    Arena *a;
    CaseDoc *doc;
    uint64_t chance; /* the stream */
    int64_t i;       /* which case */
    int64_t recency; /* 0 = the newest, stretched so that 0–299 are the last ninety days */
    Time now, never; /* never: after now, whatever is added to it */
    Time reported, attended, recorded, booked, cris, merlin, ps_done, ended,
        left;       /* left: accepted outside the borough's own units */
    int late, lost; /* of a thousand steps */
    Code grade;
    bool crime, serious, sexual, honour, forced, staff_suspect, staff_victim, same_sex, kids, returned, call_only,
        not_domestic;
    bool wanted, arrest_now, high, transfer, marac;
    Time serious_at, arrested_at, decided_at;
    Word decision;                                  /* the last status of the suspect */
    const char *victim, *suspect, *place, *officer; /* for the texts */
    uint32_t details;                               /* how many details were told: no text tells one twice */
} Tale;

static uint64_t draw(Tale *tale)
{
    return mix(tale->chance += 0x9e3779b97f4a7c15u);
}

static uint32_t below(Tale *tale, uint32_t n)
{
    return (uint32_t)((draw(tale) >> 32) * n >> 32);
}

static int64_t between(Tale *tale, int64_t least, int64_t most)
{
    return most <= least ? least : least + (int64_t)((draw(tale) >> 32) * (uint64_t)(most - least + 1) >> 32);
}

static bool one_in_thousand(Tale *tale, uint32_t times)
{
    return below(tale, 1000) < times;
}

static Code code(const Tale *tale, Word w)
{
    return tale->t->code[w];
}

typedef struct Share {
    Word word;
    uint16_t weight;
} Share;

static Word choose(Tale *tale, const Share *shares, size_t n)
{
    uint32_t sum = 0, at;

    for (size_t i = 0; i < n; i++) sum += shares[i].weight;
    at = below(tale, sum);
    for (size_t i = 0; i < n; i++) {
        if (at < shares[i].weight) return shares[i].word;
        at -= shares[i].weight;
    }
    return shares[0].word;
}
#define CHOOSE(tale, shares) choose(tale, shares, ARRAY_LEN(shares))
#define ANY(tale, list)      (list)[below(tale, (uint32_t)ARRAY_LEN(list))]

/* --- when things are done -------------------------------------------------------------------- */
static Time later(Time a, Time b)
{
    return a > b ? a : b;
}

static Time sooner(Time a, Time b)
{
    return a < b ? a : b;
}

/* The same day within office hours, if that is still inside [from, to]. */
static Time office(Tale *tale, Time t, Time from, Time to)
{
    Civil c = civil_local(t);
    Time moved;

    if (c.hour >= 7 && c.hour < 20) return t;
    c.hour = c.hour < 7 ? 7 + (int)below(tale, 3) : 16 + (int)below(tale, 4);
    moved = civil_from_local(c);
    return moved >= from && moved <= to ? moved : t;
}

/* When a step was done that was to be done between `from` and `due`: nearly always between least and most after
** its start; now and then late; once in a while not at all. */
static Time step(Tale *tale, Time from, int64_t least, int64_t most, Time due)
{
    uint32_t roll = below(tale, 1000);

    if (from >= tale->never) return tale->never;
    if (roll < (uint32_t)tale->lost) return tale->never;
    if (roll < (uint32_t)(tale->lost + tale->late)) return due + between(tale, 20 * MINUTE, 40 * HOUR);
    return sooner(from + between(tale, least, most), due);
}

static Time desk_step(Tale *tale, Time from, int64_t least, int64_t most, Time due)
{
    Time at = step(tale, from, least, most, due);

    return at > due ? at : office(tale, at, from, due);
}

/* Working days are Monday to Friday here: that a step lies a bank holiday too early hurts nobody. */
static Time working_days(Time from, int n)
{
    Date d = civil_local_date(from);

    while (n > 0) n -= civil_weekday(++d) < 5;
    return civil_day_end(d);
}

/* --- putting things on the bench; what is after now is not put ------------------------------- */
#define PUT(tale, list, max, at, ...)                                                                                  \
    do {                                                                                                               \
        if ((at) <= (tale)->now && (tale)->doc->n_##list < (max))                                                      \
            (tale)->t->list[(tale)->doc->n_##list++] = (__typeof__((tale)->t->list[0]))__VA_ARGS__;                    \
    } while (0)

static const char *number(Tale *tale, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static const char *number(Tale *tale, const char *fmt, ...)
{
    char s[64];
    va_list args;

    va_start(args, fmt);
    vsnprintf(s, sizeof s, fmt, args);
    va_end(args);
    return arena_dup(tale->a, s);
}

/* The training officer of the role, or one of twenty colleagues. */
static const char *somebody(Tale *tale, Role role)
{
    if (one_in_thousand(tale, 350)) return training_officers[role - ROLE_RESPONSE_PC].warrant;
    return number(tale, "20%02d%02u", (int)role + 10, below(tale, 20));
}

/* --- what is written ------------------------------------------------------------------------- */
static void say_n(Training *t, const char *s, size_t n)
{
    if (t->text_n + n >= TEXT_MAX) return;
    memcpy(t->text + t->text_n, s, n);
    t->text_n += n;
}

static void say(Tale *tale, Pool pool)
{
    const char *const *list = sentences[pool].text;
    uint32_t n = 0;

    while (n < ARRAY_LEN(sentences[pool].text) && list[n]) n++;
    for (const char *s = list[pool == SAY_DETAIL ? (tale->details += 5) % n : below(tale, n)]; *s;) {
        size_t plain = strcspn(s, "%");
        const char *name;
        say_n(tale->t, s, plain);
        s += plain;
        if (!*s) break;
        name = s[1] == 'v' ? tale->victim : s[1] == 's' ? tale->suspect : s[1] == 'p' ? tale->place : tale->officer;
        say_n(tale->t, name, strlen(name));
        s += 2;
    }
}

/* One sentence for most, a few for some, paragraphs for the odd one. */
static const char *write_text(Tale *tale, Pool pool, bool short_only)
{
    uint32_t roll = short_only ? 0 : below(tale, 1000);
    uint32_t paragraphs = roll < 840 ? 0 : roll < 960 ? 1 : 3 + below(tale, 3);
    uint32_t more = roll < 520 ? 0 : 1 + below(tale, 3);

    tale->t->text_n = 0;
    tale->details = (uint32_t)draw(tale) & 0xffff;
    say(tale, pool);
    for (uint32_t s = 0; s < more; s++) say_n(tale->t, " ", 1), say(tale, SAY_DETAIL);
    for (uint32_t p = 0; p < paragraphs; p++) {
        say_n(tale->t, "\n\n", 2);
        for (uint32_t s = 2 + below(tale, 3); s > 0; s--) say(tale, SAY_DETAIL), say_n(tale->t, " ", 1);
        say(tale, SAY_ACTION);
    }
    if (!paragraphs && roll > 700) say_n(tale->t, " ", 1), say(tale, SAY_ACTION);
    return arena_dup_n(tale->a, tale->t->text, tale->t->text_n);
}

static void review(Tale *tale, Word kind, Role by, Time at, Word outcome, Pool pool)
{
    const char *who, *text;

    if (at > tale->now) return;
    who = somebody(tale, by);
    text = write_text(tale, pool, pool == SAY_CAD || pool == SAY_CRIS);
    PUT(tale, reviews, MAX_REVIEWS, at, { .kind = code(tale, kind), .by = who, .at = at, .outcome = code(tale, outcome), .opened_at = TIME_NONE, .text = text });
}

static Word verdict(Tale *tale)
{
    return one_in_thousand(tale, 60) ? REMEDIAL : SATISFIED;
}

static void refer(Tale *tale, Word to, bool restricted, Time at)
{
    PUT(tale, referrals, MAX_FEW, at, { code(tale, to), restricted, at });
}

static void cross(Tale *tale, Word in, Word to, Time at)
{
    PUT(tale, cross_references, MAX_FEW, at, { code(tale, in), code(tale, to), at });
}

static void tell(Tale *tale, Word to, Time at)
{
    PUT(tale, notices, MAX_FEW, at, { code(tale, to), at });
}

static void flag(Tale *tale, Word which, Time at)
{
    if (at <= tale->now) PUT(tale, flags, MAX_FEW, at, { code(tale, which), at, somebody(tale, ROLE_RESPONSE_PC) });
}

static void contact(Tale *tale, Word with, Word kind, Word result, Time at)
{
    if (at <= tale->now)
        PUT(tale, contacts, MAX_CONTACTS, at,
            { code(tale, with), code(tale, kind), code(tale, result), somebody(tale, ROLE_CSU_IO), at });
}

/* A victim is not always reached at the first try. */
static void reach_victim(Tale *tale, Word kind, Time at)
{
    static const Share misses[] = { { NO_ANSWER, 6 }, { VOICEMAIL, 3 }, { UNSAFE, 1 } };

    if (one_in_thousand(tale, 300)) {
        Time before = at - between(tale, 20 * MINUTE, 2 * HOUR);
        contact(tale, WITH_VICTIM, kind, CHOOSE(tale, misses), before);
    }
    contact(tale, WITH_VICTIM, kind, SPOKE, at);
}

/* An offer that is not accepted yet stays an offer. */
static void own(Tale *tale, Word unit, Time offered, Time accepted)
{
    PUT(tale, owners, MAX_FEW, offered, { code(tale, unit), offered, accepted <= tale->now ? accepted : TIME_NONE, TIME_NONE, TIME_NONE, NULL, NULL });
}

static void reference(Tale *tale, Word system, const char *no, Time at)
{
    PUT(tale, references, MAX_FEW, at, { code(tale, system), no, at });
}

/* --- numbers of other systems, in their shapes ----------------------------------------------- */
static char check_letter(uint64_t n)
{
    return "ZABCDEFGHJKLMNPQRTUVWXY"[n % 23];
}

static int year_of(Time t)
{
    return civil_local(t).year % 100;
}

static const char *cad_number(Tale *tale, Time at)
{
    static const char months[12][4] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
        "DEC" };
    Civil c = civil_local(at);

    return number(
        tale, "%d/%02d%s%02d", 1 + (int)((uint64_t)tale->i * 23 % 9973), c.day, months[c.month - 1], c.year % 100);
}

static const char *cris_number(Tale *tale, Time at)
{
    uint32_t n =
        4000000u + shuffle20(tale->t->seed, (uint32_t)tale->i & 0xfffff) + (uint32_t)(tale->i >> 20) * 1048576u;

    return number(tale, "%07u/%02d", n % 10000000u, year_of(at));
}

static const char *merlin_number(Tale *tale, Time at)
{
    return number(
        tale, "%02dPAC%06u", year_of(at), (uint32_t)(((uint64_t)tale->i * 7919 + tale->t->seed % 1000000) % 1000000));
}

static const char *pnc_number(Tale *tale, Time at)
{
    int yy = (year_of(at) + 100 - (int)below(tale, 20)) % 100;
    uint32_t serial = 1 + below(tale, 899999);

    return number(tale, "%02d/%u%c", yy, serial, check_letter((uint64_t)yy * 10000000u + serial));
}

static const char *asn_number(Tale *tale, Time at)
{
    int yy = year_of(at);
    uint32_t serial = 1 + below(tale, 899999);

    return number(tale, "%02d/01%.2s/01/%u%c", yy, tale->t->borough, serial,
        check_letter((10100u + (uint64_t)yy) * 100000000000u + serial)); /* force 01, system 01 */
}

/* --- people ---------------------------------------------------------------------------------- */
static const NameGroup *name_group(Tale *tale)
{
    uint32_t sum = 0, at;

    for (size_t g = 0; g < ARRAY_LEN(name_groups); g++) sum += (uint32_t)name_groups[g].weight;
    at = below(tale, sum);
    for (size_t g = 0; g < ARRAY_LEN(name_groups); g++) {
        if (at < (uint32_t)name_groups[g].weight) return &name_groups[g];
        at -= (uint32_t)name_groups[g].weight;
    }
    return &name_groups[0];
}

static const FamilyName *family_name(Tale *tale, const NameGroup *g)
{
    uint32_t n = 0;

    while (n < ARRAY_LEN(g->family) && g->family[n].female) n++;
    return &g->family[below(tale, n)];
}

static const char *given_name(Tale *tale, const NameGroup *g, bool female)
{
    const char *const *list = female ? g->female : g->male;
    uint32_t n = 0;

    while (n < ARRAY_LEN(g->female) && list[n]) n++;
    return list[below(tale, n)];
}

/* Born so many years before the report, give or take. */
static Date birth(Tale *tale, int least, int most)
{
    Date day = civil_local_date(tale->reported);

    return one_in_thousand(tale, 60) ? DATE_NONE : day - (Date)between(tale, (int64_t)least * 366, (int64_t)most * 365);
}

static Person *person(Tale *tale, Word role, const char *key, const NameGroup *g, const FamilyName *family, bool female)
{
    Person *p;

    if (tale->doc->n_people >= MAX_PEOPLE || tale->recorded > tale->now) return NULL;
    p = &tale->t->people[tale->doc->n_people++];
    *p = (Person){ .key = key,
        .role = code(tale, role),
        .sex = code(tale, female ? FEMALE : MALE),
        .born = DATE_NONE,
        .recorded_at = tale->recorded };
    p->family = female ? family->female : family->male;
    p->given = given_name(tale, g, female);
    if (one_in_thousand(tale, 15)) p->family = ANY(tale, single_names), p->given = NULL;
    p->ethnicity = g->ethnicity[below(tale, 3)];
    if (one_in_thousand(tale, 40)) p->ethnicity = "NS";
    return p;
}

static bool is_couple(Word tie)
{
    return tie >= SPOUSE && tie <= EX_PARTNER;
}

static Word choose_tie(Tale *tale)
{
    static const Share ties[] = { { PARTNER, 240 }, { EX_PARTNER, 250 }, { SPOUSE, 200 }, { EX_SPOUSE, 70 },
        { CHILD_OF, 60 }, { PARENT, 40 }, { SIBLING, 60 }, { IN_LAW, 20 }, { STEP, 15 }, { EXTENDED, 10 },
        { GRANDCHILD, 8 }, { OTHER_TIE, 4 } };
    static const Share kin[] = { { PARENT, 5 }, { SIBLING, 3 }, { EXTENDED, 3 }, { IN_LAW, 2 }, { SPOUSE, 2 } };
    static const Share same[] = { { PARTNER, 4 }, { EX_PARTNER, 4 }, { CIVIL_PARTNER, 4 }, { EX_CIVIL, 1 } };

    if (tale->honour || tale->forced) return CHOOSE(tale, kin);
    if (tale->same_sex) return CHOOSE(tale, same);
    return CHOOSE(tale, ties);
}

static void tie(Tale *tale, Person *p, const char *to, Word relationship)
{
    p->related_to = to;
    p->relationship = code(tale, relationship);
}

static Person *make_victim(Tale *tale, const NameGroup *g, const FamilyName *family, bool female)
{
    Person *v = person(tale, VICTIM, "v1", g, family, female);

    if (!v) return NULL;
    v->born = birth(tale, 18, one_in_thousand(tale, 80) ? 88 : 52);
    v->police_staff = tale->staff_victim;
    tale->victim = v->given ? v->given : v->family;
    return v;
}

static Person *make_suspect(
    Tale *tale, const char *key, const NameGroup *g, const FamilyName *family, bool female, Word relationship)
{
    Person *s;

    if (one_in_thousand(tale, 150))
        g = name_group(tale), family = family_name(tale, g);
    else if (!is_couple(relationship) || one_in_thousand(tale, 450))
        family = family_name(tale, g);
    s = person(tale, SUSPECT, key, g, family, female);
    if (!s) return NULL;
    s->born = birth(tale, relationship == CHILD_OF ? 16 : 18, relationship == PARENT ? 75 : 55);
    s->police_staff = tale->staff_suspect;
    tie(tale, s, "v1", relationship);
    tale->suspect = s->given ? s->given : s->family;
    return s;
}

static void make_children(Tale *tale, const NameGroup *g, const FamilyName *family)
{
    static const char *const keys[] = { "c1", "c2", "c3", "c4", "c5" };
    uint32_t n = 1 + below(tale, one_in_thousand(tale, 100) ? 5 : 3);

    for (uint32_t k = 0; k < n; k++) {
        Person *c = person(tale, CHILD, keys[k], g, family, one_in_thousand(tale, 500));
        if (!c) return;
        c->born = birth(tale, 0, 15);
        tie(tale, c, "v1", one_in_thousand(tale, 60) ? STEP : CHILD_OF);
    }
}

static void make_people(Tale *tale)
{
    static const char *const more_suspects[] = { "s2", "s3" };
    const NameGroup *g = name_group(tale);
    const FamilyName *family = family_name(tale, g);
    bool female = one_in_thousand(tale, tale->honour || tale->forced ? 930 : 820);
    Word relationship = choose_tie(tale);
    bool suspect_female = is_couple(relationship) ? (tale->same_sex ? female : !female) : one_in_thousand(tale, 250);
    uint32_t others = tale->honour ? 1 + below(tale, 2) : one_in_thousand(tale, 25);

    make_victim(tale, g, family, female);
    make_suspect(tale, "s1", g, family, suspect_female, relationship);
    for (uint32_t k = 0; k < others; k++)
        make_suspect(tale, more_suspects[k], g, family, one_in_thousand(tale, 300), tale->honour ? EXTENDED : IN_LAW);
    if (tale->kids) make_children(tale, g, family);
    if (one_in_thousand(tale, 180)) {
        const NameGroup *other = name_group(tale);
        bool woman = one_in_thousand(tale, 500);
        const FamilyName *name = family_name(tale, other);
        person(tale, one_in_thousand(tale, 700) ? WITNESS : INFORMANT, "w1", other, name, woman);
    }
}

static Person *find_person(Tale *tale, const char *key)
{
    for (size_t i = 0; i < tale->doc->n_people; i++)
        if (!strcmp(tale->t->people[i].key, key)) return &tale->t->people[i];
    return NULL;
}

static void suspect_is(Tale *tale, const char *key, Word status, Time at)
{
    Person *p = at <= tale->now ? find_person(tale, key) : NULL;
    Status *list;

    if (!p) return;
    list = tale->t->status[p - tale->t->people];
    if (p->n_status < MAX_STATUS) list[p->n_status++] = (Status){ code(tale, status), at };
}

/* --- what kind of case it is ----------------------------------------------------------------- */
typedef enum Trait {
    NEWS_CALL,
    NEWS_SERIOUS,
    NEWS_HONOUR,
    NEWS_FORCED,
    NEWS_STAFF_SUSPECT,
    NEWS_STAFF_VICTIM,
    NEWS_SEXUAL,
    NEWS_WANTED,
    NEWS_HIGH_INCIDENT,
    NEWS_MARAC,
    NEWS_RETURNED,
    NEWS_NOT_DOMESTIC,
    NEWS_TRANSFER,
    NEWS_SAME_SEX,
    NEWS_CRIME,
    NEWS_SLOW,
    NEWS_STUCK
} Trait;

/* The last days hold one of everything, at a fixed distance from now (0 = within the hour; 7–11 = ten to eighteen
** hours ago). */
static const struct {
    int recency;
    Trait trait;
} news[] = { { 0, NEWS_CALL }, { 2, NEWS_CRIME }, { 3, NEWS_STAFF_SUSPECT }, { 4, NEWS_CRIME }, { 5, NEWS_SERIOUS },
    { 6, NEWS_SLOW }, { 7, NEWS_SERIOUS }, { 7, NEWS_SLOW }, { 9, NEWS_SERIOUS }, { 10, NEWS_CRIME }, { 10, NEWS_SLOW },
    { 11, NEWS_SERIOUS }, { 11, NEWS_SLOW }, { 12, NEWS_HONOUR }, { 13, NEWS_RETURNED }, { 14, NEWS_FORCED },
    { 15, NEWS_NOT_DOMESTIC }, { 16, NEWS_STAFF_VICTIM }, { 17, NEWS_HIGH_INCIDENT }, { 18, NEWS_MARAC },
    { 19, NEWS_SAME_SEX }, { 20, NEWS_SEXUAL }, { 22, NEWS_TRANSFER }, { 24, NEWS_WANTED }, { 25, NEWS_RETURNED },
    { 26, NEWS_SLOW }, { 31, NEWS_WANTED }, { 33, NEWS_SEXUAL }, { 35, NEWS_MARAC }, { 40, NEWS_WANTED },
    { 44, NEWS_SERIOUS }, { 48, NEWS_STAFF_SUSPECT }, { 52, NEWS_HIGH_INCIDENT }, { 60, NEWS_WANTED },
    { 66, NEWS_SERIOUS }, { 70, NEWS_TRANSFER }, { 80, NEWS_HONOUR }, { 95, NEWS_WANTED }, { 120, NEWS_STAFF_VICTIM },
    { 21, NEWS_STUCK }, { 21, NEWS_CRIME }, { 38, NEWS_STUCK }, { 38, NEWS_CRIME }, { 160, NEWS_STUCK },
    { 160, NEWS_SERIOUS }, { 160, NEWS_WANTED } };

static bool in_the_news(const Tale *tale, Trait trait)
{
    for (size_t n = 0; n < ARRAY_LEN(news); n++)
        if (news[n].recency == tale->recency && news[n].trait == trait) return true;
    return false;
}

static bool is(Tale *tale, Trait trait, uint32_t in_thousand)
{
    bool drawn = one_in_thousand(tale, in_thousand);

    return drawn || in_the_news(tale, trait);
}

static void choose_traits(Tale *tale)
{
    tale->call_only = in_the_news(tale, NEWS_CALL);
    tale->honour = is(tale, NEWS_HONOUR, 18);
    tale->forced = is(tale, NEWS_FORCED, 7);
    tale->staff_suspect = is(tale, NEWS_STAFF_SUSPECT, 8);
    tale->staff_victim = is(tale, NEWS_STAFF_VICTIM, 7);
    tale->sexual = is(tale, NEWS_SEXUAL, 20);
    tale->serious = is(tale, NEWS_SERIOUS, 30);
    tale->wanted = is(tale, NEWS_WANTED, 8);
    tale->marac = is(tale, NEWS_MARAC, 40);
    tale->high = is(tale, NEWS_HIGH_INCIDENT, 30) || tale->honour || tale->forced || tale->serious || tale->marac;
    tale->crime = is(tale, NEWS_CRIME, 255) || tale->serious || tale->sexual || tale->wanted;
    if (in_the_news(tale, NEWS_HIGH_INCIDENT)) tale->crime = false;
    tale->returned = is(tale, NEWS_RETURNED, 60);
    tale->not_domestic = is(tale, NEWS_NOT_DOMESTIC, 35) && !tale->crime;
    tale->same_sex = is(tale, NEWS_SAME_SEX, 45) && !tale->honour && !tale->forced;
    tale->transfer = is(tale, NEWS_TRANSFER, 12);
    tale->kids = one_in_thousand(tale, 420);
    tale->arrest_now = one_in_thousand(tale, 800);
    if (in_the_news(tale, NEWS_SLOW)) tale->late = 380;
}

static int64_t root(int64_t n) /* the whole part of the square root */
{
    int64_t x = n, y = (x + 1) / 2;

    while (y < x) x = y, y = (x + n / x) / 2;
    return x;
}

/* The newest within the hour; then ever further apart (as rank to the power of one and a half), back to ninety
** days; older ones evenly before. Whole numbers only, so that every machine makes the same cases. */
static Time choose_report_time(Tale *tale)
{
    const Training *t = tale->t;
    int64_t rank = t->cases - 1 - tale->i; /* 0 = the newest */
    int64_t jitter = below(tale, 800), old = t->cases - t->live, old_days = old / OLD_A_DAY + 1, x;

    if (rank < t->live) {
        x = (rank * 1000 + jitter) * 1000 / t->live + 1500 * 1000 / LIVE_CASES; /* of a million */
        if (x > 1000000) x = 1000000;
        return t->now - x * root(x) / 1000 * LIVE_DAYS * DAY / 1000000;
    }
    if (old_days > OLD_DAYS_MAX) old_days = OLD_DAYS_MAX;
    return t->now - LIVE_DAYS * DAY - ((rank - t->live) * 1000 + jitter) * old_days / old * DAY / 1000;
}

static Word choose_offence(Tale *tale)
{
    static const Share grave[] = { { S20, 50 }, { S18, 36 }, { S20_AGG, 8 }, { ATTEMPTED_MURDER, 6 } };
    static const Share sex[] = { { RAPE, 60 }, { SEXUAL, 25 }, { PENETRATION, 15 } };
    static const Share common[] = { { COMMON_ASSAULT, 330 }, { S47, 200 }, { DAMAGE, 130 }, { HARASSMENT, 110 },
        { BREACH_NMO, 50 }, { THREATS, 45 }, { HARASSMENT_FEAR, 30 }, { BREACH_RO, 25 }, { IMPRISONMENT, 12 },
        { OTHER_OFFENCE, 67 }, { MURDER, 1 } };

    if (tale->serious) return CHOOSE(tale, grave);
    if (tale->sexual) return CHOOSE(tale, sex);
    return CHOOSE(tale, common);
}

/* --- the parts of a case, in the order of its life ------------------------------------------- */
static void tell_report(Tale *tale)
{
    static const Share how[] = { { HOW_CALL, 780 }, { HOW_STATION, 90 }, { HOW_THIRD, 40 }, { HOW_AGENCY, 60 },
        { HOW_OFFICER, 30 } };
    CaseDoc *doc = tale->doc;
    Word by = tale->call_only ? HOW_CALL : CHOOSE(tale, how);
    Time from = tale->reported - between(tale, 5 * MINUTE, by == HOW_CALL ? 90 * MINUTE : 3 * DAY);

    doc->reported_at = tale->reported;
    doc->reported_how = code(tale, by);
    doc->incident_from = from;
    if (one_in_thousand(tale, 300)) doc->incident_to = sooner(from + between(tale, 5 * MINUTE, HOUR), tale->reported);
    tale->attended = tale->reported +
                     between(tale, 8 * MINUTE, one_in_thousand(tale, (uint32_t)tale->late) ? 4 * HOUR : 50 * MINUTE);
    if (by == HOW_STATION) tale->attended = tale->reported;
    if (tale->call_only) tale->attended = tale->never;
    if (tale->attended <= tale->now && !one_in_thousand(tale, (uint32_t)tale->lost)) doc->attended_at = tale->attended;
    if (by == HOW_CALL || by == HOW_THIRD)
        doc->cad_number = cad_number(tale, tale->reported), doc->cad_received_at = tale->reported;
}

static void tell_place(Tale *tale)
{
    uint32_t roll = below(tale, 100), no = 1 + below(tale, 240);
    const char *street = ANY(tale, streets);

    if (roll < 62)
        tale->place = number(tale, "%u %s", no, street);
    else if (roll < 80)
        tale->place = number(tale, "Flat %u, %s, %s", 1 + no % 90, ANY(tale, houses), street);
    else if (roll < 90)
        tale->place = number(tale, "%u%c %s", no, 'A' + (int)below(tale, 4), street);
    else
        tale->place = ANY(tale, odd_places);
    tale->doc->incident_place = tale->place;
    tale->doc->incident_ward = strcmp(tale->t->borough, "KG") ? ANY(tale, wards_other) : ANY(tale, wards_kg);
}

static void tell_kind(Tale *tale)
{
    Word kind = tale->crime ? KIND_CRIME : KIND_INCIDENT;
    Time at = tale->recorded + between(tale, 0, 2 * HOUR);

    if (!tale->crime && one_in_thousand(tale, 50)) kind = KIND_RELATED;
    if (tale->crime && !tale->serious && !tale->sexual && tale->ended <= tale->now && one_in_thousand(tale, 60))
        kind = KIND_NO_CRIME, tale->crime = false;
    if (tale->call_only || tale->recorded > tale->now) kind = KIND_INCIDENT;
    tale->doc->kind = code(tale, kind);
    if (!tale->crime && kind != KIND_NO_CRIME) return;
    tale->serious_at = later(tale->reported, sooner(at, tale->now));
    if (tale->recorded <= tale->now) {
        Word class = choose_offence(tale);
        PUT(tale, offences, MAX_FEW, tale->serious_at,
            { code(tale, class), one_in_thousand(tale, 30), tale->serious_at });
        if (one_in_thousand(tale, 120))
            PUT(tale, offences, MAX_FEW, tale->serious_at, { code(tale, DAMAGE), false, tale->serious_at });
    }
}

static void tell_flags(Tale *tale)
{
    Time at = tale->recorded + between(tale, 5 * MINUTE, HOUR);

    flag(tale, DV, at);
    if (tale->sexual) flag(tale, SSO, at);
    if (tale->honour) flag(tale, HBV, at + between(tale, 0, 4 * HOUR));
    if (tale->forced) flag(tale, FM, at + between(tale, 0, 4 * HOUR));
}

static void tell_children(Tale *tale)
{
    Time at = step(tale, tale->recorded, 0, 40 * MINUTE, tale->reported + 12 * HOUR);

    if (at > tale->now) return;
    tale->doc->children = code(tale, !tale->kids ? KIDS_NONE : one_in_thousand(tale, 620) ? KIDS_PRESENT : KIDS_AWAY);
    tale->doc->children_at = at;
}

/* {"control":{"answer":"no"},"escalation":{"answer":"yes","context":"…"}} */
static const char *risk_answers(Tale *tale, const Factor *factors, size_t n, uint32_t yes)
{
    Training *t = tale->t;

    t->text_n = 0;
    for (size_t f = 0; f < n; f++) {
        uint32_t roll = factors[f].context[0] ? below(tale, 1000) : yes;
        const char *answer = roll < yes   ? "yes"
                             : roll < 900 ? "no"
                             : roll < 950 ? "not-known"
                             : roll < 980 ? "not-asked"
                                          : "declined";
        say_n(t, f ? ",\"" : "{\"", 2);
        say_n(t, factors[f].name, strlen(factors[f].name));
        say_n(t, "\":{\"answer\":\"", 13);
        say_n(t, answer, strlen(answer));
        bool skipped = roll >= 950 && roll < 980;
        if (roll < yes || skipped) {
            const char *context = skipped ? unasked[f % ARRAY_LEN(unasked)] : factors[f].context[below(tale, 3)];
            say_n(t, "\",\"context\":\"", 13);
            say_n(t, context, strlen(context));
        }
        say_n(t, "\"}", 2);
    }
    say_n(t, "}", 1);
    return arena_dup_n(tale->a, t->text, t->text_n);
}

static void assess(Tale *tale, Word instrument, Word stage, Role by, Time at, Code grade)
{
    static const uint32_t yes[] = { 80, 80, 240, 480 };
    bool dash = instrument == DASH;
    const char *rationale, *answers;

    if (at > tale->now) return;
    rationale = write_text(tale,
        grade == GRADE_HIGH     ? SAY_HIGH
        : grade == GRADE_MEDIUM ? SAY_MEDIUM
                                : SAY_STANDARD,
        one_in_thousand(tale, 600));
    answers = dash ? risk_answers(tale, dash_factors, ARRAY_LEN(dash_factors), yes[grade])
                   : risk_answers(tale, specss_factors, ARRAY_LEN(specss_factors), yes[grade]);
    PUT(tale, assessments, MAX_FEW, at,
        { code(tale, instrument), code(tale, stage), somebody(tale, by), at, grade, rationale, answers, NULL, NULL, NULL });
}

static const char *book_serial(Tale *tale)
{
    return number(tale, "%07u", (uint32_t)((uint64_t)tale->i * 3 + 1000) % 10000000u);
}

/* The book, its check by the sergeant, the book's return and second version, and what the two readers did. */
static void tell_book(Tale *tale)
{
    Training *t = tale->t;
    const char *by = somebody(tale, ROLE_RESPONSE_PC);
    Time due = tale->reported + 12 * HOUR, checked, indexed;
    Word found;

    tale->booked = step(tale, tale->recorded, 30 * MINUTE, 5 * HOUR, due);
    assess(tale, SPECSS, INITIAL, ROLE_RESPONSE_PC, tale->booked, tale->grade);
    PUT(tale, books, MAX_FEW, tale->booked,
        { .serial = book_serial(tale), .by = by, .begun_at = TIME_NONE, .completed_at = tale->booked, .index_at = TIME_NONE });
    checked = step(tale, tale->booked, 40 * MINUTE, 10 * HOUR, tale->booked + 12 * HOUR);
    if (tale->returned) {
        review(tale, R_PS, ROLE_RESPONSE_PS, checked, RETURNED, SAY_PS_RETURN);
        tale->booked = step(tale, checked, 3 * HOUR, 20 * HOUR, checked + DAY);
        PUT(tale, books, MAX_FEW, tale->booked,
            { .serial = book_serial(tale), .by = by, .begun_at = TIME_NONE, .completed_at = tale->booked, .index_at = TIME_NONE });
        checked = step(tale, tale->booked, HOUR, 10 * HOUR, tale->booked + 12 * HOUR);
    }
    review(tale, R_PS, ROLE_RESPONSE_PS, checked, verdict(tale), SAY_PS_CHECK);
    tale->ps_done = checked;
    found = verdict(tale);
    review(tale, R_READ, ROLE_CSU_DS, desk_step(tale, checked, 2 * HOUR, 21 * HOUR, checked + DAY), found, SAY_DS_READ);
    indexed = desk_step(tale, checked, 3 * HOUR, 44 * HOUR, civil_add_days(checked, 3));
    if (tale->doc->n_books && indexed <= tale->now) {
        t->books[0].index_number = number(tale, "G/%04u/%02d", (uint32_t)(tale->i % 10000), year_of(indexed));
        t->books[0].index_at = indexed;
    }
}

static void tell_references(Tale *tale)
{
    Time cris = step(tale, tale->recorded, 30 * MINUTE, 6 * HOUR, tale->reported + DAY);
    Time merlin =
        tale->kids ? step(tale, later(tale->recorded, cris - HOUR), HOUR, 9 * HOUR, tale->reported + DAY) : tale->never;
    Time both = later(cris, merlin), book = later(cris, tale->booked);
    Word found;

    tale->cris = cris, tale->merlin = merlin;
    reference(tale, CRIS, cris_number(tale, cris <= tale->now ? cris : tale->now), cris);
    reference(tale, MERLIN, merlin_number(tale, merlin <= tale->now ? merlin : tale->now), merlin);
    if (one_in_thousand(tale, 150)) {
        Time known = cris + between(tale, 0, 2 * DAY);
        reference(tale, CRIMINT, number(tale, "%.2sRT%08u", tale->t->borough, below(tale, 1000000)), known);
    }
    cross(tale, CRIS, X_MERLIN, step(tale, both, 10 * MINUTE, 16 * HOUR, both + DAY));
    cross(tale, MERLIN, X_CRIS, step(tale, both, 10 * MINUTE, 16 * HOUR, both + DAY));
    cross(tale, CRIS, X_BOOK, step(tale, book, 10 * MINUTE, 8 * HOUR, book + DAY));
    cross(tale, CRIS, X_RISK, step(tale, book, 10 * MINUTE, 8 * HOUR, book + DAY));
    review(tale, R_CRIS, ROLE_CMU,
        cris >= tale->never ? cris : step(tale, cris, 10 * MINUTE, 3 * HOUR, civil_day_end(civil_local_date(cris))),
        SATISFIED, SAY_CRIS);
    found = verdict(tale);
    review(tale, R_PPD, ROLE_PPD, step(tale, merlin, 2 * HOUR, 20 * HOUR, merlin + DAY), found, SAY_PPD);
}

/* The IBO supervisor reads the message, then it is put away. */
static void tell_cad(Tale *tale)
{
    Time ready = later(tale->cris, tale->kids ? tale->merlin : tale->cris), read, closed;

    if (!tale->doc->cad_number) return;
    if (tale->booked <= tale->now) tale->doc->cad_result = code(tale, CAD_YES);
    read = ready >= tale->never ? tale->never
                                : step(tale, ready, 10 * MINUTE, 3 * HOUR, later(ready, tale->reported + DAY));
    closed = read + between(tale, 5 * MINUTE, 40 * MINUTE);
    review(tale, R_CAD, ROLE_IBOS, read, SATISFIED, SAY_CAD);
    if (closed <= tale->now) tale->doc->cad_closed_at = closed, tale->doc->cad_result = code(tale, CAD_YES);
}

static void tell_not_domestic(Tale *tale)
{
    Time closed = later(tale->attended, tale->reported) + between(tale, 20 * MINUTE, 3 * HOUR);

    tale->doc->kind = code(tale, KIND_INCIDENT);
    if (!tale->doc->cad_number)
        tale->doc->cad_number = cad_number(tale, tale->reported), tale->doc->cad_received_at = tale->reported;
    if (closed > tale->now) return;
    tale->doc->cad_result = code(tale, CAD_NO);
    tale->doc->cad_closed_at = tale->doc->closed_at = closed;
    tale->doc->outcome = code(tale, O_NOT_DOMESTIC);
}

/* --- the suspect ----------------------------------------------------------------------------- */
static void happened(Tale *tale, Word kind, Time at)
{
    bool announced = kind != E_INTERVIEW && kind != E_COURT;

    if (!find_person(tale, "s1")) return;
    PUT(tale, events, MAX_FEW, at, { code(tale, kind), "s1", at });
    if (announced && at < tale->never)
        reach_victim(tale, C_EVENT, desk_step(tale, at, HOUR, 20 * HOUR, working_days(at, 1)));
}

static Time choose_arrest(Tale *tale)
{
    Time recorded = tale->recorded;

    if (tale->wanted) return recorded + between(tale, 12 * DAY, 160 * DAY);
    if (tale->arrest_now) return recorded + between(tale, 10 * MINUTE, HOUR);
    return recorded + between(tale, 3 * HOUR, 8 * DAY);
}

static void tell_charge(Tale *tale, Time at)
{
    happened(tale, E_CHARGE, at);
    suspect_is(tale, "s1", CHARGED, at);
    reference(tale, ASN, asn_number(tale, sooner(at, tale->now)), at);
    tell(tale, N_WCU, desk_step(tale, at, 30 * MINUTE, 20 * HOUR, working_days(at, 1)));
    happened(tale, E_COURT, at + between(tale, 2 * DAY, 20 * DAY));
}

/* Arrest, interview, then one of charge, caution, bail, release. */
static void tell_custody(Tale *tale)
{
    static const Share ends[] = { { CHARGED, 34 }, { CAUTIONED, 18 }, { BAILED, 22 }, { NFA, 26 } };
    Word end = CHOOSE(tale, ends);
    Time at = tale->arrested_at, over = at + between(tale, 9 * HOUR, 22 * HOUR);

    happened(tale, E_ARREST, at);
    suspect_is(tale, "s1", ARRESTED, at);
    reference(tale, CUSTODY,
        number(tale, "%.2s/%04u/%02d", tale->t->borough, 1 + below(tale, 9998), year_of(sooner(at, tale->now))),
        at + 30 * MINUTE);
    reference(tale, PNC, pnc_number(tale, sooner(at, tale->now)), at + HOUR);
    happened(tale, E_INTERVIEW, at + between(tale, 5 * HOUR, 8 * HOUR));
    if (end == BAILED) {
        happened(tale, E_BAIL, over);
        suspect_is(tale, "s1", BAILED, over);
        over += between(tale, 14 * DAY, 35 * DAY);
        end = one_in_thousand(tale, 550) ? CHARGED : NFA;
    }
    tale->decided_at = over;
    tale->decision = end;
    if (end == CHARGED) tell_charge(tale, over);
    if (end == CAUTIONED) happened(tale, E_CAUTION, over), suspect_is(tale, "s1", CAUTIONED, over);
    if (end == NFA) {
        happened(tale, E_RELEASE, over);
        happened(tale, E_NFA, over + 10 * MINUTE);
        suspect_is(tale, "s1", NFA, over + 10 * MINUTE);
        tell(tale, N_DVIP, desk_step(tale, over, 10 * MINUTE, 16 * HOUR, over + DAY));
    }
}

static void tell_suspect(Tale *tale)
{
    static const char *const others[] = { "s2", "s3" };
    Person *s = find_person(tale, "s1");

    if (!tale->crime || !s) return;
    tale->arrested_at = choose_arrest(tale);
    if (tale->arrested_at >= tale->ended || tale->arrested_at >= tale->left) tale->arrested_at = tale->never;
    if (tale->arrested_at - tale->recorded > HOUR) {
        suspect_is(tale, "s1", OUTSTANDING, tale->recorded);
        for (Time at = tale->recorded, due;; at = due) {
            due = desk_step(tale, at, 5 * DAY, 6 * DAY + 18 * HOUR, civil_add_days(at, 7));
            if (due > tale->now || due >= tale->ended || due >= tale->arrested_at || due >= tale->left) break;
            review(tale, R_ROUNDUP, ROLE_CSU_DS, due, SATISFIED, SAY_ROUNDUP);
        }
    }
    for (size_t k = 0; k < ARRAY_LEN(others); k++) suspect_is(tale, others[k], RELEASED, tale->recorded + HOUR);
    if (tale->arrested_at < tale->ended) tell_custody(tale);
}

/* --- the unit -------------------------------------------------------------------------------- */
/* Who has it: response, then the CSU; a few go on to others, and some of those offers still wait. */
static void tell_owners(Tale *tale)
{
    Time offered = tale->reported + between(tale, 6 * HOUR, 14 * HOUR),
         accepted = desk_step(tale, offered, HOUR, 12 * HOUR, offered + DAY), next;
    Word to = tale->sexual                 ? U_SCD2
              : tale->staff_suspect        ? (one_in_thousand(tale, 500) ? U_DPS : U_BUDDY)
              : one_in_thousand(tale, 700) ? U_BUDDY
                                           : U_SCD5;

    own(tale, U_RESPONSE, tale->reported, tale->reported);
    own(tale, U_CSU, offered, accepted);
    if (!tale->sexual && !tale->transfer && !(tale->staff_suspect && one_in_thousand(tale, 400))) return;
    if (accepted >= tale->never) return;
    next = tale->sexual ? desk_step(tale, tale->reported, 6 * HOUR, 20 * HOUR, tale->reported + DAY)
                        : accepted + between(tale, HOUR, 2 * DAY);
    next = later(next, offered + HOUR);
    accepted = desk_step(tale, next, 3 * HOUR, 22 * HOUR, next + DAY);
    own(tale, to, next, accepted);
    if (to != U_BUDDY) tale->left = accepted;
}

static void given(Tale *tale, Role to, Time at, const char *reason)
{
    tale->t->investigators[tale->doc->n_investigators++] =
        (Investigator){ training_officers[to - ROLE_RESPONSE_PC].warrant, training_officers[ROLE_CSU_DS - ROLE_RESPONSE_PC].warrant, at, reason };
}

/* The sergeant gives a crime away within hours of its coming to the unit; what is worst is his own for a while. Some nobody was given: the newest, and
** what was passed over. Told last, so that nothing before it depends on it. */
static void tell_investigator(Tale *tale)
{
    const Owner *csu = tale->doc->n_owners > 1 ? &tale->t->owners[1] : NULL;
    bool own = tale->grade == GRADE_HIGH && tale->serious && one_in_thousand(tale, 500), passed = one_in_thousand(tale, 120);
    Time at = csu && csu->accepted_at != TIME_NONE ? csu->accepted_at + between(tale, HOUR, 10 * HOUR) : TIME_NONE, then;

    if (at == TIME_NONE || !tale->crime || tale->staff_suspect || tale->staff_victim || passed) return;
    if (at > sooner(tale->now, sooner(tale->ended, tale->left))) return;
    given(tale, own ? ROLE_CSU_DS : ROLE_CSU_IO, at, NULL);
    then = at + between(tale, 5 * DAY, 20 * DAY);
    if (own && then < sooner(tale->now, sooner(tale->ended, tale->left))) given(tale, ROLE_CSU_IO, then, "The arrest was made; the file is to be built.");
}

/* Every week, until the case is closed or gone. */
static void tell_supervision(Tale *tale)
{
    Time stop = sooner(tale->ended, tale->left);

    for (Time at = tale->reported, due = 0; at <= tale->now; at = due) {
        due = desk_step(tale, at, 6 * DAY - 6 * HOUR, 7 * DAY - 4 * HOUR, civil_add_days(at, 7));
        if (due >= stop) return;
        review(tale, R_DS, ROLE_CSU_DS, due, verdict(tale), SAY_SUPERVISION);
    }
}

static void tell_dmm(Tale *tale)
{
    Civil c = civil_local(tale->reported);
    Word found;
    Time opens;

    if (c.hour >= 9) c.day++;
    c.hour = 9, c.minute = c.second = 0;
    opens = civil_from_local(c);
    found = verdict(tale);
    review(tale, R_DMM, ROLE_CSU_DI, step(tale, opens, 6 * MINUTE, 150 * MINUTE, opens + 3 * HOUR), found, SAY_DMM);
}

static void tell_serious(Tale *tale)
{
    Time s = tale->serious_at, stop = sooner(tale->ended, tale->left), due = civil_add_days(s, 7), di;

    review(tale, R_SERIOUS, ROLE_CSU_DS, step(tale, s, 10 * HOUR + 10 * MINUTE, 17 * HOUR, s + 18 * HOUR), SATISFIED,
        SAY_SERIOUS);
    di = desk_step(tale, s, 20 * HOUR, 5 * DAY, due);
    if (di < stop) review(tale, R_DI, ROLE_CSU_DI, di, verdict(tale), SAY_DI);
    for (Time at = sooner(di, due); at <= tale->now;) {
        at = desk_step(tale, at, 22 * DAY, 27 * DAY, civil_add_days(at, 28));
        if (at >= stop) return;
        review(tale, R_DCI, ROLE_DCI, at, SATISFIED, SAY_DCI);
    }
}

/* A second assessment, by the investigator for crimes; for high incidents by order of the sergeant. */
static void tell_secondary(Tale *tale)
{
    Owner *csu = tale->doc->n_owners > 1 ? &tale->t->owners[1] : NULL;
    Time from = tale->crime ? (csu ? csu->accepted_at : TIME_NONE) : tale->booked, at;
    Code grade = tale->grade;

    if (from == TIME_NONE || from > tale->now || (!tale->crime && grade != GRADE_HIGH)) return;
    at = desk_step(tale, from, 5 * HOUR, 40 * HOUR, from + 2 * DAY);
    if (at >= sooner(tale->ended, tale->left)) return;
    if (grade < GRADE_HIGH && one_in_thousand(tale, 60)) grade++;
    assess(tale, SPECSS, SECONDARY, ROLE_CSU_IO, at, grade);
    if (grade == GRADE_HIGH && tale->grade != GRADE_HIGH)
        refer(tale, T_IDVA, false, desk_step(tale, at, HOUR, 20 * HOUR, at + DAY));
}

static void tell_referrals(Tale *tale)
{
    static const Share high[] = { { T_IDVA, 6 }, { T_SANCTUARY, 2 }, { T_ADVOCACY, 2 } };
    static const Share says[] = { { GIVEN, 70 }, { REFUSED, 15 }, { NOT_ASKED, 15 } };
    Time from = tale->booked, at;
    Word consent = CHOOSE(tale, says);

    if (from > tale->now) return;
    if (one_in_thousand(tale, 800))
        tale->t->consent[tale->doc->n_consent++] = (Consent){ "victim-support", code(tale, consent) };
    else
        consent = NOT_ASKED;
    if (tale->grade == GRADE_HIGH) {
        Word to = CHOOSE(tale, high);
        if (!tale->honour && !tale->forced)
            refer(tale, to, false, desk_step(tale, from, 3 * HOUR, 22 * HOUR, from + DAY));
    } else if (consent != REFUSED)
        refer(tale, T_VS, false, desk_step(tale, from, 10 * HOUR, 30 * HOUR, working_days(from, 2)));
    if (tale->marac) {
        at = desk_step(tale, from, 8 * HOUR, 3 * DAY, from + 4 * DAY);
        refer(tale, T_MARAC, false, at);
        assess(tale, DASH, STAGE_MARAC, ROLE_CSU_IO, desk_step(tale, at, HOUR, 20 * HOUR, at + DAY), GRADE_HIGH);
    }
    if (tale->same_sex)
        refer(tale, T_LGBT, false,
            desk_step(tale, tale->reported, 12 * HOUR, 60 * HOUR, civil_add_days(tale->reported, 3)));
    if (tale->kids && one_in_thousand(tale, 300))
        refer(tale, T_CHILDREN, false, from + between(tale, 4 * HOUR, 2 * DAY));
    if (one_in_thousand(tale, 40)) refer(tale, T_REFUGE, false, from + between(tale, HOUR, 3 * DAY));
}

static void tell_honour(Tale *tale)
{
    Time from = tale->recorded + 30 * MINUTE, at;

    if (!tale->honour && !tale->forced) return;
    for (size_t i = 0; i < tale->doc->n_flags; i++)
        if (tale->t->flags[i].flag == code(tale, HBV) || tale->t->flags[i].flag == code(tale, FM))
            from = later(from, tale->t->flags[i].at);
    at = desk_step(tale, from, 4 * HOUR, 20 * HOUR, from + DAY);
    refer(tale, one_in_thousand(tale, 600) ? T_ADVOCACY : T_IDVA, false, at);
    refer(tale, T_MARAC, true, desk_step(tale, from, 6 * HOUR, 22 * HOUR, from + DAY));
    review(tale, R_PLAN, ROLE_CSU_DS, desk_step(tale, from, 3 * HOUR, 20 * HOUR, from + DAY), SATISFIED, SAY_RISK_PLAN);
    assess(tale, DASH, STAGE_MARAC, ROLE_CSU_IO, desk_step(tale, at, HOUR, 20 * HOUR, at + DAY), GRADE_HIGH);
}

static void tell_staff(Tale *tale)
{
    Time from = tale->recorded, soon = from + HOUR;
    Time closed = sooner(tale->ended, tale->never);

    if (from > tale->now || (!tale->staff_suspect && !tale->staff_victim)) return;
    tell(tale, N_DI, step(tale, from, 5 * MINUTE, 50 * MINUTE, soon));
    soon = step(tale, from, 5 * MINUTE, 55 * MINUTE, soon);
    if (soon <= tale->now) tale->doc->restricted_at = soon;
    if (tale->staff_victim) tell(tale, N_MANAGER, desk_step(tale, from, 6 * HOUR, 2 * DAY, civil_add_days(from, 3)));
    if (!tale->staff_suspect) return;
    tell(tale, N_DPS, step(tale, from, 10 * MINUTE, 55 * MINUTE, from + HOUR));
    flag(tale, PE, step(tale, from, 10 * MINUTE, 55 * MINUTE, from + HOUR));
    tell(tale, N_COMMANDER, desk_step(tale, from, 2 * HOUR, 20 * HOUR, from + DAY));
    tell(tale, N_VCD, desk_step(tale, from, 2 * HOUR, 22 * HOUR, from + DAY));
    tell(tale, N_WELFARE, desk_step(tale, from, 6 * HOUR, 2 * DAY, civil_add_days(from, 3)));
    tell(tale, N_DPS_END, desk_step(tale, closed, HOUR, 20 * HOUR, closed + DAY));
}

/* At least every 28 days the victim is spoken to. */
static void tell_victim(Tale *tale)
{
    Time stop = sooner(tale->ended, tale->left);
    Time called = tale->booked + between(tale, 12 * HOUR, 36 * HOUR);

    contact(tale, WITH_VICTIM, C_SAFETY, one_in_thousand(tale, 800) ? SPOKE : NO_ANSWER, called);
    if (!tale->crime) return;
    if (one_in_thousand(tale, 500))
        contact(tale, WITH_VICTIM, C_STATEMENT, SPOKE, tale->recorded + between(tale, HOUR, 5 * DAY));
    for (Time at = tale->reported; at <= tale->now;) {
        at = desk_step(tale, at, 6 * DAY, 26 * DAY, civil_add_days(at, 28));
        if (at >= stop) return;
        reach_victim(tale, C_UPDATE, at);
    }
}

static void tell_others(Tale *tale)
{
    if (one_in_thousand(tale, 30)) {
        Word found = verdict(tale);
        review(tale, R_QA, ROLE_CSU_DI, tale->ps_done + between(tale, 4 * DAY, 20 * DAY), found, SAY_QA);
    }
    if (tale->grade == GRADE_HIGH && one_in_thousand(tale, 250))
        review(tale, R_INSPECTOR, ROLE_CSU_DI, tale->recorded + between(tale, 2 * HOUR, 12 * HOUR), SATISFIED,
            SAY_INSPECTOR);
}

static Word choose_outcome(const Tale *tale)
{
    if (tale->doc->kind == code(tale, KIND_NO_CRIME)) return O_NO_CRIME;
    if (!tale->crime) return O_OTHER;
    if (tale->left <= tale->ended) return O_TRANSFERRED;
    if (tale->arrested_at >= tale->ended) return O_UNDETECTED;
    return tale->decision == CHARGED ? O_CHARGED : tale->decision == CAUTIONED ? O_CAUTIONED : O_NFA;
}

static void tell_end(Tale *tale)
{
    if (tale->ended > tale->now) return;
    tale->doc->closed_at = tale->ended;
    tale->doc->outcome = code(tale, choose_outcome(tale));
}

/* How long a case lives; one that is older than ninety days is over. */
static Time choose_end(Tale *tale)
{
    int64_t days = tale->crime ? between(tale, 4, 15) : between(tale, 4, 12);

    if (tale->serious || tale->sexual) days += between(tale, 5, 30);
    if (tale->wanted) days = between(tale, 40, 75);
    return office(tale, tale->reported + days * DAY + below(tale, DAY), tale->reported, tale->never);
}

/* --- moving to the arena --------------------------------------------------------------------- */
#define KEEP(tale, list)                                                                                               \
    (tale)->doc->list = keep((tale)->a, (tale)->t->list, (tale)->doc->n_##list * sizeof(tale)->t->list[0])

static void *keep(Arena *a, const void *items, size_t bytes)
{
    return bytes ? memcpy(arena_alloc(a, bytes), items, bytes) : NULL;
}

/* In these stories nothing was written into the wrong case. */
static void none_taken_back(CaseDoc *doc)
{
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n, size = case_lists[list].item_size;
        char *items = case_items(doc, list, &n);
        for (size_t i = 0; i < n && case_can_withdraw(list); i++)
            *(Time *)(void *)(items + i * size + case_list_field(list, "withdrawn_at")->offset) = TIME_NONE;
    }
}

static void keep_all(Tale *tale)
{
    Training *t = tale->t;

    for (size_t p = 0; p < tale->doc->n_people; p++)
        t->people[p].status = keep(tale->a, t->status[p], t->people[p].n_status * sizeof(Status));
    KEEP(tale, offences);
    KEEP(tale, flags);
    KEEP(tale, people);
    KEEP(tale, references);
    KEEP(tale, cross_references);
    KEEP(tale, books);
    KEEP(tale, assessments);
    KEEP(tale, reviews);
    KEEP(tale, referrals);
    KEEP(tale, contacts);
    KEEP(tale, events);
    KEEP(tale, notices);
    KEEP(tale, owners);
    KEEP(tale, investigators);
    KEEP(tale, consent);
    none_taken_back(tale->doc);
}

static void begin(Tale *tale)
{
    const Training *t = tale->t;
    int64_t rank = t->cases - 1 - tale->i;
    char id[32];

    tale->chance = mix(t->seed ^ mix((uint64_t)tale->i + 0x632be59bd9b4e019u));
    tale->now = t->now;
    tale->never = tale->left = tale->arrested_at = t->now + 4000 * (Time)DAY;
    tale->late = 50, tale->lost = rank < t->live ? 1 : 0;
    tale->recency = rank < t->live ? rank * LIVE_CASES / t->live : LIVE_CASES;
    tale->victim = "the victim", tale->suspect = "the suspect", tale->officer = "the IO";
    tale->reported = choose_report_time(tale);
    if (t->cases <= NUMBERED_FROM)
        case_number_make(t->borough, shuffle20(~t->seed, (uint32_t)tale->i), id);
    else
        snprintf(id, sizeof id, "%s-%d-%07lld", t->borough, civil_local(tale->reported).year, (long long)tale->i + 1);
    tale->doc->id = arena_dup(tale->a, id);
    tale->doc->borough = arena_dup(tale->a, t->borough);
}

static void tell_case(Tale *tale)
{
    choose_traits(tale);
    tale->grade = tale->high ? GRADE_HIGH : one_in_thousand(tale, 400) ? GRADE_MEDIUM : GRADE_STANDARD;
    tell_report(tale);
    tell_place(tale);
    tale->recorded = later(tale->attended, tale->reported) + between(tale, 5 * MINUTE, 25 * MINUTE);
    tale->ended = choose_end(tale);
    if (tale->not_domestic) {
        tell_not_domestic(tale);
        return;
    }
    make_people(tale);
    tell_kind(tale);
    tell_flags(tale);
    tell_children(tale);
    tell_book(tale);
    tell_references(tale);
    tell_cad(tale);
    if (in_the_news(tale, NEWS_STUCK)) tale->lost = 400; /* it fell through between two desks */
    tell_owners(tale);
    tell_suspect(tale);
    if (tale->crime) tell_dmm(tale), tell_supervision(tale);
    if (tale->crime && tale->serious) tell_serious(tale);
    tell_secondary(tale);
    tell_referrals(tale);
    tell_honour(tale);
    tell_staff(tale);
    tell_victim(tale);
    tell_others(tale);
    tell_end(tale);
    tell_investigator(tale);
}

void training_case(Training *t, int64_t i, const Vocabs *v, Arena *a, CaseDoc *out)
{
    Tale tale = { .t = t, .a = a, .doc = out, .i = i };

    learn_words(t, v);
    case_init(out);
    begin(&tale);
    tell_case(&tale);
    keep_all(&tale);
    case_sort(out);
    training_books(out, v, &t->forms, t->seed ^ mix((uint64_t)i), t->now, a);
}
