/* qa.c — the dip sample and its checklist (BD 1.18, WF 1.1). A sample is drawn by a seed that is kept, out of a pool that
** can be made again: the newest versions of the books completed in the period, as they stood when it was drawn, in order of
** case and serial. Anybody can draw it again and see that nothing was picked by hand.
** The generator: the i-th number is the first 8 bytes (little endian) of BLAKE2b-256("book124-qa-v1", seed, i, try), seed, i
** and try as 8 bytes each; a number at or above the greatest multiple of what is left is thrown away (try + 1), so that no
** place is likelier. A Fisher–Yates shuffle of the pool is stopped after the wanted number. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WANTED = 10, WANTED_MAX = 500, SEED_MAX = 999999999 /* nine digits can be read out over the telephone */ };

typedef struct Pick {
    const char *case_id, *serial;
    Time completed_at;
} Pick;
typedef struct Pool {
    Pick *items;
    size_t n, cap;
} Pool;

/* ---- the pool ---- */

static int in_order(const void *left, const void *right)
{
    const Pick *l = left, *r = right;
    int id = strcmp(l->case_id, r->case_id);

    return id ? id : strcmp(l->serial, r->serial);
}

static bool is_of_team(const Book *b, const char *team)
{
    Answers *answers;
    bool same;

    if (!team || !*team) return true;
    answers = book_answers(b->answers);
    same = str_eq(answers_get(answers, ANSWER_TEAM), team);
    answers_free(&answers);
    return same;
}

/* Samples are listed for officers who may not see every case, so restricted ones are in none, whoever draws. As it was then: a case that
** was restricted or opened since changes no sample that is drawn again. */
static bool was_restricted(App *app, CaseKey key, Time as_of, Arena *a, bool *is, Err *err)
{
    AccessEntry *entries;
    AccessList list;
    size_t n, then = 0;

    if (!store_access_of_case(app->store, key, a, &entries, &n, err)) return false;
    while (then < n && entries[then].at <= as_of) then++;
    access_list(entries, then, a, &list);
    *is = list.restricted;
    return true;
}

/* The book of that place counts when its newest version, as known then, is this one. */
static bool consider(App *app, const BookPlace *p, const char *team, Time as_of, Arena *a, Pool *out, Err *err)
{
    Arena *work = arena_new_secret();
    CaseDoc doc;
    const Book *b;
    bool restricted = false;
    bool ok = was_restricted(app, p->key, as_of, work, &restricted, err) &&
              (restricted || store_case_load(app->store, p->key, app_vocabs(app), work, &doc, err));

    if (restricted) {
        arena_free(&work);
        return ok;
    }
    if (ok) case_as_of(&doc, as_of);
    b = ok ? case_book(&doc, p->serial) : NULL;
    if (b && b->completed_at == p->at && is_of_team(b, team)) {
        out->items = mem_room(out->items, out->n, &out->cap, sizeof *out->items);
        out->items[out->n++] = (Pick){ arena_dup(a, doc.id), arena_dup(a, b->serial), b->completed_at };
    }
    arena_free(&work);
    return ok;
}

static void drop_doubles(Pool *pool)
{
    size_t kept = 0;

    for (size_t i = 0; i < pool->n; i++)
        if (kept == 0 || in_order(&pool->items[kept - 1], &pool->items[i]) != 0) pool->items[kept++] = pool->items[i];
    pool->n = kept;
}

typedef struct Walk { /* along the books completed in the time of a sample, as they stood when it was drawn */
    Time from, to, as_of;
    bool whole; /* those of cases that are not there for this officer, too: for drawing alone */
} Walk;

/* `out` NULL: they are only counted, and nothing of a case is read. */
static bool walk(App *app, const Walk *w, const char *team, Arena *a, Pool *out, int64_t *count, Err *err)
{
    BookQuery q = { .order = BOOKS_BY_COMPLETED, .after = w->from, .before = w->to < w->as_of ? w->to : w->as_of, .limit = 200 };
    BookPlace *places = NULL;
    size_t n = 0;
    bool ok;

    *count = 0;
    if (w->whole) store_view_all(app->store, true);
    do {
        ok = store_books_page(app->store, &q, a, &places, &n, err);
        for (size_t i = 0; ok && out && i < n; i++) ok = consider(app, &places[i], team, w->as_of, a, out, err);
        if (ok && n) q.from = &places[n - 1];
        *count += (int64_t)n;
    } while (ok && n == q.limit);
    if (w->whole) store_view_all(app->store, false);
    return ok;
}

static bool pool_make(App *app, const Walk *w, const char *team, Arena *a, Pool *out, Err *err)
{
    int64_t count;

    if (!walk(app, w, team, a, out, &count, err)) return false;
    if (out->n) qsort(out->items, out->n, sizeof *out->items, in_order);
    drop_doubles(out);
    return true;
}

/* ---- the draw ---- */

static void add_number(Hasher *h, uint64_t n)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(n >> 8 * i);
    crypto_hash_add(h, bytes, sizeof bytes);
}

static uint64_t number_at(int64_t seed, uint64_t i, uint64_t try)
{
    uint8_t hash[HASH_BYTES];
    uint64_t n = 0;
    Hasher h;

    crypto_hash_start(&h, "book124-qa-v1");
    add_number(&h, (uint64_t)seed);
    add_number(&h, i);
    add_number(&h, try);
    crypto_hash_end(&h, hash);
    for (int k = 7; k >= 0; k--) n = n << 8 | hash[k];
    return n;
}

static uint64_t below(int64_t seed, uint64_t i, uint64_t n)
{
    uint64_t bound = UINT64_MAX - UINT64_MAX % n, x, try = 0;

    do x = number_at(seed, i, try++);
    while (x >= bound);
    return x % n;
}

static size_t draw(Pool *pool, int64_t seed, int64_t wanted)
{
    size_t k = (size_t)wanted < pool->n ? (size_t)wanted : pool->n;

    for (size_t i = 0; i < k; i++) {
        size_t j = i + (size_t)below(seed, i, pool->n - i);
        Pick p = pool->items[i];
        pool->items[i] = pool->items[j];
        pool->items[j] = p;
    }
    return k;
}

static const char *picked_write(const Pick *picks, size_t n, Arena *a)
{
    json_t *all = json_array();
    char time[CIVIL_TEXT], *text;
    const char *kept;

    for (size_t i = 0; i < n; i++)
        json_array_append_new(all, json_pack("{s:s, s:s, s:s}", "case", picks[i].case_id, "serial", picks[i].serial,
                                       "completed_at", civil_format_time(picks[i].completed_at, time)));
    text = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    if (!text) mem_exhausted();
    kept = arena_dup(a, text);
    free(text);
    return kept;
}

/* ---- drawing and drawing again ---- */

static bool ask_fits(const App *app, const QaAsk *ask, Err *err)
{
    if (ask->from == TIME_NONE || ask->to == TIME_NONE || ask->to < ask->from)
        return err_set(err, ERR_INVALID, "to", "Say from when to when; the end is not before the beginning.");
    if (ask->from > app->now) return err_set(err, ERR_INVALID, "from", "The period has not begun.");
    if (ask->wanted < 0 || ask->wanted > WANTED_MAX)
        return err_set(err, ERR_INVALID, "wanted", "A sample is of 1 to %d books.", WANTED_MAX);
    return (ask->seed >= 0 && ask->seed <= SEED_MAX) ||
           err_set(err, ERR_INVALID, "seed", "A seed is a whole number from 1 to %d.", SEED_MAX);
}

static bool keep(App *app, QaSample *s, size_t n, Err *err)
{
    Tx tx = { 0 };
    char detail[160];
    bool ok;

    snprintf(detail, sizeof detail, "seed %lld, %zu books", (long long)s->seed, n); /* out of how many may be another's business later */
    ok = store_begin(app->store, &tx, err) && store_qa_insert(&tx, s, &s->key, err) &&
         app_log(app, &tx, AUDIT_COLLECT, "qa.draw", NULL, detail, err) && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

bool app_qa_draw(App *app, const QaAsk *ask, Arena *a, QaSample *out, Err *err)
{
    Pool pool = { 0 };
    size_t n;
    bool ok;

    memset(out, 0, sizeof *out);
    if (!app_may_do(app, PERM_QA_DRAW, "qa.draw", NULL, err) || !ask_fits(app, ask, err)) return false;
    *out = (QaSample){ .seed = ask->seed ? ask->seed : 1 + crypto_random_below(SEED_MAX),
        .from = ask->from,
        .to = ask->to,
        .team = arena_dup(a, ask->team ? ask->team : ""),
        .wanted = ask->wanted ? ask->wanted : WANTED,
        .drawn_by = arena_dup(a, app->session.warrant),
        .drawn_at = app->now };
    ok = pool_make(app, &(Walk){ out->from, out->to, app->now, true }, out->team, a, &pool, err);
    if (ok && pool.n == 0)
        ok = err_set(err, ERR_MISSING, "from", "No book%s%.40s was completed in that time.",
            *out->team ? " of the team " : "", out->team);
    if (ok) {
        out->pool = (int64_t)pool.n;
        n = draw(&pool, out->seed, out->wanted);
        out->picked = picked_write(pool.items, n, a);
        ok = keep(app, out, n, err);
    }
    mem_free(pool.items);
    return ok;
}

/* How many books of that time are of cases that are not there for this officer. */
static bool unseen(App *app, const QaSample *s, int64_t *n, Err *err)
{
    Walk w = { s->from, s->to, s->drawn_at, true };
    Arena *a = arena_new();
    int64_t all = 0, mine = 0;
    bool ok = walk(app, &w, s->team, a, NULL, &all, err);

    w.whole = false;
    ok = ok && walk(app, &w, s->team, a, NULL, &mine, err);
    *n = all - mine;
    arena_free(&a);
    return ok;
}

/* A case that was restricted since leaves no gap: whoever does not see it has the sample that this seed draws out of what he sees, as if the case had never
** been. For everybody else it is what was picked. */
static bool as_seen(App *app, QaSample *s, Arena *a, Err *err)
{
    Pool pool = { 0 };
    int64_t hidden;
    bool ok = unseen(app, s, &hidden, err);

    if (!ok || hidden == 0) return ok;
    ok = pool_make(app, &(Walk){ s->from, s->to, s->drawn_at, false }, s->team, a, &pool, err);
    if (ok) {
        s->pool = (int64_t)pool.n;
        s->picked = picked_write(pool.items, draw(&pool, s->seed, s->wanted), a);
    }
    mem_free(pool.items);
    return ok;
}

bool app_qa_samples(App *app, size_t limit, Arena *a, QaSample **out, size_t *n, Err *err)
{
    bool ok;

    *out = NULL, *n = 0;
    ok = app_may_do(app, PERM_QA_DRAW, "qa.list", NULL, err) && store_qa_list(app->store, limit, a, out, n, err);
    for (size_t i = 0; ok && i < *n; i++) ok = as_seen(app, &(*out)[i], a, err);
    return ok;
}

static bool in_pool(const Pool *pool, const QaPick *p)
{
    for (size_t i = 0; i < pool->n; i++)
        if (str_eq(pool->items[i].case_id, p->case_id) && str_eq(pool->items[i].serial, p->serial)) return true;
    return false;
}

static bool picked_read(const QaSample *s, Arena *a, QaPick **out, size_t *n, Err *err);

/* As far as this officer sees: each book that was picked is among those of that time, and not more were added than he cannot see. */
static bool same_as_seen(App *app, const QaSample *s, const Pool *pool, int64_t hidden, Arena *a, bool *same, Err *err)
{
    QaPick *picks;
    CaseRow row;
    size_t n;

    if (!picked_read(s, a, &picks, &n, err)) return false;
    *same = (int64_t)pool->n <= s->pool && s->pool <= (int64_t)pool->n + hidden;
    for (size_t i = 0; i < n && *same; i++)
        if (store_case_find(app->store, picks[i].case_id, a, &row, NULL)) *same = in_pool(pool, &picks[i]);
    return true;
}

bool app_qa_verify(App *app, int64_t key, bool *same, Err *err)
{
    Arena *a = arena_new();
    QaSample s;
    Pool pool = { 0 };
    int64_t hidden = 0;
    bool ok;

    *same = false;
    ok = app_may_do(app, PERM_QA_DRAW, "qa.verify", NULL, err) && store_qa_get(app->store, key, a, &s, err) && unseen(app, &s, &hidden, err) &&
         pool_make(app, &(Walk){ s.from, s.to, s.drawn_at, false }, s.team, a, &pool, err);
    if (ok && hidden)
        ok = same_as_seen(app, &s, &pool, hidden, a, same, err);
    else if (ok) {
        size_t n = draw(&pool, s.seed, s.wanted), size = pool.n;
        *same = (int64_t)size == s.pool && str_eq(picked_write(pool.items, n, a), s.picked);
    }
    mem_free(pool.items);
    arena_free(&a);
    return ok;
}

/* ---- the checklist ---- */

typedef struct Score {
    int met, of;
} Score;

/* An item is a choice of met and not met; what did not apply counts nowhere, and other questions are no items. */
static bool is_item(const FormQuestion *q, bool *met, const char *answer)
{
    *met = str_eq(answer, "met");
    return q->kind == ASK_CHOICE && (*met || str_eq(answer, "not-met"));
}

/* Items that applied, and those that were met. */
static Score score_of(App *app, const char *json)
{
    Answers *answers = book_answers(json);
    const FormSpec *form =
        *answers_get(answers, ANSWER_FORM) ? app_form_of(app, answers, NULL) : app_form(app, FORM_QA, NULL);
    size_t n = 0;
    const FormQuestion *q = form ? form_questions_of(form, &n) : NULL;
    Score s = { 0, 0 };
    bool met;

    for (size_t i = 0; i < n; i++) {
        if (q[i].group != FORM_NO_GROUP || !is_item(&q[i], &met, answers_get(answers, q[i].name))) continue;
        s.of++;
        s.met += met;
    }
    answers_free(&answers);
    return s;
}

static bool is_qa(const App *app, const Review *r)
{
    return str_eq(vocab_word(app_vocabs(app), VOCAB_REVIEW, r->kind), "qa");
}

/* The newest checklist of that book. */
static const Review *done_for(const App *app, const CaseDoc *doc, const char *serial)
{
    const Review *newest = NULL;

    for (size_t i = 0; i < doc->n_reviews; i++) {
        const Review *r = &doc->reviews[i];
        if (is_qa(app, r) && str_eq(r->book, serial) && (!newest || r->at >= newest->at)) newest = r;
    }
    return newest;
}

static bool pick_fill(App *app, QaPick *p, Arena *a, Err *err)
{
    CaseRow row;
    CaseDoc doc;
    Err why = { 0 };
    Score s;

    if (!app_case_find(app, p->case_id, a, &row, &why)) {
        if (why.kind == ERR_MISSING) { /* not for this officer: nothing of it is said */
            p->case_id = NULL;
            return true;
        }
        if (err) *err = why;
        return false;
    }
    if (!store_case_load(app->store, row.key, app_vocabs(app), a, &doc, err)) return false;
    if (app->fixed != TIME_NONE) case_as_of(&doc, app->now);
    p->done = done_for(app, &doc, p->serial);
    if (!p->done) return true;
    s = score_of(app, p->done->answers);
    p->met = s.met, p->of = s.of;
    return true;
}

static bool picked_read(const QaSample *s, Arena *a, QaPick **out, size_t *n, Err *err)
{
    json_t *all = json_loads(s->picked, 0, NULL), *item;
    size_t i;

    *n = 0;
    if (!json_is_array(all)) {
        json_decref(all);
        return err_set(err, ERR_CORRUPT, "picked", "What was picked for this sample cannot be read.");
    }
    *out = arena_zero(a, json_array_size(all) + 1, sizeof **out);
    json_array_foreach(all, i, item)
    {
        const char *id = json_string_value(json_object_get(item, "case")),
                   *serial = json_string_value(json_object_get(item, "serial")),
                   *at = json_string_value(json_object_get(item, "completed_at"));
        QaPick p = { .case_id = arena_dup(a, id), .serial = arena_dup(a, serial), .completed_at = TIME_NONE };
        if (!id || !serial || !at || !civil_parse_time(at, &p.completed_at, NULL)) continue;
        (*out)[(*n)++] = p;
    }
    json_decref(all);
    return true;
}

bool app_qa_picks(App *app, int64_t key, Arena *a, QaSample *sample, QaPick **out, size_t *n, Err *err)
{
    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_QA_DRAW, "qa.picks", NULL, err)) return false;
    if (!store_qa_get(app->store, key, a, sample, err) || !as_seen(app, sample, a, err) || !picked_read(sample, a, out, n, err)) return false;
    for (size_t i = 0; i < *n; i++)
        if (!pick_fill(app, &(*out)[i], a, err)) return false;
    for (size_t i = *n; i-- > 0;) {
        if ((*out)[i].case_id) continue;
        memmove(*out + i, *out + i + 1, (*n - i - 1) * sizeof **out);
        (*n)--;
    }
    return true;
}

/* ---- filling it in ---- */

static bool all_answered(App *app, const FormSpec *form, const Answers *answers, Arena *a, Err *err)
{
    FormGap *gaps = NULL;
    size_t n = form_gaps(form, app->policy, answers, NULL, app->now, a, &gaps);

    return n == 0 || err_set(err, ERR_INVALID, gaps[0].path, "%s: %s", gaps[0].label, gaps[0].says);
}

static bool record(
    App *app, const char *case_id, const Book *book, const char *answers, const char *text, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    Score s = score_of(app, answers);
    Review r;

    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(v, VOCAB_REVIEW, "qa");
    r.outcome = vocab_code(v, VOCAB_REVIEW_OUTCOME, s.met == s.of ? "satisfied" : "remedial");
    r.book = book->serial;
    r.text = text && *text ? text : NULL;
    r.answers = answers;
    return case_add_anew(app, case_id, LIST_REVIEWS, &r, a, NULL, err);
}

static const char *marked(const FormSpec *form, const Answers *answers, Arena *a)
{
    Answers *all = answers_copy(answers);
    Str text = { 0 };
    const char *kept;

    answers_put(all, ANSWER_FORM, form_mark(form, a));
    answers_write(all, &text);
    kept = arena_dup(a, str_text(&text));
    str_finish(&text);
    answers_free(&all);
    return kept;
}

static bool own_book(App *app, const char *case_id, const Book *book, Err *err)
{
    Err why = { 0 };

    if (!str_eq(book->by, app->session.warrant)) return false;
    err_set(&why, ERR_DENIED, "", "You wrote this book. Nobody checks their own (WF 4.2).");
    if (err) *err = why;
    app_denied(app, "review.add", case_id, why.text);
    return true;
}

bool app_qa_record(
    App *app, const char *case_id, const char *serial, const Answers *answers, const char *text, Arena *a, Err *err)
{
    const FormSpec *form;
    const Book *book;
    CaseRow row;
    CaseDoc doc;

    if (!app_may_do(app, PERM_ADD_REVIEW, "review.add", case_id, err)) return false;
    form = app_form(app, FORM_QA, err);
    if (!form || !all_answered(app, form, answers, a, err) || !app_case_find(app, case_id, a, &row, err)) return false;
    if (!store_case_load(app->store, row.key, app_vocabs(app), a, &doc, err)) return false;
    book = case_book(&doc, serial);
    if (!book)
        return err_set(err, ERR_MISSING, "serial", "The case %.40s has no book %.40s.", case_id, serial ? serial : "");
    if (own_book(app, case_id, book, err)) return false;
    return record(app, case_id, book, marked(form, answers, a), text, a, err);
}

/* ---- results ---- */

typedef struct Results {
    QaResult *items;
    size_t n, cap;
} Results;

static QaResult *result_of(Results *r, const char *team, const char *month, Arena *a)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->items[i].team, team) && str_eq(r->items[i].month, month)) return &r->items[i];
    r->items = mem_room(r->items, r->n, &r->cap, sizeof *r->items);
    r->items[r->n] = (QaResult){ .team = arena_dup(a, team), .month = arena_dup(a, month) };
    return &r->items[r->n++];
}

static void count(App *app, Results *results, const CaseDoc *doc, const Review *review, Arena *a)
{
    const Book *book = book_of_review(doc, review);
    Answers *answers = book_answers(book ? book->answers : NULL);
    Civil c = civil_local(review->at);
    Score s = score_of(app, review->answers);
    char month[24];

    snprintf(month, sizeof month, "%04d-%02d", c.year, c.month);
    QaResult *r = result_of(results, answers_get(answers, ANSWER_TEAM), month, a);
    r->books++;
    r->met += s.met;
    r->of += s.of;
    answers_free(&answers);
}

static int by_team_and_month(const void *left, const void *right)
{
    const QaResult *l = left, *r = right;
    int team = strcmp(l->team, r->team);

    return team ? team : strcmp(l->month, r->month);
}

/* Every checklist counts in the month it was filled in. */
static bool count_case(App *app, CaseKey key, Time from, Time to, Results *results, Arena *a, Err *err)
{
    Arena *work = arena_new_secret();
    CaseDoc doc;
    bool ok = store_case_load(app->store, key, app_vocabs(app), work, &doc, err);

    for (size_t i = 0; ok && i < doc.n_reviews; i++) {
        const Review *r = &doc.reviews[i];
        if (is_qa(app, r) && r->at >= from && r->at <= to) count(app, results, &doc, r, a);
    }
    arena_free(&work);
    return ok;
}

bool app_qa_results(App *app, Time from, Time to, Arena *a, QaResult **out, size_t *n, Err *err)
{
    Results results = { 0 };
    CaseKey *keys = NULL;
    size_t n_keys = 0;
    bool ok;

    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_QA_DRAW, "qa.results", NULL, err)) return false;
    if (app->fixed != TIME_NONE && to > app->now) to = app->now;
    ok = store_qa_cases(app->store, from, to, a, &keys, &n_keys, err);
    for (size_t i = 0; ok && i < n_keys; i++) ok = count_case(app, keys[i], from, to, &results, a, err);
    if (ok && results.n) {
        qsort(results.items, results.n, sizeof *results.items, by_team_and_month);
        *out = arena_zero(a, results.n, sizeof **out);
        memcpy(*out, results.items, results.n * sizeof **out);
        *n = results.n;
    }
    mem_free(results.items);
    return ok;
}
