/* bytes.c — see bytes.h. */
#include "bytes.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void cannot(const char *path)
{
    perror(path);
    abort();
}

static int file_holds(const char *path, const char *text)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    char *bytes;
    int holds;

    if (!f || fstat(fileno(f), &st) != 0) cannot(path);
    bytes = malloc((size_t)st.st_size + 1);
    if (!bytes || fread(bytes, 1, (size_t)st.st_size, f) != (size_t)st.st_size) cannot(path);
    holds = memmem(bytes, (size_t)st.st_size, text, strlen(text)) != NULL;
    free(bytes);
    fclose(f);
    return holds;
}

const char *folder_holds(const char *folder, const char *text)
{
    static char found[300];
    DIR *d = opendir(folder);
    const struct dirent *e;
    int holds = 0;

    if (!d) cannot(folder);
    while (!holds && (e = readdir(d)) != NULL) {
        char path[700];
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        holds = file_holds(path, text);
        if (holds) snprintf(found, sizeof found, "%s", e->d_name);
    }
    closedir(d);
    return holds ? found : NULL;
}
