#!/usr/bin/env python3
"""embed_sql.py — SQL files into C tables.

    embed_sql.py statements OUT.c OUT.h FILE.sql...
    embed_sql.py migrations OUT.c FILE.sql...

In a file of statements:

    -- @cols flags = flag, at, by        a list of columns, for {flags}; :{flags} are its parameters
    -- @stmt audit_add                   the statement that follows is SQL_AUDIT_ADD
                                      {flags=} sets each: "flag" = :flag, …
    -- @stmt {list}_add of flags books   the same statement once for each word; {list} is the word, {cols} its columns,
                                      {texts} those of the word with _texts behind
    -- @scan                             (before a @stmt) it reads a whole table, and that is meant

Column names are quoted where they are put in, so that a column may be called "to" or "by".
"""
import re
import sys


def fail(path, number, text):
    sys.exit(f"{path}:{number}: {text}")


def quoted(columns):
    return ", ".join(f'"{c}"' for c in columns)


def parameters(columns):
    return ", ".join(f":{c}" for c in columns)


def settings(columns):
    return ", ".join(f'"{c}" = :{c}' for c in columns)


def fill(text, cols, word, where):
    """Put columns and the word of a family in."""

    def put(match):
        colon, name, sets = match.groups()
        if name == "list" and not colon:
            return word
        columns = cols.get(word if name == "cols" else f"{word}_texts" if name == "texts" else name)
        if columns is None:
            fail(*where, f"no columns are called {name}")
        return settings(columns) if sets else parameters(columns) if colon else quoted(columns)

    return re.sub(r"(:?)\{(\w+)(=?)\}", put, text)


def read_statements(path, cols, found):
    name, family, body, where, scan = None, None, [], None, False
    pending_scan = False

    def finish():
        if name is None:
            return
        text = " ".join(" ".join(body).split()).rstrip(";").strip()
        if not text:
            fail(*where, f"{name} has no text")
        for word in family or [None]:
            full = name.replace("{list}", word) if word else name
            if any(f[0] == full for f in found):
                fail(*where, f"{full} stands twice")
            found.append((full, fill(text, cols, word, where), scan))

    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip()
        note = re.match(r"--\s*@(\w+)\s*(.*)", line)
        if note and note.group(1) == "cols":
            key, _, columns = note.group(2).partition("=")
            cols[key.strip()] = [c.strip() for c in columns.split(",")]
        elif note and note.group(1) == "scan":
            pending_scan = True
        elif note and note.group(1) == "stmt":
            finish()
            name, _, words = note.group(2).partition(" of ")
            name, family = name.strip(), words.split() or None
            body, where, scan = [], (path, number), pending_scan
            pending_scan = False
        elif note:
            fail(path, number, f"@{note.group(1)} is not known")
        elif not line.startswith("--"):
            body.append(line)
    finish()


def c_text(text, width=100):
    """One C string, cut into lines that can be read."""
    pieces, line = [], ""
    for word in re.split(r"(?<= )", text):
        if len(line) + len(word) > width:
            pieces.append(line)
            line = ""
        line += word
    pieces.append(line)
    escaped = [p.replace("\\", "\\\\").replace('"', '\\"') for p in pieces]
    return "\n        ".join(f'"{p}"' for p in escaped)


def statements(out_c, out_h, *paths):
    cols, found = {}, []
    for path in paths:
        read_statements(path, cols, found)
    with open(out_h, "w", encoding="utf-8") as h:
        h.write("/* Made from db/sql by tools/embed_sql.py: the name of every statement there is. */\n"
                "#ifndef DB_SQL_TEXTS_H\n#define DB_SQL_TEXTS_H\n\n#include <stdbool.h>\n\n"
                "typedef enum SqlId {\n")
        for name, _, _ in found:
            h.write(f"    SQL_{name.upper()},\n")
        h.write("    SQL_COUNT\n} SqlId;\n\n"
                "typedef struct SqlText {\n    const char *name, *text;\n    bool scan;\n} SqlText;\n"
                "extern const SqlText sql_texts[SQL_COUNT];\n\n#endif\n")
    with open(out_c, "w", encoding="utf-8") as c:
        c.write('/* Made from db/sql by tools/embed_sql.py. */\n#include "sql_texts.h"\n\n'
                "const SqlText sql_texts[SQL_COUNT] = {\n")
        for name, text, scan in found:
            c.write(f'    [SQL_{name.upper()}] = {{ "{name}",\n        {c_text(text)},\n'
                    f'        {"true" if scan else "false"} }},\n')
        c.write("};\n")


def migrations(out_c, *paths):
    with open(out_c, "w", encoding="utf-8") as c:
        c.write('/* Made from db/migrations by tools/embed_sql.py. */\n#include "migrations.h"\n\n'
                '#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'
                "const Migration migrations[] = {\n")
        for expected, path in enumerate(sorted(paths), 1):
            base = path.rsplit("/", 1)[-1]
            if not re.fullmatch(rf"{expected:04d}-[a-z0-9-]+\.sql", base):
                fail(path, 1, f"migration {expected} must be called {expected:04d}-words.sql")
            lines = [l.strip() for l in open(path, encoding="utf-8")]
            text = " ".join(l for l in lines if l and not l.startswith("--"))
            c.write(f'    {{ {expected}, "{base}",\n        {c_text(text)} }},\n')
        c.write("};\n"
                f"const int migrations_n = {len(paths)};\n")


if __name__ == "__main__":
    verbs = {"statements": statements, "migrations": migrations}
    if len(sys.argv) < 3 or sys.argv[1] not in verbs:
        sys.exit(__doc__)
    verbs[sys.argv[1]](*sys.argv[2:])
