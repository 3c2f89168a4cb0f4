/* pdf_load.c — fetches the PDF writer when it is first wanted: cairo, pango and what they bring cost more time at start than
** everything else together. The module is looked for where it was installed, then beside this program as it lies when it was
** just built; never by a name that the environment could turn elsewhere. Once loaded it stays. */
#include "base/str.h"
#include "pdf_module.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* From the folder of the program: a build's own, and that of its tests. */
static const char *const beside[] = { "src/paper", "../../src/paper" };

static void *load_from(const char *folder)
{
    char path[PATH_MAX];

    if ((size_t)snprintf(path, sizeof path, "%s/book124-pdf.so", folder) >= sizeof path) return NULL;
    return access(path, R_OK) == 0 ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
}

static void *load(void)
{
    char program[PATH_MAX], folder[PATH_MAX + 32];
    void *module = load_from(PDF_FOLDER);
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    char *slash;

    if (module || n <= 0) return module;
    program[n] = '\0';
    if (!(slash = strrchr(program, '/'))) return NULL;
    *slash = '\0';
    for (size_t i = 0; !module && i < sizeof beside / sizeof beside[0]; i++) {
        snprintf(folder, sizeof folder, "%s/%s", program, beside[i]);
        module = load_from(folder);
    }
    return module;
}

static PdfWriter *writer(void)
{
    static void *module;
    PdfWriter *found = NULL;
    void *symbol;

    if (!module) module = load();
    symbol = module ? dlsym(module, PDF_WRITER) : NULL;
    memcpy(&found, &symbol, sizeof found); /* C knows no conversion from an object to a function */
    return found;
}

const char *paper_pdf_folder(void)
{
    return PDF_FOLDER;
}

bool paper_can_pdf(void)
{
    return true;
}

bool paper_to_pdf(const Paper *p, Str *out, Err *err)
{
    PdfWriter *write = writer();

    if (write) return write(p, out, err);
    return err_set(err, ERR_MISSING, "pdf",
        "The part of book124 that makes PDF could not be loaded from %s. Print the text form, or have book124 installed again.",
        PDF_FOLDER);
}
