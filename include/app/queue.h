/* queue.h — what a queue tells about itself: why a row stands where it stands, and which cases no queue tells of. */
#ifndef APP_QUEUE_H
#define APP_QUEUE_H

#include "app/app.h"

/* The one order of every queue, on the screens and on the command line: what is overdue, then what is open, then what waits; inside each by grade (high,
** not yet assessed, medium, standard), then what is due first; what is alike in all of that by the number of its case. */
/* Why a row stands behind the one before it (NULL: it is the first), in a sentence: "Behind KG-B6Z2F: both are overdue, and high risk comes before …". Pure.
** In `a`. */
const char *app_queue_order_words(const Vocabs *v, const QueueRow *before, const QueueRow *row, Time now, Arena *a);
/* The same of a row of the page that `q` asks for: the one before it is looked up. */
bool app_queue_place(App *app, const DeskQuery *q, const QueueRow *row, Arena *a, const char **sentence, Err *err);

/* --- the watchdog: no live case without a dated next step ---------------------------------------------------------------------- */
/* Not closed, domestic, with a unit of the borough, and no duty waits and no task is open: nobody would ever be told to look at it again. Derived
** with the duties. High risk first, then those that have been so longest. PERM_WATCH_READ. */
enum { WATCH_MOST = 1000 };
bool app_watch_page(App *app, const IdleRow *from, size_t limit, Arena *a, IdleRow **out, size_t *n, Err *err);
bool app_watch_count(App *app, int64_t *out, Err *err); /* counted to WATCH_MOST */

/* --- saved views: a filter with a name ---------------------------------------------------------------------------------------- */
/* An officer's own, then those shared with his roles, each by name. A detective sergeant or inspector of the CSU shares (PERM_VIEW_SHARE), renames and
** removes shared ones. */
bool app_view_list(App *app, Arena *a, DeskView **out, size_t *n, Err *err);
bool app_view_find(App *app, const char *name, Arena *a, DeskView *out, Err *err); /* ERR_MISSING */
bool app_view_save(App *app, const DeskView *v, Err *err); /* v->role: shared with it; ROLE_NONE: one's own. ERR_INVALID: a name twice, no filter */
bool app_view_rename(App *app, const DeskView *v, const char *name, Err *err);
bool app_view_remove(App *app, const DeskView *v, Err *err);
void app_view_query(const App *app, const DeskView *v, DeskQuery *q); /* the filter and the tab of it; texts are the view's */
const char *app_view_words(const App *app, const DeskView *v, Arena *a); /* "This week, high risk" */

#endif
