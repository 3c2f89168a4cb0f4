/* desk.c — made-up cases and stores for the store's tests; everything follows from the number of the case. */
#include "desk.h"

#include "base/str.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char desk_root[64];

void desk_start(void)
{
    Err err = { 0 };

    snprintf(desk_root, sizeof desk_root, "/tmp/b124-store-XXXXXX");
    assert_non_null(mkdtemp(desk_root));
    if (!crypto_start(&err)) fail_msg("%s", err.text);
}

const char *desk_path(const char *name)
{
    static char paths[4][200];
    static int next;
    char *path = paths[next++ % 4];

    snprintf(path, 200, "%s/%s", desk_root, name);
    return path;
}

void desk_remove(const char *name)
{
    char path[200];
    DIR *d;
    const struct dirent *e;

    snprintf(path, sizeof path, "%s", desk_path(name));
    d = opendir(path);
    while (d && (e = readdir(d)) != NULL) {
        char file[500];
        snprintf(file, sizeof file, "%s/%s", path, e->d_name);
        unlink(file);
    }
    if (d) closedir(d);
    rmdir(path);
    unlink(path);
}

void desk_finish(void)
{
    DIR *d = opendir(desk_root);
    const struct dirent *e;

    while (d && (e = readdir(d)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) desk_remove(e->d_name);
    if (d) closedir(d);
    rmdir(desk_root);
}

Store *desk_store(const char *name)
{
    StoreInfo birth = { .training = true, .borough = "KG", .created_at = NOW };
    Store *s;

    must(store_create(desk_path(name), &birth, E));
    must((s = store_open(desk_path(name), E)) != NULL);
    return s;
}

/* ---- cases ---- */

static Code code(VocabId id, int i)
{
    return (Code)(1 + (unsigned)i % vocabs_standard()->of[id].n);
}

static void add(CaseDoc *doc, CaseListId list, const void *item, Arena *a)
{
    case_append(doc, list, item, a);
}

static void people(int i, Time at, Arena *a, CaseDoc *doc)
{
    static const char *const families[] = { "Example", "Zoë-Smith", "O'Néill", "Okafor", "Straße", "Li" };
    Person victim, suspect;
    Status statuses[2] = { { 1, at }, { 2, at + DAY } };

    case_item_init(LIST_PEOPLE, &victim);
    victim.key = "v1", victim.role = 1, victim.family = families[i % 6], victim.given = "Anne";
    victim.born = 3000 + i % 9000, victim.sex = 1, victim.ethnicity = "W1", victim.recorded_at = at;
    add(doc, LIST_PEOPLE, &victim, a);
    case_item_init(LIST_PEOPLE, &suspect);
    suspect.key = "s1", suspect.role = 2, suspect.family = families[(i + 1) % 6], suspect.sex = 2,
    suspect.recorded_at = at;
    suspect.police_staff = i % 50 == 0, suspect.related_to = "v1", suspect.relationship = code(VOCAB_RELATIONSHIP, i);
    suspect.status = arena_alloc(a, sizeof statuses), suspect.n_status = 2;
    memcpy(suspect.status, statuses, sizeof statuses);
    add(doc, LIST_PEOPLE, &suspect, a);
}

/* What follows from a grade, and what a case needs until it is closed. */
static void followed(Time at, Arena *a, CaseDoc *doc)
{
    Investigator officer = { "300001", "190001", at + 3 * HOUR, "She knows the family." }, nobody = { NULL, "190001", at + 12 * DAY, NULL };
    Task task = { "t1", 1, NULL, 4, "Ring her each Friday", 7, "DC Webb", at + 9 * DAY, "190001", at + DAY,
        "She will not leave.", at + 30 * DAY, "190002", at + 2 * DAY, at + 8 * DAY, "190001", "Done each week." };
    ReferralStep step = { 1, 5, 1, "190001", at + 2 * DAY, "Taken on." };
    Hearing hearing = { "m1", at + 20 * DAY, true, "idva,housing", "190003", at + DAY, TIME_NONE, NULL };
    CourtOrder order = { "o1", 1, "s1", "v1", "Example County Court", "10EX0001", at + DAY, at + 200 * DAY,
        "Not to go near.", "190001", at + DAY, TIME_NONE, TIME_NONE, CODE_NONE };
    Bail bail = { "b1", "s1", "no-contact,curfew", "2100 to 0600", at + 30 * DAY, "190001", at + DAY, at + 9 * DAY, 1 };
    Breach breach = { "o1", "190001", at + 3 * DAY, "He rang twice." };
    SafeContact safe = { "v1", 1, 2, "07700 900123", "weekdays 0930 to 1430", "Ask for the library", true, "201234",
        at + HOUR };
    Attempt attempt = { "s1", "12 Example Road", 2, "201234", at + DAY, "No lights." };
    attempt.withdrawn = (Withdrawal){ at + 2 * DAY, "190001", "It was another suspect." };
    Hold hold = { "h1", "ds-supervision", at + 4 * DAY, "She is in hospital.", "190001", at + DAY, TIME_NONE };
    Link link = { "KG-2M8KX", 3, "190001", at + DAY, "Same mother." };
    Disposal disposal = { "s1", 1, 6, CODE_NONE, true, true, "190001", at + 9 * DAY, "CPS by telephone.", "He said that he pushed her.", 1 };
    Reopening reopening = { at + 10 * DAY, 1, "190001", at + 11 * DAY, "A witness came forward." };

    add(doc, LIST_INVESTIGATORS, &officer, a);
    add(doc, LIST_INVESTIGATORS, &nobody, a);
    add(doc, LIST_TASKS, &task, a);
    add(doc, LIST_REFERRAL_STEPS, &step, a);
    add(doc, LIST_HEARINGS, &hearing, a);
    add(doc, LIST_ORDERS, &order, a);
    add(doc, LIST_BAIL, &bail, a);
    add(doc, LIST_BREACHES, &breach, a);
    add(doc, LIST_SAFE_CONTACTS, &safe, a);
    add(doc, LIST_ATTEMPTS, &attempt, a);
    add(doc, LIST_HOLDS, &hold, a);
    add(doc, LIST_LINKS, &link, a);
    add(doc, LIST_DISPOSALS, &disposal, a);
    add(doc, LIST_REOPENINGS, &reopening, a);
}

static void rest(int i, Time at, Arena *a, CaseDoc *doc)
{
    Book book = { arena_printf(a, "%06d", i), "201234", at, at + HOUR, NULL, TIME_NONE,
        "{\"scene\":{\"door\":\"kicked in\"}}" };
    Assessment risk = { 1, 1, "201234", at + HOUR, (Code)(i % 4), "She said he would come back.",
        "{\"separation\":{\"answer\":\"yes\"}}", "00aa", "He is abroad.", "She looked at the door." };
    Review review = { 2, "190001", at + 5 * HOUR, 1, book.serial, "00ff", at + 4 * HOUR, "illegible,other",
        "Read and discussed with the officer; the plan is right.", "{\"refs\":\"met\"}" };
    review.withdrawn.at = TIME_NONE;
    Addendum addendum = { book.serial, "victim.born", "201234", at + 6 * HOUR, "The day of birth is the 14th." };
    BookMove move = { book.serial, "CSU tray", "190001", at + 7 * HOUR };
    CrossReference x = { 2, 3, at + 9 * HOUR };
    Referral referral = { 5, false, at + DAY };
    Contact contact = { 1, 1, 1, "201234", at + 2 * DAY };
    contact.withdrawn = (Withdrawal){ at + 3 * DAY, "190001", "It was another victim." };
    Event event = { 1, "s1", at + DAY };
    event.withdrawn.at = TIME_NONE;
    Notice notice = { 1, at + DAY };
    notice.withdrawn.at = TIME_NONE;
    Consent consent = { "victim-support", 1 };

    add(doc, LIST_BOOKS, &book, a);
    add(doc, LIST_ADDENDA, &addendum, a);
    add(doc, LIST_BOOK_MOVES, &move, a);
    add(doc, LIST_ASSESSMENTS, &risk, a);
    add(doc, LIST_REVIEWS, &review, a);
    add(doc, LIST_CROSS_REFERENCES, &x, a);
    add(doc, LIST_REFERRALS, &referral, a);
    add(doc, LIST_CONTACTS, &contact, a);
    add(doc, LIST_EVENTS, &event, a);
    add(doc, LIST_NOTICES, &notice, a);
    add(doc, LIST_CONSENT, &consent, a);
    followed(at, a, doc);
}

void desk_case(int i, bool rich, Arena *a, CaseDoc *doc)
{
    Time at = NOW - (Time)(i % 700) * 11 * HOUR - 20 * DAY;
    Offence offence = { (Code)(1 + i % 17), false, at + HOUR, "190001", CODE_NONE, "As he was told." };
    Flag flag = { 1, at + HOUR, "201234" };
    Reference cris = { 2, arena_printf(a, "%07d/10", i), at + HOUR },
              merlin = { 3, arena_printf(a, "10PAC%06d", i), at + 8 * HOUR };
    cris.withdrawn.at = merlin.withdrawn.at = TIME_NONE;
    Owner response = { 1, at, at, TIME_NONE, TIME_NONE, NULL, NULL },
          csu = { 2, at + DAY, at + 26 * HOUR, TIME_NONE, TIME_NONE, NULL, NULL };

    case_init(doc);
    doc->id = arena_printf(a, "KG-%07d", (int)((int64_t)i * 7919 % 10000000));
    doc->borough = "KG", doc->reported_at = at, doc->reported_how = 1, doc->kind = 2;
    doc->incident_place = "12 Example Road", doc->cad_number = arena_printf(a, "%d/01FEB10", i),
    doc->cad_received_at = at;
    doc->children = 3, doc->children_at = at + HOUR;
    add(doc, LIST_OFFENCES, &offence, a);
    add(doc, LIST_FLAGS, &flag, a);
    people(i, at, a, doc);
    add(doc, LIST_REFERENCES, &cris, a);
    add(doc, LIST_REFERENCES, &merlin, a);
    add(doc, LIST_OWNERS, &response, a);
    add(doc, LIST_OWNERS, &csu, a);
    if (rich) rest(i, at, a, doc);
    case_sort(doc);
}

/* ---- duties ---- */

size_t desk_duties(int i, Duty out[6])
{
    Time at = NOW - 9 * DAY + (Time)(i % 1009) * 1733, soon = NOW + (Time)(i % 97) * 1021;
    Duty duties[6] = {
        { "attend", 0, ROLE_RESPONSE_PC, at, at, at + HOUR, at + 1800, TIME_NONE },
        { "csu-ds-read", 0, ROLE_CSU_DS, at, at, at + DAY, TIME_NONE, TIME_NONE },
        { "dci-review", 0, ROLE_DCI, soon, soon, soon + 28 * DAY, TIME_NONE, TIME_NONE },
        { "di-review", 0, ROLE_CSU_DI, at, at, at + 7 * DAY, TIME_NONE, i % 3 ? TIME_NONE : at + DAY },
        { "ds-supervision", 0, ROLE_CSU_DS, at, at, at + 7 * DAY, at + 6 * DAY, TIME_NONE },
        { "ds-supervision", 1, ROLE_CSU_DS, at + 6 * DAY, at + 6 * DAY, at + 13 * DAY, TIME_NONE, TIME_NONE },
    };

    if (i % 5 == 2) duties[1].held = at + DAY - HOUR; /* put aside, until before it is due */
    if (i % 7 == 3) duties[5].held = at + 8 * DAY;
    if (i % 4 == 1) duties[2].held = soon + 5 * DAY;
    memcpy(out, duties, sizeof duties);
    return 6;
}

size_t desk_alerts(int i, CaseAlert out[3])
{
    Time at = NOW - 9 * DAY + (Time)(i % 1009) * 1733;
    CaseAlert all[3] = {
        { "children-merlin", "0123456789abcdef", ROLE_RESPONSE_PS, at },
        { "honour-grade", "00000000000000ff", ROLE_CSU_DS, at + HOUR },
        { "narrative-weapons", i % 2 ? "aaaaaaaaaaaaaaaa" : "bbbbbbbbbbbbbbbb", ROLE_RESPONSE_PS, at + 60 },
    };

    memcpy(out, all, sizeof all);
    return (size_t)(i % 4);
}

size_t desk_runs(int i, AlertRun out[DESK_RUNS])
{
    Time at = NOW - 60 * DAY + (Time)(i % 1009) * 7907;
    CaseAlert alerts[3];
    size_t n = desk_alerts(i, alerts), made = 0;

    if (i % 10 == 1) at = civil_day_end(civil_local_date(at)); /* at the edges of days, too */
    if (i % 10 == 5) at = civil_day_start(civil_local_date(at));
    if (i % 3 == 0) out[made++] = (AlertRun){ "children-merlin", "1111111111111111", at, at + DAY };
    if (i % 5 < 2) {
        out[made++] = (AlertRun){ "narrative-pets", "2222222222222222", at + 2 * DAY, at + 3 * DAY };
        out[made++] = (AlertRun){ "narrative-pets", "3333333333333333", at + 3 * DAY, TIME_NONE };
    }
    for (size_t k = 0; k < n; k++) out[made++] = (AlertRun){ alerts[k].id, alerts[k].basis, NOW + (Time)k, TIME_NONE };
    return made;
}

const char *desk_investigator(const char *id)
{
    static const char *const of[] = { "300001", NULL, "300002", NULL };

    return of[id[strlen(id) - 1] % 4];
}

CaseBadge desk_badge(const CaseDoc *doc)
{
    Code offence = case_main_offence(doc);

    return (CaseBadge){ .case_id = doc->id,
        .grade = case_grade(doc),
        .offence = vocab_word(vocabs_standard(), VOCAB_OFFENCE, offence),
        .investigator = desk_investigator(doc->id),
        .investigated = doc->id[strlen(doc->id) - 1] % 4 != 3,
        .touched = case_touched(doc) };
}

AuditEntry desk_entry(const char *act, const char *case_id)
{
    return (AuditEntry){ .at = NOW,
        .kind = AUDIT_ALTER,
        .who = "900007",
        .terminal = "test",
        .act = act,
        .case_id = case_id,
        .detail = "" };
}

bool desk_end(Tx *tx, bool ok, Err *err)
{
    AuditEntry e = desk_entry("test", "");

    ok = ok && store_audit_append(tx, &e, err) && store_commit(tx, err);
    store_end(tx);
    return ok;
}

/* ---- saving ---- */

static bool save(Tx *tx, int i, bool rich, Arena *a, CaseRow *row, Err *err)
{
    AuditEntry e;
    CaseDoc doc;
    Duty duties[6];
    CaseBadge badge;
    CaseAlert alerts[3];
    AlertRun runs[DESK_RUNS];
    Derivation is;
    size_t n = desk_duties(i, duties);

    desk_case(i, rich, a, &doc);
    badge = desk_badge(&doc);
    is = (Derivation){ .badge = badge, .policy_key = 1 };
    is.n_alerts = desk_alerts(i, alerts);
    is.alerts = alerts;
    is.n_runs = desk_runs(i, runs);
    is.runs = runs;
    e = desk_entry("case.import", doc.id);
    return store_case_insert(tx, &doc, vocabs_standard(), NOW, "900007", row, err) &&
           store_duty_apply(tx, row->key, &badge, duties, n, 1, vocabs_standard(), err) &&
           store_alert_apply(tx, row->key, &is, err) && store_audit_append(tx, &e, err);
}

CaseKey desk_save(Store *s, int i, bool rich, Err *err)
{
    Arena *a = arena_new();
    Tx tx = { 0 };
    CaseRow row = { 0 };
    bool ok = store_begin(s, &tx, err) && save(&tx, i, rich, a, &row, err) && store_commit(&tx, err);

    store_end(&tx);
    arena_free(&a);
    return ok ? row.key : 0;
}

CaseKey desk_must_save(Store *s, int i, bool rich)
{
    CaseKey key;

    must((key = desk_save(s, i, rich, E)) != 0);
    return key;
}

void desk_fill(Store *s, int from, int n, bool rich)
{
    Arena *a = arena_new();

    while (n > 0) {
        Tx tx = { 0 };
        CaseRow row;
        must(store_begin(s, &tx, E));
        for (int k = 0; k < 1000 && n > 0; k++, n--) {
            arena_reset(a);
            must(save(&tx, from++, rich, a, &row, E));
        }
        must(store_commit(&tx, E));
        store_end(&tx);
    }
    arena_free(&a);
}

void desk_erase(Store *s, CaseKey key)
{
    Arena *a = arena_new();
    Tombstone t = { .key = key, .reported = 100, .closed = 200, .due = 300, .group = 3, .proposed_by = "900008", .erased_by = "900009",
        .reason = "Due.", .erased_at = NOW };
    AuditEntry e = desk_entry("case.erase", "");
    CaseRow row;
    Tx tx;

    store_view_all(s, true);
    must(store_case_row(s, key, a, &row, E));
    e.kind = AUDIT_ERASE, e.case_id = row.id;
    must(store_begin(s, &tx, E));
    must(store_case_erase(&tx, row.rev, &t, vocabs_standard(), E));
    must(store_audit_append(&tx, &e, E));
    must(store_commit(&tx, E));
    store_end(&tx);
    store_view_all(s, false);
    arena_free(&a);
}

/* ---- the log ---- */

typedef struct Chain {
    AuditCheck check;
    Err *err;
    bool ok;
} Chain;

static bool step(void *with, const AuditEntry *e)
{
    Chain *c = with;

    return c->ok = audit_check_step(&c->check, e, c->err);
}

bool desk_log_holds(Store *s, int64_t *entries, Err *err)
{
    Chain c = { .err = err, .ok = true };

    audit_check_start(&c.check);
    if (!store_audit_each(s, 1, step, &c, err)) return false;
    *entries = c.check.next_seq - 1;
    return c.ok;
}
