#!/usr/bin/env python3
"""wild.py — random cases, wilder than any officer could enter, through the engine and through oracle.py.

    wild.py CONFORMANCE [SEED [CASES]]
    wild.py PROGRAM SEED CASES cases     only makes them, and runs PROGRAM on the file

Times collide on purpose, answers are missing, transfers cross, people are recorded late. The two
readings of the duties must give the same lines at every moment.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta

import oracle

NOWS = ["2010-02-20T11:11:11Z", "2010-03-28T01:30:00Z", "2010-04-05T12:00:00Z", "2010-11-03T08:00:00Z",
        "2010-12-28T10:00:00Z", "2011-03-01T00:00:00Z"]
BASES = [datetime(2010, 3, 26), datetime(2010, 10, 29), datetime(2010, 12, 22), datetime(2010, 4, 1),
         datetime(2010, 2, 1)]
OFFENCES = """murder attempted-murder s18 s20 s20-aggravated s47 rape assault-by-penetration
    sexual-assault harassment other""".split()
REVIEWS = """cad-supervision ps-check cris-supervision csu-ds-read dmm ds-supervision serious-assault
    di-review dci-review ppd-merlin risk-plan roundup inspector qa""".split()
REFERRALS = "idva marac sanctuary advocacy victim-support lgbt-liaison dvip refuge other".split()
EVENTS = """arrest interview bail bail-change release charge summons caution conditional-caution
    no-further-action court""".split()
NOTICES = """di dps dps-completion borough-commander vcd welfare-officer line-manager wcu
    dvip-leaflet""".split()


class Wild:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def any(self, words):
        return self.r.choice(words)

    def chance(self, p):
        return self.r.random() < p

    def moment(self):
        """Often the very second of another one."""
        if self.chance(.2):
            return self.any(self.pool)
        step = self.any([1, 60, 900, 3600, 86400])
        self.pool.append(self.pool[0] + timedelta(seconds=step * self.r.randrange(-3, 40)))
        return self.pool[-1]

    def at(self):
        return self.moment().strftime("%Y-%m-%dT%H:%M:%SZ")

    def maybe(self, p, make):
        return make() if self.chance(p) else None

    def some(self, most, make):
        return [make() for _ in range(self.r.randrange(most))]

    def owner(self):
        offered = self.moment()
        accepted = offered + timedelta(seconds=self.any([0, 0, 3600, 3 * 86400]))
        self.pool.append(accepted)
        show = lambda d: d.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"unit": self.any("response csu scd2 scd5 dps buddy".split()), "offered_at": show(offered),
                "accepted_at": show(accepted) if self.chance(.7) else None}

    def person(self, i):
        return {"key": f"p{i}", "role": self.any(["victim", "suspect", "suspect", "child"]),
                "police_staff": self.chance(.3), "recorded_at": self.maybe(.5, self.at),
                "sex": self.any(["female", "male", "male", "unknown", None]),
                "status": self.some(4, lambda: {
                    "status": self.any(["outstanding", "outstanding", "arrested", "charged"]), "at": self.at()})}

    def people(self):
        people = [self.person(i) for i in range(self.r.randrange(5))]
        for p in people:
            q = self.any(people)
            if q is not p and self.chance(.6):
                p["relationship"] = {"to": q["key"], "kind": self.any(["spouse", "partner", "ex-partner", "parent"])}
        return people

    def case(self, n):
        self.pool = [self.any(BASES) + timedelta(seconds=self.any([0, 9 * 3600, self.r.randrange(5 * 86400)]))]
        reported = self.pool[0].strftime("%Y-%m-%dT%H:%M:%SZ")
        any, at, maybe, some = self.any, self.at, self.maybe, self.some
        people = self.people()
        closed = maybe(.3, at)
        return {
            "format": "book124.case/1", "id": f"W-{n:05d}", "borough": "KG", "reported_at": reported,
            "reported_how": any([None, "call", "station", "officer"]), "attended_at": maybe(.5, at),
            "kind": any([None, "crime", "crime", "crime", "incident", "no-crime"]),
            "cad": {"number": "1/01JAN10", "received_at": maybe(.6, at), "closed_at": maybe(.5, at),
                    "result": any([None, None, "domestic", "domestic", "domestic", "not-domestic"])},
            "children": maybe(.7, lambda: {"answer": any(["none", "present", "not-present", "unknown"]),
                                           "at": maybe(.8, at)}),
            "offences": some(4, lambda: {"class": any(OFFENCES), "attempt": self.chance(.2), "at": at()}),
            "flags": some(4, lambda: {"flag": any(["dv", "hbv", "fm", "pe", "sso"]), "at": at()}),
            "references": some(4, lambda: {"system": any(["cris", "merlin", "pnc"]), "number": "1", "at": at()}),
            "cross_references": some(6, lambda: {"in": any(["cris", "merlin"]), "at": at(),
                                                 "to": any(["cris", "merlin", "124d", "risk"])}),
            "books": some(4, lambda: {"serial": "1", "completed_at": at(),
                                      "index": maybe(.5, lambda: {"number": "1", "at": at()})}),
            "assessments": some(6, lambda: {
                "instrument": any(["specss-plus", "dash-2009"]), "at": at(),
                "stage": any(["initial", "secondary", "marac", "review"]),
                "grade": any([None, "standard", "medium", "high", "high"])}),
            "reviews": some(25, lambda: {"kind": any(REVIEWS), "at": at(), "text": "x",
                                         "outcome": any(["satisfied", "remedial", "returned"])}),
            "referrals": some(5, lambda: {"to": any(REFERRALS), "restricted": self.chance(.5), "at": at()}),
            "contacts": some(6, lambda: {"with": any(["victim", "victim", "suspect"]), "at": at(),
                                         "kind": any(["update", "event", "safety"]),
                                         "result": any(["spoke", "spoke", "voicemail"])}),
            "events": some(6, lambda: {"kind": any(EVENTS), "at": at(),
                                       "person": any(people)["key"] if people and self.chance(.7) else None}),
            "notices": some(7, lambda: {"to": any(NOTICES), "at": at()}),
            "owners": some(5, self.owner), "people": people,
            "consent": {k: any(["given", "refused", "not-asked"]) for k in
                        self.r.sample(["victim-support", "marac"], self.r.randrange(3))},
            "restricted_at": maybe(.3, at),
            "closed_at": closed and max(closed, reported)}  # before the report is refused by the reader


def without_nulls(x):
    if isinstance(x, dict):
        return {k: without_nulls(v) for k, v in x.items() if v is not None}
    return [without_nulls(v) for v in x] if isinstance(x, list) else x


def main(argv):
    seed, cases = int(argv[1]) if argv[1:] else 124, int(argv[2]) if argv[2:] else 250
    wild = Wild(seed)
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "cases.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(without_nulls(wild.case(n))) + "\n" for n in range(cases))
        if argv[3:]:  # a program that asks about the cases themselves
            return subprocess.run([argv[0], path], check=False).returncode
        pairs = []
        for i, now in enumerate(NOWS):
            with open(os.path.join(d, f"{i}.jsonl"), "w", encoding="utf-8") as f:
                f.writelines(line + "\n" for line in oracle.lines(path, now))
            pairs += [now, f"{i}.jsonl"]
        return subprocess.run([argv[0], "cases.jsonl", *pairs], env={**os.environ, "BOOK124_POLICY_DATA": d},
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
