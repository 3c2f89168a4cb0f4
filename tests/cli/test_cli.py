#!/usr/bin/env python3
"""test_cli.py PROGRAM SOURCE GROUP — the command line from outside: words in; output, sentences and exit status out.

Each function marked @fact is one test, named by what it says about the world, and one line of TAP.
Every group makes the stores it needs in a directory of its own and takes it away again.
"""
import csv
import io
import json
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

PROGRAM, SOURCE, GROUP = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
SHARED = os.environ.get("BOOK124_SHARED") or os.path.join(SOURCE, "..", "shared")
NOW = "2010-02-01T09:12:00Z"
PASSWORD = "training-book124"
SANITIZER = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS") or k == "G_SLICE"}
# What the font library keeps for itself, as named there; nothing of ours is in it.
SANITIZER.setdefault("LSAN_OPTIONS", "print_suppressions=0:suppressions=" + os.path.join(SOURCE, "tests", "paper", "lsan.supp"))
facts = []


class Skip(Exception):
    pass


def fact(group):
    def keep(function):
        if group == GROUP:
            facts.append(function)
        return function
    return keep


# --- running the program -----------------------------------------------------------------------------

WORK = tempfile.mkdtemp(prefix="book124-cli-")
PASSFILE = os.path.join(WORK, "password")


def write(name, data, mode=0o600):
    path = name if os.path.isabs(name) else os.path.join(WORK, name)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    os.chmod(path, mode)
    return path


def environment(**more):
    env = {"HOME": WORK, "LANG": "C.UTF-8", "BOOK124_PASSWORD_FILE": PASSFILE, "TERM": "xterm", "BOOK124_WITHOUT": os.environ.get("BOOK124_WITHOUT"), **SANITIZER}
    env.update(more)
    return {k: v for k, v in env.items() if v is not None}


class Ran:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def json(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def __repr__(self):
        return f"status {self.status}\n--- out\n{self.out[:1500]}\n--- err\n{self.err[:1500]}"


def run(*words, given=b"", timeout=120, text=True, env=None, **more):
    done = subprocess.run([PROGRAM, *map(str, words)], input=given, capture_output=True, timeout=timeout,
                          env=environment(**more) if env is None else env, start_new_session=True)
    wrong = re.search(rb"(runtime error|AddressSanitizer|LeakSanitizer)[^\n]*", done.stderr)
    assert not wrong and done.returncode >= 0, (words, done.returncode, done.stderr[-3000:].decode("utf-8", "replace"))
    if text:
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


stores = {}


def store(cases=0, now=NOW, seed=1, fresh=False):
    """A training store, made once for each kind; a fresh one is for this caller alone."""
    key = (cases, now, seed)
    if fresh or key not in stores:
        path = os.path.join(WORK, f"store-{len(stores)}-{len(os.listdir(WORK))}")
        done = run("--store", path, "init", "--training", "--cases", cases, "--seed", seed, "--now", now)
        assert done.status == 0, done
        if fresh:
            return path
        stores[key] = path
    return stores[key]


def at(path, who, *words, now=NOW, **more):
    """The program on a training store, signed in as one of its officers: 7 is 900007."""
    return run("--store", path, "--as", 900000 + who, "--now", now, *words, **more)


def same(left, right, what=""):
    assert left == right, f"{what}\n  is     {str(left)[:900]!r}\n  not    {str(right)[:900]!r}"


def holds(text, part):
    assert part in text, f"{part!r} is not in:\n{text[:3000]}"


def refused(done, status, part):
    same(done.status, status, repr(done))
    holds(done.err, part)
    assert done.err.startswith("book124: "), done
    same(done.out if isinstance(done.out, str) else done.out.decode(), "", "nothing but the result goes to standard output")


def a_case(ident="KG-2010-000123", **more):
    case = {"format": "book124.case/1", "id": ident, "borough": "KG", "reported_at": "2010-01-30T22:14:00Z", "reported_how": "call",
            "kind": "crime", "offences": [{"class": "s47", "attempt": False, "at": "2010-01-30T23:40:00Z"}],
            "flags": [{"flag": "dv", "at": "2010-01-30T23:40:00Z", "by": "201234"}],
            "people": [{"key": "v1", "role": "victim", "family": "Example", "given": "Anne", "recorded_at": "2010-01-30T22:40:00Z"},
                       {"key": "s1", "role": "suspect", "family": "O'Specimen", "given": "Paul", "recorded_at": "2010-01-30T22:40:00Z",
                        "relationship": {"to": "v1", "kind": "spouse"},
                        "status": [{"status": "outstanding", "at": "2010-01-30T22:40:00Z"}]}]}
    case.update(more)
    return case


def lines(*cases):
    return "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases).encode()


# --- words: help, options, what is not understood --------------------------------------------------------------

def table():
    """Commands and options as --help tells them."""
    text = run("--help").out
    commands = re.findall(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)(?= {2,}| \[| [A-Z])", text.split("Commands:")[1].split("Options:")[0], re.M)
    return commands, re.findall(r"^  (--[a-z-]+)", text, re.M)


@fact("words")
def help_lists_every_command_and_each_has_help_of_its_own():
    commands, _ = table()
    assert len(commands) >= 20, commands
    for name in commands:
        done = run(*name.split(), "--help")
        same(done.status, 0, name)
        holds(done.out, "book124 " + name)


@fact("words")
def help_goes_to_standard_output_and_fits_eighty_columns():
    for words in [["--help"]] + [c.split() + ["--help"] for c in table()[0]]:
        done = run(*words)
        same(done.err, "")
        assert all(len(line) <= 80 for line in done.out.splitlines()), [w for w in done.out.splitlines() if len(w) > 80]


@fact("words")
def the_version_is_one_line():
    done = run("--version")
    assert re.fullmatch(r"book124 \d+\.\d+\.\d+\n", done.out) and done.status == 0, done


@fact("words")
def every_command_and_option_is_in_the_manual():
    with open(os.path.join(SOURCE, "docs", "book124.1"), encoding="utf-8") as f:
        manual = f.read()
    commands, options = table()
    for name in commands:
        holds(manual, f"\n.It Cm {name}")
        for option in re.findall(r"^  (--[a-z-]+)", run(*name.split(), "--help").out, re.M):
            holds(manual, f"\n.It Fl Fl {option[2:]}")
    for option in options:
        holds(manual, f"\n.It Fl Fl {option[2:]}")


@fact("words")
def the_generated_part_of_the_manual_is_what_the_table_says():
    with open(os.path.join(SOURCE, "docs", "book124.1"), encoding="utf-8") as f:
        part = f.read().split('.\\" begin table\n')[1].split('.\\" end table\n')[0]
    same(part, run("completion", "mdoc").out, "print it anew with: book124 completion mdoc")


@fact("words")
def the_manual_has_no_mistakes_in_its_markup():
    if not shutil.which("mandoc"):
        raise Skip("no mandoc")
    done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", os.path.join(SOURCE, "docs", "book124.1")], capture_output=True, text=True)
    same(done.stdout + done.stderr, "")


@fact("words")
def the_completions_checked_in_are_what_the_table_says():
    with open(os.path.join(SOURCE, "completions", "book124.bash"), encoding="utf-8") as f:
        same(f.read(), run("completion", "bash").out, "print them anew with: book124 completion bash")


def complete(*words):
    script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _book124; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", script, "-", os.path.join(SOURCE, "completions", "book124.bash"), "book124", *words],
                          capture_output=True, text=True)
    same(done.stderr, "")
    return done.stdout.split()


@fact("words")
def bash_completes_commands_options_and_their_words():
    if not shutil.which("bash"):
        raise Skip("no bash")
    holds(complete(""), "duties")
    same(complete("officer", "a"), ["add"])
    same(complete("--store", "x", "case", "s"), ["show", "search", "since"])
    same(complete("duties", "--sta"), ["--state"])
    same(complete("duties", "--state", "o"), ["open", "overdue"])
    same(complete("--format", "j"), ["json"])
    same(complete("queue", "--role", "csu-d"), ["csu-ds", "csu-di"])


@fact("words")
def an_unknown_command_gets_the_nearest_name():
    refused(run("dutys"), 2, 'did you mean "duties"')
    refused(run("offcer", "add"), 2, 'did you mean "officer"')
    refused(run("case", "shwo", "X"), 2, 'did you mean "case show"')
    refused(run("frobnicate"), 2, "There is no command")


@fact("words")
def half_a_command_is_told_what_is_missing():
    refused(run("officer"), 2, "needs one more word")
    refused(run("why", "KG-1"), 2, "why CASE NAME")
    refused(run("init", "x"), 2, "one word too many")


@fact("words")
def an_unknown_option_gets_the_nearest_name():
    refused(run("duties", "--formt", "json"), 2, "did you mean --format")
    refused(run("--sotre", "x", "brief"), 2, "did you mean --store")
    refused(run("brief", "-x"), 2, "two dashes")


@fact("words")
def an_options_word_is_checked_and_the_nearest_named():
    refused(run("duties", "--state", "overdu"), 2, 'did you mean "overdue"')
    refused(run("duties", "--role", "sheriff"), 2, "It takes response-pc")
    refused(run("brief", "--format", "xml"), 2, "table, csv or json")
    refused(run("training", "--cases", "many"), 2, "whole number")
    refused(run("training", "--cases=-3"), 2, "whole number")


@fact("words")
def values_may_be_joined_or_apart_and_names_shortened():
    one = run("training", "--cases=3", "--seed", "5", "--now", NOW)
    two = run("--now=" + NOW, "training", "--ca", "3", "--see=5")
    same(one.status, 0)
    same(one.out, two.out)
    refused(run("training", "--cases"), 2, "needs a value")
    refused(run("training", "--ascii=yes"), 2, "takes no value")


@fact("words")
def two_dashes_end_the_options():
    path = store()
    done = at(path, 7, "case", "show", "--", "--help")
    assert done.status in (3, 4) and "--help" in done.err, done


@fact("words")
def a_format_that_a_command_cannot_write_is_refused():
    refused(run("training", "--format", "csv"), 2, "cannot be written as csv")


# --- start: without a command, the environment, the store's place ---------------------------------------------------

@fact("start")
def without_a_terminal_and_a_command_the_brief_is_printed():
    done = run("--store", store(40), "--now", NOW)
    same(done.status, 0)
    holds(done.out, "Barking and Dagenham training store")
    holds(done.out, "overdue")


@fact("start")
def a_brief_of_a_training_store_needs_nobody():
    same(run("--store", store(40), "--now", NOW, "brief").status, 0)
    same(run("--store", store(40), "--now", NOW, "brief", "--format", "json").status, 0)


@fact("start")
def the_brief_says_which_alerts_wait():
    path = store(60)
    rows = run("--store", path, "--now", NOW, "brief", "--format", "json").json()
    waiting = sum(row["alerts"] for row in rows)
    same(waiting > 3, True)
    same(waiting, sum(len(at(path, who, "alert", "list", "--format", "json").json()) for who in range(1, 12)))
    first = at(path, 2, "alert", "list", "--format", "json").json()[0]
    sergeant = next(row for row in rows if row["role"] == "response-ps")
    same(len(sergeant["worst_alerts"]), 3)
    same(sergeant["worst_alerts"][0], f"{first['case']} {first['alert']}")
    text = run("--store", path, "--now", NOW, "brief").out
    holds(text, f"{waiting} alerts wait for an answer; the worst:")
    holds(text, f"  {first['case']}, High, for ")
    holds(run("--store", path, "--now", NOW, "brief", "--format", "csv").out, "alerts,worst_alerts")


@fact("start")
def everything_else_needs_an_officer():
    for words in (["duties"], ["queue"], ["export", "cases"], ["case", "show", "X"], ["audit", "verify"], ["rebuild"], ["officer", "list"]):
        refused(run("--store", store(), *words), 2, "--as")


@fact("start")
def a_store_that_is_not_there_is_a_sentence():
    refused(run("--store", os.path.join(WORK, "nowhere"), "brief"), 3, "nowhere")


@fact("start")
def a_store_is_found_by_its_variables():
    path = store()
    same(run("brief", BOOK124_STORE=path).status, 0)
    os.makedirs(os.path.join(WORK, "data"), exist_ok=True)
    done = run("init", "--training", "--cases", "0", XDG_DATA_HOME=os.path.join(WORK, "data"))
    same(done.status, 0, repr(done))
    assert os.path.isdir(os.path.join(WORK, "data", "book124"))


@fact("start")
def init_refuses_a_directory_that_holds_anything():
    path = os.path.join(WORK, "full")
    os.makedirs(path)
    write(os.path.join(path, "x"), "x")
    refused(run("--store", path, "init", "--training"), 3, "full")


@fact("start")
def init_without_training_takes_no_training_options():
    refused(run("--store", os.path.join(WORK, "n"), "init", "--cases", "3"), 2, "--training")
    refused(run("--store", os.path.join(WORK, "n"), "init", "--borough", "kg"), 2, "capital letters")
    assert not os.path.exists(os.path.join(WORK, "n"))


@fact("start")
def what_init_makes_is_for_nobody_else():
    mode = stat.S_IMODE(os.stat(store()).st_mode)
    same(mode, 0o700)
    for name in os.listdir(store()):
        same(stat.S_IMODE(os.stat(os.path.join(store(), name)).st_mode) & 0o077, 0, name)


@fact("start")
def now_is_refused_on_a_real_store():
    path = os.path.join(WORK, "real")
    same(run("--store", path, "init").status, 0)
    done = run("--store", path, "--now", NOW, "brief")
    same(done.status, 4, repr(done))
    holds(done.err, "training store")
    refused(run("--store", path, "brief"), 4, "")


@fact("start")
def now_must_be_a_time():
    refused(run("--store", store(), "--now", "yesterday", "brief"), 2, "2010-02-01T09:12:00Z")


@fact("start")
def closed_descriptors_do_no_harm():
    done = subprocess.run(["sh", "-c", f'"{PROGRAM}" --store "{store()}" brief <&- >&- 2>&-; echo $?'], capture_output=True, text=True, env=environment())
    assert done.stdout.strip() in ("0", "3"), done


@fact("start")
def without_a_home_the_store_must_be_named():
    refused(run("brief", HOME=None), 2, "--store")
    refused(run("init", "--training", HOME=None), 2, "--store")
    same(run("training", "--cases", "1", HOME=None).status, 0)
    same(run("--store", store(), "brief", HOME=None).status, 0)


@fact("start")
def the_doctor_of_a_store_that_cannot_be_opened_ends_with_3():
    same(run("--store", os.path.join(WORK, "nothing-here"), "doctor").status, 3)
    broken = os.path.join(WORK, "broken")
    shutil.copytree(store(), broken)
    for name in os.listdir(broken):
        path = os.path.join(broken, name)
        if os.path.isfile(path) and os.path.getsize(path) > 4096:
            with open(path, "r+b") as f:
                f.write(b"\xa5" * 4096)
    done = run("--store", broken, "doctor")
    same(done.status, 3, repr(done))


@fact("words")
def behind_two_dashes_everything_is_a_word():
    same(run("--store", store(), "--as", "900008", "--", "case", "show", "KG-NO").status, 3)
    holds(run("--store", store(), "--as", "900008", "--", "case", "show", "KG-NO").err, "no case")
    refused(run("--store", store(), "--as", "900008", "case", "search", "-x"), 2, "goes behind --")
    same(run("--store", store(), "--as", "900008", "case", "search", "--", "-x").status, 0)


@fact("words")
def what_does_not_fit_is_said_with_what_does():
    refused(run("help", "dutys"), 2, "duties")
    refused(run("policy", "show", "nope"), 3, "mps-dv-2010")
    refused(run("--store", store(), "--as", "900008", "queue", "--role", "auditor"), 2, "no queue")
    refused(run("--store", store(), "--as", "900008", "queue", "--limit", "99999999999"), 2, "10000000")


@fact("start")
def the_environment_steers_nothing():
    done = run("--store", store(), "brief", LD_PRELOAD="", TERMINFO="/nonexistent", LINES="1", COLUMNS="1", LANG="../../etc", TZ="Asia/Tokyo")
    same(done.status, 0, repr(done))


@fact("start")
def the_first_officer_is_the_keeper_and_needs_nobody():
    path = os.path.join(WORK, "first")
    new = write("new", "correct horse battery pumpkin\n")
    same(run("--store", path, "init").status, 0)
    refused(run("--store", path, "officer", "add", "190001", "DS Example", "--role", "csu-ds", BOOK124_NEW_PASSWORD_FILE=new), 4, "keeper")
    done = run("--store", path, "officer", "add", "190000", "Keeper Example", "--role", "keeper", BOOK124_NEW_PASSWORD_FILE=new)
    same(done.status, 0, repr(done))
    refused(run("--store", path, "officer", "add", "190002", "Another", "--role", "keeper", BOOK124_NEW_PASSWORD_FILE=new), 4, "")
    done = run("--store", path, "--as", "190000", "officer", "list", "--format", "json", BOOK124_PASSWORD_FILE=new)
    same(done.json(), [{"warrant": "190000", "name": "Keeper Example", "roles": ["keeper"], "suspended": False, "must_change": False}])


# --- signing in --------------------------------------------------------------------------------------------------------

@fact("signin")
def the_password_file_signs_in():
    same(at(store(), 7, "queue").status, 0)


@fact("signin")
def a_password_file_that_others_can_read_is_refused():
    for mode in (0o644, 0o640, 0o660, 0o400, 0o700):
        path = write(f"open-{mode:o}", PASSWORD + "\n", mode)
        refused(at(store(), 7, "queue", BOOK124_PASSWORD_FILE=path), 4, f"{mode:04o}")


@fact("signin")
def a_password_file_that_is_no_plain_file_is_refused():
    link = os.path.join(WORK, "link")
    os.symlink(PASSFILE, link)
    refused(at(store(), 7, "queue", BOOK124_PASSWORD_FILE=link), 4, "link")
    refused(at(store(), 7, "queue", BOOK124_PASSWORD_FILE=WORK), 4, "regular file")
    refused(at(store(), 7, "queue", BOOK124_PASSWORD_FILE=os.path.join(WORK, "none")), 3, "none")
    fifo = os.path.join(WORK, "fifo")
    os.mkfifo(fifo, 0o600)
    refused(at(store(), 7, "queue", BOOK124_PASSWORD_FILE=fifo, timeout=10), 4, "regular file")


@fact("signin")
def a_password_file_of_somebody_else_is_refused():
    if os.geteuid() != 0:
        raise Skip("only the superuser can give a file away")
    path = write("theirs", PASSWORD + "\n")
    os.chown(path, 65534, -1)
    refused(at(store(), 7, "queue", BOOK124_PASSWORD_FILE=path), 4, "another user")


@fact("signin")
def a_wrong_password_and_an_unknown_officer_look_alike():
    path = store(fresh=True)
    wrong = write("wrong", "not the password\n")
    one = at(path, 7, "queue", BOOK124_PASSWORD_FILE=wrong)
    two = at(path, 777, "queue", BOOK124_PASSWORD_FILE=wrong)
    refused(one, 4, "")
    refused(two, 4, "")
    same(one.err, two.err)


@fact("signin")
def five_wrong_passwords_lock_the_right_one_out():
    path = store(fresh=True)
    wrong = write("wrong5", "not the password\n")
    for _ in range(8):
        same(at(path, 7, "queue", BOOK124_PASSWORD_FILE=wrong).status, 4)
    same(at(path, 7, "queue").status, 4, "locked")
    same(at(path, 7, "queue", now="2010-02-01T09:40:00Z").status, 0, "a quarter of an hour later")


@fact("signin")
def without_terminal_and_file_it_is_a_sentence():
    refused(at(store(), 7, "queue", BOOK124_PASSWORD_FILE=None), 2, "BOOK124_PASSWORD_FILE")


@fact("signin")
def an_empty_or_odd_password_file_is_no_password():
    for data in (b"", b"\n", b"a\0b\n", b"x" * 5000):
        assert at(store(), 8, "queue", BOOK124_PASSWORD_FILE=write("odd", data), now="2010-02-03T09:12:00Z").status in (2, 4)


@fact("signin")
def what_a_role_may_not_do_is_exit_status_four():
    refused(at(store(), 1, "officer", "list"), 4, "")
    refused(at(store(), 13, "export", "cases"), 4, "")
    refused(at(store(), 7, "audit", "list"), 4, "")


@fact("signin")
def a_keeper_makes_and_suspends_officers():
    path = store(fresh=True)
    new = write("new7", "a long pumpkin password 7\n")
    done = at(path, 13, "officer", "add", "190500", "DS Ỹemi O'Sample", "--role", "csu-ds", "--role", "csu-di", BOOK124_NEW_PASSWORD_FILE=new)
    same(done.status, 0, repr(done))
    refused(run("--store", path, "--as", "190500", "--now", NOW, "queue", BOOK124_PASSWORD_FILE=new), 4, "Choose your own")
    own = write("own7", "one that is mine alone 7\n")
    same(run("--store", path, "--as", "190500", "--now", NOW, "officer", "password", BOOK124_PASSWORD_FILE=new, BOOK124_NEW_PASSWORD_FILE=own).status, 0)
    sign = dict(BOOK124_PASSWORD_FILE=own)
    same(run("--store", path, "--as", "190500", "--now", NOW, "queue", **sign).status, 0)
    same(at(path, 13, "officer", "suspend", "190500").status, 0)
    same(run("--store", path, "--as", "190500", "--now", NOW, "queue", **sign).status, 4)
    same(at(path, 13, "officer", "suspend", "190500", "--undo").status, 0)
    same(at(path, 13, "officer", "role", "190500", "--role", "ppd").status, 0)
    rows = at(path, 13, "officer", "list", "--format", "json").json()
    same(rows[0], {"warrant": "190500", "name": "DS Ỹemi O'Sample", "roles": ["ppd"], "suspended": False, "must_change": False})
    same(len(rows), 14)


@fact("signin")
def an_officer_changes_the_own_password():
    path = store(fresh=True)
    new = write("new8", "another long pumpkin word\n")
    same(at(path, 5, "officer", "password", BOOK124_NEW_PASSWORD_FILE=new).status, 0)
    same(at(path, 5, "queue", BOOK124_PASSWORD_FILE=new).status, 0)
    same(at(path, 5, "queue").status, 4)
    refused(at(path, 6, "officer", "password", BOOK124_NEW_PASSWORD_FILE=write("short", "short\n")), 2, "")


@fact("signin")
def keeper_and_case_roles_do_not_mix():
    refused(at(store(), 13, "officer", "role", "900007", "--role", "keeper", "--role", "csu-ds"), 2, "")


# --- in and out ----------------------------------------------------------------------------------------------------------

def imported(data, *words, status=0, fresh=True, lenient=False, path=None):
    path = path or store(fresh=fresh)
    done = at(path, 8, "import", "cases", *words, "-", given=data)
    same(done.status, status, repr(done))
    return path, done


@fact("exchange")
def a_case_that_was_closed_long_ago_is_kept_or_erased_by_two():
    path = store(fresh=True)
    old = {"reported_at": "1999-01-02T10:00:00Z", "closed_at": "1999-05-03T12:00:00Z", "outcome": "undetected"}
    text = lines(a_case("KG-1999-000001", **old), a_case("KG-1999-000002", **old))
    same(at(path, 8, "import", "cases", write("old.jsonl", text)).status, 0)
    refused(at(path, 7, "retention", "due"), 4, "inspector")
    same([r["case"] for r in at(path, 8, "retention", "due", "--format", "json").json()], ["KG-1999-000001", "KG-1999-000002"])
    refused(at(path, 8, "retention", "keep", "KG-1999-000001", "2099-01-01", "An appeal"), 3, "latest")
    same(at(path, 8, "retention", "keep", "KG-1999-000001", "2012-01-01", "An appeal").status, 0)
    same(at(path, 8, "retention", "propose", "KG-1999-000002", "Eleven clear years").status, 0)
    refused(at(path, 8, "retention", "erase", "KG-1999-000002"), 4, "yourself")
    done = at(path, 9, "retention", "erase", "KG-1999-000002")
    same(done.status, 0, repr(done))
    refused(at(path, 9, "case", "show", "KG-1999-000002"), 3, "was erased on")
    same([r["case"] for r in at(path, 9, "retention", "erased", "--format", "json").json()], ["KG-1999-000002"])
    same(at(path, 9, "retention", "due", "--format", "json").json(), [])
    holds(at(path, 8, "export", "cases").out, '{"format":"book124.tombstone/1","id":"KG-1999-000002"')
    same(at(path, 12, "audit", "verify").status, 0)


@fact("exchange")
def a_case_goes_in_and_comes_out():
    path, done = imported(lines(a_case()))
    holds(done.out, "1 read: 1 added")
    out = at(path, 8, "export", "cases")
    same(out.status, 0, repr(out))
    case = out.json()[0]
    same(case["people"][1]["family"], "O'Specimen")
    same(at(path, 8, "export", "cases", "--case", "KG-2010-000123").out, out.out)


@fact("exchange")
def export_import_export_is_the_same_to_the_byte():
    first = at(store(120), 8, "export", "cases", text=False)
    same(first.status, 0)
    second_store = store(fresh=True)
    done = at(second_store, 8, "import", "cases", "-", given=first.out)
    same(done.status, 0, repr(done))
    second = at(second_store, 8, "export", "cases", text=False)
    assert first.out == second.out and len(first.out) > 100000, "the second export differs"


@fact("exchange")
def the_same_file_again_changes_nothing():
    path, _ = imported(lines(a_case()))
    done = at(path, 8, "import", "cases", "-", given=lines(a_case()), )
    holds(done.out, "0 added, 0 changed, 1 the same")


@fact("exchange")
def a_dry_run_changes_nothing():
    path, done = imported(lines(a_case()), "--dry-run")
    holds(done.out, "would be added")
    same(at(path, 8, "export", "cases").out, "")


@fact("exchange")
def a_bad_record_is_named_and_the_others_land():
    bad = a_case("KG-2010-000124")
    bad["people"][1]["nmae"] = "x"
    path, done = imported(lines(a_case(), bad, a_case("KG-2010-000125")), status=1)
    holds(done.err, "line 2")
    holds(done.err, "people[1].nmae")
    holds(done.out, "2 added, 0 changed, 0 the same, 1 refused")
    same(len(at(path, 8, "export", "cases").json()), 2)


@fact("exchange")
def an_unknown_key_is_a_warning_when_lenient():
    bad = a_case()
    bad["nmae"] = "x"
    _, done = imported(lines(bad), "--lenient")
    holds(done.err, "nmae")
    holds(done.out, "1 added")


@fact("exchange")
def a_file_with_carriage_returns_and_a_blank_line_is_read():
    _, done = imported(lines(a_case()).replace(b"\n", b"\r\n") + b"\r\n")
    holds(done.out, "1 added")


@fact("exchange")
def a_truncated_file_gives_what_is_whole():
    data = lines(a_case(), a_case("KG-2010-000124"))
    path, done = imported(data[:-40], status=1)
    holds(done.err, "line 2")
    holds(done.out, "1 added")


@fact("exchange")
def json_nested_a_hundred_thousand_deep_is_refused():
    _, done = imported(b"[" * 100000 + b"]" * 100000 + b"\n", status=1)
    holds(done.err, "line 1")
    _, done = imported(b'{"a":' * 100000 + b"1" + b"}" * 100000 + b"\n", status=1)
    holds(done.err, "line 1")


@fact("exchange")
def hostile_json_is_refused_without_a_crash():
    corpus = os.path.join(SHARED, "corpora", "jsontestsuite", "test_parsing")
    if not os.path.isdir(corpus):
        raise Skip("no corpus")
    data = b""
    for name in sorted(os.listdir(corpus)):
        with open(os.path.join(corpus, name), "rb") as f:
            data += b" " + f.read().replace(b"\n", b" ").replace(b"\r", b" ") + b"\n"
    path = store(fresh=True)
    done = at(path, 8, "import", "cases", "-", given=data)
    same(done.status, 1, repr(done))
    same(at(path, 8, "export", "cases").out, "")


@fact("exchange")
def times_after_now_are_refused():
    _, done = imported(lines(a_case(reported_at="2010-02-01T09:12:01Z")), status=1)
    holds(done.err, "reported_at")


@fact("exchange")
def what_is_no_file_gets_a_sentence():
    path = store()
    refused(at(path, 8, "import", "cases", WORK), 3, "a directory")
    refused(at(path, 8, "import", "cases", "/dev/zero", timeout=20), 3, "a device")
    refused(at(path, 8, "import", "cases", os.path.join(WORK, "missing")), 3, "missing")
    refused(at(path, 8, "import", "cad", WORK), 3, "a directory")


@fact("exchange")
def endless_input_ends():
    with open("/dev/zero", "rb") as zero:
        done = subprocess.run([PROGRAM, "--store", store(), "--as", "900008", "--now", NOW, "import", "cases", "-"],
                              input=zero.read(40 << 20), capture_output=True, env=environment(), timeout=60)
    assert done.returncode in (1, 2, 3), done
    assert len(done.stderr) < 4000, done.stderr[:300]


@fact("exchange")
def a_link_and_a_pipe_may_be_imported():
    source = write("linked.jsonl", lines(a_case("KG-2010-000777")))
    link = os.path.join(WORK, "link.jsonl")
    os.symlink(source, link)
    holds(at(store(fresh=True), 8, "import", "cases", link).out, "1 added")
    path = store(fresh=True)
    done = subprocess.run(["bash", "-c", f'"{PROGRAM}" --store "{path}" --as 900008 --now {NOW} import cases <(cat "{source}")'],
                          capture_output=True, text=True, env={**environment(), "PATH": os.environ["PATH"]})
    holds(done.stdout, "1 added")


@fact("exchange")
def a_cad_listing_is_read():
    listing = ("cad,received,closed,result,location,cris\r\n"
               "8123/01FEB10,2010-02-01T05:00:00Z,,domestic,12 Example Road,4212345/10\r\n"
               "8124/01FEB10,2010-02-01T05:30:00Z,,domestic,\"Flat 2, Specimen House\",\r\n")
    path = store(fresh=True)
    done = at(path, 8, "import", "cad", "-", given=listing.encode())
    same(done.status, 0, repr(done))
    holds(done.out, "2 added")
    numbers = {c["cad"]["number"] for c in at(path, 8, "export", "cases").json()}
    same(numbers, {"8123/01FEB10", "8124/01FEB10"})


@fact("exchange")
def a_bad_row_of_a_cad_listing_is_named_and_the_others_land():
    listing = "cad,received\r\nxxx,not a time\r\n8124/01FEB10,2010-02-01T05:30:00Z\r\n"
    done = at(store(fresh=True), 8, "import", "cad", "-", given=listing.encode())
    same(done.status, 1, repr(done))
    holds(done.err, "line 2")
    holds(done.out, "1 added")


@fact("exchange")
def an_import_as_json_counts():
    done = at(store(fresh=True), 8, "import", "cases", "--format", "json", "-", given=lines(a_case()))
    same(done.out, '{"read":1,"added":1,"changed":0,"same":0,"refused":0}\n')


@fact("exchange")
def output_makes_a_whole_file_or_none():
    target = os.path.join(WORK, "out.jsonl")
    done = at(store(120), 8, "export", "cases", "--output", target)
    same((done.status, done.out), (0, ""), repr(done))
    with open(target, "rb") as f:
        same(f.read(), at(store(120), 8, "export", "cases", text=False).out)
    same(stat.S_IMODE(os.stat(target).st_mode), 0o600)
    before = set(os.listdir(WORK))
    refused(at(store(120), 13, "export", "cases", "--output", target), 4, "")
    refused(at(store(120), 8, "export", "cases", "--output", WORK), 3, "a directory")
    refused(at(store(120), 8, "export", "cases", "--output", "/dev/full"), 3, "not a file")
    refused(at(store(120), 8, "export", "cases", "--output", os.path.join(WORK, "no", "where")), 3, "where")
    same(set(os.listdir(WORK)), before, "nothing is left behind")


@fact("exchange")
def a_full_disk_is_said():
    with open("/dev/full", "w") as full:
        for words in (["export", "cases"], ["duties", "--format", "json"]):
            done = subprocess.run([PROGRAM, "--store", store(120), "--as", "900008", "--now", NOW, *words], stdout=full, stderr=subprocess.PIPE, env=environment())
            same(done.returncode, 3, words)
            assert b"No space left" in done.stderr, done.stderr


@fact("exchange")
def a_reader_that_goes_away_ends_it_quietly_as_the_system_would():
    for words in ("export cases", "duties --format json", "duties", "training --cases 3000"):
        signed = "" if words.startswith("training") else f'--store "{store(120)}" --as 900008 --now {NOW} '
        done = subprocess.run(["bash", "-c", f'"{PROGRAM}" {signed}{words} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}'],
                              capture_output=True, text=True, env={**environment(), "PATH": os.environ["PATH"]})
        same((done.stdout, done.stderr), ("141\n", ""), words)


@fact("exchange")
def a_result_that_nobody_can_read_is_not_done():
    done = subprocess.run(["sh", "-c", f'"{PROGRAM}" --store "{store(120)}" --as 900008 --now {NOW} export cases >&-; echo $?'],
                          capture_output=True, text=True, env=environment())
    same(done.stdout.strip(), "3", repr(done))
    holds(done.stderr, "written")


@fact("exchange")
def a_case_that_is_not_there_is_logged_whoever_asks():
    path = store(fresh=True)
    for words in (["case", "show", "KG-NO"], ["export", "cases", "--case", "KG-NO"], ["duties", "--case", "KG-NO"]):
        done = at(path, 8, *words)
        same(done.status, 3, repr(done))
        holds(done.err, 'There is no case "KG-NO" that you may look at.')
    log = at(path, 12, "audit", "list", "--case", "KG-NO", "--kind", "denied", "--format", "json").json()
    same([(r["kind"], r["act"]) for r in log], [("denied", "case.look"), ("denied", "case.export"), ("denied", "duty.list")])
    same({r["terminal"] for r in log}, {"-"})


@fact("exchange")
def a_file_without_a_name_and_one_with_a_strange_name_are_said():
    refused(at(store(120), 8, "import", "cases", ""), 2, "empty")
    refused(at(store(120), 8, "export", "cases", "--output", ""), 2, "empty")
    done = at(store(120), 8, "import", "cases", "/no/\x1b[31m\n" + "x" * 400)
    same(done.status, 3, repr(done))
    assert len(done.err) < 400 and "\x1b" not in done.err and done.err.count("\n") == 1, repr(done)


# --- duties, queue, why ----------------------------------------------------------------------------------------------------

KEYS = ["case", "duty", "cycle", "owner", "state", "start", "opens", "due", "done", "cite", "policy"]


@fact("duties")
def duties_as_json_are_the_contract_to_the_byte():
    path, _ = imported(lines(a_case(reported_at="2010-01-29T22:14:00Z")))
    done = at(path, 8, "duties", "--format", "json", "--case", "KG-2010-000123")
    same(done.status, 0, repr(done))
    wanted = ('{"case":"KG-2010-000123","duty":"ds-supervision","cycle":0,"owner":"csu-ds","state":"open","start":"2010-01-29T22:14:00Z",'
              '"opens":"2010-01-29T22:14:00Z","due":"2010-02-05T22:14:00Z","done":null,"cite":"BD 1.12","policy":"mps-dv-2010"}')
    holds(done.out.splitlines(), wanted)


@fact("duties")
def duties_come_in_order_of_case_duty_and_cycle():
    rows = at(store(120), 8, "duties", "--format", "json").json()
    assert len(rows) > 2000, len(rows)
    assert all(list(r) == KEYS for r in rows)
    order = [(r["case"].encode(), r["duty"].encode(), r["cycle"]) for r in rows]
    same(order, sorted(order))


@fact("duties")
def duties_are_sifted_by_role_state_and_case():
    everything = at(store(120), 8, "duties", "--format", "json").json()
    some = at(store(120), 8, "duties", "--format", "json", "--role", "csu-ds", "--state", "overdue", "--state", "open").json()
    same(some, [r for r in everything if r["owner"] == "csu-ds" and r["state"] in ("overdue", "open")])
    ident = everything[0]["case"]
    same(at(store(120), 8, "duties", "--format", "json", "--case", ident).json(), [r for r in everything if r["case"] == ident])


@fact("duties")
def duties_as_csv_say_the_same():
    rows = at(store(120), 8, "duties", "--format", "json").json()
    done = at(store(120), 8, "duties", "--format", "csv", text=False)
    assert done.out.count(b"\r\n") == len(rows) + 1
    table = list(csv.DictReader(io.StringIO(done.out.decode(), newline="")))
    same(list(table[0]), KEYS)
    same([(r["case"], r["duty"], r["due"], r["done"]) for r in table], [(r["case"], r["duty"], r["due"], r["done"] or "") for r in rows])


@fact("duties")
def a_duty_of_no_case_is_exit_status_three():
    refused(at(store(), 8, "duties", "--case", "KG-ZZZZZ"), 3, "KG-ZZZZZ")


@fact("duties")
def no_colour_where_there_is_no_terminal():
    for words in (["duties"], ["queue"], ["brief"], ["doctor"]):
        assert "\033" not in at(store(120), 8, *words).out


@fact("duties")
def the_queue_is_most_urgent_first():
    rows = at(store(120), 7, "queue", "--format", "json").json()
    same(set(r["owner"] for r in rows), {"csu-ds"})
    rank = {"overdue": 0, "open": 1, "waiting": 2}
    states = [rank[r["state"]] for r in rows]
    same(states, sorted(states))
    grades = {"high": 0, None: 1, "medium": 2, "standard": 3}
    late = [(grades[r["grade"]], r["due"]) for r in rows if r["state"] == "overdue"]
    same(late, sorted(late))


@fact("duties")
def the_queues_tabs_are_parts_of_it():
    whole = at(store(120), 7, "queue", "--format", "json").json()
    late = at(store(120), 7, "queue", "--tab", "overdue", "--format", "json").json()
    same(late, [r for r in whole if r["state"] == "overdue"])
    same(at(store(120), 7, "queue", "--limit", "3", "--format", "json").json(), whole[:3])
    same(at(store(120), 7, "queue", "--grade", "high", "--format", "json").json(), [r for r in whole if r["grade"] == "high"])
    refused(at(store(120), 7, "queue", "--duty", "tea"), 3, "tea")


@fact("duties")
def another_roles_queue_needs_the_right_to_see_it():
    same(at(store(120), 8, "queue", "--role", "csu-ds").status, 0)
    refused(at(store(120), 1, "queue", "--role", "csu-di"), 4, "")


@fact("duties")
def the_queue_agrees_with_the_duties():
    live = [(r["case"], r["duty"], r["cycle"]) for r in at(store(120), 8, "duties", "--role", "csu-ds", "--format", "json").json()
            if r["state"] in ("open", "overdue", "waiting")]
    queue = [(r["case"], r["duty"], r["cycle"]) for r in at(store(120), 8, "queue", "--role", "csu-ds", "--format", "json").json()]
    same(sorted(queue), sorted(live))


@fact("duties")
def why_names_rule_paragraph_clock_and_cure():
    path, _ = imported(lines(a_case()))
    done = at(path, 7, "why", "KG-2010-000123", "ds-supervision")
    same(done.status, 0, repr(done))
    holds(done.out, "BD 1.12")
    holds(done.out, "Clock")
    holds(done.out, "What would clear it")
    rows = at(path, 7, "why", "KG-2010-000123", "ds-supervision", "--format", "json").json()
    same((rows[0]["asked"], rows[0]["state"], rows[0]["due"]), (True, "open", "2010-02-06T22:14:00Z"))
    assert {"rule", "condition"} <= {line["kind"] for line in rows[0]["lines"]}


@fact("duties")
def why_not_names_the_condition_that_fails():
    path, _ = imported(lines(a_case()))
    done = at(path, 7, "why-not", "KG-2010-000123", "serious-assault")
    same(done.status, 0, repr(done))
    holds(done.out, "not asked")
    rows = at(path, 7, "why-not", "KG-2010-000123", "serious-assault", "--format", "json").json()
    assert any(line["kind"] == "condition" and line["truth"] == "no" for line in rows[0]["lines"]), rows


@fact("duties")
def why_of_what_is_not_asked_is_exit_status_one():
    path, _ = imported(lines(a_case()))
    same(at(path, 7, "why", "KG-2010-000123", "serious-assault").status, 1)
    same(at(path, 7, "why-not", "KG-2010-000123", "ds-supervision").status, 1)


@fact("duties")
def why_finds_gates_and_alerts_too():
    path, _ = imported(lines(a_case()))
    done = at(path, 7, "why", "KG-2010-000123", "close-cad-cris")
    same(done.status, 0, repr(done))
    holds(done.out, "The gate close-cad-cris of KG-2010-000123 is shut.")
    holds(done.out, "BD 1.13")
    holds(done.out, "record a CRIS number")
    row = at(path, 7, "why", "KG-2010-000123", "close-cad-cris", "--format", "json").json()[0]
    same((row["gate"], row["shut"], row["policy"], len(row["policy_hash"])), ("close-cad-cris", True, "mps-dv-2010", 64))
    same(row["changes"], [{"list": "references", "column": None, "value": "system=cris", "entry": None, "says": "record a CRIS number like 4212345/10"}])
    same(at(path, 7, "why-not", "KG-2010-000123", "close-cad-cris").status, 1)
    quiet = at(path, 7, "why-not", "KG-2010-000123", "children-merlin")
    same(quiet.status, 0, repr(quiet))
    holds(quiet.out, "The alert children-merlin of KG-2010-000123 does not fire.")
    refused(at(path, 7, "why", "KG-2010-000123", "close-cad-cris", "--cycle", "1"), 2, "cycles")


@fact("duties")
def why_of_an_unknown_duty_gets_the_nearest_name():
    path, _ = imported(lines(a_case()))
    refused(at(path, 7, "why", "KG-2010-000123", "ds-supervison"), 3, "ds-supervision")


# --- cases --------------------------------------------------------------------------------------------------------------

@fact("case")
def a_case_is_shown_readable_and_as_its_document():
    path, _ = imported(lines(a_case()))
    done = at(path, 7, "case", "show", "KG-2010-000123")
    same(done.status, 0, repr(done))
    for part in ("KG-2010-000123", "O'Specimen", "People (2)", "What waits"):
        holds(done.out, part)
    same(at(path, 7, "case", "show", "KG-2010-000123", "--format", "json").out, at(path, 8, "export", "cases").out)


@fact("case")
def every_made_up_case_can_be_shown():
    idents = sorted({r["case"] for r in at(store(120), 8, "duties", "--format", "json").json()})
    for ident in idents[:40]:
        done = at(store(120), 8, "case", "show", ident)
        same(done.status, 0, repr(done))
        assert "\033" not in done.out


@fact("case")
def a_case_that_is_not_there_is_exit_status_three():
    refused(at(store(), 7, "case", "show", "KG-ZZZZZ"), 3, "KG-ZZZZZ")


@fact("case")
def hostile_text_is_shown_and_not_obeyed():
    evil = a_case(incident={"place": "12 \u202eExample\u200b Road"})
    path, done = imported(lines(evil), status=0)
    out = at(path, 7, "case", "show", "KG-2010-000123").out
    assert "\u202e" not in out and "\u200b" not in out, out
    holds(out, "U+202E")
    out = at(path, 7, "case", "show", "KG-2010-000123", "--ascii").out
    assert out.isascii(), out


@fact("case")
def a_case_is_found_by_number_and_name():
    path, _ = imported(lines(a_case(references=[{"system": "cris", "number": "4212345/10", "at": "2010-01-30T23:40:00Z"}])))
    for text in ("KG-2010-000123", "4212345/10", "o'spec", "EXAMPLE"):
        done = at(path, 7, "case", "search", text, "--format", "json")
        same([r["case"] for r in done.json()][:1], ["KG-2010-000123"], text)


@fact("case")
def nothing_found_is_said_on_standard_error():
    done = at(store(), 7, "case", "search", "zzzzzz")
    same((done.status, done.out), (0, ""))
    holds(done.err, "Nothing was found")


@fact("case")
def csv_of_names_is_defused():
    evil = a_case()
    evil["people"][0]["family"] = "=cmd|' /C calc'!A0"
    path, _ = imported(lines(evil))
    rows = list(csv.reader(io.StringIO(at(path, 7, "case", "search", "=cmd", "--format", "csv").out)))
    assert all(not cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row), rows


# --- referrals ----------------------------------------------------------------------------------------------------------

def referred(ident="KG-2010-000123", who=7, path=None):
    return {r["to"]: r for r in at(path, who, "referral", "list", ident, "--format", "json").json()}


@fact("case")
def a_referral_goes_through_its_life():
    path, _ = imported(lines(a_case(assessments=[{"instrument": "specss-plus", "stage": "initial", "by": "900001",
                                                  "at": "2010-01-31T10:00:00Z", "grade": "high"}])))
    ident = "KG-2010-000123"
    row = referred(path=path)["idva"]
    same((row["state"], row["eligible"], row["gap"], row["cite"]), ("none", True, True, "BD 1.5, local"))
    holds(row["reason"], "neither offered, nor why not")
    same(at(path, 7, "referral", "offer", ident, "idva").status, 0)
    refused(at(path, 7, "referral", "send", ident, "idva"), 3, "Nobody has recorded")
    refused(at(path, 7, "referral", "answer", ident, "idva", "perhaps"), 2, "given or refused")
    refused(at(path, 7, "referral", "answer", ident, "idva", "refused"), 3, "Say why")
    same(at(path, 7, "referral", "answer", ident, "idva", "given").status, 0)
    same(at(path, 7, "referral", "send", ident, "idva", "Please ring after nine.").status, 0)
    same((referred(path=path)["idva"]["state"], referred(path=path)["idva"]["basis"]), ("sent", "consent"))
    same(at(path, 10, "referral", "accept", ident, "idva").status, 0)
    refused(at(path, 7, "referral", "decline", ident, "idva", "Full."), 3, "Nothing waits")
    same(at(path, 7, "referral", "close", ident, "idva", "Safe with her sister.").status, 0)
    row = referred(path=path)["idva"]
    same((row["state"], row["gap"], row["reason"]), ("closed", False, "Safe with her sister."))
    refused(at(path, 3, "referral", "offer", ident, "idva"), 4, "is for")


@fact("case")
def a_gap_has_its_reason_and_is_exit_status_one():
    path, _ = imported(lines(a_case(assessments=[{"instrument": "specss-plus", "stage": "initial", "by": "900001",
                                                  "at": "2010-01-31T10:00:00Z", "grade": "medium"}])))
    period = ("--from", "2010-01-01", "--to", "2010-02-28", "--format", "json")
    done = at(path, 7, "referral", "gaps", *period)
    same(done.status, 1, repr(done))
    same([r["to"] for r in done.json() if r["to"] == "victim-support"], ["victim-support"])
    same(at(path, 7, "referral", "skip", "KG-2010-000123", "victim-support", "She moved to Leeds.").status, 0)
    holds(next(r["reason"] for r in at(path, 7, "referral", "gaps", *period).json() if r["to"] == "victim-support"), "Leeds")
    row = next(r for r in at(path, 8, "report", "referrals", *period).json() if r["to"] == "victim-support")
    same((row["month"], row["eligible"], row["referred"], row["gap"], row["not_made"]), ("2010-01", 1, 0, 1, 1))
    holds(at(path, 8, "report", "referrals", *period[:4], "--format", "csv").out, "to,month,eligible,referred,gap")
    refused(at(path, 6, "report", "referrals", *period[:4]), 4, "is for")


@fact("case")
def a_case_goes_through_marac():
    path, _ = imported(lines(a_case(referrals=[{"to": "marac", "basis": "vital-interests", "grounds": ["judgement"], "by": "900007",
                                                "at": "2010-01-31T12:00:00Z", "text": "He has said what he will do."}])))
    ident, then, later = "KG-2010-000123", "2010-02-03T10:30:00Z", "2010-02-06T09:00:00Z"
    grounds = {g["ground"]: g for g in at(path, 7, "marac", "grounds", ident, "--format", "json").json()}
    same(list(grounds), ["judgement", "visible-high-risk", "escalation", "repeat"])
    same((grounds["judgement"]["stands"], grounds["escalation"]["count"], grounds["escalation"]["needed"]), (True, 1, 3))
    same(at(path, 10, "marac", "list", ident, "wed 1000").status, 0)
    refused(at(path, 10, "marac", "list", ident, "wed 1000"), 3, "already")
    refused(at(path, 6, "marac", "list", ident, "thu 1000"), 4, "is for")
    row = at(path, 10, "marac", "agenda", "--format", "json").json()[0]
    same((row["meeting"], row["restricted"], row["cases"], row["heard"]), ("2010-02-03T10:00:00Z", False, 1, 0))
    same([r["case"] for r in at(path, 10, "marac", "agenda", "--meeting", "next", "--format", "json").json()], [ident])
    refused(at(path, 10, "marac", "action", ident, "Change the locks"), 3, "with commas")
    same(at(path, 10, "marac", "action", ident, "Change the locks, Housing, thu 1600").status, 0)
    same(at(path, 10, "marac", "hear", ident, "Heard; see the action.", now=then).status, 0)
    same(at(path, 10, "marac", "actions", "--open").status, 0)
    done = at(path, 10, "marac", "actions", "--open", "--format", "json", now=later)
    same((done.status, done.json()[0]["state"], done.json()[0]["who"]), (1, "overdue", "Housing"))
    holds(at(path, 10, "marac", "pack", "housing", "--meeting", "2010-02-03T10:00:00Z", now=then).out, "Housing · copy 1 of 1 · log ")
    refused(at(path, 6, "marac", "pack", "housing", "--meeting", "2010-02-03T10:00:00Z", now=then), 4, "is for")
    refused(at(path, 10, "marac", "pack", "nobody", "--meeting", "2010-02-03T10:00:00Z", now=then), 3, "no such agency")
    holds(at(path, 7, "marac", "form", ident).out, "[x] Professional judgement")


# --- book ---------------------------------------------------------------------------------------------------------------------

CANARIES = {"victim.address": "77 Canary Mews", "safe.number": "020 7946 0777", "safe.code-word": "canarybird", "victim.gp": "Dr Canary Invented"}
SHOWN = {"victim.family": "Example", "officer.team": "B relief", "risk.grade": "medium",
         "allegation.account": "She fled to 77 Canary Mews and was rung on 020 7946 0777, an invented tale."}


def a_book(ident="KG-2010-000123", serial="0123456", at="2010-01-31T02:00:00Z", answers=None, **more):
    return a_case(ident, books=[{"serial": serial, "by": "201234", "completed_at": at,
                                 "answers": {**CANARIES, **SHOWN, "child": [{"given": "Ada"}], "foreign.answer": "kept as it is", **(answers or {})}}], **more)


def with_book(**more):
    return imported(lines(a_book(**more)), status=0)[0]


@fact("book")
def a_book_is_shown_in_words_and_as_data():
    path = with_book()
    done = at(path, 2, "book", "show", "KG-2010-000123")
    same(done.status, 0, repr(done))
    assert "020 7946 0777" not in done.out.replace(SHOWN["allegation.account"], ""), done.out
    holds(at(path, 2, "book", "show", "KG-2010-000123", "--purpose", "check").out, "canarybird")
    refused(at(path, 2, "book", "show", "KG-2010-000123", "--purpose", "fun"), 2, "fun")
    for part in ("0123456", "version 1 of 1", "B relief", "(hidden)", "Ada", "Other answers", "kept as it is"):
        holds(done.out, part)
    one = at(path, 2, "book", "show", "KG-2010-000123", "--format", "json").json()[0]
    same((one["case"], one["serial"], one["state"], one["version"]), ("KG-2010-000123", "0123456", "submitted", 1))
    same(one["answers"]["foreign.answer"], "kept as it is")
    same(one["answers"]["child"], [{"given": "Ada"}])
    refused(at(path, 2, "book", "show", "KG-2010-000123", "--serial", "9"), 3, "no book 9")
    refused(at(path, 2, "book", "show", "KG-2010-000123", "--revision", "2"), 3, "has 1 version")
    refused(at(path, 13, "book", "show", "KG-2010-000123"), 4, "no case")


@fact("book")
def hostile_answers_are_shown_and_not_obeyed():
    path = with_book(answers={"victim.given": "An\u202ene\u200b", "scene.sketch": "\x1b[31mred"})
    for words in (["book", "show"], ["book", "print"]):
        out = at(path, 2, *words, "KG-2010-000123").out
        assert not re.search("[\u202e\u200b\x1b]", out), out
        holds(out, "U+202E")
    out = at(path, 2, "book", "show", "KG-2010-000123", "--format", "json").out
    assert not re.search("[\u202e\u200b\x1b]", out), out
    same(json.loads(out)["answers"]["victim.given"], "An\u202ene\u200b")


@fact("book")
def foreign_answers_come_out_as_they_went_in():
    deep = "end"
    for _ in range(20):
        deep = [{"d": deep}]
    foreign = {"form": 7, "child": [{"given": f"K{i}", "n": i} for i in range(300)], "deep": deep, "x[3].y": "odd", "injury": "no rows",
               "empty": "", "nothing": None, "long": "w " * 5000}
    path = with_book(answers=foreign, serial='Ä "q" <x>')
    shown = at(path, 2, "book", "show", "KG-2010-000123", "--format", "json", "--purpose", "check").json()[0]
    exported = at(path, 8, "export", "cases").json()[0]["books"][0]
    same((shown["serial"], shown["answers"]), (exported["serial"], exported["answers"]))
    same({k: exported["answers"].get(k) for k in foreign}, foreign)
    for words in (["book", "show"], ["book", "print"], ["book", "print", "--sheet"]):
        same(at(path, 2, *words[:2], "KG-2010-000123", *words[2:]).status, 0, words)


@fact("book")
def every_page_of_a_printed_book_has_its_marking_and_number():
    path = with_book()
    done = at(path, 2, "book", "print", "KG-2010-000123")
    same(done.status, 0, repr(done))
    pages = done.out.rstrip("\f").split("\f")
    for i, page in enumerate(pages):
        assert page.count("RESTRICTED") >= 2 and "TRAINING" in page, page
        holds(page, f"Page {i + 1} of {len(pages)}")
    holds(done.out, "Safe contact is hidden on this paper")
    holds(done.out, "(hidden)")
    assert "canarybird" not in done.out, done.out
    sheet = at(path, 2, "book", "print", "KG-2010-000123", "--sheet").out
    for part in ("Missing", "What the rules say", "Remedial action", "Supervisor"):
        holds(sheet, part)
    logged = at(path, 12, "audit", "list", "--case", "KG-2010-000123", "--format", "json").json()
    assert sum(r["act"] == "book.print" for r in logged) == 2, logged
    refused(at(path, 1, "book", "print", "KG-2010-000123"), 4, "This is for")
    refused(at(path, 2, "book", "print", "KG-2010-000123", "--sheet", "--redacted"), 2, "not both")


def pdf_text(data):
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


@fact("book")
def a_redacted_copy_says_no_canary_as_text_or_as_pdf():
    path = with_book()
    papers = [at(path, 2, "book", "print", "KG-2010-000123", "--redacted").out]
    whole = at(path, 2, "book", "print", "KG-2010-000123", "--purpose", "court").out
    if shutil.which("pdftotext"):
        done = at(path, 2, "book", "print", "KG-2010-000123", "--redacted", "--pdf", text=False)
        same(done.status, 0, repr(done))
        assert done.out.startswith(b"%PDF"), done.out[:20]
        papers.append(pdf_text(done.out))
    for secret in ["77 Canary Mews", "020 7946 0777", "canarybird", "Dr Canary Invented", "kept as it is"]:
        holds(re.sub(r"\s+", " ", whole), secret)  # else the next line proves nothing
        for paper in papers:
            assert secret not in re.sub(r"\s+", " ", paper), paper
    for paper in papers:
        holds(paper, "[left out]")
        holds(re.sub(r"\s+", " ", paper), "an invented tale")


# --- reach: orders, bail, and how somebody may be reached ---------------------------------------------------------------------

def reach_case(ident="KG-2010-000123", **more):
    people = [{"key": "v1", "role": "victim", "family": "Example", "given": "Anne", "born": "1980-03-04"},
              {"key": "s1", "role": "suspect", "family": "Sample", "given": "Paul", "born": "1978-01-02"}]
    ways = [{"person": "v1", "way": "mobile", "value": "07700 900123", "rule": "at-times", "times": "weekdays", "at": "2010-01-30T23:00:00Z"},
            {"person": "v1", "way": "home", "value": "020 7946 0999", "rule": "do-not-use", "at": "2010-01-30T23:00:00Z"}]
    return a_case(ident, people=people, safe_contacts=ways, **more)


@fact("reach")
def an_order_is_seen_in_the_other_case_and_broken_in_one_command():
    path, _ = imported(lines(reach_case(), a_case("KG-2010-000124", people=[
        {"key": "s9", "role": "suspect", "family": "Sample", "given": "Paul", "born": "1978-01-02"}])))
    one = ["KG-2010-000123"]
    same(at(path, 6, "order", "add", *one, "restraining", "s1", "--protects", "v1", "--expires", "2010-02-20", "--court", "Example Court").status, 0)
    same(at(path, 6, "order", "served", *one, "o1").status, 0)
    rows = at(path, 6, "order", "list", "KG-2010-000124", "--format", "json").json()
    same([(r["case"], r["key"], r["stand"]) for r in rows], [("KG-2010-000123", "o1", "ends-soon")])
    holds(at(path, 6, "order", "list", "KG-2010-000124").out, "! ORDER EXPIRES in 19 d")
    later = at(path, 6, "order", "list", "KG-2010-000124", "--format", "json", now="2010-02-22T09:00:00Z").json()
    same(later[0]["stand"], "over")
    done = at(path, 6, "order", "breach", *one, "o1", "Came to the door.", "--offence", "--arrest")
    same(done.status, 0, repr(done))
    case = at(path, 6, "case", "show", *one, "--format", "json").json()[0]
    same(case["breaches"][0]["of"], "o1")
    assert any(o["class"] == "breach-restraining-order" for o in case["offences"]), case
    assert any(e["kind"] == "arrest" and e["person"] == "s1" for e in case["events"]), case
    refused(at(path, 6, "order", "end", *one, "o1", "lapsed"), 3, "discharged")
    same(at(path, 6, "order", "extend", *one, "o1", "2011-02-20").status, 0)
    same(at(path, 6, "order", "end", *one, "o2", "discharged").status, 0)
    refused(at(path, 12, "order", "end", *one, "o2", "discharged"), 4, "")
    refused(at(path, 6, "order", "served", *one, "o7"), 3, "o7")


@fact("reach")
def bail_is_given_extended_and_ended_and_the_victim_is_to_be_told():
    path, _ = imported(lines(reach_case()))
    one = ["KG-2010-000123"]
    same(at(path, 6, "bail", "add", *one, "s1", "--condition", "no-contact", "--condition", "not-to-go", "--until", "2010-02-15").status, 0)
    same(at(path, 6, "bail", "list", *one, "--format", "json").json()[0]["stand"], "ends-soon")
    same(at(path, 6, "bail", "extend", *one, "b1", "2010-05-15").status, 0)
    same(at(path, 6, "bail", "breach", *one, "b2").status, 0)
    same(at(path, 6, "bail", "end", *one, "b2", "charged").status, 0)
    kinds = [e["kind"] for e in at(path, 6, "case", "show", *one, "--format", "json").json()[0]["events"]]
    same(sorted(kinds), ["bail", "bail-change", "charge"])
    told = at(path, 6, "duties", "--case", *one, "--format", "json").json()
    same(sum(d["duty"] == "victim-told" for d in told), 3)
    refused(at(path, 6, "bail", "add", *one, "s1", "--condition", "silence"), 3, "silence")


@fact("reach")
def a_number_is_told_for_a_purpose_and_the_log_has_it():
    path, _ = imported(lines(reach_case()))
    one = ["KG-2010-000123"]
    for words in (["case", "show", *one], ["case", "show", *one, "--format", "json"], ["contact", "ways", *one]):
        out = at(path, 6, *words).out
        assert "900123" not in out and "7946" not in out, out
    refused(at(path, 6, "contact", "open", *one, "safe-1"), 3, "what it is for")
    same(at(path, 6, "contact", "open", *one, "safe-1", "--purpose", "update").out, "07700 900123\n")
    refused(at(path, 6, "contact", "open", *one, "safe-2", "--purpose", "safety", "--override", "She may be in danger."), 4, "must not be used")
    refused(at(path, 7, "contact", "open", *one, "safe-2", "--purpose", "safety"), 3, "say why")
    same(at(path, 7, "contact", "open", *one, "safe-2", "--purpose", "safety", "--override", "She may be in danger.").out, "020 7946 0999\n")
    refused(at(path, 6, "contact", "open", *one, "safe-1", "--purpose", "update", now="2010-03-15T09:00:00Z"), 3, "confirmed")
    same(at(path, 6, "contact", "open", *one, "safe-1", "--purpose", "update", "--confirmed", now="2010-03-15T09:00:00Z").status, 0)
    same(at(path, 6, "contact", "confirm", *one, "safe-1", now="2010-03-15T09:00:00Z").status, 0)
    logged = at(path, 12, "audit", "list", "--case", *one, "--format", "json", now="2010-03-15T09:00:00Z").json()
    opened = [r for r in logged if r["act"] == "contact.open"]
    same(len(opened), 4, opened)  # one of them the refusal
    assert any("override: She may be in danger." in r["detail"] for r in opened), opened
    assert "07700 900123" in at(path, 8, "export", "cases").out


@fact("reach")
def a_contact_is_recorded_and_an_override_needs_the_rank():
    path, _ = imported(lines(reach_case()))
    one = ["KG-2010-000123"]
    done = at(path, 6, "contact", "add", *one, "update", "voicemail")
    same(done.status, 0, repr(done))
    holds(done.err, "A message is not a contact")
    same(at(path, 6, "contact", "add", *one, "update", "spoke", "She is well.").status, 0)
    refused(at(path, 6, "contact", "add", *one, "update", "spoke", "--override", "Because."), 4, "must not be used")
    same(at(path, 7, "contact", "add", *one, "update", "spoke", "--override", "Because.").status, 0)
    rows = at(path, 6, "contact", "list", *one, "--format", "json").json()
    same([r["result"] for r in rows], ["voicemail", "spoke", "spoke"])
    same(rows[2]["override"], "Because.")


@fact("reach")
def a_counter_allegation_is_a_case_of_its_own():
    path, _ = imported(lines(reach_case()))
    done = at(path, 6, "case", "counter", "KG-2010-000123")
    same(done.status, 0, repr(done))
    other = at(path, 6, "case", "show", done.out.strip(), "--format", "json").json()[0]
    same([(p["role"], p["family"]) for p in other["people"]], [("suspect", "Example"), ("victim", "Sample")])
    same(other["links"][0]["to"], "KG-2010-000123")
    refused(at(path, 6, "case", "counter", "KG-2010-000123"), 3, "already")


def private_questions(form):
    """(group or None, name, kind) of every question of a form that a redacted copy leaves out: addresses, and what is marked."""
    group, found = None, []
    for block in re.split(r"\n(?= {4}[a-z]| {8}[a-z][\w.-]* [a-z]+ |section )", form):
        head = re.sub(r'"[^"]*"', "", re.split(r"\n\s+(?:help|example) ", block)[0])
        words = head.split("#")[0].split()
        if not words or words[0] == "section" or not block.startswith("    "):
            group = None
        elif words[0] == "group":
            group = words[1]
        elif len(words) > 1 and words[0] not in ("help", "example", "entry"):
            group = group if block.startswith("        ") else None
            if words[1] == "address" or "safe-contact" in words or "restricted" in words:
                found.append((group, words[0], words[1]))
    return found


@fact("book")
def no_private_question_of_the_form_is_in_a_redacted_copy():
    """Every one of them has a canary of its own, whatever the form asks one day."""
    questions = private_questions(run("form", "show", "book-124d").out)
    words = ("text", "account", "person", "address")
    answers, canaries = {}, []
    for i, (group, name, kind) in enumerate(questions):
        if kind not in words + ("telephone",):
            continue
        canaries.append(f"020 7946 {i:04}" if kind == "telephone" else f"{i}Canary{i * 7919}")
        (answers.setdefault(group, [{}])[0] if group else answers)[name] = canaries[-1]
    for name in ("incident.place", "victim.address", "victim.staying", "safe.number", "safe.never", "suspect.address"):
        assert name in answers, (name, questions)
    assert any(isinstance(a, list) for a in answers.values()), questions
    assert len(canaries) > 15, canaries
    path = with_book(answers=answers)
    book = ["book", "print", "KG-2010-000123"]
    whole = at(path, 2, *book, "--purpose", "check").out
    papers = [at(path, 2, *book, "--redacted").out]
    if shutil.which("pdftotext"):
        papers.append(pdf_text(at(path, 2, *book, "--redacted", "--pdf", text=False).out))
    for canary in canaries:
        holds(re.sub(r"\s+", " ", whole), canary)  # else the next line proves nothing
        for paper in papers:
            assert canary not in re.sub(r"\s+", " ", paper), (canary, paper)


@fact("book")
def a_pdf_goes_to_a_file_and_never_to_a_terminal():
    path = with_book()
    name = os.path.join(WORK, "book.pdf")
    done = at(path, 2, "book", "print", "KG-2010-000123", "--pdf", "--output", name)
    same(done.status, 0, repr(done))
    with open(name, "rb") as f:
        assert f.read(5) == b"%PDF-"
    same(stat.S_IMODE(os.stat(name).st_mode), 0o600)
    main, other = pty.openpty()
    refused_there = subprocess.run([PROGRAM, "--store", path, "--as", "900002", "--now", NOW, "book", "print", "KG-2010-000123", "--pdf"],
                                   stdin=subprocess.DEVNULL, stdout=other, stderr=subprocess.PIPE, env=environment())
    os.close(other)
    os.close(main)
    same(refused_there.returncode, 2, repr(refused_there.stderr))
    holds(refused_there.stderr.decode(), "does not go to a terminal")


@fact("book")
def the_register_is_found_by_serial_holder_and_index():
    path, _ = imported(lines(a_book(), a_book("KG-2", "0777777", "2010-01-31T03:00:00Z")), status=0)
    same([r["serial"] for r in at(path, 7, "book", "list", "--format", "json").json()], ["0777777", "0123456"])
    same([r["serial"] for r in at(path, 7, "book", "list", "--serial", "01", "--format", "json").json()], ["0123456"])
    same(at(path, 7, "book", "move", "KG-2", "CSU tray").status, 0)
    same([r["serial"] for r in at(path, 7, "book", "list", "--holder", "csu", "--format", "json").json()], ["0777777"])
    done = at(path, 7, "book", "index", "KG-2", "G/0001/10")
    same(done.status, 0, repr(done))
    again = at(path, 7, "book", "index", "KG-2010-000123", "G/0001/10")
    same(again.status, 0, repr(again))
    holds(again.err, "filed under G/0001/10 too")
    same(sorted(r["serial"] for r in at(path, 7, "book", "list", "--index", "G/0001", "--format", "json").json()), ["0123456", "0777777"])
    same(at(path, 7, "book", "list", "--state", "returned").out.count("\n"), 0)
    same([r["state"] for r in at(path, 7, "book", "list", "--state", "submitted", "--format", "json").json()], ["submitted"] * 2)
    refused(at(path, 7, "book", "list", "--serial", "1", "--holder", "x"), 2, "one of --serial")
    refused(at(path, 7, "book", "list", "--state", "lost"), 2, "submitted, returned, signed, read or indexed")
    refused(at(path, 7, "book", "index", "KG-2", "G/9/10"), 3, "filed under G/0001/10 already")
    refused(at(path, 13, "book", "move", "KG-2", "x"), 4, "This is for")


@fact("book")
def a_form_is_checked_shown_and_put_in_force():
    path = store(fresh=True)
    shown = run("form", "show", "book-124d")
    same(shown.status, 0, repr(shown))
    good = write("good.form", shown.out.replace('"Report book 124D"', '"Report book 124D, second print"'))
    holds(run("form", "check", good).out, "no problems")
    bad = write("bad.form", shown.out.replace("choice grade", "choice garde", 1))
    done = run("form", "check", bad)
    same((done.status, done.out), (1, ""), repr(done))
    holds(done.err, "garde")
    same(at(path, 7, "form", "show").out, shown.out)
    refused(at(path, 7, "form", "activate", good), 4, "This is for")
    same(at(path, 13, "form", "activate", bad).status, 3)
    same(at(path, 7, "form", "show").out, shown.out)
    same(at(path, 13, "form", "activate", good).status, 0)
    holds(at(path, 7, "form", "show", "book-124d").out, "second print")
    refused(run("form", "show", "nothing"), 3, "book-124d and qa-checklist")
    refused(run("form", "show"), 2, "--as WARRANT")
    with open(os.path.join(SOURCE, "policies", "specss-plus.instrument"), encoding="utf-8") as f:
        holds(run("form", "check", write("good.instrument", f.read())).out, "factors; no problems")


# --- risk ---------------------------------------------------------------------------------------------------------------------

def assessed(stage, at, grade, answers, instrument="specss-plus", **more):
    return {"instrument": instrument, "stage": stage, "by": "900006", "at": f"2010-01-{at}:00Z", "grade": grade, "rationale": "As invented.",
            "answers": answers, **more}


TWICE = [assessed("initial", "31T22:00", "medium", {"separation": {"answer": "yes", "context": "Left in \u202eMay."}, "pets": {"answer": "no"}}),
         assessed("secondary", "31T23:00", "high", {"separation": {"answer": "no"}, "pets": {"answer": "no"}}, instrument_version="ab" * 32,
                  reason="As said.", observed="A broken door.")]


@fact("book")
def assessments_are_shown_with_who_what_when_and_why():
    path = with_book(assessments=TWICE)
    shown = at(path, 6, "risk", "show", "KG-2010-000123")
    same(shown.status, 0, repr(shown))
    for part in ("Initial · Sun 31 Jan 22:00", "by 900006: Medium", "1 of 2 answered yes", "Secondary", "abababab", ": High", "0 of 2", "As said.", "A broken door."):
        holds(shown.out, part)
    rows = at(path, 6, "risk", "show", "KG-2010-000123", "--format", "json").json()
    same([(r["stage"], r["grade"], r["version"], r["yes"], r["asked"]) for r in rows],
         [("initial", "medium", None, 1, 2), ("secondary", "high", "ab" * 32, 0, 2)])
    refused(at(path, 13, "risk", "show", "KG-2010-000123"), 4, "no case")
    refused(at(path, 6, "risk", "show", "KG-NONE"), 3, "no case")
    path, _ = imported(lines(a_case()))
    done = at(path, 6, "risk", "show", "KG-2010-000123")
    same((done.status, done.out), (0, ""))
    holds(done.err, "not yet assessed")


@fact("book")
def assessments_are_compared_side_by_side():
    path = with_book(assessments=TWICE)
    rows = {r["factor"]: r for r in at(path, 6, "risk", "compare", "KG-2010-000123", "--format", "json").json()}
    same(len(rows), 15)
    same((rows["separation"]["assessment_1"], rows["separation"]["assessment_2"], rows["separation"]["changed"]),
         ("yes: Left in \u202eMay.", "no", True))
    same((rows["pets"]["changed"], rows["weapons"]["assessment_1"]), (False, None))
    shown = at(path, 6, "risk", "compare", "KG-2010-000123").out
    holds(shown, "Separation, child contact")
    holds(shown, "Secondary · Sun 31 Jan 23:00")
    assert "\u202e" not in shown
    refused(at(path, 13, "risk", "compare", "KG-2010-000123"), 4, "no case")


@fact("book")
def the_drift_is_figures_and_nothing_else():
    path = with_book(assessments=TWICE)
    period = ["--from", "2010-01-01", "--to", "2010-01-31"]
    rows = at(path, 7, "risk", "drift", *period, "--format", "json").json()
    same(rows[0], {"what": "team", "name": "B relief", "both": 1, "same": 0, "up": 1, "down": 0})
    same([r for r in rows if r["name"] == "Separation, child contact"][0]["down"], 1)
    assert "KG-2010" not in json.dumps(rows) and "900006" not in json.dumps(rows)
    done = at(path, 7, "risk", "drift", "--from", "2010-01-01", "--to", "2010-01-02")
    same((done.status, done.out), (0, ""))
    refused(at(path, 6, "risk", "drift", *period), 4, "This is for")
    refused(at(path, 7, "risk", "drift", "--from", "2010-01-01"), 2, "--to")


@fact("book")
def an_instrument_is_checked_shown_and_put_in_force():
    path = store(fresh=True)
    with open(os.path.join(SOURCE, "policies", "dash-2009.instrument"), encoding="utf-8") as f:
        text = f.read()
    good = write("licensed.instrument", text.replace('"Injury this time"', '"Injury, as the licence words it"'))
    holds(run("instrument", "check", good).out, "48 factors, 21 of them in supplements, 6 groups, 0 thresholds; no problems")
    partners = write("partners.instrument", text + '\nthreshold visible "Visible high risk" 14 of 24 from 2009-03-01 help "h"\n')
    done = run("instrument", "check", partners)
    same((done.status, done.out), (1, ""), repr(done))
    holds(done.err, "is of a form of 24 factors, and this one asks 27")
    rows = run("instrument", "show", "dash-2009", "--format", "json").json()
    same(len(rows), 48)
    same([r for r in rows if r["factor"] == "hbv-abroad"][0]["asked_after"], ["isolated", "afraid-of-others"])
    same(run("instrument", "show", good, "--format", "json").json()[0]["label"], "Injury, as the licence words it")
    refused(at(path, 7, "instrument", "activate", good), 4, "This is for")
    same(at(path, 13, "instrument", "activate", partners).status, 3)
    same(at(path, 7, "instrument", "show", "dash-2009", "--format", "json").json()[0]["label"], "Injury this time")
    same(at(path, 13, "instrument", "activate", good).status, 0)
    same(at(path, 7, "instrument", "show", "dash-2009", "--format", "json").json()[0]["label"], "Injury, as the licence words it")
    same(at(path, 13, "form", "activate", os.path.join(SOURCE, "policies", "dash-2009.instrument")).status, 0)
    same(at(path, 7, "instrument", "show", "dash-2009", "--format", "json").json()[0]["label"], "Injury this time")
    refused(at(path, 7, "instrument", "show", "nothing"), 3, "no risk instrument")
    refused(run("instrument", "show", os.path.join(WORK, "nothing")), 3, "nothing")


@fact("book")
def a_dip_sample_is_drawn_again_with_its_seed():
    books = [a_book(f"KG-{i}", f"{i:07}", f"2010-01-{10 + i:02}T10:00:00Z", reported_at="2010-01-02T10:00:00Z", offences=[], flags=[], people=[])
             for i in range(1, 13)]
    path, _ = imported(lines(*books), status=0)
    period = ["--from", "2010-01-01", "--to", "2010-01-31"]
    one = at(path, 7, "qa", "draw", *period, "--count", "4", "--seed", "42", "--format", "json").json()[0]
    two = at(path, 8, "qa", "draw", *period, "--count", "4", "--seed", "42", "--format", "json").json()[0]
    same((one["pool"], one["seed"], one["drawn_by"], two["drawn_by"]), (12, 42, "900007", "900008"))
    first, second = (at(path, 7, "qa", "show", s["sample"], "--format", "json") for s in (one, two))
    same(len(first.json()), 4)
    same(first.json(), second.json())
    same(first.status, 0)
    holds(first.err, "the same")
    same([s["sample"] for s in at(path, 7, "qa", "list", "--format", "json").json()], [two["sample"], one["sample"]])
    same(at(path, 7, "qa", "results", *period).out.count("\n"), 0)
    refused(at(path, 7, "qa", "draw", "--from", "2010-01-01"), 2, "--to")
    refused(at(path, 7, "qa", "draw", "--from", "yesterday", "--to", "2010-01-31"), 2, "takes a day")
    refused(at(path, 7, "qa", "draw", *period, "--team", "nobody's"), 3, "No book of the team")
    refused(at(path, 7, "qa", "show", "one"), 2, "its number")
    refused(at(path, 1, "qa", "draw", *period), 4, "This is for")


@fact("book")
def an_alert_waits_is_answered_and_counted():
    flagged = a_book("KG-1", "0000001", "2010-01-10T10:00:00Z", reported_at="2010-01-02T10:00:00Z", offences=[], people=[],
                     flags=[{"flag": "hbv", "at": "2010-01-10T11:00:00Z"}],
                     assessments=[{"instrument": "specss-plus", "stage": "initial", "grade": "medium", "at": "2010-01-10T12:00:00Z", "by": "900001"}])
    path, _ = imported(lines(flagged), status=0)
    rows = at(path, 7, "alert", "list", "--format", "json").json()
    same([(r["case"], r["alert"], r["owner"], r["grade"], r["since"]) for r in rows],
         [("KG-1", "honour-grade", "csu-ds", "medium", "2010-01-10T12:00:00Z")])
    same(at(path, 1, "alert", "list", "--format", "json").json(), [])
    refused(at(path, 1, "alert", "list", "--role", "csu-ds"), 4, "This is for")
    refused(at(path, 7, "alert", "answer", "KG-1", "honour-grade"), 2, "either --acted")
    refused(at(path, 7, "alert", "answer", "KG-1", "honour-grade", "--acted", "--dismissed", "x"), 2, "either --acted")
    refused(at(path, 7, "alert", "answer", "KG-1", "honour-grade", "--dismissed"), 3, "with a reason")
    refused(at(path, 7, "alert", "answer", "KG-1", "nothing", "--acted"), 3, "no alert")
    refused(at(path, 1, "alert", "answer", "KG-1", "honour-grade", "--acted"), 4, "is answered by")
    holds(at(path, 8, "alert", "answer", "KG-1", "honour-grade", "--dismissed", "The flag is of another case.").err, "dismissed")
    same(at(path, 7, "alert", "list", "--format", "json").json(), [])
    refused(at(path, 7, "alert", "answer", "KG-1", "honour-grade", "--acted"), 5, "900008")
    row = at(path, 7, "alert", "list", "--case", "KG-1", "--format", "json").json()[0]
    same((row["state"], row["by"], row["reason"]), ("dismissed", "900008", "The flag is of another case."))
    tally = [t for t in at(path, 7, "alert", "budget", "--from", "2010-01-01", "--to", "2010-01-31", "--format", "json").json() if t["fired"]]
    same([(t["alert"], t["fired"], t["dismissed"], t["open"]) for t in tally if t["alert"] == "honour-grade"], [("honour-grade", 1, 1, 0)])
    refused(at(path, 1, "alert", "budget", "--from", "2010-01-01", "--to", "2010-01-31"), 4, "This is for")


@fact("book")
def a_gate_says_what_is_missing():
    one = a_book("KG-1", "0000001", "2010-01-10T10:00:00Z", reported_at="2010-01-02T10:00:00Z", offences=[], flags=[], people=[])
    path, _ = imported(lines(one), status=0)
    done = at(path, 7, "gate", "KG-1", "close-cad", "--format", "json")
    same(done.status, 1)
    gates = {g["gate"]: g for g in done.json()}
    same((gates["close-cad-cris"]["state"], gates["close-cad-cris"]["done"]), ("shut", False))
    holds(gates["close-cad-cris"]["says"], "CRIS")
    gates = {g["gate"]: g["state"] for g in at(path, 7, "gate", "KG-1", "close-case", "--format", "json").json()}
    same((gates["close-case-book"], gates["close-case-cris"], gates["close-case-risk"]), ("open", "shut", "shut"))
    refused(at(path, 7, "gate", "KG-1", "open-door"), 3, "No gate")
    refused(at(path, 13, "gate", "KG-1"), 4, "no case")


@fact("book")
def a_case_is_closed_when_nothing_is_missing_and_opened_again_with_a_reason():
    path, _ = imported(lines(a_book("KG-1", "0000001")), status=0)
    done = at(path, 7, "closing", "KG-1", "--format", "json")
    same(done.status, 1, repr(done))
    rows = done.json()
    same(sorted(r["rule"] or "-" for r in rows if r["what"] == "missing"), ["-", "close-case-children", "close-case-cris", "close-case-merlin", "close-case-risk"])
    holds(" ".join(r["says"] for r in rows), "s1, Paul O'Specimen")
    assert any(r["what"] == "ends" and r["rule"] == "ds-supervision" for r in rows), rows
    refused(at(path, 7, "case", "close", "KG-1", "charged"), 3, "s1, Paul O'Specimen")
    refused(at(path, 7, "case", "close", "KG-1", "finished"), 3, "charged")
    same(at(path, 7, "case", "add", "KG-1", "references", "system=cris", "number=4212345/10").status, 0)
    same(at(path, 7, "case", "say", "KG-1", "children", "children.answer=none").status, 0)
    same(at(path, 7, "case", "add", "KG-1", "assessments", "instrument=specss-plus", "stage=secondary", "grade=medium", "rationale=So.").status, 0)
    refused(at(path, 7, "case", "add", "KG-1", "disposals", "person=s1", "kind=charged", "counted=yes"), 3, "Outstanding")
    same(at(path, 7, "case", "add", "KG-1", "status", "person=s1", "status=arrested").status, 2)
    same(at(path, 7, "case", "add", "KG-1", "disposals", "person=s1", "kind=undetected", "reason=evidence").status, 0)
    refused(at(path, 6, "case", "close", "KG-1", "undetected"), 4, "detective sergeant")
    same(at(path, 7, "closing", "KG-1").status, 0)
    same(at(path, 7, "case", "close", "KG-1", "undetected").status, 0)
    refused(at(path, 7, "case", "reopen", "KG-1", " "), 3, "Say why")
    refused(at(path, 6, "case", "reopen", "KG-1", "A witness."), 4, "detective sergeant")
    same(at(path, 7, "case", "reopen", "KG-1", "A witness.").status, 0)
    refused(at(path, 7, "case", "reopen", "KG-1", "A witness."), 3, "open")
    holds(at(path, 8, "export", "cases", "--case", "KG-1").out, '"reopenings":[{"closed_at":')


@fact("book")
def a_case_is_given_taken_and_handed_on():
    owned = {"owners": [{"unit": "csu", "offered_at": "2010-01-31T07:00:00Z", "accepted_at": "2010-01-31T08:00:00Z"}]}
    path, _ = imported(lines(a_case("KG-1", **owned), a_case("KG-2", **owned), a_case("KG-3", **owned)))
    same([c["case"] for c in at(path, 6, "caseload", "show", "nobody", "--format", "json").json()], ["KG-1", "KG-2", "KG-3"])
    refused(at(path, 7, "case", "assign", "KG-1"), 2, "Say an officer")
    refused(at(path, 7, "case", "assign", "KG-1", "900006", "--mine"), 2, "Say an officer")
    refused(at(path, 7, "case", "assign", "KG-1", "900001"), 3, "has no cases")
    refused(at(path, 1, "case", "assign", "KG-1", "--mine"), 4, "detective sergeant")
    holds(at(path, 7, "case", "assign", "KG-1", "femi", "--reason", "Knows the family").err, "DC Femi")
    same(at(path, 6, "case", "assign", "KG-2", "--mine").status, 0)
    refused(at(path, 6, "case", "assign", "KG-2", "900007"), 4, "detective sergeant")
    same({r["case"] for r in at(path, 6, "queue", "--officer", "me", "--format", "json").json()}, {"KG-1", "KG-2"})
    same({r["investigator"] for r in at(path, 6, "queue", "--officer", "me", "--format", "json").json()}, {"900006"})
    same({r["case"] for r in at(path, 6, "queue", "--officer", "nobody", "--format", "json").json()}, {"KG-3"})
    load = {w["warrant"]: w["cases"] for w in at(path, 7, "workload", "--officers", "--format", "json").json()}
    same(load, {"900006": 2, "900007": 0, None: 1})
    same(at(path, 7, "view", "add", "Unassigned", "--officer", "nobody").status, 0)
    same({r["case"] for r in at(path, 7, "queue", "--view", "Unassigned", "--format", "json").json()}, {"KG-3"})
    done = at(path, 7, "caseload", "move", "femi", "me", "--dry-run", "--format", "json")
    same([(m["case"], m["result"]) for m in done.json()], [("KG-1", "ready"), ("KG-2", "ready")])
    done = at(path, 7, "caseload", "move", "900006", "900007", "KG-1", "KG-3", "--reason", "Leave", "--format", "json")
    same([(m["case"], m["result"]) for m in done.json()], [("KG-1", "given"), ("KG-3", "refused")])
    same(done.status, 1)
    refused(at(path, 6, "caseload", "show", "900007"), 4, "detective sergeant")
    out = at(path, 8, "export", "cases").out
    holds(out, '"investigators":[{"officer":"900006","by":"900007","at":')
    again, _ = imported(out.encode())
    same(at(again, 8, "export", "cases").out, out)


@fact("book")
def an_offence_is_classified_anew_and_both_classes_stay():
    path, _ = imported(lines(a_case()))
    refused(at(path, 7, "case", "add", "KG-2010-000123", "offences", "class=common-assault", "replaces=s47"), 3, "Say why")
    same(at(path, 7, "case", "add", "KG-2010-000123", "offences", "class=common-assault", "replaces=s47", "reason=No mark was left.").status, 0)
    out = at(path, 8, "export", "cases", "--case", "KG-2010-000123").out
    for part in ('"class":"s47"', '"replaces":"s47"', '"by":"900007"', "No mark was left."):
        holds(out, part)


# --- display: every way out of the program, with text that deceives --------------------------------------------------------------

DECEIVES = re.compile("[\u0000-\u0008\u000b\u000d-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
FORMULA = re.compile(r"^[=+@\t\r]|^-(?![\d]+$)")


def naughty_lines():
    """Of tests/data/naughty.txt: what is written as escapes there, as it is, where a case document takes it."""
    with open(os.path.join(SOURCE, "tests", "data", "naughty.txt"), encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                try:
                    text = re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", lambda m: chr(int(m.group(1) or m.group(2), 16)), line)
                    text.encode("utf-8")
                except (ValueError, UnicodeEncodeError):
                    continue
                yield text[:200]


def hostile_store():
    """A store whose cases, people and texts are as hostile as the importer lets them be."""
    path, marks = store(fresh=True), ["=cmd|' /C calc'!A0", "+44 20", "-1+1|x", "@SUM(1)", "\u202eexe.tiara", "zero\u200bwidth", "\u2066in\u2069",
                                      "tag\U000e0041", "soft\u00adhyphen", "\ufeffbom", *list(naughty_lines())[::5]]
    docs = []
    for i, text in enumerate(marks):
        one = a_case(f"KG-{i}", incident={"from": "2010-01-30T20:00:00Z", "place": text})
        one["people"][0].update(family=text)
        one["people"][1].update(given=text)
        one["reviews"] = [{"kind": "ds-supervision", "by": "900007", "at": "2010-01-31T10:00:00Z", "outcome": "satisfied", "text": text}]
        one["notices"] = [{"to": "di", "at": "2010-01-31T10:00:00Z"}]
        docs.append(one)
    done = at(path, 8, "import", "cases", "-", given=lines(*docs))
    shown = [r["id"] for r in at(path, 8, "export", "cases").json()]
    assert len(shown) >= 8, done
    return path, shown


def filled(arguments, ident):
    """The words of a command whose arguments can be made up; None when they cannot."""
    words = []
    for argument in re.sub(r"\[[^]]*\]", "", arguments).split():
        known = {"CASE": ident, "TEXT": "Spec", "NAME": "ds-supervision", "ALERT": "honour-grade", "MONTH": "2010-01", "WARRANT": "900001"}
        if argument not in known:
            return None
        words.append(known[argument])
    return words


CHANGES = {"init", "training", "import cases", "import cad", "officer add", "officer suspend", "officer password", "officer role", "policy propose",
           "policy activate", "policy withdraw", "form activate", "instrument activate", "backup keygen", "backup make", "restore", "completion", "help"}


@fact("display")
def no_command_lets_out_what_deceives():
    path, shown = hostile_store()
    usage = dict(re.findall(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)((?: \[?[A-Z][A-Z ]*\]?)*)", run("--help").out.split("Commands:")[1].split("Options:")[0], re.M))
    tried, spoken, made_visible = set(), set(), set()
    for name, arguments in usage.items():
        if name in CHANGES:
            continue
        for ident in (shown[0], shown[4], shown[-1]):
            words = filled(arguments, ident)
            if words is None:
                break
            for who in (8, 12):
                for form in ("table", "csv", "json"):
                    done = at(path, who, *name.split(), *words, "--format", form)
                    if done.status == 2 and "--from" in done.err:
                        done = at(path, who, *name.split(), *words, "--format", form, "--from", "2010-01-01", "--to", "2010-12-31")
                    tried.add(name)
                    spoken |= {name} if done.out else set()
                    made_visible |= set(re.findall("‹U\\+[0-9A-F]+›", done.out))
                    text = done.out.replace("\r\n", "\n") if form == "csv" else done.out
                    bad = DECEIVES.search(text) or DECEIVES.search(done.err)
                    assert not bad, f"{name} as {form}: U+{ord(bad.group()):04X} in {bad.string[max(0, bad.start() - 60):bad.end() + 20]!r}"
                    if form == "csv" and done.out:
                        for row in csv.reader(io.StringIO(done.out)):
                            for cell in row:
                                assert not FORMULA.search(cell), f"{name}: a formula in {cell!r}"
            if not words:
                break
    assert {"case show", "duties", "audit list", "audit who-looked", "case search", "queue"} <= spoken, sorted(spoken)
    assert len(tried) > 25, sorted(tried)
    assert {"‹U+202E›", "‹U+200B›", "‹U+E0041›"} <= made_visible, made_visible


# --- care ---------------------------------------------------------------------------------------------------------------------

@fact("care")
def the_log_is_verified_and_listed():
    path = store(fresh=True)
    at(path, 8, "import", "cases", "-", given=lines(a_case()))
    at(path, 7, "case", "show", "KG-2010-000123")
    done = at(path, 12, "audit", "verify", "--format", "json")
    same(done.status, 0, repr(done))
    rows = at(path, 12, "audit", "list", "--format", "json").json()
    assert len(rows) >= done.json()[0]["entries"] >= 5
    same([r["seq"] for r in rows], list(range(1, len(rows) + 1)))
    looks = at(path, 12, "audit", "list", "--case", "KG-2010-000123", "--format", "json").json()
    assert any(r["who"] == "900007" for r in looks), looks


@fact("care")
def the_log_can_be_read_in_parts():
    rows = at(store(), 12, "audit", "list", "--from", "2", "--limit", "2", "--format", "json").json()
    same([r["seq"] for r in rows], [2, 3])


@fact("care")
def the_log_says_who_looked_and_what_it_holds_about_oneself():
    path = store(fresh=True)
    at(path, 8, "import", "cases", "-", given=lines(a_case()))
    at(path, 7, "case", "show", "KG-2010-000123")
    at(path, 6, "case", "show", "KG-2010-000123")
    looked = at(path, 8, "audit", "who-looked", "KG-2010-000123", "--format", "json").json()
    same([r["who"] for r in looked if r["act"] == "case.look"], ["900007", "900006"])
    same([r["who"] for r in at(path, 8, "audit", "who-looked", "KG-2010-000123", "--who", "900006", "--format", "json").json()], ["900006"])
    refused(at(path, 7, "audit", "who-looked", "KG-2010-000123"), 4, "This is for the CSU detective inspector")
    refused(at(path, 13, "audit", "who-looked", "KG-2010-000123"), 4, "This is for")
    refused(at(path, 8, "audit", "who-looked", "KG-NO"), 3, "There is no case")
    mine = at(path, 6, "audit", "my-record", "--newest", "--format", "json").json()
    same({r["who"] for r in mine}, {"900006", "-"})
    same(mine[0]["act"], "audit.my-record")
    same(len(at(path, 12, "audit", "list", "--who", "900006", "--kind", "consult", "--limit", 1, "--format", "json").json()), 1)
    same(at(path, 12, "audit", "list", "--from", "2010-02-02", "--format", "json").json(), [])
    refused(at(path, 12, "audit", "list", "--from", "monday"), 2, "--from takes the number of an entry, a day")
    refused(at(path, 12, "audit", "list", "--kind", "gossip"), 2, "gossip")
    refused(at(path, 7, "audit", "restricted"), 4, "This is for")


@fact("care")
def a_month_of_the_log_proves_itself_without_the_store():
    path, file = store(fresh=True), os.path.join(WORK, "month")
    at(path, 7, "queue")
    refused(at(path, 12, "audit", "seal", "2010-02"), 3, "not over yet")
    done = at(path, 12, "audit", "seal", "2010-02", "--output", file, now="2010-03-01T09:00:00Z")
    same((done.status, done.out), (0, ""), repr(done))
    done = run("audit", "verify", file, "--format", "json")
    month = done.json()[0]
    same((done.status, month["month"], month["first"]), (0, "2010-02", 1), repr(done))
    same(run("audit", "verify", file, "--anchor", write("note", f"entry {month['last']}: {month['head']}")).status, 0)
    other = "%064x" % (int(month["head"], 16) ^ 1)
    refused(run("audit", "verify", file, "--anchor", write("note", f"entry {month['last']}: {other}")), 3, "written anew")
    refused(at(path, 12, "audit", "verify", "--anchor", write("note", f"{month['last']} {other}")), 3, "noted elsewhere")
    same(at(path, 12, "audit", "verify", "--anchor", write("note", f"{month['last']} {month['head']}")).status, 0)
    with open(file, "r+b") as f:
        f.seek(400)
        one = f.read(1)
        f.seek(400)
        f.write(bytes([one[0] ^ 4]))
    refused(run("audit", "verify", file), 3, "Line ")
    refused(run("audit", "verify"), 2, "--as WARRANT")


@fact("care")
def a_backup_goes_out_for_a_key_and_comes_back():
    path, where = store(30), tempfile.mkdtemp(dir=WORK)
    key, out, back = os.path.join(where, "key"), os.path.join(where, "out"), os.path.join(where, "back")
    os.mkdir(out)
    same(run("--store", path, "backup", "keygen", key).status, 0)
    same(stat.S_IMODE(os.stat(key + ".secret").st_mode), 0o600)
    refused(run("--store", path, "backup", "keygen", key), 3, "is there already")
    refused(run("--store", path, "backup", "keygen", os.path.join(path, "key")), 3, "may not lie in the store")
    refused(run("--store", path, "backup", "make", "--key", key + ".public", "--dir", path), 3, "may not lie in the store")
    refused(run("--store", path, "backup", "make", "--key", key + ".secret", "--dir", out), 3, "This is the secret key")
    refused(run("--store", path, "backup", "make", "--dir", out), 2, "--key")
    refused(run("--store", path, "backup", "make", "--key", key + ".public"), 2, "Say where to")
    done = run("--store", path, "backup", "make", "--key", key + ".public", "--dir", out, "--format", "json")
    same(done.status, 0, repr(done))
    made = done.json()[0]
    same((made["cases"], os.listdir(out)), (30, [os.path.basename(made["file"])]))
    same(run("backup", "check", made["file"], "--format", "json").json()[0]["head"], made["head"])
    same(run("backup", "check", made["file"], "--secret", key + ".secret").status, 0)
    with open(made["file"], "rb") as f:
        whole = f.read()
    refused(run("backup", "check", write("cut", whole[:-1]), "--secret", key + ".secret"), 3, "its end is missing")
    os.chmod(key + ".secret", 0o644)
    refused(run("--store", back, "restore", made["file"], "--secret", key + ".secret"), 4, "can be read by others")
    os.chmod(key + ".secret", 0o600)
    done = run("--store", back, "restore", made["file"], "--secret", key + ".secret")
    same((done.status, done.out), (0, ""), repr(done))
    holds(done.err, "30 cases are as the log says")
    same(at(back, 8, "export", "cases").out, at(path, 8, "export", "cases").out)
    refused(run("--store", back, "restore", made["file"], "--secret", key + ".secret"), 3, "already")
    same(at(back, 12, "audit", "verify", "--anchor", made["file"]).status, 0)


@fact("care")
def backups_are_made_again_and_again_until_stopped():
    path, out = store(30), tempfile.mkdtemp(dir=WORK)
    run("backup", "keygen", os.path.join(out, "k"))
    one = subprocess.Popen([PROGRAM, "--store", path, "backup", "make", "--key", os.path.join(out, "k.public"), "--dir", out, "--every", "1", "--thin"],
                           env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    one.stdout.readline()
    one.send_signal(signal.SIGINT)
    one.communicate(timeout=20)
    same(one.returncode, 130)
    same(len([n for n in os.listdir(out) if n.endswith(".b124")]), 1)


@fact("care")
def a_rebuild_changes_nothing():
    done = at(store(120), 13, "rebuild", "--format", "json")
    if done.status == 4:
        done = at(store(120), 8, "rebuild", "--format", "json")
    same((done.status, done.json()), (0, [{"changed": False}]), repr(done))


@fact("care")
def the_doctor_says_how_the_process_is_confined():
    said = {r["check"]: r["says"] for r in at(store(), 13, "doctor", "--format", "json").json()}
    for check in ("files", "calls"):
        assert said[check].startswith(("in force", "NOT in force: this kernel", "off: ")), said[check]
    said = {r["check"]: r["says"] for r in run("--store", os.path.join(WORK, "nowhere"), "doctor", "--format", "json").json()}
    assert "files" not in said, said


@fact("start")
def a_command_reads_no_file_but_those_that_were_named():
    doctor = {r["check"]: r["says"] for r in at(store(), 13, "doctor", "--format", "json").json()}
    if not doctor["files"].startswith("in force"):
        raise Skip(doctor["files"])
    case, other = write("one.jsonl", lines(a_case())), os.path.join(WORK, "other")
    same(at(store(), 8, "import", "cases", case, "--dry-run").status, 0)
    same(at(store(), 8, "export", "cases", "--output", other).status, 0)
    os.mkdir(os.path.join(WORK, "elsewhere"))
    os.symlink(case, os.path.join(WORK, "elsewhere", "link"))
    same(at(store(), 8, "import", "cases", os.path.join(WORK, "elsewhere", "link"), "--dry-run").status, 0)


@fact("start")
def what_the_shell_left_open_is_closed_but_for_what_is_named():
    read, write_end = os.pipe()
    script = "import os,sys; os.set_inheritable(int(sys.argv[1]), True); os.execv(sys.argv[2], sys.argv[2:])"
    words = [PROGRAM, "--store", store(), "--as", "900008", "--now", NOW, "import", "cases", f"/dev/fd/{read}", "--dry-run"]
    os.write(write_end, lines(a_case()))
    os.close(write_end)
    done = subprocess.run([sys.executable, "-c", script, str(read), *words], capture_output=True, env=environment(), pass_fds=[read], text=True)
    os.close(read)
    same(done.returncode, 0, done.stderr)


@fact("care")
def the_doctor_looks_at_terminal_and_store():
    done = run("--store", store(), "--now", NOW, "doctor")
    same(done.status, 0, repr(done))
    holds(done.out, "core dumps")
    signed = at(store(), 13, "doctor", "--format", "json")
    same(signed.status, 0, repr(signed))
    assert len(signed.json()) > 6
    done = run("--store", os.path.join(WORK, "nowhere"), "doctor")
    same(done.status, 3, repr(done))
    holds(done.out, "NO")


@fact("care")
def a_policy_is_checked_and_shown():
    shown = run("policy", "show", "mps-dv-2010")
    same(shown.status, 0, repr(shown))
    path = write("good.policy", shown.out)
    done = run("policy", "check", path)
    same(done.status, 0, repr(done))
    assert re.search(r"\d+ duties .*no problems", done.out), done.out
    in_force = at(store(), 8, "policy", "show").out  # with the words it uses behind it, so that it is a policy by itself
    same(in_force[:len(shown.out)], shown.out)
    same(run("policy", "check", write("whole.policy", in_force)).status, 0)
    refused(run("policy", "show", "nothing"), 3, "nothing")


@fact("care")
def a_file_of_words_is_checked_too():
    with open(os.path.join(SOURCE, "policies", "accounts.words"), encoding="utf-8") as f:
        words = f.read()
    done = run("policy", "check", write("good.words", words))
    same(done.status, 0, repr(done))
    holds(done.out, "no problems")
    same(run("policy", "check", write("bad.words", words + "\nwords broken \"x\"\n    pattern /(/\n")).status, 1)


@fact("care")
def every_kind_of_rule_file_is_checked_by_its_ending():
    for name, says in [("book-124d.form", "questions"), ("specss-plus.instrument", "factors"), ("accounts.words", "word lists"),
                       ("learning.policy", "rules that are off")]:
        done = run("policy", "check", os.path.join(SOURCE, "policies", name))
        same(done.status, 0, repr(done))
        holds(done.out, says)


@fact("care")
def coverage_says_which_parts_no_example_reaches():
    path = os.path.join(SOURCE, "policies", "learning.policy")
    rows = [json.loads(line) for line in run("policy", "check", path, "--coverage", "--format", "json").out.splitlines()]
    same(list(rows[0]), ["kind", "rule", "line", "part", "yes", "no", "unknown", "reached"])
    assert all(row["reached"] for row in rows), rows
    text = open(path, encoding="utf-8").read()
    text = text[:text.index("    example \"a neighbour\"")] + text[text.index("alert finding-03"):]
    rows = [json.loads(line) for line in
            run("policy", "check", write("less.policy", text), "--coverage", "--format", "json").out.splitlines()]
    lacks = [(row["rule"], row["part"]) for row in rows if not row["reached"]]
    same(lacks, [("finding-02", "suspect with relationship in partners to victim")])
    table = run("policy", "check", path, "--coverage").out
    holds(table, "parts are reached")
    refused(run("policy", "check", os.path.join(SOURCE, "policies", "accounts.words"), "--coverage"), 2, "policy file")
    refused(run("policy", "check", path, "--format", "json"), 2, "--coverage")


@fact("care")
def a_borough_takes_single_rules_from_learning():
    text = run("policy", "show", "mps-dv-2010").out
    done = run("policy", "check", write("borough.policy", text + "\nuse finding-07, finding-12 from learning\n"))
    same(done.status, 1, repr(done))
    holds(done.err, 'The policy "learning" has no rule "finding-12"')
    done = run("policy", "check", write("borough.policy", text + "\nuse finding-07, finding-15 from learning\n"))
    same(done.status, 0, repr(done))
    holds(done.out, "54 duties")


@fact("care")
def a_warning_is_told_and_stops_nothing():
    text = ('policy p "x"\nduty d "x"\n    cite x\n    owner csu-ds\n    from reported\n    due after 1 hour\n    done book\n'
            'alert odd "x"\n    cite x\n    owner csu-ds\n    when reference merlin and not (reference merlin or flag dv)\n')
    done = run("policy", "check", write("warned.policy", text))
    same(done.status, 0, repr(done))
    holds(done.err, "warned.policy:11:10: warning: The alert \"odd\" can never fire")
    holds(done.out, "warnings")


@fact("care")
def the_problems_of_a_policy_are_all_told():
    text = run("policy", "show", "mps-dv-2010").out
    broken = write("broken.policy", text.replace("csu-ds", "csu-dz", 2))
    done = run("policy", "check", broken)
    same((done.status, done.out), (1, ""), repr(done))
    holds(done.err, "broken.policy:")
    holds(done.err, "csu-dz")


@fact("care")
def what_is_no_policy_file_gets_a_sentence():
    refused(run("policy", "check", os.path.join(WORK, "none")), 3, "none")
    refused(run("policy", "check", "/dev/zero", timeout=20), 3, "a device")
    done = run("policy", "check", write("binary", bytes(range(256)) * 40))
    same(done.status, 1, repr(done))
    assert "\033" not in done.err and "\x07" not in done.err


# --- a policy tried and put in force ----------------------------------------------------------------------------------------------

def five_days():
    """The change that docs/policy.md makes, made from its own words."""
    with open(os.path.join(SOURCE, "docs", "policy.md"), encoding="utf-8") as f:
        chapter = f.read().split("\n## Trying a change\n")[1].split("\n## ")[0]
    when, duty = re.findall(r"\n```\n(.*?)\n```", chapter, re.S)
    text = run("policy", "show", "mps-dv-2010").out
    head, rest = text.split("\nduty ds-supervision ", 1)
    body, tail = rest.split("\n\nduty ", 1)
    assert "\n    when     crime\n" in body, body
    return f"{head}\nduty ds-supervision {body.replace(chr(10) + '    when     crime' + chr(10), chr(10) + when + chr(10))}\n\n{duty}\n\nduty {tail}"


def hash_of(path, standing):
    return [row["hash"] for row in at(path, 8, "policy", "list", "--format", "json").json() if row["standing"] == standing][0]


@fact("policy")
def what_the_manual_says_a_detective_inspector_can_do():
    path = store(120, fresh=True)
    name = write("five.policy", five_days())
    before = at(path, 8, "duties", "--format", "json").json()
    same(run("policy", "check", name).status, 0)
    diff = at(path, 8, "policy", "diff", name)
    same(diff.status, 0, repr(diff))
    holds(diff.out, "duty ds-supervision-high: added")
    holds(diff.out, "+ " )
    holds(diff.out, "when crime and grade is not high")
    tried = at(path, 8, "policy", "backtest", name)
    same(tried.status, 0, repr(tried))
    holds(tried.out, "minutes a day now")
    holds(tried.out, "ds-supervision-high")
    same(at(path, 8, "duties", "--format", "json").json(), before, "a back-test changes nothing")
    same(at(path, 13, "policy", "propose", name).status, 0)
    given = hash_of(path, "proposed")
    assert at(path, 8, "policy", "show", given[:8]).out.startswith(five_days())  # and behind it the words that it uses
    refused(at(path, 7, "policy", "activate", given[:8]), 4, "detective inspector")
    done = at(path, 8, "policy", "activate", given[:8], "--format", "json")
    same(done.status, 0, repr(done))
    same((done.json()[0]["is"], done.json()[0]["cases"], done.json()[0]["changed"]), (given, 120, True))
    after = at(path, 8, "duties", "--format", "json").json()
    assert any(row["duty"] == "ds-supervision-high" for row in after)
    same(hash_of(path, "in-force"), given)
    same(at(path, 13, "rebuild", "--format", "json").json()[0]["changed"], False)
    same(at(path, 12, "audit", "verify").status, 0)
    log = [row for row in at(path, 12, "audit", "list", "--format", "json").json() if row["act"] == "policy.activate"]
    holds(log[-1]["detail"], f"is {given}")
    same(log[-1]["who"], "900008")
    holds(at(path, 8, "why", after[0]["case"], after[0]["duty"]).out, given[:8])


@fact("policy")
def a_back_test_gives_the_same_figures_by_duty_and_by_role_and_by_day():
    path, name = store(120), write("five.policy", five_days())

    def rows(by):
        return at(path, 8, "policy", "backtest", name, "--by", by, "--format", "json").json()

    def total(by, key):
        return sum(row[key] for row in rows(by))

    for key in ("gained", "lost", "moved", "minutes_in_force", "minutes_trial", "overdue_in_force", "overdue_trial"):
        same(total("duty", key), total("role", key), key)
        same(total("duty", key), total("day", key), key)
    same(len(rows("case")), sum(total("duty", key) for key in ("gained", "lost", "moved")))
    assert total("duty", "gained") > 0


@fact("policy")
def a_back_test_of_what_cannot_be_read_or_is_not_a_time_is_refused():
    path = store(0)
    name = write("five.policy", five_days())
    done = at(path, 8, "policy", "backtest", write("bad.policy", "policy x"))
    same((done.status, done.out), (3, ""), repr(done))
    holds(done.err, "bad.policy:1:9: error:")
    early = at(path, 8, "policy", "backtest", name, "--from", "1999-01-01", "--to", "1999-06-30")
    same(early.out.splitlines()[1:], ["No case was known by 30 Jun 1999: this period tells nothing of the trial."])
    refused(at(path, 8, "policy", "backtest", name, "--from", "yesterday"), 2, "--from")
    refused(at(path, 8, "policy", "backtest", name, "--to", "2010-02-02"), 3, "today at the latest")
    refused(at(path, 1, "policy", "backtest", name), 4, "")
    refused(run("policy", "backtest", name), 2, "--as")


@fact("policy")
def two_files_are_compared_without_a_store():
    was = write("was.policy", run("policy", "show", "mps-dv-2010").out)
    name = write("five.policy", five_days())
    same(run("policy", "diff", was, was).out, "The two say the same.\n")
    rows = run("policy", "diff", was, name, "--format", "json").json()
    same([(row["what"], row["clause"], row["change"]) for row in rows],
         [("duty ds-supervision", "when", "changed"), ("duty ds-supervision-high", "", "added")])
    refused(run("policy", "diff", was), 2, "--as")
    broken = write("seven.policy", run("policy", "show", "mps-dv-2010").out.replace("every    7 days\n    done     review ds-supervision", "every    8 days\n    done     review ds-supervision"))
    done = run("policy", "diff", was, broken)
    same((done.status, done.out), (3, ""), repr(done))
    holds(done.err, "3 problems")


@fact("policy")
def what_does_not_come_out_any_more_is_exit_status_1():
    was = write("was.policy", run("policy", "show", "mps-dv-2010").out)
    text = run("policy", "show", "mps-dv-2010").out
    for old, new in (("every    7 days\n    done     review ds", "every    8 days\n    done     review ds"),
                     ("due 2010-03-29 10:00", "due 2010-03-30 10:00"), ("due 2010-03-31 15:00", "due 2010-04-01 15:00"),
                     ("at 2010-03-31 15:00:01", "at 2010-04-01 15:00:01")):
        assert old in text
        text = text.replace(old, new, 1)
    done = run("policy", "diff", was, write("eight.policy", text))
    same(done.status, 1, repr(done))
    holds(done.err, "Not as the first meant it")


@fact("policy")
def a_proposal_is_withdrawn_and_a_wrong_password_activates_nothing():
    path = store(0, fresh=True)
    name = write("five.policy", five_days())
    refused(at(path, 8, "policy", "propose", name), 4, "keeper")
    same(at(path, 13, "policy", "propose", name).status, 0)
    refused(at(path, 13, "policy", "propose", name), 3, "proposed already")
    given = hash_of(path, "proposed")
    refused(at(path, 8, "policy", "activate", "abc"), 3, "6 digits")
    refused(at(path, 8, "policy", "activate", given[:8], BOOK124_PASSWORD_FILE=write("wrong", "not the one\n")), 4, "")
    same(at(path, 13, "policy", "withdraw", given[:8]).status, 0)
    refused(at(path, 8, "policy", "activate", given[:8]), 3, "withdrawn")
    same(hash_of(path, "withdrawn"), given)


# --- looking ahead ----------------------------------------------------------------------------------------------------------------

@fact("ahead")
def the_queue_and_the_duties_are_as_they_will_be():
    path = store(120)

    def overdue(*words):
        return len(at(path, 8, "duties", "--state", "overdue", "--format", "json", *words).json())

    now, then = overdue(), overdue("--ahead", "mon 0700")
    assert then > now > 0, (now, then)
    same(then, len(at(path, 8, "duties", "--state", "overdue", "--format", "json", now="2010-02-08T07:00:00Z").json()))
    rows = at(path, 8, "queue", "--role", "csu-ds", "--tab", "overdue", "--format", "json", "--ahead", "mon 0700").json()
    assert rows and all(row["due"] < "2010-02-08T07:00:00Z" for row in rows)
    brief = at(path, 8, "brief", "--ahead", "mon 0700")
    holds(brief.out, "Mon 8 Feb 2010 07:00")
    holds(brief.err, "if nothing is done before")
    case = rows[0]["case"]
    holds(at(path, 8, "why", case, rows[0]["duty"], "--ahead", "mon 0700").out, "overdue")


@fact("ahead")
def the_clock_goes_ahead_only_and_only_to_look():
    path = store(0)
    refused(at(path, 8, "queue", "--ahead", "2009-02-01T09:00:00Z"), 2, "has passed")
    refused(at(path, 8, "queue", "--ahead", "sometime"), 2, "mon 0700")
    refused(at(path, 8, "queue", "--ahead", "2012-02-01T09:00:00Z"), 2, "a year at most")
    refused(at(path, 8, "import", "cases", "-", "--ahead", "mon 0700"), 2, "--ahead")
    refused(at(path, 13, "rebuild", "--ahead", "mon 0700"), 2, "--ahead")


@fact("ahead")
def a_real_store_looks_ahead_and_still_refuses_now():
    path = os.path.join(WORK, "ahead-real")
    same(run("--store", path, "init").status, 0)
    new = write("ahead-new", "five unrelated words here\n")
    same(run("--store", path, "officer", "add", "190001", "Keeper Example", "--role", "keeper", BOOK124_NEW_PASSWORD_FILE=new).status, 0)
    done = run("--store", path, "--as", "190001", "officer", "add", "190002", "DI Example", "--role", "csu-di", BOOK124_NEW_PASSWORD_FILE=new,
               BOOK124_PASSWORD_FILE=new)
    same(done.status, 0, repr(done))
    own = write("ahead-own", "six words that nobody else knows\n")
    same(run("--store", path, "--as", "190002", "officer", "password", BOOK124_PASSWORD_FILE=new, BOOK124_NEW_PASSWORD_FILE=own).status, 0)
    new = own
    done = run("--store", path, "--as", "190002", "queue", "--ahead", "mon 0700", "--format", "json", BOOK124_PASSWORD_FILE=new)
    same((done.status, done.out), (0, ""), repr(done))
    refused(run("--store", path, "--as", "190002", "--now", "2099-01-01T00:00:00Z", "queue", BOOK124_PASSWORD_FILE=new), 4, "training")


@fact("ahead")
def a_forecast_says_who_is_late_first_and_what_it_assumes():
    path = store(120)

    def late(*words):
        return at(path, 8, "forecast", "--until", "fri 1700", "--by", "late", "--format", "json", *words).json()

    def days(*words):
        return at(path, 8, "forecast", "--until", "fri 1700", "--by", "day", "--format", "json", *words).json()

    nobody = [row for row in late("--strength", "csu-ds=0") if row["owner"] == "csu-ds"]
    many = [row for row in late("--strength", "csu-ds=50") if row["owner"] == "csu-ds"]
    assert len(nobody) > len(many), (len(nobody), len(many))
    same([row["due"] for row in nobody], sorted(row["due"] for row in nobody))
    assert all(row["done"] is None for row in nobody)
    away = days("--leave", "900007:2010-02-01:2010-02-03")
    same({row["day"]: row["capacity"] for row in away if row["role"] == "csu-ds" and row["day"] <= "2010-02-03"},
         {"2010-02-01": 0, "2010-02-02": 0, "2010-02-03": 0})
    assert all(row["capacity"] == 60 for row in days("--minutes-a-day", "60") if row["day"] > "2010-02-01" and row["day"] < "2010-02-06")
    told = at(path, 8, "forecast", "--until", "fri 1700").out
    holds(told, "240 minutes a day")
    holds(told, "nothing new comes in")


@fact("ahead")
def a_forecast_of_what_makes_no_sense_is_refused():
    path = store(0)
    refused(at(path, 8, "forecast"), 2, "--until")
    refused(at(path, 8, "forecast", "--until", "fri 1700", "--leave", "900007"), 2, "two days")
    refused(at(path, 8, "forecast", "--until", "fri 1700", "--leave", "111111:2010-02-02:2010-02-03"), 3, "111111")
    refused(at(path, 8, "forecast", "--until", "fri 1700", "--strength", "keeper=2"), 2, "csu-ds=2")
    refused(at(path, 8, "forecast", "--until", "fri 1700", "--strength", "csu-ds=-1"), 2, "csu-ds=2")
    refused(at(path, 8, "forecast", "--until", "fri 1700", "--minutes-a-day", "0"), 2, "1440")
    refused(at(path, 8, "forecast", "--until", "2010-12-01T09:00:00Z"), 3, "92 days")
    refused(at(path, 1, "forecast", "--until", "fri 1700"), 4, "")


# --- made-up cases ---------------------------------------------------------------------------------------------------------------

@fact("training")
def made_up_cases_are_always_the_same():
    one = run("training", "--cases", "50", "--seed", "7", "--now", NOW)
    same(one.out, run("training", "--cases", "50", "--seed", "7", "--now", NOW).out)
    assert one.out != run("training", "--cases", "50", "--seed", "8", "--now", NOW).out
    same(len(one.json()), 50)


@fact("training")
def made_up_cases_can_be_imported():
    made = run("training", "--cases", "400", "--seed", "3", "--now", NOW, text=False)
    done = at(store(fresh=True), 8, "import", "cases", "-", given=made.out)
    same(done.status, 0, repr(done))
    holds(done.out, "400 added")


@fact("training")
def made_up_cases_have_ids_of_their_own_and_nothing_after_now():
    rows = run("training", "--cases", "5000", "--seed", "3", "--now", NOW)
    same(len({c["id"] for c in rows.json()}), 5000)
    assert not re.search(r'"2010-02-0(1T(09:1[3-9]|09:[2-5]|1|2)|[2-9])', rows.out)


@fact("training")
def a_training_store_has_something_of_everything():
    cases = run("training", "--cases", "300", "--now", NOW).json()

    def some(test):
        return sum(map(bool, map(test, cases)))

    entries = lambda c, name, key: {e[key] for e in c.get(name, [])}
    same(min([
        some(lambda c: "marac" in entries(c, "referrals", "to")), some(lambda c: "hbv" in entries(c, "flags", "flag")),
        some(lambda c: "fm" in entries(c, "flags", "flag")), some(lambda c: any(p.get("police_staff") for p in c.get("people", []))),
        some(lambda c: "scd2" in entries(c, "owners", "unit")), some(lambda c: any(o.get("accepted_at") is None for o in c.get("owners", []))),
        some(lambda c: c.get("outcome") == "not-domestic"), some(lambda c: "closed_at" in c), some(lambda c: not c.get("people") and not c.get("closed_at")),
        some(lambda c: "returned" in entries(c, "reviews", "outcome")), some(lambda c: len(c.get("books", [])) > 1),
        some(lambda c: any("given" not in p for p in c.get("people", []))), some(lambda c: any(not p["family"].isascii() for p in c.get("people", []))),
        some(lambda c: any(len(r.get("text", "")) > 800 for r in c.get("reviews", []))),
    ]) > 0, True)


@fact("training")
def every_roles_desk_looks_like_a_well_run_unit():
    rows = {r["role"]: r for r in run("--store", store(300), "--now", NOW, "brief", "--format", "json").json()}
    ds = rows["csu-ds"]
    assert 4 <= ds["overdue"] <= 20 and 4 <= ds["today"] <= 25 and 25 <= ds["week"] <= 80, ds
    assert rows["response-ps"]["all"] >= 3, rows["response-ps"]
    assert rows["csu-di"]["today"] + rows["csu-di"]["waiting"] >= 1, rows["csu-di"]
    for role, row in rows.items():
        assert row["overdue"] <= 25, (role, row)


# --- behind a terminal -----------------------------------------------------------------------------------------------------------------

def terminal(words, typed=(), env=None, timeout=30):
    """Run behind a terminal; `typed` is pairs of (what must be seen first, what is typed then)."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(PROGRAM, [PROGRAM, *map(str, words)], env or environment(BOOK124_PASSWORD_FILE=None))
    seen, typed, until = b"", list(typed), time.time() + timeout
    while time.time() < until:
        ready, _, _ = select.select([fd], [], [], 0.2)
        if ready:
            try:
                part = os.read(fd, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        while typed and typed[0][0].encode() in seen:
            what = typed.pop(0)[1]
            time.sleep(0.1)
            os.write(fd, what if isinstance(what, bytes) else what.encode())
    else:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    return os.waitstatus_to_exitcode(status), seen.decode("utf-8", "replace")


@fact("terminal")
def the_password_is_asked_for_and_not_shown():
    status, seen = terminal(["--store", store(), "--as", "900007", "--now", NOW, "queue"], [("Password of 900007: ", PASSWORD + "\n")])
    same(status, 0, seen)
    assert PASSWORD not in seen, seen


@fact("terminal")
def a_new_password_is_asked_for_twice():
    path = store(fresh=True)
    words = ["--store", path, "--as", "900005", "--now", NOW, "officer", "password"]
    new = "pumpkin pumpkin pumpkin 1"
    status, seen = terminal(words, [("Password of", PASSWORD + "\n"), ("New password", new + "\n"), ("again", "something else entirely\n")])
    same(status, 2, seen)
    status, seen = terminal(words, [("Password of", PASSWORD + "\n"), ("New password", new + "\n"), ("again", new + "\n")])
    same(status, 0, seen)
    assert new not in seen


@fact("terminal")
def control_c_at_the_password_is_exit_status_130():
    status, seen = terminal(["--store", store(), "--as", "900007", "--now", NOW, "queue"], [("Password of", b"\x03")])
    same(status, 130, seen)
    holds(seen, "No password was given")


@fact("terminal")
def colour_is_for_terminals_that_want_it():
    words = ["--store", store(120), "--as", "900007", "--now", NOW, "queue"]
    env = environment()
    holds(terminal(words, env=env)[1], "\033[1;31m")
    for quiet in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        seen = terminal(words, env={**env, **quiet})[1]
        assert "\033" not in seen and "overdue" in seen, (quiet, seen)


@fact("terminal")
def the_interrupt_key_stops_an_import_between_batches():
    path = store(fresh=True)
    made = write("many.jsonl", run("training", "--cases", "20000", "--now", NOW, text=False).out)
    child = subprocess.Popen([PROGRAM, "--store", path, "--as", "900008", "--now", NOW, "import", "cases", made], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, env=environment())
    time.sleep(2.5)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    if child.returncode == 0:
        raise Skip("the import was quicker")
    same(child.returncode, 130, err.decode())
    holds(err.decode().lower(), "stopped")
    same(at(path, 12, "audit", "verify").status, 0)
    landed = at(path, 8, "export", "cases", text=False).out.count(b"\n")
    assert landed < 20000, landed
    done = at(path, 13, "rebuild", "--format", "json")
    assert done.status == 0 and not done.json()[0]["changed"], done


@fact("terminal")
def the_interrupt_key_stops_a_long_list():
    child = subprocess.Popen([PROGRAM, "training", "--cases", "5000000", "--now", NOW], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())
    time.sleep(0.7)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)
    same((child.returncode, err), (130, b"book124: Stopped.\n"))


@fact("terminal")
def without_a_command_a_terminal_gets_the_screens():
    env = environment(BOOK124_PASSWORD_FILE=None)
    status, seen = terminal(["--store", store(), "--now", NOW], [("900007", b"\x1b")], env=env, timeout=15)
    same(status, 0, seen[-500:])
    holds(seen, "\033[?1049h")
    holds(seen, "\033[?1049l")


@fact("terminal")
def a_command_on_a_terminal_is_only_a_command():
    status, seen = terminal(["--store", store(), "--now", NOW, "brief"])
    same(status, 0, seen)
    assert "1049" not in seen, seen


@fact("terminal")
def ascii_where_the_locale_is_not_utf8():
    words = ["--store", store(120), "--as", "900007", "--now", NOW, "case", "search", "ex"]
    seen = terminal(words, env=environment(LANG="C"))[1]
    assert seen.isascii(), seen


# --- the scenarios of the standard policy -----------------------------------------------------------------------------------------------

@fact("scenarios")
def duties_of_the_scenarios_are_exactly_as_expected():
    folder = os.path.join(SHARED, "scenarios")
    if not os.path.isdir(folder):
        raise Skip("no scenarios at " + folder)
    path = store(now="2012-01-01T08:00:00Z", fresh=True)
    done = at(path, 8, "import", "cases", os.path.join(folder, "cases.jsonl"), now="2012-01-01T08:00:00Z")
    same(done.status, 0, repr(done))
    for name in sorted(os.listdir(folder)):
        day = re.fullmatch(r"duties-(\d{4}-\d\d-\d\d)\.jsonl", name)
        if not day:
            continue
        done = at(path, 8, "duties", "--format", "json", now=day[1] + "T08:00:00Z")
        same(done.status, 0, repr(done))
        got = [re.sub(r',"cite":.*', "}", line) for line in done.out.splitlines()]
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            wanted = f.read().splitlines()
        for n, (g, w) in enumerate(zip(got, wanted), 1):
            same(g, w, f"{name}:{n}")
        same(len(got), len(wanted), name)


# --- telling --------------------------------------------------------------------------------------------------------------------------------

def main():
    write(PASSFILE, PASSWORD + "\n")
    failed = 0
    print(f"1..{len(facts)}")
    for n, function in enumerate(facts, 1):
        name = function.__name__.replace("_", " ")
        try:
            function()
            print(f"ok {n} - {name}")
        except Skip as why:
            print(f"ok {n} - {name} # SKIP {why}")
        except Exception as wrong:  # an assertion, or a program that hangs or cannot be read
            failed += 1
            print(f"not ok {n} - {name}")
            print("".join(f"# {line}\n" for line in (str(wrong) or repr(wrong)).splitlines()), end="")
        sys.stdout.flush()
    shutil.rmtree(WORK, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
