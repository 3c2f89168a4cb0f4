#!/usr/bin/env python3
"""Made-up cases whose risk was assessed, for the screen scripts: printed as case documents, one a line.

  KG-RSK11  medium by the first officer; the unit has it, the secondary assessment waits
  KG-RSK12  three assessments: medium, high, DASH; nobody has graded it down
  KG-RSK13  never assessed; forced marriage is flagged

Nobody in them exists."""

import json

PC, IO, DS = "900001", "900006", "900007"

FIRST = {"separation": ("yes", "left on the Monday, he found out on the Tuesday"), "pregnancy": ("no", None), "escalation": ("not-known", None),
         "culture": ("declined", None), "stalking": ("no", None), "sexual": ("not-asked", "his mother was in the room"), "children-abuse": ("no", None),
         "pets": ("no", None), "weapons": ("no", None), "strangulation": ("no", None), "threats-to-kill": ("no", None), "suicide": ("no", None),
         "jealousy-control": ("yes", "reads her telephone"), "alcohol-drugs": ("yes", "his, at week-ends"), "mental-health": ("no", None)}
SECOND = {**FIRST, "escalation": ("yes", "three times since Christmas; the last with the door locked"), "sexual": ("no", None),
          "stalking": ("yes", "waits outside her work"), "threats-to-kill": ("yes", "said it to her sister, too")}
DASH = {"separation": ("yes", "January"), "stalking": ("yes", "every day now"), "strangulation": ("yes", "once, last year; told today"), "pregnancy": ("no", None)}


def answers(told):
    return {factor: {"answer": word, **({"context": context} if context else {})} for factor, (word, context) in told.items()}


def assessment(stage, by, at, grade, rationale, told, instrument="specss-plus"):
    return {"instrument": instrument, "stage": stage, "by": by, "at": at, "grade": grade, "rationale": rationale, "answers": answers(told)}


def case(n, **more):
    return {
        "format": "book124.case/1", "id": f"KG-RSK1{n}", "borough": "KG", "reported_at": "2010-01-30T20:10:00Z", "reported_how": "call",
        "attended_at": "2010-01-30T20:31:00Z", "kind": "crime",
        "cad": {"number": f"7{n:03}/30JAN10", "received_at": "2010-01-30T20:10:00Z", "result": "domestic", "closed_at": "2010-01-30T21:40:00Z"},
        "offences": [{"class": "common-assault", "at": "2010-01-30T20:40:00Z"}], "children": {"answer": "none", "at": "2010-01-30T20:45:00Z"},
        "people": [{"key": "v1", "role": "victim", "family": f"Fictive{'abcdefgh'[n]}", "given": "Vera", "sex": "female", "police_staff": False,
                    "recorded_at": "2010-01-30T20:50:00Z"}],
        "references": [{"system": "cris", "number": f"4{n:02}7234/10", "at": "2010-01-30T22:00:00Z"}],
        "owners": [{"unit": "response", "offered_at": "2010-01-30T20:31:00Z", "accepted_at": "2010-01-30T20:31:00Z"},
                   {"unit": "csu", "offered_at": "2010-01-31T08:00:00Z", "accepted_at": "2010-01-31T08:10:00Z"}],
        **more,
    }


def cases():
    first = assessment("initial", PC, "2010-01-30T22:30:00Z", "medium", "She is afraid of what he does when he drinks. No injury tonight.", FIRST)
    yield case(1, assessments=[first])
    yield case(2, assessments=[
        first,
        assessment("secondary", IO, "2010-01-31T11:00:00Z", "high", "It climbs, and he has said that he will kill her.", SECOND),
        assessment("marac", IO, "2010-01-31T15:30:00Z", "high", "For the conference: strangling, separation, daily following.", DASH, "dash-2009")])
    yield case(3, flags=[{"flag": "fm", "at": "2010-01-30T21:00:00Z", "by": PC}])


if __name__ == "__main__":
    for document in cases():
        print(json.dumps(document, ensure_ascii=False))
