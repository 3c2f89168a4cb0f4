#!/usr/bin/env python3
"""Run one screen script against a training store of its own.

  run.py BOOK124 SCRIPT [WORKDIR]

The store is made anew with a fixed seed and a fixed clock, so that a screen is the same every time. A line
`# store cases=300 seed=7 now=2010-02-01T09:12:00Z` in the script says otherwise than the defaults below; `books=yes` adds the cases of
books.py, `risks=yes` those of risks.py, `roundups=yes` those of roundups.py, `bonds=yes` those of bonds.py, `olds=yes` those of olds.py. What a script writes into files with a plain name lies in the directory that is thrown away behind it.
books.py, `risks=yes` those of risks.py, `bonds=yes` those of bonds.py. What a script writes into files with a plain name lies in the directory that is thrown away behind it.
UPDATE=1 in the environment writes into the script what the screens say; the difference is then yours to read."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

# A line `# propose OLD => NEW` proposes, as the keeper, the standard policy with that replaced (\\n is a line's end).
PASSWORD = "training-book124"

DEFAULTS = {"cases": "300", "seed": "7", "now": "2010-02-01T09:12:00Z", "flags": "", "books": "no", "risks": "no", "roundups": "no",
            "bonds": "no", "olds": "no"}


def wishes(path):
    found = dict(DEFAULTS)
    with open(path, encoding="utf-8") as script:
        for line in script:
            if line.startswith("# store "):
                found.update(re.findall(r"(\w+)=(\S+)", line))
    return found


def propose(book124, store, now, script, work, env):
    """The policy that the script wishes to find proposed."""
    with open(script, encoding="utf-8") as lines:
        changes = [line[len("# propose "):].rstrip("\n").replace("\\n", "\n").split(" => ") for line in lines if line.startswith("# propose ")]
    if not changes:
        return
    text = subprocess.run([book124, "policy", "show", "mps-dv-2010"], check=True, env=env, capture_output=True, text=True).stdout
    for old, new in changes:
        if text.count(old) != 1:
            sys.exit(f"{old!r} stands {text.count(old)} times in the policy")
        text = text.replace(old, new)
    for name, content in (("trial.policy", text), ("password", PASSWORD)):
        with open(os.open(os.path.join(work, name), os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
            out.write(content)
    subprocess.run([book124, "--store", store, "--now", now, "--as", "900013", "policy", "propose", os.path.join(work, "trial.policy")],
                   check=True, env={**env, "BOOK124_PASSWORD_FILE": os.path.join(work, "password")}, stdout=subprocess.DEVNULL)


def add_cases(maker, book124, work, store, now, env):
    """The cases of books.py or risks.py, brought in by the detective inspector as any other case documents."""
    lines, password = os.path.join(work, "books.jsonl"), os.path.join(work, "password")
    with open(lines, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), maker)], check=True, stdout=out)
    with open(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write("training-book124\n")
    env = {**env, "BOOK124_PASSWORD_FILE": password}
    subprocess.run([book124, "--store", store, "--as", "900008", "--now", now, "import", "cases", lines], check=True, env=env,
                   stdout=subprocess.DEVNULL)


def main():
    book124, script = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    wish = wishes(script)
    work = tempfile.mkdtemp(prefix="book124-screens-")
    store = os.path.join(work, "store")
    env = {k: v for k, v in os.environ.items() if not k.startswith("BOOK124_")}
    env["TZ"] = "UTC"
    try:
        subprocess.run([book124, "--store", store, "--now", wish["now"], "init", "--training", "--cases", wish["cases"],
                        "--seed", wish["seed"]], check=True, env=env, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        for maker in ("books", "risks", "roundups", "bonds", "olds"):
            if wish[maker] == "yes":
                add_cases(f"{maker}.py", book124, work, store, wish["now"], env)
        propose(book124, store, wish["now"], script, work, env)
        update = os.environ.get("UPDATE") == "1"
        copy = os.path.join(work, os.path.basename(script))
        text = open(script, encoding="utf-8").read()
        with open(copy, "w", encoding="utf-8") as out:
            out.write(("update\n" if update else "") + text)
        flags = [f for f in wish["flags"].split(",") if f]
        done = subprocess.run(
            [book124, "--store", store, "--now", wish["now"], *flags, "--script", copy], env=env, cwd=work)
        if update:
            text = open(copy, encoding="utf-8").read()
            with open(script, "w", encoding="utf-8") as out:
                out.write(text.removeprefix("update\n"))
        return done.returncode
    finally:
        shutil.rmtree(work, ignore_errors=True)


sys.exit(main())
