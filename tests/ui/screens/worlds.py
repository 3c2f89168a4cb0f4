#!/usr/bin/env python3
"""Two worlds: stores that differ only in restricted cases give an officer who is on no list the same bytes, whatever he does.

  worlds.py BOOK124

The second store holds in addition restricted cases that share names, places and numbers with ordinary ones. Random walks through the
screens (keys, searches, palette) and the verbs of the command line are done in both, as every kind of officer, and compared byte by byte.
Then the same as the detective inspector, who must see a difference: else the test would prove nothing.
BOOK124_WALKS says how many walks (100 unless said)."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

NOW = "2010-02-01T09:12:00Z"
PASSWORD = "training-book124"
OFFICERS = ["900001", "900002", "900003", "900004", "900005", "900006", "900007", "900009", "900010"]
WALKS, PER_SCRIPT, STEPS = int(os.environ.get("BOOK124_WALKS", "100")), 10, 12

book124 = os.path.abspath(sys.argv[1])
work = tempfile.mkdtemp(prefix="book124-worlds-")
env = {k: v for k, v in os.environ.items() if not k.startswith("BOOK124_")}
env.update(TZ="UTC", BOOK124_PASSWORD_FILE=os.path.join(work, "password"))


def run(world, *words, officer=None, stdin=None, now=NOW):
    who = ["--as", officer] if officer else []
    done = subprocess.run([book124, "--store", os.path.join(work, world), "--now", now, *who, *words], env=env, cwd=work, input=stdin,
                          capture_output=True, text=True)
    said = f"{done.returncode}\n{done.stdout}\n{done.stderr}".replace(os.path.join(work, world), "STORE")
    said = re.sub(r"\b[0-9a-f]{16}\b", "KEY", said)  # keys are random
    return re.sub(r"The log stands at entry .*", "The log stands somewhere", said)  # how many entries is what the worlds differ in


def write(name, text):
    with open(os.open(os.path.join(work, name), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    return os.path.join(work, name)


def cases_of(world):
    out = subprocess.run([book124, "--store", os.path.join(work, world), "--now", NOW, "--as", "900008", "export", "cases"], env=env,
                         capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def hide(case, i):
    """The same people, places and numbers under another number, restricted."""
    hidden = dict(case, id=f"KG-2010-H{i:05}", restricted_at=case["reported_at"])
    hidden.pop("closed_at", None)
    hidden.pop("outcome", None)
    if i < 3:  # for the list of the daily management meeting
        hidden.update(kind="crime", flags=[{"flag": "dv", "at": case["reported_at"]}], reviews=[])
    for n, person in enumerate(hidden.get("people", [])):
        if n == 0:
            person["family"] = f"Secretson{i}"
    return hidden


def make_worlds():
    write("password", PASSWORD)
    for world in "AB":
        subprocess.run([book124, "--store", os.path.join(work, world), "--now", NOW, "init", "--training", "--cases", "90", "--seed", "7"],
                       env=env, check=True, capture_output=True)
    ordinary = [c for c in cases_of("A") if not c.get("restricted_at")]
    hide_later([c for c in ordinary if c.get("books")][:4])
    hidden = [hide(c, i) for i, c in enumerate(ordinary[:30])]
    write("hidden.jsonl", "".join(json.dumps(c) + "\n" for c in hidden))
    said = run("B", "import", "cases", "hidden.jsonl", officer="900008")
    if "30 added" not in said:
        sys.exit(f"the restricted cases did not get in: {said}")
    for case in hidden:  # each says that the other began: born as hidden as the first
        if {"victim", "suspect"} <= {p["role"] for p in case.get("people", [])}:
            must("B", "case", "counter", case["id"], officer="900008")
            break
    return ordinary, hidden


def must(world, *words, **how):
    said = run(world, *words, **how)
    if not said.startswith("0\n"):
        sys.exit(f"{' '.join(words)}: {said}")
    return said


def hide_later(ordinary):
    """Cases that were there for everybody, were in a sample, and were restricted afterwards."""
    before = NOW.replace("09:12", "09:10")
    later = [dict(c, id=f"KG-2010-L{i:05}") for i, c in enumerate(ordinary)]
    write("later.jsonl", "".join(json.dumps(c) + "\n" for c in later))
    if "added" not in run("B", "import", "cases", "later.jsonl", officer="900008", now=before):
        sys.exit("the cases that are restricted later did not get in")
    for world in "AB":
        must(world, "qa", "draw", "--from", "2009-10-01", "--to", "2010-02-01", "--seed", "9", "--count", "8", officer="900007", now=before)
    for case in later:
        must("B", "access", "restrict", case["id"], "Needed.", "--alone", officer="900008")


def typed(ordinary, hidden, dice):
    """What somebody might look for: of what is there, of what is hidden, of what is nowhere."""
    pick = dice.choice([dice.choice(hidden), dice.choice(ordinary)])
    words = [pick["id"], "KG-2010-H99999"] + [p["family"] for p in pick.get("people", []) if p.get("family")]
    words += [r["number"] for r in pick.get("references", [])] + [b["serial"] for b in pick.get("books", []) if b.get("serial")]
    return dice.choice(words).replace('"', "")


def step(ordinary, hidden, dice):
    what = typed(ordinary, hidden, dice)
    return dice.choice([
        "1", "2", "3", "4", "5", "6", "h Esc Esc", "W", "W Enter", "H", "U", "v Esc", 'f "words" Enter "' + what[:5].replace(" ", "") + '" Enter', "j", "j j j", "k", "G", "g", "Enter", "w", "b", "A", "D", "Esc", "Esc Esc", "PgDn", "Tab", "a Esc", "f Esc",
        "Ctrl-L", f'/ "{what}" Enter', f'/ "{what[:4]}" Enter Enter', f':"case {what}" Enter', f':"why {what} ds-supervision" Enter',
        f':"book {what}" Enter', f':"register {what}" Enter', f':"risk compare {what}" Enter', ':"qa" Enter', ':"alerts" Enter', "wait",
        f':"access {what}" Enter', ':"alerts budget" Enter',
    ])


def script(first, ordinary, hidden):
    lines = ["size 80 24"]
    for walk in range(first, first + PER_SCRIPT):
        dice = random.Random(walk)
        lines.append(f"login {OFFICERS[walk % len(OFFICERS)]}")
        for _ in range(STEPS):
            keys = step(ordinary, hidden, dice)
            lines.append("wait 1" if keys == "wait" else "keys " + keys.replace(':"', ': "'))
            lines += ["expect", "  ..."]
    return "\n".join(lines) + "\n"


def walked(world, text):
    path = write(f"walk-{world}.b124test", "update\n" + text)
    said = run(world, "--script", path)
    with open(path, encoding="utf-8") as back:
        return said.replace(path, "SCRIPT") + back.read()


def differ(what, a, b):
    for x, y in zip(a.split("\n"), b.split("\n")):
        if x != y:
            return f"{what}\n  without: {x}\n  with:    {y}"
    return f"{what}: one is longer"


def same(what, a, b):
    if a != b:
        sys.exit(differ(what, a, b))


def commands(ordinary, hidden):
    dice = random.Random(1)
    found = [["queue"], ["queue", "--tab", "overdue"], ["queue", "--tab", "held"], ["queue", "--places"], ["watchdog"], ["workload"], ["view", "list"], ["queue", "--words", "super"], ["handover", "show"], ["handover", "show", "--sheet"], ["brief"], ["duties", "--format", "json"], ["alert", "list"], ["book", "list"],
             ["export", "cases"], ["risk", "drift", "--from", "2009-01-01", "--to", "2010-02-01"], ["forecast", "--until", "fri 1700"],
             ["qa", "draw", "--from", "2009-10-01", "--to", "2010-02-01", "--seed", "5"], ["qa", "list"], ["qa", "show", "1"], ["qa", "show", "2"], ["audit", "my-record"], ["audit", "my-record", "--format", "json"], ["qa", "results", "--from", "2009-10-01", "--to", "2010-02-01"],
             ["alert", "budget", "--from", "2009-10-01", "--to", "2010-01-31"], ["access", "glasses"], ["access", "matches"],
             ["import", "cases", "--dry-run", "hidden.jsonl"], ["book", "list", "--serial", "0"], ["book", "list", "--state", "submitted"]]
    for case in hidden[:2] + ordinary[:1] + [{"id": "KG-2010-H99999"}]:
        name = case["id"]
        found += [["case", "show", name], ["why", name, "ds-supervision"], ["gate", name], ["risk", "show", name], ["duties", "--case", name],
                  ["export", "cases", "--case", name], ["book", "show", name], ["access", "show", name], ["alert", "list", "--case", name]]
    for _ in range(12):
        found.append(["case", "search", typed(ordinary, hidden, dice)])
    return found


def cad_of(hidden):
    rows = ["cad,received"] + [f"{c['cad']['number']},{c['cad']['received_at']}" for c in hidden if (c.get("cad") or {}).get("number")]
    return "\n".join(rows[:6]) + "\n"


MEETINGS = """size 100 30
login 900008
keys M b
keys a "ring her, csu-io, fri 1200" Enter
keys s
keys Enter
keys e y "training-book124" Enter
login 900009
keys M b
keys n s
keys e y "training-book124" Enter
"""


def sheet(world, meeting, officer):
    """Without numbers of keys and of the log, which differ however much is hidden."""
    said = re.sub(r"\b[0-9a-f]{6,}\b|entry \d+", "#", run(world, "dmm", "sheet", "--meeting", str(meeting), officer=officer))
    return re.sub(r"(# ?)+", "#", re.sub(r"[ \n]+", " ", said))


def meetings():
    """Held by those who see them: everybody else prints the same sheet, and sees the same list afterwards."""
    for world in "AB":
        path = write(f"meet-{world}.b124test", "update\n" + MEETINGS)
        run(world, "--script", path)
    for meeting in 1, 2:
        same(f"sheet of meeting {meeting}", sheet("A", meeting, "900007"), sheet("B", meeting, "900007"))
    for words in (["dmm"], ["dmm", "--format", "json"], ["dmm", "meetings"]):
        same(" ".join(words), run("A", *words, officer="900007"), run("B", *words, officer="900007"))
    if sheet("A", 1, "900008") == sheet("B", 1, "900008") or "restricted" not in sheet("B", 1, "900008"):
        sys.exit("the sheet is the same for the detective inspector, so this proves nothing")


def main():
    ordinary, hidden = make_worlds()
    for officer in ["900001", "900007"]:
        for words in commands(ordinary, hidden):
            same(f"{officer}: {' '.join(words)}", run("A", *words, officer=officer), run("B", *words, officer=officer))
    write("cad.csv", cad_of(hidden))
    same("import cad", run("A", "import", "cad", "--dry-run", "cad.csv", officer="900007"),
         run("B", "import", "cad", "--dry-run", "cad.csv", officer="900007"))
    for first in range(0, WALKS, PER_SCRIPT):
        text = script(first, ordinary, hidden)
        same(f"walks from {first} on", walked("A", text), walked("B", text))
    one = json.dumps(dict(hidden[0], restricted_at=None)) + "\n"
    write("one.jsonl", one)
    for words in (["import", "cases", "one.jsonl"], ["import", "cases", "one.jsonl"], ["case", "show", hidden[0]["id"]], ["queue"],
                  ["export", "cases", "--case", hidden[0]["id"]], ["case", "search", hidden[0]["id"]]):
        same(f"after that: {' '.join(words)}", run("A", *words, officer="900007"), run("B", *words, officer="900007"))
    meetings()  # last: their signatures differ in each store
    for words in (["queue", "--role", "csu-ds"], ["brief"], ["duties", "--format", "json"], ["export", "cases"]):
        if run("A", *words, officer="900008") == run("B", *words, officer="900008"):
            sys.exit(f"{words[0]}: the detective inspector sees no difference either, so this proves nothing")
    proof = run("B", "audit", "verify", officer="900012")
    if not proof.startswith("0\n"):
        sys.exit(f"the log does not hold: {proof}")


try:
    main()
finally:
    shutil.rmtree(work, ignore_errors=True)
