#!/usr/bin/env python3
"""cases.py — made-up cases for the standard policy, each with what it must give, reasoned by hand.

    cases.py DIRECTORY     writes cases.jsonl and duties-NOW.jsonl there

Every case names the row of the duties it is about and says in `must` what that row demands at some
moment, worked out on paper. The full lists come from oracle.py, and are written only when they agree
with every line reasoned here.
"""
import json
import os
import sys

import oracle

NOWS = ["2010-03-28T09:00:00Z", "2010-04-06T08:00:00Z", "2010-05-04T10:00:00Z", "2010-11-01T08:00:00Z",
        "2011-01-05T08:00:00Z"]
CASES, MUSTS = [], []


def t(text):
    """'03-20 10:00' is 2010 in UTC."""
    if text is None or "T" in text:
        return text
    day, clock = text.split()
    if len(day) == 5:
        day = "2010-" + day
    return f"{day}T{clock}{'' if clock.count(':') == 2 else ':00'}Z"


def case(name, reported, *musts, **facts):
    doc = {"format": "book124.case/1", "id": name, "borough": "KG", "reported_at": t(reported),
           "reported_how": "call", **facts}
    doc = {k: v for k, v in doc.items() if v is not None}
    doc.setdefault("owners", [own("response", reported, reported)])
    CASES.append(doc)
    MUSTS.extend((name, m) for m in musts)


def must(duty, now, state, cycle=0, **times):
    """At `now` the cycle of the duty stands so; state None: it is not asked."""
    return dict(duty=duty, now=t(now), state=state, cycle=cycle,
                times={k: t(v) for k, v in times.items()})


def cad(received=None, closed=None, result="domestic"):
    out = {"number": "1/20MAR10", "received_at": t(received), "result": result, "closed_at": t(closed)}
    return {k: v for k, v in out.items() if v is not None}


def offence(cls, at): return {"class": cls, "attempt": False, "at": t(at)}
def flag(f, at): return {"flag": f, "at": t(at)}
def ref(system, at): return {"system": system, "number": "1", "at": t(at)}
def xref(inside, to, at): return {"in": inside, "to": to, "at": t(at)}
def event(kind, at, person=None):
    return {"kind": kind, "at": t(at), **({"person": person} if person else {})}
def notice(to, at): return {"to": to, "at": t(at)}
def own(unit, offered, accepted=None):
    return {"unit": unit, "offered_at": t(offered), **({"accepted_at": t(accepted)} if accepted else {})}
def referral(to, at, restricted=False): return {"to": to, "restricted": restricted, "at": t(at)}
def review(kind, at, outcome="satisfied"): return {"kind": kind, "at": t(at), "outcome": outcome, "text": "x"}
def spoke(kind, at, who="victim", result="spoke"):
    return {"with": who, "kind": kind, "result": result, "at": t(at)}
def book(at, index=None):
    return {"serial": "1", "completed_at": t(at),
            **({"index": {"number": "G/0001/10", "at": t(index)}} if index else {})}
def risk(stage, at, grade=None, instrument="specss-plus"):
    return {"instrument": instrument, "stage": stage, "at": t(at), **({"grade": grade} if grade else {})}


def person(key, role, sex="female", recorded=None, staff=False, related=None, status=()):
    return {"key": key, "role": role, "sex": sex, "police_staff": staff,
            **({"recorded_at": t(recorded)} if recorded else {}),
            **({"relationship": {"to": related[1], "kind": related[0]}} if related else {}),
            **({"status": [{"status": s, "at": t(at)} for s, at in status]} if status else {})}


R = "03-20 10:00"  # a Saturday in winter time
IN, NEXT, SPRING, AUTUMN, END = NOWS

# --- first response ---------------------------------------------------------------------------
case("attend-in-time", R, must("attend", IN, "done", due="03-20 11:00", done="03-20 11:00"), attended_at=t("03-20 11:00"))
case("attend-second-late", R, must("attend", IN, "late", done="03-20 11:00:01"), attended_at=t("03-20 11:00:01"))
case("attend-before-report", R, must("attend", IN, "done", done=R), attended_at=t("03-20 09:50"))
case("attend-station", R, must("attend", IN, None), reported_how="station")
case("attend-how-unknown", R, must("attend", IN, "overdue"), reported_how=None)
case("attend-not-yet", R, must("attend", IN, "overdue"), must("attend", SPRING, "late"), attended_at=t("04-20 10:00"))
case("book-done-before", R, must("book-124d", IN, "done", done=R, due="03-20 22:00"), books=[book("03-20 09:00")])
case("risk-ungraded-first", R, must("initial-risk", IN, "late", done="03-21 10:00", due="03-20 22:00"),
     assessments=[risk("initial", "03-20 12:00"), risk("initial", "03-21 10:00", "medium"),
                  risk("secondary", "03-20 13:00", "high")])
case("children-unknown", R, must("children-answered", IN, "overdue"), must("merlin-number", IN, None),
     children={"answer": "unknown", "at": t("03-20 12:00")})
case("children-answered-later", "03-27 12:00", must("children-answered", IN, "overdue"), must("merlin-number", IN, None),
     must("children-answered", NEXT, "late", done="04-01 12:00"),
     must("merlin-number", NEXT, "overdue", start="04-01 12:00", due="04-02 12:00"),
     children={"answer": "present", "at": t("04-01 12:00")})
case("children-none", R, must("children-answered", IN, "done"), must("merlin-number", IN, None),
     children={"answer": "none", "at": t("03-20 10:30")})
case("children-asked-before-report", R, must("children-answered", IN, "done", done=R), must("merlin-number", IN, "overdue", start=R),
     children={"answer": "not-present", "at": t("03-20 09:30")})
case("cad-closed-early", R, must("cris-number", IN, "late", due="03-20 12:00", done="03-20 13:00"),
     must("merlin-number", IN, "overdue", due="03-20 12:00"),
     must("cad-supervision", IN, "done", start="03-20 09:58", due="03-20 12:00"),
     cad=cad("03-20 09:58", "03-20 12:00"), children={"answer": "present", "at": t("03-20 10:20")},
     references=[ref("cris", "03-20 13:00")], reviews=[review("cad-supervision", "03-20 11:00", "returned")])
case("cad-closed-before-report", R, must("cris-number", IN, "overdue", due="03-20 09:00"),
     must("merlin-number", IN, "overdue", due="03-21 10:30"),
     cad=cad("03-20 08:00", "03-20 09:00"), children={"answer": "present", "at": t("03-20 10:30")})
case("cad-closed-after-a-day", R, must("cris-number", IN, "overdue", due="03-21 10:00"),
     cad=cad("03-20 10:00", "03-22 09:00"))
case("cad-review-too-soon", R, must("cad-supervision", IN, "overdue", start="03-20 10:05", due="03-21 10:05"),
     cad=cad("03-20 10:05"), reviews=[review("cad-supervision", "03-20 10:04")])
case("cad-not-received-yet", R, must("cad-supervision", IN, None), must("cad-supervision", NEXT, "overdue"),
     cad=cad("04-01 10:00"))
case("not-domestic", R, must("attend", IN, None), must("ds-supervision", IN, None), kind="crime",
     cad=cad("03-20 10:00", result="not-domestic"))
case("no-cad-result", R, must("attend", IN, "overdue"), cad=cad("03-20 10:00", result=None))
case("ps-check-latest-book", R, must("ps-check", IN, "open", start="03-28 08:00", due="03-28 20:00"),
     must("csu-ds-read", IN, None), must("csu-ds-read", NEXT, "overdue", start="03-28 10:00", due="03-29 10:00"),
     books=[book("03-20 12:00"), book("03-28 08:00")],
     reviews=[review("ps-check", "03-20 13:00"), review("ps-check", "03-28 10:00")])
case("ps-check-returned", R, must("ps-check", IN, "overdue"), must("book-rework", IN, "overdue", start="03-20 14:00"),
     must("book-index", IN, None), books=[book("03-20 12:00")], reviews=[review("ps-check", "03-20 14:00", "returned")])
case("ps-check-remedial-counts", R, must("ps-check", IN, "done", done="03-20 14:00"),
     books=[book("03-20 12:00")], reviews=[review("ps-check", "03-20 14:00", "remedial")])
case("rework-same-second", R, must("book-rework", IN, "overdue", start="03-20 14:00", due="03-21 14:00"),
     books=[book("03-20 14:00")], reviews=[review("ps-check", "03-20 14:00", "returned")])
case("rework-twice", R, must("book-rework", IN, "done", cycle=0, done="03-20 16:00"),
     must("book-rework", IN, "late", cycle=1, start="03-21 09:00", done="03-23 09:00"),
     books=[book("03-20 12:00"), book("03-20 16:00"), book("03-23 09:00")],
     reviews=[review("csu-ds-read", "03-21 09:00", "returned"), review("ps-check", "03-20 14:00", "returned")])
case("cris-supervision-winter", "03-27 21:00", must("cris-supervision", IN, "overdue", due="03-27 23:59:59"),
     references=[ref("cris", "03-27 23:30")])
case("cris-supervision-summer", "03-30 20:00", must("cris-supervision", NEXT, "late", due="03-31 22:59:59", done="03-31 23:00"),
     references=[ref("cris", "03-30 23:30")], reviews=[review("cris-supervision", "03-31 23:00")])
case("cris-supervision-spring-day", "03-28 00:10", must("cris-supervision", IN, "open", due="03-28 22:59:59"),
     references=[ref("cris", "03-28 00:30")])
case("cris-supervision-returned", R, must("cris-supervision", IN, "overdue"),
     references=[ref("cris", "03-20 11:00")], reviews=[review("cris-supervision", "03-20 12:00", "returned")])
case("xref-both-before", R, must("cris-merlin-xref", IN, "done", start="03-21 10:00", done="03-21 10:00"),
     references=[ref("cris", "03-20 11:00"), ref("merlin", "03-21 10:00"), ref("merlin", "03-22 10:00")],
     cross_references=[xref("cris", "merlin", "03-20 12:00"), xref("merlin", "cris", "03-20 13:00")])
case("xref-one-way", R, must("cris-merlin-xref", IN, "overdue", due="03-22 10:00"),
     references=[ref("cris", "03-20 11:00"), ref("merlin", "03-21 10:00")],
     cross_references=[xref("cris", "merlin", "03-20 12:00"), xref("cris", "merlin", "03-20 13:00")])
case("cris-carries", R, must("cris-carries-book", IN, "late", start="03-20 15:00", due="03-21 15:00", done="03-22 10:00"),
     must("cris-carries-risk", IN, "overdue", start="03-21 09:00", due="03-22 09:00"),
     books=[book("03-20 15:00"), book("03-23 15:00")], references=[ref("cris", "03-20 11:00")],
     assessments=[risk("initial", "03-20 12:00"), risk("initial", "03-21 09:00", "standard")],
     cross_references=[xref("cris", "124d", "03-22 10:00"), xref("pnc", "risk", "03-22 11:00")])

# --- the unit -----------------------------------------------------------------------------------
case("index-before-check", R, must("book-index", IN, "done", start="03-21 08:00", due="03-24 08:00", done="03-21 08:00"),
     books=[book("03-20 12:00", "03-20 20:00")], reviews=[review("ps-check", "03-21 08:00")])
case("index-three-days-spring", "03-26 20:00", must("book-index", NEXT, "late", start="03-26 23:00", due="03-29 22:00", done="03-30 10:00"),
     books=[book("03-26 21:00", "03-30 10:00")], reviews=[review("ps-check", "03-26 23:00")])
case("dmm-same-morning", "03-22 08:59:59", must("dmm", IN, "late", opens="03-22 09:00", due="03-22 12:00", done="03-22 12:00:01"),
     kind="crime", flags=[flag("dv", "03-22 11:00")], reviews=[review("dmm", "03-22 08:59:59"), review("dmm", "03-22 12:00:01", "returned")])
case("dmm-at-nine", "03-22 09:00", must("dmm", IN, "overdue", opens="03-23 09:00", due="03-23 12:00"),
     kind="crime", flags=[flag("dv", "03-22 11:00")])
case("dmm-spring-morning", "03-27 22:00", must("dmm", IN, "open", opens="03-28 08:00", due="03-28 11:00"),
     kind="crime", flags=[flag("dv", "03-27 23:00")])
case("dmm-sso-incident", R, must("dmm", IN, "overdue"), must("scd2-offer", IN, "done", start="03-20 12:00", done="03-20 12:00"),
     kind="incident", flags=[flag("sso", "03-20 12:00")], owners=[own("response", R, R), own("scd2", "03-20 11:00")])
case("dmm-no-dv-flag", R, must("dmm", IN, None), kind="crime", flags=[flag("pe", "03-20 12:00")])
case("dmm-dv-flag-tomorrow", R, must("dmm", IN, None), must("dmm", NEXT, "overdue"), kind="crime", flags=[flag("dv", "04-01 12:00")])
case("secondary-by-io", R, must("secondary-risk", IN, "late", start="03-21 10:00", due="03-23 10:00", done="03-24 10:00"),
     kind="crime", owners=[own("response", R, R), own("csu", "03-21 09:00", "03-21 10:00")],
     assessments=[risk("secondary", "03-21 09:59", "high"), risk("secondary", "03-22 10:00"), risk("secondary", "03-24 10:00", "high")])
case("secondary-not-accepted", R, must("secondary-risk", IN, None), kind="crime",
     owners=[own("response", R, R), own("csu", "03-21 09:00")])
case("secondary-after-leaving", R, must("secondary-risk", IN, "void", start="03-21 10:00"), kind="crime",
     owners=[own("response", R, R), own("csu", "03-21 09:00", "03-21 10:00"), own("scd2", "03-21 11:00", "03-22 09:00")],
     assessments=[risk("secondary", "03-22 09:30", "high")])
case("high-incident", R, must("high-incident-secondary", IN, "overdue", start="03-21 12:00", due="03-23 12:00"),
     must("ds-supervision", IN, None), kind="incident",
     assessments=[risk("initial", "03-20 12:00", "high"), risk("initial", "03-21 12:00")])
case("high-incident-then-medium", R, must("high-incident-secondary", IN, None), kind="incident",
     assessments=[risk("initial", "03-20 12:00", "high"), risk("review", "03-21 12:00", "medium")])
case("high-incident-done", R, must("high-incident-secondary", IN, "done", start="03-22 12:00", done="03-22 12:00"), kind="incident",
     assessments=[risk("initial", "03-20 12:00", "high"), risk("secondary", "03-21 12:00", "high"), risk("review", "03-22 12:00", "high")])
case("ds-cycles-spring", "03-22 10:00", must("ds-supervision", IN, "done", cycle=0, due="03-29 09:00"),
     must("ds-supervision", IN, "open", cycle=1, start="03-24 15:00", due="03-31 14:00"), kind="crime",
     reviews=[review("ds-supervision", "03-24 15:00"), review("ds-supervision", "03-23 15:00", "returned")])
case("ds-two-same-second", R, must("ds-supervision", IN, "done", cycle=0), must("ds-supervision", IN, "open", cycle=1, start="03-24 15:00"),
     must("ds-supervision", IN, None, cycle=2), kind="crime",
     reviews=[review("ds-supervision", "03-24 15:00"), review("ds-supervision", "03-24 15:00")])
case("ds-skipped-hour", "03-21 01:30", must("ds-supervision", IN, "overdue", due="03-28 01:30"), kind="crime")
case("ds-repeated-hour", "10-24 00:30", must("ds-supervision", AUTUMN, "overdue", due="10-31 00:30"), kind="crime")
case("ds-at-the-report", R, must("ds-supervision", IN, "done", cycle=0, done=R), must("ds-supervision", IN, "overdue", cycle=1, start=R),
     kind="crime", reviews=[review("ds-supervision", R)])
case("ds-kind-unknown", R, must("ds-supervision", IN, None), must("victim-update", IN, None))
case("ds-closed-void", R, must("ds-supervision", IN, "void", due="03-27 10:00"), kind="crime", closed_at=t("03-27 10:00"))
case("ds-closed-missed", R, must("ds-supervision", IN, "missed"), kind="crime", closed_at=t("03-27 10:00:01"))
case("ds-done-at-the-end", R, must("ds-supervision", IN, "done", cycle=0, done="03-25 10:00"), must("ds-supervision", IN, None, cycle=1),
     kind="crime", closed_at=t("03-25 10:00"), reviews=[review("ds-supervision", "03-25 10:00")])
case("ds-done-after-the-end", R, must("ds-supervision", IN, "void", done=None), kind="crime", closed_at=t("03-25 10:00"),
     reviews=[review("ds-supervision", "03-25 10:00:01")])
case("ds-closed-at-report", R, must("ds-supervision", IN, None), must("victim-update", IN, None), kind="crime", closed_at=t(R))
case("transfer-and-back", R, must("ds-supervision", IN, "void"), must("ds-supervision", NEXT, "overdue", due="03-27 10:00"), kind="crime",
     owners=[own("response", R, R), own("scd2", "03-21 10:00", "03-22 10:00"), own("csu", "04-01 10:00", "04-01 11:00")])
case("transfer-twice-outside", R, must("ds-supervision", IN, "void"), must("ds-supervision", END, "void"), kind="crime",
     owners=[own("response", R, R), own("scd2", "03-21 10:00", "03-22 10:00"), own("dps", "04-01 10:00", "04-01 11:00")])
case("transfer-to-buddy", R, must("ds-supervision", IN, "overdue"), kind="crime",
     owners=[own("response", R, R), own("buddy", "03-21 10:00", "03-22 10:00")])
case("transfer-offer-only", R, must("ds-supervision", IN, "overdue"), must("transfer-acceptance", IN, "overdue", cycle=0, due="03-22 10:00"),
     kind="crime", owners=[own("response", R, R), own("scd2", "03-21 10:00")])
case("transfer-accepted-later", R, must("transfer-acceptance", IN, "overdue"), must("transfer-acceptance", NEXT, "late", done="04-02 10:00"),
     must("transfer-acceptance", NEXT, "open", cycle=1), kind="crime",
     owners=[own("response", R, R), own("scd2", "03-21 10:00", "04-02 10:00"), own("csu", "04-05 10:00")])
case("transfer-away-then-closed", R, must("ds-supervision", IN, "void"), kind="crime", closed_at=t("03-24 10:00"),
     owners=[own("response", R, R), own("dps", "03-21 10:00", "03-22 10:00")])
case("serious-clock", R, must("serious-assault", IN, "overdue", start="03-20 12:00", opens="03-20 22:00", due="03-21 06:00"),
     must("di-review", IN, "overdue", due="03-27 12:00"), must("dci-review", IN, "open", start="03-27 12:00", due="04-24 11:00"),
     kind="crime", offences=[offence("s47", "03-20 10:30"), offence("s18", "03-20 12:00"), offence("s20", "03-20 13:00")],
     reviews=[review("serious-assault", "03-20 21:59:59")])
case("serious-before-report", R, must("serious-assault", IN, "done", start=R, done="03-20 20:00"), kind="crime",
     offences=[offence("attempted-murder", "03-19 10:00")], reviews=[review("serious-assault", "03-20 20:00")])
case("serious-no-crime", R, must("serious-assault", IN, None), must("dci-review", IN, None), kind="incident",
     offences=[offence("s18", "03-20 12:00")])
case("serious-murder-is-not", R, must("serious-assault", IN, None), kind="crime", offences=[offence("murder", "03-20 12:00")])
case("dci-after-di", R, must("dci-review", IN, "done", cycle=0, start="03-22 10:00", done="03-26 10:00"),
     must("dci-review", IN, "open", cycle=1, start="03-26 10:00", due="04-23 09:00"), kind="crime", offences=[offence("s20", "03-20 12:00")],
     reviews=[review("di-review", "03-22 10:00"), review("dci-review", "03-21 10:00"), review("dci-review", "03-26 10:00")])
case("dci-lies-ahead", "03-26 10:00", must("dci-review", IN, "waiting", start="04-02 09:00", due="04-30 09:00"), kind="crime",
     offences=[offence("s20-aggravated", "03-26 10:00")])
case("dci-ended-before", R, must("di-review", IN, "void"), must("dci-review", IN, None), kind="crime", offences=[offence("s18", "03-20 12:00")],
     closed_at=t("03-25 10:00"))
case("roundup-oldest", R, must("roundup", IN, "overdue", start="03-20 11:00", due="03-27 11:00"), kind="crime",
     people=[person("s1", "suspect", "male", status=[("outstanding", "03-20 11:00")]),
             person("s2", "suspect", "male", status=[("outstanding", "03-20 10:30"), ("arrested", "03-21 10:00"), ("outstanding", "03-22 10:00")])])
case("roundup-arrested", R, must("roundup", IN, None), kind="crime",
     people=[person("s1", "suspect", "male", status=[("arrested", "03-21 11:00"), ("outstanding", "03-20 11:00")])])
case("roundup-run", R, must("roundup", IN, "overdue", start="03-20 11:00"), kind="crime",
     people=[person("s1", "suspect", "male", status=[("outstanding", "03-22 11:00"), ("outstanding", "03-20 11:00")])])
case("roundup-witness", R, must("roundup", IN, None), kind="crime",
     people=[person("w1", "witness", status=[("outstanding", "03-20 11:00")])])
case("roundup-recorded-later", R, must("roundup", IN, None), must("roundup", NEXT, "overdue", start="03-20 11:00"), kind="crime",
     people=[person("s1", "suspect", "male", recorded="04-01 10:00", status=[("outstanding", "03-20 11:00")])])
case("ppd-merlin", R, must("ppd-merlin", IN, "done", start="03-20 12:00", done="03-21 12:00"),
     references=[ref("merlin", "03-22 12:00"), ref("merlin", "03-20 12:00")],
     reviews=[review("ppd-merlin", "03-20 11:59:59"), review("ppd-merlin", "03-21 12:00", "returned")])
case("scd2-second-offer", R, must("scd2-offer", IN, "late", start="03-20 12:00", due="03-21 12:00", done="03-21 12:00:01"), kind="crime",
     offences=[offence("rape", "03-20 12:00")], flags=[flag("sso", "03-20 13:00")],
     owners=[own("response", R, R), own("scd5", "03-20 13:00"), own("scd2", "03-21 12:00:01"), own("scd2", "03-22 12:00")])

# --- risk and referral ----------------------------------------------------------------------------
case("high-run", R, must("high-risk-referral", IN, "done", start="03-22 10:00", done="03-22 10:00"),
     must("victim-support", IN, None),
     assessments=[risk("initial", "03-20 10:00", "high"), risk("review", "03-21 10:00", "medium"),
                  risk("secondary", "03-22 10:00", "high"), risk("review", "03-22 12:00"), risk("review", "03-23 10:00", "high")],
     referrals=[referral("other", "03-20 12:00"), referral("victim-support", "03-20 12:00")])
case("high-not-referred", R, must("high-risk-referral", IN, "overdue"), assessments=[risk("initial", R, "high")],
     referrals=[referral("refuge", "03-20 12:00")])
case("marac-dash", R, must("marac-dash", IN, "overdue", start="03-20 12:00"), referrals=[referral("marac", "03-20 12:00")],
     assessments=[risk("marac", "03-20 13:00", "high")])
case("marac-dash-before", R, must("marac-dash", IN, "done", done="03-20 12:00"), referrals=[referral("marac", "03-20 12:00")],
     assessments=[risk("marac", "03-20 11:00", None, "dash-2009")])
case("support-easter", "04-01 09:00", must("victim-support", NEXT, "open", start="04-01 11:00", due="04-07 22:59:59"),
     assessments=[risk("initial", "04-01 11:00", "standard")])
case("support-refused", R, must("victim-support", IN, None), assessments=[risk("initial", R, "standard")], consent={"victim-support": "refused"})
case("support-not-asked", R, must("victim-support", IN, "overdue"), assessments=[risk("initial", R, "standard")],
     consent={"victim-support": "not-asked", "marac": "refused"})
case("support-regraded", R, must("victim-support", IN, "done", start="03-26 10:00", due="03-30 22:59:59", done="03-26 10:00"),
     assessments=[risk("initial", R, "standard"), risk("review", "03-26 10:00", "medium"), risk("review", "03-27 10:00")],
     referrals=[referral("victim-support", "03-22 10:00")])
case("support-christmas", "12-23 10:00", must("victim-support", END, "overdue", due="12-29 23:59:59"),
     assessments=[risk("initial", "12-23 12:00", "medium")])
case("support-saturday-midnight", "03-26 23:59:59", must("victim-support", NEXT, "overdue", due="03-30 22:59:59"),
     assessments=[risk("initial", "03-26 23:59:59", "medium")])
case("hbv-everything", R, must("hbv-high", IN, "late", start="03-20 12:00", due="03-21 12:00", done="03-22 10:00"),
     must("hbv-advocacy", IN, "done", done="03-20 12:00"), must("hbv-restricted-marac", IN, "late", done="03-22 12:00"),
     must("hbv-risk-plan", IN, "done", done="03-20 12:00"), flags=[flag("fm", "03-20 12:00"), flag("hbv", "03-21 12:00")],
     assessments=[risk("initial", "03-20 11:00", "medium"), risk("review", "03-22 10:00", "high")],
     referrals=[referral("idva", "03-20 11:00"), referral("marac", "03-20 11:00"), referral("marac", "03-22 12:00", True)],
     reviews=[review("risk-plan", "03-20 10:30"), review("risk-plan", "03-20 10:20", "returned")])
case("hbv-nothing", R, must("hbv-high", IN, "overdue"), must("hbv-advocacy", IN, "overdue"), must("hbv-restricted-marac", IN, "overdue"),
     must("hbv-risk-plan", IN, "overdue"), flags=[flag("hbv", "03-20 12:00")], reviews=[review("risk-plan", "03-20 13:00", "returned")],
     assessments=[risk("initial", "03-20 11:00", "high"), risk("review", "03-22 10:00", "standard")])
case("lgbt-partners", "03-26 10:00", must("lgbt-liaison", IN, "open", start="03-26 10:00", due="03-29 09:00"),
     people=[person("v1", "victim"), person("s1", "suspect", related=("ex-partner", "v1"))])
case("lgbt-sisters", R, must("lgbt-liaison", IN, None), people=[person("v1", "victim"), person("s1", "suspect", related=("sibling", "v1"))])
case("lgbt-unknown-sex", R, must("lgbt-liaison", IN, None),
     people=[person("v1", "victim", "unknown"), person("s1", "suspect", "unknown", related=("spouse", "v1"))])
case("lgbt-to-witness", R, must("lgbt-liaison", IN, None),
     people=[person("w1", "witness"), person("s1", "suspect", related=("spouse", "w1"))])
case("lgbt-victim-recorded-later", R, must("lgbt-liaison", IN, None), must("lgbt-liaison", NEXT, "done", done=R),
     people=[person("s1", "suspect", "male", related=("civil-partner", "v1")), person("v1", "victim", "male", recorded="04-01 10:00")],
     referrals=[referral("lgbt-liaison", "03-20 09:00")])

# --- police staff -----------------------------------------------------------------------------------
case("staff-suspect", R, must("staff-di-alert", IN, "done", start="03-20 11:00", done="03-20 11:30"),
     must("staff-restricted", IN, "late", due="03-20 12:00", done="03-20 12:30"), must("staff-dps", IN, "overdue"),
     must("staff-pe-flag", IN, "done", done="03-20 11:00"), must("staff-commander", IN, "done"), must("staff-vcd", IN, "overdue", due="03-21 11:00"),
     must("staff-welfare", IN, "overdue", due="03-23 11:00"), must("staff-dps-completion", IN, "late", start="03-25 10:00", done="03-26 11:00"),
     must("staff-victim-manager", IN, None), closed_at=t("03-25 10:00"), restricted_at=t("03-20 12:30"),
     people=[person("v1", "victim"), person("s1", "suspect", "male", "03-20 11:00", True)], flags=[flag("pe", "03-20 10:30")],
     notices=[notice("di", "03-20 11:30"), notice("borough-commander", "03-21 11:00"), notice("dps-completion", "03-24 10:00"),
              notice("dps-completion", "03-26 11:00")])
case("staff-victim", R, must("staff-di-alert", IN, "overdue", start=R, due="03-20 11:00"), must("staff-dps", IN, None),
     must("staff-victim-manager", IN, "overdue", due="03-23 10:00"), must("staff-dps-completion", IN, None), closed_at=t("03-25 10:00"),
     people=[person("v1", "victim", staff=True)])
case("staff-both", R, must("staff-di-alert", IN, "overdue", start="03-20 12:00"), must("staff-dps", IN, "overdue", start="03-20 13:00"),
     must("staff-victim-manager", IN, "overdue", start="03-20 12:00"),
     people=[person("s2", "suspect", "male", "03-20 14:00", True), person("s1", "suspect", "male", "03-20 13:00", True),
             person("v1", "victim", "female", "03-20 12:00", True)])
case("staff-recorded-later", R, must("staff-di-alert", IN, None), must("staff-di-alert", NEXT, "overdue", start="04-01 10:00"),
     people=[person("s1", "suspect", "male", "04-01 10:00", True)])
case("staff-witness", R, must("staff-di-alert", IN, None), people=[person("w1", "witness", staff=True)])
case("staff-welfare-spring", "03-26 10:00", must("staff-welfare", IN, "open", due="03-29 09:00"),
     people=[person("s1", "suspect", "male", "03-26 10:00", True)])

# --- the victim ---------------------------------------------------------------------------------------
case("update-cycles", "2010-01-04 10:00", must("victim-update", IN, "done", cycle=0, done="2010-01-25 10:00", due="2010-02-01 10:00"),
     must("victim-update", IN, "overdue", cycle=1, due="2010-02-22 10:00"), kind="crime",
     contacts=[spoke("update", "2010-01-20 10:00", result="voicemail"), spoke("update", "2010-01-21 10:00", "suspect"),
               spoke("safety", "2010-01-22 10:00"), spoke("event", "2010-01-25 10:00")])
case("told-each", R, must("victim-told", IN, "late", cycle=0, start="03-22 10:00", due="03-23 23:59:59", done="03-24 09:00"),
     must("victim-told", IN, "done", cycle=1, start="03-23 10:00", done="03-24 09:00"), must("victim-told", IN, "open", cycle=2, due="03-29 22:59:59"),
     must("victim-told", IN, None, cycle=3), events=[event("charge", "03-26 10:00"), event("arrest", "03-22 10:00"), event("interview", "03-22 12:00"),
     event("bail", "03-23 10:00"), event("court", "03-27 10:00")], contacts=[spoke("update", "03-22 11:00"), spoke("event", "03-24 09:00")])
case("told-over-easter", "04-01 09:00", must("victim-told", NEXT, "open", start="04-01 10:00", due="04-06 22:59:59"),
     must("wcu-safe-contact", NEXT, "open", due="04-06 22:59:59"), events=[event("summons", "04-01 10:00"), event("charge", "04-02 10:00")])
case("told-may-day", "04-30 09:00", must("victim-told", SPRING, "open", due="05-04 22:59:59"), events=[event("caution", "04-30 10:00")])
case("wcu-told-before", R, must("wcu-safe-contact", IN, "overdue", start="03-22 10:00", due="03-23 23:59:59"),
     events=[event("charge", "03-22 10:00")], notices=[notice("wcu", "03-22 09:59")])
case("dvip-man", R, must("dvip-leaflet", IN, "done", start="03-22 10:00", done="03-22 10:00"),
     people=[person("s1", "suspect", "male"), person("s2", "suspect")],
     events=[event("release", "03-21 10:00", "s2"), event("release", "03-22 10:00", "s1"), event("release", "03-23 10:00", "s1")],
     notices=[notice("dvip-leaflet", "03-20 12:00")])
case("dvip-woman", R, must("dvip-leaflet", IN, None), people=[person("s1", "suspect")], events=[event("release", "03-21 10:00", "s1")])
case("dvip-nobody-named", R, must("dvip-leaflet", IN, None), people=[person("s1", "suspect", "male")], events=[event("release", "03-21 10:00")])
case("reported-later", "04-02 10:00", must("attend", IN, None), must("attend", NEXT, "overdue"), kind="crime")


def wrong(results):
    for name, m in MUSTS:
        found = [d for d in results(name, m["now"]) if d["duty"] == m["duty"] and d["cycle"] == m["cycle"]]
        got = found[0]["state"] if found else None
        if got != m["state"]:
            yield f"{name}: {m['duty']} {m['cycle']} at {m['now']}: reasoned {m['state']}, found {got}"
        for key, want in m["times"].items():
            if found and found[0][key] != want:
                yield f"{name}: {m['duty']} {m['cycle']} {key}: reasoned {want}, found {found[0][key]}"


def main(argv):
    CASES.sort(key=lambda d: d["id"])
    by_id = {d["id"]: d for d in CASES}
    assert len(by_id) == len(CASES), "two cases of one name"
    bad = list(wrong(lambda name, now: oracle.duties(oracle.Case(by_id[name], oracle.parse(now)))))
    print("\n".join(bad) or f"{len(CASES)} cases, {len(MUSTS)} reasoned answers agree")
    missing = {m["duty"] for _, m in MUSTS}
    print(f"{len(missing)} duties reasoned about")
    if bad:
        return 1
    path = os.path.join(argv[0], "cases.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(d, separators=(",", ":")) + "\n" for d in CASES)
    for now in NOWS:
        with open(os.path.join(argv[0], f"duties-{now[:10]}.jsonl"), "w", encoding="utf-8") as f:
            f.writelines(line + "\n" for line in oracle.lines(path, now))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
