/* duty_do.c — what one does for a duty, wherever one stands on it: assess, write the book, read it, answer an offer, or fill in a form. */
#include "caseload.h"

React duty_do(Loop *l, const DutyName *name, Screen *desk)
{
    App *app = ((Ui *)loop_context(l))->app;
    ReadAsk book;
    EntryAsk ask;
    RiskAsk risk;
    const char *unit;
    Err err = { 0 };

    if (tick_is_asked(app, name->duty)) return tick_duty(l, name);
    if (wizard_for_duty(app, name, &risk)) return wizard_assess(l, &risk);
    if (book_is_asked(app, name->duty)) return book_write(l, &(BookAsk){ .case_id = name->case_id });
    if (assign_is_asked(app, name->duty)) return assign_ask(l, name->case_id);
    if (owner_is_asked(app, name->duty, &unit)) return owner_ask(l, name->case_id, unit);
    if (read_for_duty(app, name, &book)) {
        book.walking = desk != NULL;
        if (desk) desk_leave(desk);
        return loop_go(l, &scr_read, &book);
    }
    if (!entry_for_duty(app, name, &ask, &err)) {
        loop_status_err(l, &err);
        return REACT_STATUS;
    }
    ask.walking = desk != NULL;
    if (desk) desk_leave(desk);
    return loop_go(l, &scr_entry, &ask);
}
