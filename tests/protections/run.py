#!/usr/bin/env python3
"""run.py BUILD SOURCE [NAME…] — every protection is switched off once, and the test that guards it must fail then.

BUILD is made with -Dprotections=true (include/base/protection.h): there BOOK124_WITHOUT names the protection that is off. A guard that passes
with its protection off guards nothing, and so does one that fails with all of them on. Not part of the everyday suite: `meson compile
protections` in such a build, or this by hand."""
import os
import re
import resource
import subprocess
import sys

build, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PY = sys.executable
CLI = [PY, os.path.join(source, "tests/cli/test_cli.py"), os.path.join(build, "book124"), source]
E2E = os.path.join(build, "book124")
SHIFT = os.path.join(build, "tests/e2e/clock_shift.so")

# The name, what it keeps from happening, and the test that guards it.
PROTECTIONS = [
    ("gate", "two that write at once", ["tests/store/test_store_gate"]),
    ("authorizer", "our own mistakes: a fact changed, a setting, the schema", ["tests/store/test_store_sql"]),
    ("triggers", "a fact changed by another program", ["tests/store/test_store_sql"]),
    ("sight", "a restricted case seen by who is not on its list", ["tests/store/test_store_sight"]),
    ("look-first", "a look that the log could not keep", ["tests/app/test_app_fault"]),
    ("look-first", "a case shown that no entry of the log says was looked at", ["tests/ui/screens/test_looks"]),
    ("log-with-change", "a change without an entry in the log", ["tests/store/test_store", "sqlite:"]),
    ("chain", "a log that was edited", ["tests/core/test-core-audit"]),
    ("signatures", "a signed text that was changed", ["tests/app/test_app_signed"]),
    ("stale", "two who save one case and one is lost", ["tests/store/test_store", "sqlite:"]),
    ("full-sync", "a save lost when the power goes", ["tests/store/test_store_crash", "power"]),
    ("secure-delete", "erased text in free pages", ["tests/store/test_store_erase"]),
    ("scrub", "erased text in the log file of the store", ["tests/store/test_store_rewrite"]),
    ("scrub", "words of an erased case anywhere, while a terminal has it open", ["tests/e2e/test_e2e_retention", E2E]),
    ("roles", "an act that is not one's own to do", ["tests/core/test-core-role"]),
    ("password-delay", "passwords tried one after another", ["tests/app/test_app_session"]),
    ("terminal-delay", "one password tried at every officer", ["tests/app/test_app_session"]),
    ("password-again", "an act at a session that somebody left open", ["tests/app/test_app_again"]),
    ("hidden-contact", "a safe address shown unasked", ["tests/app/test_app_contact"]),
    ("ciphered", "text of a restricted case, or a safe number, in a file", ["tests/app/test_app_cipher"]),
    ("bound-text", "a text moved to another place", ["tests/app/test_app_cipher"]),
    ("new-key", "the key kept by who left the list", ["tests/app/test_app_cipher"]),
    ("vouched-keys", "a key put beside an officer's name to be given cases", ["tests/app/test_app_vouch"]),
    ("holders", "keys given to an officer whom the keeper made up", ["tests/app/test_app_holders"]),
    ("links", "a restricted case told of by a link", ["tests/app/test_app_hidden"]),
    ("withdrawn", "a case that stays on a screen when it is hidden", ["tests/e2e/test_e2e_withdrawn", E2E]),
    ("glass-hour", "a glass that stays broken", ["tests/e2e/test_e2e_glass", E2E, SHIFT]),
    ("safe-output", "text that steers a terminal", ["tests/base/test_base_utf8_safe"]),
    ("screen-clear", "case text left on a terminal without a second screen", ["tests/e2e/test_e2e_terminal", E2E]),
    ("wiping", "secrets left in memory", ["tests/base/test_base_arena"]),
    ("files", "files opened that are none of its business", ["tests/base/test_base_confine"]),
    ("calls", "another program started", ["tests/base/test_base_confine"]),
    ("no-core", "memory written to a core file", CLI + ["care"]),
    ("no-core", "words of a restricted case in a core file", ["tests/e2e/test_e2e_canary", E2E, "neither*"]),
    ("closed-memory", "memory read by another program of the same user", ["tests/e2e/test_e2e_canary", E2E, "nobody_else*"]),
    ("ciphered", "words of a restricted case anywhere after a whole session", ["tests/e2e/test_e2e_canary", E2E, "no_word*"]),
    ("screen-clear", "words of a restricted case on the terminal after it", ["tests/e2e/test_e2e_canary", E2E, "no_word*"]),
]


def cores_allowed():
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def run(words, without=None):
    """Did it pass, and which tests failed?"""
    env = {k: v for k, v in os.environ.items() if k != "BOOK124_WITHOUT"}
    if without:
        env["BOOK124_WITHOUT"] = without
    env.setdefault("BOOK124_SOURCE", source)
    words = [os.path.join(build, words[0]), *words[1:]] if not words[0].startswith("/") else words
    try:
        done = subprocess.run(words, env=env, cwd=build, capture_output=True, text=True, errors="replace", timeout=150, start_new_session=True, preexec_fn=cores_allowed)
    except subprocess.TimeoutExpired:
        return False, ["it does not end"]
    text = done.stdout + done.stderr
    failed = re.findall(r"^\[  FAILED  \] (\w+)$", text, re.M) + re.findall(r"^not ok \d+ - (.*)$", text, re.M)
    return done.returncode == 0, sorted(set(failed)) or ([] if done.returncode == 0 else [f"it ended with {done.returncode}"])


def main():
    wanted = sys.argv[3:]
    bad, sound = 0, {}
    for name, what, words in PROTECTIONS:
        if wanted and name not in wanted:
            continue
        key = tuple(words)
        if key not in sound:
            sound[key] = run(words)
        if not sound[key][0]:
            print(f"NO PROOF  {name}: its guard fails with everything on: {', '.join(sound[key][1])}")
            bad += 1
            continue
        passed, failed = run(words, name)
        print(f"{'UNGUARDED' if passed else 'guarded  '} {name}: against {what}: {os.path.basename(words[0])}" +
              ("" if passed else f" fails: {', '.join(failed[:6])}{' …' if len(failed) > 6 else ''}"), flush=True)
        bad += passed
    print(f"{bad} without a guard" if bad else "every one of them is guarded")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
