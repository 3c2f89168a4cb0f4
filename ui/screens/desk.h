/* desk.h — the desk's own: its state, and what its files lend each other. Private to them: scr_desk.c (what it is and does), desk_rows.c (the list),
** desk_filter.c (what is shown, and saved views of it), desk_next.c (review after review), desk_draw.c. */
#ifndef SCREENS_DESK_H
#define SCREENS_DESK_H

#include "access.h"
#include "alerts.h"
#include "case_more.h"
#include "caseload.h"
#include "desk_roles.h"
#include "marac.h"
#include "marks.h"
#include "window.h"

enum { PREVIEW_ROWS = 6, VIEW_DIGITS = 4, NAMES = 64 };

typedef struct Peek { /* the case under the cursor, once it was looked at */
    int64_t row;      /* id of its row; 0: none */
    bool ok;
    Arena *arena;
    CaseWords words;
    CaseRow seen; /* as it was read */
    Rev told;
    const char *why, *clock, *clears, *place, *last;
    Err err;
} Peek;

typedef struct Desk {
    DeskQuery query;
    int64_t counts[TAB_COUNT], seen[TAB_COUNT]; /* at the last load; at the last poll */
    char glass[160], glass_case[48];            /* the oldest broken glass that waits for a review; "" for none */
    int64_t glass_ms;                           /* when that was last asked */
    int64_t alerts;                             /* that wait */
    char handed[96];                            /* what was handed over to this officer and not taken yet; "" */
    size_t no_crimes;                           /* asked for, to be decided here */
    int64_t idle;                               /* live cases without a dated next step, for who may know */
    Window rows;                                /* of QueueRow */
    List list;
    ListColumn columns[LIST_COLUMNS];
    int cell[LIST_COLUMNS]; /* which cell each shown column holds */
    int id_width, when_width;
    Marks marks;
    Peek peek;
    int64_t polled_ms;
    DeskView *views; /* of the officer; in the arena */
    size_t n_views;
    char view[48], words[128]; /* the one that is shown, "" for none; the text of the filter */
    char of[24]; /* whose cases are shown: OF_ME, OF_NOBODY, a warrant number; "" for everybody's */
    int64_t nobodys; /* cases that no officer has, for who may take one */
    struct {
        char warrant[16], name[64];
    } names[NAMES]; /* of the officers of the rows */
    size_t n_names;
    Role as;   /* another role's queue is shown; ROLE_NONE: one's own */
    bool kept; /* rows are there already: a load keeps the place */
    bool away; /* another page lies over the desk: load when it is gone */
    char who_may_roles[320];
} Desk;

static inline Desk *desk_of(const Screen *s)
{
    return s->state;
}

/* --- scr_desk.c --- */
extern const char *const desk_tab_names[3][TAB_COUNT]; /* for a wide, a usual and a narrow screen: a count must never be cut */
extern const char desk_no_crime_words[];
React desk_reload(Screen *self);
React desk_to_tab(Screen *self, QueueTab tab);
int desk_tabs_shown(const Desk *d);
QueueTab desk_tab_of_some(const int64_t counts[TAB_COUNT], QueueTab was); /* one in which something stands */
DutyName desk_name_of(const QueueRow *q);
void desk_fetch_around(Screen *self);
void desk_say_marks(Screen *self);

/* --- desk_rows.c --- */
const QueueRow *desk_current(const Desk *d); /* NULL: there is none */
ListSource desk_rows(Screen *self);
void desk_set_columns(Desk *d, int cols);
void desk_measure(const Screen *self); /* after rows came in */
void desk_learn_name(const Screen *self, const char *warrant);

/* --- desk_filter.c --- */
const char *desk_whose(const Desk *d); /* for the queue; NULL: everybody's */
void desk_show_of(Desk *d, const char *of);
bool desk_filtered(const Desk *d);
React desk_choose_filter(Screen *self);
React desk_choose_view(Screen *self);
React desk_choose_role(Screen *self);
React desk_clear_filter(Screen *self);
React desk_next_whose(Screen *self); /* own, nobody's, everybody's: own only for who has cases */
React desk_show_view(Screen *self, const DeskView *v);
React desk_show_no_crimes(Screen *self);

/* --- desk_draw.c --- */
void desk_draw(Screen *self, View v);

#endif
