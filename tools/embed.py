#!/usr/bin/env python3
"""embed.py — files as a C table, so that the program carries them.

    embed.py texts OUT.c FILE…     every file as { name, bytes, length }

The bytes are arrays, not string literals: a literal may be only 4095 characters long in standard C.
The table is `embedded_texts`, its end a row without a name; the header that declares it is written
by hand where it is used.
"""
import os
import sys


def rows_of(data):
    for at in range(0, len(data), 20):
        yield "    " + " ".join(f"{byte}," for byte in data[at:at + 20])


def texts(out, files):
    lines = ["/* Made by tools/embed.py from the files named below; do not edit. */",
             '#include "embedded.h"', ""]
    table = []
    for i, path in enumerate(files):
        with open(path, "rb") as f:
            data = f.read()
        name = os.path.basename(path)
        lines += [f"/* {os.path.basename(path)} */", f"static const unsigned char text_{i}[] = {{",
                  *rows_of(data), "    0", "};", ""]
        table.append(f'    {{ "{name}", (const char *)text_{i}, {len(data)} }},')
    lines += ["const EmbeddedText embedded_texts[] = {", *table, "    { 0 },", "};", ""]
    with open(out, "w", encoding="ascii") as f:
        f.write("\n".join(lines))


def main(argv):
    if len(argv) >= 3 and argv[0] == "texts":
        texts(argv[1], argv[2:])
        return 0
    sys.stderr.write(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
