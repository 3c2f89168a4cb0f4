#!/usr/bin/env python3
"""editors.py — the colours of docs/editors know every word that the language begins a line with.

    editors.py SOURCE

The words are read from the parser's own tables, so that a clause added there is missed here. Each file is also
tried in its editor, where the editor is installed.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

source = sys.argv[1]
tables = "".join(open(os.path.join(source, "src/policy", name), encoding="utf-8").read()
                 for name in ("parse_file.c", "parse_duty.c", "parse_gate.c", "parse_words.c"))
words = set(re.findall(r'\{ "([a-z]+)", (?:clause|read|parse)_\w+', tables)) | {"pattern", "matches", "not", "all", "condition"}
files = {name: open(os.path.join(source, "docs/editors", name), encoding="utf-8").read()
         for name in ("book124.vim", "book124.nanorc", "book124-mode.el")}
wrong = [f"{name} does not know \"{word}\"" for name, text in files.items() for word in sorted(words)
         if not re.search(r"[\"(|/ ]" + word + r"[\"\\)|/ ]", text)]
assert len(words) > 25, words


def loads(name, *command):
    if not shutil.which(command[0]):
        print(f"{command[0]} is not installed: {name} was read only")
        return
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode or "rror" in done.stderr:
        wrong.append(f"{name}: {done.stderr}{done.stdout}")


with tempfile.TemporaryDirectory() as d:
    el = os.path.join(source, "docs/editors/book124-mode.el")
    policy = os.path.join(source, "policies/mps-dv-2010.policy")
    loads("book124-mode.el", "emacs", "-Q", "--batch", "-l", el, policy, "--eval",
          "(progn (unless (eq major-mode 'book124-mode) (kill-emacs 1)) (font-lock-ensure))")
    vim = os.path.join(source, "docs/editors/book124.vim")
    loads("book124.vim", "vim", "-u", "NONE", "-es", "-i", "NONE", "-c", "syntax on", "-c", "unlet! b:current_syntax", "-c", f"source {vim}",
          "-c", "if !hlexists('book124Clause') | cquit | endif", "-c", "qall!", policy)

print("\n".join(wrong) or f"{len(words)} words are known to {len(files)} editors")
sys.exit(bool(wrong))
