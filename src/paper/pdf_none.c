/* pdf_none.c — book124 without cairo and pango: it says so. */
#include "paper/paper.h"

const char *paper_pdf_folder(void)
{
    return "";
}

bool paper_can_pdf(void)
{
    return false;
}

bool paper_to_pdf(const Paper *p, Str *out, Err *err)
{
    return err_set(err, ERR_MISSING, "pdf",
        "This book124 was built without PDF. Print the text form, or have it built with pangocairo (libpango1.0-dev).");
}
