/* read_sign.c — signing a reading, and what follows on it: the index number, and who has the book now.
**
** A signature is asked for with what it binds to on the screen, and takes the password once more. It is refused before the end of the
** book was on the screen (scr_read.c sees to that), keys typed ahead are thrown away, and a paste does not fill the password in. */
#include "read.h"

static void wipe(Str *s)
{
    if (s->s) crypto_wipe(s->s, s->cap);
    str_finish(s);
}

/* --- the signature ---------------------------------------------------------------------------------- */
static bool ask_password(Screen *asking, const char *title, const char *text, const char *error, Str *password)
{
    AskLine q = {
        .title = title, .text = text, .label = "Your password", .secret = true, .by_hand = true, .error = error
    };

    return ask_line(asking->loop, &q, password) && loop_top(asking->loop) == asking;
}

static bool wrong_password(const Err *err)
{
    return err->kind == ERR_DENIED && str_eq(err->field, "password");
}

bool read_store(
    Screen *self, Screen *asking, const char *title, const char *text, BookReading *reading, React *react, Err *err)
{
    Reading *r = reading_of(self);
    Str password = { 0 };
    bool ok = false;

    *react = REACT_NONE;
    err_clear(err);
    do {
        const char *error = err->kind ? "Not right, or too soon after a wrong one. Nothing is signed." : NULL;
        wipe(&password);
        if (!ask_password(asking, title, text, error, &password)) break;
        reading->password = str_text(&password);
        err_clear(err);
        app_tick(app_of(self)); /* what was read took time */
        ok = app_book_review(app_of(self), &r->view, reading, self->arena, err);
        if (!ok && err->kind == ERR_BUSY) ok = app_book_review(app_of(self), &r->view, reading, self->arena, err);
    } while (!ok && wrong_password(err) && app_session(app_of(self)));
    reading->password = NULL;
    wipe(&password);
    if (!ok && err->kind) {
        loop_status_err(self->loop, err);
        *react = REACT_STATUS;
    }
    return ok;
}

const char *reading_digest16(const Reading *r, char out[24])
{
    snprintf(
        out, 24, "%.4s %.4s %.4s %.4s", r->view.digest, r->view.digest + 4, r->view.digest + 8, r->view.digest + 12);
    return out;
}

const char *read_open_words(int64_t seconds, char out[CIVIL_TEXT])
{
    if (seconds < 0) seconds = 0;
    if (seconds >= HOUR) return span_words(seconds, out);
    if (seconds < MINUTE)
        snprintf(out, CIVIL_TEXT, "%llds", (long long)seconds);
    else
        snprintf(out, CIVIL_TEXT, "%lldm %02llds", (long long)(seconds / MINUTE), (long long)(seconds % MINUTE));
    return out;
}

/* Which book, what stands against it, and what the signature binds to. */
static const char *sign_words(Screen *self)
{
    const Reading *r = reading_of(self);
    const BookView *v = &r->view;
    char span[CIVIL_TEXT], digest[24];
    const char *flags = v->n_alerts == 1 ? "1 flag stands. "
                        : v->n_alerts    ? arena_printf(self->arena, "%zu flags stand. ", v->n_alerts)
                                         : "";

    return arena_printf(self->arena,
        "Book %s of %s, version %zu, by %s, %s.\n%sIt was open for %s.\n\nYour signature binds to exactly this "
        "text:\n%s",
        v->book->serial, r->case_id, v->version, officer_words(v->book->by, self->arena), r->words.grade, flags,
        read_open_words(app_now(app_of(self)) - v->opened_at, span), reading_digest16(r, digest));
}

static const char *signed_words(Screen *self, const char *what)
{
    const Reading *r = reading_of(self);
    char clock[CIVIL_TEXT];

    return arena_printf(self->arena, "%s %s: book %s version %zu of %s.", what,
        civil_words_clock(app_now(app_of(self)), clock), r->view.book->serial, r->view.version, r->case_id);
}

React read_sign(Screen *self)
{
    Reading *r = reading_of(self);
    BookReading reading = { .kind = r->view.kind, .outcome = "satisfied", .reasons = "", .text = "" };
    bool csu = str_eq(r->view.kind, "csu-ds-read");
    React react;
    Err err = { 0 };

    if (!read_store(self, self, "Sign this book", sign_words(self), &reading, &react, &err))
        return err.kind == ERR_STALE ? reading_stale(self, &err) : react;
    if (csu) read_after_csu(self);
    return reading_done(self, signed_words(self, "Signed"), false);
}

/* --- the index, and where it is ---------------------------------------------------------------------------- */
static bool is_filed(const Reading *r)
{
    return r->view.stand.index_number && *r->view.stand.index_number;
}

/* False: nothing was given, or it was refused and said. */
static bool give_index(Screen *self)
{
    Reading *r = reading_of(self);
    Str number = { 0 };
    AskLine q = { .title = "Index number", .label = "Where the unit files it, such as G/0123/10" };
    const char *warning = NULL;
    bool ok = false, asked = true;
    char error[sizeof(((Err *)0)->text)];
    Err err = { 0 };

    q.text = arena_printf(self->arena, "Book %s of %s.", r->view.book->serial, r->case_id);
    while (!ok && asked) {
        snprintf(error, sizeof error, "%s", err.text);
        q.error = *error ? error : NULL;
        asked = ask_line(self->loop, &q, &number) && loop_top(self->loop) == self;
        if (asked) ok = app_book_index(app_of(self), &r->view, str_text(&number), self->arena, &warning, &err);
        if (asked && !ok && err.kind != ERR_INVALID) {
            loop_status_err(self->loop, &err);
            asked = false;
        }
    }
    if (ok) loop_status(self->loop, STYLE_GOOD, "Indexed: book %s is %.60s.", r->view.book->serial, str_text(&number));
    if (ok && warning)
        ask_tell(
            self->loop, "Indexed, but unusual", arena_printf(self->arena, "%s It is kept as you typed it.", warning));
    str_finish(&number);
    return ok;
}

static bool move_to(Screen *self, const char *to)
{
    Reading *r = reading_of(self);
    Err err = { 0 };

    if (!app_book_move(app_of(self), r->case_id, r->view.book->serial, to, &err)) {
        loop_status_err(self->loop, &err);
        return false;
    }
    loop_status(self->loop, STYLE_GOOD, "Book %s: received now, %.60s.", r->view.book->serial, to);
    return true;
}

React read_index(Screen *self)
{
    Reading *r = reading_of(self);
    char said[160];

    if (!give_index(self)) return REACT_STATUS;
    if (!r->walking || !r->indexing) return REACT_RELOAD | REACT_STATUS;
    snprintf(said, sizeof said, "Indexed: book %s of %s.", r->view.book->serial, r->case_id);
    return reading_done(self, said, false);
}

React read_move(Screen *self)
{
    Reading *r = reading_of(self);
    AskLine q = { .title = "Who has it now", .label = "A warrant number, or a place such as CSU", .limit = 60 };
    Str to = { 0 };
    bool moved = false;

    q.text = arena_printf(self->arena, "Book %s of %s%s%s.", r->view.book->serial, r->case_id,
        r->view.stand.move ? ", until now with " : "", r->view.stand.move ? r->view.stand.move->to : "");
    if (ask_line(self->loop, &q, &to) && loop_top(self->loop) == self) moved = move_to(self, str_text(&to));
    str_finish(&to);
    return moved ? REACT_RELOAD | REACT_STATUS : REACT_STATUS;
}

/* What a detective sergeant does with a book that has been read: it is here, and it is filed. Enter goes on without either. */
void read_after_csu(Screen *self)
{
    static const char *const labels[] = { "Go on", "Received at the CSU", "Index number" };
    Reading *r = reading_of(self);
    bool received = false, indexed = is_filed(r);

    while (loop_top(self->loop) == self && !(received && indexed)) {
        const char *left[3];
        int meant[3] = { 0 };
        size_t n = 0;
        int pick;
        for (int i = 0; i < 3; i++) {
            if ((i == 1 && received) || (i == 2 && indexed)) continue;
            meant[n] = i;
            left[n++] = labels[i];
        }
        pick = ask_buttons(self->loop, "Signed",
            arena_printf(self->arena, "Book %s of %s is read and signed.", r->view.book->serial, r->case_id), left, n,
            0);
        if (pick <= 0 || loop_top(self->loop) != self) return;
        if (meant[pick] == 1) received = move_to(self, "CSU") || received;
        if (meant[pick] == 2) indexed = give_index(self) || indexed;
    }
}
