/* bytes.c — see bytes.h. */
#include "bytes.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
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

/* ---- of all folders beneath ---- */

static void lower(char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) p[i] = (char)tolower((unsigned char)p[i]);
}

static int holds_in_any_case(const char *path, const char *text)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL, wanted[200];
    size_t n = 0, room = 0, got;
    int holds;

    if (!f && errno == ENOENT) return 0;
    if (!f) cannot(path);
    do {
        if (n == room) bytes = realloc(bytes, room = room ? room * 2 : 1 << 20);
        if (!bytes) abort();
        got = fread(bytes + n, 1, room - n, f);
        n += got;
    } while (got > 0);
    fclose(f);
    snprintf(wanted, sizeof wanted, "%s", text);
    lower(wanted, strlen(wanted));
    lower(bytes, n);
    holds = memmem(bytes, n, wanted, strlen(wanted)) != NULL;
    free(bytes);
    return holds;
}

const char *tree_holds(const char *root, const char *text, const char *but)
{
    static char found[700];
    const char *in = NULL;
    DIR *d = but && strcmp(root, but) == 0 ? NULL : opendir(root);
    const struct dirent *e;

    if (but && strcmp(root, but) == 0) return NULL;
    if (!d) cannot(root);
    while (!in && (e = readdir(d)) != NULL) {
        char path[700];
        struct stat st;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        snprintf(path, sizeof path, "%s/%s", root, e->d_name);
        if (lstat(path, &st) != 0) continue;
        if (S_ISDIR(st.st_mode))
            in = tree_holds(path, text, but);
        else if (strcasestr(e->d_name, text) || (S_ISREG(st.st_mode) && holds_in_any_case(path, text))) {
            snprintf(found, sizeof found, "%s", path);
            in = found;
        }
    }
    closedir(d);
    return in;
}
