/* pdf_module.h — what the program and its PDF module agree on: one function, by name. */
#ifndef PAPER_PDF_MODULE_H
#define PAPER_PDF_MODULE_H

#include "paper/paper.h"

typedef bool PdfWriter(const Paper *p, Str *out, Err *err);
#define PDF_WRITER "book124_paper_to_pdf"
__attribute__((visibility("default"))) bool book124_paper_to_pdf(const Paper *p, Str *out, Err *err);

#endif
