#!/usr/bin/env python3
"""tally.py TESTLOG.json — close a test run with "N passed, N failed, N skipped".

Counts single test cases where a test program names them (cmocka's and TAP's closing lines),
and the program itself where it does not. A program that failed counts at least one failure.
"""
import json
import re
import sys

CMOCKA = {
    "passed": re.compile(r"^\[  PASSED  \] (\d+) test\(s\)", re.M),
    "failed": re.compile(r"^\[  FAILED  \] (\d+) test\(s\), listed below", re.M),
    "skipped": re.compile(r"^\[  SKIPPED \] (\d+) test\(s\)", re.M),
}
TAP = re.compile(r"^(not )?ok\b(.*)$", re.M)


def cases(test):
    """(passed, failed, skipped) of one test program."""
    text = (test.get("stdout") or "") + "\n" + (test.get("stderr") or "")
    counts = {word: sum(map(int, rx.findall(text))) for word, rx in CMOCKA.items()}
    for wrong, rest in TAP.findall(text):
        word = "skipped" if re.search(r"# skip", rest, re.I) else "failed" if wrong else "passed"
        counts[word] += 1
    good = test["result"] in ("OK", "EXPECTEDFAIL")
    if test["result"] == "SKIP":
        counts["skipped"] = counts["skipped"] or 1
    elif good and not any(counts.values()):
        counts["passed"] = 1
    elif not good and not counts["failed"]:
        counts["failed"] = 1
    return counts["passed"], counts["failed"], counts["skipped"]


def main():
    with open(sys.argv[1], encoding="utf-8") as log:
        tests = [json.loads(line) for line in log if line.strip()]
    passed, failed, skipped = (sum(column) for column in zip(*map(cases, tests)))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
