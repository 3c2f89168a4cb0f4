#!/usr/bin/env python3
"""oracle.py — the standard policy once more, as plain Python, to hold the engine against.

A second reading of docs/policy.md's standard duties that shares nothing with the engine: no
grammar, no compiled rules, no early ends. It is slow and says each duty as its table row does.

    oracle.py CASES.jsonl NOW…        prints what `duties --format json` must print (no cite, policy)
    oracle.py --compare CASES.jsonl NOW EXPECTED.jsonl
"""
import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SERIOUS = {"attempted-murder", "s18", "s20", "s20-aggravated"}
SEXUAL = {"rape", "assault-by-penetration", "sexual-assault"}
BOCU = {"response", "csu", "buddy"}
PARTNERS = {"spouse", "civil-partner", "partner", "ex-spouse", "ex-civil-partner", "ex-partner"}
TOLD = {"arrest", "bail", "bail-change", "release", "charge", "summons", "caution",
        "conditional-caution", "no-further-action"}
H = 3600


def parse(text):
    if text is None:
        return None
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def show(t):
    if t is None:
        return None
    return datetime.fromtimestamp(t, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- the calendar ------------------------------------------------------------------------
def local(t):
    return datetime.fromtimestamp(t, LONDON).replace(tzinfo=None)


def from_local(naive):
    """Skipped wall times move forward by the hour skipped; of two equal ones the first."""
    return int(naive.replace(tzinfo=LONDON, fold=0).timestamp())


def add_days(t, n):
    return from_local(local(t) + timedelta(days=n))


def end_of_day(d):
    return from_local(datetime(d.year, d.month, d.day, 23, 59, 59))


def easter(y):
    a, b, c = y % 19, y // 100, y % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(y, month, day + 1)


def monday_on_or_after(d):
    return d + timedelta(days=-d.weekday() % 7)


def holidays_of(y):
    days = set()
    for d in (date(y, 1, 1),):
        days.add(monday_on_or_after(d) if d.weekday() >= 5 else d)
    e = easter(y)
    days |= {e - timedelta(days=2), e + timedelta(days=1)}
    days.add(date(2020, 5, 8) if y == 2020 else monday_on_or_after(date(y, 5, 1)))
    spring = monday_on_or_after(date(y, 5, 25))
    spring = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}.get(y, spring)
    days.add(spring)
    days.add(monday_on_or_after(date(y, 8, 25)))
    christmas = date(y, 12, 25).weekday()
    days |= {4: {date(y, 12, 25), date(y, 12, 28)},   # Fri, Sat -> Mon
             5: {date(y, 12, 27), date(y, 12, 28)},   # Sat, Sun
             6: {date(y, 12, 27), date(y, 12, 26)},   # Sun -> Tue, Mon
             }.get(christmas, {date(y, 12, 25), date(y, 12, 26)})
    days |= {d for d in (date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19),
                         date(2023, 5, 8)) if d.year == y}
    return days


HOLIDAYS = {d for y in range(2008, 2031) for d in holidays_of(y)}


def working_days(t, n):
    d = local(t).date()
    while n:
        d += timedelta(days=1)
        if d.weekday() < 5 and d not in HOLIDAYS:
            n -= 1
    return end_of_day(d)


# --- the case as it stood -------------------------------------------------------------------
class Case:
    def __init__(self, doc, now):
        self.id, self.now = doc["id"], now
        seen = lambda t: None if t is None or parse(t) > now else parse(t)
        self.R = parse(doc["reported_at"])
        self.how = doc.get("reported_how")
        self.kind = doc.get("kind")
        self.attended = seen(doc.get("attended_at"))
        self.restricted = seen(doc.get("restricted_at"))
        self.closed = seen(doc.get("closed_at"))
        cad = doc.get("cad") or {}
        self.result = cad.get("result")
        self.cad_received, self.cad_closed = seen(cad.get("received_at")), seen(cad.get("closed_at"))
        children = doc.get("children") or {}
        hidden = children.get("at") is not None and parse(children["at"]) > now
        self.children = None if hidden else children.get("answer")
        self.children_at = None if hidden else parse(children.get("at"))

        def timed(name, key="at"):
            rows = [dict(x, at=parse(x[key])) for x in doc.get(name) or [] if parse(x[key]) <= now]
            return sorted(rows, key=lambda x: x["at"])
        self.offences, self.flags = timed("offences"), timed("flags")
        self.references, self.xrefs = timed("references"), timed("cross_references")
        self.books, self.assessments = timed("books", "completed_at"), timed("assessments")
        self.reviews, self.referrals = timed("reviews"), timed("referrals")
        self.contacts, self.events, self.notices = timed("contacts"), timed("events"), timed("notices")
        self.consent = doc.get("consent") or {}
        self.owners = timed("owners", "offered_at")
        for o in self.owners:
            o["accepted"] = seen(o.get("accepted_at"))
        self.people = []
        for p in doc.get("people") or []:
            recorded = parse(p["recorded_at"]) if p.get("recorded_at") else self.R
            if recorded > now:
                continue
            status = sorted(((parse(s["at"]), s["status"]) for s in p.get("status") or []
                             if parse(s["at"]) <= now), key=lambda s: s[0])
            self.people.append(dict(p, recorded=recorded, status=status))

        self.crime = self.kind == "crime"
        graded = [a for a in self.assessments if a.get("grade")]
        self.graded = graded
        self.grade = graded[-1]["grade"] if graded else None
        self.high_since = None
        for a in reversed(graded):
            if a["grade"] != "high":
                break
            self.high_since = a["at"]

    def times(self, rows, **want):
        """Times of the rows whose members are among the wanted ones, in time order."""
        ok = lambda x: all(x.get(k.rstrip("_")) in (v if isinstance(v, (set, tuple)) else {v})
                           for k, v in want.items())
        return [x["at"] for x in rows if ok(x)]

    def first(self, rows, **want):
        return next(iter(self.times(rows, **want)), None)

    def reviewed(self, kind, any_outcome=False):
        return [r["at"] for r in self.reviews
                if r["kind"] == kind and (any_outcome or r.get("outcome") != "returned")]

    def end(self, units):
        """When the case left: closed, or the first acceptance outside since it was last inside.

        "Last" is by the order of the offers, as the owner of a case is the latest offer accepted."""
        left = None
        for o in self.owners:
            if o["accepted"] is None:
                continue
            if o["unit"] in units:
                left = None
            else:
                left = o["accepted"] if left is None else min(left, o["accepted"])
        ends = [t for t in (left, self.closed) if t is not None]
        return min(ends) if ends else None


def later(*times):
    return None if None in times else max(times)


def duties(c):
    """Yields (id, owner, start, opens, due, done_times, options)."""
    R, out = c.R, []
    if R > c.now or c.result == "not-domestic":
        return []

    def put(name, owner, start, due, done, opens=None, ends=False, every=False, anytime=False, cycle=0,
            strict=False):
        if start is None:
            return
        end = c.end(BOCU) if ends else None
        done = sorted(t for t in done if t is not None and (end is None or t <= end))
        while True:
            if end is not None and start >= end:
                return
            o = start if opens is None else opens(start)
            d = due(start)
            if anytime:
                hit = max(done[0], start) if done else None
            else:
                hit = next((t for t in done if (t > start if strict or (every and cycle) else t >= o)), None)
            if hit is not None:
                state = "done" if hit <= d else "late"
            elif end is not None:
                state = "void" if end <= d else "missed"
            else:
                state = "waiting" if c.now < o else "open" if c.now <= d else "overdue"
            out.append(dict(case=c.id, duty=name, cycle=cycle, owner=owner, state=state, start=show(start),
                            opens=show(o), due=show(d), done=show(hit)))
            if not every or hit is None:
                return
            start, cycle = hit, cycle + 1

    hours = lambda n: lambda s: s + n * H
    days = lambda n: lambda s: add_days(s, n)
    working = lambda n: lambda s: working_days(s, n)
    pick = lambda t: [] if t is None else [t]
    cad_or = lambda n: lambda s: min(s + n * H, c.cad_closed) if c.cad_closed is not None else s + n * H

    # first response
    if c.how != "station":
        put("attend", "response-pc", R, lambda s: s + 3600, pick(c.attended), anytime=True)
    put("book-124d", "response-pc", R, hours(12), c.times(c.books), anytime=True)
    initial = c.times(c.graded, stage="initial")
    put("initial-risk", "response-pc", R, hours(12), initial, anytime=True)
    known = c.children in ("none", "present", "not-present")
    put("children-answered", "response-pc", R, hours(12), pick(c.children_at) if known else [], anytime=True)
    cris, merlin = c.times(c.references, system="cris"), c.times(c.references, system="merlin")
    put("cris-number", "response-pc", R, cad_or(24), cris, anytime=True)
    if c.children in ("present", "not-present"):
        start = max(R, c.children_at) if c.children_at is not None else R

        def due(s):
            t = s + 24 * H
            return c.cad_closed if c.cad_closed is not None and s <= c.cad_closed <= t else t
        put("merlin-number", "response-pc", start, due, merlin, anytime=True)
    put("cad-supervision", "ibos", c.cad_received, cad_or(24), c.reviewed("cad-supervision", True))
    book = c.first(c.books)
    checked = None
    if c.books:
        start = c.books[-1]["at"]
        put("ps-check", "response-ps", start, hours(12), c.reviewed("ps-check"))
        checked = next((t for t in c.reviewed("ps-check") if t >= start), None)
    for i, t in enumerate(c.times(c.reviews, kind={"ps-check", "csu-ds-read"}, outcome="returned")):
        put("book-rework", "response-pc", t, hours(24), c.times(c.books), cycle=i, strict=True)
    first_cris, first_merlin = (cris or [None])[0], (merlin or [None])[0]
    put("cris-supervision", "cmu", first_cris, lambda s: end_of_day(local(s).date()),
        c.reviewed("cris-supervision"))
    xref = lambda a, b: c.first(c.xrefs, in_=a, to=b)
    both = later(xref("cris", "merlin"), xref("merlin", "cris"))
    put("cris-merlin-xref", "ppd", later(first_cris, first_merlin), hours(24), pick(both), anytime=True)
    put("cris-carries-book", "response-pc", later(book, first_cris), hours(24), pick(xref("cris", "124d")),
        anytime=True)
    put("cris-carries-risk", "response-pc", later(initial[0] if initial else None, first_cris), hours(24),
        pick(xref("cris", "risk")), anytime=True)

    # the unit
    put("csu-ds-read", "csu-ds", checked, hours(24), c.reviewed("csu-ds-read"))
    indexes = sorted(parse(b["index"]["at"]) for b in c.books
                     if (b.get("index") or {}).get("at") and parse(b["index"]["at"]) <= c.now)
    put("book-index", "csu-ds", checked, days(3), indexes, anytime=True)
    sexual = sorted(c.times(c.offences, class_=SEXUAL) + c.times(c.flags, flag="sso"))
    if c.crime and c.times(c.flags, flag="dv") or sexual:
        def nine(s):
            t = local(s).replace(hour=9, minute=0, second=0)
            return from_local(t if from_local(t) > s else t + timedelta(days=1))
        put("dmm", "csu-di", R, lambda s: from_local(local(nine(s)).replace(hour=12)),
            c.reviewed("dmm", True), opens=nine)
    secondary = c.times(c.graded, stage="secondary")
    if c.crime:
        csu = sorted(o["accepted"] for o in c.owners if o["unit"] == "csu" and o["accepted"] is not None)
        put("secondary-risk", "csu-io", csu[0] if csu else None, hours(48), secondary, ends=True)
    if c.kind == "incident" and c.grade == "high":
        put("high-incident-secondary", "csu-ds", c.assessments[-1]["at"], hours(48), secondary, ends=True,
            anytime=True)
    if c.crime:
        put("ds-supervision", "csu-ds", R, days(7), c.reviewed("ds-supervision"), ends=True, every=True)
    serious = c.first(c.offences, class_=SERIOUS) if c.crime else None
    if serious is not None:
        S, end = max(R, serious), c.end(BOCU)
        put("serious-assault", "csu-ds", S, hours(18), c.reviewed("serious-assault"),
            opens=hours(10), ends=True)
        put("di-review", "csu-di", S, days(7), c.reviewed("di-review"), ends=True)
        if end is None or S < end:
            done = next((t for t in c.reviewed("di-review") if t >= S and (end is None or t <= end)), None)
            put("dci-review", "dci", add_days(S, 7) if done is None else done, days(28),
                c.reviewed("dci-review"), ends=True, every=True)
    suspects = [p for p in c.people if p["role"] == "suspect"]
    since = []
    for p in suspects:
        run = None
        for at, status in reversed(p["status"]):
            if status != "outstanding":
                break
            run = at
        if run is not None:
            since.append(run)
    if c.crime and since:
        put("roundup", "csu-ds", min(since), days(7), c.reviewed("roundup", True), ends=True, every=True)
    put("ppd-merlin", "ppd", first_merlin, hours(24), c.reviewed("ppd-merlin", True))
    for i, o in enumerate(c.owners[1:]):
        put("transfer-acceptance", "csu-di", o["at"], hours(24), pick(o["accepted"]), cycle=i)
    if sexual:
        put("scd2-offer", "csu-ds", max(R, sexual[0]), hours(24), c.times(c.owners, unit="scd2"),
            anytime=True)

    # risk and referral
    referral = lambda *to: c.times(c.referrals, to=set(to))
    if c.grade == "high":
        put("high-risk-referral", "csu-ds", c.high_since, hours(24),
            referral("idva", "marac", "sanctuary", "advocacy", "other"), anytime=True)
    marac = referral("marac")
    put("marac-dash", "csu-io", marac[0] if marac else None, hours(24),
        c.times(c.assessments, instrument="dash-2009"), anytime=True)
    if c.grade in ("standard", "medium") and c.consent.get("victim-support") != "refused":
        put("victim-support", "csu-ds", c.graded[-1]["at"], working(2), referral("victim-support"),
            anytime=True)
    hbv = c.first(c.flags, flag={"hbv", "fm"})
    put("hbv-high", "csu-ds", hbv, hours(24), pick(c.high_since), anytime=True)
    put("hbv-advocacy", "csu-ds", hbv, hours(24), referral("advocacy", "idva"), anytime=True)
    put("hbv-restricted-marac", "csu-ds", hbv, hours(24),
        [r["at"] for r in c.referrals if r["to"] == "marac" and r.get("restricted")], anytime=True)
    put("hbv-risk-plan", "csu-ds", hbv, hours(24), c.reviewed("risk-plan"), anytime=True)
    by_key = {p["key"]: p for p in c.people}

    def same_sex(p):
        link = p.get("relationship") or {}
        other = by_key.get(link.get("to"), {})
        return link.get("kind") in PARTNERS and other.get("role") == "victim" and \
            p.get("sex") in ("female", "male") and p.get("sex") == other.get("sex")
    if any(same_sex(p) for p in suspects):
        put("lgbt-liaison", "csu-ds", R, days(3), referral("lgbt-liaison"), anytime=True)

    # police staff
    staff = lambda *roles: min((p["recorded"] for p in c.people
                                if p["role"] in roles and p.get("police_staff")), default=None)
    either, suspect, victim = staff("victim", "suspect"), staff("suspect"), staff("victim")
    notice = lambda to: c.times(c.notices, to=to)
    put("staff-di-alert", "csu-ds", either, hours(1), notice("di"), anytime=True)
    put("staff-restricted", "csu-ds", either, hours(1), pick(c.restricted), anytime=True)
    put("staff-dps", "csu-ds", suspect, hours(1), notice("dps"), anytime=True)
    put("staff-pe-flag", "csu-ds", suspect, hours(1), c.times(c.flags, flag="pe"), anytime=True)
    put("staff-commander", "csu-di", suspect, hours(24), notice("borough-commander"), anytime=True)
    put("staff-vcd", "csu-di", suspect, hours(24), notice("vcd"), anytime=True)
    put("staff-welfare", "csu-di", suspect, days(3), notice("welfare-officer"), anytime=True)
    if suspect is not None:
        put("staff-dps-completion", "csu-di", c.closed, hours(24), notice("dps-completion"))
    put("staff-victim-manager", "csu-di", victim, days(3), notice("line-manager"), anytime=True)

    # the victim
    if c.crime:
        put("victim-update", "csu-io", R, days(28),
            c.times(c.contacts, with_="victim", result="spoke", kind={"update", "event"}), ends=True,
            every=True)
    told = c.times(c.contacts, with_="victim", result="spoke", kind="event")
    for i, t in enumerate(c.times(c.events, kind=TOLD)):
        put("victim-told", "csu-io", t, working(1), told, cycle=i)
    put("wcu-safe-contact", "csu-io", c.first(c.events, kind={"charge", "summons"}), working(1), notice("wcu"))
    men = {p["key"] for p in suspects if p.get("sex") == "male"}
    put("dvip-leaflet", "csu-io", c.first(c.events, kind="release", person=men), hours(24),
        notice("dvip-leaflet"), anytime=True)
    return sorted(out, key=lambda d: (d["duty"], d["cycle"]))


def lines(path, now):
    with open(path, encoding="utf-8") as f:
        docs = sorted((json.loads(x) for x in f if x.strip()), key=lambda d: d["id"])
    return [json.dumps(d, separators=(",", ":")) for doc in docs for d in duties(Case(doc, parse(now)))]


def main(argv):
    if argv[:1] == ["--compare"]:
        got = lines(argv[1], argv[2])
        with open(argv[3], encoding="utf-8") as f:
            want = [x.rstrip("\n") for x in f]
        for line in sorted(set(want) - set(got)):
            print("want", line)
        for line in sorted(set(got) - set(want)):
            print("got ", line)
        same = got == want
        print(f"{len(want)} lines, {'equal' if same else 'DIFFERENT'}")
        return 0 if same else 1
    for now in argv[1:]:
        print("\n".join(lines(argv[0], now)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
