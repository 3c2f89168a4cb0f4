/* dmm_in.h — what the pieces of the daily management meeting share. */
#ifndef APP_DMM_IN_H
#define APP_DMM_IN_H

#include "app/dmm.h"
#include "inside.h"

#define DMM_DUTY  "dmm"
#define DMM_SHEET "dmm.sheet" /* the domain of its signature */

enum { DMM_SECTION_MOST = 500 }; /* new cases that are walked at one meeting, the worst first: the others come behind them */

/* The meeting that is held, or the last one (ended_by set); key 0 when there was none. */
bool dmm_last(App *app, Arena *a, Meeting *out, Err *err);
/* Is the case for this officer? False with err when the store says no. */
bool dmm_is_mine(App *app, const char *case_id, bool *mine, Err *err);
/* The rows of a section along its index, as of now; of those that are told at most so many, the worst. */
bool dmm_section(App *app, DmmSection section, Time since, size_t most, Arena *a, MeetingRow **out, size_t *n, Err *err);
/* How many rows such a section has, all of them. Of what is overdue it is the sum of its owners' (dmm_figures.c). */
bool dmm_section_count(App *app, DmmSection section, Arena *a, int64_t *n, Err *err);
bool dmm_figures(App *app, size_t most, Arena *a, DmmFigures *out, Err *err);
const char *dmm_figures_write(const DmmFigures *f, Arena *a);
bool dmm_figures_read(const char *json, Arena *a, DmmFigures *out, Err *err);
/* The agenda of that meeting, of the one that is held or of one that ended. */
bool dmm_agenda(App *app, const Meeting *m, Arena *a, Dmm *out, Err *err);

/* dmm_sign.c: the signature of whoever ends the meeting, over the facts of its sheet; `m` as it is at its end. */
bool dmm_digest(App *app, const Meeting *m, Arena *a, uint8_t out[HASH_BYTES], Err *err);
bool dmm_digest_now(App *app, const char *about, Arena *a, uint8_t out[HASH_BYTES]); /* of the meeting of that number; false: there is none */
bool dmm_sign(App *app, Tx *tx, const Meeting *m, Arena *a, Err *err);
bool dmm_signed_words(App *app, const Meeting *m, Arena *a, const char **out, Err *err);

#endif
