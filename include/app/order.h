/* order.h — orders of a court and bail: what binds a person, until when, and what becomes of it (BD 3.5; IOPC on expiry nobody saw).
** Both are entries of the case with a key of their own (o1, b1); most verbs take either. Nothing is overwritten: what happens to one
** is filled in where it said nothing, and what takes its place is a new entry. */
#ifndef APP_ORDER_H
#define APP_ORDER_H

#include "app/app.h"

enum { ORDER_SOON_DAYS = 28 }; /* from so many days before its end on a header says so */

/* --- how they stand ------------------------------------------------------------------------------------- */
typedef enum OrderStand { /* in rising order of how much it presses */
    ORDER_ENDED,
    ORDER_HOLDS,
    ORDER_NOT_SERVED, /* it binds nobody yet */
    ORDER_ENDS_SOON,
    ORDER_IS_OVER, /* its time has passed, and nobody said that it ended */
    ORDER_STANDS
} OrderStand;
extern const char *const order_stand_words[ORDER_STANDS]; /* "ended", "holds", "not-served", "ends-soon", "over" */

typedef struct OrderView {
    const char *case_id, *key;
    bool here;                      /* of the case that is looked at, not of another one of the same person */
    const CourtOrder *order;        /* one of the two; the other is NULL */
    const Bail *bail;
    const char *title;              /* "Restraining order", "Bail" */
    const char *against, *protects; /* names; "" */
    Time until;                     /* TIME_NONE: until further order */
    OrderStand stand;
    const char *sign;               /* for a header, word and sign: "! ORDER EXPIRES in 12 d", "! ORDER EXPIRED 3 d ago", "order holds"; "" when ended */
} OrderView;
/* Of one document, in its order. Pure. */
size_t order_views(const CaseDoc *doc, const char *id, const Vocabs *v, Time now, Arena *a, OrderView **out);
/* Those of the case, then those that hold in other cases of its victims and suspects (the same name and birth date; at most
** SAME_CASES_MAX cases are looked at): what presses most first. Other cases are named in the log before anything is returned. */
enum { SAME_CASES_MAX = 20 };
bool app_orders_of_case(App *app, const CaseView *view, Arena *a, OrderView **out, size_t *n, Err *err);
/* "non-molestation" → breach-non-molestation; CODE_NONE where a breach is no offence by itself. Pure. */
Code order_breach_offence(const CaseDoc *doc, const Vocabs *v, const char *key);

/* --- what happens to them: each is one act, with the six beats. On success *row has the new revision; ERR_STALE as app_case_add -------- */
bool app_order_set(App *app, CaseRow *row, const CourtOrder *order, Err *err); /* gets its key */
/* With the event "bail" of that person, where that day has none: the victim is told of it. */
bool app_bail_set(App *app, CaseRow *row, const Bail *bail, Err *err);
/* `at` TIME_NONE: now. ERR_INVALID when it was served, considered or ended before: the sentence says when. */
bool app_order_served(App *app, CaseRow *row, const char *key, Time at, Err *err);
bool app_order_considered(App *app, CaseRow *row, const char *key, Time at, Err *err);
/* `how`: a word of VOCAB_ORDER_END or VOCAB_BAIL_END. An end of bail is an event, too, of which the victim is told. */
bool app_order_ended(App *app, CaseRow *row, const char *key, const char *how, Time at, Err *err);
/* A new entry like it that lasts until then takes its place. */
bool app_order_extended(App *app, CaseRow *row, const char *key, Time until, Err *err);

typedef struct BreachAsk {
    const char *of; /* the key of an order or bail that is not ended */
    Time at;        /* TIME_NONE: now */
    const char *text;
    bool offence; /* classify it, where order_breach_offence names a class */
    bool arrest;  /* the person was arrested for it then */
} BreachAsk;
bool app_order_breach(App *app, CaseRow *row, const BreachAsk *ask, Err *err);

/* --- the same people elsewhere --------------------------------------------------------------------------- */
typedef struct SameCase { /* another case with a person of this one, as its latest facts have it */
    CaseRow row;
    CaseDoc doc;
    const char **here, **there; /* keys of the same person in the two cases */
    size_t n;
} SameCase;
/* Newest first; victims and suspects of known name and birth date only. `act` is what the log calls the look. */
bool app_same_cases(App *app, const CaseDoc *doc, bool with_orders, const char *act, Arena *a, SameCase **out, size_t *n, Err *err);

#endif
